//! Ends the work on one article where it takes too long.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::thread;
use std::time::Duration;

use crate::patience::{TimeOver, within};

/// Watches over articles that are worked on, on any number of threads.
#[derive(Debug)]
pub struct Watch {
    under_way: Arc<Mutex<Vec<Watched>>>,
    limit: Option<Duration>,
    /// Ends the thread that watches when it is dropped.
    _end: Option<Sender<()>>,
}

/// An article that is worked on.
#[derive(Debug)]
struct Watched {
    over: Weak<AtomicBool>,
    /// How often it is still looked at before its time is over.
    left: u32,
}

/// How often the time of each article is looked at, of its limit.
const LOOKS: u32 = 50;

impl Watch {
    /// Gives each article at most `limit`; without one, all the time that it takes.
    pub fn new(limit: Option<Duration>) -> Self {
        let under_way = Arc::new(Mutex::new(Vec::new()));
        let end = limit.map(|limit| {
            let (end, ended) = channel::<()>();
            let watched = Arc::clone(&under_way);
            thread::spawn(move || {
                while ended.recv_timeout(limit / LOOKS) == Err(RecvTimeoutError::Timeout) {
                    lock(&watched).retain_mut(Watched::look);
                }
            });
            end
        });
        Self { under_way, limit, _end: end }
    }

    /// The time that an article has.
    pub fn limit(&self) -> Option<Duration> {
        self.limit
    }

    /// Works on one article.
    ///
    /// # Errors
    ///
    /// [`TimeOver`] where it takes too long.
    pub fn over<R>(&self, work: impl FnOnce() -> R) -> Result<R, TimeOver> {
        if self.limit.is_none() {
            return Ok(work());
        }
        let over = Arc::new(AtomicBool::new(false));
        lock(&self.under_way).push(Watched { over: Arc::downgrade(&over), left: LOOKS });
        within(over, work)
    }
}

impl Watched {
    /// Notes that time has passed; says whether it is to be looked at again.
    fn look(&mut self) -> bool {
        let Some(over) = self.over.upgrade() else { return false };
        self.left = self.left.saturating_sub(1);
        if self.left == 0 {
            over.store(true, Ordering::Relaxed);
        }
        self.left > 0
    }
}

fn lock(under_way: &Mutex<Vec<Watched>>) -> MutexGuard<'_, Vec<Watched>> {
    // Nothing panics while it is held.
    under_way.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::patience::check;

    #[test]
    fn only_what_takes_too_long_ends_early() {
        let watch = Watch::new(Some(Duration::from_millis(50)));
        assert_eq!(watch.over(|| 1), Ok(1));
        let endless = || -> u32 {
            loop {
                check();
            }
        };
        assert_eq!(watch.over(endless), Err(TimeOver));
        assert_eq!(watch.over(|| 2), Ok(2));
        assert_eq!(Watch::new(None).over(|| 3), Ok(3));
    }
}
