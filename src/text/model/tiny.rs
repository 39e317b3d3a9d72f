//! A model of a few weights for tests: every part is there, nothing is learnt.

use super::*;

fn noise(rows: usize, cols: usize, seed: u32) -> Matrix {
    let mut x = seed.wrapping_mul(2_654_435_761).wrapping_add(12_345);
    let bytes = (0..rows * cols)
        .flat_map(|_| {
            x = x.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            ((x >> 8) as f32 / 8_388_608.0 - 1.0).to_le_bytes()
        })
        .collect();
    Matrix::from_f32(rows, cols, bytes).expect("the cells were counted")
}

fn affine(out: usize, input: usize, seed: u32) -> AffineData {
    AffineData { weights: noise(out, input, seed), bias: noise(1, out, seed + 1) }
}

fn layer(input: usize, seed: u32) -> MaxoutData {
    MaxoutData {
        pieces: 2,
        weights: noise(32, input, seed),
        bias: noise(1, 32, seed + 1),
        gain: noise(1, 16, seed + 2),
        shift: noise(1, 16, seed + 3),
    }
}

fn network(seed: u32) -> Tok2VecData {
    let embed = |attr, seed| EmbedData { attr, seed, table: noise(40, 16, seed) };
    Tok2VecData {
        embeds: vec![embed(Attr::Norm, seed), embed(Attr::Shape, seed + 1)],
        vectors: Some(VectorData::Raw { table: noise(5, 7, 3), projection: noise(16, 7, seed) }),
        mixer: layer(48, seed),
        window: 1,
        encoder: vec![layer(48, seed + 4), layer(48, seed + 8)],
    }
}

fn transition(moves: &[(u8, &str)], features: usize, seed: u32) -> TransitionData {
    TransitionData {
        network: 0,
        moves: moves.iter().map(|&(action, label)| (action, label.to_owned())).collect(),
        project: affine(8, 16, seed),
        features,
        pieces: 2,
        lower: noise(features * 16, 8, seed + 2),
        lower_bias: noise(1, 16, seed + 3),
        pad: noise(features, 16, seed + 4),
        upper: affine(moves.len(), 8, seed + 5),
    }
}

/// The model.
pub(crate) fn model() -> Model {
    let text = |t: &str| Some(t.to_owned());
    let arcs = [(0, ""), (1, ""), (2, "a"), (2, "b||a"), (3, "b"), (3, "a||b"), (4, "ROOT")];
    let names = [(0, ""), (1, "N"), (2, "N"), (3, "N"), (4, "N"), (5, "")];
    let set = BTreeMap::from([(Layer::Pos, "NOUN".to_owned()), (Layer::Morph, "F=x".to_owned())]);
    let word = vec![(Layer::Lower, Test::Matches("^[a-m]".to_owned()))];
    Model {
        about: About { language: "xx".to_owned(), ..About::default() },
        tokenizer: TokenizerData {
            prefix: text(r#"^["(]|^\+(?![0-9])"#),
            suffix: text(r#"[")!,.]$|(?<=[0-9])km$"#),
            infix: text(r"(?<=[a-z])-(?=[a-z])|\.\.+"),
            token_match: None,
            url_match: text(r"^\w+\.\w+/"),
            exceptions: vec![
                (":-)".to_owned(), vec![(":-)".to_owned(), None)]),
                (
                    "can't".to_owned(),
                    vec![("ca".to_owned(), text("can")), ("n't".to_owned(), text("not"))],
                ),
            ],
        },
        norms: vec![(crate::text::hash::string_id("ok"), "okay".to_owned())],
        vectors: KeyTable::build(
            Check::Wide,
            vec![(crate::text::hash::string_id("rain"), 4), (crate::text::hash::string_id("a"), 1)],
            &[],
        ),
        folded: true,
        networks: vec![network(1)],
        tagger: Some(TaggerData {
            network: 0,
            labels: ["X", "Y", "Z"].map(str::to_owned).into(),
            output: affine(3, 16, 70),
        }),
        parser: Some(transition(&arcs, 8, 80)),
        ner: Some(transition(&names, 3, 90)),
        ruler: vec![
            RuleData { patterns: vec![vec![word]], set, index: 0 },
            RuleData {
                patterns: vec![vec![
                    vec![(Layer::Tag, Test::Is("X".to_owned()))],
                    vec![(Layer::Dep, Test::NotIn(vec!["a".to_owned()]))],
                ]],
                set: BTreeMap::from([(Layer::Lemma, "it".to_owned())]),
                index: -1,
            },
        ],
        lemmas: Some(LemmaData {
            tables: vec![(
                "noun".to_owned(),
                LemmaTable {
                    rules: vec![("s".to_owned(), String::new())],
                    exceptions: vec![("men".to_owned(), vec!["man".to_owned()])],
                    index: KeyTable::build(
                        Check::Wide,
                        vec![(crate::text::hash::string_id("boat"), 0)],
                        &[],
                    ),
                },
            )],
        }),
    }
}
