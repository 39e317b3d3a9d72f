//! Writes answers: rows as a table, TSV, CSV, JSON or XML; graphs as Turtle, TriG or N-Quads.

mod graph;
mod labels;
mod table;
mod write;

pub use table::{Align, render_table};
pub use write::{AnswerFormat, Shown, TableStyle, write_answer, write_standard};
