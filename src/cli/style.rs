//! How wide the terminal is and whether to colour.

#![expect(clippy::disallowed_methods, reason = "reads how wide and how coloured the terminal is")]

use std::env;
use std::io::{self, IsTerminal as _};

use super::{ColorChoice, Global};

/// Columns where there is no terminal to ask.
const WIDTH: usize = 100;

/// Columns for a table on standard output: what `COLUMNS` says, else the terminal's, else 100.
pub(super) fn terminal_width() -> usize {
    let told = env::var("COLUMNS").ok().and_then(|c| c.parse().ok()).filter(|&c| c > 0);
    told.or_else(|| {
        let (width, _) = terminal_size::terminal_size_of(io::stdout())?;
        Some(usize::from(width.0))
    })
    .unwrap_or(WIDTH)
}

/// Whether standard output takes colours.
pub(super) fn colored(global: &Global) -> bool {
    match global.color {
        ColorChoice::Always => true,
        ColorChoice::Never => false,
        ColorChoice::Auto => {
            io::stdout().is_terminal() && env::var_os("NO_COLOR").is_none_or(|v| v.is_empty())
        }
    }
}
