//! A stream of JSON objects in any of three layouts, cut into records without parsing.
//!
//! * **Lines**: an object a line (JSON Lines). A broken line is one error, the next is read again.
//! * **Array**: `[{…}, {…}]`, over any number of lines.
//! * **Whole**: one or more pretty-printed objects, one after the other.
//!
//! The layout is told by the head of the stream. A record longer than the limit is skipped without
//! being held.

use std::io::{self, BufRead};
use std::sync::Arc;

use super::decode::{advance, decode};
use super::{InputError, Place, Source};

/// One JSON value of a stream, not parsed.
pub(super) struct Record {
    /// Where it begins.
    pub(super) place: Place,
    /// Its text.
    pub(super) json: String,
    /// Its number in the stream, from 1.
    pub(super) number: usize,
    /// Whether the stream holds one pretty-printed object rather than a list of objects.
    pub(super) alone: bool,
}

impl Record {
    /// The place in the input of a line and a byte column of the record, both from 1.
    pub(super) fn at(&self, line: usize, column: usize) -> Place {
        let bytes = self.json.as_bytes();
        let before = bytes.split_inclusive(|&byte| byte == b'\n').take(line.saturating_sub(1));
        let line_start: usize = before.map(<[u8]>::len).sum();
        advance(&self.place, bytes, line_start + column.saturating_sub(1))
    }
}

/// The error of a record that is not JSON.
pub(super) fn syntax(record: &Record, error: &serde_json::Error) -> InputError {
    let text = error.to_string();
    InputError::Json {
        at: record.at(error.line(), error.column()),
        message: text.split(" at line ").next().unwrap_or(&text).replace('`', "\""),
        remedy: if error.is_eof() {
            "the object is not closed; is the file whole?"
        } else if record.alone {
            "try --from text for a text"
        } else {
            "one JSON object a line; try --from text for a text"
        },
    }
}

/// Whether a stream with this head holds JSON objects.
pub(super) fn is_json(head: &[u8]) -> bool {
    let head = head.trim_ascii_start();
    match head.split_first() {
        Some((b'{', rest)) => matches!(rest.trim_ascii_start().first(), Some(b'"' | b'}')),
        Some((b'[', rest)) => matches!(rest.trim_ascii_start().first(), Some(b'{')),
        _ => false,
    }
}

/// The records of a stream that holds JSON; one error where it plainly does not.
pub(super) fn records(
    source: Source,
    limit: usize,
) -> Box<dyn Iterator<Item = Result<Record, InputError>> + Send> {
    if is_json(&source.head) {
        Box::new(Records::new(source, limit))
    } else {
        Box::new(std::iter::once(Err(InputError::NoObjects { input: source.name })))
    }
}

/// The first object of a stream's head, as far as the head goes.
pub(super) fn first_object(head: &[u8]) -> &[u8] {
    let object = head.trim_ascii_start();
    let object = object.strip_prefix(b"[").unwrap_or(object);
    let mut scan = Scan::default();
    let end = object.iter().position(|&byte| scan.step(byte)).map_or(object.len(), |last| last + 1);
    object.get(..end).unwrap_or(object)
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Layout {
    Lines,
    Array,
    Whole,
}

/// Tells the layout. An object that is not closed at the end of its line goes on in the next one,
/// unless that begins with an object of its own: then it is a broken line of many.
fn layout(head: &[u8]) -> Layout {
    let head = head.trim_ascii_start();
    if head.starts_with(b"[") {
        return Layout::Array;
    }
    let Some(end) = memchr::memchr(b'\n', head) else { return Layout::Lines };
    let (first, rest) = head.split_at(end);
    let mut scan = Scan::default();
    let closed = first.iter().any(|&byte| scan.step(byte));
    let inner = matches!(first.trim_ascii_end().last(), Some(b'[' | b',' | b':' | b'{'));
    let next_begins = rest.trim_ascii_start().starts_with(b"{");
    if closed || (next_begins && !inner) { Layout::Lines } else { Layout::Whole }
}

/// Follows brackets outside of strings.
#[derive(Default)]
struct Scan {
    depth: usize,
    in_string: bool,
    escaped: bool,
}

impl Scan {
    /// Takes a byte; true where it closes the outermost bracket.
    fn step(&mut self, byte: u8) -> bool {
        if self.in_string {
            match byte {
                _ if self.escaped => self.escaped = false,
                b'\\' => self.escaped = true,
                b'"' => self.in_string = false,
                _ => {}
            }
            return false;
        }
        match byte {
            b'"' => self.in_string = true,
            b'{' | b'[' => self.depth += 1,
            b'}' | b']' => {
                self.depth = self.depth.saturating_sub(1);
                return self.depth == 0;
            }
            _ => {}
        }
        false
    }
}

/// The records of a stream.
struct Records {
    bytes: Box<dyn BufRead + Send>,
    name: Arc<str>,
    layout: Layout,
    limit: usize,
    /// Where the next unread byte stands.
    line: usize,
    column: usize,
    number: usize,
    done: bool,
}

/// How the bytes of a record ended.
#[derive(Clone, Copy, PartialEq, Eq)]
enum End {
    Whole,
    TooLarge,
}

impl Records {
    fn new(source: Source, limit: usize) -> Self {
        Self {
            layout: layout(&source.head),
            bytes: source.bytes,
            name: source.name,
            limit,
            line: 1,
            column: 1,
            number: 0,
            done: false,
        }
    }

    fn place(&self) -> Place {
        Place { input: self.name.clone(), line: self.line, column: self.column }
    }

    /// Counts the bytes as read.
    fn pass(&mut self, bytes: &[u8]) {
        let after = advance(&self.place(), bytes, bytes.len());
        (self.line, self.column) = (after.line, after.column);
    }

    /// Skips white space, and in an array also its brackets and commas; false at the end.
    fn skip_between(&mut self) -> io::Result<bool> {
        loop {
            let chunk = self.bytes.fill_buf()?;
            if chunk.is_empty() {
                return Ok(false);
            }
            let array = self.layout == Layout::Array;
            let first = self.number == 0;
            let between = |byte: &u8| {
                byte.is_ascii_whitespace()
                    || array && (matches!(byte, b',' | b']') || first && *byte == b'[')
            };
            let skipped = chunk.iter().take_while(|byte| between(byte)).count();
            let (passed, found) =
                (chunk.get(..skipped).unwrap_or_default().to_vec(), chunk.len() > skipped);
            self.bytes.consume(skipped);
            self.pass(&passed);
            if found {
                return Ok(true);
            }
        }
    }

    /// Reads the bytes of one record.
    fn record(&mut self) -> io::Result<(Vec<u8>, End)> {
        let mut record = Vec::new();
        let mut end = End::Whole;
        let mut scan = Scan::default();
        let mut opened = None;
        loop {
            let chunk = self.bytes.fill_buf()?;
            let Some(&first) = chunk.first() else { return Ok((record, end)) };
            let brackets =
                self.layout != Layout::Lines && *opened.get_or_insert(matches!(first, b'{' | b'['));
            let stop = if brackets {
                chunk.iter().position(|&byte| scan.step(byte)).map(|last| last + 1)
            } else {
                memchr::memchr(b'\n', chunk)
            };
            let taken = stop.unwrap_or(chunk.len());
            let bytes = chunk.get(..taken).unwrap_or(chunk);
            let after = advance(
                &Place { input: self.name.clone(), line: self.line, column: self.column },
                bytes,
                taken,
            );
            (self.line, self.column) = (after.line, after.column);
            if record.len() + taken > self.limit {
                end = End::TooLarge;
                record.clear();
            } else if end == End::Whole {
                record.extend_from_slice(bytes);
            }
            self.bytes.consume(taken);
            if stop.is_some() {
                return Ok((record, end));
            }
        }
    }

    fn next_record(&mut self) -> io::Result<Option<Result<Record, InputError>>> {
        if !self.skip_between()? {
            return Ok(None);
        }
        let place = self.place();
        let (bytes, end) = self.record()?;
        self.number += 1;
        if end == End::TooLarge {
            return Ok(Some(Err(InputError::TooLarge { at: place, limit: self.limit })));
        }
        let json = match decode(bytes, &place) {
            Ok(json) => json,
            Err(error) => return Ok(Some(Err(error))),
        };
        let alone = self.layout == Layout::Whole && self.number == 1;
        Ok(Some(Ok(Record { place, json, number: self.number, alone })))
    }
}

impl Iterator for Records {
    type Item = Result<Record, InputError>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.done {
            return None;
        }
        match self.next_record() {
            Ok(Some(record)) => Some(record),
            Ok(None) => {
                self.done = true;
                let input = self.name.clone();
                (self.number == 0).then_some(Err(InputError::Empty { input }))
            }
            Err(cause) => {
                self.done = true;
                Some(Err(InputError::Unreadable { input: self.name.clone(), cause }))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn records(text: &str, limit: usize) -> Vec<String> {
        let source = Source::new("a.json", io::Cursor::new(text.to_owned()), 200).unwrap();
        Records::new(source, limit)
            .map(|record| match record {
                Ok(r) => format!("{}:{} {}", r.place.line, r.place.column, r.json.trim_end()),
                Err(error) => error.to_string(),
            })
            .collect()
    }

    #[test]
    fn lines_arrays_and_whole_objects() {
        assert_eq!(
            records("{\"a\": 1}\n\n{\"b\"\n {}", 99),
            ["1:1 {\"a\": 1}", "3:1 {\"b\"", "4:2 {}"]
        );
        assert_eq!(
            records("[{\"a\": \"]}\"},\n {\"b\": [1]}]\n", 99),
            ["1:2 {\"a\": \"]}\"}", "2:2 {\"b\": [1]}"]
        );
        assert_eq!(records("{\n \"a\": {}\n}\n{\n}", 99), ["1:1 {\n \"a\": {}\n}", "4:1 {\n}"]);
        assert_eq!(records("{\"a\": [\n{}]\n}", 99), ["1:1 {\"a\": [\n{}]\n}"]);
        assert_eq!(
            records("{\"a\": \"x\"\n{\"b\": 1}", 99),
            ["1:1 {\"a\": \"x\"", "2:1 {\"b\": 1}"]
        );
    }

    #[test]
    fn a_record_over_the_limit_is_skipped() {
        let long = format!("{{\"a\": 1}}\n{{\"b\": \"{}\"}}\n{{}}\n", "x".repeat(600_000));
        let got = records(&long, 1000);
        assert_eq!(got[0], "1:1 {\"a\": 1}");
        assert!(got[1].starts_with("a.json:2:1: more than 1000 bytes"), "{}", got[1]);
        assert_eq!(got[2], "3:1 {}");
        assert_eq!(got.len(), 3);
    }

    #[test]
    fn what_is_not_closed_is_given_as_it_is() {
        assert_eq!(records("[{\"a\": 1}, {\"b\": ", 99), ["1:2 {\"a\": 1}", "1:12 {\"b\":"]);
        assert_eq!(records("[oops\n{}]", 99), ["1:2 oops", "2:1 {}"]);
    }
}
