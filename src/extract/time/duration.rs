//! Lengths of time: their TIMEX3 values and how far they reach.

use jiff::ToSpan;
use jiff::civil::Date;

use super::calendar::Grain;

/// A number of calendar or clock units.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Length {
    n: f64,
    unit: Unit,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Unit {
    Year,
    Quarter,
    Month,
    Week,
    Day,
    Hour,
    Minute,
    Second,
}

impl Length {
    /// `n` of the unit that a language pack calls by TIMEX3's letters (`MIN`, `DE`, `CE` …).
    pub(super) fn new(n: f64, unit: &str) -> Option<Self> {
        let (unit, times) = match unit {
            "Y" | "FY" => (Unit::Year, 1.0),
            "DE" => (Unit::Year, 10.0),
            "CE" => (Unit::Year, 100.0),
            "ML" => (Unit::Year, 1000.0),
            "H" => (Unit::Hour, 1.0),
            "HALF" => (Unit::Month, 6.0),
            "Q" => (Unit::Quarter, 1.0),
            "M" => (Unit::Month, 1.0),
            "FN" => (Unit::Week, 2.0),
            "W" => (Unit::Week, 1.0),
            "D" | "NI" => (Unit::Day, 1.0),
            "WE" => (Unit::Day, 2.0),
            "MIN" => (Unit::Minute, 1.0),
            "S" => (Unit::Second, 1.0),
            _ => return None,
        };
        (n.is_finite() && n >= 0.0).then_some(Self { n: n * times, unit })
    }

    /// TIMEX3's value of an unknown number of units: `PXD`, `PTXH`.
    pub(super) fn vague(unit: &str) -> String {
        match unit {
            "H" => "PTXH".to_owned(),
            "MIN" => "PTXM".to_owned(),
            "S" => "PTXS".to_owned(),
            "FY" => "PXY".to_owned(),
            "NI" | "WE" => "PXD".to_owned(),
            other => format!("PX{other}"),
        }
    }

    fn letters(self) -> (&'static str, bool) {
        match self.unit {
            Unit::Year => ("Y", false),
            Unit::Quarter => ("Q", false),
            Unit::Month => ("M", false),
            Unit::Week => ("W", false),
            Unit::Day => ("D", false),
            Unit::Hour => ("H", true),
            Unit::Minute => ("M", true),
            Unit::Second => ("S", true),
        }
    }

    /// A broken number in whole smaller units, where the calendar has them: 2.5 years as 2 years
    /// and 6 months.
    fn split(self) -> (Self, Option<Self>) {
        let (whole, rest) = (self.n.trunc(), self.n.fract());
        let (smaller, per) = match self.unit {
            Unit::Year => (Unit::Month, 12.0),
            Unit::Day => (Unit::Hour, 24.0),
            Unit::Hour => (Unit::Minute, 60.0),
            Unit::Minute => (Unit::Second, 60.0),
            _ => return (self, None),
        };
        let part = (rest * per * 1e6).round() / 1e6;
        if rest == 0.0 || part.fract() != 0.0 {
            return (self, None);
        }
        let small = Self { n: part, unit: smaller };
        if whole == 0.0 { (small, None) } else { (Self { n: whole, unit: self.unit }, Some(small)) }
    }

    /// TIMEX3's value, with a second, smaller length after it.
    pub(super) fn value(self, more: Option<&Self>) -> String {
        let (first, part) = self.split();
        let mut value = String::from("P");
        let mut clock = false;
        for length in std::iter::once(first).chain(part).chain(more.copied()) {
            let (letter, timed) = length.letters();
            if timed && !clock {
                value.push('T');
                clock = true;
            }
            let number = length.n.to_string();
            value.push_str(&number);
            value.push_str(letter);
        }
        value
    }

    /// How to step on the calendar by it: the grain and the number of steps.
    pub(super) fn steps(self) -> (Grain, i64) {
        let (first, part) = self.split();
        let (unit, n) = match part {
            Some(part) if first.unit == Unit::Year => (Unit::Month, first.n * 12.0 + part.n),
            _ => (first.unit, first.n),
        };
        #[expect(
            clippy::cast_possible_truncation,
            reason = "saturates far outside of the calendar"
        )]
        let n = n.round() as i64;
        match unit {
            Unit::Year => (Grain::Year, n),
            Unit::Quarter => (Grain::Quarter, n),
            Unit::Month => (Grain::Month, n),
            Unit::Week => (Grain::Week, n),
            Unit::Day => (Grain::Day, n),
            Unit::Hour => (Grain::Day, (n + 12) / 24),
            Unit::Minute | Unit::Second => (Grain::Day, 0),
        }
    }

    /// The day to which it reaches from `base`, ahead or (`dir` < 0) back; part of a day counts.
    pub(super) fn from(self, base: Date, dir: i32) -> Option<Date> {
        if self.n > 1e6 {
            return None;
        }
        #[expect(clippy::cast_possible_truncation, reason = "the range is tested first")]
        let n = self.n.ceil() as i32 * dir;
        let part = |per: f64| {
            #[expect(clippy::cast_possible_truncation, reason = "the range is tested first")]
            let days = (self.n / per).ceil() as i32;
            days * dir
        };
        let span = match self.unit {
            Unit::Year if self.n.fract() != 0.0 => {
                #[expect(clippy::cast_possible_truncation, reason = "the range is tested first")]
                let months = (self.n * 12.0).round() as i32;
                (months * dir).months()
            }
            Unit::Year if n.abs() > 9000 => return None,
            Unit::Year => n.years(),
            Unit::Quarter => (n * 3).months(),
            Unit::Month => n.months(),
            Unit::Week => n.weeks(),
            Unit::Day => n.days(),
            Unit::Hour => part(24.0).days(),
            Unit::Minute => part(1440.0).days(),
            Unit::Second => part(86_400.0).days(),
        };
        base.checked_add(span).ok()
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn length(n: f64, unit: &str) -> Length {
        Length::new(n, unit).unwrap()
    }

    #[test]
    fn broken_numbers_become_smaller_units() {
        assert_eq!(length(2.5, "Y").value(None), "P2Y6M");
        assert_eq!(length(5.5, "H").value(None), "PT5H30M");
        assert_eq!(length(0.5, "H").value(None), "PT30M");
        assert_eq!(length(1.5, "W").value(None), "P1.5W");
        assert_eq!(length(3.0, "DE").value(None), "P30Y");
        assert_eq!(length(2.0, "Y").value(Some(&length(3.0, "M"))), "P2Y3M");
        assert_eq!(Length::vague("MIN"), "PTXM");
    }

    #[test]
    fn lengths_reach_whole_days() {
        let base = date(2022, 1, 12);
        assert_eq!(length(24.0, "H").from(base, -1), Some(date(2022, 1, 11)));
        assert_eq!(length(2.0, "W").from(base, 1), Some(date(2022, 1, 26)));
        assert_eq!(length(1.0, "M").from(date(2022, 3, 31), -1), Some(date(2022, 2, 28)));
        assert_eq!(length(1e9, "Y").from(base, -1), None);
    }
}
