//! Contacts and distribution lists.

use convoke_model::clean::{self, LIST, LONG, SHORT};
use convoke_model::contact::{Contact, ContactSource, Email, Phone, PostalAddress};

use super::{person, time};
use crate::error::EwsError;
use crate::item::Item;
use crate::xml::{Element, Namespace};

/// Keys of `PhoneNumbers` that are people's telephones, in the order of the model; fax, telex and pagers are
/// not.
const PHONES: [(&str, &str); 8] = [
    ("MobilePhone", "mobile"),
    ("CarPhone", "mobile"),
    ("BusinessPhone", "business"),
    ("BusinessPhone2", "business"),
    ("PrimaryPhone", "business"),
    ("CompanyMainPhone", "business"),
    ("HomePhone", "home"),
    ("HomePhone2", "home"),
];

/// Keys of `PhysicalAddresses`.
const ADDRESSES: [(&str, &str); 3] = [("Business", "business"), ("Home", "home"), ("Other", "other")];

/// A `t:Contact` or `t:DistributionList` of the folder of that name (`None`: the default folder).
pub(crate) fn item(element: &Element, folder: Option<&str>) -> Result<Item<Contact>, EwsError> {
    let reference = super::reference(element)?;
    let mut contact = match element.name() {
        "Contact" => contact(element, "email"),
        "DistributionList" => list(element),
        _ => return Err(EwsError::Missing { field: "Contact" }),
    };
    contact.id.clone_from(&reference.id);
    contact.folder = folder.map(str::to_owned);
    contact.source = ContactSource::Ews;
    Ok(Item::new(reference, contact))
}

/// What a `t:Contact` says, without id. A name is filled in where its addresses are settled.
pub(super) fn contact(element: &Element, email_kind: &str) -> Contact {
    let text = |name: &str| clean::optional(element.value(name), LONG);
    // The directory gives the parts of a name in one place only.
    let part = |name: &str| clean::optional(element.typed("CompleteName")?.value(name), LONG);
    Contact {
        name: text("DisplayName").unwrap_or_default(),
        given_name: text("GivenName").or_else(|| part("FirstName")),
        surname: text("Surname").or_else(|| part("LastName")),
        company: text("CompanyName"),
        title: text("JobTitle"),
        department: text("Department"),
        office: text("OfficeLocation"),
        emails: emails(element, email_kind),
        phones: phones(element),
        addresses: addresses(element),
        birthday: element.word("Birthday").and_then(time::date),
        categories: categories(element),
        ..Contact::default()
    }
}

/// A private list: it has no address of its own, so its members' stand in for it.
fn list(element: &Element) -> Contact {
    let members = element.typed("Members").map(Element::children).unwrap_or_default().iter();
    let addresses = members.filter_map(|member| {
        let mailbox = member.typed("Mailbox")?;
        Some(person::address(mailbox.value("EmailAddress"), mailbox.word("RoutingType")))
    });
    Contact {
        name: clean::optional(element.value("DisplayName"), LONG).unwrap_or_default(),
        emails: addresses
            .filter(|address| !address.is_empty())
            .take(LIST)
            .map(|address| email("email", address))
            .collect(),
        categories: categories(element),
        ..Contact::default()
    }
}

fn email(kind: &str, address: String) -> Email {
    Email { kind: kind.to_owned(), address }
}

fn entries<'a>(element: &'a Element, dictionary: &str) -> impl Iterator<Item = &'a Element> + use<'a> {
    element.typed(dictionary).into_iter().flat_map(|entries| entries.all(Namespace::Types, "Entry"))
}

/// By their keys, `EmailAddress1` first; whatever else stands in the directory's entries (SIP, X.400) is no
/// mail.
fn emails(element: &Element, kind: &str) -> Vec<Email> {
    let mut found: Vec<(&str, String)> = entries(element, "EmailAddresses")
        .map(|entry| {
            let address = person::address(Some(entry.text()), entry.attribute("RoutingType"));
            (entry.attribute("Key").unwrap_or_default(), address)
        })
        .filter(|(_, address)| !address.is_empty())
        .take(LIST)
        .collect();
    found.sort_by_key(|(key, _)| *key);
    found.into_iter().map(|(_, address)| email(kind, address)).collect()
}

fn phones(element: &Element) -> Vec<Phone> {
    let number = |key: &str| {
        let entry = entries(element, "PhoneNumbers").find(|entry| entry.attribute("Key") == Some(key))?;
        clean::optional(Some(entry.text()), SHORT)
    };
    PHONES
        .into_iter()
        .filter_map(|(key, kind)| Some(Phone { kind: kind.to_owned(), number: number(key)? }))
        .collect()
}

fn addresses(element: &Element) -> Vec<PostalAddress> {
    let address = |key: &str, kind: &str| {
        let entry =
            entries(element, "PhysicalAddresses").find(|entry| entry.attribute("Key") == Some(key))?;
        let text = |name: &str| clean::optional(entry.value(name), LONG);
        let empty = PostalAddress { kind: kind.to_owned(), ..PostalAddress::default() };
        let address = PostalAddress {
            street: text("Street"),
            city: text("City"),
            state: text("State"),
            postal_code: text("PostalCode"),
            country: text("CountryOrRegion"),
            ..empty.clone()
        };
        (address != empty).then_some(address)
    };
    ADDRESSES.into_iter().filter_map(|(key, kind)| address(key, kind)).collect()
}

fn categories(element: &Element) -> Vec<String> {
    let names = element.typed("Categories").map(Element::children).unwrap_or_default().iter();
    names.filter_map(|name| clean::optional(Some(name.text()), SHORT)).take(LIST).collect()
}

#[cfg(test)]
#[path = "contact_tests.rs"]
mod tests;
