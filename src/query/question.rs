//! A question: head, text and algebra; and the question once its parameters have values.

use std::fmt;

use oxrdf::Variable;
use spargebra::Query;
use spargebra::algebra::GraphPattern;

use super::bind::{Values, bind};
use super::engine::Engine;
use super::entity::resolve_entity;
use super::error::{QueryError, nearest};
use super::head::Head;
use super::order::make_total;
use super::parameter::{Given, Parameter, ParameterDefault};
use super::syntax;

/// SPARQL with a head.
#[derive(Clone, Debug)]
pub struct Question {
    name: String,
    head: Head,
    text: String,
    query: Query,
}

/// What an answer is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AnswerKind {
    /// SELECT.
    Rows,
    /// ASK.
    Boolean,
    /// CONSTRUCT and DESCRIBE.
    Graph,
}

/// A question whose parameters have their values. Its `Display` is SPARQL that gives the same
/// answer elsewhere.
#[derive(Clone, Debug)]
pub struct BoundQuestion {
    query: Query,
}

impl Question {
    /// Parses a question; `name` is what messages call it.
    ///
    /// # Errors
    ///
    /// [`QueryError::Syntax`] and [`QueryError::Head`], the latter also where the head names a
    /// parameter that the query does not use, or other columns than the query gives.
    pub fn parse(name: &str, text: &str) -> Result<Self, QueryError> {
        let head = Head::parse(name, text)?;
        let query = syntax::parse(name, text)?;
        let question = Self { name: name.to_owned(), head, text: text.to_owned(), query };
        question.check()?;
        Ok(question)
    }

    fn check(&self) -> Result<(), QueryError> {
        let fail = |word: &str, message: String| {
            let found = self.text.lines().position(|l| l.starts_with("#+") && l.contains(word));
            QueryError::Head { name: self.name.clone(), line: found.map_or(1, |i| i + 1), message }
        };
        for parameter in &self.head.params {
            let variable = self.variable(&parameter.name);
            if !mentions(&self.text, &variable) {
                let message = format!("neither ?_{0} nor ?{0} occurs in the query", parameter.name);
                return Err(fail(&parameter.name, message));
            }
        }
        let columns = self.columns();
        if !self.head.columns.is_empty() && self.head.columns != columns {
            return Err(fail(
                "columns:",
                format!(
                    "the head names the columns {}, the query gives {}",
                    self.head.columns.join(", "),
                    columns.join(", ")
                ),
            ));
        }
        Ok(())
    }

    /// What messages call it: the name of a saved question, the path of a file.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What it says of itself.
    pub fn head(&self) -> &Head {
        &self.head
    }

    /// The whole text, head and all.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The SPARQL without the head's lines.
    pub fn sparql(&self) -> String {
        let lines = self.text.lines().skip_while(|l| l.starts_with("#+") || l.trim().is_empty());
        lines.flat_map(|l| [l, "\n"]).collect()
    }

    /// What its answer is.
    pub fn kind(&self) -> AnswerKind {
        answer_kind(&self.query)
    }

    /// The columns of its answer in order, none unless it gives rows.
    pub fn columns(&self) -> Vec<String> {
        let Query::Select { pattern, .. } = &self.query else { return Vec::new() };
        projected(pattern).iter().map(|v| (*v).to_owned()).collect()
    }

    /// Gives the parameters their values: those of `given`, else the defaults. A name given for an
    /// `entity` is looked up in `engine`.
    ///
    /// # Errors
    ///
    /// An unknown, ill-typed, doubled or missing parameter, a name that the store does not know or
    /// that several things have, or a question that assigns its parameter.
    pub fn bind(
        &self,
        given: &[(String, String)],
        engine: &dyn Engine,
    ) -> Result<BoundQuestion, QueryError> {
        let mut values = Values::new();
        for (name, text) in given {
            let parameter = self.parameter(name)?;
            let term = match parameter.read(text)? {
                Given::Term(term) => term,
                Given::EntityName(wanted) => resolve_entity(engine, name, &wanted)?.into(),
            };
            if values.insert(self.variable(name), term).is_some() {
                return Err(QueryError::GivenTwice { name: name.clone() });
            }
        }
        for parameter in &self.head.params {
            let variable = self.variable(&parameter.name);
            if values.contains_key(&variable) {
                continue;
            }
            match &parameter.default {
                ParameterDefault::Free => {}
                ParameterDefault::Required => return Err(self.missing(parameter)),
                ParameterDefault::Value(text) => {
                    let term = match parameter.read(text)? {
                        Given::Term(term) => term,
                        Given::EntityName(wanted) => {
                            resolve_entity(engine, &parameter.name, &wanted)?.into()
                        }
                    };
                    values.insert(variable, term);
                }
            }
        }
        let mut query = self.query.clone();
        bind(&mut query, &values)?;
        make_total(&mut query);
        Ok(BoundQuestion { query })
    }

    /// Checks, before anything is loaded, that every name of `given` is a parameter, every value
    /// fits, and none is missing.
    ///
    /// # Errors
    ///
    /// An unknown, ill-typed or missing parameter.
    pub fn check_names(&self, given: &[(String, String)]) -> Result<(), QueryError> {
        for (name, text) in given {
            self.parameter(name)?.read(text)?;
        }
        let missing = self.head.params.iter().find(|parameter| {
            parameter.default == ParameterDefault::Required
                && given.iter().all(|(name, _)| *name != parameter.name)
        });
        missing.map_or(Ok(()), |parameter| Err(self.missing(parameter)))
    }

    fn missing(&self, parameter: &Parameter) -> QueryError {
        QueryError::MissingParameter {
            question: self.name.clone(),
            name: parameter.name.clone(),
            kind: parameter.kind.describe(),
            description: parameter.description.clone(),
        }
    }

    /// The variable of a parameter: grlc's `?_name`, so that a column may be called like it, or
    /// where the query has none, `?name`.
    fn variable(&self, name: &str) -> String {
        let marked = format!("_{name}");
        if mentions(&self.text, &marked) { marked } else { name.to_owned() }
    }

    fn parameter(&self, name: &str) -> Result<&Parameter, QueryError> {
        let params = &self.head.params;
        params.iter().find(|p| p.name == name).ok_or_else(|| QueryError::UnknownParameter {
            question: self.name.clone(),
            name: name.to_owned(),
            nearest: nearest(name, params.iter().map(|p| p.name.as_str())),
            known: params.iter().map(|p| format!("{} ({})", p.name, p.kind.as_str())).collect(),
        })
    }
}

impl BoundQuestion {
    /// A query as it is, without parameters.
    pub(crate) fn new(query: Query) -> Self {
        Self { query }
    }

    /// The algebra.
    pub fn query(&self) -> &Query {
        &self.query
    }

    /// What its answer is.
    pub fn kind(&self) -> AnswerKind {
        answer_kind(&self.query)
    }
}

impl fmt::Display for BoundQuestion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.query.fmt(f)
    }
}

fn answer_kind(query: &Query) -> AnswerKind {
    match query {
        Query::Select { .. } => AnswerKind::Rows,
        Query::Ask { .. } => AnswerKind::Boolean,
        Query::Construct { .. } | Query::Describe { .. } => AnswerKind::Graph,
    }
}

/// The variables that a SELECT projects.
fn projected(pattern: &GraphPattern) -> Vec<&str> {
    match pattern {
        GraphPattern::Project { variables, .. } => variables.iter().map(Variable::as_str).collect(),
        GraphPattern::Distinct { inner }
        | GraphPattern::Reduced { inner }
        | GraphPattern::Slice { inner, .. }
        | GraphPattern::OrderBy { inner, .. } => projected(inner),
        _ => Vec::new(),
    }
}

/// Whether `?name` or `$name` stands in the text outside of comments.
fn mentions(text: &str, name: &str) -> bool {
    text.lines().filter(|line| !line.trim_start().starts_with('#')).any(|line| {
        line.match_indices(name).any(|(at, _)| {
            let before = line.get(..at).and_then(|s| s.chars().next_back());
            let after = line.get(at + name.len()..).and_then(|s| s.chars().next());
            matches!(before, Some('?' | '$'))
                && !after.is_some_and(|c| c.is_alphanumeric() || c == '_')
        })
    })
}
