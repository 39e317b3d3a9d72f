//! What a time rule makes: an operation, with the constants that its words do not capture.

use serde::Deserialize;

use crate::facts::TimeMod;
use crate::rule::{Capture, Match};

/// How the captured pieces become a time.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Op {
    /// A place on the calendar, as far as the words give it: `year month day weekday quarter half
    /// season feast decade century`, with `part` of day or `hour minute`.
    Calendar,
    /// Two of them with a common rest: pieces `a` and `b`, the second from `month2 day2 year2`.
    Pair,
    /// `dir` times `n` `unit` away, from the anchor or (`from = "context"`) the day talked about.
    Shift,
    /// The `unit`, `weekday`, `month`, `season`, `quarter` or `feast` with `dir` −1, 0 or 1.
    Near,
    /// The day `n` days away, with `part` or `hour`.
    Deictic,
    /// A fixed `value`: `PAST_REF` …
    Reference,
    /// `n` `unit` and perhaps `n2` `unit2`; with `dir`, those before (−1) or after (1) the anchor.
    Duration,
    /// Again and again: each `n` `unit`, or each `weekday`, `month`, `season`.
    Set,
    /// The `unit` that was talked about last: `that day`.
    Same,
    /// A time of day.
    Clock,
    /// The first or last `n` `unit` of a year.
    PartOfYear,
}

/// From where a shift counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum From {
    Anchor,
    Context,
}

/// A rule's yield.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Yield {
    pub(super) op: Op,
    pub(super) dir: Option<i32>,
    pub(super) n: Option<f64>,
    pub(super) unit: Option<String>,
    pub(super) value: Option<String>,
    pub(super) part: Option<String>,
    pub(super) from: Option<From>,
    #[serde(rename = "mod")]
    modifier: Option<String>,
    /// The stretch is one of a business year, whose days the text does not give.
    #[serde(default)]
    pub(super) fiscal: bool,
}

impl Yield {
    /// The first name in it that does not exist.
    pub(super) fn unknown(&self) -> Option<&str> {
        self.modifier.as_deref().filter(|m| TimeMod::parse(m).is_none())
    }
}

/// A match with its yield's constants: what the operations read.
#[derive(Clone, Copy)]
pub(super) struct Slots<'m> {
    found: &'m Match<'m, Yield>,
}

impl<'m> Slots<'m> {
    pub(super) fn new(found: &'m Match<'m, Yield>) -> Self {
        Self { found }
    }

    pub(super) fn makes(self) -> &'m Yield {
        self.found.makes
    }

    pub(super) fn piece(self, name: &str) -> Option<Capture<'m>> {
        self.found.capture(name)
    }

    pub(super) fn text(self, name: &str) -> Option<&'m str> {
        self.piece(name)?.text
    }

    pub(super) fn number(self, name: &str) -> Option<f64> {
        let piece = self.piece(name)?;
        piece.number.or_else(|| piece.text?.parse().ok())
    }

    pub(super) fn whole(self, name: &str) -> Option<i16> {
        let number = self.number(name)?;
        #[expect(clippy::cast_possible_truncation, reason = "the range is tested first")]
        (number.fract() == 0.0 && number.abs() < 30_000.0).then_some(number as i16)
    }

    pub(super) fn small(self, name: &str) -> Option<i8> {
        i8::try_from(self.whole(name)?).ok()
    }

    pub(super) fn unit(self) -> Option<&'m str> {
        self.text("unit").or(self.makes().unit.as_deref())
    }

    pub(super) fn part(self) -> Option<&'m str> {
        self.text("part").or(self.makes().part.as_deref())
    }

    pub(super) fn dir(self) -> Option<i32> {
        self.whole("dir").map(i32::from).or(self.makes().dir)
    }

    pub(super) fn count(self) -> Option<f64> {
        self.number("n").or(self.makes().n)
    }

    /// The captured `mod`, or the rule's.
    pub(super) fn modifier(self) -> Option<TimeMod> {
        let text = self.text("mod").or(self.makes().modifier.as_deref())?;
        TimeMod::parse(text)
    }
}
