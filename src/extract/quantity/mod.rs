//! Quantities: numbers with their bounds, units and what is counted.
//!
//! The words stand in `lang/<code>/quantity/`: numerals, bounds ("at least", "or so"), units by
//! UCUM code, currencies by ISO 4217 code, and rules for figures that are more than a number with
//! a unit (ages, factors, ratios, "dozens") or no figure at all. Dates and lengths of time belong
//! to the time layer and are left out, and so are ordinals and the numbers of names. "From 208
//! pounds to 193" is read as the stretch between the two.
//!
//! # Source
//!
//! UCUM 2.1 and ISO 4217 for units; what counts as a quantity follows the facts contract.

mod bound;
mod counted;
mod figure;
mod part;

use serde::Deserialize;

use crate::facts::{Modifier, Quantity, Time};
use crate::lang::Pack;
use crate::rule::{Atoms, Grammar, Lexicon, RuleError};
use crate::span::Span;
use crate::text::Document;

use self::figure::{Figure, Finder};

use super::time::NUMBERS;
use super::{Rule, Traced};

/// What a rule of `rule.toml` makes of its words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Op {
    /// `n` `unit` of age.
    Age,
    /// `n` times something.
    Factor,
    /// `n` of `m`.
    Ratio,
    /// Between `low` and `high`, as "dozens" is.
    Fuzzy,
    /// No figure.
    Skip,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Yield {
    op: Op,
    unit: Option<String>,
}

/// `per` of the unit `part` make one `whole`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Compound {
    whole: String,
    part: String,
    per: f64,
}

/// The quantity rules of a language, compiled.
#[derive(Clone, Debug)]
pub struct Tables {
    grammar: Grammar<Yield>,
    compounds: Vec<Compound>,
    /// Names of what makes a plain figure, for the trace: by kind of unit.
    rules: [Rule; 4],
}

/// Why a language's quantity rules cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum QuantityError {
    /// The pack lacks a file.
    #[error("{0} is missing (a language with quantity rules needs it)")]
    Missing(&'static str),
    /// A rule file is broken.
    #[error(transparent)]
    Rule(#[from] RuleError),
    /// The files lack a class.
    #[error("quantity: no class `{0}` (add a table [class.{0}] to a file of quantity/)")]
    Class(&'static str),
}

const COMPOUNDS: &str = "quantity/part.toml";

/// Every class that the code reads by name.
const CLASSES: &[&str] = &[
    "bound-before",
    "bound-after",
    "bound-verb",
    "change-before",
    "change-after",
    "scale-short",
    "scale-metre",
    "percent",
    "minus",
    "between",
    "from",
    "range",
    "range-loose",
    "per",
    "per-unit",
    "label",
    "street",
    "of",
    "currency-before",
    "currency-after",
    "currency-sign",
    "currency-large",
    "currency-million",
    "currency-code",
    "currency-typed",
    "dollar-of",
    "unit",
    "unit-glued",
    "pound",
    "comma",
    "age-end",
    "one",
    "article",
    "than",
    "fraction-follow",
    "fraction-not-after",
    "half",
    "or",
    "tally",
    "fraction-stop",
    "step",
    "phrase-end",
    "list-before",
];

impl Tables {
    /// Compiles the rules of a pack.
    ///
    /// # Errors
    ///
    /// Where a file is missing or broken.
    pub fn parse(pack: Pack) -> Result<Self, QuantityError> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Parts {
            part: Vec<Compound>,
        }
        let numbers = pack.text(NUMBERS).ok_or(QuantityError::Missing(NUMBERS))?;
        let parts = pack.text(COMPOUNDS).ok_or(QuantityError::Missing(COMPOUNDS))?;
        let parts: Parts = toml::from_str(parts).map_err(|e| RuleError::toml(COMPOUNDS, e))?;
        let files = pack
            .folder("quantity")
            .filter(|(path, _)| {
                path.strip_suffix(".toml").is_some() && ![NUMBERS, COMPOUNDS].contains(path)
            })
            .filter_map(|(path, bytes)| Some((path, std::str::from_utf8(bytes).ok()?)));
        let grammar = Grammar::<Yield>::parse(files, (NUMBERS, numbers))?;
        if let Some(missing) = CLASSES.iter().find(|c| grammar.class(c).is_none()) {
            return Err(QuantityError::Class(missing));
        }
        let rules =
            ["count", "money", "percent", "unit"].map(|n| Rule::from(format!("quantity/{n}")));
        Ok(Self { grammar, compounds: parts.part, rules })
    }

    /// Whether a number stands at `span`, and why it is no quantity there.
    pub(super) fn refused(
        &self,
        doc: &Document<'_>,
        times: &[Time],
        span: Span,
    ) -> Option<&'static str> {
        let atoms = Atoms::new(doc, self.grammar.words());
        let finder = Finder::new(&atoms, self, times.iter().map(|t| t.span));
        atoms.within(span).find_map(|at| finder.refusal_at(at))
    }

    fn class(&self, name: &'static str) -> &Lexicon {
        self.grammar.class(name).expect("parse saw that every class of CLASSES is there")
    }
}

/// Finds the quantities of a document.
///
/// Spans hold modifier, number and unit; the result is in text order and does not overlap.
/// `times` are the document's time expressions, whose numbers are left out. What is counted is
/// read off tags and tree where the document has them, else off the words that follow.
///
/// # Cost
///
/// Linear in the text.
pub fn extract_quantities(
    doc: &Document<'_>,
    tables: &Tables,
    times: &[Traced<Time>],
) -> Vec<Traced<Quantity>> {
    let atoms = Atoms::new(doc, tables.grammar.words());
    let finder = Finder::new(&atoms, tables, times.iter().map(|t| t.fact.span));
    finder.figures().into_iter().map(|f| fact(&atoms, &f)).collect()
}

fn fact(atoms: &Atoms<'_>, figure: &Figure) -> Traced<Quantity> {
    let range = figure.high.is_some();
    let fact = Quantity {
        span: atoms.span(figure.start..figure.end),
        value: (!range).then_some(figure.value),
        low: range.then_some(figure.value),
        high: figure.high,
        modifier: if range { Modifier::Between } else { figure.modifier },
        unit: figure.unit.clone(),
        of: figure.of,
        change: figure.change,
    };
    Traced::new(fact, &figure.rule)
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;
    use std::sync::LazyLock;

    use crate::extract::time;
    use crate::facts::parse_day;
    use crate::rule::Example;
    use crate::rule::testing::plain;

    use super::*;

    fn show(quantity: &Quantity, text: &str) -> String {
        let mut line = format!("quantity «{}» ", quantity.span.of(text));
        let sign = match quantity.modifier {
            Modifier::Exact => "=",
            Modifier::About => "~",
            Modifier::AtLeast => ">=",
            Modifier::MoreThan => ">",
            Modifier::AtMost => "<=",
            Modifier::LessThan => "<",
            Modifier::Between => "",
        };
        match (quantity.value, quantity.low, quantity.high) {
            (Some(value), ..) => write!(line, "{sign}{value}").unwrap(),
            (_, Some(low), Some(high)) => write!(line, "{low}..{high}").unwrap(),
            _ => line.push('?'),
        }
        write!(line, " {}", quantity.unit).unwrap();
        if let Some(of) = quantity.of {
            write!(line, " of «{}»", of.of(text)).unwrap();
        }
        if let Some(change) = quantity.change {
            write!(line, " {}", change.as_str()).unwrap();
        }
        line
    }

    static TABLES: LazyLock<(time::Tables, Tables)> = LazyLock::new(|| {
        let pack = Pack::find("en").unwrap();
        (time::Tables::parse(pack).unwrap(), Tables::parse(pack).unwrap())
    });

    proptest::proptest! {
        /// Whatever the text, both layers stay in order and inside of it.
        #[test]
        fn figures_and_times_never_overlap(words in proptest::collection::vec(
            proptest::sample::select(vec![
                "the", "a", "of", "last", "third", "quarter", "12", "2008", "1,234.5", "$", "€", "%",
                "percent", "million", "-", "to", "and", "between", "from", "May", "2020-05-04", "12:30",
                "p.m.", "UTC", "at", "\u{2019}80s", "ago", "later", "\"", ".", "0", "3/4", "½", "two", "dozen",
                "hundreds", "old", "year", "years", "30", "February", "\n\n", "km", "feet", "G20", "9999",
                "99999999999999999999", "midnight", "every", "more", "than", "about", "Friday", "É",
            ]), 0..30),
            anchor in proptest::option::of(proptest::sample::select(vec!["2022-01-12", "0001-01-01", "9999-12-31"])),
        ) {
            let text = words.join(" ");
            let (times, tables) = &*TABLES;
            let doc = plain(&text);
            let when = time::extract_times(&doc, times, anchor.and_then(parse_day));
            let found = extract_quantities(&doc, tables, &when);
            let spans = |all: Vec<Span>| {
                all.windows(2).all(|w| w[0].end() <= w[1].start()) && all.iter().all(|s| !s.is_empty())
            };
            proptest::prop_assert!(spans(when.iter().map(|t| t.fact.span).collect()));
            proptest::prop_assert!(spans(found.iter().map(|q| q.fact.span).collect()));
            for time in &when {
                proptest::prop_assert!(time.fact.begin <= time.fact.end);
                proptest::prop_assert_eq!(time.fact.begin.is_some(), time.fact.end.is_some());
            }
        }
    }

    #[test]
    fn every_file_finds_what_its_examples_say_and_nothing_else() {
        let pack = Pack::find("en").unwrap();
        let (times, tables) = &*TABLES;
        let (mut wrong, mut files) = (String::new(), 0);
        for (path, bytes) in
            pack.folder("quantity").filter(|(p, _)| p.strip_suffix(".toml").is_some())
        {
            let text = std::str::from_utf8(bytes).unwrap();
            let examples = Example::parse(path, text).unwrap();
            files += usize::from(!examples.is_empty());
            for example in examples {
                let anchor = example.published.as_deref().and_then(parse_day);
                let doc = plain(&example.text);
                let when = time::extract_times(&doc, times, anchor);
                let found = extract_quantities(&doc, tables, &when);
                let got: Vec<String> = found.iter().map(|q| show(&q.fact, &example.text)).collect();
                if got != example.facts {
                    let (text, facts) = (&example.text, &example.facts);
                    writeln!(wrong, "{path}: {text}\n  want {facts:#?}\n  got {got:#?}").unwrap();
                }
            }
        }
        assert!(wrong.is_empty(), "{wrong}");
        assert!(files >= 4, "only {files} files have examples");
    }
}
