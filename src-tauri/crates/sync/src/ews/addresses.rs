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

/// Looks up each name once, in their order: in memory, else in the directory. A name that the directory refuses to look
/// up has nobody.
pub(super) async fn look_up(
    mailbox: &Mailbox,
    meter: &Meter,
    names: impl Iterator<Item = &String>,
) -> Result<Known, RoundError> {
    let now = mailbox.now();
    let mut known = Known::default();
    let mut asked = 0;
    for name in names.map(|name| name.to_lowercase()) {
        if known.is_asked(&name) {
            continue;
        }
        let address = match mailbox.addresses.get(&name, now) {
            Some(address) => address,
            None if asked == MOST_PER_ROUND => continue,
            None => {
                asked += 1;
                let address = ask(mailbox, meter, name.clone()).await?;
                mailbox.addresses.put(name.clone(), address.clone(), now);
                address
            }
        };
        known.0.insert(name, address);
    }
    Ok(known)
}

async fn ask(mailbox: &Mailbox, meter: &Meter, name: String) -> Result<Option<String>, RoundError> {
    match mailbox.ask(ResolveNames { entry: name }, meter).await {
        Ok(found) => Ok(ResolveNames::mail_address(&found).map(str::to_owned)),
        Err(RoundError::Ews(error)) if is_for_good(error.kind()) => {
            tracing::info!(code = error.code(), "an address can't be looked up");
            Ok(None)
        }
        Err(error) => Err(error),
    }
}

fn is_for_good(kind: Option<&RefusalKind>) -> bool {
    matches!(kind, Some(RefusalKind::Other | RefusalKind::AccessDenied | RefusalKind::NotFound))
}
