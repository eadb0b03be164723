//! The way to the mailbox: which protocol, and what it needs.

use std::sync::Arc;

use convoke_model::clock::Clock;
use convoke_model::service::Service;
use convoke_net::Transport;

use crate::cache::Cache;
use crate::channel::{Channel, ChannelParts};
use crate::error::{self, RoundError};
use crate::pause::Pause;
use crate::token::TokenSource;
use crate::{ews, graph};

/// Where a mailbox is, and how it is asked.
pub enum Source {
    /// In Microsoft 365.
    Graph {
        /// The Graph endpoint of the account's cloud.
        endpoint: convoke_graph::Endpoint,
        /// Tokens for it.
        tokens: Arc<dyn TokenSource>,
    },
    /// On an Exchange server of the organization.
    Ews {
        /// The server, with the mailbox as its anchor.
        endpoint: convoke_ews::Endpoint,
        /// Tokens for it (hybrid modern authentication). Without, the transport authenticates.
        tokens: Option<Arc<dyn TokenSource>>,
    },
}

/// A source with the line to it.
#[derive(Clone)]
pub(crate) enum Route {
    Graph(Arc<graph::Mailbox>),
    Ews(ews::Visit),
}

impl Route {
    pub(crate) fn new(
        source: Source,
        transport: Arc<dyn Transport>,
        clock: Arc<dyn Clock>,
        pause: Option<Arc<dyn Pause>>,
    ) -> Self {
        match source {
            Source::Graph { endpoint, tokens } => {
                let parts = ChannelParts {
                    transport,
                    tokens: Some(tokens),
                    clock,
                    most: graph::MAX_IN_FLIGHT,
                    pause: None,
                    refusal: |_| RoundError::Unauthorized,
                };
                Self::Graph(Arc::new(graph::Mailbox::new(Channel::new(parts), endpoint)))
            }
            Source::Ews { endpoint, tokens } => {
                let (most, refusal) = (ews::MAX_IN_FLIGHT, ews::token_refused);
                let parts = ChannelParts { transport, tokens, clock, most, pause, refusal };
                Self::Ews(ews::Visit::new(Arc::new(ews::Mailbox::new(Channel::new(parts), endpoint))))
            }
        }
    }

    /// The same route for a sync of its own: what a sync reads only once is read again.
    pub(crate) fn begin(&self) -> Self {
        match self {
            Self::Graph(mailbox) => Self::Graph(Arc::clone(mailbox)),
            Self::Ews(visit) => Self::Ews(ews::Visit::new(Arc::clone(&visit.mailbox))),
        }
    }

    /// What the cache calls it.
    fn name(&self) -> String {
        match self {
            Self::Graph(_) => GRAPH.to_owned(),
            Self::Ews(visit) => format!("ews {}", visit.mailbox.endpoint().url()),
        }
    }
}

/// The name of the route over Graph, which is also that of caches that name none.
const GRAPH: &str = "graph";

/// Whether the cache has rows of the service that came another way. Nothing of them can go on: other ids, other
/// states.
pub(crate) async fn is_new(route: &Route, cache: &Cache, service: Service) -> Result<bool, RoundError> {
    if stored(cache, service).await? == route.name() {
        return Ok(false);
    }
    let has_rows = cache.read(move |reader| {
        let counts = reader.counts()?;
        Ok(match service {
            Service::Calendar => counts.calendars > 0,
            Service::Contacts => counts.contacts > 0 || !reader.contact_folders()?.is_empty(),
            Service::Directory => false,
        })
    });
    has_rows.await
}

/// Notes that the service's rows come this way from now on.
pub(crate) async fn note(route: &Route, cache: &Cache, service: Service) -> Result<(), RoundError> {
    let name = route.name();
    if stored(cache, service).await? == name {
        return Ok(());
    }
    cache.write(move |writer| writer.set_meta(key(service), Some(&name))).await
}

/// The failure of a service, told apart where it means something else on this route: the mailbox was on this server and
/// left it, or the server's name is not known here.
pub(crate) async fn told_apart(
    route: &Route,
    cache: &Cache,
    service: Service,
    error: RoundError,
) -> RoundError {
    match error {
        RoundError::Ews(cause) if error::has_no_mailbox(&cause) => {
            let was_here = stored(cache, service).await.is_ok_and(|stored| stored == route.name());
            if was_here { RoundError::MailboxMoved(cause) } else { cause.into() }
        }
        other if matches!(route, Route::Ews(_)) => other.of_exchange(),
        other => other,
    }
}

async fn stored(cache: &Cache, service: Service) -> Result<String, RoundError> {
    let stored = cache.read(move |reader| reader.meta(key(service))).await?;
    Ok(stored.unwrap_or_else(|| GRAPH.to_owned()))
}

fn key(service: Service) -> &'static str {
    match service {
        Service::Calendar => "route.calendar",
        Service::Contacts => "route.contacts",
        Service::Directory => "route.directory",
    }
}
