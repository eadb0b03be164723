//! No secret and no subject line in any file, log or command line.

use convoke_desk::Office;
use convoke_tenant::Options;
use std::path::Path;

/// Byte strings that must be nowhere: content of the mailbox, and every token the tenant gave out.
fn canaries(office: &Office) -> Vec<String> {
    let (from, to) = convoke_desk::days();
    let agenda = office.truth(&format!("truth/agenda?from={from}&to={to}"));
    let mut planted: Vec<String> = agenda
        .as_array()
        .expect("a list")
        .iter()
        .filter_map(|meeting| meeting["subject"].as_str())
        .filter(|subject| subject.chars().count() > 12)
        .take(80)
        .map(str::to_owned)
        .collect();
    let contacts = office.truth("truth/contacts");
    planted.extend(
        contacts
            .as_array()
            .expect("a list")
            .iter()
            .take(40)
            .filter_map(|c| c["emails"][0]["address"].as_str())
            .map(str::to_owned),
    );
    let tokens = office.truth("tokens");
    let tokens: Vec<String> = tokens
        .as_array()
        .expect("a list")
        .iter()
        .filter_map(|token| token.as_str())
        .map(str::to_owned)
        .collect();
    assert!(tokens.len() >= 2, "the tenant gave out tokens");
    planted.extend(tokens);
    planted
}

fn search(folder: &Path, canaries: &[String], looked: &mut usize) {
    for entry in std::fs::read_dir(folder).expect("a folder").flatten() {
        let path = entry.path();
        let kind = entry.file_type().expect("a kind");
        if kind.is_dir() {
            search(&path, canaries, looked);
        } else if kind.is_file() {
            let bytes = std::fs::read(&path).expect("a file");
            *looked += 1;
            for canary in canaries {
                let found = bytes.windows(canary.len()).any(|window| window == canary.as_bytes());
                assert!(!found, "{canary:?} stands in {}", path.display());
            }
        }
    }
}

#[test]
fn b38_no_canary_in_files_logs_or_output() {
    let mut office = Office::of(Options { events: 120, contacts: 80, ..Options::default() });
    office.connect();
    let traced = office.desk.command(&["--log", "trace", "sync", "--full"]).output().expect("it runs");
    assert!(traced.status.success());
    let log = [traced.stdout, traced.stderr].concat();
    let canaries = canaries(&office);
    for canary in &canaries {
        let found = log.windows(canary.len()).any(|window| window == canary.as_bytes());
        assert!(!found, "{canary:?} stands in the log");
    }
    let mut looked = 0;
    search(office.desk.home(), &canaries, &mut looked);
    assert!(looked >= 3, "files were looked at");
    // The search itself works: the keyring's own file aside, a planted file is found.
    std::fs::write(office.desk.home().join("planted"), &canaries[0]).expect("written");
    let found = std::panic::catch_unwind(|| search(office.desk.home(), &canaries[..1], &mut 0));
    assert!(found.is_err(), "a planted canary is found");
}

#[cfg(target_os = "linux")]
#[test]
fn b38_no_canary_on_a_command_line() {
    let mut office = Office::of(Options { events: 40, contacts: 20, ..Options::default() });
    office.connect();
    let canaries = canaries(&office);
    let mut child = office.desk.command(&["sync", "--full"]).spawn().expect("it starts");
    let mut seen = 0;
    while child.try_wait().expect("it is asked").is_none() {
        if let Ok(line) = std::fs::read(format!("/proc/{}/cmdline", child.id())) {
            seen += usize::from(!line.is_empty());
            let line = String::from_utf8_lossy(&line).into_owned();
            assert!(!canaries.iter().any(|canary| line.contains(canary.as_str())), "{line}");
        }
    }
    assert!(seen > 0, "the command line was read while it ran");
}
