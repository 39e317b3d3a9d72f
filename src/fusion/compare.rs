//! Figures that agree, conflict or are revised, and plans that came true, within one happening.

use std::collections::BTreeSet;

use super::derive::{Fusion, Placed};
use super::digest::{Claim, ClaimOf, Event, Figure};
use super::figure::{comparable, is_same, meet};
use super::odds::at_odds;
use super::write::{Graph, Writer};
use crate::graph::Hash;
use crate::vocab::{et, ng};

/// A figure that is asserted of a happening.
pub(super) struct Given<'f> {
    pub(super) placed: &'f Placed,
    event: &'f Event,
    claim: &'f Claim,
    pub(super) figure: &'f Figure,
    voice: Voice,
}

impl<'f> Given<'f> {
    /// The telling that it is a figure of.
    pub(super) fn event(&self) -> &'f Event {
        self.event
    }

    /// Who entities of its article are.
    pub(super) fn individuals(&self, entities: impl Iterator<Item = u32>) -> BTreeSet<Hash> {
        let of = |entity: u32| self.placed.individuals.get(entity as usize);
        entities.filter_map(of).map(|individual| individual.id).collect()
    }
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
        let told = &placed.digest.events[event as usize];
        for claim in placed.claims_of(event).filter(|claim| claim.positive) {
            match claim.of {
                ClaimOf::Event(_) if claim.modality == ng::PLANNED => {
                    planned.push((placed, claim));
                }
                ClaimOf::Event(_) if claim.is_assertion() => asserted.push((placed, claim)),
                ClaimOf::Figure { figure, .. } if claim.is_assertion() => {
                    let figure = &placed.digest.figures[figure as usize];
                    let voice = voice(fusion, placed, claim);
                    given.push(Given { placed, event: told, claim, figure, voice });
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
    // Who gives two figures at once means two things by them: before and now, here and there. And
    // of one figure for two happenings nobody knows which it counts.
    let here: BTreeSet<(Hash, u32)> =
        events.iter().map(|(placed, event)| (placed.digest.article, *event)).collect();
    let shared = |a: &Given<'_>| {
        let digest = &a.placed.digest;
        digest.claims.iter().any(|claim| match claim.of {
            ClaimOf::Figure { figure, event: Some(event) } => {
                digest.figures.get(figure as usize).is_some_and(|f| f.id == a.figure.id)
                    && !here.contains(&(digest.article, event))
            }
            _ => false,
        })
    };
    let doubled = |a: &Given<'_>| {
        given.iter().any(|b| {
            b.placed.digest.article == a.placed.digest.article
                && b.voice == a.voice
                && comparable(a.figure, b.figure, &triggers)
                && meet(a.figure, b.figure) == Some(false)
        })
    };
    let unsure: Vec<bool> = given.iter().map(|a| shared(a) || doubled(a)).collect();
    for (i, a) in given.iter().enumerate() {
        for (j, b) in given.iter().enumerate().skip(i + 1) {
            // What a number measures follows from the type, if that says something; within one
            // article what it counts will do.
            let together = a.placed.digest.article == b.placed.digest.article;
            let counted = a.figure.counts.is_some() && b.figure.counts.is_some();
            if clear || together && counted {
                let sure = !unsure[i] && !unsure[j];
                compare(fusion, a, b, sure, &triggers, out);
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

/// Writes how two figures compare; they can be at odds only where it is `sure` what each counts.
fn compare(
    fusion: &Fusion,
    a: &Given<'_>,
    b: &Given<'_>,
    sure: bool,
    triggers: &[&str],
    out: &mut Writer,
) {
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
    let property = match meet(a.figure, b.figure) {
        Some(true) => ng::AGREES_WITH,
        Some(false) if sure && at_odds(a, b, triggers) => ng::CONFLICTS_WITH,
        _ => return,
    };
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
