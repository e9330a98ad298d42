//! `zhengce compare`: the same indicator over subjects, years and documents.

use super::output::{BOLD, FAINT, styled, wrap};
use super::{Context, Failure, Outcome, extract};
use crate::export::compare::{Line, Relation, indicators_near};
use crate::export::{Table, compare};
use crate::index::Index;
use clap::ValueEnum;
use std::collections::BTreeSet;
use unicode_width::UnicodeWidthStr;

/// What it is asked.
#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  zhengce compare 主营业务收入\n  zhengce compare 主营业务收入 --subject 食品 --quotes\n  zhengce compare 主营业务收入 --format csv"
)]
pub struct Args {
    /// The indicator
    #[arg(value_name = "INDICATOR")]
    indicator: String,
    /// Only subjects with this name, or close to it
    #[arg(long, value_name = "SUBJECT")]
    subject: Option<String>,
    /// How to write it
    #[arg(long, value_enum, default_value_t = Format::Table)]
    format: Format,
    /// Print JSON
    #[arg(long)]
    json: bool,
    /// Show the words and the record of each number below the table
    #[arg(long)]
    quotes: bool,
}

#[derive(Debug, Clone, Copy, ValueEnum, PartialEq, Eq)]
enum Format {
    Table,
    Csv,
    Json,
}

/// Runs it.
pub fn run(context: &Context, args: &Args) -> Result<Outcome, Failure> {
    let index = Index::open(&context.index)?;
    let records = index.records(&["document", "target", "statistic"])?;
    let compared = compare(&records, &args.indicator, args.subject.as_deref());
    let text = match args.format {
        _ if args.json => format!("{}\n", compared.to_json()),
        Format::Json => format!("{}\n", compared.to_json()),
        Format::Csv => compared.to_csv(),
        Format::Table => in_text(context, &compared, args.quotes),
    };
    extract::print(&text)?;
    if compared.groups.is_empty() {
        let near: Vec<String> =
            indicators_near(&records, &args.indicator).into_iter().take(6).map(|(name, count)| format!("{name} ({count})")).collect();
        eprintln!("no target or statistic of {}\n  hint: ask for one of {}", args.indicator, near.join(", "));
        return Ok(Outcome::Partly);
    }
    if compared.left_out > 0 && !context.quiet {
        eprintln!("note: {} statements in other units than {} are left out", compared.left_out, compared.unit.as_deref().unwrap_or(""));
    }
    Ok(Outcome::Done)
}

/// A row a subject, a column a time: numbers with the marks of their documents, reached ones with ✓; a subject close to the one above begins
/// with ≈. Below a row its changes, below the table the documents, and with `quotes` each number's words.
fn in_text(context: &Context, compared: &Table, quotes: bool) -> String {
    let lines: Vec<&Line> = compared.groups.iter().flat_map(|g| &g.lines).collect();
    if lines.is_empty() {
        return String::new();
    }
    let sources = sources(&lines);
    let unit = compared.unit.as_deref().map(|u| format!("（{u}）")).unwrap_or_default();
    let mut head = vec![format!("{}{unit}", compared.indicator)];
    head.extend(compared.times.iter().map(|t| if t.is_empty() { "未注明时间".to_owned() } else { t.clone() }));
    let rows: Vec<Vec<String>> = lines.iter().map(|line| row(line, &compared.times, &sources)).collect();
    let widths: Vec<usize> = (0..head.len())
        .map(|k| rows.iter().chain([&head]).map(|row| row[k].width()).max().unwrap_or(0))
        .enumerate()
        .map(|(k, widest)| if k == 0 { widest.min(SUBJECT) } else { widest })
        .collect();
    let mut out = styled(&laid_out(&head, &widths), BOLD, context.color);
    for (line, row) in lines.iter().zip(&rows) {
        out.push_str(&laid_out(row, &widths));
        let changes = changes(line);
        if !changes.is_empty() {
            out.push_str(&styled(&format!("     {changes}"), FAINT, context.color));
            out.push('\n');
        }
    }
    out.push_str("\n✓ 已实现，其余为计划；≈ 与上面的主体相近而不相同；推算：由同一行前后两年的数得出的年均增速\n");
    for (k, (doc, title)) in sources.iter().enumerate() {
        out.push_str(&format!("{} {}\n", mark(k), title.as_deref().map_or_else(|| doc.clone(), |title| format!("《{title}》 {doc}"))));
    }
    if quotes {
        out.push('\n');
        for line in &lines {
            for cell in &line.cells {
                let kind = if cell.reached { "已实现" } else { "计划" };
                let quote: String = cell.quote.split_whitespace().collect::<Vec<_>>().join(" ");
                out.push_str(&format!(
                    "{} {} {kind} {}  “{quote}”  {}\n",
                    line.subject,
                    cell.time,
                    cell.printed,
                    styled(&cell.id, FAINT, context.color)
                ));
            }
        }
    }
    out
}

/// The documents that the numbers come from, in the order of the table.
fn sources(lines: &[&Line]) -> Vec<(String, Option<String>)> {
    let mut sources: Vec<(String, Option<String>)> = Vec::new();
    for cell in lines.iter().flat_map(|line| &line.cells) {
        if sources.iter().all(|(doc, _)| *doc != cell.doc) {
            sources.push((cell.doc.clone(), cell.title.clone()));
        }
    }
    sources.sort();
    sources
}

/// The mark of a document: ①, ② …, [21] after the twentieth.
fn mark(k: usize) -> String {
    u32::try_from(k).ok().filter(|k| *k < 20).and_then(|k| char::from_u32(0x2460 + k)).map_or_else(|| format!("[{}]", k + 1), String::from)
}

/// How wide the names of subjects may be before they go on below.
const SUBJECT: usize = 40;

/// A row of the table, its first cell over several lines where it is long.
fn laid_out(row: &[String], widths: &[usize]) -> String {
    let names = wrap(&row[0], widths[0]);
    let padded = |text: &str, width: usize| format!("{text}{}", " ".repeat(width.saturating_sub(text.width())));
    let mut out = String::new();
    for (k, name) in names.iter().enumerate() {
        let mut line = padded(name, widths[0]);
        for (cell, width) in row.iter().zip(widths).skip(1).filter(|_| k == 0) {
            line.push_str("  ");
            line.push_str(&padded(cell, *width));
        }
        out.push_str(line.trim_end());
        out.push('\n');
    }
    out
}

/// The changes of a line: those that its numbers make, and those that the documents state.
fn changes(line: &Line) -> String {
    let mut said: Vec<String> = Vec::new();
    for cell in &line.cells {
        let since = cell.growth_from.as_deref().and_then(|id| line.cells.iter().find(|c| c.id == id));
        if let Some((growth, since)) = cell.growth.zip(since) {
            said.push(format!("{}→{} 推算{}%", since.time, cell.time, growth.0));
        }
    }
    said.extend(line.rates.iter().map(|r| format!("{} 文中{}{}", r.time, if r.average { "年均" } else { "" }, r.printed)));
    let mut seen = BTreeSet::new();
    said.retain(|change| seen.insert(change.clone()));
    said.join("；")
}

fn row(line: &Line, times: &[String], sources: &[(String, Option<String>)]) -> Vec<String> {
    let close = if line.indicator_relation == Relation::Equal { String::new() } else { format!("（{}）", line.indicator) };
    let near = if line.relation == Relation::Close { "  ≈ " } else { "" };
    let numbers = times.iter().map(|time| {
        let mut said: Vec<(String, BTreeSet<usize>)> = Vec::new();
        for cell in line.cells.iter().filter(|c| &c.time == time) {
            let upper = cell.value_max.map(|v| format!("—{}", v.0.normalize())).unwrap_or_default();
            let number = format!("{}{upper}{}", cell.value.0.normalize(), if cell.reached { "✓" } else { "" });
            let source = sources.iter().position(|(doc, _)| *doc == cell.doc).unwrap_or(0);
            // One number of text and table stands once.
            match said.iter_mut().find(|(known, _)| *known == number) {
                Some((_, from)) => {
                    from.insert(source);
                }
                None => said.push((number, BTreeSet::from([source]))),
            }
        }
        let said: Vec<String> =
            said.into_iter().map(|(number, from)| format!("{number}{}", from.into_iter().map(mark).collect::<String>())).collect();
        said.join(" ")
    });
    let subject = if line.subject.is_empty() { "—" } else { &line.subject };
    std::iter::once(format!("{near}{subject}{close}")).chain(numbers).collect()
}
