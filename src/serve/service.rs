//! From a request to its reply.

use std::num::NonZero;

use oxigraph::io::RdfFormat;
use oxigraph::sparql::CancellationToken;
use oxigraph::sparql::results::QueryResultsFormat;
use oxigraph::store::Store;
use serde::Serialize;

use super::accept::best;
use super::protocol::{Asked, Reply, Request, pairs};
use crate::query::rows::write_standard;
use crate::query::{
    AnswerKind, BoundQuestion, Library, ParameterDefault, QueryError, Question, run_within,
};

/// Ends the watch over a question; says why it was stopped, if it was.
pub type Guard = Box<dyn FnOnce() -> Option<String>>;

/// Begins to watch a question, which it stops by the token where it takes too much.
pub type Watch<'s> = dyn Fn(&CancellationToken) -> Guard + Sync + 's;

/// What answers requests.
pub struct Service<'s> {
    /// What is asked.
    pub store: &'s Store,
    /// The saved questions.
    pub library: &'s Library,
    /// The most rows or triples of an answer.
    pub max_rows: NonZero<usize>,
    /// Watches each question.
    pub watch: &'s Watch<'s>,
}

/// Media types of rows, of yes and no, best first.
const ROWS: [(&str, QueryResultsFormat); 7] = [
    ("application/sparql-results+json", QueryResultsFormat::Json),
    ("application/json", QueryResultsFormat::Json),
    ("application/sparql-results+xml", QueryResultsFormat::Xml),
    ("text/csv", QueryResultsFormat::Csv),
    ("text/tab-separated-values", QueryResultsFormat::Tsv),
    ("application/xml", QueryResultsFormat::Xml),
    ("text/xml", QueryResultsFormat::Xml),
];

/// Media types of graphs, best first.
const GRAPHS: [(&str, RdfFormat); 2] =
    [("text/turtle", RdfFormat::Turtle), ("application/n-triples", RdfFormat::NTriples)];

const WELCOME: &str = "newsgraph: /sparql answers SPARQL 1.1 queries, /questions lists the saved \
                       questions, /questions/NAME?parameter=value answers one.\n";

/// A saved question as the list shows it.
#[derive(Serialize)]
struct Listed<'q> {
    name: &'q str,
    summary: &'q str,
    parameters: Vec<ListedParameter<'q>>,
}

#[derive(Serialize)]
struct ListedParameter<'q> {
    name: &'q str,
    #[serde(rename = "type")]
    kind: &'static str,
    description: &'q str,
    required: bool,
    example: Option<&'q str>,
}

impl Service<'_> {
    /// Answers a request.
    pub fn reply(&self, request: &Request<'_>) -> Reply {
        let path = request.target.split('?').next().unwrap_or_default();
        let reply = match path {
            "/sparql" | "/query" => self.sparql(request),
            _ if !matches!(request.method, "GET" | "HEAD") => Err(Reply::wrong_method("GET, HEAD")),
            "/" => Ok(Reply::text(WELCOME)),
            "/questions" => self.questions(),
            _ => match path.strip_prefix("/questions/") {
                Some(name) => self.saved(name, request),
                None => Err(Reply::error(404, "there are /sparql and /questions")),
            },
        };
        reply.unwrap_or_else(|error| error)
    }

    fn sparql(&self, request: &Request<'_>) -> Result<Reply, Reply> {
        let asked = Asked::read(request)?;
        let question = Question::parse("query", &asked.query).map_err(|e| refused(&e))?;
        let bound = question.bind(&[], self.store).map_err(|e| refused(&e))?;
        let mut query = bound.query().clone();
        asked.set_dataset(&mut query)?;
        self.answer(&BoundQuestion::new(query), request)
    }

    fn saved(&self, name: &str, request: &Request<'_>) -> Result<Reply, Reply> {
        let question = self.library.get(name).map_err(|error| match error {
            QueryError::UnknownQuestion { .. } => Reply::error(404, error.to_string()),
            other => refused(&other),
        })?;
        let given = pairs(request.target);
        question.check_names(&given).map_err(|e| refused(&e))?;
        let bound = question.bind(&given, self.store).map_err(|e| refused(&e))?;
        self.answer(&bound, request)
    }

    fn questions(&self) -> Result<Reply, Reply> {
        let questions: Vec<Question> =
            self.library.names().filter_map(|name| self.library.get(name).ok()).collect();
        let listed: Vec<Listed<'_>> = questions.iter().map(listed).collect();
        let mut body = serde_json::to_vec_pretty(&listed)
            .map_err(|error| Reply::error(500, error.to_string()))?;
        body.push(b'\n');
        Ok(Reply::answer("application/json", body))
    }

    fn answer(&self, question: &BoundQuestion, request: &Request<'_>) -> Result<Reply, Reply> {
        let is_graph = question.kind() == AnswerKind::Graph;
        let offers: Vec<&'static str> = if is_graph {
            GRAPHS.iter().map(|(name, _)| *name).collect()
        } else {
            ROWS.iter().map(|(name, _)| *name).collect()
        };
        let place = best(request.accept, &offers)
            .ok_or_else(|| Reply::error(406, format!("an answer is {}", offers.join(", "))))?;
        let cancel = CancellationToken::new();
        let guard = (self.watch)(&cancel);
        let mut body = Vec::new();
        let written = run_within(question, self.store, cancel, self.max_rows).and_then(|answer| {
            let rows = ROWS.get(place).map_or(QueryResultsFormat::Json, |(_, format)| *format);
            let graph = GRAPHS.get(place).map_or(RdfFormat::Turtle, |(_, format)| *format);
            write_standard(answer, rows, graph, &mut body)
        });
        let why = guard();
        match (written, why) {
            (Ok(()), _) => Ok(Reply::answer(offers[place], body)),
            (Err(QueryError::Cancelled), Some(why)) => Err(Reply::error(503, why)),
            (Err(error), _) => Err(refused(&error)),
        }
    }
}

fn listed(question: &Question) -> Listed<'_> {
    let head = question.head();
    let parameters = head.params.iter().map(|parameter| ListedParameter {
        name: &parameter.name,
        kind: parameter.kind.as_str(),
        description: &parameter.description,
        required: parameter.default == ParameterDefault::Required,
        example: parameter.example.as_deref(),
    });
    Listed { name: question.name(), summary: &head.summary, parameters: parameters.collect() }
}

/// What a question gets that cannot be answered: its own fault, unless the store failed.
fn refused(error: &QueryError) -> Reply {
    let status = match error {
        QueryError::Store(_) | QueryError::Evaluation(_) | QueryError::Write(_) => 500,
        QueryError::Cancelled => 503,
        _ => 400,
    };
    Reply::error(status, error.to_string())
}
