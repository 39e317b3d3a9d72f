//! Lean graph → full graph.
