//! Contacts and their folders.

use chrono::NaiveDate;

/// A folder of contacts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContactFolder {
    /// Its number in the mailbox.
    pub key: u64,
    /// Display name.
    pub name: String,
    /// The folder it lies in; absent for the default folder.
    pub parent: Option<u64>,
    /// The mailbox's version of its last change.
    pub changed: u64,
    /// The mailbox's version that deleted it.
    pub gone: Option<u64>,
}

/// A postal address.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Address {
    /// Street and number.
    pub street: String,
    /// City.
    pub city: String,
    /// State; may be empty.
    pub state: String,
    /// Postal code.
    pub postal_code: String,
    /// Country.
    pub country: String,
}

/// What a contact says. Empty texts mean absent.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Card {
    /// Display name.
    pub name: String,
    /// Given name.
    pub given_name: String,
    /// Surname.
    pub surname: String,
    /// Company.
    pub company: String,
    /// Job title.
    pub title: String,
    /// Department.
    pub department: String,
    /// Office.
    pub office: String,
    /// Mail addresses.
    pub emails: Vec<String>,
    /// Mobile number.
    pub mobile: String,
    /// Business numbers.
    pub business_phones: Vec<String>,
    /// Private numbers.
    pub home_phones: Vec<String>,
    /// Business address.
    pub business_address: Option<Address>,
    /// Private address.
    pub home_address: Option<Address>,
    /// Other address.
    pub other_address: Option<Address>,
    /// Birthday.
    pub birthday: Option<NaiveDate>,
    /// Outlook's categories.
    pub categories: Vec<&'static str>,
    /// Notes.
    pub notes: String,
}

/// One contact.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contact {
    /// Its number in the mailbox.
    pub key: u64,
    /// The folder's number.
    pub folder: u64,
    /// What it says.
    pub card: Card,
    /// The mailbox's version that brought it into its folder.
    pub arrived: u64,
    /// The mailbox's version of its last change.
    pub changed: u64,
    /// The mailbox's version that deleted it.
    pub gone: Option<u64>,
    /// Folders it was moved out of, with the mailbox's version.
    pub left: Vec<(u64, u64)>,
    /// Whether there is a photo.
    pub has_photo: bool,
}
