//! The contacts of a user.

use serde_json::{Value, json};

use super::{mailbox_of, text};
use crate::world::contact::{Address, Card, Contact};
use crate::world::{MailboxData, World};

/// The contacts of all folders, ordered by id. Photos are not known to exist until somebody asks for them.
#[must_use]
pub fn contacts(world: &World, user: usize) -> Value {
    let Some((mailbox, on_premises)) = mailbox_of(world, user) else {
        return json!([]);
    };
    let mut rows: Vec<(String, Value)> = mailbox
        .live_contacts()
        .map(|contact| (mailbox.contact_id(contact, !on_premises), row(mailbox, contact, on_premises)))
        .collect();
    rows.sort_by(|left, right| left.0.cmp(&right.0));
    rows.into_iter().map(|(_, row)| row).collect()
}

fn row(mailbox: &MailboxData, contact: &Contact, on_premises: bool) -> Value {
    let card = &contact.card;
    let folder = mailbox.folder(contact.folder).filter(|folder| folder.parent.is_some());
    json!({
        "id": mailbox.contact_id(contact, !on_premises),
        "name": name(card),
        "givenName": text(&card.given_name),
        "surname": text(&card.surname),
        "company": text(&card.company),
        "title": text(&card.title),
        "department": text(&card.department),
        "office": text(&card.office),
        "emails": card.emails.iter().map(|address| json!({"kind": "email", "address": address})).collect::<Value>(),
        "phones": phones(card),
        "addresses": addresses(card),
        "birthday": card.birthday,
        "categories": card.categories,
        "folder": folder.map(|folder| folder.name.as_str()),
        "source": if on_premises { "ews" } else { "contacts" },
        "photo": false,
    })
}

fn name(card: &Card) -> String {
    let full = format!("{} {}", card.given_name, card.surname);
    let candidates = [card.name.as_str(), full.trim(), card.company.as_str()];
    let named = candidates.into_iter().find(|text| !text.is_empty());
    named.or_else(|| card.emails.first().map(String::as_str)).unwrap_or_default().to_owned()
}

fn phones(card: &Card) -> Vec<Value> {
    let mobile =
        Some(&card.mobile).filter(|number| !number.is_empty()).into_iter().map(|number| ("mobile", number));
    let business = card.business_phones.iter().map(|number| ("business", number));
    let home = card.home_phones.iter().map(|number| ("home", number));
    mobile.chain(business).chain(home).map(|(kind, number)| json!({"kind": kind, "number": number})).collect()
}

fn addresses(card: &Card) -> Vec<Value> {
    let kinds =
        [("business", &card.business_address), ("home", &card.home_address), ("other", &card.other_address)];
    kinds
        .into_iter()
        .filter_map(|(kind, address)| address.as_ref().map(|address| place(kind, address)))
        .collect()
}

fn place(kind: &str, address: &Address) -> Value {
    json!({
        "kind": kind,
        "street": text(&address.street),
        "city": text(&address.city),
        "state": text(&address.state),
        "postalCode": text(&address.postal_code),
        "country": text(&address.country),
    })
}
