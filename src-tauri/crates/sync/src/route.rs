//! The way to the mailbox: which protocol, and what it needs.

use std::sync::Arc;

use convoke_model::clock::Clock;
use convoke_net::Transport;

use crate::channel::{Channel, ChannelParts};
use crate::graph;
use crate::token::TokenSource;

/// Where a mailbox is, and how it is asked.
pub enum Source {
    /// In Microsoft 365.
    Graph {
        /// The Graph endpoint of the account's cloud.
        endpoint: convoke_graph::Endpoint,
        /// Tokens for it.
        tokens: Arc<dyn TokenSource>,
    },
}

/// A source with the line to it.
#[derive(Clone)]
pub(crate) enum Route {
    Graph(Arc<graph::Mailbox>),
}

impl Route {
    pub(crate) fn new(source: Source, transport: Arc<dyn Transport>, clock: Arc<dyn Clock>) -> Self {
        match source {
            Source::Graph { endpoint, tokens } => {
                let parts =
                    ChannelParts { transport, tokens: Some(tokens), clock, most: graph::MAX_IN_FLIGHT };
                Self::Graph(Arc::new(graph::Mailbox::new(Channel::new(parts), endpoint)))
            }
        }
    }
}
