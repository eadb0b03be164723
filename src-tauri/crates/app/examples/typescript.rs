//! Prints the TypeScript declarations; `cargo xtask types` writes them into the UI.

#![allow(clippy::print_stdout, reason = "printing is its purpose")]

fn main() {
    print!("{}", convoke_app::typescript::declarations());
}
