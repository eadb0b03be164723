//! Items read one by one.

use convoke_tenant::Options;
use convoke_tenant::ews::quirks::Quirk;

use crate::client::{Answer, Client, LUCIA, id_of, start, start_with, text_of};

async fn ids(client: &Client) -> Vec<String> {
    let view = client.view("calendar", "2026-02-10T00:00:00Z", "2026-09-09T00:00:00Z").await;
    view.all("CalendarItem").iter().map(|item| id_of(item).0).collect()
}

#[tokio::test]
async fn reading_gives_what_views_lack() {
    let client = start().await;
    let ids = ids(&client).await;
    let answer = client.get_items("", &ids).await;
    assert_eq!(answer.all("CalendarItem").len(), ids.len());
    for name in ["Body", "RequiredAttendees", "OptionalAttendees", "Resources", "StartTimeZone"] {
        assert!(!answer.all(name).is_empty(), "{name}");
    }
    let bodies = answer.all("Body");
    assert!(bodies.iter().all(|body| body.attribute("BodyType") == Some("HTML")));
    let plain = client.get_items("<t:BodyType>Text</t:BodyType>", &ids).await;
    assert!(plain.all("Body").iter().all(|body| body.attribute("BodyType") == Some("Text")));
    let has_link =
        |body: &convoke_tenant::xml::Node| body.text.contains("Join") && body.text.contains("<https://");
    assert!(plain.all("Body").iter().any(has_link));
}

fn routing(answer: &Answer) -> (usize, usize) {
    let mailboxes = answer.all("Mailbox");
    let count =
        |kind: &str| mailboxes.iter().filter(|mailbox| text_of(mailbox, "RoutingType") == kind).count();
    (count("EX"), count("SMTP"))
}

#[tokio::test]
async fn colleagues_have_x500_addresses_and_some_names_end_in_a_control_character() {
    let client = start().await;
    let ids = ids(&client).await;
    let answer = client.get_items("", &ids).await;
    let (legacy, smtp) = routing(&answer);
    assert!(legacy > 0 && smtp > 0, "{legacy} {smtp}");
    let dn = answer.all("EmailAddress").into_iter().find(|address| address.text.starts_with("/o=")).unwrap();
    assert!(dn.text.contains("/cn=Recipients/cn="), "{}", dn.text);
    assert!(answer.text.contains("&#x1F;</t:Name>"));
    client.set(Quirk::LegacyAddresses, false);
    client.set(Quirk::ControlCharacters, false);
    let plain = client.get_items("", &ids).await;
    assert_eq!(routing(&plain).0, 0);
    assert!(!plain.text.contains("&#x1F;"));
}

#[tokio::test]
async fn ids_keep_their_case_and_their_kind() {
    let client = start().await;
    let ids = ids(&client).await;
    let folder = client.get_folder("calendar").await.one("FolderId").attribute("Id").unwrap().to_owned();
    let asked = [ids[0].clone(), ids[0].to_uppercase(), folder, "x".into()];
    let answer = client.get_items("", &asked).await;
    let expected =
        ["NoError", "ErrorInvalidIdMalformed", "ErrorCannotUseFolderIdForItemId", "ErrorInvalidIdMalformed"];
    assert_eq!(answer.codes(), expected);
}

#[tokio::test]
async fn masters_tell_their_rule_and_lead_to_their_dates() {
    let client = start().await;
    let view = "<m:IndexedPageItemView MaxEntriesReturned='500' Offset='0' BasePoint='Beginning'/>";
    let found = client.find_item("AllProperties", view, "calendar").await;
    let master = found.all("CalendarItem").into_iter().find(|item| {
        text_of(item, "CalendarItemType") == "RecurringMaster"
            && text_of(item, "Subject") == "Transatlantic sync"
    });
    let (id, _) = id_of(&master.unwrap());
    let master = client.get_items("", std::slice::from_ref(&id)).await.one("CalendarItem");
    let weekly = master.child("Recurrence").unwrap().child("WeeklyRecurrence").unwrap();
    assert_eq!(weekly.child_text("DaysOfWeek"), Some("Wednesday"));
    assert!(master.child("ModifiedOccurrences").is_some());
    let occurrence =
        |index: i64| format!("<t:OccurrenceItemId RecurringMasterId='{id}' InstanceIndex='{index}'/>");
    let body = format!(
        "<m:GetItem><m:ItemShape><t:BaseShape>Default</t:BaseShape></m:ItemShape><m:ItemIds>{}{}</m:ItemIds>\
         </m:GetItem>",
        occurrence(1),
        occurrence(0)
    );
    let answer = client.post(&body).await;
    assert_eq!(answer.codes(), ["NoError", "ErrorCalendarOccurrenceIndexIsOutOfRecurrenceRange"]);
    let first = answer.one("CalendarItem");
    assert_eq!(text_of(&first, "CalendarItemType"), "Occurrence");
    let back = format!(
        "<m:GetItem><m:ItemShape><t:BaseShape>IdOnly</t:BaseShape></m:ItemShape><m:ItemIds>\
         <t:RecurringMasterItemId OccurrenceId='{}'/></m:ItemIds></m:GetItem>",
        id_of(&first).0
    );
    assert_eq!(id_of(&client.post(&back).await.one("CalendarItem")).0, id);
}

#[tokio::test]
async fn properties_by_name_and_links_in_their_two_places() {
    let on_premises = vec!["lucia.moreno@contoso.example".to_owned()];
    let mut client = start_with(Options { contacts: 4, on_premises, ..Options::default() }).await;
    client.sign_in(LUCIA);
    let ids = ids(&client).await;
    let ids: String = ids.iter().map(|id| format!("<t:ItemId Id='{id}'/>")).collect();
    let ask = async |paths: &str| {
        let body = format!(
            "<m:GetItem><m:ItemShape><t:BaseShape>IdOnly</t:BaseShape><t:AdditionalProperties>{paths}\
             </t:AdditionalProperties></m:ItemShape><m:ItemIds>{ids}</m:ItemIds></m:GetItem>"
        );
        client.post(&body).await
    };
    let subjects = ask("<t:FieldURI FieldURI='item:Subject'/>").await;
    let first = subjects.one("CalendarItem");
    let names: Vec<&str> = first.children.iter().map(|child| child.name.as_str()).collect();
    assert_eq!(names, ["ItemId", "Subject"]);
    let links = ask("<t:FieldURI FieldURI='calendar:JoinOnlineMeetingUrl'/><t:ExtendedFieldURI \
         PropertySetId='00020329-0000-0000-C000-000000000046' PropertyName='SkypeTeamsMeetingUrl' \
         PropertyType='String'/>")
    .await;
    let (own, extended) = (links.all("JoinOnlineMeetingUrl"), links.all("Value"));
    assert!(!own.is_empty() && own.len() < extended.len(), "{} {}", own.len(), extended.len());
    assert!(extended.iter().all(|link| link.text.starts_with("https://teams.microsoft.com/l/meetup-join/")));
}
