//! Text → tokens: chunks between white space, special cases, affixes.
//!
//! What it does is specified by the models: they were trained on these tokens. Deviates on
//! purpose for chunks over [`LONGEST_CHUNK`] bytes, which become one token each, and keeps what
//! stands between [`MOST_AFFIXES`] prefixes and as many suffixes together: the time for a text is
//! linear in its length.

mod affix;
mod special;

use rustc_hash::FxHashMap;

use super::hash::string_id;
use super::lexeme::{Lexicon, Norms, is_space};
use super::model::{ModelError, TokenizerData};
use affix::Affix;
use special::Sequences;

/// A chunk of more bytes than this is not split: the patterns are not linear in its length.
const LONGEST_CHUNK: usize = 500;

/// So many prefixes and suffixes are taken off a chunk: every round looks at all that is left. A rule
/// of signs across a page has fewer.
const MOST_AFFIXES: usize = 64;

/// A token of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Token {
    /// First byte.
    pub(crate) start: u32,
    /// One past the last byte.
    pub(crate) end: u32,
    /// Number of its word type in the lexicon.
    pub(crate) lexeme: u32,
    /// Whether a space follows that belongs to no token.
    pub(crate) spacy: bool,
}

/// Special case → its tokens: bytes, and the id of the norm where one is set.
type Specials = FxHashMap<Box<str>, Box<[(u32, Option<u64>)]>>;

/// The compiled tokenizer of a model.
#[derive(Debug)]
pub(crate) struct Tokenizer {
    prefix: Option<Affix>,
    suffix: Option<Affix>,
    infix: Option<Affix>,
    token_match: Option<Affix>,
    url_match: Option<Affix>,
    specials: Specials,
    sequences: Sequences,
    norms: Norms,
}

/// What the tokenizer remembers from text to text; it changes nothing but the time needed.
#[derive(Debug, Default)]
pub(crate) struct Memo {
    pub(crate) lexicon: Lexicon,
    /// Chunk → its tokens in `tokens`, with offsets from the chunk's beginning.
    chunks: FxHashMap<Box<str>, (u32, u32)>,
    tokens: Vec<Token>,
    pieces: Pieces,
}

/// Scratch space for one chunk.
#[derive(Debug, Default)]
struct Pieces {
    suffixes: Vec<(usize, usize)>,
    infixes: Vec<(usize, usize)>,
}

impl Memo {
    /// Forgets everything once `limit` word types or chunks are exceeded.
    pub(crate) fn bound(&mut self, limit: usize) -> bool {
        let over = self.lexicon.len() > limit || self.chunks.len() > limit;
        if over {
            self.lexicon.clear();
            self.chunks.clear();
            self.tokens.clear();
        }
        over
    }
}

impl Tokenizer {
    /// Compiles the rules of a model.
    pub(crate) fn new(data: &TokenizerData, norms: Norms) -> Result<Self, ModelError> {
        let compile = |part: &str, source: &Option<String>| {
            source.as_ref().map(|s| Affix::compile(part, s)).transpose()
        };
        let specials = data
            .exceptions
            .iter()
            .map(|(chunk, tokens)| {
                let tokens = tokens
                    .iter()
                    .map(|(text, norm)| (narrow(text.len()), norm.as_deref().map(string_id)))
                    .collect();
                (chunk.as_str().into(), tokens)
            })
            .collect();
        let mut tokenizer = Self {
            prefix: compile("prefix_search", &data.prefix)?,
            suffix: compile("suffix_search", &data.suffix)?,
            infix: compile("infix_finditer", &data.infix)?,
            token_match: compile("token_match", &data.token_match)?,
            url_match: compile("url_match", &data.url_match)?,
            specials,
            sequences: Sequences::default(),
            norms,
        };
        tokenizer.sequences = Sequences::new(&tokenizer, data);
        Ok(tokenizer)
    }

    /// Appends the tokens of `text` to `out`, which may hold those of other texts; offsets count
    /// from the beginning of `text`.
    pub(crate) fn tokenize(&self, text: &str, memo: &mut Memo, out: &mut Vec<Token>) {
        let first = out.len();
        self.chunks(text, Some(&self.specials), memo, out);
        self.sequences.apply(self, text, first, memo, out);
    }

    fn chunks(
        &self,
        text: &str,
        specials: Option<&Specials>,
        memo: &mut Memo,
        out: &mut Vec<Token>,
    ) {
        let mut start = 0;
        let mut in_space = text.chars().next().is_some_and(is_space);
        for (i, c) in text.char_indices() {
            if is_space(c) == in_space {
                continue;
            }
            if start < i {
                self.chunk(text, start, i, specials, memo, out);
            }
            start = i;
            if c == ' ' {
                if let Some(last) = out.last_mut() {
                    last.spacy = true;
                }
                start += 1;
            }
            in_space = !in_space;
        }
        if start < text.len() {
            self.chunk(text, start, text.len(), specials, memo, out);
        }
    }

    fn chunk(
        &self,
        text: &str,
        start: usize,
        end: usize,
        specials: Option<&Specials>,
        memo: &mut Memo,
        out: &mut Vec<Token>,
    ) {
        let Some(chunk) = text.get(start..end) else { return };
        // Without special cases (start-up only) results differ: the memo is not for them.
        let known = specials.and_then(|_| memo.chunks.get(chunk).copied());
        let (from, to) = if let Some(range) = known {
            range
        } else {
            let from = memo.tokens.len();
            self.split(chunk, specials.is_some(), memo);
            let range = (narrow(from), narrow(memo.tokens.len()));
            if specials.is_some() {
                memo.chunks.insert(chunk.into(), range);
            }
            range
        };
        let base = narrow(start);
        out.extend(memo.tokens[from as usize..to as usize].iter().map(|t| Token {
            start: t.start + base,
            end: t.end + base,
            ..*t
        }));
        if specials.is_none() {
            memo.tokens.truncate(from as usize);
        }
    }

    /// Appends the tokens of a chunk to the memo's.
    fn split(&self, chunk: &str, specials: bool, memo: &mut Memo) {
        let mut pieces = std::mem::take(&mut memo.pieces);
        pieces.suffixes.clear();
        if chunk.len() > LONGEST_CHUNK {
            self.push(chunk, 0, chunk.len(), None, memo);
        } else {
            let rest = self.affixes(chunk, specials, memo, &mut pieces.suffixes);
            self.middle(chunk, rest, specials, memo, &mut pieces.infixes);
            for &(start, end) in pieces.suffixes.iter().rev() {
                self.push(chunk, start, end, None, memo);
            }
        }
        memo.pieces = pieces;
    }

    /// Takes prefixes and suffixes off; prefixes go to the memo's tokens, suffixes to `suffixes`,
    /// last first. Returns what is left.
    fn affixes(
        &self,
        chunk: &str,
        specials: bool,
        memo: &mut Memo,
        suffixes: &mut Vec<(usize, usize)>,
    ) -> (usize, usize) {
        let special = |from: usize, to: usize| {
            specials && from < to && chunk.get(from..to).is_some_and(|s| self.is_special(s))
        };
        let (mut start, mut end) = (0, chunk.len());
        let mut last = usize::MAX;
        for _ in 0..MOST_AFFIXES {
            if start == end || end - start == last {
                break;
            }
            let Some(text) = chunk.get(start..end) else { break };
            let token = self.token_match.as_ref().is_some_and(|m| m.matches_start(text));
            if token || special(start, end) {
                break;
            }
            last = end - start;
            let length = |affix: &Option<Affix>, text: &str| {
                affix.as_ref().and_then(|a| a.find(text)).map_or(0, |(from, to)| to - from)
            };
            let prefix = length(&self.prefix, text);
            if prefix > 0 && special(start + prefix, end) {
                self.push(chunk, start, start + prefix, None, memo);
                start += prefix;
                break;
            }
            let suffix = length(&self.suffix, text.get(prefix..).unwrap_or(""));
            if suffix > 0 && special(start, end - suffix) {
                suffixes.push((end - suffix, end));
                end -= suffix;
                break;
            }
            if prefix > 0 {
                self.push(chunk, start, start + prefix, None, memo);
                start += prefix;
            }
            if suffix > 0 && start + suffix <= end {
                suffixes.push((end - suffix, end));
                end -= suffix;
            }
        }
        (start, end)
    }

    /// Appends the tokens of what is left between the affixes.
    fn middle(
        &self,
        chunk: &str,
        (start, end): (usize, usize),
        specials: bool,
        memo: &mut Memo,
        infixes: &mut Vec<(usize, usize)>,
    ) {
        let Some(text) = chunk.get(start..end) else { return };
        if text.is_empty() {
            return;
        }
        if specials && let Some(tokens) = self.specials.get(text) {
            let mut at = start;
            for &(length, norm) in tokens {
                self.push(chunk, at, at + length as usize, norm, memo);
                at += length as usize;
            }
            return;
        }
        let whole = self.token_match.as_ref().is_some_and(|m| m.matches_start(text))
            || text.contains('.') && self.url_match.as_ref().is_some_and(|m| m.matches_start(text));
        infixes.clear();
        if !whole && let Some(infix) = &self.infix {
            infix.find_all(text, infixes);
        }
        let mut done = 0;
        for &(from, to) in infixes.iter().filter(|(from, _)| *from > 0) {
            if from > done {
                self.push(chunk, start + done, start + from, None, memo);
            }
            if to > from {
                self.push(chunk, start + from, start + to, None, memo);
            }
            done = to;
        }
        if done < text.len() {
            self.push(chunk, start + done, end, None, memo);
        }
    }

    fn push(&self, chunk: &str, start: usize, end: usize, norm: Option<u64>, memo: &mut Memo) {
        let text = chunk.get(start..end).unwrap_or("");
        let lexeme = memo.lexicon.add(text, norm, &self.norms);
        memo.tokens.push(Token { start: narrow(start), end: narrow(end), lexeme, spacy: false });
    }

    fn is_special(&self, text: &str) -> bool {
        self.specials.contains_key(text)
    }
}

fn narrow(i: usize) -> u32 {
    u32::try_from(i).expect("a text is under 4 GiB")
}
