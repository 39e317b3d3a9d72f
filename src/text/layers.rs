//! The layers of analysis of a batch of tokens, and the labels that they are made of.

use indexmap::IndexSet;

use super::document::Pos;
use super::lexeme::Lexeme;

/// The labels of a model: tags, dependencies, features and lemmas that its rules set.
#[derive(Debug)]
pub(crate) struct Labels(IndexSet<Box<str>>);

/// A label by number; 0 is the empty one.
pub(crate) type LabelId = u32;

impl Labels {
    /// Only the empty label.
    pub(crate) fn new() -> Self {
        Self(std::iter::once(Box::from("")).collect())
    }

    /// The number of `text`.
    pub(crate) fn add(&mut self, text: &str) -> LabelId {
        let index = self.0.get_index_of(text);
        let index = index.unwrap_or_else(|| self.0.insert_full(text.into()).0);
        u32::try_from(index).expect("a model has few labels")
    }

    /// The text of a label.
    pub(crate) fn get(&self, label: LabelId) -> &str {
        self.0.get_index(label as usize).map_or("", |l| l)
    }
}

/// What is known of each token, by layer.
#[derive(Debug, Default)]
pub(crate) struct Layers {
    pub(crate) tags: Vec<LabelId>,
    pub(crate) pos: Vec<Pos>,
    pub(crate) morphs: Vec<LabelId>,
    /// 0 where no rule sets one.
    pub(crate) lemmas: Vec<LabelId>,
    pub(crate) deps: Vec<LabelId>,
    /// Index into the batch.
    pub(crate) heads: Vec<u32>,
    pub(crate) starts: Vec<bool>,
}

impl Layers {
    /// Makes room for `length` tokens of which nothing is known.
    pub(crate) fn begin(&mut self, length: usize) {
        for labels in [&mut self.tags, &mut self.morphs, &mut self.lemmas, &mut self.deps] {
            labels.clear();
            labels.resize(length, 0);
        }
        self.pos.clear();
        self.pos.resize(length, Pos::Unknown);
        self.heads.clear();
        self.heads.extend((0..).take(length));
        self.starts.clear();
        self.starts.resize(length, false);
    }
}

/// One token as rules see it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TokenView<'a> {
    pub(crate) lexeme: &'a Lexeme,
    pub(crate) text: &'a str,
    pub(crate) tag: LabelId,
    pub(crate) dep: LabelId,
}
