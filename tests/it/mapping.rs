//! facts → graph.

#![expect(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test that fails says so by panicking, and reads its own files"
)]

use std::collections::BTreeSet;
use std::path::Path;

use newsgraph::facts::{Facts, read_facts};
use newsgraph::fusion::{Decisions, Digest, Recorded, derive};
use newsgraph::graph::{
    Base, DEFAULT_BASE, annotate, article_iri, complete, entail, graph_iri, map_sorted,
};
use oxrdf::{GraphName, NamedNode, NamedOrBlankNode, Quad, Term, Triple};
use oxttl::TurtleParser;
use proptest::prelude::*;

use ::sophia::api::dataset::Dataset;
use ::sophia::api::term::matcher::Any;
use ::sophia::isomorphism::isomorphic_datasets;

use crate::support;
use crate::support::turtle::turtle;
use crate::support::{generate, sophia};

pub(crate) fn seed(name: &str) -> Option<Facts> {
    let path = support::shared()?.join(format!("gold/seed/{name}.facts.json"));
    let json = std::fs::read_to_string(path).unwrap();
    Some(read_facts(&json).unwrap())
}

fn quads(facts: &Facts) -> Vec<Quad> {
    map_sorted(facts, &Base::default()).unwrap()
}

#[test]
fn the_seed_has_the_iris_of_the_model_and_is_lean() {
    let Some(facts) = seed("seed") else { return };
    let base = Base::default();
    let article = article_iri(&facts.article, &base);
    assert_eq!(article.as_str(), "https://w3id.org/newsgraph/d/a/yptp6rdtdxqg2vui5hc3k5pgnm");
    let quads = quads(&facts);
    let nodes: BTreeSet<String> = quads.iter().map(|q| q.subject.to_string()).collect();
    for want in [
        "a/yptp6rdtdxqg2vui5hc3k5pgnm#char=2033,2041",
        "v/iten3qcwfw34ibg4vtnipztjpe",
        "v/w5iemflzc44t55g5r4i3xenq7e",
        "v/34wf3wp4solszkry3ihlvhdcpa",
        "t/qt2akgu7nei3fmaj2jp2edkgmi",
        "f/rs7clrv7ul66vajs5qdygbnhte",
        "f/4l3xnze4sgvipqs52rmgwrrneu",
        "e/4hfzpdwpyt5apsxrkxa6fg36om",
        "e/53fjmeuwhwxc6k2cmwizdz6uui",
        "s/gwkexbsi4bw3vmuxnuq6jrhauy",
        "s/kgnagi46qu77olyadgmhcyn6tu",
        "s/wntjwfhex6efszdkseeeteyqha",
        "c/3d4pfk44m7omdpwo7aouptoq5e",
        "c/o2yu43oj4gwik52w2sului7gbq",
        "c/3b35jt4bk6dnd5q6bflfjg4vmy",
        "c/qdcqma3gq5bgtburytiibevriu",
    ] {
        let iri = format!("<https://w3id.org/newsgraph/d/{want}>");
        assert!(nodes.contains(&iri), "{iri} is missing");
    }
    assert!(quads.len() <= 1500, "{} quads", quads.len());
}

/// One feature of the model a case: `facts.json` maps to `graph.ttl`, lean.
#[test]
fn each_case_maps_to_its_graph() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/mapping");
    let mut cases: Vec<_> =
        std::fs::read_dir(root).unwrap().map(|entry| entry.unwrap().path()).collect();
    cases.sort();
    assert!(cases.len() > 15, "{} cases", cases.len());
    for case in cases {
        let name = case.display();
        let json = std::fs::read_to_string(case.join("facts.json")).unwrap();
        let facts = read_facts(&json).unwrap_or_else(|error| panic!("{name}: {error}"));
        let lean = quads(&facts);
        let article = article_iri(&facts.article, &Base::default());
        let text = turtle(&lean, article.as_str());
        expect_test::expect_file![case.join("graph.ttl")].assert_eq(&text);
        // What stands in the file is the graph, read by the Turtle parser and compared by Sophia.
        let graph = graph_iri(&facts.article, &Base::default());
        let read: Vec<Quad> = TurtleParser::new()
            .for_slice(&text)
            .map(|triple| triple.unwrap_or_else(|e| panic!("{name}: {e}")).in_graph(graph.clone()))
            .collect();
        assert!(
            isomorphic_datasets(&sophia::dataset(&lean), &sophia::dataset(&read)).unwrap(),
            "{name}"
        );
    }
}

/// The full graphs of some cases and what is derived from them: what the shapes of `ontology/`
/// hold of.
/// `tests/shapes/*.ru` each plant a fault in it that they find (the foreign readers try that).
#[test]
fn the_sound_graph_of_the_shapes_is_that_of_the_cases() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let mut full = Vec::new();
    let mut digests = Vec::new();
    for case in ["0001_own-voice", "0002_indirect-statement", "0003_relay-chain", "0008_relations"]
    {
        let case = root.join("mapping").join(case);
        let json = std::fs::read_to_string(case.join("facts.json")).unwrap();
        let lean = quads(&read_facts(&json).unwrap());
        digests.push(Digest::of(&lean).unwrap());
        full.extend(complete(&lean));
        full.extend(lean);
    }
    full.extend(derive(digests, Decisions::default(), Recorded::default(), &Base::default()));
    let lines: BTreeSet<String> =
        full.into_iter().map(|quad| format!("{} .\n", Triple::from(quad))).collect();
    let text: String = lines.into_iter().collect();
    expect_test::expect_file![root.join("shapes/sound.nt")].assert_eq(&text);
}

/// All cases as N-Triples: mapped, completed, derived, and in every form of export.
pub(crate) fn everything() -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/mapping");
    let mut text = String::new();
    let mut digests = Vec::new();
    for case in std::fs::read_dir(root).unwrap() {
        let json = std::fs::read_to_string(case.unwrap().path().join("facts.json")).unwrap();
        let mut quads = quads(&read_facts(&json).unwrap());
        digests.push(Digest::of(&quads).unwrap());
        quads.extend(annotate(&quads, &Base::default()));
        quads.extend(complete(&quads));
        quads.extend(entail(&quads));
        text.extend(quads.into_iter().map(|quad| format!("{} .\n", Triple::from(quad))));
    }
    let derived = derive(digests, Decisions::default(), Recorded::default(), &Base::default());
    text.extend(derived.into_iter().map(|quad| format!("{} .\n", Triple::from(quad))));
    text
}

/// The worked excerpt of the model, triple by triple, in the full graph of the seed.
#[test]
fn the_worked_excerpt_is_in_the_full_graph() {
    let Some(facts) = seed("seed") else { return };
    let page = support::shared().unwrap().join("design/ontology.md");
    let page = std::fs::read_to_string(page).unwrap();
    let (_, turtle) = page.split_once("```turtle\n").unwrap();
    let (turtle, _) = turtle.split_once("```").unwrap();
    let mut full = quads(&facts);
    full.extend(complete(&full));
    let full: BTreeSet<String> = full.into_iter().map(|q| Triple::from(q).to_string()).collect();
    let excerpt: Vec<String> =
        TurtleParser::new().for_slice(turtle).map(|t| t.unwrap().to_string()).collect();
    assert!(excerpt.len() > 150, "{}", excerpt.len());
    let missing: Vec<_> = excerpt.iter().filter(|t| !full.contains(*t)).collect();
    assert!(missing.is_empty(), "{missing:#?}");
}

proptest! {
    /// Any facts map to one graph: each quad once, every IRI absolute and ours or a link's, the
    /// same quads again on a second run.
    #[test]
    fn any_facts_map_to_one_graph(facts in generate::facts()) {
        let quads = quads(&facts);
        let graph = graph_iri(&facts.article, &Base::default());
        let distinct: BTreeSet<String> = quads.iter().map(ToString::to_string).collect();
        prop_assert_eq!(distinct.len(), quads.len());
        for quad in &quads {
            prop_assert_eq!(&quad.graph_name, &GraphName::from(graph.clone()));
            let NamedOrBlankNode::NamedNode(subject) = &quad.subject else { panic!("{quad}") };
            prop_assert!(subject.as_str().starts_with(DEFAULT_BASE), "{}", quad);
            prop_assert!(NamedNode::new(subject.as_str()).is_ok(), "{}", quad);
            match &quad.object {
                Term::NamedNode(object) => {
                    prop_assert!(NamedNode::new(object.as_str()).is_ok(), "{}", quad);
                }
                Term::Literal(literal) => prop_assert!(!literal.value().is_empty(), "{}", quad),
                Term::BlankNode(_) => panic!("{quad}"),
            }
        }
        // As a Sophia dataset: what it holds, it holds in this graph.
        let dataset = sophia::dataset(&quads);
        let name = [Some(sophia::Ox(graph.as_ref().into()))];
        let held = dataset.quads_matching(Any, Any, Any, name).count();
        prop_assert_eq!(held, quads.len());
        prop_assert_eq!(quads, self::quads(&facts));
    }
}
