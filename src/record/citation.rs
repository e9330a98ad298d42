//! Which other documents does this one name? `《中华人民共和国反垄断法》`, `国发〔2018〕42号`.

use super::{Body, CitationFields, Document, Draft, Extractor};
use crate::layout::Kind;
use crate::mention::citation;

/// Reads citations in prose and in tables; the document's own number in its header is none.
pub struct Citations;

impl Extractor for Citations {
    fn extract(&self, document: &Document<'_>, drafts: &mut Vec<Draft>) {
        for block in &document.outline.blocks {
            if !matches!(block.kind, Kind::Paragraph | Kind::Heading | Kind::Row(_, Some(_))) {
                continue;
            }
            for found in citation::find(block.reading.text()) {
                let body = CitationFields { name: found.name, number: found.number };
                let rule = if body.name.is_some() { "citation-title" } else { "citation-number" };
                drafts.push(Draft { span: block.locate(found.span), section: block.section, rule, body: Body::Citation(body) });
            }
        }
    }
}
