//! `cargo xtask screenshots`: pictures of every view, in both languages, both themes and two sizes.

use std::ffi::OsStr;
use std::path::Path;

use crate::command::{program, run};
use crate::error::Error;
use crate::project::{npm, root};
use crate::setup::{self, Purpose};

/// Where the pictures go if nobody says otherwise.
const FOLDER: &str = "target/screenshots";

/// Takes the pictures with the scripted core of the UI. The first argument is the folder, seen from where this is
/// called.
pub fn take(arguments: &[String]) -> Result<(), Error> {
    let folder = match arguments {
        [] => root().join(FOLDER),
        [folder] if !folder.starts_with('-') => Path::new(folder).to_owned(),
        _ => return Err(Error::Usage("screenshots takes one folder, or nothing".into())),
    };
    setup::for_purpose(Purpose::Test)?;
    // npm runs the script in the folder of its package, so that only a whole path means the same there.
    let folder = std::path::absolute(folder)
        .map_err(|source| Error::Start { program: "screenshots".into(), source })?;
    let words = ["--prefix", "ui", "run", "--silent", "screenshots", "--"].map(OsStr::new);
    run(program(npm(), words.into_iter().chain([folder.as_os_str()])))?;
    println!("The pictures are in {}.", folder.display());
    Ok(())
}
