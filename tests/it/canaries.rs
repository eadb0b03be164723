//! No secret and no subject line in any file, log or command line.

use convoke_desk::Office;
use convoke_tenant::Options;
use std::collections::BTreeSet;
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

pub fn search(folder: &Path, canaries: &[String], looked: &mut usize) {
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
    let office = Office::of(Options { events: 40, contacts: 20, ..Options::default() });
    let home = office.desk.home().to_owned();
    let mut lines = BTreeSet::new();
    // While the page is open, during sign-in and connection, and all through a sync.
    let mut person = office.browser.clone();
    for command in ["sign-in", "connect"] {
        let answer = office.with_address(&[command], |address| {
            lines.extend(command_lines(&home));
            person.go(address);
            lines.extend(command_lines(&home));
        });
        answer.done();
    }
    let mut child = office.desk.command(&["sync", "--full"]).spawn().expect("it starts");
    while child.try_wait().expect("it is asked").is_none() {
        lines.extend(command_lines(&home));
    }
    for command in ["sign-in", "connect", "sync"] {
        assert!(
            lines.iter().any(|line| line.contains("convokectl") && line.contains(command)),
            "{command} was seen"
        );
    }
    let canaries = canaries(&office);
    for line in lines {
        assert!(!canaries.iter().any(|canary| line.contains(canary.as_str())), "{line}");
    }
}

/// Of every process of this desk: what runs with its home folder, whoever started it.
#[cfg(target_os = "linux")]
pub fn command_lines(home: &Path) -> Vec<String> {
    let home = format!("HOME={}", home.display());
    let read = |process: &Path, file: &str| std::fs::read(process.join(file)).unwrap_or_default();
    let processes = std::fs::read_dir("/proc").expect("/proc").flatten().map(|process| process.path());
    let ours = processes.filter(|process| {
        read(process, "environ").split(|byte| *byte == 0).any(|variable| variable == home.as_bytes())
    });
    let lines = ours.map(|process| String::from_utf8_lossy(&read(&process, "cmdline")).into_owned());
    lines.filter(|line| !line.is_empty()).collect()
}
