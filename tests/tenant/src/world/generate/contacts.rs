//! A mailbox's contacts and their folders.

use chrono::NaiveDate;

use super::dice::Dice;
use super::names;
use crate::world::MailboxData;
use crate::world::contact::{Address, Card, ContactFolder};
use crate::world::group::{ContactGroup, GROUP_KEYS};
use crate::world::person::Person;
use crate::world::user::DirectoryPerson;

const COMPANIES: [&str; 8] = [
    "Fabrikam",
    "Northwind Traders",
    "Wörlitz AG",
    "Litware, Inc.",
    "Трейд Юг",
    "株式会社青空",
    "Ibérica & Hijos",
    "A. Datum",
];
const TITLES: [&str; 6] = ["CEO", "Buyer", "Jefa de ventas", "Ingénieur", "Assistant", "Head of IT"];
const CITIES: [(&str, &str, &str, &str); 4] = [
    ("Madrid", "", "28013", "España"),
    ("Berlin", "", "10115", "Deutschland"),
    ("Redmond", "WA", "98075", "USA"),
    ("東京", "", "100-0001", "日本"),
];
const STREETS: [&str; 4] = ["Gran Vía 32", "Invalidenstraße 5", "10 Contoso Way", "千代田 1-1"];
const GROUPS: [&str; 3] = ["Projektteam Spree", "Comité & invitados", "Vendors"];
const COLLEAGUES: usize = 4;
const FOLDERS: [&str; 2] = ["Clientes", "Lieferanten & Partner"];

/// Makes the folders and so many contacts.
pub fn fill(data: &mut MailboxData, dice: &mut Dice, count: usize) {
    folders(data);
    for index in 0..count {
        let card = match dice.below(25) {
            0 => company(dice),
            1 => address_only(dice),
            _ => person(dice, index),
        };
        let folder = folder(data, dice);
        data.add_contact(folder, card, index % 11 == 3);
    }
}

/// The default folder, which no list names; two of the user's own; one below the first of them.
fn folders(data: &mut MailboxData) {
    let default = add_folder(data, "Contacts", None);
    let first = add_folder(data, FOLDERS[0], Some(default));
    add_folder(data, FOLDERS[1], Some(default));
    add_folder(data, "VIP", Some(first));
}

fn add_folder(data: &mut MailboxData, name: &str, parent: Option<u64>) -> u64 {
    let (key, changed) = (data.new_key(), data.new_version());
    data.folders.push(ContactFolder { key, name: name.into(), parent, changed, gone: None });
    key
}

fn folder(data: &MailboxData, dice: &mut Dice) -> u64 {
    let index = match dice.below(10) {
        0..7 => 0,
        7 => 1,
        8 => 2,
        _ => 3,
    };
    data.folders[index].key
}

/// Some colleagues among the contacts, under their addresses in the organization, as people of a company that has
/// its own server keep them.
pub fn colleagues(data: &mut MailboxData, dice: &mut Dice, directory: &[DirectoryPerson]) {
    let Some(folder) = data.folders.first().map(|folder| folder.key) else { return };
    let listed = || directory.iter().filter(|person| person.is_in_address_list());
    for _ in 0..COLLEAGUES.min(listed().count()) {
        let Some(person) = listed().nth(dice.below(listed().count())) else { continue };
        let card = Card {
            name: person.display_name.clone(),
            given_name: person.given_name.clone(),
            surname: person.surname.clone(),
            company: "Contoso".into(),
            title: person.job_title.into(),
            department: person.department.into(),
            office: person.office.into(),
            emails: person.mail.iter().cloned().collect(),
            mobile: person.mobile.clone().unwrap_or_default(),
            ..Card::default()
        };
        data.add_contact(folder, card, false);
    }
}

/// Groups of some of the contacts.
pub fn groups(data: &mut MailboxData, dice: &mut Dice) {
    let known: Vec<Person> = data
        .live_contacts()
        .filter_map(|contact| Some(Person::new(&contact.card.name, contact.card.emails.first()?)))
        .collect();
    if known.is_empty() {
        return;
    }
    for (index, name) in GROUPS.into_iter().enumerate() {
        let folder = data.folders[index % 2].key;
        let members = (0..2 + dice.below(4)).map(|_| known[dice.below(known.len())].clone()).collect();
        data.groups.push(ContactGroup { key: GROUP_KEYS + index as u64, folder, name, members });
    }
}

/// A person with more or less of everything.
pub fn person(dice: &mut Dice, index: usize) -> Card {
    let name = names::any(dice);
    let mut card = Card {
        name: name.display,
        given_name: name.given.into(),
        surname: name.surname.into(),
        emails: vec![format!(
            "{}{index}@{}.example",
            name.alias,
            dice.pick(&["fabrikam", "northwind", "litware"])
        )],
        ..Card::default()
    };
    if dice.percent(5) {
        card.name.clear();
    }
    if dice.percent(20) {
        card.emails.push(format!("{}@home.example", dice.letters(6)));
    }
    if dice.percent(70) {
        card.company = dice.pick(&COMPANIES).into();
        card.title = dice.pick(&TITLES).into();
        card.department = dice.pick(&["", "Sales", "Einkauf"]).to_string();
        card.office = dice.pick(&["", "20/1101"]).to_string();
    }
    phones(dice, &mut card);
    places(dice, &mut card);
    if dice.percent(30) {
        let (month, day) = (dice.between(1, 12), dice.between(1, 28));
        card.birthday = NaiveDate::from_ymd_opt(dice.between(1940, 2005) as i32, month as u32, day as u32);
    }
    if dice.percent(15) {
        card.categories = vec!["Cliente", "Red category"];
    }
    if dice.percent(20) {
        card.notes = "Met at the fair; likes <short> mails & calls.".into();
    }
    card
}

/// A company without a person's name.
fn company(dice: &mut Dice) -> Card {
    let mut card = Card { company: dice.pick(&COMPANIES).into(), ..Card::default() };
    card.business_phones = vec![format!("+34 91 {} {}", dice.digits(3), dice.digits(4))];
    card
}

/// Nothing but an address.
fn address_only(dice: &mut Dice) -> Card {
    Card { emails: vec![format!("{}@unknown.example", dice.letters(8))], ..Card::default() }
}

fn phones(dice: &mut Dice, card: &mut Card) {
    if dice.percent(60) {
        card.mobile = format!("+34 6{} {} {}", dice.digits(2), dice.digits(3), dice.digits(3));
    }
    for _ in 0..dice.below(3) {
        card.business_phones.push(format!("+49 30 {}", dice.digits(7)));
    }
    if dice.percent(15) {
        card.home_phones.push(format!("(0{}) {}", dice.digits(3), dice.digits(6)));
    }
}

fn places(dice: &mut Dice, card: &mut Card) {
    if dice.percent(40) {
        card.business_address = Some(place(dice));
    }
    if dice.percent(10) {
        card.home_address = Some(place(dice));
    }
    if dice.percent(4) {
        card.other_address = Some(Address { city: "Αθήνα".into(), ..Address::default() });
    }
}

fn place(dice: &mut Dice) -> Address {
    let (city, state, postal_code, country) = dice.pick(&CITIES);
    Address {
        street: dice.pick(&STREETS).into(),
        city: city.into(),
        state: state.into(),
        postal_code: postal_code.into(),
        country: country.into(),
    }
}
