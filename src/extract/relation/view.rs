//! The tree with entities at its tokens.

use std::ops::Range;

use crate::extract::coref::Resolved;
use crate::extract::mention::{Tables, WordList};
use crate::facts::{EntityId, EntityType, MentionForm, Modality, Polarity, Time, TimeId};
use crate::span::Span;
use crate::text::Document;

use super::emit::Manner;
use super::rules::Kind;

/// An entity where a sentence names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Arg {
    pub entity: EntityId,
    pub span: Span,
    pub head: usize,
    pub form: MentionForm,
}

/// The document, its entities by token, its times.
pub(super) struct View<'a, 't> {
    pub doc: &'a Document<'t>,
    pub tables: &'a Tables,
    pub entities: &'a [Resolved],
    pub times: &'a [Time],
    at: Vec<Option<Arg>>,
    /// The tokens of each name, for what stands beside it.
    pub names: Vec<(Range<usize>, Arg)>,
}

impl<'a, 't> View<'a, 't> {
    pub(super) fn new(
        doc: &'a Document<'t>,
        tables: &'a Tables,
        entities: &'a [Resolved],
        times: &'a [Time],
    ) -> Self {
        let mut at: Vec<Option<Arg>> = vec![None; doc.len()];
        let mut names = Vec::new();
        for (k, e) in entities.iter().enumerate() {
            let entity =
                EntityId(u32::try_from(k).expect("an article has fewer than 2^32 entities"));
            for m in &e.found {
                let arg = Arg { entity, span: m.span, head: m.head, form: m.form };
                if m.form == MentionForm::Name {
                    names.push((m.tokens.clone(), arg));
                    for i in m.tokens.clone() {
                        at[i] = Some(arg);
                    }
                } else if at[m.head].is_none() {
                    at[m.head] = Some(arg);
                }
            }
        }
        names.sort_by_key(|(t, _)| t.start);
        Self { doc, tables, entities, times, at, names }
    }

    /// The entity whose mention has its head, or for a name any word, at token `i`.
    pub(super) fn at(&self, i: usize) -> Option<Arg> {
        self.at.get(i).copied().flatten()
    }

    /// The name that ends right before token `i`.
    pub(super) fn name_before(&self, i: usize) -> Option<Arg> {
        self.names.iter().find(|(t, _)| t.end == i).map(|(_, a)| *a)
    }

    /// The name that begins at token `i`.
    pub(super) fn name_from(&self, i: usize) -> Option<(Range<usize>, Arg)> {
        self.names.iter().find(|(t, _)| t.start == i).cloned()
    }

    pub(super) fn kind(&self, entity: EntityId) -> EntityType {
        self.entities[entity.index()].entity.kind
    }

    pub(super) fn is_named(&self, entity: EntityId) -> bool {
        self.entities[entity.index()].is_named()
    }

    pub(super) fn same_name(&self, a: EntityId, b: EntityId) -> bool {
        self.entities[a.index()].entity.name == self.entities[b.index()].entity.name
    }

    /// Whether an argument is of one of the kinds; any will do where none is named. A description
    /// of several is not what a rule means by a person.
    pub(super) fn fits(&self, arg: Arg, kinds: &[Kind]) -> bool {
        let kind = self.kind(arg.entity);
        kinds.is_empty()
            || kinds.iter().any(|k| {
                k.0 == kind
                    || k.0 == EntityType::Place
                        && kind == EntityType::Facility
                        && arg.form == MentionForm::Name
            })
    }

    /// A token and the members of the list that it begins.
    pub(super) fn list(&self, head: usize) -> Vec<usize> {
        let mut out = vec![head];
        let mut k = 0;
        while k < out.len() {
            out.extend(self.doc.children_by(out[k], "conj"));
            k += 1;
        }
        out
    }

    /// The entities at the members of a list.
    pub(super) fn args(&self, head: usize) -> Vec<Arg> {
        self.list(head).into_iter().filter_map(|i| self.at(self.antecedent(i))).collect()
    }

    /// What a relative pronoun stands for; any other token itself.
    pub(super) fn antecedent(&self, i: usize) -> usize {
        if !matches!(self.doc.tag(i), "WDT" | "WP" | "WP$") {
            return i;
        }
        self.doc
            .ancestors(i)
            .find(|&a| self.doc.dep(a) == "relcl")
            .map_or(i, |verb| self.doc.head(verb))
    }

    /// The subject of the active voice.
    pub(super) fn subjects(&self, verb: usize) -> Vec<usize> {
        if self.is_passive(verb) {
            let agents = self.doc.children_by(verb, "agent");
            return agents.flat_map(|a| self.doc.children_by(a, "pobj")).collect();
        }
        self.first_argument(verb).into_iter().collect()
    }

    /// The object of the active voice.
    pub(super) fn objects(&self, verb: usize) -> Vec<usize> {
        if self.is_passive(verb) {
            return self.first_argument(verb).into_iter().collect();
        }
        self.doc
            .children(verb)
            .filter(|&c| matches!(self.doc.dep(c), "dobj" | "attr" | "oprd"))
            .collect()
    }

    fn is_passive(&self, verb: usize) -> bool {
        let doc = self.doc;
        doc.children(verb).any(|c| matches!(doc.dep(c), "nsubjpass" | "auxpass"))
            || doc.tag(verb) == "VBN"
                && !doc.children(verb).any(|c| matches!(doc.dep(c), "nsubj" | "aux"))
                && matches!(doc.dep(verb), "acl" | "advcl" | "ROOT" | "conj" | "amod" | "parataxis")
    }

    /// What stands in front of the verb, in this clause or shared with the clause above.
    pub(super) fn first_argument(&self, verb: usize) -> Option<usize> {
        let doc = self.doc;
        let own = doc.children(verb).find(|&c| matches!(doc.dep(c), "nsubj" | "nsubjpass"));
        if let Some(s) = own {
            return Some(self.antecedent(s));
        }
        let head = doc.head(verb);
        // "X nominated Y to be …": it is not X, and Y is not it yet.
        if doc.dep(verb) == "xcomp" && doc.children_by(head, "dobj").any(|o| o < verb) {
            return None;
        }
        match doc.dep(verb) {
            "acl" | "relcl" => Some(head),
            "conj" | "xcomp" | "advcl" | "dep" if head != verb => {
                if matches!(doc.pos(head), crate::text::Pos::Verb | crate::text::Pos::Aux) {
                    self.first_argument_of_head(head)
                } else {
                    None
                }
            }
            _ => None,
        }
    }

    fn first_argument_of_head(&self, verb: usize) -> Option<usize> {
        let doc = self.doc;
        let mut at = verb;
        for _ in 0..4 {
            if let Some(s) = doc.children(at).find(|&c| matches!(doc.dep(c), "nsubj" | "nsubjpass"))
            {
                return Some(self.antecedent(s));
            }
            if matches!(doc.dep(at), "acl" | "relcl") {
                return Some(doc.head(at));
            }
            if doc.head(at) == at || !matches!(doc.dep(at), "conj" | "xcomp" | "advcl") {
                return None;
            }
            at = doc.head(at);
        }
        None
    }

    /// The tokens in a slot of a verb.
    pub(super) fn slot(&self, verb: usize, slot: &str) -> Vec<usize> {
        match slot {
            "subject" => self.subjects(verb),
            "object" => self.objects(verb),
            preposition => self.after_preposition(verb, preposition),
        }
    }

    /// The objects of a preposition that depends on `i`.
    pub(super) fn after_preposition(&self, i: usize, preposition: &str) -> Vec<usize> {
        let doc = self.doc;
        doc.children(i)
            .filter(|&p| {
                matches!(doc.dep(p), "prep" | "agent" | "dative")
                    && doc.word(p).eq_ignore_ascii_case(preposition)
            })
            .flat_map(|p| doc.children_by(p, "pobj"))
            .collect()
    }

    /// The time expression that dates a clause: in it, after a preposition or by itself.
    pub(super) fn date_of(&self, verb: usize) -> Option<(TimeId, &Time)> {
        let doc = self.doc;
        self.times.iter().enumerate().find_map(|(k, time)| {
            let tokens = doc.tokens_in(time.span);
            let head = tokens.clone().find(|&i| !tokens.contains(&doc.head(i)))?;
            let up = doc.head(head);
            let direct = up == verb
                || doc.dep(up) == "prep"
                    && (doc.head(up) == verb || self.is_after_place(doc.head(up), verb));
            direct.then(|| (TimeId(u32::try_from(k).unwrap_or(u32::MAX)), time))
        })
    }

    /// "born in Lyon on 3 May": the second preposition may hang on the first one's object.
    fn is_after_place(&self, i: usize, verb: usize) -> bool {
        self.doc.dep(i) == "pobj" && self.doc.head(self.doc.head(i)) == verb
    }

    /// Polarity and modality of the clause of a verb; `None` where it asserts nothing.
    pub(super) fn manner(&self, verb: usize) -> Option<Manner> {
        let doc = self.doc;
        let modal = doc.children_by(verb, "aux").any(|c| doc.tag(c) == "MD");
        let conditional = doc
            .children_by(verb, "mark")
            .any(|m| self.tables.is(WordList::Condition, &doc.word(m).to_lowercase()));
        let question = doc
            .sentences()
            .get(doc.sentence_of(verb))
            .is_some_and(|s| s.clone().next_back().is_some_and(|i| doc.word(i) == "?"));
        if modal || conditional || question {
            return None;
        }
        let negative = doc.children_by(verb, "neg").next().is_some();
        let polarity = if negative { Polarity::Negative } else { Polarity::Positive };
        Some(Manner { polarity, modality: Modality::Asserted, time: None })
    }
}
