//! The namespaces that answers are read in. Prefixes are the server's choice and mean nothing.

/// A namespace that an element is in. Names are compared exactly: documentation prints some with `https`,
/// which no server sends and which would be another namespace.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Namespace {
    /// None, as the children of a SOAP 1.1 fault.
    None,
    /// The SOAP 1.1 envelope.
    Soap,
    /// EWS messages, `m:`.
    Messages,
    /// EWS types, `t:`.
    Types,
    /// EWS errors, `e:`.
    Errors,
    /// The root of a POX Autodiscover answer.
    Autodiscover,
    /// The settings within one.
    Outlook,
    /// Any other.
    Other,
}

impl Namespace {
    pub(crate) const SOAP: &str = "http://schemas.xmlsoap.org/soap/envelope/";
    pub(crate) const MESSAGES: &str = "http://schemas.microsoft.com/exchange/services/2006/messages";
    pub(crate) const TYPES: &str = "http://schemas.microsoft.com/exchange/services/2006/types";
    const ERRORS: &str = "http://schemas.microsoft.com/exchange/services/2006/errors";
    const AUTODISCOVER: &str = "http://schemas.microsoft.com/exchange/autodiscover/responseschema/2006";
    pub(crate) const OUTLOOK: &str =
        "http://schemas.microsoft.com/exchange/autodiscover/outlook/responseschema/2006a";

    /// The namespace of that name.
    pub(super) fn of(uri: &str) -> Self {
        match uri {
            Self::SOAP => Self::Soap,
            Self::MESSAGES => Self::Messages,
            Self::TYPES => Self::Types,
            Self::ERRORS => Self::Errors,
            Self::AUTODISCOVER => Self::Autodiscover,
            Self::OUTLOOK => Self::Outlook,
            _ => Self::Other,
        }
    }
}
