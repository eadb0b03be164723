//! The password of the Exchange server, planted and searched for: in files, logs, output and command lines.

use crate::canaries::{command_lines, search};
use crate::ews_desk::*;
use convoke_desk::Office;
use convoke_tenant::ews::quirks::Quirk;
use serde_json::json;
use std::collections::BTreeSet;
use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Stdio};

const PLANTED: &str = "Canary-Passphrase-4711";
const USER: &str = "CONTOSO\\pat.obrien";

/// The forms in which a careless program would leave it: as it is, as Windows writes it, as Basic sends it.
fn forms() -> Vec<Vec<u8>> {
    let windows = PLANTED.encode_utf16().flat_map(u16::to_le_bytes).collect();
    // The 18 bytes of the user name are whole groups of base64: what follows begins with the colon.
    let basic = b"OkNhbmFyeS1QYXNzcGhyYXNlLTQ3MTE".to_vec();
    vec![PLANTED.as_bytes().to_vec(), windows, basic]
}

fn has(text: &[u8], form: &[u8]) -> bool {
    text.windows(form.len()).any(|window| window == form)
}

/// The files of a folder, and their permissions for anybody but the user.
fn open_to_others(folder: &Path, found: &mut Vec<(PathBuf, u32)>) {
    for entry in std::fs::read_dir(folder).unwrap().flatten() {
        let others = entry.metadata().unwrap().permissions().mode() & 0o077;
        if others != 0 {
            found.push((entry.path(), others));
        }
        if entry.file_type().unwrap().is_dir() {
            open_to_others(&entry.path(), found);
        }
    }
}

/// Pat's office, in which the password is the planted one.
fn office(way: &str) -> Office {
    let office = hybrid(PAT, small(&[Quirk::Basic]));
    PLANTED.clone_into(&mut office.tenant().shared.world_mut().users[PAT].password);
    set_policy(&office, |enforced| enforced["integration"]["ews"]["auth"] = json!([way]));
    office
}

#[test]
fn no_password_in_files_logs_output_or_on_a_command_line() {
    for way in ["ntlm", "basic"] {
        let office = office(way);
        let mut said = connect_watched(&office);
        for arguments in [&["--log", "trace", "sync", "--full"][..], &["--log", "trace", "--json", "status"]]
        {
            let output = office.desk.command(arguments).output().unwrap();
            assert!(output.status.success(), "{output:?}");
            said.extend([output.stdout, output.stderr].concat());
        }
        // A refusal tells nothing of what was refused either.
        "other".clone_into(&mut office.tenant().shared.world_mut().users[PAT].password);
        let refused = office.desk.command(&["--log", "trace", "--json", "sync"]).output().unwrap();
        assert_eq!(refused.status.code(), Some(4), "{refused:?}");
        said.extend([refused.stdout, refused.stderr].concat());
        for form in forms() {
            assert!(!has(&said, &form), "{way}: {:?} stands in the log", String::from_utf8_lossy(&form));
        }
        let plain = [PLANTED.to_owned(), "OkNhbmFyeS1QYXNzcGhyYXNlLTQ3MTE".to_owned()];
        let mut looked = 0;
        search(office.desk.home(), &plain, &mut looked);
        assert!(looked >= 3 && keeps_password(&office), "files were looked at, and it is in the keychain");
        let mut open = Vec::new();
        open_to_others(&office.desk.data(), &mut open);
        assert!(open.is_empty() && office.desk.cache().exists(), "others may read {open:?}");
    }
}

#[test]
fn no_token_in_files_logs_output_or_on_a_command_line() {
    let mut office = hybrid(PAT, small(&[Quirk::HybridModernAuth]));
    let connected = office.through_browser(&["--log", "trace", "connect", "--exchange"]);
    let mut said = format!("{}{}", connected.stdout, connected.stderr);
    connected.done();
    let child = office
        .desk
        .command(&["--log", "trace", "sync", "--full"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn();
    let (output, lines) = watched(&office, child.unwrap());
    said.push_str(&String::from_utf8_lossy(&output));
    let tokens = office.truth("tokens");
    let tokens: Vec<String> =
        tokens.as_array().unwrap().iter().map(|token| token.as_str().unwrap().to_owned()).collect();
    assert!(
        tokens.len() >= 3 && schemes(&log(&office, 0)) == ["Bearer"],
        "there are tokens, and they were sent"
    );
    for token in &tokens {
        assert!(!said.contains(token), "{token} stands in the log");
        assert!(lines.iter().all(|line| !line.contains(token)), "{token} stands on a command line");
    }
    let mut looked = 0;
    search(office.desk.home(), &tokens, &mut looked);
    assert!(looked >= 3, "files were looked at");
}

/// Connects with a log of everything, and looks at the command lines meanwhile. What the program said.
fn connect_watched(office: &Office) -> Vec<u8> {
    let arguments = ["--log", "trace", "--json", "connect", "--exchange", "--password-stdin", "--user", USER];
    let mut command = office.desk.command(&arguments);
    command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut child = command.spawn().unwrap();
    let mut lines = BTreeSet::from_iter(command_lines(office.desk.home()));
    writeln!(child.stdin.take().unwrap(), "{PLANTED}").unwrap();
    let (output, more) = watched(office, child);
    lines.extend(more);
    assert!(lines.iter().any(|line| line.contains("--password-stdin")), "the program was seen");
    assert!(lines.iter().all(|line| !line.contains(PLANTED)), "{lines:?}");
    output
}

/// What a program said, which must succeed, and the command lines of the desk's processes meanwhile.
fn watched(office: &Office, child: Child) -> (Vec<u8>, BTreeSet<String>) {
    let mut lines = BTreeSet::from_iter(command_lines(office.desk.home()));
    // Its output is read beside, so that it never waits for a full pipe.
    let reading = std::thread::spawn(move || child.wait_with_output().unwrap());
    while !reading.is_finished() {
        lines.extend(command_lines(office.desk.home()));
    }
    let output = reading.join().unwrap();
    assert!(output.status.success(), "{output:?}");
    assert!(lines.iter().any(|line| line.contains("convokectl")), "the program was seen");
    ([output.stdout, output.stderr].concat(), lines)
}
