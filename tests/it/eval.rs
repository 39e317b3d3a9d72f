//! The scorers agree with the reference ones, figure by figure, on gold sets and on predictions
//! that are right, wrong and missing in every way.

#![expect(clippy::unwrap_used, reason = "test helpers")]
#![expect(clippy::disallowed_methods, reason = "the gold sets and the reference scorer's input")]

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

use newsgraph::eval::{self, Figure};
use serde_json::{Value, json};

use crate::support::shared;

/// Gold rows of one set that are scored: enough for every branch, few enough to be quick.
const ROWS: usize = 25;

#[test]
fn figures_equal_the_reference_scorers() {
    let Some(shared) = shared() else { return };
    let scorer = shared.join("gold/score.py");
    let by_events = shared.join("gold/score_events.py");
    let sets = [
        "polnear",
        "timebank",
        "newsquant",
        "rtext_units",
        "redocred",
        "news_fair_dev",
        "gum_news",
        "ecbplus",
    ];
    let mut compared = 0;
    for set in sets {
        let folder = shared.join("gold").join(set);
        let gold = rows(&folder.join(format!("{set}.gold.jsonl")));
        let inputs = rows(&folder.join(format!("{set}.input.jsonl")));
        let texts: BTreeMap<String, String> = inputs
            .iter()
            .map(|r| (name(&r["id"]), r["text"].as_str().unwrap_or("").to_owned()))
            .collect();
        let gold = &gold[..gold.len().min(ROWS)];
        let predicted: Vec<Value> = gold
            .iter()
            .enumerate()
            .filter(|(i, _)| i % 9 != 8)
            .map(|(_, row)| predict(row, &texts[&name(&row["id"])]))
            .collect();
        let ours = eval::score(gold, &predicted, &texts, None);
        let theirs = reference(&scorer, &[], gold, &inputs, &predicted);
        let only = ["--layers", "quantities"];
        let figures: Vec<Value> = predicted.iter().map(figures_alone).collect();
        let read = reference(&by_events, &only, gold, &inputs, &figures);
        for layer in ours.layers.iter().filter(|l| l.name != "coded") {
            for (figure, value) in &layer.figures {
                if let Some(name) = figure.strip_suffix("_read") {
                    let other = &read["quantities"][name.replace("_and_", "+")];
                    compared += 1;
                    assert!(agree_read(value, other), "{set} {figure}: {value:?}, {other}");
                    continue;
                }
                let other = &theirs["layers"][layer.name]["figures"][figure];
                compared += 1;
                assert!(agree(value, other), "{set} {} {figure}: {value:?}, {other}", layer.name);
            }
        }
    }
    assert!(compared >= 50, "only {compared} figures were compared");
}

fn rows(path: &PathBuf) -> Vec<Value> {
    let text = fs::read_to_string(path).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

fn name(id: &Value) -> String {
    id.as_str().map_or_else(|| id.to_string(), str::to_owned)
}

fn agree(ours: &Figure, theirs: &Value) -> bool {
    let same = |x: f64, member: &str| theirs[member].as_f64().is_some_and(|y| (x - y).abs() < 1e-9);
    match ours {
        Figure::F { precision, recall, f1, predicted, gold } => {
            same(*precision, "p")
                && same(*recall, "r")
                && same(*f1, "f1")
                && same(*predicted, "pred")
                && same(*gold, "gold")
        }
        Figure::Accuracy { accuracy, of } => {
            let share = accuracy.map_or(theirs["accuracy"].is_null(), |a| same(a, "accuracy"));
            share && same(*of as f64, "of")
        }
    }
}

/// Times and quantities with the ids that the other scorer wants.
fn figures_alone(facts: &Value) -> Value {
    let named = |layer: &str| -> Vec<Value> {
        let items = facts[layer].as_array().into_iter().flatten().enumerate();
        items
            .map(|(i, item)| {
                let mut item = item.clone();
                item["id"] = json!(format!("{layer}{i}"));
                item
            })
            .collect()
    };
    json!({
        "article": facts["article"],
        "times": named("times"),
        "quantities": named("quantities"),
    })
}

/// The other scorer gives shares, rounded, and counts.
fn agree_read(ours: &Figure, theirs: &Value) -> bool {
    let Figure::F { f1, predicted, gold, .. } = ours else { return false };
    let is = |x: f64, member: &str| theirs[member].as_f64().is_some_and(|y| (x - y).abs() < 1e-4);
    is(f1 / 100.0, "f1") && is(*predicted, "pred") && is(*gold, "gold")
}

fn reference(
    scorer: &PathBuf,
    arguments: &[&str],
    gold: &[Value],
    inputs: &[Value],
    predicted: &[Value],
) -> Value {
    let folder = tempfile::tempdir().unwrap();
    let write = |file: &str, rows: &[Value]| {
        let path = folder.path().join(file);
        let lines: Vec<String> = rows.iter().map(Value::to_string).collect();
        fs::write(&path, lines.join("\n")).unwrap();
        path
    };
    let gold = write("set.gold.jsonl", gold);
    write("set.input.jsonl", inputs);
    let predicted = write("pred.jsonl", predicted);
    let output = Command::new("python3")
        .arg(scorer)
        .args([&gold, &predicted])
        .arg("--json")
        .args(arguments)
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

/// Facts made from the gold: most right, some shifted, mistyped, doubled or left out.
fn predict(row: &Value, text: &str) -> Value {
    let gold = &row["gold"];
    let list = |layer: &str| gold[layer].as_array().cloned().unwrap_or_default();
    let mut entities = Vec::new();
    for (i, m) in list("mentions").iter().enumerate().filter(|(i, _)| i % 6 != 5) {
        let kind = ["Person", "Organization", "Place", "Group", "Thing"][i % 5];
        let span = if i % 4 == 3 { shifted(&m["span"]) } else { m["span"].clone() };
        entities.push(entity(entities.len(), kind, &[span]));
    }
    for (i, chain) in list("coref").iter().enumerate() {
        let mut spans = chain.as_array().cloned().unwrap_or_default();
        if i % 3 == 0 && spans.len() > 1 {
            let last = spans.split_off(1);
            entities.push(entity(entities.len(), "Thing", &last));
        }
        entities.push(entity(entities.len(), "Person", &spans));
    }
    for (i, link) in list("links").iter().enumerate() {
        let mut made = entity(entities.len(), "Place", &[link["span"].clone()]);
        let iri = link["iri"].as_str().filter(|_| i % 3 != 2);
        let iri = iri.unwrap_or("http://www.wikidata.org/entity/Q1");
        made["links"] = json!([{"iri": iri, "score": 0.5}]);
        entities.push(made);
    }
    let mut relations = Vec::new();
    for (i, r) in list("relations").iter().enumerate().filter(|(i, _)| i % 4 != 3) {
        let mut end = |value: &Value| {
            let mut made = entity(entities.len(), "Person", &[json!([0, 1])]);
            made["name"] = json!(value.as_str().unwrap_or("nobody in particular"));
            entities.push(made.clone());
            made["id"].clone()
        };
        let (subject, object) = (end(&r["subject"]), end(&r["object"]));
        let (subject, object) = if i % 5 == 4 { (object, subject) } else { (subject, object) };
        relations.push(json!({"subject": subject, "predicate": r["predicate"], "object": object, "span": [0, 1]}));
    }
    let made = |layer: &str, change: &dyn Fn(usize, &mut Value)| -> Vec<Value> {
        let keep = list(layer).into_iter().enumerate().filter(|(i, _)| i % 5 != 4);
        keep.map(|(i, mut item)| {
            change(i, &mut item);
            item
        })
        .collect()
    };
    let lengths = list("quantities").into_iter().filter(|q| q["unit"] == "a").map(|q| {
        let value = format!("P{}Y", q["value"]);
        json!({"span": q["span"], "type": "duration", "value": value})
    });
    json!({
        "article": {"id": row["id"], "text": text},
        "entities": entities,
        "relations": relations,
        "times": made("times", &|i, t| {
            if i % 3 == 2 {
                t["value"] = json!("1999-XX");
            }
            if i % 4 == 1 {
                t["span"] = shifted(&t["span"]);
            }
        })
        .into_iter()
        .chain(lengths)
        .collect::<Vec<_>>(),
        "quantities": made("quantities", &|i, q| {
            if i % 3 == 2 {
                q["value"] = json!(7.25);
            }
            if i % 4 == 1 {
                q["unit"] = json!("kg");
            }
        }),
        "events": made("events", &|i, e| {
            if i % 3 == 2 {
                e["trigger"] = shifted(&e["trigger"]);
            }
            e["polarity"] = json!("positive");
        }),
        "statements": made("statements", &|i, s| {
            s["source"] = match (i % 4, s["source"].get(0)) {
                (1, _) | (_, None) => Value::Null,
                (_, Some(first)) => first.clone(),
            };
            s["cue"] = s["cue"].get(0).cloned().unwrap_or(Value::Null);
            if i % 3 == 2 {
                s["mode"] = json!("direct");
            }
        }),
    })
}

fn entity(number: usize, kind: &str, spans: &[Value]) -> Value {
    let mentions: Vec<Value> = spans.iter().map(|s| json!({"span": s, "form": "name"})).collect();
    json!({"id": format!("e{}", number + 1), "type": kind, "name": "Some name", "mentions": mentions})
}

/// The span without its first scalar, with one more at the end.
fn shifted(span: &Value) -> Value {
    match (span[0].as_u64(), span[1].as_u64()) {
        (Some(from), Some(to)) => json!([from + 1, to + 1]),
        _ => span.clone(),
    }
}
