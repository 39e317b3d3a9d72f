//! Bytes become text: UTF-8, no NUL, LF line ends.

use super::error::{InputError, Place};

/// The text of `bytes`, which begin at `start`; line ends stay as they are.
pub(super) fn decode(bytes: Vec<u8>, start: &Place) -> Result<String, InputError> {
    let text = String::from_utf8(bytes).map_err(|error| not_utf8(error.as_bytes(), start))?;
    match text.find('\0') {
        Some(nul) => Err(InputError::Nul { at: advance(start, text.as_bytes(), nul) }),
        None => Ok(text),
    }
}

fn not_utf8(bytes: &[u8], start: &Place) -> InputError {
    let good = match std::str::from_utf8(bytes) {
        Ok(_) => bytes.len(),
        Err(error) => error.valid_up_to(),
    };
    let utf16 = bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]);
    InputError::NotUtf8 {
        at: advance(start, bytes, good),
        byte: bytes.get(good).copied().unwrap_or_default(),
        guess: if utf16 { "UTF-16" } else { "WINDOWS-1252" },
    }
}

/// The place of byte `to` of the `bytes` that begin at `start`.
pub(super) fn advance(start: &Place, bytes: &[u8], to: usize) -> Place {
    let before = bytes.get(..to).unwrap_or(bytes);
    let lines = memchr::memchr_iter(b'\n', before).count();
    let last = memchr::memrchr(b'\n', before).map_or(0, |newline| newline + 1);
    let scalars = before.get(last..).unwrap_or_default().iter();
    let scalars = scalars.filter(|&&byte| byte & 0xC0 != 0x80).count();
    Place {
        input: start.input.clone(),
        line: start.line + lines,
        column: if lines == 0 { start.column + scalars } else { 1 + scalars },
    }
}

/// The text with LF for every CRLF and every lone CR.
pub(super) fn with_lf(text: String) -> String {
    if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n") } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_count_lines_and_scalars() {
        let start = Place { input: "a".into(), line: 3, column: 5 };
        let at = |to| {
            let place = advance(&start, "né\nö x".as_bytes(), to);
            (place.line, place.column)
        };
        assert_eq!([at(0), at(3), at(4), at(7)], [(3, 5), (3, 7), (4, 1), (4, 3)]);
    }

    #[test]
    fn every_line_end_becomes_lf() {
        assert_eq!(with_lf("a\r\nb\rc\n\r\n".to_owned()), "a\nb\nc\n\n");
    }
}
