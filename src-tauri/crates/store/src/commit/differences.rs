//! What a person would call a change of a meeting.

use crate::rows::{Change, ChangeKind, ChangeSide};
use crate::time::{Span, instant};
use chrono::{DateTime, Utc};
use convoke_model::meeting::AttendeeKind;
use convoke_model::record::EventContent;

/// What the change log keeps of a meeting.
pub(super) fn side(content: &EventContent, span: Span) -> ChangeSide {
    let rooms = content.attendees.iter().filter(|attendee| attendee.kind == AttendeeKind::Resource);
    ChangeSide {
        subject: content.subject.clone(),
        start: instant(span.start),
        end: instant(span.end),
        all_day: span.all_day,
        location: content.location.clone(),
        rooms: rooms.map(|room| room.name.clone()).collect(),
        join_url: content.join_url.clone(),
        cancelled: content.cancelled,
    }
}

/// The changes between two states of a meeting; at least one of them is there.
pub(super) fn changes(
    meeting_id: &str,
    at: DateTime<Utc>,
    before: Option<ChangeSide>,
    after: Option<ChangeSide>,
) -> Vec<Change> {
    let kinds = match (&before, &after) {
        (None, Some(_)) => vec![ChangeKind::New],
        (Some(_), None) => vec![ChangeKind::Removed],
        (Some(before), Some(after)) => kinds(before, after),
        (None, None) => Vec::new(),
    };
    let change = |kind| Change {
        kind,
        meeting_id: meeting_id.to_owned(),
        at,
        before: before.clone(),
        after: after.clone(),
    };
    kinds.into_iter().map(change).collect()
}

fn kinds(before: &ChangeSide, after: &ChangeSide) -> Vec<ChangeKind> {
    let moved = (before.start, before.end, before.all_day) != (after.start, after.end, after.all_day);
    let found = [
        (ChangeKind::Cancelled, after.cancelled && !before.cancelled),
        (ChangeKind::Moved, moved),
        (ChangeKind::Room, before.location != after.location || before.rooms != after.rooms),
        (ChangeKind::Link, before.join_url != after.join_url),
    ];
    found.into_iter().filter(|(_, found)| *found).map(|(kind, _)| kind).collect()
}
