//! Reporting words with their speakers and what the tree gives as their content.

use std::ops::Range;

use crate::extract::Rule;
use crate::extract::clause::{self, Arguments};
use crate::extract::filler::Fillers;
use crate::facts::{EntityType, Modality};
use crate::text::{Document, Pos};

use super::content;
use super::noun;
use super::source;
use super::tables::{Content, Cue, Tables};

/// An attribution as the tree gives it; quotations are joined to it later.
#[derive(Clone, Debug)]
pub(super) struct Raw {
    pub(super) rule: Rule,
    /// The reporting word.
    pub(super) word: usize,
    /// The reporting words.
    pub(super) cue: Range<usize>,
    /// Head of the words that name the speaker.
    pub(super) source: Option<usize>,
    /// Head of the one who is told.
    pub(super) addressee: Option<usize>,
    /// What is said, so far.
    pub(super) pieces: Vec<Range<usize>>,
    /// Whether a quotation may be (more of) its content.
    pub(super) takes_quote: bool,
    pub(super) modality: Option<Modality>,
    /// Passes on the attribution that comes right after it in the list, whose content it shares.
    pub(super) relays_next: bool,
    /// Whether it stands inside of what another says.
    pub(super) nests: bool,
}

/// The attributions of the document, in the order of their reporting words.
pub(super) fn find(doc: &Document<'_>, tables: &Tables, fillers: &Fillers<'_>) -> Vec<Raw> {
    let mut found = Vec::new();
    for i in 0..doc.len() {
        match doc.pos(i) {
            Pos::Verb | Pos::Adp | Pos::Sconj if is_according(doc, tables, i) => {
                found.extend(according(doc, tables, i));
            }
            Pos::Verb => verb_cue(doc, tables, fillers, i, &mut found),
            Pos::Noun => found.extend(noun::noun_cue(doc, tables, i)),
            Pos::Adj => found.extend(noun::adjective_cue(doc, tables, i)),
            Pos::Adp => found.extend(words_of(doc, tables, i)),
            _ => {}
        }
    }
    found
}

fn is_according(doc: &Document<'_>, tables: &Tables, i: usize) -> bool {
    tables.words.according.contains(&doc.word(i).to_lowercase())
}

/// "According to X, …": the clause that the phrase modifies is the content.
fn according(doc: &Document<'_>, tables: &Tables, i: usize) -> Option<Raw> {
    let to = doc.children(i).find(|&c| {
        tables.words.according_to.contains(&doc.word(c).to_lowercase())
            && doc.children_by(c, "pobj").next().is_some()
    })?;
    let speaker = doc.children_by(to, "pobj").next()?;
    if tables.words.no_source.contains(doc.lemma(speaker)) {
        return None;
    }
    let clause = clause_above(doc, i)?;
    Some(Raw {
        rule: rule("according"),
        word: i,
        cue: i..to + 1,
        source: Some(speaker),
        addressee: None,
        pieces: content::runs(doc, clause, &[i]),
        takes_quote: true,
        modality: None,
        relays_next: false,
        nests: true,
    })
}

/// "In the words of X", "in X's view", "per X".
fn words_of(doc: &Document<'_>, tables: &Tables, i: usize) -> Option<Raw> {
    let words = &tables.words;
    let lower = doc.word(i).to_lowercase();
    let object = doc.children_by(i, "pobj").next()?;
    // "Ina Holm and Per Vik": a name.
    let inner = doc.word(i).chars().next().is_some_and(char::is_uppercase)
        && doc.sentences()[doc.sentence_of(i)].start != i;
    let speaker = if words.per.contains(&lower) && !inner {
        (doc.pos(object) == Pos::Propn).then_some(object)?
    } else if words.inside.contains(&lower) && words.words_of.contains(doc.lemma(object)) {
        let owner = doc.children_by(object, "poss").next();
        owner.or_else(|| clause::preps_of(doc, object).first().map(|&(_, o)| o))?
    } else {
        return None;
    };
    let clause = clause_above(doc, i)?;
    Some(Raw {
        rule: rule("words-of"),
        word: i,
        cue: i..object + 1,
        source: Some(speaker),
        addressee: None,
        pieces: content::runs(doc, clause, &[i]),
        takes_quote: true,
        modality: None,
        relays_next: false,
        nests: true,
    })
}

/// "Wrote on Twitter": where the words appeared, not what they are about.
fn is_medium(doc: &Document<'_>, tables: &Tables, prep: usize, object: usize) -> bool {
    let words = &tables.words;
    words.media_in.contains(&doc.word(prep).to_lowercase())
        && words.media.contains(&doc.lemma(object).to_lowercase())
}

fn rule(name: &str) -> Rule {
    Rule::from(format!("statement/source.toml#{name}"))
}

/// The clause to which an adverbial at the edge of a sentence or clause belongs: the nearest verb,
/// or, at the sentence's edge, its main clause.
fn clause_above(doc: &Document<'_>, i: usize) -> Option<usize> {
    let sentence = doc.sentences()[doc.sentence_of(i)].clone();
    let edge =
        |mut tokens: Range<usize>| tokens.all(|t| matches!(doc.pos(t), Pos::Punct | Pos::Space));
    let span = doc.subtree(i);
    let at_edge = edge(sentence.start..span.start) || edge(span.end..sentence.end);
    let mut verb = None;
    for a in doc.ancestors(i) {
        if doc.sentence_of(a) != doc.sentence_of(i) {
            break;
        }
        if clause::is_verbal(doc, a) {
            verb = Some(a);
            if !at_edge {
                break;
            }
        } else if doc.head(a) == a && verb.is_none() {
            // A sentence without a verb ("Nine dead, according to police").
            verb = Some(a);
        }
    }
    verb
}

/// The lemma, with the particle or preposition with which the tables know it.
fn rows<'t>(doc: &Document<'_>, tables: &'t Tables, i: usize) -> Vec<&'t Cue> {
    let base = doc.lemma(i).to_lowercase();
    let mut found = Vec::new();
    for child in doc.children(i) {
        if matches!(doc.dep(child), "prt" | "prep" | "advmod") && child > i {
            let phrase = format!("{base} {}", doc.word(child).to_lowercase());
            if let Some(rows) = tables.verbs.get(&phrase) {
                found.extend(rows);
            }
        }
    }
    if let Some(rows) = tables.verbs.get(&base) {
        found.extend(rows);
    }
    found
}

fn verb_cue(
    doc: &Document<'_>,
    tables: &Tables,
    fillers: &Fillers<'_>,
    i: usize,
    found: &mut Vec<Raw>,
) {
    if matches!(doc.dep(i), "amod" | "compound" | "aux" | "auxpass" | "prep") {
        return;
    }
    if relay(doc, tables, i, found) {
        return;
    }
    let rows = rows(doc, tables, i);
    if rows.is_empty() || denied_saying(doc, i) || denied_with(doc, tables, i) {
        return;
    }
    if withheld(doc, tables, doc.head(i), i) {
        return;
    }
    let mut args = clause::arguments(doc, i);
    // "Spoke on Thursday" is about nothing.
    args.preps.retain(|&(p, o)| fillers.time(o).is_none() && !is_medium(doc, tables, p, o));
    let mut fallback: Option<Raw> = None;
    for row in rows {
        if args.objects.iter().any(|&o| row.without.contains(doc.lemma(o))) {
            continue;
        }
        let Some(mut raw) = attribution(doc, tables, i, row, &args) else { continue };
        raw.pieces = row
            .content
            .iter()
            .filter(|kind| **kind != Content::Object || !addressed(doc, fillers, &args))
            .map(|kind| verb_content(doc, tables, i, kind, &args, raw.addressee))
            .find(|p| !p.is_empty())
            .unwrap_or_default();
        if !row.needs.is_empty() {
            let mut preps = args.preps.clone();
            preps.extend(args.objects.iter().flat_map(|&o| clause::preps_of(doc, o)));
            let needed =
                |&&(p, _): &&(usize, usize)| row.needs.contains(&doc.word(p).to_lowercase());
            let Some(&(prep, _)) = preps.iter().find(needed) else { continue };
            raw.pieces.extend(content::runs(doc, prep, &[]));
        }
        if !raw.pieces.is_empty() {
            found.push(raw);
            return;
        }
        if raw.takes_quote && fallback.is_none() {
            fallback = Some(raw);
        }
    }
    found.extend(fallback);
}

/// "Announced that it was over and added that …": the parser may hang the second reporting verb on
/// the first one's clause. It is the first one's where it has no subject of its own, the same tense
/// and a clause; the result is the first reporting verb.
fn raised(doc: &Document<'_>, tables: &Tables, verb: usize) -> Option<usize> {
    let first = doc.head(verb);
    let outer = doc.head(first);
    let second = doc.dep(verb) == "conj"
        && doc.dep(first) == "ccomp"
        && outer != first
        && doc.tag(verb) == doc.tag(outer)
        && doc
            .children(verb)
            .any(|c| doc.dep(c) == "ccomp" && doc.children_by(c, "mark").next().is_some())
        && !doc.children(verb).any(|c| doc.dep(c).starts_with("nsubj") || doc.dep(c) == "aux");
    let says = |v: usize| {
        tables
            .verbs
            .get(&doc.lemma(v).to_lowercase())
            .is_some_and(|rows| rows.iter().any(|r| r.content.contains(&Content::Clause)))
    };
    (second && says(verb) && says(outer)).then_some(outer)
}

/// What is not said is no statement. A "not" that ends a quotation before the verb is not its own.
pub(super) fn denied_saying(doc: &Document<'_>, verb: usize) -> bool {
    doc.children_by(verb, "neg").any(|n| {
        let between = if n < verb { n..verb } else { verb..n };
        between.clone().all(|t| doc.pos(t) != Pos::Punct)
    })
}

/// "Urged the voters: “…”": the object is spoken to, what is said follows.
fn addressed(doc: &Document<'_>, fillers: &Fillers<'_>, args: &Arguments) -> bool {
    let person = |&o: &usize| {
        matches!(fillers.kind(o), Some(EntityType::Person | EntityType::Group))
            && fillers.entity_headed(o).is_some()
    };
    let opens = |o: usize| {
        let next = doc.subtree(o).end;
        let mark = |t: usize| doc.word(t).starts_with(['"', '\u{201c}', '\u{2018}']);
        next + 1 < doc.len() && doc.pos(next) == Pos::Punct && (mark(next) || mark(next + 1))
    };
    args.objects.first().is_some_and(|o| person(o) && opens(*o))
}

/// Whether `verb` says that what its infinitive `said` would say is not said ("refused to disclose").
fn withheld(doc: &Document<'_>, tables: &Tables, verb: usize, said: usize) -> bool {
    doc.dep(said) == "xcomp"
        && doc.head(said) == verb
        && clause::is_infinitive(doc, said)
        && tables.words.withheld.contains(doc.lemma(verb))
        && tables.verbs.contains_key(&doc.lemma(said).to_lowercase())
}

/// "Did not concede or admit it": one "not" for both.
fn denied_with(doc: &Document<'_>, tables: &Tables, verb: usize) -> bool {
    let first = doc.head(verb);
    let own = || doc.children(verb).any(|c| doc.dep(c).starts_with("nsubj") || doc.dep(c) == "aux");
    let either = |c: usize| tables.words.either.contains(&doc.word(c).to_lowercase());
    doc.dep(verb) == "conj"
        && clause::is_verbal(doc, first)
        && !own()
        && doc.children_by(first, "cc").filter(|&c| c < verb).last().is_some_and(either)
        && denied_saying(doc, first)
}

/// The attribution of a verb, still without content.
fn attribution(
    doc: &Document<'_>,
    tables: &Tables,
    verb: usize,
    row: &Cue,
    args: &Arguments,
) -> Option<Raw> {
    let source = if args.passive { args.agents.first() } else { args.subjects.first() };
    let near = source::nearest(doc, verb, args);
    let source = source::passive_agent(doc, verb)
        .or_else(|| source::document_above(doc, tables, verb))
        .or(near.or(source.copied()))
        .filter(|&s| !clause::is_verbal(doc, s));
    // "Those surveyed said": people; "anything that highlights it": nobody.
    let thing = |s: usize| {
        let described = doc.children(s).any(|c| matches!(doc.dep(c), "acl" | "amod" | "prep"));
        tables.words.things.contains(&doc.word(s).to_lowercase()) && !described
    };
    let people = |s: usize| doc.tag(s) == "DT" && doc.children_by(s, "relcl").next().is_some();
    if source.is_some_and(|s| thing(s) && !people(s)) {
        return None;
    }
    if let Some(speakers) = &row.speaker {
        let head = doc.lemma(source?).to_lowercase();
        if !speakers.contains(&head) {
            return None;
        }
    }
    let source = raised(doc, tables, verb)
        .map_or(source, |outer| clause::arguments(doc, outer).subjects.first().copied().or(source));
    let impersonal = args.passive
        && tables.words.impersonal.contains(doc.lemma(verb))
        && !matches!(doc.dep(verb), "acl" | "amod");
    if source.is_none() && !impersonal && args.passive {
        return None;
    }
    let told = if args.passive { args.subjects.first() } else { None };
    let addressee = if row.addressee {
        told.or_else(|| args.datives.first()).or_else(|| args.objects.first()).copied()
    } else {
        args.preps
            .iter()
            .find(|&&(p, o)| {
                tables.words.according_to.contains(&doc.word(p).to_lowercase())
                    && clause::is_nominal(doc, o)
            })
            .map(|&(_, o)| o)
    };
    let end = args.particles.iter().map(|&p| p + 1).find(|&e| e == verb + 2).unwrap_or(verb + 1);
    Some(Raw {
        rule: Rule::clone(&row.rule),
        word: verb,
        cue: verb..end,
        source,
        addressee: addressee.filter(|&a| Some(a) != source),
        pieces: Vec::new(),
        takes_quote: row.content.contains(&Content::Quote),
        modality: row.modality,
        relays_next: false,
        nests: row.nests,
    })
}

fn is_infinitive_clause(doc: &Document<'_>, c: usize) -> bool {
    clause::is_infinitive(doc, c)
}

/// The runs of the content of one kind, or none.
fn verb_content(
    doc: &Document<'_>,
    tables: &Tables,
    verb: usize,
    kind: &Content,
    args: &Arguments,
    addressee: Option<usize>,
) -> Vec<Range<usize>> {
    match kind {
        Content::Clause => clause_content(doc, tables, verb, args),
        Content::Quote => Vec::new(),
        Content::Infinitive => infinitive_content(doc, verb, args),
        Content::Gerund => doc
            .children(verb)
            .find(|&c| matches!(doc.dep(c), "xcomp" | "ccomp" | "pcomp") && doc.tag(c) == "VBG")
            .map(|c| content::runs(doc, c, &[]))
            .unwrap_or_default(),
        Content::Object => {
            let objects = if args.passive { &args.subjects } else { &args.objects };
            objects
                .iter()
                .find(|&&o| {
                    Some(o) != addressee && doc.head(o) == verb && clause::is_nominal(doc, o)
                })
                .map(|&o| content::runs(doc, o, &[]))
                .unwrap_or_default()
        }
        Content::Prep(words) => prep_content(doc, verb, words, args),
        Content::Small => small_content(doc, verb),
    }
}

fn prep_content(
    doc: &Document<'_>,
    verb: usize,
    words: &[String],
    args: &Arguments,
) -> Vec<Range<usize>> {
    let fits = |p: usize| words.iter().any(|w| w.eq_ignore_ascii_case(doc.word(p)));
    args.preps
        .iter()
        .find(|&&(p, _)| fits(p))
        .copied()
        .or_else(|| {
            // The preposition may hang on the object ("accused the mayor of fraud").
            let objects = if args.passive { &args.subjects } else { &args.objects };
            let nested = objects.iter().flat_map(|&o| clause::preps_of(doc, o));
            nested.into_iter().find(|&(p, _)| fits(p) && p > verb)
        })
        .map(|(_, o)| content::runs(doc, o, &[]))
        .unwrap_or_default()
}

/// "Called it a mistake": the object and what is said of it.
fn small_content(doc: &Document<'_>, verb: usize) -> Vec<Range<usize>> {
    let predicate = doc.children(verb).find(|&c| {
        c > verb
            && (doc.dep(c) == "oprd"
                || matches!(doc.dep(c), "ccomp" | "xcomp") && !clause::is_verbal(doc, c))
    });
    let Some(predicate) = predicate else { return Vec::new() };
    let object = doc
        .children(verb)
        .filter(|&c| c > verb && c < predicate && matches!(doc.dep(c), "dobj" | "nsubj"));
    object.chain([predicate]).flat_map(|p| content::runs(doc, p, &[])).collect()
}

fn clause_content(
    doc: &Document<'_>,
    tables: &Tables,
    verb: usize,
    args: &Arguments,
) -> Vec<Range<usize>> {
    // "“A,” he said, “B”" may have two; one beyond the paragraph is the parser's error.
    let paragraph = content::paragraph_of(doc, verb);
    let found: Vec<Range<usize>> = doc
        .children(verb)
        .filter(|&c| doc.dep(c) == "ccomp" && paragraph.contains(&c))
        .filter(|&c| {
            !is_infinitive_clause(doc, c)
                && (clause::is_verbal(doc, c) || doc.subtree(c).len() > 1)
                && !(doc.tag(c) == "VBG"
                    && doc.children(c).all(|s| !doc.dep(s).starts_with("nsubj")))
        })
        .flat_map(|c| {
            let second: Vec<usize> =
                doc.children_by(c, "conj").filter(|&s| raised(doc, tables, s).is_some()).collect();
            content::runs(doc, c, &second)
        })
        .collect();
    if !found.is_empty() {
        return found;
    }
    let head = doc.head(verb);
    if head == verb {
        return Vec::new();
    }
    let as_mark = |c: usize| {
        matches!(doc.dep(c), "mark" | "advmod")
            && tables.words.manner.contains(&doc.word(c).to_lowercase())
    };
    match doc.dep(verb) {
        // "The bridge, he said, is safe."
        "parataxis" => content::runs(doc, head, &[verb]),
        // "As he said, …"
        "advcl" if doc.children(verb).any(as_mark) && args.objects.is_empty() => {
            content::runs(doc, head, &[verb])
        }
        // The parser made the reporting clause a complement of what it reports.
        "ccomp" | "advcl"
            if clause::is_verbal(doc, head)
                && args.objects.is_empty()
                && comma_before(doc, verb)
                && doc.children(verb).any(|c| doc.dep(c) == "nsubj")
                && doc.children_by(verb, "mark").next().is_none()
                && head < verb
                && !tables.verbs.contains_key(doc.lemma(head)) =>
        {
            content::runs(doc, head, &[verb])
        }
        _ if args.passive && tables.words.impersonal.contains(doc.lemma(verb)) => {
            impersonal_content(doc, verb, args)
        }
        _ => Vec::new(),
    }
}

fn comma_before(doc: &Document<'_>, verb: usize) -> bool {
    let start = doc.subtree(verb).start;
    start > 0 && doc.pos(start - 1) == Pos::Punct || doc.pos(start) == Pos::Punct
}

/// "X is believed to have died": the subject with the infinitive.
fn impersonal_content(doc: &Document<'_>, verb: usize, args: &Arguments) -> Vec<Range<usize>> {
    let Some(complement) = doc.children(verb).find(|&c| doc.dep(c) == "xcomp") else {
        return Vec::new();
    };
    let mut runs: Vec<Range<usize>> = args
        .subjects
        .iter()
        .filter(|&&s| doc.head(s) == verb)
        .flat_map(|&s| content::runs(doc, s, &[]))
        .collect();
    runs.extend(content::runs(doc, complement, &[]));
    runs
}

fn infinitive_content(doc: &Document<'_>, verb: usize, args: &Arguments) -> Vec<Range<usize>> {
    let complement = doc.children(verb).find(|&c| {
        c > verb
            && matches!(doc.dep(c), "xcomp" | "ccomp" | "advcl")
            && is_infinitive_clause(doc, c)
    });
    let Some(complement) = complement else { return Vec::new() };
    // The one who is to do it stands before: "urged the rebels to leave", "called on them to leave".
    let mut runs = Vec::new();
    let controllers = args.objects.iter().chain(&args.datives).copied();
    let through = args.preps.iter().map(|&(_, o)| o);
    let passive = args.passive.then(|| args.subjects.first().copied()).flatten();
    let controller = controllers
        .chain(through)
        .filter(|&o| o > verb && o < complement && clause::is_nominal(doc, o))
        .chain(passive)
        .next();
    if let Some(o) = controller {
        runs.extend(content::runs(doc, o, &[complement]));
    }
    runs.extend(content::runs(doc, complement, &[]));
    runs
}

/// "A quoted B as saying C", "B was quoted by A as saying C": two attributions with one content.
fn relay(doc: &Document<'_>, tables: &Tables, i: usize, found: &mut Vec<Raw>) -> bool {
    let words = &tables.words;
    if !words.relay.contains(doc.lemma(i)) {
        return false;
    }
    let args = clause::arguments(doc, i);
    let inner = doc.subtree(i).find(|&t| {
        t > i && doc.tag(t) == "VBG" && words.inner.contains(doc.lemma(t)) && {
            t > 0 && words.like.contains(&doc.word(t - 1).to_lowercase())
        }
    });
    let Some(inner) = inner else { return false };
    let quoted = if args.passive { args.subjects.first() } else { args.objects.first() }.copied();
    let outer = if args.passive { args.agents.first() } else { args.subjects.first() }.copied();
    let pieces: Vec<Range<usize>> = doc
        .children(inner)
        .find(|&c| doc.dep(c) == "ccomp")
        .map(|c| content::runs(doc, c, &[]))
        .or_else(|| {
            // "…," A quoted B as saying: the parser hangs the quotation on the outer verb.
            doc.children(i).find(|&c| doc.dep(c) == "ccomp").map(|c| content::runs(doc, c, &[]))
        })
        .unwrap_or_default();
    let make = |word: usize, source: Option<usize>, relays_next: bool| Raw {
        rule: rule("relay"),
        word,
        cue: word..word + 1,
        source,
        addressee: None,
        pieces: pieces.clone(),
        takes_quote: true,
        modality: None,
        relays_next,
        nests: true,
    };
    if let Some(outer) = outer {
        found.push(make(i, Some(outer), true));
    }
    found.push(make(inner, quoted, false));
    true
}
