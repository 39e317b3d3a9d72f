//! What is counted: the noun phrase to the right of a number, or the one whose count it is.

use std::ops::Range;

use crate::span::Span;
use crate::text::{Document, Pos};

use super::figure::Finder;
use super::part::Part;

impl Finder<'_> {
    fn token(&self, atom: usize) -> Option<usize> {
        let token = self.read.atoms.get(atom)?.token as usize;
        (token < self.read.atoms.document().len()).then_some(token)
    }

    /// Whether a noun, or an adjective before one, or "of" follows at atom `at`.
    pub(super) fn noun_follows(&self, at: usize) -> bool {
        let Some(atom) = self.read.atoms.get(at) else { return false };
        if atom.fresh {
            return false;
        }
        if self.read.class("of", at).is_some() {
            return true;
        }
        let tag = self.read.atoms.tag(at);
        if tag.is_empty() {
            return atom.kind == crate::rule::AtomKind::Word
                && self.read.class("range", at).is_none();
        }
        let skip = usize::from(tag == "HYPH");
        let tag = self.read.atoms.tag(at + skip);
        tag.starts_with("NN")
            || tag.starts_with("JJ")
            || matches!(tag, "VBN" | "VBG" | "CD" | "RBR")
    }

    /// Whether a plural noun follows, perhaps after adjectives.
    pub(super) fn plural_follows(&self, at: usize) -> bool {
        for i in at..at + 4 {
            match self.read.atoms.tag(i) {
                "" => return self.noun_follows(at),
                "NNS" | "NNPS" => return true,
                tag if tag.starts_with("JJ") || tag.starts_with("NN") || tag == "VBN" => {}
                _ => return false,
            }
        }
        false
    }

    /// The noun phrase that begins at atom `at`, after an "of" perhaps.
    pub(super) fn counted(&self, at: usize) -> Option<Span> {
        let at = self.read.class("of", at).map_or(at, |(after, _)| after);
        let doc = self.read.atoms.document();
        if self.read.atoms.get(at)?.fresh {
            return None;
        }
        if self.read.atoms.text(at) == "-"
            && self.read.atoms.glued(at)
            && self.read.atoms.glued(at + 1)
        {
            // "a 12-member panel" counts members.
            let noun = self.read.atoms.tag(at + 1).starts_with("NN");
            return noun.then(|| self.read.atoms.span(at + 1..at + 2));
        }
        let token = self.token(at)?;
        let range = if doc.tag(token).is_empty() { self.words(token) } else { phrase(doc, token) }?;
        Some(doc.span_of(range))
    }

    /// The noun phrase after an "of": "24 percent of adults".
    pub(super) fn counted_of(&self, at: usize) -> Option<Span> {
        self.read.class("of", at)?;
        self.counted(at)
    }

    /// Without tags: the words up to what ends a phrase, four at most.
    fn words(&self, token: usize) -> Option<Range<usize>> {
        let doc = self.read.atoms.document();
        let plain = |t: &usize| doc.word(*t).chars().all(char::is_alphabetic);
        let stop = |t: usize| {
            let at = self.read.atoms.within(doc.span(t)).start;
            self.read.class("phrase-end", at).is_some()
        };
        let end =
            (token..doc.len().min(token + 4)).take_while(|t| plain(t) && !stop(*t)).last()? + 1;
        Some(token..end)
    }

    /// The noun that a number predicates on: "the number of arrests went to 12,000".
    pub(super) fn counted_before(&self, part: &Part) -> Option<Span> {
        let doc = self.read.atoms.document();
        let token = self.token(part.number.start)?;
        if doc.tag(token).is_empty() {
            return None;
        }
        // The number is object of a verb, or of "to", "at", "by" below it.
        let mut verb = doc.head(token);
        for _ in 0..3 {
            if matches!(doc.pos(verb), Pos::Verb | Pos::Aux) {
                break;
            }
            verb = doc.head(verb);
        }
        if !matches!(doc.pos(verb), Pos::Verb | Pos::Aux) {
            return None;
        }
        let subject = doc.children(verb).find(|&c| matches!(doc.dep(c), "nsubj" | "nsubjpass"))?;
        if subject >= token || !doc.tag(subject).starts_with("NN") {
            return None;
        }
        // "the number of arrests": the noun below "of" where the subject is a word for a count.
        let at = self.read.atoms.within(doc.span(subject)).start;
        if self.read.class("tally", at).is_some() {
            let of = doc.children_by(subject, "prep").find(|&p| {
                self.read.class("of", self.read.atoms.within(doc.span(p)).start).is_some()
            })?;
            let noun = doc.children_by(of, "pobj").next()?;
            return Some(doc.span_of(left_part(doc, noun)));
        }
        doc.tag(subject).ends_with('S').then(|| doc.span_of(left_part(doc, subject)))
    }
}

/// Modifiers and compounds of the noun `head`, and itself.
fn left_part(doc: &Document<'_>, head: usize) -> Range<usize> {
    let start = doc
        .children(head)
        .filter(|&c| c < head && matches!(doc.dep(c), "amod" | "compound" | "nmod" | "poss"))
        .map(|c| doc.subtree(c).start)
        .min()
        .unwrap_or(head);
    start.min(head)..head + 1
}

/// The noun phrase from token `start` on, by tags: through its last noun.
fn phrase(doc: &Document<'_>, start: usize) -> Option<Range<usize>> {
    let (mut at, mut noun) = (start, None);
    while at < doc.len() && at < start + 8 && doc.sentence_of(at) == doc.sentence_of(start) {
        let tag = doc.tag(at);
        let word = doc.word(at);
        if tag.starts_with("NN") {
            noun = Some(at);
            // A plural ends the phrase unless a noun comes right after it ("police officers").
            let more =
                at + 1 < doc.len() && doc.tag(at + 1).starts_with("NN") && !tag.ends_with('S');
            // "South Carolina's 54 delegates": what is owned is counted.
            let owner = at + 1 < doc.len() && doc.tag(at + 1) == "POS";
            let bound =
                owner || at + 1 < doc.len() && doc.dep(at) == "compound" && doc.head(at) > at;
            if !more && !bound && doc.tag(at + 1.min(doc.len() - 1 - at)) != "HYPH" {
                break;
            }
        } else if !(tag.starts_with("JJ")
            || matches!(tag, "VBN" | "VBG" | "HYPH" | "RB" | "RBR" | "RBS" | "CD" | "POS" | "PRP$")
            || matches!(tag, "CC") && noun.is_none() && at > start
            || word == "," && noun.is_none() && at > start
            || tag == "DT" && at == start)
        {
            break;
        }
        at += 1;
    }
    let end = noun? + 1;
    // A determiner or adverb alone in front does not belong to what is counted.
    let start = (start..end).find(|&t| doc.tag(t) != "DT")?;
    Some(start..end)
}
