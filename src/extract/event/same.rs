//! Which tellings of an article are one happening.
//!
//! Conservative: an error here would merge two happenings, which is worse than leaving one twice.
//! A telling joins an earlier one where the word fits (the same word or one derived from it, a word
//! of one group, a definite noun that takes up what was told), nothing that both say differs, and
//! something ties them: somebody who takes part, the day, the place, a figure, a definite noun, or
//! that the earlier one is the headline's or the lead's.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::extract::filler::Fillers;
use crate::extract::pack_file::{PackFileError, Words, read_toml};
use crate::facts::{
    EntityId, EntityType, Event, EventId, EventType, MentionForm, Modality, Quantity, QuantityId,
    Ref, Role, TimeId,
};
use crate::lang::Pack;
use crate::patience;
use crate::text::{Document, Pos};

use super::tables::{Tables, event_type};
use super::trigger::{self, Trigger};

/// Sentences that a definite noun of another word looks back.
const REACH: usize = 3;

/// `event/same.toml`.
#[derive(Debug, Default)]
pub(super) struct SameWords {
    words: SameFile,
    groups: BTreeMap<String, Vec<usize>>,
    symmetric: Vec<EventType>,
    anaphors: BTreeMap<String, Vec<EventType>>,
}

#[derive(Debug, Default, Deserialize)]
struct SameFile {
    fresh: Words,
    indefinite: Words,
    taking_up: Words,
    symmetric: Vec<String>,
    loose: Words,
    motion: Words,
    group: Vec<Vec<String>>,
    anaphor: BTreeMap<String, Vec<String>>,
}

impl SameWords {
    pub(super) fn parse(pack: Pack) -> Result<Self, PackFileError> {
        let path = "event/same.toml";
        let words: SameFile = read_toml(pack, path)?;
        let types = |names: &[String]| {
            names.iter().map(|n| event_type(pack, path, n)).collect::<Result<Vec<_>, _>>()
        };
        let mut groups: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (number, group) in words.group.iter().enumerate() {
            for word in group {
                groups.entry(word.clone()).or_default().push(number);
            }
        }
        let mut anaphors = BTreeMap::new();
        for (noun, names) in &words.anaphor {
            anaphors.insert(noun.clone(), types(names)?);
        }
        let symmetric = types(&words.symmetric)?;
        Ok(Self { words, groups, symmetric, anaphors })
    }
}

/// How a telling is put, as far as it says whether it is new.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Put {
    /// A verb.
    Clause,
    /// "A meeting".
    New,
    /// "The meeting".
    Again,
    /// "Protests".
    Bare,
}

/// What the comparison needs of each telling.
#[derive(Debug)]
struct Telling {
    stem: String,
    lemma: String,
    put: Put,
    fresh: Vec<String>,
    sentence: usize,
    plural: bool,
    /// In the headline or the lead.
    leading: bool,
}

/// How well the words of two tellings agree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Word {
    /// "The troops will move": a bare verb of motion after what they move for.
    Motion,
    Anaphor,
    Group,
    Stem,
}

/// Sets `same` of every event that tells what an earlier one told.
pub(super) fn join(
    doc: &Document<'_>,
    tables: &Tables,
    fillers: &Fillers<'_>,
    quantities: &[Quantity],
    triggers: &[Trigger],
    events: &mut [Event],
) {
    let tellings: Vec<Telling> = triggers.iter().map(|t| telling(doc, tables, t)).collect();
    let mut first: Vec<usize> = (0..events.len()).collect();
    let mut members: Vec<Vec<usize>> = Vec::new();
    for later in 0..events.len() {
        patience::check();
        let judge =
            Judge { tables, fillers, quantities, tellings: &tellings, events, first: &first };
        let mut best: Option<(u32, usize, usize)> = None;
        for (number, cluster) in members.iter().enumerate() {
            let Some(score) = judge.joins(cluster, later) else { continue };
            let last = cluster.last().copied().unwrap_or(0);
            if best.is_none_or(|(s, l, _)| (score, last) > (s, l)) {
                best = Some((score, last, number));
            }
        }
        match best {
            Some((_, _, number)) => {
                first[later] = members[number][0];
                members[number].push(later);
            }
            None => members.push(vec![later]),
        }
    }
    for (later, event) in events.iter_mut().enumerate() {
        if first[later] != later {
            event.same = u32::try_from(first[later]).ok().map(EventId);
        }
    }
}

fn telling(doc: &Document<'_>, tables: &Tables, trigger: &Trigger) -> Telling {
    let words = &tables.same.words;
    let token = trigger.token;
    let noun = trigger.pos == Pos::Noun;
    let mut put = if noun { Put::Bare } else { Put::Clause };
    let mut fresh = Vec::new();
    let mut superlative = false;
    if noun {
        if doc.dep(token) == "attr" {
            put = Put::New;
        }
        for child in doc.children(token) {
            let word = doc.word(child).to_lowercase();
            if doc.dep(child) == "poss" || words.taking_up.contains(&word) {
                put = Put::Again;
            } else if words.indefinite.contains(&word) && doc.dep(child) == "det" {
                put = Put::New;
            }
            if words.fresh.contains(&word) {
                fresh.push(word);
            }
            // "The biggest theft ever" says what kind of theft it is.
            superlative |= matches!(doc.tag(child), "JJS" | "RBS");
        }
    }
    if superlative {
        put = Put::New;
    }
    let stem = tables.nouns.get(&trigger.lemma).and_then(|n| n.verb.clone());
    let sentence = doc.sentence_of(token);
    Telling {
        stem: stem.unwrap_or_else(|| trigger.lemma.clone()),
        lemma: trigger.lemma.clone(),
        put,
        fresh,
        sentence,
        plural: matches!(doc.tag(token), "NNS" | "NNPS"),
        leading: sentence <= 1 || trigger::headline(doc, token),
    }
}

struct Judge<'a> {
    tables: &'a Tables,
    fillers: &'a Fillers<'a>,
    quantities: &'a [Quantity],
    tellings: &'a [Telling],
    events: &'a [Event],
    first: &'a [usize],
}

/// How the participants of two tellings agree.
#[derive(Clone, Copy, Debug, Default)]
struct Agreement {
    shared: u32,
    /// Differ, but a description may name whom a name names.
    soft: u32,
    hard: bool,
}

impl Judge<'_> {
    /// How strongly the telling `later` is tied to the cluster; `None` where it does not join.
    fn joins(&self, cluster: &[usize], later: usize) -> Option<u32> {
        let mut best = None;
        for &earlier in cluster {
            if !self.manners_agree(earlier, later) {
                return None;
            }
            let agreement = self.agreement(earlier, later);
            if agreement.hard {
                return None;
            }
            best = best.max(self.tie(earlier, later, agreement));
        }
        best
    }

    fn manners_agree(&self, a: usize, b: usize) -> bool {
        let (x, y) = (&self.events[a], &self.events[b]);
        let real = |m| matches!(m, Modality::Asserted | Modality::Planned | Modality::Possible);
        x.polarity == y.polarity
            && x.modality != Modality::Generic
            && (x.modality == y.modality || real(x.modality) && real(y.modality))
    }

    fn words_agree(&self, a: usize, b: usize) -> Option<Word> {
        let (x, y) = (&self.tellings[a], &self.tellings[b]);
        let (kind, other) = (self.events[a].kind, self.events[b].kind);
        if x.stem == y.stem || x.lemma == y.lemma {
            return Some(Word::Stem);
        }
        let alike = kind == other || kind == EventType::Other || other == EventType::Other;
        let groups = |t: &Telling| {
            let same = &self.tables.same;
            let of = |w: &str| same.groups.get(w).cloned().unwrap_or_default();
            let mut all = of(&t.lemma);
            all.extend(of(&t.stem));
            all
        };
        if alike && groups(x).iter().any(|g| groups(y).contains(g)) {
            return Some(Word::Group);
        }
        let moves = |k| matches!(k, EventType::Move | EventType::Mobilize | EventType::Retreat);
        let next = y.sentence == x.sentence + 1 && x.put != Put::Clause;
        if next && moves(kind) && moves(other) && self.tables.same.words.motion.contains(&y.lemma) {
            return Some(Word::Motion);
        }
        let types = self.tables.same.anaphors.get(&y.lemma)?;
        let near = y.sentence <= x.sentence + REACH;
        (y.put == Put::Again && near && types.contains(&kind)).then_some(Word::Anaphor)
    }

    /// The strength of what ties the two; `None` where nothing does.
    fn tie(&self, a: usize, b: usize, agreement: Agreement) -> Option<u32> {
        let word = self.words_agree(a, b)?;
        let (x, y) = (&self.tellings[a], &self.tellings[b]);
        let (earlier, later) = (&self.events[a], &self.events[b]);
        if x.fresh != y.fresh && (!y.fresh.is_empty() || x.sentence == y.sentence) {
            return None;
        }
        let loose = self.tables.same.words.loose.contains(&y.stem);
        // "Their deaths" are several; "one died on Friday" is one of them.
        let nouns = x.put != Put::Clause && y.put != Put::Clause;
        let loosely = agreement.soft > 0 || nouns && y.put == Put::Bare && y.plural && loose;
        if x.plural != y.plural && loosely {
            return None;
        }
        let day = earlier.time.is_some() && later.time.is_some();
        let place = earlier.place.is_some() && earlier.place == later.place;
        let shared = agreement.shared > 0;
        let anchored = shared || day && (place || earlier.kind == later.kind);
        let typed = earlier.kind != EventType::Other && earlier.kind == later.kind;
        let silent = later.roles.is_empty() || earlier.roles.is_empty();
        let joins = match word {
            Word::Stem if agreement.soft > 0 => {
                anchored && !loose
                    || y.put == Put::Again && typed
                    || x.leading && typed && y.put != Put::New && !loose
            }
            Word::Stem if y.put == Put::New => anchored,
            Word::Stem if loose => shared && (typed || place || day) || y.put == Put::Again,
            Word::Stem if !typed && earlier.kind != later.kind => anchored || y.put == Put::Again,
            Word::Stem => anchored || y.put != Put::Clause || x.leading || silent,
            Word::Group => {
                y.put != Put::New
                    && agreement.soft == 0
                    && (shared || y.sentence > x.sentence)
                    && (shared && typed || y.put == Put::Again && (shared || typed))
            }
            Word::Motion => {
                let mover = |event: &Event| -> Vec<Ref> {
                    let roles = event.roles.iter();
                    roles
                        .filter(|r| matches!(r.role, Role::Agent | Role::Patient))
                        .map(|r| r.filler)
                        .collect()
                };
                let (before, again) = (mover(earlier), mover(later));
                !again.is_empty()
                    && again.iter().all(|m| before.contains(m))
                    && earlier.modality == later.modality
            }
            Word::Anaphor => y.sentence > x.sentence && (later.roles.is_empty() || shared),
        };
        let strength = agreement.shared * 4
            + u32::from(day) * 2
            + u32::from(place) * 2
            + match word {
                Word::Stem => 5,
                Word::Group => 2,
                Word::Motion => 1,
                Word::Anaphor => 0,
            };
        joins.then_some(strength)
    }

    fn agreement(&self, a: usize, b: usize) -> Agreement {
        let (x, y) = (&self.events[a], &self.events[b]);
        let mut found = Agreement::default();
        for (role, strict) in [
            (Role::Agent, true),
            (Role::Patient, true),
            (Role::Recipient, false),
            (Role::Destination, true),
            (Role::Origin, true),
            (Role::Topic, false),
        ] {
            self.compare(&fillers_of(x, role), &fillers_of(y, role), strict, &mut found);
        }
        if self.tables.same.symmetric.contains(&x.kind) {
            let all = |e: &Event| -> Vec<Ref> {
                let taking_part = [Role::Agent, Role::Patient, Role::Recipient];
                let roles = e.roles.iter().filter(|r| taking_part.contains(&r.role));
                roles.map(|r| r.filler).collect()
            };
            let mut turned = Agreement::default();
            self.compare(&all(x), &all(y), true, &mut turned);
            if turned.shared > 0 {
                found.hard = false;
                found.shared = found.shared.max(turned.shared);
            }
        }
        if let (Some(s), Some(t)) = (x.time, y.time) {
            found.hard |= !self.overlap(s, t);
        }
        if let (Some(p), Some(q)) = (x.place, y.place)
            && p != q
        {
            found.soft += 1;
        }
        found
    }

    /// Compares the fillers of one role.
    fn compare(&self, x: &[Ref], y: &[Ref], strict: bool, found: &mut Agreement) {
        if x.is_empty() || y.is_empty() {
            return;
        }
        let equal = |p: &Ref, q: &Ref| match (p, q) {
            (Ref::Event(p), Ref::Event(q)) => self.first[p.index()] == self.first[q.index()],
            (Ref::Quantity(p), Ref::Quantity(q)) => self.figures_meet(*p, *q),
            _ => p == q,
        };
        if x.iter().any(|p| y.iter().any(|q| equal(p, q))) {
            found.shared += 1;
            return;
        }
        let clashes = x.iter().all(|p| y.iter().all(|q| self.clash(*p, *q)));
        found.hard |= clashes && strict;
        found.soft += 1;
    }

    /// Whether two fillers cannot be the same: two names, two descriptions by different words, two
    /// figures.
    fn clash(&self, p: Ref, q: Ref) -> bool {
        match (p, q) {
            (Ref::Entity(p), Ref::Entity(q)) => {
                self.is_named(p) && self.is_named(q) && !self.names_meet(p, q)
                    || !self.kinds_meet(p, q)
            }
            (Ref::Quantity(p), Ref::Quantity(q)) => !self.figures_meet(p, q),
            // One person is no crowd.
            (Ref::Entity(e), Ref::Quantity(n)) | (Ref::Quantity(n), Ref::Entity(e)) => {
                let value = self.quantities.get(n.index()).and_then(|q| q.value);
                let kind = self.fillers.entities.get(e.index()).map(|e| e.kind);
                kind == Some(EntityType::Person) && value.is_some_and(|v| v > 1.0)
            }
            _ => false,
        }
    }

    fn is_named(&self, id: EntityId) -> bool {
        let entity = self.fillers.entities.get(id.index());
        entity.is_some_and(|e| e.mentions.iter().any(|m| m.form == MentionForm::Name))
    }

    /// Whether one thing can be of both kinds, for all the article's words tell.
    fn kinds_meet(&self, p: EntityId, q: EntityId) -> bool {
        use EntityType::{Facility, Group, Organization, Person, Place};
        let kind = |id: EntityId| self.fillers.entities.get(id.index()).map(|e| e.kind);
        match (kind(p), kind(q)) {
            (Some(Person), Some(other)) | (Some(other), Some(Person)) => {
                !matches!(other, Organization | Place | Facility)
            }
            (Some(Group), Some(Place)) | (Some(Place), Some(Group)) => false,
            _ => true,
        }
    }

    /// Whether two names share a word, as a short one does with its long form.
    fn names_meet(&self, p: EntityId, q: EntityId) -> bool {
        let name = |id: EntityId| self.fillers.entities.get(id.index()).map(|e| e.name.as_str());
        let (Some(p), Some(q)) = (name(p), name(q)) else { return false };
        p.split_whitespace().any(|w| q.split_whitespace().any(|v| v == w))
    }

    fn figures_meet(&self, p: QuantityId, q: QuantityId) -> bool {
        let value = |id: QuantityId| self.quantities.get(id.index()).map(|q| (q.value, q.low));
        p == q || value(p) == value(q)
    }

    fn overlap(&self, x: TimeId, y: TimeId) -> bool {
        if x == y {
            return true;
        }
        let (Some(x), Some(y)) = (self.fillers.time_of(x), self.fillers.time_of(y)) else {
            return false;
        };
        match (x.begin, x.end, y.begin, y.end) {
            (Some(xb), Some(xe), Some(yb), Some(ye)) => xb <= ye && yb <= xe,
            _ => x.value == y.value,
        }
    }
}

fn fillers_of(event: &Event, role: Role) -> Vec<Ref> {
    event.roles.iter().filter(|r| r.role == role).map(|r| r.filler).collect()
}
