//! Puts the values of parameters into the algebra of a question.
//!
//! The meaning is that of SHACL's pre-binding: every `?name` of a parameter that has a value
//! becomes that value, in any scope. `substitute_variable` wants the variable projected, and a
//! VALUES row joined on top is silently wrong where a FILTER stands in an inner group; replacing
//! in the algebra is right in both, and the result is text again for another engine.
//!
//! No `match` here has a wildcard arm: a form that a later spargebra adds must fail to compile
//! instead of being skipped.

use std::collections::BTreeMap;

use oxrdf::{Term, Variable};
use spargebra::Query;
use spargebra::algebra::{AggregateExpression, Expression, GraphPattern, OrderExpression};
use spargebra::term::{NamedNodePattern, TermPattern, TriplePattern};

use super::error::QueryError;

/// Parameter name → IRI or literal.
pub(crate) type Values = BTreeMap<String, Term>;

type Done = Result<(), QueryError>;

/// Replaces the variables that have a value.
pub(crate) fn bind(query: &mut Query, values: &Values) -> Done {
    match query {
        Query::Select { pattern: inner, .. }
        | Query::Ask { pattern: inner, .. }
        | Query::Describe { pattern: inner, .. } => pattern(inner, values),
        Query::Construct { template, pattern: inner, .. } => {
            template.iter_mut().try_for_each(|t| triple(t, values))?;
            pattern(inner, values)
        }
    }
}

fn pattern(p: &mut GraphPattern, values: &Values) -> Done {
    use GraphPattern as G;
    match p {
        G::Bgp { patterns } => patterns.iter_mut().try_for_each(|t| triple(t, values)),
        G::Path { subject, path: _, object } => {
            node(subject, values);
            node(object, values);
            Ok(())
        }
        G::Join { left, right }
        | G::Lateral { left, right }
        | G::Union { left, right }
        | G::Minus { left, right } => {
            pattern(left, values)?;
            pattern(right, values)
        }
        G::LeftJoin { left, right, expression: condition } => {
            pattern(left, values)?;
            pattern(right, values)?;
            condition.iter_mut().try_for_each(|e| expression(e, values))
        }
        G::Filter { expr, inner } => {
            expression(expr, values)?;
            pattern(inner, values)
        }
        G::Graph { name, inner } | G::Service { name, inner, silent: _ } => {
            named(name, values)?;
            pattern(inner, values)
        }
        G::Extend { inner, variable, expression: value } => {
            not_assigned(variable, values)?;
            expression(value, values)?;
            pattern(inner, values)
        }
        G::Values { variables, bindings: _ } => {
            variables.iter().try_for_each(|v| not_assigned(v, values))
        }
        G::OrderBy { inner, expression: keys } => {
            for OrderExpression::Asc(key) | OrderExpression::Desc(key) in keys {
                expression(key, values)?;
            }
            pattern(inner, values)
        }
        G::Distinct { inner } | G::Reduced { inner } | G::Slice { inner, start: _, length: _ } => {
            pattern(inner, values)
        }
        G::Project { inner, variables } => {
            pattern(inner, values)?;
            keep_columns(inner, variables, values);
            Ok(())
        }
        G::Group { inner, variables, aggregates } => {
            for (_, aggregate) in aggregates {
                match aggregate {
                    AggregateExpression::CountSolutions { distinct: _ } => {}
                    AggregateExpression::FunctionCall { name: _, expr, distinct: _ } => {
                        expression(expr, values)?;
                    }
                }
            }
            pattern(inner, values)?;
            keep_columns(inner, variables, values);
            Ok(())
        }
    }
}

/// A parameter that is projected or grouped by stays a column: it is put back as a constant,
/// unless the pattern below (a GROUP BY of it) already gives it.
fn keep_columns(inner: &mut Box<GraphPattern>, variables: &[Variable], values: &Values) {
    for variable in variables {
        if let Some(term) = values.get(variable.as_str()) {
            let mut seen = false;
            inner.on_in_scope_variable(|v| seen |= v == variable);
            if !seen {
                let old = std::mem::take(&mut **inner);
                **inner = GraphPattern::Extend {
                    inner: Box::new(old),
                    variable: variable.clone(),
                    expression: constant(term),
                };
            }
        }
    }
}

fn triple(t: &mut TriplePattern, values: &Values) -> Done {
    node(&mut t.subject, values);
    named(&mut t.predicate, values)?;
    node(&mut t.object, values);
    Ok(())
}

fn node(term: &mut TermPattern, values: &Values) {
    match term {
        TermPattern::Variable(v) => {
            if let Some(value) = values.get(v.as_str()) {
                *term = value.clone().into();
            }
        }
        TermPattern::NamedNode(_) | TermPattern::BlankNode(_) | TermPattern::Literal(_) => {}
    }
}

fn named(term: &mut NamedNodePattern, values: &Values) -> Done {
    match term {
        NamedNodePattern::NamedNode(_) => Ok(()),
        NamedNodePattern::Variable(v) => match values.get(v.as_str()) {
            None => Ok(()),
            Some(Term::NamedNode(iri)) => {
                *term = iri.clone().into();
                Ok(())
            }
            Some(Term::BlankNode(_) | Term::Literal(_)) => {
                Err(QueryError::NotAnIri { name: v.as_str().to_owned() })
            }
        },
    }
}

fn expression(e: &mut Expression, values: &Values) -> Done {
    use Expression as E;
    match e {
        E::NamedNode(_) | E::Literal(_) => Ok(()),
        E::Variable(v) => {
            if let Some(value) = values.get(v.as_str()) {
                *e = constant(value);
            }
            Ok(())
        }
        E::Bound(v) => {
            if values.contains_key(v.as_str()) {
                *e = E::Literal(true.into());
            }
            Ok(())
        }
        E::Or(a, b)
        | E::And(a, b)
        | E::Equal(a, b)
        | E::SameTerm(a, b)
        | E::Greater(a, b)
        | E::GreaterOrEqual(a, b)
        | E::Less(a, b)
        | E::LessOrEqual(a, b)
        | E::Add(a, b)
        | E::Subtract(a, b)
        | E::Multiply(a, b)
        | E::Divide(a, b) => {
            expression(a, values)?;
            expression(b, values)
        }
        E::UnaryPlus(a) | E::UnaryMinus(a) | E::Not(a) => expression(a, values),
        E::In(a, list) => {
            expression(a, values)?;
            list.iter_mut().try_for_each(|x| expression(x, values))
        }
        E::Exists(inner) => pattern(inner, values),
        E::If(a, b, c) => {
            expression(a, values)?;
            expression(b, values)?;
            expression(c, values)
        }
        E::Coalesce(list) | E::FunctionCall(_, list) => {
            list.iter_mut().try_for_each(|x| expression(x, values))
        }
    }
}

fn constant(term: &Term) -> Expression {
    match term {
        Term::NamedNode(iri) => Expression::NamedNode(iri.clone()),
        Term::Literal(literal) => Expression::Literal(literal.clone()),
        // No parameter's type makes a blank node; one would match nothing, as a fresh one does.
        Term::BlankNode(node) => Expression::Literal(node.as_str().into()),
    }
}

fn not_assigned(variable: &Variable, values: &Values) -> Done {
    if values.contains_key(variable.as_str()) {
        return Err(QueryError::Assigned { name: variable.as_str().to_owned() });
    }
    Ok(())
}
