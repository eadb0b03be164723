//! The `event` resource (Graph `resources/event.md`).

use serde::Deserialize;

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct EventWire {
    pub id: Option<String>,
    #[serde(rename = "@removed")]
    pub removed: Option<RemovedWire>,
    #[serde(rename = "type")]
    pub kind: Option<String>,
    pub series_master_id: Option<String>,
    pub subject: Option<String>,
    pub body_preview: Option<String>,
    pub body: Option<BodyWire>,
    pub start: Option<TimeWire>,
    pub end: Option<TimeWire>,
    pub original_start_time_zone: Option<String>,
    pub is_all_day: Option<bool>,
    pub is_cancelled: Option<bool>,
    pub is_organizer: Option<bool>,
    pub show_as: Option<String>,
    pub sensitivity: Option<String>,
    pub response_status: Option<ResponseWire>,
    pub organizer: Option<RecipientWire>,
    pub attendees: Option<Vec<AttendeeWire>>,
    pub location: Option<LocationWire>,
    pub online_meeting: Option<OnlineMeetingWire>,
    pub online_meeting_url: Option<String>,
    pub web_link: Option<String>,
}

/// `@removed`; its reason makes no difference to us.
#[derive(Debug, Deserialize)]
pub(crate) struct RemovedWire {}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct BodyWire {
    pub content_type: Option<String>,
    pub content: Option<String>,
}

/// `dateTimeTimeZone`: a local time without offset, seven digits of fraction, and the zone's name.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct TimeWire {
    pub date_time: Option<String>,
    pub time_zone: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct ResponseWire {
    pub response: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct RecipientWire {
    pub email_address: Option<AddressWire>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(crate) struct AddressWire {
    pub name: Option<String>,
    pub address: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct AttendeeWire {
    #[serde(rename = "type")]
    pub kind: Option<String>,
    pub status: Option<ResponseWire>,
    pub email_address: Option<AddressWire>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct LocationWire {
    pub display_name: Option<String>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct OnlineMeetingWire {
    pub join_url: Option<String>,
    pub conference_id: Option<String>,
    pub toll_number: Option<String>,
    pub toll_free_numbers: Option<Vec<String>>,
}
