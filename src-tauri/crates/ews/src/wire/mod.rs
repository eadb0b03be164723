//! What several of EWS's shapes have in common on the wire.

pub(crate) mod message;
pub(crate) mod time_zone;
