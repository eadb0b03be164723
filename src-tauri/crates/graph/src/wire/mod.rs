//! The shapes of Graph's JSON, as far as they are read. Everything may be missing or null.

pub(crate) mod challenge;
pub(crate) mod contact;
pub(crate) mod event;
