//! Reading HTML for its text only: tags away, entities decoded, within a bound. Never for display.

/// The text of `html`: tags removed, blocks and `<br>` ended by a line end, the common entities decoded.
/// Reads no more than `limit` bytes of it.
#[must_use]
pub fn plain(html: &str, limit: usize) -> String {
    let html = crop(html, limit);
    let mut out = String::with_capacity(html.len() / 4);
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        push_text(&mut out, &rest[..start]);
        rest = skip_tag(&rest[start..], &mut out);
    }
    push_text(&mut out, rest);
    out
}

/// The longest start of `text` of at most `limit` bytes that ends between characters.
pub(super) fn crop(text: &str, limit: usize) -> &str {
    let mut end = limit.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// Skips the tag, comment, style or script that `rest` starts with, and returns what follows.
fn skip_tag<'a>(rest: &'a str, out: &mut String) -> &'a str {
    if rest.starts_with("<!--") {
        return rest.split_once("-->").map_or("", |(_, after)| after);
    }
    let (tag, after) = rest.split_once('>').unwrap_or((rest, ""));
    let name: String = tag[1..]
        .chars()
        .take_while(|c| c.is_ascii_alphanumeric() || *c == '/')
        .collect::<String>()
        .to_ascii_lowercase();
    match name.as_str() {
        "style" | "script" | "head" => skip_element(after, &name),
        "br" | "br/" | "/p" | "/div" | "/tr" | "/li" | "/h1" | "/h2" | "/h3" | "/table" => {
            out.push('\n');
            after
        }
        "/td" | "/th" => {
            out.push(' ');
            after
        }
        _ => after,
    }
}

fn skip_element<'a>(rest: &'a str, name: &str) -> &'a str {
    let end = format!("</{name}");
    let found = rest.as_bytes().windows(end.len()).position(|part| part.eq_ignore_ascii_case(end.as_bytes()));
    found.map_or("", |index| rest[index..].split_once('>').map_or("", |(_, after)| after))
}

/// White space of the source is no line end in HTML.
fn push_text(out: &mut String, text: &str) {
    for c in decode(text).chars() {
        out.push(if c == '\n' || c == '\r' || c == '\u{a0}' { ' ' } else { c });
    }
}

/// `text` with its character references decoded: numbers, and the few names that links and names contain.
pub(super) fn decode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(start) = rest.find('&') {
        out.push_str(&rest[..start]);
        rest = &rest[start..];
        match reference(rest) {
            Some((c, length)) => {
                out.push(c);
                rest = &rest[length..];
            }
            None => {
                out.push('&');
                rest = &rest[1..];
            }
        }
    }
    out.push_str(rest);
    out
}

/// The character that a reference at the start of `text` stands for, and the reference's length.
fn reference(text: &str) -> Option<(char, usize)> {
    let end = text.as_bytes().iter().take(12).position(|byte| *byte == b';')?;
    let name = &text[1..end];
    let c = match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => '\u{a0}',
        _ => numeric(name.strip_prefix('#')?)?,
    };
    Some((c, end + 1))
}

fn numeric(digits: &str) -> Option<char> {
    let code = match digits.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16),
        None => digits.parse(),
    };
    char::from_u32(code.ok()?).filter(|c| *c != '\0')
}

#[cfg(test)]
mod tests {
    use super::{decode, plain};

    #[test]
    fn text_of_html() {
        for (html, expected) in [
            ("<p>Passcode: <b>aB3</b></p>", "Passcode: aB3\n"),
            ("a<br>b<BR/>c", "a\nb\nc"),
            ("<style>p{x:1}</style><!-- <p> -->x", "x"),
            ("<HEAD><title>t</title></HEAD><body>x", "x"),
            ("<script>alert('<p>')</SCRIPT>x", "x"),
            ("a&amp;b &#65;&#x42;&nbsp;c &unknown; &", "a&b AB c &unknown; &"),
            ("line\r\nline", "line  line"),
            ("<", ""),
            ("<p", ""),
            ("<!--", ""),
            ("x<style>never closed", "x"),
            ("é<é>é", "éé"),
        ] {
            assert_eq!(plain(html, 1000), expected, "{html}");
        }
        assert_eq!(plain("éé", 3), "é");
    }

    #[test]
    fn references_that_mean_nothing_stay() {
        assert_eq!(decode("&#0;&#xD800;&;&#;&éééééé;"), "&#0;&#xD800;&;&#;&éééééé;");
    }
}
