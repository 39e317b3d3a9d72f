//! Articles about one thing → what agrees, conflicts, is revised or copied.
//!
//! Each folder of `tests/fusion/` has `articles.jsonl`, our own prose, or `facts.jsonl`, and
//! `expected.txt`, one comparison a line. Whoever finds a case adds a folder.

#![expect(clippy::unwrap_used, reason = "a test that fails says so by panicking")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use expect_test::expect_file;
use newsgraph::facts::Facts;
use newsgraph::fusion::{Decisions, Digest, Recorded, derive};
use newsgraph::graph::{Base, map_sorted};
use newsgraph::input::{Finished, Options, read_inputs};
use newsgraph::vocab::{dct, ng, rdf, rdfs};
use oxrdf::{NamedNodeRef, Quad, Term};

use crate::examples::EXTRACTOR;

fn articles(folder: &Path) -> Vec<Facts> {
    let files = ["facts.jsonl", "articles.jsonl"].map(|name| folder.join(name));
    let file = files.into_iter().find(|file| file.is_file()).unwrap();
    let items = read_inputs([file], Options::default());
    items
        .map(|item| match item.unwrap().finish().unwrap().1 {
            Finished::Facts(facts) => *facts,
            Finished::Article(article) => EXTRACTOR.extract(article).facts,
        })
        .collect()
}

/// The comparisons between articles, one a line.
fn comparisons(articles: &[Facts]) -> String {
    let base = Base::default();
    let graphs: Vec<Vec<Quad>> =
        articles.iter().map(|facts| map_sorted(facts, &base).unwrap()).collect();
    let digests = graphs.iter().map(|graph| Digest::of(graph).unwrap());
    let derived = derive(digests, Decisions::default(), Recorded::default(), &base);
    let quads: Vec<&Quad> = graphs.iter().flatten().collect();
    let mut told: BTreeMap<(String, String), String> = BTreeMap::new();
    for quad in &quads {
        told.insert((quad.subject.to_string(), quad.predicate.to_string()), text(&quad.object));
    }
    let get = |subject: &str, property: NamedNodeRef<'_>| {
        told.get(&(subject.to_owned(), property.to_string())).cloned()
    };
    let article_of = |node: &str| {
        let graph = quads.iter().find(|q| q.subject.to_string() == node).unwrap();
        let article = graph.graph_name.to_string().replace("/g/", "/a/");
        get(&article, dct::IDENTIFIER).unwrap()
    };
    let claim = |node: &str| {
        let figure = get(node, rdf::OBJECT).unwrap();
        let words = get(&figure, rdfs::LABEL).unwrap();
        let by = get(node, ng::ATTRIBUTED_TO).and_then(|speaker| get(&speaker, rdfs::LABEL));
        format!("{} «{words}» by {}", article_of(node), by.as_deref().unwrap_or("the article"))
    };
    let mut lines = BTreeSet::new();
    for quad in &derived {
        let [a, b] = [quad.subject.to_string(), text(&quad.object)];
        for (property, word, both) in [
            (ng::CONFLICTS_WITH, "conflicts with", true),
            (ng::AGREES_WITH, "agrees with", true),
            (ng::REVISES, "revises", false),
        ] {
            if quad.predicate == property {
                let (a, b) = (claim(&a), claim(&b));
                let (a, b) = if both && b < a { (b, a) } else { (a, b) };
                lines.insert(format!("{a} {word} {b}\n"));
            }
        }
        if quad.predicate == ng::REPRINT_OF {
            let [a, b] = [&a, &b].map(|node| get(node, dct::IDENTIFIER).unwrap());
            lines.insert(format!("{a} reprints {b}\n"));
        }
    }
    lines.into_iter().collect()
}

/// A literal's value, an IRI in angle brackets.
fn text(term: &Term) -> String {
    match term {
        Term::Literal(literal) => literal.value().to_owned(),
        other => other.to_string(),
    }
}

#[test]
fn articles_about_one_thing_are_compared() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fusion");
    let mut cases: Vec<PathBuf> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    cases.sort();
    assert!(cases.len() >= 12, "{}", cases.len());
    for case in cases {
        expect_file![case.join("expected.txt")].assert_eq(&comparisons(&articles(&case)));
    }
}
