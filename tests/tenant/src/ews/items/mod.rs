//! Items: calendar items, contacts and groups of contacts, with their properties.

mod attendees;
mod body;
mod calendar;
mod common;
mod contact;
mod contact_entries;
mod group;
mod item;
mod property;
mod recurrence;
mod reference;
mod rendering;

use super::folders;

pub use calendar::CalendarItem;
pub use item::{Item, contact_item, contents};
pub use reference::resolve;
pub use rendering::{Reading, Rendering};
