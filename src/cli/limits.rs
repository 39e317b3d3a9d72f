//! How much a question may take.

#![expect(clippy::disallowed_methods, reason = "looks at the clock and at the memory in use")]

use std::io::{self, Write as _};
use std::num::NonZero;
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::sync::{Arc, OnceLock};
use std::thread;
use std::time::{Duration, Instant};

use clap::Args;
use oxigraph::sparql::CancellationToken;

use super::{Exit, Failure};
use crate::query::QueryError;
use crate::serve::Guard;

/// How often the watch looks.
const TICK: Duration = Duration::from_millis(20);
/// How long the evaluator has to notice that it is stopped.
const GRACE: Duration = Duration::from_secs(1);
const MIB: u64 = 1 << 20;

/// How long a question may take and how much.
#[derive(Clone, Debug, Args)]
pub(super) struct Limits {
    /// Gives up after so many seconds.
    #[arg(long, value_name = "SECONDS", value_parser = seconds, default_value = "300")]
    pub(super) timeout: Duration,
    /// Gives up where there are more rows or triples, before any is sorted or left out.
    #[arg(long, value_name = "N", default_value = "1000000")]
    pub(super) max_rows: NonZero<usize>,
    /// Gives up where the question takes so much memory beyond that of the store (on Linux).
    #[arg(long, value_name = "MIB", default_value = "4096")]
    max_memory: NonZero<u64>,
}

/// Watches a question.
pub(super) struct Watch {
    done: Sender<()>,
    why: Arc<OnceLock<String>>,
}

impl Limits {
    /// Watches from now on, and cancels what goes beyond the limits.
    ///
    /// The evaluator looks at its token when it reads a quad, not while it groups; so a second
    /// later the process ends, which loses nothing: a question only reads.
    pub(super) fn watch(&self, cancel: &CancellationToken) -> Watch {
        let (done, wait) = channel();
        let why = Arc::new(OnceLock::new());
        let (limits, cancel, told) = (self.clone(), cancel.clone(), Arc::clone(&why));
        thread::spawn(move || {
            let began = Instant::now();
            let before = resident().unwrap_or(0);
            while wait.recv_timeout(TICK) == Err(RecvTimeoutError::Timeout) {
                let taken = resident().unwrap_or(0).saturating_sub(before) / MIB;
                if let Some(message) = limits.broken(began.elapsed(), taken) {
                    // Told before it is cancelled, so that whoever finds it cancelled knows why.
                    let message = told.get_or_init(|| message).clone();
                    cancel.cancel();
                    if wait.recv_timeout(GRACE) == Err(RecvTimeoutError::Timeout) {
                        end(&message);
                    }
                    return;
                }
            }
        });
        Watch { done, why }
    }

    /// Watches as [`Limits::watch`] does, and never ends the process: what groups goes on until it
    /// is done. The memory is that of all questions.
    pub(super) fn watch_one_of_many(&self, cancel: &CancellationToken) -> Guard {
        let (done, wait) = channel::<()>();
        let why = Arc::new(OnceLock::new());
        let (limits, cancel, told) = (self.clone(), cancel.clone(), Arc::clone(&why));
        let before = resident().unwrap_or(0);
        thread::spawn(move || {
            let began = Instant::now();
            while wait.recv_timeout(TICK) == Err(RecvTimeoutError::Timeout) {
                let taken = resident().unwrap_or(0).saturating_sub(before) / MIB;
                if let Some(message) = limits.broken(began.elapsed(), taken) {
                    told.get_or_init(|| message);
                    cancel.cancel();
                    return;
                }
            }
        });
        Box::new(move || {
            drop(done);
            why.get().cloned()
        })
    }

    /// What to say where a limit is passed.
    fn broken(&self, time: Duration, memory: u64) -> Option<String> {
        if time >= self.timeout {
            let seconds = self.timeout.as_secs_f64();
            return Some(format!(
                "no whole answer within {seconds} s: narrow the question, or give it a longer --timeout"
            ));
        }
        (memory >= self.max_memory.get()).then(|| {
            format!(
                "the question takes more than {} MiB: narrow it, or give it more --max-memory",
                self.max_memory
            )
        })
    }
}

impl Watch {
    /// Ends the watch; says of a question that it stopped why.
    pub(super) fn end<T>(self, result: Result<T, QueryError>) -> anyhow::Result<T> {
        drop(self.done);
        match (result, self.why.get()) {
            (Err(QueryError::Cancelled), Some(why)) => {
                Err(Failure { exit: Exit::Usage, message: why.clone() }.into())
            }
            (result, _) => Ok(result?),
        }
    }
}

#[expect(clippy::exit, reason = "nothing else stops a grouping")]
fn end(message: &str) {
    drop(writeln!(io::stderr(), "newsgraph: {message}"));
    std::process::exit(Exit::Usage.code().into());
}

/// The bytes of memory in use, where the system tells.
fn resident() -> Option<u64> {
    /// Bytes of a page on the machines that Linux says nothing else of.
    const PAGE: u64 = 4096;
    let text = std::fs::read_to_string("/proc/self/statm").ok()?;
    let pages: u64 = text.split_whitespace().nth(1)?.parse().ok()?;
    Some(pages * PAGE)
}

fn seconds(text: &str) -> Result<Duration, String> {
    let number = text.strip_suffix('s').unwrap_or(text).parse().ok();
    number
        .and_then(|s| Duration::try_from_secs_f64(s).ok())
        .filter(|d| !d.is_zero())
        .ok_or_else(|| "expected a number of seconds such as 10 or 0.5".to_owned())
}
