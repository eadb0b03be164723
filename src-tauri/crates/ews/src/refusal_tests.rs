use std::time::Duration;

use http::Response;

use super::{of_status, refusal};
use crate::xml::{self, Element};
use crate::{Endpoint, EwsError, RefusalKind, SchemaVersion};

fn kind(code: &str) -> RefusalKind {
    refusal(200, code, "", None).kind
}

fn holder(xml: &str) -> Element {
    let text = format!(
        r#"<holder xmlns:t="http://schemas.microsoft.com/exchange/services/2006/types">{xml}</holder>"#
    );
    xml::parse(text.as_bytes()).unwrap()
}

fn status(status: u16, headers: &[(&str, &str)], url: &str) -> EwsError {
    let mut response = Response::builder().status(status);
    for (name, value) in headers {
        response = response.header(*name, *value);
    }
    of_status(&response.body(()).unwrap(), &Endpoint::new(url).unwrap())
}

const HOST: &str = "https://mail.contoso.example/EWS/Exchange.asmx";

#[test]
fn codes() {
    for (code, expected) in [
        ("ErrorInvalidSyncStateData", RefusalKind::SyncStateLost),
        ("ErrorSyncFolderNotFound", RefusalKind::SyncStateLost),
        ("ErrorItemNotFound", RefusalKind::NotFound),
        (" ErrorFolderNotFound\r\n\t", RefusalKind::NotFound),
        ("ErrorAccessDenied", RefusalKind::AccessDenied),
        ("ErrorTimeoutExpired", RefusalKind::Transient),
        ("ErrorTooManyObjectsOpened", RefusalKind::Transient),
        ("ErrorInternalServerTransientError", RefusalKind::Transient),
        ("ErrorMailboxStoreUnavailable", RefusalKind::Transient),
        ("ErrorMailboxMoveInProgress", RefusalKind::MoveInProgress),
        ("ErrorExceededConnectionCount", RefusalKind::ServerBusy { back_off: None }),
        ("ErrorNonExistentMailbox", RefusalKind::NoMailbox),
        ("ErrorMissingEmailAddress", RefusalKind::NoAddress),
        ("ErrorExceededFindCountLimit", RefusalKind::TooMany),
        ("ErrorCalendarViewRangeTooBig", RefusalKind::RangeTooLong),
        ("ErrorIrresolvableConflict", RefusalKind::Conflict),
        ("ErrorNameResolutionNoResults", RefusalKind::NoResults),
        ("ErrorSomethingNew", RefusalKind::Other),
        ("", RefusalKind::Other),
    ] {
        assert_eq!(kind(code), expected, "{code}");
    }
    assert_eq!(
        refusal(200, " ErrorItemNotFound\n", "\r\n Gone. ", None).to_string(),
        "Exchange answered ErrorItemNotFound: Gone."
    );
}

#[test]
fn f60_waits_that_the_server_asks_for() {
    let busy = |value: &str| {
        let holder = holder(&format!(
            r#"<t:MessageXml><t:Value Name="Policy">x</t:Value><t:Value Name="BackOffMilliseconds">{value}</t:Value></t:MessageXml>"#
        ));
        refusal(500, "ErrorServerBusy", "", Some(&holder)).kind
    };
    let after =
        |milliseconds| RefusalKind::ServerBusy { back_off: Some(Duration::from_millis(milliseconds)) };
    let unsaid = RefusalKind::ServerBusy { back_off: None };
    assert_eq!(busy("297749"), after(297_749));
    assert_eq!(busy(" 1000 "), after(1_000));
    for endless in ["99999999999", "99999999999999999999999"] {
        assert_eq!(busy(endless), after(3_600_000), "{endless}");
    }
    for none in ["0", "-1", "soon", ""] {
        assert_eq!(busy(none), unsaid, "{none}");
    }
    assert_eq!(kind("ErrorServerBusy"), unsaid);
}

#[test]
fn primary_addresses() {
    let primary =
        |text: &str, xml: &str| refusal(200, "ErrorNonPrimarySmtpAddress", text, Some(&holder(xml))).kind;
    let is = |address: Option<&str>| RefusalKind::NotPrimaryAddress { primary: address.map(str::to_owned) };
    let value = r#"<t:MessageXml><t:Value Name="Primary">ana@contoso.example</t:Value></t:MessageXml>"#;
    assert_eq!(primary("", value), is(Some("ana@contoso.example")));
    assert_eq!(
        primary("The primary SMTP address 'ana@contoso.example'.", ""),
        is(Some("ana@contoso.example"))
    );
    assert_eq!(primary("Use ana@contoso.example.", ""), is(Some("ana@contoso.example")));
    assert_eq!(primary("It must be the primary address @ home", ""), is(None));
}

#[test]
fn schema_faults_say_where() {
    let holder = holder(
        "<t:MessageXml><t:LineNumber>2</t:LineNumber><t:LinePosition>630</t:LinePosition></t:MessageXml>",
    );
    let expected = RefusalKind::SchemaValidation { line: Some(2), position: Some(630) };
    assert_eq!(refusal(500, "ErrorSchemaValidation", "", Some(&holder)).kind, expected);
    assert_eq!(kind("ErrorSchemaValidation"), RefusalKind::SchemaValidation { line: None, position: None });
}

#[test]
fn versions_step_down_to_the_oldest_and_no_further() {
    for code in [
        "ErrorInvalidServerVersion",
        "ErrorIncorrectSchemaVersion",
        "ErrorInvalidSchemaVersionForMailboxVersion",
    ] {
        let error = EwsError::Refused(Box::new(refusal(500, code, "", None)));
        let mut versions = vec![SchemaVersion::default()];
        while let Some(next) = versions.last().and_then(|version| version.step_down(&error)) {
            versions.push(next);
        }
        let names: Vec<_> = versions.into_iter().map(SchemaVersion::as_str).collect();
        assert_eq!(names, ["Exchange2013_SP1", "Exchange2013", "Exchange2010_SP2"], "{code}");
    }
    let other = EwsError::Refused(Box::new(refusal(500, "ErrorServerBusy", "", None)));
    assert_eq!(SchemaVersion::default().step_down(&other), None);
    assert_eq!(SchemaVersion::default().step_down(&EwsError::NotEws { status: 200 }), None);
}

#[test]
fn statuses_without_an_explanation() {
    let html = ("content-type", "text/html; charset=utf-8");
    let ours = ("x-feserver", "EX01");
    for (code, headers, expected) in [
        (401, &[html][..], RefusalKind::Unauthorized),
        (403, &[], RefusalKind::AccessDenied),
        (403, &[html, ours], RefusalKind::AccessDenied),
        (429, &[], RefusalKind::ServerBusy { back_off: None }),
        (500, &[html], RefusalKind::ServerError),
        (503, &[html], RefusalKind::ServerError),
        (413, &[ours], RefusalKind::Other),
    ] {
        let error = status(code, headers, HOST);
        assert_eq!(error.kind(), Some(&expected), "{code} {headers:?}");
        assert_eq!(error.code(), format!("http{code}"));
    }
    for (code, headers) in [
        (200, &[html][..]),
        (302, &[]),
        (403, &[html]),
        (404, &[]),
        (404, &[html, ours]),
        (407, &[]),
        (511, &[html]),
    ] {
        let error = status(code, headers, HOST);
        assert!(matches!(error, EwsError::NotEws { .. }), "{code} {headers:?}: {error:?}");
        assert_eq!(error.code(), "notEws");
    }
}

#[test]
fn exchange_online_is_retired() {
    for host in
        ["outlook.office365.com", "outlook.office365.us", "outlook-dod.office365.us", "partner.outlook.cn"]
    {
        let error =
            status(403, &[("content-type", "text/html")], &format!("https://{host}/EWS/Exchange.asmx"));
        assert_eq!(error.kind(), Some(&RefusalKind::Retired), "{host}");
    }
}

#[test]
fn why_a_token_was_refused() {
    let why = r#"2000008;reason="The token contains not enough scope to make this call.";error_category="invalid_grant""#;
    let EwsError::Refused(refusal) = status(401, &[("x-ms-diagnostics", why)], HOST) else {
        panic!("refused")
    };
    assert_eq!(refusal.diagnostics.as_deref(), Some(why));
    assert_eq!(refusal.to_string(), "Exchange answered with status 401");
}
