//! The organization's directory: looked up live, never stored.

use crate::app::App;
use crate::code::{Code, Failure};
use crate::failure;
use crate::wire::query::{ById, DirectorySearch};
use crate::wire::row::ContactRow;
use convoke_model::contact::Contact;
use convoke_model::service::Service;
use std::sync::Mutex;

/// People shown at most.
const LIMIT: u16 = 20;

/// The people of the last look-up, so that a card opens without asking again. Memory only.
#[derive(Default)]
pub struct LastLookUp(Mutex<Vec<Contact>>);

impl App {
    /// People of the directory whose name begins with the words.
    ///
    /// # Errors
    /// When the directory isn't connected or can't be reached.
    pub async fn search_directory(&self, search: DirectorySearch) -> Result<Vec<ContactRow>, Failure> {
        // Names hold no control characters, and a server may choke on them.
        let text = search.text.replace(char::is_control, " ").trim().to_owned();
        if text.chars().count() < 2 || !self.is_connected(Service::Directory) {
            return Ok(Vec::new());
        }
        let account = self.signed_in()?;
        let (profile, store) = (account.profile(), account.cache()?);
        let engine = self.engine(&profile, &store).await?;
        let found = engine.search_directory(&text, LIMIT).await;
        let people = found.map_err(|error| failure::of_round(&error))?;
        let rows = people.iter().map(row).collect();
        *self.inner.lock(&self.inner.directory.0) = people;
        Ok(rows)
    }

    /// A person of the last look-up.
    ///
    /// # Errors
    /// When it isn't among them.
    pub fn directory_person(&self, id: &ById) -> Result<Contact, Failure> {
        let people = self.inner.lock(&self.inner.directory.0);
        people.iter().find(|person| person.id == id.id).cloned().ok_or_else(|| Failure::new(Code::NotFound))
    }
}

fn row(person: &Contact) -> ContactRow {
    ContactRow {
        id: person.id.clone(),
        name: person.name.clone(),
        company: person.emails.first().map(|email| email.address.clone()),
        title: person.title.clone(),
        letter: String::new(),
        matches: Vec::new(),
        approximate: false,
    }
}
