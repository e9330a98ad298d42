//! How does it look in a terminal? Tables by display width (`省发改委` is eight columns), colour, broken pipes.

use super::{Color, Failure};
use std::io::{BufWriter, ErrorKind, IsTerminal, StdoutLock, Write};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Whether standard output gets colour.
pub fn use_color(color: Color) -> bool {
    match color {
        Color::Always => true,
        Color::Never => false,
        Color::Auto => std::io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none(),
    }
}

/// Standard output; a reader that hangs up ends the program without an error.
pub struct Output(BufWriter<StdoutLock<'static>>);

impl Output {
    /// Opens standard output.
    pub fn new() -> Self {
        Output(BufWriter::with_capacity(1 << 16, std::io::stdout().lock()))
    }

    /// Writes bytes; a reader that hung up ends the program quietly.
    ///
    /// # Errors
    /// An empty failure where the reader hung up; else what the system says.
    pub fn bytes(&mut self, bytes: &[u8]) -> Result<(), Failure> {
        self.0.write_all(bytes).map_err(|e| hung_up(&e))
    }

    /// Writes out what is waiting.
    ///
    /// # Errors
    /// As [`Output::bytes`].
    pub fn finish(mut self) -> Result<(), Failure> {
        self.0.flush().map_err(|e| hung_up(&e))
    }
}

/// A broken pipe is no error.
pub fn hung_up(error: &std::io::Error) -> Failure {
    if error.kind() == ErrorKind::BrokenPipe {
        return Failure(String::new());
    }
    Failure(format!("writing the output: {error}\n  hint: free some space, or name another place with -o"))
}

/// The width of the terminal, or 100 columns where there is none.
pub fn width() -> usize {
    terminal_size::terminal_size().map_or(100, |(w, _)| usize::from(w.0)).clamp(40, 200)
}

/// A text in bold, faint or marked letters where colour is on.
pub fn styled(text: &str, style: &str, on: bool) -> String {
    if on { format!("\x1b[{style}m{text}\x1b[0m") } else { text.to_owned() }
}

/// Bold.
pub const BOLD: &str = "1";
/// Faint.
pub const FAINT: &str = "2";
/// A match.
pub const MARK: &str = "1;33";

/// A snippet with its highlights, which count characters.
pub fn highlighted(text: &str, highlights: &[[usize; 2]], on: bool) -> String {
    let chars: Vec<char> = text.chars().collect();
    let mut out = String::new();
    let mut at = 0;
    let (open, close) = if on { (format!("\x1b[{MARK}m"), "\x1b[0m") } else { ("«".to_owned(), "»") };
    for [start, end] in highlights.iter().filter(|[a, b]| a < b && *b <= chars.len()) {
        if *start < at {
            continue;
        }
        out.extend(&chars[at..*start]);
        out.push_str(&open);
        out.extend(&chars[*start..*end]);
        out.push_str(close);
        at = *end;
    }
    out.extend(&chars[at..]);
    out.replace(['\n', '\t'], " ")
}

/// Lays a table out: a head, then rows; columns share the width by what they hold, long cells go on below.
pub fn table(head: &[&str], rows: &[Vec<String>], color: bool) -> String {
    let columns = head.len();
    let gaps = 2 * columns.saturating_sub(1);
    let room = width().saturating_sub(gaps).max(columns * 4);
    let widest: Vec<usize> = (0..columns).map(|c| rows.iter().map(|r| r[c].width()).chain([head[c].width()]).max().unwrap_or(0)).collect();
    let widths = share(&widest, room);
    let mut out = String::new();
    let head: Vec<String> = head.iter().map(|h| (*h).to_owned()).collect();
    for (k, row) in std::iter::once(&head).chain(rows).enumerate() {
        let cells: Vec<Vec<String>> = row.iter().zip(&widths).map(|(cell, w)| wrap(cell, *w)).collect();
        let height = cells.iter().map(Vec::len).max().unwrap_or(1);
        for line in 0..height {
            let parts: Vec<String> = cells
                .iter()
                .zip(&widths)
                .map(|(cell, w)| {
                    let text = cell.get(line).map_or("", String::as_str);
                    format!("{text}{}", " ".repeat(w.saturating_sub(text.width())))
                })
                .collect();
            let text = parts.join("  ");
            out.push_str(&if k == 0 { styled(text.trim_end(), BOLD, color) } else { text.trim_end().to_owned() });
            out.push('\n');
        }
    }
    out
}

/// The widths of columns that together take `room`: narrow ones what they need, wide ones the rest.
fn share(widest: &[usize], room: usize) -> Vec<usize> {
    let mut widths = widest.to_vec();
    while widths.iter().sum::<usize>() > room {
        let most = widths.iter().copied().max().unwrap_or(0);
        if most <= 8 {
            break;
        }
        let over = widths.iter().sum::<usize>() - room;
        let at = widths.iter().position(|w| *w == most).unwrap_or(0);
        let next = widths.iter().copied().filter(|w| *w < most).max().unwrap_or(8).max(8);
        widths[at] = (most - over.min(most - next).max(1)).max(8);
    }
    widths
}

/// Cuts a text into lines of at most `width` columns.
pub fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut used = 0;
    for c in text.chars().map(|c| if c.is_whitespace() { ' ' } else { c }) {
        let w = c.width().unwrap_or(0);
        if used + w > width && used > 0 {
            lines.push(String::new());
            used = 0;
        }
        if let Some(line) = lines.last_mut() {
            line.push(c);
        }
        used += w;
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_line_up_by_display_width() {
        let shown =
            table(&["任务", "unit"], &[vec!["招商引资".to_owned(), "省商务厅".to_owned()], vec!["a".to_owned(), "b".to_owned()]], false);
        assert_eq!(shown, "任务      unit\n招商引资  省商务厅\na         b\n");
    }

    #[test]
    fn long_cells_go_on_below() {
        assert_eq!(wrap("一二三四五", 6), ["一二三", "四五"]);
    }

    #[test]
    fn highlights_are_marked_to_the_character() {
        assert_eq!(highlighted("加快产业园区建设", &[[2, 6]], false), "加快«产业园区»建设");
    }
}
