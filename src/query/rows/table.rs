//! Lays out a table for people: aligned columns, long cells folded to the width at hand.

use unicode_width::{UnicodeWidthChar as _, UnicodeWidthStr as _};

/// Blanks between two columns.
const GAP: usize = 2;
/// A column is not folded below this.
const NARROW: usize = 12;

/// On which side the cells of a column stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    /// Words.
    Left,
    /// Numbers.
    Right,
}

/// Renders rows below their header in at most `width` columns of a terminal, as far as twelve
/// columns a cell allow.
///
/// Nothing is cut: cells that are too long are folded between words, and where any is, a blank line
/// parts the rows. Line breaks in cells become blanks.
pub fn render_table(
    header: &[String],
    rows: &[Vec<String>],
    align: &[Align],
    width: usize,
    bold: bool,
) -> String {
    let cells: Vec<Vec<String>> =
        rows.iter().map(|row| row.iter().map(|c| flat(c)).collect()).collect();
    let natural: Vec<usize> = (0..header.len())
        .map(|i| {
            let longest = cells.iter().filter_map(|row| row.get(i)).map(|c| c.width()).max();
            header[i].width().max(longest.unwrap_or(0))
        })
        .collect();
    let widths = fit(&natural, width);
    let folded: Vec<Vec<Vec<String>>> = cells
        .iter()
        .map(|row| row.iter().zip(&widths).map(|(cell, &w)| fold(cell, w)).collect())
        .collect();
    let parted = folded.iter().flatten().any(|lines| lines.len() > 1);

    let mut out = String::new();
    let head: Vec<Vec<String>> = header.iter().map(|h| vec![h.clone()]).collect();
    push_row(&mut out, &head, &widths, align, bold);
    let rules: Vec<Vec<String>> = widths.iter().map(|&w| vec!["─".repeat(w)]).collect();
    push_row(&mut out, &rules, &widths, align, false);
    for (i, row) in folded.iter().enumerate() {
        if parted && i > 0 {
            out.push('\n');
        }
        push_row(&mut out, row, &widths, align, false);
    }
    out
}

/// The widths that share `width`: narrow columns keep theirs, the wide ones get the same.
fn fit(natural: &[usize], width: usize) -> Vec<usize> {
    let room = width.saturating_sub(GAP * natural.len().saturating_sub(1));
    let total = |cap: usize| natural.iter().map(|&w| w.min(cap)).sum::<usize>();
    let widest = natural.iter().copied().max().unwrap_or(0);
    let mut cap = widest;
    while cap > NARROW && total(cap) > room {
        cap -= 1;
    }
    let mut widths: Vec<usize> = natural.iter().map(|&w| w.min(cap)).collect();
    // What rounding leaves goes to the columns that were cut, one each from the left.
    let mut left = room.saturating_sub(widths.iter().sum());
    for (w, &n) in widths.iter_mut().zip(natural) {
        if left > 0 && *w < n {
            *w += 1;
            left -= 1;
        }
    }
    widths
}

fn flat(cell: &str) -> String {
    cell.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Folds between words; a word longer than the width is broken.
fn fold(cell: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut used = 0;
    for word in cell.split(' ') {
        let size = word.width();
        if used > 0 && used + 1 + size > width {
            lines.push(String::new());
            used = 0;
        }
        let line = lines.last_mut().expect("there is always a line");
        if used > 0 {
            line.push(' ');
            used += 1;
        }
        if size <= width {
            line.push_str(word);
            used += size;
            continue;
        }
        for c in word.chars() {
            let size = c.width().unwrap_or(0);
            if used + size > width && used > 0 {
                lines.push(String::new());
                used = 0;
            }
            lines.last_mut().expect("there is always a line").push(c);
            used += size;
        }
    }
    lines
}

fn push_row(out: &mut String, row: &[Vec<String>], widths: &[usize], align: &[Align], bold: bool) {
    let height = row.iter().map(Vec::len).max().unwrap_or(1);
    for i in 0..height {
        let mut line = String::new();
        for (column, lines) in row.iter().enumerate() {
            if column > 0 {
                line.push_str(&" ".repeat(GAP));
            }
            let words = lines.get(i).map_or("", String::as_str);
            let blanks = " ".repeat(widths[column].saturating_sub(words.width()));
            match align.get(column) {
                Some(Align::Right) => line.extend([blanks.as_str(), words]),
                _ => line.extend([words, blanks.as_str()]),
            }
        }
        let line = line.trim_end();
        if bold {
            out.push_str("\x1b[1m");
            out.push_str(line);
            out.push_str("\x1b[0m");
        } else {
            out.push_str(line);
        }
        out.push('\n');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(rows: &[[&str; 3]], width: usize) -> String {
        let header = ["speaker", "words", "n"].map(str::to_owned);
        let rows: Vec<Vec<String>> =
            rows.iter().map(|r| r.iter().map(|c| (*c).to_owned()).collect()).collect();
        render_table(&header, &rows, &[Align::Left, Align::Left, Align::Right], width, false)
    }

    #[test]
    fn what_fits_is_aligned() {
        expect_test::expect![[r"
            speaker    words     n
            ─────────  ─────  ────
            Ana Ruíz   no        7
            the union  yes    1200
        "]]
        .assert_eq(&table(&[["Ana Ruíz", "no", "7"], ["the union", "yes", "1200"]], 80));
    }

    #[test]
    fn long_cells_are_folded_and_rows_parted() {
        expect_test::expect![[r"
            speaker         words           n
            ──────────────  ──────────────  ─
            the             the strike      1
            harbour-worker  goes on until
            s' union        the board
                            signs

            Ana             no              2
        "]]
        .assert_eq(&table(
            &[
                ["the harbour-workers' union", "the strike goes on until the board signs", "1"],
                ["Ana", "no", "2"],
            ],
            33,
        ));
    }

    #[test]
    fn nothing_is_lost_in_folding() {
        let text = "Über die Brücke — nach Ōsaka 大阪市の港湾労働者 averylongwordthatdoesnotfit.";
        for width in 2..40 {
            let lines = fold(text, width);
            assert!(lines.iter().all(|l| l.width() <= width), "{width}");
            let joined: String = lines.concat().split(' ').collect();
            assert_eq!(joined, text.split(' ').collect::<String>());
        }
    }
}
