//! `GET /me/calendars/{id}/events/{id}` (Graph `event-get.md`).

use bytes::Bytes;
use convoke_model::record::EventRecord;
use http::{Request, Response};

use super::Operation;
use crate::endpoint::Endpoint;
use crate::error::GraphError;
use crate::{map, parse, request};

/// One event, such as the master of a series. Asked within its calendar: without, the ids of shared calendars
/// are not found.
#[derive(Clone, Debug)]
pub struct GetEvent {
    /// The calendar.
    pub calendar_id: String,
    /// The event.
    pub event_id: String,
}

impl Operation for GetEvent {
    type Response = EventRecord;

    fn request(&self, endpoint: &Endpoint) -> Result<Request<Bytes>, GraphError> {
        request::get(&endpoint.url(&["me", "calendars", &self.calendar_id, "events", &self.event_id], &[])?)
    }

    fn parse(&self, response: &Response<Bytes>, _: &Endpoint) -> Result<Self::Response, GraphError> {
        map::event::record(parse::json("event", response)?)
    }
}
