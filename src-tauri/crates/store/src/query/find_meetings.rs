//! Meetings by what their line says.

use super::row::meeting_row;
use crate::error::StoreError;
use crate::rows::MeetingRow;
use crate::store::Reader;
use crate::table::calendar;
use crate::table::occurrence::{self, Listed};
use chrono::{DateTime, Utc};
use convoke_model::text::{mentions, tokens};

impl Reader<'_> {
    /// Meetings whose subject, place or organizer has all words, each as the beginning of a word: coming ones
    /// first, then the latest past ones.
    ///
    /// # Errors
    /// Where the cache can't be read.
    pub fn search_meetings(
        &self,
        text: &str,
        now: DateTime<Utc>,
        limit: usize,
    ) -> Result<Vec<MeetingRow>, StoreError> {
        let words = tokens(text);
        if words.is_empty() {
            return Ok(Vec::new());
        }
        let now = now.timestamp_millis();
        self.run(|connection| {
            let calendars = calendar::refs(connection)?;
            let mut found: Vec<Listed> = Vec::new();
            for class in occurrence::classes() {
                occurrence::scan(connection, class, i64::MIN, i64::MAX, |listed| {
                    if says(&listed, &words) {
                        found.push(listed);
                    }
                    true
                })?;
            }
            found.sort_by_key(|listed| {
                let past = listed.span.end <= now;
                let order = if past { listed.span.end.saturating_neg() } else { listed.span.start };
                (past, order, listed.key)
            });
            found.truncate(limit);
            found.into_iter().map(|listed| meeting_row(listed, &calendars)).collect()
        })
    }
}

fn says(listed: &Listed, words: &[String]) -> bool {
    let face = &listed.face;
    let texts = [Some(&face.subject), face.location.as_ref(), face.organizer.as_ref()];
    mentions(texts.into_iter().flatten().map(String::as_str), words)
}
