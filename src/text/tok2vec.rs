//! From word types to one row a token: hash embeddings, static vectors, a mixer and windowed
//! maxout layers.

use rustc_hash::FxHashMap;

use super::hash::hash4;
use super::kernel::{Kernel, Panels, add, maxout_norm};
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
    panels: Panels,
    gain: Vec<f32>,
    shift: Vec<f32>,
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
    block: Vec<f32>,
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
        Self {
            width: data.width(),
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
            mixer: Layer::new(&data.mixer),
            window: data.window,
            encoder: data.encoder.iter().map(Layer::new).collect(),
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
        let mut at = self.window + pad;
        let mut left = tokens.iter();
        for &length in documents {
            for token in left.by_ref().take(length) {
                let entry = self.mixed(kernel, (lexicon, keys), token, rows);
                let (from, to) = (entry * width, (entry + 1) * width);
                rows.current[at * width..][..width].copy_from_slice(&rows.mixed[from..to]);
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

    /// The entry of `rows.mixed` that holds the mixer's output for a token.
    fn mixed(
        &self,
        kernel: Kernel,
        (lexicon, keys): (&Lexicon, &Keys),
        token: &Token,
        rows: &mut Rows,
    ) -> usize {
        let key = (token.lexeme, token.spacy && self.uses_spacy);
        if let Some(&entry) = rows.index.get(&key) {
            return entry as usize;
        }
        let width = self.width;
        let lexeme = lexicon.get(token.lexeme);
        rows.block.clear();
        rows.block.resize(self.mixer.panels.inputs(), 0.0);
        for (embed, sum) in self.embeds.iter().zip(rows.block.chunks_exact_mut(width)) {
            let id = lexeme.attr(embed.attr, token.spacy);
            let modulus = u32::try_from(embed.table.rows()).expect("tables are small");
            for hash in hash4(id, embed.seed) {
                embed.table.add_row((hash % modulus) as usize, sum);
            }
        }
        if let Some(vectors) = &self.vectors
            && let Some(row) = keys.row(lexeme)
        {
            let sum = &mut rows.block[self.embeds.len() * width..];
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
        let entry = rows.mixed.len() / width;
        rows.mixed.resize((entry + 1) * width, 0.0);
        rows.pieces.resize(self.mixer.panels.padded(), 0.0);
        kernel.product(&rows.block, 0, 1, &self.mixer.panels, &mut rows.pieces);
        self.mixer.finish(&rows.pieces, &mut rows.mixed[entry * width..]);
        rows.index.insert(key, u32::try_from(entry).expect("the memo is bounded"));
        entry
    }
}

impl Layer {
    fn new(data: &MaxoutData) -> Self {
        let width = data.gain.cols();
        let vector = |m: &Matrix| {
            let mut row = vec![0.0; m.cols()];
            m.read_row(0, &mut row);
            row
        };
        let bias = vector(&data.bias);
        // Stored output by output, its pieces side by side; packed piece by piece.
        let stored = |packed: usize| packed % width * data.pieces + packed / width;
        let bias: Vec<f32> = (0..bias.len()).map(|o| bias[stored(o)]).collect();
        let panels = Panels::pack(data.weights.cols(), &bias, |o, row| {
            data.weights.read_row(stored(o), row);
        });
        Self { panels, gain: vector(&data.gain), shift: vector(&data.shift) }
    }

    fn finish(&self, pieces: &[f32], out: &mut [f32]) {
        maxout_norm(&pieces[..self.panels.outputs()], &self.gain, &self.shift, out);
    }

    /// Runs the layer over `count` rows of `rows.current` with its windows and adds its input; the
    /// result becomes `rows.current`.
    fn run(&self, kernel: Kernel, window: usize, width: usize, count: usize, rows: &mut Rows) {
        let padded = self.panels.padded();
        rows.pieces.resize(BLOCK * padded, 0.0);
        let mut done = 0;
        while done < count {
            let n = BLOCK.min(count - done);
            // The window of row `r` begins at row `r - window`; rows are shifted by `window`.
            let input = &rows.current[done * width..];
            kernel.product(input, width, n, &self.panels, &mut rows.pieces);
            for r in 0..n {
                let at = (done + r + window) * width;
                let out = &mut rows.next[at..at + width];
                self.finish(&rows.pieces[r * padded..], out);
                add(out, &rows.current[at..at + width]);
            }
            done += n;
        }
        std::mem::swap(&mut rows.current, &mut rows.next);
    }
}
