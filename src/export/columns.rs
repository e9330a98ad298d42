//! Which columns does a table of a type have? The fields of its schema, nested ones side by side: `period` is `period_from` and `period_to`.

use crate::record::schema;
use serde_json::Value;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Text.
    Text,
    /// Whole numbers.
    Integer,
    /// Decimal numbers.
    Number,
    /// Yes or no.
    Boolean,
    /// ISO days.
    Date,
    /// A list, as JSON.
    List,
}

/// A column.
#[derive(Debug, Clone)]
pub struct Column {
    /// The fields that lead to it: `["period", "from"]`.
    pub path: Vec<String>,
    /// `period_from`.
    pub name: String,
    /// What it holds.
    pub kind: Kind,
    /// Whether it may be empty.
    pub nullable: bool,
    /// The field's description.
    pub description: String,
}

impl Column {
    /// Its value in a record; null where there is none.
    pub fn value<'r>(&self, record: &'r Value) -> &'r Value {
        self.path.iter().fold(record, |value, key| &value[key.as_str()])
    }

    /// Its title in Chinese.
    pub fn title(&self) -> &'static str {
        title(&self.name)
    }

    /// Its title in the table of a type: a document's number is its 文号, a task's its 序号.
    pub fn title_of(&self, kind: &str) -> &'static str {
        match (self.name.as_str(), kind) {
            ("number", "responsibility") => "序号",
            ("number", _) => "文号",
            ("measure", _) => "数的性质",
            _ => self.title(),
        }
    }
}

/// The columns of a type, in the order of its fields.
pub fn columns_of(kind: &str) -> Vec<Column> {
    let mut columns = Vec::new();
    if let Some(schema) = schema::schema_of(kind) {
        push(&mut columns, &[], false, &schema["properties"]);
    }
    columns
}

fn push(columns: &mut Vec<Column>, above: &[String], nullable: bool, properties: &Value) {
    for (name, schema) in properties.as_object().into_iter().flatten() {
        let mut path = above.to_vec();
        path.push(name.clone());
        let nullable =
            nullable || may_be(schema, "null") || schema["anyOf"].as_array().is_some_and(|a| a.iter().any(|s| may_be(s, "null")));
        if schema.get("properties").is_some() {
            push(columns, &path, nullable, &schema["properties"]);
        } else {
            let description = schema["description"].as_str().unwrap_or("").to_owned();
            columns.push(Column { name: path.join("_"), kind: kind_of(schema), nullable, description, path });
        }
    }
}

fn may_be(schema: &Value, kind: &str) -> bool {
    schema["type"] == kind || schema["type"].as_array().is_some_and(|types| types.iter().any(|t| t == kind))
}

fn kind_of(schema: &Value) -> Kind {
    if schema["format"] == "date" {
        Kind::Date
    } else if may_be(schema, "array") {
        Kind::List
    } else if may_be(schema, "integer") {
        Kind::Integer
    } else if may_be(schema, "number") {
        Kind::Number
    } else if may_be(schema, "boolean") {
        Kind::Boolean
    } else {
        Kind::Text
    }
}

/// The types' names as sheets have them.
pub fn sheet(kind: &str) -> &'static str {
    match kind {
        "document" => "文件",
        "section" => "章节",
        "passage" => "原文",
        "target" => "目标",
        "statistic" => "统计数据",
        "project" => "项目",
        "park" => "园区",
        "focus" => "重点领域",
        "responsibility" => "责任分工",
        "measure" => "政策措施",
        "citation" => "引用文件",
        _ => "核查结果",
    }
}

/// The words of the closed fields in Chinese.
pub fn word<'t>(field: &str, text: &'t str) -> &'t str {
    match (field, text) {
        ("measure", "level") => "水平",
        ("measure", "growth") => "增幅",
        ("measure", "increment") => "增量",
        ("measure", "multiple") => "倍数",
        ("direction", "up") => "上升",
        ("direction", "down") => "下降",
        ("bound", "exact") => "确数",
        ("bound", "at_least") => "以上（含）",
        ("bound", "over") => "超过",
        ("bound", "at_most") => "以内（含）",
        ("bound", "under") => "低于",
        ("bound", "about") => "左右",
        ("bound", "range") => "区间",
        ("basis", "explicit") => "明确牵头",
        ("basis", "convention") => "列首位者牵头",
        ("basis", "shared") => "共同负责",
        ("deadline_kind", "date") => "限期",
        ("deadline_kind", "recurring") => "定期",
        ("deadline_kind", "ongoing") => "长期",
        ("deadline_per", "year") => "每年",
        ("deadline_per", "quarter") => "每季度",
        ("deadline_per", "month") => "每月",
        ("severity", "error") => "错误",
        ("severity", "warning") => "存疑",
        ("severity", "info") => "提示",
        _ => text,
    }
}

/// The title in Chinese of a field of a type's records, nested or not: `deadline` is 完成时间; the field's own name where it has none.
pub fn field_title<'n>(kind: &str, name: &'n str) -> &'n str {
    let column = columns_of(kind).into_iter().find(|column| column.path[0] == name);
    column.map_or(name, |column| column.title_of(kind))
}

fn title(name: &str) -> &'static str {
    TITLES.iter().find(|(field, _)| *field == name).map_or("其他", |(_, title)| title)
}

/// The fields in Chinese.
const TITLES: &[(&str, &str)] = &[
    ("id", "编号"),
    ("type", "类型"),
    ("doc", "文件编号"),
    ("title", "文件标题"),
    ("section", "所在章节"),
    ("quote", "原文摘录"),
    ("start", "起始位置"),
    ("end", "结束位置"),
    ("rule", "规则"),
    ("issuer", "发文机关"),
    ("region", "地区"),
    ("number", "文号/序号"),
    ("issued", "成文日期"),
    ("addressees", "主送机关"),
    ("genre", "文种"),
    ("period_from", "起始时间"),
    ("period_to", "截止时间"),
    ("period", "建设年限"),
    ("attachments", "附件"),
    ("source", "来源文件"),
    ("encoding", "编码"),
    ("sha256", "校验值"),
    ("chars", "字数"),
    ("level", "级别"),
    ("marker", "标号"),
    ("heading", "标题"),
    ("parent", "上级章节"),
    ("text", "正文"),
    ("subject", "主体"),
    ("indicator", "指标"),
    ("value", "数值"),
    ("value_max", "数值上限"),
    ("unit", "单位"),
    ("canonical_value", "折算值"),
    ("canonical_unit", "折算单位"),
    ("measure", "性质"),
    ("direction", "方向"),
    ("bound", "约束"),
    ("modality", "语气"),
    ("average", "年均"),
    ("base", "比较基期"),
    ("name", "名称"),
    ("owner", "实施单位"),
    ("content", "建设内容"),
    ("industry", "产业"),
    ("place", "地点"),
    ("list", "清单"),
    ("declared", "清单所称数量"),
    ("scale", "规模"),
    ("investment", "投资"),
    ("lead", "牵头单位"),
    ("kind", "类别"),
    ("task", "工作任务"),
    ("category", "任务类别"),
    ("support", "配合单位"),
    ("basis", "依据"),
    ("open", "名单未尽"),
    ("deadline_text", "完成时间"),
    ("deadline_kind", "时限类型"),
    ("deadline_due", "截止日期"),
    ("deadline_per", "周期"),
    ("deadline_times", "次数"),
    ("deadline_month", "月份"),
    ("severity", "程度"),
    ("message", "说明"),
    ("evidence", "依据原文"),
    ("numbers", "数字"),
    ("benign", "可能的原因"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_column_has_a_title_and_its_name_once() {
        for kind in schema::TYPES {
            let columns = columns_of(kind);
            let names: std::collections::BTreeSet<&str> = columns.iter().map(|c| c.name.as_str()).collect();
            assert_eq!(names.len(), columns.len(), "{kind}");
            for column in &columns {
                assert_ne!(column.title(), "其他", "{kind}.{}", column.name);
            }
        }
    }

    #[test]
    fn nested_fields_stand_side_by_side() {
        let columns = columns_of("target");
        let find = |name: &str| columns.iter().find(|c| c.name == name).unwrap_or_else(|| panic!("{name}"));
        assert_eq!(find("canonical_value").kind, Kind::Number);
        assert!(find("canonical_value").nullable && find("period_to").nullable);
        assert_eq!((find("average").kind, find("section").kind), (Kind::Boolean, Kind::List));
        let record = serde_json::json!({"period": {"from": null, "to": "2013"}});
        assert_eq!(find("period_to").value(&record), "2013");
    }
}
