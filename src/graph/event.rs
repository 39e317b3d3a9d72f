//! Events, times and figures as told.

use oxrdf::{NamedNodeRef, QuadRef};

use super::evidence::Evidence;
use super::name::Names;
use super::number::{write_day, write_decimal};
use super::terms;
use super::write::ArticleGraph;
use crate::facts::{
    Event, EventId, EventType, Facts, Quantity, QuantityId, Ref, Role, Time, TimeId, TimeMod,
    TimeType,
};
use crate::vocab::{ng, rdf, rdfs, sem};

/// Writes the events, times and figures.
pub(super) fn write(
    facts: &Facts,
    names: &Names,
    evidence: &mut Evidence<'_>,
    graph: &mut ArticleGraph<'_, impl FnMut(QuadRef<'_>)>,
) {
    let mut roles = Vec::new();
    for (i, event) in (0_u32..).zip(&facts.events) {
        write_event(names.event(EventId(i)), event, facts, names, evidence, graph, &mut roles);
    }
    for (i, time) in (0_u32..).zip(&facts.times) {
        write_time(names.time(TimeId(i)), time, evidence, graph);
    }
    let mut measures: Vec<(QuantityId, EventType)> = Vec::new();
    for event in &facts.events {
        measures.extend(event.quantities.iter().map(|&id| (id, event.kind)));
    }
    measures.sort_unstable();
    measures.dedup();
    for (i, figure) in (0_u32..).zip(&facts.quantities) {
        let id = QuantityId(i);
        write_figure(names.figure(id), figure, evidence, graph);
        let first = measures.partition_point(|&(other, _)| other < id);
        for &(_, kind) in measures.iter().skip(first).take_while(|&&(other, _)| other == id) {
            graph.write(names.figure(id), ng::MEASURE, terms::event_type(kind));
        }
    }
}

fn write_event(
    node: NamedNodeRef<'_>,
    event: &Event,
    facts: &Facts,
    names: &Names,
    evidence: &mut Evidence<'_>,
    graph: &mut ArticleGraph<'_, impl FnMut(QuadRef<'_>)>,
    roles: &mut Vec<(Role, Ref)>,
) {
    graph.write(node, rdf::TYPE, ng::class::EVENT);
    graph.write(node, rdfs::LABEL, evidence.words(event.trigger));
    graph.write(node, ng::EVIDENCE, evidence.span(event.trigger));
    graph.write(node, sem::EVENT_TYPE, terms::event_type(event.kind));
    roles.clear();
    roles.extend(event.roles.iter().map(|r| (r.role, r.filler)));
    roles.sort_unstable();
    roles.dedup();
    for &(role, filler) in &*roles {
        graph.write(node, terms::role(role), names.node(filler));
    }
    graph.write_some(node, ng::PLACE, event.place.map(|id| names.entity(id)));
    graph.write_some(node, ng::RETELLS, event.same.map(|id| names.event(id)));
    if let Some(id) = event.time {
        graph.write(node, ng::TIME, names.time(id));
        let time = &facts.times[id.index()];
        // Both bounds or neither.
        if let (Some(begin), Some(end)) = (time.begin, time.end)
            && begin <= end
        {
            let mut day = String::new();
            graph.write(node, sem::HAS_EARLIEST_BEGIN_TIME_STAMP, write_day(begin, &mut day));
            graph.write(node, sem::HAS_LATEST_END_TIME_STAMP, write_day(end, &mut day));
        }
    }
}

fn write_time(
    node: NamedNodeRef<'_>,
    time: &Time,
    evidence: &mut Evidence<'_>,
    graph: &mut ArticleGraph<'_, impl FnMut(QuadRef<'_>)>,
) {
    graph.write(node, rdf::TYPE, ng::class::TIME);
    graph.write(node, rdfs::LABEL, evidence.words(time.span));
    graph.write(node, ng::EVIDENCE, evidence.span(time.span));
    graph.write_some(node, ng::TIMEX, Some(time.value.as_str()).filter(|v| !v.is_empty()));
    graph.write_some(node, ng::MOD, time.modifier.map(TimeMod::as_str));
    graph.write_some(node, ng::GRANULARITY, granularity(time));
    let mut day = String::new();
    for (property, bound) in [(ng::BEGIN, time.begin), (ng::END, time.end)] {
        if let Some(bound) = bound {
            graph.write(node, property, write_day(bound, &mut day));
        }
    }
}

/// How large a piece of the calendar a TIMEX3 value names, where its form tells.
fn granularity(time: &Time) -> Option<NamedNodeRef<'static>> {
    let value = time.value.as_str();
    match time.kind {
        TimeType::Duration => return Some(ng::DURATION),
        TimeType::Set => return Some(ng::SET),
        TimeType::Date | TimeType::Time => {}
    }
    if value.ends_with("_REF") {
        return Some(ng::REFERENCE);
    }
    let (date, clock) = match value.split_once('T') {
        Some((date, clock)) => (date, Some(clock)),
        None => (value, None),
    };
    if let Some(clock) = clock {
        let digit = clock.starts_with(|c: char| c.is_ascii_digit());
        return Some(if digit { ng::INSTANT } else { ng::PART_OF_DAY });
    }
    let mut parts = date.split('-').map(str::as_bytes);
    Some(match (parts.next()?, parts.next(), parts.next()) {
        (year, None, _) if year.len() == 4 => ng::YEAR,
        (decade, None, _) if decade.len() == 3 => ng::DECADE,
        (_, Some([b'Q' | b'H', ..] | b"SP" | b"SU" | b"FA" | b"WI"), _) => ng::QUARTER,
        (_, Some([b'W', ..]), _) => ng::WEEK,
        (_, Some([_, _]), None) => ng::MONTH,
        (_, Some([_, _]), Some([_, _])) => ng::DAY,
        _ => return None,
    })
}

fn write_figure(
    node: NamedNodeRef<'_>,
    figure: &Quantity,
    evidence: &mut Evidence<'_>,
    graph: &mut ArticleGraph<'_, impl FnMut(QuadRef<'_>)>,
) {
    graph.write(node, rdf::TYPE, ng::class::FIGURE);
    graph.write(node, rdfs::LABEL, evidence.words(figure.span));
    graph.write(node, ng::EVIDENCE, evidence.span(figure.span));
    let mut number = String::new();
    for (property, value) in
        [(ng::VALUE, figure.value), (ng::LOW, figure.low), (ng::HIGH, figure.high)]
    {
        if let Some(value) = value {
            graph.write(node, property, write_decimal(value, &mut number));
        }
    }
    graph.write(node, ng::MODIFIER, terms::modifier(figure.modifier));
    graph.write_some(node, ng::CHANGE, figure.change.map(terms::change));
    graph.write_some(node, ng::UNIT, Some(figure.unit.as_str()).filter(|u| !u.is_empty()));
    graph.write_some(node, ng::COUNTS, figure.of.map(|of| evidence.words(of)));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::span::Span;

    #[test]
    fn granularity_follows_the_form_of_the_value() {
        for (value, kind, want) in [
            ("2022-01-13", TimeType::Date, Some(ng::DAY)),
            ("XXXX-05-01", TimeType::Date, Some(ng::DAY)),
            ("2022-01-13TEV", TimeType::Time, Some(ng::PART_OF_DAY)),
            ("2022-01-13T17:30", TimeType::Time, Some(ng::INSTANT)),
            ("2022-W02", TimeType::Date, Some(ng::WEEK)),
            ("2022-W02-WE", TimeType::Date, Some(ng::WEEK)),
            ("2022-01", TimeType::Date, Some(ng::MONTH)),
            ("2022-Q3", TimeType::Date, Some(ng::QUARTER)),
            ("2022-WI", TimeType::Date, Some(ng::QUARTER)),
            ("2022", TimeType::Date, Some(ng::YEAR)),
            ("199", TimeType::Date, Some(ng::DECADE)),
            ("PAST_REF", TimeType::Date, Some(ng::REFERENCE)),
            ("P2D", TimeType::Duration, Some(ng::DURATION)),
            ("XXXX-WXX-1", TimeType::Set, Some(ng::SET)),
            ("18", TimeType::Date, None),
        ] {
            let span = Span::new("x", 0, 1).unwrap();
            let value = value.to_owned();
            let time = Time { span, kind, value, modifier: None, begin: None, end: None };
            assert_eq!(granularity(&time), want, "{}", time.value);
        }
    }
}
