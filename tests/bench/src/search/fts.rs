//! The reference for search: SQLite's own full text, ranked, with indexes for short beginnings; and its trigrams
//! for what was mistyped.

use super::people;
use crate::error::BenchError;
use crate::naive::open_encrypted;
use rusqlite::{Connection, params};
use std::path::Path;

const SCHEMA: &str = "
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = NORMAL;
    PRAGMA cache_size = -16000;
    CREATE TABLE contact (key INTEGER PRIMARY KEY, id TEXT, name TEXT, company TEXT, title TEXT, emails TEXT);
    CREATE VIRTUAL TABLE words USING fts5 (name, company, title, emails, content = '', prefix = '1 2 3 4',
        tokenize = 'unicode61 remove_diacritics 2');
    CREATE VIRTUAL TABLE trigrams USING fts5 (name, content = '', tokenize = 'trigram remove_diacritics 1');";

/// The file of the reference.
pub struct Fts(Connection);

impl Fts {
    /// A new file with the same contacts as the product's.
    ///
    /// # Errors
    /// When it can't be made.
    pub fn create(file: &Path, contacts: usize) -> Result<Self, BenchError> {
        let mut connection = open_encrypted(file)?;
        connection.execute_batch(SCHEMA)?;
        let all = connection.transaction()?;
        for (key, contact) in (0_i64..).zip((0..contacts).map(people::contact)) {
            let emails: Vec<&str> = contact.emails.iter().map(|email| email.address.as_str()).collect();
            let emails = emails.join(" ");
            all.prepare_cached("INSERT INTO contact VALUES (?1, ?2, ?3, ?4, ?5, ?6)")?.execute(params![
                key,
                contact.id,
                contact.name,
                contact.company,
                contact.title,
                emails
            ])?;
            all.prepare_cached(
                "INSERT INTO words (rowid, name, company, title, emails) VALUES (?1, ?2, ?3, ?4, ?5)",
            )?
            .execute(params![key, contact.name, contact.company, contact.title, emails])?;
            all.prepare_cached("INSERT INTO trigrams (rowid, name) VALUES (?1, ?2)")?
                .execute(params![key, contact.name])?;
        }
        all.commit()?;
        Ok(Self(connection))
    }

    /// How many rows of a page of contacts there are whose words begin with those typed.
    ///
    /// # Errors
    /// When the search fails.
    pub fn beginning(&self, text: &str, rows: usize) -> Result<usize, BenchError> {
        let words: Vec<String> = text.split(' ').map(|word| format!("\"{word}\"*")).collect();
        self.page("words", &words.join(" AND "), rows)
    }

    /// How many rows of a page of contacts there are that share the most triples of letters with what was typed.
    ///
    /// # Errors
    /// When the search fails.
    pub fn similar(&self, text: &str, rows: usize) -> Result<usize, BenchError> {
        let letters: Vec<char> = text.chars().collect();
        let triples: Vec<String> =
            letters.windows(3).map(|triple| format!("\"{}\"", triple.iter().collect::<String>())).collect();
        self.page("trigrams", &triples.join(" OR "), rows)
    }

    fn page(&self, table: &str, expression: &str, rows: usize) -> Result<usize, BenchError> {
        let mut statement = self.0.prepare_cached(&format!(
            "SELECT contact.id, contact.name, contact.company, contact.title, contact.emails
             FROM {table} JOIN contact ON contact.key = {table}.rowid
             WHERE {table} MATCH ?1 ORDER BY {table}.rank LIMIT ?2"
        ))?;
        let mut found = statement.query(params![expression, i64::try_from(rows).unwrap_or(i64::MAX)])?;
        let mut count = 0;
        while let Some(row) = found.next()? {
            for column in 0..5 {
                let _text: String = row.get(column)?;
            }
            count += 1;
        }
        Ok(count)
    }
}
