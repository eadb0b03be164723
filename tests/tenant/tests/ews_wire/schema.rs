//! Requests that break the schema, and versions.

use convoke_tenant::ews::quirks::Quirk;

use crate::client::start;

#[tokio::test]
async fn the_first_violation_is_told_with_its_place() {
    let client = start().await;
    let body = "<m:GetFolder>\n  <m:FolderShape>\n    <t:BaseShape>IdOnly</t:BaseShape>\n    <t:Foo/>\n  </m:FolderShape>\
                </m:GetFolder>";
    let answer = client.post(body).await;
    assert_eq!((answer.status, answer.codes()), (500, vec!["ErrorSchemaValidation".to_owned()]));
    assert_eq!(answer.one("LineNumber").text, "4");
    assert_eq!(answer.one("LinePosition").text, "6");
    assert!(answer.one("Violation").text.contains("invalid child element 'Foo'"));
    assert_eq!(answer.one("faultcode").text, "a:ErrorSchemaValidation");
    assert!(answer.all("ServerVersionInfo").is_empty(), "faults have no header");
}

#[tokio::test]
async fn a_schema_that_the_server_lacks_is_refused() {
    let mut client = start().await;
    let folder = async |client: &crate::client::Client| {
        let answer = client.get_folder("calendar").await;
        (answer.status, answer.codes().concat())
    };
    client.set(Quirk::Exchange2013, true);
    assert_eq!(folder(&client).await, (200, "NoError".into()));
    client.header = "<t:RequestServerVersion Version='Exchange2016'/>".into();
    assert_eq!(folder(&client).await, (500, "ErrorInvalidServerVersion".into()));
    client.set(Quirk::Exchange2013, false);
    client.set(Quirk::Exchange2016, true);
    let answer = client.get_folder("calendar").await;
    assert_eq!(answer.one("ServerVersionInfo").attribute("MinorVersion"), Some("1"));
    client.header = String::new();
    let old = "<m:FindItem Traversal='Shallow'><m:ItemShape><t:BaseShape>IdOnly</t:BaseShape><t:AdditionalProperties>\
               <t:FieldURI FieldURI='calendar:JoinOnlineMeetingUrl'/></t:AdditionalProperties></m:ItemShape>\
               <m:ParentFolderIds><t:DistinguishedFolderId Id='calendar'/></m:ParentFolderIds></m:FindItem>";
    assert_eq!(client.post(old).await.codes(), ["ErrorInvalidPropertyRequest"]);
}

#[tokio::test]
async fn what_is_no_request_is_no_crash() {
    let client = start().await;
    let code = async |body: &str| {
        let answer = client.send(body.to_owned(), &[]).await;
        (answer.status, answer.codes().concat())
    };
    let invalid = (500, "ErrorInvalidRequest".to_owned());
    assert_eq!(code("").await, invalid);
    assert_eq!(code("<a>").await, invalid);
    assert_eq!(code("<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>").await, invalid);
    assert_eq!(code(&"<a>".repeat(5000)).await, invalid);
    let other = client
        .http
        .post(&client.tenant.ready.ews)
        .basic_auth(&client.basic.as_ref().unwrap().0, Some(&client.basic.as_ref().unwrap().1));
    let other = other.header("content-type", "application/json").body("{}").send().await.unwrap();
    assert_eq!(other.status(), 415);
}
