//! articles' graphs → derived graphs.

#![expect(clippy::unwrap_used, reason = "a test that fails says so by panicking")]

use std::collections::BTreeSet;

use newsgraph::facts::{
    Carried, Change, EntityType, EventType, Facts, MentionForm, Modality, Modifier, Predicate, Role,
};
use newsgraph::fusion::{Decisions, Digest, Fusion, Recorded, derive};
use newsgraph::graph::{Base, DEFAULT_BASE, article_iri, map_sorted};
use newsgraph::vocab::{ng, owl, rdfs, sem};
use oxrdf::{Literal, NamedNodeRef, Quad, Term};

use crate::derivation::WIRE;
use crate::mapping::seed;
use crate::support::draft::Draft;

pub(crate) fn digest(facts: &Facts) -> Digest {
    Digest::of(&map_sorted(facts, &Base::default()).unwrap()).unwrap()
}

pub(crate) fn derived(articles: &[&Facts]) -> Vec<Quad> {
    let digests = articles.iter().map(|facts| digest(facts));
    derive(digests, Decisions::default(), Recorded::default(), &Base::default())
}

pub(crate) fn lines(quads: &[Quad]) -> Vec<String> {
    quads.iter().map(ToString::to_string).collect()
}

pub(crate) fn fusion() -> Fusion {
    Fusion::new(Decisions::default(), Recorded::default(), &Base::default())
}

/// The objects of a property, by label where they have one.
fn pairs(quads: &[Quad], graph: &str, property: NamedNodeRef<'_>) -> BTreeSet<(String, String)> {
    let label = |term: &Term| match term {
        Term::NamedNode(node) => quads
            .iter()
            .find(|q| q.subject == node.clone().into() && q.predicate == rdfs::LABEL)
            .map_or_else(|| node.as_str().to_owned(), |q| value(&q.object)),
        other => value(other),
    };
    let name = format!("{DEFAULT_BASE}graph/{graph}");
    quads
        .iter()
        .filter(|q| q.predicate == property && q.graph_name.to_string() == format!("<{name}>"))
        .map(|q| (label(&q.subject.clone().into()), label(&q.object)))
        .collect()
}

fn value(term: &Term) -> String {
    match term {
        Term::Literal(literal) => literal.value().to_owned(),
        other => other.to_string(),
    }
}

/// What the seed and its second article say together: no word of one man as fact, the plan
/// confirmed, the figures that conflict, the one that was revised.
#[test]
fn the_seed_articles_are_told_apart_and_joined() {
    let (Some(first), Some(second)) = (seed("seed"), seed("second")) else { return };
    let quads = derived(&[&first, &second]);
    let members = pairs(&quads, "facts", ng::MEMBER_OF);
    let states = ["Armenia", "Belarus", "Kyrgyzstan", "Russia", "Tajikistan"];
    assert_eq!(members.iter().map(|(who, _)| who.as_str()).collect::<Vec<_>>(), states);
    let happened: BTreeSet<String> =
        pairs(&quads, "facts", sem::EVENT_TYPE).into_iter().map(|(what, _)| what).collect();
    for said_only in ["ousted", "withdrawal", "requested", "send", "injured", "completed"] {
        assert!(!happened.contains(said_only), "{said_only} stands as a fact: {happened:?}");
    }
    assert!(happened.contains("sent"), "{happened:?}");
    let status = pairs(&quads, "comparison", ng::STATUS);
    let of = |what: &str, status_: NamedNodeRef<'_>| {
        status.contains(&(what.to_owned(), status_.as_str().to_owned()))
    };
    assert!(of("withdrawal", ng::ATTRIBUTED), "{status:?}");
    assert!(of("stay", ng::DENIED), "{status:?}");
    assert!(of("be home", ng::PLANNED), "{status:?}");
    assert_eq!(pairs(&quads, "comparison", ng::CONFIRMS).len(), 3);
    assert_eq!(pairs(&quads, "comparison", ng::REVISES).len(), 1);
    // The ministry's total against the headline's, and twice against the agency's; both ways.
    assert_eq!(pairs(&quads, "comparison", ng::CONFLICTS_WITH).len(), 6);
}

/// Status of the happenings by label, and the labels of those that stand as facts.
fn told(articles: &[&Facts]) -> (BTreeSet<(String, String)>, BTreeSet<String>) {
    let quads = derived(articles);
    let short = |(what, status): (String, String)| {
        (what, status.trim_start_matches(ng::NAMESPACE).to_owned())
    };
    let status = pairs(&quads, "comparison", ng::STATUS);
    let status = status.into_iter().filter(|(what, _)| !what.contains("/p/")).map(short).collect();
    let facts = pairs(&quads, "facts", sem::EVENT_TYPE).into_iter().map(|(what, _)| what).collect();
    (status, facts)
}

fn is(what: &str, status: &str) -> BTreeSet<(String, String)> {
    BTreeSet::from([(what.to_owned(), status.to_owned())])
}

/// One article: somebody says, or the article itself, that Mira Dunn was arrested.
fn arrest(speaker: Option<&str>, day: &str) -> Facts {
    let text = format!("{} said Mira Dunn was arrested on Monday.", speaker.unwrap_or("We"));
    let mut draft = Draft::new(&text, day);
    let speaker = speaker.map(|name| draft.body(name));
    let person = draft.person("Mira Dunn");
    let event = draft.event(EventType::Arrest, "arrested", &[(Role::Patient, person)]);
    draft.on(event, "Monday", "2024-05-06");
    if let Some(speaker) = speaker {
        draft.says(speaker, "Mira Dunn was arrested on Monday", &[Carried::Event(event)]);
    }
    draft.0
}

/// An arrest of a person is a fact on two independent words, and on no outlet's alone.
#[test]
fn what_could_harm_a_person_needs_two_voices() {
    let own = arrest(None, "2024-05-07");
    let court = arrest(Some("Velm Court"), "2024-05-07");
    let guard = arrest(Some("Coast Guard"), "2024-05-08");
    let nothing = BTreeSet::new();
    assert_eq!(told(&[&own]), (is("arrested", "stated"), nothing.clone()));
    assert_eq!(told(&[&court]), (is("arrested", "attributed"), nothing.clone()));
    assert_eq!(told(&[&own, &court]), (is("arrested", "stated"), nothing));
    let fact = BTreeSet::from(["arrested".to_owned()]);
    assert_eq!(told(&[&court, &guard]), (is("arrested", "corroborated"), fact.clone()));
    assert_eq!(told(&[&own, &court, &guard]), (is("arrested", "stated"), fact));
}

/// Who passes on another's words adds no voice.
#[test]
fn a_relay_is_no_second_voice() {
    let text = "Radio Nord quoted Velm Court: Mira Dunn was arrested on Monday.";
    let mut draft = Draft::new(text, "2024-05-07");
    let radio = draft.body("Radio Nord");
    let court = draft.body("Velm Court");
    let person = draft.person("Mira Dunn");
    let event = draft.event(EventType::Arrest, "arrested", &[(Role::Patient, person)]);
    draft.on(event, "Monday", "2024-05-06");
    let content = "Mira Dunn was arrested on Monday";
    let outer = draft.says(radio, content, &[Carried::Event(event)]);
    let inner = draft.says(court, content, &[Carried::Event(event)]);
    draft.0.statements[outer.index()].relays = Some(inner);
    let chain = draft.0;
    let own_word = arrest(Some("Radio Nord"), "2024-05-09");
    assert_eq!(told(&[&chain]).0, is("arrested", "attributed"));
    assert_eq!(told(&[&chain, &own_word]).0, is("arrested", "attributed"));
    let guard = arrest(Some("Coast Guard"), "2024-05-09");
    assert_eq!(told(&[&chain, &guard]).0, is("arrested", "corroborated"));
}

/// One asserts and another denies it: disputed, and no fact even in an outlet's own voice.
#[test]
fn what_is_denied_is_disputed() {
    let launch = |speaker: Option<(&str, Modality)>, day: &str| {
        let text =
            format!("{} says Quillmark opened a mill on Monday.", speaker.map_or("It", |s| s.0));
        let mut draft = Draft::new(&text, day);
        let speaker = speaker.map(|(name, modality)| (draft.body(name), modality));
        let owner = draft.body("Quillmark");
        let event = draft.event(EventType::Launch, "opened", &[(Role::Agent, owner)]);
        draft.on(event, "Monday", "2024-05-06");
        if let Some((speaker, modality)) = speaker {
            draft.modality(event, modality);
            draft.says(speaker, "Quillmark opened a mill on Monday", &[Carried::Event(event)]);
        }
        draft.0
    };
    let own = launch(None, "2024-05-07");
    let denial = launch(Some(("Velm Council", Modality::Denied)), "2024-05-07");
    let plan = launch(Some(("Velm Council", Modality::Planned)), "2024-05-05");
    assert_eq!(told(&[&own]), (is("opened", "stated"), BTreeSet::from(["opened".to_owned()])));
    assert_eq!(told(&[&denial]), (is("opened", "denied"), BTreeSet::new()));
    assert_eq!(told(&[&own, &denial]), (is("opened", "disputed"), BTreeSet::new()));
    assert_eq!(told(&[&plan]), (is("opened", "planned"), BTreeSet::new()));
    assert_eq!(told(&[&plan, &denial]), (is("opened", "planned"), BTreeSet::new()));
    let confirmed = derived(&[&plan, &own]);
    assert_eq!(pairs(&confirmed, "comparison", ng::CONFIRMS).len(), 1);
    assert!(pairs(&derived(&[&plan]), "comparison", ng::CONFIRMS).is_empty());
}

/// One article that gives a toll.
fn toll(speaker: &str, day: &str, words: &str, value: f64, modifier: Modifier) -> Facts {
    toll_in("Port Velm", speaker, day, words, value, modifier)
}

fn toll_in(
    place: &str,
    speaker: &str,
    day: &str,
    words: &str,
    value: f64,
    modifier: Modifier,
) -> Facts {
    let text = format!("{speaker} said {words} sailors died on Monday in {place}.");
    let mut draft = Draft::new(&text, day);
    let speaker = draft.body(speaker);
    let name = place;
    let place = draft.entity(EntityType::Place, name, MentionForm::Name);
    let event = draft.event(EventType::Die, "died", &[]);
    draft.0.events[event.index()].place = Some(place);
    draft.on(event, "Monday", "2024-05-06");
    let figure = draft.figure(event, words, value, modifier, "sailors");
    let carried = [Carried::Event(event), Carried::Quantity(figure)];
    let content = format!("{words} sailors died on Monday in {name}");
    draft.says(speaker, &content, &carried);
    draft.0
}

/// Figures of two voices agree or conflict; those of one voice on two days are a revision.
#[test]
fn figures_agree_conflict_or_are_revised() {
    let first = toll("Coast Guard", "2024-05-07", "40", 40.0, Modifier::Exact);
    let later = toll("Coast Guard", "2024-05-09", "43", 43.0, Modifier::Exact);
    let harbour = toll("Harbour Office", "2024-05-07", "about 41", 41.0, Modifier::About);
    let clinic = toll("Velm Clinic", "2024-05-07", "at least 50", 50.0, Modifier::AtLeast);
    let grown = toll("Velm Clinic", "2024-05-08", "at least 50", 50.0, Modifier::AtLeast);
    let fallen = toll("Velm Clinic", "2024-05-11", "31", 31.0, Modifier::Exact);
    let elsewhere = toll_in("Norland", "Velm Clinic", "2024-05-07", "31", 31.0, Modifier::Exact);
    let count =
        |articles: &[&Facts], property| pairs(&derived(articles), "comparison", property).len();
    assert_eq!(count(&[&first, &later], ng::REVISES), 1);
    assert_eq!(count(&[&first, &later], ng::CONFLICTS_WITH), 0);
    assert_eq!(count(&[&first, &harbour], ng::AGREES_WITH), 2);
    assert_eq!(count(&[&first, &clinic], ng::CONFLICTS_WITH), 2);
    // A toll grows with the days, and does not fall.
    assert_eq!(count(&[&first, &grown], ng::CONFLICTS_WITH), 0);
    assert_eq!(count(&[&first, &fallen], ng::CONFLICTS_WITH), 2);
    // Who died in one country says nothing of who died in another.
    assert_eq!(count(&[&first, &elsewhere], ng::CONFLICTS_WITH), 0);
    assert_eq!(count(&[&first, &first], ng::AGREES_WITH), 0);
    let mut increment = clinic.clone();
    increment.quantities[0].change = Some(Change::Increment);
    assert_eq!(count(&[&first, &increment], ng::CONFLICTS_WITH), 0);
    let mut other_unit = clinic;
    other_unit.quantities[0].unit = "percent".to_owned();
    assert_eq!(count(&[&first, &other_unit], ng::CONFLICTS_WITH), 0);
}

/// One article about a fire at a mill, or a storm elsewhere, in other words each time.
fn fire(text: &str, kind: EventType, trigger: &str, names: &[&str], day: &str) -> Facts {
    let mut draft = Draft::new(text, day);
    for name in names {
        draft.entity(EntityType::Place, name, MentionForm::Name);
    }
    draft.event(kind, trigger, &[]);
    draft.0
}

/// Articles about one thing tell one happening by one word, or by one type of which a thing has but
/// one; without days of publication too. Others do not, nor articles of another year.
#[test]
fn articles_about_one_thing_tell_one_happening() {
    let mill = ["Harbour Mill", "Velm"];
    let first = "Three workers were killed when a fire destroyed the Harbour Mill in Velm.";
    let second = "The blaze at the Harbour Mill near Velm left three workers dead on Sunday.";
    let third = "Workers of the Harbour Mill in Velm mourned the three killed by the fire.";
    let other = "Three sailors were killed when a storm sank a trawler off Norland.";
    let joined = |articles: &[&Facts]| {
        let quads = derived(articles);
        let reasons: BTreeSet<String> = pairs(&quads, "identity", ng::REASON)
            .into_iter()
            .map(|(_, reason)| reason.trim_start_matches(ng::NAMESPACE).to_owned())
            .collect();
        (pairs(&quads, "identity", ng::SCORE).len(), reasons)
    };
    for (day, later, year) in [("2024-05-06", "2024-05-08", "2025-05-08"), ("", "", "2025-05-08")] {
        let a = fire(first, EventType::Die, "killed", &mill, day);
        let b = fire(second, EventType::Die, "dead", &mill, later);
        let c = fire(third, EventType::Die, "killed", &mill, later);
        let d = fire(other, EventType::Die, "killed", &["Norland"], later);
        let (count, reasons) = joined(&[&a, &b]);
        assert_eq!(count, 1, "by type");
        assert!(reasons.contains("sameSubject") && reasons.contains("sameType"), "{reasons:?}");
        assert!(!reasons.contains("sameWords"), "{reasons:?}");
        let (count, reasons) = joined(&[&a, &c]);
        assert_eq!(count, 1, "by word");
        assert!(reasons.contains("sameWords"), "{reasons:?}");
        assert_eq!(joined(&[&a, &d]).0, 0, "another subject");
        if !day.is_empty() {
            let last = fire(third, EventType::Die, "killed", &mill, year);
            assert_eq!(joined(&[&a, &last]).0, 0, "another year");
        }
    }
}

/// Ada Quill, with a link or without, is a member of the Reef Party.
fn member(day: &str, link: Option<&str>) -> Facts {
    let mut draft = Draft::new("Ada Quill belongs to the Reef Party.", day);
    let person = draft.person("Ada Quill");
    let party = draft.body("Reef Party");
    draft.relation(person, Predicate::MemberOf, party, "Ada Quill belongs to the Reef Party");
    if let Some(link) = link {
        draft.link(person, link);
    }
    draft.0
}

fn individuals(quads: &[Quad], label: &str) -> usize {
    let literal = Term::from(Literal::from(label));
    quads
        .iter()
        .filter(|q| q.predicate == rdfs::LABEL && q.object == literal)
        .filter(|q| q.subject.to_string().contains("/n/"))
        .count()
}

/// A name with one link is that individual wherever it stands; with two it is neither.
#[test]
fn links_join_names_and_part_them() {
    let one = "http://www.wikidata.org/entity/Q1";
    let two = "http://www.wikidata.org/entity/Q2";
    let plain = member("2024-05-06", None);
    let linked = member("2024-05-07", Some(one));
    let namesake = member("2024-05-08", Some(two));
    assert_eq!(individuals(&derived(&[&plain, &linked]), "Ada Quill"), 1);
    assert_eq!(individuals(&derived(&[&linked, &namesake]), "Ada Quill"), 2);
    assert_eq!(individuals(&derived(&[&plain, &linked, &namesake]), "Ada Quill"), 3);
}

/// What a person decides about identity is read at derivation, and can be taken back.
#[test]
fn decisions_join_part_and_verify() {
    let base = Base::default();
    let (first, second) = (member("2024-05-06", None), member("2024-05-07", None));
    let quads = derived(&[&first, &second]);
    let entity = |facts: &Facts| {
        let graph = map_sorted(facts, &base).unwrap();
        let label = Term::from(Literal::from("Ada Quill"));
        let found = graph.iter().find(|q| q.predicate == rdfs::LABEL && q.object == label);
        found.unwrap().subject.to_string().trim_matches(['<', '>']).to_owned()
    };
    let individual = |label: &str| {
        let label = Term::from(Literal::from(label));
        let found = quads.iter().find(|q| q.predicate == rdfs::LABEL && q.object == label);
        found.unwrap().subject.to_string().trim_matches(['<', '>']).to_owned()
    };
    let decide = |line: &str| {
        let decisions = Decisions::parse(line, &base).unwrap();
        derive([&first, &second].map(digest), decisions, Recorded::default(), &base)
    };
    let apart = decide(&format!("different\t{}\t{}", entity(&first), entity(&second)));
    assert_eq!(individuals(&apart, "Ada Quill"), 2);
    let (quill, party) = (individual("Ada Quill"), individual("Reef Party"));
    let joined = decide(&format!("same\t{quill}\t{party}"));
    assert_eq!(individuals(&joined, "Ada Quill") + individuals(&joined, "Reef Party"), 1);
    let moved = decide(&format!("same\t{}\t{party}", entity(&first)));
    assert_eq!(pairs(&moved, "facts", ng::MEMBER_OF).len(), 2);
    let link = "http://www.wikidata.org/entity/Q1";
    let verified = decide(&format!("same\t{quill}\t{link}"));
    assert_eq!(pairs(&verified, "identity", owl::SAME_AS).len(), 1);
    assert!(quads.iter().all(|q| q.predicate != owl::SAME_AS));
}

/// Of two texts at one address the later published supersedes; where the dates do not tell, what
/// the store recorded; where nothing tells, neither. A superseded article's claims count for
/// nothing.
#[test]
fn versions_have_an_order_or_none() {
    let at = |mut facts: Facts, title: &str, published: Option<&str>| {
        facts.article.url = Some("https://news.example/quill".to_owned());
        facts.article.title = Some(title.to_owned());
        facts.article.published = published.map(str::to_owned);
        facts
    };
    let supersedes = |quads: &[Quad]| {
        let found: Vec<_> = quads.iter().filter(|q| q.predicate == ng::SUPERSEDES).collect();
        found.into_iter().map(|q| (q.subject.to_string(), q.object.to_string())).collect::<Vec<_>>()
    };
    let iri = |facts: &Facts| article_iri(&facts.article, &Base::default()).to_string();
    let old = at(member("", None), "first", Some("2024-05-06T08:00:00Z"));
    let new = at(member("", None), "second", Some("2024-05-06T11:00:00+02:00"));
    let last = at(member("", None), "third", Some("2024-05-07T00:00:00Z"));
    let chain = derived(&[&old, &new, &last]);
    let mut want = vec![(iri(&new), iri(&old)), (iri(&last), iri(&new))];
    want.sort();
    assert_eq!(supersedes(&chain), want);
    let day = Some("2024-05-06");
    let (one, other) = (at(member("", None), "a", day), at(member("", None), "b", day));
    assert!(supersedes(&derived(&[&one, &other])).is_empty());
    let key = |facts: &Facts| digest(facts).article().to_string();
    let (first, second) = (key(&other), key(&one));
    let recorded: Recorded = [(first.as_str(), 1), (second.as_str(), 2)].into_iter().collect();
    let digests = [&one, &other].map(digest);
    let ordered = derive(digests, Decisions::default(), recorded, &Base::default());
    assert_eq!(supersedes(&ordered), [(iri(&one), iri(&other))]);
    let mut corrected = at(member("", None), "corrected", Some("2024-05-08"));
    corrected.relations.clear();
    assert_eq!(pairs(&derived(&[&old]), "facts", ng::MEMBER_OF).len(), 1);
    assert!(pairs(&derived(&[&old, &corrected]), "facts", ng::MEMBER_OF).is_empty());
}

/// A near-copy names the first article, and its own voice is no second one.
#[test]
fn a_reprint_is_no_further_voice() {
    let told = |day: &str, outlet: &str, words: &str, value: f64, lead: &str| {
        let mut facts = {
            let text = format!("{lead} {words} sailors died on Monday in Port Velm.{WIRE}");
            let mut draft = Draft::new(&text, day);
            let place = draft.entity(EntityType::Place, "Port Velm", MentionForm::Name);
            let event = draft.event(EventType::Die, "died", &[]);
            draft.0.events[event.index()].place = Some(place);
            draft.on(event, "Monday", "2024-05-06");
            draft.figure(event, words, value, Modifier::Exact, "sailors");
            draft.0
        };
        facts.article.publisher = Some(outlet.to_owned());
        facts
    };
    let wire = told("2024-05-07", "Nordwire", "40", 40.0, "Officials:");
    let copy = told("2024-05-07", "Velm Courier", "40", 40.0, "This just in, officials say:");
    let late = told("2024-05-08", "Harbour Post", "40", 40.0, "Readers of this paper know that");
    let quads = derived(&[&wire, &copy, &late]);
    assert_eq!(pairs(&quads, "comparison", ng::REPRINT_OF).len(), 2);
    assert!(pairs(&quads, "comparison", ng::AGREES_WITH).is_empty());
    let mut other = told("2024-05-08", "Harbour Post", "40", 40.0, "");
    other.article.text = other.article.text.split(WIRE).next().unwrap().to_owned();
    other.sentences.clear();
    let quads = derived(&[&wire, &other]);
    assert!(pairs(&quads, "comparison", ng::REPRINT_OF).is_empty());
    assert_eq!(pairs(&quads, "comparison", ng::AGREES_WITH).len(), 2);
}
