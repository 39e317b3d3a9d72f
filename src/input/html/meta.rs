//! What a page says about its article: title, date, address, publisher, language.
//!
//! JSON-LD goes first, then OpenGraph and the other `meta` elements, then what the page shows.

use std::sync::LazyLock;

use scraper::{ElementRef, Html, Selector};

use super::super::tidy;
use super::jsonld::{self, Stated};
use super::published::published;

/// What is known about the article of a page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct About {
    pub(super) title: Option<String>,
    pub(super) published: Option<String>,
    pub(super) url: Option<String>,
    pub(super) publisher: Option<String>,
    pub(super) language: Option<String>,
    /// Every wording that the page has for the title.
    pub(super) titles: Vec<String>,
    /// The text of the article as JSON-LD has it.
    pub(super) body: Option<String>,
}

/// Reads what a page says about its article. `address` is where the page was found, if known.
pub(super) fn about(page: &Html, address: Option<&str>) -> About {
    let scripts = page.select(&SCRIPT).filter_map(|script| script.text().next());
    let stated = jsonld::read(scripts);
    let metas = Metas::of(page);
    let publisher = publisher(&stated, &metas);
    let titles = titles(page, &stated, &metas, publisher.as_deref());
    let url = url(page, &stated, &metas, address);
    About {
        published: published(
            page,
            &stated,
            &metas,
            titles.first().map(String::as_str),
            url.as_deref(),
        ),
        title: titles.first().cloned(),
        publisher,
        language: language(page, &stated, &metas),
        url,
        titles,
        body: stated.body,
    }
}

static SCRIPT: LazyLock<Selector> =
    LazyLock::new(|| selector("script[type='application/ld+json']"));
static META: LazyLock<Selector> = LazyLock::new(|| selector("meta[content]"));
static H1: LazyLock<Selector> = LazyLock::new(|| selector("h1"));
static TITLE: LazyLock<Selector> = LazyLock::new(|| selector("title"));
static CANONICAL: LazyLock<Selector> = LazyLock::new(|| selector("link[rel='canonical'][href]"));

fn selector(text: &str) -> Selector {
    Selector::parse(text).expect("the selector is fixed")
}

/// The `meta` elements of a page, by name or property in small letters, in the page's order.
pub(super) struct Metas(Vec<(String, String)>);

impl Metas {
    fn of(page: &Html) -> Self {
        let pairs = page.select(&META).filter_map(|meta| {
            let element = meta.value();
            let name = ["property", "name", "itemprop", "http-equiv"];
            let name = name.into_iter().find_map(|attribute| element.attr(attribute))?;
            let content = tidy(element.attr("content")?);
            (!content.is_empty()).then(|| (name.trim().to_lowercase(), content))
        });
        Self(pairs.collect())
    }

    /// The content of the first of `names` that is there.
    fn get<'a>(&'a self, names: &[&'a str]) -> Option<&'a str> {
        names.iter().find_map(|name| self.all(name).next())
    }

    pub(super) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.0.iter().filter(move |(found, _)| found == name).map(|(_, content)| content.as_str())
    }
}

fn text_of(element: ElementRef<'_>) -> String {
    tidy(&element.text().collect::<String>())
}

/// Letters and digits in small letters, one blank between words: titles are compared so.
pub(super) fn folded(text: &str) -> String {
    let small = text.to_lowercase();
    let words = small.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ")
}

fn publisher(stated: &Stated, metas: &Metas) -> Option<String> {
    let names = ["og:site_name", "dc.publisher", "dcterms.publisher", "application-name"];
    let named = stated.publisher.as_deref().filter(|name| !is_address(name));
    named.or_else(|| metas.get(&names).filter(|name| !is_address(name))).map(tidy)
}

fn is_address(text: &str) -> bool {
    text.starts_with("http://") || text.starts_with("https://") || text.starts_with('@')
}

/// The wordings of the title, the best first: a heading of the page that the other wordings
/// confirm, else JSON-LD's headline, OpenGraph's, and the window's.
fn titles(page: &Html, stated: &Stated, metas: &Metas, site: Option<&str>) -> Vec<String> {
    let window = page.select(&TITLE).next().map(text_of);
    let names = ["og:title", "twitter:title", "dc.title", "dcterms.title", "parsely-title"];
    let mut told: Vec<String> = Vec::new();
    told.extend(stated.headline.as_deref().map(tidy));
    told.extend(names.into_iter().filter_map(|name| metas.get(&[name])).map(str::to_owned));
    told.extend(window);
    let told: Vec<String> = told.iter().map(|title| without_site(title, site)).collect();
    let headings: Vec<String> = page.select(&H1).take(20).map(text_of).collect();
    let shown = headings.iter().find(|heading| {
        let heading = folded(heading);
        heading.contains(' ') && told.iter().any(|title| confirms(&folded(title), &heading))
    });
    let lone = (headings.len() == 1 && told.is_empty()).then(|| headings.first()).flatten();
    let mut all: Vec<String> = shown.or(lone).cloned().into_iter().chain(told).collect();
    all.retain(|title| !title.is_empty());
    all
}

/// Whether one wording holds the other as whole words, or they share two words of three.
fn confirms(title: &str, heading: &str) -> bool {
    let within = |a: &str, b: &str| format!(" {a} ").contains(&format!(" {b} "));
    if within(title, heading) || within(heading, title) && title.contains(' ') {
        return true;
    }
    let shared = heading.split(' ').filter(|word| within(title, word)).count();
    let words = heading.split(' ').count().max(title.split(' ').count());
    words > 3 && shared * 3 >= words * 2
}

/// The title without the site's name at its end or beginning: `Quiet night | Harbour Wire`.
fn without_site(title: &str, site: Option<&str>) -> String {
    const MARKS: [&str; 9] = [" | ", " - ", " – ", " — ", " :: ", " » ", " « ", " • ", " · "];
    let mut title = title;
    loop {
        let last = MARKS.iter().filter_map(|m| title.rfind(m).map(|at| (at, m.len()))).max();
        let Some((at, length)) = last else { break };
        let (head, tail) = (title.get(..at).unwrap_or_default(), title.get(at + length..));
        if !is_site(tail.unwrap_or_default(), head, site) {
            break;
        }
        title = head;
    }
    let first = MARKS.iter().filter_map(|m| title.find(m).map(|at| (at, m.len()))).min();
    if let (Some((at, length)), Some(site)) = (first, site)
        && title.get(..at).is_some_and(|head| folded(head) == folded(site))
    {
        title = title.get(at + length..).unwrap_or(title);
    }
    title.trim().to_owned()
}

/// Whether a title's tail is the site's name: it is known to be, or it is short beside the rest.
fn is_site(tail: &str, head: &str, site: Option<&str>) -> bool {
    let (tail, count) = (folded(tail), head.split_whitespace().count());
    if let Some(site) = site {
        let site = folded(site);
        let squeezed = |text: &str| text.replace(' ', "");
        let (a, b) = (squeezed(&tail), squeezed(&site));
        if !a.is_empty() && (a.contains(&b) && !b.is_empty() || b.contains(&a)) {
            return true;
        }
    }
    tail.split(' ').count() <= 3 && count >= 4
}

fn url(page: &Html, stated: &Stated, metas: &Metas, address: Option<&str>) -> Option<String> {
    let canonical = page.select(&CANONICAL).filter_map(|link| link.value().attr("href"));
    let told = canonical.chain(metas.get(&["og:url"])).chain(stated.url.as_deref());
    let told = told.map(str::trim).find(|url| is_page(url));
    told.or(address).map(str::to_owned)
}

/// Whether it is the address of a page and not that of a whole site, which pages without an
/// address of their own often give.
fn is_page(text: &str) -> bool {
    let Ok(url) = url::Url::parse(text) else { return false };
    matches!(url.scheme(), "http" | "https")
        && (url.path().len() > 1 || url.query().is_some())
        && text.len() <= 2000
}

fn language(page: &Html, stated: &Stated, metas: &Metas) -> Option<String> {
    let root = page.root_element().value();
    let told = root.attr("lang").or_else(|| root.attr("xml:lang"));
    let told = told.or(stated.language.as_deref());
    let told = told.or_else(|| metas.get(&["og:locale", "content-language", "dc.language"]));
    let tag = told?.trim().replace('_', "-");
    let primary = tag.split('-').next().unwrap_or_default();
    let sound =
        (2..=3).contains(&primary.len()) && primary.bytes().all(|b| b.is_ascii_alphabetic());
    sound.then_some(tag)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_lose_the_name_of_the_site() {
        for (title, site, want) in [
            ("Quiet night in the harbour | Harbour Wire", None, "Quiet night in the harbour"),
            ("Port shut - News - Harbour Wire", Some("Harbour Wire"), "Port shut - News"),
            ("Harbour Wire | Port shut", Some("Harbour Wire"), "Port shut"),
            ("Ministers met – and left", None, "Ministers met – and left"),
            (
                "A long day - and what the ministers made of it",
                None,
                "A long day - and what the ministers made of it",
            ),
        ] {
            assert_eq!(without_site(title, site), want);
        }
    }

    #[test]
    fn the_heading_that_is_confirmed_is_the_title() {
        let page = Html::parse_document(
            "<title>Port of Vell shut after storm | Wire</title><meta property=og:title \
             content='Storm shuts Vell'><h1>Wire</h1><h1>Port of Vell shut after storm</h1>",
        );
        let about = about(&page, None);
        assert_eq!(about.title.as_deref(), Some("Port of Vell shut after storm"));
    }

    #[test]
    fn a_whole_site_is_no_address_of_a_page() {
        let page = "<link rel=canonical href='https://x.example/'><meta property=og:url \
                    content='https://x.example/a'>";
        let about = about(&Html::parse_document(page), None);
        assert_eq!(about.url.as_deref(), Some("https://x.example/a"));
    }
}
