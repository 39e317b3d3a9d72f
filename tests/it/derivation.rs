//! Laws of what is derived across articles, on generated sets of them: in any order, step by step or
//! at once, from all articles or from a shelf.

#![expect(clippy::unwrap_used, reason = "a test that fails says so by panicking")]

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::rc::Rc;

use newsgraph::facts::{
    Carried, EntityType, EventType, Facts, MentionForm, Modifier, Predicate, Role,
};
use newsgraph::fusion::{Decisions, Digest, Fusion, Record, Recorded, Shelf, ShelfError, derive};
use newsgraph::graph::{Base, article_iri};
use proptest::collection::vec;
use proptest::prelude::*;

use crate::fusion::{derived, digest, fusion, lines};
use crate::support::draft::Draft;

/// Words that make texts long enough to be copies.
pub(crate) const WIRE: &str = " The pilots of Velm brought nine barges through the north lock before dawn, \
    and by noon the river stood a hand lower than on any day since the spring, which the keeper \
    of the lock put down to a gate left open upstream and to a week without any rain at all.";

/// What one article tells: its day, then for each event type, agent, place, day, figure, speaker.
type Plan = (u8, u8, Vec<(u8, u8, u8, u8, u8, u8)>);

/// Up to seven articles of few names, places and days, so that much of what they tell is one; some
/// are versions of one another, some near-copies, some know who is meant.
fn articles() -> impl Strategy<Value = Vec<Facts>> {
    let event = (0..4_u8, 0..4_u8, 0..3_u8, 0..5_u8, 0..5_u8, 0..4_u8);
    vec((0..20_u8, any::<u8>(), vec(event, 1..4)), 1..8).prop_map(|plans: Vec<Plan>| {
        let mut seen = BTreeSet::new();
        let facts = plans.iter().map(write_article);
        facts.filter(|f| seen.insert(article_iri(&f.article, &Base::default()))).collect()
    })
}

fn write_article((day, extra, events): &Plan) -> Facts {
    let names = ["Ada Quill", "Reef Party", "Mira Dunn"];
    let places = ["Port Velm", "Norland"];
    let mut text = names.join(", ") + " and " + &places.join(", ") + ":";
    for (i, &(.., figure, _)) in events.iter().enumerate() {
        let figure = figure + 1;
        write!(text, " they struck{i} ship{i} day{i} with {figure}{i} sailors;").unwrap();
    }
    if extra & 1 == 1 {
        text += &WIRE.repeat(2);
    }
    let published = if *day == 0 { String::new() } else { format!("2024-05-{day:02}") };
    let mut draft = Draft::new(&text, &published);
    let people = [draft.person(names[0]), draft.body(names[1]), draft.person(names[2])];
    let places = places.map(|name| draft.entity(EntityType::Place, name, MentionForm::Name));
    for (i, &(kind, agent, place, when, figure, speaker)) in events.iter().enumerate() {
        let kinds = [EventType::Die, EventType::Arrest, EventType::Move, EventType::Retreat];
        let agent = people.get(usize::from(agent)).map(|&id| (Role::Agent, id));
        let roles: Vec<_> = agent.into_iter().collect();
        let event = draft.event(kinds[usize::from(kind)], &format!("struck{i}"), &roles);
        draft.0.events[event.index()].place = places.get(usize::from(place)).copied();
        if when > 0 {
            draft.on(event, &format!("day{i}"), &format!("2024-05-{when:02}"));
        }
        let mut carried = vec![Carried::Event(event)];
        if figure > 0 {
            let words = format!("{}{i}", figure + 1);
            let value = f64::from(figure);
            let id = draft.figure(event, &words, value, Modifier::Exact, "sailors");
            carried.push(Carried::Quantity(id));
        }
        if let Some(&speaker) = people.get(usize::from(speaker)) {
            draft.says(speaker, &format!("struck{i} ship{i} day{i}"), &carried);
        }
        if i > 0 && extra & 2 == 2 {
            draft.0.events[event.index()].same = Some(newsgraph::facts::EventId(0));
        }
    }
    draft.relation(people[0], Predicate::MemberOf, people[1], "Ada Quill, Reef Party");
    match extra >> 2 & 3 {
        0 => draft.link(people[0], "http://www.wikidata.org/entity/Q1"),
        1 => draft.link(people[0], "http://www.wikidata.org/entity/Q2"),
        _ => {}
    }
    let url = ["https://example.org/a", "https://example.org/b"].get(usize::from(extra >> 4 & 3));
    draft.0.article.url = url.map(|url| (*url).to_owned());
    draft.0.article.publisher = (extra >> 6 & 1 == 1).then(|| "Nordwire".to_owned());
    draft.0
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// The derived graphs are a function of the set: whatever the order, whatever came and went,
    /// and an update says exactly what a rebuild would change.
    #[test]
    fn derivation_is_a_function_of_the_set(articles in articles(), turn in 0..6_usize) {
        let digests: Vec<Digest> = articles.iter().map(digest).collect();
        let all = derived(&articles.iter().collect::<Vec<_>>());
        let distinct: BTreeSet<String> = lines(&all).into_iter().collect();
        prop_assert_eq!(distinct.len(), all.len());

        let mut turned = digests.clone();
        turned.rotate_left(turn % digests.len());
        turned.reverse();
        let decided = (Decisions::default(), Recorded::default());
        let other = derive(turned, decided.0, decided.1, &Base::default());
        prop_assert_eq!(lines(&all), lines(&other));

        let mut state = fusion();
        let mut held: BTreeSet<String> = BTreeSet::new();
        for digest in &digests {
            let delta = state.update(vec![digest.clone()], &[]);
            for line in lines(&delta.removed) {
                prop_assert!(held.remove(&line), "{}", line);
            }
            for line in lines(&delta.added) {
                prop_assert!(held.insert(line.clone()), "{}", line);
            }
        }
        prop_assert_eq!(lines(&all), lines(&state.quads()));
        prop_assert_eq!(&distinct, &held);

        let gone = digests[turn % digests.len()].article().to_string();
        let delta = state.update(Vec::new(), &[&gone]);
        for line in lines(&delta.removed) {
            prop_assert!(held.remove(&line), "{}", line);
        }
        held.extend(lines(&delta.added));
        let rest: Vec<&Facts> = articles
            .iter()
            .filter(|facts| !article_iri(&facts.article, &Base::default()).as_str().ends_with(&gone))
            .collect();
        prop_assert_eq!(lines(&derived(&rest)), lines(&state.quads()));
        prop_assert_eq!(lines(&derived(&rest)), held.into_iter().collect::<Vec<_>>());
    }
}

/// Contents by key and subkey.
type Contents = BTreeMap<(u64, u64), Vec<u8>>;

/// A shelf in memory.
#[derive(Clone, Default)]
struct Held(Rc<RefCell<Contents>>);

impl Shelf for Held {
    fn read(&self, key: u64, each: &mut dyn FnMut(u64, &[u8])) -> Result<(), ShelfError> {
        for ((_, sub), content) in self.0.borrow().range((key, 0)..=(key, u64::MAX)) {
            each(*sub, content);
        }
        Ok(())
    }
}

impl Held {
    fn file(&self, record: Record) {
        let key = (record.key, record.sub);
        let mut held = self.0.borrow_mut();
        match record.content {
            Some(content) => held.insert(key, content),
            None => held.remove(&key),
        };
    }
}

/// The number of each article in an order: that of their names, or turned round.
fn recorded(digests: &[Digest], turned: bool) -> Recorded {
    let mut names: Vec<String> = digests.iter().map(|d| d.article().to_string()).collect();
    names.sort();
    if turned {
        names.reverse();
    }
    names.iter().map(String::as_str).zip(1..).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// A change that reads from a shelf only what it touches says what a rebuild says, and leaves
    /// the shelf as a rebuild would: also where articles come, go and are replaced in one change,
    /// and where the recorded order is another than before.
    #[test]
    fn a_shelf_is_as_good_as_all_articles(
        articles in articles(), steps in vec((any::<u8>(), any::<u8>(), any::<bool>()), 1..6),
    ) {
        let digests: Vec<Digest> = articles.iter().map(digest).collect();
        let chosen = |bits: u8| -> Vec<Digest> {
            let chosen = digests.iter().enumerate().filter(|(i, _)| bits >> (i % 8) & 1 == 1);
            chosen.map(|(_, digest)| digest.clone()).collect()
        };
        let (shelf, mut quads, mut there) = (Held::default(), BTreeSet::new(), BTreeMap::new());
        let (mut former, mut turned) = (Recorded::default(), false);
        for (add, remove, turn) in steps {
            let mut added = chosen(add);
            let removed: Vec<String> =
                chosen(remove).iter().map(|digest| digest.article().to_string()).collect();
            for name in &removed {
                there.remove(name);
            }
            there.extend(added.iter().map(|digest| (digest.article().to_string(), digest.clone())));
            if turn && !turned {
                // An article whose place in the order is another one counts as replaced.
                added = there.values().cloned().collect();
                turned = true;
            }
            let now: Vec<Digest> = there.values().cloned().collect();
            let order = recorded(&now, turned);
            let base = Base::default();
            let mut part = Fusion::new(Decisions::default(), order.clone(), &base)
                .on_shelf(Box::new(shelf.clone()), former);
            let delta = part.update(added, &removed.iter().map(String::as_str).collect::<Vec<_>>());
            for line in lines(&delta.removed) {
                prop_assert!(quads.remove(&line), "{}", line);
            }
            for line in lines(&delta.added) {
                prop_assert!(quads.insert(line.clone()), "{}", line);
            }
            for record in part.into_changes().unwrap() {
                shelf.file(record);
            }

            let mut whole = Fusion::new(Decisions::default(), order.clone(), &base);
            for digest in now {
                whole.add(digest);
            }
            let all: BTreeSet<String> = lines(&whole.quads()).into_iter().collect();
            prop_assert_eq!(&all, &quads);
            let mut records = Vec::new();
            whole.for_each_record(&mut |record| records.push(record));
            prop_assert!(records.is_sorted());
            let records: BTreeMap<(u64, u64), Vec<u8>> =
                records.into_iter().map(|r| ((r.key, r.sub), r.content.unwrap())).collect();
            prop_assert_eq!(&records, &*shelf.0.borrow());
            former = order;
        }
    }
}
