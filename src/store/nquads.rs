//! Canonical N-Quads: one quad a line, lines sorted by their bytes, each once.
//!
//! We mint an IRI for everything, so there is no blank node to name and sorting alone gives the
//! canonical form of RDFC-1.0.

use std::ops::Range;

use oxigraph::model::vocab::xsd;
use oxigraph::model::{GraphNameRef, NamedOrBlankNodeRef, Quad, QuadRef, TermRef};
use oxttl::NQuadsParser;

/// Serialises quads as canonical N-Quads.
///
/// # Cost
///
/// Sorts the lines: `n log n` comparisons of lines that share long beginnings.
///
/// # Source
///
/// RDF Dataset Canonicalization (RDFC-1.0), 2024, section 5; RDF 1.2 N-Quads, canonical form.
pub fn canonical<'a>(quads: impl IntoIterator<Item = QuadRef<'a>>) -> String {
    let mut lines = Canonical::default();
    for quad in quads {
        lines.push(quad);
    }
    lines.finish()
}

/// Collects quads as lines of canonical N-Quads, without a copy of their terms.
#[derive(Clone, Debug, Default)]
pub struct Canonical {
    text: String,
    lines: Vec<Range<usize>>,
}

impl Canonical {
    /// Takes one quad.
    pub fn push(&mut self, quad: QuadRef<'_>) {
        let start = self.text.len();
        write_quad(quad, &mut self.text);
        self.lines.push(start..self.text.len());
    }

    /// The lines, sorted, each once.
    pub fn finish(mut self) -> String {
        let line = |range: &Range<usize>| self.text.get(range.clone()).unwrap_or("");
        self.lines.sort_unstable_by(|a, b| line(a).cmp(line(b)));
        self.lines.dedup_by(|a, b| line(a) == line(b));
        let mut sorted = String::with_capacity(self.text.len());
        for range in &self.lines {
            sorted.push_str(line(range));
        }
        sorted
    }
}

/// Reads N-Quads that this module wrote.
///
/// # Errors
///
/// The first line that is not N-Quads.
pub fn parse(text: &str) -> impl Iterator<Item = Result<Quad, oxttl::TurtleSyntaxError>> + '_ {
    NQuadsParser::new().lenient().for_slice(text)
}

/// Appends one quad as a line.
pub(super) fn write_quad(quad: QuadRef<'_>, out: &mut String) {
    match quad.subject {
        NamedOrBlankNodeRef::NamedNode(node) => write_iri(node.as_str(), out),
        NamedOrBlankNodeRef::BlankNode(node) => write_blank(node.as_str(), out),
    }
    out.push(' ');
    write_iri(quad.predicate.as_str(), out);
    out.push(' ');
    match quad.object {
        TermRef::NamedNode(node) => write_iri(node.as_str(), out),
        TermRef::BlankNode(node) => write_blank(node.as_str(), out),
        TermRef::Literal(literal) => {
            write_string(literal.value(), out);
            if let Some(language) = literal.language() {
                out.push('@');
                out.push_str(language);
            } else if literal.datatype() != xsd::STRING {
                out.push_str("^^");
                write_iri(literal.datatype().as_str(), out);
            }
        }
    }
    match quad.graph_name {
        GraphNameRef::NamedNode(node) => {
            out.push(' ');
            write_iri(node.as_str(), out);
        }
        GraphNameRef::BlankNode(node) => {
            out.push(' ');
            write_blank(node.as_str(), out);
        }
        GraphNameRef::DefaultGraph => {}
    }
    out.push_str(" .\n");
}

fn write_iri(iri: &str, out: &mut String) {
    out.push('<');
    out.push_str(iri);
    out.push('>');
}

fn write_blank(id: &str, out: &mut String) {
    out.push_str("_:");
    out.push_str(id);
}

fn write_string(value: &str, out: &mut String) {
    out.push('"');
    let mut rest = value;
    while let Some(at) = rest.find(is_escaped) {
        let (plain, tail) = rest.split_at(at);
        out.push_str(plain);
        let mut chars = tail.chars();
        if let Some(c) = chars.next() {
            write_escape(c, out);
        }
        rest = chars.as_str();
    }
    out.push_str(rest);
    out.push('"');
}

fn is_escaped(c: char) -> bool {
    matches!(c, '"' | '\\' | '\0'..='\u{1f}' | '\u{7f}' | '\u{fffe}' | '\u{ffff}')
}

fn write_escape(c: char, out: &mut String) {
    match c {
        '\u{8}' => out.push_str("\\b"),
        '\t' => out.push_str("\\t"),
        '\n' => out.push_str("\\n"),
        '\u{c}' => out.push_str("\\f"),
        '\r' => out.push_str("\\r"),
        '"' => out.push_str("\\\""),
        '\\' => out.push_str("\\\\"),
        _ => {
            let code = format!("{:04X}", u32::from(c));
            out.push_str("\\u");
            out.push_str(&code);
        }
    }
}

#[cfg(test)]
mod tests {
    use oxigraph::model::{Literal, NamedNode};
    use proptest::prelude::*;

    use super::*;

    fn iri(name: &str) -> NamedNode {
        NamedNode::new_unchecked(format!("https://example.org/{name}"))
    }

    fn quad(object: Literal) -> Quad {
        Quad::new(iri("s"), iri("p"), object, iri("g"))
    }

    proptest! {
        #[test]
        fn lines_are_those_of_oxrdf_and_read_back(values in prop::collection::vec(any::<String>(), 1..8)) {
            let quads: Vec<Quad> = values.into_iter().map(|v| quad(Literal::from(v))).collect();
            let mut expected: Vec<String> = quads.iter().map(|q| format!("{q} .\n")).collect();
            expected.sort_unstable();
            expected.dedup();
            let text = canonical(quads.iter().map(Quad::as_ref));
            prop_assert_eq!(&text, &expected.concat());
            let mut back: Vec<Quad> = parse(&text).collect::<Result<_, _>>().unwrap();
            let mut quads = quads;
            back.sort_unstable_by_key(ToString::to_string);
            quads.sort_unstable_by_key(ToString::to_string);
            quads.dedup();
            prop_assert_eq!(back, quads);
        }
    }

    #[test]
    fn every_kind_of_literal_reads_back() {
        let date = NamedNode::new_unchecked("http://www.w3.org/2001/XMLSchema#date");
        for literal in [
            Literal::new_simple_literal("a\n\"b\"\\\u{7f}\u{0}\u{8}\u{c}\r\t\u{fffe}"),
            Literal::new_typed_literal("2031-05-07", date),
            Literal::new_language_tagged_literal("oui", "fr").unwrap(),
        ] {
            let quad = quad(literal);
            let text = canonical([quad.as_ref()]);
            assert_eq!(text, format!("{quad} .\n"));
            assert_eq!(parse(&text).next().unwrap().unwrap(), quad);
        }
    }
}
