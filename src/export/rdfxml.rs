//! RDF/XML, the graphs poured into one.

use std::io::{self, Write};

use oxrdf::{NamedNode, Term};
use oxrdfio::{RdfFormat, RdfSerializer, WriterQuadSerializer};

use super::{Document, ExportError, Format, Graph, Options, prefix};

pub(super) const FORMAT: Format = Format {
    name: "rdfxml",
    about: "RDF/XML, for older tools, without graphs",
    extension: "rdf",
    media_type: "application/rdf+xml",
    graphs: false,
    rdf12: false,
    begin: |options, out| Ok(Box::new(RdfXml(serializer(options)?.for_writer(out)))),
};

fn serializer(options: &Options) -> io::Result<RdfSerializer> {
    let mut serializer = RdfSerializer::from_format(RdfFormat::RdfXml);
    for (prefix, iri) in prefix::prefixes(options) {
        serializer = serializer.with_prefix(prefix, iri).map_err(io::Error::other)?;
    }
    Ok(serializer)
}

struct RdfXml<'w>(WriterQuadSerializer<&'w mut (dyn Write + 'w)>);

impl Document for RdfXml<'_> {
    fn graph(&mut self, _: Option<&NamedNode>, graph: &Graph) -> Result<(), ExportError> {
        for triple in &graph.triples {
            if let Term::Literal(literal) = &triple.object
                && let Some(character) = literal.value().chars().find(|&c| !in_xml(c))
            {
                let words = literal.value().chars().take(20).collect();
                return Err(ExportError::NotInXml { character, words });
            }
            self.0.serialize_triple(triple)?;
        }
        Ok(())
    }

    fn finish(self: Box<Self>) -> io::Result<()> {
        let out = self.0.finish()?;
        out.write_all(b"\n")?;
        out.flush()
    }
}

/// Whether XML 1.0 has the character (section 2.2, `Char`).
fn in_xml(character: char) -> bool {
    matches!(character, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..)
}
