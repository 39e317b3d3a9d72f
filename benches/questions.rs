//! How long each saved question takes on a warm index.
//!
//! The articles are the facts of the file `NEWSGRAPH_BENCH_FACTS` (what `newsgraph extract` writes),
//! or else the examples. Parameters that have to be given get the most mentioned entity, or the
//! example of their head.

#![expect(missing_docs, reason = "criterion's macros make the entry points")]
#![expect(clippy::unwrap_used, reason = "a bench ends where its ground gives way")]
#![expect(clippy::print_stdout, reason = "a bench says what it ran on")]
#![expect(clippy::disallowed_methods, reason = "a bench may look at its environment")]

use std::hint::black_box;
use std::path::{Path, PathBuf};

use criterion::{Criterion, criterion_group, criterion_main};
use newsgraph::explain::list_entities;
use newsgraph::facts::Facts;
use newsgraph::graph::Base;
use newsgraph::input::{Options, read_inputs};
use newsgraph::pipeline::{Memory, Watch};
use newsgraph::query::rows::{AnswerFormat, TableStyle, write_answer};
use newsgraph::query::{Library, ParameterDefault, ParameterType, run};
use oxigraph::sparql::CancellationToken;

fn memory() -> Memory {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let file = std::env::var_os("NEWSGRAPH_BENCH_FACTS")
        .map_or_else(|| root.join("examples/facts.jsonl"), PathBuf::from);
    let extract = |article| Facts { article, ..Facts::default() };
    let items = read_inputs([file], Options::default());
    Memory::read(items, &extract, &Watch::new(None), &Base::default(), 2).unwrap()
}

fn questions(criterion: &mut Criterion) {
    let memory = memory();
    let store = memory.index.oxigraph();
    println!("{} articles, {} quads", memory.articles, store.len().unwrap());
    let entities = list_entities(store, None).unwrap();
    let most = entities.first().map(|entity| entity.individual.clone()).unwrap();
    let library = Library::embedded();
    let mut group = criterion.benchmark_group("questions");
    group.sample_size(10);
    for name in library.names() {
        let question = library.get(name).unwrap();
        let required = question.head().params.iter();
        let given: Vec<(String, String)> = required
            .filter(|parameter| parameter.default == ParameterDefault::Required)
            .filter_map(|parameter| {
                let value = match parameter.kind {
                    ParameterType::Entity => Some(most.clone()),
                    _ => parameter.example.clone(),
                };
                Some((parameter.name.clone(), value?))
            })
            .collect();
        group.bench_function(name, |bench| {
            bench.iter(|| {
                let bound = question.bind(&given, store).unwrap();
                let rows = run(&bound, store, CancellationToken::new()).unwrap();
                let mut out = Vec::new();
                let style = TableStyle { width: 100, bold: false };
                write_answer(rows, store, AnswerFormat::Csv, style, None, &mut out).unwrap();
                black_box(out)
            });
        });
    }
    group.finish();
}

criterion_group!(benches, questions);
criterion_main!(benches);
