//! A configuration profile for macOS that names every key, to start from.

use super::PREFERENCE_DOMAIN;
use super::plist::Plist;
use crate::key::{Key, Place, children};
use crate::value::Value;

const COMMENT: &str = "A sample. Take out what you don't want to set, and give both payloads identifiers of your own. An empty text counts as no value.";

/// The profile's text.
pub fn mobileconfig() -> String {
    let top = children("", Place::Top).map(|name| (name.to_owned(), section(name, Place::Top, &|_| true)));
    let levels = [
        ("enforced".to_owned(), section("", Place::Levels, &steers_integration)),
        ("defaults".to_owned(), section("", Place::Levels, &|key| !steers_integration(key))),
    ];
    let payload = about(PREFERENCE_DOMAIN, "policy", "F7A2C9B0-64C5-4C0B-9E5B-0C1B8C1E7A01")
        .into_iter()
        .chain(top)
        .chain(levels)
        .collect();
    let profile = about("Configuration", "profile", "F7A2C9B0-64C5-4C0B-9E5B-0C1B8C1E7A02")
        .into_iter()
        .chain([
            ("PayloadScope".to_owned(), Plist::text("System")),
            ("PayloadContent".to_owned(), Plist::Array(vec![Plist::Dictionary(payload)])),
        ])
        .collect();
    Plist::Dictionary(profile).written(COMMENT)
}

/// What Apple asks of every payload ("Configuration Profile Reference").
fn about(kind: &str, name: &str, uuid: &str) -> Vec<(String, Plist)> {
    let members = [
        ("PayloadType", Plist::text(kind)),
        ("PayloadIdentifier", Plist::Text(format!("{PREFERENCE_DOMAIN}.{name}"))),
        ("PayloadUUID", Plist::text(uuid)),
        ("PayloadVersion", Plist::Integer(1)),
        ("PayloadDisplayName", Plist::text("Convoke")),
    ];
    members.map(|(name, value)| (name.to_owned(), value)).into()
}

/// The sample enforces what decides whose data is reached, and leaves the rest to people.
fn steers_integration(key: &Key) -> bool {
    key.security || key.name.starts_with("integration.")
}

fn section(path: &str, place: Place, wanted: &dyn Fn(&Key) -> bool) -> Plist {
    let members = children(path, place).filter_map(|name| {
        let below = if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") };
        let value = match Key::find(&below) {
            Some(key) if wanted(key) => Plist::value(&Value::from(key.example)).unwrap_or(Plist::text("")),
            Some(_) => return None,
            None => section(&below, place, wanted),
        };
        let is_empty = matches!(&value, Plist::Dictionary(members) if members.is_empty());
        (!is_empty).then(|| (name.to_owned(), value))
    });
    Plist::Dictionary(members.collect())
}
