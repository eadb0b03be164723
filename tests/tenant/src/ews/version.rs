//! Versions: that of the server, and that of the schema which a request names (sources: `RequestServerVersion`,
//! "Exchange Server build numbers and release dates").

use crate::xml::{Element, element};

/// A version of the schema; later ones are greater.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct SchemaVersion(usize);

/// Names in a request's `RequestServerVersion`, oldest first. Those from `V2015_10_05` on are not documented but seen.
const NAMES: [&str; 21] = [
    "Exchange2007",
    "Exchange2007_SP1",
    "Exchange2010",
    "Exchange2010_SP1",
    "Exchange2010_SP2",
    "Exchange2013",
    "Exchange2013_SP1",
    "Exchange2015",
    "Exchange2015_SP1",
    "Exchange2016",
    "V2015_10_05",
    "V2016_01_06",
    "V2016_04_13",
    "V2016_07_13",
    "V2016_10_10",
    "V2017_01_07",
    "V2017_04_14",
    "V2017_07_11",
    "V2017_10_09",
    "V2018_01_08",
    "Exchange_Online",
];

impl SchemaVersion {
    /// Without a header the schema is that of Exchange 2007.
    pub const OLDEST: Self = Self(0);
    /// The first with time zones of their own for start and end.
    pub const EXCHANGE_2010: Self = Self(2);
    /// The first with `JoinOnlineMeetingUrl`, personas and wall-clock times.
    pub const EXCHANGE_2013: Self = Self(5);

    /// The version of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        NAMES.iter().position(|known| *known == name).map(Self)
    }
}

/// A release of the server.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Release {
    /// Exchange Server 2013 with Service Pack 1 or later.
    Exchange2013,
    /// Exchange Server 2016.
    Exchange2016,
    /// Exchange Server 2019.
    Exchange2019,
    /// Exchange Server Subscription Edition.
    SubscriptionEdition,
}

impl Release {
    /// Major, minor, and the two parts of the build.
    fn build(self) -> [u16; 4] {
        match self {
            Self::Exchange2013 => [15, 0, 1497, 48],
            Self::Exchange2016 => [15, 1, 2507, 58],
            Self::Exchange2019 => [15, 2, 1748, 36],
            Self::SubscriptionEdition => [15, 2, 2562, 29],
        }
    }

    /// The newest schema the server has, by the name it gives it in its answers. That of 2013 is a name no request
    /// may carry.
    fn says(self) -> &'static str {
        match self {
            Self::Exchange2013 => "V2_23",
            _ => "V2017_07_11",
        }
    }

    /// Whether the server has a schema.
    #[must_use]
    pub fn has(self, version: SchemaVersion) -> bool {
        let newest = match self {
            Self::Exchange2013 => "Exchange2013_SP1",
            _ => "V2017_07_11",
        };
        SchemaVersion::named(newest).is_some_and(|newest| version <= newest)
    }

    /// The header of every answer that is no fault.
    #[must_use]
    pub fn header(self) -> Element {
        let [major, minor, build, revision] = self.build().map(|part| part.to_string());
        element("h:ServerVersionInfo")
            .with("MajorVersion", major)
            .with("MinorVersion", minor)
            .with("MajorBuildNumber", build)
            .with("MinorBuildNumber", revision)
            .with("Version", self.says())
            .with("xmlns:h", super::schema::TYPES)
            .with("xmlns", super::schema::TYPES)
    }

    /// The build as `X-OWA-Version` says it.
    #[must_use]
    pub fn build_text(self) -> String {
        self.build().map(|part| part.to_string()).join(".")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_server_has_its_own_schema_and_older_ones() {
        let check = |release: Release, name: &str, expected: bool| {
            let version = SchemaVersion::named(name);
            assert_eq!(version.is_some_and(|version| release.has(version)), expected, "{release:?} {name}");
        };
        check(Release::Exchange2013, "Exchange2013_SP1", true);
        check(Release::Exchange2013, "Exchange2010", true);
        check(Release::Exchange2013, "Exchange2016", false);
        check(Release::Exchange2016, "Exchange2016", true);
        check(Release::SubscriptionEdition, "V2017_07_11", true);
        check(Release::SubscriptionEdition, "V2018_01_08", false);
        check(Release::SubscriptionEdition, "Exchange2031", false);
    }
}
