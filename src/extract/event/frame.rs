//! Frames: which words round a trigger make it an event of which type.

use std::collections::BTreeSet;

use crate::extract::Rule;
use crate::extract::clause::{self, Arguments};
use crate::extract::filler::Fillers;
use crate::facts::{EntityType, EventType, Polarity};
use crate::text::Document;

use super::tables::{RoleTable, Tables};

/// A type for a trigger word under conditions.
#[derive(Clone, Debug)]
pub(super) struct Frame {
    pub(super) kind: EventType,
    pub(super) rule: Rule,
    /// Written by hand, not generated.
    pub(super) own: bool,
    pub(super) conditions: Vec<Condition>,
    pub(super) roles: RoleTable,
}

impl Frame {
    /// The frame of a word that has the type whatever stands round it.
    pub(super) fn plain(kind: EventType, rule: Rule, own: bool) -> Self {
        Self { kind, rule, own, conditions: Vec::new(), roles: RoleTable::default() }
    }
}

/// One condition of a frame.
#[derive(Clone, Debug)]
pub(super) enum Condition {
    Has(Slot, WordSet),
    Lacks(Slot, WordSet),
    Negative,
    Passive,
}

/// Where the words of a condition stand.
#[derive(Clone, Debug)]
pub(super) enum Slot {
    Subject,
    Object,
    Prep(Vec<String>),
    Complement,
    Modifier,
    Near,
    /// The word on which the trigger hangs, or the object of that verb.
    Governor,
    /// The light verb for which a noun stands.
    Carrier,
}

/// The words that satisfy a condition.
#[derive(Clone, Debug, Default)]
pub(super) struct WordSet {
    pub(super) any: bool,
    /// Any infinitive.
    pub(super) infinitive: bool,
    pub(super) words: BTreeSet<String>,
    pub(super) kinds: Vec<EntityType>,
    pub(super) events: Vec<EventType>,
}

impl WordSet {
    /// The set that every word satisfies.
    pub(super) fn anything() -> Self {
        Self { any: true, ..Self::default() }
    }
}

/// What a frame is matched against.
#[derive(Debug)]
pub(super) struct Scene<'a> {
    pub(super) doc: &'a Document<'a>,
    pub(super) tables: &'a Tables,
    pub(super) fillers: &'a Fillers<'a>,
    pub(super) trigger: usize,
    pub(super) args: &'a Arguments,
    pub(super) polarity: Polarity,
    pub(super) carrier: Option<usize>,
}

impl Scene<'_> {
    pub(super) fn fits(&self, frame: &Frame) -> bool {
        frame.conditions.iter().all(|condition| match condition {
            Condition::Has(slot, words) => self.has(slot, words),
            Condition::Lacks(slot, words) => !self.has(slot, words),
            Condition::Negative => self.polarity == Polarity::Negative,
            Condition::Passive => self.args.passive,
        })
    }

    fn has(&self, slot: &Slot, words: &WordSet) -> bool {
        let doc = self.doc;
        let args = self.args;
        match slot {
            Slot::Subject if args.passive => args.agents.iter().any(|&t| self.is(t, words)),
            Slot::Subject => args.subjects.iter().any(|&t| self.is(t, words)),
            Slot::Object if args.passive => args.subjects.iter().any(|&t| self.is(t, words)),
            Slot::Object => args.objects.iter().chain(&args.datives).any(|&t| self.is(t, words)),
            Slot::Prep(preps) => args.preps.iter().any(|&(p, o)| {
                preps.iter().any(|w| w.eq_ignore_ascii_case(doc.word(p))) && self.is(o, words)
            }),
            Slot::Complement => args.complements.iter().any(|&t| self.is(t, words)),
            Slot::Modifier => doc
                .children(self.trigger)
                .filter(|&c| matches!(doc.dep(c), "compound" | "amod" | "nmod" | "poss" | "nummod"))
                .any(|c| words.any || self.is_word(c, words)),
            Slot::Carrier => self.carrier.is_some_and(|c| words.any || self.is_word(c, words)),
            Slot::Governor => {
                let head = doc.head(self.trigger);
                let objects = doc.children_by(head, "dobj");
                std::iter::once(head)
                    .chain(objects)
                    .any(|t| t != self.trigger && self.is_word(t, words))
            }
            Slot::Near => doc.subtree(self.trigger).any(|t| self.is_word(t, words)),
        }
    }

    /// Whether the phrase that token `head` heads, or one of its conjuncts, is among the words.
    fn is(&self, head: usize, words: &WordSet) -> bool {
        if words.any || words.infinitive && clause::is_infinitive(self.doc, head) {
            return true;
        }
        clause::conjuncts(self.doc, head).into_iter().any(|t| {
            self.is_word(t, words)
                || self.with_modifier(t, words)
                || self.fillers.kind(t).is_some_and(|k| words.kinds.contains(&k))
                || self.through(t).is_some_and(|inner| self.is_word(inner, words))
        })
    }

    fn is_word(&self, token: usize, words: &WordSet) -> bool {
        let lemma = self.doc.lemma(token);
        if words.words.contains(lemma) {
            return true;
        }
        let lower = lemma.to_lowercase();
        words.words.contains(&lower)
            || (!words.events.is_empty()
                && self
                    .tables
                    .plain_type(self.doc, token)
                    .is_some_and(|k| words.events.contains(&k)))
    }

    /// Two-word entries: the modifier and the head ("peace talks" as "peace talk").
    fn with_modifier(&self, head: usize, words: &WordSet) -> bool {
        let doc = self.doc;
        doc.children(head).filter(|&c| matches!(doc.dep(c), "compound" | "amod" | "nmod")).any(
            |c| {
                let pair =
                    format!("{} {}", doc.lemma(c).to_lowercase(), doc.lemma(head).to_lowercase());
                words.words.contains(&pair)
            },
        )
    }

    /// The noun inside a partitive ("a series of attacks", "one of the leaders").
    fn through(&self, head: usize) -> Option<usize> {
        if !self.tables.triggers.partitive.contains(self.doc.lemma(head)) {
            return None;
        }
        clause::preps_of(self.doc, head).first().map(|&(_, o)| o)
    }
}

impl Tables {
    /// The type that a word has whatever stands round it.
    pub(super) fn plain_type(&self, doc: &Document<'_>, token: usize) -> Option<EventType> {
        let frames = match doc.pos(token) {
            crate::text::Pos::Noun | crate::text::Pos::Propn => &self.noun_frames,
            crate::text::Pos::Verb => &self.verb_frames,
            _ => return None,
        };
        let lemma = doc.lemma(token).to_lowercase();
        let list = frames.get(&lemma)?;
        list.iter().find(|f| f.conditions.is_empty()).map(|f| f.kind)
    }
}
