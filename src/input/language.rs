//! In which language an article is.

use whatlang::{Lang, detect};

use crate::facts::Article;

use super::{InputError, Place};

/// Languages by their codes: ISO 639-1, ISO 639-3.
const CODES: [(&str, &str); 68] = [
    ("eo", "epo"),
    ("en", "eng"),
    ("ru", "rus"),
    ("zh", "cmn"),
    ("es", "spa"),
    ("pt", "por"),
    ("it", "ita"),
    ("bn", "ben"),
    ("fr", "fra"),
    ("de", "deu"),
    ("uk", "ukr"),
    ("ka", "kat"),
    ("ar", "ara"),
    ("hi", "hin"),
    ("ja", "jpn"),
    ("he", "heb"),
    ("yi", "yid"),
    ("pl", "pol"),
    ("am", "amh"),
    ("jv", "jav"),
    ("ko", "kor"),
    ("nb", "nob"),
    ("da", "dan"),
    ("sv", "swe"),
    ("fi", "fin"),
    ("tr", "tur"),
    ("nl", "nld"),
    ("hu", "hun"),
    ("cs", "ces"),
    ("el", "ell"),
    ("bg", "bul"),
    ("be", "bel"),
    ("mr", "mar"),
    ("kn", "kan"),
    ("ro", "ron"),
    ("sl", "slv"),
    ("hr", "hrv"),
    ("sr", "srp"),
    ("mk", "mkd"),
    ("lt", "lit"),
    ("lv", "lav"),
    ("et", "est"),
    ("ta", "tam"),
    ("vi", "vie"),
    ("ur", "urd"),
    ("th", "tha"),
    ("gu", "guj"),
    ("uz", "uzb"),
    ("pa", "pan"),
    ("az", "aze"),
    ("id", "ind"),
    ("te", "tel"),
    ("fa", "pes"),
    ("ml", "mal"),
    ("or", "ori"),
    ("my", "mya"),
    ("ne", "nep"),
    ("si", "sin"),
    ("km", "khm"),
    ("tk", "tuk"),
    ("ak", "aka"),
    ("zu", "zul"),
    ("sn", "sna"),
    ("af", "afr"),
    ("la", "lat"),
    ("sk", "slk"),
    ("ca", "cat"),
    ("tl", "tgl"),
];

/// A text shorter than this, in letters, is too short to tell.
const LEAST: usize = 150;

/// How much of a text is looked at, in letters.
const MOST: usize = 4000;

/// Whether a language of this code, ISO 639-1 or 639-3, can be told from others.
pub fn known_language(code: &str) -> bool {
    Lang::from_code(code).is_some() || CODES.iter().any(|(short, _)| *short == code)
}

/// Refuses an article that is surely in none of the languages `kept`; none keeps all.
pub(super) fn check(article: &Article, kept: &[String], at: &Place) -> Result<(), InputError> {
    match other(article, kept) {
        Some(language) => Err(InputError::OtherLanguage { at: at.clone(), language }),
        None => Ok(()),
    }
}

/// The language of the article, if it is surely none of `kept`.
fn other(article: &Article, kept: &[String]) -> Option<&'static str> {
    if kept.is_empty() {
        return None;
    }
    let sample: String = article.text.chars().take(MOST).collect();
    if sample.chars().filter(|c| c.is_alphabetic()).count() < LEAST {
        return None;
    }
    let told = detect(&sample).filter(whatlang::Info::is_reliable)?.lang().code();
    let short = CODES.iter().find(|(_, long)| *long == told).map_or(told, |(short, _)| short);
    (!kept.iter().any(|code| code == told || code == short)).then_some(short)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn other_than(kept: &str, text: &str) -> Option<&'static str> {
        let article = Article { text: text.to_owned(), ..Article::default() };
        other(&article, &[kept.to_owned()])
    }

    #[test]
    fn languages_are_told_from_texts_that_are_long_enough() {
        let german = "Der Hafen von Vell bleibt nach dem Sturm bis Donnerstag geschlossen, teilte \
            die Hafenmeisterin am Mittwoch mit. Zwei Fähren lagen die ganze Nacht vor der Küste, \
            verletzt wurde niemand. Die Reederei rechnet mit Verspätungen bis zum Wochenende.";
        let english = "The port of Vell stays shut until Thursday after the storm, the harbour \
            master said on Wednesday. Two ferries lay off the coast all night; nobody was hurt. \
            The line expects delays until the weekend.";
        assert_eq!(other_than("en", german), Some("de"));
        assert_eq!(other_than("de", german), None);
        assert_eq!(other_than("deu", german), None);
        assert_eq!(other_than("en", english), None);
        assert_eq!(other_than("de", english), Some("en"));
        assert_eq!(other_than("en", "Kein Kommentar."), None);
    }

    #[test]
    fn every_code_is_of_a_language_that_can_be_told() {
        for (short, long) in CODES {
            assert!(Lang::from_code(long).is_some(), "{long}");
            assert!(known_language(short) && known_language(long));
        }
        assert!(!known_language("xx"));
    }
}
