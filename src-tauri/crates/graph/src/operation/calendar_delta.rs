//! `GET /me/calendars/{id}/calendarView/delta` (Graph `event-delta.md`, `delta-query-events.md`).

use bytes::Bytes;
use convoke_model::record::EventChange;
use convoke_model::window::TimeWindow;
use http::{Request, Response};

use super::{Operation, instant};
use crate::endpoint::Endpoint;
use crate::error::GraphError;
use crate::link::Link;
use crate::page::{self, Page};
use crate::{map, request};

/// One page of a round of changes of a calendar. `$select`, `$filter` and `$orderby` are not supported here.
#[derive(Clone, Debug)]
pub enum CalendarDelta {
    /// The first page of a full round; the window is frozen in the links that follow.
    First {
        /// The calendar.
        calendar_id: String,
        /// The span of time.
        window: TimeWindow,
    },
    /// The page that a nextLink or deltaLink names.
    Next(Link),
}

impl Operation for CalendarDelta {
    type Response = Page<EventChange>;

    fn request(&self, endpoint: &Endpoint) -> Result<Request<Bytes>, GraphError> {
        match self {
            Self::First { calendar_id, window } => {
                let (start, end) = (instant(window.start), instant(window.end));
                let query = [("startDateTime", start.as_str()), ("endDateTime", end.as_str())];
                let path = ["me", "calendars", calendar_id, "calendarView", "delta"];
                request::get_delta(&endpoint.url(&path, &query)?)
            }
            Self::Next(link) => request::get_delta(link.url()),
        }
    }

    fn parse(&self, response: &Response<Bytes>, endpoint: &Endpoint) -> Result<Self::Response, GraphError> {
        page::read("page of changed events", response, endpoint, map::event::change)
    }
}
