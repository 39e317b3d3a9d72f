//! Any text is analysed: tokens in order, on scalar boundaries, with nothing but white space left out.

#![no_main]

use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use newsgraph::text::Engine;

static ENGINE: LazyLock<Engine> =
    LazyLock::new(|| Engine::embedded().expect("the built-in model is sound"));

fuzz_target!(|text: &str| {
    let doc = ENGINE.analyse(text);
    let mut at = 0;
    for i in 0..doc.len() {
        let span = doc.span(i);
        assert!(span.start() >= at && !span.is_empty());
        assert!(text[at..span.start()].chars().all(char::is_whitespace));
        at = span.end();
    }
    assert!(text[at..].chars().all(char::is_whitespace));
});
