use http::{HeaderMap, HeaderValue, Response};
use proptest::prelude::{any, prop, prop_assert, proptest};

use super::grammar::{Challenge, challenges};
use super::{Bearer, Challenges, Trust, parse, request};
use crate::Endpoint;

fn of(headers: &[&str]) -> Challenges {
    let mut map = HeaderMap::new();
    for header in headers {
        map.append("www-authenticate", HeaderValue::from_bytes(header.as_bytes()).unwrap());
    }
    Challenges::of(&map)
}

fn bearer(header: &str) -> Bearer {
    of(&[header]).bearer.unwrap()
}

const TENANT: &str = "5de110f8-2e0f-4d45-891d-bcf2218e253d";

#[test]
fn an_on_premises_server_without_hybrid_authentication() {
    let expected = Challenges { negotiate: true, ntlm: true, ..Challenges::default() };
    assert_eq!(of(&["Negotiate", "NTLM"]), expected);
    assert_eq!(of(&["NTLM, negotiate"]), expected);
    let with_basic = of(&["Negotiate", "NTLM", r#"Basic realm="mail.contoso.example""#]);
    assert_eq!(with_basic.basic.as_deref(), Some("mail.contoso.example"));
    assert!(!with_basic.takes_tokens());
    assert_eq!(of(&[]), Challenges::default());
}

#[test]
fn hybrid_modern_authentication() {
    // As Microsoft's page on troubleshooting shows it.
    let header = format!(
        r#"Bearer client_id="00000002-0000-0ff1-ce00-000000000000", trusted_issuers="00000001-0000-0000-c000-000000000000@{TENANT},00000004-0000-0ff1-ce00-000000000000@contoso.com", token_types="app_asserted_user_v1 service_asserted_app_v1", authorization_uri="https://login.windows.net/common/oauth2/authorize""#
    );
    let found = of(&[&header, "Negotiate", r#"Basic realm="mail.contoso.com""#]);
    let expected = Bearer {
        client_id: Some("00000002-0000-0ff1-ce00-000000000000".to_owned()),
        authorization_uri: Some("https://login.windows.net/common/oauth2/authorize".parse().unwrap()),
        trust: Trust::Tenants(vec![TENANT.to_owned()]),
        error: None,
    };
    assert!(found.takes_tokens() && found.negotiate && found.basic.is_some());
    assert_eq!(found.bearer, Some(expected));
    let trust = found.bearer.unwrap().trust;
    assert!(trust.includes(&TENANT.to_uppercase()) && !trust.includes("another"));
}

#[test]
fn exchange_online_trusts_every_tenant() {
    // All in one header, as outlook.office365.com sends it.
    let found = of(&[
        r#"Bearer client_id="00000002-0000-0ff1-ce00-000000000000", trusted_issuers="00000001-0000-0000-c000-000000000000@*", token_types="app_asserted_user_v1 service_asserted_app_v1", authorization_uri="https://login.microsoftonline.com/common/oauth2/authorize", error="invalid_token",Basic Realm="""#,
    ]);
    assert_eq!(found.basic.as_deref(), Some(""));
    let bearer = found.bearer.unwrap();
    assert_eq!((bearer.trust.clone(), bearer.error.as_deref()), (Trust::Any, Some("invalid_token")));
    assert!(bearer.trust.includes(TENANT));
}

#[test]
fn odd_and_hostile_headers() {
    assert_eq!(bearer("Bearer"), Bearer::default());
    assert_eq!(bearer("bearer realm=x").trust, Trust::Unsaid);
    assert_eq!(bearer(r#"Bearer authorization_uri="http://evil.example/""#).authorization_uri, None);
    assert_eq!(bearer(r#"Bearer authorization_uri="javascript:x""#).authorization_uri, None);
    assert_eq!(
        bearer(r#"Bearer issuer_kind="AzureAD" , client_id = "a\"b" "#).client_id.as_deref(),
        Some("a\"b")
    );
    assert_eq!(
        bearer(r#"Bearer client_id="never closed, Basic realm=x"#).client_id.as_deref(),
        Some("never closed, Basic realm=x")
    );
    assert_eq!(
        bearer("Bearer authorization_uri=https://login.example/a?b=c, client_id=d").client_id.as_deref(),
        Some("d")
    );
    assert_eq!(
        bearer("Bearer trusted_issuers=\"@,x@,00000001-0000-0000-c000-000000000000@\"").trust,
        Trust::Unsaid
    );
    assert!(of(&["Bearer realm=\"\u{1F600}\", x", "NTLM"]).ntlm);
    assert!(bearer(&format!("Bearer client_id=\"{}\"", "x".repeat(10_000))).client_id.unwrap().len() <= 512);
}

#[test]
fn data_of_a_scheme_is_no_parameter() {
    let data = |scheme: &str, token: &str| Challenge {
        scheme: scheme.to_owned(),
        token: Some(token.to_owned()),
        parameters: Vec::new(),
    };
    assert_eq!(challenges("NTLM TlRMTVNTUAACAAAA=="), [data("NTLM", "TlRMTVNTUAACAAAA==")]);
    assert_eq!(
        challenges("NTLM abc=, Negotiate YII/+x="),
        [data("NTLM", "abc="), data("Negotiate", "YII/+x=")]
    );
    let two = challenges("Digest realm=a, nonce=b, Basic realm=c");
    assert_eq!(two.iter().map(|challenge| challenge.parameters.len()).collect::<Vec<_>>(), [2, 1]);
}

#[test]
fn the_question_has_an_empty_bearer_and_its_answer_is_a_401() {
    let endpoint = Endpoint::new("https://mail.contoso.example/EWS/Exchange.asmx").unwrap();
    let request = request(&endpoint.clone().with_anchor("ana@contoso.example")).unwrap();
    assert_eq!((request.method().as_str(), request.body().len()), ("GET", 0));
    assert_eq!(request.headers()["authorization"], "Bearer");
    assert_eq!(request.headers()["x-anchormailbox"], "ana@contoso.example");
    let answer = |status: u16, headers: &[(&str, &str)]| {
        let mut response = Response::builder().status(status);
        for (name, value) in headers {
            response = response.header(*name, *value);
        }
        parse(&response.body(()).unwrap(), &endpoint)
    };
    let offered = answer(401, &[("www-authenticate", "Negotiate"), ("www-authenticate", "NTLM")]);
    assert_eq!(offered.unwrap(), of(&["Negotiate", "NTLM"]));
    for (status, headers, code) in [
        (200, &[][..], "notEws"),
        (302, &[("location", "https://evil.example/")], "notEws"),
        (404, &[], "notEws"),
        (403, &[("x-feserver", "EX01")], "http403"),
        (503, &[], "http503"),
    ] {
        assert_eq!(answer(status, headers).unwrap_err().code(), code, "{status}");
    }
}

proptest! {
    #[test]
    fn any_header_is_read(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
        let text = String::from_utf8_lossy(&bytes);
        prop_assert!(challenges(&text).len() <= text.len() + 1);
    }

    #[test]
    fn any_pieces_are_read(pieces in prop::collection::vec(prop::sample::select(vec![
        "Bearer", " ", ",", "=", "\"", "\\", "realm", "a=b", "==", "é", "\t", "Basic realm=\"x\"",
    ]), 0..80)) {
        let text = pieces.concat();
        prop_assert!(challenges(&text).len() <= text.len() + 1);
    }
}
