//! Properties of contacts that are made of entries with a key each. A request may want single entries.

use super::rendering::Rendering;
use crate::ews::shape::Base::Default;
use crate::world::contact::{Address, Card};
use crate::xml::{Element, element};

/// All addresses of mail.
pub const EMAIL_ADDRESSES: &str = "contacts:EmailAddresses";
/// All places.
pub const PHYSICAL_ADDRESSES: &str = "contacts:PhysicalAddresses";
/// All numbers.
pub const PHONE_NUMBERS: &str = "contacts:PhoneNumbers";

const EMAIL_KEYS: [&str; 3] = ["EmailAddress1", "EmailAddress2", "EmailAddress3"];
const BUSINESS_KEYS: [&str; 2] = ["BusinessPhone", "BusinessPhone2"];
const HOME_KEYS: [&str; 2] = ["HomePhone", "HomePhone2"];

/// Addresses of mail; those of colleagues may be X.500.
pub fn email_addresses(card: &Card, how: &Rendering<'_>) -> Option<Element> {
    let entry = |(key, address): (&&'static str, &String)| {
        let (address, routing) = how.people.routed(address);
        element("t:Entry")
            .with("Key", *key)
            .with("Name", how.people.shown(&card.name, &address))
            .with("RoutingType", routing)
            .with("MailboxType", "Contact")
            .text(address)
    };
    let wanted = |key: &str| how.shape.wants_entry(EMAIL_ADDRESSES, Default, "contacts:EmailAddress", key);
    let written = EMAIL_KEYS.iter().zip(&card.emails).filter(|(key, _)| wanted(key)).map(entry);
    filled("t:EmailAddresses", written.collect())
}

/// Numbers.
pub fn phone_numbers(card: &Card, how: &Rendering<'_>) -> Option<Element> {
    let mobile = Some(&card.mobile).filter(|number| !number.is_empty());
    let all = BUSINESS_KEYS
        .iter()
        .zip(&card.business_phones)
        .chain(HOME_KEYS.iter().zip(&card.home_phones))
        .chain(mobile.map(|number| (&"MobilePhone", number)));
    let wanted = |key: &str| how.shape.wants_entry(PHONE_NUMBERS, Default, "contacts:PhoneNumber", key);
    let written = all
        .filter(|(key, _)| wanted(key))
        .map(|(key, number)| element("t:Entry").with("Key", *key).text(number));
    filled("t:PhoneNumbers", written.collect())
}

/// Places.
pub fn physical_addresses(card: &Card, how: &Rendering<'_>) -> Option<Element> {
    let all =
        [("Business", &card.business_address), ("Home", &card.home_address), ("Other", &card.other_address)];
    let written = all.into_iter().filter_map(|(key, address)| place(key, address.as_ref()?, how));
    filled("t:PhysicalAddresses", written.collect())
}

fn place(key: &'static str, address: &Address, how: &Rendering<'_>) -> Option<Element> {
    let parts = [
        ("contacts:PhysicalAddress:Street", "t:Street", &address.street),
        ("contacts:PhysicalAddress:City", "t:City", &address.city),
        ("contacts:PhysicalAddress:State", "t:State", &address.state),
        ("contacts:PhysicalAddress:CountryOrRegion", "t:CountryOrRegion", &address.country),
        ("contacts:PhysicalAddress:PostalCode", "t:PostalCode", &address.postal_code),
    ];
    let wanted = |uri: &str| how.shape.wants_entry(PHYSICAL_ADDRESSES, Default, uri, key);
    let written: Vec<Element> = parts
        .into_iter()
        .filter(|(uri, _, text)| !text.is_empty() && wanted(uri))
        .map(|(_, name, text)| element(name).text(text))
        .collect();
    (!written.is_empty()).then(|| element("t:Entry").with("Key", key).children(written))
}

fn filled(name: &'static str, entries: Vec<Element>) -> Option<Element> {
    (!entries.is_empty()).then(|| element(name).children(entries))
}
