//! The layers in their order.

use crate::facts::{Article, Entity, EventType, Facts};
use crate::kb::Kb;
use crate::lang::Pack;
use crate::span::Span;
use crate::text::{Document, Engine};

use super::trace::{Rule, Traced};
use super::{
    PackFileError, coref, event, link, mend, mention, quantity, relation, statement, time,
};

/// A language pack that does not hold together.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ExtractorError {
    /// The time rules.
    #[error(transparent)]
    Time(#[from] time::TimeError),
    /// The quantity rules.
    #[error(transparent)]
    Quantity(#[from] quantity::QuantityError),
    /// The tables of names.
    #[error(transparent)]
    Name(#[from] mention::NameTableError),
    /// The rules of relations.
    #[error(transparent)]
    Relation(#[from] relation::RelationRuleError),
    /// The tables of events, modality and statements.
    #[error(transparent)]
    Tables(#[from] PackFileError),
}

/// Turns articles into facts. Built once, immutable, shared between threads.
#[derive(Debug)]
pub struct Extractor {
    engine: Engine,
    kb: Kb,
    times: time::Tables,
    quantities: quantity::Tables,
    names: mention::Tables,
    events: event::Tables,
    relations: relation::RelationTables,
    statements: statement::Tables,
}

/// What an extraction does, in its order; the tree and tags first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Layer {
    /// The language engine: tokens, sentences, tags, tree, names.
    Text,
    /// Time expressions.
    Times,
    /// Quantities.
    Quantities,
    /// Mentions of entities.
    Mentions,
    /// Which mentions are one entity.
    Coreference,
    /// Which entity of the knowledge base it is.
    Links,
    /// Relations between entities.
    Relations,
    /// Events with their roles and modality.
    Events,
    /// Statements.
    Statements,
}

/// The facts of an article, and what made each of them.
#[derive(Clone, Debug)]
pub struct Extraction {
    /// The facts, valid under the contract.
    pub facts: Facts,
    /// What made them.
    pub trace: Trace,
}

/// The rule or sieve behind each fact, in the order of the arrays of [`Facts`].
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Trace {
    /// For each entity, for each of its mentions, the sieve that joined it.
    pub entities: Vec<Vec<Rule>>,
    /// For each time.
    pub times: Vec<Rule>,
    /// For each quantity.
    pub quantities: Vec<Rule>,
    /// For each event.
    pub events: Vec<Rule>,
    /// The verbs, nouns and adjectives that tell no event, and why; in text order.
    pub lost: Vec<event::Lost>,
    /// For each relation.
    pub relations: Vec<Rule>,
    /// For each statement.
    pub statements: Vec<Rule>,
}

/// The tables that tell why a layer found nothing.
#[derive(Clone, Copy, Debug)]
pub(super) struct Tables<'a> {
    pub(super) kb: &'a Kb,
    pub(super) times: &'a time::Tables,
    pub(super) quantities: &'a quantity::Tables,
    pub(super) relations: &'a relation::RelationTables,
    pub(super) statements: &'a statement::Tables,
}

impl Extractor {
    /// Parses the tables of a language.
    ///
    /// # Errors
    ///
    /// [`ExtractorError`] where a table of the pack is broken, with its file and line.
    pub fn new(pack: Pack, engine: Engine) -> Result<Self, ExtractorError> {
        Ok(Self {
            engine,
            kb: Kb::open(),
            times: time::Tables::parse(pack)?,
            quantities: quantity::Tables::parse(pack)?,
            names: mention::Tables::parse(pack)?,
            events: event::Tables::new(pack)?,
            relations: relation::RelationTables::parse(pack)?,
            statements: statement::Tables::new(pack)?,
        })
    }

    /// The language engine in use.
    pub fn engine(&self) -> &Engine {
        &self.engine
    }

    /// Extracts the facts of an article.
    ///
    /// The same article gives the same facts, on any thread. Text in which nothing is found gives
    /// facts without items: extraction never fails.
    ///
    /// # Cost
    ///
    /// Linear in the text but for coreference, which compares mentions pair by pair.
    pub fn extract(&self, article: Article) -> Extraction {
        self.extract_watched(article, &mut |_| ())
    }

    /// Extracts the facts of an article; `done` hears of each layer when it is finished.
    pub fn extract_watched(&self, article: Article, done: &mut dyn FnMut(Layer)) -> Extraction {
        let (facts, trace) = {
            let doc = self.read(&article.text);
            done(Layer::Text);
            self.layers(&doc, &article, done)
        };
        Extraction { facts: Facts { article, ..facts }, trace }
    }

    /// The rules of `kind` that an event word with the lemma `lemma` has, plain lists included.
    pub(super) fn event_rules(&self, lemma: &str, kind: EventType) -> Vec<Rule> {
        self.events.rules(lemma, kind)
    }

    /// The tables of each layer, for those who ask why something was lost.
    pub(super) fn tables(&self) -> Tables<'_> {
        Tables {
            kb: &self.kb,
            times: &self.times,
            quantities: &self.quantities,
            relations: &self.relations,
            statements: &self.statements,
        }
    }

    /// The text as the layers read it: analysed, with its tree mended.
    pub fn read<'t>(&self, text: &'t str) -> Document<'t> {
        mend::mend(self.engine.analyse(text))
    }

    fn layers(
        &self,
        doc: &Document<'_>,
        article: &Article,
        done: &mut dyn FnMut(Layer),
    ) -> (Facts, Trace) {
        let mut trace = Trace::default();
        let published = article.published_day();
        let mut times = time::extract_times(doc, &self.times, published);
        done(Layer::Times);
        let mut quantities = quantity::extract_quantities(doc, &self.quantities, &times);
        // "Boeing 787": the number is a part of a name.
        let codes = mention::code_spans(doc, &self.names);
        quantities.retain(|q| !codes.iter().any(|c| c.contains(q.fact.span)));
        let quantities = apart(quantities, &mut trace.quantities);
        done(Layer::Quantities);
        let taken = times.iter().map(|t| t.fact.span).chain(quantities.iter().map(|q| q.span));
        let taken = taken.collect::<Vec<_>>();
        let mentions = mention::extract_mentions(doc, &self.names, &self.kb, &taken);
        done(Layer::Mentions);
        let mut resolved = coref::resolve_entities(doc, &self.names, &self.kb, mentions);
        times.extend(relation::past_offices(doc, &self.relations, &resolved, &taken));
        times.sort_by_key(|t| t.fact.span);
        done(Layer::Coreference);
        link::link_entities(doc, &self.names, &self.kb, &mut resolved);
        trace.entities = resolved.iter().map(|r| r.sieves.clone()).collect();
        let entities = resolved.iter().map(|r| r.entity.clone()).collect::<Vec<Entity>>();

        done(Layer::Links);
        let all = times.iter().map(|t| t.fact.clone()).collect::<Vec<_>>();
        let mut relations =
            relation::extract_relations(doc, &self.names, &self.relations, &resolved, &all);
        relation::drop_idle_past(&mut times, &mut relations);
        let relations = apart(relations, &mut trace.relations);
        let times = apart(times, &mut trace.times);
        done(Layer::Relations);
        let (events, lost) =
            event::extract_events(doc, &self.events, &entities, &times, &quantities, published);
        trace.lost = lost;
        let events = apart(events, &mut trace.events);
        done(Layer::Events);
        let statements = statement::extract_statements(
            doc,
            &self.statements,
            &entities,
            &times,
            &events,
            &quantities,
            &relations,
        );
        let statements = apart(statements, &mut trace.statements);
        done(Layer::Statements);
        let facts = Facts {
            article: Article::default(),
            sentences: sentences(doc),
            entities,
            times,
            quantities,
            events,
            relations,
            statements,
        };
        (facts, trace)
    }
}

/// The sentences of a document, without the white space around them.
fn sentences(doc: &Document<'_>) -> Vec<Span> {
    doc.sentences()
        .iter()
        .filter(|tokens| !tokens.is_empty())
        .map(|tokens| doc.span_of(tokens.clone()).trim(doc.text()))
        .filter(|span| !span.is_empty())
        .collect()
}

/// Parts facts from what made them.
fn apart<T>(traced: Vec<Traced<T>>, rules: &mut Vec<Rule>) -> Vec<T> {
    let mut facts = Vec::with_capacity(traced.len());
    for Traced { fact, rule } in traced {
        facts.push(fact);
        rules.push(rule);
    }
    facts
}
