//! What the wire's fields mean: from `wire` to the records of `convoke-model`.

pub(crate) mod contact;
pub(crate) mod event;
mod online;
mod time;

use crate::clean;
use crate::error::GraphError;

/// An id as sent; nothing works without.
pub(crate) fn id(id: Option<String>) -> Result<String, GraphError> {
    id.filter(|id| clean::is_id(id)).ok_or(GraphError::Missing { field: "id" })
}
