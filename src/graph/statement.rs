//! Statements: who says something, with which words.

use oxrdf::{NamedNodeRef, QuadRef};

use super::evidence::Evidence;
use super::name::Names;
use super::terms;
use super::write::ArticleGraph;
use crate::facts::{Facts, Statement, StatementId};
use crate::span::Span;
use crate::vocab::{ng, rdf};

/// Writes the statements and the article's own voice; what they carry is written with the claims.
pub(super) fn write(
    facts: &Facts,
    names: &Names,
    evidence: &mut Evidence<'_>,
    graph: &mut ArticleGraph<'_, impl FnMut(QuadRef<'_>)>,
) {
    graph.write(names.own_voice(), rdf::TYPE, ng::class::OWN_VOICE);
    for (i, said) in (0_u32..).zip(&facts.statements) {
        write_statement(names.statement(StatementId(i)), said, names, evidence, graph);
    }
}

fn write_statement(
    node: NamedNodeRef<'_>,
    said: &Statement,
    names: &Names,
    evidence: &mut Evidence<'_>,
    graph: &mut ArticleGraph<'_, impl FnMut(QuadRef<'_>)>,
) {
    graph.write(node, rdf::TYPE, ng::class::STATEMENT);
    graph.write_some(node, ng::SPEAKER, said.speaker.map(|id| names.entity(id)));
    for (property, span) in [(ng::SOURCE, said.source), (ng::CUE, said.cue)] {
        if let Some(span) = span {
            graph.write(node, property, evidence.span(span));
        }
    }
    let mut pieces = said.content.clone();
    pieces.sort_unstable();
    pieces.dedup();
    for &piece in &pieces {
        graph.write(node, ng::CONTENT, evidence.span(piece));
    }
    let words: Vec<&str> = pieces.iter().map(|&piece| evidence.words(piece)).collect();
    graph.write(node, ng::WORDS, words.join(" ").as_str());
    graph.write_some(node, ng::ADDRESSEE, said.addressee.map(|id| names.entity(id)));
    graph.write(node, ng::MODE, terms::mode(said.mode));
    graph.write_some(node, ng::MODALITY, said.modality.map(terms::modality));
    graph.write_some(node, ng::RELAYS, said.relays.map(|id| names.statement(id)));
    graph.write_some(node, ng::SAID_AT, said.time.map(|id| names.time(id)));
}

/// Whether a span lies in what a statement reports.
pub(super) fn reports(said: &Statement, span: Span) -> bool {
    said.content.iter().any(|piece| piece.contains(span))
}

/// Whether `inner` is a saying inside of what `outer` reports: "A said he had been told by B
/// that C".
pub(super) fn inside(inner: &Statement, outer: &Statement) -> bool {
    let length = |said: &Statement| said.content.iter().map(|piece| piece.len()).sum::<usize>();
    length(inner) < length(outer)
        && inner.content.iter().chain(&inner.cue).all(|&piece| reports(outer, piece))
}
