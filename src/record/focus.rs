//! Which fields, chains, alliances does the document set out to develop? `重点发展A、B、C等5大领域`.

use super::named::{self, ListKind};
use super::{Body, Document, Draft, Extractor, FocusFields, Text};
use crate::mention::list::List;

/// Reads the items of closed lists that are neither parks nor projects.
pub struct Focuses;

impl Extractor for Focuses {
    fn extract(&self, document: &Document<'_>, drafts: &mut Vec<Draft>) {
        for (block, list) in named::lists(document) {
            if named::kind_of(&list.head) != ListKind::Focus || !sets_out(document, &block, list) {
                continue;
            }
            let text = block.reading.text();
            for item in &list.items {
                let name = text[item.range()].to_owned();
                if name.chars().count() > 30 {
                    continue;
                }
                let body = FocusFields {
                    name,
                    kind: list.head.clone(),
                    industry: named::industry(document, block.section),
                    list: Some(list.head.clone()),
                    declared: list.declared,
                };
                drafts.push(Draft { span: block.locate(*item), section: block.section, rule: "focus-list", body: Body::Focus(body) });
            }
        }
    }
}

/// Whether the document sets out to develop what the list names: it counts the items and doesn't look back, or it leads
/// them with a verb of development and closes with a field, chain, cluster or alliance.
fn sets_out(document: &Document<'_>, block: &Text<'_>, list: &List) -> bool {
    const DEVELOPING: &[&str] = &["发展", "培育", "打造", "壮大", "做大", "做强", "构建"];
    const KINDS: &[&str] =
        &["领域", "产业链", "集群", "联盟", "新兴产业", "支柱产业", "优势产业", "特色产业", "重点产业", "未来产业", "先导产业", "主导产业"];
    if list.declared.is_some() {
        return list.items.len() > 1
            && (!list.verb.is_empty() || !super::quantity::looks_back(document, block.section))
            && !list.verb.starts_with("围绕");
    }
    list.items.len() > 1 && DEVELOPING.iter().any(|v| list.verb.contains(v)) && KINDS.iter().any(|k| list.head.ends_with(k))
}
