//! Pages of lists and of delta rounds.

use bytes::Bytes;
use http::Response;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use crate::endpoint::Endpoint;
use crate::error::GraphError;
use crate::link::Link;
use crate::parse;

/// One page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page<T> {
    /// Its entries, in the server's order. An empty page may have a next one.
    pub items: Vec<T>,
    /// What follows.
    pub next: Next,
}

/// What follows a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Next {
    /// Another page of this round; goes stale quickly, never to be stored.
    NextLink(Link),
    /// The round is complete; this link starts the next one.
    DeltaLink(Link),
    /// The list is complete.
    End,
}

/// An entry of a delta round.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum DeltaItem<T> {
    /// Removed, or never there (`@removed`).
    Removed {
        /// Its id.
        id: String,
    },
    /// New or changed.
    Present(T),
}

#[derive(Deserialize)]
struct Wire<T> {
    value: Vec<T>,
    #[serde(rename = "@odata.nextLink", default)]
    next_link: Option<String>,
    #[serde(rename = "@odata.deltaLink", default)]
    delta_link: Option<String>,
}

/// Reads a page whose entries are `W` on the wire and `T` to us. One bad entry refuses the page (F43).
pub(crate) fn read<W: DeserializeOwned, T>(
    what: &'static str,
    response: &Response<Bytes>,
    endpoint: &Endpoint,
    map: impl Fn(W) -> Result<T, GraphError>,
) -> Result<Page<T>, GraphError> {
    let wire: Wire<W> = parse::json(what, response)?;
    let next = match (wire.next_link, wire.delta_link) {
        (Some(next), _) => Next::NextLink(Link::checked(&next, endpoint)?),
        (None, Some(delta)) => Next::DeltaLink(Link::checked(&delta, endpoint)?),
        (None, None) => Next::End,
    };
    let items = wire.value.into_iter().map(map).collect::<Result<_, _>>()?;
    Ok(Page { items, next })
}

/// The nextLink of a page that is not parsed yet, so that the next request can leave before the parsing.
///
/// Looks at the first and last 8 KiB only. It is a guess: the parsed page decides, and a request that was sent
/// to another link is thrown away. `None` also for links to another host.
#[must_use]
pub fn peek_next(body: &[u8], endpoint: &Endpoint) -> Option<Link> {
    const REACH: usize = 8_192;
    let tail = &body[body.len().saturating_sub(REACH)..];
    let head = &body[..body.len().min(REACH)];
    let text = property(tail).or_else(|| property(head))?;
    Link::checked(&text, endpoint).ok()
}

fn property(part: &[u8]) -> Option<String> {
    const NAME: &[u8] = br#""@odata.nextLink""#;
    let at = part.windows(NAME.len()).rposition(|window| window == NAME)?;
    // Inside a string the quote would be escaped.
    if at > 0 && part[at - 1] == b'\\' {
        return None;
    }
    let after = &part[at + NAME.len()..];
    let colon = after.iter().position(|byte| !byte.is_ascii_whitespace())?;
    let value = after.get(colon..)?.strip_prefix(b":")?;
    let mut values = serde_json::Deserializer::from_slice(value).into_iter::<String>();
    values.next()?.ok()
}

#[cfg(test)]
mod tests {
    use super::{Link, peek_next};
    use crate::Endpoint;

    fn check(body: &str, expected: Option<&str>) {
        let endpoint = Endpoint::new("https://graph.microsoft.com/v1.0").unwrap();
        assert_eq!(peek_next(body.as_bytes(), &endpoint).as_ref().map(Link::as_str), expected, "{body}");
    }

    #[test]
    fn next_links_are_found_before_parsing() {
        let link = "https://graph.microsoft.com/v1.0/me/x?$skiptoken=1&a=b";
        check(&format!(r#"{{"value":[],"@odata.nextLink":"{link}"}}"#), Some(link));
        check(&format!(r#"{{"@odata.nextLink" : "{link}", "value":[{}]}}"#, " ".repeat(20_000)), Some(link));
        check(&format!(r#"{{"value":[],"@odata.nextLink":"{}"}}"#, link.replace('&', "\\u0026")), Some(link));
        check(&format!(r#"{{"value":[],"@odata.deltaLink":"{link}"}}"#), None);
        check(&format!(r#"{{"value":[{{"subject":"\"@odata.nextLink\":\"{link}\""}}]}}"#), None);
        check(r#"{"value":[],"@odata.nextLink":"https://evil.example/x"}"#, None);
        check(r#"{"value":[],"@odata.nextLink":"#, None);
        check(r#"{"value":[],"@odata.nextLink":null}"#, None);
        check("", None);
    }
}
