//! `newsgraph entities [NAME]`.

use std::io::{self, BufWriter, Write as _};

use clap::Args;

use super::source::Asked;
use super::style::{colored, terminal_width};
use super::{Exit, Global};
use crate::explain::{ListedEntity, list_entities};
use crate::query::rows::{Align, render_table};

/// Lists who and what the store knows: names, types, links, articles.
///
/// With --json one object a line, with the IRIs of the individual and of each article's entity.
///
/// Where two share a name and are not one, or one has two names, say so in `decisions.tsv` in the
/// store's folder, a line each: `same` or `different`, tab, IRI, tab, IRI, and why if you like.
/// It is read whenever something is derived; `newsgraph index` derives at once.
#[derive(Debug, Args)]
pub struct Entities {
    /// Part of a name.
    name: Option<String>,
    /// What to ask.
    #[command(flatten)]
    asked: Asked,
}

impl Entities {
    /// Writes the list to standard output.
    ///
    /// # Errors
    ///
    /// A store or inputs that cannot be read.
    pub fn run(&self, global: &Global) -> anyhow::Result<Exit> {
        let loaded = self.asked.load(global)?;
        let entities = list_entities(loaded.store(), self.name.as_deref())?;
        let mut out = BufWriter::new(io::stdout().lock());
        if global.json {
            for entity in &entities {
                serde_json::to_writer(&mut out, entity)?;
                writeln!(out)?;
            }
        } else {
            let header = ["name", "type", "articles", "mentions", "also", "links"];
            let rows: Vec<Vec<String>> = entities.iter().map(row).collect();
            let align = [Align::Left, Align::Left, Align::Right, Align::Right];
            let header = header.map(str::to_owned);
            let table = render_table(&header, &rows, &align, terminal_width(), colored(global));
            write!(out, "{table}")?;
        }
        out.flush()?;
        if entities.is_empty() && !global.quiet {
            writeln!(io::stderr(), "nothing here has such a name")?;
        }
        Ok(loaded.exit())
    }
}

fn row(entity: &ListedEntity) -> Vec<String> {
    vec![
        entity.name.clone(),
        entity.types.join(", "),
        entity.articles.len().to_string(),
        entity.mentions.to_string(),
        entity.also.join("; "),
        entity.links.join(" "),
    ]
}
