//! The properties that are asked for.

use crate::version::SchemaVersion;
use crate::xml::Tag;

/// What FindItem can give of a calendar item: neither body nor attendees, and of the organizer only the name.
pub(super) const LISTED: &[&str] = &[
    "item:Subject",
    "item:Sensitivity",
    "calendar:UID",
    "calendar:Start",
    "calendar:End",
    "calendar:IsAllDayEvent",
    "calendar:LegacyFreeBusyStatus",
    "calendar:Location",
    "calendar:IsMeeting",
    "calendar:IsCancelled",
    "calendar:CalendarItemType",
    "calendar:MyResponseType",
    "calendar:Organizer",
    "calendar:StartTimeZone",
    "calendar:EndTimeZone",
    "calendar:MeetingWorkspaceUrl",
    "calendar:NetShowUrl",
];

/// What GetItem gives besides.
pub(super) const DETAILS: &[&str] = &[
    "item:Body",
    "item:WebClientReadFormQueryString",
    "calendar:RequiredAttendees",
    "calendar:OptionalAttendees",
    "calendar:Resources",
];

/// What there is of a calendar item since Exchange 2013.
const SINCE_2013: &[&str] = &["calendar:JoinOnlineMeetingUrl"];

/// The shape of items with no more than these properties; `AllProperties` would bring attachments and more.
pub(super) fn shape(fields: impl IntoIterator<Item = &'static str>) -> Tag {
    let fields = fields.into_iter().map(|field| Tag::new("t:FieldURI").with("FieldURI", field));
    Tag::new("m:ItemShape")
        .child(Tag::new("t:BaseShape").text("IdOnly"))
        .child(Tag::new("t:BodyType").text("Text"))
        .child(Tag::new("t:AdditionalProperties").children(fields))
}

/// The calendar item's properties that a version knows, after those that are given.
pub(super) fn calendar(
    fields: &'static [&'static str],
    version: SchemaVersion,
) -> impl Iterator<Item = &'static str> {
    let newer = if version >= SchemaVersion::Exchange2013 { SINCE_2013 } else { &[] };
    fields.iter().chain(newer).copied()
}
