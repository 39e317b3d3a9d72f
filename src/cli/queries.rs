//! `newsgraph queries [QUESTION]`.

use std::io::{self, BufWriter, Write};

use clap::Args;
use serde_json::json;

use super::source::Questions;
use super::{Exit, Global};
use crate::query::{ParameterDefault, Question};

/// Lists the saved questions; with a name: what it answers, its parameters, its SPARQL.
#[derive(Debug, Args)]
pub struct Queries {
    /// The name of a saved question.
    question: Option<String>,
    /// Where else saved questions are.
    #[command(flatten)]
    questions: Questions,
}

impl Queries {
    /// Writes the list or the question to standard output.
    ///
    /// # Errors
    ///
    /// An unknown name, or a question that cannot be read.
    pub fn run(&self, global: &Global) -> anyhow::Result<Exit> {
        let library = self.questions.library(global)?;
        let mut out = BufWriter::new(io::stdout().lock());
        if let Some(name) = &self.question {
            let question = library.get(name)?;
            if global.json {
                writeln!(out, "{}", as_json(&question))?;
            } else {
                describe(&question, &mut out)?;
            }
            out.flush()?;
            return Ok(Exit::Done);
        }
        let mut exit = Exit::Done;
        let width = library.names().map(str::len).max().unwrap_or(0);
        for name in library.names() {
            match library.get(name) {
                Ok(question) if global.json => writeln!(out, "{}", as_json(&question))?,
                Ok(question) => {
                    let line = format!("{name:width$}  {}", question.head().summary);
                    writeln!(out, "{}", line.trim_end())?;
                }
                Err(error) => {
                    out.flush()?;
                    writeln!(io::stderr(), "newsgraph: {error}")?;
                    exit = Exit::No;
                }
            }
        }
        out.flush()?;
        Ok(exit)
    }
}

fn describe(question: &Question, out: &mut impl Write) -> io::Result<()> {
    let head = question.head();
    writeln!(out, "{} — {}", question.name(), head.summary)?;
    if !head.description.is_empty() {
        writeln!(out, "\n{}", head.description)?;
    }
    if !head.params.is_empty() {
        writeln!(out, "\nParameters")?;
    }
    for parameter in &head.params {
        let default = match &parameter.default {
            ParameterDefault::Required => "required".to_owned(),
            ParameterDefault::Free => "optional".to_owned(),
            ParameterDefault::Value(value) => format!("default {value}"),
        };
        let kind = parameter.kind.as_str();
        let example = parameter.example.as_deref().unwrap_or("…");
        write!(out, "  -v {}={example}  {kind}, {default}", parameter.name)?;
        if parameter.description.is_empty() {
            writeln!(out)?;
        } else {
            writeln!(out, ": {}", parameter.description)?;
        }
    }
    let columns = question.columns();
    if !columns.is_empty() {
        writeln!(out, "\nColumns\n  {}", columns.join(", "))?;
    }
    write!(out, "\nSPARQL\n{}", question.sparql())
}

fn as_json(question: &Question) -> serde_json::Value {
    let head = question.head();
    let params: Vec<_> = head
        .params
        .iter()
        .map(|parameter| {
            let mut value = json!({
                "name": parameter.name,
                "type": parameter.kind.as_str(),
                "description": parameter.description,
                "required": parameter.default == ParameterDefault::Required,
            });
            if let Some(example) = &parameter.example {
                value["example"] = json!(example);
            }
            if let ParameterDefault::Value(default) = &parameter.default {
                value["default"] = json!(default);
            }
            value
        })
        .collect();
    json!({
        "name": question.name(),
        "summary": head.summary,
        "description": head.description,
        "params": params,
        "columns": question.columns(),
        "sparql": question.sparql(),
    })
}
