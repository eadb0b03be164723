//! People of the organization's directory.

use convoke_model::clean::{self, LONG};
use convoke_model::contact::{Contact, ContactSource, Email};

use super::contact::contact;
use super::person::{self, is_legacy};
use crate::xml::Element;

/// The kind of the directory's addresses.
const WORK: &str = "work";

/// A `t:Resolution`: a mailbox, with what the directory knows of it. `None` without a mail address.
pub(crate) fn resolution(element: &Element) -> Option<Contact> {
    let mailbox = element.typed("Mailbox").and_then(person::person).unwrap_or_default();
    let known = element.typed("Contact").map(|details| contact(details, WORK)).unwrap_or_default();
    let primary = Some(mailbox.address.clone()).filter(|address| !address.is_empty() && !is_legacy(address));
    let address = primary
        .or_else(|| known.emails.iter().map(|email| &email.address).find(|one| !is_legacy(one)).cloned())?;
    let name = [known.name.clone(), mailbox.name].into_iter().find(|name| !name.is_empty());
    Some(listed(known, name, address))
}

/// A `t:Persona` of the directory. `None` without a mail address.
pub(crate) fn persona(element: &Element) -> Option<Contact> {
    let text = |name: &str| clean::optional(element.value(name), LONG);
    let first = |list: &str| {
        let value = element.typed(list)?.children().first()?;
        clean::optional(value.value("Value"), LONG)
    };
    let mailbox = element.typed("EmailAddress")?;
    let address = person::address(mailbox.value("EmailAddress"), mailbox.word("RoutingType"));
    let known = Contact {
        given_name: text("GivenName"),
        surname: text("Surname"),
        company: text("CompanyName"),
        title: text("Title"),
        department: first("Departments"),
        office: first("OfficeLocations"),
        ..Contact::default()
    };
    (!address.is_empty() && !is_legacy(&address)).then(|| listed(known, text("DisplayName"), address))
}

/// The directory names its people by their addresses; an id of their own has none of them in all versions.
fn listed(known: Contact, name: Option<String>, address: String) -> Contact {
    Contact {
        id: address.clone(),
        name: name.unwrap_or_else(|| address.clone()),
        emails: vec![Email { kind: WORK.to_owned(), address }],
        source: ContactSource::Directory,
        ..known
    }
}
