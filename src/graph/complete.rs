//! Lean graph → full graph: what follows from IRIs, from the text and from the graph's name.

use oxrdf::vocab::xsd;
use oxrdf::{Literal, NamedNode, NamedNodeRef, NamedOrBlankNode, Quad, Term};

use crate::span::{CharIndex, CharSpan};
use crate::vocab::{ng, nif, rdf, schema};

/// The quads that a lean graph leaves out: types and offsets of spans and sentences, the words of
/// spans, and the article of each statement and claim.
///
/// `lean` holds the quads of article graphs, those of one graph side by side; quads of other graphs
/// add nothing. The lean quads themselves are not repeated, none comes twice, the order is that of
/// the IRIs. A span whose offsets lie outside of the text gets no words.
pub fn complete(lean: &[Quad]) -> Vec<Quad> {
    let mut computed = Vec::new();
    for graph in lean.chunk_by(|a, b| a.graph_name == b.graph_name) {
        if let Some(article) = article_of(graph) {
            complete_article(graph, article, &mut computed);
        }
    }
    computed
}

/// The article that a graph is of.
pub(super) fn article_of(graph: &[Quad]) -> Option<NamedNodeRef<'_>> {
    let is_article = Term::from(schema::class::NEWS_ARTICLE);
    let found = graph.iter().find(|q| q.predicate == rdf::TYPE && q.object == is_article)?;
    match &found.subject {
        NamedOrBlankNode::NamedNode(article) => Some(article.as_ref()),
        NamedOrBlankNode::BlankNode(_) => None,
    }
}

/// The text of an article's graph, or an empty one.
pub(super) fn text_of(graph: &[Quad]) -> &str {
    let found = graph.iter().find(|q| q.predicate == nif::IS_STRING);
    found.map_or("", |quad| match &quad.object {
        Term::Literal(text) => text.value(),
        _ => "",
    })
}

/// The offsets of a span's or sentence's IRI, where it is one of `article`.
pub fn char_span(iri: &str, article: &str) -> Option<CharSpan> {
    let (start, end) = iri.strip_prefix(article)?.strip_prefix("#char=")?.split_once(',')?;
    Some(CharSpan { start: start.parse().ok()?, end: end.parse().ok()? })
}

fn complete_article(graph: &[Quad], article: NamedNodeRef<'_>, computed: &mut Vec<Quad>) {
    let index = CharIndex::new(text_of(graph));
    let mut add = |subject: &NamedNode, predicate: NamedNodeRef<'_>, object: Term| {
        let name = graph[0].graph_name.clone();
        computed.push(Quad::new(subject.clone(), predicate.into_owned(), object, name));
    };
    for (node, serves) in located(graph, article) {
        let Some(chars) = char_span(node.as_str(), article.as_str()) else { continue };
        add(node, nif::END_INDEX, number(chars.end));
        if serves != Located::Span {
            add(node, rdf::TYPE, ng::class::SENTENCE.into());
            add(node, nif::REFERENCE_CONTEXT, article.into());
        }
        if serves != Located::Sentence {
            add(node, rdf::TYPE, ng::class::SPAN.into());
        }
        if serves == Located::Span {
            add(node, nif::BEGIN_INDEX, number(chars.start));
            if let Some(span) = index.to_span(chars) {
                let words = Literal::new_simple_literal(span.of(index.text()));
                add(node, nif::ANCHOR_OF, words.into());
            }
        }
    }
    let told = [
        ng::class::STATEMENT,
        ng::class::OWN_VOICE,
        ng::class::EVENT_CLAIM,
        ng::class::RELATION_CLAIM,
        ng::class::FIGURE_CLAIM,
    ];
    for quad in graph.iter().filter(|q| q.predicate == rdf::TYPE) {
        let (NamedOrBlankNode::NamedNode(node), Term::NamedNode(class)) =
            (&quad.subject, &quad.object)
        else {
            continue;
        };
        if told.contains(&class.as_ref()) {
            add(node, ng::IN_ARTICLE, article.into());
        }
    }
}

fn number(number: u32) -> Term {
    Literal::new_typed_literal(number.to_string(), xsd::INTEGER).into()
}

/// What a stretch of the text serves as.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Located {
    Span,
    Sentence,
    /// A sentence that is evidence as a whole.
    Both,
}

/// The stretches of the text in a graph, each once, sorted by IRI. The sentences are those with
/// words of their own; the spans are what something points to, but for `ng:inSentence`.
pub(super) fn located<'g>(
    graph: &'g [Quad],
    article: NamedNodeRef<'_>,
) -> Vec<(&'g NamedNode, Located)> {
    let mut found: Vec<(&NamedNode, Located)> = Vec::new();
    for quad in graph {
        if quad.predicate == nif::ANCHOR_OF
            && let NamedOrBlankNode::NamedNode(node) = &quad.subject
        {
            found.push((node, Located::Sentence));
        } else if quad.predicate != ng::IN_SENTENCE
            && let Term::NamedNode(node) = &quad.object
            && char_span(node.as_str(), article.as_str()).is_some()
        {
            found.push((node, Located::Span));
        }
    }
    found.sort_unstable_by(|a, b| a.0.as_str().cmp(b.0.as_str()));
    found.dedup_by(|next, kept| {
        if next.0 != kept.0 {
            return false;
        }
        if next.1 != kept.1 {
            kept.1 = Located::Both;
        }
        true
    });
    found
}
