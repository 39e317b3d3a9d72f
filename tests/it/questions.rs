//! The saved questions: each is read, and says of itself what it needs.

#![expect(clippy::unwrap_used, reason = "a test ends where its ground gives way")]

use newsgraph::query::{Library, ParameterDefault, Question};

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
