//! Quads become files that linked-data tools read.
//!
//! An [`Exporter`] takes one graph after the other and writes each before it takes the next, so
//! that memory holds one graph, not the store. Within a graph everything is in a fixed order: the
//! same graphs give the same bytes. This module does not know where graphs come from, nor what is
//! left out of them or added to them: that is [`crate::graph`]'s. [`FORMATS`] is the list of
//! what can be written.
//!
//! # Examples
//!
//! ```
//! use newsgraph::export::{Exporter, Format, Options};
//! use oxrdf::{Literal, NamedNode, Triple};
//!
//! let node = |iri: &str| NamedNode::new(iri).expect("an IRI");
//! let ferry = node("https://w3id.org/newsgraph/d/e/ferry");
//! let label = node("http://www.w3.org/2000/01/rdf-schema#label");
//! let triples = vec![Triple::new(ferry, label, Literal::from("the ferry"))];
//!
//! let turtle = Format::find("turtle").expect("it is in the list");
//! let mut bytes = Vec::new();
//! let mut exporter = Exporter::new(turtle, &Options::default(), &mut bytes)?;
//! exporter.graph(Some(&node("https://w3id.org/newsgraph/d/g/one")), triples)?;
//! exporter.finish()?;
//! assert!(String::from_utf8_lossy(&bytes).ends_with("e:ferry\n  rdfs:label \"the ferry\".\n"));
//! # Ok::<(), newsgraph::export::ExportError>(())
//! ```

mod file;
mod jsonld;
mod nquads;
mod ntriples;
mod order;
mod part;
mod prefix;
mod rdfxml;
mod term;
mod trig;
mod turtle;

use std::io::{self, Write};

use oxrdf::{GraphName, NamedNode, NamedOrBlankNode, Triple};

use crate::graph::{DEFAULT_BASE, Reifier, reify};

pub use file::AtomicFile;
pub use part::part_of;
pub use term::Ox;

/// How to write.
#[derive(Clone, Debug)]
pub struct Options {
    /// What the data's IRIs begin with: the store's base.
    pub base: String,
    /// The article's IRI where only one is written: Turtle and TriG take it as `@base`.
    pub article: Option<NamedNode>,
    /// Whether claims reify triples as RDF 1.2 does, in place of `rdf:subject`, `rdf:predicate`
    /// and `rdf:object`.
    pub rdf12: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self { base: DEFAULT_BASE.to_owned(), article: None, rdf12: false }
    }
}

/// Why an export failed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ExportError {
    /// The file or stream takes no more.
    #[error("cannot write: {0}")]
    Write(#[from] io::Error),
    /// The format is older than RDF 1.2.
    #[error("{format} cannot carry RDF 1.2 triple terms (take {})", names(|f| f.rdf12))]
    NoTripleTerms {
        /// The format.
        format: &'static str,
    },
    /// The format is XML, which lacks some characters.
    #[error("RDF/XML cannot carry the control character {character:?} of {words:?} (take turtle)")]
    NotInXml {
        /// The character.
        character: char,
        /// The beginning of the literal that has it.
        words: String,
    },
}

/// An export format.
#[derive(Debug)]
pub struct Format {
    /// Its name on the command line.
    pub name: &'static str,
    /// One line about it.
    pub about: &'static str,
    /// The usual file name extension.
    pub extension: &'static str,
    /// The media type.
    pub media_type: &'static str,
    /// Whether it keeps the graphs apart.
    pub graphs: bool,
    /// Whether it can carry RDF 1.2 triple terms.
    pub rdf12: bool,
    /// Begins a document.
    begin: for<'w> fn(&Options, &'w mut (dyn Write + 'w)) -> io::Result<Box<dyn Document + 'w>>,
}

/// Every export format.
pub static FORMATS: &[Format] = &[
    turtle::FORMAT,
    trig::FORMAT,
    nquads::FORMAT,
    ntriples::FORMAT,
    jsonld::FORMAT,
    rdfxml::FORMAT,
];

impl Format {
    /// The format that is called `name`.
    pub fn find(name: &str) -> Option<&'static Self> {
        FORMATS.iter().find(|format| format.name == name)
    }

    /// The format of a file name extension.
    pub fn of_extension(extension: &str) -> Option<&'static Self> {
        FORMATS.iter().find(|format| format.extension.eq_ignore_ascii_case(extension))
    }
}

fn names(takes: fn(&Format) -> bool) -> String {
    let names: Vec<_> = FORMATS.iter().filter(|f| takes(f)).map(|f| f.name).collect();
    names.join(", ")
}

/// A document that is being written: the seam between [`Exporter`] and the formats.
trait Document {
    /// Writes one graph.
    fn graph(&mut self, name: Option<&NamedNode>, graph: &Graph) -> Result<(), ExportError>;

    /// Writes what ends the document.
    fn finish(self: Box<Self>) -> io::Result<()>;
}

/// What a format is given.
struct Graph {
    /// The triples, sorted, each once.
    triples: Vec<Triple>,
    /// In RDF 1.2 the claims, by IRI, with the triples that they reify; else none.
    reifiers: Vec<Reifier>,
}

impl Graph {
    fn new(mut triples: Vec<Triple>, rdf12: bool) -> Self {
        let mut reifiers = Vec::new();
        if rdf12 {
            let quads = triples.into_iter().map(|t| t.in_graph(GraphName::DefaultGraph)).collect();
            let (kept, found) = reify(quads);
            triples = kept.into_iter().map(Triple::from).collect();
            reifiers = found;
        }
        order::sort(&mut triples);
        Self { triples, reifiers }
    }

    /// What the subject of `block` reifies.
    fn reifier(&self, block: &[Triple]) -> Option<&Reifier> {
        let NamedOrBlankNode::NamedNode(claim) = &block.first()?.subject else { return None };
        let found = self.reifiers.binary_search_by(|r| r.claim.as_str().cmp(claim.as_str()));
        self.reifiers.get(found.ok()?)
    }
}

/// Writes graphs, one after the other, as one document.
pub struct Exporter<'w> {
    document: Box<dyn Document + 'w>,
    rdf12: bool,
}

impl<'w> Exporter<'w> {
    /// Begins a document of `format` on `out`, which is best buffered.
    ///
    /// # Errors
    ///
    /// [`ExportError::NoTripleTerms`] where RDF 1.2 is asked of an older format;
    /// [`ExportError::Write`].
    pub fn new(
        format: &Format,
        options: &Options,
        out: &'w mut (dyn Write + 'w),
    ) -> Result<Self, ExportError> {
        if options.rdf12 && !format.rdf12 {
            return Err(ExportError::NoTripleTerms { format: format.name });
        }
        Ok(Self { document: (format.begin)(options, out)?, rdf12: options.rdf12 })
    }

    /// Writes the graph called `name`; formats that keep no graphs apart leave the name out.
    ///
    /// The triples may come in any order and more than once.
    ///
    /// # Errors
    ///
    /// [`ExportError::Write`]; [`ExportError::NotInXml`].
    pub fn graph(
        &mut self,
        name: Option<&NamedNode>,
        triples: Vec<Triple>,
    ) -> Result<(), ExportError> {
        self.document.graph(name, &Graph::new(triples, self.rdf12))
    }

    /// Ends the document.
    ///
    /// # Errors
    ///
    /// [`ExportError::Write`].
    pub fn finish(self) -> Result<(), ExportError> {
        Ok(self.document.finish()?)
    }
}
