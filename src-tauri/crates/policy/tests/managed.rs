//! What Group Policy or a profile sets, and how it goes together with files.
#![allow(clippy::unwrap_used, reason = "a machine that cannot be set up has to stop the test")]

use std::io;
use std::path::{Path, PathBuf};

use convoke_policy::explain::Outcome;
use convoke_policy::fs::{Facts, FileKind, OpenedFile};
use convoke_policy::managed::{Given, ManagedError, Setting};
use convoke_policy::{
    Effective, FileSystem, Level, LoadError, ManagedSettings, PolicyEnvironment, Problem, ProblemKind,
    Status, Value, explain, load,
};

/// A registry as an administrator filled it.
struct Registry(Vec<(Level, &'static str, Given)>);

impl ManagedSettings for Registry {
    fn name(&self) -> String {
        "HKLM".to_owned()
    }

    fn settings(&self) -> Result<Vec<Setting>, ManagedError> {
        let setting = |(level, name, value): &(Level, &str, Given)| Setting {
            level: *level,
            name: (*name).to_owned(),
            value: value.clone(),
            place: format!("HKLM\\{level:?}\\{name}"),
        };
        Ok(self.0.iter().map(setting).collect())
    }
}

/// A registry that can't be read.
struct Closed;

impl ManagedSettings for Closed {
    fn name(&self) -> String {
        "HKLM".to_owned()
    }

    fn settings(&self) -> Result<Vec<Setting>, ManagedError> {
        Err(ManagedError::Unreadable("Access is denied".into()))
    }
}

/// A machine with this `policy.json` and nothing else; an empty text stands for no file.
struct Machine(&'static str);

impl FileSystem for Machine {
    fn open(&self, path: &Path) -> io::Result<OpenedFile> {
        if self.0.is_empty() {
            return Err(io::ErrorKind::NotFound.into());
        }
        let file = Facts {
            path: path.to_owned(),
            owned_by_administrator: true,
            writable_by_others: false,
            sticky: false,
        };
        let content = Box::new(self.0.as_bytes());
        Ok(OpenedFile { kind: FileKind::Regular, file, folders: Vec::new(), content })
    }

    fn json_files(&self, _: &Path) -> io::Result<Vec<PathBuf>> {
        Err(io::ErrorKind::NotFound.into())
    }
}

fn environment(named: Option<&str>) -> PolicyEnvironment {
    PolicyEnvironment { machine_dir: Some("/m".into()), override_file: named.map(PathBuf::from) }
}

fn read(managed: &dyn ManagedSettings, file: &'static str) -> Effective {
    load(&environment(None), &Machine(file), managed).unwrap()
}

fn one(level: Level, name: &'static str, value: Given) -> Effective {
    read(&Registry(vec![(level, name, value)]), "")
}

fn text(value: &str) -> Given {
    Given::Text(value.to_owned())
}

#[test]
fn every_type_of_the_registry_reaches_the_settings() {
    let policy = read(
        &Registry(vec![
            (Level::Enforced, "organization.name", text("Contoso")),
            (Level::Enforced, "integration.userConsent", Given::Integer(0)),
            (Level::Enforced, "accounts.allowedDomains", Given::List(vec!["Contoso.com".to_owned()])),
            (Level::Enforced, "sso.domain", text("")),
            (Level::Default, "sync.pastDays", Given::Integer(7)),
            (Level::Default, "privacy.allowExport", Given::Bool(false)),
        ]),
        "",
    );
    assert_eq!((policy.status(), policy.problems()), (Status::Ok, &[][..]));
    assert_eq!(policy.organization.name.as_deref(), Some("Contoso"));
    assert!(!policy.integration.user_consent && !policy.privacy.allow_export);
    assert_eq!(policy.accounts.allowed_domains.as_deref(), Some(&["contoso.com".to_owned()][..]));
    assert_eq!(policy.value("sso.domain"), Value::Null);
    assert!(policy.is_locked("sso.domain") && !policy.is_locked("sync.pastDays"));
    assert_eq!(policy.source("sync.pastDays").place().as_deref(), Some("HKLM\\Default\\sync.pastDays"));
}

#[test]
fn an_empty_list_lets_nobody_in() {
    let policy = one(Level::Enforced, "accounts.allowedTenants", Given::List(Vec::new()));
    assert!(!policy.accounts.permit(Some("11111111-1111-1111-1111-111111111111"), "a@contoso.com"));
}

#[test]
fn within_a_level_the_file_wins_and_explain_says_so() {
    let registry = Registry(vec![
        (Level::Enforced, "sync.pastDays", Given::Integer(7)),
        (Level::Enforced, "sync.futureDays", Given::Integer(7)),
        (Level::Default, "ui.theme", text("dark")),
    ]);
    let policy = read(
        &registry,
        "{\"enforced\":{\"sync\":{\"pastDays\":9}},\n\"defaults\":{\"sync\":{\"futureDays\":9}}}",
    );
    assert_eq!((policy.sync.past_days, policy.sync.future_days), (9, 7));
    let lost = explain(&policy, "sync.pastDays").unwrap().said[1].clone();
    assert_eq!((lost.value, lost.outcome), (Value::Integer(7), Outcome::Overridden));
    let policy_json = Path::new("/m").join("policy.json").display().to_string();
    assert_eq!(
        lost.reason,
        format!(
            "{policy_json}:1 wins at the same level: a policy file comes before the system's management."
        )
    );
    let outranked = explain(&policy, "sync.futureDays").unwrap().said[1].clone();
    assert_eq!(outranked.outcome, Outcome::Outranked);
    assert_eq!(outranked.reason, "This is a default; HKLM\\Enforced\\sync.futureDays enforces the key.");
    assert_eq!(policy.files(), ["HKLM".to_owned(), policy_json]);
}

/// The only problem there must be, and whether it blocks.
fn check(
    level: Level,
    name: &'static str,
    value: Given,
    kind: ProblemKind,
    words: &str,
    meant: Option<&str>,
    blocks: bool,
) {
    let policy = one(level, name, value);
    let [problem] = policy.problems() else {
        unreachable!("{name}: {:?}", policy.problems());
    };
    assert_eq!(problem.kind, kind, "{problem}");
    assert!(problem.message.en.contains(words), "{problem}");
    assert_eq!(problem.suggestion.as_ref().map(|meant| meant.en.as_str()), meant, "{problem}");
    assert_eq!(policy.sign_in_allowed().is_err(), blocks, "{problem}");
    assert_eq!((problem.line, problem.column), (None, None));
    assert_eq!(problem.file, format!("HKLM\\{level:?}\\{name}"));
    assert!(problem.to_string().starts_with(&format!("HKLM\\{level:?}\\{name}: ")), "{problem}");
}

#[test]
fn b64_b65_wrong_names_and_values_are_named_with_their_place() {
    use Level::{Default, Enforced};
    use ProblemKind::{InvalidValue, Misplaced, UnknownKey, WrongType};
    let number = Given::Integer;
    check(Default, "sync.pastDays", text("7"), WrongType, "defaults.sync.pastDays must be", Some("7"), false);
    check(Default, "sync.pastDays", number(731), InvalidValue, "between 0 and 730", None, false);
    check(Default, "privacy.allowExport", number(2), WrongType, "true or false", None, false);
    check(Default, "ui.theme", number(1), WrongType, "must be one of", None, false);
    check(
        Enforced,
        "sso.domain",
        Given::Other("binary data".into()),
        WrongType,
        "not binary data",
        None,
        true,
    );
    check(Enforced, "accounts.allowedDomains", text("a.com"), WrongType, "list", Some("[\"a.com\"]"), true);
    check(Enforced, "accounts.allowedTenants", text("a.com"), WrongType, "list", None, true);
    check(Enforced, "microsoft365.cloud", text("gloabl"), InvalidValue, "gloabl", Some("\"global\""), true);
    check(Default, "sync.pastDay", number(7), UnknownKey, "is unknown", Some("sync.pastDays"), false);
    check(Enforced, "allowedTenants", text(""), UnknownKey, "unknown", Some("accounts.allowedTenants"), true);
    check(Enforced, "sso.zzz", text(""), UnknownKey, "enforced.sso.zzz", None, true);
    check(Enforced, "enforcd", Given::Section, UnknownKey, "is unknown", Some("enforced"), true);
    check(Enforced, "enforced", text(""), WrongType, "must hold settings", None, true);
    check(Enforced, "telemetry", number(1), UnknownKey, "is unknown", None, false);
    check(Enforced, "ui", text("dark"), WrongType, "must hold settings", None, false);
    check(Enforced, "sso", Given::Section, Misplaced, "no meaning here", Some("sso below enforced"), true);
    check(
        Default,
        "organization.name",
        text("Contoso"),
        Misplaced,
        "organization.name has no meaning here",
        Some("organization.name among the enforced settings"),
        false,
    );
}

#[test]
fn b71_a_setting_given_twice_counts_as_not_given() {
    let twice = |name| {
        let registry = Registry(vec![
            (Level::Enforced, name, Given::Integer(1)),
            (Level::Enforced, name, Given::Integer(2)),
        ]);
        read(&registry, "")
    };
    let policy = twice("sync.pastDays");
    assert_eq!(policy.sync.past_days, 30);
    assert!(policy.problems().iter().all(|problem| problem.kind == ProblemKind::DuplicateKey));
    assert!(policy.sign_in_allowed().is_ok());
    assert!(twice("sso.domain").sign_in_allowed().is_err());
}

#[test]
fn settings_that_cannot_be_read_block_sign_in() {
    let policy = read(&Closed, "{\"enforced\":{\"sync\":{\"pastDays\":9}}}");
    let blocking: Vec<&Problem> = policy.sign_in_allowed().unwrap_err().iter().collect();
    assert_eq!(blocking.len(), 1);
    assert_eq!(blocking[0].kind, ProblemKind::Refused);
    assert!(blocking[0].message.en.contains("Access is denied"), "{}", blocking[0]);
    assert_eq!(policy.sync.past_days, 9);
}

#[test]
fn a_managed_machine_has_a_policy_so_a_named_file_is_refused() {
    let registry = Registry(vec![(Level::Default, "ui.theme", text("dark"))]);
    let refusal = load(&environment(Some("/trial.json")), &Machine(""), &registry).unwrap_err();
    let expected = LoadError::MachineHasPolicy { machine: "HKLM".into(), named: "/trial.json".into() };
    assert_eq!(refusal, expected);
    assert!(load(&environment(Some("/trial.json")), &Machine(""), &Closed).is_err());
}
