//! Every prompt mode × every set of permissions × every consent policy × what the person does: one table of what is
//! expected and what was seen, through `convokectl`. The table is left in the build folder as `consent-matrix.md`.

use convoke_desk::{Browser, Office};
use convoke_tenant::Options;
use serde_json::{Value, json};
use std::fmt::Write;
use std::sync::atomic::{AtomicUsize, Ordering};

const SERVICES: [&str; 3] = ["calendar", "contacts", "directory"];
const PROMPTS: [&str; 3] = ["firstSignIn", "everySignIn", "never"];
const CONSENT: [&str; 6] = ["open", "microsoftManaged", "workflow", "lowImpact", "off", "granted"];
/// What the person does: grants what may be granted and goes back where an administrator is demanded; presses Cancel
/// where that can be; grants, and closes a page that demands an administrator.
const PERSONS: [&str; 3] = ["grants", "cancels", "closes"];
/// Offices that work side by side: most rows wait for the browser or for a time limit.
const OFFICES: usize = 5;
/// Seconds that the program waits where the person closes the page.
const PATIENCE: u32 = 5;

#[derive(Clone, Copy, Debug)]
struct Row {
    prompt: &'static str,
    permissions: [&'static str; 3],
    consent: &'static str,
    person: &'static str,
}

/// What is told: whether the first sign-in asks, the states after connecting, and whether the next sign-in asks.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Told {
    first: bool,
    states: [String; 3],
    next: bool,
}

fn rows() -> Vec<Row> {
    let mut rows = Vec::new();
    for consent in CONSENT {
        for person in PERSONS {
            for calendar in ["none", "read", "readWrite"] {
                for contacts in ["none", "read"] {
                    for directory in ["none", "basic"] {
                        let permissions = [calendar, contacts, directory];
                        if permissions != ["none"; 3] {
                            rows.extend(PROMPTS.map(|prompt| Row { prompt, permissions, consent, person }));
                        }
                    }
                }
            }
        }
    }
    rows
}

impl Row {
    fn is_permitted(&self, service: usize) -> bool {
        self.permissions[service] != "none"
    }

    /// Whether the tenant lets users grant the service's permission.
    fn may_grant(&self, service: usize) -> bool {
        match self.consent {
            "open" | "granted" => true,
            "microsoftManaged" | "workflow" => SERVICES[service] != "calendar",
            _ => false,
        }
    }

    /// Calendars apart, whatever is permitted is asked for together, and first.
    fn expected(&self) -> Told {
        let first_question: Vec<usize> = (1..3).filter(|service| self.is_permitted(*service)).collect();
        let calendar: Vec<usize> = (0..1).filter(|service| self.is_permitted(*service)).collect();
        let mut states =
            [0, 1, 2].map(|service| if self.is_permitted(service) { "notConnected" } else { "offByPolicy" });
        let mut willing = false;
        let questions: Vec<Vec<usize>> =
            [first_question, calendar].into_iter().filter(|question| !question.is_empty()).collect();
        for (number, question) in questions.iter().enumerate() {
            let rest = questions[number..].concat();
            let may = question.iter().all(|service| self.may_grant(*service));
            let asks_pages = self.consent != "granted";
            let (answer, ends) = match (may, self.person) {
                (true, "cancels") if asks_pages => (Some("declined"), true),
                (true, _) => (Some("connected"), false),
                (false, "closes") if willing => (Some("waitingForAdmin"), true),
                (false, "closes") => (None, true),
                (false, _) => (Some("waitingForAdmin"), !willing),
            };
            let touched = if ends { &rest } else { question };
            if let Some(answer) = answer {
                touched.iter().for_each(|service| states[*service] = answer);
            }
            if ends {
                break;
            }
            willing |= may;
        }
        let open = states.iter().any(|state| matches!(*state, "notConnected" | "declined"));
        Told {
            first: self.prompt != "never",
            next: self.prompt == "everySignIn" && open,
            states: states.map(str::to_owned),
        }
    }

    fn seen(&self, office: &mut Office, person: &Browser) -> Told {
        office.control("grants", &json!({"action": "withdraw"}));
        office.control("consent", &json!({"policy": "open"}));
        self.write_policy(office);
        office.browser = person.clone();
        let first = office.through_browser(&["sign-in"]).done()["prompt"] == true;
        match self.consent {
            "granted" => {
                let scope = "Calendars.Read Calendars.ReadWrite Contacts.Read User.Read User.ReadBasic.All openid \
                             profile offline_access";
                office.control("grants", &json!({"action": "grantForOrganization", "scope": scope}));
            }
            policy => {
                office.control("consent", &json!({"policy": policy}));
            }
        }
        match self.person {
            "cancels" => office.browser = office.browser.clone().refusing(),
            "closes" => office.browser = office.browser.clone().leaving(),
            _ => {}
        }
        office.through_dead_end(&["connect"], if self.person == "closes" { PATIENCE } else { 60 });
        let status = office.desk.run(&["status"]).done();
        let states =
            SERVICES.map(|service| status["services"][service]["state"].as_str().unwrap_or("?").to_owned());
        office.control("consent", &json!({"policy": "open"}));
        office.browser = person.clone();
        let next = office.through_browser(&["sign-in"]).done()["prompt"] == true;
        office.desk.run(&["sign-out", "--purge"]).done();
        Told { first, states, next }
    }

    fn write_policy(&self, office: &Office) {
        let text = std::fs::read_to_string(&office.desk.policy).unwrap();
        let mut policy: Value = serde_json::from_str(&text).unwrap();
        let integration = &mut policy["enforced"]["integration"];
        integration["prompt"] = json!(self.prompt);
        let [calendar, contacts, directory] = self.permissions;
        integration["permissions"] =
            json!({"calendar": calendar, "contacts": contacts, "directory": directory});
        std::fs::write(&office.desk.policy, policy.to_string()).unwrap();
    }
}

#[test]
fn the_whole_matrix_ends_as_expected() {
    let rows = rows();
    let next = AtomicUsize::new(0);
    let work = || {
        let mut office = Office::of(Options { events: 4, contacts: 2, directory: 2, ..Options::default() });
        let person = office.browser.clone();
        let mut done = Vec::new();
        while let Some((number, row)) = take(&rows, &next) {
            done.push((number, row.seen(&mut office, &person)));
        }
        done
    };
    let mut seen: Vec<(usize, Told)> = std::thread::scope(|scope| {
        let offices: Vec<_> = (0..OFFICES).map(|_| scope.spawn(work)).collect();
        offices.into_iter().flat_map(|office| office.join().expect("an office finishes")).collect()
    });
    seen.sort_by_key(|(number, _)| *number);
    assert_eq!(seen.len(), rows.len());
    let (table, wrong) = table(&rows, &seen);
    let file = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("consent-matrix.md");
    std::fs::write(&file, table).unwrap();
    assert!(
        wrong.is_empty(),
        "{} of {} rows; all in {}:\n{}",
        wrong.len(),
        rows.len(),
        file.display(),
        wrong.join("\n")
    );
}

fn take<'a>(rows: &'a [Row], next: &AtomicUsize) -> Option<(usize, &'a Row)> {
    let number = next.fetch_add(1, Ordering::Relaxed);
    rows.get(number).map(|row| (number, row))
}

fn table(rows: &[Row], seen: &[(usize, Told)]) -> (String, Vec<String>) {
    let mut text = String::from(
        "| prompt | calendar, contacts, directory | consent | person | expected | seen |\n|---|---|---|---|---|---|\n",
    );
    let mut wrong = Vec::new();
    let words =
        |told: &Told| format!("asks {}; {}; asks again {}", told.first, told.states.join(", "), told.next);
    for (number, told) in seen {
        let row = &rows[*number];
        let expected = row.expected();
        let line = format!(
            "| {} | {} | {} | {} | {} | {} |",
            row.prompt,
            row.permissions.join(", "),
            row.consent,
            row.person,
            words(&expected),
            words(told)
        );
        writeln!(text, "{line}").unwrap();
        if *told != expected {
            wrong.push(line);
        }
    }
    (text, wrong)
}
