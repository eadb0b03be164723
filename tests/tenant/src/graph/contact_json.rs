//! Contacts and their folders as Graph writes them (source: "contact resource type").

use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use super::book::Entry;
use super::event_json::{etag, stamp};
use super::prefer::Prefer;
use super::view::selected;
use crate::world::MailboxData;
use crate::world::contact::{Address, Contact, ContactFolder};
use crate::world::id::change_key;

const TYPE: &str = "#microsoft.graph.contact";
const FOLDER_TYPE: &str = "#microsoft.graph.contactFolder";

/// An entry of a delta round; nothing if it is gone by now.
pub fn entry(
    mailbox: &MailboxData,
    prefer: &Prefer,
    entry: Entry,
    made: DateTime<Utc>,
    select: Option<&str>,
) -> Option<Value> {
    let typed = |mut value: Value, kind: &str| {
        value["@odata.type"] = kind.into();
        value
    };
    let removed = |id: String, kind: &str| json!({ "@odata.type": kind, "id": id, "@removed": { "reason": "deleted" } });
    match entry {
        Entry::Contact(key) => {
            let contact = mailbox.contacts.get(&key).filter(|contact| contact.gone.is_none())?;
            Some(typed(selected(contact_value(mailbox, prefer, contact, made), select), TYPE))
        }
        Entry::ContactGone(key) => Some(removed(gone_id(mailbox, prefer, key), TYPE)),
        Entry::Folder(key) => Some(typed(folder_value(mailbox, mailbox.folder(key)?), FOLDER_TYPE)),
        Entry::FolderGone(key) => Some(removed(mailbox.folder_id(key), FOLDER_TYPE)),
        _ => None,
    }
}

/// The id of what is gone, or never was.
fn gone_id(mailbox: &MailboxData, prefer: &Prefer, key: u64) -> String {
    mailbox.contacts.get(&key).map_or_else(
        || mailbox.event_id(key, None, prefer.immutable),
        |contact| mailbox.contact_id(contact, prefer.immutable),
    )
}

/// A contact with all properties.
pub fn contact_value(
    mailbox: &MailboxData,
    prefer: &Prefer,
    contact: &Contact,
    made: DateTime<Utc>,
) -> Value {
    let card = &contact.card;
    let version = contact.changed.max(contact.arrived);
    let emails =
        card.emails.iter().map(|address| json!({ "name": card.name, "address": address })).collect::<Value>();
    json!({
        "@odata.etag": etag(contact.key, version),
        "id": mailbox.contact_id(contact, prefer.immutable),
        "createdDateTime": stamp(made, 1),
        "lastModifiedDateTime": stamp(made, version),
        "changeKey": change_key(contact.key, version),
        "categories": card.categories,
        "parentFolderId": mailbox.folder_id(contact.folder),
        // Outlook stores birthdays shortly before noon, so that no zone moves them to another day.
        "birthday": card.birthday.map(|day| format!("{day}T11:59:00Z")),
        "fileAs": file_as(contact),
        "displayName": card.name,
        "givenName": optional(&card.given_name),
        "initials": null,
        "middleName": null,
        "nickName": null,
        "surname": optional(&card.surname),
        "title": null,
        "yomiGivenName": null,
        "yomiSurname": null,
        "yomiCompanyName": null,
        "generation": null,
        "emailAddresses": emails,
        "imAddresses": [],
        "jobTitle": optional(&card.title),
        // An empty text and null both mean absent.
        "companyName": if contact.key.is_multiple_of(2) { json!(card.company) } else { optional(&card.company) },
        "department": optional(&card.department),
        "officeLocation": optional(&card.office),
        "profession": null,
        "businessHomePage": null,
        "assistantName": null,
        "manager": null,
        "homePhones": card.home_phones,
        "mobilePhone": optional(&card.mobile),
        "businessPhones": card.business_phones,
        "homeAddress": address(card.home_address.as_ref()),
        "businessAddress": address(card.business_address.as_ref()),
        "otherAddress": address(card.other_address.as_ref()),
        "spouseName": null,
        "personalNotes": card.notes,
        "children": [],
    })
}

/// A folder.
pub fn folder_value(mailbox: &MailboxData, folder: &ContactFolder) -> Value {
    let root = u64::MAX;
    json!({
        "id": mailbox.folder_id(folder.key),
        "parentFolderId": mailbox.folder_id(folder.parent.unwrap_or(root)),
        "displayName": folder.name,
    })
}

fn file_as(contact: &Contact) -> String {
    let card = &contact.card;
    match (card.surname.is_empty(), card.given_name.is_empty()) {
        (false, false) => format!("{}, {}", card.surname, card.given_name),
        _ => card.company.clone(),
    }
}

fn optional(text: &str) -> Value {
    if text.is_empty() { Value::Null } else { text.into() }
}

/// An address without content is an empty object, as in the documentation.
fn address(address: Option<&Address>) -> Value {
    let Some(address) = address else { return json!({}) };
    let parts = [
        ("street", &address.street),
        ("city", &address.city),
        ("state", &address.state),
        ("countryOrRegion", &address.country),
        ("postalCode", &address.postal_code),
    ];
    let present = parts.into_iter().filter(|(_, text)| !text.is_empty());
    Value::Object(present.map(|(name, text)| (name.to_owned(), text.as_str().into())).collect())
}
