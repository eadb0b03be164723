//! Convoke: store.
