//! A sentence as data: which one it is, what it tells of, and how it reads in English.
//!
//! The window says it in its user's language, from its own message files. `convokectl` speaks English: serialized, a
//! message is its English text.

use std::fmt;
use std::io;

use serde::{Serialize, Serializer};

use crate::fs::DanglingLink;
use crate::sentences::{dangling_link, permission_denied, system_error};

/// A sentence, or a part of one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Message {
    /// Its name among [`crate::sentences::SENTENCES`]. `None`: what reads the same in every language.
    pub sentence: Option<&'static str>,
    /// English, complete.
    pub en: String,
    /// What stands in for the names in braces.
    pub values: Vec<(&'static str, Self)>,
}

impl Message {
    /// The same sentence in other English words.
    pub(crate) fn in_words(self, en: String) -> Self {
        Self { en, ..self }
    }
}

/// What reads the same in every language: a name, a value, what another program says.
impl From<String> for Message {
    fn from(en: String) -> Self {
        Self { sentence: None, en, values: Vec::new() }
    }
}

impl From<&str> for Message {
    fn from(text: &str) -> Self {
        text.to_owned().into()
    }
}

macro_rules! from_numbers {
    ($($number:ty),+) => {
        $(impl From<$number> for Message {
            fn from(number: $number) -> Self {
                number.to_string().into()
            }
        })+
    };
}
from_numbers!(i32, i64, u32, usize);

impl fmt::Display for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.en)
    }
}

impl Serialize for Message {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.en)
    }
}

/// Why the system refuses something. Its own words are kept in English; elsewhere they would be in another language
/// than the sentence they stand in.
pub(crate) fn of_system(error: &io::Error) -> Message {
    let message = match (error.kind(), error.raw_os_error()) {
        (io::ErrorKind::PermissionDenied, _) => permission_denied(),
        _ if error.get_ref().is_some_and(|inner| inner.is::<DanglingLink>()) => dangling_link(),
        (_, Some(number)) => system_error(number),
        _ => error.to_string().into(),
    };
    message.in_words(error.to_string())
}
