//! A series' rule as Graph writes it (source: "patternedRecurrence resource type").

use chrono::Datelike;
use serde_json::{Value, json};

use crate::world::event::Content;
use crate::world::series::{Range, Rule, Series};

/// The series' rule and range; a series without end has the sentinel as its end.
pub fn recurrence(series: &Series, content: &Content) -> Value {
    let day = |weekday: &chrono::Weekday| {
        ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
            [weekday.num_days_from_monday() as usize]
    };
    let mut pattern = json!({
        "interval": series.interval,
        "month": 0,
        "dayOfMonth": 0,
        "firstDayOfWeek": "monday",
        "index": "first",
    });
    let (kind, extra) = match &series.rule {
        Rule::Daily => ("daily", json!({})),
        Rule::Weekly(days) => ("weekly", json!({ "daysOfWeek": days.iter().map(day).collect::<Value>() })),
        Rule::Monthly(number) => ("absoluteMonthly", json!({ "dayOfMonth": number })),
        Rule::MonthlyNth(nth, weekday) => {
            let index = ["first", "second", "third", "fourth"][(*nth as usize - 1).min(3)];
            ("relativeMonthly", json!({ "index": index, "daysOfWeek": [day(weekday)] }))
        }
        Rule::Yearly => {
            ("absoluteYearly", json!({ "month": series.first.month(), "dayOfMonth": series.first.day() }))
        }
    };
    pattern["type"] = kind.into();
    if let (Value::Object(pattern), Value::Object(extra)) = (&mut pattern, extra) {
        pattern.extend(extra);
    }
    let (kind, end) = match series.range {
        Range::NoEnd => ("noEnd", "0001-01-01".to_owned()),
        Range::EndDate(end) => ("endDate", end.to_string()),
    };
    json!({
        "pattern": pattern,
        "range": {
            "type": kind,
            "startDate": series.first,
            "endDate": end,
            "recurrenceTimeZone": content.zone.wire,
            "numberOfOccurrences": 0,
        },
    })
}
