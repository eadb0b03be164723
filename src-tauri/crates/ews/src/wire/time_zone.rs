//! `TimeZoneDefinition` (EWS `timezonedefinition`), as `StartTimeZone` and `EndTimeZone` carry it.

use chrono::{Duration, NaiveDateTime, Weekday};

use crate::xml::{Element, Namespace};

/// A time zone: by name only where the server takes it to be known, else spelled out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct TimeZoneDefinition {
    /// The Windows name; empty, or `Customized Time Zone`, where programs made the zone up.
    pub id: String,
    /// What people call it. Seen to hold the Windows name where the id is empty (exchangelib#314).
    pub name: String,
    pub periods: Vec<Period>,
    pub groups: Vec<Group>,
    /// Which group holds from when on.
    pub transitions: Vec<Transition>,
}

/// A span with one offset.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Period {
    pub id: String,
    /// What is added to local time to get UTC.
    pub bias: Duration,
}

/// The changes of a year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Group {
    pub id: String,
    pub transitions: Vec<Transition>,
}

/// A change to a period or group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Transition {
    /// The id of the period or group.
    pub to: String,
    pub at: At,
}

/// When a change happens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum At {
    /// From the beginning of time (`Transition`).
    Always,
    /// Once (`AbsoluteDateTransition`).
    Once(NaiveDateTime),
    /// Every year on the `occurrence`th such weekday of a month; -1 is the last (`RecurringDayTransition`).
    Weekday { month: u32, weekday: Weekday, occurrence: i32, time: Duration },
    /// Every year on a day of a month (`RecurringDateTransition`).
    Date { month: u32, day: u32, time: Duration },
}

/// Periods, groups, and transitions of a group that are read. Windows' longest history has about 90.
const MOST: usize = 200;

impl TimeZoneDefinition {
    pub(crate) fn of(element: &Element) -> Self {
        let list =
            |name: &str| element.typed(name).map(Element::children).unwrap_or_default().iter().take(MOST);
        Self {
            id: element.attribute("Id").unwrap_or_default().trim().to_owned(),
            name: element.attribute("Name").unwrap_or_default().trim().to_owned(),
            periods: list("Periods").filter_map(period).collect(),
            groups: list("TransitionsGroups").map(group).collect(),
            transitions: list("Transitions").filter_map(transition).collect(),
        }
    }
}

fn period(element: &Element) -> Option<Period> {
    Some(Period { id: element.attribute("Id")?.to_owned(), bias: duration(element.attribute("Bias")?)? })
}

fn group(element: &Element) -> Group {
    let transitions = element.children().iter().take(MOST).filter_map(transition).collect();
    Group { id: element.attribute("Id").unwrap_or_default().to_owned(), transitions }
}

fn transition(element: &Element) -> Option<Transition> {
    let number = |name: &str| element.word(name)?.parse::<u32>().ok();
    let time = || duration(element.word("TimeOffset")?);
    let at = match element.name() {
        "Transition" => At::Always,
        "AbsoluteDateTransition" => At::Once(date_time(element.word("DateTime")?)?),
        "RecurringDayTransition" => At::Weekday {
            month: number("Month")?,
            weekday: element.word("DayOfWeek")?.parse().ok()?,
            occurrence: element.word("Occurrence")?.parse().ok()?,
            time: time()?,
        },
        "RecurringDateTransition" => At::Date { month: number("Month")?, day: number("Day")?, time: time()? },
        _ => return None,
    };
    Some(Transition { to: element.child(Namespace::Types, "To")?.text().trim().to_owned(), at })
}

fn date_time(text: &str) -> Option<NaiveDateTime> {
    let text = text.strip_suffix('Z').unwrap_or(text);
    NaiveDateTime::parse_from_str(text, "%Y-%m-%dT%H:%M:%S%.f").ok()
}

/// An XML Schema duration of at most two days: `PT8H`, `-PT1H30M`, `PT480M`, `-P0DT1H0M0.0S`.
fn duration(text: &str) -> Option<Duration> {
    let (negative, text) = match text.trim().strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text.trim()),
    };
    let (days, time) = match text.strip_prefix('P')?.split_once('T') {
        Some((days, time)) => (days, time),
        None => (text.strip_prefix('P')?, ""),
    };
    let seconds = parts(days, &[('D', 86_400)])? + parts(time, &[('H', 3_600), ('M', 60), ('S', 1)])?;
    let most = 2 * 86_400;
    (seconds <= most).then(|| Duration::seconds(if negative { -seconds } else { seconds }))
}

/// The seconds of `8H30M`; every unit at most once and in its order.
fn parts(text: &str, units: &[(char, i64)]) -> Option<i64> {
    let mut rest = text;
    let mut seconds = 0;
    for (unit, length) in units {
        if let Some((number, after)) = rest.split_once(*unit) {
            let whole = number.split('.').next().filter(|whole| whole.len() <= 6)?;
            seconds += whole.parse::<u32>().map(i64::from).ok()? * length;
            rest = after;
        }
    }
    rest.is_empty().then_some(seconds)
}

#[cfg(test)]
mod tests {
    use super::duration;

    #[test]
    fn durations() {
        for (text, minutes) in [
            ("PT8H", Some(480)),
            ("PT480M", Some(480)),
            ("-PT1H", Some(-60)),
            ("-PT5H30M", Some(-330)),
            ("-P0DT1H0M0.0S", Some(-60)),
            ("P1D", Some(1_440)),
            (" PT0S ", Some(0)),
            ("PT1H1H", None),
            ("PT1M1H", None),
            ("PT99999999999H", None),
            ("P9D", None),
            ("8H", None),
            ("PTxH", None),
            ("P1Y", None),
            ("", None),
            ("-", None),
        ] {
            assert_eq!(duration(text).map(|found| found.num_minutes()), minutes, "{text}");
        }
    }
}
