//! Lays out a table for people: aligned columns, long cells folded to the width at hand.

use unicode_width::{UnicodeWidthChar as _, UnicodeWidthStr as _};

/// Blanks between two columns.
const GAP: usize = 2;
/// A word is kept whole up to this.
const LONG_WORD: usize = 20;
const BOLD: &str = "\x1b[1m";
const PLAIN: &str = "\x1b[0m";

/// On which side the cells of a column stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Align {
    /// Words.
    Left,
    /// Numbers.
    Right,
}

/// Renders rows below their header in at most `width` columns of a terminal.
///
/// Nothing is cut: cells that are too long are folded between words, and where any is, a blank line
/// parts the rows. Where not even the longest words fit beside each other, each row becomes a block
/// of lines, one a cell, without the empty ones. Line breaks in cells become blanks.
pub fn render_table(
    header: &[String],
    rows: &[Vec<String>],
    align: &[Align],
    width: usize,
    bold: bool,
) -> String {
    let cells: Vec<Vec<String>> =
        rows.iter().map(|row| row.iter().map(|c| flat(c)).collect()).collect();
    let column = |i: usize| cells.iter().filter_map(move |row| row.get(i));
    let natural: Vec<usize> = (0..header.len())
        .map(|i| header[i].width().max(column(i).map(|c| c.width()).max().unwrap_or(0)))
        .collect();
    let floors: Vec<usize> = (0..header.len())
        .map(|i| {
            let words = column(i).flat_map(|c| pieces(c)).map(|(_, piece)| piece.width());
            header[i].width().max(words.max().unwrap_or(0).min(LONG_WORD))
        })
        .collect();
    let Some(widths) = fit(&natural, &floors, width) else {
        return render_blocks(header, &cells, width, bold);
    };
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

/// Renders each row as a block: the column's name, then the cell.
fn render_blocks(header: &[String], rows: &[Vec<String>], width: usize, bold: bool) -> String {
    let name = header.iter().map(|h| h.width()).max().unwrap_or(0);
    let widths = [name, width.saturating_sub(name + GAP).max(LONG_WORD)];
    let mut out = String::new();
    for (i, row) in rows.iter().enumerate() {
        if i > 0 {
            out.push('\n');
        }
        for (title, cell) in header.iter().zip(row).filter(|(_, cell)| !cell.is_empty()) {
            let mut line = String::new();
            push_row(&mut line, &[vec![title.clone()], fold(cell, widths[1])], &widths, &[], false);
            match line.strip_prefix(title.as_str()).filter(|_| bold) {
                Some(rest) => out.extend([BOLD, title, PLAIN, rest]),
                None => out.push_str(&line),
            }
        }
    }
    out
}

/// The widths of columns that share `width`: the widest gives way first, down to its floor.
/// `None` where the floors alone take more.
fn fit(natural: &[usize], floors: &[usize], width: usize) -> Option<Vec<usize>> {
    let room = width.saturating_sub(GAP * natural.len().saturating_sub(1));
    let mut widths = natural.to_vec();
    let mut over = widths.iter().sum::<usize>().saturating_sub(room);
    while over > 0 {
        // Of equally wide ones the last: the first columns say what the row is about.
        let wide = (0..widths.len()).filter(|&i| widths[i] > floors[i]);
        let widest = wide.max_by_key(|&i| widths[i])?;
        widths[widest] -= 1;
        over -= 1;
    }
    Some(widths)
}

fn flat(cell: &str) -> String {
    cell.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The pieces between which a cell may be folded: words, and the parts of a word with hyphens
/// between letters. Each says whether a blank stands before it.
fn pieces(cell: &str) -> impl Iterator<Item = (bool, &str)> {
    cell.split(' ').flat_map(|word| {
        let mut parts = Vec::new();
        let mut rest = word;
        while let Some(at) = hyphen(rest) {
            let (part, after) = rest.split_at_checked(at).unwrap_or((rest, ""));
            parts.push((parts.is_empty(), part));
            rest = after;
        }
        parts.push((parts.is_empty(), rest));
        parts
    })
}

/// One past the first hyphen that stands between letters.
fn hyphen(word: &str) -> Option<usize> {
    word.match_indices('-').map(|(at, _)| at + 1).find(|&at| {
        let before = word.get(..at - 1).and_then(|s| s.chars().next_back());
        let after = word.get(at..).and_then(|s| s.chars().next());
        before.is_some_and(char::is_alphabetic) && after.is_some_and(char::is_alphabetic)
    })
}

/// Folds between pieces; a piece longer than the width is broken.
fn fold(cell: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut used = 0;
    for (blank, piece) in pieces(cell) {
        let blank = usize::from(blank && used > 0);
        if used > 0 && used + blank + piece.width() > width {
            lines.push(String::new());
            used = 0;
        } else if blank > 0 {
            lines.last_mut().expect("there is always a line").push(' ');
            used += 1;
        }
        for c in piece.chars() {
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
            out.extend([BOLD, line, PLAIN]);
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
            the harbour-    the strike      1
            workers' union  goes on until
                            the board
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
    fn what_never_fits_becomes_blocks() {
        expect_test::expect![[r"
            speaker  the harbour-workers'
                     union
            words    they strike
            n        1

            words    no
            n        2
        "]]
        .assert_eq(&table(
            &[["the harbour-workers' union", "they strike", "1"], ["", "no", "2"]],
            12,
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
