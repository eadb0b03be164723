//! Series, with dates changed and taken out.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDate, TimeDelta, Weekday};

use super::dice::Dice;
use super::draft::{self, Cast};
use super::{links, phrases, single};
use crate::world::event::Content;
use crate::world::series::{Exception, Range, Rule, Series};
use crate::world::span::Span;
use crate::world::zone::NEW_YORK;

const WORKDAYS: [Weekday; 5] = [Weekday::Mon, Weekday::Tue, Weekday::Wed, Weekday::Thu, Weekday::Fri];

/// A series that takes place around a day, with its changed dates between `from` and `to`.
pub fn any(
    dice: &mut Dice,
    cast: Cast<'_>,
    around: NaiveDate,
    from: NaiveDate,
    to: NaiveDate,
) -> (Content, Series) {
    let subject = dice.pick(&phrases::SERIES_SUBJECTS);
    let mut content = draft::meeting(dice, cast, subject);
    let mut series = bare(dice, around);
    if dice.percent(12) {
        all_day(dice, &mut series, &mut content);
    }
    change_dates(dice, &mut series, &content, from, to);
    (content, series)
}

/// Series that every mailbox of some size has: one that began years ago in another zone, one of whole days, and in
/// larger mailboxes a stand-up twice a week.
pub fn staples(dice: &mut Dice, cast: Cast<'_>, today: NaiveDate, large: bool) -> Vec<(Content, Series)> {
    let monday = today - TimeDelta::days(i64::from(today.weekday().num_days_from_monday()));
    let mut abroad = draft::meeting(dice, cast, "Transatlantic sync");
    draft::invited(dice, cast, &mut abroad);
    (abroad.zone, abroad.response, abroad.show_as) = (NEW_YORK, "accepted", "busy");
    let mut duty = draft::plain(cast, "Guardia");
    duty.show_as = "workingElsewhere";
    let mut stand_up = draft::meeting(dice, cast, "Team stand-up");
    stand_up.join = Some(links::teams(dice, cast.owner_id));
    let weekly = |days: &[Weekday], interval, first, time, length| Series {
        rule: Rule::Weekly(days.to_vec()),
        interval,
        first,
        range: Range::NoEnd,
        time,
        length,
        exceptions: BTreeMap::new(),
        deleted: BTreeSet::new(),
    };
    let weeks = |count: i64| monday + TimeDelta::weeks(count);
    let (ten, quarter_past) = (single::clock(10, 0), single::clock(9, 15));
    let mut all = vec![
        (abroad, weekly(&[Weekday::Wed], 1, weeks(-208) + TimeDelta::days(2), Some(ten), 60)),
        (duty, weekly(&[Weekday::Sat], 4, weeks(-12) + TimeDelta::days(5), None, 2)),
    ];
    if large {
        let days = [Weekday::Tue, Weekday::Thu];
        all.push((stand_up, weekly(&days, 1, weeks(-60) + TimeDelta::days(1), Some(quarter_past), 15)));
    }
    for (content, series) in &mut all {
        change_dates(dice, series, content, today - TimeDelta::days(30), today + TimeDelta::days(180));
    }
    all
}

/// A series without changes. Some began years ago.
fn bare(dice: &mut Dice, around: NaiveDate) -> Series {
    let (rule, interval) = rule(dice, around);
    let first = first_date(&rule, interval, around, dice);
    let range = if dice.percent(50) {
        Range::NoEnd
    } else {
        Range::EndDate(around + TimeDelta::days(dice.between(20, 250)))
    };
    let time = single::clock(9, 0) + TimeDelta::minutes(15 * dice.between(0, 34));
    Series {
        rule,
        interval,
        first,
        range,
        time: Some(time),
        length: dice.pick(&[15, 30, 45, 60, 60, 90]),
        exceptions: BTreeMap::new(),
        deleted: BTreeSet::new(),
    }
}

fn rule(dice: &mut Dice, around: NaiveDate) -> (Rule, i64) {
    match dice.below(10) {
        0..5 => (Rule::Weekly(vec![around.weekday()]), 1),
        5 => (Rule::Weekly(WORKDAYS.to_vec()), 1),
        6 => (Rule::Weekly(vec![Weekday::Tue, Weekday::Thu]), dice.between(1, 2)),
        7 => (Rule::Daily, dice.between(2, 7)),
        8 => (Rule::Monthly(around.day().min(28)), 1),
        _ => (Rule::MonthlyNth(dice.between(1, 4).unsigned_abs() as u32, around.weekday()), 1),
    }
}

/// The first date on or after a past day that the rule allows.
fn first_date(rule: &Rule, interval: i64, around: NaiveDate, dice: &mut Dice) -> NaiveDate {
    let past = if dice.percent(15) { 365 * dice.between(2, 6) } else { dice.between(0, 120) };
    let mut date = around - TimeDelta::days(past);
    let fits = |date: NaiveDate| match rule {
        Rule::Daily | Rule::Yearly => true,
        Rule::Weekly(days) => days.contains(&date.weekday()),
        Rule::Monthly(day) => date.day() == *day,
        Rule::MonthlyNth(nth, weekday) => date.weekday() == *weekday && (date.day() - 1) / 7 + 1 == *nth,
    };
    debug_assert!(interval > 0);
    while !fits(date) {
        date += TimeDelta::days(1);
    }
    date
}

fn all_day(dice: &mut Dice, series: &mut Series, content: &mut Content) {
    series.time = None;
    series.length = dice.between(1, 2);
    content.subject = dice.pick(&["Guardia", "Home office", "Release day"]).to_string();
    content.join = None;
    content.show_as = "workingElsewhere";
}

/// Takes out about one date in twelve and changes about one in ten.
fn change_dates(dice: &mut Dice, series: &mut Series, content: &Content, from: NaiveDate, to: NaiveDate) {
    for date in series.dates(from, to) {
        match dice.below(60) {
            0..5 => {
                series.deleted.insert(date);
            }
            5..11 => {
                let (span, content) = changed(dice, series.span_on(date), content);
                series.exceptions.insert(date, Exception { span, content, changed: 1 });
            }
            _ => {}
        }
    }
}

/// Another time, another subject, another answer, or a cancellation.
fn changed(dice: &mut Dice, span: Span, content: &Content) -> (Span, Content) {
    let mut content = content.clone();
    match dice.below(5) {
        0 => content.subject.push_str(" (moved room)"),
        1 if !content.is_organizer => draft::cancel(&mut content),
        2 => content.response = if content.is_organizer { "organizer" } else { "tentativelyAccepted" },
        _ => return (moved(dice, span), content),
    }
    (span, content)
}

/// Moved by some hours or to a neighbouring day.
#[must_use]
pub fn moved(dice: &mut Dice, span: Span) -> Span {
    match span {
        Span::Timed { start, minutes } if dice.percent(70) => {
            Span::Timed { start: start + TimeDelta::minutes(30 * dice.between(1, 5)), minutes }
        }
        span => span.shifted_days(if dice.percent(50) { 1 } else { -1 }),
    }
}
