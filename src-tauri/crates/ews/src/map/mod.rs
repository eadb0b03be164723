//! What the wire's fields mean: from elements to the records of `convoke-model`.

pub(crate) mod contact;
pub(crate) mod directory;
pub(crate) mod event;
mod online;
pub(crate) mod person;
mod time;
mod zone;

use convoke_model::clean;

use crate::error::EwsError;
use crate::item::ItemRef;
use crate::xml::Element;

/// The id in the element of that name (`FolderId`, `ItemId`); nothing works without.
pub(crate) fn id(holder: &Element, name: &str) -> Result<String, EwsError> {
    attribute(holder, name, "Id").ok_or(EwsError::Missing { field: "id" })
}

/// `ItemId` of an item, with the version that every answer names.
pub(crate) fn reference(item: &Element) -> Result<ItemRef, EwsError> {
    let change_key =
        attribute(item, "ItemId", "ChangeKey").ok_or(EwsError::Missing { field: "ChangeKey" })?;
    Ok(ItemRef { id: id(item, "ItemId")?, change_key: Some(change_key) })
}

fn attribute(holder: &Element, name: &str, attribute: &str) -> Option<String> {
    holder.typed(name)?.attribute(attribute).filter(|id| clean::is_id(id)).map(str::to_owned)
}
