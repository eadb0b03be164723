//! The simulated tenant.
fn main() {}
