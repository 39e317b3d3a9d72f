//! What holds of every article's graph, whatever the facts: section by section of the model.

use std::collections::{BTreeMap, BTreeSet};

use newsgraph::graph::{Base, article_iri, char_span, complete, map_sorted};
use newsgraph::vocab::{ng, nif, rdf, sem};
use oxrdf::{NamedNodeRef, Quad, Term};
use proptest::prelude::*;

use crate::support::generate;

/// A graph as look-ups.
struct View {
    forward: BTreeMap<(String, String), Vec<String>>,
    back: BTreeMap<(String, String), Vec<String>>,
}

impl View {
    fn new(quads: &[Quad]) -> Self {
        let mut view = Self { forward: BTreeMap::new(), back: BTreeMap::new() };
        for quad in quads {
            let (s, p, o) = (
                text(&quad.subject.clone().into()),
                text(&quad.predicate.clone().into()),
                text(&quad.object),
            );
            view.forward.entry((s.clone(), p.clone())).or_default().push(o.clone());
            view.back.entry((o, p)).or_default().push(s);
        }
        view
    }

    fn of(&self, node: &str, property: NamedNodeRef<'_>) -> &[String] {
        self.forward.get(&(node.to_owned(), property.as_str().to_owned())).map_or(&[], |v| v)
    }

    fn to(&self, node: &str, property: NamedNodeRef<'_>) -> &[String] {
        self.back.get(&(node.to_owned(), property.as_str().to_owned())).map_or(&[], |v| v)
    }

    fn speakers<'a>(&self, statements: impl IntoIterator<Item = &'a String>) -> BTreeSet<String> {
        let speakers = statements.into_iter().flat_map(|s| self.of(s, ng::SPEAKER).iter().cloned());
        speakers.collect()
    }
}

fn text(term: &Term) -> String {
    match term {
        Term::NamedNode(node) => node.as_str().to_owned(),
        Term::Literal(literal) => literal.value().to_owned(),
        Term::BlankNode(node) => node.to_string(),
    }
}

proptest! {
    #[test]
    fn every_article_graph_keeps_the_invariants(facts in generate::facts()) {
        let mut quads = map_sorted(&facts, &Base::default()).unwrap();
        quads.extend(complete(&quads));
        let view = View::new(&quads);
        let article = article_iri(&facts.article, &Base::default()).into_string();

        // Offsets: inside of the text, and the words are its slice.
        let scalars: Vec<char> = facts.article.text.chars().collect();
        for class in [ng::class::SPAN, ng::class::SENTENCE] {
            for span in view.to(class.as_str(), rdf::TYPE) {
                let chars = char_span(span, &article).unwrap();
                prop_assert!(chars.start < chars.end);
                let slice = scalars.get(chars.start as usize..chars.end as usize).unwrap();
                prop_assert_eq!(view.of(span, nif::ANCHOR_OF), [slice.iter().collect::<String>()]);
                prop_assert_eq!(view.of(span, nif::BEGIN_INDEX), [chars.start.to_string()]);
                prop_assert_eq!(view.of(span, nif::END_INDEX), [chars.end.to_string()]);
                prop_assert!(view.of(span, ng::IN_SENTENCE).len() <= 1);
            }
        }

        // Claims: evidence, one of each, a carrier; attributed to its speakers and to no others.
        let voice = view.to(ng::class::OWN_VOICE.as_str(), rdf::TYPE);
        prop_assert_eq!(voice.len(), 1);
        let kinds = [ng::class::EVENT_CLAIM, ng::class::RELATION_CLAIM, ng::class::FIGURE_CLAIM];
        let claims: Vec<&String> =
            kinds.iter().flat_map(|kind| view.to(kind.as_str(), rdf::TYPE)).collect();
        let count = facts.events.len() + facts.relations.len();
        prop_assert!(claims.len() >= count + facts.quantities.len());
        for claim in claims {
            prop_assert!(!view.of(claim, ng::EVIDENCE).is_empty());
            for one in [rdf::SUBJECT, rdf::PREDICATE, rdf::OBJECT, ng::POLARITY, ng::MODALITY, ng::IN_ARTICLE] {
                prop_assert_eq!(view.of(claim, one).len(), 1, "{} {}", claim, one);
            }
            let carriers = view.to(claim, ng::CARRIES);
            prop_assert!(!carriers.is_empty());
            let own = carriers.contains(&voice[0]);
            prop_assert!(!own || carriers.len() == 1, "own voice carries what others carry");
            let attributed: BTreeSet<String> =
                view.of(claim, ng::ATTRIBUTED_TO).iter().cloned().collect();
            prop_assert_eq!(attributed, view.speakers(carriers));
            // Up the chain: who passes it on, and no statement there carries it too.
            let mut above = BTreeSet::new();
            let mut next: Vec<&String> = carriers.iter().collect();
            while let Some(statement) = next.pop() {
                for outer in view.to(statement, ng::RELAYS) {
                    prop_assert!(!carriers.contains(outer), "{} carries what it relays", outer);
                    if above.insert(outer) {
                        next.push(outer);
                    }
                }
            }
            let relayed: BTreeSet<String> =
                view.of(claim, ng::RELAYED_BY).iter().cloned().collect();
            prop_assert_eq!(relayed, view.speakers(above));
        }

        // Days: both bounds or neither, and only those of a time expression with words.
        for event in view.to(ng::class::EVENT.as_str(), rdf::TYPE) {
            let begin = view.of(event, sem::HAS_EARLIEST_BEGIN_TIME_STAMP);
            let end = view.of(event, sem::HAS_LATEST_END_TIME_STAMP);
            prop_assert_eq!(begin.len(), end.len());
            if let ([begin], [end]) = (begin, end) {
                prop_assert!(begin <= end);
                let [time] = view.of(event, ng::TIME) else { panic!("bounds without a time") };
                prop_assert_eq!(view.of(time, ng::BEGIN), [begin.clone()]);
                prop_assert_eq!(view.of(time, ng::END), [end.clone()]);
                prop_assert!(!view.of(time, ng::EVIDENCE).is_empty());
            }
        }

        // Nothing that is said stands as a plain triple between entities.
        for quad in &quads {
            let related = quad.predicate.as_str().starts_with(ng::NAMESPACE)
                && facts.relations.iter().any(|r| {
                    quad.predicate.as_str() == format!("{}{}", ng::NAMESPACE, r.predicate.as_str())
                });
            prop_assert!(!related, "{}", quad);
        }
    }
}
