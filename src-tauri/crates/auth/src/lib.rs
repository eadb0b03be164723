//! Convoke: auth.
