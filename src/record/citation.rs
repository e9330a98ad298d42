//! Which other documents does this one name? `《中华人民共和国反垄断法》`, `国发〔2018〕42号`.

use super::{Body, CitationFields, Document, Draft, Extractor};
use std::collections::HashSet;
use std::sync::LazyLock;

use regex::Regex;

use crate::layout::Kind;
use crate::mention::citation;

/// Reads citations in prose and in tables; the document's own number in its header is none.
pub struct Citations;

impl Extractor for Citations {
    fn extract(&self, document: &Document<'_>, drafts: &mut Vec<Draft>) {
        let short = short_names(document);
        // 《…指导意见》政策解读: what explains another names it in its title.
        let explains = document.front.genre.as_deref() == Some("解读");
        for block in &document.outline.blocks {
            let names =
                matches!(block.kind, Kind::Paragraph | Kind::Heading | Kind::Row(_, Some(_))) || explains && block.kind == Kind::Title;
            if !names {
                continue;
            }
            for found in citation::find(block.reading.text()) {
                // 《指导意见》 once 以下简称《指导意见》 has said whose short name it is.
                if found.number.is_none() && found.name.as_ref().is_some_and(|name| short.contains(name.as_str())) {
                    continue;
                }
                let body = CitationFields { name: found.name, number: found.number };
                let rule = if body.name.is_some() { "citation-title" } else { "citation-number" };
                drafts.push(Draft { span: block.locate(found.span), section: block.section, rule, body: Body::Citation(body) });
            }
        }
    }
}

/// The names that the document says it will call others by: `（以下简称《指导意见》）`.
fn short_names<'d>(document: &'d Document<'_>) -> HashSet<&'d str> {
    static SHORT: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new("以下(?:统|均)?(?:简)?称(?:为)?[“]?《(?P<name>[^《》]{2,20})》").expect("the pattern of short names is well formed")
    });
    let texts = document.outline.blocks.iter().map(|block| block.reading.text()).filter(|text| text.contains("以下"));
    texts.flat_map(|text| SHORT.captures_iter(text)).filter_map(|found| Some(found.name("name")?.as_str())).collect()
}
