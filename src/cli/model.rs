//! `newsgraph model`, and which model analyses texts.

use std::collections::BTreeMap;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use clap::{Args, Subcommand, ValueEnum};

use super::{Exit, Global};
use crate::text::{Engine, Model, Precision};

/// Packs models and says what is in them.
#[derive(Debug, Args)]
pub struct ModelCommand {
    #[command(subcommand)]
    action: Action,
}

#[derive(Debug, Subcommand)]
enum Action {
    /// Makes one file of a spaCy v3 package folder.
    Pack(Pack),
    /// Says what is in a model: the one built in, unless `--model` names another.
    Info,
}

/// `newsgraph model pack`.
#[derive(Debug, Args)]
struct Pack {
    /// The folder that holds `config.cfg`, or a packed file.
    #[arg(value_name = "DIR")]
    from: PathBuf,
    /// Where to write the packed file.
    #[arg(short, long, value_name = "FILE")]
    output: PathBuf,
    /// How to store the weights.
    #[arg(long, value_enum, default_value_t = Rounding::F16)]
    precision: Rounding,
    /// Keeps vectors for these words alone: one a line, the most frequent first.
    #[arg(long, value_name = "FILE")]
    words: Option<PathBuf>,
    /// Keeps at most so many of the words, not counting those that share the vector of their
    /// lower-cased form.
    #[arg(long, value_name = "N", requires = "words", default_value_t = usize::MAX, hide_default_value = true)]
    keys: usize,
    /// Keeps at most so many different vectors.
    #[arg(long, value_name = "N", requires = "words", default_value_t = usize::MAX, hide_default_value = true)]
    rows: usize,
}

/// How weights are stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Rounding {
    /// As trained.
    F32,
    /// Half: nothing to be seen.
    F16,
    /// A quarter: what is built in.
    Int8,
}

impl ModelCommand {
    /// Runs the command.
    pub(crate) fn run(&self, global: &Global) -> anyhow::Result<Exit> {
        match &self.action {
            Action::Pack(pack) => pack.run(global),
            Action::Info => {
                let model = find(global.model.as_deref())?;
                let mut out = io::stdout().lock();
                if global.json {
                    let object: serde_json::Map<_, _> = model
                        .summary()
                        .into_iter()
                        .map(|(name, value)| (name.to_owned(), value.into()))
                        .collect();
                    writeln!(out, "{}", serde_json::Value::Object(object))?;
                } else {
                    for (name, value) in model.summary() {
                        writeln!(out, "{name:<20}{value}")?;
                    }
                }
                Ok(Exit::Done)
            }
        }
    }
}

impl Pack {
    fn run(&self, global: &Global) -> anyhow::Result<Exit> {
        let mut model = read(&self.from)?;
        if self.precision != Rounding::F32 || self.words.is_some() {
            model = model.projected();
        }
        if let Some(path) = &self.words {
            let words = String::from_utf8(read_file(path)?)
                .with_context(|| format!("{}: the words are not UTF-8", path.display()))?;
            model = model.trimmed(words.lines(), self.keys, self.rows);
        }
        let bytes = model
            .rounded(match self.precision {
                Rounding::F32 => Precision::F32,
                Rounding::F16 => Precision::F16,
                Rounding::Int8 => Precision::Int8,
            })
            .to_bytes()?;
        write_file(&self.output, &bytes)?;
        if !global.quiet {
            let name = self.output.display();
            writeln!(io::stderr().lock(), "{name}: {} bytes", bytes.len())?;
        }
        Ok(Exit::Done)
    }
}

/// The language engine with the model at `path`, or with the one built in.
///
/// # Errors
///
/// Where the model cannot be read or is none that the engine runs.
pub fn engine(path: Option<&Path>) -> anyhow::Result<Engine> {
    Ok(Engine::new(&find(path)?)?)
}

fn find(path: Option<&Path>) -> anyhow::Result<Model> {
    match path {
        Some(path) => read(path),
        None => Ok(Model::embedded()?),
    }
}

/// Reads a model: a packed file or a spaCy v3 package folder.
///
/// # Errors
///
/// Where `path` cannot be read, or what is there is no model that the engine runs.
pub fn read(path: &Path) -> anyhow::Result<Model> {
    let model = if path.is_dir() {
        Model::from_folder(&read_folder(path)?)
    } else {
        Model::from_bytes(read_file(path)?)
    };
    model.with_context(|| path.display().to_string())
}

/// The files below a package folder, by relative path.
fn read_folder(folder: &Path) -> anyhow::Result<BTreeMap<String, Vec<u8>>> {
    let mut files = BTreeMap::new();
    for entry in walkdir::WalkDir::new(folder).sort_by_file_name() {
        let entry = entry?;
        let inside = entry.path().strip_prefix(folder).unwrap_or(entry.path());
        // Ids are hashes: the table of strings is large and not needed.
        if entry.file_type().is_file() && !inside.ends_with("strings.json") {
            let inside = inside.to_string_lossy().replace('\\', "/");
            files.insert(inside, read_file(entry.path())?);
        }
    }
    Ok(files)
}

#[expect(clippy::disallowed_methods, reason = "the command line reads the model's files")]
fn read_file(path: &Path) -> anyhow::Result<Vec<u8>> {
    std::fs::read(path).with_context(|| format!("{} cannot be read", path.display()))
}

#[expect(clippy::disallowed_methods, reason = "the command line writes the packed model")]
fn write_file(path: &Path, bytes: &[u8]) -> anyhow::Result<()> {
    std::fs::write(path, bytes).with_context(|| format!("{} cannot be written", path.display()))
}
