//! The facts contract: what is written reads back, what breaks the contract is named.

use newsgraph::facts::{read_facts, write_facts};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::support::{generate, shared};

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(200) })]

    #[test]
    fn what_is_written_reads_back(facts in generate::facts()) {
        let written = write_facts(&facts);
        let read = read_facts(&written).map_err(|e| TestCaseError::fail(e.to_string()))?;
        prop_assert_eq!(&read, &facts);
        prop_assert_eq!(write_facts(&read), written);
    }
}

fn sample() -> Value {
    json!({
        "schema": "newsgraph-facts/1",
        "article": {"id": "a", "text": "Møre police said on Monday that 12 men left.", "published": "2021-03-02"},
        "sentences": [[0, 44]],
        "entities": [{"id": "police", "type": "Organization", "name": "Møre police",
                      "mentions": [{"span": [0, 11], "form": "name"}], "links": [{"iri": "urn:x", "score": 0.5}]}],
        "times": [{"id": "day", "span": [20, 26], "type": "date", "value": "2021-03-01", "begin": "2021-03-01", "end": "2021-03-01"}],
        "quantities": [{"id": "n", "span": [32, 34], "value": 12, "modifier": "exact", "unit": "count", "of": [35, 38]}],
        "events": [{"id": "go", "type": "Move", "trigger": [39, 43], "lemma": "leave", "roles": [{"role": "agent", "ref": "n"}],
                    "polarity": "positive", "modality": "asserted"}],
        "relations": [],
        "statements": [{"id": "say", "speaker": "police", "source": [0, 11], "cue": [12, 16], "content": [[32, 43]],
                        "mode": "indirect", "carries": ["go", "n"], "time": "day"}],
    })
}

#[test]
fn ids_of_any_spelling_are_read() {
    let facts = read_facts(&sample().to_string()).expect("the sample is sound");
    assert_eq!(facts.entities[0].mentions[0].span.of(&facts.article.text), "Møre police");
    assert_eq!(facts.statements[0].carries.len(), 2);
}

#[test]
fn members_that_the_contract_does_not_name_are_ignored() {
    let mut value = sample();
    value["events"][0]["core"] = json!(true);
    assert!(read_facts(&value.to_string()).is_ok());
}

#[test]
fn what_breaks_the_contract_is_named() {
    let cases: &[(&str, Value, &str)] = &[
        (
            "/schema",
            json!("newsgraph-facts/2"),
            "schema: `newsgraph-facts/2` is not `newsgraph-facts/1`",
        ),
        ("/article/id", json!(""), "article.id: empty"),
        (
            "/article/published",
            json!("yesterday"),
            "article.published: `yesterday` is not an ISO 8601 date",
        ),
        ("/article/text", json!("a\r\nb"), "article.text: has CR line ends"),
        ("/entities/0/mentions", json!([]), "entities[0].mentions: empty"),
        (
            "/entities/0/mentions/0/span",
            json!([0, 45]),
            "entities[0].mentions[0].span: [0, 45] is no stretch of the text, which has 44",
        ),
        ("/entities/0/mentions/0/span", json!([5, 5]), "[5, 5] is no stretch"),
        (
            "/entities/0/type",
            json!("Organisation"),
            "entities[0].type: `Organisation` is not in the contract; did you mean `Organization`?",
        ),
        (
            "/entities/0/links/0/iri",
            json!("Q1"),
            "entities[0].links[0].iri: `Q1` is no absolute IRI",
        ),
        ("/times/0/begin", json!("2021-02-30"), "times[0].begin: `2021-02-30` is no day"),
        ("/times/0/end", json!("2021-02-01"), "times[0].end: lies before begin"),
        ("/quantities/0/value", Value::Null, "quantities[0].value: `exact` has a value"),
        (
            "/quantities/0/modifier",
            json!("between"),
            "quantities[0].modifier: `between` has low and high",
        ),
        ("/quantities/0/id", json!("day"), "quantities[0].id: `day` stands twice"),
        (
            "/events/0/roles/0/ref",
            json!("e9"),
            "events[0].roles[0].ref: `e9` names nothing in this article (a dangling id)",
        ),
        (
            "/events/0/roles/0/ref",
            json!("say"),
            "events[0].roles[0].ref: `say` is a statement, not an entity",
        ),
        ("/events/0/same", json!("go"), "events[0].same: has to name the first event"),
        ("/statements/0/time", json!("n"), "statements[0].time: `n` is a quantity, not a time"),
        ("/statements/0/relays", json!("say"), "statements[0].relays: the relays form a cycle"),
        (
            "/statements/0/content",
            json!([[32, 43], [12, 16]]),
            "statements[0].content[1]: begins before",
        ),
        (
            "/sentences",
            json!([[0, 20], [10, 44]]),
            "sentences[1]: begins before the one before it ends",
        ),
        ("/statements/0/mode", json!(7), "statements[0].mode: invalid type"),
    ];
    for (pointer, value, message) in cases {
        let mut facts = sample();
        if pointer.ends_with("relays") {
            facts["statements"][0]["relays"] = json!(null);
        }
        match facts.pointer_mut(pointer) {
            Some(member) => *member = value.clone(),
            None => facts["events"][0]["same"] = value.clone(),
        }
        let error = read_facts(&facts.to_string()).expect_err(pointer).to_string();
        assert!(error.contains(message), "{pointer}: {error}");
    }
}

#[test]
fn broken_json_tells_the_line() {
    let error = read_facts("{\n \"schema\": \"newsgraph-facts/1\",\n oops").expect_err("broken");
    assert!(error.to_string().starts_with("line 3, column 2: "), "{error}");
}

#[test]
fn the_reference_facts_are_sound() {
    let Some(shared) = shared() else { return };
    for name in ["seed", "second"] {
        let path = shared.join(format!("gold/seed/{name}.facts.json"));
        #[expect(clippy::disallowed_methods, reason = "a test reads its corpus")]
        let json = std::fs::read_to_string(path).expect("the shared folder is complete");
        let facts = read_facts(&json).expect("the reference facts are sound");
        assert_eq!(read_facts(&write_facts(&facts)).expect("what was written"), facts);
    }
}
