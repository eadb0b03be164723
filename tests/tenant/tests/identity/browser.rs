//! A browser of few means, and an app that signs in with it.

use std::collections::{BTreeMap, HashMap};

use convoke_tenant::entra::app::CLIENT_ID;
use convoke_tenant::{Options, Running, start};
use reqwest::header::{COOKIE, LOCATION, SET_COOKIE};
use reqwest::redirect::Policy;
use serde_json::Value;
use url::Url;

pub const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
pub const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
pub const REDIRECT: &str = "http://localhost:49152";
pub const SCOPE: &str = "openid profile offline_access User.Read Calendars.Read";

/// A tenant with little data.
pub async fn tenant() -> Running {
    start(Options { events: 10, contacts: 5, directory: 5, ..Options::default() }).await.unwrap()
}

/// A page, or where it sent the browser outside of the tenant.
#[derive(Debug)]
pub struct Page {
    pub url: Url,
    pub body: String,
    /// The redirect to the app, not followed.
    pub left_to: Option<Url>,
}

impl Page {
    /// Parameters of the redirect to the app.
    pub fn answer(&self) -> HashMap<String, String> {
        let url = self.left_to.as_ref().unwrap_or_else(|| panic!("no redirect to the app: {}", self.body));
        url.query_pairs().into_owned().collect()
    }

    /// Asserts that the page shows a text and did not leave.
    #[track_caller]
    pub fn shows(&self, text: &str) {
        assert!(self.left_to.is_none(), "left to {:?}", self.left_to);
        assert!(self.body.contains(text), "{text:?} is not in {}", self.body);
    }
}

pub struct Browser {
    http: reqwest::Client,
    cookies: BTreeMap<String, String>,
}

impl Browser {
    pub fn new() -> Self {
        let http = reqwest::Client::builder().redirect(Policy::none()).no_proxy().build().unwrap();
        Self { http, cookies: BTreeMap::new() }
    }

    pub async fn open(&mut self, url: &str) -> Page {
        self.follow("GET", Url::parse(url).unwrap(), None).await
    }

    /// Fills in the page's form and sends it, with one more field for the button pressed.
    pub async fn submit(&mut self, page: &Page, fields: &[(&str, &str)]) -> Page {
        let form = page.body.split("<form").nth(1).expect("a form").split("</form").next().unwrap();
        let action = page.url.join(&attribute(form, "action").unwrap()).unwrap();
        let mut sent: BTreeMap<String, String> = BTreeMap::new();
        for input in form.split("<input").skip(1) {
            let input = input.split('>').next().unwrap();
            let kind = attribute(input, "type").unwrap_or_default();
            if let Some(name) = attribute(input, "name").filter(|_| kind != "checkbox") {
                sent.insert(name, attribute(input, "value").unwrap_or_default());
            }
        }
        sent.extend(fields.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
        let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(&sent).finish();
        self.follow("POST", action, Some(body)).await
    }

    async fn follow(&mut self, method: &str, mut url: Url, mut body: Option<String>) -> Page {
        let mut method = method.parse().unwrap();
        for _ in 0..10 {
            let jar: Vec<String> =
                self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect();
            let mut request = self.http.request(method, url.clone()).header(COOKIE, jar.join("; "));
            if let Some(body) = body.take() {
                request = request.header("content-type", "application/x-www-form-urlencoded").body(body);
            }
            let response = request.send().await.unwrap();
            for cookie in response.headers().get_all(SET_COOKIE) {
                let pair = cookie.to_str().unwrap().split(';').next().unwrap();
                let (name, value) = pair.split_once('=').unwrap();
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
            let Some(location) = response.headers().get(LOCATION).map(|l| l.to_str().unwrap().to_owned())
            else {
                return Page { url, body: response.text().await.unwrap(), left_to: None };
            };
            let next = url.join(&location).unwrap();
            if next.origin() != url.origin() {
                return Page { url, body: String::new(), left_to: Some(next) };
            }
            url = next;
            method = reqwest::Method::GET;
        }
        panic!("the redirects never end at {url}");
    }
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let value = tag.split(&format!(" {name}=\"")).nth(1)?.split('"').next()?;
    Some(
        value
            .replace("&#39;", "'")
            .replace("&quot;", "\"")
            .replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&amp;", "&"),
    )
}

/// The address of the authorize endpoint; `change` adds parameters, or takes away those with an empty value.
pub fn authorize_url(running: &Running, change: &[(&str, &str)]) -> String {
    let mut parameters = BTreeMap::from([
        ("client_id", CLIENT_ID),
        ("response_type", "code"),
        ("redirect_uri", REDIRECT),
        ("scope", SCOPE),
        ("state", "st&te"),
        ("nonce", "n0nce"),
        ("code_challenge", CHALLENGE),
        ("code_challenge_method", "S256"),
    ]);
    parameters.extend(change.iter().copied());
    parameters.retain(|_, value| !value.is_empty());
    let base = format!("{}/{}/oauth2/v2.0/authorize", running.ready.authority, running.ready.tenant_id);
    Url::parse_with_params(&base, parameters).unwrap().to_string()
}

/// The user with that role, as name and password.
pub fn person(running: &Running, role: &str) -> (String, String) {
    let user = running.ready.users.iter().find(|user| user.role == role).unwrap();
    (user.username.clone(), user.password.clone())
}

/// Opens the address and signs in on whichever page comes.
pub async fn sign_in(browser: &mut Browser, url: &str, person: &(String, String)) -> Page {
    let page = browser.open(url).await;
    browser.submit(&page, &[("username", &person.0), ("password", &person.1)]).await
}

/// Signs in and accepts; the code.
pub async fn code(running: &Running, browser: &mut Browser, change: &[(&str, &str)]) -> String {
    let page = sign_in(browser, &authorize_url(running, change), &person(running, "user")).await;
    let page =
        if page.left_to.is_some() { page } else { browser.submit(&page, &[("action", "accept")]).await };
    page.answer()["code"].clone()
}

/// What the token endpoint answers.
pub async fn token(running: &Running, fields: &[(&str, &str)]) -> (u16, Value) {
    let url = format!("{}/{}/oauth2/v2.0/token", running.ready.authority, running.ready.tenant_id);
    let mut all = vec![("client_id", CLIENT_ID)];
    all.extend_from_slice(fields);
    let response = Browser::new().http.post(url).form(&all).send().await.unwrap();
    (response.status().as_u16(), response.json().await.unwrap_or_default())
}

/// Redeems a code.
pub async fn redeem(running: &Running, code: &str) -> (u16, Value) {
    let fields = [
        ("grant_type", "authorization_code"),
        ("code", code),
        ("redirect_uri", REDIRECT),
        ("code_verifier", VERIFIER),
        ("scope", SCOPE),
    ];
    token(running, &fields).await
}

/// Redeems a refresh token.
pub async fn refresh(running: &Running, refresh_token: &Value, more: &[(&str, &str)]) -> (u16, Value) {
    let mut fields =
        vec![("grant_type", "refresh_token"), ("refresh_token", refresh_token.as_str().unwrap())];
    fields.extend_from_slice(more);
    token(running, &fields).await
}

/// The tokens of a whole sign-in.
pub async fn tokens(running: &Running) -> Value {
    let code = code(running, &mut Browser::new(), &[]).await;
    let (status, tokens) = redeem(running, &code).await;
    assert_eq!(status, 200, "{tokens}");
    tokens
}

/// The middle part of a JSON web token.
pub fn claims(token: &Value) -> Value {
    use base64::Engine;
    let part = token.as_str().unwrap().split('.').nth(1).unwrap().to_owned();
    let bytes = base64::engine::general_purpose::URL_SAFE_NO_PAD.decode(part).unwrap();
    serde_json::from_slice(&bytes).unwrap()
}

/// JSON of a GET, with the status.
pub async fn get(url: &str, bearer: Option<&str>) -> (u16, Value, reqwest::header::HeaderMap) {
    let mut request = Browser::new().http.get(url);
    if let Some(token) = bearer {
        request = request.bearer_auth(token);
    }
    let response = request.send().await.unwrap();
    let headers = response.headers().clone();
    (response.status().as_u16(), response.json().await.unwrap_or_default(), headers)
}

/// `POST` to `_control`.
pub async fn control(running: &Running, path: &str, body: &Value) -> Value {
    let url = format!("{}/{path}", running.ready.control);
    let response = Browser::new().http.post(url).json(body).send().await.unwrap();
    assert_eq!(response.status().as_u16(), 200, "{path} {body}");
    response.json().await.unwrap()
}
