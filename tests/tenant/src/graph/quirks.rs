//! Behaviours of Microsoft Graph that can be switched on and off by name.

/// One behaviour. Those of [`Quirk::defaults`] are how the real service is; the others are how it fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Quirk {
    /// Delta rounds send occurrences with id, master, start and end only.
    SlimOccurrences,
    /// Delta rounds send some ids twice, the first time with older content.
    RepeatedIds,
    /// Delta rounds hold pages without entries that have a `nextLink`.
    EmptyPages,
    /// Delta rounds remove ids that were never sent, even in a first round.
    UnknownRemoved,
    /// Delta rounds come in no order.
    ShuffledOrder,
    /// The page size asked for is a hint.
    PageSizeHint,
    /// Links of delta rounds have another path than was asked.
    OtherDeltaPath,
    /// More than four requests at once for a mailbox are refused.
    MailboxConcurrency,
    /// Each mailbox request takes 150 ms, so that concurrency shows.
    SlowMailbox,
    /// Batch parts beyond four for a mailbox answer 429 of their own.
    BatchThrottle,
    /// Every delta request with a token answers 410 `SyncStateNotFound`.
    SyncStateGone,
    /// The next delta request with a token answers 410; then the quirk is off.
    SyncStateGoneOnce,
    /// Delta requests with a `$skiptoken` answer 410, so that rounds break in the middle.
    SyncStateGoneMidRound,
    /// Delta rounds never end: every page has a `nextLink` and the same entries.
    EndlessNextLink,
    /// `nextLink` names another host.
    ForeignNextLink,
    /// `deltaLink` names another host.
    ForeignDeltaLink,
    /// Delta rounds with a token remove everything; reads still show it.
    RemovedEverything,
    /// Every mailbox answers 404 `MailboxNotEnabledForRESTAPI`.
    MailboxNotEnabled,
    /// Calendars answer 403 `ErrorAccessDenied`.
    CalendarsDenied,
    /// Contacts answer 403 `ErrorAccessDenied`.
    ContactsDenied,
    /// Every mailbox request answers 429 with a fractional `Retry-After`.
    Throttled,
}

const NAMES: [(&str, Quirk); 21] = [
    ("slimOccurrences", Quirk::SlimOccurrences),
    ("repeatedIds", Quirk::RepeatedIds),
    ("emptyPages", Quirk::EmptyPages),
    ("unknownRemoved", Quirk::UnknownRemoved),
    ("shuffledOrder", Quirk::ShuffledOrder),
    ("pageSizeHint", Quirk::PageSizeHint),
    ("otherDeltaPath", Quirk::OtherDeltaPath),
    ("mailboxConcurrency", Quirk::MailboxConcurrency),
    ("slowMailbox", Quirk::SlowMailbox),
    ("batchThrottle", Quirk::BatchThrottle),
    ("syncStateGone", Quirk::SyncStateGone),
    ("syncStateGoneOnce", Quirk::SyncStateGoneOnce),
    ("syncStateGoneMidRound", Quirk::SyncStateGoneMidRound),
    ("endlessNextLink", Quirk::EndlessNextLink),
    ("foreignNextLink", Quirk::ForeignNextLink),
    ("foreignDeltaLink", Quirk::ForeignDeltaLink),
    ("removedEverything", Quirk::RemovedEverything),
    ("mailboxNotEnabled", Quirk::MailboxNotEnabled),
    ("calendarsDenied", Quirk::CalendarsDenied),
    ("contactsDenied", Quirk::ContactsDenied),
    ("throttled", Quirk::Throttled),
];

impl Quirk {
    /// The behaviour of that name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        NAMES.iter().find(|(known, _)| *known == name).map(|(_, quirk)| *quirk)
    }

    /// Its name.
    #[must_use]
    pub fn name(&self) -> &'static str {
        NAMES.iter().find(|(_, known)| known == self).map_or("", |(name, _)| name)
    }

    /// The behaviours of the real service, on from the start.
    #[must_use]
    pub fn defaults() -> &'static [Self] {
        &[
            Self::SlimOccurrences,
            Self::RepeatedIds,
            Self::EmptyPages,
            Self::UnknownRemoved,
            Self::ShuffledOrder,
            Self::PageSizeHint,
            Self::OtherDeltaPath,
            Self::MailboxConcurrency,
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_name_is_read_back() {
        for (name, quirk) in NAMES {
            assert_eq!(Quirk::parse(name), Some(quirk));
            assert_eq!(quirk.name(), name);
        }
        assert_eq!(Quirk::parse("noSuchThing"), None);
    }
}
