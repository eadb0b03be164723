//! Convoke shell.
