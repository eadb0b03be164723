//! Contacts (source: `ContactItemType`).

use std::borrow::Cow;

use chrono::{NaiveTime, Utc};

use super::common::{self, StoreItem};
use super::property::{Property, by_entry, leaf, leaf_unless_empty, listed, read_only, render};
use super::rendering::Rendering;
use super::{contact_entries as entries, folders};
use crate::ews::shape::Base::{AllProperties, Default};
use crate::world::contact::{Card, Contact};
use crate::world::zone::HOME;
use crate::xml::{Element, element};

/// A contact in a folder.
#[derive(Debug, Clone)]
pub struct ContactItem<'a> {
    /// The contact, or a copy of one that a messenger keeps.
    pub contact: Cow<'a, Contact>,
    /// Its folder.
    pub folder: folders::Key,
}

impl ContactItem<'_> {
    /// As it is written.
    #[must_use]
    pub fn render(&self, how: &Rendering<'_>) -> Element {
        render("t:Contact", self, &properties(), Vec::new, how)
    }

    fn card(&self) -> &Card {
        &self.contact.card
    }

    fn file_as(&self) -> String {
        let card = self.card();
        match (card.surname.is_empty(), card.given_name.is_empty()) {
            (false, false) => format!("{}, {}", card.surname, card.given_name),
            _ => card.company.clone(),
        }
    }
}

impl StoreItem for ContactItem<'_> {
    fn id(&self, how: &Rendering<'_>) -> String {
        how.mailbox.contact_id(&self.contact, false)
    }

    fn key(&self) -> u64 {
        self.contact.key
    }

    fn created(&self) -> u64 {
        self.contact.arrived
    }

    fn changed(&self) -> u64 {
        self.contact.changed.max(self.contact.arrived)
    }

    fn folder_id(&self, how: &Rendering<'_>) -> String {
        folders::id(how.mailbox, self.folder)
    }

    fn class(&self) -> &'static str {
        "IPM.Contact"
    }

    fn subject(&self) -> &str {
        &self.card().name
    }

    fn categories(&self) -> &[&'static str] {
        &self.card().categories
    }

    fn html(&self) -> String {
        let notes = self.card().notes.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        format!("<html>\r\n<body>\r\n<p>{notes}</p>\r\n</body>\r\n</html>\r\n")
    }

    fn preview(&self) -> String {
        self.card().notes.clone()
    }
}

/// Birthdays as the two programs store them: Outlook at midnight where its user is, the web and phones shortly before
/// noon of UTC.
fn birthday(contact: &Contact, how: &Rendering<'_>) -> Option<Element> {
    let day = contact.card.birthday?;
    let at = if contact.key.is_multiple_of(2) {
        HOME.instant(day.and_time(NaiveTime::MIN))
    } else {
        day.and_hms_opt(11, 59, 0)?.and_local_timezone(Utc).single()?
    };
    leaf("t:Birthday", how.time(at))
}

fn complete_name(card: &Card) -> Element {
    let part = |name: &'static str, text: &str| (!text.is_empty()).then(|| element(name).text(text));
    element("t:CompleteName")
        .children(part("t:FirstName", &card.given_name))
        .children(part("t:LastName", &card.surname))
        .children(part("t:FullName", &card.name))
}

/// All properties, in the schema's order.
pub fn properties<'a>() -> Vec<Property<ContactItem<'a>>> {
    let mut all = common::properties();
    all.extend(names());
    all.extend(rest());
    all
}

fn names<'a>() -> [Property<ContactItem<'a>>; 9] {
    [
        listed("contacts:FileAs", Default, |item, _| leaf_unless_empty("t:FileAs", &item.file_as())),
        listed("contacts:FileAsMapping", AllProperties, |_, _| leaf("t:FileAsMapping", "None")),
        listed("contacts:DisplayName", Default, |item, how| {
            let name = &item.card().name;
            leaf_unless_empty("t:DisplayName", name)?;
            leaf("t:DisplayName", how.people.shown(name, item.card().emails.first().unwrap_or(name)))
        }),
        listed("contacts:GivenName", Default, |item, _| {
            leaf_unless_empty("t:GivenName", &item.card().given_name)
        }),
        read_only("contacts:CompleteName", Default, |item, _| Some(complete_name(item.card()))),
        listed("contacts:CompanyName", Default, |item, _| {
            leaf_unless_empty("t:CompanyName", &item.card().company)
        }),
        by_entry(entries::EMAIL_ADDRESSES, |item, how| entries::email_addresses(item.card(), how)),
        by_entry(entries::PHYSICAL_ADDRESSES, |item, how| entries::physical_addresses(item.card(), how)),
        by_entry(entries::PHONE_NUMBERS, |item, how| entries::phone_numbers(item.card(), how)),
    ]
}

fn rest<'a>() -> [Property<ContactItem<'a>>; 8] {
    [
        listed("contacts:Birthday", AllProperties, |item: &ContactItem<'_>, how| {
            birthday(&item.contact, how)
        }),
        listed("contacts:ContactSource", AllProperties, |_, _| leaf("t:ContactSource", "Store")),
        listed("contacts:Department", AllProperties, |item, _| {
            leaf_unless_empty("t:Department", &item.card().department)
        }),
        listed("contacts:JobTitle", Default, |item, _| leaf_unless_empty("t:JobTitle", &item.card().title)),
        listed("contacts:OfficeLocation", AllProperties, |item, _| {
            leaf_unless_empty("t:OfficeLocation", &item.card().office)
        }),
        listed("contacts:Surname", Default, |item, _| leaf_unless_empty("t:Surname", &item.card().surname)),
        listed("contacts:HasPicture", Default, |item: &ContactItem<'_>, _| {
            leaf("t:HasPicture", item.contact.has_photo.to_string())
        }),
        read_only("contacts:Notes", AllProperties, |item, _| {
            leaf_unless_empty("t:Notes", &item.card().notes)
        }),
    ]
}
