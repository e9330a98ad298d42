//! Who does what until when? A board of agencies with what each leads and supports; an agency's tasks; the tasks of a question; each as a
//! list or by month.

use std::collections::BTreeMap;

use maud::{Markup, html};
use serde_json::Value;

use super::{Sheet, grouped, nothing, place_of, units};
use crate::query::Options;
use crate::query::view::{deadline, document_of, shares_lead};
use crate::web::generation::{Desk, Reply};
use crate::web::params::{Asked, LONGEST, Lang, encoded};
use crate::web::problem::Problem;

/// How many tasks answer a question.
const TASKS: usize = 50;
/// How many agencies the board has.
const AGENCIES: usize = 200;

/// The page.
pub fn page(desk: &Desk<'_>, asked: &Asked) -> Result<Reply, Problem> {
    let l = asked.lang;
    let calendar = asked.has("view", "calendar");
    let within =
        |record: &Value| in_time(record, asked.get("from"), asked.get("to")) && asked.get("doc").is_none_or(|doc| record["doc"] == doc);
    let (title, matter) = match (
        asked.get("unit").map(str::trim).filter(|unit| !unit.is_empty()),
        asked.get("q").filter(|q| !q.trim().is_empty()),
    ) {
        (Some(unit), _) => {
            let found = desk.tasks_of(unit)?;
            let pick = |hits: Vec<crate::query::Hit>| -> Vec<Value> { hits.into_iter().map(|hit| hit.record).filter(within).collect() };
            let (leads, supports) = (pick(found.leads), pick(found.supports));
            let nobody = leads.is_empty() && supports.is_empty();
            let matter = html! {
                @if nobody { (nothing(l.t("没有找到这个单位的任务。", "No tasks of this unit were found."), &html! { p { a href="/who" { (l.t("查看全部单位", "See all units")) } } })) }
                @else if calendar { (months(l, &leads.into_iter().chain(supports).collect::<Vec<_>>())) }
                @else {
                    @for (name, tasks) in [(l.t("牵头", "Leads"), &leads), (l.t("配合", "Supports"), &supports)] { @if !tasks.is_empty() {
                        section { h2 { (name) small { (tasks.len()) " " (l.t("项", "tasks")) } } (table(l, name, tasks)) }
                    } }
                }
                @if !nobody { p { a href=(format!("/who.ics?unit={}", encoded(unit))) { (l.t("订阅日历（.ics）", "Subscribe to the calendar (.ics)")) } } }
            };
            (unit.to_owned(), matter)
        }
        (None, Some(question)) => {
            let hits = desk.who(question, &Options { limit: TASKS, ..Options::default() })?;
            let tasks: Vec<Value> = hits.hits.into_iter().map(|hit| hit.record).filter(within).collect();
            let matter = html! {
                @if tasks.is_empty() { (nothing(l.t("没有找到写明由谁负责的任务。", "No task was found that says who does it."), &html! { p { a href=(format!("/?q={}", encoded(question))) { (l.t("在全文中检索", "Search all texts")) } } })) }
                @else if calendar { (months(l, &tasks)) }
                @else { (table(l, l.t("任务", "Tasks"), &tasks)) }
            };
            (question.to_owned(), matter)
        }
        (None, None) => {
            let tasks: Vec<Value> = desk.tasks()?.into_iter().filter(within).collect();
            let matter = html! {
                @if tasks.is_empty() { (nothing(l.t("没有符合条件的任务。", "There are no such tasks."), &html! {})) }
                @else if calendar { (months(l, &tasks)) p { a href="/who.ics" { (l.t("订阅全部日历（.ics）", "Subscribe to all (.ics)")) } } }
                @else { (board(l, &tasks)) }
            };
            (l.t("谁牵头", "Who leads").to_owned(), matter)
        }
    };
    let main = html! {
        h1 { (title) }
        (form(desk, asked)?)
        @let alone = asked.get("unit").is_none() && asked.get("q").is_none();
        p.tabs {
            a href=(asked.with("view", None)) aria-current=[(!calendar).then_some("true")] { (if alone { l.t("按单位", "By agency") } else { l.t("列表", "List") }) } " "
            a href=(asked.with("view", Some("calendar"))) aria-current=[calendar.then_some("true")] { (l.t("按月", "By month")) }
        }
        (matter)
    };
    Ok(Sheet { title: &title, lang: l, here: "/who", address: asked.at("/who", &[]), query: Some(""), main }.reply())
}

fn form(desk: &Desk<'_>, asked: &Asked) -> Result<Markup, Problem> {
    let l = asked.lang;
    let mut with_tasks: Vec<(&str, &str)> = Vec::new();
    let documents = desk.documents()?;
    for task in desk.tasks()?.iter().filter_map(|task| task["doc"].as_str()) {
        if let Some(document) = documents.get(task).and_then(|document| document["doc"].as_str())
            && with_tasks.last().is_none_or(|(last, _)| *last != document)
        {
            with_tasks.push((document, documents.title(document)));
        }
    }
    with_tasks.truncate(500);
    Ok(html! {
        form.filters action="/who" {
            label { span { (l.t("任务或问题", "Task or question")) } input type="search" name="q" value=(asked.text("q")) maxlength=(LONGEST) placeholder=(l.t("谁负责招商引资", "谁负责招商引资")); }
            label { span { (l.t("单位", "Unit")) } input name="unit" value=(asked.text("unit")) maxlength="60" placeholder=(l.t("省发改委", "省发改委")); }
            label { span { (l.t("文件", "Document")) }
                select name="doc" {
                    option value="" { (l.t("全部", "all")) }
                    @for (doc, title) in &with_tasks { option value=(doc) selected[asked.has("doc", doc)] { (title) } }
                }
            }
            label.month-of { span { (l.t("期限自", "Due from")) } input type="month" name="from" value=(asked.text("from")) pattern="[0-9]{4}-[0-9]{2}" placeholder="2011-04"; }
            label.month-of { span { (l.t("至", "to")) } input type="month" name="to" value=(asked.text("to")) pattern="[0-9]{4}-[0-9]{2}" placeholder="2011-12"; }
            @if let Some(view) = asked.get("view") { input type="hidden" name="view" value=(view); }
            button { (l.t("查看", "Show")) }
        }
    })
}

/// Whether a task is due within these months; one without a day is, where none are said.
fn in_time(record: &Value, from: Option<&str>, to: Option<&str>) -> bool {
    if from.is_none() && to.is_none() {
        return true;
    }
    let Some(due) = record["deadline"]["due"].as_str() else { return false };
    // A year's tasks are due at its end.
    let month = if due.len() < 7 { format!("{due}-12") } else { due[..7].to_owned() };
    from.is_none_or(|from| month.as_str() >= from) && to.is_none_or(|to| month.as_str() <= to)
}

/// Task, lead, support, deadline, source: a row a task.
fn table(l: Lang, name: &str, tasks: &[Value]) -> Markup {
    html! {
        div.wide tabindex="0" role="region" aria-label=(name) {
            table.tasks {
                thead { tr { th scope="col" { (l.t("任务", "Task")) } th scope="col" { (l.t("牵头单位", "Lead")) } th scope="col" { (l.t("配合单位", "Support")) } th scope="col" { (l.t("完成时间", "Until")) } th scope="col" { (l.t("出处", "Source")) } } }
                tbody {
                    @for task in tasks {
                        tr.hit {
                            td { a.open href=(place_of(task)) { @if let Some(number) = task["number"].as_str() { (number) ". " } (task["task"].as_str().unwrap_or("")) } }
                            td data-name=(l.t("牵头", "Lead")) { (units(&task["lead"])) @if shares_lead(task) { (l.t("（未分牵头）", " (no lead named)")) } @if task["open"] == true { " " (l.t("等", "and others")) } }
                            td data-name=(l.t("配合", "Support")) { (units(&task["support"])) }
                            td.when data-name=(l.t("完成时间", "Until")) { (deadline(task).unwrap_or_default()) }
                            td.source { (document_of(task)) }
                        }
                    }
                }
            }
        }
    }
}

/// What an agency has to do.
#[derive(Default)]
struct Agency<'t> {
    name: &'t str,
    leads: usize,
    supports: usize,
    /// Its tasks with a day, the next first.
    due: Vec<(&'t str, &'t Value)>,
}

/// A row an agency, those that lead the most first.
fn board(l: Lang, tasks: &[Value]) -> Markup {
    let mut agencies: BTreeMap<&str, Agency<'_>> = BTreeMap::new();
    for task in tasks {
        for (side, leads) in [("lead", true), ("support", false)] {
            for unit in task[side].as_array().into_iter().flatten() {
                let Some(name) = unit["name"].as_str() else { continue };
                let agency = agencies.entry(unit["canonical"].as_str().unwrap_or(name)).or_default();
                // The shortest of its names is the one in use.
                if agency.name.is_empty() || name.chars().count() < agency.name.chars().count() {
                    agency.name = name;
                }
                if leads {
                    agency.leads += 1;
                    agency.due.extend(task["deadline"]["due"].as_str().map(|due| (due, task)));
                } else {
                    agency.supports += 1;
                }
            }
        }
    }
    let mut rows: Vec<(&str, Agency<'_>)> = agencies.into_iter().collect();
    rows.sort_by(|(one, a), (other, b)| (b.leads, b.supports).cmp(&(a.leads, a.supports)).then_with(|| one.cmp(other)));
    let all = rows.len();
    rows.truncate(AGENCIES);
    for (_, agency) in &mut rows {
        agency.due.sort_by_key(|(due, _)| *due);
    }
    html! {
        p.meta { (grouped(tasks.len())) " " (l.t("项任务，", "tasks, ")) (grouped(all)) " " (l.t("个单位", "agencies")) @if all > AGENCIES { (l.t("（列出前 200 个）", " (the first 200 are listed)")) } }
        div.wide tabindex="0" role="region" aria-label=(l.t("单位", "Agencies")) {
            table.board {
                thead { tr { th scope="col" { (l.t("单位", "Agency")) } th.number scope="col" { (l.t("牵头", "Leads")) } th.number scope="col" { (l.t("配合", "Supports")) } th scope="col" { (l.t("有期限的牵头任务", "Led tasks with a deadline")) } } }
                tbody {
                    @for (canonical, agency) in &rows {
                        tr.hit {
                            th scope="row" { a.open href=(format!("/who?unit={}", encoded(canonical))) { (agency.name) } @if agency.name != *canonical { small { (canonical) } } }
                            td.number { (agency.leads) }
                            td.number { (agency.supports) }
                            td {
                                @for (due, task) in agency.due.iter().take(3) { span.due { time { (due) } " " a href=(place_of(task)) { (task["task"].as_str().unwrap_or("")) } } }
                                @if agency.due.len() > 3 { span.meta { "+" (agency.due.len() - 3) } }
                            }
                        }
                    }
                }
            }
        }
    }
}

/// The tasks by the month that they are due in; then what comes again, then what goes on.
fn months(l: Lang, tasks: &[Value]) -> Markup {
    let mut by_month: BTreeMap<String, Vec<&Value>> = BTreeMap::new();
    let mut again: BTreeMap<u64, Vec<&Value>> = BTreeMap::new();
    let mut ongoing: Vec<&Value> = Vec::new();
    let mut undated: Vec<&Value> = Vec::new();
    for task in tasks {
        let deadline = &task["deadline"];
        match (deadline["due"].as_str(), deadline["kind"].as_str()) {
            (Some(due), _) => by_month.entry(due.chars().take(7).collect()).or_default().push(task),
            (None, Some("recurring")) => again.entry(deadline["month"].as_u64().unwrap_or(0)).or_default().push(task),
            (None, Some(_)) => ongoing.push(task),
            (None, None) => undated.push(task),
        }
    }
    let cell = |name: String, tasks: &[&Value]| {
        html! {
            section.month { @if !name.is_empty() { h3 { (name) } } ul { @for task in tasks {
                li { a href=(place_of(task)) { (task["task"].as_str().unwrap_or("")) } span.meta { (units(&task["lead"])) @if let Some(text) = deadline(task) { " · " (text) } } }
            } } }
        }
    };
    html! {
        @if !by_month.is_empty() {
            h2 { (l.t("到期月份", "By the month they are due in")) }
            div.calendar { @for (month, tasks) in &by_month { (cell(month.clone(), tasks)) } }
        }
        @if !again.is_empty() {
            h2 { (l.t("每年、每季、每月", "Again and again")) }
            div.calendar { @for (month, tasks) in &again { (cell(if *month == 0 { l.t("定期", "regularly").to_owned() } else { format!("{}{month}{}", l.t("每年", "yearly, month "), l.t("月", "")) }, tasks)) } }
        }
        @for (name, tasks) in [(l.t("持续推进", "All the time"), &ongoing), (l.t("未写明期限", "No deadline said"), &undated)] {
            @if !tasks.is_empty() { details open[tasks.len() <= 12] { summary { (name) " " (tasks.len()) } div.calendar { (cell(String::new(), tasks)) } } }
        }
    }
}
