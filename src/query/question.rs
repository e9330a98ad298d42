//! What does a question in plain Chinese ask for? `谁负责招商引资` asks for responsibilities that hold 招商引资,
//! `2013年生物产业的目标是多少` for targets of 2013 that hold 生物产业. Rules and cue words, no model: a question that no rule reads is
//! a search for its words.
//!
//! A question is read in three steps. What it asks for is told by its cue (谁负责, 多少, 哪些项目); times and places are taken
//! out of the rest (2013年, 6月底前, 在大庆); what is left is the topic.

use std::sync::LazyLock;

use regex::Regex;

use super::ast::{Expr, Field, Range};
use super::names::Names;
use crate::index::fold;

/// What a question was read as.
#[derive(Debug, Clone, PartialEq)]
pub struct Reading {
    /// The rule that read it: `who`, `tasks`, `deadline`, `amount`, `compare`, `list`, `whether`, `document`.
    pub rule: &'static str,
    /// What is asked for.
    pub expr: Expr,
    /// What answers, one after the other, where nothing holds all that is asked for: the passages that speak of `新药奖励多少`.
    pub otherwise: Vec<Expr>,
    /// What is asked for where some of the words must do; `None` where that is `expr`.
    pub loosely: Option<Expr>,
    /// Whether documents answer, each by its own record, whatever in it speaks of the topic.
    pub documents: bool,
    /// The topic alone: what answers are ranked by.
    pub topic: String,
}

impl Reading {
    /// What records of one kind answer.
    fn of(rule: &'static str, expr: Expr, topic: String) -> Self {
        Self { rule, expr, otherwise: Vec::new(), loosely: None, documents: false, topic }
    }

    /// All that may answer, in order, each with whether it must hold all of the words; some of them stand in any document.
    pub fn tries(&self) -> impl Iterator<Item = (&Expr, bool)> {
        let whole = std::iter::once(&self.expr).chain(&self.otherwise).map(|expr| (expr, true));
        let loosely = self.loosely.as_ref().unwrap_or(&self.expr);
        whole.chain((!self.documents).then_some((loosely, false)))
    }
}

/// A pattern over folded text.
fn pattern(source: &str) -> Regex {
    Regex::new(source).expect("the pattern is a constant that the tests use")
}

macro_rules! patterns {
    ($($(#[$doc:meta])* $name:ident = $source:expr;)*) => {
        $($(#[$doc])* static $name: LazyLock<Regex> = LazyLock::new(|| pattern($source));)*
    };
}

patterns! {
    /// `请问`, `我想知道`, and the marks at the end.
    FRAME = r"^(请问一下|请问|请教一下|请教|我想知道|想知道|想了解一下|想了解|我想问|想问问|想问|麻烦问下|麻烦问一下|查一下|查查|帮我查一下|帮我查|告诉我|列出|有关|那么|那)+[,，:]?|[?？。!！吗呢呀啊嘛\s]+$";
    /// `谁负责`, `由谁牵头`, `哪个部门管`, `归谁管`
    WHO = r"(由|归|是|让|该|应由|应该由|应该)*(谁|哪个|哪些|哪几个|哪家|哪一个|什么|何)(部门|单位|厅局|机构|委办局|委办|厅|局|人|机关)?(来|在|要|去|应该|应|具体|主要|共同)*(负责|牵头|主管|主抓|主办|承办|承担|分管|管理|管|抓|组织|落实|推进|实施|协办|协助|配合|参与|参加|做|办|干)(的|了)?(组织|推进|落实|实施|办理|执行|管理|协调)?";
    /// `项目用地由哪个部门解决`, `谁来监督资金使用`: whatever the verb is
    BY_WHOM = r"(由|归|让)(谁|哪个部门|哪个单位|哪家单位|哪些部门|哪些单位|什么部门|什么单位)(来|去|负责|牵头)*(\p{Han}{2,4})?$|^(谁|哪个部门|哪个单位|哪家单位)(来|去|应该|应当|应|要|该)+";
    /// `用地问题找哪个单位`, `招商引资是谁的责任`
    WHOM = r"(的)?(问题|事情|事)?(该|应该|应|要|得)*(找|问|联系)(谁|哪个|哪家|哪些|什么)(部门|单位|厅局|机构|厅|局)?(负责|办理|解决|办|协调)?$|(的)?(是|算|属于|归)(谁|哪个部门|哪个单位|哪家|哪家单位)的(责任|职责|任务|工作|事情|事|活儿|活|分工)$";
    /// `招商引资的牵头单位是谁`, `…责任部门有哪些`
    WHOSE = r"(的)?(牵头|责任|负责|主管|主办|配合|承办|参与|协办)(单位|部门|人|机构|厅局)(是|有|为|都有|包括|在)*(谁|哪个|哪些|哪几个|哪家|什么)?(部门|单位)?$";
    /// `省财政厅牵头哪些任务`, `…负责什么`, `…要做什么`
    TASKS = r"^(.{2,24}?)(共|都|具体|主要|一共|需要|应该|应当|还|要|该|应|得)*(牵头|负责|主办|承担|承办|主管|配合|参与|参加|协办|协助|支持|做好|做|干|管|抓|完成|办)(了|的|着)?(有)?(哪些|什么|哪几项|哪几个|几项|多少项|多少|啥)(任务|工作|事项|事情|事儿|事|项目|职责|责任|活儿|活)?$";
    /// `哪些任务由省财政厅牵头`
    TASKS_OF = r"^(有)?(哪些|什么|哪几项|哪几个|多少|啥)(任务|工作|事项|事情|事儿|事|活儿|活)(是|都|要|该|应)*(由|归|让)?(.{2,24}?)(来|去)?(牵头|负责|主办|承担|承办|主管|配合|参与|参加|协办|协助|支持|做|干|管|抓|办)(的)?$";
    /// `省统计局都有哪些活要干`
    TO_DO = r"^(.{2,24}?)(都|还|现在|手头|手上|今年|一共)*有(哪些|什么|啥|几项|多少)(任务|工作|事项|事情|事儿|事|活儿|活)(要|需要|得|该|应该|应当)(干|做|办|完成|负责|落实)(的)?$";
    /// `省财政厅有哪些任务`, `…的任务有哪些`, `…的职责是什么`
    DUTIES = r"^(.{2,24}?)(的)?(有|都有|承担着)?(哪些|什么|啥)?(牵头|配合|负责|主办|参与)?(的)?(任务|职责|责任|工作任务|分工|工作)(都)?(有哪些|是什么|有什么|是哪些|包括哪些|包括什么|清单)?$";
    /// `哪些任务是持续推进的`: whatever is said of them
    TASKS_THAT = r"^(有)?(哪些|什么|哪几项)(任务|工作|事项)(是|要|需要|需|应当|应)*(?P<said>\p{Han}{2,12}?)的$";
    /// `持续推进的任务有哪些`: tasks without an end
    ONGOING = r"^(?P<said>持续推进|长期坚持|持续实施|持续开展|常年坚持|常态化推进|年度推进)的(任务|工作|事项)(都)?(有(哪些|什么|啥)|是(哪些|什么))$";
    /// `省财政厅的任务什么时候完成`, `渔具平台何时建成`
    WHEN_DONE = r"^(?P<what>.{2,30}?)(的)?(任务|工作|事项)?(是|都|要|应|得|需要|应当)*(什么时候|何时|啥时候|几时|哪年|哪一年|什么时间|到什么时候)(之前|以前|前)?(要|能|应|才|会|可以)*(完成|做完|办完|办结|结束|到期|建成|落实|完工)(的)?$";
    /// `河北省要建设哪些铁路`: works by their kind
    WORKS = r"(的|都|又|还|要|将|会|正在|计划|准备|打算|应|需要|重点)*(建设|建成|建造|新建|兴建|修建|建|修|开工|规划|推进|改造|打通)(了)?(哪些|什么|哪几条|哪几座|几条|几座|多少条|多少座)(新的)?(?P<noun>高速公路|高速|公路|铁路|高铁|道路|大桥|桥梁|桥|隧道|机场|港口|码头|水库|电站|医院|学校|地铁|轨道交通|污水处理厂|路)$";
    /// `2011年6月底前`, `6月底之前`, `2011年底前`, `上半年`, `2011年前`
    BEFORE = r"(在|于|到|截至|截止到|截止)?(?:(?:(?P<year>\d{4})年的?)?(?P<end>(?P<month>\d{1,2})月(?P<day>\d{1,2}[日号]|份|底|末|中旬|上旬)?|上半年|一季度|三季度)(?P<until>之前|以前|前|内|以内)?|(?P<of>\d{4})?年?的?年(?:底|末|内)(?:之前|以前|前|以内)?|(?P<by>\d{4})年(?:之前|以前|前))";
    /// `要完成`, `应当办完`
    FINISH = r"(必须|需要|应当|应该|须|要|应|需|得|该)*(完成|做完|办完|办结|结束|到期|截止|落实|交付|建成)";
    /// `2013年`, `到2015年`
    YEAR = r"(到|在|截至|至)?(\d{4})年?(底|末|时|度|前|以前|之前)?(的|,)?";
    /// `“十二五”期间`, `十二五末`
    PLAN = r#"(到|在)?["“”']?十([一二三四五六])五["“”']?(规划)?(期间|期末|末|时期|的)*"#;
    /// `是多少`, `达到多少`, `有多少`, `增长多少`
    AMOUNT = r"(的)?((目标|指标|任务|预期|规划)+(值|数|数值)?)?(是|为|要|将|应|能|会|需要|计划|力争|预计|争取|打算|准备)*(达到|达|实现|完成|增长|提高|增加|下降|降低|减少|突破|超过|做到|发展到|发展|做|搞|有|控制在)*(到|了)?(多少|几何|多大|多高|几个|几)(亿元|万元|万亿元|亿|元|个百分点|百分点|%|家|户|个|倍|吨|万吨|项|规模|的规模)?(以上|左右)?$|(的)?规模(有|是|要|将)?多大$|(的)?(增速|比重|占比)(是|为|要|将)?(多少|多高|多大)$";
    /// `要建多少家行业技术中心`
    AMOUNT_OF = r"(计划|力争|争取|打算|准备|要|将|应|需要|会|能)*(建设|建成|建立|建|有|完成|实现|培育|新增|达到|投入|投资|生产|引进|创建)(多少|几)(亿元|万元|万亿元|亿|元|个|家|户|项|吨|万吨|亩)?(的)?";
    /// `目标是什么`, `目标有哪些`, `定了什么目标`
    GOAL = r"(的)?(主要|总体|发展|具体|工作|规划|预期)*(目标|指标)(都)?(是什么|有哪些|是哪些|有什么|为何|是啥|怎么定的|如何)$|(提出|定|制定|设定|有)(了|下)?(哪些|什么)(样的)?(主要|具体|发展)*(目标|指标)$|(的)(发展|主要|预期|规划)?(目标|指标)(值)?$";
    /// `地区生产总值目标`: a target only where a year or the name of an indicator says so
    BARE_GOAL = r"(主要|预期|发展|规划)*(目标|指标)(值)?$";
    /// Words of intent: `要达到多少` asks for what is planned.
    INTENT = r"目标|指标|要|将|应|计划|力争|预计|争取|打算|准备|规划|预期";
    /// `各省`: of all places.
    EVERYWHERE = r"(全国)?(各省区市|各省市|各省份|各省|各地区|各地|各市|各区县)(的)?";
    /// `比较云溪和鹿门的产值目标`
    COMPARE = r"^(比较|对比|对照)(一下|下)?|(的)?(比较|对比)(一下)?$";
    /// `买渔具有补贴吗`, `有没有贷款贴息`, `能否申请补助`
    WHETHER = r"^(?P<before>.*)(有没有|有无|是否有|是否可以|是否|能不能|能否|可不可以|可否|可以|能(?P<act>申请|领取|领|享受|拿|得到|买|办)|有)(?P<what>\p{Han}{2,16})$";
    /// `有没有补贴`: asks whether without 吗.
    EITHER = r"有没有|有无|是否|能否|能不能|可不可以|可否";
    /// `云政发〔2031〕7号`: the number of a document, alone.
    NUMBER = r"^\p{Han}{1,16}[〔\[(（【]\d{4}[〕\])）】]第?\d{1,4}号$";
    /// `今年`, `去年`: years by how they stand to this one
    SPOKEN = r"今年|本年度|本年|当年|明年|去年|上年度|上年|前年";
    /// `哪些园区在大庆`, `有哪些重点项目`
    LIST = r"(的|都|又|还|里|中|内|要|将|会|正在|计划|准备|打算|应|需要|重点|着力|大力|加快|积极)*(有|建设|建|发展|实施|推进|安排|布局|规划|新建|打造|培育|支持|采取|出台|包括|包含|涉及|搞|组建|上)*(了|的)?(哪些|哪几个|什么|哪几家|几个|多少个|哪几项)(重点|重大|主要|特色|新的|新)*(?P<noun>产业园区|产业基地|产业园|工业园区|工业园|园区|基地|开发区|示范区|工程项目|产业项目|建设项目|项目|工程|领域|产业链条|产业链|产业联盟|联盟|产业集群|集群|支柱产业|政策措施|保障措施|扶持政策|优惠政策|支持政策|政策|措施|举措)(在|位于|落在|落户|设在|建在)?";
    /// `出台了哪些项目扶持政策`
    LIST_OF = r"^(?P<before>.*?)(有|建设|建|发展|实施|推进|安排|布局|规划|打造|培育|支持|采取|出台|制定|搞)(了)?(哪些|什么)(?P<topic>.{2,10}?)(方面|方面的|的)?(?P<noun>产业园区|产业基地|产业园|工业园区|工业园|园区|基地|开发区|示范区|工程项目|产业项目|建设项目|项目|工程|领域|产业链条|产业链|产业联盟|联盟|产业集群|集群|支柱产业|政策措施|保障措施|扶持政策|优惠政策|支持政策|政策|措施|举措)$";
    /// `重点项目有哪些`, `园区都在哪里`
    LISTED = r"(的)?(重点|重大|主要|特色)*(?P<noun>产业园区|产业基地|产业园|工业园区|工业园|园区|基地|开发区|示范区|工程项目|产业项目|建设项目|项目|工程|领域|产业链条|产业链|产业联盟|联盟|产业集群|集群|支柱产业|政策措施|保障措施|扶持政策|优惠政策|支持政策|政策|措施|举措)(都|分别|主要|具体)*(有哪些|有什么|是哪些|是什么|有几个|包括哪些|包括什么|在哪里|在哪儿|在哪|有啥)$";
    /// `重点项目里新材料的有哪些`
    AMONG = r"^(重点|重大|主要)*(?P<noun>产业园区|产业基地|产业园|工业园区|工业园|园区|基地|开发区|示范区|工程项目|产业项目|建设项目|项目|工程|领域|产业链条|产业链|产业联盟|联盟|产业集群|集群|支柱产业|政策措施|保障措施|扶持政策|优惠政策|支持政策|政策|措施|举措)(里面|里|中|当中)(属于|在|位于)?(?P<topic>.{2,12}?)(的|方面的)?(有|是)?(哪些|什么|哪几个|几个|多少)$";
    /// `在大庆`, `位于哈尔滨`
    PLACE = r"(在|位于|落户于|落户|设在|建在)([\p{Han}]{2,8}?)(市|县|区|地区|省)?(的|有|境内)?$";
    /// `哪个方案讲产业项目`
    DOCUMENT_SAYS = r"(^| )(是)?(讲|谈到|谈|提到|说到|说|安排了|安排|部署了|部署|涉及|规定了|规定|针对)";
    /// `什么时候发布的`, `文号是多少`
    DOCUMENT = r"(的)?(文号|发文字号|印发日期|发布日期|成文日期|发文机关|发文单位|印发时间|发布时间)(是)?(什么|多少|哪个|哪天|谁)?$|(是)?(在)?(什么时候|何时|哪一年|哪年|哪一天|哪天|谁|哪个部门|哪个单位)(发布|印发|出台|下发|公布|发)(的|了)?$|是?(哪一年|哪年|哪一天|哪天|什么时候)的$|^(哪个|哪些|什么)(文件|通知|规划|方案|意见)";
}

/// Reads a question of one form.
type Rule = fn(&str, &dyn Names) -> Option<Reading>;

/// Reads a question; `None` where no rule reads it.
pub fn read_question(text: &str, names: &dyn Names) -> Option<Reading> {
    read_in(text, names, i64::from(tantivy::time::OffsetDateTime::now_utc().year()))
}

/// Reads a question that is put in the year `now`.
fn read_in(text: &str, names: &dyn Names, now: i64) -> Option<Reading> {
    let folded = fold(text.trim());
    let plain = FRAME.replace_all(&folded, "").trim().to_owned();
    let year = |spoken: &regex::Captures<'_>| {
        let start = spoken.get(0).map_or(0, |found| found.start());
        // 目|前年产能, 规模以|上年产值: no year is said there.
        if goes_on_into(&plain, start) {
            return spoken[0].to_owned();
        }
        let years = match &spoken[0] {
            "明年" => 1,
            "去年" | "上年" | "上年度" => -1,
            "前年" => -2,
            _ => 0,
        };
        format!("{}年", now + years)
    };
    let plain = SPOKEN.replace_all(&plain, year).into_owned();
    if plain.chars().count() < 4 || plain.contains(':') || plain.contains('"') && !plain.contains('五') {
        return None;
    }
    let rules: [Rule; 9] = [document, deadline, when_done, tasks, who, works, compare, amount, list];
    let reading = rules.iter().find_map(|rule| rule(&plain, names));
    let yes_or_no = folded.trim_end_matches(['?', '!', '。']).ends_with(['吗', '么']) || EITHER.is_match(&plain);
    reading.or_else(|| whether(&plain, names).filter(|_| yes_or_no))
}

/// Whether a word goes on into what reads as a year: 目前年产能, 以上年产值, 文明年度.
fn goes_on_into(text: &str, at: usize) -> bool {
    text[..at].ends_with(['目', '以', '之', '提', '文', '基', '成'])
}

/// The parts of a question that say when: taken out of it.
#[derive(Default)]
struct When {
    years: Option<Range<i64>>,
}

impl When {
    fn take(text: &str) -> (Self, String) {
        if let Some(found) = PLAN.captures(text) {
            let number = ["一", "二", "三", "四", "五", "六"]
                .iter()
                .zip(0_i64..)
                .find(|(numeral, _)| **numeral == &found[2])
                .map_or(0, |(_, number)| number);
            let first = 2006 + number * 5;
            let rest = text.replacen(&found[0], " ", 1);
            let from = if found[0].contains('末') { first + 4 } else { first };
            return (Self { years: Some(Range::closed(from, first + 4)) }, rest);
        }
        if let Some(found) = YEAR.captures(text)
            && let Ok(year) = found[2].parse::<i64>()
            && (1949..=2100).contains(&year)
        {
            let rest = text.replacen(&found[0], " ", 1);
            return (Self { years: Some(Range::closed(year, year)) }, rest);
        }
        (Self::default(), text.to_owned())
    }

    fn expr(&self) -> Option<Expr> {
        self.years.map(Expr::Year)
    }
}

/// What is there, or of there: a text that speaks for a region seldom names it.
fn there(name: &str, also: &[Field]) -> Vec<Expr> {
    let fields = also.iter().chain(&[Field::Region]).map(|field| Expr::Field(*field, name.to_owned()));
    fields.chain([Expr::Words(name.to_owned())]).collect()
}

/// Takes the places out of a text: `云溪和鹿门渔具产值` is the 渔具产值 of two places.
fn take_places(text: &str, names: &dyn Names, also: &[Field]) -> (Option<Expr>, String) {
    let places = names.places(text);
    let mut rest = text.to_owned();
    for (at, place) in places.iter().enumerate().rev() {
        let before = at.checked_sub(1).map(|before| places[before].end);
        let joined = before.filter(|end| ["和", "与", "、", "跟", "及"].contains(&text[*end..place.start].trim()));
        rest.replace_range(joined.unwrap_or(place.start)..place.end, " ");
    }
    let there: Vec<Expr> = places.into_iter().flat_map(|place| there(&text[place], also)).collect();
    ((!there.is_empty()).then_some(Expr::Any(there)), rest)
}

/// The topic without what surrounds it: `关于` before it, `的`, `方面`, `工作` after it.
fn topic(text: &str) -> String {
    let mut topic = text.trim_matches(|c: char| c.is_whitespace() || ",，、;；".contains(c));
    loop {
        let before = topic;
        for prefix in [
            "计划", "力争", "完成", "实现", "关于", "对于", "对", "在", "的", "我省", "我们", "和", "是", "把", "省里", "推进", "做好",
            "由",
        ] {
            if let Some(rest) = topic.strip_prefix(prefix).filter(|rest| rest.chars().count() > 1) {
                topic = rest.trim_start();
            }
        }
        for suffix in [
            "的",
            "方面",
            "这件事",
            "这一块",
            "这块",
            "这方面",
            "问题",
            "这项工作",
            "这项任务",
            "的工作",
            "工作",
            "任务",
            "的事",
            "事项",
            "上",
            "里",
            "中",
            "是",
            "由",
            "应",
            "要",
            "都",
            "有",
        ] {
            if let Some(rest) = topic.strip_suffix(suffix).filter(|rest| rest.chars().count() > 1) {
                topic = rest;
            }
        }
        if before == topic {
            return topic.to_owned();
        }
    }
}

/// All of the parts that there are, with the topic's words where there is a topic.
fn all(parts: Vec<Option<Expr>>, topic: &str) -> Expr {
    let mut parts: Vec<Expr> = parts.into_iter().flatten().collect();
    if !topic.is_empty() {
        parts.push(Expr::Words(topic.to_owned()));
    }
    Expr::All(parts)
}

/// `谁负责招商引资`, `招商引资由哪个部门牵头`, `招商引资的责任单位是谁`
fn who(text: &str, _names: &dyn Names) -> Option<Reading> {
    let rules = [&WHOM, &WHO, &WHOSE, &BY_WHOM];
    let found = rules.iter().find_map(|rule| rule.captures(text))?;
    let cue = found.get(0)?;
    // `项目用地由哪个部门解决`: the verb says what of the 用地.
    let verb = if BY_WHOM.is_match(cue.as_str()) { found.get(4).map_or("", |verb| verb.as_str()) } else { "" };
    let rest = format!("{} {} {verb}", &text[..cue.start()], &text[cue.end()..]);
    let (when, rest) = When::take(&rest);
    let topic = topic(&rest);
    if topic.is_empty() {
        return None;
    }
    Some(Reading::of("who", all(vec![Some(Expr::of_type("responsibility")), when.expr()], &topic), topic))
}

/// Whether a name is one of a unit: known, or with the ending of one.
fn is_unit(name: &str, names: &dyn Names) -> bool {
    const ENDINGS: [&str; 28] = [
        "镇",
        "乡",
        "街道",
        "集团",
        "厅",
        "局",
        "委",
        "办",
        "部",
        "政府",
        "办公室",
        "院",
        "行",
        "银行",
        "公司",
        "中心",
        "组",
        "会",
        "署",
        "行署",
        "税务局",
        "支队",
        "海关",
        "委员会",
        "发改委",
        "总队",
        "处",
        "厅办",
    ];
    let length = name.chars().count();
    !names.unit_aliases(name).is_empty() || (length > 2 && ENDINGS.iter().any(|ending| name.ends_with(ending)))
}

/// `省财政厅牵头哪些任务`, `省财政厅6月底前要完成什么`, `省统计局的任务有哪些`
fn tasks(text: &str, names: &dyn Names) -> Option<Reading> {
    if let Some(found) = TASKS_THAT.captures(text).filter(|_| !TASKS_OF.is_match(text)).or_else(|| ONGOING.captures(text)) {
        let said = found["said"].to_owned();
        return Some(Reading::of("tasks", all(vec![Some(Expr::of_type("responsibility"))], &said), said));
    }
    let (cue, unit) = if let Some(found) = TASKS_OF.captures(text) {
        (found[8].to_owned(), found[6].to_owned())
    } else if let Some(found) = TO_DO.captures(text) {
        (String::new(), found[1].to_owned())
    } else if let Some(found) = TASKS.captures(text) {
        (found[3].to_owned(), found[1].to_owned())
    } else {
        let found = DUTIES.captures(text)?;
        (found.get(5).map_or(String::new(), |cue| cue.as_str().to_owned()), found[1].to_owned())
    };
    let (due, unit) = take_due(&unit);
    let (when, unit) = When::take(&unit);
    let unit = unit.trim().trim_end_matches(['的', '要', '需', '应', '该']).to_owned();
    // 浦东新区 bears tasks as a department does; 大庆支持哪些项目 asks for projects.
    // 泗泾镇牵头哪些工作: who leads or supports is a unit, whatever it is called.
    let by_its_part = ["牵头", "主办", "主管", "配合", "协办"].contains(&cue.as_str()) && (2..=14).contains(&unit.chars().count());
    if !is_unit(&unit, names) && (text.ends_with("项目") || !names.is_place(&unit) && !by_its_part) {
        return None;
    }
    let by = |field| Expr::Field(field, unit.clone());
    let units = match cue.as_str() {
        "牵头" | "主办" | "主管" => by(Field::Lead),
        "配合" | "参与" | "参加" | "协办" | "协助" | "支持" => by(Field::Support),
        _ => borne_by(&unit),
    };
    let expr = all(vec![Some(Expr::of_type("responsibility")), Some(units), due, when.expr()], "");
    Some(Reading::of("tasks", expr, unit))
}

/// What a unit leads or supports.
fn borne_by(unit: &str) -> Expr {
    Expr::Any([Field::Lead, Field::Support].map(|field| Expr::Field(field, unit.to_owned())).into())
}

/// `省财政厅的任务什么时候完成`: the unit's; `渔具平台何时建成`: those that speak of it.
fn when_done(text: &str, names: &dyn Names) -> Option<Reading> {
    let found = WHEN_DONE.captures(text)?;
    let what = topic(&found["what"]);
    if what.is_empty() {
        return None;
    }
    let unit = is_unit(&what, names).then(|| borne_by(&what));
    let words = if unit.is_some() { "" } else { what.as_str() };
    let expr = all(vec![Some(Expr::of_type("responsibility")), unit], words);
    let otherwise = if words.is_empty() { Vec::new() } else { vec![all(vec![Some(Expr::of_type("passage"))], words)] };
    Some(Reading { otherwise, ..Reading::of("deadline", expr, what.clone()) })
}

/// Takes `2011年6月底前` out of a text.
fn take_due(text: &str) -> (Option<Expr>, String) {
    let Some(found) = BEFORE.captures(text) else {
        return (None, text.to_owned());
    };
    let number = |name: &str| found.name(name).and_then(|number| number.as_str().parse::<i64>().ok());
    let month = number("month");
    let day = found.name("day").and_then(|day| day.as_str().trim_end_matches(['日', '号']).parse::<i64>().ok());
    let last = match (found.name("end").map_or("", |end| end.as_str()), month) {
        ("上半年", _) => 631,
        ("一季度", _) => 331,
        ("三季度", _) => 931,
        (_, Some(month)) if (1..=12).contains(&month) => month * 100 + day.unwrap_or(31),
        _ => 1231,
    };
    let (by, year) = (number("by"), number("year").or_else(|| number("of")).or_else(|| number("by")));
    let before = found.name("until").is_some() || month.is_none();
    let low = match (before, year) {
        _ if by.is_some() => None,
        (false, Some(year)) => Some((year * 10_000 + last / 100 * 100, true)),
        (false, None) => Some((last / 100 * 100, true)),
        (true, Some(year)) => Some((year * 10_000, true)),
        (true, None) => None,
    };
    let high = Some((year.unwrap_or(0) * 10_000 + last, true));
    (Some(Expr::Due(Range { low, high })), text.replacen(&found[0], "", 1))
}

/// `6月底前要完成什么`, `2011年6月底前要完成哪些任务`, `哪些任务年底前完成`
fn deadline(text: &str, names: &dyn Names) -> Option<Reading> {
    // 今年6月底前完成的任务
    let asks = ["什么", "哪些", "哪几", "啥"].iter().any(|word| text.contains(word))
        || ["的任务", "的工作", "的事项"].iter().any(|end| text.ends_with(end));
    if !asks || !BEFORE.is_match(text) || !FINISH.is_match(text) {
        return None;
    }
    let (due, rest) = take_due(text);
    // Where no task has such a deadline, a paragraph may say `2031年底前`.
    let day = BEFORE.find(text).map_or("", |found| found.as_str()).trim_start_matches(['在', '于', '到', '截', '至', '止']);
    let said = day.starts_with(|c: char| c.is_ascii_digit()).then(|| Expr::Phrase(day.to_owned()));
    let mut rest = FINISH.replace(&rest, "").into_owned();
    for cue in [
        "时限是",
        "时限为",
        "时间是",
        "时间为",
        "有哪些",
        "有什么",
        "哪些任务",
        "哪些工作",
        "哪些事项",
        "什么任务",
        "什么工作",
        "哪些事",
        "哪几项",
        "什么事",
        "哪些",
        "什么",
        "啥",
        "任务",
        "工作",
        "的",
    ] {
        rest = rest.replace(cue, "");
    }
    let rest = topic(&rest);
    let unit = is_unit(&rest, names).then(|| borne_by(&rest));
    let words = if unit.is_some() { "" } else { rest.as_str() };
    let otherwise = said.map(|said| all(vec![Some(Expr::of_type("passage")), Some(said)], &rest));
    let expr = all(vec![Some(Expr::of_type("responsibility")), due, unit], words);
    Some(Reading { otherwise: otherwise.into_iter().collect(), ..Reading::of("deadline", expr, rest) })
}

/// `比较云溪和鹿门2031年产值目标`: the figures of both.
fn compare(text: &str, names: &dyn Names) -> Option<Reading> {
    let rest = COMPARE.is_match(text).then(|| COMPARE.replace_all(text, ""))?;
    Some(Reading { rule: "compare", ..amount(&rest, names)? })
}

/// `2013年生物产业的目标是多少`, `到2015年工业增加值要达到多少`, `生物产业的目标有哪些`, `2031年云溪产值目标`
fn amount(text: &str, names: &dyn Names) -> Option<Reading> {
    let bare = || BARE_GOAL.find(text).filter(|_| YEAR.is_match(text) || names.indicator(text).is_some());
    let found = match AMOUNT.find(text).or_else(|| GOAL.find(text)).or_else(bare) {
        Some(found) => found,
        None => AMOUNT_OF.find(text).filter(|found| found.end() < text.len())?,
    };
    let intended = INTENT.is_match(found.as_str());
    let (when, rest) = When::take(&format!("{} {}", &text[..found.start()], &text[found.end()..]));
    let (place, rest) = take_places(&EVERYWHERE.replace(&rest, " "), names, &[]);
    let rest = rest.replace("目标", "");
    let whole = topic(&rest);
    if whole.is_empty() && when.years.is_none() && place.is_none() {
        return None;
    }
    let indicator = names.indicator(&whole).map(|(at, others)| {
        // A record may part what is asked: 工业增加值 of 规模以上工业.
        let called = std::iter::once(Expr::Words(whole[at.clone()].to_owned()));
        let called = called.chain(others.into_iter().map(|name| Expr::Field(Field::Indicator, name.to_owned())));
        (Expr::Any(called.collect()), topic(&format!("{} {}", &whole[..at.start], &whole[at.end..])))
    });
    let (called, words) = indicator.map_or_else(|| (None, whole.clone()), |(called, words)| (Some(called), words));
    let types = if intended { Expr::of_type("target") } else { Expr::Any(vec![Expr::of_type("target"), Expr::of_type("statistic")]) };
    let year = when.years.and_then(|years| years.low).map(|(year, _)| Expr::Words(year.to_string()));
    let said = all(vec![Some(Expr::of_type("passage")), place.clone(), year], &whole);
    let expr = |also| all(vec![Some(types.clone()), when.expr(), place.clone(), called.clone(), also], &words);
    // 支出增长多少, 增加值占比多少: the change, or the share, stands before the amount.
    let asked = |words: &[&str]| words.iter().any(|word| found.as_str().contains(word));
    let share = asked(&["占比", "比重"]);
    let rate = share || asked(&["增长", "下降", "增速"]);
    let percent = rate.then(|| Expr::Field(Field::Unit, "%".to_owned()));
    let closer = percent.map(|percent| if share { Expr::All(vec![percent, Expr::Words("比重".to_owned())]) } else { percent });
    let (first, otherwise) = match closer {
        Some(closer) => (expr(Some(closer)), vec![expr(None), said]),
        None => (expr(None), vec![said]),
    };
    Some(Reading { otherwise, ..Reading::of("amount", first, whole) })
}

/// The type of what is listed: `园区` → park.
fn listed(noun: &str) -> &'static str {
    if ["园", "基地", "开发区", "示范区"].iter().any(|part| noun.contains(part)) {
        "park"
    } else if noun.contains("项目") || noun.contains("工程") {
        "project"
    } else if noun.contains("政策") || noun.contains("措施") || noun.contains("举措") {
        "measure"
    } else {
        "focus"
    }
}

/// `河北省要建设哪些铁路`: projects of that kind.
fn works(text: &str, names: &dyn Names) -> Option<Reading> {
    let found = WORKS.captures(text)?;
    let cue = found.get(0)?;
    let (when, rest) = When::take(&text[..cue.start()]);
    let (place, rest) = take_places(&rest, names, &[Field::Place]);
    let words = format!("{} {}", topic(&rest), &found["noun"]);
    let expr = all(vec![Some(Expr::of_type("project")), place, when.expr()], words.trim());
    Some(Reading::of("list", expr, words.trim().to_owned()))
}

/// What kind of policy is asked for: `优惠政策` → 优惠.
fn qualifier(noun: &str) -> &str {
    ["优惠", "扶持", "支持"].into_iter().find(|kind| noun.starts_with(kind)).unwrap_or("")
}

/// What a list of `noun` calls its items, where its records say it: `集群`.
fn kind_of_focus(noun: &str) -> Option<Expr> {
    ["产业链", "联盟", "集群", "领域"].iter().find(|kind| noun.contains(**kind)).map(|kind| Expr::Words((*kind).to_owned()))
}

/// Whether a place follows: `哪些园区在`.
fn located(cue: &str) -> bool {
    cue.ends_with(['在', '于']) || cue.ends_with("落户")
}

/// `哪些园区在大庆`, `新材料产业有哪些重点项目`, `新材料产业的重点项目有哪些`, `重点项目里新材料的有哪些`
fn list(text: &str, names: &dyn Names) -> Option<Reading> {
    let among = AMONG.captures(text);
    let found = if among.is_none() { LIST.captures(text).or_else(|| LISTED.captures(text)) } else { None };
    // `哪些项目扶持政策` asks for 政策: what a list is of stands last.
    let goes_on = |found: &regex::Captures<'_>| found.get(0).is_some_and(|cue| cue.end() < text.len() && !located(cue.as_str()));
    let among = among.or_else(|| LIST_OF.captures(text).filter(|_| found.as_ref().is_none_or(goes_on)));
    let (noun, cue, rest, after) = match (&among, &found) {
        (Some(found), _) => {
            let before = found.name("before").map_or("", |before| before.as_str());
            (&found["noun"], "", format!("{before} {}", &found["topic"]), "")
        }
        (None, Some(found)) => {
            let cue = found.get(0)?;
            let located = located(cue.as_str());
            let after = &text[cue.end()..];
            let rest = format!("{} {}", &text[..cue.start()], if located { "" } else { after });
            (&found["noun"], cue.as_str(), rest, if located { after } else { "" })
        }
        (None, None) => return None,
    };
    let (kind, qualified) = (listed(noun), qualifier(noun));
    let (when, rest) = When::take(&rest);
    let mut rest = topic(&rest);
    let mut place = Some(after.trim_end_matches(['的', '市', '县', '区']).to_owned()).filter(|after| !after.is_empty());
    if place.is_none()
        && let Some(found) = PLACE.captures(&rest.clone())
    {
        place = Some(found[2].to_owned());
        rest = topic(&rest.replacen(&found[0], "", 1));
    }
    if place.is_none() && !rest.is_empty() && names.is_place(&rest) {
        place = Some(std::mem::take(&mut rest));
    }
    let at = if let Some(place) = &place {
        Some(Expr::Any(there(place, &[Field::Place])))
    } else {
        let (at, others) = take_places(&rest, names, &[Field::Place]);
        rest = topic(&others);
        at
    };
    let whole = cue.chars().count() + 1 >= text.chars().count();
    if at.is_none() && rest.is_empty() && when.years.is_none() && !text.starts_with(['有', '哪']) && !whole {
        return None;
    }
    let sort = if kind == "focus" { kind_of_focus(noun) } else { None };
    let said = format!("{rest} {qualified}");
    let passages = |types| all(vec![Some(types), at.clone()], said.trim());
    let policy = kind == "measure" && !rest.is_empty();
    let otherwise = if policy { vec![passages(Expr::of_type("passage"))] } else { Vec::new() };
    let loosely = policy.then(|| passages(Expr::Any(vec![Expr::of_type("measure"), Expr::of_type("passage")])));
    let topic = format!("{rest}{}", place.unwrap_or_default());
    Some(Reading { otherwise, loosely, ..Reading::of("list", all(vec![Some(Expr::of_type(kind)), sort, at, when.expr()], &rest), topic) })
}

/// What documents are called.
const DOCUMENT_NOUNS: &[char] = &['案', '划', '知', '见', '法', '定', '要', '告', '件', '函', '令', '书', '例', '则', '报'];

/// `工业转型升级规划的文号是多少`, `这个规划是什么时候印发的`, `哪些文件讲人工智能`, `云政发〔2031〕7号`
fn document(text: &str, _names: &dyn Names) -> Option<Reading> {
    if NUMBER.is_match(text) {
        let expr = all(vec![Some(Expr::of_type("document")), Some(Expr::Field(Field::Number, text.to_owned()))], "");
        return Some(Reading::of("document", expr, text.to_owned()));
    }
    let found = DOCUMENT.find(text)?;
    let (when, rest) = When::take(&format!("{} {}", &text[..found.start()], &text[found.end()..]));
    let topic = topic(&DOCUMENT_SAYS.replace(&rest, " "));
    let of_document = topic.ends_with(DOCUMENT_NOUNS) || DOCUMENT_SAYS.is_match(text);
    let cue = found.as_str();
    if topic.chars().count() < 2
        || !of_document && (cue.contains('谁') || cue.contains("部门") || cue.ends_with("的") && !cue.contains(['发', '布']))
    {
        return None;
    }
    let which = found.start() == 0;
    let titled = all(vec![Some(Expr::of_type("document")), when.expr()], &topic);
    let spoken = Expr::Words(topic.clone());
    let (expr, otherwise) = if which && when.years.is_none() { (spoken, Vec::new()) } else { (titled, vec![spoken]) };
    Some(Reading { otherwise, documents: true, ..Reading::of("document", expr, topic) })
}

/// `买渔具有补贴吗`: a passage says whether.
fn whether(text: &str, names: &dyn Names) -> Option<Reading> {
    let found = WHETHER.captures(text)?;
    let (place, before) = take_places(&found["before"], names, &[]);
    let before = topic(&before);
    let words = topic(&format!("{} {}", before.strip_prefix('买').unwrap_or(&before), &found["what"]));
    let expr = all(vec![Some(Expr::of_type("passage")), place], &words);
    Some(Reading::of("whether", expr, words))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::names::NoNames;

    fn read(text: &str) -> String {
        read_question(text, &NoNames).map_or("-".to_owned(), |reading| reading.expr.to_string())
    }

    #[test]
    fn questions_are_read() {
        for (question, meaning) in [
            ("谁负责招商引资", "type:responsibility 招商引资"),
            ("招商引资由谁负责？", "type:responsibility 招商引资"),
            ("招商引资归谁管", "type:responsibility 招商引资"),
            ("请问哪个部门牵头招商引资工作？", "type:responsibility 招商引资"),
            ("招商引资的牵头单位是谁", "type:responsibility 招商引资"),
            ("产业园区建设由哪些单位配合", "type:responsibility 产业园区建设"),
            ("省财政厅牵头哪些任务", "type:responsibility lead:省财政厅"),
            ("省财政厅负责什么", "type:responsibility (lead:省财政厅 OR support:省财政厅)"),
            ("省统计局配合哪些工作？", "type:responsibility support:省统计局"),
            ("省发改委的任务有哪些", "type:responsibility (lead:省发改委 OR support:省发改委)"),
            ("6月底前要完成什么", "type:responsibility due:<=06"),
            ("2011年6月底前要完成哪些任务", "type:responsibility due:2011-00..2011-06"),
            ("哪些任务年底前完成", "type:responsibility due:<=12"),
            ("2013年生物产业的目标是多少", "type:target year:2013 生物产业"),
            ("到2015年工业增加值要达到多少", "type:target year:2015 工业增加值"),
            ("2031年渔具产业产值目标", "type:target year:2031 渔具产业产值"),
            ("2031年底前要完成什么", "type:responsibility due:2031-00..2031-12"),
            ("2031年前要完成哪些任务", "type:responsibility due:<=2031-12"),
            ("2031年6月底前完成的任务有哪些", "type:responsibility due:2031-00..2031-06"),
            ("哪些任务是长期坚持的", "type:responsibility 长期坚持"),
            ("买渔具有补贴吗", "type:passage 渔具 补贴"),
            ("新能源渔船有补贴吗", "type:passage 新能源渔船 补贴"),
            ("领军人才有补贴吗", "type:passage 领军人才 补贴"),
            ("2031年年底前要完成什么", "type:responsibility due:2031-00..2031-12"),
            ("渔具规划是哪一年的", "type:document 渔具规划"),
            ("云政发〔2031〕7号", "type:document number:云政发[2031]7号"),
            ("生物产业的主要目标有哪些", "type:target 生物产业"),
            ("“十二五”期间新材料产业的目标是什么", "type:target year:2011..2015 新材料产业"),
            ("哪些园区在大庆", "type:park (place:大庆 OR region:大庆 OR 大庆)"),
            ("大庆有哪些园区", "type:park 大庆"),
            ("新材料产业有哪些重点项目", "type:project 新材料产业"),
            ("新材料产业的重点项目有哪些？", "type:project 新材料产业"),
            ("装备制造业要建设哪些产业集群", "type:focus 集群 装备制造业"),
            ("工业转型升级规划的文号是多少", "type:document 工业转型升级规划"),
            ("云溪要建设哪些铁路", "type:project 云溪 铁路"),
            ("2031年6月底前完成的任务", "type:responsibility due:2031-00..2031-06"),
            ("完成时限是2031年12月的任务", "type:responsibility due:2031-12"),
            ("持续推进的任务有哪些", "type:responsibility 持续推进"),
            ("省统计局的任务什么时候完成", "type:responsibility (lead:省统计局 OR support:省统计局)"),
            ("渔具检测平台何时建成", "type:responsibility 渔具检测平台"),
            ("柳林镇牵头哪些工作", "type:responsibility lead:柳林镇"),
            ("渔业支出增长多少", "(type:target OR type:statistic) unit:% 渔业支出"),
            ("渔业增加值占比多少", "(type:target OR type:statistic) (unit:% 比重) 渔业增加值"),
        ] {
            assert_eq!(read(question), meaning, "{question}");
        }
    }

    #[test]
    fn years_are_said_by_how_they_stand_to_this_one() {
        let read = |text| read_in(text, &NoNames, 2031).map_or("-".to_owned(), |reading| reading.expr.to_string());
        assert_eq!(read("今年6月底前要完成什么"), "type:responsibility due:2031-00..2031-06");
        assert_eq!(read("去年渔具产业产值是多少"), "(type:target OR type:statistic) year:2030 渔具产业产值");
        assert_eq!(read("今年年底前要完成什么"), "type:responsibility due:2031-00..2031-12");
        assert_eq!(read("目前年产值是多少"), "(type:target OR type:statistic) 目前年产值");
    }

    #[test]
    fn what_no_record_answers_a_passage_may() {
        let reading = read_in("新药奖励多少", &NoNames, 2031).expect("a question");
        assert_eq!(reading.otherwise.iter().map(ToString::to_string).collect::<Vec<_>>(), ["type:passage 新药奖励"]);
        let reading = read_in("渔业企业有什么优惠政策", &NoNames, 2031).expect("a question");
        assert_eq!(reading.otherwise[0].to_string(), "type:passage 渔业企业 优惠");
    }

    #[test]
    fn other_questions_are_searches() {
        for question in
            ["产业园区", "如何处置哄抬物价、造假等行为？", "浙江省公共服务平台的访问路径怎样", "招商引资", "智能制造", "三年行动目标"]
        {
            assert_eq!(read(question), "-", "{question}");
        }
    }
}
