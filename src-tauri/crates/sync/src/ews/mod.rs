//! Rounds over Exchange Web Services: `SyncFolderItems` says whether something changed, `FindItem` and `GetItem` say
//! what there is.

mod addresses;
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
pub(crate) use mailbox::{MAX_IN_FLIGHT, Mailbox};

use convoke_ews::{Refusal, RefusalKind};

/// Whether an item alone can't be read (it is damaged, or protected), and not the mailbox at this time. Exchange
/// answers `ErrorInternalServerError` for damaged ones too.
fn is_of_the_item(refusal: &Refusal) -> bool {
    let kind = matches!(refusal.kind, RefusalKind::Other | RefusalKind::AccessDenied);
    kind || refusal.code == "ErrorInternalServerError"
}
