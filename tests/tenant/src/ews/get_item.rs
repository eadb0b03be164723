//! `GetItem` (source: "GetItem operation").

use super::call::Call;
use super::items::{CalendarItem, Reading, Rendering, resolve};
use super::soap::Message;
use crate::xml::element;

/// Answers each item.
pub fn get(call: &Call<'_>) -> Vec<Message> {
    let world = call.state.world();
    let how = Rendering::new(call, &world, Reading::Get);
    call.each("ItemIds", |id| {
        let item = resolve(how.mailbox, id)?;
        CalendarItem::check(&how)?;
        Ok(vec![element("m:Items").child(item.render(&how))])
    })
}
