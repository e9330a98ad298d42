//! Which projects does the document build? `加快实施A、B、C等重点项目`, rows of a project table, `推进国贸中心等重大项目建设`.

mod labelled;

use super::named::{self, ListKind};
use super::responsibility::unit_names;
use super::{Amount, Body, Document, Draft, Extractor, ProjectFields, Scale, Text};
use crate::layout::marker::marker_at;
use crate::layout::{Block, Cell, MarkerKind, RowKind, Table};
use crate::lexicon::coined::opens_coined;
use crate::lexicon::naming::{WORK_ENDS, ends_as_park, ends_as_work, is_called_park, leading_verb_of_doing, opens_as_work_kind};
use crate::lexicon::{agency, place};
use crate::mention::list::{self, List, WORK_HEADS};
use crate::mention::{enterprise, quantity, units};
use crate::text::fold::is_han;
use crate::text::{AnyOf, Cover, Folded, Original, Span, closing_brackets};
use regex::Regex;
use std::cell::LazyCell;
use std::sync::LazyLock;

/// Reads projects from lists, sentences and tables.
pub struct Projects;

impl Extractor for Projects {
    fn extract(&self, document: &Document<'_>, drafts: &mut Vec<Draft>) {
        let labelled = labelled::read(document, drafts);
        let read = drafts.len();
        for (text, sentences) in document.prose() {
            for (sentence, lists) in sentences {
                let mut listed = Cover::default();
                for list in lists.iter().filter(|list| !goes_further(text.reading.text(), list)) {
                    let of_projects = named::kind_of(&list.head) == ListKind::Project && is_list_of_projects(document, &text, list);
                    // 建设A创新中心、B实验室等创新平台: works in a list of something wider.
                    let words = |item: &Span<Folded>| &text.reading.text()[item.range()];
                    let wider = named::kind_of(&list.head) == ListKind::Focus
                        && named::builds(&list.verb)
                        && list.items.iter().any(|item| is_named_work(document, words(item), founds(&list.verb)));
                    let is_one = |item: &&Span<Folded>| !is_under_way(words(item)) && (of_projects || wider && ends_as_work(words(item)));
                    if of_projects || wider {
                        let wholes = wholes(document, &list.items.iter().map(words).collect::<Vec<_>>());
                        let items = list.items.iter().zip(wholes).filter(|(item, _)| is_one(item));
                        drafts.extend(items.map(|(item, whole)| from_list(document, &text, list, *item, whole)));
                    }
                    listed.extend(list.items.iter().copied().chain([list.head_span]));
                }
                // 加快云溪铁路复线，石桥铁路，鹿门机场专用线前期工作: a row of works goes on behind a comma.
                let mut goes_on = false;
                for clause in &sentence.clauses {
                    let closes = |list: &List| list.head_span.end == clause.end && work_head(list).is_some() && named::builds(&list.verb);
                    goes_on = in_clause(document, &text, *clause, &listed, goes_on, drafts) || lists.iter().any(closes);
                }
            }
        }
        // 重点项目：A；B: what a label lists is read as that alone.
        let in_prose = drafts.split_off(read);
        drafts.extend(in_prose.into_iter().filter(|draft| !labelled.meets(draft.span)));
        announced(document, drafts);
        labelled::announced(document, drafts);
        boxed(document, drafts);
        enumerated(document, drafts);
        itemized(document, drafts);
        invested(document, drafts);
        for block in &document.outline.blocks {
            if let crate::layout::Kind::Row(table, Some(row)) = block.kind {
                drafts.extend(from_row(document, block, &document.outline.tables[table], row));
            }
        }
    }
}

/// `实施如下重点项目：` above headings that each end with 项目: each heading is one.
fn announced(document: &Document<'_>, drafts: &mut Vec<Draft>) {
    static ANNOUNCES: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?:如下|以下|下列)(?P<list>[^，。；：]{0,8}(?:项目|工程))：$").expect("the pattern of announcements is well formed")
    });
    let mut above: Option<(Option<usize>, String)> = None;
    for block in &document.outline.blocks {
        let text = block.reading.text();
        if let Some(section) = block.section.filter(|_| block.kind == crate::layout::Kind::Heading) {
            let heading = &document.outline.sections[section];
            let is_one = ["项目", "工程"].iter().any(|end| heading.heading.ends_with(end));
            let list = above.as_ref().filter(|(parent, _)| is_one && *parent == heading.parent).map(|(_, list)| list.clone());
            if let Some(at) = text.find(heading.heading.as_str()).filter(|_| list.is_some()) {
                let above = Text { reading: &block.reading, section: heading.parent, time: None, is_cell: false };
                let body = project(document, &above, &heading.heading, list, None);
                let span = block.locate(Span::new(at, at + heading.heading.len()));
                drafts.push(drafted(span, block.section, "project-heading", body));
            }
        }
        if text.trim_end().ends_with('：')
            && let Some(announced) = ANNOUNCES.captures(text.trim_end())
        {
            above = Some((block.section, announced["list"].to_owned()));
        }
    }
}

/// `专栏4　新农村建设重点工程`: below a box of works each line names one before it tells of it (`沃土工程：对增产潜力大的中低产田…`).
fn boxed(document: &Document<'_>, drafts: &mut Vec<Draft>) {
    let of_works = |section: usize| {
        let section = &document.outline.sections[section];
        let title = named::without_note(&section.heading);
        (section.kind == Some(MarkerKind::Box) && ["工程", "项目"].iter().any(|end| title.ends_with(end))).then(|| title.to_owned())
    };
    let known = spans_of(drafts, |body| matches!(body, Body::Project(_)));
    for block in document.outline.blocks.iter().filter(|block| !known.meets(block.locate(block.reading.all()))) {
        // ——农村公路。改造…: a bullet is a heading below the box.
        let bullet = || block.section.map(|at| &document.outline.sections[at]).filter(|s| s.kind == Some(MarkerKind::Bullet));
        let above = match block.kind {
            crate::layout::Kind::Paragraph => block.section,
            crate::layout::Kind::Heading => bullet().and_then(|section| section.parent),
            _ => None,
        };
        let Some(list) = above.and_then(of_works) else { continue };
        let Some(name) = name_of_line(block.reading.text()).filter(|name| !known.meets(block.locate(*name))) else { continue };
        // 铁路专支线：建成A、B等10条: the field of what is built.
        let told =
            block.reading.text()[name.end..].strip_prefix('：').is_some_and(|told| told.contains('、') && named::opens_with_building(told));
        if told && !ends_as_work(block.reading.slice(name)) {
            continue;
        }
        let text = Text { reading: &block.reading, section: above, time: None, is_cell: false };
        let body = project(document, &text, block.reading.slice(name), Some(list), None);
        drafts.push(drafted(block.locate(name), above, "project-box", body));
    }
}

/// `一、先进制造业项目（6个）`, `重点项目清单`: below a heading of projects each numbered item is one, and what follows its name tells of it
/// (`1.郑州至洛阳高速公路项目。全长132公里，总投资258亿元`).
fn enumerated(document: &Document<'_>, drafts: &mut Vec<Draft>) {
    let known = spans_of(drafts, |body| matches!(body, Body::Project(_) | Body::Park(_)));
    for block in &document.outline.blocks {
        let text = Text { reading: &block.reading, section: block.section, time: None, is_cell: false };
        let Some((name, above)) = enumerated_item(document, &text).filter(|(name, _)| !known.meets(block.locate(*name))) else { continue };
        let list = named::without_note(&document.outline.sections[above].heading).to_owned();
        let text = Text { section: Some(above), ..text };
        let mut body = project(document, &text, block.reading.slice(name), Some(list), None);
        body.tell(document, block, name.end);
        drafts.push(drafted(block.locate(name), Some(above), "project-enumerated", body));
    }
}

/// The name of such an item, and the heading of projects that it stands below.
fn enumerated_item(document: &Document<'_>, text: &Text<'_>) -> Option<(Span<Folded>, usize)> {
    let printed = text.reading.text();
    if !printed.starts_with(|c: char| c.is_ascii_digit() || c == '（') {
        return None;
    }
    let marker = marker_at(printed).filter(|marker| matches!(marker.kind, MarkerKind::Arabic | MarkerKind::ArabicInBrackets))?;
    let sections = &document.outline.sections;
    let own = text.section.filter(|own| sections[*own].kind == Some(marker.kind));
    let above = own.map_or(text.section, |own| document.outline.list_above(own)).filter(|above| heads_projects(document, *above))?;
    let end = printed[marker.len..].find(['。', '，', '：', '；', ' ']).map_or(printed.len(), |at| marker.len + at);
    let name = text.reading.trim(Span::new(marker.len, end));
    let said = &printed[name.range()];
    let is_name = (4..=45).contains(&said.chars().count()) && leading_verb_of_doing(said).is_none_or(|_| ends_as_work(said));
    is_name.then_some((name, above))
}

/// Whether a heading says that what stands below it are projects, each by its name: it counts them, or it, or the document, is a list of them.
fn heads_projects(document: &Document<'_>, section: usize) -> bool {
    let heading = document.outline.sections[section].heading.as_str();
    let is_list = |title: &str| title.contains("项目") && ["名单", "清单", "目录", "一览表"].iter().any(|list| title.ends_with(list));
    let of_projects = ["项目", "工程"].iter().any(|end| named::without_note(heading).ends_with(end));
    let of_box = document.outline.sections[section].kind == Some(MarkerKind::Box);
    of_projects
        && (of_box || labelled::is_label(heading) || counts_its_rows(heading) || document.front.title.as_deref().is_some_and(is_list))
        || is_list(heading)
}

/// Whether a paragraph tells of one project of a list, so that the money in it is that project's.
pub(super) fn tells_of_one(document: &Document<'_>, text: &Text<'_>) -> bool {
    enumerated_item(document, text).is_some()
}

impl ProjectFields {
    /// Takes over what a text tells behind the project's name: `总投资120亿元；建设年限：2023—2026年；责任单位：…`.
    fn tell(&mut self, document: &Document<'_>, block: &Block, from: usize) {
        static TOLD: LazyLock<Regex> = LazyLock::new(|| {
            Regex::new(r"(?P<owner>建设单位|项目单位|实施主体|业主|建设主体)：|(?P<content>建设内容(?:及|和|与)?(?:建设)?规模|建设规模(?:及|和|与)?(?:主要)?(?:建设)?内容|(?:主要)?建设内容|建设规模)：|(?P<place>建设地点|建设地址)：|(?P<period>(?:建设)?(?:起止)?年限|建设周期|建设期限?|建设起止年限|起止时间)：|(?P<lead>责任单位|牵头单位|责任部门)：|(?P<investment>(?:计划|预计|项目|概算|估算)?总?投资(?:额|规模)?(?:约|为|达)?：?)[0-9]")
                .expect("the pattern of what is told of projects is well formed")
        });
        let text = block.reading.text();
        for told in TOLD.captures_iter(text).filter(|told| told.get(0).is_some_and(|label| label.start() >= from)) {
            let value = |label: &str| {
                let label = told.name(label)?;
                let start = if told.name("investment").is_some() { label.end() } else { label.end() + '：'.len_utf8() };
                let stops: &[char] = if told.name("content").is_some() { &['；', '。'] } else { &['；', '。', '，'] };
                let end = text[start..].find(stops).map_or(text.len(), |at| start + at);
                Some(block.reading.trim(Span::new(start, end)))
            };
            let words = |label: &str| value(label).map(|span| block.reading.slice(span).to_owned());
            self.owner = words("owner").or(self.owner.take());
            self.place = words("place").or(self.place.take());
            self.period = self.period.take().or_else(|| words("period"));
            self.investment = self.investment.take().or_else(|| words("investment"));
            if let Some(content) = words("content") {
                self.scale = scale(&content);
                self.content = content;
            }
            if let Some(lead) = value("lead") {
                self.lead = Some(unit_names(document, &units::read(&block.reading, lead).names));
            }
        }
    }
}

/// Where records of some types stand already.
fn spans_of(drafts: &[Draft], is_one: impl Fn(&Body) -> bool) -> Cover<Original> {
    let mut spans = Cover::default();
    spans.extend(drafts.iter().filter(|draft| is_one(&draft.body)).map(|draft| draft.span));
    spans
}

/// What a line names before it tells of it: `沃土工程` of `沃土工程→对…`, `——农村公路。改造…`.
fn name_of_line(line: &str) -> Option<Span<Folded>> {
    let start = marker_at(line).map_or(0, |marker| marker.len);
    // A line without a mark may be a paragraph as well, and its first sentence no name.
    let stops: &[char] = if start > 0 { &['→', '：', '。', ' '] } else { &['→', '：', ' '] };
    let end = start + line[start..].find(stops)?;
    let name = line[start..end].trim();
    let told = !line[end..].trim_matches(['→', '：', '。', ' ']).is_empty();
    // 建设内容：…, 责任单位：…: labels of what is told.
    let labels = ["内容", "规模", "单位", "部门", "期限", "时间", "地点", "目标", "任务", "重点", "资金", "措施"];
    let is_name = (4..=30).contains(&name.chars().count()) && !name.contains(['，', '；']) && !labels.iter().any(|end| name.ends_with(end));
    (told && is_name).then(|| Span::new(end - line[start..end].trim_start().len(), start + line[start..end].trim_end().len()))
}

/// `★农村生态建设工程：桃溪河水土流失治理、石桥灌区改造、…等。`: behind a head of works and its colon stand works and nothing else.
fn itemized(document: &Document<'_>, drafts: &mut Vec<Draft>) {
    let known = spans_of(drafts, |body| matches!(body, Body::Project(_) | Body::Park(_)));
    for block in document.outline.blocks.iter().filter(|block| !matches!(block.kind, crate::layout::Kind::Row(..))) {
        let text = Text { reading: &block.reading, section: block.section, time: None, is_cell: false };
        let Some((head, items)) = head_and_items(block.reading.text()) else { continue };
        // 收费项目：污水处理、垃圾处理、…: kinds, none of them of a place or with a name.
        let one_is_somewhere = |item: &Span<Folded>| named::is_marked(document, block.reading.slice(*item));
        if !items.iter().any(one_is_somewhere) {
            continue;
        }
        for item in items.into_iter().filter(|item| !known.meets(block.locate(*item))) {
            let body = project(document, &text, block.reading.slice(item), Some(head.to_owned()), None);
            drafts.push(drafted(block.locate(item), block.section, "project-itemized", body));
        }
    }
}

/// `1.云溪石化公司80万吨乙烯工程，总投资210亿元`, `一是云溪航空城项目，由云溪集团承担，投资60亿元`: what an item says the cost of is a project.
fn invested(document: &Document<'_>, drafts: &mut Vec<Draft>) {
    static COSTS: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?:^|[。；：]|[0-9][.、）]\s?)(?:[一二三四五六七八九十]{1,2}是)?(?P<name>[^，。；：]{6,45}?(?:项目|工程|基地|装置|生产线))[，。](?:由(?P<owner>[^，。；]{2,20}?)(?:承担|承建|负责|建设|实施|投资建设)，)?(?:计划|预计|项目|概算|估算|规划)?总?投资(?:额|规模)?(?:约|达到?|为|超过?|近)?[0-9]")
            .expect("the pattern of what projects cost is well formed")
    });
    /// What stands for projects, or tells how many there are.
    const GENERAL: [&str; 9] = ["该", "本", "此", "其", "各", "全", "这", "上述", "一批"];
    let known = spans_of(drafts, |body| matches!(body, Body::Project(_) | Body::Park(_)));
    for block in document.outline.blocks.iter().filter(|block| !matches!(block.kind, crate::layout::Kind::Row(..))) {
        let printed = block.reading.text();
        if !printed.contains("投资") {
            continue;
        }
        for found in COSTS.captures_iter(printed) {
            let Some(name) = found.name("name").map(|name| Span::<Folded>::new(name.start(), name.end())) else { continue };
            let mut start = name.start + marker_at(&printed[name.range()]).map_or(0, |marker| marker.len);
            while let Some(verb) = leading_verb_of_doing(&printed[start..name.end]) {
                start += verb.len();
            }
            let name = Span::new(start, name.end);
            let said = &printed[name.range()];
            let general = GENERAL.iter().any(|word| said.starts_with(word))
                || said.contains('等')
                || ["重点项目", "重大项目", "投资项目"].iter().any(|end| said.ends_with(end));
            let counted = said.starts_with(|c: char| c.is_ascii_digit()) && said.contains('个');
            if general || counted || said.chars().count() < 6 || known.meets(block.locate(name)) {
                continue;
            }
            let text = Text { reading: &block.reading, section: block.section, time: None, is_cell: false };
            let mut body = project(document, &text, said, None, None);
            body.owner = found.name("owner").map(|owner| owner.as_str().to_owned()).or(body.owner);
            drafts.push(drafted(block.locate(name), block.section, "project-invested", body));
        }
    }
}

/// The head of works that a line begins with, and the works that are all the rest of it.
fn head_and_items(line: &str) -> Option<(&str, Vec<Span<Folded>>)> {
    /// What is done to the land, the water and the waste by a work without another ending.
    const DONE: [&str; 22] = [
        "工程", "项目", "建设", "治理", "防治", "整治", "修复", "保护", "改造", "处理", "处置", "利用", "焚烧", "发电", "扩容", "扩建",
        "延伸", "提升", "搬迁", "示范", "还林", "升级",
    ];
    let start = marker_at(line).map_or(0, |marker| marker.len);
    let colon = start + line[start..].find('：').filter(|at| *at <= LONGEST_HEAD)?;
    let head = line[start..colon].trim();
    let rest = line[colon + '：'.len_utf8()..].trim_end_matches(['。', ' ']);
    if !["工程", "项目"].iter().any(|end| head.ends_with(end)) || head.contains(['，', '；', '。']) || rest.contains(['。', '；', '：'])
    {
        return None;
    }
    let from = colon + '：'.len_utf8();
    let items: Vec<Span<Folded>> = list::split_at(line, Span::new(from, from + rest.len()), &["、", "，", "以及"])
        .into_iter()
        .map(|item| {
            let printed = &line[item.range()];
            let bare = list::without_closing(printed).unwrap_or(printed);
            Span::new(item.start, item.start + bare.len())
        })
        .collect();
    let is_work = |item: &str| DONE.iter().any(|end| item.ends_with(end)) || ends_as_work(item);
    let is_named =
        |item: &str| (4..=36).contains(&item.chars().count()) && leading_verb_of_doing(item).is_none() && !item.starts_with("一是");
    let printed: Vec<&str> = items.iter().map(|item| &line[item.range()]).collect();
    let works = printed.iter().filter(|item| is_work(item)).count();
    (printed.len() >= 3 && printed.iter().all(|item| is_named(item)) && works * 3 >= printed.len() * 2).then_some((head, items))
}

/// The longest head of works before a colon, in bytes.
const LONGEST_HEAD: usize = 72;

/// A list of things in general (`基础设施、公共服务等项目`) names no projects: its head says little more than 项目, a verb of
/// building leads it, and it counts its items, or one names a body, a place, a work, or is quoted.
fn is_list_of_projects(document: &Document<'_>, block: &Text<'_>, list: &List) -> bool {
    let text = block.reading.text();
    let length = list.head.chars().count();
    // 等投资10亿元以上项目
    let by_size = list.head.contains("亿元") || list.head.contains("万元");
    let plain = (length <= 9 || length <= 16 && (list.declared.is_some() || by_size))
        && !list.verb.contains("围绕")
        && !list.head.starts_with("相关");
    let offices = list.items.iter().any(|i| agency::is_department(&text[i.range()]));
    let general = |item: &str| {
        item.contains("参与")
            || item.starts_with(['各', '在', '对', '由']) && !is_under_way(item)
            || item.contains("在") && item.ends_with(['型', '化'])
    };
    let named = |item: &str| {
        is_numbered(item)
            || enterprise::split_owner(item).is_some()
            || named::place_in(document, item).is_some()
            || item.starts_with('“')
            || item.contains("年产")
            || is_sized(item)
            || ends_as_park(item) && named::is_marked(document, item)
            || WORK.is_match(item) && item.chars().count() > 3 && !is_kind_of_work(item)
            || item.chars().count() >= 8 && list.head.starts_with("重")
    };
    // 华润微、粤芯等项目: of what fields name (生物制造、同位素应用等项目) fewer open with words coined for it.
    let coined = list.items.iter().filter(|i| opens_coined(&text[i.range()])).count() * 2 >= list.items.len()
        && !list.items.iter().any(|i| text[i.range()].contains('的'));
    let works = is_list_of_works(text, list);
    let counted = list.declared.is_some() && list.head.ends_with("项目");
    // 年底前建成报业大厦、党校新校等重点工程: what is finished or begun is one thing each.
    let after = text[list.head_span.end..].trim_start_matches('的');
    let begun = ["建成", "竣工", "动工", "兴建", "开工建设"].iter().any(|verb| list.verb.contains(verb))
        && list.items.len() > 1
        && list.items.iter().all(|i| text[i.range()].chars().count() >= 4 && !is_kind_of_work(&text[i.range()]));
    // 促进皓月玻纤材料、沃达编织网等项目达产: what comes into use is one thing each, where no item names a kind of things.
    let in_use = (["开工", "投产", "落地", "启动"].iter().any(|verb| list.verb.contains(verb)) || named::comes_into_use(after))
        && list.items.len() > 1
        && list.items.iter().all(|i| is_own(&text[i.range()]))
        && list.items.iter().any(|i| opens_coined(&text[i.range()]) || is_phase(&text[i.range()]) || named(&text[i.range()]));
    // 柳林村、老码头片区等改造工程
    let quarters = list.head.starts_with("改造") && list.items.iter().all(|i| is_quarter(document, &text[i.range()]));
    // 等8家市级医院, 等5所学校: what is there already is no project.
    let carried_out = named::is_carried_out(after);
    let set_out = ["项目", "工程"].iter().any(|head| list.head.ends_with(head))
        || founds(&list.verb)
        || works && (named::builds(&list.verb) || carried_out);
    // 甲公司储能等项目|投产
    // 沃达海湾、佳隆广场、…等重点项目，|要在年内…: what opens its sentence in a row is what the sentence is about.
    let demanded = || {
        let next = text[list.head_span.end..].strip_prefix('，');
        next.is_some_and(|next| ["要", "须", "年内", "今年", "加快", "力争", "确保"].iter().any(|word| next.starts_with(word)))
    };
    let opens = || text[..list.items[0].start].trim_end().is_empty() || text[..list.items[0].start].ends_with('。');
    let is_topic = list.head.starts_with("重") && list.items.len() >= 3 && opens() && demanded();
    let led = !list.verb.is_empty() || list.declared.is_some() || carried_out || is_topic;
    // 通过闸门、堤岸等各类提标项目
    let of_kinds = list.head.starts_with("各类") && !list.items.iter().any(|i| named(&text[i.range()]));
    plain
        && !of_kinds
        && !offices
        && set_out
        && led
        && !list.items.iter().any(|i| general(&text[i.range()]))
        && (counted || begun || in_use || works || quarters || coined || list.items.iter().any(|i| named(&text[i.range()])))
}

/// `皓月玻纤材料`, but `基础设施`, `农业产业`, `公共服务`: what ends as fields and kinds of things do is none of its own.
fn is_own(item: &str) -> bool {
    const KINDS: [&str; 14] =
        ["产业", "项目", "设施", "服务", "环境", "保障", "发展", "企业", "行业", "领域", "经济", "平台", "体系", "能源"];
    item.chars().count() >= 4 && !KINDS.iter().any(|end| item.ends_with(end)) && !is_kind_of_work(item)
}

/// `佳禾片区`: one quarter of the town by its own name, unlike `老旧小区`, `城中村`, `商业街区`.
fn is_quarter(document: &Document<'_>, item: &str) -> bool {
    ["村", "片区", "区域", "小区", "街区", "厂区"].iter().any(|end| item.ends_with(end)) && named::is_marked(document, item)
}

/// `柳林路、桃溪路等道路|沿线环境整治`: what follows the head is what the list is about.
fn goes_further(text: &str, list: &List) -> bool {
    let rest = text[list.head_span.end..].trim_start_matches('的');
    let ended = rest.is_empty() || rest.starts_with(['，', '。', '；', '、', '和', '及', '与']);
    let built =
        || named::is_carried_out(rest) || ["改造", "新建", "扩建", "工程", "项目", "提升"].iter().any(|word| rest.starts_with(word));
    ["道路", "支路", "公园", "桥梁", "立交"].iter().any(|head| list.head.ends_with(head)) && !ended && !built()
}

/// `在建抽水蓄能电站`: what a list names last in general.
fn is_under_way(item: &str) -> bool {
    ["在建", "拟建", "其他"].iter().any(|lead| item.starts_with(lead))
}

/// `加快A、B、C等煤矿建设`: works of one kind are named by what tells them apart.
fn is_list_of_works(text: &str, list: &List) -> bool {
    // 旅游路、产业路等道路, 文化、生态等公园: kinds of what a town has many of.
    const IN_TOWN: [&str; 8] = ["道路", "支路", "公园", "水厂", "快速通道", "桥梁", "立交", "城市综合体"];
    let name = |item: &Span<Folded>| {
        let own = text[item.range()].split('（').next().unwrap_or_default();
        (2..=9).contains(&own.chars().count()) && own.chars().all(is_han) && !is_kind_of_work(&format!("{own}{}", list.head))
    };
    let is_own = |item: &Span<Folded>| {
        let own = &text[item.range()];
        let road = own.ends_with(['路', '街', '桥']);
        road && is_street(own)
            || !road && opens_coined(own)
            || place::find_in(own).first().is_some_and(|found| found.start == 0)
            || is_numbered(&format!("{own}水厂"))
    };
    let Some(head) = work_head(list) else { return false };
    let owned = !IN_TOWN.contains(&head) || list.items.iter().any(is_own);
    owned && list.open && list.items.len() > 1 && list.items.iter().all(name)
}

/// What works of one kind are called, their size left out: 水电站 of `等大型水电站`.
fn work_head(list: &List) -> Option<&str> {
    let head = ["大型", "重点", "重大", "骨干", "主要", "市政", "城市", "城区", "省际"]
        .iter()
        .find_map(|size| list.head.strip_prefix(size))
        .unwrap_or(&list.head);
    WORK_HEADS.contains(&head).then_some(head)
}

/// The endings of named works in a list.
static WORK: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:水库|枢纽|铁路|高铁|高速公路|公路|机场|港|大桥|隧道|电站|电厂|中心|总部|地铁|轨道交通|运河|改造|扩建|转型|升级|迁建|技改|[一二三四五六七八九十]期|生产线|量产线|装置)$")
        .expect("the pattern of works is well formed")
});

fn from_list(document: &Document<'_>, block: &Text<'_>, list: &List, item: Span<Folded>, completing: &str) -> Draft {
    // 总投资3亿元的|云溪渔具园
    let printed = named::without_investment(&block.reading.text()[item.range()]);
    let item = Span::<Folded>::new(item.end - printed.len(), item.end);
    // 九里山、白河等煤矿: the kind completes the name.
    // 桃溪路、柳林大道东延等骨干道路, 云康高速三期等公路: what has an ending of its own is a whole name.
    let kind = work_head(list).filter(|head| *head != "道路" && *head != "支路" && !has_ending(printed)).unwrap_or(completing);
    let body = project(document, block, &format!("{printed}{kind}"), Some(list.head.clone()), list.declared);
    drafted(block.locate(item), block.section, "project-list", body)
}

fn project(document: &Document<'_>, block: &Text<'_>, name: &str, list: Option<String>, declared: Option<u64>) -> ProjectFields {
    let (owner, content) = enterprise::split_owner(name).map_or((None, name), |(owner, content)| (Some(owner.to_owned()), content));
    ProjectFields {
        name: name.to_owned(),
        content: content.to_owned(),
        industry: named::industry(document, block.section),
        place: named::place_in(document, content).or_else(|| named::place_in(document, name)),
        scale: scale(content),
        owner,
        list,
        declared,
        investment: None,
        period: None,
        lead: None,
    }
}

fn drafted(span: Span<Original>, section: Option<usize>, rule: &'static str, body: ProjectFields) -> Draft {
    Draft { span, section, rule, body: Body::Project(Box::new(body)) }
}

/// The quantities in a project's name: `200万吨稻谷及副产品综合加工`.
fn scale(content: &str) -> Vec<Scale> {
    quantity::find(content, 0, content.len())
        .into_iter()
        .filter(|q| !q.chinese)
        .map(|q| Scale { value: Amount(q.value), unit: q.unit })
        .collect()
}

/// `盛源百万吨乙烯`, `日产800吨鱼糜品`: how much it is built to make tells one work.
fn is_sized(name: &str) -> bool {
    let made = |unit: &str| ["吨", "千瓦", "兆瓦", "千伏", "辆", "台", "套"].iter().any(|end| unit.ends_with(end));
    let classes = ["级", "以上", "以下", "以内"];
    let own = |after: &str| after.chars().nth(1).is_some() && !classes.iter().any(|class| after.starts_with(class));
    quantity::find(name, 0, name.len()).iter().any(|found| made(&found.unit) && own(&name[found.span.end..]))
}

/// The named works that a clause builds: `加快沿江高铁合宁段、合新高铁、阜淮城际建设`, `新建北京路实验学校`; one that a row of works goes on in
/// (`carried`) needs no verb. Whether it ends with a work, so that the next may go on.
fn in_clause(
    document: &Document<'_>,
    text: &Text<'_>,
    clause: Span<Folded>,
    listed: &Cover<Folded>,
    carried: bool,
    drafts: &mut Vec<Draft>,
) -> bool {
    let words = text.reading.text();
    let numbered = || ["国道", "省道", "县道"].iter().any(|road| words[clause.range()].contains(road));
    if !WORK_ENDS.is_in(&words[clause.range()]) && !numbered() {
        return false;
    }
    let builds = named::builds(&words[clause.range()]);
    if !builds && !carried || is_planned(&words[clause.range()]) {
        return false;
    }
    let carried = carried && !builds;
    let founded_from = FOUNDING.first_end(&words[clause.range()]);
    let done_with = named::closes_with_building(&words[clause.range()]);
    // 支持云溪大学、鹿门实验室|建设…: who builds is no work.
    let builders = list::builders_end(words, clause).unwrap_or(clause.start);
    let mut pieces = named::pieces(words, clause);
    pieces.retain(|(piece, _)| piece.start >= builders);
    let street = |piece: &Span<Folded>| {
        let name = &words[piece.range()];
        named::name_end(name, &WORK_ENDS).is_some_and(|end| is_street(stretch_of(&name[..end])) && !is_kind_of_work(&name[..end]))
    };
    // 进村路、入户路: none of them has a name of its own.
    let in_a_row = LazyCell::new(|| {
        let streets: Vec<&str> = pieces.iter().filter(|(piece, _)| street(piece)).map(|(piece, _)| &words[piece.range()]).collect();
        streets.len() > 2 || streets.len() > 1 && streets.iter().any(|name| opens_coined(name) || named::place_in(document, name).is_some())
    });
    // 国道改线工程云溪段、|石桥段: the road that the stretches in a row are of.
    let mut road: Option<&str> = None;
    let mut closed = false;
    for &(piece, built) in &pieces {
        closed = false;
        let end = named::numbered_road_end(&words[piece.range()]).or_else(|| named::name_end(&words[piece.range()], &WORK_ENDS));
        let Some(end) = end else { continue };
        // 石雄铁路项目建设: the work's own ending is the name's.
        let whole = &words[piece.start..piece.start + end];
        let work = whole.strip_suffix("项目").filter(|work| ends_as_work(work) && !is_phase(work));
        let span = Span::new(piece.start, piece.start + work.unwrap_or(whole).len());
        // 鹿门段航运开发和|云溪机场改扩建: what stands before the 和 ends as no work does.
        let second = words[span.range()].rfind('和').map(|at| Span::new(span.start + at + '和'.len_utf8(), span.end));
        let is_one = |name: &str| named::place_in(document, name).is_some() && is_named_work(document, name, false);
        let span = second.filter(|second| is_one(&words[second.range()])).unwrap_or(span);
        let name = &words[span.range()];
        let founded = founded_from.is_some_and(|end| clause.start + end <= span.start);
        // 西康高铁、西安东站和定边机场|建成投运: what closes the clause is said of all that it names.
        let rest = &words[piece.start + end..piece.end];
        // 新建云溪大桥，|西接石桥路: what goes on in the row is a name and no more.
        let next = || {
            carried
                && rest.is_empty()
                && (span.start > clause.start || piece.start == clause.start)
                && opens_as_own(document, name)
                && !NO_ROW.is_match(name)
        };
        let built = built || named::is_carried_out(rest) || done_with || next();
        // 桃溪路、柳林路: roads in a row need no mark.
        let is_named = || is_named_work(document, name, founded) || street(&span) && *in_a_row;
        // 云溪国际陆港区: a port area by its ending, a park by its name.
        let before = &words[clause.start..span.start];
        let stretch = name.strip_suffix('段').is_some_and(|own| place::by_name(own).is_some());
        let of_road = road.filter(|_| stretch && before.ends_with(['、', '和', '及', '与'])).map(|road| format!("{road}{name}"));
        // 云溪博物馆|推进古船保护: who does it is no work.
        let acts = rest.strip_prefix("推进").is_some_and(|what| what.chars().count() > 3 && !what.starts_with("建设"));
        // 云溪园区基础设施和供水工程, 石桥新城配套设施及道路工程: what a place needs in general.
        let general = name.match_indices("设施").any(|(at, word)| name[at + word.len()..].starts_with(['和', '与', '及']));
        if general
            || acts
            || !built
            || listed.meets(span)
            || ends_as_park(named::without_phase(name))
            || is_centre(before, rest)
            || !is_named() && of_road.is_none()
        {
            continue;
        }
        closed = rest.is_empty();
        if !stretch {
            road = road_of(name);
        }
        let mut push = |span: Span<Folded>, name: &str, rule| {
            let body = project(document, text, name, None, None);
            drafts.push(drafted(text.locate(span), text.section, rule, body));
        };
        if let Some(of_road) = of_road {
            push(span, &of_road, "project-shared");
            continue;
        }
        for (part, name) in sharing(document, before, name) {
            push(Span::new(clause.start + part.start, clause.start + part.end), &name, "project-shared");
        }
        push(span, name, "project-sentence");
    }
    closed
}

/// Where a road leads, what it passes and relieves: `西接石桥路`, `途经鹿门大桥`.
static NO_ROW: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:[东南西北]?[接至起止]|起于|止于|途经|经过|连接|串联|联通|缓解|托管|委托|方便|辐射|服务)")
        .expect("the pattern of relations is well formed")
});

/// `以|云溪机场|为中心`: what something turns about is there already.
fn is_centre(before: &str, rest: &str) -> bool {
    before.ends_with('以') && ["为中心", "为核心", "为枢纽", "为龙头", "为依托", "为支撑"].iter().any(|end| rest.starts_with(end))
}

/// The road that a stretch is of: 国道改线工程 of `国道改线工程云溪段`.
fn road_of(name: &str) -> Option<&str> {
    let stretch = name.strip_suffix('段')?;
    let place = stretch.char_indices().map(|(at, _)| at).find(|at| place::by_name(&stretch[*at..]).is_some())?;
    Some(&name[..place]).filter(|road| !road.is_empty())
}

/// `编制云溪站、石桥货运站的建设规划`: a plan is made, not what it plans.
fn is_planned(clause: &str) -> bool {
    clause.contains("编制") && ["规划", "方案"].iter().any(|plan| clause.ends_with(plan))
}

static FOUNDING: LazyLock<AnyOf> = LazyLock::new(|| {
    AnyOf::new(["启动", "提速", "投用", "通车", "新建", "扩建", "改建", "迁建", "建设", "建造", "建成", "开工", "推进", "加快"])
});

/// Whether the words before a name say that it is built: 新建, 开工.
fn founds(lead: &str) -> bool {
    FOUNDING.is_in(lead)
}

/// Whether a name is one work's: it ends as works' names do, and is marked as one's own, or tells who carries it out, its stretch or its
/// phase, or is the school that is built.
fn is_named_work(document: &Document<'_>, name: &str, founded: bool) -> bool {
    static CODE: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"[A-Z][0-9]|^[gsxy][0-9]{3}线?\p{Han}").expect("the pattern of codes is well formed"));
    let length = name.chars().count();
    // 新建北京路实验学校: a school or hospital that is built has a name.
    let school = founded
        && ["实验学校", "幼儿园", "小学", "中学", "医院", "博物馆", "图书馆", "体育馆", "展示馆", "展览馆", "规划馆", "大剧院"]
            .iter()
            .filter_map(|ending| name.strip_suffix(ending))
            .any(|own| own.chars().count() >= 2);
    let numbered_road = named::is_numbered_road(name);
    let local = founded && is_of_the_place(name);
    let road = ["段", "段）"].iter().any(|end| name.ends_with(end))
        && ["高铁", "铁路", "高速", "公路", "国道", "省道", "县道"].iter().any(|road| name.contains(road))
        || ["外环", "绕城"].iter().any(|ring| name.contains(ring)) && ["高速", "高速公路"].iter().any(|end| name.ends_with(end));
    let airport = name.strip_suffix("国际机场").is_some_and(|own| (2..=4).contains(&own.chars().count()));
    let own = enterprise::split_owner(name).is_some()
        || airport
        || is_line(name)
        || is_ring(name)
        || named::is_marked(document, name) && !(is_weak(name) && named::is_coined_shortly(document, name))
        || named::is_quoted(name)
        || CODE.is_match(name)
        || school
        || local
        || road
        || name.contains("型国家")
        || is_phase(name) && length >= 4
        || is_sized(name) && !name.contains('“')
        || numbered_road
        || founded && (is_international(name) || is_numbered(name));
    let told_by_number = || named::has_capacity(name) || numbered_road || road || is_line(name) || is_numbered(name);
    let counts = name.starts_with(|c: char| c.is_ascii_digit()) && !told_by_number()
            || ["阶段", "地段", "路段", "时段"].iter().any(|part| name.ends_with(part))
            // 高速公路改扩建二标段
            || name.strip_suffix("标段").is_some_and(|road| !road.ends_with(|c: char| c.is_ascii_digit() || "一二三四五六七八九十".contains(c)));
    // 云溪港
    let port = name.strip_suffix('港').is_some_and(named::is_place);
    let least = if local || is_line(name) || is_street(name) || is_numbered(name) || port { 3 } else { 4 };
    // 创新思路, 丝绸之路: what ends as a road and is none.
    let way = name.ends_with(['路', '街'])
        && !is_street(name)
        && !["公路", "铁路", "快速路", "高速路", "商业街", "步行街"].iter().any(|road| name.ends_with(road));
    (ends_as_work(name) || ends_as_work(named::without_rebuilding(name)) || numbered_road)
        && own
        && !counts
        && !way
        && !name.starts_with(['在', '了'])
        && (least..=40).contains(&length)
        && !is_kind_of_work(name)
}

/// `市|中医院国际中医中心`, `县|医院迁建`: an institution of the place itself is one; `市级医院`, `县乡公路` are kinds.
fn is_of_the_place(name: &str) -> bool {
    static LOCAL: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(
            r"^(?:省|市|县|州|旗)(?:第[一二三四五六七八九十]+|[一二三四五六七八九十]+)?\p{Han}{0,8}?(?:医院|保健院|福利院|(?:服务|文化|体育|医疗|医学|救治|急救|活动|会展|康复|妇幼|中医|展示)中心|博物馆|图书馆|文化馆|美术馆|科技馆|档案馆|体育馆|体育场|少年宫|剧院|党校|中学|小学|幼儿园|学校|学院)\p{Han}{0,8}$",
        )
        .expect("the pattern of local institutions is well formed")
    });
    const KINDS: [&str; 10] = ["级", "乡", "镇", "县", "区", "域", "场", "直", "属", "民"];
    let own = name.char_indices().nth(1).map_or("", |(at, _)| &name[at..]);
    LOCAL.is_match(name) && !KINDS.iter().any(|kind| own.starts_with(kind))
}

/// `西环路`, `东二环`, `外环快速路`: the ring on one side of the town.
fn is_ring(name: &str) -> bool {
    static RING: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^(?:[东南西北]{1,2}[一二三四五六]?|[一二三四五六])环(?:路|线|快速路|高速|高速公路|大道)?(?:[东南西北]{1,2}段)?(?:\p{Han}{2}工程)?$")
            .expect("the pattern of rings is well formed")
    });
    RING.is_match(name)
}

/// `轨道交通一号线`, `二号线`: the number tells the line.
fn is_line(name: &str) -> bool {
    static LINE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^(?:城市)?(?:地铁|轨道交通|轨道|轻轨|城铁|BRT|快速公交)?[0-9一二三四五六七八九十]{1,3}号线")
            .expect("the pattern of lines is well formed")
    });
    LINE.is_match(name)
}

/// `六水厂`, `第二热源厂`, `1号热源厂`: one of the works of its kind that the town numbers.
fn is_numbered(name: &str) -> bool {
    static NUMBERED: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(
            r"^(?:第?[一二三四五六七八九十]{1,2}|[0-9一二三四五六七八九十]{1,2}号)(?:给?水厂|水源地?|污水处理厂|热源厂|长江大桥|人民医院)$",
        )
        .expect("the pattern of numbered works is well formed")
    });
    NUMBERED.is_match(name)
}

/// `国际人才交流中心`: a house that bears the world in its name is one.
fn is_international(name: &str) -> bool {
    name.starts_with("国际") && name.chars().count() >= 8 && (name.ends_with("中心") || name.ends_with("孵化器"))
}

/// Whether a work's name has an ending of its own: 云康高速, but no 花桥 or 横街, which are places.
fn has_ending(name: &str) -> bool {
    ends_as_work(name) && name.chars().count() > 2
}

/// The road that a name is of: `柳林大道` of `柳林大道北段`, `柳林大道东延`, `柳林大道二期`, `柳林大道改造`.
fn stretch_of(name: &str) -> &str {
    static STRETCH: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"(?:[东南西北中]?(?:延伸|延长)?段|[东南西北]延)$").expect("the pattern of stretches is well formed"));
    let name = named::without_phase(named::without_rebuilding(name));
    STRETCH.find(name).map_or(name, |found| &name[..found.start()])
}

/// `桃溪路`, `柳林大道`, `石桥立交`: a road or its crossing by a short name; `旅游路`, `产业大道` and `出路` are none.
fn is_street(name: &str) -> bool {
    // 公路, 出路, 丝绸之路
    const NO_STREETS: &str = "公铁道支线思出电门之网套水陆环新链一村户间火护";
    const KINDS: [&str; 32] = [
        "主干", "次干", "快速", "旅游", "产业", "资源", "生产", "机耕", "断头", "园区", "农村", "连接", "通村", "通组", "致富", "幸福",
        "小康", "发展", "卡脖", "商业", "步行", "美食", "特色", "文化", "过街", "人行", "历史", "一条", "城市", "瓶颈", "便民", "漫水",
    ];
    let own = ["路", "街", "大道", "大街", "快速路", "立交", "高架", "桥", "大桥", "立交桥", "隧道"]
        .iter()
        .filter_map(|end| name.strip_suffix(end))
        .min_by_key(|own| own.len());
    is_ring(name)
        || own.is_some_and(|own| {
            (2..=6).contains(&own.chars().count())
                && own.chars().all(is_han)
                && !KINDS.iter().any(|kind| own.ends_with(kind))
                && !(name.ends_with('路') && own.ends_with(|c| NO_STREETS.contains(c)))
        })
}

/// `人才服务平台（二期）`, `应急指挥专题二期项目`: what is built in phases is one work.
fn is_phase(name: &str) -> bool {
    let bare = ["项目", "工程", "）"].iter().find_map(|end| name.strip_suffix(end)).unwrap_or(name);
    named::without_rebuilding(bare).strip_suffix('期').is_some_and(|own| own.ends_with(['一', '二', '三', '四', '五', '六']))
}

/// `闽赣电力联网`, `闽西南水资源配置`: the signs of two provinces, or of one and its side, tell one work.
fn joins_provinces(name: &str) -> bool {
    const SIGNS: &str = "京津冀晋蒙辽吉黑沪苏浙皖闽赣鲁豫鄂湘粤桂琼渝川蜀贵黔云滇藏陕秦甘陇青宁新";
    let mut chars = name.chars();
    let (first, second) = (chars.next().unwrap_or(' '), chars.next().unwrap_or(' '));
    SIGNS.contains(first) && (SIGNS.contains(second) || "东西南北中".contains(second))
}

/// `蓝莓产业项目`: 项目 closes the names of kinds too, so that few coined characters before it may be a rare word; not where a work's
/// own ending stands before it (`云溪机场扩建|工程`), or a park's.
fn is_weak(name: &str) -> bool {
    let own = ["项目", "工程"].iter().find_map(|end| name.strip_suffix(end));
    // The 港 of 港口工程 closes no name.
    let works = |own: &str| WORK_ENDS.each_in(own).any(|(at, _)| own[..at].chars().count() >= 2);
    own.is_some_and(|own| !works(own) && !is_called_park(own) && !joins_provinces(own))
        || ["整治", "产业化", "港"].iter().any(|end| name.ends_with(end))
}

/// What the names before share of a work's name: `港口型、空港型|国家物流枢纽`, `雄忻、石雄|铁路`, `云安、云淮|城际铁路`, and all behind what
/// tells the last of them apart: `青桂、青粤|绿电外送通道`, `云溪、格尔木|支撑调节性火电`.
fn shared_kind<'n>(document: &Document<'_>, name: &'n str) -> &'n str {
    if let Some(at) = name.find('型') {
        return &name[at + '型'.len_utf8()..];
    }
    let shared = bridge_of(name).or_else(|| SHARED_ENDS.iter().copied().filter(|end| name.ends_with(end)).max_by_key(|end| end.len()));
    let shared = shared.unwrap_or("");
    let place = place::find_within(name, document.front.region).first().filter(|found| found.start == 0).map(|found| found.end);
    let own = place.or_else(|| joins_provinces(name).then_some("闽赣".len()));
    let kind = own.map_or("", |own| &name[own..]);
    let is_kind = !shared.is_empty()
        && kind.ends_with(shared)
        && kind.chars().count() <= 8
        && kind.chars().all(is_han)
        && !kind.contains(['至', '和']);
    if is_kind { kind } else { shared }
}

/// `河口|黄河大桥`, `云溪|公铁两用大桥`: what a bridge is, with the river that it crosses.
fn bridge_of(name: &str) -> Option<&str> {
    static BRIDGE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^\p{Han}{2,6}?(?P<kind>(?:长江|黄河|\p{Han}[江河湖])?(?:公路|铁路|公铁两用|公铁|跨江|跨海|跨河|特)?大桥)$")
            .expect("the pattern of bridges is well formed")
    });
    Some(BRIDGE.captures(name)?.name("kind")?.as_str())
}

/// The endings of works that several names share.
const SHARED_ENDS: &[&str] = &[
    "高速",
    "铁路",
    "高铁",
    "城际铁路",
    "高速铁路",
    "城际",
    "高速公路",
    "公路",
    "快速路",
    "大桥",
    "隧道",
    "机场",
    "水库",
    "水厂",
    "水电站",
    "航道",
    "外送通道",
    "水质净化厂",
    "污水处理厂",
    "提质改造",
    "航道整治工程",
    "城市更新项目",
    "直流",
    "火电",
    "煤电",
];

/// Whether a name in a row opens with what is its own: coined words, a place, the route between two.
fn opens_as_own(document: &Document<'_>, name: &str) -> bool {
    opens_coined(name) || place::opens_within(name, document.front.region) || name.contains('至')
}

/// The works before a named one that share its ending: `雄忻、石雄铁路`, `港口型、陆港型、空港型国家物流枢纽`.
fn sharing(document: &Document<'_>, before: &str, name: &str) -> Vec<(Span<Folded>, String)> {
    static SHORT: LazyLock<Regex> = LazyLock::new(|| {
        const VERBS: &str = "加快|协调|推进|推动|建设|实施|启动|开工|力促|建成|支持|打造|确保|力争|投运|投用|提速|通车|续建|新开工|新建|完成|改造|扩建|开建|启用|打通|抓好|和|、";
        Regex::new(&format!(r"(?:{VERBS})+(?P<item>\p{{Han}}{{2,6}}至\p{{Han}}{{2,6}}|[\p{{Han}}A-Z0-9]{{2,6}})(?P<mark>[、和及与])$"))
            .expect("the pattern of shared endings is well formed")
    });
    // 赣州至梅州、安康至恩施铁路: behind a comma a row goes on without a verb.
    static OPENS: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^(?P<item>\p{Han}{2,6}至\p{Han}{2,6}|\p{Han}{2,4})(?P<mark>[、和及与])$").expect("the pattern of rows is well formed")
    });
    if !before.ends_with(['、', '和', '及', '与']) {
        return Vec::new();
    }
    let shared = shared_kind(document, name);
    let mut out = Vec::new();
    let mut end = before.len();
    // 敦煌、嘉峪关|和|庆阳机场: what no 、 parts is a place.
    // 兰州|与|西宁城际铁路: a line joins its ends.
    let points = ["机场", "港", "泵站", "水厂", "码头", "电站", "高铁站", "客运站"].iter().any(|end| name.contains(end));
    let short = |c: regex::Captures<'_>| {
        let item = c.name("item")?;
        // …三期|规划|、云溪机场…: a verb is no name.
        let verb = named::opens_with_building(item.as_str()) && item.as_str().chars().count() == 2;
        // 云溪机场扩建|工程和|石桥、鹿门机场
        let work = ["工程和", "项目和"].iter().find(|work| item.as_str().starts_with(**work)).map_or(0, |work| work.len());
        (!verb && &c["mark"] == "、" || points && named::is_place(item.as_str())).then(|| (item.start() + work, item.end()))
    };
    let opens =
        |before: &str| OPENS.captures(before).filter(|c| !named::builds(before) && opens_as_own(document, &c["item"])).and_then(short);
    while let Some((start, stop)) = SHORT.captures(&before[..end]).and_then(short).or_else(|| opens(&before[..end])) {
        let item = &before[start..stop];
        let kind = kind_completing(document, item, name).unwrap_or(shared);
        if kind.is_empty() || name.contains('型') && !item.ends_with('型') {
            break;
        }
        let own = if has_ending(item) || item.contains(kind) { "" } else { kind };
        out.push((Span::new(start, stop), format!("{item}{own}")));
        end = start;
    }
    out
}

/// What completes each item of a list that is a place and nothing more: what stands behind the place of the next item that says more.
fn wholes<'n>(document: &Document<'_>, items: &[&'n str]) -> Vec<&'n str> {
    let mut next = None;
    let mut out: Vec<&str> = Vec::with_capacity(items.len());
    for item in items.iter().rev() {
        let place = named::is_place(item);
        out.push(next.filter(|_| place).and_then(|name| kind_completing(document, item, name)).unwrap_or(""));
        next = if place { next } else { Some(*item) };
    }
    out.reverse();
    out
}

/// What completes a place or a route by the name after it, all of it that stands behind its own place or route: `荆州|、宜昌|港码头扩建工程`,
/// `北京至武汉|、武汉至广州|铁路客运专线`.
fn kind_completing<'n>(document: &Document<'_>, item: &str, name: &'n str) -> Option<&'n str> {
    static ROUTE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^\p{Han}{2,6}?至\p{Han}{2,6}?(?P<kind>(?:城际|高速|快速|普速|客运|货运|输油|输气|天然气|成品油|原油)?(?:铁路|高铁|公路|高速|城际|专线|通道|航道|管道|管线).*)$")
            .expect("the pattern of routes is well formed")
    });
    if item.contains('至') {
        let kind = ROUTE.captures(name).filter(|_| !ROUTE.is_match(item))?.name("kind")?.as_str();
        // 兰州至成都、兰州至张掖|铁路|增建三四线: what is done to the last line, or beside it, is its own.
        return Some(["增建", "沿线", "两侧", "周边"].iter().filter_map(|end| kind.find(end)).min().map_or(kind, |at| &kind[..at]));
    }
    let place =
        place::find_within(name, document.front.region).into_iter().next().filter(|found| found.start == 0 && named::is_place(item))?;
    let kind = &name[place.end..];
    let is_kind = (2..=12).contains(&kind.chars().count()) && ends_as_work(kind) && !kind.contains(['至', '和', '、']);
    is_kind.then_some(kind)
}

/// Works in general are no projects: 高速铁路, 农村公路, 控制性枢纽.
fn is_kind_of_work(name: &str) -> bool {
    let general = [
        "等",
        "的",
        "各",
        "系列",
        "一批",
        "一体",
        "条",
        "全市",
        "全省",
        "县级",
        "一个",
        "若干",
        "有条件",
        "以上",
        "由",
        "向",
        "本地",
        "我",
        "将",
        "推进",
        "换",
    ]
    .iter()
    .any(|w| name.contains(w));
    // 云溪县鹿门5万千瓦风储一体化电站
    let sized = name.contains(|c: char| c.is_ascii_digit()) && name.contains("一体");
    if is_line(name) || named::is_numbered_road(name) {
        return false;
    }
    general && !is_phase(name) && !sized
        || is_road_of_a_place(name)
        || WORK_ENDS.each_in(name).any(|(at, end)| at == 0 && end == name.len())
        || name.chars().count() < 3
        || opens_as_work_kind(name) && !name.starts_with("城市规划")
}

/// `支持|云溪县公路|建设`: the roads of a place are no one road.
fn is_road_of_a_place(name: &str) -> bool {
    ["公路", "道路", "铁路"].iter().filter_map(|road| name.strip_suffix(road)).any(named::is_place)
}

/// `在建项目（168个）`, `交通（3个）`: a row that heads others says how many they are.
fn counts_its_rows(name: &str) -> bool {
    let counted = closing_brackets(name).and_then(|(_, inside)| inside.trim_start_matches('共').strip_suffix(['个', '项']));
    counted.is_some_and(|count| !count.is_empty() && count.bytes().all(|b| b.is_ascii_digit()))
}

/// A row of a project table: its head has 项目名称.
fn from_row(document: &Document<'_>, block: &Block, table: &Table, row: usize) -> Option<Draft> {
    let column = |words: &[&str]| table.column(|label| words.iter().any(|w| label.contains(w)));
    let name_at = column(&["项目名称", "工程名称"])?;
    // 项目名称 | 实施机关 | 设定依据: what is permitted, not built.
    if column(&["实施机关", "审批", "许可", "设定依据", "实施依据"]).is_some() {
        return None;
    }
    let row = &table.rows[row];
    let cell = |at: Option<usize>| at.and_then(|k| row.cells.get(k)).filter(|c| !c.reading.text().trim().is_empty());
    let name = cell(Some(name_at)).filter(|_| row.kind == RowKind::Data)?.name();
    // 一 | 整机制造 among 1, 2, 3: the name of a group.
    let heads = cell(column(&["序号", "编号"])).is_some_and(Cell::is_ordinal);
    let numbered = || table.rows.iter().any(|row| row.cells.first().is_some_and(Cell::is_number));
    if counts_its_rows(&name) || heads && numbered() {
        return None;
    }
    let text = Text { reading: &block.reading, section: block.section, time: None, is_cell: true };
    let mut body = project(document, &text, &name, table.caption.clone(), None);
    let text = |c: &Cell| c.reading.text().trim().to_owned();
    if let Some(content) = cell(column(&["建设内容", "建设规模", "主要内容", "内容"])) {
        body.content = text(content);
    }
    body.owner = cell(column(&["建设单位", "项目单位", "实施主体", "业主", "企业名称", "实施单位"])).map(Cell::name).or(body.owner);
    body.place = cell(column(&["建设地点", "地点", "所在地", "属地"])).map(Cell::name).or(body.place);
    body.investment = cell(column(&["总投资", "投资"])).map(text);
    body.period = cell(column(&["建设年限", "建设周期", "起止年限", "建设期", "起止时间"])).map(text);
    body.lead =
        cell(column(&["责任单位", "牵头单位", "责任部门"])).map(|c| unit_names(document, &units::read(&c.reading, c.reading.all()).names));
    Some(drafted(row.span, block.section, "project-row", body))
}
