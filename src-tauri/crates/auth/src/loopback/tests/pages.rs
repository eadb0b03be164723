use http::HeaderMap;
use http::header::{ACCEPT_LANGUAGE, HeaderValue};

use crate::loopback::page::{Language, Page};

#[test]
fn language_by_the_browsers_wish() {
    for (wish, expected) in [
        ("", Language::English),
        ("es", Language::Spanish),
        ("es-MX,en;q=0.8", Language::Spanish),
        ("en-GB,es;q=0.9", Language::English),
        ("fr,es;q=0.5,en;q=0.4", Language::Spanish),
        ("fr", Language::English),
        ("es;q=0", Language::English),
        ("es;q=nonsense,en", Language::English),
    ] {
        let mut headers = HeaderMap::new();
        headers.insert(ACCEPT_LANGUAGE, HeaderValue::from_str(wish).unwrap());
        assert_eq!(Language::of(&headers), expected, "{wish}");
    }
}

#[test]
fn every_page_is_filled_in() {
    for page in [
        Page::SignedIn,
        Page::Approved,
        Page::Declined,
        Page::NeedsAdmin,
        Page::Blocked,
        Page::OtherAccount,
        Page::Failed,
        Page::Over,
        Page::Stranger,
        Page::Nothing,
    ] {
        for language in [Language::English, Language::Spanish] {
            let html = page.html(language);
            for hole in ["{lang}", "{style}", "{kind}", "{mark}", "{title}", "{sentence}", "{close}"] {
                assert!(!html.contains(hole), "{hole} in {page:?}");
            }
        }
    }
}
