//! How fast the built-in model analyses a short article, in integers and in f32, by instruction set:
//! tokens a second, and white-space words a second; and how fast it opens.

#![expect(missing_docs, reason = "criterion's macro makes a public function")]

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use newsgraph::text::{Engine, Isa, Model, Precision};

fn article() -> String {
    include_str!("../tests/text/texts.jsonl")
        .lines()
        .map(|line| serde_json::from_str::<String>(line).expect("the texts are JSON") + "\n\n")
        .collect()
}

fn analyse(c: &mut Criterion) {
    let text = article();
    let model = Model::embedded().expect("the built-in model is sound");
    // The same weights as floats: their products are, too.
    let float = model.clone().rounded(Precision::F32);
    for (arithmetic, model) in [("integers", model), ("f32", float)] {
        let mut group = c.benchmark_group(arithmetic);
        for &(isa, name) in Isa::ALL.iter().filter(|(isa, _)| isa.is_here()) {
            let engine = Engine::with_isa(&model, isa).expect("the built-in model compiles");
            let tokens = engine.analyse(&text).len();
            let words = text.split_whitespace().count();
            for (unit, count) in [("tokens", tokens), ("words", words)] {
                group.throughput(Throughput::Elements(count as u64));
                let id = format!("{name}, {unit}");
                group.bench_function(id, |b| b.iter(|| engine.analyse(black_box(&text)).len()));
            }
        }
        group.finish();
    }
}

fn open(c: &mut Criterion) {
    c.bench_function("open", |b| b.iter(|| Engine::embedded().expect("the model is sound")));
}

criterion_group!(benches, analyse, open);
criterion_main!(benches);
