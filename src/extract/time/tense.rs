//! Which way a clause looks: back, ahead, or neither.

use crate::rule::{Atoms, Lexicon};
use crate::text::{Document, Pos};

/// Which way a clause looks from the day it was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tense {
    Past,
    Present,
    Future,
    Unknown,
}

/// The tense of the clause in which token `token` stands.
///
/// Climbs the tree to the nearest verb; where there is no tree, takes the nearest verb of the
/// sentence, one before sooner than one after. `ahead` is the class of words that make a verb look
/// ahead: modals, and what takes an infinitive of things to come.
pub(super) fn tense_at(doc: &Document<'_>, token: usize, ahead: &Ahead<'_>) -> Tense {
    if doc.is_empty() || token >= doc.len() {
        return Tense::Unknown;
    }
    let climbed =
        std::iter::once(token).chain(doc.ancestors(token)).take(12).find(|&t| is_verb(doc, t));
    let verb = climbed.or_else(|| nearest_verb(doc, token));
    verb.map_or(Tense::Unknown, |v| verb_tense(doc, v, ahead))
}

/// Words that make a verb look ahead.
pub(super) struct Ahead<'a> {
    pub(super) atoms: &'a Atoms<'a>,
    pub(super) class: Option<&'a Lexicon>,
    /// Verbs that put their object on a day to come: "to schedule a hearing".
    pub(super) arranging: Option<&'a Lexicon>,
    /// Prepositions that look one way, by `ahead` and `back`.
    pub(super) way: Option<&'a Lexicon>,
}

impl Ahead<'_> {
    fn arranges(&self, token: usize) -> bool {
        let at = self.atoms.within(self.atoms.document().span(token)).start;
        self.arranging.and_then(|c| c.longest(self.atoms, at)).is_some()
    }

    fn has(&self, token: usize, value: &str) -> bool {
        let at = self.atoms.within(self.atoms.document().span(token)).start;
        self.class.and_then(|c| c.longest(self.atoms, at)).is_some_and(|(_, v)| v == value)
    }
}

fn is_verb(doc: &Document<'_>, t: usize) -> bool {
    doc.tag(t).starts_with("VB") || doc.tag(t) == "MD"
}

fn nearest_verb(doc: &Document<'_>, token: usize) -> Option<usize> {
    let sentence = doc.sentences().get(doc.sentence_of(token))?.clone();
    let back = (sentence.start..token).rev().find(|&t| is_verb(doc, t));
    back.or_else(|| (token..sentence.end).find(|&t| is_verb(doc, t)))
}

fn verb_tense(doc: &Document<'_>, verb: usize, ahead: &Ahead<'_>) -> Tense {
    let helpers = || doc.children(verb).filter(|&c| matches!(doc.pos(c), Pos::Aux | Pos::Part));
    let modal = ahead.has(verb, "modal") || helpers().any(|c| ahead.has(c, "modal"));
    let perfect = || helpers().any(|c| doc.tag(c).starts_with("VB") && !ahead.has(c, "be"));
    let pluperfect = |v: usize| {
        doc.children(v)
            .any(|c| doc.pos(c) == Pos::Aux && doc.tag(c) == "VBD" && !ahead.has(c, "be"))
    };
    // "has planned a rally on Sunday": what is arranged lies ahead, "had planned" behind.
    if ahead.arranges(verb) && !pluperfect(verb) && doc.children(verb).any(|c| doc.dep(c) == "dobj")
    {
        return Tense::Future;
    }
    if modal {
        // "would have met" did not happen, but looks back.
        return if perfect() { Tense::Past } else { Tense::Future };
    }
    if helpers().any(|c| doc.tag(c) == "MD") {
        return Tense::Unknown; // can, could, should, must
    }
    if doc.tag(verb) == "VBN"
        && helpers().any(|c| doc.tag(c) == "VBN")
        && helpers().any(|c| doc.tag(c) == "VBD")
    {
        return Tense::Past; // had been scheduled
    }
    match doc.tag(verb) {
        "VBD" => Tense::Past,
        "VBZ" | "VBP" => Tense::Present,
        _ if doc.children(verb).any(|c| doc.tag(c) == "TO") => {
            // "plans to meet", "is to meet", "is expected to meet" look ahead; else as the verb above.
            let above = doc.head(verb);
            let planned = above != verb && (ahead.has(above, "plan") || ahead.has(above, "be"));
            // "had been due to expire on Friday": by now it has, or never will.
            let over = pluperfect(above) || pluperfect(doc.head(above));
            match (planned, planned && over) {
                (_, true) => Tense::Past,
                (true, _) => Tense::Future,
                _ => above_tense(doc, verb, ahead),
            }
        }
        "VBN" | "VBG" => {
            let Some(helper) = helpers().find(|&c| is_verb(doc, c)) else {
                // "Shares issued on Friday" were issued.
                let done = doc.tag(verb) == "VBN" && doc.dep(verb) == "acl";
                return if done && !ahead.has(verb, "plan") {
                    Tense::Past
                } else {
                    above_tense(doc, verb, ahead)
                };
            };
            match (doc.tag(helper), doc.tag(verb)) {
                ("VBD", _) => Tense::Past,
                // "has said", "was held" look back, "is held" does not.
                ("VBZ" | "VBP", "VBN") if !ahead.has(helper, "be") => Tense::Past,
                ("VBZ" | "VBP", "VBG") if helpers().any(|c| doc.tag(c) == "VBN") => Tense::Past,
                // "is meeting on Friday" looks ahead, as a plan.
                ("VBZ" | "VBP", "VBN") if ahead.has(verb, "plan") => Tense::Future,
                _ => Tense::Present,
            }
        }
        _ => above_tense(doc, verb, ahead),
    }
}

/// The tense of the verb that governs `verb`, if there is one.
fn above_tense(doc: &Document<'_>, verb: usize, ahead: &Ahead<'_>) -> Tense {
    let above = doc.ancestors(verb).take(8).find(|&t| is_verb(doc, t));
    match above.map(|v| doc.tag(v)) {
        Some("VBD") => Tense::Past,
        Some("VBZ" | "VBP") => Tense::Present,
        Some("MD") => Tense::Future,
        Some(_) => above.map_or(Tense::Unknown, |v| {
            let modal = doc.children(v).any(|c| ahead.has(c, "modal"));
            if modal { Tense::Future } else { Tense::Unknown }
        }),
        None => Tense::Unknown,
    }
}

#[cfg(test)]
mod tests {
    use crate::extract::time::{Tables, extract_times};
    use crate::facts::parse_day;
    use crate::lang::Pack;
    use crate::text::Engine;

    #[test]
    fn a_weekday_lies_where_its_clause_looks() {
        let engine = Engine::embedded().unwrap();
        let tables = Tables::parse(Pack::find("en").unwrap()).unwrap();
        let cases = [
            ("The court ruled against the port on Friday.", "2022-03-04"),
            ("Holders of shares issued on Friday will get a dividend.", "2022-03-04"),
            ("The court will rule against the port on Friday.", "2022-03-11"),
            ("The offer is due to expire on Friday.", "2022-03-11"),
            ("The offer had been due to expire on Friday.", "2022-03-04"),
            ("The ministry has scheduled a hearing on Friday.", "2022-03-11"),
            ("The unions planned a march through the capital on Friday.", "2022-03-11"),
            ("The unions had planned a march through the capital on Friday.", "2022-03-04"),
        ];
        for (text, value) in cases {
            let doc = engine.analyse(text);
            let found = extract_times(&doc, &tables, parse_day("2022-03-07"));
            let values: Vec<&str> = found.iter().map(|t| t.fact.value.as_str()).collect();
            assert_eq!(values, [value], "{text}");
        }
    }
}
