//! The light view of a text: words, digit runs, symbols.

use std::ops::Range;

use crate::span::Span;
use crate::text::Document;

use super::lexicon::Words;

/// What an atom is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AtomKind {
    /// Letters.
    Word,
    /// A digit run with its group commas and its decimal point.
    Digits,
    /// One other character.
    Symbol,
}

/// The smallest piece that patterns see.
#[derive(Clone, Copy, Debug)]
pub struct Atom {
    /// Where it stands.
    pub span: Span,
    /// Word, digits or symbol.
    pub kind: AtomKind,
    /// Its number in the grammar's [`Words`]; 0 for words that no pattern knows.
    pub word: u32,
    /// The token that holds its first byte.
    pub token: u32,
    /// Whether white space stands before it (or the text begins here).
    pub spaced: bool,
    /// Whether its first letter is a capital.
    pub capital: bool,
    /// Whether a new line of another sentence begins here: patterns do not cross.
    pub fresh: bool,
}

/// The atoms of a document, in text order.
#[derive(Clone, Debug)]
pub struct Atoms<'d> {
    doc: &'d Document<'d>,
    all: Vec<Atom>,
    caseless: bool,
}

impl<'d> Atoms<'d> {
    /// Scans the text of `doc`, looking its words up in `words`.
    ///
    /// # Cost
    ///
    /// One pass over the text, one look-up a word.
    pub fn new(doc: &'d Document<'d>, words: &Words) -> Self {
        let text = doc.text();
        let mut atoms = Vec::with_capacity(text.len() / 4);
        let (mut token, mut lower) = (0, String::new());
        scan(text, |piece| {
            let span = Span::new(text, piece.range.start, piece.range.end)
                .expect("the scanner cuts on scalar boundaries");
            while token + 1 < doc.len() && doc.span(token).end() <= span.start() {
                token += 1;
            }
            let shown = text.get(piece.range.clone()).unwrap_or("");
            let fresh = piece.new_line
                && token > 0
                && atoms.last().is_some_and(|last: &Atom| {
                    doc.sentence_of(last.token as usize) != doc.sentence_of(token)
                });
            atoms.push(Atom {
                span,
                kind: piece.kind,
                word: words.look_up(shown, &mut lower),
                token: u32::try_from(token).unwrap_or(u32::MAX),
                spaced: piece.spaced,
                capital: shown.chars().next().is_some_and(char::is_uppercase),
                fresh: fresh || piece.new_paragraph,
            });
        });
        let caseless = !atoms.iter().any(|a| a.capital);
        Self { doc, all: atoms, caseless }
    }

    /// The document.
    pub fn document(&self) -> &'d Document<'d> {
        self.doc
    }

    /// Number of atoms.
    pub fn len(&self) -> usize {
        self.all.len()
    }

    /// Whether the text has none.
    pub fn is_empty(&self) -> bool {
        self.all.is_empty()
    }

    /// Atom `i`, if there is one.
    pub fn get(&self, i: usize) -> Option<&Atom> {
        self.all.get(i)
    }

    /// All atoms.
    pub fn all(&self) -> &[Atom] {
        &self.all
    }

    /// The text of atom `i`; empty beyond the last.
    pub fn text(&self, i: usize) -> &'d str {
        self.all.get(i).map_or("", |a| a.span.of(self.doc.text()))
    }

    /// The stretch from the first to the last atom of a range that is not empty.
    pub fn span(&self, range: Range<usize>) -> Span {
        self.all[range.start].span.cover(self.all[range.end - 1].span)
    }

    /// Whether no capital stands in the whole text: then no pattern asks for one.
    pub fn caseless(&self) -> bool {
        self.caseless
    }

    /// Whether atom `i` stands right after the one before it.
    pub fn glued(&self, i: usize) -> bool {
        self.all.get(i).is_some_and(|a| !a.spaced)
    }

    /// The atoms that begin inside `span`.
    pub fn within(&self, span: Span) -> Range<usize> {
        let start = self.all.partition_point(|a| a.span.start() < span.start());
        let end = self.all.partition_point(|a| a.span.start() < span.end());
        start..end.max(start)
    }

    /// Fine-grained tag of the token of atom `i`; empty where the document has none.
    pub fn tag(&self, i: usize) -> &str {
        self.all
            .get(i)
            .filter(|_| !self.doc.is_empty())
            .map_or("", |a| self.doc.tag(a.token as usize))
    }
}

/// One piece found by [`scan`].
pub(super) struct Piece {
    pub(super) range: Range<usize>,
    pub(super) kind: AtomKind,
    pub(super) spaced: bool,
    pub(super) new_line: bool,
    pub(super) new_paragraph: bool,
}

/// Cuts `text` into pieces, in order.
pub(super) fn scan(text: &str, mut emit: impl FnMut(Piece)) {
    let bytes = text.as_bytes();
    let mut at = 0;
    let (mut spaced, mut lines) = (true, 0);
    while let Some(c) = text.get(at..).and_then(|t| t.chars().next()) {
        if c.is_whitespace() {
            spaced = true;
            lines += usize::from(c == '\n');
            at += c.len_utf8();
            continue;
        }
        let leading_point = c == '.'
            && bytes.get(at + 1).is_some_and(u8::is_ascii_digit)
            && (at == 0 || !bytes[at - 1].is_ascii_alphanumeric());
        let (kind, end) = if c.is_ascii_digit() || leading_point {
            (AtomKind::Digits, digits_end(bytes, at))
        } else if c.is_alphabetic() {
            (AtomKind::Word, letters_end(text, at))
        } else {
            (AtomKind::Symbol, at + c.len_utf8())
        };
        emit(Piece { range: at..end, kind, spaced, new_line: lines > 0, new_paragraph: lines > 1 });
        at = end;
        (spaced, lines) = (false, 0);
    }
}

fn letters_end(text: &str, at: usize) -> usize {
    let rest = text.get(at..).unwrap_or("");
    rest.char_indices()
        .find(|&(_, c)| !(c.is_alphabetic() || ('\u{300}'..='\u{36f}').contains(&c)))
        .map_or(text.len(), |(i, _)| at + i)
}

/// Digits, then groups (`,ddd`, or Indian `,dd` before a last `,ddd`), then a decimal part.
fn digits_end(bytes: &[u8], at: usize) -> usize {
    let run = |from: usize| bytes.iter().skip(from).take_while(|b| b.is_ascii_digit()).count();
    let mut end = at + run(at);
    let mut groups = end;
    while bytes.get(groups) == Some(&b',') && matches!(run(groups + 1), 2 | 3) {
        let width = run(groups + 1);
        groups += 1 + width;
        if width == 3 {
            end = groups; // Only a group of three may be the last.
        }
    }
    if bytes.get(end) == Some(&b'.') && run(end + 1) > 0 {
        end += 1 + run(end + 1);
    }
    end
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pieces(text: &str) -> Vec<&str> {
        let mut out = Vec::new();
        scan(text, |p| out.push(text.get(p.range).unwrap()));
        out
    }

    #[test]
    fn numbers_hold_together_and_letters_stand_apart() {
        assert_eq!(
            pieces("a 10-year, $1,250.50 deal"),
            ["a", "10", "-", "year", ",", "$", "1,250.50", "deal"]
        );
        assert_eq!(pieces("12,34,567.89 by 2,15"), ["12,34,567.89", "by", "2", ",", "15"]);
        assert_eq!(pieces("a .500 record in Q3."), ["a", ".500", "record", "in", "Q", "3", "."]);
        assert_eq!(pieces("Nov. 6, 1989"), ["Nov", ".", "6", ",", "1989"]);
    }
}
