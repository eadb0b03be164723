use super::{GraphError, RefusalKind};
use http::Response;

fn error(status: u16, headers: &[(&str, &str)], body: &str) -> GraphError {
    let mut response = Response::builder().status(status);
    for (name, value) in headers {
        response = response.header(*name, *value);
    }
    GraphError::of(&response.body(body.as_bytes().to_vec()).unwrap())
}

fn check(status: u16, body: &str, expected: &RefusalKind) {
    assert_eq!(error(status, &[], body).kind(), Some(expected), "{status} {body}");
}

fn envelope(code: &str) -> String {
    format!(r#"{{"error":{{"code":"{code}","message":"m","innerError":{{"request-id":"r"}}}}}}"#)
}

#[test]
fn kinds() {
    check(403, &envelope("ErrorAccessDenied"), &RefusalKind::Forbidden);
    check(404, &envelope("MailboxNotEnabledForRESTAPI"), &RefusalKind::MailboxNotEnabled);
    check(404, &envelope("ErrorItemNotFound"), &RefusalKind::NotFound);
    check(429, &envelope("ApplicationThrottled"), &RefusalKind::Throttled);
    check(503, "<html>busy</html>", &RefusalKind::ServerError);
    check(504, "", &RefusalKind::ServerError);
    check(400, &envelope("ErrorInvalidIdMalformed"), &RefusalKind::Other);
    check(401, "", &RefusalKind::Unauthorized { claims: None });
}

#[test]
fn f58_lost_sync_states() {
    check(410, &envelope("SyncStateNotFound"), &RefusalKind::SyncStateLost);
    check(410, "", &RefusalKind::SyncStateLost);
    check(400, &envelope("syncStateNotFound"), &RefusalKind::SyncStateLost);
    check(404, &envelope("resyncRequired"), &RefusalKind::SyncStateLost);
    let inner = r#"{"error":{"code":"BadRequest","innerError":{"code":"SyncStateNotFound"}}}"#;
    check(400, inner, &RefusalKind::SyncStateLost);
}

#[test]
fn f53_claims_of_a_challenge() {
    // {"access_token":{"nbf":{"essential":true,"value":"1604106651"}}}
    let coded = "eyJhY2Nlc3NfdG9rZW4iOnsibmJmIjp7ImVzc2VudGlhbCI6dHJ1ZSwidmFsdWUiOiIxNjA0MTA2NjUxIn19fQ==";
    let expected = r#"{"access_token":{"nbf":{"essential":true,"value":"1604106651"}}}"#;
    for (status, header) in [
        (
            401,
            format!(
                r#"Bearer realm="", authorization_uri="https://x/a,b", error="insufficient_claims", claims="{coded}""#
            ),
        ),
        (401, format!(r#"Bearer claims="{}", error="insufficient_claims""#, coded.trim_end_matches('='))),
        (403, format!(r#"Bearer error="insufficient_claims", claims="{coded}""#)),
    ] {
        let error = error(status, &[("www-authenticate", &header)], "");
        let expected = RefusalKind::Unauthorized { claims: Some(expected.to_owned()) };
        assert_eq!(error.kind(), Some(&expected), "{header}");
    }
    for header in
        [r#"Bearer claims="!!!""#, r#"Bearer claims="bm90IGpzb24=""#, r#"Bearer claims="#, "Negotiate"]
    {
        let error = error(401, &[("www-authenticate", header)], "");
        assert_eq!(error.kind(), Some(&RefusalKind::Unauthorized { claims: None }), "{header}");
    }
}

#[test]
fn pages_of_other_servers_are_told_apart() {
    for (status, kind, body) in [
        (200, "text/html", "<html>hotel</html>"),
        (302, "text/html", ""),
        (307, "", ""),
        (403, "text/html; charset=utf-8", "<html>blocked</html>"),
        (511, "text/html", "<html>sign in</html>"),
    ] {
        let error = error(status, &[("content-type", kind)], body);
        assert!(matches!(error, GraphError::NotGraph { .. }), "{status}: {error:?}");
    }
}

#[test]
fn messages_are_cropped_and_without_control_characters() {
    let body = format!(r#"{{"error":{{"code":"a\u0000b","message":"{}"}}}}"#, "x".repeat(100_000));
    let text = error(400, &[], &body).to_string();
    assert!(text.len() < 2_000 && !text.contains('\0'));
}
