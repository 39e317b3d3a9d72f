//! Elliptical lists: "killed 12 people in Oslo and five in Bergen", "Microsoft rose 3 percent, Google
//! 2 percent". The verb is said once; each member becomes an event of its own.
//!
//! The parser hangs such members on whatever stands near, so they are read off the surface: a
//! figure and the preposition that the first member has, or a subject and a figure of one unit,
//! with nothing but a comma or a conjunction before them.

use crate::extract::filler::Fillers;
use crate::facts::{EntityId, EntityType, Event, EventType, Quantity, QuantityId, Ref, TimeId};
use crate::text::{Document, Pos};

use super::tables::ListWords;
use super::trigger::Trigger;

/// What begins at a token, by the layers before.
#[derive(Debug)]
pub(super) struct Marks {
    /// One past the last token of the quantity and of what it counts, with its id.
    quantities: Vec<Option<(usize, QuantityId)>>,
    entities: Vec<Option<(usize, EntityId)>>,
    times: Vec<Option<(usize, TimeId)>>,
}

impl Marks {
    pub(super) fn new(doc: &Document<'_>, fillers: &Fillers<'_>, quantities: &[Quantity]) -> Self {
        let n = doc.len();
        let mut marks =
            Self { quantities: vec![None; n], entities: vec![None; n], times: vec![None; n] };
        for (id, quantity) in (0_u32..).zip(quantities) {
            let tokens = doc.tokens_in(quantity.span);
            let of = quantity.of.map(|of| doc.tokens_in(of));
            let end = of.filter(|of| of.start == tokens.end).map_or(tokens.end, |of| of.end);
            if let Some(slot) = marks.quantities.get_mut(tokens.start) {
                *slot = Some((end, QuantityId(id)));
            }
        }
        for (id, entity) in (0_u32..).zip(fillers.entities) {
            for mention in &entity.mentions {
                let tokens = doc.tokens_in(mention.span);
                if let Some(slot) = marks.entities.get_mut(tokens.start)
                    && slot.is_none_or(|(end, _)| end < tokens.end)
                {
                    *slot = Some((tokens.end, EntityId(id)));
                }
            }
        }
        for (id, time) in (0_u32..).zip(fillers.times) {
            let tokens = doc.tokens_in(time.span);
            if let Some(slot) = marks.times.get_mut(tokens.start) {
                *slot = Some((tokens.end, TimeId(id)));
            }
        }
        marks
    }

    fn quantity(&self, at: usize) -> Option<(usize, QuantityId)> {
        self.quantities.get(at).copied().flatten()
    }

    fn entity(&self, at: usize) -> Option<(usize, EntityId)> {
        self.entities.get(at).copied().flatten()
    }

    fn time(&self, at: usize) -> Option<(usize, TimeId)> {
        self.times.get(at).copied().flatten()
    }

    /// The figure that says by how much, right behind a verb of change ("rose 3 percent", "fell by
    /// a third").
    pub(super) fn extent(&self, doc: &Document<'_>, trigger: &Trigger) -> Option<QuantityId> {
        let behind = trigger.end;
        let through = behind < doc.len() && doc.pos(behind) == Pos::Adp;
        let found = self.quantity(behind);
        found.or_else(|| self.quantity(behind + 1).filter(|_| through)).map(|(_, id)| id)
    }
}

/// The further members of the list whose first one `event` is; what the tree made of them as
/// participants of the first is taken from it.
pub(super) fn members(
    doc: &Document<'_>,
    words: &ListWords,
    fillers: &Fillers<'_>,
    marks: &Marks,
    quantities: &[Quantity],
    trigger: &Trigger,
    event: &mut Event,
) -> Vec<Event> {
    if trigger.pos != Pos::Verb {
        return Vec::new();
    }
    let list = List { doc, words, fillers, marks, quantities, trigger };
    let Some((figure, behind)) = list.figure(event) else { return Vec::new() };
    let mut found = list.placed(event, figure, behind);
    if found.is_empty() {
        found = list.by_subject(event, figure, behind);
    }
    found
}

#[derive(Debug)]
struct List<'a> {
    doc: &'a Document<'a>,
    words: &'a ListWords,
    fillers: &'a Fillers<'a>,
    marks: &'a Marks,
    quantities: &'a [Quantity],
    trigger: &'a Trigger,
}

impl List<'_> {
    /// The figure of the first member, and the token from which the list goes on.
    fn figure(&self, event: &Event) -> Option<(QuantityId, usize)> {
        let sentence = self.doc.sentences()[self.doc.sentence_of(self.trigger.token)].clone();
        sentence.clone().find_map(|t| {
            let (end, id) = self.marks.quantity(t)?;
            let own = event.quantities.contains(&id);
            (own && t + 8 > self.trigger.start).then_some((id, end.max(self.trigger.end)))
        })
    }

    /// The token behind a comma, a conjunction or both; `None` where neither stands.
    fn next(&self, at: usize) -> Option<usize> {
        let doc = self.doc;
        let joins = |t: usize| {
            t < doc.len()
                && doc.sentence_of(t) == doc.sentence_of(self.trigger.token)
                && (doc.pos(t) == Pos::Cconj || matches!(doc.word(t), "," | ";"))
        };
        let mut next = at;
        while next < at + 2 && joins(next) {
            next += 1;
        }
        (next > at && next < doc.len()).then_some(next)
    }

    /// Whether nothing goes on at `at`: the list's member ends there.
    fn ends(&self, at: usize) -> bool {
        let doc = self.doc;
        at >= doc.len()
            || doc.sentence_of(at) != doc.sentence_of(self.trigger.token)
            || matches!(doc.pos(at), Pos::Punct | Pos::Cconj | Pos::Adp | Pos::Sconj)
    }

    /// A preposition of a list with a place or a time behind it.
    fn ground(&self, at: usize) -> Option<Ground> {
        let doc = self.doc;
        let word = (at < doc.len()).then(|| doc.word(at).to_lowercase())?;
        if !self.words.listing.contains(&word) {
            return None;
        }
        let from = at + 1 + usize::from(at + 1 < doc.len() && doc.tag(at + 1) == "DT");
        let (end, place, time) = match (self.marks.time(at + 1), self.marks.entity(at + 1)) {
            (Some((end, time)), _) => (end, None, Some(time)),
            (None, Some((end, place))) => (end, Some(place), None),
            (None, None) => {
                let (end, place) = self.marks.entity(from)?;
                (end, Some(place), None)
            }
        };
        Some(Ground { word, end, place, time })
    }

    /// "… 12 people in Oslo and five in Bergen".
    fn placed(&self, event: &mut Event, figure: QuantityId, behind: usize) -> Vec<Event> {
        let mut found = Vec::new();
        let Some(first) = self.ground(behind) else { return found };
        let tied = first.time.is_some_and(|t| event.time == Some(t))
            || first.place.is_some_and(|p| {
                event.place == Some(p) || event.roles.iter().any(|r| r.filler == Ref::Entity(p))
            });
        if !tied {
            return found;
        }
        let mut at = first.end;
        while let Some((end, other)) = self.next(at).and_then(|n| self.marks.quantity(n)) {
            let Some(ground) = self
                .ground(end)
                .filter(|g| g.word == first.word && g.time.is_some() == first.time.is_some())
            else {
                break;
            };
            if !self.ends(ground.end) {
                break;
            }
            let mut member = with_figure(event, figure, other);
            if let (Some(old), Some(new)) = (first.place, ground.place) {
                if member.place == Some(old) {
                    member.place = Some(new);
                }
                replace(&mut member, Ref::Entity(old), Ref::Entity(new));
                take(event, Ref::Entity(new));
            }
            member.time = ground.time.or(member.time);
            take(event, Ref::Quantity(other));
            found.push(member);
            at = ground.end;
        }
        for member in 0..found.len() {
            let (before, rest) = found.split_at_mut(member);
            for other in before.iter().filter_map(|b| b.place) {
                if let Some(own) = rest.first_mut().filter(|own| own.place != Some(other)) {
                    take(own, Ref::Entity(other));
                }
            }
        }
        found
    }

    /// "Norway sent 200 soldiers, Sweden 50", "Microsoft rose 3 percent, Google 2".
    fn by_subject(&self, event: &mut Event, figure: QuantityId, behind: usize) -> Vec<Event> {
        let doc = self.doc;
        let mut found = Vec::new();
        let sentence = doc.sentence_of(self.trigger.token);
        let before = |id: EntityId| {
            self.fillers.entities.get(id.index()).is_some_and(|e| {
                e.mentions.iter().any(|m| {
                    let t = doc.tokens_in(m.span).start;
                    t < self.trigger.start && t < doc.len() && doc.sentence_of(t) == sentence
                })
            })
        };
        let subject = event.roles.iter().find_map(|r| match r.filler {
            Ref::Entity(id) if before(id) => Some(id),
            _ => None,
        });
        let Some(subject) = subject else { return found };
        let unit = |id: QuantityId| self.quantities.get(id.index()).map(|q| q.unit.as_str());
        let mut at = behind;
        while let Some(start) = self.next(at) {
            let Some((end, other)) = self.marks.entity(start) else { break };
            let Some((end, second)) = self.marks.quantity(end) else { break };
            let named = self.fillers.entities.get(other.index()).is_some_and(|e| {
                matches!(
                    e.kind,
                    EntityType::Person
                        | EntityType::Organization
                        | EntityType::Place
                        | EntityType::Group
                        | EntityType::Product
                )
            });
            if !named || other == subject || unit(second) != unit(figure) || !self.ends(end) {
                break;
            }
            let mut member = with_figure(event, figure, second);
            replace(&mut member, Ref::Entity(subject), Ref::Entity(other));
            take(event, Ref::Entity(other));
            take(event, Ref::Quantity(second));
            found.push(member);
            at = end;
        }
        found
    }
}

/// What a member stands on besides its figure.
#[derive(Debug)]
struct Ground {
    word: String,
    end: usize,
    place: Option<EntityId>,
    time: Option<TimeId>,
}

fn with_figure(event: &Event, old: QuantityId, new: QuantityId) -> Event {
    let mut member = event.clone();
    take(&mut member, Ref::Quantity(new));
    for quantity in &mut member.quantities {
        if *quantity == old {
            *quantity = new;
        }
    }
    replace(&mut member, Ref::Quantity(old), Ref::Quantity(new));
    member
}

fn replace(event: &mut Event, old: Ref, new: Ref) {
    event.roles.retain(|r| r.filler != new);
    for role in &mut event.roles {
        if role.filler == old {
            role.filler = new;
        }
    }
    event.roles.sort_by_key(|r| (r.role, r.filler));
}

/// Takes a participant away.
fn take(event: &mut Event, filler: Ref) {
    event.roles.retain(|r| r.filler != filler);
    if let Ref::Quantity(quantity) = filler {
        event.quantities.retain(|q| *q != quantity);
    }
}

/// Whether a figure right behind the verb says by how much.
pub(super) fn has_extent(kind: EventType, trigger: &Trigger) -> bool {
    kind == EventType::ChangeValue && trigger.pos == Pos::Verb
}
