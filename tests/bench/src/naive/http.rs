//! One request after the other, on one connection.

use crate::error::BenchError;
use std::time::Instant;
use ureq::Agent;
use url::Url;

/// As the product asks: stable ids, UTC, the longest pages.
const PREFER: &str = r#"IdType="ImmutableId", outlook.timezone="UTC", odata.maxpagesize=1000"#;

/// More than any page has.
const LONGEST: u64 = 1 << 30;

/// A client of Graph, and what it did so far.
pub struct Http {
    agent: Agent,
    graph: String,
    authorization: String,
    /// Requests sent.
    pub requests: usize,
    /// Bytes received.
    pub bytes: usize,
    /// Milliseconds spent.
    pub ms: f64,
}

/// A client that goes straight to the server.
pub fn agent() -> Agent {
    Agent::config_builder().proxy(None).build().into()
}

impl Http {
    /// A client that asks nothing yet.
    pub fn new(graph: &str, token: &str) -> Self {
        let (graph, authorization) = (graph.to_owned(), format!("Bearer {token}"));
        Self { agent: agent(), graph, authorization, requests: 0, bytes: 0, ms: 0.0 }
    }

    /// The address of a path; ids may contain anything.
    ///
    /// # Errors
    /// When the root is no address.
    pub fn url(&self, path: &[&str]) -> Result<Url, BenchError> {
        let mut url = Url::parse(&self.graph)?;
        if let Ok(mut segments) = url.path_segments_mut() {
            segments.extend(path);
        }
        Ok(url)
    }

    /// The body of an answer.
    ///
    /// # Errors
    /// When there is none, or its status is not of success.
    pub fn get(&mut self, address: &str) -> Result<Vec<u8>, BenchError> {
        let start = Instant::now();
        let request = self.agent.get(address).header("Authorization", &self.authorization);
        let mut answer = request.header("Prefer", PREFER).header("Accept", "application/json").call()?;
        let body = answer.body_mut().with_config().limit(LONGEST).read_to_vec()?;
        self.requests += 1;
        self.bytes += body.len();
        self.ms += start.elapsed().as_secs_f64() * 1e3;
        Ok(body)
    }
}
