//! Claims: what is said, and in whose voice.
//!
//! Every claim is carried by at least one statement; what nobody is quoted for is carried by the
//! article's own voice. This module is the only way from a statement's content into the graph.

use oxrdf::{NamedNodeRef, QuadRef};

use super::evidence::Evidence;
use super::name::Names;
use super::number::write_literal;
use super::statement::{inside, reports};
use super::terms;
use super::write::ArticleGraph;
use crate::facts::{
    Carried, EntityId, EventId, Facts, Modality, Polarity, QuantityId, Ref, RelationId,
    RelationObject, StatementId, TimeId,
};
use crate::span::Span;
use crate::vocab::{ng, rdf, sem};

/// One claim, by what it is made from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Claim {
    /// That an event takes place.
    Event(EventId),
    /// That a relation holds.
    Relation(RelationId, EntityId),
    /// That a figure belongs to an event, or, where it belongs to none, is given by the article.
    Figure(QuantityId, Option<EventId>),
}

/// Of what a claim is.
pub(super) enum ClaimSubject {
    /// A node of the article.
    Node(Ref),
    /// The article.
    Article,
}

/// What a claim says of its subject.
pub(super) enum ClaimObject<'f> {
    /// A node of the article.
    Node(Ref),
    /// A term of the vocabulary.
    Term(NamedNodeRef<'static>),
    /// A literal of the contract.
    Value { value: &'f str, datatype: &'f str },
}

/// The claims of an article: events, relations, figures, each in the contract's order.
///
/// A figure belongs to the events that list it, or else to those in which it plays a part.
pub(super) fn claims(facts: &Facts) -> Vec<Claim> {
    let events = (0_u32..).zip(&facts.events);
    let mut listed: Vec<(QuantityId, EventId)> = Vec::new();
    let mut playing: Vec<(QuantityId, EventId)> = Vec::new();
    for (i, event) in events.clone() {
        listed.extend(event.quantities.iter().map(|&id| (id, EventId(i))));
        playing.extend(event.roles.iter().filter_map(|role| match role.filler {
            Ref::Quantity(id) => Some((id, EventId(i))),
            _ => None,
        }));
    }
    for pairs in [&mut listed, &mut playing] {
        pairs.sort_unstable();
        pairs.dedup();
    }
    let mut claims: Vec<Claim> = events.map(|(i, _)| Claim::Event(EventId(i))).collect();
    let relations = (0_u32..).zip(&facts.relations);
    claims.extend(relations.map(|(i, r)| Claim::Relation(RelationId(i), r.subject)));
    for (i, _) in (0_u32..).zip(&facts.quantities) {
        let id = QuantityId(i);
        let of = |pairs: &[(QuantityId, EventId)]| {
            let first = pairs.partition_point(|&(other, _)| other < id);
            pairs[first..].iter().take_while(|p| p.0 == id).map(|p| p.1).collect::<Vec<_>>()
        };
        let mut events = of(&listed);
        if events.is_empty() {
            events = of(&playing);
        }
        if events.is_empty() {
            claims.push(Claim::Figure(id, None));
        }
        claims.extend(events.into_iter().map(|event| Claim::Figure(id, Some(event))));
    }
    claims
}

impl Claim {
    /// The local name of the claim's class.
    pub(super) fn kind_name(&self) -> &'static str {
        match self {
            Self::Event(_) => "EventClaim",
            Self::Relation(..) => "RelationClaim",
            Self::Figure(..) => "FigureClaim",
        }
    }

    fn class(&self) -> NamedNodeRef<'static> {
        match self {
            Self::Event(_) => ng::class::EVENT_CLAIM,
            Self::Relation(..) => ng::class::RELATION_CLAIM,
            Self::Figure(..) => ng::class::FIGURE_CLAIM,
        }
    }

    pub(super) fn subject(&self) -> ClaimSubject {
        match *self {
            Self::Event(event) | Self::Figure(_, Some(event)) => {
                ClaimSubject::Node(Ref::Event(event))
            }
            Self::Relation(_, subject) => ClaimSubject::Node(Ref::Entity(subject)),
            Self::Figure(_, None) => ClaimSubject::Article,
        }
    }

    pub(super) fn predicate(&self, facts: &Facts) -> NamedNodeRef<'static> {
        match *self {
            Self::Event(_) => sem::EVENT_TYPE,
            Self::Relation(id, _) => terms::predicate(facts.relations[id.index()].predicate),
            Self::Figure(..) => ng::FIGURE,
        }
    }

    pub(super) fn object<'f>(&self, facts: &'f Facts) -> ClaimObject<'f> {
        match *self {
            Self::Event(id) => ClaimObject::Term(terms::event_type(facts.events[id.index()].kind)),
            Self::Relation(id, _) => match &facts.relations[id.index()].object {
                RelationObject::Entity(object) => ClaimObject::Node(Ref::Entity(*object)),
                RelationObject::Literal { value, datatype } => {
                    ClaimObject::Value { value, datatype }
                }
            },
            Self::Figure(id, _) => ClaimObject::Node(Ref::Quantity(id)),
        }
    }

    /// The words that the claim rests on.
    pub(super) fn span(&self, facts: &Facts) -> Span {
        match *self {
            Self::Event(id) => facts.events[id.index()].trigger,
            Self::Relation(id, _) => facts.relations[id.index()].span,
            Self::Figure(id, _) => facts.quantities[id.index()].span,
        }
    }

    /// Polarity, modality, and when it held. A figure is put forward as its event is.
    fn manner(&self, facts: &Facts) -> (Polarity, Modality, Option<TimeId>) {
        match *self {
            Self::Event(id) => {
                let event = &facts.events[id.index()];
                (event.polarity, event.modality, None)
            }
            Self::Relation(id, _) => {
                let relation = &facts.relations[id.index()];
                (relation.polarity, relation.modality, relation.time)
            }
            Self::Figure(_, Some(id)) => {
                let event = &facts.events[id.index()];
                (event.polarity, event.modality, event.time)
            }
            Self::Figure(_, None) => (Polarity::Positive, Modality::Asserted, None),
        }
    }
}

/// Writes the claims and who carries them.
pub(super) fn write(
    facts: &Facts,
    names: &Names,
    evidence: &mut Evidence<'_>,
    graph: &mut ArticleGraph<'_, impl FnMut(QuadRef<'_>)>,
) {
    let voices = Voices::new(facts);
    let mut buffer = String::new();
    for (i, claim) in names.claims().iter().enumerate() {
        let node = names.claim(i);
        graph.write(node, rdf::TYPE, claim.class());
        graph.write(node, rdf::SUBJECT, names.subject(claim));
        graph.write(node, rdf::PREDICATE, claim.predicate(facts));
        match claim.object(facts) {
            ClaimObject::Node(object) => graph.write(node, rdf::OBJECT, names.node(object)),
            ClaimObject::Term(term) => graph.write(node, rdf::OBJECT, term),
            ClaimObject::Value { value, datatype } => {
                graph.write(node, rdf::OBJECT, write_literal(value, datatype, &mut buffer));
            }
        }
        graph.write(node, ng::EVIDENCE, evidence.span(claim.span(facts)));
        let (polarity, modality, time) = claim.manner(facts);
        graph.write(node, ng::POLARITY, terms::polarity(polarity));
        graph.write(node, ng::MODALITY, terms::modality(modality));
        graph.write_some(node, ng::AS_OF, time.map(|id| names.time(id)));
        let carriers = voices.carriers(claim);
        for &statement in &carriers {
            graph.write(names.statement(statement), ng::CARRIES, node);
        }
        if carriers.is_empty() {
            graph.write(names.own_voice(), ng::CARRIES, node);
        }
        for speaker in voices.speakers(carriers.iter().copied()) {
            graph.write(node, ng::ATTRIBUTED_TO, names.entity(speaker));
        }
        for speaker in voices.speakers(voices.relaying(&carriers).into_iter()) {
            graph.write(node, ng::RELAYED_BY, names.entity(speaker));
        }
    }
}

/// Which statement carries what: the innermost one of a chain.
struct Voices<'f> {
    facts: &'f Facts,
    /// Sorted, each pair once.
    carries: Vec<(Carried, StatementId)>,
    /// The statements that relay one, by the one that is relayed; sorted.
    relayed: Vec<(StatementId, StatementId)>,
}

impl<'f> Voices<'f> {
    fn new(facts: &'f Facts) -> Self {
        let all = || (0_u32..).map(StatementId).zip(&facts.statements);
        let mut carries: Vec<(Carried, StatementId)> = Vec::new();
        for (id, said) in all() {
            carries.extend(said.carries.iter().map(|&item| (item, passed_on(facts, id, item))));
        }
        carries.sort_unstable();
        carries.dedup();
        // What an inner saying carries, the saying around it does not; and what the relayed
        // statement carries, the relaying one does not.
        let declared = carries.clone();
        carries.retain(|&(item, outer)| {
            !of(&declared, item).any(|inner| inner != outer && below(facts, inner, outer))
        });
        let mut relayed: Vec<_> = all().filter_map(|(id, said)| Some((said.relays?, id))).collect();
        relayed.sort_unstable();
        Self { facts, carries, relayed }
    }

    /// The statements that carry a claim, in order; none for the article's own voice.
    fn carriers(&self, claim: &Claim) -> Vec<StatementId> {
        match *claim {
            Claim::Event(id) => of(&self.carries, Carried::Event(id)).collect(),
            Claim::Relation(id, _) => of(&self.carries, Carried::Relation(id)).collect(),
            Claim::Figure(id, event) => {
                let listed: Vec<_> = of(&self.carries, Carried::Quantity(id)).collect();
                let (true, Some(event)) = (listed.is_empty(), event) else { return listed };
                // A figure inside of reported words is the speaker's also where only its event is
                // listed.
                let span = self.facts.quantities[id.index()].span;
                of(&self.carries, Carried::Event(event))
                    .filter(|s| reports(&self.facts.statements[s.index()], span))
                    .collect()
            }
        }
    }

    /// The statements up the chains from `carriers`.
    fn relaying(&self, carriers: &[StatementId]) -> Vec<StatementId> {
        let mut found: Vec<StatementId> = Vec::new();
        let mut next = carriers.to_vec();
        while let Some(inner) = next.pop() {
            let first = self.relayed.partition_point(|&(to, _)| to < inner);
            for &(_, outer) in self.relayed[first..].iter().take_while(|r| r.0 == inner) {
                if !found.contains(&outer) {
                    found.push(outer);
                    next.push(outer);
                }
            }
        }
        found
    }

    /// The speakers of statements, each once, in order.
    fn speakers(&self, statements: impl Iterator<Item = StatementId>) -> Vec<EntityId> {
        let mut speakers: Vec<_> =
            statements.filter_map(|s| self.facts.statements[s.index()].speaker).collect();
        speakers.sort_unstable();
        speakers.dedup();
        speakers
    }
}

/// The statements that carry `item`.
fn of(carries: &[(Carried, StatementId)], item: Carried) -> impl Iterator<Item = StatementId> + '_ {
    let first = carries.partition_point(|&(other, _)| other < item);
    carries[first..].iter().take_while(move |c| c.0 == item).map(|c| c.1)
}

/// Down the chain of relays from `statement`, the innermost that reports the words of `item`.
fn passed_on(facts: &Facts, statement: StatementId, item: Carried) -> StatementId {
    let span = match item {
        Carried::Event(id) => facts.events[id.index()].trigger,
        Carried::Relation(id) => facts.relations[id.index()].span,
        Carried::Quantity(id) => facts.quantities[id.index()].span,
    };
    let mut at = statement;
    while let Some(inner) = facts.statements[at.index()].relays
        && reports(&facts.statements[inner.index()], span)
    {
        at = inner;
    }
    at
}

/// Whether `inner` stands below `outer`: down its chain of relays, or inside its content.
fn below(facts: &Facts, inner: StatementId, outer: StatementId) -> bool {
    let mut at = outer;
    while let Some(next) = facts.statements[at.index()].relays {
        if next == inner {
            return true;
        }
        at = next;
    }
    inside(&facts.statements[inner.index()], &facts.statements[outer.index()])
}
