//! What can go wrong here.

use thiserror::Error as ThisError;

/// Why a command did not succeed. The text is for the terminal.
#[derive(Debug, ThisError)]
pub enum Error {
    /// Called in a way that there is none.
    #[error("{0}")]
    Usage(String),
    /// Something is missing that can't be installed without a person.
    #[error("{0}")]
    Missing(String),
    /// A program could not be started or listened to.
    #[error("{program}: {source}")]
    Start {
        /// The program.
        program: String,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// A program ended badly.
    #[error("{program} failed")]
    Failed {
        /// The program with its arguments.
        program: String,
    },
    /// A test failed. The report has been printed already.
    #[error("Not everything passed.")]
    Tests,
}

impl Error {
    /// The exit status: 2 for what a person has to mend before it makes sense to try again.
    pub fn status(&self) -> u8 {
        match self {
            Self::Usage(_) | Self::Missing(_) => 2,
            Self::Start { .. } | Self::Failed { .. } | Self::Tests => 1,
        }
    }
}
