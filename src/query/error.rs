//! What is wrong with a query, where, and what was probably meant: `负责:财政厅` names no field; `牵头` may be meant.

use std::fmt::{self, Display};

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::ast::Field;

/// A query that can't be read. Prints what is wrong, the query with the place marked below it, and what to do:
///
/// ```text
/// `去年` is no year at character 4
///   | 年份:去年
///   |      ^^^^
///   hint: write four digits: 年份:2013, 年份:2011..2015, 年份:>=2012
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParseError {
    /// Offset in the query of the first character that it is about, in code points from 0.
    pub at: usize,
    /// How many characters it is about.
    pub length: usize,
    /// The query.
    pub query: String,
    /// What is wrong.
    pub problem: Problem,
}

/// What can be wrong with a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Problem {
    /// `负责:财政厅`
    UnknownField {
        /// The name that is no field.
        name: String,
        /// The field that is nearest to it.
        nearest: Option<&'static str>,
    },
    /// `类型:目的`
    UnknownType {
        /// The name that is no type.
        name: String,
        /// The type that is nearest to it.
        nearest: Option<&'static str>,
    },
    /// `"产业园区`
    OpenQuote,
    /// `(园区 OR 基地`
    OpenParenthesis,
    /// `园区)`
    StrayParenthesis,
    /// `()`
    EmptyGroup,
    /// `园区 OR`, `AND 园区`
    NothingJoined {
        /// The operator that nothing stands beside.
        operator: &'static str,
    },
    /// `化工 -`
    NothingExcluded,
    /// `-煤化工`: exclusions alone
    NothingToExclude,
    /// `牵头:`
    NoValue {
        /// The field.
        field: Field,
        /// Its name as it was typed.
        name: String,
    },
    /// `数值:很多`
    NoAmount {
        /// What stands where an amount should.
        text: String,
    },
    /// `数值:>100光年`
    UnknownUnit {
        /// What stands where a unit should.
        unit: String,
        /// The unit that is nearest to it.
        nearest: Option<&'static str>,
    },
    /// `年份:去年`
    NoYear {
        /// What stands where a year should.
        text: String,
    },
    /// `期限:不久`
    NoDate {
        /// What stands where a date should.
        text: String,
    },
    /// `年份:2015..2011`
    EmptyRange,
    /// `年份:..`
    EndlessRange,
    /// `数值:>=`
    NothingCompared {
        /// The sign that nothing follows.
        sign: &'static str,
    },
    /// A query of more than [`LONGEST`] characters.
    TooLong {
        /// How many it has.
        length: usize,
    },
    /// Nothing but blanks.
    Empty,
}

/// How many characters a query may have.
pub const LONGEST: usize = 2000;
/// How many columns of a query are shown around the place of an error.
const SHOWN: usize = 72;

impl Display for ParseError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}", self.problem)?;
        if self.problem != Problem::Empty {
            let (shown, before, marked) = self.place();
            write!(out, " at character {}\n  | {shown}\n  | {}{}", self.at + 1, " ".repeat(before), "^".repeat(marked))?;
        }
        write!(out, "\n  hint: {}", self.problem.hint())
    }
}

impl ParseError {
    /// The part of the query that shows the place, how many columns stand before it, and how many it has.
    fn place(&self) -> (String, usize, usize) {
        let chars: Vec<char> = self.query.chars().map(|c| if c.is_whitespace() || c.is_control() { ' ' } else { c }).collect();
        let columns = |chars: &[char]| chars.iter().map(|c| c.width().unwrap_or(0)).sum::<usize>();
        let at = self.at.min(chars.len());
        let mut from = 0;
        while columns(&chars[from..at]) > SHOWN / 2 {
            from += 1;
        }
        let mut to = chars.len();
        while to > at && columns(&chars[from..to]) > SHOWN {
            to -= 1;
        }
        let end = (at + self.length).clamp(at, to);
        let (left, right) = (if from > 0 { "…" } else { "" }, if to < chars.len() { "…" } else { "" });
        let shown: String = chars[from..to].iter().collect();
        let before = left.width() + columns(&chars[from..at]);
        (format!("{left}{shown}{right}"), before, columns(&chars[at..end]).max(1))
    }
}

impl std::error::Error for ParseError {}

impl Display for Problem {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::UnknownField { name, .. } => write!(out, "there is no field `{name}`"),
            Self::UnknownType { name, .. } => write!(out, "there is no type `{name}`"),
            Self::OpenQuote => write!(out, "a quotation mark is not closed"),
            Self::OpenParenthesis => write!(out, "a parenthesis is not closed"),
            Self::StrayParenthesis => write!(out, "a parenthesis closes nothing"),
            Self::EmptyGroup => write!(out, "a group holds nothing"),
            Self::NothingJoined { operator: "OR" } => write!(out, "OR has nothing to choose from"),
            Self::NothingJoined { operator } => write!(out, "{operator} has nothing to join"),
            Self::NothingExcluded => write!(out, "`-` excludes nothing"),
            Self::NothingToExclude => write!(out, "there is nothing to exclude from"),
            Self::NoValue { name, .. } => write!(out, "`{name}:` has no value"),
            Self::NoAmount { text } => write!(out, "`{text}` is no amount"),
            Self::UnknownUnit { unit, .. } => write!(out, "`{unit}` is no known unit"),
            Self::NoYear { text } => write!(out, "`{text}` is no year"),
            Self::NoDate { text } => write!(out, "`{text}` is no date"),
            Self::EmptyRange => write!(out, "the range ends before it begins"),
            Self::EndlessRange => write!(out, "the range has neither a beginning nor an end"),
            Self::NothingCompared { sign } => write!(out, "nothing follows `{sign}`"),
            Self::TooLong { length } => write!(out, "the query has {length} characters, more than {LONGEST},"),
            Self::Empty => write!(out, "the query is empty"),
        }
    }
}

impl Problem {
    /// What to do about it.
    fn hint(&self) -> String {
        match self {
            Self::UnknownField { name, nearest: Some(nearest) } => {
                format!("did you mean `{nearest}:`? To find the text itself, quote it: \"{name}:…\"")
            }
            Self::UnknownField { nearest: None, .. } => {
                let names: Vec<&str> = Field::ALL.iter().map(|row| row.2).collect();
                format!("the fields are {}", names.join(" "))
            }
            Self::UnknownType { nearest: Some(nearest), .. } => format!("did you mean `类型:{nearest}`?"),
            Self::UnknownType { nearest: None, .. } => {
                let names: Vec<&str> = super::ast::TYPES.iter().map(|row| row.1).collect();
                format!("the types are {}", names.join(" "))
            }
            Self::OpenQuote => "close it: \"产业园区\"".to_owned(),
            Self::OpenParenthesis => "close it: (园区 OR 基地) 生物".to_owned(),
            Self::StrayParenthesis => "open one before it, or quote it to find it in the text".to_owned(),
            Self::NothingJoined { operator } => format!("put words on both sides: 园区 {operator} 基地"),
            Self::EmptyGroup => "put words into it: (园区 OR 基地) 生物; to find brackets in the text, quote them: \"（一）\"".to_owned(),
            Self::NothingExcluded => "write what to leave out right after it, without a blank: 化工 -煤化工".to_owned(),
            Self::NothingToExclude => "say also what to find: 化工 -煤化工".to_owned(),
            Self::NoValue { field, .. } => format!("write it after the colon, without a blank: {}", field.example()),
            Self::NoAmount { .. } => "write a number with its unit: 数值:>=1000亿元, 数值:10%..20%".to_owned(),
            Self::UnknownUnit { nearest: Some(nearest), .. } => {
                format!("did you mean `{nearest}`? Units are those that the texts print, or none")
            }
            Self::UnknownUnit { nearest: None, .. } => "use a unit as the texts print it: 元, 万吨, %, 户; or leave it out".to_owned(),
            Self::NoYear { .. } => "write four digits: 年份:2013, 年份:2011..2015, 年份:>=2012".to_owned(),
            Self::NoDate { .. } => "write year and month: 期限:<2011-07, 期限:2011年6月".to_owned(),
            Self::EmptyRange => "write the smaller end first: 年份:2011..2015".to_owned(),
            Self::EndlessRange => "write one end at least: 年份:2011.., 数值:..1000亿元".to_owned(),
            Self::NothingCompared { .. } => "write what to compare with: 数值:>=1000亿元, 年份:>=2012, 期限:<2011-07".to_owned(),
            Self::TooLong { .. } => {
                "leave out what matters less; what is like a record is found with `zhengce search --like ID`".to_owned()
            }
            Self::Empty => "say what to find: zhengce search 产业园区".to_owned(),
        }
    }
}

impl Field {
    fn example(self) -> &'static str {
        match self {
            Self::Type => "类型:目标",
            Self::Doc => "文档:规划",
            Self::Title => "标题:方案",
            Self::Number => "文号:黑政发〔2010〕62号",
            Self::Region => "地区:黑龙江省",
            Self::Industry => "产业:新材料",
            Self::Subject => "主体:生物产业",
            Self::Indicator => "指标:主营业务收入",
            Self::Unit => "单位:省财政厅",
            Self::Lead => "牵头:省财政厅",
            Self::Support => "配合:省统计局",
            Self::Place => "地点:大庆",
            Self::Owner => "企业:集团",
            Self::Section => "章节:主要目标",
            Self::Value => "数值:>=1000亿元",
            Self::Year => "年份:2011..2013",
            Self::Due => "期限:<2011-07",
        }
    }
}

/// The name among `names` that is nearest to `name`, where one is near: a character or two off, or one within the other.
pub fn nearest(name: &str, names: impl IntoIterator<Item = &'static str>) -> Option<&'static str> {
    let wanted: Vec<char> = name.chars().collect();
    names
        .into_iter()
        .map(|known| (distance(&wanted, &known.chars().collect::<Vec<_>>()), known))
        .filter(|(off, known)| {
            let length = known.chars().count().max(wanted.len());
            *off * 2 <= length && *off < length || known.contains(name) || name.contains(known)
        })
        .min_by_key(|(off, _)| *off)
        .map(|(_, known)| known)
}

/// How many characters must be put in, taken out or changed (Levenshtein).
fn distance(one: &[char], other: &[char]) -> usize {
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (at, c) in one.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = at + 1;
        for (to, d) in other.iter().enumerate() {
            let change = diagonal + usize::from(c != d);
            diagonal = row[to + 1];
            row[to + 1] = change.min(row[to] + 1).min(diagonal + 1);
        }
    }
    row[other.len()]
}
