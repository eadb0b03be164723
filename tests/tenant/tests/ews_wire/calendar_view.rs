//! Calendar views: what they hold, and how they refuse.

use convoke_tenant::Options;
use convoke_tenant::ews::quirks::Quirk;

use crate::client::{Client, LUCIA, start, start_with, text_of};

#[tokio::test]
async fn dates_of_series_come_in_place_of_masters() {
    let client = start().await;
    let answer = client.view("calendar", "2026-02-10T00:00:00Z", "2026-09-09T00:00:00Z").await;
    let items = answer.all("CalendarItem");
    let kinds: Vec<String> = items.iter().map(|item| text_of(item, "CalendarItemType")).collect();
    for kind in ["Single", "Occurrence", "Exception"] {
        assert!(kinds.iter().any(|known| known == kind), "{kind}");
    }
    assert!(!kinds.iter().any(|kind| kind == "RecurringMaster"));
    let mut starts: Vec<String> = items.iter().map(|item| text_of(item, "Start")).collect();
    let sorted = {
        let mut sorted = starts.clone();
        sorted.sort();
        sorted
    };
    assert_eq!(starts, sorted);
    starts.dedup();
    assert!(starts.len() > 20, "{}", starts.len());
    let is_series = |item: &convoke_tenant::xml::Node| text_of(item, "IsRecurring") == "true";
    for item in &items {
        assert_eq!(is_series(item), item.child("RecurrenceId").is_some(), "{}", text_of(item, "Subject"));
    }
}

#[tokio::test]
async fn views_have_no_bodies_nobody_invited_and_no_addresses() {
    let client = start().await;
    let answer = client.view("calendar", "2026-02-10T00:00:00Z", "2026-09-09T00:00:00Z").await;
    for name in ["Body", "RequiredAttendees", "OptionalAttendees", "Resources", "Recurrence", "TextBody"] {
        assert!(answer.all(name).is_empty(), "{name}");
    }
    let organizers = answer.all("Organizer");
    assert!(!organizers.is_empty());
    for organizer in organizers {
        let mailbox = organizer.child("Mailbox").unwrap();
        assert!(mailbox.child("Name").is_some() && mailbox.child("EmailAddress").is_none());
    }
    let longest = answer.all("Location").iter().map(|place| place.text.chars().count()).max();
    assert!(longest.is_some_and(|longest| longest <= 255), "{longest:?}");
}

async fn code(client: &Client, view: &str, rest: &str, folder: &str) -> String {
    let body = format!(
        "<m:FindItem Traversal='Shallow'><m:ItemShape><t:BaseShape>IdOnly</t:BaseShape></m:ItemShape>{view}{rest}\
         <m:ParentFolderIds><t:DistinguishedFolderId Id='{folder}'/></m:ParentFolderIds></m:FindItem>"
    );
    client.post(&body).await.codes().concat()
}

#[tokio::test]
async fn what_a_view_cannot_be_is_refused() {
    let client = start().await;
    let view = |from: &str, to: &str| format!("<m:CalendarView StartDate='{from}' EndDate='{to}'/>");
    let year = view("2026-01-01T00:00:00Z", "2027-01-01T00:00:00Z");
    assert_eq!(code(&client, &year, "", "calendar").await, "NoError");
    let long = view("2026-01-01T00:00:00Z", "2028-02-01T00:00:00Z");
    assert_eq!(code(&client, &long, "", "calendar").await, "ErrorCalendarViewRangeTooBig");
    let back = view("2026-02-01T00:00:00Z", "2026-01-01T00:00:00Z");
    assert_eq!(code(&client, &back, "", "calendar").await, "ErrorCalendarEndDateIsEarlierThanStartDate");
    let restriction =
        "<m:Restriction><t:Exists><t:FieldURI FieldURI='item:Subject'/></t:Exists></m:Restriction>";
    assert_eq!(code(&client, &year, restriction, "calendar").await, "ErrorInvalidRestriction");
    assert_eq!(code(&client, &year, "", "contacts").await, "ErrorCalendarFolderIsInvalidForCalendarView");
    let both = format!("{year}<m:IndexedPageItemView Offset='0' BasePoint='Beginning'/>");
    assert_eq!(code(&client, &both, "", "calendar").await, "ErrorSchemaValidation");
}

#[tokio::test]
async fn a_thousand_entries_are_the_limit_in_either_form() {
    let on_premises = vec!["lucia.moreno@contoso.example".to_owned()];
    let mut client =
        start_with(Options { events: 2400, contacts: 5, on_premises, ..Options::default() }).await;
    client.sign_in(LUCIA);
    let window = ("2026-01-01T00:00:00Z", "2026-12-31T00:00:00Z");
    let cut = client.view("calendar", window.0, window.1).await;
    assert_eq!(cut.all("CalendarItem").len(), 1000);
    assert_eq!(cut.one("RootFolder").attribute("IncludesLastItemInRange"), Some("false"));
    client.set(Quirk::FindLimitError, true);
    let refused = client.view("calendar", window.0, window.1).await;
    assert_eq!(refused.codes(), ["ErrorExceededFindCountLimit"]);
    let asked =
        format!("<m:CalendarView MaxEntriesReturned='7' StartDate='{}' EndDate='{}'/>", window.0, window.1);
    let few = client.find_item("IdOnly", &asked, "calendar").await;
    assert_eq!(few.all("CalendarItem").len(), 7);
    assert_eq!(few.one("RootFolder").attribute("IncludesLastItemInRange"), Some("false"));
    let half = client.view("calendar", "2026-03-01T00:00:00Z", "2026-04-01T00:00:00Z").await;
    assert_eq!(half.one("RootFolder").attribute("IncludesLastItemInRange"), Some("true"));
}

#[tokio::test]
async fn whole_days_are_midnights_of_their_creator_and_times_follow_the_requests_zone() {
    use convoke_tenant::world::event::Shape;
    use convoke_tenant::world::span::Span;
    use convoke_tenant::world::zone::NEW_YORK;
    let mut client = start().await;
    {
        let mut world = client.tenant.shared.world_mut();
        let mailbox = &mut world.mailboxes[crate::client::PAT];
        let mut content = mailbox.events.values().next().unwrap().content.clone();
        (content.zone, content.subject) = (NEW_YORK, "Abroad".into());
        let calendar = mailbox.calendars[0].key;
        let span = Span::AllDay { first: "2026-07-04".parse().unwrap(), days: 1 };
        mailbox.add_event(calendar, content, Shape::Single(span));
    }
    let find = async |client: &Client| {
        let answer = client.view("calendar", "2026-07-04T00:00:00Z", "2026-07-05T00:00:00Z").await;
        let found = answer.all("CalendarItem").into_iter().find(|item| text_of(item, "Subject") == "Abroad");
        let found = found.unwrap();
        let zone = found.child("StartTimeZone").unwrap().attribute("Id").unwrap().to_owned();
        (text_of(&found, "Start"), text_of(&found, "End"), text_of(&found, "IsAllDayEvent"), zone)
    };
    let expected = |start: &str, end: &str| {
        (start.to_owned(), end.to_owned(), "true".to_owned(), "Eastern Standard Time".to_owned())
    };
    assert_eq!(find(&client).await, expected("2026-07-04T04:00:00Z", "2026-07-05T04:00:00Z"));
    client.header.push_str(
        "<t:TimeZoneContext><t:TimeZoneDefinition Id='Romance Standard Time'/></t:TimeZoneContext>",
    );
    let abroad = expected("2026-07-04T06:00:00+02:00", "2026-07-05T06:00:00+02:00");
    assert_eq!(find(&client).await, abroad);
}
