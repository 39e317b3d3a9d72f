//! The text of a page's article, without what stands around it.
//!
//! The `trafilatura` crate finds the article, with its focus on precision: a sentence of a teaser in an article
//! becomes a false fact, a lost caption costs little. What it lets pass is taken out here by form,
//! never by words: the title above the text, lines that are only a label and links, lists of links
//! at the end.

use std::sync::LazyLock;

use ego_tree::iter::Edge;
use scraper::{Html, Node, Selector};
use trafilatura::{ExtractionFocus, HtmlDateMode, Options};

use super::super::tidy;
use super::meta::{About, folded};
use super::published::only_date;

/// A paragraph, heading, or list item.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Block {
    text: String,
    /// How many of its bytes are set off, as bold or as a heading.
    strong: usize,
    item: bool,
    heading: bool,
}

/// The paragraphs of the article in a page, one blank line between them. `links` are the wordings
/// of the page's links, `titles` those of its title; `stated` is the text that the page states in
/// its data, taken where the page shows much less.
pub(super) fn body(html: &str, about: &About, links: &[String]) -> String {
    let find = |focus| cleaned(extract(html, focus), &about.titles, links);
    let mut blocks = find(ExtractionFocus::FavorPrecision);
    if length(&blocks) < SHORT {
        blocks = find(ExtractionFocus::Balanced);
    }
    let text = joined(&blocks);
    match about.body.as_deref().map(plain) {
        Some(stated) if stated.len() > text.len() * 2 && stated.len() > 3 * SHORT => stated,
        _ => text,
    }
}

/// A text shorter than this, in bytes, is worth a second look.
const SHORT: usize = 100;

/// The wordings of a page's links that are long enough to be titles of other articles, folded.
pub(super) fn links(page: &Html) -> Vec<String> {
    let links = page.select(&LINK).map(|link| folded(&link.text().collect::<String>()));
    let mut links: Vec<String> = links.filter(|text| text.split(' ').count() >= 4).collect();
    links.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
    links.dedup();
    links.truncate(LINKS);
    links
}

/// The most links of a page that are looked at; real pages have some hundreds.
const LINKS: usize = 2000;

static LINK: LazyLock<Selector> =
    LazyLock::new(|| Selector::parse("a[href]").expect("the selector is fixed"));

fn length(blocks: &[Block]) -> usize {
    blocks.iter().map(|block| block.text.len()).sum()
}

fn joined(blocks: &[Block]) -> String {
    let texts: Vec<&str> = blocks.iter().map(|block| block.text.as_str()).collect();
    texts.join("\n\n")
}

fn extract(html: &str, focus: ExtractionFocus) -> Vec<Block> {
    // The crate's own search for a date takes any on the page, so it is left out.
    let options = Options::default()
        .with_exclude_comments(true)
        .with_fallback(true)
        .with_focus(focus)
        .with_html_date_mode(HtmlDateMode::Disabled);
    // An error is a page without enough text in it.
    trafilatura::extract(html, &options)
        .map_or_else(|_| Vec::new(), |page| blocks(&page.content_html, Joints::Lost))
}

/// A piece of HTML as text: its paragraphs, one blank line between them.
pub(in crate::input) fn plain(html: &str) -> String {
    if html.contains('<') || html.contains('&') {
        joined(&blocks(html, Joints::Kept))
    } else {
        let paragraphs = html.split('\n').map(tidy).filter(|paragraph| !paragraph.is_empty());
        paragraphs.collect::<Vec<_>>().join("\n\n")
    }
}

/// Whether the blanks between an element within a line and what stands beside it are there.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Joints {
    Kept,
    /// The extraction crate drops some: `for<strong>Ada`.
    Lost,
}

/// Cuts HTML into blocks.
fn blocks(html: &str, joints: Joints) -> Vec<Block> {
    let page = Html::parse_fragment(html);
    let mut done: Vec<Block> = vec![Block::default()];
    let (mut strong, mut hidden, mut at_joint) = (0_usize, 0_usize, false);
    for edge in page.tree.root().traverse() {
        let (node, opens) = match edge {
            Edge::Open(node) => (node, true),
            Edge::Close(node) => (node, false),
        };
        match node.value() {
            Node::Text(text) if opens && hidden == 0 => {
                let block = done.last_mut().expect("there is always one");
                if joints == Joints::Lost && at_joint && is_glued(&block.text, &text.text) {
                    block.text.push(' ');
                }
                at_joint = false;
                let before = block.text.len();
                push(&mut block.text, &text.text);
                let grown = block.text.len() - before;
                block.strong += if strong > 0 { grown } else { 0 };
            }
            Node::Element(element) => {
                let name = element.name();
                at_joint = true;
                let step = |depth: &mut usize| {
                    *depth = if opens { *depth + 1 } else { depth.saturating_sub(1) };
                };
                match name {
                    "b" | "strong" => step(&mut strong),
                    "script" | "style" | "noscript" | "template" => step(&mut hidden),
                    "br" if opens => done.last_mut().expect("there is always one").text.push('\n'),
                    _ if is_inline(name) => {}
                    _ => {
                        let heading = matches!(name, "h1" | "h2" | "h3" | "h4" | "h5" | "h6");
                        let (item, heading) = (opens && name == "li", opens && heading);
                        done.push(Block { item, heading, ..Block::default() });
                    }
                }
            }
            _ => {}
        }
    }
    for block in &mut done {
        let lines = block.text.split('\n').map(tidy).filter(|line| !line.is_empty());
        block.text = lines.collect::<Vec<_>>().join("\n");
    }
    done.retain(|block| !block.text.is_empty());
    done
}

/// Whether two words run together where `after` follows `before`; a letter or two may well be the
/// rest of a word.
fn is_glued(before: &str, after: &str) -> bool {
    let word = after.chars().take_while(|c| c.is_alphanumeric()).count();
    word > 2 && before.ends_with(char::is_alphanumeric)
}

/// Appends the words of `text`, white space as one blank.
fn push(to: &mut String, text: &str) {
    for c in text.chars() {
        if !c.is_whitespace() {
            to.push(c);
        } else if !to.ends_with([' ', '\n']) {
            to.push(' ');
        }
    }
}

fn is_inline(name: &str) -> bool {
    matches!(
        name,
        "a" | "span"
            | "em"
            | "i"
            | "u"
            | "s"
            | "del"
            | "ins"
            | "sub"
            | "sup"
            | "small"
            | "big"
            | "code"
            | "kbd"
            | "q"
            | "cite"
            | "abbr"
            | "time"
            | "font"
            | "mark"
            | "tt"
            | "var"
            | "samp"
            | "label"
            | "wbr"
            | "img"
            | "bdi"
            | "bdo"
            | "data"
            | "dfn"
            | "strike"
            | "hi"
            | "html"
    )
}

/// The date line of an article is one of its first paragraphs.
const HEAD: usize = 3;

fn cleaned(blocks: Vec<Block>, titles: &[String], links: &[String]) -> Vec<Block> {
    let mut blocks = without_title(blocks, titles);
    let mut places = 0..;
    blocks.retain(|block| places.next() >= Some(HEAD) || only_date(&block.text).is_none());
    blocks = without_promotions(blocks, links);
    while blocks.len() > 1 && blocks.last().is_some_and(|block| is_loose_end(block, links)) {
        blocks.pop();
    }
    blocks
}

/// Leaves out the title above the text, and what little stands above that.
fn without_title(mut blocks: Vec<Block>, titles: &[String]) -> Vec<Block> {
    let titles: Vec<String> = titles.iter().map(|title| folded(title)).collect();
    let is_title = |block: &Block| titles.contains(&folded(&block.text));
    let mut above = 0;
    for at in 0..blocks.len().min(4) {
        let Some(block) = blocks.get(at) else { break };
        if is_title(block) {
            blocks.drain(..=at);
            break;
        }
        above += block.text.len();
        if above > 300 {
            break;
        }
    }
    blocks
}

/// Leaves out lines that are a label and links to other articles, and a label above such lines.
fn without_promotions(blocks: Vec<Block>, links: &[String]) -> Vec<Block> {
    let mut kept: Vec<Block> = Vec::new();
    for block in blocks {
        let labelled = kept.last().is_some_and(is_label);
        let linked = linked(&block, links);
        let free = linked.all - linked.inside;
        let mostly = linked.inside > 0 && free * 3 <= linked.inside * 2 && !block.heading;
        // A link by itself may be part of the text; one with a label before it points elsewhere.
        if mostly && (labelled || (1..=4).contains(&linked.before) && !block.item) {
            while kept.last().is_some_and(is_label) {
                kept.pop();
            }
        } else {
            kept.push(block);
        }
    }
    kept
}

/// How many words of a block stand in links.
struct Linked {
    all: usize,
    inside: usize,
    /// How many stand before the first link.
    before: usize,
}

fn linked(block: &Block, links: &[String]) -> Linked {
    let count = |text: &str| text.split(' ').filter(|word| !word.is_empty()).count();
    let text = folded(&block.text);
    let all = count(&text);
    if all > 80 {
        return Linked { all, inside: 0, before: all };
    }
    let mut rest = format!(" {text} ");
    let (mut linked, mut before) = (0, all);
    for link in links {
        let Some(at) = rest.find(&format!(" {link} ")) else { continue };
        before = before.min(count(rest.get(..at).unwrap_or_default()));
        linked += count(link);
        // What stands in one link stands in no other.
        rest.replace_range(at + 1..=at + link.len(), "\u{1}");
    }
    Linked { all, inside: linked.min(all), before }
}

/// A few words set off, no sentence.
fn is_label(block: &Block) -> bool {
    block.text.len() <= 40
        && (block.heading || block.strong * 10 >= block.text.len() * 9)
        && !block.text.ends_with(['.', '!', '?', '”', '"'])
}

/// What ends a page and not an article: a heading with nothing below it, an item of a list that is
/// one link.
fn is_loose_end(block: &Block, links: &[String]) -> bool {
    let sentence = block.text.ends_with(['.', '!', '?', '”', '"', '’', ')', '。']);
    let Linked { all, inside: linked, .. } = linked(block, links);
    !sentence && (block.heading || block.item && linked * 10 >= all * 8)
}
