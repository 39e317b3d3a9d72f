//! Analyses JSON strings, one a line, from standard input: what the parity check and the timing
//! compare with spaCy. `analyse MODEL [--time] [--isa NAME] < texts.jsonl`

#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a command line of its own, for development"
)]

use std::io::{BufRead as _, BufWriter, Write as _};
use std::path::Path;
use std::time::Instant;

use anyhow::Context as _;
use newsgraph::text::{Document, Engine, Isa};
use serde_json::{Value, json};

fn main() -> anyhow::Result<()> {
    let mut args = std::env::args().skip(1);
    let model = args.next().context("analyse MODEL [--time] [--isa NAME] < texts.jsonl")?;
    let mut time = false;
    let mut isa = Isa::detect();
    while let Some(arg) = args.next() {
        match arg.as_str() {
            "--time" => time = true,
            "--isa" => {
                let name = args.next().unwrap_or_default();
                isa = Isa::parse(&name).with_context(|| format!("no instruction set {name:?}"))?;
            }
            other => anyhow::bail!("unknown option {other}"),
        }
    }
    let begun = Instant::now();
    let model = newsgraph::cli::model::read(Path::new(&model))?;
    let read = begun.elapsed();
    let engine = Engine::with_isa(&model, isa)?;
    eprintln!("read {read:?}, compiled by {:?}, {:?}", begun.elapsed(), engine.isa());
    let texts = std::io::stdin()
        .lock()
        .lines()
        .map(|line| Ok(serde_json::from_str(&line?)?))
        .collect::<anyhow::Result<Vec<String>>>()?;
    if time {
        for pass in ["first", "second", "third"] {
            let begun = cpu_seconds();
            let tokens: usize = texts.iter().map(|t| engine.analyse(t).len()).sum();
            let seconds = cpu_seconds() - begun;
            println!(
                "{pass} {tokens} tokens {seconds:.3} s {:.0} tokens/s",
                tokens as f64 / seconds
            );
        }
        return Ok(());
    }
    let mut out = BufWriter::new(std::io::stdout().lock());
    for text in &texts {
        writeln!(out, "{}", render(&engine.analyse(text)))?;
    }
    out.flush()?;
    Ok(())
}

/// CPU time of this thread where the system tells it, else the time of day.
fn cpu_seconds() -> f64 {
    let nanoseconds = std::fs::read_to_string("/proc/thread-self/schedstat")
        .ok()
        .and_then(|line| line.split(' ').next()?.parse::<f64>().ok());
    nanoseconds.map_or_else(
        || std::time::UNIX_EPOCH.elapsed().map_or(0.0, |d| d.as_secs_f64()),
        |ns| ns / 1e9,
    )
}

/// Tokens and names as the parity check wants them; offsets count scalar values.
fn render(doc: &Document<'_>) -> Value {
    let chars = newsgraph::span::CharIndex::new(doc.text());
    let starts: Vec<usize> = doc.sentences().iter().map(|s| s.start).collect();
    let tokens: Vec<Value> = (0..doc.len())
        .map(|i| {
            json!([
                chars.to_char(doc.span(i).start()),
                doc.word(i),
                doc.tag(i),
                doc.pos(i).as_str(),
                doc.morph(i),
                doc.lemma(i),
                doc.head(i),
                doc.dep(i),
                starts.contains(&i),
            ])
        })
        .collect();
    let names: Vec<Value> =
        doc.names().iter().map(|n| json!([n.tokens.start, n.tokens.end, n.label])).collect();
    json!({ "tokens": tokens, "names": names })
}
