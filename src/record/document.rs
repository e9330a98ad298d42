//! What is known of the document? Title, issuer, region, number, date, addressees, genre, period, attachments.
//!
//! `国务院关于…的指导意见` / `国发〔2018〕42号` / `2018年12月21日`: a 意见 of the 国务院.

use super::{Body, Document, DocumentFields, Draft, Extractor};
use crate::layout::{Block, FieldLabel, GENRES, Kind, MarkerKind, Outline, document_number};
use crate::lexicon::agency;
use crate::lexicon::place::{self, Place, Rank};
use crate::mention::period::{self, Period};
use crate::source::Meta;
use crate::text::cited::plain;
use crate::text::{AnyOf, Span, closing_brackets, date, opening};
use regex::Regex;
use std::collections::HashMap;
use std::sync::LazyLock;

/// What the document's front and back say of it.
#[derive(Debug, Clone, Default)]
pub struct Front {
    /// The title; the carried document's where a notice carries one.
    pub title: Option<String>,
    /// 发文机关.
    pub issuer: Option<String>,
    /// The place that it governs; None for the whole country.
    pub region: Option<&'static Place>,
    /// 文号.
    pub number: Option<String>,
    /// The day it was written, ISO.
    pub issued: Option<String>,
    /// 主送机关.
    pub addressees: Vec<String>,
    /// The word of its genre.
    pub genre: Option<String>,
    /// The years it plans for.
    pub period: Option<Period>,
    /// Titles of attachments.
    pub attachments: Vec<String>,
}

/// Reads the one record of the document itself.
pub struct Documents;

impl Extractor for Documents {
    fn extract(&self, document: &Document<'_>, drafts: &mut Vec<Draft>) {
        let front = &document.front;
        let source = document.source;
        let title = document.outline.blocks.iter().find(|b| !matches!(b.kind, Kind::Furniture));
        let span = front_span(document).or(title.map(|b| b.span)).unwrap_or(Span::new(0, 0));
        let body = DocumentFields {
            issuer: front.issuer.clone(),
            region: front.region.map(|p| p.name.to_owned()),
            number: front.number.clone(),
            issued: front.issued.clone(),
            addressees: front.addressees.clone(),
            genre: front.genre.clone(),
            period: front.period.clone(),
            attachments: front.attachments.clone(),
            source: source.path.clone(),
            encoding: source.encoding.to_owned(),
            sha256: source.sha256.clone(),
            chars: document.chars(),
        };
        drafts.push(Draft { span, section: None, rule: "document-front", body: Body::Document(Box::new(body)) });
    }
}

/// The title's lines in the text.
fn front_span(document: &Document<'_>) -> Option<Span<crate::text::Original>> {
    let title = document.front.title.as_deref()?;
    let outline = &document.outline;
    let range = outline.titles.iter().find(|r| outline.title_text(r) == title).or(outline.titles.first())?;
    Some(outline.blocks[range.start].span.join(outline.blocks[range.end - 1].span))
}

static CARRIES: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^《(?<title>[^《》]{4,80}(?:〈[^〉]+〉[^《》]*)?)》.{0,60}?(?:印发|转发|颁布|公布|发布)(?:给|你们|实施|，请|，)")
        .expect("the pattern of carrying notices is well formed")
});

/// A title without the number in brackets behind it: `关于…的实施意见（云政〔2031〕7号）`.
fn without_number(title: String, titles: usize) -> String {
    match closing_brackets(&title) {
        Some((bare, inside)) if titles == 1 && !bare.ends_with('》') && document_number(inside).is_some() => bare.trim_end().to_owned(),
        _ => title,
    }
}

impl Front {
    /// Reads the front from the structure and from what is known besides (`meta` wins nothing over the text but fills it).
    pub fn read(meta: &Meta, outline: &Outline) -> Front {
        let blocks = &outline.blocks;
        let first_heading = blocks.iter().position(|b| matches!(b.kind, Kind::Heading | Kind::Row(..))).unwrap_or(blocks.len());
        let head = &blocks[..first_heading];
        let (ordered_by, order) = order(head).unzip();
        let field = |label| fields(blocks).find(|(l, _)| *l == label).map(|(_, value)| value.to_owned());
        let printed: Vec<String> = outline.titles.iter().map(|r| outline.title_text(r)).collect();
        let title = title(head, &printed, field(FieldLabel::Title).or_else(|| meta.title.clone()))
            .map(|title| without_number(title, printed.len()));
        let notice = printed.first().cloned().or_else(|| field(FieldLabel::Title)).or_else(|| meta.title.clone());
        let number = head
            .iter()
            .find(|b| b.kind == Kind::Number)
            .and_then(|b| document_number(b.reading.text()).map(str::to_owned))
            .or_else(|| field(FieldLabel::Number).filter(|n| n.contains('号')))
            .or(order)
            // 关于…的实施意见（云政〔2031〕7号）
            .or_else(|| document_number(closing_brackets(printed.first()?)?.1).map(str::to_owned))
            .or_else(|| meta.number.clone());
        let signed = signature(blocks);
        let issued = issued(blocks, &field, meta.issued.as_deref());
        let addressees = head.iter().find(|b| b.kind == Kind::Salutation).map_or_else(Vec::new, |b| addressees(b.reading.text()));
        let headed = red_head(head).or(ordered_by);
        let session = session(head);
        let sources = [signed.as_deref(), headed.as_deref(), title.as_deref(), notice.as_deref(), session.as_deref()];
        let region = region(sources, number.as_deref(), field(FieldLabel::Issuer).as_deref())
            .or_else(|| meta.region.as_deref().and_then(place::by_name))
            .or_else(|| own_place(title.as_deref(), signed.as_deref(), outline));
        let by =
            named_issuer(signed.or(headed), notice.as_deref(), number.as_deref(), field(FieldLabel::Issuer), region, &addressees, head)
                .or_else(|| meta.issuer.clone());
        let genre = title.as_deref().and_then(genre).or_else(|| notice.as_deref().and_then(genre));
        let year = issued.as_deref().and_then(|d| d.get(..4)?.parse().ok());
        let period = plan_period(title.as_deref(), outline, year);
        Front { title, issuer: by, region, number, issued, addressees, genre, period, attachments: attachments(outline) }
    }
}

impl Front {
    /// The word for the whole of the document's place: by its region, for a national issuer 全国, else the one that the text
    /// uses most.
    pub(super) fn scope(&self, outline: &Outline) -> Option<&'static str> {
        if let Some(place) = self.region {
            return Some(place.word_for_whole());
        }
        if self.issuer.as_deref().is_some_and(|i| ["国务院", "国家", "中共中央", "中华人民共和国"].iter().any(|body| i.starts_with(body)))
        {
            return Some("全国");
        }
        let mut said: HashMap<&str, usize> = HashMap::new();
        for text in outline.blocks.iter().map(|b| b.reading.text()).filter(|text| WHOLE.is_in(text)) {
            let wholes = WHOLE.each_in(text).filter(|(start, end)| text[*start..].starts_with('我') || !ranks(text, *start, *end));
            wholes.for_each(|(start, end)| *said.entry(&text[start + '全'.len_utf8()..end]).or_default() += 1);
        }
        let count = |word: &str| said.get(&word['全'.len_utf8()..]).copied().unwrap_or(0);
        let most = place::WHOLE.into_iter().map(|word| (count(word), word)).rev().max_by_key(|(n, _)| *n);
        // A city's text compares itself with 全国 too.
        most.filter(|(n, word)| *n > if *word == "全国" { 2 } else { 0 }).map(|(_, word)| word)
    }
}

/// The words for the whole of a place; 我市 is said of it too.
static WHOLE: LazyLock<AnyOf> = LazyLock::new(|| {
    let own: Vec<String> = place::WHOLE.iter().filter(|word| **word != "全国").map(|word| word.replace('全', "我")).collect();
    AnyOf::new(place::WHOLE.into_iter().chain(own.iter().map(String::as_str)))
});

/// Whether a word for the whole of a place tells of its rank there: `居全省第四`, `增速全省领先`.
fn ranks(text: &str, start: usize, end: usize) -> bool {
    text[..start].ends_with(['居', '列', '在', '占', '获', '为', '是'])
        || ["第", "前", "首", "领先", "先进", "唯一", "平均", "的"].iter().any(|word| text[end..].starts_with(word))
}

fn fields(blocks: &[Block]) -> impl Iterator<Item = (FieldLabel, &str)> {
    blocks.iter().flat_map(|block| match &block.kind {
        Kind::Fields(fields) => fields.iter().map(|f| (f.label, block.reading.slice(f.value))).filter(|(_, v)| !v.is_empty()).collect(),
        _ => Vec::new(),
    })
}

/// The title: that of the document which a notice carries, where the notice says so, else the first printed.
fn title(head: &[Block], printed: &[String], given: Option<String>) -> Option<String> {
    let carried = head.iter().filter(|b| b.kind == Kind::Paragraph).find_map(|b| carried_title(b.reading.text()));
    if let Some(carried) = carried {
        let as_printed =
            printed.iter().find(|t| same_title(t, &carried)).or_else(|| printed.iter().skip(1).find(|t| near_title(t, &carried)));
        return as_printed.cloned().or(Some(carried));
    }
    let given = given.map(|t| t.chars().filter(|c| !c.is_whitespace()).collect::<String>()).filter(|t| !t.is_empty());
    printed.first().cloned().or(given).or_else(|| report_title(head))
}

/// The last title before 印发: `为落实《A规划》，制定了《B意见》，现印发给你们` carries B; a title inside a title is no end of it.
fn carried_title(text: &str) -> Option<String> {
    text.match_indices('《').rev().find_map(|(at, _)| CARRIES.captures(&text[at..]).map(|c| c["title"].to_owned()))
}

fn same_title(a: &str, b: &str) -> bool {
    plain(a).ends_with(&plain(b))
}

/// Whether a title printed below a notice is the one that the notice names in slightly other words:
/// `现将《…机器人创新发展实施方案》印发给你们` above `…机器人产业创新发展实施方案`.
fn near_title(printed: &str, named: &str) -> bool {
    let pairs = |t: &str| {
        let chars: Vec<char> = plain(t).chars().collect();
        chars.windows(2).map(|pair| (pair[0], pair[1])).collect::<std::collections::HashSet<_>>()
    };
    let (one, other) = (pairs(printed), pairs(named));
    genre(printed) == genre(named) && one.intersection(&other).count() * 4 >= one.len().max(other.len()) * 3
}

/// A first line that is short and no sentence serves as the title where nothing better stands: `云溪：十二项举措助渔具企业稳岗`.
fn report_title(head: &[Block]) -> Option<String> {
    let first = head.iter().find(|b| matches!(b.kind, Kind::Paragraph | Kind::Title))?;
    let text = first.reading.text().trim();
    (text.chars().count() <= 60 && !text.contains('。') && !text.ends_with(['，', '、', '：', '；'])).then(|| text.to_owned())
}

/// The name above the date that closes the document or its notice; of several that sign together the first. A long name may
/// run over two lines.
fn signature(blocks: &[Block]) -> Option<String> {
    const ENDINGS: &[&str] = &[
        "政府",
        "办公厅",
        "办公室",
        "委员会",
        "国务院",
        "委",
        "厅",
        "局",
        "部",
        "党委",
        "会",
        "院",
        "行署",
        "总局",
        "署",
        "领导小组",
        "指挥部",
    ];
    let mut name = String::new();
    for block in blocks.iter().skip_while(|b| b.kind != Kind::Signature) {
        if block.kind != Kind::Signature {
            // The first lines told no body: another signature may follow.
            name.clear();
            continue;
        }
        let line = block.reading.text();
        let line = line
            .split_once('（')
            .filter(|(_, note)| matches!(*note, "代章）" | "代）" | "盖章）" | "印章）" | "公章）"))
            .map_or(line, |(line, _)| line);
        name.push_str(first_body(line.split(' ').next().unwrap_or("").trim()));
        if ENDINGS.iter().any(|end| name.ends_with(end)) {
            return Some(name);
        }
    }
    None
}

/// `青海省统计局 国家统计局青海调查总队`: of two bodies on one line, set with or without a gap, the first.
fn first_body(line: &str) -> &str {
    let second = line.find("国家统计局").filter(|at| *at > 0 && agency::looks_like_unit(&line[..*at]));
    second.map_or(line, |at| &line[..at])
}

/// `某市某区人民政府办公室文件`: the red head above a number tells who issues.
fn red_head(head: &[Block]) -> Option<String> {
    let line = head.iter().take(3).map(|b| b.reading.text().trim()).find(|line| line.ends_with("文件"))?;
    let name: String = line.strip_suffix("文件")?.chars().filter(|c| !c.is_whitespace()).collect();
    let body = ["政府", "办公厅", "办公室", "委员会", "厅", "局"].iter().any(|end| name.ends_with(end));
    (body && (4..=30).contains(&name.chars().count()) && !name.contains(['，', '、', '《', '关'])).then_some(name)
}

/// `云溪省人民政府令` / `第198号`, on one line or two: who orders, and the number of the order.
fn order(head: &[Block]) -> Option<(String, String)> {
    static ORDER: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^(?P<by>\p{Han}{2,24})令(?P<number>第[0-9一二三四五六七八九十百零〇]{1,6}号)$")
            .expect("the pattern of orders is well formed")
    });
    let plain = |block: &Block| block.reading.text().chars().filter(|c| !c.is_whitespace()).collect::<String>();
    let lines: Vec<String> = head.iter().take(6).map(plain).collect();
    let both = lines.windows(2).map(<[String]>::concat);
    let found = lines.iter().cloned().chain(both).find_map(|line| Some(ORDER.captures(&line)?["by"].to_owned()).zip(Some(line)));
    found.filter(|(by, _)| agency::looks_like_unit(by) || by.ends_with("国务院"))
}

/// `在贵州省第十四届人民代表大会第四次会议上`, be it set over two lines: whose assembly a report was given to.
fn session(head: &[Block]) -> Option<String> {
    static SESSION: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"在(?<place>\p{Han}{2,14}?)(?:第?[一二三四五六七八九十]+届)(?:人民代表大会|人大)")
            .expect("the pattern of sessions is well formed")
    });
    let lines = head.iter().take(8).flat_map(|b| b.reading.text().chars().filter(|c| !c.is_whitespace()));
    Some(SESSION.captures(&lines.collect::<String>())?["place"].to_owned())
}

/// `临武县发展和改革局局长 林知渔`, `黄平县财政局`: the line between a report's title and its salutation that tells who gives it.
fn reporter(head: &[Block]) -> Option<String> {
    static POST: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^(?<who>\p{Han}{1,30}?(?:政府|委员会|办公室|[委局厅部院]))(?:党[委组]书记、)?(?:代|副)?(?:主任|局长|厅长|部长|院长|[省市县区州盟旗]长|主席)(?:\s*\p{Han}){0,6}$")
            .expect("the pattern of posts is well formed")
    });
    // 现在，我代表国务院，向大会报告政府工作; 受市人民政府委托，现将…报告如下
    static MANDATE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?:我(?:谨)?代表|受)(?P<who>国务院|[^，。]{0,10}?(?:人民政府|政府))(?:的?委托)?，")
            .expect("the pattern of mandates is well formed")
    });
    let mandate = || {
        let said = head.iter().map(|b| b.reading.text()).find(|text| text.contains("代表") || text.contains("委托"))?;
        Some(MANDATE.captures(said)?["who"].to_owned())
    };
    let title = head.iter().rposition(|b| b.kind == Kind::Title).map_or(0, |title| title + 1);
    let lines = head[title..].iter().take_while(|b| b.kind != Kind::Salutation).take(6);
    let posted = lines.filter(|b| b.kind == Kind::Paragraph).map(|b| b.reading.text().trim()).find_map(|line| {
        let named = POST.captures(line).map(|found| found["who"].to_owned());
        let unit = ["政府", "委员会", "局", "厅", "部"].iter().any(|end| line.ends_with(end)) && agency::looks_like_unit(line);
        named.or_else(|| unit.then(|| line.to_owned()))
    });
    posted.or_else(mandate)
}

/// The day: 成文日期 of the header, the date below the signature, the date below the title, 发布日期.
fn issued(blocks: &[Block], field: &dyn Fn(FieldLabel) -> Option<String>, given: Option<&str>) -> Option<String> {
    // 完成时限：2024年9月30日, 自2024年3月1日起施行: days of something else.
    let due = |before: &str| ["时限", "期限", "截止", "完成时间"].iter().any(|word| before.contains(word));
    let day = |text: &str| {
        let found = date::find_day(text).filter(|(at, _)| !due(&text[..at.start]) && !text[at.end..].starts_with('起'));
        found.map(|(_, day)| day.to_string())
    };
    // 川办函〔2015〕160号 2015年9月1日
    let line = blocks.iter().find(|b| b.kind == Kind::Date).and_then(|b| day(b.reading.text()));
    let beside = || blocks.iter().find(|b| b.kind == Kind::Number).and_then(|b| day(b.reading.text()));
    let below_title = blocks
        .iter()
        .take(25)
        .filter(|b| b.kind == Kind::Paragraph && b.reading.text().chars().count() <= 60)
        .find_map(|b| day(b.reading.text()));
    let ends = blocks
        .iter()
        .rev()
        .take(5)
        .filter(|b| matches!(b.kind, Kind::Paragraph | Kind::Signature) && b.reading.text().chars().count() <= 60)
        .find_map(|b| day(b.reading.text()));
    field(FieldLabel::Written)
        .and_then(|t| day(&t))
        .or(line)
        .or_else(beside)
        .or(below_title)
        .or_else(|| given.and_then(day))
        .or_else(|| field(FieldLabel::Published).and_then(|t| day(&t)))
        .or(ends)
}

/// `各市人民政府，省政府各直属单位：` parted at its commas.
fn addressees(text: &str) -> Vec<String> {
    let text = text.trim_end_matches('：');
    let mut out = Vec::new();
    let (mut depth, mut start) = (0i32, 0);
    for (at, c) in text.char_indices() {
        match c {
            '（' | '〔' => depth += 1,
            '）' | '〕' => depth -= 1,
            '，' | '；' if depth <= 0 => {
                out.push(text[start..at].trim().to_owned());
                start = at + c.len_utf8();
            }
            _ => {}
        }
    }
    out.push(text[start..].trim().to_owned());
    out.retain(|a| !a.is_empty());
    match out.as_slice() {
        [only] => bodies_in(only),
        _ => out,
    }
}

/// `各县市区人民政府、市直各相关单位`: without a comma the marks between whole bodies part them, those inside a name
/// (`各市、县人民政府`) don't.
fn bodies_in(text: &str) -> Vec<String> {
    let mut out: Vec<String> = Vec::new();
    for part in text.split('、') {
        match out.last_mut() {
            Some(last)
                if !["政府", "行署", "单位", "部门", "机构", "公司", "管委会", "委员会", "企业", "院校", "委", "局", "厅"]
                    .iter()
                    .any(|end| last.ends_with(end)) =>
            {
                last.push('、');
                last.push_str(part);
            }
            _ => out.push(part.to_owned()),
        }
    }
    out
}

/// The genre: the base word that the title ends with (`实施方案` is a 方案).
fn genre(title: &str) -> Option<String> {
    let of = |title: &str| {
        let bare = bare_title(title);
        GENRES.iter().find(|genre| bare.ends_with(**genre)).map(|genre| (*genre).to_owned())
    };
    carried_within(title).and_then(of).or_else(|| of(title))
}

/// `关于印发《云溪新区促进软件产业发展的若干政策措施》的通知`: the document that a notice's title says it carries.
fn carried_within(title: &str) -> Option<&str> {
    let (_, quoted) = title.split_once("印发《").or_else(|| title.split_once("转发《"))?;
    quoted.rsplit_once('》').map(|(carried, _)| carried).filter(|carried| !carried.contains('》'))
}

/// The title without a note at its end: `（2021—2025年）`, `（试行）`.
fn bare_title(title: &str) -> &str {
    let title = title.trim_end_matches('》');
    match closing_brackets(title) {
        Some((bare, _)) if !bare.is_empty() => bare,
        _ => title,
    }
}

/// The place that the document governs, from who signs it, its head, its titles, the assembly it was given to, else from its number.
fn region(texts: [Option<&str>; 5], number: Option<&str>, field: Option<&str>) -> Option<&'static Place> {
    let leading = |text: &str| {
        // 中共湖南省委办公厅关于…
        let text = text.strip_prefix("中共").unwrap_or(text);
        place::find_in(text)
            .into_iter()
            .find(|m| m.start == 0 || m.start <= 12 && text[..m.start].chars().all(|c| c.is_ascii_digit() || c == '年' || c == '《'))
            .map(|m| m.place)
            .filter(|p| p.rank <= Rank::NewArea)
    };
    texts
        .into_iter()
        .flatten()
        .find_map(|t| narrowest(t).or_else(|| leading(t)).or_else(|| carried_within(t).and_then(narrowest)))
        .or_else(|| number.and_then(|n| place::by_sign(n.split(['〔', '[', '（', '(', '【']).next()?).map(|(p, _)| p)))
        .or_else(|| field.and_then(leading))
}

/// The place of a document that nobody signs: the one that its title names (`数字广东建设2025年工作要点`); else the one named most of
/// those that it calls 我市 or 全省.
fn own_place(title: Option<&str>, signed: Option<&str>, outline: &Outline) -> Option<&'static Place> {
    let national = |text: &str| ["国务院", "国家", "中共中央", "全国", "中华"].iter().any(|word| text.contains(word));
    // 商务部办公厅 signs for no place, 市商务局 for its own.
    let placeless = signed.is_some_and(|by| !by.starts_with(['省', '市', '区', '县', '州', '自', '中']));
    if placeless || [title, signed].into_iter().flatten().any(national) {
        return None;
    }
    if let Some(place) = title.and_then(|t| place::find_in(t).into_iter().map(|m| m.place).find(|p| p.rank <= Rank::NewArea)) {
        return Some(place);
    }
    let texts = || outline.blocks.iter().take(OWN_PLACE_WITHIN).map(|b| b.reading.text());
    let said = texts().flat_map(|text| OWN.each_in(text).map(|(_, end)| &text[end - '省'.len_utf8()..end])).collect::<Vec<_>>();
    let times = |level: &str| said.iter().filter(|said| **said == level).count();
    let (said, level) = LEVELS.into_iter().map(|level| (times(level), level)).max_by_key(|(said, _)| *said)?;
    if said == 0 {
        return None;
    }
    let mut named: HashMap<&str, (usize, &'static Place)> = HashMap::new();
    for place in texts().flat_map(place::find_in).map(|m| m.place).filter(|p| p.rank <= Rank::NewArea && p.name.ends_with(level)) {
        named.entry(place.name).or_insert((0, place)).0 += 1;
    }
    let most = named.values().max_by_key(|(times, _)| *times)?;
    let clearly = named.values().all(|other| other.1.name == most.1.name || most.0 >= other.0 * 2);
    (most.0 >= 2 && clearly).then_some(most.1)
}

/// The levels of a place that a document calls its own.
const LEVELS: [&str; 4] = ["省", "市", "县", "区"];
/// `我省`, `全市`, `本县`.
static OWN: LazyLock<AnyOf> = LazyLock::new(|| {
    let words: Vec<String> = LEVELS.iter().flat_map(|level| ["我", "全", "本"].map(|own| format!("{own}{level}"))).collect();
    AnyOf::new(words.iter().map(String::as_str))
});

/// How many blocks from the start tell what a document calls its own place.
const OWN_PLACE_WITHIN: usize = 60;

/// `四川省成都市人民政府` governs 成都市: the last of the places that follow one another at the start.
fn narrowest(text: &str) -> Option<&'static Place> {
    let text = text.strip_prefix("中共").unwrap_or(text);
    let mut end = 0;
    let mut found = None;
    for m in place::find_in(text) {
        if m.start != end || m.place.rank > Rank::NewArea {
            break;
        }
        end = m.end;
        found = Some(m.place);
    }
    found
}

/// The issuer: who signs, whom the title names, whose sign the number bears, whom the header or the addressees imply.
fn named_issuer(
    signed: Option<String>,
    notice: Option<&str>,
    number: Option<&str>,
    field: Option<String>,
    region: Option<&'static Place>,
    addressees: &[String],
    head: &[Block],
) -> Option<String> {
    static TITLE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^(?<who>[^《》，。]{2,40}?)(?:关于|印发|转发|批转|专题会议|常务会议|会议纪要|公告|通告|令)")
            .expect("the pattern of titles is well formed")
    });
    static REPORT: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"(?:省|市|自治区|县|区|州|盟)?(?:人民)?政府工作报告").expect("the pattern of reports is well formed"));
    let from_title = notice.and_then(|t| TITLE.captures(t)).map(|c| c["who"].to_owned()).filter(|who| {
        ["政府", "办公厅", "办公室", "委员会", "国务院", "厅", "局", "部", "委", "会", "署", "院"].iter().any(|end| who.ends_with(end))
    });
    let of_region = |tail: &str| region.map_or_else(|| "国务院".to_owned(), |p| format!("{}{tail}", p.name));
    let from_number = number
        .and_then(|n| place::by_sign(n.split(['〔', '[', '（', '(', '【']).next()?))
        .and_then(|(p, office)| office.map(|o| format!("{}{o}", p.name)));
    let report = notice.filter(|t| REPORT.is_match(t)).and(region).map(|_| of_region("人民政府"));
    let says = |word: &str| head.iter().any(|b| b.reading.text().contains(word));
    let implied = (addressees.iter().any(|a| a.contains("政府各") || a.contains("政府直属") || a.contains("直属单位")) && region.is_some())
        .then(|| of_region(if says("政府办公厅") { "人民政府办公厅" } else { "人民政府" }));
    let reports = notice.and_then(genre).is_none_or(|genre| matches!(genre.as_str(), "报告" | "公报"));
    let given = || reporter(head).map(|who| full_name(&who, region));
    signed
        .or(from_title.map(|who| full_name(&who, region)))
        .or(report)
        .or_else(|| reports.then(given).flatten())
        .or(from_number)
        .or_else(|| field.map(|f| full_name(&f, region)))
        .or(implied)
}

/// `省政府办公厅` of a province is its 人民政府办公厅.
fn full_name(name: &str, region: Option<&'static Place>) -> String {
    let name: String = name.chars().filter(|c| !c.is_whitespace()).collect();
    let Some(region) = region else { return name };
    for level in ["省", "市", "自治区", "区", "县", "州"] {
        if let Some(rest) = name.strip_prefix(level).and_then(|r| r.strip_prefix("政府").or_else(|| r.strip_prefix("人民政府"))) {
            return format!("{}人民政府{rest}", region.name);
        }
    }
    name
}

/// How far, in bytes, the years of `规划期为2022—2025年` reach.
const LONGEST_TERM: usize = 60;

/// The years that the document plans for: from what it says of its term, from its title, from `从2011年起，连续3年`, from the years of its headings.
fn plan_period(title: Option<&str>, outline: &Outline, issued: Option<u16>) -> Option<Period> {
    // 2019年计划执行情况与2020年计划草案: of what was done and what is planned, the latter.
    let of = |text: &str| {
        let mut years = period::find(text, 0, text.len(), issued).into_iter().map(|m| m.period);
        if ["执行情况", "总结"].iter().any(|done| text.contains(done)) { years.next_back() } else { years.next() }
    };
    let stated = || {
        outline.blocks.iter().filter(|b| matches!(b.kind, Kind::Paragraph | Kind::Heading)).find_map(|b| {
            let text = b.reading.text();
            let at = text.find("规划期")?;
            let said = opening(&text[at..], LONGEST_TERM);
            period::find(said, 0, said.len(), issued).into_iter().next().map(|m| m.period).filter(Period::is_span)
        })
    };
    if let Some(period) = stated().or_else(|| title.and_then(of)).or_else(|| below_title(outline).and_then(of)) {
        return Some(period);
    }
    let run = outline.blocks.iter().filter(|b| matches!(b.kind, Kind::Paragraph | Kind::Heading)).find_map(|b| {
        let text = b.reading.text();
        text.contains("连续")
            .then(|| period::find(text, 0, text.len(), issued).into_iter().map(|m| m.period).find(Period::is_span))
            .flatten()
    });
    run.or_else(|| heading_years(outline)).or_else(|| assigned_year(outline))
}

/// `民用爆炸物品行业发展规划` / `（2016-2020年）`: brackets on the line below a title.
fn below_title(outline: &Outline) -> Option<&str> {
    let below = outline.titles.iter().filter_map(|title| outline.blocks.get(title.end));
    let in_brackets = |text: &&str| text.starts_with('（') && text.ends_with('）') && text.chars().count() <= 20;
    // （2015年5月18日）: the day of its issue.
    below.map(|block| block.reading.text().trim()).find(in_brackets).filter(|text| date::find_day(text).is_none())
}

/// `将2009年全市主要目标和工作任务分解给你们`: the year whose tasks a notice assigns.
fn assigned_year(outline: &Outline) -> Option<Period> {
    static ASSIGNED: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?P<year>(?:19|20)[0-9]{2})年[^，。；0-9]{0,24}(?:目标|任务|重点工作)[^，。；]{0,12}(?:分解|下达|分工)")
            .expect("the pattern of assigned years is well formed")
    });
    let first = outline.blocks.iter().take(12).filter(|b| b.kind == Kind::Paragraph);
    let year = first.filter_map(|b| ASSIGNED.captures(b.reading.text())).map(|found| found["year"].to_owned()).next()?;
    Some(Period::at(year))
}

/// From the first to the last year that headings name in brackets: `（一）启动实施阶段（2011年）`.
fn heading_years(outline: &Outline) -> Option<Period> {
    static BRACKETED: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"（((?:19|20)[0-9]{2})年(?:[^（）]{0,4}((?:19|20)[0-9]{2})年)?[^（）]{0,4}）$")
            .expect("the pattern of years in headings is well formed")
    });
    let years: Vec<String> = outline
        .sections
        .iter()
        .filter_map(|s| BRACKETED.captures(&s.heading))
        .flat_map(|c| [Some(c[1].to_owned()), c.get(2).map(|m| m.as_str().to_owned())])
        .flatten()
        .collect();
    Some(Period::between(years.iter().min()?.clone(), years.iter().max()?.clone())).filter(|_| years.len() > 1)
}

/// A title as a link to a file names it: `工作情况表.doc`.
fn without_file_type(title: &str) -> &str {
    [".docx", ".doc", ".pdf", ".xlsx", ".xls", ".wps", ".ofd", ".zip", ".rar"]
        .iter()
        .find_map(|end| title.strip_suffix(end))
        .unwrap_or(title)
}

/// The titles of attachments: their headings, or the list that `附件：` opens.
fn attachments(outline: &Outline) -> Vec<String> {
    let headed: Vec<String> = outline
        .sections
        .iter()
        .filter(|s| s.kind == Some(MarkerKind::Attachment) && !s.heading.is_empty())
        .map(|s| without_file_type(s.heading.trim_start_matches('：').trim()).to_owned())
        .collect();
    // Of those that the list names, not all may be printed.
    let listed = attachments_listed(outline);
    if listed.len() > headed.len() { listed } else { headed }
}

/// `附件：1.渔具名单` / `2.渔港名单`
fn attachments_listed(outline: &Outline) -> Vec<String> {
    let Some(at) = outline.blocks.iter().position(|b| b.reading.text().starts_with("附件：")) else { return Vec::new() };
    // 1.2024年重点工作清单: the number ends at its point, and the year is the title's.
    let item = |text: &str| {
        let text = text.trim_start();
        let number = text.trim_start_matches(|c: char| c.is_ascii_digit());
        let title = if number.len() < text.len() { number.strip_prefix(['.', '、', '．', ' ']).unwrap_or(text) } else { text };
        without_file_type(title.trim()).to_owned()
    };
    let mut out = vec![item(&outline.blocks[at].reading.text()["附件：".len()..])];
    let is_day = |text: &str| text.trim_end().ends_with('日') && text.contains('年');
    let numbered = |b: &&Block| {
        let text = b.reading.text();
        text.starts_with(|c: char| c.is_ascii_digit()) && text.chars().count() <= 60 && !is_day(text)
    };
    out.extend(outline.blocks[at + 1..].iter().take_while(numbered).map(|b| item(b.reading.text())));
    out.retain(|t| !t.is_empty());
    out
}
