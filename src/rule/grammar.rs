//! Rules: read from a language pack, compiled, found in a text.

use crate::patience;

use std::ops::Range;
use std::sync::Arc;

use rustc_hash::FxHashMap;
use serde::Deserialize;
use serde::de::DeserializeOwned;

use super::atom::{AtomKind, Atoms};
use super::lexicon::{Lexicon, Words};
use super::matcher::{Machine, Run, Slot, Worth};
use super::numeral::NumeralTable;
use super::pattern::{Program, Scope, Step, compile};

/// Why a rule file cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RuleError {
    /// The file is not the TOML of a rule file.
    #[error("{path}: {source}")]
    Toml {
        /// The file, below the language's folder.
        path: String,
        /// What the TOML reader says, with line and column.
        source: Box<toml::de::Error>,
    },
    /// A pattern does not compile.
    #[error("{path}#{rule}: {message} in the pattern `{pattern}`")]
    Pattern {
        /// The file.
        path: String,
        /// The rule's name.
        rule: String,
        /// What is wrong.
        message: String,
        /// The pattern.
        pattern: String,
    },
}

impl RuleError {
    /// A TOML error in the file `path`.
    pub fn toml(path: &str, source: toml::de::Error) -> Self {
        Self::Toml { path: path.to_owned(), source: Box::new(source) }
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct File<Y> {
    #[serde(default)]
    class: toml::Table,
    #[serde(default)]
    fragment: FxHashMap<String, String>,
    #[serde(default = "Vec::new")]
    rule: Vec<RuleSource<Y>>,
    /// Read by [`Example::parse`] alone.
    #[serde(default, rename = "example")]
    _example: Vec<serde::de::IgnoredAny>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct RuleSource<Y> {
    name: String,
    #[serde(default)]
    pattern: Option<String>,
    #[serde(default)]
    patterns: Vec<String>,
    /// Patterns that must not end where the rule begins.
    #[serde(default)]
    not_after: Vec<String>,
    /// One of these must end where the rule begins.
    #[serde(default)]
    after: Vec<String>,
    /// Absent in a rule that only keeps others away from its words.
    #[serde(rename = "yield")]
    makes: Option<Y>,
}

/// A text of a rule file with all the facts of the file's layer that it gives.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Example {
    /// The text.
    pub text: String,
    /// ISO date of publication.
    pub published: Option<String>,
    /// One fact a line, as the layer writes it; empty where nothing must be found.
    pub facts: Vec<String>,
}

/// Compiled rules whose yield is `Y`.
#[derive(Clone, Debug)]
pub struct Grammar<Y> {
    words: Words,
    numerals: NumeralTable,
    classes: Vec<Lexicon>,
    class_names: FxHashMap<String, usize>,
    rules: Vec<Rule<Y>>,
    /// Rules by the first word they may begin with; the first list is for digits.
    by_first: Vec<Vec<u32>>,
}

#[derive(Clone, Debug)]
struct Rule<Y> {
    name: Arc<str>,
    program: Program,
    after: Vec<Program>,
    not_after: Vec<Program>,
    makes: Option<Arc<Y>>,
}

/// The end, the rule and the captures of the best match so far.
type Best<'g, Y> = (usize, &'g Rule<Y>, Vec<Option<Slot>>);

/// A captured piece of a match.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Capture<'g> {
    /// First atom.
    pub start: usize,
    /// One past the last atom.
    pub end: usize,
    /// The value of the class's phrase, where it is one.
    pub text: Option<&'g str>,
    /// The number, where it is one.
    pub number: Option<f64>,
}

/// Atoms before a place at which a rule that would cover it may begin.
const REACH: usize = 4;

/// A rule that makes nothing of some words, and how far it came.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Near<'g> {
    /// The rule's name.
    pub rule: &'g Arc<str>,
    /// The atoms that it fits.
    pub atoms: Range<usize>,
    /// What is missing.
    pub miss: Miss,
}

/// Why a rule that fits words makes nothing of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Miss {
    /// It only keeps other rules away.
    KeepsAway,
    /// What stands before the words forbids it, or what has to stand there does not.
    Before,
    /// The words fit, but another rule covers more, or they have no value.
    NoValue,
    /// The words fit up to here and no further.
    BreaksOff,
}

/// A place where a rule matches.
#[derive(Clone, Debug)]
pub struct Match<'g, Y> {
    /// Its atoms.
    pub atoms: Range<usize>,
    /// The rule's name: its file's path, `#`, its own name.
    pub rule: &'g Arc<str>,
    /// What the rule makes.
    pub makes: &'g Y,
    program: &'g Program,
    classes: &'g [Lexicon],
    slots: Vec<Option<Slot>>,
}

impl<'g, Y> Match<'g, Y> {
    /// The piece captured under `name`.
    pub fn capture(&self, name: &str) -> Option<Capture<'g>> {
        let slot = self.slots[self.program.names.iter().position(|n| n == name)?]?;
        let (text, number) = match slot.worth {
            Worth::Nothing => (None, None),
            Worth::Class(class, value) => (Some(self.classes[class].value(value)), None),
            Worth::Number(number) => (None, Some(number)),
        };
        Some(Capture { start: slot.start, end: slot.end, text, number })
    }
}

impl<Y: DeserializeOwned> Grammar<Y> {
    /// Compiles the rule files `(path, text)`, whose classes and fragments are shared.
    ///
    /// `numerals` is the language's table of number words.
    ///
    /// # Errors
    ///
    /// Where a file is broken or a pattern does not compile.
    pub fn parse<'a>(
        files: impl IntoIterator<Item = (&'a str, &'a str)>,
        numerals: (&str, &str),
    ) -> Result<Self, RuleError> {
        let mut words = Words::default();
        let numerals = NumeralTable::parse(numerals.1, &mut words)
            .map_err(|e| RuleError::toml(numerals.0, e))?;
        let (mut classes, mut class_names) = (Vec::new(), FxHashMap::default());
        let (mut fragments, mut sources) = (FxHashMap::default(), Vec::new());
        for (path, text) in files {
            let file: File<Y> = toml::from_str(text).map_err(|e| RuleError::toml(path, e))?;
            for (name, table) in &file.class {
                let pairs = table.as_table().into_iter().flatten().flat_map(|(value, phrases)| {
                    let list = phrases.as_array().map_or(&[][..], Vec::as_slice);
                    list.iter().filter_map(move |p| Some((value.as_str(), p.as_str()?)))
                });
                class_names.insert(name.clone(), classes.len());
                classes.push(Lexicon::new(pairs, &mut words));
            }
            fragments.extend(file.fragment);
            sources.extend(file.rule.into_iter().map(|rule| (path, rule)));
        }
        let mut scope = Scope { words: &mut words, classes: &class_names, fragments: &fragments };
        let mut rules = Vec::new();
        for (path, source) in sources {
            let mut program = |pattern: &String| {
                compile(pattern, &mut scope).map_err(|message| RuleError::Pattern {
                    path: path.to_owned(),
                    rule: source.name.clone(),
                    message,
                    pattern: pattern.clone(),
                })
            };
            let main = source.pattern.iter().chain(&source.patterns).map(&mut program);
            let main = main.collect::<Result<Vec<_>, _>>()?;
            let after = source.after.iter().map(&mut program).collect::<Result<Vec<_>, _>>()?;
            let not_after =
                source.not_after.iter().map(&mut program).collect::<Result<Vec<_>, _>>()?;
            let name: Arc<str> = format!("{path}#{}", source.name).into();
            let makes = source.makes.map(Arc::new);
            rules.extend(main.into_iter().map(|program| Rule {
                name: Arc::clone(&name),
                program,
                after: after.clone(),
                not_after: not_after.clone(),
                makes: makes.clone(),
            }));
        }
        let mut grammar =
            Self { words, numerals, classes, class_names, rules, by_first: Vec::new() };
        grammar.index();
        Ok(grammar)
    }
}

impl Example {
    /// Reads the examples of a rule file.
    ///
    /// # Errors
    ///
    /// Where the file is broken.
    pub fn parse(path: &str, text: &str) -> Result<Vec<Self>, RuleError> {
        #[derive(Deserialize)]
        struct Examples {
            #[serde(default)]
            example: Vec<Example>,
        }
        let file: Examples = toml::from_str(text).map_err(|e| RuleError::toml(path, e))?;
        Ok(file.example)
    }
}

impl<Y> Grammar<Y> {
    /// The words that the grammar knows: what [`Atoms`] are made with.
    pub fn words(&self) -> &Words {
        &self.words
    }

    /// The numerals that the grammar knows.
    pub fn numerals(&self) -> &NumeralTable {
        &self.numerals
    }

    /// What each rule makes, in the order written.
    pub fn yields(&self) -> impl Iterator<Item = &Y> {
        self.rules.iter().filter_map(|r| r.makes.as_deref())
    }

    /// The class `name`.
    pub fn class(&self, name: &str) -> Option<&Lexicon> {
        self.class_names.get(name).map(|&i| &self.classes[i])
    }

    /// Where rules match, left to right and never overlapping: at each place the longest match
    /// wins, then the rule written first. `atoms` are made with this grammar's words.
    ///
    /// # Cost
    ///
    /// Linear in the text: only rules that may begin with a word are tried at it.
    pub fn find<'g>(&'g self, atoms: &Atoms<'_>) -> Vec<Match<'g, Y>> {
        let machine = Machine { atoms, classes: &self.classes, numerals: &self.numerals };
        let (mut found, mut run, mut at) = (Vec::new(), Run::default(), 0);
        while let Some(atom) = atoms.get(at) {
            patience::check();
            let list = if atom.kind == AtomKind::Digits { 0 } else { atom.word as usize };
            let any = list > 0 || atom.kind == AtomKind::Digits;
            let mut best: Option<Best<'_, Y>> = None;
            for &rule in self.by_first.get(list).filter(|_| any).into_iter().flatten() {
                let rule = &self.rules[rule as usize];
                let Some(end) = machine.run(&rule.program, at, &mut run) else { continue };
                let longer = best.as_ref().is_none_or(|(best, ..)| end > *best);
                if end > at && longer && rule.stands(&machine, at) {
                    best = Some((end, rule, run.slots.clone()));
                }
            }
            let Some((end, rule, slots)) = best else {
                at += 1;
                continue;
            };
            if let Some(makes) = rule.makes.as_deref() {
                found.push(Match {
                    atoms: at..end,
                    rule: &rule.name,
                    makes,
                    program: &rule.program,
                    classes: &self.classes,
                    slots,
                });
            }
            at = end;
        }
        found
    }

    /// The rule that came nearest to making something of the atoms `here`, which no match covers;
    /// `None` where none gets past their first one.
    ///
    /// # Cost
    ///
    /// Tries every rule at `here` and a few atoms before.
    pub fn nearest<'g>(&'g self, atoms: &Atoms<'_>, here: Range<usize>) -> Option<Near<'g>> {
        let machine = Machine { atoms, classes: &self.classes, numerals: &self.numerals };
        let mut run = Run::default();
        let mut best: Option<(usize, Near<'g>)> = None;
        for at in here.start.saturating_sub(REACH)..here.end {
            // What begins with any word fits everywhere.
            let says = |r: &&Rule<Y>| r.program.steps.first() != Some(&Step::Any);
            for rule in self.rules.iter().filter(says) {
                let end = machine.run(&rule.program, at, &mut run);
                let reach = end.unwrap_or(run.furthest);
                let fits = at..reach;
                if reach <= here.start || fits.is_empty() {
                    continue;
                }
                let miss = match (end, &rule.makes) {
                    (Some(_), None) => Miss::KeepsAway,
                    (Some(_), Some(_)) if !rule.stands(&machine, at) => Miss::Before,
                    (Some(_), Some(_)) => Miss::NoValue,
                    (None, _) => Miss::BreaksOff,
                };
                // A whole pattern says more than a part of a longer one.
                let weight = reach.min(here.end) * 2 + usize::from(end.is_some());
                if best.as_ref().is_none_or(|(most, _)| weight > *most) {
                    best = Some((weight, Near { rule: &rule.name, atoms: fits, miss }));
                }
            }
        }
        best.map(|(_, near)| near)
    }

    fn index(&mut self) {
        let mut lists = vec![Vec::new(); self.words.len() + 1];
        for (i, rule) in self.rules.iter().enumerate() {
            let number = u32::try_from(i).expect("a grammar has fewer rules");
            let (mut firsts, mut seen) = (Vec::new(), vec![false; rule.program.steps.len()]);
            self.firsts(&rule.program, 0, &mut seen, &mut firsts);
            firsts.sort_unstable();
            firsts.dedup();
            for first in firsts {
                lists[first as usize].push(number);
            }
        }
        self.by_first = lists;
    }

    /// Words (0 for digits) with which the program may begin from step `pc` on.
    fn firsts(&self, program: &Program, pc: usize, seen: &mut [bool], out: &mut Vec<u32>) {
        if pc >= seen.len() || std::mem::replace(&mut seen[pc], true) {
            return;
        }
        match &program.steps[pc] {
            Step::Word(word, _) => out.push(*word),
            Step::Class(class) => out.extend(self.classes[*class].firsts()),
            Step::Number | Step::Ordinal(..) | Step::Year => {
                out.push(0);
                out.extend(self.numerals.firsts());
            }
            Step::Int(..) => out.push(0),
            Step::Any => out.extend(0..=u32::try_from(self.words.len()).unwrap_or(u32::MAX)),
            Step::Split(a, b) => {
                self.firsts(program, *a, seen, out);
                self.firsts(program, *b, seen, out);
            }
            Step::Jump(to) | Step::Look(to, _) => self.firsts(program, *to, seen, out),
            Step::Glued | Step::Tag(..) | Step::Open(_) | Step::Close(_) => {
                self.firsts(program, pc + 1, seen, out);
            }
            Step::Done => {}
        }
    }
}

impl<Y> Rule<Y> {
    /// Whether what stands before atom `at` lets the rule begin there.
    fn stands(&self, machine: &Machine<'_>, at: usize) -> bool {
        let ends_here = |program: &Program| {
            let mut run = Run::default();
            let ends = |k: usize| machine.run(program, k, &mut run) == Some(at);
            (at.saturating_sub(4)..at).rev().any(ends)
        };
        !self.not_after.iter().any(ends_here)
            && (self.after.is_empty() || self.after.iter().any(ends_here))
    }
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use super::super::testing::plain;
    use super::*;

    const NUMBERS: &str = include_str!("../../lang/en/quantity/number.toml");

    fn found(rules: &str, text: &str) -> Vec<String> {
        let grammar: Grammar<toml::Table> =
            Grammar::parse([("t.toml", rules)], ("n.toml", NUMBERS)).unwrap();
        let doc = plain(text);
        let atoms = Atoms::new(&doc, grammar.words());
        let show = |m: &Match<'_, toml::Table>| {
            let mut line = atoms.span(m.atoms.clone()).of(text).to_owned();
            for name in ["n", "u"] {
                match m.capture(name) {
                    Some(Capture { number: Some(n), .. }) => write!(line, " {name}={n}").unwrap(),
                    Some(Capture { text: Some(t), .. }) => write!(line, " {name}={t}").unwrap(),
                    _ => {}
                }
            }
            line
        };
        grammar.find(&atoms).iter().map(show).collect()
    }

    const AGO: &str = r#"
        [class.unit]
        D = ["day", "days"]
        M = ["month", "months"]
        [[rule]]
        name = "ago"
        pattern = "n:<number> -? u:<unit> (ago | later)?"
        not_after = ["the"]
        yield = {}
        [[rule]]
        name = "name"
        pattern = "Seven Days Inn"
    "#;

    #[test]
    fn finds_the_longest_match_with_its_captures() {
        assert_eq!(
            found(AGO, "twenty-one days ago, 10-day talks"),
            ["twenty-one days ago n=21 u=D", "10-day n=10 u=D"]
        );
        assert_eq!(
            found(AGO, "two and a half months later"),
            ["two and a half months later n=2.5 u=M"]
        );
    }

    #[test]
    fn context_and_blocking_rules_keep_a_rule_away() {
        assert!(found(AGO, "the two days").is_empty());
        assert!(found(AGO, "at the Seven Days Inn").is_empty());
        assert!(found(AGO, "A380 days").is_empty());
    }

    #[test]
    fn numerals_have_their_values() {
        let value = |text: &str| {
            let grammar: Grammar<toml::Table> = Grammar::parse([], ("n.toml", NUMBERS)).unwrap();
            let doc = plain(text);
            let atoms = Atoms::new(&doc, grammar.words());
            let n = grammar.numerals().cardinal(&atoms, 0).unwrap();
            (n.value, n.end == atoms.len())
        };
        for (text, want) in [
            ("12,000", 12e3),
            ("1.5 million", 1.5e6),
            ("two dozen", 24.0),
            ("a hundred", 100.0),
            ("twenty-eight thousand six hundred forty-two", 28642.0),
            ("half a million", 5e5),
            ("three hundred and twelve", 312.0),
            ("two and a half million", 2.5e6),
            ("2 1/2", 2.5),
            ("two-thirds", 2.0 / 3.0),
            ("three quarters", 0.75),
            ("a third", 1.0 / 3.0),
            ("1/4", 0.25),
            ("35 lakh", 3.5e6),
            ("a dozen", 12.0),
            ("three hundred thousand", 3e5),
            ("2½", 2.5),
            ("three point five", 3.5),
            ("one hundred million", 1e8),
            ("a quarter million", 25e4),
        ] {
            let (got, whole) = value(text);
            assert!((got - want).abs() < 1e-9 * want && whole, "{text}: {got}, whole: {whole}");
        }
    }
}
