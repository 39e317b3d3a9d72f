//! N-Triples: a line a triple, the graphs poured into one.

use super::Format;
use super::nquads::Lines;

pub(super) const FORMAT: Format = Format {
    name: "ntriples",
    about: "N-Triples: a line a triple, without graphs",
    extension: "nt",
    media_type: "application/n-triples",
    graphs: false,
    rdf12: true,
    begin: |_, out| Ok(Box::new(Lines { graphs: false, out })),
};
