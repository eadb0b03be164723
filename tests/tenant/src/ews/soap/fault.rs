//! SOAP faults: what fails a request as a whole.

use crate::ews::schema::Violation;
use crate::xml::{Element, element};

/// Why a whole request fails. It is sent with status 500.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The response code.
    pub code: String,
    /// The words.
    pub text: String,
    /// The words of `faultstring`, where they are others.
    pub reason: Option<String>,
    /// What `MessageXml` holds.
    pub xml: Vec<Element>,
}

impl Fault {
    /// A fault without more than code and words.
    pub fn new(code: impl Into<String>, text: impl Into<String>) -> Self {
        Self { code: code.into(), text: text.into(), reason: None, xml: Vec::new() }
    }

    /// The request breaks the schema.
    #[must_use]
    pub fn schema(violation: &Violation) -> Self {
        let text = "The request failed schema validation.";
        let xml = vec![
            element("t:LineNumber").text(violation.place.line.to_string()),
            element("t:LinePosition").text(violation.place.column.to_string()),
            element("t:Violation").text(&violation.text),
        ];
        let reason = Some(format!("The request failed schema validation: {}", violation.text));
        Self { reason, xml, ..Self::new("ErrorSchemaValidation", text) }
    }

    /// The request is no SOAP request.
    pub fn invalid_request(text: impl Into<String>) -> Self {
        Self::new("ErrorInvalidRequest", text)
    }

    /// The server has no such schema.
    #[must_use]
    pub fn invalid_server_version() -> Self {
        Self::new("ErrorInvalidServerVersion", "The specified server version is invalid.")
    }
}
