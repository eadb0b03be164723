//! From bytes to text: one encoding, and positions that people can find.

use thiserror::Error;

use crate::message::Message;
use crate::sentences as say;

/// The most that a policy file may hold, in bytes (1 MiB).
pub const MAX_BYTES: usize = 1024 * 1024;

/// Why bytes are not a policy file's text.
#[derive(Debug, Error, PartialEq, Eq)]
pub enum TextError {
    /// Larger than [`MAX_BYTES`].
    #[error("{}", say::too_large())]
    TooLarge,
    /// UTF-16 or UTF-32, told by its byte order mark.
    #[error("{}", say::utf16())]
    Utf16,
    /// A NUL byte, at this offset.
    #[error("{}", say::nul_byte())]
    Nul(usize),
    /// Bytes that are not UTF-8, from this offset on.
    #[error("{}", say::not_utf8())]
    NotUtf8(usize),
}

impl TextError {
    /// The error as a sentence for people.
    #[must_use]
    pub fn message(&self) -> Message {
        match self {
            Self::TooLarge => say::too_large(),
            Self::Utf16 => say::utf16(),
            Self::Nul(_) => say::nul_byte(),
            Self::NotUtf8(_) => say::not_utf8(),
        }
    }

    /// Offset of the first bad byte.
    #[must_use]
    pub fn offset(&self) -> usize {
        match self {
            Self::TooLarge | Self::Utf16 => 0,
            Self::Nul(offset) | Self::NotUtf8(offset) => *offset,
        }
    }
}

/// The text of a policy file, without its byte order mark.
///
/// # Errors
/// [`TextError`] if the bytes are too many or not UTF-8 text.
pub fn decode(bytes: &[u8]) -> Result<&str, TextError> {
    if bytes.len() > MAX_BYTES {
        return Err(TextError::TooLarge);
    }
    let content = bytes.strip_prefix(MARK).unwrap_or(bytes);
    if content.starts_with(b"\xFF\xFE") || content.starts_with(b"\xFE\xFF") {
        return Err(TextError::Utf16);
    }
    let mark = bytes.len() - content.len();
    if let Some(offset) = content.iter().position(|&byte| byte == 0) {
        return Err(TextError::Nul(mark + offset));
    }
    std::str::from_utf8(content).map_err(|error| TextError::NotUtf8(mark + error.valid_up_to()))
}

const MARK: &[u8] = b"\xEF\xBB\xBF";

/// A place in a text: line and column, both from 1, the column in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// Line, from 1. Lines end with LF, CR LF or CR.
    pub line: u32,
    /// Column in characters, from 1.
    pub column: u32,
}

/// The lines of a file, to tell places from offsets.
#[derive(Clone, Debug)]
pub struct Lines<'a> {
    bytes: &'a [u8],
    /// Offset of the first byte of each line.
    starts: Vec<usize>,
}

impl<'a> Lines<'a> {
    /// The lines of a file's bytes, which need not be text. A byte order mark belongs to no line.
    #[must_use]
    pub fn new(bytes: &'a [u8]) -> Self {
        let first = if bytes.starts_with(MARK) { MARK.len() } else { 0 };
        let ends_line = |(offset, &byte): (usize, &u8)| {
            let ends = byte == b'\n' || (byte == b'\r' && bytes.get(offset + 1) != Some(&b'\n'));
            ends.then_some(offset + 1)
        };
        let starts = std::iter::once(first).chain(bytes.iter().enumerate().filter_map(ends_line)).collect();
        Self { bytes, starts }
    }

    /// The place of the byte at an offset. Bytes that are not UTF-8 count one column each.
    #[must_use]
    pub fn position(&self, offset: usize) -> Position {
        let offset = offset.min(self.bytes.len());
        let index = self.starts.partition_point(|&start| start <= offset).saturating_sub(1);
        let start = self.starts.get(index).copied().unwrap_or_default();
        let before = self.bytes.get(start..offset).unwrap_or_default();
        let width = |chunk: std::str::Utf8Chunk<'_>| chunk.valid().chars().count() + chunk.invalid().len();
        let column = before.utf8_chunks().map(width).sum::<usize>() + 1;
        Position { line: count(index + 1), column: count(column) }
    }
}

fn count(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn b69_encodings() {
        let check = |bytes: &[u8], expected: Result<&str, TextError>| assert_eq!(decode(bytes), expected);
        check(b"\xEF\xBB\xBF{}\r\n", Ok("{}\r\n"));
        check(b"{}", Ok("{}"));
        check(b"\xFF\xFE{\0}\0", Err(TextError::Utf16));
        check(b"\xFE\xFF\0{\0}", Err(TextError::Utf16));
        check(b"{\0}\0", Err(TextError::Nul(1)));
        check(b"\xEF\xBB\xBF{\0", Err(TextError::Nul(4)));
        check(b"{\n\"a\":\"\xFF\"}", Err(TextError::NotUtf8(7)));
        check(b"{\"a\":\"\xC3", Err(TextError::NotUtf8(6)));
    }

    #[test]
    fn b68_one_mebibyte_is_the_most() {
        assert!(decode(&vec![b' '; MAX_BYTES]).is_ok());
        assert_eq!(decode(&vec![b' '; MAX_BYTES + 1]), Err(TextError::TooLarge));
    }

    #[test]
    fn positions_count_characters_and_every_kind_of_line_end() {
        let check = |text: &[u8], offset, line, column| {
            assert_eq!(Lines::new(text).position(offset), Position { line, column }, "{text:?} {offset}");
        };
        check(b"abc", 0, 1, 1);
        check(b"abc", 2, 1, 3);
        check(b"a\nb", 2, 2, 1);
        check(b"a\r\nb", 3, 2, 1);
        check(b"a\rb", 2, 2, 1);
        check("ü=1".as_bytes(), 2, 1, 2);
        check(b"\xEF\xBB\xBFab", 4, 1, 2);
        check(b"a\xFFb", 2, 1, 3);
        check(b"a", 99, 1, 2);
    }
}
