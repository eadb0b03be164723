//! One person's desk: a tenant, a cache, and an engine for each route.

use std::sync::Arc;

use async_trait::async_trait;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use chrono::{DateTime, Duration, NaiveDate, Utc};
use convoke_model::service::Service;
use convoke_model::window::TimeWindow;
use convoke_net::{Client, ClientOptions, Limits, NetError, Transport};
use convoke_store::{AgendaQuery, CacheKey, Store};
use convoke_sync::{
    Engine, EngineParts, Secret, Source, SyncReport, SyncRequest, TokenFailure, TokenSource, WindowDays,
};
use convoke_tenant::entra::data::AccessToken;
use convoke_tenant::entra::scopes::{Permission, Resource};
use convoke_tenant::ews::quirks::Quirk;
use convoke_tenant::{Options, Running, Scenario, truth};
use http::{Request, Response};
use serde_json::{Value, json};

use crate::compare::{are_lists, is_list, same};

/// The user with the large mailbox.
pub const LUCIA: usize = 0;

/// The days that are synced.
pub const DAYS: WindowDays = WindowDays { past: 30, future: 120 };

/// The real transport with a user name and password in every request, as the server's Basic takes them.
struct Basic {
    client: Client,
    header: String,
}

#[async_trait]
impl Transport for Basic {
    async fn send(&self, mut request: Request<Bytes>, limits: Limits) -> Result<Response<Bytes>, NetError> {
        request.headers_mut().insert("authorization", self.header.parse().unwrap());
        self.client.send(request, limits).await
    }
}

/// The token that [`Desk`] has put into the tenant.
struct Fixed;

#[async_trait]
impl TokenSource for Fixed {
    async fn token(&self) -> Result<Secret, TokenFailure> {
        Ok(Secret::new("lucia".to_owned()))
    }

    async fn rejected(&self, _: Option<String>) {}
}

pub struct Desk {
    pub tenant: Running,
    pub store: Arc<Store>,
    now: DateTime<Utc>,
    _dir: tempfile::TempDir,
}

impl Desk {
    /// Lucia's, whose mailbox is on premises.
    pub async fn new(options: Options) -> Self {
        let now = "2026-03-12T09:42:00Z".parse().unwrap();
        let on_premises = vec!["lucia.moreno@contoso.example".to_owned()];
        let tenant = convoke_tenant::start(Options { now: Some(now), on_premises, ..options }).await.unwrap();
        tenant.shared.set_scenario(Scenario::Exchange(Quirk::Basic), true);
        let dir = tempfile::tempdir().unwrap();
        let (store, _) = Store::open(dir.path(), &CacheKey::new([7; 32])).unwrap();
        Self { tenant, store: Arc::new(store), now, _dir: dir }
    }

    /// An engine over EWS, with Lucia's password.
    pub fn exchange(&self) -> Engine {
        let user = &self.tenant.ready.users[LUCIA];
        let pair = STANDARD.encode(format!("{}:{}", user.username, user.password));
        let transport = Basic { client: client(), header: format!("Basic {pair}") };
        let endpoint = convoke_ews::Endpoint::new(&self.tenant.ready.ews).unwrap();
        let endpoint = endpoint.with_anchor("lucia.moreno@contoso.example");
        self.engine(Arc::new(transport), Source::Ews { endpoint, tokens: None })
    }

    /// An engine over Graph.
    pub fn graph(&self) -> Engine {
        let shared = &self.tenant.shared;
        let may = |name| Permission { resource: Resource::Graph, name };
        let token = AccessToken {
            user: LUCIA,
            resource: Resource::Graph,
            permissions: vec![may("Calendars.Read"), may("Contacts.Read")],
            issued: shared.now(),
            expires: shared.now() + Duration::hours(1),
            handles_challenges: false,
            challenged: false,
        };
        shared.entra.data().access_tokens.insert("lucia".into(), token);
        let endpoint = convoke_graph::Endpoint::new(&self.tenant.ready.graph).unwrap();
        self.engine(Arc::new(client()), Source::Graph { endpoint, tokens: Arc::new(Fixed) })
    }

    fn engine(&self, transport: Arc<dyn Transport>, source: Source) -> Engine {
        let shared = self.tenant.shared.clone();
        let clock = Arc::new(move || shared.now());
        Engine::new(EngineParts { transport, clock, store: Arc::clone(&self.store), pause: None, source })
    }

    /// Moves the mailbox.
    pub async fn put(&self, place: &str) {
        let body = json!({"user": "lucia.moreno@contoso.example", "mailbox": place}).to_string();
        let request = Request::post(format!("{}/mailbox", self.tenant.ready.control))
            .header("content-type", "application/json")
            .body(Bytes::from(body))
            .unwrap();
        assert_eq!(client().send(request, Limits::SMALL).await.unwrap().status(), 200);
    }

    pub fn set(&self, quirk: Quirk, on: bool) {
        self.tenant.shared.set_scenario(Scenario::Exchange(quirk), on);
    }

    pub fn mutate(&self, n: usize, seed: u64) -> Vec<String> {
        convoke_tenant::mutate::random(&mut self.tenant.shared.world_mut(), LUCIA, n, seed)
    }

    /// Requires that the cache holds what the tenant's world does.
    #[track_caller]
    pub fn is_true(&self, moment: &str) {
        let (from, to) = (self.day(-28), self.day(118));
        let world = self.tenant.shared.world();
        same(&truth::agenda(&world, LUCIA, from, to), &self.agenda(from, to), moment);
        let mailbox = &world.mailboxes[LUCIA];
        let (lists, people): (Vec<Value>, _) =
            self.contacts().into_iter().partition(|row| is_list(mailbox, row));
        same(&truth::contacts(&world, LUCIA), &Value::Array(people), moment);
        are_lists(mailbox, &lists, moment);
    }

    fn day(&self, days: i64) -> NaiveDate {
        self.now.date_naive() + Duration::days(days)
    }

    pub fn agenda(&self, from: NaiveDate, to: NaiveDate) -> Value {
        let midnight = |day: NaiveDate| day.and_time(chrono::NaiveTime::MIN).and_utc();
        let window = TimeWindow { start: midnight(from), end: midnight(to + Duration::days(1)) };
        let query = AgendaQuery { window, dates: (from, to), limit: 0, hidden_calendars: Vec::new() };
        serde_json::to_value(self.store.reader().unwrap().agenda(&query).unwrap()).unwrap()
    }

    fn contacts(&self) -> Vec<Value> {
        let (_, contacts) = self.store.reader().unwrap().contacts_full("", 0).unwrap();
        contacts.iter().map(|contact| serde_json::to_value(contact).unwrap()).collect()
    }
}

pub fn client() -> Client {
    Client::new(ClientOptions::default())
}

pub fn request(full: bool) -> SyncRequest {
    SyncRequest { services: Service::ALL.to_vec(), full, window: DAYS }
}

/// Syncs both services and expects no failure.
pub async fn synced(engine: &Engine) -> SyncReport {
    let report = engine.sync(&request(false)).await;
    for service in report.services.values() {
        assert!(service.is_complete(), "{service:?}");
    }
    report
}
