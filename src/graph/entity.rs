//! Entities as told, their mentions and links.

use oxrdf::{NamedNodeRef, QuadRef};

use super::evidence::Evidence;
use super::key::name_key;
use super::name::Names;
use super::number::write_decimal;
use super::statement::reports;
use super::terms;
use super::write::ArticleGraph;
use crate::facts::{Entity, EntityId, Facts, Link, MentionForm, Statement, StatementId};
use crate::span::Span;
use crate::vocab::{ng, rdf, rdfs, skos};

/// A linker's best candidate is taken for the entity from this score on.
const LINKED: f64 = 0.5;

/// Writes the entities.
pub(super) fn write(
    facts: &Facts,
    names: &Names,
    evidence: &mut Evidence<'_>,
    graph: &mut ArticleGraph<'_, impl FnMut(QuadRef<'_>)>,
) {
    let mut alternatives: Vec<&str> = Vec::new();
    let mut keys: Vec<String> = Vec::new();
    for (i, entity) in (0_u32..).zip(&facts.entities) {
        let id = EntityId(i);
        let node = names.entity(id);
        graph.write(node, rdf::TYPE, terms::entity_class(entity.kind));
        let first = entity.mentions.first().expect("an entity has a mention").span;
        let label = if entity.name.is_empty() { evidence.words(first) } else { &entity.name };
        graph.write(node, rdfs::LABEL, label);
        alternatives.clear();
        let named = entity.mentions.iter().filter(|m| m.form == MentionForm::Name);
        alternatives.extend(named.map(|m| evidence.words(m.span)).filter(|&w| w != label));
        alternatives.sort_unstable();
        alternatives.dedup();
        for &words in &alternatives {
            graph.write(node, skos::ALT_LABEL, words);
        }
        keys.clear();
        if entity.mentions.iter().any(|m| m.form != MentionForm::Pronoun) {
            keys.extend(alternatives.iter().copied().chain([label]).map(name_key));
        }
        keys.retain(|key| !key.is_empty());
        keys.sort_unstable();
        keys.dedup();
        for key in &keys {
            graph.write(node, ng::KEY, key.as_str());
        }
        let mut spans: Vec<Span> = entity.mentions.iter().map(|m| m.span).collect();
        spans.sort_unstable();
        spans.dedup();
        for span in spans {
            for mention in entity.mentions.iter().filter(|m| m.span == span) {
                evidence.mention(span, mention.form);
            }
            graph.write(node, ng::MENTION, evidence.span(span));
        }
        for statement in terms_of(entity, &facts.statements) {
            graph.write(node, ng::TERM_OF, names.statement(statement));
        }
        links(id, entity, names, graph);
    }
}

/// Writes the candidates; the best one also as a match, where its score suffices.
fn links(
    id: EntityId,
    entity: &Entity,
    names: &Names,
    graph: &mut ArticleGraph<'_, impl FnMut(QuadRef<'_>)>,
) {
    let mut seen: Vec<&str> = Vec::new();
    for link in &entity.links {
        if seen.contains(&link.iri.as_str()) {
            continue;
        }
        seen.push(&link.iri);
        let to = NamedNodeRef::new_unchecked(&link.iri);
        let node = names.link(id, &link.iri);
        graph.write(node.as_ref(), rdf::TYPE, ng::class::LINK);
        graph.write(node.as_ref(), ng::OF, names.entity(id));
        graph.write(node.as_ref(), ng::TO, to);
        if let Some(score) = link.score {
            graph.write(node.as_ref(), ng::SCORE, write_decimal(score, &mut String::new()));
        }
    }
    let best = entity.links.first().filter(|link| link.score.is_none_or(|s| s >= LINKED));
    if let Some(Link { iri, .. }) = best {
        graph.write(names.entity(id), skos::EXACT_MATCH, NamedNodeRef::new_unchecked(iri));
    }
}

/// The statements whose term an entity is: it has no name mention, and every mention lies in
/// reported words. Each mention counts for the innermost statement around it.
fn terms_of(entity: &Entity, statements: &[Statement]) -> Vec<StatementId> {
    if entity.mentions.iter().any(|m| m.form == MentionForm::Name) {
        return Vec::new();
    }
    let around: Option<Vec<_>> =
        entity.mentions.iter().map(|m| innermost(m.span, statements)).collect();
    let mut around = around.unwrap_or_default();
    around.sort_unstable();
    around.dedup();
    around
}

/// The statement with the least content around `span`; of two with one content the relayed one.
fn innermost(span: Span, statements: &[Statement]) -> Option<StatementId> {
    let around = (0_u32..).zip(statements).filter(|(_, said)| reports(said, span));
    around
        .min_by_key(|(i, said)| {
            let length: usize = said.content.iter().map(|piece| piece.len()).sum();
            (length, said.relays.is_some(), *i)
        })
        .map(|(i, _)| StatementId(i))
}
