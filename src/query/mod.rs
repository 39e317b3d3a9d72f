//! Saved questions: their heads, their typed parameters, their answers.
//!
//! A question is SPARQL with a head in comments ([`Head`]); [`Library`] holds those that are
//! embedded and those of a folder. [`Question::bind`] puts values for parameters into the algebra,
//! never into the text; [`run`] evaluates the [`BoundQuestion`] on a store, and
//! [`rows::write_answer`] writes what comes out. The bound question is also text
//! (`BoundQuestion::to_string`), which [`Endpoint`] puts to an engine elsewhere.
//!
//! Knows no file, no clock and no terminal: texts, cancellation tokens and widths are handed in.

mod bind;
mod endpoint;
mod engine;
mod entity;
mod error;
mod head;
mod library;
mod order;
mod parameter;
mod prefix;
mod question;
pub mod rows;
mod run;
mod sort;
mod syntax;

pub use endpoint::{Endpoint, EndpointError};
pub use engine::Engine;
pub use entity::{Candidate, find_entities};
pub use error::QueryError;
pub(crate) use error::nearest;
pub use head::Head;
pub use library::{Library, check_texts};
pub use parameter::{Parameter, ParameterDefault, ParameterType};
pub use prefix::shorten;
pub use question::{AnswerKind, BoundQuestion, Question};
pub use run::{run, run_within};
