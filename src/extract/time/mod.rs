//! Time expressions: found by the rules of `lang/<code>/time/`, resolved to TIMEX3 values and to
//! the first and the last day that they can cover.
//!
//! Relative expressions are read against the anchor date (the day of publication; inside a
//! quotation, the day that its sentence names for the saying), expressions like "the day before"
//! against the day talked about last. What cannot be resolved keeps an open value
//! (`XXXX-WXX-3`, `PAST_REF`) and no days. Times depend on words, and on tags and tree only to
//! tell whether a clause looks back or ahead.
//!
//! # Source
//!
//! ISO-TimeML (ISO 24617-1); the breadth of expressions follows HeidelTime (Strötgen and Gertz,
//! 2013), the rules are our own.

mod calendar;
mod duration;
mod relative;
mod resolve;
mod tense;
mod yields;

use jiff::civil::Date;

use crate::facts::Time;
use crate::lang::Pack;
use crate::rule::{Atoms, Grammar, Match, Miss, RuleError};
use crate::span::Span;
use crate::text::Document;

use self::calendar::Point;
use self::resolve::{Context, Resolved, resolve};
use self::tense::{Ahead, Tense, tense_at};
use self::yields::{Op, Slots, Yield};

use super::{Rule, Traced};

/// The time rules of a language, compiled.
#[derive(Clone, Debug)]
pub struct Tables {
    grammar: Grammar<Yield>,
}

/// Why a language's time rules cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum TimeError {
    /// The pack lacks a file.
    #[error("{0} is missing (a language with time rules needs it)")]
    Missing(&'static str),
    /// A rule file is broken.
    #[error(transparent)]
    Rule(#[from] RuleError),
    /// A yield names what TIMEX3 does not know.
    #[error("time rules: `{0}` is no TIMEX3 mod (see the facts contract for the list)")]
    Mod(String),
}

/// Where a language pack keeps its number words.
pub(super) const NUMBERS: &str = "quantity/number.toml";

impl Tables {
    /// The rule that came nearest to the words at `span`, the words that it fits, and what misses.
    pub(super) fn nearest(&self, doc: &Document<'_>, span: Span) -> Option<(Rule, Span, Miss)> {
        let atoms = Atoms::new(doc, self.grammar.words());
        let near = self.grammar.nearest(&atoms, atoms.within(span))?;
        Some((Rule::clone(near.rule), atoms.span(near.atoms), near.miss))
    }

    /// Compiles the rules of a pack.
    ///
    /// # Errors
    ///
    /// Where a file is missing or broken.
    pub fn parse(pack: Pack) -> Result<Self, TimeError> {
        let numbers = pack.text(NUMBERS).ok_or(TimeError::Missing(NUMBERS))?;
        let files = pack
            .folder("time")
            .filter(|(path, _)| path.strip_suffix(".toml").is_some())
            .filter_map(|(path, bytes)| Some((path, std::str::from_utf8(bytes).ok()?)));
        let grammar = Grammar::<Yield>::parse(files, (NUMBERS, numbers))?;
        if let Some(unknown) = grammar.yields().find_map(Yield::unknown) {
            return Err(TimeError::Mod(unknown.to_owned()));
        }
        Ok(Self { grammar })
    }
}

/// Finds and resolves the time expressions of a document.
///
/// Spans are the time words without the preposition; bounds are whole days, both inclusive; the
/// result is in text order and does not overlap. `anchor` is the day of publication: without it,
/// relative expressions keep open values and have no bounds.
///
/// # Cost
///
/// Linear in the text.
pub fn extract_times(
    doc: &Document<'_>,
    tables: &Tables,
    anchor: Option<Date>,
) -> Vec<Traced<Time>> {
    let atoms = Atoms::new(doc, tables.grammar.words());
    let matches = tables.grammar.find(&atoms);
    let quotes = quoted(&atoms);
    let ahead = Ahead {
        atoms: &atoms,
        class: tables.grammar.class("ahead"),
        arranging: tables.grammar.class("arranging"),
        way: tables.grammar.class("way"),
    };
    let mut context = Context::new(anchor);
    let mut found: Vec<(Traced<Time>, Option<Point>)> = Vec::with_capacity(matches.len());
    for item in &matches {
        context.sentence = sentence_of(&atoms, item);
        for (span, resolved) in read(&atoms, item, &context, &ahead) {
            match resolved.point {
                // What only compares with last year is not what is talked about.
                Some(_) if compares(item) => {}
                Some(point) => context.note(point),
                None if item.makes.op == Op::PartOfYear => context.note_period(),
                None => {}
            }
            found.push((traced(span, &resolved, item.rule), resolved.point));
        }
    }
    if let Some(anchor) = anchor {
        reread_quotes(&atoms, &matches, &quotes, anchor, &ahead, &mut found);
    }
    found.into_iter().map(|(time, _)| time).collect()
}

fn traced(span: Span, resolved: &Resolved, rule: &Rule) -> Traced<Time> {
    let fact = Time {
        span,
        kind: resolved.kind,
        value: resolved.value.clone(),
        modifier: resolved.modifier,
        begin: resolved.bounds.map(|b| b.0),
        end: resolved.bounds.map(|b| b.1),
    };
    Traced::new(fact, rule)
}

fn read(
    atoms: &Atoms<'_>,
    item: &Match<'_, Yield>,
    context: &Context,
    ahead: &Ahead<'_>,
) -> Vec<(Span, Resolved)> {
    let doc = atoms.document();
    let token = atoms.get(item.atoms.start).map_or(0, |a| a.token as usize);
    let start = item.atoms.start;
    let tense = || -> Tense {
        // "until Friday", "since March": the preposition looks one way.
        let way = ahead.way.and_then(|w| w.longest_before(atoms, start));
        let way = way.filter(|(at, _)| atoms.get(*at).is_some_and(|a| !a.capital));
        match way.map(|(_, value)| value) {
            Some("ahead") => Tense::Future,
            Some("back") => Tense::Past,
            Some(_) => match tense_at(doc, token, ahead) {
                Tense::Past => Tense::Past,
                _ => Tense::Future,
            },
            None => tense_at(doc, token, ahead),
        }
    };
    resolve(Slots::new(item), context, &tense)
        .into_iter()
        .map(|(piece, resolved)| {
            let range = piece.map_or(item.atoms.clone(), |p| p.start..p.end);
            (atoms.span(range), resolved)
        })
        .collect()
}

/// Whether the expression only holds another year's figures beside the period talked about.
fn compares(item: &Match<'_, Yield>) -> bool {
    let year = |name| item.capture(name).is_some();
    item.makes.op == Op::Shift && item.makes.unit.as_deref().is_none_or(|u| u == "Y")
        || item.makes.op == Op::Same && (year("yeardir") || year("year"))
}

fn sentence_of(atoms: &Atoms<'_>, item: &Match<'_, Yield>) -> usize {
    let doc = atoms.document();
    let token = atoms.get(item.atoms.start).map_or(0, |a| a.token as usize);
    if token < doc.len() { doc.sentence_of(token) } else { 0 }
}

/// For each atom, whether it stands inside double quotation marks.
fn quoted(atoms: &Atoms<'_>) -> Vec<bool> {
    let mut open = false;
    let mut all = Vec::with_capacity(atoms.len());
    for (i, atom) in atoms.all().iter().enumerate() {
        match atoms.text(i) {
            "“" => open = true,
            "”" => open = false,
            "\"" => open = !open,
            _ => {
                if atom.fresh {
                    open = false;
                }
            }
        }
        all.push(open);
    }
    all
}

/// Reads "today", "tomorrow" and the like inside a quotation against the day on which, as its
/// sentence says outside of the marks, the words were spoken.
fn reread_quotes(
    atoms: &Atoms<'_>,
    matches: &[Match<'_, Yield>],
    quotes: &[bool],
    anchor: Date,
    ahead: &Ahead<'_>,
    found: &mut [(Traced<Time>, Option<Point>)],
) {
    let inside = |m: &Match<'_, Yield>| quotes.get(m.atoms.start).copied().unwrap_or(false);
    for item in matches.iter().filter(|m| m.makes.op == Op::Deictic && inside(m)) {
        let sentence = sentence_of(atoms, item);
        let spoken = matches
            .iter()
            .filter(|m| !inside(m) && sentence_of(atoms, m) == sentence)
            .filter(|m| matches!(m.makes.op, Op::Calendar | Op::Near))
            .find_map(|m| {
                let span = atoms.span(m.atoms.clone());
                let (_, point) = found.iter().find(|(t, _)| span.contains(t.fact.span))?;
                match point {
                    Some(Point::Day(day)) if *day < anchor => Some(*day),
                    _ => None,
                }
            });
        let Some(day) = spoken else { continue };
        let context = Context::new(Some(day));
        for (span, resolved) in read(atoms, item, &context, ahead) {
            if let Some(slot) = found.iter_mut().find(|(t, _)| t.fact.span == span) {
                *slot = (traced(span, &resolved, item.rule), resolved.point);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use crate::facts::parse_day;
    use crate::rule::Example;
    use crate::rule::testing::plain;

    use super::*;

    fn show(time: &Time, text: &str) -> String {
        let mut line = format!("time «{}» {}", time.span.of(text), time.value);
        if let Some(modifier) = time.modifier {
            write!(line, " {}", modifier.as_str()).unwrap();
        }
        if let (Some(begin), Some(end)) = (time.begin, time.end) {
            write!(line, " {begin}..{end}").unwrap();
        }
        line
    }

    #[test]
    fn every_rule_file_finds_what_its_examples_say_and_nothing_else() {
        let pack = Pack::find("en").unwrap();
        let tables = Tables::parse(pack).unwrap();
        let (mut wrong, mut files) = (String::new(), 0);
        for (path, bytes) in pack.folder("time") {
            let text = std::str::from_utf8(bytes).unwrap();
            let examples = Example::parse(path, text).unwrap();
            files += usize::from(!examples.is_empty());
            let rules = text.contains("[[rule]]");
            assert!(
                !rules || examples.iter().any(|e| !e.facts.is_empty()),
                "{path} has no example"
            );
            for example in examples {
                let anchor = example.published.as_deref().and_then(parse_day);
                let doc = plain(&example.text);
                let found = extract_times(&doc, &tables, anchor);
                let got: Vec<String> = found.iter().map(|t| show(&t.fact, &example.text)).collect();
                if got != example.facts {
                    writeln!(
                        wrong,
                        "{path}: {}\n  want {:#?}\n  got {got:#?}",
                        example.text, example.facts
                    )
                    .unwrap();
                }
            }
        }
        assert!(wrong.is_empty(), "{wrong}");
        assert!(files >= 6, "only {files} files have examples");
    }
}
