//! The records' fields, as the contract fixes them.

use crate::mention::deadline::Deadline;
use crate::mention::period::Period;
use crate::mention::quantity::Bound;
use rust_decimal::Decimal;
use serde::{Serialize, Serializer};

/// A grounded record: what was read, and the characters that it was read from.
#[derive(Debug, Clone, Serialize)]
pub struct Record {
    /// `{doc}:{type}:{start}-{end}`.
    pub id: String,
    /// The type's name.
    #[serde(rename = "type")]
    pub kind: &'static str,
    /// The document's id.
    pub doc: String,
    /// The document's title.
    pub title: Option<String>,
    /// The headings above it, outermost first, each as printed.
    pub section: Vec<String>,
    /// The source text from `start` to `end`, untouched.
    pub quote: String,
    /// First offset in the decoded source text, in code points.
    pub start: usize,
    /// Offset after the last, in code points.
    pub end: usize,
    /// The name of the rule that read it.
    pub rule: &'static str,
    /// The fields of its type.
    #[serde(flatten)]
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
        }
    }
}

/// An exact decimal number, written to JSON without binary floating point on the way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Amount(pub Decimal);

impl Serialize for Amount {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let written = self.0.normalize().to_string();
        let number: serde_json::Number = written.parse().map_err(serde::ser::Error::custom)?;
        number.serialize(serializer)
    }
}

/// What is known of the document.
#[derive(Debug, Clone, Serialize)]
pub struct DocumentFields {
    /// 发文机关; null where the text doesn't say or imply one.
    pub issuer: Option<String>,
    /// `黑龙江省`; null for a national document.
    pub region: Option<String>,
    /// 文号.
    pub number: Option<String>,
    /// The day it was written, ISO.
    pub issued: Option<String>,
    /// 主送机关.
    pub addressees: Vec<String>,
    /// 通知, 方案, 规划, 意见 …, of the carried document.
    pub genre: Option<String>,
    /// The years it plans for.
    pub period: Option<Period>,
    /// Titles of its attachments.
    pub attachments: Vec<String>,
    /// The file's path.
    pub source: String,
    /// The file's encoding.
    pub encoding: String,
    /// The SHA-256 of the file's bytes, hexadecimal.
    pub sha256: String,
    /// How many code points the decoded text has.
    pub chars: usize,
}

/// A heading.
#[derive(Debug, Clone, Serialize)]
pub struct SectionFields {
    /// 1 for the outermost.
    pub level: usize,
    /// `一、`, `（一）`, `--`, `附件1`; empty where the heading has no mark.
    pub marker: String,
    /// The title without its mark.
    pub heading: String,
    /// The id of the heading above.
    pub parent: Option<String>,
}

/// A paragraph, or a table's row with its column names.
#[derive(Debug, Clone, Serialize)]
pub struct PassageFields {
    /// The clean text.
    pub text: String,
}

/// How a quantity changes or stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// 增长.
    Up,
    /// 下降.
    Down,
}

/// A value in the base of its unit.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Canonical {
    /// The value.
    pub value: Amount,
    /// The base unit: 元, 吨, 亩, 米, %.
    pub unit: String,
}

/// A quantity that the document commits to (target) or reports (statistic).
#[derive(Debug, Clone, Serialize)]
pub struct QuantityFields {
    /// Whose quantity it is.
    pub subject: Option<String>,
    /// What is measured.
    pub indicator: Option<String>,
    /// The number as printed with its unit; a range's lower end.
    pub value: Amount,
    /// A range's upper end.
    pub value_max: Option<Amount>,
    /// The unit as printed, clean.
    pub unit: Option<String>,
    /// The same in the unit's base; a range's lower end.
    pub canonical: Option<Canonical>,
    /// Level, growth, increment or multiple.
    pub measure: MeasureKind,
    /// Up, down or null.
    pub direction: Option<Direction>,
    /// How firmly it binds.
    pub bound: Bound,
    /// 力争, 计划, 确保 …
    pub modality: Option<String>,
    /// When it holds.
    pub period: Period,
    /// Whether it is a yearly average.
    pub average: bool,
    /// What a change is compared with, as printed.
    pub base: Option<String>,
}

/// A quantity in a project's name.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Scale {
    /// The number.
    pub value: Amount,
    /// The unit as printed.
    pub unit: String,
}

/// A named project.
#[derive(Debug, Clone, Serialize)]
pub struct ProjectFields {
    /// The item, clean.
    pub name: String,
    /// The enterprise or body that carries it out.
    pub owner: Option<String>,
    /// What is built.
    pub content: String,
    /// The industry of the heading above.
    pub industry: Option<String>,
    /// A city or county named in it.
    pub place: Option<String>,
    /// What the list calls itself.
    pub list: Option<String>,
    /// The count that the list states.
    pub declared: Option<u64>,
    /// Quantities in the name.
    pub scale: Vec<Scale>,
    /// From a table: the investment as printed.
    pub investment: Option<String>,
    /// From a table: the years of building as printed.
    pub period: Option<String>,
    /// From a table: the units that lead.
    pub lead: Option<Vec<UnitName>>,
}

/// A named park, base or zone.
#[derive(Debug, Clone, Serialize)]
pub struct ParkFields {
    /// The name, completed where the list shares its ending.
    pub name: String,
    /// The industry of the heading above.
    pub industry: Option<String>,
    /// A city or county named in it.
    pub place: Option<String>,
    /// What the list calls itself.
    pub list: Option<String>,
    /// The count that the list states.
    pub declared: Option<u64>,
}

/// An item of any other closed list.
#[derive(Debug, Clone, Serialize)]
pub struct FocusFields {
    /// The item, clean.
    pub name: String,
    /// 领域, 产业链, 联盟 …
    pub kind: String,
    /// The industry of the heading above.
    pub industry: Option<String>,
    /// What the list calls itself.
    pub list: Option<String>,
    /// The count that the list states.
    pub declared: Option<u64>,
}

/// A unit of government or another body, as printed and as it is officially called.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct UnitName {
    /// As printed, the level put back.
    pub name: String,
    /// The full official name; null where it isn't known.
    pub canonical: Option<String>,
}

/// Where the lead is known from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
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
#[derive(Debug, Clone, Serialize)]
pub struct ResponsibilityFields {
    /// The number as printed.
    pub number: Option<String>,
    /// What is to be done.
    pub task: String,
    /// The group's heading in the table.
    pub category: Option<String>,
    /// 牵头单位.
    pub lead: Vec<UnitName>,
    /// 配合单位.
    pub support: Vec<UnitName>,
    /// Where the lead is known from.
    pub basis: Basis,
    /// Whether a list ends in 等.
    pub open: bool,
    /// Until when.
    pub deadline: Option<Deadline>,
}

/// An instrument of policy.
#[derive(Debug, Clone, Serialize)]
pub struct MeasureFields {
    /// Its heading.
    pub name: String,
    /// Its text, clean.
    pub text: String,
}

/// A document that this one names.
#[derive(Debug, Clone, Serialize)]
pub struct CitationFields {
    /// Its title without 《》; null for a bare number.
    pub name: Option<String>,
    /// Its 文号.
    pub number: Option<String>,
}
