//! Pronouns of the third person.

use crate::extract::mention::{Gender, Number, Tables};
use crate::facts::{EntityType, MentionForm};
use crate::text::Document;

use super::cluster::Clusters;
use super::evidence::Witness;
use super::quotation::Quotations;

/// How many sentences back an antecedent can stand.
const REACH: usize = 3;

/// Joins each pronoun to its antecedent.
///
/// "He" and "she" go to the nearest person that agrees, subjects first: there are few of them.
/// "It" and "they" can be anything that was spoken of, named or not, so they are joined only where
/// the clause itself tells what they stand for; elsewhere that stays unknown.
pub(super) fn third_person(
    doc: &Document<'_>,
    tables: &Tables,
    quotations: &Quotations,
    clusters: &mut Clusters,
) {
    let witness = Witness::new(doc, tables, quotations, clusters);
    for m in 0..clusters.len() {
        let mention = &clusters.mentions[m];
        if mention.form != MentionForm::Pronoun || mention.person != 3 || !clusters.is_first(m) {
            continue;
        }
        let Some(pronoun) = tables.pronoun(&doc.word(mention.head).to_lowercase()) else {
            continue;
        };
        if !matches!(pronoun.gender, Gender::Male | Gender::Female) {
            if let Some(e) = witness.antecedent(clusters, m, pronoun) {
                clusters.describe(m, e, "coref/pronoun");
            }
            continue;
        }
        let here = doc.sentence_of(mention.head);
        let mut best: Option<(i64, usize)> = None;
        for e in 0..m {
            let earlier = &clusters.mentions[e];
            let there = doc.sentence_of(earlier.head);
            if there + REACH <= here
                || earlier.person != 3
                || earlier.tokens.contains(&mention.head)
            {
                continue;
            }
            if !agrees(clusters, e, pronoun.number, pronoun.gender)
                || forbidden(doc, earlier.head, mention.head, pronoun.reflexive)
                || quotations.forbid(clusters, m, e)
                || !quotations.same(earlier.head, mention.head) && is_aside(doc, clusters, e)
            {
                continue;
            }
            let mut score = salience(doc, clusters, e, m, here - there);
            // After a quotation the talk goes on of who spoke, not of whom was spoken.
            if quotations.leaves(earlier.head, mention.head) {
                score -= 40;
            }
            if best.is_none_or(|(b, _)| score >= b) {
                best = Some((score, e));
            }
        }
        if let Some((_, e)) = best {
            clusters.describe(m, e, "coref/pronoun");
        }
    }
}

/// Whether what mention `e` refers to can be what a pronoun of this number and gender refers to.
pub(super) fn agrees(clusters: &Clusters, e: usize, number: Number, gender: Gender) -> bool {
    let kind = clusters.kind(e);
    match (gender, number) {
        (Gender::Male | Gender::Female, _) => {
            kind == EntityType::Person
                && clusters.gender(e).agrees(gender)
                && clusters.number(e) != Number::Plural
        }
        (Gender::Neuter, _) => {
            !matches!(kind, EntityType::Person | EntityType::Group)
                && clusters.number(e) != Number::Plural
        }
        (_, Number::Plural) => {
            matches!(kind, EntityType::Group | EntityType::Organization)
                || clusters.number(e) == Number::Plural
        }
        _ => false,
    }
}

/// Whether binding forbids it: a pronoun that is no reflexive and its fellow argument.
fn forbidden(doc: &Document<'_>, antecedent: usize, pronoun: usize, reflexive: bool) -> bool {
    if reflexive || doc.dep(pronoun) == "poss" {
        return false;
    }
    let subject = |i: usize| matches!(doc.dep(i), "nsubj" | "nsubjpass");
    if !subject(antecedent) || subject(pronoun) {
        return false;
    }
    let above = doc.head(pronoun);
    let mut verb = if doc.dep(pronoun) == "pobj" { doc.head(above) } else { above };
    // "Berg attacked the mayor, accusing her": a clause without a subject has that of the one above.
    while doc.head(antecedent) != verb
        && matches!(doc.dep(verb), "advcl" | "xcomp" | "conj")
        && !doc.children(verb).any(subject)
    {
        verb = doc.head(verb);
    }
    doc.head(antecedent) == verb
}

/// Whether somebody is hardly what a quotation elsewhere speaks of: no subject, and seldom named.
fn is_aside(doc: &Document<'_>, clusters: &Clusters, e: usize) -> bool {
    !matches!(doc.dep(clusters.mentions[e].head), "nsubj" | "nsubjpass")
        && clusters.members(e).len() < 3
}

/// How much an antecedent offers itself: near, subject, named, often spoken of.
fn salience(doc: &Document<'_>, clusters: &Clusters, e: usize, m: usize, sentences: usize) -> i64 {
    let mention = &clusters.mentions[e];
    let mut score = -40 * i64::try_from(sentences).unwrap_or(i64::MAX / 80);
    let subject = |i: usize| matches!(doc.dep(i), "nsubj" | "nsubjpass");
    if subject(mention.head) {
        score += 30;
    } else if matches!(doc.dep(mention.head), "poss" | "compound" | "amod" | "nmod") {
        score -= 20;
    } else if doc.dep(mention.head) == "dobj" {
        score += 10;
    }
    if subject(mention.head) && subject(clusters.mentions[m].head) {
        score += 8;
    }
    if clusters.is_named(e) {
        score += 6;
    }
    score + i64::try_from(clusters.members(e).len().min(6)).unwrap_or(0) * 2
}
