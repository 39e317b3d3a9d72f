//! When an article was published, as its page states it.
//!
//! JSON-LD goes first, then `meta` elements, elements marked as the day of publication, the `time`
//! elements and the lines that are only a date close to the heading, and the address. A date that
//! stands elsewhere is that of a comment, of another article, or of the day on which the page was
//! fetched, and is never taken.

use std::sync::LazyLock;

use ego_tree::NodeRef;
use jiff::civil::Date;
use jiff::fmt::strtime;
use regex::Regex;
use scraper::{ElementRef, Html, Node, Selector};

use super::super::{date, tidy};
use super::jsonld::Stated;
use super::meta::{Metas, folded};

/// Names of `meta` elements that carry the day of publication, the clearest first.
const NAMES: [&str; 28] = [
    "article:published_time",
    "article:published",
    "og:article:published_time",
    "og:published_time",
    "datepublished",
    "date_published",
    "published_time",
    "parsely-pub-date",
    "sailthru.date",
    "cxenseparse:recs:publishtime",
    "dc.date.issued",
    "dcterms.issued",
    "dc.date.created",
    "dcterms.created",
    "dc.date",
    "dcterms.date",
    "pubdate",
    "publishdate",
    "publish-date",
    "publish_date",
    "publication_date",
    "publicationdate",
    "ptime",
    "originalpublicationdate",
    "article.published",
    "article_date_original",
    "date",
    "displaydate",
];

static MARKED: LazyLock<Selector> = LazyLock::new(|| {
    let marks = "[itemprop~='datePublished'], time[pubdate], time[itemprop~='published'], \
                 time.published, time.entry-date, .dt-published, .date-published";
    Selector::parse(marks).expect("the selector is fixed")
});
static HEADING: LazyLock<Selector> =
    LazyLock::new(|| Selector::parse("h1, h2").expect("the selector is fixed"));

/// How many headings are looked at for the one that is the title.
const HEADINGS: usize = 50;

static IN_ADDRESS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"/((?:19|20)\d\d)[/-]([01]?\d)[/-]([0-3]?\d)(?:[/-]|$)")
        .expect("the pattern is fixed")
});

/// When the article was published; none where the page does not say so.
pub(super) fn published(
    page: &Html,
    stated: &Stated,
    metas: &Metas,
    title: Option<&str>,
    url: Option<&str>,
) -> Option<String> {
    let told = stated.published.as_deref().into_iter();
    let mut told = told.chain(NAMES.into_iter().flat_map(|name| metas.all(name)));
    if let Some(date) = told.find_map(day) {
        return Some(date);
    }
    let title = title.map(folded);
    let mut headings = page.select(&HEADING).take(HEADINGS);
    let heading = headings.find(|h| title.as_ref() == Some(&folded(&text_of(*h))));
    marked(page, heading).or_else(|| near_heading(heading?)).or_else(|| in_address(url?))
}

/// A date or date-time in one of the forms that machines write.
fn day(text: &str) -> Option<String> {
    let text = text.trim();
    date::normalize(text).or_else(|| {
        // `2031-05-07T09:30:00.000+0200 …`, `2031/05/07 09:30`, `20310507T093000`, `20310507`.
        if let Some((date, _)) = date::split(text) {
            return Some(date.to_owned());
        }
        let digits: String = text.chars().take_while(char::is_ascii_digit).collect();
        let compact = |d: &str| Some(format!("{}-{}-{}", d.get(..4)?, d.get(4..6)?, d.get(6..8)?));
        match digits.len() {
            8 | 14 => date::normalize(&compact(&digits)?),
            4 => date::normalize(&text.get(..10)?.replace('/', "-")),
            // `Wed May 07 2031 09:30:00 GMT+0200 (…)`, as scripts print a time.
            0 => strtime::parse("%a %b %d %Y %H:%M:%S GMT%z", text.split(" (").next()?)
                .and_then(|time| time.to_zoned())
                .ok()
                .map(|time| time.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string()),
            _ => None,
        }
    })
}

fn in_address(url: &str) -> Option<String> {
    let found = IN_ADDRESS.captures(url)?;
    let [year, month, day]: [u16; 3] =
        found.extract::<3>().1.map(|part| part.parse().unwrap_or_default());
    date::normalize(&format!("{year}-{month:02}-{day:02}"))
}

/// The first element that is marked as the day of publication and says one.
fn marked(page: &Html, heading: Option<ElementRef<'_>>) -> Option<String> {
    let mut stated = page.select(&MARKED).take(20).filter(|element| !is_apart(**element, heading));
    stated.find_map(|element| machine(element).or_else(|| only_date(&text_of(element))))
}

/// The date in an element's attributes, or its whole text in the form of a machine.
fn machine(element: ElementRef<'_>) -> Option<String> {
    let names = ["datetime", "content", "title"];
    let stated = names.into_iter().filter_map(|name| element.value().attr(name)).find_map(day);
    stated.or_else(|| day(&text_of(element)))
}

fn text_of(element: ElementRef<'_>) -> String {
    tidy(&element.text().collect::<String>())
}

/// How much text, in bytes, may stand between the heading and a date that belongs to it, and how
/// many nodes of the page.
const AFTER: usize = 600;
const BEFORE: usize = 150;
const NODES: usize = 2000;

/// The day close to the heading of the article: what `time` elements state, the earliest of them,
/// else the one day that lines which are only a date give. Before the heading, where a page has
/// the date of the day on which it was fetched, only what shares the heading's element counts.
fn near_heading(heading: ElementRef<'_>) -> Option<String> {
    let mut found = Near::default();
    let behind = std::iter::once(*heading).chain(heading.ancestors());
    let behind = behind.flat_map(|node| node.next_siblings()).flat_map(|node| node.descendants());
    found.look(behind.take(NODES), AFTER, heading);
    if !heading.parent().is_none_or(|above| is_whole(&above)) {
        let before = heading.prev_siblings().flat_map(|node| node.descendants());
        found.look(before.take(NODES), BEFORE, heading);
    }
    let Near { times, mut lines } = found;
    if let Some(earliest) = times.into_iter().min() {
        return Some(earliest);
    }
    lines.sort_unstable();
    lines.dedup();
    match lines.as_slice() {
        [one] => Some(one.clone()),
        _ => None,
    }
}

/// The dates that stand close to a heading.
#[derive(Default)]
struct Near {
    times: Vec<String>,
    lines: Vec<String>,
}

impl Near {
    fn look<'a>(
        &mut self,
        nodes: impl Iterator<Item = NodeRef<'a, Node>>,
        most: usize,
        heading: ElementRef<'_>,
    ) {
        let mut passed = 0;
        for node in nodes {
            match node.value() {
                Node::Element(element) if element.name() == "time" => {
                    let stated = element.attr("datetime").and_then(day);
                    self.times.extend(stated.filter(|_| !is_apart(node, Some(heading))));
                }
                Node::Text(text) if is_shown(node) => {
                    let shown = tidy(text);
                    let date = only_date(&shown).filter(|_| is_line(node));
                    self.lines.extend(date.filter(|_| !is_apart(node, Some(heading))));
                    passed += shown.len();
                }
                _ => {}
            }
            if passed > most {
                break;
            }
        }
    }
}

fn is_whole(node: &NodeRef<'_, Node>) -> bool {
    node.value().as_element().is_none_or(|e| matches!(e.name(), "body" | "html" | "main"))
}

fn is_shown(text: NodeRef<'_, Node>) -> bool {
    let hidden = ["script", "style", "noscript", "template", "title", "option", "button"];
    let mut above = text.ancestors().take(3).filter_map(|node| node.value().as_element());
    !above.any(|element| hidden.contains(&element.name()))
}

/// Whether a text has its element, or the stretch between two line breaks, to itself; one that is
/// only set off within a sentence has not.
fn is_line(text: NodeRef<'_, Node>) -> bool {
    const WITHIN: [&str; 6] = ["a", "b", "em", "i", "strong", "u"];
    let within = |node: NodeRef<'_, Node>| {
        node.value().as_element().is_some_and(|element| WITHIN.contains(&element.name()))
    };
    let breaks = |beside: Option<NodeRef<'_, Node>>| {
        beside.is_none_or(|node| match node.value() {
            Node::Element(_) => !within(node),
            Node::Text(text) => text.trim().is_empty(),
            _ => true,
        })
    };
    let outer = text.parent().filter(|above| within(*above)).unwrap_or(text);
    [text, outer].into_iter().all(|node| breaks(node.prev_sibling()) && breaks(node.next_sibling()))
}

/// Whether something stands in a part of the page that is not the article, by the names of the
/// elements around it up to one that holds the heading too; or is marked as a change.
fn is_apart(node: NodeRef<'_, Node>, heading: Option<ElementRef<'_>>) -> bool {
    const PARTS: [&str; 10] = [
        "comment",
        "related",
        "sidebar",
        "recommend",
        "teaser",
        "widget",
        "promo",
        "popular",
        "trending",
        "copyright",
    ];
    const CHANGED: [&str; 2] = ["modif", "updat"];
    let holds = |above: &NodeRef<'_, Node>| {
        heading.is_some_and(|h| h.ancestors().any(|one| one.id() == above.id()))
    };
    let around = std::iter::once(node).chain(node.ancestors()).take(AROUND);
    let mut around = around.take_while(|above| !holds(above)).filter(|above| !is_whole(above));
    around.any(|above| {
        let Some(element) = above.value().as_element() else { return false };
        let names = ["class", "id", "itemprop"].into_iter().filter_map(|name| element.attr(name));
        let names = names.collect::<Vec<_>>().join(" ").to_lowercase();
        let has = |parts: &[&str]| parts.iter().any(|part| names.contains(part));
        matches!(element.name(), "nav" | "aside" | "footer" | "blockquote" | "figure")
            || has(&PARTS)
            || has(&CHANGED) && !has(&["publish"])
    })
}

/// How far up the page it is looked what an element stands in.
const AROUND: usize = 16;

/// A line with more than a date, its weekday and its clock is longer.
const LINE: usize = 80;

static WRITTEN: LazyLock<Regex> = LazyLock::new(|| {
    let day_first = r"(?<d1>\d{1,2})(?:\p{L}{2}|\.)? (?<m1>\p{L}{3,})\.?,? (?<y1>\d{4})";
    let month_first = r"(?<m2>\p{L}{3,})\.? (?<d2>\d{1,2})(?:\p{L}{2})?,? (?<y2>\d{4})";
    Regex::new(&format!(r"\b(?:{day_first}|{month_first})\b")).expect("the pattern is fixed")
});

/// The day that a line is, written with the month as a word: beside it there are at most a weekday,
/// a clock and a zone. A line that says more may speak of another day.
pub(super) fn only_date(line: &str) -> Option<String> {
    let found = WRITTEN.captures(line)?;
    let whole = found.get(0)?;
    let part = |a: &str, b: &str| found.name(a).or_else(|| found.name(b)).map(|m| m.as_str());
    let month = month(part("m1", "m2")?)?;
    let date = Date::new(part("y1", "y2")?.parse().ok()?, month, part("d1", "d2")?.parse().ok()?);
    let rest = format!("{} {}", line.get(..whole.start())?, line.get(whole.end()..)?);
    let mut words = rest.split(|c: char| !c.is_alphabetic());
    let plain = line.len() <= LINE
        && words.all(|word| {
            let count = word.chars().count();
            count <= 2 || count <= 4 && word.chars().all(char::is_uppercase) || is_weekday(word)
        });
    let date = date.ok().filter(|date| plain && (1900..2200).contains(&date.year()))?;
    Some(date.to_string())
}

/// The months and weekdays as dates of mails and HTTP name them, whole and cut short.
fn month(word: &str) -> Option<i8> {
    (1..=12).find(|&number| {
        Date::new(2001, number, 1).is_ok_and(|day| is_begun(&day.strftime("%B").to_string(), word))
    })
}

fn is_weekday(word: &str) -> bool {
    (1..=7).any(|number| {
        Date::new(2001, 1, number).is_ok_and(|day| is_begun(&day.strftime("%A").to_string(), word))
    })
}

/// Whether a word is a name or its first letters, three at least.
fn is_begun(name: &str, word: &str) -> bool {
    word.len() >= 3 && name.get(..word.len()).is_some_and(|head| head.eq_ignore_ascii_case(word))
}

#[cfg(test)]
mod tests {
    use super::super::meta::about;
    use super::*;

    fn stated(page: &str) -> Option<String> {
        about(&Html::parse_document(page), None).published
    }

    #[test]
    fn a_date_is_one_that_the_page_states() {
        for (page, want) in [
            (
                "<meta property='article:published_time' content='2031-05-07T09:30:00Z'>",
                "2031-05-07T09:30:00Z",
            ),
            ("<meta name=DC.date.issued content=20310507><time datetime=2030-01-01>", "2031-05-07"),
            ("<span itemprop=datePublished content='2031/05/07 10:00'></span>", "2031-05-07"),
            ("<b itemprop=datePublished>Wed 6:45 PM, May 7, 2031</b>", "2031-05-07"),
            (
                "<meta name=date content='Wed May 07 2031 03:05:46 GMT+0000 (Somewhere)'>",
                "2031-05-07T03:05:46+00:00",
            ),
            ("<link rel=canonical href='https://x.example/2031/5/7/storm'>", "2031-05-07"),
        ] {
            assert_eq!(stated(page).as_deref(), Some(want), "{page}");
        }
        for page in ["<p>On 7 May 2031 the port was shut.</p>", "<meta name=date content='soon'>"] {
            assert_eq!(stated(page), None, "{page}");
        }
    }

    #[test]
    fn a_date_close_to_the_heading_is_the_articles() {
        for (beside, want) in [
            ("<p>by Ada Marsh<br><span>Wednesday, May 7th, 2031 at 11:08 a.m.</span></p>", true),
            ("<div>7 May 2031</div>", true),
            ("<p>Vell <i>|</i> <time datetime='2031-05-07'>1 day ago</time></p>", true),
            ("<p>7 May 2031</p><p>7 May 2031</p>", true),
            // It is not clear which, or what of.
            ("<p>7 May 2031</p><p>9 May 2031</p>", false),
            ("<p>— Ina Holm on 7 May 2031 in a letter</p>", false),
            ("<p>The port was shut on <b>7 May 2031</b> by a storm.</p>", false),
            ("<p>31 February 2031</p><p>07.05.2031</p><p>7 Storms 2031</p>", false),
            // Another article's, a comment's, a change's, the site's.
            ("<aside><p>7 May 2031</p></aside>", false),
            ("<ul class=related-posts><li><time datetime='2031-05-07'></time></ul>", false),
            ("<div id=comments><p>7 May 2031</p></div>", false),
            ("<time class=updated datetime='2031-05-07'></time>", false),
            ("<footer><p>7 May 2031</p></footer>", false),
        ] {
            let page = format!("<title>Storm in Vell</title><div><h1>Storm in Vell</h1>{beside}");
            assert_eq!(stated(&page).as_deref(), want.then_some("2031-05-07"), "{beside}");
        }
    }

    #[test]
    fn a_date_far_from_the_heading_is_not() {
        let title = "<title>Storm in Vell</title>";
        let far = format!("<h1>Storm in Vell</h1><p>{}</p><p>7 May 2031</p>", "Rain. ".repeat(120));
        let head = "<div><p>7 May 2031</p></div><div><h1>Storm in Vell</h1><p>Rain.</p></div>";
        let other = "<h1>Harbour Wire</h1><p>7 May 2031</p>";
        for page in [&*far, head, other] {
            assert_eq!(stated(&format!("{title}{page}")), None, "{page}");
        }
        let shared = "<div><p>7 May 2031</p><h1>Storm in Vell</h1></div>";
        assert_eq!(stated(&format!("{title}{shared}")).as_deref(), Some("2031-05-07"));
    }

    #[test]
    fn what_states_a_date_outright_goes_before_what_shows_one() {
        let shown = "<title>Storm</title><link rel=canonical href='https://x.example/2031/05/08/a'>\
                     <h1>Storm</h1><p>7 May 2031</p>";
        assert_eq!(stated(shown).as_deref(), Some("2031-05-07"));
        let both = format!("{shown}<b itemprop=datePublished content=2031-05-06></b>");
        assert_eq!(stated(&both).as_deref(), Some("2031-05-06"));
    }
}
