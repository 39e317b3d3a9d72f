//! One number with its sign, scale and unit: `$89`, `-5 °C`, `1.2m tons`, `5 ft 2 in`.

use crate::rule::{AtomKind, Atoms, Numeral, NumeralForm};

use super::Tables;

/// What a number is measured in.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Measure {
    /// ISO 4217 code.
    Money(String),
    Percent,
    /// UCUM code.
    Unit(String),
}

/// A number with its unit: atoms `start..end`.
#[derive(Clone, Debug)]
pub(super) struct Part {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) number: Numeral,
    pub(super) value: f64,
    /// The scale word's or letter's factor, 1 without one.
    pub(super) scale: f64,
    pub(super) measure: Option<Measure>,
    /// The noun of a price: `share` in "$5 a share", as atoms.
    pub(super) each: Option<(usize, usize)>,
}

/// Reads parts off atoms.
pub(super) struct Reader<'a> {
    pub(super) atoms: &'a Atoms<'a>,
    pub(super) tables: &'a Tables,
    /// Whether the text writes pounds sterling somewhere.
    pub(super) sterling: bool,
}

impl<'a> Reader<'a> {
    /// The longest phrase of `class` at `at`: one past it, and its value.
    pub(super) fn class(&self, name: &'static str, at: usize) -> Option<(usize, &'a str)> {
        self.tables.class(name).longest(self.atoms, at)
    }

    fn code(&self, at: usize) -> Option<(usize, &'a str)> {
        let (end, value) = self.class("currency-code", at)?;
        (self.atoms.text(at) == value).then_some((end, value))
    }

    fn currency_before(&self, at: usize) -> Option<(usize, &'a str)> {
        let named = self.class("currency-before", at).filter(|&(end, _)| {
            // A currency's word ("dollar 22") stands before a number only where that is digits.
            self.atoms.get(end).is_some_and(|a| a.kind == AtomKind::Digits)
                || self.atoms.get(at).is_some_and(|a| a.kind == AtomKind::Symbol)
        });
        named.or_else(|| self.code(at)).or_else(|| self.class("currency-typed", at))
    }

    fn currency_after(&self, at: usize) -> Option<(usize, &'a str)> {
        self.class("currency-after", at)
            .or_else(|| self.class("currency-sign", at))
            .or_else(|| self.code(at))
            .or_else(|| self.class("currency-typed", at))
    }

    /// Whether atom `at` goes on as a word or number with no space between, or after a hyphen as
    /// a number: a piece of a name.
    fn runs_on(&self, at: usize) -> bool {
        let kind = |i: usize| self.atoms.get(i).filter(|_| self.atoms.glued(i)).map(|a| a.kind);
        match kind(at) {
            Some(AtomKind::Symbol) => {
                self.atoms.text(at) == "-" && kind(at + 1) == Some(AtomKind::Digits)
            }
            other => other.is_some(),
        }
    }

    /// Whether the digits of a phrase ("m2") touch its letters.
    fn tight(&self, at: usize, end: usize) -> bool {
        (at + 1..end).all(|i| {
            self.atoms.glued(i) || self.atoms.get(i).is_none_or(|a| a.kind != AtomKind::Digits)
        })
    }

    /// The number that begins at `at`, with sign, scale and unit.
    pub(super) fn part(&self, at: usize) -> Option<Part> {
        let (mut from, mut money) = (at, None);
        if let Some((end, code)) = self.currency_before(at) {
            (from, money) = (end, Some(code));
        }
        let mut sign = 1.0;
        if let Some((end, _)) = self.class("minus", from) {
            // A sign touches its number and nothing before it; a word does not.
            let word = self.atoms.get(from).is_some_and(|a| a.kind == AtomKind::Word);
            let sign_like = self.atoms.glued(end) && !(at > 0 && self.atoms.glued(at));
            if word || sign_like {
                (from, sign) = (end, -1.0);
            }
        }
        if let Some((end, code)) =
            self.currency_before(from).filter(|_| money.is_none() && sign < 0.0)
        {
            (from, money) = (end, Some(code));
        }
        let number = self.tables.grammar.numerals().cardinal(self.atoms, from)?;
        // Letters before the digits belong to a name, unless they are the currency's or a sign's.
        if number.bound && money.is_none() && (sign > 0.0 || from == at) {
            return None;
        }
        if money == Some("GBP*") && self.scale_short(&number, number.end, true).is_none() {
            return None; // PS5 is no sum of money
        }
        let money = money.map(|code| code.trim_end_matches('*'));
        let (mut end, mut scale) = (number.end, number.scale);
        let mut value = number.value * sign;
        let mut code_first = None;
        if number.scale <= 1.0 && money.is_none() {
            // 75 USD million
            let code = self.code(end);
            if let Some((after, more)) = code.and_then(|(after, _)| self.scale_word(after)) {
                (end, scale, code_first) = (after, more, code.map(|(_, c)| c));
            }
        }
        if let Some((after, more)) = self.scale_short(&number, end, money.is_some()) {
            (end, scale) = (after, more);
        } else if let Some((after, more)) =
            self.scale_word(end).filter(|_| scale <= 1.0 && money.is_some())
        {
            (end, scale) = (after, more);
        }
        if scale > number.scale {
            value *= scale / number.scale;
        }
        let money = money.or(code_first);
        let mut part = Part { start: at, end, number, value, scale, measure: None, each: None };
        if let Some(code) = money {
            part.money(code);
            if let Some((after, code)) = self.class("dollar-of", part.end) {
                let bare = part.measure == Some(Measure::Money("USD".to_owned()));
                let noun = self.atoms.get(after).is_some_and(|a| a.capital)
                    && self.atoms.tag(after).starts_with("NN");
                if bare && !noun {
                    part.money(code);
                    part.end = after;
                }
            } else if let Some((after, _)) =
                self.class("currency-after", part.end).filter(|(_, c)| Some(*c) == part.code())
            {
                part.end = after; // $ 10 dollars
            }
        } else {
            self.measure(&mut part);
        }
        self.compound(&mut part);
        self.rate(&mut part);
        Some(part)
    }

    /// A scale word that stands apart from its number.
    fn scale_word(&self, at: usize) -> Option<(usize, f64)> {
        let (end, value) = self.class("scale-short", at)?;
        let long = self.atoms.get(at).is_some_and(|a| a.span.len() > 3);
        long.then_some(())?;
        Some((end, value.parse().ok()?))
    }

    /// `bn`, `m`, `k` after digits.
    fn scale_short(&self, number: &Numeral, at: usize, money: bool) -> Option<(usize, f64)> {
        if number.form != NumeralForm::Digits {
            return None;
        }
        let glued = self.atoms.glued(at);
        if let Some((end, value)) = self.class("scale-short", at) {
            let single = self.atoms.get(at).is_some_and(|a| a.span.len() == 1);
            let fits = if single { glued && (money || self.counts_on(end)) } else { true };
            if fits && !self.runs_on(end) {
                return Some((end, value.parse().ok()?));
            }
        }
        let (end, value) = self.class("scale-metre", at)?;
        let fits = !self.runs_on(end)
            && (money && (glued || !self.atoms.text(at).contains('M'))
                || glued && self.counts_on(end));
        if fits { Some((end, value.parse().ok()?)) } else { None }
    }

    /// Whether what follows a number is a unit, a currency or the plural of something counted.
    fn counts_on(&self, at: usize) -> bool {
        self.class("unit", at).is_some_and(|(end, _)| {
            end > at && self.atoms.get(at).is_some_and(|a| a.span.len() > 1)
        }) || self.currency_after(at).is_some()
            || (at..at + 5).take_while(|&i| !self.atoms.tag(i).is_empty()).find_map(|i| match self
                .atoms
                .tag(i)
            {
                "NNS" | "NNPS" => Some(true),
                "JJ" | "VBN" | "NN" | "CC" => None,
                _ => Some(false),
            }) == Some(true)
    }

    /// Percent, currency or unit right after the number.
    fn measure(&self, part: &mut Part) {
        let hyphen = self.atoms.text(part.end) == "-"
            && self.atoms.glued(part.end)
            && self.atoms.glued(part.end + 1);
        let bracket = matches!(self.atoms.text(part.end), "(" | "[" | "{")
            && self
                .class("unit", part.end + 1)
                .is_some_and(|(e, _)| matches!(self.atoms.text(e), ")" | "]" | "}"));
        let at = part.end + usize::from(hyphen || bracket);
        let glued = self.atoms.glued(at);
        if let Some((end, value)) = self.class("percent", at).filter(|&(end, _)| !self.runs_on(end))
        {
            if value.ends_with("/100") {
                part.value /= 100.0;
            }
            (part.end, part.measure) = (end, Some(Measure::Percent));
            return;
        }
        if let Some((end, code)) = self.class("currency-million", at) {
            part.money(code);
            part.value *= 1e6;
            (part.end, part.scale) = (end, 1e6);
            return;
        }
        let large = self.class("currency-large", at).filter(|_| part.value >= 1000.0);
        let money = self.currency_after(at).or(large);
        let verb = self.atoms.tag(at).starts_with("VB");
        if let Some((end, code)) = money.filter(|&(end, _)| !verb && !self.runs_on(end)) {
            part.money(code);
            part.end = end;
            return;
        }
        if let Some((end, code)) = self.class("pound", at) {
            let money = self.sterling || part.scale > 1.0 || part.value >= 10_000.0;
            part.measure = Some(if money {
                Measure::Money(code.to_owned())
            } else {
                Measure::Unit("[lb_av]".to_owned())
            });
            part.end = end;
            return;
        }
        let short = |i: usize| {
            self.atoms.get(i).is_some_and(|a| a.span.len() == 1 && a.kind == AtomKind::Word)
        };
        let unit = self
            .class("unit-glued", at)
            .filter(|&(end, code)| {
                (glued || bracket) && !self.runs_on(end) && self.same_case(at, code)
            })
            .or_else(|| {
                self.class("unit", at).filter(|&(end, code)| {
                    let lone = end == at + 1 && short(at);
                    let case = !lone || self.same_case(at, code);
                    case && self.tight(at, end)
                        && !self.runs_on(end)
                        && (!lone
                            || glued
                            || self.atoms.tag(at).is_empty()
                            || !self.atoms.tag(at).starts_with("NNP"))
                })
            });
        if let Some((end, code)) = unit {
            part.measure = Some(Measure::Unit(code.to_owned()));
            part.end = end + usize::from(bracket);
        }
    }

    /// Whether a letter is as capital as its code: 5G is no five grams.
    fn same_case(&self, at: usize, code: &str) -> bool {
        let capital = code.chars().next().is_some_and(char::is_uppercase);
        self.atoms
            .get(at)
            .is_some_and(|a| a.capital == capital || a.kind == AtomKind::Symbol || a.span.len() > 1)
    }

    /// `3 dollars 50 cents`, `5 feet and 2 inches`.
    fn compound(&self, part: &mut Part) {
        let Some(measure) = part.measure.clone() else { return };
        let joined = self.tables.grammar.numerals();
        let next =
            if self.class("range-loose", part.end).is_some() { part.end + 1 } else { part.end };
        let Some(number) = joined.cardinal(self.atoms, next).filter(|n| !n.bound) else { return };
        let hyphen =
            usize::from(self.atoms.text(number.end) == "-" && self.atoms.glued(number.end + 1));
        let at = number.end + hyphen;
        if let (Measure::Money(_), true) = (&measure, self.loose_change(part, &number)) {
            part.value += number.value / 100.0;
            part.end = number.end;
            return;
        }
        let per = match &measure {
            Measure::Money(code) => self.currency_after(at).and_then(|(end, minor)| {
                let (main, per) = minor.split_once('/')?;
                let own = main == code || code.ends_with('D') && main == "USD";
                Some((end, per.parse::<f64>().ok().filter(|_| own)?))
            }),
            Measure::Unit(code) => {
                self.class("unit-glued", at).into_iter().chain(self.class("unit", at)).find_map(
                    |(end, unit)| {
                        let found = self
                            .tables
                            .compounds
                            .iter()
                            .find(|c| c.whole == *code && c.part == unit)?;
                        Some((end, found.per))
                    },
                )
            }
            Measure::Percent => None,
        };
        if let Some((end, per)) = per.filter(|&(_, per)| number.value < per) {
            part.value += number.value / per * part.value.signum();
            part.end = end;
        }
    }

    /// "15 dollars 50": a number below a hundred that ends its phrase.
    fn loose_change(&self, part: &Part, number: &Numeral) -> bool {
        let ends = self.class("fraction-stop", number.end).is_some()
            || self.atoms.get(number.end).is_none_or(|a| a.fresh);
        let spoken = self.class("currency-after", part.number.end).is_some()
            || self.code(part.number.end).is_some();
        // "64.2 cents a dozen" is a price, no sum of cents and twelve.
        let rate = self.class("article", number.start).is_some() || part.value.fract() != 0.0;
        ends && spoken
            && !rate
            && part.unscaled()
            && number.value < 100.0
            && number.value.fract() == 0.0
    }

    /// `a day`, `per share`, `/kg`: joins a unit of measurement, names the noun of a price.
    fn rate(&self, part: &mut Part) {
        let Some((at, _)) = self.class("per", part.end) else { return };
        let slash = self.atoms.text(part.end) == "/" && self.atoms.glued(part.end);
        if self.atoms.text(part.end) == "/" && !slash {
            return;
        }
        let Some((end, unit)) = self.class("per-unit", at).filter(|&(end, _)| !self.runs_on(end))
        else {
            return;
        };
        match &part.measure {
            Some(Measure::Unit(code)) if !code.contains('/') && !unit.starts_with('{') => {
                part.measure = Some(Measure::Unit(format!("{code}/{unit}")));
                part.end = end;
            }
            Some(Measure::Money(_))
                if !matches!(unit, "d" | "wk" | "mo" | "a" | "h" | "min" | "s") =>
            {
                part.each = Some((at, end));
            }
            _ => {}
        }
    }
}

impl Part {
    /// Sets the currency; a code with a slash divides.
    fn money(&mut self, code: &str) {
        let code = match code.split_once('/') {
            Some((main, per)) => {
                self.value /= per.parse::<f64>().unwrap_or(1.0);
                main
            }
            None => code,
        };
        self.measure = Some(Measure::Money(code.to_owned()));
    }

    /// Whether no scale word or letter multiplies the number.
    pub(super) fn unscaled(&self) -> bool {
        self.scale <= 1.0
    }

    fn code(&self) -> Option<&str> {
        match &self.measure {
            Some(Measure::Money(code)) => Some(code),
            _ => None,
        }
    }
}
