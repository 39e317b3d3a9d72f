//! Numerals in digits and in words: `12,000`, `2 1/2`, `half a million`, `twenty-third`.
//!
//! The grammar is that of languages which build numerals from units, tens and scales in falling
//! order; its words are a language pack's.

use rustc_hash::FxHashMap;
use serde::Deserialize;

use super::atom::{AtomKind, Atoms};
use super::lexicon::Words;

/// How a numeral is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NumeralForm {
    /// `12,000`, `1.5`.
    Digits,
    /// `twelve`, `a hundred`, `1.5 million`.
    Words,
    /// `half`, `two-thirds`, `1/4`: less than one, of something.
    Fraction,
    /// `third`, `23rd`.
    Ordinal,
}

/// A numeral: atoms `start..end` and what they are worth.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Numeral {
    /// First atom.
    pub start: usize,
    /// One past the last atom.
    pub end: usize,
    /// Its value.
    pub value: f64,
    /// How it is written.
    pub form: NumeralForm,
    /// What its last scale word multiplies with (1 without one): `2.7 million` has 10⁶.
    pub scale: f64,
    /// Whether letters or a letter and a hyphen touch it on the left (`G20`, `F-16`), or it is a
    /// piece of something with more points: a name's or version's number.
    pub bound: bool,
}

/// The words of numerals, as a language pack writes them.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Source {
    unit: toml::Table,
    ten: toml::Table,
    scale: toml::Table,
    group: toml::Table,
    fraction: toml::Table,
    ordinal: toml::Table,
    symbol: toml::Table,
    article: Vec<String>,
    joiner: Vec<String>,
    point: Vec<String>,
    suffix: Vec<String>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Part {
    Unit(f64),
    Ten(f64),
    Scale(f64),
    Group(f64),
    Symbol(f64),
    Article,
    Joiner,
    Point,
    Suffix,
}

/// What one word can be in a numeral; some are both cardinal part and fraction or ordinal.
#[derive(Clone, Copy, Debug, Default)]
struct Roles {
    part: Option<Part>,
    fraction: Option<f64>,
    ordinal: Option<f64>,
}

/// The compiled words of numerals.
#[derive(Clone, Debug, Default)]
pub struct NumeralTable {
    roles: FxHashMap<u32, Roles>,
    hyphen: u32,
    slash: u32,
    dot: u32,
    comma: u32,
}

impl NumeralTable {
    /// Parses the table of a language pack.
    ///
    /// # Errors
    ///
    /// Where the TOML is broken, has an unknown member or a value that is no number.
    pub fn parse(text: &str, words: &mut Words) -> Result<Self, toml::de::Error> {
        let source: Source = toml::from_str(text)?;
        let mut table = Self {
            hyphen: words.add("-"),
            slash: words.add("/"),
            dot: words.add("."),
            comma: words.add(","),
            ..Self::default()
        };
        let mut parts = |list: &toml::Table, make: fn(f64) -> Part, words: &mut Words| {
            for (word, value) in list {
                table.roles.entry(words.add(word)).or_default().part = Some(make(number(value)));
            }
        };
        parts(&source.unit, Part::Unit, words);
        parts(&source.ten, Part::Ten, words);
        parts(&source.scale, Part::Scale, words);
        parts(&source.group, Part::Group, words);
        parts(&source.symbol, Part::Symbol, words);
        for (list, part) in [
            (&source.article, Part::Article),
            (&source.joiner, Part::Joiner),
            (&source.point, Part::Point),
            (&source.suffix, Part::Suffix),
        ] {
            for word in list {
                table.roles.entry(words.add(word)).or_default().part = Some(part);
            }
        }
        for (word, value) in &source.fraction {
            table.roles.entry(words.add(word)).or_default().fraction = Some(number(value));
        }
        for (word, value) in &source.ordinal {
            table.roles.entry(words.add(word)).or_default().ordinal = Some(number(value));
        }
        Ok(table)
    }

    /// Whether a numeral may begin with the word.
    pub(super) fn begins(&self, word: u32) -> bool {
        self.roles.contains_key(&word)
    }

    /// The words with which a numeral may begin, in order.
    pub(super) fn firsts(&self) -> Vec<u32> {
        let mut firsts: Vec<u32> = self.roles.keys().copied().collect();
        firsts.sort_unstable();
        firsts
    }

    fn part(&self, atoms: &Atoms<'_>, i: usize) -> Option<Part> {
        let atom = atoms.get(i)?;
        self.roles.get(&atom.word)?.part
    }

    fn fraction(&self, atoms: &Atoms<'_>, i: usize) -> Option<f64> {
        self.roles.get(&atoms.get(i)?.word)?.fraction
    }

    /// Skips a hyphen that touches both its neighbours.
    fn past_hyphen(&self, atoms: &Atoms<'_>, i: usize) -> usize {
        let joined = is(atoms, i, self.hyphen) && atoms.glued(i) && atoms.glued(i + 1);
        i + usize::from(joined)
    }

    /// The longest cardinal or fraction that begins at atom `start`.
    pub fn cardinal(&self, atoms: &Atoms<'_>, start: usize) -> Option<Numeral> {
        let atom = atoms.get(start)?;
        let found = match atom.kind {
            AtomKind::Digits => self.in_digits(atoms, start),
            AtomKind::Word => self.in_words(atoms, start),
            AtomKind::Symbol => match self.part(atoms, start)? {
                Part::Symbol(value) => Some((start + 1, value, NumeralForm::Fraction, 1.0)),
                _ => None,
            },
        };
        let (end, value, form, scale) = found?;
        let bound = self.bound(atoms, start, end);
        Some(Numeral { start, end, value, form, scale, bound })
    }

    /// The cardinal that begins at atom `start`, fractions aside: of "two quarters" the two, of
    /// "a third quarter" nothing.
    pub fn count(&self, atoms: &Atoms<'_>, start: usize) -> Option<Numeral> {
        let numeral = self.cardinal(atoms, start)?;
        if numeral.form != NumeralForm::Fraction {
            return Some(numeral);
        }
        if atoms.get(start)?.kind != AtomKind::Word
            || self.part(atoms, start) == Some(Part::Article)
        {
            return None;
        }
        let (end, value, form, scale) = self.falling(atoms, start, false)?;
        Some(Numeral { start, end, value, form, scale, bound: false })
    }

    /// The ordinal that begins at atom `start`.
    pub fn ordinal(&self, atoms: &Atoms<'_>, start: usize) -> Option<Numeral> {
        let atom = atoms.get(start)?;
        let make = |end, value| {
            let bound = self.bound(atoms, start, end);
            Some(Numeral { start, end, value, form: NumeralForm::Ordinal, scale: 1.0, bound })
        };
        if atom.kind == AtomKind::Digits {
            let suffix =
                self.part(atoms, start + 1) == Some(Part::Suffix) && atoms.glued(start + 1);
            return if suffix { make(start + 2, digits(atoms.text(start))?) } else { None };
        }
        let roles = self.roles.get(&atom.word)?;
        if let Some(Part::Ten(ten)) = roles.part {
            let next = self.past_hyphen(atoms, start + 1);
            let unit = self.roles.get(&atoms.get(next)?.word).and_then(|r| r.ordinal);
            if let Some(unit) = unit.filter(|u| *u < 10.0) {
                return make(next + 1, ten + unit);
            }
        }
        make(start + 1, roles.ordinal?)
    }

    fn bound(&self, atoms: &Atoms<'_>, start: usize, end: usize) -> bool {
        if atoms.get(start).is_none_or(|a| a.kind != AtomKind::Digits) {
            return false;
        }
        let before = start.checked_sub(1).and_then(|i| atoms.get(i));
        let touches = atoms.glued(start);
        let letters = touches && before.is_some_and(|b| b.kind == AtomKind::Word);
        let dotted = touches
            && is(atoms, start.wrapping_sub(1), self.dot)
            && start >= 2
            && atoms.glued(start - 1)
            || is(atoms, end, self.dot)
                && atoms.glued(end)
                && atoms.glued(end + 1)
                && atoms.get(end + 1).is_some_and(|a| a.kind == AtomKind::Digits);
        let hyphened = touches
            && is(atoms, start.wrapping_sub(1), self.hyphen)
            && atoms.glued(start - 1)
            && start
                .checked_sub(2)
                .and_then(|i| atoms.get(i))
                .is_some_and(|a| a.kind == AtomKind::Word && a.capital && !self.begins(a.word));
        letters || dotted || hyphened
    }

    fn in_digits(&self, atoms: &Atoms<'_>, start: usize) -> Option<(usize, f64, NumeralForm, f64)> {
        let (mut end, mut value) = self.spaced(atoms, start)?;
        let mut form = NumeralForm::Digits;
        if let Some(Part::Symbol(part)) = self.part(atoms, end) {
            value += part; // 2½
            end += 1;
        } else if let Some((after, part)) = self.slashed(atoms, self.past_hyphen(atoms, end)) {
            value += part; // 2 1/2, 2-1/2
            end = after;
        } else if let Some((after, part)) = self.slashed(atoms, start) {
            (value, end, form) = (part, after, NumeralForm::Fraction);
        }
        let (after, scale) = self.scales(atoms, end);
        if after > end {
            form = NumeralForm::Words;
        }
        Some((after, value * scale, form, scale))
    }

    /// The value of digits at atom `at`; a point or a comma that stands free, as in text cut into
    /// words (`6 . 2`, `10 , 000`), joins them to the next.
    fn spaced(&self, atoms: &Atoms<'_>, at: usize) -> Option<(usize, f64)> {
        let value = digits(atoms.text(at))?;
        let free = atoms.get(at + 1).is_some_and(|a| a.spaced)
            && atoms.get(at + 2).is_some_and(|a| a.spaced && !a.fresh);
        let (left, right) = (atoms.text(at), atoms.text(at + 2));
        let plain = |t: &str| !t.is_empty() && t.bytes().all(|b| b.is_ascii_digit());
        if !free || !plain(left) || !plain(right) {
            return Some((at + 1, value));
        }
        if is(atoms, at + 1, self.dot) {
            return Some((at + 3, format!("{left}.{right}").parse().ok()?));
        }
        if is(atoms, at + 1, self.comma) && left.len() < 4 && right.len() == 3 {
            return Some((at + 3, format!("{left}{right}").parse().ok()?));
        }
        Some((at + 1, value))
    }

    /// `1/2` at atom `at`: one past it, and the part of one that it is.
    fn slashed(&self, atoms: &Atoms<'_>, at: usize) -> Option<(usize, f64)> {
        if !is(atoms, at + 1, self.slash) || atoms.glued(at + 1) != atoms.glued(at + 2) {
            return None;
        }
        let (upper, lower) = (digits(atoms.text(at))?, digits(atoms.text(at + 2))?);
        let halves = [2.0, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0, 16.0, 32.0, 64.0].contains(&lower);
        let more = is(atoms, at + 3, self.slash) || atoms.text(at + 2).len() > 2;
        (upper > 0.0 && upper < lower && halves && !more).then_some((at + 3, upper / lower))
    }

    /// Scale words from `at` on: one past the last, and their product.
    fn scales(&self, atoms: &Atoms<'_>, at: usize) -> (usize, f64) {
        let (mut end, mut scale) = (at, 1.0);
        loop {
            let next = self.past_hyphen(atoms, end);
            match self.part(atoms, next) {
                Some(Part::Scale(s) | Part::Group(s)) => (end, scale) = (next + 1, scale * s),
                _ => return (end, scale),
            }
        }
    }

    fn in_words(&self, atoms: &Atoms<'_>, start: usize) -> Option<(usize, f64, NumeralForm, f64)> {
        let mut at = start;
        let article = self.part(atoms, at) == Some(Part::Article);
        if article {
            at += 1;
        }
        // half a million, a quarter million, three quarters billion, two-thirds, a third
        if let Some(found) = self.fraction_words(atoms, at, article) {
            return Some(found);
        }
        if article {
            let next = self.part(atoms, at)?;
            if !matches!(next, Part::Scale(_) | Part::Group(_)) || !atoms.get(at)?.spaced {
                return None;
            }
        }
        self.falling(atoms, at, article)
    }

    fn fraction_words(
        &self,
        atoms: &Atoms<'_>,
        at: usize,
        article: bool,
    ) -> Option<(usize, f64, NumeralForm, f64)> {
        let upper = match self.part(atoms, at) {
            Some(Part::Unit(u)) if !article && u >= 1.0 => Some(u),
            _ => None,
        };
        let lower_at = if upper.is_some() { self.past_hyphen(atoms, at + 1) } else { at };
        let lower = self.fraction(atoms, lower_at)?;
        // A bare ordinal word ("third", "fifth") is a fraction only after a numeral or article.
        let ordinal = self.roles.get(&atoms.get(lower_at)?.word)?.ordinal.is_some();
        if upper.is_none() && !article && ordinal {
            return None;
        }
        let value = upper.unwrap_or(1.0) * lower;
        let end = lower_at + 1;
        let mut of = end;
        if self.part(atoms, of) == Some(Part::Article) {
            of += 1; // half a million
        }
        let (after, scale) = self.scales(atoms, of);
        if after > of {
            return Some((after, value * scale, NumeralForm::Words, scale));
        }
        Some((end, value, NumeralForm::Fraction, 1.0))
    }

    /// Units, tens and scales in falling order: `twenty-eight thousand six hundred and two`.
    fn falling(
        &self,
        atoms: &Atoms<'_>,
        start: usize,
        article: bool,
    ) -> Option<(usize, f64, NumeralForm, f64)> {
        let (mut total, mut current, mut last) = (0.0, if article { 1.0 } else { 0.0 }, None);
        let mut lowest = f64::INFINITY;
        let (mut at, mut end, mut scale) = (start, start, 1.0);
        let mut joined = false;
        loop {
            let next = if at == start { at } else { self.past_hyphen(atoms, at) };
            if next > start && atoms.get(next).is_some_and(|a| a.fresh) {
                break;
            }
            match (self.part(atoms, next), last) {
                (Some(Part::Unit(u)), None | Some(Part::Scale(_))) => current += u,
                (Some(Part::Unit(u)), Some(Part::Ten(_))) if u < 10.0 && u > 0.0 && !joined => {
                    current += u;
                }
                (Some(Part::Ten(t)), None | Some(Part::Scale(_))) => current += t,
                (Some(Part::Scale(s)), before) if s < 1000.0 => {
                    let fresh = matches!(before, Some(Part::Unit(_) | Part::Ten(_)))
                        || article && before.is_none();
                    if !fresh || joined {
                        break;
                    }
                    current *= s;
                }
                (Some(Part::Scale(s)), before) => {
                    if joined
                        || current == 0.0
                        || before.is_none() && !article
                        || s >= lowest && lowest.is_finite()
                    {
                        break;
                    }
                    total += current * s;
                    (current, lowest, scale) = (0.0, s, s);
                }
                (Some(Part::Group(g)), before) if !joined && (before.is_some() || article) => {
                    total += current.max(1.0) * g;
                    return Some((next + 1, total, NumeralForm::Words, g));
                }
                (Some(Part::Group(g)), None) if at == start => {
                    return Some((next + 1, g, NumeralForm::Words, g));
                }
                (Some(Part::Joiner), Some(Part::Scale(_))) if !joined => {
                    joined = true;
                    at = next + 1;
                    continue;
                }
                _ => break,
            }
            joined = false;
            last = self.part(atoms, next);
            at = next + 1;
            end = at;
        }
        if end == start {
            return None;
        }
        let mut value = total + current;
        // three point five; two and a half (million)
        if self.part(atoms, end) == Some(Part::Point) && total == 0.0 {
            let (mut place, mut digit) = (0.1, end + 1);
            while let Some(Part::Unit(u)) =
                self.part(atoms, digit).filter(|p| matches!(p, Part::Unit(u) if *u < 10.0))
            {
                (value, place, digit) = (value + u * place, place / 10.0, digit + 1);
            }
            if digit > end + 1 {
                end = digit;
            }
        } else if self.part(atoms, end) == Some(Part::Joiner) {
            let article = self.part(atoms, end + 1) == Some(Part::Article);
            let half = end + 1 + usize::from(article);
            if let Some(part) = self.fraction(atoms, half).filter(|_| article) {
                let unit = if total > 0.0 && current == 0.0 { scale } else { 1.0 };
                (value, end) = (value + part * unit, half + 1);
            }
        }
        let (after, more) = self.scales(atoms, end);
        if after > end
            && more < lowest
            && (total == 0.0 || last.is_some_and(|l| matches!(l, Part::Scale(_))))
        {
            // "two and a half million"; a scale right after falling order was refused above.
            if end > at {
                (end, value, scale) = (after, value * more, more);
            }
        }
        Some((end, value, NumeralForm::Words, scale))
    }

    /// Whether an atom can begin a numeral at all.
    pub fn may_begin(&self, atoms: &Atoms<'_>, i: usize) -> bool {
        atoms.get(i).is_some_and(|a| a.kind == AtomKind::Digits || self.begins(a.word))
    }

    /// A year from 1000 to 2199 in four digits or in words (`nineteen ninety-six`).
    pub fn year(&self, atoms: &Atoms<'_>, start: usize) -> Option<(usize, i32)> {
        let atom = atoms.get(start)?;
        if atom.kind == AtomKind::Digits {
            let text = atoms.text(start);
            let year = text.parse().ok().filter(|_| text.len() == 4)?;
            return (1000..2200).contains(&year).then_some((start + 1, year));
        }
        let Some(Part::Unit(high)) = self.part(atoms, start) else { return None };
        let low = self.falling(atoms, start + 1, false);
        if let Some(low) = low.filter(|l| (13.0..20.0).contains(&high) && l.1 > 9.0 && l.1 < 100.0)
        {
            #[expect(clippy::cast_possible_truncation, reason = "both are small whole numbers")]
            let year = (high * 100.0 + low.1) as i32;
            return Some((low.0, year));
        }
        let whole = self.falling(atoms, start, false)?; // two thousand (and) five
        #[expect(clippy::cast_possible_truncation, reason = "the range is tested first")]
        let year = (2000.0..2100.0).contains(&whole.1).then_some(whole.1 as i32)?;
        Some((whole.0, year))
    }
}

fn is(atoms: &Atoms<'_>, i: usize, word: u32) -> bool {
    atoms.get(i).is_some_and(|a| a.word == word)
}

/// The value of a digit run with group commas.
pub(super) fn digits(text: &str) -> Option<f64> {
    if !text.bytes().all(|b| b.is_ascii_digit() || b == b',' || b == b'.') {
        return None;
    }
    if text.contains(',') {
        return text.replace(',', "").parse().ok();
    }
    text.parse().ok()
}

#[expect(clippy::cast_precision_loss, reason = "number words are far below 2^53")]
fn number(value: &toml::Value) -> f64 {
    value.as_float().or_else(|| value.as_integer().map(|i| i as f64)).unwrap_or(f64::NAN)
}
