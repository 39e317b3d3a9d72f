//! The ontology and the code agree: `src/vocab.rs` is generated from `ontology/` and every term
//! that is declared is used, every term that is used is declared.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::string_slice,
    clippy::disallowed_methods,
    reason = "a test that fails says so by panicking, and reads its own files"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use oxrdf::{Graph, NamedNodeRef, NamedOrBlankNodeRef, Term as Object, TermRef};
use oxttl::{NTriplesParser, TurtleParser};

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|e| panic!("{path}: {e}"))
}

/// A Turtle file as a graph and its prefixes.
fn parse(path: &str) -> (Graph, BTreeMap<String, String>) {
    let text = read(path);
    let mut parser = TurtleParser::new().for_slice(&text);
    let mut graph = Graph::new();
    for triple in parser.by_ref() {
        graph.insert(&triple.unwrap_or_else(|e| panic!("{path}: {e}")));
    }
    let prefixes = parser.prefixes().map(|(p, i)| (p.to_owned(), i.to_owned())).collect();
    (graph, prefixes)
}

const RDF: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";
const RDFS: &str = "http://www.w3.org/2000/01/rdf-schema#";
const SKOS: &str = "http://www.w3.org/2004/02/skos/core#";
const OWL: &str = "http://www.w3.org/2002/07/owl#";
const SCHEMA: &str = "https://schema.org/";

fn objects<'g>(graph: &'g Graph, subject: &'g str, predicate: &str) -> Vec<TermRef<'g>> {
    let subject = NamedNodeRef::new(subject).unwrap();
    let predicate = NamedNodeRef::new(predicate).unwrap();
    graph.objects_for_subject_predicate(subject, predicate).collect()
}

fn iris(graph: &Graph, subject: &str, predicate: &str) -> Vec<String> {
    let mut found: Vec<_> = objects(graph, subject, predicate)
        .into_iter()
        .filter_map(
            |t| if let TermRef::NamedNode(n) = t { Some(n.as_str().to_owned()) } else { None },
        )
        .collect();
    found.sort();
    found
}

fn text(graph: &Graph, subject: &str, predicate: &str) -> Option<String> {
    objects(graph, subject, predicate)
        .into_iter()
        .find_map(|t| if let TermRef::Literal(l) = t { Some(l.value().to_owned()) } else { None })
}

/// One declared term.
struct Term {
    iri: String,
    prefix: String,
    local: String,
    class: bool,
    doc: String,
}

impl Term {
    /// The constant's name: `hasEarliestBegin` → `HAS_EARLIEST_BEGIN`.
    fn constant(&self) -> String {
        let mut name = String::new();
        let mut low = false;
        for c in self.local.chars() {
            if c.is_uppercase() && low {
                name.push('_');
            }
            low = c.is_lowercase();
            name.extend(c.to_uppercase());
        }
        name.replace('-', "_").replace("NIFRFC5147", "RFC5147")
    }

    fn path(&self) -> String {
        let class = if self.class { "class::" } else { "" };
        format!("{}::{class}{}", self.prefix, self.constant())
    }
}

/// The declared terms, by IRI, and the prefixes.
fn terms() -> (Vec<Term>, BTreeMap<String, String>, Graph) {
    let (model, prefixes) = parse("ontology/newsgraph.ttl");
    let (types, _) = parse("ontology/event-types.ttl");
    let mut terms = BTreeMap::new();
    for (graph, doc) in [(&model, format!("{RDFS}comment")), (&types, format!("{SKOS}definition"))]
    {
        for triple in graph {
            let NamedOrBlankNodeRef::NamedNode(subject) = triple.subject else { continue };
            let iri = subject.as_str().to_owned();
            let Some((prefix, space)) =
                prefixes.iter().find(|(_, ns)| iri.starts_with(ns.as_str()))
            else {
                continue;
            };
            let local = iri[space.len()..].to_owned();
            let class = iris(graph, &iri, &format!("{RDF}type")).contains(&format!("{RDFS}Class"));
            let doc = text(graph, &iri, &doc).unwrap_or_else(|| panic!("{iri} has no comment"));
            terms.insert(iri.clone(), Term { iri, prefix: prefix.clone(), local, class, doc });
        }
    }
    (terms.into_values().collect(), prefixes, model)
}

/// What lies above `iri`, transitively, nearest first.
fn above(graph: &Graph, iri: &str, predicate: &str) -> Vec<String> {
    let mut found = Vec::new();
    let mut next = iris(graph, iri, predicate);
    while let Some(up) = next.pop() {
        if !found.contains(&up) {
            next.extend(iris(graph, &up, predicate));
            found.push(up);
        }
    }
    found.sort();
    found
}

/// The text of `src/vocab.rs`.
fn generate() -> String {
    let (terms, prefixes, model) = terms();
    let mut out = String::from(
        "//! Every IRI that newsgraph writes, generated from `ontology/` by `just gen`: do not edit.\n\n\
         use oxrdf::NamedNodeRef;\n\n\
         const fn iri(text: &'static str) -> NamedNodeRef<'static> {\n    \
         NamedNodeRef::new_unchecked(text)\n}\n\n\
         /// The prefixes of the ontology and their namespaces, by prefix.\n\
         pub const PREFIXES: &[(&str, &str)] = &[\n",
    );
    for (prefix, space) in &prefixes {
        writeln!(out, "    ({prefix:?}, {space:?}),").unwrap();
    }
    out.push_str("];\n");
    for (prefix, space) in &prefixes {
        let of = |class| terms.iter().filter(move |t| t.prefix == *prefix && t.class == class);
        if of(true).chain(of(false)).count() == 0 {
            continue;
        }
        write!(out, "\n/// `{space}`\npub mod {prefix} {{\n    use super::{{NamedNodeRef, iri}};\n\n    /// The namespace.\n    pub const NAMESPACE: &str = {space:?};\n").unwrap();
        for term in of(false) {
            constant(&mut out, term, "    ");
        }
        if of(true).count() > 0 {
            out.push_str("\n    /// Classes.\n    pub mod class {\n        use super::{NamedNodeRef, iri};\n");
            for term in of(true) {
                constant(&mut out, term, "        ");
            }
            out.push_str("    }\n");
        }
        out.push_str("}\n");
    }
    out.push_str(
        "\n/// Every term, sorted by IRI.\npub const TERMS: &[NamedNodeRef<'static>] = &[\n",
    );
    for term in &terms {
        writeln!(out, "    {},", term.path()).unwrap();
    }
    out.push_str("];\n");
    let path = |iri: &String| terms.iter().find(|t| t.iri == *iri).map(Term::path);
    for (name, what, predicate, class) in [
        (
            "SUPER_CLASSES",
            "Classes with all that lies above them",
            format!("{RDFS}subClassOf"),
            true,
        ),
        (
            "SUPER_PROPERTIES",
            "Properties with all that lies above them",
            format!("{RDFS}subPropertyOf"),
            false,
        ),
        (
            "INVERSES",
            "Properties with their inverses in other vocabularies",
            format!("{OWL}inverseOf"),
            false,
        ),
    ] {
        write!(out, "\n/// {what}, by IRI.\npub const {name}: &[(NamedNodeRef<'static>, &[NamedNodeRef<'static>])] = &[\n").unwrap();
        for term in terms.iter().filter(|t| t.class == class) {
            let up = above(&model, &term.iri, &predicate);
            if !up.is_empty() {
                let up: Vec<_> = up
                    .iter()
                    .map(|i| {
                        path(i)
                            .unwrap_or_else(|| panic!("{i}, above {}, is not declared", term.iri))
                    })
                    .collect();
                writeln!(out, "    ({}, &[{}]),", term.path(), up.join(", ")).unwrap();
            }
        }
        out.push_str("];\n");
    }
    out
}

fn constant(out: &mut String, term: &Term, indent: &str) {
    write!(
        out,
        "\n{indent}/// {}\n{indent}pub const {}: NamedNodeRef<'static> = iri({:?});\n",
        term.doc,
        term.constant(),
        term.iri
    )
    .unwrap();
}

#[test]
fn vocab_is_generated_from_the_ontology() {
    let want = generate();
    if read("src/vocab.rs") != want {
        fs::write(root().join("src/vocab.rs"), want).unwrap();
        panic!("src/vocab.rs was stale and has been rewritten from ontology/: run again");
    }
}

/// The Rust sources below `src/`, but the generated one.
fn sources() -> String {
    fn walk(path: &Path, all: &mut String) {
        let mut entries: Vec<_> = fs::read_dir(path).unwrap().map(|e| e.unwrap().path()).collect();
        entries.sort();
        for entry in entries {
            if entry.is_dir() {
                walk(&entry, all);
            } else if entry.extension().is_some_and(|e| e == "rs") && !entry.ends_with("vocab.rs") {
                all.push_str(&fs::read_to_string(&entry).unwrap());
            }
        }
    }
    let mut all = String::new();
    walk(&root().join("src"), &mut all);
    all
}

#[test]
fn every_declared_term_is_used() {
    let (terms, _, model) = terms();
    let generated = generate();
    // What lies above a term is used by `entail`; what stands to the left there has to be written.
    let tables: String = generated[generated.find("SUPER_CLASSES").unwrap()..]
        .lines()
        .filter_map(|row| row.split_once(", &[").map(|(_, above)| above))
        .collect::<Vec<_>>()
        .join("\n");
    // The groups of event types are for questions (`skos:broader`), and no event has one as type.
    let (types, _) = parse("ontology/event-types.ttl");
    // A kind of value is used by its values.
    let is_kind = |iri: &str| {
        let iri = NamedNodeRef::new(iri).unwrap();
        model
            .subjects_for_predicate_object(NamedNodeRef::new(&format!("{RDF}type")).unwrap(), iri)
            .count()
            > 0
    };
    let is_group = |iri: &str| {
        iri == "https://w3id.org/newsgraph/event-type#scheme"
            || !iris(&types, iri, &format!("{SKOS}topConceptOf")).is_empty()
    };
    let sources = sources();
    let unused: BTreeSet<_> = terms
        .iter()
        .filter(|t| !is_group(&t.iri) && !is_kind(&t.iri))
        .map(Term::path)
        .filter(|path| !mentions(&sources, path) && !mentions(&tables, path))
        .collect();
    assert!(unused.is_empty(), "declared in ontology/ and used nowhere in src/: {unused:#?}");
}

/// Whether `text` has `path` as a whole path.
fn mentions(text: &str, path: &str) -> bool {
    text.match_indices(path).any(|(at, _)| {
        !text[at + path.len()..].starts_with(|c: char| c.is_alphanumeric() || c == '_')
            && !text[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_')
    })
}

/// Every term of ours in what is mapped, completed, derived and exported is declared.
#[test]
fn every_written_term_is_declared() {
    let (terms, prefixes, _) = terms();
    let declared: BTreeSet<&str> = terms.iter().map(|t| t.iri.as_str()).collect();
    let mut written = BTreeSet::new();
    let mut read = |text: &str| {
        for triple in NTriplesParser::new().for_slice(text) {
            let triple = triple.unwrap();
            written.insert(triple.predicate.into_string());
            if let Object::NamedNode(object) = triple.object {
                written.insert(object.into_string());
            }
        }
    };
    read(&crate::mapping::everything());
    let ours = |iri: &&String| prefixes.values().any(|space| iri.starts_with(space.as_str()));
    let unknown: Vec<_> =
        written.iter().filter(ours).filter(|iri| !declared.contains(iri.as_str())).collect();
    assert!(unknown.is_empty(), "written and not declared in ontology/: {unknown:#?}");
    assert!(written.len() > 150, "{} terms", written.len());
}

#[test]
fn every_property_says_what_to_expect() {
    let (terms, _, model) = terms();
    for term in terms.iter().filter(|t| t.prefix == "ng" && !t.class) {
        let kinds = iris(&model, &term.iri, &format!("{RDF}type"));
        assert!(
            text(&model, &term.iri, &format!("{RDFS}label")).is_some(),
            "{} has no label",
            term.iri
        );
        if kinds.contains(&format!("{RDF}Property")) {
            let domain = iris(&model, &term.iri, &format!("{SCHEMA}domainIncludes"));
            assert!(!domain.is_empty(), "{} has no domainIncludes", term.iri);
            let open = ["role", "to"].contains(&term.local.as_str());
            let range = iris(&model, &term.iri, &format!("{SCHEMA}rangeIncludes"));
            assert!(open || !range.is_empty(), "{} has no rangeIncludes", term.iri);
        }
    }
}
