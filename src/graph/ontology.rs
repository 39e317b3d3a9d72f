//! The ontology's own files, as they are embedded.

use oxrdf::{GraphName, NamedNode, Quad};
use oxttl::TurtleParser;

use super::iri::Base;

include!(concat!(env!("OUT_DIR"), "/ontology.rs"));

/// The files of `ontology/` by path: `newsgraph.ttl`, `event-types.ttl`, `shapes.ttl`.
pub fn ontology_files() -> &'static [(&'static str, &'static [u8])] {
    ONTOLOGY
}

/// The vocabulary and the event types as quads of the graph `graph/ontology` below `base`,
/// sorted as their N-Quads lines are. The shapes are for checking and stay outside of stores.
pub fn ontology_quads(base: &Base) -> Vec<Quad> {
    let name: NamedNode = base.node("graph/", "ontology");
    let name = GraphName::from(name);
    let mut quads: Vec<Quad> = ONTOLOGY
        .iter()
        .filter(|(path, _)| *path != "shapes.ttl")
        .flat_map(|(_, text)| TurtleParser::new().for_slice(text))
        .map(|triple| triple.expect("the ontology parses: a test reads it").in_graph(name.clone()))
        .collect();
    quads.sort_by_cached_key(ToString::to_string);
    quads
}
