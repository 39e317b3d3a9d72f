//! Facts from JSON, from anybody: everything that the contract states is checked.

use std::fmt::Write as _;

use jiff::civil::Date;
use rustc_hash::FxHashMap;
use serde_json::Number;

use crate::span::{CharIndex, CharSpan, Span};

use super::types::{
    Article, Carried, Change, Entity, EntityId, EntityType, Event, EventId, EventType, Facts, Link,
    Mention, MentionForm, Modality, Modifier, Polarity, Predicate, Quantity, QuantityId, Ref,
    Relation, RelationId, RelationObject, Role, RoleFiller, Statement, StatementId, StatementMode,
    Time, TimeId, TimeMod, TimeType, parse_day,
};
use super::{SCHEMA, raw};

/// Why a facts object was refused.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum FactsError {
    /// It is not JSON, or not of the contract's shape.
    #[error("line {line}, column {column}: {}{message} (see the facts contract, newsgraph-facts/1)", at(.member))]
    Shape {
        /// Line in the object's text, from 1.
        line: usize,
        /// Column in bytes, from 1.
        column: usize,
        /// Path of the member, such as `events[3].roles[0].ref`; empty where JSON itself is broken.
        member: String,
        /// What is wrong.
        message: String,
    },
    /// It has the shape, and says something that the contract excludes.
    #[error("{member}: {message}")]
    Member {
        /// Path of the member.
        member: String,
        /// What is wrong, and the remedy.
        message: String,
    },
}

fn at(member: &str) -> String {
    if member.is_empty() { String::new() } else { format!("{member}: ") }
}

type Result<T> = std::result::Result<T, FactsError>;

/// Reads and checks the facts of one article from one JSON object.
///
/// Members that the contract does not name are ignored; ids may have any spelling.
///
/// # Errors
///
/// [`FactsError::Shape`] where the text is not JSON or a member is missing or of the wrong JSON
/// type; [`FactsError::Member`] for another schema, an offset outside of the text, an array out of
/// text order, a doubled or dangling id, a name outside of the contract, a cycle in `relays`, a
/// `same` that does not go back to a first telling, a figure without its number.
pub fn read_facts(json: &str) -> Result<Facts> {
    let mut deserializer = serde_json::Deserializer::from_str(json);
    let raw: raw::Facts = serde_path_to_error::deserialize(&mut deserializer).map_err(|error| {
        let path = error.path().to_string();
        let inner = error.into_inner();
        let syntax = inner.is_syntax() || inner.is_eof();
        shape(&inner, if syntax || path == "." { String::new() } else { path })
    })?;
    deserializer.end().map_err(|error| shape(&error, String::new()))?;
    if raw.schema != SCHEMA {
        return Err(wrong("schema", format!("`{}` is not `{SCHEMA}`", raw.schema)));
    }
    let article = article(&raw.article)?;
    let mut reader = Reader::new(&raw, &article.text)?;
    let facts = Facts {
        sentences: reader.sentences(&raw.sentences)?,
        entities: reader.each("entities", &raw.entities, Reader::entity)?,
        times: reader.each("times", &raw.times, Reader::time)?,
        quantities: reader.each("quantities", &raw.quantities, Reader::quantity)?,
        events: reader.each("events", &raw.events, Reader::event)?,
        relations: reader.each("relations", &raw.relations, Reader::relation)?,
        statements: reader.each("statements", &raw.statements, Reader::statement)?,
        article: Article::default(),
    };
    check_order(&facts)?;
    check_references(&facts)?;
    Ok(Facts { article, ..facts })
}

fn shape(error: &serde_json::Error, member: String) -> FactsError {
    let text = error.to_string();
    let message = text.split(" at line ").next().unwrap_or(&text).to_owned();
    FactsError::Shape { line: error.line(), column: error.column(), member, message }
}

fn wrong(member: impl Into<String>, message: impl Into<String>) -> FactsError {
    FactsError::Member { member: member.into(), message: message.into() }
}

fn article(raw: &raw::Article) -> Result<Article> {
    if raw.id.is_empty() {
        return Err(wrong("article.id", "empty; give the article a name"));
    }
    if raw.text.contains('\r') {
        let message = "has CR line ends; turn them into LF and count the offsets anew";
        return Err(wrong("article.text", message));
    }
    for (member, value) in [("published", &raw.published), ("retrieved", &raw.retrieved)] {
        if let Some(value) = value.as_deref().filter(|v| parse_day(v).is_none()) {
            let message = format!("`{value}` is not an ISO 8601 date such as 2022-01-12");
            return Err(wrong(format!("article.{member}"), message));
        }
    }
    Ok(Article {
        id: raw.id.clone(),
        text: raw.text.clone(),
        published: raw.published.clone(),
        title: raw.title.clone(),
        url: raw.url.clone(),
        publisher: raw.publisher.clone(),
        language: raw.language.clone(),
        retrieved: raw.retrieved.clone(),
    })
}

/// What an id of the article names.
#[derive(Clone, Copy)]
enum Named {
    Entity(EntityId),
    Time(TimeId),
    Quantity(QuantityId),
    Event(EventId),
    Relation(RelationId),
    Statement(StatementId),
}

impl Named {
    fn kind(self) -> &'static str {
        match self {
            Self::Entity(_) => "an entity",
            Self::Time(_) => "a time",
            Self::Quantity(_) => "a quantity",
            Self::Event(_) => "an event",
            Self::Relation(_) => "a relation",
            Self::Statement(_) => "a statement",
        }
    }
}

/// Resolves offsets and ids; `path` is the member at work, for messages.
struct Reader<'a> {
    index: CharIndex<'a>,
    ids: FxHashMap<&'a str, Named>,
    path: String,
}

impl<'a> Reader<'a> {
    fn new(raw: &'a raw::Facts, text: &'a str) -> Result<Self> {
        let mut ids = FxHashMap::default();
        let mut add = |array: &str, i: usize, id: &'a str, named| {
            if id.is_empty() {
                return Err(wrong(format!("{array}[{i}].id"), "empty"));
            }
            match ids.insert(id, named) {
                None => Ok(()),
                Some(_) => Err(wrong(format!("{array}[{i}].id"), format!("`{id}` stands twice"))),
            }
        };
        for (i, x) in raw.entities.iter().enumerate() {
            add("entities", i, &x.id, Named::Entity(EntityId(narrow(i))))?;
        }
        for (i, x) in raw.times.iter().enumerate() {
            add("times", i, &x.id, Named::Time(TimeId(narrow(i))))?;
        }
        for (i, x) in raw.quantities.iter().enumerate() {
            add("quantities", i, &x.id, Named::Quantity(QuantityId(narrow(i))))?;
        }
        for (i, x) in raw.events.iter().enumerate() {
            add("events", i, &x.id, Named::Event(EventId(narrow(i))))?;
        }
        for (i, x) in raw.relations.iter().enumerate() {
            add("relations", i, &x.id, Named::Relation(RelationId(narrow(i))))?;
        }
        for (i, x) in raw.statements.iter().enumerate() {
            add("statements", i, &x.id, Named::Statement(StatementId(narrow(i))))?;
        }
        Ok(Self { index: CharIndex::new(text), ids, path: String::new() })
    }

    /// Reads every item of an array, with the path set for messages.
    fn each<R, T>(
        &mut self,
        array: &str,
        items: &[R],
        read: impl Fn(&Self, &R) -> Result<T>,
    ) -> Result<Vec<T>> {
        let mut out = Vec::with_capacity(items.len());
        for (i, item) in items.iter().enumerate() {
            self.path.clear();
            write!(self.path, "{array}[{i}]").expect("a string takes every write");
            out.push(read(self, item)?);
        }
        Ok(out)
    }

    fn wrong(&self, member: &str, message: impl Into<String>) -> FactsError {
        wrong(format!("{}.{member}", self.path), message)
    }

    fn span(&self, member: &str, pair: raw::Pair) -> Result<Span> {
        let [start, end] = pair;
        let narrow = |n: u64| u32::try_from(n).ok();
        let chars = narrow(start).zip(narrow(end)).map(|(start, end)| CharSpan { start, end });
        chars.and_then(|c| self.index.to_span(c)).filter(|s| !s.is_empty()).ok_or_else(|| {
            let length = self.index.to_char(self.index.text().len());
            let message = format!(
                "[{start}, {end}] is no stretch of the text, which has {length} Unicode scalar \
                 values; offsets are half-open counts of those, not of bytes"
            );
            self.wrong(member, message)
        })
    }

    fn optional_span(&self, member: &str, pair: Option<raw::Pair>) -> Result<Option<Span>> {
        pair.map(|pair| self.span(member, pair)).transpose()
    }

    fn sentences(&mut self, pairs: &[raw::Pair]) -> Result<Vec<Span>> {
        let mut before = 0;
        let mut out = Vec::with_capacity(pairs.len());
        for (i, &pair) in pairs.iter().enumerate() {
            self.path = format!("sentences[{i}]");
            let span = self.span("span", pair)?;
            if span.start() < before {
                return Err(wrong(&self.path, "begins before the one before it ends"));
            }
            before = span.end();
            out.push(span);
        }
        Ok(out)
    }

    fn name<T>(
        &self,
        member: &str,
        text: &str,
        parse: impl Fn(&str) -> Option<T>,
        all: impl Iterator<Item = &'static str>,
    ) -> Result<T> {
        parse(text).ok_or_else(|| {
            let names = all.collect::<Vec<_>>();
            let near = names
                .iter()
                .map(|n| (strsim::damerau_levenshtein(&n.to_lowercase(), &text.to_lowercase()), n))
                .min()
                .filter(|(distance, _)| *distance <= 2);
            let hint = match near {
                Some((_, name)) => format!("did you mean `{name}`?"),
                None => format!("one of {}", names.join(", ")),
            };
            self.wrong(member, format!("`{text}` is not in the contract; {hint}"))
        })
    }

    fn id(&self, member: &str, id: &str) -> Result<Named> {
        self.ids.get(id).copied().ok_or_else(|| {
            self.wrong(member, format!("`{id}` names nothing in this article (a dangling id)"))
        })
    }

    fn not_a(&self, member: &str, id: &str, named: Named, wanted: &str) -> FactsError {
        self.wrong(member, format!("`{id}` is {}, not {wanted}", named.kind()))
    }

    fn entity_id(&self, member: &str, id: &str) -> Result<EntityId> {
        match self.id(member, id)? {
            Named::Entity(id) => Ok(id),
            other => Err(self.not_a(member, id, other, "an entity")),
        }
    }

    fn optional_entity(&self, member: &str, id: Option<&str>) -> Result<Option<EntityId>> {
        id.map(|id| self.entity_id(member, id)).transpose()
    }

    fn optional_time(&self, id: Option<&str>) -> Result<Option<TimeId>> {
        id.map(|id| match self.id("time", id)? {
            Named::Time(id) => Ok(id),
            other => Err(self.not_a("time", id, other, "a time")),
        })
        .transpose()
    }

    fn day(&self, member: &str, text: Option<&str>) -> Result<Option<Date>> {
        text.map(|text| {
            text.parse::<Date>()
                .ok()
                .filter(|_| text.len() == 10)
                .ok_or_else(|| self.wrong(member, format!("`{text}` is no day such as 2022-01-12")))
        })
        .transpose()
    }

    fn number(&self, member: &str, number: Option<&Number>) -> Result<Option<f64>> {
        number
            .map(|n| {
                n.as_f64()
                    .filter(|f| f.is_finite())
                    .ok_or_else(|| self.wrong(member, format!("{n} is out of range")))
            })
            .transpose()
    }

    fn polarity(&self, text: &str) -> Result<Polarity> {
        self.name("polarity", text, Polarity::parse, Polarity::ALL.iter().map(|p| p.as_str()))
    }

    fn modality(&self, text: &str) -> Result<Modality> {
        self.name("modality", text, Modality::parse, Modality::ALL.iter().map(|m| m.as_str()))
    }

    fn entity(&self, raw: &raw::Entity) -> Result<Entity> {
        let kinds = EntityType::ALL.iter().map(|k| k.as_str());
        let kind = self.name("type", &raw.kind, EntityType::parse, kinds)?;
        if raw.mentions.is_empty() {
            let message = "empty: an item without evidence in the text does not exist";
            return Err(self.wrong("mentions", message));
        }
        let mut mentions = Vec::with_capacity(raw.mentions.len());
        for (i, mention) in raw.mentions.iter().enumerate() {
            let span = self.span(&format!("mentions[{i}].span"), mention.span)?;
            let member = format!("mentions[{i}].form");
            let forms = MentionForm::ALL.iter().map(|f| f.as_str());
            let form = self.name(&member, &mention.form, MentionForm::parse, forms)?;
            mentions.push(Mention { span, form });
        }
        let mut links = Vec::new();
        for (i, link) in raw.links.iter().flatten().enumerate() {
            let score = self.number(&format!("links[{i}].score"), link.score.as_ref())?;
            if oxrdf::NamedNode::new(&link.iri).is_err() {
                let message = format!("`{}` is no absolute IRI", link.iri);
                return Err(self.wrong(&format!("links[{i}].iri"), message));
            }
            links.push(Link { iri: link.iri.clone(), score });
        }
        Ok(Entity { kind, name: raw.name.clone(), mentions, links })
    }

    fn time(&self, raw: &raw::Time) -> Result<Time> {
        let kinds = TimeType::ALL.iter().map(|k| k.as_str());
        let begin = self.day("begin", raw.begin.as_deref())?;
        let end = self.day("end", raw.end.as_deref())?;
        if begin.zip(end).is_some_and(|(begin, end)| begin > end) {
            return Err(self.wrong("end", "lies before begin"));
        }
        if raw.value.is_empty() {
            return Err(self.wrong("value", "empty: give the TIMEX3 value"));
        }
        let modifier = raw.modifier.as_deref().map(|text| {
            self.name("mod", text, TimeMod::parse, TimeMod::ALL.iter().map(|m| m.as_str()))
        });
        Ok(Time {
            span: self.span("span", raw.span)?,
            kind: self.name("type", &raw.kind, TimeType::parse, kinds)?,
            value: raw.value.clone(),
            modifier: modifier.transpose()?,
            begin,
            end,
        })
    }

    fn quantity(&self, raw: &raw::Quantity) -> Result<Quantity> {
        let modifiers = Modifier::ALL.iter().map(|m| m.as_str());
        let modifier = self.name("modifier", &raw.modifier, Modifier::parse, modifiers)?;
        let value = self.number("value", raw.value.as_ref())?;
        let low = self.number("low", raw.low.as_ref())?;
        let high = self.number("high", raw.high.as_ref())?;
        if modifier == Modifier::Between {
            if low.zip(high).is_none_or(|(low, high)| low > high) || value.is_some() {
                let message = "`between` has low and high, in that order, and no value";
                return Err(self.wrong("modifier", message));
            }
        } else if value.is_none() || low.is_some() || high.is_some() {
            let message = format!("`{}` has a value, and neither low nor high", raw.modifier);
            return Err(self.wrong("value", message));
        }
        if raw.unit.is_empty() {
            return Err(self.wrong("unit", "empty: a plain number has the unit `count` or `1`"));
        }
        let change = raw.change.as_deref().map(|text| {
            self.name("change", text, Change::parse, Change::ALL.iter().map(|c| c.as_str()))
        });
        Ok(Quantity {
            span: self.span("span", raw.span)?,
            value,
            low,
            high,
            modifier,
            unit: raw.unit.clone(),
            of: self.optional_span("of", raw.of)?,
            change: change.transpose()?,
        })
    }

    fn event(&self, raw: &raw::Event) -> Result<Event> {
        let kinds = EventType::ALL.iter().map(|k| k.as_str());
        let mut roles = Vec::with_capacity(raw.roles.len());
        for (i, role) in raw.roles.iter().enumerate() {
            let names = Role::ALL.iter().map(|r| r.as_str());
            let name = self.name(&format!("roles[{i}].role"), &role.role, Role::parse, names)?;
            let member = format!("roles[{i}].ref");
            let filler = match self.id(&member, &role.filler)? {
                Named::Entity(id) => Ref::Entity(id),
                Named::Time(id) => Ref::Time(id),
                Named::Quantity(id) => Ref::Quantity(id),
                Named::Event(id) => Ref::Event(id),
                other => {
                    let wanted = "an entity, event, quantity or time";
                    return Err(self.not_a(&member, &role.filler, other, wanted));
                }
            };
            roles.push(RoleFiller { role: name, filler });
        }
        let mut quantities = Vec::new();
        for (i, id) in raw.quantities.iter().flatten().enumerate() {
            let member = format!("quantities[{i}]");
            match self.id(&member, id)? {
                Named::Quantity(id) => quantities.push(id),
                other => return Err(self.not_a(&member, id, other, "a quantity")),
            }
        }
        let same = raw.same.as_deref().map(|id| match self.id("same", id)? {
            Named::Event(id) => Ok(id),
            other => Err(self.not_a("same", id, other, "an event")),
        });
        Ok(Event {
            kind: self.name("type", &raw.kind, EventType::parse, kinds)?,
            trigger: self.span("trigger", raw.trigger)?,
            lemma: raw.lemma.clone(),
            roles,
            time: self.optional_time(raw.time.as_deref())?,
            place: self.optional_entity("place", raw.place.as_deref())?,
            polarity: self.polarity(&raw.polarity)?,
            modality: self.modality(&raw.modality)?,
            quantities,
            same: same.transpose()?,
        })
    }

    fn relation(&self, raw: &raw::Relation) -> Result<Relation> {
        let predicates = Predicate::ALL.iter().map(|p| p.as_str());
        let object = match &raw.object {
            raw::Object::Id(id) => RelationObject::Entity(self.entity_id("object", id)?),
            raw::Object::Literal { value, datatype } => {
                if value.is_empty() || datatype.is_empty() {
                    return Err(self.wrong("object", "a literal has a value and a datatype"));
                }
                RelationObject::Literal { value: value.clone(), datatype: datatype.clone() }
            }
        };
        Ok(Relation {
            subject: self.entity_id("subject", &raw.subject)?,
            predicate: self.name("predicate", &raw.predicate, Predicate::parse, predicates)?,
            object,
            span: self.span("span", raw.span)?,
            time: self.optional_time(raw.time.as_deref())?,
            polarity: self.polarity(&raw.polarity)?,
            modality: self.modality(&raw.modality)?,
        })
    }

    fn statement(&self, raw: &raw::Statement) -> Result<Statement> {
        if raw.content.is_empty() {
            return Err(self.wrong("content", "empty: a statement without words does not exist"));
        }
        let mut content = Vec::with_capacity(raw.content.len());
        for (i, &pair) in raw.content.iter().enumerate() {
            content.push(self.span(&format!("content[{i}]"), pair)?);
        }
        let mut carries = Vec::with_capacity(raw.carries.len());
        for (i, id) in raw.carries.iter().enumerate() {
            let member = format!("carries[{i}]");
            carries.push(match self.id(&member, id)? {
                Named::Event(id) => Carried::Event(id),
                Named::Relation(id) => Carried::Relation(id),
                Named::Quantity(id) => Carried::Quantity(id),
                other => {
                    return Err(self.not_a(&member, id, other, "an event, relation or quantity"));
                }
            });
        }
        let relays = raw.relays.as_deref().map(|id| match self.id("relays", id)? {
            Named::Statement(id) => Ok(id),
            other => Err(self.not_a("relays", id, other, "a statement")),
        });
        let modes = StatementMode::ALL.iter().map(|m| m.as_str());
        Ok(Statement {
            speaker: self.optional_entity("speaker", raw.speaker.as_deref())?,
            source: self.optional_span("source", raw.source)?,
            cue: self.optional_span("cue", raw.cue)?,
            addressee: self.optional_entity("addressee", raw.addressee.as_deref())?,
            content,
            mode: self.name("mode", &raw.mode, StatementMode::parse, modes)?,
            relays: relays.transpose()?,
            carries,
            time: self.optional_time(raw.time.as_deref())?,
            modality: raw.modality.as_deref().map(|m| self.modality(m)).transpose()?,
        })
    }
}

/// Arrays are in text order.
fn check_order(facts: &Facts) -> Result<()> {
    in_order("entities", facts.entities.iter().map(|e| e.mentions.first().map(|m| m.span)))?;
    for (i, entity) in facts.entities.iter().enumerate() {
        let array = format!("entities[{i}].mentions");
        in_order(&array, entity.mentions.iter().map(|m| Some(m.span)))?;
    }
    in_order("times", facts.times.iter().map(|t| Some(t.span)))?;
    in_order("quantities", facts.quantities.iter().map(|q| Some(q.span)))?;
    in_order("events", facts.events.iter().map(|v| Some(v.trigger)))?;
    in_order("relations", facts.relations.iter().map(|r| Some(r.span)))?;
    in_order("statements", facts.statements.iter().map(Statement::first))?;
    for (i, statement) in facts.statements.iter().enumerate() {
        let array = format!("statements[{i}].content");
        in_order(&array, statement.content.iter().map(|&c| Some(c)))?;
    }
    Ok(())
}

fn in_order(array: &str, spans: impl Iterator<Item = Option<Span>>) -> Result<()> {
    let mut before = 0;
    for (i, span) in spans.enumerate() {
        let start = span.map_or(before, Span::start);
        if start < before {
            let message = "begins before the one before it; sort the array by first span";
            return Err(wrong(format!("{array}[{i}]"), message));
        }
        before = start;
    }
    Ok(())
}

/// `same` goes back to a first telling, `relays` has no cycle.
fn check_references(facts: &Facts) -> Result<()> {
    for (i, event) in facts.events.iter().enumerate() {
        let Some(same) = event.same else { continue };
        let first = facts.events.get(same.index());
        if same.index() >= i || first.is_none_or(|first| first.same.is_some()) {
            let message = "has to name the first event of the article that tells the happening";
            return Err(wrong(format!("events[{i}].same"), message));
        }
    }
    for i in 0..facts.statements.len() {
        let mut at = i;
        for steps in 0.. {
            let Some(next) = facts.statements.get(at).and_then(|s| s.relays) else { break };
            if steps >= facts.statements.len() {
                return Err(wrong(format!("statements[{i}].relays"), "the relays form a cycle"));
            }
            at = next.index();
        }
    }
    Ok(())
}

fn narrow(i: usize) -> u32 {
    u32::try_from(i).expect("an array in memory has fewer than 2^32 items")
}
