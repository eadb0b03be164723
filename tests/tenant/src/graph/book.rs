//! Delta rounds under way, and the tokens that lead through them.
//!
//! A round's entries are decided once, at its first page; pages render them when asked. A `$skiptoken` names a page
//! of such a round and is worthless once the round is forgotten; a `$deltatoken` says all it needs by itself.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::state::lock;

/// Rounds that are remembered.
const REMEMBERED: usize = 64;

/// What a round is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Scope {
    /// A window of a calendar.
    Events {
        /// The calendar's number.
        calendar: u64,
        /// First instant.
        start: DateTime<Utc>,
        /// First instant after it.
        end: DateTime<Utc>,
    },
    /// A folder of contacts.
    Contacts {
        /// The folder's number.
        folder: u64,
    },
    /// The folders of contacts.
    Folders,
}

/// One entry of a round, to be rendered.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Entry {
    /// An event, or a series' master.
    Event(u64),
    /// A single event as it was before.
    Stale(u64),
    /// A date of a series.
    Date(u64, NaiveDate),
    /// An event, or a date of a series, that is gone or was never there.
    EventGone(u64, Option<NaiveDate>),
    /// A contact.
    Contact(u64),
    /// A contact that is gone from the folder.
    ContactGone(u64),
    /// A folder.
    Folder(u64),
    /// A folder that is gone.
    FolderGone(u64),
}

/// One round.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Round {
    /// Whose mailbox.
    pub user: usize,
    /// How often that mailbox had been moved: a round does not outlive a move.
    pub moves: u32,
    /// What about.
    pub scope: Scope,
    /// The mailbox's version that the next round starts from.
    pub version: u64,
    /// Path of its links.
    pub path: String,
    /// `$select`, where the round has one.
    pub select: Option<String>,
    /// Its entries, in the order sent.
    pub entries: Vec<Entry>,
}

/// A token, read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub enum Token {
    /// `$skiptoken`: a page of a round.
    Page {
        /// The round's number.
        round: u64,
        /// Entries before the page.
        offset: usize,
        /// Pages before the page.
        page: usize,
    },
    /// `$deltatoken`: what changed since.
    Since {
        /// Whose mailbox.
        user: usize,
        /// How often it had been moved.
        moves: u32,
        /// What about.
        scope: Scope,
        /// The mailbox's version.
        version: u64,
        /// `$select` of the first round.
        select: Option<String>,
    },
}

impl Token {
    /// The token's text.
    #[must_use]
    pub fn write(&self) -> String {
        URL_SAFE_NO_PAD.encode(serde_json::to_vec(self).unwrap_or_default())
    }

    /// Reads a token of this service.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        serde_json::from_slice(&URL_SAFE_NO_PAD.decode(text).ok()?).ok()
    }
}

#[derive(Debug, Default)]
struct Pages {
    next: u64,
    rounds: VecDeque<(u64, Arc<Round>)>,
}

/// The rounds under way.
#[derive(Debug, Default)]
pub struct Book(Mutex<Pages>);

impl Book {
    /// Remembers a round and gives its number; the oldest one is forgotten.
    pub fn open(&self, round: Round) -> (u64, Arc<Round>) {
        let mut pages = lock(&self.0);
        pages.next += 1;
        let entry = (pages.next, Arc::new(round));
        pages.rounds.push_back(entry.clone());
        if pages.rounds.len() > REMEMBERED {
            pages.rounds.pop_front();
        }
        entry
    }

    /// The round of that number, if it is remembered.
    pub fn find(&self, number: u64) -> Option<Arc<Round>> {
        lock(&self.0).rounds.iter().find(|(known, _)| *known == number).map(|(_, round)| Arc::clone(round))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens_are_read_back_and_nothing_else_is() {
        let since = Token::Since {
            user: 1,
            moves: 0,
            scope: Scope::Contacts { folder: 9 },
            version: 7,
            select: None,
        };
        assert_eq!(Token::read(&since.write()), Some(since));
        assert_eq!(Token::read("R0usmcCM996atia_s"), None);
        assert_eq!(Token::read(""), None);
    }

    #[test]
    fn old_rounds_are_forgotten() {
        let book = Book::default();
        let round = Round {
            moves: 0,
            user: 0,
            scope: Scope::Folders,
            version: 1,
            path: String::new(),
            select: None,
            entries: Vec::new(),
        };
        let first = book.open(round.clone()).0;
        let numbers: Vec<u64> = (0..REMEMBERED).map(|_| book.open(round.clone()).0).collect();
        assert!(book.find(first).is_none());
        assert!(numbers.iter().all(|number| book.find(*number).is_some()));
    }
}
