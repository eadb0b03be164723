//! Folders of contacts. The default folder is in no list; the contacts in it name it as their parent.

use super::call::Call;
use super::contact_json::folder_value;
use super::prefer::Prefer;
use super::reply::{Failure, Reply};
use super::{Graph, lists, view};
use crate::world::contact::ContactFolder;

/// A page of the folders below a folder; below the default one where none is named.
pub fn list(graph: &Graph, call: &Call, user: usize, parent: Option<&str>) -> Result<Reply, Failure> {
    let prefer = Prefer::of(&call.headers)?;
    let world = graph.shared.world();
    let mailbox = &world.mailboxes[user];
    let parent = lists::find_folder(mailbox, parent)?;
    let below = |folder: &&ContactFolder| folder.parent == Some(parent) && folder.gone.is_none();
    let found: Vec<&ContactFolder> = mailbox.folders.iter().filter(below).collect();
    let context = format!("{}/$metadata#me/contactFolders", graph.shared.urls.graph());
    Ok(view::page(graph, call, &prefer, &context, &found, |folder| folder_value(mailbox, folder)))
}

/// One folder; the default one too, by its id.
pub fn one(graph: &Graph, call: &Call, user: usize, id: &str) -> Result<Reply, Failure> {
    let world = graph.shared.world();
    let mailbox = &world.mailboxes[user];
    let folder =
        mailbox.folder(lists::find_folder(mailbox, Some(id))?).ok_or_else(Failure::item_not_found)?;
    Ok(Reply::json(view::selected(folder_value(mailbox, folder), call.query.get("select"))))
}
