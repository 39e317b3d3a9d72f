//! `newsgraph articles`.

use std::collections::BTreeMap;
use std::io::{self, BufWriter, Write as _};

use clap::Args;
use serde_json::json;

use super::work::store_failure;
use super::{Exit, Global};
use crate::pipeline;
use crate::store::{Head, Store};

/// Lists the articles of the store, the latest first.
#[derive(Debug, Args)]
pub struct Articles {
    /// Lists superseded versions too.
    #[arg(long)]
    all_versions: bool,
}

impl Articles {
    /// Prints one line an article.
    pub fn run(&self, global: &Global) -> anyhow::Result<Exit> {
        let store = Store::open(&global.store).map_err(store_failure)?;
        let derived = pipeline::derived(&store, 2).map_err(store_failure)?;
        let pairs = pipeline::supersessions(&store, &derived);
        let newer: BTreeMap<&str, &str> =
            pairs.iter().map(|(newer, older)| (older.as_str(), newer.as_str())).collect();
        let mut heads: Vec<&Head> = store
            .heads()
            .filter(|head| self.all_versions || !newer.contains_key(head.key.as_str()))
            .collect();
        heads.sort_by(|a, b| b.published.cmp(&a.published).then_with(|| a.ids.cmp(&b.ids)));
        let mut out = BufWriter::new(io::stdout().lock());
        if global.json {
            for head in heads {
                let by = newer.get(head.key.as_str());
                let mut line = serde_json::to_value(head)?;
                if let Some(object) = line.as_object_mut() {
                    object.insert("iri".into(), json!(format!("{}a/{}", store.base(), head.key)));
                    object.insert("superseded_by".into(), json!(by));
                }
                writeln!(out, "{line}")?;
            }
        } else {
            table(&heads, &newer, &mut out)?;
        }
        out.flush()?;
        for (path, what) in store.damaged() {
            writeln!(
                io::stderr().lock(),
                "newsgraph: {} is damaged: {what} (newsgraph check says what to do)",
                path.display()
            )?;
        }
        Ok(Exit::Done)
    }
}

fn table(
    heads: &[&Head],
    newer: &BTreeMap<&str, &str>,
    out: &mut impl io::Write,
) -> io::Result<()> {
    let rows: Vec<[String; 6]> = heads
        .iter()
        .map(|head| {
            let title = head.title.clone().unwrap_or_default();
            let mark = if newer.contains_key(head.key.as_str()) { " (superseded)" } else { "" };
            [
                head.ids.join(" "),
                head.published.as_deref().map(short).unwrap_or_default(),
                head.publisher.clone().unwrap_or_default(),
                head.claims.to_string(),
                short(&head.ingest.at),
                format!("{title}{mark}"),
            ]
        })
        .collect();
    let names = ["id", "published", "publisher", "claims", "added", "title"];
    let wide = |column: usize| {
        let cells = rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count());
        cells.chain(names.get(column).map(|name| name.len())).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..names.len()).map(wide).collect();
    let header = names.map(str::to_owned);
    for row in std::iter::once(&header).chain(&rows) {
        let mut line = String::new();
        for ((cell, width), name) in row.iter().zip(&widths).zip(names) {
            let blank = " ".repeat(width.saturating_sub(cell.chars().count()));
            let (left, right) = if name == "claims" { (&*blank, "") } else { ("", &*blank) };
            line.push_str(left);
            line.push_str(cell);
            line.push_str(right);
            line.push_str("  ");
        }
        writeln!(out, "{}", line.trim_end())?;
    }
    Ok(())
}

/// A date-time to the minute.
fn short(time: &str) -> String {
    time.chars().take(16).collect::<String>().replace('T', " ")
}
