//! Why a document is refused.

/// Why a document is refused.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum XmlError {
    /// The bytes are in an encoding other than UTF-8 and UTF-16 with byte order mark, or not in the one that
    /// the document declares.
    #[error("the XML is in an encoding that is not supported, or not in the one it declares")]
    Encoding,
    /// The document has a DTD, which could define entities.
    #[error("the XML has a document type declaration")]
    DocumentType,
    /// The document is larger than the limit.
    #[error("the XML is larger than {} bytes", super::BYTES)]
    TooLarge,
    /// Elements are nested more deeply than the limit.
    #[error("the XML is nested more than {} elements deep", super::DEPTH)]
    TooDeep,
    /// There are more elements than the limit.
    #[error("the XML has more than {} elements", super::ELEMENTS)]
    TooManyElements,
    /// An element has more attributes than the limit.
    #[error("an XML element has more than {} attributes", super::ATTRIBUTES)]
    TooManyAttributes,
    /// More namespaces are declared at once than the limit.
    #[error("the XML declares more than {} namespaces at once", super::NAMESPACES)]
    TooManyNamespaces,
    /// An attribute is longer than the limit.
    #[error("an XML attribute is longer than {} bytes", super::ATTRIBUTE)]
    LongAttribute,
    /// A prefix is not declared.
    #[error("an XML name has a prefix that is not declared")]
    UnknownPrefix,
    /// The document ends before its root element does.
    #[error("the XML ends early")]
    Truncated,
    /// There is text or a second element outside the root element.
    #[error("the XML has content outside its root element")]
    OutsideRoot,
    /// It is not well-formed XML.
    #[error("the XML is not well-formed")]
    Syntax(#[source] quick_xml::Error),
}

impl From<quick_xml::Error> for XmlError {
    fn from(error: quick_xml::Error) -> Self {
        use quick_xml::name::NamespaceError;
        match error {
            quick_xml::Error::Namespace(NamespaceError::TooManyBindings(_)) => Self::TooManyNamespaces,
            error => Self::Syntax(error),
        }
    }
}
