//! Table `contact_text`: full text over all that a contact says.

use crate::error::StoreError;
use crate::table::column;
use convoke_model::contact::{Contact, PostalAddress};
use convoke_model::text::{spellings, words};
use rusqlite::{Connection, params};
use std::collections::BTreeSet;

/// Words that are indexed of one contact at most.
const MOST_WORDS: usize = 400;

pub(crate) fn insert(connection: &Connection, key: i64, contact: &Contact) -> Result<(), StoreError> {
    let mut statement =
        connection.prepare_cached("INSERT INTO contact_text (rowid, words) VALUES (?1, ?2)")?;
    statement.execute(params![key, indexed(contact)])?;
    Ok(())
}

pub(crate) fn delete(connection: &Connection, key: i64) -> Result<(), StoreError> {
    connection.prepare_cached("DELETE FROM contact_text WHERE rowid = ?1")?.execute([key])?;
    Ok(())
}

/// Keys of contacts that have, for each of the words, one that begins with it. Not ranked.
pub(crate) fn search(
    connection: &Connection,
    typed: &[String],
    limit: usize,
) -> Result<Vec<i64>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT rowid FROM contact_text WHERE contact_text MATCH ?1 ORDER BY rowid LIMIT ?2",
    )?;
    let rows = statement.query_map(params![expression(typed), column(limit)], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

/// Each word as a quoted prefix: within quotes nothing is syntax but the quote, which is doubled.
fn expression(typed: &[String]) -> String {
    let prefixes: Vec<String> =
        typed.iter().map(|word| format!("\"{}\"*", word.replace('"', "\"\""))).collect();
    prefixes.join(" AND ")
}

/// Every text of a contact that is searched, with what `matched_in` shows for it.
pub(crate) fn texts(contact: &Contact) -> impl Iterator<Item = &str> {
    let single = [
        Some(contact.name.as_str()),
        contact.given_name.as_deref(),
        contact.surname.as_deref(),
        contact.company.as_deref(),
        contact.title.as_deref(),
        contact.department.as_deref(),
        contact.office.as_deref(),
    ];
    single
        .into_iter()
        .flatten()
        .chain(contact.emails.iter().map(|email| email.address.as_str()))
        .chain(contact.phones.iter().map(|phone| phone.number.as_str()))
        .chain(contact.categories.iter().map(String::as_str))
        .chain(contact.addresses.iter().flat_map(address_texts))
}

fn address_texts(address: &PostalAddress) -> impl Iterator<Item = &str> {
    [&address.street, &address.city, &address.state, &address.postal_code, &address.country]
        .into_iter()
        .filter_map(|text| text.as_deref())
}

fn indexed(contact: &Contact) -> String {
    let mut all: BTreeSet<String> =
        texts(contact).flat_map(words).take(MOST_WORDS).flat_map(spellings).collect();
    all.extend(contact.phones.iter().map(|phone| digits(&phone.number)).filter(|digits| !digits.is_empty()));
    Vec::from_iter(all).join(" ")
}

/// A number as one word, however it was grouped.
fn digits(number: &str) -> String {
    number.chars().filter(char::is_ascii_digit).take(32).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn b57_quotes_are_doubled() {
        assert_eq!(expression(&["a\"b".to_owned(), "near".to_owned()]), "\"a\"\"b\"* AND \"near\"*");
    }
}
