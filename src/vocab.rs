//! Every IRI that newsgraph writes, generated from `ontology/` by `just gen`: do not edit.

use oxrdf::NamedNodeRef;

const fn iri(text: &'static str) -> NamedNodeRef<'static> {
    NamedNodeRef::new_unchecked(text)
}

/// The prefixes of the ontology and their namespaces, by prefix.
pub const PREFIXES: &[(&str, &str)] = &[
    ("dct", "http://purl.org/dc/terms/"),
    ("et", "https://w3id.org/newsgraph/event-type#"),
    ("gaf", "http://groundedannotationframework.org/gaf#"),
    ("ng", "https://w3id.org/newsgraph/ns#"),
    ("nif", "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#"),
    ("oa", "http://www.w3.org/ns/oa#"),
    ("owl", "http://www.w3.org/2002/07/owl#"),
    ("prov", "http://www.w3.org/ns/prov#"),
    ("rdf", "http://www.w3.org/1999/02/22-rdf-syntax-ns#"),
    ("rdfs", "http://www.w3.org/2000/01/rdf-schema#"),
    ("schema", "https://schema.org/"),
    ("sem", "http://semanticweb.cs.vu.nl/2009/11/sem/"),
    ("skos", "http://www.w3.org/2004/02/skos/core#"),
    ("time", "http://www.w3.org/2006/time#"),
    ("xsd", "http://www.w3.org/2001/XMLSchema#"),
];

/// `http://purl.org/dc/terms/`
pub mod dct {
    use super::{NamedNodeRef, iri};

    /// The namespace.
    pub const NAMESPACE: &str = "http://purl.org/dc/terms/";

    /// The name under which the article was read.
    pub const IDENTIFIER: NamedNodeRef<'static> = iri("http://purl.org/dc/terms/identifier");
}

/// `https://w3id.org/newsgraph/event-type#`
pub mod et {
    use super::{NamedNodeRef, iri};

    /// The namespace.
    pub const NAMESPACE: &str = "https://w3id.org/newsgraph/event-type#";

    /// A crash, collapse, fire, explosion, spill that nobody meant.
    pub const ACCIDENT: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/event-type#Accident");

    /// Somebody blames, charges, sues, criticises somebody.
    pub const ACCUSE: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/event-type#Accuse");

    /// Parties come to an understanding, sign, settle, accept terms.
    pub const AGREE: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/event-type#Agree");

    /// Somebody gives help: money, goods, rescue, shelter, protection.
    pub const AID: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/event-type#Aid");

    /// Somebody is named to an office, hired, promoted.
    pub const APPOINT: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/event-type#Appoint");

    /// Somebody is detained, arrested, jailed, kept in custody.
    pub const ARREST: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/event-type#Arrest");

    /// Somebody attacks, shoots, bombs, beats, clashes with another.
    pub const ASSAULT: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/event-type#Assault");

    /// A price, rate, count or index rises, falls or stays.
    pub const CHANGE_VALUE: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/event-type#ChangeValue");

    /// Somebody uses force or law against another short of assault: raids, curfews, seizures, dispersal.
    pub const COERCE: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/event-type#Coerce");

    /// Somebody plays, wins, loses, qualifies in a contest.
    pub const COMPETE: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/event-type#Compete");

    /// Somebody yields: eases a rule, drops a demand, releases, returns.
    pub const CONCEDE: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/event-type#Concede");

    /// Parties talk, meet, visit, negotiate.
    pub const CONSULT: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/event-type#Consult");

    /// Parties do something together: exercise, trade, share, work jointly.
    pub const COOPERATE: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/event-type#Cooperate");

    /// A theft, fraud, murder, smuggling or another offence.
    pub const CRIME: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/event-type#Crime");

    /// Somebody dies or is killed.
    pub const DIE: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/event-type#Die");

    /// A storm, flood, quake, drought, eruption, wildfire.
    pub const DISASTER: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/event-type#Disaster");

    /// What happens in trade and technology.
    pub const ECONOMY_AND_TECHNOLOGY: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/event-type#EconomyAndTechnology");

    /// People vote, a candidate wins or loses an election.
    pub const ELECT: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/event-type#Elect");

    /// What fits no other group.
    pub const GENERAL: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/event-type#General");

    /// Somebody is hurt or falls ill.
    pub const INJURE: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/event-type#Injure");

    /// Something is started, opened, released, presented, sent up.
    pub const LAUNCH: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/event-type#Launch");

    /// A law or rule is proposed, passed, signed, repealed.
    pub const LEGISLATE: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/event-type#Legislate");

    /// What happens to life, health and safety.
    pub const LIFE_AND_HARM: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/event-type#LifeAndHarm");

    /// Doing something against another.
    pub const MATERIAL_CONFLICT: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/event-type#MaterialConflict");

    /// Doing something that helps another.
    pub const MATERIAL_COOPERATION: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/event-type#MaterialCooperation");

    /// Forces are deployed, alerted, called up, massed.
    pub const MOBILIZE: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/event-type#Mobilize");

    /// Somebody or something goes, travels, arrives, leaves, is carried.
    pub const MOVE: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/event-type#Move");

    /// An event of none of the other types.
    pub const OTHER: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/event-type#Other");

    /// A disease spreads or returns.
    pub const OUTBREAK: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/event-type#Outbreak");

    /// People demonstrate, strike, riot, block.
    pub const PROTEST: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/event-type#Protest");

    /// What happens in courts, offices, parliaments, arenas.
    pub const PUBLIC_LIFE: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/event-type#PublicLife");

    /// Somebody refuses, denies, vetoes, turns down.
    pub const REJECT: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/event-type#Reject");

    /// Somebody asks, calls, demands that another do something.
    pub const REQUEST: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/event-type#Request");

    /// Somebody leaves an office, retires, is dismissed.
    pub const RESIGN: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/event-type#Resign");

    /// Forces withdraw, a siege ends, a truce is kept.
    pub const RETREAT: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/event-type#Retreat");

    /// Somebody cuts ties, fines, boycotts, embargoes, expels.
    pub const SANCTION: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/event-type#Sanction");

    /// Somebody backs, praises, thanks or defends somebody.
    pub const SUPPORT: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/event-type#Support");

    /// Somebody warns of harm or sets an ultimatum.
    pub const THREATEN: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/event-type#Threaten");

    /// Somebody buys, sells, invests, merges, pays, borrows.
    pub const TRANSACT: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/event-type#Transact");

    /// A court hears, convicts, acquits, sentences, rules.
    pub const TRIAL: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/event-type#Trial");

    /// Saying something that sets parties against one another.
    pub const VERBAL_CONFLICT: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/event-type#VerbalConflict");

    /// Saying or agreeing something that brings parties together.
    pub const VERBAL_COOPERATION: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/event-type#VerbalCooperation");

    /// What kind of thing is said to happen. A question for a type asks for its narrower ones too; schemes of others attach with skos:broader.
    pub const SCHEME: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/event-type#scheme");
}

/// `http://groundedannotationframework.org/gaf#`
pub mod gaf {
    use super::{NamedNodeRef, iri};

    /// The namespace.
    pub const NAMESPACE: &str = "http://groundedannotationframework.org/gaf#";

    /// Superproperty of evidence and mentions.
    pub const DENOTED_BY: NamedNodeRef<'static> = iri("http://groundedannotationframework.org/gaf#denotedBy");
}

/// `https://w3id.org/newsgraph/ns#`
pub mod ng {
    use super::{NamedNodeRef, iri};

    /// The namespace.
    pub const NAMESPACE: &str = "https://w3id.org/newsgraph/ns#";

    /// A day.
    pub const DAY: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/ns#Day");

    /// A decade.
    pub const DECADE: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/ns#Decade");

    /// A length of time.
    pub const DURATION: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/ns#Duration");

    /// A moment of a day.
    pub const INSTANT: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/ns#Instant");

    /// A month.
    pub const MONTH: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/ns#Month");

    /// A morning, an afternoon, an evening, a night.
    pub const PART_OF_DAY: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/ns#PartOfDay");

    /// A quarter, a half or a season of a year.
    pub const QUARTER: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/ns#Quarter");

    /// The past, the present or the future, and no more.
    pub const REFERENCE: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/ns#Reference");

    /// Times that recur.
    pub const SET: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/ns#Set");

    /// A week or a weekend.
    pub const WEEK: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/ns#Week");

    /// A year.
    pub const YEAR: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/ns#Year");

    /// Near the number.
    pub const ABOUT: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/ns#about");

    /// Whom it was told to.
    pub const ADDRESSEE: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/ns#addressee");

    /// Who does it.
    pub const AGENT: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/ns#agent");

    /// Another figure for the same thing that it can meet.
    pub const AGREES_WITH: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/ns#agreesWith");

    /// When it held, only where the text tells.
    pub const AS_OF: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/ns#asOf");

    /// Put forward as fact.
    pub const ASSERTED: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/ns#asserted");

    /// The number or more.
    pub const AT_LEAST: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/ns#at_least");

    /// The number or less.
    pub const AT_MOST: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/ns#at_most");

    /// Asserted by one speaker.
    pub const ATTRIBUTED: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/ns#attributed");

    /// A speaker of a statement that carries the claim.
    pub const ATTRIBUTED_TO: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/ns#attributedTo");

    /// The first day that it can cover.
    pub const BEGIN: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/ns#begin");

    /// From the lower to the upper number.
    pub const BETWEEN: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/ns#between");

    /// Was born in a place.
    pub const BORN_IN: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/ns#bornIn");

    /// Was born on a day.
    pub const BORN_ON: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/ns#bornOn");

    /// Is the capital of.
    pub const CAPITAL_OF: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/ns#capitalOf");

    /// Reports a claim; only the innermost statement of a chain carries.
    pub const CARRIES: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/ns#carries");

    /// Why; what did it.
    pub const CAUSE: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/ns#cause");

    /// Total or increment, only where the text says so.
    pub const CHANGE: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/ns#change");

    /// A claim of an earlier article that planned what this one reports as done.
    pub const CONFIRMS: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/ns#confirms");

    /// Another figure for the same thing that it cannot meet.
    pub const CONFLICTS_WITH: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/ns#conflictsWith");

    /// A piece of what is said.
    pub const CONTENT: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/ns#content");

    /// Asserted by two independent speakers.
    pub const CORROBORATED: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/ns#corroborated");

    /// The counted words.
    pub const COUNTS: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/ns#counts");

    /// The reporting words.
    pub const CUE: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/ns#cue");

    /// Inside a denial; as a status: only denied or negated.
    pub const DENIED: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/ns#denied");

    /// To where.
    pub const DESTINATION: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/ns#destination");

    /// Died in a place.
    pub const DIED_IN: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/ns#diedIn");

    /// Died on a day.
    pub const DIED_ON: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/ns#diedOn");

    /// Word for word.
    pub const DIRECT: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/ns#direct");

    /// Asserted by one claim and denied or negated by another.
    pub const DISPUTED: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/ns#disputed");

    /// Studied there.
    pub const EDUCATED_AT: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/ns#educatedAt");

    /// The last day that it can cover.
    pub const END: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/ns#end");

    /// The words that it rests on.
    pub const EVIDENCE: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/ns#evidence");

    /// The number itself.
    pub const EXACT: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/ns#exact");

    /// Which proposition the claim says.
    pub const EXPRESSES: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/ns#expresses");

    /// Is kin or spouse of.
    pub const FAMILY_OF: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/ns#familyOf");

    /// Predicate of figure claims: the figure that is given for an event, or by the article where it belongs to none.
    pub const FIGURE: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/ns#figure");

    /// How the mention refers: by name, by description, by pronoun.
    pub const FORM: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/ns#form");

    /// Founded it.
    pub const FOUNDER_OF: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/ns#founderOf");

    /// In general, of no occasion; as a status: only in general.
    pub const GENERIC: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/ns#generic");

    /// How large a piece of the calendar it names.
    pub const GRANULARITY: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/ns#granularity");

    /// Its age in years.
    pub const HAS_AGE: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/ns#hasAge");

    /// Has its seat there.
    pub const HEADQUARTERED_IN: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/ns#headquarteredIn");

    /// The upper number of a range as told.
    pub const HIGH: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/ns#high");

    /// Has an office or function, by its title.
    pub const HOLDS_OFFICE: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/ns#holdsOffice");

    /// In a condition; as a status: only in conditions.
    pub const HYPOTHETICAL: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/ns#hypothetical");

    /// Which individual the entity is.
    pub const IDENTIFIED_AS: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/ns#identifiedAs");

    /// The article that makes the statement or claim.
    pub const IN_ARTICLE: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/ns#inArticle");

    /// The sentence in which the span begins.
    pub const IN_SENTENCE: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/ns#inSentence");

    /// A difference to an earlier level.
    pub const INCREMENT: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/ns#increment");

    /// In the words of the article.
    pub const INDIRECT: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/ns#indirect");

    /// The name of the input that held the article.
    pub const INPUT: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/ns#input");

    /// What kind of thing the text says it is.
    pub const INSTANCE_OF: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/ns#instanceOf");

    /// With what.
    pub const INSTRUMENT: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/ns#instrument");

    /// A name in normal form: lower case, without accents and punctuation.
    pub const KEY: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/ns#key");

    /// Heads a body or a place.
    pub const LEADS: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/ns#leads");

    /// Less than the number.
    pub const LESS_THAN: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/ns#less_than");

    /// Lies in a place.
    pub const LOCATED_IN: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/ns#locatedIn");

    /// The lower number of a range as told.
    pub const LOW: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/ns#low");

    /// The type of the event that it measures.
    pub const MEASURE: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/ns#measure");

    /// Belongs to a body as a member.
    pub const MEMBER_OF: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/ns#memberOf");

    /// A mention of the entity.
    pub const MENTION: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/ns#mention");

    /// Partly word for word.
    pub const MIXED: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/ns#mixed");

    /// START, MID, END, APPROX and the like, after ISO-TimeML.
    pub const MOD: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/ns#mod");

    /// In which manner a claim is put forward; for a statement, ng:denied where it is a denial.
    pub const MODALITY: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/ns#modality");

    /// Whether the words are given directly, indirectly, or mixed.
    pub const MODE: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/ns#mode");

    /// How firm the figure is.
    pub const MODIFIER: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/ns#modifier");

    /// More than the number.
    pub const MORE_THAN: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/ns#more_than");

    /// By a proper name.
    pub const NAME: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/ns#name");

    /// Is a national of a country.
    pub const NATIONALITY: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/ns#nationality");

    /// Said not to be so.
    pub const NEGATIVE: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/ns#negative");

    /// By a description.
    pub const NOMINAL: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/ns#nominal");

    /// Is said not to belong to a body.
    pub const NOT_MEMBER_OF: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/ns#notMemberOf");

    /// The entity that the link is for; the later of two tellings that were joined.
    pub const OF: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/ns#of");

    /// Commanded; as a status: only commanded.
    pub const ORDERED: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/ns#ordered");

    /// From where or from whom.
    pub const ORIGIN: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/ns#origin");

    /// Both have days, and these overlap.
    pub const OVERLAPPING_DAYS: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/ns#overlappingDays");

    /// Owns it.
    pub const OWNER_OF: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/ns#ownerOf");

    /// Is a part of something larger.
    pub const PART_OF: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/ns#partOf");

    /// Who or what it is done to.
    pub const PATIENT: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/ns#patient");

    /// Where it takes place.
    pub const PLACE: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/ns#place");

    /// Said to come; as a status: only planned.
    pub const PLANNED: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/ns#planned");

    /// So or not so.
    pub const POLARITY: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/ns#polarity");

    /// Said to be so.
    pub const POSITIVE: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/ns#positive");

    /// May be or come; as a status: no more than possible.
    pub const POSSIBLE: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/ns#possible");

    /// By a pronoun.
    pub const PRONOUN: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/ns#pronoun");

    /// The moment of publication as given, where it is more than a day.
    pub const PUBLISHED_AT: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/ns#publishedAt");

    /// Why two tellings were joined.
    pub const REASON: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/ns#reason");

    /// Who receives it, or the other side.
    pub const RECIPIENT: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/ns#recipient");

    /// A speaker up the chain, who passes the claim on.
    pub const RELAYED_BY: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/ns#relayedBy");

    /// Passes on another statement.
    pub const RELAYS: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/ns#relays");

    /// The earlier article of which it is a near-copy.
    pub const REPRINT_OF: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/ns#reprintOf");

    /// How much of the texts of a near-copy and its original is in both, from 0 to 1, by runs of three words; estimated from sketches.
    pub const REPRINT_SHARE: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/ns#reprintShare");

    /// Asked for; as a status: only asked for.
    pub const REQUESTED: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/ns#requested");

    /// Lives in a place.
    pub const RESIDES_IN: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/ns#residesIn");

    /// The first telling, in the same article, of the same happening.
    pub const RETELLS: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/ns#retells");

    /// An earlier figure of the same speaker for the same thing.
    pub const REVISES: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/ns#revises");

    /// Something that takes part in the event.
    pub const ROLE: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/ns#role");

    /// When it was said, only where the text tells.
    pub const SAID_AT: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/ns#saidAt");

    /// An individual takes part in both, or it is the place of both.
    pub const SAME_ACTORS: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/ns#sameActors");

    /// The beginnings of the two articles are alike.
    pub const SAME_SUBJECT: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/ns#sameSubject");

    /// The two events are of one type.
    pub const SAME_TYPE: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/ns#sameType");

    /// The triggers have one stem.
    pub const SAME_WORDS: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/ns#sameWords");

    /// Probability that the linker gave, from 0 to 1; how well two tellings fit, from 0 to 1, which is no probability.
    pub const SCORE: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/ns#score");

    /// The settings of the run, as one line.
    pub const SETTINGS: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/ns#settings");

    /// Its short form is used for: subject the entity, object the other form.
    pub const SHORT_NAME_OF: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/ns#shortNameOf");

    /// The words that name the speaker.
    pub const SOURCE: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/ns#source");

    /// Whose words they are; absent where the text does not say.
    pub const SPEAKER: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/ns#speaker");

    /// Asserted in some publisher's own voice.
    pub const STATED: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/ns#stated");

    /// How well it is supported.
    pub const STATUS: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/ns#status");

    /// The earlier version of the article.
    pub const SUPERSEDES: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/ns#supersedes");

    /// Which happening the event tells of.
    pub const TELLS: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/ns#tells");

    /// The statement whose term the entity is: no name mention, and every mention inside reported words.
    pub const TERM_OF: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/ns#termOf");

    /// When it takes place.
    pub const TIME: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/ns#time");

    /// The value of the expression after ISO-TimeML.
    pub const TIMEX: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/ns#timex");

    /// The candidate in the world; the earlier of two tellings that were joined.
    pub const TO: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/ns#to");

    /// About what; what is asked, charged, refused.
    pub const TOPIC: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/ns#topic");

    /// A level.
    pub const TOTAL: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/ns#total");

    /// count, percent, 1, an ISO 4217 or a UCUM code.
    pub const UNIT: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/ns#unit");

    /// The number as told.
    pub const VALUE: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/ns#value");

    /// The version of newsgraph that ran.
    pub const VERSION: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/ns#version");

    /// The pieces of what is said, joined by a blank.
    pub const WORDS: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/ns#words");

    /// Works for a body.
    pub const WORKS_FOR: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/ns#worksFor");

    /// Classes.
    pub mod class {
        use super::{NamedNodeRef, iri};

        /// Whether a figure is a level or a difference.
        pub const CHANGE: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/ns#Change");

        /// That something is so, was so or will be so, as carried by a statement.
        pub const CLAIM: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/ns#Claim");

        /// An event as told by one trigger. It says what is talked about, never that it happened: only a claim does.
        pub const EVENT: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/ns#Event");

        /// The claim that an event of a type takes place, with its polarity and modality.
        pub const EVENT_CLAIM: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/ns#EventClaim");

        /// A building or a built place with a use: an airport, a plant, a bridge.
        pub const FACILITY: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/ns#Facility");

        /// A number with what it counts and how firm it is.
        pub const FIGURE: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/ns#Figure");

        /// The claim that a figure belongs to an event.
        pub const FIGURE_CLAIM: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/ns#FigureClaim");

        /// How large a piece of the calendar a time expression names.
        pub const GRANULARITY: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/ns#Granularity");

        /// Persons or bodies named together that are no organisation.
        pub const GROUP: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/ns#Group");

        /// An event across tellings, in one article or several.
        pub const HAPPENING: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/ns#Happening");

        /// An entity across articles.
        pub const INDIVIDUAL: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/ns#Individual");

        /// That a telling was taken for one of the same happening as a telling of another article, with the score and the reasons.
        pub const JOINING: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/ns#Joining");

        /// A candidate identity of an entity in the world, with the score that a linker gave it.
        pub const LINK: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/ns#Link");

        /// How a mention refers.
        pub const MENTION_FORM: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/ns#MentionForm");

        /// In which manner something is put forward.
        pub const MODALITY: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/ns#Modality");

        /// How firm a figure is.
        pub const MODIFIER: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/ns#Modifier");

        /// All that an article says itself, without attributing it. Exactly one an article.
        pub const OWN_VOICE: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/ns#OwnVoice");

        /// Whether something is said to be so or not so.
        pub const POLARITY: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/ns#Polarity");

        /// What several claims say alike.
        pub const PROPOSITION: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/ns#Proposition");

        /// Why two tellings were taken for tellings of one happening.
        pub const REASON: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/ns#Reason");

        /// The claim that a relation holds, with its polarity and modality.
        pub const RELATION_CLAIM: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/ns#RelationClaim");

        /// One run that added articles to a store.
        pub const RUN: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/ns#Run");

        /// A sentence with its text.
        pub const SENTENCE: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/ns#Sentence");

        /// A stretch of the text, in Unicode scalar values; it knows its sentence.
        pub const SPAN: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/ns#Span");

        /// One saying: who, with which reporting words, what words.
        pub const STATEMENT: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/ns#Statement");

        /// How a statement gives the words.
        pub const STATEMENT_MODE: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/ns#StatementMode");

        /// How well a proposition or happening is supported by its claims.
        pub const STATUS: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/ns#Status");

        /// A time expression and the days that it can cover.
        pub const TIME: NamedNodeRef<'static> = iri("https://w3id.org/newsgraph/ns#Time");
    }
}

/// `http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#`
pub mod nif {
    use super::{NamedNodeRef, iri};

    /// The namespace.
    pub const NAMESPACE: &str = "http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#";

    /// The words of a sentence or span.
    pub const ANCHOR_OF: NamedNodeRef<'static> = iri("http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#anchorOf");

    /// The first Unicode scalar value.
    pub const BEGIN_INDEX: NamedNodeRef<'static> = iri("http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#beginIndex");

    /// One past the last Unicode scalar value.
    pub const END_INDEX: NamedNodeRef<'static> = iri("http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#endIndex");

    /// The text of the article, with LF line ends.
    pub const IS_STRING: NamedNodeRef<'static> = iri("http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#isString");

    /// The article that holds the text.
    pub const REFERENCE_CONTEXT: NamedNodeRef<'static> = iri("http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#referenceContext");

    /// Superproperty of ng:inSentence.
    pub const SUPER_STRING: NamedNodeRef<'static> = iri("http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#superString");

    /// Classes.
    pub mod class {
        use super::{NamedNodeRef, iri};

        /// Superclass of articles.
        pub const CONTEXT: NamedNodeRef<'static> = iri("http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#Context");

        /// Superclass of sentences and spans.
        pub const RFC5147STRING: NamedNodeRef<'static> = iri("http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#RFC5147String");

        /// Superclass of sentences.
        pub const SENTENCE: NamedNodeRef<'static> = iri("http://persistence.uni-leipzig.org/nlp2rdf/ontologies/nif-core#Sentence");
    }
}

/// `http://www.w3.org/ns/oa#`
pub mod oa {
    use super::{NamedNodeRef, iri};

    /// The namespace.
    pub const NAMESPACE: &str = "http://www.w3.org/ns/oa#";

    /// One past the last Unicode scalar value.
    pub const END: NamedNodeRef<'static> = iri("http://www.w3.org/ns/oa#end");

    /// The words.
    pub const EXACT: NamedNodeRef<'static> = iri("http://www.w3.org/ns/oa#exact");

    /// How the span is found in the text.
    pub const HAS_SELECTOR: NamedNodeRef<'static> = iri("http://www.w3.org/ns/oa#hasSelector");

    /// The article in which the span is found.
    pub const HAS_SOURCE: NamedNodeRef<'static> = iri("http://www.w3.org/ns/oa#hasSource");

    /// The words before.
    pub const PREFIX: NamedNodeRef<'static> = iri("http://www.w3.org/ns/oa#prefix");

    /// The first Unicode scalar value.
    pub const START: NamedNodeRef<'static> = iri("http://www.w3.org/ns/oa#start");

    /// The words after.
    pub const SUFFIX: NamedNodeRef<'static> = iri("http://www.w3.org/ns/oa#suffix");

    /// Classes.
    pub mod class {
        use super::{NamedNodeRef, iri};

        /// A span as a part of its article.
        pub const SPECIFIC_RESOURCE: NamedNodeRef<'static> = iri("http://www.w3.org/ns/oa#SpecificResource");

        /// A span by its offsets.
        pub const TEXT_POSITION_SELECTOR: NamedNodeRef<'static> = iri("http://www.w3.org/ns/oa#TextPositionSelector");

        /// A span by its words.
        pub const TEXT_QUOTE_SELECTOR: NamedNodeRef<'static> = iri("http://www.w3.org/ns/oa#TextQuoteSelector");
    }
}

/// `http://www.w3.org/2002/07/owl#`
pub mod owl {
    use super::{NamedNodeRef, iri};

    /// The namespace.
    pub const NAMESPACE: &str = "http://www.w3.org/2002/07/owl#";

    /// A link that a person verified.
    pub const SAME_AS: NamedNodeRef<'static> = iri("http://www.w3.org/2002/07/owl#sameAs");
}

/// `http://www.w3.org/ns/prov#`
pub mod prov {
    use super::{NamedNodeRef, iri};

    /// The namespace.
    pub const NAMESPACE: &str = "http://www.w3.org/ns/prov#";

    /// When the run began.
    pub const STARTED_AT_TIME: NamedNodeRef<'static> = iri("http://www.w3.org/ns/prov#startedAtTime");

    /// Superproperty of ng:speaker and ng:attributedTo.
    pub const WAS_ATTRIBUTED_TO: NamedNodeRef<'static> = iri("http://www.w3.org/ns/prov#wasAttributedTo");

    /// Superproperty of ng:reprintOf.
    pub const WAS_DERIVED_FROM: NamedNodeRef<'static> = iri("http://www.w3.org/ns/prov#wasDerivedFrom");

    /// The run that added the article.
    pub const WAS_GENERATED_BY: NamedNodeRef<'static> = iri("http://www.w3.org/ns/prov#wasGeneratedBy");

    /// Superproperty of ng:relays.
    pub const WAS_QUOTED_FROM: NamedNodeRef<'static> = iri("http://www.w3.org/ns/prov#wasQuotedFrom");

    /// Superproperty of ng:supersedes.
    pub const WAS_REVISION_OF: NamedNodeRef<'static> = iri("http://www.w3.org/ns/prov#wasRevisionOf");

    /// Classes.
    pub mod class {
        use super::{NamedNodeRef, iri};

        /// Superclass of runs.
        pub const ACTIVITY: NamedNodeRef<'static> = iri("http://www.w3.org/ns/prov#Activity");

        /// Superclass of statements.
        pub const ENTITY: NamedNodeRef<'static> = iri("http://www.w3.org/ns/prov#Entity");
    }
}

/// `http://www.w3.org/1999/02/22-rdf-syntax-ns#`
pub mod rdf {
    use super::{NamedNodeRef, iri};

    /// The namespace.
    pub const NAMESPACE: &str = "http://www.w3.org/1999/02/22-rdf-syntax-ns#";

    /// The other end or value.
    pub const OBJECT: NamedNodeRef<'static> = iri("http://www.w3.org/1999/02/22-rdf-syntax-ns#object");

    /// What it says of it: sem:eventType, a relation, or ng:figure.
    pub const PREDICATE: NamedNodeRef<'static> = iri("http://www.w3.org/1999/02/22-rdf-syntax-ns#predicate");

    /// In RDF 1.2, the triple that the claim is of.
    pub const REIFIES: NamedNodeRef<'static> = iri("http://www.w3.org/1999/02/22-rdf-syntax-ns#reifies");

    /// Of what the claim or proposition is.
    pub const SUBJECT: NamedNodeRef<'static> = iri("http://www.w3.org/1999/02/22-rdf-syntax-ns#subject");

    /// The most specific class.
    pub const TYPE: NamedNodeRef<'static> = iri("http://www.w3.org/1999/02/22-rdf-syntax-ns#type");

    /// Classes.
    pub mod class {
        use super::{NamedNodeRef, iri};

        /// Superclass of claims and propositions.
        pub const STATEMENT: NamedNodeRef<'static> = iri("http://www.w3.org/1999/02/22-rdf-syntax-ns#Statement");
    }
}

/// `http://www.w3.org/2000/01/rdf-schema#`
pub mod rdfs {
    use super::{NamedNodeRef, iri};

    /// The namespace.
    pub const NAMESPACE: &str = "http://www.w3.org/2000/01/rdf-schema#";

    /// The canonical name, or the words of the text.
    pub const LABEL: NamedNodeRef<'static> = iri("http://www.w3.org/2000/01/rdf-schema#label");
}

/// `https://schema.org/`
pub mod schema {
    use super::{NamedNodeRef, iri};

    /// The namespace.
    pub const NAMESPACE: &str = "https://schema.org/";

    /// Superproperty of ng:shortNameOf.
    pub const ALTERNATE_NAME: NamedNodeRef<'static> = iri("https://schema.org/alternateName");

    /// Superproperty of ng:educatedAt.
    pub const ALUMNI_OF: NamedNodeRef<'static> = iri("https://schema.org/alumniOf");

    /// Superproperty of ng:bornOn.
    pub const BIRTH_DATE: NamedNodeRef<'static> = iri("https://schema.org/birthDate");

    /// Superproperty of ng:bornIn.
    pub const BIRTH_PLACE: NamedNodeRef<'static> = iri("https://schema.org/birthPlace");

    /// Superproperty of ng:locatedIn.
    pub const CONTAINED_IN_PLACE: NamedNodeRef<'static> = iri("https://schema.org/containedInPlace");

    /// The day of publication. It anchors relative times and never stands for the day of an event.
    pub const DATE_PUBLISHED: NamedNodeRef<'static> = iri("https://schema.org/datePublished");

    /// Superproperty of ng:diedOn.
    pub const DEATH_DATE: NamedNodeRef<'static> = iri("https://schema.org/deathDate");

    /// Superproperty of ng:diedIn.
    pub const DEATH_PLACE: NamedNodeRef<'static> = iri("https://schema.org/deathPlace");

    /// Superproperty of ng:instanceOf.
    pub const DESCRIPTION: NamedNodeRef<'static> = iri("https://schema.org/description");

    /// Inverse of ng:founderOf.
    pub const FOUNDER: NamedNodeRef<'static> = iri("https://schema.org/founder");

    /// The title as given.
    pub const HEADLINE: NamedNodeRef<'static> = iri("https://schema.org/headline");

    /// Superproperty of ng:residesIn.
    pub const HOME_LOCATION: NamedNodeRef<'static> = iri("https://schema.org/homeLocation");

    /// The BCP 47 tag of the language.
    pub const IN_LANGUAGE: NamedNodeRef<'static> = iri("https://schema.org/inLanguage");

    /// Superproperty of ng:partOf and ng:inArticle.
    pub const IS_PART_OF: NamedNodeRef<'static> = iri("https://schema.org/isPartOf");

    /// Superproperty of ng:holdsOffice.
    pub const JOB_TITLE: NamedNodeRef<'static> = iri("https://schema.org/jobTitle");

    /// Superproperty of ng:headquarteredIn.
    pub const LOCATION: NamedNodeRef<'static> = iri("https://schema.org/location");

    /// Superproperty of ng:high.
    pub const MAX_VALUE: NamedNodeRef<'static> = iri("https://schema.org/maxValue");

    /// Superproperty of ng:memberOf.
    pub const MEMBER_OF: NamedNodeRef<'static> = iri("https://schema.org/memberOf");

    /// Superproperty of ng:low.
    pub const MIN_VALUE: NamedNodeRef<'static> = iri("https://schema.org/minValue");

    /// Superproperty of ng:nationality.
    pub const NATIONALITY: NamedNodeRef<'static> = iri("https://schema.org/nationality");

    /// Superproperty of ng:ownerOf.
    pub const OWNS: NamedNodeRef<'static> = iri("https://schema.org/owns");

    /// The name of the outlet as given.
    pub const PUBLISHER: NamedNodeRef<'static> = iri("https://schema.org/publisher");

    /// Superproperty of ng:familyOf.
    pub const RELATED_TO: NamedNodeRef<'static> = iri("https://schema.org/relatedTo");

    /// Superproperty of ng:words.
    pub const TEXT: NamedNodeRef<'static> = iri("https://schema.org/text");

    /// Superproperty of ng:unit.
    pub const UNIT_TEXT: NamedNodeRef<'static> = iri("https://schema.org/unitText");

    /// The address as given.
    pub const URL: NamedNodeRef<'static> = iri("https://schema.org/url");

    /// Superproperty of ng:value.
    pub const VALUE: NamedNodeRef<'static> = iri("https://schema.org/value");

    /// Superproperty of ng:worksFor.
    pub const WORKS_FOR: NamedNodeRef<'static> = iri("https://schema.org/worksFor");

    /// Classes.
    pub mod class {
        use super::{NamedNodeRef, iri};

        /// Superclass of claims.
        pub const CLAIM: NamedNodeRef<'static> = iri("https://schema.org/Claim");

        /// A book, film, song, report, programme.
        pub const CREATIVE_WORK: NamedNodeRef<'static> = iri("https://schema.org/CreativeWork");

        /// An event with a name of its own: a cup, a summit, a war, a storm.
        pub const EVENT: NamedNodeRef<'static> = iri("https://schema.org/Event");

        /// A language.
        pub const LANGUAGE: NamedNodeRef<'static> = iri("https://schema.org/Language");

        /// A law, treaty, resolution.
        pub const LEGISLATION: NamedNodeRef<'static> = iri("https://schema.org/Legislation");

        /// One article as read; its text stands once, in nif:isString.
        pub const NEWS_ARTICLE: NamedNodeRef<'static> = iri("https://schema.org/NewsArticle");

        /// A body that acts: a company, court, ministry, party, club, paper.
        pub const ORGANIZATION: NamedNodeRef<'static> = iri("https://schema.org/Organization");

        /// A human being, as told in one article.
        pub const PERSON: NamedNodeRef<'static> = iri("https://schema.org/Person");

        /// A country, region, city, river, sea, mountain.
        pub const PLACE: NamedNodeRef<'static> = iri("https://schema.org/Place");

        /// A thing that is made and sold, or a named vehicle.
        pub const PRODUCT: NamedNodeRef<'static> = iri("https://schema.org/Product");

        /// Superclass of figures.
        pub const QUANTITATIVE_VALUE: NamedNodeRef<'static> = iri("https://schema.org/QuantitativeValue");

        /// What is none of the other kinds.
        pub const THING: NamedNodeRef<'static> = iri("https://schema.org/Thing");
    }
}

/// `http://semanticweb.cs.vu.nl/2009/11/sem/`
pub mod sem {
    use super::{NamedNodeRef, iri};

    /// The namespace.
    pub const NAMESPACE: &str = "http://semanticweb.cs.vu.nl/2009/11/sem/";

    /// The type of the event, a concept of event-types.ttl.
    pub const EVENT_TYPE: NamedNodeRef<'static> = iri("http://semanticweb.cs.vu.nl/2009/11/sem/eventType");

    /// Takes part in the event; of a happening only what is stated or corroborated.
    pub const HAS_ACTOR: NamedNodeRef<'static> = iri("http://semanticweb.cs.vu.nl/2009/11/sem/hasActor");

    /// The first day on which it can begin; with the last day, or absent.
    pub const HAS_EARLIEST_BEGIN_TIME_STAMP: NamedNodeRef<'static> = iri("http://semanticweb.cs.vu.nl/2009/11/sem/hasEarliestBeginTimeStamp");

    /// The last day on which it can end; with the first day, or absent.
    pub const HAS_LATEST_END_TIME_STAMP: NamedNodeRef<'static> = iri("http://semanticweb.cs.vu.nl/2009/11/sem/hasLatestEndTimeStamp");

    /// Where; of a happening only what is stated or corroborated.
    pub const HAS_PLACE: NamedNodeRef<'static> = iri("http://semanticweb.cs.vu.nl/2009/11/sem/hasPlace");

    /// Superproperty of ng:time.
    pub const HAS_TIME: NamedNodeRef<'static> = iri("http://semanticweb.cs.vu.nl/2009/11/sem/hasTime");

    /// Classes.
    pub mod class {
        use super::{NamedNodeRef, iri};

        /// Superclass of events and happenings.
        pub const EVENT: NamedNodeRef<'static> = iri("http://semanticweb.cs.vu.nl/2009/11/sem/Event");

        /// Superclass of times.
        pub const TIME: NamedNodeRef<'static> = iri("http://semanticweb.cs.vu.nl/2009/11/sem/Time");
    }
}

/// `http://www.w3.org/2004/02/skos/core#`
pub mod skos {
    use super::{NamedNodeRef, iri};

    /// The namespace.
    pub const NAMESPACE: &str = "http://www.w3.org/2004/02/skos/core#";

    /// Another name mention.
    pub const ALT_LABEL: NamedNodeRef<'static> = iri("http://www.w3.org/2004/02/skos/core#altLabel");

    /// A linker's best guess; owl:sameAs is kept for links that a person verified.
    pub const EXACT_MATCH: NamedNodeRef<'static> = iri("http://www.w3.org/2004/02/skos/core#exactMatch");

    /// Classes.
    pub mod class {
        use super::{NamedNodeRef, iri};

        /// Superclass of the kinds of value.
        pub const CONCEPT: NamedNodeRef<'static> = iri("http://www.w3.org/2004/02/skos/core#Concept");
    }
}

/// `http://www.w3.org/2006/time#`
pub mod time {
    use super::{NamedNodeRef, iri};

    /// The namespace.
    pub const NAMESPACE: &str = "http://www.w3.org/2006/time#";

    /// Classes.
    pub mod class {
        use super::{NamedNodeRef, iri};

        /// Superclass of times.
        pub const TEMPORAL_ENTITY: NamedNodeRef<'static> = iri("http://www.w3.org/2006/time#TemporalEntity");
    }
}

/// Every term, sorted by IRI.
pub const TERMS: &[NamedNodeRef<'static>] = &[
    gaf::DENOTED_BY,
    nif::class::CONTEXT,
    nif::class::RFC5147STRING,
    nif::class::SENTENCE,
    nif::ANCHOR_OF,
    nif::BEGIN_INDEX,
    nif::END_INDEX,
    nif::IS_STRING,
    nif::REFERENCE_CONTEXT,
    nif::SUPER_STRING,
    dct::IDENTIFIER,
    sem::class::EVENT,
    sem::class::TIME,
    sem::EVENT_TYPE,
    sem::HAS_ACTOR,
    sem::HAS_EARLIEST_BEGIN_TIME_STAMP,
    sem::HAS_LATEST_END_TIME_STAMP,
    sem::HAS_PLACE,
    sem::HAS_TIME,
    rdf::class::STATEMENT,
    rdf::OBJECT,
    rdf::PREDICATE,
    rdf::REIFIES,
    rdf::SUBJECT,
    rdf::TYPE,
    rdfs::LABEL,
    owl::SAME_AS,
    skos::class::CONCEPT,
    skos::ALT_LABEL,
    skos::EXACT_MATCH,
    time::class::TEMPORAL_ENTITY,
    oa::class::SPECIFIC_RESOURCE,
    oa::class::TEXT_POSITION_SELECTOR,
    oa::class::TEXT_QUOTE_SELECTOR,
    oa::END,
    oa::EXACT,
    oa::HAS_SELECTOR,
    oa::HAS_SOURCE,
    oa::PREFIX,
    oa::START,
    oa::SUFFIX,
    prov::class::ACTIVITY,
    prov::class::ENTITY,
    prov::STARTED_AT_TIME,
    prov::WAS_ATTRIBUTED_TO,
    prov::WAS_DERIVED_FROM,
    prov::WAS_GENERATED_BY,
    prov::WAS_QUOTED_FROM,
    prov::WAS_REVISION_OF,
    schema::class::CLAIM,
    schema::class::CREATIVE_WORK,
    schema::class::EVENT,
    schema::class::LANGUAGE,
    schema::class::LEGISLATION,
    schema::class::NEWS_ARTICLE,
    schema::class::ORGANIZATION,
    schema::class::PERSON,
    schema::class::PLACE,
    schema::class::PRODUCT,
    schema::class::QUANTITATIVE_VALUE,
    schema::class::THING,
    schema::ALTERNATE_NAME,
    schema::ALUMNI_OF,
    schema::BIRTH_DATE,
    schema::BIRTH_PLACE,
    schema::CONTAINED_IN_PLACE,
    schema::DATE_PUBLISHED,
    schema::DEATH_DATE,
    schema::DEATH_PLACE,
    schema::DESCRIPTION,
    schema::FOUNDER,
    schema::HEADLINE,
    schema::HOME_LOCATION,
    schema::IN_LANGUAGE,
    schema::IS_PART_OF,
    schema::JOB_TITLE,
    schema::LOCATION,
    schema::MAX_VALUE,
    schema::MEMBER_OF,
    schema::MIN_VALUE,
    schema::NATIONALITY,
    schema::OWNS,
    schema::PUBLISHER,
    schema::RELATED_TO,
    schema::TEXT,
    schema::UNIT_TEXT,
    schema::URL,
    schema::VALUE,
    schema::WORKS_FOR,
    et::ACCIDENT,
    et::ACCUSE,
    et::AGREE,
    et::AID,
    et::APPOINT,
    et::ARREST,
    et::ASSAULT,
    et::CHANGE_VALUE,
    et::COERCE,
    et::COMPETE,
    et::CONCEDE,
    et::CONSULT,
    et::COOPERATE,
    et::CRIME,
    et::DIE,
    et::DISASTER,
    et::ECONOMY_AND_TECHNOLOGY,
    et::ELECT,
    et::GENERAL,
    et::INJURE,
    et::LAUNCH,
    et::LEGISLATE,
    et::LIFE_AND_HARM,
    et::MATERIAL_CONFLICT,
    et::MATERIAL_COOPERATION,
    et::MOBILIZE,
    et::MOVE,
    et::OTHER,
    et::OUTBREAK,
    et::PROTEST,
    et::PUBLIC_LIFE,
    et::REJECT,
    et::REQUEST,
    et::RESIGN,
    et::RETREAT,
    et::SANCTION,
    et::SUPPORT,
    et::THREATEN,
    et::TRANSACT,
    et::TRIAL,
    et::VERBAL_CONFLICT,
    et::VERBAL_COOPERATION,
    et::SCHEME,
    ng::class::CHANGE,
    ng::class::CLAIM,
    ng::DAY,
    ng::DECADE,
    ng::DURATION,
    ng::class::EVENT,
    ng::class::EVENT_CLAIM,
    ng::class::FACILITY,
    ng::class::FIGURE,
    ng::class::FIGURE_CLAIM,
    ng::class::GRANULARITY,
    ng::class::GROUP,
    ng::class::HAPPENING,
    ng::class::INDIVIDUAL,
    ng::INSTANT,
    ng::class::JOINING,
    ng::class::LINK,
    ng::class::MENTION_FORM,
    ng::class::MODALITY,
    ng::class::MODIFIER,
    ng::MONTH,
    ng::class::OWN_VOICE,
    ng::PART_OF_DAY,
    ng::class::POLARITY,
    ng::class::PROPOSITION,
    ng::QUARTER,
    ng::class::REASON,
    ng::REFERENCE,
    ng::class::RELATION_CLAIM,
    ng::class::RUN,
    ng::class::SENTENCE,
    ng::SET,
    ng::class::SPAN,
    ng::class::STATEMENT,
    ng::class::STATEMENT_MODE,
    ng::class::STATUS,
    ng::class::TIME,
    ng::WEEK,
    ng::YEAR,
    ng::ABOUT,
    ng::ADDRESSEE,
    ng::AGENT,
    ng::AGREES_WITH,
    ng::AS_OF,
    ng::ASSERTED,
    ng::AT_LEAST,
    ng::AT_MOST,
    ng::ATTRIBUTED,
    ng::ATTRIBUTED_TO,
    ng::BEGIN,
    ng::BETWEEN,
    ng::BORN_IN,
    ng::BORN_ON,
    ng::CAPITAL_OF,
    ng::CARRIES,
    ng::CAUSE,
    ng::CHANGE,
    ng::CONFIRMS,
    ng::CONFLICTS_WITH,
    ng::CONTENT,
    ng::CORROBORATED,
    ng::COUNTS,
    ng::CUE,
    ng::DENIED,
    ng::DESTINATION,
    ng::DIED_IN,
    ng::DIED_ON,
    ng::DIRECT,
    ng::DISPUTED,
    ng::EDUCATED_AT,
    ng::END,
    ng::EVIDENCE,
    ng::EXACT,
    ng::EXPRESSES,
    ng::FAMILY_OF,
    ng::FIGURE,
    ng::FORM,
    ng::FOUNDER_OF,
    ng::GENERIC,
    ng::GRANULARITY,
    ng::HAS_AGE,
    ng::HEADQUARTERED_IN,
    ng::HIGH,
    ng::HOLDS_OFFICE,
    ng::HYPOTHETICAL,
    ng::IDENTIFIED_AS,
    ng::IN_ARTICLE,
    ng::IN_SENTENCE,
    ng::INCREMENT,
    ng::INDIRECT,
    ng::INPUT,
    ng::INSTANCE_OF,
    ng::INSTRUMENT,
    ng::KEY,
    ng::LEADS,
    ng::LESS_THAN,
    ng::LOCATED_IN,
    ng::LOW,
    ng::MEASURE,
    ng::MEMBER_OF,
    ng::MENTION,
    ng::MIXED,
    ng::MOD,
    ng::MODALITY,
    ng::MODE,
    ng::MODIFIER,
    ng::MORE_THAN,
    ng::NAME,
    ng::NATIONALITY,
    ng::NEGATIVE,
    ng::NOMINAL,
    ng::NOT_MEMBER_OF,
    ng::OF,
    ng::ORDERED,
    ng::ORIGIN,
    ng::OVERLAPPING_DAYS,
    ng::OWNER_OF,
    ng::PART_OF,
    ng::PATIENT,
    ng::PLACE,
    ng::PLANNED,
    ng::POLARITY,
    ng::POSITIVE,
    ng::POSSIBLE,
    ng::PRONOUN,
    ng::PUBLISHED_AT,
    ng::REASON,
    ng::RECIPIENT,
    ng::RELAYED_BY,
    ng::RELAYS,
    ng::REPRINT_OF,
    ng::REPRINT_SHARE,
    ng::REQUESTED,
    ng::RESIDES_IN,
    ng::RETELLS,
    ng::REVISES,
    ng::ROLE,
    ng::SAID_AT,
    ng::SAME_ACTORS,
    ng::SAME_SUBJECT,
    ng::SAME_TYPE,
    ng::SAME_WORDS,
    ng::SCORE,
    ng::SETTINGS,
    ng::SHORT_NAME_OF,
    ng::SOURCE,
    ng::SPEAKER,
    ng::STATED,
    ng::STATUS,
    ng::SUPERSEDES,
    ng::TELLS,
    ng::TERM_OF,
    ng::TIME,
    ng::TIMEX,
    ng::TO,
    ng::TOPIC,
    ng::TOTAL,
    ng::UNIT,
    ng::VALUE,
    ng::VERSION,
    ng::WORDS,
    ng::WORKS_FOR,
];

/// Classes with all that lies above them, by IRI.
pub const SUPER_CLASSES: &[(NamedNodeRef<'static>, &[NamedNodeRef<'static>])] = &[
    (schema::class::CREATIVE_WORK, &[schema::class::THING]),
    (schema::class::EVENT, &[schema::class::THING]),
    (schema::class::LANGUAGE, &[schema::class::THING]),
    (schema::class::LEGISLATION, &[schema::class::CREATIVE_WORK, schema::class::THING]),
    (schema::class::NEWS_ARTICLE, &[nif::class::CONTEXT]),
    (schema::class::ORGANIZATION, &[schema::class::THING]),
    (schema::class::PERSON, &[schema::class::THING]),
    (schema::class::PLACE, &[schema::class::THING]),
    (schema::class::PRODUCT, &[schema::class::THING]),
    (ng::class::CHANGE, &[skos::class::CONCEPT]),
    (ng::class::CLAIM, &[rdf::class::STATEMENT, schema::class::CLAIM]),
    (ng::class::EVENT, &[sem::class::EVENT]),
    (ng::class::EVENT_CLAIM, &[rdf::class::STATEMENT, schema::class::CLAIM, ng::class::CLAIM]),
    (ng::class::FACILITY, &[schema::class::PLACE, schema::class::THING]),
    (ng::class::FIGURE, &[schema::class::QUANTITATIVE_VALUE]),
    (ng::class::FIGURE_CLAIM, &[rdf::class::STATEMENT, schema::class::CLAIM, ng::class::CLAIM]),
    (ng::class::GRANULARITY, &[skos::class::CONCEPT]),
    (ng::class::GROUP, &[schema::class::THING]),
    (ng::class::HAPPENING, &[sem::class::EVENT]),
    (ng::class::MENTION_FORM, &[skos::class::CONCEPT]),
    (ng::class::MODALITY, &[skos::class::CONCEPT]),
    (ng::class::MODIFIER, &[skos::class::CONCEPT]),
    (ng::class::OWN_VOICE, &[prov::class::ENTITY, ng::class::STATEMENT]),
    (ng::class::POLARITY, &[skos::class::CONCEPT]),
    (ng::class::PROPOSITION, &[rdf::class::STATEMENT]),
    (ng::class::REASON, &[skos::class::CONCEPT]),
    (ng::class::RELATION_CLAIM, &[rdf::class::STATEMENT, schema::class::CLAIM, ng::class::CLAIM]),
    (ng::class::RUN, &[prov::class::ACTIVITY]),
    (ng::class::SENTENCE, &[nif::class::RFC5147STRING, nif::class::SENTENCE]),
    (ng::class::SPAN, &[nif::class::RFC5147STRING]),
    (ng::class::STATEMENT, &[prov::class::ENTITY]),
    (ng::class::STATEMENT_MODE, &[skos::class::CONCEPT]),
    (ng::class::STATUS, &[skos::class::CONCEPT]),
    (ng::class::TIME, &[sem::class::TIME, time::class::TEMPORAL_ENTITY]),
];

/// Properties with all that lies above them, by IRI.
pub const SUPER_PROPERTIES: &[(NamedNodeRef<'static>, &[NamedNodeRef<'static>])] = &[
    (prov::WAS_QUOTED_FROM, &[prov::WAS_DERIVED_FROM]),
    (prov::WAS_REVISION_OF, &[prov::WAS_DERIVED_FROM]),
    (ng::AGENT, &[ng::ROLE]),
    (ng::ATTRIBUTED_TO, &[prov::WAS_ATTRIBUTED_TO]),
    (ng::BORN_IN, &[schema::BIRTH_PLACE]),
    (ng::BORN_ON, &[schema::BIRTH_DATE]),
    (ng::CAUSE, &[ng::ROLE]),
    (ng::DESTINATION, &[ng::ROLE]),
    (ng::DIED_IN, &[schema::DEATH_PLACE]),
    (ng::DIED_ON, &[schema::DEATH_DATE]),
    (ng::EDUCATED_AT, &[schema::ALUMNI_OF]),
    (ng::EVIDENCE, &[gaf::DENOTED_BY]),
    (ng::FAMILY_OF, &[schema::RELATED_TO]),
    (ng::HEADQUARTERED_IN, &[schema::LOCATION]),
    (ng::HIGH, &[schema::MAX_VALUE]),
    (ng::HOLDS_OFFICE, &[schema::JOB_TITLE]),
    (ng::IN_ARTICLE, &[schema::IS_PART_OF]),
    (ng::IN_SENTENCE, &[nif::SUPER_STRING]),
    (ng::INSTANCE_OF, &[schema::DESCRIPTION]),
    (ng::INSTRUMENT, &[ng::ROLE]),
    (ng::LOCATED_IN, &[schema::CONTAINED_IN_PLACE]),
    (ng::LOW, &[schema::MIN_VALUE]),
    (ng::MEMBER_OF, &[schema::MEMBER_OF]),
    (ng::MENTION, &[gaf::DENOTED_BY]),
    (ng::NATIONALITY, &[schema::NATIONALITY]),
    (ng::ORIGIN, &[ng::ROLE]),
    (ng::OWNER_OF, &[schema::OWNS]),
    (ng::PART_OF, &[schema::IS_PART_OF]),
    (ng::PATIENT, &[ng::ROLE]),
    (ng::PLACE, &[sem::HAS_PLACE]),
    (ng::PUBLISHED_AT, &[schema::DATE_PUBLISHED]),
    (ng::RECIPIENT, &[ng::ROLE]),
    (ng::RELAYS, &[prov::WAS_DERIVED_FROM, prov::WAS_QUOTED_FROM]),
    (ng::REPRINT_OF, &[prov::WAS_DERIVED_FROM]),
    (ng::RESIDES_IN, &[schema::HOME_LOCATION]),
    (ng::SHORT_NAME_OF, &[schema::ALTERNATE_NAME]),
    (ng::SPEAKER, &[prov::WAS_ATTRIBUTED_TO]),
    (ng::SUPERSEDES, &[prov::WAS_DERIVED_FROM, prov::WAS_REVISION_OF]),
    (ng::TIME, &[sem::HAS_TIME]),
    (ng::TOPIC, &[ng::ROLE]),
    (ng::UNIT, &[schema::UNIT_TEXT]),
    (ng::VALUE, &[schema::VALUE]),
    (ng::WORDS, &[schema::TEXT]),
    (ng::WORKS_FOR, &[schema::WORKS_FOR]),
];

/// Properties with their inverses in other vocabularies, by IRI.
pub const INVERSES: &[(NamedNodeRef<'static>, &[NamedNodeRef<'static>])] = &[
    (ng::FOUNDER_OF, &[schema::FOUNDER]),
];
