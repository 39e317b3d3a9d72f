//! Documents without a language engine, for tests of surface rules.

use crate::span::Span;
use crate::text::{Document, DocumentBuilder, Pos, TokenData};

use super::atom::scan;

/// The text cut into atoms, one token each, without tags or tree. A sentence ends at a full stop,
/// question or exclamation mark before white space and a capital.
pub(crate) fn plain(text: &str) -> Document<'_> {
    let mut builder = DocumentBuilder::new(text);
    let (mut ended, mut before) = (true, "");
    scan(text, |piece| {
        let word = text.get(piece.range.clone()).unwrap();
        let capital = word.chars().next().is_some_and(char::is_uppercase);
        let head = builder.len();
        builder.push(TokenData {
            span: Span::new(text, piece.range.start, piece.range.end).unwrap(),
            tag: "",
            pos: Pos::Unknown,
            morph: "",
            lemma: "",
            head,
            dep: "",
            sentence_start: ended && piece.spaced && capital && before.len() != 1,
        });
        if matches!(word, "." | "?" | "!") {
            ended = true;
        } else if word != "\"" && word != "”" {
            (ended, before) = (false, word);
        }
    });
    builder.finish()
}
