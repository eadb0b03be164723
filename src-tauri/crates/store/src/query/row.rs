//! Rows of the list as callers see them.

use crate::error::StoreError;
use crate::rows::MeetingRow;
use crate::table::occurrence::Listed;
use crate::time::instant;
use convoke_model::meeting::CalendarRef;
use std::collections::HashMap;

/// Calendars by key.
pub(super) type Calendars = HashMap<i64, CalendarRef>;

pub(super) fn meeting_row(listed: Listed, calendars: &Calendars) -> Result<MeetingRow, StoreError> {
    let (start_date, end_date) = listed.span.dates();
    Ok(MeetingRow {
        start: instant(listed.span.start),
        end: instant(listed.span.end),
        start_date,
        end_date,
        all_day: listed.span.all_day,
        join_provider: listed.face.join_provider.clone(),
        has_join: listed.has_join(),
        response: listed.face.response,
        show_as: listed.face.show_as,
        sensitivity: listed.face.sensitivity,
        cancelled: listed.cancelled(),
        is_organizer: listed.is_organizer(),
        recurring: listed.recurring(),
        people: listed.face.people,
        calendar: calendars.get(&listed.calendar).cloned().ok_or(StoreError::Content)?,
        id: listed.id,
        subject: listed.face.subject,
        location: listed.face.location,
        organizer: listed.face.organizer,
    })
}
