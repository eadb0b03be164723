//! What goes wrong at the sign-in of the company's Exchange server: each with its code and exit status, and the
//! server's log as witness that nothing secret went where it must not, nor twice.

use crate::ews_desk::*;
use convoke_desk::{Answer, Office};
use convoke_tenant::ews::auth::accounts::Standing;
use convoke_tenant::ews::quirks::Quirk;
use convoke_tenant::faults::{FaultKind, FaultRule};
use convoke_tenant::{Options, Running};
use serde_json::json;
use std::process::{Child, Stdio};

/// Policy's order of the ways to sign in that makes one of them the first.
fn only(office: &Office, way: &str) {
    set_policy(office, |enforced| enforced["integration"]["ews"]["auth"] = json!([way]));
}

#[test]
fn a_wrong_password_is_sent_once_and_the_right_one_then_works() {
    for way in ["ntlm", "basic"] {
        let office = hybrid(PAT, small(&[Quirk::Basic, Quirk::AccountLockout]));
        only(&office, way);
        refused(&with_password(&office, "not-the-password", &[]), "passwordRefused", 4);
        assert!(!keeps_password(&office), "{way}");
        assert_eq!(noted(&log(&office, 0), "wrong password"), 1, "{way}");
        assert_eq!(exchange(&office)["asks"], "password", "{way}");
        nothing_more_is_sent(&office);
        connected(&office);
        office.desk.run(&["sync"]).done();
        is_true(&office, way);
    }
}

/// Later commands, each a process of its own: no password is sent, and by a synchronization nothing at all.
#[track_caller]
fn nothing_more_is_sent(office: &Office) {
    let before = mark(office);
    for _ in 0..2 {
        let answer = office.desk.run(&["sync"]);
        assert_eq!(answer.status, 4, "{answer:?}");
    }
    assert!(log(office, before).is_empty(), "{:?}", log(office, before));
    refused(&office.desk.run(&["connect", "--exchange"]), "passwordRequired", 4);
    // To see what the server offers takes a token without content.
    let sent = log(office, before);
    assert!(schemes(&sent) == ["Bearer"] && sent.iter().all(|record| record.status == Some(401)), "{sent:?}");
}

#[test]
fn a_password_that_stops_working_is_sent_once_and_asked_for_again() {
    for (standing, note) in [
        (Standing::PasswordExpired, "password expired"),
        (Standing::Locked, "account locked"),
        (Standing::Disabled, "account disabled"),
    ] {
        let office = hybrid(PAT, small(&[Quirk::Basic]));
        connected(&office);
        office.desk.run(&["sync"]).done();
        let before = mark(&office);
        office.tenant().shared.exchange.data().accounts.set(PAT, standing);
        refused(&office.desk.run(&["sync"]), "passwordRefused", 4);
        assert_eq!(noted(&log(&office, before), note), 1, "{standing:?}");
        assert_eq!(exchange(&office)["asks"], "password", "{standing:?}");
        assert_eq!(state(&office, "calendar"), "signInRequired", "{standing:?}");
        nothing_more_is_sent(&office);
        is_true(&office, "what was synced before stays");
        // A new password, or an administrator, opens the account again.
        office.tenant().shared.exchange.data().accounts.set(PAT, Standing::Active);
        connected(&office);
        office.desk.run(&["sync"]).done();
        is_true(&office, note);
    }
}

#[test]
fn of_many_processes_at_once_one_sends_a_password_that_stopped_working() {
    for way in ["ntlm", "basic"] {
        let office = hybrid(PAT, small(&[Quirk::Basic, Quirk::AccountLockout]));
        only(&office, way);
        connected(&office);
        let before = mark(&office);
        office.tenant().shared.exchange.data().accounts.set(PAT, Standing::PasswordExpired);
        let start = || office.desk.command(&["--json", "sync"]).stdout(Stdio::piped()).spawn().unwrap();
        let running: Vec<Child> = (0..6).map(|_| start()).collect();
        for process in running {
            let answer = Answer::from(process.wait_with_output().unwrap());
            assert!(["passwordRefused", "passwordRequired"].iter().any(|code| answer.json["code"] == *code));
            assert_eq!(answer.status, 4, "{answer:?}");
        }
        assert_eq!(noted(&log(&office, before), "password expired"), 1, "{way}");
        office.tenant().shared.exchange.data().accounts.set(PAT, Standing::Active);
        connected(&office);
        office.desk.run(&["sync"]).done();
        is_true(&office, way);
    }
}

#[test]
fn a_password_that_changed_elsewhere_is_refused_once_and_replaced() {
    let office = hybrid(PAT, small(&[]));
    connected(&office);
    office.desk.run(&["sync"]).done();
    let before = mark(&office);
    "Brand-new-42".clone_into(&mut office.tenant().shared.world_mut().users[PAT].password);
    refused(&office.desk.run(&["sync"]), "passwordRefused", 4);
    nothing_more_is_sent(&office);
    assert_eq!(noted(&log(&office, before), "wrong password"), 1);
    assert_eq!(with_password(&office, "Brand-new-42", &[]).done()["event"], "connected");
    office.desk.run(&["sync"]).done();
    is_true(&office, "after the change");
}

#[test]
fn what_is_typed_wrong_leaves_the_connection_that_works() {
    let office = nameless(small(&[Quirk::Basic, Quirk::AccountLockout]));
    let (password, url) = (password(&office), office.tenant().ready.ews.clone());
    with_password(&office, &password, &["--ews-url", &url]).done();
    let works = exchange(&office);
    let nobody = ["--user", "CONTOSO\\nobody"];
    let elsewhere = ["--ews-url", "http://localhost:9/EWS/Exchange.asmx"];
    for (typed, more, code, status) in [
        ("not-the-password", &[][..], "passwordRefused", 4),
        (&password, &nobody[..], "passwordRefused", 4),
        (&password, &elsewhere[..], "serverUnreachable", 5),
    ] {
        refused(&with_password(&office, typed, more), code, status);
        assert_eq!(exchange(&office), works, "{more:?}");
        office.desk.run(&["sync"]).done();
    }
    // The password is kept for the server that took it, and for no other.
    let other = nameless(small(&[Quirk::Basic]));
    let elsewhere = other.tenant().ready.ews.clone();
    refused(&office.desk.run(&["connect", "--exchange", "--ews-url", &elsewhere]), "passwordRequired", 4);
    let sent = log(&other, 0);
    assert!(schemes(&sent) == ["Bearer"] && sent.iter().all(|record| record.status == Some(401)), "{sent:?}");
    assert_eq!(exchange(&office), works);
    office.desk.run(&["sync"]).done();
    is_true(&office, "it still works");
}

/// The company's server under TLS, beside the office's own tenant: another of the same seed, with the same people.
struct Guarded {
    office: Office,
    runtime: tokio::runtime::Runtime,
    server: Option<Running>,
}

impl Guarded {
    fn new(quirks: &[Quirk]) -> Self {
        let office = hybrid(PAT, small(&[]));
        let runtime =
            tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap();
        let server = runtime.block_on(convoke_tenant::start(Options { tls: true, ..small(quirks) })).unwrap();
        let url = server.ready.ews.clone();
        set_policy(&office, |enforced| enforced["integration"]["ews"]["url"] = json!(url));
        Self { office, runtime, server: Some(server) }
    }

    fn server(&self) -> &Running {
        self.server.as_ref().unwrap()
    }

    /// Runs a command on a computer that trusts the server's authority.
    fn trusting(&self, arguments: &[&str], line: &str) -> Answer {
        let mut all = vec!["--json"];
        all.extend_from_slice(arguments);
        let mut command = self.office.desk.command(&all);
        command.env("SSL_CERT_FILE", self.server().ready.ca.as_ref().unwrap());
        Answer::of_line(command, line)
    }

    fn connect(&self) -> Answer {
        self.trusting(&["connect", "--exchange", "--password-stdin"], &password(&self.office))
    }
}

impl Drop for Guarded {
    fn drop(&mut self) {
        let _on_runtime = self.runtime.enter();
        if let Some(server) = self.server.take() {
            server.stop();
        }
    }
}

#[test]
fn extended_protection_is_met_and_where_something_ends_tls_in_between_it_is_said() {
    let guarded = Guarded::new(&[Quirk::ExtendedProtection]);
    // The page of a server with detailed errors, which alone tells bindings from passwords (HTTP status of IIS).
    let detailed = FaultRule {
        skip: 3,
        times: Some(1),
        status: Some(401),
        content_type: Some("text/html".to_owned()),
        body: Some("SEC_E_BAD_BINDINGS 0x80090346".to_owned()),
        headers: [("www-authenticate".to_owned(), "NTLM".to_owned())].into(),
        ..FaultRule::new("EWS", FaultKind::Body)
    };
    guarded.server().shared.faults.add(detailed);
    refused(&guarded.connect(), "extendedProtection", 5);
    assert!(!keeps_password(&guarded.office));
    guarded.server().shared.faults.clear();
    assert_eq!(guarded.connect().done()["event"], "connected");
    guarded.trusting(&["sync"], "").done();
    let log = guarded.server().shared.log.since(0);
    assert!(noted(&log, "not bound to the channel") == 0 && noted(&log, "FindItem") > 0, "{log:?}");
}

#[test]
fn a_certificate_of_an_unknown_authority_gets_no_request_at_all() {
    let guarded = Guarded::new(&[Quirk::Basic]);
    for way in ["ntlm", "basic"] {
        only(&guarded.office, way);
        let password = password(&guarded.office);
        refused(&with_password(&guarded.office, &password, &[]), "tlsUntrusted", 5);
    }
    assert!(guarded.server().shared.log.since(0).is_empty());
    // One that was known and is no longer: the synchronization sends nothing either.
    assert_eq!(guarded.connect().done()["event"], "connected");
    guarded.trusting(&["sync"], "").done();
    let before = guarded.server().shared.log.latest();
    refused(&guarded.office.desk.run(&["sync"]), "tlsUntrusted", 5);
    assert!(guarded.server().shared.log.since(before).is_empty());
}

#[test]
fn who_is_redirected_to_another_host_sends_nothing_there() {
    for way in ["ntlm", "basic"] {
        let foreign = Guarded::new(&[Quirk::Basic]);
        let office = hybrid(PAT, small(&[Quirk::Basic]));
        only(&office, way);
        let rule = FaultRule {
            url: Some(foreign.server().ready.ews.clone()),
            ..FaultRule::new("EWS", FaultKind::Redirect)
        };
        // Before anything is known, in the middle of the sign-in, and later.
        for passed in 0..3 {
            office.tenant().shared.faults.clear();
            office.tenant().shared.faults.add(FaultRule { skip: passed, ..rule.clone() });
            let password = password(&office);
            let answer = with_password(&office, &password, &[]);
            assert_ne!(answer.status, 0, "{way} {passed} {answer:?}");
        }
        office.tenant().shared.faults.clear();
        connected(&office);
        office.tenant().shared.faults.add(rule);
        let answer = office.desk.run(&["sync"]);
        refused(&answer, "unexpectedAnswer", 1);
        assert!(foreign.server().shared.log.since(0).is_empty(), "{way}");
        office.tenant().shared.faults.clear();
        office.desk.run(&["sync"]).done();
        is_true(&office, way);
    }
}

#[test]
fn a_token_goes_to_no_other_host() {
    let foreign = Guarded::new(&[Quirk::HybridModernAuth]);
    let mut office = hybrid(PAT, small(&[Quirk::HybridModernAuth]));
    office.through_browser(&["connect", "--exchange"]).done();
    office.desk.run(&["sync"]).done();
    let url = Some(foreign.server().ready.ews.clone());
    office.tenant().shared.faults.add(FaultRule { url, ..FaultRule::new("EWS", FaultKind::Redirect) });
    refused(&office.desk.run(&["sync"]), "unexpectedAnswer", 1);
    assert!(foreign.server().shared.log.since(0).is_empty());
    office.tenant().shared.faults.clear();
    office.desk.run(&["sync"]).done();
    is_true(&office, "once it answers itself");
}

#[test]
fn a_server_that_refuses_the_organizations_tokens_is_not_taken_over() {
    let office = hybrid(PAT, small(&[Quirk::HybridModernAuth]));
    consented(&office);
    let tenant = office.tenant().ready.tenant_id.clone();
    let challenge = format!(
        "Bearer client_id=\"00000002-0000-0ff1-ce00-000000000000\", \
         trusted_issuers=\"00000001-0000-0000-c000-000000000000@{tenant}\""
    );
    let headers = json!({
        "www-authenticate": challenge,
        "x-ms-diagnostics": "2000008;reason=\"The audience of the token is not this server.\"",
    });
    office.control(
        "faults",
        &json!({"match": "Exchange.asmx", "kind": "body", "status": 401, "body": "", "headers": headers}),
    );
    let mut office = office;
    office.through_browser(&["connect"]);
    for _ in 0..2 {
        let answer = office.through_browser(&["connect", "--exchange"]);
        refused(&answer, "tokenRefused", 4);
    }
    assert_eq!(exchange(&office)["inUse"], false);
}
