//! Encodings of what comes from the web: the order of the HTML standard, then a guess; and text
//! that was read in the wrong one before it came here.
//!
//! Source: WHATWG HTML, 13.2.3.2 (determining the character encoding); WHATWG Encoding.

use std::sync::LazyLock;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};
use regex::bytes::Regex;

/// How far into a page it may declare its encoding: the standard says 1024 bytes, pages differ.
const HEAD: usize = 8 << 10;

static DECLARED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#"(?i)(?:<meta\b[^>]*\bcharset|<\?xml\b[^>]*\bencoding)\s*=\s*["']?\s*([\w:.-]+)"#)
        .expect("the pattern is fixed")
});

/// The text of `bytes`: by byte order mark, else as UTF-8 where it is, else in the encoding that
/// the transport names, else in the one that the bytes declare, else in the likeliest. Bytes that
/// fit in none become U+FFFD.
pub(super) fn decode_web(bytes: &[u8], transport: Option<&str>) -> String {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        let text = encoding.decode_without_bom_handling(bytes.get(mark..).unwrap_or_default()).0;
        return text.into_owned();
    }
    // Whatever a page says of itself: what is whole UTF-8 is nothing else.
    if let Ok(text) = std::str::from_utf8(bytes) {
        return text.to_owned();
    }
    let head = bytes.get(..HEAD).unwrap_or(bytes);
    let declared = || Some(DECLARED.captures(head)?.get(1)?.as_bytes());
    let named = transport
        .and_then(|label| Encoding::for_label(label.as_bytes()))
        .or_else(|| Encoding::for_label(declared()?))
        .filter(|encoding| encoding.is_ascii_compatible() && mostly(encoding, bytes));
    let encoding = named.unwrap_or_else(|| {
        let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
        detector.feed(bytes, true);
        detector.guess(None, Utf8Detection::Allow)
    });
    encoding.decode_without_bom_handling(bytes).0.into_owned()
}

/// Whether the bytes are in the encoding, but for a few.
fn mostly(encoding: &'static Encoding, bytes: &[u8]) -> bool {
    let text = encoding.decode_without_bom_handling(bytes).0;
    let odd = text.chars().filter(|&c| c == '\u{fffd}').count();
    let all = text.chars().filter(|c| !c.is_ascii()).count();
    odd * 10 <= all || encoding != UTF_8 && odd * 5 <= all
}

/// The text with UTF-8 that had been read as Windows-1252 read aright: `donâ€™t` is `don’t`.
///
/// A run of letters beyond ASCII is mended only where its bytes are whole UTF-8, which no text
/// in a language is by chance.
pub(super) fn unscramble(text: &str) -> String {
    if !text.contains(['Ã', 'Â', 'â', 'ð', 'Å', 'Ä']) {
        return text.to_owned();
    }
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(begin) = rest.find(|c: char| !c.is_ascii()) {
        let (plain, from) = rest.split_at(begin);
        let end = from.find(|c: char| c.is_ascii()).unwrap_or(from.len());
        let (run, after) = from.split_at(end);
        out.push_str(plain);
        match mended(run) {
            Some(mended) => out.push_str(&mended),
            None => out.push_str(run),
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

fn mended(run: &str) -> Option<String> {
    let (bytes, _, unmappable) = WINDOWS_1252.encode(run);
    if unmappable {
        return None;
    }
    let text = std::str::from_utf8(&bytes).ok()?;
    text.chars().all(|c| !c.is_control()).then(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn encodings_are_told_in_the_order_of_the_standard() {
        let page =
            |charset: &str| format!("<meta charset={charset}><p>Caf\u{e9} \u{201c}x\u{201d}");
        let latin = WINDOWS_1252.encode(&page("windows-1252")).0.into_owned();
        assert_eq!(decode_web(&latin, None), page("windows-1252"));
        // A wrong declaration does not spoil what is whole UTF-8.
        assert_eq!(decode_web(page("iso-8859-1").as_bytes(), None), page("iso-8859-1"));
        // The transport goes before the page, a guess comes last.
        let cyrillic = encoding_rs::KOI8_R.encode("Порт закрыт до утра, сообщили в среду.").0;
        assert!(decode_web(&cyrillic, Some("koi8-r")).starts_with("Порт"));
        assert!(decode_web(&cyrillic, None).starts_with("Порт"));
        let utf16: Vec<u8> = "\u{feff}é".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(decode_web(&utf16, None), "é");
    }

    #[test]
    fn text_read_twice_is_mended_and_text_read_once_is_not() {
        assert_eq!(
            unscramble("The portâ€™s cafÃ© costs Â£3 â€” â€œyesâ€\u{9d}."),
            "The port’s café costs £3 — “yes”."
        );
        for sound in ["Ângela, Åse and Übel: «â»", "Ãngela", "naïve – déjà vu", "£3 Ä Ö"]
        {
            assert_eq!(unscramble(sound), sound);
        }
    }
}
