//! Names: what the recogniser found, corrected by the tables, by the knowledge base and by what
//! the article calls the same words elsewhere.

use std::ops::Range;

use crate::facts::{EntityType, MentionForm};
use crate::kb::{EntryKind, Kb, fold};
use crate::span::Span;
use crate::text::{Document, Pos};

use super::code::coded_names;
use super::kind::decide_kinds;
use super::title::{joined, title_beginning};
use super::{Found, Gender, Number, Tables, WordList, title_before};
use crate::extract::trace::Rule;

/// The longest name that the gazetteer looks for, in tokens.
const LONGEST: usize = 6;

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
    let mut proposals = finder.recognised();
    proposals.extend(finder.gazetteer());
    proposals.extend(coded_names(doc, tables));
    finder.take_longest(proposals);
    finder.extend();
    finder.nicknames();
    finder.demonyms();
    finder.gaps();
    finder.longer_elsewhere();
    finder.repeated();
    let mut candidates = finder.found;
    candidates.sort_by_key(|c| c.tokens.start);
    let kinds = decide_kinds(doc, tables, kb, &candidates);
    let named = candidates.into_iter().zip(kinds).filter(|(c, kind)| !is_attribute(doc, c, *kind));
    named.map(|(c, kind)| found(doc, tables, c, kind)).collect()
}

pub(super) struct Finder<'a, 't> {
    pub(super) doc: &'a Document<'t>,
    pub(super) tables: &'a Tables,
    pub(super) kb: &'a Kb,
    pub(super) free: Vec<bool>,
    pub(super) found: Vec<Candidate>,
}

impl Finder<'_, '_> {
    pub(super) fn take(&mut self, candidate: Candidate) {
        if candidate.tokens.clone().all(|i| self.free[i]) {
            for i in candidate.tokens.clone() {
                self.free[i] = false;
            }
            self.found.push(candidate);
        }
    }

    /// Of stretches that overlap the longest, then the first.
    pub(super) fn take_longest(&mut self, mut proposals: Vec<Candidate>) {
        proposals.sort_by_key(|c| (std::cmp::Reverse(c.tokens.len()), c.tokens.start));
        for proposal in proposals {
            self.take(proposal);
        }
        self.found.sort_by_key(|c| c.tokens.start);
    }

    /// The recogniser's names, trimmed to the contract's spans.
    pub(super) fn recognised(&self) -> Vec<Candidate> {
        let mut out = Vec::new();
        for name in self.doc.names() {
            let Some(kind) = self.tables.label(&name.label) else { continue };
            for piece in self.pieces(name.tokens.clone(), kind) {
                self.trimmed(piece, kind, &mut out);
            }
        }
        out
    }

    /// Names that the knowledge base has and most readers know: of several words, and those of one
    /// word for bodies much in the news.
    pub(super) fn gazetteer(&self) -> Vec<Candidate> {
        let (doc, mut out) = (self.doc, Vec::new());
        let capital = |i: usize| doc.word(i).chars().next().is_some_and(char::is_uppercase);
        let number = |i: usize| doc.word(i).chars().all(|c| c.is_ascii_digit());
        let mut i = 0;
        while i < doc.len() {
            let starts = capital(i)
                && self.free[i]
                && (doc.tag(i) != "DT" || self.is_place_with_article(i..(i + 2).min(doc.len())));
            let longest = if starts { LONGEST } else { 0 };
            let end = (2..=longest).rev().map(|n| i + n).find(|&end| {
                end <= doc.len()
                    && (capital(end - 1) || number(end - 1))
                    && (i..end).all(|t| {
                        self.free[t]
                            && (capital(t)
                                || t + 1 == end
                                || matches!(doc.word(t), "-" | "." | ",")
                                || self.tables.is(WordList::Inner, doc.word(t)))
                    })
                    && self.is_well_known(i..end)
            });
            let end =
                end.or_else(|| (self.free[i] && self.is_much_in_the_news(i)).then_some(i + 1));
            if let Some(end) = end {
                out.push(Candidate {
                    tokens: i..end,
                    label: None,
                    place: None,
                    rule: "name/gazetteer",
                });
            }
            i = end.unwrap_or(i + 1);
        }
        out
    }

    /// Whether the knowledge base has these words as the name of something that most readers know.
    /// A comma has to be in the name as the table has it: "Washington, D.C.", but no list.
    pub(super) fn is_well_known(&self, tokens: Range<usize>) -> bool {
        let words = self.doc.span_of(tokens).of(self.doc.text());
        let key = fold(words);
        let comma = words.contains(',');
        self.kb.lookup_folded(&key).iter().any(|e| {
            let known = if e.kind.is_place() {
                e.kind <= EntryKind::Admin1 || e.population >= 15_000
            } else {
                e.weight >= 5
            };
            known && (!comma || self.kb.aliases(e.id).any(|a| a.contains(',') && fold(a) == key))
        })
    }

    /// Whether a single proper noun is, letter by letter, the name of a body or product that is much
    /// in the news: "AT&T", but neither "Who" nor, at the head of a sentence, "Apple".
    pub(super) fn is_much_in_the_news(&self, i: usize) -> bool {
        let (doc, word) = (self.doc, self.doc.word(i));
        let first = doc.sentences().get(doc.sentence_of(i)).is_none_or(|s| s.start == i);
        // Beside another proper noun it is a part of a longer name.
        let proper = |j: usize| {
            j < doc.len() && matches!(doc.tag(j), "NNP" | "NNPS") && doc.pos(j) == Pos::Propn
        };
        proper(i)
            && !proper(i + 1)
            && !i.checked_sub(1).is_some_and(proper)
            && word.chars().any(char::is_uppercase)
            && !(first && self.tables.noun(&word.to_lowercase()).is_some())
            && self.kb.lookup(word).iter().any(|e| {
                let spelt = || e.name == word || self.kb.aliases(e.id).any(|a| a == word);
                e.weight >= 9 && !e.kind.is_place() && spelt()
            })
    }

    /// The parts of a range between line breaks, and the members of a list of places or persons; a
    /// list of places that the recogniser took for one body is one too.
    pub(super) fn pieces(&self, tokens: Range<usize>, kind: EntityType) -> Vec<Range<usize>> {
        let doc = self.doc;
        let whole = self.is_well_known(tokens.clone());
        let listed = |i: &usize| doc.pos(*i) == Pos::Cconj || doc.word(*i) == ",";
        let places = || {
            let cuts: Vec<usize> = tokens.clone().filter(listed).collect();
            let ends = cuts.iter().copied().chain([tokens.end]);
            let starts = [tokens.start].into_iter().chain(cuts.iter().map(|c| c + 1));
            !cuts.is_empty()
                && starts.zip(ends).all(|(a, b)| {
                    a < b
                        && known_place(self.kb, &fold(doc.span_of(a..b).of(doc.text())))
                            .is_some_and(|k| k <= EntryKind::Admin1)
                })
        };
        let list = !whole && (matches!(kind, EntityType::Place | EntityType::Person) || places());
        let mut out = Vec::new();
        let mut start = tokens.start;
        for i in tokens.clone() {
            let cut = doc.pos(i) == Pos::Space
                || !whole && matches!(doc.word(i), "(" | ")")
                || list && listed(&i);
            if cut {
                out.push(start..i);
                start = i + 1;
            }
        }
        out.push(start..tokens.end);
        out.retain(|r| !r.is_empty());
        out
    }

    /// A name of the recogniser without what does not belong to it.
    pub(super) fn trimmed(&self, tokens: Range<usize>, kind: EntityType, out: &mut Vec<Candidate>) {
        let Range { mut start, mut end } = self.trim_ends(tokens);
        if matches!(
            kind,
            EntityType::Place | EntityType::Facility | EntityType::Organization | EntityType::Group
        ) {
            while start < end
                && self.doc.tag(end - 1) == "CD"
                && (kind != EntityType::Organization || self.is_score(end - 1))
            {
                end -= 1;
            }
            while start < end && self.doc.tag(start) == "CD" && self.is_score(start) {
                start += 1;
            }
            // "NASA Administrator": the office is none of the name.
            while end > start + 1
                && self.tables.title(&self.doc.word(end - 1).to_lowercase()).is_some()
            {
                end -= 1;
            }
            let again = self.trim_ends(start..end);
            (start, end) = (again.start, again.end);
        }
        // "Spokesperson" gone, an adjective may be left: no name.
        if start < end
            && self.doc.tag(end - 1) == "JJ"
            && self.doc.word(end - 1).chars().skip(1).any(char::is_lowercase)
            && kind == EntityType::Organization
            && end - start == 1
            && self.demonym_at(start..end).is_none()
        {
            return;
        }
        // A clause is no name ("Nordpress quoted Berg"), nor is a common noun before another ("State channel").
        let clause = (start + 1..end).any(|i| {
            matches!(self.doc.tag(i), "VBD" | "VBZ" | "VBP")
                && self.doc.word(i).chars().all(char::is_lowercase)
        });
        let common = end == start + 1
            && self.tables.noun(&self.doc.word(start).to_lowercase()).is_some()
            && self.doc.dep(start) == "compound"
            && self.doc.pos(self.doc.head(start)) == Pos::Noun
            && matches!(kind, EntityType::Organization | EntityType::Person | EntityType::Product)
            && !self.kb.knows(&fold(self.doc.word(start)));
        if clause || common {
            return;
        }
        // An adjective of a faith or a party is no name: "Buddhist monks".
        if kind == EntityType::Group
            && end - start == 1
            && self.doc.tag(start) == "JJ"
            && self.demonym_at(start..end).is_none()
        {
            return;
        }
        if start >= end {
            return;
        }
        if kind == EntityType::Person {
            // "Kazakh President X": the adjective and the title are none of the name.
            while start < end {
                let place = self.tables.demonym(self.doc.word(start));
                // "Finn Larsen": a first name that is a demonym too.
                let first = self.tables.first_name(self.doc.word(start)).is_some()
                    && title_beginning(self.doc, self.tables, start + 1, end).is_none();
                if let (Some(place), true) = (place, end - start > 1 && !first) {
                    let rule = "name/demonym";
                    out.push(Candidate {
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
            let again = self.trim_ends(start..end);
            (start, end) = (again.start, again.end);
        }
        if start >= end || !self.looks_like_a_name(start..end) {
            return;
        }
        (start, end) = self.whole(start, end, kind);
        let label = Some(kind);
        // "Finn met the Swedes": the recogniser tells the first name from the people.
        let adjective =
            self.doc.tag(end - 1) == "JJ" && self.tables.first_name(self.doc.word(start)).is_none();
        let place = self.demonym_at(start..end).filter(|_| kind != EntityType::Person || adjective);
        let rule = if place.is_some() { "name/demonym" } else { "name/recogniser" };
        out.push(Candidate { tokens: start..end, label, place, rule });
    }

    /// A name with what the recogniser cut off in front: the rest of a hyphenated word ("ABS-CBN"),
    /// the first names of a person.
    pub(super) fn whole(
        &self,
        mut start: usize,
        mut end: usize,
        kind: EntityType,
    ) -> (usize, usize) {
        let doc = self.doc;
        let capital = |i: usize| doc.word(i).chars().next().is_some_and(char::is_uppercase);
        let glued = |i: usize| i > 0 && doc.span(i - 1).end() == doc.span(i).start();
        while start > 1
            && doc.word(start - 1) == "-"
            && glued(start)
            && glued(start - 1)
            && capital(start - 2)
            && self.free[start - 2]
            && !self.tables.is(WordList::Prefix, &doc.word(start - 2).to_lowercase())
            && self.demonym_at(start - 2..start - 1).is_none()
        {
            start -= 2;
        }
        while end + 1 < doc.len()
            && doc.word(end) == "-"
            && glued(end)
            && glued(end + 1)
            && capital(end + 1)
            && self.free[end + 1]
            && self.demonym_at(start..end).is_none()
        {
            end += 2;
        }
        while kind == EntityType::Person
            && start > 0
            && matches!(doc.tag(start - 1), "NNP")
            && doc.dep(start - 1) == "compound"
            && (start..end).contains(&doc.head(start - 1))
            && self.free[start - 1]
            && capital(start - 1)
            && !doc.names().iter().any(|n| n.tokens.contains(&(start - 1)))
            && self.tables.title(&doc.word(start - 1).to_lowercase()).is_none()
            && self.tables.demonym(doc.word(start - 1)).is_none()
            && !self.tables.is(WordList::NoName, doc.word(start - 1))
            && self.tables.noun(&doc.word(start - 1).to_lowercase()).is_none()
            && !self.kb.knows(&fold(doc.word(start - 1)))
        {
            start -= 1;
        }
        (start, end)
    }

    pub(super) fn trim_ends(&self, tokens: Range<usize>) -> Range<usize> {
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
                || end > start + 1 && tables.is(WordList::NoName, doc.word(last))
                || lower(last) && !(last > start + 1 && doc.word(last - 1) == "-");
            if !drop {
                break;
            }
            end -= 1;
        }
        start..end
    }

    /// Whether an article belongs to the name of a place ("The Hague").
    pub(super) fn is_place_with_article(&self, tokens: Range<usize>) -> bool {
        let whole = fold(self.doc.span_of(tokens.clone()).of(self.doc.text()));
        let rest = fold(self.doc.span_of(tokens.start + 1..tokens.end).of(self.doc.text()));
        let place = |key: &str| self.kb.lookup_folded(key).iter().any(|e| e.kind.is_place());
        place(&whole) && !place(&rest)
    }

    /// Whether a stretch can be a name at all: it has a capital, and is neither a weekday nor a title.
    pub(super) fn looks_like_a_name(&self, tokens: Range<usize>) -> bool {
        let words = self.doc.span_of(tokens.clone()).of(self.doc.text());
        let doc = self.doc;
        let glued = |i: usize| i > 0 && doc.span(i - 1).end() == doc.span(i).start();
        // "60GB", "GB £20": a unit; "pro-Kremlin": what somebody stands for.
        let unit = glued(tokens.start)
            && doc.word(tokens.start - 1).ends_with(|c: char| c.is_ascii_digit())
            || tokens.end < doc.len() && doc.tag(tokens.end) == "$"
            || tokens.len() == 1 && words.starts_with(|c: char| c.is_ascii_digit());
        let prefixed = tokens.start > 1
            && doc.word(tokens.start - 1) == "-"
            && glued(tokens.start)
            && glued(tokens.start - 1)
            && self.tables.is(WordList::Prefix, &doc.word(tokens.start - 2).to_lowercase());
        let no_name = tokens.len() == 1 && self.tables.is(WordList::NoName, words);
        let spoilt = unit || prefixed || no_name || self.begins_a_title(tokens.clone());
        words.chars().any(char::is_uppercase)
            && !spoilt
            && self.tables.title(&joined(self.doc, tokens)).is_none()
    }

    /// Whether the words and those after them are a title: "Home" of "Home Secretary".
    pub(super) fn begins_a_title(&self, tokens: Range<usize>) -> bool {
        let doc = self.doc;
        // "Agriculture" of "Agriculture Minister": a field, not a body.
        let field = tokens.end < doc.len()
            && self.tables.is(WordList::Portfolio, &doc.word(tokens.end).to_lowercase())
            && tokens.clone().all(|i| {
                doc.tag(i) != "DT" && self.tables.noun(&doc.word(i).to_lowercase()).is_some()
            });
        field
            || (1..=2).map(|n| tokens.end + n).any(|end| {
                end <= self.doc.len()
                    && tokens.len() <= 2
                    && self.tables.title(&joined(self.doc, tokens.start..end)).is_some()
            })
    }

    pub(super) fn demonym_at(&self, tokens: Range<usize>) -> Option<&'static str> {
        let words = self.doc.span_of(tokens.clone()).of(self.doc.text());
        // "Americans" are people, not the country.
        if self.doc.tag(tokens.end - 1) == "NNPS" {
            return None;
        }
        self.tables.demonym(words)
    }
}

/// Whether the name of a thing or a creed only says of what kind a common noun is: "iPod sales",
/// "Muslim pilgrims". Such a name refers to nothing by itself.
fn is_attribute(doc: &Document<'_>, c: &Candidate, kind: EntityType) -> bool {
    let last = c.tokens.end - 1;
    c.place.is_none()
        && matches!(
            kind,
            EntityType::Product | EntityType::Thing | EntityType::Work | EntityType::Group
        )
        && matches!(doc.dep(last), "compound" | "nmod" | "amod")
        && doc.pos(doc.head(last)) == Pos::Noun
        && doc.head(last) > last
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
