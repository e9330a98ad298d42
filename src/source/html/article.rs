//! Which part of a page is the document?
//!
//! Of a page of 中国政府网 it is `#UCAP-CONTENT`; the table of 索引号 and 发文字号 above it and the headline belong to it, the menus and the
//! neighbouring news don't. On a site never seen it is the smallest element that holds nearly all sentences.

use super::tree::{NONE, Tag, Tree};

/// Ids and classes that content management systems of governments give to the article.
const CONTAINERS: &[&str] = &[
    "ucap-content",
    "pages_content",
    "zoom",
    "trs_editor",
    "trs_editor_view",
    "trs_uew",
    "trs_ueditor",
    "trs_web",
    "vsb_content",
    "v_news_content",
    "article",
    "article-content",
    "article_content",
    "articlecontent",
    "article-con",
    "article_con",
    "articlecon",
    "article-body",
    "article_body",
    "article_txt",
    "articletext",
    "article-text",
    "view",
    "content",
    "contents",
    "conten",
    "contentbox",
    "content_box",
    "content-box",
    "con_text",
    "main-content",
    "main_content",
    "maincontent",
    "news_content",
    "newscontent",
    "news-content",
    "newstext",
    "detail",
    "details",
    "detail-content",
    "detail_content",
    "detailcontent",
    "text",
    "txt",
    "wenzhang",
    "wzcon",
    "wz_content",
    "zwcontent",
    "zw_content",
    "zhengwen",
    "xxgk_content",
    "gknr",
    "gknbxq_detail",
    "info-content",
    "infocontent",
    "info_content",
    "j-fontcontent",
    "fontzoom",
    "xl_content",
    "xlcontent",
    "xl_con",
    "ewb-article",
    "neirong",
    "bodycontent",
    "rich_media_content",
    "js_content",
    "paper",
    "mainbody",
    "cont",
];

/// Parts of ids and classes that belong to the site.
const SITE: &[&str] = &[
    "nav",
    "navbar",
    "navigation",
    "menu",
    "breadcrumb",
    "breadcrumbs",
    "crumb",
    "crumbs",
    "footer",
    "foot",
    "copyright",
    "share",
    "bdshare",
    "bdsharebuttonbox",
    "bshare",
    "sharebox",
    "social",
    "toolbar",
    "print",
    "related",
    "relevant",
    "recommend",
    "sidebar",
    "aside",
    "search",
    "login",
    "qrcode",
    "ewm",
    "erweima",
    "fontsize",
    "pagination",
    "pager",
    "comment",
    "comments",
    "banner",
    "ads",
    "advert",
    "hotnews",
    "position",
    "location",
    "weizhi",
    "dqwz",
    "mianbao",
    "mbx",
    "xgwz",
    "xglj",
    "xgyd",
    "xgzc",
    "fenxiang",
    "dayin",
    "topbar",
    "toptool",
];

/// Labels of the table above a document, white space left out.
const LABELS: &[&str] = &[
    "索引号",
    "索取号",
    "信息索引",
    "发文机关",
    "发布机构",
    "发布单位",
    "发文单位",
    "制发机关",
    "成文日期",
    "生成日期",
    "发文日期",
    "制发日期",
    "发文字号",
    "文号",
    "文件编号",
    "统一编号",
    "发布日期",
    "公开日期",
    "发布时间",
    "主题词",
    "主题分类",
    "组配分类",
    "信息分类",
    "体裁分类",
    "标题",
    "名称",
    "有效性",
    "时效性",
    "效力状态",
    "公开方式",
    "公文种类",
    "服务对象分类",
    "关键词",
    "信息名称",
    "主题",
    "分类",
    "生效日期",
    "施行日期",
    "失效日期",
    "废止日期",
    "内容概述",
];

/// What a page's parts weigh, by node.
pub(super) struct Page<'a> {
    pub tree: &'a Tree<'a>,
    /// Nodes of the site, of programs, of forms.
    pub dropped: Vec<bool>,
    score: Vec<u32>,
    characters: Vec<u32>,
}

/// The parts that are the document, in order.
pub(super) struct Article {
    /// The table of 索引号, 发文机关 …, if it stands outside the text.
    pub header: Option<u32>,
    /// The elements that hold the text.
    pub roots: Vec<u32>,
}

impl<'a> Page<'a> {
    pub fn weigh(tree: &'a Tree<'a>) -> Self {
        let own: Vec<bool> =
            tree.nodes.iter().map(|node| is_never_text(node.tag) || is_hidden(node.attribute("style"), node.attribute("hidden"))).collect();
        let mut page = Page { tree, dropped: own, score: Vec::new(), characters: Vec::new() };
        page.inherit();
        page.sum();
        // What is hidden is the document after all where nothing else is (a viewer shows it later).
        if page.score[0] < 200 {
            page.dropped = tree.nodes.iter().map(|node| is_never_text(node.tag)).collect();
            page.inherit();
            page.sum();
        }
        let most = page.score[0] / 10 * 3;
        for (at, node) in tree.nodes.iter().enumerate() {
            if !page.dropped[at] && page.score[at] <= most && page.is_of_the_site(at as u32, node.tag) {
                page.dropped[at] = true;
            }
        }
        page.inherit();
        page.sum();
        page
    }

    /// A child of a dropped node is dropped.
    fn inherit(&mut self) {
        for (at, node) in self.tree.nodes.iter().enumerate().skip(1) {
            self.dropped[at] |= self.dropped[node.parent as usize];
        }
    }

    /// Adds up, from the leaves to the root, what is written outside of links. A sentence's characters count four
    /// times as much as those of a text without `，。；：、`, which may be a menu.
    fn sum(&mut self) {
        let count = self.tree.nodes.len();
        (self.score, self.characters) = (vec![0; count], vec![0; count]);
        let mut linked = vec![false; count];
        for (at, node) in self.tree.nodes.iter().enumerate() {
            let above = node.parent != NONE && linked[node.parent as usize] && !node.tag.is_block();
            linked[at] = above || (node.tag == Tag::A && node.attribute("href").is_some());
            if node.tag == Tag::Text && !self.dropped[at] {
                let letters = node.text.chars().filter(|c| c.is_alphanumeric()).count() as u32;
                self.characters[at] = letters;
                let is_sentence = node.text.contains(['，', '。', '；', '：', '、']);
                self.score[at] = if linked[at] {
                    0
                } else if is_sentence {
                    letters * 4
                } else {
                    letters
                };
            }
        }
        for at in (1..count).rev() {
            let parent = self.tree.nodes[at].parent as usize;
            self.score[parent] = self.score[parent].saturating_add(self.score[at]);
            self.characters[parent] = self.characters[parent].saturating_add(self.characters[at]);
        }
    }

    fn is_of_the_site(&self, at: u32, tag: Tag) -> bool {
        if matches!(tag, Tag::Nav | Tag::Footer | Tag::Aside | Tag::Button | Tag::Menu) {
            return true;
        }
        if matches!(tag, Tag::Text | Tag::Root | Tag::Body | Tag::P | Tag::Td | Tag::Tr | Tag::Tbody) || tag.is_heading() {
            return false;
        }
        let node = self.tree.node(at);
        let names = [node.attribute("id"), node.attribute("class")].into_iter().flatten();
        names.flat_map(str::split_ascii_whitespace).any(|name| {
            let name = name.trim_end_matches(|c: char| c.is_ascii_digit());
            words(name).any(|word| SITE.contains(&word.to_ascii_lowercase().as_str()))
        })
    }

    pub fn article(&self) -> Article {
        let roots = self.known_containers().unwrap_or_else(|| vec![self.densest()]);
        let header = self.header(&roots);
        Article { header, roots }
    }

    /// The best element with a known name, and its like beside it, if they hold most of the page.
    fn known_containers(&self) -> Option<Vec<u32>> {
        let named: Vec<(u32, &str)> = (1..self.tree.nodes.len() as u32)
            .filter(|&at| !self.dropped[at as usize] && self.score[at as usize] > 0)
            .filter_map(|at| self.container_name(at).map(|name| (at, name)))
            .collect();
        let best = named.iter().map(|&(at, _)| self.score[at as usize]).max()?;
        // The last of those that hold as much is the innermost.
        let &(inner, name) = named.iter().rev().find(|&&(at, _)| self.score[at as usize] / 95 * 100 >= best / 100 * 100)?;
        let mut roots: Vec<u32> = Vec::new();
        for &(at, other) in &named {
            if other == name && !roots.last().is_some_and(|&root| self.is_within(at, root)) && (at == inner || !self.is_within(inner, at)) {
                roots.push(at);
            }
        }
        let held: u32 = roots.iter().map(|&root| self.score[root as usize]).sum();
        (u64::from(held) * 10 >= u64::from(self.score[0]) * 6).then_some(roots)
    }

    fn container_name(&self, at: u32) -> Option<&str> {
        let node = self.tree.node(at);
        let names = [node.attribute("id"), node.attribute("class")].into_iter().flatten();
        names.flat_map(str::split_ascii_whitespace).find(|name| is_container(name)).or(match node.tag {
            Tag::Article => Some("article"),
            Tag::UcapContent => Some("ucapcontent"),
            _ => None,
        })
    }

    /// Down from the page's root, as long as one child holds 93 of 100 parts of all.
    fn densest(&self) -> u32 {
        let (mut at, mut whole, all) = (0, 0, u64::from(self.score[0]));
        let holds = |child: &u32| u64::from(self.score[*child as usize]) * 100 >= all * 93;
        while all > 0
            && let Some(child) = self.tree.children(at).find(holds)
            && !matches!(self.tree.node(child).tag, Tag::Text | Tag::P)
        {
            at = child;
            // A row without its table is none.
            if !matches!(self.tree.node(at).tag, Tag::Tr | Tag::Tbody | Tag::Thead) {
                whole = at;
            }
        }
        whole
    }

    /// The smallest element with three labels or more, grown as long as that adds but a few characters.
    fn header(&self, roots: &[u32]) -> Option<u32> {
        const MOST: u32 = 1000;
        let mut labels = vec![0_u32; self.tree.nodes.len()];
        for at in (1..self.tree.nodes.len()).rev() {
            let node = &self.tree.nodes[at];
            if node.tag == Tag::Text && !self.dropped[at] {
                labels[at] = u32::from(is_label(&node.text));
            }
            labels[node.parent as usize] += labels[at];
        }
        let fits = |at: u32| labels[at as usize] >= 3 && self.characters[at as usize] <= MOST;
        let mut at = (1..self.tree.nodes.len() as u32).find(|&at| fits(at) && !self.tree.children(at).any(fits))?;
        while let Some(parent) = self.tree.ancestors(at).next()
            && fits(parent)
            && (self.characters[parent as usize] <= self.characters[at as usize] + 40 || labels[parent as usize] > labels[at as usize])
            && !roots.iter().any(|&root| self.is_within(root, parent))
        {
            at = parent;
        }
        let tag = |at: u32| self.tree.node(at).tag;
        // A table's rows need their table.
        let at = if matches!(tag(at), Tag::Tr | Tag::Tbody | Tag::Thead) {
            self.tree.ancestors(at).find(|&above| tag(above) == Tag::Table).unwrap_or(at)
        } else {
            at
        };
        let is_apart = roots.iter().all(|&root| !self.is_within(at, root) && !self.is_within(root, at));
        (is_apart && roots.iter().all(|&root| at < root)).then_some(at)
    }

    /// Whether a node is the other or stands inside it.
    pub fn is_within(&self, at: u32, other: u32) -> bool {
        at == other || self.tree.ancestors(at).any(|above| above == other)
    }

    /// How many letters stand in the node.
    pub fn letters(&self, at: u32) -> u32 {
        self.characters[at as usize]
    }

    /// A list of links to other pages, not to attachments.
    pub fn is_link_list(&self, at: u32) -> bool {
        let node = self.tree.node(at);
        if !matches!(node.tag, Tag::Ul | Tag::Ol | Tag::Dl | Tag::Div | Tag::Section | Tag::Table)
            || self.letters(at) == 0
            || self.letters(at) > 2000
        {
            return false;
        }
        // Text outside of links scores; of a list of links nearly none does.
        if self.score[at as usize] * 8 > self.letters(at) {
            return false;
        }
        let mut links = 0;
        let mut stack: Vec<u32> = self.tree.children(at).collect();
        while let Some(at) = stack.pop() {
            if let (Tag::A, Some(href)) = (self.tree.node(at).tag, self.tree.node(at).attribute("href")) {
                let href = href.to_ascii_lowercase();
                if [".doc", ".docx", ".pdf", ".xls", ".xlsx", ".zip", ".rar", ".wps", ".ofd"].iter().any(|end| href.ends_with(end)) {
                    return false;
                }
                links += 1;
            }
            stack.extend(self.tree.children(at));
        }
        links >= 4
    }
}

/// The words of an id or class: `pages_print`, `share-box`, `BreadcrumbNav`.
fn words(name: &str) -> impl Iterator<Item = &str> {
    name.split(['-', '_']).flat_map(|part| {
        let mut edges: Vec<usize> = vec![0];
        let bytes = part.as_bytes();
        edges.extend((1..bytes.len()).filter(|&at| bytes[at].is_ascii_uppercase() && bytes[at - 1].is_ascii_lowercase()));
        let ends: Vec<usize> = edges.iter().skip(1).copied().chain([part.len()]).collect();
        std::iter::once(part).chain(edges.into_iter().zip(ends).map(|(start, end)| &part[start..end]))
    })
}

/// A name of the list, or one made like them: `detailContent`, `news_con`, `trs_web`.
fn is_container(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    CONTAINERS.contains(&name.as_str())
        || name.starts_with("trs_")
        || ["content", "article", "-con", "_con", "editor"].iter().any(|end| name.ends_with(end))
}

fn is_never_text(tag: Tag) -> bool {
    use Tag::{
        Audio, Canvas, Embed, Head, Iframe, Noembed, Noframes, Noscript, Object, Option, Rp, Rt, Script, Select, Style, Svg, Template,
        Textarea, Title, Video,
    };
    matches!(
        tag,
        Audio
            | Canvas
            | Embed
            | Head
            | Iframe
            | Noembed
            | Noframes
            | Noscript
            | Object
            | Option
            | Rp
            | Rt
            | Script
            | Select
            | Style
            | Svg
            | Template
            | Textarea
            | Title
            | Video
    )
}

fn is_hidden(style: Option<&str>, hidden: Option<&str>) -> bool {
    let style = style.map(|style| style.chars().filter(|c| !c.is_whitespace()).collect::<String>().to_ascii_lowercase());
    hidden.is_some() || style.is_some_and(|style| style.contains("display:none") || style.contains("visibility:hidden"))
}

pub(super) fn is_label(text: &str) -> bool {
    if text.len() > 100 {
        return false;
    }
    let text: String = text.chars().filter(|c| !c.is_whitespace() && !"[]【】〔〕".contains(*c)).collect();
    LABELS.iter().any(|label| text.strip_prefix(label).is_some_and(|rest| rest.is_empty() || rest.starts_with(['：', ':'])))
}
