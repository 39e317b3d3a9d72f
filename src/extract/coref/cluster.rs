//! The clusters that the sieves join.

use crate::extract::mention::{Found, Gender, Number};
use crate::extract::trace::Rule;
use crate::facts::{EntityType, MentionForm};
use crate::patience;

/// Mentions in text order and which of them are joined.
#[derive(Debug)]
pub(super) struct Clusters {
    pub(super) mentions: Vec<Found>,
    cluster: Vec<usize>,
    members: Vec<Vec<usize>>,
    /// The first name and the first nominal of each cluster: asked for pair by pair.
    firsts: Vec<[Option<usize>; 2]>,
    sieves: Vec<Rule>,
}

impl Clusters {
    pub(super) fn new(mentions: Vec<Found>) -> Self {
        let n = mentions.len();
        let first = |(i, m): (usize, &Found)| {
            let of = |form| (m.form == form).then_some(i);
            [of(MentionForm::Name), of(MentionForm::Nominal)]
        };
        let firsts = mentions.iter().enumerate().map(first).collect();
        let sieves = mentions.iter().map(|m| m.rule.clone()).collect();
        Self {
            mentions,
            cluster: (0..n).collect(),
            members: (0..n).map(|i| vec![i]).collect(),
            firsts,
            sieves,
        }
    }

    pub(super) fn len(&self) -> usize {
        self.mentions.len()
    }

    /// The members of the cluster of mention `m`, in text order.
    pub(super) fn members(&self, m: usize) -> &[usize] {
        patience::check();
        &self.members[self.cluster[m]]
    }

    /// Whether two mentions are joined.
    pub(super) fn joined(&self, a: usize, b: usize) -> bool {
        self.cluster[a] == self.cluster[b]
    }

    /// Whether mention `m` was joined to an earlier one.
    pub(super) fn is_first(&self, m: usize) -> bool {
        self.members(m).first() == Some(&m)
    }

    /// Joins the clusters of `later` and `earlier`; the later mention keeps the name of the sieve.
    pub(super) fn join(&mut self, later: usize, earlier: usize, sieve: &'static str) {
        let (a, b) = (self.cluster[earlier], self.cluster[later]);
        if a == b {
            return;
        }
        let (into, from) = if self.members[a][0] < self.members[b][0] { (a, b) } else { (b, a) };
        let moved = std::mem::take(&mut self.members[from]);
        // The first mention of the cluster that moves is what the sieve tied to the other.
        if let Some(&first) = moved.first() {
            self.sieves[first] = Rule::from(sieve);
        }
        self.sieves[later] = Rule::from(sieve);
        for &m in &moved {
            self.cluster[m] = into;
        }
        let [names, nominals] = [0, 1].map(|form| {
            let both = [into, from].map(|c| self.firsts[c][form]);
            both.into_iter().flatten().min()
        });
        self.firsts[into] = [names, nominals];
        self.members[into].extend(moved);
        self.members[into].sort_unstable();
    }

    /// Joins a description or a pronoun to what it is said to refer to, and tells whether it did.
    ///
    /// Only sieves over names find two names to be one thing's: what other sieves join has names on
    /// one side at most.
    pub(super) fn describe(&mut self, a: usize, b: usize, sieve: &'static str) -> bool {
        if !self.joined(a, b) && self.is_named(a) && self.is_named(b) {
            return false;
        }
        self.join(a.max(b), a.min(b), sieve);
        true
    }

    /// The kind that the names of a cluster have, else that of its first mention.
    pub(super) fn kind(&self, m: usize) -> EntityType {
        patience::check();
        let [named, nominal] = self.firsts[self.cluster[m]];
        self.mentions[named.or(nominal).unwrap_or(m)].kind
    }

    /// The gender that some mention of a cluster tells.
    pub(super) fn gender(&self, m: usize) -> Gender {
        let told = self.members(m).iter().map(|&i| self.mentions[i].gender);
        told.into_iter().find(|g| *g != Gender::Unknown).unwrap_or_default()
    }

    /// The number that some mention of a cluster tells.
    pub(super) fn number(&self, m: usize) -> Number {
        let told = self.members(m).iter().map(|&i| self.mentions[i].number);
        told.into_iter().find(|n| *n != Number::Unknown).unwrap_or_default()
    }

    /// Whether some mention of the cluster is a name.
    pub(super) fn is_named(&self, m: usize) -> bool {
        self.firsts[self.cluster[m]][0].is_some()
    }

    /// The clusters by their first mention, the mentions, and the sieve of each.
    pub(super) fn into_groups(self) -> (Vec<Vec<usize>>, Vec<Found>, Vec<Rule>) {
        let groups = self.members.into_iter().filter(|m| !m.is_empty()).collect();
        (groups, self.mentions, self.sieves)
    }
}

/// Whether a thing of kind `a` can be one of kind `b`.
pub(super) fn kinds_agree(a: EntityType, b: EntityType) -> bool {
    use EntityType::{Facility, Group, Organization, Person, Place, Thing};
    a == b
        || matches!(
            (a, b),
            (Organization, Group | Facility)
                | (Group | Facility, Organization)
                | (Place, Facility)
                | (Facility, Place)
        )
        || a == Thing && b != Person
        || b == Thing && a != Person
}
