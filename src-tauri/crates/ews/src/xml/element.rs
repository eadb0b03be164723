//! An element of an answer.

use super::Namespace;

/// Names and values.
pub(super) type Attributes = Vec<(Box<str>, Box<str>)>;

/// An element with everything in it. Attributes that have a prefix are left out: none is read.
#[derive(Debug)]
pub(crate) struct Element {
    pub(super) namespace: Namespace,
    pub(super) name: Box<str>,
    pub(super) attributes: Attributes,
    pub(super) children: Vec<Self>,
    pub(super) text: String,
}

impl Element {
    /// Its name without prefix.
    pub(crate) fn name(&self) -> &str {
        &self.name
    }

    pub(crate) fn is(&self, namespace: Namespace, name: &str) -> bool {
        self.namespace == namespace && *self.name == *name
    }

    /// The text directly in it, in one piece, cropped to [`super::TEXT`].
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// The value of the attribute of that name.
    pub(crate) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| **key == *name).map(|(_, value)| &**value)
    }

    /// The elements directly in it.
    pub(crate) fn children(&self) -> &[Self] {
        &self.children
    }

    /// As [`Element::children`], for messages that are taken apart.
    pub(crate) fn into_children(self) -> Vec<Self> {
        self.children
    }

    /// The first child of that name.
    pub(crate) fn child(&self, namespace: Namespace, name: &str) -> Option<&Self> {
        self.all(namespace, name).next()
    }

    /// The children of that name.
    pub(crate) fn all(&self, namespace: Namespace, name: &str) -> impl Iterator<Item = &Self> {
        self.children.iter().filter(move |child| child.is(namespace, name))
    }

    /// The first child of that name among EWS types.
    pub(crate) fn typed(&self, name: &str) -> Option<&Self> {
        self.child(Namespace::Types, name)
    }

    /// The text of the first child of that name among EWS types.
    pub(crate) fn value(&self, name: &str) -> Option<&str> {
        self.typed(name).map(Self::text)
    }

    /// As [`Element::value`], without white space around it: for names of values, numbers and times.
    pub(crate) fn word(&self, name: &str) -> Option<&str> {
        self.value(name).map(str::trim)
    }

    /// The first child of that name, taken out; for roots whose rest is not needed.
    pub(crate) fn take(&mut self, namespace: Namespace, name: &str) -> Option<Self> {
        let index = self.children.iter().position(|child| child.is(namespace, name))?;
        Some(self.children.swap_remove(index))
    }
}
