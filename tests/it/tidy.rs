//! What must hold of the source itself: who imports whom, how long a file is, where words live.

#![expect(clippy::disallowed_methods, reason = "the source is files")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use regex::Regex;

/// Which modules each module may name after `crate::`. Data flows one way.
const IMPORTS: &[(&str, &[&str])] = &[
    ("span", &[]),
    ("table", &[]),
    ("patience", &[]),
    ("vocab", &[]),
    ("facts", &["span"]),
    ("lang", &["table"]),
    ("kb", &["table"]),
    ("text", &["span", "patience", "lang"]),
    ("rule", &["span", "patience", "lang", "text"]),
    ("extract", &["span", "table", "patience", "facts", "lang", "kb", "text", "rule"]),
    ("input", &["span", "facts"]),
    ("graph", &["span", "facts", "vocab"]),
    ("fusion", &["table", "vocab", "graph"]),
    ("store", &["vocab", "graph"]),
    ("query", &["vocab", "store"]),
    ("export", &["vocab", "graph"]),
    ("check", &["span", "vocab", "store", "query"]),
    ("explain", &["span", "vocab", "facts", "store", "query"]),
    ("eval", &["span", "facts"]),
    ("serve", &["vocab", "store", "query", "export", "explain"]),
    (
        "pipeline",
        &[
            "span", "table", "patience", "vocab", "facts", "lang", "kb", "text", "rule", "extract",
            "input", "graph", "fusion", "store",
        ],
    ),
];

/// The most lines of a file, its tests apart.
const LONGEST: usize = 600;

/// What may break a rule, and why. Keep it short.
const EXCEPTIONS: &[(&str, &str, &str)] = &[
    ("src/vocab.rs", "length", "generated: one line a term of the ontology"),
    ("src/fusion/derive.rs", "length", "the derived graphs, one after the other"),
    ("src/text/kernel/", "words", "names of processors' features"),
    ("src/text/model/", "words", "names in the files of another program, spaCy"),
];

fn excepted(path: &str, rule: &str) -> bool {
    EXCEPTIONS.iter().any(|(start, broken, _)| path.starts_with(start) && *broken == rule)
}

/// The files below `folder` of the repository, by path; what git ignores by name is left out.
fn files(folder: &str) -> Vec<(String, PathBuf)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let ours = |entry: &walkdir::DirEntry| {
        let name = entry.file_name().to_string_lossy();
        entry.depth() == 0 || !matches!(&*name, "target" | ".git" | "newsgraph-store")
    };
    let walk = walkdir::WalkDir::new(root.join(folder)).sort_by_file_name();
    walk.into_iter()
        .filter_entry(ours)
        .filter_map(Result::ok)
        .filter(|entry| entry.file_type().is_file())
        .map(|entry| {
            let path = entry.into_path();
            let inside = path.strip_prefix(root).expect("the walk stays below its root");
            (inside.to_string_lossy().replace('\\', "/"), path)
        })
        .collect()
}

fn has_extension(path: &Path, extension: &str) -> bool {
    path.extension().is_some_and(|found| found == extension)
}

fn read(path: &Path) -> String {
    fs::read_to_string(path).unwrap_or_default()
}

/// The Rust files of `src/` with their text, without the tests at their end.
fn sources() -> Vec<(String, String)> {
    let rust = files("src").into_iter().filter(|(_, path)| has_extension(path, "rs"));
    rust.map(|(name, path)| {
        let text = read(&path);
        let code = text.split("\n#[cfg(test)]\n").next().unwrap_or_default().to_owned();
        (name, code)
    })
    .collect()
}

/// The lines that are code, with their numbers.
fn code(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let lines = text.lines().enumerate().map(|(i, line)| (i + 1, line));
    lines.filter(|(_, line)| !line.trim_start().starts_with("//"))
}

fn report(what: &str, found: &[String]) {
    assert!(found.is_empty(), "{what}:\n  {}", found.join("\n  "));
}

#[test]
fn data_flows_one_way() {
    static PATH: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"\bcrate::(\{[^}]*\}|\w+)").expect("a pattern"));
    static NAME: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"(?:^|[{,])\s*(\w+)").expect("a pattern"));
    let table: BTreeMap<_, _> = IMPORTS.iter().copied().collect();
    let mut found = Vec::new();
    for (file, text) in sources() {
        let inside = file.trim_start_matches("src/");
        let module = inside.split(['/', '.']).next().unwrap_or_default();
        if ["cli", "lib", "main"].contains(&module) {
            continue;
        }
        let Some(may) = table.get(module) else {
            found.push(format!("{file}: no row for the module `{module}`"));
            continue;
        };
        let lines: Vec<_> = code(&text).map(|(_, line)| line).collect();
        for path in PATH.captures_iter(&lines.join("\n")) {
            for name in NAME.captures_iter(&path[1]) {
                if &name[1] != module && !may.contains(&&name[1]) {
                    found.push(format!("{file}: `{module}` may not name `crate::{}`", &name[1]));
                }
            }
        }
    }
    report("imports against the flow (see ARCHITECTURE.md)", &found);
}

#[test]
fn files_are_short() {
    let long: Vec<_> = sources()
        .into_iter()
        .map(|(file, text)| (text.lines().count(), file))
        .filter(|(lines, file)| *lines > LONGEST && !excepted(file, "length"))
        .map(|(lines, file)| format!("{file}: {lines} lines; what is the second thing in it?"))
        .collect();
    report("files too long", &long);
}

#[test]
fn nothing_is_left_to_do_and_nothing_points_to_one_machine() {
    let marks = ["TODO", "FIXME", "XXX", "HACK"].map(|mark| format!(r"\b{mark}\b")).join("|");
    let marks = Regex::new(&marks).expect("a pattern");
    let paths = ["/work/", "/root/", "/home/", "/tmp/[a-z]", "/Users/"].join("|");
    let hosts =
        ["crates", "pypi", "npmjs"].map(|host| format!(r"\b{host}\.(io|org|com)/")).join("|");
    let machine = Regex::new(&format!(r"(^|[^a-z.\w])({paths})|{hosts}")).expect("a pattern");
    let mut found = Vec::new();
    for (file, path) in files(".") {
        let tables = ["tsv", "lock", "bin"].iter().any(|end| has_extension(&path, end));
        if tables || file.ends_with("tidy.rs") {
            continue;
        }
        for (number, line) in read(&path).lines().enumerate() {
            let scripts = file.starts_with(".ci/") || file == "justfile";
            if marks.is_match(line) || (!scripts && machine.is_match(line)) {
                found.push(format!("{file}:{}: {}", number + 1, line.trim()));
            }
        }
    }
    report("loose ends", &found);
}

/// Words of closed classes, which are English wherever they stand.
const CLOSED: &str = "a an the and or but nor if because although while when after before since \
    until of in on at by for from to with without under over between among about against as than \
    this that these those he him his she her hers it its they them their we us our you your i me \
    my who whom whose which what be is are was were been being have has had do does did will would \
    shall should may might can could must not no never said say says saying tell told according \
    more less most least former mr mrs";

/// Names of our own that happen to be words of the tables too: rules, parts of a pattern's yield,
/// kinds of content, relations of the syntax tree, instruction sets.
const NAMES: &str =
    "nominal pronoun span day hour minute low money clause infinitive gerund small cc plain";

/// One-word literals in the modules that read language must not be words of the language: these
/// stand in `lang/`. A name of the tables themselves (a file, a column, a class, a key) is none.
#[test]
fn words_stand_in_the_language_pack() {
    static LITERAL: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r#"(\.piece\()?"([A-Za-z]{2,})""#).expect("a pattern"));
    let closed: BTreeSet<_> = CLOSED.split_whitespace().collect();
    let Language { words, mut names, keys } = language();
    names.extend(NAMES.split(' ').map(str::to_owned));
    assert!(words.len() > 1000, "only {} words found in lang/en", words.len());
    let mut found = BTreeSet::new();
    for (file, text) in sources() {
        let reads = ["src/text/", "src/rule/", "src/extract/"].iter().any(|s| file.starts_with(s));
        if !reads || excepted(&file, "words") {
            continue;
        }
        for (number, line) in code(&text) {
            for literal in LITERAL.captures_iter(line) {
                let word = &literal[2];
                if literal.get(1).is_some() {
                    continue; // the name of a capture
                }
                let known = words.contains(word) && !names.contains(word);
                if (closed.contains(word) && !keys.contains(word)) || known {
                    found.insert(format!("{file}:{number}: \"{word}\""));
                }
            }
        }
    }
    let found: Vec<_> = found.into_iter().collect();
    report("words of English in src/ (they belong into lang/en)", &found);
}

/// The words of the tables of `lang/en`, and the names that the tables use for themselves.
#[derive(Default)]
struct Language {
    words: BTreeSet<String>,
    /// Files, columns, keys, classes.
    names: BTreeSet<String>,
    /// The keys among them.
    keys: BTreeSet<String>,
}

fn language() -> Language {
    let mut language = Language::default();
    for (file, path) in files("lang/en") {
        let text = read(&path);
        language.names.extend(file.split(['/', '.']).map(str::to_owned));
        if has_extension(&path, "tsv") {
            language.gather_rows(&text);
        } else if let Ok(table) = text.parse::<toml::Table>() {
            language.gather(&table);
        }
    }
    language.names.extend(language.keys.iter().cloned());
    language
}

impl Language {
    /// The first column holds words, unless it is one of names; the others hold classes.
    fn gather_rows(&mut self, text: &str) {
        let mut rows = text.lines().filter(|line| !line.starts_with('#'));
        let head: Vec<_> = rows.next().unwrap_or_default().split('\t').collect();
        let named = head.first().is_some_and(|first| ["class", "list", "label"].contains(first));
        self.keys.extend(head.into_iter().map(str::to_owned));
        for row in rows {
            let mut cells = row.split('\t').map(str::to_owned);
            let first = if named { &mut self.keys } else { &mut self.words };
            first.extend(cells.next());
            for cell in cells {
                self.names.extend(cell.split_whitespace().map(str::to_owned));
            }
        }
    }

    /// Lists hold words; keys and single values are names.
    fn gather(&mut self, table: &toml::Table) {
        for (key, value) in table {
            self.keys.insert(key.clone());
            match value {
                toml::Value::String(name) => drop(self.names.insert(name.clone())),
                toml::Value::Table(inner) => self.gather(inner),
                toml::Value::Array(items) => {
                    for item in items {
                        match item {
                            toml::Value::String(word) => drop(self.words.insert(word.clone())),
                            toml::Value::Table(inner) => self.gather(inner),
                            _ => {}
                        }
                    }
                }
                _ => {}
            }
        }
    }
}
