//! `zhengce compare`: the same indicator over subjects, years and documents.

use super::output::table;
use super::{Context, Failure, Outcome, extract};
use crate::export::{Table, compare};
use crate::index::Index;
use clap::ValueEnum;

/// What it is asked.
#[derive(clap::Args)]
#[command(after_help = "Examples:\n  zhengce compare 主营业务收入\n  zhengce compare 主营业务收入 --subject 食品 --format csv")]
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
}

#[derive(Debug, Clone, Copy, ValueEnum, PartialEq, Eq)]
enum Format {
    Table,
    Csv,
    Json,
}

/// Runs it.
pub fn run(context: &Context, args: &Args) -> Result<Outcome, Failure> {
    let records = Index::open(&context.index)?.records()?;
    let compared = compare(&records, &args.indicator, args.subject.as_deref());
    let text = match args.format {
        _ if args.json => format!("{}\n", compared.to_json()),
        Format::Json => format!("{}\n", compared.to_json()),
        Format::Csv => compared.to_csv(),
        Format::Table => in_text(context, &compared),
    };
    extract::print(&text)?;
    if compared.groups.is_empty() {
        eprintln!("no target or statistic of {}", args.indicator);
    }
    Ok(if compared.groups.is_empty() { Outcome::Partly } else { Outcome::Done })
}

/// A row a subject, a column a time; planned as printed, reached with ✓; a subject close to the one above begins with ≈.
fn in_text(context: &Context, compared: &Table) -> String {
    use crate::export::compare::Relation;
    let unit = compared.unit.as_deref().map(|u| format!("（{u}）")).unwrap_or_default();
    let first = format!("{}{unit}", compared.indicator);
    let head: Vec<&str> = std::iter::once(first.as_str()).chain(compared.times.iter().map(String::as_str)).chain(["说明的增速"]).collect();
    let rows: Vec<Vec<String>> = compared
        .groups
        .iter()
        .flat_map(|g| &g.lines)
        .map(|line| {
            let mark = if line.relation == Relation::Close { "≈ " } else { "" };
            let close = if line.indicator_relation == Relation::Close { format!("（{}）", line.indicator) } else { String::new() };
            let cells = compared.times.iter().map(|time| {
                let here = line.cells.iter().filter(|c| &c.time == time);
                let said: Vec<String> = here
                    .map(|c| {
                        let growth = c.growth.map(|g| format!(" ({}%/年)", g.0)).unwrap_or_default();
                        format!("{}{}{growth}", c.value.0.normalize(), if c.reached { " ✓" } else { "" })
                    })
                    .collect();
                said.join("; ")
            });
            let rates: Vec<String> =
                line.rates.iter().map(|r| format!("{}{} {}", if r.average { "年均" } else { "" }, r.printed, r.time)).collect();
            std::iter::once(format!("{mark}{}{close}", line.subject)).chain(cells).chain([rates.join("; ")]).collect()
        })
        .collect();
    if rows.is_empty() {
        return String::new();
    }
    format!("{}\n✓ 已实现；≈ 与上一行相近而不相同；括号内为推算的年均增速\n", table(&head, &rows, context.color))
}
