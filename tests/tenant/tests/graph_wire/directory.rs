//! The user, the directory, photos, batches.

use serde_json::json;

use convoke_tenant::graph::quirks::Quirk;

use crate::client::{escaped, start};

#[tokio::test]
async fn me_is_the_user() {
    let client = start(1).await;
    let me = client.get("/me").await;
    assert_eq!(me.body["userPrincipalName"], "lucia.moreno@contoso.example");
    assert_eq!(me.body["displayName"], "Lucía Moreno");
}

#[tokio::test]
async fn search_needs_its_header_and_finds_beginnings_of_words() {
    let client = start(1).await;
    let query = "/users?$search=\"displayName:gro\"&$count=true";
    let refused = client.get(query).await;
    assert_eq!((refused.status, refused.code()), (400, "Request_UnsupportedQuery"));
    let found = client.get_with(query, &[("consistencylevel", "eventual")]).await;
    assert!(found.items().iter().any(|user| user["displayName"] == "Jürgen Groß"));
    assert!(
        found.items().iter().all(|user| user["jobTitle"].is_null() && user["businessPhones"] == json!([]))
    );
    assert_eq!(found.body["@odata.count"], found.items().len());
    let middle =
        client.get_with("/users?$search=\"displayName:roß\"", &[("consistencylevel", "eventual")]).await;
    assert!(middle.items().iter().all(|user| user["displayName"] != "Jürgen Groß"));
}

#[tokio::test]
async fn full_profiles_need_more_permission() {
    let mut client = start(1).await;
    client.sign_in(0, &["User.Read.All"]);
    let user = client.get("/users/juergen.gross@contoso.example").await;
    assert!(user.body["jobTitle"].is_string());
    client.sign_in(0, &["User.Read"]);
    assert_eq!(
        client.get("/users/juergen.gross@contoso.example").await.code(),
        "Authorization_RequestDenied"
    );
}

#[tokio::test]
async fn a_guests_name_is_escaped() {
    let client = start(1).await;
    let guest = {
        let world = client.tenant.shared.world();
        world.directory.iter().find(|person| person.username.contains("#EXT#")).unwrap().username.clone()
    };
    let user = client.get(&format!("/users/{}", escaped(&guest))).await;
    assert_eq!(user.body["userPrincipalName"], guest);
}

#[tokio::test]
async fn photos_are_pictures_with_a_tag_or_are_missing() {
    let client = start(1).await;
    let photo = client.get("/me/photos/48x48/$value").await;
    assert_eq!((photo.status, photo.header("content-type")), (200, Some("image/png")));
    assert_eq!(&photo.bytes[1..4], b"PNG");
    let tag = photo.header("etag").unwrap().to_owned();
    let again = client.get_with("/me/photos/48x48/$value", &[("if-none-match", &tag)]).await;
    assert_eq!((again.status, again.bytes.len()), (304, 0));
    let none = client.get("/users/operations@contoso.example/photo/$value").await;
    assert_eq!((none.status, none.code()), (404, "ImageNotFound"));
}

#[tokio::test]
async fn batches_answer_each_part() {
    let client = start(1).await;
    let part = |id: &str, url: &str| json!({ "id": id, "method": "GET", "url": url });
    let mut dependent = part("3", "/me");
    dependent["dependsOn"] = json!(["2"]);
    let batch = json!({ "requests": [part("1", "/me/calendars"), part("2", "/me/events/abc"), dependent] });
    let answer = client.post("/$batch", &batch).await;
    let status = |id: &str| {
        let responses = answer.body["responses"].as_array().unwrap();
        responses.iter().find(|response| response["id"] == id).unwrap()["status"].clone()
    };
    assert_eq!(
        (answer.status, status("1"), status("2"), status("3")),
        (200, 200.into(), 400.into(), 424.into())
    );
}

#[tokio::test]
async fn parts_of_a_batch_may_be_throttled_one_by_one() {
    let client = start(1).await;
    client.set(Quirk::BatchThrottle, true);
    let parts: Vec<_> =
        (0..6).map(|id| json!({ "id": id.to_string(), "method": "GET", "url": "/me/calendars" })).collect();
    let answer = client.post("/$batch", &json!({ "requests": parts })).await;
    let responses = answer.body["responses"].as_array().unwrap();
    let throttled: Vec<_> = responses.iter().filter(|response| response["status"] == 429).collect();
    assert_eq!(throttled.len(), 2);
    assert!(throttled.iter().all(|response| response["headers"]["Retry-After"] == "0.128"));
    let many: Vec<_> =
        (0..21).map(|id| json!({ "id": id.to_string(), "method": "GET", "url": "/me" })).collect();
    assert_eq!(client.post("/$batch", &json!({ "requests": many })).await.status, 400);
}
