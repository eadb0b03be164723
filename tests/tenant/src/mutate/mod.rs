//! Changes to a mailbox, as people make them while a client looks away. Each is stamped for the next delta round.

pub mod contacts;
pub mod events;
mod named;
mod random;

pub use named::{NAMES, named};
pub use random::{random, repeated};
