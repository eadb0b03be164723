//! The pages' forms and links, as far as a person uses them.

use super::{Browser, Page};
use url::Url;

/// The link "Return to the application without granting consent" of a page that demands an administrator.
pub(super) fn way_back(page: &Page) -> Option<Url> {
    let tag = page.body.split("<a").find(|tag| tag.starts_with(" id=\"return\""))?;
    page.url.join(&attribute(tag, "href")?).ok()
}

/// A form.
pub(super) struct Form {
    /// Where it goes.
    pub(super) action: Url,
    /// How.
    pub(super) method: String,
    inputs: Vec<(String, String, String)>,
    buttons: Vec<(String, String, String)>,
}

impl Form {
    /// The first form of a page.
    pub(super) fn of(page: &Page) -> Option<Self> {
        let start = page.body.find("<form")?;
        let text = &page.body[start..];
        let text = &text[..text.find("</form").unwrap_or(text.len())];
        let head = &text[..text.find('>')?];
        let tags = |name: &str| -> Vec<(String, String, String)> {
            text.split(&format!("<{name}"))
                .skip(1)
                .map(|tag| {
                    let tag = &tag[..tag.find('>').unwrap_or(tag.len())];
                    let get = |key| attribute(tag, key).unwrap_or_default();
                    (get("name"), get("value"), format!("{}|{}", get("id"), get("type")))
                })
                .collect()
        };
        let action = attribute(head, "action").unwrap_or_default();
        Some(Self {
            action: page.url.join(&action).ok()?,
            method: attribute(head, "method").unwrap_or_default().to_uppercase(),
            inputs: tags("input"),
            buttons: tags("button"),
        })
    }

    /// Whether it asks for permissions.
    pub(super) fn asks_for_consent(&self) -> bool {
        self.buttons.iter().any(|(_, _, kind)| kind.starts_with("accept|"))
    }

    /// The fields as the person fills them, with the button they press.
    pub(super) fn filled(&self, person: &Browser) -> Vec<(String, String)> {
        let mut fields: Vec<(String, String)> = self
            .inputs
            .iter()
            .filter(|(name, _, kind)| !name.is_empty() && !kind.ends_with("checkbox"))
            .map(|(name, value, kind)| {
                let value = match kind.split('|').next() {
                    Some("username") => person.username.clone(),
                    Some("password") => person.password.clone(),
                    _ => value.clone(),
                };
                (name.clone(), value)
            })
            .collect();
        let wanted = if person.consent { "accept" } else { "cancel" };
        let pressed = self
            .buttons
            .iter()
            .find(|(_, _, kind)| kind.starts_with(&format!("{wanted}|")))
            .or_else(|| self.buttons.iter().find(|(_, _, kind)| !kind.starts_with("cancel|")));
        if let Some((name, value, _)) = pressed.filter(|(name, _, _)| !name.is_empty()) {
            fields.push((name.clone(), value.clone()));
        }
        fields
    }
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let at = tag.find(&format!(" {name}=\""))? + name.len() + 3;
    let value = &tag[at..];
    let value = &value[..value.find('"')?];
    Some(plain(value))
}

/// The page's title.
pub(super) fn title(page: &Page) -> Option<String> {
    let text = &page.body[page.body.find("<title>")? + "<title>".len()..];
    Some(plain(text[..text.find("</title>")?].trim()))
}

fn plain(html: &str) -> String {
    html.replace("&quot;", "\"")
        .replace("&#39;", "'")
        .replace("&#x27;", "'")
        .replace("&#x2F;", "/")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&")
}
