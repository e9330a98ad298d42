//! What does a query say? `牵头：省财政厅 -煤化工 “重点园区” （园区 OR 基地）` is read as
//! `lead:省财政厅 -煤化工 "重点园区" (园区 OR 基地)`: Chinese marks do as ASCII ones do.

use rust_decimal::Decimal;

use super::ast::{Expr, Field, Range, TYPES, type_named};
use super::error::{LONGEST, ParseError, Problem, nearest};
use super::names::Names;
use crate::index::{fold_char, last_day, read_amount};

/// Reads a query of the query language.
///
/// # Errors
/// What is wrong with it and where.
pub fn parse(query: &str, names: &dyn Names) -> Result<Expr, ParseError> {
    let mut parser = Parser { query, text: query.chars().collect(), at: 0, names };
    let length = parser.text.len();
    if length > LONGEST {
        return Err(parser.about(LONGEST, length - LONGEST, Problem::TooLong { length }));
    }
    parser.blanks();
    if parser.peek().is_none() {
        return Err(parser.about(0, 1, Problem::Empty));
    }
    let begun = parser.at;
    let expr = parser.choice()?;
    if parser.peek().is_some() {
        return Err(parser.about(parser.at, 1, Problem::StrayParenthesis));
    }
    if excludes_only(&expr) {
        let end = parser.text.iter().rposition(|c| !c.is_whitespace()).map_or(begun, |last| last + 1);
        return Err(parser.about(begun, end - begun, Problem::NothingToExclude));
    }
    Ok(expr)
}

fn excludes_only(expr: &Expr) -> bool {
    match expr {
        Expr::Not(_) => true,
        Expr::All(parts) => !parts.is_empty() && parts.iter().all(excludes_only),
        Expr::Any(parts) => parts.iter().any(excludes_only),
        _ => false,
    }
}

struct Parser<'q> {
    query: &'q str,
    text: Vec<char>,
    at: usize,
    names: &'q dyn Names,
}

/// A mark as the language reads it.
fn mark(c: char) -> char {
    match c {
        '：' => ':',
        '“' | '”' | '„' | '＂' | '「' | '」' | '『' | '』' => '"',
        '（' => '(',
        '）' => ')',
        '－' => '-',
        c if c.is_whitespace() => ' ',
        c => c,
    }
}

impl Parser<'_> {
    fn peek(&self) -> Option<char> {
        self.text.get(self.at).copied().map(mark)
    }

    /// A problem with what was read from `at` on.
    fn problem(&self, at: usize, problem: Problem) -> ParseError {
        self.about(at, self.at.saturating_sub(at).max(1), problem)
    }

    fn about(&self, at: usize, length: usize, problem: Problem) -> ParseError {
        ParseError { at, length, query: self.query.to_owned(), problem }
    }

    fn blanks(&mut self) {
        while self.peek() == Some(' ') {
            self.at += 1;
        }
    }

    /// An operator (`OR`, `AND`, `NOT`) stands here as a word of its own.
    fn at_operator(&self, operator: &str) -> bool {
        let length = operator.len();
        let stands = self.text[self.at..].iter().copied().map(mark).take(length).eq(operator.chars());
        stands && self.text.get(self.at + length).copied().map(mark).is_none_or(|next| matches!(next, ' ' | '(' | '"'))
    }

    /// `园区 OR 基地`
    fn choice(&mut self) -> Result<Expr, ParseError> {
        let mut parts = vec![self.sequence()?];
        loop {
            self.blanks();
            if !self.at_operator("OR") {
                break;
            }
            let at = self.at;
            self.at += 2;
            let part = self.sequence()?;
            if [parts.last(), Some(&part)].into_iter().flatten().any(|side| *side == Expr::All(Vec::new())) {
                return Err(self.about(at, 2, Problem::NothingJoined { operator: "OR" }));
            }
            parts.push(part);
        }
        Ok(if parts.len() == 1 { parts.remove(0) } else { Expr::Any(parts) })
    }

    /// `生物 "重点园区" -化工`, which `生物 AND "重点园区" NOT 化工` says too
    fn sequence(&mut self) -> Result<Expr, ParseError> {
        let mut parts = Vec::new();
        loop {
            self.blanks();
            match self.peek() {
                None | Some(')') => break,
                Some(_) if self.at_operator("OR") => break,
                Some(_) if self.at_operator("AND") => {
                    let at = self.at;
                    self.at += "AND".len();
                    self.blanks();
                    let ends = self.peek().is_none_or(|next| next == ')') || self.at_operator("OR") || self.at_operator("AND");
                    if parts.is_empty() || ends {
                        return Err(self.about(at, 3, Problem::NothingJoined { operator: "AND" }));
                    }
                }
                Some(_) => parts.extend(self.term()?),
            }
        }
        Ok(if parts.len() == 1 { parts.remove(0) } else { Expr::All(parts) })
    }

    fn term(&mut self) -> Result<Option<Expr>, ParseError> {
        let start = self.at;
        let not = self.at_operator("NOT");
        match self.peek() {
            first if not || first == Some('-') => {
                self.at += if not { "NOT".len() } else { 1 };
                if not {
                    self.blanks();
                }
                if self.peek().is_none_or(|next| matches!(next, ' ' | ')')) {
                    return Err(self.about(start, if not { 3 } else { 1 }, Problem::NothingExcluded));
                }
                Ok(self.term()?.map(|part| Expr::Not(Box::new(part))))
            }
            Some('(') => {
                self.at += 1;
                let inner = self.choice()?;
                if self.peek() != Some(')') {
                    return Err(self.about(start, 1, Problem::OpenParenthesis));
                }
                self.at += 1;
                if inner == Expr::All(Vec::new()) {
                    return Err(self.problem(start, Problem::EmptyGroup));
                }
                Ok(Some(inner))
            }
            Some('"') => {
                let phrase = self.quoted()?;
                Ok((!phrase.trim().is_empty()).then_some(Expr::Phrase(phrase)))
            }
            _ => self.word_or_field(),
        }
    }

    fn quoted(&mut self) -> Result<String, ParseError> {
        let start = self.at;
        self.at += 1;
        let from = self.at;
        while self.peek().is_some_and(|c| c != '"') {
            self.at += 1;
        }
        if self.peek().is_none() {
            return Err(self.about(start, 1, Problem::OpenQuote));
        }
        let phrase = self.text[from..self.at].iter().collect();
        self.at += 1;
        Ok(phrase)
    }

    fn word_or_field(&mut self) -> Result<Option<Expr>, ParseError> {
        let start = self.at;
        while self.peek().is_some_and(|c| !matches!(c, ' ' | '"' | '(' | ')' | ':')) {
            self.at += 1;
        }
        let word: String = self.text[start..self.at].iter().collect();
        if self.peek() != Some(':') {
            return Ok((!word.is_empty()).then_some(Expr::Words(word)));
        }
        let name: String = word.chars().map(fold_char).collect();
        match Field::named(&name) {
            Some(field) => {
                self.at += 1;
                self.value(field, &word).map(Some)
            }
            None if is_field_name(&name) => {
                let known = Field::ALL.iter().flat_map(|row| [row.1, row.2]);
                let nearest = nearest_field(&name).or_else(|| nearest(&name, known));
                Err(self.problem(start, Problem::UnknownField { name: word, nearest }))
            }
            None => {
                // `问题一，如何：…` is text with a colon in it.
                self.at += 1;
                Ok((!word.is_empty()).then_some(Expr::Words(word)))
            }
        }
    }

    /// The value of a field, which is named as it was typed.
    fn value(&mut self, field: Field, name: &str) -> Result<Expr, ParseError> {
        let start = self.at;
        let text = if self.peek() == Some('"') {
            self.quoted()?
        } else {
            let mut depth = 0_usize;
            while let Some(c) = self.peek() {
                match c {
                    ' ' | '"' => break,
                    '(' => depth += 1,
                    ')' if depth == 0 => break,
                    ')' => depth -= 1,
                    _ => {}
                }
                self.at += 1;
            }
            self.text[start..self.at].iter().collect()
        };
        if text.trim().is_empty() {
            return Err(self.about(start, 1, Problem::NoValue { field, name: name.to_owned() }));
        }
        let found = match field {
            Field::Type => read_type(&text).map(|name| Expr::Field(field, name.to_owned())),
            Field::Value => read_values(&text, self.names),
            Field::Year => read_range(&text, read_year).map(Expr::Year),
            Field::Due => read_range(&text, read_due).map(Expr::Due),
            _ => Ok(Expr::Field(field, text)),
        };
        found.map_err(|problem| self.problem(start, problem))
    }
}

/// What people call the fields besides.
fn nearest_field(name: &str) -> Option<&'static str> {
    Some(match name {
        "负责" | "主办" | "责任" | "牵头部门" => "牵头",
        "协办" | "参与" => "配合",
        "时间" | "日期" | "截止" | "deadline" | "date" => "期限",
        "目标" | "任务" | "项目" => "类型",
        "省" | "市" | "省份" | "城市" => "地区",
        "金额" | "数量" => "数值",
        "公司" | "company" => "企业",
        "标题名" | "名称" | "name" => "标题",
        _ => return None,
    })
}

/// Whether a word before a colon was meant as a field: short and of letters alone.
fn is_field_name(name: &str) -> bool {
    let length = name.chars().count();
    let latin = name.chars().all(|c| c.is_ascii_alphabetic() || c == '_');
    let limit = if latin { 12 } else { 4 };
    (1..=limit).contains(&length) && name.chars().all(|c| c.is_alphabetic() || c == '_') && !name.starts_with("http")
}

fn read_type(text: &str) -> Result<&'static str, Problem> {
    let name: String = text.trim().chars().map(fold_char).collect();
    type_named(&name).ok_or_else(|| {
        let known = TYPES.iter().flat_map(|row| [row.0, row.1].into_iter().chain(row.2.iter().copied()));
        Problem::UnknownType { nearest: nearest(&name, known), name }
    })
}

/// The sign before a value, and the rest.
fn comparison(text: &str) -> Result<(&'static str, &str), Problem> {
    for sign in [">=", "<=", "=>", "=<", "≥", "≤", ">", "<", "="] {
        match text.strip_prefix(sign) {
            Some("") => return Err(Problem::NothingCompared { sign }),
            Some(rest) => return Ok((sign, rest)),
            None => {}
        }
    }
    Ok(("=", text))
}

/// A range whose ends `read` reads as (first, last) of what is named: `2011..2013`, `>=2012`, `2013`.
fn read_range(text: &str, read: impl Fn(&str) -> Result<(i64, i64), Problem>) -> Result<Range<i64>, Problem> {
    let text: String = text.chars().map(fold_char).filter(|c| *c != ' ').collect();
    if let Some((low, high)) = ends(&text) {
        if low.is_empty() && high.is_empty() {
            return Err(Problem::EndlessRange);
        }
        let low = if low.is_empty() { None } else { Some((read(low)?.0, true)) };
        let high = if high.is_empty() { None } else { Some((read(high)?.1, true)) };
        if let (Some(low), Some(high)) = (low, high)
            && low.0 > high.0
        {
            return Err(Problem::EmptyRange);
        }
        return Ok(Range { low, high });
    }
    let (sign, rest) = comparison(&text)?;
    let (first, last) = read(rest)?;
    Ok(match sign {
        ">" => Range { low: Some((last, false)), high: None },
        ">=" | "=>" | "≥" => Range { low: Some((first, true)), high: None },
        "<" => Range { low: None, high: Some((first, false)) },
        "<=" | "=<" | "≤" => Range { low: None, high: Some((last, true)) },
        _ => Range::closed(first, last),
    })
}

/// The ends of `a..b`, `a~b`, `a至b`.
fn ends(text: &str) -> Option<(&str, &str)> {
    ["..", "~", "至"].into_iter().find_map(|between| text.split_once(between))
}

fn read_year(text: &str) -> Result<(i64, i64), Problem> {
    let digits = text.strip_suffix('年').unwrap_or(text);
    let year = (digits.len() == 4).then(|| digits.parse::<i64>().ok()).flatten();
    year.map(|year| (year, year)).ok_or_else(|| Problem::NoYear { text: text.to_owned() })
}

/// `2011-07`, `2011年7月`, `2011-07-15`, `2011`: its first and its last day, as `yyyymmdd`.
fn read_due(text: &str) -> Result<(i64, i64), Problem> {
    let none = || Problem::NoDate { text: text.to_owned() };
    let spelled = text.replace(['年', '月', '/', '.'], "-").replace(['日', '底', '末'], "");
    let parts: Vec<&str> = spelled.trim_matches('-').split('-').collect();
    let numbers: Vec<i64> = parts.iter().map(|part| part.parse::<i64>()).collect::<Result<_, _>>().map_err(|_| none())?;
    let sane = match *numbers.as_slice() {
        [year] => year > 999,
        [year, month] => year > 999 && (1..=12).contains(&month),
        [year, month, day] => year > 999 && (1..=12).contains(&month) && (1..=31).contains(&day),
        _ => false,
    };
    if !sane || parts[0].len() != 4 {
        return Err(none());
    }
    let last = last_day(&spelled.trim_matches('-').replace("--", "-")).ok_or_else(none)?;
    let first = match *numbers.as_slice() {
        [year] => year * 10_000,
        [year, month] => year * 10_000 + month * 100,
        _ => last,
    };
    Ok((first, last))
}

/// `>=1000亿元`, `10%..20%`, `3000万吨`.
fn read_values(text: &str, names: &dyn Names) -> Result<Expr, Problem> {
    let text: String = text.chars().map(fold_char).filter(|c| *c != ' ').collect();
    if let Some((low, high)) = ends(&text) {
        if low.is_empty() && high.is_empty() {
            return Err(Problem::EndlessRange);
        }
        if low.is_empty() || high.is_empty() {
            let (value, unit) = read_value(if low.is_empty() { high } else { low }, names)?;
            let end = Some((value, true));
            let range = if low.is_empty() { Range { low: None, high: end } } else { Range { low: end, high: None } };
            return Ok(Expr::Value { range, unit });
        }
        let high_read = read_value(high, names)?;
        // `10..20%`, `1000..2000亿元`: the unit of the end holds for the beginning too.
        let low_text = if low.chars().last().is_some_and(|c| c.is_ascii_digit()) {
            let unit: String = high.chars().skip_while(|c| c.is_ascii_digit() || matches!(c, '.' | ',')).collect();
            format!("{low}{unit}")
        } else {
            low.to_owned()
        };
        let (low_value, unit) = read_value(&low_text, names)?;
        if low_value > high_read.0 {
            return Err(Problem::EmptyRange);
        }
        return Ok(Expr::Value { range: Range::closed(low_value, high_read.0), unit: high_read.1.or(unit) });
    }
    let (sign, rest) = comparison(&text)?;
    let (value, unit) = read_value(rest, names)?;
    let range = match sign {
        ">" => Range { low: Some((value, false)), high: None },
        ">=" | "=>" | "≥" => Range { low: Some((value, true)), high: None },
        "<" => Range { low: None, high: Some((value, false)) },
        "<=" | "=<" | "≤" => Range { low: None, high: Some((value, true)) },
        _ => Range::closed(value, value),
    };
    Ok(Expr::Value { range, unit })
}

/// An amount in the base of its unit, and the base: `0.3万亿元` → 300000000000, `元`.
fn read_value(text: &str, names: &dyn Names) -> Result<(Decimal, Option<String>), Problem> {
    let none = || Problem::NoAmount { text: text.to_owned() };
    let chars: Vec<char> = text.chars().collect();
    let amount = read_amount(&chars, 0).ok_or_else(none)?;
    let percent = amount.value.ends_with('%');
    let value: Decimal = amount.value.trim_end_matches('%').parse().map_err(|_| none())?;
    let unit: String = chars[amount.end..].iter().collect();
    if percent {
        return if unit.is_empty() { Ok((value, Some("%".to_owned()))) } else { Err(unknown_unit(unit, names)) };
    }
    if unit.is_empty() {
        return Ok((value, None));
    }
    let (factor, base) = match names.base_of(&unit) {
        Some(known) => known,
        None if names.units().is_empty() && unit.chars().all(char::is_alphabetic) && unit.chars().count() <= 6 => (Decimal::ONE, unit),
        None => return Err(unknown_unit(unit, names)),
    };
    Ok((value.checked_mul(factor).ok_or_else(none)?, Some(base)))
}

fn unknown_unit(unit: String, names: &dyn Names) -> Problem {
    Problem::UnknownUnit { nearest: nearest(&unit, names.units().iter().copied()), unit }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::names::NoNames;

    fn read(query: &str) -> String {
        parse(query, &NoNames).map_or_else(|error| error.to_string(), |expr| expr.to_string())
    }

    #[test]
    fn the_language_is_read() {
        for (query, meaning) in [
            ("产业园区", "产业园区"),
            ("生物 园区", "生物 园区"),
            ("\"产业园区\"", "\"产业园区\""),
            ("“产业　园区”", "\"产业　园区\""),
            ("园区 OR 基地", "(园区 OR 基地)"),
            ("化工 -煤化工", "化工 -煤化工"),
            ("（园区 OR 基地） 生物", "(园区 OR 基地) 生物"),
            ("生物 OR 园区 基地", "(生物 OR (园区 基地))"),
            ("牵头：省财政厅", "lead:省财政厅"),
            ("lead:省财政厅 unit:\"省 统计局\"", "lead:省财政厅 unit:\"省 统计局\""),
            ("类型:目标 年份:2013 生物", "type:target year:2013 生物"),
            ("类型：责任", "type:responsibility"),
            ("数值:>=3000亿元", "value:>=300000000000元"),
            ("数值:>0.3万亿元", "value:>300000000000元"),
            ("数值：＞１０００亿", "value:>100000000000"),
            ("value:10..20%", "value:10..20%"),
            ("year:2011..2013", "year:2011..2013"),
            ("年份:>=2012年", "year:>=2012"),
            ("年份:2011..", "year:>=2011"),
            ("数值:..1000亿元", "value:<=100000000000元"),
            ("due:<2011-07", "due:<2011-07"),
            ("期限:2011年6月", "due:2011-06"),
            ("章节:主要目标（一）", "section:主要目标（一）"),
        ] {
            assert_eq!(read(query), meaning, "{query}");
        }
    }

    #[test]
    fn errors_say_where_and_what_next() {
        for (query, at, problem) in [
            ("园区 负责:财政厅", 3, "there is no field `负责`"),
            ("\"产业园区", 0, "a quotation mark is not closed"),
            ("生物 (园区", 3, "a parenthesis is not closed"),
            ("园区)", 2, "a parenthesis closes nothing"),
            ("园区 OR", 3, "OR has nothing to choose from"),
            ("园区 OR OR 基地", 3, "OR has nothing to choose from"),
            ("生物 （ ）", 3, "a group holds nothing"),
            ("化工 -", 3, "`-` excludes nothing"),
            ("年份:..", 3, "the range has neither a beginning nor an end"),
            ("数值:>=", 3, "nothing follows `>=`"),
            ("-煤化工", 0, "there is nothing to exclude from"),
            ("牵头: 财政厅", 3, "`牵头:` has no value"),
            ("数值:很多", 3, "`很多` is no amount"),
            ("年份:去年", 3, "`去年` is no year"),
            ("年份:2015..2011", 3, "the range ends before it begins"),
            ("期限:不久", 3, "`不久` is no date"),
            ("类型:目地", 3, "there is no type `目地`"),
            ("　 ", 0, "the query is empty"),
        ] {
            let error = parse(query, &NoNames).expect_err(query);
            assert_eq!((error.at, error.problem.to_string().as_str()), (at, problem), "{query}");
            let lines = if error.problem == Problem::Empty { 2 } else { 4 };
            assert_eq!(error.to_string().lines().count(), lines, "{error}");
        }
    }

    #[test]
    fn the_nearest_name_is_suggested() {
        assert!(read("titel:方案").contains("did you mean `title:`?"), "{}", read("titel:方案"));
        assert!(read("牵头人:财政厅").contains("did you mean `牵头:`?"));
        assert!(read("类型:目地").contains("did you mean `类型:目标`?"));
    }

    #[test]
    fn text_with_a_colon_is_text() {
        assert_eq!(read("有关事项通知如下：一是"), "有关事项通知如下 一是");
    }
}
