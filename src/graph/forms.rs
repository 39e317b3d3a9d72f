//! What an export may add, leave out or say otherwise: pure functions over quads.

use std::fmt;

use oxrdf::vocab::xsd;
use oxrdf::{GraphName, Literal, NamedNode, NamedNodeRef, NamedOrBlankNode, Quad, Term, Triple};
use rustc_hash::FxHashMap;

use super::complete::{Located, article_of, char_span, located, text_of};
use super::iri::{Base, Hasher};
use crate::span::{CharIndex, CharSpan};
use crate::vocab::{INVERSES, SUPER_CLASSES, SUPER_PROPERTIES, ng, nif, oa, rdf, sem};

/// The quads that follow from the superclasses and superproperties of the vocabulary, and from its
/// inverses, for readers who know those: SEM, PROV, schema.org. The quads themselves are not
/// repeated, and none comes twice; the order is sorted.
///
/// `sem:hasActor` follows from a role that an entity fills. What a claim says is no triple, so
/// nothing follows from it.
pub fn entail(quads: &[Quad]) -> Vec<Quad> {
    let table = |rows: &'static [(NamedNodeRef<'static>, &'static [NamedNodeRef<'static>])]| {
        rows.iter().map(|&(low, high)| (low.as_str(), high)).collect::<FxHashMap<_, _>>()
    };
    let classes = table(SUPER_CLASSES);
    let properties = table(SUPER_PROPERTIES);
    let inverses = table(INVERSES);
    let mut entailed = Vec::new();
    for quad in quads {
        let mut add = |predicate: NamedNodeRef<'_>, object: Term| {
            let quad = Quad::new(quad.subject.clone(), predicate, object, quad.graph_name.clone());
            entailed.push(quad);
        };
        if quad.predicate == rdf::TYPE {
            if let Term::NamedNode(class) = &quad.object {
                for &above in classes.get(class.as_str()).copied().unwrap_or_default() {
                    add(rdf::TYPE, above.into());
                }
            }
            continue;
        }
        let predicate = quad.predicate.as_str();
        for &above in properties.get(predicate).copied().unwrap_or_default() {
            add(above, quad.object.clone());
        }
        let acts = [ng::AGENT, ng::PATIENT, ng::RECIPIENT].contains(&quad.predicate.as_ref());
        if acts && is_entity(&quad.object) {
            add(sem::HAS_ACTOR, quad.object.clone());
        }
        if let Term::NamedNode(object) = &quad.object {
            for &inverse in inverses.get(predicate).copied().unwrap_or_default() {
                entailed.push(Quad::new(
                    object.clone(),
                    inverse,
                    subject_term(&quad.subject),
                    quad.graph_name.clone(),
                ));
            }
        }
    }
    let mut entailed: Vec<(String, Quad)> =
        entailed.into_iter().map(|quad| (quad.to_string(), quad)).collect();
    entailed.sort_unstable_by(|a, b| a.0.cmp(&b.0));
    entailed.dedup_by(|a, b| a.0 == b.0);
    entailed.into_iter().map(|(_, quad)| quad).collect()
}

fn subject_term(subject: &NamedOrBlankNode) -> Term {
    match subject {
        NamedOrBlankNode::NamedNode(node) => node.clone().into(),
        NamedOrBlankNode::BlankNode(node) => node.clone().into(),
    }
}

/// Whether a term is an entity as told: `…/e/` and a hash.
fn is_entity(term: &Term) -> bool {
    let Term::NamedNode(node) = term else { return false };
    node.as_str().rsplit_once('/').is_some_and(|(before, _)| before.ends_with("/e"))
}

/// A claim or proposition as RDF 1.2 says it: a reifier of the triple that it is of.
///
/// Its `Display` is a line of N-Triples or N-Quads 1.2, without the line end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reifier {
    /// The claim or proposition.
    pub claim: NamedNode,
    /// What it is of.
    pub triple: Triple,
    /// The graph that says so.
    pub graph: GraphName,
}

impl fmt::Display for Reifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {} <<( {} )>>", self.claim, rdf::REIFIES, self.triple)?;
        if !self.graph.is_default_graph() {
            write!(f, " {}", self.graph)?;
        }
        f.write_str(" .")
    }
}

/// Splits quads into those without `rdf:subject`, `rdf:predicate` and `rdf:object`, and what these
/// three say, as RDF 1.2 reifiers, sorted by claim.
///
/// A node that has not all three keeps those that it has.
pub fn reify(quads: Vec<Quad>) -> (Vec<Quad>, Vec<Reifier>) {
    type Parts = (Option<Term>, Option<Term>, Option<Term>);
    let mut parts: FxHashMap<(NamedOrBlankNode, GraphName), Parts> = FxHashMap::default();
    for quad in &quads {
        let key = || (quad.subject.clone(), quad.graph_name.clone());
        let object = Some(quad.object.clone());
        if quad.predicate == rdf::SUBJECT {
            parts.entry(key()).or_default().0 = object;
        } else if quad.predicate == rdf::PREDICATE {
            parts.entry(key()).or_default().1 = object;
        } else if quad.predicate == rdf::OBJECT {
            parts.entry(key()).or_default().2 = object;
        }
    }
    let whole = |key: &(NamedOrBlankNode, GraphName)| match (key, parts.get(key)?) {
        (
            (NamedOrBlankNode::NamedNode(claim), graph),
            (Some(Term::NamedNode(s)), Some(Term::NamedNode(p)), Some(o)),
        ) => Some(Reifier {
            claim: claim.clone(),
            triple: Triple::new(s.clone(), p.clone(), o.clone()),
            graph: graph.clone(),
        }),
        _ => None,
    };
    let mut kept = Vec::with_capacity(quads.len());
    let mut reifiers = Vec::new();
    for quad in quads {
        let is_part =
            [rdf::SUBJECT, rdf::PREDICATE, rdf::OBJECT].contains(&quad.predicate.as_ref());
        let key = (quad.subject.clone(), quad.graph_name.clone());
        match whole(&key).filter(|_| is_part) {
            Some(reifier) if quad.predicate == rdf::SUBJECT => reifiers.push(reifier),
            Some(_) => {}
            None => kept.push(quad),
        }
    }
    reifiers.sort_by(|a, b| {
        (a.claim.as_str(), a.graph.to_string()).cmp(&(b.claim.as_str(), b.graph.to_string()))
    });
    (kept, reifiers)
}

/// Whether a quad holds words of an article's text: what `--no-text` leaves out. Names and
/// triggers, which are labels, stay.
pub fn is_text(quad: &Quad) -> bool {
    [nif::IS_STRING, nif::ANCHOR_OF, ng::WORDS, oa::EXACT, oa::PREFIX, oa::SUFFIX]
        .contains(&quad.predicate.as_ref())
}

/// Scalar values of context that a quote selector gives on each side.
const CONTEXT: u32 = 32;

/// The evidence of article graphs as Web Annotation selectors: each span as a part of the article,
/// found by its position and by its words.
///
/// `lean` is as for [`complete`](super::complete()); the quads themselves are not repeated.
pub fn annotate(lean: &[Quad], base: &Base) -> Vec<Quad> {
    let mut added = Vec::new();
    for graph in lean.chunk_by(|a, b| a.graph_name == b.graph_name) {
        let Some(article) = article_of(graph) else { continue };
        let index = CharIndex::new(text_of(graph));
        let spans = located(graph, article).into_iter().filter(|(_, s)| *s != Located::Sentence);
        let spans =
            spans.filter_map(|(span, _)| Some((char_span(span.as_str(), article.as_str())?, span)));
        let mut add = |subject: &NamedNode, predicate: NamedNodeRef<'_>, object: Term| {
            let name = graph[0].graph_name.clone();
            added.push(Quad::new(subject.clone(), predicate, object, name));
        };
        for (chars, span) in spans {
            let selector = |kind: &str| {
                let parts = Hasher::default().part("o").part(span.as_str()).part(kind);
                base.node("o/", &parts.finish().to_string())
            };
            let position = selector("position");
            let integer =
                |n: u32| Term::from(Literal::new_typed_literal(n.to_string(), xsd::INTEGER));
            add(span, rdf::TYPE, oa::class::SPECIFIC_RESOURCE.into());
            add(span, oa::HAS_SOURCE, article.into());
            add(span, oa::HAS_SELECTOR, position.clone().into());
            add(&position, rdf::TYPE, oa::class::TEXT_POSITION_SELECTOR.into());
            add(&position, oa::START, integer(chars.start));
            add(&position, oa::END, integer(chars.end));
            let slice = |start, end| {
                let span = index.to_span(CharSpan { start, end })?;
                Some(span.of(index.text())).filter(|words| !words.is_empty())
            };
            let Some(exact) = slice(chars.start, chars.end) else { continue };
            let quote = selector("quote");
            add(span, oa::HAS_SELECTOR, quote.clone().into());
            add(&quote, rdf::TYPE, oa::class::TEXT_QUOTE_SELECTOR.into());
            let last = u32::try_from(index.to_char(index.text().len())).unwrap_or(u32::MAX);
            let before = slice(chars.start.saturating_sub(CONTEXT), chars.start);
            let after = slice(chars.end, chars.end.saturating_add(CONTEXT).min(last));
            for (property, words) in
                [(oa::EXACT, Some(exact)), (oa::PREFIX, before), (oa::SUFFIX, after)]
            {
                if let Some(words) = words {
                    add(&quote, property, Literal::new_simple_literal(words).into());
                }
            }
        }
    }
    added
}
