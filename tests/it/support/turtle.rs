//! Turtle for eyes: one article's graph, grouped, in the order of the text, with our prefixes.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

use newsgraph::graph::DEFAULT_BASE;
use newsgraph::vocab::PREFIXES;
use oxrdf::{NamedOrBlankNode, Quad, Term};

/// The quads of one graph as Turtle, relative to `article`.
pub(crate) fn turtle(quads: &[Quad], article: &str) -> String {
    let mut used = BTreeSet::new();
    let mut subjects: BTreeMap<Place, Vec<(String, String)>> = BTreeMap::new();
    for quad in quads {
        let NamedOrBlankNode::NamedNode(subject) = &quad.subject else { continue };
        let predicate = short(quad.predicate.as_str(), article, &mut used);
        let predicate = if predicate == "rdf:type" { "a".to_owned() } else { predicate };
        let object = match &quad.object {
            Term::NamedNode(object) => short(object.as_str(), article, &mut used),
            Term::Literal(literal) => match literal.to_string().split_once("^^<") {
                Some((value, datatype)) => {
                    let datatype = short(datatype.trim_end_matches('>'), article, &mut used);
                    format!("{value}^^{datatype}")
                }
                None => literal.to_string(),
            },
            Term::BlankNode(object) => object.to_string(),
        };
        let key = order(&short(subject.as_str(), article, &mut used));
        subjects.entry(key).or_default().push((predicate, object));
    }
    let mut out = format!("@base <{article}> .\n");
    let data = ["c", "e", "f", "h", "l", "n", "p", "s", "t", "v"];
    let data = data.iter().map(|kind| (*kind, format!("{DEFAULT_BASE}{kind}/")));
    let vocabulary = PREFIXES.iter().map(|(prefix, space)| (*prefix, (*space).to_owned()));
    for (prefix, space) in data.chain(vocabulary).filter(|(prefix, _)| used.contains(*prefix)) {
        writeln!(out, "@prefix {prefix}: <{space}> .").expect("a string takes every write");
    }
    for ((.., subject), mut rows) in subjects {
        rows.sort_by_key(|(predicate, object)| {
            (predicate != "a", predicate.clone(), object.clone())
        });
        write!(out, "\n{subject}").expect("a string takes every write");
        let groups: Vec<String> = rows
            .chunk_by(|a, b| a.0 == b.0)
            .map(|group| {
                let objects: Vec<&str> = group.iter().map(|(_, object)| object.as_str()).collect();
                format!("{} {}", group[0].0, objects.join(", "))
            })
            .collect();
        writeln!(out, " {} .", groups.join(" ;\n    ")).expect("a string takes every write");
    }
    out
}

fn short(iri: &str, article: &str, used: &mut BTreeSet<String>) -> String {
    if let Some(fragment) = iri.strip_prefix(article) {
        return format!("<{fragment}>");
    }
    let prefixed = iri
        .strip_prefix(DEFAULT_BASE)
        .and_then(|local| local.split_once('/'))
        .filter(|(kind, local)| kind.len() == 1 && !local.contains('#'));
    let vocabulary =
        PREFIXES.iter().find_map(|(prefix, space)| Some((*prefix, iri.strip_prefix(space)?)));
    match prefixed.or(vocabulary) {
        Some((prefix, local)) => {
            used.insert(prefix.to_owned());
            format!("{prefix}:{local}")
        }
        None => format!("<{iri}>"),
    }
}

/// Where a subject stands: kind, offsets, name.
type Place = (usize, u32, u32, String);

/// Article, sentences and spans by their offsets, then the other nodes by kind.
fn order(subject: &str) -> Place {
    let kinds = ["<>", "<#char", "e:", "l:", "t:", "f:", "v:", "s:", "c:"];
    let kind = kinds.iter().position(|kind| subject.starts_with(kind)).unwrap_or(kinds.len());
    let offsets = subject.strip_prefix("<#char=").and_then(|s| s.strip_suffix('>'));
    let offsets = offsets.and_then(|s| s.split_once(','));
    let (start, end) = offsets.map_or((0, 0), |(start, end)| {
        (start.parse().unwrap_or_default(), end.parse().unwrap_or_default())
    });
    (kind, start, end, subject.to_owned())
}
