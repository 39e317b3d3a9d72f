//! How fast facts become segments and segments become an index.
//!
//! `taskset -c 0 cargo bench --bench store` measures on one core; without `taskset`, on all.
//! `NEWSGRAPH_QUADS` sets about how many quads there are (300,000). Best of three, in quads a
//! second, and in quads a second of processor time (of all threads, where Linux tells it), which
//! other work on the machine hardly changes. The last row is what Oxigraph's own bulk loader makes
//! of the same quads as one file of N-Quads, in the same run.

#![expect(clippy::disallowed_methods, reason = "a bench reads the clock and its environment")]
#![expect(clippy::print_stdout, reason = "a bench tells")]

use std::hint::black_box;
use std::time::{Duration, Instant};

use newsgraph::facts::{Facts, read_facts};
use newsgraph::graph::{Base, DEFAULT_BASE};
use newsgraph::input::{Content, InputError, Item, Place};
use newsgraph::pipeline::{self, Adding, Summary, Target, Watch};
use newsgraph::store::{Index, Run, Selection, Store, Writer};
use oxigraph::io::RdfFormat;
use oxigraph::store::Store as Oxigraph;

/// The example facts.
const FACTS: &str = include_str!("../examples/facts.jsonl");

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let wanted: u64 =
        std::env::var("NEWSGRAPH_QUADS").ok().map_or(Ok(300_000), |quads| quads.parse())?;
    let examples = FACTS.lines().map(read_facts).collect::<Result<Vec<_>, _>>()?;
    let each = add_nowhere(&examples, 1).quads / examples.len() as u64;
    let count = usize::try_from(wanted / each)?;
    let articles: Vec<Facts> = (0..count).map(|n| another(&examples, n)).collect();
    let jobs = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let quads = add_nowhere(&articles, jobs).quads;
    println!("{} articles, {quads} quads, {jobs} processors\n", articles.len());

    row("facts to segments in memory, 1 job", quads, best(|| timed(|| add_nowhere(&articles, 1))));
    if jobs > 1 {
        let time = best(|| timed(|| add_nowhere(&articles, jobs)));
        row("facts to segments in memory, all jobs", quads, time);
    }
    let folder = tempfile::tempdir()?;
    let mut times = Vec::new();
    for n in 0..3 {
        let root = folder.path().join(n.to_string());
        let mut writer = Writer::open(&root, DEFAULT_BASE, Duration::ZERO)?;
        times.push(timed(|| add(&articles, Target::Store(&mut writer), jobs)));
        writer.close()?;
    }
    row("facts to segments on disk, durable, all jobs", quads, least(times));

    let store = Store::open(&folder.path().join("0"))?;
    row("listing the store", quads, best(|| timed(|| Store::open(store.root()).map(drop))));
    let load = |jobs| timed(|| Index::load(&store, Selection::All, &[], jobs).map(black_box));
    row("segments into memory", quads, best(|| load(jobs)));
    let mut nquads = Vec::new();
    store.write_nquads(&[], &mut nquads)?;
    let own = || {
        timed(|| {
            let oxigraph = Oxigraph::new()?;
            let mut loader = oxigraph.bulk_loader();
            loader.parallel_load_from_slice(RdfFormat::NQuads, &nquads)?;
            loader.commit()?;
            Ok::<_, oxigraph::store::LoaderError>(black_box(oxigraph))
        })
    };
    row("oxigraph's bulk load of the same N-Quads", quads, best(own));
    Ok(())
}

/// The example number `n`, with a title of its own.
fn another(examples: &[Facts], n: usize) -> Facts {
    let mut facts = examples[n % examples.len()].clone();
    facts.article.id = format!("article-{n}");
    facts.article.title = Some(format!("No. {n}"));
    facts.article.url = None;
    facts
}

fn add_nowhere(articles: &[Facts], jobs: usize) -> Summary {
    add(articles, Target::Nowhere(None, &Base::default()), jobs)
}

fn add(articles: &[Facts], target: Target<'_>, jobs: usize) -> Summary {
    let item = |(line, facts): (usize, &Facts)| -> Result<Item, InputError> {
        let place = Place { input: "bench".into(), line, column: 1 };
        Ok(Item { place, content: Content::Facts(Box::new(facts.clone())) })
    };
    let run = Run::new("2031-05-07T10:00:00Z", 1, Vec::new());
    let extract = |article| Facts { article, ..Facts::default() };
    let watch = Watch::new(None);
    let adding = Adding { extract: &extract, watch: &watch, jobs, run: &run, refresh: false };
    let items = articles.iter().enumerate().map(item);
    let (summary, ended) = pipeline::add(items, target, adding, &mut |_| ());
    ended.expect("there is room");
    summary
}

/// Wall time and processor time.
type Times = (Duration, Duration);

fn timed<T>(work: impl FnOnce() -> T) -> Times {
    let (began, processor) = (Instant::now(), processor_time());
    let done = work();
    let times = (began.elapsed(), processor_time().saturating_sub(processor));
    drop(black_box(done));
    times
}

/// The processor time of this process; zero where the system does not tell.
fn processor_time() -> Duration {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    // After the name in brackets: state, then user and system time as numbers 12 and 13, in
    // hundredths of a second.
    let after = stat.rsplit_once(')').map_or("", |(_, after)| after);
    let ticks = after.split_whitespace().skip(11).take(2).filter_map(|n| n.parse::<u64>().ok());
    Duration::from_millis(10 * ticks.sum::<u64>())
}

fn best(measure: impl Fn() -> Times) -> Times {
    least((0..3).map(|_| measure()))
}

fn least(times: impl IntoIterator<Item = Times>) -> Times {
    let (wall, processor): (Vec<_>, Vec<_>) = times.into_iter().unzip();
    let least = |times: Vec<Duration>| times.into_iter().min().unwrap_or_default();
    (least(wall), least(processor))
}

fn row(what: &str, quads: u64, (wall, processor): Times) {
    let rate = |time: Duration| quads as f64 / time.as_secs_f64().max(1e-9);
    let busy = if processor.is_zero() {
        String::new()
    } else {
        format!("{:>12.0} /s of processor", rate(processor))
    };
    println!("{what:<46} {:>11.0} quads/s {:>8.1} ms{busy}", rate(wall), wall.as_secs_f64() * 1e3);
}
