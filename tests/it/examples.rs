//! The examples beside the rules of events, modality and statements: each file's own sentences,
//! through the whole extractor.

#![expect(clippy::unwrap_used, reason = "a test that fails says so by panicking")]
#![expect(clippy::disallowed_methods, reason = "the rules are files")]

use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use newsgraph::extract::Extractor;
use newsgraph::facts::{Article, Facts, Modality, Ref};
use newsgraph::lang::Pack;
use newsgraph::text::Engine;
use toml::Value;

pub(crate) static EXTRACTOR: LazyLock<Extractor> = LazyLock::new(|| {
    let engine = Engine::embedded().expect("the built-in model is sound");
    let pack = Pack::find("en").expect("English is built in");
    Extractor::new(pack, engine).expect("its tables are sound")
});

/// Runs `check` on every example below `lang/en/<folder>` and names those that fail.
fn walk(folder: &str, check: impl Fn(&str, &Value, &Facts) -> Result<(), String>) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("lang/en").join(folder);
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    paths.sort();
    let (mut ran, mut failed) = (0, Vec::new());
    for path in paths.iter().filter(|p| p.extension().is_some_and(|e| e == "toml")) {
        let file: Value = toml::from_str(&fs::read_to_string(path).unwrap()).unwrap();
        let stem = path.file_stem().unwrap().to_str().unwrap();
        for example in file.get("example").and_then(Value::as_array).into_iter().flatten() {
            let text = example["text"].as_str().unwrap();
            let article = Article { id: "x".into(), text: text.into(), ..Article::default() };
            let facts = EXTRACTOR.extract(article).facts;
            ran += 1;
            if let Err(why) = check(stem, example, &facts) {
                failed.push(format!("{stem}: {text}\n    {why}"));
            }
        }
    }
    assert!(
        ran > 10 && failed.is_empty(),
        "{} of {ran} fail:\n{}",
        failed.len(),
        failed.join("\n")
    );
}

fn strings<'a>(example: &'a Value, member: &str) -> Vec<&'a str> {
    let list = example.get(member).and_then(Value::as_array);
    list.into_iter().flatten().filter_map(Value::as_str).collect()
}

/// Each event as "Type «trigger»" and its roles.
fn told(facts: &Facts) -> Vec<(String, String, Vec<String>)> {
    let text = &facts.article.text;
    let words = |filler: Ref| match filler {
        Ref::Entity(e) => {
            let entity = &facts.entities[e.index()];
            let mentions = entity.mentions.iter().map(|m| m.span.of(text).to_owned());
            mentions.chain([entity.name.clone()]).collect::<Vec<_>>().join(" / ")
        }
        Ref::Event(e) => facts.events[e.index()].trigger.of(text).to_owned(),
        Ref::Quantity(q) => {
            let quantity = &facts.quantities[q.index()];
            let of = quantity.of.map_or("", |s| s.of(text));
            format!("{} {of}", quantity.span.of(text))
        }
        Ref::Time(t) => facts.times[t.index()].span.of(text).to_owned(),
    };
    let events = facts.events.iter();
    events
        .map(|e| {
            let roles = e.roles.iter().map(|r| format!("{}: {}", r.role.as_str(), words(r.filler)));
            (e.kind.as_str().to_owned(), e.trigger.of(text).to_owned(), roles.collect())
        })
        .collect()
}

/// Pairs of words that tell one happening, and pairs that tell two: the first event with the first
/// word and the last one with the second.
fn tellings_hold(example: &Value, facts: &Facts) -> Result<(), String> {
    let text = &facts.article.text;
    let pairs = |member: &str| {
        let list = example.get(member).and_then(Value::as_array).into_iter().flatten();
        list.filter_map(|p| Some((p.get(0)?.as_str()?, p.get(1)?.as_str()?))).collect::<Vec<_>>()
    };
    for (member, wanted) in [("same", true), ("apart", false)] {
        for (one, other) in pairs(member) {
            let at = |w: &str| facts.events.iter().position(|e| e.trigger.of(text) == w);
            let last = |w: &str| facts.events.iter().rposition(|e| e.trigger.of(text) == w);
            let (Some(a), Some(b)) = (at(one), last(other)) else {
                return Err(format!("no «{one}» or no «{other}»: {:?}", told(facts)));
            };
            let first = |i: usize| facts.events[i].same.map_or(i, newsgraph::facts::EventId::index);
            if (first(a) == first(b)) != wanted {
                return Err(format!("«{one}», «{other}»: {member} is not so"));
            }
        }
    }
    Ok(())
}

/// Under `each`, all events that the word of each row triggers, in their order, with what the row
/// says of them (roles, place, time, figures); under `undated`, words whose event has no time.
fn members_hold(example: &Value, facts: &Facts) -> Result<(), String> {
    let text = &facts.article.text;
    let told = told(facts);
    let line = |i: usize| {
        let event = &facts.events[i];
        let place = event.place.map(|e| facts.entities[e.index()].name.clone());
        let time = event.time.map(|t| facts.times[t.index()].value.clone());
        let figures = event.quantities.iter().map(|q| facts.quantities[q.index()].span.of(text));
        let figures = figures.collect::<Vec<_>>().join(" ");
        format!("{:?} @ {place:?} {time:?} {figures}", told[i].2)
    };
    let with = |word: &str| (0..told.len()).filter(|&i| told[i].1 == word).collect::<Vec<_>>();
    let rows: Vec<Vec<&str>> = example
        .get("each")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .map(|row| row.as_array().into_iter().flatten().filter_map(Value::as_str).collect())
        .collect();
    if let Some(word) = rows.first().and_then(|r| r.first()) {
        let lines: Vec<String> = with(word).into_iter().map(line).collect();
        let holds = |(row, line): (&Vec<&str>, &String)| row[1..].iter().all(|w| line.contains(w));
        if lines.len() != rows.len() || !rows.iter().zip(&lines).all(holds) {
            return Err(format!("«{word}»: {lines:#?}"));
        }
    }
    for word in strings(example, "undated") {
        let events = with(word);
        if events.is_empty() || events.iter().any(|&i| facts.events[i].time.is_some()) {
            return Err(format!("«{word}» has a time, or there is no such event: {told:?}"));
        }
    }
    Ok(())
}

#[test]
fn event_types_hold_on_their_own_examples() {
    walk("event", |kind, example, facts| {
        let told = told(facts);
        for word in strings(example, "yes") {
            let event = told.iter().find(|t| t.0 == kind && t.1 == word);
            let Some(event) = event else { return Err(format!("no «{word}»: {told:?}")) };
            for role in strings(example, "roles") {
                let (name, filler) = role.split_once(": ").unwrap_or((role, ""));
                let found = |r: &String| r.starts_with(name) && r.contains(filler);
                let first = strings(example, "yes").first() == Some(&word);
                if first && !event.2.iter().any(found) {
                    return Err(format!("no {role}: {:?}", event.2));
                }
            }
        }
        tellings_hold(example, facts)?;
        members_hold(example, facts)?;
        for word in strings(example, "no") {
            if told.iter().any(|t| t.0 == kind && t.1 == word) {
                return Err(format!("«{word}» is no {kind}"));
            }
        }
        Ok(())
    });
}

#[test]
fn modality_holds_on_its_own_examples() {
    walk("modality", |_, example, facts| {
        let text = &facts.article.text;
        let trigger = example["trigger"].as_str().unwrap();
        let event = facts.events.iter().find(|e| e.trigger.of(text) == trigger);
        let Some(event) = event else { return Err(format!("no event «{trigger}»")) };
        let is = |member: &str, found: &str| match example.get(member).and_then(Value::as_str) {
            Some(wanted) if wanted != found => Err(format!("{found}, not {wanted}")),
            _ => Ok(()),
        };
        is("modality", event.modality.as_str())?;
        is("polarity", event.polarity.as_str())
    });
}

#[test]
fn statements_hold_on_their_own_examples() {
    walk("statement", |_, example, facts| {
        let text = &facts.article.text;
        let made: Vec<(String, Vec<String>)> = facts
            .statements
            .iter()
            .map(|s| {
                let source = s.source.map_or("", |x| x.of(text)).to_owned();
                (source, s.content.iter().map(|c| c.of(text).to_owned()).collect())
            })
            .collect();
        if example.get("none").is_some() {
            return if made.is_empty() { Ok(()) } else { Err(format!("{made:?}")) };
        }
        let count = example.get("count").and_then(Value::as_integer);
        if count.is_some_and(|n| usize::try_from(n) != Ok(made.len())) {
            return Err(format!("{} statements: {made:?}", made.len()));
        }
        let wanted = (example["speaker"].as_str().unwrap().to_owned(), strings(example, "content"));
        let at = made.iter().position(|m| m.0 == wanted.0 && m.1 == wanted.1);
        let Some(at) = at else { return Err(format!("{made:?}")) };
        let modality = example.get("modality").and_then(Value::as_str);
        let found = facts.statements[at].modality.map(Modality::as_str);
        if modality == found { Ok(()) } else { Err(format!("{found:?}, not {modality:?}")) }
    });
}
