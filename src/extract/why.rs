//! For a fact that one expected: the words there as the layers read them, what each layer found,
//! and at which step the rest was lost.
//!
//! Reads the trace of a real extraction: what it says is what happened, not a second opinion.

use serde::Serialize;

use super::extractor::{Extraction, Extractor};
use super::why_lost::Lost;
use crate::facts::{Article, EventType, Facts};
use crate::span::{CharIndex, Span};
use crate::text::Document;

/// One place where the words stand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Place {
    /// The id of the article.
    pub article: String,
    /// First Unicode scalar value of the words in the article's text.
    pub begin: u32,
    /// One past the last.
    pub end: u32,
    /// The sentence, up to the words.
    pub before: String,
    /// The words.
    pub words: String,
    /// The rest of the sentence.
    pub after: String,
    /// The words' tokens, as the layers read them.
    pub tokens: Vec<Token>,
    /// What the layers say there, in their order.
    pub steps: Vec<Step>,
}

/// A token with its place in the tree.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Token {
    /// The word.
    pub word: String,
    /// Its lemma.
    pub lemma: String,
    /// Its fine-grained tag.
    pub tag: String,
    /// Its label in the tree.
    pub dep: String,
    /// The word on which it hangs; absent for the root.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub head: Option<String>,
}

/// What one layer says of the words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Step {
    /// time, quantity, entity, coref, kb, event, relation or statement.
    pub layer: &'static str,
    /// Whether it found something there.
    pub found: bool,
    /// What it found, or why nothing.
    pub says: String,
    /// The rule or sieve that found it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub rule: Option<String>,
}

/// What the layers say of every place where `words` stand in the article, in text order.
///
/// Letter case aside; whole words only. With `expected`, an event of another type is followed by
/// the rules of the expected type whose conditions do not hold.
pub fn why_not(
    extractor: &Extractor,
    article: &Article,
    words: &str,
    expected: Option<EventType>,
) -> Vec<Place> {
    let places = occurrences(&article.text, words);
    if places.is_empty() {
        return Vec::new();
    }
    let extraction = extractor.extract(article.clone());
    let doc = extractor.read(&article.text);
    let index = CharIndex::new(&article.text);
    let place = |span: Span| {
        let chars = index.to_chars(span);
        let text = &article.text;
        let sentence = extraction.facts.sentences.iter().find(|s| s.contains(span)).copied();
        let sentence = sentence.unwrap_or(span);
        let part = |from, to| text.get(from..to).unwrap_or_default().to_owned();
        Place {
            article: article.id.clone(),
            begin: chars.start,
            end: chars.end,
            before: part(sentence.start(), span.start()),
            words: span.of(text).to_owned(),
            after: part(span.end(), sentence.end()),
            tokens: tokens(&doc, span),
            steps: steps(extractor, &extraction, &doc, span, sentence, expected),
        }
    };
    places.into_iter().map(place).collect()
}

/// Where `words` stand in the text as whole words.
fn occurrences(text: &str, words: &str) -> Vec<Span> {
    let words = words.trim();
    if words.is_empty() {
        return Vec::new();
    }
    let inside = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    text.char_indices()
        .filter_map(|(start, _)| {
            let end = start + words.len();
            let here = text.get(start..end)?;
            let before = text.get(..start).and_then(|t| t.chars().next_back());
            let after = text.get(end..).and_then(|t| t.chars().next());
            let whole = !inside(before) && !inside(after);
            if here.eq_ignore_ascii_case(words) && whole {
                Span::new(text, start, end)
            } else {
                None
            }
        })
        .collect()
}

fn tokens(doc: &Document<'_>, span: Span) -> Vec<Token> {
    doc.tokens_in(span).map(|t| token(doc, t)).collect()
}

/// Token `t` with its place in the tree.
pub(super) fn token(doc: &Document<'_>, t: usize) -> Token {
    Token {
        word: doc.word(t).to_owned(),
        lemma: doc.lemma(t).to_owned(),
        tag: doc.tag(t).to_owned(),
        dep: doc.dep(t).to_owned(),
        head: (doc.head(t) != t).then(|| doc.word(doc.head(t)).to_owned()),
    }
}

fn steps(
    extractor: &Extractor,
    extraction: &Extraction,
    doc: &Document<'_>,
    span: Span,
    sentence: Span,
    expected: Option<EventType>,
) -> Vec<Step> {
    let (facts, trace) = (&extraction.facts, &extraction.trace);
    let text = &facts.article.text;
    let lost = Lost { tables: extractor.tables(), facts, doc, span, sentence };
    let mut steps = Vec::new();
    let found = |layer, says: String, rule: &str| Step {
        layer,
        found: true,
        says,
        rule: Some(rule.to_owned()),
    };
    for (time, rule) in facts.times.iter().zip(&trace.times) {
        if meets(time.span, span) {
            let says = format!("{} «{}» = {}", time.kind.as_str(), time.span.of(text), time.value);
            steps.push(found("time", says, rule));
        }
    }
    close(&mut steps, "time", || lost.time());
    for (quantity, rule) in facts.quantities.iter().zip(&trace.quantities) {
        if meets(quantity.span, span) {
            let says = format!("«{}» {}", quantity.span.of(text), quantity.unit);
            steps.push(found("quantity", says, rule));
        }
    }
    close(&mut steps, "quantity", || lost.quantity());
    for (entity, sieves) in facts.entities.iter().zip(&trace.entities) {
        for (mention, sieve) in entity.mentions.iter().zip(sieves) {
            if meets(mention.span, span) {
                let form = mention.form.as_str();
                let (words, name) = (mention.span.of(text), &entity.name);
                let says = format!("{} {name}, by the {form} «{words}»", entity.kind.as_str());
                steps.push(found("entity", says, sieve));
            }
        }
    }
    close(&mut steps, "entity", || lost.mention());
    for (entity, sieves) in facts.entities.iter().zip(&trace.entities) {
        if entity.mentions.iter().any(|m| meets(m.span, span)) {
            steps.extend(lost.identity(entity, sieves));
        }
    }
    events(extractor, extraction, span, expected, &mut steps);
    for (relation, rule) in facts.relations.iter().zip(&trace.relations) {
        if meets(relation.span, span) {
            let subject = facts.entities.get(relation.subject.index()).map(|e| e.name.as_str());
            let subject = subject.unwrap_or_default();
            steps.push(found(
                "relation",
                format!("{subject} {}", relation.predicate.as_str()),
                rule,
            ));
        }
    }
    close(&mut steps, "relation", || lost.relation());
    statements(facts, &trace.statements, span, &mut steps);
    close(&mut steps, "statement", || lost.statement());
    steps
}

/// Says that a layer found nothing, where it did not.
fn close(steps: &mut Vec<Step>, layer: &'static str, says: impl FnOnce() -> String) {
    if !steps.iter().any(|s| s.layer == layer) {
        steps.push(Step { layer, found: false, says: says(), rule: None });
    }
}

fn events(
    extractor: &Extractor,
    extraction: &Extraction,
    span: Span,
    expected: Option<EventType>,
    steps: &mut Vec<Step>,
) {
    let (facts, trace) = (&extraction.facts, &extraction.trace);
    let text = &facts.article.text;
    for (event, rule) in facts.events.iter().zip(&trace.events) {
        if !meets(event.trigger, span) {
            continue;
        }
        let words = event.trigger.of(text);
        let mut says = format!(
            "{} «{words}», {}, {}",
            event.kind.as_str(),
            event.polarity.as_str(),
            event.modality.as_str()
        );
        if let Some(first) = event.same.and_then(|s| facts.events.get(s.index())) {
            says += "; the same as «";
            says += first.trigger.of(text);
            says += "» before";
        }
        steps.push(Step { layer: "event", found: true, says, rule: Some(rule.to_string()) });
        let Some(kind) = expected.filter(|k| *k != event.kind) else { continue };
        let tried = extractor.event_rules(&event.lemma, kind);
        let says = if tried.is_empty() {
            format!("not {}: no rule of event/{0}.toml has «{}»", kind.as_str(), event.lemma)
        } else {
            format!("not {}: the conditions do not hold of {}", kind.as_str(), tried.join(", "))
        };
        steps.push(Step { layer: "event", found: false, says, rule: None });
    }
    for lost in trace.lost.iter().filter(|l| meets(l.span, span)) {
        let mut says = format!("«{}» tells none: {}", lost.span.of(text), lost.loss);
        if let super::event::Loss::GivesWay(to) = lost.loss {
            says += " to «";
            says += to.of(text);
            says += "»";
        }
        steps.push(Step { layer: "event", found: false, says, rule: None });
    }
    close(steps, "event", || "no verb, noun or adjective here".to_owned());
}

fn statements(facts: &Facts, rules: &[super::Rule], span: Span, steps: &mut Vec<Step>) {
    let text = &facts.article.text;
    for (statement, rule) in facts.statements.iter().zip(rules) {
        let carried = statement.content.iter().any(|c| meets(*c, span));
        let named = [statement.source, statement.cue].into_iter().flatten().any(|s| meets(s, span));
        if !carried && !named {
            continue;
        }
        let speaker = statement.speaker.and_then(|e| facts.entities.get(e.index()));
        let speaker = speaker.map_or_else(
            || statement.source.map_or("nobody named", |s| s.of(text)),
            |e| e.name.as_str(),
        );
        let cue = statement.cue.map_or("", |c| c.of(text));
        let says = match (carried, named) {
            (true, _) => format!("inside the words of {speaker}, «{cue}»"),
            _ => format!("names or reports what {speaker} said, «{cue}»"),
        };
        steps.push(Step { layer: "statement", found: true, says, rule: Some(rule.to_string()) });
    }
}

pub(super) fn meets(a: Span, b: Span) -> bool {
    a.start() < b.end() && b.start() < a.end()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::Pack;
    use crate::text::Engine;

    #[test]
    fn what_was_lost_says_where() {
        let pack = Pack::find("en").unwrap();
        let extractor = Extractor::new(pack, Engine::embedded().unwrap()).unwrap();
        let text = "The envoys held talks in Lorne. The mayor said the weather was fine.";
        let article = Article { id: "x".into(), text: text.into(), ..Article::default() };
        let event = |words: &str| {
            let places = why_not(&extractor, &article, words, None);
            let steps = places.into_iter().flat_map(|p| p.steps);
            steps.filter(|s| s.layer == "event").map(|s| (s.found, s.says)).collect::<Vec<_>>()
        };
        assert_eq!(
            event("held")[0],
            (false, "«held» tells none: a light or aspectual verb: it gives way to «talks»".into())
        );
        assert!(event("talks")[0].0);
        assert!(!event("said")[0].0);
        assert!(why_not(&extractor, &article, "hel", None).is_empty());
    }
}
