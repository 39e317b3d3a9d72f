//! Figures that agree, conflict or are revised, and plans that came true, within one happening.

use super::derive::{Fusion, Placed};
use super::digest::{Claim, ClaimOf, Figure};
use super::figure::{comparable, is_same, meet};
use super::write::{Graph, Writer};
use crate::graph::Hash;
use crate::vocab::{et, ng};

/// A figure that is asserted of a happening.
struct Given<'f> {
    placed: &'f Placed,
    claim: &'f Claim,
    figure: &'f Figure,
    voice: Voice,
}

/// Whose figure it is.
#[derive(PartialEq, Eq)]
enum Voice {
    /// Individuals, sorted.
    Speakers(Vec<Hash>),
    /// The own voice of an outlet.
    Outlet(String),
    /// The own voice of an article without outlet, or a speaker whom the text does not name.
    Article(Hash),
}

/// Writes how the claims about a happening compare; `events` are its tellings.
pub(super) fn write(fusion: &Fusion, events: &[(&Placed, u32)], out: &mut Writer) {
    let events: Vec<&(&Placed, u32)> =
        events.iter().filter(|(placed, _)| fusion.is_live(placed.digest.article)).collect();
    let triggers: Vec<&str> = events
        .iter()
        .map(|(placed, event)| placed.digest.events[*event as usize].label.as_str())
        .collect();
    let mut given = Vec::new();
    let mut planned = Vec::new();
    let mut asserted = Vec::new();
    for &&(placed, event) in &events {
        for claim in placed.claims_of(event).filter(|claim| claim.positive) {
            match claim.of {
                ClaimOf::Event(_) if claim.modality == ng::PLANNED => {
                    planned.push((placed, claim));
                }
                ClaimOf::Event(_) if claim.is_assertion() => asserted.push((placed, claim)),
                ClaimOf::Figure { figure, .. } if claim.is_assertion() => {
                    let figure = &placed.digest.figures[figure as usize];
                    given.push(Given {
                        placed,
                        claim,
                        figure,
                        voice: voice(fusion, placed, claim),
                    });
                }
                _ => {}
            }
        }
    }
    // A copy that gives its original's figure adds nothing to it.
    let copied = |copy: &Given<'_>| {
        let origin = fusion.origin(copy.placed).digest.article;
        origin != copy.placed.digest.article
            && given.iter().any(|other| {
                other.placed.digest.article == origin && is_same(other.figure, copy.figure)
            })
    };
    let kept: Vec<bool> = given.iter().map(|given| !copied(given)).collect();
    let mut kept = kept.into_iter();
    given.retain(|_| kept.next().unwrap_or(true));
    let vague = [et::OTHER, et::CHANGE_VALUE];
    let clear = events.iter().any(|(placed, event)| {
        vague.iter().all(|&kind| placed.digest.events[*event as usize].kind != kind)
    });
    for (i, a) in given.iter().enumerate() {
        for b in given.iter().skip(i + 1) {
            // What a number measures follows from the type, if that says something; within one
            // article what it counts will do.
            let together = a.placed.digest.article == b.placed.digest.article;
            let counted = a.figure.counts.is_some() && b.figure.counts.is_some();
            if clear || together && counted {
                compare(fusion, a, b, &triggers, out);
            }
        }
    }
    for (later, claim) in asserted {
        for &(earlier, plan) in &planned {
            if is_later(later, earlier) {
                let [claim, plan] = [claim, plan].map(|c| fusion.node("c/", c.id));
                out.put(Graph::Comparison, &claim, ng::CONFIRMS, plan);
            }
        }
    }
}

fn compare(fusion: &Fusion, a: &Given<'_>, b: &Given<'_>, triggers: &[&str], out: &mut Writer) {
    if !comparable(a.figure, b.figure, triggers) {
        return;
    }
    let [first, second] = [a, b].map(|given| fusion.node("c/", given.claim.id));
    if a.voice == b.voice {
        if is_same(a.figure, b.figure) {
            return;
        }
        // The same voice later is a revision, and never at odds with itself.
        if is_later(a.placed, b.placed) {
            out.put(Graph::Comparison, &first, ng::REVISES, second);
        } else if is_later(b.placed, a.placed) {
            out.put(Graph::Comparison, &second, ng::REVISES, first);
        }
        return;
    }
    let Some(meet) = meet(a.figure, b.figure) else { return };
    // Of articles without a day nobody knows that they tell of the same state of things.
    let dated = |given: &Given<'_>| given.placed.digest.published.is_some();
    let together = a.placed.digest.article == b.placed.digest.article;
    if !(meet || together || dated(a) && dated(b)) {
        return;
    }
    let property = if meet { ng::AGREES_WITH } else { ng::CONFLICTS_WITH };
    out.put(Graph::Comparison, &first, property, second.clone());
    out.put(Graph::Comparison, &second, property, first);
}

/// Whether an article was published on a later day.
fn is_later(a: &Placed, b: &Placed) -> bool {
    matches!((a.digest.published, b.digest.published), (Some(a), Some(b)) if a > b)
}

fn voice(fusion: &Fusion, placed: &Placed, claim: &Claim) -> Voice {
    let speakers = claim.speakers.iter().filter_map(|&s| placed.individuals.get(s as usize));
    let mut speakers: Vec<Hash> = speakers.map(|individual| individual.id).collect();
    speakers.sort_unstable();
    speakers.dedup();
    let origin = &fusion.origin(placed).digest;
    match &origin.publisher {
        _ if !speakers.is_empty() => Voice::Speakers(speakers),
        Some(outlet) if claim.own_voice => Voice::Outlet(outlet.clone()),
        _ => Voice::Article(origin.article),
    }
}
