//! `newsgraph index`.

use std::io::{self, Write as _};

use clap::Args;
use serde_json::json;

use super::add::{Waiting, this_run};
use super::work::{Jobs, Progress, count, store_failure};
use super::{Exit, Global};
use crate::graph::Base;
use crate::pipeline;
use crate::store::{Head, Store, StoreError, Writer};

/// Makes everything anew that follows from the articles: the catalogue, the derived graphs and,
/// where newsgraph was built with the feature `rocksdb`, the index on disk.
#[derive(Debug, Args)]
pub struct Index {
    /// Maps the facts of every article again, as this version does; takes stores of older schemas.
    #[arg(long)]
    upgrade: bool,
    /// Takes away files of articles that are damaged beyond reading.
    #[arg(long)]
    drop_damaged: bool,
    #[command(flatten)]
    jobs: Jobs,
    #[command(flatten)]
    waiting: Waiting,
}

impl Index {
    /// Rebuilds, and prints one line about it.
    pub fn run(&self, global: &Global) -> anyhow::Result<Exit> {
        let mut progress = Progress::new(global);
        match Store::open(&global.store) {
            Ok(_) | Err(StoreError::Older { .. }) => {}
            Err(error) => return Err(store_failure(error)),
        }
        let base = Base::default();
        let patience = self.waiting.patience();
        let opened = if self.upgrade {
            Writer::open_older(&global.store, base.as_str(), patience)
        } else {
            Writer::open(&global.store, base.as_str(), patience)
        };
        let mut writer = opened.map_err(store_failure)?;
        let dropped =
            if self.drop_damaged { writer.remove_damaged().map_err(store_failure)? } else { 0 };
        let mut mapped = 0;
        if self.upgrade {
            mapped = upgrade(&mut writer, &mut progress).map_err(store_failure)?;
        }
        progress.show(|| "deriving".to_owned());
        let rebuilt = pipeline::rebuild(&mut writer, self.jobs.number())
            .and_then(|()| writer.rebuild_catalogue())
            .and_then(|()| writer.close());
        let store = rebuilt.map_err(store_failure)?;
        progress.end();
        let articles = store.heads().len() as u64;
        if global.json {
            let line =
                json!({ "articles": articles, "mapped_again": mapped, "damaged_dropped": dropped });
            writeln!(io::stdout().lock(), "{line}")?;
        } else if !global.quiet {
            let mut parts = vec![format!("{} indexed", count(articles, "article"))];
            if self.upgrade {
                parts.push(format!("{mapped} of them changed"));
            }
            if dropped > 0 {
                parts.push(format!("{} dropped", count(dropped as u64, "damaged file")));
            }
            writeln!(io::stderr().lock(), "{}", parts.join(", "))?;
        }
        Ok(Exit::Done)
    }
}

/// Maps every article again. Says how many graphs changed.
fn upgrade(writer: &mut Writer, progress: &mut Progress) -> Result<u64, StoreError> {
    let run = this_run();
    let heads: Vec<Head> = writer.store().heads().cloned().collect();
    let mut changed = 0;
    for (done, head) in heads.iter().enumerate() {
        progress.show(|| format!("{done} of {} mapped", count(heads.len() as u64, "article")));
        let packed = pipeline::remap(writer.store(), head)?;
        if packed.head != *head {
            let key = packed.head.key.clone();
            writer.put(&run, vec![packed]).1?;
            if key != head.key {
                writer.remove([head.key.as_str()])?;
            }
            changed += 1;
        }
    }
    writer.upgraded()?;
    Ok(changed)
}
