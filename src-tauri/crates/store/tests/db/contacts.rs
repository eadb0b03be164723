//! Rounds of contacts, and the directory by name.

use crate::fixture::{at, commit_contacts, contact, counts, present, store};
use convoke_model::contact::Contact;
use convoke_model::record::{ContactChange, ContactFolderRecord};
use convoke_model::service::Service;
use convoke_store::{Collection, CommitMode, ContactQuery, Store};

use CommitMode::{Full, Incremental};

fn gone(id: &str) -> ContactChange {
    ContactChange::Removed { id: id.to_owned() }
}

fn folder(id: &str, name: &str) -> ContactFolderRecord {
    ContactFolderRecord { id: id.to_owned(), name: name.to_owned() }
}

fn names(store: &Store) -> Vec<String> {
    let query = ContactQuery { text: String::new(), offset: 0, limit: 100 };
    store.reader().unwrap().contacts(&query).unwrap().rows.into_iter().map(|row| row.name).collect()
}

#[test]
fn present_removed_and_again() {
    let (_dir, store) = store();
    let both = vec![present(contact("1", "Ben Ott")), present(contact("2", "Anna Kov"))];
    assert_eq!(commit_contacts(&store, None, Full, both.clone()), counts(2, 0, 0));
    assert_eq!(commit_contacts(&store, None, Full, both.clone()), counts(0, 0, 0));
    assert_eq!(commit_contacts(&store, None, Incremental, both), counts(0, 0, 0));
    assert_eq!(names(&store), ["Anna Kov", "Ben Ott"]);
    let changes = vec![gone("nobody"), gone("1"), present(contact("2", "Anna Ott"))];
    assert_eq!(commit_contacts(&store, None, Incremental, changes), counts(0, 1, 1));
    assert_eq!(names(&store), ["Anna Ott"]);
    assert_eq!(commit_contacts(&store, None, Full, Vec::new()), counts(0, 0, 1));
    let reader = store.reader().unwrap();
    assert_eq!((reader.counts().unwrap().contacts, reader.contact("2").unwrap()), (0, None));
}

#[test]
fn the_last_change_of_an_id_counts() {
    let (_dir, store) = store();
    let changes = vec![
        present(contact("1", "Old Name")),
        gone("1"),
        present(contact("1", "New Name")),
        present(contact("2", "Two")),
        gone("2"),
    ];
    assert_eq!(commit_contacts(&store, None, Incremental, changes), counts(1, 0, 0));
    assert_eq!(names(&store), ["New Name"]);
}

#[test]
fn a_contact_that_moved_between_folders_is_not_lost() {
    let (_dir, store) = store();
    let one = || vec![present(contact("1", "Anna Kov"))];
    commit_contacts(&store, None, Full, one());
    // First the new folder reports it, then the old one that it is gone.
    assert_eq!(commit_contacts(&store, Some("team"), Incremental, one()), counts(0, 1, 0));
    assert_eq!(commit_contacts(&store, None, Incremental, vec![gone("1")]), counts(0, 0, 0));
    assert_eq!(commit_contacts(&store, None, Full, Vec::new()), counts(0, 0, 0));
    let folder_of = |id: &str| store.reader().unwrap().contact(id).unwrap().unwrap().folder;
    assert_eq!(folder_of("1").as_deref(), Some("TEAM"));
    // And the other way round.
    commit_contacts(&store, Some("team"), Incremental, vec![gone("1")]);
    commit_contacts(&store, None, Incremental, one());
    assert_eq!(folder_of("1"), None);
}

#[test]
fn folders_are_renamed_and_vanish_with_what_is_in_them() {
    let (_dir, store) = store();
    commit_contacts(&store, None, Full, vec![present(contact("1", "Anna Kov"))]);
    store.writer().unwrap().put_contact_folders(&[folder("team", "Team"), folder("club", "Club")]).unwrap();
    commit_contacts(&store, Some("team"), Full, vec![present(contact("2", "Ben Ott"))]);
    store.writer().unwrap().put_contact_folders(&[folder("team", "Crew")]).unwrap();
    let reader = store.reader().unwrap();
    assert_eq!(reader.contact("2").unwrap().unwrap().folder.as_deref(), Some("Crew"));
    assert_eq!(reader.contact_folders().unwrap(), [folder("team", "Crew")]);
    drop(reader);
    store.writer().unwrap().put_contact_folders(&[]).unwrap();
    assert_eq!(names(&store), ["Anna Kov"]);
    let reader = store.reader().unwrap();
    assert_eq!(reader.cursor(Collection::Contacts(Some("team"))).unwrap(), None);
    assert!(reader.cursor(Collection::Contacts(None)).unwrap().is_some());
    assert_eq!(reader.as_of(Service::Contacts).unwrap(), Some(at("2026-03-12T09:42")));
    drop(reader);
    store.writer().unwrap().forget_service(Service::Contacts).unwrap();
    assert_eq!(store.reader().unwrap().counts().unwrap().contacts, 0);
    assert_eq!(store.reader().unwrap().cursor(Collection::Contacts(None)).unwrap(), None);
}

#[test]
fn whole_contacts_come_back_as_they_were() {
    let (_dir, store) = store();
    let whole = Contact {
        company: Some("Contoso".to_owned()),
        birthday: Some("1980-02-29".parse().unwrap()),
        categories: vec!["VIP".to_owned()],
        photo: true,
        ..contact("1", "Anna Kov")
    };
    commit_contacts(&store, None, Full, vec![present(whole.clone())]);
    let reader = store.reader().unwrap();
    assert_eq!(reader.contact("1").unwrap(), Some(whole.clone()));
    assert_eq!(reader.contacts_full("", 0).unwrap(), (1, vec![whole]));
}

#[test]
fn everybody_by_name_page_by_page() {
    let (_dir, store) = store();
    let people = ["Zoë", "Ábel", "adam", "Øre", "田中", "Щукин", "", "9 Lives"];
    let changes =
        people.iter().enumerate().map(|(id, name)| present(contact(&id.to_string(), name))).collect();
    commit_contacts(&store, None, Full, changes);
    assert_eq!(names(&store), ["Ábel", "adam", "Øre", "Щукин", "Zoë", "", "9 Lives", "田中"]);
    let reader = store.reader().unwrap();
    let page =
        |offset, limit| reader.contacts(&ContactQuery { text: " ".to_owned(), offset, limit }).unwrap();
    let letters: String = page(0, 9).rows.iter().map(|row| row.letter).collect();
    assert_eq!((letters.as_str(), page(0, 9).total), ("AAOSZ###", 8));
    let second: Vec<_> = page(3, 2).rows.into_iter().map(|row| row.name).collect();
    assert_eq!(second, ["Щукин", "Zoë"]);
    assert!(page(99, 5).rows.is_empty());
    let expected = [('A', 0), ('O', 2), ('S', 3), ('Z', 4), ('#', 5)];
    assert_eq!(reader.letters().unwrap(), expected);
}
