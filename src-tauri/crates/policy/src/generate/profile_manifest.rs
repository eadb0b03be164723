//! A profile manifest: what editors of configuration profiles (ProfileCreator, iMazing Profile Editor) offer.
//!
//! Form: the ProfileManifests project, "Manifest Format".

use super::PREFERENCE_DOMAIN;
use super::plist::Plist;
use crate::key::{Item, Key, Kind, Place, children};
use crate::keys::SECTIONS;
use crate::value::Value;

/// Editors ask for it. Change it together with the table.
const LAST_MODIFIED: &str = "2026-11-26T00:00:00Z";

/// The manifest's text.
pub fn profile_manifest() -> String {
    let levels = [
        ("enforced", "Enforced", "What the user can't change."),
        ("defaults", "Defaults", "What holds until the user chooses otherwise."),
    ];
    let top = children("", Place::Top).map(|name| section(name, name, Place::Top));
    let levels = levels.into_iter().map(|(name, title, description)| {
        dictionary(name, title, Some(description), subkeys("", Place::Levels))
    });
    Plist::dictionary([
        ("pfm_domain", Plist::text(PREFERENCE_DOMAIN)),
        ("pfm_title", Plist::text("Convoke")),
        ("pfm_description", Plist::text("What an organization wants of Convoke.")),
        ("pfm_format_version", Plist::Integer(1)),
        ("pfm_version", Plist::Integer(1)),
        ("pfm_last_modified", Plist::Date(LAST_MODIFIED)),
        ("pfm_platforms", Plist::texts(&["macOS"])),
        ("pfm_targets", Plist::texts(&["system"])),
        ("pfm_unique", Plist::Bool(true)),
        ("pfm_subkeys", Plist::Array(payload().into_iter().chain(top).chain(levels).collect())),
    ])
    .written("What a configuration profile may set, for editors of profiles.")
}

/// What every payload says of itself, which editors of profiles fill in (ProfileManifests, "Manifest Format").
fn payload() -> [Plist; 6] {
    let of = |name: &str, kind: &str, value: Option<Plist>| {
        let default = value.map(|value| ("pfm_default", value));
        Plist::dictionary(
            [
                ("pfm_name", Plist::text(name)),
                ("pfm_title", Plist::text(name)),
                ("pfm_type", Plist::text(kind)),
                ("pfm_require", Plist::text("always")),
            ]
            .into_iter()
            .chain(default),
        )
    };
    [
        of("PayloadDisplayName", "string", Some(Plist::text("Convoke"))),
        of("PayloadDescription", "string", Some(Plist::text("Settings of Convoke"))),
        of("PayloadIdentifier", "string", Some(Plist::text(PREFERENCE_DOMAIN))),
        of("PayloadType", "string", Some(Plist::text(PREFERENCE_DOMAIN))),
        of("PayloadUUID", "string", None),
        of("PayloadVersion", "integer", Some(Plist::Integer(1))),
    ]
}

fn subkeys(path: &str, place: Place) -> Vec<Plist> {
    let subkey = |name: &'static str| {
        let below = if path.is_empty() { name.to_owned() } else { format!("{path}.{name}") };
        Key::find(&below).map_or_else(|| section(name, &below, place), |of| key(name, of))
    };
    children(path, place).map(subkey).collect()
}

fn section(name: &str, path: &str, place: Place) -> Plist {
    let title = SECTIONS.iter().find(|section| section.name == path).map_or(name, |section| section.title.en);
    dictionary(name, title, None, subkeys(path, place))
}

fn dictionary(name: &str, title: &str, description: Option<&str>, subkeys: Vec<Plist>) -> Plist {
    let description = description.map(|text| ("pfm_description", Plist::text(text)));
    let head = [
        ("pfm_name", Plist::text(name)),
        ("pfm_title", Plist::text(title)),
        ("pfm_type", Plist::text("dictionary")),
    ];
    Plist::dictionary(head.into_iter().chain(description).chain([("pfm_subkeys", Plist::Array(subkeys))]))
}

fn key(name: &str, key: &Key) -> Plist {
    let head = [
        ("pfm_name", Plist::text(name)),
        ("pfm_title", Plist::text(key.title.en)),
        ("pfm_description", Plist::text(key.doc.en)),
    ];
    let default = Plist::value(&Value::from(key.default)).map(|value| ("pfm_default", value));
    Plist::dictionary(head.into_iter().chain(values(key.kind)).chain(default))
}

fn values(kind: Kind) -> Vec<(&'static str, Plist)> {
    match kind {
        Kind::Bool => vec![("pfm_type", Plist::text("boolean"))],
        Kind::Integer { min, max } => vec![
            ("pfm_type", Plist::text("integer")),
            ("pfm_range_min", Plist::Integer(min)),
            ("pfm_range_max", Plist::Integer(max)),
        ],
        Kind::Choice(words) => {
            vec![("pfm_type", Plist::text("string")), ("pfm_range_list", Plist::texts(words))]
        }
        Kind::Text(_) => vec![("pfm_type", Plist::text("string"))],
        Kind::List { item, .. } => {
            let item = match item {
                Item::Choice(words) => values(Kind::Choice(words)),
                Item::Text(form) => values(Kind::Text(form)),
            };
            vec![
                ("pfm_type", Plist::text("array")),
                ("pfm_subkeys", Plist::Array(vec![Plist::dictionary(item)])),
            ]
        }
    }
}
