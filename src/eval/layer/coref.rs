//! Which mentions are one: LEA (Moosavi and Strube 2016) and B³ (Bagga and Baldwin 1998).

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::eval::items::{Article, Span, inside, list, mention_spans, span};
use crate::eval::tally::Tally;

type Cluster = BTreeSet<Span>;

pub(in crate::eval) fn score(gold: &[Value], article: &Article<'_>, tally: &mut Tally) {
    let window = article.window();
    let least = article.scope("coref", "min_size").and_then(Value::as_u64).unwrap_or(1);
    let kept = |clusters: Vec<Cluster>| -> Vec<Cluster> {
        clusters
            .into_iter()
            .map(|c| c.into_iter().filter(|s| inside(&[*s], window)).collect::<Cluster>())
            .filter(|c| !c.is_empty() && c.len() as u64 >= least)
            .collect()
    };
    let wished = kept(
        gold.iter().map(|c| list(Some(c)).iter().filter_map(|s| span(Some(s))).collect()).collect(),
    );
    // A span belongs to the first entity that has it.
    let mut seen = Cluster::new();
    let mut given = Vec::new();
    for entity in article.array("entities") {
        let own: Cluster =
            mention_spans(entity).into_iter().filter(|s| !seen.contains(s)).collect();
        seen.extend(own.iter().copied());
        given.push(own);
    }
    let given = kept(given);
    for (name, measure) in [("lea", lea as fn(&[Cluster], &[Cluster]) -> (f64, f64)), ("b3", b3)] {
        let (found, all) = measure(&wished, &given);
        let (right, predicted) = measure(&given, &wished);
        tally.split(name, right, predicted, found, all);
    }
    let flat = |clusters: &[Cluster]| -> Cluster { clusters.iter().flatten().copied().collect() };
    let (g, p) = (flat(&wished), flat(&given));
    tally.add("mention_spans", g.intersection(&p).count(), p.len(), g.len());
}

fn b3(key: &[Cluster], response: &[Cluster]) -> (f64, f64) {
    let of: BTreeMap<Span, &Cluster> =
        response.iter().flat_map(|c| c.iter().map(move |m| (*m, c))).collect();
    let mut found = 0.0;
    for cluster in key {
        for mention in cluster {
            if let Some(other) = of.get(mention) {
                found += cluster.intersection(other).count() as f64 / cluster.len() as f64;
            }
        }
    }
    (found, key.iter().map(Cluster::len).sum::<usize>() as f64)
}

fn lea(key: &[Cluster], response: &[Cluster]) -> (f64, f64) {
    let of: BTreeMap<Span, usize> =
        response.iter().enumerate().flat_map(|(i, c)| c.iter().map(move |m| (*m, i))).collect();
    let links = |n: usize| (n * n.saturating_sub(1)) as f64 / 2.0;
    let (mut found, mut all) = (0.0, 0.0);
    for cluster in key {
        let size = cluster.len() as f64;
        all += size;
        if cluster.len() == 1 {
            let alone = cluster
                .first()
                .and_then(|m| of.get(m))
                .is_some_and(|&i| response.get(i).is_some_and(|c| c.len() == 1));
            found += f64::from(u8::from(alone));
            continue;
        }
        let mut groups: BTreeMap<usize, usize> = BTreeMap::new();
        for mention in cluster {
            if let Some(&i) = of.get(mention) {
                *groups.entry(i).or_default() += 1;
            }
        }
        let resolved: f64 = groups.values().map(|&n| links(n)).sum();
        found += size * resolved / links(cluster.len());
    }
    (found, all)
}
