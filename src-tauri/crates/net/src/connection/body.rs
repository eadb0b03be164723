//! Reading an answer's body within a limit, compressed or not.

use std::io::{self, Write};

use bytes::Bytes;
use flate2::write::MultiGzDecoder;
use http::Response;
use http::header::{CONTENT_ENCODING, CONTENT_LENGTH, HeaderMap};
use http_body_util::BodyExt;
use hyper::body::{Body, Incoming};
use url::Url;

use crate::cause;
use crate::error::NetError;

/// Reads the body, giving up as soon as it is larger than `limit` after decompression (B24, F42).
pub(super) async fn read(
    server: &Url,
    answer: Response<Incoming>,
    limit: usize,
) -> Result<Response<Bytes>, NetError> {
    let too_large = || NetError::BodyTooLarge { host: cause::host(server), limit };
    let (mut parts, mut body) = answer.into_parts();
    if body.size_hint().lower() > limit as u64 {
        return Err(too_large());
    }
    let mut sink = Sink::for_headers(&parts.headers, limit);
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(|error| cause::broken(server, error))?;
        if let Ok(data) = frame.into_data() {
            sink.take(&data).map_err(|error| bad(server, error, limit))?;
        }
    }
    let body = sink.finish().map_err(|error| bad(server, error, limit))?;
    // The body is decoded and whole; what described its form on the wire no longer holds.
    parts.headers.remove(CONTENT_ENCODING);
    parts.headers.remove(CONTENT_LENGTH);
    Ok(Response::from_parts(parts, body))
}

fn bad(server: &Url, error: io::Error, limit: usize) -> NetError {
    if error.kind() == io::ErrorKind::QuotaExceeded {
        return NetError::BodyTooLarge { host: cause::host(server), limit };
    }
    cause::broken(server, error)
}

/// Where the body's bytes go.
enum Sink {
    Plain(Bounded),
    /// The flag: whether any byte came at all. An answer without body may still be called compressed.
    Gzip(Box<MultiGzDecoder<Bounded>>, bool),
}

impl Sink {
    fn for_headers(headers: &HeaderMap, limit: usize) -> Self {
        let bounded = Bounded { bytes: Vec::new(), limit };
        let gzip = headers
            .get(CONTENT_ENCODING)
            .is_some_and(|coding| coding.as_bytes().trim_ascii().eq_ignore_ascii_case(b"gzip"));
        if gzip { Self::Gzip(Box::new(MultiGzDecoder::new(bounded)), false) } else { Self::Plain(bounded) }
    }

    fn take(&mut self, data: &[u8]) -> io::Result<()> {
        match self {
            Self::Plain(bounded) => bounded.write_all(data),
            Self::Gzip(decoder, any) => {
                *any |= !data.is_empty();
                decoder.write_all(data)
            }
        }
    }

    fn finish(self) -> io::Result<Bytes> {
        match self {
            Self::Plain(bounded) => Ok(bounded.bytes.into()),
            Self::Gzip(_, false) => Ok(Bytes::new()),
            Self::Gzip(decoder, true) => Ok(decoder.finish()?.bytes.into()),
        }
    }
}

/// Bytes up to a limit.
struct Bounded {
    bytes: Vec<u8>,
    limit: usize,
}

impl Write for Bounded {
    fn write(&mut self, data: &[u8]) -> io::Result<usize> {
        if self.bytes.len() + data.len() > self.limit {
            return Err(io::ErrorKind::QuotaExceeded.into());
        }
        self.bytes.extend_from_slice(data);
        Ok(data.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
