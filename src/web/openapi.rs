//! What does the API say of itself? An OpenAPI 3.1 document made from the very lists that read requests and from the types that answers are
//! written from.

use schemars::generate::SchemaSettings;
use schemars::{JsonSchema, SchemaGenerator};
use serde_json::{Map, Value, json};

use super::api::CALLS;
use super::http::Endpoint;
use crate::export;
use crate::query::view::{SearchView, StatsView, WhoView};
use crate::record::schema;

/// The document.
pub fn document() -> Value {
    let mut paths = Map::new();
    for call in CALLS {
        let (path, operation) = described(call);
        paths.insert(path, json!({"get": operation}));
    }
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "zhengce 政策",
            "version": env!("CARGO_PKG_VERSION"),
            "description": "Grounded records of government policy texts, and answers from them.",
            "license": {"name": "MIT", "identifier": "MIT"},
        },
        "servers": [{"url": "/"}],
        "paths": paths,
        "components": {"schemas": schemas()},
    })
}

fn described(call: &Endpoint) -> (String, Value) {
    let name = call.path.trim_start_matches("/api").trim_matches('/').replace('.', "-");
    let mut parameters: Vec<Value> = call.params().map(super::params::Param::described).collect();
    let mut path = call.path.to_owned();
    if path.ends_with('/') {
        path += "{id}";
        parameters.push(json!({
            "name": "id", "in": "path", "required": true, "description": "The id of a record or of a document, `/` in it as it is or as %2F",
            "schema": {"type": "string", "minLength": 1},
        }));
    }
    let file = |media: &[&str]| -> Value {
        let content: Map<String, Value> = media.iter().map(|media| ((*media).to_owned(), json!({"schema": {"type": "string"}}))).collect();
        json!({"description": "The file", "content": content})
    };
    let answer = match call.path {
        "/download" => {
            file(&["application/x-ndjson", "text/csv; charset=utf-8", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"])
        }
        "/who.ics" => file(&["text/calendar; charset=utf-8"]),
        _ => {
            json!({"description": "The answer", "content": {"application/json": {"schema": {"$ref": format!("#/components/schemas/{name}")}}}})
        }
    };
    let problem = |said: &str| json!({"description": said, "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/problem"}}}});
    let operation = json!({
        "operationId": name,
        "summary": call.about,
        "parameters": parameters,
        "responses": {
            "200": answer,
            "304": {"description": "Nothing has changed since the answer with the ETag that was sent along"},
            "400": problem("A parameter is unknown, missing or unreadable, or the query can't be read"),
            "404": problem("There is no such record"),
            "405": problem("Calls are made with GET"),
            "413": problem("The request has a body"),
            "414": problem("The address is too long"),
            "421": problem("The request is for another host"),
            "500": problem("The answer could not be made"),
            "501": problem("A server of a cluster (`serve --remote`) has no index of its own to answer this from"),
            "502": problem("The cluster gave no answer"),
            "503": problem("Too much is being asked at once"),
            "504": problem("The answer took too long"),
        },
    });
    (path, operation)
}

fn schemas() -> Map<String, Value> {
    let mut schemas = Map::new();
    for (name, mut schema) in schema::all() {
        if let Some(fields) = schema.as_object_mut() {
            fields.remove("$schema");
            fields.remove("$id");
        }
        schemas.insert(format!("record-{name}"), schema);
    }
    let each: Vec<Value> = schema::TYPES.iter().map(|name| json!({"$ref": format!("#/components/schemas/record-{name}")})).collect();
    schemas.insert("record".to_owned(), json!({"oneOf": each, "description": "A record of any type; `type` tells which."}));
    let record = json!({"$ref": "#/components/schemas/record"});
    let mut search = schema_of::<SearchView>();
    search["properties"]["hits"]["items"]["properties"]["record"] = record.clone();
    schemas.insert("search".to_owned(), search);
    let task = &schema::schema_of("responsibility").unwrap_or_default()["properties"];
    let mut who = schema_of::<WhoView>();
    for field in ["lead", "support", "deadline"] {
        who["properties"]["answers"]["items"]["properties"][field] = task[field].clone();
    }
    schemas.insert("who".to_owned(), who);
    schemas.insert("show".to_owned(), record);
    schemas.insert("compare".to_owned(), schema_of::<export::Table>());
    let finding = json!({"$ref": "#/components/schemas/record-finding"});
    schemas.insert(
        "findings".to_owned(),
        json!({"type": "object", "required": ["total", "findings"], "properties": {
            "total": {"type": "integer", "minimum": 0}, "findings": {"type": "array", "items": finding},
        }}),
    );
    schemas.insert("stats".to_owned(), schema_of::<StatsView>());
    schemas.insert("schema".to_owned(), json!({"type": "object", "description": "A JSON Schema (2020-12)"}));
    schemas.insert(
        "problem".to_owned(),
        json!({"type": "object", "required": ["type", "title", "status", "detail"], "properties": {
            "type": {"type": "string", "pattern": "^urn:zhengce:problem:"}, "title": {"type": "string"},
            "status": {"type": "integer"}, "detail": {"type": "string"},
        }}),
    );
    schemas
}

fn schema_of<T: JsonSchema>() -> Value {
    let settings = SchemaSettings::draft2020_12().for_serialize().with(|settings| {
        settings.inline_subschemas = true;
        settings.meta_schema = None;
    });
    SchemaGenerator::from(settings).into_root_schema_for::<T>().to_value()
}
