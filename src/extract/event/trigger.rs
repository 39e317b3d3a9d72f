//! Which words tell an event.

use crate::extract::clause::{self, Arguments};
use crate::extract::filler::Fillers;
use crate::facts::QuantityId;
use crate::text::{Document, Pos};

use super::loss::Loss;
use super::tables::Tables;

/// A word that tells an event, before it has a type.
#[derive(Clone, Debug)]
pub(super) struct Trigger {
    /// The word.
    pub(super) token: usize,
    /// The first token of the trigger (an entry of two words begins before its head).
    pub(super) start: usize,
    /// One past the last token of the trigger (a particle, a name's end).
    pub(super) end: usize,
    /// Lemma, with the particle.
    pub(super) lemma: String,
    /// Verb, noun or adjective.
    pub(super) pos: Pos,
    /// The light or aspectual verb whose place it takes.
    pub(super) carrier: Option<usize>,
    /// Only an event if a type's table claims it.
    pub(super) needs_type: bool,
}

/// The triggers of the document, in text order, and, for the other verbs, nouns and adjectives, why
/// they are none.
pub(super) fn find(
    doc: &Document<'_>,
    tables: &Tables,
    fillers: &Fillers<'_>,
) -> (Vec<Trigger>, Vec<(usize, Loss)>) {
    let mut carriers: Vec<Option<usize>> = vec![None; doc.len()];
    let mut gives_way: Vec<Option<usize>> = vec![None; doc.len()];
    for (verb, gives) in gives_way.iter_mut().enumerate() {
        if doc.pos(verb) == Pos::Verb
            && let Some(noun) = carried(doc, tables, fillers, verb)
        {
            let stays = tables.triggers.completing.contains(&doc.lemma(verb).to_lowercase());
            *gives = (!stays).then_some(noun);
            carriers[noun].get_or_insert(verb);
        }
    }
    let (mut triggers, mut lost) = (Vec::new(), Vec::new());
    for i in 0..doc.len() {
        let found = match gives_way[i] {
            Some(noun) => Err(Loss::GivesWay(doc.span(noun))),
            None => match doc.pos(i) {
                Pos::Verb => verb_trigger(doc, tables, fillers, i),
                Pos::Aux => Err(Loss::Function),
                Pos::Noun | Pos::Propn => noun_trigger(doc, tables, fillers, i, carriers[i]),
                Pos::Adj => adjective_trigger(doc, tables, i),
                _ => continue,
            },
        };
        match found {
            Ok(trigger) => triggers.push(trigger),
            Err(loss) => lost.push((i, loss)),
        }
    }
    (triggers, lost)
}

fn adjective_trigger(doc: &Document<'_>, tables: &Tables, i: usize) -> Result<Trigger, Loss> {
    let lemma = doc.lemma(i).to_lowercase();
    if !tables.adjective_frames.contains_key(&lemma) {
        return Err(Loss::Unknown);
    }
    Ok(Trigger {
        token: i,
        start: i,
        end: i + 1,
        lemma,
        pos: Pos::Adj,
        carrier: None,
        needs_type: true,
    })
}

fn verb_trigger(
    doc: &Document<'_>,
    tables: &Tables,
    fillers: &Fillers<'_>,
    i: usize,
) -> Result<Trigger, Loss> {
    let words = &tables.triggers;
    if matches!(doc.dep(i), "aux" | "auxpass" | "prep" | "case" | "mark" | "cc" | "compound") {
        return Err(Loss::Function);
    }
    // "It’s": what the tagger leaves of a contraction.
    if !doc.word(i).chars().next().is_some_and(char::is_alphanumeric) {
        return Err(Loss::Function);
    }
    if fillers.is_named(i) {
        return Err(Loss::Name);
    }
    if fillers.time(i).is_some() {
        return Err(Loss::Time);
    }
    // "The playing field", "her running mate".
    let kind = || {
        let noun = doc.lemma(doc.head(i)).to_lowercase();
        words.not_nouns.contains(&format!("{} {noun}", doc.word(i).to_lowercase()))
    };
    if doc.dep(i) == "amod" && kind() {
        return Err(Loss::Kind);
    }
    let base = doc.lemma(i).to_lowercase();
    let (lemma, end) = with_particle(doc, tables, i, &base);
    let typed = tables.verb_frames.contains_key(&lemma) || tables.verb_frames.contains_key(&base);
    let modifier = matches!(doc.dep(i), "amod");
    let plain = words.stative.contains(&lemma)
        || words.attitude.contains(&lemma)
        || words.saying.contains(&lemma)
        || words.light.contains(&lemma) && has_no_object_of_its_own(doc, i)
        || modifier;
    if plain && !typed {
        return Err(Loss::Plain);
    }
    if words.standing.contains(&base) && tally(doc, tables, fillers, i).is_some() {
        // "The number of arrests stands at 90": the figure of the arrests.
        return Err(Loss::Figure);
    }
    Ok(Trigger { token: i, start: i, end, lemma, pos: Pos::Verb, carrier: None, needs_type: plain })
}

/// A light verb without any object tells nothing ("has since taken").
fn has_no_object_of_its_own(doc: &Document<'_>, verb: usize) -> bool {
    !doc.children(verb).any(|c| matches!(doc.dep(c), "dobj" | "nsubjpass" | "prep" | "advmod"))
}

/// The verb's lemma with the particle that belongs to it, and one past the trigger's last token.
fn with_particle(doc: &Document<'_>, tables: &Tables, verb: usize, base: &str) -> (String, usize) {
    let mut found = (base.to_owned(), verb + 1);
    for child in doc.children(verb) {
        let particle = doc.word(child).to_lowercase();
        let phrase = || format!("{base} {particle}");
        let takes = match doc.dep(child) {
            "prt" => true,
            // WordNet's "fall in" must not take the preposition of "fell in May".
            "advmod" | "prep" | "acomp" | "oprd" => {
                tables.verb_frames.get(&phrase()).is_some_and(|frames| frames.iter().any(|f| f.own))
            }
            // "Take place".
            "dobj" => tables.triggers.aspectual.contains(&phrase()),
            _ => false,
        };
        if takes && child > verb {
            found.0 = phrase();
            if child == verb + 1 {
                found.1 = child + 1;
            }
            break;
        }
    }
    found
}

fn noun_trigger(
    doc: &Document<'_>,
    tables: &Tables,
    fillers: &Fillers<'_>,
    i: usize,
    carrier: Option<usize>,
) -> Result<Trigger, Loss> {
    let words = &tables.triggers;
    if fillers.time(i).is_some() {
        return Err(Loss::Time);
    }
    let lemma = doc.lemma(i).to_lowercase();
    if words.things.contains(&lemma) && !tables.noun_frames.contains_key(&lemma) {
        return Err(Loss::Listed);
    }
    // "Law enforcement", "a bus stop": two words that name a thing.
    if i > 0
        && doc.head(i - 1) == i
        && words.not_nouns.contains(&format!("{} {lemma}", doc.lemma(i - 1).to_lowercase()))
    {
        return Err(Loss::Listed);
    }
    let (noun, start_lemma) = compound_noun(doc, tables, i, &lemma)
        .map_or_else(|| (tables.nouns.get(&lemma), lemma.clone()), |l| (tables.nouns.get(&l), l));
    let noun = noun.ok_or(Loss::Unknown)?;
    // Inside a name ("Attack on Titan", "the Meeting House") the word tells nothing; a title-case
    // headline is no name.
    if doc.pos(i) == Pos::Propn && !headline(doc, i) {
        return Err(Loss::Name);
    }
    if fillers.in_name(i) && doc.pos(i) == Pos::Propn && carrier.is_none() {
        return Err(Loss::Name);
    }
    // A noun that only modifies another one names a kind ("protest movement") unless that other one
    // tells an event of its own ("bomb attack") or is what the event did ("attack victims").
    let modifier = matches!(doc.dep(i), "compound" | "nmod");
    if modifier && doc.head(i) != i {
        let head = doc.lemma(doc.head(i)).to_lowercase();
        let typed = tables.noun_frames.contains_key(&start_lemma);
        let kind = tables.nouns.contains_key(&head) || words.kinds.contains(&head);
        if kind || !noun.strong || !typed {
            return Err(Loss::Kind);
        }
    }
    let typed = tables.noun_frames.contains_key(&start_lemma);
    // "The work done": what only modifies the noun makes it no event.
    let bare = carrier.is_none_or(|v| doc.dep(v) == "acl" && doc.head(v) == i);
    let told = noun.verb.as_ref().is_some_and(|v| words.saying.contains(v));
    let listed = words.not_nouns.contains(&start_lemma) && bare || told;
    if listed && !typed {
        return Err(Loss::Listed);
    }
    if !noun.strong && carrier.is_none() && !has_arguments(doc, i) && !typed {
        return Err(Loss::Alone);
    }
    if !noun.strong && carrier.is_none() && !typed && !anchored(doc, fillers, i) {
        return Err(Loss::Alone);
    }
    Ok(Trigger {
        token: i,
        start: if start_lemma.contains(' ') { i - 1 } else { i },
        end: i + 1,
        lemma: start_lemma,
        pos: Pos::Noun,
        carrier,
        needs_type: listed || !noun.strong && carrier.is_none() && typed && !has_arguments(doc, i),
    })
}

/// The two-word entry that ends at `i` ("press conference"), if the lexicon has it.
fn compound_noun(doc: &Document<'_>, tables: &Tables, i: usize, lemma: &str) -> Option<String> {
    doc.children(i).filter(|&c| matches!(doc.dep(c), "compound" | "amod") && c + 1 == i).find_map(
        |c| {
            let pair = format!("{} {lemma}", doc.lemma(c).to_lowercase());
            tables.nouns.contains_key(&pair).then_some(pair)
        },
    )
}

/// Whether the noun has who did it or to whom: what makes a weak event noun tell one.
fn has_arguments(doc: &Document<'_>, i: usize) -> bool {
    doc.children(i).any(|c| matches!(doc.dep(c), "poss" | "prep" | "acl"))
}

/// Whether an argument of the noun is somebody or something that the article names.
fn anchored(doc: &Document<'_>, fillers: &Fillers<'_>, i: usize) -> bool {
    let poss = doc.children_by(i, "poss").any(|c| fillers.entity(c).is_some());
    poss || clause::preps_of(doc, i).iter().any(|&(_, o)| {
        fillers.is_named(o) || fillers.time(o).is_some() || fillers.quantity(o).is_some()
    })
}

/// Whether the sentence is in title case: most of its words of four letters begin with a capital.
pub(super) fn headline(doc: &Document<'_>, i: usize) -> bool {
    let sentence = doc.sentences()[doc.sentence_of(i)].clone();
    let (mut upper, mut all) = (0, 0);
    for t in sentence.filter(|&t| doc.word(t).len() > 3) {
        all += 1;
        upper += usize::from(doc.word(t).chars().next().is_some_and(char::is_uppercase));
    }
    upper * 3 >= all * 2
}

/// The event noun or clause for which a light or aspectual verb stands.
fn carried(
    doc: &Document<'_>,
    tables: &Tables,
    fillers: &Fillers<'_>,
    verb: usize,
) -> Option<usize> {
    let words = &tables.triggers;
    let base = doc.lemma(verb).to_lowercase();
    let (lemma, _) = with_particle(doc, tables, verb, &base);
    let light = words.light.contains(&lemma);
    let aspectual = words.aspectual.contains(&lemma);
    let engaging = words.engaging.contains(&base);
    if !light && !aspectual && !engaging || tally(doc, tables, fillers, verb).is_some() {
        return None;
    }
    let mut args: Arguments = clause::arguments(doc, verb);
    args.objects.retain(|&o| lemma != format!("{base} {}", doc.word(o).to_lowercase()));
    let tells = |&noun: &usize| {
        let lemma = doc.lemma(noun).to_lowercase();
        matches!(doc.pos(noun), Pos::Noun | Pos::Propn)
            && !words.things.contains(&lemma)
            && fillers.time(noun).is_none()
            && (tables.nouns.contains_key(&lemma)
                || compound_noun(doc, tables, noun, &lemma).is_some())
    };
    let typed = |&noun: &usize| tables.noun_frames.contains_key(&doc.lemma(noun).to_lowercase());
    let through = |&noun: &usize| {
        // "held a series of talks", "took part in the protest"
        if words.partitive.contains(doc.lemma(noun)) {
            clause::preps_of(doc, noun).first().map_or(noun, |&(_, o)| o)
        } else {
            noun
        }
    };
    // "Takes the opportunity to thank": the infinitive.
    let occasion = args.objects.iter().find_map(|&o| {
        let to = |&c: &usize| clause::is_infinitive(doc, c);
        let is = words.occasion.contains(doc.lemma(o));
        is.then(|| doc.children_by(o, "acl").find(to)).flatten()
    });
    if light && occasion.is_some() {
        return occasion;
    }
    let from_objects = args.objects.iter().map(through).find(|n| tells(n));
    let from_passive =
        if args.passive { args.subjects.iter().map(through).find(|n| tells(n)) } else { None };
    if engaging && from_objects.is_none() {
        let inside = args.preps.iter().filter(|&&(p, _)| words.inside.contains(doc.word(p)));
        return inside.map(|(_, o)| through(o)).find(|n| tells(n) && typed(n));
    }
    if light {
        return from_objects.or(from_passive);
    }
    let complement = args
        .complements
        .iter()
        .copied()
        .find(|&c| doc.pos(c) == Pos::Verb && matches!(doc.dep(c), "xcomp") && c > verb);
    complement.or(from_objects).or(from_passive).or_else(|| {
        let bare = args.objects.is_empty() && !args.passive;
        args.subjects.iter().copied().find(|n| bare && tells(n))
    })
}

/// The event noun that `verb` gives a figure of, and the figure ("the number of arrests rose to
/// 90", "put the number of arrests at 90").
pub(super) fn tally(
    doc: &Document<'_>,
    tables: &Tables,
    fillers: &Fillers<'_>,
    verb: usize,
) -> Option<(usize, QuantityId)> {
    let words = &tables.triggers;
    let args = clause::arguments(doc, verb);
    let counted = args.subjects.iter().chain(&args.objects).find_map(|&number| {
        if !words.tallies.contains(doc.lemma(number)) {
            return None;
        }
        let tells = |&&(_, o): &&(usize, usize)| tables.nouns.contains_key(doc.lemma(o));
        clause::preps_of(doc, number).iter().find(tells).map(|&(_, o)| o)
    })?;
    let reaching = args.preps.iter().filter(|&&(p, _)| words.reaching.contains(doc.word(p)));
    let attributes = doc.children_by(verb, "attr");
    let figures = reaching.map(|&(_, o)| o).chain(args.objects.iter().copied()).chain(attributes);
    let figure = figures.into_iter().find_map(|o| fillers.quantity(o))?;
    Some((counted, figure))
}
