//! The organization's directory: people by what was typed, and their photos.

use std::collections::HashSet;

use convoke_ews::EwsError;
use convoke_ews::operation::{FindPeople, GetPhoto, ResolveNames};
use convoke_model::contact::Contact;
use convoke_model::photo::Photo;

use super::mailbox::Mailbox;
use crate::error::RoundError;
use crate::meter::Meter;

/// At most `limit` people: those whose name or address begins with the text, then those whom the server's index finds
/// (since Exchange 2013). One of the two may fail.
pub(crate) async fn search(
    mailbox: &Mailbox,
    meter: &Meter,
    text: &str,
    limit: u16,
) -> Result<Vec<Contact>, RoundError> {
    let named = mailbox.ask(ResolveNames { entry: text.to_owned() }, meter).await;
    let indexed = mailbox.ask(FindPeople { text: text.to_owned(), limit }, meter).await;
    let lists = match (named, indexed) {
        (Err(error), Err(_)) => return Err(error),
        (named, indexed) => named.into_iter().chain(indexed).flatten(),
    };
    let mut seen = HashSet::new();
    Ok(lists.filter(|person| seen.insert(person.id.to_lowercase())).take(limit.into()).collect())
}

/// The photo of the one with a mail address; `known` is the ETag of the one that is there. Before Exchange 2013 there
/// is none.
pub(crate) async fn find_photo(
    mailbox: &Mailbox,
    meter: &Meter,
    address: &str,
    known: Option<String>,
) -> Result<Photo, RoundError> {
    match mailbox.ask(GetPhoto { address: address.to_owned(), known }, meter).await {
        Err(RoundError::Ews(EwsError::TooOld { .. })) => Ok(Photo::None),
        photo => photo,
    }
}
