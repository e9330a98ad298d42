//! Which parks, bases and zones does the document build or support? `推进建设A、B等10个重点园区`, `建好北方（沧州）物流基地`.

use super::named::{self, ListKind};
use super::{Body, Document, Draft, Extractor, ParkFields, Text};
use crate::layout::{Block, Kind};
use crate::lexicon::coined::{coined_opening, opens_coined};
use crate::lexicon::naming::{PARK_ENDS, ends_as_park, ends_as_work, is_called_park, opens_as_park_kind};
use crate::lexicon::place;
use crate::mention::list::List;
use crate::mention::{clause, enterprise};
use crate::text::fold::is_han;
use crate::text::{Cover, Folded, Span, opening};
use std::collections::HashSet;

/// Reads parks from lists and sentences.
pub struct Parks;

impl Extractor for Parks {
    fn extract(&self, document: &Document<'_>, drafts: &mut Vec<Draft>) {
        for (text, sentences) in document.prose() {
            for (sentence, lists) in sentences {
                for list in lists {
                    let of_parks = named::kind_of(&list.head) == ListKind::Park && is_list_of_parks(document, text.reading.text(), list);
                    // 壮大渤海新区、北戴河…示范区等重点承接平台: parks in a list of something wider;
                    // 实施鹿门临空产业园、石桥物流园等一批物流项目: parks among works that neither a count nor an enterprise makes projects.
                    let is_wide = match named::kind_of(&list.head) {
                        ListKind::Park => false,
                        ListKind::Focus => true,
                        ListKind::Project => {
                            let owned = |item: &Span<Folded>| enterprise::split_owner(&text.reading.text()[item.range()]).is_some();
                            list.declared.is_none() && named::builds(&list.verb) && !list.items.iter().any(owned)
                        }
                    };
                    let is_one = |item: &&Span<Folded>| of_parks || is_wide && is_park_name(document, &text.reading.text()[item.range()]);
                    let complete = is_complete(text.reading.text(), list);
                    drafts.extend(list.items.iter().filter(is_one).map(|item| item_of(document, &text, list, *item, complete)));
                }
                let mut listed = Cover::default();
                listed.extend(lists.iter().flat_map(|l| l.items.iter().copied().chain([l.head_span])));
                for clause in &sentence.clauses {
                    in_clause(document, &text, *clause, &listed, drafts);
                }
            }
        }
        // 根据《关于山东综合试验区总体方案的批复》: what a title names is not built here.
        drafts.retain(|draft| !(matches!(draft.body, Body::Park(_)) && document.in_title(draft.span)));
        lines(document, drafts);
        with_goals(document, drafts);
        in_headings(document, drafts);
    }
}

/// `云溪工业园规上工业总产值达到100亿元`: a park that a target is set for is one that the document develops.
fn with_goals(document: &Document<'_>, drafts: &mut Vec<Draft>) {
    let mut parks = Vec::new();
    for draft in drafts.iter() {
        let Body::Target(fields) = &draft.body else { continue };
        // 滨海新区: a place that happens to end as parks do is no park's name.
        let is_one = |name: &&str| is_park_name(document, name) && place::by_name(name).is_none();
        let Some(name) = fields.subject.as_deref().map(named::without_note).filter(is_one) else { continue };
        let reading = document.reading(draft.span);
        let Some(at) = reading.text().find(name) else { continue };
        let span = reading.locate(Span::new(at, at + name.len()));
        let body = Body::Park(park(document, draft.section, name.to_owned(), None));
        parks.push(Draft { span, section: draft.section, rule: "park-goal", body });
    }
    drafts.extend(parks);
}

/// `1.加快建设国家数字经济创新发展试验区`: the parks that headings build, where no sentence names them.
fn in_headings(document: &Document<'_>, drafts: &mut Vec<Draft>) {
    let mut found = Vec::new();
    let may_build = |block: &&Block| block.kind == Kind::Heading && !block.is_prose() && PARK_ENDS.is_in(block.reading.text());
    for block in document.outline.blocks.iter().filter(may_build) {
        let text = Text { reading: &block.reading, section: block.section, time: None, is_cell: false };
        let clauses = clause::sentences(block.reading.text(), 0).into_iter().flat_map(|sentence| sentence.clauses);
        clauses.for_each(|clause| in_clause(document, &text, clause, &Cover::default(), &mut found));
    }
    under_headings(document, &mut found);
    let name = |draft: &Draft| if let Body::Park(park) = &draft.body { park.name.clone() } else { String::new() };
    let named: HashSet<String> = drafts.iter().map(name).filter(|name| !name.is_empty()).collect();
    drafts.extend(found.into_iter().filter(|draft| !named.contains(&name(draft))));
}

/// `省级经济开发区` / `1、云溪经济开发区：实行一区多园`: a heading that calls parks, and those below it that are one each.
fn under_headings(document: &Document<'_>, found: &mut Vec<Draft>) {
    for block in document.outline.blocks.iter().filter(|block| block.kind == Kind::Heading) {
        let Some(at) = block.section else { continue };
        let (sections, text) = (&document.outline.sections, block.reading.text());
        let name = named::without_note(&sections[at].heading);
        let called = document.outline.list_above(at).map(|above| sections[above].heading.as_str()).filter(|heading| calls_parks(heading));
        let (Some(list), Some(start)) = (called, text.find(name)) else { continue };
        if is_park_name(document, name) && !named::builds(name) {
            let body = Body::Park(park(document, sections[at].parent, name.to_owned(), Some(list.to_owned())));
            let span = block.locate(Span::new(start, start + name.len()));
            found.push(Draft { span, section: block.section, rule: "park-heading", body });
        }
    }
}

/// Lines that are names and no more, one below the other: `名单`, `兰州高新技术产业开发区（生物医药）`, `西峰工业园区（数字经济）`. One alone
/// may be a title; it is a park's name where the heading above calls parks.
fn lines(document: &Document<'_>, drafts: &mut Vec<Draft>) {
    let mut run: Vec<Draft> = Vec::new();
    let mut close = |run: &mut Vec<Draft>, calls: bool| if run.len() > 1 || calls { drafts.append(run) } else { run.clear() };
    let mut called: Option<&str> = None;
    for (text, sentences) in document.prose().filter(|(text, _)| !text.is_cell) {
        let line = if let [(line, _)] = sentences { Some(line.span) } else { None };
        let heading = text.section.map(|at| document.outline.sections[at].heading.as_str()).filter(|heading| calls_parks(heading));
        let Some(span) = line.and_then(|line| line_name(document, text.reading.text(), line, heading.is_some())) else {
            close(&mut run, called.is_some());
            continue;
        };
        if heading != called {
            close(&mut run, called.is_some());
            called = heading;
        }
        let name = text.reading.slice(span).to_owned();
        let body = Body::Park(park(document, text.section, name, heading.map(str::to_owned)));
        run.push(Draft { span: text.locate(span), section: text.section, rule: "park-line", body });
    }
    close(&mut run, called.is_some());
}

/// `代表性化工园区`, `代表性开发区（工业园区）`: a heading that calls what stands below it parks.
fn calls_parks(heading: &str) -> bool {
    named::kind_of(named::without_note(heading)) == ListKind::Park
}

/// The name that a line is, without its mark and the note in brackets behind it; below a heading that calls parks (`called`) any
/// name that opens with a place is one: `陇南东盛国际商贸物流港`.
fn line_name(document: &Document<'_>, text: &str, line: Span<Folded>, called: bool) -> Option<Span<Folded>> {
    let name = named::without_note(text[line.range()].trim_end());
    let bare = name.trim_start();
    let short = (4..=30).contains(&bare.chars().count()) && bare.chars().all(|c| is_han(c) || c.is_alphanumeric());
    let end = line.start + name.len();
    let is_name = is_park_name(document, bare) || called && opens_with_place(document, bare) && bare.chars().count() >= 6;
    (short && !named::builds(bare) && is_name).then(|| Span::new(end - bare.len(), end))
}

/// A list without a count whose only item has no ending of its own (`东北地区等老工业基地`) gives an example, no park.
///
/// Nor do kinds of a thing (`烤烟、脆红李等种植基地`): an item without an ending must be a place, where no count says that each is one.
fn is_list_of_parks(document: &Document<'_>, text: &str, list: &List) -> bool {
    let item = |i: &Span<Folded>| &text[i.range()];
    list.declared.is_some()
        || list.items.iter().any(|i| ends_as_park(item(i)))
        || list.items.len() > 1
            && list.items.iter().any(|i| opens_with_place(document, item(i)))
            && list.items.iter().all(|i| opens_with_place(document, item(i)) || item(i).chars().count() <= 3 && opens_coined(item(i)))
        || is_list_of_place_names(text, list)
}

/// `加快推进水月、董地、鸡场坪等重点产业园区`: short names before a head of parks that are set apart, most of them coined.
fn is_list_of_place_names(text: &str, list: &List) -> bool {
    let item = |i: &Span<Folded>| &text[i.range()];
    // 桥头、沙田等镇农业园区
    let set_apart =
        ["重点", "省级", "市级", "国家级", "特色"].iter().any(|word| list.head.contains(word)) || list.head.starts_with(['镇', '乡']);
    let short = |name: &str| (2..=4).contains(&name.chars().count()) && name.chars().all(is_han);
    let coined = list.items.iter().filter(|i| opens_coined(item(i))).count();
    // 粤海电子、鹿岭液压等国家级…示范基地: what bears a level is somebody's.
    let ranked = ["国家级", "省级", "市级"].iter().any(|level| list.head.starts_with(level));
    // 金沙江、大渡河等水电基地
    let rivers = list.head.contains("水电")
        && list.items.len() > 1
        && list.items.iter().all(|i| {
            // 乌江、大渡河上游
            let river = ["上游", "中游", "下游"].iter().find_map(|part| item(i).strip_suffix(part)).unwrap_or(item(i));
            (2..=4).contains(&river.chars().count()) && river.ends_with(['江', '河'])
        });
    rivers
        || set_apart
            && list.items.len() > if ranked { 1 } else { 2 }
            && list.items.iter().all(|i| short(item(i)))
            && coined * 2 >= list.items.len()
}

fn opens_with_place(document: &Document<'_>, name: &str) -> bool {
    place::opens_within(name, document.front.region)
}

fn is_park_name(document: &Document<'_>, name: &str) -> bool {
    ends_as_park(name) && is_proper(document, name)
}

/// Whether the items are names as they stand; where no item has an ending of its own, the list's head completes all.
fn is_complete(text: &str, list: &List) -> bool {
    // 浦东新区、闵行区三个产业集聚区: a place that happens to end as parks do is no park's name.
    let own = |name: &str| ends_as_park(name) && place::by_name(name).is_none();
    // 上饶、抚州等开发区
    let of_places = ["开发区", "园区"].contains(&list.head.as_str()) && list.items.iter().all(|i| named::is_place(&text[i.range()]));
    !of_places
        && (is_generic(&list.head) || named::kind_of(&list.head) != ListKind::Park || list.items.iter().any(|i| own(&text[i.range()])))
}

/// A park by its name, with the place that it tells and the industry of the headings above.
fn park(document: &Document<'_>, section: Option<usize>, name: String, list: Option<String>) -> ParkFields {
    let (place, industry) = (named::place_in(document, &name), named::industry(document, section));
    ParkFields { name, place, industry, list, declared: None }
}

/// An item of a list as a park.
fn item_of(document: &Document<'_>, block: &Text<'_>, list: &List, item: Span<Folded>, complete: bool) -> Draft {
    let printed = &block.reading.text()[item.range()];
    let name = if complete { printed.to_owned() } else { format!("{printed}{}", list.head) };
    let body = ParkFields { declared: list.declared, ..park(document, block.section, name, Some(list.head.clone())) };
    Draft { span: block.locate(item), section: block.section, rule: "park-list", body: Body::Park(body) }
}

/// `重点园区`, `园区`: a head that says nothing of what its items are.
fn is_generic(head: &str) -> bool {
    ["园区", "基地", "开发区", "示范区"].iter().any(|noun| {
        head.strip_suffix(noun)
            .is_some_and(|q| ["", "重点", "特色", "产业", "重点产业", "重大", "专业", "主要", "新型", "现有"].contains(&q))
    }) && head != "基地"
}

/// The park that the words behind a name build: `建设|云溪智能产业园`, from byte to byte.
fn park_built(words: &str) -> Option<(usize, usize)> {
    let from = ["建设", "打造", "创建", "申创", "争创"].iter().find_map(|verb| words.strip_prefix(verb).map(|_| verb.len()))?;
    Some((from, from + named::name_end(&words[from..], &PARK_ENDS)?))
}

/// The parks that a clause builds or supports by name: `做强A产业园、B产业园和C高新区储能产业园`.
fn in_clause(document: &Document<'_>, text: &Text<'_>, clause: Span<Folded>, listed: &Cover<Folded>, drafts: &mut Vec<Draft>) {
    let words = text.reading.text();
    if !PARK_ENDS.is_in(&words[clause.range()]) || !named::builds(&words[clause.range()]) {
        return;
    }
    let first = drafts.len();
    let mut push = |span: Span<Folded>, name: &str, founder: Option<&str>, rule| {
        let body = park(document, text.section, name.to_owned(), None);
        let body = ParkFields { place: body.place.or(founder.map(str::to_owned)), ..body };
        drafts.push(Draft { span: text.locate(span), section: text.section, rule, body: Body::Park(body) });
    };
    let done_with = named::closes_with_building(&words[clause.range()]);
    let mut founder: Option<String> = None;
    let (mut seen, mut open) = (clause.start, 0);
    // 杭州、宁波、义乌跨境电商综试区: places whose parks the next name completes.
    let mut sharing: Vec<Span<Folded>> = Vec::new();
    let pieces = named::pieces(words, clause);
    let in_row = beside_proper(document, words, &pieces);
    let raised = pieces.last().is_some_and(|(last, _)| is_raised(&words[last.range()]));
    for ((piece, built), beside) in pieces.into_iter().zip(in_row) {
        let end = named::name_end(&words[piece.range()], &PARK_ENDS);
        let Some(end) = end.or_else(|| end_behind_place(document, &words[piece.range()])) else {
            if are_works(&words[piece.range()]) {
                drafts.truncate(first);
                return;
            }
            match place_that_shares(document, &words[piece.range()], !sharing.is_empty()) {
                Some(at) => sharing.push(Span::new(piece.start + at, piece.end)),
                None => sharing.clear(),
            }
            continue;
        };
        let mut span = Span::new(piece.start, piece.start + end);
        let before = &words[clause.start..span.start];
        // 支持云溪高新区建设|云溪智能产业园: the zone is told to build another park.
        let built_there = park_built(&words[span.end..piece.end]).filter(|_| named::is_told(before));
        let zone = built_there.map(|_| words[span.range()].to_owned());
        if let Some((from, to)) = built_there {
            span = Span::new(span.end + from, span.end + to);
        }
        founder = zone.or_else(|| place_that_founds(document, before)).or(founder.filter(|_| before.ends_with(['、', '和', '及', '与'])));
        if let Some(at) = words[span.range()].rfind('的').filter(|_| founder.is_some()) {
            // 在A区建设以企业牵引的|功能食品制造示范区
            span.start += at + '的'.len_utf8();
        }
        // 石桥轴承制造和|云溪北车基地: what stands before the 和 ends as no park does.
        if let Some(at) =
            words[span.range()].rfind('和').filter(|at| opens_with_place(document, &words[span.start + at + '和'.len_utf8()..span.end]))
        {
            span.start += at + '和'.len_utf8();
        }
        let name = &words[span.range()];
        let own = founder.as_deref().filter(|_| !is_kind(name) && name.chars().count() >= 5);
        let between = &words[seen..span.start];
        open += between.matches(['（', '〔']).count() as i64 - between.matches(['）', '〕']).count() as i64;
        seen = span.start;
        let rest = &words[span.end..piece.end];
        // 云溪产业集聚区推进扩园建设: the park stands as the subject of what is built; with a figure it is what the figure is of.
        let acts = span.start == clause.start
            && named::opens_with_building(rest)
            && !rest.contains(|c: char| c.is_ascii_digit())
            && !words[span.range()].starts_with('在')
            && place::by_name(&words[span.range()]).is_none();
        // 编制完成…新区|规划: a plan is made, not what it plans.
        let planned = rest.starts_with("规划") && !rest.starts_with("规划建设");
        let built = !planned && (built || named::is_carried_out(rest) || acts || done_with || raised);
        let named = own.is_some()
            || built
                && (is_proper(document, name)
                    || is_title(before, name)
                    || is_definite(before, name, rest)
                    || beside && name.chars().count() >= 5 && !is_kind(name) && !names_kind(name));
        // 规划云溪东港区|铁路专用线: a work of its own.
        // 推进洋口港区15万吨级航道建设, 梅山港区集装箱码头
        let port =
            name.ends_with("港区") && ["航道", "码头", "接收站", "泊位", "作业区", "工程", "铁路"].iter().any(|work| rest.contains(work));
        let of_work = port || ["铁路", "公路", "高速", "机场", "码头"].iter().any(|work| rest.starts_with(work));
        if open <= 0 && !listed.meets(span) && named && !of_work && closes_as_park(name) {
            let plain = sharing.iter().filter(|place| named::is_place(&words[place.range()])).count() * 2 >= sharing.len();
            let kind = kind_behind_place(document, name, plain).unwrap_or_default();
            for place in sharing.drain(..).filter(|place| !kind.is_empty() && !listed.meets(*place)) {
                push(place, &format!("{}{kind}", &words[place.range()]), None, "park-shared");
            }
            // 推动武威工业园区创建|国家经开区: the park that is to become one.
            let becomes = own.filter(|own| name.starts_with("国家") && ends_as_park(own));
            match becomes.and_then(|own| Some((own, words[clause.start..span.start].rfind(own)?))) {
                Some((own, at)) => push(Span::new(clause.start + at, clause.start + at + own.len()), own, None, "park-sentence"),
                None => push(span, name, own, "park-sentence"),
            }
        }
        sharing.clear();
    }
}

/// Which pieces stand in a row that a park with a name of its own opens: `桃花潭工业园、|电子渔具产业园|和|制冰装备产业基地`.
fn beside_proper(document: &Document<'_>, words: &str, pieces: &[(Span<Folded>, bool)]) -> Vec<bool> {
    // 云溪高新区、小微企业创业园: beside a zone stand kinds.
    let is_one = |piece: &str| {
        let name = named::name_end(piece, &PARK_ENDS).map_or("", |end| &piece[..end]);
        ["园", "基地", "城", "园区"].iter().any(|end| named::without_phase(name).ends_with(end)) && is_proper(document, name)
    };
    let joins = |pair: &[(Span<Folded>, bool)]| matches!(&words[pair[0].0.end..pair[1].0.start], "、" | "和" | "及" | "与");
    let mut beside = Vec::with_capacity(pieces.len());
    for row in pieces.chunk_by(|one, next| joins(&[*one, *next])) {
        let proper = row.len() > 1 && is_one(&words[row[0].0.range()]);
        beside.extend(row.iter().map(|_| proper));
    }
    beside
}

/// `力争A产业园、B工业园|建成国家级示范基地`: the parks of a row are raised to what the last of them is said to become.
fn is_raised(piece: &str) -> bool {
    let rest = named::name_end(piece, &PARK_ENDS).map_or("", |end| &piece[end..]);
    let becomes = ["建成", "创建", "创成", "升级为", "升格为", "晋升为", "打造成", "申报"].iter().any(|verb| rest.starts_with(verb));
    becomes && ends_as_park(rest)
}

/// `增强|石桥园区|整体功能`, `强化鹿门工业集中区道路配套`: where a park's short name ends that a place opens, whatever of it is made better.
fn end_behind_place(document: &Document<'_>, piece: &str) -> Option<usize> {
    // 石桥园区管委会, 石桥园区企业: who stands there is no park.
    // 昆山开发区|域, 苏州科技城|市: the ending goes on into another word.
    const BODIES: [&str; 22] = [
        "管委",
        "管理",
        "党工委",
        "企业",
        "公司",
        "集团",
        "医院",
        "学校",
        "内",
        "居民",
        "域",
        "化",
        "型",
        "城",
        "市",
        "镇",
        "区",
        "乡",
        "分局",
        "论坛",
        "式",
        "间",
    ];
    let (_, end) = PARK_ENDS.each_in(opening(piece, LONGEST_SHORT)).last()?;
    // 江苏工业园区: the parks of a province in general.
    let opens = || {
        let found = place::find_within(&piece[..end], document.front.region);
        // 西固园区: a short name that is a word besides, in a text about its city.
        let own = || document.front.region.and_then(|region| place::opening_within(&piece[..end], region));
        let first = found.into_iter().next().filter(|first| first.start == 0).or_else(own);
        first.is_some_and(|first| first.end < end && first.place.rank != place::Rank::Province)
    };
    (!BODIES.iter().any(|body| piece[end..].starts_with(body)) && opens()).then_some(end)
}

/// The longest short name of a park, in bytes.
const LONGEST_SHORT: usize = 30;

/// Whether a name ends as parks' names do, its phase, its note and its quotes left out; `马拉松体育公园` and `“出城入园”` don't.
fn closes_as_park(name: &str) -> bool {
    let bare = named::without_phase(name);
    bare.strip_suffix('”').map_or_else(|| ends_as_park(bare), is_called_park)
}

/// `A开发区、B加工区和C开发区工程`: what closes the names with 工程 lists works.
fn are_works(piece: &str) -> bool {
    PARK_ENDS.each_in(piece).any(|(_, end)| piece[end..].starts_with("工程") || piece[end..].starts_with("项目"))
}

/// Where the place starts that shares the kind of the next name: 宁波 of `宁波、义乌跨境电商综试区`, with its own words (`杨浦湾谷`).
fn place_that_shares(document: &Document<'_>, piece: &str, goes_on: bool) -> Option<usize> {
    // 突破发展|福山: a short name that is a word besides, in a text about its city.
    let last = |region| {
        piece
            .char_indices()
            .map(|(at, _)| at)
            .find(|at| place::opening_within(&piece[*at..], region).is_some_and(|m| at + m.end == piece.len()))
    };
    let found = place::find_within(piece, document.front.region).first().map(|m| m.start);
    let at = found.or_else(|| document.front.region.and_then(last)).or(goes_on.then_some(0))?;
    let own = &piece[at..];
    // 云溪港二期、鹿门国际陆港: a work is no place.
    // 成都国际汽车城、绵阳汽车产业园: nor is a town that is built.
    let town = own.ends_with('城') && own.chars().count() >= 5;
    let short = (2..=8).contains(&own.chars().count()) && own.chars().all(is_han) && !ends_as_work(own) && !town;
    let leads = piece[..at].is_empty() || named::builds(&piece[..at]) && piece[..at].chars().count() <= 8;
    // 百色、|来宾、梧州: a place whose name is a common word stands among places.
    let among = goes_on && own.chars().count() == 2;
    (short && leads && (at > 0 || among || opens_with_place(document, own) || opens_coined(own))).then_some(at)
}

/// `义乌|跨境电商综试区`, `嘉定马东|专业产业基地`: what of a name says the kind, behind the place and its own words.
///
/// Where the names before are places and no more (`plain`), all behind the last place is the kind: `南宁、梧州|泛铝件制造基地`.
fn kind_behind_place<'n>(document: &Document<'_>, name: &'n str, plain: bool) -> Option<&'n str> {
    let place = place::find_within(name, document.front.region).into_iter().next().filter(|m| m.start == 0)?;
    let rest = &name[place.end..];
    let kind = if plain { rest } else { &rest[coined_opening(rest).unwrap_or(0)..] };
    (kind.chars().count() >= 4 && !kind.starts_with("中国")).then_some(kind)
}

/// `支持包头打造|精品钢材基地`: whose park it is stands before the verb.
fn place_that_founds(document: &Document<'_>, before: &str) -> Option<String> {
    let before = before.strip_suffix('以').unwrap_or(before);
    let agent = ["打造", "建设", "创建"].iter().find_map(|verb| before.strip_suffix(verb))?;
    let near = agent.char_indices().rev().take(LONGEST_FOUNDER).last().map_or(0, |(at, _)| at);
    let agent = agent[near..].rsplit(['，', '。']).next()?;
    let agent = ["支持", "推动", "推进", "引导"].iter().find_map(|verb| agent.rsplit_once(verb)).map_or(agent, |(_, agent)| agent);
    let agent = agent.strip_prefix('在').unwrap_or(agent);
    let found = place::find_within(agent, document.front.region);
    let (first, last) = (found.first()?, found.last()?);
    let between = found.windows(2).all(|pair| matches!(&agent[pair[0].end..pair[1].start], "、" | "和" | ""));
    (first.start == 0 && last.end == agent.len() && between && last.place.rank != place::Rank::Province).then(|| agent.to_owned())
}

/// The longest words for who founds a park, in characters.
const LONGEST_FOUNDER: usize = 30;

/// Words that tell a kind, or a thing without a name.
fn is_kind(name: &str) -> bool {
    const KINDS: &[&str] =
        &["各", "一批", "等", "的", "我市", "我省", "全市", "全省", "一个", "由", "有关", "以", "现有", "该", "本", "作为", "成为"];
    KINDS.iter().any(|kind| name.contains(kind))
}

/// `争创|人工智能创新应用先导区`: what is applied for is a title that one place bears.
fn is_title(before: &str, name: &str) -> bool {
    let applied = ["争创", "创建", "申建", "申报", "申创", "获批", "入选"].iter().any(|verb| before.ends_with(verb));
    let title = ["试验区", "先导区", "先行区", "示范区", "示范基地", "创新基地", "开发区"].iter().any(|end| name.ends_with(end));
    applied && title && name.chars().count() >= 8 && !is_kind(name)
}

/// `建好|现代煤化工中试基地`, `碳纤维制品产业园|提质升级`: what is to be made better is there, and one, where no word calls it a kind.
fn is_definite(before: &str, name: &str, rest: &str) -> bool {
    let better = ["建好", "建强", "用好", "办好", "做优", "规划好"].iter().any(|verb| before.ends_with(verb))
        || ["提质升级", "提质扩容", "扩容升级", "提档升级", "扩区"].iter().any(|verb| rest.starts_with(verb));
    // 加快|空港物流园|前期工作, 开工建设|石油天然气化工产业园
    let length = name.chars().count();
    let begun = length >= 6 && ["开工建设", "动工建设", "动工兴建", "启动建设"].iter().any(|verb| before.ends_with(verb));
    let prepared = length >= 5 && rest.starts_with("前期");
    // 促进|骨科中药生产基地|建成投产
    let finished =
        ["建成投产", "建成投用", "竣工投产", "正式投产"].iter().any(|word| rest.starts_with(word)) && !before.ends_with(['类', '批']);
    (prepared || begun || (better || finished) && length >= 7) && !is_kind(name) && !opens_as_park_kind(name)
}

/// `特色产业园`, `万亩蔬菜基地`, `返乡农民工创业园`: in a row of parks a kind opens so, or joins two.
fn names_kind(name: &str) -> bool {
    const OPENS: [&str; 14] = ["现代", "农民", "中小", "小微", "返乡", "乡镇", "标准", "万", "千", "百", "农产品", "文化", "农业", "科技"];
    opens_as_park_kind(name) || OPENS.iter().any(|word| name.starts_with(word)) || name.contains('和')
}

/// Whether a name is one park's: it is marked as one's own and isn't a kind (`各类开发区`).
fn is_proper(document: &Document<'_>, name: &str) -> bool {
    !is_kind(name) && name.chars().count() >= 4 && (named::is_marked(document, name) || lies_in_zone(name))
}

/// `高新区|软件和信息服务基地`: a park of the one zone of its kind that the place has.
fn lies_in_zone(name: &str) -> bool {
    let zones = ["高新区", "经开区", "保税区", "综保区", "自贸区"];
    let kinds = ["高新", "新兴", "战略", "改革", "各", "创新"];
    let is_one = |own: &str| own.chars().count() >= 5 && is_called_park(own) && !kinds.iter().any(|kind| own.starts_with(kind));
    zones.iter().filter_map(|zone| name.strip_prefix(zone)).any(is_one)
}
