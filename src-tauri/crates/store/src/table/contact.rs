//! Tables `contact` and `contact_detail`.

use crate::error::StoreError;
use crate::hash::hash;
use crate::table::{column, count_of};
use convoke_model::contact::Contact;
use convoke_model::text::fold;
use rusqlite::{Connection, OptionalExtension, Row, params};

/// What is known of a stored contact before it is read.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Stored {
    pub key: i64,
    pub folder: i64,
    pub digest: i64,
}

/// One line of the list.
#[derive(Clone, Debug)]
pub(crate) struct Listed {
    pub id: String,
    pub sort_key: String,
    pub name: String,
    pub company: Option<String>,
    pub title: Option<String>,
    pub email: Option<String>,
    pub photo: bool,
}

/// What the search index takes of a contact.
#[derive(Debug)]
pub(crate) struct Searched<'a> {
    pub key: i64,
    pub name: &'a str,
    pub given_name: &'a str,
    pub surname: &'a str,
    pub emails: &'a str,
}

pub(crate) fn find(connection: &Connection, id: &str) -> Result<Option<Stored>, StoreError> {
    let mut statement = connection
        .prepare_cached("SELECT key, folder, digest FROM contact WHERE id_hash = ?1 AND id = ?2")?;
    let stored = statement.query_row(params![hash(id.as_bytes()), id], |row| {
        Ok(Stored { key: row.get(0)?, folder: row.get(1)?, digest: row.get(2)? })
    });
    Ok(stored.optional()?)
}

/// Writes a contact under a new key, or under the one that it has.
pub(crate) fn put(
    connection: &Connection,
    key: Option<i64>,
    folder: i64,
    contact: &Contact,
    json: &str,
) -> Result<i64, StoreError> {
    let emails: Vec<&str> = contact.emails.iter().map(|email| email.address.as_str()).collect();
    let mut statement = connection.prepare_cached(
        "INSERT OR REPLACE INTO contact (key, id_hash, folder, digest, photo, sort_key, name, given_name, surname, company,
         title, emails, id) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)",
    )?;
    let key = statement.insert(params![
        key,
        hash(contact.id.as_bytes()),
        folder,
        hash(json.as_bytes()),
        contact.photo,
        sort_key(&contact.name),
        contact.name,
        contact.given_name,
        contact.surname,
        contact.company,
        contact.title,
        emails.join("\n"),
        contact.id,
    ])?;
    connection
        .prepare_cached("INSERT OR REPLACE INTO contact_detail (key, content) VALUES (?1, ?2)")?
        .execute(params![key, json])?;
    Ok(key)
}

pub(crate) fn delete(connection: &Connection, key: i64) -> Result<(), StoreError> {
    connection.prepare_cached("DELETE FROM contact WHERE key = ?1")?.execute([key])?;
    connection.prepare_cached("DELETE FROM contact_detail WHERE key = ?1")?.execute([key])?;
    Ok(())
}

pub(crate) fn keys_in(connection: &Connection, folder: i64) -> Result<Vec<i64>, StoreError> {
    let mut statement = connection.prepare_cached("SELECT key FROM contact WHERE folder = ?1")?;
    let rows = statement.query_map([folder], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

pub(crate) fn count(connection: &Connection) -> Result<usize, StoreError> {
    count_of(connection, "SELECT count(*) FROM contact")
}

/// The whole contact but its folder's name, with the folder's key.
pub(crate) fn get(connection: &Connection, key: i64) -> Result<Option<(i64, Contact)>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT contact.folder, contact_detail.content FROM contact JOIN contact_detail USING (key) WHERE key = ?1",
    )?;
    let found: Option<(i64, String)> =
        statement.query_row([key], |row| Ok((row.get(0)?, row.get(1)?))).optional()?;
    Ok(found
        .map(|(folder, json)| serde_json::from_str(&json).map(|contact| (folder, contact)))
        .transpose()?)
}

/// Keys of one page of everybody, by name; the skipped ones are counted in the index alone.
pub(crate) fn page(connection: &Connection, offset: usize, limit: usize) -> Result<Vec<i64>, StoreError> {
    let mut statement =
        connection.prepare_cached("SELECT key FROM contact ORDER BY sort_key, key LIMIT ?2 OFFSET ?1")?;
    let rows = statement.query_map([column(offset), column(limit)], |row| row.get(0))?;
    Ok(rows.collect::<Result<_, _>>()?)
}

pub(crate) fn listed(connection: &Connection, key: i64) -> Result<Option<Listed>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT id, sort_key, name, company, title, emails, photo FROM contact WHERE key = ?1",
    )?;
    Ok(statement.query_row([key], listed_row).optional()?)
}

/// Hands over everybody by name, to build the search index from.
pub(crate) fn scan(connection: &Connection, mut visit: impl FnMut(&Searched<'_>)) -> Result<(), StoreError> {
    let mut statement = connection
        .prepare("SELECT key, name, coalesce(given_name, ''), coalesce(surname, ''), emails FROM contact ORDER BY sort_key, key")?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        visit(&Searched {
            key: row.get(0)?,
            name: row.get_ref(1)?.as_str().map_err(rusqlite::Error::from)?,
            given_name: row.get_ref(2)?.as_str().map_err(rusqlite::Error::from)?,
            surname: row.get_ref(3)?.as_str().map_err(rusqlite::Error::from)?,
            emails: row.get_ref(4)?.as_str().map_err(rusqlite::Error::from)?,
        });
    }
    Ok(())
}

fn listed_row(row: &Row<'_>) -> rusqlite::Result<Listed> {
    let emails: String = row.get(5)?;
    Ok(Listed {
        id: row.get(0)?,
        sort_key: row.get(1)?,
        name: row.get(2)?,
        company: row.get(3)?,
        title: row.get(4)?,
        email: emails.lines().next().map(str::to_owned),
        photo: row.get(6)?,
    })
}

/// Order of the list: Latin letters first, then everything else (`{` follows `z`).
fn sort_key(name: &str) -> String {
    let folded: String = fold(name).chars().take(80).collect();
    let folded = folded.trim_start();
    match folded.starts_with(|first: char| first.is_ascii_lowercase()) {
        true => folded.to_owned(),
        false => format!("{{{folded}"),
    }
}

/// The heading of a sort key.
pub(crate) fn letter(sort_key: &str) -> char {
    match sort_key.chars().next() {
        Some(first) if first.is_ascii_lowercase() => first.to_ascii_uppercase(),
        _ => '#',
    }
}

/// How many contacts begin with each character of the sort key, in the order of the list.
pub(crate) fn beginnings(connection: &Connection) -> Result<Vec<(char, usize)>, StoreError> {
    let mut statement = connection.prepare_cached(
        "SELECT substr(sort_key, 1, 1), count(*) FROM contact GROUP BY 1 ORDER BY min(sort_key)",
    )?;
    let found = statement.query_map([], |row| {
        let key: String = row.get(0)?;
        Ok((letter(&key), usize::try_from(row.get::<_, i64>(1)?).unwrap_or_default()))
    })?;
    Ok(found.collect::<Result<_, _>>()?)
}
