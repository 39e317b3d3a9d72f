//! The article itself.

use oxrdf::QuadRef;

use super::name::Names;
use super::number::write_day;
use super::write::ArticleGraph;
use crate::facts::Facts;
use crate::vocab::{dct, ng, nif, rdf, schema};

/// Writes what is known of the article. The time of retrieval is no part of it: that belongs to
/// the run.
pub(super) fn write(
    facts: &Facts,
    names: &Names,
    graph: &mut ArticleGraph<'_, impl FnMut(QuadRef<'_>)>,
) {
    let article = &facts.article;
    let node = names.article();
    graph.write(node, rdf::TYPE, schema::class::NEWS_ARTICLE);
    graph.write_some(node, nif::IS_STRING, given(Some(&article.text)));
    graph.write_some(node, dct::IDENTIFIER, given(Some(&article.id)));
    graph.write_some(node, schema::HEADLINE, given(article.title.as_deref()));
    graph.write_some(node, schema::URL, given(article.url.as_deref()));
    graph.write_some(node, schema::PUBLISHER, given(article.publisher.as_deref()));
    graph.write_some(node, schema::IN_LANGUAGE, given(article.language.as_deref()));
    let day = article.published_day();
    if let Some(day) = day {
        graph.write(node, schema::DATE_PUBLISHED, write_day(day, &mut String::new()));
    }
    // A moment, or what is no date, is kept as given beside the day.
    let whole = article.published.as_deref().filter(|p| day.is_none() || p.len() > 10);
    graph.write_some(node, ng::PUBLISHED_AT, given(whole));
}

/// What is given, where it is more than an empty string.
fn given(text: Option<&str>) -> Option<&str> {
    text.filter(|t| !t.is_empty())
}
