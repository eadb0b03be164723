//! Building the index from the table.

use super::index::{Field, SearchIndex, pack};
use crate::error::StoreError;
use crate::table::contact::{self, Searched};
use convoke_model::text::{spellings, words};
use rusqlite::Connection;
use std::collections::HashMap;

/// Contacts beyond this number are found by FTS5 only; a number has 30 bits.
const MOST_CONTACTS: usize = 1 << 30;

/// Tokens that are indexed of one contact at most.
const MOST_TOKENS: usize = 64;

pub(super) fn build(connection: &Connection, generation: u64) -> Result<SearchIndex, StoreError> {
    let mut collected = Collected::default();
    contact::scan(connection, |searched| collected.add(searched))?;
    Ok(collected.finish(generation))
}

#[derive(Default)]
struct Collected {
    keys: Vec<i64>,
    tokens: HashMap<Box<str>, u32>,
    /// Token in order of appearance, and packed entry.
    entries: Vec<(u32, u32)>,
    /// Tokens of the contact at hand.
    scratch: Vec<(String, Field)>,
}

impl Collected {
    fn add(&mut self, searched: &Searched<'_>) {
        let Some(number) = u32::try_from(self.keys.len()).ok().filter(|_| self.keys.len() < MOST_CONTACTS)
        else {
            return;
        };
        self.keys.push(searched.key);
        let mut tokens = std::mem::take(&mut self.scratch);
        tokens_of(searched, &mut tokens);
        for (token, field) in tokens.drain(..) {
            let token = self.intern(&token);
            self.entries.push((token, pack(number, field)));
        }
        self.scratch = tokens;
    }

    fn intern(&mut self, token: &str) -> u32 {
        if let Some(number) = self.tokens.get(token) {
            return *number;
        }
        let number = u32::try_from(self.tokens.len()).unwrap_or(u32::MAX);
        self.tokens.insert(token.into(), number);
        number
    }

    fn finish(mut self, generation: u64) -> SearchIndex {
        let mut sorted: Vec<(Box<str>, u32)> = self.tokens.drain().collect();
        sorted.sort_unstable();
        let mut place = vec![0_u32; sorted.len()];
        let mut index = SearchIndex { generation, keys: self.keys, ..SearchIndex::default() };
        for (at, (token, number)) in sorted.iter().enumerate() {
            place[*number as usize] = at as u32;
            index.text.push_str(token);
            index.ends.push(u32::try_from(index.text.len()).unwrap_or(u32::MAX));
        }
        for entry in &mut self.entries {
            entry.0 = place[entry.0 as usize];
        }
        self.entries.sort_unstable();
        index.entry_ends = vec![0; sorted.len()];
        for (at, (token, entry)) in self.entries.iter().enumerate() {
            index.entries.push(*entry);
            index.entry_ends[*token as usize] = at as u32 + 1;
        }
        index.text.shrink_to_fit();
        index.ends.shrink_to_fit();
        index.entries.shrink_to_fit();
        index
    }
}

/// Every token once, with its best field.
fn tokens_of(searched: &Searched<'_>, tokens: &mut Vec<(String, Field)>) {
    let add = |text: &str, field: Field, tokens: &mut Vec<(String, Field)>| {
        for spelling in words(text).flat_map(spellings) {
            match tokens.iter().position(|(token, _)| *token == spelling) {
                Some(at) => tokens[at].1 = field.min(tokens[at].1),
                None if tokens.len() < MOST_TOKENS => tokens.push((spelling, field)),
                None => return,
            }
        }
    };
    add(searched.given_name, Field::Name, tokens);
    add(searched.surname, Field::Name, tokens);
    let (first, others) =
        words(searched.name).next().map_or(("", searched.name), |first| (first, searched.name));
    add(first, Field::Name, tokens);
    add(others, Field::NamePart, tokens);
    for address in searched.emails.lines() {
        let (mailbox, domain) = address.rsplit_once('@').unwrap_or((address, ""));
        add(mailbox, Field::Mailbox, tokens);
        // The last label (`com`, `org`) finds nobody in particular.
        add(domain.rsplit_once('.').map_or(domain, |(rest, _)| rest), Field::Domain, tokens);
    }
}
