//! From the text of a pattern to a program.

use rustc_hash::FxHashMap;

use super::lexicon::Words;

/// One step of a program.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Step {
    /// That word; `true` asks for a capital.
    Word(u32, bool),
    /// A phrase of the class with that number.
    Class(usize),
    /// Any atom.
    Any,
    Number,
    Ordinal(u32, u32),
    /// Plain digits in a range, of exactly that many digits if not 0.
    Int(u32, u32, usize),
    Year,
    /// No white space here.
    Glued,
    /// The token here has one of these tags (`false`: has none of them).
    Tag(Vec<String>, bool),
    Open(usize),
    Close(usize),
    /// Go on at either, the first preferred.
    Split(usize, usize),
    Jump(usize),
    /// The steps from the next one up to `Done` match here (`false`: do not); then go on there.
    Look(usize, bool),
    Done,
}

/// A compiled pattern.
#[derive(Clone, Debug, Default)]
pub(super) struct Program {
    pub(super) steps: Vec<Step>,
    /// Names of the captures, by slot.
    pub(super) names: Vec<String>,
}

/// What a pattern's names mean.
pub(super) struct Scope<'a> {
    pub(super) words: &'a mut Words,
    pub(super) classes: &'a FxHashMap<String, usize>,
    pub(super) fragments: &'a FxHashMap<String, String>,
}

/// Compiles `pattern`, or says what is wrong with it.
pub(super) fn compile(pattern: &str, scope: &mut Scope<'_>) -> Result<Program, String> {
    let mut parser = Parser { rest: pattern, program: Program::default(), scope, depth: 0 };
    parser.alternatives()?;
    if !parser.rest.trim_start().is_empty() {
        return Err(format!("unexpected `{}`", parser.rest.trim_start()));
    }
    parser.program.steps.push(Step::Done);
    Ok(parser.program)
}

struct Parser<'p, 's, 'a> {
    rest: &'p str,
    program: Program,
    scope: &'s mut Scope<'a>,
    depth: usize,
}

const SPECIAL: &str = "()|?*+~<>{}:!&@\"";

impl Parser<'_, '_, '_> {
    fn peek(&mut self) -> Option<char> {
        self.rest = self.rest.trim_start();
        self.rest.chars().next()
    }

    fn eat(&mut self, c: char) -> bool {
        let found = self.peek() == Some(c);
        if found {
            self.skip(c);
        }
        found
    }

    /// Takes `c` where it stands right here, with no white space before it.
    fn eat_here(&mut self, c: char) -> bool {
        let found = self.rest.starts_with(c);
        if found {
            self.skip(c);
        }
        found
    }

    fn skip(&mut self, c: char) {
        self.rest = self.rest.get(c.len_utf8()..).unwrap_or("");
    }

    fn take_until(&mut self, end: char) -> Result<String, String> {
        let (inside, after) =
            self.rest.split_once(end).ok_or_else(|| format!("no closing `{end}`"))?;
        self.rest = after;
        Ok(inside.trim().to_owned())
    }

    fn alternatives(&mut self) -> Result<(), String> {
        let start = self.program.steps.len();
        self.sequence()?;
        if !self.eat('|') {
            return Ok(());
        }
        // Split(first, rest) first… Jump(end) rest…
        self.insert(start, Step::Split(start + 1, 0));
        let jump = self.program.steps.len();
        self.program.steps.push(Step::Jump(0));
        self.program.steps[start] = Step::Split(start + 1, jump + 1);
        self.alternatives()?;
        self.program.steps[jump] = Step::Jump(self.program.steps.len());
        Ok(())
    }

    /// Puts a step before those from `at` on, whose targets move along.
    fn insert(&mut self, at: usize, step: Step) {
        self.program.steps.insert(at, step);
        let moved = |t: &mut usize| *t += usize::from(*t >= at);
        for step in self.program.steps.iter_mut().skip(at + 1) {
            match step {
                Step::Split(a, b) => {
                    moved(a);
                    moved(b);
                }
                Step::Jump(a) | Step::Look(a, _) => moved(a),
                _ => {}
            }
        }
    }

    fn sequence(&mut self) -> Result<(), String> {
        let mut items = 0;
        while let Some(c) = self.peek() {
            if c == ')' || c == '|' {
                break;
            }
            self.item()?;
            items += 1;
        }
        if items == 0 { Err("an empty alternative".to_owned()) } else { Ok(()) }
    }

    fn item(&mut self) -> Result<(), String> {
        let start = self.program.steps.len();
        for (sign, positive) in [('!', false), ('&', true)] {
            if self.eat(sign) {
                self.program.steps.push(Step::Look(0, positive));
                self.primary()?;
                self.program.steps.push(Step::Done);
                self.program.steps[start] = Step::Look(self.program.steps.len(), positive);
                return Ok(());
            }
        }
        if self.eat('~') {
            self.program.steps.push(Step::Glued);
        }
        self.primary()?;
        if self.eat_here('{') {
            let wanted = !self.eat('!');
            let tags = self.take_until('}')?.split('|').map(|t| t.trim().to_owned()).collect();
            self.insert(start, Step::Tag(tags, wanted));
        }
        let end = self.program.steps.len();
        if self.eat_here('?') {
            self.insert(start, Step::Split(start + 1, end + 1));
        } else if self.eat_here('*') {
            self.insert(start, Step::Split(start + 1, end + 2));
            self.program.steps.push(Step::Jump(start));
        } else if self.eat_here('+') {
            self.program.steps.push(Step::Split(start, end + 1));
        }
        Ok(())
    }

    fn primary(&mut self) -> Result<(), String> {
        match self.peek() {
            None => Err("the pattern ends too early".to_owned()),
            Some('(') => {
                self.skip('(');
                self.alternatives()?;
                if self.eat(')') { Ok(()) } else { Err("no closing `)`".to_owned()) }
            }
            Some('<') => {
                self.skip('<');
                let name = self.take_until('>')?;
                self.class(&name)
            }
            Some('"') => {
                self.skip('"');
                let word = self.take_until('"')?;
                self.words(&word)
            }
            Some('@') => {
                self.skip('@');
                let name = self.bare();
                self.fragment(&name)
            }
            Some('~') => {
                self.skip('~');
                self.program.steps.push(Step::Glued);
                self.primary()
            }
            Some(':') => {
                self.skip(':');
                self.words(":")
            }
            Some(c) if SPECIAL.contains(c) => Err(format!("unexpected `{c}`")),
            Some(_) => {
                let word = self.bare();
                if self.eat_here(':') {
                    return self.capture(word);
                }
                self.words(&word)
            }
        }
    }

    fn bare(&mut self) -> String {
        let end = self
            .rest
            .find(|c: char| c.is_whitespace() || SPECIAL.contains(c))
            .unwrap_or(self.rest.len());
        let (word, after) = self.rest.split_at(end);
        self.rest = after;
        word.to_owned()
    }

    fn words(&mut self, text: &str) -> Result<(), String> {
        let phrase = self.scope.words.phrase(text);
        if phrase.is_empty() {
            return Err(format!("`{text}` has no word"));
        }
        self.program.steps.extend(phrase.into_iter().map(|(w, capital)| Step::Word(w, capital)));
        Ok(())
    }

    fn capture(&mut self, name: String) -> Result<(), String> {
        let known = self.program.names.iter().position(|n| *n == name);
        let slot = known.unwrap_or_else(|| {
            self.program.names.push(name);
            self.program.names.len() - 1
        });
        self.program.steps.push(Step::Open(slot));
        self.primary()?;
        self.program.steps.push(Step::Close(slot));
        Ok(())
    }

    fn fragment(&mut self, name: &str) -> Result<(), String> {
        let text =
            self.scope.fragments.get(name).ok_or_else(|| format!("no fragment `{name}`"))?.clone();
        if self.depth > 8 {
            return Err(format!("the fragment `{name}` contains itself"));
        }
        let program = std::mem::take(&mut self.program);
        let mut inner = Parser { rest: &text, program, scope: self.scope, depth: self.depth + 1 };
        let result = inner.alternatives();
        let left = inner.rest.trim().to_owned();
        self.program = inner.program;
        result.map_err(|e| format!("{e} in the fragment `{name}`"))?;
        if left.is_empty() {
            Ok(())
        } else {
            Err(format!("unexpected `{left}` in the fragment `{name}`"))
        }
    }

    fn class(&mut self, name: &str) -> Result<(), String> {
        let (name, range) = name.split_once(':').map_or((name, None), |(n, r)| (n, Some(r)));
        let bounds = match range {
            None => (0, u32::MAX),
            Some(range) => range
                .split_once('-')
                .and_then(|(low, high)| Some((low.parse().ok()?, high.parse().ok()?)))
                .ok_or_else(|| format!("`{range}` is no range such as 1-31"))?,
        };
        let step = match name {
            "any" => Step::Any,
            "number" => Step::Number,
            "ordinal" => Step::Ordinal(bounds.0, bounds.1),
            "int" => Step::Int(bounds.0, bounds.1, 0),
            "int2" => Step::Int(bounds.0, bounds.1, 2),
            "year" => Step::Year,
            _ => match self.scope.classes.get(name) {
                Some(&class) => Step::Class(class),
                None => return Err(format!("no class `{name}`")),
            },
        };
        self.program.steps.push(step);
        Ok(())
    }
}
