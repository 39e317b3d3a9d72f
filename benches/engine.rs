//! How fast the built-in model analyses a short article, by instruction set, and how fast it opens.

#![expect(missing_docs, reason = "criterion's macro makes a public function")]

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use newsgraph::text::{Engine, Isa, Model};

fn article() -> String {
    include_str!("../tests/text/texts.jsonl")
        .lines()
        .map(|line| serde_json::from_str::<String>(line).expect("the texts are JSON") + "\n\n")
        .collect()
}

fn analyse(c: &mut Criterion) {
    let text = article();
    let model = Model::embedded().expect("the built-in model is sound");
    let mut group = c.benchmark_group("analyse");
    for &(isa, name) in Isa::ALL {
        if !isa.is_here() {
            continue;
        }
        let engine = Engine::with_isa(&model, isa).expect("the built-in model compiles");
        let tokens = engine.analyse(&text).len();
        group.throughput(Throughput::Elements(tokens as u64));
        group.bench_function(name, |b| b.iter(|| engine.analyse(black_box(&text)).len()));
    }
    group.finish();
}

fn open(c: &mut Criterion) {
    c.bench_function("open", |b| b.iter(|| Engine::embedded().expect("the model is sound")));
}

criterion_group!(benches, analyse, open);
criterion_main!(benches);
