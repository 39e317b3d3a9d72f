//! Keeps an index that outlives the process in step with the segments.
//!
//! Beside the index lies a list of the graphs that it surely has, each with the hash of its
//! content. Before anything is touched, the list is cut down to what stays; only when all is
//! loaded does it name the new. So a crash at any point leaves a list that is true, and the next
//! to open the index repairs it: whatever is there and not in the list goes, whatever is missing
//! is loaded.

use std::collections::BTreeMap;

use oxigraph::model::NamedOrBlankNode;
use oxigraph::store::Store as Oxigraph;

use super::memory;
use crate::store::derived::Derived;
use crate::store::error::Result;
use crate::store::layout::{self, Layout};
use crate::store::segment::Head;
use crate::store::{Store, hash};

/// Graphs by the local part of their names, with the hashes of their contents.
pub(super) type Graphs = BTreeMap<String, String>;

/// The graphs that an index of `store` and `graphs` has.
pub(super) fn wanted(store: &Store, graphs: &[Derived]) -> Graphs {
    let articles = store.heads().map(|head| (format!("g/{}", head.key), head.digest.clone()));
    let derived = graphs.iter().map(|g| (format!("graph/{}", g.name), hash(&g.nquads)));
    articles.chain(derived).collect()
}

/// How many graphs of the index are not as wanted.
pub(super) fn behind(layout: &Layout, wanted: &Graphs) -> usize {
    let listed = read(layout);
    let missing = wanted.iter().filter(|(name, hash)| listed.get(*name) != Some(*hash)).count();
    missing + listed.keys().filter(|name| !wanted.contains_key(*name)).count()
}

/// Brings the index in step: loads what is wanted and not surely there, and removes all else.
pub(super) fn bring(
    oxigraph: &Oxigraph,
    store: &Store,
    graphs: &[Derived],
    wanted: &Graphs,
    jobs: usize,
) -> Result<()> {
    let mut sure = read(&store.layout);
    sure.retain(|name, hash| wanted.get(name) == Some(hash));
    write(&store.layout, &sure)?;
    if sure.is_empty() {
        oxigraph.clear()?;
    } else {
        // Collected first: in memory, a graph cannot be removed while the names are walked.
        let present: Vec<_> = oxigraph.named_graphs().collect::<std::result::Result<_, _>>()?;
        for graph in present {
            if !local(&graph, store.base()).is_some_and(|name| sure.contains_key(name)) {
                oxigraph.remove_named_graph(&graph)?;
            }
        }
    }
    let heads: Vec<&Head> =
        store.heads().filter(|head| !sure.contains_key(&format!("g/{}", head.key))).collect();
    let graphs: Vec<Derived> = graphs
        .iter()
        .filter(|graph| !sure.contains_key(&format!("graph/{}", graph.name)))
        .cloned()
        .collect();
    memory::load(oxigraph.bulk_loader(), store, &heads, &graphs, jobs)?;
    write(&store.layout, wanted)
}

fn local<'a>(graph: &'a NamedOrBlankNode, base: &str) -> Option<&'a str> {
    match graph {
        NamedOrBlankNode::NamedNode(node) => node.as_str().strip_prefix(base),
        NamedOrBlankNode::BlankNode(_) => None,
    }
}

/// The list. One that cannot be read names nothing: then all is loaded anew.
fn read(layout: &Layout) -> Graphs {
    let Ok(text) = layout::read_to_string(&layout.index_list()) else { return Graphs::new() };
    let line = |line: &str| line.split_once(' ').map(|(n, h)| (n.to_owned(), h.to_owned()));
    text.lines().filter_map(line).collect()
}

fn write(layout: &Layout, graphs: &Graphs) -> Result<()> {
    let text: String = graphs.iter().flat_map(|(name, hash)| [name, " ", hash, "\n"]).collect();
    layout.write_atomically(&layout.index_list(), text.as_bytes())
}

#[cfg(test)]
mod tests {
    use std::path::Path;
    use std::time::Duration;

    use tempfile::TempDir;

    use super::*;
    use crate::store::{Ingest, Packed, Run, Segment, Writer};

    const BASE: &str = "https://example.org/d/";

    fn writer(root: &Path) -> Writer {
        Writer::open(root, BASE, Duration::ZERO).unwrap()
    }

    /// An article with one quad.
    fn packed(key: &str, words: &str) -> Packed {
        let nquads = format!("<{BASE}a/{key}> <{BASE}says> \"{words}\" <{BASE}g/{key}> .\n");
        let facts = "{}\n".to_owned();
        let ingest = Ingest { at: String::new(), nth: 0, run: "r".into(), input: String::new() };
        let head = Head {
            key: key.to_owned(),
            ids: vec![key.to_owned()],
            url: None,
            published: None,
            retrieved: None,
            title: None,
            publisher: None,
            claims: 0,
            quads: 1,
            digest: hash(&nquads),
            facts: hash(&facts),
            ingest,
        };
        Packed::new(Segment { head, facts, nquads })
    }

    fn derived(words: &str) -> Derived {
        let nquads = format!("<{BASE}n/x> <{BASE}is> \"{words}\" <{BASE}graph/identity> .\n");
        Derived { name: "identity".to_owned(), nquads }
    }

    fn put(root: &Path, articles: &[(&str, &str)]) {
        let mut writer = writer(root);
        let run = Run::new("2031-05-07T10:00:00Z", 1, Vec::new());
        let batch = articles.iter().map(|(key, words)| packed(key, words)).collect();
        writer.put(&run, batch).1.unwrap();
        writer.close().unwrap();
    }

    fn lines(oxigraph: &Oxigraph) -> Vec<String> {
        let mut lines: Vec<String> =
            oxigraph.iter().map(|quad| format!("{} .\n", quad.unwrap())).collect();
        lines.sort_unstable();
        lines
    }

    /// Brings the index in step and holds it against the segments.
    fn step(root: &Path, oxigraph: &Oxigraph, graphs: &[Derived]) {
        let store = Store::open(root).unwrap();
        let wanted = wanted(&store, graphs);
        bring(oxigraph, &store, graphs, &wanted, 2).unwrap();
        assert_eq!(behind(&store.layout, &wanted), 0);
        let mut expected = Vec::new();
        store.write_nquads(graphs, &mut expected).unwrap();
        let expected = String::from_utf8(expected).unwrap();
        let mut expected: Vec<&str> = expected.split_inclusive('\n').collect();
        expected.sort_unstable();
        assert_eq!(lines(oxigraph), expected);
        let graphs: Vec<_> = oxigraph.named_graphs().map(|g| g.unwrap().to_string()).collect();
        assert_eq!(graphs.len(), wanted.len(), "{graphs:?}");
    }

    #[test]
    fn an_index_follows_what_is_added_replaced_derived_and_removed() {
        let folder = TempDir::new().unwrap();
        let (root, oxigraph) = (folder.path(), Oxigraph::new().unwrap());
        put(root, &[("a", "rain"), ("b", "snow")]);
        step(root, &oxigraph, &[derived("one")]);
        put(root, &[("b", "sleet"), ("c", "hail")]);
        let store = Store::open(root).unwrap();
        assert_eq!(behind(&store.layout, &wanted(&store, &[derived("two")])), 3);
        step(root, &oxigraph, &[derived("two")]);
        let mut writer = writer(root);
        writer.remove(["a"]).unwrap();
        writer.close().unwrap();
        step(root, &oxigraph, &[derived("three")]);
        step(root, &oxigraph, &[]);
    }

    #[test]
    fn a_crash_at_any_step_is_repaired() {
        let folder = TempDir::new().unwrap();
        let (root, oxigraph) = (folder.path(), Oxigraph::new().unwrap());
        put(root, &[("a", "rain"), ("b", "snow"), ("c", "hail")]);
        step(root, &oxigraph, &[derived("one")]);
        put(root, &[("b", "sleet")]);
        let store = Store::open(root).unwrap();
        let wanted = wanted(&store, &[derived("one")]);
        let mut sure = read(&store.layout);
        sure.retain(|name, hash| wanted.get(name) == Some(hash));
        assert_eq!(sure.len(), 3);
        let b =
            NamedOrBlankNode::from(oxigraph::model::NamedNode::new(format!("{BASE}g/b")).unwrap());

        // After the list was cut down.
        write(&store.layout, &sure).unwrap();
        step(root, &oxigraph, &[derived("one")]);
        // After the old graph was removed, before the new one was loaded.
        write(&store.layout, &sure).unwrap();
        oxigraph.remove_named_graph(&b).unwrap();
        step(root, &oxigraph, &[derived("one")]);
        // After the new graph was loaded, before the list named it.
        write(&store.layout, &sure).unwrap();
        step(root, &oxigraph, &[derived("one")]);
        // The list is lost.
        layout::remove(&store.layout.index_list()).unwrap();
        step(root, &oxigraph, &[derived("one")]);
        // The index is lost: the list goes with it.
        layout::remove(&store.layout.index_list()).unwrap();
        step(root, &Oxigraph::new().unwrap(), &[derived("one")]);
    }
}
