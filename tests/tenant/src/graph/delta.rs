//! Delta rounds: first request, pages, links.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use super::book::{Entry, Round, Scope, Token};
use super::call::Call;
use super::contact_json;
use super::event_json::Renderer;
use super::event_round::{self, Asked};
use super::prefer::Prefer;
use super::quirks::Quirk;
use super::reply::{Failure, Reply};
use super::{Graph, contact_round, lists, view};
use crate::world::MailboxData;

/// Entries of a page when nothing is preferred.
const PAGE: usize = 10;
/// Most entries of a page.
const MOST: usize = 1000;
/// Every so many pages of a long round hold nothing.
const EMPTY_EVERY: usize = 4;
/// Another host, which must never see a token.
const FOREIGN: &str = "https://graph.attacker.example/v1.0";

/// Changes in a window of a calendar.
pub fn events(graph: &Graph, call: &Call, user: usize, calendar: Option<&str>) -> Result<Reply, Failure> {
    if let Some(reply) = continued(graph, call, user)? {
        return Ok(reply);
    }
    refuse(call, &["select", "expand", "filter", "orderby", "search"], "CalendarView")?;
    let (start, end) = view::window(call)?;
    let key = lists::find_calendar(&graph.shared.world().mailboxes[user], calendar)?;
    begin(graph, call, user, Scope::Events { calendar: key, start, end }, None, None)
}

/// Changes in a folder of contacts.
pub fn contacts(graph: &Graph, call: &Call, user: usize, folder: Option<&str>) -> Result<Reply, Failure> {
    if let Some(reply) = continued(graph, call, user)? {
        return Ok(reply);
    }
    refuse(call, &["expand", "filter", "orderby", "search"], "Contacts")?;
    let folder = lists::find_folder(&graph.shared.world().mailboxes[user], folder)?;
    begin(graph, call, user, Scope::Contacts { folder }, None, call.query.get("select"))
}

/// Changes in the list of folders.
pub fn folders(graph: &Graph, call: &Call, user: usize) -> Result<Reply, Failure> {
    match continued(graph, call, user)? {
        Some(reply) => Ok(reply),
        None => begin(graph, call, user, Scope::Folders, None, None),
    }
}

fn refuse(call: &Call, parameters: &[&str], resource: &str) -> Result<(), Failure> {
    if !parameters.iter().any(|name| call.query.get(name).is_some()) {
        return Ok(());
    }
    let names: Vec<String> = parameters.iter().map(|name| format!("${name}")).collect();
    let message = format!(
        "The following parameters are not supported with change tracking over the '{resource}' resource: '{}'.",
        names.join(", ")
    );
    Err(Failure::new(400, "ErrorInvalidUrlQuery", message))
}

/// The answer to a request that carries a token.
fn continued(graph: &Graph, call: &Call, user: usize) -> Result<Option<Reply>, Failure> {
    let skip = call.query.get("skiptoken");
    let Some(text) = skip.or_else(|| call.query.get("deltatoken")) else {
        return Ok(None);
    };
    gone_by_quirk(graph, call, skip.is_some())?;
    match Token::read(text) {
        Some(Token::Page { round, offset, page }) if skip.is_some() => {
            let open = graph
                .book
                .find(round)
                .filter(|open| open.user == user && open.moves == moved(graph, user))
                .ok_or_else(|| gone(call, graph, round))?;
            page_of(graph, call, &open, At { round, offset, page }).map(Some)
        }
        Some(Token::Since { user: owner, moves, scope, version, select }) if skip.is_none() => {
            let is_ours = owner == user && moves == moved(graph, user);
            if !is_ours || version > graph.shared.world().mailboxes[user].version {
                return Err(gone(call, graph, version));
            }
            still_there(graph, user, scope)?;
            begin(graph, call, user, scope, Some(version), select.as_deref()).map(Some)
        }
        _ => Err(Failure::malformed_id()),
    }
}

/// How often a mailbox was moved to another server.
fn moved(graph: &Graph, user: usize) -> u32 {
    graph.shared.world().mailboxes[user].moves
}

/// A folder that was deleted has no rounds any more.
fn still_there(graph: &Graph, user: usize, scope: Scope) -> Result<(), Failure> {
    match scope {
        Scope::Contacts { folder } if graph.shared.world().mailboxes[user].folder(folder).is_none() => {
            Err(Failure::item_not_found())
        }
        _ => Ok(()),
    }
}

fn gone_by_quirk(graph: &Graph, call: &Call, mid_round: bool) -> Result<(), Failure> {
    let shared = &graph.shared;
    let once = shared.has(Quirk::SyncStateGoneOnce);
    if once {
        shared.set_scenario(crate::Scenario::Graph(Quirk::SyncStateGoneOnce), false);
    }
    if once || shared.has(Quirk::SyncStateGone) || (mid_round && shared.has(Quirk::SyncStateGoneMidRound)) {
        return Err(gone(call, graph, 149));
    }
    Ok(())
}

/// 410, with the place to start again as `Location`.
fn gone(call: &Call, graph: &Graph, generation: u64) -> Failure {
    let message = format!(
        "The sync state generation is not found; generation={generation};[highest={}].",
        generation + 8
    );
    let location = format!("{}{}?$deltatoken=", graph.shared.urls.graph(), call.path);
    Failure::new(410, "SyncStateNotFound", message).with("location", location)
}

/// Decides a round's entries and answers its first page.
fn begin(
    graph: &Graph,
    call: &Call,
    user: usize,
    scope: Scope,
    since: Option<u64>,
    select: Option<&str>,
) -> Result<Reply, Failure> {
    let round = {
        let world = graph.shared.world();
        let mailbox = &world.mailboxes[user];
        let entries = decide(graph, mailbox, scope, since);
        let path = link_path(graph, call, mailbox, scope);
        let select = select.map(str::to_owned);
        Round { user, moves: mailbox.moves, scope, version: mailbox.version, path, select, entries }
    };
    let (number, round) = graph.book.open(round);
    page_of(graph, call, &round, At { round: number, offset: 0, page: 0 })
}

fn decide(graph: &Graph, mailbox: &MailboxData, scope: Scope, since: Option<u64>) -> Vec<Entry> {
    match scope {
        Scope::Events { calendar, start, end } => {
            event_round::entries(&graph.shared, Asked { mailbox, calendar, window: (start, end), since })
        }
        Scope::Contacts { folder } => contact_round::entries(&graph.shared, mailbox, folder, since),
        Scope::Folders => contact_round::folder_entries(mailbox, since),
    }
}

/// The service's links name the default calendar where none was asked for, and the user where `me` was.
fn link_path(graph: &Graph, call: &Call, mailbox: &MailboxData, scope: Scope) -> String {
    let is_default = |key: u64| {
        mailbox.calendars.first().is_some_and(|calendar| calendar.is_default && calendar.key == key)
    };
    match scope {
        Scope::Events { calendar, .. } if graph.shared.has(Quirk::OtherDeltaPath) && is_default(calendar) => {
            "/me/calendar/calendarView/delta".into()
        }
        _ => call.path.clone(),
    }
}

/// A page of a round.
#[derive(Debug, Clone, Copy)]
struct At {
    round: u64,
    offset: usize,
    page: usize,
}

fn page_of(graph: &Graph, call: &Call, round: &Arc<Round>, at: At) -> Result<Reply, Failure> {
    let prefer = Prefer::of(&call.headers)?;
    let rest = round.entries.get(at.offset..).unwrap_or_default();
    let size = page_size(graph, &prefer, at.page);
    let is_long = round.entries.len() > size;
    let is_empty = graph.shared.has(Quirk::EmptyPages) && is_long && at.page % EMPTY_EVERY == 1;
    let taken = if is_empty { &[][..] } else { &rest[..rest.len().min(size)] };
    let mut page = json!({
        "@odata.context": context(graph, round),
        "value": render(graph, &prefer, round, taken),
    });
    let endless = graph.shared.has(Quirk::EndlessNextLink);
    let (name, link) = if endless || taken.len() < rest.len() {
        let offset = if endless { at.offset } else { at.offset + taken.len() };
        let token = Token::Page { round: at.round, offset, page: at.page + 1 };
        ("@odata.nextLink", link(graph, round, "skiptoken", &token, Quirk::ForeignNextLink))
    } else {
        let Round { user, moves, scope, version, .. } = **round;
        let token = Token::Since { user, moves, scope, version, select: round.select.clone() };
        ("@odata.deltaLink", link(graph, round, "deltatoken", &token, Quirk::ForeignDeltaLink))
    };
    page[name] = link.into();
    Ok(Reply::json(page).honouring(&prefer))
}

/// The size asked for is a hint: 171 entries were seen for 100.
fn page_size(graph: &Graph, prefer: &Prefer, page: usize) -> usize {
    let asked = prefer.page_size.unwrap_or(PAGE).min(MOST);
    let generous = graph.shared.has(Quirk::PageSizeHint) && prefer.page_size.is_some() && page % 3 == 2;
    if generous { (asked * 171 / 100).min(MOST) } else { asked }
}

fn link(graph: &Graph, round: &Round, name: &str, token: &Token, foreign: Quirk) -> String {
    let graph_url = graph.shared.urls.graph();
    let base = if graph.shared.has(foreign) { FOREIGN } else { &graph_url };
    format!("{base}{}?${name}={}", round.path, token.write())
}

fn context(graph: &Graph, round: &Round) -> String {
    let kind = match round.scope {
        Scope::Events { .. } => "event",
        Scope::Contacts { .. } => "contact",
        Scope::Folders => "contactFolder",
    };
    format!("{}/$metadata#Collection({kind})", graph.shared.urls.graph())
}

/// Entries that are gone by now are left out; the next round says so.
fn render(graph: &Graph, prefer: &Prefer, round: &Round, entries: &[Entry]) -> Vec<Value> {
    let world = graph.shared.world();
    let mailbox = &world.mailboxes[round.user];
    let renderer = Renderer::new(mailbox, prefer, world.options.now);
    let slim = graph.shared.has(Quirk::SlimOccurrences);
    let select = round.select.as_deref();
    let values = entries.iter().filter_map(|entry| match entry {
        Entry::Contact(_) | Entry::ContactGone(_) | Entry::Folder(_) | Entry::FolderGone(_) => {
            contact_json::entry(mailbox, prefer, *entry, world.options.now, select)
        }
        _ => renderer.entry(*entry, slim),
    });
    values.collect()
}

/// An instant of a query: RFC 3339, or the same without offset, which means UTC.
pub fn instant(text: &str) -> Option<DateTime<Utc>> {
    let aware = DateTime::parse_from_rfc3339(text).map(|at| at.with_timezone(&Utc)).ok();
    let naive = || text.parse::<chrono::NaiveDateTime>().map(|at| at.and_utc()).ok();
    let date =
        || text.parse::<chrono::NaiveDate>().ok().map(|day| day.and_time(chrono::NaiveTime::MIN).and_utc());
    aware.or_else(naive).or_else(date)
}
