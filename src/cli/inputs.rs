//! The inputs of a command, and how to read them: one set of options for all commands.

use std::collections::BTreeMap;
use std::fmt::Display;
use std::io::{self, Write as _};
use std::path::PathBuf;
use std::time::Duration;

use clap::Args;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser as _};

use super::work::count;
use super::{Exit, Global};
use crate::input::{
    FORMATS, Format, Inputs, MAX_ARTICLE, MAX_DEPTH, MAX_RATIO, MAX_TAGS, Mapping, Options,
    known_language, read_inputs,
};
use crate::pipeline::{PipelineError, Watch};

/// How to read the inputs.
#[derive(Clone, Debug, Args)]
#[command(next_help_heading = "Reading")]
pub struct Reading {
    /// The inputs' format.
    #[arg(long, value_name = "FORMAT", default_value = "auto", value_parser = formats())]
    from: String,
    /// Publication date of the articles that state none (2022-01-12).
    #[arg(long, value_name = "DATE", value_parser = day)]
    published: Option<String>,
    /// Where JSON of another shape has a member of the article: text=body.content (repeatable).
    #[arg(long, value_name = "MEMBER=PATH")]
    map: Vec<Mapping>,
    /// The languages to read, as codes such as en; articles in others are skipped, short ones
    /// and those of facts never. "all" reads any.
    #[arg(long, value_name = "CODE", value_delimiter = ',', default_value = "en", value_parser = language)]
    lang: Vec<String>,
    /// The most bytes that one article may have; the suffixes K, M and G are known. A page, feed or
    /// JSON object may have sixteen times as many.
    #[arg(long, value_name = "BYTES", default_value_t = MAX_ARTICLE, value_parser = size)]
    max_article: usize,
    /// The most elements that may stand within each other in a page or feed.
    #[arg(long, value_name = "N", default_value_t = MAX_DEPTH)]
    max_depth: usize,
    /// The most tags that a page or feed may have.
    #[arg(long, value_name = "N", default_value_t = MAX_TAGS)]
    max_tags: usize,
    /// How many times its size a compressed input may grow to, past the first 64 MiB.
    #[arg(long, value_name = "N", default_value_t = MAX_RATIO)]
    max_ratio: u64,
    /// How many seconds the work on one article may take; 0 for any time. One that takes longer
    /// is an error, and the rest goes on.
    #[arg(long, value_name = "SECONDS", value_parser = patience, default_value = "60")]
    timeout_per_article: Duration,
}

impl Reading {
    /// The options for `input`.
    pub fn options(&self) -> Options {
        Options {
            format: Format::find(&self.from),
            published: self.published.clone(),
            mapping: Mapping::join(self.map.iter().cloned()),
            languages: if self.lang.iter().any(|code| code == "all") {
                Vec::new()
            } else {
                self.lang.clone()
            },
            max_article: self.max_article,
            max_depth: self.max_depth,
            max_tags: self.max_tags,
            max_ratio: self.max_ratio,
        }
    }

    /// Watches over the time that each article takes.
    pub fn watch(&self) -> Watch {
        Watch::new(Some(self.timeout_per_article).filter(|limit| !limit.is_zero()))
    }

    /// Reads the inputs, one after the other.
    pub fn open(&self, inputs: &[PathBuf]) -> Inputs {
        read_inputs(inputs.iter().cloned(), self.options())
    }
}

/// The inputs that failed: each is reported when it does, all are counted.
#[derive(Debug, Default)]
pub(crate) struct Failures {
    count: usize,
}

impl Failures {
    /// Reports one input.
    pub(crate) fn add(&mut self, error: &dyn Display) {
        self.count += 1;
        // Nobody is left to tell where standard error is closed.
        drop(writeln!(io::stderr().lock(), "newsgraph: {error}"));
    }

    /// How the command ends.
    pub(crate) fn exit(&self) -> Exit {
        if self.count == 0 { Exit::Done } else { Exit::SomeFailed }
    }
}

/// The articles that were skipped, by language.
#[derive(Debug, Default)]
pub(crate) struct Skips(BTreeMap<&'static str, u64>);

impl Skips {
    /// Counts the article if it was skipped; says whether it was.
    pub(crate) fn take(&mut self, error: &PipelineError) -> bool {
        let language = error.skipped();
        if let Some(language) = language {
            *self.0.entry(language).or_default() += 1;
        }
        language.is_some()
    }

    /// Says on standard error how many there were, and how to have them.
    pub(crate) fn report(&self, global: &Global) {
        if self.0.is_empty() || global.quiet {
            return;
        }
        let parts: Vec<String> = self.0.iter().map(|(code, n)| format!("{n} in {code}")).collect();
        let line = format!(
            "newsgraph: {} skipped for their language: {} (--lang all reads them)",
            count(self.0.values().sum(), "article"),
            parts.join(", "),
        );
        // Nobody is left to tell where standard error is closed.
        drop(writeln!(io::stderr().lock(), "{line}"));
    }
}

/// The values of `--from`.
fn patience(text: &str) -> Result<Duration, String> {
    let number = text.strip_suffix('s').unwrap_or(text).parse().ok();
    number
        .and_then(|seconds| Duration::try_from_secs_f64(seconds).ok())
        .ok_or_else(|| "expected a number of seconds such as 30 or 0.5, or 0".to_owned())
}

fn formats() -> impl clap::builder::TypedValueParser<Value = String> {
    let auto = PossibleValue::new("auto").help("told by the content of each input");
    let formats = FORMATS.iter().map(|format| PossibleValue::new(format.name).help(format.about));
    PossibleValuesParser::new(std::iter::once(auto).chain(formats)).map(|name| name)
}

fn day(text: &str) -> Result<String, String> {
    match text.parse::<jiff::civil::Date>() {
        Ok(day) => Ok(day.to_string()),
        Err(_) => Err("expected a day such as 2022-01-12".to_owned()),
    }
}

fn language(text: &str) -> Result<String, String> {
    let code = text.to_lowercase();
    if code == "all" || known_language(&code) {
        return Ok(code);
    }
    Err("expected codes such as en or en,de (ISO 639-1 or 639-3), or all".to_owned())
}

fn size(text: &str) -> Result<usize, String> {
    let digits = text.trim_end_matches(['k', 'K', 'm', 'M', 'g', 'G']);
    let shift = match text.strip_prefix(digits).map(str::to_ascii_uppercase).as_deref() {
        Some("") => 0,
        Some("K") => 10,
        Some("M") => 20,
        Some("G") => 30,
        _ => return Err("expected a number of bytes such as 500000 or 8M".to_owned()),
    };
    digits
        .parse::<usize>()
        .ok()
        .and_then(|number| number.checked_mul(1 << shift))
        .filter(|&bytes| bytes > 0)
        .ok_or_else(|| "expected a number of bytes such as 500000 or 8M".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_have_suffixes() {
        assert_eq!(size("500000"), Ok(500_000));
        assert_eq!(size("8M"), Ok(8 << 20));
        assert!(
            ["", "M", "-1", "8MB", "0", "99999999999G"].into_iter().all(|text| size(text).is_err())
        );
    }
}
