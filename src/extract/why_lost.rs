//! Why a layer found nothing at some words: what lay there, which rule came nearest, which of its
//! conditions failed. Events keep their reasons in the trace; the other layers are asked here, with
//! the tables that they read and the document as they saw it.

use std::fmt::Write as _;

use super::Rule;
use super::clause;
use super::extractor::Tables;
use super::why::{Step, meets};
use crate::facts::{Entity, EntityType, Facts, MentionForm};
use crate::rule::Miss;
use crate::span::Span;
use crate::text::{Document, Pos};

/// Candidates that a line names at most.
const NAMED: usize = 3;

/// Words at which one expected a fact.
pub(super) struct Lost<'a> {
    pub(super) tables: Tables<'a>,
    pub(super) facts: &'a Facts,
    pub(super) doc: &'a Document<'a>,
    pub(super) span: Span,
    pub(super) sentence: Span,
}

impl Lost<'_> {
    fn text(&self) -> &str {
        &self.facts.article.text
    }

    /// The rule of time/ that came nearest, and where it broke off.
    pub(super) fn time(&self) -> String {
        let Some((rule, fits, miss)) = self.tables.times.nearest(self.doc, self.span) else {
            return "no rule of time/ begins with these words".to_owned();
        };
        let words = fits.of(self.text());
        match miss {
            Miss::KeepsAway => format!("{rule} keeps «{words}» out: no time"),
            Miss::Before => {
                format!("{rule} fits «{words}», but not behind what stands before it")
            }
            Miss::NoValue => format!("{rule} fits «{words}», but gives it no value"),
            Miss::BreaksOff => format!("{rule} came nearest: it fits «{words}» and breaks off"),
        }
    }

    /// Whether a number stands there, and why it is no figure.
    pub(super) fn quantity(&self) -> String {
        let refused = self.tables.quantities.refused(self.doc, &self.facts.times, self.span);
        refused.map_or_else(
            || "no number here".to_owned(),
            |why| format!("a number, but no figure: {why}"),
        )
    }

    /// What kept the words from being a mention.
    pub(super) fn mention(&self) -> String {
        let (doc, facts) = (self.doc, self.facts);
        let time = facts.times.iter().map(|t| t.span).find(|s| meets(*s, self.span));
        let figure = || facts.quantities.iter().map(|q| q.span).find(|s| meets(*s, self.span));
        if let Some(taken) = time.or_else(figure) {
            let words = taken.of(self.text());
            return format!("inside «{words}», which is a time or a figure and no mention");
        }
        let tokens = doc.tokens_in(self.span);
        let name =
            doc.names().iter().find(|n| n.tokens.start < tokens.end && tokens.start < n.tokens.end);
        if let Some(name) = name {
            let words = doc.span_of(name.tokens.clone()).of(self.text());
            return format!(
                "the model's name «{words}» is a {}, which name/labels.tsv or the rules after it \
                 leave out",
                name.label
            );
        }
        let noun = tokens.clone().find(|&t| clause::is_nominal(doc, t));
        let Some(noun) = noun else {
            return "neither noun, name nor pronoun here".to_owned();
        };
        let word = doc.word(noun);
        match doc.pos(noun) {
            Pos::Pron => format!("«{word}»: a pronoun for which no mention before it fits"),
            Pos::Propn => format!("«{word}»: a name by its tag, but the model marks none here"),
            _ if matches!(doc.dep(noun), "compound" | "nmod") => format!(
                "«{word}»: part of the phrase of «{}», no mention of its own",
                doc.word(doc.head(noun))
            ),
            _ => format!(
                "«{word}»: a noun of no class that stands alone (name/nouns.tsv), and no other \
                 mention takes it up"
            ),
        }
    }

    /// Which mentions the entity has and by which sieves; which entry of the knowledge base it is.
    pub(super) fn identity(&self, entity: &Entity, sieves: &[Rule]) -> Vec<Step> {
        let joined = entity.mentions.len() > 1;
        let says = if joined {
            let mut by: Vec<&str> = sieves.iter().skip(1).map(|s| &**s).collect();
            by.sort_unstable();
            by.dedup();
            format!("{}: {} mentions, by {}", entity.name, entity.mentions.len(), by.join(", "))
        } else {
            self.alone(entity)
        };
        let coref = Step { layer: "coref", found: joined, says, rule: None };
        vec![coref, self.link(entity)]
    }

    /// No sieve joins its only mention; which other entities share a word with it.
    fn alone(&self, entity: &Entity) -> String {
        let own = self.words(entity);
        let shares = |other: &&Entity| {
            !std::ptr::eq(*other, entity) && self.words(other).iter().any(|w| own.contains(w))
        };
        let near: Vec<String> = self
            .facts
            .entities
            .iter()
            .filter(shares)
            .take(NAMED)
            .map(|e| format!("{} ({})", e.name, e.kind.as_str()))
            .collect();
        let mut says = format!("{}: one mention, no sieve joins it to another", entity.name);
        if near.is_empty() {
            says += "; no other entity shares a word with it";
        } else {
            let _ = write!(says, "; a word is shared by {}", near.join(", "));
        }
        says
    }

    /// The content words of an entity's mentions.
    fn words(&self, entity: &Entity) -> Vec<String> {
        let tokens = entity.mentions.iter().flat_map(|m| self.doc.tokens_in(m.span));
        tokens
            .filter(|&t| matches!(self.doc.pos(t), Pos::Noun | Pos::Propn))
            .map(|t| self.doc.lemma(t).to_lowercase())
            .collect()
    }

    fn link(&self, entity: &Entity) -> Step {
        let step = |found, says| Step { layer: "kb", found, says, rule: None };
        if let Some(link) = entity.links.first() {
            let score = link.score.map_or_else(String::new, |s| format!(", probability {s}"));
            return step(true, format!("{} = {}{score}", entity.name, link.iri));
        }
        let tried = matches!(
            entity.kind,
            EntityType::Place
                | EntityType::Facility
                | EntityType::Organization
                | EntityType::Group
                | EntityType::Person
                | EntityType::Product
                | EntityType::Work
                | EntityType::Thing
        );
        if !tried {
            return step(false, format!("no {} is looked up", entity.kind.as_str()));
        }
        let mut names: Vec<&str> = entity
            .mentions
            .iter()
            .filter(|m| m.form == MentionForm::Name)
            .map(|m| m.span.of(self.text()))
            .collect();
        names.sort_unstable();
        names.dedup();
        if names.is_empty() {
            return step(false, "no mention is a name: nothing to look up".to_owned());
        }
        let found: Vec<_> = names.iter().flat_map(|n| self.tables.kb.lookup(n)).collect();
        let says = match found.as_slice() {
            [] => format!("kb/ has no entry with the name «{}»", names.join("», «")),
            [first, ..] => format!(
                "{} in kb/ with the name, {} first: none is probable enough for a {}",
                if found.len() == 1 {
                    "one entry".to_owned()
                } else {
                    format!("{} entries", found.len())
                },
                first.name,
                entity.kind.as_str()
            ),
        };
        step(false, says)
    }

    /// The rules of relation/ that know a word there.
    pub(super) fn relation(&self) -> String {
        let tokens = self.doc.tokens_in(self.span);
        let tried: Vec<String> =
            tokens.flat_map(|t| self.tables.relations.of_lemma(self.doc.lemma(t))).collect();
        if tried.is_empty() {
            "no rule of relation/ has these words".to_owned()
        } else {
            format!(
                "who stands here, or its type, does not fit {}",
                tried.iter().take(NAMED).cloned().collect::<Vec<_>>().join(", ")
            )
        }
    }

    /// Whether a cue stands there, and what it lacks.
    pub(super) fn statement(&self) -> String {
        let doc = self.doc;
        let cue = doc.tokens_in(self.span).find_map(|t| {
            let rules = self.tables.statements.rules(&doc.lemma(t).to_lowercase());
            (!rules.is_empty()).then_some((t, rules))
        });
        if let Some((t, rules)) = cue {
            let why = if doc.children(t).any(|c| doc.dep(c) == "neg") {
                "what is not said is no statement"
            } else {
                "no content of the kind that it wants, or nobody who could say it"
            };
            return format!("«{}» could report ({}), but: {why}", doc.word(t), rules.join(", "));
        }
        let near = self.facts.statements.iter();
        if near.filter_map(|s| s.cue).any(|c| self.sentence.contains(c)) {
            "outside of what the sentence's cue reports: the article's own voice".to_owned()
        } else {
            "no cue of statement/ in the sentence: the article's own voice".to_owned()
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::extract::{Extractor, why_not};
    use crate::facts::Article;
    use crate::lang::Pack;
    use crate::text::Engine;

    #[test]
    fn every_layer_names_what_it_lacks() {
        let pack = Pack::find("en").unwrap();
        let extractor = Extractor::new(pack, Engine::embedded().unwrap()).unwrap();
        let text = "Ina Holm did not say where she would go in three. Ole Holm finished second \
                    and chairs nothing.";
        let article = Article { id: "x".into(), text: text.into(), ..Article::default() };
        let says = |words: &str, layer: &str| {
            let places = why_not(&extractor, &article, words, None);
            let steps = places.into_iter().flat_map(|p| p.steps).filter(|s| s.layer == layer);
            steps.map(|s| s.says).collect::<Vec<_>>().join(" | ")
        };
        assert!(
            says("say", "statement").contains("what is not said"),
            "{}",
            says("say", "statement")
        );
        let time = says("three", "time");
        assert!(time.contains("came nearest") && time.contains("three"), "{time}");
        assert!(says("three", "quantity").contains("nothing that it counts"));
        assert!(says("second", "quantity").contains("an ordinal"));
        assert!(
            says("nothing", "entity").contains("pronoun")
                || says("nothing", "entity").contains("noun")
        );
        let alone = says("Ole Holm", "coref");
        assert!(alone.contains("Ina Holm (Person)"), "{alone}");
        assert!(says("Ole Holm", "kb").contains("no entry with the name «Ole Holm»"));
        assert!(says("go", "relation").contains("no rule of relation/"));
    }
}
