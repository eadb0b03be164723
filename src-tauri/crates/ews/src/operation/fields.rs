//! The properties that are asked for.

use crate::version::SchemaVersion;
use crate::xml::Tag;

/// What FindItem can give of a calendar item: neither body nor attendees, and of the organizer only the name.
const LISTED: &[&str] = &[
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
const DETAILS: &[&str] = &[
    "item:Body",
    "item:WebClientReadFormQueryString",
    "calendar:RequiredAttendees",
    "calendar:OptionalAttendees",
    "calendar:Resources",
];

/// What there is of a calendar item since Exchange 2013.
const SINCE_2013: &[&str] = &["calendar:JoinOnlineMeetingUrl"];

/// What GetItem gives besides since Exchange 2013: the text that Graph has as `bodyPreview`.
const DETAILS_SINCE_2013: &[&str] = &["item:Preview"];

/// The shape of calendar items in a list.
pub(super) fn listed(version: SchemaVersion) -> Tag {
    base().child(additional(listed_fields(version)))
}

/// The shape of calendar items with everything, the body as plain text. `AllProperties` would bring
/// attachments and more.
pub(super) fn detailed(version: SchemaVersion) -> Tag {
    let newer = if version >= SchemaVersion::Exchange2013 { DETAILS_SINCE_2013 } else { &[] };
    let fields = listed_fields(version).chain(DETAILS.iter().chain(newer).copied());
    base().child(Tag::new("t:BodyType").text("Text")).child(additional(fields))
}

fn base() -> Tag {
    Tag::new("m:ItemShape").child(Tag::new("t:BaseShape").text("IdOnly"))
}

fn additional(fields: impl Iterator<Item = &'static str>) -> Tag {
    Tag::new("t:AdditionalProperties")
        .children(fields.map(|field| Tag::new("t:FieldURI").with("FieldURI", field)))
}

fn listed_fields(version: SchemaVersion) -> impl Iterator<Item = &'static str> {
    let newer = if version >= SchemaVersion::Exchange2013 { SINCE_2013 } else { &[] };
    LISTED.iter().chain(newer).copied()
}
