//! Rounds over Microsoft Graph: deltas, and plain lists where the server has none.

mod calendar;
mod contacts;
mod fetch;
mod folders;
mod mailbox;
mod masters;

pub(crate) use calendar::{fetch_round, list_calendars, listed_still as events_still};
pub(crate) use contacts::{fetch_folder, listed_still as contacts_still};
pub(crate) use folders::list_folders;
pub use mailbox::MAX_IN_FLIGHT;
pub(crate) use mailbox::Mailbox;
pub(crate) use masters::complete;
