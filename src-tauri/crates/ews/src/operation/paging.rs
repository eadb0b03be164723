//! Pages by index (EWS "How to perform paged searches").

use crate::error::EwsError;
use crate::xml::{Element, Tag};

/// Entries of a page: what a server gives at most (`EWSFindCountLimit`).
const PAGE_SIZE: u32 = 1_000;

/// The most entries that are listed page by page; a mailbox with more has something else wrong with it.
const MOST: u32 = 200_000;

/// `IndexedPageItemView` or `IndexedPageFolderView`.
pub(super) fn view(name: &'static str, offset: u32) -> Tag {
    Tag::new(name)
        .with("MaxEntriesReturned", PAGE_SIZE.to_string())
        .with("Offset", offset.to_string())
        .with("BasePoint", "Beginning")
}

/// The offset of the page after this `root` (`RootFolder`), which was asked at `offset` and holds `count`
/// entries. A server may give fewer than were asked for, but not stand still.
pub(super) fn next(root: &Element, offset: u32, count: usize) -> Result<Option<u32>, EwsError> {
    if includes_last(root)? {
        return Ok(None);
    }
    let said = root.attribute("IndexedPagingOffset").and_then(|next| next.trim().parse().ok());
    let next = said.unwrap_or_else(|| offset.saturating_add(u32::try_from(count).unwrap_or(u32::MAX)));
    if next > offset && next <= MOST {
        Ok(Some(next))
    } else {
        Err(EwsError::Missing { field: "an end to its list" })
    }
}

/// Whether an answer holds everything up to the end.
pub(super) fn includes_last(root: &Element) -> Result<bool, EwsError> {
    let said = root.attribute("IncludesLastItemInRange").map(str::trim);
    said.and_then(boolean).ok_or(EwsError::Missing { field: "IncludesLastItemInRange" })
}

/// An XML Schema boolean.
pub(super) fn boolean(text: &str) -> Option<bool> {
    match text {
        "true" | "1" => Some(true),
        "false" | "0" => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::next;
    use crate::xml;

    #[test]
    fn pages_go_forward_and_end() {
        let check = |attributes: &str, count: usize, expected: Option<Option<u32>>| {
            let root = xml::parse(format!("<r {attributes}/>").as_bytes()).unwrap();
            assert_eq!(next(&root, 100, count).ok(), expected, "{attributes}");
        };
        check(r#"IncludesLastItemInRange="true""#, 5, Some(None));
        check(r#"IncludesLastItemInRange=" 1 " IndexedPagingOffset="105""#, 5, Some(None));
        check(r#"IncludesLastItemInRange="false" IndexedPagingOffset="150""#, 50, Some(Some(150)));
        check(r#"IncludesLastItemInRange="false""#, 50, Some(Some(150)));
        // Standing still, going back, no end in sight, not said.
        check(r#"IncludesLastItemInRange="false" IndexedPagingOffset="100""#, 0, None);
        check(r#"IncludesLastItemInRange="false""#, 0, None);
        check(r#"IncludesLastItemInRange="false" IndexedPagingOffset="0""#, 50, None);
        check(r#"IncludesLastItemInRange="false" IndexedPagingOffset="4000000000""#, 50, None);
        check(r#"IndexedPagingOffset="150""#, 50, None);
        check(r#"IncludesLastItemInRange="maybe""#, 50, None);
    }
}
