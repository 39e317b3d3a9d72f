//! From the words of a time expression to its value, read against the anchor and the context.

use jiff::civil::Date;

use crate::facts::{TimeMod, TimeType};
use crate::rule::Capture;

use super::calendar::{Feast, Grain, Point, Season, weekday, weekday_from, weekday_until};
use super::duration::Length;
use super::tense::Tense;
use super::yields::{From, Op, Slots};

/// A time expression with its meaning.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Resolved {
    pub(super) kind: TimeType,
    pub(super) value: String,
    pub(super) modifier: Option<TimeMod>,
    pub(super) bounds: Option<(Date, Date)>,
    /// The stretch of the calendar that it names, for what refers back to it.
    pub(super) point: Option<Point>,
}

impl Resolved {
    pub(super) fn fixed(kind: TimeType, value: impl Into<String>) -> Self {
        Self { kind, value: value.into(), modifier: None, bounds: None, point: None }
    }

    pub(super) fn point(point: Point) -> Self {
        Self {
            kind: TimeType::Date,
            value: point.value(),
            modifier: None,
            // Days before the year 1 have no ISO date of four digits.
            bounds: point.bounds().filter(|(first, _)| first.year() > 0),
            point: Some(point),
        }
    }

    /// Adds a time of day (`TEV`, `T10:30`).
    pub(super) fn at(mut self, clock: Option<String>) -> Self {
        if let Some(clock) = clock {
            self.value += &clock;
            self.kind = TimeType::Time;
        }
        self
    }
}

/// How many sentences back a quarter still governs "a year earlier".
const NEARBY: usize = 6;

/// What has been talked about so far.
#[derive(Clone, Debug, Default)]
pub(super) struct Context {
    /// The day against which relative expressions are read.
    pub(super) anchor: Option<Date>,
    /// The latest stretch named, with its sentence.
    pub(super) last: Option<(Point, usize)>,
    pub(super) last_day: Option<(Date, usize)>,
    last_quarter: Option<(Point, usize)>,
    /// Whether nine months or a year were named after the last quarter.
    other_period: bool,
    /// The sentence being read.
    pub(super) sentence: usize,
}

impl Context {
    /// Nothing has been said yet; relative expressions are read against `anchor`.
    pub(super) fn new(anchor: Option<Date>) -> Self {
        Self { anchor, ..Self::default() }
    }

    /// Notes what a later expression may refer back to.
    pub(super) fn note(&mut self, point: Point) {
        self.last = Some((point, self.sentence));
        match point {
            Point::Day(day) => self.last_day = Some((day, self.sentence)),
            Point::Quarter(..) => {
                self.last_quarter = Some((point, self.sentence));
                self.other_period = false;
            }
            _ => {}
        }
    }

    pub(super) fn here(&self, found: Option<(Date, usize)>) -> Option<Date> {
        found.filter(|(_, s)| *s == self.sentence).map(|(day, _)| day)
    }

    /// Notes that figures of another period than a quarter follow.
    pub(super) fn note_period(&mut self) {
        self.other_period = true;
    }

    /// The quarter talked about last.
    pub(super) fn quarter(&self) -> Option<Point> {
        self.last_quarter.map(|(p, _)| p)
    }

    /// The quarter whose figures the sentence compares: named here or shortly before, with no
    /// other period named since.
    pub(super) fn compared_quarter(&self) -> Option<Point> {
        let near = self.last_quarter.filter(|(_, s)| s + NEARBY >= self.sentence);
        near.filter(|_| !self.other_period).map(|(p, _)| p)
    }

    /// The last quarter that was over at the anchor.
    pub(super) fn completed_quarter(&self) -> Option<Point> {
        Point::at(Grain::Quarter, self.anchor?).step(-1)
    }
}

/// Resolves one match; each result with the piece that it stands for, where that is not the whole.
pub(super) fn resolve<'m>(
    slots: Slots<'m>,
    context: &Context,
    tense: &dyn Fn() -> Tense,
) -> Vec<(Option<Capture<'m>>, Resolved)> {
    let reader = Reader { slots, context, tense };
    let makes = slots.makes();
    if makes.op == Op::Pair {
        return reader.pair();
    }
    if makes.op == Op::PartOfYear {
        return reader.part_of_year();
    }
    let found = match makes.op {
        Op::Calendar => reader.calendar(),
        Op::Shift => reader.shift(),
        Op::Near => reader.near(),
        Op::Deictic => reader.deictic(),
        Op::Reference => makes.value.as_deref().map(|v| Resolved::fixed(TimeType::Date, v)),
        Op::Duration => reader.duration(),
        Op::Set => reader.set(),
        Op::Same => reader.same(),
        Op::Clock => reader.clock_alone(),
        Op::Pair | Op::PartOfYear => None,
    };
    let Some(mut found) = found else { return Vec::new() };
    found.modifier = slots.modifier().or(found.modifier);
    if makes.fiscal {
        found.bounds = None;
    }
    vec![(slots.piece("span"), found)]
}

/// One match, with what it is read against.
pub(super) struct Reader<'m, 'c> {
    pub(super) slots: Slots<'m>,
    pub(super) context: &'c Context,
    tense: &'c dyn Fn() -> Tense,
}

/// Which way to look for a stretch whose year is not said.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Way {
    Back,
    Ahead,
    Nearest,
}

impl<'m> Reader<'m, '_> {
    pub(super) fn way(&self) -> Way {
        match self.slots.dir() {
            Some(d) if d < 0 => return Way::Back,
            Some(d) if d > 0 => return Way::Ahead,
            _ => {}
        }
        match (self.tense)() {
            Tense::Past => Way::Back,
            Tense::Future => Way::Ahead,
            Tense::Present | Tense::Unknown => Way::Nearest,
        }
    }

    /// The year that the words give: in full, in two digits, or as this, last, next year.
    pub(super) fn year(&self) -> Option<i16> {
        if let Some(year) = self.slots.whole("year") {
            return Some(if self.slots.piece("bc").is_some() { 1 - year } else { year });
        }
        if let Some(short) = self.slots.whole("yy") {
            // The century that brings it nearest to the anchor, at most 20 years ahead.
            let base = self.context.anchor.map_or(2000, Date::year);
            let year = base - base.rem_euclid(100) + short;
            return Some(if year > base + 20 { year - 100 } else { year });
        }
        let step = self.slots.whole("yeardir")?;
        Some(self.context.anchor?.year() + step)
    }

    /// The stretch with this year, nearest to the anchor in the way that the clause looks.
    pub(super) fn seek(&self, make: impl Fn(i16) -> Option<Point>) -> Option<Point> {
        let anchor = self.context.anchor?;
        let distance = |p: &Point| -> Option<i32> {
            let (first, last) = p.bounds()?;
            Some(if last < anchor {
                -(anchor - last).get_days()
            } else if first > anchor {
                (first - anchor).get_days()
            } else {
                0
            })
        };
        let mut all: Vec<(i32, Point)> = (-1..=1)
            .filter_map(|step| make(anchor.year() + step))
            .filter_map(|p| Some((distance(&p)?, p)))
            .collect();
        all.sort_by_key(|(d, _)| *d);
        let back = all.iter().rev().find(|(d, _)| *d <= 0);
        let ahead = all.iter().find(|(d, _)| *d >= 0);
        let near = |a: Option<&(i32, Point)>, b: Option<&(i32, Point)>| match (a, b) {
            (Some(a), Some(b)) => Some(if a.0.abs() <= b.0.abs() { a.1 } else { b.1 }),
            (a, b) => a.or(b).map(|x| x.1),
        };
        // A day without a year is seldom ten months off when its next occurrence is at hand.
        let day = all.first().is_some_and(|(_, p)| p.grain() == Grain::Day);
        let far = |x: Option<&(i32, Point)>, y: Option<&(i32, Point)>| {
            day && x.is_some_and(|x| x.0.abs() > 300) && y.is_some_and(|y| y.0.abs() < 65)
        };
        match self.way() {
            Way::Back if !far(back, ahead) => back.map(|x| x.1),
            Way::Ahead if !far(ahead, back) => ahead.map(|x| x.1),
            _ => near(back, ahead),
        }
    }

    fn calendar(&self) -> Option<Resolved> {
        let (month, day) = (self.slots.small("month"), self.slots.small("day"));
        let found = self.calendar_of(month, day, self.year())?;
        match (self.slots.makes().unit.as_deref().and_then(Grain::parse), found.point) {
            // "the week of March 6"
            (Some(grain), Some(Point::Day(day))) => Some(Resolved::point(Point::at(grain, day))),
            _ => Some(found),
        }
    }

    fn calendar_of(
        &self,
        month: Option<i8>,
        day: Option<i8>,
        year: Option<i16>,
    ) -> Option<Resolved> {
        let slots = &self.slots;
        let week_day = slots.small("weekday");
        let clock = self.clock();
        let quarter = slots.small("quarter").filter(|q| (1..=4).contains(q));
        let half = slots.small("halfyear").filter(|h| (1..=2).contains(h));
        let season = slots.text("season").and_then(Season::parse);
        let feast = slots.text("feast").and_then(Feast::parse);
        if let Some(decade) = self.decade() {
            return Some(Resolved::point(decade));
        }
        if let Some(century) = slots.whole("century") {
            let bc = slots.piece("bc").is_some();
            return (!bc && century > 0).then(|| Resolved::point(Point::Century(century - 1)));
        }
        let in_year = |y: i16| -> Option<Point> {
            Some(match (month, day) {
                (Some(m), Some(d)) => Point::Day(Date::new(y, m, d).ok()?),
                (Some(m), None) => Date::new(y, m, 1).ok().map(|_| Point::Month(y, m))?,
                _ => match (quarter, half, season, feast) {
                    (Some(q), ..) => Point::Quarter(y, q),
                    (_, Some(h), ..) => Point::Half(y, h),
                    (_, _, Some(s), _) => Point::Season(y, s),
                    (.., Some(f)) => Point::Day(f.in_year(y)?),
                    _ => Point::Year(y),
                },
            })
        };
        let dated = month.is_some()
            || quarter.is_some()
            || half.is_some()
            || season.is_some()
            || feast.is_some();
        if let Some(year) = year {
            return Some(Resolved::point(in_year(year)?).at(clock));
        }
        if dated {
            if month == Some(2) && day == Some(29) {
                let leap = (-4..=4).filter_map(|k| in_year(self.context.anchor?.year() + k));
                let anchor = self.context.anchor?;
                let near = leap
                    .min_by_key(|p| p.first().map_or(i32::MAX, |d| (d - anchor).get_days().abs()));
                return near.map(|p| Resolved::point(p).at(clock));
            }
            if let (Some(m), Some(d)) = (month, day) {
                Date::new(2000, m, d).ok()?;
                if let Some(found) = week_day.and_then(|w| self.year_by_weekday(m, d, w)) {
                    return Some(Resolved::point(found).at(clock));
                }
            }
            let found = if quarter.is_some() || half.is_some() {
                self.begun(in_year)
            } else {
                self.seek(in_year)
            };
            if let Some(point) = found {
                return Some(Resolved::point(point).at(clock));
            }
            let open = match (month, day, quarter, half, season) {
                (Some(m), Some(d), ..) => format!("XXXX-{m:02}-{d:02}"),
                (Some(m), ..) => format!("XXXX-{m:02}"),
                (_, _, Some(q), ..) => format!("XXXX-Q{q}"),
                (.., Some(h), _) => format!("XXXX-H{h}"),
                (.., Some(s)) => format!("XXXX-{}", s.code()),
                _ => match feast? {
                    Feast::Fixed(m, d) => format!("XXXX-{m:02}-{d:02}"),
                    _ => "XXXX-XX-XX".to_owned(),
                },
            };
            return Some(Resolved::fixed(TimeType::Date, open).at(clock));
        }
        let number = week_day?;
        let Some(anchor) = self.context.anchor else {
            return Some(Resolved::fixed(TimeType::Date, format!("XXXX-WXX-{number}")).at(clock));
        };
        let name = weekday(number)?;
        let day = match self.way() {
            Way::Ahead => weekday_from(anchor, name),
            Way::Back | Way::Nearest => weekday_until(anchor, name),
        }?;
        Some(Resolved::point(Point::Day(day)).at(clock))
    }

    fn decade(&self) -> Option<Point> {
        if let Some(year) = self.slots.whole("decade") {
            // "the 1800s" are a century, "the 2000s" ten years.
            if year % 100 == 0 && year < 2000 {
                return Some(Point::Century(year / 100));
            }
            return Some(Point::Decade(year.div_euclid(10)));
        }
        let short = self.slots.whole("shortdecade")?;
        let base = self.context.anchor.map_or(2000, Date::year);
        let year = base - base.rem_euclid(100) + short;
        Some(Point::Decade((if year > base + 9 { year - 100 } else { year }).div_euclid(10)))
    }

    /// The day `m`-`d` nearest to the anchor that falls on the weekday `number`.
    fn year_by_weekday(&self, m: i8, d: i8, number: i8) -> Option<Point> {
        let (anchor, name) = (self.context.anchor?, weekday(number)?);
        let years = [0, -1, 1, -2, 2, -3, 3, -4, 4, -5, 5, -6];
        let mut days = years.iter().filter_map(|k| Date::new(anchor.year() + k, m, d).ok());
        days.find(|day| day.weekday() == name).map(Point::Day)
    }

    /// The quarter or half that has begun; the next one where the clause looks ahead.
    fn begun(&self, make: impl Fn(i16) -> Option<Point>) -> Option<Point> {
        let anchor = self.context.anchor?;
        let year = anchor.year();
        // The quarter just over is the one that firms still report on, whatever the tense.
        let over = Point::at(Grain::Quarter, anchor).step(-1);
        if over.is_some() && (year - 1..=year).filter_map(&make).any(|p| Some(p) == over) {
            return over;
        }
        let ahead = self.way() == Way::Ahead;
        let all = [make(year - 1)?, make(year)?, make(year + 1)?];
        if ahead {
            return all.into_iter().find(|p| p.bounds().is_some_and(|(_, last)| last >= anchor));
        }
        all.into_iter().rev().find(|p| p.first().is_some_and(|first| first <= anchor))
    }

    /// The time of day that the words give, as TIMEX3 writes it.
    pub(super) fn clock(&self) -> Option<String> {
        let slots = &self.slots;
        if let Some(fixed) = slots.text("clock") {
            return Some(format!("T{fixed}"));
        }
        if let Some(both) = slots.whole("hhmm") {
            let zone = slots.text("zone").unwrap_or("");
            let (hour, minute) = (both / 100, both % 100);
            return (hour <= 24 && minute < 60).then(|| format!("T{hour:02}:{minute:02}{zone}"));
        }
        let Some(hour) = slots.small("hour") else {
            return slots.part().map(|part| format!("T{part}"));
        };
        let (hour, minute) = (i32::from(hour), i32::from(slots.small("minute").unwrap_or(0)));
        let hour = match slots.text("half") {
            Some("PM") if hour < 12 => hour + 12,
            Some("AM") if hour == 12 => 0,
            _ => match slots.part() {
                Some("AF" | "EV" | "NI") if (1..12).contains(&hour) => hour + 12,
                _ => hour,
            },
        };
        let zone = slots.text("zone").unwrap_or("");
        (hour <= 24 && minute < 60).then(|| format!("T{hour:02}:{minute:02}{zone}"))
    }

    fn clock_alone(&self) -> Option<Resolved> {
        let clock = self.clock()?;
        let day = self.context.last_day.map(|(day, _)| day);
        Some(match day {
            Some(day) => Resolved::point(Point::Day(day)).at(Some(clock)),
            None => Resolved::fixed(TimeType::Time, format!("XXXX-XX-XX{clock}")),
        })
    }

    fn pair(&self) -> Vec<(Option<Capture<'m>>, Resolved)> {
        let slots = &self.slots;
        let month = slots.small("month");
        let second = slots.small("month2").or(month);
        let (year, year2) = (self.year(), slots.whole("year2"));
        let year2 =
            year2.or_else(|| slots.whole("yy2").zip(year).map(|(s, y)| y - y.rem_euclid(100) + s));
        let first = self.calendar_of(month, slots.small("day"), year.or(year2));
        let last = self.calendar_of(second, slots.small("day2"), year2.or(year));
        // "the quarter ended Sept. 30": the stretch, and the day with which it ends.
        let first = match slots.makes().unit.as_deref().and_then(Grain::parse) {
            Some(grain) => last
                .as_ref()
                .and_then(|l| l.point?.first())
                .map(|d| Resolved::point(Point::at(grain, d))),
            None => first,
        };
        [("a", first), ("b", last)]
            .into_iter()
            .filter_map(|(name, found)| {
                let mut found = found?;
                found.modifier = slots.modifier();
                Some((Some(slots.piece(name)?), found))
            })
            .collect()
    }

    fn duration(&self) -> Option<Resolved> {
        let slots = &self.slots;
        let unit = slots.unit()?;
        let Some(n) = slots.count() else {
            return Some(Resolved::fixed(TimeType::Duration, Length::vague(unit)));
        };
        let first = Length::new(n, unit)?;
        let more = slots.number("n2").zip(slots.text("unit2")).and_then(|(n, u)| Length::new(n, u));
        let mut found = Resolved::fixed(TimeType::Duration, first.value(more.as_ref()));
        let dir = slots.dir().filter(|d| *d != 0);
        let base = match slots.makes().from {
            Some(From::Context) => self.context.here(self.context.last_day),
            _ => self.context.anchor,
        };
        if let Some((dir, base)) = dir.zip(base) {
            let days = first.from(base, dir);
            found.bounds = days.map(|other| if dir < 0 { (other, base) } else { (base, other) });
        }
        Some(found)
    }

    fn set(&self) -> Option<Resolved> {
        let slots = &self.slots;
        if let Some(number) = slots.small("weekday") {
            let clock = slots.part().map_or(String::new(), |p| format!("T{p}"));
            return Some(Resolved::fixed(TimeType::Set, format!("XXXX-WXX-{number}{clock}")));
        }
        if let Some(month) = slots.small("month") {
            return Some(Resolved::fixed(TimeType::Set, format!("XXXX-{month:02}")));
        }
        if let Some(season) = slots.text("season") {
            return Some(Resolved::fixed(TimeType::Set, format!("XXXX-{season}")));
        }
        if let (None, Some(part)) = (slots.unit(), slots.part()) {
            return Some(Resolved::fixed(TimeType::Set, format!("XXXX-XX-XXT{part}")));
        }
        let length = Length::new(slots.count().unwrap_or(1.0), slots.unit()?)?;
        Some(Resolved::fixed(TimeType::Set, length.value(None)))
    }

    /// "the first nine months of 1989": the length, and the year by itself.
    fn part_of_year(&self) -> Vec<(Option<Capture<'m>>, Resolved)> {
        let slots = &self.slots;
        let length = slots.count().zip(slots.unit()).and_then(|(n, unit)| Length::new(n, unit));
        let Some(length) = length else { return Vec::new() };
        let mut found = Resolved::fixed(TimeType::Duration, length.value(None));
        let Some(year) = self.year() else { return vec![(slots.piece("a"), found)] };
        let last_part = slots.dir() == Some(1);
        found.bounds = Point::Year(year).bounds().and_then(|(first, last)| {
            if last_part {
                return Some((length.from(last, -1)?.tomorrow().ok()?, last));
            }
            Some((first, length.from(first, 1)?.yesterday().ok()?))
        });
        vec![(slots.piece("a"), found), (slots.piece("b"), Resolved::point(Point::Year(year)))]
    }
}
