//! What is written of the state: individuals, happenings, propositions, facts.

use std::collections::BTreeMap;

use jiff::civil::Date;
use oxrdf::vocab::xsd;
use oxrdf::{Literal, NamedNode, NamedNodeRef, Quad, Term};

use super::compare;
use super::decision::Node;
use super::derive::{Fusion, Object, Placed, Relation};
use super::digest::{Claim, ClaimOf};
use super::happening::Telling;
use super::profile::Profile;
use super::status::Support;
use super::telling::Fit;
use super::term::Name;
use crate::graph::{Hash, Hasher};
use crate::vocab::{et, ng, owl, rdf, rdfs, schema, sem, skos};

/// A derived graph.
#[derive(Clone, Copy)]
pub(super) enum Graph {
    Identity,
    Comparison,
    Facts,
}

/// Gathers quads, each once.
pub(super) struct Writer {
    pub(super) graphs: [NamedNode; 3],
    pub(super) quads: BTreeMap<String, Quad>,
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

impl Fusion {
    pub(super) fn write_version(&self, article: Hash, out: &mut Writer) {
        for older in self.versions.superseded_by(article) {
            let [newer, older] = [article, older].map(|id| self.node("a/", id));
            out.put(Graph::Comparison, &newer, ng::SUPERSEDES, older);
        }
        if let Some(original) = self.reprints.original(article) {
            let share = usize::from(self.reprints.share(article).unwrap_or(0));
            let [copy, original] = [article, original].map(|id| self.node("a/", id));
            out.put(Graph::Comparison, &copy, ng::REPRINT_OF, original);
            out.put(Graph::Comparison, &copy, ng::REPRINT_SHARE, hundredths(share));
        }
    }

    pub(super) fn write_entity(&self, article: Hash, entity: u32, out: &mut Writer) {
        let Some(placed) = self.articles.get(&article) else { return };
        let (Some(told), Some(individual)) =
            (placed.digest.entities.get(entity as usize), placed.individuals.get(entity as usize))
        else {
            return;
        };
        let node = self.node("e/", told.id);
        out.put(Graph::Identity, &node, ng::IDENTIFIED_AS, self.node("n/", individual.id));
    }

    pub(super) fn write_individual(&self, id: Hash, out: &mut Writer) {
        let local;
        let profile = match (self.profiles.get(&id), self.locals.get(&id)) {
            (Some(profile), _) => profile,
            (None, Some(&(article, entity))) => {
                local = self.local_profile(article, entity);
                &local
            }
            (None, None) => return,
        };
        let node = self.node("n/", id);
        out.put(Graph::Identity, &node, rdf::TYPE, ng::class::INDIVIDUAL);
        for key in profile.keys() {
            out.put(Graph::Identity, &node, ng::KEY, Literal::from(key));
        }
        for link in profile.links() {
            out.put(Graph::Identity, &node, skos::EXACT_MATCH, NamedNode::new_unchecked(link));
        }
        let entities = profile.verified().map(Node::Entity);
        for verified in entities.chain([Node::Individual(id)]) {
            for link in self.finder.verified(verified) {
                out.put(Graph::Identity, &node, owl::SAME_AS, NamedNode::new_unchecked(link));
            }
        }
        if let Some(label) = profile.label() {
            out.put(Graph::Identity, &node, rdfs::LABEL, Literal::from(label));
        }
    }

    /// The profile of an individual that has one entity.
    fn local_profile(&self, article: Hash, entity: u32) -> Profile {
        let placed = &self.articles[&article];
        let told = &placed.digest.entities[entity as usize];
        let verified = self.finder.verified(Node::Entity(told.id)).next().is_some();
        Profile::of(told, &placed.individuals[entity as usize], verified)
    }

    pub(super) fn write_happening(&self, root: Telling, out: &mut Writer) {
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
        for &telling in &members {
            self.write_joining(telling, out);
        }
        self.write_support(&node, &events, out);
        compare::write(self, &events, out);
    }

    /// Writes why a telling was taken for one of the same happening as one before it.
    fn write_joining(&self, telling: Telling, out: &mut Writer) {
        let Some((fit, partner)) = self.happenings.partner(telling) else { return };
        let first = |telling: Telling| {
            let event = self.happenings.events(telling).first().copied()?;
            let placed = self.articles.get(&telling.article)?;
            Some(self.node("v/", placed.digest.events.get(event as usize)?.id))
        };
        let (Some(event), Some(to)) = (first(telling), first(partner)) else { return };
        let hash = Hasher::default().part("j").part(event.as_str()).finish();
        let node = self.node("j/", hash);
        out.put(Graph::Identity, &node, rdf::TYPE, ng::class::JOINING);
        out.put(Graph::Identity, &node, ng::OF, event);
        out.put(Graph::Identity, &node, ng::TO, to);
        let points = usize::try_from(fit.points).unwrap_or(0);
        let most = Fit::MOST.unsigned_abs() as usize;
        out.put(Graph::Identity, &node, ng::SCORE, hundredths((100 * points + most / 2) / most));
        for reason in fit.reasons() {
            out.put(Graph::Identity, &node, ng::REASON, reason);
        }
    }

    /// Writes the status of a happening and its propositions, and what stands as fact of it.
    pub(super) fn write_support(
        &self,
        node: &NamedNode,
        events: &[(&Placed, u32)],
        out: &mut Writer,
    ) {
        let mut whole = Support::default();
        // By what is said of the happening: that it is of a type, or that it has a figure.
        let mut said: BTreeMap<Said, (Support, Vec<Hash>)> = BTreeMap::new();
        let mut asserting: Vec<(&Placed, u32)> = Vec::new();
        for &(placed, event) in events {
            let article = placed.digest.article;
            let live = self.versions.is_live(article);
            for claim in placed.claims_of(event) {
                let of = match claim.of {
                    ClaimOf::Figure { figure, .. } => {
                        Said::Figure(placed.digest.figures[figure as usize].text())
                    }
                    _ => Said::Kind(placed.digest.events[event as usize].kind),
                };
                let is_event = matches!(of, Said::Kind(_));
                let (support, claims) = said.entry(of).or_default();
                claims.push(claim.id);
                if !live {
                    continue;
                }
                support.add(article, claim, &placed.individuals);
                if is_event {
                    whole.add(article, claim, &placed.individuals);
                    if claim.is_assertion() {
                        asserting.push((placed, event));
                    }
                }
            }
        }
        if let Some(status) = whole.status() {
            out.put(Graph::Comparison, node, ng::STATUS, status);
        }
        for (said, (support, claims)) in &said {
            let (predicate, object) = match said {
                Said::Kind(kind) => (sem::EVENT_TYPE, Term::from(kind.iri())),
                Said::Figure(figure) => (ng::FIGURE, Literal::from(figure.as_str()).into()),
            };
            self.write_proposition(node, predicate, &object, support, claims, out);
        }
        if whole.is_direct(harms_a_person(&asserting)) {
            self.write_happening_facts(node, &asserting, out);
        }
    }

    pub(super) fn write_happening_facts(
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
            let day = |day: Date| Literal::new_typed_literal(day.to_string(), xsd::DATE);
            out.put(Graph::Facts, node, sem::HAS_EARLIEST_BEGIN_TIME_STAMP, day(begin));
            out.put(Graph::Facts, node, sem::HAS_LATEST_END_TIME_STAMP, day(end));
        }
    }

    pub(super) fn write_relation(&self, relation: &Relation, out: &mut Writer) {
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

    pub(super) fn write_proposition(
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
        let local = || {
            let &(article, entity) = self.locals.get(&id)?;
            Some(self.articles.get(&article)?.digest.entities.get(entity as usize)?.named)
        };
        self.profiles.get(&id).map(Profile::is_named).or_else(local).unwrap_or(false)
    }

    pub(super) fn node(&self, kind: &str, id: Hash) -> NamedNode {
        self.base.node(kind, &id.to_string())
    }

    /// The article whose own voice that of `placed` is: of a near-copy the first.
    pub(super) fn origin<'f>(&'f self, placed: &'f Placed) -> &'f Placed {
        let origin = self.reprints.origin(placed.digest.article);
        self.articles.get(&origin).unwrap_or(placed)
    }

    pub(super) fn is_live(&self, article: Hash) -> bool {
        self.versions.is_live(article)
    }
}

/// A share of a hundred as a number from 0 to 1, in the form that a store keeps.
fn hundredths(share: usize) -> Literal {
    let text = format!("{}.{:02}", share / 100, share % 100);
    let text = text.trim_end_matches('0').trim_end_matches('.');
    Literal::new_typed_literal(text, xsd::DECIMAL)
}

/// What a claim says of a happening.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Said {
    /// That it is of a type.
    Kind(Name),
    /// That it has a figure, in one form of writing.
    Figure(String),
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

/// The label that occurs most often; of several the least.
fn commonest<'l>(labels: &BTreeMap<&'l str, usize>) -> Option<&'l str> {
    labels.iter().max_by(|a, b| a.1.cmp(b.1).then(b.0.cmp(a.0))).map(|(label, _)| *label)
}
