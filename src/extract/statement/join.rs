//! Brings quotations and reporting words together.

use std::ops::Range;

use crate::extract::pack_file::Words;
use crate::span::Span;
use crate::text::{Document, Pos};

use super::content;
use super::cue::Raw;
use super::quote::Quote;
use super::source;
use super::tables::SourceWords;

/// Words that may stand between a reporting word and the quotation that it introduces.
const GAP: usize = 8;
/// A shorter quotation is a word or phrase taken up, no utterance.
const UTTERANCE: usize = 4;

/// Gives each attribution the quotations that are its content.
///
/// Quotations that a clause touches complete it; one next to reporting words is theirs; one that
/// follows in the same paragraph, or opens the next after one that was not closed, goes on.
pub(super) fn quotations(
    doc: &Document<'_>,
    quotes: &[Quote],
    raws: &mut [Raw],
    words: &SourceWords,
) {
    let tokens: Vec<Range<usize>> = quotes.iter().map(|q| doc.tokens_in(q.inner)).collect();
    let mut owner: Vec<Option<usize>> = vec![None; quotes.len()];
    let inside = |t: usize| tokens.iter().position(|r| r.contains(&t));
    right_sources(doc, raws, &inside);
    complete(doc, &tokens, raws, &mut owner, &inside);
    cut_to_quotation(doc, quotes, &tokens, raws, &inside);
    adjacent(doc, quotes, &tokens, raws, &mut owner, &inside);
    go_on(doc, quotes, &tokens, raws, &mut owner);
    drop_nested(doc, &tokens, raws, &words.persons);
    drop_questions(doc, raws, words);
}

/// Drops attitudes inside of what somebody says ("she said he wants to leave"), and in quotations
/// what the speaker says of herself and her hearers ("I think", "you know").
fn drop_nested(doc: &Document<'_>, tokens: &[Range<usize>], raws: &mut [Raw], persons: &Words) {
    for i in 0..raws.len() {
        let word = raws[i].word;
        let quoted = tokens.iter().any(|r| r.contains(&word));
        let within = quoted
            || raws.iter().enumerate().any(|(j, other)| {
                j != i
                    && other.nests
                    && other.pieces.iter().any(|p| p.contains(&word))
                    && !other.pieces.is_empty()
            });
        let own = raws[i].source.is_none_or(|s| persons.contains(&doc.word(s).to_lowercase()));
        // "Should ask why", "to say that": inside of what is said, nothing that was said.
        let finite = doc.pos(word) != Pos::Verb || !matches!(doc.tag(word), "VB" | "VBG");
        if within && (!raws[i].nests || quoted && own || !finite) {
            raws[i].pieces.clear();
        }
    }
}

/// Drops what a question only supposes of the one who is asked ("Do you think that …?"), and what
/// anybody would think ("you would find it").
fn drop_questions(doc: &Document<'_>, raws: &mut [Raw], words: &SourceWords) {
    let hearers = &words.hearers;
    for raw in raws {
        let asked = |s: usize| {
            hearers.contains(&doc.word(s).to_lowercase())
                || doc.children(s).any(|c| matches!(doc.tag(c), "WDT" | "WP$"))
        };
        let hearer = raw.source.is_some_and(asked);
        let sentence = &doc.sentences()[doc.sentence_of(raw.word)];
        let mut ends = sentence.clone().rev().skip_while(|&t| {
            doc.pos(t) == Pos::Space || doc.word(t).chars().all(|c| "\"”’')".contains(c))
        });
        let supposed = |s: usize| hearers.contains(&doc.word(s).to_lowercase());
        let general = doc
            .children(raw.word)
            .any(|c| doc.dep(c) == "aux" && words.modal.contains(&doc.word(c).to_lowercase()));
        if general && raw.source.is_some_and(supposed) {
            raw.pieces.clear();
        }
        if hearer && ends.next().is_some_and(|t| doc.word(t).starts_with('?')) {
            raw.pieces.clear();
        }
    }
}

/// A subject inside the quotation is the parser's error; the speaker then follows the verb
/// ("“Never,” wrote a supporter"), where the parser may call her the object.
fn right_sources(doc: &Document<'_>, raws: &mut [Raw], inside: &impl Fn(usize) -> Option<usize>) {
    for raw in raws {
        if !raw.takes_quote || inside(raw.word).is_some() || raw.relays_next {
            continue;
        }
        if raw.source.is_some_and(|s| inside(s).is_some()) {
            raw.source = None;
        }
        if raw.source.is_none() {
            raw.source = doc.children(raw.word).find(|&c| {
                c > raw.word
                    && matches!(doc.dep(c), "dobj" | "attr" | "nsubj" | "npadvmod" | "oprd")
                    && matches!(doc.pos(c), Pos::Propn | Pos::Noun | Pos::Pron)
                    && source::phrase(doc, c).start == raw.word + 1
                    && before_is_quotation(doc, raw.word)
            });
        }
    }
}

/// Whether a quotation ends right before the token.
fn before_is_quotation(doc: &Document<'_>, token: usize) -> bool {
    let before = doc.text().get(..doc.span(token).start()).unwrap_or("").trim_end();
    before.ends_with(['"', '”', '’', '\'', '»'])
}

/// An utterance that is a quotation has nothing outside of its marks: what the parser hung on it
/// ("“Never,” he said, and left") is not said.
fn cut_to_quotation(
    doc: &Document<'_>,
    quotes: &[Quote],
    tokens: &[Range<usize>],
    raws: &mut [Raw],
    inside: &impl Fn(usize) -> Option<usize>,
) {
    for raw in raws {
        if inside(raw.word).is_some() || !raw.takes_quote {
            continue;
        }
        let phrase = cue_phrase(doc, raw, inside);
        let utters = (0..quotes.len()).any(|q| {
            let whole = quotes[q].inner.of(doc.text()).ends_with([',', '.', '?', '!', '…', '—']);
            let ends_at_cue =
                tokens[q].end <= phrase.start && after(doc, quotes[q], &phrase).is_some();
            let starts_piece = raw.pieces.iter().any(|p| {
                let first = p.clone().find(|&t| !matches!(doc.pos(t), Pos::Punct | Pos::Space));
                first == tokens[q].clone().find(|&t| !matches!(doc.pos(t), Pos::Punct | Pos::Space))
            });
            let has = raw.pieces.iter().any(|p| p.start < tokens[q].end && tokens[q].start < p.end);
            whole && has && utterance(doc, &tokens[q]) && (ends_at_cue || starts_piece)
        });
        if utters {
            let mut kept = Vec::new();
            for piece in &raw.pieces {
                for range in tokens {
                    let cut = piece.start.max(range.start)..piece.end.min(range.end);
                    if cut.start < cut.end {
                        kept.push(cut);
                    }
                }
            }
            raw.pieces = kept;
            normalize(&mut raw.pieces);
        }
    }
}

/// Widens pieces of content to the quotations that they touch.
fn complete(
    doc: &Document<'_>,
    tokens: &[Range<usize>],
    raws: &mut [Raw],
    owner: &mut [Option<usize>],
    inside: &impl Fn(usize) -> Option<usize>,
) {
    for (index, raw) in raws.iter_mut().enumerate() {
        // What is said inside a quotation stays inside it.
        if let Some(around) = inside(raw.word) {
            let bounds = &tokens[around];
            for piece in &mut raw.pieces {
                *piece = piece.start.max(bounds.start)..piece.end.min(bounds.end);
            }
            raw.pieces.retain(|p| p.start < p.end);
            raw.takes_quote = false;
            continue;
        }
        // A parse that runs over the end of a paragraph errs.
        let paragraph = content::paragraph_of(doc, raw.word);
        for piece in &mut raw.pieces {
            *piece = piece.start.max(paragraph.start)..piece.end.min(paragraph.end);
        }
        raw.pieces.retain(|p| p.start < p.end);
        let mut wider = Vec::new();
        for (q, range) in tokens.iter().enumerate() {
            if range.is_empty() {
                continue;
            }
            let meets = |p: &&Range<usize>| p.start < range.end && range.start < p.end;
            let touching = raw.pieces.iter().find(meets).map(|_| range.start);
            let with = || raw.pieces.iter().find(|p| coordinated(doc, p, range)).map(|p| p.start);
            if let Some(start) = touching.or_else(with) {
                wider.push(start..range.end);
                if utterance(doc, range) || owner[q].is_none() {
                    owner[q].get_or_insert(index);
                }
            }
        }
        let cue = raw.cue.clone();
        raw.pieces.extend(wider.into_iter().filter(|r| !r.contains(&cue.start)));
        normalize(&mut raw.pieces);
    }
}

/// "He was “humbled” and “ready to serve”": the parser may take the second for a clause apart.
fn coordinated(doc: &Document<'_>, piece: &Range<usize>, quoted: &Range<usize>) -> bool {
    let last = (piece.start..piece.end).rev().find(|&t| doc.pos(t) != Pos::Punct);
    let Some(last) = last.filter(|&t| t < quoted.start) else { return false };
    let from = if doc.tag(last) == "CC" { last } else { last + 1 };
    let mut between = from..quoted.start;
    let small = |t: usize| doc.tag(t) == "CC" || doc.pos(t) == Pos::Punct;
    doc.sentence_of(last) == doc.sentence_of(quoted.start)
        && between.clone().all(small)
        && between.any(|t| doc.tag(t) == "CC")
}

/// Sorts pieces and joins those that touch.
pub(super) fn normalize(pieces: &mut Vec<Range<usize>>) {
    pieces.sort_by_key(|p| (p.start, p.end));
    let mut joined: Vec<Range<usize>> = Vec::new();
    for piece in pieces.drain(..) {
        match joined.last_mut() {
            Some(last) if piece.start <= last.end => last.end = last.end.max(piece.end),
            _ => joined.push(piece),
        }
    }
    *pieces = joined;
}

fn utterance(doc: &Document<'_>, range: &Range<usize>) -> bool {
    let words = range.clone().filter(|&t| !matches!(doc.pos(t), Pos::Punct | Pos::Space)).count();
    words >= UTTERANCE || range.clone().any(|t| matches!(doc.pos(t), Pos::Verb | Pos::Aux))
}

/// Gives quotations to the reporting words right behind or before them.
fn adjacent(
    doc: &Document<'_>,
    quotes: &[Quote],
    tokens: &[Range<usize>],
    raws: &mut [Raw],
    owner: &mut [Option<usize>],
    inside: &impl Fn(usize) -> Option<usize>,
) {
    for q in 0..quotes.len() {
        if owner[q].is_some() || tokens[q].is_empty() {
            continue;
        }
        let mut best: Option<(usize, usize)> = None;
        for (index, raw) in raws.iter().enumerate() {
            if !raw.takes_quote || inside(raw.word).is_some() {
                continue;
            }
            let phrase = cue_phrase(doc, raw, inside);
            let cost = if phrase.start >= tokens[q].end {
                after(doc, quotes[q], &phrase)
            } else {
                before(doc, quotes[q], raw, &phrase, inside)
            };
            if let Some(cost) = cost
                && best.is_none_or(|(c, _)| cost < c)
            {
                best = Some((cost, index));
            }
        }
        if let Some((_, index)) = best {
            owner[q] = Some(index);
            raws[index].pieces.push(tokens[q].clone());
            normalize(&mut raws[index].pieces);
        }
    }
}

/// From the first to the last token of reporting word and speaker, as far as they are outside of
/// quotations.
fn cue_phrase(
    doc: &Document<'_>,
    raw: &Raw,
    inside: &impl Fn(usize) -> Option<usize>,
) -> Range<usize> {
    let mut phrase = raw.cue.clone();
    if let Some(source) = raw.source {
        let same = doc.sentence_of(source) == doc.sentence_of(raw.word);
        if same && inside(source).is_none() {
            for t in source::phrase(doc, source).filter(|&t| inside(t).is_none()) {
                phrase = phrase.start.min(t)..phrase.end.max(t + 1);
            }
        }
    }
    phrase
}

/// "“…,” he said": nothing but punctuation between the quotation and the phrase.
fn after(doc: &Document<'_>, quote: Quote, phrase: &Range<usize>) -> Option<usize> {
    let from = doc.span(phrase.start).start();
    let gap = Span::new(doc.text(), quote.outer.end(), from)?;
    // Most quotations are far from the phrase: the first letter settles it.
    let bare = gap.of(doc.text()).chars().all(|c| c != '\n' && !c.is_alphanumeric());
    bare.then_some(0)
}

/// "He said: “…”": few words, no other quotation, no sentence end but a colon between.
fn before(
    doc: &Document<'_>,
    quote: Quote,
    raw: &Raw,
    phrase: &Range<usize>,
    inside: &impl Fn(usize) -> Option<usize>,
) -> Option<usize> {
    let first = doc.tokens_in(quote.outer).start;
    if phrase.end > first {
        return None;
    }
    let between = phrase.end..first;
    let words = between.clone().filter(|&t| !matches!(doc.pos(t), Pos::Punct | Pos::Space)).count();
    let gap = Span::new(doc.text(), doc.span(phrase.end - 1).end(), quote.outer.start())?;
    let introduced = gap.of(doc.text()).trim_end().ends_with([':', ',']);
    let same_sentence = doc.sentence_of(raw.word) == doc.sentence_of(first);
    let colon = gap.of(doc.text()).trim_end().ends_with(':');
    let quoted_between = between.clone().any(|t| inside(t).is_some());
    let line_break = gap.of(doc.text()).contains('\n');
    let touching = words == 0 && same_sentence;
    // "“A,” he said. “B.”": the rest of the utterance.
    let split = words == 0 && !raw.pieces.is_empty() && !line_break;
    if quoted_between || line_break && !colon {
        return None;
    }
    if split {
        return Some(1);
    }
    if touching
        || introduced && words <= GAP && (same_sentence || colon)
        || colon && words <= 2 * GAP
    {
        return Some(2 + words);
    }
    None
}

/// Lets quotations without reporting words of their own go on from the one before.
fn go_on(
    doc: &Document<'_>,
    quotes: &[Quote],
    tokens: &[Range<usize>],
    raws: &mut [Raw],
    owner: &mut [Option<usize>],
) {
    for q in 1..quotes.len() {
        if owner[q].is_some() || tokens[q].is_empty() || !utterance(doc, &tokens[q]) {
            continue;
        }
        let Some(index) = owner[q - 1] else { continue };
        let between = Span::new(doc.text(), quotes[q - 1].outer.end(), quotes[q].outer.start());
        let Some(between) = between.map(|s| s.of(doc.text())) else { continue };
        let breaks = between.contains('\n');
        let open = !quotes[q - 1].closed;
        let begins = sentence_begins(doc, &tokens[q]);
        let goes_on = if breaks {
            // A quotation that was left open goes on; so does a paragraph that is all quotation.
            open || begins && fills_paragraph(doc.text(), quotes[q])
        } else {
            begins || open
        };
        if goes_on && raws[index].takes_quote {
            owner[q] = Some(index);
            raws[index].pieces.push(tokens[q].clone());
            normalize(&mut raws[index].pieces);
        }
    }
}

fn sentence_begins(doc: &Document<'_>, tokens: &Range<usize>) -> bool {
    doc.word(tokens.start).chars().next().is_some_and(|c| c.is_uppercase() || c.is_numeric())
}

/// Whether the quotation is all of its paragraph.
fn fills_paragraph(text: &str, quote: Quote) -> bool {
    let before = text.get(..quote.outer.start()).unwrap_or("");
    let after = text.get(quote.outer.end()..).unwrap_or("");
    let line_start = before.rsplit('\n').next().unwrap_or("");
    let line_end = after.split('\n').next().unwrap_or("");
    line_start.trim().is_empty() && line_end.trim().is_empty()
}
