//! The dependency parser: arc-eager, non-monotonic, greedy.
//!
//! # Source
//!
//! Nivre (2003); Honnibal and Johnson (2015), "An Improved Non-monotonic Transition System for
//! Dependency Parsing"; pseudo-projective arcs after Nivre and Nilsson (2005).

use super::kernel::Kernel;
use super::model::TransitionData;
use super::transition::{Scorer, Scores};

/// A compiled parser.
#[derive(Debug)]
pub(crate) struct Parser {
    scorer: Scorer,
    moves: Vec<Move>,
    /// Labels by number; a decorated label `a||b` has its parts beside it.
    labels: Vec<Label>,
    root: u16,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Move {
    action: Action,
    label: u16,
    subtoken: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Action {
    Shift,
    Reduce,
    Left,
    Right,
    Break,
}

#[derive(Debug)]
struct Label {
    text: String,
    /// The plain label and the label of the head to look for.
    lifted: Option<(u16, u16)>,
}

/// The tree of one document: a head and a label a token, and where sentences begin.
#[derive(Debug, Default)]
pub(crate) struct Tree {
    pub(crate) heads: Vec<u32>,
    pub(crate) labels: Vec<u16>,
    pub(crate) starts: Vec<bool>,
    state: State,
    edges: Vec<(u32, u32)>,
    queue: Vec<u32>,
}

const NONE: u32 = u32::MAX;

impl Parser {
    /// Compiles a parser.
    pub(crate) fn new(data: &TransitionData) -> Self {
        let mut labels: Vec<String> = Vec::new();
        let mut number = |text: &str| {
            let found = labels.iter().position(|l| l == text);
            let index = found.unwrap_or_else(|| {
                labels.push(text.to_owned());
                labels.len() - 1
            });
            u16::try_from(index).expect("a model has few labels")
        };
        let root = number("ROOT");
        let moves = data
            .moves
            .iter()
            .map(|(action, label)| Move {
                action: match action {
                    0 => Action::Shift,
                    1 => Action::Reduce,
                    2 => Action::Left,
                    3 => Action::Right,
                    _ => Action::Break,
                },
                label: number(label),
                subtoken: label == "subtok",
            })
            .collect();
        let mut lifted = Vec::new();
        for (_, label) in &data.moves {
            if let Some((plain, head)) = label.split_once("||") {
                lifted.push((number(label), (number(plain), number(head))));
            }
        }
        let labels = labels
            .into_iter()
            .zip(0..)
            .map(|(text, i)| {
                let lifted = lifted.iter().find(|(l, _)| *l == i).map(|(_, parts)| *parts);
                Label { text, lifted }
            })
            .collect();
        Self { scorer: Scorer::new(data), moves, labels, root }
    }

    /// The labels by number.
    pub(crate) fn labels(&self) -> impl Iterator<Item = &str> {
        self.labels.iter().map(|l| l.text.as_str())
    }

    /// Parses a document from its tok2vec rows; `is_space` tells white space tokens.
    pub(crate) fn parse(
        &self,
        kernel: Kernel,
        rows: &[f32],
        length: usize,
        is_space: impl Fn(usize) -> bool,
        scores: &mut Scores,
        tree: &mut Tree,
    ) {
        self.scorer.prepare(kernel, rows, scores);
        let state = &mut tree.state;
        state.begin(length);
        while !state.is_final() {
            let moves = self.scorer.score(kernel, state.context().into_iter(), scores);
            let mut best: Option<(f32, Move)> = None;
            // Validity hangs on the action alone, but for the label of subtokens.
            let valid = state.valid();
            for (&score, &m) in moves.iter().zip(&self.moves) {
                if best.is_none_or(|(top, _)| score > top)
                    && valid[m.action as usize]
                    && (!m.subtoken || state.adjacent())
                {
                    best = Some((score, m));
                }
            }
            let Some((_, m)) = best else { break };
            state.apply(m);
        }
        self.finish(length, is_space, tree);
    }

    fn finish(&self, length: usize, is_space: impl Fn(usize) -> bool, tree: &mut Tree) {
        tree.heads.clear();
        tree.labels.clear();
        for (i, (&head, &label)) in
            (0..).zip(tree.state.heads.iter().zip(&tree.state.labels)).take(length)
        {
            tree.heads.push(if head == NONE { i } else { head });
            tree.labels.push(if head == NONE { self.root } else { label });
        }
        edges(&tree.heads, &mut tree.edges);
        if tree.labels.iter().any(|&l| self.labels[usize::from(l)].lifted.is_some()) {
            self.deprojectivize(is_space, tree);
            edges(&tree.heads, &mut tree.edges);
        }
        tree.starts.clear();
        tree.starts.resize(length, false);
        for (i, &head) in (0..).zip(&tree.heads) {
            if head == i {
                tree.starts[tree.edges[i as usize].0 as usize] = true;
            }
        }
    }

    /// Gives each token with a decorated label the head that the label describes: the first such
    /// token breadth-first from its present head downwards.
    fn deprojectivize(&self, is_space: impl Fn(usize) -> bool, tree: &mut Tree) {
        for i in 0..tree.heads.len() {
            let Some((plain, wanted)) = self.labels[usize::from(tree.labels[i])].lifted else {
                continue;
            };
            tree.queue.clear();
            tree.queue.push(tree.heads[i]);
            let mut at = 0;
            let mut found = None;
            'search: while let Some(&node) = tree.queue.get(at) {
                at += 1;
                let (left, right) = tree.edges[node as usize];
                for child in left..right {
                    let c = child as usize;
                    if tree.heads[c] != node || child == node || c == i || is_space(c) {
                        continue;
                    }
                    if tree.labels[c] == wanted {
                        found = Some(child);
                        break 'search;
                    }
                    // A cycle among heads would go on for ever.
                    if tree.queue.len() <= tree.heads.len() {
                        tree.queue.push(child);
                    }
                }
            }
            tree.labels[i] = plain;
            if let Some(head) = found {
                tree.heads[i] = head;
            }
        }
    }
}

/// The leftmost token and one past the rightmost of each subtree.
fn edges(heads: &[u32], edges: &mut Vec<(u32, u32)>) {
    edges.clear();
    edges.extend((0..).zip(heads).map(|(i, _)| (i, i + 1)));
    // More sweeps are needed while a head lies outside of its sentence: non-projective trees.
    for _ in 0..12 {
        for i in (0..heads.len()).chain((0..heads.len()).rev()) {
            let (left, right) = edges[i];
            let edge = &mut edges[heads[i] as usize];
            *edge = (edge.0.min(left), edge.1.max(right));
        }
        if heads_within_sentences(heads, edges) {
            break;
        }
    }
}

fn heads_within_sentences(heads: &[u32], edges: &[(u32, u32)]) -> bool {
    let mut starts = vec![false; heads.len()];
    for (i, &head) in (0..).zip(heads) {
        if head == i {
            starts[edges[i as usize].0 as usize] = true;
        }
    }
    let mut start = 0;
    let last = heads.len().saturating_sub(1);
    for i in 0..heads.len() {
        if i > 0 && starts[i] || i == last {
            let inside = |&h: &u32| (start..=i).contains(&(h as usize));
            if !heads[start..i].iter().all(inside) {
                return false;
            }
            start = i;
        }
    }
    true
}

/// The state of the parser: stack, buffer, arcs.
#[derive(Debug, Default)]
struct State {
    length: u32,
    stack: Vec<u32>,
    /// Words put back on the buffer, the next one last.
    returned: Vec<u32>,
    next: u32,
    heads: Vec<u32>,
    labels: Vec<u16>,
    unshiftable: Vec<bool>,
    sentence_start: Vec<bool>,
    /// Last attached left and right child of each word, and before that one: linked lists.
    last_left: Vec<u32>,
    last_right: Vec<u32>,
    before: Vec<u32>,
}

impl State {
    fn begin(&mut self, length: usize) {
        self.length = u32::try_from(length).expect("a text is under 4 GiB");
        self.stack.clear();
        self.returned.clear();
        self.next = 0;
        for list in [&mut self.heads, &mut self.last_left, &mut self.last_right, &mut self.before] {
            list.clear();
            list.resize(length, NONE);
        }
        self.labels.clear();
        self.labels.resize(length, 0);
        for flags in [&mut self.unshiftable, &mut self.sentence_start] {
            flags.clear();
            flags.resize(length, false);
        }
        if let Some(first) = self.sentence_start.first_mut() {
            *first = true;
        }
    }

    fn stacked(&self, i: usize) -> Option<u32> {
        self.stack.len().checked_sub(i + 1).map(|at| self.stack[at])
    }

    fn buffered(&self, i: usize) -> Option<u32> {
        if let Some(at) = self.returned.len().checked_sub(i + 1) {
            return Some(self.returned[at]);
        }
        let skip = u32::try_from(i - self.returned.len()).ok()?;
        self.next.checked_add(skip).filter(|&b| b < self.length)
    }

    fn buffer_length(&self) -> usize {
        (self.length - self.next) as usize + self.returned.len()
    }

    fn is_final(&self) -> bool {
        self.stack.is_empty() && self.buffer_length() == 0
    }

    /// B0, B1, S0, S1, S2, last left child of B0 and of S0, last right child of S0.
    fn context(&self) -> [Option<usize>; 8] {
        let (b0, s0) = (self.buffered(0), self.stacked(0));
        let child =
            |of: Option<u32>, last: &[u32]| of.map(|w| last[w as usize]).filter(|&c| c != NONE);
        [
            b0,
            self.buffered(1),
            s0,
            self.stacked(1),
            self.stacked(2),
            child(b0, &self.last_left),
            child(s0, &self.last_left),
            child(s0, &self.last_right),
        ]
        .map(|word| word.map(|w| w as usize))
    }

    /// Which actions are possible, by their number.
    fn valid(&self) -> [bool; 5] {
        let (b0, b1) = (self.buffered(0), self.buffered(1));
        let starts = |w: Option<u32>| w.is_some_and(|w| self.sentence_start[w as usize]);
        let shift = self.stack.is_empty()
            || b1.is_some() && !starts(b0) && !b0.is_some_and(|b| self.unshiftable[b as usize]);
        let arc = !self.stack.is_empty() && b0.is_some() && !starts(b0);
        let breaks = matches!((b0, b1), (Some(a), Some(b)) if b == a + 1) && !starts(b1);
        [shift, !self.stack.is_empty(), arc, arc, breaks]
    }

    /// Whether the top of the stack stands right before the front of the buffer.
    fn adjacent(&self) -> bool {
        matches!((self.stacked(0), self.buffered(0)), (Some(s), Some(b)) if s + 1 == b)
    }

    fn apply(&mut self, m: Move) {
        match m.action {
            Action::Shift => self.push(),
            Action::Reduce => {
                if let Some(top) = self.stack.pop()
                    && self.heads[top as usize] == NONE
                    && !self.stack.is_empty()
                {
                    self.unshiftable[top as usize] = true;
                    self.returned.push(top);
                }
            }
            Action::Left => {
                if let (Some(b0), Some(s0)) = (self.buffered(0), self.stacked(0)) {
                    self.attach(b0, s0, m.label);
                    self.unshiftable[b0 as usize] = false;
                    self.stack.pop();
                }
            }
            Action::Right => {
                if let (Some(b0), Some(s0)) = (self.buffered(0), self.stacked(0)) {
                    self.attach(s0, b0, m.label);
                    self.push();
                }
            }
            Action::Break => {
                if let Some(b1) = self.buffered(1) {
                    self.sentence_start[b1 as usize] = true;
                }
            }
        }
    }

    fn push(&mut self) {
        let word = self.returned.pop().unwrap_or_else(|| {
            self.next += 1;
            self.next - 1
        });
        self.stack.push(word);
    }

    fn attach(&mut self, head: u32, child: u32, label: u16) {
        let old = self.heads[child as usize];
        if old != NONE {
            self.detach(old, child);
        }
        let last = if head > child { &mut self.last_left } else { &mut self.last_right };
        self.before[child as usize] = last[head as usize];
        last[head as usize] = child;
        self.heads[child as usize] = head;
        self.labels[child as usize] = label;
    }

    fn detach(&mut self, head: u32, child: u32) {
        let last = if head > child { &mut self.last_left } else { &mut self.last_right };
        let before = self.before[child as usize];
        if last[head as usize] == child {
            last[head as usize] = before;
            return;
        }
        let mut at = last[head as usize];
        while at != NONE {
            if self.before[at as usize] == child {
                self.before[at as usize] = before;
                return;
            }
            at = self.before[at as usize];
        }
    }
}
