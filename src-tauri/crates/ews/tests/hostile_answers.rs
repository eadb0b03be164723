//! Answers that were changed on their way: read or refused, and never short.

#![allow(clippy::unwrap_used, clippy::panic)] // A test, functions beside the tests too.

use bytes::Bytes;
use convoke_ews::operation::{Answer, GetPhoto};
use convoke_ews::operation::{
    CalendarView, FindFolders, FindPeople, GetContacts, GetEvents, ListContacts, Operation, Probe,
    ResolveNames, Respond, SyncItems, View,
};
use convoke_ews::{Endpoint, Folder, ItemRef};
use convoke_model::window::TimeWindow;
use http::Response;
use proptest::prelude::{ProptestConfig, any, prop, proptest};

const ZONE: &str = r#"<t:Periods><t:Period Bias="-PT1H" Name="Standard" Id="std"/><t:Period Bias="-PT2H" Name="Daylight" Id="dst"/></t:Periods><t:TransitionsGroups><t:TransitionsGroup Id="0"><t:RecurringDayTransition><t:To Kind="Period">dst</t:To><t:TimeOffset>PT2H</t:TimeOffset><t:Month>3</t:Month><t:DayOfWeek>Sunday</t:DayOfWeek><t:Occurrence>-1</t:Occurrence></t:RecurringDayTransition><t:RecurringDayTransition><t:To Kind="Period">std</t:To><t:TimeOffset>PT3H</t:TimeOffset><t:Month>10</t:Month><t:DayOfWeek>Sunday</t:DayOfWeek><t:Occurrence>-1</t:Occurrence></t:RecurringDayTransition></t:TransitionsGroup></t:TransitionsGroups><t:Transitions><t:Transition><t:To Kind="Group">0</t:To></t:Transition></t:Transitions>"#;

fn endpoint() -> Endpoint {
    Endpoint::new("https://mail.contoso.example/EWS/Exchange.asmx").unwrap()
}

fn event(index: usize) -> String {
    format!(
        r#"<t:CalendarItem><t:ItemId Id="E{index}=" ChangeKey="DwAA"/><t:Subject>Stand-up &amp; more</t:Subject><t:Sensitivity>Normal</t:Sensitivity><t:Body BodyType="Text">https://us02web.zoom.us/j/812 Passcode: aB3</t:Body><t:UID>0400</t:UID><t:Start>2026-03-09T23:00:00Z</t:Start><t:End>2026-03-10T23:00:00Z</t:End><t:IsAllDayEvent>true</t:IsAllDayEvent><t:LegacyFreeBusyStatus>Busy</t:LegacyFreeBusyStatus><t:Location>Room</t:Location><t:IsMeeting>true</t:IsMeeting><t:CalendarItemType>Occurrence</t:CalendarItemType><t:MyResponseType>Accept</t:MyResponseType><t:Organizer><t:Mailbox><t:Name>Ana</t:Name><t:EmailAddress>/o=X/cn=ana</t:EmailAddress><t:RoutingType>EX</t:RoutingType></t:Mailbox></t:Organizer><t:StartTimeZone Id="" Name="">{ZONE}</t:StartTimeZone><t:EndTimeZone Id="Customized Time Zone" Name="">{ZONE}</t:EndTimeZone></t:CalendarItem>"#
    )
}

fn view_answer(events: usize) -> String {
    let items: String = (0..events).map(event).collect();
    format!(
        r#"<?xml version="1.0" encoding="utf-8"?><s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><m:FindItemResponse xmlns:m="http://schemas.microsoft.com/exchange/services/2006/messages" xmlns:t="http://schemas.microsoft.com/exchange/services/2006/types"><m:ResponseMessages><m:FindItemResponseMessage ResponseClass="Success"><m:ResponseCode>NoError</m:ResponseCode><m:RootFolder TotalItemsInView="{events}" IncludesLastItemInRange="true"><t:Items>{items}</t:Items></m:RootFolder></m:FindItemResponseMessage></m:ResponseMessages></m:FindItemResponse></s:Body></s:Envelope>"#
    )
}

fn answer(status: u16, body: Vec<u8>) -> Response<Bytes> {
    Response::builder()
        .status(status)
        .header("content-type", "text/xml; charset=utf-8")
        .body(body.into())
        .unwrap()
}

fn view() -> CalendarView {
    let window = TimeWindow {
        start: "2026-03-01T00:00:00Z".parse().unwrap(),
        end: "2026-04-01T00:00:00Z".parse().unwrap(),
    };
    CalendarView { folder: Folder::Calendar, window }
}

/// How many events were read; `None` where the answer was refused.
fn count(body: Vec<u8>) -> Option<usize> {
    match view().parse(&answer(200, body), &endpoint()) {
        Ok(View::Whole(items)) => {
            let ids: Vec<_> = items.into_iter().map(|item| item.resolve(|_| None).id).collect();
            Some(ids.len())
        }
        Ok(View::Overflow) | Err(_) => None,
    }
}

#[test]
fn a_full_answer_with_every_zone_spelled_out_is_within_the_bounds() {
    let body = view_answer(1_000);
    assert!(body.len() > 2_000_000);
    assert_eq!(count(body.into_bytes()), Some(1_000));
}

#[test]
fn f43_an_answer_cut_anywhere_is_refused() {
    let body = view_answer(2).into_bytes();
    assert_eq!(count(body.clone()), Some(2));
    for length in 0..body.len() {
        assert_eq!(count(body[..length].to_vec()), None, "{length}");
    }
}

/// What every operation makes of an answer; only that it comes back counts.
fn read_by_all(response: &Response<Bytes>) {
    let endpoint = endpoint();
    let item = ItemRef { id: "E0=".to_owned(), change_key: Some("k".to_owned()) };
    let _ = Probe.parse(response, &endpoint);
    let _ = FindFolders { offset: 0 }.parse(response, &endpoint);
    let _ = view().parse(response, &endpoint);
    let _ = GetEvents { items: vec![item.clone()] }.parse(response, &endpoint);
    let _ = GetContacts { items: vec![item.clone()], folder_name: None }.parse(response, &endpoint);
    let _ = ListContacts { folder: Folder::Contacts, offset: 0 }.parse(response, &endpoint);
    let _ = SyncItems { folder: Folder::Calendar, state: None }.parse(response, &endpoint);
    let _ = ResolveNames { entry: "a".to_owned() }.parse(response, &endpoint);
    let _ = FindPeople { text: "a".to_owned(), limit: 5 }.parse(response, &endpoint);
    let _ = GetPhoto { address: "a@x.example".to_owned(), known: None }.parse(response, &endpoint);
    let _ = Respond { item, answer: Answer::Accept, comment: None, send: false }.parse(response, &endpoint);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_bytes_under_any_status(bytes in prop::collection::vec(any::<u8>(), 0..400), status in 200_u16..600) {
        read_by_all(&answer(status, bytes));
    }

    #[test]
    fn f43_a_changed_byte_never_hides_an_event(at in any::<prop::sample::Index>(), byte in any::<u8>()) {
        let mut body = view_answer(3).into_bytes();
        let at = at.index(body.len());
        body[at] = byte;
        read_by_all(&answer(200, body.clone()));
        if let Some(count) = count(body) {
            assert_eq!(count, 3);
        }
    }

    #[test]
    fn a_changed_time_is_a_time_or_refused(text in "[0-9TZ:.+-]{0,30}") {
        let body = view_answer(1).replace("2026-03-09T23:00:00Z", &text);
        let _ = count(body.into_bytes());
    }
}
