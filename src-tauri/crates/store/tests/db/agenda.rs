//! Which meetings a list has, and in which order.

use crate::fixture::{all_day, at, date, full, march, single, store, timed};
use chrono::TimeDelta;
use convoke_model::meeting::Response;
use convoke_model::record::{EventDelta, EventRecord, When};
use convoke_model::window::TimeWindow;
use convoke_store::{AgendaQuery, Store};
use proptest::prelude::{Strategy, any, prop, prop_assert_eq, proptest};

fn event(id: &str, when: When) -> EventRecord {
    EventRecord { when, ..single(id, "2026-03-10T08:00", id) }
}

fn put(store: &Store, events: Vec<EventRecord>) {
    full(store, EventDelta { events, ..EventDelta::default() });
}

fn ids(store: &Store, query: &AgendaQuery) -> Vec<String> {
    store.reader().unwrap().agenda_rows(query).unwrap().into_iter().map(|row| row.id).collect()
}

/// The local day of a zone two hours ahead of UTC.
fn day(text: &str) -> AgendaQuery {
    let start = at(&format!("{text}T00:00")) - TimeDelta::hours(2);
    AgendaQuery {
        window: TimeWindow { start, end: start + TimeDelta::days(1) },
        dates: (date(text), date(text)),
        limit: 0,
        hidden_calendars: Vec::new(),
    }
}

#[test]
fn timed_meetings_count_by_instants_and_all_day_ones_by_dates() {
    let (_dir, store) = store();
    put(
        &store,
        vec![
            event("late", timed("2026-03-10T21:30", 30)),
            event("next", timed("2026-03-10T22:00", 30)),
            event("over", timed("2026-03-10T21:45", 60)),
            event("point", timed("2026-03-10T22:00", 0)),
            event("fair", all_day("2026-03-10", "2026-03-11")),
            event("trip", all_day("2026-03-05", "2026-03-12")),
            event("year", all_day("2026-01-01", "2027-01-01")),
            event("sick", timed("2026-02-01T00:00", 60 * 24 * 60)),
        ],
    );
    assert_eq!(ids(&store, &day("2026-03-10")), ["year", "sick", "trip", "fair", "late", "over"]);
    assert_eq!(ids(&store, &day("2026-03-11")), ["year", "sick", "trip", "over", "point", "next"]);
    assert_eq!(ids(&store, &day("2026-03-12")), ["year", "sick"]);
}

#[test]
fn the_limit_cuts_after_sorting_by_start_end_and_id() {
    let (_dir, store) = store();
    let start = "2026-03-10T09:00";
    put(
        &store,
        vec![
            event("d", timed(start, 30)),
            event("c", timed(start, 30)),
            event("b", timed(start, 60)),
            event("a", timed(start, 3 * 24 * 60)),
            event("e", timed("2026-03-10T08:00", 5)),
        ],
    );
    for (limit, expected) in
        [(0, "e c d b a"), (1, "e"), (2, "e c"), (3, "e c d"), (4, "e c d b"), (9, "e c d b a")]
    {
        assert_eq!(ids(&store, &AgendaQuery { limit, ..march() }).join(" "), expected, "limit {limit}");
    }
}

#[test]
fn days_with_meetings_are_local_days() {
    let (_dir, store) = store();
    put(
        &store,
        vec![
            event("late", timed("2026-03-10T21:30", 60)),
            event("trip", all_day("2026-03-05", "2026-03-07")),
        ],
    );
    let local = |instant: chrono::DateTime<chrono::Utc>| (instant + TimeDelta::hours(2)).date_naive();
    let days = store.reader().unwrap().days_with_meetings(&march(), local).unwrap();
    let expected: Vec<_> =
        ["2026-03-05", "2026-03-06", "2026-03-10", "2026-03-11"].into_iter().map(date).collect();
    assert_eq!(days.into_iter().collect::<Vec<_>>(), expected);
}

#[test]
fn next_is_the_running_one_or_the_one_to_come() {
    let (_dir, store) = store();
    let mut declined = event("declined", timed("2026-03-10T09:15", 30));
    declined.content.response = Response::Declined;
    let mut cancelled = event("cancelled", timed("2026-03-10T09:15", 30));
    cancelled.content.cancelled = true;
    put(
        &store,
        vec![
            event("block", timed("2026-03-10T08:00", 480)),
            event("talk", timed("2026-03-10T09:00", 30)),
            event("later", timed("2026-03-10T18:00", 30)),
            event("fair", all_day("2026-03-10", "2026-03-11")),
            event("week", timed("2026-03-08T09:00", 5 * 24 * 60)),
            declined,
            cancelled,
        ],
    );
    let next = |now: &str| store.reader().unwrap().next(at(now)).unwrap().map(|meeting| meeting.id);
    assert_eq!(next("2026-03-10T09:20").as_deref(), Some("talk"));
    assert_eq!(next("2026-03-10T09:30").as_deref(), Some("block"));
    assert_eq!(next("2026-03-10T17:00").as_deref(), Some("week"));
    assert_eq!(next("2026-03-13T09:00"), None);
    assert_eq!(next("2026-03-01T09:00").as_deref(), Some("week"));
}

#[test]
fn b61_times_at_the_edges_of_the_calendar_are_kept() {
    let (_dir, store) = store();
    put(
        &store,
        vec![
            event("old", timed("0001-01-01T00:00", 30)),
            event("new", When::Timed { start: at("9999-12-31T00:00"), end: at("9999-12-31T23:59") }),
            event("all", When::Timed { start: at("0001-01-01T00:00"), end: at("9999-12-31T00:00") }),
            event("back", When::Timed { start: at("2026-03-10T09:00"), end: at("2026-03-09T09:00") }),
        ],
    );
    assert_eq!(ids(&store, &march()), ["all", "back"]);
    let meeting = store.reader().unwrap().meeting("new").unwrap().unwrap();
    assert_eq!(meeting.end, at("9999-12-31T23:59"));
}

#[test]
fn meetings_are_found_by_subject_place_and_organizer_coming_ones_first() {
    let (_dir, store) = store();
    put(
        &store,
        vec![
            event("past", timed("2026-03-02T09:00", 30)),
            event("older", timed("2026-03-01T09:00", 30)),
            event("soon", timed("2026-03-10T09:00", 30)),
            event("running", timed("2026-03-08T09:00", 7 * 24 * 60)),
        ],
    );
    let find = |text: &str, limit| {
        let rows = store.reader().unwrap().search_meetings(text, at("2026-03-09T00:00"), limit).unwrap();
        rows.into_iter().map(|row| row.id).collect::<Vec<_>>()
    };
    assert_eq!(find("olga here", 9), ["running", "soon", "past", "older"]);
    assert_eq!(find("ölga", 3), ["running", "soon", "past"]);
    assert_eq!(find("pas", 9), ["past"]);
    assert!(find("nothing", 9).is_empty() && find(" ", 9).is_empty());
}

fn spans() -> impl Strategy<Value = Vec<(i64, i64, bool)>> {
    prop::collection::vec((0_i64..60 * 24, 0_i64..80 * 24, any::<bool>()), 0..40)
}

proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig::with_cases(24))]

    /// The classes of lengths find what a look at every meeting finds.
    #[test]
    fn every_window_has_exactly_what_touches_it(spans in spans(), from in 0_i64..60 * 24, hours in 1_i64..200) {
        let (_dir, store) = store();
        let zero = at("2026-02-01T00:00");
        let mut events = Vec::new();
        for (number, (start, length, whole_days)) in spans.into_iter().enumerate() {
            let (start, end) = (zero + TimeDelta::hours(start), zero + TimeDelta::hours(start + length));
            let when = match whole_days {
                true => When::AllDay { start: start.date_naive(), end: end.date_naive() + TimeDelta::days(1) },
                false => When::Timed { start, end },
            };
            events.push(event(&format!("{number:03}"), when));
        }
        put(&store, events.clone());
        let window = TimeWindow { start: zero + TimeDelta::hours(from), end: zero + TimeDelta::hours(from + hours) };
        let dates = (window.start.date_naive(), (window.end - TimeDelta::seconds(1)).date_naive());
        let query = AgendaQuery { window, dates, limit: 0, hidden_calendars: Vec::new() };
        events.retain(|event| match event.when {
            When::Timed { start, end } => window.intersects(start, end),
            When::AllDay { start, end } => start <= dates.1 && end > dates.0,
        });
        events.sort_by_key(|event| (event.when.start(), event.when.end(), event.id.clone()));
        let expected: Vec<String> = events.into_iter().map(|event| event.id).collect();
        prop_assert_eq!(ids(&store, &query), expected.clone());
        let first = AgendaQuery { limit: 3, ..query };
        prop_assert_eq!(ids(&store, &first), expected.into_iter().take(3).collect::<Vec<_>>());
    }
}
