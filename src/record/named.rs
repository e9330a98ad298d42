//! What do named things share? The industry of the heading above them, the place in their name, the lists they stand in.

use super::{Document, Text};
use crate::layout::marker::{BULLETS, marker_at};
use crate::lexicon::coined::{coined_opening, opens_coined, opens_with_landmark};
use crate::lexicon::industry;
use crate::lexicon::naming::{PARK_ENDS, closing_verb_of_doing, ends_as_park, ends_as_work, is_called_park, leading_verb_of_doing};
use crate::lexicon::place::{self, Rank};
use crate::mention::list::{self, List};
use crate::text::{AnyOf, Folded, Span, closing_brackets, opening};
use regex::Regex;
use std::sync::LazyLock;

/// The kind of record that a list's head noun asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ListKind {
    /// 重点项目, 工程.
    Project,
    /// 园区, 基地, 开发区.
    Park,
    /// 领域, 产业链, 联盟 and every other.
    Focus,
}

/// The kind that a head noun names.
pub fn kind_of(head: &str) -> ListKind {
    if is_called_park(head) {
        ListKind::Park
    } else if list::PROJECT_HEADS.iter().chain(list::WORK_HEADS).any(|noun| head.ends_with(noun)) {
        ListKind::Project
    } else {
        ListKind::Focus
    }
}

/// The lists of all prose, each with its block.
pub fn lists<'a>(document: &'a Document<'_>) -> impl Iterator<Item = (Text<'a>, &'a List)> {
    document.prose().flat_map(|(text, sentences)| sentences.iter().flat_map(|(_, lists)| lists).map(move |l| (text.clone(), l)))
}

/// The verbs with which a document builds, extends or supports a named thing.
const BUILDING: &[&str] = &[
    "建设",
    "奖补",
    "服务保障",
    "保障",
    "新开工",
    "提速",
    "投用",
    "投运",
    "投产",
    "竣工",
    "落地",
    "协调",
    "运营",
    "通车",
    "争取",
    "建好",
    "建成",
    "打造",
    "推进",
    "推动",
    "支持",
    "发展",
    "加快",
    "壮大",
    "做大做强",
    "加大",
    "做大",
    "做强",
    "做优",
    "共建",
    "创建",
    "提升",
    "培育",
    "启动",
    "规划研究",
    "研究建设",
    "规划",
    "布局",
    "申建",
    "争创",
    "完善",
    "扶持",
    "实施",
    "开工",
    "新建",
    "续建",
    "改扩建",
    "扩建",
    "力促",
    "抓好",
    "做好",
    "确保",
    "完成",
    "谋划",
    "开展",
    "整合",
    "提质",
    "升级",
    "办好",
    "引进",
    "组建",
    "建强",
    "维修改造",
    "设立",
    "用好",
    "开通",
    "以",
    "围绕",
    "突出",
    "增强",
    "强化",
    "抓好",
    "重点",
    "贯通",
    "联动",
    "积极",
    "加强",
    "编制",
    "筹建",
    "推广",
    "高标准",
    "高水平",
    "兴建",
    "动工",
    "延伸",
    "改造",
    "启用",
    "开建",
    "打通",
    "拉通",
    "拓宽",
    "拓建",
    "做细",
    "做实",
    "修缮",
    "建造",
    "铺开",
];

/// What tells that a road has a number.
static ROAD_NUMBERS: LazyLock<AnyOf> = LazyLock::new(|| AnyOf::new(["国道", "省道", "县道", "市域铁路", "轨道交通", "地铁"]));

static BUILDS: LazyLock<AnyOf> = LazyLock::new(|| AnyOf::new(BUILDING.iter().copied()));

/// Whether a verb of building opens the words: `杨梅产业集聚区|推进扩园`.
pub fn opens_with_building(words: &str) -> bool {
    let words = ["力争", "大力", "加快", "全力", "积极", "要"].iter().find_map(|lead| words.strip_prefix(lead)).unwrap_or(words);
    BUILDING.iter().any(|verb| words.starts_with(verb)) || words.starts_with("动工")
}

/// Whether the words end with a verb that has somebody else do what follows: `支持|云溪高新区建设…`.
pub fn is_told(words: &str) -> bool {
    ["支持", "鼓励", "推动", "引导", "指导", "支撑", "协助", "助力"].iter().any(|verb| words.ends_with(verb))
}

/// Whether one of the verbs of building stands in the words.
pub fn builds(words: &str) -> bool {
    BUILDS.is_in(words)
}

/// A piece of so many bytes is no name, and no name stands at its end.
const LONGEST_PIECE: usize = 1_500;
/// The endings of names are shorter, in bytes.
const LONGEST_ENDING: usize = 24;
/// The places' names are shorter, in bytes.
const LONGEST_PLACE: usize = 120;

/// The things that a clause may name one after another: `做强A产业园、B产业园和C产业园` has three pieces. A piece is what stands
/// between the marks of a list, without the verbs that lead it; with it whether a verb of building leads it or the pieces
/// before it.
pub fn pieces(text: &str, clause: Span<Folded>) -> Vec<(Span<Folded>, bool)> {
    let words = &text[clause.range()];
    let built_from = BUILDS.first_end(words).unwrap_or(usize::MAX);
    let mut cuts: Vec<(usize, usize)> = Vec::new();
    let (mut depth, mut start) = (0i32, 0);
    for (at, c) in words.char_indices() {
        match c {
            '（' | '(' | '《' | '“' | '〔' => depth += 1,
            '）' | ')' | '》' | '”' | '〕' => depth -= 1,
            '、' if depth <= 0 => {
                cuts.push((start, at));
                start = at + c.len_utf8();
            }
            '和' | '及' | '与'
                if depth <= 0
                    && at - start <= LONGEST_PIECE
                    && !goes_on_with(&words[start..at], &words[at + c.len_utf8()..])
                    && (ends_as_park(words[start..at].trim_end_matches("建设"))
                        // 国道512线提升改造|和云溪大桥建设
                        || ROAD_NUMBERS.is_in(&words[start..at]) && is_numbered_road(without_verbs(&words[start..at]))
                        // 云溪电厂|以及一批自备电厂
                        || c == '及' && ends_as_work(words[start..at].trim_end_matches('以'))
                        || ends_as_work(words[start..at].trim_end_matches("建设"))
                        // 石桥水库维修加固|及云溪大桥
                        || ends_as_work(without_rebuilding(&words[start..at]))
                        // 留学人员创业园（鹿门园）|和云溪创业园
                        || closing_brackets(&words[start..at]).is_some_and(|(bare, _)| ends_as_park(bare))
                        // 平整土地300亩|和桃溪路、柳林路建设
                        || closes_with_amount(&words[start..at])
                        || joins_places(&words[start..at], &words[at + c.len_utf8()..])) =>
            {
                let end = if c == '及' { start + words[start..at].trim_end_matches('以').len() } else { at };
                cuts.push((start, end));
                start = at + c.len_utf8();
            }
            _ => {}
        }
    }
    cuts.push((start, words.len()));
    let mut out = Vec::new();
    for (from, to) in cuts.into_iter().filter(|(from, to)| to - from <= LONGEST_PIECE) {
        let item = words[from..to].trim_start_matches(BULLETS);
        // 新建云溪高速，以及|石桥大道东延, 往西|加快鹿门大桥建设
        let item = ["以及", "及"].iter().find_map(|joint| item.strip_prefix(joint)).unwrap_or(item);
        let item = TOWARDS
            .find(item)
            .map(|way| &item[way.end()..])
            .filter(|rest| BUILDING.iter().chain(&["力争"]).any(|verb| rest.starts_with(verb)))
            .unwrap_or(item);
        // （3）完成|云溪大道一期工程
        let item = item.strip_prefix('（').map_or(item, |_| marker_at(item).map_or(item, |marker| &item[marker.len..]));
        let bare = without_verbs(item);
        // “打通三江、建设两港”|启动桃溪河整治工程: the verb stood inside the quotes.
        let quoted = bare.find('”').filter(|close| !bare[..*close].contains('“'));
        let bare = quoted.map_or(bare, |close| without_verbs(&bare[close + '”'.len_utf8()..]));
        let from = to - bare.len();
        out.push((Span::new(clause.start + from, clause.start + to), built_from <= from));
    }
    out
}

/// `平整土地300亩`: what was counted ends here, and no name.
fn closes_with_amount(words: &str) -> bool {
    let mut last = words.chars().rev();
    last.next().is_some_and(|unit| "亩里米吨套户个座家项".contains(unit))
        && last.find(|c| !"平方立公万千".contains(*c)).is_some_and(|c| c.is_ascii_digit())
}

/// `香日德水库|及|配套灌溉工程`, `京杭运河|与|小清河航道连通工程`: what is joined is of one work.
fn goes_on_with(before: &str, after: &str) -> bool {
    let near = opening(after, LONGEST_PLACE).split(['、', '，', '。']).next().unwrap_or("");
    // 第二跑道|和|航站楼工程
    let of_airport = ["机场", "跑道", "航站楼"].iter().any(|part| before.ends_with(part))
        && ["跑道", "航站楼", "航站区", "滑行道"].iter().any(|part| near.starts_with(part));
    of_airport
        || ["配套", "附属", "相关"].iter().any(|word| near.starts_with(word))
        || ["连通", "联通", "连接"].iter().any(|word| near.contains(word))
}

/// `喀什|和|霍尔果斯经济开发区`: a place alone, or behind a verb of building, and another that opens a name.
fn joins_places(before: &str, after: &str) -> bool {
    if before.len() > LONGEST_PLACE {
        return false;
    }
    let last = place::find_in(before).pop().filter(|last| last.end == before.len());
    last.is_some_and(|last| last.start == 0 || builds(&before[..last.start]) && before[..last.start].chars().count() <= 6)
        && place::opens(opening(after, LONGEST_PLACE))
}

/// Whether words name a place and nothing more.
pub fn is_place(words: &str) -> bool {
    place::find_in(words).first().is_some_and(|first| first.start == 0 && first.end == words.len())
}

/// Which way a work leads out of the town, before the verb: `往西|加快鹿门大桥建设`, `向南开工…`.
static TOWARDS: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^[往向][东南西北]{1,2}").expect("the pattern of directions is well formed"));

/// A name without what was or will be put into it: `总投资3.26亿元的|县医院迁建项目`.
pub fn without_investment(piece: &str) -> &str {
    static INVESTED: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^\p{Han}{0,8}(?:总投资|投资)[约超近]?[0-9.]+[多余]?[万亿]?$").expect("the pattern of investments is well formed")
    });
    piece.split_once("元的").filter(|(lead, _)| INVESTED.is_match(lead)).map_or(piece, |(_, rest)| rest)
}

/// A piece without the verbs that lead it: `加快建设|A产业园`, `支持荷塘区创建|国家…基地`. A verb further in belongs to the name
/// (`乡村建设示范区`) unless a place stands before it or right after it.
fn without_verbs(piece: &str) -> &str {
    const BEFORE: &[&str] = &[
        "促进",
        "配合",
        "参与",
        "年内",
        "年底前",
        "上半年",
        "下半年",
        "指导",
        "协助",
        "协调",
        "商请",
        "还",
        "稳妥",
        "力争",
        "全面",
        "已将",
        "现有",
        "仅有",
        "深化",
        "大力",
        "全力",
        "扎实",
        "稳步",
        "有序",
        "持续",
        "基本",
        "或基本",
        "高起点",
    ];
    let mut bare = without_investment(piece);
    // 举全市之力|推进云溪开发区征地
    if let Some((_, rest)) = bare.split_once("之力").filter(|(lead, _)| lead.starts_with(['举', '倾', '以', '集'])) {
        bare = rest;
    }
    loop {
        let before = bare.len();
        let leading = BUILDING
            .iter()
            .filter(|verb| bare.starts_with(**verb))
            .max_by_key(|verb| verb.len())
            .copied()
            .or_else(|| leading_verb_of_doing(bare));
        if let Some(verb) = leading {
            let rest = bare[verb.len()..].trim_start_matches(['了', '好', ' ']);
            bare = if rest.chars().nth(2).is_some() { rest } else { bare };
        }
        // 研究|建造云溪博物馆, but 研究院
        bare = bare.strip_prefix("研究").filter(|rest| opens_with_building(rest)).unwrap_or(bare);
        // 已将|大连百万吨乙烯项目列入规划, 提升现有|临港基地, 大力|推进临港基地征地
        bare = BEFORE.iter().find_map(|lead| bare.strip_prefix(lead)).unwrap_or(bare);
        // 将|云溪县至鹿门高速公路项目纳入规划, but 将乐县
        bare = bare
            .strip_prefix('将')
            .filter(|rest| !place::opens(opening(bare, LONGEST_PLACE)) && place::opens(opening(rest, LONGEST_PLACE)))
            .unwrap_or(bare);
        let inner = BUILDS.each_in(bare);
        let parts = |(at, end): &(usize, usize)| {
            // 阿拉山口|重点开发开放试验区: a word that only says how is part of the name.
            if ["重点", "积极", "高标准", "高水平"].contains(&&bare[*at..*end]) {
                return false;
            }
            // 遵义高新区建设|孵化器, 云溪产业园力争动工建设|检测中心: the park is what the piece names.
            let before = opening(bare[..*at].trim_end(), LONGEST_PLACE);
            if !bare.starts_with('在') && name_end(before, &PARK_ENDS).is_some_and(|end| is_called_park(&before[..end])) {
                return false;
            }
            // 成渝合作共建|西部科学城, 高新区建设|孵化器: what is founded has a name of its own.
            let founds = ["共建", "创建", "争创", "申建", "打造", "建设"].iter().any(|verb| bare[*at..*end] == **verb);
            // 云溪管理区全力|推进鹿门示范区建设: so told how, it is a verb in no name.
            let how = ["全力", "大力", "积极", "扎实", "稳步", "着力"]
                .iter()
                .any(|way| bare[..*at].strip_suffix(way).is_some_and(|who| who.chars().count() > 2));
            if (founds || how) && *at > 0 && bare[*end..].chars().nth(3).is_some() {
                return true;
            }
            let (before, after) = (bare[..*at].trim(), opening(bare[*end..].trim_start(), LONGEST_PLACE));
            *at > 0 && (before.len() <= LONGEST_PLACE && is_place(before) || place::opens(after))
        };
        if let Some((_, end)) = inner.filter(parts).max_by_key(|(_, end)| *end) {
            bare = bare[end..].trim_start_matches(['了', '好', ' ']);
        }
        if bare.len() == before {
            return bare;
        }
    }
}

/// Where a name at the start of a piece ends: at the first ending after which no noun goes on.
pub fn name_end(piece: &str, endings: &AnyOf) -> Option<usize> {
    endings.each_in(piece).find_map(|(_, end)| {
        // 宿淮盐高速（泗阳段）: a short bracket belongs to the name.
        // 云溪物流园|一期（鹿门园）
        let phase = phase_length(&piece[end..]);
        let bracket = phase + note_length(&piece[end + phase..]);
        // 云溪机场|扩建工程, 云溪铁路|扩能改造: what is done to a work may close the name of what is built.
        // 云溪新区“人才合作示范区”|建设: so do quotes that it closes.
        let quote = if piece[end..].starts_with('”') && piece[..end].contains('“') { "”".len() } else { 0 };
        let end = end + bracket + quote + rebuilding(&piece[end + bracket..], endings);
        let rest = &piece[end..];
        // 云溪机场三期|扩建
        let goes_on = || endings.each_in(opening(rest, LONGEST_ENDING)).any(|(at, _)| at == 0);
        // 云溪机场|第二航站楼
        let numbered = || rest.starts_with('第') && endings.is_in(opening(rest, "第二航站楼".len()));
        (!goes_on() && !numbered() && ends_name(rest) && !rest.starts_with("实施方案")).then_some(end)
    })
}

/// How far the note goes that the words open with: `（泗阳段）`, also with brackets of two widths (`（鹿门园)`); 0 where there is none,
/// or a long one.
fn note_length(words: &str) -> usize {
    let close = words.strip_prefix(['（', '(']).and_then(|_| words.find(['）', ')']));
    close.filter(|at| *at <= 33).map_or(0, |at| at + words[at..].chars().next().map_or(0, char::len_utf8))
}

/// How far the words go that tell a phase: `一期`; 0 where none does.
fn phase_length(words: &str) -> usize {
    const PHASE: usize = "一期".len();
    let phase = words.get(..PHASE).is_some_and(|phase| phase.starts_with(['一', '二', '三', '四', '五', '六']) && phase.ends_with('期'));
    if phase { PHASE } else { 0 }
}

/// A park's name without its phase and its note: `云溪物流园` of `云溪物流园一期（鹿门园）`.
pub fn without_phase(name: &str) -> &str {
    let bare = without_note(name);
    let phase = bare.char_indices().rev().nth(1).map_or(bare.len(), |(at, _)| at);
    if phase_length(&bare[phase..]) > 0 { &bare[..phase] } else { bare }
}

/// What is done to a work that stands.
static REBUILDING: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:[东南西北]?(?:节点|互通|匝道|引桥|出入口))?(?:(?:改扩建|改建|扩建|扩容|扩能|电气化|快速化|智慧化|智能化|数字化|提标|改造|迁建|新建|提升|升级|提质|治理|整治|除险|加固|修复|建设|二期|一期|三期|[东西南北]延)+(?:工程|项目)|[东西南北]延续建|续建|改扩建|扩能升级|(?:扩能|升级|提质|提标|提升|拓宽|\p{Han}{2}化|综合)?改造(?:提升|升级)?|(?:保护)?修缮(?:利用)?|保护利用|活化利用)")
        .expect("the pattern of rebuilding is well formed")
});

/// How far the words go that name the rebuilding of the work before them: `扩建工程`, `除险加固工程`; 0 where they name none.
fn rebuilding(rest: &str, endings: &AnyOf) -> usize {
    REBUILDING.find(rest).filter(|_| endings.is_in("工程")).map_or(0, |found| found.end())
}

/// A work's name without the words that name its rebuilding: `柳林路` of `柳林路快速化改造`.
pub fn without_rebuilding(name: &str) -> &str {
    let rebuilt =
        name.char_indices().skip(1).map(|(at, _)| at).find(|at| REBUILDING.find(&name[*at..]).is_some_and(|m| at + m.end() == name.len()));
    rebuilt.map_or(name, |at| &name[..at])
}

/// Where a road ends that is told by its number and by what is done to it: `国道216线提升改造`, `104国道虹桥至乐成段改建`, `市域铁路S3线`.
pub fn numbered_road_end(piece: &str) -> Option<usize> {
    static NUMBERED: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(
            r"^(?:(?:(?:国道|省道|县道|[GSX])[0-9]{1,4}线?|[0-9]{2,4}(?:国道|省道|县道))(?:\p{Han}{2,12}?)?(?:改扩建|改建|扩建|扩容|改线|(?:提升|升级|路面|快速化|拓宽)?改造(?:提升|升级)?|绕越线|绕城线)|(?:城市轨道交通|轨道交通|市域铁路|城际铁路|地铁)[A-Z]?[0-9]{1,2}(?:号)?线(?:[一二三四五]期)?)(?:工程|项目)?",
        )
        .expect("the pattern of numbered roads is well formed")
    });
    let end = NUMBERED.find(piece)?.end();
    (piece[end..].starts_with('和') || ends_name(&piece[end..])).then_some(end)
}

/// Whether a name is that of a road told by its number.
pub fn is_numbered_road(name: &str) -> bool {
    numbered_road_end(name) == Some(name.len())
}

/// Whether the words after a name say what becomes of it, or end: `铁路|建设`, `大桥|改扩建步伐`.
pub fn ends_name(rest: &str) -> bool {
    const AFTER: &[&str] = &[
        "建设",
        "发展",
        "提",
        "扩",
        "升级",
        "做",
        "为",
        "等",
        "打造",
        "创建",
        "申报",
        "开展",
        "开工",
        "投",
        "竣工",
        "建成",
        "前期",
        "的",
        "高质量",
        "创新发展",
        "联动",
        "承接",
        "落地",
        "实施",
        "尽快",
        "尽早",
        "如期",
        "早日",
        "顺利",
        "正式",
        "基本",
        "开园",
        "开通",
        "开业",
        "获批",
        "纳入",
        "达产",
        "通车",
        "高标准",
        "新一轮",
        "第",
        "转场",
        "主体",
        "全线",
        "加快",
        "力争",
        "通航",
        "年内",
        "年底",
        "上半年",
        "下半年",
        "投入使用",
        "探索",
        "设立",
        "贯通",
        "蓄水",
        "纳规",
        "核准",
        "立项",
        "尽早",
        "争",
        "招商",
        "征地",
        "进度",
        "产业链",
        "基础设施",
        "开发建设",
        "规划",
        "空间",
        "千亿",
        "百亿",
        "搬迁",
        "选址",
        "步伐",
        "配套设施",
        "加速",
        "崛起",
        "展现",
        "焕发",
        "完成工程",
        "完成主体",
        "主线",
        "转型升级",
        "铺轨",
        "架梁",
        "征迁",
        "征拆",
        "中交",
        "环评",
        "可研",
    ];
    // 云溪大桥|2025年通车, but 地铁2号线, 云溪机场2期
    let dated =
        rest.starts_with(['1', '2']) && !rest.trim_start_matches(|c: char| c.is_ascii_digit()).starts_with(['号', '期', '#', '弄', '路']);
    rest.is_empty() || rest == "工作" || dated || AFTER.iter().any(|word| rest.starts_with(word)) || is_carried_out(rest)
}

/// What makes a name one thing's own: `盛乐|空港国际物流园` is one park, `农产品物流园` a kind.
///
/// A name is marked by a place, by words coined for it (`佳通工业园`, `陇电入浙工程`), by a capacity (`百万吨乙烯项目`),
/// by the state whose one trial it is (`国家数字经济创新发展试验区`), by its side of a place and nothing else (`西部科学城`), or by
/// quoted words that open it (`“一岭六县”产业合作发展试验区`).
pub fn is_marked(document: &Document<'_>, name: &str) -> bool {
    opens_quoted(name)
        || opens_latin(name)
        || opens_coined(name)
        || opens_with_landmark(name)
        || is_laboratory(name)
        || has_capacity(name)
        || is_national(name)
        || is_placed(document, name)
        || is_on_a_side(name)
}

/// `先进渔具省实验室`, `云溪国家实验室`: a laboratory of the province or the state bears its field or place; `省重点实验室` is a kind.
fn is_laboratory(name: &str) -> bool {
    let own = ["省实验室", "国家实验室"].iter().find_map(|end| name.strip_suffix(end));
    own.is_some_and(|own| own.chars().count() >= 3 && !["批", "领域", "企业", "类"].iter().any(|kind| own.ends_with(kind)))
}

/// The quoted word that opens a name, and the rest: `一岭六县` and `合作发展试验区`.
fn quoted_opening(name: &str) -> Option<(&str, &str)> {
    name.strip_prefix('“')?.split_once('”')
}

/// `“一岭六县”合作发展试验区`: a zone that a quoted word names.
fn opens_quoted(name: &str) -> bool {
    let is_zone = |kind: &str| ["试验区", "示范区", "先行区", "合作区", "先导区", "引领区"].iter().any(|zone| kind.ends_with(zone));
    quoted_opening(name).is_some_and(|(quoted, kind)| (2..=8).contains(&quoted.chars().count()) && is_zone(kind))
}

/// `CEPA|先行先试示范基地`: a zone that an agreement in Latin letters names.
fn opens_latin(name: &str) -> bool {
    let letters = name.chars().take_while(char::is_ascii_uppercase).count();
    letters >= 3 && ends_as_park(name)
}

/// `西部|科学城`, `东部|新区`, `南部|物流枢纽`: the side is all that tells it from others of its kind.
fn is_on_a_side(name: &str) -> bool {
    let kind = ["东部", "西部", "南部", "北部"].iter().find_map(|side| name.strip_prefix(side));
    kind.is_some_and(|kind| match kind.chars().count() {
        length @ ..=6 => length <= 4 && ends_as_park(kind) || kind.ends_with("枢纽"),
        _ => false,
    })
}

/// Whether two or three coined characters are all that marks the name: `蓝莓产业项目`, unlike `陇电入浙工程`.
pub fn is_coined_shortly(document: &Document<'_>, name: &str) -> bool {
    let short = coined_opening(name).is_some_and(|end| name[..end].chars().count() < 4);
    short && !is_placed(document, name)
}

/// Whether a place stands in the name.
fn is_placed(document: &Document<'_>, name: &str) -> bool {
    name.starts_with("中国") && !name.starts_with("中国特色")
        || !place::find_within(name, document.front.region).is_empty()
        || document.front.region.is_some_and(|region| place::opening_within(name, region).is_some())
}

/// `750千伏河西走廊北通道`, `年产5万吨铜加工`, `百万吨乙烯`: the capacity that a work is built for, and what it is.
pub fn has_capacity(name: &str) -> bool {
    static CAPACITY: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(
            r"^(?:年产|日产|日处理|年处理)?(?:[0-9]+(?:\.[0-9]+)?[十百千万亿]*|[一二三四五六七八九十百千]*[百千万亿])(?:千伏安|千伏|千瓦时|千瓦|兆瓦|吨|标箱|英寸|立方米|方|台|辆|套)(?:级|/[年日天])?(?P<own>[0-9A-Z.]*\p{Han}{4,})",
        )
        .expect("the pattern of capacities is well formed")
    });
    let own = CAPACITY.captures(name).and_then(|found| found.name("own"));
    own.is_some_and(|own| !["以上", "以下", "以内", "左右", "及", "和", "或"].iter().any(|word| own.as_str().starts_with(word)))
}

/// `“东数西算”工程`: a work that a quoted word names.
pub fn is_quoted(name: &str) -> bool {
    // 市区|“不夜港”工程
    let quote = name.find('“').filter(|at| name[..*at].chars().count() <= 2).unwrap_or(0);
    quoted_opening(&name[quote..]).is_some_and(|(quoted, rest)| {
        let work = ["工程", "通道", "公路", "大道", "铁路", "大桥"].iter().any(|end| rest.ends_with(end));
        quoted.chars().count() >= 2 && rest.chars().count() <= 12 && work && !rest.contains(['和', '及', '“', '、'])
    })
}

/// `国家数字经济创新发展试验区`: what the state tries or leads in one field; `国家级示范区` and `国家重点实验室` are kinds.
fn is_national(name: &str) -> bool {
    const TRIALS: &[&str] = &["试验区", "先导区", "先行区", "示范区", "实验室", "创新中心"];
    // 国家|完善科普基地: the state is who does it.
    let does = |own: &str| ["级", "强化", "完善", "重点"].iter().any(|word| own.starts_with(word)) || leading_verb_of_doing(own).is_some();
    name.strip_prefix("国家").is_some_and(|own| !does(own)) && name.chars().count() >= 10 && TRIALS.iter().any(|end| name.ends_with(end))
}

/// Whether what follows a name says that it is built: `项目|已列入规划`, `基地|建设成效初显`, `运河|前期工作`.
pub fn is_carried_out(rest: &str) -> bool {
    let rest = ["已经", "已", "正式", "全面"].iter().find_map(|lead| rest.strip_prefix(lead)).unwrap_or(rest);
    let rest = ["加快", "全面", "顺利", "如期", "滚动", "尽快", "尽早", "早日", "基本"]
        .iter()
        .find_map(|way| rest.strip_prefix(way))
        .unwrap_or(rest);
    comes_into_use(rest)
        || [
            "建设",
            "推进",
            "进展",
            "首车下线",
            "列入",
            "纳入",
            "启动",
            "落地",
            "规划实施",
            "前期",
            "投入使用",
            "投入运营",
            "完成核准",
            "核准",
            "开园",
            "开通",
            "开业",
            "贯通",
            "全线",
            "主体工程",
            "主体完工",
            "主体封顶",
            "主体结构",
            "完成工程",
            "完成主体",
        ]
        .iter()
        .any(|word| rest.starts_with(word))
}

/// Whether what follows a name says that it comes into use or is begun: `项目|年内达产`.
pub fn comes_into_use(rest: &str) -> bool {
    const TIMES: [&str; 10] = ["年内", "年底前", "上半年", "下半年", "今年", "明年", "尽快", "尽早", "早日", "全部"];
    let rest = TIMES.iter().find_map(|time| rest.strip_prefix(time)).unwrap_or(rest);
    ["达产", "投产", "竣工", "建成", "开工", "动工", "开建", "投用", "投运", "通车"].iter().any(|word| rest.starts_with(word))
}

/// `确保…机场|建成投运`, `A高速、B高速|加快建设`: the clause says of all that it names that it is built by how it ends.
pub fn closes_with_building(clause: &str) -> bool {
    static CLOSES: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(
            r"(?x)^(?:确保|力争|争取|保证|实现|推动|促进).*(?:建成|竣工|通车|投运|投用|投产|开工|交工|贯通|蓄水)(?:建设|通车|投运|投用|投产|使用|运营|投入使用)?$
            | (?:加快|全面|顺利|正式|如期|稳步|相继|陆续|全部)(?:建设|推进|开工|开工建设|竣工|投产|通车|建成|建成投产|建成通车|投入使用|实施)$
            | (?:力争|确保|争取|年内|上半年|下半年|年底前|月底?前)[^，。]{0,12}(?:开工|竣工|通车|建成|投用|投产|投运|投入使用)(?:建设|通车|运营)?$
            | (?:开工建设|建成投产|建成通车|建成投用|竣工投产|进展顺利)$",
        )
        .expect("the pattern of endings is well formed")
    });
    CLOSES.is_match(clause.trim())
}

/// A name or title without the brackets that it ends in: `云溪高新区（生物医药）`.
pub fn without_note(title: &str) -> &str {
    closing_brackets(title).map_or(title, |(bare, _)| bare.trim_end())
}

/// The industry of the nearest heading that names one: `（1）新材料产业`, `（六）做强生物医药产业`.
pub fn industry(document: &Document<'_>, section: Option<usize>) -> Option<String> {
    document.outline.path(section).iter().rev().find_map(|s| industry_named(&s.heading)).map(str::to_owned)
}

/// What the nearest heading names that has what an industry has: an industry, or another thing that is no work, goal or measure
/// (`（二）高端医疗器械`).
pub fn sector(document: &Document<'_>, section: Option<usize>) -> Option<String> {
    let named = |heading| industry_named(heading).or_else(|| Some(heading).filter(|heading| is_thing(heading)));
    document.outline.path(section).iter().rev().find_map(|s| named(s.heading.as_str())).map(str::to_owned)
}

/// The industry that a heading names, with nothing but what is done with it before: `做大做强|新材料产业`.
fn industry_named(heading: &str) -> Option<&str> {
    let mut named = heading;
    while let Some(verb) = leading_verb_of_doing(named).filter(|_| !is_industry(named)) {
        named = &named[verb.len()..];
    }
    let whole = |named: &&str| is_industry(named) && (named.len() == heading.len() || industry::canonical(named).is_some());
    Some(named.strip_suffix("集群").unwrap_or(named)).filter(whole)
}

/// Whether a heading names industries and nothing more: `（1）新材料产业`, `集成电路`, `人工智能和大数据`.
pub fn is_industry(heading: &str) -> bool {
    const ENDINGS: &[&str] = &["产业", "工业", "业", "经济", "制造", "装备", "材料", "能源", "医药"];
    const VERBS: &[char] = &[
        '，', '推', '加', '促', '发', '提', '强', '优', '实', '培', '做', '壮', '构', '打', '建', '着', '大', '深', '支', '引', '坚', '完',
        '以',
    ];
    let length = heading.chars().count();
    let known = || heading.split(['、', '和', '与', '及']).all(|part| industry::canonical(part).is_some());
    (2..=14).contains(&length)
        && !heading.starts_with(VERBS)
        && !heading.contains('，')
        && (ENDINGS.iter().any(|e| heading.ends_with(e)) || known())
}

/// Whether a heading names a thing. What a plan is made of (目标, 任务, 保障) and what it works at (发展, 建设, 能力) is none.
fn is_thing(heading: &str) -> bool {
    static WORK: LazyLock<AnyOf> = LazyLock::new(|| {
        AnyOf::new([
            "目标",
            "任务",
            "指标",
            "现状",
            "基础",
            "背景",
            "形势",
            "要求",
            "思路",
            "原则",
            "布局",
            "措施",
            "保障",
            "环境",
            "能力",
            "水平",
            "效益",
            "规模",
            "结构",
            "发展",
            "质量",
            "效率",
            "体系",
            "建设",
            "改革",
            "开放",
            "民生",
            "协同",
            "总量",
            "概况",
            "综合",
            "重点",
            "主要",
            "回顾",
            "工作",
            "实力",
            "总体",
            "领域",
            "方向",
            "行动",
            "工程",
            "项目",
            "机制",
            "附件",
            "专栏",
            "举措",
            "问题",
            "挑战",
            "机遇",
            "优势",
            "成效",
            "转型",
            "升级",
            "创新",
            "动能",
            "格局",
            "情况",
            "展望",
            "经济",
            "政策",
            "条件",
            "路径",
            "模式",
            "空间",
            "支撑",
            "产业链",
        ])
    });
    (3..=12).contains(&heading.chars().count())
        && heading.chars().all(|c| crate::text::fold::is_han(c) || c.is_ascii_alphanumeric() || "、“”（）+".contains(c))
        && leading_verb_of_doing(heading).is_none()
        && closing_verb_of_doing(heading).is_none()
        && !WORK.is_in(heading)
}

/// The city or county that a name tells, as printed; a province alone is no place of a park or project, nor is the short name of a
/// county elsewhere, which is a word that names share (`黄山水利枢纽` of 山东), or of a river, a hill or a road (`洛阳江大桥`, `中山西路`), or
/// characters of two words (`泉|南沙|厦高速`).
pub fn place_in(document: &Document<'_>, name: &str) -> Option<String> {
    let own = document.front.region.and_then(place::province_of);
    let elsewhere = |m: &place::Match| {
        let is_city = m.place.name.ends_with('市') && m.place.rank != Rank::County;
        name[m.start..m.end] != *m.place.name && !is_city && own.is_some_and(|own| !m.place.lies_in(own))
    };
    // 泉|南沙|厦高速: within the signs of the ends of a line.
    let across = |m: &place::Match| m.start > 0 && SIGNS.find(name).is_some_and(|signs| m.end < signs.end());
    let of_feature = |m: &place::Match| FEATURE.is_match(&name[m.end..]) && name[m.start..m.end] != *m.place.name;
    place::find_within(name, document.front.region)
        .into_iter()
        .filter(|m| !elsewhere(m) && !across(m) && !of_feature(m))
        .find(|m| !matches!(m.place.rank, Rank::Region | Rank::System) && (m.place.rank != Rank::Province || m.place.is_municipality()))
        .or_else(|| place::opening_within(name, document.front.region?).filter(|m| !of_feature(m)))
        .map(|m| name[m.start..m.end].to_owned())
}

/// What of the land or the town bears a place's name and is none: `洛阳|江大桥`, `中山|西路`, but `宁波|江北工业园`.
static FEATURE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:[江河湖山岭溪](?:特?大桥|大道|路|水库|流域|水系|水利|航道|流|隧道|$)|[东南西北中]?[路街](?:[^桥]|$)|大道|大街)")
        .expect("the pattern of features is well formed")
});

/// The signs of the ends of a line: `泉南沙厦|高速`.
static SIGNS: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^\p{Han}{4,5}(?:高速|铁路|高铁|城际|公路)").expect("the pattern of lines is well formed"));
