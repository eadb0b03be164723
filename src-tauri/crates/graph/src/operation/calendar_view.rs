//! `GET /me/calendars/{id}/calendarView` (Graph `calendar-list-calendarview.md`).

use bytes::Bytes;
use convoke_model::record::EventRecord;
use convoke_model::window::TimeWindow;
use http::{Request, Response};

use super::{Operation, instant};
use crate::endpoint::Endpoint;
use crate::error::GraphError;
use crate::link::Link;
use crate::page::{self, Page};
use crate::{map, request};

/// One page of the plain list of a calendar's events in a window: occurrences come with all properties, and
/// masters do not come. Where delta is refused or can't be trusted.
#[derive(Clone, Debug)]
pub enum CalendarView {
    /// The first page.
    First {
        /// The calendar.
        calendar_id: String,
        /// The span of time, at most 1,825 days.
        window: TimeWindow,
    },
    /// The page that a nextLink names.
    Next(Link),
}

/// The properties that are read; the body for links and passcodes.
const SELECT: &str = "id,type,seriesMasterId,subject,body,bodyPreview,start,end,originalStartTimeZone,isAllDay,\
    isCancelled,isOrganizer,showAs,sensitivity,responseStatus,organizer,attendees,location,onlineMeeting,\
    onlineMeetingUrl,webLink";

impl Operation for CalendarView {
    type Response = Page<EventRecord>;

    fn request(&self, endpoint: &Endpoint) -> Result<Request<Bytes>, GraphError> {
        match self {
            Self::First { calendar_id, window } => {
                let (start, end) = (instant(window.start), instant(window.end));
                let query = [
                    ("startDateTime", start.as_str()),
                    ("endDateTime", end.as_str()),
                    ("$top", "1000"),
                    ("$select", SELECT),
                ];
                request::get(&endpoint.url(&["me", "calendars", calendar_id, "calendarView"], &query)?)
            }
            Self::Next(link) => request::get(link.url()),
        }
    }

    fn parse(&self, response: &Response<Bytes>, endpoint: &Endpoint) -> Result<Self::Response, GraphError> {
        page::read("page of events", response, endpoint, map::event::record)
    }
}
