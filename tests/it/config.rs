//! The settings of the webview that keep it fenced in.

use crate::sources::root;
use serde_json::{Value, json};

fn config() -> Value {
    serde_json::from_str(&std::fs::read_to_string(root().join("tauri.conf.json")).unwrap()).unwrap()
}

#[test]
fn b39_the_page_runs_only_its_own_code_and_talks_only_to_the_core() {
    let config = config();
    let policy = config["app"]["security"]["csp"].as_object().unwrap();
    assert_eq!(policy["default-src"], "'none'");
    assert_eq!(policy["script-src"], "'self'");
    assert_eq!(policy["style-src"], "'self'");
    assert_eq!(policy["connect-src"], "ipc: http://ipc.localhost");
    for (directive, sources) in policy {
        let sources = sources.as_str().unwrap();
        assert!(!sources.contains("unsafe"), "{directive}");
        assert!(!sources.contains('*') && !sources.contains("https:"), "{directive}");
    }
}

#[test]
fn b40_the_page_has_no_global_tauri_and_frozen_prototypes() {
    let config = config();
    assert_eq!(config["app"]["withGlobalTauri"], json!(false));
    assert_eq!(config["app"]["security"]["freezePrototype"], json!(true));
}

#[test]
fn b41_the_window_has_one_named_capability() {
    assert_eq!(config()["app"]["security"]["capabilities"], json!(["main-window"]));
}

#[test]
fn b45_files_are_not_served() {
    assert_eq!(config()["app"]["security"]["assetProtocol"]["enable"], json!(false));
}

#[test]
fn the_one_window_is_made_by_the_shell_with_its_guards() {
    let config = config();
    let windows = config["app"]["windows"].as_array().unwrap();
    assert_eq!(windows.len(), 1);
    assert_eq!(windows[0]["create"], json!(false));
    assert_eq!(windows[0]["label"], "main");
}

#[test]
fn plain_builds_embed_the_page() {
    assert_eq!(config()["build"].get("devUrl"), None);
}
