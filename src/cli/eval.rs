//! `newsgraph eval GOLD [PRED]`.

use std::collections::BTreeMap;
use std::io::{self, Write as _};
use std::ops::ControlFlow;
use std::path::{Path, PathBuf};

use anyhow::Context as _;
use clap::{Args, ValueHint};
use serde_json::{Value, json};

use super::work::{self, Jobs, LazyExtractor};
use super::{Exit, Global};
use crate::eval::{self, Figure, Layer, Miss, Report};
use crate::facts::write_facts;
use crate::input::{Format, Options, read_inputs};
use crate::pipeline::{Watch, each_facts};

/// Scores predictions, or the extractor itself, against a gold set, layer by layer.
///
/// A gold set is a pair of files: `SET.gold.jsonl` with one `{"id", "gold": {layer: […]}}` a line
/// and `SET.input.jsonl` with the articles. Without PRED the articles are extracted first.
#[derive(Debug, Args)]
pub struct Eval {
    /// The gold items.
    #[arg(value_name = "GOLD", value_hint = ValueHint::FilePath)]
    gold: PathBuf,
    /// Facts, one object a line; without it, the extractor's.
    #[arg(value_name = "PRED", value_hint = ValueHint::FilePath)]
    predicted: Option<PathBuf>,
    /// The articles, where they do not lie beside the gold.
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    input: Option<PathBuf>,
    /// Only these layers, separated by commas.
    #[arg(long, value_name = "LAYERS", value_delimiter = ',')]
    layers: Option<Vec<String>>,
    /// Shows this many misses and false alarms a layer, spread over the set; with --against also of
    /// the items that only one run finds.
    #[arg(long, value_name = "N", default_value_t = 0)]
    errors: usize,
    /// Compares with another run's facts.
    #[arg(long, value_name = "PRED", value_hint = ValueHint::FilePath)]
    against: Option<PathBuf>,
    /// Ends with code 1 where a layer's headline figure is under this many percent.
    #[arg(long, value_name = "PERCENT")]
    bar: Option<f64>,
    #[command(flatten)]
    jobs: Jobs,
}

impl Eval {
    /// Prints the figures.
    ///
    /// # Errors
    ///
    /// A file that cannot be read or is no JSON Lines; a model that cannot be read.
    pub fn run(&self, global: &Global) -> anyhow::Result<Exit> {
        for layer in self.layers.iter().flatten() {
            anyhow::ensure!(
                eval::LAYERS.contains(&layer.as_str()),
                "unknown layer {layer:?} (one of {})",
                eval::LAYERS.join(", ")
            );
        }
        let gold = read_lines(&self.gold)?;
        let beside = self.beside();
        let mut texts = BTreeMap::new();
        if beside.is_file() {
            for row in read_lines(&beside)? {
                if let Some(text) = row.get("text").and_then(Value::as_str) {
                    texts.insert(id_of(&row), text.to_owned());
                }
            }
        }
        let predicted = match &self.predicted {
            Some(path) => read_lines(path)?,
            None => self.extract(global, &beside)?,
        };
        let layers = self.layers.as_deref();
        let report = eval::score(&gold, &predicted, &texts, layers);
        let other = match &self.against {
            Some(path) => Some(eval::score(&gold, &read_lines(path)?, &texts, layers)),
            None => None,
        };
        let mut out = io::stdout().lock();
        if global.json {
            writeln!(out, "{}", as_json(&report, other.as_ref()))?;
        } else {
            self.show(&report, &texts, &mut out)?;
            if let Some(other) = &other {
                self.show_changes(&report, other, &texts, &mut out)?;
            }
        }
        let under = |bar| report.layers.iter().any(|l| l.score().unwrap_or(0.0) < bar);
        Ok(if self.bar.is_some_and(under) { Exit::No } else { Exit::Done })
    }

    /// The articles of the set.
    fn beside(&self) -> PathBuf {
        if let Some(input) = &self.input {
            return input.clone();
        }
        let name = self.gold.file_name().and_then(|n| n.to_str()).unwrap_or("");
        let stem = name.strip_suffix(".gold.jsonl").unwrap_or(name);
        self.gold.with_file_name(format!("{stem}.input.jsonl"))
    }

    fn extract(&self, global: &Global, input: &Path) -> anyhow::Result<Vec<Value>> {
        anyhow::ensure!(
            input.is_file(),
            "{} is missing (give the predictions, or the articles with --input)",
            input.display()
        );
        let extractor = LazyExtractor::new(global)?;
        work::hush_workers();
        let options = Options { format: Format::find("jsonl"), ..Options::default() };
        let mut facts = Vec::new();
        let mut failed = None;
        let sink = |result: Result<crate::facts::Facts, _>| {
            match result.map(|f| serde_json::from_str(&write_facts(&f))) {
                Ok(Ok(value)) => facts.push(value),
                Ok(Err(error)) => failed = Some(anyhow::Error::from(error)),
                Err(error) => failed = Some(anyhow::Error::from(error)),
            }
            if failed.is_none() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        };
        let extract = |article| extractor.facts(article);
        let items = read_inputs([input.to_owned()], options);
        each_facts(items, &extract, &Watch::new(None), self.jobs.number(), sink);
        match failed {
            Some(error) => Err(error),
            None => Ok(facts),
        }
    }

    fn show(
        &self,
        report: &Report,
        texts: &BTreeMap<String, String>,
        out: &mut impl io::Write,
    ) -> io::Result<()> {
        writeln!(
            out,
            "{} articles, {} without a prediction, {} predicted on another text",
            report.articles, report.missing, report.text_mismatch
        )?;
        for layer in &report.layers {
            let score = layer.score().map_or("-".to_owned(), |s| s.to_string());
            writeln!(
                out,
                "\n{}  ({} articles)  {} {score}",
                layer.name, layer.articles, layer.headline
            )?;
            for (name, figure) in &layer.figures {
                show_figure(out, name, figure)?;
            }
            self.show_errors(layer, texts, out)?;
        }
        Ok(())
    }

    fn show_errors(
        &self,
        layer: &Layer,
        texts: &BTreeMap<String, String>,
        out: &mut impl io::Write,
    ) -> io::Result<()> {
        if self.errors == 0 {
            return Ok(());
        }
        for (head, misses) in [("missed", &layer.missed), ("false alarms", &layer.false_alarms)] {
            writeln!(out, "  {head}: {}", misses.len())?;
            let step = (misses.len() / self.errors).max(1);
            for miss in misses.iter().step_by(step).take(self.errors) {
                show_miss(out, miss, texts)?;
            }
        }
        Ok(())
    }

    /// The figures that differ from those of another run, and the items behind them.
    fn show_changes(
        &self,
        report: &Report,
        other: &Report,
        texts: &BTreeMap<String, String>,
        out: &mut impl io::Write,
    ) -> io::Result<()> {
        let shown = |x: Option<f64>| x.map_or("-".to_owned(), |x| format!("{x:.2}"));
        writeln!(out, "\n{:<40} {:>8} {:>8} {:>8}", "against the other run", "this", "other", "")?;
        for (name, first, second) in eval::compare(report, other) {
            if first != second {
                let step =
                    first.zip(second).map_or(String::new(), |(x, y)| format!("{:+.2}", x - y));
                let (first, second) = (shown(first), shown(second));
                writeln!(out, "{name:<40} {first:>8} {second:>8} {step:>8}")?;
            }
        }
        for change in eval::changes(report, other) {
            let kinds = [
                ("found now", &change.won),
                ("no more found", &change.lost),
                ("new false alarms", &change.new_alarms),
                ("false alarms gone", &change.gone_alarms),
            ];
            for (head, items) in kinds.into_iter().filter(|(_, items)| !items.is_empty()) {
                writeln!(out, "{} {head}: {}", change.layer, items.len())?;
                for item in items.iter().take(self.errors) {
                    show_miss(out, item, texts)?;
                }
            }
        }
        Ok(())
    }
}

fn show_miss(
    out: &mut impl io::Write,
    miss: &Miss,
    texts: &BTreeMap<String, String>,
) -> io::Result<()> {
    let text = texts.get(&miss.article).map_or("", String::as_str);
    let words = miss.span.map(|span| excerpt(text, span)).unwrap_or_default();
    writeln!(out, "    {} {}  {words}", miss.article, miss.what)
}

fn show_figure(out: &mut impl io::Write, name: &str, figure: &Figure) -> io::Result<()> {
    match figure {
        Figure::F { precision, recall, f1, predicted, gold } => writeln!(
            out,
            "  {name:<22} P {precision:>6.2}  R {recall:>6.2}  F1 {f1:>6.2}   \
             (gold {gold}, predicted {predicted})"
        ),
        Figure::Accuracy { accuracy, of } => {
            let share = accuracy.map_or("-".to_owned(), |a| format!("{a:.2}"));
            writeln!(out, "  {name:<22} {share:>6} % of {of}")
        }
    }
}

/// The words of an error in brackets, with some around them.
fn excerpt(text: &str, (from, to): (usize, usize)) -> String {
    let part =
        |a: usize, b: usize| text.chars().skip(a).take(b.saturating_sub(a)).collect::<String>();
    let around =
        format!("{}[{}]{}", part(from.saturating_sub(30), from), part(from, to), part(to, to + 30));
    around.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn as_json(report: &Report, other: Option<&Report>) -> Value {
    let figure = |f: &Figure| match f {
        Figure::F { precision, recall, f1, predicted, gold } => {
            json!({"p": precision, "r": recall, "f1": f1, "pred": predicted, "gold": gold})
        }
        Figure::Accuracy { accuracy, of } => json!({"accuracy": accuracy, "of": of}),
    };
    let layers: serde_json::Map<String, Value> = report
        .layers
        .iter()
        .map(|layer| {
            let figures: serde_json::Map<String, Value> =
                layer.figures.iter().map(|(name, f)| (name.clone(), figure(f))).collect();
            let value = json!({
                "articles": layer.articles,
                "headline": layer.headline,
                "f1": layer.score(),
                "figures": figures,
            });
            (layer.name.to_owned(), value)
        })
        .collect();
    let mut all = json!({
        "articles": report.articles,
        "missing": report.missing,
        "text_mismatch": report.text_mismatch,
        "layers": layers,
    });
    if let Some(other) = other {
        all["against"] = as_json(other, None);
    }
    all
}

fn id_of(row: &Value) -> String {
    match row.get("id") {
        Some(Value::String(s)) => s.clone(),
        Some(other) => other.to_string(),
        None => String::new(),
    }
}

/// The JSON objects of a file, one a line.
#[expect(clippy::disallowed_methods, reason = "the command line reads the gold sets")]
fn read_lines(path: &Path) -> anyhow::Result<Vec<Value>> {
    let text = std::fs::read_to_string(path)
        .with_context(|| format!("{} cannot be read", path.display()))?;
    (1_usize..)
        .zip(text.lines())
        .filter(|(_, line)| !line.trim().is_empty())
        .map(|(n, line)| {
            serde_json::from_str(line).with_context(|| {
                format!("{}:{n}: no JSON (one object a line is wanted)", path.display())
            })
        })
        .collect()
}
