//! The prefixes of an export, in a fixed order.

use std::fmt::Write as _;

use crate::vocab::PREFIXES;

use super::Options;

/// The kinds of data nodes whose IRIs are `base kind / hash`: one prefix each. Articles have
/// none: they are the base itself, or stand below it with a fragment.
const KINDS: [&str; 11] = ["c", "e", "f", "g", "h", "l", "n", "p", "s", "t", "v"];

/// The prefixes and their namespaces, by prefix.
pub(super) fn prefixes(options: &Options) -> Vec<(String, String)> {
    let kinds = KINDS.iter().map(|kind| ((*kind).to_owned(), format!("{}{kind}/", options.base)));
    let named = PREFIXES.iter().map(|(prefix, iri)| ((*prefix).to_owned(), (*iri).to_owned()));
    let graph = ("graph".to_owned(), format!("{}graph/", options.base));
    let mut all: Vec<_> = kinds.chain(named).chain([graph]).collect();
    all.sort();
    all
}

/// The base of an export: the article where there is one, else that of all data.
pub(super) fn base(options: &Options) -> &str {
    options.article.as_ref().map_or(&options.base, |article| article.as_str())
}

/// The head of a Turtle or TriG document.
pub(super) fn head(options: &Options, prefixes: &[(String, String)]) -> String {
    let mut head = format!("@base <{}> .\n", base(options));
    for (prefix, iri) in prefixes {
        writeln!(head, "@prefix {prefix}: <{iri}> .").expect("a string takes every write");
    }
    head
}
