//! Names that the recogniser cut short or left out: what belongs to a name beside it, runs of
//! proper nouns, demonyms, and words that are a name elsewhere in the article.

use std::ops::Range;

use rustc_hash::{FxHashMap, FxHashSet};

use crate::facts::EntityType;
use crate::kb::fold;
use crate::text::Pos;

use super::WordList;
use super::name::{Candidate, Finder};
use super::title::title_beginning;

impl Finder<'_, '_> {
    /// Words that belong to the name before them: the recogniser cut it short.
    pub(super) fn extend(&mut self) {
        let doc = self.doc;
        for k in 0..self.found.len() {
            let Some(label) = self.found[k].label else { continue };
            if self.found[k].place.is_some()
                || matches!(label, EntityType::Place | EntityType::Group)
            {
                continue;
            }
            loop {
                let tokens = self.found[k].tokens.clone();
                let next = tokens.end;
                if next >= doc.len()
                    || !self.free[next]
                    || doc.sentence_of(next) != doc.sentence_of(tokens.start)
                {
                    break;
                }
                let word = doc.word(next);
                let tied = doc.head(next - 1) == next && doc.dep(next - 1) == "compound"
                    || tokens.contains(&doc.head(next));
                let model = word.chars().any(|c| c.is_ascii_digit())
                    && word.chars().all(|c| c.is_alphanumeric() || c == '-')
                    && !(word.len() == 4 && word.chars().all(|c| c.is_ascii_digit()))
                    && label != EntityType::Person
                    && matches!(
                        doc.dep(next),
                        "nummod"
                            | "appos"
                            | "nmod"
                            | "compound"
                            | "pobj"
                            | "nsubj"
                            | "dobj"
                            | "npadvmod"
                    );
                let proper = label != EntityType::Place
                    && matches!(doc.tag(next), "NNP" | "NNPS")
                    && word.chars().next().is_some_and(char::is_uppercase)
                    && !self.tables.is(WordList::NoName, word)
                    && self.tables.title(&word.to_lowercase()).is_none()
                    && self.tables.demonym(word).is_none();
                // "iPhone 4, iOS 4 and …": a short number right behind a product, of nothing counted.
                let version = label == EntityType::Product
                    && word.len() <= 3
                    && word.chars().all(|c| c.is_ascii_digit())
                    && tokens.len() <= 3
                    && doc.children_by(next, "quantmod").next().is_none()
                    && !(next + 1 < doc.len()
                        && matches!(doc.tag(next + 1), "NNS" | "NN" | "JJ" | "CD" | "SYM"));
                if !(tied && (model || proper) || version) {
                    break;
                }
                self.free[next] = false;
                self.found[k].tokens.end = next + 1;
                if model
                    && !version
                    && matches!(label, EntityType::Organization | EntityType::Place)
                {
                    self.found[k].label = Some(EntityType::Product);
                }
            }
            // "League for the Defence of …": the recogniser saw two bodies.
            let tokens = self.found[k].tokens.clone();
            if label == EntityType::Organization
                && let Some(other) = self.found.get(k + 1)
                && other.label == Some(EntityType::Organization)
                && self.tables.head(&doc.word(tokens.end - 1).to_lowercase()).is_some()
                && other.tokens.start <= tokens.end + 2
                && other.tokens.start > tokens.end
                && self.tables.is(WordList::Purpose, doc.word(tokens.end))
                && (tokens.end + 1..other.tokens.start).all(|i| doc.tag(i) == "DT")
            {
                for i in tokens.end..other.tokens.start {
                    self.free[i] = false;
                }
                self.found[k + 1].tokens.start = tokens.start;
                self.found[k].tokens = tokens.start..tokens.start;
                continue;
            }
            // A firm and its product, two names for the recogniser: "Airbus A380".
            let tokens = self.found[k].tokens.clone();
            if let Some(other) = self.found.get(k + 1)
                && other.tokens.start == tokens.end
                && matches!(
                    (label, other.label),
                    (EntityType::Organization, Some(EntityType::Product))
                )
                && doc.word(tokens.end).chars().any(|c| c.is_ascii_digit())
            {
                self.found[k + 1].tokens.start = tokens.start;
                self.found[k].tokens = tokens.start..tokens.start;
            }
        }
        self.found.retain(|c| !c.tokens.is_empty());
    }

    /// First names, a nickname in quotation marks and the surname are one name.
    pub(super) fn nicknames(&mut self) {
        let doc = self.doc;
        let quote =
            |i: usize| i < doc.len() && matches!(doc.word(i), "\"" | "“" | "”" | "``" | "''");
        let capital =
            |i: usize| i < doc.len() && doc.word(i).chars().next().is_some_and(char::is_uppercase);
        for k in 0..self.found.len() {
            let Range { start, end } = self.found[k].tokens.clone();
            let close = [end + 2, end + 3].into_iter().find(|&i| quote(i));
            let Some(close) = close else { continue };
            if self.found[k].label != Some(EntityType::Person)
                || !quote(end)
                || !(end + 1..close).all(capital)
                || !capital(close + 1)
                || doc.sentence_of(start) != doc.sentence_of(close + 1)
            {
                continue;
            }
            let surname = self.found.iter().find(|c| c.tokens.start == close + 1);
            let last = match surname {
                Some(c) if c.label == Some(EntityType::Person) => c.tokens.end,
                None if self.free[close + 1] && doc.tag(close + 1) == "NNP" => close + 2,
                _ => continue,
            };
            for i in start..last {
                self.free[i] = false;
            }
            for c in &mut self.found {
                if c.tokens.start > start && c.tokens.start < last {
                    c.tokens.end = c.tokens.start;
                }
            }
            self.found[k].tokens.end = last;
        }
        self.found.retain(|c| !c.tokens.is_empty());
    }

    /// A name of several words swallows a shorter one that the recogniser cut out of it here.
    pub(super) fn longer_elsewhere(&mut self) {
        let doc = self.doc;
        let long: Vec<(Vec<&str>, Option<EntityType>)> = self
            .found
            .iter()
            .filter(|c| c.tokens.len() > 1 && c.label.is_some())
            .map(|c| (c.tokens.clone().map(|i| doc.word(i)).collect(), c.label))
            .collect();
        for k in 0..self.found.len() {
            let tokens = self.found[k].tokens.clone();
            let fits = |words: &&(Vec<&str>, Option<EntityType>)| {
                let n = words.0.len();
                n > tokens.len()
                    && tokens.start + n <= doc.len()
                    && (0..n).all(|j| {
                        let t = tokens.start + j;
                        doc.word(t) == words.0[j] && (tokens.contains(&t) || self.free[t])
                    })
            };
            let best = long.iter().filter(fits).max_by_key(|w| w.0.len());
            if let Some((words, label)) = best {
                let end = tokens.start + words.len();
                for i in tokens.end..end {
                    self.free[i] = false;
                }
                self.found[k].tokens.end = end;
                self.found[k].label = *label;
                self.found[k].place = None;
                self.found[k].rule = "name/repeated";
            }
        }
    }

    /// Whether a number belongs to a score: "Norway 2 – 1".
    pub(super) fn is_score(&self, i: usize) -> bool {
        let dash =
            |j: usize| j < self.doc.len() && matches!(self.doc.word(j), "-" | "–" | "—" | ":");
        self.doc.word(i).len() <= 3
            && (dash(i + 1) && self.doc.tag((i + 2).min(self.doc.len() - 1)) == "CD"
                || i > 1 && dash(i - 1) && self.doc.tag(i - 2) == "CD")
    }

    /// Demonyms that the recogniser left out.
    pub(super) fn demonyms(&mut self) {
        let mut i = 0;
        while i < self.doc.len() {
            let taken = [2, 1].into_iter().find(|&n| {
                let tokens = i..i + n;
                if tokens.end > self.doc.len() || !tokens.clone().all(|t| self.free[t]) {
                    return false;
                }
                let Some(place) = self.demonym_at(tokens.clone()) else { return false };
                let tag = self.doc.tag(tokens.end - 1);
                if !matches!(tag, "JJ" | "NNP" | "NN") || !self.looks_like_a_name(tokens.clone()) {
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
    pub(super) fn gaps(&mut self) {
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
    pub(super) fn run_from(&self, i: usize, end: usize) -> Option<usize> {
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

    pub(super) fn gap(&mut self, tokens: Range<usize>) {
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
        // "Agriculture Minister": a title with its field.
        if self.tables.title(&self.doc.word(tokens.end - 1).to_lowercase()).is_some() {
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
    pub(super) fn is_title_case(&self, sentence: &Range<usize>) -> bool {
        let content = |i: &usize| {
            matches!(self.doc.pos(*i), Pos::Noun | Pos::Verb | Pos::Adj | Pos::Adv | Pos::Propn)
        };
        let (mut upper, mut all) = (0, 0);
        for i in sentence.clone().filter(content) {
            all += 1;
            upper += usize::from(self.doc.word(i).chars().next().is_some_and(char::is_uppercase));
        }
        // A verb in small letters is no headline's.
        let verb = |i: usize| {
            self.doc.pos(i) == Pos::Verb
                && self.doc.word(i).chars().next().is_some_and(char::is_lowercase)
        };
        all >= 4 && upper * 5 >= all * 4 && !sentence.clone().any(verb)
    }

    /// Words that are a name elsewhere in the article are one here.
    pub(super) fn repeated(&mut self) {
        let mut known: FxHashMap<&str, Vec<Vec<&str>>> = FxHashMap::default();
        let mut surnames: FxHashSet<&str> = FxHashSet::default();
        for c in &self.found {
            if c.place.is_some() {
                continue;
            }
            let words: Vec<&str> = c.tokens.clone().map(|i| self.doc.word(i)).collect();
            if words.len() > 1 && c.label == Some(EntityType::Person) {
                let last = words[words.len() - 1];
                known.entry(last).or_default().push(vec![last]);
                surnames.insert(last);
            }
            known.entry(words[0]).or_default().push(words);
        }
        let mut i = 0;
        while i < self.doc.len() {
            let length = self.free[i].then(|| self.repeat_at(i, &known)).flatten();
            let length = length.or_else(|| {
                let surname = self.free[i] && surnames.contains(self.doc.word(i));
                (surname && self.is_surname_here(i)).then_some(1)
            });
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

    /// Whether the surname of somebody named in full elsewhere names that person at token `i` too,
    /// though the tagger took it for a common noun or a verb: "Trump tweeted", but not "Day by day".
    fn is_surname_here(&self, i: usize) -> bool {
        let doc = self.doc;
        let word = doc.word(i);
        let capital = word.chars().next().is_some_and(char::is_uppercase);
        let shouted = !word.chars().any(char::is_lowercase);
        if !capital || shouted || matches!(doc.pos(i), Pos::Punct | Pos::Space | Pos::Num) {
            return false;
        }
        let sentence = &doc.sentences()[doc.sentence_of(i)];
        if self.is_title_case(sentence) {
            return false;
        }
        // At the head of a sentence, every word has a capital: there it must act, or own.
        let first = (sentence.start..i).all(|j| matches!(doc.pos(j), Pos::Punct | Pos::Space));
        let acts = matches!(doc.dep(i), "nsubj" | "nsubjpass" | "poss")
            && doc.head(i) > i
            && !doc.children(i).any(|c| c < i);
        let verb = i + 1 < doc.len()
            && (matches!(doc.tag(i + 1), "VBD" | "VBZ" | "MD" | "POS")
                || doc.pos(i + 1) == Pos::Aux);
        !first && matches!(doc.pos(i), Pos::Noun | Pos::Propn | Pos::Verb | Pos::X)
            || first && (acts || verb && matches!(doc.pos(i), Pos::Noun | Pos::Propn | Pos::Verb))
    }

    pub(super) fn repeat_at(
        &self,
        i: usize,
        known: &FxHashMap<&str, Vec<Vec<&str>>>,
    ) -> Option<usize> {
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
