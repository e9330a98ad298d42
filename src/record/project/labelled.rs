//! Which projects does a label announce? `重点项目：A、B、C。`, `【重点项目】A；B`, and below a box of projects `新能源：A、B`.

use super::{drafted, ends_as_work, is_sized, project, spans_of};
use crate::layout::marker::marker_at;
use crate::layout::{Block, Kind, MarkerKind};
use crate::lexicon::naming::leading_verb_of_doing;
use crate::mention::{enterprise, list};
use crate::record::{Body, Document, Draft, Text, named};
use crate::text::{Cover, Folded, Original, Span};
use regex::Regex;
use std::sync::LazyLock;

/// What labels of projects say of them before 项目: `重点建设项目`, `续建项目`, `标志性工程`.
const SAID: &str = "重点|重大|主要|标志性|支撑性?|储备|续建|新建|在建|新开工|拟建|谋划|前期|示范";

/// Reads the projects behind labels; gives the blocks that hold such a list, of which nothing else is a project.
pub(super) fn read(document: &Document<'_>, drafts: &mut Vec<Draft>) -> Cover<Original> {
    let mut blocks = Cover::default();
    for block in document.outline.blocks.iter().filter(|block| matches!(block.kind, Kind::Paragraph | Kind::Heading)) {
        let Some(labelled) = labelled(document, block) else { continue };
        blocks.add(block.locate(Span::new(labelled.items[0].start, block.reading.text().len())));
        let text = Text { reading: &block.reading, section: block.section, time: None, is_cell: false };
        for item in labelled.items {
            let mut body = project(document, &text, block.reading.slice(item), Some(labelled.list.clone()), None);
            body.industry = labelled.industry.clone().or(body.industry);
            drafts.push(drafted(block.locate(item), block.section, "project-labelled", body));
        }
    }
    blocks
}

/// Whether a heading is such a label: `重点项目`, `专栏3 工业重点工程`.
pub(super) fn is_label(heading: &str) -> bool {
    static LABEL: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(&format!(r"^(?:“[^”]{{2,6}}”(?:期间|时期)?)?\p{{Han}}{{0,6}}?(?:{SAID})\p{{Han}}{{0,6}}?(?:项目|工程)$"))
            .expect("the pattern of headings of projects is well formed")
    });
    LABEL.is_match(named::without_note(heading)) && leading_verb_of_doing(heading).is_none()
}

/// The projects below a line that is a label and nothing else (`重点项目：`): the run of numbered headings that it stands above.
pub(super) fn announced(document: &Document<'_>, drafts: &mut Vec<Draft>) {
    let known = spans_of(drafts, |body| matches!(body, Body::Project(_)));
    let mut run: Option<(String, u64)> = None;
    for block in &document.outline.blocks {
        let line = block.reading.text();
        let label = line.strip_suffix('：').or_else(|| line.strip_prefix('【')?.strip_suffix('】'));
        let label = label.map(|label| ["主要包括", "包括", "如下"].iter().find_map(|end| label.strip_suffix(end)).unwrap_or(label));
        if let Some(label) = label.filter(|label| block.kind == Kind::Paragraph && is_label(label)) {
            run = Some((label.to_owned(), 0));
            continue;
        }
        let marker = marker_at(line).filter(|marker| matches!(marker.kind, MarkerKind::Arabic | MarkerKind::ArabicInBrackets));
        let next = run.take().filter(|(_, before)| marker.is_some_and(|marker| marker.number == Some(before + 1)));
        let (Some((label, before)), Some(marker)) = (next, marker) else { continue };
        let end = line.find(['。', '，', '；', '：']).unwrap_or(line.len());
        let name = block.reading.trim(Span::new(marker.len, end));
        if is_name(block.reading.slice(name)) && !known.meets(block.locate(name)) {
            let text = Text { reading: &block.reading, section: block.section, time: None, is_cell: false };
            let mut body = project(document, &text, block.reading.slice(name), Some(label.clone()), None);
            body.tell(document, block, name.end);
            drafts.push(drafted(block.locate(name), block.section, "project-labelled", body));
        }
        run = Some((label, before + 1));
    }
}

/// A label and the projects behind it.
struct Labelled {
    list: String,
    /// The field that the label names instead.
    industry: Option<String>,
    items: Vec<Span<Folded>>,
}

fn labelled(document: &Document<'_>, block: &Block) -> Option<Labelled> {
    let text = block.reading.text();
    if !text.contains(['：', '】']) {
        return None;
    }
    let (list, industry, from) = if let Some((label, from)) = label_in(text) {
        (label.to_owned(), None, from)
    } else {
        let (list, field, from) = field_in_box(document, block)?;
        (list, Some(field), from)
    };
    let items = items(document, block, from)?;
    Some(Labelled { list, industry, items })
}

/// `重点项目：|A、B`, `…布局。【重点项目】|A、B`, `重点项目包括：|A；B`.
fn label_in(text: &str) -> Option<(&str, usize)> {
    static LABEL: LazyLock<Regex> = LazyLock::new(|| {
        let head = format!(r"(?:{SAID})\p{{Han}}{{0,8}}?(?:项目|工程)");
        Regex::new(&format!(
            r"(?:^|[。；])\s*(?:（[0-9一二三四五六七八九十]{{1,3}}）|[0-9]{{1,2}}[.、])?(?:【(?P<framed>{head})】：?|(?P<plain>{head})(?:主要)?(?:包括|有|如下|为)?：)"
        ))
        .expect("the pattern of labels of projects is well formed")
    });
    let found = (text.contains("项目") || text.contains("工程")).then(|| LABEL.captures(text))??;
    let label = found.name("framed").or(found.name("plain"))?.as_str();
    Some((label, found.get(0)?.end()))
}

/// `新能源：|A、B` below a box of projects: the list, the field, and where its projects begin.
fn field_in_box(document: &Document<'_>, block: &Block) -> Option<(String, String, usize)> {
    let sections = &document.outline.sections;
    let own = block.section.filter(|own| block.kind == Kind::Heading && matches!(sections[*own].kind, Some(MarkerKind::Bullet)));
    let above = own.map_or(block.section, |own| sections[own].parent)?;
    let title = named::without_note(&sections[above].heading);
    if !["项目", "工程"].iter().any(|end| title.ends_with(end)) {
        return None;
    }
    let of_projects = is_label(title) || sections[above].kind == Some(MarkerKind::Box) && title.ends_with("项目");
    let text = block.reading.text();
    let start = marker_at(text).map_or(0, |marker| marker.len);
    let start = text.len() - text[start..].trim_start_matches(['-', '—', ' ']).len();
    let (field, _) = text[start..].split_once('：')?;
    let is_field = (2..=14).contains(&field.trim().chars().count())
        && !["工程", "项目", "行动", "计划"].iter().any(|end| field.ends_with(end))
        && !field.contains(['，', '。'])
        && leading_verb_of_doing(field.trim()).is_none();
    (of_projects && is_field).then(|| (title.to_owned(), field.trim().to_owned(), start + field.len() + '：'.len_utf8()))
}

/// The items behind a label, up to the end of its sentence; numbers among them (`（1）A；（2）B`) are no part of their names.
fn items(document: &Document<'_>, block: &Block, from: usize) -> Option<Vec<Span<Folded>>> {
    static NUMBER: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^(?:（[0-9]{1,2}）|[0-9]{1,2}[.、]|[①-⑳])\s*").expect("the pattern of numbers of items is well formed")
    });
    let text = block.reading.text();
    // 铁路：建成A、B，开工建设C: a sentence that builds is read as one.
    if named::opens_with_building(text[from..].trim_start()) {
        return None;
    }
    let end = text[from..].find('。').map_or(text.len(), |at| from + at);
    let said = Span::new(from, end);
    let marks: &[&str] =
        [&["；"][..], &["、", "以及"], &["，"]].into_iter().find(|marks| marks.iter().any(|mark| text[from..end].contains(mark)))?;
    let bare = |item: Span<Folded>| {
        let printed = &text[item.range()];
        let start = item.start + NUMBER.find(printed).map_or(0, |number| number.end());
        // …专用线等10条铁路专用线
        let counted =
            || printed.match_indices('等').find(|(at, word)| printed[at + word.len()..].starts_with(|c: char| c.is_ascii_digit()));
        let open = list::without_closing(printed).or_else(|| counted().map(|(at, _)| &printed[..at]));
        let stop = item.start + open.unwrap_or(printed).len();
        // A，总投资50亿元: what follows tells of it. （投资50亿元） too.
        let told = ["，", "（投资", "（总投资"].iter().filter_map(|mark| text[start..stop.max(start)].find(mark)).min();
        block.reading.trim(Span::new(start, told.map_or(stop.max(start), |at| start + at)))
    };
    let items: Vec<Span<Folded>> = list::split_at(text, said, marks).into_iter().map(bare).collect();
    let printed: Vec<&str> = items.iter().map(|item| &text[item.range()]).collect();
    let one_is_known = printed.iter().any(|item| {
        named::is_marked(document, item)
            || ends_as_work(item)
            || is_sized(item)
            || enterprise::split_owner(item).is_some()
            || item.ends_with("项目")
    });
    (items.len() > 1 && one_is_known && printed.iter().all(|item| is_name(item))).then_some(items)
}

/// Whether words read as the name of a project: no sentence, and nothing that is done in general.
fn is_name(item: &str) -> bool {
    const GENERAL: [&str; 8] = ["对", "在", "以", "通过", "围绕", "由", "为", "各"];
    (4..=45).contains(&item.chars().count())
        && !item.contains(['：', '。', '！'])
        && !GENERAL.iter().any(|word| item.starts_with(word))
        && leading_verb_of_doing(item).is_none_or(|_| ends_as_work(item) || item.ends_with("项目") || item.ends_with("工程"))
}
