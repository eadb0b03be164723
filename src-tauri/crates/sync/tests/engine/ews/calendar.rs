//! Rounds of one calendar.

use chrono::Duration;
use convoke_store::Collection;

use super::answers::{
    Event, attendees, calendar, created, date, deleted, failure, folders, last, more, refuse, single,
    updated, view,
};
use super::office::{Office, engine};

const STATE: &str = "SyncFolderItems";

fn state(state: &str) -> String {
    format!("<m:SyncState>{state}</m:SyncState>")
}

fn lunch() -> Event {
    single("S", "Lunch", 12).with(&attendees(&[("Ben", "ben@x.test")]))
}

fn standup() -> [Event; 3] {
    [10, 11, 12].map(|day| {
        let id = ["O1", "O2", "O3"][day as usize - 10];
        let link = format!("<t:WebClientReadFormQueryString>https://mail.test/owa/?ItemID={id}&amp;exvsurl=1</t:WebClientReadFormQueryString>");
        date(id, "M", "Standup", day).with(&(attendees(&[("Cai", "cai@x.test")]) + &link))
    })
}

fn moved() -> Event {
    date("X", "M", "Standup moved", 13).exception().with(&attendees(&[("Dee", "dee@x.test")]))
}

fn all() -> Vec<Event> {
    [vec![lunch(), moved()], standup().to_vec()].concat()
}

/// What the server says of these events from now on, whenever it is asked.
pub fn has(office: &Office, events: &[Event]) {
    office.server.on("FindItem", [view(events, true)]);
    for event in events {
        office.server.item(event.id, [event.message()]);
    }
}

/// A first round: a single event, a series of three with an exception, in two pages of changes.
async fn first_round() -> Office {
    let office = Office::new();
    let changes = [created("CalendarItem", "S", "1"), created("CalendarItem", "M", "1")];
    office.server.on(STATE, [more("c0", &changes)]);
    office.server.on_with(STATE, &state("c0"), [last("c1", &[])]);
    office.server.on_with(STATE, &state("c1"), [last("c1", &[])]);
    has(&office, &all());
    let report = office.synced().await;
    assert_eq!((report.added, report.updated, report.removed, report.requests), (5, 0, 0, 6));
    office
}

const MEETINGS: [&str; 5] =
    ["O1 Standup 10", "O2 Standup 11", "O3 Standup 12", "S Lunch 12", "X Standup moved 13"];

#[tokio::test]
async fn a_first_round_reads_details_once_per_series() {
    let office = first_round().await;
    assert_eq!(office.world.meetings(), MEETINGS);
    let asked = office.server.take();
    let operations: Vec<_> = asked.iter().map(|asked| asked.operation.as_str()).collect();
    // The state comes before the view: what changes between them is seen in the next round.
    assert_eq!(operations, ["GetFolder", "FindFolder", STATE, STATE, "FindItem", "GetItem"]);
    assert_eq!(asked[5].ids(), ["O1", "S", "X"]);
    assert!(asked.iter().all(|asked| asked.headers["x-anchormailbox"] == "ana@x.test"));
    assert!(asked.iter().all(|asked| !asked.headers.contains_key("authorization")));
    for (id, expected) in
        [("S", "Ben ben@x.test"), ("X", "Dee dee@x.test"), ("O1", "Cai cai@x.test"), ("O3", "Cai cai@x.test")]
    {
        assert_eq!(office.attendees(id), [expected], "{id}");
    }
    // Another date of the series has a link of its own.
    let meeting = office.world.store.reader().unwrap().meeting("O3").unwrap().unwrap();
    assert_eq!(meeting.web_link.as_deref(), Some("https://mail.test/owa/?ItemID=O3&exvsurl=1"));
    assert_eq!(meeting.series_id.as_deref(), Some("M CAL="));
}

#[tokio::test]
async fn the_window_is_asked_with_a_day_more_on_both_sides() {
    let office = first_round().await;
    let asked = office.server.take();
    assert!(asked[4].body.contains(r#"StartDate="2026-02-09T00:00:00Z" EndDate="2026-04-20T00:00:00Z""#));
}

#[tokio::test]
async fn a_round_without_changes_costs_three_requests_and_is_as_of_now() {
    let office = first_round().await;
    office.server.on_with(STATE, &state("c1"), [last("c2", &[])]);
    office.server.on_with(STATE, &state("c2"), [last("c3", &[])]);
    for _ in 0..2 {
        office.world.later(Duration::minutes(5));
        office.server.take();
        let report = office.synced().await;
        assert_eq!((report.added, report.updated, report.removed, report.requests), (0, 0, 0, 3));
        assert_eq!(office.server.take_operations(), ["GetFolder", "FindFolder", STATE]);
        let as_of = office.world.store.reader().unwrap().as_of(convoke_model::service::Service::Calendar);
        assert_eq!(as_of.unwrap(), Some(office.world.now()));
    }
    assert!(office.cursor(Collection::Calendar("CAL=")).unwrap().contains("\"state\":\"c3\""));
    assert_eq!(office.world.meetings(), MEETINGS);
}

#[tokio::test]
async fn a_round_with_changes_reads_the_details_of_what_changed() {
    let office = first_round().await;
    let changes = [updated("CalendarItem", "S", "2"), created("CalendarItem", "T", "1")];
    office.server.on_with(STATE, &state("c1"), [last("c2", &changes)]);
    office.server.on_with(STATE, &state("c2"), [last("c2", &[])]);
    let [first, _, third] = standup();
    let lunch = single("S", "Late lunch", 12).key("2").with(&attendees(&[("Eve", "eve@x.test")]));
    // The second date is cancelled, and leaves no trace but its absence.
    has(&office, &[lunch, first, third, moved(), single("T", "Tea", 14)]);
    office.server.take();
    let report = office.synced().await;
    assert_eq!((report.added, report.updated, report.removed, report.requests), (1, 1, 1, 5));
    assert_eq!(office.server.asked().last().unwrap().ids(), ["S", "T"]);
    let expected = ["O1 Standup 10", "O3 Standup 12", "S Late lunch 12", "T Tea 14", "X Standup moved 13"];
    assert_eq!(office.world.meetings(), expected);
    assert_eq!(
        (office.attendees("S"), office.attendees("O3")),
        (vec!["Eve eve@x.test".to_owned()], vec!["Cai cai@x.test".to_owned()])
    );
    office.server.take();
    office.synced().await;
    assert_eq!(office.server.take_operations().len(), 3);
}

#[tokio::test]
async fn what_is_known_outlives_the_program() {
    let office = first_round().await;
    office.server.on_with(STATE, &state("c1"), [last("c2", &[updated("CalendarItem", "S", "2")])]);
    has(&office, &[vec![lunch().key("2"), moved()], standup().to_vec()].concat());
    let later = engine(&office.world, &office.server, None);
    let report = later.sync_calendar(office.world.days, false).await;
    assert!(report.is_complete(), "{:?}", report.errors);
    assert_eq!(office.server.asked().last().unwrap().ids(), ["S"]);
}

#[tokio::test]
async fn a_changed_series_is_read_once_again() {
    let office = first_round().await;
    office.server.on_with(STATE, &state("c1"), [last("c2", &[updated("CalendarItem", "M", "2")])]);
    let daily = standup().map(|event| event.key("2").with(&attendees(&[("Fay", "fay@x.test")])));
    has(&office, &[vec![lunch(), moved()], daily.to_vec()].concat());
    let report = office.synced().await;
    assert_eq!((report.added, report.updated, report.removed), (0, 3, 0));
    assert_eq!(office.server.asked().last().unwrap().ids(), ["O1"]);
    assert_eq!(office.attendees("O3"), ["Fay fay@x.test"]);
}

#[tokio::test]
async fn dates_that_differ_in_anything_are_read_by_themselves() {
    let office = Office::new();
    let [first, second, third] = standup();
    let events = [
        first,
        second.key("2"),
        Event { subject: "Standup!", ..third },
        // The same UID means nothing where the server does not call it a date of a series.
        single("S1", "Copy", 14),
        Event { uid: "S1", ..single("S2", "Copy", 15) },
    ];
    has(&office, &events);
    office.synced().await;
    assert_eq!(office.server.asked().last().unwrap().ids(), ["O1", "O2", "O3", "S1", "S2"]);
}

#[tokio::test]
async fn a_date_that_became_an_exception_meanwhile_speaks_for_itself_alone() {
    let office = Office::new();
    has(&office, &standup());
    let changed = date("O1", "M", "Standup", 10).exception().key("2");
    office.server.item("O1", [changed.with(&attendees(&[("Gus", "gus@x.test")])).message()]);
    office.synced().await;
    let asked: Vec<_> = office.server.take().into_iter().filter(|a| a.operation == "GetItem").collect();
    assert_eq!(asked.iter().map(super::exchange::Asked::ids).collect::<Vec<_>>(), [vec!["O1"], vec!["O2"]]);
    assert_eq!(office.attendees("O1"), ["Gus gus@x.test"]);
    assert_eq!(
        (office.attendees("O2"), office.attendees("O3")),
        (vec!["Cai cai@x.test".to_owned()], vec!["Cai cai@x.test".to_owned()])
    );
}

#[tokio::test]
async fn f58_a_lost_state_is_followed_by_a_full_round() {
    for code in ["ErrorInvalidSyncStateData", "ErrorSyncFolderNotFound"] {
        let office = first_round().await;
        office.server.on_with(STATE, &state("c1"), [refuse(STATE, code)]);
        office.server.on(STATE, [last("c9", &[created("CalendarItem", "S", "1")])]);
        has(&office, &[lunch(), single("T", "Tea", 14)]);
        office.server.take();
        let report = office.synced().await;
        assert_eq!((report.added, report.removed), (1, 4));
        assert_eq!(office.world.meetings(), ["S Lunch 12", "T Tea 14"]);
        let asked = office.server.take();
        assert_eq!(asked.iter().filter(|asked| asked.operation == STATE).count(), 2);
        assert!(office.cursor(Collection::Calendar("CAL=")).unwrap().contains("\"state\":\"c9\""));
    }
}

#[tokio::test]
async fn a_server_without_states_is_read_anyway() {
    let office = Office::new();
    office.server.on(STATE, [refuse(STATE, "ErrorInvalidOperation")]);
    has(&office, &[lunch()]);
    office.synced().await;
    assert_eq!(office.world.meetings(), ["S Lunch 12"]);
    assert_eq!(office.cursor(Collection::Calendar("CAL=")), None);
}

#[tokio::test]
async fn an_item_that_vanishes_between_view_and_details_is_gone() {
    let office = Office::new();
    has(&office, &all());
    // Of the series the first date is gone: the second one speaks for the rest.
    for id in ["S", "O1"] {
        office.server.item(id, [failure("GetItem", "ErrorItemNotFound")]);
    }
    office.synced().await;
    assert_eq!(office.world.meetings(), ["O2 Standup 11", "O3 Standup 12", "X Standup moved 13"]);
    assert_eq!(office.attendees("O3"), ["Cai cai@x.test"]);
    // The same in a later round, for what is cached.
    office.server.on_with(STATE, &state("empty"), [last("c2", &[updated("CalendarItem", "X", "2")])]);
    office
        .server
        .on("FindItem", [view(&[standup()[1].clone(), standup()[2].clone(), moved().key("2")], true)]);
    office.server.item("X", [failure("GetItem", "ErrorItemNotFound")]);
    assert_eq!(office.synced().await.removed, 1);
    assert_eq!(office.world.meetings(), ["O2 Standup 11", "O3 Standup 12"]);
}

#[tokio::test]
async fn an_item_that_can_not_be_read_is_shown_as_listed_and_tried_again() {
    for code in ["ErrorItemCorrupt", "ErrorInternalServerError", "ErrorAccessDenied"] {
        let office = Office::new();
        has(&office, &all());
        office.server.item("S", [failure("GetItem", code), lunch().message()]);
        office.synced().await;
        assert_eq!(office.world.meetings(), MEETINGS);
        assert!(office.attendees("S").is_empty());
        office.server.on_with(STATE, &state("empty"), [last("c2", &[updated("CalendarItem", "Z", "2")])]);
        office.synced().await;
        assert_eq!(office.server.asked().last().unwrap().ids(), ["S"]);
        assert_eq!(office.attendees("S"), ["Ben ben@x.test"]);
    }
}

#[tokio::test]
async fn where_the_mailbox_can_not_be_read_for_now_nothing_changes() {
    let office = first_round().await;
    office.server.on_with(STATE, &state("c1"), [last("c2", &[updated("CalendarItem", "S", "2")])]);
    has(&office, &[lunch().key("2")]);
    for code in ["ErrorMailboxStoreUnavailable", "ErrorMailboxMoveInProgress"] {
        office.server.item("S", [failure("GetItem", code)]);
        let report = office.calendar().await;
        assert_eq!(report.status.code.as_deref(), Some(code));
        assert_eq!(report.errors[0].kind(), convoke_sync::RoundKind::Transient);
        assert_eq!(report.status.state, convoke_model::service::ServiceState::Connected);
        assert_eq!(office.world.meetings(), MEETINGS);
    }
}

#[tokio::test]
async fn a_window_that_overflows_is_halved() {
    for overflow in [view(&all(), false), refuse("FindItem", "ErrorExceededFindCountLimit")] {
        let office = Office::new();
        has(&office, &all());
        office.server.on_with(
            "FindItem",
            r#"EndDate="2026-04-20T00:00:00Z""#,
            [overflow, view(&[moved()], true)],
        );
        // One that touches both halves is in both.
        let first = [vec![lunch(), moved()], standup().to_vec()].concat();
        office.server.on_with("FindItem", r#"EndDate="2026-03-16T00:00:00Z""#, [view(&first, true)]);
        let report = office.synced().await;
        assert_eq!((report.added, report.requests), (5, 7));
        assert_eq!(office.world.meetings(), MEETINGS);
    }
}

#[tokio::test]
async fn a_window_over_two_years_is_asked_in_parts() {
    let office = Office::new();
    has(&office, &all());
    let days = convoke_sync::WindowDays { past: 800, future: 800 };
    let report = office.engine.sync_calendar(days, false).await;
    assert!(report.is_complete(), "{:?}", report.errors);
    assert_eq!(office.world.meetings(), MEETINGS);
    let asked = office.server.take();
    let windows = asked.iter().filter(|asked| asked.operation == "FindItem").map(|asked| {
        let at = |name: &str| {
            let (_, rest) = asked.body.split_once(&format!("{name}=\"")).unwrap();
            rest[..10].parse::<chrono::NaiveDate>().unwrap()
        };
        (at("StartDate"), at("EndDate"))
    });
    let windows: Vec<_> = windows.collect();
    assert!(windows.iter().all(|(start, end)| *end - *start <= Duration::days(731)), "{windows:?}");
    assert!(windows.windows(2).all(|pair| pair[0].1 == pair[1].0) && windows.len() == 3, "{windows:?}");
}

#[tokio::test]
async fn the_window_slides_by_a_view_without_details() {
    let office = first_round().await;
    office.world.later(Duration::days(8));
    office.server.take();
    let report = office.synced().await;
    assert_eq!((report.added, report.updated, report.removed), (0, 0, 0));
    let asked = office.server.take();
    assert_eq!(asked.last().unwrap().operation, "FindItem");
    assert!(asked.last().unwrap().body.contains(r#"StartDate="2026-02-17T00:00:00Z""#));
    assert_eq!(office.world.meetings(), MEETINGS);
}

#[tokio::test]
async fn f44_a_round_that_removes_everything_is_verified_first() {
    let office = first_round().await;
    office.server.on_with(STATE, &state("c1"), [last("c2", &[deleted("S"), deleted("M")])]);
    // It still has them: the round is not believed, and the next one reads everything.
    office.server.on("FindItem", [view(&[], true), view(&all(), true)]);
    assert_eq!(office.synced().await.removed, 0);
    assert_eq!(
        (office.world.meetings(), office.cursor(Collection::Calendar("CAL="))),
        (MEETINGS.map(str::to_owned).to_vec(), None)
    );
    assert_eq!(office.attendees("O3"), ["Cai cai@x.test"]);
    // It has them no longer.
    office.server.on("FindItem", [view(&[], true)]);
    assert_eq!(office.synced().await.removed, 5);
    assert!(office.world.meetings().is_empty());
}

#[tokio::test]
async fn a_calendar_that_vanished_goes_and_its_copy_of_a_series_stays() {
    let office = Office::new();
    let both = [calendar("CAL=", "Calendar"), calendar("TEAM=", "Team")];
    office.server.on("FindFolder", [folders(&both)]);
    office.server.on_with(STATE, r#"Id="CAL=""#, [last("c1", &[])]);
    let copies = standup().map(|event| Event { id: ["P1", "P2", "P3"][event.day as usize - 10], ..event });
    has(&office, &all());
    office.server.on_with("FindItem", r#"<t:FolderId Id="TEAM="/>"#, [view(&copies, true)]);
    copies.iter().for_each(|copy| office.server.item(copy.id, [copy.message()]));
    office.synced().await;
    assert_eq!(office.world.meetings().len(), 8);
    // A full round of one that no longer has the series leaves the other alone.
    office.server.on_with(STATE, &state("c1"), [refuse(STATE, "ErrorInvalidSyncStateData")]);
    office.server.on("FindItem", [view(&[lunch()], true)]);
    office.synced().await;
    assert_eq!(office.world.meetings(), ["P1 Standup 10", "P2 Standup 11", "P3 Standup 12", "S Lunch 12"]);
    office.server.on("FindFolder", [folders(&both[..1])]);
    office.synced().await;
    assert_eq!(office.world.meetings(), ["S Lunch 12"]);
}
