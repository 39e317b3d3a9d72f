//! Graph → file: what is written in any format reads back as it was.

use newsgraph::export::{Exporter, FORMATS, Format, Options, Ox};
use newsgraph::facts::{Facts, read_facts};
use newsgraph::graph::{Base, article_iri, graph_iri, map_facts, ontology_quads};
use oxrdf::vocab::rdf;
use oxrdf::{GraphName, Literal, NamedNode, Quad, QuadRef, Triple};
use oxrdfio::{RdfFormat, RdfParser};
use proptest::prelude::*;
use sophia::isomorphism::isomorphic_datasets;

use crate::support::generate;

fn triples(facts: &Facts) -> Vec<Triple> {
    let mut triples = Vec::new();
    map_facts(facts, &Base::default(), &mut |quad: QuadRef<'_>| {
        triples.push(Triple::from(quad.into_owned()));
    })
    .expect("the facts are sound");
    triples
}

fn export(format: &Format, options: &Options, graphs: &[(NamedNode, Vec<Triple>)]) -> String {
    let mut out = Vec::new();
    let mut exporter = Exporter::new(format, options, &mut out).expect("the format can do it");
    for (name, triples) in graphs {
        exporter.graph(Some(name), triples.clone()).expect("a vector takes every write");
    }
    exporter.finish().expect("a vector takes every write");
    String::from_utf8(out).expect("every format is UTF-8")
}

fn read(format: &Format, text: &str) -> Vec<Quad> {
    let parser = RdfFormat::from_media_type(format.media_type).expect("oxrdfio knows them all");
    RdfParser::from_format(parser)
        .for_slice(text.as_bytes())
        .collect::<Result<_, _>>()
        .expect("what was written can be read")
}

/// The quads as a Sophia dataset, without graphs where the format keeps none.
fn assert_same(format: &Format, got: &[Quad], graphs: &[(NamedNode, Vec<Triple>)]) {
    let want: Vec<Quad> = graphs
        .iter()
        .flat_map(|(name, triples)| {
            let name = if format.graphs { name.clone().into() } else { GraphName::DefaultGraph };
            triples.iter().map(move |triple| triple.clone().in_graph(name.clone()))
        })
        .collect();
    assert!(
        isomorphic_datasets(&dataset(got), &dataset(&want)).expect("both are in memory"),
        "{}: {} quads are not the {} that were written",
        format.name,
        got.len(),
        want.len()
    );
}

type Row<'q> = ([Ox<'q>; 3], Option<Ox<'q>>);

fn dataset(quads: &[Quad]) -> Vec<Row<'_>> {
    let mut quads: Vec<_> = quads.iter().collect();
    quads.sort_by_cached_key(ToString::to_string);
    quads.dedup();
    quads
        .into_iter()
        .map(|quad| {
            let triple = [
                Ox::Term(quad.subject.as_ref().into()),
                Ox::Term(quad.predicate.as_ref().into()),
                Ox::Term(quad.object.as_ref()),
            ];
            let graph = match &quad.graph_name {
                GraphName::NamedNode(node) => Some(Ox::Term(node.as_ref().into())),
                GraphName::BlankNode(node) => Some(Ox::Term(node.as_ref().into())),
                GraphName::DefaultGraph => None,
            };
            (triple, graph)
        })
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(12) })]

    #[test]
    fn every_format_reads_back(first in generate::facts(), second in generate::facts()) {
        let base = Base::default();
        let graph = |facts: &Facts| (graph_iri(&facts.article, &base), triples(facts));
        let both = [graph(&first), graph(&second)];
        let one = Options { article: Some(article_iri(&first.article, &base)), ..Options::default() };
        for format in FORMATS {
            let text = export(format, &Options::default(), &both);
            assert_same(format, &read(format, &text), &both);
            let text = export(format, &one, &both[..1]);
            assert_same(format, &read(format, &text), &both[..1]);
        }
    }

    #[test]
    fn the_order_of_triples_does_not_matter(facts in generate::facts()) {
        let name = graph_iri(&facts.article, &Base::default());
        let forward = triples(&facts);
        let mut backward = forward.clone();
        backward.reverse();
        backward.push(forward[0].clone());
        for format in FORMATS {
            prop_assert_eq!(
                export(format, &Options::default(), &[(name.clone(), forward.clone())]),
                export(format, &Options::default(), &[(name.clone(), backward.clone())])
            );
        }
    }
}

#[test]
fn the_ontology_reads_back() {
    let quads = ontology_quads(&Base::default());
    let name = NamedNode::new_unchecked("https://w3id.org/newsgraph/d/graph/ontology");
    let graphs = [(name, quads.into_iter().map(Triple::from).collect::<Vec<_>>())];
    for format in FORMATS {
        assert_same(format, &read(format, &export(format, &Options::default(), &graphs)), &graphs);
    }
}

#[test]
fn claims_reify_triples_in_rdf12() {
    use sophia::api::source::QuadSource as _;
    use sophia::inmem::dataset::LightDataset;
    use sophia::turtle::parser::{nq, trig};

    let facts = sample();
    let base = Base::default();
    let graphs = [(graph_iri(&facts.article, &base), triples(&facts))];
    let claims = graphs[0].1.iter().filter(|triple| triple.predicate == rdf::SUBJECT).count();
    let options = Options { rdf12: true, ..Options::default() };
    let text = |name| export(Format::find(name).expect("a format"), &options, &graphs);
    let lines = text("nquads");
    assert_eq!((claims, lines.matches("#reifies> <<( ").count()), (3, 3));
    assert_eq!(lines.lines().count(), graphs[0].1.len() - 2 * claims);
    let first: LightDataset = nq::parse_str(&lines).collect_quads().expect("Sophia reads it");
    let second: LightDataset = trig::parse_str(&text("trig")).collect_quads().expect("too");
    assert!(isomorphic_datasets(&first, &second).expect("both are in memory"));

    let jsonld = Format::find("jsonld").expect("a format");
    let error = Exporter::new(jsonld, &options, &mut Vec::new()).err().map(|e| e.to_string());
    assert_eq!(
        error.as_deref(),
        Some("jsonld cannot carry RDF 1.2 triple terms (take turtle, trig, nquads, ntriples)")
    );
}

#[test]
fn control_characters_that_xml_lacks_are_refused() {
    let node = NamedNode::new_unchecked("https://x.example/a");
    let triples = vec![Triple::new(node.clone(), node.clone(), Literal::from("a\u{1}b"))];
    for format in FORMATS {
        let mut out = Vec::new();
        let mut exporter = Exporter::new(format, &Options::default(), &mut out).expect("plain");
        let result = exporter.graph(None, triples.clone());
        match format.name {
            "rdfxml" => assert!(result.is_err()),
            name => assert!(result.is_ok(), "{name}"),
        }
    }
}

/// One article in which police say two things.
fn sample() -> Facts {
    read_facts(
        r#"{"schema": "newsgraph-facts/1",
        "article": {"id": "a", "text": "Police said 12 men left Port Alder.", "published": "2031-05-07"},
        "sentences": [[0, 35]],
        "entities": [{"id": "p", "type": "Organization", "name": "Police", "mentions": [{"span": [0, 6], "form": "name"}]},
                     {"id": "l", "type": "Place", "name": "Port Alder", "mentions": [{"span": [24, 34], "form": "name"}]}],
        "times": [],
        "quantities": [{"id": "n", "span": [12, 14], "value": 12, "modifier": "exact", "unit": "count", "of": [15, 18]}],
        "events": [{"id": "v", "type": "Move", "trigger": [19, 23], "lemma": "leave", "polarity": "positive",
                    "modality": "asserted", "roles": [{"role": "agent", "ref": "n"}, {"role": "origin", "ref": "l"}]}],
        "relations": [{"id": "r", "subject": "p", "predicate": "locatedIn", "object": "l", "span": [0, 34],
                       "polarity": "positive", "modality": "asserted"}],
        "statements": [{"id": "s", "speaker": "p", "source": [0, 6], "cue": [7, 11], "content": [[12, 34]],
                        "mode": "indirect", "carries": ["v", "n"]}]}"#,
    )
    .expect("the sample is sound")
}

/// What a run of the program leaves in a folder.
fn newsgraph(folder: &std::path::Path, arguments: &[&str]) {
    let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_newsgraph"));
    let out = command.current_dir(folder).args(arguments).output().expect("it can be started");
    assert!(out.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&out.stderr));
}

#[test]
#[expect(clippy::disallowed_methods, reason = "the parts are files")]
fn the_parts_of_an_export_are_the_whole() {
    let folder = tempfile::tempdir().expect("there is a folder for temporary files");
    let folder = folder.path();
    let facts = concat!(env!("CARGO_MANIFEST_DIR"), "/examples/facts.jsonl");
    newsgraph(folder, &["add", "--from", "facts", facts]);
    let format = Format::find("nquads").expect("it is in the list");
    let read_file = |name: &str| -> std::collections::BTreeSet<String> {
        let text = std::fs::read_to_string(folder.join(name)).expect("it was written");
        read(format, &text).iter().map(ToString::to_string).collect()
    };
    newsgraph(folder, &["export", "-o", "whole.nq"]);
    let whole = read_file("whole.nq");
    newsgraph(folder, &["export", "-o", "some.nq", "--parts", "3"]);
    let parts: Vec<_> = (1..=3).map(|i| read_file(&format!("some-{i}-of-3.nq"))).collect();
    assert!(parts.iter().filter(|part| !part.is_empty()).count() > 1, "nothing was parted");
    assert_eq!(parts.iter().map(std::collections::BTreeSet::len).sum::<usize>(), whole.len());
    assert_eq!(parts.iter().flatten().cloned().collect::<std::collections::BTreeSet<_>>(), whole);
    let derived = |part: &std::collections::BTreeSet<String>| {
        part.iter().any(|quad| quad.contains("/graph/identity>"))
    };
    assert_eq!(parts.iter().map(derived).collect::<Vec<_>>(), [true, false, false]);
    // Each graph stands in one part.
    let graph = |quad: &String| quad.rsplit(' ').next().unwrap_or_default().to_owned();
    let graphs: usize = parts
        .iter()
        .map(|p| p.iter().map(graph).collect::<std::collections::BTreeSet<_>>().len())
        .sum();
    assert_eq!(graphs, whole.iter().map(graph).collect::<std::collections::BTreeSet<_>>().len());
}
