//! The state of the derived graphs, and what changes in them.

use std::collections::{BTreeMap, BTreeSet};

use oxrdf::Quad;

use super::decision::{Decisions, Node};
use super::digest::{Claim, ClaimOf, Digest, ObjectOf};
use super::fetch::Fetched;
use super::happening::{Happenings, Telling};
use super::individual::{Change, Finder, Individual, Names};
use super::profile::Profile;
use super::reprint::Reprints;
use super::shelf::Shelf;
use super::telling::nodes;
use super::term::Name;
use super::version::{Recorded, Versions};
use super::write::Writer;
use crate::graph::{Base, Hash};

/// The articles of a store as fusion sees them.
///
/// # Cost
///
/// Adding or removing an article costs as much as the articles that share names with it within a
/// few weeks, not as much as the store; unless a name gets its first or second link, when all
/// articles that have the name are looked at again. Memory: some kilobytes an article.
pub struct Fusion {
    pub(super) base: Base,
    pub(super) finder: Finder,
    pub(super) names: Names,
    pub(super) articles: BTreeMap<Hash, Placed>,
    pub(super) happenings: Happenings,
    /// The individuals that several articles can share.
    pub(super) profiles: BTreeMap<Hash, Profile>,
    /// The one entity of each of the others.
    pub(super) locals: BTreeMap<Hash, (Hash, u32)>,
    /// The claims of each relation.
    pub(super) relations: BTreeMap<Relation, BTreeSet<(Hash, u32)>>,
    pub(super) versions: Versions,
    pub(super) reprints: Reprints,
    pub(super) fetched: Fetched,
    /// The recorded order of versions before the change.
    former: Option<Recorded>,
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
pub(super) struct Relation {
    pub(super) subject: Hash,
    pub(super) predicate: Name,
    pub(super) object: Object,
}

#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Object {
    Individual(Hash),
    Literal(String, String),
}

/// What has to be said anew.
#[derive(Default)]
pub(super) struct Touched {
    pub(super) entities: BTreeSet<(Hash, u32)>,
    pub(super) individuals: BTreeSet<Hash>,
    pub(super) tellings: BTreeSet<Telling>,
    pub(super) relations: BTreeSet<Relation>,
    pub(super) versions: BTreeSet<Hash>,
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
            profiles: BTreeMap::new(),
            locals: BTreeMap::new(),
            relations: BTreeMap::new(),
            versions: Versions::new(recorded),
            reprints: Reprints::default(),
            fetched: Fetched::default(),
            former: None,
        }
    }

    /// The articles of a store whose last derivation lies on a shelf. Of them only those are read
    /// that a change touches, so only [`Fusion::update`] and then [`Fusion::into_changes`] say
    /// something of use. The decisions have to be those of the last derivation; `former` is the
    /// recorded order of that time.
    #[must_use]
    pub fn on_shelf(mut self, shelf: Box<dyn Shelf>, former: Recorded) -> Self {
        self.fetched = Fetched::new(shelf);
        self.former = Some(former);
        self
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
        let replaced = added.iter().map(|digest| digest.article);
        let gone: BTreeSet<Hash> = removed.iter().copied().chain(replaced).collect();
        for &article in &gone {
            self.fetch(article);
        }
        let before: Vec<Digest> =
            gone.iter().filter_map(|id| self.articles.get(id)).map(|p| p.digest.clone()).collect();
        let new: Vec<Hash> = added.iter().map(|digest| digest.article).collect();
        // What is touched is known only afterwards; so go there, look, go back and look: the state
        // is a function of the set, so going back is exact.
        let mut touched = Touched::default();
        self.change(added.clone(), &removed, &mut touched);
        self.fetch_for_writing(&touched);
        let after = self.write(&touched);
        self.exchange_recorded();
        self.change(before, &new, &mut Touched::default());
        self.fetch_for_writing(&touched);
        let earlier = self.write(&touched);
        self.exchange_recorded();
        self.change(added, &removed, &mut Touched::default());
        Delta { removed: without(&earlier, &after), added: without(&after, &earlier) }
    }

    /// Goes over to the other recorded order, where there are two.
    fn exchange_recorded(&mut self) {
        if let Some(former) = &mut self.former {
            self.versions.exchange(former);
        }
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
        for (&article, placed) in &self.articles {
            for (i, _) in (0_u32..).zip(&placed.individuals) {
                self.write_entity(article, i, &mut out);
            }
            flush(&mut out);
        }
        for &id in self.profiles.keys().chain(self.locals.keys()) {
            self.write_individual(id, &mut out);
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
            // One that went before may have set it aside already.
            let placed = self.unplace(article, touched).map(|placed| placed.digest);
            let Some(digest) = placed.or_else(|| again.remove(&article)) else { continue };
            self.names_changed(&digest, Change::Remove, &mut again, touched);
            self.versions_changed(&digest, Change::Remove, touched);
            let copies = self.with_copies(BTreeSet::from([article]));
            self.fetch_for_leaving(article);
            self.reprints.remove(article);
            self.voices_changed(copies, touched);
        }
        for digest in added {
            self.names_changed(&digest, Change::Add, &mut again, touched);
            self.versions_changed(&digest, Change::Add, touched);
            self.fetch_alike(&digest);
            let copies = self.reprints.add(&digest);
            let copies = self.with_copies(copies);
            self.voices_changed(copies, touched);
            again.insert(digest.article, digest);
        }
        for digest in again.into_values() {
            self.place(digest, touched);
        }
        let changed = &mut self.fetched.changed;
        changed.extend(touched.entities.iter().map(|entity| entity.0));
        changed.extend(touched.tellings.iter().map(|telling| telling.article));
        changed.extend(&touched.versions);
    }

    fn names_changed(
        &mut self,
        digest: &Digest,
        change: Change,
        again: &mut BTreeMap<Hash, Digest>,
        touched: &mut Touched,
    ) {
        self.fetch_links(digest);
        let names = self.names.change(digest, self.finder.decisions(), change);
        self.fetch_unlinked(names.iter());
        self.set_aside(self.names.unlinked(&names), again, touched);
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
        self.fetch_versions(digest);
        let versions = match change {
            Change::Add => self.versions.add(digest),
            Change::Remove => self.versions.remove(digest.article),
        };
        // Whether the others are live may have changed, and so what their claims count for.
        for &article in &versions {
            touched.tellings.extend(self.happenings.of_article(article));
            if let Some(placed) = self.articles.get(&article) {
                let relations = relations(&placed.digest, &placed.individuals);
                touched.relations.extend(relations.map(|(_, relation)| relation));
            }
        }
        touched.versions.extend(versions);
    }

    /// Notes the articles that may be copies of another article than before: their own voice is
    /// that of the first.
    fn voices_changed(&self, articles: BTreeSet<Hash>, touched: &mut Touched) {
        for &article in &articles {
            touched.tellings.extend(self.happenings.of_article(article));
        }
        touched.versions.extend(articles);
    }

    fn place(&mut self, digest: Digest, touched: &mut Touched) {
        self.fetch_links(&digest);
        let individuals: Vec<Individual> =
            digest.entities.iter().map(|entity| self.finder.find(entity, &self.names)).collect();
        let article = digest.article;
        self.count(&digest, &individuals, Change::Add, touched);
        for (_, relation) in relations(&digest, &individuals) {
            touched.relations.insert(relation);
        }
        self.fetch_neighbours(&digest, &individuals);
        self.happenings.insert(&digest, nodes(&digest, &individuals));
        self.happenings.join(article, &mut touched.tellings);
        self.hold(digest, individuals);
    }

    /// Keeps an article at hand.
    pub(super) fn hold(&mut self, digest: Digest, individuals: Vec<Individual>) {
        let placed = Placed::new(digest, individuals);
        let article = placed.digest.article;
        for (i, individual) in (0_u32..).zip(&placed.individuals) {
            if !self.finder.is_shared(individual) {
                self.locals.insert(individual.id, (article, i));
            }
        }
        for (claim, relation) in relations(&placed.digest, &placed.individuals) {
            self.relations.entry(relation).or_default().insert((article, claim));
        }
        self.articles.insert(article, placed);
    }

    /// Counts the entities of an article for their individuals.
    fn count(
        &mut self,
        digest: &Digest,
        individuals: &[Individual],
        change: Change,
        touched: &mut Touched,
    ) {
        for ((i, individual), entity) in (0_u32..).zip(individuals).zip(&digest.entities) {
            touched.entities.insert((digest.article, i));
            touched.individuals.insert(individual.id);
            if !self.finder.is_shared(individual) {
                continue;
            }
            self.fetch_profile(individual.id);
            let verified = self.finder.verified(Node::Entity(entity.id)).next().is_some();
            let profile = self.profiles.entry(individual.id).or_default();
            profile.change(entity, individual, verified, change);
            if profile.is_empty() {
                self.profiles.remove(&individual.id);
            }
        }
    }

    fn unplace(&mut self, article: Hash, touched: &mut Touched) -> Option<Placed> {
        self.fetch(article);
        self.fetch_followers(article);
        let placed = self.articles.remove(&article)?;
        let orphans = self.happenings.unplace(article, &mut touched.tellings);
        for orphan in orphans {
            self.fetch_neighbours_of(orphan.article);
            self.happenings.rematch(orphan, &mut touched.tellings);
        }
        self.count(&placed.digest, &placed.individuals, Change::Remove, touched);
        for individual in &placed.individuals {
            if !self.finder.is_shared(individual) {
                self.locals.remove(&individual.id);
            }
        }
        for (claim, relation) in relations(&placed.digest, &placed.individuals) {
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
}

/// The relations that an article claims, with the claim's position.
pub(super) fn relations(
    digest: &Digest,
    individuals: &[Individual],
) -> impl Iterator<Item = (u32, Relation)> {
    let individual = |entity: u32| individuals.get(entity as usize).map(|i| i.id);
    (0_u32..).zip(&digest.claims).filter_map(move |(i, claim)| {
        let ClaimOf::Relation { subject, predicate, object } = &claim.of else { return None };
        let object = match object {
            ObjectOf::Entity(entity) => Object::Individual(individual(*entity)?),
            ObjectOf::Literal(value, datatype) => Object::Literal(value.clone(), datatype.clone()),
        };
        Some((i, Relation { subject: individual(*subject)?, predicate: *predicate, object }))
    })
}

/// Those of `quads` that `others` lack.
fn without(quads: &BTreeMap<String, Quad>, others: &BTreeMap<String, Quad>) -> Vec<Quad> {
    let left = quads.iter().filter(|(line, _)| !others.contains_key(*line));
    left.map(|(_, quad)| quad.clone()).collect()
}
