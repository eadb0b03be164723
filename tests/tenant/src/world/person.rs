//! A name with an address.

/// Somebody as mail names them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Person {
    /// Display name; may be empty.
    pub name: String,
    /// SMTP address.
    pub address: String,
}

impl Person {
    /// A person of that name and address.
    pub fn new(name: impl Into<String>, address: impl Into<String>) -> Self {
        Self { name: name.into(), address: address.into() }
    }
}
