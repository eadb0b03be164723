//! `SyncFolderHierarchy`: what changed in the tree of folders (source: "SyncFolderHierarchy operation").

use super::find::lies_below;
use super::reference::resolve;
use super::render::render;
use super::tree::{self, Folder, tree};
use crate::ews::call::Call;
use crate::ews::shape::Shape;
use crate::ews::soap::{Message, Problem};
use crate::ews::sync_items::invalid_state;
use crate::ews::sync_state::{self, FoldersState};
use crate::xml::{Element, element};

/// Answers the tree below a folder, or all of it.
pub fn sync(call: &Call<'_>) -> Vec<Message> {
    vec![Message::of(call.operation, changes(call))]
}

fn changes(call: &Call<'_>) -> Result<Vec<Element>, Problem> {
    let world = call.state.world();
    let mailbox = &world.mailboxes[call.user];
    let shape = Shape::read(call.body.child("FolderShape"));
    let all = tree(mailbox);
    let top = match call.body.child("SyncFolderId").and_then(|id| id.children.first()) {
        Some(reference) => resolve(call, &world, reference)?,
        None => all.first().cloned().ok_or_else(Problem::folder_not_found)?,
    };
    let state = state(call)?;
    let below: Vec<(String, &Folder<'_>)> = all
        .iter()
        .filter(|folder| lies_below(&all, folder, &top))
        .map(|folder| (tree::id(mailbox, folder.key), folder))
        .collect();
    let mut written = Vec::new();
    for (id, folder) in &below {
        let is_known = state.known.contains(id);
        if !is_known || folder.changed > state.version {
            let name = if is_known { "t:Update" } else { "t:Create" };
            written.push(element(name).child(render(mailbox, &all, folder, &shape)));
        }
    }
    let gone = state.known.iter().filter(|known| !below.iter().any(|(id, _)| id == *known));
    written.extend(gone.map(|id| element("t:Delete").child(element("t:FolderId").with("Id", id))));
    let next = FoldersState {
        generation: state.generation,
        version: mailbox.version,
        known: below.into_iter().map(|(id, _)| id).collect(),
    };
    Ok(vec![
        element("m:SyncState").text(sync_state::write(&next)),
        element("m:IncludesLastFolderInRange").text("true"),
        element("m:Changes").children(written),
    ])
}

fn state(call: &Call<'_>) -> Result<FoldersState, Problem> {
    let generation = call.state.exchange.data().sync_generation;
    match call.body.child_text("SyncState").filter(|text| !text.is_empty()) {
        None => Ok(FoldersState { generation, version: 0, known: Vec::new() }),
        Some(text) => sync_state::read(text)
            .filter(|state: &FoldersState| state.generation == generation)
            .ok_or_else(invalid_state),
    }
}
