//! The programs that are measured: they lie beside this one, as cargo built them.

use crate::error::BenchError;
use std::path::PathBuf;

/// Where a program of this build is.
///
/// # Errors
/// When it is not built.
pub fn built(name: &str) -> Result<PathBuf, BenchError> {
    let own = own()?;
    let path = own.with_file_name(format!("{name}{}", std::env::consts::EXE_SUFFIX));
    match path.metadata() {
        Ok(_) => Ok(path),
        Err(source) => Err(BenchError::File { path, source }),
    }
}

/// This program itself, which is some of the references too.
///
/// # Errors
/// When the system does not know it.
pub fn own() -> Result<PathBuf, BenchError> {
    std::env::current_exe().map_err(BenchError::program("convoke-bench"))
}
