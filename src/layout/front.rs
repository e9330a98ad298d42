//! What stands around the text of a document? Header tables of web pages, titles, addressees, signature, date, page furniture.
//!
//! `发文机关：国务院  成文日期：2018年12月21日` are two fields; `扫一扫在手机打开当前页` is furniture.

use super::lines::Line;
use crate::text::{Folded, Span, closing_brackets};
use regex::Regex;
use std::sync::LazyLock;

/// A labelled field of a page's header.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Field {
    /// What the label means.
    pub label: FieldLabel,
    /// Where the value stands in the block's reading, white space trimmed.
    pub value: Span<Folded>,
}

/// The labels of header tables that say something of the document.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FieldLabel {
    /// 发文机关, 发布机构, 制发机关.
    Issuer,
    /// 标题, 名称.
    Title,
    /// 发文字号, 文号.
    Number,
    /// 成文日期, 印发日期.
    Written,
    /// 发布日期, 日期, 时间.
    Published,
    /// Anything else that headers carry: 索引号, 主题分类, 浏览次数 …
    Other,
}

const LABELS: &[(&str, FieldLabel)] = &[
    ("发文机关", FieldLabel::Issuer),
    ("发文机构", FieldLabel::Issuer),
    ("发布机构", FieldLabel::Issuer),
    ("发布单位", FieldLabel::Issuer),
    ("制发机关", FieldLabel::Issuer),
    ("发文单位", FieldLabel::Issuer),
    ("信息来源", FieldLabel::Other),
    ("标题", FieldLabel::Title),
    ("文件名称", FieldLabel::Title),
    ("信息名称", FieldLabel::Title),
    ("发文字号", FieldLabel::Number),
    ("发文文号", FieldLabel::Number),
    ("文件编号", FieldLabel::Number),
    ("文号", FieldLabel::Number),
    ("成文日期", FieldLabel::Written),
    ("成文时间", FieldLabel::Written),
    ("印发日期", FieldLabel::Written),
    ("发文日期", FieldLabel::Written),
    ("发文时间", FieldLabel::Written),
    ("生成日期", FieldLabel::Published),
    ("发布日期", FieldLabel::Published),
    ("发布时间", FieldLabel::Published),
    ("公开日期", FieldLabel::Published),
    ("公布日期", FieldLabel::Published),
    ("日期", FieldLabel::Published),
    ("时间", FieldLabel::Published),
    ("索引号", FieldLabel::Other),
    ("主题分类", FieldLabel::Other),
    ("主题词", FieldLabel::Other),
    ("有效性", FieldLabel::Other),
    ("是否有效", FieldLabel::Other),
    ("文件登记号", FieldLabel::Other),
    ("统一编号", FieldLabel::Other),
    ("公文种类", FieldLabel::Other),
    ("信息分类", FieldLabel::Other),
    ("公开方式", FieldLabel::Other),
    ("公开形式", FieldLabel::Other),
    ("关键词", FieldLabel::Other),
    ("实施日期", FieldLabel::Other),
    ("废止日期", FieldLabel::Other),
    ("浏览次数", FieldLabel::Other),
    ("点击数", FieldLabel::Other),
    ("字体", FieldLabel::Other),
    ("字号", FieldLabel::Other),
    ("来源", FieldLabel::Other),
    ("作者", FieldLabel::Other),
    ("责任编辑", FieldLabel::Other),
];

static LABEL: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(&format!(r"[\[【（]?({}) ?[\]】]?：", labels(|_| true))).expect("the pattern of labels is well formed"));

/// `索 引 号 MB153/2023-05 发文日期 2023-01-03`: the labels of a header table whose cells stand in a line without colons; those that prose
/// says too (时间, 来源) are none.
static BARE_LABEL: LazyLock<Regex> = LazyLock::new(|| {
    let own = labels(|label| label.chars().count() > 2 || label == "文号");
    Regex::new(&format!("({own})")).expect("the pattern of bare labels is well formed")
});

/// The labels that are wanted as one pattern, each with blanks between its characters or without.
fn labels(wanted: impl Fn(&str) -> bool) -> String {
    let spaced = |label: &str| label.chars().map(String::from).collect::<Vec<_>>().join(" *");
    LABELS.iter().filter(|(label, _)| wanted(label)).map(|(label, _)| spaced(label)).collect::<Vec<_>>().join("|")
}

/// The meaning of a header's label: `发 文 机 关` is [`FieldLabel::Issuer`].
pub fn field_label(label: &str) -> Option<FieldLabel> {
    let plain: String = label.chars().filter(|c| !c.is_whitespace()).collect();
    LABELS.iter().find(|(name, _)| *name == plain).map(|(_, meaning)| *meaning)
}

/// The labelled fields of a line, if it starts with one: a line of prose that mentions `文号：` later is none.
pub(super) fn fields(text: &str) -> Vec<Field> {
    let labels = |of: &Regex| -> Vec<_> { of.captures_iter(text).filter_map(|c| Some((c.get(0)?.range(), field_label(&c[1])?))).collect() };
    let found = if text.contains('：') { labels(&LABEL) } else { Vec::new() };
    let table = || if text.contains(['，', '。']) { Vec::new() } else { labels(&BARE_LABEL) };
    let found = if found.is_empty() { Some(table()).filter(|bare| bare.len() > 1).unwrap_or_default() } else { found };
    if found.first().is_none_or(|(first, _)| !text[..first.start].trim().is_empty()) {
        return Vec::new();
    }
    let ends = found.iter().skip(1).map(|(next, _)| next.start).chain([text.len()]);
    found
        .iter()
        .zip(ends)
        .map(|((label, meaning), end)| {
            let value = &text[label.end..end];
            let start = label.end + value.len() - value.trim_start().len();
            Field { label: *meaning, value: Span::new(start, start + value.trim().len()) }
        })
        .collect()
}

/// What a page offers its reader: a line of such a word, and perhaps of others, is no line of the document.
const OFFERS: [&str; 43] = [
    "下载",
    "打印",
    "全屏",
    "收藏",
    "分享",
    "分享到",
    "关闭",
    "关闭窗口",
    "打印本页",
    "关闭本页",
    "返回",
    "返回顶部",
    "返回首页",
    "首页",
    "加大",
    "还原",
    "减小",
    "字号",
    "字体",
    "纠错",
    "我要纠错",
    "保存",
    "扫一扫",
    "上一篇",
    "下一篇",
    "相关报道",
    "相关链接",
    "相关附件",
    "相关稿件",
    "相关阅读",
    "相关文档",
    "文件下载",
    "附件下载",
    "原文下载",
    "点击下载",
    "主办单位",
    "网站地图",
    "联系我们",
    "无障碍浏览",
    "视力保护色",
    "微信",
    "微博",
    "复制链接",
];
/// The same, of what reads it aloud or explains it.
const EXPLAINS: [&str; 5] = ["朗读", "语音播报", "政策解读", "图解", "解读"];

static FURNITURE: LazyLock<Regex> = LazyLock::new(|| {
    let offers = [OFFERS.as_slice(), EXPLAINS.as_slice()].concat().join("|");
    Regex::new(&format!(
        r"(?x)^(?:
          [【\[]?(?:{offers}|大|中|小)[】\]]?[:：]?(?:[\x20|]*(?:打印|关闭|收藏|大|中|小|分享|窗口))*
        | 扫一扫在手机打开当前页 | 您(?:当前|现在)?(?:的)?(?:位置|所在).* | 当前位置.*
        | 【字[号体][:：]?.* | [】\]] | [字][体号][:：]?\s*[\[【].* | 浏览次数.* | -\s*\[.*\]\(.*\)
        | [-—－]\s*[0-9]{{1,3}}\s*[-—－] | 第\s?[0-9]+\s?页.{{0,12}} | [（(]此件.{{2,12}}[)）]
        )$",
    ))
    .expect("the pattern of furniture is well formed")
});

/// The way to a page, as it stands above it: `首页 > 政务公开 > 文件`.
static WAY: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:(?:首页|主页).{0,12}[>＞»›].*|[^。；，：>＞»›]{2,20}[>＞»›][^。；，：]{2,20}[>＞»›].{0,60})$")
        .expect("the pattern of ways is well formed")
});

/// Whether a line is the name of a file and nothing else: `附件1.docx`.
fn is_file_name(text: &str) -> bool {
    const KINDS: [&str; 9] = ["pdf", "doc", "docx", "wps", "ofd", "zip", "rar", "xls", "xlsx"];
    text.rsplit_once('.').is_some_and(|(name, kind)| KINDS.contains(&kind) && name.chars().count() <= 60 && !name.contains('\n'))
}

/// Whether a line says whose a page is: `某市人民政府版权所有`, `京ICP备05070218号`.
fn names_owner(text: &str) -> bool {
    text.contains("ICP备") || text.find("版权所有").is_some_and(|at| text[..at].chars().count() <= 12)
}

/// Whether a line belongs to the page, not to the document.
pub(super) fn is_furniture(text: &str) -> bool {
    let is_way = || text.contains(['>', '＞', '»', '›']) && WAY.is_match(text);
    let is_one = || FURNITURE.is_match(text) || is_file_name(text) || names_owner(text) || is_way();
    text.len() < 200 && (is_one() || !text.chars().any(char::is_alphanumeric))
}

/// How many lines at the start are a page's front matter: `---`, `title: 渔具管理条例`, `---`.
pub(super) fn matter(lines: &[Line<'_>]) -> usize {
    const LONGEST: usize = 40;
    let is_rule = |line: &Line<'_>| line.1.trim_end() == "---";
    let keyed = |(_, line): &Line<'_>| {
        let key = line.trim_start().split(':').next().unwrap_or("");
        line.starts_with([' ', '-']) || line.contains(':') && key.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '-'))
    };
    if !lines.first().is_some_and(is_rule) {
        return 0;
    }
    let end = lines.iter().take(LONGEST).skip(1).position(is_rule).map_or(0, |at| at + 2);
    if end > 2 && lines[1..end - 1].iter().all(keyed) { end } else { 0 }
}

/// Whether a line belongs to a table of contents: `一、发展环境………… 12`.
pub(super) fn is_line_of_contents(text: &str) -> bool {
    let bare = text.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, ' ' | '-' | '—' | '（' | '）'));
    bare.len() < text.len() && ["....", "……", "····", "．．．．"].iter().any(|dots| bare.ends_with(dots))
}

static NUMBER_LINE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^\p{Han}{1,12}[〔（【\[]?(?:19|20)[0-9]{2}[〕）】\]]?年?第?[0-9]{1,4}号$")
        .expect("the pattern of document numbers is well formed")
});

/// The 文号 that a whole line is: `国发〔2018〕42号`, `（国发〔2018〕42号）`.
pub fn document_number(text: &str) -> Option<&str> {
    // Asked of every line: most are longer, or name no number.
    if text.len() >= 100 || !text.contains('号') {
        return None;
    }
    let bare = text.strip_prefix('（').and_then(|t| t.strip_suffix('）')).unwrap_or(text).trim();
    // 发文字号 豫政〔2015〕24号
    let labelled = ["发文字号", "发文号", "文号"].iter().find_map(|label| bare.strip_prefix(label));
    let bare = labelled.map_or(bare, |number| number.trim_start_matches(['：', ':', ' ']));
    // 怀政办发〔2020〕20号 HHCR—2020—01007: behind it the number under which it is registered.
    let registered = |code: &str| code.starts_with(|c: char| c.is_ascii_uppercase()) && !code.contains(crate::text::fold::is_han);
    let bare = bare.split_once(' ').filter(|(_, code)| registered(code.trim())).map_or(bare, |(number, _)| number);
    // 川办函〔2015〕160号 2015年9月1日, and the day before it
    let dated = bare.split_once('号').filter(|(_, day)| is_day(day.trim())).map(|(number, _)| &bare[..number.len() + '号'.len_utf8()]);
    let day = || crate::text::date::find_day(bare).filter(|(day, _)| day.start == 0 && day.end < bare.len());
    let bare = dated.or_else(|| Some(bare[day()?.0.end..].trim())).unwrap_or(bare);
    (bare.ends_with('号') && NUMBER_LINE.is_match(bare)).then_some(bare)
}

/// Whether the whole line is a day: `二○一一年五月二十一日`.
pub(super) fn is_day(text: &str) -> bool {
    text.len() < 60 && crate::text::date::find_day(text).is_some_and(|(span, _)| span.start == 0 && span.end == text.len())
}

static SALUTATION: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?:政府|行署|部门|机构|机关|单位|委员会|直属|代表|同志|公司|高校|院校|各[委办局厅部处]|[局厅部委办院校区县市州盟])[^。；]{0,12}：$").expect("the pattern of addressees is well formed")
});

/// Whether the line addresses the document's receivers: `各市（地）、县（市）人民政府，省政府各直属单位：`.
pub(super) fn is_salutation(text: &str) -> bool {
    text.chars().count() <= 200
        && SALUTATION.is_match(text)
        && (text.starts_with('各')
            || ["，各", "、各", "人民政府", "单位"].iter().any(|word| text.contains(word))
            // 国务院有关部门：, 市直各有关部门：
            || text.ends_with("部门：") && text.chars().count() <= 16 && text.starts_with(['国', '省', '市', '县', '区', '州']))
}

/// The words that end a document's title, most specific first.
pub const GENRES: &[&str] = &[
    "通知", "意见", "方案", "规划", "办法", "决定", "纲要", "报告", "公告", "细则", "条例", "规定", "计划", "要点", "措施", "批复", "通报",
    "公报", "规程", "制度", "政策", "章程", "决议", "指南", "目录", "标准", "准则", "清单", "函", "令", "建议", "议案", "规则", "举措",
    "指引", "战略", "设想", "行动", "声明", "预案", "纪要", "解读",
];

/// Whether a line reads as a title: it ends with a genre's word, holds no sentence and opens with no mark.
pub(super) fn is_title(text: &str) -> bool {
    // 国务院关于落实《政府工作报告》| 重点工作部门分工的意见: a title named within another is not where that ends.
    if text.trim_end().ends_with('》') && text.find('《').is_some_and(|at| text[..at].contains("关于")) {
        return false;
    }
    let text = without_footnote(text).trim_end_matches(['》', ' ']);
    let text = strip_suffix_note(text);
    let length = text.chars().count();
    (4..=90).contains(&length)
        && !text.contains(['。', '；', '：', '？', '！', '\t'])
        && !text.ends_with(['，', '、'])
        && GENRES.iter().any(|genre| text.ends_with(genre))
        && super::marker::marker_at(text).is_none()
}

/// A line without the mark of a footnote at its end: `…统计公报[1]`.
pub(super) fn without_footnote(text: &str) -> &str {
    let text = text.trim_end();
    let number = |mark: &str| !mark.is_empty() && mark.strip_prefix('注').unwrap_or(mark).bytes().all(|b| b.is_ascii_digit());
    match text.strip_suffix(']').and_then(|open| open.rsplit_once('[')) {
        Some((bare, mark)) if number(mark) && !bare.is_empty() => bare.trim_end(),
        _ => text,
    }
}

/// A title without its closing note: `…规划（2021—2025年）`, `…办法（试行）`, `（草案）`.
pub(super) fn strip_suffix_note(text: &str) -> &str {
    let text = text.trim();
    match closing_brackets(text) {
        Some((bare, _)) if !bare.is_empty() && text.len() - bare.len() < 60 => bare.trim_end(),
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn header_fields_are_read_with_spaces_and_several_on_a_line() {
        let text = "索引号：000014349/2016-712118 主题分类：综合政务";
        let read: Vec<_> = fields(text).into_iter().map(|f| (f.label, &text[f.value.range()])).collect();
        assert_eq!(read, [(FieldLabel::Other, "000014349/2016-712118"), (FieldLabel::Other, "综合政务")]);
        let text = "标 题：国务院关于加快推进农业机械化的指导意见";
        assert_eq!(&text[fields(text)[0].value.range()], "国务院关于加快推进农业机械化的指导意见");
        let text = "发布机构区人民政府办公室文 号临政办〔2023〕1号";
        let read: Vec<_> = fields(text).into_iter().map(|f| (f.label, &text[f.value.range()])).collect();
        assert_eq!(read, [(FieldLabel::Issuer, "区人民政府办公室"), (FieldLabel::Number, "临政办〔2023〕1号")]);
        assert!(fields("本办法的文号：由办公厅编").is_empty());
    }

    #[test]
    fn titles_furniture_salutations() {
        assert!(is_title("促进内外贸一体化发展的实施意见"));
        assert!(is_title("成都市“十四五”数字经济发展规划（2021—2025年）"));
        assert!(!is_title("现提出以下意见。"));
        assert!(!is_title("一、工作计划"));
        assert!(is_furniture("扫一扫在手机打开当前页") && is_furniture("打印 关闭") && is_furniture("— 3 —") && !is_furniture("总则"));
        assert!(is_salutation("各市（地）、县（市）人民政府（行署），省政府各直属单位："));
        assert!(!is_salutation("重点做好六个方面工作："));
        assert!(
            document_number("（渝府办发〔2022〕109号）") == Some("渝府办发〔2022〕109号")
                && document_number("《通知》（黑发〔2011〕3号）").is_none()
        );
        assert!(is_day("二○一二年一月十三日") && !is_day("2017年1月1日开始"));
    }
}
