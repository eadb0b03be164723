//! Microsoft Graph v1.0 as a mail client sees it: calendars, events, contacts, directory, photos, batches.
//!
//! A request becomes a [`call::Call`], its path a [`target::Target`], its answer a [`reply::Reply`]; a batch sends its
//! parts the same way. Source of all behaviour: Microsoft's Graph reference and what real clients reported.
//! To add an endpoint: a variant of `Target`, a line in `target::Target::of`, a line in `answer`.

mod access;
mod address;
mod batch;
mod book;
mod call;
mod contact_json;
mod contact_round;
mod contacts;
mod delta;
mod directory;
mod event_json;
mod event_round;
mod events;
mod folders;
mod gate;
mod lists;
mod people;
mod photo;
mod prefer;
pub mod quirks;
mod recurrence_json;
mod reply;
mod respond;
mod target;
mod view;

use std::sync::Arc;

use axum::Router;
use axum::body::to_bytes;
use axum::extract::{Request, State};
use axum::response::{IntoResponse, Response};

use crate::state::Shared;
use call::Call;
use reply::{Failure, Reply};
use target::Target;

/// Largest request body that is read; only batches have one.
const MAX_REQUEST_BYTES: usize = 4 << 20;

/// What Graph's handlers share.
#[derive(Debug, Clone)]
struct Graph {
    shared: Shared,
    book: Arc<book::Book>,
    gate: Arc<gate::Gate>,
}

/// All paths under `/v1.0`, to be nested there.
pub fn router(shared: Shared) -> Router {
    let graph = Graph { shared, book: Arc::default(), gate: Arc::default() };
    Router::new().fallback(serve).with_state(graph)
}

async fn serve(State(graph): State<Graph>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let Ok(body) = to_bytes(body, MAX_REQUEST_BYTES).await else {
        return Failure::new(413, "RequestEntityTooLarge", "The request is too large.")
            .into_reply()
            .into_response();
    };
    let call = Call::new(parts.method, &parts.uri, parts.headers, body);
    let reply = dispatch(&graph, &call).await;
    reply.decorated(&call, graph.shared.now()).into_response()
}

async fn dispatch(graph: &Graph, call: &Call) -> Reply {
    match Target::of(call) {
        Some(Target::Batch) => batch::answer(graph, call).await,
        Some(target) => single(graph, call, &target).await,
        None => {
            Failure::new(400, "BadRequest", format!("Resource not found for the segment '{}'.", call.tail()))
                .into_reply()
        }
    }
}

/// One request that is not a batch.
async fn single(graph: &Graph, call: &Call, target: &Target) -> Reply {
    let entered = match access::enter(graph, call, target).await {
        Ok(entered) => entered,
        Err(failure) => return failure.into_reply(),
    };
    match answer(graph, call, target, &entered) {
        Ok(reply) => reply,
        Err(failure) => failure.into_reply(),
    }
}

fn answer(graph: &Graph, call: &Call, target: &Target, entered: &access::Entered) -> Result<Reply, Failure> {
    let user = entered.user;
    match target {
        Target::Me => people::me(graph, call, user),
        Target::User(who) => people::user(graph, call, who, entered),
        Target::Users => directory::search(graph, call, entered),
        Target::Photo { who, side } => photo::of_person(graph, call, user, who.as_deref(), *side),
        Target::Calendars => lists::calendars(graph, call, user),
        Target::Calendar(id) => lists::calendar(graph, call, user, id.as_deref()),
        Target::CalendarView { calendar } => view::list(graph, call, user, calendar.as_deref()),
        Target::EventDelta { calendar } => delta::events(graph, call, user, calendar.as_deref()),
        Target::Events { calendar } => events::list(graph, call, user, calendar.as_deref()),
        Target::Event { calendar, id } => events::one(graph, call, user, calendar.as_deref(), id),
        Target::Respond { id, answer } => respond::to_event(graph, call, user, id, answer),
        Target::Contacts { folder } => contacts::list(graph, call, user, folder.as_deref()),
        Target::Contact(id) => contacts::one(graph, call, user, id),
        Target::ContactDelta { folder } => delta::contacts(graph, call, user, folder.as_deref()),
        Target::ContactPhoto { id, side } => photo::of_contact(graph, call, user, id, *side),
        Target::Folders { parent } => folders::list(graph, call, user, parent.as_deref()),
        Target::Folder(id) => folders::one(graph, call, user, id),
        Target::FolderDelta => delta::folders(graph, call, user),
        Target::Batch => Err(Failure::new(400, "BadRequest", "A batch cannot hold a batch.")),
    }
}
