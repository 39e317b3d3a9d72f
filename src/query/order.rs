//! Makes the order of an answer's rows total.

use spargebra::Query;
use spargebra::algebra::{Expression, GraphPattern, OrderExpression};

/// Appends every column to the keys of the ORDER BY that orders the answer.
///
/// Rows that are equal in a question's own keys come as the index happens to give them, in memory
/// another way than on disk. With every column a key, only equal rows are left to change places.
/// An answer without ORDER BY stays without.
pub(crate) fn make_total(query: &mut Query) {
    let Query::Select { pattern, .. } = query else { return };
    let mut at = pattern;
    loop {
        at = match at {
            GraphPattern::Slice { inner, .. }
            | GraphPattern::Distinct { inner }
            | GraphPattern::Reduced { inner } => inner,
            GraphPattern::Project { inner, variables } => {
                if let GraphPattern::OrderBy { expression, .. } = &mut **inner {
                    let columns = variables.iter().cloned().map(Expression::from);
                    expression.extend(columns.map(OrderExpression::Asc));
                }
                return;
            }
            _ => return,
        };
    }
}

#[cfg(test)]
mod tests {
    use spargebra::SparqlParser;

    use super::*;

    fn totalled(text: &str) -> String {
        let mut query = SparqlParser::new().parse_query(text).unwrap();
        make_total(&mut query);
        query.to_string()
    }

    #[test]
    fn every_column_is_a_key() {
        let text = totalled("SELECT DISTINCT ?a ?b WHERE { ?a ?p ?b } ORDER BY DESC(?p) LIMIT 3");
        assert!(text.contains("ORDER BY DESC(?p) ASC(?a) ASC(?b)"), "{text}");
    }

    #[test]
    fn an_answer_without_an_order_stays_without() {
        let inner = "SELECT ?a WHERE { { SELECT ?a WHERE { ?a ?p ?b } ORDER BY ?a LIMIT 1 } }";
        let text = totalled(inner);
        assert_eq!(text.matches("ASC(?a)").count(), 1, "{text}");
    }
}
