//! Bad files as such: size, depth, encoding, cut short, not quite JSON. Never half-applied, never a panic.

use convoke_policy::{Effective, FileSource, Problem, ProblemKind, effective, read};
use proptest::prelude::*;

fn load(text: impl AsRef<[u8]>) -> Effective {
    effective(&[read(FileSource { name: "policy.json", bytes: text.as_ref() })])
}

/// The only problem there must be.
fn only(effective: &Effective) -> &Problem {
    assert_eq!(effective.problems().len(), 1, "{:?}", effective.problems());
    &effective.problems()[0]
}

#[test]
fn b68_deep_and_huge_files_end_early() {
    let problem =
        |text: &[u8]| -> Problem { load(text).sign_in_allowed().unwrap_err().first().cloned().unwrap() };
    for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
        let deep = format!("{}1{}", open.repeat(100_000), close.repeat(100_000));
        assert!(problem(deep.as_bytes()).message.contains("depth"), "{open}");
    }
    assert_eq!(problem(&vec![b' '; 1024 * 1024 + 1]).kind, ProblemKind::Encoding);
    assert_eq!(problem("/*".as_bytes()).kind, ProblemKind::Syntax);
}

#[test]
fn b68_thousands_of_problems_are_counted_and_still_block() {
    let mut text = "{\"defaults\":{\"ui\":{".to_owned();
    for index in 0..20_000 {
        text.push_str(&format!("\"k{index}\":1,"));
    }
    text.push_str("}},\"enforced\":{\"sso\":{\"domain\":5}}}");
    let effective = load(&text);
    assert_eq!(effective.problems().len(), 201);
    assert!(effective.sign_in_allowed().is_err());
}

#[test]
fn b69_encodings_are_refused_with_their_line() {
    let refused = |bytes: &[u8], at: (u32, u32)| {
        let effective = load(bytes);
        let problem = only(&effective);
        assert_eq!(
            ((problem.line, problem.column), problem.kind),
            ((Some(at.0), Some(at.1)), ProblemKind::Encoding)
        );
        assert!(effective.sign_in_allowed().is_err());
    };
    let utf16: Vec<u8> = "\u{feff}{}".encode_utf16().flat_map(u16::to_le_bytes).collect();
    refused(&utf16, (1, 1));
    let bare: Vec<u8> = "{}".encode_utf16().flat_map(u16::to_be_bytes).collect();
    refused(&bare, (1, 1));
    refused(b"{\r\n  \"organization\": {\"name\": \"M\xFCller\"}}", (2, 30));
    refused(b"{}\n\0", (2, 1));
    let good = load(b"\xEF\xBB\xBF{\r\n\"defaults\":{\"sync\":{\"pastDays\":1}}\r\n}\r\n");
    assert_eq!((good.problems(), good.sync.past_days), (&[][..], 1));
    let shifted = load(b"\xEF\xBB\xBF{\"x\":1}");
    assert_eq!(
        shifted.problems().first().map(|problem| (problem.line, problem.column)),
        Some((Some(1), Some(2)))
    );
}

#[test]
fn b70_no_truncated_file_is_half_applied() {
    let whole = include_str!("sample.jsonc").trim_end();
    for end in 0..whole.len() {
        let effective = load(&whole.as_bytes()[..end]);
        assert!(effective.sign_in_allowed().is_err(), "cut at {end}");
        assert_eq!(effective.organization.name, None, "cut at {end}");
    }
}

#[test]
fn b71_comments_and_trailing_commas_are_fine_and_nothing_else_is() {
    let accepted = |text: &str, expected: bool| {
        let effective = load(text);
        assert_eq!(effective.problems().is_empty(), expected, "{text}: {:?}", effective.problems());
        assert_eq!(effective.sign_in_allowed().is_ok(), expected, "{text}");
    };
    accepted("{}", true);
    accepted("// a\n{ /* b */ \"defaults\": {},\n}", true);
    accepted("{'defaults':{}}", false);
    accepted("{defaults:{}}", false);
    accepted("{\"defaults\":{} \"enforced\":{}}", false);
    accepted("{\"defaults\":{},,}", false);
    accepted("{\"defaults\":{\"sync\":{\"pastDays\":0x10}}}", false);
    accepted("{\"defaults\":{\"sync\":{\"pastDays\":+1}}}", false);
    accepted("{\"defaults\":{\"sync\":{\"pastDays\":.5}}}", false);
    accepted("{}{}", false);
    accepted("", false);
    accepted("// nothing", false);
    accepted("null", false);
    accepted("[]", false);
    accepted("{\"organization\":{\"name\":\"\\x41\"}}", false);
    accepted("{\"enforced\":{\"sso\":{\"clientId\":\"a\nb\"}}}", false);
}

proptest! {
    #[test]
    fn no_bytes_make_it_fail_badly(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        let effective = load(&bytes);
        prop_assert!(effective.problems().iter().all(|problem| problem.line >= Some(1) && problem.column >= Some(1)));
    }

    #[test]
    fn a_sample_with_one_byte_changed_is_never_read_differently_in_silence(
        at in 0_usize..1500, byte in any::<u8>(),
    ) {
        let mut bytes = include_bytes!("sample.jsonc").to_vec();
        prop_assume!(at < bytes.len() && bytes[at] != byte);
        bytes[at] = byte;
        let changed = load(&bytes);
        prop_assert!(changed.problems().iter().all(|problem| !problem.message.is_empty()));
    }
}
