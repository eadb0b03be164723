use super::event;
use crate::EwsError;
use crate::item::Item;
use crate::xml;
use convoke_model::clean;
use convoke_model::meeting::{AttendeeKind, MeetingSource, Response, Sensitivity, ShowAs};
use convoke_model::record::{EventKind, EventRecord, When};

const ID: &str = r#"<t:ItemId Id="E1" ChangeKey="K1"/>"#;
const TIMES: &str = "<t:Start>2026-03-02T09:00:00Z</t:Start><t:End>2026-03-02T10:00:00Z</t:End>";

fn read(content: &str) -> Result<Item<EventRecord>, EwsError> {
    let text = format!(
        r#"<t:CalendarItem xmlns:t="http://schemas.microsoft.com/exchange/services/2006/types">{content}</t:CalendarItem>"#
    );
    event(&xml::parse(text.as_bytes()).unwrap())
}

fn record(content: &str) -> EventRecord {
    read(&format!("{ID}{TIMES}{content}")).unwrap().resolve(|_| None)
}

#[test]
fn an_event_with_everything() {
    let item = read(
        r#"<t:ItemId Id="E1" ChangeKey="K1"/><t:Subject>Stand-up &amp; more&#xB;</t:Subject><t:Sensitivity>Private</t:Sensitivity>
        <t:Body BodyType="Text" IsTruncated="false">&#xD;
 Agenda
Meeting ID: 1 2
Passcode: aB3</t:Body><t:WebClientReadFormQueryString>https://mail.contoso.example/owa/?ItemID=E1&amp;exvsurl=1</t:WebClientReadFormQueryString>
        <t:UID>040000008200E00074C5B7101A82E008</t:UID><t:Start>2026-03-02T09:00:00Z</t:Start><t:End>2026-03-02T10:00:00Z</t:End>
        <t:IsAllDayEvent>false</t:IsAllDayEvent><t:LegacyFreeBusyStatus>OOF</t:LegacyFreeBusyStatus><t:Location>Room 1</t:Location>
        <t:IsMeeting>true</t:IsMeeting><t:IsCancelled>true</t:IsCancelled><t:CalendarItemType>Exception</t:CalendarItemType><t:MyResponseType>Tentative</t:MyResponseType>
        <t:Organizer><t:Mailbox><t:Name>Ana</t:Name><t:EmailAddress>/o=X/cn=ana</t:EmailAddress><t:RoutingType>EX</t:RoutingType></t:Mailbox></t:Organizer>
        <t:RequiredAttendees><t:Attendee><t:Mailbox><t:Name>Ben</t:Name><t:EmailAddress>ben@x.example</t:EmailAddress><t:RoutingType>SMTP</t:RoutingType></t:Mailbox><t:ResponseType>Accept</t:ResponseType></t:Attendee>
          <t:Attendee><t:Mailbox><t:Name>All of Sales</t:Name><t:EmailAddress>sales@x.example</t:EmailAddress><t:RoutingType>SMTP</t:RoutingType><t:MailboxType>PublicDL</t:MailboxType></t:Mailbox><t:ResponseType>Unknown</t:ResponseType></t:Attendee>
          <t:Attendee><t:Mailbox><t:Name>My friends</t:Name><t:RoutingType>MAPIPDL</t:RoutingType><t:MailboxType>PrivateDL</t:MailboxType></t:Mailbox></t:Attendee></t:RequiredAttendees>
        <t:OptionalAttendees><t:Attendee><t:Mailbox><t:EmailAddress>c@x.example</t:EmailAddress></t:Mailbox><t:ResponseType>Decline</t:ResponseType></t:Attendee><t:Attendee><t:Mailbox/></t:Attendee></t:OptionalAttendees>
        <t:Resources><t:Attendee><t:Mailbox><t:Name>Room 1</t:Name><t:EmailAddress>/o=X/cn=room</t:EmailAddress><t:RoutingType>EX</t:RoutingType></t:Mailbox><t:ResponseType>NoResponseReceived</t:ResponseType></t:Attendee></t:Resources>
        <t:StartTimeZone Id="Romance Standard Time" Name="(UTC+01:00) Brussels, Copenhagen, Madrid, Paris"/>
        <t:JoinOnlineMeetingUrl>https://meet.contoso.example/ana/ABC</t:JoinOnlineMeetingUrl>"#,
    )
    .unwrap();
    assert_eq!(item.reference().change_key.as_deref(), Some("K1"));
    assert_eq!(item.legacy_addresses(), ["/o=X/cn=ana", "/o=X/cn=room"]);
    let event = item.resolve(|dn| (dn == "/o=X/cn=ana").then(|| "ana@x.example".to_owned()));
    assert_eq!((event.id.as_str(), event.kind), ("E1", EventKind::Exception));
    assert_eq!(event.series_id.as_deref(), Some("040000008200E00074C5B7101A82E008"));
    let expected = When::Timed {
        start: "2026-03-02T09:00:00Z".parse().unwrap(),
        end: "2026-03-02T10:00:00Z".parse().unwrap(),
    };
    assert_eq!(event.when, expected);
    let content = event.content;
    assert_eq!(content.subject, "Stand-up & more");
    assert_eq!((content.show_as, content.sensitivity), (ShowAs::Oof, Sensitivity::Private));
    assert_eq!((content.response, content.source), (Response::TentativelyAccepted, MeetingSource::Ews));
    assert!(content.cancelled && !content.is_organizer && !content.all_day);
    assert_eq!(content.time_zone.as_deref(), Some("Europe/Paris"));
    assert_eq!(content.organizer.unwrap().address, "ana@x.example");
    let attendees: Vec<_> =
        content.attendees.iter().map(|a| (a.name.as_str(), a.address.as_str(), a.kind, a.response)).collect();
    assert_eq!(
        attendees,
        [
            ("Ben", "ben@x.example", AttendeeKind::Required, Response::Accepted),
            ("All of Sales", "sales@x.example", AttendeeKind::Required, Response::None),
            ("My friends", "", AttendeeKind::Required, Response::None),
            ("c@x.example", "c@x.example", AttendeeKind::Optional, Response::Declined),
            ("Room 1", "", AttendeeKind::Resource, Response::NotResponded),
        ]
    );
    assert_eq!(content.join_url.as_deref(), Some("https://meet.contoso.example/ana/ABC"));
    assert_eq!(content.passcode.as_deref(), Some("aB3"));
    assert!(content.preview.unwrap().starts_with("Agenda"));
    assert_eq!(content.web_link.as_deref(), Some("https://mail.contoso.example/owa/?ItemID=E1&exvsurl=1"));
}

#[test]
fn kinds_and_series() {
    for (kind, expected, series) in [
        ("Single", EventKind::Single, None),
        ("Occurrence", EventKind::Occurrence, Some("U")),
        ("Exception", EventKind::Exception, Some("U")),
        ("RecurringMaster", EventKind::Master, None),
        ("SomethingNew", EventKind::Single, None),
    ] {
        let event = record(&format!("<t:UID>U</t:UID><t:CalendarItemType> {kind} </t:CalendarItemType>"));
        assert_eq!((event.kind, event.series_id.as_deref()), (expected, series), "{kind}");
    }
}

#[test]
fn answers_and_who_organizes() {
    for (fields, response, organizes) in [
        ("<t:MyResponseType>Organizer</t:MyResponseType>", Response::Organizer, true),
        (
            "<t:IsMeeting>false</t:IsMeeting><t:MyResponseType>Unknown</t:MyResponseType>",
            Response::None,
            true,
        ),
        (
            "<t:IsMeeting>true</t:IsMeeting><t:MyResponseType>NoResponseReceived</t:MyResponseType>",
            Response::NotResponded,
            false,
        ),
        ("<t:MyResponseType>Hovering</t:MyResponseType>", Response::None, false),
    ] {
        let content = record(fields).content;
        assert_eq!((content.response, content.is_organizer), (response, organizes), "{fields}");
    }
    for (text, expected) in
        [("NoData", ShowAs::Unknown), ("WorkingElsewhere", ShowAs::WorkingElsewhere), ("x", ShowAs::Unknown)]
    {
        assert_eq!(
            record(&format!("<t:LegacyFreeBusyStatus>{text}</t:LegacyFreeBusyStatus>")).content.show_as,
            expected
        );
    }
}

#[test]
fn all_day() {
    let event = read(&format!(
        r#"{ID}<t:Start>2026-03-09T15:00:00Z</t:Start><t:End>2026-03-10T15:00:00Z</t:End><t:IsAllDayEvent>true</t:IsAllDayEvent><t:StartTimeZone Id="Tokyo Standard Time"/>"#
    ));
    let event = event.unwrap().resolve(|_| None);
    assert_eq!(event.when.start().to_rfc3339(), "2026-03-10T00:00:00+00:00");
    assert!(event.content.all_day && matches!(event.when, When::AllDay { .. }));
}

#[test]
fn links_by_where_they_stand() {
    let zoom = "https://us02web.zoom.us/j/812?pwd=a";
    for (fields, expected) in [
        (format!("<t:Location>{zoom}</t:Location>"), Some(zoom)),
        (format!("<t:MeetingWorkspaceUrl>{zoom}</t:MeetingWorkspaceUrl>"), Some(zoom)),
        (
            "<t:MeetingWorkspaceUrl>https://sharepoint.contoso.example/site</t:MeetingWorkspaceUrl>"
                .to_owned(),
            None,
        ),
        (format!("<t:Body BodyType=\"Text\">Join &lt;{zoom}&gt; now</t:Body>"), Some(zoom)),
        (format!("<t:Body BodyType=\"HTML\">&lt;a href=\"{zoom}\"&gt;join&lt;/a&gt;</t:Body>"), Some(zoom)),
        ("<t:JoinOnlineMeetingUrl>javascript:alert(1)</t:JoinOnlineMeetingUrl>".to_owned(), None),
        ("<t:Body BodyType=\"Text\">https://evil.example/</t:Body>".to_owned(), None),
    ] {
        let content = record(&fields).content;
        assert_eq!(content.join_url.as_deref(), expected, "{fields}");
        assert_eq!(content.online_meeting_id.as_deref(), expected.map(|_| "812"), "{fields}");
    }
    assert_eq!(
        record("<t:WebClientReadFormQueryString>?ae=Item&amp;a=Open</t:WebClientReadFormQueryString>")
            .content
            .web_link,
        None
    );
}

#[test]
fn numbers_of_telephone_bridges() {
    let body = |text: &str| format!(r#"<t:Body BodyType="Text">{text}</t:Body>"#);
    let teams = "Join&lt;https://teams.microsoft.com/l/meetup-join/19%3ameeting_a%40thread.v2/0>";
    let zoom = "https://us02web.zoom.us/j/812";
    for (text, expected) in [
        (format!("{teams}\r\nPhone conference ID: 703 029 723#\r\n"), Some("703029723")),
        (format!("{teams}\r\nMeeting ID: 234 567 890 123\r\n"), None),
        (format!("{zoom}\r\nPhone conference ID: 703 029 723#\r\n"), Some("812")),
        ("Phone conference ID: 703 029 723#".to_owned(), None),
    ] {
        assert_eq!(record(&body(&text)).content.online_meeting_id.as_deref(), expected, "{text}");
    }
}

#[test]
fn the_servers_own_preview_is_shown_where_it_has_one() {
    let body = r#"<t:Body BodyType="Text">Join&lt;https://zoom.us/j/812></t:Body>"#;
    for (preview, expected) in [("", "Join<https://zoom.us/j/812>"), ("<t:Preview>Join</t:Preview>", "Join")]
    {
        assert_eq!(record(&format!("{body}{preview}")).content.preview.as_deref(), Some(expected));
    }
}

#[test]
fn b47_b52_hostile_texts_are_texts() {
    let subject = "&lt;img src=x onerror=invoke()>".repeat(40_000);
    let content = record(&format!(
        r#"<t:Subject>{subject}</t:Subject><t:Location>\\evil\s\a.wav</t:Location><t:Body BodyType="Text">{}</t:Body>"#,
        "é".repeat(800_000)
    ))
    .content;
    assert!(content.subject.starts_with("<img src=x") && content.subject.len() <= clean::LONG);
    assert_eq!(content.location.as_deref(), Some("\\\\evil\\s\\a.wav"));
    assert_eq!(content.preview.unwrap().chars().count(), 255);
    let one = "<t:Attendee><t:Mailbox><t:EmailAddress>a@x.example</t:EmailAddress></t:Mailbox></t:Attendee>";
    let many = format!("<t:RequiredAttendees>{}</t:RequiredAttendees>", one.repeat(5_000));
    assert_eq!(record(&many).content.attendees.len(), clean::LIST);
}

#[test]
fn f43_entries_without_id_or_times_are_refused() {
    for content in [
        TIMES.to_owned(),
        format!(r#"<t:ItemId Id="" ChangeKey="K"/>{TIMES}"#),
        format!(r#"<t:ItemId Id="E1"/>{TIMES}"#),
        format!(r#"<t:ItemId Id="{}" ChangeKey="K"/>{TIMES}"#, "A".repeat(5_000)),
        ID.to_owned(),
        format!("{ID}<t:Start>2026-03-02T09:00:00Z</t:Start>"),
        format!("{ID}<t:Start>x</t:Start><t:End>y</t:End>"),
    ] {
        assert!(read(&content).is_err(), "{content}");
    }
}
