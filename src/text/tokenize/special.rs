//! Special cases that the affix rules take apart: they are found again as sequences of tokens.

use rustc_hash::{FxHashMap, FxHashSet};

use super::super::model::TokenizerData;
use super::{Memo, Token, Tokenizer, narrow};

/// The token sequences that special cases turn into, by the first token's text.
#[derive(Debug, Default)]
pub(crate) struct Sequences {
    /// Id of the first text → the ids of the others.
    by_first: FxHashMap<u64, Vec<Box<[u64]>>>,
}

impl Sequences {
    /// The sequences of all special cases that contain a space or an affix.
    pub(crate) fn new(tokenizer: &Tokenizer, data: &TokenizerData) -> Self {
        let mut by_first: FxHashMap<u64, Vec<Box<[u64]>>> = FxHashMap::default();
        let mut memo = Memo::default();
        let mut tokens = Vec::new();
        let affixes = [&tokenizer.prefix, &tokenizer.infix, &tokenizer.suffix];
        for (text, _) in &data.exceptions {
            let split = text.contains(' ')
                || affixes.into_iter().flatten().any(|affix| affix.find(text).is_some());
            if !split {
                continue;
            }
            tokens.clear();
            tokenizer.chunks(text, None, &mut memo, &mut tokens);
            let ids: Vec<u64> = tokens.iter().map(|t| memo.lexicon.get(t.lexeme).orth).collect();
            if let Some((&first, rest)) = ids.split_first() {
                let rest: Box<[u64]> = rest.into();
                let found = by_first.entry(first).or_default();
                if !found.contains(&rest) {
                    found.push(rest);
                }
            }
        }
        Self { by_first }
    }

    /// Replaces the sequences found in `out[first..]`, the tokens of `text`.
    pub(crate) fn apply(
        &self,
        tokenizer: &Tokenizer,
        text: &str,
        first: usize,
        memo: &mut Memo,
        out: &mut Vec<Token>,
    ) {
        let tokens = &out[first..];
        let orth = |i: usize| tokens.get(i).map(|t| memo.lexicon.get(t.lexeme).orth);
        // (length, start), so that the order of sorting is that of preference, reversed.
        let mut found: Vec<(usize, usize)> = Vec::new();
        for i in 0..tokens.len() {
            let Some(sequences) = orth(i).and_then(|id| self.by_first.get(&id)) else { continue };
            for rest in sequences {
                if rest.iter().zip(i + 1..).all(|(&id, j)| orth(j) == Some(id)) {
                    found.push((rest.len() + 1, i));
                }
            }
        }
        if found.is_empty() {
            return;
        }
        found.sort_by_key(|&(length, start)| (std::cmp::Reverse(length), start));
        let mut taken = FxHashSet::default();
        let mut kept = Vec::new();
        for (length, start) in found {
            if !taken.contains(&start) && !taken.contains(&(start + length - 1)) {
                kept.push((start, length));
            }
            taken.extend(start..start + length);
        }
        kept.sort_unstable();
        replace(tokenizer, text, first, &kept, memo, out);
    }
}

fn replace(
    tokenizer: &Tokenizer,
    text: &str,
    first: usize,
    kept: &[(usize, usize)],
    memo: &mut Memo,
    out: &mut Vec<Token>,
) {
    let covered = |out: &[Token], start: usize, length: usize| {
        let (a, b) = (out[first + start], out[first + start + length - 1]);
        text.get(a.start as usize..b.end as usize).and_then(|s| tokenizer.specials.get(s))
    };
    // Single tokens that stay single are the common case and change nothing but the norm.
    if !kept.iter().any(|&(start, length)| covered(out, start, length).is_some()) {
        return;
    }
    let old = out.split_off(first);
    let mut i = 0;
    let mut kept = kept.iter().peekable();
    while i < old.len() {
        let length = match kept.peek() {
            Some(&&(start, length)) if start == i => {
                kept.next();
                length
            }
            _ => {
                out.push(old[i]);
                i += 1;
                continue;
            }
        };
        let last = old[i + length - 1];
        let special = text.get(old[i].start as usize..last.end as usize);
        match special.and_then(|s| tokenizer.specials.get(s)) {
            None => out.extend(&old[i..i + length]),
            Some(tokens) => {
                let mut at = old[i].start as usize;
                for &(bytes, norm) in tokens {
                    let end = at + bytes as usize;
                    let lexeme =
                        memo.lexicon.add(text.get(at..end).unwrap_or(""), norm, &tokenizer.norms);
                    let (start, stop) = (narrow(at), narrow(end));
                    out.push(Token { start, end: stop, lexeme, spacy: false });
                    at = end;
                }
                if let Some(token) = out.last_mut() {
                    token.spacy = last.spacy;
                }
            }
        }
        i += length;
    }
}
