//! Characters that may not stand in XML though Exchange sends them, and references to characters.
//!
//! Names and subjects come with control characters, raw or as `&#x1F;`. A strict reader would refuse the
//! whole answer; here they are dropped. There are no entities but XML's own five, since a DTD is refused.

/// Whether XML 1.0 permits the character (§2.2, `Char`).
pub(super) fn is_allowed(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r' | '\u{20}'..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..)
}

/// What a reference `&name;` stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reference {
    /// A character.
    Char(char),
    /// A character that XML does not permit, or none at all.
    Nothing,
    /// An entity that nobody defined: the text stays as it stands.
    Unknown,
}

/// Reads the name of a reference, without `&` and `;`.
pub(super) fn resolve(name: &str) -> Reference {
    let Some(number) = name.strip_prefix('#') else {
        return match name {
            "amp" => Reference::Char('&'),
            "lt" => Reference::Char('<'),
            "gt" => Reference::Char('>'),
            "quot" => Reference::Char('"'),
            "apos" => Reference::Char('\''),
            _ => Reference::Unknown,
        };
    };
    let code = match number.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16),
        None => number.parse(),
    };
    match code.ok().and_then(char::from_u32).filter(|c| is_allowed(*c)) {
        Some(c) => Reference::Char(c),
        None => Reference::Nothing,
    }
}

/// The value of an attribute as written, its references resolved and its white space made spaces (§3.3.3).
pub(super) fn attribute(raw: &str) -> String {
    let mut out = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some(at) = rest.find('&') {
        extend(&mut out, &rest[..at]);
        rest = &rest[at + 1..];
        let name = rest.split_once(';').map(|(name, _)| name).filter(|name| name.len() <= 10);
        match name.map(resolve) {
            Some(Reference::Char(c)) => out.push(c),
            Some(Reference::Nothing) => {}
            Some(Reference::Unknown) | None => {
                out.push('&');
                continue;
            }
        }
        rest = &rest[name.map_or(0, |name| name.len() + 1)..];
    }
    extend(&mut out, rest);
    out
}

fn extend(out: &mut String, text: &str) {
    let spaced = |c: char| if matches!(c, '\t' | '\n' | '\r') { ' ' } else { c };
    out.extend(text.chars().filter(|c| is_allowed(*c)).map(spaced));
}

/// `text` without what XML does not permit.
pub(super) fn permitted(text: &str) -> String {
    text.chars().filter(|c| is_allowed(*c)).collect()
}

#[cfg(test)]
mod tests {
    use super::{Reference, attribute, permitted, resolve};

    #[test]
    fn references() {
        for (name, expected) in [
            ("amp", Reference::Char('&')),
            ("#65", Reference::Char('A')),
            ("#x1F600", Reference::Char('\u{1F600}')),
            ("#x1F", Reference::Nothing),
            ("#0", Reference::Nothing),
            ("#xD800", Reference::Nothing),
            ("#xFFFF", Reference::Nothing),
            ("#99999999999", Reference::Nothing),
            ("#", Reference::Nothing),
            ("#x", Reference::Nothing),
            ("nbsp", Reference::Unknown),
            ("lol9", Reference::Unknown),
            ("", Reference::Unknown),
        ] {
            assert_eq!(resolve(name), expected, "{name}");
        }
    }

    #[test]
    fn attributes_are_lenient() {
        for (raw, expected) in [
            ("a&amp;b&#x1F;c&#65;", "a&bcA"),
            ("AT&T; &nbsp; & &;", "AT&T; &nbsp; & &;"),
            ("a\u{1}b\tc\nd", "ab c d"),
            ("&amp", "&amp"),
            ("&&amp;;", "&&;"),
        ] {
            assert_eq!(attribute(raw), expected, "{raw}");
        }
    }

    #[test]
    fn what_xml_does_not_permit_is_dropped() {
        assert_eq!(permitted("a\0b\u{1b}c\u{FFFE}d\te\u{1F600}"), "abcd\te\u{1F600}");
    }
}
