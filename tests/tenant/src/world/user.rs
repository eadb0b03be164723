//! People of the organization: who can sign in, and who is in the directory.

use super::zone::Zone;

/// What a user may decide in the tenant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// For themselves.
    User,
    /// For everybody.
    Admin,
}

/// Where a user's mailbox is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mailbox {
    /// In Exchange Online; Graph serves it.
    Cloud,
    /// On a server of the company; Graph does not serve it.
    OnPremises,
    /// Nowhere: no licence.
    None,
}

/// Somebody who can sign in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct User {
    /// Entra's object id, a GUID.
    pub object_id: String,
    /// User principal name.
    pub username: String,
    /// Password on all sign-in pages.
    pub password: String,
    /// Display name.
    pub display_name: String,
    /// Given name.
    pub given_name: String,
    /// Surname.
    pub surname: String,
    /// Mail address; absent without a mailbox.
    pub mail: Option<String>,
    /// What they may decide.
    pub role: Role,
    /// Where their mailbox is.
    pub mailbox: Mailbox,
    /// The zone they work in.
    pub zone: Zone,
}

/// An entry of the directory.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct DirectoryPerson {
    /// Object id, a GUID.
    pub object_id: String,
    /// Display name.
    pub display_name: String,
    /// Given name.
    pub given_name: String,
    /// Surname.
    pub surname: String,
    /// Mail address; a few have none.
    pub mail: Option<String>,
    /// User principal name.
    pub username: String,
    /// Job title.
    pub job_title: &'static str,
    /// Department.
    pub department: &'static str,
    /// Office.
    pub office: &'static str,
    /// Mobile number.
    pub mobile: Option<String>,
    /// Business number.
    pub business_phone: Option<String>,
    /// Whether there is a photo.
    pub has_photo: bool,
}

impl DirectoryPerson {
    /// Whether the company's own server lists them: they have an address of mail, and are no guest of the cloud.
    #[must_use]
    pub fn is_in_address_list(&self) -> bool {
        self.mail.is_some() && !self.username.contains("#EXT#")
    }
}
