//! Groups of contacts: lists of people under one name. An on-premises server sends them among the contacts; Graph
//! has no word for them.

use super::person::Person;

/// Numbers of groups begin here: nothing else in a mailbox has such a number.
pub const GROUP_KEYS: u64 = 1 << 40;

/// A group in a folder of contacts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ContactGroup {
    /// Its number in the mailbox.
    pub key: u64,
    /// The folder's number.
    pub folder: u64,
    /// Its name.
    pub name: &'static str,
    /// Who belongs to it.
    pub members: Vec<Person>,
}
