//! From the tree to stretches of text: what a clause or phrase covers, without its marks.

use std::ops::Range;

use crate::extract::pack_file::Words;
use crate::span::Span;
use crate::text::{Document, Pos};

/// The runs of tokens that hang on `root`, without the subtrees of `without`.
pub(super) fn runs(doc: &Document<'_>, root: usize, without: &[usize]) -> Vec<Range<usize>> {
    let mut tokens = Vec::new();
    let mut stack = vec![root];
    while let Some(i) = stack.pop() {
        if without.contains(&i) {
            continue;
        }
        tokens.push(i);
        stack.extend(doc.children(i));
    }
    tokens.sort_unstable();
    let mut runs: Vec<Range<usize>> = Vec::new();
    for t in tokens {
        match runs.last_mut() {
            Some(run) if run.end == t => run.end = t + 1,
            _ => runs.push(t..t + 1),
        }
    }
    runs
}

/// Shortens each run by complementizers in front and punctuation at both ends; drops empty ones.
pub(super) fn trim(
    doc: &Document<'_>,
    runs: Vec<Range<usize>>,
    complementizer: &Words,
) -> Vec<Range<usize>> {
    let loose = |t: usize| matches!(doc.pos(t), Pos::Punct | Pos::Space);
    let mut out = Vec::new();
    for mut run in runs {
        while run.start < run.end && loose(run.start) {
            run.start += 1;
        }
        let first = doc.word(run.start.min(doc.len() - 1)).to_lowercase();
        if run.len() > 1 && complementizer.contains(&first) && doc.dep(run.start) == "mark" {
            run.start += 1;
        }
        while run.start < run.end && loose(run.start) {
            run.start += 1;
        }
        // "… and", before something that the parser took for another clause's.
        let dangles = |t: usize| doc.pos(t) == Pos::Cconj && doc.tag(t) == "CC";
        while run.start < run.end && (loose(run.end - 1) || dangles(run.end - 1)) {
            run.end -= 1;
        }
        let words = run.clone().any(|t| doc.word(t).chars().any(char::is_alphanumeric));
        if !run.is_empty() && words {
            out.push(run);
        }
    }
    out
}

/// The text of a run, cut where a sentence ends inside it.
pub(super) fn spans(doc: &Document<'_>, run: Range<usize>) -> Vec<Span> {
    let mut spans = Vec::new();
    let mut start = run.start;
    for t in run.clone() {
        if t > start && doc.sentence_of(t) != doc.sentence_of(t - 1) {
            spans.push(doc.span_of(start..t));
            start = t;
        }
    }
    if start < run.end {
        spans.push(doc.span_of(start..run.end));
    }
    spans.into_iter().map(|s| s.trim(doc.text())).filter(|s| !s.is_empty()).collect()
}

/// The tokens of the paragraph of token `i`.
pub(super) fn paragraph_of(doc: &Document<'_>, i: usize) -> Range<usize> {
    let text = doc.text();
    let at = doc.span(i);
    let start = text.get(..at.start()).and_then(|t| t.rfind('\n')).map_or(0, |n| n + 1);
    let end = text.get(at.end()..).and_then(|t| t.find('\n')).map_or(text.len(), |n| at.end() + n);
    Span::new(text, start, end).map_or(i..i + 1, |s| doc.tokens_in(s))
}
