//! Which parks, bases and zones does the document build or support? `推进建设A、B等10个重点园区`, `建好北方（沧州）物流基地`.

use super::named::{self, ListKind};
use super::{Body, Document, Draft, Extractor, ParkFields, Text};
use crate::lexicon::place;
use crate::mention::list::{List, PARK_HEADS};
use crate::text::{AnyOf, Cover, Folded, Span};
use std::sync::LazyLock;

/// Reads parks from lists and sentences.
pub struct Parks;

impl Extractor for Parks {
    fn extract(&self, document: &Document<'_>, drafts: &mut Vec<Draft>) {
        for (text, sentences) in document.prose() {
            for (sentence, lists) in sentences {
                for list in lists {
                    let of_parks = named::kind_of(&list.head) == ListKind::Park && is_list_of_parks(document, text.reading.text(), list);
                    // 壮大渤海新区、北戴河…示范区等重点承接平台: parks in a list of something wider.
                    let wider = named::kind_of(&list.head) == ListKind::Focus;
                    let is_one = |item: &&Span<Folded>| of_parks || wider && is_park_name(document, &text.reading.text()[item.range()]);
                    let complete = is_complete(text.reading.text(), list);
                    drafts.extend(list.items.iter().filter(is_one).map(|item| item_of(document, &text, list, *item, complete)));
                }
                let mut listed = Cover::default();
                listed.extend(lists.iter().flat_map(|l| l.items.iter().copied().chain([l.head_span])));
                for clause in &sentence.clauses {
                    in_clause(document, &text, *clause, &listed, drafts);
                }
            }
        }
    }
}

/// A list without a count whose only item has no ending of its own (`东北地区等老工业基地`) gives an example, no park.
///
/// Nor do kinds of a thing (`烤烟、脆红李等种植基地`): an item without an ending must be a place, where no count says that each is one.
fn is_list_of_parks(document: &Document<'_>, text: &str, list: &List) -> bool {
    let item = |i: &Span<Folded>| &text[i.range()];
    list.declared.is_some()
        || list.items.iter().any(|i| ends_as_park(item(i)))
        || list.items.len() > 1
            && list.items.iter().all(|i| place::find_within(item(i), document.front.region).iter().any(|m| m.start == 0))
}

fn is_park_name(document: &Document<'_>, name: &str) -> bool {
    ends_as_park(name) && is_proper(document, name)
}

/// Whether the items are names as they stand; where no item has an ending of its own, the list's head completes all.
fn is_complete(text: &str, list: &List) -> bool {
    // 浦东新区、闵行区三个产业集聚区: a place that happens to end as parks do is no park's name.
    let own = |name: &str| ends_as_park(name) && place::by_name(name).is_none();
    is_generic(&list.head) || named::kind_of(&list.head) != ListKind::Park || list.items.iter().any(|i| own(&text[i.range()]))
}

/// An item of a list as a park.
fn item_of(document: &Document<'_>, block: &Text<'_>, list: &List, item: Span<Folded>, complete: bool) -> Draft {
    let printed = &block.reading.text()[item.range()];
    let name = if complete { printed.to_owned() } else { format!("{printed}{}", list.head) };
    let body = ParkFields {
        place: named::place_in(document, &name),
        industry: named::industry(document, block.section),
        list: Some(list.head.clone()),
        declared: list.declared,
        name,
    };
    Draft { span: block.locate(item), section: block.section, rule: "park-list", body: Body::Park(body) }
}

fn ends_as_park(name: &str) -> bool {
    PARK_HEADS.iter().any(|noun| name.ends_with(noun)) || name.ends_with('园')
}

/// `重点园区`, `园区`: a head that says nothing of what its items are.
fn is_generic(head: &str) -> bool {
    ["园区", "基地", "开发区", "示范区"].iter().any(|noun| {
        head.strip_suffix(noun)
            .is_some_and(|q| ["", "重点", "特色", "产业", "重点产业", "重大", "专业", "主要", "新型", "现有"].contains(&q))
    }) && head != "基地"
}

/// The endings of parks' names in sentences, besides the heads of lists.
const MORE_ENDINGS: &[&str] = &["工业区", "科技城", "科创城", "产业城", "新城", "工业走廊", "软件园", "智慧岛", "产业港", "创意园", "小镇"];

fn endings() -> impl Iterator<Item = &'static str> {
    PARK_HEADS.iter().chain(MORE_ENDINGS).copied().chain(["园"])
}
static ENDED: LazyLock<AnyOf> = LazyLock::new(|| AnyOf::new(endings()));

/// The parks that a clause builds or supports by name: `做强A产业园、B产业园和C高新区储能产业园`.
fn in_clause(document: &Document<'_>, text: &Text<'_>, clause: Span<Folded>, listed: &Cover<Folded>, drafts: &mut Vec<Draft>) {
    let words = text.reading.text();
    if !ENDED.is_in(&words[clause.range()]) || !named::builds(&words[clause.range()]) {
        return;
    }
    let ends = |piece: &str| endings().any(|ending| piece.ends_with(ending));
    let mut founder: Option<String> = None;
    let (mut seen, mut open) = (clause.start, 0);
    for (piece, built) in named::pieces(words, clause, ends) {
        let Some(end) = named::name_end(&words[piece.range()], &ENDED) else { continue };
        let mut span = Span::new(piece.start, piece.start + end);
        let before = &words[clause.start..span.start];
        founder = place_that_founds(document, before).or(founder.filter(|_| before.ends_with(['、', '和', '及', '与'])));
        if let Some(at) = words[span.range()].rfind('的').filter(|_| founder.is_some()) {
            // 在A区建设以企业牵引的|功能食品制造示范区
            span.start += at + '的'.len_utf8();
        }
        let name = &words[span.range()];
        let own = founder.as_deref().filter(|_| !is_kind(name) && name.chars().count() >= 5);
        let between = &words[seen..span.start];
        open += between.matches(['（', '〔']).count() as i64 - between.matches(['）', '〕']).count() as i64;
        seen = span.start;
        let named = own.is_some() || built && is_proper(document, name);
        if open > 0 || listed.meets(span) || !named {
            continue;
        }
        let body = ParkFields {
            place: named::place_in(document, name).or(own.map(str::to_owned)),
            industry: named::industry(document, text.section),
            list: None,
            declared: None,
            name: name.to_owned(),
        };
        drafts.push(Draft { span: text.locate(span), section: text.section, rule: "park-sentence", body: Body::Park(body) });
    }
}

/// `支持包头打造|精品钢材基地`: whose park it is stands before the verb.
fn place_that_founds(document: &Document<'_>, before: &str) -> Option<String> {
    let agent = ["打造", "建设", "创建"].iter().find_map(|verb| before.strip_suffix(verb))?;
    let near = agent.char_indices().rev().take(LONGEST_FOUNDER).last().map_or(0, |(at, _)| at);
    let agent = agent[near..].rsplit(['，', '。']).next()?;
    let agent = ["支持", "推动", "推进", "引导"].iter().find_map(|verb| agent.rsplit_once(verb)).map_or(agent, |(_, agent)| agent);
    let agent = agent.strip_prefix('在').unwrap_or(agent);
    let found = place::find_within(agent, document.front.region);
    let (first, last) = (found.first()?, found.last()?);
    let between = found.windows(2).all(|pair| matches!(&agent[pair[0].end..pair[1].start], "、" | "和" | ""));
    (first.start == 0 && last.end == agent.len() && between && last.place.rank != place::Rank::Province).then(|| agent.to_owned())
}

/// The longest words for who founds a park, in characters.
const LONGEST_FOUNDER: usize = 30;

/// Words that tell a kind, or a thing without a name.
fn is_kind(name: &str) -> bool {
    const KINDS: &[&str] =
        &["各", "一批", "等", "的", "我市", "我省", "全市", "全省", "一个", "由", "有关", "以", "现有", "该", "本", "作为", "成为"];
    KINDS.iter().any(|kind| name.contains(kind))
}

/// Whether a name is one park's: it tells a place (or 国家, 中国) and isn't a kind (`各类开发区`) nor a count.
fn is_proper(document: &Document<'_>, name: &str) -> bool {
    let general = [
        "学校", "幼儿", "乐", "公", "国家", "省级", "市级", "城市", "现代", "经济", "高新", "产业", "重点", "特色", "综合", "自由", "两个",
        "国际",
    ];
    // 渤海新区, 西部科学城: short and without a word of kind, so a name.
    let short = ["新区", "科学城", "高新区", "经开区", "工业区", "科创城", "开发区"]
        .iter()
        .filter_map(|e| name.strip_suffix(e))
        .any(|own| (2..=4).contains(&own.chars().count()) && !general.iter().any(|g| own.contains(g)));
    !is_kind(name)
        && name.chars().count() >= 4
        && (short
            || place::find_within(name, document.front.region)
                .iter()
                .any(|m| m.start == 0 || name[..m.start].ends_with('（') || m.start <= 6))
}
