//! Where a graph goes and in which format: one set of options for `export` and `map`.

use std::io::{self, BufWriter, Write};
use std::path::PathBuf;

use anyhow::{Context as _, bail};
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{Args, ValueHint};
use oxrdf::{GraphName, NamedNode, Quad};

use crate::export::{AtomicFile, Exporter, FORMATS, Format, Options};
use crate::graph::{Base, annotate, complete, entail, is_text};

/// How to write graphs.
#[derive(Clone, Debug, Args)]
#[command(next_help_heading = "Writing")]
pub(crate) struct Writing {
    /// The format; without it the output file's extension decides.
    #[arg(long, value_name = "FORMAT", value_parser = formats())]
    format: Option<String>,
    /// The file to write, which appears whole or not at all; without it, standard output.
    #[arg(short, long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    output: Option<PathBuf>,
    /// Claims reify triples as RDF 1.2 does, in place of rdf:subject, rdf:predicate, rdf:object.
    #[arg(long)]
    rdf12: bool,
}

/// What graphs say, and how fully.
#[derive(Clone, Copy, Debug, Args)]
#[command(next_help_heading = "Content")]
#[expect(clippy::struct_excessive_bools, reason = "flags that one may set in any combination")]
pub(crate) struct Forms {
    /// Leaves out what follows from the rest: types, offsets and words of spans, and the like.
    #[arg(long)]
    lean: bool,
    /// Adds what follows from the superclasses and superproperties of SEM, PROV and schema.org.
    #[arg(long)]
    entail: bool,
    /// Adds the spans as selectors of the Web Annotation vocabulary.
    #[arg(long)]
    annotations: bool,
    /// Leaves out the article's text, its sentences and the words of its statements.
    #[arg(long)]
    no_text: bool,
}

impl Forms {
    /// What is to leave, of the quads of a store or of the mapper; those of one graph come and
    /// leave side by side.
    pub(crate) fn apply(self, lean: Vec<Quad>, base: &Base) -> Vec<Quad> {
        let mut added = if self.lean { Vec::new() } else { complete(&lean) };
        if self.annotations {
            added.extend(annotate(&lean, base));
        }
        let mut quads = lean;
        quads.append(&mut added);
        if self.entail {
            quads.extend(entail(&quads));
        }
        if self.no_text {
            quads.retain(|quad| !is_text(quad));
        }
        quads.sort_by(|a, b| graph_name(a).cmp(graph_name(b)));
        quads
    }
}

/// The IRI of a quad's graph; none is the empty one.
fn graph_name(quad: &Quad) -> &str {
    match &quad.graph_name {
        GraphName::NamedNode(name) => name.as_str(),
        GraphName::BlankNode(_) | GraphName::DefaultGraph => "",
    }
}

/// The values of `--format`.
fn formats() -> impl TypedValueParser<Value = String> {
    let formats = FORMATS.iter().map(|format| PossibleValue::new(format.name).help(format.about));
    PossibleValuesParser::new(formats).map(|name| name)
}

impl Writing {
    /// The format asked for, else that of the output's extension, else `usual`.
    fn format(&self, usual: &str) -> anyhow::Result<&'static Format> {
        if let Some(format) = self.format.as_deref().and_then(Format::find) {
            return Ok(format);
        }
        let extension = self.output.as_deref().and_then(|path| path.extension());
        if let Some(extension) = extension.and_then(|extension| extension.to_str()) {
            let Some(format) = Format::of_extension(extension) else {
                let known: Vec<_> = FORMATS.iter().map(|f| format!(".{}", f.extension)).collect();
                bail!(
                    "no format has the extension .{extension}: say --format, or take {}",
                    known.join(", ")
                );
            };
            return Ok(format);
        }
        Format::find(usual).context("the usual format is in the list")
    }

    /// The same for one part of several: `graph.nq` becomes `graph-1-of-4.nq`.
    pub(crate) fn of_part(&self, part: usize, parts: usize) -> Self {
        let named = |path: &PathBuf| {
            let mut name = path.file_stem().unwrap_or_default().to_owned();
            name.push(format!("-{}-of-{parts}", part + 1));
            if let Some(extension) = path.extension() {
                name.push(".");
                name.push(extension);
            }
            path.with_file_name(name)
        };
        Self { output: self.output.as_ref().map(named), ..self.clone() }
    }

    /// Writes what `write` hands over, to the output in the format asked for, or in `usual`.
    ///
    /// `base` is what the data's IRIs begin with, `article` the article where it is only one.
    ///
    /// # Errors
    ///
    /// What `write` returns, and whatever hinders writing; then an output file stays as it was.
    pub(crate) fn write<T>(
        &self,
        usual: &str,
        base: &str,
        article: Option<NamedNode>,
        write: impl FnOnce(&mut Exporter<'_>) -> anyhow::Result<T>,
    ) -> anyhow::Result<T> {
        let format = self.format(usual)?;
        let options = Options { base: base.to_owned(), article, rdf12: self.rdf12 };
        let Some(path) = &self.output else {
            let mut out = BufWriter::new(io::stdout().lock());
            return into(&mut out, format, &options, write);
        };
        let name = path.display();
        let mut file =
            AtomicFile::create(path).with_context(|| format!("{name}: cannot be written"))?;
        let done = into(&mut file, format, &options, write)?;
        file.commit().with_context(|| format!("{name}: cannot be written"))?;
        Ok(done)
    }
}

fn into<T>(
    out: &mut dyn Write,
    format: &Format,
    options: &Options,
    write: impl FnOnce(&mut Exporter<'_>) -> anyhow::Result<T>,
) -> anyhow::Result<T> {
    let mut exporter = Exporter::new(format, options, out)?;
    let done = write(&mut exporter)?;
    exporter.finish()?;
    Ok(done)
}
