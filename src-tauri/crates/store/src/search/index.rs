//! The index in memory: sorted tokens in one string, and who has each.

use std::ops::Range;

/// Which part of a contact a token comes from; a lower one ranks higher.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Field {
    /// First word of the name, given name, surname.
    Name = 0,
    /// Another word of the name.
    NamePart = 1,
    /// Before the `@`.
    Mailbox = 2,
    /// After the `@`.
    Domain = 3,
}

/// Tokens of names and addresses. A contact is a number here, in the order of the list, so that equal ranks are
/// in that order for free. Takes some 100 bytes per contact.
#[derive(Debug, Default)]
pub(crate) struct SearchIndex {
    /// The state of the contacts that it was built from.
    pub generation: u64,
    /// Database keys by number.
    pub keys: Vec<i64>,
    /// All tokens, sorted, one after the other.
    pub text: String,
    /// Where each token ends in `text`.
    pub ends: Vec<u32>,
    /// Where each token's entries end in `entries`.
    pub entry_ends: Vec<u32>,
    /// Contact number × 4 + field.
    pub entries: Vec<u32>,
}

impl SearchIndex {
    pub(crate) fn token(&self, number: usize) -> &str {
        let start = number.checked_sub(1).map_or(0, |before| self.ends[before] as usize);
        &self.text[start..self.ends[number] as usize]
    }

    /// Who has the token: contact number and field.
    pub(crate) fn entries(&self, token: usize) -> impl Iterator<Item = (usize, Field)> {
        let start = token.checked_sub(1).map_or(0, |before| self.entry_ends[before] as usize);
        self.entries[start..self.entry_ends[token] as usize].iter().map(|entry| unpack(*entry))
    }

    pub(crate) fn token_count(&self) -> usize {
        self.ends.len()
    }

    /// Numbers of the tokens that begin with the text.
    pub(crate) fn beginning(&self, prefix: &str) -> Range<usize> {
        let first = self.partition(|token| token < prefix);
        let after = self.partition(|token| token < prefix || token.starts_with(prefix));
        first..after
    }

    fn partition(&self, before: impl Fn(&str) -> bool) -> usize {
        let (mut low, mut high) = (0, self.token_count());
        while low < high {
            let middle = low + (high - low) / 2;
            if before(self.token(middle)) { low = middle + 1 } else { high = middle }
        }
        low
    }
}

pub(crate) fn pack(contact: u32, field: Field) -> u32 {
    contact << 2 | field as u32
}

fn unpack(entry: u32) -> (usize, Field) {
    let field = match entry & 3 {
        0 => Field::Name,
        1 => Field::NamePart,
        2 => Field::Mailbox,
        _ => Field::Domain,
    };
    ((entry >> 2) as usize, field)
}
