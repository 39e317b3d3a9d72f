//! What a page says of its article in JSON-LD (schema.org).

use serde_json::Value;

/// The members that we read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Stated {
    pub(super) headline: Option<String>,
    pub(super) published: Option<String>,
    pub(super) publisher: Option<String>,
    pub(super) url: Option<String>,
    pub(super) language: Option<String>,
    pub(super) body: Option<String>,
}

/// How deep we look for an article in lists and graphs.
const DEPTH: usize = 6;

/// The first article in the scripts of a page; members that it lacks are taken from later ones
/// that do not differ from it in headline or address.
pub(super) fn read<'s>(scripts: impl Iterator<Item = &'s str>) -> Stated {
    let mut stated = Stated::default();
    for script in scripts {
        if let Some(value) = parse(script) {
            visit(&value, DEPTH, &mut stated);
        }
    }
    stated
}

/// JSON as pages have it: in a comment or CDATA, with line breaks inside of strings.
fn parse(script: &str) -> Option<Value> {
    let script = script.trim();
    let script = ["<!--", "//<![CDATA[", "/*<![CDATA[*/", "<![CDATA["]
        .into_iter()
        .fold(script, |rest, mark| rest.strip_prefix(mark).unwrap_or(rest).trim_start());
    let script = ["-->", "//]]>", "/*]]>*/", "]]>", ";"]
        .into_iter()
        .fold(script, |rest, mark| rest.strip_suffix(mark).unwrap_or(rest).trim_end());
    serde_json::from_str(script)
        .or_else(|_| serde_json::from_str(&script.replace(|c: char| c.is_control(), " ")))
        .ok()
}

fn visit(value: &Value, depth: usize, stated: &mut Stated) {
    let Some(depth) = depth.checked_sub(1) else { return };
    match value {
        Value::Array(items) => items.iter().for_each(|item| visit(item, depth, stated)),
        Value::Object(members) => {
            if is_article(value) {
                take(value, stated);
            } else {
                for name in ["@graph", "mainEntity", "mainEntityOfPage", "itemListElement"] {
                    if let Some(inner) = members.get(name) {
                        visit(inner, depth, stated);
                    }
                }
            }
        }
        _ => {}
    }
}

/// Whether it is an article, by the names of schema.org's types.
fn is_article(value: &Value) -> bool {
    let is = |name: &str| {
        let name = name.rsplit(['/', ':', '#']).next().unwrap_or(name);
        name.ends_with("Article")
            || matches!(name, "BlogPosting" | "LiveBlogPosting" | "Report" | "ClaimReview")
    };
    match value.get("@type") {
        Some(Value::String(name)) => is(name),
        Some(Value::Array(names)) => names.iter().filter_map(Value::as_str).any(is),
        _ => false,
    }
}

fn take(article: &Value, stated: &mut Stated) {
    let text = |name: &str| article.get(name).and_then(first_text);
    // Other articles are listed beside the article: nothing of theirs is its own.
    let differs = |a: &Option<String>, b: Option<String>| a.is_some() && b.is_some() && *a != b;
    if differs(&stated.headline, text("headline").or_else(|| text("name")))
        || differs(&stated.url, text("url").or_else(|| text("mainEntityOfPage")))
    {
        return;
    }
    let set = |slot: &mut Option<String>, value: Option<String>| {
        if slot.is_none() {
            *slot = value;
        }
    };
    set(&mut stated.headline, text("headline").or_else(|| text("name")));
    set(&mut stated.published, text("datePublished"));
    set(&mut stated.language, text("inLanguage"));
    set(&mut stated.body, text("articleBody"));
    set(&mut stated.url, text("url").or_else(|| text("mainEntityOfPage")));
    set(&mut stated.publisher, text("publisher"));
}

/// A text, the first of several, or the name or id of an object.
fn first_text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
        Value::Array(items) => items.first().and_then(first_text),
        Value::Object(members) => {
            ["name", "@id", "@value"].into_iter().find_map(|name| first_text(members.get(name)?))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_date_of_another_article_is_not_taken() {
        let first = r#"{"@type": "NewsArticle", "headline": "Quiet night"}"#;
        let other =
            r#"{"@type": "NewsArticle", "headline": "Loud day", "datePublished": "2031-05-07"}"#;
        let same = r#"{"@type": "ClaimReview", "datePublished": "2031-05-06"}"#;
        assert_eq!(read([first, other].into_iter()).published, None);
        let stated = read([first, other, same].into_iter());
        assert_eq!(stated.published.as_deref(), Some("2031-05-06"));
    }

    #[test]
    fn articles_are_found_in_graphs_lists_and_comments() {
        let graph = r#"<!-- {"@graph": [{"@type": "WebSite", "name": "Harbour Wire"},
            {"@type": ["NewsArticle"], "headline": "Quiet night", "datePublished": "2031-05-07",
             "publisher": {"@type": "Organization", "name": "Harbour Wire"}}]} -->"#;
        let list =
            "[{\"@type\": \"Article\", \"headline\": \"Quiet night\", \"url\": \"https://x.example/a\",
            \"articleBody\": \"One.\nTwo.\"}]";
        let stated = read([graph, "{broken", list].into_iter());
        let text = |text: &str| Some(text.to_owned());
        assert_eq!(
            stated,
            Stated {
                headline: text("Quiet night"),
                published: text("2031-05-07"),
                publisher: text("Harbour Wire"),
                url: text("https://x.example/a"),
                language: None,
                body: text("One. Two."),
            }
        );
    }
}
