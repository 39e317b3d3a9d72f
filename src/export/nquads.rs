//! N-Quads: a line a quad, the lines of each graph in canonical order.

use std::io::{self, Write};

use oxrdf::NamedNode;

use super::{Document, ExportError, Format, Graph};
use crate::graph::Reifier;
use crate::vocab::rdf;

pub(super) const FORMAT: Format = Format {
    name: "nquads",
    about: "N-Quads: a line a quad, for loading into stores",
    extension: "nq",
    media_type: "application/n-quads",
    graphs: true,
    rdf12: true,
    begin: |_, out| Ok(Box::new(Lines { graphs: true, out })),
};

/// A document of lines.
pub(super) struct Lines<'w> {
    pub(super) graphs: bool,
    pub(super) out: &'w mut (dyn Write + 'w),
}

impl Document for Lines<'_> {
    fn graph(&mut self, name: Option<&NamedNode>, graph: &Graph) -> Result<(), ExportError> {
        let end = match name.filter(|_| self.graphs) {
            Some(name) => format!(" {name} .\n"),
            None => " .\n".to_owned(),
        };
        for block in graph.triples.chunk_by(|a, b| a.subject == b.subject) {
            for triple in block {
                write!(self.out, "{triple}{end}")?;
            }
            if let Some(reifier) = graph.reifier(block) {
                let Reifier { claim, triple, graph: _ } = reifier;
                write!(self.out, "{claim} {} <<( {triple} )>>{end}", rdf::REIFIES)?;
            }
        }
        Ok(())
    }

    fn finish(self: Box<Self>) -> io::Result<()> {
        self.out.flush()
    }
}
