//! Names, personas, photos.

use crate::client::{Client, start, start_with, text_of};
use convoke_tenant::Options;

async fn resolve(client: &Client, entry: &str, scope: &str) -> crate::client::Answer {
    client
        .post(&format!(
            "<m:ResolveNames ReturnFullContactData='true' SearchScope='{scope}'><m:UnresolvedEntry>{entry}\
             </m:UnresolvedEntry></m:ResolveNames>"
        ))
        .await
}

#[tokio::test]
async fn one_many_or_none() {
    let client = start().await;
    let one = resolve(&client, "pat.obrien@contoso.example", "ActiveDirectory").await;
    assert_eq!(one.codes(), ["NoError"]);
    let contact = one.one("Contact");
    assert_eq!(text_of(&contact, "ContactSource"), "ActiveDirectory");
    assert_eq!(one.one("Entry").text, "SMTP:pat.obrien@contoso.example");
    let many = resolve(&client, "a", "ActiveDirectory").await;
    assert_eq!(many.codes(), ["ErrorNameResolutionMultipleResults"]);
    assert_eq!(many.one("ResolveNamesResponseMessage").attribute("ResponseClass"), Some("Warning"));
    assert!(many.all("Resolution").len() > 1);
    let none = resolve(&client, "zzzz", "ActiveDirectoryContacts").await;
    assert_eq!(none.codes(), ["ErrorNameResolutionNoResults"]);
}

#[tokio::test]
async fn a_hundred_candidates_are_the_limit() {
    let client = start_with(Options { events: 0, contacts: 0, directory: 3000, ..Options::default() }).await;
    let many = resolve(&client, "a", "ActiveDirectory").await;
    assert_eq!(many.all("Resolution").len(), 100);
    let set = many.one("ResolutionSet");
    assert_eq!(set.attribute("IncludesLastItemInRange"), Some("false"));
}

#[tokio::test]
async fn contacts_are_candidates_with_their_ids() {
    let client = start().await;
    let found = resolve(&client, "pat", "ContactsActiveDirectory").await;
    assert_eq!(found.codes(), ["NoError"]);
    let contacts = {
        let world = client.tenant.shared.world();
        let mailbox = &world.mailboxes[crate::client::PAT];
        let contact = mailbox.live_contacts().find(|contact| !contact.card.surname.is_empty()).unwrap();
        contact.card.surname.clone()
    };
    let mine = resolve(&client, &contacts, "Contacts").await;
    assert!(mine.all("Mailbox").iter().all(|mailbox| mailbox.child("ItemId").is_some()));
}

#[tokio::test]
async fn the_directory_is_searched_for_people_and_never_browsed() {
    let client = start().await;
    let find = async |query: &str| {
        client
            .post(&format!(
                "<m:FindPeople><m:IndexedPageItemView MaxEntriesReturned='5' Offset='0' BasePoint='Beginning'/>\
                 <m:ParentFolderId><t:DistinguishedFolderId Id='directory'/></m:ParentFolderId>{query}\
                 </m:FindPeople>"
            ))
            .await
    };
    let found = find("<m:QueryString>a</m:QueryString>").await;
    assert_eq!(found.codes(), ["NoError"]);
    assert_eq!(found.all("Persona").len(), 5);
    let total: usize = found.one("TotalNumberOfPeopleInView").text.parse().unwrap();
    assert!(total > 5);
    assert_eq!(find("").await.codes(), ["ErrorInvalidArgument"]);
    let id = found.one("PersonaId").attribute("Id").unwrap().to_owned();
    let detail = client.post(&format!("<m:GetPersona><m:PersonaId Id='{id}'/></m:GetPersona>")).await;
    assert_eq!(detail.codes(), ["NoError"]);
    let name = text_of(&found.one("Persona"), "DisplayName");
    assert_eq!(text_of(&detail.one("Persona"), "DisplayName"), name);
}

#[tokio::test]
async fn photos_have_a_tag_and_a_size() {
    let client = start().await;
    let get = async |query: &str, tag: Option<&str>| {
        let (name, password) = client.basic.clone().unwrap();
        let url = format!("{}/s/GetUserPhoto?{query}", client.tenant.ready.ews);
        let request = client.http.get(url).basic_auth(name, Some(password));
        let request = tag.into_iter().fold(request, |request, tag| request.header("if-none-match", tag));
        let response = request.send().await.unwrap();
        let tag = response.headers().get("etag").map(|tag| tag.to_str().unwrap().to_owned());
        (response.status().as_u16(), tag, response.bytes().await.unwrap().len())
    };
    let (status, tag, length) = get("email=lucia.moreno@contoso.example&size=HR96x96", None).await;
    assert!(status == 200 && length > 1000, "{status} {length}");
    let again = get("email=lucia.moreno@contoso.example&size=HR96x96", tag.as_deref()).await;
    assert_eq!((again.0, again.2), (304, 0));
    assert_eq!(get("email=pat.obrien@contoso.example&size=HR96x96", None).await.0, 404);
    assert_eq!(get("email=pat.obrien@contoso.example&size=96", None).await.0, 400);
    assert_eq!(get("size=HR96x96", None).await.0, 400);
}
