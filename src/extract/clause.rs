//! Who and what stands where in a clause: the arguments of a verb or noun, read off the tree.
//!
//! Passives, control, relative clauses, participles and coordination are undone here, so that the
//! layers above see the same arguments in each of them. Knows labels of the tree and no words.

use crate::text::{Document, Pos};

/// Steps that a search for a missing subject may climb.
const CLIMB: usize = 4;

/// The arguments of a predicate, as head tokens, conjuncts left out.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Arguments {
    /// Subjects, also understood ones; the surface subject of a passive.
    pub(crate) subjects: Vec<usize>,
    /// Whether the clause is passive: its surface subject undergoes.
    pub(crate) passive: bool,
    /// Direct objects.
    pub(crate) objects: Vec<usize>,
    /// Indirect objects without a preposition.
    pub(crate) datives: Vec<usize>,
    /// Agents of a passive.
    pub(crate) agents: Vec<usize>,
    /// Prepositions with their objects.
    pub(crate) preps: Vec<(usize, usize)>,
    /// Heads of complement clauses.
    pub(crate) complements: Vec<usize>,
    /// Particles.
    pub(crate) particles: Vec<usize>,
}

/// Whether token `i` heads a clause or is a verb form.
pub(crate) fn is_verbal(doc: &Document<'_>, i: usize) -> bool {
    matches!(doc.pos(i), Pos::Verb | Pos::Aux)
}

/// Whether token `i` is a noun, a name or a pronoun.
pub(crate) fn is_nominal(doc: &Document<'_>, i: usize) -> bool {
    matches!(doc.pos(i), Pos::Noun | Pos::Propn | Pos::Pron | Pos::Num)
}

/// Whether token `i` is a relative or interrogative pronoun or determiner.
pub(crate) fn is_relative(doc: &Document<'_>, i: usize) -> bool {
    matches!(doc.tag(i), "WDT" | "WP" | "WP$")
}

/// `head` and the conjuncts that hang on it, in text order.
pub(crate) fn conjuncts(doc: &Document<'_>, head: usize) -> Vec<usize> {
    let mut all = vec![head];
    let mut next = 0;
    while let Some(&i) = all.get(next) {
        all.extend(
            doc.children_by(i, "conj").filter(|&c| is_nominal(doc, c) == is_nominal(doc, i)),
        );
        next += 1;
    }
    all.sort_unstable();
    all
}

/// The first of the conjuncts that `i` is one of: the one that hangs in the clause.
pub(crate) fn first_conjunct(doc: &Document<'_>, i: usize) -> usize {
    let mut at = i;
    for _ in 0..doc.len() {
        if doc.dep(at) != "conj" || doc.head(at) == at {
            break;
        }
        at = doc.head(at);
    }
    at
}

/// The arguments of the verb `verb`.
pub(crate) fn arguments(doc: &Document<'_>, verb: usize) -> Arguments {
    let mut args = own_arguments(doc, verb);
    if args.subjects.is_empty() {
        understood(doc, verb, &mut args);
    }
    // "The mosque was attacked, its windows smashed": the second shares the auxiliary.
    let head = doc.head(verb);
    if doc.tag(verb) == "VBN"
        && doc.dep(verb) == "conj"
        && args.objects.is_empty()
        && doc.children_by(head, "auxpass").next().is_some()
        && !doc.children(verb).any(|c| matches!(doc.dep(c), "aux" | "auxpass"))
    {
        args.passive = true;
    }
    relativize(doc, verb, &mut args);
    args
}

/// The arguments that are children of the verb itself.
fn own_arguments(doc: &Document<'_>, verb: usize) -> Arguments {
    let mut args = Arguments::default();
    for child in doc.children(verb) {
        match doc.dep(child) {
            "nsubj" | "csubj" => args.subjects.push(child),
            "nsubjpass" | "csubjpass" => {
                args.subjects.push(child);
                args.passive = true;
            }
            "auxpass" => args.passive = true,
            "dobj" | "obj" => args.objects.push(child),
            "dative" if is_nominal(doc, child) => args.datives.push(child),
            "agent" => args.agents.extend(objects_of(doc, child)),
            "prep" | "dative" => collect_prep(doc, child, &mut args.preps),
            "prt" => args.particles.push(child),
            "xcomp" | "ccomp" => args.complements.push(child),
            _ => {}
        }
    }
    args
}

/// The objects of a preposition, with those of the preposition below it ("out of").
pub(crate) fn collect_prep(doc: &Document<'_>, prep: usize, into: &mut Vec<(usize, usize)>) {
    for child in doc.children(prep) {
        match doc.dep(child) {
            "pobj" | "pcomp" => into.push((prep, child)),
            "prep" => collect_prep(doc, child, into),
            // "against A and against B": a second preposition hangs on the first.
            "conj" if doc.pos(child) == Pos::Adp => collect_prep(doc, child, into),
            _ => {}
        }
    }
}

/// The prepositional phrases that hang on `head`.
pub(crate) fn preps_of(doc: &Document<'_>, head: usize) -> Vec<(usize, usize)> {
    let mut preps = Vec::new();
    for child in doc.children(head) {
        if matches!(doc.dep(child), "prep" | "agent" | "dative") && !is_nominal(doc, child) {
            collect_prep(doc, child, &mut preps);
        }
    }
    preps
}

fn objects_of<'a>(doc: &'a Document<'_>, prep: usize) -> impl Iterator<Item = usize> + 'a {
    doc.children(prep).filter(|&c| matches!(doc.dep(c), "pobj" | "pcomp"))
}

/// Whether the verb is an infinitive with "to".
pub(crate) fn is_infinitive(doc: &Document<'_>, verb: usize) -> bool {
    doc.children(verb).any(|c| doc.tag(c) == "TO")
}

/// Finds the understood subject of a verb that has none of its own.
fn understood(doc: &Document<'_>, verb: usize, args: &mut Arguments) {
    let head = doc.head(verb);
    if head == verb {
        return;
    }
    match doc.dep(verb) {
        "acl" | "relcl" if is_nominal(doc, head) => match doc.tag(verb) {
            "VBN" | "VBD" if !args.passive => {
                args.passive = args.objects.is_empty() || !args.agents.is_empty();
                args.subjects.push(head);
            }
            "VBN" | "VBD" | "VBG" => args.subjects.push(head),
            _ => args.subjects.extend(holder(doc, head, CLIMB)),
        },
        "amod" if is_nominal(doc, head) => {
            args.passive = doc.tag(verb) == "VBN";
            args.subjects.push(head);
        }
        _ => args.subjects.extend(subject_above(doc, verb, CLIMB)),
    }
}

/// The subject that a verb without one takes from the clause above it.
fn subject_above(doc: &Document<'_>, verb: usize, climb: usize) -> Vec<usize> {
    let head = doc.head(verb);
    if climb == 0 || head == verb {
        return Vec::new();
    }
    match doc.dep(verb) {
        "conj" if is_verbal(doc, head) => subjects_or_above(doc, head, climb),
        "xcomp" | "ccomp" if is_verbal(doc, head) || doc.pos(head) == Pos::Adj => {
            let above = own_arguments(doc, head);
            match (above.objects.last(), above.datives.last()) {
                // Object control: "ordered the troops to leave".
                (Some(&o), _) if doc.dep(verb) == "xcomp" && o < verb => vec![o],
                (_, Some(&d)) if d < verb => vec![d],
                _ => subjects_or_above(doc, head, climb),
            }
        }
        "advcl" if is_verbal(doc, head) => {
            // "because rebels fired" has a subject; without one the clause shares the main one's.
            subjects_or_above(doc, head, climb)
        }
        "pcomp" | "prep" => {
            let above = doc.head(head);
            if is_verbal(doc, above) {
                // "accused the army of shelling": the object; "left after shelling": the subject.
                let own = own_arguments(doc, above);
                match own.objects.first() {
                    Some(&o) if o < head && own.objects.len() == 1 && near_object(doc, head, o) => {
                        vec![o]
                    }
                    _ => subjects_or_above(doc, above, climb),
                }
            } else if is_nominal(doc, above) {
                holder(doc, above, climb)
            } else {
                Vec::new()
            }
        }
        _ => Vec::new(),
    }
}

/// Whether the preposition follows its verb's object at once and takes "of" or "from": the
/// complement of the object's verb, not a free adverbial.
fn near_object(doc: &Document<'_>, prep: usize, object: usize) -> bool {
    doc.subtree(object).end == prep && doc.children(prep).any(|c| doc.dep(c) == "pcomp")
}

fn subjects_or_above(doc: &Document<'_>, verb: usize, climb: usize) -> Vec<usize> {
    let args = own_arguments(doc, verb);
    if !args.subjects.is_empty() {
        let mut args = args;
        relativize(doc, verb, &mut args);
        return args.subjects;
    }
    match doc.dep(verb) {
        "acl" | "relcl" if is_nominal(doc, doc.head(verb)) => vec![doc.head(verb)],
        _ => subject_above(doc, verb, climb - 1),
    }
}

/// Who has the noun: its possessor, or the subject of the verb that it is an object of
/// ("their plan to leave", "made a decision to leave").
pub(crate) fn holder(doc: &Document<'_>, noun: usize, climb: usize) -> Vec<usize> {
    if let Some(poss) = doc.children_by(noun, "poss").next() {
        return vec![poss];
    }
    if climb == 0 {
        return Vec::new();
    }
    let head = doc.head(noun);
    match doc.dep(noun) {
        "dobj" | "attr" if is_verbal(doc, head) => subjects_or_above(doc, head, climb),
        _ => Vec::new(),
    }
}

/// Puts the antecedent in the place of a relative pronoun, or into the gap that a reduced relative
/// clause leaves.
fn relativize(doc: &Document<'_>, verb: usize, args: &mut Arguments) {
    let clause = first_conjunct(doc, verb);
    if doc.dep(clause) != "relcl" || doc.head(clause) == clause {
        return;
    }
    let antecedent = doc.head(clause);
    let mut found = false;
    let own = [&mut args.subjects, &mut args.objects, &mut args.datives, &mut args.agents];
    for token in own.into_iter().flatten().chain(args.preps.iter_mut().map(|(_, o)| o)) {
        if is_relative(doc, *token) && doc.subtree(clause).contains(token) {
            *token = antecedent;
            found = true;
        }
    }
    let relative_inside = doc.subtree(clause).any(|t| is_relative(doc, t) || doc.tag(t) == "WRB");
    if !found && !relative_inside && args.objects.is_empty() && !args.passive && clause == verb {
        args.objects.push(antecedent);
    }
}

/// The token of a stretch on which the others hang: the first whose head lies outside.
pub(crate) fn head_of(doc: &Document<'_>, tokens: std::ops::Range<usize>) -> Option<usize> {
    tokens.clone().find(|&i| doc.head(i) == i || !tokens.contains(&doc.head(i)))
}
