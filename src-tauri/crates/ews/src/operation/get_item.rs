//! `GetItem` of several items at once (EWS `getitem-operation`).

use bytes::Bytes;
use http::{Request, Response};

use crate::endpoint::Endpoint;
use crate::error::{EwsError, Refusal, RefusalKind};
use crate::item::{Item, ItemRef};
use crate::wire::message::Message;
use crate::xml::{Element, Namespace, Tag};
use crate::{parse, request};

/// How many items are read at once ("Handling synchronization-related errors in EWS").
pub const BATCH: usize = 10;

/// What became of one item of a batch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome<T> {
    /// It is there.
    Present(Item<T>),
    /// It is gone.
    Gone {
        /// Its id.
        id: String,
    },
    /// It could not be read; the others of the batch could.
    Failed {
        /// Its id.
        id: String,
        /// Why.
        refusal: Refusal,
    },
}

pub(super) fn request(
    endpoint: &Endpoint,
    shape: Tag,
    items: &[ItemRef],
) -> Result<Request<Bytes>, EwsError> {
    if items.is_empty() || items.len() > BATCH {
        return Err(EwsError::Argument { field: "number of items" });
    }
    let ids = items.iter().map(|item| ItemRef { id: item.id.clone(), change_key: None }.tag("t:ItemId"));
    request::post(endpoint, Tag::new("m:GetItem").child(shape).child(Tag::new("m:ItemIds").children(ids)))
}

/// The outcomes in the order of `items`. A busy server or a version it does not know is an error of the
/// whole.
pub(super) fn parse<T>(
    response: &Response<Bytes>,
    endpoint: &Endpoint,
    items: &[ItemRef],
    read: impl Fn(&Element) -> Result<Item<T>, EwsError>,
) -> Result<Vec<Outcome<T>>, EwsError> {
    let (_, messages) = parse::messages("GetItem", response, endpoint, items.len())?;
    let outcomes = messages.into_iter().zip(items).map(|(message, item)| outcome(message, &item.id, &read));
    outcomes.collect()
}

fn outcome<T>(
    message: Message,
    id: &str,
    read: impl Fn(&Element) -> Result<Item<T>, EwsError>,
) -> Result<Outcome<T>, EwsError> {
    let id = id.to_owned();
    match message.accepted() {
        Ok(message) => {
            let items =
                message.child(Namespace::Messages, "Items").map(Element::children).unwrap_or_default();
            read(items.first().ok_or(EwsError::Missing { field: "its item" })?).map(Outcome::Present)
        }
        Err(refusal) => match refusal.kind {
            RefusalKind::NotFound => Ok(Outcome::Gone { id }),
            RefusalKind::ServerBusy { .. } | RefusalKind::Version | RefusalKind::SchemaValidation { .. } => {
                Err(EwsError::Refused(Box::new(refusal)))
            }
            _ => Ok(Outcome::Failed { id, refusal }),
        },
    }
}
