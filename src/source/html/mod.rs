//! Which lines of a web page are the document, and what do its tags say of it?
//!
//! A page of 中国政府网 gives the table `索引号：⇥000014349/2018-00223⇥…`, the headline, and the article, a paragraph a line; its menus, its
//! `【打印】` and its neighbouring news are left out.

mod article;
mod render;
mod tree;

use super::chrome::without_chrome;
use super::meta::Meta;
use article::Page;
use tree::{Tag, Tree};

/// What a page says.
pub(super) struct Read {
    pub text: String,
    pub meta: Meta,
}

/// Takes the document out of a decoded page. Never fails: a page without a document gives an empty text.
pub(super) fn read_page(page: &str) -> Read {
    let tree = Tree::parse(page);
    let page = Page::weigh(&tree);
    let article = page.article();
    let meta = read_meta(&tree);
    let mut body: Vec<String> = article.roots.iter().flat_map(|&root| without_chrome(render::lines(&page, root))).collect();
    let mut lines = article.header.map_or_else(Vec::new, |header| with_labels(without_chrome(render::lines(&page, header))));
    if repeats_headline(&body) {
        body.remove(0);
    }
    if let Some(headline) = find_headline(&page, &article.roots, meta.title.as_deref()) {
        let headline = render::lines(&page, headline);
        if !begins_with(&body, &headline) {
            lines.extend(headline);
        }
    }
    lines.extend(body);
    let mut text = lines.join("\n");
    if !text.is_empty() {
        text.push('\n');
    }
    Read { text, meta }
}

/// Joins a label that stands alone with its value: `发文机关：` and `国务院`, as the cells of a row are.
fn with_labels(lines: Vec<String>) -> Vec<String> {
    let is_lone = |line: &str| line.ends_with(['：', ':']) && !line.contains('\t') && article::is_label(line);
    let mut joined: Vec<String> = Vec::new();
    for line in lines {
        match joined.last_mut() {
            Some(last) if is_lone(last) && !article::is_label(&line) => {
                last.push('\t');
                last.push_str(&line);
            }
            _ => joined.push(line),
        }
    }
    joined
}

/// The headline above the article: an `<h1>`, or the element that says what the page's title says.
fn find_headline(page: &Page, roots: &[u32], title: Option<&str>) -> Option<u32> {
    let first = roots.iter().copied().min()?;
    let title = title.map(squeeze);
    let candidates = || {
        (1..first).filter(|&at| {
            let node = page.tree.node(at);
            !page.dropped[at as usize] && node.tag != Tag::Text && (6..=120).contains(&page.letters(at)) && !page.is_within(first, at)
        })
    };
    let says_title = |&at: &u32| title.as_ref().is_some_and(|title| *title == squeeze(&render::lines(page, at).concat()));
    let is_headline = |&at: &u32| page.tree.node(at).tag == Tag::H1;
    candidates().rfind(says_title).or_else(|| candidates().find(is_headline))
}

/// Whether the first line, the page's headline, stands again in the lines after it, the document's own.
fn repeats_headline(body: &[String]) -> bool {
    let Some(headline) = body.first().filter(|line| !line.contains('。') && line.len() <= 400) else { return false };
    let headline = squeeze(headline);
    headline.len() >= 18 && (2..=body.len().min(5)).any(|end| squeeze(&body[1..end].concat()) == headline)
}

/// Whether the first lines already hold the headline.
fn begins_with(body: &[String], headline: &[String]) -> bool {
    let start = squeeze(&body.iter().take(12).map(String::as_str).collect::<String>());
    start.contains(&squeeze(&headline.concat()))
}

fn squeeze(text: &str) -> String {
    text.chars().filter(|c| c.is_alphanumeric()).collect()
}

/// `<title>` and the tags that content management systems of governments write: ArticleTitle, PubDate, Url.
fn read_meta(tree: &Tree) -> Meta {
    let mut meta = Meta::default();
    let mut page_title = None;
    for (at, node) in tree.nodes.iter().enumerate() {
        match node.tag {
            Tag::Title if page_title.is_none() => {
                let text: String = tree.children(at as u32).map(|child| tree.node(child).text.as_ref()).collect();
                page_title = non_empty(&text);
            }
            Tag::Meta => {
                let name = node.attribute("name").or(node.attribute("property")).unwrap_or_default().to_ascii_lowercase();
                let name = name.strip_prefix("meta-").unwrap_or(&name);
                let content = node.attribute("content").and_then(non_empty);
                match name {
                    "articletitle" => meta.title = content.or(meta.title),
                    "og:title" => meta.title = meta.title.or(content),
                    "pubdate" | "article:published_time" | "publishdate" => {
                        meta.issued = meta.issued.or(content.as_deref().and_then(iso_date));
                    }
                    "url" | "og:url" => {
                        meta.url = meta.url.or(content.filter(|url| url.starts_with("http")));
                    }
                    _ => {}
                }
            }
            Tag::Link if node.attribute("rel") == Some("canonical") => {
                meta.url = meta.url.or(node.attribute("href").filter(|url| url.starts_with("http")).map(str::to_owned));
            }
            _ => {}
        }
    }
    if let Some(title) = meta.title.take().or(page_title).map(|title| without_site(&title)) {
        let (title, number) = split_number(&title);
        (meta.title, meta.number) = (Some(title), number);
    }
    meta
}

fn non_empty(text: &str) -> Option<String> {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    (!text.is_empty()).then_some(text)
}

/// `国务院关于…的意见_农业、林业、水利_中国政府网` without what follows the title.
fn without_site(title: &str) -> String {
    let mut rest = title;
    while let Some(at) = rest.rfind(['_', '|', '-', '—']) {
        let (before, after) = (rest[..at].trim_end_matches(['-', '—', '_', ' ', '|']), &rest[at..]);
        let names_site =
            ["网", "政府", "厅", "局", "委", "门户", "部", "公开", "文件", "政策", "_"].iter().any(|word| after.contains(word));
        if !names_site || before.chars().count() < 6 || after.contains(['》', '）']) {
            break;
        }
        rest = before;
    }
    rest.trim().to_owned()
}

/// `关于…的意见（国办发〔2021〕30号）` as title and number.
fn split_number(title: &str) -> (String, Option<String>) {
    let parts = title.strip_suffix('）').and_then(|title| title.rsplit_once('（'));
    match parts {
        Some((title, number)) if number.ends_with('号') && number.contains('〔') => {
            (title.trim().to_owned(), Some(number.trim().to_owned()))
        }
        _ => (title.to_owned(), None),
    }
}

/// `2018-12-29 10:21`, `2018年12月29日`, `2018/12/29` as `2018-12-29`.
fn iso_date(text: &str) -> Option<String> {
    let mut numbers = text.split(|c: char| !c.is_ascii_digit()).filter(|part| !part.is_empty()).map(str::parse::<u32>);
    let (year, month, day) = (numbers.next()?.ok()?, numbers.next()?.ok()?, numbers.next()?.ok()?);
    let is_date = (1949..=2100).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day);
    is_date.then(|| format!("{year:04}-{month:02}-{day:02}"))
}

#[cfg(test)]
mod tests;
