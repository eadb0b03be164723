//! `FindPeople` in the organization's directory, and `GetPersona` (sources: the operations' reference pages).

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::ambiguous::Entry;
use crate::ews::call::Call;
use crate::ews::page::Page;
use crate::ews::shape::{Base, Shape};
use crate::ews::soap::{Message, Problem};
use crate::world::user::DirectoryPerson;
use crate::xml::{Element, element};

/// What an id of somebody in the directory begins with.
const DIRECTORY: [u8; 3] = [0x00, 0x05, 0x10];

/// Answers a search.
pub fn find(call: &Call<'_>) -> Vec<Message> {
    vec![Message::of(call.operation, found(call))]
}

fn found(call: &Call<'_>) -> Result<Vec<Element>, Problem> {
    let folder = call.body.child("ParentFolderId").and_then(|id| id.children.first());
    if folder.and_then(|folder| folder.attribute("Id")) != Some("directory") {
        return Err(Problem::not_simulated("personas of other folders than the directory"));
    }
    let query = call.body.child_text("QueryString").filter(|text| !text.is_empty());
    let query = query.ok_or_else(|| {
        let text = "A query string is required: the directory cannot be browsed.";
        Problem::new("ErrorInvalidArgument", text)
    })?;
    let world = call.state.world();
    let found = Entry::new(query).in_directory(&world);
    let shape = Shape::read(call.body.child("PersonaShape"));
    let shape =
        if call.body.child("PersonaShape").is_some() { shape } else { shape.with_base(Base::Default) };
    let page = Page::read(call.body.child("IndexedPageItemView"), found.len());
    let people = found[page.range()].iter().map(|person| persona("t:Persona", person, &shape));
    Ok(vec![
        element("m:People").children(people),
        element("m:TotalNumberOfPeopleInView").text(found.len().to_string()),
        element("m:FirstMatchingRowIndex").text("0"),
        element("m:FirstLoadedRowIndex").text(page.range().start.to_string()),
    ])
}

/// Answers one person.
pub fn get(call: &Call<'_>) -> Vec<Message> {
    let id = call.body.children.first().and_then(|id| id.attribute("Id")).unwrap_or_default();
    let object = STANDARD.decode(id).ok().and_then(|bytes| Some(bytes.strip_prefix(&DIRECTORY)?.to_vec()));
    let world = call.state.world();
    let person = object.and_then(|object| {
        world
            .directory
            .iter()
            .find(|person| person.is_in_address_list() && person.object_id.as_bytes() == object)
    });
    let result = person.ok_or_else(Problem::item_not_found).map(|person| vec![detailed(person)]);
    vec![Message::of(call.operation, result)]
}

fn id(person: &DirectoryPerson) -> Element {
    let bytes = [&DIRECTORY, person.object_id.as_bytes()].concat();
    element("t:PersonaId").with("Id", STANDARD.encode(bytes))
}

fn address(person: &DirectoryPerson) -> Element {
    element("t:EmailAddress")
        .leaf("t:Name", &person.display_name)
        .leaf_some("t:EmailAddress", person.mail.clone())
        .leaf("t:RoutingType", "SMTP")
        .leaf("t:MailboxType", "Mailbox")
}

fn persona(name: &'static str, person: &DirectoryPerson, shape: &Shape) -> Element {
    let leaves = [
        ("persona:PersonaType", Base::Default, "t:PersonaType", "Person"),
        ("persona:DisplayName", Base::Default, "t:DisplayName", &person.display_name),
        ("persona:GivenName", Base::Default, "t:GivenName", &person.given_name),
        ("persona:Surname", Base::Default, "t:Surname", &person.surname),
        ("persona:Title", Base::AllProperties, "t:Title", person.job_title),
        ("persona:Department", Base::AllProperties, "t:Department", person.department),
        ("persona:CompanyName", Base::Default, "t:CompanyName", "Contoso"),
        ("persona:Location", Base::AllProperties, "t:Location", person.office),
    ];
    let wanted = leaves.into_iter().filter(|(uri, set, _, text)| !text.is_empty() && shape.wants(uri, *set));
    let mut written = element(name).child(id(person));
    written = written.children(wanted.map(|(_, _, name, text)| element(name).text(text)));
    if shape.wants("persona:EmailAddress", Base::Default) {
        written = written.child(address(person));
    }
    if shape.wants("persona:EmailAddresses", Base::Default) {
        written = written.child(element("t:EmailAddresses").child(address_in_list(person)));
    }
    if shape.wants("persona:RelevanceScore", Base::Default) {
        written = written.leaf("t:RelevanceScore", "2147483647");
    }
    written
}

fn address_in_list(person: &DirectoryPerson) -> Element {
    element("t:Address")
        .leaf("t:Name", &person.display_name)
        .leaf_some("t:EmailAddress", person.mail.clone())
        .leaf("t:RoutingType", "SMTP")
        .leaf("t:MailboxType", "Mailbox")
}

/// All that is known, numbers and office with the source that said so.
fn detailed(person: &DirectoryPerson) -> Element {
    let attributed = |value: Element| value.child(element("t:Attributions").leaf("t:Attribution", "0"));
    let number = |list: &'static str, kind: &'static str, number: &Option<String>| {
        let value = element("t:Value").leaf("t:Number", number.clone()?).leaf("t:Type", kind);
        let value = attributed(element("t:PhoneNumberAttributedValue").child(value));
        Some(element(list).child(value))
    };
    let text = |list: &'static str, text: &str| {
        let value = attributed(element("t:StringAttributedValue").leaf("t:Value", text));
        (!text.is_empty()).then(|| element(list).child(value))
    };
    let all = Shape::read(None).with_base(Base::AllProperties);
    persona("m:Persona", person, &all)
        .children(number("t:BusinessPhoneNumbers", "Business", &person.business_phone))
        .children(number("t:MobilePhones", "Mobile", &person.mobile))
        .children(text("t:OfficeLocations", person.office))
}
