//! The envelope around requests and answers: SOAP 1.1 as Exchange speaks it.

mod envelope;
mod fault;
mod message;
mod request;

pub use envelope::{answer, fault as fault_document};
pub use fault::Fault;
pub use message::{Message, Problem, messages};
pub use request::{Request, read};

/// Namespace of SOAP 1.1.
pub const SOAP: &str = "http://schemas.xmlsoap.org/soap/envelope/";
/// Namespace of the parts of a fault.
pub const ERRORS: &str = "http://schemas.microsoft.com/exchange/services/2006/errors";
