//! The store's laws: order, number of jobs and history do not show; nothing is half there.

#![expect(clippy::unwrap_used, clippy::panic, reason = "a test fails by panic")]
#![expect(clippy::disallowed_methods, reason = "a store is files")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::time::Duration;

use newsgraph::facts::{Article, Facts, read_facts};
use newsgraph::graph::DEFAULT_BASE;
use newsgraph::input::{Content, Item, Place};
use newsgraph::pipeline::{self, Adding, Note, Summary, Target, Watch, Way};
use newsgraph::store::{Index, Run, Selection, Store, StoreError, Writer};
use proptest::prelude::*;
use tempfile::TempDir;

use crate::support;

const NO_WAIT: Duration = Duration::ZERO;

fn run(started: &str) -> Run {
    Run::new(started, 1, vec!["add".to_owned()])
}

fn writer(root: &Path) -> Writer {
    Writer::open(root, DEFAULT_BASE, NO_WAIT).unwrap()
}

/// An article of ours, in a sentence or two.
fn article(id: &str, text: &str) -> Article {
    Article { id: id.to_owned(), text: text.to_owned(), ..Article::default() }
}

fn bare(article: Article) -> Facts {
    Facts { article, ..Facts::default() }
}

fn items(facts: &[Facts]) -> Vec<Item> {
    let place = |line| Place { input: "facts.jsonl".into(), line, column: 1 };
    let item = |(i, facts): (usize, &Facts)| Item {
        place: place(i + 1),
        content: Content::Facts(Box::new(facts.clone())),
    };
    facts.iter().enumerate().map(item).collect()
}

/// Adds facts, at a time.
fn add_at(root: &Path, started: &str, jobs: usize, facts: &[Facts]) -> Summary {
    let mut writer = writer(root);
    let run = run(started);
    let extract = |article| Facts { article, ..Facts::default() };
    let watch = Watch::new(None);
    let adding = Adding { extract: &extract, watch: &watch, jobs, run: &run, refresh: false };
    let items = items(facts).into_iter().map(Ok);
    let mut note = |note: Note<'_>| {
        if let Note::Failed(error) = note {
            panic!("{error}");
        }
    };
    let (summary, ended) = pipeline::add(items, Target::Store(&mut writer), adding, &mut note);
    ended.unwrap();
    pipeline::refresh(&mut writer, 1).unwrap();
    writer.close().unwrap();
    summary
}

fn add(root: &Path, jobs: usize, facts: &[Facts]) -> Summary {
    add_at(root, "2031-05-07T10:00:00Z", jobs, facts)
}

fn remove(root: &Path, keys: &[String]) {
    let mut writer = writer(root);
    writer.remove(keys.iter().map(String::as_str)).unwrap();
    pipeline::refresh(&mut writer, 1).unwrap();
    writer.close().unwrap();
}

/// What leaves a store: its articles and what is derived from them.
fn export(root: &Path) -> String {
    let store = Store::open(root).unwrap();
    let mut bytes = Vec::new();
    let derived = pipeline::derived(&store, 2).unwrap();
    store.write_nquads(&derived, &mut bytes).unwrap();
    String::from_utf8(bytes).unwrap()
}

fn supersessions(root: &Path) -> Vec<(String, String)> {
    let store = Store::open(root).unwrap();
    pipeline::supersessions(&store, &pipeline::derived(&store, 2).unwrap())
}

fn new_export(facts: &[Facts]) -> String {
    let folder = TempDir::new().unwrap();
    add(folder.path(), 1, facts);
    export(folder.path())
}

fn keys(root: &Path) -> Vec<String> {
    Store::open(root).unwrap().heads().map(|head| head.key.clone()).collect()
}

/// Every file of a store with its bytes, but for who holds the lock.
fn files(root: &Path) -> BTreeMap<String, Vec<u8>> {
    walkdir::WalkDir::new(root)
        .into_iter()
        .map(Result::unwrap)
        .filter(|entry| entry.file_type().is_file() && entry.file_name() != "lock")
        .map(|entry| (entry.path().display().to_string(), fs::read(entry.path()).unwrap()))
        .collect()
}

/// Facts at random under distinct ids and texts.
fn many() -> impl Strategy<Value = Vec<Facts>> {
    prop::collection::vec(support::generate::facts(), 1..7).prop_map(|mut all| {
        for (i, facts) in all.iter_mut().enumerate() {
            facts.article.id = format!("a{i}");
            facts.article.title = Some(format!("The {i}th"));
            facts.article.url = None;
        }
        all
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    #[test]
    fn order_jobs_and_history_do_not_show(all in many(), jobs in 1..5_usize, half in 0..7_usize) {
        let expected = new_export(&all);
        let folder = TempDir::new().unwrap();
        let mut turned = all.clone();
        turned.reverse();
        let summary = add(folder.path(), jobs, &turned);
        prop_assert_eq!(summary.added, all.len() as u64);
        prop_assert_eq!(&export(folder.path()), &expected);

        let again = add(folder.path(), jobs, &all);
        prop_assert_eq!((again.added, again.unchanged), (0, all.len() as u64));
        prop_assert_eq!(&export(folder.path()), &expected);

        let (one, other) = all.split_at(half.min(all.len()));
        let gone = TempDir::new().unwrap();
        add(gone.path(), 1, one);
        remove(folder.path(), &keys(gone.path()));
        prop_assert_eq!(export(folder.path()), new_export(other));
    }

    #[test]
    fn an_index_has_the_quads_of_the_segments(all in many(), jobs in 1..5_usize) {
        let folder = TempDir::new().unwrap();
        add(folder.path(), 2, &all);
        let store = Store::open(folder.path()).unwrap();
        let index = Index::load(&store, Selection::All, &[], jobs).unwrap();
        let mut lines: Vec<String> =
            index.oxigraph().iter().map(|quad| format!("{} .\n", quad.unwrap())).collect();
        lines.sort_unstable();
        let mut expected = Vec::new();
        store.write_nquads(&[], &mut expected).unwrap();
        let expected = String::from_utf8(expected).unwrap();
        let mut expected: Vec<&str> = expected.split_inclusive('\n').collect();
        expected.sort_unstable();
        prop_assert_eq!(lines, expected);
    }
}

#[test]
fn adding_what_is_there_writes_nothing() {
    let folder = TempDir::new().unwrap();
    let all = [bare(article("a", "Rain fell.")), bare(article("b", "Snow fell."))];
    add(folder.path(), 2, &all);
    let before = files(folder.path());
    assert_eq!(add_at(folder.path(), "2031-06-01T00:00:00Z", 2, &all).unchanged, 2);
    assert_eq!(files(folder.path()), before);
}

#[test]
fn a_later_text_of_one_address_supersedes_the_earlier() {
    let folder = TempDir::new().unwrap();
    let version = |day: &str, text: &str| {
        let mut article = article(day, text);
        article.url = Some("https://example.org/flood".to_owned());
        article.published = Some(day.to_owned());
        bare(article)
    };
    let (old, new) = (version("2031-05-07", "Two died."), version("2031-05-08", "Three died."));
    // The later one comes first: the dates tell all the same.
    add_at(folder.path(), "2031-05-09T00:00:00Z", 1, std::slice::from_ref(&new));
    let summary = add_at(folder.path(), "2031-05-10T00:00:00Z", 1, std::slice::from_ref(&old));
    assert_eq!(summary.added, 1);
    let store = Store::open(folder.path()).unwrap();
    let id = |key: String| store.get(&key).unwrap().id().to_owned();
    let pairs: Vec<_> =
        supersessions(folder.path()).into_iter().map(|(n, o)| (id(n), id(o))).collect();
    assert_eq!(pairs, [("2031-05-08".to_owned(), "2031-05-07".to_owned())]);
    assert_eq!(store.find("https://example.org/flood").len(), 2);

    remove(folder.path(), &[store.find("2031-05-08")[0].key.clone()]);
    assert_eq!(supersessions(folder.path()), []);
    assert_eq!(export(folder.path()), new_export(&[old]));
}

#[test]
fn a_changed_text_of_one_id_is_a_newer_version() {
    let folder = TempDir::new().unwrap();
    let old = bare(article("flood", "Two died."));
    let new = bare(article("flood", "Three died."));
    add_at(folder.path(), "2031-05-07T00:00:00Z", 1, std::slice::from_ref(&old));
    add_at(folder.path(), "2031-05-08T00:00:00Z", 1, &[new]);
    assert_eq!(supersessions(folder.path()).len(), 1);
    // The same old text again is no news.
    assert_eq!(add_at(folder.path(), "2031-05-09T00:00:00Z", 1, &[old]).unchanged, 1);
    assert_eq!(supersessions(folder.path()).len(), 1);
}

#[test]
fn one_id_of_two_addresses_is_two_articles() {
    let folder = TempDir::new().unwrap();
    let of = |url: &str| {
        let mut article = article("001", url);
        article.url = Some(url.to_owned());
        bare(article)
    };
    let two = [of("https://example.org/a"), of("https://example.org/b")];
    assert_eq!(add(folder.path(), 1, &two).added, 2);
    assert_eq!(supersessions(folder.path()), []);
}

#[test]
fn one_text_under_two_ids_is_one_article_in_any_order() {
    let (a, b) = (bare(article("a", "Rain fell.")), bare(article("b", "Rain fell.")));
    let expected = new_export(&[a.clone(), b.clone()]);
    assert_eq!(expected, new_export(std::slice::from_ref(&a)));
    let folder = TempDir::new().unwrap();
    let summary = add(folder.path(), 2, &[b.clone(), a.clone(), b.clone()]);
    assert_eq!((summary.added, summary.unchanged), (1, 2));
    assert_eq!(export(folder.path()), expected);
    let store = Store::open(folder.path()).unwrap();
    let key = store.find("b")[0].key.clone();
    assert_eq!(store.get(&key).unwrap().ids, ["a", "b"]);

    let mut writer = writer(folder.path());
    assert!(pipeline::forget_id(&mut writer, &run("2031-05-08T00:00:00Z"), &key, "a").unwrap());
    assert!(!pipeline::forget_id(&mut writer, &run("2031-05-08T00:00:00Z"), &key, "b").unwrap());
    writer.close().unwrap();
    assert_eq!(export(folder.path()), new_export(&[b]));
}

#[test]
fn other_facts_of_one_text_replace_the_old_ones() {
    let folder = TempDir::new().unwrap();
    let old = bare(article("a", "Rain fell."));
    let mut new = old.clone();
    new.sentences = vec![newsgraph::span::Span::new("Rain fell.", 0, 10).unwrap()];
    add(folder.path(), 1, &[old]);
    let summary = add(folder.path(), 1, std::slice::from_ref(&new));
    assert_eq!((summary.added, summary.replaced, summary.unchanged), (0, 1, 0));
    assert_eq!(export(folder.path()), new_export(&[new]));
}

#[test]
fn an_article_that_is_there_is_not_extracted_again() {
    let folder = TempDir::new().unwrap();
    let text = article("a", "Rain fell.");
    add(folder.path(), 1, &[bare(text.clone())]);
    let mut writer = writer(folder.path());
    let extract = |_| -> Facts { panic!("extracted again") };
    let run = run("2031-05-08T00:00:00Z");
    let watch = Watch::new(None);
    let adding = Adding { extract: &extract, watch: &watch, jobs: 1, run: &run, refresh: false };
    let place = Place { input: "a.txt".into(), line: 1, column: 1 };
    let mut ways = Vec::new();
    let mut fails = Vec::new();
    let mut note = |note: Note<'_>| match note {
        Note::Stored(head, way) => ways.push((head.id().to_owned(), way)),
        Note::Failed(error) => fails.push(error.to_string()),
        Note::Progress(_) => {}
    };
    let item = |content| Ok(Item { place: place.clone(), content: Content::Article(content) });
    // One that is new panics, is one error, and the other is done.
    let items = [item(article("b", "Snow fell.")), item(text)];
    let target = Target::Store(&mut writer);
    let (summary, ended) = pipeline::add(items.into_iter(), target, adding, &mut note);
    ended.unwrap();
    assert_eq!((summary.read, summary.failed, summary.unchanged), (2, 1, 1));
    assert_eq!(ways, [("a".to_owned(), Way::Unchanged)]);
    assert_eq!(fails.len(), 1);
    assert!(fails[0].starts_with("a.txt:1:1: ") && fails[0].contains("extracted again"));
}

#[test]
fn a_dry_run_makes_no_store() {
    let folder = TempDir::new().unwrap();
    let root = folder.path().join("store");
    let facts = [bare(article("a", "Rain fell.")), bare(article("b", "Rain fell."))];
    let base = newsgraph::graph::Base::default();
    let extract = |article| Facts { article, ..Facts::default() };
    let run = run("2031-05-08T00:00:00Z");
    let watch = Watch::new(None);
    let adding = Adding { extract: &extract, watch: &watch, jobs: 2, run: &run, refresh: false };
    let target = Target::Nowhere(None, &base);
    let items = items(&facts).into_iter().map(Ok);
    let (summary, ended) = pipeline::add(items, target, adding, &mut |_| ());
    ended.unwrap();
    assert_eq!((summary.added, summary.unchanged), (1, 1));
    assert!(!root.exists());
}

#[test]
fn a_second_writer_is_told_and_readers_are_not_blocked() {
    let folder = TempDir::new().unwrap();
    add(folder.path(), 1, &[bare(article("a", "Rain fell."))]);
    let first = writer(folder.path());
    let second = Writer::open(folder.path(), DEFAULT_BASE, Duration::from_millis(60));
    let message = second.unwrap_err().to_string();
    let process = std::process::id();
    assert!(message.starts_with(&format!("another newsgraph (process {process}) is writing to")));
    assert_eq!(Store::open(folder.path()).unwrap().heads().len(), 1);
    drop(first);
    assert_eq!(writer(folder.path()).store().heads().len(), 1);
}

#[test]
fn what_a_killed_writer_left_is_no_article_and_goes() {
    let folder = TempDir::new().unwrap();
    add(folder.path(), 1, &[bare(article("a", "Rain fell."))]);
    let expected = export(folder.path());
    let half = folder.path().join("tmp/0-abc");
    fs::write(&half, b"half a segm").unwrap();
    assert_eq!(export(folder.path()), expected);
    assert!(half.exists());
    drop(writer(folder.path()));
    assert!(!half.exists());
    assert_eq!(export(folder.path()), expected);
}

#[test]
fn a_damaged_segment_is_named_and_mended_by_adding_again() {
    let folder = TempDir::new().unwrap();
    let all = [bare(article("a", "Rain fell.")), bare(article("b", "Snow fell."))];
    add(folder.path(), 1, &all);
    let expected = export(folder.path());
    let key = Store::open(folder.path()).unwrap().find("a")[0].key.clone();
    let path = folder.path().join(format!("articles/{}/{key}.nq.zst", key.chars().next().unwrap()));
    let whole = fs::read(&path).unwrap();

    fs::write(&path, &whole[..20]).unwrap();
    let store = Store::open(folder.path()).unwrap();
    assert_eq!((store.heads().len(), store.damaged().len()), (1, 1));

    let mut other = whole.clone();
    *other.last_mut().unwrap() ^= 1;
    fs::write(&path, &other).unwrap();
    let store = Store::open(folder.path()).unwrap();
    let error = store.segment(store.get(&key).unwrap()).unwrap_err();
    assert!(matches!(error, StoreError::Damaged { .. }), "{error}");
    assert!(error.to_string().contains(&format!("newsgraph remove {key}")));

    fs::write(&path, &whole[..20]).unwrap();
    assert_eq!(add(folder.path(), 1, &all).added, 1);
    assert_eq!(export(folder.path()), expected);
}

#[test]
fn without_its_catalogue_a_store_is_the_same() {
    let folder = TempDir::new().unwrap();
    add(folder.path(), 1, &[bare(article("a", "Rain fell."))]);
    let heads = |root: &Path| -> Vec<_> { Store::open(root).unwrap().heads().cloned().collect() };
    let before = heads(folder.path());
    fs::write(folder.path().join("catalogue.jsonl"), "broken").unwrap();
    assert_eq!(heads(folder.path()), before);
    fs::remove_file(folder.path().join("catalogue.jsonl")).unwrap();
    assert_eq!(heads(folder.path()), before);
    // The next writer mends it.
    writer(folder.path()).close().unwrap();
    assert!(folder.path().join("catalogue.jsonl").exists());
}

#[test]
fn other_schemas_and_other_folders_are_refused_with_the_remedy() {
    let folder = TempDir::new().unwrap();
    let root = folder.path().join("store");
    assert!(matches!(Store::open(&root), Err(StoreError::Missing(_))));
    add(&root, 1, &[bare(article("a", "Rain fell."))]);
    let schema = root.join("store.toml");
    let now = fs::read_to_string(&schema).unwrap();

    fs::write(&schema, now.replace("schema = 1", "schema = 0")).unwrap();
    let message = Store::open(&root).unwrap_err().to_string();
    assert!(message.contains("newsgraph index --upgrade"), "{message}");
    assert!(matches!(Writer::open(&root, DEFAULT_BASE, NO_WAIT), Err(StoreError::Older { .. })));

    fs::write(&schema, now.replace("schema = 1", "schema = 99")).unwrap();
    assert!(matches!(Store::open(&root), Err(StoreError::Newer { .. })));
    fs::write(&schema, "nonsense").unwrap();
    assert!(matches!(Store::open(&root), Err(StoreError::Schema { .. })));

    let other = folder.path().join("other");
    fs::create_dir(&other).unwrap();
    fs::write(other.join("thesis.txt"), "mine").unwrap();
    assert!(matches!(Store::open(&other), Err(StoreError::Foreign(_))));
    assert!(matches!(Writer::open(&other, DEFAULT_BASE, NO_WAIT), Err(StoreError::Foreign(_))));
    assert_eq!(fs::read_dir(&other).unwrap().count(), 1);
}

#[test]
fn a_base_is_the_stores() {
    let folder = TempDir::new().unwrap();
    let ours = "https://example.org/news/";
    Writer::open(folder.path(), ours, NO_WAIT).unwrap().close().unwrap();
    add(folder.path(), 1, &[bare(article("a", "Rain fell."))]);
    let store = Store::open(folder.path()).unwrap();
    assert_eq!(store.base(), ours);
    let key = store.heads().next().unwrap().key.clone();
    assert_eq!(store.find(&format!("{ours}a/{key}")).len(), 1);
    assert!(export(folder.path()).contains(&format!("<{ours}g/{key}>")));
    assert!(!export(folder.path()).contains(DEFAULT_BASE));
    assert!(store.runs().unwrap().contains(&format!("<{ours}graph/runs>")));
}

#[test]
fn a_run_goes_with_its_last_article() {
    let folder = TempDir::new().unwrap();
    add_at(folder.path(), "2031-05-07T00:00:00Z", 1, &[bare(article("a", "Rain fell."))]);
    add_at(folder.path(), "2031-05-08T00:00:00Z", 1, &[bare(article("b", "Snow fell."))]);
    let runs = |root: &Path| Store::open(root).unwrap().runs().unwrap();
    assert!(runs(folder.path()).contains("\"2031-05-08T00:00:00Z\"^^"));
    let key = Store::open(folder.path()).unwrap().find("b")[0].key.clone();
    remove(folder.path(), &[key]);
    assert!(!runs(folder.path()).contains("2031-05-08"));
    assert_eq!(fs::read_dir(folder.path().join("runs")).unwrap().count(), 1);
    assert!(!export(folder.path()).contains("2031-05-07T"), "times of runs are not exported");
}

/// One article that makes a stage fail and one that never ends are one error each; the rest is
/// stored, in its order.
#[test]
fn a_panic_and_an_endless_article_are_one_error_each() {
    let folder = TempDir::new().unwrap();
    let mut writer = writer(folder.path());
    let run = run("2031-05-07T10:00:00Z");
    let extract = |article: Article| {
        match &*article.id {
            "bad" => panic!("no such mood"),
            "endless" => loop {
                newsgraph::patience::check();
            },
            _ => {}
        }
        bare(article)
    };
    let watch = Watch::new(Some(Duration::from_secs(1)));
    let adding = Adding { extract: &extract, watch: &watch, jobs: 2, run: &run, refresh: false };
    let item = |(i, id): (usize, &str)| {
        let place = Place { input: "a.jsonl".into(), line: i + 1, column: 1 };
        let text = format!("Ships sailed from pier {i}.");
        Ok(Item { place, content: Content::Article(article(id, &text)) })
    };
    let items = ["one", "bad", "two", "endless", "three"].into_iter().enumerate().map(item);
    let (mut stored, mut failed) = (Vec::new(), Vec::new());
    let mut note = |note: Note<'_>| match note {
        Note::Stored(head, _) => stored.push(head.ids[0].clone()),
        Note::Failed(error) => failed.push((error.code(), error.to_string())),
        Note::Progress(_) => {}
    };
    let (summary, ended) = pipeline::add(items, Target::Store(&mut writer), adding, &mut note);
    ended.unwrap();
    assert_eq!((summary.read, summary.added, summary.failed), (5, 3, 2));
    assert_eq!(stored, ["one", "two", "three"]);
    assert_eq!(failed.iter().map(|(code, _)| *code).collect::<Vec<_>>(), ["panic", "time"]);
    assert!(failed[0].1.starts_with("a.jsonl:2:1: "), "{failed:?}");
    assert!(failed[1].1.contains("not done within 1 s"), "{failed:?}");
}

/// The examples' facts under other titles; some are versions of one another.
fn examples(count: usize) -> Vec<Facts> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/facts.jsonl");
    let text = fs::read_to_string(path).unwrap();
    let all: Vec<Facts> = text.lines().map(|line| read_facts(line).unwrap()).collect();
    let one = |nth: usize| {
        let mut facts = all[nth % all.len()].clone();
        facts.article.id = format!("article-{nth}");
        facts.article.title = Some(format!("No. {nth}"));
        facts.article.url = (nth % 7 == 3).then(|| format!("https://news.example/{}", nth % 2));
        facts
    };
    (0..count).map(one).collect()
}

/// Names of the files of what is derived.
fn derived_files(root: &Path) -> Vec<String> {
    let entries = fs::read_dir(root.join("derived")).unwrap();
    entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
}

#[test]
fn few_articles_more_or_less_change_what_is_derived_as_a_rebuild_would() {
    let all = examples(56);
    let folder = TempDir::new().unwrap();
    let root = folder.path();
    add(root, 2, &all[..50]);
    assert!(!derived_files(root).iter().any(|name| name.contains(".changes.")));
    let check = |there: &[&Facts]| {
        let there: Vec<Facts> = there.iter().copied().cloned().collect();
        // One that came later is the later version, so they come one after the other here too.
        let anew = TempDir::new().unwrap();
        add_at(anew.path(), "2031-05-07T10:00:00Z", 1, &there[..there.len().min(50)]);
        for (nth, facts) in there.iter().enumerate().skip(50) {
            let at = format!("2031-05-08T10:{nth:02}:00Z");
            add_at(anew.path(), &at, 1, std::slice::from_ref(facts));
        }
        let mut writer = writer(anew.path());
        pipeline::rebuild(&mut writer, 2).unwrap();
        writer.close().unwrap();
        assert!(export(root) == export(anew.path()), "after {} articles", there.len());
        let store = Store::open(root).unwrap();
        assert_eq!(pipeline::stale(&store, 2).unwrap(), Vec::<String>::new());
    };
    for nth in 50..56 {
        add_at(root, &format!("2031-05-08T10:{nth:02}:00Z"), 1, &all[nth..=nth]);
        if nth == 50 {
            let names = derived_files(root);
            let changed = names.iter().filter(|name| name.contains(".changes.")).count();
            assert!(changed >= 2, "what few articles change is written by itself: {names:?}");
        }
    }
    check(&all.iter().collect::<Vec<_>>());
    let first = keys(root).into_iter().next().unwrap();
    let gone = Store::open(root).unwrap().get(&first).unwrap().ids[0].clone();
    remove(root, &[first]);
    let mut left: Vec<&Facts> = all.iter().filter(|facts| facts.article.id != gone).collect();
    check(&left);
    // Two go and one comes in the place of its former facts.
    let mut other = left[52].clone();
    other.statements.clear();
    other.events.clear();
    other.relations.clear();
    other.quantities.clear();
    add_at(root, "2031-05-08T10:60:00Z", 1, std::slice::from_ref(&other));
    let place = left.iter().position(|facts| facts.article.id == other.article.id).unwrap();
    left.remove(place);
    left.push(&other);
    check(&left);
    // A file that is damaged is made anew, with all others.
    let names = derived_files(root);
    for name in names.iter().filter(|name| name.starts_with("shelf-")) {
        let path = root.join("derived").join(name);
        let mut bytes = fs::read(&path).unwrap();
        let length = bytes.len();
        bytes.iter_mut().take(length / 2).for_each(|byte| *byte ^= 0x55);
        fs::write(&path, bytes).unwrap();
    }
    let last = left.pop().unwrap();
    let store = Store::open(root).unwrap();
    let key = store.find(&last.article.id)[0].key.clone();
    remove(root, &[key]);
    check(&left);
}
