//! The clusters that the sieves join.

use crate::extract::mention::{Found, Gender, Number};
use crate::extract::trace::Rule;
use crate::facts::{EntityType, MentionForm};

/// Mentions in text order and which of them are joined.
#[derive(Debug)]
pub(super) struct Clusters {
    pub(super) mentions: Vec<Found>,
    cluster: Vec<usize>,
    members: Vec<Vec<usize>>,
    sieves: Vec<Rule>,
}

impl Clusters {
    pub(super) fn new(mentions: Vec<Found>) -> Self {
        let n = mentions.len();
        let sieves = mentions.iter().map(|m| m.rule.clone()).collect();
        Self {
            mentions,
            cluster: (0..n).collect(),
            members: (0..n).map(|i| vec![i]).collect(),
            sieves,
        }
    }

    pub(super) fn len(&self) -> usize {
        self.mentions.len()
    }

    /// The members of the cluster of mention `m`, in text order.
    pub(super) fn members(&self, m: usize) -> &[usize] {
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
        let members = self.members(m);
        let named = members.iter().find(|&&i| self.mentions[i].form == MentionForm::Name);
        let nominal = members.iter().find(|&&i| self.mentions[i].form == MentionForm::Nominal);
        self.mentions[*named.or(nominal).unwrap_or(&m)].kind
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
        self.members(m).iter().any(|&i| self.mentions[i].form == MentionForm::Name)
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
