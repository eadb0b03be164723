//! Refusals.

use convoke_tenant::graph::quirks::Quirk;

use crate::client::start;

#[tokio::test]
async fn mailboxes_elsewhere_are_not_served() {
    let mut client = start(1).await;
    for user in [3, 4] {
        client.sign_in(user, &crate::client::ALL);
        assert_eq!(client.get("/me").await.status, 200);
        let answer = client.get("/me/calendars").await;
        assert_eq!((answer.status, answer.code()), (404, "MailboxNotEnabledForRESTAPI"));
    }
}

#[tokio::test]
async fn permissions_and_tokens_are_checked() {
    let mut client = start(1).await;
    client.sign_in(0, &["User.Read"]);
    let denied = client.get("/me/calendars").await;
    assert_eq!(denied.status, 403, "{}", denied.body);
    client.token = "unknown".into();
    let unknown = client.get("/me").await;
    assert_eq!((unknown.status, unknown.code()), (401, "InvalidAuthenticationToken"));
    assert!(unknown.header("www-authenticate").unwrap().starts_with("Bearer "));
    assert!(unknown.body["error"]["innerError"]["request-id"].is_string());
}

#[tokio::test]
async fn other_peoples_mailboxes_are_closed() {
    let client = start(1).await;
    assert_eq!(client.get("/users/juergen.gross@contoso.example/calendars").await.status, 403);
    assert_eq!(client.get("/users/lucia.moreno@contoso.example/calendars").await.status, 200);
}

#[tokio::test]
async fn five_requests_at_once_are_one_too_many() {
    let client = start(1).await;
    client.set(Quirk::SlowMailbox, true);
    let one = || client.get("/me/calendars");
    let (a, b, c, d, e) = tokio::join!(one(), one(), one(), one(), one());
    let answers = [a, b, c, d, e];
    let refused: Vec<_> = answers.iter().filter(|answer| answer.status == 429).collect();
    assert_eq!(refused.len(), 1);
    assert_eq!(
        (refused[0].code(), refused[0].header("retry-after")),
        ("ApplicationThrottled", Some("0.128"))
    );
}

#[tokio::test]
async fn requests_are_identified() {
    let client = start(1).await;
    let headers =
        [("client-request-id", "3f0d6a52-1c4e-4e0c-9a1b-1f3c5a7b9d0e"), ("return-client-request-id", "true")];
    let answer = client.get_with("/me", &headers).await;
    assert_eq!(answer.header("client-request-id"), Some("3f0d6a52-1c4e-4e0c-9a1b-1f3c5a7b9d0e"));
    assert!(answer.header("request-id").is_some() && answer.header("x-ms-ags-diagnostic").is_some());
    let nowhere = client.get("/me/drive").await;
    assert_eq!((nowhere.status, nowhere.code()), (400, "BadRequest"));
}
