//! Contacts, as the window and `convokectl` ask for them.

use crate::app::App;
use crate::code::{Code, Failure};
use crate::wire::query::{ById, ContactsPage};
use crate::wire::row::{ContactPage, ContactRow, LetterOffset};
use convoke_model::contact::Contact;
use convoke_store::{self as rows, ContactQuery};

/// More rows than a page of the list needs.
const MAX_PAGE: u32 = 500;

impl App {
    /// A page of the contact list.
    ///
    /// # Errors
    /// When nobody is signed in or the cache can't be read.
    pub async fn contacts(&self, page: ContactsPage) -> Result<ContactPage, Failure> {
        let searched = !page.text.trim().is_empty();
        let query = ContactQuery {
            text: page.text,
            offset: page.offset as usize,
            limit: page.limit.min(MAX_PAGE) as usize,
        };
        let page = self.with_cache(move |cache| cache.reader()?.contacts(&query)).await?;
        Ok(ContactPage {
            total: u32::try_from(page.total).unwrap_or(u32::MAX),
            rows: page.rows.into_iter().map(|row| to_wire(row, searched)).collect(),
        })
    }

    /// Whole contacts, best match first, and how many match in all.
    ///
    /// # Errors
    /// As [`App::contacts`].
    pub async fn whole_contacts(&self, text: String, limit: u32) -> Result<(usize, Vec<Contact>), Failure> {
        self.with_cache(move |cache| cache.reader()?.contacts_full(&text, limit as usize)).await
    }

    /// One contact, whole.
    ///
    /// # Errors
    /// As [`App::contacts`], and when it isn't there.
    pub async fn contact(&self, id: ById) -> Result<Contact, Failure> {
        self.with_cache(move |cache| cache.reader()?.contact(&id.id))
            .await?
            .ok_or_else(|| Failure::new(Code::NotFound))
    }

    /// Where each letter begins in the list of all contacts.
    ///
    /// # Errors
    /// As [`App::contacts`].
    pub async fn letters(&self) -> Result<Vec<LetterOffset>, Failure> {
        let letters = self.with_cache(|cache| cache.reader()?.letters()).await?;
        Ok(letters
            .into_iter()
            .map(|(letter, offset)| LetterOffset {
                letter: letter.to_string(),
                offset: u32::try_from(offset).unwrap_or(u32::MAX),
            })
            .collect())
    }
}

fn to_wire(row: rows::ContactRow, searched: bool) -> ContactRow {
    ContactRow {
        // Nothing in the name or beside it says the typed words as typed: found in spite of a slip.
        approximate: searched && row.matched.is_empty() && row.matched_in.is_none(),
        id: row.id,
        name: row.name,
        company: row.company,
        title: row.title,
        letter: row.letter.to_string(),
        matches: row.matched,
    }
}
