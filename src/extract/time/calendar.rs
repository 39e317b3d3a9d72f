//! Stretches of the calendar: their TIMEX3 values, their first and last day, and steps from one
//! to the next.

use jiff::ToSpan;
use jiff::civil::{Date, Weekday};

/// A quarter of the year as people name it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Season {
    Spring,
    Summer,
    Autumn,
    Winter,
}

impl Season {
    pub(super) const ALL: [Self; 4] = [Self::Winter, Self::Spring, Self::Summer, Self::Autumn];

    /// TIMEX3's two letters.
    pub(super) fn code(self) -> &'static str {
        match self {
            Self::Spring => "SP",
            Self::Summer => "SU",
            Self::Autumn => "FA",
            Self::Winter => "WI",
        }
    }

    pub(super) fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|s| s.code() == code)
    }
}

/// How fine a stretch is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Grain {
    Day,
    Weekend,
    Week,
    Month,
    Season,
    Quarter,
    Half,
    Year,
    Decade,
    Century,
}

impl Grain {
    /// The grain that a language pack calls by TIMEX3's letters.
    pub(super) fn parse(code: &str) -> Option<Self> {
        Some(match code {
            "D" => Self::Day,
            "WE" => Self::Weekend,
            "W" => Self::Week,
            "M" => Self::Month,
            "Q" => Self::Quarter,
            "H" => Self::Half,
            "Y" => Self::Year,
            "DE" => Self::Decade,
            "CE" => Self::Century,
            _ => return None,
        })
    }
}

/// A stretch of the calendar.
///
/// A season bears the year in which most of it lies (winter: of its January), quarters are the
/// calendar's. Decades and centuries count like TIMEX3's prefixes: 198 for the 1980s, 19 for the
/// 1900s.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Point {
    Day(Date),
    /// ISO year and week.
    Weekend(i16, i8),
    Week(i16, i8),
    Month(i16, i8),
    Season(i16, Season),
    Quarter(i16, i8),
    Half(i16, i8),
    Year(i16),
    Decade(i16),
    Century(i16),
}

impl Point {
    /// The stretch of that grain in which `day` lies.
    pub(super) fn at(grain: Grain, day: Date) -> Self {
        let week = day.iso_week_date();
        match grain {
            Grain::Day => Self::Day(day),
            Grain::Weekend => Self::Weekend(week.year(), week.week()),
            Grain::Week => Self::Week(week.year(), week.week()),
            Grain::Month => Self::Month(day.year(), day.month()),
            Grain::Season => {
                let season = Season::ALL[usize::from(day.month().unsigned_abs() % 12 / 3)];
                Self::Season(day.year() + i16::from(day.month() == 12), season)
            }
            Grain::Quarter => Self::Quarter(day.year(), (day.month() - 1) / 3 + 1),
            Grain::Half => Self::Half(day.year(), (day.month() - 1) / 6 + 1),
            Grain::Year => Self::Year(day.year()),
            Grain::Decade => Self::Decade(day.year().div_euclid(10)),
            Grain::Century => Self::Century(day.year().div_euclid(100)),
        }
    }

    pub(super) fn grain(self) -> Grain {
        match self {
            Self::Day(_) => Grain::Day,
            Self::Weekend(..) => Grain::Weekend,
            Self::Week(..) => Grain::Week,
            Self::Month(..) => Grain::Month,
            Self::Season(..) => Grain::Season,
            Self::Quarter(..) => Grain::Quarter,
            Self::Half(..) => Grain::Half,
            Self::Year(_) => Grain::Year,
            Self::Decade(_) => Grain::Decade,
            Self::Century(_) => Grain::Century,
        }
    }

    /// TIMEX3's value.
    pub(super) fn value(self) -> String {
        match self {
            Self::Day(d) => d.to_string(),
            Self::Weekend(y, w) => format!("{y:04}-W{w:02}-WE"),
            Self::Week(y, w) => format!("{y:04}-W{w:02}"),
            Self::Month(y, m) => format!("{y:04}-{m:02}"),
            Self::Season(y, s) => format!("{y:04}-{}", s.code()),
            Self::Quarter(y, q) => format!("{y:04}-Q{q}"),
            Self::Half(y, h) => format!("{y:04}-H{h}"),
            Self::Year(y) if y <= 0 => format!("BC{:04}", 1 - y),
            Self::Year(y) => format!("{y:04}"),
            Self::Decade(d) => format!("{d:03}"),
            Self::Century(c) => format!("{c:02}"),
        }
    }

    /// The first and the last day.
    ///
    /// Seasons are the northern ones in their widest sense (meteorological and astronomical).
    pub(super) fn bounds(self) -> Option<(Date, Date)> {
        let months = |y: i16, from: i8, to: i8| {
            let first = Date::new(y, from, 1).ok()?;
            Some((first, Date::new(y, to, 1).ok()?.last_of_month()))
        };
        match self {
            Self::Day(d) => Some((d, d)),
            Self::Weekend(..) => {
                let monday = self.monday()?;
                Some((monday.checked_add(5.days()).ok()?, monday.checked_add(6.days()).ok()?))
            }
            Self::Week(..) => {
                let monday = self.monday()?;
                Some((monday, monday.checked_add(6.days()).ok()?))
            }
            Self::Month(y, m) => months(y, m, m),
            Self::Season(y, s) => {
                let day = |y, m, d| Date::new(y, m, d).ok();
                Some(match s {
                    Season::Spring => (day(y, 3, 1)?, day(y, 6, 21)?),
                    Season::Summer => (day(y, 6, 1)?, day(y, 9, 23)?),
                    Season::Autumn => (day(y, 9, 1)?, day(y, 12, 21)?),
                    Season::Winter => (day(y - 1, 12, 1)?, day(y, 3, 20)?),
                })
            }
            Self::Quarter(y, q) => months(y, q * 3 - 2, q * 3),
            Self::Half(y, h) => months(y, h * 6 - 5, h * 6),
            Self::Year(y) => months(y, 1, 12),
            Self::Decade(d) => Some((months(d * 10, 1, 1)?.0, months(d * 10 + 9, 12, 12)?.1)),
            Self::Century(c) => Some((months(c * 100, 1, 1)?.0, months(c * 100 + 99, 12, 12)?.1)),
        }
    }

    /// The first day, where the calendar reaches that far.
    pub(super) fn first(self) -> Option<Date> {
        self.bounds().map(|b| b.0)
    }

    fn monday(self) -> Option<Date> {
        let (Self::Week(y, w) | Self::Weekend(y, w)) = self else { return None };
        jiff::civil::ISOWeekDate::new(y, w, Weekday::Monday)
            .ok()
            .map(jiff::civil::ISOWeekDate::date)
    }

    /// The stretch `n` of its own grain later (earlier for a negative `n`).
    pub(super) fn step(self, n: i32) -> Option<Self> {
        let small = i16::try_from(n).ok()?;
        // Parts of a year, counted through: (year, part from 1, parts a year).
        let part = |y: i16, p: i8, of: i32| {
            let all = i32::from(y) * of + i32::from(p) - 1 + n;
            let year = i16::try_from(all.div_euclid(of)).ok()?;
            Some((year, i8::try_from(all.rem_euclid(of) + 1).ok()?))
        };
        Some(match self {
            Self::Day(d) => Self::Day(d.checked_add(n.days()).ok()?),
            Self::Week(..) => Self::at(Grain::Week, self.monday()?.checked_add(n.weeks()).ok()?),
            Self::Weekend(..) => {
                Self::at(Grain::Weekend, self.monday()?.checked_add(n.weeks()).ok()?)
            }
            Self::Month(y, m) => part(y, m, 12).map(|(y, m)| Self::Month(y, m))?,
            Self::Season(y, s) => Self::Season(y.checked_add(small)?, s),
            Self::Quarter(y, q) => part(y, q, 4).map(|(y, q)| Self::Quarter(y, q))?,
            Self::Half(y, h) => part(y, h, 2).map(|(y, h)| Self::Half(y, h))?,
            Self::Year(y) => Self::Year(y.checked_add(small)?),
            Self::Decade(d) => Self::Decade(d.checked_add(small)?),
            Self::Century(c) => Self::Century(c.checked_add(small)?),
        })
    }

    /// The same stretch in another year: the day or quarter `n` years later.
    pub(super) fn years_on(self, n: i16) -> Option<Self> {
        Some(match self {
            Self::Day(d) => Self::Day(d.checked_add(i32::from(n).years()).ok()?),
            Self::Week(y, w) => Self::Week(y.checked_add(n)?, w),
            Self::Weekend(y, w) => Self::Weekend(y.checked_add(n)?, w),
            Self::Month(y, m) => Self::Month(y.checked_add(n)?, m),
            Self::Season(y, s) => Self::Season(y.checked_add(n)?, s),
            Self::Quarter(y, q) => Self::Quarter(y.checked_add(n)?, q),
            Self::Half(y, h) => Self::Half(y.checked_add(n)?, h),
            Self::Year(y) => Self::Year(y.checked_add(n)?),
            Self::Decade(_) | Self::Century(_) => return None,
        })
    }

    /// The year in which it lies, if it lies in one.
    pub(super) fn year(self) -> Option<i16> {
        match self {
            Self::Day(d) => Some(d.year()),
            Self::Weekend(y, _) | Self::Week(y, _) | Self::Month(y, _) | Self::Season(y, _) => {
                Some(y)
            }
            Self::Quarter(y, _) | Self::Half(y, _) | Self::Year(y) => Some(y),
            Self::Decade(_) | Self::Century(_) => None,
        }
    }
}

/// The weekday that ISO numbers 1 (Monday) to 7.
pub(super) fn weekday(number: i8) -> Option<Weekday> {
    Weekday::from_monday_one_offset(number).ok()
}

/// The last such weekday up to `day`, that day itself included.
pub(super) fn weekday_until(day: Date, weekday: Weekday) -> Option<Date> {
    let back = weekday.until(day.weekday());
    day.checked_sub(i32::from(back).days()).ok()
}

/// The first such weekday from `day` on, that day itself included.
pub(super) fn weekday_from(day: Date, weekday: Weekday) -> Option<Date> {
    let ahead = weekday.since(day.weekday());
    day.checked_add(i32::from(ahead).days()).ok()
}

/// Where a feast falls in a year, as a language pack writes it.
///
/// `12 25`; `11 4 4` for the fourth Thursday of November; `5 -1 1` for the last Monday of May;
/// `E` for Easter Sunday, `E1` for the day after, `E-2` for two days before.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Feast {
    Fixed(i8, i8),
    Nth(i8, i8, i8),
    Easter(i16),
}

impl Feast {
    pub(super) fn parse(text: &str) -> Option<Self> {
        if let Some(offset) = text.strip_prefix('E') {
            return Some(Self::Easter(if offset.is_empty() { 0 } else { offset.parse().ok()? }));
        }
        let parts: Vec<&str> = text.split(' ').collect();
        let number = |i: usize| parts.get(i).and_then(|p| p.parse::<i8>().ok());
        match parts.len() {
            2 => Some(Self::Fixed(number(0)?, number(1)?)),
            3 => Some(Self::Nth(number(0)?, number(1)?, number(2)?)),
            _ => None,
        }
    }

    pub(super) fn in_year(self, year: i16) -> Option<Date> {
        match self {
            Self::Fixed(m, d) => Date::new(year, m, d).ok(),
            Self::Nth(m, n, w) => {
                Date::new(year, m, 1).ok()?.nth_weekday_of_month(n, weekday(w)?).ok()
            }
            Self::Easter(offset) => easter(year)?.checked_add(i32::from(offset).days()).ok(),
        }
    }
}

/// Easter Sunday of the Western church.
///
/// # Source
///
/// The anonymous Gregorian algorithm (Meeus, Astronomical Algorithms, 1991, chapter 8).
fn easter(year: i16) -> Option<Date> {
    let y = i32::from(year);
    let (golden, century, rest) = (y % 19, y / 100, y % 100);
    let (leaps, odd) = (century / 4, century % 4);
    let moved = (century - (century + 8) / 25 + 1) / 3;
    let epact = (19 * golden + century - leaps - moved + 15) % 30;
    let day = (32 + 2 * odd + 2 * (rest / 4) - epact - rest % 4) % 7;
    let late = (golden + 11 * epact + 22 * day) / 451;
    let n = epact + day - 7 * late + 114;
    Date::new(year, i8::try_from(n / 31).ok()?, i8::try_from(n % 31 + 1).ok()?).ok()
}

#[cfg(test)]
mod tests {
    use jiff::civil::date as day;

    use super::*;

    #[test]
    fn values_and_bounds_agree_with_iso() {
        let week = Point::at(Grain::Week, day(2022, 1, 1));
        assert_eq!(week.value(), "2021-W52");
        assert_eq!(week.bounds(), Some((day(2021, 12, 27), day(2022, 1, 2))));
        assert_eq!(Point::Quarter(2024, 1).step(-1), Some(Point::Quarter(2023, 4)));
        assert_eq!(Point::Month(2024, 1).step(-13), Some(Point::Month(2022, 12)));
        assert_eq!(Point::Decade(198).bounds(), Some((day(1980, 1, 1), day(1989, 12, 31))));
        assert_eq!(Point::at(Grain::Season, day(2023, 12, 5)), Point::Season(2024, Season::Winter));
        assert_eq!(Point::Year(-43).value(), "BC0044");
    }

    #[test]
    fn weekdays_look_both_ways() {
        let wednesday = day(2022, 1, 12);
        assert_eq!(weekday_until(wednesday, Weekday::Wednesday), Some(wednesday));
        assert_eq!(weekday_until(wednesday, Weekday::Thursday), Some(day(2022, 1, 6)));
        assert_eq!(weekday_from(wednesday, Weekday::Thursday), Some(day(2022, 1, 13)));
        assert_eq!(weekday_from(wednesday, Weekday::Tuesday), Some(day(2022, 1, 18)));
    }

    #[test]
    fn feasts_fall_where_they_should() {
        assert_eq!(Feast::parse("E").and_then(|f| f.in_year(2024)), Some(day(2024, 3, 31)));
        assert_eq!(Feast::parse("E-2").and_then(|f| f.in_year(2000)), Some(day(2000, 4, 21)));
        assert_eq!(Feast::parse("11 4 4").and_then(|f| f.in_year(1999)), Some(day(1999, 11, 25)));
        assert_eq!(Feast::parse("5 -1 1").and_then(|f| f.in_year(2023)), Some(day(2023, 5, 29)));
    }
}
