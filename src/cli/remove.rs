//! `newsgraph remove ARTICLE…`.

use std::io::{self, Write as _};

use anyhow::bail;
use clap::Args;
use serde_json::json;

use super::add::{Waiting, this_run};
use super::work::{Jobs, count, store_failure};
use super::{Exit, Global};
use crate::pipeline;
use crate::store::{Store, Writer};

/// Takes articles out of the store, which then is as if they had never been added.
#[derive(Debug, Args)]
pub struct Remove {
    /// An article's id or url (all its versions go), its IRI, or the beginning of its key.
    #[arg(required = true, value_name = "ARTICLE")]
    articles: Vec<String>,
    #[command(flatten)]
    jobs: Jobs,
    #[command(flatten)]
    waiting: Waiting,
}

impl Remove {
    /// Removes the articles; none where one of the names means nothing.
    pub fn run(&self, global: &Global) -> anyhow::Result<Exit> {
        // A store that is not there is not made by taking something out of it.
        drop(Store::open(&global.store).map_err(store_failure)?);
        let mut writer = self.waiting.writer(&global.store)?;
        for name in &self.articles {
            if writer.store().find(name).is_empty() {
                bail!("no article {name:?} in the store (newsgraph articles lists them)");
            }
        }
        let mut removed = 0;
        let mut renamed = 0;
        for name in &self.articles {
            let (gone, kept) = remove(&mut writer, name).map_err(store_failure)?;
            removed += gone;
            renamed += kept;
        }
        let closed =
            pipeline::refresh(&mut writer, self.jobs.number()).and_then(|_| writer.close());
        let left = closed.map_err(store_failure)?.heads().len();
        if global.json {
            let line = json!({ "removed": removed, "ids_removed": renamed, "left": left });
            writeln!(io::stdout().lock(), "{line}")?;
        } else if !global.quiet {
            let renamed = match renamed {
                0 => String::new(),
                _ => format!(", {} of articles that stay under another", count(renamed, "id")),
            };
            let line = format!(
                "{} removed{renamed}; {} left",
                count(removed, "article"),
                count(left as u64, "article")
            );
            writeln!(io::stderr().lock(), "{line}")?;
        }
        Ok(Exit::Done)
    }
}

/// Takes out what `name` means, or only the id where the article has others too. Says how many
/// articles went and how many ids.
fn remove(writer: &mut Writer, name: &str) -> Result<(u64, u64), crate::store::StoreError> {
    let keys: Vec<String> =
        writer.store().find(name).into_iter().map(|head| head.key.clone()).collect();
    let mut counts = (0, 0);
    for key in &keys {
        if pipeline::forget_id(writer, &this_run(), key, name)? {
            counts.1 += 1;
        } else {
            counts.0 += writer.remove([key.as_str()])? as u64;
        }
    }
    Ok(counts)
}
