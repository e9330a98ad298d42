//! Where would people rather look than read? Three charts as SVG, drawn from the numbers themselves: records by year, an indicator's path over
//! the years, subjects side by side. Their colours come from the style sheet, so that they follow light, dark and print; each mark is a link
//! to where its number stands, and names it.

use maud::{Markup, html};

use super::page::targets::by_id;
use super::params::Lang;
use crate::export::Table;
use crate::export::compare::{Cell, Line};

/// How many lines or bars are drawn; the table has them all.
const MOST: usize = 8;
/// The size of a chart in its own units.
const WIDTH: f64 = 640.0;
const HEIGHT: f64 = 300.0;
/// Room for labels: left, right, top, bottom.
const ROOM: (f64, f64, f64, f64) = (64.0, 120.0, 16.0, 28.0);

/// A bar a year.
pub fn years(l: Lang, counts: &[(u16, usize)]) -> Markup {
    let most = counts.iter().map(|(_, count)| *count).max().unwrap_or(1).max(1) as f64;
    let (first, last) = (counts.first().map_or(0, |one| one.0), counts.last().map_or(0, |one| one.0));
    let span = f64::from(last - first) + 1.0;
    let step = WIDTH / span;
    let every = (last - first) / 10 + 1;
    html! {
        svg.chart.years viewBox=(format!("0 0 {WIDTH} 120")) role="group" aria-label=(l.t("各年份的记录数", "Records by year")) {
            @for (year, count) in counts {
                @let x = f64::from(year - first) * step;
                @let height = (*count as f64 / most * 92.0).max(1.5);
                a href=(format!("/?q=year:{year}")) aria-label=(format!("{year}: {count}")) {
                    rect.bar x=(round(x + step * 0.1)) y=(round(98.0 - height)) width=(round(step * 0.8)) height=(round(height)) { title { (year) ": " (count) } }
                }
            }
            @for year in (first..=last).step_by(usize::from(every)) { text.tick x=(round(f64::from(year - first) * step + step / 2.0)) y="114" text-anchor="middle" { (year) } }
        }
    }
}

/// The number of a cell, and its year, where it stands for one.
fn point(cell: &Cell) -> Option<(u16, f64)> {
    let year = (!cell.time.contains('—')).then(|| cell.time.get(..4)?.parse::<u16>().ok()).flatten()?;
    Some((year, cell.value.0.to_string().parse().ok()?))
}

/// The lines with the most to show: several years first, then the greatest numbers.
fn chosen(table: &Table, years: usize) -> Vec<&Line> {
    let mut lines: Vec<(&Line, usize, f64)> = table
        .lines()
        .map(|line| {
            let points: Vec<(u16, f64)> = line.cells.iter().filter_map(point).collect();
            let mut at: Vec<u16> = points.iter().map(|(year, _)| *year).collect();
            at.sort_unstable();
            at.dedup();
            (line, at.len(), points.iter().map(|(_, value)| *value).fold(0.0, f64::max))
        })
        .filter(|(_, at, _)| *at >= years)
        .collect();
    lines.sort_by(|a, b| b.2.total_cmp(&a.2));
    lines.truncate(MOST);
    lines.into_iter().map(|(line, ..)| line).collect()
}

/// A line a subject over the years; what was reached is filled, what is planned is hollow.
pub fn path(l: Lang, table: &Table) -> Markup {
    let (lines, several) = (chosen(table, 2), table.has_several_regions());
    let points: Vec<(u16, f64)> = lines.iter().flat_map(|line| line.cells.iter().filter_map(point)).collect();
    if points.is_empty() {
        return html! {};
    }
    let (from, to) = points.iter().fold((u16::MAX, 0), |(from, to), (year, _)| (from.min(*year), to.max(*year)));
    let scale = Scale::up_to(points.iter().map(|(_, value)| *value).fold(0.0, f64::max));
    let (left, right, top, bottom) = ROOM;
    let x = |year: u16| left + f64::from(year - from) / f64::from((to - from).max(1)) * (WIDTH - left - right);
    let y = |value: f64| HEIGHT - bottom - value / scale.top * (HEIGHT - top - bottom);
    let mut ends: Vec<(usize, f64)> =
        lines.iter().enumerate().filter_map(|(at, line)| Some((at, y(line.cells.iter().filter_map(point).next_back()?.1)))).collect();
    ends.sort_by(|a, b| a.1.total_cmp(&b.1));
    // Names keep a line's height apart, and none stands below the chart.
    for at in 1..ends.len() {
        ends[at].1 = ends[at].1.max(ends[at - 1].1 + 14.0);
    }
    let mut lowest = HEIGHT - bottom;
    for end in ends.iter_mut().rev() {
        end.1 = end.1.min(lowest);
        lowest = end.1 - 14.0;
    }
    html! {
        figure {
            figcaption { (l.t("逐年路径", "Over the years")) small { (l.t("实心为已实现，空心为计划", "filled: reached, hollow: planned")) } }
            div.wide { svg.chart viewBox=(format!("0 0 {WIDTH} {HEIGHT}")) role="group" aria-label=(format!("{} {}", table.indicator, l.t("逐年路径", "over the years"))) {
                (scale.lines(y, left, WIDTH - right))
                @for year in from..=to { @if to - from <= 12 || year.is_multiple_of(5) { text.tick x=(round(x(year))) y=(HEIGHT - 8.0) text-anchor="middle" { (year) } } }
                @for (at, line) in lines.iter().enumerate() {
                    @let points: Vec<(&Cell, (u16, f64))> = line.cells.iter().filter_map(|cell| Some((cell, point(cell)?))).collect();
                    g class=(format!("c{at}")) {
                        polyline.line points=(points.iter().map(|(_, (year, value))| format!("{},{}", round(x(*year)), round(y(*value)))).collect::<Vec<_>>().join(" ")) {}
                        @for (cell, (year, value)) in &points {
                            a href=(by_id(&cell.doc, &cell.id)) aria-label=(label(&line.label(several), cell)) {
                                circle.point.reached[cell.reached] cx=(round(x(*year))) cy=(round(y(*value))) r="4.5" { title { (label(&line.label(several), cell)) } }
                            }
                        }
                    }
                }
                @for (at, end) in &ends { text class=(format!("name c{at}")) x=(WIDTH - right + 8.0) y=(round(end + 4.0)) { (short(&lines[*at].label(several))) } }
            } }
        }
    }
}

/// A bar a subject, in the year that most subjects have a number of.
pub fn beside(l: Lang, table: &Table) -> Markup {
    let (lines, several) = (|| table.lines(), table.has_several_regions());
    let of = |line: &Line, time: &str| line.cells.iter().find(|cell| cell.time == time && point(cell).is_some()).cloned();
    let time = table.times.iter().max_by_key(|time| lines().filter(|line| of(line, time).is_some()).count());
    let Some(time) = time else { return html! {} };
    let mut bars: Vec<(&Line, Cell, f64)> =
        lines().filter_map(|line| of(line, time).and_then(|cell| Some((line, cell.clone(), point(&cell)?.1)))).collect();
    if bars.len() < 2 {
        return html! {};
    }
    bars.sort_by(|a, b| b.2.total_cmp(&a.2));
    bars.truncate(2 * MOST);
    let most = bars[0].2.max(f64::MIN_POSITIVE);
    let (row, left, right) = (24.0, 150.0, 90.0);
    let height = row * bars.len() as f64 + 8.0;
    html! {
        figure {
            figcaption { (time) (l.t("年各主体", ", side by side")) }
            div.wide { svg.chart viewBox=(format!("0 0 {WIDTH} {height}")) role="group" aria-label=(format!("{} {time}", table.indicator)) {
                @for (at, (line, cell, value)) in bars.iter().enumerate() {
                    @let top = row * at as f64 + 4.0;
                    @let width = (value / most * (WIDTH - left - right)).max(1.0);
                    a href=(by_id(&cell.doc, &cell.id)) {
                        text.tick x=(left - 8.0) y=(round(top + 15.0)) text-anchor="end" { (short(&line.label(several))) }
                        rect.bar.planned[!cell.reached] x=(left) y=(round(top + 3.0)) width=(round(width)) height=(row - 8.0) { title { (label(&line.label(several), cell)) } }
                        text.tick x=(round(left + width + 6.0)) y=(round(top + 15.0)) { (cell.printed) }
                    }
                }
            } }
        }
    }
}

/// What a mark says.
fn label(subject: &str, cell: &Cell) -> String {
    format!("{subject} {} {}{}", cell.time, cell.printed, if cell.reached { " ✓" } else { "" })
}

fn short(text: &str) -> String {
    if text.chars().count() <= 9 { text.to_owned() } else { text.chars().take(8).chain(['…']).collect() }
}

/// To a tenth: what a screen can show.
fn round(value: f64) -> f64 {
    (value * 10.0).round() / 10.0
}

/// A scale from nought in round steps.
struct Scale {
    top: f64,
    step: f64,
}

impl Scale {
    /// 8 500 → steps of 2 000 up to 10 000.
    fn up_to(most: f64) -> Self {
        let rough = (most / 4.0).max(f64::MIN_POSITIVE);
        let power = 10_f64.powf(rough.log10().floor());
        let step = [1.0, 2.0, 2.5, 5.0, 10.0].into_iter().map(|digit| digit * power).find(|step| *step >= rough).unwrap_or(10.0 * power);
        Scale { top: step * (most / step).ceil().max(1.0), step }
    }

    fn lines(&self, y: impl Fn(f64) -> f64, from: f64, to: f64) -> Markup {
        html! {
            @for value in std::iter::successors(Some(0.0), |value| Some(value + self.step)).take_while(|value| *value <= self.top * 1.0001) {
                line.grid x1=(from) x2=(to) y1=(round(y(value))) y2=(round(y(value))) {}
                text.tick x=(from - 6.0) y=(round(y(value) + 4.0)) text-anchor="end" { (value) }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scales_have_round_steps_and_hold_the_greatest() {
        for (most, step, top) in [(8_500.0, 2_500.0, 10_000.0), (0.3, 0.1, 0.30), (4.0, 1.0, 4.0), (100.0, 25.0, 100.0)] {
            let scale = Scale::up_to(most);
            assert!((scale.step - step).abs() < 1e-9 && (scale.top - top).abs() < 1e-9, "{most}: {} {}", scale.step, scale.top);
        }
    }
}
