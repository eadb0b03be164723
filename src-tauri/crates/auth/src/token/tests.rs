use std::time::Duration;

use chrono::{TimeZone, Utc};
use secrecy::ExposeSecret;
use url::Url;

use super::TokenAnswer;
use crate::error::{AuthError, TokenError};

fn endpoint() -> Url {
    Url::parse("https://login.example/t/oauth2/v2.0/token").unwrap()
}

fn seconds(expires_in: &str) -> Option<i64> {
    let body = format!(r#"{{"token_type":"Bearer","access_token":"a"{expires_in}}}"#);
    let now = Utc.with_ymd_and_hms(2026, 3, 4, 10, 0, 0).unwrap();
    let tokens = TokenAnswer::read(body.as_bytes(), &endpoint()).ok()?.into_tokens(now, &[]);
    Some((tokens.expires_at - now).num_seconds())
}

#[test]
fn b25_lifetimes_of_every_shape() {
    for (field, expected) in [
        (r#","expires_in":3600"#, Some(3600)),
        (r#","expires_in":"3599""#, Some(3599)),
        (r#","expires_in":1e99"#, Some(28 * 3600)),
        (r#","expires_in":"1e99""#, Some(28 * 3600)),
        (r#","expires_in":null"#, Some(600)),
        ("", Some(600)),
        (r#","expires_in":0"#, Some(0)),
        (r#","expires_in":-1"#, None),
        (r#","expires_in":"-1""#, None),
        (r#","expires_in":"soon""#, None),
        (r#","expires_in":"NaN""#, None),
        (r#","expires_in":"inf""#, None),
        (r#","expires_in":[3600]"#, None),
        (r#","expires_in":true"#, None),
        (r#","expires_in":3600,"expires_in":60"#, None),
    ] {
        assert_eq!(seconds(field), expected, "{field}");
    }
}

fn refused(body: &str) -> &'static str {
    match TokenAnswer::read(body.as_bytes(), &endpoint()) {
        Err(AuthError::UnexpectedAnswer { reason, .. }) => reason,
        Err(other) => panic!("{other:?}"),
        Ok(_) => panic!("accepted: {body}"),
    }
}

#[test]
fn b23_a_page_is_not_tokens() {
    assert!(refused("<!DOCTYPE html><p>Welcome to HotelNet").contains("web page"));
    assert!(refused("  \n<html>").contains("web page"));
    refused("");
    refused("OK");
}

#[test]
fn b24_b25_shapes_that_are_no_tokens() {
    refused(&"[".repeat(100_000));
    refused(&format!(r#"{{"token_type":"Bearer","access_token":{}"#, r#"{"a":"#.repeat(100_000)));
    refused(r#"{"access_token":"a"}"#);
    refused(r#"{"token_type":"mac","access_token":"a"}"#);
    refused(r#"{"token_type":"Bearer"}"#);
    refused(r#"{"token_type":"Bearer","access_token":""}"#);
    refused(r#"{"token_type":"Bearer","access_token":5}"#);
    refused(r#"{"token_type":"Bearer","access_token":"a","access_token":"b"}"#);
    refused(r#"{"token_type":"Bearer","access_token":"a\r\nX-Evil: 1"}"#);
    refused(&format!(
        r#"{{"token_type":"Bearer","access_token":"a","id_token":"{}"}}"#,
        "x".repeat(5_000_000)
    ));
}

#[test]
fn scopes_default_to_what_was_asked() {
    let asked = ["Calendars.Read".to_owned()];
    let read =
        |body: &str| TokenAnswer::read(body.as_bytes(), &endpoint()).unwrap().into_tokens(Utc::now(), &asked);
    assert_eq!(read(r#"{"token_type":"bearer","access_token":"a"}"#).scopes, asked);
    let tokens = read(r#"{"token_type":"BEARER","access_token":"a","scope":"b  c","refresh_token":"r"}"#);
    assert_eq!(tokens.scopes, ["b", "c"]);
    assert_eq!(tokens.refresh_token.unwrap().expose_secret(), "r");
}

#[test]
fn b38_debug_shows_no_token() {
    let body = r#"{"token_type":"Bearer","access_token":"canary-a","refresh_token":"canary-r"}"#;
    let tokens = TokenAnswer::read(body.as_bytes(), &endpoint()).unwrap().into_tokens(Utc::now(), &[]);
    assert!(!format!("{tokens:?}").contains("canary"));
}

fn kind(error: &str, suberror: Option<&str>, code: Option<u32>) -> &'static str {
    let error = TokenError {
        error: error.into(),
        suberror: suberror.map(Into::into),
        aadsts: code,
        ..Default::default()
    };
    error.classify(None).code()
}

#[test]
fn refusals_by_kind() {
    for (error, suberror, code, expected) in [
        ("invalid_grant", Some("consent_required"), Some(65001), "consentRequired"),
        ("access_denied", Some("cancel"), Some(65004), "declined"),
        ("access_denied", None, None, "declined"),
        ("access_denied", None, Some(90094), "adminApprovalRequired"),
        ("invalid_grant", Some("basic_action"), Some(50076), "signInRequired"),
        ("invalid_grant", Some("message_only"), Some(53003), "blockedByOrganization"),
        ("invalid_grant", Some("message_only"), None, "blockedByOrganization"),
        ("invalid_grant", Some("bad_token"), Some(700_082), "signInRequired"),
        ("invalid_grant", None, Some(50173), "signInRequired"),
        ("invalid_grant", None, Some(50105), "blockedByOrganization"),
        ("invalid_request", None, Some(90002), "misconfigured"),
        ("unauthorized_client", None, Some(700_016), "misconfigured"),
        ("invalid_client", None, Some(7_000_218), "misconfigured"),
        ("invalid_grant", Some("client_mismatch"), None, "misconfigured"),
        ("invalid_request", None, Some(50020), "wrongAccount"),
        ("interaction_required", None, Some(16000), "wrongAccount"),
        ("login_required", None, Some(50058), "signInRequired"),
        ("temporarily_unavailable", None, None, "serverBusy"),
        ("invalid_grant", None, Some(90033), "serverBusy"),
        ("invalid_grant", None, Some(50196), "serverBusy"),
    ] {
        assert_eq!(kind(error, suberror, code), expected, "{error} {suberror:?} {code:?}");
    }
}

#[test]
fn f57_b36_the_loop_answer_waits_five_minutes() {
    let error = TokenError { error: "invalid_grant".into(), aadsts: Some(50196), ..Default::default() };
    let AuthError::Transient { retry_after, .. } = error.classify(Some(Duration::from_secs(1))) else {
        panic!()
    };
    assert_eq!(retry_after, Duration::from_secs(300));
}

#[test]
fn error_json_with_blanks_or_line_breaks() {
    for separator in [" ", "\\r\\n"] {
        let body = format!(
            r#"{{"error":"invalid_grant","error_description":"AADSTS65001: No consent <b>for</b> 'x'.{separator}Trace ID: 11111111-2222-3333-4444-555555555555{separator}Correlation ID: aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee{separator}Timestamp: 2026-01-31 10:00:00Z","suberror":"consent_required","claims":"{{\"access_token\":{{}}}}"}}"#
        );
        let error = TokenError::from_json(body.as_bytes()).unwrap();
        assert_eq!(error.aadsts, Some(65001));
        assert_eq!(error.correlation_id.as_deref(), Some("aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee"));
        assert_eq!(error.description, "AADSTS65001: No consent <b>for</b> 'x'.");
        assert_eq!(error.claims.as_deref(), Some(r#"{"access_token":{}}"#));
        assert_eq!(error.to_string(), "invalid_grant (AADSTS65001)");
    }
}

#[test]
fn b10_words_of_a_redirect_are_reduced() {
    let error = TokenError::from_redirect("<script>alert(1)</script>", Some("\u{7}a\r\nb"), Some("can\"cel"));
    assert_eq!(error.error, "scriptalert1script");
    assert_eq!(error.suberror.as_deref(), Some("cancel"));
    assert_eq!(error.description, "a b");
}
