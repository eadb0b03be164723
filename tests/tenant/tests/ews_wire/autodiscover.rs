//! Autodiscover: the cloud's answers in JSON, the company's in XML.

use convoke_tenant::ews::quirks::Quirk;

use crate::client::{Answer, Client, read_answer, start};

const CLOUD: &str = "lucia.moreno@contoso.example";
const HERE: &str = "pat.obrien@contoso.example";

async fn get(client: &Client, url: &str) -> Answer {
    read_answer(client.http.get(url).send().await.unwrap()).await
}

async fn json(client: &Client, email: &str, rest: &str) -> Answer {
    let authority = &client.tenant.ready.authority;
    get(client, &format!("{authority}/autodiscover/autodiscover.json?Email={email}{rest}")).await
}

fn location(answer: &Answer) -> String {
    answer.headers.get("location").map(|value| value.to_str().unwrap().to_owned()).unwrap_or_default()
}

#[tokio::test]
async fn the_cloud_sends_hybrid_people_to_the_companys_server() {
    let client = start().await;
    let cloud = json(&client, CLOUD, "&Protocol=Ews").await;
    assert_eq!(cloud.status, 200);
    assert!(cloud.text.contains("https://outlook.office365.com/EWS/Exchange.asmx"), "{}", cloud.text);
    let hop = json(&client, HERE, "&Protocol=ews").await;
    assert_eq!(hop.status, 302);
    let next = location(&hop);
    assert!(next.starts_with("http://127.0.0.1:") && next.contains("RedirectCount=1"), "{next}");
    let there = get(&client, &next).await;
    assert_eq!(there.status, 200);
    let told: serde_json::Value = serde_json::from_str(&there.text).unwrap();
    assert_eq!(told, serde_json::json!({"Protocol": "Ews", "Url": client.tenant.ready.ews}));
    let path = format!(
        "{}/autodiscover/autodiscover.json/v1.0/{HERE}?Protocol=AutodiscoverV1",
        client.tenant.ready.authority
    );
    assert_eq!(get(&client, &path).await.status, 302);
    assert_eq!(json(&client, HERE, "").await.status, 400);
    assert_eq!(json(&client, HERE, "&Protocol=Imap").await.status, 400);
    assert_eq!(json(&client, "nobody", "&Protocol=Ews").await.status, 400);
    assert!(client.log().iter().all(|record| !record.authorization), "nobody needs a password for that");
}

#[tokio::test]
async fn circles_and_foreign_hosts_on_demand() {
    let client = start().await;
    client.set(Quirk::AutodiscoverLoop, true);
    let mut url =
        format!("{}/autodiscover/autodiscover.json?Email={HERE}&Protocol=Ews", client.tenant.ready.authority);
    for hop in 1..=12 {
        let answer = get(&client, &url).await;
        assert_eq!(answer.status, 302);
        url = location(&answer);
        assert!(url.ends_with(&format!("RedirectCount={hop}")), "{url}");
    }
    client.set(Quirk::AutodiscoverLoop, false);
    client.set(Quirk::AutodiscoverForeign, true);
    let foreign = location(&json(&client, HERE, "&Protocol=Ews").await);
    assert!(foreign.starts_with("https://autodiscover.attacker.example/"), "{foreign}");
}

async fn pox(client: &Client, host: &str, email: &str) -> Answer {
    let body = format!(
        "<Autodiscover xmlns='http://schemas.microsoft.com/exchange/autodiscover/outlook/requestschema/2006'><Request>\
         <EMailAddress>{email}</EMailAddress><AcceptableResponseSchema>\
         http://schemas.microsoft.com/exchange/autodiscover/outlook/responseschema/2006a</AcceptableResponseSchema>\
         </Request></Autodiscover>"
    );
    let request = client.http.post(format!("{host}/autodiscover/autodiscover.xml"));
    let request = match &client.basic {
        Some((name, password)) => request.basic_auth(name, Some(password)),
        None => request,
    };
    read_answer(request.header("content-type", "text/xml").body(body).send().await.unwrap()).await
}

#[tokio::test]
async fn the_companys_server_wants_a_password_and_tells_all() {
    let mut client = start().await;
    let authority = client.tenant.ready.authority.clone();
    let known = client.basic.take();
    assert_eq!(pox(&client, &authority, HERE).await.status, 401);
    client.basic = known;
    let settings = pox(&client, &authority, HERE).await;
    assert_eq!(settings.one("Action").text, "settings");
    let outside = settings.all("Protocol").into_iter().find(|one| one.child_text("Type") == Some("EXPR"));
    assert_eq!(outside.unwrap().child_text("EwsUrl"), Some(client.tenant.ready.ews.as_str()));
    let moved = pox(&client, &authority, CLOUD).await;
    assert_eq!(moved.one("Action").text, "redirectAddr");
    assert_eq!(moved.one("RedirectAddr").text, "lucia.moreno@contoso.mail.onmicrosoft.example");
    assert_eq!(pox(&client, &authority, "no.one@contoso.example").await.one("ErrorCode").text, "500");
    assert_eq!(pox(&client, &authority, "nonsense").await.one("ErrorCode").text, "600");
}

#[tokio::test]
async fn xml_answers_send_round_in_circles_too() {
    let client = start().await;
    let authority = client.tenant.ready.authority.clone();
    let company = authority.replace("localhost", "127.0.0.1");
    client.set(Quirk::AutodiscoverRedirectUrl, true);
    let hop = pox(&client, &authority, HERE).await.one("RedirectUrl").text;
    assert_eq!(hop, format!("{company}/autodiscover/autodiscover.xml"));
    assert_eq!(pox(&client, &company, HERE).await.one("Action").text, "settings");
    client.set(Quirk::AutodiscoverLoop, true);
    let first = pox(&client, &authority, HERE).await.one("RedirectAddr").text;
    let second = pox(&client, &authority, &first).await.one("RedirectAddr").text;
    assert!(first != HERE && second == HERE, "{first} {second}");
    let found = get(&client, &format!("{company}/autodiscover/autodiscover.xml")).await;
    assert_eq!((found.status, location(&found)), (302, format!("{authority}/autodiscover/autodiscover.xml")));
}
