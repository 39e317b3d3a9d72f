//! What the mapper writes to: one article's graph, that takes neither blank nodes nor others' graphs.

use oxrdf::{LiteralRef, NamedNodeRef, QuadRef, TermRef};

/// The object of a triple in an article's graph.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Object<'a> {
    /// An IRI.
    Iri(NamedNodeRef<'a>),
    /// A literal.
    Literal(LiteralRef<'a>),
}

impl<'a> From<NamedNodeRef<'a>> for Object<'a> {
    fn from(iri: NamedNodeRef<'a>) -> Self {
        Self::Iri(iri)
    }
}

impl<'a> From<LiteralRef<'a>> for Object<'a> {
    fn from(literal: LiteralRef<'a>) -> Self {
        Self::Literal(literal)
    }
}

/// Plain strings, the commonest literal.
impl<'a> From<&'a str> for Object<'a> {
    fn from(text: &'a str) -> Self {
        Self::Literal(LiteralRef::new_simple_literal(text))
    }
}

impl<'a> From<Object<'a>> for TermRef<'a> {
    fn from(object: Object<'a>) -> Self {
        match object {
            Object::Iri(iri) => iri.into(),
            Object::Literal(literal) => literal.into(),
        }
    }
}

/// One named graph, open for writing. All that goes in is an IRI, an IRI, and an [`Object`].
pub struct ArticleGraph<'g, F> {
    name: NamedNodeRef<'g>,
    sink: F,
    written: usize,
}

impl<'g, F: FnMut(QuadRef<'_>)> ArticleGraph<'g, F> {
    /// Opens the graph `name`; each quad goes to `sink`.
    pub fn new(name: NamedNodeRef<'g>, sink: F) -> Self {
        Self { name, sink, written: 0 }
    }

    /// Writes one triple.
    pub fn write<'o>(
        &mut self,
        subject: NamedNodeRef<'_>,
        predicate: NamedNodeRef<'_>,
        object: impl Into<Object<'o>>,
    ) {
        let object: TermRef<'_> = object.into().into();
        (self.sink)(QuadRef::new(subject, predicate, object, self.name));
        self.written += 1;
    }

    /// Writes one triple where there is an object: the unknown stays absent.
    pub fn write_some<'o, O: Into<Object<'o>>>(
        &mut self,
        subject: NamedNodeRef<'_>,
        predicate: NamedNodeRef<'_>,
        object: Option<O>,
    ) {
        if let Some(object) = object {
            self.write(subject, predicate, object);
        }
    }

    /// Triples written so far.
    pub fn written(&self) -> usize {
        self.written
    }
}
