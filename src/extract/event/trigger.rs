//! Which words tell an event.

use crate::extract::clause::{self, Arguments};
use crate::extract::filler::Fillers;
use crate::text::{Document, Pos};

use super::tables::Tables;

/// A word that tells an event, before it has a type.
#[derive(Clone, Debug)]
pub(super) struct Trigger {
    /// The word.
    pub(super) token: usize,
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

/// The triggers of the document, in text order.
pub(super) fn find(doc: &Document<'_>, tables: &Tables, fillers: &Fillers<'_>) -> Vec<Trigger> {
    let mut carriers: Vec<Option<usize>> = vec![None; doc.len()];
    let mut gives_way = vec![false; doc.len()];
    for (verb, gives) in gives_way.iter_mut().enumerate() {
        if doc.pos(verb) == Pos::Verb
            && let Some(noun) = carried(doc, tables, fillers, verb)
        {
            *gives = true;
            carriers[noun].get_or_insert(verb);
        }
    }
    (0..doc.len())
        .filter(|&i| !gives_way[i])
        .filter_map(|i| trigger_at(doc, tables, fillers, i, carriers[i]))
        .collect()
}

fn trigger_at(
    doc: &Document<'_>,
    tables: &Tables,
    fillers: &Fillers<'_>,
    i: usize,
    carrier: Option<usize>,
) -> Option<Trigger> {
    match doc.pos(i) {
        Pos::Verb => verb_trigger(doc, tables, fillers, i),
        Pos::Noun | Pos::Propn => noun_trigger(doc, tables, fillers, i, carrier),
        Pos::Adj => {
            let lemma = doc.lemma(i).to_lowercase();
            tables.adjective_frames.contains_key(&lemma).then(|| Trigger {
                token: i,
                end: i + 1,
                lemma,
                pos: Pos::Adj,
                carrier: None,
                needs_type: true,
            })
        }
        _ => None,
    }
}

fn verb_trigger(
    doc: &Document<'_>,
    tables: &Tables,
    fillers: &Fillers<'_>,
    i: usize,
) -> Option<Trigger> {
    let words = &tables.triggers;
    if matches!(doc.dep(i), "aux" | "auxpass" | "prep" | "case" | "mark" | "cc" | "compound")
        || fillers.is_named(i)
        || fillers.time(i).is_some()
    {
        return None;
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
        return None;
    }
    Some(Trigger { token: i, end, lemma, pos: Pos::Verb, carrier: None, needs_type: plain })
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
) -> Option<Trigger> {
    let words = &tables.triggers;
    if fillers.time(i).is_some() {
        return None;
    }
    let lemma = doc.lemma(i).to_lowercase();
    let (noun, start_lemma) = compound_noun(doc, tables, i, &lemma)
        .map_or_else(|| (tables.nouns.get(&lemma), lemma.clone()), |l| (tables.nouns.get(&l), l));
    let noun = noun?;
    // Inside a name ("Attack on Titan", "the Meeting House") the word tells nothing; a title-case
    // headline is no name.
    if doc.pos(i) == Pos::Propn && !headline(doc, i) {
        return None;
    }
    if fillers.in_name(i) && doc.pos(i) == Pos::Propn && carrier.is_none() {
        return None;
    }
    // A noun that only modifies another one names a kind ("protest movement") unless that other one
    // tells an event of its own ("bomb attack") or is what the event did ("attack victims").
    let modifier = matches!(doc.dep(i), "compound" | "nmod");
    if modifier && doc.head(i) != i {
        let head = doc.lemma(doc.head(i)).to_lowercase();
        let typed = tables.noun_frames.contains_key(&start_lemma);
        let kind = tables.nouns.contains_key(&head) || words.kinds.contains(&head);
        if kind || !noun.strong || !typed {
            return None;
        }
    }
    let typed = tables.noun_frames.contains_key(&start_lemma);
    let listed = words.not_nouns.contains(&start_lemma) && carrier.is_none();
    if listed && !typed {
        return None;
    }
    if !noun.strong && carrier.is_none() && !has_arguments(doc, i) && !typed {
        return None;
    }
    if !noun.strong && carrier.is_none() && !typed && !anchored(doc, fillers, i) {
        return None;
    }
    Some(Trigger {
        token: i,
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
fn headline(doc: &Document<'_>, i: usize) -> bool {
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
    if !light && !aspectual {
        return None;
    }
    let args: Arguments = clause::arguments(doc, verb);
    let tells = |&noun: &usize| {
        let lemma = doc.lemma(noun).to_lowercase();
        matches!(doc.pos(noun), Pos::Noun | Pos::Propn)
            && fillers.time(noun).is_none()
            && (tables.nouns.contains_key(&lemma)
                || compound_noun(doc, tables, noun, &lemma).is_some())
    };
    let through = |&noun: &usize| {
        // "held a series of talks", "took part in the protest"
        if words.partitive.contains(doc.lemma(noun)) {
            clause::preps_of(doc, noun).first().map_or(noun, |&(_, o)| o)
        } else {
            noun
        }
    };
    let from_objects = args.objects.iter().map(through).find(|n| tells(n));
    let from_passive =
        if args.passive { args.subjects.iter().map(through).find(|n| tells(n)) } else { None };
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
