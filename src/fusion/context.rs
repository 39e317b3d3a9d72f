//! What an article is about, by the words of its beginning, and how alike two articles are.
//!
//! An article's headline and first words say what it is about; names say it best. So each distinct
//! long word counts once, and twice if it is part of a name that the article tells. Rarity in the
//! store is not looked at: then an article that comes would change how alike all others are, and
//! on the texts that were tried it told articles of one topic from others no better.

use std::collections::BTreeMap;

/// Distinct words of the beginning that are looked at.
const LEAD: usize = 80;
/// Letters without which a word says too little.
const SHORTEST: usize = 4;
/// Letters by which words are told apart, so that forms of one word are mostly one.
const STEM: usize = 6;
/// What a word of a name counts for.
const NAME: u8 = 2;

/// A word of the beginning, hashed, and what it counts for.
pub(super) type Term = (u32, u8);

/// The words of the beginning of an article, each once, by their hash. `names` are the normal
/// forms of the names that it tells.
pub(super) fn terms<'n>(beginning: &[&str], names: impl IntoIterator<Item = &'n str>) -> Vec<Term> {
    let mut counts: BTreeMap<u32, u8> = BTreeMap::new();
    for word in beginning.iter().flat_map(|text| words(text)) {
        if counts.len() == LEAD {
            break;
        }
        counts.insert(word, 1);
    }
    for word in names.into_iter().flat_map(words) {
        if let Some(count) = counts.get_mut(&word) {
            *count = NAME;
        }
    }
    counts.into_iter().collect()
}

/// Whether a term is part of a name.
pub(super) fn is_name(term: Term) -> bool {
    term.1 == NAME
}

/// How alike two beginnings are, from 0 to 100: the cosine of their counts, and half of it where the
/// one with fewer words of names shares less than a third of them: the results of two companies are
/// told in the same words, but not of the same names.
pub(super) fn likeness(a: &[Term], b: &[Term]) -> i32 {
    let square = |terms: &[Term]| terms.iter().map(|t| u32::from(t.1).pow(2)).sum::<u32>();
    let (mut i, mut j, mut shared, mut named) = (0, 0, 0, 0);
    while let (Some(x), Some(y)) = (a.get(i), b.get(j)) {
        if x.0 == y.0 {
            shared += u32::from(x.1) * u32::from(y.1);
            named += usize::from(is_name(*x) && is_name(*y));
        }
        i += usize::from(x.0 <= y.0);
        j += usize::from(y.0 <= x.0);
    }
    let whole = f64::from(square(a)) * f64::from(square(b));
    if whole == 0.0 {
        return 0;
    }
    // From 0 to 100, so it fits; square roots and quotients are the same on every machine.
    #[expect(clippy::cast_possible_truncation, reason = "a cosine of positive counts is at most 1")]
    let hundredths = (100.0 * f64::from(shared) / whole.sqrt()).floor() as i32;
    let names = |terms: &[Term]| terms.iter().filter(|&&term| is_name(term)).count();
    if 3 * named < names(a).min(names(b)) { hundredths / 2 } else { hundredths }
}

/// The hashes of the long words of a text.
fn words(text: &str) -> impl Iterator<Item = u32> {
    let parts = text.split(|c: char| !c.is_alphanumeric());
    let long = parts.filter(|word| {
        word.chars().next().is_some_and(char::is_alphabetic) && word.chars().count() >= SHORTEST
    });
    long.map(|word| {
        let letters = word.chars().flat_map(char::to_lowercase).take(STEM);
        // FNV-1a.
        letters.fold(0x811C_9DC5, |hash: u32, c| (hash ^ u32::from(c)).wrapping_mul(0x0100_0193))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn about(text: &str, names: &[&str]) -> Vec<Term> {
        terms(&[text], names.iter().copied())
    }

    #[test]
    fn articles_about_one_thing_are_more_alike_than_others() {
        let fire = about(
            "A fire destroyed the Harbour Mill in Velm on Sunday night, killing three workers.",
            &["harbour mill", "velm"],
        );
        let again = about(
            "Three workers died when the Harbour Mill at Velm burned down, the fire service said.",
            &["harbour mill", "velm"],
        );
        let other = about(
            "A fire destroyed a warehouse in Norland on Sunday night, and nobody was hurt.",
            &["norland"],
        );
        let [same, different] = [&again, &other].map(|text| likeness(&fire, text));
        assert!(same >= 40, "{same}");
        assert!(different < same - 15, "{different} {same}");
        assert_eq!(likeness(&fire, &fire), 100);
        assert_eq!(likeness(&fire, &again), likeness(&again, &fire));
        assert_eq!(likeness(&fire, &[]), 0);
    }

    #[test]
    fn the_same_words_of_other_names_are_about_something_else() {
        let results = |name: &str| {
            format!("{name} said its profit rose in the third quarter as sales of tools grew.")
        };
        let names = ["quillmark norland foundry", "alder tessaly brothers"];
        let [one, other] = names.map(|name| about(&results(name), &[name]));
        let same = about(&format!("{} It is based in Velm.", results(names[0])), &[names[0]]);
        assert!(likeness(&one, &other) < 30, "{}", likeness(&one, &other));
        assert!(likeness(&one, &same) > 60, "{}", likeness(&one, &same));
    }

    #[test]
    fn only_the_beginning_counts() {
        let words: Vec<String> = (0..300).map(|i| format!("word{}x{i}", i % 7)).collect();
        let long = words.join(" ");
        assert!(about(&long, &[]).len() <= LEAD);
    }
}
