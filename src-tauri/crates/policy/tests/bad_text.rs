//! Bad files too large or too many for the table in `broken/`: size, depth, every cut, any bytes.

use convoke_policy::{Effective, FileSource, Problem, ProblemKind, effective, read};
use proptest::prelude::*;

fn load(text: impl AsRef<[u8]>) -> Effective {
    effective(&[read(FileSource { name: "policy.json", bytes: text.as_ref() })])
}

#[test]
fn b68_deep_and_huge_files_end_early() {
    let problem =
        |text: &[u8]| -> Problem { load(text).sign_in_allowed().unwrap_err().first().cloned().unwrap() };
    for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
        let deep = format!("{}1{}", open.repeat(100_000), close.repeat(100_000));
        assert!(problem(deep.as_bytes()).message.en.contains("depth"), "{open}");
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
fn b69_a_byte_order_mark_and_line_ends_of_windows_are_fine() {
    let good = load(b"\xEF\xBB\xBF{\r\n\"defaults\":{\"sync\":{\"pastDays\":1}}\r\n}\r\n");
    assert_eq!((good.problems(), good.sync.past_days), (&[][..], 1));
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
fn b71_comments_and_trailing_commas_are_fine() {
    for text in [
        "{}",
        "// a\n{ /* b */ \"defaults\": {},\n}",
        "{\"enforced\":{\"integration\":{\"ews\":{\"auth\":[\"oauth\",],},},},}",
    ] {
        assert_eq!(load(text).problems(), [], "{text}");
    }
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
        prop_assert!(changed.problems().iter().all(|problem| !problem.message.en.is_empty()));
    }
}
