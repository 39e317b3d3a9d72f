//! Names in normal form, for exact look-up.

use unicode_general_category::{GeneralCategory, get_general_category};
use unicode_normalization::UnicodeNormalization;

/// The normal form of a name: lower case, compatibility forms and accents folded, runs of anything
/// but letters and digits as one blank. Empty for a name without letters and digits.
///
/// # Examples
///
/// ```
/// use newsgraph::graph::name_key;
///
/// assert_eq!(name_key("Müller-Ångström & Söhne"), "muller angstrom sohne");
/// assert_eq!(name_key("U.S. Steel’s"), "us steels");
/// ```
pub fn name_key(name: &str) -> String {
    let mut key = String::with_capacity(name.len());
    if name.is_ascii() {
        fold(name.chars(), &mut key);
    } else {
        fold(name.nfkd().flat_map(char::to_lowercase).nfkd(), &mut key);
    }
    key
}

fn fold(chars: impl Iterator<Item = char>, key: &mut String) {
    let mut gap = false;
    for c in chars {
        if c.is_alphanumeric() {
            if gap && !key.is_empty() {
                key.push(' ');
            }
            gap = false;
            key.push(c.to_ascii_lowercase());
        } else if !matches!(c, '.' | '\'' | '’') && !is_mark(c) {
            // A full stop or an apostrophe joins (U.S., O'Neill); an accent belongs to its letter.
            gap = true;
        }
    }
}

fn is_mark(c: char) -> bool {
    !c.is_ascii()
        && matches!(
            get_general_category(c),
            GeneralCategory::NonspacingMark | GeneralCategory::EnclosingMark
        )
}
