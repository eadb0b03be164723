//! Content as it is written: once serialized, once cut down to the list's columns, for all occurrences that show it.

use crate::error::StoreError;
use crate::hash::hash;
use crate::table::occurrence::Face;
use convoke_model::record::EventContent;

/// The content that an event shows, prepared.
#[derive(Clone, Debug, Default)]
pub(super) struct Effective {
    pub content: EventContent,
    pub json: String,
    pub digest: i64,
    pub face: Face,
}

impl Effective {
    pub(super) fn new(content: EventContent) -> Result<Self, StoreError> {
        let json = serde_json::to_string(&content)?;
        Ok(Self { digest: hash(json.as_bytes()), face: Face::from(&content), content, json })
    }

    /// Whether there is content at all; the default stands for a series that has not been read.
    pub(super) fn is_known(&self) -> bool {
        !self.json.is_empty()
    }
}
