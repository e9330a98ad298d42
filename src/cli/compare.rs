//! `zhengce compare`: the same indicator over subjects, years and documents.

use super::output::{BOLD, FAINT, styled, wrap};
use super::{Context, Failure, Outcome, extract};
use crate::export::compare::{Line, Relation, bounded, indicators_near};
use crate::export::{Table, compare};
use crate::index::Index;
use clap::ValueEnum;
use std::collections::{BTreeMap, BTreeSet};
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
/// with ≈. Below a row what its numbers make a year; below the numbers a table of the stated changes; then the documents, and with `quotes`
/// each number's words.
fn in_text(context: &Context, compared: &Table, quotes: bool) -> String {
    if compared.groups.is_empty() {
        return String::new();
    }
    let sources = sources(compared);
    let unit = compared.unit.as_deref().map(|u| format!("（{u}）")).unwrap_or_default();
    let levels = Sheet::of(compared, format!("{}{unit}", compared.indicator), |line| {
        line.cells.iter().map(|c| Entry::of(&c.time, bounded(c.value, c.value_max, &c.bound), c.reached, &c.doc)).collect()
    });
    let rates = Sheet::of(compared, format!("{}增速", compared.indicator), |line| {
        line.rates.iter().map(|r| Entry::of(&r.time, r.said(), r.reached, &r.doc)).collect()
    });
    let mut out = levels.in_text(context, &sources, reckoned);
    if !levels.rows.is_empty() && !rates.rows.is_empty() {
        out.push('\n');
    }
    out.push_str(&rates.in_text(context, &sources, |_| String::new()));
    out.push_str("\n✓ 已实现，其余为计划；≈ 与上面的主体相近而不相同；推算：由同一行前后两年的数得出的年均增速\n");
    for (k, (doc, title)) in sources.iter().enumerate() {
        out.push_str(&format!("{} {}\n", mark(k), title.as_deref().map_or_else(|| doc.clone(), |title| format!("《{title}》 {doc}"))));
    }
    if quotes {
        out.push('\n');
        let several = compared.has_several_regions();
        for line in compared.lines() {
            let mut say = |time: &str, reached: bool, said: &str, quote: &str, id: &str| {
                let kind = if reached { "已实现" } else { "计划" };
                let quote: String = quote.split_whitespace().collect::<Vec<_>>().join(" ");
                out.push_str(&format!("{} {time} {kind} {said}  “{quote}”  {}\n", line.label(several), styled(id, FAINT, context.color)));
            };
            line.cells.iter().for_each(|c| say(&c.time, c.reached, &c.printed, &c.quote, &c.id));
            line.rates.iter().for_each(|r| say(&r.time, r.reached, &r.said(), &r.quote, &r.id));
        }
    }
    out
}

/// What stands in a cell.
struct Entry<'t> {
    time: &'t str,
    said: String,
    doc: &'t str,
}

impl<'t> Entry<'t> {
    fn of(time: &'t str, number: String, reached: bool, doc: &'t str) -> Self {
        Self { time, said: if reached { format!("{number}✓") } else { number }, doc }
    }
}

/// A table as it is printed: the lines that have something in it.
struct Sheet<'t> {
    head: String,
    times: Vec<&'t str>,
    rows: Vec<(&'t Line, String, Vec<Entry<'t>>)>,
}

impl<'t> Sheet<'t> {
    fn of(compared: &'t Table, head: String, entries: impl Fn(&'t Line) -> Vec<Entry<'t>>) -> Self {
        let several = compared.has_several_regions();
        let mut rows = Vec::new();
        for group in &compared.groups {
            let mut has_head = false;
            for line in &group.lines {
                let entries = entries(line);
                if entries.is_empty() {
                    continue;
                }
                let close = if line.indicator_relation == Relation::Equal { String::new() } else { format!("（{}）", line.indicator) };
                let near = if line.relation == Relation::Close && has_head { "  ≈ " } else { "" };
                has_head = true;
                rows.push((line, format!("{near}{}{close}", line.label(several)), entries));
            }
        }
        let times: BTreeSet<&str> = rows.iter().flat_map(|(_, _, entries)| entries.iter().map(|entry| entry.time)).collect();
        Self { head, times: times.into_iter().collect(), rows }
    }

    fn in_text(&self, context: &Context, sources: &[(String, Option<String>)], below: impl Fn(&Line) -> String) -> String {
        if self.rows.is_empty() {
            return String::new();
        }
        let mut head = vec![self.head.clone()];
        head.extend(self.times.iter().map(|time| if time.is_empty() { "未注明时间".to_owned() } else { (*time).to_owned() }));
        let rows: Vec<Vec<String>> = self
            .rows
            .iter()
            .map(|(_, label, entries)| {
                let cells = self.times.iter().map(|time| cell(entries.iter().filter(|entry| entry.time == *time), sources));
                std::iter::once(label.clone()).chain(cells).collect()
            })
            .collect();
        let widest = |k: usize| rows.iter().chain([&head]).map(|row| row[k].width()).max().unwrap_or(0);
        let widths: Vec<usize> = (0..head.len()).map(|k| if k == 0 { widest(k).min(SUBJECT) } else { widest(k) }).collect();
        let mut out = styled(&laid_out(&head, &widths), BOLD, context.color);
        for ((line, _, _), row) in self.rows.iter().zip(&rows) {
            out.push_str(&laid_out(row, &widths));
            let below = below(line);
            if !below.is_empty() {
                out.push_str(&styled(&format!("     {below}"), FAINT, context.color));
                out.push('\n');
            }
        }
        out
    }
}

/// What documents say of one subject and time, with their marks; one number of a document's text and table stands once, with its bound where
/// either says one.
fn cell<'e>(entries: impl Iterator<Item = &'e Entry<'e>>, sources: &[(String, Option<String>)]) -> String {
    let plain = |said: &str| said.replace(['≥', '≤', '>', '<', '约'], "");
    let mut said: Vec<(&str, BTreeSet<usize>)> = Vec::new();
    for entry in entries {
        let source = sources.iter().position(|(doc, _)| doc == entry.doc).unwrap_or(0);
        let bare = plain(&entry.said);
        let one_of_both = |known: &str| plain(known) == bare && (known == bare || entry.said == bare);
        match said.iter_mut().find(|(known, from)| *known == entry.said || one_of_both(known) && from.iter().eq([&source])) {
            Some((known, from)) => {
                from.insert(source);
                if known.len() < entry.said.len() {
                    *known = &entry.said;
                }
            }
            None => said.push((&entry.said, BTreeSet::from([source]))),
        }
    }
    said.into_iter().map(|(said, from)| format!("{said}{}", from.into_iter().map(mark).collect::<String>())).collect::<Vec<_>>().join(" ")
}

/// The documents that the numbers come from, in the order of their ids.
fn sources(compared: &Table) -> Vec<(String, Option<String>)> {
    let cells = compared.lines().flat_map(|line| line.cells.iter().map(|cell| (&cell.doc, &cell.title)));
    let rates = compared.lines().flat_map(|line| line.rates.iter().map(|rate| (&rate.doc, &rate.title)));
    let sources: BTreeMap<&String, &Option<String>> = cells.chain(rates).collect();
    sources.into_iter().map(|(doc, title)| (doc.clone(), title.clone())).collect()
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

/// The yearly changes that a line's numbers make.
fn reckoned(line: &Line) -> String {
    let mut said: Vec<String> = Vec::new();
    for cell in &line.cells {
        let since = cell.growth_from.as_deref().and_then(|id| line.cells.iter().find(|c| c.id == id));
        if let Some((growth, since)) = cell.growth.zip(since) {
            said.push(format!("{}→{} 推算{}%", since.time, cell.time, growth.0));
        }
    }
    let mut seen = BTreeSet::new();
    said.retain(|change| seen.insert(change.clone()));
    said.join("；")
}
