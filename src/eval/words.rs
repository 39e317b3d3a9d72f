//! Words and names as the scorers compare them.

use unicode_general_category::{GeneralCategory, get_general_category};
use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::canonical_combining_class;

/// Whether a scalar is part of a word: a letter, a number or an underscore; marks are not.
fn is_word(c: char) -> bool {
    use GeneralCategory as G;
    c == '_'
        || matches!(
            get_general_category(c),
            G::UppercaseLetter
                | G::LowercaseLetter
                | G::TitlecaseLetter
                | G::ModifierLetter
                | G::OtherLetter
                | G::DecimalNumber
                | G::LetterNumber
                | G::OtherNumber
        )
}

/// Where words begin, in scalars.
pub(super) fn starts(text: &str) -> impl Iterator<Item = usize> + '_ {
    let mut before = false;
    text.chars().enumerate().filter_map(move |(i, c)| {
        let word = is_word(c);
        let begins = word && !before;
        before = word;
        begins.then_some(i)
    })
}

/// The words of a text.
pub(super) fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !is_word(c)).filter(|w| !w.is_empty()).map(str::to_owned).collect()
}

/// A name without case, marks, punctuation and articles.
pub(super) fn name(text: &str) -> Vec<String> {
    let folded: String = text
        .nfkd()
        .flat_map(char::to_lowercase)
        .filter(|c| canonical_combining_class(*c) == 0)
        .collect();
    words(&folded).into_iter().filter(|w| !ARTICLES.contains(&w.as_str())).collect()
}

/// English articles: the gold sets are English.
const ARTICLES: [&str; 3] = ["the", "a", "an"];

/// 1 for equal names, else the best overlap of words with any of the names.
pub(super) fn likeness(gold: &str, names: &[String]) -> f64 {
    let wanted = name(gold);
    let mut best = 0.0_f64;
    for other in names {
        let given = name(other);
        if wanted == given && !wanted.is_empty() {
            return 1.0;
        }
        let mut distinct: Vec<&String> = wanted.iter().collect();
        distinct.sort_unstable();
        distinct.dedup();
        let common: usize = distinct
            .into_iter()
            .map(|w| {
                let count = |list: &[String]| list.iter().filter(|x| *x == w).count();
                count(&wanted).min(count(&given))
            })
            .sum();
        if common > 0 {
            best = best.max(2.0 * common as f64 / (wanted.len() + given.len()) as f64);
        }
    }
    best
}
