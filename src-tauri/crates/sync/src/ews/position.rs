//! Where a round over EWS ended, as the cursor keeps it.

use std::collections::HashSet;
use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD_NO_PAD;
use chrono::{DateTime, Utc};
use convoke_ews::{Endpoint, ItemRef};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// The form of what is stored. A link of Graph is never read as one, nor the other way round.
const FORM: u8 = 1;

/// Items that are remembered; those beyond are read again.
const MOST: usize = 50_000;

/// Where a round ended.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Position {
    ews: u8,
    /// The server that it is of: another one knows nothing of the state.
    server: String,
    /// The state of `SyncFolderItems`.
    pub state: String,
    /// The versions of the calendar's items whose details are in the cache.
    #[serde(default)]
    pub seen: Versions,
    /// When a calendar is read once more though nothing changed, because something in it could not be read whole.
    #[serde(default)]
    again: Option<DateTime<Utc>>,
    /// Contacts that could not be read, to be tried again.
    #[serde(default)]
    pub unread: Vec<String>,
}

impl Position {
    pub(super) fn new(endpoint: &Endpoint, state: String) -> Self {
        Self { ews: FORM, server: endpoint.url().to_string(), state, ..Self::default() }
    }

    pub(super) fn with_seen(self, seen: Versions) -> Self {
        Self { seen, ..self }
    }

    pub(super) fn with_again(self, again: Option<DateTime<Utc>>) -> Self {
        Self { again, ..self }
    }

    /// The position of a round that brought nothing new.
    pub(super) fn moved_to(self, state: String) -> Self {
        Self { state, ..self }
    }

    /// Whether something is to be tried again by now.
    pub(super) fn is_due(&self, now: DateTime<Utc>) -> bool {
        self.again.is_some_and(|again| again <= now)
    }

    pub(super) fn with_unread(self, unread: Vec<String>) -> Self {
        Self { unread, ..self }
    }

    /// The position that a cursor holds, if it is one of this server.
    pub(super) fn parse(link: &str, endpoint: &Endpoint) -> Option<Self> {
        let position: Self = serde_json::from_str(link).ok()?;
        (position.ews == FORM && position.server == endpoint.url().as_str()).then_some(position)
    }

    /// For the cursor. Without, the next round reads everything.
    pub(super) fn to_link(&self) -> Option<String> {
        serde_json::to_string(self).ok()
    }
}

/// Versions of items, a hash of id and change key each: every change of an item gives it another key (EWS `itemid`),
/// and the cache has no column for it. Hashes of another build mean no more than that items are read again.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Versions(HashSet<u64>);

impl Versions {
    pub(super) fn has(&self, item: &ItemRef) -> bool {
        self.0.contains(&hash(item))
    }

    pub(super) fn add(&mut self, item: &ItemRef) {
        if self.0.len() < MOST {
            self.0.insert(hash(item));
        }
    }
}

fn hash(item: &ItemRef) -> u64 {
    let mut hasher = DefaultHasher::new();
    item.hash(&mut hasher);
    hasher.finish()
}

impl Serialize for Versions {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut hashes: Vec<u64> = self.0.iter().copied().collect();
        hashes.sort_unstable();
        let bytes: Vec<u8> = hashes.into_iter().flat_map(u64::to_le_bytes).collect();
        serializer.serialize_str(&STANDARD_NO_PAD.encode(bytes))
    }
}

impl<'de> Deserialize<'de> for Versions {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let bytes = STANDARD_NO_PAD.decode(text).map_err(serde::de::Error::custom)?;
        let (hashes, _) = bytes.as_chunks::<8>();
        Ok(Self(hashes.iter().map(|bytes| u64::from_le_bytes(*bytes)).collect()))
    }
}

#[cfg(test)]
mod tests {
    use super::Position;
    use convoke_ews::{Endpoint, ItemRef};

    fn endpoint(host: &str) -> Endpoint {
        Endpoint::new(&format!("https://{host}/EWS/Exchange.asmx")).unwrap()
    }

    fn item(id: &str, key: &str) -> ItemRef {
        ItemRef { id: id.to_owned(), change_key: Some(key.to_owned()) }
    }

    #[test]
    fn what_is_stored_is_read_back() {
        let mut position = Position::new(&endpoint("a.test"), "H4s+/=\"".to_owned());
        position.seen.add(&item("1", "x"));
        position.unread.push("C=".to_owned());
        let link = position.to_link().unwrap();
        let read = Position::parse(&link, &endpoint("a.test").with_anchor("ana@a.test")).unwrap();
        assert_eq!(read, position);
        assert!(read.seen.has(&item("1", "x")));
        assert!(!read.seen.has(&item("1", "y")) && !read.seen.has(&item("2", "x")));
    }

    #[test]
    fn nothing_else_is_a_position() {
        let link = Position::new(&endpoint("a.test"), "s".to_owned()).to_link().unwrap();
        assert_eq!(Position::parse(&link, &endpoint("b.test")), None);
        for other in [
            "",
            "s",
            "https://graph.microsoft.com/v1.0/me/calendarView/delta?$deltatoken=1",
            &link.replace("\"ews\":1", "\"ews\":2"),
            &link.replace("\"seen\":\"\"", "\"seen\":\"!\""),
            &link[..link.len() - 1],
        ] {
            assert_eq!(Position::parse(other, &endpoint("a.test")), None, "{other}");
        }
    }

    #[test]
    fn a_link_of_graph_is_no_position_and_a_position_no_link() {
        let link = Position::new(&endpoint("a.test"), "s".to_owned()).to_link().unwrap();
        let graph = convoke_graph::Endpoint::new("https://a.test/v1.0").unwrap();
        assert!(convoke_graph::Link::checked(&link, &graph).is_err());
    }
}
