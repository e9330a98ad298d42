//! Which figures of a clause are commitments or facts, and which only describe? A list's closing count, a threshold, a
//! capacity in a name, a rank, a length of time are none.

use super::said::Sized;
use crate::lexicon::naming::{ends_as_park, ends_as_work};
use crate::lexicon::unit::{self, Kind};
use crate::mention::list::List;
use crate::mention::quantity::{Bound, Quantity};
use crate::text::{Folded, Span};
use regex::Regex;
use std::sync::LazyLock;

/// The kind of a unit, as far as the judgement needs it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sort {
    /// 户, 家, 个, 项: counts what follows or stands before.
    Count,
    /// %, 个百分点, 倍.
    Ratio,
    /// 年, 天, 个工作日.
    Time,
    /// 亿元, 万吨, 公里.
    Amount,
}

fn sort(unit_text: &str) -> Sort {
    if unit_text.is_empty() || unit_text == "分" {
        return Sort::Ratio;
    }
    match unit::by_text(unit_text).or_else(|| unit::longest_at(unit_text).map(|(_, u)| u)).map(|u| u.kind) {
        Some(Kind::Count) => Sort::Count,
        Some(Kind::Ratio) => Sort::Ratio,
        Some(Kind::Time) => Sort::Time,
        _ if unit_text.ends_with('%') || unit_text.ends_with("个百分点") || unit_text.ends_with('倍') => Sort::Ratio,
        _ => Sort::Amount,
    }
}

/// The verbs after which a count or an amount of something is a commitment or a result.
static DOING: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?x)(?:培育|建设|建成|打造|形成|新增|新建|完成|创建|引进|扶持|推进|推动|开发|实施|支持|发展|建立|设立|设置|产生|培养|培训|发动|改造|抓好|组建|认定|遴选|招引|落地|开工|投产|举办|组织|新认定|获批|争取|培优|孵化|选树|布局|构建|落实|安排|投入|筹集|统筹|新开工|改扩建|建好|规划|压减|淘汰|化解|治理|修复|提供|吸引|聚集|集聚|汇聚|拥有|净增|增加|减少|增设|开展|推广|应用|下达|发放|补助|给予|奖励|新培育|启动|修缮|储备|招收|选派|配备|覆盖|带动|服务|帮扶|转移|输出|消化|关闭|退出|压缩|整治|消除|创成|创|建|达到|达|实现|突破|超过|超|有|为|涵盖|打通|保有|保持|维持|兼并|壮大|做强|做优|评选|表彰|制定|修订|出台|发布|牵头制定|突出|新招引|上市|入库|培植|树立|授予|开通|开行|执行|运行|种植|生产|收购|销售|营造|造林|栽植|恢复|保护|划定|建有|储备|遴选|选拔|资助|支付|降低|节约|盘活|出让|供应|筹建|筹措|筹划|保障|稳定|惠及|解决|释放|加装|探明|提升|规范)了?(?:约|近|超|逾|超过|不少于|至少|累计|一批|最高|最多|不超过|最高不超过|每年|共|总额)?(?:今年|全年|年度)?(?:全[国省市区县]|[省市县区]级|国家级|中心城区|主城区)?$",
    )
    .expect("the pattern of verbs of doing is well formed")
});

/// Nouns that are counted only in speech: `六个方面`, `三个层次`.
const ABSTRACT: &[&str] = &[
    "方面",
    "层次",
    "层面",
    "环节",
    "问题",
    "原则",
    "阶段",
    "步骤",
    "关键",
    "维度",
    "部分",
    "角度",
    "大类",
    "类别",
    "坚持",
    "统筹",
    "转变",
    "结合",
    "体系",
    "关口",
    "字",
    "一体",
    "月内",
    "工作日内",
    "周期",
    "档次",
    "级",
    "等级",
];

/// Nouns that carry a capacity or an amount in their name: `5万吨铜加工项目`, `1000亿元产业`.
const NAMED_BY_AMOUNT: &[&str] = &[
    "项目",
    "工程",
    "机组",
    "生产线",
    "装置",
    "水压机",
    "产业链",
    "乙烯",
    "产业集群",
    "产业",
    "企业",
    "园区",
    "集群",
    "级",
    "集团",
    "公司",
    "基地",
    "以上",
    "规模",
];

/// The quantities of a clause that are records; `counting` says that the clause before counted things.
pub fn keep(text: &str, clause: Span<Folded>, found: Vec<Quantity>, lists: &[List], counting: bool) -> Vec<Quantity> {
    let mut kept: Vec<Quantity> = Vec::with_capacity(found.len());
    // 云溪石化公司80万吨乙烯工程，|总投资210亿元: what one project costs is told of it alone.
    if costs(&text[clause.range()]) && ends_as_work(without_bearer(text[..clause.start].trim_end_matches(['，', '。']))) {
        return kept;
    }
    // 投资达到1亿元且亩均税收不低于20万元的，给予…: a clause that 的 closes says who qualifies.
    let said = &text[clause.range()];
    if said.ends_with('的') && !said.ends_with("目的") && !said.contains('是') {
        return kept;
    }
    if is_condition(said, &text[clause.end..]) {
        return kept;
    }
    let ats: Vec<usize> = found.iter().map(|q| q.at).collect();
    let mut based: Option<usize> = None;
    let mut granted: Option<usize> = None;
    // Where what those reach ends that the count before counts.
    let mut reached: Option<usize> = None;
    for (k, q) in found.into_iter().enumerate() {
        if reached.is_some_and(|end| q.at < end) {
            continue;
        }
        if let Some(sized) = sized(&text[q.span.end..clause.end], &q, reached.is_some()) {
            // 3家|企业营业收入超500亿元|、10家超百亿元
            reached = Some(q.span.end + sized.len());
            kept.push(q);
            continue;
        }
        // 比2010年的|24.2万吨、9.8万吨|分别减少14.1%、13%: what a row is compared with.
        let in_row = based.is_some_and(|end| super::said::is_joint(&text[end..q.at]));
        if in_row || opens_base(&text[clause.start..q.at], &text[q.span.end..clause.end]) {
            based = Some(q.span.end);
            continue;
        }
        let before = &text[clause.start..q.at];
        let end = ats.get(k + 1).copied().unwrap_or(clause.end);
        let place = Place {
            before,
            after: super::said::without_threshold(text[q.span.end..end].trim_start_matches(['了', ' '])),
            to_clause_end: &text[q.span.end..clause.end],
            chained: match kept.last() {
                Some(last) => follows(&text[last.span.end..q.at]),
                None => counting && before.is_empty(),
            },
            counted: kept.last().is_some_and(|last| sort(&last.unit) == Sort::Count),
        };
        // 分别奖励100万元、50万元和20万元
        if granted.is_some_and(|end| super::said::is_joint(&text[end..q.at])) || is_grant(&q, &place) {
            granted = Some(q.span.end);
            continue;
        }
        let explains = kept.last().is_some_and(|last| changes_in_brackets(&text[last.span.end..q.at]));
        if !is_sanction(&q, &place)
            && !is_threshold(&q, &place)
            && !closes_list(text, &q, lists)
            && (explains || !is_enclosed(text, clause, q.at))
            && is_stated(&q, &place)
        {
            kept.push(q);
        }
    }
    kept
}

/// Those that a count in 家, 户 or 个 is of, where they are told by what they reach.
fn sized<'t>(after: &'t str, q: &Quantity, told: bool) -> Option<Sized<'t>> {
    ["家", "户", "个"].contains(&q.unit.as_str()).then(|| Sized::read(after, told))?
}

/// `年产值首次突破10亿元、50亿元的企业，|分别给予50万元、100万元奖励`: a clause that says who qualifies for what the next gives.
fn is_condition(clause: &str, after: &str) -> bool {
    const WHO: [&str; 9] = ["企业", "项目", "单位", "机构", "平台", "产品", "园区", "个人", "团队"];
    let gives = || {
        let next = after.trim_start_matches('，');
        let next = next.strip_prefix("分别").or_else(|| next.strip_prefix("按规定")).unwrap_or(next);
        ["给予", "奖励", "补助", "补贴", "资助", "一次性", "奖补"].iter().any(|verb| next.starts_with(verb))
    };
    WHO.iter().any(|who| clause.ends_with(who)) && clause.contains('的') && gives()
}

/// `航空城项目，|由洪都集团承担`: the words without who carries it out.
fn without_bearer(words: &str) -> &str {
    words.rsplit_once('，').filter(|(_, last)| last.starts_with('由')).map_or(words, |(before, _)| before)
}

/// Whether a clause tells what something costs: `总投资210亿元`.
fn costs(clause: &str) -> bool {
    let said = ["计划", "预计", "项目", "概算", "估算", "规划"].iter().find_map(|word| clause.strip_prefix(word)).unwrap_or(clause);
    said.starts_with("总投资") || said.starts_with("投资")
}

/// Whether a figure is the first of several that those after it are compared with: `比2010年的|24.2万吨、`.
fn opens_base(before: &str, after: &str) -> bool {
    static BASE: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"(?:比|较)[^，。；]{2,8}[年末底]的$").expect("the pattern of bases is well formed"));
    after.starts_with(['、', '和']) && after.contains("分别") && BASE.is_match(before)
}

/// What stands around a figure.
struct Place<'t> {
    /// The clause before it.
    before: &'t str,
    /// What follows, up to the next figure.
    after: &'t str,
    /// What follows, up to the clause's end.
    to_clause_end: &'t str,
    /// Whether it goes on from a figure that is a record: `3个…先行区、10个…基地`.
    chained: bool,
    /// Whether the last record before it in the clause is a count.
    counted: bool,
}

/// `A、B、C等3大领域`: the count belongs to the list; a range (`等5种至10种`) is a commitment of its own.
fn closes_list(text: &str, q: &Quantity, lists: &[List]) -> bool {
    if q.value_max.is_some() {
        return false;
    }
    let of_list = lists.iter().any(|l| {
        l.declared.is_some()
            && l.span.start <= q.at
            && q.at <= l.head_span.end
            && (l.items.iter().all(|i| i.end <= q.at) || q.at < l.head_span.start && l.items[0].start > q.at)
    });
    let in_item = lists
        .iter()
        .any(|l| (l.items.len() > 1 || l.open) && l.items.iter().any(|i| i.start <= q.at && q.at < i.end) && is_named_thing(&l.head));
    of_list || in_item || text[..q.at].ends_with('等') || text[..q.at].ends_with("等“")
}

/// Lists of named projects and parks keep the figures in their items' names.
fn is_named_thing(head: &str) -> bool {
    ["项目", "工程", "园区", "基地", "园"].iter().any(|h| head.ends_with(h))
}

/// In a title, in quotes, in brackets that hold no statement.
fn is_enclosed(text: &str, clause: Span<Folded>, at: usize) -> bool {
    let before = &text[clause.start..at];
    let open = |a: char, b: char| before.matches(a).count() > before.matches(b).count();
    if open('《', '》') || open('“', '”') {
        return true;
    }
    if !open('（', '）') {
        return false;
    }
    let inside = before.rfind('（').map_or("", |k| &before[k + '（'.len_utf8()..]);
    // （去年为49.8%）
    let compares = ["去年", "上年", "同期"].iter().any(|year| inside.starts_with(year));
    !(compares
        || inside.starts_with("其中")
        || ["达到", "增长", "不低于", "不少于", "实现", "完成", "占"].iter().any(|w| inside.contains(w)))
}

/// `达到1450亿元（增加810亿元）`, `3000亿元（比2016年增加1502亿元）`: the bracket right behind a figure tells its change.
fn changes_in_brackets(between: &str) -> bool {
    let inside =
        ["以上", "以下", "左右", "以内"].iter().find_map(|bound| between.strip_prefix(bound)).unwrap_or(between).strip_prefix('（');
    let inside = inside.filter(|inside| !inside.contains(['）', '，', '、']) && inside.chars().count() <= 16);
    inside.is_some_and(|inside| ["增加", "增长", "减少", "下降", "提高", "降低", "净增"].iter().any(|verb| inside.ends_with(verb)))
}

/// Only list marks between two figures: `3个…先行区、10个…基地`.
fn follows(between: &str) -> bool {
    between.contains(['、']) || between.ends_with(['和', '及', '与'])
}

fn is_stated(q: &Quantity, place: &Place<'_>) -> bool {
    if super::said::capacity(place.before, place.to_clause_end).is_some() {
        return true;
    }
    // 共享服务量突破79亿次: what is counted in so many is no rhythm.
    let times = q.unit.ends_with('次')
        && !q.unit.starts_with(['万', '亿'])
        && !["人次", "户次", "家次", "架次", "班次", "场次", "航次"].iter().any(|u| q.unit.ends_with(u));
    if ["级", "号", "期", "届", "强企业", "型", "系列", "世纪", "线城市"].iter().any(|s| place.after.starts_with(s))
        || matches!(q.unit.as_str(), "大" | "度" | "日" | "号" | "千伏" | "级")
        // 营造一方新天地
        || q.chinese && q.unit == "方"
        || times
    {
        return false;
    }
    if q.unit == "位" && ["居", "列", "第", "前移", "上升", "进", "提升", "位次", "下降"].iter().any(|w| place.before.ends_with(w))
    {
        return false;
    }
    // 超500亿元的县域|增至12个: what a 的 ties to the figure goes on, not the figure.
    if super::said::goes_to(place.to_clause_end) && !place.after.starts_with('的') {
        return true;
    }
    match sort(&q.unit) {
        Sort::Time => is_measured_time(&q.unit, place.before, place.after),
        Sort::Count => is_counted(q, place),
        Sort::Ratio => is_ratio(q, place),
        Sort::Amount => is_amount(q, place),
    }
}

/// `处五万元以上二十万元以下的罚款`: what those who break a rule pay is no goal.
fn is_sanction(q: &Quantity, place: &Place<'_>) -> bool {
    // 查处案件120起、罚款300万元 reports: there 处 sets no penalty, nor does its object stand before 罚款.
    static SET: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"(?:^|[^查惩办])处(?:[^理置罚级长分]|$)").expect("the pattern of penalties is well formed"));
    if is_money(q) && place.before.contains("罚款数额") {
        return true;
    }
    let fined = place.to_clause_end.contains("罚款") || place.to_clause_end.contains("罚金");
    fined && (is_money(q) || sort(&q.unit) == Sort::Ratio) && SET.is_match(place.before)
}

/// `30户以上自然村通硬化路率达到70%`, `2万人以上的乡镇至少设置2所`, `站点800米覆盖率`: a size that tells which of a kind are meant, of whom
/// the clause then says more in figures.
fn is_threshold(q: &Quantity, place: &Place<'_>) -> bool {
    const RATES: [&str; 5] = ["率", "比例", "比重", "占比", "覆盖"];
    let said_more = place.to_clause_end.contains(|c: char| c.is_ascii_digit());
    let opens = !DOING.is_match(place.before) && !place.chained;
    let reach =
        matches!(sort(&q.unit), Sort::Amount) && ["覆盖", "半径", "范围", "服务圈"].iter().any(|word| place.after.starts_with(word));
    let sized =
        matches!(q.bound, Some(Bound::AtLeast | Bound::AtMost)) && q.span.end > q.end && starts_noun(place.after.trim_start_matches('的'));
    let of_kind =
        || place.after.starts_with('的') && !place.after.contains(['，', '、']) || RATES.iter().any(|rate| place.after.contains(rate));
    let is_share = q.unit.ends_with('%') || q.unit.ends_with('点');
    said_more && (reach || sized && opens && !is_share && of_kind())
}

/// What each who qualifies is given is no goal: `给予最高50万元奖励`, `一次性奖励10万元`, `按投资额的10%补助`.
fn is_grant(q: &Quantity, place: &Place<'_>) -> bool {
    static GIVEN: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?:给予|奖励|奖补|补助|补贴|资助|补偿|支持|贴息)[^，；0-9]{0,10}?(?:最高|最多|不超过|不高于|上限|标准|总额|每[家户个人项台套辆吨亩]|单个|一次性|按|以|给予|分别|为|的|[（(])*$").expect("the pattern of grants is well formed")
    });
    static GRANTED: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^(?:以内|以下|左右)?(?:的|、[0-9.]+万?元)*(?:的)?(?:标准)?(?:给予|一次性)?(?:财政|资金|专项|综合|后|经费|科研|研发|创业)?(?:奖励|支持|奖补|补助|补贴|资助|补偿|贴息)")
            .expect("the pattern of grants is well formed")
    });
    static SPENT: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(
            r"(?:安排|统筹|下达|拨付|筹集|争取|发放|兑现)(?:[^，；0-9一每按标]{0,10})$|[^对给可能]获得?[^，；0-9一每按标奖评认的]{0,10}$",
        )
        .expect("the pattern of spending is well formed")
    });
    let money = is_money(q) || q.unit == "%";
    let each =
        ["单个", "单户", "单家", "单项", "每户", "每家", "每个", "每人", "每名", "最高", "上限"].iter().any(|w| place.before.contains(w));
    let capped = is_money(q) && each && matches!(q.bound, Some(Bound::AtMost));
    // 政府补助标准提高到|每人每年|280元
    let head = ["每人每年", "每人每月", "每月每人", "每年每人", "人均"].iter().find_map(|head| place.before.strip_suffix(head));
    let reaches = ["达到", "提高到", "提高至", "增加到"].iter().any(|verb| head.unwrap_or(place.before).ends_with(verb));
    // 发放各类补贴1012.4万元, 安排450亿元支持…: what all were given together.
    let together = is_money(q) && !each && SPENT.is_match(place.before);
    // 中央补助收入2620亿元: what a budget was given.
    let income = ["补助收入", "补助支出", "补贴收入"].iter().any(|noun| place.before.ends_with(noun));
    capped || !together && !income && money && !reaches && (GIVEN.is_match(place.before) || GRANTED.is_match(place.to_clause_end))
}

/// What is done with those that are only looked after: `的监测分析`, `的动态跟踪`, `的日常监管`.
static WATCHED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"的(?:\p{Han}{2})?(?:监测|监控|跟踪|调度|监管|检查|抽查|督查|调查|统计)(?:分析|评估|管理|工作|力度)?$")
        .expect("the pattern of what is watched is well formed")
});

fn is_money(q: &Quantity) -> bool {
    unit::of(&q.unit).is_some_and(|u| u.base == "元")
}

/// A length of time is a figure only where something is measured in it: `时限压缩至40个工作日`, `储备量不低于1个月`.
fn is_measured_time(unit_text: &str, before: &str, after: &str) -> bool {
    static MEASURED: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?:时间|时限|用时|天数|周期|寿命|期限|库存|储备|年限|工期|时长|年龄|工时|里程(?:[^碑]|$)|不低于|不少于|压缩|缩短|控制在|延长|减少|压减).{0,12}$").expect("the pattern of measured times is well formed")
    });
    static TO: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(
            r"(?:至|到|达|达到|为|在|低于|少于|于|超过|提高到|不超过|压缩|缩短|延长|提前)(?:约)?(?:本[^，]{0,12}|全[省市国]|我[省市])?$",
        )
        .expect("the pattern of reaching is well formed")
    });
    static LIMITED: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?:不超过|不得超过|压缩[至到]|缩短[至到]|压减[至到]|控制在)$").expect("the pattern of limits is well formed")
    });
    // 自受理之日起一般不超过15个工作日
    if unit_text.ends_with("工作日") && LIMITED.is_match(before) {
        return true;
    }
    MEASURED.is_match(before) && (TO.is_match(before) || after.is_empty()) && !before.ends_with("每")
        || before.ends_with("寿命")
        || before.ends_with("寿命达到")
        || before.ends_with("寿命提高到")
}

fn is_counted(q: &Quantity, place: &Place<'_>) -> bool {
    static SERVED: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"(?:^|，|已|累计)为[^，。；]{1,12}的$").expect("the pattern of those served is well formed"));
    static BUILDS_FIRST: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"^(?:加快|推进)?(?:建设|新建|建成|开工建设)").expect("the pattern of building is well formed"));
    static INVESTED: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?:实施|建设|推进|开工|谋划|抓好|完成)(?:实施|建设)?[^，。；]{0,12}元的$")
            .expect("the pattern of works invested in is well formed")
    });
    let Place { before, after, to_clause_end, chained, .. } = *place;
    // 三个重点, but 4000家重点行业企业 and 10万户市场主体
    let spoken = |noun: &&str| after.strip_prefix(*noun).is_some_and(|rest| !rest.starts_with(crate::text::fold::is_han));
    if ABSTRACT.iter().any(|noun| after.starts_with(noun))
        || ["重点", "市场"].iter().any(spoken)
        || before.ends_with(['第', '每', '前', '同', '这', '几'])
        // 新增样板区、未来社区|各21个, but 各3个平台
        || before.ends_with('各') && !(before.contains('、') && (after.is_empty() || after.starts_with('，')))
        || before.ends_with("每年") && q.unit == "个"
    {
        return false;
    }
    // 抓好50户骨干企业、30种产品|的监测分析: how many are watched is no goal.
    if WATCHED.is_match(to_clause_end) {
        return false;
    }
    let noun = after.chars().take_while(|c| !matches!(c, '、' | '，')).count();
    let closed = after.is_empty() || after.starts_with(['、', '，', '和', '及', '（', '）', '以']) || noun == 0;
    if q.chinese {
        // 十条产业链, 三大体系: counted in words, a way of speaking; a figure only where the clause ends with it.
        return closed && q.value > 2.into() && DOING_BEFORE_COUNT.is_match(before);
    }
    if closed {
        return !before.trim().is_empty() || chained;
    }
    let doing =
        DOING.is_match(before) || before.ends_with("累计") || before.ends_with("重点") || before.ends_with('年') && before.contains("到20");
    // 为有需求的|5万人次残疾人提供服务, 实施总投资30亿元的|12个项目
    let offered = || ["提供", "开展", "办理", "发放"].iter().any(|verb| after.contains(verb));
    let served = SERVED.is_match(before) && ["人", "次", "名"].iter().any(|unit| q.unit.ends_with(unit)) && offered();
    let invested = INVESTED.is_match(before) && ["项目", "工程"].iter().any(|kind| after.contains(kind));
    // 建设云溪南站和|6个综合枢纽
    let joint = before.trim_end_matches(['、', '和', '及']);
    let goes_on = joint.len() < before.len() && BUILDS_FIRST.is_match(joint) && (ends_as_work(joint) || ends_as_park(joint));
    let doing = doing || served || invested || goes_on;
    let opens = before.trim().is_empty()
        || ["全省", "全市", "全县", "全区", "全州", "我市"].contains(&before.trim()) && !to_clause_end.contains("之一")
        || before.ends_with("，")
        || before.ends_with("其中")
        || before.ends_with("其中：")
        || before.ends_with("：");
    let bound = matches!(q.bound, Some(Bound::Over | Bound::AtLeast | Bound::About | Bound::Range)) && !before.ends_with("对");
    let assured = ["确保", "保证", "保障"].iter().any(|w| before.contains(w)) && before.ends_with('的');
    let divisions = ["县", "市（", "市、", "省（", "省、", "省份", "区县", "乡镇", "设区"].iter().any(|d| after.starts_with(d));
    let named = ["摘帽", "命名", "获评"].iter().any(|verb| to_clause_end.contains(verb));
    (chained || doing || (opens && has_predicate(to_clause_end)) || bound || assured) && (!divisions || doing || opens && named)
}

static DOING_BEFORE_COUNT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:达到|达|超过|突破|增加到|增至|不少于|不低于|新增|扩大到)$").expect("the pattern of reaching counts is well formed")
});

/// Whether something is said of the counted: `8家全国重点实验室落户河北`.
fn has_predicate(after: &str) -> bool {
    [
        "落户",
        "通过",
        "得到",
        "入选",
        "获",
        "拔地",
        "建成",
        "投用",
        "投产",
        "进入",
        "实现",
        "达到",
        "完成",
        "上市",
        "开工",
        "运营",
        "列入",
        "启动",
        "落地",
        "脱贫",
        "出列",
        "摘帽",
        "开通",
        "投运",
        "进行",
        "成为",
        "纳入",
        "退出",
        "开展",
        "兑现",
        "入围",
        "命名",
        "获评",
        "过亿",
        "挂牌",
        "揭牌",
        "上榜",
        "跻身",
        "通车",
        "竣工",
        "贯通",
        "实现就业",
    ]
    .iter()
    .any(|w| after.contains(w))
}

fn is_ratio(q: &Quantity, place: &Place<'_>) -> bool {
    let Place { before, after, .. } = *place;
    if q.unit.ends_with('倍') && after.starts_with('速') {
        return false;
    }
    // 由全体成员的过半数通过: so votes are counted.
    if q.chinese
        && ["通过", "同意", "赞成", "选举", "选票", "当选", "参加投票", "参加选举", "出席"].iter().any(|vote| after.starts_with(vote))
    {
        return false;
    }
    // 以每年25%的速度增长
    let grows = || ["增长", "递增", "提高", "上升"].iter().any(|verb| place.to_clause_end.ends_with(verb));
    if after.starts_with("的速度") && ["以", "年均", "每年"].iter().any(|word| before.contains(word)) && grows() {
        return true;
    }
    // 护岸面积占滩涂30%的要求, but 按照不低于3%的要求配置
    let asked = ["的目标要求", "的要求"].iter().any(|end| after.starts_with(end));
    if asked && before.contains('占') && !["按", "符合", "满足", "未"].iter().any(|word| before.contains(word)) {
        return true;
    }
    if after.starts_with('的') || (!after.is_empty() && q.bound.is_none() && starts_noun(after)) {
        // 50％以上的中小企业开展信息化应用: a share of something; 下降25％的节能目标 only describes.
        let share = before.trim().is_empty()
            || after.starts_with('的') && super::said::share_of(before, after).is_some()
            || before.ends_with(['有', '使', '，'])
            || before.ends_with('在') && super::said::share_of("", after).is_some()
            || before.ends_with("其中")
            || after.starts_with('的') && DOING.is_match(before)
            // 建成区45%以上的面积|达到要求, 城镇25%面积|达到…
            || super::said::SHARE_DOES.is_match(after) && !before.ends_with(['用', '以', '按', '经', '占', '股', '入', '出', '套']);
        return share && !q.chinese;
    }
    !(q.chinese && q.unit == "%" && before.ends_with('近') && after.starts_with('的'))
}

/// Whether a noun follows rather than the end of the statement.
fn starts_noun(after: &str) -> bool {
    let c = after.chars().next().unwrap_or('，');
    crate::text::fold::is_han(c) && !matches!(c, '和' | '及' | '以' | '与' | '至' | '到' | '并' | '且' | '左' | '的' | '、')
}

fn is_amount(q: &Quantity, place: &Place<'_>) -> bool {
    let Place { before, after, to_clause_end, chained, counted } = *place;
    // 对营业收入首次突破50亿元、100亿元的企业，分别…: a row of thresholds.
    // 超过100万元但不超过300万元的部分
    if SELECTED_BY_ROW.is_match(to_clause_end) && before.contains('对') || to_clause_end.ends_with("的部分") {
        return false;
    }
    if let Some(noun) = after.strip_prefix('的') {
        // 实现620亿元以上的|投资规模, 年产碳纤维1.5万吨、芳纶5000吨的|生产能力: what is reached stands behind its figure.
        let reached = chained || ["实现", "完成", "达到", "保持", "突破"].iter().any(|verb| before.ends_with(verb));
        if reached && super::said::words_measure(noun) && noun.chars().count() <= 10 {
            return true;
        }
        // 总投资5亿元以上的项目 selects, 总规模50亿元的基金 and 设立总规模不低于50亿元的基金 tell how large one is made.
        let sized = ["不低于", "不少于", "超过", "达到"].iter().find_map(|bound| before.strip_suffix(bound));
        // 设立不低于10亿元的产业基金
        let fund = ["基金", "资金", "贷款", "信贷"].iter().any(|kind| noun.contains(kind)) && !noun.contains('的');
        return before.ends_with("规模") && q.bound.is_none()
            || sized.is_some_and(|before| {
                FOUNDED.find(before).is_some_and(|verb| before.ends_with("规模") || fund && verb.end() == before.len())
            });
    }
    if after.is_empty() && matches!(q.bound, Some(Bound::Over | Bound::AtLeast)) && to_clause_end.starts_with(|c: char| c.is_ascii_digit())
    {
        // 其中10亿元以上15个: selects what the next figure counts.
        return false;
    }
    if qualifies(to_clause_end, counted) {
        return false;
    }
    if !starts_noun(after) {
        return !before.trim().is_empty() || chained;
    }
    let noun: String = after.chars().take_while(|c| !matches!(c, '、' | '，' | '（')).collect();
    if NAMED_BY_AMOUNT.iter().any(|n| noun.starts_with(n) || noun.ends_with(n)) || before.ends_with("年产") || before.ends_with("日处理")
    {
        return false;
    }
    // 每年安排不少于5亿元|支持…: what is spent has the bound itself; 超10亿元产品 are told by theirs.
    let selects = matches!(q.bound, Some(Bound::Over | Bound::AtLeast)) && is_money(q) && !SPENDS.is_match(before);
    (DOING.is_match(before) || chained) && !selects
}

/// What is spent before a bound of its own: `每年安排不少于`.
static SPENDS: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?:安排|投入|筹集|筹措|落实)(?:不少于|不低于|超过)$").expect("the pattern of spending is well formed"));

/// The rest of a row of figures behind which those stand that it tells apart: `、100亿元的企业`.
static SELECTED_BY_ROW: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:、[0-9.]+[万亿]?元)*(?:以上|以下)?的(?:[^，；。的]{0,8})?(?:企业|项目|单位|机构|平台|园区|公司)")
        .expect("the pattern of rows of thresholds is well formed")
});

/// What is founded with a size of its own: `设立总规模不低于1亿元的引导资金`.
static FOUNDED: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"(?:设立|组建|发起|成立|建立|打造|形成)").expect("the pattern of founding is well formed"));

/// Whether the figure only qualifies a noun further on: `年收入过10亿元、具有重要影响的企业集团`, `新增1亿元以上、符合规定的项目`.
fn qualifies(to_clause_end: &str, counted: bool) -> bool {
    static RELATIVE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^、(?:在|具|符合|有|拥有|年|产值|营业收入|销售收入|税收|纳税|市场|技术|研发|且|从事|带动|产品|成长|核心|创新|品牌|综合)[^，；]*的[^的，；]*(?:企业|项目|集团|公司|园区|基地|机构|平台|品牌|产业|工程)(?:建设|实施|落地)?(?:（[^）]*）)?(?:[0-9]+\p{Han}{1,2}(?:以上|左右)?)?$")
            .expect("the pattern of relative clauses is well formed")
    });
    // 固定资产投资在1亿元以上且亩均投资强度不低于200万元的项目为重大项目
    let joined = ["且", "并且", "或"].iter().any(|word| to_clause_end.starts_with(word)) && to_clause_end.contains('的');
    joined
        || RELATIVE.is_match(to_clause_end)
        || counted && to_clause_end.contains('的') && !to_clause_end.contains(|c: char| c.is_ascii_digit())
}
