//! Two runs side by side.

use super::Report;

/// Each figure that two runs share, with the score of the first and of the second.
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
