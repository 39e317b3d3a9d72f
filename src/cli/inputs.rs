//! The inputs of a command, and how to read them: one set of options for all commands.

use std::fmt::Display;
use std::io::{self, Write as _};
use std::path::PathBuf;

use clap::Args;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser as _};

use super::Exit;
use crate::input::{FORMATS, Format, Inputs, MAX_ARTICLE, Mapping, Options, read_inputs};

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
    /// The most bytes that one article may have; the suffixes K, M and G are known.
    #[arg(long, value_name = "BYTES", default_value_t = MAX_ARTICLE, value_parser = size)]
    max_article: usize,
}

impl Reading {
    /// The options for `input`.
    pub fn options(&self) -> Options {
        Options {
            format: Format::find(&self.from),
            published: self.published.clone(),
            mapping: Mapping::join(self.map.iter().cloned()),
            max_article: self.max_article,
        }
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

/// The values of `--from`.
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
