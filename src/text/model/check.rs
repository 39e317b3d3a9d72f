//! What must hold between the parts of a model, whatever file they came from.

use super::{
    AffineData, LemmaData, MaxoutData, Model, ModelError, Tok2VecData, TransitionData, VectorData,
};

/// No layer of a model is wider: it bounds what a foreign file can make us allocate.
const WIDEST: usize = 1 << 14;

impl Model {
    /// Checks that the parts fit together, so that the engine can index without asking.
    pub(crate) fn check(&self) -> Result<(), ModelError> {
        for network in &self.networks {
            network.check(self.vectors.max().map_or(0, |m| usize::from(m) + 1))?;
        }
        let width = |network: usize| {
            self.networks
                .get(network)
                .map(Tok2VecData::width)
                .ok_or_else(|| ModelError::broken("tok2vec", format!("no network {network}")))
        };
        if let Some(tagger) = &self.tagger {
            tagger.output.check("tagger", width(tagger.network)?, tagger.labels.len())?;
        }
        if let Some(parser) = &self.parser {
            parser.check("parser", width(parser.network)?, 8, 4)?;
        }
        if let Some(ner) = &self.ner {
            ner.check("ner", width(ner.network)?, 3, 5)?;
        }
        for (chunk, tokens) in &self.tokenizer.exceptions {
            let whole: String = tokens.iter().map(|(text, _)| text.as_str()).collect();
            if whole != *chunk || tokens.iter().any(|(text, _)| text.is_empty()) {
                let what = format!("the tokens of the special case {chunk:?} do not make it up");
                return Err(ModelError::broken("tokenizer", what));
            }
        }
        for rule in &self.ruler {
            for pattern in &rule.patterns {
                let (n, i) = (i64::try_from(pattern.len()).unwrap_or(0), i64::from(rule.index));
                if pattern.is_empty() || i >= n || i < -n {
                    let what = format!("a rule of {n} tokens that sets token {i}");
                    return Err(ModelError::broken("attribute_ruler", what));
                }
            }
        }
        let empty = |t: &LemmaData| {
            t.tables.iter().any(|(_, t)| t.exceptions.iter().any(|e| e.1.is_empty()))
        };
        if self.lemmas.as_ref().is_some_and(empty) {
            return Err(ModelError::broken("lemmatizer", "an exception without a lemma"));
        }
        Ok(())
    }
}

impl Tok2VecData {
    /// Numbers a token.
    pub(crate) fn width(&self) -> usize {
        self.mixer.gain.cols()
    }

    fn check(&self, vectors: usize) -> Result<(), ModelError> {
        const PART: &str = "tok2vec";
        let width = self.width();
        if !width.is_multiple_of(16) {
            return Err(ModelError::unsupported(format!(
                "a width of {width}, not a multiple of 16"
            )));
        }
        let mut blocks = 0;
        for embed in &self.embeds {
            if embed.table.cols() != width || embed.table.rows() == 0 {
                return Err(ModelError::broken(PART, "an embedding table of another width"));
            }
            blocks += width;
        }
        match &self.vectors {
            None => {}
            Some(VectorData::Raw { table, projection })
                if table.rows() >= vectors
                    && projection.rows() == width
                    && projection.cols() == table.cols() =>
            {
                blocks += width;
            }
            Some(VectorData::Projected(table))
                if table.rows() >= vectors && table.cols() == width =>
            {
                blocks += width;
            }
            Some(_) => return Err(ModelError::broken(PART, "vectors of another shape")),
        }
        self.mixer.check(width, blocks)?;
        if self.window == 0 || self.encoder.is_empty() || self.window * self.encoder.len() > 64 {
            return Err(ModelError::unsupported("a tok2vec of this depth"));
        }
        let seen = (2 * self.window + 1) * width;
        self.encoder.iter().try_for_each(|layer| layer.check(width, seen))
    }
}

impl MaxoutData {
    fn check(&self, width: usize, input: usize) -> Result<(), ModelError> {
        let out = self.gain.cols().checked_mul(self.pieces);
        let fits = self.gain.cols() == width
            && (1..=8).contains(&self.pieces)
            && self.shift.cols() == width
            && Some(self.weights.rows()) == out
            && Some(self.bias.cols()) == out
            && self.weights.cols() == input
            && self.weights.rows() <= WIDEST
            && input <= WIDEST
            && [&self.bias, &self.gain, &self.shift].iter().all(|m| m.rows() == 1);
        fits.then_some(()).ok_or_else(|| ModelError::broken("tok2vec", "a layer of another shape"))
    }
}

impl AffineData {
    fn check(&self, part: &str, input: usize, output: usize) -> Result<(), ModelError> {
        let fits = self.weights.cols() == input
            && self.weights.rows() == output
            && self.bias.rows() == 1
            && self.bias.cols() == output
            && (1..=WIDEST).contains(&output)
            && (1..=WIDEST).contains(&input);
        fits.then_some(()).ok_or_else(|| {
            let (rows, cols) = (self.weights.rows(), self.weights.cols());
            ModelError::broken(part, format!("a {rows} × {cols} layer for {output} × {input}"))
        })
    }
}

impl TransitionData {
    /// Size of the hidden layer.
    pub(crate) fn hidden(&self) -> usize {
        self.lower_bias.cols() / self.pieces.max(1)
    }

    fn check(
        &self,
        part: &str,
        width: usize,
        features: usize,
        top_action: u8,
    ) -> Result<(), ModelError> {
        if self.features != features {
            return Err(ModelError::unsupported(format!("{} state features", self.features)));
        }
        let (inner, outer) = (self.project.weights.rows(), self.hidden() * self.pieces);
        self.project.check(part, width, inner)?;
        self.upper.check(part, self.hidden(), self.moves.len())?;
        let fits = (1..=8).contains(&self.pieces)
            && self.lower_bias.cols() == outer
            && self.lower_bias.rows() == 1
            && self.pad.rows() == features
            && self.pad.cols() == outer
            && self.lower.cols() == inner
            && outer <= WIDEST
            && self.lower.rows() == features * outer;
        if !fits {
            return Err(ModelError::broken(part, "a lower layer of another shape"));
        }
        if self.moves.iter().any(|(action, _)| *action > top_action) {
            return Err(ModelError::broken(part, "an unknown action among its moves"));
        }
        Ok(())
    }
}
