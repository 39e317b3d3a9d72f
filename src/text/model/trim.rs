//! Makes a model smaller: rounded weights, projected vectors, fewer words with a vector.

use rustc_hash::FxHashMap;

use super::{
    AffineData, Check, KeyTable, Matrix, MaxoutData, Model, Precision, Tok2VecData, TransitionData,
    VectorData,
};
use crate::text::hash::string_id;
use crate::text::kernel::{Isa, Kernel, Panels};

/// The largest integer in a table of vectors: rounding them further costs nothing that was seen, and
/// a compressed model is smaller for it.
const VECTOR_STEPS: i16 = 63;

/// Tokens of white space.
const WHITE: [&str; 10] = [" ", "  ", "   ", "    ", "\n", "\n\n", "\n ", "\t", "\u{a0}", "\r\n"];

impl Model {
    /// The model with the vectors of each network projected once and for all.
    #[must_use]
    pub fn projected(mut self) -> Self {
        for network in &mut self.networks {
            if let Some(VectorData::Raw { table, projection }) = &network.vectors {
                network.vectors = Some(VectorData::Projected(product(table, projection)));
            }
        }
        self
    }

    /// The model with its weights rounded.
    ///
    /// With int8 the tables have 8 bits and the layers, whose errors count most, 10; those that choose
    /// moves, a hundredth of the weights, stay f16.
    #[must_use]
    pub fn rounded(mut self, precision: Precision) -> Self {
        let layers = if precision == Precision::Int8 { Precision::Int10 } else { precision };
        for network in &mut self.networks {
            network.round(precision, layers);
        }
        if let Some(tagger) = &mut self.tagger {
            tagger.output.round(layers);
        }
        for transition in [&mut self.parser, &mut self.ner].into_iter().flatten() {
            transition.round(layers);
        }
        self
    }

    /// The model with vectors for the first `keys` of `words` alone, the most frequent first, and
    /// at most `rows` different ones: a word whose vector goes gets the nearest one that stays.
    /// A word that has the vector of its lower-cased form needs no key of its own. To be called on
    /// a [`Model::projected`] one.
    #[must_use]
    pub fn trimmed<'w>(
        mut self,
        words: impl Iterator<Item = &'w str>,
        count: usize,
        rows: usize,
    ) -> Self {
        let (mut keys, mut others) = (Vec::new(), Vec::new());
        // By Zipf's law the frequency falls with the rank.
        let mut mass: FxHashMap<u16, f64> = FxHashMap::default();
        for (word, rank) in words.zip(1_u32..) {
            let id = string_id(word);
            let Some(row) = self.vectors.get(id) else { continue };
            *mass.entry(row).or_default() += 1.0 / f64::from(rank + 10);
            let lower = string_id(&word.to_lowercase());
            if keys.len() < count && (lower == id || self.vectors.get(lower) != Some(row)) {
                keys.push((id, row));
            } else {
                others.push((id, row));
            }
        }
        let mut used: Vec<u16> = keys.iter().map(|&(_, row)| row).collect();
        used.sort_unstable();
        used.dedup();
        used.sort_by(|a, b| mass[b].total_cmp(&mass[a]).then(a.cmp(b)));
        let (kept, gone) = used.split_at(rows.min(used.len()));
        let nearest = nearest(&self.networks, kept, gone);
        let place: FxHashMap<u16, u16> = (0..)
            .zip(kept)
            .map(|(new, &old)| (old, new))
            .chain(gone.iter().copied().zip(nearest))
            .collect();
        for (_, row) in &mut keys {
            *row = place[row];
        }
        // White space is as frequent as any word, and has no vector.
        let mut absent: Vec<u64> = WHITE.iter().map(|space| string_id(space)).collect();
        absent.retain(|&id| self.vectors.get(id).is_none());
        self.vectors = KeyTable::build(Check::Tight, keys.clone(), &absent);
        // Words without a key get one after all where they are taken for a word that has one.
        loop {
            let taken = |&mut (id, _): &mut (u64, u16)| self.vectors.get(id).is_some();
            let taken: Vec<_> = others.extract_if(.., taken).collect();
            if taken.is_empty() {
                break;
            }
            let known = taken.iter().filter_map(|(id, row)| Some((*id, *place.get(row)?)));
            keys.extend(known);
            self.vectors = KeyTable::build(Check::Tight, keys.clone(), &absent);
        }
        self.folded = true;
        for network in &mut self.networks {
            if let Some(VectorData::Projected(table)) = &mut network.vectors {
                *table = pick(table, kept);
            }
        }
        self
    }

    /// Sizes and shapes, for people: what there is, and how many bytes and weights.
    pub fn summary(&self) -> Vec<(&'static str, String)> {
        let about = &self.about;
        let mut lines = vec![
            ("name", format!("{} {}", about.name, about.version)),
            ("language", about.language.clone()),
            ("license", about.license.clone()),
            ("author", about.author.clone()),
        ];
        for network in &self.networks {
            let precision = network.mixer.weights.precision();
            let vectors = match &network.vectors {
                None => "no vectors".to_owned(),
                Some(VectorData::Raw { table, .. }) => format!("{} vectors", table.rows()),
                Some(VectorData::Projected(table)) => {
                    format!("{} vectors, projected", table.rows())
                }
            };
            lines.push((
                "network",
                format!(
                    "{} tables, {} layers of {}, {vectors}, {precision:?}",
                    network.embeds.len(),
                    network.encoder.len(),
                    network.width(),
                ),
            ));
        }
        lines.push(("words with a vector", self.vectors.len().to_string()));
        let classes = [
            ("tags", self.tagger.as_ref().map(|t| t.labels.len())),
            ("parser moves", self.parser.as_ref().map(|p| p.moves.len())),
            ("ner moves", self.ner.as_ref().map(|n| n.moves.len())),
            ("attribute rules", Some(self.ruler.len())),
            ("lemma tables", self.lemmas.as_ref().map(|l| l.tables.len())),
        ];
        lines.extend(classes.into_iter().filter_map(|(name, n)| Some((name, n?.to_string()))));
        lines
    }
}

impl Tok2VecData {
    fn round(&mut self, tables: Precision, layers: Precision) {
        for embed in &mut self.embeds {
            embed.table = embed.table.rounded(tables);
        }
        match &mut self.vectors {
            None => {}
            Some(VectorData::Projected(table)) => {
                let largest = tables.largest().map_or(0, |largest| largest.min(VECTOR_STEPS));
                *table = table.rounded_within(tables, largest);
            }
            Some(VectorData::Raw { table, projection }) => {
                *table = table.rounded(tables);
                *projection = projection.rounded(tables);
            }
        }
        for layer in std::iter::once(&mut self.mixer).chain(&mut self.encoder) {
            layer.round(layers);
        }
    }
}

impl MaxoutData {
    fn round(&mut self, precision: Precision) {
        self.weights = self.weights.rounded(precision);
    }
}

impl AffineData {
    fn round(&mut self, precision: Precision) {
        self.weights = self.weights.rounded(precision);
    }
}

impl TransitionData {
    fn round(&mut self, precision: Precision) {
        let moves = if precision == Precision::Int10 { Precision::F16 } else { precision };
        self.project.round(precision);
        self.upper.round(moves);
        self.lower = self.lower.rounded(precision);
    }
}

/// `table` (rows × dim) times the transpose of `projection` (width × dim).
fn product(table: &Matrix, projection: &Matrix) -> Matrix {
    let width = projection.rows();
    let panels = Panels::pack(projection.cols(), &vec![0.0; width], |o, row| {
        projection.read_row(o, row);
    });
    let kernel = Kernel::new(Isa::detect());
    let (mut row, mut out) = (vec![0.0; table.cols()], vec![0.0; panels.padded()]);
    let mut bytes = Vec::with_capacity(table.rows() * width * 4);
    for r in 0..table.rows() {
        table.read_row(r, &mut row);
        kernel.product(&row, 0, 1, &panels, &mut out);
        bytes.extend(out[..width].iter().flat_map(|x| x.to_le_bytes()));
    }
    Matrix::from_f32(table.rows(), width, bytes).expect("a row was written for each")
}

/// The rows `rows` of a matrix.
fn pick(table: &Matrix, rows: &[u16]) -> Matrix {
    let mut bytes = Vec::with_capacity(rows.len() * table.cols() * 4);
    let mut row = vec![0.0; table.cols()];
    for &r in rows {
        table.read_row(usize::from(r), &mut row);
        bytes.extend(row.iter().flat_map(|x| x.to_le_bytes()));
    }
    Matrix::from_f32(rows.len(), table.cols(), bytes).expect("a row was written for each")
}

/// For each row of `gone` the place in `kept` of the row with the smallest distance, over the
/// projected vectors of all networks.
fn nearest(networks: &[Tok2VecData], kept: &[u16], gone: &[u16]) -> Vec<u16> {
    let tables: Vec<&Matrix> = networks
        .iter()
        .filter_map(|n| match &n.vectors {
            Some(VectorData::Projected(table)) => Some(table),
            _ => None,
        })
        .collect();
    let dim: usize = tables.iter().map(|t| t.cols()).sum();
    let read = |row: u16, out: &mut [f32]| {
        let mut at = 0;
        for table in &tables {
            table.read_row(usize::from(row), &mut out[at..at + table.cols()]);
            at += table.cols();
        }
    };
    let mut row = vec![0.0; dim];
    // |a − b|² = |a|² − 2ab + |b|²: the smallest distance has the largest ab − |b|² / 2.
    let bias: Vec<f32> = kept
        .iter()
        .map(|&k| {
            read(k, &mut row);
            -row.iter().map(|x| x * x).sum::<f32>() / 2.0
        })
        .collect();
    let panels = Panels::pack(dim, &bias, |o, out| read(kept[o], out));
    let kernel = Kernel::new(Isa::detect());
    let mut scores = vec![0.0; panels.padded()];
    gone.iter()
        .map(|&g| {
            read(g, &mut row);
            kernel.product(&row, 0, 1, &panels, &mut scores);
            let best = crate::text::affine::argmax(&scores[..panels.outputs()]);
            u16::try_from(best).expect("there are fewer rows than numbers")
        })
        .collect()
}
