//! A scripted browser: hands the page's URL to the test, which answers over a real socket.

use std::collections::HashMap;
use std::net::Ipv4Addr;
use std::sync::Arc;

use convoke_auth::browser::{Browser, BrowserError};
use convoke_auth::flow::FlowDeps;
use convoke_auth::id_token::KeyCache;
use convoke_auth::loopback::ListenerLimits;
use convoke_auth::random::SystemRandom;
use convoke_model::clock::Clock;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::{mpsc, watch};
use url::Url;

use crate::authority::{Fake, PATIENCE, now};

pub struct FakeBrowser(pub mpsc::UnboundedSender<Url>);

impl Browser for FakeBrowser {
    fn open(&self, url: &Url) -> Result<(), BrowserError> {
        // The test may have ended.
        drop(self.0.send(url.clone()));
        Ok(())
    }
}

/// Everything that a flow needs, and the other end of it.
pub struct Bench {
    pub fake: Arc<Fake>,
    pub keys: KeyCache,
    pub cancel: watch::Sender<bool>,
    pub pages: mpsc::UnboundedReceiver<Url>,
    browser: Arc<FakeBrowser>,
    clock: Box<dyn Clock>,
}

impl Bench {
    pub fn new(fake: Arc<Fake>) -> Self {
        let (send, pages) = mpsc::unbounded_channel();
        Self {
            fake,
            keys: KeyCache::default(),
            cancel: watch::channel(false).0,
            pages,
            browser: Arc::new(FakeBrowser(send)),
            clock: Box::new(now),
        }
    }

    /// The flow's dependencies and the pages that it opens.
    pub fn split(&mut self) -> (FlowDeps<'_>, &mut mpsc::UnboundedReceiver<Url>) {
        let deps = FlowDeps {
            transport: &*self.fake,
            clock: &*self.clock,
            random: &SystemRandom,
            keys: &self.keys,
            browser: Arc::clone(&self.browser) as Arc<dyn Browser>,
            cancel: self.cancel.subscribe(),
            timeout: PATIENCE,
            listener: ListenerLimits::default(),
        };
        (deps, &mut self.pages)
    }
}

/// The parameters of the page.
pub struct Opened {
    pub parameters: HashMap<String, String>,
    pub port: u16,
}

impl Opened {
    pub fn read(url: &Url) -> Self {
        let parameters: HashMap<String, String> = url.query_pairs().into_owned().collect();
        let redirect = Url::parse(&parameters["redirect_uri"]).unwrap();
        Self { parameters, port: redirect.port().unwrap() }
    }

    pub fn state(&self) -> &str {
        &self.parameters["state"]
    }

    /// Delivers `query` as a browser would and returns what it shows.
    pub async fn deliver(&self, query: &str) -> String {
        let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, self.port)).await.unwrap();
        let request = format!("GET /?{query} HTTP/1.1\r\nHost: localhost:{}\r\n\r\n", self.port);
        stream.write_all(request.as_bytes()).await.unwrap();
        let mut page = String::new();
        stream.read_to_string(&mut page).await.unwrap();
        page
    }

    /// Delivers a code.
    pub async fn answer(&self) -> String {
        self.deliver(&format!("code=the-code&state={}&session_state=s", self.state())).await
    }
}
