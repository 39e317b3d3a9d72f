//! What happened: triggers, types, roles, times and which tellings are one happening.
//!
//! [`trigger`] finds the words, [`frame`] gives their type, [`role`] reads who and what takes part
//! off the tree, [`loss`] says why a word tells none, [`time`] ties dates to what they are said of, [`same`] joins tellings. Knows
//! labels of the tree; every word stands in `lang/<code>/event`. Publication dates never enter:
//! an event whose sentence names no time has none.

mod ellipsis;
mod extract;
mod frame;
mod loss;
mod role;
mod same;
mod tables;
mod time;
mod trigger;

pub use extract::extract_events;
pub use loss::{Loss, Lost};
pub use tables::Tables;
pub(crate) use time::{time_said, times_by_governor};
