//! Runs a model over a text.

use std::ops::Range;
use std::sync::{Mutex, PoisonError};

use rustc_hash::FxHashMap;

use super::affine::{Weights, classify, row};
use super::document::{Document, DocumentBuilder, Pos, TokenData};
use super::kernel::{Isa, Kernel, StepRows};
use super::layers::{LabelId, Labels, Layers, TokenView};
use super::lemma::Lemmatizer;
use super::lexeme::Norms;
use super::model::{About, Model, ModelError};
use super::ner::{Name, Recogniser};
use super::paragraph::paragraphs;
use super::parse::{Parser, Tree};
use super::ruler::Ruler;
use super::tok2vec::{Keys, Rows, Tok2Vec};
use super::tokenize::{Memo, Token, Tokenizer};
use super::transition::Scores;
use crate::patience;
use crate::span::Span;

/// A model ready to analyse texts. Immutable and shared between threads.
///
/// # Cost
///
/// Each thread that analyses at the same time gets working space of its own, which the engine
/// keeps for later: a few megabytes with bounded memories of words seen.
#[derive(Debug)]
pub struct Engine {
    about: About,
    kernel: Kernel,
    tokenizer: Tokenizer,
    keys: Keys,
    networks: Vec<Tok2Vec>,
    tagger: Option<Tagger>,
    parser: Option<(usize, Parser, Vec<LabelId>)>,
    ner: Option<(usize, Recogniser)>,
    ruler: Ruler,
    lemmatizer: Option<Lemmatizer>,
    labels: Labels,
    spare: Mutex<Vec<Scratch>>,
}

#[derive(Debug)]
struct Tagger {
    network: usize,
    labels: Vec<LabelId>,
    output: Weights,
}

/// Working space and memories of one thread. Nothing in it changes a result.
#[derive(Debug, Default)]
struct Scratch {
    memo: Memo,
    lemmas: FxHashMap<(u32, Pos, LabelId), Box<str>>,
    rows: Vec<Rows>,
    outputs: Vec<Vec<f32>>,
    tokens: Vec<Token>,
    batch: Vec<Part>,
    layers: Layers,
    scores: Scores,
    class_scores: (StepRows, Vec<f32>),
    tree: Tree,
    names: Vec<Name>,
    found: Vec<(usize, usize, usize)>,
}

/// A paragraph of a batch: its text's beginning, and its tokens in the batch.
#[derive(Clone, Debug)]
struct Part {
    offset: usize,
    tokens: Range<usize>,
}

/// Word types and chunks remembered from text to text.
const MEMO: usize = 1 << 14;
/// Tokens after which a batch is run.
const BATCH: usize = 1 << 11;

impl Engine {
    /// Compiles a model.
    ///
    /// # Errors
    ///
    /// [`ModelError`] where its patterns do not compile or its parts do not fit together.
    pub fn new(model: &Model) -> Result<Self, ModelError> {
        Self::with_isa(model, Isa::detect())
    }

    /// The engine of the model that is built in.
    ///
    /// # Errors
    ///
    /// [`ModelError::Missing`] where the program was built without one.
    pub fn embedded() -> Result<Self, ModelError> {
        Self::new(&Model::embedded()?)
    }

    /// Compiles a model for the kernels of `isa`, or for the plain ones where the machine lacks
    /// it. Results are the same with all.
    ///
    /// # Errors
    ///
    /// As [`Engine::new`].
    pub fn with_isa(model: &Model, isa: Isa) -> Result<Self, ModelError> {
        model.check()?;
        let mut labels = Labels::new();
        let tokenizer = Tokenizer::new(&model.tokenizer, Norms::new(&model.norms))?;
        let tagger = model.tagger.as_ref().map(|t| Tagger {
            network: t.network,
            labels: t.labels.iter().map(|l| labels.add(l)).collect(),
            output: Weights::pack(&t.output.weights, &row(&t.output.bias), |o| o),
        });
        let parser = model.parser.as_ref().map(|data| {
            let parser = Parser::new(data);
            let deps = parser.labels().map(|l| labels.add(l)).collect();
            (data.network, parser, deps)
        });
        let ruler = Ruler::new(&model.ruler, &mut labels)?;
        Ok(Self {
            about: model.about.clone(),
            kernel: Kernel::new(isa),
            tokenizer,
            keys: Keys::new(model),
            networks: model.networks.iter().map(Tok2Vec::new).collect(),
            tagger,
            parser,
            ner: model.ner.as_ref().map(|data| (data.network, Recogniser::new(data))),
            ruler,
            lemmatizer: model.lemmas.as_ref().map(Lemmatizer::new),
            labels,
            spare: Mutex::default(),
        })
    }

    /// Where the model comes from.
    pub fn about(&self) -> &About {
        &self.about
    }

    /// The instruction set in use.
    pub fn isa(&self) -> Isa {
        self.kernel.isa()
    }

    /// Analyses a text: tokens, sentences, tags, tree, names, lemmas.
    ///
    /// Paragraphs, which blank lines separate, are analysed each by itself. Offsets of the
    /// document are bytes of the whole `text`. White space between paragraphs and at their ends is
    /// in no token.
    ///
    /// # Cost
    ///
    /// Linear in the length of `text`; the document is the only memory that grows with it.
    pub fn analyse<'t>(&self, text: &'t str) -> Document<'t> {
        let mut scratch = self.spare().pop().unwrap_or_default();
        let mut builder = DocumentBuilder::new(text);
        scratch.begin();
        for paragraph in paragraphs(text) {
            patience::check();
            let from = scratch.tokens.len();
            let words = text.get(paragraph.clone()).unwrap_or("");
            self.tokenizer.tokenize(words, &mut scratch.memo, &mut scratch.tokens);
            let tokens = from..scratch.tokens.len();
            scratch.batch.push(Part { offset: paragraph.start, tokens });
            if scratch.tokens.len() >= BATCH {
                self.flush(text, &mut scratch, &mut builder);
            }
        }
        self.flush(text, &mut scratch, &mut builder);
        self.spare().push(scratch);
        builder.finish()
    }

    fn spare(&self) -> std::sync::MutexGuard<'_, Vec<Scratch>> {
        // What is in the list is whole whatever a panicking thread did.
        self.spare.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Analyses the batch and appends it to the document.
    fn flush<'t>(&self, text: &'t str, scratch: &mut Scratch, builder: &mut DocumentBuilder<'t>) {
        if !scratch.tokens.is_empty() {
            self.analyse_batch(text, scratch);
            self.emit(text, scratch, builder);
        }
        scratch.begin();
    }

    fn analyse_batch(&self, text: &str, scratch: &mut Scratch) {
        let Scratch { memo, rows, outputs, tokens, batch, layers, scores, tree, names, .. } =
            scratch;
        let lengths: Vec<usize> = batch.iter().map(|p| p.tokens.len()).collect();
        rows.resize_with(self.networks.len(), Rows::default);
        outputs.resize_with(self.networks.len(), Vec::new);
        let lexicon = &memo.lexicon;
        for ((network, rows), output) in self.networks.iter().zip(rows).zip(outputs.iter_mut()) {
            network.run(self.kernel, (lexicon, &self.keys), tokens, &lengths, rows, output);
        }
        layers.begin(tokens.len());
        if let Some(tagger) = &self.tagger {
            let mut tags = layers.tags.iter_mut();
            let input = &outputs[tagger.network];
            let (steps, scores) = &mut scratch.class_scores;
            classify(self.kernel, &tagger.output, input, (steps, scores), |class| {
                if let Some(tag) = tags.next() {
                    *tag = tagger.labels[class];
                }
            });
        }
        names.clear();
        for part in batch.iter() {
            let Range { start, end } = part.tokens;
            let length = end - start;
            if length == 0 {
                continue;
            }
            let is_space = |i: usize| lexicon.get(tokens[start + i].lexeme).is_space;
            let input = |network: usize| {
                let width = self.networks[network].width();
                &outputs[network][start * width..end * width]
            };
            if let Some((network, parser, deps)) = &self.parser {
                parser.parse(self.kernel, input(*network), length, is_space, scores, tree);
                for i in 0..length {
                    layers.heads[start + i] += tree.heads[i];
                    layers.heads[start + i] -= u32::try_from(i).expect("a batch is short");
                    layers.deps[start + i] = deps[usize::from(tree.labels[i])];
                    layers.starts[start + i] = tree.starts[i];
                }
            }
            layers.starts[start] = true;
            let view = |i: usize, layers: &Layers| {
                let token = tokens[i];
                let (a, b) = (part.offset + token.start as usize, part.offset + token.end as usize);
                TokenView {
                    lexeme: lexicon.get(token.lexeme),
                    text: text.get(a..b).unwrap_or(""),
                    tag: layers.tags[i],
                    dep: layers.deps[i],
                }
            };
            self.ruler.apply((start, end), view, layers, &mut scratch.found);
            if let Some((network, ner)) = &self.ner {
                let first = names.len();
                let parsed = self.parser.is_some();
                let is_start = |i: usize| parsed && layers.starts[start + i];
                let rows = input(*network);
                ner.names(self.kernel, rows, length, (is_start, is_space), scores, names);
                for name in &mut names[first..] {
                    name.start += start;
                    name.end += start;
                }
            }
        }
    }

    fn emit<'t>(&self, text: &'t str, scratch: &mut Scratch, builder: &mut DocumentBuilder<'t>) {
        let base = builder.len();
        let layers = &scratch.layers;
        for part in &scratch.batch {
            for i in part.tokens.clone() {
                let token = scratch.tokens[i];
                let start = part.offset + token.start as usize;
                let end = part.offset + token.end as usize;
                let span = Span::new(text, start, end).expect("tokens lie on scalar boundaries");
                let (pos, morph) = (layers.pos[i], layers.morphs[i]);
                let lemma = match (layers.lemmas[i], &self.lemmatizer) {
                    (0, Some(lemmatizer)) => {
                        let lexeme = scratch.memo.lexicon.get(token.lexeme);
                        scratch.lemmas.entry((token.lexeme, pos, morph)).or_insert_with(|| {
                            let (text, lower) = (span.of(text), &lexeme.lower_text);
                            lemmatizer.lemma(text, lower, pos, self.labels.get(morph)).into()
                        })
                    }
                    (label, _) => self.labels.get(label),
                };
                builder.push(TokenData {
                    span,
                    tag: self.labels.get(layers.tags[i]),
                    pos,
                    morph: self.labels.get(morph),
                    lemma,
                    head: base + layers.heads[i] as usize,
                    dep: self.labels.get(layers.deps[i]),
                    sentence_start: layers.starts[i],
                });
            }
        }
        if let Some((_, ner)) = &self.ner {
            for name in &scratch.names {
                builder.name(base + name.start..base + name.end, ner.label(name.label));
            }
        }
    }
}

impl Scratch {
    /// Empties the batch and bounds the memories.
    fn begin(&mut self) {
        self.tokens.clear();
        self.batch.clear();
        if self.memo.bound(MEMO) || self.lemmas.len() > MEMO {
            self.lemmas.clear();
            for rows in &mut self.rows {
                rows.clear();
            }
        }
    }
}
