//! Which parks, bases and zones does the document build or support? `推进建设A、B等10个重点园区`, `建好北方（沧州）物流基地`.

use super::named::{self, ListKind};
use super::{Body, Document, Draft, Extractor, ParkFields};
use crate::layout::Block;
use crate::lexicon::place;
use crate::mention::list::{List, PARK_HEADS};
use crate::text::{Folded, Span};
use regex::Regex;
use std::sync::LazyLock;

/// Reads parks from lists and sentences.
pub struct Parks;

impl Extractor for Parks {
    fn extract(&self, document: &Document<'_>, drafts: &mut Vec<Draft>) {
        for (block, sentences) in document.prose() {
            for (sentence, lists) in sentences {
                let of_parks =
                    lists.iter().filter(|l| named::kind_of(&l.head) == ListKind::Park && is_list_of_parks(block.reading.text(), l));
                drafts.extend(of_parks.flat_map(|l| l.items.iter().map(move |item| item_of(document, block, l, *item))));
                for list in lists.iter().filter(|l| named::kind_of(&l.head) == ListKind::Focus) {
                    // 壮大渤海新区、北戴河…示范区等重点承接平台: parks in a list of something wider.
                    let named = list.items.iter().filter(|i| is_park_name(document, &block.reading.text()[i.range()]));
                    drafts.extend(named.map(|item| item_of(document, block, list, *item)));
                }
                let listed: Vec<Span<Folded>> = lists.iter().flat_map(|l| l.items.iter().copied().chain([l.head_span])).collect();
                for clause in &sentence.clauses {
                    in_sentence(document, block, *clause, &listed, drafts);
                }
            }
        }
    }
}

/// A list without a count whose only item has no ending of its own (`东北地区等老工业基地`) gives an example, no park.
fn is_list_of_parks(text: &str, list: &List) -> bool {
    list.declared.is_some() || list.items.len() > 1 || list.items.iter().any(|i| ends_as_park(&text[i.range()]))
}

fn is_park_name(document: &Document<'_>, name: &str) -> bool {
    ends_as_park(name) && is_proper(document, name)
}

/// An item of a list; where no item has an ending of its own, the list's head completes all.
fn item_of(document: &Document<'_>, block: &Block, list: &List, item: Span<Folded>) -> Draft {
    let text = block.reading.text();
    let printed = &text[item.range()];
    // 浦东新区、闵行区三个产业集聚区: a place that happens to end as parks do is no park's name.
    let own = |name: &str| ends_as_park(name) && place::by_name(name).is_none();
    let complete =
        list.items.iter().any(|i| own(&text[i.range()])) || is_generic(&list.head) || named::kind_of(&list.head) != ListKind::Park;
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

static NAMED: LazyLock<Regex> = LazyLock::new(|| {
    let nouns = PARK_HEADS.join("|");
    Regex::new(&format!(
        r"(?:建设|建好|建成|打造|推进|推动|支持|发展|加快|壮大|做大做强|做强|共建|创建|提升|培育|启动|规划|布局|申建|争创|完善|和|、)(?P<name>[^，。；、：“”（）]{{0,12}}(?:（[^）]{{1,10}}）)?(?:“[^”]{{1,10}}”)?[^，。；、：“”（）]{{0,16}}?(?:{nouns}|科技园|新城|工业走廊))"
    ))
    .expect("the pattern of parks is well formed")
});

/// A park that a clause names: a verb, a name that tells a place or is quoted, an ending of parks.
fn in_sentence(document: &Document<'_>, block: &Block, clause: Span<Folded>, listed: &[Span<Folded>], drafts: &mut Vec<Draft>) {
    let text = &block.reading.text()[clause.range()];
    if !text.contains(['园', '区', '城', '地', '镇', '廊']) {
        return;
    }
    let mut at = 0;
    while let Some(caught) = NAMED.captures_at(text, at) {
        let Some(found) = caught.name("name") else { break };
        at = found.end();
        let name = strip_verbs(found.as_str());
        let start = found.end() - name.len();
        if !is_proper(document, name) {
            continue;
        }
        let span = Span::new(clause.start + start, clause.start + found.end());
        let before = &text[..start];
        let in_brackets = before.matches(['（', '〔']).count() > before.matches(['）', '〕']).count();
        let office = ["政府", "管委会", "管理", "人民政府", "管理委员会", "党工委"].iter().any(|w| text[found.end()..].starts_with(w));
        if in_brackets || office || listed.iter().any(|l| l.meets(span)) {
            continue;
        }
        let span = block.locate(span);
        let body = ParkFields {
            place: named::place_in(document, name),
            industry: named::industry(document, block.section),
            list: None,
            declared: None,
            name: name.to_owned(),
        };
        drafts.push(Draft { span, section: block.section, rule: "park-sentence", body: Body::Park(body) });
    }
}

/// A name without the verbs that lead it: `加快建设衡沧…示范区`.
fn strip_verbs(name: &str) -> &str {
    const VERBS: &[&str] = &[
        "建设", "发展", "打造", "推进", "推动", "支持", "加快", "合作", "共建", "壮大", "提升", "培育", "全国", "一批", "重要", "各类",
        "开展", "做好",
    ];
    let mut name = name;
    loop {
        let before = name.len();
        for verb in VERBS {
            if let Some(at) = name.find(verb).filter(|at| {
                name[..*at].chars().count() <= 6 && name.len() > at + verb.len() + 6 && place::find_in(&name[..*at]).is_empty()
            }) {
                name = &name[at + verb.len()..];
            }
        }
        for verb in ["合作共建", "共建", "共同打造", "联合打造", "携手打造"] {
            name = name.split_once(verb).map_or(name, |(_, rest)| rest);
        }
        if name.len() == before {
            return name;
        }
    }
}

/// Whether a name is one park's: it tells a place (or 国家, 中国) and isn't a kind (`各类开发区`) nor a count.
fn is_proper(document: &Document<'_>, name: &str) -> bool {
    let kinds = ["各", "一批", "等", "的", "有关", "以", "现有", "该", "本", "作为", "成为"];
    let general = ["国家", "省级", "市级", "城市", "现代", "经济", "高新", "产业", "重点", "特色", "综合", "自由", "两个", "国际"];
    // 渤海新区, 西部科学城: short and without a word of kind, so a name.
    let short = ["新区", "科学城", "高新区", "经开区"]
        .iter()
        .filter_map(|e| name.strip_suffix(e))
        .any(|own| (2..=4).contains(&own.chars().count()) && !general.iter().any(|g| own.contains(g)));
    !kinds.iter().any(|k| name.contains(k))
        && name.chars().count() >= 4
        && (short
            || place::find_within(name, document.front.region)
                .iter()
                .any(|m| m.start == 0 || name[..m.start].ends_with('（') || m.start <= 6))
}
