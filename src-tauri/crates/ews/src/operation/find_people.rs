//! `FindPeople` in the organization's directory (EWS `findpeople-operation`, since Exchange 2013).

use bytes::Bytes;
use convoke_model::clean::{self, SHORT};
use convoke_model::contact::Contact;
use http::{Request, Response};

use super::Operation;
use crate::endpoint::Endpoint;
use crate::error::EwsError;
use crate::folder::distinguished;
use crate::version::SchemaVersion;
use crate::wire::message::Message;
use crate::xml::{Element, Namespace, Tag};
use crate::{map, parse, request};

/// People of the organization that fit a text. The directory can be searched but not listed.
#[derive(Clone, Debug)]
pub struct FindPeople {
    /// What was typed.
    pub text: String,
    /// How many people at most, 1 to 100.
    pub limit: u16,
}

const FIELDS: [&str; 8] = [
    "persona:DisplayName",
    "persona:GivenName",
    "persona:Surname",
    "persona:Title",
    "persona:CompanyName",
    "persona:Departments",
    "persona:OfficeLocations",
    "persona:EmailAddress",
];

impl Operation for FindPeople {
    type Response = Vec<Contact>;

    fn request(&self, endpoint: &Endpoint) -> Result<Request<Bytes>, EwsError> {
        if endpoint.version() < SchemaVersion::Exchange2013 {
            return Err(EwsError::TooOld { operation: "FindPeople" });
        }
        let text = clean::optional(Some(&self.text), SHORT).ok_or(EwsError::Argument { field: "text" })?;
        let fields = FIELDS.map(|field| Tag::new("t:FieldURI").with("FieldURI", field));
        let shape = Tag::new("m:PersonaShape")
            .child(Tag::new("t:BaseShape").text("IdOnly"))
            .child(Tag::new("t:AdditionalProperties").children(fields));
        let view = Tag::new("m:IndexedPageItemView")
            .with("MaxEntriesReturned", self.limit.clamp(1, 100).to_string())
            .with("Offset", "0")
            .with("BasePoint", "Beginning");
        let operation = Tag::new("m:FindPeople")
            .child(shape)
            .child(view)
            .child(Tag::new("m:ParentFolderId").child(distinguished("directory")))
            .child(Tag::new("m:QueryString").text(text.trim()));
        request::post(endpoint, operation)
    }

    /// The answer is itself the message; it has no list of them.
    fn parse(&self, response: &Response<Bytes>, endpoint: &Endpoint) -> Result<Self::Response, EwsError> {
        let answer = parse::answer("FindPeople", response, endpoint)?;
        let message = Message::of(answer.response)?.accepted();
        let message = message.map_err(|refusal| EwsError::Refused(Box::new(refusal)))?;
        let people = message.child(Namespace::Messages, "People").map(Element::children).unwrap_or_default();
        let found = people.iter().filter(|person| person.is(Namespace::Types, "Persona"));
        Ok(found.filter_map(map::directory::persona).collect())
    }
}

#[cfg(test)]
mod tests {
    use super::{FindPeople, Operation};
    use crate::operation::test_answers::{answer, body, endpoint, soap};
    use crate::{EwsError, RefusalKind, SchemaVersion};
    use convoke_model::contact::{Contact, ContactSource, Email};

    fn people() -> FindPeople {
        FindPeople { text: "ana & co".to_owned(), limit: 1_000 }
    }

    #[test]
    fn request() {
        assert_eq!(
            body(&people()),
            r#"<m:FindPeople><m:PersonaShape><t:BaseShape>IdOnly</t:BaseShape><t:AdditionalProperties><t:FieldURI FieldURI="persona:DisplayName"/><t:FieldURI FieldURI="persona:GivenName"/><t:FieldURI FieldURI="persona:Surname"/><t:FieldURI FieldURI="persona:Title"/><t:FieldURI FieldURI="persona:CompanyName"/><t:FieldURI FieldURI="persona:Departments"/><t:FieldURI FieldURI="persona:OfficeLocations"/><t:FieldURI FieldURI="persona:EmailAddress"/></t:AdditionalProperties></m:PersonaShape><m:IndexedPageItemView MaxEntriesReturned="100" Offset="0" BasePoint="Beginning"/><m:ParentFolderId><t:DistinguishedFolderId Id="directory"/></m:ParentFolderId><m:QueryString>ana &amp; co</m:QueryString></m:FindPeople>"#
        );
        let old = endpoint().with_version(SchemaVersion::Exchange2010Sp2);
        assert!(matches!(people().request(&old), Err(EwsError::TooOld { operation: "FindPeople" })));
        let blank = FindPeople { text: " ".to_owned(), limit: 5 };
        assert!(matches!(blank.request(&endpoint()), Err(EwsError::Argument { .. })));
    }

    #[test]
    fn people_of_the_directory() {
        let content = r#"<FindPeopleResponse ResponseClass="Success" xmlns="http://schemas.microsoft.com/exchange/services/2006/messages"><ResponseCode>NoError</ResponseCode><People>
            <Persona xmlns="http://schemas.microsoft.com/exchange/services/2006/types"><PersonaId Id="AAQk="/><DisplayName>Ana Gil</DisplayName><GivenName>Ana</GivenName><Surname>Gil</Surname><Title>CTO</Title><EmailAddress><Name>Ana Gil</Name><EmailAddress>ana@x.example</EmailAddress><RoutingType>SMTP</RoutingType><MailboxType>Mailbox</MailboxType></EmailAddress><Departments><StringAttributedValue><Value>R&amp;D</Value><Attributions><Attribution>0</Attribution></Attributions></StringAttributedValue></Departments></Persona>
            <Persona xmlns="http://schemas.microsoft.com/exchange/services/2006/types"><PersonaId Id="AAQl="/><DisplayName>No mail</DisplayName></Persona></People><TotalNumberOfPeopleInView>2</TotalNumberOfPeopleInView></FindPeopleResponse>"#;
        let found = people().parse(&answer(200, soap(content)), &endpoint()).unwrap();
        let some = |text: &str| Some(text.to_owned());
        let expected = Contact {
            id: "ana@x.example".to_owned(),
            name: "Ana Gil".to_owned(),
            given_name: some("Ana"),
            surname: some("Gil"),
            title: some("CTO"),
            department: some("R&D"),
            emails: vec![Email { kind: "work".to_owned(), address: "ana@x.example".to_owned() }],
            source: ContactSource::Directory,
            ..Contact::default()
        };
        assert_eq!(found, [expected]);
    }

    #[test]
    fn refusals_and_odd_answers() {
        let parse = |content: &str| people().parse(&answer(200, soap(content)), &endpoint());
        let refused = r#"<m:FindPeopleResponse ResponseClass="Error" xmlns:m="http://schemas.microsoft.com/exchange/services/2006/messages"><m:MessageText>No.</m:MessageText><m:ResponseCode>ErrorAccessDenied</m:ResponseCode></m:FindPeopleResponse>"#;
        assert_eq!(parse(refused).unwrap_err().kind(), Some(&RefusalKind::AccessDenied));
        let empty = r#"<m:FindPeopleResponse ResponseClass="Success" xmlns:m="http://schemas.microsoft.com/exchange/services/2006/messages"><m:ResponseCode>NoError</m:ResponseCode></m:FindPeopleResponse>"#;
        assert_eq!(parse(empty).ok(), Some(Vec::new()));
        assert!(matches!(parse("<x/>"), Err(EwsError::Missing { .. })));
        assert!(matches!(
            parse(
                r#"<m:FindPeopleResponse xmlns:m="http://schemas.microsoft.com/exchange/services/2006/messages"/>"#
            ),
            Err(EwsError::Missing { .. })
        ));
    }
}
