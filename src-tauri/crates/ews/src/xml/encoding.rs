//! From bytes to text (XML 1.0 appendix F, as far as EWS needs it).

use std::borrow::Cow;

use super::XmlError;

/// How a document is encoded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Encoding {
    Utf8,
    Utf16,
}

impl Encoding {
    /// Whether the encoding that a document declares is this one.
    pub(super) fn is_declared_as(self, label: &str) -> bool {
        let label = label.trim().to_ascii_lowercase();
        match self {
            Self::Utf8 => label == "utf-8" || label == "utf8",
            Self::Utf16 => label == "utf-16",
        }
    }
}

/// Whether a label from outside fits a document. US-ASCII is UTF-8 too; what can't be decoded is for the parser to tell.
pub(crate) fn is_labelled(bytes: &[u8], label: &str) -> bool {
    let is_utf16 = matches!(bytes, [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..]);
    match label {
        "utf-8" | "utf8" | "us-ascii" => !is_utf16,
        "utf-16" | "utf-16le" | "utf-16be" => is_utf16,
        _ => false,
    }
}

/// The text of a document: UTF-16 by its byte order mark, UTF-8 otherwise. Bytes that are none are refused: something on
/// the way recoded the document, and every name in it would be wrong.
pub(super) fn decode(bytes: &[u8]) -> Result<(Cow<'_, str>, Encoding), XmlError> {
    match bytes {
        // UTF-32, whose mark starts as that of UTF-16 does.
        [0xFF, 0xFE, 0, 0, ..] | [0, 0, 0xFE, 0xFF, ..] => Err(XmlError::Encoding),
        [0xFF, 0xFE, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xFE, 0xFF, rest @ ..] => utf16(rest, u16::from_be_bytes),
        // UTF-16 or UTF-32 without a mark.
        [b'<', 0, ..] | [0, ..] => Err(XmlError::Encoding),
        [0xEF, 0xBB, 0xBF, rest @ ..] => utf8(rest),
        _ => utf8(bytes),
    }
}

fn utf8(bytes: &[u8]) -> Result<(Cow<'_, str>, Encoding), XmlError> {
    let text = std::str::from_utf8(bytes).map_err(|error| match error.error_len() {
        // The last character is not whole.
        None => XmlError::Truncated,
        Some(_) => XmlError::Encoding,
    })?;
    Ok((Cow::Borrowed(text), Encoding::Utf8))
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<(Cow<'_, str>, Encoding), XmlError> {
    let (pairs, rest) = bytes.as_chunks::<2>();
    if !rest.is_empty() {
        return Err(XmlError::Truncated);
    }
    let units = pairs.iter().map(|pair| unit(*pair));
    let text = char::decode_utf16(units).map(|c| c.unwrap_or(char::REPLACEMENT_CHARACTER)).collect();
    Ok((Cow::Owned(text), Encoding::Utf16))
}
