//! The first person inside a quotation is its speaker.

use std::ops::Range;

use crate::extract::mention::{Number, Tables, WordList};
use crate::facts::{EntityType, MentionForm};
use crate::text::Document;

use super::cluster::Clusters;
use super::nominals::heads;

/// A stretch between quotation marks, without the marks.
struct Quotation {
    tokens: Range<usize>,
    /// The mention that is said to say so.
    speaker: Option<usize>,
    /// Whether it is a clause of the speaker's own, and not some words of it.
    clausal: bool,
}

/// The quotations of an article, in text order.
pub(super) struct Quotations(Vec<Quotation>);

impl Quotations {
    pub(super) fn find(doc: &Document<'_>, tables: &Tables, clusters: &Clusters) -> Self {
        let by_head = heads(clusters, doc.len());
        let stretches = quotations(doc);
        let mut out: Vec<Quotation> = Vec::with_capacity(stretches.len());
        for tokens in &stretches {
            let speaker = speaker_of(doc, tables, tokens, &by_head).or_else(|| {
                // A quotation that goes on: nothing but quotation since the last one.
                let last = out.last().and_then(|q| q.speaker);
                last.filter(|_| continues(doc, &stretches, tokens))
            });
            let clausal = tokens.clone().any(|i| matches!(doc.dep(i), "nsubj" | "nsubjpass"));
            out.push(Quotation { tokens: tokens.clone(), speaker, clausal });
        }
        Self(out)
    }

    fn around(&self, token: usize) -> Option<usize> {
        self.0.iter().position(|q| q.tokens.contains(&token))
    }

    /// Whether two tokens stand in the same quotation, or both in none.
    pub(super) fn same(&self, a: usize, b: usize) -> bool {
        self.around(a) == self.around(b)
    }

    /// Whether token `a` stands in a quotation and the later token `b` in none.
    pub(super) fn leaves(&self, a: usize, b: usize) -> bool {
        self.around(a).is_some() && self.around(b).is_none()
    }

    /// Whether mention `m` cannot be mention `e` because one of them is spoken of by the other:
    /// nobody says "he" of himself.
    pub(super) fn forbid(&self, clusters: &Clusters, m: usize, e: usize) -> bool {
        let speaks_of = |speaker: usize, of: usize| {
            self.0.iter().any(|q| {
                q.clausal
                    && q.speaker.is_some_and(|s| clusters.joined(s, speaker))
                    && clusters.members(of).iter().any(|&x| {
                        clusters.mentions[x].person == 3
                            && q.tokens.contains(&clusters.mentions[x].head)
                    })
            })
        };
        speaks_of(e, m) || speaks_of(m, e)
    }
}

/// Joins "I" and "my" in quotation marks to the one who is said to say so.
pub(super) fn first_person(quotations: &Quotations, clusters: &mut Clusters) {
    for quotation in &quotations.0 {
        let Some(speaker) = quotation.speaker else { continue };
        for m in 0..clusters.len() {
            let mention = &clusters.mentions[m];
            if mention.form != MentionForm::Pronoun
                || mention.person != 1
                || !quotation.tokens.contains(&mention.head)
            {
                continue;
            }
            let one = mention.number == Number::Singular;
            let kind = clusters.kind(speaker);
            let fits = if one {
                matches!(kind, EntityType::Person)
            } else {
                matches!(kind, EntityType::Organization | EntityType::Group)
            };
            if fits && speaker != m {
                clusters.describe(m, speaker, "coref/first-person");
            }
        }
    }
}

/// The stretches between quotation marks, without the marks.
fn quotations(doc: &Document<'_>) -> Vec<Range<usize>> {
    let mut out = Vec::new();
    let mut open: Option<usize> = None;
    for i in 0..doc.len() {
        let word = doc.word(i);
        let (opens, closes) = match word {
            "“" | "``" => (true, false),
            "”" | "''" => (false, true),
            "\"" => (true, true),
            _ => continue,
        };
        match open {
            Some(start) if closes => {
                if i > start {
                    out.push(start..i);
                }
                open = None;
            }
            _ if opens => open = Some(i + 1),
            _ => {}
        }
    }
    out
}

/// The mention that is the subject of a verb of saying beside the quotation.
fn speaker_of(
    doc: &Document<'_>,
    tables: &Tables,
    quotation: &Range<usize>,
    by_head: &[Option<usize>],
) -> Option<usize> {
    let first = doc.sentence_of(quotation.start);
    let last = doc.sentence_of(quotation.end - 1);
    let near = [last, first];
    for sentence in near {
        let tokens = doc.sentences().get(sentence)?.clone();
        for verb in tokens {
            if quotation.contains(&verb) || !tables.is(WordList::Saying, doc.lemma(verb)) {
                continue;
            }
            let subject = doc
                .children(verb)
                .find(|&c| matches!(doc.dep(c), "nsubj" | "nsubjpass") && !quotation.contains(&c));
            // "Sputnik quoted Tokayev as saying": the object of the outer verb speaks.
            let quoted = doc.children_by(verb, "dobj").find(|&c| {
                !quotation.contains(&c)
                    && doc
                        .children_by(verb, "prep")
                        .any(|p| doc.children_by(p, "pcomp").next().is_some())
                    && by_head[c].is_some()
            });
            if let Some(m) = quoted.or(subject).and_then(|s| by_head[s]) {
                return Some(m);
            }
        }
    }
    None
}

/// Whether only punctuation and spaces stand between a quotation and the one before it, or one
/// sentence at most.
fn continues(doc: &Document<'_>, all: &[Range<usize>], quotation: &Range<usize>) -> bool {
    let before = all.iter().rfind(|q| q.end <= quotation.start);
    before.is_some_and(|b| doc.sentence_of(quotation.start) <= doc.sentence_of(b.end - 1) + 1)
}
