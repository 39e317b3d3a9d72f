//! `newsgraph why-not WORDS --in INPUT…`.

use std::io::{self, BufWriter, Write};
use std::path::PathBuf;

use anyhow::bail;
use clap::builder::{PossibleValuesParser, TypedValueParser as _};
use clap::{Args, ValueHint};

use super::inputs::Failures;
use super::work::LazyExtractor;
use super::{Exit, Global, Reading};
use crate::extract::{Place, why_not};
use crate::facts::EventType;
use crate::input::{Finished, Item};

/// Says at which step an expected fact was lost.
///
/// For every place where the words stand: the sentence, the words as the parser read them, what
/// each layer found there with its rule, and for each verb, noun or adjective that tells no event,
/// why not. Facts that were read from elsewhere have no trace: the inputs must be articles.
#[derive(Debug, Args)]
pub struct WhyNot {
    /// The words, as they stand in the article; letter case aside.
    #[arg(value_name = "WORDS", required = true)]
    words: Vec<String>,
    /// The articles: files, folders, or - for standard input.
    #[arg(long = "in", value_name = "INPUT", required = true, num_args = 1.., value_hint = ValueHint::AnyPath)]
    inputs: Vec<PathBuf>,
    /// The type of event that one expected there.
    #[arg(long = "type", value_name = "TYPE", value_parser = types(), hide_possible_values = true)]
    kind: Option<EventType>,
    #[command(flatten)]
    reading: Reading,
}

impl WhyNot {
    /// Writes what the layers say of the words.
    ///
    /// # Errors
    ///
    /// A model that cannot be read; words that no article has; whatever hinders writing.
    pub fn run(&self, global: &Global) -> anyhow::Result<Exit> {
        let lazy = LazyExtractor::new(global)?;
        let words = self.words.join(" ");
        let mut failures = Failures::default();
        let mut places: Vec<Place> = Vec::new();
        for item in self.reading.open(&self.inputs) {
            match item.and_then(Item::finish) {
                Ok((_, Finished::Article(article))) => {
                    places.extend(why_not(lazy.get(), &article, &words, self.kind));
                }
                Ok((_, Finished::Facts(_))) => {}
                Err(error) => failures.add(&error),
            }
        }
        if places.is_empty() {
            bail!("no article has the words \"{words}\" (whole words, as they stand in the text)");
        }
        let mut out = BufWriter::new(io::stdout().lock());
        if global.json {
            serde_json::to_writer_pretty(&mut out, &places)?;
            writeln!(out)?;
        } else {
            for (i, place) in places.iter().enumerate() {
                if i > 0 {
                    writeln!(out)?;
                }
                write_place(&mut out, place)?;
            }
        }
        out.flush()?;
        Ok(failures.exit())
    }
}

fn write_place(out: &mut dyn Write, place: &Place) -> io::Result<()> {
    let flat = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let sentence = flat(&format!("{}«{}»{}", place.before, place.words, place.after));
    writeln!(out, "{}, characters {}–{}", place.article, place.begin, place.end)?;
    writeln!(out, "  {sentence}")?;
    for token in &place.tokens {
        let hangs = token.head.as_ref().map_or_else(
            || format!("{}, the root", token.dep),
            |head| format!("{} of «{head}»", token.dep),
        );
        writeln!(out, "    «{}»  lemma {}, tag {}, {hangs}", token.word, token.lemma, token.tag)?;
    }
    for step in &place.steps {
        let sign = if step.found { "+" } else { "-" };
        let rule = step.rule.as_ref().map_or_else(String::new, |r| format!("  [{r}]"));
        writeln!(out, "  {sign} {:<10} {}{rule}", step.layer, step.says)?;
    }
    Ok(())
}

/// The values of `--type`.
fn types() -> impl clap::builder::TypedValueParser<Value = EventType> {
    PossibleValuesParser::new(EventType::ALL.iter().map(|kind| kind.as_str()))
        .try_map(|name| EventType::parse(&name).ok_or("no such type"))
}
