//! What must come of a case, by the rules of the policy and of Microsoft's pages.

use super::Told;
use super::case::Case;

pub fn of(case: &Case, prompt: &str) -> Told {
    let states = states(case);
    let open = states.iter().any(|state| matches!(*state, "notConnected" | "declined"));
    Told {
        first: prompt != "never" && permits_any(&states),
        // Once was before; what only an administrator can give, or what kept silent, is not asked for again.
        next: prompt == "everySignIn" && open,
        end: end(case, &states).to_owned(),
        page: page(case, &states).to_owned(),
        states: states.map(str::to_owned),
    }
}

/// How connecting ends: with a failure only where nothing works.
fn end(case: &Case, states: &[&str; 3]) -> &'static str {
    if !permits_any(states) {
        "offByPolicy"
    } else if states.contains(&"connected") {
        "connected"
    } else if is_silent(case, states) {
        "signInTimedOut"
    } else if states.contains(&"declined") {
        "consentDeclined"
    } else {
        "adminApprovalRequired"
    }
}

/// The page of ours that the browser shows at the end; none where it stands on a page that leads nowhere.
fn page(case: &Case, states: &[&str; 3]) -> &'static str {
    let all = states.iter().all(|state| ["connected", "offByPolicy"].contains(state));
    match end(case, states) {
        "offByPolicy" => "",
        _ if is_silent(case, states) => "",
        "connected" if all => "Microsoft 365 is connected",
        "connected" => "Connected in part",
        "consentDeclined" => "Permission was not granted",
        _ => "An administrator has to approve",
    }
}

fn permits_any(states: &[&str; 3]) -> bool {
    states.iter().any(|state| *state != "offByPolicy")
}

/// Whether nothing came back from the last page.
fn is_silent(case: &Case, states: &[&str; 3]) -> bool {
    case.is_dead_end() || case.outcome == "closes" && states.contains(&"waitingForAdmin")
}

fn states(case: &Case) -> [&'static str; 3] {
    let mut states =
        [0, 1, 2].map(|service| if case.is_permitted(service) { "notConnected" } else { "offByPolicy" });
    let mut willing = false;
    let questions = questions(case);
    for (number, question) in questions.iter().enumerate() {
        let (answer, ends) = answer(case, question, willing);
        let rest = questions[number..].concat();
        let touched = if ends { &rest } else { question };
        touched.iter().for_each(|service| states[*service] = answer);
        if ends {
            break;
        }
        willing |= answer == "connected";
    }
    states
}

/// Calendars apart, whatever is permitted is asked for together, and first. Without pages, each for itself.
fn questions(case: &Case) -> Vec<Vec<usize>> {
    let permitted = |services: std::ops::Range<usize>| services.filter(|service| case.is_permitted(*service));
    if !case.user_consent {
        return permitted(0..3).map(|service| vec![service]).collect();
    }
    let both = [permitted(1..3).collect::<Vec<_>>(), permitted(0..1).collect()];
    both.into_iter().filter(|question| !question.is_empty()).collect()
}

/// The state that a question leaves, and whether the visit ends there.
fn answer(case: &Case, question: &[usize], willing: bool) -> (&'static str, bool) {
    if case.is_dead_end() {
        return ("waitingForAdmin", true);
    }
    if case.outcome == "administrator" || case.consent == "granted" {
        return ("connected", false);
    }
    if !case.user_consent {
        return ("waitingForAdmin", false);
    }
    let may = question.iter().all(|service| case.may_grant(*service));
    match (may, case.outcome) {
        (true, "cancels") => ("declined", true),
        (true, "wavers") if willing => ("declined", true),
        (true, _) => ("connected", false),
        (false, "closes") => ("waitingForAdmin", true),
        (false, _) => ("waitingForAdmin", !willing),
    }
}
