//! The policy as the window shows it, and taking over a changed one while the program runs.

use crate::app::{App, blocking};
use crate::code::Failure;
use crate::policy_source::reading;
use crate::wire::policy::{PolicyDoc, PolicyLevel, PolicyPage, PolicyProblem, PolicyRow};
use crate::wire::snapshot::PolicyStatus;
use convoke_policy::choice::Choice;
use convoke_policy::key::Key;
use convoke_policy::watched::Change;
use convoke_policy::{Effective, Level, Problem, Status};
use std::sync::{Arc, PoisonError};

impl App {
    /// Every key of the policy in force, and everything that is wrong with the files or worth a look.
    #[must_use]
    pub fn policy_page(&self) -> PolicyPage {
        let policy = self.policy();
        let watched = self.inner.lock(&self.inner.watched);
        PolicyPage {
            status: status(watched.newest()),
            files: watched.newest().files().to_vec(),
            read_at: *self.inner.lock(&self.inner.policy_read_at),
            kept_last_good: watched.is_kept(),
            rows: rows(&policy),
            problems: watched.problems().iter().map(problem).collect(),
        }
    }

    /// Reads the policy files again, now.
    ///
    /// # Errors
    /// Only when the runtime is going down.
    pub async fn reload_policy(&self) -> Result<PolicyPage, Failure> {
        // Twice: what is being written right now is left for the next look.
        self.look_at_policy().await?;
        self.look_at_policy().await?;
        Ok(self.policy_page())
    }

    /// Looks once at the policy's sources and takes over what changed and stands still. A policy that blocks sign-in
    /// leaves what is in force; nobody new signs in until it is mended.
    pub(crate) async fn look_at_policy(&self) -> Result<(), Failure> {
        let app = self.clone();
        let reading = blocking(move || Ok(reading(app.environment()))).await?;
        let (change, in_force) = {
            let mut watched = self.inner.lock(&self.inner.watched);
            let change = watched.observe(reading);
            (change, Arc::new(watched.in_force().clone()))
        };
        *self.inner.lock(&self.inner.policy_read_at) = self.now();
        match change {
            Change::Unchanged | Change::Settling => return Ok(()),
            Change::Kept => {
                tracing::warn!("the policy changed and can't be used; the last good one stays in force")
            }
            Change::Applied => {
                self.environment().logging.follow(in_force.logs.level.word());
                *self.inner.policy.write().unwrap_or_else(PoisonError::into_inner) = in_force;
                self.inner.policy_changed.notify_one();
                self.follow_permissions().await;
            }
        }
        self.announce();
        Ok(())
    }

    /// The policy that decides whether somebody may sign in: the files as they are now.
    pub(crate) fn policy_for_sign_in(&self) -> Effective {
        self.inner.lock(&self.inner.watched).newest().clone()
    }
}

/// The state of a policy as a whole.
pub fn status(policy: &Effective) -> PolicyStatus {
    match policy.status() {
        Status::None => PolicyStatus::None,
        Status::Ok => PolicyStatus::Ok,
        Status::Problems => PolicyStatus::Problems,
        Status::Refused => PolicyStatus::Refused,
    }
}

fn rows(policy: &Effective) -> Vec<PolicyRow> {
    let concerns = |key: &str, problem: &Problem| {
        problem.key.as_deref().is_some_and(|named| named == key || named.ends_with(&format!(".{key}")))
    };
    let rows = policy.rows().into_iter();
    rows.map(|row| PolicyRow {
        key: row.key.to_owned(),
        value: serde_json::to_string(&row.value).unwrap_or_default(),
        level: match row.source.level {
            Level::Enforced => PolicyLevel::Enforced,
            Level::Default => PolicyLevel::Default,
            Level::Product => PolicyLevel::Product,
        },
        file: row.source.file,
        line: row.source.line,
        doc: doc(row.key),
        has_problem: policy.problems().iter().any(|problem| problem.is_fault() && concerns(row.key, problem)),
    })
    .collect()
}

/// What the key is for, in every language of the window.
fn doc(key: &str) -> PolicyDoc {
    let unknown = || PolicyDoc { en: key.to_owned(), es: key.to_owned() };
    Key::find(key).map_or_else(unknown, |known| known.doc.into())
}

fn problem(problem: &Problem) -> PolicyProblem {
    PolicyProblem {
        file: problem.file.clone(),
        line: problem.line,
        column: problem.column,
        kind: problem.kind.into(),
        key: problem.key.clone(),
        message: (&problem.message).into(),
        suggestion: problem.suggestion.as_ref().map(Into::into),
        blocks_sign_in: problem.blocks_sign_in,
        is_note: !problem.is_fault(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::environment::Environment;
    use crate::folders::Folders;
    use std::path::Path;

    const GOOD: &str =
        r#"{"enforced": {"accounts": {"allowedDomains": ["a.example"]}, "sync": {"pastDays": 20}}}"#;

    fn app(folder: &Path, file: &Path) -> App {
        App::open(Environment::of_demo(Folders::below(folder), file.to_owned())).unwrap()
    }

    fn past_days(page: &PolicyPage) -> &str {
        &page.rows.iter().find(|row| row.key == "sync.pastDays").unwrap().value
    }

    #[tokio::test]
    async fn a_changed_file_is_taken_over_and_a_broken_one_is_not() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("policy.json");
        std::fs::write(&file, GOOD.replace("20", "10")).unwrap();
        let app = app(folder.path(), &file);
        assert_eq!(past_days(&app.policy_page()), "10");

        std::fs::write(&file, GOOD).unwrap();
        let page = app.reload_policy().await.unwrap();
        assert_eq!((past_days(&page), page.kept_last_good), ("20", false));

        std::fs::write(&file, &GOOD[..GOOD.len() - 3]).unwrap();
        let page = app.reload_policy().await.unwrap();
        assert_eq!((past_days(&page), page.kept_last_good, page.status), ("20", true, PolicyStatus::Refused));
        assert!(page.problems.iter().any(|problem| problem.blocks_sign_in && problem.line == Some(1)));
        let said = &page.problems[0].message;
        assert_eq!((said.sentence, &*said.text), (Some("json_open_object"), "Unterminated object."));
        assert!(app.policy_for_sign_in().sign_in_allowed().is_err(), "nobody new signs in");
        assert!(app.policy().sign_in_allowed().is_ok(), "who is signed in goes on");

        std::fs::write(&file, GOOD).unwrap();
        let page = app.reload_policy().await.unwrap();
        assert_eq!((page.kept_last_good, page.problems.len()), (false, 0));
    }

    #[test]
    fn a_note_stands_on_the_page_and_is_no_problem() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("policy.json");
        std::fs::write(&file, r#"{"enforced": {"accounts": {"allowedDomains": []}}}"#).unwrap();
        let page = app(folder.path(), &file).policy_page();
        let said: Vec<_> = page.problems.iter().map(|one| (one.is_note, one.message.sentence)).collect();
        assert_eq!((page.status, said), (PolicyStatus::Ok, vec![(true, Some("nobody"))]));
        assert!(page.rows.iter().all(|row| !row.has_problem));
    }

    #[test]
    fn every_key_is_explained_in_each_language() {
        let untranslated = |row: &PolicyRow| row.doc.en == row.doc.es || row.doc.es.trim().is_empty();
        let keys: Vec<_> = rows(&Effective::default()).into_iter().filter(untranslated).collect();
        assert_eq!(keys, []);
    }

    #[tokio::test]
    async fn one_look_takes_nothing_over() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("policy.json");
        std::fs::write(&file, GOOD.replace("20", "10")).unwrap();
        let app = app(folder.path(), &file);
        std::fs::write(&file, GOOD).unwrap();
        app.look_at_policy().await.unwrap();
        assert_eq!(past_days(&app.policy_page()), "10", "it may still be written");
        app.look_at_policy().await.unwrap();
        assert_eq!(past_days(&app.policy_page()), "20");
    }
}
