//! Turtle, grouped and readable, printed by Sophia.
//!
//! Sophia's pretty printer looks at the whole graph for each subject, which takes minutes from
//! some 50,000 triples on. Our graphs have no blank node, so that each subject's block depends on
//! nothing else: it is printed alone, which is linear, and the blocks stand in reading order. A
//! graph that does have blank nodes (somebody's ontology) is given to Sophia as a whole.

use std::convert::Infallible;
use std::io::{self, Write};

use oxrdf::{NamedNode, TermRef, Triple};
use sophia::api::prefix::{Prefix, PrefixMapPair};
use sophia::api::serializer::TripleSerializer as _;
use sophia::api::source::{IntoSource as _, SinkError, SourceError, StreamError};
use sophia::iri::Iri;
use sophia::turtle::serializer::turtle::{TurtleConfig, TurtleSerializer};

use super::{Document, ExportError, Format, Graph, Options, Ox, order, prefix};
use crate::graph::Reifier;
use crate::vocab::rdf;

pub(super) const FORMAT: Format = Format {
    name: "turtle",
    about: "Turtle: grouped, sorted, for reading",
    extension: "ttl",
    media_type: "text/turtle",
    graphs: false,
    rdf12: true,
    begin: |options, out| {
        let printer = Printer::new(options);
        out.write_all(printer.head.as_bytes())?;
        Ok(Box::new(Turtle { printer, out }))
    },
};

struct Turtle<'w> {
    printer: Printer,
    out: &'w mut (dyn Write + 'w),
}

impl Document for Turtle<'_> {
    fn graph(&mut self, name: Option<&NamedNode>, graph: &Graph) -> Result<(), ExportError> {
        if let Some(name) = name.filter(|_| self.printer.many) {
            writeln!(self.out, "\n## graph <{}>", name.as_str())?;
        }
        Ok(self.printer.print(graph, "", self.out)?)
    }

    fn finish(self: Box<Self>) -> io::Result<()> {
        self.out.flush()
    }
}

/// Prints graphs as Turtle, subject by subject.
pub(super) struct Printer {
    /// The base and the prefixes.
    pub(super) head: String,
    /// Whether more than one article may come.
    many: bool,
    base: String,
    data: String,
    config: TurtleConfig,
    /// How many bytes Sophia's own prefix block has.
    skip: usize,
}

/// The most triples that Sophia prints well as a whole.
const PRETTY: usize = 10_000;

impl Printer {
    pub(super) fn new(options: &Options) -> Self {
        let prefixes = prefix::prefixes(options);
        let map = prefixes.iter().map(|(prefix, iri)| -> PrefixMapPair {
            (Prefix::new_unchecked(prefix.as_str().into()), Iri::new_unchecked(iri.as_str().into()))
        });
        let config = TurtleConfig::new().with_pretty(true).with_own_prefix_map(map.collect());
        let skip = prefixes.iter().map(|(prefix, iri)| format!("PREFIX {prefix}: <{iri}>\n").len());
        Self {
            head: prefix::head(options, &prefixes),
            many: options.article.is_none(),
            base: prefix::base(options).to_owned(),
            data: options.base.clone(),
            skip: skip.sum(),
            config,
        }
    }

    /// Prints one graph, each line after `indent`.
    pub(super) fn print(&self, graph: &Graph, indent: &str, out: &mut dyn Write) -> io::Result<()> {
        if graph.triples.iter().any(has_blank_node) {
            return self.print_whole(&graph.triples, indent, out);
        }
        let mut part = None;
        for (at, block) in order::blocks(&self.data, &graph.triples) {
            if part.replace(at) != Some(at) {
                write!(out, "\n{indent}# {}\n", order::heading(at))?;
            }
            self.block(block, graph.reifier(block), indent, out)?;
        }
        Ok(())
    }

    /// Prints the triples of one subject, and the triple that it reifies.
    fn block(
        &self,
        block: &[Triple],
        reifier: Option<&Reifier>,
        indent: &str,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        let mut terms: Vec<_> = block.iter().map(|triple| self.terms(triple)).collect();
        let reified = reifier.map(|reifier| self.terms(&reifier.triple));
        if let (Some(reified), Some(&[subject, ..])) = (&reified, terms.first()) {
            terms.push([subject, Ox::Term(rdf::REIFIES.into()), Ox::Triple(reified)]);
        }
        self.sophia(&terms, indent, out)
    }

    /// Prints a graph with blank nodes.
    fn print_whole(&self, triples: &[Triple], indent: &str, out: &mut dyn Write) -> io::Result<()> {
        let terms: Vec<_> = triples.iter().map(|triple| self.terms(triple)).collect();
        if triples.len() <= PRETTY {
            return self.sophia(&terms, indent, out);
        }
        let mut serializer = TurtleSerializer::new(out);
        serializer.serialize_triples(terms.into_iter().into_source()).map(drop).map_err(io_error)
    }

    fn sophia(&self, terms: &[[Ox<'_>; 3]], indent: &str, out: &mut dyn Write) -> io::Result<()> {
        let mut printed = Vec::new();
        TurtleSerializer::new_with_config(&mut printed, self.config.clone())
            .serialize_triples(terms.iter().copied().into_source())
            .map_err(io_error)?;
        let block = printed.get(self.skip..).unwrap_or_default();
        if indent.is_empty() {
            return out.write_all(block);
        }
        // Line ends inside of literals are escaped, so that each line here is one of the layout.
        for line in block.split_inclusive(|&byte| byte == b'\n') {
            if line != b"\n" {
                out.write_all(indent.as_bytes())?;
            }
            out.write_all(line)?;
        }
        Ok(())
    }

    fn terms<'t>(&'t self, triple: &'t Triple) -> [Ox<'t>; 3] {
        [
            self.term(triple.subject.as_ref().into()),
            Ox::Term(triple.predicate.as_ref().into()),
            self.term(triple.object.as_ref()),
        ]
    }

    /// A term, relative to the base where that is shorter than a prefixed name would be: the
    /// article and its fragments, or all articles where there are many.
    fn term<'t>(&self, term: TermRef<'t>) -> Ox<'t> {
        if let TermRef::NamedNode(node) = term
            && let Some(local) = node.as_str().strip_prefix(&self.base)
        {
            let relative = if self.many {
                local.starts_with("a/")
            } else {
                local.is_empty() || local.starts_with('#')
            };
            if relative {
                return Ox::Relative(local);
            }
        }
        Ox::Term(term)
    }
}

fn has_blank_node(triple: &Triple) -> bool {
    triple.subject.is_blank_node() || triple.object.is_blank_node()
}

fn io_error(error: StreamError<Infallible, io::Error>) -> io::Error {
    match error {
        SourceError(never) => match never {},
        SinkError(error) => error,
    }
}
