//! The directory, live.

use convoke_graph::operation::SearchUsers;
use convoke_model::photo::Photo;
use convoke_sync::RoundError;

use super::answers::{messages, refuse, resolutions};
use super::office::Office;
use crate::script::{Answer, ok};

fn personas(people: &[(&str, &str)]) -> Answer {
    let one = |(name, address): &(&str, &str)| {
        format!(
            r#"<t:Persona><t:PersonaId Id="AAQ="/><t:DisplayName>{name}</t:DisplayName><t:EmailAddress><t:Name>{name}</t:Name><t:EmailAddress>{address}</t:EmailAddress><t:RoutingType>SMTP</t:RoutingType></t:EmailAddress></t:Persona>"#
        )
    };
    let all: String = people.iter().map(one).collect();
    let frame = messages("FindPeople", "");
    let body =
        frame.body.replace("<m:FindPeopleResponse ", r#"<m:FindPeopleResponse ResponseClass="Success" "#);
    ok(body.replace(
        "<m:ResponseMessages></m:ResponseMessages>",
        &format!("<m:ResponseCode>NoError</m:ResponseCode><m:People>{all}</m:People>"),
    ))
}

async fn found(office: &Office, text: &str, limit: u16) -> Vec<String> {
    let found = office.engine.search_directory(text, limit).await.unwrap();
    found.into_iter().map(|person| person.emails[0].address.clone()).collect()
}

#[tokio::test]
async fn both_ways_of_searching_together() {
    let office = Office::new();
    office.server.on("ResolveNames", [resolutions(&[("Ana", "ana@x.test"), ("Anton", "anton@x.test")])]);
    office.server.on("FindPeople", [personas(&[("Ana", "ANA@x.test"), ("Diana", "diana@x.test")])]);
    assert_eq!(found(&office, " ana ", 5).await, ["ana@x.test", "anton@x.test", "diana@x.test"]);
    assert_eq!(found(&office, "ana", 2).await, ["ana@x.test", "anton@x.test"]);
    office.server.take();
    assert!(found(&office, "  ", 5).await.is_empty());
    assert!(office.server.take().is_empty());
}

#[tokio::test]
async fn one_of_them_suffices() {
    let office = Office::new();
    let refused = |name: &str| refuse(name, "ErrorAccessDenied");
    office.server.on("ResolveNames", [resolutions(&[("Ana", "ana@x.test")])]);
    office.server.on("FindPeople", [refused("FindPeople")]);
    assert_eq!(found(&office, "ana", 5).await, ["ana@x.test"]);
    office.server.on("ResolveNames", [refused("ResolveNames")]);
    office.server.on("FindPeople", [personas(&[("Diana", "diana@x.test")])]);
    assert_eq!(found(&office, "ana", 5).await, ["diana@x.test"]);
    office.server.on("FindPeople", [refused("FindPeople")]);
    let error = office.engine.search_directory("ana", 5).await.unwrap_err();
    assert_eq!(error.code(), "ErrorAccessDenied");
}

#[tokio::test]
async fn photos() {
    let office = Office::new();
    let image = Answer { body: "GIF89a".to_owned(), ..ok("") };
    office.server.on("GetUserPhoto", [image.with("content-type", "image/gif").with("etag", "\"1\"")]);
    let photo = office.engine.directory_photo("ana@x.test", None).await.unwrap();
    assert!(matches!(photo, Photo::Image { media_type: "image/gif", .. }), "{photo:?}");
    let asked = office.server.take();
    assert!(asked[0].body.ends_with("/EWS/Exchange.asmx/s/GetUserPhoto?email=ana%40x.test&size=HR48x48"));
    let mut none = ok("");
    none.status = 404;
    office.server.on("GetUserPhoto", [none]);
    assert_eq!(office.engine.directory_photo("ana@x.test", None).await.unwrap(), Photo::None);
}

#[tokio::test]
async fn an_operation_of_the_other_protocol_is_not_sent() {
    let office = Office::new();
    let search = SearchUsers { text: "ana".to_owned(), limit: 5 };
    assert!(matches!(office.engine.ask(&search).await, Err(RoundError::OtherProtocol)));
    let names = convoke_ews::operation::ResolveNames { entry: "ana".to_owned() };
    assert!(matches!(office.world.engine.ask_exchange(names.clone()).await, Err(RoundError::OtherProtocol)));
    assert!(office.server.take().is_empty() && office.world.server.asked().is_empty());
    office.server.on("ResolveNames", [resolutions(&[("Ana", "ana@x.test")])]);
    assert_eq!(office.engine.ask_exchange(names).await.unwrap().len(), 1);
}
