//! What does a query consist of? Words, phrases, fields and ranges, joined by all, any and not. `类型:目标 年份:2013 生物` is
//! all of a field, a range and a word.

use std::fmt::{self, Display};

use rust_decimal::Decimal;

/// A part of a query that a record does or doesn't satisfy.
#[derive(Debug, Clone, PartialEq)]
pub enum Expr {
    /// Each part: `生物 园区`. With no parts: every record.
    All(Vec<Expr>),
    /// At least one part: `园区 OR 基地`.
    Any(Vec<Expr>),
    /// Not this: `-煤化工`.
    Not(Box<Expr>),
    /// Text, fields, headings or title hold all the words of this: `产业园区`.
    Words(String),
    /// The text holds exactly these characters: `"产业园区"`.
    Phrase(String),
    /// A field holds the value: `牵头:省财政厅`.
    Field(Field, String),
    /// A quantity in the base of its unit: `数值:>=1000亿元`.
    Value {
        /// What it is compared with.
        range: Range<Decimal>,
        /// The unit's base, where the query names a unit: `元`.
        unit: Option<String>,
    },
    /// The years a record speaks of meet these: `年份:2011..2013`.
    Year(Range<i64>),
    /// The deadline, as `yyyymmdd` with 31 for the end of a month: `期限:<2011-07`; as `mmdd` where no year is named: `6月底前`.
    Due(Range<i64>),
}

impl Expr {
    /// Records of one type, as `type:target` asks for them.
    pub fn of_type(name: &str) -> Self {
        Self::Field(Field::Type, name.to_owned())
    }
}

/// From where to where; each end with whether it belongs to the range.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Range<T> {
    /// The low end.
    pub low: Option<(T, bool)>,
    /// The high end.
    pub high: Option<(T, bool)>,
}

impl<T: PartialOrd + Copy> Range<T> {
    /// Both ends, which belong to it.
    pub fn closed(low: T, high: T) -> Self {
        Self { low: Some((low, true)), high: Some((high, true)) }
    }

    /// Whether `value` lies in it.
    pub fn holds(&self, value: T) -> bool {
        self.low.is_none_or(|(low, closed)| value > low || (closed && value == low))
            && self.high.is_none_or(|(high, closed)| value < high || (closed && value == high))
    }
}

/// The fields that `字段:值` names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Field {
    /// `type`/`类型`
    Type,
    /// `doc`/`文档`
    Doc,
    /// `title`/`标题`
    Title,
    /// `number`/`文号`
    Number,
    /// `region`/`地区`
    Region,
    /// `industry`/`产业`
    Industry,
    /// `subject`/`主体`
    Subject,
    /// `indicator`/`指标`
    Indicator,
    /// `unit`/`单位`: a responsible unit, or a unit of measure
    Unit,
    /// `lead`/`牵头`
    Lead,
    /// `support`/`配合`
    Support,
    /// `place`/`地点`
    Place,
    /// `owner`/`企业`
    Owner,
    /// `section`/`章节`
    Section,
    /// `value`/`数值`, a range
    Value,
    /// `year`/`年份`, a range
    Year,
    /// `due`/`期限`, a range
    Due,
}

impl Field {
    /// All fields with their English name, their Chinese name, and other names that are understood.
    pub const ALL: [(Field, &'static str, &'static str, &'static [&'static str]); 17] = [
        (Field::Type, "type", "类型", &["类别"]),
        (Field::Doc, "doc", "文档", &["文件"]),
        (Field::Title, "title", "标题", &["题目"]),
        (Field::Number, "number", "文号", &["发文字号"]),
        (Field::Region, "region", "地区", &["区域"]),
        (Field::Industry, "industry", "产业", &["行业"]),
        (Field::Subject, "subject", "主体", &[]),
        (Field::Indicator, "indicator", "指标", &[]),
        (Field::Unit, "unit", "单位", &["部门"]),
        (Field::Lead, "lead", "牵头", &["牵头单位"]),
        (Field::Support, "support", "配合", &["配合单位"]),
        (Field::Place, "place", "地点", &["地方"]),
        (Field::Owner, "owner", "企业", &[]),
        (Field::Section, "section", "章节", &[]),
        (Field::Value, "value", "数值", &[]),
        (Field::Year, "year", "年份", &["年度"]),
        (Field::Due, "due", "期限", &["完成时间"]),
    ];

    /// The field of a folded name.
    pub fn named(name: &str) -> Option<Field> {
        let known = |row: &&(Field, &str, &str, &[&str])| row.1 == name || row.2 == name || row.3.contains(&name);
        Self::ALL.iter().find(known).map(|row| row.0)
    }

    /// Its Chinese name.
    pub fn chinese(self) -> &'static str {
        Self::ALL.iter().find(|row| row.0 == self).map_or("", |row| row.2)
    }

    /// Its English name.
    pub fn name(self) -> &'static str {
        Self::ALL.iter().find(|row| row.0 == self).map_or("", |row| row.1)
    }
}

/// The record types with their Chinese names.
pub const TYPES: [(&str, &str, &[&str]); 12] = [
    ("document", "文件", &["文档", "政策"]),
    ("section", "标题", &["章节"]),
    ("passage", "段落", &["正文"]),
    ("target", "目标", &["指标"]),
    ("statistic", "统计", &["成果", "数据"]),
    ("project", "项目", &["工程"]),
    ("park", "园区", &["基地", "开发区"]),
    ("focus", "重点", &["领域", "产业链", "联盟", "集群"]),
    ("responsibility", "责任", &["任务", "分工"]),
    ("measure", "措施", &["举措"]),
    ("citation", "引用", &["依据"]),
    ("finding", "问题", &["发现"]),
];

/// The type of a folded English or Chinese name.
pub fn type_named(name: &str) -> Option<&'static str> {
    TYPES.iter().find(|row| row.0 == name || row.1 == name || row.2.contains(&name)).map(|row| row.0)
}

impl Display for Expr {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::All(parts) if parts.is_empty() => write!(out, "*"),
            Self::All(parts) => join(out, parts, " "),
            Self::Any(parts) => {
                write!(out, "(")?;
                join(out, parts, " OR ")?;
                write!(out, ")")
            }
            Self::Not(part) => write!(out, "-{part}"),
            Self::Words(text) => write!(out, "{text}"),
            Self::Phrase(text) => write!(out, "\"{text}\""),
            Self::Field(field, value) if value.contains(' ') => {
                write!(out, "{}:\"{value}\"", field.name())
            }
            Self::Field(field, value) => write!(out, "{}:{value}", field.name()),
            Self::Value { range, unit } => {
                write!(out, "value:")?;
                write_range(out, range, unit.as_deref().unwrap_or(""))
            }
            Self::Year(range) => {
                write!(out, "year:")?;
                write_range(out, range, "")
            }
            Self::Due(range) => {
                write!(out, "due:")?;
                write_range(out, &Range { low: range.low.map(dated), high: range.high.map(dated) }, "")
            }
        }
    }
}

fn join(out: &mut fmt::Formatter<'_>, parts: &[Expr], between: &str) -> fmt::Result {
    for (at, part) in parts.iter().enumerate() {
        if at > 0 {
            write!(out, "{between}")?;
        }
        match part {
            Expr::All(inner) if inner.len() > 1 => write!(out, "({part})")?,
            _ => write!(out, "{part}")?,
        }
    }
    Ok(())
}

/// A date of [`Expr::Due`] as it is typed: 20110699 → `2011-06`, 699 → `06`.
fn dated((date, closed): (i64, bool)) -> (String, bool) {
    let (year, month, day) = (date / 10_000, date / 100 % 100, date % 100);
    let day = if matches!(day, 0 | 31 | 99) { String::new() } else { format!("-{day:02}") };
    let year = if year == 0 { String::new() } else { format!("{year}-") };
    (format!("{year}{month:02}{day}"), closed)
}

fn write_range<T: Display + PartialEq>(out: &mut fmt::Formatter<'_>, range: &Range<T>, unit: &str) -> fmt::Result {
    match (&range.low, &range.high) {
        (Some((low, _)), Some((high, _))) if low == high => write!(out, "{low}{unit}"),
        (Some((low, _)), Some((high, _))) => write!(out, "{low}..{high}{unit}"),
        (Some((low, closed)), None) => {
            write!(out, ">{}{low}{unit}", if *closed { "=" } else { "" })
        }
        (None, Some((high, closed))) => {
            write!(out, "<{}{high}{unit}", if *closed { "=" } else { "" })
        }
        (None, None) => write!(out, "*"),
    }
}
