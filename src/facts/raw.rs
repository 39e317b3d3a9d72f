//! The contract as it stands in JSON: string ids, scalar offsets, names as text.
//!
//! Only a shape; what it says is checked in `read` and made in `write`.

use serde::{Deserialize, Serialize};
use serde_json::Number;

/// `[start, end)` in scalar values.
pub(super) type Pair = [u64; 2];

#[derive(Deserialize, Serialize)]
pub(super) struct Facts {
    pub(super) schema: String,
    pub(super) article: Article,
    pub(super) sentences: Vec<Pair>,
    pub(super) entities: Vec<Entity>,
    pub(super) times: Vec<Time>,
    pub(super) quantities: Vec<Quantity>,
    pub(super) events: Vec<Event>,
    pub(super) relations: Vec<Relation>,
    pub(super) statements: Vec<Statement>,
}

#[derive(Deserialize, Serialize)]
pub(super) struct Article {
    pub(super) id: String,
    pub(super) text: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) published: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) title: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) url: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) publisher: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) language: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) retrieved: Option<String>,
}

#[derive(Deserialize, Serialize)]
pub(super) struct Entity {
    pub(super) id: String,
    #[serde(rename = "type")]
    pub(super) kind: String,
    pub(super) name: String,
    pub(super) mentions: Vec<Mention>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) links: Option<Vec<Link>>,
}

#[derive(Deserialize, Serialize)]
pub(super) struct Mention {
    pub(super) span: Pair,
    pub(super) form: String,
}

#[derive(Deserialize, Serialize)]
pub(super) struct Link {
    pub(super) iri: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) score: Option<Number>,
}

#[derive(Deserialize, Serialize)]
pub(super) struct Time {
    pub(super) id: String,
    pub(super) span: Pair,
    #[serde(rename = "type")]
    pub(super) kind: String,
    pub(super) value: String,
    #[serde(default, rename = "mod", skip_serializing_if = "Option::is_none")]
    pub(super) modifier: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) begin: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) end: Option<String>,
}

#[derive(Deserialize, Serialize)]
pub(super) struct Quantity {
    pub(super) id: String,
    pub(super) span: Pair,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) value: Option<Number>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) low: Option<Number>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) high: Option<Number>,
    pub(super) modifier: String,
    pub(super) unit: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) of: Option<Pair>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) change: Option<String>,
}

#[derive(Deserialize, Serialize)]
pub(super) struct Role {
    pub(super) role: String,
    #[serde(rename = "ref")]
    pub(super) filler: String,
}

#[derive(Deserialize, Serialize)]
pub(super) struct Event {
    pub(super) id: String,
    #[serde(rename = "type")]
    pub(super) kind: String,
    pub(super) trigger: Pair,
    pub(super) lemma: String,
    pub(super) roles: Vec<Role>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) time: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) place: Option<String>,
    pub(super) polarity: String,
    pub(super) modality: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) quantities: Option<Vec<String>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) same: Option<String>,
}

/// An entity id, or a literal.
#[derive(Deserialize, Serialize)]
#[serde(untagged)]
pub(super) enum Object {
    Id(String),
    Literal { value: String, datatype: String },
}

#[derive(Deserialize, Serialize)]
pub(super) struct Relation {
    pub(super) id: String,
    pub(super) subject: String,
    pub(super) predicate: String,
    pub(super) object: Object,
    pub(super) span: Pair,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) time: Option<String>,
    pub(super) polarity: String,
    pub(super) modality: String,
}

#[derive(Deserialize, Serialize)]
pub(super) struct Statement {
    pub(super) id: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) speaker: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) source: Option<Pair>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) cue: Option<Pair>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) addressee: Option<String>,
    pub(super) content: Vec<Pair>,
    pub(super) mode: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) relays: Option<String>,
    pub(super) carries: Vec<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) time: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) modality: Option<String>,
}
