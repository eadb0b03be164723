//! The folder that a request means.

use super::tree::{Folder, Key, SYSTEM_KEYS, tree};
use crate::ews::call::Call;
use crate::ews::soap::Problem;
use crate::world::id::Kind;
use crate::world::{Mailbox, MailboxData, World};
use crate::xml::Node;

/// Finds a `t:FolderId` or `t:DistinguishedFolderId`.
///
/// # Errors
/// When there is no such folder, or the id is none.
pub fn resolve<'a>(call: &Call<'_>, world: &'a World, node: &Node) -> Result<Folder<'a>, Problem> {
    let mailbox = &world.mailboxes[call.user];
    let id = node.attribute("Id").unwrap_or_default();
    if node.name == "DistinguishedFolderId" {
        owner_is_caller(call, world, node)?;
        let named = tree(mailbox).into_iter().find(|folder| folder.distinguished == Some(id));
        return named.ok_or_else(Problem::folder_not_found);
    }
    let key = key(mailbox, id)?;
    tree(mailbox).into_iter().find(|folder| folder.key == key).ok_or_else(Problem::folder_not_found)
}

fn key(mailbox: &MailboxData, id: &str) -> Result<Key, Problem> {
    let Some(read) = mailbox.ids.read(id) else {
        // An id of another mailbox, or of this one before it was moved, is well-formed.
        return Err(if mailbox.ids.is_foreign(id) {
            Problem::folder_not_found()
        } else {
            Problem::malformed_id()
        });
    };
    match read.kind {
        Kind::Calendar => {
            let calendar = mailbox.calendar(read.key).filter(|calendar| Some(calendar.moves) == read.moves);
            calendar.map(|calendar| Key::Calendar(calendar.key)).ok_or_else(Problem::folder_not_found)
        }
        Kind::Folder if read.key >= SYSTEM_KEYS => {
            Ok(Key::System(usize::try_from(read.key - SYSTEM_KEYS).unwrap_or(usize::MAX)))
        }
        Kind::Folder => Ok(Key::Contacts(read.key)),
        Kind::Event | Kind::Contact => {
            Err(Problem::new("ErrorCannotUseItemIdForFolderId", "Id is an item id, not a folder id."))
        }
    }
}

/// A distinguished folder may name its mailbox; nobody has rights in another's.
fn owner_is_caller(call: &Call<'_>, world: &World, node: &Node) -> Result<(), Problem> {
    let Some(address) = node.child("Mailbox").and_then(|mailbox| mailbox.child_text("EmailAddress")) else {
        return Ok(());
    };
    let owner = world.users.iter().position(|user| {
        user.mailbox == Mailbox::OnPremises
            && user.mail.as_deref().is_some_and(|mail| mail.eq_ignore_ascii_case(address))
    });
    match owner {
        Some(owner) if owner == call.user => Ok(()),
        Some(_) => Err(Problem::access_denied()),
        None => {
            let text = "The SMTP address has no mailbox associated with it.";
            Err(Problem::new("ErrorNonExistentMailbox", text))
        }
    }
}
