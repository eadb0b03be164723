//! What the wire's fields mean: from elements to the records of `convoke-model`.

use convoke_model::clean;

use crate::error::EwsError;
use crate::xml::Element;

/// The id in the element of that name (`FolderId`, `ItemId`); nothing works without.
pub(crate) fn id(holder: &Element, name: &str) -> Result<String, EwsError> {
    let id = holder.typed(name).and_then(|id| id.attribute("Id"));
    id.filter(|id| clean::is_id(id)).map(str::to_owned).ok_or(EwsError::Missing { field: "id" })
}
