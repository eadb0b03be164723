//! `FindItem` with a `CalendarView` (EWS `calendarview`, `finditem-operation`).

use bytes::Bytes;
use convoke_model::record::EventRecord;
use convoke_model::window::TimeWindow;
use http::{Request, Response};

use super::{Operation, fields, instant, paging};
use crate::endpoint::Endpoint;
use crate::error::{EwsError, RefusalKind};
use crate::folder::Folder;
use crate::item::Item;
use crate::xml::{Namespace, Tag, XmlError};
use crate::{map, parse, request};

/// The events of a calendar that touch a window: every date of a series by itself, and no masters.
#[derive(Clone, Debug)]
pub struct CalendarView {
    /// The calendar.
    pub folder: Folder,
    /// The span of time, at most two years ([`split`](crate::view::split)).
    pub window: TimeWindow,
}

/// What a window holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum View {
    /// All of it. Body, attendees and the organizer's address take [`GetEvents`](super::GetEvents).
    Whole(Vec<Item<EventRecord>>),
    /// More than the server lists at once, or longer than it takes: ask for its halves
    /// ([`bisect`](crate::view::bisect)).
    Overflow,
}

/// What a server gives at most (`EWSFindCountLimit`).
const MOST: usize = 1_000;

impl Operation for CalendarView {
    type Response = View;

    fn request(&self, endpoint: &Endpoint) -> Result<Request<Bytes>, EwsError> {
        let view = Tag::new("m:CalendarView")
            .with("MaxEntriesReturned", MOST.to_string())
            .with("StartDate", instant(self.window.start))
            .with("EndDate", instant(self.window.end));
        let operation = Tag::new("m:FindItem")
            .with("Traversal", "Shallow")
            .child(fields::listed(endpoint.version()))
            .child(view)
            .child(Tag::new("m:ParentFolderIds").child(self.folder.tag()));
        request::post(endpoint, operation)
    }

    fn parse(&self, response: &Response<Bytes>, endpoint: &Endpoint) -> Result<Self::Response, EwsError> {
        let message = match parse::message("FindItem", response, endpoint) {
            Err(error) if is_overflow(&error) => return Ok(View::Overflow),
            message => message?,
        };
        let root = message.child(Namespace::Messages, "RootFolder");
        let root = root.ok_or(EwsError::Missing { field: "RootFolder" })?;
        let items = root.typed("Items").ok_or(EwsError::Missing { field: "Items" })?;
        if !paging::includes_last(root)? {
            return Ok(View::Overflow);
        }
        // A calendar folder may hold other kinds; they are no events.
        let events = items.all(Namespace::Types, "CalendarItem").map(map::event::event);
        events.collect::<Result<_, _>>().map(View::Whole)
    }
}

/// Whether a shorter window would be answered: the server says so, or says more than is read at once.
fn is_overflow(error: &EwsError) -> bool {
    match error {
        EwsError::Refused(refusal) => {
            matches!(refusal.kind, RefusalKind::TooMany | RefusalKind::RangeTooLong)
        }
        EwsError::Malformed { source, .. } => {
            matches!(source, XmlError::TooManyElements | XmlError::TooLarge)
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::{CalendarView, Operation, View};
    use crate::operation::test_answers::{answer, body, endpoint, failure, messages, success};
    use crate::{EwsError, Folder, RefusalKind, SchemaVersion};
    use convoke_model::record::EventKind;
    use convoke_model::window::TimeWindow;

    fn view() -> CalendarView {
        let window = TimeWindow {
            start: "2026-03-01T00:00:00Z".parse().unwrap(),
            end: "2026-04-01T00:00:00Z".parse().unwrap(),
        };
        CalendarView { folder: Folder::Calendar, window }
    }

    /// As Appendix A2 of Microsoft's shape has it.
    fn content(attributes: &str) -> String {
        format!(
            r#"<m:RootFolder {attributes}><t:Items>
            <t:CalendarItem><t:ItemId Id="O1=" ChangeKey="DwAA"/><t:Subject>Stand-up</t:Subject><t:Sensitivity>Normal</t:Sensitivity><t:UID>0400</t:UID><t:Start>2026-03-02T08:00:00Z</t:Start><t:End>2026-03-02T08:15:00Z</t:End><t:IsAllDayEvent>false</t:IsAllDayEvent><t:LegacyFreeBusyStatus>Busy</t:LegacyFreeBusyStatus><t:IsMeeting>true</t:IsMeeting><t:IsCancelled>false</t:IsCancelled><t:CalendarItemType>Occurrence</t:CalendarItemType><t:MyResponseType>Accept</t:MyResponseType><t:Organizer><t:Mailbox><t:Name>Ana Gil</t:Name></t:Mailbox></t:Organizer><t:StartTimeZone Id="Romance Standard Time" Name="(UTC+01:00) Madrid"/></t:CalendarItem>
            <t:CalendarItem><t:ItemId Id="O2=" ChangeKey="DwAA"/><t:Subject>Stand-up</t:Subject><t:UID>0400</t:UID><t:Start>2026-03-03T08:00:00Z</t:Start><t:End>2026-03-03T08:15:00Z</t:End><t:CalendarItemType>Exception</t:CalendarItemType></t:CalendarItem>
            <t:Task><t:ItemId Id="T=" ChangeKey="x"/></t:Task></t:Items></m:RootFolder>"#
        )
    }

    #[test]
    fn request() {
        assert_eq!(
            body(&view()),
            r#"<m:FindItem Traversal="Shallow"><m:ItemShape><t:BaseShape>IdOnly</t:BaseShape><t:AdditionalProperties><t:FieldURI FieldURI="item:Subject"/><t:FieldURI FieldURI="item:Sensitivity"/><t:FieldURI FieldURI="calendar:UID"/><t:FieldURI FieldURI="calendar:Start"/><t:FieldURI FieldURI="calendar:End"/><t:FieldURI FieldURI="calendar:IsAllDayEvent"/><t:FieldURI FieldURI="calendar:LegacyFreeBusyStatus"/><t:FieldURI FieldURI="calendar:Location"/><t:FieldURI FieldURI="calendar:IsMeeting"/><t:FieldURI FieldURI="calendar:IsCancelled"/><t:FieldURI FieldURI="calendar:CalendarItemType"/><t:FieldURI FieldURI="calendar:MyResponseType"/><t:FieldURI FieldURI="calendar:Organizer"/><t:FieldURI FieldURI="calendar:StartTimeZone"/><t:FieldURI FieldURI="calendar:EndTimeZone"/><t:FieldURI FieldURI="calendar:MeetingWorkspaceUrl"/><t:FieldURI FieldURI="calendar:NetShowUrl"/><t:FieldURI FieldURI="calendar:JoinOnlineMeetingUrl"/></t:AdditionalProperties></m:ItemShape><m:CalendarView MaxEntriesReturned="1000" StartDate="2026-03-01T00:00:00Z" EndDate="2026-04-01T00:00:00Z"/><m:ParentFolderIds><t:DistinguishedFolderId Id="calendar"/></m:ParentFolderIds></m:FindItem>"#
        );
        let other = CalendarView { folder: Folder::Id("A\"<B".to_owned()), ..view() };
        assert!(body(&other).contains(r#"<t:FolderId Id="A&quot;&lt;B"/>"#));
        // A mailbox of 2010 would refuse what it does not know.
        let old = endpoint().with_version(SchemaVersion::Exchange2010Sp2);
        let request = String::from_utf8(view().request(&old).unwrap().body().to_vec()).unwrap();
        assert!(
            !request.contains("JoinOnlineMeetingUrl") && request.contains(r#"Version="Exchange2010_SP2""#)
        );
    }

    #[test]
    fn occurrences_share_the_id_of_their_series() {
        let content = content(r#"TotalItemsInView="2" IncludesLastItemInRange="true""#);
        let answer = messages("FindItem", &success("FindItem", &content));
        let View::Whole(items) = view().parse(&answer, &endpoint()).unwrap() else { panic!("whole") };
        let events: Vec<_> = items.into_iter().map(|item| item.resolve(|_| None)).collect();
        let found: Vec<_> = events.iter().map(|e| (e.id.as_str(), e.series_id.as_deref(), e.kind)).collect();
        assert_eq!(
            found,
            [("O1=", Some("0400"), EventKind::Occurrence), ("O2=", Some("0400"), EventKind::Exception)]
        );
        let organizer = events[0].content.organizer.as_ref().unwrap();
        assert_eq!((organizer.name.as_str(), organizer.address.as_str()), ("Ana Gil", ""));
    }

    #[test]
    fn windows_that_hold_too_much_are_to_be_halved() {
        let partial =
            success("FindItem", &content(r#"TotalItemsInView="1000" IncludesLastItemInRange="false""#));
        for message in [
            partial,
            failure(
                "FindItem",
                "ErrorExceededFindCountLimit",
                "You have exceeded the maximum number of objects.",
            ),
            failure(
                "FindItem",
                "\nErrorCalendarViewRangeTooBig ",
                "The specified view range exceeds two years.",
            ),
        ] {
            let parsed = view().parse(&messages("FindItem", &message), &endpoint());
            assert_eq!(parsed.ok(), Some(View::Overflow), "{message}");
        }
        let huge = messages("FindItem", &"<m:x/>".repeat(400_000));
        assert_eq!(view().parse(&huge, &endpoint()).ok(), Some(View::Overflow));
        let gone = failure("FindItem", "ErrorFolderNotFound", "");
        let error = view().parse(&messages("FindItem", &gone), &endpoint()).unwrap_err();
        assert_eq!(error.kind(), Some(&RefusalKind::NotFound));
    }

    #[test]
    fn f43_b59_an_answer_cut_short_never_has_fewer_events() {
        let content = content(r#"TotalItemsInView="2" IncludesLastItemInRange="true""#);
        let whole = messages("FindItem", &success("FindItem", &content));
        for length in 0..whole.body().len() {
            let parsed = view().parse(&answer(200, whole.body().slice(..length)), &endpoint());
            assert!(matches!(parsed, Err(EwsError::Malformed { .. })), "{length}: {parsed:?}");
        }
        for content in [
            "<m:RootFolder><t:Items/></m:RootFolder>",
            r#"<m:RootFolder IncludesLastItemInRange="true"/>"#,
            r#"<m:RootFolder IncludesLastItemInRange="true"><t:Items><t:CalendarItem/></t:Items></m:RootFolder>"#,
            "",
        ] {
            let answer = messages("FindItem", &success("FindItem", content));
            assert!(matches!(view().parse(&answer, &endpoint()), Err(EwsError::Missing { .. })), "{content}");
        }
        let empty =
            r#"<m:RootFolder TotalItemsInView="0" IncludesLastItemInRange="true"><t:Items/></m:RootFolder>"#;
        let answer = messages("FindItem", &success("FindItem", empty));
        assert_eq!(view().parse(&answer, &endpoint()).ok(), Some(View::Whole(Vec::new())));
    }
}
