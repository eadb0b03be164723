//! Files that are not UTF-8 text, and positions in those that are.

use convoke_policy::ProblemKind::{Encoding, Syntax, UnknownKey};

use super::case::{Broken, bytes};

/// Deeper than the parser goes.
const DEEP: &[u8] = &[b'['; 600];

pub const CASES: &[Broken] = &[
    bytes("B69", "UTF-16, little end first", b"\xFF\xFE{\0\"\0d\0e\0f\0a\0u\0l\0t\0s\0\"\0:\0{\0\"\0s\0y\0n\0c\0\"\0:\0{\0\"\0f\0u\0t\0u\0r\0e\0D\0a\0y\0s\0\"\0:\09\0}\0}\0}\0").at(1, 1).says(Encoding, "Save it as UTF-8.").blocks().then(&[("sync.futureDays", "180")]),
    bytes("B69", "UTF-16, big end first", b"\xFE\xFF\0{\0\"\0d\0e\0f\0a\0u\0l\0t\0s\0\"\0:\0{\0\"\0s\0y\0n\0c\0\"\0:\0{\0\"\0f\0u\0t\0u\0r\0e\0D\0a\0y\0s\0\"\0:\09\0}\0}\0}").at(1, 1).says(Encoding, "UTF-16 or UTF-32").blocks().then(&[("sync.futureDays", "180")]),
    bytes("B69", "UTF-16 without a mark", b"{\0\"\0d\0e\0f\0a\0u\0l\0t\0s\0\"\0:\0{\0\"\0s\0y\0n\0c\0\"\0:\0{\0\"\0f\0u\0t\0u\0r\0e\0D\0a\0y\0s\0\"\0:\09\0}\0}\0}\0").at(1, 2).says(Encoding, "NUL byte").blocks().then(&[("sync.futureDays", "180")]),
    bytes("B69", "UTF-32", b"\xFF\xFE\0\0{\0\0\0\"\0\0\0d\0\0\0e\0\0\0f\0\0\0a\0\0\0u\0\0\0l\0\0\0t\0\0\0s\0\0\0\"\0\0\0:\0\0\0{\0\0\0\"\0\0\0s\0\0\0y\0\0\0n\0\0\0c\0\0\0\"\0\0\0:\0\0\0").at(1, 1).says(Encoding, "UTF-16 or UTF-32").blocks().then(&[("sync.futureDays", "180")]),
    bytes("B69", "Latin-1", b"{\"defaults\":{\"sync\":{\"futureDays\":9}},\r\n\"organization\":{\"name\":\"M\xFCller\"}}").at(2, 26).says(Encoding, "not UTF-8").blocks().then(&[("sync.futureDays", "180")]),
    bytes("B69", "a NUL byte at the end", b"{\"defaults\":{\"sync\":{\"futureDays\":9}}}\n\0").at(2, 1).says(Encoding, "NUL byte").blocks().then(&[("sync.futureDays", "180")]),
    bytes("B70", "cut within a character", b"{\"organization\":{\"name\":\"M\xC3").at(1, 27).says(Encoding, "not UTF-8").blocks().then(&[("sync.futureDays", "180")]),
    bytes("B69", "an overlong character", b"{\"organization\":{\"name\":\"\xC0\x80\"}}").at(1, 26).says(Encoding, "not UTF-8").blocks().then(&[("sync.futureDays", "180")]),
    bytes("B69", "half of a surrogate pair", b"{\"organization\":{\"name\":\"\xED\xA0\x80\"}}").at(1, 26).says(Encoding, "not UTF-8").blocks().then(&[("sync.futureDays", "180")]),
    bytes("B69", "a mark does not move columns", b"\xEF\xBB\xBF{\"defaults\":{\"sync\":{\"futureDays\":9}},\"x\":1}").at(1, 39).says(UnknownKey, "x is unknown.").then(&[("sync.futureDays", "9")]),
    bytes("B69", "old line ends are counted", b"{\"defaults\":{\"sync\":{\"futureDays\":9}},\r\r\"x\":1}").at(3, 1).says(UnknownKey, "x is unknown.").then(&[("sync.futureDays", "9")]),
    bytes("B69", "characters are counted, not bytes", b"{\"organization\":{\"name\":\"M\xC3\xBCller \xE2\x82\xAC\"},\"x\":1,\"defaults\":{\"sync\":{\"futureDays\":9}}}").at(1, 37).says(UnknownKey, "x is unknown.").then(&[("sync.futureDays", "9")]),
    bytes("B68", "deeper than anybody nests", DEEP).at(1, 513).says(Syntax, "depth").blocks().then(&[("sync.futureDays", "180")]),
];
