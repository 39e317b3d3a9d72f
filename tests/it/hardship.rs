//! A store under hardship: killed at random moments, on a full disk, made read-only, wanted by two.
//!
//! `NEWSGRAPH_KILLS=100 cargo test --release -- hardship` kills more often than the sample here,
//! `NEWSGRAPH_KILL_MINUTES=60` for an hour.

#![expect(clippy::unwrap_used, reason = "a test fails by panic")]
#![expect(clippy::disallowed_methods, reason = "a store is files, and a kill has its moment")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::thread;
use std::time::{Duration, Instant};

use newsgraph::graph::DEFAULT_BASE;
use newsgraph::pipeline;
use newsgraph::store::{Store, Writer};
use tempfile::TempDir;

/// Facts of `count` articles: the examples under other titles.
fn many_facts(folder: &Path, count: usize) -> std::path::PathBuf {
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/facts.jsonl");
    let text = fs::read_to_string(examples).unwrap();
    let lines: Vec<serde_json::Value> =
        text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let mut out = String::new();
    for n in 0..count {
        let mut facts = lines[n % lines.len()].clone();
        let article = facts.get_mut("article").unwrap().as_object_mut().unwrap();
        article.remove("url");
        article.insert("id".to_owned(), format!("article-{n:04}").into());
        article.insert("title".to_owned(), format!("No. {n}").into());
        out.push_str(&facts.to_string());
        out.push('\n');
    }
    let path = folder.join("many.jsonl");
    fs::write(&path, out).unwrap();
    path
}

fn newsgraph(store: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_newsgraph"));
    command.env_remove("NEWSGRAPH_STORE").arg("--store").arg(store);
    command
}

fn add(store: &Path, facts: &Path) -> Command {
    let mut command = newsgraph(store);
    command.args(["--verbose", "add", "--from", "facts", "--jobs", "2"]).arg(facts);
    command
}

fn stderr(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// The graph of each article, by key, and what leaves the store.
fn contents(store: &Path) -> (BTreeMap<String, String>, String) {
    let store = Store::open(store).unwrap();
    assert_eq!(store.damaged(), []);
    let graph = |head: &newsgraph::store::Head| {
        let segment = store.segment(head).unwrap().expect("nobody removes it");
        (head.key.clone(), segment.nquads)
    };
    let graphs = store.heads().map(graph).collect();
    let mut bytes = Vec::new();
    store.write_nquads(&pipeline::derived(&store, 2).unwrap(), &mut bytes).unwrap();
    (graphs, String::from_utf8(bytes).unwrap())
}

/// How many quads each graph has in what leaves the store.
fn counted(exported: &str) -> BTreeMap<String, usize> {
    let mut counts = BTreeMap::new();
    for line in exported.lines() {
        let graph = line.trim_end_matches(" .").rsplit(' ').next().unwrap();
        *counts.entry(graph.trim_matches(['<', '>']).to_owned()).or_default() += 1;
    }
    counts
}

/// How many quads each graph has in the index: the one on disk where the feature is on. The
/// ontology is there for the questions, and does not leave with the articles.
fn indexed(store: &Path) -> BTreeMap<String, usize> {
    let count = "SELECT ?g (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g";
    let output = newsgraph(store).args(["query", "--format", "csv", "-e", count]).output().unwrap();
    assert!(output.status.success(), "{}", stderr(&output));
    let rows = String::from_utf8(output.stdout).unwrap();
    let row = |row: &str| {
        let (graph, count) = row.trim_end().rsplit_once(',').unwrap();
        (graph.to_owned(), count.parse().unwrap())
    };
    rows.lines().skip(1).map(row).filter(|(graph, _)| !graph.ends_with("/ontology")).collect()
}

/// The graphs that do not have the same number of quads in the index and in what leaves the store.
fn out_of_step(store: &Path, exported: &str) -> Vec<(String, usize, usize)> {
    let (index, segments) = (indexed(store), counted(exported));
    let graphs: BTreeSet<&String> = index.keys().chain(segments.keys()).collect();
    let counts = |graph: &String| {
        let of = |counts: &BTreeMap<String, usize>| counts.get(graph).copied().unwrap_or(0);
        (graph.clone(), of(&index), of(&segments))
    };
    graphs.into_iter().map(counts).filter(|(_, index, segments)| index != segments).collect()
}

/// Numbers that look random and are the same on every run.
struct Random(u64);

impl Random {
    /// A number in `[0, 1)`.
    fn next(&mut self) -> f64 {
        self.0 =
            self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 11) as f64 / (1_u64 << 53) as f64
    }
}

#[test]
fn a_kill_at_any_moment_loses_nothing_and_leaves_nothing_half() {
    let wanted = |name| std::env::var(name).ok().map(|number| number.parse::<u64>().unwrap());
    let minutes = wanted("NEWSGRAPH_KILL_MINUTES").unwrap_or(0);
    let least = wanted("NEWSGRAPH_KILLS").unwrap_or(4);
    let folder = TempDir::new().unwrap();
    let facts = many_facts(folder.path(), 60);
    let whole = folder.path().join("whole");
    let began = Instant::now();
    assert!(add(&whole, &facts).output().unwrap().status.success());
    let lasts = began.elapsed();
    let (expected, exported) = contents(&whole);
    assert_eq!(expected.len(), 60);

    let mut random = Random(0x5eed);
    let (mut early, mut midway) = (0, 0);
    let (mut kills, started) = (0, Instant::now());
    while kills < least || started.elapsed() < Duration::from_secs(60 * minutes) {
        let kill = kills;
        kills += 1;
        let root = folder.path().join(format!("killed-{kill}"));
        let mut child =
            add(&root, &facts).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap();
        let lines = BufReader::new(child.stderr.take().unwrap()).lines();
        let reader =
            thread::spawn(move || -> Vec<String> { lines.map_while(Result::ok).collect() });
        thread::sleep(lasts.mul_f64(random.next()));
        child.kill().unwrap();
        child.wait().unwrap();
        let acknowledged: Vec<String> = reader
            .join()
            .unwrap()
            .iter()
            .filter_map(|line| line.strip_prefix("added ")?.split(' ').next().map(str::to_owned))
            .collect();

        let (found, _) = match Store::open(&root) {
            Ok(_) => {
                let (found, exported) = contents(&root);
                assert_eq!(out_of_step(&root, &exported), [], "kill {kill}");
                (found, exported)
            }
            Err(error) if acknowledged.is_empty() => {
                assert!(error.to_string().starts_with("no store at"), "{error}");
                early += 1;
                (BTreeMap::new(), String::new())
            }
            Err(error) => panic!("kill {kill}: {error}"),
        };
        for key in &acknowledged {
            assert!(
                found.contains_key(key),
                "kill {kill}: {key} was acknowledged and is not there"
            );
        }
        for (key, graph) in &found {
            assert_eq!(Some(graph), expected.get(key), "kill {kill}: {key} is not whole");
        }
        midway += usize::from(!found.is_empty() && found.len() < expected.len());

        let again = add(&root, &facts).output().unwrap();
        assert!(again.status.success(), "kill {kill}: {}", stderr(&again));
        assert_eq!(contents(&root), (expected.clone(), exported.clone()), "kill {kill}");
        assert_eq!(out_of_step(&root, &exported), [], "kill {kill}");
        let left = fs::read_dir(root.join("tmp")).unwrap().count();
        assert_eq!(left, 0, "kill {kill}: {left} files are left over");
        fs::remove_dir_all(&root).unwrap();
    }
    println!("{kills} kills, {early} before there was a store, {midway} with some articles stored");
}

#[test]
fn a_second_process_waits_or_is_told() {
    let folder = TempDir::new().unwrap();
    let facts = many_facts(folder.path(), 2);
    let root = folder.path().join("store");
    let writer = Writer::open(&root, DEFAULT_BASE, Duration::ZERO).unwrap();
    let told = add(&root, &facts).args(["--wait", "0"]).output().unwrap();
    assert_eq!(told.status.code(), Some(4), "{}", stderr(&told));
    assert!(stderr(&told).contains("is writing to"), "{}", stderr(&told));
    // Readers are not blocked.
    let list = newsgraph(&root).arg("articles").output().unwrap();
    assert_eq!(list.status.code(), Some(0), "{}", stderr(&list));

    let waiting = add(&root, &facts).stderr(Stdio::null()).spawn().unwrap();
    thread::sleep(Duration::from_millis(200));
    drop(writer);
    assert!(waiting.wait_with_output().unwrap().status.success());
    assert_eq!(Store::open(&root).unwrap().heads().len(), 2);
}

/// Runs a script as root of a namespace of its own, where it may mount; `None` where the system
/// does not let us.
fn in_namespace(script: &str) -> Option<Output> {
    let run = |script: &str| {
        Command::new("unshare")
            .args(["--user", "--map-root-user", "--mount", "sh", "-c", script])
            .output()
    };
    match run("mount -t tmpfs none /mnt") {
        Ok(output) if output.status.success() => Some(run(script).unwrap()),
        _ => {
            println!("skipped: this system gives no mount namespace to us");
            None
        }
    }
}

#[test]
fn on_a_full_disk_what_was_stored_stays_and_the_rest_is_told() {
    let folder = TempDir::new().unwrap();
    let facts = many_facts(folder.path(), 60);
    let disk = folder.path().join("disk");
    fs::create_dir(&disk).unwrap();
    let program = env!("CARGO_BIN_EXE_newsgraph");
    let (disk, facts) = (disk.display(), facts.display());
    let script = format!(
        "mount -t tmpfs -o size=400k none {disk} || exit 99
         {program} --store {disk}/store add --from facts {facts} 2>{disk}.told; echo $? >{disk}.code
         {program} --store {disk}/store articles >{disk}.list || exit 98
         {program} --store {disk}/store check --articles-only || exit 97
         mount -o remount,size=64m {disk}
         {program} --store {disk}/store add --from facts {facts} || exit 96
         {program} --store {disk}/store check || exit 95"
    );
    let Some(output) = in_namespace(&script) else { return };
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let read = |ending: &str| fs::read_to_string(format!("{disk}.{ending}")).unwrap();
    let told = read("told");
    assert_eq!(read("code").trim(), "4", "{told}");
    assert!(told.contains("no room left to write"), "{told}");
    let stored = read("list").lines().count() - 1;
    assert!(told.contains(&format!("{stored} added")), "{stored} are stored; {told}");
    assert!(0 < stored && stored < 60, "{stored}");
}

#[test]
fn a_read_only_store_answers_and_refuses_to_add() {
    let folder = TempDir::new().unwrap();
    let facts = many_facts(folder.path(), 3);
    let root = folder.path().join("store");
    assert!(add(&root, &facts).output().unwrap().status.success());
    let program = env!("CARGO_BIN_EXE_newsgraph");
    let (root, facts) = (root.display(), facts.display());
    let script = format!(
        "mount --bind {root} {root} && mount -o remount,bind,ro {root} || exit 99
         {program} --store {root} articles >/dev/null || exit 98
         {program} --store {root} check || exit 97
         {program} --store {root} query who-is-who >/dev/null || exit 96
         {program} --store {root} add --from facts {facts} 2>{root}.told; echo $? >{root}.code"
    );
    let Some(output) = in_namespace(&script) else { return };
    assert_eq!(output.status.code(), Some(0), "{}", stderr(&output));
    let told = fs::read_to_string(format!("{root}.told")).unwrap();
    assert_eq!(fs::read_to_string(format!("{root}.code")).unwrap().trim(), "4", "{told}");
    assert!(told.contains("is read-only (questions and exports work"), "{told}");
}
