//! The folders of a mailbox.

mod find;
mod hierarchy;
mod reference;
mod render;
mod tree;

pub use find::{find, get};
pub use hierarchy::sync;
pub use reference::resolve;
pub use tree::{Folder, Key, MESSENGER, id, is_messenger, tree};
