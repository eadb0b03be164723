//! Changes to events.

use chrono::NaiveDate;

use crate::world::MailboxData;
use crate::world::event::{Content, Event, Shape};
use crate::world::series::{Exception, Series};
use crate::world::span::Span;

/// Changes an event and stamps it.
pub fn change(mailbox: &mut MailboxData, key: u64, with: impl FnOnce(&mut Event)) {
    let version = mailbox.new_version();
    if let Some(event) = mailbox.events.get_mut(&key) {
        with(event);
        event.changed = version;
    }
}

/// Turns over whether an event was read. Only the on-premises server tells anybody.
pub fn mark_read(mailbox: &mut MailboxData, key: u64) {
    let version = mailbox.new_version();
    let was_read = mailbox.read_flags.get(&key).is_some_and(|(read, _)| *read);
    mailbox.read_flags.insert(key, (!was_read, version));
}

/// Deletes an event, or a whole series.
pub fn delete(mailbox: &mut MailboxData, key: u64) {
    let version = mailbox.new_version();
    if let Some(event) = mailbox.events.get_mut(&key) {
        event.gone = Some(version);
    }
}

/// Takes one date out of a series.
pub fn delete_date(mailbox: &mut MailboxData, key: u64, date: NaiveDate) {
    change_series(mailbox, key, |series| {
        series.exceptions.remove(&date);
        series.deleted.insert(date);
    });
}

/// Changes rule or dates of a series.
pub fn change_series(mailbox: &mut MailboxData, key: u64, with: impl FnOnce(&mut Series)) {
    change(mailbox, key, |event| {
        if let Shape::Series(series) = &mut event.shape {
            with(series);
        }
    });
}

/// Moves a single event.
pub fn move_to(mailbox: &mut MailboxData, key: u64, span: Span) {
    change(mailbox, key, |event| event.shape = Shape::Single(span));
}

/// Changes one date of a series, which becomes, or stays, an exception. The series itself is not touched.
pub fn change_date(
    mailbox: &mut MailboxData,
    key: u64,
    date: NaiveDate,
    with: impl FnOnce(&mut Span, &mut Content),
) {
    let version = mailbox.new_version();
    let Some(event) = mailbox.events.get_mut(&key) else {
        return;
    };
    let Some(instance) = event.instance_on(date) else {
        return;
    };
    let (mut span, mut content) = (instance.span, instance.content.clone());
    with(&mut span, &mut content);
    if let Shape::Series(series) = &mut event.shape {
        series.exceptions.insert(date, Exception { span, content, changed: version });
    }
}

/// The owner answers an invitation, for one date or for all that has not been changed.
pub fn respond(mailbox: &mut MailboxData, key: u64, date: Option<NaiveDate>, answer: &'static str) {
    let show_as = if answer == "accepted" { "busy" } else { "tentative" };
    let set = |content: &mut Content| (content.response, content.show_as) = (answer, show_as);
    match date {
        Some(date) => change_date(mailbox, key, date, |_, content| set(content)),
        None => change(mailbox, key, |event| set(&mut event.content)),
    }
}
