//! The real keychain: a Secret Service of its own on a session bus of its own for every test.
//!
//! Each test runs itself again inside `dbus-run-session`, with a fresh home, and starts `gnome-keyring-daemon`
//! there. Machines without these programs say so and leave the tests out.
#![allow(clippy::expect_used, clippy::panic, clippy::print_stdout, clippy::unwrap_used)]
#![cfg(target_os = "linux")]

use std::io::Write;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use convoke_auth::keychain::{KeychainError, OsKeychain, OsKeychainOptions, SecretBytes, SecretStore};
use secrecy::ExposeSecret;
use secret_service::EncryptionType;
use secret_service::blocking::SecretService;

const INSIDE: &str = "CONVOKE_TEST_SESSION";
const EXPECTED: &str = "CONVOKE_TEST_EXPECTED";

/// Runs `body` in a session of its own. `name` is the name of the test.
fn in_session(name: &str, body: fn()) {
    if std::env::var(INSIDE).as_deref() == Ok(name) {
        return body();
    }
    let missing =
        ["dbus-run-session", "gnome-keyring-daemon"].into_iter().find(|program| !is_installed(program));
    if let Some(missing) = missing {
        println!("left out: {missing} is not installed");
        return;
    }
    let home = tempfile::tempdir().unwrap();
    let done = Command::new("dbus-run-session")
        .arg("--")
        .arg(std::env::current_exe().unwrap())
        .args(["--exact", name, "--nocapture"])
        .env(INSIDE, name)
        .env("HOME", home.path())
        .env("XDG_DATA_HOME", home.path().join("data"))
        .env("XDG_RUNTIME_DIR", home.path())
        .env_remove("DISPLAY")
        .env_remove("WAYLAND_DISPLAY")
        .env_remove("GNOME_KEYRING_CONTROL")
        .output()
        .unwrap();
    let (out, err) = (String::from_utf8_lossy(&done.stdout), String::from_utf8_lossy(&done.stderr));
    assert!(done.status.success() && out.contains("1 passed"), "{out}\n{err}");
}

fn is_installed(program: &str) -> bool {
    std::env::var_os("PATH").is_some_and(|path| {
        std::env::split_paths(&path).any(|folder| Path::new(&folder).join(program).exists())
    })
}

/// A running daemon with an unlocked keychain; ends with the test.
struct Daemon(Child);

impl Daemon {
    fn start() -> Self {
        let mut child = Command::new("gnome-keyring-daemon")
            .args(["--foreground", "--unlock", "--components=secrets"])
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        child.stdin.take().unwrap().write_all(b"password").unwrap();
        wait_for(|| has_owner("org.freedesktop.secrets"));
        Self(child)
    }

    fn signal(&self, signal: &str) {
        let sent = Command::new("kill").arg(signal).arg(self.0.id().to_string()).status().unwrap();
        assert!(sent.success());
    }
}

impl Drop for Daemon {
    fn drop(&mut self) {
        drop(self.0.kill());
        drop(self.0.wait());
    }
}

fn has_owner(name: &str) -> bool {
    let asked = Command::new("dbus-send")
        .args(["--session", "--print-reply", "--dest=org.freedesktop.DBus", "/org/freedesktop/DBus"])
        .args(["org.freedesktop.DBus.NameHasOwner", &format!("string:{name}")])
        .output()
        .unwrap();
    String::from_utf8_lossy(&asked.stdout).contains("boolean true")
}

fn wait_for(condition: impl Fn() -> bool) {
    let start = Instant::now();
    while !condition() {
        assert!(start.elapsed() < Duration::from_secs(60), "waited too long");
        std::thread::yield_now();
    }
}

fn keychain(limit: Duration) -> OsKeychain {
    OsKeychain::new(OsKeychainOptions { limit, ..OsKeychainOptions::default() })
}

const LONG: Duration = Duration::from_secs(30);

fn secret(length: usize) -> SecretBytes {
    SecretBytes::from((0..length).map(|at| (at % 251) as u8).collect::<Vec<_>>())
}

fn read(keychain: &OsKeychain, name: &str) -> Option<Vec<u8>> {
    keychain.get(name).unwrap().map(|bytes| bytes.expose_secret().to_vec())
}

/// Stores an item beside the product, with `more` as a further attribute.
fn plant(name: &str, text: &[u8], more: &str) {
    let service = SecretService::connect(EncryptionType::Plain).unwrap();
    let attributes = [("service", "org.convoke.desktop"), ("username", name), ("more", more)].into();
    let collection = service.get_default_collection().unwrap();
    collection.create_item("planted", attributes, text, false, "text/plain").unwrap();
}

fn sizes_in_keychain() -> Vec<usize> {
    let service = SecretService::connect(EncryptionType::Plain).unwrap();
    let collection = service.get_default_collection().unwrap();
    let items = collection.get_all_items().unwrap();
    items.iter().map(|item| item.get_secret().unwrap().len()).collect()
}

#[test]
fn f28_values_of_every_size_come_back() {
    in_session("f28_values_of_every_size_come_back", || {
        let _daemon = Daemon::start();
        let keychain = keychain(LONG);
        assert!(keychain.backend().unwrap().contains("Secret Service"));
        assert_eq!(read(&keychain, "a/refresh-token"), None);
        for length in [32, 2_000, 10_000, 5] {
            keychain.set("a/refresh-token", &secret(length)).unwrap();
            keychain.set("a/cache-key", &secret(32)).unwrap();
            assert!(sizes_in_keychain().into_iter().all(|size| size <= 2_560));
            assert_eq!(read(&keychain, "a/refresh-token").unwrap(), secret(length).expose_secret());
        }
        keychain.delete("a/refresh-token").unwrap();
        keychain.delete("a/refresh-token").unwrap();
        assert_eq!(read(&keychain, "a/refresh-token"), None);
        assert_eq!(sizes_in_keychain().len(), 1);
        assert_eq!(read(&keychain, "a/cache-key").unwrap().len(), 32);
    });
}

#[test]
fn f26_f27_strange_entries_are_damaged_and_can_be_replaced() {
    in_session("f26_f27_strange_entries_are_damaged_and_can_be_replaced", || {
        let _daemon = Daemon::start();
        let keychain = keychain(LONG);
        plant("a/refresh-token", b"not of our form", "1");
        assert!(matches!(keychain.get("a/refresh-token"), Err(KeychainError::Damaged)));
        plant("a/refresh-token", b"\xff\xfe", "2");
        assert!(matches!(keychain.get("a/refresh-token"), Err(KeychainError::Damaged)));
        keychain.set("a/refresh-token", &secret(9)).unwrap();
        assert_eq!(read(&keychain, "a/refresh-token").unwrap().len(), 9);
        assert_eq!(sizes_in_keychain().len(), 1);
    });
}

#[test]
fn f27_two_entries_that_agree_are_one() {
    in_session("f27_two_entries_that_agree_are_one", || {
        let _daemon = Daemon::start();
        let keychain = keychain(LONG);
        keychain.set("a/refresh-token", &secret(9)).unwrap();
        let service = SecretService::connect(EncryptionType::Plain).unwrap();
        let collection = service.get_default_collection().unwrap();
        let items = collection.get_all_items().unwrap();
        plant("a/refresh-token", &items[0].get_secret().unwrap(), "copy");
        assert_eq!(read(&keychain, "a/refresh-token").unwrap().len(), 9);
        keychain.delete("a/refresh-token").unwrap();
        assert!(sizes_in_keychain().is_empty());
    });
}

#[test]
fn f21_without_a_session_bus_it_is_unavailable() {
    const NAME: &str = "f21_without_a_session_bus_it_is_unavailable";
    in_session(NAME, || {
        if let Ok(expected) = std::env::var(EXPECTED) {
            let answer = keychain(LONG).get("a/refresh-token");
            assert_eq!(answer.map_or_else(|error| error.code(), |_| "nothing"), expected);
            return;
        }
        let _daemon = Daemon::start();
        let real = std::env::var("DBUS_SESSION_BUS_ADDRESS").unwrap();
        for (address, expected) in [("unix:path=/nonexistent/bus", "keychainUnavailable"), (&real, "nothing")]
        {
            let mut again = Command::new(std::env::current_exe().unwrap());
            again.args(["--exact", NAME]).env("DBUS_SESSION_BUS_ADDRESS", address).env(EXPECTED, expected);
            let done = again.output().unwrap();
            assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stdout));
        }
    });
}

#[test]
fn f22_a_locked_keychain_is_named_in_time_and_works_when_unlocked() {
    in_session("f22_a_locked_keychain_is_named_in_time_and_works_when_unlocked", || {
        let daemon = Daemon::start();
        let keychain = keychain(Duration::from_secs(5));
        keychain.set("a/refresh-token", &secret(9)).unwrap();
        let service = SecretService::connect(EncryptionType::Plain).unwrap();
        service.get_default_collection().unwrap().lock().unwrap();
        let start = Instant::now();
        let error = keychain.get("a/refresh-token").unwrap_err();
        assert!(start.elapsed() < Duration::from_secs(20));
        assert!(matches!(error, KeychainError::Locked), "{error:?}");
        assert!(keychain.set("a/other", &secret(9)).is_err());
        // The person logs in again: a fresh daemon with the password, and the same file.
        drop(daemon);
        wait_for(|| !has_owner("org.freedesktop.secrets"));
        let _daemon = Daemon::start();
        assert_eq!(read(&keychain, "a/refresh-token").unwrap().len(), 9);
    });
}

#[test]
fn f23_a_silent_daemon_costs_the_time_limit_and_no_more() {
    in_session("f23_a_silent_daemon_costs_the_time_limit_and_no_more", || {
        let daemon = Daemon::start();
        let keychain = keychain(Duration::from_secs(2));
        keychain.set("a/refresh-token", &secret(9)).unwrap();
        daemon.signal("-STOP");
        for _ in 0..2 {
            let start = Instant::now();
            let error = keychain.get("a/refresh-token").unwrap_err();
            assert!(matches!(error, KeychainError::Timeout), "{error:?}");
            assert!(start.elapsed() < Duration::from_secs(15), "{:?}", start.elapsed());
        }
        daemon.signal("-CONT");
        wait_for(|| keychain.get("a/refresh-token").is_ok_and(|found| found.is_some()));
    });
}

#[test]
fn f25_a_daemon_that_was_killed_and_restarted_is_found_again() {
    in_session("f25_a_daemon_that_was_killed_and_restarted_is_found_again", || {
        let daemon = Daemon::start();
        let keychain = keychain(LONG);
        keychain.set("a/refresh-token", &secret(9)).unwrap();
        drop(daemon);
        wait_for(|| !has_owner("org.freedesktop.secrets"));
        let _daemon = Daemon::start();
        assert_eq!(read(&keychain, "a/refresh-token").unwrap().len(), 9);
    });
}
