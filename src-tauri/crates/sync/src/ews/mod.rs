//! Rounds over Exchange Web Services: `SyncFolderItems` says whether something changed, `FindItem` and `GetItem` say
//! what there is.

mod addresses;
mod batch;
mod calendar;
mod changes;
mod contacts;
mod details;
mod directory;
mod folders;
mod mailbox;
mod people;
mod position;
mod view;

pub(crate) use calendar::{fetch_round, listed_still as events_still};
pub(crate) use contacts::{fetch_folder, listed_still as contacts_still};
pub(crate) use directory::{find_photo, search};
pub(crate) use folders::Visit;
pub(crate) use mailbox::{MAX_IN_FLIGHT, Mailbox, token_refused};
