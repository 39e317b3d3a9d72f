//! Facts written by hand, by the words they stand on.

#![expect(clippy::panic, reason = "a draft of words that are not in its text is a faulty test")]

use newsgraph::facts::{
    Article, Carried, Entity, EntityId, EntityType, Event, EventId, EventType, Facts, Link,
    Mention, MentionForm, Modality, Modifier, Polarity, Predicate, Quantity, QuantityId, Ref,
    Relation, RelationId, RelationObject, Role, RoleFiller, Statement, StatementId, StatementMode,
    Time, TimeId, TimeType,
};
use newsgraph::span::Span;

/// Facts in the making; words are found in the text from left to right.
pub(crate) struct Draft(pub(crate) Facts);

impl Draft {
    pub(crate) fn new(text: &str, published: &str) -> Self {
        let article = Article {
            // Articles of one name and no address would be versions of one another.
            id: format!("{published} {text}"),
            text: text.to_owned(),
            published: Some(published.to_owned()),
            ..Article::default()
        };
        let sentences = Span::new(text, 0, text.len()).into_iter().collect();
        Self(Facts { article, sentences, ..Facts::default() })
    }

    fn span(&self, words: &str) -> Span {
        let text = &self.0.article.text;
        let start = text.find(words).unwrap_or_else(|| panic!("{words:?} is not in {text:?}"));
        Span::new(text, start, start + words.len()).expect("found words are a span")
    }

    fn id(len: usize) -> u32 {
        u32::try_from(len).expect("drafts are small")
    }

    pub(crate) fn entity(&mut self, kind: EntityType, name: &str, form: MentionForm) -> EntityId {
        let mentions = vec![Mention { span: self.span(name), form }];
        let entity = Entity { kind, name: name.to_owned(), mentions, links: Vec::new() };
        self.0.entities.push(entity);
        EntityId(Self::id(self.0.entities.len() - 1))
    }

    pub(crate) fn person(&mut self, name: &str) -> EntityId {
        self.entity(EntityType::Person, name, MentionForm::Name)
    }

    pub(crate) fn body(&mut self, name: &str) -> EntityId {
        self.entity(EntityType::Organization, name, MentionForm::Name)
    }

    pub(crate) fn link(&mut self, entity: EntityId, iri: &str) {
        let link = Link { iri: iri.to_owned(), score: Some(0.9) };
        self.0.entities[entity.index()].links.push(link);
    }

    pub(crate) fn event(
        &mut self,
        kind: EventType,
        trigger: &str,
        roles: &[(Role, EntityId)],
    ) -> EventId {
        let fill = |&(role, id): &(Role, EntityId)| RoleFiller { role, filler: Ref::Entity(id) };
        self.0.events.push(Event {
            kind,
            trigger: self.span(trigger),
            lemma: trigger.to_owned(),
            roles: roles.iter().map(fill).collect(),
            time: None,
            place: None,
            polarity: Polarity::Positive,
            modality: Modality::Asserted,
            quantities: Vec::new(),
            same: None,
        });
        EventId(Self::id(self.0.events.len() - 1))
    }

    pub(crate) fn modality(&mut self, event: EventId, modality: Modality) {
        self.0.events[event.index()].modality = modality;
    }

    pub(crate) fn on(&mut self, event: EventId, words: &str, day: &str) {
        let bound = day.parse().ok();
        let (kind, value) = (TimeType::Date, day.to_owned());
        let span = self.span(words);
        self.0.times.push(Time { span, kind, value, modifier: None, begin: bound, end: bound });
        let time = TimeId(Self::id(self.0.times.len() - 1));
        self.0.events[event.index()].time = Some(time);
    }

    pub(crate) fn figure(
        &mut self,
        event: EventId,
        words: &str,
        value: f64,
        modifier: Modifier,
        of: &str,
    ) -> QuantityId {
        self.0.quantities.push(Quantity {
            span: self.span(words),
            value: Some(value),
            low: None,
            high: None,
            modifier,
            unit: "count".to_owned(),
            of: Some(self.span(of)),
            change: None,
        });
        let id = QuantityId(Self::id(self.0.quantities.len() - 1));
        self.0.events[event.index()].quantities.push(id);
        id
    }

    pub(crate) fn relation(
        &mut self,
        subject: EntityId,
        predicate: Predicate,
        object: EntityId,
        words: &str,
    ) -> RelationId {
        self.0.relations.push(Relation {
            subject,
            predicate,
            object: RelationObject::Entity(object),
            span: self.span(words),
            time: None,
            polarity: Polarity::Positive,
            modality: Modality::Asserted,
        });
        RelationId(Self::id(self.0.relations.len() - 1))
    }

    pub(crate) fn says(
        &mut self,
        speaker: EntityId,
        content: &str,
        carries: &[Carried],
    ) -> StatementId {
        self.0.statements.push(Statement {
            speaker: Some(speaker),
            source: None,
            cue: None,
            addressee: None,
            content: vec![self.span(content)],
            mode: StatementMode::Indirect,
            relays: None,
            carries: carries.to_vec(),
            time: None,
            modality: None,
        });
        StatementId(Self::id(self.0.statements.len() - 1))
    }
}
