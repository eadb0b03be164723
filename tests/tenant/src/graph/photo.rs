//! Photos of people and contacts (source: "Get profilePhoto").

use bytes::Bytes;
use sha2::{Digest, Sha256};

use super::call::Call;
use super::reply::{Content, Failure, Reply};
use super::{Graph, contacts, people};
use crate::png;

/// Sides that the service offers, in pixels.
const SIDES: [u32; 9] = [48, 64, 96, 120, 240, 360, 432, 504, 648];

/// A person's photo.
pub fn of_person(
    graph: &Graph,
    call: &Call,
    user: usize,
    who: Option<&str>,
    side: u32,
) -> Result<Reply, Failure> {
    let world = graph.shared.world();
    let person = match who {
        Some(who) => people::find(&world, who).ok_or_else(|| people::not_found(who))?,
        None => &world.directory[user],
    };
    photo(call, person.has_photo, &person.object_id, side)
}

/// A contact's photo.
pub fn of_contact(graph: &Graph, call: &Call, user: usize, id: &str, side: u32) -> Result<Reply, Failure> {
    let world = graph.shared.world();
    let contact = contacts::find(&world.mailboxes[user], id)?;
    photo(call, contact.has_photo, &format!("contact {}", contact.key), side)
}

fn photo(call: &Call, exists: bool, seed: &str, side: u32) -> Result<Reply, Failure> {
    if !exists {
        return Err(Failure::new(404, "ImageNotFound", "The photo wasn't found."));
    }
    if !SIDES.contains(&side) {
        return Err(Failure::new(400, "BadRequest", "The size of the photo is not supported."));
    }
    let digest = Sha256::digest(seed);
    let etag = format!("W/\"{:02x}{:02x}{:02x}{side}\"", digest[0], digest[1], digest[2]);
    if call.header("if-none-match") == Some(&etag) {
        return Ok(Reply::empty(304).with("etag", &etag));
    }
    let image = png::disc(side, [digest[0] / 2 + 64, digest[1] / 2 + 64, digest[2] / 2 + 64]);
    let reply = Reply { content: Content::Bytes("image/png", Bytes::from(image)), ..Reply::empty(200) };
    Ok(reply.with("etag", &etag))
}
