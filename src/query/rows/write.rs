//! Writes an answer in a format.

use std::io::Write;

use oxigraph::io::RdfFormat;
use oxigraph::sparql::results::{QueryResultsFormat, QueryResultsSerializer};
use oxigraph::sparql::{QueryResults, QuerySolutionIter};
use oxrdf::Term;
use oxrdf::vocab::xsd;

use super::graph::write_graph;
use super::labels::Labels;
use super::table::{Align, render_table};
use crate::query::engine::Engine;
use crate::query::error::QueryError;
use crate::query::question::AnswerKind;

/// How an answer is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AnswerFormat {
    /// For people: labels in place of IRIs, aligned and folded.
    Table,
    /// Plain values between tabs; a tab, line feed or backslash in a value is written `\t`, `\n`,
    /// `\\`.
    Tsv,
    /// SPARQL 1.1 results as CSV.
    Csv,
    /// SPARQL 1.1 results as JSON.
    Json,
    /// SPARQL results as XML.
    Xml,
    /// A graph as Turtle.
    Turtle,
    /// A graph as TriG.
    Trig,
    /// A graph as N-Quads.
    Nquads,
}

/// How a table looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TableStyle {
    /// Columns of the terminal.
    pub width: usize,
    /// Whether the header is in bold letters.
    pub bold: bool,
}

/// What was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    /// So many rows, and whether the limit left some out.
    Rows {
        /// How many.
        count: usize,
        /// Whether there are more.
        cut: bool,
    },
    /// Yes or no.
    Boolean(bool),
    /// So many triples, and whether the limit left some out.
    Triples {
        /// How many.
        count: usize,
        /// Whether there are more.
        cut: bool,
    },
}

impl AnswerFormat {
    /// Every format with its name.
    pub const ALL: &'static [(Self, &'static str)] = &[
        (Self::Table, "table"),
        (Self::Tsv, "tsv"),
        (Self::Csv, "csv"),
        (Self::Json, "json"),
        (Self::Xml, "xml"),
        (Self::Turtle, "turtle"),
        (Self::Trig, "trig"),
        (Self::Nquads, "nquads"),
    ];

    /// What an answer is written in where nothing else is asked for.
    pub fn usual(kind: AnswerKind) -> Self {
        match kind {
            AnswerKind::Rows | AnswerKind::Boolean => Self::Table,
            AnswerKind::Graph => Self::Turtle,
        }
    }

    /// Checks that an answer of this kind can be written in this format.
    ///
    /// # Errors
    ///
    /// [`QueryError::Format`] with the formats that fit.
    pub fn check(self, kind: AnswerKind) -> Result<(), QueryError> {
        let rdf = self.rdf().is_some();
        match kind {
            AnswerKind::Graph if !rdf => Err(QueryError::Format {
                form: "CONSTRUCT and DESCRIBE",
                what: "a graph",
                formats: "turtle, trig or nquads",
            }),
            AnswerKind::Rows if rdf => Err(QueryError::Format {
                form: "SELECT",
                what: "rows",
                formats: "table, tsv, csv, json or xml",
            }),
            AnswerKind::Boolean if rdf => Err(QueryError::Format {
                form: "ASK",
                what: "yes or no",
                formats: "table, tsv, csv, json or xml",
            }),
            AnswerKind::Graph | AnswerKind::Rows | AnswerKind::Boolean => Ok(()),
        }
    }

    fn rdf(self) -> Option<RdfFormat> {
        match self {
            Self::Turtle => Some(RdfFormat::Turtle),
            Self::Trig => Some(RdfFormat::TriG),
            Self::Nquads => Some(RdfFormat::NQuads),
            Self::Table | Self::Tsv | Self::Csv | Self::Json | Self::Xml => None,
        }
    }

    fn standard(self) -> Option<QueryResultsFormat> {
        match self {
            Self::Csv => Some(QueryResultsFormat::Csv),
            Self::Json => Some(QueryResultsFormat::Json),
            Self::Xml => Some(QueryResultsFormat::Xml),
            Self::Table | Self::Tsv | Self::Turtle | Self::Trig | Self::Nquads => None,
        }
    }
}

/// Writes an answer. `engine` gives a table its labels; at most `limit` rows or triples are written.
///
/// Rows are written as they come, but for a table, which has to know its widths; a graph is
/// collected and sorted.
///
/// # Errors
///
/// Where the format does not fit the answer, the evaluation fails midway, or `out` does.
pub fn write_answer(
    answer: QueryResults<'_>,
    engine: &dyn Engine,
    format: AnswerFormat,
    style: TableStyle,
    limit: Option<usize>,
    mut out: impl Write,
) -> Result<Shown, QueryError> {
    let limit = limit.unwrap_or(usize::MAX);
    match answer {
        QueryResults::Boolean(value) => {
            format.check(AnswerKind::Boolean)?;
            match format.standard() {
                Some(standard) => {
                    QueryResultsSerializer::from_format(standard)
                        .serialize_boolean_to_writer(&mut out, value)?;
                    writeln!(out)?;
                }
                None => writeln!(out, "{value}")?,
            }
            Ok(Shown::Boolean(value))
        }
        QueryResults::Graph(triples) => {
            format.check(AnswerKind::Graph)?;
            let rdf = format.rdf().expect("the check has let only graph formats through");
            let mut kept = Vec::new();
            let mut cut = false;
            for triple in triples {
                cut = kept.len() == limit;
                if cut {
                    break;
                }
                kept.push(triple?);
            }
            let count = kept.len();
            write_graph(kept, rdf, out)?;
            Ok(Shown::Triples { count, cut })
        }
        QueryResults::Solutions(rows) => {
            format.check(AnswerKind::Rows)?;
            match (format, format.standard()) {
                (_, Some(standard)) => write_rows(rows, standard, limit, out),
                (AnswerFormat::Table, None) => write_table(rows, engine, style, limit, out),
                (_, None) => write_tsv(rows, limit, out),
            }
        }
    }
}

/// Writes an answer for machines: rows and booleans in one of the formats of SPARQL 1.1, a graph in
/// one of RDF.
///
/// # Errors
///
/// As [`write_answer`].
pub fn write_standard(
    answer: QueryResults<'_>,
    rows: QueryResultsFormat,
    graph: RdfFormat,
    out: impl Write,
) -> Result<(), QueryError> {
    match answer {
        QueryResults::Boolean(value) => {
            QueryResultsSerializer::from_format(rows).serialize_boolean_to_writer(out, value)?;
        }
        QueryResults::Graph(triples) => {
            write_graph(triples.collect::<Result<_, _>>()?, graph, out)?;
        }
        QueryResults::Solutions(solutions) => {
            write_rows(solutions, rows, usize::MAX, out)?;
        }
    }
    Ok(())
}

fn write_rows(
    rows: QuerySolutionIter<'_>,
    format: QueryResultsFormat,
    limit: usize,
    mut out: impl Write,
) -> Result<Shown, QueryError> {
    let mut serializer = QueryResultsSerializer::from_format(format)
        .serialize_solutions_to_writer(&mut out, rows.variables().to_vec())?;
    let mut count = 0;
    let mut cut = false;
    for row in rows {
        cut = count == limit;
        if cut {
            break;
        }
        serializer.serialize(&row?)?;
        count += 1;
    }
    serializer.finish()?;
    if matches!(format, QueryResultsFormat::Json | QueryResultsFormat::Xml) {
        writeln!(out)?;
    }
    Ok(Shown::Rows { count, cut })
}

fn write_tsv(
    rows: QuerySolutionIter<'_>,
    limit: usize,
    mut out: impl Write,
) -> Result<Shown, QueryError> {
    let header: Vec<_> = rows.variables().iter().map(|v| v.as_str().to_owned()).collect();
    writeln!(out, "{}", header.join("\t"))?;
    let mut count = 0;
    let mut cut = false;
    for row in rows {
        cut = count == limit;
        if cut {
            break;
        }
        let row = row?;
        let cells: Vec<String> =
            row.values().iter().map(|cell| cell.as_ref().map_or(String::new(), plain)).collect();
        writeln!(out, "{}", cells.join("\t"))?;
        count += 1;
    }
    Ok(Shown::Rows { count, cut })
}

fn plain(term: &Term) -> String {
    let value = match term {
        Term::NamedNode(iri) => iri.as_str(),
        Term::Literal(literal) => literal.value(),
        Term::BlankNode(node) => return node.to_string(),
    };
    value.replace('\\', "\\\\").replace('\t', "\\t").replace('\n', "\\n").replace('\r', "\\r")
}

fn write_table(
    rows: QuerySolutionIter<'_>,
    engine: &dyn Engine,
    style: TableStyle,
    limit: usize,
    mut out: impl Write,
) -> Result<Shown, QueryError> {
    let header: Vec<String> = rows.variables().iter().map(|v| v.as_str().to_owned()).collect();
    let mut kept: Vec<Vec<Option<Term>>> = Vec::new();
    let mut cut = false;
    for row in rows {
        cut = kept.len() == limit;
        if cut {
            break;
        }
        kept.push(row?.values().to_vec());
    }
    let labels = Labels::of_all(kept.iter().flatten().flatten(), engine)?;
    let mut numeric = vec![true; header.len()];
    let mut cells: Vec<Vec<String>> = Vec::new();
    for row in &kept {
        let row = row.iter().zip(&mut numeric).map(|(cell, numeric)| {
            let Some(term) = cell else { return String::new() };
            *numeric &= is_number(term);
            labels.of(term)
        });
        cells.push(row.collect());
    }
    let align: Vec<Align> =
        numeric.iter().map(|&n| if n { Align::Right } else { Align::Left }).collect();
    out.write_all(render_table(&header, &cells, &align, style.width, style.bold).as_bytes())?;
    Ok(Shown::Rows { count: cells.len(), cut })
}

fn is_number(term: &Term) -> bool {
    let Term::Literal(literal) = term else { return false };
    let datatype = literal.datatype();
    [xsd::INTEGER, xsd::DECIMAL, xsd::DOUBLE, xsd::FLOAT].contains(&datatype)
}
