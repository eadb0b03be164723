//! Which version of EWS's schema is asked for.

use crate::error::{EwsError, RefusalKind};

/// A version of the schema, in their order (`RequestServerVersion`). A server answers every version up to its
/// own; a mailbox that was not moved yet may be older than the server in front of it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum SchemaVersion {
    /// Exchange 2010 SP2. Without join links of their own, search in people and photos.
    Exchange2010Sp2,
    /// Exchange 2013.
    Exchange2013,
    /// Exchange 2013 SP1: the newest that the documentation lists, and what 2016, 2019 and SE answer too.
    #[default]
    Exchange2013Sp1,
}

impl SchemaVersion {
    /// Its name on the wire.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Exchange2010Sp2 => "Exchange2010_SP2",
            Self::Exchange2013 => "Exchange2013",
            Self::Exchange2013Sp1 => "Exchange2013_SP1",
        }
    }

    /// The version to ask again with after this `error`; `None` where a version is not the cause, or none is
    /// left.
    #[must_use]
    pub fn step_down(self, error: &EwsError) -> Option<Self> {
        if error.kind() != Some(&RefusalKind::Version) {
            return None;
        }
        match self {
            Self::Exchange2013Sp1 => Some(Self::Exchange2013),
            Self::Exchange2013 => Some(Self::Exchange2010Sp2),
            Self::Exchange2010Sp2 => None,
        }
    }
}
