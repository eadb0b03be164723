//! Rounds over Microsoft Graph: deltas, and plain lists where the server has none.

mod calendar;
mod contacts;
mod fetch;
mod folders;
mod mailbox;
mod masters;

pub(crate) use calendar::{fetch_round, list_calendars, plain_events};
pub(crate) use contacts::{fetch_folder, plain_contacts};
pub(crate) use folders::list_folders;
pub use mailbox::MAX_IN_FLIGHT;
pub(crate) use mailbox::Mailbox;
pub(crate) use masters::complete;
