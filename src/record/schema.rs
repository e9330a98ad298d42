//! What does a record look like to other programs? JSON Schema (2020-12) of each type, made from the types themselves.
//!
//! `schema_of("target")` says that `indicator` is 主营业务收入 or null, and that no other fields occur.

use super::{
    CitationFields, DocumentFields, FindingFields, FocusFields, MeasureFields, ParkFields, PassageFields, ProjectFields, QuantityFields,
    Record, ResponsibilityFields, SectionFields,
};
use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, SchemaGenerator};
use serde_json::{Map, Value, json};

/// The version of the records' contract: it changes when a field changes its meaning or goes.
pub const VERSION: u32 = 1;

/// The types of records, in the order of their extractors.
pub const TYPES: &[&str] = &[
    "document",
    "section",
    "passage",
    "target",
    "statistic",
    "project",
    "park",
    "focus",
    "responsibility",
    "measure",
    "citation",
    "finding",
];

/// The JSON Schema of the records of one type; None for a type that doesn't exist.
pub fn schema_of(type_name: &str) -> Option<Value> {
    let about = about(type_name)?;
    let base = fields_of::<Record>();
    let own = match type_name {
        "document" => fields_of::<DocumentFields>(),
        "section" => fields_of::<SectionFields>(),
        "passage" => fields_of::<PassageFields>(),
        "target" | "statistic" => fields_of::<QuantityFields>(),
        "project" => fields_of::<ProjectFields>(),
        "park" => fields_of::<ParkFields>(),
        "focus" => fields_of::<FocusFields>(),
        "responsibility" => fields_of::<ResponsibilityFields>(),
        "measure" => fields_of::<MeasureFields>(),
        "citation" => fields_of::<CitationFields>(),
        "finding" => fields_of::<FindingFields>(),
        _ => return None,
    };
    let mut properties = base;
    properties["type"] = json!({ "description": "The type's name.", "const": type_name, "examples": [type_name] });
    properties["id"]["examples"] = json!([format!("2019/jihua:{type_name}:120-141")]);
    properties["rule"]["examples"] = json!([rule(type_name)]);
    properties["id"]["pattern"] = json!(format!("^.+:{type_name}:[0-9]+-[0-9]+(#[0-9]+)?$"));
    properties.extend(own);
    let required: Vec<&String> = properties.keys().collect();
    let required = json!(required);
    let example = example(&properties);
    Some(json!({
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": format!("urn:zhengce:schema:{VERSION}:{type_name}"),
        "title": type_name,
        "description": about,
        "type": "object",
        "properties": properties,
        "required": required,
        "additionalProperties": false,
        "examples": [example],
    }))
}

/// The schemas of all types, in the order of [`TYPES`].
pub fn all() -> Vec<(&'static str, Value)> {
    TYPES.iter().filter_map(|name| Some((*name, schema_of(name)?))).collect()
}

fn about(type_name: &str) -> Option<&'static str> {
    Some(match type_name {
        "document" => "文件: a document and what its front says of it.",
        "section" => "章节: a heading.",
        "passage" => "段落: a paragraph, or a table's row with its column names.",
        "target" => "目标: a quantity that the document commits to.",
        "statistic" => "统计数据: a quantity that the document reports as reached.",
        "project" => "项目: a named project that the document says to build, carry out or support.",
        "park" => "园区: a named park, base or zone that the document says to build, develop or support.",
        "focus" => "重点领域: an item of any other closed list that the document sets out to develop.",
        "responsibility" => "责任分工: who does a task.",
        "measure" => "政策措施: an instrument of policy.",
        "citation" => "引用文件: a document that this one names.",
        "finding" => "核查结果: what the audit says of the document.",
        _ => return None,
    })
}

/// The properties of a type's own fields, as they are written.
fn fields_of<T: JsonSchema>() -> Map<String, Value> {
    let settings = SchemaSettings::draft2020_12().for_serialize().with(|s| s.inline_subschemas = true);
    let schema = SchemaGenerator::from(settings).into_root_schema_for::<T>();
    let mut properties = match schema.as_value().get("properties") {
        Some(Value::Object(properties)) => properties.clone(),
        _ => Map::new(),
    };
    properties.values_mut().for_each(close);
    properties
}

/// Writes into a nested object that it has all of its fields and no others.
fn close(schema: &mut Value) {
    match schema {
        Value::Object(map) => {
            if let Some(Value::Object(properties)) = map.get("properties") {
                let required: Vec<&String> = properties.keys().collect();
                let required = json!(required);
                map.insert("required".to_owned(), required);
                map.insert("additionalProperties".to_owned(), json!(false));
            }
            map.values_mut().for_each(close);
        }
        Value::Array(items) => items.iter_mut().for_each(close),
        _ => {}
    }
}

/// A rule that reads records of the type.
fn rule(type_name: &str) -> &'static str {
    match type_name {
        "document" => "document-front",
        "section" => "heading-marked",
        "passage" => "passage-paragraph",
        "project" => "project-list",
        "park" => "park-list",
        "focus" => "focus-list",
        "responsibility" => "responsibility-row",
        "measure" => "measure-heading",
        "citation" => "citation-title",
        "finding" => "growth-arithmetic",
        _ => "quantity-clause",
    }
}

/// A whole record put together of the fields' examples.
fn example(properties: &Map<String, Value>) -> Value {
    let example = |schema: &Value| schema["examples"].get(0).cloned().unwrap_or(Value::Null);
    Value::Object(properties.iter().map(|(name, schema)| (name.clone(), example(schema))).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::path::PathBuf;

    fn published(name: &str) -> PathBuf {
        PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("src/record/schema").join(format!("{name}.json"))
    }

    fn written(schema: &Value) -> String {
        format!("{}\n", serde_json::to_string_pretty(schema).unwrap())
    }

    /// `ZHENGCE_BLESS=1 cargo test published` writes them anew.
    #[test]
    fn the_published_schemas_are_those_of_the_types() {
        for (name, schema) in all() {
            if std::env::var_os("ZHENGCE_BLESS").is_some() {
                std::fs::write(published(name), written(&schema)).unwrap();
            }
            let found = std::fs::read_to_string(published(name)).unwrap_or_default();
            assert_eq!(found, written(&schema), "src/record/schema/{name}.json is not what the types say");
        }
    }

    #[test]
    fn examples_are_valid_and_strangers_are_not() {
        for (name, schema) in all() {
            let validator = jsonschema::draft202012::new(&schema).unwrap();
            let mut example = schema["examples"][0].clone();
            let errors: Vec<String> = validator.iter_errors(&example).map(|e| format!("{} {e}", e.instance_path())).collect();
            assert!(errors.is_empty(), "{name}: {errors:?}\n{example}");
            example["stranger"] = json!(1);
            assert!(!validator.is_valid(&example), "{name}");
        }
        assert!(schema_of("nothing").is_none());
    }

    /// Fields of fields, too.
    #[test]
    fn every_field_has_a_description_and_an_example() {
        fn look(place: &str, schema: &Value) {
            for (field, said) in schema["properties"].as_object().into_iter().flatten() {
                let place = format!("{place}.{field}");
                assert!(said["description"].as_str().is_some_and(|d| !d.is_empty()), "{place} has no description");
                assert!(said["examples"].get(0).is_some_and(|e| !e.is_null()), "{place} has no example");
                look(&place, said);
                look(&place, &said["items"]);
                said["anyOf"].as_array().into_iter().flatten().for_each(|other| look(&place, other));
            }
        }
        for (name, schema) in all() {
            look(name, &schema);
        }
    }
}
