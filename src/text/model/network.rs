//! The `model` file of a pipeline's component: nodes of a network with their parameters.

use rmpv::ValueRef;

use super::value::{Node, decode};
use super::{AffineData, Attr, EmbedData, Matrix, MaxoutData, ModelError, Tok2VecData, VectorData};

/// A decoded `model` file.
#[derive(Debug)]
pub(crate) struct Network<'b> {
    part: String,
    root: ValueRef<'b>,
}

/// What node kinds without parameters may occur; containers are told by their punctuation.
const SILENT: &[&str] = &[
    "list2ragged",
    "ragged2list",
    "list2array",
    "ints-getitem",
    "dropout",
    "expand_window",
    "extract_features",
    "tok2vec-listener",
    "noop",
    "parser_model",
];
const KNOWN: &[&str] = &[
    "hashembed",
    "static_vectors",
    "maxout",
    "layernorm",
    "softmax",
    "linear",
    "precomputable_affine",
];

/// A parameter: its shape and its numbers.
pub(crate) struct Tensor {
    pub(crate) shape: Vec<usize>,
    data: Vec<u8>,
}

impl Tensor {
    /// The tensor as a matrix of `rows` rows.
    pub(crate) fn matrix(self, rows: usize) -> Matrix {
        let cols = self.data.len() / 4 / rows.max(1);
        Matrix::from_f32(rows, cols, self.data).expect("the rows divide the cells")
    }
}

impl<'b> Network<'b> {
    /// Decodes a file and refuses kinds of nodes that the engine does not know.
    pub(crate) fn read(part: &str, bytes: &'b [u8]) -> Result<Self, ModelError> {
        let network = Self { part: part.to_owned(), root: decode(part, bytes)? };
        for node in network.root().get("nodes")?.nodes()? {
            let name = node.get("name")?.text()?;
            let container = name.contains([' ', '>', '|', '(']);
            if !container && !SILENT.contains(&name) && !KNOWN.contains(&name) {
                return Err(ModelError::unsupported(format!("a `{name}` layer in `{part}`")));
            }
        }
        Ok(network)
    }

    fn root(&self) -> Node<'_, 'b> {
        Node::new(&self.part, &self.root)
    }

    fn broken(&self, what: impl Into<String>) -> ModelError {
        ModelError::broken(&self.part, what)
    }

    /// Whether the component takes the rows of the shared tok2vec.
    pub(crate) fn listens(&self) -> Result<bool, ModelError> {
        Ok(!self.indices("tok2vec-listener")?.is_empty())
    }

    /// The indices of all nodes with this name, in order.
    pub(crate) fn indices(&self, name: &str) -> Result<Vec<usize>, ModelError> {
        let mut found = Vec::new();
        for (i, node) in self.root().get("nodes")?.nodes()?.enumerate() {
            if node.get("name")?.text()? == name {
                found.push(i);
            }
        }
        Ok(found)
    }

    /// Attribute `name` of node `node`: MessagePack inside of MessagePack.
    pub(crate) fn attr(&self, node: usize, name: &str) -> Result<ValueRef<'_>, ModelError> {
        let attrs = self.nth("attrs", node)?.get(name)?;
        if let ValueRef::Binary(bytes) = attrs.value {
            return decode(&self.part, bytes);
        }
        Ok(attrs.value.clone())
    }

    fn attr_size(&self, node: usize, name: &str) -> Result<usize, ModelError> {
        Node::new(&self.part, &self.attr(node, name)?).size()
    }

    /// The node that node 0 calls `name`.
    pub(crate) fn reference(&self, name: &str) -> Result<usize, ModelError> {
        self.nth("nodes", 0)?.get("refs")?.get(name)?.size()
    }

    /// The name of node `node`.
    pub(crate) fn name(&self, node: usize) -> Result<&str, ModelError> {
        self.nth("nodes", node)?.get("name")?.text()
    }

    fn nth(&self, list: &str, index: usize) -> Result<Node<'_, 'b>, ModelError> {
        let list = self.root().get(list)?;
        let value = list.list()?.get(index);
        value.map(|v| list.with(v)).ok_or_else(|| self.broken(format!("no node {index}")))
    }

    /// Parameter `name` of node `node`, of `rank` dimensions.
    pub(crate) fn tensor(
        &self,
        node: usize,
        name: &str,
        rank: usize,
    ) -> Result<Tensor, ModelError> {
        let array = self.nth("params", node)?.get(name)?;
        let kind = array.get("type")?.text()?;
        if kind != "<f4" {
            return Err(ModelError::unsupported(format!("numbers of type `{kind}`")));
        }
        let shape = array.get("shape")?.nodes()?.map(Node::size).collect::<Result<Vec<_>, _>>()?;
        let data = array.get("data")?.bytes()?.to_vec();
        let cells = shape.iter().try_fold(4_usize, |n, &d| n.checked_mul(d));
        if shape.len() != rank || shape.contains(&0) || cells != Some(data.len()) {
            let what = format!("`{name}` of node {node} has {} bytes for {shape:?}", data.len());
            return Err(self.broken(what));
        }
        if data.as_chunks::<4>().0.iter().any(|&c| !f32::from_le_bytes(c).is_finite()) {
            return Err(self.broken(format!("`{name}` of node {node} is not finite")));
        }
        Ok(Tensor { shape, data })
    }

    /// The affine layer of node `node`.
    pub(crate) fn affine(&self, node: usize) -> Result<AffineData, ModelError> {
        let weights = self.tensor(node, "W", 2)?;
        let bias = self.tensor(node, "b", 1)?;
        let out = weights.shape[0];
        if bias.shape[0] != out {
            return Err(self.broken(format!("node {node}: bias and weights differ in size")));
        }
        Ok(AffineData { weights: weights.matrix(out), bias: bias.matrix(1) })
    }

    /// The tok2vec whose nodes are in this file; `vectors` is the table of static vectors.
    pub(crate) fn tok2vec(&self, vectors: Option<&Matrix>) -> Result<Tok2VecData, ModelError> {
        let [features] = self.indices("extract_features")?[..] else {
            return Err(ModelError::unsupported(format!(
                "a tok2vec other than MultiHashEmbed in `{}`",
                self.part
            )));
        };
        let columns = self.attr(features, "columns")?;
        let columns = Node::new(&self.part, &columns)
            .nodes()?
            .map(attribute)
            .collect::<Result<Vec<_>, _>>()?;
        let mut embeds = Vec::new();
        for node in self.indices("hashembed")? {
            let attr = *columns
                .get(self.attr_size(node, "column")?)
                .ok_or_else(|| self.broken(format!("node {node} embeds a missing column")))?;
            let seed = u32::try_from(self.attr_size(node, "seed")?)
                .map_err(|e| self.broken(format!("seed of node {node}: {e}")))?;
            let table = self.tensor(node, "E", 2)?;
            let rows = table.shape[0];
            embeds.push(EmbedData { attr, seed, table: table.matrix(rows) });
        }
        let vectors = match (&self.indices("static_vectors")?[..], vectors) {
            ([], _) => None,
            (&[node], Some(table)) => {
                let projection = self.tensor(node, "W", 2)?;
                if projection.shape[1] != table.cols() {
                    return Err(self.broken("vectors and their projection differ in size"));
                }
                let rows = projection.shape[0];
                Some(VectorData::Raw { table: table.clone(), projection: projection.matrix(rows) })
            }
            (_, None) => return Err(ModelError::Missing("vocab/vectors".to_owned())),
            (_, Some(_)) => return Err(ModelError::unsupported("several vector tables")),
        };
        let mut layers = self
            .indices("maxout")?
            .into_iter()
            .zip(self.indices("layernorm")?)
            .map(|(maxout, norm)| self.maxout(maxout, norm));
        let mixer = layers.next().ok_or_else(|| self.broken("no `maxout` node"))??;
        let encoder = layers.collect::<Result<Vec<_>, _>>()?;
        let windows = self.indices("expand_window")?;
        if windows.len() != encoder.len() {
            return Err(self.broken("windows and layers differ in number"));
        }
        let mut window = 1;
        for (i, node) in windows.into_iter().enumerate() {
            let size = self.attr_size(node, "window_size")?;
            if i > 0 && size != window || size == 0 || size > 8 {
                return Err(ModelError::unsupported(format!("a window of {size}")));
            }
            window = size;
        }
        Ok(Tok2VecData { embeds, vectors, mixer, window, encoder })
    }

    fn maxout(&self, node: usize, norm: usize) -> Result<MaxoutData, ModelError> {
        let weights = self.tensor(node, "W", 3)?;
        let [out, pieces, _] = weights.shape[..] else {
            return Err(self.broken("a maxout has three dimensions"));
        };
        let bias = self.tensor(node, "b", 2)?;
        let gain = self.tensor(norm, "G", 1)?;
        let shift = self.tensor(norm, "b", 1)?;
        if bias.shape != [out, pieces] || gain.shape != [out] || shift.shape != [out] {
            return Err(self.broken(format!("the parts of node {node} differ in size")));
        }
        Ok(MaxoutData {
            pieces,
            weights: weights.matrix(out * pieces),
            bias: bias.matrix(1),
            gain: gain.matrix(1),
            shift: shift.matrix(1),
        })
    }
}

/// An attribute by its name or its number.
fn attribute(node: Node<'_, '_>) -> Result<Attr, ModelError> {
    let found = if let Ok(n) = node.integer() {
        Attr::ALL.iter().find(|a| u64::try_from(n) == Ok(a.2))
    } else {
        let name = node.text()?;
        Attr::ALL.iter().find(|a| a.1 == name)
    };
    found.map(|a| a.0).ok_or_else(|| {
        ModelError::unsupported(format!("the attribute {:?} in `{}`", node.value, node.part))
    })
}
