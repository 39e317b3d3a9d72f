//! Bytes of any kind are articles or errors in every format: no panic, no more memory than the limits allow, and a
//! text without NUL. The first byte chooses the format; one more choice is telling it by the content.

#![no_main]

use libfuzzer_sys::fuzz_target;
use newsgraph::input::{FORMATS, Finished, Options, read_stream};

fuzz_target!(|bytes: &[u8]| {
    let Some((&choice, bytes)) = bytes.split_first() else { return };
    let options = Options {
        format: FORMATS.get(usize::from(choice) % (FORMATS.len() + 1)),
        languages: vec!["en".to_owned()],
        max_article: 1 << 16,
        max_depth: 100,
        max_tags: 2_000,
        ..Options::default()
    };
    for item in read_stream("fuzz.txt", std::io::Cursor::new(bytes.to_vec()), &options).take(1_000) {
        match item.and_then(|item| item.finish()) {
            Ok((_, Finished::Article(article))) => {
                assert!(!article.text.trim().is_empty());
                assert!(!article.text.contains('\0') && article.text.len() <= 1 << 16);
            }
            Ok((_, Finished::Facts(_))) => {}
            Err(error) => assert!(!error.to_string().is_empty() && !error.code().is_empty()),
        }
    }
});
