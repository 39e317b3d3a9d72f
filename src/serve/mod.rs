//! A read-only SPARQL 1.1 endpoint over a store, and its saved questions over GET.
//!
//! | path | answers |
//! |---|---|
//! | `/sparql` | SPARQL 1.1 queries, by GET, by POST of a form, by POST of `application/sparql-query` |
//! | `/questions` | the saved questions with their parameters, as JSON |
//! | `/questions/NAME?parameter=value` | the answer of a saved question |
//!
//! An answer is as the request's `Accept` wishes it: rows as JSON, XML, CSV or TSV, graphs as Turtle
//! or N-Triples. It is whole before its first byte leaves, so that a limit or a mistake is told by
//! the status. Nothing writes: SPARQL Update is refused, SERVICE and LOAD reach nothing.
//!
//! [`Service`] turns requests into replies and knows no socket; [`serve`] puts it behind one. Who
//! watches that a question takes not too long is handed in.
//!
//! # Source
//!
//! SPARQL 1.1 Protocol (2013), section 2.1.

mod accept;
mod protocol;
mod service;

use std::io::{self, Read as _};
use std::num::NonZero;
use std::thread;

use tiny_http::{Header, Request as Incoming, Response, Server};

pub use protocol::{Reply, Request};
pub use service::{Guard, Service, Watch};

/// The most bytes of a request's body.
const LONGEST: usize = 1 << 20;

/// Answers requests on `threads` threads, until the server is unblocked or fails.
///
/// # Errors
///
/// What the system says of the socket.
pub fn serve(server: &Server, service: &Service<'_>, threads: NonZero<usize>) -> io::Result<()> {
    thread::scope(|scope| {
        let workers: Vec<_> =
            (0..threads.get()).map(|_| scope.spawn(|| work(server, service))).collect();
        let mut result = Ok(());
        for worker in workers {
            let ended = worker.join().unwrap_or_else(|_| Err(io::Error::other("a worker died")));
            result = result.and(ended);
        }
        result
    })
}

fn work(server: &Server, service: &Service<'_>) -> io::Result<()> {
    loop {
        match server.recv() {
            Ok(request) => answer(request, service),
            // So the server says that it was unblocked.
            Err(error) if error.kind() == io::ErrorKind::Other => {
                // The next worker is to wake up too.
                server.unblock();
                return Ok(());
            }
            Err(error) => return Err(error),
        }
    }
}

fn answer(mut incoming: Incoming, service: &Service<'_>) {
    let header = |name: &'static str| {
        let found = incoming.headers().iter().find(|header| header.field.equiv(name));
        found.map(|header| header.value.as_str().to_owned())
    };
    let (content_type, accept) = (header("Content-Type"), header("Accept"));
    let mut body = Vec::new();
    let too_long = LONGEST as u64 + 1;
    let read = incoming.as_reader().take(too_long).read_to_end(&mut body);
    let reply = if read.is_err() {
        Reply::error(400, "the body cannot be read")
    } else if body.len() > LONGEST {
        Reply::error(413, "the body has more than 1 MiB")
    } else {
        let (method, target) = (incoming.method().as_str().to_owned(), incoming.url().to_owned());
        service.reply(&Request {
            method: &method,
            target: &target,
            content_type: content_type.as_deref(),
            accept: accept.as_deref(),
            body: &body,
        })
    };
    let mut response = Response::from_data(reply.body).with_status_code(reply.status);
    let headers = [("Content-Type", Some(reply.media_type)), ("Allow", reply.allow)];
    for (name, value) in headers {
        if let Some(header) = value.and_then(|value| Header::from_bytes(name, value).ok()) {
            response.add_header(header);
        }
    }
    // Whoever has gone away does not miss the answer.
    drop(incoming.respond(response));
}
