//! Planted copies among other articles: which are found, and is anything else?
//!
//! `NEWSGRAPH_REPRINTS` says among how many articles (`just reprints`).

#![expect(clippy::unwrap_used, reason = "a test that fails says so by panicking")]
#![expect(clippy::disallowed_methods, reason = "the recipe sets the number of articles")]

use std::collections::{BTreeMap, BTreeSet};

use newsgraph::facts::{Article, Facts};
use newsgraph::fusion::{Decisions, Digest, Recorded, derive};
use newsgraph::graph::{Base, article_iri, map_sorted};
use newsgraph::vocab::ng;

/// SplitMix64: the same articles on every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut x = self.0;
        x = (x ^ (x >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        x = (x ^ (x >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((x ^ (x >> 31)) % sides as u64).unwrap()
    }

    fn pick<'w>(&mut self, words: &[&'w str]) -> &'w str {
        words[self.roll(words.len())]
    }
}

const WHO: &[&str] = &[
    "the harbour board",
    "Mayor Ilse Brandt",
    "a spokesman for Quillmark",
    "the Littoral Union",
    "Norland's finance minister",
    "the coast guard",
    "two former directors",
    "the court in Velm",
    "a witness",
    "the town's only hospital",
    "Sarn Ferries",
    "the education ministry",
    "growers",
    "the opposition",
    "a team of divers",
    "Judge Oda Fenn",
    "the striking pilots",
    "local police",
];
const DID: &[&str] = &[
    "announced",
    "postponed",
    "welcomed",
    "rejected",
    "paid for",
    "inspected",
    "sold",
    "closed",
    "defended",
    "promised to review",
    "denied knowledge of",
    "voted against",
    "photographed",
    "demanded an inquiry into",
    "took over",
    "reopened",
    "praised",
    "gave up",
    "measured",
    "lost",
];
const WHAT: &[&str] = &[
    "the new ferry line",
    "a contract worth 14 million",
    "the plan for the north lock",
    "three of the five schools",
    "an offer from Alder Foods",
    "last year's accounts",
    "the strike",
    "the bridge at Orsk",
    "a shipment of timber",
    "the fishing quota",
    "its oldest tug",
    "the museum's roof",
    "a loan to the county",
    "the list of candidates",
    "the water works",
    "an apology to the families",
    "the winter timetable",
    "the sale of the paper mill",
];
const WHEN: &[&str] = &[
    "on Monday evening",
    "after weeks of talks",
    "without giving a reason",
    "in a short statement",
    "shortly before midnight",
    "as prices rose again",
    "at a meeting in Tessaly",
    "for a third time",
    "although nobody had asked",
    "under pressure from Meridia",
    "in front of a full hall",
    "while rain fell on the quays",
    "by a narrow margin",
    "to the surprise of its own members",
];
const THEN: &[&str] = &[
    "Nobody was hurt",
    "The shares fell",
    "A vote is due in May",
    "The port stays closed",
    "Residents were not told",
    "Insurers will pay most of it",
    "The paper withdrew its report",
    "Work begins next spring",
    "Two towns have objected",
    "The file has gone to Corvane",
];

fn sentence(dice: &mut Dice) -> String {
    let (who, did, what) = (dice.pick(WHO), dice.pick(DID), dice.pick(WHAT));
    let (when, number) = (dice.pick(WHEN), dice.roll(90) + 10);
    match dice.roll(4) {
        0 => format!("{who} {did} {what} {when}."),
        1 => format!(
            "{when}, {who} {did} {what}, and {number} people {} {}.",
            dice.pick(DID),
            dice.pick(WHAT)
        ),
        2 => format!(
            "{}, {who} said {when}; {number} letters about {what} went to {}.",
            dice.pick(THEN),
            dice.pick(WHO)
        ),
        _ => format!("{} once {who} {did} {what}, {number} days ago.", dice.pick(THEN)),
    }
}

fn article(id: String, day: usize, sentences: &[String]) -> Facts {
    let (year, month) = (2000 + day / 336, day / 28 % 12 + 1);
    let published = Some(format!("{year}-{month:02}-{:02}", day % 28 + 1));
    let article = Article { id, text: sentences.join(" "), published, ..Article::default() };
    Facts { article, ..Facts::default() }
}

#[test]
fn planted_copies_are_found_and_nothing_else() {
    let number = std::env::var("NEWSGRAPH_REPRINTS").ok().and_then(|n| n.parse().ok());
    let number: usize = number.unwrap_or(400);
    let base = Base::default();
    let mut dice = Dice(7);
    let mut texts: Vec<Vec<String>> = Vec::new();
    let mut planted: BTreeMap<usize, (usize, usize)> = BTreeMap::new();
    for i in 0..number {
        if i > 10 && dice.roll(5) == 0 {
            // A copy of an article that is none, with up to three in ten sentences changed.
            let mut original = dice.roll(i);
            while let Some(&(other, _)) = planted.get(&original) {
                original = other;
            }
            let mut text = texts[original].clone();
            let changed = dice.roll(text.len() * 3 / 10 + 1);
            let mut places = BTreeSet::new();
            while places.len() < changed {
                places.insert(dice.roll(text.len()));
            }
            for place in places {
                text[place] = sentence(&mut dice);
            }
            planted.insert(i, (original, 100 * changed / text.len()));
            texts.push(text);
        } else {
            let length = 10 + dice.roll(20);
            texts.push((0..length).map(|_| sentence(&mut dice)).collect());
        }
    }
    let facts: Vec<Facts> =
        texts.iter().enumerate().map(|(i, text)| article(format!("n{i}"), i, text)).collect();
    let places: BTreeMap<String, usize> = facts
        .iter()
        .enumerate()
        .map(|(i, facts)| (article_iri(&facts.article, &base).as_str().to_owned(), i))
        .collect();
    let digests = facts.iter().map(|f| Digest::of(&map_sorted(f, &base).unwrap()).unwrap());
    let quads = derive(digests, Decisions::default(), Recorded::default(), &base);
    let place = |term: &str| places[term.trim_matches(['<', '>'])];
    let found: Vec<(usize, usize)> = quads
        .iter()
        .filter(|quad| quad.predicate == ng::REPRINT_OF)
        .map(|quad| (place(&quad.subject.to_string()), place(&quad.object.to_string())))
        .collect();
    // A copy may be nearer to another copy than to their original: then it is that one's copy.
    let root = |i: usize| planted.get(&i).map_or(i, |&(original, _)| original);
    let right = found.iter().filter(|&&(a, b)| root(a) == root(b)).count();
    let told: BTreeSet<usize> = found.iter().map(|&(copy, _)| copy).collect();
    // Of a text and its copies all but one are copies.
    let recalled = planted.keys().filter(|copy| told.contains(copy)).count();
    let precision = right as f64 / found.len() as f64;
    let recall = recalled as f64 / planted.len() as f64;
    println!(
        "{number} articles, {} planted copies, {} found: precision {precision:.4}, recall {recall:.4}",
        planted.len(),
        found.len()
    );
    assert!(precision >= 0.98 && recall >= 0.98, "precision {precision}, recall {recall}");
}
