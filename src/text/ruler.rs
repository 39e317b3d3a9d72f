//! The attribute ruler: patterns over one or more tokens that set layers of one of them.

use rustc_hash::FxHashMap;

use super::document::Pos;
use super::hash::string_id;
use super::layers::{LabelId, Labels, Layers, TokenView};
use super::model::{Layer, ModelError, RuleData, Test};

/// Compiled rules.
#[derive(Debug)]
pub(crate) struct Ruler {
    rules: Vec<Rule>,
    /// Patterns whose first token asks for one lower-cased text, by its id.
    by_lower: FxHashMap<u64, Vec<Pattern>>,
    /// Patterns whose first token asks for one tag.
    by_tag: FxHashMap<LabelId, Vec<Pattern>>,
    others: Vec<Pattern>,
}

#[derive(Debug)]
struct Rule {
    index: i32,
    set: Vec<(Layer, LabelId)>,
    pos: Option<Pos>,
}

#[derive(Debug)]
struct Pattern {
    rule: usize,
    tokens: Vec<Vec<Condition>>,
}

#[derive(Debug)]
enum Condition {
    /// One of these ids of the text, or of the lower-cased text; or none of them.
    Text {
        lower: bool,
        ids: Vec<u64>,
        wanted: bool,
    },
    /// One of these labels, or none of them.
    Label {
        layer: Layer,
        labels: Vec<LabelId>,
        wanted: bool,
    },
    Matches {
        layer: Layer,
        pattern: regex::Regex,
    },
    Space(bool),
    /// The layer is not set when rules look at it.
    Never,
}

/// A match: rule, first token, one past the last.
type Found = (usize, usize, usize);

impl Ruler {
    /// Compiles the rules of a model.
    pub(crate) fn new(data: &[RuleData], labels: &mut Labels) -> Result<Self, ModelError> {
        let mut ruler = Self {
            rules: Vec::new(),
            by_lower: FxHashMap::default(),
            by_tag: FxHashMap::default(),
            others: Vec::new(),
        };
        for (number, rule) in data.iter().enumerate() {
            let mut compiled = Rule { index: rule.index, set: Vec::new(), pos: None };
            for (&layer, value) in &rule.set {
                if layer == Layer::Pos {
                    let pos = Pos::parse(value).ok_or_else(|| {
                        ModelError::unsupported(format!("the part of speech `{value}`"))
                    })?;
                    compiled.pos = Some(pos);
                    continue;
                }
                let value = if layer == Layer::Morph && value == "_" { "" } else { value };
                compiled.set.push((layer, labels.add(value)));
            }
            ruler.rules.push(compiled);
            for pattern in &rule.patterns {
                let tokens = pattern
                    .iter()
                    .map(|tests| tests.iter().map(|t| condition(t, labels)).collect())
                    .collect::<Result<Vec<Vec<_>>, _>>()?;
                ruler.add(Pattern { rule: number, tokens });
            }
        }
        Ok(ruler)
    }

    fn add(&mut self, pattern: Pattern) {
        let first = pattern.tokens.first().map(Vec::as_slice).unwrap_or_default();
        let lower = first.iter().find_map(|c| match c {
            Condition::Text { lower: true, ids, wanted: true } if ids.len() == 1 => Some(ids[0]),
            _ => None,
        });
        let tag = first.iter().find_map(|c| match c {
            Condition::Label { layer: Layer::Tag, labels, wanted: true } if labels.len() == 1 => {
                Some(labels[0])
            }
            _ => None,
        });
        match (lower, tag) {
            (Some(id), _) => self.by_lower.entry(id).or_default().push(pattern),
            (None, Some(tag)) => self.by_tag.entry(tag).or_default().push(pattern),
            (None, None) => self.others.push(pattern),
        }
    }

    /// Applies the rules to tokens `from..to` of a batch: one document.
    pub(crate) fn apply<'a>(
        &self,
        (from, to): (usize, usize),
        view: impl Fn(usize, &Layers) -> TokenView<'a>,
        layers: &mut Layers,
        found: &mut Vec<Found>,
    ) {
        found.clear();
        for i in from..to {
            let token = view(i, layers);
            let by_lower = self.by_lower.get(&token.lexeme.lower);
            let by_tag = self.by_tag.get(&token.tag);
            let patterns = by_lower.into_iter().chain(by_tag).flatten().chain(&self.others);
            for pattern in patterns {
                let end = i + pattern.tokens.len();
                let holds = |(tests, j): (&Vec<Condition>, usize)| {
                    let token = view(j, layers);
                    tests.iter().all(|test| test.holds(&token))
                };
                if end <= to && pattern.tokens.iter().zip(i..).all(holds) {
                    found.push((pattern.rule, i, end));
                }
            }
        }
        found.sort_unstable();
        found.dedup();
        for &(rule, start, end) in found.iter() {
            let rule = &self.rules[rule];
            let from = if rule.index < 0 { end } else { start };
            let Some(i) = from.checked_add_signed(rule.index as isize) else { continue };
            if let Some(pos) = rule.pos {
                layers.pos[i] = pos;
            }
            for &(layer, value) in &rule.set {
                match layer {
                    Layer::Tag => layers.tags[i] = value,
                    Layer::Morph => layers.morphs[i] = value,
                    Layer::Lemma => layers.lemmas[i] = value,
                    Layer::Dep => layers.deps[i] = value,
                    Layer::Orth | Layer::Lower | Layer::Pos | Layer::IsSpace => {}
                }
            }
        }
    }
}

fn condition((layer, test): &(Layer, Test), labels: &mut Labels) -> Result<Condition, ModelError> {
    let (texts, wanted) = match test {
        Test::Is(text) => (std::slice::from_ref(text), true),
        Test::In(texts) => (texts.as_slice(), true),
        Test::NotIn(texts) => (texts.as_slice(), false),
        Test::Flag(flag) if *layer == Layer::IsSpace => return Ok(Condition::Space(*flag)),
        Test::Flag(_) => {
            return Err(ModelError::unsupported("a flag on an attribute that has none"));
        }
        Test::Matches(source) => {
            let pattern =
                regex::RegexBuilder::new(source).size_limit(1 << 20).build().map_err(|e| {
                    ModelError::broken(
                        "attribute_ruler",
                        format!("a pattern does not compile: {e}"),
                    )
                })?;
            return Ok(Condition::Matches { layer: *layer, pattern });
        }
    };
    Ok(match layer {
        Layer::Orth | Layer::Lower => Condition::Text {
            lower: *layer == Layer::Lower,
            ids: texts.iter().map(|t| string_id(t)).collect(),
            wanted,
        },
        Layer::Tag | Layer::Dep => Condition::Label {
            layer: *layer,
            labels: texts.iter().map(|t| labels.add(t)).collect(),
            wanted,
        },
        // Nothing has set a part of speech before the rules run.
        Layer::Pos if !wanted => Condition::Label { layer: Layer::Pos, labels: Vec::new(), wanted },
        Layer::Pos => Condition::Never,
        Layer::Morph | Layer::Lemma | Layer::IsSpace => {
            return Err(ModelError::unsupported("a pattern over this attribute"));
        }
    })
}

impl Condition {
    fn holds(&self, token: &TokenView<'_>) -> bool {
        match self {
            Self::Text { lower, ids, wanted } => {
                let id = if *lower { token.lexeme.lower } else { token.lexeme.orth };
                ids.contains(&id) == *wanted
            }
            Self::Label { layer, labels, wanted } => {
                let label = match layer {
                    Layer::Tag => token.tag,
                    Layer::Dep => token.dep,
                    _ => 0,
                };
                labels.contains(&label) == *wanted
            }
            Self::Matches { layer: Layer::Lower, pattern } => {
                pattern.is_match(&token.lexeme.lower_text)
            }
            Self::Matches { pattern, .. } => pattern.is_match(token.text),
            Self::Space(wanted) => token.lexeme.is_space == *wanted,
            Self::Never => false,
        }
    }
}
