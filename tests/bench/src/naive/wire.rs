//! The shapes of the answers, as far as they are kept.

use serde::{Deserialize, Serialize};

/// The contact's properties that are asked for: those that the product asks for.
pub const CONTACT_FIELDS: &str = "id,displayName,givenName,surname,companyName,jobTitle,department,officeLocation,\
    emailAddresses,mobilePhone,businessPhones,homePhones,businessAddress,homeAddress,otherAddress,birthday,categories";

/// A page of a list or round.
#[derive(Deserialize)]
pub struct Page<T> {
    /// Its entries.
    pub value: Vec<T>,
    /// The page that follows.
    #[serde(rename = "@odata.nextLink")]
    pub next: Option<String>,
    /// The round that follows.
    #[serde(rename = "@odata.deltaLink")]
    pub delta: Option<String>,
}

/// Something of which only the id matters.
#[derive(Deserialize)]
pub struct Named {
    /// Its id.
    pub id: String,
}

/// `@removed`.
#[derive(Deserialize, Serialize)]
pub struct Removed {}

/// An event.
#[derive(Default, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Event {
    pub id: String,
    #[serde(rename = "@removed", skip_serializing)]
    pub removed: Option<Removed>,
    #[serde(rename = "type")]
    pub kind: Option<String>,
    pub series_master_id: Option<String>,
    pub subject: Option<String>,
    pub body_preview: Option<String>,
    pub body: Option<Body>,
    pub start: Option<Time>,
    pub end: Option<Time>,
    pub is_all_day: Option<bool>,
    pub is_cancelled: Option<bool>,
    pub is_organizer: Option<bool>,
    pub show_as: Option<String>,
    pub sensitivity: Option<String>,
    pub response_status: Option<Response>,
    pub organizer: Option<Recipient>,
    pub attendees: Option<Vec<Attendee>>,
    pub location: Option<Location>,
    pub online_meeting: Option<OnlineMeeting>,
    pub web_link: Option<String>,
}

impl Event {
    /// Whether it stands in an agenda: it takes place, and is not the master of a series.
    pub fn is_listed(&self) -> bool {
        self.removed.is_none() && self.kind.as_deref() != Some("seriesMaster")
    }
}

/// The text of an invitation.
#[derive(Deserialize, Serialize)]
pub struct Body {
    pub content: Option<String>,
}

/// A local time and its zone.
#[derive(Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Time {
    pub date_time: String,
    pub time_zone: String,
}

/// An answer to an invitation.
#[derive(Deserialize, Serialize)]
pub struct Response {
    pub response: Option<String>,
}

/// Somebody with an address.
#[derive(Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Recipient {
    pub email_address: Option<Address>,
}

/// A name and an address.
#[derive(Deserialize, Serialize)]
pub struct Address {
    pub name: Option<String>,
    pub address: Option<String>,
}

/// Somebody invited.
#[derive(Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Attendee {
    #[serde(rename = "type")]
    pub kind: Option<String>,
    pub status: Option<Response>,
    pub email_address: Option<Address>,
}

/// A place.
#[derive(Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Location {
    pub display_name: Option<String>,
}

/// How to join.
#[derive(Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct OnlineMeeting {
    pub join_url: Option<String>,
}

/// A contact.
#[derive(Default, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Contact {
    pub id: String,
    #[serde(rename = "@removed", skip_serializing)]
    pub removed: Option<Removed>,
    pub display_name: Option<String>,
    pub given_name: Option<String>,
    pub surname: Option<String>,
    pub company_name: Option<String>,
    pub job_title: Option<String>,
    pub department: Option<String>,
    pub office_location: Option<String>,
    pub email_addresses: Option<Vec<Address>>,
    pub mobile_phone: Option<String>,
    pub business_phones: Option<Vec<String>>,
    pub home_phones: Option<Vec<String>>,
    pub business_address: Option<Postal>,
    pub home_address: Option<Postal>,
    pub other_address: Option<Postal>,
    pub birthday: Option<String>,
    pub categories: Option<Vec<String>>,
}

/// A postal address.
#[derive(Default, Deserialize, Serialize)]
#[serde(rename_all = "camelCase", default)]
pub struct Postal {
    pub street: Option<String>,
    pub city: Option<String>,
    pub state: Option<String>,
    pub postal_code: Option<String>,
    pub country_or_region: Option<String>,
}
