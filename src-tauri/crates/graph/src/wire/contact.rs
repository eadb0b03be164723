//! The `contact` resource (Graph `resources/contact.md`).

use serde::Deserialize;

use super::event::{AddressWire, RemovedWire};

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct ContactWire {
    pub id: Option<String>,
    #[serde(rename = "@removed")]
    pub removed: Option<RemovedWire>,
    pub display_name: Option<String>,
    pub given_name: Option<String>,
    pub surname: Option<String>,
    pub company_name: Option<String>,
    pub job_title: Option<String>,
    pub department: Option<String>,
    pub office_location: Option<String>,
    pub email_addresses: Option<Vec<Option<AddressWire>>>,
    pub mobile_phone: Option<String>,
    pub business_phones: Option<Vec<Option<String>>>,
    pub home_phones: Option<Vec<Option<String>>>,
    pub business_address: Option<PostalWire>,
    pub home_address: Option<PostalWire>,
    pub other_address: Option<PostalWire>,
    pub birthday: Option<String>,
    pub categories: Option<Vec<String>>,
}

/// `physicalAddress`; often `{}`.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub(crate) struct PostalWire {
    pub street: Option<String>,
    pub city: Option<String>,
    pub state: Option<String>,
    pub postal_code: Option<String>,
    pub country_or_region: Option<String>,
}
