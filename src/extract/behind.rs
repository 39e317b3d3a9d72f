//! For facts that an article has: the rule that makes each of them and the words as the layers read
//! them, found by reading the article once more.

use serde::Serialize;

use super::extractor::{Extraction, Extractor};
use super::why::{Token, token};
use super::{Rule, clause};
use crate::facts::{Article, EventType};
use crate::span::{CharIndex, Span};
use crate::text::{Document, Pos};

/// Words that a parse shows at most.
const SHOWN: usize = 14;

/// The layer of a fact whose making is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sought {
    /// An event of that type, by the span of its trigger.
    Event(EventType),
    /// A relation, by the span of its words.
    Relation,
    /// A quantity, by its span.
    Quantity,
}

/// How the extractor makes a fact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Making {
    /// The rule: its file's path, `#`, its name there.
    pub rule: String,
    /// The rule of the innermost statement that carries the fact; absent for the own voice.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub statement: Option<String>,
    /// The fact's words, what hangs on them and on what they hang, in text order.
    pub parse: Vec<Token>,
}

/// Reads `article` and says for each of `sought` (its first Unicode scalar value in the text and
/// one past the last) how it is made; `None` where this extractor finds no such fact there.
///
/// # Cost
///
/// One extraction of the article, however much is sought.
pub fn behind(
    extractor: &Extractor,
    article: &Article,
    sought: &[(Sought, usize, usize)],
) -> Vec<Option<Making>> {
    let extraction = extractor.extract(article.clone());
    let doc = extractor.read(&article.text);
    let index = CharIndex::new(&article.text);
    let at = |span: Span| {
        let chars = index.to_chars(span);
        (chars.start as usize, chars.end as usize)
    };
    let one = |&(kind, begin, end): &(Sought, usize, usize)| {
        let here = |span: Span| at(span) == (begin, end);
        let (span, rule) = made(&extraction, kind, here)?;
        Some(Making {
            rule: rule.to_string(),
            statement: carrier(&extraction, span).map(ToString::to_string),
            parse: parse(&doc, span),
        })
    };
    sought.iter().map(one).collect()
}

/// The span and the rule of the fact of `kind` that stands there.
fn made(
    extraction: &Extraction,
    kind: Sought,
    here: impl Fn(Span) -> bool,
) -> Option<(Span, &Rule)> {
    let (facts, trace) = (&extraction.facts, &extraction.trace);
    match kind {
        Sought::Event(kind) => facts
            .events
            .iter()
            .zip(&trace.events)
            .find(|(e, _)| e.kind == kind && here(e.trigger))
            .map(|(e, rule)| (e.trigger, rule)),
        Sought::Relation => {
            facts.relations.iter().map(|r| r.span).zip(&trace.relations).find(|(s, _)| here(*s))
        }
        Sought::Quantity => {
            facts.quantities.iter().map(|q| q.span).zip(&trace.quantities).find(|(s, _)| here(*s))
        }
    }
}

/// The rule of the smallest statement whose content holds `span`.
fn carrier(extraction: &Extraction, span: Span) -> Option<&Rule> {
    let said = extraction.facts.statements.iter().zip(&extraction.trace.statements);
    let around = said.filter(|(s, _)| s.content.iter().any(|c| c.contains(span)));
    let size = |content: &[Span]| content.iter().map(|c| c.len()).sum::<usize>();
    around.min_by_key(|(s, _)| size(&s.content)).map(|(_, rule)| rule)
}

/// The words of `span` with what hangs on them, and the words on which they hang.
fn parse(doc: &Document<'_>, span: Span) -> Vec<Token> {
    let tokens = doc.tokens_in(span);
    let mut shown: Vec<usize> = tokens.clone().collect();
    for t in tokens.clone() {
        let plain = |c: &usize| !matches!(doc.pos(*c), Pos::Punct | Pos::Space | Pos::Det);
        shown.extend(doc.children(t).filter(plain));
    }
    // A preposition says little without its object.
    let objects: Vec<usize> = shown
        .iter()
        .filter(|&&p| doc.pos(p) == Pos::Adp)
        .flat_map(|&p| doc.children(p).filter(|&c| clause::is_nominal(doc, c)))
        .collect();
    shown.extend(objects);
    if let Some(head) = clause::head_of(doc, tokens) {
        shown.extend(doc.ancestors(head).take(2));
    }
    shown.sort_unstable();
    shown.dedup();
    shown.truncate(SHOWN);
    shown.into_iter().map(|t| token(doc, t)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lang::Pack;
    use crate::text::Engine;

    #[test]
    fn a_fact_shows_its_rule_and_its_parse() {
        let pack = Pack::find("en").unwrap();
        let extractor = Extractor::new(pack, Engine::embedded().unwrap()).unwrap();
        let text = "The mayor said the rebels attacked a convoy near Lorne.";
        let article = Article { id: "x".into(), text: text.into(), ..Article::default() };
        let begin = text.find("attacked").unwrap();
        let end = begin + "attacked".len();
        let made = behind(
            &extractor,
            &article,
            &[
                (Sought::Event(EventType::Assault), begin, end),
                (Sought::Event(EventType::Move), begin, end),
                (Sought::Relation, begin, end),
            ],
        );
        let event = made[0].as_ref().unwrap();
        assert!(event.rule.starts_with("event/Assault.toml#"), "{}", event.rule);
        assert!(event.statement.as_ref().is_some_and(|r| r.starts_with("statement/say.toml")));
        let words: Vec<&str> = event.parse.iter().map(|t| t.word.as_str()).collect();
        assert!(words.contains(&"rebels") && words.contains(&"convoy") && words.contains(&"said"));
        assert!(!words.contains(&"mayor"), "{words:?}");
        assert_eq!((&made[1], &made[2]), (&None, &None));
    }
}
