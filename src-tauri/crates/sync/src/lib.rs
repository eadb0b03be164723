//! Convoke: sync.
