//! Dates of publication and retrieval, as inputs write them.

use std::sync::LazyLock;

use jiff::fmt::rfc2822;
use regex::Regex;

use crate::facts::parse_day;

static ISO: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d+)?)?( ?(Z|UTC|GMT|[+-]\d{2}(:?\d{2})?))?)?",
    )
    .expect("the pattern is fixed")
});

/// The ISO 8601 date or date-time at the beginning of `text`, and the rest.
pub(super) fn split(text: &str) -> Option<(&str, &str)> {
    let text = text.trim_start();
    let (date, rest) = text.split_at_checked(ISO.find(text)?.end())?;
    parse_day(date).map(|_| (date, rest))
}

/// A whole date or date-time in ISO 8601: as given, or from the form of mails and feeds (RFC 2822).
pub(super) fn normalize(text: &str) -> Option<String> {
    let text = text.trim();
    match split(text) {
        Some((date, "")) => Some(date.to_owned()),
        Some(_) => None,
        None => {
            let time = rfc2822::parse(text).ok()?;
            Some(time.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_of_inputs() {
        let cases = [
            ("2031-05-07", Some("2031-05-07")),
            (" 2031-05-07T09:30Z ", Some("2031-05-07T09:30Z")),
            ("2031-05-07 09:30:15.5 +02:00", Some("2031-05-07 09:30:15.5 +02:00")),
            ("Wed, 07 May 2031 09:30:00 +0200", Some("2031-05-07T09:30:00+02:00")),
            ("2031-02-29", None),
            ("2031-05-07 or so", None),
            ("7.5.2031", None),
            ("2031", None),
        ];
        for (text, want) in cases {
            assert_eq!(normalize(text).as_deref(), want, "{text}");
        }
    }
}
