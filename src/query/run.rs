//! Evaluates a bound question on a store.

use std::num::NonZero;

use oxigraph::sparql::{
    CancellationToken, QueryEvaluationError, QueryResults, QuerySolutionIter, QueryTripleIter,
    SparqlEvaluator,
};
use oxigraph::store::Store;

use super::error::QueryError;
use super::question::BoundQuestion;
use super::sort::Sorting;

/// More rows than were allowed, on its way through the evaluator's rows.
#[derive(Debug, thiserror::Error)]
#[error("more than {0} rows")]
pub(super) struct TooMany(pub(super) usize);

/// Evaluates `question` over the union of all graphs of `store`, unless it says FROM itself.
///
/// The rows come as they are found, or, where the question orders them, sorted. `cancel` is looked
/// at at each quad that is read.
///
/// # Errors
///
/// [`QueryError::Cancelled`] and [`QueryError::Evaluation`]; the same may come out of the rows.
pub fn run(
    question: &BoundQuestion,
    store: &Store,
    cancel: CancellationToken,
) -> Result<QueryResults<'static>, QueryError> {
    run_within(question, store, cancel, NonZero::<usize>::MAX)
}

/// As [`run`], with at most `most` rows or triples, before any are sorted or left out.
///
/// # Errors
///
/// As [`run`], and [`QueryError::TooManyRows`], which may come out of the rows too.
pub fn run_within(
    question: &BoundQuestion,
    store: &Store,
    cancel: CancellationToken,
    most: NonZero<usize>,
) -> Result<QueryResults<'static>, QueryError> {
    let sorting = Sorting::of(question.query());
    let query = sorting.as_ref().map_or(question.query(), |sorting| &sorting.query);
    let mut prepared =
        SparqlEvaluator::new().with_cancellation_token(cancel).for_query(query.clone());
    if prepared.dataset().is_default_dataset() {
        prepared.dataset_mut().set_default_graph_as_union();
    }
    Ok(match (prepared.on_store(store).execute()?, sorting) {
        (QueryResults::Solutions(rows), sorting) => {
            let columns = rows.variables().to_vec();
            let rows = QuerySolutionIter::new(columns.into(), at_most(rows, most));
            QueryResults::Solutions(match sorting {
                Some(sorting) => sorting.sort(rows)?,
                None => rows,
            })
        }
        (QueryResults::Graph(triples), _) => {
            QueryResults::Graph(QueryTripleIter::new(at_most(triples, most)))
        }
        (answer @ QueryResults::Boolean(_), _) => answer,
    })
}

/// The items, and an error in place of the one after the last that is allowed.
pub(super) fn at_most<T>(
    items: impl Iterator<Item = Result<T, QueryEvaluationError>>,
    most: NonZero<usize>,
) -> impl Iterator<Item = Result<T, QueryEvaluationError>> {
    let most = most.get();
    items.take(most.saturating_add(1)).enumerate().map(move |(i, item)| {
        if i == most {
            Err(QueryEvaluationError::Unexpected(Box::new(TooMany(most))))
        } else {
            item
        }
    })
}
