//! How fast articles become facts, everything on, on one core, and which layer takes how much of it.
//!
//! `cargo bench --bench extract -- articles.jsonl` reads any input that `newsgraph extract` reads;
//! without one, the example articles. Prints the fastest of three rounds; words are what white
//! space parts. Counts processor time where Linux tells it, so that other work counts little.

#![expect(clippy::print_stdout, reason = "a bench prints its figures")]
#![expect(clippy::disallowed_methods, reason = "a bench reads arguments and clocks")]

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::{Duration, Instant};

use newsgraph::extract::{Extractor, Layer};
use newsgraph::facts::Article;
use newsgraph::input::{Finished, Item, Options, read_inputs};
use newsgraph::lang::Pack;
use newsgraph::text::Engine;

const ROUNDS: usize = 3;

fn main() {
    let mut paths: Vec<PathBuf> =
        std::env::args().skip(1).filter(|a| !a.starts_with('-')).map(PathBuf::from).collect();
    if paths.is_empty() {
        paths.push(PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/examples/articles")));
    }
    let articles: Vec<Article> = read_inputs(paths, Options::default())
        .filter_map(|item| match item.and_then(Item::finish) {
            Ok((_, Finished::Article(article))) => Some(article),
            _ => None,
        })
        .collect();
    let words: usize = articles.iter().map(|a| a.text.split_whitespace().count()).sum();
    let engine = Engine::embedded().expect("the built-in model is sound");
    let pack = Pack::find("en").expect("English is built in");
    let extractor = Extractor::new(pack, engine).expect("the built-in tables are sound");
    let start = Instant::now();
    let best = (0..ROUNDS)
        .map(|_| round(&extractor, &articles, start))
        .min_by_key(|shares| shares.values().sum::<Duration>())
        .expect("there is a round");
    let all: Duration = best.values().sum();
    println!("{} articles, {words} words", articles.len());
    println!("{:<12} {:>9} {:>7}", "layer", "ms", "share");
    for (layer, time) in &best {
        let share = 100.0 * time.as_secs_f64() / all.as_secs_f64();
        println!("{:<12} {:>9.1} {share:>6.1}%", format!("{layer:?}"), 1e3 * time.as_secs_f64());
    }
    println!("{:.0} words/s", words as f64 / all.as_secs_f64());
    let of = |layers: &[Layer]| -> f64 {
        best.iter().filter(|(l, _)| layers.contains(l)).map(|(_, t)| t.as_secs_f64()).sum()
    };
    let entities = of(&[Layer::Mentions, Layer::Coreference, Layer::Links, Layer::Relations]);
    println!("who and where / engine: {:.1}%", 100.0 * entities / of(&[Layer::Text]));
}

/// The time that each layer took over all articles.
fn round(extractor: &Extractor, articles: &[Article], start: Instant) -> BTreeMap<Layer, Duration> {
    let mut shares = BTreeMap::new();
    for article in articles {
        let mut last = busy(start);
        extractor.extract_watched(article.clone(), &mut |layer| {
            let now = busy(start);
            *shares.entry(layer).or_default() += now.saturating_sub(last);
            last = now;
        });
    }
    shares
}

/// Processor time of this thread; where the system does not tell it, the clock's.
fn busy(start: Instant) -> Duration {
    let told = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanos = told.and_then(|s| s.split_whitespace().next()?.parse().ok());
    nanos.map_or_else(|| start.elapsed(), Duration::from_nanos)
}
