//! Fetching all pages of a round or list, the next one asked for while this one is read.

use std::collections::HashMap;
use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};
use std::sync::Arc;

use bytes::Bytes;
use convoke_graph::{GraphError, Link, Next, Operation, Page, peek_next};
use convoke_model::contact::Contact;
use convoke_model::record::{CalendarRecord, ContactChange, EventChange, EventRecord};
use http::Response;

use super::mailbox::Mailbox;
use crate::error::RoundError;
use crate::meter::Meter;

/// Most pages of a round: 10,000 events even where the server grants pages of two.
const MOST_PAGES: usize = 5_000;

/// Most bytes of a round; the heaviest mailbox of research has about 400 MB.
const MOST_BYTES: usize = 1 << 30;

/// How often the same entries may come again in one round. Replays are legal, loops have been seen
/// (msgraph-sdk-dotnet#3082).
const MOST_REPEATS: usize = 3;

/// How often an empty page may come.
const MOST_EMPTY: usize = 100;

/// All entries of a round or list.
#[derive(Debug)]
pub(crate) struct Fetched<T> {
    pub items: Vec<T>,
    /// Starts the next round; `None` for plain lists.
    pub delta_link: Option<Link>,
}

/// What tells one page from another: the ids and times of its entries.
pub(crate) trait Fingerprint {
    fn fingerprint(&self, hasher: &mut DefaultHasher);
}

/// Fetches from `first` to the end.
pub(crate) async fn fetch<O, T>(
    mailbox: &Arc<Mailbox>,
    meter: &Meter,
    first: O,
    follow: impl Fn(Link) -> O,
) -> Result<Fetched<T>, RoundError>
where
    O: Operation<Response = Page<T>> + Clone + Send + Sync + 'static,
    T: Fingerprint + Send + 'static,
{
    let mut bounds = Bounds::default();
    let mut items = Vec::new();
    let mut operation = first;
    let mut response = mailbox.send(&operation, meter).await?;
    loop {
        bounds.count(&response)?;
        let guess = peek(&response, mailbox);
        let reading = read(operation.clone(), response, mailbox);
        let ahead = ask_ahead(mailbox, meter, guess.clone().map(&follow));
        let (page, ahead) = tokio::join!(reading, ahead);
        let page = page?;
        bounds.check(&page)?;
        items.extend(page.items);
        let link = match page.next {
            Next::NextLink(link) => link,
            Next::DeltaLink(link) => {
                return Ok(Fetched { items, delta_link: Some(link) });
            }
            Next::End => {
                return Ok(Fetched { items, delta_link: None });
            }
        };
        operation = follow(link.clone());
        response = match ahead {
            Some(answer) if guess.as_ref() == Some(&link) => answer?,
            _ => mailbox.send(&operation, meter).await?,
        };
    }
}

fn peek(response: &Response<Bytes>, mailbox: &Mailbox) -> Option<Link> {
    if response.status().is_success() { peek_next(response.body(), &mailbox.endpoint) } else { None }
}

/// Reading 1,000 events takes milliseconds, which belong on another thread.
async fn read<O>(
    operation: O,
    response: Response<Bytes>,
    mailbox: &Arc<Mailbox>,
) -> Result<O::Response, RoundError>
where
    O: Operation + Send + 'static,
    O::Response: Send + 'static,
{
    let endpoint = mailbox.endpoint.clone();
    let read: Result<O::Response, GraphError> =
        tokio::task::spawn_blocking(move || operation.parse(&response, &endpoint))
            .await
            .map_err(|_| RoundError::Interrupted)?;
    Ok(read?)
}

async fn ask_ahead<O: Operation>(
    mailbox: &Mailbox,
    meter: &Meter,
    operation: Option<O>,
) -> Option<Result<Response<Bytes>, RoundError>> {
    Some(mailbox.send(&operation?, meter).await)
}

/// Ends rounds that would not end.
#[derive(Debug, Default)]
struct Bounds {
    pages: usize,
    bytes: usize,
    seen: HashMap<u64, usize>,
}

impl Bounds {
    fn count(&mut self, response: &Response<Bytes>) -> Result<(), RoundError> {
        self.pages += 1;
        self.bytes = self.bytes.saturating_add(response.body().len());
        if self.pages > MOST_PAGES || self.bytes > MOST_BYTES { Err(RoundError::Endless) } else { Ok(()) }
    }

    fn check<T: Fingerprint>(&mut self, page: &Page<T>) -> Result<(), RoundError> {
        let mut hasher = DefaultHasher::new();
        page.items.iter().for_each(|item| item.fingerprint(&mut hasher));
        let times = self.seen.entry(hasher.finish()).or_default();
        *times += 1;
        let most = if page.items.is_empty() { MOST_EMPTY } else { MOST_REPEATS };
        if *times > most { Err(RoundError::Endless) } else { Ok(()) }
    }
}

impl Fingerprint for EventChange {
    fn fingerprint(&self, hasher: &mut DefaultHasher) {
        match self {
            Self::Removed { id } => (0, id).hash(hasher),
            Self::Slim { id, when, .. } => (1, id, when.start()).hash(hasher),
            Self::Full(event) => event.fingerprint(hasher),
        }
    }
}

impl Fingerprint for EventRecord {
    fn fingerprint(&self, hasher: &mut DefaultHasher) {
        (2, &self.id, self.when.start(), &self.content.subject).hash(hasher);
    }
}

impl Fingerprint for ContactChange {
    fn fingerprint(&self, hasher: &mut DefaultHasher) {
        match self {
            Self::Removed { id } => (0, id).hash(hasher),
            Self::Present(contact) => contact.fingerprint(hasher),
        }
    }
}

impl Fingerprint for Contact {
    fn fingerprint(&self, hasher: &mut DefaultHasher) {
        (3, &self.id, &self.name).hash(hasher);
    }
}

impl Fingerprint for CalendarRecord {
    fn fingerprint(&self, hasher: &mut DefaultHasher) {
        (4, &self.id).hash(hasher);
    }
}

impl Fingerprint for convoke_graph::operation::ContactFolder {
    fn fingerprint(&self, hasher: &mut DefaultHasher) {
        (5, &self.record.id).hash(hasher);
    }
}
