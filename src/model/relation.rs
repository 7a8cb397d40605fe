//! What kind of tie it is, and what follows from that.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{actor_kind::ActorKind, channel::Channel, id::RelationId, polarity::Polarity};
use crate::date::Duration;

/// A kind of tie: visit, diplomatic-relations, embargo …
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Relation {
    /// The id that ties name.
    pub id: RelationId,
    /// What it is called, by language tag (en, zh-Hant, zh-Hans, ko).
    #[serde(default)]
    pub labels: BTreeMap<String, String>,
    /// What it carries.
    pub channel: Channel,
    /// Whether it lasts once it has begun.
    #[serde(default)]
    pub lasting: bool,
    /// Whether both ends stand in it alike.
    #[serde(default)]
    pub symmetric: bool,
    /// Friendly, neutral or hostile.
    #[serde(default)]
    pub polarity: Polarity,
    /// The CAMEO codes that mean it.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub cameo: Vec<String>,
    /// The PLOVER class.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub plover: Option<String>,
    /// The PLOVER mode.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mode: Option<String>,
    /// The quad class: 1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub quad: Option<u8>,
    /// The Goldstein weight, from −10 to 10.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub goldstein: Option<f64>,
    /// The kinds that may act; every kind when empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub source_kinds: Vec<ActorKind>,
    /// The kinds that may be acted on; every kind when empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub target_kinds: Vec<ActorKind>,
    /// The values that `level` may take; `level` has no meaning here when empty.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub levels: Vec<String>,
    /// The values that `trend` may take.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub trends: Vec<String>,
    /// The values that `mode` of a tie may take.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub modes: Vec<String>,
    /// The lasting relation that this instant begins.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub starts: Option<RelationId>,
    /// The lasting relation that this instant ends.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ends: Option<RelationId>,
    /// Sentence templates by language tag, with `{source}`, `{target}`, `{level}`, `{role}` and `{mode}`: `{level|a mission}`
    /// says what stands there without one, and `[…]` falls away with a field that is missing.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub sentences: BTreeMap<String, String>,
}

impl Relation {
    /// A neutral instant of which only the English name and the channel are known.
    pub fn named(id: RelationId, label: &str, channel: Channel) -> Self {
        Self {
            id,
            labels: BTreeMap::from([("en".to_owned(), label.to_owned())]),
            channel,
            lasting: false,
            symmetric: false,
            polarity: Polarity::Neutral,
            cameo: Vec::new(),
            plover: None,
            mode: None,
            quad: None,
            goldstein: None,
            source_kinds: Vec::new(),
            target_kinds: Vec::new(),
            levels: Vec::new(),
            trends: Vec::new(),
            modes: Vec::new(),
            starts: None,
            ends: None,
            sentences: BTreeMap::new(),
        }
    }

    /// Whether the relation is a point in time or lasts.
    pub fn duration(&self) -> Duration {
        if self.lasting { Duration::Lasting } else { Duration::Instant }
    }

    /// The relation's name in a language, else in English, else its id.
    pub fn label(&self, lang: &str) -> &str {
        self.labels.get(lang).or_else(|| self.labels.get("en")).map_or(self.id.as_str(), String::as_str)
    }
}
