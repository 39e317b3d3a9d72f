//! The graph that a CONSTRUCT or DESCRIBE gives, sorted and without doubles.

use std::collections::BTreeMap;
use std::io::{self, Write};

use oxigraph::io::{RdfFormat, RdfSerializer};
use oxrdf::Triple;

use crate::vocab::PREFIXES;

/// Writes triples, sorted by their N-Triples text so that a subject's stand together.
///
/// The serializer holds its prefixes in a hash map and writes their lines in its order; ours are
/// sorted, and only those that occur.
pub(super) fn write_graph(
    triples: Vec<Triple>,
    format: RdfFormat,
    mut out: impl Write,
) -> io::Result<()> {
    let sorted: BTreeMap<String, Triple> =
        triples.into_iter().map(|t| (t.to_string(), t)).collect();
    let used: Vec<_> = PREFIXES
        .iter()
        .filter(|(_, namespace)| {
            let opening = format!("<{namespace}");
            sorted.keys().any(|text| text.contains(&opening))
        })
        .collect();
    let mut serializer = RdfSerializer::from_format(format);
    for (prefix, namespace) in &used {
        serializer = serializer.with_prefix(*prefix, *namespace).expect("our namespaces are IRIs");
    }
    let mut body = serializer.for_writer(Vec::new());
    for triple in sorted.values() {
        body.serialize_triple(triple)?;
    }
    let body = body.finish()?;
    let body = String::from_utf8_lossy(&body);
    if matches!(format, RdfFormat::Turtle | RdfFormat::TriG) {
        for (prefix, namespace) in used {
            writeln!(out, "@prefix {prefix}: <{namespace}> .")?;
        }
        writeln!(out)?;
    }
    for line in body.lines().filter(|line| !line.starts_with("@prefix ")) {
        writeln!(out, "{line}")?;
    }
    Ok(())
}
