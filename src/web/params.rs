//! What does a request ask with? Each page and each call of the API lists its parameters; the same list reads a request, refuses
//! what it doesn't know, and describes the API: `?type=target&type=park&limit=20`.

use serde_json::{Value, json};

use super::problem::Problem;

/// A parameter of a request.
pub struct Param {
    /// Its name.
    pub name: &'static str,
    /// What it says.
    pub kind: Kind,
    /// Whether it must be there.
    pub required: bool,
    /// What it is for.
    pub about: &'static str,
}

/// What a parameter may say.
pub enum Kind {
    /// Text of at most so many characters.
    Text(usize),
    /// Texts, one each time it stands there.
    Texts(usize),
    /// A whole number from, to.
    Number(usize, usize),
    /// One of these.
    One(&'static [&'static str]),
    /// Any of these, one each time it stands there.
    Any(&'static [&'static str]),
    /// A year: four digits.
    Year,
    /// A month: `2011-06`.
    Month,
    /// `true` or `false`.
    Flag,
}

/// A parameter that need not be there.
pub const fn may(name: &'static str, kind: Kind, about: &'static str) -> Param {
    Param { name, kind, required: false, about }
}

/// A parameter that must be there.
pub const fn must(name: &'static str, kind: Kind, about: &'static str) -> Param {
    Param { name, kind, required: true, about }
}

/// The longest query, in characters.
pub const LONGEST: usize = 500;
/// How many parameters a request may have.
const MOST: usize = 64;
/// How many values a parameter may have.
const MOST_OF_ONE: usize = 16;

/// The language that a page speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Lang {
    /// Chinese.
    #[default]
    Zh,
    /// English.
    En,
}

impl Lang {
    /// The text in this language.
    pub fn t<T>(self, zh: T, en: T) -> T {
        match self {
            Lang::Zh => zh,
            Lang::En => en,
        }
    }

    /// The language of that name.
    pub fn named(name: &str) -> Option<Lang> {
        match name {
            "zh" => Some(Lang::Zh),
            "en" => Some(Lang::En),
            _ => None,
        }
    }

    /// Its name as HTML has it.
    pub fn code(self) -> &'static str {
        self.t("zh-CN", "en")
    }
}

/// A request that has been read.
#[derive(Debug, Clone, Default)]
pub struct Asked {
    /// The path's fixed part: `/doc/`.
    pub path: &'static str,
    /// The rest of the path, decoded; empty where the path is fixed.
    pub tail: String,
    /// The parameters in their order, those without a value left out.
    pub values: Vec<(String, String)>,
    /// The language to answer in.
    pub lang: Lang,
}

impl Asked {
    /// Reads a query string by the parameters it may have; from a form also those that were left empty.
    ///
    /// # Errors
    /// 400 for what is unknown, missing, said twice, too long or out of range.
    pub fn read<'p>(params: impl Iterator<Item = &'p Param> + Clone, query: &str, form: bool) -> Result<Vec<(String, String)>, Problem> {
        let mut values: Vec<(String, String)> = Vec::new();
        for (count, part) in query.split('&').filter(|part| !part.is_empty()).enumerate() {
            if count >= MOST {
                return Err(Problem::unreadable(format!("参数超过 {MOST} 个"), format!("there are more than {MOST} parameters")));
            }
            let (name, value) = part.split_once('=').unwrap_or((part, ""));
            let (name, value) = (decoded(name)?, decoded(value)?);
            let Some(param) = params.clone().find(|param| param.name == name) else {
                let known = params.map(|param| param.name).collect::<Vec<_>>().join(" ");
                let name = cut(&name);
                return Err(Problem::unreadable(
                    format!("没有“{name}”这个参数，可用的有：{known}"),
                    format!("there is no parameter `{name}`; these are: {known}"),
                ));
            };
            // A form sends its empty fields too; a program that sends one means something by it.
            if value.is_empty() && !param.required {
                if !form {
                    param.check(&value)?;
                }
                continue;
            }
            param.check(&value)?;
            let before = values.iter().filter(|(known, _)| *known == name).count();
            let most = if matches!(param.kind, Kind::Texts(_) | Kind::Any(_)) { MOST_OF_ONE } else { 1 };
            if before >= most {
                return Err(Problem::unreadable(
                    format!("参数“{name}”最多出现 {most} 次"),
                    format!("`{name}` stands there more than {most} times"),
                ));
            }
            values.push((name, value));
        }
        for param in params.filter(|param| param.required) {
            if !values.iter().any(|(name, value)| name == param.name && !value.is_empty()) {
                return Err(Problem::unreadable(
                    format!("缺少参数“{}”", param.name),
                    format!("`{}` is missing: {}", param.name, param.about),
                ));
            }
        }
        Ok(values)
    }

    /// The value of a parameter.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.values.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The value of a parameter, empty where it isn't there.
    pub fn text(&self, name: &str) -> &str {
        self.get(name).unwrap_or("")
    }

    /// All values of a parameter.
    pub fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a str> {
        self.values.iter().filter(move |(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// Whether the parameter has this value.
    pub fn has(&self, name: &str, value: &str) -> bool {
        self.all(name).any(|known| known == value)
    }

    /// A number that has been checked, or what stands for it.
    pub fn number(&self, name: &str, otherwise: usize) -> usize {
        self.get(name).and_then(|value| value.parse().ok()).unwrap_or(otherwise)
    }

    /// Whether a flag is set.
    pub fn flag(&self, name: &str) -> bool {
        self.get(name) == Some("true")
    }

    /// The address of this page with a parameter set to a value, or without it; the page begins at its first part again.
    pub fn with(&self, name: &str, value: Option<&str>) -> String {
        self.address(|known, _| known != name && known != "page", value.map(|value| (name, value)))
    }

    /// The address with one more value of a parameter, or without it where it has it.
    pub fn toggled(&self, name: &str, value: &str) -> String {
        let add = (!self.has(name, value)).then_some((name, value));
        self.address(|known, said| known != "page" && !(known == name && said == value), add)
    }

    /// The address of another path with these parameters.
    pub fn at(&self, path: &str, more: &[(&str, &str)]) -> String {
        let kept = self.values.iter().filter(|(name, _)| name != "page" && name != "lang").map(|(n, v)| (n.as_str(), v.as_str()));
        address(path, kept.chain(more.iter().copied()))
    }

    fn address(&self, keep: impl Fn(&str, &str) -> bool, add: Option<(&str, &str)>) -> String {
        let kept = self.values.iter().map(|(n, v)| (n.as_str(), v.as_str())).filter(|(n, v)| *n != "lang" && keep(n, v));
        address(&format!("{}{}", self.path, encoded(&self.tail)), kept.chain(add))
    }
}

/// A path with parameters.
pub fn address<'a>(path: &str, values: impl Iterator<Item = (&'a str, &'a str)>) -> String {
    let mut out = path.to_owned();
    for (at, (name, value)) in values.enumerate() {
        out.push(if at == 0 { '?' } else { '&' });
        out.push_str(name);
        out.push('=');
        out.push_str(&encoded(value));
    }
    out
}

/// Text as a part of an address: `甲/乙 丙` → `%E7%94%B2/%E4%B9%99%20%E4%B8%99`.
pub fn encoded(text: &str) -> String {
    const KEPT: &percent_encoding::AsciiSet =
        &percent_encoding::NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~').remove(b'/').remove(b':');
    percent_encoding::utf8_percent_encode(text, KEPT).to_string()
}

/// What a part of a query string says.
pub fn decoded(part: &str) -> Result<String, Problem> {
    let plain = part.replace('+', " ");
    match percent_encoding::percent_decode_str(&plain).decode_utf8() {
        Ok(text) if text.contains('\0') => Err(Problem::unreadable("地址中有空字符", "the address holds a zero character")),
        Ok(text) => Ok(text.into_owned()),
        Err(_) => Err(Problem::unreadable(format!("“{}”不是 UTF-8 编码", cut(part)), format!("`{}` is no UTF-8", cut(part)))),
    }
}

/// The beginning of a text that may be long.
fn cut(text: &str) -> String {
    if text.chars().count() <= 40 { text.to_owned() } else { text.chars().take(40).chain(['…']).collect() }
}

impl Param {
    fn check(&self, value: &str) -> Result<(), Problem> {
        let wrong = |zh: String, en: String| {
            let said = format!("{}={}", self.name, cut(value));
            Err(Problem::unreadable(format!("“{said}”：{zh}"), format!("`{said}`: {en}")))
        };
        match &self.kind {
            Kind::Text(most) | Kind::Texts(most) if value.chars().count() > *most => {
                wrong(format!("最多 {most} 个字"), format!("at most {most} characters"))
            }
            Kind::Number(from, to) => match digits(value).and_then(|digits| digits.parse::<usize>().ok()) {
                Some(number) if (*from..=*to).contains(&number) => Ok(()),
                _ => wrong(format!("应为 {from} 到 {to} 的整数"), format!("a whole number from {from} to {to}")),
            },
            Kind::One(words) | Kind::Any(words) if !words.contains(&value) => {
                wrong(format!("应为以下之一：{}", words.join(" ")), format!("one of {}", words.join(" ")))
            }
            Kind::Text(_) | Kind::Texts(_) | Kind::One(_) | Kind::Any(_) => Ok(()),
            Kind::Year if value.len() == 4 && digits(value).is_some() => Ok(()),
            Kind::Year => wrong("应为年份，如 2013".to_owned(), "a year, such as 2013".to_owned()),
            Kind::Month => match value.split_once('-') {
                Some((year, month)) if year.len() == 4 && digits(year).is_some() && is_month(month) => Ok(()),
                _ => wrong("应为年月，如 2011-06".to_owned(), "a month, such as 2011-06".to_owned()),
            },
            Kind::Flag if matches!(value, "true" | "false") => Ok(()),
            Kind::Flag => wrong("应为 true 或 false".to_owned(), "`true` or `false`".to_owned()),
        }
    }

    /// The parameter as OpenAPI describes it.
    pub fn described(&self) -> Value {
        let text =
            |most: &usize| json!({"type": "string", "minLength": usize::from(self.required), "maxLength": most, "pattern": "^[^\\x00]*$"});
        let (schema, many) = match &self.kind {
            Kind::Text(most) => (text(most), false),
            Kind::Texts(most) => (text(most), true),
            Kind::Number(from, to) => (json!({"type": "integer", "minimum": from, "maximum": to}), false),
            Kind::One(words) => (json!({"type": "string", "enum": words}), false),
            Kind::Any(words) => (json!({"type": "string", "enum": words}), true),
            Kind::Year => (json!({"type": "string", "pattern": "^[0-9]{4}$"}), false),
            Kind::Month => (json!({"type": "string", "pattern": "^[0-9]{4}-(0[1-9]|1[0-2])$"}), false),
            Kind::Flag => (json!({"type": "boolean"}), false),
        };
        let schema = if many { json!({"type": "array", "items": schema, "maxItems": MOST_OF_ONE}) } else { schema };
        json!({"name": self.name, "in": "query", "required": self.required, "description": self.about, "schema": schema})
    }
}

/// The text where it consists of ASCII digits alone: `+5` is no number of a request.
fn digits(text: &str) -> Option<&str> {
    (!text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())).then_some(text)
}

fn is_month(text: &str) -> bool {
    text.len() == 2 && digits(text).and_then(|m| m.parse::<u8>().ok()).is_some_and(|m| (1..=12).contains(&m))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PARAMS: &[Param] = &[
        must("q", Kind::Text(5), "the query"),
        may("type", Kind::Any(&["target", "park"]), "types"),
        may("limit", Kind::Number(1, 100), "how many"),
        may("to", Kind::Month, "until"),
    ];

    #[test]
    fn what_is_known_is_read() {
        let values = Asked::read(PARAMS.iter(), "q=%E5%9B%AD+%E5%8C%BA&type=park&type=target&limit=20&to=", true).unwrap();
        let asked = Asked { path: "/", values, ..Asked::default() };
        assert_eq!((asked.text("q"), asked.number("limit", 10), asked.get("to")), ("园 区", 20, None));
        assert_eq!(asked.all("type").collect::<Vec<_>>(), ["park", "target"]);
        assert_eq!(asked.toggled("type", "park"), "/?q=%E5%9B%AD%20%E5%8C%BA&type=target&limit=20");
        assert_eq!(asked.with("limit", Some("5")), "/?q=%E5%9B%AD%20%E5%8C%BA&type=park&type=target&limit=5");
    }

    #[test]
    fn what_is_not_is_refused() {
        for (query, said) in [
            ("", "`q` is missing"),
            ("q=", "`q` is missing"),
            ("q=一二三四五六", "at most 5 characters"),
            ("q=a&x=1", "there is no parameter `x`"),
            ("q=a&q=b", "more than 1 times"),
            ("q=a&limit=+5", "a whole number"),
            ("q=a&limit=0", "a whole number"),
            ("q=a&type=", "one of target park"),
            ("q=a&limit=99999999999999999999999", "a whole number"),
            ("q=a&type=poem", "one of target park"),
            ("q=a&to=2011-13", "a month"),
            ("q=%ff", "no UTF-8"),
            ("q=%00", "zero character"),
        ] {
            let problem = Asked::read(PARAMS.iter(), query, false).unwrap_err();
            assert!(problem.status == 400 && problem.detail.1.contains(said), "{query}: {:?}", problem.detail);
        }
        let many = format!("q=a{}", "&type=park".repeat(1_000));
        assert!(Asked::read(PARAMS.iter(), &many, true).unwrap_err().detail.1.contains("more than"));
    }
}
