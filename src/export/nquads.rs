//! N-Quads: a line a quad, the lines of each graph in canonical order.

use std::io::{self, Write};

use oxrdf::{NamedNode, Triple};

use super::turtle::{REIFIES, is_reification, reified};
use super::{Document, ExportError, Format};

pub(super) const FORMAT: Format = Format {
    name: "nquads",
    about: "N-Quads: a line a quad, for loading into stores",
    extension: "nq",
    media_type: "application/n-quads",
    graphs: true,
    rdf12: true,
    begin: |options, out| Ok(Box::new(Lines { rdf12: options.rdf12, graphs: true, out })),
};

/// A document of lines.
pub(super) struct Lines<'w> {
    pub(super) rdf12: bool,
    pub(super) graphs: bool,
    pub(super) out: &'w mut (dyn Write + 'w),
}

impl Document for Lines<'_> {
    fn graph(&mut self, name: Option<&NamedNode>, triples: &[Triple]) -> Result<(), ExportError> {
        let end = match name.filter(|_| self.graphs) {
            Some(name) => format!(" {name} .\n"),
            None => " .\n".to_owned(),
        };
        for block in triples.chunk_by(|a, b| a.subject == b.subject) {
            let claim = if self.rdf12 { reified(block) } else { None };
            for triple in block {
                if claim.is_none() || !is_reification(triple) {
                    write!(self.out, "{triple}{end}")?;
                }
            }
            if let (Some([s, p, o]), Some(first)) = (claim, block.first()) {
                write!(self.out, "{} {REIFIES} <<( {s} {p} {o} )>>{end}", first.subject)?;
            }
        }
        Ok(())
    }

    fn finish(self: Box<Self>) -> io::Result<()> {
        self.out.flush()
    }
}
