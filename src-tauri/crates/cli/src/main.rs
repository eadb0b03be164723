//! `convokectl`.
fn main() {}
