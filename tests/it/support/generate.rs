//! Facts made at random, valid under the contract.

use newsgraph::facts::{
    Article, Carried, Change, Entity, EntityId, EntityType, Event, EventId, EventType, Facts, Link,
    Mention, MentionForm, Modality, Modifier, Polarity, Predicate, Quantity, QuantityId, Ref,
    Relation, RelationId, RelationObject, Role, RoleFiller, Statement, StatementId, StatementMode,
    Time, TimeId, TimeMod, TimeType,
};
use newsgraph::span::Span;
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;

/// Numbers from which every choice of one article is drawn, in order; 0 when they run out.
struct Dice<'a> {
    numbers: &'a [u32],
    at: usize,
}

impl Dice<'_> {
    fn roll(&mut self, sides: usize) -> usize {
        let number = self.numbers.get(self.at).copied().unwrap_or(0);
        self.at += 1;
        number as usize % sides.max(1)
    }

    fn one<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.roll(all.len())]
    }

    fn maybe<T>(&mut self, make: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        if self.roll(2) == 0 { None } else { make(self) }
    }

    fn some<T>(&mut self, most: usize, mut make: impl FnMut(&mut Self) -> T) -> Vec<T> {
        (0..self.roll(most + 1)).map(|_| make(self)).collect()
    }
}

/// Any facts that the contract allows, over texts with letters of one to four bytes.
pub(crate) fn facts() -> impl Strategy<Value = Facts> {
    let words = select(vec!["Mara", "Üzüm", "said", "“no”", "12,000", "日本", "😀", "x", "\n\n"]);
    (vec(words, 1..40), vec(any::<u32>(), 400))
        .prop_map(|(words, numbers)| build(words.join(" "), &mut Dice { numbers: &numbers, at: 0 }))
}

fn build(text: String, dice: &mut Dice<'_>) -> Facts {
    let bounds = text.char_indices().map(|(i, _)| i).chain([text.len()]).collect::<Vec<_>>();
    let span = |dice: &mut Dice<'_>| {
        let from = dice.roll(bounds.len() - 1);
        let to = (from + 1 + dice.roll(6)).min(bounds.len() - 1);
        Span::new(&text, bounds[from], bounds[to]).expect("bounds are boundaries")
    };
    let half = Span::new(&text, 0, bounds[bounds.len() / 2]).filter(|s| !s.is_empty());
    let day = |n: usize| jiff::civil::date(2021, 1, 1 + i8::try_from(n % 28).expect("small"));

    let mut entities = dice.some(6, |dice| {
        let mut mentions = vec![span(dice)];
        mentions.extend(dice.some(3, span));
        mentions.sort();
        mentions.dedup();
        Entity {
            kind: dice.one(EntityType::ALL),
            name: mentions[0].of(&text).to_owned(),
            mentions: mentions
                .into_iter()
                .map(|span| Mention { span, form: dice.one(MentionForm::ALL) })
                .collect(),
            links: dice.some(1, |dice| Link {
                iri: format!("http://www.wikidata.org/entity/Q{}", dice.roll(99)),
                score: dice.maybe(|dice| Some(dice.one(&[0.0, 0.25, 0.5, 1.0]))),
            }),
        }
    });
    entities.sort_by_key(|e| e.mentions[0].span.start());
    let mut times = dice.some(4, |dice| {
        let first = dice.roll(28);
        let bounds = dice.roll(2) == 0;
        Time {
            span: span(dice),
            kind: dice.one(TimeType::ALL),
            value: format!("2021-W{:02}", 1 + dice.roll(52)),
            modifier: dice.maybe(|dice| Some(dice.one(TimeMod::ALL))),
            begin: bounds.then(|| day(first)),
            end: bounds.then(|| day(27)),
        }
    });
    times.sort_by_key(|t| t.span.start());
    let mut quantities = dice.some(4, |dice| {
        let modifier = dice.one(Modifier::ALL);
        let number = dice.one(&[0.0, 3.5, 12_000.0, 1.0e12, -4.0]);
        let between = modifier == Modifier::Between;
        Quantity {
            span: span(dice),
            value: (!between).then_some(number),
            low: between.then_some(number),
            high: between.then_some(number + 1.0),
            modifier,
            unit: dice.one(&["count", "percent", "EUR", "km", "1"]).to_owned(),
            of: dice.maybe(|dice| Some(span(dice))),
            change: dice.maybe(|dice| Some(dice.one(Change::ALL))),
        }
    });
    quantities.sort_by_key(|q| q.span.start());

    let entity = |dice: &mut Dice<'_>| pick(dice, entities.len()).map(EntityId);
    let time = |dice: &mut Dice<'_>| pick(dice, times.len()).map(TimeId);
    let quantity = |dice: &mut Dice<'_>| pick(dice, quantities.len()).map(QuantityId);
    let mut events = dice.some(6, |dice| {
        let trigger = span(dice);
        let roles = dice.some(3, |dice| {
            let role = dice.one(Role::ALL);
            let filler = match dice.roll(3) {
                0 => entity(dice).map(Ref::Entity),
                1 => quantity(dice).map(Ref::Quantity),
                _ => time(dice).map(Ref::Time),
            };
            filler.map(|filler| RoleFiller { role, filler })
        });
        let mut figures = dice.some(2, quantity).into_iter().flatten().collect::<Vec<_>>();
        figures.sort();
        figures.dedup();
        Event {
            kind: dice.one(EventType::ALL),
            trigger,
            lemma: trigger.of(&text).to_lowercase(),
            roles: roles.into_iter().flatten().collect(),
            time: dice.maybe(time),
            place: dice.maybe(entity),
            polarity: dice.one(Polarity::ALL),
            modality: dice.one(Modality::ALL),
            quantities: figures,
            same: None,
        }
    });
    events.sort_by_key(|v| v.trigger.start());
    for i in 1..events.len() {
        let same = pick(dice, i).filter(|&s| events[s as usize].same.is_none());
        events[i].same = dice.maybe(|_| same.map(EventId));
    }
    let mut relations = dice.some(4, |dice| {
        let subject = entity(dice)?;
        let object = match dice.maybe(entity) {
            Some(id) => RelationObject::Entity(id),
            None => RelationObject::Literal {
                value: "harbour master".to_owned(),
                datatype: "xsd:string".to_owned(),
            },
        };
        Some(Relation {
            subject,
            predicate: dice.one(Predicate::ALL),
            object,
            span: span(dice),
            time: dice.maybe(time),
            polarity: dice.one(Polarity::ALL),
            modality: dice.one(Modality::ALL),
        })
    });
    relations.sort_by_key(|r| r.as_ref().map(|r| r.span.start()));
    let relations = relations.into_iter().flatten().collect::<Vec<_>>();
    let mut statements = dice.some(4, |dice| {
        let mut content = vec![span(dice)];
        content.extend(dice.some(1, span));
        content.sort();
        content.dedup();
        let mut carries = dice
            .some(4, |dice| match dice.roll(3) {
                0 => pick(dice, events.len()).map(|i| Carried::Event(EventId(i))),
                1 => pick(dice, relations.len()).map(|i| Carried::Relation(RelationId(i))),
                _ => quantity(dice).map(Carried::Quantity),
            })
            .into_iter()
            .flatten()
            .collect::<Vec<_>>();
        carries.sort();
        carries.dedup();
        Statement {
            speaker: dice.maybe(entity),
            source: dice.maybe(|dice| Some(span(dice))),
            cue: dice.maybe(|dice| Some(span(dice))),
            addressee: dice.maybe(entity),
            content,
            mode: dice.one(StatementMode::ALL),
            relays: None,
            carries,
            time: dice.maybe(time),
            modality: dice.maybe(|_| Some(Modality::Denied)),
        }
    });
    statements.sort_by_key(|s| s.first().map(Span::start));
    for (i, statement) in statements.iter_mut().enumerate().skip(1) {
        statement.relays = dice.maybe(|dice| pick(dice, i).map(StatementId));
    }
    Facts {
        sentences: half.into_iter().collect(),
        article: Article {
            id: format!("generated-{}", dice.roll(1000)),
            published: dice.maybe(|dice| Some(day(dice.roll(28)).to_string())),
            title: dice.maybe(|_| Some("A “title”".to_owned())),
            url: dice.maybe(|_| Some("https://herald.example/1".to_owned())),
            publisher: dice.maybe(|_| Some("Example Herald".to_owned())),
            language: dice.maybe(|_| Some("en".to_owned())),
            retrieved: None,
            text,
        },
        entities,
        times,
        quantities,
        events,
        relations,
        statements,
    }
}

fn pick(dice: &mut Dice<'_>, length: usize) -> Option<u32> {
    (length > 0).then(|| u32::try_from(dice.roll(length)).expect("small"))
}
