//! The day around `now`: one meeting running, the next in about twenty minutes, the rest of a usual working day.

use chrono::{DateTime, DurationRound, TimeDelta, Utc};

use super::dice::Dice;
use super::draft::{self, Cast};
use super::links;
use crate::world::event::{Attendee, Content, Shape};
use crate::world::person::Person;
use crate::world::span::Span;

/// Entries of the day, in order.
pub fn entries(dice: &mut Dice, cast: Cast<'_>, now: DateTime<Utc>) -> Vec<(Content, Shape)> {
    // Whole quarters of an hour, so that the next meeting is 15 to 29 minutes away.
    let quarter = now.duration_trunc(TimeDelta::minutes(15)).unwrap_or(now);
    let minute = |offset: i64| cast.zone.local(quarter + TimeDelta::minutes(offset));
    let timed = |offset: i64, minutes: i64| Shape::Single(Span::Timed { start: minute(offset), minutes });
    let day = cast.zone.local(now).date();
    vec![
        (webinar(dice, cast), timed(-150, 60)),
        (running(dice, cast), timed(-15, 45)),
        (next(dice, cast), timed(30, 30)),
        (zoom(dice, cast), timed(75, 60)),
        (private(cast), timed(150, 30)),
        (evening(dice, cast), timed(210, 90)),
        (birthday(cast), Shape::Single(Span::AllDay { first: day, days: 1 })),
    ]
}

fn running(dice: &mut Dice, cast: Cast<'_>) -> Content {
    let mut content = team(dice, cast, "Design critique: onboarding", 5);
    content.join = Some(links::meet(dice));
    content.note = "Figma file and questions are in the channel.".into();
    content
}

fn next(dice: &mut Dice, cast: Cast<'_>) -> Content {
    let mut content = team(dice, cast, "Quarterly plan with Fabrikam", 7);
    content.join = Some(links::teams(dice, cast.owner_id));
    content.place = "Sala Cibeles".into();
    content.place_is_room = true;
    let room = Person::new("Sala Cibeles", format!("sala.cibeles@{}", cast.domain));
    content.attendees.push(Attendee { person: room, kind: "resource", response: "accepted" });
    content.note = "Agenda:\n1. Where we are\n2. What Fabrikam needs by June\n3. Decisions".into();
    content
}

fn zoom(dice: &mut Dice, cast: Cast<'_>) -> Content {
    let mut content = team(dice, cast, "Kundentermin Wörlitz AG", 3);
    draft::invited(dice, cast, &mut content);
    (content.response, content.show_as) = ("accepted", "busy");
    content.join = Some(links::zoom(dice));
    content
}

fn webinar(dice: &mut Dice, cast: Cast<'_>) -> Content {
    let mut content = team(dice, cast, "All hands", 40);
    draft::invited(dice, cast, &mut content);
    (content.response, content.show_as) = ("notResponded", "tentative");
    content.join = Some(links::webex(dice));
    content
}

fn evening(dice: &mut Dice, cast: Cast<'_>) -> Content {
    let mut content = team(dice, cast, "Cena con el equipo", 4);
    content.place = "Casa Lucio, Calle de la Cava Baja 35".into();
    content
}

fn private(cast: Cast<'_>) -> Content {
    Content { sensitivity: "private", ..draft::plain(cast, "Dentist") }
}

fn birthday(cast: Cast<'_>) -> Content {
    Content { show_as: "free", ..draft::plain(cast, "Nuria's birthday") }
}

fn team(dice: &mut Dice, cast: Cast<'_>, subject: &str, guests: usize) -> Content {
    let mut content = draft::plain(cast, subject);
    let mut guest =
        || Attendee { person: draft::someone(dice, cast), kind: "required", response: "accepted" };
    content.attendees = (0..guests).map(|_| guest()).collect();
    content
}
