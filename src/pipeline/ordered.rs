//! A parallel map that keeps the order of its input, with bounded memory and no thread left
//! behind.

use std::any::Any;
use std::collections::BTreeMap;
use std::ops::ControlFlow;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::mpsc::channel;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

/// The name of the threads that work: a panic hook can tell theirs by it, since a panic there is
/// caught and becomes one article's error.
pub const WORKER: &str = "newsgraph-worker";

/// How many items may be under way for each job: enough that a long article does not hold up the
/// others, few enough that their results fit into memory.
const WINDOW: usize = 16;

/// Maps `items` by `work` on `jobs` threads and hands the results to `sink` in the order of the
/// items, in batches of what is ready.
///
/// A panic of `work` becomes the result that `panicked` makes of the item's `label` and the
/// message; so does one of `items` itself, without a label, and nothing more is read. `sink` may
/// end the work early.
pub(super) fn map_in_order<T, L, R: Send>(
    items: impl Iterator<Item = T> + Send,
    jobs: usize,
    label: impl Fn(&T) -> Option<L> + Sync,
    work: impl Fn(T) -> R + Sync,
    panicked: impl Fn(Option<L>, String) -> R + Sync,
    mut sink: impl FnMut(Vec<R>) -> ControlFlow<()>,
) {
    let jobs = jobs.max(1);
    let feed = Mutex::new(Feed { items, next: 0, emitted: 0, ended: false });
    let moved = Condvar::new();
    thread::scope(|scope| {
        let (sender, receiver) = channel::<(usize, R)>();
        for _ in 0..jobs {
            let sender = sender.clone();
            let (feed, moved) = (&feed, &moved);
            let (label, work, panicked) = (&label, &work, &panicked);
            let job = move || {
                while let Some((nth, item)) = take(feed, moved, jobs * WINDOW) {
                    let done = match item {
                        Ok(item) => {
                            let label = label(&item);
                            catch_unwind(AssertUnwindSafe(|| work(item)))
                                .unwrap_or_else(|panic| panicked(label, message(&*panic)))
                        }
                        Err(message) => panicked(None, message),
                    };
                    if sender.send((nth, done)).is_err() {
                        break;
                    }
                }
            };
            thread::Builder::new()
                .name(WORKER.to_owned())
                .spawn_scoped(scope, job)
                .expect("the system gives a few threads");
        }
        drop(sender);
        let mut early: BTreeMap<usize, R> = BTreeMap::new();
        let mut next = 0;
        while let Ok((nth, done)) = receiver.recv() {
            early.insert(nth, done);
            early.extend(receiver.try_iter());
            let mut ready = Vec::new();
            while let Some(done) = early.remove(&next) {
                ready.push(done);
                next += 1;
            }
            if ready.is_empty() {
                continue;
            }
            let stop = sink(ready).is_break();
            let mut feed = lock(&feed);
            feed.emitted = next;
            feed.ended |= stop;
            drop(feed);
            moved.notify_all();
            if stop {
                break;
            }
        }
    });
}

/// The items that are still to be taken.
struct Feed<I> {
    items: I,
    next: usize,
    emitted: usize,
    ended: bool,
}

/// The next item with its number, or the message of a panic in its stead; waits while too many
/// are under way.
fn take<I: Iterator>(
    feed: &Mutex<Feed<I>>,
    moved: &Condvar,
    window: usize,
) -> Option<(usize, Result<I::Item, String>)> {
    let mut feed = lock(feed);
    while !feed.ended && feed.next >= feed.emitted + window {
        feed = moved.wait(feed).unwrap_or_else(PoisonError::into_inner);
    }
    if feed.ended {
        return None;
    }
    let item = match catch_unwind(AssertUnwindSafe(|| feed.items.next())) {
        Ok(Some(item)) => Ok(item),
        Ok(None) => {
            feed.ended = true;
            moved.notify_all();
            return None;
        }
        Err(panic) => {
            feed.ended = true;
            moved.notify_all();
            Err(message(&*panic))
        }
    };
    let nth = feed.next;
    feed.next += 1;
    Some((nth, item))
}

fn lock<I>(feed: &Mutex<Feed<I>>) -> MutexGuard<'_, Feed<I>> {
    // Panics are caught within, so a poisoned lock still guards whole numbers.
    feed.lock().unwrap_or_else(PoisonError::into_inner)
}

fn message(panic: &(dyn Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    text.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("no message").to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn map(items: impl Iterator<Item = u32> + Send, jobs: usize) -> Vec<Result<u32, String>> {
        let mut all = Vec::new();
        let work = |n: u32| {
            assert!(n % 10 != 7, "{n} has a 7");
            // The even ones take longer, so that results come out of order.
            (0..(1 - n % 2) * 20_000).fold(n, |a, b| std::hint::black_box(a ^ b ^ b));
            Ok(n * 2)
        };
        map_in_order(
            items,
            jobs,
            |_| None::<()>,
            work,
            |_, message| Err(message),
            |batch| {
                all.extend(batch);
                ControlFlow::Continue(())
            },
        );
        all
    }

    #[test]
    fn order_and_panics_are_the_same_at_any_number_of_jobs() {
        let one = map(0..500, 1);
        assert_eq!(one.len(), 500);
        assert_eq!(one[7], Err("7 has a 7".to_owned()));
        assert_eq!(one[8], Ok(16));
        for jobs in [2, 4, 9] {
            assert_eq!(map(0..500, jobs), one, "{jobs} jobs");
        }
    }

    #[test]
    fn a_panic_of_the_input_ends_it() {
        let items = (0..100).inspect(|&n| assert!(n < 20, "no more"));
        let all = map(items, 3);
        assert_eq!(all.len(), 21);
        assert_eq!(all.last(), Some(&Err("no more".to_owned())));
    }

    #[test]
    fn the_sink_can_stop() {
        let mut seen = 0;
        map_in_order(
            0..,
            3,
            |_| None::<()>,
            |n: u64| n,
            |_, _| 0,
            |batch| {
                seen += batch.len();
                if seen >= 50 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
            },
        );
        assert!(seen >= 50);
    }
}
