//! Pairs quotation marks: straight, curly, guillemets, doubled single ones; nested ones belong to
//! the outer; one that is not closed runs to the end of its paragraph.

use crate::patience;
use crate::span::Span;

/// A quotation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Quote {
    /// With its marks.
    pub(super) outer: Span,
    /// Without them.
    pub(super) inner: Span,
    /// Whether it was closed before its paragraph ended.
    pub(super) closed: bool,
}

/// The kinds of marks: what opens, what closes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Mark {
    /// Curly or straight double marks, two single ones, guillemets.
    Double,
    /// Single marks.
    Single,
}

/// Finds the quotations of a text, in order, none overlapping.
pub(super) fn find(text: &str) -> Vec<Quote> {
    let mut quotes = Vec::new();
    let mut start = 0;
    for paragraph in text.split_inclusive('\n') {
        let end = start + paragraph.len();
        in_paragraph(text, start, end, &mut quotes);
        start = end;
    }
    quotes
}

/// The quotations inside the quotation `around`.
pub(super) fn nested(text: &str, around: Quote) -> Vec<Quote> {
    let mut quotes = Vec::new();
    in_paragraph(text, around.inner.start(), around.inner.end(), &mut quotes);
    quotes
}

fn in_paragraph(text: &str, start: usize, end: usize, quotes: &mut Vec<Quote>) {
    let mut open: Option<(usize, usize, Mark)> = None;
    let mut at = start;
    while at < end {
        let rest = text.get(at..end).unwrap_or("");
        let Some(c) = rest.chars().next() else { break };
        let len = mark_len(rest, c);
        let before = text.get(start..at).and_then(|t| t.chars().next_back());
        let after = text.get(at + len..end).and_then(|t| t.chars().next());
        match open {
            None => {
                if let Some(mark) = opens(c, len, before, after) {
                    // A single mark opens a quotation only where one closes it in the paragraph.
                    let holds =
                        mark == Mark::Double || closes_later(text.get(at + len..end).unwrap_or(""));
                    if holds {
                        open = Some((at, at + len, mark));
                    }
                }
            }
            Some((from, inner, mark)) => {
                if closes(c, len, mark, before, after) {
                    push(text, from, inner, at, at + len, true, quotes);
                    open = None;
                }
            }
        }
        at += len;
    }
    if let Some((from, inner, Mark::Double)) = open {
        let stop = start + text.get(start..end).map_or(0, |t| t.trim_end().len());
        push(text, from, inner, stop, stop, false, quotes);
    }
}

fn push(
    text: &str,
    from: usize,
    inner: usize,
    stop: usize,
    end: usize,
    closed: bool,
    quotes: &mut Vec<Quote>,
) {
    if let (Some(outer), Some(inner)) = (Span::new(text, from, end), Span::new(text, inner, stop))
        && !inner.trim(text).is_empty()
    {
        quotes.push(Quote { outer, inner: inner.trim(text), closed });
    }
}

/// Bytes of the mark at the beginning of `rest`: two single marks are one double.
fn mark_len(rest: &str, first: char) -> usize {
    if rest.starts_with("''") || rest.starts_with("``") { 2 } else { first.len_utf8() }
}

fn opens(c: char, len: usize, before: Option<char>, after: Option<char>) -> Option<Mark> {
    let at_word = after.is_some_and(|a| !a.is_whitespace())
        && before.is_none_or(|b| {
            b.is_whitespace() || matches!(b, '(' | '[' | '—' | '–' | '-' | '…' | ':' | ',')
        });
    match c {
        '“' | '„' | '«' => Some(Mark::Double),
        // Some sites use the closing mark on both sides.
        '"' | '”' if at_word => Some(Mark::Double),
        '\'' | '`' if len == 2 && at_word => Some(Mark::Double),
        '\'' if at_word && after.is_some_and(char::is_alphabetic) => Some(Mark::Single),
        '‘' if at_word => Some(Mark::Single),
        _ => None,
    }
}

fn closes(c: char, len: usize, mark: Mark, before: Option<char>, after: Option<char>) -> bool {
    match mark {
        Mark::Double => match c {
            '”' | '»' | '"' | '“' => {
                // A straight mark before a word and after a space opens a nested or a new one.
                let opening = before.is_none_or(char::is_whitespace)
                    && after.is_some_and(char::is_alphanumeric);
                !(opening && matches!(c, '"' | '“')) || c == '”'
            }
            '\'' => len == 2,
            _ => false,
        },
        Mark::Single => {
            matches!(c, '’' | '\'')
                && before.is_some_and(|b| !b.is_whitespace())
                && after.is_none_or(|a| !a.is_alphanumeric())
        }
    }
}

/// Whether a single mark that can close stands in `rest` after punctuation or at a word's end, with
/// none that opens before.
fn closes_later(rest: &str) -> bool {
    patience::check();
    let mut before: Option<char> = None;
    let mut chars = rest.chars().peekable();
    while let Some(c) = chars.next() {
        let after = chars.peek().copied();
        if matches!(c, '’' | '\'')
            && before.is_some_and(|b| !b.is_whitespace())
            && after.is_none_or(|a| !a.is_alphanumeric())
        {
            return true;
        }
        before = Some(c);
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    fn inner(text: &str) -> Vec<&str> {
        find(text).iter().map(|q| q.inner.of(text)).collect()
    }

    #[test]
    fn pairs_every_kind_of_mark() {
        assert_eq!(inner("He said \"yes\" and \"no\"."), ["yes", "no"]);
        assert_eq!(inner("“It’s the workers’ day,” she said."), ["It’s the workers’ day,"]);
        assert_eq!(inner("‘We won’t go,’ he said."), ["We won’t go,"]);
        assert_eq!(inner("She called it ‘a mistake’ twice."), ["a mistake"]);
        assert_eq!(inner("They wrote ''we stay'' on it."), ["we stay"]);
        assert_eq!(inner("«On y va», he said."), ["On y va"]);
    }

    #[test]
    fn nested_marks_belong_to_the_outer_quotation() {
        assert_eq!(inner("“He told me ‘stop’ twice,” she said."), ["He told me ‘stop’ twice,"]);
    }

    #[test]
    fn apostrophes_open_nothing() {
        assert!(inner("The workers' union met on Holm's farm; it's late.").is_empty());
    }

    #[test]
    fn an_unclosed_quotation_ends_with_its_paragraph() {
        let quotes = find("“One.\n“Two,” he said.");
        assert_eq!(quotes.len(), 2);
        assert!(!quotes[0].closed && quotes[1].closed);
    }
}
