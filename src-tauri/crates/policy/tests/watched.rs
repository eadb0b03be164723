//! A policy that changes while the app runs is never half applied.

use convoke_policy::{Change, Effective, FileSource, LoadError, ProblemKind, Reading, Status, Watched};
use proptest::prelude::*;

fn reading(files: &[(&str, &[u8])]) -> Reading {
    let sources: Vec<FileSource<'_>> =
        files.iter().map(|&(name, bytes)| FileSource { name, bytes }).collect();
    Reading::of_content(&sources)
}

fn file(text: &str) -> Reading {
    reading(&[("policy.json", text.as_bytes())])
}

const OLD: &str = r#"{"enforced":{"sync":{"pastDays":1},"microsoft365":{"tenant":"old.example"}}}"#;
const NEW: &str = r#"{"enforced":{"sync":{"pastDays":2},"microsoft365":{"tenant":"new.example"}}}"#;
const BROKEN: &str = r#"{"enforced":{"sync":{"pastDays":3},"microsoft365":{"tenant":5}}}"#;
const DOUBTFUL: &str = r#"{"enforced":{"sync":{"pastDays":4,"pastDay":4}}}"#;

fn days(watched: &Watched) -> u32 {
    watched.in_force().sync.past_days
}

/// Hands over readings and compares what each one changed, and the days in force after it.
fn check(first: &str, then: &[(&str, Change, u32)]) -> Watched {
    let mut watched = Watched::new(file(first));
    for (step, (text, change, expected)) in then.iter().enumerate() {
        assert_eq!(watched.observe(Ok(file(text))), *change, "step {step}");
        assert_eq!(days(&watched), *expected, "step {step}");
    }
    watched
}

use Change::{Applied, Kept, Settling, Unchanged};

#[test]
fn a_change_counts_once_it_was_read_twice() {
    let watched =
        check(OLD, &[(OLD, Unchanged, 1), (NEW, Settling, 1), (NEW, Applied, 2), (NEW, Unchanged, 2)]);
    assert_eq!(watched.in_force().microsoft365.tenant, "new.example");
    check(OLD, &[(NEW, Settling, 1), (DOUBTFUL, Settling, 1), (NEW, Settling, 1), (NEW, Applied, 2)]);
    check(OLD, &[(NEW, Settling, 1), (OLD, Unchanged, 1), (NEW, Settling, 1), (NEW, Applied, 2)]);
}

#[test]
fn a_broken_policy_keeps_the_session_and_stops_new_sign_ins() {
    let mut watched = check(OLD, &[(BROKEN, Settling, 1)]);
    assert!(watched.sign_in_allowed().is_ok(), "not judged yet");
    assert_eq!(watched.observe(Ok(file(BROKEN))), Kept);
    assert_eq!((days(&watched), watched.in_force().status()), (1, Status::Ok));
    assert!(watched.in_force().sign_in_allowed().is_ok(), "the session that runs is left alone");
    assert!(watched.is_kept());
    assert_eq!(watched.sign_in_allowed().unwrap_err(), watched.problems());
    assert_eq!(watched.newest().status(), Status::Refused);
    assert_eq!(watched.observe(Ok(file(BROKEN))), Unchanged);
    assert!(watched.sign_in_allowed().is_err(), "still to be mended");

    // Mending it, or putting the old one back, clears the problem.
    for mended in [NEW, OLD] {
        let mut watched = watched.clone();
        assert_eq!(watched.observe(Ok(file(mended))), Settling);
        assert!(watched.sign_in_allowed().is_err(), "not before it is sure");
        assert_eq!(watched.observe(Ok(file(mended))), Applied);
        assert!(watched.sign_in_allowed().is_ok() && watched.problems().is_empty() && !watched.is_kept());
    }
}

#[test]
fn from_one_broken_policy_to_another_the_last_good_one_stays() {
    let watched = check(OLD, &[(BROKEN, Settling, 1), (BROKEN, Kept, 1), ("{", Settling, 1), ("{", Kept, 1)]);
    assert!(watched.problems()[0].message.en.contains("nterminated"), "{}", watched.problems()[0]);
}

#[test]
fn where_no_good_policy_was_in_force_the_broken_one_is_and_is_shut() {
    let mut watched = check(BROKEN, &[(BROKEN, Unchanged, 3), ("{", Settling, 3), ("{", Applied, 30)]);
    assert!(!watched.is_kept());
    assert!(!watched.in_force().accounts.permit(None, "a@contoso.com"));
    assert_eq!(watched.observe(Ok(file(NEW))), Settling);
    assert_eq!(watched.observe(Ok(file(NEW))), Applied);
    assert!(watched.sign_in_allowed().is_ok());
}

#[test]
fn a_slip_in_comfort_applies_the_rest() {
    let watched = check(OLD, &[(DOUBTFUL, Settling, 1), (DOUBTFUL, Applied, 4)]);
    assert_eq!(watched.problems().len(), 1);
    assert!(watched.sign_in_allowed().is_ok());
}

#[test]
fn b74_a_removed_policy_leaves_the_products_defaults() {
    let mut watched = Watched::new(file(OLD));
    assert_eq!(watched.observe(Ok(Reading::default())), Settling);
    assert_eq!(days(&watched), 1, "an editor may be putting a new file in its place");
    assert_eq!(watched.observe(Ok(Reading::default())), Applied);
    assert_eq!(watched.in_force(), &Effective::default());
    assert_eq!(watched.observe(Ok(Reading::default())), Unchanged);
}

#[test]
fn a_machine_that_gets_a_policy_stops_new_sign_ins_under_a_named_one() {
    let taken = || Err(LoadError::MachineHasPolicy { machine: "/m".into(), named: "/trial.json".into() });
    let mut watched = Watched::new(file(OLD));
    assert_eq!(watched.observe(taken()), Settling);
    assert_eq!(watched.observe(taken()), Kept);
    assert_eq!(days(&watched), 1);
    let problem = &watched.problems()[0];
    assert_eq!(problem.kind, ProblemKind::Overruled);
    assert!(problem.message.en.contains("/trial.json is not used"), "{problem}");
}

/// Old, or new, or old with a problem.
fn assert_whole(watched: &Watched, old: &Effective, new: &Effective, what: &str) {
    let in_force = watched.in_force();
    assert!(in_force == old || in_force == new, "{what}: something else is in force");
    assert_eq!(watched.is_kept(), watched.sign_in_allowed().is_err(), "{what}");
    assert!(!watched.is_kept() || in_force == old, "{what}");
}

/// A writer that stops at any byte, for however long.
#[test]
fn b70_truncation_at_every_byte_while_watched_never_applies_half_a_file() {
    let whole = include_bytes!("sample.jsonc");
    let (old, new) = (file(OLD).effective(), reading(&[("policy.json", whole)]).effective());
    let end = whole.trim_ascii_end().len();
    for cut in 0..=whole.len() {
        let part = || Ok(reading(&[("policy.json", &whole[..cut])]));
        let mut watched = Watched::new(file(OLD));
        let changes = [watched.observe(part()), watched.observe(part())];
        let expected = if cut < end { Kept } else { Applied };
        assert_eq!(changes, [Settling, expected], "cut at {cut}");
        assert_whole(&watched, &old, &new, &format!("cut at {cut}"));
        let rest = || Ok(reading(&[("policy.json", whole)]));
        let _ = (watched.observe(rest()), watched.observe(rest()));
        assert_eq!((watched.in_force(), watched.is_kept()), (&new, false), "cut at {cut}");
    }
}

/// A writer that goes on while it is watched: every reading sees more, none twice.
#[test]
fn b70_a_file_that_grows_is_waited_for() {
    let whole = include_bytes!("sample.jsonc");
    let mut watched = Watched::new(file(OLD));
    for cut in 0..=whole.len() {
        assert_eq!(watched.observe(Ok(reading(&[("policy.json", &whole[..cut])]))), Settling, "cut at {cut}");
    }
    assert_eq!(watched.observe(Ok(reading(&[("policy.json", whole)]))), Applied);
}

proptest! {
    #[test]
    fn b70_whatever_a_slow_writer_leaves_only_whole_policies_hold(
        cuts in proptest::collection::vec(0_usize..=NEW.len(), 0..20),
        repeats in proptest::collection::vec(1_usize..4, 20),
    ) {
        let (old, new) = (file(OLD).effective(), file(NEW).effective());
        let mut watched = Watched::new(file(OLD));
        for (cut, repeat) in cuts.iter().zip(&repeats) {
            for _ in 0..*repeat {
                let _ = watched.observe(Ok(file(&NEW[..*cut])));
                let in_force = watched.in_force();
                prop_assert!(*in_force == old || *in_force == new);
            }
        }
        let _ = watched.observe(Ok(file(NEW)));
        let _ = watched.observe(Ok(file(NEW)));
        prop_assert_eq!(watched.in_force(), &new);
        prop_assert!(watched.sign_in_allowed().is_ok());
    }

    #[test]
    fn b70_several_files_are_taken_together_or_not_at_all(cut in 0_usize..NEW.len()) {
        let first: &[u8] = br#"{"enforced":{"ui":{"theme":"dark"}}}"#;
        let whole = reading(&[("policy.json", first), ("policy.d/10.json", NEW.as_bytes())]);
        let part = reading(&[("policy.json", first), ("policy.d/10.json", &NEW.as_bytes()[..cut])]);
        let mut watched = Watched::new(file(OLD));
        prop_assert_eq!(watched.observe(Ok(part.clone())), Settling);
        prop_assert_eq!(watched.observe(Ok(part)), Kept);
        prop_assert_eq!(watched.in_force(), &file(OLD).effective());
        prop_assert_eq!(watched.observe(Ok(whole.clone())), Settling);
        prop_assert_eq!(watched.observe(Ok(whole.clone())), Applied);
        prop_assert_eq!(watched.in_force(), &whole.effective());
    }
}
