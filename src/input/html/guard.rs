//! A look at the tags of a page before the parser sees it: how deep, how many, how many attributes.
//!
//! Parsers of HTML take time that grows with depth times length, and with the square of a tag's
//! attributes, so a page made to hurt has to be told before. The scan is one pass and follows the
//! parser where that matters: void elements and those whose end may be left out open nothing,
//! scripts and comments hold no tags, a slash closes only inside SVG and MathML.

use std::collections::BTreeMap;

/// What a page may have at most.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Most {
    /// Elements within each other.
    pub(super) depth: usize,
    /// Tags in all.
    pub(super) tags: usize,
}

/// What a page has too much of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Excess {
    /// Elements within each other.
    Depth,
    /// Tags in all.
    Tags,
    /// Attributes of one tag.
    Attributes,
}

/// Which tags close themselves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Dialect {
    /// Void elements, and those whose end tag may be left out.
    Html,
    /// Those with a slash, and no others.
    Xml,
}

/// The most attributes of one tag: real pages have a few dozen.
pub(super) const ATTRIBUTES: usize = 1000;

/// Elements that open nothing: void ones, and those that the next of their kind closes.
const FLAT: [&[u8]; 30] = [
    b"area",
    b"base",
    b"br",
    b"col",
    b"embed",
    b"hr",
    b"img",
    b"input",
    b"link",
    b"meta",
    b"param",
    b"source",
    b"track",
    b"wbr",
    b"p",
    b"li",
    b"dd",
    b"dt",
    b"option",
    b"optgroup",
    b"tr",
    b"td",
    b"th",
    b"tbody",
    b"thead",
    b"tfoot",
    b"rp",
    b"rt",
    b"html",
    b"body",
];

/// Elements whose content is no markup.
const RAW: [&[u8]; 6] = [b"script", b"style", b"textarea", b"title", b"xmp", b"noframes"];

/// The first thing that the page has too much of, and the byte where it has.
pub(super) fn excess(page: &[u8], most: Most, dialect: Dialect) -> Option<(Excess, usize)> {
    let mut open: BTreeMap<Vec<u8>, usize> = BTreeMap::new();
    let xml = dialect == Dialect::Xml;
    let (mut depth, mut foreign, mut tags) = (0_usize, 0_usize, 0_usize);
    let mut at = 0;
    while let Some(step) = memchr::memchr(b'<', page.get(at..)?) {
        let start = at + step;
        let rest = page.get(start + 1..)?;
        if rest.starts_with(b"!--") {
            at = after(page, start + 4, b"-->");
            continue;
        }
        if xml && rest.starts_with(b"![CDATA[") {
            at = after(page, start + 9, b"]]>");
            continue;
        }
        let end_tag = rest.first() == Some(&b'/');
        let name_at = start + 1 + usize::from(end_tag);
        let name = name(page.get(name_at..)?);
        if name.is_empty() {
            at = start + 1;
            continue;
        }
        tags += 1;
        if tags > most.tags {
            return Some((Excess::Tags, start));
        }
        let tag = Tag::read(page, name_at + name.len());
        if tag.attributes > ATTRIBUTES {
            return Some((Excess::Attributes, start));
        }
        at = tag.end;
        if !xml && FLAT.contains(&&*name) {
            continue;
        }
        let is_foreign = matches!(&*name, b"svg" | b"math");
        if end_tag {
            if let Some(count) = open.get_mut(&name).filter(|count| **count > 0) {
                *count -= 1;
                depth -= 1;
                foreign -= usize::from(is_foreign && foreign > 0);
            }
            continue;
        }
        if !xml && foreign == 0 && RAW.contains(&&*name) {
            at = after_end_tag(page, at, &name);
            continue;
        }
        if tag.slash && (xml || foreign > 0 || is_foreign) {
            continue;
        }
        foreign += usize::from(is_foreign);
        *open.entry(name).or_default() += 1;
        depth += 1;
        if depth > most.depth {
            return Some((Excess::Depth, start));
        }
    }
    None
}

/// What stands between a tag's name and its end.
struct Tag {
    /// The byte after it.
    end: usize,
    attributes: usize,
    slash: bool,
}

impl Tag {
    fn read(page: &[u8], from: usize) -> Self {
        let (mut attributes, mut quote, mut last) = (0, None, b' ');
        for (i, &byte) in page.get(from..).unwrap_or_default().iter().enumerate() {
            match quote {
                Some(mark) if byte == mark => quote = None,
                Some(_) => {}
                None if byte == b'>' => {
                    return Self { end: from + i + 1, attributes, slash: last == b'/' };
                }
                None => {
                    // A quotation mark opens a value only after the sign of equality.
                    if matches!(byte, b'"' | b'\'') && last == b'=' {
                        quote = Some(byte);
                    }
                    let begins = !byte.is_ascii_whitespace() && !matches!(byte, b'/' | b'=');
                    let after = last.is_ascii_whitespace() || matches!(last, b'/' | b'"' | b'\'');
                    attributes += usize::from(begins && after);
                }
            }
            if !byte.is_ascii_whitespace() || last != b'=' {
                last = byte;
            }
        }
        Self { end: page.len(), attributes, slash: false }
    }
}

/// The name of a tag, in small letters.
fn name(bytes: &[u8]) -> Vec<u8> {
    if !bytes.first().is_some_and(u8::is_ascii_alphabetic) {
        return Vec::new();
    }
    let end = |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b'>' | b'/');
    let long = bytes.iter().take(64).position(end).unwrap_or(bytes.len().min(64));
    bytes.get(..long).unwrap_or_default().to_ascii_lowercase()
}

/// The byte after the next `mark`, or the end.
fn after(page: &[u8], from: usize, mark: &[u8]) -> usize {
    let rest = page.get(from..).unwrap_or_default();
    memchr::memmem::find(rest, mark).map_or(page.len(), |found| from + found + mark.len())
}

/// The byte at the next end tag of `name`, or the end.
fn after_end_tag(page: &[u8], mut from: usize, name: &[u8]) -> usize {
    loop {
        let at = after(page, from, b"</");
        let end = page.get(at..at + name.len());
        if at >= page.len() || end.is_some_and(|end| end.eq_ignore_ascii_case(name)) {
            return at;
        }
        from = at;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tell(page: &str) -> Option<Excess> {
        excess(page.as_bytes(), Most { depth: 20, tags: 4000 }, Dialect::Html).map(|(what, _)| what)
    }

    #[test]
    fn what_real_pages_do_is_not_deep() {
        for page in [
            "<div><p>a</p></div>".repeat(50),
            "<p>a<br><li>b<td>c<img src=x>".repeat(90),
            "<svg><path d='m0 0'/><g/></svg>".repeat(50),
            "<!-- <div> --><script>\"<div>\" + '</p>'</script>".repeat(50),
            "<a href='x>y' title=\"<b>\">z</a>".repeat(100),
            "1 < 2 <3 << ".repeat(500),
        ] {
            assert_eq!(tell(&page), None, "{page}");
        }
    }

    #[test]
    fn what_hurts_is_told() {
        assert_eq!(tell(&"<div>".repeat(30)), Some(Excess::Depth));
        assert_eq!(tell(&"<div/>".repeat(30)), Some(Excess::Depth));
        assert_eq!(tell(&"<b></x>".repeat(30)), Some(Excess::Depth));
        assert_eq!(tell(&"<p>".repeat(5000)), Some(Excess::Tags));
        let attributes: Vec<String> = (0..1100).map(|n| format!("a{n}")).collect();
        assert_eq!(tell(&format!("<p {}>", attributes.join(" "))), Some(Excess::Attributes));
        assert_eq!(tell(&format!("<p {}>", "x='y'".repeat(1100))), Some(Excess::Attributes));
    }
}
