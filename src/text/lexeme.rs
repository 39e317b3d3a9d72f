//! Word types and the features that networks and rules read off them.

use rustc_hash::FxHashMap;
use unicode_general_category::{GeneralCategory as Category, get_general_category};

use super::hash::string_id;
use super::model::Attr;

/// A word type: a text with the norm that its token has.
#[derive(Clone, Debug)]
pub(crate) struct Lexeme {
    pub(crate) orth: u64,
    pub(crate) lower: u64,
    pub(crate) norm: u64,
    pub(crate) prefix: u64,
    pub(crate) suffix: u64,
    pub(crate) shape: u64,
    pub(crate) is_space: bool,
    /// The text in lower case.
    pub(crate) lower_text: Box<str>,
}

/// The norms of a model: what a text stands for where it is not itself in lower case.
#[derive(Debug)]
pub(crate) struct Norms {
    of_id: FxHashMap<u64, u64>,
}

impl Norms {
    /// The norms of a model, over those of punctuation and currency signs that all models share.
    pub(crate) fn new(norms: &[(u64, String)]) -> Self {
        let base = include_str!("model/base-norms.tsv");
        let base = base.lines().filter_map(|line| line.split_once('\t'));
        let mut of_id: FxHashMap<u64, u64> =
            base.map(|(text, norm)| (string_id(text), string_id(norm))).collect();
        of_id.extend(norms.iter().map(|(id, norm)| (*id, string_id(norm))));
        Self { of_id }
    }
}

/// The word types seen so far.
#[derive(Debug, Default)]
pub(crate) struct Lexicon {
    index: FxHashMap<(u64, u64), u32>,
    lexemes: Vec<Lexeme>,
}

impl Lexicon {
    /// Number of word types.
    pub(crate) fn len(&self) -> usize {
        self.lexemes.len()
    }

    /// Forgets everything.
    pub(crate) fn clear(&mut self) {
        self.index.clear();
        self.lexemes.clear();
    }

    /// Word type number `i`.
    pub(crate) fn get(&self, i: u32) -> &Lexeme {
        &self.lexemes[i as usize]
    }

    /// The number of the word type of `text`; `norm` is the id that a special case sets.
    pub(crate) fn add(&mut self, text: &str, norm: Option<u64>, norms: &Norms) -> u32 {
        let orth = string_id(text);
        let next = u32::try_from(self.lexemes.len()).expect("the lexicon is bounded");
        *self.index.entry((orth, norm.unwrap_or(0))).or_insert_with(|| {
            self.lexemes.push(Lexeme::new(text, orth, norm, norms));
            next
        })
    }
}

impl Lexeme {
    fn new(text: &str, orth: u64, norm: Option<u64>, norms: &Norms) -> Self {
        let lower_text: Box<str> = text.to_lowercase().into();
        let lower = string_id(&lower_text);
        let first = text.chars().next().map_or(0, char::len_utf8);
        let last = text.char_indices().rev().nth(2).map_or(0, |(i, _)| i);
        Self {
            orth,
            lower,
            norm: norm.or_else(|| norms.of_id.get(&orth).copied()).unwrap_or(lower),
            prefix: string_id(text.get(..first).unwrap_or("")),
            suffix: string_id(text.get(last..).unwrap_or("")),
            shape: string_id(&shape(text)),
            is_space: text.chars().all(is_space),
            lower_text,
        }
    }

    /// The value of a lexical attribute; `spacy` says whether a space follows the token.
    pub(crate) fn attr(&self, attr: Attr, spacy: bool) -> u64 {
        match attr {
            Attr::Orth => self.orth,
            Attr::Lower => self.lower,
            Attr::Norm => self.norm,
            Attr::Prefix => self.prefix,
            Attr::Suffix => self.suffix,
            Attr::Shape => self.shape,
            Attr::Spacy => u64::from(spacy),
            Attr::IsSpace => u64::from(self.is_space),
        }
    }
}

/// White space as the models know it: Unicode's, and the four information separators.
pub(crate) fn is_space(c: char) -> bool {
    c.is_whitespace() || ('\u{1c}'..='\u{1f}').contains(&c)
}

/// Whether every character is a letter (general category L) and there is one.
pub(crate) fn is_alphabetic(text: &str) -> bool {
    !text.is_empty() && text.chars().all(is_letter)
}

/// The pattern of letters and digits of a text, runs cut to four.
fn shape(text: &str) -> String {
    if text.chars().count() >= 100 {
        return "LONG".to_owned();
    }
    let mut shape = String::with_capacity(text.len());
    let mut last = None;
    let mut run = 0;
    for c in text.chars() {
        let kind = if is_letter(c) {
            if c.is_uppercase() { 'X' } else { 'x' }
        } else if is_digit(c) {
            'd'
        } else {
            c
        };
        run = if last == Some(kind) { run + 1 } else { 0 };
        last = Some(kind);
        if run < 4 {
            shape.push(kind);
        }
    }
    shape
}

/// General category L. (`char::is_alphabetic` is wider.)
fn is_letter(c: char) -> bool {
    if c.is_ascii() {
        return c.is_ascii_alphabetic();
    }
    matches!(
        get_general_category(c),
        Category::UppercaseLetter
            | Category::LowercaseLetter
            | Category::TitlecaseLetter
            | Category::ModifierLetter
            | Category::OtherLetter
    )
}

/// `Numeric_Type` Decimal or Digit: general category Nd, superscripts, circled digits and so on.
fn is_digit(c: char) -> bool {
    const DIGITS: &[(u32, u32)] = &[
        (0xb2, 0xb3),
        (0xb9, 0xb9),
        (0x1369, 0x1371),
        (0x19da, 0x19da),
        (0x2070, 0x2070),
        (0x2074, 0x2079),
        (0x2080, 0x2089),
        (0x2460, 0x2468),
        (0x2474, 0x247c),
        (0x2488, 0x2490),
        (0x24ea, 0x24ea),
        (0x24f5, 0x24fd),
        (0x24ff, 0x24ff),
        (0x2776, 0x277e),
        (0x2780, 0x2788),
        (0x278a, 0x2792),
        (0x10a40, 0x10a43),
        (0x10e60, 0x10e68),
        (0x11052, 0x1105a),
        (0x1f100, 0x1f10a),
    ];
    if c.is_ascii() {
        return c.is_ascii_digit();
    }
    let code = u32::from(c);
    get_general_category(c) == Category::DecimalNumber
        || DIGITS.iter().any(|&(from, to)| (from..=to).contains(&code))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes_are_those_of_the_models() {
        for (text, wanted) in [
            ("apple", "xxxx"),
            ("COVID-19", "XXXX-dd"),
            ("’s", "’x"),
            ("1,234", "d,ddd"),
            ("\n\n", "\n\n"),
            ("über", "xxxx"),
            ("東京", "xx"),
            ("U.S.", "X.X."),
            ("x²", "xd"),
            ("Ⅳ", "Ⅳ"),
            ("①abc", "dxxx"),
            ("iPhone14", "xXxxxxdd"),
        ] {
            assert_eq!(shape(text), wanted);
        }
        assert_eq!(shape(&"a".repeat(100)), "LONG");
    }
}
