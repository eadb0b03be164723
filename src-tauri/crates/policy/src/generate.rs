//! Files for administrators' tools, made from the one table of keys.
//!
//! They are committed in `docs/policy/`; the test `generated` says when one is stale, and the example
//! `policy_files` writes them anew.

use serde::Serialize;

use crate::key::Words;
use crate::source::Level;

mod adml;
mod admx;
mod glosses;
mod json;
mod json_schema;
mod mobileconfig;
mod names;
mod pattern;
mod plist;
mod profile_manifest;
mod xml;

pub use json_schema::json_schema;

/// The preference domain on macOS, which is also the bundle's identifier.
pub const PREFERENCE_DOMAIN: &str = "org.convoke.desktop";

/// The registry key below which the policy lies, in the hive of the machine. Not below Microsoft's own name: Intune's
/// import of ADMX files can't write there.
pub const REGISTRY_KEY: &str = r"SOFTWARE\Policies\Convoke";

/// A generated file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct GeneratedFile {
    /// Its path below `docs/policy/`.
    pub path: &'static str,
    /// Its text.
    pub text: String,
}

/// A language that administrators read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Language {
    English,
    Spanish,
}

impl Language {
    fn of(self, words: Words) -> &'static str {
        match self {
            Self::English => words.en,
            Self::Spanish => words.es,
        }
    }
}

/// Every generated file.
#[must_use]
pub fn files() -> Vec<GeneratedFile> {
    vec![
        GeneratedFile { path: "convoke-policy.schema.json", text: json_schema() },
        GeneratedFile { path: "convoke.admx", text: admx::admx() },
        GeneratedFile { path: "en-US/convoke.adml", text: adml::adml(Language::English) },
        GeneratedFile { path: "es-ES/convoke.adml", text: adml::adml(Language::Spanish) },
        GeneratedFile { path: "convoke.mobileconfig", text: mobileconfig::mobileconfig() },
        GeneratedFile { path: "org.convoke.desktop.plist", text: profile_manifest::profile_manifest() },
    ]
}

/// The name of a level in the registry.
pub(crate) fn registry_level(level: Level) -> &'static str {
    match level {
        Level::Enforced => "Enforced",
        Level::Default | Level::Product => "Defaults",
    }
}
