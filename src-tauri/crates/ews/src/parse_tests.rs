use std::time::Duration;

use bytes::Bytes;
use http::Response;

use super::message;
use crate::operation::test_answers::{answer, endpoint, failure, messages, soap, success};
use crate::{EwsError, RefusalKind, XmlError};

fn error(response: &Response<Bytes>) -> EwsError {
    message("GetItem", response, &endpoint()).unwrap_err()
}

fn fault(code: &str, detail: &str) -> String {
    soap(&format!(
        r#"<s:Fault><faultcode xmlns:a="http://schemas.microsoft.com/exchange/services/2006/types">a:{code}</faultcode><faultstring xml:lang="en-US">Something.</faultstring>{detail}</s:Fault>"#
    ))
}

fn busy_detail(details: &str) -> String {
    format!(
        r#"<detail><e:ResponseCode xmlns:e="http://schemas.microsoft.com/exchange/services/2006/errors">ErrorServerBusy</e:ResponseCode><e:Message xmlns:e="http://schemas.microsoft.com/exchange/services/2006/errors">The server cannot service this request right now. Try again later.</e:Message>{details}</detail>"#
    )
}

#[test]
fn f60_a_busy_server_in_all_its_forms() {
    let value = r#"<t:MessageXml xmlns:t="http://schemas.microsoft.com/exchange/services/2006/types"><t:Value Name="BackOffMilliseconds">297749</t:Value></t:MessageXml>"#;
    let long = Some(Duration::from_millis(297_749));
    let in_message = r#"<m:GetItemResponseMessage ResponseClass="Error"><m:MessageText>Busy.</m:MessageText><m:ResponseCode>ErrorServerBusy</m:ResponseCode><m:MessageXml><t:Value Name="BackOffMilliseconds">1000</t:Value></m:MessageXml></m:GetItemResponseMessage>"#;
    let warning = r#"<m:GetItemResponseMessage ResponseClass="Warning"><m:MessageText>Busy.</m:MessageText><m:ResponseCode>ErrorServerBusy</m:ResponseCode></m:GetItemResponseMessage>"#;
    let in_text = busy_detail(
        r#"<t:MessageXml xmlns:t="http://schemas.microsoft.com/exchange/services/2006/types"><t:Value Name="Policy">MaxConcurrency</t:Value><t:Value Name="MaxConcurrencyLimit">27</t:Value><t:Value Name="ErrorMessage">Suggested backoff time 0 ms.</t:Value></t:MessageXml>"#,
    );
    for (response, back_off) in [
        (answer(500, fault("ErrorServerBusy", &busy_detail(value))), long),
        (answer(500, fault("ErrorServerBusy", &in_text)), None),
        (answer(500, fault("ErrorServerBusy", "")), None),
        (answer(200, fault("ErrorServerBusy", &busy_detail(value))), long),
        (messages("GetItem", in_message), Some(Duration::from_secs(1))),
        (messages("GetItem", warning), None),
    ] {
        assert_eq!(error(&response).kind(), Some(&RefusalKind::ServerBusy { back_off }), "{response:?}");
    }
    assert_eq!(error(&answer(503, "Service Unavailable")).kind(), Some(&RefusalKind::ServerError));
}

#[test]
fn faults_tell_their_code_and_text() {
    let detail = r#"<detail><e:ResponseCode xmlns:e="http://schemas.microsoft.com/exchange/services/2006/errors"> ErrorInvalidServerVersion </e:ResponseCode><e:Message xmlns:e="http://schemas.microsoft.com/exchange/services/2006/errors">The specified server version is invalid.</e:Message></detail>"#;
    let error = error(&answer(500, fault("ErrorInvalidServerVersion", detail)));
    assert_eq!(error.kind(), Some(&RefusalKind::Version));
    assert_eq!(error.code(), "ErrorInvalidServerVersion");
    assert_eq!(
        error.to_string(),
        "Exchange answered ErrorInvalidServerVersion: The specified server version is invalid."
    );
    let plain =
        message("GetItem", &answer(500, fault("ErrorSchemaValidation", "")), &endpoint()).unwrap_err();
    assert_eq!(plain.to_string(), "Exchange answered ErrorSchemaValidation: Something.");
    assert!(matches!(plain.kind(), Some(RefusalKind::SchemaValidation { .. })));
}

#[test]
fn messages_that_failed_or_warn() {
    let response = messages("GetItem", &failure("GetItem", "\n ErrorItemNotFound ", "Not found."));
    assert_eq!(error(&response).kind(), Some(&RefusalKind::NotFound));
    let stopped = r#"<m:GetItemResponseMessage ResponseClass="Warning"><m:ResponseCode>ErrorBatchProcessingStopped</m:ResponseCode></m:GetItemResponseMessage>"#;
    assert_eq!(error(&messages("GetItem", stopped)).kind(), Some(&RefusalKind::Transient));
    for odd in [
        "<m:GetItemResponseMessage/>",
        r#"<m:GetItemResponseMessage ResponseClass="Error"/>"#,
        r#"<m:GetItemResponseMessage ResponseClass="Fine"><m:ResponseCode>NoError</m:ResponseCode></m:GetItemResponseMessage>"#,
    ] {
        assert!(matches!(error(&messages("GetItem", odd)), EwsError::Missing { .. }), "{odd}");
    }
}

#[test]
fn answers_of_somebody_else() {
    let html = |status: u16, kind: &str, body: &str| {
        Response::builder()
            .status(status)
            .header("content-type", kind)
            .body(Bytes::from(body.to_owned()))
            .unwrap()
    };
    for response in [
        html(200, "text/html", "<html>hotel</html>"),
        html(200, "text/html", &soap("")),
        html(200, "application/xhtml+xml", "<!DOCTYPE html><html/>"),
        html(200, "text/plain", " <HTML><body>"),
        html(200, "text/xml", "<rss/>"),
        html(302, "text/html", ""),
        html(404, "text/html", "<html>no such page</html>"),
        html(511, "text/html", "<html>sign in</html>"),
    ] {
        assert!(matches!(error(&response), EwsError::NotEws { .. }), "{response:?}");
    }
    let response = html(500, "text/html", "<html>Runtime error</html>");
    assert_eq!(error(&response).kind(), Some(&RefusalKind::ServerError));
    let response = html(500, "text/xml", "<s:Envelope");
    assert_eq!(error(&response).kind(), Some(&RefusalKind::ServerError));
}

#[test]
fn f43_answers_cut_short_are_refused_at_every_byte() {
    let whole = messages("GetItem", &success("GetItem", "<m:Items/>"));
    assert!(message("GetItem", &whole, &endpoint()).is_ok());
    for length in 0..whole.body().len() {
        let response = answer(200, whole.body().slice(..length));
        assert!(matches!(error(&response), EwsError::Malformed { .. }), "{length}");
    }
    let https = soap(
        r#"<m:GetItemResponse xmlns:m="https://schemas.microsoft.com/exchange/services/2006/messages"/>"#,
    );
    assert!(matches!(error(&answer(200, https)), EwsError::Missing { .. }));
    let deep = answer(200, "<a>".repeat(10_000));
    assert!(matches!(error(&deep), EwsError::Malformed { source: XmlError::TooDeep, .. }));
}

#[test]
fn a_label_of_the_header_that_does_not_fit_the_bytes_is_refused() {
    let labelled = |label: &str| {
        let mut response = answer(200, fault("ErrorServerBusy", ""));
        let kind = format!("text/xml; charset={label}").parse().unwrap();
        response.headers_mut().insert(http::header::CONTENT_TYPE, kind);
        response
    };
    for label in ["utf-8", "UTF-8", "\"utf-8\"", "us-ascii"] {
        assert!(matches!(error(&labelled(label)), EwsError::Refused(_)), "{label}");
    }
    for label in ["utf-16", "iso-8859-1", "windows-1252", "x"] {
        let refused = error(&labelled(label));
        assert!(
            matches!(refused, EwsError::Malformed { source: XmlError::Encoding, .. }),
            "{label} {refused:?}"
        );
    }
}
