//! Which numbers with units stand here? `10家至20家`, `1.5万亿元以上`, `8—10个`, `近一半`, `翻一番`.

use crate::lexicon::unit;
use crate::text::{Folded, Span, numeral};
use rust_decimal::Decimal;

/// How firmly a figure binds. 以上 and 以下 include the figure (Civil Code, art. 1259); 超过 and 突破 do not;
/// 左右 is a neighbourhood.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, schemars::JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Bound {
    /// 达到, or no word at all.
    Exact,
    /// 以上, 不低于, 不少于, 至少.
    AtLeast,
    /// 突破, 超过, 超.
    Over,
    /// 以内, 以下, 不超过, 控制在.
    AtMost,
    /// 低于.
    Under,
    /// 左右, 约, 近.
    About,
    /// Two ends: 10家至20家.
    Range,
}

/// A number with its unit, as printed.
#[derive(Debug, Clone, PartialEq)]
pub struct Quantity {
    /// Number and unit, with the bound that follows (`以上`).
    pub span: Span<Folded>,
    /// Where its number starts.
    pub at: usize,
    /// Where number and unit end, before the bound that follows.
    pub end: usize,
    /// The number; the lower end of a range.
    pub value: Decimal,
    /// The upper end of a range.
    pub value_max: Option<Decimal>,
    /// The unit as printed: `万亿元`, `个百分点`.
    pub unit: String,
    /// What the words right before and after it say of its bound; None where they say nothing.
    pub bound: Option<Bound>,
    /// Whether the number is in Chinese characters (`十条`, `五千亿元`).
    pub chinese: bool,
}

/// All quantities of `text[from..to]`, in their order.
pub fn find(text: &str, from: usize, to: usize) -> Vec<Quantity> {
    let mut out: Vec<Quantity> = each(text, from, to).collect();
    share_unit(text, &mut out);
    out
}

/// Whether a quantity stands in `text[from..to]`.
pub fn stands_in(text: &str, from: usize, to: usize) -> bool {
    each(text, from, to).next().is_some()
}

fn each(text: &str, from: usize, to: usize) -> impl Iterator<Item = Quantity> {
    let mut at = from;
    std::iter::from_fn(move || {
        while let Some(start) = text[at..to].find(starts_number).map(|k| at + k) {
            if let Some(found) = quantity_at(&text[..to], start) {
                at = found.span.end;
                return Some(found);
            }
            // 半 and 翻 are no part of a number.
            at = start + number_length(&text[start..to]).max(text[start..to].chars().next().map_or(1, char::len_utf8));
        }
        None
    })
}

fn starts_number(c: char) -> bool {
    c.is_ascii_digit() || numeral::is_numeral(c) || matches!(c, '半' | '翻')
}

/// The length of the number in digits or characters at the start of `text`.
fn number_length(text: &str) -> usize {
    let digits = digits_length(text);
    if digits > 0 { digits } else { text.chars().take_while(|c| numeral::is_numeral(*c)).map(char::len_utf8).sum() }
}

/// Digits with separators of thousands and a decimal point: `1,580.5`.
fn digits_length(text: &str) -> usize {
    let bytes = text.as_bytes();
    let mut k = 0;
    while k < bytes.len() {
        let digit_follows = bytes.get(k + 1).is_some_and(u8::is_ascii_digit);
        match bytes[k] {
            b'0'..=b'9' => k += 1,
            b'.' if k > 0 && digit_follows => k += 1,
            b',' if k > 0
                && bytes.len() > k + 3
                && bytes[k + 1..k + 4].iter().all(u8::is_ascii_digit)
                && !bytes.get(k + 4).is_some_and(u8::is_ascii_digit) =>
            {
                k += 1;
            }
            _ => break,
        }
    }
    k
}

/// A number and what may stand between it and its unit.
struct Number {
    value: Decimal,
    len: usize,
    chinese: bool,
    /// 多, 余, 几 after it: `5300多栋`.
    over: bool,
}

fn number_at(text: &str) -> Option<Number> {
    // 2万5千元 and 五十八万六千元 are one number of 元.
    if let Some((len, value)) = numeral::parts_at(text) {
        return Some(Number { value, len, chinese: false, over: false });
    }
    let digits = digits_length(text);
    let (len, chinese) = if digits > 0 {
        (digits, false)
    } else {
        // 万 and 亿 belong to the unit, as they do after digits: 五千亿元 is 5000 of 亿元.
        (text.chars().take_while(|c| numeral::is_numeral(*c) && !matches!(c, '万' | '亿')).map(char::len_utf8).sum(), true)
    };
    if len == 0 {
        return None;
    }
    let mut value = numeral::number(&text[..len])?;
    let mut len = len;
    if chinese && let Some(rest) = text[len..].strip_prefix('点') {
        let fraction: String = rest.chars().take_while(|c| numeral::digit(*c).is_some()).collect();
        if !fraction.is_empty() {
            value = numeral::number(&text[..len + '点'.len_utf8() + fraction.len()])?;
            len += '点'.len_utf8() + fraction.len();
        }
    }
    let over = text[len..].starts_with(['多', '余']);
    if over {
        len += '多'.len_utf8();
    }
    Some(Number { value, len, chinese, over })
}

fn quantity_at(text: &str, at: usize) -> Option<Quantity> {
    let before = &text[..at];
    // 自然增长率为-2.46‰, 自然增长率-1.4‰: behind a verb, and between a rate's name and its figure, the dash is a sign.
    if let Some(signed) =
        before.strip_suffix(['-', '－', '—']).filter(|signed| signed.ends_with(['为', '达', '至', '是', '率', '速', '幅']))
    {
        let found = unsigned_at(text, at)?;
        return (found.value_max.is_none() && text[at..].starts_with(|c: char| c.is_ascii_digit())).then(|| Quantity {
            span: Span::new(signed.len(), found.span.end),
            at: signed.len(),
            value: -found.value,
            ..found
        });
    }
    unsigned_at(text, at)
}

fn unsigned_at(text: &str, at: usize) -> Option<Quantity> {
    const PER_HUNDRED_THOUSAND: &str = "/10万";
    let before = &text[..at];
    if before.ends_with(|c: char| c.is_ascii_alphanumeric() || c == '.') || before.ends_with('第') {
        return None;
    }
    let rest = &text[at..];
    if let Some(found) = doubling_at(text, at).or_else(|| fraction_at(text, at)) {
        return Some(found);
    }
    let number = number_at(rest)?;
    if number.chinese && before.ends_with(numeral::is_numeral) {
        return None;
    }
    // 孕产妇死亡率下降到13.88/10万
    if rest[number.len..].starts_with(PER_HUNDRED_THOUSAND) && !number.chinese {
        let end = at + number.len + PER_HUNDRED_THOUSAND.len();
        return Some(finish(text, at, end, number.value, None, PER_HUNDRED_THOUSAND.to_owned(), false, number.over));
    }
    let Some((unit_len, _)) = unit::longest_at(&rest[number.len..]) else {
        return range_without_unit(text, at, &number)
            .or_else(|| score_at(text, at, &number))
            .or_else(|| magnitude_of_list(text, at, &number))
            .or_else(|| points_of_list(text, at, &number))
            .or_else(|| people_at(text, at, &number));
    };
    let unit_len = unit_len + unit::per_at(&rest[number.len + unit_len..]);
    let end = at + number.len + unit_len;
    let unit_text = &text[at + number.len..end];
    if unit_text.ends_with("亿级") || unit_text.ends_with("万级") || text[end..].starts_with('级') && unit_text.ends_with(['亿', '万'])
    {
        // 20亿级项目: a size by name, no amount.
        return None;
    }
    if let Some((value_max, end_max, unit_max)) = range_end(text, end) {
        let same = unit_max.ends_with(unit_text) || unit_max.starts_with(unit_text) || is_magnitude_of(unit_text, &unit_max);
        if same {
            return Some(finish(text, at, end_max, number.value, Some(value_max), unit_max, number.chinese, false));
        }
    }
    Some(finish(text, at, end, number.value, None, unit_text.to_owned(), number.chinese, number.over))
}

/// `满意度由69分提高到80.05分`, `死亡率降至0.06以下`: scores, and rates that have no unit, only where a word says that
/// they measure.
fn score_at(text: &str, at: usize, number: &Number) -> Option<Quantity> {
    let end = at + number.len;
    let near: String = text[..at].chars().rev().take(24).collect::<Vec<_>>().into_iter().rev().collect();
    let rest = &text[end..];
    let stops = |rest: &str| {
        rest.is_empty() || ["以", "左右", "提", "上升", "，", "。", "；", "、", "增", "降"].iter().any(|s| rest.starts_with(s))
    };
    let measured = ["满意度", "得分", "评分", "指数", "成绩", "满意率"].iter().any(|w| near.contains(w));
    if let Some(after) = rest.strip_prefix('分') {
        return (measured && stops(after))
            .then(|| finish(text, at, end + '分'.len_utf8(), number.value, None, "分".to_owned(), number.chinese, number.over));
    }
    let rate = ["率", "指数", "系数", "之比", "恩格尔系数", "收入比", "比值", "PUE"].iter().any(|w| near.contains(w));
    let reaches = [
        "降至",
        "降到",
        "达到",
        "提高到",
        "提升到",
        "控制在",
        "不超过",
        "不高于",
        "不低于",
        "低于",
        "高于",
        "达",
        "为",
        "下降到",
        "降为",
        "缩小到",
        "缩小至",
        "缩小为",
        "保持在",
    ]
    .iter()
    .any(|w| near.ends_with(w));
    (!number.chinese && rate && reaches && stops(rest)).then(|| finish(text, at, end, number.value, None, String::new(), false, false))
}

/// `1.28万亿、1.18万亿、8200亿元`: in a list the last alone may bear the unit ([`share_unit`]).
fn magnitude_of_list(text: &str, at: usize, number: &Number) -> Option<Quantity> {
    let from = at + number.len;
    let (magnitude, _) = unit::magnitude_at(&text[from..]);
    let end = from + magnitude;
    let next = ["、", "和", "及", "与"].iter().find_map(|joint| text[end..].strip_prefix(joint))?;
    let listed = magnitude > 0 && !number.chinese && next.starts_with(|c: char| c.is_ascii_digit());
    listed.then(|| finish(text, at, end, number.value, None, text[from..end].to_owned(), false, false))
}

/// How many figures may share one 个百分点.
const MOST_POINTS: usize = 4;

/// `分别快4.6和3.1个百分点`: of points in a list the last alone may bear the unit.
fn points_of_list(text: &str, at: usize, number: &Number) -> Option<Quantity> {
    let end = at + number.len;
    let mut rest = &text[end..];
    for _ in 0..MOST_POINTS {
        if rest.starts_with("个百分点") {
            break;
        }
        rest = ["、", "和", "及", "与"].iter().find_map(|joint| rest.strip_prefix(joint))?;
        rest = &rest[Some(digits_length(rest)).filter(|len| *len > 0)?..];
    }
    let listed = !number.chinese && rest.starts_with("个百分点") && !text[end..].starts_with('个');
    listed.then(|| finish(text, at, end, number.value, None, "个百分点".to_owned(), false, false))
}

/// `常住人口43万，…`, `城镇新增就业24万以上`: people are counted by the magnitude alone where the words before say that people are.
fn people_at(text: &str, at: usize, number: &Number) -> Option<Quantity> {
    let from = at + number.len;
    let (magnitude, _) = unit::magnitude_at(&text[from..]);
    let end = from + magnitude;
    let near: String = text[..at].chars().rev().take(12).collect::<Vec<_>>().into_iter().rev().collect();
    let money = ["资金", "补贴", "补助", "工资", "投入", "支出", "贷款"].iter().any(|word| near.contains(word));
    let people = !money && ["人口", "人数", "就业", "职工", "劳动力"].iter().any(|word| near.contains(word));
    let rest = &text[end..];
    let closed = rest.is_empty() || rest.starts_with(['，', '。', '；', '、', '以', '左']);
    (magnitude > 0 && !number.chinese && people && closed)
        .then(|| finish(text, at, end, number.value, None, text[from..end].to_owned(), false, number.over))
}

/// `10万至20万吨`: the first end stops at its magnitude.
fn is_magnitude_of(first: &str, second: &str) -> bool {
    second.starts_with(first) && matches!(first, "万" | "亿" | "千" | "百" | "万亿")
}

/// `8—10个`, `10万至20万吨`: the first end has no unit of its own.
fn range_without_unit(text: &str, at: usize, number: &Number) -> Option<Quantity> {
    let mut end = at + number.len;
    let magnitude: usize = text[end..].chars().take_while(|c| matches!(c, '万' | '亿')).map(char::len_utf8).sum();
    end += magnitude;
    let (value_max, end_max, unit) = range_end(text, end)?;
    let magnitude = &text[end - magnitude..end];
    let fits = magnitude.is_empty() || unit.starts_with(magnitude);
    fits.then(|| finish(text, at, end_max, number.value, Some(value_max), unit, number.chinese, false))
}

/// The second end of a range after `end`: 至, 到, —, ~.
fn range_end(text: &str, end: usize) -> Option<(Decimal, usize, String)> {
    const JOINS: &[&str] = &["——", "--", "至", "到", "—", "－", "-", "~", "～", "–"];
    let rest = &text[end..];
    let join = JOINS.iter().find(|join| rest.starts_with(**join))?;
    let from = end + join.len();
    let number = number_at(&text[from..])?;
    let (unit_len, _) = unit::longest_at(&text[from + number.len..])?;
    let stop = from + number.len + unit_len;
    Some((number.value, stop, text[from + number.len..stop].to_owned()))
}

/// `翻一番` is twice, `翻两番` four times as much.
fn doubling_at(text: &str, at: usize) -> Option<Quantity> {
    let rest = &text[at..];
    let after = rest.strip_prefix('翻')?;
    let after = after.strip_prefix('了').unwrap_or(after);
    let count: String = after.chars().take_while(|c| numeral::is_numeral(*c) || c.is_ascii_digit()).collect();
    after[count.len()..].strip_prefix('番')?;
    let times = if count.is_empty() { 1 } else { u32::try_from(numeral::number(&count)?.trunc().mantissa()).ok()? };
    let end = text.len() - after.len() + count.len() + '番'.len_utf8();
    let value = Decimal::from(2u64.checked_pow(times)?);
    Some(Quantity { bound: None, ..finish(text, at, end, value, None, "倍".to_owned(), true, false) })
}

/// `百分之三` is 3 %, `八成` 80 %, `一半` 50 %.
fn fraction_at(text: &str, at: usize) -> Option<Quantity> {
    let rest = &text[at..];
    let percent = || "%".to_owned();
    if let Some(after) = rest.strip_prefix("百分之") {
        let number = number_at(after)?;
        return Some(finish(text, at, at + "百分之".len() + number.len, number.value, None, percent(), true, number.over));
    }
    if rest.starts_with("一半") && !rest.starts_with("一半以") {
        return Some(finish(text, at, at + "一半".len(), Decimal::from(50), None, percent(), true, false));
    }
    if rest.starts_with("半数") {
        return Some(finish(text, at, at + "半数".len(), Decimal::from(50), None, percent(), true, false));
    }
    let tenths = number_at(rest).filter(|n| n.value < Decimal::from(10))?;
    let after = rest[tenths.len..].strip_prefix('成')?;
    let closed = after.is_empty() || after.starts_with(['以', '左', '，', '。', '；', '、', '）', '的']);
    closed.then(|| finish(text, at, at + tenths.len + '成'.len_utf8(), tenths.value * Decimal::from(10), None, percent(), true, false))
}

#[allow(clippy::too_many_arguments)] // the parts of one value, found by different forms
fn finish(
    text: &str,
    at: usize,
    end: usize,
    value: Decimal,
    value_max: Option<Decimal>,
    unit: String,
    chinese: bool,
    over: bool,
) -> Quantity {
    let (after, after_len) = bound_after(&text[end..]);
    let before = bound_before(&text[..at]);
    let hedge = over.then_some(Bound::About);
    let bound = if value_max.is_some() { Some(Bound::Range) } else { after.or(before).or(hedge) };
    Quantity { span: Span::new(at, end + after_len), at, end, value, value_max, unit, bound, chinese }
}

/// The bound that stands after a figure.
fn bound_after(rest: &str) -> (Option<Bound>, usize) {
    const AFTER: &[(&str, Bound)] = &[
        ("及以上", Bound::AtLeast),
        ("（含）以上", Bound::AtLeast),
        ("（含）以下", Bound::AtMost),
        ("以上（含）", Bound::AtLeast),
        ("以下（含）", Bound::AtMost),
        ("以上", Bound::AtLeast),
        ("及以下", Bound::AtMost),
        ("以下", Bound::AtMost),
        ("以内", Bound::AtMost),
        ("之内", Bound::AtMost),
        ("左右", Bound::About),
        ("上下", Bound::About),
    ];
    if let Some((word, bound)) = AFTER.iter().find(|(word, _)| rest.starts_with(word)) {
        return (Some(*bound), word.len());
    }
    // 压缩至30个工作日内
    let closes = |after: &str| after.is_empty() || after.starts_with(['，', '。', '；', '、', '）', '完', '办']);
    match rest.strip_prefix('内') {
        Some(after) if closes(after) => (Some(Bound::AtMost), '内'.len_utf8()),
        _ => (None, 0),
    }
}

/// The bound that stands right before a figure, longest word first.
fn bound_before(before: &str) -> Option<Bound> {
    const BEFORE: &[(&str, Bound)] = &[
        ("不得低于", Bound::AtLeast),
        ("不低于", Bound::AtLeast),
        ("不少于", Bound::AtLeast),
        ("不得少于", Bound::AtLeast),
        ("不小于", Bound::AtLeast),
        ("至少", Bound::AtLeast),
        ("至少有", Bound::AtLeast),
        ("最少", Bound::AtLeast),
        ("不超过", Bound::AtMost),
        ("不超", Bound::AtMost),
        ("不得超过", Bound::AtMost),
        ("不高于", Bound::AtMost),
        ("不得高于", Bound::AtMost),
        ("不多于", Bound::AtMost),
        ("不大于", Bound::AtMost),
        ("最高", Bound::AtMost),
        ("最多", Bound::AtMost),
        ("控制在", Bound::AtMost),
        ("控制到", Bound::AtMost),
        ("超过了", Bound::Over),
        ("超过", Bound::Over),
        ("突破了", Bound::Over),
        ("突破", Bound::Over),
        ("高于", Bound::Over),
        ("多于", Bound::Over),
        ("大于", Bound::Over),
        ("逾", Bound::Over),
        ("超", Bound::Over),
        ("过", Bound::Over),
        ("不足", Bound::Under),
        ("不到", Bound::Under),
        ("低于", Bound::Under),
        ("少于", Bound::Under),
        ("小于", Bound::Under),
        ("≥", Bound::AtLeast),
        (">=", Bound::AtLeast),
        ("≤", Bound::AtMost),
        ("<=", Bound::AtMost),
        ("大约", Bound::About),
        ("约", Bound::About),
        ("约合", Bound::About),
        ("接近", Bound::About),
        ("将近", Bound::About),
        ("近", Bound::About),
    ];
    BEFORE.iter().find(|(word, _)| before.ends_with(word)).map(|(_, bound)| *bound).filter(|_| !is_contract(before))
}

/// Whether words end with a 约 that makes a word with what stands before it: `签约130亿美元`, `节约标准煤`.
pub fn is_contract(words: &str) -> bool {
    ["签约", "合约", "履约", "预约", "集约", "节约", "违约"].iter().any(|word| words.ends_with(word))
}

/// `提高了23个、16.4个和22.9个百分点`, `1.28万亿、8200亿元`: a list of figures shares the unit of its last, or what of it no magnitude is.
fn share_unit(text: &str, found: &mut [Quantity]) {
    for k in (1..found.len()).rev() {
        let between = &text[found[k - 1].end..found[k].at];
        let shared = found[k].unit.clone();
        let joined = matches!(between, "、" | "和" | "及" | "与" | "以及");
        if joined && found[k].unit.len() > found[k - 1].unit.len() && found[k].unit.starts_with(found[k - 1].unit.as_str()) {
            found[k - 1].unit = shared;
        } else if joined && unit::magnitude_at(&found[k - 1].unit).0 == found[k - 1].unit.len() {
            found[k - 1].unit.push_str(&shared[unit::magnitude_at(&shared).0..]);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Vec<String> {
        find(text, 0, text.len())
            .iter()
            .map(|q| match q.value_max {
                Some(max) => format!("{}-{}{}", q.value, max, q.unit),
                None => format!("{}{}", q.value, q.unit),
            })
            .collect()
    }

    #[test]
    fn forms_of_quantities() {
        for (text, want) in [
            ("主营业务收入1.58万亿元", &["1.58万亿元"][..]),
            ("培育10家至20家示范基地", &["10-20家"]),
            ("10万至20万吨氧化铝", &["10-20万吨"]),
            ("8—10个园区", &["8-10个"]),
            ("五千亿元", &["5000亿元"]),
            ("百分之三以上", &["3%"]),
            ("提高了23个、16.4个和22.9个百分点", &["23个百分点", "16.4个百分点", "22.9个百分点"]),
            ("分别快4.6和3.1个百分点", &["4.6个百分点", "3.1个百分点"]),
            ("货物周转量40496亿吨公里", &["40496亿吨公里"]),
            ("签约130亿美元", &["130亿美元"]),
            ("自然增长率-1.4‰", &["-1.4‰"]),
            ("翻了一番", &["2倍"]),
            ("收入翻两番", &["4倍"]),
            ("近一半的投资", &["50%"]),
            ("占比超过八成。", &["80%"]),
            ("5300多栋楼宇", &["5300栋"]),
            ("补助2万5千元", &["25000元"]),
            ("投资1亿2000万元", &["120000000元"]),
            ("装机60万千瓦", &["60万千瓦"]),
            ("第三类", &[]),
            ("AP1000核电", &[]),
            ("总量达到1,580.5亿元", &["1580.5亿元"]),
        ] {
            assert_eq!(read(text), want, "{text}");
        }
    }

    #[test]
    fn bounds() {
        for (text, want) in [
            ("增长15%左右", Some(Bound::About)),
            ("不低于90%", Some(Bound::AtLeast)),
            ("覆盖率≥45%", Some(Bound::AtLeast)),
            ("总量≤50万吨", Some(Bound::AtMost)),
            ("突破750亿元", Some(Bound::Over)),
            ("50户以上", Some(Bound::AtLeast)),
            ("压缩至3周以内", Some(Bound::AtMost)),
            ("达到40%", None),
        ] {
            assert_eq!(find(text, 0, text.len())[0].bound, want, "{text}");
        }
    }
}
