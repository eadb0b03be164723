//! A person with a browser of few means: pages, forms, cookies, redirects. The window test has a real Chromium;
//! the journeys and a rehearsal need what a person decides, a thousand times faster. Only loopback is visited.

mod form;

use form::{Form, title, way_back};
use std::collections::BTreeMap;
use url::{Host, Url};

/// Pages, and redirects of one page, at most.
const PATIENCE: usize = 12;

/// What a person decides on the pages they meet.
#[derive(Clone, Debug)]
pub struct Browser {
    username: String,
    password: String,
    consent: bool,
    /// Refuses every page of permissions after the first.
    wavers: bool,
    goes_back: bool,
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

/// How a visit went.
#[derive(Clone, Debug)]
pub struct Visited {
    /// Titles of the pages the person met, in order.
    pub titles: Vec<String>,
    /// Whether they closed a page that demands an administrator.
    pub closed: bool,
    /// The last page.
    pub last: Page,
}

/// Why a visit led nowhere.
#[derive(Debug, thiserror::Error)]
pub enum VisitError {
    /// The address is none, or not of this computer.
    #[error("{0} is no address of this computer")]
    NotLoopback(String),
    /// The server did not answer.
    #[error("{url} does not answer")]
    NoAnswer {
        /// The page.
        url: Url,
        /// What the client said.
        #[source]
        source: ureq::Error,
    },
    /// One page after the other, or one redirect after the other, without end.
    #[error("the pages never end, the last is {0}")]
    Endless(Url),
}

impl Browser {
    /// A person with a user name and a password who accepts what is asked.
    pub fn of(username: &str, password: &str) -> Self {
        Self {
            username: username.to_owned(),
            password: password.to_owned(),
            consent: true,
            wavers: false,
            goes_back: true,
            cookies: BTreeMap::new(),
        }
    }

    /// The same person, refusing consent.
    pub fn refusing(mut self) -> Self {
        self.consent = false;
        self
    }

    /// The same person, who grants the next page of permissions and refuses those that follow.
    pub fn wavering(mut self) -> Self {
        self.wavers = true;
        self
    }

    /// The same person, who closes a page that demands an administrator instead of following its way back.
    pub fn leaving(mut self) -> Self {
        self.goes_back = false;
        self
    }

    /// Takes the cookies of an earlier visit along.
    pub fn remembering(mut self, earlier: Self) -> Self {
        self.cookies = earlier.cookies;
        self
    }

    /// [`Self::visit`] for tests: a visit that leads nowhere ends the test.
    ///
    /// # Panics
    /// When the visit fails.
    #[allow(clippy::panic, reason = "for tests")]
    pub fn go(&mut self, address: &str) -> Page {
        self.visit(address).unwrap_or_else(|error| panic!("{error}")).last
    }

    /// Opens an address and goes on, page by page, until nothing is left to fill in.
    ///
    /// # Errors
    /// When a page does not answer, leads away from this computer, or the pages never end.
    pub fn visit(&mut self, address: &str) -> Result<Visited, VisitError> {
        let start = Url::parse(address).map_err(|_| VisitError::NotLoopback(address.to_owned()))?;
        let mut page = self.fetch("GET", start, None)?;
        let mut titles = Vec::new();
        for _ in 0..PATIENCE {
            titles.extend(title(&page));
            if let Some(back) = way_back(&page) {
                if !self.goes_back {
                    return Ok(Visited { titles, closed: true, last: page });
                }
                page = self.fetch("GET", back, None)?;
                continue;
            }
            let Some(form) = Form::of(&page) else {
                return Ok(Visited { titles, closed: false, last: page });
            };
            let fields = form.filled(self);
            self.consent &= !(self.wavers && form.asks_for_consent());
            let body = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(&fields).finish();
            page = match form.method.as_str() {
                "POST" => self.fetch("POST", form.action, Some(body))?,
                _ => {
                    let mut action = form.action;
                    action.set_query(Some(&body));
                    self.fetch("GET", action, None)?
                }
            };
        }
        Err(VisitError::Endless(page.url))
    }

    fn fetch(&mut self, method: &str, mut url: Url, mut body: Option<String>) -> Result<Page, VisitError> {
        let mut method = method.to_owned();
        let config = ureq::Agent::config_builder().max_redirects(0).http_status_as_error(false).proxy(None);
        let agent: ureq::Agent = config.build().into();
        for _ in 0..PATIENCE {
            if !is_loopback(&url) {
                return Err(VisitError::NotLoopback(url.into()));
            }
            let no_answer = |source| VisitError::NoAnswer { url: url.clone(), source };
            let site = url.origin().ascii_serialization();
            let cookies = self.cookies.entry(site).or_default();
            let header = cookies.iter().map(|(k, v)| format!("{k}={v}")).collect::<Vec<_>>().join("; ");
            let request = ureq::http::Request::builder()
                .method(method.as_str())
                .uri(url.as_str())
                .header("Cookie", header)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .body(body.take().unwrap_or_default())
                .map_err(|error| no_answer(error.into()))?;
            let mut response = agent.run(request).map_err(no_answer)?;
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
                return Ok(Page { url, status, body });
            };
            url = url.join(&location).map_err(|_| VisitError::NotLoopback(location))?;
            method = "GET".to_owned();
        }
        Err(VisitError::Endless(url))
    }
}

fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost",
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}
