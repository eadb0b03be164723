//! `ConvertId`: foreign clients use it to find out a server's version (source: "ConvertId operation").
//!
//! The formats differ in their outer form only: `EwsId`, `EntryId` and `OwaId` hold the same bytes.

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE};

use super::call::Call;
use super::soap::{Message, Problem};
use crate::xml::{Element, Node, element};

/// Answers each id.
pub fn convert(call: &Call<'_>) -> Vec<Message> {
    let format = call.body.attribute("DestinationFormat").unwrap_or_default();
    call.each("SourceIds", |source| converted(call, source, format))
}

fn converted(call: &Call<'_>, source: &Node, to: &str) -> Result<Vec<Element>, Problem> {
    let (id, from) =
        (source.attribute("Id").unwrap_or_default(), source.attribute("Format").unwrap_or_default());
    let mailbox = source.attribute("Mailbox").unwrap_or_default();
    let bytes = match from {
        "EwsId" | "EntryId" => STANDARD.decode(id).ok(),
        "OwaId" => URL_SAFE.decode(id).ok(),
        "HexEntryId" => hex(id),
        _ => None,
    };
    let world = call.state.world();
    let ids = &world.mailboxes[call.user].ids;
    let bytes = bytes.filter(|bytes| ids.read(&STANDARD.encode(bytes)).is_some());
    let bytes = bytes.ok_or_else(Problem::malformed_id)?;
    let id = match to {
        "EwsId" | "EntryId" => STANDARD.encode(&bytes),
        "OwaId" => URL_SAFE.encode(&bytes),
        "HexEntryId" => bytes.iter().map(|byte| format!("{byte:02X}")).collect(),
        _ => return Err(Problem::new("ErrorInvalidIdMalformed", "The format is not served.")),
    };
    let alternate = element("m:AlternateId")
        .with("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance")
        .with("xsi:type", "t:AlternateIdType")
        .with("Format", to)
        .with("Id", id)
        .with("Mailbox", mailbox);
    Ok(vec![alternate])
}

fn hex(text: &str) -> Option<Vec<u8>> {
    let digits = text.as_bytes();
    if !digits.len().is_multiple_of(2) {
        return None;
    }
    let byte = |pair: &[u8]| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok();
    digits.chunks(2).map(byte).collect()
}
