//! Which tellings of an article are one happening.
//!
//! Conservative: two tellings are joined where type and word agree, nothing that both say differs,
//! and something ties them: a shared participant, the same day, or a definite noun that takes up
//! what was told. An error here would merge two happenings, which is worse than leaving one twice.

use crate::extract::filler::Fillers;
use crate::facts::{Event, EventId, EventType, Ref, Role};
use crate::text::Document;

use super::tables::Tables;
use super::trigger::Trigger;

/// Sets `same` of every event that tells what an earlier one told.
pub(super) fn join(
    doc: &Document<'_>,
    tables: &Tables,
    fillers: &Fillers<'_>,
    triggers: &[Trigger],
    events: &mut [Event],
) {
    let stems: Vec<String> = triggers.iter().map(|t| stem(tables, t)).collect();
    let definite: Vec<bool> = triggers.iter().map(|t| is_definite(doc, tables, t)).collect();
    for later in 1..events.len() {
        let found = (0..later).rev().find(|&earlier| {
            events[earlier].same.is_none()
                && alike(&events[earlier], &events[later], &stems[earlier], &stems[later])
                && compatible(fillers, &events[earlier], &events[later])
                && tied(&events[earlier], &events[later], definite[later])
        });
        if let Some(first) = found {
            events[later].same = u32::try_from(first).ok().map(EventId);
        }
    }
}

/// The verb behind a trigger, so that "withdrew" and "the withdrawal" are one word.
fn stem(tables: &Tables, trigger: &Trigger) -> String {
    tables
        .nouns
        .get(&trigger.lemma)
        .and_then(|n| n.verb.clone())
        .unwrap_or_else(|| trigger.lemma.clone())
}

fn is_definite(doc: &Document<'_>, tables: &Tables, trigger: &Trigger) -> bool {
    doc.children(trigger.token).any(|c| {
        matches!(doc.dep(c), "det" | "poss")
            && tables.triggers.definite.contains(&doc.word(c).to_lowercase())
    })
}

fn alike(a: &Event, b: &Event, stem_a: &str, stem_b: &str) -> bool {
    a.kind == b.kind && (stem_a == stem_b) && a.polarity == b.polarity
}

fn fillers_of(event: &Event, role: Role) -> Vec<Ref> {
    event.roles.iter().filter(|r| r.role == role).map(|r| r.filler).collect()
}

/// Nothing that both say differs.
fn compatible(fillers: &Fillers<'_>, a: &Event, b: &Event) -> bool {
    let roles = [Role::Agent, Role::Patient, Role::Recipient, Role::Destination, Role::Origin];
    let parts = roles.iter().all(|&role| {
        let (x, y) = (fillers_of(a, role), fillers_of(b, role));
        x.is_empty() || y.is_empty() || x.iter().any(|f| y.contains(f))
    });
    let days = match (a.time, b.time) {
        (Some(x), Some(y)) => overlap(fillers, x, y),
        _ => true,
    };
    let figures =
        a.quantities.is_empty() || b.quantities.is_empty() || a.quantities == b.quantities;
    parts && days && figures
}

fn overlap(fillers: &Fillers<'_>, x: crate::facts::TimeId, y: crate::facts::TimeId) -> bool {
    if x == y {
        return true;
    }
    let (Some(x), Some(y)) = (fillers.time_of(x), fillers.time_of(y)) else { return false };
    match (x.begin, x.end, y.begin, y.end) {
        (Some(xb), Some(xe), Some(yb), Some(ye)) => xb <= ye && yb <= xe,
        _ => x.value == y.value,
    }
}

fn tied(a: &Event, b: &Event, definite: bool) -> bool {
    let shared = a.roles.iter().any(|r| b.roles.contains(r));
    let days = a.time.is_some() && b.time.is_some();
    let place = a.place.is_some() && a.place == b.place;
    shared && (definite || days || place || a.kind != EventType::Other)
        || definite && (b.roles.is_empty() || shared)
        || place && days
}
