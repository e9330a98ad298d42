//! How is a document cited? In the form of GB/T 7714, as BibTeX and as RIS: `黑龙江省人民政府. 某某规划: 黑政发〔2011〕33号[Z]. 2011-05-21.`

use serde_json::Value;

/// A citation of a document, or of a place in it, in the forms that people use.
pub struct Citation {
    /// GB/T 7714-2015.
    pub standard: String,
    /// BibTeX.
    pub bibtex: String,
    /// RIS.
    pub ris: String,
}

/// Cites `document`; `place` is the heading that the cited words stand below, with their offsets.
pub fn cite(document: &Value, place: Option<&str>) -> Citation {
    let said = |key: &str| document[key].as_str().map(str::trim).filter(|text| !text.is_empty());
    let title = said("title").or_else(|| said("doc")).unwrap_or("");
    let (issuer, number, day, url) = (said("issuer"), said("number"), said("issued"), said("url"));
    let mut standard = String::new();
    if let Some(issuer) = issuer {
        standard += &format!("{issuer}. ");
    }
    standard += title;
    if let Some(number) = number {
        standard += &format!(": {number}");
    }
    standard += if url.is_some() { "[Z/OL]. " } else { "[Z]. " };
    if let Some(day) = day {
        standard += day;
    }
    if let Some(place) = place {
        standard += &format!(": {place}");
    }
    standard = format!("{}.", standard.trim_end().trim_end_matches('.'));
    if let Some(url) = url {
        standard += &format!(" {url}.");
    }
    let year = day.and_then(|day| day.get(..4));
    let bib =
        [("title", Some(title)), ("author", issuer), ("number", number), ("year", year), ("date", day), ("url", url), ("note", place)];
    let fields: Vec<String> =
        bib.iter().filter_map(|(key, value)| Some(format!("  {key} = {{{}}}", braced((*value)?, *key == "author")))).collect();
    let bibtex = format!("@misc{{zhengce{},\n{}\n}}", key(document["doc"].as_str().unwrap_or("")), fields.join(",\n"));
    let ris = [
        ("TY", Some("GOVDOC")),
        ("TI", Some(title)),
        ("AU", issuer),
        ("M1", number),
        ("PY", year),
        ("DA", day),
        ("UR", url),
        ("N1", place),
    ];
    let lines: String =
        ris.iter().filter_map(|(tag, value)| Some(format!("{tag}  - {}\n", (*value)?.replace(['\n', '\r'], " ")))).collect();
    Citation { standard, bibtex, ris: format!("{lines}ER  - \n") }
}

/// Text between BibTeX's braces; an author that is a body keeps braces of its own, so that it isn't taken for given and family names.
fn braced(text: &str, whole: bool) -> String {
    let plain: String = text.chars().filter(|c| !matches!(c, '{' | '}' | '\\')).collect();
    if whole { format!("{{{plain}}}") } else { plain }
}

/// An id as BibTeX takes it.
fn key(doc: &str) -> String {
    doc.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect::<String>().trim_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn what_is_known_is_said() {
        let document = json!({"doc": "2011/规划", "title": "某省发展规划", "issuer": "某省人民政府", "number": "某政发〔2011〕33号", "issued": "2011-05-21"});
        let citation = cite(&document, Some("三、主要任务（第120—141字）"));
        assert_eq!(citation.standard, "某省人民政府. 某省发展规划: 某政发〔2011〕33号[Z]. 2011-05-21: 三、主要任务（第120—141字）.");
        assert!(citation.bibtex.starts_with("@misc{zhengce2011,\n  title = {某省发展规划},\n  author = {{某省人民政府}},"));
        assert!(citation.ris.starts_with("TY  - GOVDOC\nTI  - 某省发展规划\n") && citation.ris.ends_with("ER  - \n"));
        assert_eq!(cite(&json!({"doc": "a", "title": "某省发展规划"}), None).standard, "某省发展规划[Z].");
    }
}
