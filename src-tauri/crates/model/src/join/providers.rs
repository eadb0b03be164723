//! The known providers of online meetings: their hosts, and the paths that lead into a meeting.

use url::{Position, Url};

/// Where a provider's meetings live.
struct Rule {
    provider: &'static str,
    host: Host,
    /// Starts of the path (with query and fragment), or, after `*`, a part of it. Empty: any but the root.
    paths: &'static [&'static str],
}

enum Host {
    /// This name.
    Is(&'static str),
    /// This name and every name below it.
    Under(&'static str),
}

use Host::{Is, Under};

const fn rule(provider: &'static str, host: Host, paths: &'static [&'static str]) -> Rule {
    Rule { provider, host, paths }
}

const TEAMS: &[&str] =
    &["/l/meetup-join/", "/meet/", "/_#/l/meetup-join/", "/dl/launcher/", "/v2/?meetingjoin=", "/l/meeting/"];
const ZOOM: &[&str] =
    &["/j/", "/my/", "/w/", "/s/", "/wc/", "/meeting/", "/ejl/", "/webinar/", "/launch/jc/"];
const WEBEX: &[&str] =
    &["/meet/", "/join/", "/m/", "*/j.php?", "*/meeting/", "*/joinservice/", "*/e.php?", "*/k2/", "*/g.php?"];

/// Every rule; more particular hosts come before the names that they lie under.
#[rustfmt::skip]
const RULES: &[Rule] = &[
    // Microsoft, with the clouds of the United States and China.
    rule("teams", Is("teams.microsoft.com"), TEAMS),
    rule("teams", Is("teams.live.com"), TEAMS),
    rule("teams", Is("teams.cloud.microsoft"), TEAMS),
    rule("teams", Is("gov.teams.microsoft.us"), TEAMS),
    rule("teams", Is("dod.teams.microsoft.us"), TEAMS),
    rule("teams", Is("teams.microsoftonline.cn"), TEAMS),
    rule("teams", Is("meet.microsoft.com"), &[]),
    rule("skype", Is("join.skype.com"), &[]),
    rule("skype", Is("meet.lync.com"), &[]),
    rule("skype", Under("online.lync.com"), &["/meet/", "/Meet"]),
    // Zoom, with vanity names, the government's cloud, and its partners in China.
    rule("zoom", Under("zoom.us"), ZOOM),
    rule("zoom", Under("zoom.com"), ZOOM),
    rule("zoom", Under("zoomgov.com"), ZOOM),
    rule("zoom", Under("zoom.com.cn"), ZOOM),
    rule("zoom", Is("zm.page"), &[]),
    rule("zhumu", Under("zhumu.com"), &["/j/", "/s/"]),
    rule("zhumu", Under("zhumu.me"), &["/j/", "/s/"]),
    // Google.
    rule("meet", Is("meet.google.com"), &[]),
    rule("meet", Is("g.co"), &["/meet/"]),
    rule("hangouts", Is("hangouts.google.com"), &["/hangouts/", "/call/"]),
    // Cisco.
    rule("webex", Under("webex.com"), WEBEX),
    rule("webex", Under("webex.com.cn"), WEBEX),
    rule("webex", Under("webexgov.us"), WEBEX),
    // GoTo.
    rule("gotomeeting", Under("gotomeeting.com"), &[]),
    rule("gotomeeting", Is("meet.goto.com"), &[]),
    rule("gotomeeting", Is("app.goto.com"), &["/meeting/", "/meet/"]),
    rule("gotomeeting", Is("gotomeet.me"), &[]),
    rule("gotomeeting", Under("gotowebinar.com"), &["/join/", "/register/"]),
    rule("joinme", Is("join.me"), &[]),
    // Others, by name.
    rule("bluejeans", Under("bluejeans.com"), &[]),
    rule("bluejeans", Under("bjn.vc"), &[]),
    rule("chime", Under("chime.aws"), &[]),
    rule("jitsi", Is("meet.jit.si"), &[]),
    rule("jitsi", Is("8x8.vc"), &[]),
    rule("8x8", Is("meet.8x8.com"), &[]),
    rule("8x8", Is("8x8.com"), &["/meet/"]),
    rule("whereby", Under("whereby.com"), &[]),
    rule("whereby", Is("appear.in"), &[]),
    rule("ringcentral", Is("v.ringcentral.com"), &["/join/"]),
    rule("ringcentral", Is("video.ringcentral.com"), &[]),
    rule("ringcentral", Is("meetings.ringcentral.com"), &["/j/"]),
    rule("ringcentral", Under("webinar.ringcentral.com"), &[]),
    rule("around", Is("meet.around.co"), &["/r/"]),
    rule("around", Is("around.co"), &["/r/"]),
    rule("gather", Is("app.gather.town"), &["/app/", "/events/"]),
    rule("gather", Is("gather.town"), &["/app/"]),
    rule("livestorm", Is("app.livestorm.co"), &["/p/", "*/live"]),
    rule("livestorm", Is("app.livestorm.com"), &["/p/", "*/live"]),
    rule("lifesize", Is("call.lifesizecloud.com"), &[]),
    rule("lifesize", Is("call.lifesize.com"), &[]),
    rule("slack", Is("app.slack.com"), &["/huddle/"]),
    rule("discord", Is("discord.com"), &["/channels/", "/invite/"]),
    rule("discord", Is("discord.gg"), &[]),
    rule("vonage", Is("meetings.vonage.com"), &[]),
    rule("starleaf", Is("meet.starleaf.com"), &[]),
    rule("starleaf", Under("call.sl"), &[]),
    rule("dialpad", Is("meetings.dialpad.com"), &[]),
    rule("dialpad", Is("dialpad.com"), &["/meetings/"]),
    rule("uberconference", Under("uberconference.com"), &[]),
    rule("lark", Is("vc.larksuite.com"), &["/j/"]),
    rule("feishu", Is("vc.feishu.cn"), &["/j/"]),
    rule("tencent", Is("meeting.tencent.com"), &["/dm/", "/p/", "/s/", "/l/"]),
    rule("tencent", Is("meeting.qq.com"), &[]),
    rule("tencent", Is("voovmeeting.com"), &["/dm/", "/r/", "/s/", "/p/"]),
    rule("dingtalk", Is("meeting.dingtalk.com"), &["/j/"]),
    rule("dingtalk", Is("h5.dingtalk.com"), &["/mdm/", "*meeting"]),
    rule("zoho", Is("meeting.zoho.com"), &[]),
    rule("zoho", Is("meeting.zoho.eu"), &[]),
    rule("zoho", Is("meeting.zoho.in"), &[]),
    rule("zoho", Is("meet.zoho.com"), &[]),
    rule("demio", Is("event.demio.com"), &[]),
    rule("demio", Is("my.demio.com"), &["/ref/", "/recording/"]),
    rule("demodesk", Is("demodesk.com"), &[]),
    rule("teamviewer", Is("go.teamviewer.com"), &[]),
    rule("teamviewer", Is("go.blizz.com"), &["/join/"]),
    rule("vsee", Under("vsee.com"), &["/c/"]),
    rule("vowel", Is("vowel.com"), &[]),
    rule("facebook", Is("facebook.com"), &["/groupcall/"]),
    rule("facebook", Is("www.facebook.com"), &["/groupcall/"]),
    rule("workplace", Under("workplace.com"), &["/groupcall/"]),
    rule("messenger", Is("m.me"), &["/j/"]),
    rule("whatsapp", Is("call.whatsapp.com"), &[]),
    rule("facetime", Is("facetime.apple.com"), &["/join"]),
    rule("pop", Is("pop.com"), &["/j/"]),
    rule("tuple", Is("tuple.app"), &["/c/"]),
    rule("kumospace", Is("kumospace.com"), &[]),
    rule("kumospace", Is("www.kumospace.com"), &[]),
    rule("remo", Is("live.remo.co"), &["/e/"]),
    rule("hopin", Is("hopin.com"), &["/events/"]),
    rule("airmeet", Is("www.airmeet.com"), &["/e/"]),
    rule("streamyard", Is("streamyard.com"), &[]),
    rule("riverside", Is("riverside.fm"), &["/studio/"]),
    rule("doxy", Under("doxy.me"), &[]),
    rule("daily", Under("daily.co"), &[]),
    rule("livekit", Is("meet.livekit.io"), &["/rooms/"]),
    rule("nextcloud", Is("cloud.nextcloud.com"), &["/call/"]),
    rule("pexip", Under("pexip.me"), &[]),
    rule("highfive", Under("highfive.com"), &[]),
    rule("infomaniak", Is("kmeet.infomaniak.com"), &[]),
    rule("proton", Is("meet.proton.me"), &[]),
    rule("brave", Is("talk.brave.com"), &[]),
    rule("opentalk", Is("meet.opentalk.eu"), &["/room/", "/invite/"]),
    rule("bigbluebutton", Is("demo.bigbluebutton.org"), &[]),
    rule("senfcall", Is("senfcall.de"), &[]),
    rule("element", Is("call.element.io"), &[]),
    rule("calcom", Is("app.cal.com"), &["/video/"]),
    rule("zoom", Is("zoom-x.de"), ZOOM),
    rule("butter", Is("app.butter.us"), &[]),
    rule("luma", Is("lu.ma"), &["/join/"]),
    rule("teemyco", Is("app.teemyco.com"), &["/room/"]),
    rule("duo", Is("duo.google.com"), &["/j/"]),
    rule("meetecho", Under("meetecho.com"), &["/conf/"]),
    rule("pumble", Is("meet.pumble.com"), &[]),
    rule("suitconference", Under("suitconference.com"), &["*invite"]),
];

/// Whose host this is, whatever the path.
pub(super) fn by_host(url: &Url) -> Option<&'static str> {
    matching(url).next().map(|rule| rule.provider)
}

/// Whose meeting this leads into: host and path fit.
pub(super) fn by_path(url: &Url) -> Option<&'static str> {
    let rest = &url[Position::BeforePath..];
    matching(url).find(|rule| rule.fits(rest)).map(|rule| rule.provider)
}

fn matching(url: &Url) -> impl Iterator<Item = &'static Rule> {
    // A known name on another port is another server.
    let host =
        url.host_str().filter(|_| url.port().is_none()).map(|host| host.trim_end_matches('.').to_owned());
    RULES.iter().filter(move |rule| host.as_deref().is_some_and(|host| rule.host.is(host)))
}

impl Host {
    fn is(&self, host: &str) -> bool {
        match self {
            Is(name) => host == *name,
            Under(name) => host.strip_suffix(name).is_some_and(|rest| rest.is_empty() || rest.ends_with('.')),
        }
    }
}

impl Rule {
    fn fits(&self, rest: &str) -> bool {
        if self.paths.is_empty() {
            return rest.len() > 1 && !rest.starts_with("/?");
        }
        self.paths.iter().any(|path| match path.strip_prefix('*') {
            Some(part) => rest.contains(part),
            None => rest.len() > path.len() && rest.starts_with(path),
        })
    }
}

/// The number or code of the meeting that the path names.
pub(super) fn meeting_id(provider: &str, url: &Url) -> Option<String> {
    let parts: Vec<&str> = url.path_segments()?.filter(|part| !part.is_empty()).collect();
    match (provider, parts.as_slice()) {
        ("zoom", ["j" | "w" | "s", id, ..] | ["wc", "join", id, ..] | ["wc", id, ..]) => digits(id),
        ("teams", ["meet", id, ..]) => digits(id),
        ("meet", [code] | ["_meet", code, ..]) => meet_code(code),
        _ => None,
    }
}

fn digits(text: &str) -> Option<String> {
    (!text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())).then(|| text.to_owned())
}

/// Google's codes are three, four and three letters.
fn meet_code(text: &str) -> Option<String> {
    let lengths: Vec<usize> = text.split('-').map(str::len).collect();
    let letters = text.bytes().all(|byte| byte.is_ascii_alphabetic() || byte == b'-');
    (letters && lengths == [3, 4, 3]).then(|| text.to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::{RULES, by_path, meeting_id};
    use url::Url;

    #[test]
    fn more_than_sixty_providers() {
        let mut names: Vec<_> = RULES.iter().map(|rule| rule.provider).collect();
        names.sort_unstable();
        names.dedup();
        assert!(names.len() >= 60, "{}", names.len());
    }

    #[test]
    fn meetings_and_other_pages_of_the_same_hosts() {
        for (link, provider, id) in [
            (
                "https://teams.microsoft.com/l/meetup-join/19%3ameeting_x%40thread.v2/0?context=%7b%7d",
                Some("teams"),
                None,
            ),
            ("https://teams.microsoft.com/meet/123456789012?p=abc", Some("teams"), Some("123456789012")),
            ("https://gov.teams.microsoft.us/l/meetup-join/19%3agcch/0", Some("teams"), None),
            ("https://dod.teams.microsoft.us/l/meetup-join/19%3adod/0", Some("teams"), None),
            ("https://teams.live.com/meet/9312345678901", Some("teams"), Some("9312345678901")),
            ("https://teams.microsoft.com/meetingOptions/?organizerId=1", None, None),
            ("https://zoom.us/j/81234567890?pwd=x", Some("zoom"), Some("81234567890")),
            ("https://contoso.zoom.us/my/lucia", Some("zoom"), None),
            ("https://us02web.zoom.us/w/123?tk=y", Some("zoom"), Some("123")),
            ("https://us02web.zoom.us/wc/join/123", Some("zoom"), Some("123")),
            ("https://agency.zoomgov.com/j/1612345678", Some("zoom"), Some("1612345678")),
            ("https://support.zoom.us/hc/en-us", None, None),
            ("https://us02web.zoom.us/u/kdFz", None, None),
            ("https://zoom.us/j/", None, None),
            ("https://notzoom.us/j/1", None, None),
            ("https://zoom.us.evil.example/j/1", None, None),
            ("https://zoom.us:8443/j/1", None, None),
            ("https://meet.google.com/abc-defg-hij", Some("meet"), Some("abc-defg-hij")),
            ("https://meet.google.com/lookup/contoso", Some("meet"), None),
            ("https://meet.google.com/", None, None),
            ("https://tel.meet/abc-defg-hij?pin=1", None, None),
            ("https://contoso.webex.com/contoso/j.php?MTID=m1", Some("webex"), None),
            ("https://contoso.webex.com/meet/lucia", Some("webex"), None),
            ("https://www.webex.com/", None, None),
            ("https://meet.jit.si/OurRoom", Some("jitsi"), None),
            ("https://chime.aws/1234567890", Some("chime"), None),
            ("https://app.slack.com/huddle/T1/C1", Some("slack"), None),
            ("https://vc.feishu.cn/j/123", Some("feishu"), None),
            ("https://meet.lync.com/contoso/lucia/ABC", Some("skype"), None),
            ("https://example.com/j/1", None, None),
        ] {
            let url = Url::parse(link).unwrap();
            assert_eq!(by_path(&url), provider, "{link}");
            assert_eq!(provider.and_then(|provider| meeting_id(provider, &url)).as_deref(), id, "{link}");
        }
    }
}
