//! Puts questions to a SPARQL 1.1 endpoint elsewhere, over HTTP.
//!
//! The bound question is sent as text, as the SPARQL 1.1 Protocol's "query via URL-encoded POST",
//! which every engine takes and which has no limit of length. Its default graph has to be the union
//! of all graphs, as it is of a store here.
//!
//! # Source
//!
//! SPARQL 1.1 Protocol, section 2.1 (2013).

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Read};
use std::num::NonZero;
use std::time::Duration;

use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::sparql::results::{
    QueryResultsFormat, QueryResultsParser, ReaderQueryResultsParserOutput,
};
use oxigraph::sparql::{
    QueryEvaluationError, QueryResults, QuerySolution, QuerySolutionIter, QueryTripleIter,
};
use oxrdf::{NamedNode, Term, Triple};
use ureq::http::Uri;
use ureq::{Agent, Body};

use super::engine::{Engine, NAMING};
use super::error::QueryError;
use super::question::{AnswerKind, BoundQuestion, Question};
use super::run::at_most;

/// What is asked for where rows, or yes or no, are the answer: JSON, which every engine writes.
const ROWS: &str = "application/sparql-results+json, application/sparql-results+xml;q=0.8, \
                    text/tab-separated-values;q=0.5";
/// What is asked for where a graph is the answer.
const TRIPLES: &str = "application/n-triples, text/turtle;q=0.9, application/rdf+xml;q=0.5";
/// IRIs whose labels are asked for at once.
const BATCH: usize = 500;
/// Characters of an endpoint's message that are shown.
const MESSAGE: usize = 400;

/// A SPARQL 1.1 endpoint.
#[derive(Debug)]
pub struct Endpoint {
    url: String,
    agent: Agent,
    most: NonZero<usize>,
    timeout: Duration,
}

/// What can go wrong between here and an endpoint.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum EndpointError {
    /// The address is none.
    #[error("{url}: {reason} (an endpoint's address is such as https://example.org/sparql)")]
    Address {
        /// What was given.
        url: String,
        /// Why it is none.
        reason: String,
    },
    /// Nobody answers there.
    #[error("{url}: {cause} (is the endpoint running, and is the address right?)")]
    Unreachable {
        /// The endpoint.
        url: String,
        /// What the system or the protocol says.
        cause: String,
    },
    /// No whole answer in time.
    #[error(
        "{url}: no whole answer within {} s: narrow the question, or give it a longer --timeout",
        .after.as_secs_f64()
    )]
    TimedOut {
        /// The endpoint.
        url: String,
        /// How long was waited.
        after: Duration,
    },
    /// The endpoint refuses the question or fails.
    #[error("{url} answers {status}{}", colon(.message))]
    Status {
        /// The endpoint.
        url: String,
        /// The HTTP status.
        status: u16,
        /// What it says of it.
        message: String,
    },
    /// The answer is no SPARQL result.
    #[error(
        "{url} answers with {media_type}, which is no SPARQL result (is this an endpoint's address, \
         such as …/sparql or …/query?)"
    )]
    NoResult {
        /// The endpoint.
        url: String,
        /// What it sends.
        media_type: String,
    },
    /// The answer breaks off or is not what its media type says.
    #[error("{url}: the answer is damaged: {cause}")]
    Damaged {
        /// The endpoint.
        url: String,
        /// Where and how.
        cause: String,
    },
}

fn colon(message: &str) -> String {
    if message.is_empty() { String::new() } else { format!(": {message}") }
}

impl Endpoint {
    /// The endpoint at that address; nothing is sent yet. A request ends with an error after
    /// `timeout`, and an answer after `most` rows or triples.
    ///
    /// # Errors
    ///
    /// [`EndpointError::Address`] where it is not one of `http` or `https`.
    pub fn new(url: &str, timeout: Duration, most: NonZero<usize>) -> Result<Self, EndpointError> {
        let fail =
            |reason: &str| EndpointError::Address { url: url.to_owned(), reason: reason.into() };
        let parsed: Uri = url.parse().map_err(|e| fail(&format!("not an address: {e}")))?;
        if !matches!(parsed.scheme_str(), Some("http" | "https")) {
            return Err(fail("neither http nor https"));
        }
        if parsed.host().is_none_or(str::is_empty) {
            return Err(fail("no host"));
        }
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .timeout_global(Some(timeout))
            .user_agent(concat!("newsgraph/", env!("CARGO_PKG_VERSION")))
            .build();
        Ok(Self { url: url.to_owned(), agent: config.into(), most, timeout })
    }

    /// Sends a question; gives the media type and the bytes of what comes back.
    fn send(&self, question: &BoundQuestion) -> Result<(String, Reading), EndpointError> {
        let accept = if question.kind() == AnswerKind::Graph { TRIPLES } else { ROWS };
        let text = question.to_string();
        let request = self.agent.post(&self.url).header("accept", accept);
        let mut response =
            request.send_form([("query", text.as_str())]).map_err(|e| self.unsent(e))?;
        let status = response.status();
        let media_type = response.headers().get("content-type");
        let media_type = media_type.and_then(|m| m.to_str().ok()).unwrap_or_default().to_owned();
        if !status.is_success() {
            let message = message(&media_type, response.body_mut());
            return Err(EndpointError::Status {
                url: self.url.clone(),
                status: status.as_u16(),
                message,
            });
        }
        let bytes = response.into_body().into_with_config().limit(u64::MAX).reader();
        Ok((media_type, Box::new(bytes)))
    }

    fn unsent(&self, error: ureq::Error) -> EndpointError {
        match error {
            ureq::Error::Timeout(_) => self.timed_out(),
            other => EndpointError::Unreachable { url: self.url.clone(), cause: other.to_string() },
        }
    }

    fn timed_out(&self) -> EndpointError {
        EndpointError::TimedOut { url: self.url.clone(), after: self.timeout }
    }

    fn no_result(&self, media_type: &str) -> QueryError {
        let media_type = if media_type.is_empty() { "no media type" } else { media_type };
        let (url, media_type) = (self.url.clone(), media_type.to_owned());
        EndpointError::NoResult { url, media_type }.into()
    }

    /// What went wrong while the answer was read.
    fn broken(&self) -> impl Fn(io::Error) -> EndpointError + use<> {
        let (url, after) = (self.url.clone(), self.timeout);
        move |error| {
            let of_ureq = error.get_ref().and_then(|inner| inner.downcast_ref::<ureq::Error>());
            let timed_out = matches!(of_ureq, Some(ureq::Error::Timeout(_)))
                || error.kind() == io::ErrorKind::TimedOut;
            if timed_out {
                EndpointError::TimedOut { url: url.clone(), after }
            } else {
                EndpointError::Damaged { url: url.clone(), cause: error.to_string() }
            }
        }
    }

    fn rows(&self, media_type: &str, bytes: Reading) -> Result<QueryResults<'static>, QueryError> {
        let format = QueryResultsFormat::from_media_type(media_type);
        let format = format.ok_or_else(|| self.no_result(media_type))?;
        let broken = self.broken();
        let parser = QueryResultsParser::from_format(format);
        let output = parser.for_reader(bytes).map_err(|e| broken(e.into()))?;
        Ok(match output {
            ReaderQueryResultsParserOutput::Boolean(value) => QueryResults::Boolean(value),
            ReaderQueryResultsParserOutput::Solutions(rows) => {
                let columns = rows.variables().to_vec();
                let rows = rows.map(move |row| row.map_err(|e| unexpected(broken(e.into()))));
                QueryResults::Solutions(QuerySolutionIter::new(
                    columns.into(),
                    at_most(rows, self.most),
                ))
            }
        })
    }

    fn triples(
        &self,
        media_type: &str,
        bytes: Reading,
    ) -> Result<QueryResults<'static>, QueryError> {
        let format = RdfFormat::from_media_type(media_type);
        let format = format.ok_or_else(|| self.no_result(media_type))?;
        let broken = self.broken();
        let quads = RdfParser::from_format(format).for_reader(bytes);
        let triples = quads.map(move |quad| {
            let quad = quad.map_err(|e| unexpected(broken(e.into())))?;
            Ok(Triple::new(quad.subject, quad.predicate, quad.object))
        });
        Ok(QueryResults::Graph(QueryTripleIter::new(at_most(triples, self.most))))
    }
}

/// The bytes of an answer.
type Reading = Box<dyn Read>;

impl Engine for Endpoint {
    fn answer(&self, question: &BoundQuestion) -> Result<QueryResults<'static>, QueryError> {
        let (media_type, bytes) = self.send(question)?;
        match question.kind() {
            AnswerKind::Graph => self.triples(&media_type, bytes),
            AnswerKind::Rows | AnswerKind::Boolean => self.rows(&media_type, bytes),
        }
    }

    fn labels(
        &self,
        iris: &BTreeSet<NamedNode>,
    ) -> Result<BTreeMap<NamedNode, String>, QueryError> {
        // By the place of the property in the list, then the least, as in a store at hand.
        let mut best: BTreeMap<NamedNode, (usize, String)> = BTreeMap::new();
        let all: Vec<&NamedNode> = iris.iter().collect();
        for batch in all.chunks(BATCH) {
            let things: Vec<String> = batch.iter().map(ToString::to_string).collect();
            let names: Vec<String> = NAMING.iter().map(ToString::to_string).collect();
            let text = format!(
                "SELECT ?thing ?by ?label WHERE {{ VALUES ?thing {{ {} }} VALUES ?by {{ {} }} \
                 ?thing ?by ?label }}",
                things.join(" "),
                names.join(" ")
            );
            let question = Question::parse("labels", &text)?.bind(&[], self)?;
            let QueryResults::Solutions(rows) = self.answer(&question)? else { continue };
            for row in rows {
                if let Some((thing, label)) = label(&row?)
                    && best.get(&thing).is_none_or(|known| label < *known)
                {
                    best.insert(thing, label);
                }
            }
        }
        Ok(best.into_iter().map(|(thing, (_, label))| (thing, label)).collect())
    }
}

fn label(row: &QuerySolution) -> Option<(NamedNode, (usize, String))> {
    let Some(Term::NamedNode(thing)) = row.get("thing") else { return None };
    let Some(Term::NamedNode(by)) = row.get("by") else { return None };
    let Some(Term::Literal(label)) = row.get("label") else { return None };
    let rank = NAMING.iter().position(|property| *property == by.as_ref())?;
    Some((thing.clone(), (rank, label.value().to_owned())))
}

fn unexpected(error: EndpointError) -> QueryEvaluationError {
    QueryEvaluationError::Unexpected(Box::new(error))
}

/// The words of an error page: its text in one line, cut; nothing of a page that is made for
/// browsers.
fn message(media_type: &str, body: &mut Body) -> String {
    if media_type.contains("html") {
        return String::new();
    }
    let mut bytes = Vec::new();
    // What cannot be read of a message is not missed.
    drop(body.as_reader().take(1 << 14).read_to_end(&mut bytes));
    let text = String::from_utf8_lossy(&bytes);
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut cut: String = line.chars().take(MESSAGE).collect();
    if cut.len() < line.len() {
        cut.push('…');
    }
    cut
}
