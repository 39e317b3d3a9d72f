//! Finds the figures of a text, left to right.

use crate::extract::Rule;
use crate::facts::{Change, Modifier};
use crate::rule::{AtomKind, Atoms, Match, NumeralForm};
use crate::span::Span;

use super::part::{Measure, Part, Reader};
use super::{Op, Tables, Yield};

/// A quantity in the making: atoms `start..end`.
#[derive(Clone, Debug)]
pub(super) struct Figure {
    pub(super) start: usize,
    pub(super) end: usize,
    /// The number; the lower one of a range.
    pub(super) value: f64,
    pub(super) high: Option<f64>,
    pub(super) modifier: Modifier,
    pub(super) unit: String,
    pub(super) of: Option<Span>,
    pub(super) change: Option<Change>,
    pub(super) rule: Rule,
}

/// Reads figures off the atoms of one document.
pub(super) struct Finder<'a> {
    pub(super) read: Reader<'a>,
    tables: &'a Tables,
    /// Whether an atom belongs to a time expression.
    timed: Vec<bool>,
    matches: Vec<Match<'a, Yield>>,
}

impl<'a> Finder<'a> {
    pub(super) fn new(
        atoms: &'a Atoms<'a>,
        tables: &'a Tables,
        times: impl Iterator<Item = Span>,
    ) -> Self {
        let mut timed = vec![false; atoms.len()];
        for time in times {
            for i in atoms.within(time) {
                timed[i] = true;
            }
        }
        let sterling = atoms.document().text().contains('£');
        let read = Reader { atoms, tables, sterling };
        Self { read, tables, timed, matches: tables.grammar.find(atoms) }
    }

    /// Why the number that begins at atom `at` is no quantity; `None` where none begins there.
    pub(super) fn refusal_at(&self, at: usize) -> Option<&'static str> {
        if self.tables.grammar.numerals().ordinal(self.read.atoms, at).is_some() {
            return Some("an ordinal");
        }
        let part = self.read.part(at)?;
        if self.any_timed(part.number.start, part.number.end) {
            return Some("part of a time expression");
        }
        let kept = self.matches.iter().find(|m| m.atoms.contains(&at) && m.makes.op == Op::Skip);
        kept.map_or_else(|| self.refused(&part), |_| Some("a rule of quantity/ keeps it out"))
    }

    /// All figures, in text order, none overlapping.
    pub(super) fn figures(&self) -> Vec<Figure> {
        let mut found: Vec<Figure> = Vec::new();
        let (mut at, mut next) = (0, 0);
        while at < self.read.atoms.len() {
            while self.matches.get(next).is_some_and(|m| m.atoms.start < at) {
                next += 1;
            }
            let rule = self.matches.get(next).filter(|m| m.atoms.start == at);
            if let Some(found_rule) = rule.filter(|m| !self.any_timed(m.atoms.start, m.atoms.end)) {
                if let Some(figure) = self.by_rule(found_rule) {
                    at = figure.end.max(found_rule.atoms.end);
                    found.push(figure);
                    continue;
                }
                if found_rule.makes.op == Op::Skip {
                    at = found_rule.atoms.end;
                    continue;
                }
            }
            at = self.plain(at, &mut found);
        }
        // A modifier may reach back over the figure before it.
        let mut last = 0;
        for figure in &mut found {
            figure.start = figure.start.max(last);
            last = figure.end;
        }
        found
    }

    fn any_timed(&self, start: usize, end: usize) -> bool {
        self.timed.get(start..end).is_some_and(|t| t.contains(&true))
    }

    fn by_rule(&self, found: &Match<'a, Yield>) -> Option<Figure> {
        let number = |name: &str| {
            let piece = found.capture(name)?;
            piece.number.or_else(|| piece.text?.parse().ok())
        };
        let (start, end) = (found.atoms.start, found.atoms.end);
        let mut figure = Figure {
            start,
            end,
            value: number("n").unwrap_or(0.0),
            high: None,
            modifier: Modifier::Exact,
            unit: "1".to_owned(),
            of: None,
            change: None,
            rule: Rule::clone(found.rule),
        };
        match found.makes.op {
            Op::Skip => return None,
            Op::Age => {
                let unit =
                    found.capture("unit").and_then(|c| c.text).or(found.makes.unit.as_deref());
                unit?.clone_into(&mut figure.unit);
            }
            Op::Factor => {}
            Op::Ratio => {
                let whole = number("m").filter(|m| *m > figure.value && *m <= 1000.0)?;
                figure.value /= whole;
                figure.of = self.counted(end);
            }
            Op::Fuzzy => {
                let (low, high) = found.capture("low")?.text?.split_once(' ')?;
                (figure.value, figure.high) = (low.parse().ok()?, Some(high.parse().ok()?));
                let of = self.read.class("of", end).map_or(end, |(after, _)| after);
                // "millions of dollars" has a unit, "dozens of people" a noun.
                let unit = self
                    .read
                    .class("currency-after", of)
                    .map(|(to, code)| (to, code.to_owned()))
                    .filter(|(_, code)| !code.contains('/'))
                    .or_else(|| {
                        self.read.class("unit", of).map(|(to, code)| (to, code.to_owned()))
                    });
                if let Some((to, code)) = unit {
                    (figure.end, figure.unit) = (to, code);
                } else {
                    "count".clone_into(&mut figure.unit);
                    figure.of = self.counted(end);
                }
                return Some(figure);
            }
        }
        if found.capture("n").is_none_or(|n| n.start != start) {
            return Some(figure);
        }
        let bound = self.read.bound(start, end);
        figure.modifier = bound.modifier;
        (figure.start, figure.end) = (bound.start, bound.end.max(end));
        Some(figure)
    }

    /// Tries a plain figure at `at`; where to go on.
    fn plain(&self, at: usize, found: &mut Vec<Figure>) -> usize {
        let numerals = &self.tables.grammar.numerals();
        if let Some(ordinal) = numerals.ordinal(self.read.atoms, at) {
            let cardinal = numerals.cardinal(self.read.atoms, at);
            if cardinal.is_none_or(|c| c.end <= ordinal.end) {
                return ordinal.end;
            }
        }
        let Some(part) = self.read.part(at) else { return at + 1 };
        if self.any_timed(part.number.start, part.number.end) {
            return part.number.end.max(at + 1);
        }
        if let Some(high) = self.range(&part) {
            return self.push_range(&part, &high, found);
        }
        let listed = self.listed(&part) || self.answers(found, &part);
        if self.refused(&part).is_some() && !listed {
            return part.number.end.max(at + 1);
        }
        let mut figure = self.figure(&part);
        if listed && figure.of.is_none() && figure.unit == "count" {
            // "12 people in Oslo and five in Bergen": five people.
            figure.of = self.last_counted(found, &part);
        }
        let end = figure.end;
        found.push(figure);
        end
    }

    /// A number alone before a preposition and a name, after a verb or as a member of a list:
    /// "killed nine in Oslo, four in Bergen".
    fn listed(&self, part: &Part) -> bool {
        let atoms = self.read.atoms;
        let (start, end) = (part.start, part.end);
        let before = start.checked_sub(1).map_or("", |i| atoms.tag(i));
        let joins = before == "CC" || before == "," || before.starts_with("VB");
        part.measure.is_none()
            && part.number.form != NumeralForm::Fraction
            && atoms.tag(start) == "CD"
            && joins
            && self.read.class("list-before", end).is_some()
            && atoms.get(end + 1).is_some_and(|a| a.capital && !a.fresh)
            && !self.any_timed(end + 1, end + 2)
    }

    /// A number alone behind a name, where the sentence has a count before: "France sent 200
    /// soldiers, Norway 50".
    fn answers(&self, found: &[Figure], part: &Part) -> bool {
        let atoms = self.read.atoms;
        let named = |i: usize| atoms.tag(i).starts_with("NNP");
        let name = (0..part.start).rev().find(|&i| !named(i));
        let joins = name.is_some_and(|i| {
            i + 1 < part.start && (atoms.tag(i) == "CC" || self.read.class("comma", i).is_some())
        });
        let ends = self.read.class("comma", part.end).is_some()
            || matches!(atoms.tag(part.end), "." | "CC")
            || atoms.get(part.end).is_none_or(|a| a.fresh);
        let plain = part.measure.is_none() && part.number.form != NumeralForm::Fraction;
        plain && joins && ends && self.last_counted(found, part).is_some()
    }

    /// What the last figure of the sentence counts.
    fn last_counted(&self, found: &[Figure], part: &Part) -> Option<Span> {
        let doc = self.read.atoms.document();
        let of = found.last().filter(|f| f.unit == "count")?.of?;
        let here = self.read.atoms.get(part.start)?.token as usize;
        let there = doc.tokens_in(of).start;
        let same = here < doc.len() && there < here;
        (same && doc.sentence_of(here) == doc.sentence_of(there)).then_some(of)
    }

    /// The upper part of a range whose lower one is `low`.
    fn range(&self, low: &Part) -> Option<Part> {
        let read = &self.read;
        let (next, _) = read.class("range", low.end)?;
        let dash = next == low.end + 1
            && read.atoms.get(low.end).is_some_and(|a| a.kind == AtomKind::Symbol);
        let mut high = read.part(next)?;
        if self.any_timed(high.number.start, high.number.end)
            || high.number.form == NumeralForm::Fraction
        {
            return None;
        }
        let between = self.led_by("between", low.start);
        let from = between || self.led_by("from", low.start);
        let loose = read.class("range-loose", low.end).is_some();
        let and = loose && read.class("or", low.end).is_none();
        if and && !between {
            return None;
        }
        let same = match (&low.measure, &high.measure) {
            (None, _) => true,
            (Some(_), None) => from,
            (Some(a), Some(b)) => a == b,
        };
        if !same {
            return None;
        }
        // "up 10 cents to 2.24": a step, and where it led.
        if !from && self.tables.class("step").longest_before(read.atoms, low.start).is_some() {
            return None;
        }
        let small = shares_scale(low, &high);
        let lower = if small { low.value * high.scale } else { low.value };
        let whole = low.measure.is_none() && high.measure.is_none() && low.value.fract() == 0.0;
        if dash {
            // 2-0 is a score, 3-5 (people) a range, 555-1234 neither.
            let score = whole && lower >= high.value;
            if score
                || low.value < 0.0
                || !read.atoms.glued(low.end) && !read.atoms.get(next).is_some_and(|a| a.spaced)
            {
                return None;
            }
            if whole
                && !from
                && !self.plural_follows(high.end)
                && read.bound(low.start, low.end).modifier == Modifier::Exact
            {
                return None;
            }
        } else if !from && lower >= high.value || loose && !between && !near(lower, high.value) {
            return None;
        }
        if high.measure.is_none() && low.measure.is_some() {
            high.measure.clone_from(&low.measure);
        }
        Some(high)
    }

    fn led_by(&self, class: &'static str, at: usize) -> bool {
        let bound = self.read.bound(at, at);
        let led = |i| self.tables.class(class).longest_before(self.read.atoms, i).is_some();
        led(at) || led(bound.start)
    }

    fn push_range(&self, low: &Part, high: &Part, found: &mut Vec<Figure>) -> usize {
        let small = shares_scale(low, high);
        let lower = if small { low.value * high.scale } else { low.value };
        let mut whole = high.clone();
        whole.start = low.start;
        let mut figure = self.figure(&whole);
        (figure.value, figure.high) = (lower.min(high.value), Some(lower.max(high.value)));
        let end = figure.end;
        found.push(figure);
        end
    }

    /// "Maria Lund, 44, said": the number between commas after a name is an age.
    fn is_age(&self, part: &Part) -> bool {
        let atoms = self.read.atoms;
        let comma = |i: usize| self.read.class("comma", i).is_some();
        let (start, end) = (part.number.start, part.end);
        let years = part.value.fract() == 0.0 && (1.0..=120.0).contains(&part.value);
        let ends = comma(end) || self.read.class("age-end", end).is_some();
        if !years || part.measure.is_some() || start < 2 || !comma(start - 1) || !ends {
            return false;
        }
        let name = atoms.get(start - 2).is_some_and(|a| a.capital)
            && atoms.tag(start - 2).starts_with("NNP");
        let token = atoms.get(start - 2).map_or(0, |a| a.token as usize);
        let names = atoms.document().names();
        let person = names.iter().any(|n| n.label == "PERSON" && n.tokens.end == token + 1);
        let other = names.iter().any(|n| n.label != "PERSON" && n.tokens.contains(&token));
        name && (person || !other && part.value >= 10.0)
    }

    fn figure(&self, part: &Part) -> Figure {
        let bound = self.read.bound(part.start, part.end);
        let (unit, kind) = match &part.measure {
            Some(Measure::Money(code)) => (code.clone(), 1),
            Some(Measure::Percent) => ("percent".to_owned(), 2),
            Some(Measure::Unit(code)) => (code.clone(), 3),
            None if self.is_age(part) => ("a".to_owned(), 3),
            None if part.number.form == NumeralForm::Fraction => ("1".to_owned(), 0),
            None => ("count".to_owned(), 0),
        };
        let of = match (&part.measure, part.each) {
            (_, Some((from, to))) => Some(self.read.atoms.span(from..to)),
            (Some(Measure::Money(_)), None) => None,
            (None, None) if unit == "a" => None,
            (None, None) => self.counted(bound.end).or_else(|| self.counted_before(part)),
            (Some(_), None) => self.counted_of(bound.end),
        };
        Figure {
            start: bound.start,
            end: bound.end,
            value: part.value,
            high: None,
            modifier: bound.modifier,
            unit,
            of,
            change: bound.change,
            rule: Rule::clone(&self.tables.rules[kind]),
        }
    }

    /// Why a number without more around it is no quantity.
    fn refused(&self, part: &Part) -> Option<&'static str> {
        let (atoms, read) = (self.read.atoms, &self.read);
        let (start, end) = (part.start, part.end);
        if part.measure.is_some() {
            let age = part.number.form == NumeralForm::Fraction
                && read.class("fraction-not-after", start.wrapping_sub(1)).is_some();
            return age.then_some("half a year of an age");
        }
        let next = atoms.get(end);
        if atoms.glued(end) && next.is_some_and(|a| a.kind != AtomKind::Symbol) {
            return Some("glued to letters, as in 5G or 4x4");
        }
        let text = |i: usize| atoms.text(i);
        let digits = part.number.form == NumeralForm::Digits;
        let joined = |i: usize, s: &str| text(i) == s && atoms.glued(i) && atoms.glued(i + 1);
        if [":", "/", "-"].iter().any(|s| {
            joined(end, s) && atoms.get(end + 1).is_some_and(|a| a.kind == AtomKind::Digits)
        }) {
            return Some("a score, a clock time or a number of something");
        }
        if start > 0 && [":", "/", "-"].iter().any(|s| joined(start - 1, s)) && atoms.glued(start) {
            let before = start.checked_sub(2).and_then(|i| atoms.get(i));
            if before
                .is_some_and(|b| b.kind == AtomKind::Digits || digits && b.kind == AtomKind::Word)
            {
                return Some("a score or part of a compound");
            }
        }
        let label = (start.saturating_sub(3)..start).any(|i| {
            self.tables.class("label").longest(atoms, i).is_some_and(|(to, _)| to == start)
        });
        if label && part.unscaled() {
            return Some("the number of what stands before it");
        }
        if part.number.form == NumeralForm::Fraction {
            return (!self.is_share(part)).then_some("a fraction of nothing that follows");
        }
        if digits
            && atoms.get(start).is_some_and(|a| a.fresh || start == 0)
            && matches!(text(end), "." | ")")
        {
            return Some("the number of a list's item");
        }
        if digits && self.in_name(part) {
            return Some("part of a name");
        }
        if self.read.class("one", start).is_some() && end == start + 1 && !self.noun_follows(end) {
            return Some("a pronoun: no noun follows");
        }
        if part.number.form == NumeralForm::Words && part.unscaled() && !self.noun_follows(end) {
            // "from two", "seven in ten": a word alone is a figure where it stands for a noun.
            let counts = atoms.tag(start) == "CD" && self.counted_before(part).is_some();
            return (!counts).then_some("a number in words with nothing that it counts");
        }
        let year = digits && text(start).len() == 4 && (1800.0..2100.0).contains(&part.value);
        if year && !self.noun_follows(end) && read.bound(start, end).modifier == Modifier::Exact {
            return Some("a year, and no noun follows");
        }
        None
    }

    fn is_share(&self, part: &Part) -> bool {
        let atoms = self.read.atoms;
        let before = part.start;
        if self.tables.class("fraction-not-after").longest_before(atoms, before).is_some() {
            return false;
        }
        let written = atoms.get(part.number.start).is_some_and(|a| a.kind != AtomKind::Word);
        let several = part.number.end - part.number.start > 1;
        let half = self.read.class("half", part.number.start).is_some();
        let follows = self.read.class("fraction-follow", part.end).is_some();
        (written || several || half) && (follows || written)
    }

    /// Whether the number is part of a name: "Section 427", "FTSE 100", "575 Wilbraham Road".
    fn in_name(&self, part: &Part) -> bool {
        let (atoms, doc) = (self.read.atoms, self.read.atoms.document());
        let Some(atom) = atoms.get(part.number.start) else { return false };
        let token = atom.token as usize;
        if part.number.end - part.number.start > 1 || token >= doc.len() {
            return false;
        }
        // A house number: capitalised words and then a street's.
        let street = (part.end + 1..part.end + 4).find(|&i| self.read.class("street", i).is_some());
        if street.is_some_and(|s| {
            (part.end..=s)
                .all(|i| atoms.get(i).is_some_and(|a| a.capital || a.kind == AtomKind::Symbol))
        }) {
            return true;
        }
        let named = doc.names().iter().any(|name| {
            let label = name.label.as_str();
            let figure = matches!(
                label,
                "CARDINAL" | "MONEY" | "PERCENT" | "QUANTITY" | "DATE" | "TIME" | "ORDINAL"
            );
            name.tokens.contains(&token)
                && !figure
                && name.tokens.len() > 1
                && name.tokens.start < token
        });
        // "Galaxy 20 Ultra": a capital name on both sides.
        let name = |i: usize| {
            atoms.get(i).is_some_and(|a| a.capital && !a.fresh) && atoms.tag(i).starts_with("NNP")
        };
        if part.start > 0
            && name(part.start - 1)
            && name(part.end)
            && !atoms.tag(part.end).ends_with('S')
        {
            return true;
        }
        let head = doc.head(token);
        let labelled =
            head + 1 == token && doc.tag(head).starts_with("NNP") && doc.dep(token) == "nummod";
        named || labelled
    }
}

/// Whether the lower number of a range has its scale from the upper: "89 to 93 billion".
fn shares_scale(low: &Part, high: &Part) -> bool {
    low.unscaled() && high.scale > 1.0 && low.value.abs() < high.value.abs() / high.scale + 1e-9
}

/// Numbers that one would name together: "three or four", "90 or 100".
fn near(low: f64, high: f64) -> bool {
    high > low && (high <= low + 1.0 || high <= low * 2.0 && low >= 5.0)
}
