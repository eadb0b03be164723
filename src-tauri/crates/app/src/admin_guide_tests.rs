//! What the administrator's guide says to grant is what the program asks for, and its catalogue is the program's.

use crate::app::App;
use crate::environment::Environment;
use crate::folders::Folders;
use crate::reason::Reason;
use convoke_model::service::Service;
use convoke_policy::scopes::SCOPES;
use std::collections::BTreeSet;

const GUIDE: &str = include_str!("../../../../docs/admin-guide.md");

/// Scopes and their ids at Microsoft Graph (Microsoft Graph permissions reference).
const IDS: [(&str, &str); 9] = [
    ("openid", "37f7f235-527c-4136-accd-4a02d197296e"),
    ("profile", "14dad69e-099b-42c9-810b-d002981feec1"),
    ("email", "64a6cdd6-aab1-4aaf-94b8-3cc8405e90d0"),
    ("offline_access", "7427e0e9-2fba-42fe-b0c0-848c9e6a8182"),
    ("User.Read", "e1fe6dd8-ba31-4d61-89e7-88639da4683d"),
    ("Calendars.Read", "465a38f9-76ea-45b9-9f34-9e8b0d4b0b42"),
    ("Calendars.ReadWrite", "1ec239c2-d7c9-4623-a91a-a9775856bb36"),
    ("Contacts.Read", "ff74d97f-43af-4b68-9f2a-b77ee6968c5d"),
    ("User.ReadBasic.All", "b340eb25-3456-403f-be2f-af7a0d370277"),
];

/// What an administrator consents to under a policy that says nothing of it.
fn needed() -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("policy.json");
    std::fs::write(&file, "{}").unwrap();
    let app = App::open(Environment::of_demo(Folders::below(folder.path()), file)).unwrap();
    app.scopes_for_organization(&Service::ALL)
}

/// The guide's text between two marks, the first left out.
fn between(from: &str, to: &str) -> &'static str {
    let rest = GUIDE.split_once(from).unwrap_or_else(|| panic!("the guide lacks {from}")).1;
    rest.split_once(to).unwrap_or_else(|| panic!("the guide lacks {to} after {from}")).0
}

fn in_backticks(text: &str) -> Vec<&str> {
    text.split('`').skip(1).step_by(2).collect()
}

#[test]
fn the_link_grants_what_is_asked_for() {
    let scopes: Vec<&str> = between("/adminconsent?client_id=CLIENT-ID&scope=", "&").split('+').collect();
    assert_eq!(scopes, needed());
}

#[test]
fn the_consent_policy_permits_what_is_asked_for() {
    let names: Vec<&str> = between("$names  =", "$scopes").split('"').skip(1).step_by(2).collect();
    assert_eq!(names, needed());
}

#[test]
fn the_registration_has_what_is_asked_for() {
    let id = |scope: &String| IDS.iter().find(|(name, _)| name == scope).unwrap().1;
    let commands = between("--api-permissions", "echo");
    let ids: Vec<&str> = commands.split_whitespace().filter_map(|word| word.strip_suffix("=Scope")).collect();
    assert_eq!(ids, needed().iter().map(id).collect::<Vec<_>>());
    let names = in_backticks(between("its delegated scopes", "in this order"));
    assert_eq!(names, needed());
    let other = between("replace the sixth id by", ".");
    assert!(other.contains(id(&"Calendars.ReadWrite".to_owned())), "{other}");
    assert_eq!(needed().iter().position(|scope| scope == "Calendars.Read"), Some(5), "the sixth");
}

#[test]
fn the_table_has_every_scope_there_is() {
    let rows = between("### Permissions", "###").lines().filter_map(|line| line.strip_prefix("| `"));
    let columns = rows.filter_map(|row| row.split(" |").next());
    // Names stand in backticks, of which the prefix took the first.
    let listed: BTreeSet<&str> = columns.flat_map(|column| column.split('`').step_by(2)).collect();
    let needed = needed();
    let all = needed.iter().map(String::as_str).chain(SCOPES.iter().map(|row| row.scope));
    assert_eq!(listed, all.chain(["EWS.AccessAsUser.All"]).collect());
}

#[test]
fn the_table_of_numbers_is_the_programs_catalogue() {
    let table = between("### By AADSTS number", "### Without a number");
    let mut listed = BTreeSet::new();
    for row in
        table.lines().filter(|line| line.starts_with("| ") && line.contains(|c: char| c.is_ascii_digit()))
    {
        let columns: Vec<&str> = row.split(" | ").collect();
        for number in columns[0].trim_start_matches("| ").split(", ") {
            let number: u32 = number.parse().unwrap_or_else(|_| panic!("{number} is no number: {row}"));
            let reason = Reason::of(number).unwrap_or_else(|| panic!("the program does not know {number}"));
            assert_eq!(columns[2], reason.text().0, "what people see of {number}");
            assert!(listed.insert(number), "{number} stands twice");
        }
    }
    let known: BTreeSet<u32> = Reason::NUMBERS.iter().map(|(number, _)| *number).collect();
    assert_eq!(listed, known);
}
