//! The order of an answer's rows.

use oxrdf::Variable;
use spargebra::Query;
use spargebra::algebra::{Expression, GraphPattern, OrderExpression};

/// The ORDER BY that orders an answer, and what stands above it.
pub(super) struct Order<'q> {
    pub(super) distinct: bool,
    pub(super) start: usize,
    pub(super) length: Option<usize>,
    /// The columns of the answer.
    pub(super) columns: &'q [Variable],
    pub(super) keys: &'q mut Vec<OrderExpression>,
    /// What is ordered.
    pub(super) inner: &'q mut GraphPattern,
}

impl<'q> Order<'q> {
    /// `None` for an answer without an order. REDUCED leaves the choice, and here nothing out.
    pub(super) fn of(query: &'q mut Query) -> Option<Self> {
        let Query::Select { pattern, .. } = query else { return None };
        let (mut distinct, mut start, mut length) = (false, 0, None);
        let mut at = pattern;
        loop {
            at = match at {
                GraphPattern::Slice { inner, start: from, length: most } => {
                    (start, length) = (*from, *most);
                    inner
                }
                GraphPattern::Distinct { inner } => {
                    distinct = true;
                    inner
                }
                GraphPattern::Reduced { inner } => inner,
                GraphPattern::Project { inner, variables } => {
                    let GraphPattern::OrderBy { inner, expression } = &mut **inner else {
                        return None;
                    };
                    let (columns, keys) = (variables.as_slice(), expression);
                    return Some(Self { distinct, start, length, columns, keys, inner });
                }
                _ => return None,
            };
        }
    }
}

/// Appends every column to the keys of the ORDER BY that orders the answer.
///
/// Rows that are equal in a question's own keys come as the index happens to give them, in memory
/// another way than on disk. With every column a key, only equal rows are left to change places.
/// An answer without ORDER BY stays without.
pub(crate) fn make_total(query: &mut Query) {
    if let Some(order) = Order::of(query) {
        let columns = order.columns.iter().cloned().map(Expression::from);
        order.keys.extend(columns.map(OrderExpression::Asc));
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
