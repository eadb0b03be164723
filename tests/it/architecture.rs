//! Which crate may know what. The table is the one of ARCHITECTURE.md.

use crate::sources::{self, root};
use cargo_metadata::{DependencyKind, Metadata, MetadataCommand, Package};
use std::collections::BTreeSet;

/// Each crate of ours and those of ours that it may use.
const MAY_USE: [(&str, &[&str]); 17] = [
    ("convoke-model", &[]),
    ("convoke-policy", &["convoke-model"]),
    ("convoke-net", &["convoke-model"]),
    ("convoke-auth", &["convoke-model", "convoke-net", "convoke-policy"]),
    ("convoke-graph", &["convoke-model"]),
    ("convoke-ews", &["convoke-model"]),
    ("convoke-store", &["convoke-model"]),
    (
        "convoke-sync",
        &["convoke-auth", "convoke-ews", "convoke-graph", "convoke-model", "convoke-net", "convoke-store"],
    ),
    (
        "convoke-app",
        &[
            "convoke-auth",
            "convoke-ews",
            "convoke-graph",
            "convoke-model",
            "convoke-net",
            "convoke-policy",
            "convoke-store",
            "convoke-sync",
        ],
    ),
    ("convoke-cli", &["convoke-app"]),
    ("convoke", &["convoke-app", "convoke-tenant"]),
    ("convoke-tenant", &[]),
    ("convoke-desk", &["convoke-tenant"]),
    ("convoke-bench", &["convoke-desk", "convoke-model", "convoke-store"]),
    ("convoke-bench-window", &[]),
    ("convoke-it", &[]),
    ("xtask", &[]),
];

/// Foreign crates that only one of ours may name: the window, the database, the network, the keychain.
const ONLY: [(&str, &str); 12] = [
    ("tauri", "convoke"),
    ("tauri-build", "convoke"),
    ("webkit2gtk", "convoke"),
    ("rusqlite", "convoke-store"),
    ("reqwest", "convoke-net"),
    ("keyring-core", "convoke-auth"),
    ("zbus-secret-service-keyring-store", "convoke-auth"),
    ("apple-native-keyring-store", "convoke-auth"),
    ("windows-native-keyring-store", "convoke-auth"),
    ("oauth2", "convoke-auth"),
    ("jsonwebtoken", "convoke-auth"),
    ("axum", "convoke-tenant"),
];

/// Crates of the benchmarks' references: what the product is held against is built of the same parts.
const REFERENCES: [&str; 2] = ["convoke-bench", "convoke-bench-window"];

/// Crates that take the clock and the environment as arguments.
const TAKES_ARGUMENTS: [&str; 8] = ["auth", "ews", "graph", "model", "net", "policy", "store", "sync"];

/// What reads them behind the caller's back.
const READS: [&str; 5] = ["env::var", "env::vars", "Utc::now", "Local::now", "SystemTime::now"];

/// Lines of the longest file.
const LONGEST: usize = 400;

fn metadata() -> Metadata {
    MetadataCommand::new().manifest_path(root().join("Cargo.toml")).no_deps().exec().unwrap()
}

/// What a package uses outside its tests.
fn used(package: &Package) -> BTreeSet<&str> {
    let shipped = package.dependencies.iter().filter(|used| used.kind != DependencyKind::Development);
    shipped.map(|used| used.name.as_str()).collect()
}

#[test]
fn crates_use_only_what_the_table_allows() {
    for package in metadata().packages {
        let name = package.name.as_str();
        let row = MAY_USE.iter().find(|(row, _)| *row == name);
        let (_, allowed) = row.unwrap_or_else(|| panic!("{name} is not in the table"));
        let ours = used(&package).into_iter().filter(|used| MAY_USE.iter().any(|(row, _)| row == used));
        for used in ours {
            assert!(allowed.contains(&used), "{name} must not use {used}");
        }
    }
}

#[test]
fn one_crate_each_knows_the_window_the_database_the_network_and_the_keychain() {
    for package in metadata().packages {
        if REFERENCES.contains(&package.name.as_str()) {
            continue;
        }
        for used in used(&package) {
            if let Some((_, owner)) = ONLY.iter().find(|(foreign, _)| *foreign == used) {
                assert_eq!(package.name.as_str(), *owner, "only {owner} may use {used}");
            }
        }
    }
}

#[test]
fn every_crate_follows_the_lints_of_the_workspace() {
    for package in metadata().packages {
        let manifest = std::fs::read_to_string(&package.manifest_path).unwrap();
        assert!(manifest.contains("[lints]\nworkspace = true"), "{}", package.name);
    }
    let manifest = std::fs::read_to_string(root().join("Cargo.toml")).unwrap();
    assert!(manifest.contains("unsafe_code = \"forbid\""));
}

#[test]
fn lower_crates_take_clock_and_environment_as_arguments() {
    for name in TAKES_ARGUMENTS {
        for file in sources::shipped(&root().join("src-tauri/crates").join(name).join("src")) {
            let text = sources::without_tests(&std::fs::read_to_string(&file).unwrap());
            for read in READS {
                assert!(!text.contains(read), "{} says {read}", file.display());
            }
        }
    }
}

#[test]
fn errors_are_types() {
    for file in sources::shipped(&root().join("src-tauri")) {
        let text = sources::without_tests(&std::fs::read_to_string(&file).unwrap());
        let flat: String = text.split_whitespace().collect();
        for result in flat.split("Result<").skip(1) {
            assert_ne!(error_of(result), Some("String"), "{}", file.display());
        }
    }
}

/// The second type of a `Result<` whose rest is given.
fn error_of(rest: &str) -> Option<&str> {
    let mut depth = 0_i32;
    let mut comma = None;
    for (at, sign) in rest.char_indices() {
        match sign {
            '<' | '(' | '[' => depth += 1,
            '>' if depth == 0 => return comma.map(|comma: usize| &rest[comma + 1..at]),
            '>' | ')' | ']' => depth -= 1,
            ',' if depth == 0 => comma = comma.or(Some(at)),
            _ => {}
        }
    }
    None
}

#[test]
fn the_error_of_a_result_is_found() {
    assert_eq!(error_of("Vec<(u8,u8)>,String>{"), Some("String"));
    assert_eq!(error_of("(),Failure>"), Some("Failure"));
    assert_eq!(error_of("u8>"), None);
}

#[test]
fn files_are_short() {
    for folder in ["src-tauri", "tests/bench", "tests/desk", "tests/it", "tests/tenant"] {
        for file in sources::rust(&root().join(folder)) {
            let lines = std::fs::read_to_string(&file).unwrap().lines().count();
            assert!(lines <= LONGEST, "{} has {lines} lines", file.display());
        }
    }
}
