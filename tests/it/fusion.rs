//! articles' graphs → derived graphs.

#![expect(clippy::unwrap_used, reason = "a test that fails says so by panicking")]

use std::collections::BTreeSet;

use newsgraph::facts::Facts;
use newsgraph::fusion::{Decisions, Digest, Fusion, Recorded, derive};
use newsgraph::graph::{Base, DEFAULT_BASE, article_iri, map_sorted};
use newsgraph::vocab::{ng, rdfs, sem};
use oxrdf::{NamedNodeRef, Quad, Term};
use proptest::collection::vec;
use proptest::prelude::*;

use crate::mapping::seed;
use crate::support::generate;

fn digest(facts: &Facts) -> Digest {
    Digest::of(&map_sorted(facts, &Base::default()).unwrap()).unwrap()
}

fn derived(articles: &[&Facts]) -> Vec<Quad> {
    let digests = articles.iter().map(|facts| digest(facts));
    derive(digests, Decisions::default(), Recorded::default(), &Base::default())
}

fn lines(quads: &[Quad]) -> Vec<String> {
    quads.iter().map(ToString::to_string).collect()
}

fn fusion() -> Fusion {
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

/// Up to six articles with names in common, of which some are versions of one another.
fn articles() -> impl Strategy<Value = Vec<Facts>> {
    vec((generate::facts(), 0..4_usize, 1..9_i8), 1..6).prop_map(|articles| {
        let mut seen = BTreeSet::new();
        articles
            .into_iter()
            .map(|(mut facts, address, day)| {
                let url = ["https://example.org/a", "https://example.org/b"].get(address);
                facts.article.url = url.map(|url| (*url).to_owned());
                facts.article.published = (address != 3).then(|| format!("2021-01-0{day}"));
                facts
            })
            .filter(|facts| seen.insert(article_iri(&facts.article, &Base::default())))
            .collect()
    })
}

proptest! {
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
