//! `newsgraph explain WHAT`.

use std::collections::BTreeMap;
use std::io::{self, BufWriter, Write as _};

use anyhow::bail;
use clap::Args;
use oxigraph::model::{NamedNode, NamedNodeRef};
use oxigraph::store::Store as Oxigraph;
use serde_json::json;

use super::source::Asked;
use super::style::colored;
use super::work::LazyExtractor;
use super::{Exit, Global};
use crate::explain::{
    Claim, Explanation, Found, How, Marks, Word, explain, find, render_text, text_of,
};
use crate::extract::{Making, Sought, Token, behind};
use crate::facts::{Article, EventType};

/// Leads from a fact back to its words.
///
/// What stands behind a fact, claim, event or entity: its claims, who says so and through whom, and
/// the sentences, with the words marked, their article and their offsets in Unicode scalar values;
/// then the rule that makes the fact, and the words as they were parsed.
#[derive(Debug, Args)]
pub struct Explain {
    /// An IRI, a fact in N-Triples, a short id such as v34wf3wp4, a name, or words.
    #[arg(value_name = "WHAT", required = true)]
    what: Vec<String>,
    /// Leaves out by which rule and from which parse the facts are made.
    ///
    /// Both are found by reading the articles once more. They are absent too where that finds no
    /// such fact: it came from another extractor, or from another version of this one.
    #[arg(long)]
    brief: bool,
    /// The most claims to show of one thing.
    #[arg(long, value_name = "N", default_value_t = 20)]
    limit: usize,
    /// What to ask.
    #[command(flatten)]
    asked: Asked,
}

impl Explain {
    /// Writes the explanation to standard output.
    ///
    /// # Errors
    ///
    /// A store or inputs that cannot be read, or something that the store does not know.
    pub fn run(&self, global: &Global) -> anyhow::Result<Exit> {
        let loaded = self.asked.load(global)?;
        let what = self.what.join(" ");
        let (nodes, by_words) = match find(loaded.store(), &what)? {
            Found::Nodes(nodes) => (nodes, false),
            Found::Claims(claims) => (claims, true),
        };
        let mut found: Vec<Explanation> = Vec::new();
        for node in nodes.iter().take(self.limit) {
            found.extend(explain(loaded.store(), node)?);
        }
        if found.is_empty() {
            bail!(
                "nothing here is \"{what}\" (an IRI, a short id or words; `newsgraph events` and \
                 `newsgraph entities` list what there is)"
            );
        }
        let claims = found.iter().map(|one| one.claims.len().min(self.limit)).sum::<usize>();
        if !self.brief && claims > 0 {
            self.tell_how(global, loaded.store(), &mut found)?;
        }
        let mut out = BufWriter::new(io::stdout().lock());
        if global.json {
            for one in &mut found {
                one.claims.truncate(self.limit);
            }
            let value = json!({ "what": what, "by_words": by_words, "found": found });
            serde_json::to_writer_pretty(&mut out, &value)?;
            writeln!(out)?;
        } else {
            let marks = if colored(global) { Marks::Bold } else { Marks::Guillemets };
            for (i, one) in found.iter().enumerate() {
                if i > 0 {
                    writeln!(out)?;
                }
                write!(out, "{}", render_text(one, self.limit, marks))?;
            }
        }
        out.flush()?;
        if !global.quiet {
            note_cut(&nodes, &found, self.limit)?;
        }
        Ok(loaded.exit())
    }
}

impl Explain {
    /// Reads the articles of the claims that are shown once more, each once.
    fn tell_how(
        &self,
        global: &Global,
        store: &Oxigraph,
        found: &mut [Explanation],
    ) -> anyhow::Result<()> {
        let lazy = LazyExtractor::new(global)?;
        let mut of_article: BTreeMap<String, Vec<&mut Claim>> = BTreeMap::new();
        for claim in found.iter_mut().flat_map(|one| one.claims.iter_mut().take(self.limit)) {
            of_article.entry(claim.evidence.article.clone()).or_default().push(claim);
        }
        for (iri, claims) in of_article {
            let Some(text) = text_of(store, NamedNodeRef::new(&iri)?)? else { continue };
            let published = claims.first().and_then(|c| c.evidence.published.clone());
            let article = Article { id: iri, text, published, ..Article::default() };
            let sought: Vec<_> = claims
                .iter()
                .map(|claim| (sought(claim), claim.evidence.begin, claim.evidence.end))
                .collect();
            let made = behind(lazy.get(), &article, &sought);
            for (claim, made) in claims.into_iter().zip(made) {
                claim.how = made.map(how);
            }
        }
        Ok(())
    }
}

/// The layer of a claim; an event's line begins with its type.
fn sought(claim: &Claim) -> Sought {
    match claim.kind {
        "relation" => Sought::Relation,
        "figure" => Sought::Quantity,
        _ => {
            let kind = claim.says.split(':').next().and_then(EventType::parse);
            Sought::Event(kind.unwrap_or(EventType::Other))
        }
    }
}

fn how(made: Making) -> How {
    let word =
        |t: Token| Word { word: t.word, lemma: t.lemma, tag: t.tag, dep: t.dep, head: t.head };
    How {
        rule: made.rule,
        statement: made.statement,
        parse: made.parse.into_iter().map(word).collect(),
    }
}

/// Says on standard error what the limit has left out.
fn note_cut(nodes: &[NamedNode], found: &[Explanation], limit: usize) -> io::Result<()> {
    let mut err = io::stderr().lock();
    if nodes.len() > limit {
        writeln!(err, "{limit} of {} shown (--limit)", nodes.len())?;
    }
    for one in found.iter().filter(|one| one.claims.len() > limit) {
        writeln!(
            err,
            "{limit} of the {} claims of {} shown (--limit)",
            one.claims.len(),
            one.label
        )?;
    }
    Ok(())
}
