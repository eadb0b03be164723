//! The project's own files, as the tests about them read them.

use std::path::{Path, PathBuf};

/// The top of the project.
pub fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Every Rust file below a folder.
pub fn rust(folder: &Path) -> Vec<PathBuf> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(rust(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
    found
}

/// Every Rust file below a folder that is part of the product: files named for tests are not.
pub fn shipped(folder: &Path) -> Vec<PathBuf> {
    let is_test = |path: &PathBuf| {
        let below = path.strip_prefix(folder).unwrap_or(path);
        below.components().any(|part| {
            let name = part.as_os_str().to_string_lossy();
            name == "tests" || name == "tests.rs" || name.ends_with("_tests.rs")
        })
    };
    rust(folder).into_iter().filter(|path| !is_test(path)).collect()
}

/// A file's text without comments and up to its test module, which stands last by custom.
pub fn without_tests(text: &str) -> String {
    let tests = text.match_indices("#[cfg(test)]\nmod ").map(|(at, _)| at);
    let end = tests.into_iter().find(|at| opens_block(&text[*at..])).unwrap_or(text.len());
    text[..end].lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

/// Whether a module is written here rather than in a file of its own.
fn opens_block(module: &str) -> bool {
    module.lines().nth(1).is_some_and(|line| line.ends_with('{'))
}

/// The words in double quotes that follow `before` in a text.
pub fn quoted_after<'a>(text: &'a str, before: &str) -> Vec<&'a str> {
    text.split(before).skip(1).filter_map(|rest| rest.split('"').next()).collect()
}
