//! Names: what the recogniser found, corrected by the tables, by the knowledge base and by what
//! the article calls the same words elsewhere.

use std::ops::Range;

use rustc_hash::FxHashMap;

use crate::facts::{EntityType, MentionForm};
use crate::kb::{EntryKind, Kb, fold};
use crate::span::Span;
use crate::text::{Document, Pos};

use super::kind::decide_kinds;
use super::title::{joined, title_beginning};
use super::{Found, Gender, Number, Tables, WordList, title_before};
use crate::extract::trace::Rule;

/// A stretch of tokens that may be a name.
#[derive(Clone, Debug)]
pub(super) struct Candidate {
    pub(super) tokens: Range<usize>,
    /// What the recogniser says of it.
    pub(super) label: Option<EntityType>,
    pub(super) place: Option<&'static str>,
    pub(super) rule: &'static str,
}

/// Finds the names of a document, in text order, none overlapping.
pub(super) fn extract_names(
    doc: &Document<'_>,
    tables: &Tables,
    kb: &Kb,
    taken: &[Span],
) -> Vec<Found> {
    let mut finder = Finder { doc, tables, kb, free: vec![true; doc.len()], found: Vec::new() };
    for span in taken {
        for i in doc.tokens_in(*span) {
            finder.free[i] = false;
        }
    }
    finder.recognised();
    finder.demonyms();
    finder.gaps();
    finder.repeated();
    let mut candidates = finder.found;
    candidates.sort_by_key(|c| c.tokens.start);
    let kinds = decide_kinds(doc, tables, kb, &candidates);
    candidates.into_iter().zip(kinds).map(|(c, kind)| found(doc, tables, c, kind)).collect()
}

struct Finder<'a, 't> {
    doc: &'a Document<'t>,
    tables: &'a Tables,
    kb: &'a Kb,
    free: Vec<bool>,
    found: Vec<Candidate>,
}

impl Finder<'_, '_> {
    fn take(&mut self, candidate: Candidate) {
        if candidate.tokens.clone().all(|i| self.free[i]) {
            for i in candidate.tokens.clone() {
                self.free[i] = false;
            }
            self.found.push(candidate);
        }
    }

    /// The recogniser's names, trimmed to the contract's spans.
    fn recognised(&mut self) {
        for name in self.doc.names() {
            let Some(kind) = self.tables.label(&name.label) else { continue };
            for piece in self.pieces(name.tokens.clone()) {
                self.trimmed(piece, kind);
            }
        }
    }

    /// The parts of a range between line breaks.
    fn pieces(&self, tokens: Range<usize>) -> Vec<Range<usize>> {
        let mut out = Vec::new();
        let mut start = tokens.start;
        for i in tokens.clone() {
            if self.doc.pos(i) == Pos::Space {
                out.push(start..i);
                start = i + 1;
            }
        }
        out.push(start..tokens.end);
        out.retain(|r| !r.is_empty());
        out
    }

    /// Takes a name of the recogniser without what does not belong to it.
    fn trimmed(&mut self, tokens: Range<usize>, kind: EntityType) {
        let Range { mut start, mut end } = self.trim_ends(tokens);
        if start >= end {
            return;
        }
        if kind == EntityType::Person {
            // "Kazakh President X": the adjective and the title are none of the name.
            while start < end {
                let place = self.tables.demonym(self.doc.word(start));
                if let (Some(place), true) = (place, end - start > 1) {
                    let rule = "name/demonym";
                    self.take(Candidate {
                        tokens: start..start + 1,
                        label: None,
                        place: Some(place),
                        rule,
                    });
                    start += 1;
                } else if let Some(stop) = title_beginning(self.doc, self.tables, start, end) {
                    start = stop;
                } else {
                    break;
                }
            }
            if self.tables.title(&joined(self.doc, start..end)).is_some() {
                return;
            }
            while end > start + 1
                && self.tables.is(WordList::NameSuffix, &self.doc.word(end - 1).to_lowercase())
                && self.doc.word(end - 2) == ","
            {
                end -= 2;
            }
            let again = self.trim_ends(start..end);
            (start, end) = (again.start, again.end);
        }
        if start >= end || !self.looks_like_a_name(start..end) {
            return;
        }
        let label = Some(kind);
        let place = self.demonym_at(start..end);
        let rule = if place.is_some() { "name/demonym" } else { "name/recogniser" };
        self.take(Candidate { tokens: start..end, label, place, rule });
    }

    fn trim_ends(&self, tokens: Range<usize>) -> Range<usize> {
        let (doc, tables) = (self.doc, self.tables);
        let Range { mut start, mut end } = tokens;
        let lower = |i: usize| !doc.word(i).chars().any(|c| c.is_uppercase() || c.is_numeric());
        while start < end {
            let word = doc.word(start);
            let particle = tables.is(WordList::Particle, &word.to_lowercase());
            let article = matches!(doc.tag(start), "DT" | "PRP$" | "PDT")
                && !(end - start == 2 && self.is_place_with_article(start..end));
            let drop = article
                || matches!(doc.pos(start), Pos::Punct | Pos::Space | Pos::Adp | Pos::Cconj)
                    && !particle
                || doc.tag(start) == "POS"
                || lower(start) && !particle;
            if !drop {
                break;
            }
            start += 1;
        }
        while start < end {
            let last = end - 1;
            let drop = matches!(doc.pos(last), Pos::Punct | Pos::Space)
                || doc.tag(last) == "POS"
                || lower(last);
            if !drop {
                break;
            }
            end -= 1;
        }
        start..end
    }

    /// Whether an article belongs to the name of a place ("The Hague").
    fn is_place_with_article(&self, tokens: Range<usize>) -> bool {
        let whole = fold(self.doc.span_of(tokens.clone()).of(self.doc.text()));
        let rest = fold(self.doc.span_of(tokens.start + 1..tokens.end).of(self.doc.text()));
        let place = |key: &str| self.kb.lookup_folded(key).iter().any(|e| e.kind.is_place());
        place(&whole) && !place(&rest)
    }

    /// Whether a stretch can be a name at all: it has a capital, and is neither a weekday nor a title.
    fn looks_like_a_name(&self, tokens: Range<usize>) -> bool {
        let words = self.doc.span_of(tokens.clone()).of(self.doc.text());
        words.chars().any(char::is_uppercase)
            && !(tokens.len() == 1 && self.tables.is(WordList::NoName, words))
            && self.tables.title(&joined(self.doc, tokens)).is_none()
    }

    fn demonym_at(&self, tokens: Range<usize>) -> Option<&'static str> {
        let words = self.doc.span_of(tokens.clone()).of(self.doc.text());
        // "Americans" are people, not the country.
        if self.doc.tag(tokens.end - 1) == "NNPS" {
            return None;
        }
        self.tables.demonym(words)
    }

    /// Demonyms that the recogniser left out.
    fn demonyms(&mut self) {
        let mut i = 0;
        while i < self.doc.len() {
            let taken = [2, 1].into_iter().find(|&n| {
                let tokens = i..i + n;
                if tokens.end > self.doc.len() || !tokens.clone().all(|t| self.free[t]) {
                    return false;
                }
                let Some(place) = self.demonym_at(tokens.clone()) else { return false };
                let tag = self.doc.tag(tokens.end - 1);
                if !matches!(tag, "JJ" | "NNP" | "NN") {
                    return false;
                }
                self.take(Candidate {
                    tokens,
                    label: None,
                    place: Some(place),
                    rule: "name/demonym",
                });
                true
            });
            i += taken.unwrap_or(1);
        }
    }

    /// Runs of proper nouns that the recogniser left out.
    fn gaps(&mut self) {
        let sentences = self.doc.sentences().to_vec();
        for sentence in sentences {
            if self.is_title_case(&sentence) {
                continue;
            }
            let mut i = sentence.start;
            while i < sentence.end {
                let Some(end) = self.run_from(i, sentence.end) else {
                    i += 1;
                    continue;
                };
                self.gap(self.trim_ends(i..end));
                i = end;
            }
        }
    }

    /// The end of the run of free proper nouns that begins at token `i`.
    fn run_from(&self, i: usize, end: usize) -> Option<usize> {
        let proper = |j: usize| {
            j < end
                && self.free[j]
                && matches!(self.doc.tag(j), "NNP" | "NNPS")
                && self.doc.word(j).chars().any(char::is_uppercase)
        };
        if !proper(i) {
            return None;
        }
        let mut j = i + 1;
        loop {
            if proper(j) {
                j += 1;
            } else if j < end
                && self.free[j]
                && matches!(self.doc.word(j), "-" | "&")
                && proper(j + 1)
            {
                j += 2;
            } else {
                return Some(j);
            }
        }
    }

    fn gap(&mut self, tokens: Range<usize>) {
        let Range { mut start, end } = tokens;
        while start < end {
            match title_beginning(self.doc, self.tables, start, end) {
                Some(stop) => start = stop,
                None => break,
            }
        }
        let tokens = self.trim_ends(start..end);
        if tokens.is_empty() || !self.looks_like_a_name(tokens.clone()) {
            return;
        }
        let words = self.doc.span_of(tokens.clone()).of(self.doc.text());
        let first = self.doc.sentences()[self.doc.sentence_of(tokens.start)].start;
        let known = self.kb.knows(&fold(words));
        let common = self.tables.noun(&words.to_lowercase()).is_some();
        if tokens.len() == 1 && !known && (tokens.start == first || common || words.len() < 2) {
            return;
        }
        self.take(Candidate { tokens, label: None, place: None, rule: "name/proper-noun" });
    }

    /// Whether a sentence is a headline in which every word has a capital.
    fn is_title_case(&self, sentence: &Range<usize>) -> bool {
        let content = |i: &usize| {
            matches!(self.doc.pos(*i), Pos::Noun | Pos::Verb | Pos::Adj | Pos::Adv | Pos::Propn)
        };
        let (mut upper, mut all) = (0, 0);
        for i in sentence.clone().filter(content) {
            all += 1;
            upper += usize::from(self.doc.word(i).chars().next().is_some_and(char::is_uppercase));
        }
        all >= 4 && upper * 5 >= all * 4
    }

    /// Words that are a name elsewhere in the article are one here.
    fn repeated(&mut self) {
        let mut known: FxHashMap<&str, Vec<Vec<&str>>> = FxHashMap::default();
        for c in &self.found {
            if c.place.is_some() {
                continue;
            }
            let words: Vec<&str> = c.tokens.clone().map(|i| self.doc.word(i)).collect();
            if words.len() > 1 && c.label == Some(EntityType::Person) {
                let last = words[words.len() - 1];
                known.entry(last).or_default().push(vec![last]);
            }
            known.entry(words[0]).or_default().push(words);
        }
        let mut i = 0;
        while i < self.doc.len() {
            let length = self.free[i].then(|| self.repeat_at(i, &known)).flatten();
            if let Some(n) = length {
                self.take(Candidate {
                    tokens: i..i + n,
                    label: None,
                    place: None,
                    rule: "name/repeated",
                });
            }
            i += length.unwrap_or(1);
        }
    }

    fn repeat_at(&self, i: usize, known: &FxHashMap<&str, Vec<Vec<&str>>>) -> Option<usize> {
        let names = known.get(self.doc.word(i))?;
        let fits = |words: &&Vec<&str>| {
            let n = words.len();
            i + n <= self.doc.len()
                && (0..n).all(|k| self.free[i + k] && self.doc.word(i + k) == words[k])
                && (n > 1 || matches!(self.doc.tag(i), "NNP" | "NNPS"))
        };
        names.iter().filter(fits).map(Vec::len).max()
    }
}

/// A name with what its words and its title tell.
fn found(doc: &Document<'_>, tables: &Tables, c: Candidate, kind: EntityType) -> Found {
    let head = c
        .tokens
        .clone()
        .find(|&i| !c.tokens.contains(&doc.head(i)) || doc.head(i) == i)
        .unwrap_or(c.tokens.end - 1);
    let mut title = None;
    let mut gender = Gender::Unknown;
    if kind == EntityType::Person {
        if let Some(chain) = title_before(doc, tables, &c.tokens) {
            title = Some(chain.tokens);
            gender = chain.gender;
        }
        if gender == Gender::Unknown && c.tokens.len() > 1 {
            gender = tables.first_name(doc.word(c.tokens.start)).unwrap_or_default();
        }
    } else {
        gender = Gender::Neuter;
    }
    let number = match kind {
        EntityType::Group => Number::Plural,
        EntityType::Organization => Number::Unknown,
        _ => Number::Singular,
    };
    Found {
        span: doc.span_of(c.tokens.clone()),
        form: MentionForm::Name,
        head,
        tokens: c.tokens,
        kind,
        number,
        gender,
        person: 3,
        title,
        place: c.place,
        stands_alone: true,
        rule: Rule::from(c.rule),
    }
}

/// Whether the knowledge base has a place of this name that most readers know.
pub(super) fn known_place(kb: &Kb, key: &str) -> Option<EntryKind> {
    kb.lookup_folded(key)
        .into_iter()
        .filter(|e| e.kind.is_place() && (e.kind <= EntryKind::Admin1 || e.population >= 50_000))
        .map(|e| e.kind)
        .min()
}
