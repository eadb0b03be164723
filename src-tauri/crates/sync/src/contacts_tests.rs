use super::keep_moved;
use convoke_model::contact::Contact;
use convoke_model::record::ContactChange;
use convoke_store::{CommitMode, ContactCommit};

fn present(id: &str) -> ContactChange {
    ContactChange::Present(Box::new(Contact { id: id.to_owned(), ..Contact::default() }))
}

fn removed(id: &str) -> ContactChange {
    ContactChange::Removed { id: id.to_owned() }
}

fn commit(folder: Option<&str>, changes: Vec<ContactChange>) -> ContactCommit {
    ContactCommit {
        folder_id: folder.map(str::to_owned),
        folder_name: folder.map(str::to_owned),
        mode: CommitMode::Incremental,
        changes,
        cursor: None,
        at: chrono::DateTime::UNIX_EPOCH,
    }
}

#[test]
fn a_contact_that_moved_is_not_removed() {
    let mut commits = [
        commit(None, vec![removed("1"), removed("2"), present("3")]),
        commit(Some("F"), vec![present("1"), removed("3"), present("3x")]),
    ];
    keep_moved(&mut commits);
    assert_eq!(commits[0].changes, [removed("2"), present("3")]);
    assert_eq!(commits[1].changes, [present("1"), present("3x")]);
}

#[test]
fn a_contact_that_two_folders_claim_belongs_to_the_first() {
    let mut commits = [commit(None, vec![present("1")]), commit(Some("F"), vec![present("1"), present("2")])];
    keep_moved(&mut commits);
    assert_eq!(commits[0].changes, [present("1")]);
    assert_eq!(commits[1].changes, [present("2")]);
}
