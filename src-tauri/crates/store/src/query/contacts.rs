//! The contact directory.

use crate::error::StoreError;
use crate::rows::{ContactPage, ContactQuery, ContactRow};
use crate::search::{self, Hits};
use crate::store::Reader;
use crate::table::contact_text::texts;
use crate::table::{contact, contact_folder};
use convoke_model::contact::Contact;
use convoke_model::text::{matched, tokens};
use rusqlite::Connection;

/// Words of a query that count.
const MOST_WORDS: usize = 8;

impl Reader<'_> {
    /// A page of contacts: everybody by name, or what matches the text, best first.
    ///
    /// All words must match, in any order, each as the beginning of a word; accents, other alphabets and one slip
    /// in a word of five letters or more are forgiven.
    ///
    /// # Errors
    /// Where the cache can't be read.
    pub fn contacts(&self, query: &ContactQuery) -> Result<ContactPage, StoreError> {
        let typed = typed(&query.text);
        let (total, keys) = self.keys(query, &typed)?;
        self.run(|connection| {
            let mut rows = Vec::with_capacity(keys.len());
            for key in keys {
                rows.extend(row(connection, key, &typed)?);
            }
            Ok(ContactPage { total, rows })
        })
    }

    /// Whole contacts for scripts, with the number of all that match; `limit` 0 for all.
    ///
    /// # Errors
    /// Where the cache can't be read.
    pub fn contacts_full(&self, text: &str, limit: usize) -> Result<(usize, Vec<Contact>), StoreError> {
        let limit = if limit == 0 { i32::MAX as usize } else { limit };
        let query = ContactQuery { text: text.to_owned(), offset: 0, limit };
        let (total, keys) = self.keys(&query, &typed(text))?;
        let found = self.run(|connection| {
            keys.into_iter().map(|key| whole(connection, key)).collect::<Result<Vec<_>, _>>()
        })?;
        Ok((total, found.into_iter().flatten().collect()))
    }

    /// The contact of an id.
    ///
    /// # Errors
    /// Where the cache can't be read.
    pub fn contact(&self, id: &str) -> Result<Option<Contact>, StoreError> {
        self.run(|connection| match contact::find(connection, id)? {
            Some(stored) => whole(connection, stored.key),
            None => Ok(None),
        })
    }

    fn keys(&self, query: &ContactQuery, typed: &[String]) -> Result<(usize, Vec<i64>), StoreError> {
        if typed.is_empty() {
            if !query.text.trim().is_empty() {
                return Ok((0, Vec::new())); // Signs only: nobody's name.
            }
            return self.run(|connection| {
                Ok((contact::count(connection)?, contact::page(connection, query.offset, query.limit)?))
            });
        }
        let index = self.run(|connection| search::current(self.store, connection))?;
        let Hits { total, keys } = self.run(|connection| search::find(connection, &index, typed, query))?;
        Ok((total, keys))
    }
}

fn typed(text: &str) -> Vec<String> {
    let mut words = tokens(text);
    words.truncate(MOST_WORDS);
    words
}

fn whole(connection: &Connection, key: i64) -> Result<Option<Contact>, StoreError> {
    let Some((folder, contact)) = contact::get(connection, key)? else {
        return Ok(None);
    };
    Ok(Some(Contact { folder: contact_folder::name(connection, folder)?, ..contact }))
}

fn row(connection: &Connection, key: i64, typed: &[String]) -> Result<Option<ContactRow>, StoreError> {
    let Some(listed) = contact::listed(connection, key)? else {
        return Ok(None);
    };
    let matched_in =
        match typed.iter().all(|word| !matched(&listed.name, std::slice::from_ref(word)).is_empty()) {
            true => None,
            false => elsewhere(connection, key, &listed.name, typed)?,
        };
    Ok(Some(ContactRow {
        id: listed.id,
        matched: matched(&listed.name, typed),
        letter: contact::letter(&listed.sort_key),
        name: listed.name,
        company: listed.company,
        title: listed.title,
        email: listed.email,
        photo: listed.photo,
        matched_in,
    }))
}

/// The text beside the name that has a word which the name lacks.
fn elsewhere(
    connection: &Connection,
    key: i64,
    name: &str,
    typed: &[String],
) -> Result<Option<String>, StoreError> {
    let missing: Vec<String> =
        typed.iter().filter(|word| matched(name, std::slice::from_ref(word)).is_empty()).cloned().collect();
    let Some((_, contact)) = contact::get(connection, key)? else {
        return Ok(None);
    };
    let found = texts(&contact).find(|text| !matched(text, &missing).is_empty());
    Ok(found.map(str::to_owned))
}
