//! A series' rule and its dates (sources: `RecurrenceType`, `ArrayOfOccurrenceInfoType`).

use chrono::{Datelike, NaiveDate, Weekday};

use super::rendering::Rendering;
use crate::ews::time;
use crate::world::event::{Event, Instance};
use crate::world::id::change_key;
use crate::world::series::{Range, Rule, Series};
use crate::xml::{Element, element};

/// The rule.
#[must_use]
pub fn rule(event: &Event, series: &Series) -> Element {
    let zone = event.content.zone.iana;
    let start = time::date(series.first, zone);
    let range = match series.range {
        Range::NoEnd => element("t:NoEndRecurrence").leaf("t:StartDate", start),
        Range::EndDate(end) => {
            element("t:EndDateRecurrence").leaf("t:StartDate", start).leaf("t:EndDate", time::date(end, zone))
        }
    };
    element("t:Recurrence").child(pattern(series)).child(range)
}

fn pattern(series: &Series) -> Element {
    let interval = series.interval.to_string();
    match &series.rule {
        Rule::Daily => element("t:DailyRecurrence").leaf("t:Interval", interval),
        Rule::Weekly(days) => {
            let days: Vec<&str> = days.iter().map(|day| weekday(*day)).collect();
            element("t:WeeklyRecurrence")
                .leaf("t:Interval", interval)
                .leaf("t:DaysOfWeek", days.join(" "))
                .leaf("t:FirstDayOfWeek", "Monday")
        }
        Rule::Monthly(day) => element("t:AbsoluteMonthlyRecurrence")
            .leaf("t:Interval", interval)
            .leaf("t:DayOfMonth", day.to_string()),
        Rule::MonthlyNth(nth, day) => element("t:RelativeMonthlyRecurrence")
            .leaf("t:Interval", interval)
            .leaf("t:DaysOfWeek", weekday(*day))
            .leaf("t:DayOfWeekIndex", ["First", "Second", "Third", "Fourth"][(*nth as usize - 1).min(3)]),
        Rule::Yearly => element("t:AbsoluteYearlyRecurrence")
            .leaf("t:DayOfMonth", series.first.day().to_string())
            .leaf("t:Month", month(series.first)),
    }
}

fn weekday(day: Weekday) -> &'static str {
    ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
        [day.num_days_from_monday() as usize]
}

fn month(date: NaiveDate) -> &'static str {
    [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ][date.month0() as usize]
}

/// One date, under that element.
#[must_use]
pub fn occurrence(name: &'static str, instance: &Instance<'_>, how: &Rendering<'_>) -> Element {
    let event = instance.event;
    let (start, end) = instance.instants();
    let slot = event.slot(instance).map_or(start, |slot| slot);
    element(name)
        .child(
            element("t:ItemId")
                .with("Id", how.mailbox.instance_id(instance, false))
                .with("ChangeKey", change_key(event.key, instance.changed())),
        )
        .leaf("t:Start", how.time(start))
        .leaf("t:End", how.time(end))
        .leaf("t:OriginalStart", how.time(slot))
}

/// The dates that were changed.
#[must_use]
pub fn modified(event: &Event, series: &Series, how: &Rendering<'_>) -> Option<Element> {
    let changed = series.exceptions.keys().filter_map(|date| event.instance_on(*date));
    let written: Vec<Element> = changed.map(|instance| occurrence("t:Occurrence", &instance, how)).collect();
    (!written.is_empty()).then(|| element("t:ModifiedOccurrences").children(written))
}

/// The dates that were taken out.
#[must_use]
pub fn deleted(event: &Event, series: &Series, how: &Rendering<'_>) -> Option<Element> {
    let written = series.deleted.iter().map(|date| {
        let start = series.span_on(*date).instants(event.content.zone).0;
        element("t:DeletedOccurrence").leaf("t:Start", how.time(start))
    });
    (!series.deleted.is_empty()).then(|| element("t:DeletedOccurrences").children(written))
}

/// The first date that takes place, and the last one of a series that ends.
#[must_use]
pub fn ends(event: &Event, series: &Series) -> (Option<NaiveDate>, Option<NaiveDate>) {
    let takes_place = |date: &NaiveDate| event.instance_on(*date).is_some();
    let horizon = series.first + chrono::TimeDelta::days(800);
    let first = series.dates(series.first, horizon).into_iter().find(takes_place);
    let last = match series.range {
        Range::NoEnd => None,
        Range::EndDate(end) => series.dates(series.first, end).into_iter().rev().find(takes_place),
    };
    (first, last)
}
