//! Where a value comes from.

use serde::Serialize;

/// Which level decided a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Level {
    /// `enforced` of a policy (and `organization`): the user can't change it.
    Enforced,
    /// `defaults` of a policy: holds until the user chooses otherwise.
    Default,
    /// The product's own default.
    Product,
}

/// Where a value comes from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Source {
    /// The level.
    pub level: Level,
    /// The policy file; `None` for the product's default.
    pub file: Option<String>,
    /// Line of the key in that file, from 1.
    pub line: Option<u32>,
    /// Column of the key in that line, from 1.
    pub column: Option<u32>,
}

impl Source {
    /// The source of the product's own defaults.
    pub const PRODUCT: Self = Self { level: Level::Product, file: None, line: None, column: None };
}
