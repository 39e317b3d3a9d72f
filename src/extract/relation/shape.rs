//! What stands side by side says: brackets, commas, adjectives, lists.

use crate::extract::mention::{NounClass, WordList};
use crate::facts::{EntityType, MentionForm, Predicate, Time, TimeType};
use crate::span::Span;
use crate::text::Pos;

use super::emit::{Manner, Sink};
use super::noun::{bearers, complements};
use super::rules::RelationTables;
use super::verb::{datatype, is_one};
use super::view::{Arg, View};

/// "World Health Organization (WHO)".
pub(super) fn short_names(view: &View<'_, '_>, sink: &mut Sink) {
    let doc = view.doc;
    for pair in view.names.windows(2) {
        let ((a, first), (b, second)) = (&pair[0], &pair[1]);
        if first.entity != second.entity || b.start != a.end + 1 || doc.word(a.end) != "(" {
            continue;
        }
        let (x, y) = (first.span.of(doc.text()), second.span.of(doc.text()));
        let long = if x.len() >= y.len() { x } else { y };
        if x.len() == y.len() {
            continue;
        }
        let full = long.split_whitespace().collect::<Vec<_>>().join(" ");
        let span = first.span.cover(second.span);
        sink.value(
            *first,
            Predicate::ShortNameOf,
            &full,
            "xsd:string",
            span,
            Manner::PLAIN,
            "shortNameOf#bracket",
        );
    }
}

/// "X, 54,", "X (54)", "the 54-year-old X", "X, aged 54".
pub(super) fn ages(view: &View<'_, '_>, sink: &mut Sink) {
    let doc = view.doc;
    let age = |i: usize| {
        let word = (i < doc.len()).then(|| doc.word(i))?;
        word.parse::<u32>().ok().filter(|n| (1..=119).contains(n) && word.len() <= 3)
    };
    let mut give = |arg: Arg, i: usize, rule: &str| {
        if let Some(n) = age(i) {
            sink.value(
                arg,
                Predicate::HasAge,
                &n.to_string(),
                "xsd:integer",
                doc.span(i),
                Manner::PLAIN,
                rule,
            );
        }
    };
    for (tokens, arg) in &view.names {
        if view.kind(arg.entity) != EntityType::Person {
            continue;
        }
        let (open, at) = (tokens.end, tokens.end + 1);
        if at + 1 < doc.len() && matches!(doc.word(open), "," | "(") {
            if age(at).is_some() && matches!(doc.word(at + 1), "," | ")" | "." | ";") {
                give(*arg, at, "hasAge#beside");
            } else if view.tables.is(WordList::Aged, doc.word(at)) {
                give(*arg, at + 1, "hasAge#aged");
            }
        }
    }
    // "54-year-old": the number hangs below the adjective of the noun or name.
    for i in 0..doc.len() {
        if !view.tables.is(WordList::Aged, doc.word(i))
            || i < 4
            || doc.word(i - 1) != "-"
            || doc.word(i - 3) != "-"
        {
            continue;
        }
        let noun = doc.head(i);
        let own = view.at(noun).filter(|a| a.form == MentionForm::Name);
        let arg = own
            .into_iter()
            .chain(bearers(view, noun).into_iter().map(|(a, _)| a))
            .find(|a| view.kind(a.entity) == EntityType::Person && is_one(view, *a));
        if let Some(arg) = arg {
            give(arg, i - 4, "hasAge#adjective");
        }
    }
}

/// "Springfield, Ohio"; "the museum in Lyon" where both are names; "Lyon's Old Bridge".
pub(super) fn regions(view: &View<'_, '_>, sink: &mut Sink) {
    let doc = view.doc;
    let somewhere =
        |a: &Arg| matches!(view.kind(a.entity), EntityType::Place | EntityType::Facility);
    for pair in view.names.windows(2) {
        let ((a, inner), (b, outer)) = (&pair[0], &pair[1]);
        if !somewhere(inner)
            || view.kind(outer.entity) != EntityType::Place
            || doc.sentence_of(a.start) != doc.sentence_of(b.start)
        {
            continue;
        }
        let comma = b.start == a.end + 1 && doc.word(a.end) == ",";
        // The last of a list is tied by "and"; the others are each tied to the one before.
        let listed = doc.dep(outer.head) == "conj"
            || doc.children_by(outer.head, "conj").next().is_some()
            || doc.children_by(inner.head, "conj").any(|c| c == outer.head);
        let beside = comma
            && !listed
            && matches!(doc.dep(outer.head), "appos" | "npadvmod" | "nmod" | "pobj" | "dep");
        let within = b.start <= a.end + 2
            && doc.dep(outer.head) == "pobj"
            && doc.head(doc.head(outer.head)) == inner.head
            && view.tables.is(WordList::Within, &doc.word(doc.head(outer.head)).to_lowercase());
        if (beside || within) && !is_adjective(view, outer) {
            sink.relate(
                view,
                *inner,
                Predicate::LocatedIn,
                *outer,
                Manner::PLAIN,
                "locatedIn#beside",
            );
        }
    }
    for (tokens, inner) in &view.names {
        if !somewhere(inner) {
            continue;
        }
        for p in doc.children_by(inner.head, "poss").filter(|&p| p < tokens.start) {
            if let Some(outer) = view
                .at(p)
                .filter(|o| view.kind(o.entity) == EntityType::Place && o.form == MentionForm::Name)
            {
                sink.relate(
                    view,
                    *inner,
                    Predicate::LocatedIn,
                    outer,
                    Manner::PLAIN,
                    "locatedIn#possessor",
                );
            }
        }
    }
}

/// Whether a mention is an adjective of a place ("French").
fn is_adjective(view: &View<'_, '_>, arg: &Arg) -> bool {
    view.entities[arg.entity.index()].found.iter().any(|m| m.span == arg.span && m.place.is_some())
}

/// "French actor X"; "X is a French actor"; "X, a Chilean national".
pub(super) fn nationalities(view: &View<'_, '_>, sink: &mut Sink) {
    let doc = view.doc;
    for (tokens, place) in &view.names {
        if !is_adjective(view, place) || doc.word(tokens.end.min(doc.len() - 1)) == "-" {
            continue;
        }
        let noun = doc.head(tokens.end - 1);
        // "French President X" tells whose president, not whose citizen.
        let office = view.tables.title(&doc.word(noun).to_lowercase()).is_some();
        let direct = view
            .at(noun)
            .filter(|a| a.form == MentionForm::Name && view.kind(a.entity) == EntityType::Person);
        let mut persons: Vec<(Arg, Manner)> = Vec::new();
        if let Some(person) = direct {
            let title = view.entities[person.entity.index()]
                .found
                .iter()
                .find(|m| m.span == person.span)
                .and_then(|m| m.title.clone());
            let plain = title.is_some_and(|t| {
                t.start == tokens.end
                    && t.clone().all(|i| view.tables.title(&doc.word(i).to_lowercase()).is_none())
            });
            if plain {
                persons.push((person, Manner::PLAIN));
            }
        } else if !office
            && view.tables.noun(&doc.lemma(noun).to_lowercase()) == Some(NounClass::Person)
        {
            persons.extend(bearers(view, noun));
        }
        for (person, manner) in persons {
            if view.kind(person.entity) == EntityType::Person && is_one(view, person) {
                sink.relate(
                    view,
                    person,
                    Predicate::Nationality,
                    *place,
                    manner,
                    "nationality#adjective",
                );
            }
        }
    }
}

/// "news agency X"; "X, a charity"; "X is a military alliance".
pub(super) fn kinds(view: &View<'_, '_>, tables: &RelationTables, sink: &mut Sink) {
    let doc = view.doc;
    let stop = |word: &str| {
        tables.words(Predicate::InstanceOf).is_some_and(|w| w.stop.iter().any(|s| s == word))
    };
    for noun in 0..doc.len() {
        if doc.pos(noun) != Pos::Noun
            || stop(doc.lemma(noun))
            || view.at(noun).is_some_and(|a| a.form == MentionForm::Name)
        {
            continue;
        }
        let class = view.tables.noun(doc.lemma(noun));
        if !matches!(
            class,
            Some(
                NounClass::Organization
                    | NounClass::Place
                    | NounClass::Facility
                    | NounClass::Group
                    | NounClass::Thing
            )
        ) {
            continue;
        }
        let start = modifiers_from(view, noun);
        let words = literal(view, start..noun + 1);
        let span = doc.span_of(start..noun + 1);
        // In front of the name, as part of its phrase.
        if let Some((tokens, name)) = view.name_from(noun + 1)
            && (doc.dep(noun) == "compound" && tokens.contains(&doc.head(noun))
                || doc.children_by(noun, "appos").any(|c| tokens.contains(&c))
                    && doc.children_by(noun, "poss").next().is_none())
            && is_thing(view, &name)
        {
            sink.value(
                name,
                Predicate::InstanceOf,
                &words,
                "xsd:string",
                span,
                Manner::PLAIN,
                "instanceOf#before",
            );
            continue;
        }
        let article = doc.children_by(noun, "det").find(|&d| d < noun);
        let indefinite = article
            .is_none_or(|d| view.tables.is(WordList::Indefinite, &doc.word(d).to_lowercase()));
        let plural = doc.tag(noun) == "NNS";
        if !indefinite
            || plural
            || doc.children_by(noun, "poss").next().is_some()
            || !matches!(doc.dep(noun), "attr" | "appos")
            || article.is_none()
        {
            continue;
        }
        for (bearer, manner) in bearers(view, noun) {
            if is_thing(view, &bearer) && bearer.form == MentionForm::Name {
                sink.value(
                    bearer,
                    Predicate::InstanceOf,
                    &words,
                    "xsd:string",
                    span,
                    manner,
                    "instanceOf#description",
                );
            }
        }
    }
}

fn is_thing(view: &View<'_, '_>, arg: &Arg) -> bool {
    !matches!(view.kind(arg.entity), EntityType::Person | EntityType::Group)
}

/// The first of the adjectives and nouns before a noun, names and articles left out.
fn modifiers_from(view: &View<'_, '_>, noun: usize) -> usize {
    let doc = view.doc;
    let mut start = noun;
    while let Some(before) = start.checked_sub(1) {
        let fits = matches!(doc.dep(before), "compound" | "amod" | "nmod" | "punct")
            && (matches!(doc.pos(before), Pos::Noun | Pos::Adj | Pos::Propn)
                || doc.word(before) == "-")
            && view.at(before).is_none_or(|a| a.form != MentionForm::Name)
            && doc.subtree(noun).contains(&before)
            || doc.pos(before) == Pos::Adj && doc.head(before) == noun && view.at(before).is_none();
        if !fits {
            break;
        }
        start = before;
    }
    while start < noun && doc.pos(start) == Pos::Punct {
        start += 1;
    }
    start
}

fn literal(view: &View<'_, '_>, tokens: std::ops::Range<usize>) -> String {
    view.doc.span_of(tokens).of(view.doc.text()).split_whitespace().collect::<Vec<_>>().join(" ")
}

/// "Its members include A, B and C"; "members of Y such as A and B".
pub(super) fn members(view: &View<'_, '_>, tables: &RelationTables, sink: &mut Sink) {
    let doc = view.doc;
    let Some(words) = tables.words(Predicate::MemberOf) else { return };
    for noun in 0..doc.len() {
        let lemma = doc.lemma(noun).to_lowercase();
        if !words.list.contains(&lemma) || doc.pos(noun) != Pos::Noun {
            continue;
        }
        let verb = doc.head(noun);
        let listed: Vec<usize> =
            if doc.dep(noun) == "nsubj" && view.tables.is(WordList::Including, doc.lemma(verb)) {
                doc.children_by(verb, "dobj").collect()
            } else {
                doc.children_by(noun, "prep")
                    .filter(|&p| view.tables.is(WordList::Including, &doc.word(p).to_lowercase()))
                    .flat_map(|p| doc.children_by(p, "pobj"))
                    .collect()
            };
        let members: Vec<Arg> =
            listed.into_iter().flat_map(|i| view.args(i)).filter(|a| is_one(view, *a)).collect();
        if members.is_empty() {
            continue;
        }
        let bodies = complements(view, noun, &words.complement);
        let body =
            bodies.into_iter().find(|a| is_body(view, *a)).or_else(|| topic_before(view, noun));
        let Some(body) = body else { continue };
        for member in members {
            sink.relate(view, member, Predicate::MemberOf, body, Manner::PLAIN, "memberOf#list");
        }
    }
}

fn is_body(view: &View<'_, '_>, arg: Arg) -> bool {
    matches!(view.kind(arg.entity), EntityType::Organization | EntityType::Group)
        && view.is_named(arg.entity)
}

/// The body that the sentence before is about: its subject.
fn topic_before(view: &View<'_, '_>, noun: usize) -> Option<Arg> {
    let doc = view.doc;
    let before = doc.sentence_of(noun).checked_sub(1)?;
    let tokens = doc.sentences().get(before)?.clone();
    tokens
        .filter(|&i| matches!(doc.dep(i), "nsubj" | "nsubjpass"))
        .filter_map(|i| view.at(i))
        .find(|a| is_body(view, *a))
}

/// "X (born 3 May 1960)", "X (3 May 1920 – 4 June 1980)".
pub(super) fn lives(view: &View<'_, '_>, sink: &mut Sink) {
    let doc = view.doc;
    for (tokens, arg) in &view.names {
        let open = tokens.end;
        if view.kind(arg.entity) != EntityType::Person
            || open + 1 >= doc.len()
            || doc.word(open) != "("
        {
            continue;
        }
        let limit = (open + 30).min(doc.len());
        let Some(close) = (open..limit).find(|&i| doc.word(i) == ")") else { continue };
        let inside = doc.span_of(open..close + 1);
        let dates: Vec<&Time> =
            view.times.iter().filter(|t| inside.contains(t.span) && is_day(t)).collect();
        let told = |list: WordList| {
            (open + 1..close).any(|i| view.tables.is(list, &doc.lemma(i).to_lowercase()))
        };
        let dash = |a: Span, b: Span| {
            let between =
                Span::new(doc.text(), a.end(), b.start()).map_or("", |s| s.of(doc.text())).trim();
            matches!(between, "-" | "–" | "—")
        };
        let mut give = |predicate, time: &Time, rule: &str| {
            sink.value(
                *arg,
                predicate,
                &time.value,
                datatype(&time.value),
                time.span,
                Manner::PLAIN,
                rule,
            );
        };
        match dates.as_slice() {
            [born, died] if dash(born.span, died.span) => {
                give(Predicate::BornOn, born, "bornOn#bracket");
                give(Predicate::DiedOn, died, "diedOn#bracket");
            }
            [one] if told(WordList::Born) => give(Predicate::BornOn, one, "bornOn#bracket"),
            [one] if told(WordList::Died) => give(Predicate::DiedOn, one, "diedOn#bracket"),
            _ => {}
        }
    }
}

fn is_day(time: &Time) -> bool {
    time.kind == TimeType::Date
        && time.value.starts_with(|c: char| c.is_ascii_digit())
        && time.value.len() >= 4
}
