//! oxrdf's quads as Sophia sees them: borrowed, nothing copied.

use oxrdf::{GraphNameRef, Quad, QuadRef, TermRef};
use sophia::api::MownStr;
use sophia::api::term::{BaseDirection, BnodeId, IriRef, LanguageTag, Term, TermKind};

/// An oxrdf term as a Sophia term.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct Ox<'a>(pub(crate) TermRef<'a>);

impl<'a> Term for Ox<'a> {
    type BorrowTerm<'x>
        = Ox<'a>
    where
        Self: 'x;

    fn borrow_term(&self) -> Ox<'a> {
        *self
    }

    fn kind(&self) -> TermKind {
        match self.0 {
            TermRef::NamedNode(_) => TermKind::Iri,
            TermRef::BlankNode(_) => TermKind::BlankNode,
            TermRef::Literal(_) => TermKind::Literal,
        }
    }

    fn iri(&self) -> Option<IriRef<MownStr<'_>>> {
        match self.0 {
            TermRef::NamedNode(node) => Some(IriRef::new_unchecked(node.as_str().into())),
            _ => None,
        }
    }

    fn bnode_id(&self) -> Option<BnodeId<MownStr<'_>>> {
        match self.0 {
            TermRef::BlankNode(node) => Some(BnodeId::new_unchecked(node.as_str().into())),
            _ => None,
        }
    }

    fn lexical_form(&self) -> Option<MownStr<'_>> {
        match self.0 {
            TermRef::Literal(literal) => Some(literal.value().into()),
            _ => None,
        }
    }

    fn datatype(&self) -> Option<IriRef<MownStr<'_>>> {
        match self.0 {
            TermRef::Literal(literal) => {
                Some(IriRef::new_unchecked(literal.datatype().as_str().into()))
            }
            _ => None,
        }
    }

    fn language_tag(&self) -> Option<LanguageTag<MownStr<'_>>> {
        match self.0 {
            TermRef::Literal(literal) => {
                literal.language().map(|tag| LanguageTag::new_unchecked(tag.into()))
            }
            _ => None,
        }
    }

    fn base_direction(&self) -> Option<BaseDirection> {
        None
    }
}

/// Quads as a Sophia dataset.
pub(crate) fn dataset(quads: &[Quad]) -> Vec<([Ox<'_>; 3], Option<Ox<'_>>)> {
    quads.iter().map(|q| quad(q.as_ref())).collect()
}

/// A quad as Sophia's: three terms and the graph's name.
fn quad(quad: QuadRef<'_>) -> ([Ox<'_>; 3], Option<Ox<'_>>) {
    let graph = match quad.graph_name {
        GraphNameRef::NamedNode(node) => Some(Ox(node.into())),
        GraphNameRef::BlankNode(node) => Some(Ox(node.into())),
        GraphNameRef::DefaultGraph => None,
    };
    ([Ox(quad.subject.into()), Ox(quad.predicate.into()), Ox(quad.object)], graph)
}
