//! The words that name a speaker.

use std::ops::Range;

use crate::extract::clause::{self, Arguments};
use crate::text::{Document, Pos};

use super::tables::Tables;

/// The noun phrase of `head`: title and modifiers before it, prepositional phrases after it; no
/// apposition, no relative clause.
pub(super) fn phrase(doc: &Document<'_>, head: usize) -> Range<usize> {
    let before =
        ["det", "amod", "compound", "poss", "nummod", "nmod", "predet", "quantmod", "advmod"];
    let start = doc
        .children(head)
        .filter(|&c| c < head && before.contains(&doc.dep(c)))
        .map(|c| doc.subtree(c).start)
        .min()
        .unwrap_or(head);
    let mut end = head + 1;
    for child in doc.children(head).filter(|&c| c > head) {
        if child < end {
            continue;
        }
        match doc.dep(child) {
            "prep" if child == end => end = doc.subtree(child).end,
            "conj" if doc.subtree(child).start == end => end = phrase(doc, child).end,
            "punct"
                if child == end
                    && doc.children(head).any(|c| {
                        doc.dep(c) == "conj" && c > child && doc.subtree(c).start == child + 1
                    }) =>
            {
                end = child + 1;
            }
            "cc" | "case" | "nmod" | "amod" if child == end => end = child + 1,
            _ => break,
        }
    }
    while end > head + 1 && matches!(doc.pos(end - 1), Pos::Punct | Pos::Cconj | Pos::Space) {
        end -= 1;
    }
    // The possessive ending is no part of the name.
    if end > head + 1 && doc.tag(end - 1) == "POS" {
        end -= 1;
    }
    start..end
}

/// Of two nouns before the verb that the parser both makes subjects the nearer one: "party leader
/// and Prime Minister Holm said", "a sure thing, however Holm noted". Not so a name that only
/// completes the first ("analysts at the bank Norrevang said").
pub(super) fn nearest(doc: &Document<'_>, verb: usize, args: &Arguments) -> Option<usize> {
    let own = |s: &&usize| !args.passive && doc.head(**s) == verb && **s < verb;
    let mut subjects = args.subjects.iter().filter(own);
    let (first, last) = (*subjects.next()?, *subjects.next_back()?);
    let before = phrase(doc, last).start.checked_sub(1)?;
    let completes =
        matches!(doc.dep(before), "pobj" | "prep") && doc.subtree(first).contains(&before);
    (!completes).then_some(last)
}

/// "The vote was called a farce by Holm, saying …": the participle is the agent's.
pub(super) fn passive_agent(doc: &Document<'_>, verb: usize) -> Option<usize> {
    let own = || doc.children(verb).any(|c| doc.dep(c).starts_with("nsubj"));
    if doc.dep(verb) != "advcl" || doc.tag(verb) != "VBG" || own() {
        return None;
    }
    let above = clause::arguments(doc, doc.head(verb));
    above.agents.first().copied().filter(|&a| above.passive && a < verb)
}

/// "A ruling against Holm finding that …": the ruling finds, not Holm.
pub(super) fn document_above(doc: &Document<'_>, tables: &Tables, verb: usize) -> Option<usize> {
    let name = doc.head(verb);
    let hangs = doc.dep(verb) == "acl"
        && doc.tag(verb) == "VBG"
        && doc.pos(name) == Pos::Propn
        && doc.dep(name) == "pobj";
    let prep = hangs.then(|| doc.head(name))?;
    if tables.words.authors.contains(&doc.word(prep).to_lowercase()) {
        return None;
    }
    let noun = doc.head(prep);
    tables.words.documents.contains(doc.lemma(noun)).then_some(noun)
}
