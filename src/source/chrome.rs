//! Which lines of a page or a print-out of it are not the document's?
//!
//! `【打印】【关闭】`, `扫一扫在手机打开当前页` and `当前位置：首页 > 政务公开` belong to the site.

/// Words that a line of the site's own is made of, the longer before the shorter.
const WORDS: &[&str] = &[
    "扫一扫在手机打开当前页",
    "扫一扫在手机上查看当前页面",
    "用手机扫描二维码打开此页",
    "扫一扫手机打开当前页",
    "扫码打开当前页",
    "分享到朋友圈",
    "分享到微信",
    "分享到微博",
    "微信扫一扫",
    "打印本页",
    "打印此页",
    "打印文章",
    "关闭窗口",
    "关闭本页",
    "关闭页面",
    "关闭此页",
    "加入收藏",
    "设为首页",
    "返回顶部",
    "返回首页",
    "回到顶部",
    "我要纠错",
    "更多",
    "我要打印",
    "政策咨询",
    "无障碍阅读",
    "无障碍浏览",
    "阅读辅助",
    "长者模式",
    "关怀版",
    "适老版",
    "长辈版",
    "听全文",
    "大字版",
    "网站地图",
    "网站帮助",
    "网站声明",
    "关于我们",
    "联系我们",
    "分享文章",
    "分享到",
    "扫一扫",
    "微信",
    "微博",
    "QQ空间",
    "打印",
    "关闭",
    "收藏",
    "分享",
    "字体大小",
    "字体",
    "字号",
    "背景色",
    "语音播报",
    "朗读",
    "放大",
    "缩小",
    "默认",
    "大",
    "中",
    "小",
    "简体",
    "繁體",
    "繁体",
    "简",
    "繁",
    "保存",
    "纠错",
    "登录",
    "注册",
    "请输入搜索关键词",
    "搜索",
];

/// Heads of lines that tell of the page, or lead away from it.
const HEADS: &[&str] = &[
    "当前位置",
    "您的位置",
    "您所在的位置",
    "您现在的位置",
    "你的位置",
    "所在位置",
    "上一篇",
    "下一篇",
    "上一条",
    "下一条",
    "责任编辑",
    "编辑：",
    "网站编辑",
    "分享到",
    "分享：",
    "相关链接",
    "相关稿件",
    "相关阅读",
    "相关新闻",
    "相关文章",
    "相关推荐",
    "扫一扫",
    "手机版",
    "浏览次数",
    "访问次数",
    "点击次数",
    "点击数",
    "阅读次数",
    "浏览量",
    "访问量",
];

/// What only a site's foot says.
const FOOT: &[&str] = &[
    "ICP备",
    "公网安备",
    "网站标识码",
    "版权所有",
    "版权：",
    "主办：",
    "网站地图",
    "主办单位：",
    "承办单位：",
    "技术支持：",
    "建议使用",
    "最佳浏览",
    "All Rights Reserved",
];

/// Whether the line is the site's, not the document's. Long lines never are.
pub(super) fn is_chrome(line: &str) -> bool {
    let line = line.trim();
    if line.len() > 300 {
        return false;
    }
    let rest = after_words(line).0;
    let starts = |heads: &[&str]| heads.iter().any(|head| line.starts_with(head) || rest.starts_with(head));
    is_made_of_words(line)
        || (line.len() <= 240 && starts(HEADS))
        || is_about_the_page(line, 2)
        || is_about_the_page(after_time(line), 1)
        || is_menu(line)
        || is_bar(line)
        || (line.len() <= 200 && FOOT.iter().filter(|foot| line.contains(**foot)).count() >= 2)
        || (line.len() <= 120 && ["ICP备", "公网安备", "网站标识码"].iter().any(|foot| line.contains(foot)))
}

/// `【打印】 【关闭】`, `【字体：大 中 小】`: words of a site and nothing else. 大 alone may be a cell.
fn is_made_of_words(line: &str) -> bool {
    let (rest, letters) = after_words(line);
    rest.is_empty() && letters >= 2
}

/// What follows the words of a site that a line begins with, and how many characters these have.
fn after_words(line: &str) -> (&str, usize) {
    let is_edge = |c: char| c.is_whitespace() || "【】[]［］（）()：:|｜·、，。/>»-—".contains(c);
    let (mut rest, mut letters) = (line.trim_start_matches(is_edge), 0);
    while let Some(word) = WORDS.iter().find(|word| rest.starts_with(**word)) {
        rest = rest[word.len()..].trim_start_matches(is_edge);
        letters += word.chars().count();
    }
    (rest, letters)
}

/// `2021-08-01 06:59 来源：新华社` without its time.
fn after_time(line: &str) -> &str {
    let rest = line.trim_start_matches(|c: char| c.is_ascii_digit() || "-/:年月日 　".contains(c));
    if line.starts_with("20") && rest.starts_with("来源") { rest } else { "" }
}

/// `发布日期：2026-07-03 10:21 信息来源：省经信厅 浏览次数：1`: fields of the page on a line, so many of them or more.
fn is_about_the_page(line: &str, least: usize) -> bool {
    const FIELDS: &[&str] = &[
        "发布日期",
        "发布时间",
        "更新时间",
        "信息来源",
        "来源",
        "作者",
        "浏览次数",
        "访问次数",
        "点击数",
        "点击次数",
        "浏览量",
        "阅读次数",
        "字体",
        "字号",
        "发布机构",
        "责任编辑",
        "浏览",
    ];
    let starts = line.len() <= 240 && FIELDS.iter().any(|field| line.trim_start_matches(['【', '[', ' ']).starts_with(field));
    let names = |field: &&&str| line.match_indices(**field).any(|(at, _)| line[at + field.len()..].starts_with(['：', ':']));
    starts && !line.contains('。') && FIELDS.iter().filter(names).count() >= least
}

/// `首页  组织机构  经信动态  政务服务`.
fn is_menu(line: &str) -> bool {
    let items = line.split([' ', '　', '\t', '|', '>']).filter(|item| !item.is_empty());
    line.starts_with("首页") && items.clone().count() >= 3 && items.map(str::len).max() <= Some(30)
}

/// `简  繁  阅读辅助  关怀版  浙江政务服务网`: three words of a site among short ones.
fn is_bar(line: &str) -> bool {
    let items = line.split([' ', '　', '\t', '|']).filter(|item| !item.is_empty());
    let words = items.clone().filter(|item| WORDS.contains(item) && item.len() >= 3).count();
    words >= 3 && items.map(str::len).max() <= Some(45) && !line.contains(['。', '，', '；'])
}

/// Drops the site's lines.
pub(super) fn without_chrome(lines: Vec<String>) -> Vec<String> {
    lines.into_iter().filter(|line| !is_chrome(line)).collect()
}

#[cfg(test)]
mod tests {
    use super::is_chrome;

    #[test]
    fn the_sites_lines_are_told_from_the_documents() {
        for line in [
            "扫一扫在手机打开当前页",
            "【打印】 【关闭】",
            "字体：[大 中 小]",
            "当前位置：首页 > 政务公开 > 文件",
            "打印 关闭",
            "上一篇：关于印发方案的通知",
            "发布日期：2026-07-03 10:21 信息来源：省经信厅 浏览次数：1",
            "首页        组织机构         经信动态            政务服务",
            "浙ICP备10026456号 网站标识码3300000013",
            "简    繁    阅读辅助   关怀版",
            "简 繁 阅读辅助 关怀版 工业和信息化部 浙江政务服务网 登",
            "责任编辑：张三",
            "【我要纠错】 责任编辑：张三",
            "2021-08-01 06:59 来源： 新华社 【字体：大 中 小】打印",
        ] {
            assert!(is_chrome(line), "{line}");
        }
        for line in [
            "一、总体要求",
            "（此件公开发布）",
            "附件：1.重点任务分工表",
            "大",
            "来源：国家统计局",
            "责任单位：省经信厅、省财政厅",
            "发布机构：省政府办公厅",
            "小微企业",
            "中小企业",
            "大中小企业融通发展",
            "主办单位：省商务厅",
            "打印机产业",
            "微信公众号建设",
            "发文机关：\t国务院\t成文日期：\t2018年12月21日",
        ] {
            assert!(!is_chrome(line), "{line}");
        }
    }
}
