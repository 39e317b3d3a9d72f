//! A text's paragraphs: what blank lines separate.

use std::ops::Range;

/// A longer paragraph is cut: it bounds memory, and nobody wrote it as one.
const LONGEST: usize = 1 << 15;

/// The paragraphs of a text as byte ranges, in order, without white space at their ends.
///
/// A paragraph of more than 32 KiB is cut at white space, or anywhere where it has none.
pub(crate) fn paragraphs(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    let mut at = 0;
    std::iter::from_fn(move || {
        let range = next(text, at)?;
        at = range.end;
        Some(range)
    })
}

/// The first paragraph that begins at or after `at`.
fn next(text: &str, at: usize) -> Option<Range<usize>> {
    let rest = text.get(at..)?;
    let start = at + (rest.len() - rest.trim_start().len());
    let rest = text.get(start..).filter(|r| !r.is_empty())?;
    let mut end = 0;
    for line in rest.split_inclusive('\n') {
        if line.trim().is_empty() {
            break;
        }
        end += line.len();
        if end > LONGEST {
            end = cut(rest);
            break;
        }
    }
    let words = rest.get(..end)?.trim_end();
    Some(start..start + words.len())
}

/// Where to cut a text that is longer than [`LONGEST`]: after the last white space before it.
fn cut(rest: &str) -> usize {
    let limit = (0..=LONGEST).rev().find(|&i| rest.is_char_boundary(i)).unwrap_or(LONGEST);
    let head = rest.get(..limit).unwrap_or(rest);
    head.rfind(char::is_whitespace).filter(|&i| i > 0).unwrap_or(limit)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts(text: &str) -> Vec<&str> {
        paragraphs(text).map(|r| text.get(r).unwrap()).collect()
    }

    #[test]
    fn blank_lines_separate_paragraphs() {
        let text = "  Title\n\n One line\nand one more. \n \t\nLast\r\n\r\n";
        assert_eq!(parts(text), ["Title", "One line\nand one more.", "Last"]);
        assert_eq!(parts(" \n\n "), [""; 0]);
    }

    #[test]
    fn a_paragraph_without_end_is_cut() {
        let long = "é".repeat(LONGEST);
        assert_eq!(parts(&long).concat(), long);
        let words = "word ".repeat(LONGEST);
        assert!(parts(&words).iter().all(|p| p.len() <= LONGEST && !p.contains("wordw")));
    }
}
