//! Mail addresses for the X.500 names that Exchange still has in old meetings and contacts.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use chrono::{DateTime, Duration, Utc};
use convoke_ews::RefusalKind;
use convoke_ews::operation::ResolveNames;

use super::mailbox::Mailbox;
use crate::error::RoundError;
use crate::meter::Meter;

/// Names that are asked for in one round; the others are for the next one.
const MOST_PER_ROUND: usize = 500;

/// Names that the directory may fail to look up in one round before it is left alone.
const MOST_FAILED: usize = 20;

/// Names that are remembered.
const MOST_KNOWN: usize = 10_000;

/// How long it is believed that nobody has a name.
const NOBODY: Duration = Duration::days(1);

/// What the directory said, by name in lower case.
#[derive(Debug, Default)]
pub(super) struct Addresses(Mutex<HashMap<String, Said>>);

#[derive(Debug)]
struct Said {
    address: Option<String>,
    at: DateTime<Utc>,
}

/// The answers for the names of a round.
#[derive(Debug, Default)]
pub(super) struct Known(HashMap<String, Option<String>>);

impl Known {
    pub(super) fn mail_address(&self, name: &str) -> Option<String> {
        self.0.get(&name.to_lowercase()).cloned().flatten()
    }

    /// Whether the directory has said something, be it that there is nobody.
    pub(super) fn is_asked(&self, name: &str) -> bool {
        self.0.contains_key(&name.to_lowercase())
    }
}

impl Addresses {
    fn get(&self, name: &str, now: DateTime<Utc>) -> Option<Option<String>> {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let Said { address, at } = known.get(name)?;
        (address.is_some() || now - *at < NOBODY).then(|| address.clone())
    }

    fn put(&self, name: String, address: Option<String>, now: DateTime<Utc>) {
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if known.len() >= MOST_KNOWN {
            known.clear();
        }
        known.insert(name, Said { address, at: now });
    }
}

/// What the directory came to about one name.
enum Answer {
    /// The mail address, where somebody has the name.
    Is(Option<String>),
    /// It can't say that now.
    Later,
}

/// Looks up each name once, in their order: in memory, else in the directory. A name that the directory refuses to look
/// up has nobody. A name that can't be looked up now waits for the next round, and nothing else waits with it.
pub(super) async fn look_up(
    mailbox: &Mailbox,
    meter: &Meter,
    names: impl Iterator<Item = &String>,
) -> Result<Known, RoundError> {
    let now = mailbox.now();
    let mut known = Known::default();
    let (mut asked, mut failed) = (0, 0);
    for name in names.map(|name| name.to_lowercase()) {
        if known.is_asked(&name) {
            continue;
        }
        if let Some(address) = mailbox.addresses.get(&name, now) {
            known.0.insert(name, address);
            continue;
        }
        if asked == MOST_PER_ROUND || failed == MOST_FAILED {
            continue;
        }
        asked += 1;
        match ask(mailbox, meter, name.clone()).await? {
            Answer::Is(address) => {
                mailbox.addresses.put(name.clone(), address.clone(), now);
                known.0.insert(name, address);
            }
            Answer::Later => failed += 1,
        }
    }
    Ok(known)
}

async fn ask(mailbox: &Mailbox, meter: &Meter, name: String) -> Result<Answer, RoundError> {
    match mailbox.ask(ResolveNames { entry: name }, meter).await {
        Ok(found) => Ok(Answer::Is(ResolveNames::mail_address(&found).map(str::to_owned))),
        Err(RoundError::Ews(error)) => {
            tracing::info!(code = error.code(), "an address can't be looked up");
            Ok(if is_for_good(error.kind()) { Answer::Is(None) } else { Answer::Later })
        }
        Err(error) => Err(error),
    }
}

fn is_for_good(kind: Option<&RefusalKind>) -> bool {
    matches!(kind, Some(RefusalKind::Other | RefusalKind::AccessDenied | RefusalKind::NotFound))
}
