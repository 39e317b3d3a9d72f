//! The first person inside a quotation is its speaker.

use std::ops::Range;

use crate::extract::mention::{Number, Tables, WordList};
use crate::facts::{EntityType, MentionForm};
use crate::text::Document;

use super::cluster::Clusters;
use super::nominals::heads;

/// Joins "I" and "my" in quotation marks to the one who is said to say so.
pub(super) fn first_person(doc: &Document<'_>, tables: &Tables, clusters: &mut Clusters) {
    let by_head = heads(clusters, doc.len());
    let quotations = quotations(doc);
    let mut last: Option<usize> = None;
    for quotation in &quotations {
        let speaker = speaker_of(doc, tables, quotation, &by_head).or_else(|| {
            // A quotation that goes on: nothing but quotation since the last one.
            last.filter(|_| continues(doc, &quotations, quotation))
        });
        last = speaker;
        let Some(speaker) = speaker else { continue };
        for m in 0..clusters.len() {
            let mention = &clusters.mentions[m];
            if mention.form != MentionForm::Pronoun
                || mention.person != 1
                || !quotation.contains(&mention.head)
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
                clusters.join(m.max(speaker), m.min(speaker), "coref/first-person");
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
