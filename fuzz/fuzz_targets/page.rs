//! Any text is a web page: what is found in it is an article or an error, and the same twice.

#![no_main]

use libfuzzer_sys::fuzz_target;
use newsgraph::input::{Format, Options, read_stream};

fn read(page: &str) -> String {
    let options = Options { format: Format::find("html"), max_tags: 2_000, ..Options::default() };
    let stream = std::io::Cursor::new(page.as_bytes().to_vec());
    let items = read_stream("fuzz.html", stream, &options).map(|item| item?.finish());
    format!("{:?}", items.collect::<Vec<_>>())
}

fuzz_target!(|page: &str| assert_eq!(read(page), read(page)));
