//! An analysed article becomes facts.
//!
//! The parts run in one fixed order; each takes the [`Document`](crate::text::Document) and what
//! earlier parts found, and returns its own layer:
//! time → quantity → mention → coref → link → event → modality → relation → statement.

pub mod coref;
pub mod mention;
pub mod time;
mod trace;

pub use trace::{Rule, Traced};
