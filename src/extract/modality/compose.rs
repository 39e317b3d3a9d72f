//! The climb from a trigger to the root of its clause.

use crate::extract::clause;
use crate::facts::{EventType, Modality, Polarity};
use crate::text::{Document, Pos};

use super::tables::{Effect, Tables, bit};

/// Governors that a climb passes at most.
const CLIMB: usize = 8;

/// Polarity and modality of one event.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Manner {
    /// Happened or not.
    pub(crate) polarity: Polarity,
    /// In which manner it is put forward.
    pub(crate) modality: Modality,
}

impl Manner {
    fn negate(&mut self) {
        self.polarity = match self.polarity {
            Polarity::Positive => Polarity::Negative,
            Polarity::Negative => Polarity::Positive,
        };
    }

    /// Lets a modality from further out act. The nearest one wins, but that a mere plan is asked
    /// for, conditional or denied says more than that it is a plan.
    fn meet(&mut self, outer: Modality) {
        use Modality::{Asserted, Denied, Hypothetical, Ordered, Planned, Possible, Requested};
        let wins = match self.modality {
            Asserted => true,
            Planned => {
                matches!(outer, Requested | Ordered | Hypothetical | Denied | Possible)
            }
            Possible => matches!(outer, Hypothetical | Denied),
            _ => outer == Denied || outer == Hypothetical,
        };
        if wins {
            self.modality = outer;
        }
    }

    fn apply(&mut self, effect: Effect) {
        if let Some(modality) = effect.modality {
            self.meet(modality);
        }
        if effect.polarity == Polarity::Negative {
            self.negate();
        }
    }
}

/// Polarity and modality of the event that token `trigger` tells.
///
/// `kind` is the event's type, once it is known: some predicates leave some types as they are
/// (what is announced is to come, but not a death).
pub(crate) fn manner(
    doc: &Document<'_>,
    tables: &Tables,
    trigger: usize,
    kind: Option<EventType>,
) -> Manner {
    let mut manner = Manner { polarity: Polarity::Positive, modality: Modality::Asserted };
    let mut at = trigger;
    if performs(doc, tables, trigger) {
        return manner;
    }
    own(doc, tables, kind, at, &mut manner);
    for _ in 0..CLIMB {
        let Some(next) = step(doc, tables, kind, at, &mut manner) else { break };
        at = next;
    }
    if doc.dep(at) == "ROOT" || doc.head(at) == at {
        mood(doc, at, trigger, &mut manner);
    }
    manner
}

/// "I would like to thank": who says so does so.
fn performs(doc: &Document<'_>, tables: &Tables, trigger: usize) -> bool {
    let words = &tables.words;
    if !words.performative.contains(&doc.lemma(trigger).to_lowercase()) {
        return false;
    }
    let first = |verb: usize| {
        doc.children_by(verb, "nsubj").any(|s| doc.morph(s).contains("Person=1"))
            && !doc.children(verb).any(|c| doc.dep(c) == "neg")
    };
    let mut above = doc.ancestors(trigger).take(CLIMB);
    above.any(|a| words.courtesy.contains(&doc.lemma(a).to_lowercase()) && first(a))
}

/// What the word itself carries: auxiliaries, negation, adverbs, determiners.
fn own(
    doc: &Document<'_>,
    tables: &Tables,
    kind: Option<EventType>,
    at: usize,
    manner: &mut Manner,
) {
    let words = &tables.words;
    let verbal = clause::is_verbal(doc, at);
    let perfect =
        || doc.children(at).any(|c| doc.dep(c) == "aux" && words.perfect.contains(doc.lemma(c)));
    for child in doc.children(at) {
        let lower = doc.word(child).to_lowercase();
        match doc.dep(child) {
            "aux" if doc.tag(child) == "MD" => {
                if words.future.contains(&lower) {
                    manner.meet(Modality::Planned);
                } else if words.possible.contains(&lower) {
                    manner.meet(Modality::Possible);
                } else if words.duty.contains(&lower) {
                    manner.meet(Modality::Requested);
                } else if words.conditional.contains(&lower) {
                    let unreal = perfect() || has_condition(doc, tables, at);
                    manner.meet(if unreal { Modality::Hypothetical } else { Modality::Planned });
                }
            }
            "neg" => manner.negate(),
            "preconj" | "advmod" | "det" | "cc" if words.negators.contains(&lower) => {
                manner.negate();
            }
            "nsubj" | "nsubjpass" | "dobj" | "attr"
                if verbal && negated_noun(doc, tables, child) =>
            {
                manner.negate();
            }
            "advmod" | "amod" | "npadvmod" => {
                let effect = tables.adverbs.get(&lower).or_else(|| {
                    let lemma = doc.lemma(child).to_lowercase();
                    tables
                        .adjectives
                        .get(&lemma)
                        .or_else(|| tables.verbs.get(&lemma))
                        .filter(|_| doc.dep(child) == "amod" && !verbal)
                });
                // "Nearly died" is not dead, "nearly doubled" is about twice; "killed nearly all".
                let reaches = |e: &&Effect| {
                    kind.is_none_or(|k| e.not_of & bit(k) == 0)
                        && (e.polarity == Polarity::Positive || child < at || !verbal)
                };
                if let Some(effect) = effect.filter(reaches) {
                    manner.apply(*effect);
                }
            }
            _ => {}
        }
    }
    if verbal && has_condition(doc, tables, at) {
        manner.meet(Modality::Hypothetical);
    }
}

/// Whether a noun phrase is empty: "no", "nobody", "none of the".
fn negated_noun(doc: &Document<'_>, tables: &Tables, noun: usize) -> bool {
    let negates = |t: usize| tables.words.negators.contains(&doc.word(t).to_lowercase());
    negates(noun) || doc.children(noun).any(|c| doc.dep(c) == "det" && negates(c))
}

/// Whether the clause of `verb` has a condition.
fn has_condition(doc: &Document<'_>, tables: &Tables, verb: usize) -> bool {
    doc.children_by(verb, "advcl").any(|c| is_condition(doc, tables, c))
}

fn is_condition(doc: &Document<'_>, tables: &Tables, clause: usize) -> bool {
    doc.children(clause).any(|m| {
        matches!(doc.dep(m), "mark" | "advmod")
            && tables.words.conditions.contains(&doc.word(m).to_lowercase())
    })
}

/// Goes to the governor of `at`, letting it act; `None` where nothing further acts.
fn step(
    doc: &Document<'_>,
    tables: &Tables,
    kind: Option<EventType>,
    at: usize,
    manner: &mut Manner,
) -> Option<usize> {
    let head = doc.head(at);
    if head == at {
        return None;
    }
    let words = &tables.words;
    match doc.dep(at) {
        "xcomp" | "ccomp" | "acomp" | "oprd" | "pcomp" | "attr" => {
            complement_step(doc, tables, kind, at, head, manner)
        }
        "advcl" => {
            if is_condition(doc, tables, at) {
                manner.meet(Modality::Hypothetical);
                return None;
            }
            if is_temporal(doc, tables, at) {
                // "When the troops arrive, they will build a camp": both are to come.
                let mut above =
                    Manner { polarity: Polarity::Positive, modality: Modality::Asserted };
                own(doc, tables, kind, head, &mut above);
                if above.modality == Modality::Planned {
                    manner.meet(Modality::Planned);
                }
            }
            if clause::is_infinitive(doc, at) {
                // A purpose is a plan; where its governor is itself only asked for, so is it.
                manner.meet(Modality::Planned);
                manner.meet(outer(doc, tables, kind, head));
            }
            None
        }
        "conj" => conjunct_step(doc, tables, at, head, manner),
        "dobj" | "nsubjpass" | "nsubj" | "csubj" | "csubjpass" | "obj" => {
            let subject = matches!(doc.dep(at), "nsubj" | "csubj");
            if let Some(effect) = effect_of(doc, tables, kind, head)
                && (if subject { effect.subject } else { effect.object })
            {
                manner.apply(effect);
                own(doc, tables, kind, head, manner);
                return Some(head);
            }
            if words.occurrence.contains(doc.lemma(head)) {
                own_without(doc, tables, kind, head, at, manner);
                return Some(head);
            }
            // "Talks are likely", "the attack is possible".
            if subject && words.copulas.contains(doc.lemma(head)) {
                let predicate = doc
                    .children(head)
                    .find(|&c| matches!(doc.dep(c), "acomp" | "attr"))
                    .and_then(|c| effect_of(doc, tables, kind, c));
                if let Some(effect) = predicate.filter(|e| e.complement) {
                    manner.apply(effect);
                    own(doc, tables, kind, head, manner);
                }
            }
            // "Leaving would be a mistake".
            if doc.tag(at) == "VBG" || doc.dep(at) == "csubj" {
                manner.meet(outer(doc, tables, kind, head));
            }
            None
        }
        "pobj" => prep_step(doc, tables, kind, head, manner),
        "acl" => {
            // "The possibility of a fault triggering it".
            if doc.tag(at) == "VBG"
                && doc.dep(head) == "pobj"
                && predicate(doc, tables, head).is_none()
            {
                return prep_step(doc, tables, kind, doc.head(head), manner);
            }
            let effect = effect_of(doc, tables, kind, head)?;
            // "A plan designed by the council" is designed.
            if !effect.complement || doc.tag(at) == "VBN" && !clause::is_infinitive(doc, at) {
                return None;
            }
            manner.apply(effect);
            own(doc, tables, kind, head, manner);
            Some(head)
        }
        _ => None,
    }
}

fn complement_step(
    doc: &Document<'_>,
    tables: &Tables,
    kind: Option<EventType>,
    at: usize,
    head: usize,
    manner: &mut Manner,
) -> Option<usize> {
    let words = &tables.words;
    if doc.dep(at) == "pcomp" {
        return prep_step(doc, tables, kind, head, manner);
    }
    // "Whether the plane crashed is unclear": an open question.
    if doc.children_by(at, "mark").any(|m| words.conditions.contains(&doc.word(m).to_lowercase())) {
        manner.meet(Modality::Possible);
    }
    if let Some(effect) = effect_of(doc, tables, kind, head) {
        // "Asked them to leave" asks for it, "told them that it left" and "called it a murder" do
        // not: a finite clause is touched by predicates of thinking and denying alone.
        let finite = doc.dep(at) == "ccomp"
            && !clause::is_infinitive(doc, at)
            && !matches!(doc.tag(at), "VB" | "VBG");
        let verbal = clause::is_verbal(doc, at) || doc.dep(at) == "acomp";
        if verbal && (if finite { effect.clause } else { effect.complement }) {
            manner.apply(effect);
            own(doc, tables, kind, head, manner);
            return Some(head);
        }
        return None;
    }
    let open = matches!(doc.dep(at), "xcomp" | "acomp" | "oprd" | "attr");
    if !open {
        return None;
    }
    if words.copulas.contains(doc.lemma(head)) && clause::is_infinitive(doc, at) {
        // "The troops are to leave".
        manner.meet(Modality::Planned);
    }
    if doc.dep(at) == "attr" {
        own_without(doc, tables, kind, head, at, manner);
    } else {
        own(doc, tables, kind, head, manner);
    }
    Some(head)
}

/// The modality of the clause of `verb`, with the two governors above it.
fn outer(doc: &Document<'_>, tables: &Tables, kind: Option<EventType>, verb: usize) -> Modality {
    let mut above = Manner { polarity: Polarity::Positive, modality: Modality::Asserted };
    own(doc, tables, kind, verb, &mut above);
    if let Some(next) = step(doc, tables, kind, verb, &mut above) {
        step(doc, tables, kind, next, &mut above);
    }
    above.modality
}

/// Whether the clause says when, in the present tense.
fn is_temporal(doc: &Document<'_>, tables: &Tables, clause: usize) -> bool {
    let present = |t: usize| matches!(doc.tag(t), "VBZ" | "VBP");
    (present(clause) || doc.children(clause).any(|c| doc.dep(c).starts_with("aux") && present(c)))
        && doc.children(clause).any(|m| {
            matches!(doc.dep(m), "mark" | "advmod")
                && tables.words.temporal.contains(&doc.word(m).to_lowercase())
        })
}

fn prep_step(
    doc: &Document<'_>,
    tables: &Tables,
    kind: Option<EventType>,
    prep: usize,
    manner: &mut Manner,
) -> Option<usize> {
    if doc.head(prep) == prep {
        return None;
    }
    if tables.words.lacking.contains(&doc.word(prep).to_lowercase()) {
        manner.negate();
        return None;
    }
    let governor = doc.head(prep);
    let word = doc.word(prep).to_lowercase();
    if !tables.words.reaching.contains(&word) {
        beside(doc, tables, kind, prep, &word, manner);
        return None;
    }
    if doc.pos(governor) == Pos::Adp {
        return prep_step(doc, tables, kind, governor, manner);
    }
    let effect = effect_of(doc, tables, kind, governor)?;
    if !effect.prep {
        return None;
    }
    manner.apply(effect);
    own(doc, tables, kind, governor, manner);
    Some(governor)
}

/// What stands beside a verb under a preposition that no predicate reaches through, and is to come
/// where the verb is: "will rest before leaving", "is to continue with primaries", "plans to speak
/// at the summit".
fn beside(
    doc: &Document<'_>,
    tables: &Tables,
    kind: Option<EventType>,
    prep: usize,
    word: &str,
    manner: &mut Manner,
) {
    let governor = doc.head(prep);
    let words = &tables.words;
    let clausal = doc.children_by(prep, "pcomp").next().is_some();
    let goes_on =
        words.accompanying.contains(word) && words.occurrence.contains(doc.lemma(governor));
    let held = matches!(kind, Some(EventType::Elect | EventType::Compete | EventType::Consult));
    if clause::is_verbal(doc, governor)
        && (clausal || goes_on || held && words.venue.contains(word))
    {
        let above = outer(doc, tables, kind, governor);
        if above == Modality::Planned || clausal || goes_on {
            manner.meet(above);
        }
    }
}

fn conjunct_step(
    doc: &Document<'_>,
    tables: &Tables,
    at: usize,
    head: usize,
    manner: &mut Manner,
) -> Option<usize> {
    if clause::is_nominal(doc, at) {
        // "No strike or protest": neither.
        if clause::is_nominal(doc, head) && negated_noun(doc, tables, head) {
            manner.negate();
        }
        return clause::is_nominal(doc, head).then_some(head);
    }
    let own_clause =
        doc.children(at).any(|c| matches!(doc.dep(c), "nsubj" | "nsubjpass" | "aux" | "auxpass"));
    if own_clause && doc.children(at).any(|c| matches!(doc.dep(c), "nsubj" | "nsubjpass")) {
        // A clause of its own; but both hang under the same governor.
        return Some(head);
    }
    if !own_clause {
        let mut shared = Manner { polarity: Polarity::Positive, modality: Modality::Asserted };
        own(doc, tables, None, head, &mut shared);
        manner.meet(shared.modality);
        let joined = doc
            .children_by(head, "cc")
            .any(|c| tables.words.sharing.contains(&doc.word(c).to_lowercase()));
        if joined && shared.polarity == Polarity::Negative {
            manner.negate();
        }
    }
    Some(head)
}

/// [`own`] of a verb of taking place or a copula: the event noun's own "no" is not counted twice,
/// and "the talks made no progress" does not deny the talks.
fn own_without(
    doc: &Document<'_>,
    tables: &Tables,
    kind: Option<EventType>,
    head: usize,
    noun: usize,
    manner: &mut Manner,
) {
    own(doc, tables, kind, head, manner);
    let subject = |t: usize| doc.dep(t).starts_with("nsubj");
    for child in doc.children(head) {
        let counted = matches!(doc.dep(child), "nsubj" | "nsubjpass" | "dobj" | "attr")
            && negated_noun(doc, tables, child);
        if counted && (child == noun || subject(noun) && !subject(child)) {
            manner.negate();
        }
    }
}

/// What the word at `i` does to what it governs.
fn effect_of(
    doc: &Document<'_>,
    tables: &Tables,
    kind: Option<EventType>,
    i: usize,
) -> Option<Effect> {
    let effect = predicate(doc, tables, i)?;
    kind.is_none_or(|k| effect.not_of & bit(k) == 0).then_some(effect)
}

fn predicate(doc: &Document<'_>, tables: &Tables, i: usize) -> Option<Effect> {
    let map = match doc.pos(i) {
        Pos::Verb | Pos::Aux => &tables.verbs,
        Pos::Noun | Pos::Propn => &tables.nouns,
        Pos::Adj | Pos::Adv => &tables.adjectives,
        _ => return None,
    };
    let lemma = doc.lemma(i).to_lowercase();
    if let Some(particle) = doc.children_by(i, "prt").next() {
        let phrase = format!("{lemma} {}", doc.word(particle).to_lowercase());
        if let Some(effect) = map.get(&phrase) {
            return Some(*effect);
        }
    }
    // A passive has readings of its own: "is expected to", "was supposed to".
    let reduced = matches!(doc.dep(i), "acl" | "relcl");
    if doc.tag(i) == "VBN" && (reduced || doc.children_by(i, "auxpass").next().is_some()) {
        let word = doc.word(i).to_lowercase();
        if let Some(effect) = tables.adjectives.get(&word) {
            return Some(*effect);
        }
    }
    map.get(&lemma).copied()
}

/// Questions and commands.
fn mood(doc: &Document<'_>, root: usize, trigger: usize, manner: &mut Manner) {
    let sentence = doc.sentences()[doc.sentence_of(root)].clone();
    let asks = sentence
        .rev()
        .take_while(|&t| matches!(doc.pos(t), Pos::Punct | Pos::Space))
        .any(|t| doc.word(t).contains('?'));
    if asks {
        manner.meet(Modality::Possible);
    }
    let commands = root == trigger
        && doc.tag(root) == "VB"
        && !doc
            .children(root)
            .any(|c| matches!(doc.dep(c), "nsubj" | "nsubjpass" | "aux" | "expl" | "csubj"));
    if commands {
        manner.meet(Modality::Requested);
    }
}
