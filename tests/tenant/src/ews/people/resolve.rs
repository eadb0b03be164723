//! `ResolveNames` (source: "ResolveNames operation"): also the way from an X.500 address to one of SMTP.

use super::ambiguous::Entry;
use crate::ews::call::Call;
use crate::ews::items::{Reading, Rendering, contact_item};
use crate::ews::soap::{Message, Problem};
use crate::world::contact::Contact;
use crate::world::user::DirectoryPerson;
use crate::xml::{Element, element};

/// Most candidates of an answer.
const MOST: usize = 100;

/// Answers the entry. More than one candidate is a warning, none an error.
pub fn resolve(call: &Call<'_>) -> Vec<Message> {
    let world = call.state.world();
    let how = Rendering::new(call, &world, Reading::Sync);
    let entry = Entry::new(call.body.child_text("UnresolvedEntry").unwrap_or_default());
    let with_data = matches!(call.body.attribute("ReturnFullContactData"), Some("true" | "1"))
        && call.body.attribute("ContactDataShape") != Some("IdOnly");
    let directory = || {
        let found = entry.in_directory(&world).into_iter();
        found.map(|person| of_directory(person, with_data)).collect::<Vec<_>>()
    };
    let contacts = || {
        let found = how.mailbox.live_contacts().filter(|contact| entry.means_contact(&contact.card));
        found.filter_map(|contact| of_contact(contact, with_data, &how)).collect::<Vec<_>>()
    };
    let mut found = match call.body.attribute("SearchScope") {
        Some("ActiveDirectory") => directory(),
        Some("Contacts") => contacts(),
        Some("ContactsActiveDirectory") => [contacts(), directory()].concat(),
        _ => [directory(), contacts()].concat(),
    };
    let is_all = found.len() <= MOST;
    found.truncate(MOST);
    let count = found.len();
    let set = element("m:ResolutionSet")
        .with("TotalItemsInView", count.to_string())
        .with("IncludesLastItemInRange", is_all.to_string())
        .children(found);
    vec![match count {
        0 => Message::error(
            call.operation,
            Problem::new("ErrorNameResolutionNoResults", "No results were found."),
        ),
        1 => Message::success(vec![set]),
        _ => Message::warning(
            Problem::new("ErrorNameResolutionMultipleResults", "Multiple results were found."),
            vec![set],
        ),
    }]
}

fn of_directory(person: &DirectoryPerson, with_data: bool) -> Element {
    let address = person.mail.as_deref().unwrap_or_default();
    let mailbox = element("t:Mailbox")
        .leaf("t:Name", &person.display_name)
        .leaf("t:EmailAddress", address)
        .leaf("t:RoutingType", "SMTP")
        .leaf("t:MailboxType", "Mailbox");
    let resolution = element("t:Resolution").child(mailbox);
    if with_data { resolution.child(data(person, address)) } else { resolution }
}

/// What the directory knows of somebody. Addresses carry their kind before a colon.
fn data(person: &DirectoryPerson, address: &str) -> Element {
    let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    let entry = |key: &'static str, text: String| element("t:Entry").with("Key", key).text(text);
    let emails = element("t:EmailAddresses").child(entry("EmailAddress1", format!("SMTP:{address}")));
    let phones: Vec<Element> = [("BusinessPhone", &person.business_phone), ("MobilePhone", &person.mobile)]
        .into_iter()
        .filter_map(|(key, number)| Some(entry(key, number.clone()?)))
        .collect();
    element("t:Contact")
        .leaf("t:DisplayName", &person.display_name)
        .leaf_some("t:GivenName", some(&person.given_name))
        .leaf("t:CompanyName", "Contoso")
        .child(emails)
        .children((!phones.is_empty()).then(|| element("t:PhoneNumbers").children(phones)))
        .leaf("t:ContactSource", "ActiveDirectory")
        .leaf_some("t:Department", some(person.department))
        .leaf_some("t:JobTitle", some(person.job_title))
        .leaf_some("t:OfficeLocation", some(person.office))
        .leaf_some("t:Surname", some(&person.surname))
}

fn of_contact(contact: &Contact, with_data: bool, how: &Rendering<'_>) -> Option<Element> {
    let (address, routing) = how.people.routed(contact.card.emails.first()?);
    let item = contact_item(contact);
    let mailbox = element("t:Mailbox")
        .leaf("t:Name", &contact.card.name)
        .leaf("t:EmailAddress", address)
        .leaf("t:RoutingType", routing)
        .leaf("t:MailboxType", "Contact")
        .child(item.id(how));
    let resolution = element("t:Resolution").child(mailbox);
    Some(if with_data { resolution.child(item.render(&how.with_default_shape())) } else { resolution })
}
