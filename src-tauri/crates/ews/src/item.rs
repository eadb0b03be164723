//! Items as read, and how they are asked for again.

use std::collections::HashSet;

use convoke_model::contact::Contact;
use convoke_model::record::EventRecord;

use crate::map::person;
use crate::xml::Tag;

/// An item to read, answer or compare.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct ItemRef {
    /// Its id.
    pub id: String,
    /// The version that is known. An answer to a meeting is refused where it is old
    /// ([`RefusalKind::Conflict`](crate::RefusalKind::Conflict)); reading ignores it.
    pub change_key: Option<String>,
}

impl ItemRef {
    pub(crate) fn tag(&self, name: &'static str) -> Tag {
        let tag = Tag::new(name).with("Id", &self.id);
        match &self.change_key {
            Some(key) => tag.with("ChangeKey", key),
            None => tag,
        }
    }
}

/// An item as read. Its people may still be named by X.500 addresses (`/o=Contoso/ou=…/cn=ana`), which are of
/// no use to anybody; so the value is handed out once they are replaced.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item<T> {
    reference: ItemRef,
    legacy: Vec<String>,
    value: T,
}

impl<T: Addressed> Item<T> {
    pub(crate) fn new(reference: ItemRef, mut value: T) -> Self {
        let mut seen = HashSet::new();
        let mut legacy = Vec::new();
        value.each_address(&mut |address| {
            if person::is_legacy(address) && seen.insert(address.to_lowercase()) {
                legacy.push(address.clone());
            }
        });
        Self { reference, legacy, value }
    }

    /// Its id and version.
    #[must_use]
    pub fn reference(&self) -> &ItemRef {
        &self.reference
    }

    /// The X.500 addresses in it, each once, to ask [`ResolveNames`](crate::operation::ResolveNames) for.
    /// Mostly none: Exchange names people of today by their mail address.
    #[must_use]
    pub fn legacy_addresses(&self) -> &[String] {
        &self.legacy
    }

    /// The value, with the mail address that `mail_address` gives for each of [`Item::legacy_addresses`]. Who
    /// has none keeps only the name.
    #[must_use]
    pub fn resolve(mut self, mail_address: impl Fn(&str) -> Option<String>) -> T {
        let legacy = &self.legacy;
        self.value.each_address(&mut |address| {
            if let Some(known) = legacy.iter().find(|known| known.eq_ignore_ascii_case(address)) {
                *address = mail_address(known).filter(|mail| !person::is_legacy(mail)).unwrap_or_default();
            }
        });
        self.value.settle();
        self.value
    }
}

/// What has addresses in it.
pub trait Addressed: sealed::Sealed {
    /// Shows every address to `each`, which may change it.
    #[doc(hidden)]
    fn each_address(&mut self, each: &mut dyn FnMut(&mut String));

    /// Puts right what depends on the addresses.
    #[doc(hidden)]
    fn settle(&mut self);
}

mod sealed {
    pub trait Sealed {}
    impl Sealed for convoke_model::record::EventRecord {}
    impl Sealed for convoke_model::contact::Contact {}
}

impl Addressed for EventRecord {
    fn each_address(&mut self, each: &mut dyn FnMut(&mut String)) {
        let organizer = self.content.organizer.iter_mut().map(|person| &mut person.address);
        let attendees = self.content.attendees.iter_mut().map(|attendee| &mut attendee.address);
        organizer.chain(attendees).for_each(each);
    }

    /// A name falls back to the address; who has neither is nobody.
    fn settle(&mut self) {
        let content = &mut self.content;
        if content.organizer.as_mut().is_some_and(|person| !named(&mut person.name, &person.address)) {
            content.organizer = None;
        }
        content.attendees.retain_mut(|attendee| named(&mut attendee.name, &attendee.address));
    }
}

/// Whether somebody has a name, which may be the address.
fn named(name: &mut String, address: &str) -> bool {
    if name.is_empty() {
        address.clone_into(name);
    }
    !name.is_empty()
}

impl Addressed for Contact {
    fn each_address(&mut self, each: &mut dyn FnMut(&mut String)) {
        self.emails.iter_mut().map(|email| &mut email.address).for_each(each);
    }

    fn settle(&mut self) {
        // A person may be in a private list twice: as a contact, and as an entry of the directory.
        let mut told = HashSet::new();
        self.emails.retain(|email| {
            !email.address.is_empty() && told.insert((email.kind.clone(), email.address.to_lowercase()))
        });
        if self.name.is_empty() {
            self.name = self.fallback_name();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Item, ItemRef};
    use convoke_model::contact::{Contact, Email};
    use convoke_model::meeting::{Attendee, AttendeeKind, Person, Response};
    use convoke_model::record::{EventContent, EventKind, EventRecord, When};

    fn item_ref() -> ItemRef {
        ItemRef { id: "1".to_owned(), change_key: Some("k".to_owned()) }
    }

    fn attendee(name: &str, address: &str) -> Attendee {
        Attendee {
            name: name.to_owned(),
            address: address.to_owned(),
            kind: AttendeeKind::Required,
            response: Response::None,
        }
    }

    #[test]
    fn x500_addresses_become_mail_addresses_or_nothing() {
        let start = chrono::DateTime::UNIX_EPOCH;
        let event = EventRecord {
            id: "1".to_owned(),
            series_id: None,
            kind: EventKind::Single,
            when: When::Timed { start, end: start },
            content: EventContent {
                organizer: Some(Person { name: String::new(), address: "/O=X/CN=ana".to_owned() }),
                attendees: vec![
                    attendee("Ana", "/o=x/cn=ANA"),
                    attendee("Ben", "/o=x/cn=ben"),
                    attendee("", "/o=x/cn=gone"),
                    attendee("", "c@x.example"),
                    attendee("List", ""),
                ],
                ..EventContent::default()
            },
        };
        let item = Item::new(item_ref(), event);
        assert_eq!(item.legacy_addresses(), ["/O=X/CN=ana", "/o=x/cn=ben", "/o=x/cn=gone"]);
        let event = item.resolve(|dn| match dn {
            "/O=X/CN=ana" => Some("ana@x.example".to_owned()),
            // An answer that is none.
            "/o=x/cn=ben" => Some("/o=x/cn=ben2".to_owned()),
            _ => None,
        });
        let organizer = event.content.organizer.unwrap();
        assert_eq!((organizer.name.as_str(), organizer.address.as_str()), ("ana@x.example", "ana@x.example"));
        let attendees: Vec<_> =
            event.content.attendees.iter().map(|a| (a.name.as_str(), a.address.as_str())).collect();
        assert_eq!(
            attendees,
            [("Ana", "ana@x.example"), ("Ben", ""), ("c@x.example", "c@x.example"), ("List", "")]
        );
    }

    #[test]
    fn contacts_lose_addresses_that_nobody_can_write_to() {
        let email = |address: &str| Email { kind: "email".to_owned(), address: address.to_owned() };
        let contact =
            Contact { emails: vec![email("/o=x/cn=a"), email("b@x.example")], ..Contact::default() };
        let contact = Item::new(item_ref(), contact).resolve(|_| None);
        assert_eq!((contact.emails, contact.name.as_str()), (vec![email("b@x.example")], "b@x.example"));
    }
}
