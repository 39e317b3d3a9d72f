//! Terms of oxrdf as Sophia sees them.

use oxrdf::TermRef;
use sophia::api::MownStr;
use sophia::api::term::{BaseDirection, BnodeId, IriRef, LanguageTag, Term, TermKind};

/// A term that Sophia can read: it costs nothing to make and borrows its text.
#[derive(Clone, Copy, Debug)]
pub enum Ox<'a> {
    /// A term of oxrdf.
    Term(TermRef<'a>),
    /// An IRI relative to the document's base.
    Relative(&'a str),
    /// A triple term of RDF 1.2: subject, predicate, object.
    Triple(&'a [Ox<'a>; 3]),
}

impl Term for Ox<'_> {
    type BorrowTerm<'x>
        = Ox<'x>
    where
        Self: 'x;

    fn borrow_term(&self) -> Ox<'_> {
        *self
    }

    fn kind(&self) -> TermKind {
        match self {
            Ox::Relative(_) | Ox::Term(TermRef::NamedNode(_)) => TermKind::Iri,
            Ox::Term(TermRef::BlankNode(_)) => TermKind::BlankNode,
            Ox::Term(TermRef::Literal(_)) => TermKind::Literal,
            Ox::Triple(_) => TermKind::Triple,
        }
    }

    fn iri(&self) -> Option<IriRef<MownStr<'_>>> {
        match self {
            Ox::Relative(iri) => Some(IriRef::new_unchecked((*iri).into())),
            Ox::Term(TermRef::NamedNode(node)) => Some(IriRef::new_unchecked(node.as_str().into())),
            _ => None,
        }
    }

    fn bnode_id(&self) -> Option<BnodeId<MownStr<'_>>> {
        match self {
            Ox::Term(TermRef::BlankNode(node)) => {
                Some(BnodeId::new_unchecked(node.as_str().into()))
            }
            _ => None,
        }
    }

    fn lexical_form(&self) -> Option<MownStr<'_>> {
        match self {
            Ox::Term(TermRef::Literal(literal)) => Some(literal.value().into()),
            _ => None,
        }
    }

    fn datatype(&self) -> Option<IriRef<MownStr<'_>>> {
        match self {
            Ox::Term(TermRef::Literal(literal)) => {
                Some(IriRef::new_unchecked(literal.datatype().as_str().into()))
            }
            _ => None,
        }
    }

    fn language_tag(&self) -> Option<LanguageTag<MownStr<'_>>> {
        match self {
            Ox::Term(TermRef::Literal(literal)) => {
                literal.language().map(|tag| LanguageTag::new_unchecked(tag.into()))
            }
            _ => None,
        }
    }

    fn base_direction(&self) -> Option<BaseDirection> {
        None
    }

    fn triple(&self) -> Option<[Ox<'_>; 3]> {
        match self {
            Ox::Triple(terms) => Some(**terms),
            _ => None,
        }
    }

    fn to_triple(self) -> Option<[Self; 3]> {
        match self {
            Ox::Triple(terms) => Some(*terms),
            _ => None,
        }
    }
}
