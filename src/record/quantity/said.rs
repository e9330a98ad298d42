//! What does a clause say of a figure? Subject, indicator, verb, bound, base: `[全省规模以上工业][增加值][达到]7000亿元`.

use crate::lexicon::indicator;
use crate::lexicon::naming::{bearers_in, closing_verb_of_doing, ends_as_park, leading_verb_of_doing, verbs_of_doing};
use crate::lexicon::place::{self, Rank};
use crate::lexicon::unit::{self, Kind};
use crate::mention::quantity::{self, Bound, Quantity};
use crate::record::{Direction, MeasureKind};
use crate::text::{Folded, Span, closing_brackets, opening};
use regex::Regex;
use std::borrow::Cow;
use std::sync::LazyLock;

/// What the words around a figure say.
#[derive(Debug, Clone)]
pub struct Said {
    /// Whose figure it is, where the clause says so.
    pub subject: Option<String>,
    /// What it measures, where the clause says so.
    pub indicator: Option<String>,
    /// All indicators that the clause names for figures after it (`主营业务收入、利税和利润`).
    pub indicators: Option<Vec<String>>,
    /// Which of several indicators this figure is of (分别).
    pub index: usize,
    /// Whether its indicator is a share of what was measured before: `占全省工业的85%`.
    pub share: bool,
    /// Whether it counts its subject.
    pub counted: bool,
    /// Whether it goes on from the figure before: `年均增长15%`.
    pub continues: bool,
    /// Whether its clause opens a sentence with a verb that needs the subject before: `实现利税…`.
    pub resumes: bool,
    /// Whether its indicator is one of a place as a whole: `固定资产投资`, `地区生产总值`.
    pub of_place: bool,
    /// Whether its indicator has words of its own that say whose it is: `棉花收获机械化率`.
    pub modified: bool,
    /// Whether the words before the figure only name something that has it, nothing that measures: `铁路12841亿吨公里`.
    pub names_one: bool,
    /// What a verb of change names itself, where nothing before does: 收入 of `增收2798万元`.
    pub by_verb: Option<&'static str>,
    /// Whether the figure stands in a row with others: `23个、16.4个和22.9个百分点`, and how many they are.
    pub row: usize,
    /// Level, growth, increment, multiple.
    pub measure: MeasureKind,
    /// Up or down.
    pub direction: Option<Direction>,
    /// How firmly it binds.
    pub bound: Bound,
    /// 力争, 计划 …
    pub modality: Option<String>,
    /// 年均.
    pub average: bool,
    /// `“十一五”末` of `比“十一五”末下降`.
    pub base: Option<String>,
    /// The figure that a change starts from: `由2723户增加到4895户`.
    pub start_figure: Option<String>,
    /// The name of the rule.
    pub rule: &'static str,
}

static MODALITY: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"力争|计划|确保|预期|约束性|预期性|争取|努力|原则上|预计|保证|规划").expect("the pattern of modalities is well formed")
});

/// Verbs of change with a direction, for rates and amounts.
static CHANGE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?x)(?<up>增长|增加(?:[^值]|$)|提高|提升(?:[^项工行]|$)|上升|扩大|新增|净增|增速|增幅|涨幅|上涨|高于|快于|翻|递增|拓展|攀升|改善|上浮|增产(?:[^能值业行]|$)|增收(?:[^入节项]|$)|增支(?:[^出付项政]|$)|增亏)
        | (?<down>下降|下跌|下浮|收窄|降低|减少|压减|缩减|回落|缩小|降幅|压缩|削减|减排|下调|缩短|低于|淘汰|消减|减产(?:[^能值业]|$)|减收(?:[^入费项]|$)|减支(?:[^出措项节]|$)|减亏)",
    )
    .expect("the pattern of changes is well formed")
});

/// The verbs of reaching and the adverbs that stand between the indicator and the figure.
static TAIL: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?x)(?:力争|确保|预期|预计|争取|努力|保证|原则上|将|要|应|须|可|能|能够|已经?|各|均|都|双双|分别|总体|整体|平均|同比|环比|累计|每年|今年|年均|共|共计|合计|总计|大约|约|近|接近|将近|超过|超|突破|逾|高于|低于|不足|不到|不低于|不得低于|不少于|不得少于|不高于|不超过|不得超过|至少|最高|最多|多于|少于|过|大于|小于
          |发展到|壮大到|达到|达成|达|实现|完成|保持在|稳定在|控制在|维持在|保持|稳定|控制|提高到|提高至|提升到|提升至|提至|提到|增加到|增加至|增长到|增长至|扩大到|扩大至|上升到|上升至|降到|降至|降低到|降低至|下降到|下降至|压缩至|压缩到|压减到|压减至|缩短至|缩短到|减少到|减少至|减至|增至|升至|增长|增加|提高|提升|上升|扩大|下降|下跌|收窄|降低|减少|压减|缩减|回落|缩小|压缩|缩短|净增|新增|上涨|翻|递增|消减|削减|减排
          |(?:[0-9一二三四五]*年)?平均|每年|逐年|首次|再次|历史性|进一步|基本|大幅|显著|一般|再|以来|[0-9一二三四五](?:年内|年累计|年来|年)
          |≥|≤|>=|<=
          |在|为|是|至|到|了|有|的|以|也|又|还|：|:|，|、|和|及|与|由|从|自|其中|共有|只有|仅有|只|仅|累计达|高达|多达|约合|折合|折算|(?:每人|人均)每[月年]|每[月年]每人|每人|逆势|稳步|继续实施|继续|初步建成|计划安排|计划|每公里|可比|迈上|跨上|跃上|站上|同口径|按?可比口径|按?(?:可比|不变)价格?(?:计算)?|安排|名义|实际(?:增长|下降)
          |(?:仅)?(?:为|是|相当于|达到)?全[国省市区县]平均(?:水平)?的?
          |(?:到|至|于|在)?(?:19|20)[0-9]{2}年(?:年?底|年?末)?(?:之?前|以前)? | (?:到|至)?[“](?:十[一二三四五六]?|[七八九])五[”](?:期间|时期|末|期末)
          )$",
    )
    .expect("the pattern of tails is well formed")
});

static HEAD: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?x)^(?:（?其中[：，、]? | (?:分|按|从)[^，。；：]{1,10}?(?:看|分|统计)[：，] | (?:如果?|若)?(?:不?考虑|扣除|剔除)[^，。；]{2,14}?(?:因素|影响)后?，? | 包括 | 包含 | (?:本次)?会议(?:确定|提出) | 确定 | 今明两年 | 建议 | (?:[全我][国省市区县州盟])?经济(?:社会)?(?:发展)?(?:的)?(?:主要预期目标(?:是|为)) | (?:[全我][国省市区县州盟])?经济社会发展(?:的)? | (?:今年|全年)?(?:的)?(?:发展)?(?:的)?主要(?:预期)?(?:目标|指标)(?:任务)?(?:建议)?(?:是|为)? | 综合考虑.{0,16}， | (?:全面|全部)?(?:达产|投产|建成|竣工|项目建成|建成投产|达产达效)(?:达效|投用)?后 | 同口径 | 按[^，。；]{1,8}汇率(?:折算|计算|换算)? | 按(?:常住|户籍|年?平均)人口计算 | [一二三四]季度 | 前?[一二三]季度 | 上半年 | 下半年 | 另 | 全部 | 自.{2,8}?之日起 | 按[^：，]{1,6}分： | (?:19|20)[0-9]{2}年?[-—－~～至到]+(?:19|20)[0-9]{2}年 | 可实现 | 只有 | (?:截至|截止)(?:到)?(?:目前|(?:[0-9]{1,2}月)?[0-9]{1,2}日(?:[0-9]{1,2}时)?) | 目前 | 预计 | 每年 | [两三五]年(?:来|间|内)? | 推动 | 拟安排 | （[一二三四五六七八九十]{1,3}） | 并 | 且 | 同时 | 使 | 让 | 把 | 将 | 力争 | 计划 | 确保 | 预期 | 预计 | 争取 | 努力 | 保证 | 全年 | 累计 | 进一步 | 要 | 以及 | 和 | 及 | 与 | 、 | ， | ： | 实现了? | 为 | 对 | 在
          | (?:我们)?坚持 | 主要(?:预期)?目标是 | 发展目标 | 工作目标 | 总体目标 | 主要目标 | 目标 | 预期目标 | 届时 | 加上 | 争取 | 具体[是为] | 一是 | 二是 | 三是 | 四是 | 五是
          | (?:到|至|截至|截止|于|在|从|自)?(?:19|20)[0-9]{2}年(?:[0-9]{1,2}月)?(?:年?底|末|年末|初|起|以来)?(?:前|之前)? | (?:到|至)?[“](?:十[一二三四五六]?|[七八九])五[”](?:期间|时期|末|期末)? | 到今年年?底? | 安排 | (?:约束性|预期性)指标(?:是|为)? | 明年 | 今年 | (?:去年|上年)末 | 提前(?:[一两三1-3]年)? | 当年 | 同步 | 但 | 去年 | 上年 | 年底前? | [年期]末 | 年内 | 五年来 | 过去[一二三四五][年]
          | 新?台阶 | 大关 | 关口 | [一二三四五六七八九十]是 | [0-9]{1,2}[.、)）] | (?:整改|年度|总体|具体|主要|阶段|工作|目标)*(?:目标|任务|措施|要求|内容|情况)： | [0-9一二三四五六七八九十]{1,2}年(?:来|间|内)? | 年均 )",
    )
    .expect("the pattern of heads is well formed")
});

/// Heads of indicators as statistics name them, at the end of the words before a figure.
static KNOWN: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?x)(?:
          (?:地方级?|地方财政)?(?:(?:财政)?一般预算|(?:一般)?公共(?:财政)?预算|(?:大口径|全口径)?财政(?:总)?|主营业务|主营|营业(?:总)?|销售|综合|经营性|村集体(?:经济|经营性)?|集体经济|旅游(?:业)?总?|技术合同|软件业务|业务|经营|税收|非税|门票|技工贸|地区性财政)收入
        | 主营业务（[^）]{1,12}）收入 | (?:商品|产品)销售(?:收入(?:净额)?|总?额)
        | (?:商品房|房屋)(?:销售|施工|竣工|新开工|待售)(?:面积|额) | 农业生产资料价格
        | (?:工业生产者(?:出厂|购进)|商品零售)价格(?:总?指数)? | 农业机械总动力
        | 对外(?:直接)?投资(?:额)? | 营收 | (?:亩均|地均|户均|人均|单位|年)?(?:税收|产值|效益|增加值|营收|投资强度|产出) | 增加值 | (?:工业|农业|农林牧渔业|建筑业)?总产值 | 产值 | (?:地区|人均地区|人均|国内)?生产总值(?:（GDP）)? | GDP
        | (?:全社会|社会|总|计划总|概算总|计划|年度计划|累计|有效|水利|交通|三年|工业|民间|基础设施|制造业|农业产业|农业|年度|技术改造|技改|固定资产|项目|房地产|产业|外商|研发经费|研发|引进|实际)*(?:固定资产)?(?:投资|投入)(?:总额|额|完成额|强度|占比)?
        | (?:全?社会)?消费品零售(?:总)?额 | (?:全口径)?(?:货物|对外贸易|外贸|服务)?(?:进出口|出口|进口)(?:总值|总额|额) | (?:CPI|PPI)(?:涨幅|指数)? | (?:[\p{Han}]{2,6}产业|工业|农业|科技)?(?:发展基金|引导基金|引导资金|发展资金|发展专项资金|专项资金|扶持资金) | 实际(?:利用|使用)外(?:资|商直接投资)(?:额|金额)? | 居民消费价格(?:总水平|指数)?(?:涨幅)?
        | (?:城镇|农村|城市|城乡|全体)?(?:常住)?居民?年?人均(?:可支配)?(?:纯)?收入 | [年月]?人均[^，。；、的]{2,8}
        | 经济总量 | (?:算力|装机|电力装机)(?:总)?规模 | 粮食总产 | (?:对[^，。；]{2,14}?(?:的)?)?贡献(?:率|度|份额)?
        | 利税(?:总额)? | 利润(?:总额)? | 税收(?:总额)? | 资产总额 | 总资产 | 净利润 | 研发经费 | 出口交货值 | 交易额 | 成交额 | (?:网上|网络)?零售额 | (?:扶贫|创业担保|担保|小额|涉农|普惠|绿色|助学|本外币|人民币|各项)*贷款(?:余额)? | (?:本外币|人民币|各项)*(?:储蓄)?(?:存款|存、?贷款)余额 | 参[保合](?:（[合保]）)?率 | (?:引进)?(?:省外|市外|区外|境外)(?:到位)?资金 | 研究与试验发展(?:（R&D）)?经费(?:支出|投入)? | 融资(?:规模|额|总额)?
        | (?:城镇)?新增就业(?:人数)? | (?:新增)?城镇就业(?:人数)? | (?:农村(?:富余)?劳动力|农民|贫困人口)?转移就业(?:人数)? | 就业(?:人数|人员) | 从业(?:人员|人数) | 户数 | 家数 | 起数 | (?:死亡|参保|参训|受益)?人数 | 数量 | 床位数 | 常住人口 | 总人口
        | (?:每)?(?:万元|单位)[\p{Han}A-Z]{2,12}?(?:能耗|电耗|水耗|用水量|碳排放(?:强度)?|二氧化碳排放(?:量)?|排放量?)
        | 增速 | 增幅 | 涨幅 | 降幅 | 总里程 | (?:(?:最低|基本|基础|生活|保障|低保|集中|分散|供养|救助|筹资|工资|养老金|补助|补贴|待遇|财政)*)标准 | 招商引资(?:实际)?(?:到位)?(?:资金|总额)? | (?:实际)?到位资金 | 营造林 | 造林 | 应用
        )$",
    )
    .expect("the pattern of indicators is well formed")
});

/// Any other word that measures, by its ending.
static MEASURING: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?:率|比例|比重|占比|浓度|强度|密度|指数|寿命|里程|面积|能力|产能|库存|动力|时间|时限|用时|周期|期限|速度|规模|总额|余额|额度|价格|成本|费用|能耗|煤耗|水耗|电耗|水平|价值|增速|容量|库容|系数|评分|得分|年限|水质|算力|总值|资金|支出|经费|补贴|奖补|装机|收入|额|量|数|值|度|力)$",
    )
    .expect("the pattern of measuring words is well formed")
});

/// What a share of something does: `40%的|面积|达到要求`.
pub static SHARE_DOES: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^的?(?P<noun>\p{Han}{0,6}?(?:面积|人口|村|小区|企业|乡镇|学校|家庭|用户|耕地|城市|社区))(?:达到|实现|完成|建成)[^，。；]*(?:要求|标准|目标|覆盖|能力|改造|水平)")
        .expect("the pattern of shares is well formed")
});

/// Counts by head: `每千人口托位数`, `千人医疗机构床位数`, `人均拥有公共图书`.
static PER_HEAD: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:每?[百千万](?:名|人|户|人口|常住人口)|人均拥有)[^，。]{2,16}$").expect("the pattern of counts by head is well formed")
});

/// Whether words count by head of people: `每千人口执业医师数`.
pub fn counts_by_head(words: &str) -> bool {
    PER_HEAD.is_match(words)
}

/// Words that count by themselves: `市场主体总量`, `每万人口发明专利拥有量`.
static COUNTING: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:总量|总数|数量|保有量|拥有量|存量|增量|产销量|产量|销量|吞吐量|客运量|货运量|发送量|消费量|容量|接待量|访问量|申请量|授权量|注册量|登记量|受理量|交易量|成交量|签约量|人次|[人户家张件套头只台辆株]数)$")
        .expect("the pattern of counting words is well formed")
});

/// Indicators of a place as a whole: no industry or enterprise before them is their subject.
static OF_PLACE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?:一般公共预算收入|一般预算收入|^(?:单位|万元)\p{Han}{2,10}(?:能耗|水耗|用水量|排放量?|排放强度)|财政(?:总)?收入|生产总值|GDP|^(?:全社会|社会|总|计划总|概算总|计划|年度计划|累计|有效|水利|交通|三年|工业|民间|基础设施|制造业|农业产业|农业|房地产)*(?:固定资产投资|产业投资)(?:额|总额)?|工业投资|消费品零售总额|(?:进出口)(?:总值|总额|额)|外资(?:额|金额)?|居民消费价格.{0,6}|(?:引进)?(?:省外|市外|区外|境外)(?:到位)?资金|(?:CPI|PPI)(?:涨幅|指数)?|人均可支配收入|人均纯收入|新增就业(?:人数)?|城镇就业(?:人数)?|转移就业(?:人数)?|城镇化率|失业率|常住人口|营造林)$",
    )
    .expect("the pattern of indicators of places is well formed")
});

/// The words for the whole of a place that open a subject.
static SCOPE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:全国|全省|全市|全区|全县|全州|全盟|我省|我市|我国|我区|我县|全社会|省级|市级|(?:城镇|农村|城市)(?:常住)?居民|城镇|农村|全域|市?(?:中心)?城区|主城区|市区|[^，。；、]{2,8}?(?:区域|地区|流域|城市群))").expect("the pattern of scopes is well formed")
});

impl Said {
    /// Reads the words of `clause` before and after the figure; `from` is where the figure before it ended, `next` where the
    /// next one starts, `following` how many figures stand in a row after it.
    pub fn read(
        text: &str,
        clause: Span<Folded>,
        from: usize,
        q: &Quantity,
        next: usize,
        before_it: &[Quantity],
        following: usize,
    ) -> Said {
        let before = &text[from..q.at];
        let whole = &text[clause.start..q.at];
        let after = without_threshold(&text[q.span.end..next.max(q.span.end)]);
        let after = if goes_to(after) { "" } else { after };
        // 保持10%以上增长
        // 以年均12%的速度增长
        let grows = q.unit == "%" && ["增长", "的增长", "增速", "的增速", "的速度"].iter().any(|word| after.starts_with(word));
        let after = if grows { "" } else { after };
        let sort = unit::by_text(&q.unit).or_else(|| unit::longest_at(&q.unit).map(|(_, u)| u)).map(|u| u.kind);
        let counts = sort == Some(Kind::Count);
        let mut said = Said {
            subject: None,
            indicator: None,
            indicators: None,
            index: 0,
            share: false,
            counted: false,
            continues: false,
            resumes: false,
            of_place: false,
            modified: false,
            names_one: false,
            by_verb: None,
            row: 1,
            measure: MeasureKind::Level,
            direction: None,
            bound: q.bound.unwrap_or(Bound::Exact),
            modality: modal_in(whole).map(|m| m.as_str().to_owned()),
            average: whole.contains("年均") && !["年均浓度", "年均值", "年均气温"].iter().any(|w| whole.contains(w))
                || whole.contains("平均每年")
                || whole.contains("每年递增")
                || whole.contains("年平均") && !whole.contains("年平均汇率"),
            base: base(whole),
            start_figure: None,
            rule: "quantity-clause",
        };
        if q.bound.is_none() && binds_below(before) {
            said.bound = Bound::AtLeast;
        }
        if matches!(said.bound, Bound::AtMost) && q.span.end == q.end && before.ends_with("控制在") && after.starts_with("左右") {
            said.bound = Bound::About;
        }
        let enumerated = !before_it.is_empty() && is_joint(before);
        if enumerated && q.bound.is_none() {
            // 分别控制在2001万吨、207万吨以内
            said.bound = before_it[enumeration_start(text, before_it)].bound.unwrap_or(said.bound);
        }
        if enumerated {
            // 分别增长20%、17.1%: the verb before the first governs all.
            let k = enumeration_start(text, before_it);
            let from = if k > 0 { before_it[k - 1].span.end } else { clause.start };
            said.read_measure(q, &text[clause.start..before_it[k].at], &text[from..before_it[k].at]);
        } else {
            said.read_measure(q, whole, before);
        }
        // 年均增长5%左右、迈上3万亿元台阶: the average is the first figure's.
        said.average &=
            said.measure != MeasureKind::Level || enumerated || ["年均", "平均每年", "年平均"].iter().any(|word| before.contains(word));
        if grows {
            (said.measure, said.direction) = (MeasureKind::Growth, Some(Direction::Up));
        }
        said.index = if enumerated { enumeration_index(text, before_it) } else { 0 };
        said.row = said.index + 1 + following;
        let words = if enumerated { enumeration_words(text, clause, before_it) } else { leading_words(text, clause, from, q, before_it) };
        let words = compared_in_brackets(words).unwrap_or(words);
        if let Some(item) = item_of_bracket(words) {
            // 增幅较大的有发酵酒（增长87%）、汽车（增长35.8%）: each item's figure stands behind it.
            said.subject = Some(item.to_owned());
            return said;
        }
        let behind = &text[q.span.end..clause.end];
        if let Some((noun, capacity)) = capacity(before, behind) {
            // 形成年产60万辆|整车的生产能力
            said.subject = Some(noun.to_owned());
            said.measure_as(capacity);
            return said;
        }
        let by_size = || level_of_all(behind).or_else(|| Some(Sized::read(behind, true)?.subject()));
        if let Some(named) = counts.then(by_size).flatten() {
            // 1个|2000亿级、3个千亿级产业集群; 3家|企业营业收入超500亿元
            said.counted = true;
            said.subject = Some(named);
            said.indicator = Some("数量".to_owned());
            return said;
        }
        let (label, words) = behind_label(words);
        said.assign(&without_notes(words), after, counts, sort == Some(Kind::Time), q);
        if said.subject.is_none() && !said.counted {
            said.subject = label.map(str::to_owned);
        }
        if enumerated && said.counted && starts_noun(after) {
            said.subject = counted_noun(after);
        }
        said
    }

    /// The figure, and those that go on from it, measure one thing.
    fn measure_as(&mut self, indicator: &str) {
        self.indicators = Some(vec![indicator.to_owned()]);
        self.indicator = Some(indicator.to_owned());
    }

    /// Level, growth, increment or multiple, from the unit and the verb.
    fn read_measure(&mut self, q: &Quantity, whole: &str, before: &str) {
        static TO: LazyLock<Regex> = LazyLock::new(|| {
            Regex::new(r"(?:发展到|壮大到|提高到|提高至|提升到|提升至|增加到|增加至|增长到|增长至|扩大到|扩大至|上升到|上升至|降到|降至|降为|降低到|降低至|下降到|下降至|压缩至|压缩到|压减到|压减至|缩短至|缩短到|缩小到|缩小至|减少到|减少至|减至|增至|升至|达到|达|在|为|控制在|稳定在|保持在)[^，]{0,6}$")
                .expect("the pattern of reaching is well formed")
        });
        let ratio = q.unit.ends_with('%') || q.unit == "‰";
        let scope = if before.chars().count() > 1 { before } else { whole };
        // 不低于 is no fall.
        // 改造提升5万亩 tells what is done.
        let changes = |before: &str| !before.ends_with('不') && !["改造", "新建", "建设"].iter().any(|done| before.ends_with(done));
        let change = CHANGE.captures_iter(scope).filter(|c| c.get(0).is_some_and(|m| changes(&scope[..m.start()]))).last();
        let way = change.as_ref().map(|c| if c.name("up").is_some() { Direction::Up } else { Direction::Down });
        // 由下降11.6%转为增长3.2%
        let turns = ["转为增长", "转为上升", "转为下降", "转为回落"].iter().any(|turns| whole.ends_with(turns));
        let reaches = !turns && (TO.is_match(whole) && !whole.ends_with("超过") || whole.contains("控制在"));
        let amount_of = ["增速", "增幅", "涨幅", "降幅"].iter().any(|w| before.contains(w));
        if q.unit.ends_with('倍') {
            self.measure = MeasureKind::Multiple;
            self.direction = way.or_else(|| q.chinese.then_some(Direction::Up));
            if whole.trim_end().ends_with('的') && !whole.contains("增长") {
                self.direction = None;
            }
        } else if q.unit.ends_with("百分点") {
            // 增速比全省平均水平低0.3个百分点: what is behind is so whatever the rate did.
            let ahead = before.ends_with(['高', '快', '多']).then_some(Direction::Up);
            let behind = before.ends_with(['低', '慢', '少']).then_some(Direction::Down);
            self.measure = MeasureKind::Increment;
            self.direction = ahead.or(behind).or(way);
        } else if ratio && (way.is_some() && !reaches && verb_governs(before) || amount_of) {
            self.measure = MeasureKind::Growth;
            self.direction = way;
        } else if let Some(way) = more_or_less(before).filter(|_| !ratio) {
            // 比上年多|9.2亿元
            self.measure = MeasureKind::Increment;
            self.direction = Some(way);
        } else if !ratio
            && way.is_some()
            && !reaches
            && change.as_ref().and_then(|c| c.get(0)).is_some_and(|m| increment_verb(scope, m.start()))
        {
            self.measure = MeasureKind::Increment;
            self.direction = way;
        }
    }

    /// Parts the words before the figure into subject and indicator.
    fn assign(&mut self, words: &str, after: &str, counts: bool, measures_time: bool, q: &Quantity) {
        if words.len() != before_requirement(words).len() && self.bound == Bound::Exact {
            self.bound = Bound::AtLeast;
        }
        let bare = strip(before_requirement(words));
        let bare = if only_compares(bare) || only_leaves_out(bare) { "" } else { bare };
        let bare = self.without_grown(bare);
        let after = if measures_time { "" } else { after };
        if q.unit == "%"
            && let Some(noun) = share_of(bare, after)
        {
            self.subject = Some(noun.0);
            self.indicator = Some(noun.1);
            return;
        }
        if let Some(noun) = SHARE_DOES
            .captures(after)
            .and_then(|done| done.name("noun"))
            .filter(|noun| q.unit == "%" && !bare.is_empty() && words_measure(noun.as_str()))
        {
            // 建成区45%以上的|面积|达到要求: what stands before is whose.
            self.subject = Some(bare.to_owned());
            self.indicator = Some(noun.as_str().to_owned());
            return;
        }
        let bare = match ahead_of(bare).filter(|_| q.unit.ends_with("百分点")) {
            // 渔具制造业增加值增幅|高于工业平均水平|4个百分点
            Some((own, with, ahead)) => {
                self.base = self.base.take().or_else(|| Some(with.to_owned()));
                self.direction = Some(if ahead { Direction::Up } else { Direction::Down });
                own
            }
            None => bare,
        };
        if let Some(compared) = compared_with(bare).filter(|_| q.unit.ends_with("百分点")) {
            // 增速分别比规模以上工业快|4.6和3.1个百分点: of what was said before.
            let (with, ahead) = compared;
            self.base = self.base.take().or_else(|| Some(with.to_owned()));
            self.direction = Some(if ahead { Direction::Up } else { Direction::Down });
            self.continues = true;
            return;
        }
        if let Some(plan) = part_of_plan(bare).filter(|_| q.unit == "%") {
            (self.share, self.continues) = (true, true);
            self.indicator = Some(plan);
            return;
        }
        if let Some((lead, noun)) = grown(bare).filter(|(lead, _)| !counts && names_a_part(strip(lead))) {
            // 夏粮|增产2.1%, 企业|减亏5亿元: the verb names itself what it changes.
            self.subject = Some(strip(lead).to_owned());
            self.measure_as(noun);
            return;
        }
        // 货物吞吐量7亿吨、集装箱突破300万标箱: boxes measure what passes, of whom was said before.
        let boxes = ["标箱", "标准箱", "TEU"].iter().any(|unit| q.unit.ends_with(unit));
        if boxes && bare == "集装箱" {
            self.continues = true;
            self.measure_as(bare);
            return;
        }
        if counts || Self::is_count_of(after, q) {
            return self.assign_count(bare, after);
        }
        // 完成10亿元|投资任务
        if let Some(of) = after.strip_suffix("任务").filter(|of| bare.is_empty() && KNOWN.is_match(of)) {
            self.measure_as(of);
            return;
        }
        // 年内完成26万亩|任务: goes on from what was said before.
        if bare.is_empty() && ["任务", "目标", "目标任务"].contains(&after) {
            self.continues = true;
            return;
        }
        if bare.starts_with("拉动") && q.unit.ends_with(['%', '点']) {
            // 投资对经济增长的贡献率为57%，|拉动GDP增长|1.1个百分点: of what was said before.
            let grown = if bare.contains("增长") { bare.to_owned() } else { format!("{bare}增长") };
            self.continues = true;
            self.indicator = Some(grown);
            return;
        }
        let may_share = q.unit.ends_with('%') || bare.contains(['占', '在']);
        if let Some(share) = share_indicator(bare).filter(|_| may_share) {
            let (subject, of) = share;
            self.share = !of.1;
            self.indicator = Some(of.0.clone());
            self.subject = subject;
            self.continues = self.subject.is_none();
            return;
        }
        if starts_noun(after)
            && unit::by_text(&q.unit).is_some_and(|u| u.base == "元")
            && let Some(noun) = counted_noun(after)
        {
            // 对首次升规的企业给予100万元奖励: what is given is the indicator, to whom the subject.
            self.subject = Some(subject_of(bare)).filter(|s| !s.is_empty());
            self.measure_as(&noun);
            return;
        }
        if bare.ends_with("规模") && after.starts_with('的') {
            // 设立总规模不低于1亿元的|引导资金
            self.subject = counted_noun(after);
            self.indicator = Some(after_verb(bare).to_owned());
            return;
        }
        if let Some(noun) = after.strip_prefix('的').filter(|noun| words_measure(noun) && names_a_part(bare)) {
            // 高性能铜箔12万吨的|生产能力
            self.subject = Some(bare.to_owned());
            self.measure_as(noun);
            return;
        }
        if let Some(noun) = after.strip_prefix('的').filter(|noun| bare.is_empty() && words_measure(noun)) {
            // 实现620亿元以上的|投资规模
            let (subject, indicator) = part(noun);
            self.subject = subject;
            self.indicators = indicator.clone().map(|indicator| vec![indicator]);
            self.indicator = indicator;
            return;
        }
        if bare.is_empty() {
            let noun = counted_noun(after).filter(|noun| starts_noun(after) && size_of(q).is_some_and(|size| noun.ends_with(size)));
            if let Some(noun) = noun {
                // 新增10万亩|茶园面积
                self.measure_as(&noun);
            } else if starts_noun(after) {
                self.counted = true;
                self.subject = counted_noun(after);
                self.indicator = Some(share_or_count(q, bare).to_owned());
            } else {
                self.continues = true;
            }
            return;
        }
        // 规模以上工业增加值年均增速: what grows is the indicator.
        let bare = ["增速", "增幅", "增长率", "增长速度", "降幅"]
            .iter()
            .filter_map(|rate| bare.strip_suffix(rate))
            .map(strip)
            .find(|grows| indicator_start(grows).is_some())
            .unwrap_or(bare);
        if let Some(size) = size_of(q).filter(|_| !words_measure(bare)) {
            // 新改建农村公路86.5公里: what is built is the subject, its length the measure; 打造10万亩无人农场 names it after the figure.
            let named = Some(strip_verb(bare)).filter(|s| !s.is_empty() && leading_verb_of_doing(s) != Some(*s));
            self.subject = named.map(str::to_owned).or_else(|| starts_noun(after).then(|| counted_noun(after)).flatten());
            self.measure_as(size);
            return;
        }
        let (subject, indicator) = part(bare);
        if starts_noun(after) && indicator.is_none() {
            self.counted = true;
            self.subject = counted_noun(after);
            self.indicator = Some(share_or_count(q, bare).to_owned());
            return;
        }
        let parts = parts_in_row(bare, self.row);
        if indicator.is_none()
            && subject.is_none()
            && self.row > 1
            && self.measure == MeasureKind::Growth
            && parts.len() == self.row
            && parts.iter().all(|part| names_a_part(part) && !is_consumed(part))
        {
            // 省外游客、入境过夜游客|分别增长10%、35%: of what was said before.
            self.subject = parts.get(self.index).map(|part| (*part).to_owned());
            return;
        }
        if indicator.is_none() && self.row == 1 && names_industries(bare) {
            // 有色金属产业产值超4千亿元，钢铁、食品加工产业|超3千亿元: the industry is whose, what is measured stands before.
            self.subject = Some(bare.to_owned());
            return;
        }
        self.names_one = self.row == 1 && indicator.is_none() && subject.is_none() && names_a_part(bare);
        let indicator = indicator.unwrap_or_else(|| bare.to_owned());
        if let Some(indicator) = of_town_and_country(bare).filter(|_| self.row == 2) {
            let kind = if bare.contains("常住") { "常住居民" } else { "居民" };
            self.subject = Some(format!("{}{kind}", if self.index == 0 { "城镇" } else { "农村" }));
            self.indicators = Some(vec![indicator.to_owned(); 2]);
            self.indicator = Some(indicator.to_owned());
            return;
        }
        if let Some((whose, named)) = of_opposites(bare).filter(|_| self.row == 2) {
            self.subject = Some(subject_of(whose)).filter(|subject| !subject.is_empty());
            self.indicator = named.get(self.index).cloned();
            self.indicators = Some(named.to_vec());
            return;
        }
        if let Some(joint) = joint_measures(bare).filter(|_| self.row == 1) {
            // 城市污水处理率和生活垃圾无害化处理率均达到60%: one figure of both.
            self.modified = true;
            self.measure_as(joint);
            return;
        }
        let per_output = ["单位", "万元"].iter().any(|per| bare.starts_with(per));
        let own = own_of_several(bare, self.row, self.index).filter(|_| !per_output || measures_in_row(bare, self.row).is_none());
        if let Some((own, named)) = own {
            // 农村公路优良率和城市公交覆盖率分别达到…: each figure has its own subject and indicator.
            self.subject = own;
            self.of_place = OF_PLACE.is_match(&named);
            self.measure_as(&named);
            return;
        }
        if let Some((subject, named)) = measures_in_row(bare, self.row) {
            // 茶叶产量、产值|分别达到43万吨、500亿元
            self.subject = subject;
            self.indicator = named.get(self.index).cloned();
            self.indicators = Some(named);
            return;
        }
        let several = match split_shared(bare, self.row).or_else(|| split_shared(&indicator, self.row)) {
            Some((whose, several)) => {
                let named = several.get(self.index).cloned();
                self.subject = whose;
                self.indicator = named;
                self.indicators = Some(several);
                return;
            }
            None => split_indicators(&indicator),
        };
        self.of_place = OF_PLACE.is_match(&indicator);
        self.modified = !KNOWN.is_match(&indicator);
        self.resumes = subject.is_none() && self.subject.is_none() && words.trim_start().starts_with("实现");
        self.subject = subject.or(self.subject.take());
        self.indicator =
            Some(if self.row > 1 { several.get(self.index).or(several.last()).cloned().unwrap_or(indicator) } else { indicator });
        self.indicators = Some(several);
    }

    /// The words before a verb that names itself what it changes: `全年谷物产量|增产`; alone it goes on from what stands before (`，增产0.3%`).
    fn without_grown<'t>(&mut self, bare: &'t str) -> &'t str {
        let Some((lead, noun)) = grown(bare) else { return bare };
        let lead = strip(lead);
        if lead.is_empty() {
            self.by_verb = Some(noun);
        }
        if lead.is_empty() || words_measure(lead) { lead } else { bare }
    }

    /// An amount of the noun that follows: `新增1000万亩高标准农田`.
    fn is_count_of(after: &str, q: &Quantity) -> bool {
        let persons = q.unit.ends_with('人') || q.unit.ends_with('名');
        persons && starts_noun(after)
    }

    fn assign_count(&mut self, bare: &str, after: &str) {
        self.counted = true;
        self.indicator = Some("数量".to_owned());
        let (place, counted) = bare.split_at(SCOPE.find(bare).map_or(0, |place| place.end()));
        if PER_HEAD.is_match(counted) {
            // 全市|每千人口拥有执业医师|3.2人
            (self.of_place, self.modified) = (true, true);
            self.subject = Some(place.to_owned()).filter(|place| !place.is_empty());
            self.measure_as(counted);
            return;
        }
        if starts_noun(after) && !bare.ends_with("户数") {
            self.subject = counted_noun(after);
            return;
        }
        let named = before_modal(strip_verb(bare));
        if named.is_empty() || leading_verb_of_doing(named).is_some_and(|verb| verb == named) {
            self.continues = true;
            self.indicator = None;
            return;
        }
        if let Some((herd, animals)) =
            ["出栏", "存栏"].iter().find_map(|herd| Some((*herd, named.strip_prefix(herd)?))).filter(|(_, of)| !of.is_empty())
        {
            // 出栏|生猪|112万头
            self.subject = Some(animals.to_owned());
            self.measure_as(herd);
            return;
        }
        if let Some((whose, count)) = total_of(named) {
            self.subject = Some(whose.to_owned());
            self.measure_as(count);
            return;
        }
        // 国家标准95项, 推广应用20项: what is counted in pieces is a thing.
        let measures = (KNOWN.is_match(named) || named.ends_with("能力") || named.ends_with("产能") || named.ends_with('量'))
            && !named.ends_with("标准")
            && !named.ends_with("应用");
        let parts = parts_in_row(named, self.row);
        if self.row > 1 && parts.len() == self.row && parts.iter().all(|part| COUNTING.is_match(part)) {
            // 专利申请量、授权量分别达到5000件、3000件
            self.indicators = Some(parts.iter().map(|part| (*part).to_owned()).collect());
            self.indicator = parts.get(self.index).map(|part| (*part).to_owned());
            return;
        }
        if measures || COUNTING.is_match(named) {
            let (subject, indicator) = part(named);
            self.of_place = indicator.as_deref().is_some_and(|i| OF_PLACE.is_match(i));
            // 新增局用交换机2600万门，|总容量|已达到1.9亿门
            let sum = subject.is_none() && named.starts_with('总') && named.chars().count() <= 4;
            self.modified = !KNOWN.is_match(named) && !sum;
            self.indicators = indicator.clone().map(|i| vec![i]);
            self.indicator = indicator;
            self.subject = subject;
            return;
        }
        self.indicators = Some(vec!["数量".to_owned()]);
        self.subject = Some(named.trim_start_matches(['，', '：', '、']).to_owned()).filter(|s| !s.is_empty());
    }
}

/// What a figure of the noun behind it is: `覆盖|78%的城市社区` a rate of what is covered, other shares are shares, and counts counts.
fn share_or_count(q: &Quantity, before: &str) -> &'static str {
    match q.unit.as_str() {
        "%" if before.ends_with("覆盖") => "覆盖率",
        "%" => "比例",
        _ => "数量",
    }
}

/// `不含滇中产业新区|为3280亿元`: what is left out names no indicator.
fn only_leaves_out(bare: &str) -> bool {
    ["不含", "不包括", "不包含"].iter().any(|verb| bare.starts_with(verb)) && !words_measure(bare)
}

/// `至少建成|1个`: a bound before the verb.
fn binds_below(before: &str) -> bool {
    static LEAST: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"至少\p{Han}{2,4}$").expect("the pattern of bounds before verbs is well formed"));
    before.contains("至少") && LEAST.is_match(before)
}

/// Whether a clause says that the parts of a whole follow: `其中，`, `分经济类型看，`, `从征收部门来看：`, `全年规模以上工业中，`.
pub fn opens_parts(clause: &str) -> bool {
    static PARTS: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^（?其中|^(?:分|按)[^，。；：]{1,10}?(?:看|分|统计)(?:[：，]|$)|^从[^，。；：]{0,6}(?:结构|类型|部门|来源|行业|区域|城乡|产业|主体|用途|门类|地区|品种|方式|构成|性质|规模|层级)来?看(?:[：，]|$)|^[^，。；：]{2,20}(?:规模|以上|单位|商品|企业|行业|人员|支出|收入|额|量|工业|产业|投资|项目)中$")
            .expect("the pattern of parts is well formed")
    });
    let clause = clause.trim_start();
    (clause.starts_with(['其', '（', '分', '按', '从']) || clause.ends_with('中')) && PARTS.is_match(clause)
}

/// Whether words name a part of a whole, and nothing that is done or what it is for: `铁路`, `国有控股企业`, not `用于基础设施建设`.
fn names_a_part(words: &str) -> bool {
    let purpose = ["用于", "投向", "来自", "用在"].iter().any(|verb| words.starts_with(verb));
    (2..=20).contains(&words.chars().count())
        && words.chars().all(|c| crate::text::fold::is_han(c) || "、（）".contains(c))
        && !words.contains(['的', '占', '比', '较'])
        && !words.contains("累计")
        && !purpose
        && !words_measure(words)
        && !words.ends_with("出口")
        && !words.ends_with("进口")
        && leading_verb_of_doing(words).is_none()
}

/// `省级` beside `国家级产业园` is 省级产业园, `10亿元以上` beside `产值亿元以上企业` 产值10亿元以上企业, `超50亿元` beside `产值超10亿元企业`
/// 产值超50亿元企业.
pub fn named_after(own: &str, whole: &str) -> Option<String> {
    static SIZE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?:超过?|突破|过)[0-9.一二三五十]*[百千万亿]+元(?:以上)?|[0-9.]*[百千万亿]+元以上")
            .expect("the pattern of sizes is well formed")
    });
    const LEVELS: [&str; 6] = ["国家级", "省级", "自治区级", "市级", "区级", "县级"];
    if LEVELS.contains(&own) {
        let level = LEVELS.iter().find(|level| whole.starts_with(**level)).or(Some(&"国家").filter(|level| whole.starts_with(**level)))?;
        return Some(format!("{own}{}", whole[level.len()..].trim_start_matches("以上")));
    }
    let size = SIZE.find(whole).filter(|_| SIZE.find(own).is_some_and(|size| size.len() == own.len()))?;
    Some(format!("{}{own}{}", &whole[..size.start()], &whole[size.end()..]))
}

/// Whether words end with a kind of those that something is measured of: `重点企业`, `县城`.
pub fn names_a_kind(words: &str) -> bool {
    const KINDS: [&str; 14] =
        ["企业", "单位", "城市", "县城", "城区", "城镇", "农村", "乡镇", "地区", "行业", "园区", "学校", "医院", "机构"];
    KINDS.iter().any(|kind| words.ends_with(kind))
}

/// `形成年产60万辆|整车的生产能力`, `新增年产10万吨|铜箔产能`: what is made, and the word for how much of it can be; `before` and `after` the figure.
pub fn capacity<'t>(before: &str, after: &'t str) -> Option<(&'t str, &'static str)> {
    const CAPACITIES: [&str; 3] = ["生产能力", "产能", "能力"];
    let made = before.strip_suffix("年产")?;
    let gains = ["形成", "新增", "达到", "具备", "建成", "增加"].iter().any(|verb| made.ends_with(verb));
    let capacity = CAPACITIES.iter().find(|capacity| after.ends_with(**capacity)).filter(|_| gains)?;
    let noun = after[..after.len() - capacity.len()].trim_end_matches('的');
    ((1..=12).contains(&noun.chars().count()) && noun.chars().all(crate::text::fold::is_han)).then_some((noun, *capacity))
}

/// `2000亿级、3个千亿级、5个500亿级产业集群`: those that a count is of by their size, with the noun that closes the list.
fn level_of_all(after: &str) -> Option<String> {
    static LEVELS: LazyLock<Regex> = LazyLock::new(|| {
        const LEVEL: &str = "[0-9一二三四五十百千]*[百千万]?亿元?级";
        Regex::new(&format!(r"^(?<level>{LEVEL})(?:[、和][0-9]+[个家户]{LEVEL})*(?:的)?(?<noun>\p{{Han}}{{2,10}})(?:$|[，（])"))
            .expect("the pattern of levels is well formed")
    });
    let found = after.contains('级').then(|| LEVELS.captures(after))??;
    Some(format!("{}{}", &found["level"], &found["noun"]))
}

/// Those that a count is of, told by what they reach: `3家|企业营业收入超500亿元`, `10家|超百亿元`.
pub struct Sized<'t> {
    /// Who, and what of theirs: `企业营业收入`; empty where both were told before.
    words: &'t str,
    /// What it reaches: `超500亿元`.
    reached: &'t str,
    /// The noun that those after it share with it: `1家营业收入超千亿元、5家超百亿元的|企业`.
    noun: Option<&'t str>,
}

impl<'t> Sized<'t> {
    /// Reads the words behind a count, up to the end of its clause; `told` says that another was read before in the clause.
    pub fn read(after: &'t str, told: bool) -> Option<Self> {
        static REACHED: LazyLock<Regex> = LazyLock::new(|| {
            Regex::new(r"^(?<words>\p{Han}{0,12}?)(?<reached>(?:超过?|突破|过|达到?)[0-9.一二三五十]*[百千万亿]+元(?:以上)?)(?:$|[，；]|[、和][0-9](?:[0-9]*[家户个](?:超过?|突破|过|达到?)[0-9.一二三五十]*[百千万亿]+元(?:以上)?的(?<noun>\p{Han}{2,8})$)?)")
                .expect("the pattern of what is reached is well formed")
        });
        let found = after.contains('元').then(|| REACHED.captures(after))??;
        let (words, reached) = (found.name("words")?.as_str(), found.name("reached")?.as_str());
        // 120个项目|投资突破900亿元: what is invested is told of all of them.
        let together = ["投资", "投资额", "资金", "贷款"].iter().any(|spent| words.ends_with(spent));
        let read = if words.is_empty() { told } else { words_measure(words) && !together };
        read.then_some(Sized { words, reached, noun: found.name("noun").map(|noun| noun.as_str()) })
    }

    /// How far the words reach.
    pub fn len(&self) -> usize {
        self.words.len() + self.reached.len()
    }

    /// `营业收入超500亿元的企业`; with no one named what it reaches, for [`named_after`] to complete.
    fn subject(&self) -> String {
        let Self { words, reached, noun } = self;
        let measure = part(words).1.filter(|measure| words.ends_with(measure.as_str()));
        let who = measure.map_or("", |measure| words[..words.len() - measure.len()].trim_end_matches('年'));
        match Some(who).filter(|who| !who.is_empty()).or(*noun) {
            Some(named) => format!("{}{reached}的{named}", &words[who.len()..]),
            None => format!("{words}{reached}"),
        }
    }
}

/// Whether words name places and zones, and nothing else: `高新区、云溪区`.
pub fn names_places(words: &str) -> bool {
    words.split(['、', '和', '及']).all(|name| is_zone(name) || place::by_name(name).is_some_and(|place| place.name == name))
}

/// A verb that names itself what it changes, at the end of words: what stands before it, and 产量 of `减产`, 亏损额 of `增亏`.
fn grown(words: &str) -> Option<(&str, &'static str)> {
    const GROWN: [(char, &str); 4] = [('产', "产量"), ('收', "收入"), ('支', "支出"), ('亏', "亏损额")];
    let grown = GROWN.iter().find_map(|(end, noun)| Some((words.strip_suffix(*end)?.strip_suffix(['增', '减'])?, *noun)));
    // 农民人均增收
    grown.filter(|(lead, _)| !lead.ends_with('均'))
}

/// `增速分别比规模以上工业快`: what a rate is compared with, and whether it is ahead.
fn compared_with(bare: &str) -> Option<(&str, bool)> {
    static COMPARED: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^(?:增速|增幅|涨幅|降幅|占比|比重)?(?:分别|均)?(?:比|较)(?<base>[^，。；0-9]{2,16}?)(?:分别|均)?(?:加?(?<ahead>[快高多])|[慢低少])$|^(?:增速|增幅)?(?:分别|均)?(?:(?<over>高于|快于|好于)|低于|慢于)(?<than>[^，。；0-9]{2,16})$")
            .expect("the pattern of comparisons is well formed")
    });
    let found = COMPARED.captures(bare)?;
    let with = found.name("base").or(found.name("than"))?.as_str();
    Some((with, found.name("ahead").or(found.name("over")).is_some()))
}

/// `增加值增幅|高于工业平均水平`: what is ahead or behind, of what, and whether it is ahead.
fn ahead_of(bare: &str) -> Option<(&str, &str, bool)> {
    static AHEAD: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^(?<own>.{2,}?)(?:(?<ahead>高于|快于|好于)|低于|慢于)(?<base>[^，。；0-9]{2,14}(?:平均水平|平均|水平|增速|增幅))$")
            .expect("the pattern of leads is well formed")
    });
    let found = AHEAD.captures(bare)?;
    Some((found.name("own")?.as_str(), found.name("base")?.as_str(), found.name("ahead").is_some()))
}

/// `完成年初预算数60999万元的|40.4%`, `占调整预算|105.47%`, `为年初预算|61.22%`: how much of a plan was reached.
fn part_of_plan(bare: &str) -> Option<String> {
    static PLAN: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^(?:(?<done>完成)|占|达到?|相当于)?(?<plan>(?:年初|年度|全年|当年|本年|调整|变更|收入|支出)*(?:预算|计划|目标任务|任务|目标))数?(?:[0-9.,]+[万亿]*元)?$")
            .expect("the pattern of plans is well formed")
    });
    let found = PLAN.captures(bare)?;
    Some(format!("{}{}", found.name("done").map_or("占", |done| done.as_str()), &found["plan"]))
}

/// `在限额以上单位商品零售额中`: what the parts after it are of, where it is a measure.
pub fn measured_within(clause: &str) -> Option<String> {
    let within = clause.trim().strip_suffix('中').filter(|within| !within.ends_with('其') && words_measure(within))?;
    part(strip(within)).1
}

/// `存、贷款余额`, `进、出口额`: two characters that say the opposite share the words behind them; whose they are stands before.
fn of_opposites(words: &str) -> Option<(&str, [String; 2])> {
    const OPPOSITES: [[char; 2]; 4] = [['存', '贷'], ['进', '出'], ['产', '销'], ['收', '支']];
    OPPOSITES.into_iter().find_map(|pair| {
        let [one, other] = pair;
        // 口岸进出口总额和本市外贸出口总额: 进出口 is one word.
        let joined = || words.split_once(&format!("{one}{other}")).filter(|_| !words.contains(['和', '、']));
        let apart = words.split_once(&format!("{one}、{other}")).or_else(joined);
        let (whose, shared) = apart.filter(|(_, shared)| !shared.is_empty())?;
        Some((whose, pair.map(|own| format!("{own}{shared}")))).filter(|(_, named)| named.iter().all(|named| words_measure(named)))
    })
}

/// Whether words name industries, or the departments that take in what is measured, and nothing more: `钢铁、食品加工产业`, `税务部门`.
fn names_industries(words: &str) -> bool {
    ["产业", "行业", "制造业", "加工业", "服务业", "部门"].iter().any(|end| words.ends_with(end)) && !words.contains(['的', '占', '：'])
}

/// The word for what a unit of length or area measures.
fn size_of(q: &Quantity) -> Option<&'static str> {
    match unit::of(&q.unit)?.kind {
        Kind::Length => Some("里程"),
        Kind::Area => Some("面积"),
        _ => None,
    }
}

/// Whether words end with what measures: `投资规模`, `覆盖率`.
pub fn words_measure(words: &str) -> bool {
    KNOWN.is_match(words) || MEASURING.is_match(words) || COUNTING.is_match(words)
}

/// `重点工业项目|力争年内竣工`: what is counted stands before the word of planning; the last of several labels names it
/// (`按领域分：产业项目`).
fn before_modal(named: &str) -> &str {
    let named = named.rsplit('：').next().unwrap_or(named);
    match modal_in(named) {
        Some(modal) if named[..modal.start()].chars().count() >= 2 && modal.as_str() != "规划" && modal.as_str() != "计划" => {
            &named[..modal.start()]
        }
        _ => named,
    }
}

/// `全国重点实验室总数`: what is counted, and the word that counts it.
fn total_of(named: &str) -> Option<(&str, &str)> {
    const COUNTS: &[&str] = &["总数", "总量", "数量", "家数", "户数", "人数", "出口量", "保有量", "注册量", "入库数", "规模"];
    AMOUNTS.iter().chain(COUNTS).find_map(|count| {
        let whose = named.strip_suffix(count).filter(|whose| KNOWN.find(named).is_none_or(|k| k.start() >= whose.len()))?;
        let whose = without_rate(whose);
        if whose == "集装箱" {
            return None;
        }
        // 牛存栏514万头
        let herd = count.starts_with(['存', '出']) && count.contains('栏');
        ((whose.chars().count() >= 2 || herd && !whose.is_empty())
            && !verbs_of_doing(whose).iter().any(|(_, verb)| !whose.ends_with(verb))
            && !whose.contains(['，', '的']))
        .then_some((whose, &named[whose.len()..]))
    })
}

/// `较上年增长26.4％，高于年初12％的目标|14.4个百分点`, `比2003年|净增`: what is compared with names no indicator.
fn only_compares(bare: &str) -> bool {
    let compared = ["高于", "低于", "快于", "好于", "超过", "超"].iter().any(|verb| bare.starts_with(verb));
    matches!(bare, "比" | "较") || compared && ["目标", "水平", "任务", "计划"].iter().any(|end| bare.ends_with(end))
}

/// `突破500亿元|大关`, `迈上3万元|台阶`: the word that closes what a figure reaches is nothing that it counts.
pub fn without_threshold(after: &str) -> &str {
    // 整车产销达到150万辆|规模
    let after = if after == "规模" { "" } else { after };
    ["大关", "新台阶", "台阶", "关口"].iter().find_map(|word| after.strip_prefix(word)).unwrap_or(after)
}

/// The words that belong to a figure: what stands before it in its clause, after the figure before; of a change from one
/// figure to another, what stands before the first.
fn leading_words<'t>(text: &'t str, clause: Span<Folded>, from: usize, q: &Quantity, before_it: &[Quantity]) -> &'t str {
    match before_it.last() {
        Some(first) if goes_to(&text[first.span.end..q.at]) => from_words(&text[clause.start..first.at]),
        _ => from_words(&text[from..q.at]),
    }
}

/// The first word of planning; the 预期 of 预期寿命 is none.
fn modal_in(words: &str) -> Option<regex::Match<'_>> {
    MODALITY.find_iter(words).find(|found| plans(words, found))
}

/// How far, in bytes, 持平 stands behind the plan that something equals.
const LONGEST_GOAL: usize = 24;

/// Whether a word found in `words` says that something is planned; none does in `预期寿命`, nor 计划 in a plan's name (`三年行动计划`, `“千人计划”`) or
/// where a figure is compared with it (`与全年计划目标持平`).
pub fn plans(words: &str, found: &regex::Match<'_>) -> bool {
    let (before, after) = (&words[..found.start()], &words[found.end()..]);
    // 村庄规划覆盖率, 千人计划专家
    let of_noun = match found.as_str() {
        "规划" => ["覆盖", "编制", "区", "率", "面积", "师"].iter().any(|word| after.starts_with(word)),
        "计划" => ["专家", "人才", "入选", "项目"].iter().any(|word| after.starts_with(word)),
        _ => false,
    };
    let names = ["千人", "万人", "行动", "培育", "培养", "人才", "专项", "投资", "工作", "年度", "三年", "五年"]
        .iter()
        .any(|word| before.ends_with(word));
    let compared = opening(after, LONGEST_GOAL).contains("持平");
    // “甘州英才”计划, 免疫规划疫苗
    let within_name = before.ends_with('”') || before.ends_with("免疫");
    !after.starts_with("寿命")
        && !of_noun
        && !within_name
        && !(found.as_str() == "计划" && (names || compared || after.starts_with(['”', '》'])))
}

/// The word that qualifies a commitment in a clause of its own: `力争到2030年，`.
pub fn modality_of(clause: &str) -> Option<String> {
    (clause.chars().count() <= 16).then(|| modal_in(clause).map(|m| m.as_str().to_owned())).flatten()
}

/// `增加到`, `提高到“十一五”末的`: a figure before this one was where the change started.
pub fn goes_to(between: &str) -> bool {
    static TO: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(
            r"^.{0,3}?(?:增加|提高|提升|增长|上升|下降|降低|减少|扩大|发展|扩展|壮大|降|升|增|压缩|压减|缩短|缩小|回落)(?:了)?(?:到|至)",
        )
        .expect("the pattern of changes from one to another is well formed")
    });
    TO.is_match(between)
}

/// The words without the marks of footnotes: `地区生产总值[2]`.
fn without_notes(words: &str) -> Cow<'_, str> {
    static NOTE: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"\[[0-9]{1,2}\]|（(?:下同|同口径|全口径)）").expect("the pattern of notes is well formed"));
    if words.contains(['[', '（']) { NOTE.replace_all(words, "") } else { Cow::Borrowed(words) }
}

/// Whether the words between two figures only join them.
pub fn is_joint(between: &str) -> bool {
    let between = ["力争", "争取", "确保"].iter().find_map(|word| between.strip_suffix(word)).unwrap_or(between);
    matches!(between.trim(), "、" | "和" | "及" | "以及" | "与")
}

/// `占比由“十五”末的35％提高到…`: the words before 由 or 从.
fn from_words(words: &str) -> &str {
    static FROM: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"(?:由|从)[^，]{0,16}$").expect("the pattern of beginnings is well formed"));
    match FROM.find(words) {
        Some(found) if found.start() > 0 => &words[..found.start()],
        _ => words,
    }
}

/// `收入首次超过万元大关（|去年为|9641元）`: what a bracket compares with goes on from what was said before it.
fn compared_in_brackets(words: &str) -> Option<&str> {
    let (_, inside) = words.rsplit_once('（').filter(|(_, inside)| !inside.contains('）'))?;
    ["去年", "上年", "同期"].iter().any(|year| inside.starts_with(year)).then_some(inside)
}

/// The item of a list whose figure stands in brackets behind it, where the brackets say only how it changed.
fn item_of_bracket(words: &str) -> Option<&str> {
    let (before, inside) = words.rsplit_once('（').filter(|(_, inside)| !inside.contains('）') && CHANGE.is_match(inside))?;
    let item = before.rsplit(['、', '）', '：', '，']).next()?;
    let item =
        ["的有", "的是", "的为", "产品有", "行业有", "企业有"].iter().find_map(|lead| Some(item.rsplit_once(lead)?.1)).unwrap_or(item);
    let bare = strip(inside).is_empty() && item.chars().count() >= 2 && !words_measure(item);
    bare.then_some(item)
}

/// `大庆硅基新材料产业基地：|到2025年产值`: the name before a colon that says of whom its line tells.
fn behind_label(words: &str) -> (Option<&str>, &str) {
    const NAMES: [&str; 8] = ["产业", "行业", "制造业", "服务业", "基地", "园区", "集群", "开发区"];
    let Some((label, rest)) = words.split_once('：') else { return (None, words) };
    let is_name = (3..=24).contains(&label.chars().count()) && !label.contains(['，', '。']) && leading_verb_of_doing(label).is_none();
    let dated = rest.trim_start().strip_prefix('到').unwrap_or(rest).trim_start_matches(|c: char| c.is_ascii_digit());
    if is_name && NAMES.iter().any(|end| label.ends_with(end)) && !rest.is_empty() {
        // 到2025年|产值: the year's 年 is no part of the measure.
        return (Some(label), dated.strip_prefix('年').filter(|_| dated.len() < rest.len()).unwrap_or(rest));
    }
    (None, words)
}

/// The words before the first figure of an enumeration: `占全省工业的比重达到56.7%、28%和28.8%`.
fn enumeration_words<'t>(text: &'t str, clause: Span<Folded>, before_it: &[Quantity]) -> &'t str {
    let k = enumeration_start(text, before_it);
    let from = if k > 0 { before_it[k - 1].span.end } else { clause.start };
    &text[from..before_it[k].at]
}

fn enumeration_start(text: &str, before_it: &[Quantity]) -> usize {
    let mut k = before_it.len() - 1;
    while k > 0 && is_joint(&text[before_it[k - 1].span.end..before_it[k].at]) {
        k -= 1;
    }
    k
}

fn enumeration_index(text: &str, before_it: &[Quantity]) -> usize {
    before_it.len() - enumeration_start(text, before_it)
}

/// `储备量不低于全省1个月…`: what is required stands before 不低于.
fn before_requirement(words: &str) -> &str {
    ["不得低于", "不低于", "不得少于", "不少于"].iter().find_map(|w| words.find(w)).map_or(words, |at| &words[..at])
}

/// Words without the verbs and adverbs around them.
fn strip(words: &str) -> &str {
    let mut words = words.trim();
    if let Some(at) = base_at(words) {
        words = &words[..at];
    }
    loop {
        let before = words.len();
        // 产能, 性能: 能 is no auxiliary there.
        if let Some(tail) = TAIL
            .find(words)
            .filter(|tail| tail.as_str() != "能" || !words[..tail.start()].ends_with(['产', '性', '功', '动', '储', '节', '效', '技']))
            .filter(|tail| tail.as_str() != "安排" || MEASURING.is_match(&words[..tail.start()]))
            // 收入总计|25亿元
            .filter(|tail| !matches!(tail.as_str(), "总计" | "合计") || !["收入", "支出"].contains(&&words[..tail.start()]))
            .filter(|tail| tail.as_str() != "计划" || KNOWN.is_match(&words[..tail.start()]))
            .filter(|tail| tail.as_str() != "约" || !quantity::is_contract(words))
        {
            words = words[..tail.start()].trim_end();
        }
        // 对外直接投资, 九年义务教育巩固率: what reads as an opening belongs to the indicator.
        // 在园幼儿, but 在|园区投资.
        let own = ["对外", "九年义务", "九年一贯", "在役", "在建", "在校", "在岗", "在册", "在园", "在孵", "在读", "在学", "在营", "在外"]
            .iter()
            .any(|own| words.starts_with(own))
            // 对地区生产总值增长的贡献率
            || words.starts_with('对') && words.contains("贡献");
        let own =
            own && !["在园区", "在建设", "在校园", "在岗位", "在营商", "在外贸", "在外资"].iter().any(|place| words.starts_with(place));
        // 加|上级补助收入
        if let Some(above) = words.strip_prefix('加').filter(|above| above.starts_with("上级")) {
            words = above;
        } else if let Some(head) = HEAD.find(words).filter(|_| !own) {
            words = words[head.end()..].trim_start();
        }
        // 落实|护岸面积, but 落实率 and 年度完成率
        let done = ["落实", "年度完成", "年度实现"].iter().find_map(|verb| words.strip_prefix(verb));
        words = done.filter(|rest| rest.chars().count() > 1 && !rest.starts_with(['率', '度', '情', '性', '面'])).unwrap_or(words);
        // 3000亿元（|比2016年增加1502亿元
        words = words.strip_prefix('（').filter(|inside| !inside.contains('）')).unwrap_or(words);
        if words.len() == before {
            return words.trim_start_matches(['，', '：', '、', '—', '-', '）']);
        }
    }
}

static BASE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:比|较|与|高于|低于|快于|是)(?<base>(?:[“](?:十[一二三四五六]?|[七八九])五[”](?:期间|时期|末|期末)?|(?:19|20)[0-9]{2}年(?:底|末)?|(?:(?:19|20)[0-9]{2}年|上年|去年|年初|调整)?(?:预算|执行数|决算数|预期)数?|(?:上年|去年)(?:同期|年?末|年?底)?|年初|上一?个五年|前[一两三四五]年|同期|全[国省市][^，。；0-9]{0,16}?|上一年|前一年))(?:相?比|分别|累计|均|总体|年均|名义|实际|增长|增加|提高|提升|上升|上涨|扩大|下降|降低|减少|压减|回落|净增|[增减](?:产|收|支|亏)|多|高|低|少|翻|的|平均水平|[0-9]|了|$)")
        .expect("the pattern of bases is well formed")
});

/// What a change is compared with: `比“十五”末`, `较上年`, 同比.
pub fn base(whole: &str) -> Option<String> {
    // 为“十三五”时期的2.2倍
    static MULTIPLIED: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?:为|是|达到?|相当于)(?<base>[“](?:十[一二三四五六]?|[七八九])五[”](?:期间|时期|末)?|(?:19|20)[0-9]{2}年)的$")
            .expect("the pattern of bases of multiples is well formed")
    });
    static GROUND: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"在(?<base>(?:19|20)[0-9]{2}年|[“](?:十[一二三四五六]?|[七八九])五[”]末|上年|现有)(?:[0-9.]+[%\p{Han}]{1,4})?的?基础上")
            .expect("the pattern of grounds is well formed")
    });
    if let Some(found) = whole.contains("基础上").then(|| GROUND.captures(whole)).flatten() {
        return Some(found["base"].to_owned());
    }
    if let Some(found) = whole.ends_with('的').then(|| MULTIPLIED.captures(whole)).flatten() {
        return Some(found["base"].to_owned());
    }
    if let Some(found) = may_compare(whole).then(|| BASE.captures_iter(whole).last()).flatten() {
        return Some(found["base"].to_owned());
    }
    ["同比", "环比"].iter().find(|w| whole.contains(**w)).map(|w| (*w).to_owned())
}

/// Whether [`BASE`] may stand there: a word that compares and a time or a whole to compare with. Most clauses have neither.
fn may_compare(words: &str) -> bool {
    words.contains(['年', '五', '期', '全', '算']) && words.contains(['比', '较', '与', '于', '是'])
}

fn base_at(words: &str) -> Option<usize> {
    let base = may_compare(words).then(|| BASE.find(words)).flatten();
    base.map(|m| m.start()).or_else(|| words.find("基础上").and_then(|at| words[..at].rfind('在')))
}

/// `增长15％` is a rate: the verb of change stands right before the figure, or with only a bound between.
fn verb_governs(before: &str) -> bool {
    static GOVERNS: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?:增长|增加|提高|提升|上升|扩大|下降|下跌|降低|减少|压减|缩减|回落|缩小|上涨|涨幅|增幅|增速|降幅|递增|压缩|削减|消减|减排|下调|攀升|改善|缩短|收窄|上浮|下浮|[增减](?:产|收|支|亏))了?(?:速度)?(?:力争|确保|分别|均|保持|稳定|达到|达|在|为|约|近|超过|超|突破|逾|不低于|不少于|不高于|不超过|高于|低于|控制在|接近|至少|最高|[:：])*$")
            .expect("the pattern of governing verbs is well formed")
    });
    GOVERNS.is_match(before)
}

/// Whether a verb of change makes its amount an increment rather than naming what is counted.
fn increment_verb(before: &str, at: usize) -> bool {
    let rest = &before[at..];
    let verb = &rest[..rest.char_indices().nth(2).map_or(rest.len(), |(k, _)| k)];
    let after = &rest[verb.len()..];
    // 产量同比增长的有45种
    let near = after.chars().count() <= 3 && !after.starts_with('的') || matches!(verb, "压减" | "新增" | "净增" | "减少" | "淘汰");
    near && !matches!(verb, "高于" | "低于" | "快于" | "改善" | "拓展" | "压缩" | "缩短" | "淘汰" | "扩大")
        && !before[..at].ends_with("城镇")
}

/// `比上年多`, `较去年同期少`: a difference.
fn more_or_less(before: &str) -> Option<Direction> {
    let (compared, way) =
        [('多', Direction::Up), ('少', Direction::Down)].into_iter().find_map(|(word, way)| Some((before.strip_suffix(word)?, way)))?;
    base(compared).is_some().then_some(way)
}

/// `50％以上的中小企业在…开展信息化应用`: a share of the noun, of what it does.
pub fn share_of(bare: &str, after: &str) -> Option<(String, String)> {
    static SHARE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^的?(?<who>[^，。；的]{1,20}?)(?<what>(?:在|实施|推行|开展|实现|完成|达到|建立|纳入|进入|普遍|具备|通过|参加|接入|应用|使用|签订|配备|享有|享受|建有|通了|通上)[^，。；]{2,40}|(?:建设)?达标)$").expect("the pattern of shares is well formed")
    });
    // 农村|76.4%的行政村通了班车
    if !bare.is_empty() && !is_scope(bare) {
        return None;
    }
    let found = SHARE.captures(after)?;
    // 全县5%的村|不达标
    if found["who"].ends_with(['不', '未', '没']) || found["who"].chars().count() < 2 && bare.is_empty() {
        return None;
    }
    let what = ["实现了", "完成了"].iter().find_map(|done| found["what"].strip_prefix(done)).unwrap_or(&found["what"]);
    // 业务都能|通过…办理
    let who = found["who"].trim_end_matches(['都', '均', '能', '可', '已']);
    let who = ["基本", "全部", "普遍", "全面"].iter().find_map(|how| who.strip_suffix(how)).unwrap_or(who);
    Some((format!("{bare}{who}"), what.to_owned()))
}

/// Whether words name a place as a whole, or its towns or country: `全县`, `农村`.
fn is_scope(words: &str) -> bool {
    SCOPE.find(words).is_some_and(|scope| scope.end() == words.len()) && words.chars().count() <= 4
}

/// `主营业务收入占工业的比重`, `占全省工业`, `炸药在工业品中占比`: the share's indicator, whether it is complete, and the subject before it.
fn share_indicator(bare: &str) -> Option<(Option<String>, (String, bool))> {
    // 床位数均达到|全市总量: a share of the whole that closes with its 总量
    static OF_TOTAL: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^(?P<whose>[^，。]{2,30}?)(?:均|都|已|力争|要|应|将)*(?:达到|达|不得?超过|不得?低于|不少于|相当于|约为)(?P<whole>(?:全[国省市区县]|我[省市])?总(?:量|数|额|产值|面积)|[^，。；]{2,16}(?:量|总数|额|面积))$")
            .expect("the pattern of shares of a total is well formed")
    });
    static WITHIN: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^(?P<whose>[^，。在]{2,30})在(?P<whole>[^，。在]{2,20}?)(?:中|中的|的)?(?P<share>占比|比重|比例|份额|占有率)$")
            .expect("the pattern of shares within a whole is well formed")
    });
    if bare.ends_with(['量', '数', '额', '值', '积'])
        && let Some(found) = OF_TOTAL.captures(bare)
    {
        // 裁员率放宽至|不超过|职工总数|20%
        let whose = strip(&found["whose"]);
        let whose = ["放宽", "调整"].iter().find_map(|verb| whose.strip_suffix(verb)).unwrap_or(whose);
        return Some((Some(whose.to_owned()), (format!("占{}的比重", &found["whole"]), true)));
    }
    if bare.contains('在')
        && let Some(found) = WITHIN.captures(bare)
    {
        // 现场混装炸药|在工业炸药中占比
        let within = found.name("whole").map_or("", |whole| &bare[whole.start() - '在'.len_utf8()..]);
        let whose = strip(&found["whose"]);
        return Some(match part(whose) {
            (subject, Some(indicator)) if KNOWN.is_match(&indicator) => (subject, (format!("{indicator}{within}"), true)),
            _ => (Some(whose.to_owned()), (within.to_owned(), true)),
        });
    }
    let at = bare.rfind('占')?;
    let of = &bare[at + '占'.len_utf8()..];
    if of.is_empty()
        || of == "比"
        || of.starts_with("有率")
        || of.starts_with("地面积")
        || of.contains(['，', '。'])
        || bare[..at].ends_with(['抢', '侵'])
    {
        return None;
    }
    // 税收占调整预算的105.47%: what a budget or plan set is no whole of which there are shares.
    let set = of.trim_end_matches(['的', '数']);
    // 占总人口的比重（常住人口城镇化率）为54.47%
    let of = closing_brackets(of).map(|(bare, _)| bare).filter(|bare| bare.ends_with("比重") || bare.ends_with("比例")).unwrap_or(of);
    let whole = if ["预算", "计划", "任务", "目标"].iter().any(|plan| set.ends_with(plan)) {
        format!("占{set}")
    } else if ["比重", "比例", "份额", "比率"].iter().any(|w| of.ends_with(w)) {
        format!("占{of}")
    } else {
        format!("占{}的比重", of.trim_end_matches('的'))
    };
    let measured = strip(&bare[..at]);
    // 使其占工业雷管比重
    if measured.is_empty() || measured == "其" {
        return Some((None, (whole, false)));
    }
    // 渔具出口|占全市出口比重
    let (subject, indicator) = if traded(measured).is_some() { (None, None) } else { part(measured) };
    Some(match indicator {
        // 全省“7+3”产业|工业增加值占全省工业的比重, 园区|工业增加值: 规模以上工业|增加值 alone is of an industry.
        Some(indicator) => (subject, (format!("{indicator}{whole}"), true)),
        None => (Some(measured.to_owned()), (whole, true)),
    })
}

/// What is told of a product or a carrier: 口罩|产能, 机场|旅客吞吐量.
const AMOUNTS: &[&str] = &[
    "产能",
    "产量",
    "产销量",
    "销量",
    "存栏量",
    "存栏",
    "出栏量",
    "出栏",
    "旅客吞吐量",
    "外贸货物吞吐量",
    "货物吞吐量",
    "吞吐量",
    "客运量",
    "货运量",
    "发送量",
    "消费量",
    "货物运输周转量",
    "旅客运输周转量",
    "货物周转量",
    "旅客周转量",
    "客货运输换算周转量",
    "周转量",
];

/// What 年产 measures of what stands behind it.
pub const MADE_A_YEAR: &str = "年产量";

/// Whose the share is that a row of a table names: `现场混装炸药|占工业炸药比重`.
pub fn whose_share(name: &str) -> Option<String> {
    share_indicator(name)?.0
}

/// Parts `全省规模以上工业增加值` into subject and indicator.
pub fn part(bare: &str) -> (Option<String>, Option<String>) {
    // 扩大|烤烟种植面积, 稳定|粮食播种面积
    let bare = ["扩大", "稳定"].iter().find_map(|verb| bare.strip_prefix(verb)).filter(|rest| MEASURING.is_match(rest)).unwrap_or(bare);
    let words = after_verb(bare);
    let lead = bare[..bare.len() - words.len()].trim();
    // 年产|碳纤维|1.5万吨
    let made = words.strip_prefix("年产").filter(|made| made.chars().count() >= 2 && !made.starts_with(['值', '量', '能', '出', '业']));
    if let Some(made) = made.filter(|made| !words_measure(made)) {
        return (Some(made.to_owned()), Some(MADE_A_YEAR.to_owned()));
    }
    // 全省累计完成|交通基础设施建设投资
    if let Some((whose, invested)) = ["累计完成", "完成"].iter().find_map(|done| bare.split_once(done))
        && ["投资", "投入"].iter().any(|end| invested.ends_with(end))
        && (4..=14).contains(&invested.chars().count())
        && invested.chars().all(crate::text::fold::is_han)
    {
        return (Some(subject_of(whose)).filter(|s| !s.is_empty()), Some(invested.to_owned()));
    }
    if let Some((whose, trade)) = traded(words) {
        return (Some(subject_of(whose)).filter(|s| !s.is_empty()), Some(trade.to_owned()));
    }
    // 集装箱吞吐量 is one name.
    let product = AMOUNTS
        .iter()
        .find_map(|p| words.strip_suffix(p))
        .filter(|product| !product.ends_with("集装箱"))
        .filter(|w| w.chars().count() >= 2 && KNOWN.find(words).is_none());
    if let Some(product) = product.map(without_rate) {
        let (subject, indicator) = split_scope(product, &words[product.len()..]);
        return (subject.map(|product| subject_of(&product)), Some(indicator));
    }
    let Some(start) = indicator_start(words) else {
        return (Some(subject_of(lead)).filter(|s| !s.is_empty()), Some(words.to_owned()).filter(|w| !w.is_empty() && w != bare));
    };
    // 幼儿园的|总占地面积, “充分就业社区”|达标率
    let start = words[..start].strip_suffix('总').map_or(start, str::len);
    let start = if words[start..].starts_with('”') { start + '”'.len_utf8() } else { start };
    // 流通领域|中的|渔具价格
    let named = words[start..].strip_prefix("中的").unwrap_or(&words[start..]);
    let (inner, indicator) = split_scope(&words[..start], named);
    let (inner, indicator) = sized_of_park(inner, indicator);
    let subject = subject_of(lead);
    if subject.is_empty() {
        return (inner, Some(indicator));
    }
    // The verb parts them: …提供|融资和担保贷款.
    (Some(subject), Some(words.to_owned()))
}

/// `机电产品|出口`, `对拉丁美洲的|出口`: what is traded, or with whom. `外贸出口` is one name.
fn traded(words: &str) -> Option<(&str, &str)> {
    let trade = ["进出口", "出口", "进口"].into_iter().find(|trade| words.ends_with(trade))?;
    let whose = words[..words.len() - trade.len()].trim_end_matches('的');
    // 月均出口, 我市出口
    let of_all = ["月均", "年均", "日均", "我市", "本市", "我省", "本省", "我县"].contains(&whose);
    let names = whose.chars().count() >= 2
        && !of_all
        && !["进口", "出口"].iter().any(|trade| whose.contains(trade))
        && leading_verb_of_doing(whose).is_none()
        && SCOPE.find(whose).is_none_or(|s| s.end() < whose.len());
    (names && !["外贸", "货物", "服务", "商品", "对外", "自营", "直接"].iter().any(|name| whose.ends_with(name))).then_some((whose, trade))
}

/// A product without the words that tell how its amount is counted: `口罩日|产量`, `粮食总|产量`, `机场年|旅客吞吐量`.
fn without_rate(product: &str) -> &str {
    let of_time =
        ["今年", "去年", "全年", "每年", "当年", "每日", "每月", "假日", "工作日", "节日"].iter().any(|time| product.ends_with(time));
    let rate = ["日", "年", "月", "总", "年均", "日均"].iter().find_map(|rate| product.strip_suffix(rate));
    rate.filter(|own| !of_time && own.ends_with(crate::text::fold::is_han) && own.chars().count() >= 2).unwrap_or(product)
}

/// `云溪工业园规上工业|总产值`: of a park its industry's size belongs to the indicator.
fn sized_of_park(subject: Option<String>, indicator: String) -> (Option<String>, String) {
    let sized = ["规模以上工业", "规上工业", "规模工业"];
    let split = subject.as_deref().and_then(|subject| sized.iter().find_map(|size| Some((subject.strip_suffix(size)?, *size))));
    match split {
        Some((park, size)) if ends_as_park(closing_brackets(park).map_or(park, |(bare, _)| bare)) => {
            (Some(park.to_owned()), format!("{size}{indicator}"))
        }
        _ => (subject, indicator),
    }
}

/// Where the indicator starts at the end of `words`.
fn indicator_start(words: &str) -> Option<usize> {
    if let Some(known) = KNOWN.find(words) {
        // 规模工业|总产值, 规上制造业|研发投入: the industry goes with the size before it.
        let sized = ["规模", "规上", "以上", "限上", "高技术", "高新技术", "先进", "装备", "新兴", "传统", "现代"]
            .iter()
            .any(|size| words[..known.start()].ends_with(size));
        let industry = ["工业", "制造业", "服务业", "农业", "建筑业"]
            .iter()
            .find(|i| sized && known.as_str().starts_with(**i) && known.len() > i.len());
        // 市级重点项目|投资
        let planned = known.as_str().starts_with("项目投资") && ["重点", "重大"].iter().any(|size| words[..known.start()].ends_with(size));
        let industry = industry.or(Some(&"项目").filter(|_| planned));
        // 第一产业|投资
        let numbered = ["第一", "第二", "第三"].iter().any(|number| words[..known.start()].ends_with(number));
        let industry = industry.or(Some(&"产业").filter(|i| numbered && known.as_str().starts_with(**i)));
        return Some(joined_start(words, known.start() + industry.map_or(0, |i| i.len())));
    }
    let ending = MEASURING.find(words)?;
    // What opens the indicator, and what it is of: 伦理审查|总体流程时间, 规模以上非国有企业|户数比重.
    // PM2.5|平均浓度 names one indicator.
    let substance = |at: &usize| words[..*at].ends_with(|c: char| c.is_ascii_alphanumeric());
    let opens = ["总体", "整体", "平均"].iter().filter_map(|w| words[..ending.start()].rfind(w)).filter(|at| !substance(at)).max();
    // 细颗粒物|年平均浓度
    let opens = opens.map(|at| words[..at].strip_suffix('年').filter(|_| words[at..].starts_with("平均")).map_or(at, str::len));
    let bearer = bearers_in(words).into_iter().map(|(at, who)| at + who.len()).rfind(|end| {
        *end <= ending.start()
            && *end < words.len()
            && !words[*end..].starts_with("投资")
            && !words[*end..].starts_with("轨道")
            && !words[*end..].starts_with(['、', '和', '与', '及', '的', '性', '化', '数', '业', '品', '车'])
    });
    Some(opens.max(bearer).unwrap_or(0))
}

/// Several indicators before one another share a figure or figures in a row: `主营业务收入、利税、利润`. What a whole place
/// or its industry adds belongs to them: 工业增加值, but 规模以上工业|增加值.
fn joined_start(words: &str, known: usize) -> usize {
    let mut start = known;
    while let Some(rest) = words[..start].strip_suffix(['、', '和', '及', '与']) {
        match KNOWN.find(rest) {
            Some(more) if more.start() < rest.len() => start = more.start(),
            _ => break,
        }
    }
    let before = &words[..start];
    match before.strip_suffix("工业") {
        Some(rest)
            if words[start..].starts_with("增加值")
                && (rest.is_empty()
                    || rest.ends_with("产业")
                    || ends_as_park(rest)
                    || SCOPE.find(rest).is_some_and(|s| s.end() == rest.len())) =>
        {
            rest.len()
        }
        _ => start,
    }
}

/// The words after the last verb that parts subject and indicator: `装备工业实现|主营业务收入`.
fn after_verb(bare: &str) -> &str {
    let known = KNOWN.find(bare).map_or(bare.len(), |k| k.start());
    let cut = verbs_of_doing(bare)
        .into_iter()
        .map(|(at, verb)| (at, at + verb.len()))
        .filter(|(_, end)| *end < bare.len() && *end <= known)
        // 清洁能源使用率: 使 is no verb there.
        .filter(|(at, end)| !(bare[*at..].starts_with("使用") && &bare[*at..*end] == "使"))
        .filter(|(at, end)| !goes_on_as_noun(&bare[*end..]) && !bare[..*at].ends_with('的') && !bare[*end..].contains('的'))
        .filter(|verb| !is_within_noun(bare, *verb))
        .filter(|(_, end)| {
            ![
                "能力", "速度", "水平", "总量", "规模", "强度", "周期", "时间", "时限", "期限", "用时", "面积", "产量", "数量", "里程",
                "资金", "收入", "成本", "比例", "额",
            ]
            .contains(&&bare[*end..])
        })
        .max_by_key(|(at, end)| (*at, *end));
    cut.map_or(bare, |(_, end)| bare[end..].trim_start_matches(['了', '的', '：']))
}

/// Whether a verb that was found at `verb` is a part of a noun: `技术|改造|项目`, `系统|解决|方案`, `两化融合|发展|水平`.
fn is_within_noun(words: &str, (at, end): (usize, usize)) -> bool {
    const NOUNS: [&str; 14] = [
        "房地产开发",
        "开发企业",
        "技术改造",
        "解决方案",
        "发展水平",
        "质量发展",
        "发展指数",
        "发展专项",
        "发展资金",
        "研发投入",
        "改造项目",
        "服务平台",
        "建设用地",
        "开发利用",
    ];
    NOUNS.iter().any(|noun| words.match_indices(noun).any(|(from, _)| from <= at && end <= from + noun.len()))
}

/// A subject without verbs and adverbs around it.
fn subject_of(lead: &str) -> String {
    let mut lead = strip(lead);
    loop {
        let before = lead.len();
        lead = closing_verb_of_doing(lead).map_or(lead, |verb| &lead[..lead.len() - verb.len()]);
        lead = strip(lead);
        if lead.len() == before {
            break;
        }
    }
    let lead = lead.strip_prefix('为').unwrap_or(lead);
    // 工业炸药五年累计|产量
    let lead = lead.strip_suffix("累计").map_or(lead, |own| own.trim_end_matches(['一', '两', '三', '四', '五', '年']));
    // 全省计划累计完成…: the plan is no part of who plans.
    let lead = lead.strip_suffix("计划").filter(|who| SCOPE.find(who).is_some_and(|s| s.end() == who.len())).unwrap_or(lead);
    if leading_verb_of_doing(lead).is_some_and(|verb| verb == lead) || lead.starts_with("重点") && lead.chars().count() <= 4 {
        String::new()
    } else {
        lead.trim_matches(['的', '，', '：', '、']).to_owned()
    }
}

/// What stands before an indicator is the subject; the whole of a place that opens the indicator is one too.
fn split_scope(before: &str, indicator: &str) -> (Option<String>, String) {
    let before = before.trim_end_matches(['的', '：', '，']).trim();
    // 城镇年均|新增就业人数
    let before = ["年均", "每年", "年末", "全部"].iter().find_map(|rate| before.strip_suffix(rate)).unwrap_or(before);
    let before = HEAD.find(before).map_or(before, |h| &before[h.end()..]);
    // 市|地方财政收入
    if let Some(whole) = place::WHOLE.iter().find(|whole| !before.is_empty() && whole.strip_prefix('全') == Some(before)) {
        return (Some((*whole).to_owned()), indicator.to_owned());
    }
    if before == "产业" && indicator.starts_with("规模") {
        return (None, format!("{before}{indicator}"));
    }
    if !before.is_empty() {
        return (Some(before.to_owned()), indicator.to_owned());
    }
    match SCOPE.find(indicator) {
        Some(scope)
            if !scope.as_str().starts_with("人均")
                && !scope.as_str().starts_with("单位")
                && scope.end() < indicator.len()
                && (scope.as_str().ends_with("居民") || !names_on(&indicator[scope.end()..])) =>
        {
            (Some(scope.as_str().to_owned()), indicator[scope.end()..].to_owned())
        }
        _ => (None, indicator.to_owned()),
    }
}

/// Whether the words after 全国 or 城镇 make one name with it: 全国重点实验室, 城镇化率.
fn names_on(rest: &str) -> bool {
    rest.starts_with("就业")
        || rest.starts_with(['化', '人', '性', '级'])
        || ["登记", "调查", "重点", "文明", "统一", "百强", "示范", "先进", "知名", "首", "一流"].iter().any(|w| rest.starts_with(w))
}

/// `主营业务收入、利税和利润` are three indicators; `种植、收获机械化率` two that share their end.
pub fn split_indicators(indicator: &str) -> Vec<String> {
    let parts: Vec<&str> = indicator.split(['、', '和', '及', '与']).filter(|p| !p.is_empty()).collect();
    if parts.len() > 1 && parts.iter().all(|p| KNOWN.is_match(p)) {
        return parts.into_iter().map(str::to_owned).collect();
    }
    vec![indicator.to_owned()]
}

/// What the figures in a row are of, each: what 、 or 和 parts, but as many as there are figures where the 和 of an item is its own
/// (`食品、烟酒及用品|分别上涨2%、3%` are two).
pub fn parts_in_row(words: &str, row: usize) -> Vec<&str> {
    // 东湖区和永丰县|分别实现
    let words = ["分别实现", "分别完成", "分别达到", "分别"].iter().find_map(|verb| words.strip_suffix(verb)).unwrap_or(words);
    let split = |marks: &[char]| words.split(marks).filter(|part| !part.is_empty()).collect::<Vec<&str>>();
    let all = split(&['、', '和', '及', '与']);
    let wide = split(&['、']);
    // 第一、二产业和第三产业, 城镇及农村居民: what only an ordinal or an adjective parts shares its noun.
    // 数控化率、工具普|及|率: the 及 is a word's own.
    let whole =
        |part: &&str| (part.chars().count() > 1 || *part == "率") && !part.starts_with('第') && !["城镇", "城市", "农村"].contains(part);
    if all.len() != row && wide.len() == row && all.iter().all(whole) { wide } else { all }
}

/// `城镇和农村常住居民|人均可支配收入`: what two figures in a row measure, of towns first.
fn of_town_and_country(bare: &str) -> Option<&str> {
    let of = ["城镇居民和农村", "城市居民和农村", "城镇居民、农村", "城镇和农村", "城镇、农村", "城镇与农村"]
        .iter()
        .find_map(|both| Some(bare.split_once(both)?.1))?;
    of.strip_prefix("常住").unwrap_or(of).strip_prefix("居民").filter(|indicator| KNOWN.is_match(indicator))
}

/// The subject and indicator of one of several figures in a row whose words name each in full: `规上工业增加值、固定资产投资`,
/// `畜禽养殖规模化率和粪污综合利用率`. None where they share an ending or a subject.
fn own_of_several(bare: &str, row: usize, index: usize) -> Option<(Option<String>, String)> {
    let parts = parts_in_row(bare, row);
    if let Some((kind, indicator)) = kinds_of_one(&parts, row) {
        let whose = if index + 1 < row { parts[index] } else { kind };
        return Some((Some(whose.to_owned()), indicator.to_owned()));
    }
    // 化学需氧量 of 化学需氧量、氨氮排放总量 ends like a measure and is none.
    let named = |part: &&str| {
        part.chars().count() >= 3
            && (KNOWN.is_match(part)
                || indicator::looks_like_indicator(part)
                || part.ends_with("人次")
                || part.ends_with("花费")
                || part.ends_with('率')
                || COUNTING.is_match(part))
    };
    if row < 2
        || parts.len() != row
        || !parts.iter().all(named)
        || KNOWN.is_match(parts[0]) && parts.iter().skip(1).all(|p| KNOWN.find(p).is_some_and(|k| k.start() == 0 && !OF_PLACE.is_match(p)))
    {
        return None;
    }
    let (subject, indicator) = part(parts[index]);
    let indicator = indicator.unwrap_or_else(|| parts[index].to_owned());
    // “四强”产业增加值、高新技术产业产值|占比
    let share = ["占比", "比重"]
        .iter()
        .find(|share| parts[row - 1].ends_with(**share) && !parts[..row - 1].iter().any(|part| part.ends_with(**share)));
    Some((subject, share.filter(|_| index + 1 < row).map_or_else(|| indicator.clone(), |share| format!("{indicator}{share}"))))
}

/// `茶叶产量、产值`, `万元GDP用水量、能耗`: several measures of what the first names, and what each is.
fn measures_in_row(bare: &str, row: usize) -> Option<(Option<String>, Vec<String>)> {
    /// What stands before a measure that is told of each piece of something.
    const PER: [&str; 6] = ["万元GDP", "万元地区生产总值", "单位GDP", "单位地区生产总值", "单位国内生产总值", "万元国内生产总值"];
    let parts = parts_in_row(bare, row);
    if row < 2
        || parts.len() != row
        || !parts.iter().all(|part| words_measure(part) || is_consumed(part) || ["出口", "进口", "单产", "人次"].contains(part))
    {
        return None;
    }
    let (subject, first) = part(parts[0]);
    let first = first.unwrap_or_else(|| parts[0].to_owned());
    let per = PER.iter().find(|per| first.starts_with(**per)).map_or("", |per| per);
    let alone = |part: &&str| {
        part.chars().count() <= 4 || !per.is_empty() && part.contains("排放") || subject.is_some() && indicator_start(part) == Some(0)
    };
    let others = &parts[1..];
    others.iter().all(alone).then(|| {
        let named = others.iter().map(|other| if other.starts_with(per) { (*other).to_owned() } else { format!("{per}{other}") });
        (subject, std::iter::once(first).chain(named).collect())
    })
}

/// `单位地区生产总值能源消耗`, `二氧化碳排放`: what is used up or let out, without a word for how much.
fn is_consumed(part: &str) -> bool {
    ["消耗", "排放"].iter().any(|end| part.ends_with(end))
}

/// `一般事故、较大事故和重大事故起数`: kinds of one thing, and what is counted of each after the last. The last kind and that.
fn kinds_of_one<'t>(parts: &[&'t str], row: usize) -> Option<(&'t str, &'t str)> {
    let last = parts.last().filter(|_| row > 1 && parts.len() == row)?;
    let first = parts[0];
    let shared = first
        .char_indices()
        .map(|(at, _)| &first[at..])
        .filter(|end| end.chars().count() >= 2)
        .find(|end| parts[..row - 1].iter().all(|part| part.ends_with(end) && part.len() > end.len()))?;
    let end = last.find(shared)? + shared.len();
    (end > shared.len() && end < last.len() && MEASURING.is_match(last)).then(|| last.split_at(end))
}

/// `城市污水处理率和生活垃圾无害化处理率`: several measures of which one figure is told, each by its full name.
fn joint_measures(bare: &str) -> Option<&str> {
    let parts: Vec<&str> = bare.split(['、', '和', '与', '及']).collect();
    let whole = |part: &&str| part.chars().count() >= 5 && MEASURING.is_match(part) && !KNOWN.is_match(part);
    (parts.len() > 1 && parts.iter().all(whole)).then_some(bare)
}

/// Several in a row share the end of the last: `花生种植、收获机械化率` are 种植机械化率 and 收获机械化率 of 花生 (what differs are words
/// of two characters), `化学需氧量、氨氮排放总量` the 排放总量 of each.
fn split_shared<'t>(words: &'t str, row: usize) -> Option<(Option<String>, Vec<String>)> {
    let parts = parts_in_row(words, row);
    let last = parts.last().filter(|_| row > 1 && parts.len() == row && !KNOWN.is_match(parts[0]))?;
    let cut = |text: &str, from_end: bool| {
        let count = text.chars().count();
        let at = if from_end { count.checked_sub(2)? } else { 2 };
        text.char_indices().map(|(k, _)| k).chain([text.len()]).nth(at)
    };
    if let Some(shared) = shared_ending(last) {
        let whose = words[..words.len() - shared.len()].trim_end_matches('的');
        return Some((Some(whose.to_owned()), vec![shared.to_owned(); row]));
    }
    // 高血压、糖尿病患者规范管理率: three characters are one name.
    let short = parts[..row - 1].iter().all(|part| part.chars().count() == 3);
    let shared = if short { &last[last.char_indices().nth(3)?.0..] } else { &last[cut(last, false)?..] };
    let own = |part: &'t str| if short { Some(0) } else { cut(part, true) };
    let whose = &parts[0][..own(parts[0])?];
    let several = parts[..row - 1].iter().filter_map(|p| Some(format!("{}{shared}", &p[own(p)?..]))).chain([(*last).to_owned()]).collect();
    MEASURING.is_match(shared).then(|| (Some(whose.to_owned()).filter(|w| !w.is_empty()), several))
}

/// The indicator that ends the last of several, where it has a name of its own: 排放总量 of `氮氧化物排放总量`.
fn shared_ending(last: &str) -> Option<&str> {
    let trade = ["出口", "进口"].iter().find(|trade| last.ends_with(**trade)).map(|trade| last.len() - trade.len());
    let known = KNOWN.find(last).map(|k| k.start()).into_iter().chain(trade);
    let amount = AMOUNTS.iter().find(|amount| last.ends_with(**amount)).map(|amount| last.len() - amount.len());
    let head = indicator::ending(last).map(|head| last.len() - head.len());
    // 渔具制造业|产业规模, 家具及用品的|价格
    let size = ["产业规模", "价格"].iter().find_map(|size| Some(last.strip_suffix(size)?.len()));
    known.chain(amount).chain(head).chain(size).filter(|at| *at > 0 && last[*at..].chars().count() >= 2).min().map(|at| &last[at..])
}

/// Whether a noun follows the figure.
fn starts_noun(after: &str) -> bool {
    let after = after.trim_start_matches('的');
    after.chars().next().is_some_and(|c| crate::text::fold::is_han(c) || matches!(c, '“'))
        && !after.starts_with(['和', '及', '以', '与', '至', '到', '并', '且', '左', '、'])
}

/// The noun that a figure counts, up to its verb: `13个大模型|通过国家备案`.
fn counted_noun(after: &str) -> Option<String> {
    static UNTIL: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^(?<noun>.{2,}?)(?:全部|已|均(?:已|实现|达|完成|通过|纳入)|作为|成为|签约|签订|达成|如期|受命名|入围|退出|摘帽|实施|落户|通过|得到|入选|获得|获批|获|拔地而起|提供|进行|办理|免费|享受|实现|搭起|发放|颁奖|开辟|建成|投用|投产|竣工|贯通|通车|进入|达到|完成|上市|开工|运营|列入|启动|落地|开通|的生产|线下|参加|赴|出国|开展|成长为|升级为|转为|(?:产值|税收|营业?收入?)?(?:增量)?过亿|(?:扎实|稳步|有序|加快|全面|顺利|深入|持续|成功)(?:推进|实施|推开|展开|运行|进行|建设)|$)").expect("the pattern of counted nouns is well formed")
    });
    let after = after.trim_start_matches(['的', ' ']);
    let mut depth = 0i32;
    let cut = after.char_indices().find(|(_, c)| {
        match c {
            '（' | '“' => depth += 1,
            '）' | '”' => depth -= 1,
            _ => {}
        }
        depth <= 0 && matches!(c, '，' | '；' | '。')
    });
    let noun = cut.map_or(after, |(at, _)| &after[..at]);
    let noun = noun.trim_end_matches(['、', '和', '及', '与', '以']);
    let noun = UNTIL.captures(noun).and_then(|c| c.name("noun")).map_or(noun, |m| m.as_str());
    // 具有较强竞争力、年收入超50亿元的龙头企业: the noun is what 的 leads to.
    let noun = match noun.rfind('的') {
        Some(at) if noun[at..].chars().count() > 2 => &noun[at + '的'.len_utf8()..],
        // 16条丁字路、断头路
        _ if noun.chars().count() <= 10 && noun.matches('、').count() == 1 && !noun.ends_with(['近', '约', '超']) => noun,
        // 行业级、区域级工业互联网平台
        _ => noun.split('、').next().filter(|first| !first.ends_with(['级', '型', '类'])).unwrap_or(noun),
    };
    // 推进10个研究院建设
    let noun = noun.strip_suffix("建设").filter(|built| built.chars().count() >= 3).unwrap_or(noun);
    // 其中131个|已开工建设: what follows tells what was done with them.
    // 安排2亿元|支持工业发展: what follows tells what it is for.
    let told = [
        "支持",
        "用于",
        "扶持",
        "鼓励",
        "促进",
        "已",
        "均已",
        "均实现",
        "全部",
        "被",
        "由",
        "将",
        "正在",
        "进入",
        "入选",
        "列入",
        "跻身",
        "提供",
        "开展",
        "办理",
    ]
    .iter()
    .any(|word| noun.starts_with(word));
    Some(noun.trim_matches(['、', '等']).to_owned()).filter(|n| !n.is_empty() && !told)
}

/// `续建项目`, `新开工项目`: how far works have come tells them apart.
fn is_stage(words: &str) -> bool {
    const STAGES: [&str; 9] = ["重点建设", "续建", "新开工", "竣工", "在建", "储备", "拟建", "收尾", "前期"];
    let projects = |rest: &str| ["项目", "工程", "重大项目", "重点项目", "重点工程"].contains(&rest);
    STAGES.iter().any(|stage| words.strip_prefix(stage).is_some_and(projects))
}

/// A count's noun without the verb that leads it: `培育|行业技术中心`; a verb inside a relative clause (`达到国际水平的产品`)
/// belongs to the noun.
fn strip_verb(bare: &str) -> &str {
    let mut words = bare;
    loop {
        let before = words.len();
        for verb in [
            "重点", "大力", "积极", "加快", "新", "已", "引进", "全力", "努力", "深入", "持续", "逐步", "稳步", "着力", "全面", "有序",
            "分批", "累计", "直接", "各地", "每年", "年产", "初步", "基本",
        ] {
            let leads = |rest: &&str| {
                !is_stage(words) && leading_verb_of_doing(rest).is_some_and(|done| rest.chars().count() >= 4 || done == *rest)
            };
            words = words.strip_prefix(verb).filter(leads).unwrap_or(words);
        }
        if let Some(verb) = leading_verb_of_doing(words).filter(|_| !is_stage(words)) {
            let rest = &words[verb.len()..];
            let relative = rest.contains('的')
                && ["达到", "具有", "具备", "获得", "通过", "实现", "超过", "突破", "拥有", "取得", "参与", "承担"].contains(&verb);
            if rest.chars().count() >= 2 && !relative && !goes_on_as_noun(rest) {
                words = rest.trim_start_matches('了');
            }
        }
        if words.len() == before {
            return after_verb(words);
        }
    }
}

/// Whether the words after a verb make a noun of it: 开发|区, 保障|性住房, 服务|业.
fn goes_on_as_noun(rest: &str) -> bool {
    rest.starts_with([
        '的', '率', '量', '额', '力', '值', '性', '型', '区', '业', '度', '员', '者', '期', '类', '级', '商', '费', '机', '器',
    ]) || ["中心", "基地", "平台", "工程", "体系", "能力", "水平", "机构", "人员", "资金", "面积", "规模", "标准", "设施", "用地"]
        .contains(&rest)
}

/// What a clause without a figure hands on: the entity that opens it (`战略性新兴产业初步形成局部优势`), or subject and
/// indicators where it ends with them (`民口配套企业取得许可证的数量，比2005年增长…`).
pub fn handed_on(clause: &str) -> (Option<String>, Vec<String>) {
    let bare = strip(clause);
    // 物流费用与生产总值的比率，|在2005年15.5%的基础上下降2个百分点
    let rate = || bare.chars().count() <= 24 && ["比率", "比例", "比重"].iter().any(|end| bare.ends_with(end));
    if (KNOWN.is_match(bare) || rate()) && !bare.contains('占') {
        let (subject, indicator) = match bare.find("取得") {
            Some(at) if at > 0 => (Some(strip(&bare[..at]).to_owned()), Some(bare[at + "取得".len()..].to_owned())),
            _ => part(bare),
        };
        return (subject, indicator.as_deref().map(split_indicators).unwrap_or_default());
    }
    (leading_entity(clause), Vec::new())
}

/// `支持鹿门县加快发展，|地区生产总值增长9%`: whose figures follow.
pub fn place_developed(clause: &str) -> Option<String> {
    static DEVELOPED: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?:支持|推动|促进|加快)(?P<place>\p{Han}{2,8}?)(?:高质量|加快|率先|跨越式?|绿色|创新|新一轮)*发展$")
            .expect("the pattern of what is developed is well formed")
    });
    let name = clause.ends_with("发展").then(|| DEVELOPED.captures(clause))??.name("place")?.as_str();
    let is_one = |place: &place::Place| !matches!(place.rank, Rank::Region | Rank::System);
    (place::by_name(name).is_some_and(is_one) || is_zone(name)).then(|| name.to_owned())
}

/// Whether words name the whole of the document's place: `全市生产总值`.
pub fn names_whole(words: &str) -> bool {
    ["全国", "全省", "全市", "全县", "全州", "我省", "我市", "我县"].iter().any(|whole| words.contains(whole))
}

/// Whether a name is one of the zones that a town has one of: `高新区`, `云溪新区`; `新区` alone may be any.
fn is_zone(name: &str) -> bool {
    let kinds = ["各", "国家级", "省级", "城市", "产业"];
    let named = ["新区", "经济区", "开发区"].iter().filter_map(|end| name.strip_suffix(end)).any(|own| own.chars().count() >= 2);
    (named || name.ends_with("高新区") || name.ends_with("经开区")) && !kinds.iter().any(|kind| name.starts_with(kind))
}

/// The zone that a paragraph's first sentence develops, for the figures of a whole place in it: `加快高新区新一轮发展。…生产总值达到200亿元`,
/// `着力增强云溪新区产业集聚功能。…`.
pub fn zone_developed(sentence: &str) -> Option<String> {
    static ZONE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^(?:进一步|着力|加快|全力|大力|积极|深入|扎实|支持|推动|推进|促进|增强|提升|强化|做强|做优|突出|抓好)+(?P<zone>\p{Han}{0,6}?(?:新区|高新区|经开区|经济区|开发区))(?P<rest>\p{Han}{2,12})$")
            .expect("the pattern of zones is well formed")
    });
    let found = sentence.contains('区').then(|| ZONE.captures(sentence.trim_end_matches('。').trim()))??;
    let develops = ["发展", "建设", "扩区", "功能", "开发", "提质", "能级", "水平"].iter().any(|end| found["rest"].ends_with(end));
    Some(found["zone"].to_owned()).filter(|zone| develops && is_zone(zone))
}

/// The industry that opens a paragraph's part: `石化产业加快转型升级，…。产值突破1300亿元`.
pub fn industry_told(sentence: &str) -> Option<String> {
    static TOLD: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"^\p{Han}{2,8}?产业").expect("the pattern of industries told of is well formed"));
    let found = sentence.contains("产业").then(|| TOLD.find(sentence.trim_start()))??.as_str();
    (leading_verb_of_doing(found).is_none() && !found.starts_with(['促', '抓', '在', '以', '对'])).then(|| found.to_owned())
}

/// The entity that opens a clause without a figure, for the clauses after it: `战略性新兴产业初步形成局部优势`.
fn leading_entity(clause: &str) -> Option<String> {
    static ENTITY: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"^(?<who>[^，、。；：的是和]{2,12}?(?:产业|行业|工业|经济|服务业|制造业|加工业|农业))(?:[初已发增保取成形迈健稳快持得进实壮规]|势头|水平|结构)").expect("the pattern of leading entities is well formed")
    });
    if !clause.contains('业') && !clause.contains("经济") {
        return None;
    }
    let bare = HEAD.find(clause).map_or(clause, |h| &clause[h.end()..]);
    let found = ENTITY.captures(bare)?["who"].to_owned();
    let verb = ["推", "加", "促", "提", "打", "培", "建", "大力", "着力", "围绕", "支持", "坚持", "实施", "优化", "构建", "做"]
        .iter()
        .any(|v| found.starts_with(v));
    (!verb).then_some(found)
}
