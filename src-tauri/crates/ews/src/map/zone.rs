//! What time it is somewhere: by the zone's name where it is known, by its spelled-out rules where it is not.

use chrono::{DateTime, Datelike, Duration, NaiveDate, NaiveDateTime, Utc, Weekday};
use convoke_model::clean::{self, SHORT};
use convoke_model::zone;

use crate::wire::time_zone::{At, Group, TimeZoneDefinition, Transition};

/// The local time at an instant; `None` where neither name nor rules say.
pub(super) fn local(definition: &TimeZoneDefinition, instant: DateTime<Utc>) -> Option<NaiveDateTime> {
    let named = [&definition.id, &definition.name].into_iter().find_map(|name| zone::parse(name));
    match named {
        Some(zone) => Some(instant.with_timezone(&zone).naive_local()),
        None => instant.naive_utc().checked_sub_signed(bias(definition, instant)?),
    }
}

/// The name that people are shown: IANA's where the zone is known, else the server's own text.
pub(super) fn shown(definition: &TimeZoneDefinition) -> Option<String> {
    let names = [&definition.id, &definition.name];
    let known = names.into_iter().find(|name| zone::parse(name).is_some());
    let name = known.or_else(|| names.into_iter().find(|name| !name.is_empty()))?;
    clean::optional(Some(&zone::canonical(name)), SHORT)
}

/// What is added to local time to get UTC, at an instant.
fn bias(definition: &TimeZoneDefinition, instant: DateTime<Utc>) -> Option<Duration> {
    let target = &in_force(&definition.transitions, instant)?.to;
    let period =
        |id: &str| definition.periods.iter().find(|period| period.id == id).map(|period| period.bias);
    // A transition leads to a group of yearly changes, or straight to a period.
    match definition.groups.iter().find(|group| group.id == *target) {
        Some(group) => period(&yearly(definition, group, instant)?.to),
        None => period(target),
    }
}

/// The transition that came last before the instant; the one from the beginning of time where none did.
fn in_force(transitions: &[Transition], instant: DateTime<Utc>) -> Option<&Transition> {
    let since = |transition: &Transition| match transition.at {
        At::Once(at) => Some(at),
        At::Always => Some(NaiveDateTime::MIN),
        At::Weekday { .. } | At::Date { .. } => None,
    };
    let begun = transitions.iter().filter_map(|transition| Some((since(transition)?, transition)));
    begun
        .filter(|(at, _)| *at <= instant.naive_utc())
        .max_by_key(|(at, _)| *at)
        .map(|(_, transition)| transition)
}

/// The transition of a group that is in force at an instant. Changes are given in the local time before them,
/// so each is moved to UTC by the period that it ends.
fn yearly<'a>(
    definition: &TimeZoneDefinition,
    group: &'a Group,
    instant: DateTime<Utc>,
) -> Option<&'a Transition> {
    let this_year = instant.year();
    let mut changes: Vec<(NaiveDateTime, &Transition)> = [this_year - 1, this_year, this_year + 1]
        .into_iter()
        .flat_map(|year| {
            group.transitions.iter().filter_map(move |change| Some((in_year(&change.at, year)?, change)))
        })
        .collect();
    if changes.is_empty() {
        return in_force(&group.transitions, instant);
    }
    changes.sort_by_key(|(at, _)| *at);
    let bias = |id: &str| definition.periods.iter().find(|period| period.id == id).map(|period| period.bias);
    let mut current = changes.last().map(|(_, change)| *change)?;
    for (at, change) in changes {
        let utc = at.checked_add_signed(bias(&current.to)?)?;
        if utc > instant.naive_utc() {
            break;
        }
        current = change;
    }
    Some(current)
}

/// The local time of a yearly change.
fn in_year(at: &At, year: i32) -> Option<NaiveDateTime> {
    let (date, time) = match *at {
        At::Weekday { month, weekday, occurrence, time } => (nth(year, month, weekday, occurrence)?, time),
        At::Date { month, day, time } => (NaiveDate::from_ymd_opt(year, month, day)?, time),
        At::Always | At::Once(_) => return None,
    };
    date.and_hms_opt(0, 0, 0)?.checked_add_signed(time)
}

/// The `occurrence`th such weekday of a month; the last for -1 and for one that the month lacks.
fn nth(year: i32, month: u32, weekday: Weekday, occurrence: i32) -> Option<NaiveDate> {
    let of_month = |n: u8| NaiveDate::from_weekday_of_month_opt(year, month, weekday, n);
    let last = || of_month(5).or_else(|| of_month(4));
    match u8::try_from(occurrence) {
        Ok(n) => of_month(n).or_else(last),
        Err(_) => last(),
    }
}

#[cfg(test)]
#[path = "zone_tests.rs"]
mod tests;
