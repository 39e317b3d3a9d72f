//! Expressions that count from another day: "two weeks ago", "next Friday", "the day before", "the
//! year-ago quarter".

use crate::facts::TimeType;

use super::calendar::{Feast, Grain, Point, Season, weekday, weekday_from, weekday_until};
use super::duration::Length;
use super::resolve::{Reader, Resolved, Way};
use super::yields::From;

impl Reader<'_, '_> {
    pub(super) fn shift(&self) -> Option<Resolved> {
        let slots = &self.slots;
        let (unit, dir) = (slots.unit()?, slots.dir()?);
        let reference = if dir < 0 { "PAST_REF" } else { "FUTURE_REF" };
        let Some(n) = slots.count() else {
            return Some(Resolved::fixed(TimeType::Date, reference));
        };
        // "a year earlier" beside a quarter's figures is the same quarter.
        let quarter = self.context.compared_quarter().filter(|_| unit == "Y");
        let context = slots.makes().from == Some(From::Context);
        if let Some(quarter) = quarter.filter(|_| context || (n - 1.0).abs() < 1e-9) {
            return quarter.years_on(whole_years(n, dir)?).map(Resolved::point);
        }
        let anchor = self.context.anchor.map(Point::Day);
        let base = if context {
            let far = anchor.filter(|_| matches!(unit, "Y" | "M"));
            self.context.last.map(|(p, _)| p).or(far)
        } else {
            anchor
        };
        let Some(length) = Length::new(n, unit) else {
            return Some(Resolved::fixed(TimeType::Date, reference));
        };
        let (grain, count) = length.steps();
        let open = || {
            Resolved::fixed(
                TimeType::Date,
                if grain == Grain::Day { "XXXX-XX-XX" } else { reference },
            )
        };
        let Some(base) = base else { return Some(open()) };
        if base.grain() > grain {
            // "two days later" than a month is no day that we could know.
            return Some(open());
        }
        let start = match (grain, base) {
            (Grain::Day, Point::Day(day)) => Point::Day(day),
            (_, base) => Point::at(grain, base.first()?),
        };
        let point = start.step(i32::try_from(count).ok()? * dir)?;
        let mut found = Resolved::point(point);
        if slots.part().is_some() && grain == Grain::Day {
            found = found.at(self.clock());
        }
        Some(found)
    }

    pub(super) fn near(&self) -> Option<Resolved> {
        let slots = &self.slots;
        let dir = slots.dir().unwrap_or(0);
        let clock = self.clock();
        let Some(anchor) = self.context.anchor else { return Some(self.near_open(dir, clock)) };
        if let Some(number) = slots.small("weekday") {
            let name = weekday(number)?;
            let day = match dir {
                -1 => weekday_until(anchor.yesterday().ok()?, name),
                1 => weekday_from(anchor.tomorrow().ok()?, name),
                _ if self.way() == Way::Back => weekday_until(anchor, name),
                _ => weekday_from(anchor, name),
            };
            return Some(Resolved::point(Point::Day(day?)).at(clock));
        }
        let season = slots.text("season").and_then(Season::parse);
        let feast = slots.text("feast").and_then(Feast::parse);
        let month = slots.small("month");
        if month.is_some() || season.is_some() || feast.is_some() {
            let year = anchor.year();
            let make = |y: i16| match (month, season, feast) {
                (Some(m), ..) => Some(Point::Month(y, m)),
                (_, Some(s), _) => Some(Point::Season(y, s)),
                (.., Some(f)) => f.in_year(y).map(Point::Day),
                _ => None,
            };
            let all = [make(year - 1)?, make(year)?, make(year + 1)?];
            let over = |p: &Point| p.bounds().is_some_and(|(_, last)| last < anchor);
            let point = match dir {
                -1 => all.into_iter().rev().find(over)?,
                1 => all.into_iter().find(|p| p.first().is_some_and(|f| f > anchor))?,
                _ if season == Some(Season::Winter) && anchor.month() > 9 => all[2],
                _ => all[1],
            };
            return Some(Resolved::point(point).at(clock));
        }
        let unit = slots.unit()?;
        let grain = match unit {
            "H" | "MIN" | "S" => return None,
            "FY" => Grain::Year,
            other => Grain::parse(other)?,
        };
        if grain == Grain::Weekend {
            let week = anchor.iso_week_date().weekday().to_monday_one_offset();
            let step = match dir {
                0 if week <= 4 && self.way() != Way::Ahead && slots.piece("this").is_none() => -1,
                -1 if week > 5 => -1,
                other => other,
            };
            return Point::at(grain, anchor).step(step).map(Resolved::point);
        }
        let mut found = Resolved::point(Point::at(grain, anchor).step(dir)?);
        if grain == Grain::Day {
            found = found.at(clock);
        }
        Some(found)
    }

    /// The same without an anchor: the value says what is known.
    fn near_open(&self, dir: i32, clock: Option<String>) -> Resolved {
        let slots = &self.slots;
        if let Some(number) = slots.small("weekday") {
            return Resolved::fixed(TimeType::Date, format!("XXXX-WXX-{number}")).at(clock);
        }
        if let Some(month) = slots.small("month") {
            return Resolved::fixed(TimeType::Date, format!("XXXX-{month:02}"));
        }
        if let Some(season) = slots.text("season") {
            return Resolved::fixed(TimeType::Date, format!("XXXX-{season}"));
        }
        let value = match dir {
            d if d < 0 => "PAST_REF",
            0 => "PRESENT_REF",
            _ => "FUTURE_REF",
        };
        Resolved::fixed(TimeType::Date, value)
    }

    pub(super) fn deictic(&self) -> Option<Resolved> {
        let clock = self.clock();
        let step = self.slots.count().map_or(0, |n| {
            #[expect(clippy::cast_possible_truncation, reason = "a handful of days")]
            let n = n as i32;
            n
        });
        let Some(anchor) = self.context.anchor else {
            let value = match step {
                s if s < 0 => "PAST_REF",
                0 => "PRESENT_REF",
                _ => "FUTURE_REF",
            };
            return Some(match clock {
                Some(clock) => Resolved::fixed(TimeType::Time, format!("XXXX-XX-XX{clock}")),
                None => Resolved::fixed(TimeType::Date, value),
            });
        };
        Some(Resolved::point(Point::Day(anchor).step(step)?).at(clock))
    }

    pub(super) fn same(&self) -> Option<Resolved> {
        let slots = &self.slots;
        if let Some(number) = slots.small("weekday") {
            return self.neighbour(number);
        }
        let grain = Grain::parse(slots.unit()?)?;
        let clock = self.clock();
        let years = slots.whole("yeardir");
        if grain == Grain::Quarter && slots.dir().is_none() {
            return Some(self.same_quarter(years));
        }
        let point = match grain {
            Grain::Quarter => self.context.quarter(),
            Grain::Day => self.context.last_day.map(|(day, _)| Point::Day(day)),
            _ => {
                // With the anchor to fall back on, only what was just said is meant.
                let loose = slots.makes().from == Some(From::Anchor);
                let near = |s: usize| !loose || s + 1 >= self.context.sentence;
                let last = self.context.last.filter(|&(p, s)| p.grain() <= grain && near(s));
                let last = last.map(|(p, _)| p);
                last.and_then(|p| {
                    if p.grain() == grain {
                        Some(p)
                    } else {
                        p.first().map(|d| Point::at(grain, d))
                    }
                })
            }
        };
        let point = point.or_else(|| {
            let anchor = self.context.anchor?;
            (slots.makes().from == Some(From::Anchor)).then(|| Point::at(grain, anchor))
        });
        let point = point.and_then(|p| match years {
            Some(n) => p.years_on(n),
            None => Some(p),
        });
        Some(match point {
            Some(point) => {
                let moved = slots.dir().map_or(Some(point), |d| point.step(d))?;
                Resolved::point(moved).at(clock)
            }
            None => Resolved::fixed(
                TimeType::Date,
                match grain {
                    Grain::Day => "XXXX-XX-XX",
                    Grain::Week => "XXXX-WXX",
                    Grain::Month => "XXXX-XX",
                    Grain::Quarter => "XXXX-QX",
                    _ => "XXXX",
                },
            )
            .at(clock),
        })
    }

    /// "the previous Friday", "the following Monday": counted from the day talked about last.
    fn neighbour(&self, number: i8) -> Option<Resolved> {
        let name = weekday(number)?;
        let clock = self.clock();
        let day = self.context.last_day.map(|(day, _)| day).or(self.context.anchor);
        let Some(day) = day else {
            return Some(Resolved::fixed(TimeType::Date, format!("XXXX-WXX-{number}")).at(clock));
        };
        let found = match self.slots.dir()? {
            d if d < 0 => weekday_until(day.yesterday().ok()?, name),
            _ => weekday_from(day.tomorrow().ok()?, name),
        };
        Some(Resolved::point(Point::Day(found?)).at(clock))
    }

    /// "the quarter", "the year-ago quarter", "the 1988 period", "year-earlier profit".
    fn same_quarter(&self, years: Option<i16>) -> Resolved {
        let context = self.context;
        let point = if let Some(year) = self.slots.whole("year") {
            let quarter = context.quarter().and_then(|q| q.years_on(year - q.year()?));
            quarter.or(Some(Point::Year(year)))
        } else if let Some(step) = years {
            // Beside nothing called a quarter the comparison is with the year before.
            let loose = self.slots.makes().from == Some(From::Anchor);
            let quarter = if loose {
                context.compared_quarter()
            } else {
                context.quarter().or(context.completed_quarter())
            };
            let year = context.anchor.map(|a| Point::Year(a.year()));
            quarter.or(year).and_then(|p| p.years_on(step))
        } else {
            let running =
                |q: &Point| q.bounds().zip(context.anchor).is_some_and(|((_, end), a)| end >= a);
            let latest = self.slots.piece("latest").is_some();
            context.quarter().filter(|q| !(latest && running(q))).or(context.completed_quarter())
        };
        match point {
            Some(point) => Resolved::point(point),
            None if years.is_some() => Resolved::fixed(TimeType::Date, "PAST_REF"),
            None => Resolved::fixed(TimeType::Date, "XXXX-QX"),
        }
    }
}

fn whole_years(n: f64, dir: i32) -> Option<i16> {
    #[expect(clippy::cast_possible_truncation, reason = "the range is tested first")]
    let whole = (n.fract() == 0.0 && n < 3000.0).then_some(n as i16)?;
    whole.checked_mul(i16::try_from(dir).ok()?)
}
