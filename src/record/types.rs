//! The records' fields, as the contract fixes them.

use crate::mention::deadline::{Deadline, DeadlineKind};
use crate::mention::period::Period;
use crate::mention::quantity::Bound;
use rust_decimal::Decimal;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use serde::{Serialize, Serializer};
use std::borrow::Cow;
use std::sync::Arc;

/// A grounded record: what was read, and the characters that it was read from. What the records of a document say alike, they share.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct Record {
    /// `{doc}:{type}:{start}-{end}`.
    #[schemars(example = &"2019/jihua:target:120-141")]
    pub id: String,
    /// The type's name.
    #[schemars(example = &"target")]
    #[serde(rename = "type")]
    pub kind: &'static str,
    /// The document's id.
    #[schemars(example = &"2019/jihua")]
    pub doc: Arc<str>,
    /// The document's title.
    #[schemars(example = &"某省工业发展计划")]
    pub title: Option<Arc<str>>,
    /// The headings above it, outermost first, each as printed.
    #[schemars(example = &["二、主要目标", "（一）总量"])]
    pub section: Arc<[String]>,
    /// The source text from `start` to `end`, untouched.
    #[schemars(example = &"到2020年，装备产业主营业务收入突破500亿元")]
    pub quote: String,
    /// First offset in the decoded source text, in code points.
    #[schemars(example = 120)]
    pub start: usize,
    /// Offset after the last, in code points.
    #[schemars(example = 141)]
    pub end: usize,
    /// The name of the rule that read it.
    #[schemars(example = &"quantity-clause")]
    pub rule: &'static str,
    /// The fields of its type.
    #[serde(flatten)]
    #[schemars(skip)]
    pub body: Body,
}

/// The fields of each type.
#[derive(Debug, Clone, Serialize)]
#[serde(untagged)]
#[allow(missing_docs)] // each variant is the type of its name
pub enum Body {
    Document(Box<DocumentFields>),
    Section(SectionFields),
    Passage(PassageFields),
    Target(Box<QuantityFields>),
    Statistic(Box<QuantityFields>),
    Project(Box<ProjectFields>),
    Park(ParkFields),
    Focus(FocusFields),
    Responsibility(Box<ResponsibilityFields>),
    Measure(MeasureFields),
    Citation(CitationFields),
    Finding(Box<FindingFields>),
}

impl Body {
    /// The type's name in the contract.
    pub fn kind(&self) -> &'static str {
        match self {
            Body::Document(_) => "document",
            Body::Section(_) => "section",
            Body::Passage(_) => "passage",
            Body::Target(_) => "target",
            Body::Statistic(_) => "statistic",
            Body::Project(_) => "project",
            Body::Park(_) => "park",
            Body::Focus(_) => "focus",
            Body::Responsibility(_) => "responsibility",
            Body::Measure(_) => "measure",
            Body::Citation(_) => "citation",
            Body::Finding(_) => "finding",
        }
    }
}

impl Body {
    /// The fields that hold words of the text as it prints them, not as the program calls what they mean.
    pub(super) fn as_printed(&mut self) -> Vec<&mut String> {
        match self {
            Body::Document(d) => d.issuer.iter_mut().chain(&mut d.number).chain(&mut d.addressees).chain(&mut d.attachments).collect(),
            Body::Section(s) => s.marker.iter_mut().chain([&mut s.heading]).collect(),
            Body::Passage(p) => vec![&mut p.text],
            Body::Target(q) | Body::Statistic(q) => {
                [&mut q.subject, &mut q.indicator, &mut q.unit, &mut q.modality, &mut q.base].into_iter().flatten().collect()
            }
            Body::Project(p) => {
                let said = [&mut p.owner, &mut p.industry, &mut p.place, &mut p.list, &mut p.investment, &mut p.period];
                let scale = p.scale.iter_mut().map(|scale| &mut scale.unit);
                let lead = p.lead.iter_mut().flatten().map(|unit| &mut unit.name);
                [&mut p.name, &mut p.content].into_iter().chain(said.into_iter().flatten()).chain(scale).chain(lead).collect()
            }
            Body::Park(p) => [&mut p.name].into_iter().chain(&mut p.industry).chain(&mut p.place).chain(&mut p.list).collect(),
            Body::Focus(f) => [&mut f.name, &mut f.kind].into_iter().chain(&mut f.industry).chain(&mut f.list).collect(),
            Body::Responsibility(r) => {
                let deadline = r.deadline.iter_mut().map(|deadline| &mut deadline.text);
                let said = r.number.iter_mut().chain(&mut r.category).chain(deadline);
                [&mut r.task].into_iter().chain(said).chain(r.lead.iter_mut().chain(&mut r.support).map(|unit| &mut unit.name)).collect()
            }
            Body::Measure(m) => vec![&mut m.name, &mut m.text],
            Body::Citation(c) => c.name.iter_mut().chain(&mut c.number).collect(),
            Body::Finding(_) => Vec::new(),
        }
    }
}

/// An exact decimal number, written to JSON without binary floating point on the way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Amount(pub Decimal);

impl Amount {
    /// The number as JSON has it.
    ///
    /// # Panics
    /// Never: a decimal is written as JSON writes numbers.
    pub fn number(self) -> serde_json::Number {
        self.0.normalize().to_string().parse().expect("a decimal is written as JSON writes numbers")
    }
}

impl Serialize for Amount {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.number().serialize(serializer)
    }
}

impl JsonSchema for Amount {
    fn inline_schema() -> bool {
        true
    }

    fn schema_name() -> Cow<'static, str> {
        "Amount".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({ "type": "number" })
    }
}

/// What is known of the document.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct DocumentFields {
    /// 发文机关; null where the text doesn't say or imply one.
    #[schemars(example = &"黑龙江省人民政府")]
    pub issuer: Option<String>,
    /// `黑龙江省`; null for a national document.
    #[schemars(example = &"黑龙江省")]
    pub region: Option<String>,
    /// 文号.
    #[schemars(example = &"黑政发〔2019〕8号")]
    pub number: Option<String>,
    /// The day it was written, ISO.
    #[schemars(example = &"2019-05-21", extend("format" = "date"))]
    pub issued: Option<String>,
    /// 主送机关.
    #[schemars(example = &["各市人民政府"])]
    pub addressees: Vec<String>,
    /// 通知, 方案, 规划, 意见 …, of the carried document.
    #[schemars(example = &"规划")]
    pub genre: Option<String>,
    /// The years it plans for.
    #[schemars(example = Period::between("2019", "2020"))]
    pub period: Option<Period>,
    /// Titles of its attachments.
    #[schemars(example = &["任务分工表"])]
    pub attachments: Vec<String>,
    /// The file's path.
    #[schemars(example = &"texts/2019/jihua.txt")]
    pub source: String,
    /// The file's encoding.
    #[schemars(example = &"UTF-8")]
    pub encoding: String,
    /// The SHA-256 of the file's bytes, hexadecimal.
    #[schemars(example = &"a964025d084d31dfa002b1c0c801597222d9d0f0b705154baf16f27ede9954cd", extend("pattern" = "^[0-9a-f]{64}$"))]
    pub sha256: String,
    /// How many code points the decoded text has.
    #[schemars(example = 17623)]
    pub chars: usize,
}

/// A heading.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct SectionFields {
    /// 1 for the outermost.
    #[schemars(example = 1)]
    pub level: usize,
    /// `一、`, `（一）`, `--`, `附件1`; null where the heading has no mark.
    #[schemars(example = &"二、")]
    pub marker: Option<String>,
    /// The title without its mark.
    #[schemars(example = &"主要目标")]
    pub heading: String,
    /// The id of the heading above.
    #[schemars(example = &"2019/jihua:section:80-90")]
    pub parent: Option<String>,
}

/// A paragraph, or a table's row with its column names.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct PassageFields {
    /// The clean text.
    #[schemars(example = &"到2020年，装备产业主营业务收入突破500亿元。")]
    pub text: String,
}

/// How a quantity changes or stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum MeasureKind {
    /// It reaches a value.
    Level,
    /// It changes at a rate.
    Growth,
    /// It changes by an amount.
    Increment,
    /// It becomes so many times as much.
    Multiple,
}

/// Which way a change goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// 增长.
    Up,
    /// 下降.
    Down,
}

/// A value in the base of its unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Canonical {
    /// The value.
    #[schemars(example = 50_000_000_000_u64)]
    pub value: Amount,
    /// The base unit: 元, 吨, 亩, 米, %.
    #[schemars(example = &"元")]
    pub unit: String,
}

/// A quantity that the document commits to (target) or reports (statistic).
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct QuantityFields {
    /// Whose quantity it is.
    #[schemars(example = &"装备产业")]
    pub subject: Option<String>,
    /// What is measured.
    #[schemars(example = &"主营业务收入")]
    pub indicator: Option<String>,
    /// The number as printed with its unit; a range's lower end.
    #[schemars(example = 500)]
    pub value: Amount,
    /// A range's upper end.
    #[schemars(example = 600)]
    pub value_max: Option<Amount>,
    /// The unit as printed, clean.
    #[schemars(example = &"亿元")]
    pub unit: Option<String>,
    /// The same in the unit's base; a range's lower end.
    #[schemars(example = Canonical { value: Amount(Decimal::from(50_000_000_000_u64)), unit: "元".to_owned() })]
    pub canonical: Option<Canonical>,
    /// Level, growth, increment or multiple.
    #[schemars(example = &"level")]
    pub measure: MeasureKind,
    /// Up, down or null.
    #[schemars(example = &"up")]
    pub direction: Option<Direction>,
    /// How firmly it binds.
    #[schemars(example = &"over")]
    pub bound: Bound,
    /// 力争, 计划, 确保 …
    #[schemars(example = &"力争")]
    pub modality: Option<String>,
    /// When it holds.
    #[schemars(example = Period::until("2020"))]
    pub period: Period,
    /// Whether it is a yearly average.
    #[schemars(example = false)]
    pub average: bool,
    /// What a change is compared with, as printed.
    #[schemars(example = &"“十一五”末")]
    pub base: Option<String>,
}

/// A quantity in a project's name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Scale {
    /// The number.
    #[schemars(example = 200)]
    pub value: Amount,
    /// The unit as printed.
    #[schemars(example = &"万吨")]
    pub unit: String,
}

/// A named project.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct ProjectFields {
    /// The item, clean.
    #[schemars(example = &"某某化工有限公司200万吨甲醇")]
    pub name: String,
    /// The enterprise or body that carries it out.
    #[schemars(example = &"某某化工有限公司")]
    pub owner: Option<String>,
    /// What is built.
    #[schemars(example = &"200万吨甲醇")]
    pub content: String,
    /// The industry of the heading above.
    #[schemars(example = &"煤化工产业")]
    pub industry: Option<String>,
    /// A city or county named in it.
    #[schemars(example = &"大庆市")]
    pub place: Option<String>,
    /// What the list calls itself.
    #[schemars(example = &"重点项目")]
    pub list: Option<String>,
    /// The count that the list states.
    #[schemars(example = 10)]
    pub declared: Option<u64>,
    /// Quantities in the name.
    #[schemars(example = [Scale { value: Amount(Decimal::from(200)), unit: "万吨".to_owned() }])]
    pub scale: Vec<Scale>,
    /// From a table: the investment as printed.
    #[schemars(example = &"3.5亿元")]
    pub investment: Option<String>,
    /// From a table: the years of building as printed.
    #[schemars(example = &"2019-2021年")]
    pub period: Option<String>,
    /// From a table: the units that lead.
    #[schemars(example = [UnitName::example("省发改委", "黑龙江省发展和改革委员会")])]
    pub lead: Option<Vec<UnitName>>,
}

/// A named park, base or zone.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct ParkFields {
    /// The name, completed where the list shares its ending.
    #[schemars(example = &"临江市农机产业园")]
    pub name: String,
    /// The industry of the heading above.
    #[schemars(example = &"农机产业")]
    pub industry: Option<String>,
    /// A city or county named in it.
    #[schemars(example = &"大庆市")]
    pub place: Option<String>,
    /// What the list calls itself.
    #[schemars(example = &"重点园区")]
    pub list: Option<String>,
    /// The count that the list states.
    #[schemars(example = 6)]
    pub declared: Option<u64>,
}

/// An item of any other closed list.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct FocusFields {
    /// The item, clean.
    #[schemars(example = &"生物医药")]
    pub name: String,
    /// 领域, 产业链, 联盟 …
    #[schemars(example = &"领域")]
    pub kind: String,
    /// The industry of the heading above.
    #[schemars(example = &"生物产业")]
    pub industry: Option<String>,
    /// What the list calls itself.
    #[schemars(example = &"重点领域")]
    pub list: Option<String>,
    /// The count that the list states.
    #[schemars(example = 5)]
    pub declared: Option<u64>,
}

/// A unit of government or another body, as printed and as it is officially called.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct UnitName {
    /// As printed, the level put back.
    #[schemars(example = &"省发改委")]
    pub name: String,
    /// The full official name; null where it isn't known.
    #[schemars(example = &"黑龙江省发展和改革委员会")]
    pub canonical: Option<String>,
}

impl UnitName {
    /// A unit for the schema's examples.
    fn example(name: &str, canonical: &str) -> UnitName {
        UnitName { name: name.to_owned(), canonical: Some(canonical.to_owned()) }
    }
}

/// Where the lead is known from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    /// 牵头, 主办, a column.
    Explicit,
    /// The document says once that the first named leads.
    Convention,
    /// Units are named without a lead: all are in `lead`.
    Shared,
}

/// Who does a task.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct ResponsibilityFields {
    /// The number as printed.
    #[schemars(example = &"3")]
    pub number: Option<String>,
    /// What is to be done.
    #[schemars(example = &"建立产业项目库")]
    pub task: String,
    /// The group's heading in the table.
    #[schemars(example = &"一、谋划推进项目")]
    pub category: Option<String>,
    /// 牵头单位.
    #[schemars(example = [UnitName::example("省发改委", "黑龙江省发展和改革委员会")])]
    pub lead: Vec<UnitName>,
    /// 配合单位.
    #[schemars(example = [UnitName::example("省财政厅", "黑龙江省财政厅")])]
    pub support: Vec<UnitName>,
    /// Where the lead is known from.
    #[schemars(example = &"explicit")]
    pub basis: Basis,
    /// Whether a list ends in 等.
    #[schemars(example = false)]
    pub open: bool,
    /// Until when.
    #[schemars(example = Deadline {
        text: "2019年4月底前".to_owned(), kind: DeadlineKind::Date, due: Some("2019-04".to_owned()), per: None, times: None, month: None,
    })]
    pub deadline: Option<Deadline>,
}

/// An instrument of policy.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct MeasureFields {
    /// Its heading.
    #[schemars(example = &"加大项目扶持力度")]
    pub name: String,
    /// Its text, clean.
    #[schemars(example = &"优先扶持列入计划的重点项目。")]
    pub text: String,
}

/// A document that this one names.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct CitationFields {
    /// Its title without 《》; null for a bare number.
    #[schemars(example = &"外商投资产业指导目录")]
    pub name: Option<String>,
    /// Its 文号.
    #[schemars(example = &"国发〔2018〕42号")]
    pub number: Option<String>,
}

/// How sure the audit is that something is wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// A careful reader would agree.
    Error,
    /// It looks wrong, and there may be a reason.
    Warning,
    /// Worth knowing.
    Info,
}

/// A place in a document that a finding rests on.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Evidence {
    /// The document's id.
    #[schemars(example = &"2019/jihua")]
    pub doc: String,
    /// First offset in the document's decoded text, in code points.
    #[schemars(example = 120)]
    pub start: usize,
    /// Offset after the last, in code points.
    #[schemars(example = 141)]
    pub end: usize,
    /// The characters that stand there, untouched.
    #[schemars(example = &"由200户增加到300户，增长40％")]
    pub quote: String,
}

/// A number that a finding compares.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Figure {
    /// What it is, in Chinese: `文中所述`, `推算`.
    #[schemars(example = &"推算")]
    pub label: String,
    /// The number.
    #[schemars(example = 50)]
    pub value: Amount,
    /// Its unit.
    #[schemars(example = &"%")]
    pub unit: Option<String>,
}

/// What the audit says of the document.
#[derive(Debug, Clone, Serialize, JsonSchema)]
pub struct FindingFields {
    /// How sure the audit is.
    #[schemars(example = &"error")]
    pub severity: Severity,
    /// What doesn't add up, in Chinese.
    #[schemars(example = &"由200增加到300应为增长50％，文中为40％")]
    pub message: String,
    /// Both sides of it.
    #[schemars(example = [Evidence { doc: "2019/jihua".to_owned(), start: 120, end: 141, quote: "由200户增加到300户，增长40％".to_owned() }])]
    pub evidence: Vec<Evidence>,
    /// The numbers that were compared.
    #[schemars(example = [Figure { label: "推算".to_owned(), value: Amount(Decimal::from(50)), unit: Some("%".to_owned()) }])]
    pub numbers: Vec<Figure>,
    /// What may explain it innocently, in Chinese; null where nothing is known to.
    #[schemars(example = &"基期数据可能经过调整，或统计口径不同")]
    pub benign: Option<String>,
}
