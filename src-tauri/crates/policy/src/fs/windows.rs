//! Windows: owner and access control list.

use std::fs::{Metadata, OpenOptions};
use std::io;
use std::path::Path;

use windows_permissions::constants::{SeObjectType, SecurityInformation};
use windows_permissions::wrappers::GetNamedSecurityInfo;

use super::Facts;
use super::sddl::writers;

pub fn open_options() -> OpenOptions {
    OpenOptions::new()
}

pub fn facts(path: &Path, metadata: &Metadata) -> io::Result<Facts> {
    let wanted = SecurityInformation::Owner | SecurityInformation::Dacl;
    let descriptor =
        GetNamedSecurityInfo(path.as_os_str(), SeObjectType::SE_FILE_OBJECT, wanted)?.as_sddl()?;
    let writers = writers(&descriptor.to_string_lossy(), metadata.is_dir());
    Ok(Facts {
        path: path.to_owned(),
        owned_by_administrator: writers.owned_by_administrator,
        writable_by_others: writers.writable_by_others,
        sticky: false,
    })
}
