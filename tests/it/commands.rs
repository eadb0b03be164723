//! What the page may call is written in four places; they must say the same.

use crate::sources::{quoted_after, root};
use std::collections::BTreeSet;

type Names = BTreeSet<String>;

fn read(path: &str) -> String {
    std::fs::read_to_string(root().join(path)).unwrap()
}

/// Names in `generate_handler!`.
fn answered() -> Names {
    let text = read("src-tauri/shell/commands/mod.rs");
    let list = text.split("generate_handler![").nth(1).and_then(|rest| rest.split(']').next()).unwrap();
    list.split(',')
        .filter_map(|path| path.trim().rsplit("::").next())
        .filter(|name| !name.is_empty())
        .map(String::from)
        .collect()
}

/// Commands allowed by the permission files, each under its own name.
fn permitted() -> Names {
    let mut names = Names::new();
    for entry in std::fs::read_dir(root().join("src-tauri/permissions")).unwrap() {
        let text = std::fs::read_to_string(entry.unwrap().path()).unwrap();
        let identifiers = quoted_after(&text, "identifier = \"");
        let commands = quoted_after(&text, "commands.allow = [\"");
        assert_eq!(identifiers.len(), commands.len(), "one command to a permission");
        for (identifier, command) in identifiers.into_iter().zip(commands) {
            assert_eq!(identifier, format!("allow-{}", command.replace('_', "-")));
            assert!(names.insert(command.to_owned()), "{command} is permitted twice");
        }
    }
    names
}

/// Permissions of the window's capability.
fn granted() -> Vec<String> {
    let capability: serde_json::Value =
        serde_json::from_str(&read("src-tauri/capabilities/main-window.json")).unwrap();
    let permissions = capability["permissions"].as_array().unwrap();
    permissions.iter().map(|permission| permission.as_str().unwrap().to_owned()).collect()
}

/// Names that the page calls.
fn called() -> Names {
    let text = read("ui/src/lib/backend/tauri.ts").replace('\'', "\"");
    quoted_after(&text, "invoke(\"").into_iter().map(String::from).collect()
}

#[test]
fn b41_each_command_has_its_permission() {
    assert_eq!(answered(), permitted());
}

/// What the page needs of Tauri itself: to hear events, and to magnify by keys.
const OF_TAURI: [&str; 3] =
    ["core:event:allow-listen", "core:event:allow-unlisten", "core:webview:allow-set-webview-zoom"];

#[test]
fn b41_the_window_may_call_its_commands_and_hear_events_and_little_else() {
    let mut expected = OF_TAURI.map(String::from).to_vec();
    expected.extend(answered().iter().map(|name| format!("allow-{}", name.replace('_', "-"))));
    let mut granted = granted();
    expected.sort();
    granted.sort();
    assert_eq!(granted, expected);
}

#[test]
fn b41_there_is_one_capability() {
    assert_eq!(std::fs::read_dir(root().join("src-tauri/capabilities")).unwrap().count(), 1);
}

#[test]
fn the_page_calls_every_command() {
    // Reported by the shell's own script, and only with `--trace-start`.
    let mut answered = answered();
    assert!(answered.remove("first_frame"));
    assert_eq!(called(), answered);
}
