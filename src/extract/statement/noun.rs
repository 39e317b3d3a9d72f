//! Nouns and adjectives that report: "her claim that …", "is confident that …".

use crate::extract::Rule;
use crate::extract::clause;
use crate::text::Document;

use super::content;
use super::cue::{Raw, denied_saying};
use super::source;
use super::tables::{Content, Tables};

/// "Her claim that the bridge is safe", "a call to resign".
pub(super) fn noun_cue(doc: &Document<'_>, tables: &Tables, i: usize) -> Option<Raw> {
    let rows = tables.nouns.get(doc.lemma(i))?;
    let owner = doc.children_by(i, "poss").next().or_else(|| {
        let by = |p: usize| tables.words.by.contains(&doc.word(p).to_lowercase());
        clause::preps_of(doc, i).iter().find(|&&(p, _)| by(p)).map(|&(_, o)| o)
    });
    let source = owner.or_else(|| clause::holder(doc, i, 2).first().copied());
    let source = source.filter(|&s| !tables.words.things.contains(&doc.word(s).to_lowercase()));
    for row in rows {
        let said = doc.children(i).find(|&c| {
            matches!(doc.dep(c), "acl" | "ccomp" | "relcl") && c > i && {
                if row.content.contains(&Content::Infinitive) {
                    clause::is_infinitive(doc, c)
                } else {
                    doc.children_by(c, "mark").next().is_some() && !clause::is_infinitive(doc, c)
                }
            }
        });
        let prep = row.content.iter().find_map(|kind| match kind {
            Content::Prep(words) => clause::preps_of(doc, i)
                .into_iter()
                .find(|&(p, _)| words.iter().any(|w| w.eq_ignore_ascii_case(doc.word(p)))),
            _ => None,
        });
        let content_root = said.or(prep.filter(|_| owner.is_some()).map(|(_, o)| o));
        if let Some(c) = content_root
            && source.is_some()
        {
            return Some(Raw {
                rule: Rule::clone(&row.rule),
                word: i,
                cue: i..i + 1,
                source,
                addressee: None,
                pieces: content::runs(doc, c, &[]),
                takes_quote: false,
                modality: row.modality,
                relays_next: false,
                nests: row.nests,
            });
        }
    }
    None
}

/// "Is confident that …".
pub(super) fn adjective_cue(doc: &Document<'_>, tables: &Tables, i: usize) -> Option<Raw> {
    let row = tables.adjectives.get(&doc.lemma(i).to_lowercase())?.first()?;
    let said = doc.children_by(i, "ccomp").find(|&c| !clause::is_infinitive(doc, c))?;
    let verb = doc.head(i);
    if denied_saying(doc, verb) {
        return None;
    }
    let source = clause::arguments(doc, verb).subjects.first().copied()?;
    if doc.dep(i) != "acomp" || source::phrase(doc, source).contains(&i) {
        return None;
    }
    Some(Raw {
        rule: Rule::clone(&row.rule),
        word: i,
        cue: verb.min(i)..i + 1,
        source: Some(source),
        addressee: None,
        pieces: content::runs(doc, said, &[]),
        takes_quote: false,
        modality: row.modality,
        relays_next: false,
        nests: row.nests,
    })
}
