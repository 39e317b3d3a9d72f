//! Evaluates a bound question on a store.

use oxigraph::sparql::{CancellationToken, QueryResults, SparqlEvaluator};
use oxigraph::store::Store;

use super::error::QueryError;
use super::question::BoundQuestion;

/// Evaluates `question` over the union of all graphs of `store`, unless it says FROM itself.
///
/// The rows come as they are found. `cancel` is looked at at each quad that is read, so not while
/// rows are sorted.
///
/// # Errors
///
/// [`QueryError::Cancelled`] and [`QueryError::Evaluation`]; the same may come out of the rows.
pub fn run(
    question: &BoundQuestion,
    store: &Store,
    cancel: CancellationToken,
) -> Result<QueryResults<'static>, QueryError> {
    let mut prepared =
        SparqlEvaluator::new().with_cancellation_token(cancel).for_query(question.query().clone());
    if prepared.dataset().is_default_dataset() {
        prepared.dataset_mut().set_default_graph_as_union();
    }
    Ok(prepared.on_store(store).execute()?)
}
