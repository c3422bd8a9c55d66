//! The JSON Schema (draft 7) of scenario files, for TOML editors.

use serde_json::{Map, Value, json};

use super::shape::{Key, Kind, Range, Shape};

/// A duration as a regular expression; `none` unsets what an extended file says.
const DURATION: &str =
    r"^(none|[+-][0-9]+(\.[0-9]*)?\s*%|[+-]?([0-9]+(\.[0-9]*)?\s*(ms|s|sec|m|min|h|d)\s*)+)$";
const WITHIN: &str = r"^(none|[0-9]+(\.[0-9]*)?wd|([0-9]+(\.[0-9]*)?\s*(ms|s|sec|m|min|h|d)\s*)+)$";

/// What changes the value that it is laid over: `+2`, `-10%`.
const CHANGE: &str = r"^[+-][0-9]+(\.[0-9]*)?\s*%?$";

/// A percentage.
const PERCENT: &str = r"^[0-9]+(\.[0-9]*)?\s*%$";

/// The JSON Schema of files of this shape. Nothing is required in it, as a file may extend another.
pub(crate) fn schema(root: &'static Shape, title: &str) -> Value {
    let mut definitions = Map::new();
    let mut schema = table(root, &mut definitions);
    schema["$schema"] = json!("http://json-schema.org/draft-07/schema#");
    schema["title"] = json!(title);
    schema["definitions"] = Value::Object(definitions);
    schema
}

type Definitions = Map<String, Value>;

fn table(shape: &Shape, definitions: &mut Definitions) -> Value {
    let mut properties = Map::new();
    for key in shape.all() {
        properties.insert(key.name.to_owned(), property(key, definitions));
    }
    json!({
        "type": "object",
        "description": shape.doc,
        "properties": properties,
        "additionalProperties": false,
    })
}

fn property(key: &Key, definitions: &mut Definitions) -> Value {
    let mut value = kind(&key.kind, definitions);
    let text = matches!(key.kind, Kind::Text | Kind::File | Kind::Duration | Kind::Within);
    if key.default != "required" && !text {
        value = json!({ "anyOf": [value, { "const": "none" }] });
    }
    value["description"] = match key.default {
        "" | "required" => json!(key.doc),
        default => json!(format!("{}. Left out: {default}", key.doc)),
    };
    value
}

fn reference_to(shape: &'static Shape, definitions: &mut Definitions) -> Value {
    let name = shape.name.replace(' ', "_");
    if !definitions.contains_key(&name) {
        // Put there first, as a distribution may contain distributions.
        definitions.insert(name.clone(), Value::Null);
        let value = table(shape, definitions);
        definitions.insert(name.clone(), value);
    }
    json!({ "$ref": format!("#/definitions/{name}") })
}

fn kind(of: &Kind, definitions: &mut Definitions) -> Value {
    match of {
        Kind::Text
        | Kind::File
        | Kind::Date
        | Kind::Moment
        | Kind::TimeOfDay
        | Kind::Between
        | Kind::Days
        | Kind::Name(_) => {
            json!({ "type": "string" })
        }
        Kind::Flag => json!({ "type": "boolean" }),
        Kind::Count(least) => or_change(json!({ "type": "integer", "minimum": least })),
        Kind::Number(range) => number(*range),
        Kind::Duration => json!({ "type": "string", "pattern": DURATION }),
        Kind::Within => json!({ "type": "string", "pattern": WITHIN }),
        Kind::Word { words } => json!({ "enum": words }),
        Kind::Distribution(shape) => {
            json!({ "anyOf": [kind(&Kind::Duration, definitions), reference_to(shape, definitions)] })
        }
        Kind::Stepped(of) => {
            let value = kind(of, definitions);
            let by_time = json!({
                "type": "object",
                "patternProperties": { "^[0-9]": value },
                "additionalProperties": false,
            });
            let spaced = json!({
                "type": "object",
                "properties": {
                    "step": kind(&Kind::Duration, definitions),
                    "values": { "type": "array", "items": value },
                },
                "required": ["step", "values"],
                "additionalProperties": false,
            });
            json!({ "anyOf": [value, by_time, spaced] })
        }
        Kind::List(of) => json!({ "type": "array", "items": kind(of, definitions) }),
        Kind::Each { value, .. } => {
            json!({ "type": "object", "additionalProperties": kind(value, definitions) })
        }
        Kind::Table(shape) => reference_to(shape, definitions),
        Kind::Tables(shape) | Kind::Members(shape) => {
            let table = reference_to(shape, definitions);
            json!({ "type": "object", "additionalProperties": { "anyOf": [table, { "const": "none" }] } })
        }
        Kind::Either(kinds) => {
            let kinds: Vec<Value> = kinds.iter().map(|one| kind(one, definitions)).collect();
            json!({ "anyOf": kinds })
        }
        Kind::Paths | Kind::Variants(_) => json!({ "type": "object" }),
    }
}

fn number(range: Range) -> Value {
    or_change(match range {
        Range::Any => json!({ "type": "number" }),
        Range::NotNegative => json!({ "type": "number", "minimum": 0 }),
        Range::Positive => json!({ "type": "number", "exclusiveMinimum": 0 }),
        Range::Share => or_percent(json!({ "type": "number", "minimum": 0, "maximum": 1 })),
        Range::Inside => {
            or_percent(json!({ "type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 1 }))
        }
        Range::Part => or_percent(json!({ "type": "number", "exclusiveMinimum": 0, "maximum": 1 })),
        Range::AtLeastOne => json!({ "type": "number", "minimum": 1 }),
    })
}

/// Over what another file says, a number may be a change.
fn or_change(number: Value) -> Value {
    json!({ "anyOf": [number, { "type": "string", "pattern": CHANGE }] })
}

/// A share may be written as a percentage.
fn or_percent(share: Value) -> Value {
    json!({ "anyOf": [share, { "type": "string", "pattern": PERCENT }] })
}
