//! Runs programs over atoms.

use super::atom::{AtomKind, Atoms};
use super::lexicon::{Lexicon, fits};
use super::numeral::NumeralTable;
use super::pattern::{Program, Step};

/// What a captured piece is worth.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Worth {
    Nothing,
    /// Class and number of the value.
    Class(usize, u32),
    Number(f64),
}

/// A captured piece: atoms `start..end`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Slot {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) worth: Worth,
}

/// What programs run against.
pub(super) struct Machine<'a> {
    pub(super) atoms: &'a Atoms<'a>,
    pub(super) classes: &'a [Lexicon],
    pub(super) numerals: &'a NumeralTable,
}

/// Captures of a run; `slots[i]` belongs to the program's name `i`.
#[derive(Clone, Debug, Default)]
pub(super) struct Run {
    pub(super) slots: Vec<Option<Slot>>,
    worth: Option<Worth>,
    begin: usize,
    /// The furthest atom that any of the ways tried came to.
    pub(super) furthest: usize,
}

impl Machine<'_> {
    /// Matches `program` from atom `at`; one past the last atom matched.
    pub(super) fn run(&self, program: &Program, at: usize, run: &mut Run) -> Option<usize> {
        run.slots.clear();
        run.slots.resize(program.names.len(), None);
        run.worth = None;
        run.begin = at;
        run.furthest = at;
        self.step(program, 0, at, run)
    }

    fn step(
        &self,
        program: &Program,
        mut pc: usize,
        mut at: usize,
        run: &mut Run,
    ) -> Option<usize> {
        loop {
            run.furthest = run.furthest.max(at);
            match program.steps.get(pc)? {
                Step::Done => return Some(at),
                Step::Word(word, capital) => {
                    let atom = self.atoms.get(at).filter(|a| at == run.begin || !a.fresh)?;
                    if !fits(atom, (*word, *capital), self.atoms.caseless()) {
                        return None;
                    }
                    (at, run.worth) = (at + 1, Some(Worth::Nothing));
                }
                Step::Any => {
                    self.atoms.get(at).filter(|a| at == run.begin || !a.fresh)?;
                    (at, run.worth) = (at + 1, Some(Worth::Nothing));
                }
                Step::Class(class) => {
                    self.fits_line(at, run)?;
                    let kept = run.worth;
                    for (end, value) in self.classes[*class].at(self.atoms, at) {
                        run.worth = Some(Worth::Class(*class, value));
                        if let Some(end) = self.step(program, pc + 1, end, run) {
                            return Some(end);
                        }
                    }
                    run.worth = kept;
                    return None;
                }
                Step::Number => {
                    self.fits_line(at, run)?;
                    let numeral = self.numerals.count(self.atoms, at).filter(|n| !n.bound)?;
                    (at, run.worth) = (numeral.end, Some(Worth::Number(numeral.value)));
                }
                Step::Ordinal(low, high) => {
                    self.fits_line(at, run)?;
                    let numeral = self.numerals.ordinal(self.atoms, at)?;
                    if !(f64::from(*low)..=f64::from(*high)).contains(&numeral.value) {
                        return None;
                    }
                    (at, run.worth) = (numeral.end, Some(Worth::Number(numeral.value)));
                }
                Step::Int(low, high, width) => {
                    self.fits_line(at, run)?;
                    let value = self.int(at, *width)?;
                    if !(*low..=*high).contains(&value) {
                        return None;
                    }
                    (at, run.worth) = (at + 1, Some(Worth::Number(f64::from(value))));
                }
                Step::Year => {
                    self.fits_line(at, run)?;
                    let (end, year) = self.numerals.year(self.atoms, at)?;
                    (at, run.worth) = (end, Some(Worth::Number(f64::from(year))));
                }
                Step::Glued => {
                    if !self.atoms.glued(at) {
                        return None;
                    }
                }
                Step::Tag(tags, wanted) => {
                    let tag = self.atoms.tag(at);
                    if !tag.is_empty() && tags.iter().any(|t| is_tag(t, tag)) != *wanted {
                        return None;
                    }
                }
                Step::Open(slot) => {
                    let kept = run.slots[*slot];
                    run.slots[*slot] = Some(Slot { start: at, end: at, worth: Worth::Nothing });
                    let end = self.step(program, pc + 1, at, run);
                    if end.is_none() {
                        run.slots[*slot] = kept;
                    }
                    return end;
                }
                Step::Close(slot) => {
                    let kept = run.slots[*slot];
                    if let Some(open) = &mut run.slots[*slot] {
                        (open.end, open.worth) = (at, run.worth.unwrap_or(Worth::Nothing));
                    }
                    let end = self.step(program, pc + 1, at, run);
                    if end.is_none() {
                        run.slots[*slot] = kept;
                    }
                    return end;
                }
                Step::Split(first, second) => {
                    if let Some(end) = self.step(program, *first, at, run) {
                        return Some(end);
                    }
                    pc = *second;
                    continue;
                }
                Step::Jump(to) => {
                    pc = *to;
                    continue;
                }
                Step::Look(on, wanted) => {
                    let mut aside = run.clone();
                    if self.step(program, pc + 1, at, &mut aside).is_some() != *wanted {
                        return None;
                    }
                    pc = *on;
                    continue;
                }
            }
            pc += 1;
        }
    }

    fn fits_line(&self, at: usize, run: &Run) -> Option<()> {
        self.atoms.get(at).filter(|a| at == run.begin || !a.fresh).map(|_| ())
    }

    fn int(&self, at: usize, width: usize) -> Option<u32> {
        let text = self.atoms.text(at);
        let digits = self.atoms.get(at)?.kind == AtomKind::Digits;
        if !digits || width > 0 && text.len() != width {
            return None;
        }
        text.parse().ok()
    }
}

/// Whether `tag` is the wanted one; a wanted tag may end in `*`.
fn is_tag(wanted: &str, tag: &str) -> bool {
    wanted.strip_suffix('*').map_or(wanted == tag, |stem| tag.starts_with(stem))
}
