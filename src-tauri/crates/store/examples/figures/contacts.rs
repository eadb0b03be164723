//! Contacts: filling, index, searches.

use crate::{line, measure};
use convoke_model::contact::{Contact, Email, Phone};
use convoke_model::record::ContactChange;
use convoke_store::{CommitMode, ContactCommit, ContactQuery, Store};
use std::error::Error;
use std::time::Instant;

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

fn name(number: usize) -> (String, String) {
    let part = |shift: usize| SYLLABLES[((number / 12) >> shift) % 16];
    let mut surname =
        format!("{}{}{}{}", part(0), part(4), part(8), if number.is_multiple_of(3) { part(12) } else { "" });
    if let Some(first) = surname.get(..1).map(str::to_uppercase) {
        surname.replace_range(..1, &first);
    }
    (GIVEN[number % 12].to_owned(), surname)
}

fn contact(number: usize) -> Contact {
    let (given, surname) = name(number);
    Contact {
        id: format!("contact{number:0>152}"),
        name: format!("{given} {surname}"),
        emails: vec![Email {
            kind: "email".to_owned(),
            address: format!(
                "{}.{}{number}@company{}.example",
                given.to_lowercase(),
                surname.to_lowercase(),
                number % 900
            ),
        }],
        phones: vec![Phone { kind: "mobile".to_owned(), number: format!("+49 30 {number:07}") }],
        company: Some(format!("Company {} Ltd", number % 900)),
        title: Some("Head of Something".to_owned()),
        given_name: Some(given),
        surname: Some(surname),
        ..Contact::default()
    }
}

pub fn fill(store: &Store, all: usize) -> Result<(), Box<dyn Error>> {
    let commit = ContactCommit {
        folder_id: None,
        folder_name: None,
        mode: CommitMode::Full,
        changes: (0..all).map(|number| ContactChange::Present(Box::new(contact(number)))).collect(),
        cursor: Some("link".to_owned()),
        at: chrono::DateTime::UNIX_EPOCH,
    };
    for name in ["contacts: first commit", "contacts: same commit again"] {
        let start = Instant::now();
        store.writer()?.commit_contacts(&commit)?;
        line(name, &[start.elapsed().as_secs_f64() * 1e3], "ms")?;
    }
    Ok(())
}

pub fn searches(store: &Store) -> Result<(), Box<dyn Error>> {
    measure("contacts: first page", 100, |_| search(store, "", 0))?;
    measure("contacts: last pages", 100, |turn| search(store, "", 99_000 - turn))?;
    let before = resident();
    let start = Instant::now();
    store.refresh_search()?;
    line("search: index built in", &[start.elapsed().as_secs_f64() * 1e3], "ms")?;
    line("search: memory grown by", &[(resident() - before) / 1e6], "MB")?;
    for letters in 1..=4 {
        measure(&format!("search: {letters} letters"), 150, |turn| {
            let surname: String = name(turn * 641).1.chars().take(letters).collect();
            search(store, &surname, 0)
        })?;
    }
    measure("search: two words", 150, |turn| {
        let (given, surname) = name(turn * 641);
        search(
            store,
            &format!(
                "{} {}",
                given.chars().take(3).collect::<String>(),
                surname.chars().take(3).collect::<String>()
            ),
            0,
        )
    })?;
    measure("search: company", 150, |turn| search(store, &format!("company {}", turn), 0))?;
    measure("search: one slip", 150, |turn| {
        let mut surname: Vec<char> = name(turn * 641).1.chars().collect();
        surname.swap(2, 3);
        search(store, &surname.into_iter().collect::<String>(), 0)
    })
}

fn search(store: &Store, text: &str, offset: usize) -> Result<(), Box<dyn Error>> {
    store.reader()?.contacts(&ContactQuery { text: text.to_owned(), offset, limit: 20 })?;
    Ok(())
}

/// Resident memory of this process in bytes; 0 where the system does not say.
fn resident() -> f64 {
    let status = std::fs::read_to_string("/proc/self/statm").unwrap_or_default();
    status.split(' ').nth(1).and_then(|pages| pages.parse::<f64>().ok()).unwrap_or(0.0) * 4096.0
}
