//! Scores: how far predicted facts agree with a gold set, layer by layer.
//!
//! Gold and predictions are JSON, as the gold sets and the facts contract write them; offsets are
//! scalar values on both sides, so nothing is converted. The measures are those of the public
//! scorers of each layer: overlap and exact spans, token overlap of reported content, values of
//! time expressions, LEA and B³ for coreference, PLOVER types of coded sentences.
//! Knows neither how facts are made nor where files lie.

mod compare;
mod items;
mod layer;
mod tally;
mod words;

pub use compare::{Change, changes, compare};
pub use layer::LAYERS;
pub use tally::{Figure, Figures};

use std::collections::BTreeMap;

use serde_json::Value;

use items::Article;
use tally::Tally;

/// What was scored.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Report {
    /// Gold articles.
    pub articles: usize,
    /// Those without a prediction.
    pub missing: usize,
    /// Those predicted on another text, scored as empty.
    pub text_mismatch: usize,
    /// The layers that the gold carries, in the order of [`LAYERS`].
    pub layers: Vec<Layer>,
}

/// The scores of one layer.
#[derive(Clone, Debug, PartialEq)]
pub struct Layer {
    /// Its name in the gold.
    pub name: &'static str,
    /// Articles that carry it.
    pub articles: usize,
    /// The figure that is quoted.
    pub headline: &'static str,
    /// All figures, in the order in which they were made.
    pub figures: Figures,
    /// What was missed, with its article.
    pub missed: Vec<Miss>,
    /// What was predicted and is not in the gold.
    pub false_alarms: Vec<Miss>,
}

/// One error.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Miss {
    /// The article's id.
    pub article: String,
    /// First and one past the last scalar value, where the item has a place.
    pub span: Option<(usize, usize)>,
    /// What the item says.
    pub what: String,
}

/// Scores predictions against gold rows.
///
/// `gold` rows are `{"id", "gold": {layer: …}, "scope"?}`, `predicted` facts objects; `texts` gives
/// the text of an article by id, which shows predictions made on another text. A gold article
/// without a prediction counts as an empty one. `layers` restricts to some layers.
pub fn score(
    gold: &[Value],
    predicted: &[Value],
    texts: &BTreeMap<String, String>,
    layers: Option<&[String]>,
) -> Report {
    let facts: BTreeMap<String, &Value> =
        predicted.iter().filter_map(|facts| Some((items::facts_id(facts)?, facts))).collect();
    let mut report = Report::default();
    let mut tallies: BTreeMap<&'static str, (usize, Tally)> = BTreeMap::new();
    for row in gold {
        let id = items::id(row.get("id"));
        report.articles += 1;
        let mut found = facts.get(&id).copied();
        let own = found.and_then(|f| f.get("article")?.get("text")?.as_str());
        let text = texts.get(&id).map(String::as_str).or(own);
        if found.is_none() {
            report.missing += 1;
        } else if own.is_some() && own != text {
            report.text_mismatch += 1;
            found = None;
        }
        let empty = Value::Null;
        let article = Article::new(&id, text, found.unwrap_or(&empty), row.get("scope"));
        for (name, scorer) in layer::SCORERS {
            let wanted = layers.is_none_or(|only| only.iter().any(|l| l == name));
            let Some(items) = row.get("gold").and_then(|g| g.get(*name)).filter(|_| wanted) else {
                continue;
            };
            let (articles, tally) = tallies.entry(name).or_default();
            *articles += 1;
            tally.article.clone_from(&id);
            scorer(items.as_array().map_or(&[][..], Vec::as_slice), &article, tally);
        }
    }
    for name in LAYERS {
        if let Some((articles, tally)) = tallies.remove(name) {
            report.layers.push(Layer {
                name,
                articles,
                headline: layer::headline(name),
                figures: tally.figures(),
                missed: tally.missed,
                false_alarms: tally.false_alarms,
            });
        }
    }
    report
}

impl Layer {
    /// The headline figure in percent.
    pub fn score(&self) -> Option<f64> {
        self.figures.iter().find(|(name, _)| name == self.headline).and_then(|(_, f)| f.score())
    }
}
