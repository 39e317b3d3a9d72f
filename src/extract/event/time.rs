//! When: a date belongs to what it is said of.
//!
//! The tree says of what: "on Wednesday announced the withdrawal" dates the announcement. From the
//! head of the time expression the climb goes to the first word that tells an event or a saying.

use crate::extract::clause;
use crate::extract::filler::Fillers;
use crate::extract::pack_file::Words;
use crate::facts::{TimeId, TimeType};
use crate::text::{Document, Pos};

/// Words that the climb from a time expression may pass.
const CLIMB: usize = 4;

/// For each token, the time that is said of the word there; not under a preposition of `bounds`,
/// behind which only the begin or the end stands ("ruled since 2014", "closed until Friday").
pub(crate) fn times_by_governor(
    doc: &Document<'_>,
    fillers: &Fillers<'_>,
    bounds: &Words,
) -> Vec<Option<TimeId>> {
    let mut at = vec![None; doc.len()];
    for token in 0..doc.len() {
        let Some(time) = fillers.time(token) else { continue };
        let usable = fillers.time_of(time).is_some_and(|t| match t.kind {
            TimeType::Date | TimeType::Time => true,
            TimeType::Duration => t.begin.is_some(),
            TimeType::Set => false,
        });
        if !usable {
            continue;
        }
        if let Some(governor) = governor(doc, fillers, token, bounds) {
            at[governor].get_or_insert(time);
        }
    }
    at
}

/// The word of which the time at `token` is said.
fn governor(
    doc: &Document<'_>,
    fillers: &Fillers<'_>,
    token: usize,
    bounds: &Words,
) -> Option<usize> {
    let mut at = token;
    for _ in 0..CLIMB {
        let head = doc.head(at);
        if head == at {
            return None;
        }
        let adverbial = matches!(
            doc.dep(at),
            "npadvmod"
                | "advmod"
                | "prep"
                | "pobj"
                | "pcomp"
                | "nmod"
                | "poss"
                | "compound"
                | "tmod"
                | "appos"
                | "amod"
                | "dep"
                | "conj"
                | "nummod"
                | "quantmod"
        );
        if !adverbial {
            return None;
        }
        at = head;
        if bounds.contains(&doc.word(at).to_lowercase()) {
            return None;
        }
        if fillers.time(at).is_some() || doc.pos(at) == Pos::Adp {
            continue;
        }
        if clause::is_verbal(doc, at) || clause::is_nominal(doc, at) || doc.pos(at) == Pos::Adj {
            return Some(at);
        }
    }
    None
}

/// The time of the event at `token`: its own, that of the verb it stands for, the one before the
/// first of its conjuncts, or, for a noun that its clause dates, the clause's.
pub(super) fn time_of(
    doc: &Document<'_>,
    by_governor: &[Option<TimeId>],
    fillers: &Fillers<'_>,
    token: usize,
    carrier: Option<usize>,
) -> Option<TimeId> {
    let own = by_governor[token].or_else(|| carrier.and_then(|v| by_governor[v]));
    if own.is_some() {
        return own;
    }
    let through_object = clause::is_verbal(doc, token).then(|| {
        // "killed two people on Sunday": the parser often hangs the date on the object.
        doc.children(token)
            .filter(|&c| {
                matches!(doc.dep(c), "dobj" | "prep" | "prt" | "advmod" | "attr" | "agent")
            })
            .find_map(|c| nested(doc, by_governor, c))
    });
    if let Some(Some(time)) = through_object {
        return Some(time);
    }
    let first = clause::first_conjunct(doc, token);
    if first != token && clause::is_verbal(doc, token) {
        let shares = !doc.children(token).any(|c| doc.dep(c).starts_with("nsubj"));
        let before = |time: TimeId| {
            fillers.time_of(time).is_some_and(|t| t.span.start() < doc.span(first).start())
        };
        // The first conjunct hangs on no other: one step, no further.
        let time = if shares { time_of(doc, by_governor, fillers, first, None) } else { None };
        return time.filter(|&t| before(t));
    }
    None
}

/// The time of the saying at `token`.
pub(crate) fn time_said(
    doc: &Document<'_>,
    by_governor: &[Option<TimeId>],
    fillers: &Fillers<'_>,
    token: usize,
) -> Option<TimeId> {
    time_of(doc, by_governor, fillers, token, None)
}

fn nested(doc: &Document<'_>, by_governor: &[Option<TimeId>], at: usize) -> Option<TimeId> {
    if clause::is_nominal(doc, at) || doc.pos(at) == Pos::Adp {
        let object = doc.children_by(at, "pobj").next();
        return by_governor[at].or_else(|| object.and_then(|o| by_governor[o]));
    }
    None
}
