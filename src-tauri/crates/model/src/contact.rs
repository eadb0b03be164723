//! A contact as people and scripts see it.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

/// One person or company of the contact directory.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct Contact {
    /// The immutable id of the server.
    pub id: String,
    /// The display name; where empty: given name and surname, else company, else the first address.
    pub name: String,
    /// Given name.
    pub given_name: Option<String>,
    /// Surname.
    pub surname: Option<String>,
    /// Company.
    pub company: Option<String>,
    /// Job title.
    pub title: Option<String>,
    /// Department.
    pub department: Option<String>,
    /// Office location.
    pub office: Option<String>,
    /// Mail addresses in the server's order.
    pub emails: Vec<Email>,
    /// Telephone numbers: mobile, then business, then home.
    pub phones: Vec<Phone>,
    /// Postal addresses: business, then home, then other; empty ones left out.
    pub addresses: Vec<PostalAddress>,
    /// Birthday, as a date.
    pub birthday: Option<NaiveDate>,
    /// Categories in the server's order.
    pub categories: Vec<String>,
    /// Name of the folder; absent for the default folder.
    pub folder: Option<String>,
    /// Where it came from.
    pub source: ContactSource,
    /// Whether a photo is known to exist.
    pub photo: bool,
}

impl Contact {
    /// A name where the server gives none: given name and surname, else the company, else the first address.
    #[must_use]
    pub fn fallback_name(&self) -> String {
        let parts: Vec<&str> =
            [&self.given_name, &self.surname].into_iter().flatten().map(String::as_str).collect();
        if !parts.is_empty() {
            return parts.join(" ");
        }
        let address = self.emails.first().map(|email| email.address.clone());
        self.company.clone().or(address).unwrap_or_default()
    }
}

/// A mail address.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Email {
    /// `email` for the addresses of a contact, `work` for those of the directory.
    pub kind: String,
    /// The SMTP address.
    pub address: String,
}

/// A telephone number.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
pub struct Phone {
    /// `mobile`, `business` or `home`.
    pub kind: String,
    /// The number as written.
    pub number: String,
}

/// A postal address.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub struct PostalAddress {
    /// `business`, `home` or `other`.
    pub kind: String,
    /// Street and number.
    pub street: Option<String>,
    /// City.
    pub city: Option<String>,
    /// State or province.
    pub state: Option<String>,
    /// Postal code.
    pub postal_code: Option<String>,
    /// Country or region.
    pub country: Option<String>,
}

/// Where a contact came from.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "ts", derive(ts_rs::TS))]
#[serde(rename_all = "camelCase")]
pub enum ContactSource {
    /// The user's own contact folders.
    #[default]
    Contacts,
    /// The organization's directory, looked up live.
    Directory,
    /// An on-premises mailbox.
    Ews,
}
