//! Ids of a mailbox's things: opaque to clients, readable here, the same in every run.
//!
//! Exchange's ids are base64 with `+`, `/` and `=`, and case matters. Immutable ids survive a move between folders;
//! the others do not.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use chrono::{Datelike, NaiveDate};
use sha2::{Digest, Sha256};

/// What an id stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// An event or one date of a series.
    Event,
    /// A calendar.
    Calendar,
    /// A contact.
    Contact,
    /// A folder of contacts.
    Folder,
}

/// An id, read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ItemId {
    /// What it stands for.
    pub kind: Kind,
    /// Number in the mailbox.
    pub key: u64,
    /// Date of the series.
    pub date: Option<NaiveDate>,
    /// How often the thing was moved; absent in immutable ids.
    pub moves: Option<u16>,
}

/// Writes and reads the ids of one mailbox.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ids {
    prefix: [u8; 24],
    mask: [u8; PAYLOAD],
}

const PAYLOAD: usize = 20;
const IMMUTABLE: [u8; 4] = [0x00, 0x09, 0x00, 0x2e];
const MUTABLE: [u8; 4] = [0x00, 0x03, 0x24, 0x00];
const NO_DATE: i32 = i32::MIN;

impl Ids {
    /// The ids of the mailbox that belongs to this object id.
    #[must_use]
    pub fn new(object_id: &str) -> Self {
        let mut ids = Self { prefix: [0; 24], mask: [0; PAYLOAD] };
        ids.prefix.copy_from_slice(&Sha256::digest(format!("mailbox {object_id}"))[..24]);
        ids.mask.copy_from_slice(&Sha256::digest(format!("items {object_id}"))[..PAYLOAD]);
        ids
    }

    /// The id's text.
    #[must_use]
    pub fn write(&self, id: ItemId) -> String {
        let mut payload = [0; PAYLOAD];
        payload[0] = id.kind as u8;
        payload[1..9].copy_from_slice(&id.key.to_be_bytes());
        payload[9..13]
            .copy_from_slice(&id.date.map_or(NO_DATE, |date| date.num_days_from_ce()).to_be_bytes());
        payload[13..15].copy_from_slice(&id.moves.unwrap_or(0).to_be_bytes());
        let check = Sha256::digest(&payload[..15]);
        payload[15..].copy_from_slice(&check[..PAYLOAD - 15]);
        let masked = payload.iter().zip(self.mask).map(|(byte, mask)| byte ^ mask);
        let head = if id.moves.is_some() { MUTABLE } else { IMMUTABLE };
        let bytes: Vec<u8> = head.into_iter().chain(self.prefix).chain(masked).chain([0; 1]).collect();
        STANDARD.encode(bytes)
    }

    /// Whether a text is an id, though of another mailbox or of another time.
    #[must_use]
    pub fn is_foreign(&self, text: &str) -> bool {
        let bytes = STANDARD.decode(text).unwrap_or_default();
        let is_id =
            bytes.len() == 28 + PAYLOAD + 1 && (bytes.starts_with(&MUTABLE) || bytes.starts_with(&IMMUTABLE));
        is_id && bytes[4..28] != self.prefix
    }

    /// Reads an id of this mailbox.
    #[must_use]
    pub fn read(&self, text: &str) -> Option<ItemId> {
        let bytes = STANDARD.decode(text).ok()?;
        let head: [u8; 4] = bytes.get(..4)?.try_into().ok()?;
        let masked: [u8; PAYLOAD] = bytes.get(28..28 + PAYLOAD)?.try_into().ok()?;
        if bytes.get(4..28)? != self.prefix || bytes.len() != 28 + PAYLOAD + 1 {
            return None;
        }
        let mut payload = [0; PAYLOAD];
        for (index, byte) in payload.iter_mut().enumerate() {
            *byte = masked[index] ^ self.mask[index];
        }
        if Sha256::digest(&payload[..15])[..PAYLOAD - 15] != payload[15..] {
            return None;
        }
        let days = i32::from_be_bytes(payload[9..13].try_into().ok()?);
        Some(ItemId {
            kind: [Kind::Event, Kind::Calendar, Kind::Contact, Kind::Folder]
                .into_iter()
                .nth(payload[0].into())?,
            key: u64::from_be_bytes(payload[1..9].try_into().ok()?),
            date: if days == NO_DATE { None } else { NaiveDate::from_num_days_from_ce_opt(days) },
            moves: (head == MUTABLE).then(|| u16::from_be_bytes([payload[13], payload[14]])),
        })
    }
}

/// The key of a version of a thing: a new one for every change.
#[must_use]
pub fn change_key(key: u64, version: u64) -> String {
    let mut bytes = [0x11; 22];
    bytes[6..14].copy_from_slice(&key.to_be_bytes());
    bytes[14..].copy_from_slice(&version.to_be_bytes());
    STANDARD.encode(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_read_back_by_their_mailbox_only() {
        let (mine, other) = (Ids::new("a"), Ids::new("b"));
        let date = Some("2026-03-12".parse().unwrap());
        for moves in [None, Some(3)] {
            let id = ItemId { kind: Kind::Contact, key: 7, date, moves };
            assert_eq!(mine.read(&mine.write(id)), Some(id));
            assert_eq!(other.read(&mine.write(id)), None);
        }
    }

    #[test]
    fn a_changed_letter_is_no_id() {
        let ids = Ids::new("a");
        let text = ids.write(ItemId { kind: Kind::Event, key: 7, date: None, moves: None });
        assert_eq!(ids.read(&text.to_lowercase()), None);
        assert_eq!(ids.read(&text[..40]), None);
    }
}
