//! A client that knows only the wire.

use chrono::{DateTime, TimeDelta, Utc};
use convoke_tenant::entra::data::AccessToken;
use convoke_tenant::entra::scopes::{Permission, Resource};
use convoke_tenant::graph::quirks::Quirk;
use convoke_tenant::{Options, Running, Scenario};
use serde_json::Value;

/// The instant all tests take place at: some weeks before Europe's clocks change.
pub const NOW: &str = "2026-03-12T09:42:00Z";
/// The window that tests look at: clocks change in it in New York, in Europe and in Sydney.
pub const WINDOW: &str = "startDateTime=2026-02-10T00:00:00Z&endDateTime=2026-09-09T00:00:00Z";
/// Everything a client of this kind asks for.
pub const ALL: [&str; 4] = ["User.Read", "User.ReadBasic.All", "Calendars.ReadWrite", "Contacts.Read"];

pub struct Client {
    pub tenant: Running,
    http: reqwest::Client,
    pub token: String,
    pub prefer: String,
}

pub struct Answer {
    pub status: u16,
    pub headers: reqwest::header::HeaderMap,
    pub body: Value,
    pub bytes: Vec<u8>,
}

impl Answer {
    pub fn code(&self) -> &str {
        self.body["error"]["code"].as_str().unwrap_or_default()
    }

    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.get(name).and_then(|value| value.to_str().ok())
    }

    pub fn items(&self) -> &Vec<Value> {
        self.body["value"].as_array().unwrap_or_else(|| panic!("no list: {} {}", self.status, self.body))
    }
}

pub async fn start(seed: u64) -> Client {
    start_with(Options { seed, events: 120, contacts: 60, ..Options::default() }).await
}

pub async fn start_with(options: Options) -> Client {
    let now: DateTime<Utc> = NOW.parse().unwrap();
    let tenant = convoke_tenant::start(Options { now: Some(now), ..options }).await.unwrap();
    let http = reqwest::Client::new();
    let prefer = "IdType=\"ImmutableId\", odata.maxpagesize=50".to_owned();
    let mut client = Client { tenant, http, token: String::new(), prefer };
    client.sign_in(0, &ALL);
    client
}

impl Client {
    /// Takes a token for a user without going through the browser.
    pub fn sign_in(&mut self, user: usize, names: &[&'static str]) {
        let now = self.tenant.shared.now();
        let permissions = names.iter().map(|name| Permission { resource: Resource::Graph, name }).collect();
        self.token = format!("test-token-{user}-{}", names.len());
        let token = AccessToken {
            user,
            resource: Resource::Graph,
            permissions,
            issued: now,
            expires: now + TimeDelta::hours(1),
            handles_challenges: false,
            challenged: false,
        };
        self.tenant.shared.entra.data().access_tokens.insert(self.token.clone(), token);
    }

    pub fn set(&self, quirk: Quirk, on: bool) {
        self.tenant.shared.set_scenario(Scenario::Graph(quirk), on);
    }

    /// Turns off all that makes delta rounds hard to read.
    pub fn plain_rounds(&self) {
        for quirk in [
            Quirk::RepeatedIds,
            Quirk::EmptyPages,
            Quirk::UnknownRemoved,
            Quirk::ShuffledOrder,
            Quirk::PageSizeHint,
        ] {
            self.set(quirk, false);
        }
    }

    pub fn url(&self, path: &str) -> String {
        if path.starts_with("http") { path.to_owned() } else { format!("{}{path}", self.tenant.ready.graph) }
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.get_with(path, &[]).await
    }

    pub async fn get_with(&self, path: &str, headers: &[(&str, &str)]) -> Answer {
        let mut request =
            self.http.get(self.url(path)).bearer_auth(&self.token).header("prefer", &self.prefer);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        read(request.send().await.unwrap()).await
    }

    pub async fn post(&self, path: &str, body: &Value) -> Answer {
        let request = self.http.post(self.url(path)).bearer_auth(&self.token).header("prefer", &self.prefer);
        let request = request.header("content-type", "application/json").body(body.to_string());
        read(request.send().await.unwrap()).await
    }

    /// All entries of a list or a round, and the `deltaLink` at its end.
    pub async fn all(&self, path: &str) -> (Vec<Value>, Option<String>) {
        let (mut items, mut next) = (Vec::new(), path.to_owned());
        for _ in 0..1000 {
            let page = self.get(&next).await;
            assert_eq!(page.status, 200, "{next}: {}", page.body);
            items.extend(page.items().iter().cloned());
            match page.body["@odata.nextLink"].as_str() {
                Some(link) => next = link.to_owned(),
                None => return (items, page.body["@odata.deltaLink"].as_str().map(str::to_owned)),
            }
        }
        panic!("the list never ends");
    }

    pub fn mutate(&self, name: &str, seed: u64) -> String {
        let mut dice = convoke_tenant::world::generate::dice::Dice::new(seed, name);
        let mut world = self.tenant.shared.world_mut();
        let told = (0..50).find_map(|_| convoke_tenant::mutate::named(&mut world, 0, name, &mut dice));
        told.unwrap_or_else(|| panic!("{name} found nothing to change"))
    }
}

async fn read(response: reqwest::Response) -> Answer {
    let (status, headers) = (response.status().as_u16(), response.headers().clone());
    let bytes = response.bytes().await.unwrap().to_vec();
    Answer { status, headers, body: serde_json::from_slice(&bytes).unwrap_or_default(), bytes }
}

/// An id as it stands in a path.
pub fn escaped(id: &str) -> String {
    url::form_urlencoded::byte_serialize(id.as_bytes()).collect()
}
