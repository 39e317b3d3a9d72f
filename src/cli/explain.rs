//! `newsgraph explain WHAT`.

use std::io::{self, BufWriter, Write as _};

use anyhow::bail;
use clap::Args;
use oxigraph::model::NamedNode;
use serde_json::json;

use super::source::Asked;
use super::style::colored;
use super::{Exit, Global};
use crate::explain::{Explanation, Found, Marks, explain, find, render_text};

/// Leads from a fact back to its words.
///
/// What stands behind a fact, claim, event or entity: its claims, who says so and through whom, and
/// the sentences, with the words marked, their article and their offsets in Unicode scalar values.
#[derive(Debug, Args)]
pub struct Explain {
    /// An IRI, a fact in N-Triples, a short id such as v34wf3wp4, a name, or words.
    #[arg(value_name = "WHAT", required = true)]
    what: Vec<String>,
    /// The most claims to show of one thing.
    #[arg(long, value_name = "N", default_value_t = 20)]
    limit: usize,
    /// What to ask.
    #[command(flatten)]
    asked: Asked,
}

impl Explain {
    /// Writes the explanation to standard output.
    ///
    /// # Errors
    ///
    /// A store or inputs that cannot be read, or something that the store does not know.
    pub fn run(&self, global: &Global) -> anyhow::Result<Exit> {
        let loaded = self.asked.load(global)?;
        let what = self.what.join(" ");
        let (nodes, by_words) = match find(loaded.store(), &what)? {
            Found::Nodes(nodes) => (nodes, false),
            Found::Claims(claims) => (claims, true),
        };
        let mut found: Vec<Explanation> = Vec::new();
        for node in nodes.iter().take(self.limit) {
            found.extend(explain(loaded.store(), node)?);
        }
        if found.is_empty() {
            bail!(
                "nothing here is \"{what}\" (an IRI, a short id or words; `newsgraph events` and \
                 `newsgraph entities` list what there is)"
            );
        }
        let mut out = BufWriter::new(io::stdout().lock());
        if global.json {
            for one in &mut found {
                one.claims.truncate(self.limit);
            }
            let value = json!({ "what": what, "by_words": by_words, "found": found });
            serde_json::to_writer_pretty(&mut out, &value)?;
            writeln!(out)?;
        } else {
            let marks = if colored(global) { Marks::Bold } else { Marks::Guillemets };
            for (i, one) in found.iter().enumerate() {
                if i > 0 {
                    writeln!(out)?;
                }
                write!(out, "{}", render_text(one, self.limit, marks))?;
            }
        }
        out.flush()?;
        if !global.quiet {
            note_cut(&nodes, &found, self.limit)?;
        }
        Ok(loaded.exit())
    }
}

/// Says on standard error what the limit has left out.
fn note_cut(nodes: &[NamedNode], found: &[Explanation], limit: usize) -> io::Result<()> {
    let mut err = io::stderr().lock();
    if nodes.len() > limit {
        writeln!(err, "{limit} of {} shown (--limit)", nodes.len())?;
    }
    for one in found.iter().filter(|one| one.claims.len() > limit) {
        writeln!(
            err,
            "{limit} of the {} claims of {} shown (--limit)",
            one.claims.len(),
            one.label
        )?;
    }
    Ok(())
}
