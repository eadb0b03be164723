//! POSIX access control lists as Linux keeps them in the attribute `system.posix_acl_access`
//! (`include/uapi/linux/posix_acl_xattr.h`; acl(5)).

/// The only version there is.
const VERSION: u32 = 2;
const USER: u16 = 0x02;
const GROUP_OBJ: u16 = 0x04;
const GROUP: u16 = 0x08;
const MASK: u16 = 0x10;
const WRITE: u16 = 0x02;

/// Whether somebody whom the mode's group bits stand for, and who is no administrator, may write: with a list these
/// bits are its mask, and the mask says nothing of who is behind it. What can't be understood counts as writable.
///
/// `group` is the file's own group; `administrators` are the groups whose members administer the machine.
pub fn writable_by_others(list: &[u8], group: u32, administrators: &[u32]) -> bool {
    let Some(entries) = entries(list) else { return true };
    // Without a mask nothing is masked; no named entry may stand without one.
    let mask = entries.iter().find(|entry| entry.tag == MASK).map_or(u16::MAX, |entry| entry.permissions);
    entries.iter().any(|entry| {
        let trusted = match entry.tag {
            USER => entry.id == 0,
            GROUP => administrators.contains(&entry.id),
            GROUP_OBJ => administrators.contains(&group),
            // The owner, the mask and all others: the mode tells of them.
            _ => true,
        };
        !trusted && entry.permissions & mask & WRITE != 0
    })
}

struct Entry {
    tag: u16,
    permissions: u16,
    id: u32,
}

/// The entries after the version; all numbers are little-endian.
fn entries(list: &[u8]) -> Option<Vec<Entry>> {
    let (version, rest) = list.split_first_chunk::<4>()?;
    let (entries, odd) = rest.as_chunks::<8>();
    (u32::from_le_bytes(*version) == VERSION && odd.is_empty()).then(|| entries.iter().map(entry).collect())
}

fn entry([t0, t1, p0, p1, id @ ..]: &[u8; 8]) -> Entry {
    Entry {
        tag: u16::from_le_bytes([*t0, *t1]),
        permissions: u16::from_le_bytes([*p0, *p1]),
        id: u32::from_le_bytes(*id),
    }
}

#[cfg(test)]
pub mod tests {
    use super::*;

    const NOBODY: u32 = u32::MAX;

    /// A list as the kernel writes it, from tags, permissions and ids.
    pub fn list(entries: &[(u16, u16, u32)]) -> Vec<u8> {
        let entry = |(tag, permissions, id): &(u16, u16, u32)| {
            [&tag.to_le_bytes()[..], &permissions.to_le_bytes(), &id.to_le_bytes()].concat()
        };
        VERSION.to_le_bytes().into_iter().chain(entries.iter().flat_map(entry)).collect()
    }

    /// With the named entries, under a mask; the owner may do everything, the file's group and others may read.
    pub fn named(named: &[(u16, u16, u32)], mask: u16) -> Vec<u8> {
        let of_owner = [(0x01, 6, NOBODY)];
        let of_class = [(GROUP_OBJ, 4, NOBODY), (MASK, mask, NOBODY), (0x20, 4, NOBODY)];
        let mut all = [&of_owner, named, &of_class].concat();
        all.sort_by_key(|(tag, _, _)| *tag);
        list(&all)
    }

    fn check(list: &[u8], group: u32, expected: bool) {
        assert_eq!(writable_by_others(list, group, &[0, 80]), expected, "{list:?}");
    }

    #[test]
    fn b66_a_named_user_or_group_may_write() {
        check(&named(&[(USER, 6, 1000)], 6), 0, true);
        check(&named(&[(GROUP, 6, 1000)], 6), 0, true);
        check(&named(&[(USER, 2, 1000)], 7), 0, true);
        check(&named(&[(USER, 4, 1000), (USER, 6, 1001)], 6), 0, true);
    }

    #[test]
    fn b66_administrators_readers_and_the_masked_are_harmless() {
        check(&named(&[(USER, 6, 0), (GROUP, 6, 80)], 6), 0, false);
        check(&named(&[(USER, 4, 1000), (GROUP, 5, 1000)], 6), 0, false);
        check(&named(&[(USER, 6, 1000)], 4), 0, false);
    }

    #[test]
    fn b66_the_own_group_counts_by_who_it_is() {
        let own = list(&[(0x01, 6, NOBODY), (GROUP_OBJ, 6, NOBODY), (MASK, 6, NOBODY), (0x20, 4, NOBODY)]);
        check(&own, 0, false);
        check(&own, 1000, true);
    }

    #[test]
    fn b66_what_is_no_list_counts_as_writable() {
        check(&[], 0, true);
        check(&[2, 0, 0, 0, 1], 0, true);
        check(&[3, 0, 0, 0], 0, true);
    }
}
