//! Whether whoever asked for something still waits for it.
//!
//! Work that may take long looks in [`check`] from time to time; where its time is over, the work
//! ends there and [`within`] says so. So a text made to hurt is one error and holds up nobody. The
//! work itself reads no clock, and its result never depends on one: it comes whole or not at all.
//!
//! It ends by unwinding, which needs no `Result` through every layer, without a panic's message.
//!
//! # Source
//!
//! The cancellation of queries in rust-analyzer and salsa (`Cancelled::throw`).

use std::cell::RefCell;
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

thread_local! {
    static OVER: RefCell<Option<Arc<AtomicBool>>> = const { RefCell::new(None) };
}

/// The time was over before the work was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TimeOver;

/// Does `work` until it is done or `over` becomes true, which it notices at its next [`check`].
///
/// # Errors
///
/// [`TimeOver`] where it was not done.
///
/// # Examples
///
/// ```
/// use std::sync::Arc;
/// use std::sync::atomic::AtomicBool;
///
/// use newsgraph::patience::{TimeOver, check, within};
///
/// let over = Arc::new(AtomicBool::new(true));
/// assert_eq!(within(Arc::clone(&over), || 1), Ok(1));
/// assert_eq!(within(over, || loop { check() }), Err::<(), _>(TimeOver));
/// ```
pub fn within<R>(over: Arc<AtomicBool>, work: impl FnOnce() -> R) -> Result<R, TimeOver> {
    let before = OVER.replace(Some(over));
    // What the work has half done is dropped with it.
    let done = catch_unwind(AssertUnwindSafe(work));
    OVER.set(before);
    done.or_else(|cause| match cause.downcast::<TimeOver>() {
        Ok(over) => Err(*over),
        Err(panic) => resume_unwind(panic),
    })
}

/// Ends the work that [`within`] does where its time is over.
///
/// # Cost
///
/// A few nanoseconds.
pub fn check() {
    let over = OVER.with_borrow(|over| over.as_ref().is_some_and(|o| o.load(Ordering::Relaxed)));
    if over {
        resume_unwind(Box::new(TimeOver));
    }
}
