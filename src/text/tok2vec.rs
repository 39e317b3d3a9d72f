//! From word types to one row a token: hash embeddings, static vectors, a mixer and windowed
//! maxout layers.

use rustc_hash::FxHashMap;

use super::affine::{Weights, row};
use super::hash::hash4;
use super::kernel::{Kernel, Panels, StepRows, add};
use super::lexeme::{Lexeme, Lexicon};
use super::model::{EmbedData, KeyTable, Matrix, MaxoutData, Model, Tok2VecData, VectorData};
use super::tokenize::Token;

/// A compiled network.
#[derive(Debug)]
pub(crate) struct Tok2Vec {
    width: usize,
    embeds: Vec<EmbedData>,
    vectors: Option<Vectors>,
    mixer: Layer,
    window: usize,
    encoder: Vec<Layer>,
    uses_spacy: bool,
}

#[derive(Debug)]
enum Vectors {
    Raw { table: Matrix, projection: Panels },
    Projected(Matrix),
}

/// Which words have which static vector.
#[derive(Debug)]
pub(crate) struct Keys {
    table: KeyTable,
    folded: bool,
}

impl Keys {
    /// The keys of a model.
    pub(crate) fn new(model: &Model) -> Self {
        Self { table: model.vectors.clone(), folded: model.folded }
    }

    fn row(&self, lexeme: &Lexeme) -> Option<u16> {
        let row = self.table.get(lexeme.orth);
        row.or_else(|| self.folded.then(|| self.table.get(lexeme.lower))?)
    }
}

/// A maxout layer with layer norm; the outputs of one piece lie side by side.
#[derive(Debug)]
struct Layer {
    weights: Weights,
    gain: Vec<f32>,
    shift: Vec<f32>,
    /// No input of an encoder's layer is further from zero: all are rounded to the same steps, so
    /// that windows which overlap share them.
    bound: f32,
}

/// What one network remembers and its working space.
#[derive(Debug, Default)]
pub(crate) struct Rows {
    /// (word type, spacy) → row of `mixed`.
    index: FxHashMap<(u32, bool), u32>,
    /// The mixer's output by word type, `[entries × width]`.
    mixed: Vec<f32>,
    current: Vec<f32>,
    next: Vec<f32>,
    /// Each token's entry in `mixed`.
    entries: Vec<u32>,
    /// The mixer's input for the last entries, which have no output yet.
    waiting: Vec<f32>,
    steps: StepRows,
    pieces: Vec<f32>,
    vector: Vec<f32>,
}

impl Rows {
    /// Forgets the word types.
    pub(crate) fn clear(&mut self) {
        self.index.clear();
        self.mixed.clear();
    }
}

/// Rows of one product at a time: its result stays in the first-level cache.
const BLOCK: usize = 12;

impl Tok2Vec {
    /// Packs the weights of a network.
    pub(crate) fn new(data: &Tok2VecData) -> Self {
        let width = data.width();
        // A row that is normalised has no number beyond the root of its width; layers add up.
        let reach = (width as f32).sqrt();
        let mut bounds = vec![0.0_f32; width];
        let mut layers = Vec::with_capacity(data.encoder.len() + 1);
        for data in std::iter::once(&data.mixer).chain(&data.encoder) {
            let bound = bounds.iter().fold(0.0_f32, |top, b| top.max(*b));
            let layer = Layer::new(data, bound);
            for (bound, (gain, shift)) in bounds.iter_mut().zip(layer.gain.iter().zip(&layer.shift))
            {
                *bound += reach * gain.abs() + shift.abs();
            }
            layers.push(layer);
        }
        let mixer = layers.remove(0);
        Self {
            width,
            embeds: data.embeds.clone(),
            vectors: data.vectors.as_ref().map(|v| match v {
                VectorData::Projected(table) => Vectors::Projected(table.clone()),
                VectorData::Raw { table, projection } => Vectors::Raw {
                    table: table.clone(),
                    projection: Panels::pack(
                        projection.cols(),
                        &vec![0.0; projection.rows()],
                        |o, row| projection.read_row(o, row),
                    ),
                },
            }),
            mixer,
            window: data.window,
            encoder: layers,
            uses_spacy: data.embeds.iter().any(|e| e.attr == super::model::Attr::Spacy),
        }
    }

    /// Numbers a token.
    pub(crate) fn width(&self) -> usize {
        self.width
    }

    /// Writes the rows of the tokens of several documents to `out`, `[tokens × width]` in order.
    ///
    /// `documents` are the token counts; a document's rows do not depend on its neighbours.
    pub(crate) fn run(
        &self,
        kernel: Kernel,
        (lexicon, keys): (&Lexicon, &Keys),
        tokens: &[Token],
        documents: &[usize],
        rows: &mut Rows,
        out: &mut Vec<f32>,
    ) {
        let width = self.width;
        // `pad` rows of zeros before, between and after the documents run through the layers like
        // any row; `window` rows more at both ends stay zero.
        let pad = self.encoder.len() * self.window;
        let count = tokens.len() + pad * (documents.len() + 1);
        let total = count + 2 * self.window;
        for buffer in [&mut rows.current, &mut rows.next] {
            buffer.clear();
            buffer.resize(total * width, 0.0);
        }
        rows.entries.clear();
        for token in tokens {
            let entry = self.entry(kernel, (lexicon, keys), token, rows);
            rows.entries.push(entry);
        }
        self.mix(kernel, rows);
        let mut at = self.window + pad;
        let mut left = rows.entries.iter();
        for &length in documents {
            for &entry in left.by_ref().take(length) {
                let mixed = &rows.mixed[entry as usize * width..][..width];
                rows.current[at * width..][..width].copy_from_slice(mixed);
                at += 1;
            }
            at += pad;
        }
        for layer in &self.encoder {
            layer.run(kernel, self.window, width, count, rows);
        }
        out.clear();
        let mut at = self.window + pad;
        for &length in documents {
            out.extend_from_slice(&rows.current[at * width..(at + length) * width]);
            at += length + pad;
        }
    }

    /// The entry of `rows.mixed` that holds the mixer's output for a token, or will hold it after
    /// [`Tok2Vec::mix`].
    fn entry(
        &self,
        kernel: Kernel,
        (lexicon, keys): (&Lexicon, &Keys),
        token: &Token,
        rows: &mut Rows,
    ) -> u32 {
        let key = (token.lexeme, token.spacy && self.uses_spacy);
        if let Some(&entry) = rows.index.get(&key) {
            return entry;
        }
        let width = self.width;
        let lexeme = lexicon.get(token.lexeme);
        let from = rows.waiting.len();
        rows.waiting.resize(from + self.mixer.weights.inputs(), 0.0);
        let block = &mut rows.waiting[from..];
        for (embed, sum) in self.embeds.iter().zip(block.chunks_exact_mut(width)) {
            let id = lexeme.attr(embed.attr, token.spacy);
            let modulus = u32::try_from(embed.table.rows()).expect("tables are small");
            for hash in hash4(id, embed.seed) {
                embed.table.add_row((hash % modulus) as usize, sum);
            }
        }
        if let Some(vectors) = &self.vectors
            && let Some(row) = keys.row(lexeme)
        {
            let sum = &mut block[self.embeds.len() * width..];
            match vectors {
                Vectors::Projected(table) => table.read_row(usize::from(row), sum),
                Vectors::Raw { table, projection } => {
                    rows.vector.resize(table.cols(), 0.0);
                    table.read_row(usize::from(row), &mut rows.vector);
                    rows.pieces.resize(projection.padded(), 0.0);
                    kernel.product(&rows.vector, 0, 1, projection, &mut rows.pieces);
                    sum.copy_from_slice(&rows.pieces[..width]);
                }
            }
        }
        let entry = u32::try_from(rows.index.len()).expect("the memo is bounded");
        rows.index.insert(key, entry);
        if rows.waiting.len() >= BLOCK * self.mixer.weights.inputs() {
            self.mix(kernel, rows);
        }
        entry
    }

    /// Runs the mixer over what waits for it.
    fn mix(&self, kernel: Kernel, rows: &mut Rows) {
        let Rows { waiting, steps, pieces, mixed, .. } = rows;
        let Layer { weights, .. } = &self.mixer;
        let (inputs, padded) = (weights.inputs(), weights.padded());
        pieces.resize(BLOCK * padded, 0.0);
        weights.product(kernel, waiting, inputs, steps, pieces);
        for pieces in pieces.chunks_exact(padded).take(waiting.len() / inputs) {
            let from = mixed.len();
            mixed.resize(from + self.width, 0.0);
            self.mixer.finish(kernel, pieces, &mut mixed[from..]);
        }
        waiting.clear();
    }
}

impl Layer {
    fn new(data: &MaxoutData, bound: f32) -> Self {
        let width = data.gain.cols();
        let bias = row(&data.bias);
        // Stored output by output, its pieces side by side; packed piece by piece.
        let stored = |packed: usize| packed % width * data.pieces + packed / width;
        let bias: Vec<f32> = (0..bias.len()).map(|o| bias[stored(o)]).collect();
        let weights = Weights::pack(&data.weights, &bias, stored);
        Self { weights, gain: row(&data.gain), shift: row(&data.shift), bound }
    }

    fn finish(&self, kernel: Kernel, pieces: &[f32], out: &mut [f32]) {
        kernel.maxout_norm(&pieces[..self.weights.outputs()], &self.gain, &self.shift, out);
    }

    /// Runs the layer over `count` rows of `rows.current` with their windows and adds its input; the
    /// result becomes `rows.current`.
    fn run(&self, kernel: Kernel, window: usize, width: usize, count: usize, rows: &mut Rows) {
        let Rows { current, next, steps: StepRows { steps, sizes }, pieces, .. } = rows;
        let padded = self.weights.padded();
        pieces.resize(BLOCK * padded, 0.0);
        if let Weights::Steps(panels) = &self.weights {
            let limit = f32::from(panels.limit());
            steps.resize(current.len(), 0);
            kernel.quantise(current, limit / self.bound, panels.limit(), steps);
            sizes.clear();
            sizes.resize(BLOCK, self.bound / limit);
        }
        let mut done = 0;
        while done < count {
            let n = BLOCK.min(count - done);
            // The window of row `r` begins at row `r - window`; rows are shifted by `window`.
            match &self.weights {
                Weights::Float(panels) => {
                    kernel.product(&current[done * width..], width, n, panels, pieces);
                }
                Weights::Steps(panels) => {
                    let steps = &steps[done * width..];
                    kernel.step_product(steps, width, &sizes[..n], panels, pieces);
                }
            }
            for (r, pieces) in (done + window..).zip(pieces.chunks_exact(padded)).take(n) {
                let out = &mut next[r * width..][..width];
                self.finish(kernel, pieces, out);
                add(out, &current[r * width..][..width]);
            }
            done += n;
        }
        std::mem::swap(current, next);
    }
}
