//! What a round notes in the change log.

use super::differences;
use super::round::Round;
use crate::error::StoreError;
use crate::table::event::Stored;
use crate::table::{change, event};
use crate::time::{Span, instant};
use convoke_model::record::EventContent;
use convoke_model::window::TimeWindow;

impl Round<'_> {
    /// Notes that a stored meeting goes.
    pub(super) fn log_removed(&mut self, stored: &Stored, id: &str) -> Result<(), StoreError> {
        if self.previous.is_none() {
            return Ok(());
        }
        let own = event::content(self.connection, stored.key)?;
        match self.content_before(stored, own)? {
            Some(content) => self.log(id, Some((&content, stored.span)), None),
            None => Ok(()),
        }
    }

    /// Notes a change, unless it only entered or left because the window moved on.
    pub(super) fn log(
        &mut self,
        id: &str,
        before: Option<(&EventContent, Span)>,
        after: Option<(&EventContent, Span)>,
    ) -> Result<(), StoreError> {
        let Some(previous) = self.previous else {
            return Ok(());
        };
        let within =
            |window: TimeWindow, span: Span| window.intersects(instant(span.start), instant(span.end));
        let unseen_before = before.is_none() && after.is_some_and(|(_, span)| !within(previous, span));
        let out_of_sight =
            after.is_none() && before.is_some_and(|(_, span)| !within(self.commit.window, span));
        if unseen_before || out_of_sight {
            return Ok(());
        }
        let side = |side: Option<(&EventContent, Span)>| {
            side.map(|(content, span)| differences::side(content, span))
        };
        for found in differences::changes(id, self.commit.at, side(before), side(after)) {
            change::insert(self.connection, &found)?;
        }
        Ok(())
    }
}
