//! Why something could not be measured.

use std::path::PathBuf;
use std::process::ExitStatus;

/// Why something could not be measured, or was measured to be wrong.
#[derive(Debug, thiserror::Error)]
pub enum BenchError {
    /// A program could not be started or listened to.
    #[error("{program}")]
    Program {
        /// Its name.
        program: String,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// A program ended badly.
    #[error("{program} ended with {status}: {output}")]
    Ended {
        /// Its name.
        program: String,
        /// How.
        status: ExitStatus,
        /// What it printed.
        output: String,
    },
    /// A program did not say what it was waited for.
    #[error("{program} did not say \"{awaited}\"")]
    Silent {
        /// Its name.
        program: String,
        /// What was waited for.
        awaited: String,
    },
    /// A file could not be read or written.
    #[error("{}", path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// What was said is not JSON, or not the JSON that was expected.
    #[error("not the JSON that was expected")]
    Json(#[from] serde_json::Error),
    /// A request failed.
    #[error("a request failed")]
    Http(#[from] ureq::Error),
    /// An address is none.
    #[error("not an address")]
    Address(#[from] url::ParseError),
    /// The database of a reference failed.
    #[error("the reference's database")]
    Sql(#[from] rusqlite::Error),
    /// The product's cache failed.
    #[error("the cache")]
    Store(#[from] convoke_store::StoreError),
    /// A result was wrong: its time means nothing.
    #[error("wrong result: {0}")]
    Wrong(String),
}

impl BenchError {
    /// Names a file in an error of the system.
    pub fn file(path: impl Into<PathBuf>) -> impl FnOnce(std::io::Error) -> Self {
        let path = path.into();
        move |source| Self::File { path, source }
    }

    /// Names a program in an error of the system.
    pub fn program(program: impl Into<String>) -> impl FnOnce(std::io::Error) -> Self {
        let program = program.into();
        move |source| Self::Program { program, source }
    }
}
