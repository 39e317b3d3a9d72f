//! The pattern language: surface patterns over the words of a [`Document`](crate::text::Document).
//!
//! A [`Grammar`] is compiled once from a language pack's TOML: classes of words (a lexicon with a
//! value for each phrase), named fragments, and rules with a pattern and a yield. [`Atoms`] is the
//! light view of a text that the patterns see: words, digit runs and single symbols, finer than
//! the tokenizer's tokens and independent of its choices, so that `10-year`, `10 - year` and
//! `10 year` look alike. Knows no language and no facts: what a yield means is the caller's.
//!
//! # Patterns
//!
//! | written | matches |
//! |---|---|
//! | `word` `","` | that word, in any case; a capital asks for one in the text; quotes for what is special here |
//! | `<class>` | the longest phrase of a class that lets the rest match |
//! | `<number>` `<ordinal>` `<ordinal:1-31>` | a numeral, in digits or words |
//! | `<int:1-12>` `<int2:0-59>` | plain digits in that range; exactly two digits |
//! | `<year>` | a year in four digits or in words |
//! | `@name` | a fragment |
//! | `( a \| b )` `x?` `x*` `x+` | as in regular expressions, greedy |
//! | `~x` | x with no white space before it |
//! | `name:x` | captures x |
//! | `x{NN\|VB*}` `x{!MD}` | x whose token has (has not) one of these tags; holds where the text has no tags |
//! | `&x` `!x` | x follows, x does not follow |
//!
//! ```toml
//! [class.unit]
//! D = ["day", "days"]
//!
//! [[rule]]
//! name = "ago"
//! pattern = "n:<number> unit:<unit> ago"
//! yield = { op = "shift", dir = -1 }
//! ```

mod atom;
mod grammar;
mod lexicon;
mod matcher;
mod numeral;
mod pattern;
#[cfg(test)]
pub(crate) mod testing;

pub use atom::{Atom, AtomKind, Atoms};
pub use grammar::{Capture, Example, Grammar, Match, Miss, Near, RuleError};
pub use lexicon::{Lexicon, Words};
pub use numeral::{Numeral, NumeralForm, NumeralTable};
