//! Made-up contacts, and what somebody types who looks for one.

use convoke_model::contact::{Contact, Email, Phone};
use convoke_model::record::ContactChange;
use convoke_store::{CommitMode, ContactCommit};

const GIVEN: [&str; 12] = [
    "Anna",
    "Ben",
    "Chiara",
    "Dmitri",
    "Elif",
    "François",
    "Grace",
    "Hiroshi",
    "Inés",
    "Jürgen",
    "Katarzyna",
    "Smilla",
];
const SYLLABLES: [&str; 16] = [
    "mül", "ler", "ko", "val", "smi", "the", "ros", "si", "bauer", "an", "der", "son", "gar", "cía", "wó",
    "jcik",
];

/// A step between contacts that are looked for, so that all beginnings come up.
const STEP: usize = 641;

/// What somebody types.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Typed {
    /// The first letters of a surname.
    Letters(usize),
    /// The first letters of both names.
    TwoWords,
    /// A surname with two letters swapped.
    Slip,
}

impl Typed {
    /// All that is measured.
    pub const ALL: [Self; 6] =
        [Self::Letters(1), Self::Letters(2), Self::Letters(3), Self::Letters(4), Self::TwoWords, Self::Slip];

    /// For people.
    pub fn name(self) -> String {
        match self {
            Self::Letters(1) => "1 letter".to_owned(),
            Self::Letters(count) => format!("{count} letters"),
            Self::TwoWords => "two words".to_owned(),
            Self::Slip => "one slip".to_owned(),
        }
    }

    /// What is typed at a turn.
    pub fn text(self, turn: usize) -> String {
        let (given, surname) = name(turn * STEP);
        let first = |name: &str, count: usize| name.chars().take(count).collect::<String>();
        match self {
            Self::Letters(count) => first(&surname, count),
            Self::TwoWords => format!("{} {}", first(&given, 3), first(&surname, 3)),
            Self::Slip => {
                let mut letters: Vec<char> = surname.chars().collect();
                letters.swap(2, 3);
                letters.into_iter().collect()
            }
        }
    }
}

fn name(number: usize) -> (String, String) {
    let part = |shift: usize| SYLLABLES[((number / 12) >> shift) % 16];
    let mut surname =
        format!("{}{}{}{}", part(0), part(4), part(8), if number.is_multiple_of(3) { part(12) } else { "" });
    if let Some(first) = surname.get(..1).map(str::to_uppercase) {
        surname.replace_range(..1, &first);
    }
    (GIVEN[number % 12].to_owned(), surname)
}

/// A contact of a number.
pub fn contact(number: usize) -> Contact {
    let (given, surname) = name(number);
    let (mailbox, house) =
        (format!("{}.{}{number}", given.to_lowercase(), surname.to_lowercase()), number % 900);
    Contact {
        id: format!("contact{number:0>152}"),
        name: format!("{given} {surname}"),
        emails: vec![Email {
            kind: "email".to_owned(),
            address: format!("{mailbox}@company{house}.example"),
        }],
        phones: vec![Phone { kind: "mobile".to_owned(), number: format!("+49 30 {number:07}") }],
        company: Some(format!("Company {house} Ltd")),
        title: Some("Head of Something".to_owned()),
        given_name: Some(given),
        surname: Some(surname),
        ..Contact::default()
    }
}

/// A first round of so many contacts.
pub fn round(count: usize) -> ContactCommit {
    ContactCommit {
        folder_id: None,
        folder_name: None,
        mode: CommitMode::Full,
        changes: (0..count).map(|number| ContactChange::Present(Box::new(contact(number)))).collect(),
        cursor: Some("link".to_owned()),
        at: chrono::DateTime::UNIX_EPOCH,
    }
}
