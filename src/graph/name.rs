//! The IRIs of one article's nodes, minted before anything is written.

use oxrdf::{NamedNode, NamedNodeRef};
use rustc_hash::FxHashMap;

use super::claim::{Claim, ClaimObject, ClaimSubject, claims};
use super::iri::{Base, HASH, Hash, Hasher, article_hash};
use crate::facts::{EntityId, EventId, Facts, QuantityId, Ref, StatementId, TimeId};
use crate::span::{CharIndex, Span};

/// The IRIs of nodes of one kind, all of one length, in one buffer.
struct Nodes {
    text: String,
    width: usize,
}

impl Nodes {
    fn get(&self, index: usize) -> NamedNodeRef<'_> {
        let iri = self.text.get(index * self.width..(index + 1) * self.width);
        NamedNodeRef::new_unchecked(iri.expect("ids were checked before names were minted"))
    }
}

/// The IRIs of all nodes of one article, and its claims in their order.
pub(super) struct Names {
    article: NamedNode,
    graph: NamedNode,
    own_voice: NamedNode,
    entities: Nodes,
    events: Nodes,
    times: Nodes,
    figures: Nodes,
    statements: Nodes,
    claim_nodes: Nodes,
    claims: Vec<Claim>,
    base: Base,
    hash: String,
}

impl Names {
    /// Mints them. The facts' ids were checked.
    pub(super) fn new(facts: &Facts, index: &CharIndex<'_>, base: &Base) -> Self {
        let hash = article_hash(&facts.article);
        let mut mint = Mint { base, hash: &hash, index, seen: FxHashMap::default() };
        let entities = mint.all("e/", &facts.entities, |mint, entity| {
            let first = entity.mentions.first().expect("an entity has a mention").span;
            mint.of("e", first).part(entity.kind.as_str())
        });
        let events = mint.all("v/", &facts.events, |mint, event| {
            mint.of("v", event.trigger).part(event.kind.as_str())
        });
        let times = mint.all("t/", &facts.times, |mint, time| mint.of("t", time.span));
        let figures = mint.all("f/", &facts.quantities, |mint, figure| mint.of("f", figure.span));
        let statements = mint.all("s/", &facts.statements, |mint, said| {
            let relay = if said.relays.is_some() { "relay" } else { "" };
            let parts = mint.kind("s").part(relay);
            let parts = match said.cue {
                Some(cue) => mint.span(parts, cue),
                None => parts.part("").part(""),
            };
            said.content.iter().fold(parts, |parts, &piece| mint.span(parts, piece))
        });
        let own_voice = base.node("s/", &mint.kind("s").part("own-voice").finish().to_string());
        let mut names = Self {
            article: base.node("a/", &hash),
            graph: base.node("g/", &hash),
            own_voice,
            entities,
            events,
            times,
            figures,
            statements,
            claim_nodes: Nodes { text: String::new(), width: 0 },
            claims: claims(facts),
            base: base.clone(),
            hash: String::new(),
        };
        names.claim_nodes = mint.all("c/", &names.claims, |mint, claim| {
            let object = match claim.object(facts) {
                ClaimObject::Node(node) => names.node(node).as_str(),
                ClaimObject::Term(term) => term.as_str(),
                ClaimObject::Value { value, .. } => value,
            };
            let parts = mint
                .kind("c")
                .part(claim.kind_name())
                .part(names.subject(claim).as_str())
                .part(claim.predicate(facts).as_str())
                .part(object);
            mint.span(parts, claim.span(facts))
        });
        names.hash = hash;
        names
    }

    pub(super) fn article(&self) -> NamedNodeRef<'_> {
        self.article.as_ref()
    }

    pub(super) fn graph(&self) -> NamedNodeRef<'_> {
        self.graph.as_ref()
    }

    pub(super) fn own_voice(&self) -> NamedNodeRef<'_> {
        self.own_voice.as_ref()
    }

    pub(super) fn entity(&self, id: EntityId) -> NamedNodeRef<'_> {
        self.entities.get(id.index())
    }

    pub(super) fn event(&self, id: EventId) -> NamedNodeRef<'_> {
        self.events.get(id.index())
    }

    pub(super) fn time(&self, id: TimeId) -> NamedNodeRef<'_> {
        self.times.get(id.index())
    }

    pub(super) fn figure(&self, id: QuantityId) -> NamedNodeRef<'_> {
        self.figures.get(id.index())
    }

    pub(super) fn statement(&self, id: StatementId) -> NamedNodeRef<'_> {
        self.statements.get(id.index())
    }

    /// The node of what fills a role.
    pub(super) fn node(&self, filler: Ref) -> NamedNodeRef<'_> {
        match filler {
            Ref::Entity(id) => self.entity(id),
            Ref::Event(id) => self.event(id),
            Ref::Quantity(id) => self.figure(id),
            Ref::Time(id) => self.time(id),
        }
    }

    /// The claims, in order: events, relations, figures.
    pub(super) fn claims(&self) -> &[Claim] {
        &self.claims
    }

    /// The node of claim number `index`.
    pub(super) fn claim(&self, index: usize) -> NamedNodeRef<'_> {
        self.claim_nodes.get(index)
    }

    /// Of what a claim is.
    pub(super) fn subject(&self, claim: &Claim) -> NamedNodeRef<'_> {
        match claim.subject() {
            ClaimSubject::Node(node) => self.node(node),
            ClaimSubject::Article => self.article(),
        }
    }

    /// The node of a link from an entity to `iri`.
    pub(super) fn link(&self, entity: EntityId, iri: &str) -> NamedNode {
        let parts = Hasher::default().part("l").part(&self.hash);
        let parts = parts.part(self.entity(entity).as_str()).part(iri);
        self.base.node("l/", &parts.finish().to_string())
    }
}

/// Mints the nodes of one article; equal parts get an ordinal as a further part.
struct Mint<'m, 't> {
    base: &'m Base,
    hash: &'m str,
    index: &'m CharIndex<'t>,
    seen: FxHashMap<Hash, u32>,
}

impl Mint<'_, '_> {
    /// Mints a node for each item.
    fn all<T>(&mut self, kind: &str, items: &[T], parts: impl Fn(&Self, &T) -> Hasher) -> Nodes {
        let prefix = [self.base.as_str(), kind].concat();
        let width = prefix.len() + HASH;
        let mut text = String::with_capacity(width * items.len());
        for item in items {
            let hasher = parts(self, item);
            let mut hash = hasher.clone().finish();
            let ordinal = self.seen.entry(hash).or_default();
            if *ordinal > 0 {
                hash = hasher.number(*ordinal).finish();
            }
            *ordinal += 1;
            text.push_str(&prefix);
            hash.push(&mut text);
        }
        Nodes { text, width }
    }

    fn kind(&self, kind: &str) -> Hasher {
        Hasher::default().part(kind).part(self.hash)
    }

    fn of(&self, kind: &str, span: Span) -> Hasher {
        self.span(self.kind(kind), span)
    }

    fn span(&self, parts: Hasher, span: Span) -> Hasher {
        let chars = self.index.to_chars(span);
        parts.number(chars.start).number(chars.end)
    }
}
