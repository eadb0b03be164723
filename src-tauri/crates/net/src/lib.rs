//! Convoke: net.
