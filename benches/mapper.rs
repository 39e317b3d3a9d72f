//! How fast facts become quads, on one core.
//!
//! `cargo bench --bench mapper` prints the time an article; `Throughput` counts quads. Three sinks:
//! one that only counts (the mapper alone), one that writes N-Quads lines into a buffer, one that
//! makes owned quads.

#![expect(missing_docs, reason = "criterion's macro makes a public function")]

use std::fmt::Write as _;
use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use newsgraph::facts::{
    Article, Carried, Entity, EntityId, EntityType, Event, EventId, EventType, Facts, Mention,
    MentionForm, Modality, Polarity, Predicate, Ref, Relation, RelationObject, Role, RoleFiller,
    Statement, StatementMode,
};
use newsgraph::graph::{Base, map_facts};
use newsgraph::span::Span;
use oxrdf::QuadRef;

/// An article of 24 sentences, with as much in each as a wire report has.
fn article() -> Facts {
    let mut facts = Facts::default();
    let mut text = String::new();
    let mut words = Vec::new();
    for i in 0..24 {
        let from = text.len();
        write!(text, "Harbour warden Ilse Brandt{i} said dockers had blocked the north quay{i}. ")
            .expect("a string takes every write");
        words.push((from, text.len() - 1));
    }
    let find = |word: &str, (from, to): (usize, usize)| {
        let at = text.get(from..to).and_then(|s| s.find(word)).expect("the word is there");
        Span::new(&text, from + at, from + at + word.len()).expect("ASCII")
    };
    for (i, &sentence) in (0_u32..).zip(&words) {
        facts.sentences.push(Span::new(&text, sentence.0, sentence.1).expect("ASCII"));
        let entity = |kind, name: &str, form| {
            let span = find(name, sentence);
            let mentions = vec![Mention { span, form }];
            Entity { kind, name: span.of(&text).to_owned(), mentions, links: Vec::new() }
        };
        facts.entities.extend([
            entity(EntityType::Person, "Ilse Brandt", MentionForm::Name),
            entity(EntityType::Group, "dockers", MentionForm::Nominal),
            entity(EntityType::Facility, "north quay", MentionForm::Nominal),
        ]);
        let [who, dockers, quay] = [0, 1, 2].map(|n| EntityId(3 * i + n));
        facts.events.push(Event {
            kind: EventType::Protest,
            trigger: find("blocked", sentence),
            lemma: "block".to_owned(),
            roles: vec![
                RoleFiller { role: Role::Agent, filler: Ref::Entity(dockers) },
                RoleFiller { role: Role::Patient, filler: Ref::Entity(quay) },
            ],
            time: None,
            place: Some(quay),
            polarity: Polarity::Positive,
            modality: Modality::Asserted,
            quantities: Vec::new(),
            same: None,
        });
        facts.relations.push(Relation {
            subject: who,
            predicate: Predicate::HoldsOffice,
            object: RelationObject::Literal {
                value: "Harbour warden".to_owned(),
                datatype: "xsd:string".to_owned(),
            },
            span: find("Harbour warden Ilse Brandt", sentence),
            time: None,
            polarity: Polarity::Positive,
            modality: Modality::Asserted,
        });
        facts.statements.push(Statement {
            speaker: Some(who),
            source: Some(find("Harbour warden Ilse Brandt", sentence)),
            cue: Some(find("said", sentence)),
            addressee: None,
            content: vec![find("dockers had blocked the north quay", sentence)],
            mode: StatementMode::Indirect,
            relays: None,
            carries: vec![Carried::Event(EventId(i))],
            time: None,
            modality: None,
        });
    }
    facts.article = Article { id: "bench".to_owned(), text, ..Article::default() };
    facts
}

fn mapper(criterion: &mut Criterion) {
    let facts = article();
    let base = Base::default();
    let map = |sink: &mut dyn FnMut(QuadRef<'_>)| {
        map_facts(&facts, &base, &mut |quad: QuadRef<'_>| sink(quad)).expect("the facts are sound")
    };
    let quads = map(&mut |_| {});
    let mut group = criterion.benchmark_group("mapper");
    group.throughput(Throughput::Elements(quads as u64));
    group.bench_function("count", |bench| {
        bench.iter(|| {
            map_facts(&facts, &base, &mut |quad: QuadRef<'_>| {
                black_box(quad);
            })
        });
    });
    let mut lines = String::new();
    group.bench_function("lines", |bench| {
        bench.iter(|| {
            lines.clear();
            map(&mut |quad| writeln!(lines, "{quad} .").expect("a string takes every write"))
        });
    });
    let mut owned = Vec::with_capacity(quads);
    group.bench_function("owned", |bench| {
        bench.iter(|| {
            owned.clear();
            map(&mut |quad| owned.push(quad.into_owned()))
        });
    });
    group.finish();
}

criterion_group!(benches, mapper);
criterion_main!(benches);
