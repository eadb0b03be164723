//! `GetFolder` and `FindFolder` (sources: the operations' reference pages).

use super::reference::resolve;
use super::render::render;
use super::tree::{Folder, tree};
use crate::ews::call::Call;
use crate::ews::page::Page;
use crate::ews::shape::Shape;
use crate::ews::soap::{Message, Problem};
use crate::xml::{Element, Node, element};

/// Answers each folder.
pub fn get(call: &Call<'_>) -> Vec<Message> {
    let shape = Shape::read(call.body.child("FolderShape"));
    call.each("FolderIds", |reference| {
        let world = call.state.world();
        let mailbox = &world.mailboxes[call.user];
        let folder = resolve(call, &world, reference)?;
        let written = render(mailbox, &tree(mailbox), &folder, &shape);
        Ok(vec![element("m:Folders").child(written)])
    })
}

/// Answers what lies in each folder.
pub fn find(call: &Call<'_>) -> Vec<Message> {
    let shape = Shape::read(call.body.child("FolderShape"));
    call.each("ParentFolderIds", |reference| found(call, &shape, reference))
}

fn found(call: &Call<'_>, shape: &Shape, reference: &Node) -> Result<Vec<Element>, Problem> {
    if call.body.child("Restriction").is_some() {
        return Err(Problem::not_simulated("restrictions"));
    }
    let world = call.state.world();
    let mailbox = &world.mailboxes[call.user];
    let parent = resolve(call, &world, reference)?;
    let all = tree(mailbox);
    let found: Vec<&Folder<'_>> = match call.body.attribute("Traversal") {
        Some("Deep") => all.iter().filter(|folder| lies_below(&all, folder, &parent)).collect(),
        Some("Shallow") => all.iter().filter(|folder| folder.parent == Some(parent.key)).collect(),
        _ => Vec::new(),
    };
    let page = Page::read(call.body.child("IndexedPageFolderView"), found.len());
    let written = found[page.range()].iter().map(|folder| render(mailbox, &all, folder, shape));
    let root = page.root("m:RootFolder");
    Ok(vec![root.child(element("t:Folders").children(written))])
}

/// Whether a folder lies in another, at any depth.
pub fn lies_below(all: &[Folder<'_>], folder: &Folder<'_>, above: &Folder<'_>) -> bool {
    let parent = folder.parent.and_then(|parent| all.iter().find(|other| other.key == parent));
    parent.is_some_and(|parent| parent.key == above.key || lies_below(all, parent, above))
}
