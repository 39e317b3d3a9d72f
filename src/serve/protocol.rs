//! A request as the SPARQL 1.1 Protocol reads it, and a reply.

use oxrdf::NamedNode;
use spargebra::Query;
use spargebra::algebra::QueryDataset;
use url::form_urlencoded;

/// An HTTP request, without its socket.
#[derive(Clone, Copy, Debug)]
pub struct Request<'r> {
    /// Such as `GET`.
    pub method: &'r str,
    /// The path and the query after it.
    pub target: &'r str,
    /// The media type of the body.
    pub content_type: Option<&'r str>,
    /// Which media types are wanted.
    pub accept: Option<&'r str>,
    /// The body.
    pub body: &'r [u8],
}

/// An HTTP reply, without its socket.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reply {
    /// The status.
    pub status: u16,
    /// The media type of the body.
    pub media_type: &'static str,
    /// Which methods would be right, where this one was wrong.
    pub allow: Option<&'static str>,
    /// The body.
    pub body: Vec<u8>,
}

const TEXT: &str = "text/plain; charset=utf-8";

impl Reply {
    /// A message in place of an answer.
    pub fn error(status: u16, message: impl Into<String>) -> Self {
        let body = format!("{}\n", message.into()).into_bytes();
        Self { status, media_type: TEXT, allow: None, body }
    }

    pub(super) fn answer(media_type: &'static str, body: Vec<u8>) -> Self {
        Self { status: 200, media_type, allow: None, body }
    }

    pub(super) fn text(text: &str) -> Self {
        Self::answer(TEXT, text.as_bytes().to_vec())
    }

    pub(super) fn wrong_method(allow: &'static str) -> Self {
        Self { allow: Some(allow), ..Self::error(405, format!("only {allow}")) }
    }
}

/// A query with its dataset.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Asked {
    pub(super) query: String,
    default_graphs: Vec<String>,
    named_graphs: Vec<String>,
}

/// Names and values of the part after the question mark.
pub(super) fn pairs(target: &str) -> Vec<(String, String)> {
    let (_, query) = target.split_once('?').unwrap_or_default();
    form_urlencoded::parse(query.as_bytes()).into_owned().collect()
}

impl Asked {
    /// What a request asks.
    pub(super) fn read(request: &Request<'_>) -> Result<Self, Reply> {
        let mut given = pairs(request.target);
        match request.method {
            "GET" | "HEAD" => {}
            "POST" => {
                let media_type = request.content_type.unwrap_or_default();
                let media_type = media_type.split(';').next().unwrap_or_default().trim();
                let media_type = media_type.to_ascii_lowercase();
                match media_type.as_str() {
                    "application/x-www-form-urlencoded" => {
                        given = form_urlencoded::parse(request.body).into_owned().collect();
                    }
                    "application/sparql-query" => {
                        let text = std::str::from_utf8(request.body);
                        let text = text.map_err(|_utf8| Reply::error(400, "a query is UTF-8"))?;
                        given.push(("query".to_owned(), text.to_owned()));
                    }
                    "application/sparql-update" => return Err(read_only()),
                    _ => {
                        return Err(Reply::error(
                            415,
                            "a POST is application/x-www-form-urlencoded or application/sparql-query",
                        ));
                    }
                }
            }
            _ => return Err(Reply::wrong_method("GET, HEAD, POST")),
        }
        let mut asked = Self::default();
        let mut queries = Vec::new();
        for (name, value) in given {
            match name.as_str() {
                "query" => queries.push(value),
                "default-graph-uri" => asked.default_graphs.push(value),
                "named-graph-uri" => asked.named_graphs.push(value),
                "update" => return Err(read_only()),
                // As the Protocol has it: what a service does not know it leaves aside.
                _ => {}
            }
        }
        match queries.pop() {
            Some(query) if queries.is_empty() => Ok(Self { query, ..asked }),
            Some(_) => Err(Reply::error(400, "more than one query")),
            None => Err(Reply::error(400, "which query? /sparql?query=…, or POST it")),
        }
    }

    /// Asks the graphs that the request names in place of those that the query does.
    pub(super) fn set_dataset(&self, query: &mut Query) -> Result<(), Reply> {
        if self.default_graphs.is_empty() && self.named_graphs.is_empty() {
            return Ok(());
        }
        let graphs = |names: &[String]| -> Result<Vec<NamedNode>, Reply> {
            let node = |name: &String| {
                NamedNode::new(name)
                    .map_err(|error| Reply::error(400, format!("the graph {name}: {error}")))
            };
            names.iter().map(node).collect()
        };
        let of_request = QueryDataset {
            default: graphs(&self.default_graphs)?,
            named: Some(graphs(&self.named_graphs)?),
        };
        match query {
            Query::Select { dataset, .. }
            | Query::Construct { dataset, .. }
            | Query::Describe { dataset, .. }
            | Query::Ask { dataset, .. } => *dataset = Some(of_request),
        }
        Ok(())
    }
}

fn read_only() -> Reply {
    Reply::error(403, "this endpoint is read-only")
}
