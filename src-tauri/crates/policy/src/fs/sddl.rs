//! Who may write a file on Windows, read from its security descriptor in text form.
//!
//! Form: Microsoft, "Security Descriptor Definition Language" and "ACE Strings". What is not understood counts as
//! open to everybody.

/// What a security descriptor says about writing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Writers {
    /// Whether the owner is the system or an administrator.
    pub owned_by_administrator: bool,
    /// Whether anybody else may change it, or replace what is in it. Merely adding to a folder does not count: the
    /// system lets every user add to `ProgramData` and what is made in it, and what a user adds the user owns.
    pub writable_by_others: bool,
}

/// Reads owner and access control list.
pub fn writers(descriptor: &str, is_folder: bool) -> Writers {
    Writers {
        owned_by_administrator: owner(descriptor).is_some_and(administers),
        writable_by_others: part(descriptor, "D:").is_none_or(|list| open_to_others(list, is_folder)),
    }
}

/// The owner stands between `O:` and the letter of the next part.
fn owner(descriptor: &str) -> Option<&str> {
    let rest = part(descriptor, "O:")?;
    match rest.split_once(':') {
        Some((owner, _)) => owner.get(..owner.len().checked_sub(1)?),
        None => Some(rest),
    }
}

fn part<'a>(descriptor: &'a str, letter: &str) -> Option<&'a str> {
    descriptor.split_once(letter).map(|(_, rest)| rest)
}

fn open_to_others(list: &str, is_folder: bool) -> bool {
    let list = list.split("S:").next().unwrap_or(list);
    let mut entries = list.split('(');
    let flags = entries.next().unwrap_or_default();
    // A list that is not there lets everybody do everything; one that is empty lets nobody.
    flags.contains("NO_ACCESS_CONTROL") || entries.any(|entry| opens(entry.trim_end_matches(')'), is_folder))
}

fn opens(entry: &str, is_folder: bool) -> bool {
    let fields: Vec<&str> = entry.split(';').collect();
    let [kind, flags, rights, _, _, who] = fields.as_slice() else {
        return true;
    };
    let allows = !matches!(*kind, "D" | "OD" | "AU" | "AL" | "ML");
    let only_for_children = pairs(flags).any(|flag| flag == "IO");
    allows
        && !only_for_children
        && !administers(who)
        && mask(rights).is_none_or(|mask| mask & writing(is_folder) != 0)
}

/// The rights that change a file, or the entries that a folder already has.
fn writing(is_folder: bool) -> u32 {
    const WRITE_OR_ADD_FILE: u32 = 0x2;
    const APPEND_OR_ADD_FOLDER: u32 = 0x4;
    const DELETE_CHILD: u32 = 0x40;
    const DELETE: u32 = 0x1_0000;
    const CHANGE_LIST: u32 = 0x4_0000;
    const TAKE: u32 = 0x8_0000;
    const GENERIC_ALL: u32 = 0x1000_0000;
    const GENERIC_WRITE: u32 = 0x4000_0000;
    let replacing = DELETE_CHILD | DELETE | CHANGE_LIST | TAKE | GENERIC_ALL;
    if is_folder { replacing } else { replacing | WRITE_OR_ADD_FILE | APPEND_OR_ADD_FOLDER | GENERIC_WRITE }
}

/// The system, administrators in their several forms, and the installer of Windows.
fn administers(who: &str) -> bool {
    const TRUSTED_INSTALLER: &str = "S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464";
    const NAMES: [&str; 7] = ["SY", "BA", "LA", "DA", "EA", "S-1-5-18", "S-1-5-32-544"];
    NAMES.contains(&who) || who == TRUSTED_INSTALLER
}

fn mask(rights: &str) -> Option<u32> {
    if let Some(digits) = rights.strip_prefix("0x") {
        return u32::from_str_radix(digits, 16).ok();
    }
    pairs(rights).map(right).try_fold(0, |mask, right| right.map(|right| mask | right))
}

fn right(name: &str) -> Option<u32> {
    Some(match name {
        "CC" => 0x1,
        "DC" => 0x2,
        "LC" => 0x4,
        "SW" => 0x8,
        "RP" => 0x10,
        "WP" => 0x20,
        "DT" => 0x40,
        "LO" => 0x80,
        "CR" => 0x100,
        "SD" => 0x1_0000,
        "RC" => 0x2_0000,
        "WD" => 0x4_0000,
        "WO" => 0x8_0000,
        "FA" => 0x1F_01FF,
        "FR" => 0x12_0089,
        "FW" => 0x12_0116,
        "FX" => 0x12_00A0,
        "GA" => 0x1000_0000,
        "GX" => 0x2000_0000,
        "GW" => 0x4000_0000,
        "GR" => 0x8000_0000,
        _ => return None,
    })
}

fn pairs(text: &str) -> impl Iterator<Item = &str> {
    (0..text.len()).step_by(2).map(|start| text.get(start..(start + 2).min(text.len())).unwrap_or("?"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(descriptor: &str, is_folder: bool, owned_by_administrator: bool, writable_by_others: bool) {
        let expected = Writers { owned_by_administrator, writable_by_others };
        assert_eq!(writers(descriptor, is_folder), expected, "{descriptor} folder {is_folder}");
    }

    #[test]
    fn b66_descriptors_of_windows() {
        // A file that an administrator made below ProgramData.
        check(
            "O:BAG:S-1-5-21-1-2-3-513D:AI(A;ID;FA;;;SY)(A;ID;FA;;;BA)(A;ID;0x1200a9;;;BU)",
            false,
            true,
            false,
        );
        // ProgramData itself: users may add, not replace.
        let data = "O:SYG:SYD:PAI(A;OICIIO;GA;;;CO)(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)(A;OICI;0x1200a9;;;BU)(A;CI;DCLCRPCR;;;BU)";
        check(data, true, true, false);
        check(data, false, true, true);
        // The root of the system drive.
        let root = "O:S-1-5-80-956008885-3418522649-1831038044-1853292631-2271478464D:PAI(A;OICIIO;SDGXGWGR;;;AU)(A;;LC;;;AU)(A;OICI;FA;;;SY)(A;OICI;FA;;;BA)";
        check(root, true, true, false);
        // A file that a user made there.
        check(
            "O:S-1-5-21-1-2-3-1001G:S-1-5-21-1-2-3-513D:AI(A;ID;FA;;;SY)(A;ID;FA;;;S-1-5-21-1-2-3-1001)",
            false,
            false,
            true,
        );
        // "Modify" for Users, and "Full control" for Everyone.
        check("O:BAD:(A;;0x1301bf;;;BU)", false, true, true);
        check("O:BAD:(A;OICI;FA;;;WD)", true, true, true);
        check("O:BAD:(A;;FR;;;WD)(D;;FW;;;WD)", false, true, false);
    }

    #[test]
    fn b66_what_is_not_understood_is_open() {
        check("", false, false, true);
        check("O:BA", false, true, true);
        check("O:BAG:BAD:NO_ACCESS_CONTROL", false, true, true);
        check("O:BAG:BAD:P", false, true, false);
        check("O:BAD:(A;;FQ;;;WD)", false, true, true);
        check("O:BAD:(XA;;FR;;;WD;(Member_of {SID(BA)}))", false, true, true);
        check("O:BAD:(A;;0xZZ;;;WD)", false, true, true);
    }
}
