//! `newsgraph events [TYPE]`.

use std::io::{self, BufWriter, Write as _};

use anyhow::bail;
use clap::Args;

use super::source::Asked;
use super::style::{colored, terminal_width};
use super::{Exit, Global};
use crate::explain::{ListedEvent, event_types, list_events};
use crate::query::nearest;
use crate::query::rows::{Align, render_table};

/// Lists what is told to happen, telling by telling.
///
/// With --json one object a line, with the offsets of the trigger in Unicode scalar values and the
/// happening that it tells of across articles.
#[derive(Debug, Args)]
pub struct Events {
    /// An event type, such as Protest; its narrower types are listed too.
    #[arg(value_name = "TYPE")]
    kind: Option<String>,
    /// What to ask.
    #[command(flatten)]
    asked: Asked,
}

impl Events {
    /// Writes the list to standard output.
    ///
    /// # Errors
    ///
    /// A store or inputs that cannot be read, or an unknown type.
    pub fn run(&self, global: &Global) -> anyhow::Result<Exit> {
        let loaded = self.asked.load(global)?;
        let kind = match &self.kind {
            None => None,
            Some(wanted) => {
                let known = event_types(loaded.store())?;
                match known.iter().find(|kind| kind.eq_ignore_ascii_case(wanted)) {
                    Some(kind) => Some(kind.clone()),
                    None => bail!(unknown(wanted, &known)),
                }
            }
        };
        let events = list_events(loaded.store(), kind.as_deref())?;
        let mut out = BufWriter::new(io::stdout().lock());
        if global.json {
            for event in &events {
                serde_json::to_writer(&mut out, event)?;
                writeln!(out)?;
            }
        } else {
            let header =
                ["type", "words", "who and what", "when", "modality", "status", "article", "at"];
            let rows: Vec<Vec<String>> = events.iter().map(row).collect();
            let mut align = [Align::Left; 8];
            align[7] = Align::Right;
            let header = header.map(str::to_owned);
            let table = render_table(&header, &rows, &align, terminal_width(), colored(global));
            write!(out, "{table}")?;
        }
        out.flush()?;
        if events.is_empty() && !global.quiet {
            writeln!(io::stderr(), "no events")?;
        }
        Ok(loaded.exit())
    }
}

fn unknown(wanted: &str, known: &[String]) -> String {
    let near = nearest(wanted, known.iter().map(String::as_str));
    let hint = near.first().map_or(String::new(), |n| format!(", did you mean \"{n}\"?"));
    format!("there is no event type \"{wanted}\"{hint}; the types are {}", known.join(", "))
}

fn row(event: &ListedEvent) -> Vec<String> {
    let parts = event.roles.iter().filter(|(role, _)| **role != "time");
    let parts: Vec<String> =
        parts.map(|(role, names)| format!("{role}: {}", names.join(", "))).collect();
    let when = match (&event.begin, &event.end) {
        (Some(begin), Some(end)) if begin != end => format!("{begin} – {end}"),
        (begin, _) => begin.clone().unwrap_or_default(),
    };
    let not = if event.polarity.as_deref() == Some("negative") { "not " } else { "" };
    vec![
        event.kind.clone(),
        event.words.clone(),
        parts.join("; "),
        when,
        format!("{not}{}", event.modality.as_deref().unwrap_or_default()),
        event.status.clone().unwrap_or_default(),
        event.article.clone(),
        event.trigger[0].to_string(),
    ]
}
