//! Literals in the one form that is written and read back alike.

use std::fmt::Write as _;

use jiff::civil::Date;
use oxrdf::LiteralRef;
use oxrdf::vocab::xsd;

/// Writes `number` as an `xsd:decimal` without exponent and trailing zeros into `buffer`.
pub(super) fn write_decimal(number: f64, buffer: &mut String) -> LiteralRef<'_> {
    buffer.clear();
    // Adding zero turns -0 into 0.
    write!(buffer, "{}", number + 0.0).expect("a string takes every write");
    LiteralRef::new_typed_literal(buffer, xsd::DECIMAL)
}

/// Writes `number` as an `xsd:integer` into `buffer`.
pub(super) fn write_integer(number: i64, buffer: &mut String) -> LiteralRef<'_> {
    buffer.clear();
    write!(buffer, "{number}").expect("a string takes every write");
    LiteralRef::new_typed_literal(buffer, xsd::INTEGER)
}

/// Writes `day` as an `xsd:date` into `buffer`.
pub(super) fn write_day(day: Date, buffer: &mut String) -> LiteralRef<'_> {
    buffer.clear();
    let sign = if day.year() < 0 { "-" } else { "" };
    let (year, month, day) = (day.year().unsigned_abs(), day.month(), day.day());
    write!(buffer, "{sign}{year:04}-{month:02}-{day:02}").expect("a string takes every write");
    LiteralRef::new_typed_literal(buffer, xsd::DATE)
}

/// Writes a literal of the contract: integers, decimals and days in their one form, all else, and
/// what is no such value, as a plain string.
pub(super) fn write_literal<'b>(
    value: &'b str,
    datatype: &str,
    buffer: &'b mut String,
) -> LiteralRef<'b> {
    let local = datatype
        .strip_prefix("xsd:")
        .or_else(|| datatype.strip_prefix("http://www.w3.org/2001/XMLSchema#"));
    match local {
        Some("integer" | "nonNegativeInteger" | "positiveInteger" | "int" | "long") => {
            if let Ok(number) = value.trim().parse() {
                return write_integer(number, buffer);
            }
        }
        Some("decimal" | "double" | "float") => {
            if let Some(number) = value.trim().parse().ok().filter(|n: &f64| n.is_finite()) {
                return write_decimal(number, buffer);
            }
        }
        Some("date") => {
            if let Ok(day) = value.trim().parse() {
                return write_day(day, buffer);
            }
        }
        _ => {}
    }
    LiteralRef::new_simple_literal(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn literals_have_one_form() {
        let mut buffer = String::new();
        for (value, datatype, want) in [
            ("007", "xsd:nonNegativeInteger", "\"7\"^^<http://www.w3.org/2001/XMLSchema#integer>"),
            ("1.50", "xsd:decimal", "\"1.5\"^^<http://www.w3.org/2001/XMLSchema#decimal>"),
            ("1975-03-04", "xsd:date", "\"1975-03-04\"^^<http://www.w3.org/2001/XMLSchema#date>"),
            ("1975", "xsd:date", "\"1975\""),
            ("forty", "xsd:integer", "\"forty\""),
            ("PT24H", "xsd:duration", "\"PT24H\""),
            ("President", "xsd:string", "\"President\""),
        ] {
            assert_eq!(write_literal(value, datatype, &mut buffer).to_string(), want);
        }
        assert_eq!(write_decimal(-0.0, &mut buffer).value(), "0");
        assert_eq!(write_decimal(1e21, &mut buffer).value(), "1000000000000000000000");
        assert_eq!(write_decimal(0.1, &mut buffer).value(), "0.1");
        let day = Date::new(-44, 3, 15).unwrap();
        assert_eq!(write_day(day, &mut buffer).value(), "-0044-03-15");
    }
}
