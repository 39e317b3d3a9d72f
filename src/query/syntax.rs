//! Parses SPARQL and makes its errors readable.
//!
//! The parser answers with `line:column` and a list of all that its grammar would have taken
//! there, which misleads: an undeclared prefix reads "expected OPTIONAL". So the line is shown with
//! a caret, the list is cut, and a prefix that nobody declared is looked for first.

use std::collections::BTreeSet;

use spargebra::{Query, SparqlParser};

use super::error::QueryError;
use crate::vocab::PREFIXES;

/// How many of the expected words a message keeps.
const EXPECTED: usize = 6;

/// Parses a query; our prefixes need no declaration.
pub(crate) fn parse(name: &str, text: &str) -> Result<Query, QueryError> {
    let mut parser = SparqlParser::new();
    for (prefix, iri) in PREFIXES {
        parser = parser.with_prefix(*prefix, *iri).expect("our namespaces are IRIs");
    }
    parser.parse_query(text).map_err(|error| explain(name, text, &error.to_string()))
}

fn explain(name: &str, text: &str, error: &str) -> QueryError {
    let at = |line: usize, column: usize, message: String| QueryError::Syntax {
        name: name.to_owned(),
        line,
        column,
        message,
        excerpt: excerpt(text, line, column),
    };
    if let Some((prefix, line, column)) = undeclared_prefix(text) {
        return at(
            line,
            column,
            format!("the prefix {prefix}: is not declared (PREFIX {prefix}: <…> at the top)"),
        );
    }
    let (line, column, rest) = position(error).unwrap_or((1, 1, error));
    at(line, column, shorten_expected(rest))
}

/// Splits `error at 2:11: expected …`.
fn position(error: &str) -> Option<(usize, usize, &str)> {
    let rest = error.strip_prefix("error at ")?;
    let (line, rest) = rest.split_once(':')?;
    let (column, rest) = rest.split_once(':')?;
    Some((line.parse().ok()?, column.parse().ok()?, rest.trim()))
}

fn shorten_expected(message: &str) -> String {
    let Some(list) = message.strip_prefix("expected ") else { return message.to_owned() };
    let list = list.strip_prefix("one of ").unwrap_or(list);
    let words: Vec<&str> = list.split(", ").collect();
    let kept = words.get(..EXPECTED).unwrap_or(&words).join(", ");
    let more = if words.len() > EXPECTED { " …" } else { "" };
    format!("not SPARQL from here on; expected {kept}{more}")
}

/// The line with its number and a caret below the column.
fn excerpt(text: &str, line: usize, column: usize) -> String {
    let number = line.to_string();
    let words = text.lines().nth(line.saturating_sub(1)).unwrap_or("");
    let before: String = words
        .chars()
        .take(column.saturating_sub(1))
        .map(|c| if c == '\t' { '\t' } else { ' ' })
        .collect();
    let margin = " ".repeat(number.len());
    format!(" {number} | {words}\n {margin} | {before}^")
}

/// The first `name:` that neither the text nor we declare, with its line and column.
fn undeclared_prefix(text: &str) -> Option<(String, usize, usize)> {
    let tokens = tokens(text);
    let mut declared: BTreeSet<&str> = PREFIXES.iter().map(|(prefix, _)| *prefix).collect();
    for pair in tokens.windows(2) {
        if let [keyword, name] = pair
            && keyword.words.eq_ignore_ascii_case("prefix")
        {
            declared.extend(name.words.strip_suffix(':'));
        }
    }
    tokens.iter().find_map(|token| {
        let (prefix, _) = token.words.split_once(':')?;
        let blank = prefix == "_" || prefix.starts_with(['?', '$', '@', ':']);
        (!blank && !declared.contains(prefix)).then(|| {
            let shown = prefix.to_owned();
            (shown, token.line, token.column)
        })
    })
}

struct Token<'t> {
    words: &'t str,
    line: usize,
    column: usize,
}

/// The words of a query outside of comments, strings and IRIs.
fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut out = Vec::new();
    let mut rest = text;
    let (mut line, mut column) = (1, 1);
    while let Some(first) = rest.chars().next() {
        let (length, kind) = token_length(rest, first);
        let (words, after) = rest.split_at_checked(length).unwrap_or((rest, ""));
        if kind == TokenKind::Word {
            out.push(Token { words, line, column });
        }
        for c in words.chars() {
            (line, column) = if c == '\n' { (line + 1, 1) } else { (line, column + 1) };
        }
        rest = after;
    }
    out
}

#[derive(PartialEq, Eq)]
enum TokenKind {
    Word,
    Skip,
}

fn token_length(rest: &str, first: char) -> (usize, TokenKind) {
    let to = |end: Option<usize>| end.unwrap_or(rest.len());
    match first {
        '#' => (to(rest.find('\n')), TokenKind::Skip),
        '"' | '\'' => (string_length(rest, first), TokenKind::Skip),
        '<' => match rest.find('>') {
            Some(end) if !rest.get(..end).unwrap_or("").contains(char::is_whitespace) => {
                (end + 1, TokenKind::Skip)
            }
            _ => (1, TokenKind::Skip),
        },
        c if is_word(c) => (to(rest.find(|c| !is_word(c))), TokenKind::Word),
        c => (c.len_utf8(), TokenKind::Skip),
    }
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '_' | '-' | ':' | '.' | '?' | '$' | '@' | '%')
}

/// Length of the string literal at the start, quotes and escapes counted.
fn string_length(rest: &str, quote: char) -> usize {
    let long: String = [quote; 3].iter().collect();
    let end = if rest.starts_with(&long) { long.as_str() } else { long.get(..1).unwrap_or("\"") };
    let mut at = end.len();
    while let Some(tail) = rest.get(at..) {
        if tail.starts_with(end) {
            return at + end.len();
        }
        let Some(c) = tail.chars().next() else { break };
        at += c.len_utf8();
        if c == '\\' {
            at += rest.get(at..).and_then(|t| t.chars().next()).map_or(0, char::len_utf8);
        }
    }
    rest.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn error(text: &str) -> String {
        parse("x.rq", text).unwrap_err().to_string()
    }

    #[test]
    fn an_undeclared_prefix_is_named() {
        let text =
            "# ex:no\nPREFIX a: <urn:a:>\nSELECT * { ?s a:p \"ex:no\" .\n  ?s\tex:p <ex:o> }";
        expect_test::expect![[r"
            x.rq:4:6: the prefix ex: is not declared (PREFIX ex: <…> at the top)
             4 |   ?s	ex:p <ex:o> }
               |     	^"]]
        .assert_eq(&error(text));
    }

    #[test]
    fn a_broken_line_is_shown_with_a_caret() {
        let message = error("SELECT ?s\nWHERE { ?s ?p }");
        assert!(message.starts_with("x.rq:2:16: not SPARQL from here on; expected "), "{message}");
        assert!(message.ends_with(" 2 | WHERE { ?s ?p }\n   |                ^"), "{message}");
    }

    #[test]
    fn an_update_is_no_question() {
        assert!(error("INSERT DATA { <a:a> <a:b> <a:c> }").starts_with("x.rq:1:"));
    }

    #[test]
    fn our_prefixes_need_no_declaration() {
        assert!(parse("x.rq", "ASK { ?s a schema:NewsArticle, ng:Span }").is_ok());
    }

    #[test]
    fn strings_are_skipped_whole() {
        for text in ["\"a\\\"b:c\" x:y", "'''a'b:c''' x:y", "\"\" x:y"] {
            let words: Vec<_> = tokens(text).into_iter().map(|t| t.words).collect();
            assert_eq!(words, ["x:y"], "{text}");
        }
    }
}
