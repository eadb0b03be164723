//! Convoke.
fn main() {}
