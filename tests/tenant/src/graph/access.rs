//! Who calls, what they may see, and whether their mailbox answers.

use std::time::Duration;

use super::Graph;
use super::call::Call;
use super::gate::Pass;
use super::quirks::Quirk;
use super::reply::Failure;
use super::target::{Area, Target};
use crate::entra::tokens::{self, GraphRefusal};
use crate::world::Mailbox;

/// A call that was let in.
#[derive(Debug)]
pub struct Entered {
    /// Index of the user.
    pub user: usize,
    /// Permissions of the token.
    pub scopes: Vec<String>,
    // Held while the call is answered.
    _pass: Option<Pass>,
}

/// Checks token, permission, mailbox and load.
pub async fn enter(graph: &Graph, call: &Call, target: &Target) -> Result<Entered, Failure> {
    let area = target.area();
    let caller = tokens::authenticate(&graph.shared, &call.headers, permissions(area)).map_err(refused)?;
    own_path(graph, call, caller.user)?;
    let pass = match area {
        Area::Profile | Area::Directory => None,
        _ => mailbox(graph, caller.user, area).await?,
    };
    let scopes = caller.scopes.iter().map(ToString::to_string).collect();
    Ok(Entered { user: caller.user, scopes, _pass: pass })
}

fn refused(refusal: GraphRefusal) -> Failure {
    let failure = Failure::new(refusal.status.as_u16(), refusal.code, refusal.message);
    refusal
        .www_authenticate
        .into_iter()
        .fold(failure, |failure, value| failure.with("www-authenticate", value))
}

/// Any of these permissions is enough (source: permission tables of the Graph reference).
fn permissions(area: Area) -> &'static [&'static str] {
    match area {
        Area::Calendars => &["Calendars.Read", "Calendars.Read.Shared"],
        Area::CalendarsWrite => &["Calendars.ReadWrite"],
        Area::Contacts => &["Contacts.Read", "Contacts.ReadWrite"],
        Area::Profile => &["User.Read", "User.ReadBasic.All", "User.Read.All"],
        Area::Directory => &["User.ReadBasic.All", "User.Read.All"],
    }
}

/// `users/{id}` in place of `me` is served for the caller alone: nobody has rights in other mailboxes.
fn own_path(graph: &Graph, call: &Call, user: usize) -> Result<(), Failure> {
    let [first, who, _, ..] = call.segments.as_slice() else {
        return Ok(());
    };
    let world = graph.shared.world();
    let own = &world.users[user];
    let is_own = who.eq_ignore_ascii_case(&own.object_id) || who.eq_ignore_ascii_case(&own.username);
    let is_photo = call.segments.iter().any(|segment| segment.starts_with("photo"));
    if first != "users" || is_own || is_photo {
        return Ok(());
    }
    Err(Failure::new(403, "ErrorAccessDenied", "Access is denied. Check credentials and try again."))
}

async fn mailbox(graph: &Graph, user: usize, area: Area) -> Result<Option<Pass>, Failure> {
    let shared = &graph.shared;
    if shared.has(Quirk::MailboxNotEnabled) || shared.world().users[user].mailbox != Mailbox::Cloud {
        let message = "The mailbox is either inactive, soft-deleted, or is hosted on-premise.";
        return Err(Failure::new(404, "MailboxNotEnabledForRESTAPI", message));
    }
    let denied = if area == Area::Contacts { Quirk::ContactsDenied } else { Quirk::CalendarsDenied };
    if shared.has(denied) {
        let message = "Access is denied. Check credentials and try again.";
        return Err(Failure::new(403, "ErrorAccessDenied", message));
    }
    if shared.has(Quirk::Throttled) {
        return Err(too_many());
    }
    let pass = graph.gate.enter(user);
    if pass.is_none() && shared.has(Quirk::MailboxConcurrency) {
        return Err(too_many());
    }
    if shared.has(Quirk::SlowMailbox) {
        tokio::time::sleep(Duration::from_millis(150)).await;
    }
    Ok(pass)
}

/// 429 as Outlook says it; the wait is a fraction of seconds, as in Graph's documentation.
pub fn too_many() -> Failure {
    let message = "Application is over its MailboxConcurrency limit.";
    Failure::new(429, "ApplicationThrottled", message).with("retry-after", "0.128".into())
}
