//! The analysed text.

use std::ops::Range;

use crate::patience;
use crate::span::Span;

/// Declares the coarse parts of speech with their one table of names.
macro_rules! parts_of_speech {
    ($($name:ident = $text:literal),+ $(,)?) => {
        /// Coarse part of speech.
        ///
        /// # Source
        ///
        /// Universal Dependencies' UPOS, with spaCy's SPACE; `Unknown` where nothing set it.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Default)]
        #[expect(missing_docs, reason = "UPOS names")]
        pub enum Pos { #[default] Unknown, $($name),+ }

        impl Pos {
            /// Every part of speech.
            pub const ALL: &[Self] = &[Self::Unknown, $(Self::$name),+];

            /// The UPOS spelling; empty for `Unknown`.
            pub fn as_str(self) -> &'static str {
                match self { Self::Unknown => "", $(Self::$name => $text),+ }
            }

            /// The part of speech that UPOS spells `text`.
            pub fn parse(text: &str) -> Option<Self> {
                match text { "" => Some(Self::Unknown), $($text => Some(Self::$name),)+ _ => None }
            }
        }
    };
}
parts_of_speech! {
    Adj = "ADJ", Adp = "ADP", Adv = "ADV", Aux = "AUX", Conj = "CONJ", Cconj = "CCONJ",
    Det = "DET", Intj = "INTJ", Noun = "NOUN", Num = "NUM", Part = "PART", Pron = "PRON",
    Propn = "PROPN", Punct = "PUNCT", Sconj = "SCONJ", Sym = "SYM", Verb = "VERB", X = "X",
    Space = "SPACE",
}

/// What the pipeline says of one token; input of [`DocumentBuilder::push`].
#[derive(Clone, Copy, Debug)]
pub struct TokenData<'a> {
    /// Where it stands in the document's text.
    pub span: Span,
    /// Fine-grained tag (Penn Treebank for English).
    pub tag: &'a str,
    /// Coarse part of speech.
    pub pos: Pos,
    /// UD features, `A=B|C=D`.
    pub morph: &'a str,
    /// Lemma.
    pub lemma: &'a str,
    /// Index of the head in the document; its own index for a root.
    pub head: usize,
    /// Dependency label (ClearNLP's set for English).
    pub dep: &'a str,
    /// Whether a sentence begins here.
    pub sentence_start: bool,
}

/// A name found by the pipeline's named-entity recogniser.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NameSpan {
    /// Tokens covered.
    pub tokens: Range<usize>,
    /// The model's label (OntoNotes set for English: PERSON, ORG, GPE …).
    pub label: String,
}

/// An analysed text: tokens in order, none overlapping, each with its place in the tree.
///
/// Token indices are `usize` in `0..len()`. White space that the tokenizer keeps as a token has
/// [`Pos::Space`].
#[derive(Clone, Debug, Default)]
pub struct Document<'t> {
    text: &'t str,
    spans: Vec<Span>,
    pos: Vec<Pos>,
    heads: Vec<u32>,
    tags: Vec<u32>,
    morphs: Vec<u32>,
    lemmas: Vec<u32>,
    deps: Vec<u32>,
    sentence_of: Vec<u32>,
    sentences: Vec<Range<usize>>,
    /// Children in text order: `children[child_starts[i]..child_starts[i + 1]]`.
    child_starts: Vec<u32>,
    children: Vec<u32>,
    /// Leftmost and one past the rightmost token of each subtree.
    edges: Vec<(u32, u32)>,
    names: Vec<NameSpan>,
    pool: indexmap::IndexSet<String>,
}

impl<'t> Document<'t> {
    /// The text that was analysed.
    pub fn text(&self) -> &'t str {
        self.text
    }

    /// Number of tokens.
    pub fn len(&self) -> usize {
        self.spans.len()
    }

    /// Whether the text has no token.
    pub fn is_empty(&self) -> bool {
        self.spans.is_empty()
    }

    /// Where token `i` stands.
    pub fn span(&self, i: usize) -> Span {
        self.spans[i]
    }

    /// The words of token `i`.
    pub fn word(&self, i: usize) -> &'t str {
        self.text.get(self.spans[i].start()..self.spans[i].end()).unwrap_or("")
    }

    /// Coarse part of speech of token `i`.
    pub fn pos(&self, i: usize) -> Pos {
        self.pos[i]
    }

    /// Fine-grained tag of token `i`.
    pub fn tag(&self, i: usize) -> &str {
        self.pooled(self.tags[i])
    }

    /// UD features of token `i`.
    pub fn morph(&self, i: usize) -> &str {
        self.pooled(self.morphs[i])
    }

    /// Lemma of token `i`.
    pub fn lemma(&self, i: usize) -> &str {
        self.pooled(self.lemmas[i])
    }

    /// Dependency label of token `i`.
    pub fn dep(&self, i: usize) -> &str {
        self.pooled(self.deps[i])
    }

    /// Head of token `i`; `i` itself for a root.
    pub fn head(&self, i: usize) -> usize {
        self.heads[i] as usize
    }

    /// Children of token `i`, in text order.
    pub fn children(&self, i: usize) -> impl DoubleEndedIterator<Item = usize> + '_ {
        patience::check();
        let range = self.child_starts[i] as usize..self.child_starts[i + 1] as usize;
        self.children[range].iter().map(|&c| c as usize)
    }

    /// Children of token `i` with the label `dep`.
    pub fn children_by<'a>(&'a self, i: usize, dep: &'a str) -> impl Iterator<Item = usize> + 'a {
        self.children(i).filter(move |&c| self.dep(c) == dep)
    }

    /// From the leftmost to one past the rightmost token of the subtree of `i`.
    pub fn subtree(&self, i: usize) -> Range<usize> {
        self.edges[i].0 as usize..self.edges[i].1 as usize
    }

    /// Heads of `i` from its own up to the root of its sentence.
    pub fn ancestors(&self, i: usize) -> impl Iterator<Item = usize> + '_ {
        std::iter::successors(Some(i), |&j| (self.head(j) != j).then(|| self.head(j)))
            .skip(1)
            .take(self.len())
    }

    /// Sentences as token ranges, in order; together they cover every token.
    pub fn sentences(&self) -> &[Range<usize>] {
        &self.sentences
    }

    /// Index into [`Document::sentences`] of the sentence of token `i`.
    pub fn sentence_of(&self, i: usize) -> usize {
        self.sentence_of[i] as usize
    }

    /// Names found by the recogniser, in text order, none overlapping.
    pub fn names(&self) -> &[NameSpan] {
        &self.names
    }

    /// The stretch of text from the first to the last token of a range that is not empty.
    pub fn span_of(&self, tokens: Range<usize>) -> Span {
        patience::check();
        self.spans[tokens.start].cover(self.spans[tokens.end - 1])
    }

    /// The tokens that lie wholly or partly inside `span`.
    pub fn tokens_in(&self, span: Span) -> Range<usize> {
        patience::check();
        let start = self.spans.partition_point(|s| s.end() <= span.start());
        let end = self.spans.partition_point(|s| s.start() < span.end());
        start..end.max(start)
    }

    fn pooled(&self, id: u32) -> &str {
        self.pool.get_index(id as usize).map_or("", String::as_str)
    }
}

/// Puts a [`Document`] together, token by token, in text order.
#[derive(Debug, Default)]
pub struct DocumentBuilder<'t> {
    doc: Document<'t>,
}

impl<'t> DocumentBuilder<'t> {
    /// Begins the document of `text`.
    pub fn new(text: &'t str) -> Self {
        Self { doc: Document { text, ..Document::default() } }
    }

    /// Number of tokens pushed so far: the index of the next.
    pub fn len(&self) -> usize {
        self.doc.len()
    }

    /// Whether nothing was pushed yet.
    pub fn is_empty(&self) -> bool {
        self.doc.is_empty()
    }

    /// Adds a token.
    pub fn push(&mut self, token: TokenData<'_>) {
        let index = self.doc.len();
        if token.sentence_start || index == 0 {
            self.doc.sentences.push(index..index);
        }
        let doc = &mut self.doc;
        let current = doc.sentences.len() - 1;
        doc.sentences[current].end = index + 1;
        doc.sentence_of.push(narrow(current));
        doc.spans.push(token.span);
        doc.pos.push(token.pos);
        doc.heads.push(narrow(token.head));
        let (tag, morph) = (intern(doc, token.tag), intern(doc, token.morph));
        let (lemma, dep) = (intern(doc, token.lemma), intern(doc, token.dep));
        doc.tags.push(tag);
        doc.morphs.push(morph);
        doc.lemmas.push(lemma);
        doc.deps.push(dep);
    }

    /// Adds a name over tokens already pushed.
    pub fn name(&mut self, tokens: Range<usize>, label: &str) {
        self.doc.names.push(NameSpan { tokens, label: label.to_owned() });
    }

    /// Finishes the tree. A head outside of the document makes its token a root.
    pub fn finish(self) -> Document<'t> {
        let mut doc = self.doc;
        let n = doc.spans.len();
        for (i, head) in doc.heads.iter_mut().enumerate() {
            if *head as usize >= n {
                *head = narrow(i);
            }
        }
        let mut counts = vec![0_u32; n + 1];
        for (i, &h) in doc.heads.iter().enumerate() {
            if h as usize != i {
                counts[h as usize + 1] += 1;
            }
        }
        for i in 0..n {
            counts[i + 1] += counts[i];
        }
        let mut next = counts.clone();
        doc.children = vec![0; counts[n] as usize];
        for (i, &h) in doc.heads.iter().enumerate() {
            if h as usize != i {
                doc.children[next[h as usize] as usize] = narrow(i);
                next[h as usize] += 1;
            }
        }
        doc.child_starts = counts;
        doc.edges = (0..n).map(|i| (narrow(i), narrow(i + 1))).collect();
        // Widening to a fixed point: two sweeps suffice for a projective tree, a few more otherwise.
        loop {
            let mut changed = false;
            for i in (0..n).chain((0..n).rev()) {
                let h = doc.heads[i] as usize;
                let (left, right) = doc.edges[i];
                let edge = &mut doc.edges[h];
                let wide = (edge.0.min(left), edge.1.max(right));
                changed |= *edge != wide;
                *edge = wide;
            }
            if !changed {
                break;
            }
        }
        doc
    }
}

fn intern(doc: &mut Document<'_>, text: &str) -> u32 {
    if let Some(i) = doc.pool.get_index_of(text) {
        return narrow(i);
    }
    narrow(doc.pool.insert_full(text.to_owned()).0)
}

fn narrow(i: usize) -> u32 {
    u32::try_from(i).expect("a text has fewer than 2^32 tokens")
}
