//! Every prompt mode × every set of permissions × every consent policy × what comes of it: one table of what is
//! expected and what was seen, through `convokectl`. The table is left in the build folder as `consent-matrix.md`.

mod case;
mod expected;
mod played;

use case::{Case, PROMPTS};
use convoke_desk::Office;
use convoke_tenant::Options;
use std::fmt::Write;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Offices that work side by side: most rows wait for the browser or for a time limit.
const OFFICES: usize = 5;

/// What is told under one prompt mode: whether the first sign-in asks, how connecting ended (`connected` or the code of
/// the failure) and the page of ours that the browser shows then, the states, and whether the next sign-in asks.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Told {
    first: bool,
    end: String,
    page: String,
    states: [String; 3],
    next: bool,
}

/// What is told under each prompt mode.
type Row = [Told; PROMPTS.len()];

#[test]
fn the_whole_matrix_ends_as_expected() {
    let cases = case::all();
    let next = AtomicUsize::new(0);
    let work = || {
        let mut office = Office::of(Options { events: 4, contacts: 2, directory: 2, ..Options::default() });
        let person = office.browser.clone();
        let mut done = Vec::new();
        while let Some((number, case)) = take(&cases, &next) {
            done.push((number, played::play(case, &mut office, &person)));
        }
        done
    };
    let mut seen: Vec<(usize, Row)> = std::thread::scope(|scope| {
        let offices: Vec<_> = (0..OFFICES).map(|_| scope.spawn(work)).collect();
        offices.into_iter().flat_map(|office| office.join().expect("an office finishes")).collect()
    });
    seen.sort_by_key(|(number, _)| *number);
    assert_eq!(seen.len(), cases.len());
    let (table, wrong) = table(&cases, &seen);
    let file = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("consent-matrix.md");
    std::fs::write(&file, table).unwrap();
    assert!(
        wrong.is_empty(),
        "{} of {} rows; all in {}:\n{}",
        wrong.len(),
        cases.len() * PROMPTS.len(),
        file.display(),
        wrong.join("\n")
    );
}

fn take<'a>(cases: &'a [Case], next: &AtomicUsize) -> Option<(usize, &'a Case)> {
    let number = next.fetch_add(1, Ordering::Relaxed);
    cases.get(number).map(|case| (number, case))
}

fn table(cases: &[Case], seen: &[(usize, Row)]) -> (String, Vec<String>) {
    let mut text = String::from(
        "| prompt | calendar, contacts, directory | consent | userConsent | outcome | expected | seen |\n\
         |---|---|---|---|---|---|---|\n",
    );
    let mut wrong = Vec::new();
    let words = |told: &Told| {
        let Told { first, end, page, states, next } = told;
        format!("asks {first}; {end}, \"{page}\"; {}; asks again {next}", states.join(", "))
    };
    for (number, row) in seen {
        let case = &cases[*number];
        for (prompt, told) in PROMPTS.into_iter().zip(row) {
            let expected = expected::of(case, prompt);
            let line = format!(
                "| {prompt} | {} | {} | {} | {} | {} | {} |",
                case.permissions.join(", "),
                case.consent,
                case.user_consent,
                case.outcome,
                words(&expected),
                words(told)
            );
            writeln!(text, "{line}").unwrap();
            if *told != expected {
                wrong.push(line);
            }
        }
    }
    (text, wrong)
}
