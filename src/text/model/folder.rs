//! A spaCy v3 package folder.

use std::collections::BTreeMap;

use rmpv::ValueRef;
use serde_json::Value;

use super::config::Config;
use super::lookups::{read_lemmas, read_norms, read_ruler, read_tokenizer};
use super::network::Network;
use super::value::{Node, decode};
use super::{
    About, AffineData, Check, KeyTable, Matrix, Model, ModelError, TaggerData, TransitionData,
};
use crate::text::Pos;

impl Model {
    /// Reads a spaCy v3 package from the bytes of its files, by path relative to the folder that
    /// holds `config.cfg`.
    ///
    /// # Errors
    ///
    /// [`ModelError::Missing`] where a file is not there, [`ModelError::Broken`] where it is not
    /// what it should be, [`ModelError::Unsupported`] for pipelines of another kind.
    pub fn from_folder(files: &BTreeMap<String, Vec<u8>>) -> Result<Self, ModelError> {
        Folder { files }.model()
    }
}

struct Folder<'f> {
    files: &'f BTreeMap<String, Vec<u8>>,
}

impl<'f> Folder<'f> {
    fn find(&self, path: &str) -> Option<&'f [u8]> {
        self.files.get(path).map(Vec::as_slice)
    }

    fn get(&self, path: &str) -> Result<&'f [u8], ModelError> {
        self.find(path).ok_or_else(|| ModelError::Missing(path.to_owned()))
    }

    fn text(&self, path: &str) -> Result<&'f str, ModelError> {
        std::str::from_utf8(self.get(path)?)
            .map_err(|e| ModelError::broken(path, format!("no UTF-8 ({e})")))
    }

    fn json(&self, path: &str) -> Result<Value, ModelError> {
        serde_json::from_str(self.text(path)?)
            .map_err(|e| ModelError::broken(path, format!("no JSON ({e})")))
    }

    fn model(&self) -> Result<Model, ModelError> {
        let config = Config::parse(self.text("config.cfg")?)?;
        let (table, keys) = self.vectors()?;
        let norms = match self.find("vocab/lookups.bin") {
            Some(bytes) if !bytes.is_empty() => read_norms("vocab/lookups.bin", bytes)?,
            _ => Vec::new(),
        };
        let mut model = Model {
            about: self.about(&config)?,
            tokenizer: read_tokenizer("tokenizer", self.get("tokenizer")?)?,
            norms,
            vectors: keys,
            folded: false,
            networks: Vec::new(),
            tagger: None,
            parser: None,
            ner: None,
            ruler: Vec::new(),
            lemmas: None,
        };
        let disabled = config.texts(&["nlp", "disabled"]).unwrap_or_default();
        let mut shared = None;
        let mut order = Vec::new();
        for name in config.texts(&["nlp", "pipeline"])? {
            if disabled.contains(&name) {
                continue;
            }
            let factory = config.text(&["components", name, "factory"])?;
            order.push(factory);
            self.component(&config, name, factory, table.as_ref(), &mut model, &mut shared)?;
        }
        in_order(&order)?;
        model.check()?;
        Ok(model)
    }

    fn component(
        &self,
        config: &Config,
        name: &str,
        factory: &str,
        table: Option<&Matrix>,
        model: &mut Model,
        shared: &mut Option<usize>,
    ) -> Result<(), ModelError> {
        let path = format!("{name}/model");
        match factory {
            "tok2vec" => {
                let network = Network::read(&path, self.get(&path)?)?;
                *shared = Some(model.networks.len());
                model.networks.push(network.tok2vec(table)?);
            }
            "tagger" => {
                let network = Network::read(&path, self.get(&path)?)?;
                let feed = feed(&network, table, model, *shared)?;
                let [output] = network.indices("softmax")?[..] else {
                    return Err(ModelError::broken(&path, "not one softmax layer"));
                };
                model.tagger = Some(TaggerData {
                    network: feed,
                    labels: self.labels(&format!("{name}/cfg"))?,
                    output: network.affine(output)?,
                });
            }
            "parser" | "ner" => {
                let network = Network::read(&path, self.get(&path)?)?;
                let cfg = self.json(&format!("{name}/cfg"))?;
                if cfg.get("beam_width").and_then(Value::as_u64).is_some_and(|w| w != 1) {
                    return Err(ModelError::unsupported(format!("beam search in `{name}`")));
                }
                let feed = feed(&network, table, model, *shared)?;
                let moves = self.moves(&format!("{name}/moves"))?;
                let part = transition(&path, &network, feed, moves)?;
                let slot = if factory == "parser" { &mut model.parser } else { &mut model.ner };
                *slot = Some(part);
            }
            "attribute_ruler" => {
                let path = format!("{name}/patterns");
                model.ruler = read_ruler(&path, self.get(&path)?)?;
            }
            "lemmatizer" => {
                let mode = config.text(&["components", name, "mode"])?;
                if mode != "rule" {
                    return Err(ModelError::unsupported(format!("a lemmatizer of mode `{mode}`")));
                }
                let path = format!("{name}/lookups/lookups.bin");
                let pos = Pos::ALL.iter().map(|p| p.as_str().to_lowercase());
                model.lemmas = Some(read_lemmas(&path, self.get(&path)?, pos)?);
            }
            other => {
                return Err(ModelError::unsupported(format!("the component `{name}` ({other})")));
            }
        }
        Ok(())
    }

    fn about(&self, config: &Config) -> Result<About, ModelError> {
        let meta = match self.find("meta.json") {
            Some(_) => self.json("meta.json")?,
            None => Value::Null,
        };
        let text = |key: &str| meta.get(key).and_then(Value::as_str).unwrap_or("").to_owned();
        let language = config.text(&["nlp", "lang"])?.to_owned();
        let name = format!("{language}_{}", text("name"));
        Ok(About {
            name,
            version: text("version"),
            license: text("license"),
            author: text("author"),
            language,
        })
    }

    fn vectors(&self) -> Result<(Option<Matrix>, KeyTable), ModelError> {
        const TABLE: &str = "vocab/vectors";
        const KEYS: &str = "vocab/key2row";
        if self.find("vocab/vectors.cfg").is_some() {
            let mode = self.json("vocab/vectors.cfg")?;
            let mode = mode.get("mode").and_then(Value::as_str).unwrap_or("default");
            if mode != "default" {
                return Err(ModelError::unsupported(format!("vectors of mode `{mode}`")));
            }
        }
        let Some(bytes) = self.find(TABLE) else { return Ok((None, KeyTable::empty())) };
        let Some(table) = read_npy(TABLE, bytes)? else { return Ok((None, KeyTable::empty())) };
        let value = decode(KEYS, self.get(KEYS)?)?;
        let root = Node::new(KEYS, &value);
        let mut keys = Vec::new();
        for (id, row) in root.map()? {
            let row = root.with(row).integer()?;
            // A key that lost its vector has row −1.
            let Ok(row) = u16::try_from(row) else {
                if row < 0 {
                    continue;
                }
                return Err(ModelError::unsupported("more than 65,536 vectors"));
            };
            if usize::from(row) >= table.rows() {
                return Err(ModelError::broken(KEYS, format!("row {row} is not in {TABLE}")));
            }
            keys.push((root.with(id).id()?, row));
        }
        Ok((Some(table), KeyTable::build(Check::Wide, keys, &[])))
    }

    fn labels(&self, path: &str) -> Result<Vec<String>, ModelError> {
        self.json(path)?
            .get("labels")
            .and_then(Value::as_array)
            .and_then(|labels| labels.iter().map(|l| l.as_str().map(str::to_owned)).collect())
            .ok_or_else(|| ModelError::broken(path, "no list `labels`"))
    }

    /// The moves in class order: by action, then by falling (frequency, label); labels that were
    /// added later have a negative frequency and come after all others.
    fn moves(&self, path: &str) -> Result<Vec<(u8, String)>, ModelError> {
        let value = decode(path, self.get(path)?)?;
        let source = Node::new(path, &value).get("moves")?;
        let actions: BTreeMap<u8, BTreeMap<String, i64>> = serde_json::from_str(source.text()?)
            .map_err(|e| ModelError::broken(path, format!("no table of moves ({e})")))?;
        let mut moves = Vec::new();
        for (&action, labels) in &actions {
            let mut labels: Vec<_> = labels.iter().collect();
            labels.sort_by(|a, b| (b.1, b.0).cmp(&(a.1, a.0)));
            for (label, &frequency) in labels {
                if frequency < 0 {
                    return Err(ModelError::unsupported("labels added after the training"));
                }
                moves.push((action, label.clone()));
            }
        }
        Ok(moves)
    }
}

/// The network that feeds a component: its own, or the shared one.
fn feed(
    network: &Network<'_>,
    table: Option<&Matrix>,
    model: &mut Model,
    shared: Option<usize>,
) -> Result<usize, ModelError> {
    if network.listens()? {
        return shared.ok_or_else(|| ModelError::Missing("tok2vec".to_owned()));
    }
    model.networks.push(network.tok2vec(table)?);
    Ok(model.networks.len() - 1)
}

fn transition(
    path: &str,
    network: &Network<'_>,
    feed: usize,
    moves: Vec<(u8, String)>,
) -> Result<TransitionData, ModelError> {
    let (lower, upper) = (network.reference("lower")?, network.reference("upper")?);
    if !matches!(network.attr(0, "has_upper")?, ValueRef::Boolean(true))
        || network.name(upper)? != "linear"
    {
        return Err(ModelError::unsupported("a parser without an upper layer"));
    }
    let project: Vec<usize> =
        network.indices("linear")?.into_iter().filter(|&i| i != upper).collect();
    let [project] = project[..] else {
        return Err(ModelError::broken(path, "not one projection layer"));
    };
    let weights = network.tensor(lower, "W", 4)?;
    let bias = network.tensor(lower, "b", 2)?;
    let pad = network.tensor(lower, "pad", 4)?;
    let [features, hidden, pieces, _] = weights.shape[..] else {
        return Err(ModelError::broken(path, "the lower layer has four dimensions"));
    };
    if bias.shape != [hidden, pieces] || pad.shape != [1, features, hidden, pieces] {
        return Err(ModelError::broken(path, "the parts of the lower layer differ in size"));
    }
    let upper: AffineData = network.affine(upper)?;
    Ok(TransitionData {
        network: feed,
        moves,
        project: network.affine(project)?,
        features,
        pieces,
        lower: weights.matrix(features * hidden * pieces),
        lower_bias: bias.matrix(1),
        pad: pad.matrix(features),
        upper,
    })
}

/// The engine runs its layers in one order; a pipeline that needs another is refused.
fn in_order(order: &[&str]) -> Result<(), ModelError> {
    const LAYERS: &[&str] =
        &["tok2vec", "tagger", "parser", "attribute_ruler", "lemmatizer", "ner"];
    let places: Vec<usize> =
        order.iter().filter_map(|f| LAYERS.iter().position(|l| l == f)).collect();
    if places.is_sorted_by(|a, b| a < b) {
        return Ok(());
    }
    Err(ModelError::unsupported(format!("components in the order {}", order.join(", "))))
}

/// Reads a NumPy array of two dimensions, `<f4`, C order; `None` where it is empty.
fn read_npy(part: &str, bytes: &[u8]) -> Result<Option<Matrix>, ModelError> {
    let broken = |what: &str| ModelError::broken(part, what);
    let head = bytes.strip_prefix(b"\x93NUMPY").ok_or_else(|| broken("no NumPy array"))?;
    let (major, head) = head.split_first().ok_or_else(|| broken("cut short"))?;
    let (length, head) = match (major, head) {
        (1, [_, a, b, rest @ ..]) => (usize::from(u16::from_le_bytes([*a, *b])), rest),
        (2 | 3, [_, a, b, c, d, rest @ ..]) => {
            (usize::try_from(u32::from_le_bytes([*a, *b, *c, *d])).unwrap_or(usize::MAX), rest)
        }
        _ => return Err(broken("an unknown version of the NumPy format")),
    };
    let (header, data) = head.split_at_checked(length).ok_or_else(|| broken("cut short"))?;
    let header = std::str::from_utf8(header).unwrap_or("");
    let shape: Vec<usize> = header
        .split_once("'shape':")
        .and_then(|(_, rest)| rest.split_once('(')?.1.split_once(')'))
        .map(|(shape, _)| shape.split(',').filter_map(|d| d.trim().parse().ok()).collect())
        .unwrap_or_default();
    let [rows, cols] = shape[..] else { return Err(broken("not a table of two dimensions")) };
    if rows == 0 || cols == 0 {
        return Ok(None);
    }
    if !header.contains("'<f4'") || header.contains("'fortran_order': True") {
        return Err(ModelError::unsupported("vectors that are not <f4 in C order"));
    }
    Matrix::from_f32(rows, cols, data.to_vec())
        .map(Some)
        .ok_or_else(|| broken("the numbers do not fill the table"))
}
