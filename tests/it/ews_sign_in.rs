//! Signing in with a password at the company's own Exchange server: what the product sends, by the server's log.

use convoke_ews::operation::{Mailbox, Probe};
use convoke_ews::{Endpoint, Operation};
use convoke_model::random::RandomError;
use convoke_net::Scheme::{Basic, Ntlm};
use convoke_net::{ClientOptions, Credentials, Limits, NetError, PasswordTransport, Scheme, Transport};
use convoke_tenant::ews::auth::accounts::Standing;
use convoke_tenant::ews::quirks::Quirk;
use convoke_tenant::faults::{FaultKind, FaultRule};
use convoke_tenant::{Options, Running, Scenario};
use http::StatusCode;
use secrecy::SecretString;
use std::sync::Arc;

/// The user whose mailbox is on the company's server.
const PAT: usize = 3;

/// One line of the server's log: the scheme of the credentials, the status, the operation or why not.
type Line = (Option<String>, Option<u16>, Option<String>);

async fn tenant(tls: bool, quirks: &[Quirk]) -> Running {
    let scenarios = quirks.iter().map(|quirk| Scenario::Exchange(*quirk)).collect();
    let options = Options { tls, scenarios, events: 8, contacts: 4, directory: 6, ..Options::default() };
    convoke_tenant::start(options).await.unwrap()
}

/// What the app has of the machine: its clock, its randomness, no proxy; and the tenant's authority.
fn transport(tenant: &Running, user: &str, password: &str, schemes: &[Scheme]) -> PasswordTransport {
    let extra_roots = tenant.ready.ca.iter().map(|path| std::fs::read(path).unwrap()).collect();
    trusting(extra_roots, tenant, (user, password), schemes)
}

fn trusting(
    extra_roots: Vec<Vec<u8>>,
    tenant: &Running,
    (user, password): (&str, &str),
    schemes: &[Scheme],
) -> PasswordTransport {
    let options = ClientOptions { extra_roots, system_proxy: false, ..ClientOptions::default() };
    let credentials = Credentials::new(user, SecretString::from(password)).unwrap();
    let random = |bytes: &mut [u8]| getrandom::fill(bytes).map_err(|_| RandomError);
    let url = tenant.ready.ews.parse().unwrap();
    let clock = Arc::new(chrono::Utc::now);
    PasswordTransport::new(options, &url, credentials, schemes, Arc::new(random), clock).unwrap()
}

fn pats(tenant: &Running, schemes: &[Scheme]) -> PasswordTransport {
    transport(tenant, "CONTOSO\\pat.obrien", &tenant.ready.users[PAT].password, schemes)
}

async fn ask(
    tenant: &Running,
    transport: &PasswordTransport,
) -> Result<http::Response<bytes::Bytes>, NetError> {
    let endpoint = Endpoint::new(&tenant.ready.ews).unwrap();
    transport.send(Probe.request(&endpoint).unwrap(), Limits::PAGE).await
}

/// Asks for the folders of the mailbox and reads them.
async fn mailbox(tenant: &Running, transport: &PasswordTransport) -> Mailbox {
    let answer = ask(tenant, transport).await.unwrap();
    Probe.parse(&answer, &Endpoint::new(&tenant.ready.ews).unwrap()).unwrap()
}

async fn status(tenant: &Running, transport: &PasswordTransport) -> StatusCode {
    ask(tenant, transport).await.unwrap().status()
}

fn log(tenant: &Running) -> Vec<Line> {
    let records = tenant.shared.log.since(0).into_iter();
    records.map(|record| (record.auth_scheme, record.status, record.note)).collect()
}

fn line(scheme: Option<&str>, status: u16, note: &str) -> Line {
    (scheme.map(str::to_owned), Some(status), Some(note.to_owned()))
}

/// Three messages, then a connection that is known.
fn ntlm_twice() -> Vec<Line> {
    vec![
        line(None, 401, "no credentials"),
        line(Some("NTLM"), 401, "challenge"),
        line(Some("NTLM"), 200, "GetFolder"),
        line(None, 200, "GetFolder"),
    ]
}

#[tokio::test]
async fn ntlm_signs_a_connection_in_with_and_without_channel_bindings() {
    for (tls, quirks) in [(false, &[][..]), (true, &[]), (true, &[Quirk::ExtendedProtection])] {
        let tenant = tenant(tls, quirks).await;
        let transport = pats(&tenant, &[Ntlm]);
        let first = mailbox(&tenant, &transport).await;
        assert!(!first.calendar.is_empty() && first.contacts.is_some(), "{first:?}");
        assert_eq!(mailbox(&tenant, &transport).await, first);
        assert_eq!(log(&tenant), ntlm_twice(), "tls {tls}, {quirks:?}");
    }
}

#[tokio::test]
async fn basic_carries_the_password_in_every_request() {
    for tls in [false, true] {
        let tenant = tenant(tls, &[Quirk::Basic]).await;
        let transport = pats(&tenant, &[Basic, Ntlm]);
        let first = mailbox(&tenant, &transport).await;
        assert_eq!(mailbox(&tenant, &transport).await, first);
        let basic = line(Some("Basic"), 200, "GetFolder");
        assert_eq!(log(&tenant), [line(None, 401, "no credentials"), basic.clone(), basic], "tls {tls}");
    }
}

#[tokio::test]
async fn the_callers_order_decides_and_what_is_not_allowed_is_not_tried() {
    let tenant = tenant(false, &[Quirk::Basic]).await;
    mailbox(&tenant, &pats(&tenant, &[Ntlm, Basic])).await;
    assert_eq!(log(&tenant), ntlm_twice()[..3]);
    tenant.shared.set_scenario(Scenario::Exchange(Quirk::Basic), false);
    let error = ask(&tenant, &pats(&tenant, &[Basic])).await.unwrap_err();
    assert!(matches!(&error, NetError::NoCommonScheme { offered, .. } if *offered == ["Negotiate", "NTLM"]));
    assert_eq!(log(&tenant)[3..], [line(None, 401, "no credentials")]);
}

#[tokio::test]
async fn both_forms_of_the_name_are_understood() {
    let tenant = tenant(false, &[Quirk::Basic]).await;
    let user = &tenant.ready.users[PAT];
    for name in ["CONTOSO\\pat.obrien", "contoso.example\\Pat.OBrien", &user.username] {
        for scheme in [Ntlm, Basic] {
            let transport = transport(&tenant, name, &user.password, &[scheme]);
            assert_eq!(status(&tenant, &transport).await, StatusCode::OK, "{name} {scheme:?}");
        }
    }
}

#[tokio::test]
async fn a_wrong_password_counts_once_however_often_the_program_asks() {
    for scheme in [Ntlm, Basic] {
        let tenant = tenant(false, &[Quirk::Basic, Quirk::AccountLockout]).await;
        let wrong = transport(&tenant, "CONTOSO\\pat.obrien", "not-the-password", &[scheme]);
        for _ in 0..10 {
            assert_eq!(status(&tenant, &wrong).await, StatusCode::UNAUTHORIZED);
        }
        let counted = log(&tenant).into_iter().filter(|(.., note)| note.as_deref() == Some("wrong password"));
        assert_eq!(counted.count(), 1, "{scheme:?}");
        // Five would have locked the account.
        mailbox(&tenant, &pats(&tenant, &[scheme])).await;
    }
}

#[tokio::test]
async fn an_account_that_may_not_sign_in_is_tried_once() {
    for (standing, note) in [
        (Standing::Locked, "account locked"),
        (Standing::PasswordExpired, "password expired"),
        (Standing::Disabled, "account disabled"),
    ] {
        for (scheme, name) in [(Ntlm, "NTLM"), (Basic, "Basic")] {
            let tenant = tenant(false, &[Quirk::Basic]).await;
            tenant.shared.exchange.data().accounts.set(PAT, standing);
            let transport = pats(&tenant, &[scheme]);
            for _ in 0..3 {
                assert_eq!(status(&tenant, &transport).await, StatusCode::UNAUTHORIZED);
            }
            let log = log(&tenant);
            assert_eq!(log.last(), Some(&line(Some(name), 401, note)));
            assert_eq!(log.len(), if scheme == Ntlm { 3 } else { 2 });
        }
    }
}

#[tokio::test]
async fn a_certificate_of_an_unknown_authority_gets_not_even_a_request() {
    let tenant = tenant(true, &[Quirk::Basic]).await;
    let password = &tenant.ready.users[PAT].password;
    for scheme in [Ntlm, Basic] {
        let transport = trusting(Vec::new(), &tenant, ("CONTOSO\\pat.obrien", password), &[scheme]);
        let error = ask(&tenant, &transport).await.unwrap_err();
        assert!(matches!(error, NetError::Tls { .. }), "{error:?}");
    }
    assert_eq!(log(&tenant), []);
}

/// Another server sends the client on at each message of the sign-in, and is a mail server itself.
#[tokio::test]
async fn b62_who_is_sent_to_another_host_takes_no_credentials_there() {
    for (scheme, messages) in [(Ntlm, 3), (Basic, 2)] {
        for passed in 0..messages {
            let (tenant, foreign) =
                (tenant(false, &[Quirk::Basic]).await, tenant(false, &[Quirk::Basic]).await);
            let rule = FaultRule::new("EWS", FaultKind::Redirect);
            tenant.shared.faults.add(FaultRule {
                skip: passed,
                url: Some(foreign.ready.ews.clone()),
                ..rule
            });
            let transport = pats(&tenant, &[scheme]);
            let answer = ask(&tenant, &transport).await.unwrap();
            assert_eq!(answer.status(), StatusCode::TEMPORARY_REDIRECT, "{scheme:?} {passed}");
            assert_eq!(answer.headers()["location"], *foreign.ready.ews);
            let there = Probe.request(&Endpoint::new(&foreign.ready.ews).unwrap()).unwrap();
            let error = transport.send(there, Limits::PAGE).await.unwrap_err();
            assert!(matches!(error, NetError::NotAllowed { .. }), "{error:?}");
            assert_eq!(log(&foreign), [], "{scheme:?} {passed}");
        }
    }
}

#[tokio::test]
async fn f34_a_connection_that_is_cut_is_signed_in_anew_and_the_request_not_repeated() {
    let tenant = tenant(true, &[Quirk::ExtendedProtection]).await;
    let transport = pats(&tenant, &[Ntlm]);
    mailbox(&tenant, &transport).await;
    tenant.shared.faults.add(FaultRule { times: Some(1), ..FaultRule::new("EWS", FaultKind::Reset) });
    let error = ask(&tenant, &transport).await.unwrap_err();
    assert!(error.is_transient(), "{error:?}");
    mailbox(&tenant, &transport).await;
    let ntlm = ntlm_twice();
    let cut = (None, None, None);
    assert_eq!(log(&tenant), [&ntlm[..3], &[cut], &ntlm[1..3]].concat());
}
