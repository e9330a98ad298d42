//! Which lists does a sentence close? `重点发展A、B和C等3大领域`, `规划十条产业链，即A、B、C`, `加快A、B等重点项目建设`.
//!
//! Parks, projects, fields, alliances and chains are all such lists: a verb, items between `、`, an optional 等, a
//! count, a head noun. The head noun says what they are; the count judges the split.

use crate::lexicon::coined::opens_coined;
use crate::lexicon::naming::{PARKS, ends_as_park, ends_as_work, is_called_park};
use crate::lexicon::place;
use crate::text::{AnyOf, Cover, Folded, Span, numeral, opening};
use regex::{Captures, Regex};
use std::cmp::Ordering;
use std::sync::LazyLock;

/// A list that its sentence closes with a head noun.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct List {
    /// Its items in their order.
    pub items: Vec<Span<Folded>>,
    /// What the list calls its items: `重点园区`, `产业技术创新战略联盟`.
    pub head: String,
    /// Where the head stands.
    pub head_span: Span<Folded>,
    /// The count that it states.
    pub declared: Option<u64>,
    /// The verb that leads it: `重点发展`; empty where the list opens its clause.
    pub verb: String,
    /// From its first item to its head.
    pub span: Span<Folded>,
    /// Whether 等 closes it.
    pub open: bool,
}

/// Head nouns of projects besides [`WORK_HEADS`]; those of parks are the lexicon's.
pub const PROJECT_HEADS: &[&str] = &["项目", "工程", "大科学装置", "科技基础设施", "学校", "医院", "医疗中心", "电站"];
/// What works of one kind are called; with a kind before it (`抽水蓄能电站`) it is one of a list's own words.
pub const WORK_HEADS: &[&str] = &[
    "大数据中心",
    "数据中心",
    "煤矿",
    "水库",
    "抽水蓄能电站",
    "水电站",
    "核电站",
    "铁路",
    "高铁",
    "客运专线",
    "城际铁路",
    "城际轨道交通",
    "高速公路",
    "公路",
    "航道",
    "内河港口",
    "机场",
    "大桥",
    "隧道",
    "水利枢纽",
    "综合客运枢纽",
    "客运枢纽",
    "综合交通枢纽",
    "通道",
    "快速通道",
    "道路",
    "支路",
    "公园",
    "立交",
    "桥梁",
    "水厂",
    "污水处理厂",
    "变电站",
    "城市综合体",
    "星座",
    "酒店",
];
/// Head nouns of fields and the other things that a document sets out to develop.
pub const FOCUS_HEADS: &[&str] = &[
    "领域",
    "产业链",
    "产业链条",
    "链条",
    "联盟",
    "集群",
    "产业群",
    "联合体",
    "经济区",
    "支柱产业",
    "产业",
    "加工业",
    "服务业",
    "制造业",
    "行业",
    "矿产",
    "产品",
    "平台",
    "体系",
    "经济带",
    "产业带",
    "城市群",
    "都市圈",
    "增长极",
    "走廊",
    "板块",
    "品牌",
    "方向",
    "赛道",
    "装备",
    "产业链（群）",
    "中心",
    "品种",
    "模式",
    "环节",
    "组团",
];

static CLOSED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?x)^等(?:“)?(?:一批)?(?:(?<count>[0-9]{1,4}(?:[.][0-9]+万)?|[二三四五六七八九十两]{1,3}|几)[多余]?(?<measure>大类|大|个|类|种|条|家|项|座|处|片|批|所|部|台|列)?)?(?:总?投资(?:额|规模)?(?:超过?|过|达)?[0-9]+亿元(?:以上)?的)?(?:“)?(?<head>[^，。；、：！？等]{1,30})")
        .expect("the pattern of closed lists is well formed")
});
static COUNTED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?x)^(?<count>[0-9]{1,3}|[二三四五六七八九十两]{1,3})(?<measure>大类|大|个|类|种|条|家|项|座|处|片)(?<head>\p{Han}[^，。；、：！？等]{0,30})")
        .expect("the pattern of counted lists is well formed")
});

/// The verbs that lead a list and are no part of its first item.
static LEAD: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?x)^(?:.*[：→])?(?:
            其中 | (?:到|至)?[0-9]{4}年(?:底|年底)? | (?:[0-9]{1,2}月|年)底?前 | 年内 | 上半年 | 下半年 | 加紧 | 抓紧 | 着手 | 重点 | 着力 | 加快 | 大力 | 积极 | 全力 | 努力 | 继续 | 进一步 | 逐步 | 稳步 | 深入 | 扎实 | 持续 | 主要 | 要 | 将 | 并 | 优先 | 切实 | 不断 | 集中力量 | 统筹 | 鼓励 | 全面 | 重新 | 力争 | 通过 | 分别 | 以 | 率先 | 特别是 | 包括 | 力促 | 同时 | 有序 | 尽快 | 还 | 了 | 协调服务 | 协调
          | (?: (?:实施|规划|管理|落实|组织|协调|谋划)好 | 发展 | 建设 | 实施 | 培育 | 打造 | 推进 | 推动 | 完善 | 建立 | 巩固 | 提升 | 壮大 | 开发 | 支持 | 扶持 | 做大做强 | 做强做大 | 做大 | 做强 | 做优 | 构建 | 形成 | 延伸 | 规划 | 引导 | 围绕 | 抓好 | 突出 | 聚焦 | 改造 | 扩大 | 培养 | 创建 | 组建 | 谋划 | 布局 | 强化 | 加强 | 依托 | 利用 | 发挥 | 促进 | 拓展 | 实现 | 确保 | 办好 | 建好 | 做好 | 建成 | 推广 | 引进 | 引入 | 开展 | 启动 | 新建 | 整合 | 提高 | 争取 | 研发 | 开工建设 | 开工 | 用好 | 落实 | 健全 | 深化 | 优化 | 稳定 | 加大 | 落户 | 攻坚 | 共建 | 协同共建 | 设立 | 申建 | 申报 | 储备 | 培优 | 建强 | 面向 | 在 | 对 | 向 | 使 | 列入 | 优先考虑 | 奖补 | 服务保障 | 保障 | 仅有 | 新开工 | 提速 | 投用 | 投运 | 通车 | 续建 | 投产 | 达产 | 竣工 | 落地 | 动工 | 兴建 | 筹建 | 扩建 | 开建 | 启用 | 基本建成 | 打通 | 拓宽 | 改建 | 迁建 | 综合整治 | 拉通 | 完成 | 或(?:基本)?建成 )
          | (?:和|与|及|、) (?:完成|启动|发展|完善|提升|壮大|推进|建设|培育|强化|优化|实施|推动|打造) | 市、区 | 省、市
        )+",
    )
    .expect("the pattern of leading verbs is well formed")
});

/// All lists of a sentence `text[span]`.
pub fn find(text: &str, span: Span<Folded>) -> Vec<List> {
    let sentence = &text[span.range()];
    if !sentence.contains(['等', '、', '即', '：', '和', '及', '与']) {
        return Vec::new();
    }
    let mut out: Vec<List> = Vec::new();
    let mut taken = Cover::default();
    let mut brackets = Brackets::new(text, span.start);
    let closes = sentence.match_indices('等').filter(|(at, _)| NOUNS.is_in(opening(&sentence[*at..], LONGEST_HEAD)));
    for (at, caught) in caught_at(&CLOSED, sentence, closes.map(|(at, _)| at)) {
        let whole = span.start + at;
        let Some((head, declared)) = head_of(text, whole, &caught) else { continue };
        if brackets.open_at(whole) || taken.holds(whole) {
            continue;
        }
        let declared = declared.or_else(|| count_behind(&text[head.end..span.end]));
        let after = out.last().map_or(span.start, |l: &List| l.head_span.end);
        if let Some(list) = list_before(text, after, whole, head, declared, true) {
            // 建设A等机场|，|B等公路, 建设A等基地|和|B等水电站: the verb leads both; 建设A等机场，B等公路|拥堵得到缓解 says something else.
            let ends = text[list.head_span.end..span.end].trim_start_matches("建设");
            let ends = ends.is_empty() || ends.starts_with(['，', '、', '和', '与', '及']);
            let list = goes_on(text, out.last().filter(|_| ends), list);
            taken.add(list.span);
            out.push(list);
        }
    }
    if let Some(list) = labelled(text, span).filter(|l| !taken.holds(l.span.start)) {
        taken.add(list.span);
        out.push(list);
    }
    let mut brackets = Brackets::new(text, span.start);
    for (at, caught) in caught_at(&COUNTED, sentence, counts(sentence)) {
        let whole = span.start + at;
        let Some((head, declared)) = head_of(text, whole, &caught) else { continue };
        if brackets.open_at(whole) || taken.holds(whole) || text[..whole].ends_with('等') || text[..whole].ends_with("等“") {
            continue;
        }
        let found = named_after(text, span, head, declared).or_else(|| named_each(text, span, head, declared)).or_else(|| {
            // A三大主导产业和|B、C两大特色产业: what a list before has closed is none of this one.
            let before = out.iter().rfind(|list: &&List| list.head_span.end <= whole);
            let list = list_before(text, before.map_or(span.start, |list| list.head_span.end), whole, head, declared, false);
            // “两个屏障”、“两个基地”: quoted words count nothing before them.
            list.map(|list| goes_on(text, before, list))
                .filter(|_| !text[..whole].ends_with('“'))
                .filter(|l| l.declared == Some(l.items.len() as u64) && l.items.len() > 1)
        });
        if let Some(list) = found.filter(|l| !taken.meets(l.span)) {
            taken.add(list.span);
            out.push(list);
        }
    }
    out.sort_by_key(|l| l.span);
    out
}

/// A list behind another has its verb where a conjunction joins them.
fn goes_on(text: &str, before: Option<&List>, list: List) -> List {
    let joins =
        |last: &&List| list.verb.chars().all(|c| "和与及、，".contains(c)) && is_joint(&text[last.head_span.end..list.items[0].start]);
    match before.filter(joins) {
        Some(before) => List { verb: before.verb.clone(), ..list },
        None => list,
    }
}

/// The count that stands behind a list's head: `A、B等转化平台|10个`; with a bound it is a goal.
fn count_behind(after: &str) -> Option<u64> {
    let digits = after.bytes().take_while(u8::is_ascii_digit).count();
    let counted = ["个", "家", "座", "处", "项", "条", "所"].iter().find_map(|unit| after[digits..].strip_prefix(unit))?;
    let closed = counted.is_empty() || counted.starts_with(['，', '、', '。', '；']);
    after[..digits].parse().ok().filter(|_| closed)
}

/// Whether nothing but a mark or a conjunction stands between two lists.
fn is_joint(between: &str) -> bool {
    matches!(between, "和" | "与" | "及" | "、" | "，")
}

/// What a pattern that holds to the beginning catches at each of `places`, the parts of one catch left out. To look for it
/// everywhere costs more than to know where it can begin.
fn caught_at<'t>(
    pattern: &'static Regex,
    text: &'t str,
    places: impl Iterator<Item = usize>,
) -> impl Iterator<Item = (usize, Captures<'t>)> {
    let mut from = 0;
    places.filter_map(move |at| {
        let caught = (at >= from).then(|| pattern.captures(&text[at..]))??;
        from = at + caught.get(0)?.end();
        Some((at, caught))
    })
}

/// Where the numbers before a measure may begin: `3大`, `十条`.
fn counts(sentence: &str) -> impl Iterator<Item = usize> {
    let is_measure = |c: char| matches!(c, '大' | '个' | '类' | '种' | '条' | '家' | '项' | '座' | '处' | '片');
    let is_number = |c: &char| matches!(c, '0'..='9' | '二' | '三' | '四' | '五' | '六' | '七' | '八' | '九' | '十' | '两');
    sentence
        .char_indices()
        .filter(move |(at, c)| is_number(c) && sentence[*at..].chars().take(4).find(|c| !is_number(c)).is_some_and(is_measure))
        .map(|(at, _)| at)
}

/// `重点项目：A、B等`, `重点园区：A，B`: the label that opens a sentence is the head of what it lists.
fn labelled(text: &str, span: Span<Folded>) -> Option<List> {
    static LABEL: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^\s*(?:其中)?(?:[（(][一二三四五六七八九十0-9]+[）)]|[0-9]+[.、])?(?<head>(?:重点|重大|主要|标志性|支撑)(?:[^：，。、；]{0,6})?(?:项目|工程|园区|基地|开发区))：").expect("the pattern of labels is well formed")
    });
    let sentence = &text[span.range()];
    let caught = sentence.contains('：').then(|| LABEL.captures(sentence))??;
    let head = caught.name("head")?;
    let head_span = Span::new(span.start + head.start(), span.start + head.end());
    let first = span.start + caught.get(0)?.end();
    let mut end = span.start + text[span.range()].trim_end_matches([' ', '。', '；']).len();
    // …二期等项目: what closes the list is no part of its last item.
    let bare = without_closing(&text[first..end]);
    let open = bare.is_some();
    end = bare.map_or(end, |bare| first + bare.len());
    let marks: &[&str] = if text[first..end].contains('、') { &["、"] } else { &["，"] };
    let items = split_at(text, Span::new(first, end), marks);
    let short = items.iter().all(|i| (4..=40).contains(&text[i.range()].chars().count()) && !text[i.range()].contains(['：', '。']));
    (items.len() > 1 && short).then(|| List {
        span: Span::new(head_span.start, end),
        items,
        head: head.as_str().to_owned(),
        head_span,
        declared: None,
        verb: "：".to_owned(),
        open,
    })
}

/// A list of projects without the words that leave it open: `…二期|等项目`; None where none do.
pub fn without_closing(list: &str) -> Option<&str> {
    ["等重点项目", "等重大项目", "等项目", "等工程", "等"].iter().find_map(|closing| list.strip_suffix(closing))
}

/// The brackets that stand open at one place after another.
struct Brackets<'t> {
    text: &'t str,
    at: usize,
    round: i64,
    titles: i64,
}

impl<'t> Brackets<'t> {
    fn new(text: &'t str, at: usize) -> Self {
        Brackets { text, at, round: 0, titles: 0 }
    }

    /// Whether one stands open at `at`, which lies after the place asked before.
    fn open_at(&mut self, at: usize) -> bool {
        for c in self.text[self.at..at].chars() {
            match c {
                '（' => self.round += 1,
                '）' => self.round -= 1,
                '《' => self.titles += 1,
                '》' => self.titles -= 1,
                _ => {}
            }
        }
        self.at = at;
        self.round > 0 || self.titles > 0
    }
}

/// The head noun of a match, cut after its last known noun, and the stated count.
fn head_of(text: &str, whole: usize, caught: &Captures<'_>) -> Option<(Span<Folded>, Option<u64>)> {
    let head = caught.name("head")?;
    let own = own_words(head.as_str(), caught.name("count").is_some())?;
    let declared = match caught.name("count") {
        // 1.22万个
        Some(count) if count.as_str().ends_with('万') => {
            numeral::number(count.as_str()).and_then(|n| n.normalize().to_string().parse().ok())
        }
        Some(count) if count.as_str() != "几" => Some(count.as_str().parse().ok().or_else(|| numeral::integer(count.as_str()))?),
        _ => None,
    };
    let end = head_end(own)?;
    let start = whole + head.start();
    let raw = &text[start..start + end];
    // 几个较大的亚麻制造基地: what qualifies the head with 的 is no part of its name.
    let from = raw.rfind('的').map_or(0, |at| at + '的'.len_utf8());
    let from = if raw[from..].chars().count() >= 2 { from } else { 0 };
    // 等25个|“51025”重点园区: the quote opens the head.
    let quoted = from == 0 && text[..start].ends_with('“') && raw.contains('”') && !raw.contains('“');
    let start = if quoted { start - '“'.len_utf8() } else { start };
    let end = if quoted { end + '“'.len_utf8() } else { end };
    Some((Span::new(start + from, start + end), declared))
}

/// The words that can belong to a head: up to a verb or preposition (`等消费品工业|向特色园区集中`). A head without a count that
/// holds a relative clause (`等方面走在前列的基地`) belongs to the sentence, not to the list.
fn own_words(head: &str, counted: bool) -> Option<&str> {
    let cut = head
        .char_indices()
        .find(|(at, c)| *at > 0 && matches!(c, '向' | '与' | '在' | '把' | '被' | '让' | '从' | '对' | '并' | '进' | '按' | '于'))
        .map_or(head.len(), |(at, _)| at);
    let own = &head[..cut];
    // 等市建设特色园: a clause, not a head; but 等省级园区|创建国家级园区.
    let built = ["建设", "打造", "创建", "布局"]
        .iter()
        .find_map(|verb| own.find(verb).filter(|at| *at > 0 && head_end(&own[at + verb.len()..]).is_some()));
    let own = match built {
        Some(at) if head_end(&own[..at]) == Some(at) => &own[..at],
        Some(_) => return None,
        None => own,
    };
    let verbal = ["谋划", "布局", "扶持", "积极", "推动", "促进", "加强", "有效"].iter().any(|v| own.starts_with(v));
    // 甲项目等项目|的实施进程, 甲、乙等应用基地|的发展能级: the head ends where its 的 begins.
    let bare = own.split_once('的').map(|(bare, _)| bare).filter(|bare| !counted && head_end(bare) == Some(bare.len()));
    let own = bare.unwrap_or(own);
    ((counted || !own.contains('的')) && !verbal).then_some(own)
}

/// The nouns that a head ends with.
fn head_nouns() -> impl Iterator<Item = &'static str> {
    PARKS.iter().chain(PROJECT_HEADS).chain(WORK_HEADS).chain(FOCUS_HEADS).copied()
}

static NOUNS: LazyLock<AnyOf> = LazyLock::new(|| AnyOf::new(head_nouns()));
/// The longest 等 with its count and head, in bytes.
const LONGEST_HEAD: usize = 60 * '等'.len_utf8();

/// Where the head noun ends: at the first known noun after which no other goes on (`产业技术创新战略联盟`, not `产业`).
fn head_end(head: &str) -> Option<usize> {
    let mut ends: Vec<usize> = NOUNS.each_in(head).map(|(_, end)| end).collect();
    ends.dedup();
    let mut end = *ends.first()?;
    for next in ends {
        // 产业 | 技术创新战略 | 联盟: short gaps without a verb join, 基地 | 建设，推进园区 don't.
        let between = &head[end..next.max(end)];
        let adjoins = head_nouns().any(|noun| between == noun);
        if next >= end && between.chars().count() <= 10 && (adjoins || !starts_predicate(&head[end..])) {
            end = next;
        }
    }
    if let Some(rest) = head[end..].strip_prefix("（群）") {
        end = head.len() - rest.len();
    }
    Some(end)
}

/// Whether what follows a head noun says what is done with it: `园区建设`, `领域取得突破`, `项目纳入`.
fn starts_predicate(rest: &str) -> bool {
    const PREDICATES: &[&str] = &[
        "建设",
        "发展",
        "实施",
        "落地",
        "取得",
        "实现",
        "谋划",
        "快速",
        "加快",
        "为",
        "的",
        "在",
        "和",
        "与",
        "及",
        "工作",
        "转",
        "给",
        "进行",
        "开展",
        "作用",
        "优势",
        "提",
        "推",
        "项",
        "高质量",
        "信息化",
        "”",
        "开工",
        "建成",
        "投",
        "纳入",
        "优化",
        "改造",
        "一体化",
        "是",
        "做",
        "形",
        "集聚",
        "跨",
        "规模",
        "培育",
        "向",
        "有",
        "具",
        "等",
        "发",
        "全",
        "已",
        "占",
        "专项",
        "包括",
        "分别",
        "（",
    ];
    rest.is_empty() || PREDICATES.iter().any(|p| rest.starts_with(p))
}

/// The list whose items stand before `close` (the 等 or the count), back to its verb.
fn list_before(text: &str, from: usize, close: usize, head: Span<Folded>, declared: Option<u64>, open: bool) -> Option<List> {
    let row = items_start(text, from, close);
    let of_works = PROJECT_HEADS[..2].iter().chain(WORK_HEADS).any(|noun| text[head.range()].ends_with(noun));
    let region = if of_works { rows_start(text, from, row, close) } else { row };
    // 支持济南、青岛等市推进|火箭、卫星制造等重大项目: for whom it is built is no item.
    let whose = ["等市", "等地", "等县", "等省"].iter().filter_map(|whose| Some(text[region..close].rfind(whose)? + whose.len()));
    let start = region + whose.max().unwrap_or(0);
    let start = builders_end(text, Span::new(start, close)).unwrap_or(start);
    // 3.|加快A、B等重大项目
    let mark = marker_length(&text[start..close]);
    let lead = lead_length(&text[start + mark..close]);
    // 贵阳环高扩容等14条公路项目|和黄百等4个铁路项目: what joins two lists is no part of the second.
    let joint = text[start..close].find(|c| !matches!(c, '和' | '及' | '与' | '、')).unwrap_or(0);
    let first = start + mark + lead.max(joint);
    if first >= close {
        return None;
    }
    let mut items = split_at(text, Span::new(first, close), &["、", "，"]);
    if items.iter().any(|item| item.end - item.start > LONGEST_JOINED) {
        return None;
    }
    if of_works && declared.is_none() {
        part_works(text, &mut items, &text[head.range()]);
    }
    leave_other_parks(text, &mut items, &text[head.range()]);
    part_last(text, &mut items, declared, open, &text[head.range()]);
    if items.is_empty()
        || items.iter().any(|i| text[i.range()].chars().count() > 60)
        || (items.len() == 1 && declared.is_some_and(|n| n > 1) && !open)
    {
        return None;
    }
    Some(List {
        span: Span::new(items[0].start, head.end),
        items,
        head: text[head.range()].to_owned(),
        head_span: head,
        declared,
        verb: text[start..first].to_owned(),
        open,
    })
}

/// `支持云溪大学、鹿门实验室|谋划建设A、B等装置`: where those end who are supported in what they build; None where a verb leads the list
/// itself, or no one is named.
pub fn builders_end(text: &str, region: Span<Folded>) -> Option<usize> {
    static BUILDERS: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^(?:鼓励|支持|引导|推动|帮助|积极|大力)+(?P<who>[^，。；]{2,60}?)(?:谋划|规划|加快|联合|共同|牵头)?建设")
            .expect("the pattern of builders is well formed")
    });
    let who = BUILDERS.captures(&text[region.range()])?.name("who")?;
    let several = who.as_str().contains(['、', '和', '与']) && who.as_str().split(['、', '和', '与']).all(is_body);
    several.then_some(region.start + who.end())
}

/// Whether the words end as the name of who builds does.
fn is_body(words: &str) -> bool {
    ["大学", "学院", "研究院", "研究所", "实验室", "公司", "集团"].iter().any(|end| words.ends_with(end))
}

/// Where the rows of works start of which `start` begins the last: `投产|甲一期、甲二期，乙深加工，丙扩建等项目` has three, one behind
/// another, and a verb leads the first alone.
fn rows_start(text: &str, from: usize, start: usize, close: usize) -> usize {
    let is_led = |at: usize, end: usize| {
        let mark = marker_length(&text[at..end]);
        lead_length(&text[at + mark..end]) > 0
    };
    let (mut first, mut end) = (start, close);
    for _ in 0..MOST_ROWS {
        if is_led(first, end) {
            return first;
        }
        let Some(before) = text[from..first].strip_suffix('，') else { return start };
        end = from + before.len();
        first = items_start(text, from, end);
        if !is_row(&text[first..end]) {
            return start;
        }
    }
    start
}

/// Whether what stands before a comma is a row of works: no kinds, and nothing that is said of them.
fn is_row(row: &str) -> bool {
    const KINDS: [&str; 14] =
        ["产业", "项目", "建设", "投产", "达效", "企业", "公司", "街区", "公园", "发展", "经济", "工作", "带”", "路”"];
    if row.chars().count() > LONGEST_ROW {
        return false;
    }
    let items = &row[lead_length(row)..];
    let own = |item: &str| !KINDS.iter().any(|end| item.ends_with(end));
    // 云溪至鹿门铁路，|鹿门至石桥铁路、…等铁路: a row of one work.
    let one = !items.contains('、') && ends_as_work(items);
    let aims = ["培育", "聚焦", "打造", "发展", "围绕"].iter().any(|verb| row.trim_start_matches("加快").starts_with(verb));
    let named = || items.contains('、') && items.split('、').any(|item| opens_coined(item) || place::opens(item));
    !aims && items.split('、').all(own) && (one || named())
}

/// How many rows a list has at most.
const MOST_ROWS: usize = 8;

/// The longest row of works, in characters.
const LONGEST_ROW: usize = 60;

/// The longest item that a 和 may part, in bytes.
const LONGEST_JOINED: usize = 1_500;

/// `云溪港二期工程和|鹿门、石桥港码头工程等项目`: a work that stands alone ends before the 和 of an item that isn't the last.
fn part_works(text: &str, items: &mut Vec<Span<Folded>>, head: &str) {
    let Some(last) = items.pop() else { return };
    let parted = |item: Span<Folded>| {
        let words = &text[item.range()];
        let joint = ["和", "及"].iter().filter_map(|joiner| outside(words, joiner).map(|at| (at, joiner.len()))).max();
        let joint = joint.filter(|(at, length)| {
            let after = &words[at + length..];
            stands_alone(&words[..*at], head) && (stands_alone(after, head) || place::opens(after))
        });
        joint.map_or(vec![item], |(at, length)| vec![Span::new(item.start, item.start + at), Span::new(item.start + at + length, item.end)])
    };
    *items = items.drain(..).flat_map(parted).collect();
    items.push(last);
}

/// `A、B产业基地和|C、D等应用基地`: the parks before the 和 have an ending of their own, and their list with it.
fn leave_other_parks(text: &str, items: &mut Vec<Span<Folded>>, head: &str) {
    let ends = |item: &Span<Folded>| ends_as_park(&text[item.range()]);
    let Some(at) = items.iter().rposition(|item| outside(&text[item.range()], "和").is_some()) else { return };
    let words = &text[items[at].range()];
    let Some(joint) = outside(words, "和").filter(|joint| is_called_park(&words[..*joint]) && is_called_park(head)) else { return };
    if at + 1 < items.len() && !ends_as_park(words) && !items[at + 1..].iter().any(ends) {
        items[at].start += joint + "和".len();
        items.drain(..at);
    }
}

/// `发展四大领域，即A、B和C`, `建设三大基地：A、B、C`: the items follow their head.
fn named_after(text: &str, span: Span<Folded>, head: Span<Folded>, declared: Option<u64>) -> Option<List> {
    let rest = &text[head.end..span.end];
    // “十大工业园区”（即A、B）
    let quote = if rest.starts_with('”') { '”'.len_utf8() } else { 0 };
    let rest = &rest[quote..];
    let lead = ["，即", "：", "，分别是", "，包括", "，分别为", "（即", "（包括", "（分别是", "（分别为", "（", "分别是", "分别为", "包括"]
        .iter()
        .find(|lead| rest.starts_with(**lead))?;
    let first = head.end + quote + lead.len();
    let stop = stop_after(text, first, &['。', '；', '）'])?;
    let mut items = Vec::new();
    for part in split_at(text, Span::new(first, stop), &["、", "，"]) {
        items.push(part);
    }
    part_last(text, &mut items, declared, false, &text[head.range()]);
    (Some(items.len() as u64) == declared && items.iter().all(|i| text[i.range()].chars().count() <= 30)).then(|| List {
        span: Span::new(head.start, stop),
        items,
        head: text[head.range()].to_owned(),
        head_span: head,
        declared,
        verb: String::new(),
        open: false,
    })
}

/// `打造4条产业链：以…打造煤－焦－钢产业链；…打造铜加工产业链`: each part of what follows the colon names one by the head.
fn named_each(text: &str, span: Span<Folded>, head: Span<Folded>, declared: Option<u64>) -> Option<List> {
    let noun = &text[head.range()];
    let rest = text[head.end..].strip_prefix('：')?;
    let from = text.len() - rest.len();
    let stop = stop_after(text, from, &['。', '\n'])?;
    let most = usize::try_from(declared?).ok()? + 1;
    let verbs = ["打造", "建设", "形成", "培育", "发展", "构建", "建立"];
    let items: Vec<Span<Folded>> = text[from..stop]
        .match_indices(noun)
        .filter_map(|(at, _)| {
            let end = from + at + noun.len();
            let own = text[from..end].rfind(['，', '；']).map_or(from, |mark| from + mark);
            let start = verbs.iter().filter_map(|verb| text[own..end].rfind(verb).map(|v| own + v + verb.len())).max()?;
            (start < end - noun.len()).then(|| Span::new(start, end))
        })
        .take(most)
        .collect();
    (Some(items.len() as u64) == declared).then(|| List {
        span: Span::new(span.start, stop),
        items,
        head: noun.to_owned(),
        head_span: head,
        declared,
        verb: String::new(),
        open: false,
    })
}

/// How far what follows a head may go on naming, in bytes.
const LONGEST_NAMED: usize = 6_000;

/// Where what follows `from` stops: at one of the marks or the text's end; None where that is too far.
fn stop_after(text: &str, from: usize, marks: &[char]) -> Option<usize> {
    let near = opening(&text[from..], LONGEST_NAMED);
    near.find(marks).map(|at| from + at).or((from + near.len() == text.len()).then_some(text.len()))
}

/// Where the items' region starts: the last clause boundary before `close`, outside brackets.
fn items_start(text: &str, from: usize, close: usize) -> usize {
    let mut depth = 0i32;
    for (at, c) in text[from..close].char_indices().rev() {
        match c {
            '）' | '》' | '”' => depth += 1,
            '（' | '《' | '“' => depth -= 1,
            '，' | '：' | '。' | '；' if depth <= 0 => return from + at + c.len_utf8(),
            _ => {}
        }
    }
    from
}

/// How long the mark is that opens an item: `3.`, `（二）`.
fn marker_length(region: &str) -> usize {
    static MARK: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^\s*(?:[0-9]{1,2}[.、]|（[0-9一二三四五六七八九十]{1,3}）|[一二三四五六七八九十]{1,3}、)(?P<next>\p{Han})")
            .expect("the pattern of marks is well formed")
    });
    MARK.captures(region).and_then(|mark| mark.name("next")).map_or(0, |next| next.start())
}

/// How much of the region's start are verbs: the first item follows the last of them.
fn lead_length(region: &str) -> usize {
    let first_item = region.find('、').unwrap_or(region.len());
    // 发展改革委已优先考虑…: whom a verb belongs to is no verb.
    let lead = if region.starts_with("发展改革") || region.starts_with("发展和改革") {
        0
    } else {
        LEAD.find(region).map_or(0, |m| m.end())
    };
    // 建立和完善铝镁合金、…: a verb inside the first item, after a subject: 全省加快建设…
    let inner = &region[..first_item.max(lead)];
    let last = [
        "重点发展",
        "加快发展",
        "大力发展",
        "推进建设",
        "加快建设",
        "加快实施",
        "推进实施",
        "重点建设",
        "培育壮大",
        "做大做强",
        "建成了",
        "形成了",
        "涵盖",
        "发展",
        "围绕",
        "建设",
        "打造",
        "构建",
        "培育",
        "推进",
        "实施",
        "形成",
        "支持",
        "包括",
        "优先考虑",
        "列入",
    ]
    .iter()
    .filter_map(|verb| inner.rfind(verb).map(|at| at + verb.len()))
    .filter(|end| *end < inner.len() && *end >= lead && region[..*end].chars().count() <= 16 && lead == 0)
    .max()
    .unwrap_or(lead);
    last.max(lead)
}

/// The parts between `、`, outside of brackets and quotes.
pub fn split_items(text: &str, span: Span<Folded>) -> Vec<Span<Folded>> {
    split_at(text, span, &["、"])
}

/// What stands between `marks`, outside of brackets and quotes, without blanks; nothing where only blanks do.
pub fn split_at(text: &str, span: Span<Folded>, marks: &[&str]) -> Vec<Span<Folded>> {
    let mut out = Vec::new();
    let (mut depth, mut start) = (0i32, span.start);
    let mut push = |from: usize, to: usize| {
        let raw = &text[from..to];
        let lead = raw.len() - raw.trim_start().len();
        if !raw.trim().is_empty() {
            out.push(Span::new(from + lead, from + lead + raw.trim().len()));
        }
    };
    for (k, c) in text[span.range()].char_indices() {
        let at = span.start + k;
        match c {
            '（' | '(' | '《' | '“' | '〔' => depth += 1,
            '）' | ')' | '》' | '”' | '〕' => depth -= 1,
            _ => {
                if let Some(mark) = marks.iter().find(|mark| depth <= 0 && text[at..].starts_with(**mark)) {
                    push(start, at);
                    start = at + mark.len();
                }
            }
        }
    }
    push(start, span.end);
    out
}

/// Parts the last item at its last 和 where the count asks for it, or where no count decides (none is stated, or 等 leaves some
/// of the counted out) and both halves can stand alone as names of the head's kind.
fn part_last(text: &str, items: &mut Vec<Span<Folded>>, declared: Option<u64>, open: bool, head: &str) {
    let Some(last) = items.last().copied() else { return };
    let words = &text[last.range()];
    let joiners = ["以及", "和", "及", "与"].iter().filter_map(|j| outside(words, j).map(|at| (at, *j)));
    let Some((at, joiner)) = joiners.max_by_key(|(at, joiner)| (*at + joiner.len(), joiner.len())) else { return };
    let (left, right) = (words[..at].trim_end_matches('，'), &words[at + joiner.len()..]);
    let alone = || stands_alone(left, head) && stands_alone(right, head);
    let counted = declared.map(|count| count.cmp(&(items.len() as u64 + 1)));
    let asked = match counted {
        Some(Ordering::Equal) => true,
        Some(Ordering::Greater) => open && alone(),
        Some(Ordering::Less) => false,
        None => alone(),
    };
    if asked && !left.is_empty() && !right.is_empty() {
        items.pop();
        items.push(Span::new(last.start, last.start + left.len()));
        if counted.is_none() {
            // 二期和三期以及新厂: what is left may be two again.
            part_last(text, items, None, open, head);
        }
        items.push(Span::new(last.start + at + joiner.len(), last.end));
    }
}

/// The last place of `joiner` outside of brackets.
fn outside(words: &str, joiner: &str) -> Option<usize> {
    words
        .match_indices(joiner)
        .map(|(at, _)| at)
        .filter(|at| words[..*at].matches('（').count() == words[..*at].matches('）').count())
        .last()
}

/// Whether a name is one of the head's kind by itself: it ends as the kind's names do.
fn stands_alone(name: &str, head: &str) -> bool {
    let length = name.chars().count();
    if is_called_park(head) {
        is_called_park(name) && length > 4 || ends_as_park(name) && length > 3
    } else {
        // 节水改造工程及|石桥水库建设
        let built = |name: &str| name.strip_suffix("建设").is_some_and(ends_as_work);
        PROJECT_HEADS.iter().chain(WORK_HEADS).any(|noun| head.ends_with(noun)) && (ends_as_work(name) || built(name)) && length > 3
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<(Vec<&str>, String, Option<u64>)> {
        find(text, Span::new(0, text.len()))
            .into_iter()
            .map(|l| (l.items.iter().map(|i| &text[i.range()]).collect(), l.head, l.declared))
            .collect()
    }

    #[test]
    fn forms_of_lists() {
        for (text, items, head, declared) in [
            ("重点发展生物医药、生物农业、生物制造等3大领域", &["生物医药", "生物农业", "生物制造"][..], "领域", Some(3)),
            ("培育壮大粮油加工、畜产品加工和特色食品加工3大支柱产业", &["粮油加工", "畜产品加工", "特色食品加工"], "支柱产业", Some(3)),
            (
                "建立和完善铝镁合金、精细化工和高分子、高档焊接等3个新材料产业技术创新战略联盟",
                &["铝镁合金", "精细化工和高分子", "高档焊接"],
                "新材料产业技术创新战略联盟",
                Some(3),
            ),
            (
                "形成“三大工业园区”（即东城经济区、西城开发区、南城软件园）的布局",
                &["东城经济区", "西城开发区", "南城软件园"],
                "工业园区",
                Some(3),
            ),
            (
                "重点发展四大领域，即石油化工、煤化工、生物化工和化工新材料",
                &["石油化工", "煤化工", "生物化工", "化工新材料"],
                "领域",
                Some(4),
            ),
            ("推进建设肇东、双城等2个绿色食品产业园区", &["肇东", "双城"], "绿色食品产业园区", Some(2)),
            ("加快实施甲有限公司果蔬饮料、乙公司果汁和纯净水等重点项目", &["甲有限公司果蔬饮料", "乙公司果汁和纯净水"], "重点项目", None),
            ("全力推进新材料产业、现代服务业等“十大重点产业”快速发展", &["新材料产业", "现代服务业"], "重点产业", Some(10)),
            ("重点建设水稻、大豆、玉米三个加工产业链", &["水稻", "大豆", "玉米"], "加工产业链", Some(3)),
        ] {
            assert_eq!(read(text), [(items.to_vec(), head.to_owned(), declared)], "{text}");
        }
    }
}
