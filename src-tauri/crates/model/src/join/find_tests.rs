use super::{JoinLink, JoinSources, find};

fn link(url: &str, provider: Option<&'static str>, id: Option<&str>) -> Option<JoinLink> {
    Some(JoinLink { url: url.to_owned(), provider, meeting_id: id.map(str::to_owned) })
}

fn check(sources: JoinSources<'_>, expected: Option<JoinLink>) {
    assert_eq!(find(&sources), expected, "{sources:?}");
}

const TEAMS: &str = "https://teams.microsoft.com/l/meetup-join/19%3ameeting_x%40thread.v2/0?context=%7b%22Tid%22%3a%221%22%7d";
const ZOOM: &str = "https://zoom.us/j/812?pwd=x";

#[test]
fn conference_data_win_over_location_and_body() {
    let html = format!("<a href=\"{ZOOM}\">join</a>");
    let all = JoinSources {
        conference: Some(TEAMS),
        conference_fallback: None,
        location: Some("https://meet.google.com/abc-defg-hij"),
        html: Some(&html),
        text: None,
    };
    check(all, link(TEAMS, Some("teams"), None));
    check(
        JoinSources { conference: None, ..all },
        link("https://meet.google.com/abc-defg-hij", Some("meet"), Some("abc-defg-hij")),
    );
    check(
        JoinSources { conference: None, location: Some("Room 4"), ..all },
        link(ZOOM, Some("zoom"), Some("812")),
    );
    check(JoinSources { conference: Some(""), location: None, html: None, text: None, ..all }, None);
}

#[test]
fn an_unknown_host_counts_in_conference_data_only() {
    let unknown = "https://meet.contoso.example/room";
    check(JoinSources { conference: Some(unknown), ..JoinSources::default() }, link(unknown, None, None));
    check(JoinSources { location: Some(unknown), ..JoinSources::default() }, None);
    check(JoinSources { text: Some(unknown), ..JoinSources::default() }, None);
}

#[test]
fn links_of_mail_scanners_are_unwrapped() {
    let wrapped = "https://eur05.safelinks.protection.outlook.com/?url=https%3A%2F%2Fzoom.us%2Fj%2F812%3Fpwd%3Dx&amp;data=05";
    let html = format!("<p>Hi</p><a href='{wrapped}'>https://zoom.us/j/8</a>");
    check(JoinSources { html: Some(&html), ..JoinSources::default() }, link(ZOOM, Some("zoom"), Some("812")));
}

#[test]
fn other_links_of_an_invitation_are_passed_over() {
    let html = r#"<a href="https://aka.ms/JoinTeamsMeeting">help</a> <a href="https://us02web.zoom.us/u/kX">numbers</a>
        <a href="https://support.zoom.us/hc">s</a> https://us02web.zoom.us/j/77"#;
    let expected = link("https://us02web.zoom.us/j/77", Some("zoom"), Some("77"));
    check(JoinSources { html: Some(html), ..JoinSources::default() }, expected);
}

#[test]
fn a_location_without_scheme() {
    let location = "Room 4 / zoom.us/j/812?pwd=x";
    check(
        JoinSources { location: Some(location), ..JoinSources::default() },
        link(ZOOM, Some("zoom"), Some("812")),
    );
    check(JoinSources { location: Some("Berlin / Madrid"), ..JoinSources::default() }, None);
}

#[test]
fn the_html_body_comes_before_the_preview_which_may_end_in_mid_link() {
    let sources =
        JoinSources { html: Some(ZOOM), text: Some("https://zoom.us/j/8"), ..JoinSources::default() };
    check(sources, link(ZOOM, Some("zoom"), Some("812")));
}

#[test]
fn b50_links_of_other_schemes_and_tricks_join_nothing() {
    for bad in [
        "javascript:alert(1)",
        "file://srv/x",
        "ms-msdt:/id",
        "msteams:/l/meetup-join/1",
        "http://zoom.us/j/1",
        "https://zoom.us@evil.example/j/1",
        "https:evil",
        "\\\\evil\\s\\a.wav",
    ] {
        check(JoinSources { conference: Some(bad), ..JoinSources::default() }, None);
        check(JoinSources { location: Some(bad), ..JoinSources::default() }, None);
    }
    // The full stop of another script makes another host, which is not the known one.
    let dot = "https://teams.microsoft.com\u{3002}evil.example/l/meetup-join/1";
    check(JoinSources { location: Some(dot), ..JoinSources::default() }, None);
}

#[test]
fn b51_a_homograph_is_no_known_provider() {
    let homograph = "https://te\u{0430}ms.microsoft.com/l/meetup-join/1";
    check(JoinSources { text: Some(homograph), ..JoinSources::default() }, None);
    let found = find(&JoinSources { conference: Some(homograph), ..JoinSources::default() }).unwrap();
    assert_eq!(found.provider, None);
    assert!(found.url.starts_with("https://xn--"), "{}", found.url);
}
