//! Response messages: how each thing asked for went. One answer can hold both kinds.

use crate::ews::schema::Operation;
use crate::xml::{Element, element};

/// How it went.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Class {
    /// Well.
    Success,
    /// Well, with a remark.
    Warning,
    /// Not.
    Error,
}

/// Why one thing failed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// The response code.
    pub code: String,
    /// The words.
    pub text: String,
    /// What `MessageXml` holds.
    pub xml: Vec<Element>,
}

impl Problem {
    /// A failure.
    pub fn new(code: impl Into<String>, text: impl Into<String>) -> Self {
        Self { code: code.into(), text: text.into(), xml: Vec::new() }
    }

    /// No such item.
    #[must_use]
    pub fn item_not_found() -> Self {
        Self::new("ErrorItemNotFound", "The specified object was not found in the store.")
    }

    /// No such folder.
    #[must_use]
    pub fn folder_not_found() -> Self {
        Self::new("ErrorFolderNotFound", "The specified folder could not be found in the store.")
    }

    /// No id of this mailbox.
    #[must_use]
    pub fn malformed_id() -> Self {
        Self::new("ErrorInvalidIdMalformed", "Id is malformed.")
    }

    /// Real servers do it; this one does not.
    #[must_use]
    pub fn not_simulated(what: &str) -> Self {
        Self::new("ErrorInvalidOperation", format!("This simulated server does not serve {what}."))
    }

    /// Not for the caller.
    #[must_use]
    pub fn access_denied() -> Self {
        Self::new("ErrorAccessDenied", "Access is denied. Check credentials and try again.")
    }
}

/// The message about one thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    class: Class,
    code: String,
    text: String,
    xml: Vec<Element>,
    content: Vec<Element>,
}

impl Message {
    /// It went well.
    #[must_use]
    pub fn success(content: Vec<Element>) -> Self {
        Self { class: Class::Success, code: "NoError".into(), text: String::new(), xml: Vec::new(), content }
    }

    /// It went well, with a remark.
    #[must_use]
    pub fn warning(problem: Problem, content: Vec<Element>) -> Self {
        Self { class: Class::Warning, code: problem.code, text: problem.text, xml: problem.xml, content }
    }

    /// It failed.
    #[must_use]
    pub fn error(operation: &Operation, problem: Problem) -> Self {
        let empty = operation.on_failure.iter().map(|(name, text)| element(name).text(*text));
        Self { class: Class::Error, ..Self::warning(problem, empty.collect()) }
    }

    /// The message about a result.
    #[must_use]
    pub fn of(operation: &Operation, result: Result<Vec<Element>, Problem>) -> Self {
        match result {
            Ok(content) => Self::success(content),
            Err(problem) => Self::error(operation, problem),
        }
    }

    fn fill(self, element_of_it: Element, padded: bool) -> Element {
        let class = match self.class {
            Class::Success => "Success",
            Class::Warning => "Warning",
            Class::Error => "Error",
        };
        let code = if padded { format!("\r\n        {}\r\n      ", self.code) } else { self.code };
        let mut filled = element_of_it.with("ResponseClass", class);
        if self.class != Class::Success {
            filled = filled.leaf("m:MessageText", self.text);
        }
        filled = filled.leaf("m:ResponseCode", code);
        if self.class != Class::Success {
            filled = filled.leaf("m:DescriptiveLinkKey", "0");
        }
        if !self.xml.is_empty() {
            filled = filled.child(element("m:MessageXml").children(self.xml));
        }
        filled.children(self.content)
    }
}

/// The answer that holds the messages. `padded` puts blanks around the codes, as some servers do.
#[must_use]
pub fn messages(operation: &Operation, all: Vec<Message>, padded: bool) -> Element {
    let root = || {
        element(operation.response)
            .with("xmlns:m", crate::ews::schema::MESSAGES)
            .with("xmlns:t", crate::ews::schema::TYPES)
    };
    match operation.message {
        None => all.into_iter().next().map_or_else(root, |message| message.fill(root(), padded)),
        Some(name) => {
            let filled = all.into_iter().map(|message| message.fill(element(name), padded));
            root().child(element("m:ResponseMessages").children(filled))
        }
    }
}
