//! `newsgraph query [QUESTION|FILE.rq|-]`.

#![expect(clippy::disallowed_methods, reason = "reads the file of a question")]

use std::io::{self, BufWriter, IsTerminal as _, Read as _, Write as _};
use std::path::Path;

use anyhow::{Context as _, anyhow, bail};
use clap::builder::{PossibleValuesParser, TypedValueParser as _};
use clap::{Args, ValueHint};
use oxigraph::sparql::{CancellationToken, QueryResults};

use super::limits::Limits;
use super::source::{Asked, Questions};
use super::style::{colored, terminal_width};
use super::{Exit, Failure, Global};
use crate::query::rows::{AnswerFormat, Shown, TableStyle, write_answer};
use crate::query::{
    BoundQuestion, Endpoint, EndpointError, Engine, QueryError, Question, run_within,
};

/// Answers a question: a saved one, a file of SPARQL, or SPARQL from standard input.
///
/// The saved questions are listed by `newsgraph queries`. A table shows labels and is folded to the
/// terminal's width; tsv writes plain values; csv, json and xml are SPARQL 1.1 results, with whole
/// IRIs and literals.
///
/// A question only reads: SPARQL Update is refused, SERVICE and LOAD reach nothing. Time, rows and
/// memory are limited, see --timeout, --max-rows and --max-memory.
///
/// With --endpoint the same question goes to a SPARQL 1.1 endpoint, as text with its parameters
/// bound. Exit code 4: the endpoint cannot be reached, fails (5xx) or breaks off; 2: it refuses the
/// question (4xx), does not answer in time, or the address is no endpoint's.
#[derive(Debug, Args)]
pub struct Query {
    /// The name of a saved question, a file, or - for standard input.
    #[arg(value_name = "QUESTION|FILE", value_hint = ValueHint::FilePath)]
    question: Option<String>,
    /// SPARQL itself, in place of a question.
    #[arg(short = 'e', long = "expression", value_name = "SPARQL", conflicts_with = "question")]
    expression: Option<String>,
    /// A parameter's value (repeatable).
    #[arg(short = 'v', long = "value", value_name = "NAME=VALUE", value_parser = pair)]
    values: Vec<(String, String)>,
    /// How to write the answer: a table (the default for rows), or turtle (for a graph).
    #[arg(long, value_name = "FORMAT", value_parser = formats())]
    format: Option<AnswerFormat>,
    /// The most rows or triples to write.
    #[arg(long, value_name = "N")]
    limit: Option<usize>,
    /// How long and how much it may take.
    #[command(flatten)]
    limits: Limits,
    /// Asks a SPARQL 1.1 endpoint elsewhere, whose default graph is the union of its graphs.
    #[arg(long, value_name = "URL", value_hint = ValueHint::Url, conflicts_with_all = ["inputs", "all_versions"])]
    endpoint: Option<String>,
    /// What to ask.
    #[command(flatten)]
    asked: Asked,
    /// Where else saved questions are.
    #[command(flatten)]
    questions: Questions,
}

impl Query {
    /// Writes the answer to standard output.
    ///
    /// # Errors
    ///
    /// A question that cannot be read, wrong parameters, a store or inputs that cannot be read,
    /// and whatever stops the evaluation.
    pub fn run(&self, global: &Global) -> anyhow::Result<Exit> {
        let question = self.question(global)?;
        let kind = question.kind();
        let format = self.format.unwrap_or_else(|| match AnswerFormat::usual(kind) {
            AnswerFormat::Table if global.json => AnswerFormat::Json,
            usual => usual,
        });
        format.check(kind)?;
        question.check_names(&self.values)?;
        if let Some(url) = &self.endpoint {
            let endpoint = Endpoint::new(url, self.limits.timeout, self.limits.max_rows);
            let endpoint = endpoint.map_err(|error| elsewhere(&error.into()))?;
            let answer = |bound: &_, _| endpoint.answer(bound);
            let shown = self.put(&question, format, &endpoint, answer, global);
            return Ok(exit(Exit::Done, shown.map_err(told_elsewhere)?));
        }
        let loaded = self.asked.load(global)?;
        let answer =
            |bound: &_, cancel| run_within(bound, loaded.store(), cancel, self.limits.max_rows);
        let shown = self.put(&question, format, loaded.store(), answer, global)?;
        Ok(exit(loaded.exit(), shown))
    }

    /// Puts the question to an engine and writes the answer.
    fn put(
        &self,
        question: &Question,
        format: AnswerFormat,
        engine: &dyn Engine,
        answer: impl FnOnce(
            &BoundQuestion,
            CancellationToken,
        ) -> Result<QueryResults<'static>, QueryError>,
        global: &Global,
    ) -> anyhow::Result<Shown> {
        let bound = question.bind(&self.values, engine)?;
        let cancel = CancellationToken::new();
        let watch = self.limits.watch(&cancel);
        let style = TableStyle { width: terminal_width(), bold: colored(global) };
        let mut out = BufWriter::new(io::stdout().lock());
        let shown = answer(&bound, cancel)
            .and_then(|answer| write_answer(answer, engine, format, style, self.limit, &mut out));
        let shown = watch.end(shown)?;
        out.flush()?;
        if !global.quiet {
            report(shown, format)?;
        }
        Ok(shown)
    }

    fn question(&self, global: &Global) -> anyhow::Result<Question> {
        if let Some(text) = &self.expression {
            return Ok(Question::parse("-e", text)?);
        }
        let Some(name) = self.question.as_deref() else {
            bail!("which question? `newsgraph queries` lists them; -e takes SPARQL, - reads it");
        };
        if name == "-" {
            let mut text = String::new();
            io::stdin().read_to_string(&mut text).context("standard input")?;
            return Ok(Question::parse("<stdin>", &text)?);
        }
        let is_path = Path::new(name).extension().is_some_and(|e| e == "rq" || e == "sparql");
        if is_path || name.contains(std::path::MAIN_SEPARATOR) {
            return read_question(name);
        }
        let library = self.questions.library(global)?;
        match library.get(name) {
            Err(QueryError::UnknownQuestion { .. }) if Path::new(name).is_file() => {
                read_question(name)
            }
            found => Ok(found?),
        }
    }
}

fn exit(so_far: Exit, shown: Shown) -> Exit {
    match (so_far, shown) {
        (Exit::Done, Shown::Boolean(false)) => Exit::No,
        (exit, _) => exit,
    }
}

/// How a command ends whose endpoint gave no answer: as one whose store cannot be opened, unless
/// the question, its address or its time was wrong.
fn elsewhere(error: &QueryError) -> anyhow::Error {
    let exit = match error {
        QueryError::Endpoint(error) => match error {
            EndpointError::Unreachable { .. } | EndpointError::Damaged { .. } => Exit::Store,
            EndpointError::Status { status, .. } if *status >= 500 => Exit::Store,
            _ => Exit::Usage,
        },
        _ => Exit::Usage,
    };
    Failure { exit, message: error.to_string() }.into()
}

fn told_elsewhere(error: anyhow::Error) -> anyhow::Error {
    match error.downcast::<QueryError>() {
        Ok(error) => elsewhere(&error),
        Err(error) => error,
    }
}

fn read_question(path: &str) -> anyhow::Result<Question> {
    let text = std::fs::read_to_string(path)
        .map_err(|e| anyhow!("{path}: {e} (a file of SPARQL, or the name of a saved question)"))?;
    Ok(Question::parse(path, &text)?)
}

/// Says on standard error what the answer itself cannot: that it is empty, or cut.
fn report(shown: Shown, format: AnswerFormat) -> io::Result<()> {
    let mut err = io::stderr().lock();
    match shown {
        Shown::Rows { count, cut: true } => writeln!(err, "cut after {count} rows (--limit)"),
        Shown::Triples { count, cut: true } => {
            writeln!(err, "cut after {count} triples (--limit)")
        }
        Shown::Rows { count: 0, .. } => writeln!(err, "no rows"),
        Shown::Triples { count: 0, .. } => writeln!(err, "no triples"),
        Shown::Rows { count, .. }
            if format == AnswerFormat::Table && io::stdout().is_terminal() =>
        {
            writeln!(err, "{count} {}", if count == 1 { "row" } else { "rows" })
        }
        Shown::Rows { .. } | Shown::Triples { .. } | Shown::Boolean(_) => Ok(()),
    }
}

fn pair(text: &str) -> Result<(String, String), String> {
    match text.split_once('=') {
        Some((name, value)) if !name.is_empty() => Ok((name.to_owned(), value.to_owned())),
        _ => Err("expected name=value".to_owned()),
    }
}

fn formats() -> impl clap::builder::TypedValueParser<Value = AnswerFormat> {
    let names = AnswerFormat::ALL.iter().map(|(_, name)| *name);
    PossibleValuesParser::new(names).map(|name| {
        let found = AnswerFormat::ALL.iter().find(|(_, other)| *other == name);
        found.expect("clap has let a listed name through").0
    })
}
