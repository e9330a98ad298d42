//! Where does a statement end? Sentences end at `。；！？`, clauses also at `，`; brackets and quotes hold together.
//!
//! `全省生产总值增长5.6%，固定资产投资增长6.1%。` is one sentence of two clauses.

use crate::text::{Folded, Span, opening};

/// A sentence and its clauses, without the marks that end them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sentence {
    /// The whole sentence.
    pub span: Span<Folded>,
    /// Its clauses in their order.
    pub clauses: Vec<Span<Folded>>,
    /// The mark that ends it, if one does.
    pub stop: Option<char>,
}

/// How many brackets may stand open: a text that never closes one goes on after so many characters.
const LONGEST_BRACKET: usize = 300;

/// The longest clause, in bytes: a text without marks is parted, so that what quotes it stays short.
const LONGEST_CLAUSE: usize = 6000;

/// The sentences of `text[from..]`.
pub fn sentences(text: &str, from: usize) -> Vec<Sentence> {
    let mut out = Vec::new();
    let mut clauses = Vec::new();
    let (mut sentence_start, mut clause_start) = (from, from);
    let mut open: Vec<(char, usize)> = Vec::new();
    let mut count = 0;
    let mut next = from;
    loop {
        if open.is_empty() {
            // Most characters only count.
            let clause = opening(&text[next..], (clause_start + LONGEST_CLAUSE).saturating_sub(next));
            let plain = clause.find(parts_or_holds).map_or(clause, |at| &clause[..at]);
            count += plain.chars().count();
            next += plain.len();
        }
        let Some(c) = text[next..].chars().next() else { break };
        let at = next;
        next += c.len_utf8();
        count += 1;
        if open.first().is_some_and(|(_, since)| count - since > LONGEST_BRACKET) {
            open.clear();
        }
        if at - clause_start > LONGEST_CLAUSE {
            push_clause(text, &mut clauses, clause_start, at);
            clause_start = at;
        }
        match c {
            '“' if open.is_empty() && states_several(&text[at + c.len_utf8()..]) => {
                push_clause(text, &mut clauses, clause_start, at);
                clause_start = at + c.len_utf8();
            }
            '（' | '《' | '“' | '〔' | '【' | '「' => open.push((closing(c), count)),
            '）' | '》' | '”' | '〕' | '】' | '」' => close(&mut open, c),
            '。' | '；' | '！' | '？' | '\n' if open.is_empty() => {
                push_clause(text, &mut clauses, clause_start, at);
                push_sentence(&mut out, &mut clauses, sentence_start, at, Some(c));
                sentence_start = at + c.len_utf8();
                clause_start = sentence_start;
            }
            '，' if open.is_empty() => {
                push_clause(text, &mut clauses, clause_start, at);
                clause_start = at + c.len_utf8();
            }
            _ => {}
        }
    }
    push_clause(text, &mut clauses, clause_start, text.len());
    push_sentence(&mut out, &mut clauses, sentence_start, text.len(), None);
    out
}

/// Whether a character may end a clause, or opens or closes what holds together.
fn parts_or_holds(c: char) -> bool {
    matches!(c, '。' | '；' | '！' | '？' | '\n' | '，' | '（' | '《' | '“' | '〔' | '【' | '「' | '）' | '》' | '”' | '〕' | '】' | '」')
}

/// Whether what a quotation mark opens are statements one after another, each with its figure: `实现“产值达到20亿元，就业达到2万人”的目标`.
fn states_several(text: &str) -> bool {
    let Some(end) = opening(text, (LONGEST_BRACKET + 1) * '一'.len_utf8()).find('”') else { return false };
    let parts = text[..end].split('，');
    let said = parts.filter(|part| part.chars().count() >= 6 && part.contains(|c: char| c.is_ascii_digit()));
    said.count() >= 2 && !text[..end].contains('。')
}

fn closing(open: char) -> char {
    match open {
        '（' => '）',
        '《' => '》',
        '“' => '”',
        '〔' => '〕',
        '【' => '】',
        _ => '」',
    }
}

fn close(open: &mut Vec<(char, usize)>, c: char) {
    if let Some(at) = open.iter().rposition(|(closing, _)| *closing == c) {
        open.truncate(at);
    }
}

fn push_clause(text: &str, clauses: &mut Vec<Span<Folded>>, start: usize, end: usize) {
    let raw = &text[start..end];
    let lead = raw.len() - raw.trim_start().len();
    let trimmed = raw.trim();
    if !trimmed.is_empty() {
        clauses.push(Span::new(start + lead, start + lead + trimmed.len()));
    }
}

fn push_sentence(out: &mut Vec<Sentence>, clauses: &mut Vec<Span<Folded>>, start: usize, end: usize, stop: Option<char>) {
    if clauses.is_empty() {
        return;
    }
    let clauses = std::mem::take(clauses);
    out.push(Sentence { span: Span::new(start, end), clauses, stop });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<Vec<&str>> {
        sentences(text, 0).iter().map(|s| s.clauses.iter().map(|c| &text[c.range()]).collect()).collect()
    }

    #[test]
    fn sentences_and_clauses() {
        assert_eq!(
            read("全省增长5.6%，投资增长6.1%。其中：利润9亿元；完"),
            [vec!["全省增长5.6%", "投资增长6.1%"], vec!["其中：利润9亿元"], vec!["完"]]
        );
    }

    #[test]
    fn brackets_hold_together_and_never_close_for_ever() {
        assert_eq!(read("列入“甲，乙。丙”的，按规定"), [vec!["列入“甲，乙。丙”的", "按规定"]]);
        assert_eq!(
            read("实现“全市产值达到20亿元，新增就业达到2万人”的目标"),
            [vec!["实现", "全市产值达到20亿元", "新增就业达到2万人”的目标"]]
        );
        assert_eq!(read("（未闭合，甲。乙").len(), 1);
        let nested = format!("{}{}，乙。丙", "（甲（".repeat(200), "甲".repeat(400));
        assert_eq!(read(&nested).len(), 2);
        assert_eq!(read(&"甲".repeat(3000)), [vec!["甲".repeat(2001), "甲".repeat(999)]]);
        let long = format!("（{}，乙。丙", "甲".repeat(400));
        assert_eq!(read(&long).len(), 2);
    }
}
