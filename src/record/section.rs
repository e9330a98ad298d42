//! Which headings does the document have? `一、主要任务` is one of the first level.

use super::{Body, Document, Draft, Extractor, SectionFields};

/// Reads headings; articles (第X条) without a title are places, not headings.
pub struct Sections;

impl Extractor for Sections {
    fn extract(&self, document: &Document<'_>, drafts: &mut Vec<Draft>) {
        for (index, section) in document.outline.sections.iter().enumerate() {
            if section.heading.is_empty() {
                continue;
            }
            let parent = section.parent.map(|p| &document.outline.sections[p]).filter(|p| !p.heading.is_empty());
            let body = SectionFields {
                level: section.level,
                marker: Some(section.marker.clone()).filter(|marker| !marker.is_empty()),
                heading: section.heading.clone(),
                parent: parent.map(|p| format!("{}-{}", p.span.start, p.span.end)),
            };
            let rule = if section.kind.is_some() { "heading-marked" } else { "heading-unmarked" };
            drafts.push(Draft { span: section.span, section: document.outline.sections[index].parent, rule, body: Body::Section(body) });
        }
    }
}
