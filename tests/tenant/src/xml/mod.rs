//! XML in and out, for the services that speak it: a request as a tree that knows where each element stood, an answer
//! as a tree that is written at the end.
//!
//! Rules: no entity but the five of XML itself, no document type, bounded depth; what an answer holds is escaped here
//! and nowhere else.

pub mod read;
pub mod write;

pub use read::{Malformed, Node, Place, read};
pub use write::{Element, element, write};
