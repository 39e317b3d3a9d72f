//! What stands behind a node: its claims, their voices, their sentences.

use oxigraph::model::{NamedNode, NamedNodeRef, Term};
use oxigraph::store::{StorageError, Store};

use super::reader::{Reader, local_name, offsets};
use super::{Claim, Evidence, Explanation, Voice};
use crate::vocab::{dct, ng, nif, rdf, rdfs, schema, sem};

/// The three kinds of claims.
pub(super) const CLAIM_CLASSES: &[NamedNodeRef<'static>] =
    &[ng::class::EVENT_CLAIM, ng::class::RELATION_CLAIM, ng::class::FIGURE_CLAIM];

/// The properties that tie somebody or something to an event, and how they read.
const ROLES: &[(NamedNodeRef<'static>, &str)] = &[
    (ng::AGENT, "agent"),
    (ng::PATIENT, "patient"),
    (ng::RECIPIENT, "recipient"),
    (ng::INSTRUMENT, "instrument"),
    (ng::ORIGIN, "origin"),
    (ng::DESTINATION, "destination"),
    (ng::TOPIC, "topic"),
    (ng::CAUSE, "cause"),
    (ng::PLACE, "place"),
    (ng::TIME, "time"),
];

type Result<T> = std::result::Result<T, StorageError>;

/// Gathers what stands behind `node`; `None` where the store says nothing of it.
///
/// # Errors
///
/// Where the store cannot be read.
pub fn explain(store: &Store, node: &NamedNode) -> Result<Option<Explanation>> {
    let reader = Reader::new(store);
    if !reader.knows(node.as_ref())? {
        return Ok(None);
    }
    let (kind, nodes) = claims_behind(&reader, node)?;
    let mut claims = Vec::with_capacity(nodes.len());
    for claim in &nodes {
        claims.extend(gather(&reader, claim.as_ref())?);
    }
    claims.sort_by(|a, b| order(a).cmp(&order(b)));
    claims.dedup_by(|a, b| a.iri == b.iri);
    let label = match kind {
        "claim" => claims.first().map_or(String::new(), |claim| claim.says.clone()),
        "proposition" => proposition_line(&reader, node.as_ref())?,
        _ => name(&reader, node.as_ref())?,
    };
    let status = reader.concept(node.as_ref(), ng::STATUS)?;
    Ok(Some(Explanation { iri: node.as_str().to_owned(), kind, label, status, claims }))
}

/// The text of the article `article`; `None` where the store has none.
///
/// # Errors
///
/// Where the store cannot be read.
pub fn text_of(store: &Store, article: NamedNodeRef<'_>) -> Result<Option<String>> {
    Reader::new(store).text(article, nif::IS_STRING)
}

fn order(claim: &Claim) -> (&Option<String>, &str, usize, usize, &str) {
    let at = &claim.evidence;
    (&at.published, &at.article, at.begin, at.end, &claim.iri)
}

/// What a node is, and the claims that it means.
fn claims_behind(reader: &Reader<'_>, node: &NamedNode) -> Result<(&'static str, Vec<NamedNode>)> {
    let it = node.as_ref();
    let is = |classes: &[NamedNodeRef<'_>]| reader.is_a(it, classes);
    if is(CLAIM_CLASSES)? {
        return Ok(("claim", vec![node.clone()]));
    }
    if is(&[ng::class::EVENT])? {
        return Ok(("event", claims_of(reader, it)?));
    }
    if is(&[ng::class::FIGURE])? {
        return Ok(("figure", claims_with(reader, it)?));
    }
    if is(&[ng::class::STATEMENT, ng::class::OWN_VOICE])? {
        let mut inner = node.clone();
        // Only the innermost statement of a chain carries; the chain has no cycle.
        while let Some(next) = reader.node(inner.as_ref(), ng::RELAYS)? {
            inner = next;
        }
        return Ok(("statement", reader.nodes(inner.as_ref(), ng::CARRIES)?));
    }
    if is(&[ng::class::TIME])? {
        let mut claims = Vec::new();
        for event in reader.subjects(ng::TIME, it)? {
            claims.extend(claims_of(reader, event.as_ref())?);
        }
        claims.extend(reader.subjects(ng::AS_OF, it)?);
        return Ok(("time", claims));
    }
    if is(&[schema::class::NEWS_ARTICLE])? {
        let opening = format!("{}#", node.as_str());
        let mut claims = Vec::new();
        for class in CLAIM_CLASSES {
            for claim in reader.subjects(rdf::TYPE, *class)? {
                let spans = reader.nodes(claim.as_ref(), ng::EVIDENCE)?;
                if spans.iter().any(|span| span.as_str().starts_with(&opening)) {
                    claims.push(claim);
                }
            }
        }
        return Ok(("article", claims));
    }
    let expressing = reader.subjects(ng::EXPRESSES, it)?;
    if !expressing.is_empty() {
        return Ok(("proposition", expressing));
    }
    let tellings = reader.subjects(ng::TELLS, it)?;
    if !tellings.is_empty() {
        return Ok(("happening", each(&tellings, |event| claims_of(reader, event))?));
    }
    let entities = reader.subjects(ng::IDENTIFIED_AS, it)?;
    if !entities.is_empty() {
        return Ok(("individual", each(&entities, |entity| claims_about(reader, entity))?));
    }
    if offsets(it).is_some() {
        let supported = reader.subjects(ng::EVIDENCE, it)?;
        let claims = supported.into_iter().filter(|n| n.as_str().contains("/c/")).collect();
        return Ok(("span", claims));
    }
    Ok(("entity", claims_about(reader, it)?))
}

fn each(
    nodes: &[NamedNode],
    claims: impl Fn(NamedNodeRef<'_>) -> Result<Vec<NamedNode>>,
) -> Result<Vec<NamedNode>> {
    let all: Result<Vec<_>> = nodes.iter().map(|node| claims(node.as_ref())).collect();
    Ok(all?.into_iter().flatten().collect())
}

/// The claims of which a node is the subject.
fn claims_of(reader: &Reader<'_>, node: NamedNodeRef<'_>) -> Result<Vec<NamedNode>> {
    only_claims(reader, reader.subjects(rdf::SUBJECT, node)?)
}

/// The claims of which a node is the object.
fn claims_with(reader: &Reader<'_>, node: NamedNodeRef<'_>) -> Result<Vec<NamedNode>> {
    only_claims(reader, reader.subjects(rdf::OBJECT, node)?)
}

/// The claims about an entity: its relations, and the events in which it plays a part.
fn claims_about(reader: &Reader<'_>, entity: NamedNodeRef<'_>) -> Result<Vec<NamedNode>> {
    let mut claims = claims_of(reader, entity)?;
    claims.extend(claims_with(reader, entity)?);
    for (role, _) in ROLES {
        for event in reader.subjects(*role, entity)? {
            claims.extend(claims_of(reader, event.as_ref())?);
        }
    }
    claims.sort_unstable();
    claims.dedup();
    Ok(claims)
}

fn only_claims(reader: &Reader<'_>, nodes: Vec<NamedNode>) -> Result<Vec<NamedNode>> {
    let mut claims = Vec::with_capacity(nodes.len());
    for node in nodes {
        if reader.is_a(node.as_ref(), CLAIM_CLASSES)? {
            claims.push(node);
        }
    }
    Ok(claims)
}

/// Who and what takes part in an event, with the role's name.
pub(super) fn fillers(
    reader: &Reader<'_>,
    event: NamedNodeRef<'_>,
) -> Result<Vec<(&'static str, NamedNode)>> {
    let mut found = Vec::new();
    for (role, name) in ROLES {
        let nodes = reader.nodes(event, *role)?;
        found.extend(nodes.into_iter().map(|node| (*name, node)));
    }
    Ok(found)
}

fn gather(reader: &Reader<'_>, claim: NamedNodeRef<'_>) -> Result<Option<Claim>> {
    let Some(span) = reader.node(claim, ng::EVIDENCE)? else { return Ok(None) };
    let Some(evidence) = evidence(reader, span.as_ref())? else { return Ok(None) };
    let types = reader.nodes(claim, rdf::TYPE)?;
    let kind = match types.first() {
        Some(t) if *t == ng::class::RELATION_CLAIM => "relation",
        Some(t) if *t == ng::class::FIGURE_CLAIM => "figure",
        _ => "event",
    };
    let statements = reader.subjects(ng::CARRIES, claim)?;
    let mut voices = Vec::with_capacity(statements.len());
    for statement in &statements {
        voices.push(voice(reader, statement.as_ref())?);
    }
    Ok(Some(Claim {
        iri: claim.as_str().to_owned(),
        kind,
        says: claim_line(reader, claim, kind)?,
        polarity: reader.concept(claim, ng::POLARITY)?.unwrap_or_default(),
        modality: reader.concept(claim, ng::MODALITY)?.unwrap_or_default(),
        voices,
        evidence,
        how: None,
    }))
}

/// A statement and, outwards, those who passed it on.
fn voice(reader: &Reader<'_>, statement: NamedNodeRef<'_>) -> Result<Voice> {
    let speaker = reader.node(statement, ng::SPEAKER)?;
    let cue = reader.node(statement, ng::CUE)?;
    let time = reader.node(statement, ng::SAID_AT)?;
    let outer = reader.subjects(ng::RELAYS, statement)?;
    Ok(Voice {
        statement: statement.as_str().to_owned(),
        own_voice: reader.is_a(statement, &[ng::class::OWN_VOICE])?,
        speaker: speaker.map(|s| name(reader, s.as_ref())).transpose()?,
        cue: cue.map(|c| words_of(reader, c.as_ref())).transpose()?.flatten(),
        mode: reader.concept(statement, ng::MODE)?,
        modality: reader.concept(statement, ng::MODALITY)?,
        said_on: time.map(|t| reader.text(t.as_ref(), ng::BEGIN)).transpose()?.flatten(),
        words: reader.text(statement, ng::WORDS)?,
        passed_on_by: outer
            .iter()
            .map(|statement| voice(reader, statement.as_ref()))
            .collect::<Result<_>>()?,
    })
}

fn evidence(reader: &Reader<'_>, span: NamedNodeRef<'_>) -> Result<Option<Evidence>> {
    let Some((article, begin, end)) = offsets(span) else { return Ok(None) };
    let sentence = reader.node(span, ng::IN_SENTENCE)?;
    let (sentence, sentence_begin) = if let Some(node) = sentence {
        let words = reader.text(node.as_ref(), nif::ANCHOR_OF)?.unwrap_or_default();
        (words, offsets(node.as_ref()).map_or(begin, |(_, begin, _)| begin))
    } else {
        // Words outside of every sentence stand for themselves.
        let text = reader.text(article.as_ref(), nif::IS_STRING)?.unwrap_or_default();
        (text.chars().skip(begin).take(end - begin).collect(), begin)
    };
    let of = |property| reader.text(article.as_ref(), property);
    Ok(Some(Evidence {
        id: of(dct::IDENTIFIER)?,
        title: of(schema::HEADLINE)?,
        publisher: of(schema::PUBLISHER)?,
        published: of(schema::DATE_PUBLISHED)?,
        article: article.as_str().to_owned(),
        begin,
        end,
        sentence,
        sentence_begin,
    }))
}

/// The words of a span: of a lean graph, a slice of its sentence.
pub(super) fn words_of(reader: &Reader<'_>, span: NamedNodeRef<'_>) -> Result<Option<String>> {
    let Some(found) = evidence(reader, span)? else { return Ok(None) };
    let skipped = found.sentence.chars().skip(found.begin.saturating_sub(found.sentence_begin));
    Ok(Some(skipped.take(found.end - found.begin).collect()))
}

/// The name of a node: its label, an article's headline or id, else what its IRI ends in. A name
/// that only a speaker uses stands in quotation marks.
fn name(reader: &Reader<'_>, node: NamedNodeRef<'_>) -> Result<String> {
    for property in [rdfs::LABEL, schema::HEADLINE, dct::IDENTIFIER, ng::WORDS] {
        if let Some(label) = reader.text(node, property)? {
            let borrowed = reader.node(node, ng::TERM_OF)?.is_some();
            return Ok(if borrowed { format!("\"{label}\"") } else { label });
        }
    }
    if let Some(first) = reader.subjects(ng::TELLS, node)?.first() {
        return name(reader, first.as_ref());
    }
    if let Some(first) = reader.subjects(ng::IDENTIFIED_AS, node)?.first() {
        return name(reader, first.as_ref());
    }
    if let Some(words) = words_of(reader, node)? {
        return Ok(words);
    }
    Ok(local_name(&node.into_owned()).to_owned())
}

/// What a claim says, in a line.
fn claim_line(reader: &Reader<'_>, claim: NamedNodeRef<'_>, kind: &str) -> Result<String> {
    let Some(subject) = reader.node(claim, rdf::SUBJECT)? else { return Ok(String::new()) };
    match kind {
        "relation" => proposition_line(reader, claim),
        "figure" => {
            let Some(figure) = reader.node(claim, rdf::OBJECT)? else { return Ok(String::new()) };
            let counted = reader.text(figure.as_ref(), ng::COUNTS)?;
            let change = reader.concept(figure.as_ref(), ng::CHANGE)?;
            let measure = reader.concept(subject.as_ref(), sem::EVENT_TYPE)?;
            let mut line = name(reader, figure.as_ref())?;
            line.extend(counted.into_iter().flat_map(|c| [" ".to_owned(), c]));
            let details: Vec<String> = measure.into_iter().chain(change).collect();
            if !details.is_empty() {
                line.extend([" (", &details.join(", "), ")"]);
            }
            Ok(line)
        }
        _ => {
            let kind = reader.concept(subject.as_ref(), sem::EVENT_TYPE)?.unwrap_or_default();
            let mut details = Vec::new();
            for (role, filler) in fillers(reader, subject.as_ref())? {
                let counted = reader.text(filler.as_ref(), ng::COUNTS)?;
                let name = name(reader, filler.as_ref())?;
                let counted = counted.map_or(String::new(), |c| format!(" {c}"));
                let day = reader.text(filler.as_ref(), ng::BEGIN)?;
                let day =
                    day.filter(|day| *day != name).map_or(String::new(), |d| format!(" = {d}"));
                details.push(format!("{role} {name}{counted}{day}"));
            }
            let words = name(reader, subject.as_ref())?;
            let details = if details.is_empty() {
                String::new()
            } else {
                format!(" ({})", details.join("; "))
            };
            Ok(format!("{kind}: {words}{details}"))
        }
    }
}

/// Subject, predicate and object in a line.
fn proposition_line(reader: &Reader<'_>, node: NamedNodeRef<'_>) -> Result<String> {
    let subject = reader.node(node, rdf::SUBJECT)?;
    let predicate = reader.concept(node, rdf::PREDICATE)?.unwrap_or_default();
    let subject = subject.map(|s| name(reader, s.as_ref())).transpose()?.unwrap_or_default();
    let object = match reader.objects(node, rdf::OBJECT)?.into_iter().next() {
        Some(Term::NamedNode(object)) => name(reader, object.as_ref())?,
        Some(Term::Literal(literal)) => literal.value().to_owned(),
        Some(Term::BlankNode(_)) | None => String::new(),
    };
    Ok(format!("{subject} — {predicate} — {object}"))
}
