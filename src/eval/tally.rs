//! Counts, and the figures that come of them.

use indexmap::IndexMap;

use super::Miss;

/// A measured figure.
#[derive(Clone, Debug, PartialEq)]
pub enum Figure {
    /// Precision, recall and F1 in percent, and the counts behind them.
    F {
        /// Right predictions of all predictions, in percent.
        precision: f64,
        /// Gold items found of all gold items, in percent.
        recall: f64,
        /// Harmonic mean.
        f1: f64,
        /// Predictions.
        predicted: f64,
        /// Gold items.
        gold: f64,
    },
    /// A share of the items that were matched, in percent; none where nothing was.
    Accuracy {
        /// The share.
        accuracy: Option<f64>,
        /// Of how many.
        of: usize,
    },
}

/// Figures by name.
pub type Figures = Vec<(String, Figure)>;

impl Figure {
    /// F1, or the accuracy.
    pub fn score(&self) -> Option<f64> {
        match self {
            Self::F { f1, .. } => Some(*f1),
            Self::Accuracy { accuracy, .. } => *accuracy,
        }
    }
}

#[derive(Clone, Copy, Debug, Default)]
struct Counts {
    right_of_predicted: f64,
    right_of_gold: f64,
    predicted: f64,
    gold: f64,
    rate: bool,
}

/// The counts of one layer over the articles seen so far.
#[derive(Debug, Default)]
pub(super) struct Tally {
    counts: IndexMap<String, Counts>,
    /// The article that is being counted.
    pub(super) article: String,
    pub(super) missed: Vec<Miss>,
    pub(super) false_alarms: Vec<Miss>,
}

impl Tally {
    /// Adds counts with one number of right items.
    pub(super) fn add(&mut self, name: &str, right: usize, predicted: usize, gold: usize) {
        let right = right as f64;
        self.split(name, right, predicted as f64, right, gold as f64);
    }

    /// Adds counts whose right items are counted apart for precision and recall.
    pub(super) fn split(&mut self, name: &str, of_p: f64, predicted: f64, of_g: f64, gold: f64) {
        let counts = self.counts.entry(name.to_owned()).or_default();
        counts.right_of_predicted += of_p;
        counts.predicted += predicted;
        counts.right_of_gold += of_g;
        counts.gold += gold;
    }

    /// Adds to a share.
    pub(super) fn rate(&mut self, name: &str, hit: usize, of: usize) {
        let counts = self.counts.entry(name.to_owned()).or_default();
        counts.rate = true;
        counts.right_of_gold += hit as f64;
        counts.gold += of as f64;
    }

    /// Notes a miss.
    pub(super) fn miss(&mut self, span: Option<(usize, usize)>, what: String) {
        self.missed.push(Miss { article: self.article.clone(), span, what });
    }

    /// Notes a false alarm.
    pub(super) fn false_alarm(&mut self, span: Option<(usize, usize)>, what: String) {
        self.false_alarms.push(Miss { article: self.article.clone(), span, what });
    }

    /// The figures, rounded to hundredths of a percent.
    pub(super) fn figures(&self) -> Figures {
        self.counts.iter().map(|(name, counts)| (name.clone(), figure(*counts))).collect()
    }
}

fn figure(c: Counts) -> Figure {
    if c.rate {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a count")]
        let of = c.gold as usize;
        let accuracy = (of > 0).then(|| rounded(100.0 * c.right_of_gold / c.gold));
        return Figure::Accuracy { accuracy, of };
    }
    let share = |a: f64, b: f64| if b > 0.0 { a / b } else { 0.0 };
    let p = share(c.right_of_predicted, c.predicted);
    let r = share(c.right_of_gold, c.gold);
    let f = if p + r > 0.0 { 2.0 * p * r / (p + r) } else { 0.0 };
    Figure::F {
        precision: rounded(100.0 * p),
        recall: rounded(100.0 * r),
        f1: rounded(100.0 * f),
        predicted: rounded(c.predicted),
        gold: rounded(c.gold),
    }
}

/// To two decimals, as printing does it: the nearest decimal of the exact binary value.
fn rounded(x: f64) -> f64 {
    format!("{x:.2}").parse().unwrap_or(x)
}
