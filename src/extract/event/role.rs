//! Who and what takes part: the arguments of a trigger become role fillers.

use crate::extract::clause::{self, Arguments};
use crate::extract::filler::Fillers;
use crate::facts::{EntityId, EntityType, EventId, EventType, QuantityId, Ref, Role, RoleFiller};
use crate::text::{Document, Pos};

use super::frame::Frame;
use super::tables::{FillerKind, RoleTable, Tables, Target};
use super::trigger::Trigger;

/// What the roles of one event are read from.
#[derive(Debug)]
pub(super) struct Cast<'a> {
    pub(super) doc: &'a Document<'a>,
    pub(super) tables: &'a Tables,
    pub(super) fillers: &'a Fillers<'a>,
    /// The event whose trigger stands at a token.
    pub(super) event_at: &'a [Option<EventId>],
}

/// The participants of one event.
#[derive(Debug, Default)]
pub(super) struct Roles {
    pub(super) fillers: Vec<RoleFiller>,
    pub(super) place: Option<EntityId>,
}

impl Roles {
    fn put(&mut self, target: Target, filler: Ref) {
        match (target, filler) {
            (Target::Role(role), filler) => {
                let new = RoleFiller { role, filler };
                let known = self.fillers.iter().any(|r| r.filler == filler);
                if !known && !self.fillers.contains(&new) {
                    self.fillers.push(new);
                }
            }
            (Target::RoleAndPlace(role), Ref::Entity(entity)) => {
                self.place.get_or_insert(entity);
                self.put(Target::Role(role), filler);
            }
            (Target::Place, Ref::Entity(entity)) => {
                self.place.get_or_insert(entity);
            }
            _ => {}
        }
    }
}

/// The arguments of a trigger, whichever part of speech it has.
pub(super) fn arguments_of(doc: &Document<'_>, tables: &Tables, trigger: &Trigger) -> Arguments {
    match trigger.pos {
        Pos::Verb => verb_arguments(doc, tables, trigger.token),
        Pos::Adj => adjective_arguments(doc, trigger.token),
        _ => noun_arguments(doc, tables, trigger),
    }
}

/// A verb's arguments; the infinitive after "sent troops" is the troops'.
fn verb_arguments(doc: &Document<'_>, tables: &Tables, verb: usize) -> Arguments {
    let mut args = clause::arguments(doc, verb);
    let head = doc.head(verb);
    let own = doc.children(verb).any(|c| doc.dep(c).starts_with("nsubj"));
    let purpose = doc.dep(verb) == "advcl"
        && clause::is_infinitive(doc, verb)
        && tables.triggers.dispatching.contains(doc.lemma(head));
    if purpose && !own {
        let above = clause::arguments(doc, head);
        let sent = if above.passive { above.subjects } else { above.objects };
        if let Some(&first) = sent.first()
            && (above.passive || first < verb)
        {
            args.subjects = sent;
        }
    }
    args
}

/// The subject of a predicate adjective, or the noun that it modifies.
fn adjective_arguments(doc: &Document<'_>, adjective: usize) -> Arguments {
    let head = doc.head(adjective);
    let mut args = Arguments::default();
    match doc.dep(adjective) {
        "acomp" | "attr" | "oprd" => {
            let above = clause::arguments(doc, head);
            // "found dead": the one found.
            args.subjects = if above.objects.is_empty() { above.subjects } else { above.objects };
        }
        "amod" => args.subjects.push(head),
        _ => {}
    }
    args.preps = clause::preps_of(doc, adjective);
    args.complements =
        doc.children(adjective).filter(|&c| matches!(doc.dep(c), "xcomp" | "ccomp")).collect();
    args
}

/// A noun's arguments: those of its light verb and its own prepositions and clauses.
fn noun_arguments(doc: &Document<'_>, tables: &Tables, trigger: &Trigger) -> Arguments {
    let noun = trigger.token;
    let mut args = Arguments::default();
    if let Some(verb) = trigger.carrier {
        let carrier = clause::arguments(doc, verb);
        let is_self = |&t: &usize| t == noun || doc.subtree(t).contains(&noun);
        if carrier.passive {
            args.subjects = carrier.agents;
        } else if !carrier.subjects.iter().any(is_self) {
            if tables.triggers.undergone.contains(doc.lemma(verb)) {
                args.objects = carrier.subjects;
            } else {
                args.subjects = carrier.subjects;
            }
        }
        args.datives = carrier.datives;
        args.preps.extend(carrier.preps);
    } else if doc.dep(noun) == "pobj"
        && tables.triggers.engaged_nouns.contains(&trigger.lemma)
        && tables.triggers.engaged.contains(&doc.word(doc.head(noun)).to_lowercase())
        && clause::is_verbal(doc, doc.head(doc.head(noun)))
    {
        // "Arrived in Oslo on a visit": the one who arrives visits, and visits Oslo.
        let above = clause::arguments(doc, doc.head(doc.head(noun)));
        if !above.passive {
            args.subjects = above.subjects;
            args.preps.extend(above.preps.into_iter().filter(|&(_, o)| o != noun));
        }
    }
    args.preps.extend(clause::preps_of(doc, noun));
    let above = doc.head(noun);
    if trigger.carrier.is_none() && doc.dep(noun) == "dobj" && clause::is_verbal(doc, above) {
        // "Speeded up the withdrawal of the brigade from Lorne": the parser may hang the last
        // phrase on the verb.
        let behind = clause::preps_of(doc, above).into_iter();
        args.preps.extend(behind.filter(|&(p, _)| {
            p == doc.subtree(noun).end
                && tables.triggers.directional.contains(&doc.word(p).to_lowercase())
        }));
    }
    args.complements = doc.children_by(noun, "acl").collect();
    args
}

impl Cast<'_> {
    /// The roles of the event that `trigger` tells.
    pub(super) fn roles(
        &self,
        trigger: &Trigger,
        kind: EventType,
        frame: Option<&Frame>,
        args: &Arguments,
    ) -> Roles {
        let empty = RoleTable::default();
        let of_type = self.tables.roles_of.get(&kind).unwrap_or(&empty);
        let chain = [frame.map_or(&empty, |f| &f.roles), of_type, &self.tables.roles];
        let mut roles = Roles::default();
        let own = clause::conjuncts(self.doc, trigger.token);
        let mut put = |name: &str, tokens: &[usize]| {
            for &token in tokens {
                for head in clause::conjuncts(self.doc, token) {
                    if own.contains(&head) {
                        continue;
                    }
                    let measured = || (kind == EventType::ChangeValue).then(|| self.measured(head));
                    let found = self.filler(head).or_else(|| measured().flatten());
                    let Some((filler, sort)) = found else { continue };
                    let target = chain.iter().find_map(|t| t.slot(name, sort));
                    if let Some(target) = target {
                        roles.put(target, filler);
                    }
                }
            }
        };
        let bare = args.objects.is_empty() && args.datives.is_empty();
        match trigger.pos {
            Pos::Noun => {
                put("agent", &args.subjects);
                put("undergoer", &args.objects);
            }
            Pos::Adj => put("attribute", &args.subjects),
            _ if args.passive && !bare && self.is_no_passive(trigger.token, args) => {
                put("subject", &args.subjects);
            }
            _ if args.passive => {
                // With an object besides, the surface subject is the one who gets it
                // ("was given asylum").
                put(if bare { "object" } else { "dative" }, &args.subjects);
                put("agent", &args.agents);
            }
            _ => put(if bare { "subject_bare" } else { "subject" }, &args.subjects),
        }
        if trigger.pos != Pos::Noun {
            put("object", &args.objects);
        }
        put("dative", &args.datives);
        put("complement", &args.complements);
        if !args.complements.is_empty() {
            // "demanded that the government resign": whom it is asked of.
            let inner: Vec<usize> = args
                .complements
                .iter()
                .filter(|&&c| clause::is_verbal(self.doc, c))
                .flat_map(|&c| {
                    self.doc.children(c).filter(|&s| self.doc.dep(s).starts_with("nsubj"))
                })
                .collect();
            put("complement_subject", &inner);
        }
        if trigger.pos == Pos::Noun {
            let blamed = self.blamed(trigger.token);
            put("possessor", &blamed);
            self.noun_slots(trigger.token, blamed.is_empty(), &mut put);
        }
        let preposition = |word: &str, sort| chain.iter().find_map(|t| t.prep(word, sort));
        for &(prep, object) in &args.preps {
            let word = self.preposition(prep, trigger.pos);
            for head in clause::conjuncts(self.doc, object) {
                let Some((filler, sort)) = self.filler(head) else { continue };
                let found = preposition(&word, sort);
                if let Some(target) = found {
                    roles.put(target, filler);
                }
            }
        }
        self.directions(trigger, args, of_type, &preposition, &mut roles);
        if roles.place.is_none() {
            roles.place = self.nested_place(trigger, args, &preposition);
        }
        if let Some(role) = of_type.through_topic {
            let is_topic = |prep: usize| {
                let word = self.preposition(prep, trigger.pos);
                preposition(&word, FillerKind::Event) == Some(Target::Role(Role::Topic))
            };
            self.through_topic(role, trigger, args, &is_topic, &mut roles);
        }
        roles.fillers.sort_by_key(|r| (r.role, r.filler));
        roles
    }

    /// Whose figure the noun names: "shares of Microsoft", "the bank's profit".
    fn measured(&self, noun: usize) -> Option<(Ref, FillerKind)> {
        let owner = self.doc.children_by(noun, "poss");
        let below = clause::preps_of(self.doc, noun).into_iter().map(|(_, o)| o);
        let named = owner.chain(below).find(|&o| self.fillers.is_named(o))?;
        self.filler(named)
    }

    /// Whether what looks like a passive with an object is none: only verbs of giving have one.
    fn is_no_passive(&self, verb: usize, args: &Arguments) -> bool {
        let lemma = self.doc.lemma(verb).to_lowercase();
        let actor = |&o: &usize| {
            let entity = self.fillers.entity_headed(o);
            entity.is_some_and(|e| self.fillers.is_actor(e))
        };
        !self.tables.triggers.ditransitive.contains(&lemma)
            && args.agents.is_empty()
            && args.objects.iter().all(actor)
    }

    /// Whose deed the noun names, where the verb above blames somebody for it: "jailed two men
    /// over their role".
    fn blamed(&self, noun: usize) -> Vec<usize> {
        let doc = self.doc;
        let words = &self.tables.triggers;
        let pronoun = doc.children_by(noun, "poss").any(|c| doc.tag(c) == "PRP$");
        let prep = doc.head(noun);
        let verb = doc.head(prep);
        let over = doc.dep(noun) == "pobj"
            && words.held_over.contains(&doc.word(prep).to_lowercase())
            && words.held_for.contains(doc.lemma(verb));
        if !pronoun || !over {
            return Vec::new();
        }
        let args = clause::arguments(doc, verb);
        if args.passive { args.subjects } else { args.objects }
    }

    /// Directions that hang on who moves, and, for those sent to do something, where that is.
    fn directions(
        &self,
        trigger: &Trigger,
        args: &Arguments,
        of_type: &RoleTable,
        preposition: &impl Fn(&str, FillerKind) -> Option<Target>,
        roles: &mut Roles,
    ) {
        let doc = self.doc;
        let direction = |target: Option<Target>| match target {
            Some(
                t @ (Target::Role(Role::Origin | Role::Destination)
                | Target::RoleAndPlace(Role::Origin | Role::Destination)),
            ) => Some(t),
            _ => None,
        };
        let moved = args.objects.iter().copied();
        let moved = moved.chain(args.subjects.iter().copied().filter(|_| args.passive));
        let moved = moved.chain(args.preps.iter().map(|&(_, o)| o));
        for (prep, object) in moved.flat_map(|head| clause::preps_of(doc, head)) {
            let word = doc.word(prep).to_lowercase();
            if !of_type.nested.contains(&word) {
                continue;
            }
            let Some((filler, sort)) = self.filler(object) else { continue };
            let target = preposition(&word, sort);
            // "Sent letters to soldiers", "arrested men from Lorne": only a place is a direction.
            let target = if sort == FillerKind::Place || direction(target).is_none() {
                target
            } else {
                None
            };
            if let Some(target) = target {
                roles.put(target, filler);
            }
        }
        let sends = self.tables.triggers.dispatching.contains(doc.lemma(trigger.token));
        if !sends || roles.fillers.iter().any(|r| r.role == Role::Destination) {
            return;
        }
        let purpose = doc
            .children(trigger.token)
            .find(|&c| matches!(doc.dep(c), "advcl" | "xcomp") && clause::is_infinitive(doc, c));
        let Some(purpose) = purpose else { return };
        let below = doc.children_by(purpose, "dobj").flat_map(|o| clause::preps_of(doc, o));
        for (prep, object) in clause::preps_of(doc, purpose).into_iter().chain(below) {
            let word = doc.word(prep).to_lowercase();
            let Some((filler, sort @ FillerKind::Place)) = self.filler(object) else { continue };
            if self.tables.roles.prep(&word, sort) == Some(Target::Place) {
                roles.put(Target::RoleAndPlace(Role::Destination), filler);
                return;
            }
        }
    }

    /// Whom the topic names: who made the rejected request, who is to be hit by the threatened act.
    fn through_topic(
        &self,
        role: Role,
        trigger: &Trigger,
        args: &Arguments,
        is_topic: &impl Fn(usize) -> bool,
        roles: &mut Roles,
    ) {
        let actor = |r: &RoleFiller| {
            matches!(r.role, Role::Patient | Role::Recipient)
                && match r.filler {
                    Ref::Entity(e) => self.fillers.is_actor(e),
                    Ref::Quantity(_) => true,
                    _ => false,
                }
        };
        if roles.fillers.iter().any(actor) {
            return;
        }
        // What a noun's light verb has it undergo is no topic ("Norland is facing protests").
        let objects = if trigger.pos == Pos::Noun { &[][..] } else { &args.objects };
        let topics = args.complements.iter().chain(objects).copied();
        let passive = args.passive.then_some(&args.subjects).into_iter().flatten().copied();
        let objects = args.preps.iter().filter(|&&(p, _)| is_topic(p)).map(|&(_, o)| o);
        for topic in topics.chain(passive).chain(objects) {
            if topic == trigger.token || self.fillers.time(topic).is_some() {
                continue;
            }
            let found = self.named_below(topic, 6, &|entity| {
                !roles.fillers.iter().any(|r| r.filler == Ref::Entity(entity))
            });
            if let Some(head) = found {
                for conjunct in clause::conjuncts(self.doc, head) {
                    if let Some(entity) = self.fillers.entity_headed(conjunct) {
                        roles.put(Target::Role(role), Ref::Entity(entity));
                    }
                }
                return;
            }
        }
    }

    /// The head of the first actor or place below `token`, in text order, not inside of a clause of
    /// its own or an adverbial one.
    fn named_below(
        &self,
        token: usize,
        depth: usize,
        free: &impl Fn(EntityId) -> bool,
    ) -> Option<usize> {
        let here = || {
            let entity = self.fillers.entity_headed(token)?;
            (self.fillers.is_actor(entity) && free(entity)).then_some(token)
        };
        if depth == 0 {
            return None;
        }
        let below = |wanted: &[&str]| {
            self.doc
                .children(token)
                .filter(|&c| wanted.contains(&self.doc.dep(c)) && self.fillers.time(c).is_none())
                .find_map(|c| self.named_below(c, depth - 1, free))
        };
        below(&["nsubj", "nsubjpass", "poss", "amod", "compound", "nmod", "npadvmod"])
            .or_else(here)
            .or_else(|| {
                below(&[
                    "dobj", "dative", "prep", "pobj", "agent", "pcomp", "xcomp", "conj", "acl",
                    "ccomp", "advcl",
                ])
            })
    }

    /// Possessors, modifiers and demonyms of an event noun.
    fn noun_slots(&self, noun: usize, own: bool, put: &mut impl FnMut(&str, &[usize])) {
        for child in self.doc.children(noun) {
            match self.doc.dep(child) {
                "poss" if own => put("possessor", &[child]),
                // Where the phrase as a whole is one mention, its first word is nobody.
                "compound" | "nmod" if self.stands_alone(child) => put("modifier", &[child]),
                "amod" if self.fillers.is_named(child) => put("demonym", &[child]),
                // "The Danish-led talks": those who lead take part.
                "amod" if self.tables.triggers.led.contains(self.doc.lemma(child)) => {
                    let before = |&c: &usize| c < child && self.fillers.is_named(c);
                    let leader: Vec<usize> = self.doc.children(child).filter(before).collect();
                    put("demonym", &leader);
                }
                _ => {}
            }
        }
    }

    /// Whether a mention, a figure or an event of its own stands at the token.
    fn stands_alone(&self, token: usize) -> bool {
        self.fillers.entity_headed(token).is_some()
            || self.fillers.in_name(token)
            || self.fillers.quantity(token).is_some()
            || self.event_at[token].is_some()
    }

    /// The preposition's word; for nouns, "of" and "by" of verbs and nouns are told apart by the
    /// part of speech put before the word where the table asks for it.
    fn preposition(&self, prep: usize, pos: Pos) -> String {
        let mut word = self.doc.word(prep).to_lowercase();
        // "out of", "because of", "due to": the outer word first.
        let outer = self.doc.head(prep);
        if self.doc.dep(prep) == "prep" && self.doc.dep(outer) == "prep" {
            word = format!("{} {word}", self.doc.word(self.doc.head(prep)).to_lowercase());
        } else if let Some(part) = self
            .doc
            .children(prep)
            .find(|&c| c < prep && matches!(self.doc.dep(c), "pcomp" | "advmod" | "npadvmod"))
        {
            word = format!("{} {word}", self.doc.word(part).to_lowercase());
        }
        if pos == Pos::Noun { format!("noun {word}") } else { word }
    }

    /// What fills a role at `head`, and what kind of thing it is.
    fn filler(&self, head: usize) -> Option<(Ref, FillerKind)> {
        let doc = self.doc;
        if let Some(event) = self.event_at[head] {
            return Some((Ref::Event(event), FillerKind::Event));
        }
        if self.fillers.time(head).is_some()
            || self.tables.triggers.expletive.contains(&doc.word(head).to_lowercase())
        {
            return None;
        }
        // People who are only counted are no entity of their own: the quantity fills the role.
        if let Some(quantity) = self.fillers.quantity(head)
            && !self.fillers.is_named(head)
        {
            return Some((Ref::Quantity(quantity), FillerKind::Actor));
        }
        let partitive = self.tables.triggers.partitive.contains(doc.lemma(head));
        if partitive
            && let Some(&(_, inner)) = clause::preps_of(doc, head).first()
            && inner != head
            && self.fillers.entity_headed(head).is_none()
        {
            return self.filler(inner);
        }
        let entity = self.fillers.entity(head)?;
        let sort = match self.fillers.kind(head) {
            Some(EntityType::Place | EntityType::Facility) => FillerKind::Place,
            Some(EntityType::Person | EntityType::Organization | EntityType::Group) => {
                FillerKind::Actor
            }
            _ => FillerKind::Other,
        };
        Some((Ref::Entity(entity), sort))
    }

    /// A place that hangs on what takes part ("killed two people in Kabul"), or on the clause
    /// above a nominal trigger.
    fn nested_place(
        &self,
        trigger: &Trigger,
        args: &Arguments,
        preposition: &impl Fn(&str, FillerKind) -> Option<Target>,
    ) -> Option<EntityId> {
        let doc = self.doc;
        let mut heads: Vec<usize> = args.objects.clone();
        if args.passive {
            heads.extend(&args.subjects);
        }
        heads.extend(args.preps.iter().map(|&(_, o)| o));
        let place = |prep: usize, object: usize, noun: bool| {
            let word = doc.word(prep).to_lowercase();
            let word = if noun { format!("noun {word}") } else { word };
            let is_place = preposition(&word, FillerKind::Place) == Some(Target::Place);
            match self.filler(object) {
                Some((Ref::Entity(entity), FillerKind::Place)) if is_place => Some(entity),
                _ => None,
            }
        };
        for head in heads {
            for (prep, object) in clause::preps_of(doc, head) {
                if let Some(entity) = place(prep, object, false) {
                    return Some(entity);
                }
            }
        }
        let above = doc.head(trigger.token);
        let carried_down = trigger.pos == Pos::Noun
            && matches!(doc.dep(trigger.token), "nsubj" | "nsubjpass" | "dobj")
            && clause::is_verbal(doc, above);
        if carried_down {
            for (prep, object) in clause::preps_of(doc, above) {
                if let Some(entity) = place(prep, object, false) {
                    return Some(entity);
                }
            }
        }
        None
    }
}

/// The figures among the fillers, and those that a verb gives of the event.
pub(super) fn quantities(
    roles: &[RoleFiller],
    tallied: impl Iterator<Item = QuantityId>,
) -> Vec<QuantityId> {
    let mut found: Vec<_> = roles
        .iter()
        .filter_map(|r| match r.filler {
            Ref::Quantity(q) if r.role != Role::Instrument => Some(q),
            _ => None,
        })
        .chain(tallied)
        .collect();
    found.sort_unstable();
    found.dedup();
    found
}
