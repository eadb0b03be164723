//! The grammar of challenges (RFC 9110 §11.6.1): a list whose commas separate both challenges and their
//! parameters.

/// Challenges of a header, and parameters of a challenge, that are read.
pub(super) const MOST: usize = 32;

/// Bytes of a header that are read.
const LONGEST: usize = 16 << 10;

/// A scheme with its parameters.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Challenge {
    pub scheme: String,
    /// The scheme's own data (`Negotiate YII…`), as written.
    pub token: Option<String>,
    pub parameters: Vec<(String, String)>,
}

impl Challenge {
    /// The first parameter of that name, in any case.
    pub(super) fn parameter(&self, name: &str) -> Option<&str> {
        self.parameters
            .iter()
            .find(|(key, _)| key.eq_ignore_ascii_case(name))
            .map(|(_, value)| value.as_str())
    }
}

/// The challenges of a header. What follows a fault in it is not read.
pub(super) fn challenges(header: &str) -> Vec<Challenge> {
    let mut found: Vec<Challenge> = Vec::new();
    let mut rest = header.get(..header.len().min(LONGEST)).unwrap_or_default();
    while found.len() <= MOST {
        rest = rest.trim_start_matches([' ', '\t', ',']);
        let (word, after) = token(rest);
        if word.is_empty() {
            break;
        }
        match (found.last_mut(), parameter(rest)) {
            (Some(challenge), Some((value, after))) => {
                if challenge.parameters.len() < MOST {
                    challenge.parameters.push((word.to_owned(), value));
                }
                rest = after;
            }
            _ => {
                let (token, after) = own_data(after);
                found.push(Challenge { scheme: word.to_owned(), token, parameters: Vec::new() });
                rest = after;
            }
        }
    }
    found
}

/// What stands right after a scheme and is no parameter.
fn own_data(after: &str) -> (Option<String>, &str) {
    let text = after.trim_start_matches([' ', '\t']);
    if text.len() == after.len() || parameter(text).is_some() {
        return (None, after);
    }
    let end = text.find([',', ' ', '\t']).unwrap_or(text.len());
    let (data, rest) = text.split_at(end);
    let is_data = |c: char| c.is_ascii_alphanumeric() || "-._~+/=".contains(c);
    if !data.is_empty() && data.chars().all(is_data) { (Some(data.to_owned()), rest) } else { (None, after) }
}

/// The value of the parameter that a text starts with, and what follows.
fn parameter(text: &str) -> Option<(String, &str)> {
    let (name, after) = token(text);
    let value = after.trim_start_matches([' ', '\t']).strip_prefix('=')?.trim_start_matches([' ', '\t']);
    if name.is_empty() {
        return None;
    }
    if let Some(quoted) = value.strip_prefix('"') {
        return Some(unquoted(quoted));
    }
    // Unquoted addresses have characters that tokens lack. Nothing, or a second `=`, is the end of other
    // data.
    let end = value.find([',', ' ', '\t']).unwrap_or(value.len());
    let (value, rest) = value.split_at(end);
    (!value.is_empty() && !value.starts_with('=')).then(|| (value.to_owned(), rest))
}

/// A quoted string up to its end, or to the end of the header where the quote is missing.
fn unquoted(text: &str) -> (String, &str) {
    let mut value = String::new();
    let mut chars = text.char_indices();
    while let Some((at, c)) = chars.next() {
        match c {
            '"' => return (value, &text[at + 1..]),
            '\\' => value.extend(chars.next().map(|(_, c)| c)),
            _ => value.push(c),
        }
    }
    (value, "")
}

/// The token (RFC 9110 §5.6.2) that a text starts with, and what follows.
fn token(text: &str) -> (&str, &str) {
    let is_token = |c: char| c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c);
    text.split_at(text.find(|c| !is_token(c)).unwrap_or(text.len()))
}
