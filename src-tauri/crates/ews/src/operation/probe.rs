//! `GetFolder` of the folders that every mailbox has (EWS `getfolder-operation`).

use bytes::Bytes;
use convoke_model::clean::{self, SHORT};
use http::{Request, Response};

use super::Operation;
use crate::endpoint::Endpoint;
use crate::error::{EwsError, RefusalKind};
use crate::folder::distinguished;
use crate::wire::message::Message;
use crate::xml::{Element, Namespace, Tag};
use crate::{map, parse, request};

/// Whether the mailbox answers, and where its calendar and contacts are.
#[derive(Clone, Copy, Debug)]
pub struct Probe;

/// What a mailbox says about itself.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mailbox {
    /// The id of the default calendar.
    pub calendar: String,
    /// The id of the default contact folder, if it may be read.
    pub contacts: Option<String>,
    /// The id of the deleted items, whose subfolders are deleted too.
    pub deleted_items: Option<String>,
    /// The server, if it says what it is.
    pub server: Option<ServerVersion>,
}

/// A server's version (`ServerVersionInfo`): 15.0 is Exchange 2013, 15.1 is 2016, 15.2 is 2019 and SE.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServerVersion {
    /// Such as `15.2.1544.4`.
    pub number: String,
    /// The newest schema it knows, such as `V2017_07_11`.
    pub schema: Option<String>,
}

const FOLDERS: [&str; 3] = ["calendar", "contacts", "deleteditems"];

impl Operation for Probe {
    type Response = Mailbox;

    fn request(&self, endpoint: &Endpoint) -> Result<Request<Bytes>, EwsError> {
        let shape = Tag::new("m:FolderShape").child(Tag::new("t:BaseShape").text("IdOnly"));
        let folders = Tag::new("m:FolderIds").children(FOLDERS.into_iter().map(distinguished));
        request::post(endpoint, Tag::new("m:GetFolder").child(shape).child(folders))
    }

    fn parse(&self, response: &Response<Bytes>, endpoint: &Endpoint) -> Result<Self::Response, EwsError> {
        let (server, messages) = parse::messages("GetFolder", response, endpoint, FOLDERS.len())?;
        let mut messages = messages.into_iter();
        let mut next = || messages.next().ok_or(EwsError::Missing { field: "a message" });
        Ok(Mailbox {
            calendar: folder(next()?)?,
            contacts: optional(next()?)?,
            deleted_items: optional(next()?)?,
            server: server.as_ref().and_then(version),
        })
    }
}

fn folder(message: Message) -> Result<String, EwsError> {
    let message = message.accepted().map_err(|refusal| EwsError::Refused(Box::new(refusal)))?;
    let folders = message.child(Namespace::Messages, "Folders").map(Element::children).unwrap_or_default();
    map::id(folders.first().ok_or(EwsError::Missing { field: "a folder" })?, "FolderId")
}

/// A folder that the mailbox may lack.
fn optional(message: Message) -> Result<Option<String>, EwsError> {
    match folder(message) {
        Ok(id) => Ok(Some(id)),
        Err(error) => match error.kind() {
            Some(RefusalKind::NotFound | RefusalKind::AccessDenied) => Ok(None),
            _ => Err(error),
        },
    }
}

fn version(info: &Element) -> Option<ServerVersion> {
    let number = |name: &str| info.attribute(name).and_then(|number| number.trim().parse::<u32>().ok());
    let (major, minor) = (number("MajorVersion")?, number("MinorVersion")?);
    let (build, revision) = (number("MajorBuildNumber")?, number("MinorBuildNumber")?);
    Some(ServerVersion {
        number: format!("{major}.{minor}.{build}.{revision}"),
        schema: clean::optional(info.attribute("Version"), SHORT),
    })
}

#[cfg(test)]
mod tests {
    use super::{Mailbox, Operation, Probe, ServerVersion};
    use crate::operation::test_answers::{answer, body, endpoint, failure, messages, requested, success};
    use crate::{EwsError, RefusalKind};

    fn folder(name: &str, id: &str) -> String {
        success(
            "GetFolder",
            &format!(
                r#"<m:Folders><t:{name}><t:FolderId Id="{id}" ChangeKey="AgAAAA=="/></t:{name}></m:Folders>"#
            ),
        )
    }

    #[test]
    fn request_and_envelope() {
        let request = requested(&Probe);
        assert_eq!(
            body(&Probe),
            r#"<m:GetFolder><m:FolderShape><t:BaseShape>IdOnly</t:BaseShape></m:FolderShape><m:FolderIds><t:DistinguishedFolderId Id="calendar"/><t:DistinguishedFolderId Id="contacts"/><t:DistinguishedFolderId Id="deleteditems"/></m:FolderIds></m:GetFolder>"#
        );
        let text = String::from_utf8(request.body().to_vec()).unwrap();
        assert!(text.starts_with(r#"<?xml version="1.0" encoding="utf-8"?><soap:Envelope xmlns:soap="http://schemas.xmlsoap.org/soap/envelope/" xmlns:m="http://schemas.microsoft.com/exchange/services/2006/messages" xmlns:t="http://schemas.microsoft.com/exchange/services/2006/types"><soap:Header><t:RequestServerVersion Version="Exchange2013_SP1"/><t:TimeZoneContext><t:TimeZoneDefinition Id="UTC"/></t:TimeZoneContext></soap:Header><soap:Body><m:GetFolder>"#), "{text}");
        assert_eq!(request.method(), "POST");
        assert_eq!(request.uri(), "https://mail.contoso.example/EWS/Exchange.asmx");
        assert_eq!(request.headers()["content-type"], "text/xml; charset=utf-8");
        assert!(!request.headers().contains_key("x-anchormailbox"));
        let request = Probe.request(&endpoint().with_anchor("ana@contoso.example")).unwrap();
        assert_eq!(request.headers()["x-anchormailbox"], "ana@contoso.example");
        let request = Probe.request(&endpoint().with_anchor("ana\r\nX: y")).unwrap();
        assert!(!request.headers().contains_key("x-anchormailbox"));
    }

    #[test]
    fn a_mailbox() {
        let folders =
            [folder("CalendarFolder", "CAL="), folder("ContactsFolder", "CON="), folder("Folder", "DEL=")]
                .concat();
        let mailbox = Probe.parse(&messages("GetFolder", &folders), &endpoint()).unwrap();
        let expected = Mailbox {
            calendar: "CAL=".to_owned(),
            contacts: Some("CON=".to_owned()),
            deleted_items: Some("DEL=".to_owned()),
            server: Some(ServerVersion {
                number: "15.2.1544.4".to_owned(),
                schema: Some("V2017_07_11".to_owned()),
            }),
        };
        assert_eq!(mailbox, expected);
    }

    #[test]
    fn folders_that_may_be_absent() {
        let parse = |calendar: String, contacts: String| {
            let folders = [calendar, contacts, folder("Folder", "DEL=")].concat();
            Probe.parse(&messages("GetFolder", &folders), &endpoint())
        };
        let denied = || failure("GetFolder", " ErrorAccessDenied\r\n", "Access is denied.");
        let mailbox = parse(folder("CalendarFolder", "CAL="), denied()).unwrap();
        assert_eq!(mailbox.contacts, None);
        let error = parse(denied(), folder("ContactsFolder", "CON=")).unwrap_err();
        assert_eq!(error.kind(), Some(&RefusalKind::AccessDenied));
        let busy = failure("GetFolder", "ErrorServerBusy", "");
        assert!(parse(folder("CalendarFolder", "CAL="), busy).is_err());
    }

    #[test]
    fn f43_answers_that_are_not_whole_are_refused() {
        let one = folder("CalendarFolder", "CAL=");
        let without_id = success("GetFolder", "<m:Folders><t:CalendarFolder/></m:Folders>");
        for folders in [
            "",
            &one,
            &one.repeat(2),
            &one.repeat(4),
            &without_id.repeat(3),
            &success("GetFolder", "").repeat(3),
        ] {
            let parsed = Probe.parse(&messages("GetFolder", folders), &endpoint());
            assert!(matches!(parsed, Err(EwsError::Missing { .. })), "{folders}: {parsed:?}");
        }
        let other = messages("FindItem", &one.repeat(3));
        assert!(matches!(Probe.parse(&other, &endpoint()), Err(EwsError::Missing { .. })));
        assert!(matches!(Probe.parse(&answer(200, ""), &endpoint()), Err(EwsError::Malformed { .. })));
    }
}
