//! The state of the derived graphs, and what changes in them.

use std::collections::{BTreeMap, BTreeSet};

use oxrdf::{Literal, NamedNode, NamedNodeRef, Quad, Term};

use super::compare;
use super::decision::{Decisions, Node};
use super::digest::{Claim, ClaimOf, Digest, ObjectOf};
use super::happening::{Happenings, Telling};
use super::individual::{Change, Finder, Individual, Names};
use super::status::Support;
use super::term::Name;
use super::version::{Recorded, Versions};
use crate::graph::{Base, Hash, Hasher};
use crate::vocab::{et, ng, owl, rdf, rdfs, schema, sem, skos};

/// The articles of a store as fusion sees them.
///
/// # Cost
///
/// Adding or removing an article costs as much as the articles that share names with it within a
/// few weeks, not as much as the store; unless a name gets its first or second link, when all
/// articles that have the name are looked at again. Memory: some kilobytes an article.
pub struct Fusion {
    base: Base,
    finder: Finder,
    names: Names,
    articles: BTreeMap<Hash, Placed>,
    happenings: Happenings,
    /// The entities of each individual.
    individuals: BTreeMap<Hash, BTreeSet<(Hash, u32)>>,
    /// The claims of each relation.
    relations: BTreeMap<Relation, BTreeSet<(Hash, u32)>>,
    versions: Versions,
}

/// An article and who its entities are.
pub(super) struct Placed {
    pub(super) digest: Digest,
    pub(super) individuals: Vec<Individual>,
    /// The positions of the claims of each event and of its figures.
    claims: Vec<Vec<u32>>,
}

impl Placed {
    fn new(digest: Digest, individuals: Vec<Individual>) -> Self {
        let mut claims = vec![Vec::new(); digest.events.len()];
        for (i, claim) in (0_u32..).zip(&digest.claims) {
            if let ClaimOf::Event(event) | ClaimOf::Figure { event: Some(event), .. } = claim.of
                && let Some(of) = claims.get_mut(event as usize)
            {
                of.push(i);
            }
        }
        Self { digest, individuals, claims }
    }

    /// The claims of an event and of its figures.
    pub(super) fn claims_of(&self, event: u32) -> impl Iterator<Item = &Claim> {
        let places = self.claims.get(event as usize).into_iter().flatten();
        places.filter_map(|&place| self.digest.claims.get(place as usize))
    }
}

/// What a proposition says of individuals.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Relation {
    subject: Hash,
    predicate: Name,
    object: Object,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Object {
    Individual(Hash),
    Literal(String, String),
}

/// What has to be said anew.
#[derive(Default)]
struct Touched {
    entities: BTreeSet<(Hash, u32)>,
    individuals: BTreeSet<Hash>,
    tellings: BTreeSet<Telling>,
    relations: BTreeSet<Relation>,
    versions: BTreeSet<Hash>,
}

/// How the derived graphs change: what to take out, what to put in, each sorted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Delta {
    /// Quads that no longer hold.
    pub removed: Vec<Quad>,
    /// Quads that hold now.
    pub added: Vec<Quad>,
}

impl Fusion {
    /// An empty store, under the decisions of a person and the recorded order of versions.
    pub fn new(decisions: Decisions, recorded: Recorded, base: &Base) -> Self {
        Self {
            base: base.clone(),
            finder: Finder::new(base, decisions),
            names: Names::default(),
            articles: BTreeMap::new(),
            happenings: Happenings::default(),
            individuals: BTreeMap::new(),
            relations: BTreeMap::new(),
            versions: Versions::new(recorded),
        }
    }

    /// Adds an article, in the place of an earlier digest of it.
    pub fn add(&mut self, digest: Digest) {
        self.change(vec![digest], &[], &mut Touched::default());
    }

    /// Takes an article out, by the last part of its IRI; nothing happens where it is not there.
    pub fn remove(&mut self, article: &str) {
        let article = Hash::parse(article);
        self.change(Vec::new(), article.as_slice(), &mut Touched::default());
    }

    /// Adds and removes articles (by the last part of their IRIs) and says what changes. An
    /// article that is both removed and added is replaced.
    pub fn update(&mut self, added: Vec<Digest>, removed: &[&str]) -> Delta {
        let removed: Vec<Hash> =
            removed.iter().filter_map(|article| Hash::parse(article)).collect();
        let gone = removed.iter().chain(added.iter().map(|digest| &digest.article));
        let before: Vec<Digest> =
            gone.filter_map(|id| self.articles.get(id)).map(|p| p.digest.clone()).collect();
        let new: Vec<Hash> = added.iter().map(|digest| digest.article).collect();
        // What is touched is known only afterwards; so go there, look, go back and look: the state
        // is a function of the set, so going back is exact.
        let mut touched = Touched::default();
        self.change(added.clone(), &removed, &mut touched);
        let after = self.write(&touched);
        self.change(before, &new, &mut Touched::default());
        let earlier = self.write(&touched);
        self.change(added, &removed, &mut Touched::default());
        Delta { removed: without(&earlier, &after), added: without(&after, &earlier) }
    }

    /// All quads of the derived graphs, sorted as their N-Quads lines are.
    pub fn quads(&self) -> Vec<Quad> {
        let mut quads = Vec::new();
        self.for_each(|quad| quads.push(quad));
        quads.sort_by_cached_key(ToString::to_string);
        quads
    }

    /// Hands each quad of the derived graphs to `sink`, once and in a fixed order; holds no more of
    /// them than one happening has.
    pub fn for_each(&self, mut sink: impl FnMut(Quad)) {
        let mut out = self.writer();
        let mut flush = |out: &mut Writer| {
            std::mem::take(&mut out.quads).into_values().for_each(&mut sink);
        };
        for (id, entities) in &self.individuals {
            for &(article, entity) in entities {
                self.write_entity(article, entity, &mut out);
            }
            self.write_individual(*id, &mut out);
            flush(&mut out);
        }
        for telling in self.happenings.tellings() {
            if self.happenings.root(telling) == telling {
                self.write_happening(telling, &mut out);
                flush(&mut out);
            }
        }
        for relation in self.relations.keys() {
            self.write_relation(relation, &mut out);
            flush(&mut out);
        }
        for &article in self.articles.keys() {
            self.write_version(article, &mut out);
            flush(&mut out);
        }
    }

    fn writer(&self) -> Writer {
        Writer { graphs: super::graph_names(&self.base), quads: BTreeMap::new() }
    }

    /// Takes `removed` and whatever `added` replaces out, puts `added` in.
    fn change(&mut self, added: Vec<Digest>, removed: &[Hash], touched: &mut Touched) {
        let mut again: BTreeMap<Hash, Digest> = BTreeMap::new();
        let replaced = added.iter().map(|digest| digest.article);
        for article in removed.iter().copied().chain(replaced).collect::<BTreeSet<_>>() {
            let Some(placed) = self.unplace(article, touched) else { continue };
            let others = self.names.change(&placed.digest, self.finder.decisions(), Change::Remove);
            self.set_aside(others, &mut again, touched);
            self.versions_changed(&placed.digest, Change::Remove, touched);
        }
        for digest in added {
            let others = self.names.change(&digest, self.finder.decisions(), Change::Add);
            self.set_aside(others, &mut again, touched);
            self.versions_changed(&digest, Change::Add, touched);
            again.insert(digest.article, digest);
        }
        for digest in again.into_values() {
            self.place(digest, touched);
        }
    }

    /// Takes articles out whose entities may have become other individuals, to put them in again.
    fn set_aside(
        &mut self,
        articles: BTreeSet<Hash>,
        again: &mut BTreeMap<Hash, Digest>,
        touched: &mut Touched,
    ) {
        for article in articles {
            if let Some(placed) = self.unplace(article, touched) {
                again.insert(article, placed.digest);
            }
        }
    }

    fn versions_changed(&mut self, digest: &Digest, change: Change, touched: &mut Touched) {
        let versions = match change {
            Change::Add => self.versions.add(digest),
            Change::Remove => self.versions.remove(digest.article),
        };
        // Whether the others are live may have changed, and so what their claims count for.
        for &article in &versions {
            touched.tellings.extend(self.happenings.of_article(article));
            if let Some(placed) = self.articles.get(&article) {
                touched.relations.extend(relations(placed).map(|(_, relation)| relation));
            }
        }
        touched.versions.extend(versions);
    }

    fn place(&mut self, digest: Digest, touched: &mut Touched) {
        let individuals: Vec<Individual> =
            digest.entities.iter().map(|entity| self.finder.find(entity, &self.names)).collect();
        self.happenings.place(&digest, &individuals, &mut touched.tellings);
        let placed = Placed::new(digest, individuals);
        let article = placed.digest.article;
        for (i, individual) in (0_u32..).zip(&placed.individuals) {
            self.individuals.entry(individual.id).or_default().insert((article, i));
            touched.entities.insert((article, i));
            touched.individuals.insert(individual.id);
        }
        for (claim, relation) in relations(&placed) {
            self.relations.entry(relation.clone()).or_default().insert((article, claim));
            touched.relations.insert(relation);
        }
        self.articles.insert(article, placed);
    }

    fn unplace(&mut self, article: Hash, touched: &mut Touched) -> Option<Placed> {
        let placed = self.articles.remove(&article)?;
        self.happenings.unplace(article, &mut touched.tellings);
        for (i, individual) in (0_u32..).zip(&placed.individuals) {
            if let Some(entities) = self.individuals.get_mut(&individual.id) {
                entities.remove(&(article, i));
                if entities.is_empty() {
                    self.individuals.remove(&individual.id);
                }
            }
            touched.entities.insert((article, i));
            touched.individuals.insert(individual.id);
        }
        for (claim, relation) in relations(&placed) {
            if let Some(claims) = self.relations.get_mut(&relation) {
                claims.remove(&(article, claim));
                if claims.is_empty() {
                    self.relations.remove(&relation);
                }
            }
            touched.relations.insert(relation);
        }
        Some(placed)
    }

    /// The quads of what was touched, by their lines.
    fn write(&self, touched: &Touched) -> BTreeMap<String, Quad> {
        let mut out = self.writer();
        for &(article, entity) in &touched.entities {
            self.write_entity(article, entity, &mut out);
        }
        for &individual in &touched.individuals {
            self.write_individual(individual, &mut out);
        }
        let roots: BTreeSet<Telling> = touched
            .tellings
            .iter()
            .filter(|telling| !self.happenings.events(**telling).is_empty())
            .map(|&telling| self.happenings.root(telling))
            .collect();
        for root in roots {
            self.write_happening(root, &mut out);
        }
        for relation in &touched.relations {
            self.write_relation(relation, &mut out);
        }
        for &article in touched.versions.iter().filter(|id| self.articles.contains_key(id)) {
            self.write_version(article, &mut out);
        }
        out.quads
    }

    fn write_version(&self, article: Hash, out: &mut Writer) {
        for older in self.versions.superseded_by(article) {
            let [newer, older] = [article, older].map(|id| self.node("a/", id));
            out.put(Graph::Comparison, &newer, ng::SUPERSEDES, older);
        }
    }

    fn write_entity(&self, article: Hash, entity: u32, out: &mut Writer) {
        let Some(placed) = self.articles.get(&article) else { return };
        let (Some(told), Some(individual)) =
            (placed.digest.entities.get(entity as usize), placed.individuals.get(entity as usize))
        else {
            return;
        };
        let node = self.node("e/", told.id);
        out.put(Graph::Identity, &node, ng::IDENTIFIED_AS, self.node("n/", individual.id));
    }

    fn write_individual(&self, id: Hash, out: &mut Writer) {
        let Some(entities) = self.individuals.get(&id) else { return };
        let node = self.node("n/", id);
        out.put(Graph::Identity, &node, rdf::TYPE, ng::class::INDIVIDUAL);
        let mut labels: BTreeMap<&str, usize> = BTreeMap::new();
        for &(article, entity) in entities {
            let placed = &self.articles[&article];
            let told = &placed.digest.entities[entity as usize];
            let individual = &placed.individuals[entity as usize];
            out.put(Graph::Identity, &node, rdf::TYPE, told.class.iri());
            *labels.entry(&told.label).or_default() += 1;
            if let Some(key) = &told.key {
                out.put(Graph::Identity, &node, ng::KEY, Literal::from(key.as_str()));
            }
            if let Some(link) = &individual.link {
                let link = NamedNode::new_unchecked(link.as_str());
                out.put(Graph::Identity, &node, skos::EXACT_MATCH, link);
            }
            for link in self.finder.verified(Node::Entity(told.id)) {
                out.put(Graph::Identity, &node, owl::SAME_AS, NamedNode::new_unchecked(link));
            }
        }
        for link in self.finder.verified(Node::Individual(id)) {
            out.put(Graph::Identity, &node, owl::SAME_AS, NamedNode::new_unchecked(link));
        }
        if let Some(label) = commonest(&labels) {
            out.put(Graph::Identity, &node, rdfs::LABEL, Literal::from(label));
        }
    }

    fn write_happening(&self, root: Telling, out: &mut Writer) {
        let members = self.happenings.members(root);
        let events: Vec<(&Placed, u32)> = members
            .iter()
            .flat_map(|&telling| {
                let placed = &self.articles[&telling.article];
                self.happenings.events(telling).iter().map(move |&event| (placed, event))
            })
            .collect();
        let event = |&(placed, event): &(&Placed, u32)| placed.digest.events[event as usize].id;
        let least = events
            .iter()
            .map(|e| self.node("v/", event(e)))
            .min_by(|a, b| a.as_str().cmp(b.as_str()));
        let least = least.expect("a happening has a telling");
        let hash = Hasher::default().part("h").part(least.as_str()).finish();
        let node = self.node("h/", hash);
        out.put(Graph::Identity, &node, rdf::TYPE, ng::class::HAPPENING);
        let mut labels: BTreeMap<&str, usize> = BTreeMap::new();
        for at in &events {
            let told = &at.0.digest.events[at.1 as usize];
            *labels.entry(&told.label).or_default() += 1;
            out.put(Graph::Identity, &self.node("v/", told.id), ng::TELLS, node.clone());
        }
        if let Some(label) = commonest(&labels).filter(|label| !label.is_empty()) {
            out.put(Graph::Identity, &node, rdfs::LABEL, Literal::from(label));
        }
        self.write_support(&node, &events, out);
        compare::write(self, &events, out);
    }

    /// Writes the status of a happening and its propositions, and what stands as fact of it.
    fn write_support(&self, node: &NamedNode, events: &[(&Placed, u32)], out: &mut Writer) {
        let mut whole = Support::default();
        let mut by_kind: BTreeMap<Name, (Support, Vec<Hash>)> = BTreeMap::new();
        let mut asserting: Vec<(&Placed, u32)> = Vec::new();
        for &(placed, event) in events {
            let live = self.versions.is_live(placed.digest.article);
            let kind = placed.digest.events[event as usize].kind;
            for claim in placed.claims_of(event) {
                if claim.of != ClaimOf::Event(event) {
                    continue;
                }
                let (support, claims) = by_kind.entry(kind).or_default();
                claims.push(claim.id);
                if live {
                    whole.add(placed.digest.article, claim, &placed.individuals);
                    support.add(placed.digest.article, claim, &placed.individuals);
                    if claim.is_assertion() {
                        asserting.push((placed, event));
                    }
                }
            }
        }
        if let Some(status) = whole.status() {
            out.put(Graph::Comparison, node, ng::STATUS, status);
        }
        for (kind, (support, claims)) in &by_kind {
            let object = Term::from(kind.iri());
            self.write_proposition(node, sem::EVENT_TYPE, &object, support, claims, out);
        }
        if whole.is_direct(harms_a_person(&asserting)) {
            self.write_happening_facts(node, &asserting, out);
        }
    }

    fn write_happening_facts(
        &self,
        node: &NamedNode,
        asserting: &[(&Placed, u32)],
        out: &mut Writer,
    ) {
        let mut bounds = None;
        let mut fits = true;
        for &(placed, event) in asserting {
            let told = &placed.digest.events[event as usize];
            out.put(Graph::Facts, node, sem::EVENT_TYPE, told.kind.iri());
            for &(role, entity) in &told.roles {
                let id = placed.individuals[entity as usize].id;
                if role == ng::AGENT || role == ng::PATIENT || role == ng::RECIPIENT {
                    out.put(Graph::Facts, node, sem::HAS_ACTOR, self.node("n/", id));
                } else if role == ng::PLACE {
                    out.put(Graph::Facts, node, sem::HAS_PLACE, self.node("n/", id));
                }
            }
            // The days that all tellings with days allow; none where they have none in common.
            if let Some((begin, end)) = told.bounds {
                let (from, to) = bounds.unwrap_or((begin, end));
                bounds = Some((from.max(begin), to.min(end)));
                fits &= from.max(begin) <= to.min(end);
            }
        }
        if let Some((begin, end)) = bounds.filter(|_| fits) {
            let day = |day: jiff::civil::Date| {
                Literal::new_typed_literal(day.to_string(), oxrdf::vocab::xsd::DATE)
            };
            out.put(Graph::Facts, node, sem::HAS_EARLIEST_BEGIN_TIME_STAMP, day(begin));
            out.put(Graph::Facts, node, sem::HAS_LATEST_END_TIME_STAMP, day(end));
        }
    }

    fn write_relation(&self, relation: &Relation, out: &mut Writer) {
        let Some(claims) = self.relations.get(relation) else { return };
        let mut support = Support::default();
        let mut ids = Vec::new();
        for &(article, place) in claims {
            let placed = &self.articles[&article];
            let claim = &placed.digest.claims[place as usize];
            ids.push(claim.id);
            if self.versions.is_live(article) {
                support.add(article, claim, &placed.individuals);
            }
        }
        let subject = self.node("n/", relation.subject);
        let object: Term = match &relation.object {
            Object::Individual(id) => self.node("n/", *id).into(),
            Object::Literal(value, datatype) => Literal::new_typed_literal(
                value.as_str(),
                NamedNode::new_unchecked(datatype.as_str()),
            )
            .into(),
        };
        let predicate = relation.predicate.iri();
        self.write_proposition(&subject, predicate, &object, &support, &ids, out);
        let named = self.is_named(relation.subject)
            && match relation.object {
                Object::Individual(id) => self.is_named(id),
                Object::Literal(..) => true,
            };
        if named && relation.predicate != ng::HAS_AGE && support.is_direct(false) {
            out.put(Graph::Facts, &subject, predicate, object);
        }
    }

    fn write_proposition(
        &self,
        subject: &NamedNode,
        predicate: NamedNodeRef<'_>,
        object: &Term,
        support: &Support,
        claims: &[Hash],
        out: &mut Writer,
    ) {
        let said = match object {
            Term::NamedNode(object) => object.as_str(),
            Term::Literal(object) => object.value(),
            Term::BlankNode(object) => object.as_str(),
        };
        let parts = Hasher::default().part("p").part(subject.as_str()).part(predicate.as_str());
        let node = self.node("p/", parts.part(said).finish());
        out.put(Graph::Comparison, &node, rdf::TYPE, ng::class::PROPOSITION);
        out.put(Graph::Comparison, &node, rdf::SUBJECT, subject.clone());
        out.put(Graph::Comparison, &node, rdf::PREDICATE, predicate);
        out.put(Graph::Comparison, &node, rdf::OBJECT, object.clone());
        if let Some(status) = support.status() {
            out.put(Graph::Comparison, &node, ng::STATUS, status);
        }
        for &claim in claims {
            let claim = self.node("c/", claim);
            out.put(Graph::Comparison, &claim, ng::EXPRESSES, node.clone());
        }
    }

    /// Whether an individual is mentioned by name somewhere.
    fn is_named(&self, id: Hash) -> bool {
        self.individuals.get(&id).into_iter().flatten().any(|(article, entity)| {
            let told = self.articles[article].digest.entities.get(*entity as usize);
            told.is_some_and(|entity| entity.named)
        })
    }

    pub(super) fn node(&self, kind: &str, id: Hash) -> NamedNode {
        self.base.node(kind, &id.to_string())
    }

    pub(super) fn is_live(&self, article: Hash) -> bool {
        self.versions.is_live(article)
    }
}

impl Claim {
    /// Whether it puts something forward as so.
    pub(super) fn is_assertion(&self) -> bool {
        self.positive && self.modality == ng::ASSERTED
    }
}

/// Whether a happening, as asserted, is one that a person could be harmed by if it were false.
fn harms_a_person(events: &[(&Placed, u32)]) -> bool {
    let guarded = [et::CRIME, et::ACCUSE, et::ARREST, et::TRIAL];
    events.iter().any(|&(placed, event)| {
        let told = &placed.digest.events[event as usize];
        guarded.iter().any(|&kind| told.kind == kind)
            && told.roles.iter().any(|&(role, entity)| {
                (role == ng::AGENT || role == ng::PATIENT)
                    && placed.digest.entities[entity as usize].class == schema::class::PERSON
            })
    })
}

/// The relations that an article claims, with the claim's position.
fn relations(placed: &Placed) -> impl Iterator<Item = (u32, Relation)> {
    let individual = |entity: u32| placed.individuals.get(entity as usize).map(|i| i.id);
    (0_u32..).zip(&placed.digest.claims).filter_map(move |(i, claim)| {
        let ClaimOf::Relation { subject, predicate, object } = &claim.of else { return None };
        let object = match object {
            ObjectOf::Entity(entity) => Object::Individual(individual(*entity)?),
            ObjectOf::Literal(value, datatype) => Object::Literal(value.clone(), datatype.clone()),
        };
        Some((i, Relation { subject: individual(*subject)?, predicate: *predicate, object }))
    })
}

/// The label that occurs most often; of several the least.
fn commonest<'l>(labels: &BTreeMap<&'l str, usize>) -> Option<&'l str> {
    labels.iter().max_by(|a, b| a.1.cmp(b.1).then(b.0.cmp(a.0))).map(|(label, _)| *label)
}

/// Those of `quads` that `others` lack.
fn without(quads: &BTreeMap<String, Quad>, others: &BTreeMap<String, Quad>) -> Vec<Quad> {
    let left = quads.iter().filter(|(line, _)| !others.contains_key(*line));
    left.map(|(_, quad)| quad.clone()).collect()
}

/// A derived graph.
#[derive(Clone, Copy)]
pub(super) enum Graph {
    Identity,
    Comparison,
    Facts,
}

/// Gathers quads, each once.
pub(super) struct Writer {
    graphs: [NamedNode; 3],
    quads: BTreeMap<String, Quad>,
}

impl Writer {
    pub(super) fn put(
        &mut self,
        graph: Graph,
        subject: &NamedNode,
        predicate: NamedNodeRef<'_>,
        object: impl Into<Term>,
    ) {
        let name = self.graphs[graph as usize].clone();
        let quad = Quad::new(subject.clone(), predicate, object, name);
        self.quads.insert(quad.to_string(), quad);
    }
}
