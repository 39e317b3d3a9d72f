//! The checks that are questions: `queries/check/<defect>.rq`, each row one violation.

use oxigraph::model::Term;
use oxigraph::sparql::{CancellationToken, QueryResults};
use oxigraph::store::Store as Oxigraph;

use super::Violation;
use crate::query::{QueryError, Question, check_texts, run};

/// The names and texts of the checks that are questions.
pub fn checks() -> impl Iterator<Item = (&'static str, &'static str)> {
    check_texts()
}

/// Asks each check's question; the first column of a row is the node at fault, the others say why.
///
/// # Errors
///
/// A check that cannot be parsed or evaluated.
pub fn check_graphs(oxigraph: &Oxigraph) -> Result<Vec<Violation>, QueryError> {
    let mut found = Vec::new();
    for (defect, text) in checks() {
        let question = Question::parse(defect, text)?;
        let summary = question.head().summary.clone();
        let bound = question.bind(&[], oxigraph)?;
        let QueryResults::Solutions(rows) = run(&bound, oxigraph, CancellationToken::new())? else {
            continue;
        };
        for row in rows {
            let row = row.map_err(QueryError::from)?;
            let mut cells = row.iter().map(|(name, term)| (name.as_str().to_owned(), shown(term)));
            let at = cells.next().map_or_else(String::new, |(_, node)| node);
            let why: Vec<String> = cells.map(|(name, cell)| format!("{name} {cell}")).collect();
            let what = match why.as_slice() {
                [] => summary.clone(),
                why => format!("{summary}: {}", why.join(", ")),
            };
            found.push(Violation::new(defect, &at, what));
        }
    }
    found.sort();
    Ok(found)
}

fn shown(term: &Term) -> String {
    match term {
        Term::NamedNode(node) => node.as_str().to_owned(),
        Term::Literal(literal) => literal.value().to_owned(),
        Term::BlankNode(node) => node.to_string(),
    }
}
