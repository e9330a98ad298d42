//! What does a table hold? Rows of tab-separated columns; `#` begins a comment, `-` is an empty column.
//!
//! The line of 公顷 has five columns: unit, kind, base, factor and example.

/// The rows of an embedded table with `N` columns each; a missing column reads as empty.
pub(super) fn rows<const N: usize>(table: &'static str) -> impl Iterator<Item = [&'static str; N]> {
    table.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).map(|line| {
        let mut row = [""; N];
        for (column, text) in row.iter_mut().zip(line.split('\t')) {
            *column = if text == "-" { "" } else { text };
        }
        row
    })
}

#[cfg(test)]
mod tests {
    use super::rows;

    #[test]
    fn a_dash_is_an_empty_column_and_a_missing_one_too() {
        let read: Vec<[&str; 3]> = rows("# 注释\n元\t-\n").collect();
        assert_eq!(read, [["元", "", ""]]);
    }
}
