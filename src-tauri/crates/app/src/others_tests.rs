//! What is seen of other processes, and never of oneself.

use crate::app::App;
use crate::environment::Environment;
use crate::folders::Folders;
use crate::profile::Profile;
use crate::wire::snapshot::Account;
use std::sync::Arc;

fn app(folder: &tempfile::TempDir) -> App {
    let folders = Folders::below(folder.path());
    App::open(Environment::of_demo(folders, folder.path().join("policy.json"))).unwrap()
}

fn profile() -> Profile {
    let person = Account {
        name: "Ana".to_owned(),
        username: "ana@a.example".to_owned(),
        tenant_id: None,
        object_id: None,
    };
    Profile {
        key: "k".to_owned(),
        account: person,
        issuer: "i".to_owned(),
        subject: "s".to_owned(),
        prompt_due: false,
        choose_account: false,
        permitted: None,
        granted: Vec::new(),
        challenge: None,
        exchange: None,
        connected: None,
    }
}

/// Looks at the files all the time while something else is done.
fn while_looking(app: &App, act: impl FnOnce() + Send) {
    std::thread::scope(|scope| {
        let acting = scope.spawn(act);
        while !acting.is_finished() {
            app.look_at_account();
        }
    });
}

#[test]
fn a_look_takes_back_nothing_that_is_written_meanwhile() {
    let folder = tempfile::tempdir().unwrap();
    profile().write(&Folders::below(folder.path()).data).unwrap();
    let app = app(&folder);
    let account = app.known_account().unwrap();
    while_looking(&app, || {
        for number in 0..100 {
            let granted = vec![number.to_string()];
            account.change(app.environment(), |profile| profile.granted.clone_from(&granted)).unwrap();
            for _ in 0..10 {
                assert_eq!(account.profile().granted, granted);
                std::thread::yield_now();
            }
        }
    });
    assert!(Arc::ptr_eq(&account, &app.known_account().unwrap()), "the account in use was replaced");
}

#[test]
fn what_another_process_writes_is_taken_over() {
    let folder = tempfile::tempdir().unwrap();
    let data = Folders::below(folder.path()).data;
    let app = app(&folder);
    assert!(!app.look_at_account(), "nobody is signed in");
    profile().write(&data).unwrap();
    assert!(app.look_at_account());
    let account = app.known_account().unwrap();
    let granted = vec!["User.Read".to_owned()];
    Profile { granted: granted.clone(), ..profile() }.write(&data).unwrap();
    assert!(app.look_at_account());
    assert_eq!(account.profile().granted, granted);
    assert!(!app.look_at_account());
    Profile::forget(&data).unwrap();
    assert!(app.look_at_account());
    assert!(app.known_account().is_none());
}
