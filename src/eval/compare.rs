//! Two runs side by side.

use std::collections::BTreeMap;

use super::{Miss, Report};

/// The figures of both reports where both have them, as percent: name, first, second.
///
/// In the order of the first run's layers and figures.
pub fn compare(first: &Report, second: &Report) -> Vec<(String, Option<f64>, Option<f64>)> {
    let mut rows = Vec::new();
    for layer in &first.layers {
        let Some(other) = second.layers.iter().find(|l| l.name == layer.name) else { continue };
        for (name, figure) in &layer.figures {
            let theirs = other.figures.iter().find(|(n, _)| n == name);
            if let Some((_, theirs)) = theirs {
                rows.push((format!("{} {name}", layer.name), figure.score(), theirs.score()));
            }
        }
    }
    rows
}

/// What one layer of two runs finds differently.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// The layer's name in the gold.
    pub layer: &'static str,
    /// Gold items that only the first run finds.
    pub won: Vec<Miss>,
    /// Gold items that only the second run finds.
    pub lost: Vec<Miss>,
    /// False alarms of the first run alone.
    pub new_alarms: Vec<Miss>,
    /// False alarms of the second run alone.
    pub gone_alarms: Vec<Miss>,
}

/// The items on which two runs differ, layer by layer, in the order of the gold.
pub fn changes(first: &Report, second: &Report) -> Vec<Change> {
    let mut all = Vec::new();
    for layer in &first.layers {
        let Some(other) = second.layers.iter().find(|l| l.name == layer.name) else { continue };
        all.push(Change {
            layer: layer.name,
            won: only(&other.missed, &layer.missed),
            lost: only(&layer.missed, &other.missed),
            new_alarms: only(&layer.false_alarms, &other.false_alarms),
            gone_alarms: only(&other.false_alarms, &layer.false_alarms),
        });
    }
    all
}

/// The items of `these` that are not among `those`, each as often as it is in excess.
fn only(these: &[Miss], those: &[Miss]) -> Vec<Miss> {
    let key = |m: &Miss| (m.article.clone(), m.span, m.what.clone());
    let mut rest: BTreeMap<_, usize> = BTreeMap::new();
    for miss in those {
        *rest.entry(key(miss)).or_default() += 1;
    }
    let excess = these.iter().filter(|miss| match rest.get_mut(&key(miss)) {
        Some(n) if *n > 0 => {
            *n -= 1;
            false
        }
        _ => true,
    });
    excess.cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_item_in_excess_stays_and_equal_ones_cancel_out() {
        let miss = |article: &str, from| Miss {
            article: article.to_owned(),
            span: Some((from, from + 1)),
            what: "date 2022".to_owned(),
        };
        let these = [miss("a", 1), miss("a", 1), miss("b", 2)];
        let those = [miss("a", 1), miss("c", 3)];
        assert_eq!(only(&these, &those), [miss("a", 1), miss("b", 2)]);
        assert_eq!(only(&those, &these), [miss("c", 3)]);
    }
}
