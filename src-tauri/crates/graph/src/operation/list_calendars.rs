//! `GET /me/calendars` (Graph `user-list-calendars.md`).

use bytes::Bytes;
use convoke_model::record::CalendarRecord;
use http::{Request, Response};
use serde::Deserialize;

use super::Operation;
use crate::clean::{self, LONG, SHORT};
use crate::endpoint::Endpoint;
use crate::error::GraphError;
use crate::link::Link;
use crate::page::{self, Page};
use crate::wire::event::AddressWire;
use crate::{map, request};

/// The calendars of the signed-in user, shared ones included.
#[derive(Clone, Debug)]
pub enum ListCalendars {
    /// The first page.
    First,
    /// The page that a nextLink names.
    Next(Link),
}

#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase", default)]
struct Wire {
    id: Option<String>,
    name: Option<String>,
    hex_color: Option<String>,
    is_default_calendar: Option<bool>,
    owner: Option<AddressWire>,
}

impl Operation for ListCalendars {
    type Response = Page<CalendarRecord>;

    fn request(&self, endpoint: &Endpoint) -> Result<Request<Bytes>, GraphError> {
        match self {
            Self::First => request::get(&endpoint.url(&["me", "calendars"], &[("$top", "200")])?),
            Self::Next(link) => request::get(link.url()),
        }
    }

    fn parse(&self, response: &Response<Bytes>, endpoint: &Endpoint) -> Result<Self::Response, GraphError> {
        page::read("list of calendars", response, endpoint, calendar)
    }
}

fn calendar(wire: Wire) -> Result<CalendarRecord, GraphError> {
    Ok(CalendarRecord {
        id: map::id(wire.id)?,
        name: clean::optional(wire.name.as_deref(), LONG).unwrap_or_default(),
        colour: wire.hex_color.filter(|colour| is_colour(colour)),
        is_default: wire.is_default_calendar.unwrap_or_default(),
        owner: wire.owner.and_then(|owner| clean::optional(owner.address.as_deref(), SHORT)),
    })
}

/// `#rrggbb`; Graph sends an empty text for calendars without a colour of their own.
fn is_colour(text: &str) -> bool {
    text.len() == 7
        && text.strip_prefix('#').is_some_and(|hex| hex.bytes().all(|byte| byte.is_ascii_hexdigit()))
}
