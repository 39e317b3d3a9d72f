//! Turtle, grouped and readable, printed by Sophia.
//!
//! Sophia's pretty printer looks at the whole graph for each subject, which takes minutes from
//! some 50,000 triples on. Our graphs have no blank node, so that each subject's block depends on
//! nothing else: it is printed alone, which is linear, and the blocks stand in reading order. A
//! graph that does have blank nodes (somebody's ontology) is given to Sophia as a whole.

use std::convert::Infallible;
use std::io::{self, Write};

use oxrdf::vocab::rdf;
use oxrdf::{NamedNode, NamedNodeRef, TermRef, Triple};
use sophia::api::prefix::{Prefix, PrefixMapPair};
use sophia::api::serializer::TripleSerializer as _;
use sophia::api::source::{IntoSource as _, SinkError, SourceError, StreamError};
use sophia::iri::Iri;
use sophia::turtle::serializer::turtle::{TurtleConfig, TurtleSerializer};

use super::{Document, ExportError, Format, Options, Ox, order, prefix};

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
    fn graph(&mut self, name: Option<&NamedNode>, triples: &[Triple]) -> Result<(), ExportError> {
        if let Some(name) = name.filter(|_| self.printer.many) {
            writeln!(self.out, "\n## graph <{}>", name.as_str())?;
        }
        Ok(self.printer.print(triples, "", self.out)?)
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
    rdf12: bool,
    config: TurtleConfig,
    /// How many bytes Sophia's own prefix block has.
    skip: usize,
}

/// The most triples that Sophia prints well as a whole.
const PRETTY: usize = 10_000;

pub(super) const REIFIES: NamedNodeRef<'static> =
    NamedNodeRef::new_unchecked("http://www.w3.org/1999/02/22-rdf-syntax-ns#reifies");

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
            rdf12: options.rdf12,
            skip: skip.sum(),
            config,
        }
    }

    /// Prints one graph, each line after `indent`.
    pub(super) fn print(
        &self,
        triples: &[Triple],
        indent: &str,
        out: &mut dyn Write,
    ) -> io::Result<()> {
        if triples.iter().any(has_blank_node) {
            return self.print_whole(triples, indent, out);
        }
        let mut part = None;
        for (at, block) in order::blocks(&self.data, triples) {
            if part.replace(at) != Some(at) {
                write!(out, "\n{indent}# {}\n", order::heading(at))?;
            }
            self.block(block, indent, out)?;
        }
        Ok(())
    }

    /// Prints the triples of one subject.
    fn block(&self, block: &[Triple], indent: &str, out: &mut dyn Write) -> io::Result<()> {
        let reified = if self.rdf12 { reified(block) } else { None };
        let reified = reified.map(|terms| terms.map(|term| self.term(term)));
        let mut terms = Vec::with_capacity(block.len());
        for triple in block {
            let [s, p, o] = self.terms(triple);
            if reified.is_none() || !is_reification(triple) {
                terms.push([s, p, o]);
            }
        }
        if let (Some(triple), Some(first)) = (&reified, block.first()) {
            let [subject, ..] = self.terms(first);
            terms.push([subject, Ox::Term(REIFIES.into()), Ox::Triple(triple)]);
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

/// The parts of a claim: its `rdf:subject`, `rdf:predicate` and `rdf:object`, each once.
pub(super) fn reified(block: &[Triple]) -> Option<[TermRef<'_>; 3]> {
    let one = |property| {
        let mut objects = block.iter().filter(|triple| triple.predicate == property);
        let object = objects.next()?.object.as_ref();
        objects.next().is_none().then_some(object)
    };
    let parts = [one(rdf::SUBJECT)?, one(rdf::PREDICATE)?, one(rdf::OBJECT)?];
    let sound = !parts[0].is_literal() && parts[1].is_named_node();
    sound.then_some(parts)
}

/// Whether a triple is one of the three that reification takes the place of.
pub(super) fn is_reification(triple: &Triple) -> bool {
    [rdf::SUBJECT, rdf::PREDICATE, rdf::OBJECT].iter().any(|property| triple.predicate == *property)
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
