//! What this crate says, against the window's message files: their message `policy_says` has a text for each sentence.

use std::collections::{BTreeMap, BTreeSet};

use convoke_policy::sentences::SENTENCES;
use serde_json::Value;

const FILES: [(&str, &str); 2] = [
    ("en", include_str!("../../../../ui/messages/en.json")),
    ("es", include_str!("../../../../ui/messages/es.json")),
];

/// What a text leaves out of its sentence's values: the words of a library, which are English.
const LEFT_OUT: &[(&str, &str)] = &[("plist_broken", "reason")];

/// The texts by their sentence, without the one for sentences that the window does not know.
fn texts(file: &str) -> BTreeMap<String, String> {
    let all: Value = serde_json::from_str(file).unwrap_or_default();
    let texts = all["policy_says"][0]["match"].as_object().cloned().unwrap_or_default();
    texts
        .into_iter()
        .filter(|(name, _)| name != "sentence=*")
        .filter_map(|(name, text)| {
            Some((name.strip_prefix("sentence=")?.to_owned(), text.as_str()?.to_owned()))
        })
        .collect()
}

fn names(text: &str) -> BTreeSet<&str> {
    text.split('{').skip(1).filter_map(|part| part.split('}').next()).collect()
}

#[test]
fn every_sentence_has_a_text_in_each_language_and_no_text_is_left_over() {
    let expected: BTreeSet<&str> = SENTENCES.iter().map(|(name, _)| *name).collect();
    for (language, file) in FILES {
        let texts = texts(file);
        assert_eq!(texts.keys().map(String::as_str).collect::<BTreeSet<_>>(), expected, "{language}");
    }
}

#[test]
fn every_text_tells_all_that_its_sentence_does() {
    for (language, file) in FILES {
        let texts = texts(file);
        for (name, english) in SENTENCES {
            let mut expected = names(english);
            expected.retain(|value| !LEFT_OUT.contains(&(name, value)));
            assert_eq!(names(&texts[*name]), expected, "{language} {name}");
        }
    }
}

/// A sentence begins and ends as one, in each language; a part of one does not.
#[test]
fn sentences_and_parts_stay_what_they_are() {
    for (language, file) in FILES {
        let texts = texts(file);
        for (name, english) in SENTENCES {
            assert_eq!(texts[*name].ends_with('.'), english.ends_with('.'), "{language} {name}");
        }
    }
}

#[test]
fn spanish_is_translated() {
    let [english, spanish] = FILES.map(|(_, file)| texts(file));
    let same: Vec<&String> = english.keys().filter(|name| english[*name] == spanish[*name]).collect();
    assert!(same.is_empty(), "{same:?}");
}
