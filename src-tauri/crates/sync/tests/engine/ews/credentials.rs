//! Credentials that are refused, and where they may go.

use convoke_model::service::ServiceState;
use convoke_sync::{RoundError, RoundKind};

use super::answers::{folders, page_of_iis, single};
use super::calendar::has;
use super::office::{Office, engine};
use crate::script::ok;

#[tokio::test]
async fn f52_a_refused_token_is_replaced_once_and_the_request_replayed() {
    let office = Office::with_tokens();
    has(&office, &[single("S", "Lunch", 12)]);
    let good = office_folders();
    office.server.on("FindFolder", [page_of_iis(401), good]);
    office.synced().await;
    assert_eq!(office.world.meetings(), ["S Lunch 12"]);
    let tokens: Vec<_> =
        office.server.take().iter().map(|asked| asked.headers["authorization"].clone()).collect();
    assert_eq!(tokens[..3], ["Bearer token-0", "Bearer token-0", "Bearer token-1"]);
    assert_eq!(*office.world.tokens.refusals.lock().unwrap(), [None]);
}

fn office_folders() -> crate::script::Answer {
    folders(&[
        super::answers::calendar("CAL=", "Calendar"),
        super::answers::contact_folder("CON=", "Contacts"),
    ])
}

#[tokio::test]
async fn f52_a_server_that_refuses_every_token_is_asked_twice_and_no_more() {
    let office = Office::with_tokens();
    let why = "2000008;reason=\"The audience is not ours.\"";
    office.server.on("GetFolder", [page_of_iis(401).with("x-ms-diagnostics", why)]);
    let report = office.calendar().await;
    // Who is signed in is not asked to sign in again.
    assert!(report.errors[0].to_string().contains("The audience is not ours."), "{:?}", report.errors);
    assert_eq!(report.errors[0].kind(), RoundKind::OtherSignIn);
    assert_eq!(report.status.state, ServiceState::Unavailable);
    assert_eq!(office.server.take().len(), 2);
}

#[tokio::test]
async fn a_refused_password_is_never_tried_again() {
    let office = Office::new();
    has(&office, &[single("S", "Lunch", 12)]);
    let refused = page_of_iis(401).with("www-authenticate", "NTLM");
    office.server.on("GetFolder", [refused, super::answers::probe()]);
    // Both services at once, and once more: an account is locked after a few tries.
    for _ in 0..2 {
        let report = office.both().await;
        for service in report.services.values() {
            let refused = service.errors.iter().all(|error| matches!(error, RoundError::CredentialsRefused));
            assert!(refused && !service.is_complete(), "{service:?}");
            assert_eq!(service.errors[0].kind(), RoundKind::PasswordRequired);
            assert_eq!(service.status.state, ServiceState::SignInRequired);
            assert_eq!(service.status.code.as_deref(), Some("credentialsRefused"));
        }
    }
    assert!(office.engine.search_directory("ana", 5).await.is_err());
    assert_eq!(office.server.take().len(), 1);
    // With a new password there is a new engine.
    let renewed = engine(&office.world, &office.server, None);
    assert!(renewed.sync_calendar(office.world.days, false).await.is_complete());
    assert_eq!(office.world.meetings(), ["S Lunch 12"]);
}

#[tokio::test]
async fn b62_a_redirect_is_an_error_and_nothing_goes_elsewhere() {
    for (tokens, to) in
        [(true, "https://evil.test/EWS/Exchange.asmx"), (false, "http://mail.test/EWS/Exchange.asmx")]
    {
        for status in [301, 302, 307, 308] {
            let office = if tokens { Office::with_tokens() } else { Office::new() };
            let mut redirect = ok("").with("location", to);
            redirect.status = status;
            office.server.on("GetFolder", [redirect]);
            let report = office.calendar().await;
            // The script fails the test when anything but mail.test is asked.
            assert_eq!(report.status.code.as_deref(), Some("notEws"));
            assert_eq!(report.status.state, ServiceState::Error);
            assert_eq!(office.server.take().len(), 1);
        }
    }
}
