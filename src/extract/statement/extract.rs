//! The statement layer, put together.

use crate::extract::clause;
use crate::extract::event::times_by_governor;
use crate::extract::filler::Fillers;
use crate::extract::pack_file::Words;
use crate::extract::{Rule, Traced};
use crate::facts::{
    Entity, EntityId, EntityType, Event, Quantity, Relation, Statement, StatementId, StatementMode,
    Time, TimeId,
};
use crate::span::Span;
use crate::text::{Document, Pos};

use super::cue::{self, Raw};
use super::quote::{self, Quote};
use super::tables::Tables;
use super::{carry, content, join, label, source};

/// Extracts the statements of a document, in the order of their first words.
///
/// The content has no outer quotation marks and no complementizer; a quotation that goes on is one
/// statement with several pieces. A source that no entity's mention stands in keeps its span.
///
/// # Source
///
/// The attribution relation of PDTB and PARC (Pareti 2015): source, cue, content.
pub fn extract_statements(
    doc: &Document<'_>,
    tables: &Tables,
    entities: &[Entity],
    times: &[Time],
    events: &[Event],
    quantities: &[Quantity],
    relations: &[Relation],
) -> Vec<Traced<Statement>> {
    if doc.is_empty() {
        return Vec::new();
    }
    let fillers = Fillers::new(doc, entities, times, quantities);
    let quotes = quote::find(doc.text());
    let mut raws = cue::find(doc, tables, &fillers);
    join::quotations(doc, &quotes, &mut raws, &tables.words);
    label::find(doc, &quotes, &mut raws);
    share_relays(&mut raws);
    drop_happenings(doc, tables, events, &mut raws);
    let dated = times_by_governor(doc, &fillers, &Words::default());
    let mut made: Vec<(Statement, Rule, Option<usize>, usize)> = Vec::new();
    for (index, raw) in raws.iter().enumerate() {
        if let Some(statement) = statement(doc, tables, &fillers, &quotes, raw, &dated) {
            for other in others(doc, &fillers, raw, &statement) {
                made.push((other, Rule::clone(&raw.rule), None, usize::MAX));
            }
            made.push((
                statement,
                Rule::clone(&raw.rule),
                raw.relays_next.then_some(index + 1),
                index,
            ));
        }
    }
    made.sort_by_key(|(s, _, _, index)| (s.first(), s.content.last().copied(), *index));
    let place = |raw: usize| made.iter().position(|m| m.3 == raw);
    let relays: Vec<Option<usize>> = made.iter().map(|m| m.2.and_then(place)).collect();
    let rules: Vec<Rule> = made.iter().map(|m| Rule::clone(&m.1)).collect();
    let mut statements: Vec<Statement> = made.into_iter().map(|m| m.0).collect();
    for (statement, relays) in statements.iter_mut().zip(relays) {
        statement.relays = relays.and_then(|r| u32::try_from(r).ok()).map(StatementId);
    }
    carry::assign(&mut statements, events, quantities, relations);
    statements.into_iter().zip(&rules).map(|(s, rule)| Traced::new(s, rule)).collect()
}

/// The file whose rules ask for a document as the speaker ("the poll shows").
const DOCUMENT: &str = "statement/document.toml";

/// What happens raises or highlights questions and says nothing, unless it is a document too.
fn drop_happenings(doc: &Document<'_>, tables: &Tables, events: &[Event], raws: &mut [Raw]) {
    let mut told = vec![false; doc.len()];
    for event in events {
        told[doc.tokens_in(event.trigger)].fill(true);
    }
    for raw in raws.iter_mut().filter(|r| !r.takes_quote) {
        let happens = |s: usize| {
            told[s] && doc.pos(s) == Pos::Noun && !tables.words.documents.contains(doc.lemma(s))
        };
        let own = |s: usize| doc.head(s) == raw.word;
        let reported = raw.rule.starts_with(DOCUMENT);
        if !reported && raw.source.is_some_and(|s| own(s) && happens(s)) {
            raw.pieces.clear();
        }
    }
}

/// "Ina Holm and Ole Vik said": the same statement of each further speaker that has a name.
fn others(
    doc: &Document<'_>,
    fillers: &Fillers<'_>,
    raw: &Raw,
    first: &Statement,
) -> Vec<Statement> {
    let Some(source) = raw.source.filter(|_| first.speaker.is_some() && !raw.relays_next) else {
        return Vec::new();
    };
    let mut seen = vec![first.speaker];
    let mut found = Vec::new();
    for head in clause::conjuncts(doc, source).into_iter().filter(|&h| h != source) {
        let speaker = fillers.entity_headed(head).filter(|&e| fillers.is_actor(e));
        if speaker.is_none() || seen.contains(&speaker) || !fillers.is_named(head) {
            continue;
        }
        seen.push(speaker);
        // "Holm, Voss and Lind said": each one's own words.
        let phrase = source::phrase(doc, head);
        let further = doc.children_by(head, "conj").next().is_some();
        let end = if further { head + 1 } else { phrase.end };
        let source = Some(doc.span_of(phrase.start..end));
        found.push(Statement { speaker, source, ..first.clone() });
    }
    found
}

/// A relay and what it passes on share whatever quotations either of them got.
fn share_relays(raws: &mut [Raw]) {
    for i in 0..raws.len().saturating_sub(1) {
        if raws[i].relays_next {
            let mut all = raws[i].pieces.clone();
            all.extend(raws[i + 1].pieces.iter().cloned());
            join::normalize(&mut all);
            raws[i].pieces.clone_from(&all);
            raws[i + 1].pieces = all;
        }
    }
}

fn statement(
    doc: &Document<'_>,
    tables: &Tables,
    fillers: &Fillers<'_>,
    quotes: &[Quote],
    raw: &Raw,
    dated: &[Option<TimeId>],
) -> Option<Statement> {
    let pieces = content::trim(doc, raw.pieces.clone(), &tables.words.complementizer);
    let spans: Vec<Span> = pieces
        .into_iter()
        .flat_map(|p| content::spans(doc, p))
        .map(|s| whole_sentence(doc, quotes, s))
        .collect();
    if spans.is_empty() {
        return None;
    }
    let source = raw.source.map(|s| {
        let phrase = source::phrase(doc, s);
        // "A ruling against Holm finding that …" goes as far as the reporting word.
        let inside = (s + 1..phrase.end).contains(&raw.cue.start);
        doc.span_of(phrase.start..if inside { raw.cue.start } else { phrase.end })
    });
    Some(Statement {
        speaker: raw.source.and_then(|s| speaker(doc, fillers, s)),
        source,
        cue: Some(doc.span_of(raw.cue.clone())),
        addressee: raw.addressee.and_then(|a| fillers.entity_headed(a)),
        mode: mode(doc, quotes, &spans, doc.span(raw.word)),
        content: spans,
        relays: None,
        carries: Vec::new(),
        time: crate::extract::event::time_said(doc, dated, fillers, raw.word),
        modality: raw.modality,
    })
}

/// The entity that speaks: at the head of the words that name the source, else the name in
/// apposition ("one of the authors, the engineer Ina Holm") or behind a second title ("party leader
/// and Prime Minister Ina Holm").
fn speaker(doc: &Document<'_>, fillers: &Fillers<'_>, head: usize) -> Option<EntityId> {
    let named = |c: &usize| fillers.is_named(*c) && fillers.kind(*c) == Some(EntityType::Person);
    let title = doc.tag(head) == "NN"
        && !doc.children(head).any(|c| c < head && matches!(doc.dep(c), "det" | "poss"));
    fillers
        .entity(head)
        .or_else(|| {
            let noun = matches!(doc.pos(head), Pos::Noun | Pos::Propn | Pos::Num);
            let name = doc.children_by(head, "appos").find(named).filter(|_| noun)?;
            fillers.entity(name)
        })
        .or_else(|| {
            let second = doc.children_by(head, "conj").find(named).filter(|_| title)?;
            fillers.entity(second)
        })
}

/// A sentence that ends inside the quotation keeps its full stop.
fn whole_sentence(doc: &Document<'_>, quotes: &[Quote], span: Span) -> Span {
    let text = doc.text();
    let quoted =
        quotes.iter().any(|q| q.outer.start() < span.start() && span.end() <= q.inner.end());
    let next = text.get(span.end()..).and_then(|t| t.chars().next());
    match next {
        Some(c @ ('.' | '!' | '?')) if quoted => {
            Span::new(text, span.start(), span.end() + c.len_utf8()).unwrap_or(span)
        }
        _ => span,
    }
}

/// Direct where nearly all words stand in quotation marks, mixed where some do.
fn mode(doc: &Document<'_>, quotes: &[Quote], spans: &[Span], cue: Span) -> StatementMode {
    // Words inside a quotation are quoted by its speaker; what they report is reported, unless it
    // stands in marks of its own.
    let quotes: Vec<Quote> = quotes
        .iter()
        .filter(|q| !q.inner.contains(cue))
        .copied()
        .chain(
            quotes
                .iter()
                .filter(|q| q.inner.contains(cue))
                .flat_map(|q| quote::nested(doc.text(), *q)),
        )
        .collect();
    let (mut quoted, mut all) = (0_usize, 0_usize);
    for span in spans {
        for t in doc.tokens_in(*span) {
            if matches!(doc.pos(t), Pos::Punct | Pos::Space) {
                continue;
            }
            all += 1;
            quoted += usize::from(quotes.iter().any(|q| q.inner.contains(doc.span(t))));
        }
    }
    if quoted * 10 >= all * 9 {
        StatementMode::Direct
    } else if quoted > 0 {
        StatementMode::Mixed
    } else {
        StatementMode::Indirect
    }
}
