//! Exchange's answers, as it writes them.

use crate::script::{Answer, ok};

const NAMESPACES: &str = r#"xmlns:m="http://schemas.microsoft.com/exchange/services/2006/messages" xmlns:t="http://schemas.microsoft.com/exchange/services/2006/types""#;

/// The content type of answers that name none.
pub fn xml(answer: &Answer) -> Vec<(&'static str, String)> {
    let is_said = answer.headers.iter().any(|(name, _)| *name == "content-type");
    if is_said { Vec::new() } else { vec![("content-type", "text/xml; charset=utf-8".to_owned())] }
}

fn soap(body: &str) -> String {
    format!(
        r#"<?xml version="1.0" encoding="utf-8"?><s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Header><h:ServerVersionInfo MajorVersion="15" MinorVersion="2" MajorBuildNumber="1544" MinorBuildNumber="4" Version="V2017_07_11" xmlns:h="http://schemas.microsoft.com/exchange/services/2006/types"/></s:Header><s:Body>{body}</s:Body></s:Envelope>"#
    )
}

pub fn messages(name: &str, messages: &str) -> Answer {
    ok(soap(&format!(
        "<m:{name}Response {NAMESPACES}><m:ResponseMessages>{messages}</m:ResponseMessages></m:{name}Response>"
    )))
}

pub fn success(name: &str, content: &str) -> String {
    format!(
        r#"<m:{name}ResponseMessage ResponseClass="Success"><m:ResponseCode>NoError</m:ResponseCode>{content}</m:{name}ResponseMessage>"#
    )
}

pub fn failure(name: &str, code: &str) -> String {
    format!(
        r#"<m:{name}ResponseMessage ResponseClass="Error"><m:MessageText>scripted</m:MessageText><m:ResponseCode>{code}</m:ResponseCode><m:DescriptiveLinkKey>0</m:DescriptiveLinkKey></m:{name}ResponseMessage>"#
    )
}

/// An answer that says it failed.
pub fn refuse(name: &str, code: &str) -> Answer {
    messages(name, &failure(name, code))
}

/// A SOAP fault, with details as `MessageXml` has them.
pub fn fault(code: &str, details: &str) -> Answer {
    let body = soap(&format!(
        r#"<s:Fault><faultcode xmlns:a="http://schemas.microsoft.com/exchange/services/2006/types">a:{code}</faultcode><faultstring xml:lang="en-US">scripted</faultstring><detail><e:ResponseCode xmlns:e="http://schemas.microsoft.com/exchange/services/2006/errors">{code}</e:ResponseCode><e:Message xmlns:e="http://schemas.microsoft.com/exchange/services/2006/errors">scripted</e:Message>{details}</detail></s:Fault>"#
    ));
    Answer { status: 500, ..ok(body) }
}

pub fn page_of_iis(status: u16) -> Answer {
    Answer { status, ..ok("<html><body>The service is unavailable.</body></html>") }
        .with("content-type", "text/html")
}

/// The default folders.
pub fn probe() -> Answer {
    let folder = |name: &str, id: &str| {
        success(
            "GetFolder",
            &format!(r#"<m:Folders><t:{name}><t:FolderId Id="{id}" ChangeKey="AQ"/></t:{name}></m:Folders>"#),
        )
    };
    let all = [folder("CalendarFolder", "CAL="), folder("ContactsFolder", "CON="), folder("Folder", "DEL=")];
    messages("GetFolder", &all.concat())
}

/// All folders: `(element, id, name, class)`.
pub fn folders(folders: &[(&str, &str, &str, &str)]) -> Answer {
    let all = folders.iter().map(|(element, id, name, class)| {
        format!(r#"<t:{element}><t:FolderId Id="{id}" ChangeKey="AQ"/><t:ParentFolderId Id="ROOT=" ChangeKey="AQ"/><t:FolderClass>{class}</t:FolderClass><t:DisplayName>{name}</t:DisplayName></t:{element}>"#)
    });
    let all: String = all.collect();
    messages(
        "FindFolder",
        &success(
            "FindFolder",
            &format!(
                r#"<m:RootFolder TotalItemsInView="9" IncludesLastItemInRange="true"><t:Folders>{all}</t:Folders></m:RootFolder>"#
            ),
        ),
    )
}

pub fn calendar(
    id: &'static str,
    name: &'static str,
) -> (&'static str, &'static str, &'static str, &'static str) {
    ("CalendarFolder", id, name, "IPF.Appointment")
}

pub fn contact_folder(
    id: &'static str,
    name: &'static str,
) -> (&'static str, &'static str, &'static str, &'static str) {
    ("ContactsFolder", id, name, "IPF.Contact")
}

fn page(state: &str, changes: &str, last: bool) -> Answer {
    messages(
        "SyncFolderItems",
        &success(
            "SyncFolderItems",
            &format!(
                "<m:SyncState>{state}</m:SyncState><m:IncludesLastItemInRange>{last}</m:IncludesLastItemInRange><m:Changes>{changes}</m:Changes>"
            ),
        ),
    )
}

/// A page of changes that is the last one.
pub fn last(state: &str, changes: &[String]) -> Answer {
    page(state, &changes.concat(), true)
}

/// A page of changes that is followed by another.
pub fn more(state: &str, changes: &[String]) -> Answer {
    page(state, &changes.concat(), false)
}

pub fn created(element: &str, id: &str, key: &str) -> String {
    format!(r#"<t:Create><t:{element}><t:ItemId Id="{id}" ChangeKey="{key}"/></t:{element}></t:Create>"#)
}

pub fn updated(element: &str, id: &str, key: &str) -> String {
    format!(r#"<t:Update><t:{element}><t:ItemId Id="{id}" ChangeKey="{key}"/></t:{element}></t:Update>"#)
}

pub fn deleted(id: &str) -> String {
    format!(r#"<t:Delete><t:ItemId Id="{id}" ChangeKey="old"/></t:Delete>"#)
}

/// A calendar item in March 2026.
#[derive(Clone)]
pub struct Event {
    pub id: &'static str,
    pub key: &'static str,
    pub kind: &'static str,
    pub uid: &'static str,
    pub subject: &'static str,
    pub day: u32,
    /// Elements that only `GetItem` gives.
    pub details: String,
}

pub fn single(id: &'static str, subject: &'static str, day: u32) -> Event {
    Event { id, key: "1", kind: "Single", uid: id, subject, day, details: String::new() }
}

/// A date of a series.
pub fn date(id: &'static str, uid: &'static str, subject: &'static str, day: u32) -> Event {
    Event { kind: "Occurrence", uid, ..single(id, subject, day) }
}

impl Event {
    pub fn exception(self) -> Self {
        Self { kind: "Exception", ..self }
    }

    pub fn key(self, key: &'static str) -> Self {
        Self { key, ..self }
    }

    pub fn with(self, details: &str) -> Self {
        Self { details: details.to_owned(), ..self }
    }

    fn element(&self, details: &str) -> String {
        let Self { id, key, kind, uid, subject, day, .. } = self;
        format!(
            r#"<t:CalendarItem><t:ItemId Id="{id}" ChangeKey="{key}"/><t:Subject>{subject}</t:Subject><t:Sensitivity>Normal</t:Sensitivity><t:UID>{uid}</t:UID><t:Start>2026-03-{day:02}T09:00:00Z</t:Start><t:End>2026-03-{day:02}T10:00:00Z</t:End><t:IsAllDayEvent>false</t:IsAllDayEvent><t:LegacyFreeBusyStatus>Busy</t:LegacyFreeBusyStatus><t:IsMeeting>true</t:IsMeeting><t:IsCancelled>false</t:IsCancelled><t:CalendarItemType>{kind}</t:CalendarItemType><t:MyResponseType>Accept</t:MyResponseType>{details}</t:CalendarItem>"#
        )
    }

    /// The message of `GetItem` for it.
    pub fn message(&self) -> String {
        success("GetItem", &format!("<m:Items>{}</m:Items>", self.element(&self.details)))
    }
}

/// Attendees as `GetItem` gives them: name and address.
pub fn attendees(people: &[(&str, &str)]) -> String {
    let attendee = |(name, address): &(&str, &str)| {
        let routing = if address.starts_with("/o=") { "EX" } else { "SMTP" };
        format!(
            "<t:Attendee><t:Mailbox><t:Name>{name}</t:Name><t:EmailAddress>{address}</t:EmailAddress><t:RoutingType>{routing}</t:RoutingType></t:Mailbox><t:ResponseType>Accept</t:ResponseType></t:Attendee>"
        )
    };
    let all: String = people.iter().map(attendee).collect();
    format!("<t:RequiredAttendees>{all}</t:RequiredAttendees>")
}

/// A window that is listed whole, or up to the server's limit.
pub fn view(events: &[Event], whole: bool) -> Answer {
    let items: String = events.iter().map(|event| event.element("")).collect();
    messages(
        "FindItem",
        &success(
            "FindItem",
            &format!(
                r#"<m:RootFolder TotalItemsInView="{}" IncludesLastItemInRange="{whole}"><t:Items>{items}</t:Items></m:RootFolder>"#,
                events.len()
            ),
        ),
    )
}

/// The plain list of a contact folder.
pub fn list(ids: &[&str]) -> Answer {
    let items: String = ids
        .iter()
        .map(|id| format!(r#"<t:Contact><t:ItemId Id="{id}" ChangeKey="1"/></t:Contact>"#))
        .collect();
    messages(
        "FindItem",
        &success(
            "FindItem",
            &format!(
                r#"<m:RootFolder IndexedPagingOffset="9" TotalItemsInView="9" IncludesLastItemInRange="true"><t:Items>{items}</t:Items></m:RootFolder>"#
            ),
        ),
    )
}

/// The message of `GetItem` for a contact.
pub fn contact(id: &str, name: &str, address: &str) -> String {
    let routing = if address.starts_with("/o=") { "EX" } else { "SMTP" };
    success(
        "GetItem",
        &format!(
            r#"<m:Items><t:Contact><t:ItemId Id="{id}" ChangeKey="1"/><t:DisplayName>{name}</t:DisplayName><t:EmailAddresses><t:Entry Key="EmailAddress1" RoutingType="{routing}">{address}</t:Entry></t:EmailAddresses></t:Contact></m:Items>"#
        ),
    )
}

/// People of the directory: name and address.
pub fn resolutions(people: &[(&str, &str)]) -> Answer {
    let one = |(name, address): &(&str, &str)| {
        format!(
            "<t:Resolution><t:Mailbox><t:Name>{name}</t:Name><t:EmailAddress>{address}</t:EmailAddress><t:RoutingType>SMTP</t:RoutingType><t:MailboxType>Mailbox</t:MailboxType></t:Mailbox></t:Resolution>"
        )
    };
    let all: String = people.iter().map(one).collect();
    messages(
        "ResolveNames",
        &success(
            "ResolveNames",
            &format!(
                r#"<m:ResolutionSet TotalItemsInView="{}" IncludesLastItemInRange="true">{all}</m:ResolutionSet>"#,
                people.len()
            ),
        ),
    )
}
