//! Events that take place once.

use chrono::{NaiveDate, NaiveTime, TimeDelta};

use super::dice::Dice;
use super::draft::{self, Cast};
use super::phrases;
use crate::world::event::{Content, Shape};
use crate::world::span::Span;

/// One event on a day, of any kind.
pub fn any(dice: &mut Dice, cast: Cast<'_>, day: NaiveDate) -> (Content, Shape) {
    let (content, span) = match dice.below(100) {
        0..5 => all_day(dice, cast, day),
        5..8 => overnight(dice, cast, day),
        8..11 => (cancelled(dice, cast), working_hours(dice, day)),
        11..14 => (odd(dice, cast), working_hours(dice, day)),
        14..18 => (appointment(dice, cast), working_hours(dice, day)),
        _ => (regular(dice, cast), working_hours(dice, day)),
    };
    (content, Shape::Single(span))
}

fn regular(dice: &mut Dice, cast: Cast<'_>) -> Content {
    let subject = dice.pick(&phrases::SUBJECTS);
    draft::meeting(dice, cast, subject)
}

/// An entry of the owner alone: nobody invited, no place.
fn appointment(dice: &mut Dice, cast: Cast<'_>) -> Content {
    let mut content = draft::plain(cast, dice.pick(&["Dentist", "Pick up parcel", "Focus time", "Gimnasio"]));
    content.sensitivity = dice.pick(&["normal", "private"]);
    content
}

fn cancelled(dice: &mut Dice, cast: Cast<'_>) -> Content {
    let mut content = regular(dice, cast);
    draft::invited(dice, cast, &mut content);
    draft::cancel(&mut content);
    content
}

/// No subject, a very long one, or one that careless software stumbles over.
fn odd(dice: &mut Dice, cast: Cast<'_>) -> Content {
    let mut content = regular(dice, cast);
    content.subject = match dice.below(3) {
        0 => String::new(),
        1 => "Every word of this subject matters to somebody, somewhere, sometimes. ".repeat(3).trim().into(),
        _ => dice.pick(&phrases::ODD_SUBJECTS).into(),
    };
    content
}

fn all_day(dice: &mut Dice, cast: Cast<'_>, day: NaiveDate) -> (Content, Span) {
    let mut content = draft::plain(cast, dice.pick(&phrases::ALL_DAY_SUBJECTS));
    if dice.percent(50) {
        draft::invited(dice, cast, &mut content);
    }
    content.show_as = dice.pick(&["free", "oof", "workingElsewhere", "busy"]);
    let days = if dice.percent(40) { dice.between(2, 10) } else { 1 };
    (content, Span::AllDay { first: day, days })
}

/// Over midnight, or over several days by the clock.
fn overnight(dice: &mut Dice, cast: Cast<'_>, day: NaiveDate) -> (Content, Span) {
    let mut content = regular(dice, cast);
    content.subject = dice.pick(&["Maintenance window", "Flight MAD–NRT", "Night train"]).to_string();
    let minutes = if dice.percent(30) { 60 * dice.between(26, 70) } else { 60 * dice.between(4, 10) };
    (content, Span::Timed { start: day.and_time(clock(22, 30)), minutes })
}

fn working_hours(dice: &mut Dice, day: NaiveDate) -> Span {
    let start = clock(8, 0) + TimeDelta::minutes(15 * dice.between(0, 40));
    let minutes = dice.pick(&[15, 30, 30, 45, 60, 60, 90, 25, 50, 120, 0]);
    Span::Timed { start: day.and_time(start), minutes }
}

/// A time of day.
#[must_use]
pub fn clock(hour: u32, minute: u32) -> NaiveTime {
    NaiveTime::from_hms_opt(hour, minute, 0).unwrap_or(NaiveTime::MIN)
}
