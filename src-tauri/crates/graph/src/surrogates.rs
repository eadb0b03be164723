//! JSON that serde refuses though browsers accept it: lone surrogates (`"\ud83d"`) and invalid UTF-8.
//!
//! Outlook crops previews after 255 UTF-16 units and so can cut an emoji in two. One such preview must not
//! stop a mailbox from syncing.

use std::borrow::Cow;

/// `json` with every lone surrogate escape and every invalid byte replaced by U+FFFD.
pub(crate) fn repair(json: &[u8]) -> Vec<u8> {
    let text: Cow<'_, str> = String::from_utf8_lossy(json);
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let Some((&byte, after)) = rest.split_first() {
        if byte != b'\\' {
            out.push(byte);
            rest = after;
            continue;
        }
        let length = match unit(rest) {
            Some(0xD800..=0xDBFF) if matches!(rest.get(6..).and_then(unit), Some(0xDC00..=0xDFFF)) => 12,
            Some(0xD800..=0xDFFF) => {
                out.extend_from_slice(b"\\ufffd");
                rest = &rest[6..];
                continue;
            }
            Some(_) => 6,
            None => 2.min(rest.len()),
        };
        out.extend_from_slice(&rest[..length]);
        rest = &rest[length..];
    }
    out
}

/// The UTF-16 unit of a `\uXXXX` escape at the start.
fn unit(bytes: &[u8]) -> Option<u16> {
    let hex = bytes.get(..6)?.strip_prefix(b"\\u")?;
    let hex = std::str::from_utf8(hex).ok().filter(|hex| hex.bytes().all(|byte| byte.is_ascii_hexdigit()))?;
    u16::from_str_radix(hex, 16).ok()
}

#[cfg(test)]
mod tests {
    use super::repair;

    #[test]
    fn b47_lone_surrogates_and_bad_bytes_are_replaced() {
        for (json, expected) in [
            (&br#""a\ud83d""#[..], "a\u{fffd}"),
            (br#""\udc00b""#, "\u{fffd}b"),
            (br#""\ud83d\ude00""#, "\u{1F600}"),
            (br#""\ud83d\ud83d\ude00""#, "\u{fffd}\u{1F600}"),
            (br#""\\ud83d""#, "\\ud83d"),
            (br#""\ud83dx\u0041""#, "\u{fffd}xA"),
            (b"\"\xff\"", "\u{fffd}"),
        ] {
            let text: String = serde_json::from_slice(&repair(json)).unwrap();
            assert_eq!(text, expected);
        }
        for broken in [&b"\\"[..], b"\\u12", b"\\u", b""] {
            assert_eq!(repair(broken), broken);
        }
    }
}
