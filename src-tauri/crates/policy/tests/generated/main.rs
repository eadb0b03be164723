//! The files made for administrators' tools: none is stale, and all say the same as the table of keys.
#![allow(clippy::unwrap_used, reason = "a file that cannot be parsed has to stop the test")]

use std::path::Path;

use convoke_policy::generate::files;
use convoke_policy::key::Place;
use convoke_policy::keys::KEYS;

mod group_policy;
mod profiles;
mod schema;
mod shape;

use shape::{Shape, Shapes};

/// The text of a generated file.
fn text(path: &str) -> String {
    files().into_iter().find(|file| file.path == path).map(|file| file.text).unwrap()
}

/// What every file must say.
fn expected() -> Shapes {
    let mut shapes = Shapes::new();
    for key in KEYS {
        let levels: &[&str] = if key.place == Place::Top { &[""] } else { &["enforced", "defaults"] };
        for level in levels {
            shapes.insert((*level).to_owned(), key.name.to_owned(), Shape::of(key));
        }
    }
    shapes
}

#[test]
fn no_committed_file_is_stale() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../docs/policy");
    let stale: Vec<&str> = files()
        .iter()
        .filter(|file| std::fs::read_to_string(folder.join(file.path)).unwrap_or_default() != file.text)
        .map(|file| file.path)
        .collect();
    assert!(
        stale.is_empty(),
        "docs/policy is stale: {stale:?}. Run `cargo run -p convoke-policy --example policy_files`."
    );
}

#[test]
fn the_json_schema_agrees_with_the_table() {
    assert_eq!(schema::shapes(&text("convoke-policy.schema.json")), expected());
}

#[test]
fn admx_and_adml_agree_with_the_table_in_both_languages() {
    for language in ["en-US", "es-ES"] {
        let shapes = group_policy::shapes(&text("convoke.admx"), &text(&format!("{language}/convoke.adml")));
        assert_eq!(shapes, expected(), "{language}");
    }
}

#[test]
fn admx_and_adml_refer_to_each_other_without_gaps() {
    for language in ["en-US", "es-ES"] {
        group_policy::check_references(&text("convoke.admx"), &text(&format!("{language}/convoke.adml")));
    }
}

#[test]
fn the_profile_manifest_agrees_with_the_table() {
    assert_eq!(profiles::manifest_shapes(&text("org.convoke.desktop.plist")), expected());
}

#[test]
fn the_sample_profile_names_every_key_with_a_value_that_it_takes() {
    profiles::check_sample(&text("convoke.mobileconfig"));
}
