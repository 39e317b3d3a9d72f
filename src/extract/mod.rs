//! An analysed article becomes facts.
//!
//! The parts run in one fixed order; each takes the [`Document`](crate::text::Document) and what
//! earlier parts found, and returns its own layer:
//! time → quantity → mention → coref → link → relation → event → modality → statement.

mod behind;
mod clause;
pub mod coref;
pub mod event;
mod extractor;
mod filler;
pub mod link;
mod mend;
pub mod mention;
mod modality;
mod pack_file;
pub mod quantity;
pub mod relation;
pub mod statement;
pub mod time;
mod trace;
mod why;
mod why_lost;

pub use behind::{Making, Sought, behind};
pub use extractor::{Extraction, Extractor, ExtractorError, Layer, Trace};
pub use pack_file::PackFileError;
pub use trace::{Rule, Traced};
pub use why::{Place, Step, Token, why_not};
