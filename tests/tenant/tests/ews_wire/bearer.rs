//! Tokens of Entra at the on-premises server.

use chrono::TimeDelta;
use convoke_tenant::entra::data::AccessToken;
use convoke_tenant::entra::scopes::{Permission, Resource};
use convoke_tenant::ews::quirks::Quirk;

use crate::client::{Answer, Client, PAT, start};

fn hold(client: &Client, text: &str, resource: Resource) {
    let shared = &client.tenant.shared;
    let issued = shared.now();
    let token = AccessToken {
        user: PAT,
        resource,
        permissions: vec![Permission { resource, name: "EWS.AccessAsUser.All" }],
        issued,
        expires: issued + TimeDelta::hours(1),
        handles_challenges: false,
        challenged: false,
    };
    shared.entra.data().access_tokens.insert(text.to_owned(), token);
}

async fn with(client: &Client, value: &str) -> Answer {
    let body = client.envelope(
        "<m:GetFolder><m:FolderShape><t:BaseShape>IdOnly</t:BaseShape></m:FolderShape><m:FolderIds>\
         <t:DistinguishedFolderId Id='calendar'/></m:FolderIds></m:GetFolder>",
    );
    client.send(body, &[("authorization", value)]).await
}

async fn modern() -> Client {
    let mut client = start().await;
    client.basic = None;
    client.set(Quirk::Basic, false);
    client.set(Quirk::HybridModernAuth, true);
    client
}

fn diagnostics(answer: &Answer) -> String {
    answer.headers.get("x-ms-diagnostics").map(|value| value.to_str().unwrap().to_owned()).unwrap_or_default()
}

#[tokio::test]
async fn an_empty_token_is_told_where_to_get_one() {
    let client = modern().await;
    let answer = with(&client, "Bearer").await;
    assert_eq!(answer.status, 401);
    let challenges = answer.challenges();
    assert_eq!(&challenges[1..], ["Negotiate", "NTLM"]);
    for part in [
        "client_id=\"00000002-0000-0ff1-ce00-000000000000\"",
        &format!(
            "trusted_issuers=\"00000001-0000-0000-c000-000000000000@{}\"",
            client.tenant.ready.tenant_id
        ),
        "token_types=\"app_asserted_user_v1 service_asserted_app_v1\"",
        &format!("authorization_uri=\"{}/common/oauth2/authorize\"", client.tenant.ready.authority),
    ] {
        assert!(challenges[0].contains(part), "{part}: {}", challenges[0]);
    }
    client.set(Quirk::HybridModernAuth, false);
    let plain = with(&client, "Bearer").await;
    assert_eq!(plain.challenges(), ["Negotiate", "NTLM"]);
    client.set(Quirk::OauthWithoutHma, true);
    let for_servers = with(&client, "Bearer").await;
    assert!(!for_servers.challenges()[0].contains("authorization_uri"), "{:?}", for_servers.challenges());
    assert!(diagnostics(&for_servers).starts_with("4000000;"));
}

#[tokio::test]
async fn a_token_must_be_for_this_server_and_alive() {
    let client = modern().await;
    hold(&client, "good", Resource::ExchangeServer);
    hold(&client, "graph", Resource::Graph);
    hold(&client, "online", Resource::Exchange);
    assert_eq!(with(&client, "Bearer good").await.codes(), ["NoError"]);
    for token in ["graph", "online"] {
        let refused = with(&client, &format!("Bearer {token}")).await;
        assert_eq!(refused.status, 401);
        assert!(diagnostics(&refused).starts_with("2000003;"), "{}", diagnostics(&refused));
        assert!(diagnostics(&refused).contains("error_category=\"invalid_resource\""));
    }
    assert!(diagnostics(&with(&client, "Bearer nonsense").await).starts_with("2000001;"));
    client.tenant.advance(TimeDelta::hours(2));
    assert!(diagnostics(&with(&client, "Bearer good").await).contains("token_expired"));
}
