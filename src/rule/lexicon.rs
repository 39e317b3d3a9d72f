//! Words by number, and classes of phrases.

use rustc_hash::FxHashMap;

use super::atom::{Atom, Atoms, scan};

/// The words that a grammar knows, by number from 1.
#[derive(Clone, Debug, Default)]
pub struct Words {
    numbers: FxHashMap<Box<str>, u32>,
}

/// One spelling for the typographic variants of a symbol.
fn plain(symbol: &str) -> &str {
    match symbol {
        "’" | "‘" | "`" | "´" => "'",
        "–" | "‐" | "‑" | "−" => "-",
        "“" | "”" => "\"",
        other => other,
    }
}

impl Words {
    /// The number of `word`, given one if it is new.
    pub fn add(&mut self, word: &str) -> u32 {
        let next = u32::try_from(self.numbers.len() + 1).expect("a grammar has fewer words");
        let lower = plain(word).to_lowercase();
        *self.numbers.entry(lower.into()).or_insert(next)
    }

    /// The number of `word`, or 0. `lower` is room to work in.
    pub fn look_up(&self, word: &str, lower: &mut String) -> u32 {
        let word = plain(word);
        if word.bytes().all(|b| b.is_ascii() && !b.is_ascii_uppercase()) {
            return self.numbers.get(word).copied().unwrap_or(0);
        }
        lower.clear();
        lower.extend(word.chars().flat_map(char::to_lowercase));
        self.numbers.get(lower.as_str()).copied().unwrap_or(0)
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.numbers.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.numbers.is_empty()
    }

    /// The words of a phrase, cut as a text is, each with whether it asks for a capital.
    pub(super) fn phrase(&mut self, phrase: &str) -> Vec<(u32, bool)> {
        let mut out = Vec::new();
        scan(phrase, |piece| {
            let word = phrase.get(piece.range).unwrap_or("");
            out.push((self.add(word), word.chars().next().is_some_and(char::is_uppercase)));
        });
        out
    }
}

/// A class: phrases, each with a value.
#[derive(Clone, Debug, Default)]
pub struct Lexicon {
    by_first: FxHashMap<u32, Vec<Entry>>,
    values: Vec<String>,
}

#[derive(Clone, Debug)]
struct Entry {
    words: Vec<(u32, bool)>,
    value: u32,
}

impl Lexicon {
    /// Builds a class from pairs of value and phrase.
    pub fn new<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>, words: &mut Words) -> Self {
        let mut lexicon = Self::default();
        for (value, phrase) in pairs {
            let value = lexicon.values.iter().position(|v| v == value).unwrap_or_else(|| {
                lexicon.values.push(value.to_owned());
                lexicon.values.len() - 1
            });
            let value = u32::try_from(value).expect("a class has fewer values");
            let phrase = words.phrase(phrase);
            if let Some(&(first, _)) = phrase.first() {
                lexicon.by_first.entry(first).or_default().push(Entry { words: phrase, value });
            }
        }
        #[expect(clippy::iter_over_hash_type, reason = "each list is sorted on its own")]
        for entries in lexicon.by_first.values_mut() {
            // Longest first; of equals, those that ask for capitals.
            entries.sort_by_key(|e| {
                let capitals = e.words.iter().filter(|w| w.1).count();
                std::cmp::Reverse((e.words.len(), capitals))
            });
        }
        lexicon
    }

    /// The value with the number `id`.
    pub fn value(&self, id: u32) -> &str {
        self.values.get(id as usize).map_or("", String::as_str)
    }

    /// First words of all phrases, in no particular order.
    pub(super) fn firsts(&self) -> Vec<u32> {
        let mut firsts: Vec<u32> = self.by_first.keys().copied().collect();
        firsts.sort_unstable();
        firsts
    }

    /// Each phrase that begins at atom `at`, longest first: one past its end, and its value.
    pub(super) fn at<'a>(
        &'a self,
        atoms: &'a Atoms<'_>,
        at: usize,
    ) -> impl Iterator<Item = (usize, u32)> + 'a {
        let entries =
            atoms.get(at).and_then(|a| self.by_first.get(&a.word)).map_or(&[][..], Vec::as_slice);
        entries.iter().filter_map(move |entry| {
            let fits = entry.words.iter().enumerate().all(|(k, &want)| {
                atoms
                    .get(at + k)
                    .is_some_and(|a| fits(a, want, atoms.caseless()) && (k == 0 || !a.fresh))
            });
            fits.then_some((at + entry.words.len(), entry.value))
        })
    }

    /// The longest phrase that begins at atom `at`.
    pub fn longest(&self, atoms: &Atoms<'_>, at: usize) -> Option<(usize, &str)> {
        self.at(atoms, at).next().map(|(end, value)| (end, self.value(value)))
    }

    /// The longest phrase that ends right before atom `end`: its first atom, and its value.
    pub fn longest_before(&self, atoms: &Atoms<'_>, end: usize) -> Option<(usize, &str)> {
        (end.saturating_sub(6)..end).find_map(|start| {
            let (_, value) = self.at(atoms, start).find(|&(e, _)| e == end)?;
            Some((start, self.value(value)))
        })
    }
}

/// Whether an atom is the wanted word, with a capital where one is asked for.
pub(super) fn fits(atom: &Atom, (word, capital): (u32, bool), caseless: bool) -> bool {
    atom.word == word && (!capital || atom.capital || caseless)
}
