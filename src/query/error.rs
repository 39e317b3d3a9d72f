//! What can go wrong between a question and its answer.

use std::io;

use oxigraph::sparql::QueryEvaluationError;

use super::endpoint::EndpointError;
use super::run::TooMany;

/// What can go wrong between a question and its answer.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum QueryError {
    /// The head of a question cannot be read.
    #[error("{name}:{line}: {message}")]
    Head {
        /// The question.
        name: String,
        /// Line of its text, from 1.
        line: usize,
        /// What is wrong and what would be right.
        message: String,
    },
    /// The text is not SPARQL.
    #[error("{name}:{line}:{column}: {message}\n{excerpt}")]
    Syntax {
        /// The question.
        name: String,
        /// Line, from 1.
        line: usize,
        /// Column in characters, from 1.
        column: usize,
        /// What is wrong.
        message: String,
        /// The line with a caret below the place.
        excerpt: String,
    },
    /// No question has that name.
    #[error("there is no question named \"{name}\"{}{}", did_you_mean(.nearest), .remedy)]
    UnknownQuestion {
        /// What was asked for.
        name: String,
        /// The most similar names.
        nearest: Vec<String>,
        /// What else helps.
        remedy: &'static str,
    },
    /// The question does not have that parameter.
    #[error("the question \"{question}\" has no parameter \"{name}\"{}; {}", did_you_mean(.nearest), takes(.known))]
    UnknownParameter {
        /// The question.
        question: String,
        /// What was given.
        name: String,
        /// The most similar names.
        nearest: Vec<String>,
        /// All its parameters, with types.
        known: Vec<String>,
    },
    /// A parameter without default was not given.
    #[error("the question \"{question}\" needs {name}: -v {name}=… ({kind}: {description})")]
    MissingParameter {
        /// The question.
        question: String,
        /// The parameter.
        name: String,
        /// Its type.
        kind: &'static str,
        /// What it means.
        description: String,
    },
    /// A value does not fit its parameter.
    #[error("{name}={value}: {reason} ({name} is {kind})")]
    BadValue {
        /// The parameter.
        name: String,
        /// What was given.
        value: String,
        /// Why it does not fit.
        reason: String,
        /// What the type takes.
        kind: &'static str,
    },
    /// The same parameter was given twice.
    #[error("{name} is given twice")]
    GivenTwice {
        /// The parameter.
        name: String,
    },
    /// Nothing in the store has that name.
    #[error("{name}={value}: nothing here has that name{}; `newsgraph entities` lists them", did_you_mean(.nearest))]
    UnknownEntity {
        /// The parameter.
        name: String,
        /// What was given.
        value: String,
        /// The most similar names.
        nearest: Vec<String>,
    },
    /// Several things in the store have that name.
    #[error("{name}={value}: several things have that name, give the IRI of one:{}", listed(.candidates))]
    AmbiguousEntity {
        /// The parameter.
        name: String,
        /// What was given.
        value: String,
        /// Each with label, type and IRI.
        candidates: Vec<String>,
    },
    /// The question itself gives its parameter a value.
    #[error(
        "the question assigns ?{name} itself (BIND, VALUES, AS): a parameter is only read; name the column otherwise"
    )]
    Assigned {
        /// The parameter.
        name: String,
    },
    /// A literal would stand where only an IRI can.
    #[error(
        "?{name} stands as a predicate or a graph's name in the question: its value has to be an IRI"
    )]
    NotAnIri {
        /// The parameter.
        name: String,
    },
    /// The form of the answer and the format do not go together.
    #[error("{form} gives {what}: --format {formats}")]
    Format {
        /// The query form.
        form: &'static str,
        /// Rows, yes or no, a graph.
        what: &'static str,
        /// The formats that fit.
        formats: &'static str,
    },
    /// The question was cancelled.
    #[error("the question was stopped before it had its answer")]
    Cancelled,
    /// The question has more rows than were allowed.
    #[error(
        "the question gives more than {most} rows or triples: narrow it, put LIMIT into it, or give it more --max-rows"
    )]
    TooManyRows {
        /// How many were allowed.
        most: usize,
    },
    /// An endpoint elsewhere gave no answer.
    #[error(transparent)]
    Endpoint(#[from] EndpointError),
    /// The evaluation failed.
    #[error("the question failed: {0}")]
    Evaluation(#[source] QueryEvaluationError),
    /// The store failed.
    #[error("the store failed: {0}")]
    Store(#[from] oxigraph::store::StorageError),
    /// The answer could not be written.
    #[error(transparent)]
    Write(#[from] io::Error),
}

impl From<QueryEvaluationError> for QueryError {
    fn from(error: QueryEvaluationError) -> Self {
        match error {
            QueryEvaluationError::Cancelled => Self::Cancelled,
            QueryEvaluationError::Unexpected(cause) => match cause.downcast::<TooMany>() {
                Ok(too_many) => Self::TooManyRows { most: too_many.0 },
                Err(cause) => match cause.downcast::<EndpointError>() {
                    Ok(error) => Self::Endpoint(*error),
                    Err(cause) => Self::Evaluation(QueryEvaluationError::Unexpected(cause)),
                },
            },
            other => Self::Evaluation(other),
        }
    }
}

fn did_you_mean(nearest: &[String]) -> String {
    match nearest {
        [] => String::new(),
        [one] => format!(", did you mean \"{one}\"?"),
        many => format!(", did you mean one of \"{}\"?", many.join("\", \"")),
    }
}

fn takes(known: &[String]) -> String {
    if known.is_empty() {
        "it takes none".to_owned()
    } else {
        format!("it takes {}", known.join(", "))
    }
}

fn listed(candidates: &[String]) -> String {
    candidates.iter().flat_map(|c| ["\n  ", c.as_str()]).collect()
}

/// The names most like `wanted`, at most three, best first.
///
/// Two names are alike when one holds the other, when few letters differ or stand in wrong order,
/// or by a Jaro-Winkler similarity of at least 0.85.
pub(crate) fn nearest<'n>(wanted: &str, names: impl IntoIterator<Item = &'n str>) -> Vec<String> {
    let low = wanted.to_lowercase();
    let mut scored: Vec<(f64, &str)> = names
        .into_iter()
        .filter_map(|name| {
            let other = name.to_lowercase();
            let score = strsim::jaro_winkler(&low, &other);
            let holds = low.len() > 2 && (other.contains(&low) || low.contains(&other));
            let typed = strsim::damerau_levenshtein(&low, &other) * 3 <= low.chars().count();
            (holds || typed || score >= 0.85).then_some((score, name))
        })
        .collect();
    scored.sort_by(|a, b| b.0.total_cmp(&a.0).then_with(|| a.1.cmp(b.1)));
    scored.dedup_by(|a, b| a.1 == b.1);
    scored.into_iter().take(3).map(|(_, name)| name.to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_names_come_first() {
        let names = ["figures", "members", "movements", "who-said-what"];
        assert_eq!(nearest("figure", names), ["figures"]);
        assert_eq!(nearest("mebmers", names), ["members"]);
        assert_eq!(nearest("who-said", names), ["who-said-what"]);
        assert!(nearest("xyzzy", names).is_empty());
    }
}
