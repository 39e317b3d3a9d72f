//! Every check finds its defect, and nothing in what is sound.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panic")]
#![expect(clippy::disallowed_methods, reason = "a store is files")]

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::time::Duration;

use newsgraph::check::{check_article, check_graphs, check_questions, checks};
use newsgraph::facts::read_facts;
use newsgraph::graph::{Base, DEFAULT_BASE};
use newsgraph::input::{Content, Item, Place};
use newsgraph::pipeline::{self, Adding, Target, Watch};
use newsgraph::query::Library;
use newsgraph::store::{
    Head, Packed, Run, Segment, Selection, Store, Writer, canonical, hash, parse,
};
use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::Quad;
use tempfile::TempDir;

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// A store of the example facts.
fn example() -> TempDir {
    let folder = TempDir::new().unwrap();
    let text = fs::read_to_string(root().join("examples/facts.jsonl")).unwrap();
    let items = text.lines().enumerate().map(|(i, line)| {
        let place = Place { input: "facts.jsonl".into(), line: i + 1, column: 1 };
        let facts = read_facts(line).unwrap();
        Ok(Item { place, content: Content::Facts(Box::new(facts)) })
    });
    let mut writer = Writer::open(folder.path(), DEFAULT_BASE, Duration::ZERO).unwrap();
    let run = Run::new("2031-05-07T10:00:00Z", 1, Vec::new());
    let extract = |_| panic!("these are facts");
    let watch = Watch::new(None);
    let adding = Adding { extract: &extract, watch: &watch, jobs: 2, run: &run, refresh: false };
    let target = Target::Store(&mut writer);
    let (summary, ended) = pipeline::add(items, target, adding, &mut |_| ());
    ended.unwrap();
    assert!(summary.added >= 2 && summary.failed == 0, "{summary:?}");
    pipeline::refresh(&mut writer, 2).unwrap();
    writer.close().unwrap();
    folder
}

#[test]
fn what_is_sound_has_no_violation() {
    let folder = example();
    let store = Store::open(folder.path()).unwrap();
    for head in store.heads() {
        assert_eq!(check_article(&store, head), []);
        assert_eq!(pipeline::remap(&store, head).unwrap().head, *head);
    }
    assert_eq!(pipeline::stale(&store, 2).unwrap(), Vec::<String>::new());
    let index = pipeline::open_index(&store, Selection::All, 2).unwrap();
    assert_eq!(check_graphs(index.oxigraph()).unwrap(), []);
    assert_eq!(check_questions(&Library::embedded()), []);
}

#[test]
fn every_question_of_queries_check_finds_its_defect() {
    let folder = root().join("queries/check");
    let names: BTreeSet<String> = fs::read_dir(&folder)
        .unwrap()
        .map(|entry| entry.unwrap().path().file_stem().unwrap().to_str().unwrap().to_owned())
        .collect();
    assert_eq!(names, checks().map(|(name, _)| name.to_owned()).collect());
    for name in names {
        let trig = fs::read(folder.join(format!("{name}.trig"))).unwrap();
        let quads: Vec<Quad> = RdfParser::from_format(RdfFormat::TriG)
            .for_slice(&trig)
            .collect::<Result<_, _>>()
            .unwrap_or_else(|e| panic!("{name}.trig: {e}"));
        let index = newsgraph::store::Index::of(quads).unwrap();
        let found = check_graphs(index.oxigraph()).unwrap();
        assert!(found.iter().any(|v| v.defect == name), "{name} finds nothing in {name}.trig");
    }
}

#[test]
fn a_broken_question_is_found() {
    let mut library = Library::embedded();
    library.add("mine", "SELECT * WHERE { ?s ?p }");
    let found = check_questions(&library);
    assert_eq!(found.len(), 1);
    assert_eq!((found[0].defect.as_str(), found[0].at.as_str()), ("broken-question", "mine"));
}

/// The defects that the native check finds after `change` of the lines of one example article.
fn defects(change: impl Fn(Vec<String>) -> Vec<String>) -> BTreeSet<String> {
    let folder = example();
    let (head, segment) = {
        let store = Store::open(folder.path()).unwrap();
        let most = store.heads().max_by_key(|head| head.claims).unwrap().clone();
        let segment = store.segment(&most).unwrap().unwrap();
        (most, segment)
    };
    let lines: Vec<String> = segment.nquads.lines().map(str::to_owned).collect();
    let changed = change(lines.clone());
    assert_ne!(changed, lines, "nothing was changed");
    put(folder.path(), segment, &head, &changed);
    let store = Store::open(folder.path()).unwrap();
    let found = check_article(&store, store.get(&head.key).unwrap());
    found.into_iter().map(|violation| violation.defect).collect()
}

/// Stores the article with other lines, its head made to fit.
fn put(root: &Path, segment: Segment, head: &Head, lines: &[String]) {
    let text: String = lines.iter().flat_map(|line| [line.as_str(), "\n"]).collect();
    let quads: Vec<Quad> = parse(&text).map(Result::unwrap).collect();
    let nquads = canonical(quads.iter().map(Quad::as_ref));
    let mut head = head.clone();
    head.quads = quads.len() as u64;
    head.digest = hash(&nquads);
    let polarity = "<https://w3id.org/newsgraph/ns#polarity>";
    let claims: BTreeSet<&str> = nquads
        .lines()
        .filter(|line| line.contains(polarity))
        .filter_map(|line| line.split(' ').next())
        .collect();
    head.claims = claims.len() as u64;
    let packed = Packed::new(Segment { head, nquads, ..segment });
    let mut writer = Writer::open(root, DEFAULT_BASE, Duration::ZERO).unwrap();
    let run = Run::new("2031-05-08T10:00:00Z", 1, Vec::new());
    writer.put(&run, vec![packed]).1.unwrap();
    writer.close().unwrap();
}

/// Drops the first line that has `what`.
fn without(what: &'static str) -> impl Fn(Vec<String>) -> Vec<String> {
    move |mut lines| {
        let at = lines.iter().position(|line| line.contains(what)).unwrap();
        lines.remove(at);
        lines
    }
}

/// Changes the first line that has `what`.
fn with(
    what: &'static str,
    old: &'static str,
    new: &'static str,
) -> impl Fn(Vec<String>) -> Vec<String> {
    move |mut lines| {
        let line = lines.iter_mut().find(|line| line.contains(what) && line.contains(old));
        let line = line.unwrap();
        *line = line.replacen(old, new, 1);
        lines
    }
}

/// Adds a copy of the first line that has `what`, changed.
fn and(
    what: &'static str,
    old: &'static str,
    new: &'static str,
) -> impl Fn(Vec<String>) -> Vec<String> {
    move |mut lines| {
        let line = lines.iter().find(|line| line.contains(what) && line.contains(old)).unwrap();
        lines.push(line.replacen(old, new, 1));
        lines
    }
}

#[test]
fn native_checks_find_what_is_wrong_in_an_article() {
    let has = |defect: &str, change: &dyn Fn(Vec<String>) -> Vec<String>| {
        let found = defects(change);
        assert!(found.contains(defect), "{defect} is not among {found:?}");
    };
    has("claim-without-voice", &without("/ns#carries>"));
    has("claim-not-one", &without("/ns#modality> <https://w3id.org/newsgraph/ns#asserted>"));
    has("claim-not-one", &and("/ns#modality>", "/ns#asserted>", "/ns#denied>"));
    has("wrong-attribution", &without("/ns#attributedTo>"));
    has("wrong-attribution", &without("/ns#speaker>"));
    has("own-voice", &without("/ns#OwnVoice>"));
    has("statement-without-words", &without("/ns#content>"));
    has("bad-bounds", &without("/ns#end>"));
    has("bad-bounds", &without("/sem/hasLatestEndTimeStamp>"));
    has("bad-offset", &with("nif-core#anchorOf>", "> \"", "> \"x"));
    has("bad-offset", &with("nif-core#beginIndex>", "\"0\"^^", "\"1\"^^"));
    has("bad-literal", &with("/ns#value>", "\"^^", ".0\"^^"));
    has("bad-literal", &with("/schema.org/datePublished>", "#date>", "#dateTime>"));
    has("other-text", &with("nif-core#isString>", "> \"", "> \"Not so. "));
    has("no-article", &without("nif-core#isString>"));
    has("foreign-node", &with("/ns#speaker>", "/d/s/", "/d/x/"));
}

#[test]
fn a_node_of_another_graph_is_foreign() {
    let base = Base::default();
    let individual = format!("<{}n/aaaaaaaaaaaaaaaaaaaaaaaaaa>", base.as_str());
    let found = defects(|mut lines| {
        let line = lines.iter().find(|line| line.contains("/ns#speaker>")).unwrap();
        let mut words: Vec<&str> = line.split(' ').collect();
        words[2] = &individual;
        lines.push(words.join(" "));
        lines
    });
    assert!(found.contains("foreign-node") && found.contains("dangling"), "{found:?}");
}

#[test]
fn a_head_that_counts_wrong_and_lines_out_of_order_are_found() {
    let folder = example();
    let store = Store::open(folder.path()).unwrap();
    let head = store.heads().next().unwrap().clone();
    let mut segment = store.segment(&head).unwrap().unwrap();
    let mut lines: Vec<&str> = segment.nquads.split_inclusive('\n').collect();
    lines.swap(0, 1);
    segment.nquads = lines.concat();
    segment.head.digest = hash(&segment.nquads);
    segment.head.quads += 1;
    let mut writer = Writer::open(folder.path(), DEFAULT_BASE, Duration::ZERO).unwrap();
    let run = Run::new("2031-05-08T10:00:00Z", 1, Vec::new());
    writer.put(&run, vec![Packed::new(segment)]).1.unwrap();
    let store = writer.close().unwrap();
    let found: BTreeSet<String> = check_article(&store, store.get(&head.key).unwrap())
        .into_iter()
        .map(|violation| violation.defect)
        .collect();
    assert_eq!(found, BTreeSet::from(["not-canonical".to_owned(), "wrong-head".to_owned()]));
    // The graph is not what the facts map to.
    let mapped = pipeline::remap(&store, store.get(&head.key).unwrap()).unwrap();
    assert_ne!(mapped.head.digest, store.get(&head.key).unwrap().digest);
}
