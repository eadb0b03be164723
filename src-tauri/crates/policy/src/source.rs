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
    /// The policy file, or the place of a managed setting; `None` for the product's default.
    pub file: Option<String>,
    /// Line of the key in that file, from 1; a managed setting has none.
    pub line: Option<u32>,
    /// Column of the key in that line, from 1; a managed setting has none.
    pub column: Option<u32>,
}

impl Source {
    /// The source of the product's own defaults.
    pub const PRODUCT: Self = Self { level: Level::Product, file: None, line: None, column: None };

    /// Where to look: file and line, or the place of a managed setting. `None` for the product's default.
    #[must_use]
    pub fn place(&self) -> Option<String> {
        let file = self.file.as_ref()?;
        Some(self.line.map_or_else(|| file.clone(), |line| format!("{file}:{line}")))
    }
}
