//! Which instruments does the policy use? Each item below 政策措施, 保障措施 and the like.

use super::{Body, Document, Draft, Extractor, MeasureFields};
use crate::layout::{Block, Kind};

/// Reads measures.
pub struct Measures;

/// The headings whose items are instruments of policy.
const ABOVE: &[&str] = &[
    "政策措施",
    "保障措施",
    "扶持政策",
    "支持政策",
    "政策支持",
    "政策保障",
    "配套政策",
    "组织保障",
    "实施保障",
    "保障机制",
    "支撑保障",
    "组织实施",
    "工作保障",
    "保障体系",
    "服务保障",
];

impl Extractor for Measures {
    fn extract(&self, document: &Document<'_>, drafts: &mut Vec<Draft>) {
        let sections = &document.outline.sections;
        for (index, section) in sections.iter().enumerate() {
            let below = section.parent.is_some_and(|p| ABOVE.iter().any(|word| sections[p].heading.contains(word)));
            if !below || section.heading.is_empty() {
                continue;
            }
            let blocks = &document.outline.blocks;
            // Sections are numbered as the text goes on, so the blocks are in their order.
            let first = blocks.partition_point(|b| b.section < Some(index));
            // Who signs, and when, ends the text: what stands behind that is of no measure.
            let ends = |b: &Block| matches!(b.kind, Kind::Signature | Kind::Date);
            let below = blocks[first..].iter().take_while(|b| within(document, b.section, index) && !ends(b));
            let below = below.filter(|b| !matches!(b.kind, Kind::Furniture | Kind::Fields(_)));
            let text: Vec<&str> = below.map(|b| b.reading.slice(b.body()).trim()).filter(|t| !t.is_empty()).collect();
            let body = MeasureFields { name: section.heading.clone(), text: text.join("\n") };
            drafts.push(Draft { span: section.span, section: section.parent, rule: "measure-heading", body: Body::Measure(body) });
        }
    }
}

fn within(document: &Document<'_>, section: Option<usize>, above: usize) -> bool {
    let mut at = section;
    while let Some(k) = at {
        if k == above {
            return true;
        }
        at = document.outline.sections[k].parent;
    }
    false
}
