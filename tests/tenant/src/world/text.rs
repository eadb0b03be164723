//! An event's text: the creator's note followed by the invitation to join, plain and as HTML.

use super::event::Content;
use super::join::{Join, LinkPlace};

const RULE: &str = "________________________________________________________________________________";
const PREVIEW_CHARS: usize = 255;

/// The event's place as Outlook shows it: the link, where the link is the place.
#[must_use]
pub fn location(content: &Content) -> String {
    match &content.join {
        Some(join) if join.place == LinkPlace::Location => join.sent_url(),
        _ => content.place.clone(),
    }
}

/// `bodyPreview`: the first 255 characters of the text, without blanks at the ends.
#[must_use]
pub fn preview(content: &Content) -> String {
    let plain: String = plain(content).chars().take(PREVIEW_CHARS).collect();
    plain.trim().to_owned()
}

/// The whole text, plain; lines end in `\r\n`.
#[must_use]
pub fn plain(content: &Content) -> String {
    let mut lines: Vec<String> = content.note.lines().map(str::to_owned).collect();
    if let Some(join) = shown_join(content) {
        lines.push(RULE.into());
        lines.push(format!("Join {} Meeting", join.provider.title()));
        if shows_address(join) {
            lines.push(join.url.clone());
        }
        lines.extend(join.details());
    }
    lines.join("\r\n")
}

/// The whole text as HTML, as Outlook writes it.
#[must_use]
pub fn html(content: &Content) -> String {
    let mut body = String::new();
    for line in content.note.lines() {
        body.push_str(&format!("<p class=\"MsoNormal\">{}</p>\r\n", escape(line)));
    }
    if let Some(join) = shown_join(content) {
        body.push_str(&invitation(join));
    }
    format!(
        "<html>\r\n<head>\r\n<meta http-equiv=\"Content-Type\" content=\"text/html; charset=utf-8\">\r\n</head>\r\n<body>\r\n{body}</body>\r\n</html>\r\n"
    )
}

fn invitation(join: &Join) -> String {
    let href = escape(&join.sent_url());
    let title = format!("Join {} Meeting", join.provider.title());
    let mut html =
        format!("<div style=\"width:100%; height:20px\"><span style=\"color:gray\">{RULE}</span></div>\r\n");
    html.push_str(&format!(
        "<div><a href=\"{href}\" target=\"_blank\" rel=\"noreferrer noopener\">{title}</a></div>\r\n"
    ));
    if shows_address(join) {
        html.push_str(&format!("<div><a href=\"{href}\">{}</a></div>\r\n", escape(&join.url)));
    }
    for line in join.details() {
        html.push_str(&format!("<div><span style=\"font-size:12px\">{}</span></div>\r\n", escape(&line)));
    }
    html
}

/// The text repeats a link unless the location alone carries it; then it may still name the passcode.
fn shown_join(content: &Content) -> Option<&Join> {
    content.join.as_ref().filter(|join| join.place != LinkPlace::Location || join.passcode.is_some())
}

/// Teams hides its long links, and what a scanner wrapped is hidden as well.
fn shows_address(join: &Join) -> bool {
    join.place != LinkPlace::Conference && !join.wrapped
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}
