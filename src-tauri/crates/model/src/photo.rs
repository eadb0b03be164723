//! Photos of people, as far as they are believed to be images.

use bytes::Bytes;

/// What there is of a photo.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Photo {
    /// An image.
    Image {
        /// `image/png`, `image/jpeg` or `image/gif`, told by its first bytes.
        media_type: &'static str,
        /// The image.
        bytes: Bytes,
        /// To ask again with.
        etag: Option<String>,
    },
    /// The known one is still right.
    Unchanged,
    /// There is none; worth remembering.
    None,
}

impl Photo {
    /// The photo in the body of an answer. The header is not believed (reliability B63): only what starts as
    /// one of three formats is an image.
    #[must_use]
    pub fn of(bytes: &Bytes, etag: Option<&str>) -> Self {
        let media_type = match bytes.as_ref() {
            [0x89, b'P', b'N', b'G', 0x0D, 0x0A, 0x1A, 0x0A, ..] => "image/png",
            [0xFF, 0xD8, 0xFF, ..] => "image/jpeg",
            [b'G', b'I', b'F', b'8', ..] => "image/gif",
            _ => return Self::None,
        };
        Self::Image { media_type, bytes: bytes.clone(), etag: etag.map(str::to_owned) }
    }
}

#[cfg(test)]
mod tests {
    use super::Photo;
    use bytes::Bytes;

    #[test]
    fn b63_photos_are_images_or_nothing() {
        let photo = |bytes: &'static [u8]| Photo::of(&Bytes::from_static(bytes), Some("\"1\""));
        for (bytes, expected) in [
            (&b"\x89PNG\r\n\x1a\n..."[..], "image/png"),
            (b"\xff\xd8\xff\xe0", "image/jpeg"),
            (b"GIF89a", "image/gif"),
        ] {
            let Photo::Image { media_type, etag, .. } = photo(bytes) else { panic!("{expected}") };
            assert_eq!((media_type, etag.as_deref()), (expected, Some("\"1\"")));
        }
        for other in [&b""[..], b"<svg/>", b"\x89PNG", b"<html>"] {
            assert_eq!(photo(other), Photo::None);
        }
    }
}
