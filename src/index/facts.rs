//! What is an index told of a record? The strings that it is found by, its numbers and its dates: its [`Facts`], read out of a
//! [`Record`] as out of the JSON of one.
//!
//! `{"type": "target", "subject": "装备产业", "period": {"from": null, "to": "2015"}}` is a target of 装备产业 and of 2015.

use serde_json::{Map, Number, Value};

use super::schema::NAMES;
use crate::lexicon::agency::both_names;
use crate::record::{Body, DocumentFields, QuantityFields, Record, UnitName};

/// The fields in which the record itself says something: here a question is answered, not just mentioned.
const OWN: [&str; 16] = [
    "subject",
    "indicator",
    "name",
    "content",
    "owner",
    "industry",
    "place",
    "list",
    "task",
    "category",
    "lead",
    "support",
    "heading",
    "kind",
    "number",
    "issuer",
];

/// What an index is told of a record.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Facts<'r> {
    /// The name of its type.
    pub kind: &'r str,
    /// The text that it is found by and that its snippet is cut from: a passage's `text`, a document's `title`, a finding's
    /// `message`, else the `quote`.
    pub body: &'r str,
    /// Its offset.
    pub start: i64,
    /// The strings of its own fields.
    pub own: Vec<&'r str>,
    /// What it says for the names of [`NAMES`], each by its place there.
    pub names: Vec<(usize, &'r str)>,
    /// Its unit of measure: as printed, and its base.
    pub units: [Option<&'r str>; 2],
    /// The value that ranges compare and sorting goes by: in the unit's base where that is known.
    pub value: Option<Number>,
    /// The ends of its period.
    pub period: [Option<&'r str>; 2],
    /// Its deadline.
    pub due: Option<&'r str>,
    /// When it was issued: a document's.
    pub issued: Option<&'r str>,
    /// The SHA-256 of its file: a document's.
    pub sha256: Option<&'r str>,
}

impl<'r> Facts<'r> {
    /// What it says for a field of [`NAMES`]: the headings above it (`section`, outermost first), the title.
    pub fn named(&self, field: &str) -> impl Iterator<Item = &'r str> {
        let field = place(field);
        self.names.iter().filter(move |(at, _)| Some(*at) == field).map(|(_, text)| *text)
    }

    fn say(&mut self, field: &str, text: &'r str) {
        if OWN.contains(&field) || (field == "title" && self.kind == "document") {
            self.own.push(text);
        }
        if let Some(at) = place(field) {
            self.names.push((at, text));
        }
    }

    fn say_all<'t: 'r>(&mut self, field: &str, texts: impl IntoIterator<Item = &'t String>) {
        texts.into_iter().for_each(|text| self.say(field, text));
    }

    fn say_units(&mut self, field: &str, units: &'r [UnitName]) {
        for unit in units {
            names_of(&unit.name, unit.canonical.as_deref()).for_each(|name| self.say(field, name));
        }
    }
}

/// What a unit is called: as printed, by both names of `省市场监管局（省知识产权局）`, and officially.
fn names_of<'r>(name: &'r str, canonical: Option<&'r str>) -> impl Iterator<Item = &'r str> {
    let names = both_names(name).map_or([None, None], |(first, second)| [Some(first), Some(second)]);
    [Some(name)].into_iter().chain(names).chain([canonical]).flatten()
}

/// The place of a field among the [`NAMES`].
fn place(field: &str) -> Option<usize> {
    NAMES.iter().position(|name| *name == field)
}

impl<'r> From<&'r Record> for Facts<'r> {
    fn from(record: &'r Record) -> Self {
        let body = match &record.body {
            Body::Passage(passage) => &passage.text,
            Body::Document(_) => record.title.as_deref().unwrap_or(&record.quote),
            Body::Finding(finding) => &finding.message,
            _ => &record.quote,
        };
        let mut facts = Facts { kind: record.kind, body, start: record.start as i64, ..Facts::default() };
        facts.say("type", record.kind);
        facts.say("doc", &record.doc);
        if let Some(title) = &record.title {
            facts.say("title", title);
        }
        facts.say_all("section", &*record.section);
        match &record.body {
            Body::Document(document) => facts.say_document(document),
            Body::Section(section) => facts.say("heading", &section.heading),
            Body::Passage(_) | Body::Finding(_) => {}
            Body::Target(quantity) | Body::Statistic(quantity) => facts.say_quantity(quantity),
            Body::Project(project) => {
                facts.say("name", &project.name);
                facts.say_all("owner", &project.owner);
                facts.say("content", &project.content);
                facts.say_all("industry", &project.industry);
                facts.say_all("place", &project.place);
                facts.say_all("list", &project.list);
                facts.say_units("lead", project.lead.as_deref().unwrap_or_default());
            }
            Body::Park(park) => {
                facts.say("name", &park.name);
                facts.say_all("industry", &park.industry);
                facts.say_all("place", &park.place);
                facts.say_all("list", &park.list);
            }
            Body::Focus(focus) => {
                facts.say("name", &focus.name);
                facts.say("kind", &focus.kind);
                facts.say_all("industry", &focus.industry);
                facts.say_all("list", &focus.list);
            }
            Body::Responsibility(responsibility) => {
                facts.say_all("number", &responsibility.number);
                facts.say("task", &responsibility.task);
                facts.say_all("category", &responsibility.category);
                facts.say_units("lead", &responsibility.lead);
                facts.say_units("support", &responsibility.support);
                facts.due = responsibility.deadline.as_ref().and_then(|deadline| deadline.due.as_deref());
            }
            Body::Measure(measure) => facts.say("name", &measure.name),
            Body::Citation(citation) => {
                facts.say_all("name", &citation.name);
                facts.say_all("number", &citation.number);
            }
        }
        facts
    }
}

impl<'r> Facts<'r> {
    fn say_document(&mut self, document: &'r DocumentFields) {
        self.say_all("issuer", &document.issuer);
        self.say_all("region", &document.region);
        self.say_all("number", &document.number);
        self.period = document.period.as_ref().map_or([None; 2], |period| [period.from.as_deref(), period.to.as_deref()]);
        self.issued = document.issued.as_deref();
        self.sha256 = Some(&document.sha256);
    }

    fn say_quantity(&mut self, quantity: &'r QuantityFields) {
        self.say_all("subject", &quantity.subject);
        self.say_all("indicator", &quantity.indicator);
        self.units = [quantity.unit.as_deref(), quantity.canonical.as_ref().map(|canonical| canonical.unit.as_str())];
        self.value = Some(quantity.canonical.as_ref().map_or(quantity.value, |canonical| canonical.value).number());
        self.period = [quantity.period.from.as_deref(), quantity.period.to.as_deref()];
    }
}

impl<'r> From<&'r Map<String, Value>> for Facts<'r> {
    fn from(record: &'r Map<String, Value>) -> Self {
        let of = |key: &str| record.get(key).unwrap_or(&Value::Null);
        let mut facts = Facts {
            kind: of("type").as_str().unwrap_or(""),
            body: body_of(record),
            start: of("start").as_i64().unwrap_or(0),
            units: [of("unit").as_str(), of("canonical")["unit"].as_str()],
            value: value_of(record).cloned(),
            period: [of("period")["from"].as_str(), of("period")["to"].as_str()],
            due: of("deadline")["due"].as_str(),
            issued: of("issued").as_str(),
            sha256: of("sha256").as_str(),
            ..Facts::default()
        };
        for (field, value) in record {
            each_string(value, &mut |text| facts.say(field, text));
        }
        facts
    }
}

/// A list's strings, a string alone, or the names of a list's units (`lead`, `support`), their canonical names too.
fn each_string<'r>(value: &'r Value, take: &mut impl FnMut(&'r str)) {
    match value {
        Value::String(text) => take(text),
        Value::Array(items) => items.iter().for_each(|item| each_string(item, take)),
        Value::Object(unit) => {
            let of = |key: &str| unit.get(key).and_then(Value::as_str);
            match of("name") {
                Some(name) => names_of(name, of("canonical")).for_each(take),
                None => of("canonical").into_iter().for_each(take),
            }
        }
        _ => {}
    }
}

/// The text that a record is found by and that its snippet is cut from: a passage's `text`, a document's `title`, else
/// the `quote`.
pub fn body(record: &Value) -> &str {
    record.as_object().map_or("", body_of)
}

fn body_of(record: &Map<String, Value>) -> &str {
    let of = |key: &str| record.get(key).and_then(Value::as_str);
    match of("type") {
        Some("passage") => of("text").or_else(|| of("quote")),
        Some("document") => of("title").or_else(|| of("quote")),
        Some("finding") => of("message"),
        _ => of("quote"),
    }
    .unwrap_or("")
}

/// The value that ranges compare and sorting goes by: in the unit's base where that is known.
pub fn value(record: &Value) -> Option<&Number> {
    record.as_object().and_then(value_of)
}

fn value_of(record: &Map<String, Value>) -> Option<&Number> {
    let canonical = record.get("canonical").and_then(|canonical| canonical.get("value"));
    [canonical, record.get("value")].into_iter().flatten().find_map(Value::as_number)
}

#[cfg(test)]
mod tests {
    use super::super::schema::Told;
    use crate::record::extract;
    use crate::source;

    /// Fields of every type, those that are absent among them.
    const TEXT: &str = "关于印发产业规划的通知\n\n黑政发〔2010〕62号\n\n二○一一年五月二十一日\n\n一、发展目标\n\n　　到2015年，装备产业主营业务收入突破500亿元。\
        2010年建成大庆石化产业园、安达化工产业园等2个产业园区。抓好生物医药、新材料等2个重点领域。\n\n二、保障措施\n\n（一）加大扶持力度。\
        落实《外商投资产业指导目录》（国发〔2018〕42号）。2019年4月底前完成。（省发展改革委牵头，省财政厅配合）\n";

    #[test]
    fn a_record_says_what_its_json_says() {
        let seeds = source::find(&[concat!(env!("CARGO_MANIFEST_DIR"), "/seeds").into()]).files;
        let mut sources: Vec<_> = seeds.iter().flat_map(source::read).map(|read| read.expect("a seed is a text")).collect();
        sources.push(source::Source::of_text("t", TEXT));
        let mut types = std::collections::BTreeSet::new();
        for record in sources.iter().flat_map(extract) {
            let json = serde_json::to_value(&record).expect("a record is JSON");
            assert_eq!(record.facts(), json.facts(), "{json}");
            let (slim, slim_json) = (record.stored(None), json.stored(None));
            assert_eq!(slim, slim_json);
            types.insert(record.kind);
        }
        assert!(types.len() >= 10, "only {types:?}");
    }
}
