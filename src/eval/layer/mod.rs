//! One file a layer.

mod coded;
mod coref;
mod events;
mod links;
mod mentions;
mod quantities;
mod readings;
mod relations;
mod statements;
mod times;

use serde_json::Value;

use super::items::Article;
use super::tally::Tally;

/// The layers that can be scored, in the order in which they are shown.
pub const LAYERS: [&str; 9] = [
    "mentions",
    "times",
    "statements",
    "events",
    "quantities",
    "relations",
    "links",
    "coref",
    "coded",
];

/// Scores the gold items of one article.
pub(super) type Scorer = fn(&[Value], &Article<'_>, &mut Tally);

pub(super) const SCORERS: &[(&str, Scorer)] = &[
    ("mentions", mentions::score),
    ("times", times::score),
    ("statements", statements::score),
    ("events", events::score),
    ("quantities", quantities::score),
    ("relations", relations::score),
    ("links", links::score),
    ("coref", coref::score),
    ("coded", coded::score),
];

/// The figure of a layer that is quoted.
pub(super) fn headline(layer: &str) -> &'static str {
    match layer {
        "mentions" => "strict_span",
        "times" => "value",
        "statements" => "content_and_source",
        "events" => "trigger",
        "quantities" => "number",
        "relations" => "soft",
        "links" => "overlap",
        "coref" => "lea",
        _ => "type",
    }
}
