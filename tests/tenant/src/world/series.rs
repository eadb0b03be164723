//! Series: the rule, its dates, and the dates that were changed or taken out.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Datelike, NaiveDate, NaiveTime, TimeDelta, Weekday};

use super::event::Content;
use super::span::Span;

/// How often something takes place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Rule {
    /// Every so many days.
    Daily,
    /// On these days of every so many weeks; weeks begin on Monday.
    Weekly(Vec<Weekday>),
    /// On this day of every so many months; at most 28.
    Monthly(u32),
    /// On the nth such day of every so many months; 1 to 4.
    MonthlyNth(u32, Weekday),
    /// On the first date's day, every so many years.
    Yearly,
}

/// When a series ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Range {
    /// Never.
    NoEnd,
    /// On this date, inclusive.
    EndDate(NaiveDate),
}

/// A date that was changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exception {
    /// When it takes place now.
    pub span: Span,
    /// All its content.
    pub content: Content,
    /// The mailbox's version of the last change.
    pub changed: u64,
}

/// A recurring event's dates.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Series {
    /// How often.
    pub rule: Rule,
    /// Every so many of the rule's units.
    pub interval: i64,
    /// The first date; it satisfies the rule.
    pub first: NaiveDate,
    /// Until when.
    pub range: Range,
    /// Local start time; absent for all-day series.
    pub time: Option<NaiveTime>,
    /// Minutes, or days of an all-day series.
    pub length: i64,
    /// Changed dates, by the date the rule gives.
    pub exceptions: BTreeMap<NaiveDate, Exception>,
    /// Dates taken out.
    pub deleted: BTreeSet<NaiveDate>,
}

impl Series {
    /// The span on a date of the rule.
    #[must_use]
    pub fn span_on(&self, date: NaiveDate) -> Span {
        match self.time {
            Some(time) => Span::Timed { start: date.and_time(time), minutes: self.length },
            None => Span::AllDay { first: date, days: self.length },
        }
    }

    /// The rule's dates from `from` to `to`, inclusive, changed and deleted ones included.
    #[must_use]
    pub fn dates(&self, from: NaiveDate, to: NaiveDate) -> Vec<NaiveDate> {
        let mut date = from.max(self.first);
        let last = match self.range {
            Range::NoEnd => to,
            Range::EndDate(end) => to.min(end),
        };
        let mut dates = Vec::new();
        while date <= last {
            if self.falls_on(date) {
                dates.push(date);
            }
            date += TimeDelta::days(1);
        }
        dates
    }

    /// Whether the date still takes place as the rule says.
    #[must_use]
    pub fn is_regular(&self, date: NaiveDate) -> bool {
        !self.deleted.contains(&date) && !self.exceptions.contains_key(&date)
    }

    /// Whether the rule gives this date at all.
    #[must_use]
    pub fn has_date(&self, date: NaiveDate) -> bool {
        self.dates(date, date).len() == 1
    }

    fn falls_on(&self, date: NaiveDate) -> bool {
        let months = |day: NaiveDate| i64::from(day.year()) * 12 + i64::from(day.month());
        let on_month = (months(date) - months(self.first)) % self.interval == 0;
        match &self.rule {
            Rule::Daily => (date - self.first).num_days() % self.interval == 0,
            Rule::Weekly(days) => {
                days.contains(&date.weekday()) && (week(date) - week(self.first)) % self.interval == 0
            }
            Rule::Monthly(day) => date.day() == *day && on_month,
            Rule::MonthlyNth(nth, weekday) => {
                date.weekday() == *weekday && (date.day() - 1) / 7 + 1 == *nth && on_month
            }
            Rule::Yearly => {
                (date.month(), date.day()) == (self.first.month(), self.first.day())
                    && i64::from(date.year() - self.first.year()) % self.interval == 0
            }
        }
    }
}

/// Number of the week, counted from a Monday.
fn week(date: NaiveDate) -> i64 {
    // Day 1 of the common era is a Monday.
    (i64::from(date.num_days_from_ce()) - 1).div_euclid(7)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(rule: Rule, interval: i64, first: &str, expected: &[&str]) {
        let first: NaiveDate = first.parse().unwrap();
        let series = Series {
            rule,
            interval,
            first,
            range: Range::EndDate("2026-06-30".parse().unwrap()),
            time: None,
            length: 1,
            exceptions: BTreeMap::new(),
            deleted: BTreeSet::new(),
        };
        let dates = series.dates("2026-03-01".parse().unwrap(), "2026-12-31".parse().unwrap());
        let texts: Vec<String> = dates.iter().take(expected.len()).map(ToString::to_string).collect();
        assert_eq!(texts, expected);
    }

    #[test]
    fn rules_give_their_dates() {
        check(Rule::Daily, 3, "2026-02-27", &["2026-03-02", "2026-03-05"]);
        let days = vec![Weekday::Mon, Weekday::Thu];
        check(Rule::Weekly(days), 2, "2026-03-05", &["2026-03-05", "2026-03-16", "2026-03-19", "2026-03-30"]);
        check(Rule::Monthly(15), 1, "2025-12-15", &["2026-03-15", "2026-04-15", "2026-05-15", "2026-06-15"]);
        check(Rule::MonthlyNth(2, Weekday::Tue), 1, "2026-01-13", &["2026-03-10", "2026-04-14"]);
        check(Rule::Yearly, 1, "2019-05-04", &["2026-05-04"]);
    }

    #[test]
    fn the_last_date_is_inclusive() {
        let june = ["2026-03-30", "2026-06-30"];
        check(Rule::Daily, 92, "2026-03-30", &june);
    }
}
