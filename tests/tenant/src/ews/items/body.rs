//! Bodies as plain text: what Exchange makes of the HTML that Outlook wrote. A link's address stands in angle brackets
//! behind its words.

/// The text of a document.
#[must_use]
pub fn text(html: &str) -> String {
    let mut out = String::new();
    let mut address = String::new();
    let body = html.split_once("<body>").map_or(html, |(_, body)| body);
    let mut rest = body;
    while let Some((before, tag_on)) = rest.split_once('<') {
        push(&mut out, before);
        let Some((tag, after)) = tag_on.split_once('>') else { break };
        match tag.split([' ', '/']).find(|word| !word.is_empty()).unwrap_or_default() {
            "a" if tag.starts_with('/') => out.push_str(&format!("<{}>", std::mem::take(&mut address))),
            "a" => address = unescaped(attribute(tag, "href")),
            "p" | "div" if tag.starts_with('/') => out.push_str("\r\n"),
            _ => {}
        }
        rest = after;
    }
    push(&mut out, rest);
    out
}

/// Line ends of the source mean nothing.
fn push(out: &mut String, piece: &str) {
    out.push_str(&unescaped(piece.trim_matches(['\r', '\n'])));
}

fn attribute<'a>(tag: &'a str, name: &str) -> &'a str {
    let value = tag.split_once(&format!("{name}=\"")).map_or("", |(_, value)| value);
    value.split('"').next().unwrap_or_default()
}

fn unescaped(text: &str) -> String {
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"").replace("&amp;", "&")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_and_lines_are_kept() {
        let html = "<html>\r\n<head>\r\n<title>x</title></head>\r\n<body>\r\n<p class=\"M\">Read &lt;this&gt; &amp; \
                    that</p>\r\n<div><a href=\"https://a.example/?b=1&amp;c=2\" target=\"_blank\">Join</a></div>\r\n\
                    </body>\r\n</html>\r\n";
        assert_eq!(text(html), "Read <this> & that\r\nJoin<https://a.example/?b=1&c=2>\r\n");
    }
}
