//! Bytes → articles: the corpus `tests/input/<format>/<case>/`, and what no file of a repository
//! should hold.

#![expect(clippy::disallowed_methods, reason = "the corpus is files")]

use std::fmt::Write as _;
use std::fs;
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};

use expect_test::expect_file;
use newsgraph::facts::{Article, write_facts};
use newsgraph::input::{Finished, Format, InputError, Item, Options, read_inputs, read_stream};
use serde_json::{Map, Value};

/// Every case's `input.*`, read with the format told by its content, gives its `articles.jsonl`:
/// an object an article, a string an error.
#[test]
fn corpus() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/input");
    let cases = cases(&root);
    for Case { folder, name, bytes } in &cases {
        expect_file![folder.join("articles.jsonl")].assert_eq(&read(name, bytes));
    }
    assert!(cases.len() >= 30, "only {} cases found", cases.len());
}

/// Every case reads the same when it is packed, whatever its format; errors name the packed file.
#[test]
fn packed_inputs_read_as_plain_ones() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/input");
    for Case { name, bytes, .. } in &cases(&root) {
        let plain = read(name, bytes);
        for (extension, packed) in [("gz", gzip(bytes)), ("zst", zstandard(bytes))] {
            let packed_name = format!("{name}.{extension}");
            let got = read(&packed_name, &packed);
            assert_eq!(got.replace(&packed_name, name), plain, "{packed_name}");
        }
    }
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    packer.write_all(bytes).expect("memory takes every write");
    packer.finish().expect("memory takes every write")
}

fn zstandard(bytes: &[u8]) -> Vec<u8> {
    zstd::encode_all(bytes, 0).expect("memory takes every write")
}

/// An input of the corpus, under the name of its case.
struct Case {
    folder: PathBuf,
    name: String,
    bytes: Vec<u8>,
}

fn cases(root: &Path) -> Vec<Case> {
    let folders = folders(root).into_iter().flat_map(|format| folders(&format));
    folders.map(case).collect()
}

fn case(folder: PathBuf) -> Case {
    let file = fs::read_dir(&folder)
        .expect("a case is a folder")
        .map(|entry| entry.expect("the folder can be listed").path())
        .find(|path| path.file_stem().is_some_and(|stem| stem == "input"))
        .expect("a case has an input.*");
    let slug = folder.file_name().expect("a name").to_string_lossy();
    let extension = file.extension().expect("an extension").to_string_lossy();
    let name = format!("{slug}.{extension}");
    Case { name, bytes: fs::read(&file).expect("the input can be read"), folder }
}

/// What an input gives: a line an article or error.
fn read(name: &str, bytes: &[u8]) -> String {
    let mut got = String::new();
    for item in read_stream(name, io::Cursor::new(bytes.to_vec()), &Options::default()) {
        writeln!(got, "{}", render(item)).expect("a string takes every write");
    }
    got
}

fn folders(folder: &Path) -> Vec<PathBuf> {
    let mut folders: Vec<_> = fs::read_dir(folder)
        .expect("the corpus is there")
        .map(|entry| entry.expect("the folder can be listed").path())
        .filter(|path| path.is_dir())
        .collect();
    folders.sort();
    folders
}

fn render(item: Result<Item, InputError>) -> String {
    match item.and_then(Item::finish) {
        Ok((_, Finished::Article(article))) => object(article).to_string(),
        Ok((_, Finished::Facts(facts))) => write_facts(&facts).trim_end().to_owned(),
        Err(error) => Value::from(error.to_string()).to_string(),
    }
}

fn object(article: Article) -> Value {
    let Article { id, text, published, title, url, publisher, language, retrieved } = article;
    let members = [
        ("id", Some(id)),
        ("text", Some(text)),
        ("published", published),
        ("title", title),
        ("url", url),
        ("publisher", publisher),
        ("language", language),
        ("retrieved", retrieved),
    ];
    let present =
        members.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?.into())));
    Value::Object(present.collect::<Map<_, _>>())
}

fn article(item: Result<Item, InputError>) -> Result<Article, InputError> {
    let (_, finished) = item?.finish()?;
    Ok(match finished {
        Finished::Article(article) => article,
        Finished::Facts(facts) => facts.article,
    })
}

fn messages(items: impl Iterator<Item = Result<Item, InputError>>) -> Vec<String> {
    items.map(|item| article(item).map_or_else(|e| e.to_string(), |article| article.id)).collect()
}

#[test]
fn a_hundred_megabytes_on_one_line_are_refused_and_not_held() {
    let line = || io::repeat(b'a').take(100 << 20);
    let options = Options::default();
    assert_eq!(
        messages(read_stream("big.txt", line(), &options)),
        ["big.txt:1:1: more than 4194304 bytes in one article (split it, or raise --max-article)"]
    );
    let json = io::Cursor::new("{\"text\": \"")
        .chain(line())
        .chain(io::Cursor::new("\"}\n{\"id\": \"b\", \"text\": \"B.\"}\n"));
    assert_eq!(
        messages(read_stream("big.jsonl", json, &options)),
        [
            "big.jsonl:1:1: more than 67108864 bytes in one article (split it, or raise --max-article)",
            "b"
        ]
    );
}

#[test]
fn a_folder_is_read_in_the_order_of_names_and_goes_on_past_errors() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let at = |name: &str| folder.path().join(name);
    fs::create_dir_all(at("b/.git")).expect("a folder");
    fs::create_dir_all(at("z-empty")).expect("a folder");
    for (name, text) in [
        ("c.txt", "C."),
        ("a.txt", "A."),
        (".hidden.txt", "Hidden."),
        ("b/2.txt", "Two."),
        ("b/10.txt", ""),
        ("b/.git/x.txt", "Hidden."),
    ] {
        fs::write(at(name), text).expect("a file");
    }
    let inputs = [folder.path().to_owned(), at("missing.txt"), at("z-empty"), at("a.txt")];
    let got = messages(read_inputs(inputs, Options::default()));
    let shown = format!("{}/", folder.path().display());
    let got: Vec<_> = got.iter().map(|message| message.replace(&shown, "")).collect();
    assert_eq!(
        got,
        [
            "a",
            "b/10.txt: empty, there is no article in it (leave it out)",
            "2",
            "c",
            "missing.txt: cannot be read: No such file or directory (os error 2) (check the path)",
            "z-empty: no files in this folder (hidden files are skipped)",
            "a",
        ]
    );
}

#[test]
fn a_stream_that_breaks_is_an_error_after_what_was_whole() {
    struct Broken;
    impl io::Read for Broken {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            Err(io::Error::other("the line went dead"))
        }
    }
    let line = format!("{{\"id\": \"a\", \"text\": \"{}\"}}\n", "x".repeat(70_000));
    let stream = io::Cursor::new(line).chain(Broken);
    assert_eq!(
        messages(read_stream("feed", stream, &Options::default())),
        ["a", "feed: cannot be read: the line went dead (leave it out, or try again)"]
    );
}

#[test]
fn a_text_that_is_no_json_is_one_error() {
    let options = Options { format: Format::find("jsonl"), ..Options::default() };
    assert_eq!(
        messages(read_stream("a.txt", io::Cursor::new("One.\nTwo.\nThree.\n"), &options)),
        [
            "a.txt: no JSON objects in it (one a line, an array, or one alone; a text takes --from text)"
        ]
    );
}

#[test]
fn options_fill_in_and_map() {
    let options = Options {
        published: Some("2031-05-07".to_owned()),
        mapping: "text=story.body".parse().expect("a mapping"),
        ..Options::default()
    };
    let text = "{\"story\": {\"body\": [\"One.\", \"Two.\"]}}\n{\"published\": \"2030-01-01\", \"story\": {\"body\": \"Three.\"}}\n";
    let got: Vec<_> = read_stream("odd.jsonl", io::Cursor::new(text), &options)
        .map(|item| article(item).expect("it can be read"))
        .map(|article| (article.id, article.text, article.published.unwrap_or_default()))
        .collect();
    let row = |id: &str, text: &str, day: &str| (id.to_owned(), text.to_owned(), day.to_owned());
    assert_eq!(
        got,
        [row("odd-1", "One.\n\nTwo.", "2031-05-07"), row("odd-2", "Three.", "2030-01-01")]
    );
}
