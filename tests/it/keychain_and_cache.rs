//! Damaged caches and keychains that are absent, locked or emptied.

use convoke_desk::keyring::Keyring;
use convoke_desk::{Desk, Office, days};
use convoke_tenant::Options;
use serde_json::json;
use std::path::{Path, PathBuf};
use std::process::Command;

fn synced() -> Office {
    let mut office = Office::of(Options { events: 24, contacts: 12, directory: 8, ..Options::default() });
    office.connect();
    office.desk.run(&["sync"]).done();
    office
}

/// After a sync the cache is whole again.
fn heals(office: &Office) {
    let sync = office.desk.run(&["sync"]);
    assert_eq!(sync.status, 0, "{sync:?}");
    let (from, to) = days();
    let seen = office.desk.run(&["agenda", "--from", &from, "--to", &to]).done();
    assert_eq!(seen["meetings"], office.truth(&format!("truth/agenda?from={from}&to={to}")));
}

#[test]
fn f08_a_zero_byte_cache_is_rebuilt() {
    let office = synced();
    std::fs::write(office.desk.cache(), b"").unwrap();
    heals(&office);
}

#[test]
fn f09_a_garbled_header_is_rebuilt() {
    let office = synced();
    let mut bytes = std::fs::read(office.desk.cache()).unwrap();
    bytes[..64].fill(0x5a);
    std::fs::write(office.desk.cache(), bytes).unwrap();
    heals(&office);
}

#[test]
fn f07_a_truncated_cache_is_rebuilt() {
    for part in [1, 3, 7] {
        let office = synced();
        let bytes = std::fs::read(office.desk.cache()).unwrap();
        std::fs::write(office.desk.cache(), &bytes[..bytes.len() * part / 8]).unwrap();
        heals(&office);
    }
}

#[test]
fn f21_without_any_keychain_it_says_so_writes_no_secret_and_works_once_there_is_one() {
    let mut office = Office::of(Options { events: 4, contacts: 4, directory: 4, ..Options::default() });
    office.desk = Desk::without_keyring(&office.tenant().ready.policy);
    office.through_browser(&["sign-in"]);
    let status = office.desk.run(&["status"]).done();
    assert_eq!(status["keychain"]["state"], "keychainUnavailable", "{status}");
    let refused = office.through_browser(&["connect"]);
    assert_eq!((refused.status, &refused.json["code"]), (6, &json!("keychainUnavailable")), "{refused:?}");
    let tokens = office.truth("tokens");
    for file in files(office.desk.home()) {
        let text = String::from_utf8_lossy(&std::fs::read(&file).unwrap()).into_owned();
        for token in tokens.as_array().unwrap() {
            assert!(!text.contains(token.as_str().unwrap()), "{}", file.display());
        }
    }
    office.desk.keyring = Keyring::start(office.desk.home());
    office.connect();
    office.desk.run(&["sync"]).done();
}

#[test]
fn disconnecting_destroys_the_cache_for_good_and_leaves_the_person_signed_in() {
    let mut office = synced();
    let (folder, kept) = (office.desk.cache().parent().unwrap().to_owned(), tempfile::tempdir().unwrap());
    for name in ["cache.db", "cache.db-wal"] {
        let _ = std::fs::copy(folder.join(name), kept.path().join(name));
    }
    assert!(!agenda(&office).is_empty());

    office.desk.run(&["disconnect"]).done();
    assert!(agenda(&office).is_empty());
    let status = office.desk.run(&["status"]).done();
    assert!(status["account"].is_object(), "{status}");
    assert_eq!(status["services"]["calendar"]["state"], "notConnected", "{status}");

    // Who kept a copy of the file has nothing: its key is gone.
    for name in ["cache.db", "cache.db-wal"] {
        let _ = std::fs::copy(kept.path().join(name), folder.join(name));
    }
    assert!(agenda(&office).is_empty());
    office.through_browser(&["connect"]).done();
    heals(&office);
}

fn agenda(office: &Office) -> Vec<serde_json::Value> {
    let (from, to) = days();
    let seen = office.desk.run(&["agenda", "--from", &from, "--to", &to]).done();
    seen["meetings"].as_array().unwrap().clone()
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap().flatten();
    entries
        .flat_map(|entry| match entry.file_type().unwrap() {
            kind if kind.is_dir() => files(&entry.path()),
            kind if kind.is_file() => vec![entry.path()],
            _ => Vec::new(),
        })
        .collect()
}

#[test]
fn f12_an_emptied_keychain_asks_to_sign_in_again_and_heals() {
    let mut office = synced();
    let cleared = Command::new("secret-tool")
        .args(["clear", "service", "org.convoke.desktop"])
        .env("DBUS_SESSION_BUS_ADDRESS", &office.desk.keyring.address)
        .status()
        .unwrap();
    assert!(cleared.success());
    let refused = office.desk.run(&["sync"]);
    assert_eq!((refused.status, &refused.json["code"]), (4, &json!("signInRequired")), "{refused:?}");
    assert_eq!(office.through_browser(&["connect"]).done()["event"], "connected");
    heals(&office);
}

#[cfg(unix)]
#[test]
fn f23_a_silent_keychain_is_a_clear_error_and_a_retry_works() {
    let office = synced();
    let daemon = office.desk.keyring.daemon_pid().unwrap().to_string();
    let signal = |name: &str| assert!(Command::new("kill").args([name, &daemon]).status().unwrap().success());
    signal("-STOP");
    let answer = office.desk.run(&["agenda"]);
    signal("-CONT");
    assert_eq!((answer.status, &answer.json["code"]), (6, &json!("keychainLocked")), "{answer:?}");
    heals(&office);
}
