//! Finding links in text and HTML, within bounds.

use std::borrow::Cow;

use super::html;

/// Links that are looked at per text; an invitation has a dozen.
const MOST_LINKS: usize = 200;

/// How much of a body is read. Real ones have 5–30 kB, rarely 200.
const MOST_BYTES: usize = 1 << 20;

/// The links of a plain text, in its order.
pub(super) fn links(text: &str) -> impl Iterator<Item = Cow<'_, str>> {
    raw_links(text).map(|link| Cow::Borrowed(trim_end(link)))
}

/// The links of an HTML text, in attributes as well as between tags, entities decoded.
pub(super) fn links_in_html(text: &str) -> impl Iterator<Item = Cow<'_, str>> {
    raw_links(text).map(|link| Cow::Owned(trim_end(&html::decode(link)).to_owned()))
}

/// Links whose scheme was left out, as people type them into the location (`zoom.us/j/123`).
pub(super) fn bare_links(text: &str) -> impl Iterator<Item = Cow<'_, str>> {
    text.split(|c: char| c.is_whitespace() || matches!(c, ';' | ',' | '|' | '<' | '>' | '(' | ')'))
        .take(MOST_LINKS)
        .filter(|word| {
            word.contains('/') && !word.contains(':') && word.starts_with(|c: char| c.is_ascii_alphanumeric())
        })
        .map(|word| Cow::Owned(format!("https://{}", trim_end(word))))
}

fn raw_links(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = html::crop(text, MOST_BYTES);
    std::iter::from_fn(move || {
        let start = find_scheme(rest)?;
        let from = &rest[start..];
        let end = from.find(ends_link).unwrap_or(from.len());
        rest = &from[end..];
        Some(&from[..end])
    })
    .take(MOST_LINKS)
}

fn find_scheme(text: &str) -> Option<usize> {
    const SCHEME: &[u8] = b"https://";
    let bytes = text.as_bytes();
    let mut from = 0;
    // "://" is rarer than "h", so it is what is looked for.
    while let Some(at) = text.get(from..)?.find("://").map(|at| from + at) {
        let start = at.checked_sub(SCHEME.len() - 3);
        if let Some(start) = start.filter(|start| bytes[*start..at + 3].eq_ignore_ascii_case(SCHEME)) {
            return Some(start);
        }
        from = at + 3;
    }
    None
}

fn ends_link(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(c, '"' | '\'' | '<' | '>' | '`' | '|' | '\u{2019}' | '\u{201D}')
}

/// Punctuation after a link belongs to the sentence around it.
fn trim_end(link: &str) -> &str {
    let link = link.trim_end_matches(['.', ',', ';', ':', '!', '?', '*', ']', '}']);
    if link.ends_with(')') && !link.contains('(') { trim_end(&link[..link.len() - 1]) } else { link }
}

#[cfg(test)]
mod tests {
    use super::{bare_links, links, links_in_html};

    #[test]
    fn links_of_a_text() {
        for (text, expected) in [
            (
                "see https://a.example/x. And (https://b.example/y)!",
                vec!["https://a.example/x", "https://b.example/y"],
            ),
            ("<https://a.example/x>", vec!["https://a.example/x"]),
            ("HTTPS://a.example/x", vec!["HTTPS://a.example/x"]),
            ("http://a.example https://", vec!["https://"]),
            ("https://a.example/x_(y)", vec!["https://a.example/x_(y)"]),
            ("xhttps://a.example|https://b.example", vec!["https://a.example", "https://b.example"]),
            ("://", vec![]),
            ("é://https://a.example", vec!["https://a.example"]),
        ] {
            assert_eq!(links(text).collect::<Vec<_>>(), expected, "{text}");
        }
    }

    #[test]
    fn links_of_html() {
        let html = r#"<a href="https://a.example/?x=1&amp;y=2">https://b.example/</a>"#;
        assert_eq!(
            links_in_html(html).collect::<Vec<_>>(),
            ["https://a.example/?x=1&y=2", "https://b.example/"]
        );
    }

    #[test]
    fn links_without_scheme() {
        assert_eq!(bare_links("Room 1; zoom.us/j/12, or").collect::<Vec<_>>(), ["https://zoom.us/j/12"]);
        assert_eq!(bare_links("//evil/x \\\\evil\\x file:/x").count(), 0);
    }

    #[test]
    fn the_number_of_links_is_bounded() {
        assert_eq!(links(&"https://a.example ".repeat(10_000)).count(), super::MOST_LINKS);
    }
}
