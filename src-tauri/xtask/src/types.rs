//! `cargo xtask types`: writes the TypeScript declarations of what crosses to the UI.

use crate::command::{answer, program};
use crate::error::Error;
use crate::project::root;

const FILE: &str = "ui/src/lib/backend/generated/types.ts";

/// Writes the file from what the core says now.
pub fn write() -> Result<(), Error> {
    let print = ["run", "--quiet", "--package", "convoke-app", "--example", "typescript"];
    let mut text = answer(program("cargo", print))
        .ok_or(Error::Failed { program: "cargo run --example typescript".into() })?;
    text.push('\n');
    std::fs::write(root().join(FILE), text).map_err(|source| Error::Start { program: FILE.into(), source })
}
