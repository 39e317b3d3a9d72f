//! The checks of one article, by its segment alone.

use std::collections::{BTreeMap, BTreeSet};

use oxigraph::model::vocab::{rdf, xsd};
use oxigraph::model::{GraphName, Literal, NamedNodeRef, NamedOrBlankNode, Quad, Term};

use super::Violation;
use crate::span::{CharIndex, CharSpan};
use crate::store::{Head, Segment, Store, StoreError, parse};
use crate::vocab::{ng, nif, schema, sem};

/// Checks one article: that its segment is whole and in canonical form, that its graph keeps the
/// invariants of the model. An article that has been taken out meanwhile is sound.
pub fn check_article(store: &Store, head: &Head) -> Vec<Violation> {
    let segment = match store.segment(head) {
        Ok(Some(segment)) => segment,
        Ok(None) => return Vec::new(),
        Err(error) => return vec![Violation::new("damaged", head.id(), message(&error))],
    };
    let mut found = Found { article: head.id(), violations: Vec::new() };
    let quads = read_lines(&segment, &mut found);
    let graph = Graph::new(&quads, store.base(), &segment.head.key);
    check_head(&segment, &graph, &mut found);
    graph.check_terms(&mut found);
    graph.check_text(&segment.facts, &mut found);
    graph.check_claims(&mut found);
    graph.check_statements(&mut found);
    graph.check_bounds(&mut found);
    found.violations
}

fn message(error: &StoreError) -> String {
    error.to_string()
}

/// What was found in one article.
struct Found<'a> {
    article: &'a str,
    violations: Vec<Violation>,
}

impl Found<'_> {
    fn add(&mut self, defect: &str, node: &str, what: impl AsRef<str>) {
        let what = format!("{} (article {})", what.as_ref(), self.article);
        self.violations.push(Violation::new(defect, node, what));
    }
}

/// The quads, with the lines checked: sorted, each once, each parses, none of another graph.
fn read_lines(segment: &Segment, found: &mut Found<'_>) -> Vec<Quad> {
    let key = &segment.head.key;
    let mut last = "";
    for line in segment.nquads.split_inclusive('\n') {
        if line <= last {
            found.add("not-canonical", key, "lines are not sorted, or one comes twice");
            break;
        }
        last = line;
    }
    let mut quads = Vec::new();
    for quad in parse(&segment.nquads) {
        match quad {
            Ok(quad) => quads.push(quad),
            Err(error) => found.add("not-canonical", key, error.to_string()),
        }
    }
    quads
}

/// The head says what graph and facts say.
fn check_head(segment: &Segment, graph: &Graph<'_>, found: &mut Found<'_>) {
    let head = &segment.head;
    let claims = graph.claims().count() as u64;
    if head.quads != graph.quads as u64 || head.claims != claims {
        let what = format!(
            "its head counts {} quads and {} claims, its graph has {} and {claims}",
            head.quads, head.claims, graph.quads
        );
        found.add("wrong-head", &head.key, what);
    }
}

type Node<'q> = Vec<(NamedNodeRef<'q>, &'q Term)>;

/// The graph of one article, by subject.
struct Graph<'q> {
    base: &'q str,
    article: String,
    quads: usize,
    nodes: BTreeMap<&'q str, Node<'q>>,
    /// What is wrong with quads as such.
    strange: Vec<(String, &'static str)>,
}

impl<'q> Graph<'q> {
    fn new(quads: &'q [Quad], base: &'q str, key: &str) -> Self {
        let name = format!("{base}g/{key}");
        let mut nodes: BTreeMap<&str, Node<'q>> = BTreeMap::new();
        let mut strange = Vec::new();
        for quad in quads {
            match &quad.graph_name {
                GraphName::NamedNode(graph) if graph.as_str() == name => {}
                other => strange.push((other.to_string(), "a quad is in another graph")),
            }
            match &quad.subject {
                NamedOrBlankNode::NamedNode(subject) => nodes
                    .entry(subject.as_str())
                    .or_default()
                    .push((quad.predicate.as_ref(), &quad.object)),
                NamedOrBlankNode::BlankNode(node) => {
                    strange.push((node.to_string(), "a node has no IRI"));
                }
            }
        }
        Self { base, article: format!("{base}a/{key}"), quads: quads.len(), nodes, strange }
    }

    fn values<'a>(
        &'a self,
        node: &str,
        property: NamedNodeRef<'static>,
    ) -> impl Iterator<Item = &'q Term> + use<'a, 'q> {
        let of = self.nodes.get(node).into_iter().flatten();
        of.filter(move |(p, _)| *p == property).map(|(_, object)| *object)
    }

    fn iris<'a>(
        &'a self,
        node: &str,
        property: NamedNodeRef<'static>,
    ) -> impl Iterator<Item = &'q str> + use<'a, 'q> {
        self.values(node, property).filter_map(|object| match object {
            Term::NamedNode(object) => Some(object.as_str()),
            _ => None,
        })
    }

    fn string(&self, node: &str, property: NamedNodeRef<'static>) -> Option<&'q str> {
        self.values(node, property).find_map(|object| match object {
            Term::Literal(object) => Some(object.value()),
            _ => None,
        })
    }

    fn is(&self, node: &str, class: NamedNodeRef<'static>) -> bool {
        self.iris(node, rdf::TYPE).any(|found| found == class.as_str())
    }

    fn of_class(&self, class: NamedNodeRef<'static>) -> impl Iterator<Item = &'q str> {
        self.nodes.keys().copied().filter(move |node| self.is(node, class))
    }

    fn claims(&self) -> impl Iterator<Item = &'q str> {
        let classes = [ng::class::EVENT_CLAIM, ng::class::RELATION_CLAIM, ng::class::FIGURE_CLAIM];
        self.nodes
            .keys()
            .copied()
            .filter(move |node| classes.into_iter().any(|class| self.is(node, class)))
    }

    fn statements(&self) -> impl Iterator<Item = &'q str> {
        self.of_class(ng::class::STATEMENT).chain(self.of_class(ng::class::OWN_VOICE))
    }

    /// Nodes are this article's own, literals are in the form that Oxigraph keeps.
    fn check_terms(&self, found: &mut Found<'_>) {
        for (node, what) in &self.strange {
            found.add("foreign-node", node, what);
        }
        for (&subject, of) in &self.nodes {
            self.check_node(subject, found);
            for (property, object) in of {
                match object {
                    Term::NamedNode(object) => self.check_object(*property, object.as_str(), found),
                    Term::BlankNode(_) => {
                        found.add("foreign-node", subject, "it leads to a node without IRI");
                    }
                    Term::Literal(literal) => check_literal(subject, literal, found),
                }
            }
        }
    }

    fn check_node(&self, node: &str, found: &mut Found<'_>) {
        let Some(local) = node.strip_prefix(self.base) else {
            found.add("foreign-node", node, "it is no node of this store");
            return;
        };
        let own = node == self.article || self.span_of(node).is_some();
        let hashed = local
            .split_once('/')
            .is_some_and(|(kind, hash)| KINDS.contains(&kind) && is_hash(hash));
        if !own && !hashed {
            found.add("foreign-node", node, "it is no node of an article's own");
        }
    }

    /// What a property leads to within the store's base is described in this graph.
    fn check_object(&self, property: NamedNodeRef<'_>, object: &str, found: &mut Found<'_>) {
        if object.starts_with(self.base) {
            self.check_node(object, found);
            if !self.nodes.contains_key(object) {
                let what =
                    format!("<{}> leads to it, and nothing is said of it", property.as_str());
                found.add("dangling", object, what);
            }
        } else if !object.contains(':') {
            found.add("foreign-node", object, "it is no absolute IRI");
        }
    }

    /// The span that an IRI of this article tells: RFC 5147's `char=begin,end`.
    fn span_of(&self, node: &str) -> Option<CharSpan> {
        let position = node.strip_prefix(self.article.as_str())?.strip_prefix("#char=")?;
        let (start, end) = position.split_once(',')?;
        Some(CharSpan { start: start.parse().ok()?, end: end.parse().ok()? })
    }

    /// Offsets slice the text; the text is that of the facts beside.
    fn check_text(&self, facts: &str, found: &mut Found<'_>) {
        let articles: Vec<&str> = self.of_class(schema::class::NEWS_ARTICLE).collect();
        let text = self.string(&self.article, nif::IS_STRING);
        let (Some(text), [_]) = (text, articles.as_slice()) else {
            found.add("no-article", &self.article, "its graph has not one article with one text");
            return;
        };
        let kept = serde_json::from_str::<serde_json::Value>(facts).unwrap_or_default();
        if kept.pointer("/article/text").and_then(serde_json::Value::as_str) != Some(text) {
            let what = "the text of the graph is not that of the facts beside";
            found.add("other-text", &self.article, what);
        }
        let index = CharIndex::new(text);
        let slice = |chars| index.to_span(chars).filter(|span| !span.is_empty());
        for &node in self.nodes.keys() {
            if !node.contains('#') {
                continue;
            }
            let Some(chars) = self.span_of(node) else { continue };
            let Some(span) = slice(chars) else {
                found.add("bad-offset", node, "it is no stretch of the text");
                continue;
            };
            if self.string(node, nif::ANCHOR_OF).is_some_and(|words| words != span.of(text)) {
                found.add("bad-offset", node, "its words are not what stands there in the text");
            }
            let begin = self.string(node, nif::BEGIN_INDEX);
            if begin.is_some_and(|begin| begin != chars.start.to_string()) {
                found.add("bad-offset", node, "its beginning is not that of its IRI");
            }
            for sentence in self.iris(node, ng::IN_SENTENCE) {
                let around = self.span_of(sentence);
                if !around.is_some_and(|s| s.start <= chars.start && chars.start < s.end) {
                    found.add("bad-offset", node, "it does not begin in its sentence");
                }
            }
        }
    }

    /// Every claim has evidence, one subject, predicate, object, polarity and modality, and a
    /// voice; whose claim it is follows from who carries it.
    fn check_claims(&self, found: &mut Found<'_>) {
        let mut carriers: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for statement in self.statements() {
            for claim in self.iris(statement, ng::CARRIES) {
                carriers.entry(claim).or_default().push(statement);
            }
        }
        for claim in self.claims() {
            if self.iris(claim, ng::EVIDENCE).next().is_none() {
                found.add("claim-without-evidence", claim, "no words of the text say so");
            }
            for property in [rdf::SUBJECT, rdf::PREDICATE, rdf::OBJECT, ng::POLARITY, ng::MODALITY]
            {
                let count = self.values(claim, property).count();
                if count != 1 {
                    let what = format!("it has {count} values of <{}>", property.as_str());
                    found.add("claim-not-one", claim, what);
                }
            }
            let carrying = carriers.get(claim).map(Vec::as_slice).unwrap_or_default();
            if carrying.is_empty() {
                found.add("claim-without-voice", claim, "no statement carries it");
            }
            let speakers: BTreeSet<&str> =
                carrying.iter().flat_map(|s| self.iris(s, ng::SPEAKER)).collect();
            if self.iris(claim, ng::ATTRIBUTED_TO).collect::<BTreeSet<_>>() != speakers {
                let what = "it is attributed to others than the speakers who carry it";
                found.add("wrong-attribution", claim, what);
            }
            let relayers: BTreeSet<&str> = carrying
                .iter()
                .flat_map(|statement| self.up(statement))
                .flat_map(|outer| self.iris(outer, ng::SPEAKER))
                .collect();
            if self.iris(claim, ng::RELAYED_BY).collect::<BTreeSet<_>>() != relayers {
                let what = "it is relayed by others than those who pass its statements on";
                found.add("wrong-attribution", claim, what);
            }
        }
    }

    /// The statements that pass `statement` on, at any remove.
    fn up(&self, statement: &str) -> BTreeSet<&'q str> {
        let mut above = BTreeSet::new();
        let mut next = vec![statement];
        while let Some(inner) = next.pop() {
            for outer in self.of_class(ng::class::STATEMENT) {
                if self.iris(outer, ng::RELAYS).any(|i| i == inner) && above.insert(outer) {
                    next.push(outer);
                }
            }
        }
        above
    }

    /// One own voice; no statement passes itself on, or carries what the one that it passes on
    /// carries.
    fn check_statements(&self, found: &mut Found<'_>) {
        let voices = self.of_class(ng::class::OWN_VOICE).count();
        if voices != 1 {
            found.add("own-voice", &self.article, format!("it has {voices} own voices, not one"));
        }
        for statement in self.of_class(ng::class::STATEMENT) {
            if self.iris(statement, ng::CONTENT).next().is_none() {
                found.add("statement-without-words", statement, "it has no content");
            }
            if self.iris(statement, ng::RELAYS).next().is_none() {
                continue;
            }
            if self.up(statement).contains(statement) {
                found.add("relay-cycle", statement, "it passes itself on");
            }
            let carried: BTreeSet<&str> = self.iris(statement, ng::CARRIES).collect();
            for inner in self.iris(statement, ng::RELAYS) {
                if self.iris(inner, ng::CARRIES).any(|claim| carried.contains(claim)) {
                    let what = "it carries what the statement that it passes on carries";
                    found.add("carried-twice", statement, what);
                }
            }
        }
    }

    /// Both bounds or neither, in order, and an event's only from a time expression.
    fn check_bounds(&self, found: &mut Found<'_>) {
        let event = (sem::HAS_EARLIEST_BEGIN_TIME_STAMP, sem::HAS_LATEST_END_TIME_STAMP);
        for &node in self.nodes.keys() {
            for (begin, end) in [event, (ng::BEGIN, ng::END)] {
                match (self.string(node, begin), self.string(node, end)) {
                    (Some(first), Some(last)) if first > last => {
                        found.add("bad-bounds", node, "it ends before it begins");
                    }
                    (Some(_), None) | (None, Some(_)) => {
                        found.add("bad-bounds", node, "it has one of the two bounds alone");
                    }
                    _ => {}
                }
            }
            let Some(first) = self.string(node, event.0) else { continue };
            let told = self.iris(node, ng::TIME).any(|time| {
                self.string(time, ng::BEGIN) == Some(first)
                    && self.iris(time, ng::EVIDENCE).next().is_some()
            });
            if !told {
                let what = "it has a day that no time expression of the text gives it";
                found.add("bad-bounds", node, what);
            }
        }
    }
}

/// The kinds of nodes that an article has of its own, besides itself and its spans.
const KINDS: &[&str] = &["e", "v", "t", "f", "s", "c", "l"];

fn is_hash(hash: &str) -> bool {
    hash.len() == 26 && hash.bytes().all(|b| matches!(b, b'a'..=b'z' | b'2'..=b'7'))
}

/// Only datatypes and forms that Oxigraph gives back as they were.
fn check_literal(node: &str, literal: &Literal, found: &mut Found<'_>) {
    let value = literal.value();
    let sound = match literal.datatype() {
        xsd::STRING => !value.is_empty() && literal.language().is_none(),
        xsd::INTEGER => value.parse::<i64>().is_ok_and(|n| n.to_string() == value),
        xsd::DECIMAL => {
            let digits = value.strip_prefix('-').unwrap_or(value);
            let (whole, part) = digits.split_once('.').unwrap_or((digits, "1"));
            let all = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
            all(whole)
                && all(part)
                && !part.ends_with('0')
                && (whole == "0" || !whole.starts_with('0'))
        }
        xsd::DATE => value.parse::<jiff::civil::Date>().is_ok_and(|d| d.to_string() == value),
        _ => false,
    };
    if !sound {
        found.add("bad-literal", node, format!("{literal} is not in the form that is kept"));
    }
}
