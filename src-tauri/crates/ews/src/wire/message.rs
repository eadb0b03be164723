//! Response messages (`ResponseMessages`): each says for itself whether it worked.

use crate::error::{EwsError, Refusal};
use crate::refusal::refusal;
use crate::xml::{Element, Namespace};

/// One message of an answer.
#[derive(Debug)]
pub(crate) enum Message {
    /// It worked, or worked with a warning.
    Accepted(Element),
    /// It failed.
    Refused(Refusal),
}

impl Message {
    /// The messages of the operation `name` in `ResponseMessages`.
    pub(crate) fn all(list: Element, name: &str) -> Result<Vec<Self>, EwsError> {
        let wanted = format!("{name}ResponseMessage");
        let messages =
            list.into_children().into_iter().filter(|child| child.is(Namespace::Messages, &wanted));
        messages.map(Self::of).collect()
    }

    /// Reads `ResponseClass` and `ResponseCode`, which may have white space around it.
    ///
    /// A warning is a success of its own kind (several names fit) or, where processing stopped before the
    /// item (`ErrorBatchProcessingStopped`), none.
    pub(crate) fn of(message: Element) -> Result<Self, EwsError> {
        let code = message.child(Namespace::Messages, "ResponseCode").map(|code| code.text().trim());
        let class = message.attribute("ResponseClass").map(str::trim);
        match (class, code) {
            (Some("Success"), _)
            | (Some("Warning"), Some("NoError" | "ErrorNameResolutionMultipleResults")) => {
                Ok(Self::Accepted(message))
            }
            (Some("Error" | "Warning"), Some(code)) => {
                let text = message.child(Namespace::Messages, "MessageText").map(Element::text);
                Ok(Self::Refused(refusal(200, code, text.unwrap_or_default(), Some(&message))))
            }
            _ => Err(EwsError::Missing { field: "ResponseClass" }),
        }
    }

    /// The message, if it worked.
    pub(crate) fn accepted(self) -> Result<Element, Refusal> {
        match self {
            Self::Accepted(message) => Ok(message),
            Self::Refused(refusal) => Err(refusal),
        }
    }
}
