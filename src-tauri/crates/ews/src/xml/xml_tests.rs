use proptest::prelude::{ProptestConfig, any, prop, prop_assert, proptest};

use super::{ATTRIBUTES, DEPTH, ELEMENTS, Element, Namespace, TEXT, XmlError, parse};

fn root(text: &str) -> Element {
    parse(text.as_bytes()).unwrap_or_else(|error| panic!("{error:?}: {text}"))
}

fn error(text: &str) -> XmlError {
    parse(text.as_bytes()).map(|root| panic!("{root:?}")).unwrap_err()
}

fn utf16(text: &str, unit: fn(u16) -> [u8; 2]) -> Vec<u8> {
    std::iter::once(0xFEFF).chain(text.encode_utf16()).flat_map(unit).collect()
}

#[test]
fn texts_references_and_comments() {
    let root = root(
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\r\n<!-- c --><a k='1 &amp; 2' x:y='z' xmlns:x='u'>a&lt;b<!-- c -->\
         &#x1F;&#65;<![CDATA[<c>&amp;]]><?pi?> AT&T &nbsp;</a>\n",
    );
    assert_eq!(root.text(), "a<bA<c>&amp; AT&T &nbsp;");
    assert_eq!(
        (root.attribute("k"), root.attribute("y"), root.attribute("xmlns")),
        (Some("1 & 2"), None, None)
    );
}

#[test]
fn namespaces_count_and_prefixes_do_not() {
    let types = Namespace::TYPES;
    let root = root(&format!(
        r#"<q:a xmlns:q="{types}"><b/><c xmlns="{types}"><d xmlns=""/></c><q:e/><t:f xmlns:t="https{}"/></q:a>"#,
        types.strip_prefix("http").unwrap()
    ));
    assert!(root.is(Namespace::Types, "a"));
    let namespaces: Vec<_> = root.children().iter().map(|child| child.namespace).collect();
    assert_eq!(namespaces, [Namespace::None, Namespace::Types, Namespace::Types, Namespace::Other]);
    assert_eq!(root.children()[1].children()[0].namespace, Namespace::None);
    assert!(matches!(error("<t:a/>"), XmlError::UnknownPrefix));
}

#[test]
fn b59_no_document_type() {
    let laughs: String = (1..10).fold("<!ENTITY lol0 \"lol\">".to_owned(), |all, level| {
        format!("{all}<!ENTITY lol{level} \"{}\">", format!("&lol{};", level - 1).repeat(10))
    });
    for text in [
        format!("<!DOCTYPE a [{laughs}]><a>&lol9;</a>"),
        "<?xml version=\"1.0\"?><!DOCTYPE a SYSTEM \"file:///etc/passwd\"><a/>".to_owned(),
        "<!doctype html><html/>".to_owned(),
        "<a/><!DOCTYPE a>".to_owned(),
    ] {
        assert!(matches!(error(&text), XmlError::DocumentType), "{text}");
    }
    // Without definition the reference is a text.
    assert_eq!(root("<a>&lol9;</a>").text(), "&lol9;");
}

#[test]
fn b59_depth_is_bounded() {
    let nested = |depth: usize| format!("{}{}", "<a>".repeat(depth), "</a>".repeat(depth));
    assert!(parse(nested(DEPTH).as_bytes()).is_ok());
    assert!(matches!(error(&nested(DEPTH + 1)), XmlError::TooDeep));
    assert!(matches!(error(&nested(10_000)), XmlError::TooDeep));
    assert!(matches!(error(&"<a>".repeat(1_000_000)), XmlError::TooDeep));
}

#[test]
fn b59_declarations_of_namespaces_are_bounded() {
    let many: String = (0..1_000_000).map(|index| format!(" xmlns:n{index}=\"u{index}\"")).collect();
    assert!(matches!(error(&format!("<a{many}/>")), XmlError::TooManyNamespaces));
    // Spread over nested elements they count together.
    let some =
        |level: usize| (0..20).map(|index| format!(" xmlns:n{level}_{index}=\"u\"")).collect::<String>();
    let nested: String = (0..10).map(|level| format!("<a{}>", some(level))).collect();
    assert!(matches!(error(&nested), XmlError::TooManyNamespaces));
}

#[test]
fn numbers_and_lengths_are_bounded() {
    let attributes = |count: usize| (0..count).map(|index| format!(" k{index}=\"\"")).collect::<String>();
    assert!(parse(format!("<a{}/>", attributes(ATTRIBUTES)).as_bytes()).is_ok());
    assert!(matches!(error(&format!("<a{}/>", attributes(ATTRIBUTES + 1))), XmlError::TooManyAttributes));
    assert!(matches!(error(&format!("<a{}/>", attributes(200_000))), XmlError::TooManyAttributes));
    assert!(matches!(error(&format!("<a k=\"{}\"/>", "x".repeat(20_000))), XmlError::LongAttribute));
    assert!(matches!(error(&format!("<a>{}</a>", "<b/>".repeat(ELEMENTS))), XmlError::TooManyElements));
    let laden = format!("<b{}/>", attributes(ATTRIBUTES)).repeat(ELEMENTS / ATTRIBUTES);
    assert!(matches!(error(&format!("<a>{laden}</a>")), XmlError::TooManyElements), "attributes count too");
    let text = root(&format!("<a>{}&amp;{}</a>", "é".repeat(TEXT), "x".repeat(10))).text;
    assert!(text.len() <= TEXT && text.len() > TEXT - 4 && text.chars().all(|c| c == 'é'));
    assert!(matches!(parse(&vec![b' '; super::BYTES + 1]), Err(XmlError::TooLarge)));
}

#[test]
fn much_of_the_same_ends() {
    for (unit, times) in
        [("&", 1_000_000), ("&amp;", 500_000), ("<!---->", 300_000), ("]]>", 1_000_000), ("&a", 500_000)]
    {
        assert!(root(&format!("<a>{}</a>", unit.repeat(times))).children().is_empty());
    }
    for unit in ["<", "<!", "<![CDATA[", "<!--", "<?", "</a>", "<a b=", "<a b='"] {
        assert!(parse(unit.repeat(300_000).as_bytes()).is_err(), "{unit}");
    }
}

#[test]
fn f43_documents_that_are_not_whole() {
    let whole = "<?xml version=\"1.0\"?><a k=\"v\"><!-- c --><b>x &amp; y</b><c/><![CDATA[z]]></a>";
    assert_eq!(root(whole).children().len(), 2);
    for length in 0..whole.len() {
        assert!(parse(&whole.as_bytes()[..length]).is_err(), "{}", &whole[..length]);
    }
    for text in [
        "",
        " ",
        "text",
        "<a></b>",
        "<a/><b/>",
        "<a/>x",
        "x<a/>",
        "</a>",
        "<a k=1/>",
        "<a k='1' k='2'/>",
        "{}",
    ] {
        assert!(parse(text.as_bytes()).is_err(), "{text}");
    }
}

#[test]
fn encodings() {
    let text = "<?xml version=\"1.0\" encoding=\"LABEL\"?><a>é\u{1F600}</a>";
    let labelled = |label: &str| text.replace("LABEL", label);
    for (bytes, good) in [
        (labelled("utf-8").into_bytes(), true),
        (labelled("UTF-8").into_bytes(), true),
        (format!("\u{FEFF}{}", labelled("utf-8")).into_bytes(), true),
        (utf16(&labelled("utf-16"), u16::to_le_bytes), true),
        (utf16(&labelled("UTF-16"), u16::to_be_bytes), true),
        (utf16("<a>é\u{1F600}</a>", u16::to_le_bytes), true),
        // The label and the bytes differ.
        (labelled("utf-16").into_bytes(), false),
        (utf16(&labelled("utf-8"), u16::to_le_bytes), false),
        (utf16(&labelled("iso-8859-1"), u16::to_be_bytes), false),
        (labelled("iso-8859-1").into_bytes(), false),
        (labelled("windows-1252").into_bytes(), false),
        (labelled("utf-7").into_bytes(), false),
        // UTF-16 without mark, UTF-32.
        (utf16(&labelled("utf-16"), u16::to_le_bytes)[2..].to_vec(), false),
        (utf16(&labelled("utf-16"), u16::to_be_bytes)[2..].to_vec(), false),
        ([&[0xFF, 0xFE, 0, 0][..], b"<\0\0\0"].concat(), false),
    ] {
        let parsed = parse(&bytes);
        match parsed {
            Ok(root) => assert!(good && root.text() == "é\u{1F600}", "{root:?}"),
            Err(XmlError::Encoding) => assert!(!good, "{bytes:?}"),
            Err(error) => panic!("{error:?}"),
        }
    }
    // Latin-1 without label, half a character, a lone surrogate, half a unit.
    assert!(matches!(parse(b"<a>caf\xe9</a>"), Err(XmlError::Encoding)));
    assert!(matches!(parse(b"<a>caf\xc3"), Err(XmlError::Truncated)));
    let lone: Vec<u8> = [0xFEFF, 0x3C, 0x61, 0x3E, 0xD83D, 0x3C, 0x2F, 0x61, 0x3E]
        .iter()
        .flat_map(|unit: &u16| unit.to_be_bytes())
        .collect();
    assert_eq!(parse(&lone).unwrap().text(), "\u{FFFD}");
    assert!(matches!(parse(&lone[..lone.len() - 1]), Err(XmlError::Truncated)));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..2_000)) {
        let _ = parse(&bytes);
    }

    #[test]
    fn any_pieces_of_xml_are_read_or_refused(pieces in prop::collection::vec(prop::sample::select(vec![
        "<a>", "</a>", "<a/>", "<b k='v'>", "</b>", "<t:c xmlns:t='u'>", "</t:c>", "&amp;", "&#x0;", "&", "&x;", "<!--",
        "-->", "<![CDATA[", "]]>", "<?xml version='1.0' encoding='utf-8'?>", "<!DOCTYPE a>", "text", "'", "\"", "<", ">", "\0", "é",
    ]), 0..60)) {
        let text = pieces.concat();
        if let Ok(root) = parse(text.as_bytes()) {
            prop_assert!(depth(&root) <= DEPTH && root.text().len() <= text.len());
        }
    }
}

fn depth(element: &Element) -> usize {
    1 + element.children().iter().map(depth).max().unwrap_or_default()
}
