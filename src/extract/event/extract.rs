//! The event layer, put together.

use jiff::civil::Date;

use crate::extract::clause::Arguments;
use crate::extract::filler::Fillers;
use crate::extract::modality::{self, Manner};
use crate::extract::{Rule, Traced};
use crate::facts::{
    Entity, Event, EventId, EventType, Modality, Polarity, Quantity, QuantityId, Ref, Time,
    TimeType,
};
use crate::text::{Document, Pos};

use super::ellipsis::{self, Marks};
use super::frame::{Frame, Scene};
use super::loss::{Loss, Lost};
use super::role::{self, Cast};
use super::same;
use super::tables::Tables;
use super::time;
use super::trigger::{self, Trigger};

/// Extracts the events of a document: one item a trigger, in text order; and, for each verb, noun
/// and adjective that tells none, why not.
///
/// `published` is the day against which something dated later counts as planned; without it no
/// date makes a plan. Roles, times and places come from the trigger's own sentence.
///
/// # Source
///
/// PLOVER's sixteen types (Open Event Data Alliance) and the contract's for general news; the
/// lexicon is PETRARCH's and Open English WordNet's below the tables written by hand.
pub fn extract_events(
    doc: &Document<'_>,
    tables: &Tables,
    entities: &[Entity],
    times: &[Time],
    quantities: &[Quantity],
    published: Option<Date>,
) -> (Vec<Traced<Event>>, Vec<Lost>) {
    let fillers = Fillers::new(doc, entities, times, quantities);
    let mut triggers: Vec<Trigger> = Vec::new();
    let mut typed: Vec<(EventType, Option<&Frame>, Arguments, Manner)> = Vec::new();
    let (found, lost) = trigger::find(doc, tables, &fillers);
    let mut lost: Vec<Lost> =
        lost.into_iter().map(|(i, loss)| Lost { span: doc.span(i), loss }).collect();
    for trigger in found {
        let mut args = role::arguments_of(doc, tables, &trigger);
        // "Received last year": a time is no object.
        let objects = args.objects.len();
        args.objects.retain(|&o| fillers.time(o).is_none());
        let reduced = doc.tag(trigger.token) == "VBN" && doc.dep(trigger.token) == "acl";
        args.passive |= reduced && objects > 0 && args.objects.is_empty();
        let manner = manner_of(doc, tables, &trigger, None);
        let scene = Scene {
            doc,
            tables,
            fillers: &fillers,
            trigger: trigger.token,
            args: &args,
            polarity: manner.polarity,
            carrier: trigger.carrier,
        };
        let frame = classify(tables, &scene, &trigger);
        if frame.is_none() && trigger.needs_type {
            let loss = Loss::NoFrame(rules_of(tables, &trigger));
            lost.push(Lost { span: doc.span(trigger.token), loss });
            continue;
        }
        let kind = frame.map_or(EventType::Other, |f| f.kind);
        let manner = manner_of(doc, tables, &trigger, Some(kind));
        typed.push((kind, frame, args, manner));
        triggers.push(trigger);
    }
    let mut event_at = vec![None; doc.len()];
    for (id, trigger) in (0_u32..).zip(&triggers) {
        event_at[trigger.token] = Some(EventId(id));
    }
    let cast = Cast { doc, tables, fillers: &fillers, event_at: &event_at };
    let tallies: Vec<(usize, QuantityId)> = (0..doc.len())
        .filter(|&i| doc.pos(i) == Pos::Verb || doc.pos(i) == Pos::Aux)
        .filter_map(|verb| trigger::tally(doc, tables, &fillers, verb))
        .collect();
    let by_governor = time::times_by_governor(doc, &fillers, &tables.lists.bounds);
    let mut events = Vec::with_capacity(triggers.len());
    let mut rules = Vec::with_capacity(triggers.len());
    let marks = Marks::new(doc, &fillers, quantities);
    for (trigger, (kind, frame, args, manner)) in triggers.iter().zip(&typed) {
        let tallied = tallies.iter().filter(|t| t.0 == trigger.token).map(|t| t.1);
        let extent = ellipsis::has_extent(*kind, trigger).then(|| marks.extent(doc, trigger));
        let tallied = tallied.chain(extent.flatten());
        let roles = cast.roles(trigger, *kind, *frame, args);
        let time = time::time_of(doc, &by_governor, &fillers, trigger.token, trigger.carrier);
        let mut modality = manner.modality;
        if modality == Modality::Asserted && later_than(&fillers, time, published) {
            modality = Modality::Planned;
        }
        rules.push(frame.map_or_else(
            || std::sync::Arc::clone(&tables.other),
            |f| std::sync::Arc::clone(&f.rule),
        ));
        events.push(Event {
            kind: *kind,
            trigger: doc.span_of(trigger.start..trigger.end),
            lemma: trigger.lemma.clone(),
            quantities: role::quantities(&roles.fillers, tallied),
            roles: roles.fillers,
            time,
            place: roles.place,
            polarity: manner.polarity,
            modality,
            same: None,
        });
    }
    let further = |at: usize, event: &mut Event| {
        let trigger = &triggers[at];
        ellipsis::members(doc, &tables.lists, &fillers, &marks, quantities, trigger, event)
    };
    let sources = take_apart(&mut events, further);
    let triggers: Vec<Trigger> = sources.iter().map(|&i| triggers[i].clone()).collect();
    let rules: Vec<Rule> = sources.iter().map(|&i| Rule::clone(&rules[i])).collect();
    same::join(doc, tables, &fillers, quantities, &triggers, &mut events);
    lost.sort_by_key(|l| l.span);
    let traced = events.into_iter().zip(&rules).map(|(event, rule)| Traced::new(event, rule));
    (traced.collect(), lost)
}

/// Puts the further members of elliptical lists behind their first ones; for each event, the
/// trigger that it comes from.
fn take_apart(
    events: &mut Vec<Event>,
    further: impl Fn(usize, &mut Event) -> Vec<Event>,
) -> Vec<usize> {
    let mut sources = Vec::with_capacity(events.len());
    let mut all = Vec::with_capacity(events.len());
    let mut moved = Vec::with_capacity(events.len());
    for (i, mut event) in std::mem::take(events).into_iter().enumerate() {
        let members = further(i, &mut event);
        moved.push(u32::try_from(all.len()).unwrap_or(u32::MAX));
        sources.resize(all.len() + 1 + members.len(), i);
        all.push(event);
        all.extend(members);
    }
    for event in &mut all {
        for role in &mut event.roles {
            if let Ref::Event(id) = &mut role.filler {
                *id = EventId(moved[id.index()]);
            }
        }
    }
    *events = all;
    sources
}

/// The rules that could have given the trigger a type.
pub(super) fn rules_of(tables: &Tables, trigger: &Trigger) -> Vec<Rule> {
    let map = match trigger.pos {
        Pos::Verb => &tables.verb_frames,
        Pos::Adj => &tables.adjective_frames,
        _ => &tables.noun_frames,
    };
    let mut rules: Vec<Rule> = map
        .get(&trigger.lemma)
        .into_iter()
        .flatten()
        .map(|frame| Rule::clone(&frame.rule))
        .collect();
    rules.dedup();
    rules
}

/// Polarity and modality of a trigger, with those of the verb whose place it takes.
fn manner_of(
    doc: &Document<'_>,
    tables: &Tables,
    trigger: &Trigger,
    kind: Option<EventType>,
) -> Manner {
    let mut manner = modality::manner(doc, &tables.modality, trigger.token, kind);
    if trigger.pos == Pos::Noun
        && let Some(carrier) = trigger.carrier
        && !doc.subtree(carrier).is_empty()
    {
        let above = modality::manner(doc, &tables.modality, carrier, kind);
        if manner.modality == Modality::Asserted {
            manner.modality = above.modality;
        }
        if above.polarity == Polarity::Negative {
            manner.polarity = above.polarity;
        }
    }
    manner
}

/// The frame that gives the trigger its type.
fn classify<'t>(tables: &'t Tables, scene: &Scene<'_>, trigger: &Trigger) -> Option<&'t Frame> {
    let map = match trigger.pos {
        Pos::Verb => &tables.verb_frames,
        Pos::Adj => &tables.adjective_frames,
        _ => &tables.noun_frames,
    };
    let base = scene.doc.lemma(trigger.token).to_lowercase();
    let full = map.get(&trigger.lemma).and_then(|l| l.iter().find(|f| scene.fits(f)));
    if full.is_some() || trigger.lemma == base {
        return full.or_else(|| derived(tables, trigger));
    }
    // The particle may be a mere adverb: the verb's own frames.
    map.get(&base).and_then(|l| l.iter().find(|f| scene.fits(f)))
}

/// A noun without a type of its own has its verb's.
fn derived<'t>(tables: &'t Tables, trigger: &Trigger) -> Option<&'t Frame> {
    if trigger.pos != Pos::Noun || tables.noun_frames.contains_key(&trigger.lemma) {
        return None;
    }
    let verb = tables.nouns.get(&trigger.lemma)?.verb.as_ref()?;
    let frames = tables.verb_frames.get(verb)?;
    frames.iter().find(|f| f.own && f.conditions.is_empty())
}

/// Whether the time lies wholly after the day of publication.
fn later_than(
    fillers: &Fillers<'_>,
    time: Option<crate::facts::TimeId>,
    published: Option<Date>,
) -> bool {
    let (Some(time), Some(day)) = (time.and_then(|t| fillers.time_of(t)), published) else {
        return false;
    };
    time.kind != TimeType::Duration && time.begin.is_some_and(|begin| begin > day)
}
