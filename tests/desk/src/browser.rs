//! A browser of few means: pages, forms, cookies, redirects. The window test has a real Chromium; the
//! journeys need what a person decides, a thousand times faster.

use std::collections::BTreeMap;
use url::Url;

/// What a person decides on the pages they meet.
#[derive(Clone, Debug)]
pub struct Browser {
    username: String,
    password: String,
    consent: bool,
    cookies: BTreeMap<String, BTreeMap<String, String>>,
}

/// A page that was reached.
#[derive(Clone, Debug)]
pub struct Page {
    /// Its address.
    pub url: Url,
    /// Status.
    pub status: u16,
    /// HTML.
    pub body: String,
}

impl Browser {
    /// A person with a user name and a password who accepts what is asked.
    pub fn of(username: &str, password: &str) -> Self {
        Self {
            username: username.to_owned(),
            password: password.to_owned(),
            consent: true,
            cookies: BTreeMap::new(),
        }
    }

    /// The same person, refusing consent.
    pub fn refusing(mut self) -> Self {
        self.consent = false;
        self
    }

    /// Opens an address and goes on, page by page, until nothing is left to fill in.
    pub fn go(&mut self, address: &str) -> Page {
        let mut page = self.fetch("GET", Url::parse(address).expect("an address"), None);
        for _ in 0..12 {
            let Some(form) = Form::of(&page) else { return page };
            let fields = form.filled(self);
            let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(&fields).finish();
            page = match form.method.as_str() {
                "POST" => self.fetch("POST", form.action, Some(body)),
                _ => {
                    let mut action = form.action;
                    action.set_query(Some(&body));
                    self.fetch("GET", action, None)
                }
            };
        }
        panic!("the pages never end, the last is {page:?}");
    }

    fn fetch(&mut self, method: &str, mut url: Url, mut body: Option<String>) -> Page {
        let mut method = method.to_owned();
        let agent: ureq::Agent =
            ureq::Agent::config_builder().max_redirects(0).http_status_as_error(false).build().into();
        for _ in 0..12 {
            let site = url.origin().ascii_serialization();
            let cookies = self.cookies.entry(site).or_default();
            let header = cookies.iter().map(|(k, v)| format!("{k}={v}")).collect::<Vec<_>>().join("; ");
            let request = ureq::http::Request::builder()
                .method(method.as_str())
                .uri(url.as_str())
                .header("Cookie", header)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .body(body.take().unwrap_or_default())
                .expect("a request");
            let mut response = agent.run(request).expect("the server answers");
            for cookie in response.headers().get_all("set-cookie") {
                let pair = cookie.to_str().unwrap_or_default().split(';').next().unwrap_or_default();
                if let Some((name, value)) = pair.split_once('=') {
                    cookies.insert(name.trim().to_owned(), value.trim().to_owned());
                }
            }
            let status = response.status().as_u16();
            let location =
                response.headers().get("location").and_then(|l| l.to_str().ok()).map(str::to_owned);
            let Some(location) = location.filter(|_| (300..400).contains(&status)) else {
                let body = response.body_mut().read_to_string().unwrap_or_default();
                return Page { url, status, body };
            };
            url = url.join(&location).expect("a location");
            method = "GET".to_owned();
        }
        panic!("the redirects never end, the last is {url}");
    }
}

struct Form {
    action: Url,
    method: String,
    inputs: Vec<(String, String, String)>,
    buttons: Vec<(String, String, String)>,
}

impl Form {
    /// The first form of a page.
    fn of(page: &Page) -> Option<Self> {
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

    fn filled(&self, person: &Browser) -> Vec<(String, String)> {
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
    Some(
        value
            .replace("&amp;", "&")
            .replace("&quot;", "\"")
            .replace("&#39;", "'")
            .replace("&#x27;", "'")
            .replace("&#x2F;", "/")
            .replace("&lt;", "<")
            .replace("&gt;", ">"),
    )
}
