//! The saved questions: each says of itself what it needs, answers the examples as its `.tsv` says
//! (`UPDATE_EXPECT=1` writes it anew), and those of the reference facts where these are at hand.

#![expect(clippy::unwrap_used, reason = "a test ends where its ground gives way")]
#![expect(clippy::disallowed_methods, reason = "a test reads its cases and writes its answers")]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use newsgraph::facts::Facts;
use newsgraph::graph::Base;
use newsgraph::input::{Options, read_inputs};
use newsgraph::pipeline::{Memory, Watch};
use newsgraph::query::rows::{AnswerFormat, TableStyle, write_answer};
use newsgraph::query::{AnswerKind, Library, ParameterDefault, ParameterType, Question, run};
use oxigraph::sparql::CancellationToken;
use oxigraph::store::Store;

use crate::support::shared;

fn questions() -> Vec<Question> {
    let library = Library::embedded();
    library.names().map(|name| library.get(name).unwrap()).collect()
}

#[test]
fn every_question_says_what_it_answers() {
    let questions = questions();
    assert!(questions.len() >= 19);
    for question in questions {
        let head = question.head();
        let name = question.name();
        assert!(
            !head.summary.is_empty() && head.summary.len() <= 72,
            "{name}: a summary in a line"
        );
        assert!(head.description.ends_with('.'), "{name}: a description in sentences");
        assert_eq!(head.columns, question.columns(), "{name}: its columns");
        for parameter in &head.params {
            assert!(!parameter.description.is_empty(), "{name}: what {} is", parameter.name);
            let required = parameter.default == ParameterDefault::Required;
            assert!(!required || parameter.example.is_some(), "{name}: a {}", parameter.name);
        }
    }
}

#[test]
fn a_folder_overrides_and_adds() {
    let mut library = Library::embedded();
    library.add("relays", "ASK {}");
    library.add("mine", "ASK {}");
    assert_eq!(library.get("relays").unwrap().text(), "ASK {}");
    assert!(library.names().any(|name| name == "mine"));
    let message = library.get("relay").unwrap_err().to_string();
    assert_eq!(
        message,
        "there is no question named \"relay\", did you mean \"relays\"?; `newsgraph queries` lists them"
    );
}

/// The facts of some files, with all that is derived from them.
fn memory(files: &[PathBuf]) -> Memory {
    let items = read_inputs(files.to_vec(), Options::default());
    let extract = |article| Facts { article, ..Facts::default() };
    let memory = Memory::read(items, &extract, &Watch::new(None), &Base::default(), 1).unwrap();
    assert!(memory.failed.is_empty(), "{:?}", memory.failed);
    memory
}

/// The examples as a store.
pub(crate) fn store() -> Store {
    memory(&[root().join("examples/facts.jsonl")]).index.oxigraph().clone()
}

fn answer(question: &Question, given: &[(String, String)], store: &Store) -> String {
    let format = match question.kind() {
        AnswerKind::Rows | AnswerKind::Boolean => AnswerFormat::Tsv,
        AnswerKind::Graph => AnswerFormat::Turtle,
    };
    let bound = question.bind(given, store).unwrap();
    let rows = run(&bound, store, CancellationToken::new()).unwrap();
    let mut out = Vec::new();
    let style = TableStyle { width: 100, bold: false };
    write_answer(rows, store, format, style, None, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn the_examples_are_answered_as_written() {
    let memory = memory(&[root().join("examples/facts.jsonl")]);
    for question in questions() {
        let required = question.head().params.iter();
        let given: Vec<(String, String)> = required
            .filter(|parameter| parameter.default == ParameterDefault::Required)
            .filter_map(|parameter| Some((parameter.name.clone(), parameter.example.clone()?)))
            .collect();
        let rows = answer(&question, &given, memory.index.oxigraph());
        assert!(rows.lines().count() > 1, "{} has no answer in the examples", question.name());
        let path = root().join("queries").join(format!("{}.tsv", question.name()));
        expect_test::expect_file![path].assert_eq(&rows);
    }
}

#[test]
fn every_optional_parameter_narrows_the_answer() {
    let memory = memory(&[root().join("examples/facts.jsonl")]);
    for question in questions() {
        let params = &question.head().params;
        let required: Vec<(String, String)> = params
            .iter()
            .filter(|parameter| parameter.default == ParameterDefault::Required)
            .filter_map(|parameter| Some((parameter.name.clone(), parameter.example.clone()?)))
            .collect();
        let all = answer(&question, &required, memory.index.oxigraph());
        for parameter in params.iter().filter(|p| p.default == ParameterDefault::Free) {
            let name = format!("{} -v {}", question.name(), parameter.name);
            let example = parameter.example.clone().unwrap_or_else(|| panic!("{name}: an example"));
            let with = |value: &str| {
                let given = [required.clone(), vec![(parameter.name.clone(), value.to_owned())]];
                answer(&question, &given.concat(), memory.index.oxigraph())
            };
            let some = with(&example);
            assert!(some.lines().count() > 1, "{name} finds nothing");
            assert!(some.lines().all(|row| all.contains(row)), "{name} adds a row");
            match parameter.kind {
                ParameterType::String => assert_eq!(with("no such").lines().count(), 1, "{name}"),
                _ => assert!(some.len() < all.len(), "{name} leaves nothing out"),
            }
        }
    }
}

#[test]
fn the_fifteen_questions_are_answered() {
    let Some(seed) = shared().map(|shared| shared.join("gold/seed")) else { return };
    let answers = tempfile::tempdir().unwrap();
    let library = Library::embedded();
    let mut asked = 0;
    let mut pages: Vec<PathBuf> =
        fs::read_dir(seed.join("questions")).unwrap().map(|e| e.unwrap().path()).collect();
    pages.retain(|path| path.extension().is_some_and(|e| e == "md"));
    pages.sort();
    for page in pages {
        let text = fs::read_to_string(&page).unwrap();
        let code = |line: &str| -> Vec<String> {
            let line = text.lines().find(|l| l.starts_with(&format!("* {line}"))).unwrap();
            line.split('`').skip(1).step_by(2).map(str::to_owned).collect()
        };
        let inputs = code("input:");
        let files = inputs.iter().map(|f| seed.join(f.replace(".input.jsonl", ".facts.json")));
        let memory = memory(&files.collect::<Vec<_>>());
        let question = library.get(&code("saved question")[0]).unwrap();
        let columns = question.columns();
        let wanted = code("columns:");
        assert_eq!(
            columns[..wanted.len()],
            wanted[..],
            "{}: the columns, in order",
            question.name()
        );
        let given: Vec<(String, String)> = code("parameters:")
            .iter()
            .filter_map(|p| p.split_once('='))
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect();
        let rows = answer(&question, &given, memory.index.oxigraph());
        let name = page.with_extension("tsv");
        fs::write(answers.path().join(name.file_name().unwrap()), rows).unwrap();
        asked += 1;
    }
    assert_eq!(asked, 15);
    let judge = Command::new("python3")
        .arg(seed.join("questions/check_answers.py"))
        .arg(answers.path())
        .arg("--errors")
        .output();
    match judge {
        Ok(verdict) => {
            assert!(verdict.status.success(), "{}", String::from_utf8_lossy(&verdict.stdout));
        }
        Err(error) => println!("the judge of the answers was skipped: python3: {error}"),
    }
}
