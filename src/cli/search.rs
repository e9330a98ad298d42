//! `zhengce search`: passages and records.

use super::output::{BOLD, FAINT, highlighted, styled};
use super::{Context, Failure, Outcome, extract};
use crate::index::Index;
use crate::lexicon::agency;
use crate::query::view::{SearchView, said, type_name};
use crate::query::{self, Answer, Expr, Field, Hit, LexiconNames, Options, Searcher, Sort};
use crate::remote::{Cluster, Patience, Remote};
use clap::ValueEnum;
use serde_json::Value;
use std::path::PathBuf;
use std::time::Instant;

/// What it is asked.
#[derive(clap::Args)]
#[command(
    after_help = "Examples:\n  zhengce search 产业园区\n  zhengce search '\"产业园区\"'                  the exact characters\n  zhengce search '类型:目标 年份:2013 生物'       fields, in Chinese or English\n  zhengce search '数值:>=3000亿元' --sort value\n  zhengce search '牵头:省财政厅' --json\n  zhengce search sfgw                            agencies and places by pinyin or initials\n  zhengce search --like ID                       the same in other documents\n\nThe query language: words (all of them, best first), \"exact characters\", A OR B, -without (or NOT), (groups), field:value,\nvalue:>=1000亿元, year:2011..2013, due:<2011-07. Fields: type 类型, doc 文档, title 标题, number 文号, region 地区,\nindustry 产业, subject 主体, indicator 指标, unit 单位, lead 牵头, support 配合, place 地点, owner 企业, section 章节,\nvalue 数值, year 年份, due 期限."
)]
pub struct Args {
    /// The query, or a question in plain Chinese
    #[arg(required_unless_present_any = ["queries", "like"], value_name = "QUERY")]
    query: Vec<String>,
    /// Only records of these types, parted by commas
    #[arg(long = "type", value_delimiter = ',', value_name = "TYPE")]
    types: Vec<String>,
    /// Only records of this document
    #[arg(long, value_name = "DOC")]
    doc: Option<String>,
    /// How many hits
    #[arg(long, default_value_t = 10)]
    limit: usize,
    /// How many to leave out before them
    #[arg(long, default_value_t = 0)]
    offset: usize,
    /// In which order
    #[arg(long, value_enum, default_value_t = Order::Relevance)]
    sort: Order,
    /// One hit a document, with its best passage
    #[arg(long, value_enum)]
    group: Option<Group>,
    /// Count the found records by type, document, year, industry, region and lead
    #[arg(long)]
    facets: bool,
    /// Find what is like the record of this id in other documents: the same task, the same figure, a similar passage
    #[arg(long, value_name = "ID", conflicts_with_all = ["query", "queries", "remote"])]
    like: Option<String>,
    /// Show what copies of a document hold for each of them
    #[arg(long)]
    copies: bool,
    /// Say how the query was understood, and which parts of it stand in which fields of a hit
    #[arg(long)]
    explain: bool,
    /// Print JSON
    #[arg(long)]
    json: bool,
    /// Answer a file of queries, a line each: id, tab, query
    #[arg(long, value_name = "FILE", requires = "format")]
    queries: Option<PathBuf>,
    /// Ask the index of a cluster, which `zhengce export --to` filled
    #[arg(long, value_name = "URL", conflicts_with = "queries")]
    remote: Option<String>,
    /// How to write the answers to --queries: trec, a run of lines `qid Q0 doc rank score zhengce`
    #[arg(long, value_parser = run_format, value_name = "FORMAT")]
    format: Option<RunFormat>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Order {
    Relevance,
    Value,
    Date,
    Due,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Group {
    Document,
}

#[derive(Debug, Clone, Copy)]
enum RunFormat {
    /// A TREC run: qid Q0 doc rank score zhengce
    Trec,
}

fn run_format(name: &str) -> Result<RunFormat, String> {
    match name {
        "trec" => Ok(RunFormat::Trec),
        "json" => Err("hits are printed as JSON by --json; --format is how --queries are answered: trec".to_owned()),
        _ => Err("--queries are answered as trec".to_owned()),
    }
}

/// How many documents a TREC run lists for a query.
const RUN_DEPTH: usize = 100;

/// Runs it.
pub fn run(context: &Context, args: &Args) -> Result<Outcome, Failure> {
    let begun = Instant::now();
    if let Some(url) = &args.remote {
        let asked = asked_of_cluster(args)?;
        let answer = Remote::open(Cluster::at(url, Patience::default())?)?.search(&asked, &options(args))?;
        return show(context, args, &asked, &answer, begun);
    }
    let index = Index::open(&context.index)?;
    let names = LexiconNames::of(&index)?;
    let searcher = Searcher::new(&index, &names);
    if let Some(path) = &args.queries {
        let text = std::fs::read_to_string(path)
            .map_err(|e| format!("cannot read {}: {e}\n  hint: name a UTF-8 file of lines `id<TAB>query`", path.display()))?;
        let (run, unanswered) = query::trec_run(&searcher, &text, RUN_DEPTH)?;
        extract::print(&run)?;
        for (line, problem) in &unanswered {
            eprintln!("{}:{line}: {problem}", path.display());
        }
        return Ok(if unanswered.is_empty() { Outcome::Done } else { Outcome::Partly });
    }
    if let Some(id) = &args.like {
        let Some(record) = super::show::find(&index, id)? else {
            eprintln!("{}", super::show::unknown(id));
            return Ok(Outcome::Partly);
        };
        let answer = searcher.like(&record, &options(args))?;
        return show(context, args, id, &answer, begun);
    }
    let asked = args.query.join(" ");
    let answer = searcher.search_within(&asked, &filters(args)?, &options(args))?;
    if let Some(doc) = args.doc.as_ref().filter(|_| answer.hits.total == 0) {
        let of_doc = searcher.find(&Expr::Field(Field::Doc, doc.clone()), &Options::default())?;
        if of_doc.total == 0 {
            eprintln!("there is no document {doc}\n  hint: name a file or a part of its name, as it stands before the first `:` of an id");
        }
    }
    show(context, args, &asked, &answer, begun)
}

/// What the options ask for.
fn options(args: &Args) -> Options {
    let sort = match args.sort {
        Order::Relevance => Sort::Relevance,
        Order::Value => Sort::Value,
        Order::Date => Sort::Date,
        Order::Due => Sort::Due,
    };
    let facets = if args.facets { ["type", "doc", "year", "industry", "region", "lead"].map(str::to_owned).to_vec() } else { Vec::new() };
    Options {
        limit: args.limit,
        offset: args.offset,
        sort,
        group_by_document: args.group.is_some(),
        facets,
        copies: args.copies,
        explain: args.explain,
        ..Options::default()
    }
}

fn show(context: &Context, args: &Args, asked: &str, answer: &Answer, begun: Instant) -> Result<Outcome, Failure> {
    let text = if args.json { in_json(asked, answer, args.explain, begun)? } else { in_text(context, answer, args) };
    extract::print(&text)?;
    if answer.rule == Some("compare") && !args.json {
        let indicator = asked_indicator(&answer.understood).unwrap_or("INDICATOR");
        eprintln!("hint: `zhengce compare {indicator}` shows an indicator over places and years");
    }
    if answer.hits.total == 0 && !args.json {
        eprintln!("nothing found for {asked}");
    }
    Ok(if answer.hits.total == 0 { Outcome::Partly } else { Outcome::Done })
}

/// What `--type` and `--doc` leave.
fn filters(args: &Args) -> Result<Vec<Expr>, Failure> {
    let mut filters = Vec::new();
    let types = args.types.iter().map(|t| extract::type_named(t)).collect::<Result<Vec<_>, _>>()?;
    if !types.is_empty() {
        filters.push(Expr::Any(types.into_iter().map(|t| Expr::Field(Field::Type, t.to_owned())).collect()));
    }
    filters.extend(args.doc.iter().map(|doc| Expr::Field(Field::Doc, doc.clone())));
    Ok(filters)
}

/// The query with what the options add to it, as a cluster is asked.
fn asked_of_cluster(args: &Args) -> Result<String, Failure> {
    let asked = args.query.join(" ");
    let filters = filters(args)?;
    if filters.is_empty() {
        return Ok(asked);
    }
    Ok(std::iter::once(format!("({asked})")).chain(filters.iter().map(ToString::to_string)).collect::<Vec<_>>().join(" "))
}

fn in_json(asked: &str, answer: &Answer, explain: bool, begun: Instant) -> Result<String, Failure> {
    let view = SearchView::of(asked, answer, explain, begun.elapsed().as_millis() as u64);
    Ok(format!("{}\n", serde_json::to_string(&view)?))
}

fn in_text(context: &Context, answer: &Answer, args: &Args) -> String {
    let mut out = String::new();
    if args.explain || answer.rule.is_some() {
        out.push_str(&styled(&format!("understood as: {}", answer.understood), FAINT, context.color));
        out.push('\n');
    }
    if answer.hits.relaxed {
        out.push_str(&styled("nothing holds all of it; these hold some", FAINT, context.color));
        out.push('\n');
    }
    for (k, hit) in answer.hits.hits.iter().enumerate() {
        let r = &hit.record;
        let path: Vec<&str> = r["section"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        let title = titled(hit);
        out.push_str(&format!(
            "{}. {}  {}\n",
            args.offset + k + 1,
            styled(type_name(r["type"].as_str().unwrap_or("")), BOLD, context.color),
            styled(
                &std::iter::once(title.as_str()).chain(path).filter(|p| !p.is_empty()).collect::<Vec<_>>().join(" › "),
                FAINT,
                context.color
            )
        ));
        out.push_str(&format!("   {}\n", highlighted(&hit.snippet.text, &hit.snippet.highlights, context.color)));
        if let Some(said) = said(r) {
            out.push_str(&format!("   → {said}\n"));
        }
        for one in hit.matched.iter().flatten() {
            let fields = if one.fields.is_empty() { "–".to_owned() } else { one.fields.join(", ") };
            out.push_str(&styled(&format!("   {} in {fields}\n", one.term), FAINT, context.color));
        }
        if !hit.also_in.is_empty() {
            out.push_str(&styled(&format!("   the same text in {}\n", hit.also_in.join(", ")), FAINT, context.color));
        }
        out.push_str(&format!("   {}\n", styled(r["id"].as_str().unwrap_or(""), FAINT, context.color)));
    }
    let shown = answer.hits.hits.len();
    if answer.hits.total > 0 {
        out.push_str(&format!(
            "\n{} found{}\n",
            answer.hits.total,
            match shown {
                0 => ", none shown".to_owned(),
                _ if shown < answer.hits.total => format!(", {} to {} shown", args.offset + 1, args.offset + shown),
                _ => String::new(),
            }
        ));
    }
    for (facet, values) in answer.hits.facets.iter().filter(|(_, values)| !values.is_empty()) {
        let list: Vec<String> = facet_values(facet, values).take(8).map(|(value, count)| format!("{value} {count}")).collect();
        let name = Field::named(facet).map_or("", Field::chinese);
        out.push_str(&format!("{name}: {}\n", list.join(" · ")));
    }
    out
}

/// The values of a facet as people call them; of a unit that is counted by its printed and by its official name the official one.
fn facet_values<'f>(facet: &'f str, values: &'f [(String, usize)]) -> impl Iterator<Item = (&'f str, usize)> {
    let printed = move |name: &str| facet == "lead" && values.iter().any(|(other, _)| agency::is_printed_for(name, other));
    let kept = values.iter().filter(move |(name, _)| !printed(name));
    kept.map(move |(name, count)| (if facet == "type" { type_name(name) } else { name.as_str() }, *count))
}

/// The title of a hit's document, with whose it is where the title doesn't tell: `政府工作报告（云溪市，2031年）`.
fn titled(hit: &Hit) -> String {
    let title = hit.record["title"].as_str().unwrap_or("");
    hit.whose.as_ref().map_or_else(|| title.to_owned(), |whose| format!("{title}（{whose}）"))
}

/// The indicator that a question asks for.
fn asked_indicator(expr: &Expr) -> Option<&str> {
    match expr {
        Expr::All(parts) | Expr::Any(parts) => parts.iter().find_map(asked_indicator),
        Expr::Field(Field::Indicator, name) => Some(name),
        _ => None,
    }
}
