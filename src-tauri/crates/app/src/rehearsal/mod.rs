//! Rehearsing a policy before it is rolled out: people of every kind go through sign-in and connection against the
//! simulated tenant, a program of its own that shares no code with the product.
//!
//! Rules: nothing of this computer's profile, keychain or policy is touched; the tenant and the folder end with the
//! rehearsal; no server that the policy names is asked. To add a person: a line in `person`.

mod control;
mod exchange;
mod person;
mod policy;
mod program;
mod seen;

pub use program::find;
pub use seen::{ExchangeSeen, PersonSeen, Rehearsal, ServiceSeen, ServicesSeen, SignInSeen};

use crate::code::{Code, Failure};
use control::Control;
use convoke_net::{Client, ClientOptions};
use program::Tenant;
use std::path::Path;
use std::sync::Arc;

/// Rehearses the policy in `file` with the tenant that `program` is. `cancelled` ends it early.
///
/// # Errors
/// When the file can't be read, the tenant does not start or answer, or it was cancelled. What people would meet,
/// refusals too, is the result.
pub async fn rehearse(
    file: &Path,
    program: &Path,
    cancelled: impl Future<Output = ()>,
) -> Result<Rehearsal, Failure> {
    let folder =
        tempfile::tempdir().map_err(|error| Failure::new(Code::Internal).with_detail(error.to_string()))?;
    let mut tenant = Tenant::start(program)?;
    let result = tokio::select! {
        result = play_all(&mut tenant, file, folder.path()) => result,
        () = cancelled => Err(Failure {
            message: "The rehearsal was cancelled.".to_owned(),
            ..Failure::new(Code::SignInCancelled)
        }),
    };
    tenant.end().await;
    result
}

async fn play_all(tenant: &mut Tenant, file: &Path, folder: &Path) -> Result<Rehearsal, Failure> {
    let ready = tenant.ready().await?;
    let rehearsed = policy::pointed_at(&ready, file)?;
    let policy = folder.join("policy.json");
    std::fs::write(&policy, rehearsed.text)
        .map_err(|error| Failure::new(Code::Internal).with_detail(error.to_string()))?;
    let transport = Arc::new(Client::new(ClientOptions::default()));
    let control = Control { transport, address: ready.control.clone() };
    let mut people = Vec::new();
    for role in &person::PEOPLE {
        people.push(role.play(&ready, &control, &policy, folder).await?);
    }
    Ok(Rehearsal { notes: rehearsed.notes, people })
}
