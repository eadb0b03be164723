//! What the journeys at the company's own Exchange server share: an office whose person has the mailbox there, its
//! policy, the server's log, the keychain.

use convoke_desk::{Answer, Office};
use convoke_tenant::ews::quirks::Quirk;
use convoke_tenant::log::RequestRecord;
use convoke_tenant::{Options, Scenario};
use serde_json::{Value, json};
use std::process::Command;

/// The user with the large mailbox; on premises only where [`hybrid`] puts her there.
pub const LUCIA: usize = 0;
/// The user whose mailbox is always on the company's server.
pub const PAT: usize = 3;

/// A small world with some behaviours of the server.
pub fn small(quirks: &[Quirk]) -> Options {
    let scenarios = quirks.iter().map(|quirk| Scenario::Exchange(*quirk)).collect();
    Options { events: 24, contacts: 12, directory: 12, scenarios, ..Options::default() }
}

/// An office whose person has a mailbox on premises, under the policy that names the server. Signed in.
pub fn hybrid(user: usize, options: Options) -> Office {
    let on_premises = vec!["lucia.moreno@contoso.example".to_owned()];
    signed_in(Office::with(Options { on_premises, ..options }, user, |ready| &ready.policy_ews))
}

/// The office of Pat, under the policy that allows every way to sign in and names no server. Signed in.
pub fn nameless(options: Options) -> Office {
    let office = Office::with(options, PAT, |ready| &ready.policy_ews);
    set_policy(&office, |enforced| enforced["integration"]["ews"]["url"] = Value::Null);
    signed_in(office)
}

/// The administrator consents to tokens for the Exchange server, for everybody.
pub fn consented(office: &Office) {
    let scope = "https://localhost/EWS.AccessAsUser.All";
    office.control("grants", &json!({"action": "grantForOrganization", "scope": scope}));
}

fn signed_in(mut office: Office) -> Office {
    office.through_browser(&["sign-in"]).done();
    office
}

/// Connects at the Exchange server with a password from standard input.
pub fn with_password(office: &Office, password: &str, more: &[&str]) -> Answer {
    let mut all = vec!["connect", "--exchange", "--password-stdin"];
    all.extend_from_slice(more);
    office.desk.run_with_line(&all, password)
}

/// Connects with the person's own password, which must succeed.
#[track_caller]
pub fn connected(office: &Office) {
    let password = password(office);
    assert_eq!(with_password(office, &password, &[]).done()["event"], "connected");
}

/// Connects where neither a password nor the browser is needed.
#[track_caller]
pub fn silently(office: &Office, more: &[&str]) {
    let mut all = vec!["connect", "--exchange", "--timeout", "1"];
    all.extend_from_slice(more);
    let answer = office.desk.run(&all);
    assert!(!answer.stdout.contains("\"browser\""), "{answer:?}");
    assert_eq!(answer.done()["event"], "connected");
}

/// The person's password, the same at both sign-ins.
pub fn password(office: &Office) -> String {
    office.person.password.clone()
}

/// Changes the policy of the desk.
pub fn set_policy(office: &Office, change: impl FnOnce(&mut Value)) {
    let text = std::fs::read_to_string(&office.desk.policy).unwrap();
    let mut policy: Value = serde_json::from_str(&text).unwrap();
    change(&mut policy["enforced"]);
    std::fs::write(&office.desk.policy, policy.to_string()).unwrap();
}

pub fn set(office: &Office, quirk: Quirk, on: bool) {
    office.tenant().shared.set_scenario(Scenario::Exchange(quirk), on);
}

/// Moves the person's mailbox.
pub fn move_to(office: &Office, place: &str) {
    let user = &office.person.username;
    office.control("mailbox", &json!({"user": user, "mailbox": place}));
}

/// The number of the server's last request: those after it are asked for with [`log`].
pub fn mark(office: &Office) -> u64 {
    office.tenant().shared.log.latest()
}

/// What reached the Exchange server and Autodiscover after a mark.
pub fn log(office: &Office, after: u64) -> Vec<RequestRecord> {
    let mut records = office.tenant().shared.log.since(after);
    records.retain(|record| {
        let path = record.path.to_ascii_lowercase();
        path.starts_with("/ews/") || path.starts_with("/autodiscover/")
    });
    records
}

/// The schemes of credentials in these requests, each once.
pub fn schemes(log: &[RequestRecord]) -> Vec<&str> {
    let mut all: Vec<&str> = log.iter().filter_map(|record| record.auth_scheme.as_deref()).collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// How often the server noted this.
pub fn noted(log: &[RequestRecord], note: &str) -> usize {
    log.iter().filter(|record| record.note.as_deref() == Some(note)).count()
}

/// Requires a failure with this code and exit status.
#[track_caller]
pub fn refused(answer: &Answer, code: &str, status: i32) {
    assert_eq!((answer.json["code"].as_str(), answer.status), (Some(code), status), "{answer:?}");
}

/// `exchange` of the status.
pub fn exchange(office: &Office) -> Value {
    office.desk.run(&["status"]).done()["exchange"].clone()
}

/// The state of one service.
pub fn state(office: &Office, service: &str) -> Value {
    office.desk.run(&["status"]).done()["services"][service]["state"].clone()
}

/// Whether the keychain of who is signed in has a password for an Exchange server.
pub fn keeps_password(office: &Office) -> bool {
    let entries = keychain(office);
    assert!(entries.contains("cache-key"), "the search finds entries: {entries}");
    entries.contains("exchange-password")
}

/// The program's entries in the keychain, whoever is signed in.
pub fn keychain(office: &Office) -> String {
    let found = Command::new("secret-tool")
        .args(["search", "--all", "service", "org.convoke.desktop"])
        .env("DBUS_SESSION_BUS_ADDRESS", &office.desk.keyring.address)
        .output()
        .unwrap();
    String::from_utf8_lossy(&[found.stdout, found.stderr].concat()).into_owned()
}

/// Requires that agenda and contacts are the tenant's truth for the person.
#[track_caller]
pub fn is_true(office: &Office, moment: &str) {
    super::ews_compare::is_true(office, moment);
}
