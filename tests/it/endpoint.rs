//! A question at an endpoint elsewhere: against our own server, where each saved question has to give
//! what it gives at home, and against servers that fail in each way that servers fail.

#![expect(clippy::unwrap_used, reason = "a test ends where its ground gives way")]

use std::io::{Read as _, Write as _};
use std::net::{SocketAddr, TcpListener};
use std::num::NonZero;
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use newsgraph::query::rows::{AnswerFormat, TableStyle, write_answer};
use newsgraph::query::{
    Endpoint, EndpointError, Engine, Library, ParameterDefault, QueryError, Question,
};
use newsgraph::serve::{Guard, Request, Service, serve};
use oxigraph::sparql::{CancellationToken, QueryResults};
use oxigraph::store::Store;

use crate::questions::store;

const LONG: Duration = Duration::from_secs(60);
const MANY: NonZero<usize> = NonZero::<usize>::MAX;
const STYLE: TableStyle = TableStyle { width: 200, bold: false };

/// The saved questions whose parameters all have defaults.
fn questions() -> Vec<Question> {
    let library = Library::embedded();
    let all = library.names().map(|name| library.get(name).unwrap());
    all.filter(|q| q.head().params.iter().all(|p| p.default != ParameterDefault::Required))
        .collect()
}

fn unwatched(_: &CancellationToken) -> Guard {
    Box::new(|| None)
}

/// Runs our server over the examples while `then` asks it.
fn while_serving(then: impl FnOnce(SocketAddr, &Store)) {
    let (store, library) = (store(), Library::embedded());
    let server = tiny_http::Server::http("127.0.0.1:0").unwrap();
    let address = server.server_addr().to_ip().unwrap();
    let service = Service { store: &store, library: &library, max_rows: MANY, watch: &unwatched };
    let two = NonZero::new(2).unwrap();
    thread::scope(|scope| {
        scope.spawn(|| serve(&server, &service, two).unwrap());
        then(address, &store);
        server.unblock();
    });
}

fn answer(question: &Question, given: &[(String, String)], engine: &dyn Engine) -> String {
    let bound = question.bind(given, engine).unwrap();
    let mut out = Vec::new();
    let answer = engine.answer(&bound).unwrap();
    let format = AnswerFormat::usual(question.kind());
    write_answer(answer, engine, format, STYLE, None, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

#[test]
fn a_saved_question_gives_elsewhere_what_it_gives_at_home() {
    while_serving(|address, store| {
        let endpoint = Endpoint::new(&format!("http://{address}/sparql"), LONG, MANY).unwrap();
        let questions = questions();
        assert!(questions.len() > 15, "{}", questions.len());
        let mut rows = 0;
        for question in questions {
            let home = answer(&question, &[], store);
            rows += home.lines().count();
            assert_eq!(answer(&question, &[], &endpoint), home, "{}", question.name());
        }
        assert!(rows > 100, "{rows}");
        // An entity by its name, and a graph.
        let text = "#+ params: [{name: who, type: entity}]\n\
                    SELECT ?label { ?local ng:identifiedAs ?_who ; rdfs:label ?label } ORDER BY ?label";
        let named = Question::parse("named", text).unwrap();
        let mut label = Vec::new();
        let first = "SELECT ?l { ?e ng:identifiedAs ?i ; rdfs:label ?l ; a schema:Person } ORDER BY ?l LIMIT 1";
        let first = Question::parse("first", first).unwrap().bind(&[], store).unwrap();
        let people = store.answer(&first).unwrap();
        write_answer(people, store, AnswerFormat::Tsv, STYLE, None, &mut label).unwrap();
        let label = String::from_utf8(label).unwrap();
        let given = [("who".to_owned(), label.lines().nth(1).unwrap().to_owned())];
        assert!(answer(&named, &given, store).contains(&given[0].1));
        assert_eq!(answer(&named, &given, &endpoint), answer(&named, &given, store));
        let graph = "CONSTRUCT { ?a dct:identifier ?id } WHERE { ?a dct:identifier ?id }";
        let graph = Question::parse("graph", graph).unwrap();
        assert!(answer(&graph, &[], store).contains("dct:identifier"));
        assert_eq!(answer(&graph, &[], &endpoint), answer(&graph, &[], store));
    });
}

/// A server that answers each request with `reply`, and what was sent to it.
fn canned(reply: &'static str, requests: usize) -> (String, Arc<Mutex<Vec<String>>>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/sparql", listener.local_addr().unwrap());
    let heard = Arc::new(Mutex::new(Vec::new()));
    let told = Arc::clone(&heard);
    thread::spawn(move || {
        for stream in listener.incoming().take(requests) {
            let mut stream = stream.unwrap();
            let mut bytes = Vec::new();
            let mut buffer = [0; 4096];
            loop {
                let read = stream.read(&mut buffer).unwrap();
                bytes.extend_from_slice(&buffer[..read]);
                let text = String::from_utf8_lossy(&bytes).to_lowercase();
                let head = text.find("\r\n\r\n");
                let length = text
                    .split("content-length: ")
                    .nth(1)
                    .map_or(0, |rest| rest.split("\r\n").next().unwrap().parse::<usize>().unwrap());
                if read == 0 || head.is_some_and(|head| bytes.len() >= head + 4 + length) {
                    break;
                }
            }
            told.lock().unwrap().push(String::from_utf8_lossy(&bytes).into_owned());
            stream.write_all(reply.as_bytes()).unwrap();
        }
    });
    (url, heard)
}

fn ask(url: &str, sparql: &str, most: usize) -> Result<usize, QueryError> {
    let endpoint = Endpoint::new(url, LONG, NonZero::new(most).unwrap())?;
    let question = Question::parse("-e", sparql)?.bind(&[], &endpoint)?;
    match endpoint.answer(&question)? {
        QueryResults::Solutions(rows) => Ok(rows.collect::<Result<Vec<_>, _>>()?.len()),
        QueryResults::Boolean(value) => Ok(usize::from(value)),
        QueryResults::Graph(triples) => Ok(triples.collect::<Result<Vec<_>, _>>()?.len()),
    }
}

const THREE: &str = "HTTP/1.1 200 OK\r\nContent-Type: text/tab-separated-values\r\n\
                     Connection: close\r\n\r\n?x\n1\n2\n3\n";

#[test]
fn parameters_are_sent_bound_and_never_as_text() {
    let (url, heard) = canned(THREE, 1);
    let endpoint = Endpoint::new(&url, LONG, MANY).unwrap();
    let text = "#+ params: [{name: name, type: string}]\nSELECT ?x { ?x rdfs:label ?_name }";
    let given = [("name".to_owned(), "\"} ; DROP ALL #".to_owned())];
    let bound = Question::parse("q", text).unwrap().bind(&given, &endpoint).unwrap();
    endpoint.answer(&bound).unwrap();
    let heard = heard.lock().unwrap();
    assert!(heard[0].starts_with("POST /sparql HTTP/1.1\r\n"), "{}", heard[0]);
    let body = heard[0].split("\r\n\r\n").nth(1).unwrap();
    let sent: Vec<_> = url::form_urlencoded::parse(body.as_bytes()).into_owned().collect();
    assert_eq!(sent.len(), 1);
    assert_eq!(sent[0].0, "query");
    assert!(sent[0].1.contains(r#""\"} ; DROP ALL #""#), "{}", sent[0].1);
    assert!(heard[0].to_lowercase().contains("accept: application/sparql-results+json"));
}

#[test]
fn what_goes_wrong_elsewhere_is_told() {
    let select = "SELECT ?x { ?x ?y ?z }";
    let (url, _) = canned(THREE, 2);
    assert_eq!(ask(&url, select, 3).unwrap(), 3);
    assert!(matches!(ask(&url, select, 2), Err(QueryError::TooManyRows { most: 2 })));
    let cases: [(&str, &str); 4] = [
        (
            "HTTP/1.1 400 Bad Request\r\nContent-Type: text/plain\r\nConnection: close\r\n\r\nline 1:\n no such function",
            "answers 400: line 1: no such function",
        ),
        (
            "HTTP/1.1 502 Bad Gateway\r\nContent-Type: text/html\r\nConnection: close\r\n\r\n<html>",
            "answers 502",
        ),
        (
            "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n\r\n<html>",
            "answers with text/html, which is no SPARQL result (is this an endpoint's address, such as …/sparql or …/query?)",
        ),
        (
            "HTTP/1.1 200 OK\r\nContent-Type: application/sparql-results+json\r\nConnection: close\r\n\r\n{\"head\":{\"vars\":[\"x\"]},\"results\":{\"bindings\":[{\"x\":{\"type\":\"uri\"",
            ": the answer is damaged: ",
        ),
    ];
    for (reply, message) in cases {
        let (url, _) = canned(reply, 1);
        let told = ask(&url, select, 9).unwrap_err().to_string();
        assert!(told.starts_with(&url) && told.contains(message), "{told}");
    }
    // A port on which nobody listens any more.
    let closed = TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let told = ask(&format!("http://{closed}/sparql"), select, 9).unwrap_err();
    assert!(matches!(told, QueryError::Endpoint(EndpointError::Unreachable { .. })), "{told}");
    for url in ["ftp://example.org/sparql", "example.org", "http://"] {
        let told = Endpoint::new(url, LONG, MANY).unwrap_err();
        assert!(matches!(told, EndpointError::Address { .. }), "{told}");
    }
}

#[test]
fn whoever_does_not_answer_in_time_is_left() {
    // It listens and never answers.
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/sparql", listener.local_addr().unwrap());
    let endpoint = Endpoint::new(&url, Duration::from_millis(50), MANY).unwrap();
    let question = Question::parse("-e", "ASK { ?x ?y ?z }").unwrap().bind(&[], &endpoint).unwrap();
    let told = endpoint.answer(&question).err().unwrap().to_string();
    assert!(told.contains("no whole answer within 0.05 s"), "{told}");
}

/// Method, target, media type of the body, body, accept: status and media type of the reply, and how
/// many lines it has at the least.
type Case<'c> = (&'c str, &'c str, Option<&'c str>, &'c str, Option<&'c str>, u16, &'c str, usize);

#[test]
fn the_server_keeps_to_the_protocol() {
    let (store, library) = (store(), Library::embedded());
    let most = NonZero::new(3).unwrap();
    let service = Service { store: &store, library: &library, max_rows: most, watch: &unwatched };
    let form = Some("application/x-www-form-urlencoded");
    let one = "SELECT%20%3Fx%20%7B%20%3Fx%20a%20schema%3ANewsArticle%20%7D%20LIMIT%201";
    let get = format!("/sparql?query={one}");
    let post = format!("query={one}");
    let none = format!("{get}&default-graph-uri=urn%3Anone");
    let update = "update=DROP%20ALL";
    let graph = "/sparql?query=CONSTRUCT%20%7B%20%3Fx%20a%20%3Ft%20%7D%20%7B%20%3Fx%20a%20%3Ft%20%7D%20LIMIT%202";
    let cases: [Case<'_>; 20] = [
        ("GET", &get, None, "", None, 200, "application/sparql-results+json", 1),
        ("GET", &get, None, "", Some("text/csv"), 200, "text/csv", 2),
        ("GET", &none, None, "", Some("text/csv"), 200, "text/csv", 1),
        (
            "GET",
            &get,
            None,
            "",
            Some("text/tab-separated-values"),
            200,
            "text/tab-separated-values",
            2,
        ),
        ("GET", &get, None, "", Some("text/xml, */*;q=0.1"), 200, "text/xml", 1),
        ("GET", &get, None, "", Some("image/png"), 406, "text/plain; charset=utf-8", 1),
        ("POST", "/sparql", form, &post, Some("text/csv"), 200, "text/csv", 2),
        (
            "POST",
            "/query",
            Some("application/sparql-query; charset=utf-8"),
            "ASK {}",
            Some("text/csv"),
            200,
            "text/csv",
            1,
        ),
        (
            "POST",
            "/sparql",
            Some("text/plain"),
            "ASK {}",
            None,
            415,
            "text/plain; charset=utf-8",
            1,
        ),
        ("POST", "/sparql", form, update, None, 403, "text/plain; charset=utf-8", 1),
        (
            "POST",
            "/sparql",
            Some("application/sparql-update"),
            "DROP ALL",
            None,
            403,
            "text/plain; charset=utf-8",
            1,
        ),
        ("PUT", "/sparql", None, "", None, 405, "text/plain; charset=utf-8", 1),
        ("GET", "/sparql", None, "", None, 400, "text/plain; charset=utf-8", 1),
        ("GET", "/sparql?query=SELEKT", None, "", None, 400, "text/plain; charset=utf-8", 1),
        (
            "GET",
            "/sparql?query=SELECT%20%3Fx%20%7B%20%3Fx%20%3Fy%20%3Fz%20%7D",
            None,
            "",
            None,
            400,
            "text/plain; charset=utf-8",
            1,
        ),
        ("GET", graph, None, "", None, 200, "text/turtle", 2),
        ("GET", graph, None, "", Some("application/n-triples"), 200, "application/n-triples", 2),
        ("GET", "/questions", None, "", None, 200, "application/json", 20),
        ("GET", "/questions/members?nobody=x", None, "", None, 400, "text/plain; charset=utf-8", 1),
        ("GET", "/questions/memers", None, "", None, 404, "text/plain; charset=utf-8", 1),
    ];
    for (method, target, content_type, body, accept, status, media_type, lines) in cases {
        let body = body.as_bytes();
        let reply = service.reply(&Request { method, target, content_type, accept, body });
        let text = String::from_utf8_lossy(&reply.body).into_owned();
        assert_eq!((reply.status, reply.media_type), (status, media_type), "{target}: {text}");
        assert!(text.lines().count() >= lines, "{target}: {text}");
        assert!(status != 200 || target != none || text.lines().count() == 1, "{text}");
    }
    // What is stopped says why.
    let stop = |cancel: &CancellationToken| -> Guard {
        cancel.cancel();
        Box::new(|| Some("no whole answer within 1 s".to_owned()))
    };
    let service = Service { store: &store, library: &library, max_rows: MANY, watch: &stop };
    let request =
        Request { method: "GET", target: &get, content_type: None, accept: None, body: &[] };
    let reply = service.reply(&request);
    assert_eq!(reply.status, 503);
    assert_eq!(String::from_utf8_lossy(&reply.body), "no whole answer within 1 s\n");
}
