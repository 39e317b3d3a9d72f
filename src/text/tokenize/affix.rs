//! The tokenizer's regular expressions.

use super::super::model::ModelError;

/// A pattern of the tokenizer: how to find it, fast where that is possible.
#[derive(Debug)]
pub(crate) struct Affix {
    /// Matches whenever `exact` does: `exact` without its look-arounds.
    filter: regex::Regex,
    /// Only asked where `filter` matches; `None` where the pattern has no look-around.
    exact: Option<fancy_regex::Regex>,
}

/// How far a pattern with look-around may backtrack before it counts as not matching.
const BACKTRACK: usize = 100_000;

impl Affix {
    /// Compiles a pattern of Python's `re`.
    pub(crate) fn compile(part: &str, source: &str) -> Result<Self, ModelError> {
        let broken = |e: &dyn std::fmt::Display| {
            ModelError::broken("tokenizer", format!("{part} does not compile: {e}"))
        };
        let source = with_python_words(source.strip_prefix("(?u)").unwrap_or(source));
        let plain = without_look_around(&source);
        let filter =
            regex::RegexBuilder::new(&plain).size_limit(1 << 26).build().map_err(|e| broken(&e))?;
        let exact = if plain == source {
            None
        } else {
            let exact = fancy_regex::RegexBuilder::new(&source)
                .backtrack_limit(BACKTRACK)
                .delegate_size_limit(1 << 26)
                .build()
                .map_err(|e| broken(&e))?;
            Some(exact)
        };
        Ok(Self { filter, exact })
    }

    /// The first match in `text`, as bytes.
    pub(crate) fn find(&self, text: &str) -> Option<(usize, usize)> {
        self.find_at(text, 0)
    }

    /// The first match that begins at or after byte `at`; what stands before it is still seen.
    fn find_at(&self, text: &str, at: usize) -> Option<(usize, usize)> {
        let found = self.filter.find_at(text, at)?;
        let Some(exact) = &self.exact else { return Some((found.start(), found.end())) };
        // Nothing exact begins before the filter's first match: the slow search starts there.
        let found = exact.find_from_pos(text, found.start()).ok()??;
        Some((found.start(), found.end()))
    }

    /// Whether the pattern matches from the beginning of `text`.
    pub(crate) fn matches_start(&self, text: &str) -> bool {
        self.find(text).is_some_and(|(start, _)| start == 0)
    }

    /// Appends every match in `text`, as bytes, in order.
    pub(crate) fn find_all(&self, text: &str, found: &mut Vec<(usize, usize)>) {
        let mut at = 0;
        while let Some((start, end)) = self.find_at(text, at) {
            found.push((start, end));
            let next = text.get(end..).and_then(|rest| rest.chars().next());
            match next {
                Some(c) if end == start => at = end + c.len_utf8(),
                Some(_) => at = end,
                None => break,
            }
        }
    }
}

/// Python's `\w` has letters, all numbers and `_`, but no marks: spells it out.
fn with_python_words(source: &str) -> String {
    let mut out = String::with_capacity(source.len());
    let mut chars = source.chars();
    while let Some(c) = chars.next() {
        if c != '\\' {
            out.push(c);
            continue;
        }
        match chars.next() {
            Some('w') => out.push_str(r"[\p{L}\p{N}_]"),
            Some(escaped) => out.extend([c, escaped]),
            None => out.push(c),
        }
    }
    out
}

/// The pattern without its look-aheads and look-behinds: it matches at least as much.
fn without_look_around(source: &str) -> String {
    let mut out = String::with_capacity(source.len());
    let mut rest = source;
    // Depth of groups inside of a look-around; `None` outside of one.
    let mut skipped: Option<usize> = None;
    let mut class = 0_usize;
    while let Some(c) = rest.chars().next() {
        let token = if c == '\\' {
            let escaped = rest.chars().nth(1).map_or(0, char::len_utf8);
            1 + escaped
        } else {
            c.len_utf8()
        };
        let (taken, after) = rest.split_at(token);
        match (c, skipped) {
            ('[', _) => class += 1,
            (']', _) => class = class.saturating_sub(1),
            ('(', Some(depth)) if class == 0 => skipped = Some(depth + 1),
            (')', Some(0)) if class == 0 => {
                skipped = None;
                rest = after;
                continue;
            }
            (')', Some(depth)) if class == 0 => skipped = Some(depth - 1),
            ('(', None) if class == 0 && is_look_around(after) => skipped = Some(0),
            _ => {}
        }
        if skipped.is_none() {
            out.push_str(taken);
        }
        rest = after;
    }
    out
}

fn is_look_around(inside: &str) -> bool {
    ["?=", "?!", "?<=", "?<!"].iter().any(|mark| inside.starts_with(mark))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn look_arounds_are_cut_out_whole() {
        assert_eq!(without_look_around(r"^\+(?![0-9])|a"), r"^\+|a");
        assert_eq!(without_look_around(r"(?<=[a-z)(])\.(?=(?:x|y))b"), r"\.b");
        assert_eq!(without_look_around(r"(?:a\(b)"), r"(?:a\(b)");
    }

    #[test]
    fn a_pattern_with_look_behind_is_exact() {
        let affix = Affix::compile("suffix", r"(?<=[0-9])km$|\w,$").unwrap();
        assert_eq!(affix.find("30km"), Some((2, 4)));
        assert_eq!(affix.find("akm"), None);
        assert_eq!(affix.find("²,"), Some((0, 3)));
    }
}
