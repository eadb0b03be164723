//! Faults that tests ask for.

use chrono::TimeDelta;
use convoke_tenant::faults::{BusyForm, FaultKind, FaultRule};

use crate::client::{Client, start};

async fn folder(client: &Client) -> crate::client::Answer {
    client.get_folder("calendar").await
}

fn busy(form: BusyForm, back_off_ms: Option<u64>) -> FaultRule {
    FaultRule { form, back_off_ms, times: Some(1), ..FaultRule::new("GetFolder", FaultKind::EwsBusy) }
}

#[tokio::test]
async fn a_busy_server_says_so_in_each_of_its_forms() {
    let client = start().await;
    client.fault(busy(BusyForm::Fault, None));
    let fault = folder(&client).await;
    assert_eq!((fault.status, fault.codes()), (500, vec!["ErrorServerBusy".to_owned()]));
    let value = fault.one("Value");
    assert_eq!(value.attribute("Name"), Some("BackOffMilliseconds"));
    assert_eq!(value.text, "297749");

    client.fault(busy(BusyForm::FaultWithoutValue, None));
    let words = folder(&client).await;
    assert_eq!((words.status, words.codes()), (500, vec!["ErrorServerBusy".to_owned()]));
    assert!(words.all("Value").iter().all(|value| value.attribute("Name") != Some("BackOffMilliseconds")));
    assert!(words.one("faultstring").text.contains("Suggested backoff time 0 ms"));

    client.fault(busy(BusyForm::Message, Some(2500)));
    let message = folder(&client).await;
    assert_eq!((message.status, message.codes()), (200, vec!["ErrorServerBusy".to_owned()]));
    assert_eq!(message.one("GetFolderResponseMessage").attribute("ResponseClass"), Some("Error"));
    assert_eq!(message.one("MessageXml").child_text("Value"), Some("2500"));

    client.fault(FaultRule { pattern: "Exchange.asmx".into(), ..busy(BusyForm::Iis, None) });
    let iis = folder(&client).await;
    assert_eq!(iis.status, 503);
    assert!(iis.text.contains("The service is unavailable"));
    assert_eq!(folder(&client).await.codes(), ["NoError"]);
}

#[tokio::test]
async fn the_log_knows_who_did_not_wait() {
    let client = start().await;
    client.fault(busy(BusyForm::Fault, Some(60_000)));
    folder(&client).await;
    folder(&client).await;
    client.tenant.advance(TimeDelta::seconds(61));
    folder(&client).await;
    let waited: Vec<bool> = client.log().iter().map(|record| record.during_back_off).collect();
    assert_eq!(waited, [false, true, false]);
}

#[tokio::test]
async fn faults_wait_until_a_request_is_let_in() {
    let mut client = start().await;
    client.fault(busy(BusyForm::Fault, None));
    let known = client.basic.take();
    assert_eq!(folder(&client).await.status, 401);
    client.basic = known;
    assert_eq!(client.get_folder("calendar").await.codes(), ["ErrorServerBusy"]);
}

#[tokio::test]
async fn errors_faults_and_blanks_on_demand() {
    let client = start().await;
    let rule = |kind: FaultKind, code: &str| FaultRule {
        code: Some(code.into()),
        times: Some(1),
        ..FaultRule::new("GetFolder", kind)
    };
    client.fault(rule(FaultKind::EwsError, "ErrorMailboxStoreUnavailable"));
    let error = folder(&client).await;
    assert_eq!((error.status, error.codes()), (200, vec!["ErrorMailboxStoreUnavailable".to_owned()]));
    client.fault(rule(FaultKind::EwsFault, "ErrorInternalServerTransientError"));
    let fault = folder(&client).await;
    assert_eq!((fault.status, fault.codes()), (500, vec!["ErrorInternalServerTransientError".to_owned()]));
    client.fault(rule(FaultKind::EwsPadded, ""));
    let padded = folder(&client).await;
    let code = padded.one("ResponseCode").text;
    assert!(code.trim() == "NoError" && code != "NoError", "{code:?}");
    assert_eq!(client.log().last().unwrap().fault, Some("ewsPadded"));
}

#[tokio::test]
async fn a_redirect_to_somebody_elses_host_comes_before_any_password() {
    let client = start().await;
    let rule = FaultRule {
        status: Some(302),
        url: Some("https://mail.attacker.example/EWS/Exchange.asmx".into()),
        ..FaultRule::new("/EWS/", FaultKind::Redirect)
    };
    client.fault(rule);
    let answer = folder(&client).await;
    assert_eq!(answer.status, 302);
    assert_eq!(answer.headers["location"], "https://mail.attacker.example/EWS/Exchange.asmx");
}
