//! Search as one types.

use crate::fixture::{commit_contacts, contact, key, present, store};
use convoke_model::contact::{Contact, Email, Phone};
use convoke_store::{CommitMode, ContactPage, ContactQuery, Store};

fn people() -> Vec<Contact> {
    let mut all: Vec<Contact> = [
        "Anna Kovalchuk",
        "Hannah Ann Smith",
        "Jürgen Müller",
        "Peter Mueller",
        "Susan Ode",
        "Сергей Щукин",
        "Miles O’Brien",
        "田中 太郎",
        "Siân Smyth",
    ]
    .iter()
    .enumerate()
    .map(|(number, name)| contact(&format!("p{number}"), name))
    .collect();
    all[0].company = Some("Contoso".to_owned());
    all[1].phones = vec![Phone { kind: "mobile".to_owned(), number: "+49 (30) 901-820".to_owned() }];
    all[4].emails = vec![Email { kind: "email".to_owned(), address: "sode@fabrikam.example".to_owned() }];
    all[4].title = Some("Anna's deputy".to_owned());
    all
}

fn filled() -> (tempfile::TempDir, Store) {
    let (dir, store) = store();
    commit_contacts(&store, None, CommitMode::Full, people().into_iter().map(present).collect());
    (dir, store)
}

fn page(store: &Store, text: &str) -> ContactPage {
    store.reader().unwrap().contacts(&ContactQuery { text: text.to_owned(), offset: 0, limit: 20 }).unwrap()
}

fn check(store: &Store, text: &str, expected: &[&str]) {
    let page = page(store, text);
    let names: Vec<&str> = page.rows.iter().map(|row| row.name.as_str()).collect();
    assert_eq!(names, expected, "{text}");
    assert_eq!(page.total, expected.len(), "{text}");
    let (total, whole) = store.reader().unwrap().contacts_full(text, 20).unwrap();
    assert_eq!((total, whole.len()), (page.total, page.rows.len()));
}

#[test]
fn names_before_everything_else_and_better_matches_first() {
    let (_dir, store) = filled();
    check(&store, "ann", &["Hannah Ann Smith", "Anna Kovalchuk", "Susan Ode"]);
    check(&store, "anna", &["Anna Kovalchuk", "Susan Ode"]);
    check(&store, "smi", &["Hannah Ann Smith"]);
    check(&store, "smith ann", &["Hannah Ann Smith"]);
    check(&store, "kov anna", &["Anna Kovalchuk"]);
    check(&store, "anna contoso", &["Anna Kovalchuk"]);
    check(&store, "nobody", &[]);
}

#[test]
fn accents_spellings_and_alphabets() {
    let (_dir, store) = filled();
    check(&store, "müller", &["Jürgen Müller", "Peter Mueller"]);
    check(&store, "muller", &["Jürgen Müller", "Peter Mueller"]);
    check(&store, "mueller", &["Jürgen Müller", "Peter Mueller"]);
    check(&store, "JUERG", &["Jürgen Müller"]);
    check(&store, "sergei shch", &["Сергей Щукин"]);
    check(&store, "серг", &["Сергей Щукин"]);
    check(&store, "o'brien", &["Miles O’Brien"]);
    check(&store, "brien", &["Miles O’Brien"]);
    check(&store, "中", &["田中 太郎"]);
    check(&store, "太田", &["田中 太郎"]);
}

#[test]
fn addresses_companies_and_numbers() {
    let (_dir, store) = filled();
    check(&store, "fabrikam", &["Susan Ode"]);
    check(&store, "sode@fabrikam.example", &["Susan Ode"]);
    check(&store, "contoso", &["Anna Kovalchuk"]);
    check(&store, "4930901820", &["Hannah Ann Smith"]);
    check(&store, "901 820", &["Hannah Ann Smith"]);
}

#[test]
fn one_slip_is_forgiven_in_longer_words() {
    let (_dir, store) = filled();
    check(&store, "kovlachuk", &["Anna Kovalchuk"]);
    check(&store, "smoth", &["Siân Smyth", "Hannah Ann Smith"]);
    check(&store, "smtih hannah", &["Hannah Ann Smith"]);
    check(&store, "smith", &["Hannah Ann Smith", "Siân Smyth"]);
    check(&store, "sxan", &[]);
}

#[test]
fn b57_what_is_typed_is_never_syntax() {
    let (_dir, store) = filled();
    let nasty = [
        "a-b",
        "\"",
        "\"\"",
        "AND",
        "OR",
        "NOT",
        "NEAR(",
        "NEAR(a b)",
        "col:*",
        "words:anna",
        "*",
        "^anna",
        "'",
        "%",
        "_",
        "a\"b",
        "(",
        ")",
        "{}",
        "anna*",
        "\u{0}",
        "\\",
        ";--",
        "+",
        "-",
        "\u{feff}",
        "😀",
    ];
    for text in nasty {
        page(&store, text);
    }
    check(&store, "\"anna\" AND kov*", &[]);
    check(&store, "anna*", &["Anna Kovalchuk", "Susan Ode"]);
    check(&store, "-- ' %", &[]);
}

#[test]
fn b58_endless_queries_end() {
    let (_dir, store) = filled();
    for text in ["%".repeat(10_000), "a ".repeat(10_000), "a".repeat(1_000_000), "\"".repeat(10_000)] {
        page(&store, &text);
    }
}

#[test]
fn the_match_is_shown() {
    let (_dir, store) = filled();
    let row = page(&store, "mue jur").rows.remove(0);
    assert_eq!((row.matched, row.matched_in), (vec![(0, 3), (7, 9)], None));
    let row = page(&store, "anna conto").rows.remove(0);
    assert_eq!((row.matched, row.matched_in.as_deref()), (vec![(0, 4)], Some("Contoso")));
    let row = page(&store, "fabri").rows.remove(0);
    assert_eq!((row.matched, row.matched_in.as_deref()), (Vec::new(), Some("sode@fabrikam.example")));
}

#[test]
fn changes_are_found_at_once_by_every_process() {
    let (dir, store) = filled();
    let (other, _) = Store::open(dir.path(), &key()).unwrap();
    check(&store, "anna k", &["Anna Kovalchuk"]);
    check(&other, "anna k", &["Anna Kovalchuk"]);
    commit_contacts(&store, None, CommitMode::Incremental, vec![present(contact("p0", "Zita Nagy"))]);
    for store in [&store, &other] {
        check(store, "anna k", &[]);
        check(store, "zita", &["Zita Nagy"]);
    }
    commit_contacts(&other, None, CommitMode::Full, Vec::new());
    check(&store, "zita", &[]);
    store.refresh_search().unwrap();
}

#[test]
fn pages_of_a_search_fit_together() {
    let (_dir, store) = store();
    let many =
        (0..700).map(|number| present(contact(&format!("c{number:03}"), &format!("Ann{number:03} Lee"))));
    commit_contacts(&store, None, CommitMode::Full, many.collect());
    let reader = store.reader().unwrap();
    let mut seen = Vec::new();
    for offset in (0..700).step_by(150) {
        let page = reader.contacts(&ContactQuery { text: "ann".to_owned(), offset, limit: 150 }).unwrap();
        assert_eq!(page.total, 700);
        seen.extend(page.rows.into_iter().map(|row| row.name));
    }
    let expected: Vec<String> = (0..700).map(|number| format!("Ann{number:03} Lee")).collect();
    assert_eq!(seen, expected);
}
