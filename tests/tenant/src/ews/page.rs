//! Pages by number (source: "How to perform paged searches by using EWS in Exchange").

use std::ops::Range;

use crate::xml::{Element, Node, element};

/// Most entries of an answer, whatever is asked (EWSFindCountLimit).
pub const LIMIT: usize = 1000;

/// A part of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    start: usize,
    end: usize,
    total: usize,
    from_end: bool,
}

impl Page {
    /// The page that a view asks for; all that is allowed, where there is no view.
    #[must_use]
    pub fn read(view: Option<&Node>, total: usize) -> Self {
        let number = |name: &str| {
            view.and_then(|view| view.attribute(name)).and_then(|text| text.parse::<usize>().ok())
        };
        let offset = number("Offset").unwrap_or(0).min(total);
        let size = number("MaxEntriesReturned").unwrap_or(LIMIT).min(LIMIT);
        let from_end = view.is_some_and(|view| view.attribute("BasePoint") == Some("End"));
        let (start, end) = if from_end {
            ((total - offset).saturating_sub(size), total - offset)
        } else {
            (offset, (offset + size).min(total))
        };
        Self { start, end, total, from_end }
    }

    /// Which entries.
    #[must_use]
    pub fn range(&self) -> Range<usize> {
        self.start..self.end
    }

    /// The element around the entries, which says where the next page begins.
    #[must_use]
    pub fn root(&self, name: &'static str) -> Element {
        let (next, is_last) = if self.from_end {
            (self.total - self.start, self.start == 0)
        } else {
            (self.end, self.end == self.total)
        };
        element(name)
            .with("IndexedPagingOffset", next.to_string())
            .with("TotalItemsInView", self.total.to_string())
            .with("IncludesLastItemInRange", is_last.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_cut_from_either_end() {
        let check = |view: &str, total: usize, expected: Range<usize>| {
            let node = crate::xml::read(view.as_bytes()).unwrap();
            assert_eq!(Page::read(Some(&node), total).range(), expected, "{view}");
        };
        check("<v MaxEntriesReturned='10' Offset='0' BasePoint='Beginning'/>", 25, 0..10);
        check("<v MaxEntriesReturned='10' Offset='20' BasePoint='Beginning'/>", 25, 20..25);
        check("<v MaxEntriesReturned='10' Offset='99' BasePoint='Beginning'/>", 25, 25..25);
        check("<v MaxEntriesReturned='10' Offset='0' BasePoint='End'/>", 25, 15..25);
        check("<v Offset='0' BasePoint='Beginning'/>", 3000, 0..1000);
        assert_eq!(Page::read(None, 3000).range(), 0..1000);
    }
}
