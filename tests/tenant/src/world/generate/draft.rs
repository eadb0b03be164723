//! The content of an event: who, where, what, how to join.

use super::dice::Dice;
use super::{links, phrases};
use crate::world::event::{Attendee, Content};
use crate::world::join::LinkPlace;
use crate::world::person::Person;
use crate::world::user::DirectoryPerson;
use crate::world::zone::{HOME, ZONES, Zone};

/// Whose calendar it is for, and who may be invited.
#[derive(Debug, Clone, Copy)]
pub struct Cast<'a> {
    /// The mailbox's owner.
    pub owner: &'a Person,
    /// The owner's object id.
    pub owner_id: &'a str,
    /// The owner's zone.
    pub zone: Zone,
    /// Everybody.
    pub directory: &'a [DirectoryPerson],
    /// The organization's domain.
    pub domain: &'a str,
}

/// An empty entry of the owner's own.
#[must_use]
pub fn plain(cast: Cast<'_>, subject: &str) -> Content {
    Content {
        zone: cast.zone,
        subject: subject.into(),
        note: String::new(),
        place: String::new(),
        place_is_room: false,
        organizer: cast.owner.clone(),
        is_organizer: true,
        attendees: Vec::new(),
        show_as: "busy",
        sensitivity: "normal",
        response: "organizer",
        cancelled: false,
        join: None,
        categories: Vec::new(),
    }
}

/// A meeting of some people with a subject.
pub fn meeting(dice: &mut Dice, cast: Cast<'_>, subject: &str) -> Content {
    let mut content = plain(cast, subject);
    content.note = dice.pick(&phrases::NOTES).into();
    if dice.percent(60) {
        invited(dice, cast, &mut content);
    }
    let guests = if dice.percent(3) { 40 } else { 1 + dice.below(8) };
    content.attendees = (0..guests).map(|_| attendee(dice, cast)).collect();
    content.join = links::any(dice, cast.owner_id);
    place(dice, cast, &mut content);
    tags(dice, &mut content);
    content
}

/// Somebody else organizes it, maybe in another zone, and the owner has answered or not.
pub fn invited(dice: &mut Dice, cast: Cast<'_>, content: &mut Content) {
    content.is_organizer = false;
    content.organizer = someone(dice, cast);
    if dice.percent(25) {
        content.zone = dice.pick(&ZONES);
    }
    let (response, show_as) = dice.pick(&[
        ("accepted", "busy"),
        ("accepted", "busy"),
        ("accepted", "oof"),
        ("tentativelyAccepted", "tentative"),
        ("notResponded", "tentative"),
        ("none", "free"),
        ("accepted", "workingElsewhere"),
        ("declined", "free"),
    ]);
    content.response = response;
    content.show_as = show_as;
}

/// Marks it as cancelled by its organizer, as Outlook does.
pub fn cancel(content: &mut Content) {
    if !content.cancelled {
        content.subject = format!("Canceled: {}", content.subject);
    }
    content.cancelled = true;
    content.show_as = "free";
}

/// Somebody of the directory or, now and then, from outside.
pub fn someone(dice: &mut Dice, cast: Cast<'_>) -> Person {
    if dice.percent(12) {
        let alias = dice.letters(7);
        let name = if dice.percent(30) { String::new() } else { super::names::any(dice).display };
        return Person::new(name, format!("{alias}@fabrikam.example"));
    }
    let person = &cast.directory[dice.below(cast.directory.len())];
    Person::new(&person.display_name, person.mail.as_ref().unwrap_or(&person.username))
}

fn attendee(dice: &mut Dice, cast: Cast<'_>) -> Attendee {
    let kind = if dice.percent(20) { "optional" } else { "required" };
    let response =
        dice.pick(&["accepted", "accepted", "none", "tentativelyAccepted", "declined", "notResponded"]);
    Attendee { person: someone(dice, cast), kind, response }
}

/// A room with its own mailbox, a place outside, or nowhere. A link may take the location.
fn place(dice: &mut Dice, cast: Cast<'_>, content: &mut Content) {
    let (name, alias) = dice.pick(&phrases::ROOMS);
    match dice.below(10) {
        0..4 => {
            content.place = name.into();
            content.place_is_room = true;
            let person = Person::new(name, format!("{alias}@{}", cast.domain));
            content.attendees.push(Attendee { person, kind: "resource", response: "accepted" });
        }
        4..6 => content.place = dice.pick(&phrases::PLACES).into(),
        6 if content.join.as_ref().is_some_and(|join| join.place == LinkPlace::Conference) => {
            content.place = "Microsoft Teams Meeting".into();
        }
        _ => {}
    }
}

fn tags(dice: &mut Dice, content: &mut Content) {
    if dice.percent(15) {
        content.categories = vec![dice.pick(&phrases::CATEGORIES)];
    }
    if dice.percent(6) {
        content.sensitivity = dice.pick(&["private", "personal", "confidential"]);
    }
    if content.zone != HOME && dice.percent(10) {
        content.show_as = "unknown";
    }
}
