//! The types of the facts contract.

use jiff::civil::Date;

use crate::span::Span;

/// Declares an enum of the contract with its one table of names.
macro_rules! names {
    ($(#[$doc:meta])* $name:ident { $($(#[$vdoc:meta])* $variant:ident = $text:literal),+ $(,)? }) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum $name { $($(#[$vdoc])* $variant),+ }

        impl $name {
            /// Every value, in the contract's order.
            pub const ALL: &'static [Self] = &[$(Self::$variant),+];

            /// The contract's spelling.
            pub fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $text),+ }
            }

            /// The value that the contract spells `text`.
            pub fn parse(text: &str) -> Option<Self> {
                match text { $($text => Some(Self::$variant),)+ _ => None }
            }
        }
    };
}

names! {
    /// What kind of thing an entity is.
    #[expect(missing_docs, reason = "the contract's names speak for themselves")]
    EntityType {
        Person = "Person", Organization = "Organization", Place = "Place", Facility = "Facility",
        Group = "Group", Product = "Product", Work = "Work", NamedEvent = "NamedEvent", Law = "Law",
        Language = "Language", Thing = "Thing",
    }
}
names! {
    /// How a mention refers.
    MentionForm {
        /// By a proper name.
        Name = "name",
        /// By a description.
        Nominal = "nominal",
        /// By a pronoun.
        Pronoun = "pronoun",
    }
}
names! {
    /// TIMEX3's type of a time expression.
    #[expect(missing_docs, reason = "TIMEX3's names")]
    TimeType { Date = "date", Time = "time", Duration = "duration", Set = "set" }
}
names! {
    /// TIMEX3's `mod`.
    #[expect(missing_docs, reason = "TIMEX3's names")]
    TimeMod {
        Start = "START", Mid = "MID", End = "END", Approx = "APPROX", Before = "BEFORE",
        After = "AFTER", OnOrBefore = "ON_OR_BEFORE", OnOrAfter = "ON_OR_AFTER",
        MoreThan = "MORE_THAN", LessThan = "LESS_THAN", EqualOrMore = "EQUAL_OR_MORE",
        EqualOrLess = "EQUAL_OR_LESS",
    }
}
names! {
    /// How firm a figure is.
    #[expect(missing_docs, reason = "the contract's names speak for themselves")]
    Modifier {
        Exact = "exact", About = "about", AtLeast = "at_least", MoreThan = "more_than",
        AtMost = "at_most", LessThan = "less_than", Between = "between",
    }
}
names! {
    /// Whether a figure is a level or a difference.
    Change {
        /// A level.
        Total = "total",
        /// A difference to an earlier level.
        Increment = "increment",
    }
}
names! {
    /// What kind of event a trigger tells: PLOVER's sixteen and general news.
    #[expect(missing_docs, reason = "defined in ontology/event-types.ttl")]
    EventType {
        Agree = "Agree", Consult = "Consult", Support = "Support", Concede = "Concede",
        Cooperate = "Cooperate", Aid = "Aid", Retreat = "Retreat", Request = "Request",
        Accuse = "Accuse", Reject = "Reject", Threaten = "Threaten", Protest = "Protest",
        Sanction = "Sanction", Mobilize = "Mobilize", Coerce = "Coerce", Assault = "Assault",
        Arrest = "Arrest", Move = "Move", Die = "Die", Injure = "Injure", Accident = "Accident",
        Disaster = "Disaster", Crime = "Crime", Trial = "Trial", Elect = "Elect",
        Appoint = "Appoint", Resign = "Resign", Legislate = "Legislate", Transact = "Transact",
        ChangeValue = "ChangeValue", Launch = "Launch", Compete = "Compete", Outbreak = "Outbreak",
        Other = "Other",
    }
}
names! {
    /// The part that something plays in an event.
    #[expect(missing_docs, reason = "the contract's names speak for themselves")]
    Role {
        Agent = "agent", Patient = "patient", Recipient = "recipient", Instrument = "instrument",
        Origin = "origin", Destination = "destination", Topic = "topic", Cause = "cause",
    }
}
names! {
    /// Whether something is said to be so or not so.
    #[expect(missing_docs, reason = "the contract's names speak for themselves")]
    Polarity { Positive = "positive", Negative = "negative" }
}
names! {
    /// In which manner something is put forward (ISO-TimeML, FactBank).
    #[expect(missing_docs, reason = "the contract's names speak for themselves")]
    Modality {
        Asserted = "asserted", Planned = "planned", Possible = "possible", Requested = "requested",
        Ordered = "ordered", Hypothetical = "hypothetical", Generic = "generic", Denied = "denied",
    }
}
names! {
    /// What a relation says of its subject.
    #[expect(missing_docs, reason = "defined in ontology/newsgraph.ttl")]
    Predicate {
        MemberOf = "memberOf", NotMemberOf = "notMemberOf", PartOf = "partOf",
        LocatedIn = "locatedIn", HoldsOffice = "holdsOffice", WorksFor = "worksFor",
        Leads = "leads", OwnerOf = "ownerOf", FounderOf = "founderOf", FamilyOf = "familyOf",
        BornIn = "bornIn", DiedIn = "diedIn", BornOn = "bornOn", DiedOn = "diedOn",
        Nationality = "nationality", ResidesIn = "residesIn", EducatedAt = "educatedAt",
        HeadquarteredIn = "headquarteredIn", CapitalOf = "capitalOf", ShortNameOf = "shortNameOf",
        InstanceOf = "instanceOf", HasAge = "hasAge",
    }
}
names! {
    /// How a statement gives the words.
    #[expect(missing_docs, reason = "the contract's names speak for themselves")]
    StatementMode { Direct = "direct", Indirect = "indirect", Mixed = "mixed" }
}

/// Declares the typed index of one of the arrays of [`Facts`].
macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident $prefix:literal),+ $(,)?) => { $(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub u32);

        impl $name {
            /// The letter before the number in the written id.
            pub const PREFIX: char = $prefix;

            /// Where it stands in its array.
            pub fn index(self) -> usize {
                self.0 as usize
            }
        }

        impl std::fmt::Display for $name {
            /// Writes the contract's id: the letter and the number, counted from 1.
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                write!(f, "{}{}", $prefix, self.0 + 1)
            }
        }
    )+ };
}

ids! {
    /// Index into [`Facts::entities`].
    EntityId 'e',
    /// Index into [`Facts::times`].
    TimeId 't',
    /// Index into [`Facts::quantities`].
    QuantityId 'q',
    /// Index into [`Facts::events`].
    EventId 'v',
    /// Index into [`Facts::relations`].
    RelationId 'r',
    /// Index into [`Facts::statements`].
    StatementId 's',
}

/// One news text as read.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Article {
    /// The name under which it was read: a file's stem, a feed's id.
    pub id: String,
    /// The text, with LF line ends, exactly as analysed.
    pub text: String,
    /// ISO 8601 date or date-time of publication, as given.
    pub published: Option<String>,
    /// Headline.
    pub title: Option<String>,
    /// Address.
    pub url: Option<String>,
    /// Outlet.
    pub publisher: Option<String>,
    /// BCP 47 language tag.
    pub language: Option<String>,
    /// ISO 8601 date or date-time of retrieval, as given.
    pub retrieved: Option<String>,
}

impl Article {
    /// The day of publication: the anchor date of relative time expressions.
    pub fn published_day(&self) -> Option<Date> {
        self.published.as_deref().and_then(parse_day)
    }
}

/// The day of an ISO 8601 date or date-time.
pub fn parse_day(text: &str) -> Option<Date> {
    text.get(..10).and_then(|day| day.parse().ok())
}

/// All that one article reports. The arrays are in text order.
#[derive(Clone, Debug, PartialEq, Default)]
pub struct Facts {
    /// The article itself.
    pub article: Article,
    /// Sentences, in order, not overlapping.
    pub sentences: Vec<Span>,
    /// Who and where.
    pub entities: Vec<Entity>,
    /// When.
    pub times: Vec<Time>,
    /// How many.
    pub quantities: Vec<Quantity>,
    /// What happened.
    pub events: Vec<Event>,
    /// What is so.
    pub relations: Vec<Relation>,
    /// Who says so.
    pub statements: Vec<Statement>,
}

/// What several mentions of one article refer to.
#[derive(Clone, Debug, PartialEq)]
pub struct Entity {
    /// What kind of thing it is.
    pub kind: EntityType,
    /// The fullest name, or the words of the first mention where it has none.
    pub name: String,
    /// Its mentions, at least one, in text order.
    pub mentions: Vec<Mention>,
    /// Candidates in the world, best first.
    pub links: Vec<Link>,
}

/// Words that refer to an entity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mention {
    /// The words.
    pub span: Span,
    /// Name, nominal or pronoun.
    pub form: MentionForm,
}

/// A candidate identity of an entity in the world.
#[derive(Clone, Debug, PartialEq)]
pub struct Link {
    /// IRI in a knowledge base (Wikidata, GeoNames).
    pub iri: String,
    /// Calibrated probability in `[0, 1]`; `None` where the linker gives none.
    pub score: Option<f64>,
}

/// A time expression.
#[derive(Clone, Debug, PartialEq)]
pub struct Time {
    /// The time words, without preposition.
    pub span: Span,
    /// TIMEX3 type.
    pub kind: TimeType,
    /// TIMEX3 value.
    pub value: String,
    /// TIMEX3 mod.
    pub modifier: Option<TimeMod>,
    /// The first day that it can cover.
    pub begin: Option<Date>,
    /// The last day that it can cover.
    pub end: Option<Date>,
}

/// A figure with its bound.
#[derive(Clone, Debug, PartialEq)]
pub struct Quantity {
    /// Modifier, number and unit.
    pub span: Span,
    /// The number, for all modifiers but `between`.
    pub value: Option<f64>,
    /// The lower number of `between`.
    pub low: Option<f64>,
    /// The upper number of `between`.
    pub high: Option<f64>,
    /// How firm it is.
    pub modifier: Modifier,
    /// `count`, `percent`, an ISO 4217 code, a UCUM code, or `1`.
    pub unit: String,
    /// The counted noun phrase.
    pub of: Option<Span>,
    /// Total or increment, only where the text says so.
    pub change: Option<Change>,
}

/// What fills a role.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "each variant names its array")]
pub enum Ref {
    Entity(EntityId),
    Event(EventId),
    Quantity(QuantityId),
    Time(TimeId),
}

/// A role and its filler.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RoleFiller {
    /// The part played.
    pub role: Role,
    /// By whom or what.
    pub filler: Ref,
}

/// Something said to happen, as told by one trigger.
#[derive(Clone, Debug, PartialEq)]
pub struct Event {
    /// What kind.
    pub kind: EventType,
    /// The word that says so.
    pub trigger: Span,
    /// The trigger's lemma.
    pub lemma: String,
    /// Who and what takes part.
    pub roles: Vec<RoleFiller>,
    /// When.
    pub time: Option<TimeId>,
    /// Where.
    pub place: Option<EntityId>,
    /// Happened or not.
    pub polarity: Polarity,
    /// In which manner it is put forward.
    pub modality: Modality,
    /// Figures that belong to it.
    pub quantities: Vec<QuantityId>,
    /// The article's first telling of the same happening.
    pub same: Option<EventId>,
}

/// The object of a relation.
#[derive(Clone, Debug, PartialEq)]
pub enum RelationObject {
    /// Another entity.
    Entity(EntityId),
    /// A value.
    Literal {
        /// Lexical form.
        value: String,
        /// Datatype as the contract writes it, such as `xsd:string`.
        datatype: String,
    },
}

/// Something that is so between an entity and another or a value.
#[derive(Clone, Debug, PartialEq)]
pub struct Relation {
    /// Of whom.
    pub subject: EntityId,
    /// What.
    pub predicate: Predicate,
    /// With whom, or which value.
    pub object: RelationObject,
    /// The words that say so.
    pub span: Span,
    /// When it held.
    pub time: Option<TimeId>,
    /// So or not so.
    pub polarity: Polarity,
    /// In which manner it is put forward.
    pub modality: Modality,
}

/// What a statement carries.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "each variant names its array")]
pub enum Carried {
    Event(EventId),
    Relation(RelationId),
    Quantity(QuantityId),
}

/// Who says so: one attribution.
#[derive(Clone, Debug, PartialEq)]
pub struct Statement {
    /// The entity that speaks.
    pub speaker: Option<EntityId>,
    /// The words that name the speaker.
    pub source: Option<Span>,
    /// The reporting words.
    pub cue: Option<Span>,
    /// Whom it was told to.
    pub addressee: Option<EntityId>,
    /// The pieces of what is said, at least one, in text order.
    pub content: Vec<Span>,
    /// How the words are given.
    pub mode: StatementMode,
    /// The statement that this one passes on.
    pub relays: Option<StatementId>,
    /// What the content reports.
    pub carries: Vec<Carried>,
    /// When it was said.
    pub time: Option<TimeId>,
    /// `Denied` for a denial, absent for an assertion.
    pub modality: Option<Modality>,
}

impl Statement {
    /// Where the statement begins in the text: the earliest of its source, cue and content.
    pub fn first(&self) -> Option<Span> {
        self.content.iter().copied().chain(self.source).chain(self.cue).min()
    }
}
