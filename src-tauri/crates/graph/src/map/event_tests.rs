use super::{change, record};
use convoke_model::meeting::{AttendeeKind, Response, Sensitivity, ShowAs};
use convoke_model::record::{EventChange, EventKind, EventRecord, When};

const TIMES: &str = r#""start":{"dateTime":"2026-03-02T09:00:00.0000000","timeZone":"UTC"},"end":{"dateTime":"2026-03-02T10:00:00.0000000","timeZone":"UTC"}"#;

fn event(fields: &str) -> EventRecord {
    let comma = if fields.is_empty() { "" } else { "," };
    let json = format!(r#"{{"id":"E1",{TIMES}{comma}{fields}}}"#);
    record(serde_json::from_str(&json).unwrap()).unwrap()
}

fn timed() -> When {
    When::Timed {
        start: "2026-03-02T09:00:00Z".parse().unwrap(),
        end: "2026-03-02T10:00:00Z".parse().unwrap(),
    }
}

#[test]
fn entries_of_a_delta_round() {
    let slim = format!(
        r#"{{"@odata.etag":"W/\"k1\"","id":"O7","seriesMasterId":"M1","type":"occurrence",{TIMES}}}"#
    );
    let expected = EventChange::Slim { id: "O7".to_owned(), series_id: "M1".to_owned(), when: timed() };
    assert_eq!(change(serde_json::from_str(&slim).unwrap()).ok(), Some(expected));

    let gone = r##"{"@odata.type":"#microsoft.graph.event","id":"GONE","@removed":{"reason":"deleted"}}"##;
    let expected = EventChange::Removed { id: "GONE".to_owned() };
    assert_eq!(change(serde_json::from_str(gone).unwrap()).ok(), Some(expected));

    let full = format!(
        r#"{{"id":"O7","seriesMasterId":"M1","type":"occurrence","isAllDay":false,"showAs":"busy",{TIMES}}}"#
    );
    let EventChange::Full(full) = change(serde_json::from_str(&full).unwrap()).unwrap() else {
        panic!("full")
    };
    assert_eq!((full.kind, full.series_id.as_deref()), (EventKind::Occurrence, Some("M1")));
}

#[test]
fn kinds() {
    for (fields, kind, series) in [
        (r#""type":"singleInstance","seriesMasterId":null"#, EventKind::Single, None),
        (r#""type":"seriesMaster""#, EventKind::Master, None),
        (r#""type":"exception","seriesMasterId":"M""#, EventKind::Exception, Some("M")),
        (r#""seriesMasterId":"M""#, EventKind::Occurrence, Some("M")),
        (r#""type":"somethingNew""#, EventKind::Single, None),
        ("", EventKind::Single, None),
    ] {
        let event = event(fields);
        assert_eq!((event.kind, event.series_id.as_deref()), (kind, series), "{fields}");
    }
}

#[test]
fn people_answers_and_unknown_values() {
    let content = event(
        r#""organizer":{"emailAddress":{"name":"","address":"o@x.example"}},"responseStatus":{"response":"TENTATIVELYACCEPTED"},
        "attendees":[{"type":"resource","status":{"response":"accepted"},"emailAddress":{"name":"Room 1","address":"r@x.example"}},
            {"type":"robot","status":null,"emailAddress":{"name":"Ana"}},{"emailAddress":{}},{}],
        "showAs":"hovering","sensitivity":"private","isCancelled":true"#,
    )
    .content;
    assert_eq!(content.organizer.map(|person| person.name).as_deref(), Some("o@x.example"));
    assert_eq!(content.response, Response::TentativelyAccepted);
    let attendees: Vec<_> = content.attendees.iter().map(|a| (a.name.as_str(), a.kind, a.response)).collect();
    assert_eq!(
        attendees,
        [
            ("Room 1", AttendeeKind::Resource, Response::Accepted),
            ("Ana", AttendeeKind::Required, Response::None)
        ]
    );
    assert_eq!((content.show_as, content.sensitivity), (ShowAs::Unknown, Sensitivity::Private));
    assert!(content.cancelled && !content.is_organizer);
}

#[test]
fn teams_data_and_passcode_of_the_body() {
    let content = event(
        r#""onlineMeeting":{"joinUrl":"https://teams.microsoft.com/l/meetup-join/19%3ax/0","conferenceId":"291633251",
            "tollNumber":"+1 323","tollFreeNumbers":["+1 800",""]},
        "location":{"displayName":"https://zoom.us/j/5"},"bodyPreview":"Hello\r\nyou",
        "body":{"contentType":"html","content":"<p>Meeting ID: 1 2<br>Passcode: aB3<\/p>"}"#,
    )
    .content;
    assert_eq!(content.join_url.as_deref(), Some("https://teams.microsoft.com/l/meetup-join/19%3ax/0"));
    assert_eq!(content.join_provider.as_deref(), Some("teams"));
    assert_eq!(content.online_meeting_id.as_deref(), Some("291633251"));
    assert_eq!(content.dial_in, ["+1 323", "+1 800"]);
    assert_eq!(content.passcode.as_deref(), Some("aB3"));
    assert_eq!(content.preview.as_deref(), Some("Hello\r\nyou"));
}

#[test]
fn zoom_in_the_body_only() {
    let content = event(
        r#""onlineMeeting":null,"location":{"displayName":""},"bodyPreview":"",
        "body":{"contentType":"html","content":"<a href=\"https://us02web.zoom.us/j/812?pwd=a&amp;b=c\">join<\/a>"}"#,
    )
    .content;
    assert_eq!(content.join_url.as_deref(), Some("https://us02web.zoom.us/j/812?pwd=a&b=c"));
    assert_eq!(
        (content.join_provider.as_deref(), content.online_meeting_id.as_deref()),
        (Some("zoom"), Some("812"))
    );
    assert_eq!((content.location, content.preview), (None, None));
}

#[test]
fn zones_by_their_iana_names() {
    for (name, expected) in [
        ("Romance Standard Time", Some("Europe/Paris")),
        ("Europe/Madrid", Some("Europe/Madrid")),
        ("tzone://Microsoft/Custom", Some("tzone://Microsoft/Custom")),
        ("", None),
    ] {
        let content = event(&format!(r#""originalStartTimeZone":"{name}""#)).content;
        assert_eq!(content.time_zone.as_deref(), expected);
    }
}

#[test]
fn b47_b52_hostile_texts_are_texts() {
    let subject = "<img src=x onerror=invoke()>".repeat(40_000);
    let content = event(&format!(
        r#""subject":"{subject}\u0000","location":{{"displayName":"\\\\evil\\s\\a.wav"}},"onlineMeetingUrl":"javascript:alert(1)""#
    ))
    .content;
    assert!(content.subject.starts_with("<img src=x") && content.subject.len() <= crate::clean::LONG);
    assert_eq!(content.location.as_deref(), Some("\\\\evil\\s\\a.wav"));
    assert_eq!(content.join_url, None);
}

#[test]
fn long_lists_are_cut() {
    let one = r#"{"emailAddress":{"address":"a@x.example"}}"#;
    let content = event(&format!(r#""attendees":[{}]"#, vec![one; 5_000].join(","))).content;
    assert_eq!(content.attendees.len(), crate::clean::LIST);
}

#[test]
fn f43_entries_without_id_or_times_are_refused() {
    for json in [
        format!("{{{TIMES}}}"),
        format!(r#"{{"id":"",{TIMES}}}"#),
        r#"{"id":"E1"}"#.to_owned(),
        r#"{"id":"E1","type":"occurrence","seriesMasterId":"M"}"#.to_owned(),
        r#"{"id":"E1","start":{"dateTime":"x"},"end":{"dateTime":"y"}}"#.to_owned(),
        r#"{"@removed":{"reason":"deleted"}}"#.to_owned(),
    ] {
        assert!(change(serde_json::from_str(&json).unwrap()).is_err(), "{json}");
    }
}
