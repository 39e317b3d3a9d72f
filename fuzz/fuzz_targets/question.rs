//! A saved question of any text is an error or a question that tells its parameters.

#![no_main]

use libfuzzer_sys::fuzz_target;
use newsgraph::query::Question;

fuzz_target!(|text: &str| {
    if let Ok(question) = Question::parse("fuzz", text) {
        assert_eq!(question.name(), "fuzz");
        drop((question.sparql(), question.columns()));
    }
});
