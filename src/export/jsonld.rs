//! JSON-LD 1.1, compact and streaming: one line for each subject.
//!
//! The context holds the base and the prefixes; a subject is an object with `@id`, `@type` and
//! prefixed keys. Values stay apart from references (`{"@id": …}`), so that no context has to know
//! our properties.

use std::io::{self, Write};

use oxrdf::vocab::{rdf, xsd};
use oxrdf::{LiteralRef, NamedNode, NamedNodeRef, TermRef, Triple};
use serde_json::{Map, Value, json};

use super::{Document, ExportError, Format, Graph, Options, order, prefix};

pub(super) const FORMAT: Format = Format {
    name: "jsonld",
    about: "JSON-LD: a line a node, for JSON tools and search engines",
    extension: "jsonld",
    media_type: "application/ld+json",
    graphs: true,
    rdf12: false,
    begin: |options, out| Ok(Box::new(JsonLd::begin(options, out)?)),
};

struct JsonLd<'w> {
    out: &'w mut (dyn Write + 'w),
    base: String,
    data: String,
    many: bool,
    /// Prefix and namespace, the longest namespace first.
    prefixes: Vec<(String, String)>,
    separator: &'static str,
}

impl<'w> JsonLd<'w> {
    fn begin(options: &Options, out: &'w mut (dyn Write + 'w)) -> io::Result<Self> {
        let mut prefixes = prefix::prefixes(options);
        let mut context = Map::new();
        context.insert("@base".to_owned(), prefix::base(options).into());
        context.extend(prefixes.iter().map(|(name, iri)| (name.clone(), iri.as_str().into())));
        prefixes.sort_by_key(|(_, iri)| std::cmp::Reverse(iri.len()));
        write!(out, "{{\"@context\":{},\n\"@graph\":[", Value::Object(context))?;
        Ok(Self {
            out,
            base: prefix::base(options).to_owned(),
            data: options.base.clone(),
            many: options.article.is_none(),
            prefixes,
            separator: "\n",
        })
    }

    /// An IRI as a name under a prefix, or whole.
    fn name(&self, node: NamedNodeRef<'_>) -> String {
        let iri = node.as_str();
        let short = self.prefixes.iter().find_map(|(prefix, namespace)| {
            let local = iri.strip_prefix(namespace)?;
            (!local.starts_with("//")).then(|| format!("{prefix}:{local}"))
        });
        short.unwrap_or_else(|| iri.to_owned())
    }

    /// An IRI as a reference: relative to the base where it is an article or a part of one.
    fn reference(&self, node: NamedNodeRef<'_>) -> String {
        match node.as_str().strip_prefix(&self.base) {
            Some(local) if self.many && local.starts_with("a/") => local.to_owned(),
            Some(local) if !self.many && (local.is_empty() || local.starts_with('#')) => {
                local.to_owned()
            }
            _ => self.name(node),
        }
    }

    fn node(&self, block: &[Triple]) -> Option<Value> {
        let first = block.first()?;
        let mut node = Map::new();
        node.insert("@id".to_owned(), self.id(TermRef::from(first.subject.as_ref())).into());
        let types = block.iter().filter(|triple| is_type(triple));
        let types: Vec<_> = types.map(|triple| self.id(triple.object.as_ref())).collect();
        if !types.is_empty() {
            node.insert("@type".to_owned(), one_or_many(types.into_iter().map(Value::from)));
        }
        let others: Vec<_> = block.iter().filter(|triple| !is_type(triple)).collect();
        for same in others.chunk_by(|a, b| a.predicate == b.predicate) {
            let values = same.iter().map(|triple| self.value(triple.object.as_ref()));
            let Some(predicate) = same.first().map(|triple| &triple.predicate) else { continue };
            node.insert(self.name(predicate.as_ref()), one_or_many(values));
        }
        Some(Value::Object(node))
    }

    fn id(&self, term: TermRef<'_>) -> String {
        match term {
            TermRef::NamedNode(node) => self.reference(node),
            other => other.to_string(),
        }
    }

    fn value(&self, term: TermRef<'_>) -> Value {
        match term {
            TermRef::Literal(literal) => self.literal(literal),
            other => json!({"@id": self.id(other)}),
        }
    }

    fn literal(&self, literal: LiteralRef<'_>) -> Value {
        let value = literal.value();
        if let Some(language) = literal.language() {
            return json!({"@language": language, "@value": value});
        }
        let datatype = literal.datatype();
        if datatype == xsd::STRING {
            return value.into();
        }
        let number = (datatype == xsd::INTEGER).then(|| value.parse::<i32>().ok()).flatten();
        match number.filter(|number| number.to_string() == value) {
            Some(number) => number.into(),
            None => json!({"@type": self.name(datatype), "@value": value}),
        }
    }
}

/// Whether a triple gives a class by its IRI.
fn is_type(triple: &Triple) -> bool {
    triple.predicate == rdf::TYPE && !triple.object.is_literal()
}

fn one_or_many(values: impl Iterator<Item = Value>) -> Value {
    let mut values: Vec<_> = values.collect();
    match (values.len(), values.pop()) {
        (1, Some(value)) => value,
        (_, last) => {
            values.extend(last);
            Value::Array(values)
        }
    }
}

impl Document for JsonLd<'_> {
    fn graph(&mut self, name: Option<&NamedNode>, graph: &Graph) -> Result<(), ExportError> {
        if let Some(name) = name {
            let id = Value::from(self.reference(name.as_ref()));
            write!(self.out, "{}{{\"@id\":{id},\"@graph\":[", self.separator)?;
            self.separator = "\n";
        }
        for (_, block) in order::blocks(&self.data, &graph.triples) {
            if let Some(node) = self.node(block) {
                write!(self.out, "{}{node}", self.separator)?;
                self.separator = ",\n";
            }
        }
        if name.is_some() {
            write!(self.out, "]}}")?;
            self.separator = ",\n";
        }
        Ok(())
    }

    fn finish(self: Box<Self>) -> io::Result<()> {
        writeln!(self.out, "\n]}}")?;
        self.out.flush()
    }
}

#[cfg(test)]
mod tests {
    use oxrdf::Literal;

    use super::*;

    #[test]
    fn a_node_is_one_line() {
        let node = |iri: &str| NamedNode::new_unchecked(iri);
        let event = node("https://w3id.org/newsgraph/d/v/x");
        let triples = [
            (rdf::TYPE.into_owned(), node("https://w3id.org/newsgraph/ns#Event").into()),
            (node("http://www.w3.org/2000/01/rdf-schema#label"), Literal::from("fell").into()),
            (node("https://w3id.org/newsgraph/ns#n"), Literal::from(5).into()),
            (
                node("https://w3id.org/newsgraph/ns#n"),
                Literal::new_typed_literal("05", xsd::INTEGER).into(),
            ),
        ];
        let triples: Vec<_> = triples
            .into_iter()
            .map(|(p, o): (_, oxrdf::Term)| Triple::new(event.clone(), p, o))
            .collect();
        let mut out = Vec::new();
        let mut document = JsonLd::begin(&Options::default(), &mut out).unwrap();
        document.graph(None, &Graph::new(triples, false)).unwrap();
        Box::new(document).finish().unwrap();
        let text = String::from_utf8(out).unwrap();
        assert_eq!(
            text.lines().nth(2),
            Some(
                "{\"@id\":\"v:x\",\"@type\":\"ng:Event\",\"rdfs:label\":\"fell\",\
                 \"ng:n\":[{\"@type\":\"xsd:integer\",\"@value\":\"05\"},5]}"
            )
        );
    }
}
