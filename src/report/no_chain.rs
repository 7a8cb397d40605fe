//! Why no chain in order of time leads from one actor to another, and what to do next.

use serde::Serialize;

use super::{
    lang::{Lang, say},
    view::Viewer,
};
use crate::{analysis::temporal::NoChain, date::Day};

/// Why there is no chain.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(tag = "code", rename_all = "kebab-case")]
pub enum NoChainView {
    /// One may pass, and does not in every world.
    PossiblyOnly {
        /// The ids of the actors of one that may.
        actors: Vec<String>,
        /// Its hops without a tie that was certainly in force, as ids; where each has one, their order is in doubt.
        hops: Vec<(String, String)>,
    },
    /// Contact comes only after the last day asked about.
    NotYet {
        /// The first day on which it can have come; of what is certain, by which it has.
        first_day: Day,
    },
    /// Chains of ties join the two, none of them in order of time.
    AgainstTime,
    /// No chain of ties joins the two.
    Disconnected,
}

impl NoChainView {
    pub(super) fn new(viewer: &Viewer<'_>, reason: &NoChain) -> Self {
        match reason {
            NoChain::PossiblyOnly { actors, doubtful } => Self::PossiblyOnly {
                actors: actors.iter().map(|actor| viewer.id(*actor)).collect(),
                hops: doubtful.iter().map(|(a, b)| (viewer.id(*a), viewer.id(*b))).collect(),
            },
            NoChain::NotYet { first_day } => Self::NotYet { first_day: *first_day },
            NoChain::AgainstTime => Self::AgainstTime,
            NoChain::Disconnected => Self::Disconnected,
        }
    }

    pub(super) fn code(&self) -> &'static str {
        match self {
            Self::PossiblyOnly { .. } => "possibly-only",
            Self::NotYet { .. } => "not-yet",
            Self::AgainstTime => "against-time",
            Self::Disconnected => "disconnected",
        }
    }

    /// Why there is none, and what to do next.
    pub(super) fn words(&self, lang: Lang) -> String {
        match self {
            Self::PossiblyOnly { actors, hops } => {
                let doubt = if hops.is_empty() {
                    lang.of(["the order of its ties", "其關係的先後", "其关系的先后"]).to_owned()
                } else {
                    let hops: Vec<String> = hops.iter().map(|(a, b)| format!("{a} — {b}")).collect();
                    hops.join(lang.of([", ", "、", "、"]))
                };
                let text = [
                    "No chain of contact is certain; {0} is possible, in doubt: {1}. `--time possible` asks for such.",
                    "沒有確定的接觸路徑；{0}則有可能，存疑的是：{1}。`--time possible` 查詢這樣的路徑。",
                    "没有确定的接触路径；{0}则有可能，存疑的是：{1}。`--time possible` 查询这样的路径。",
                ];
                say(lang, text, &[&actors.join(" — "), &doubt])
            }
            Self::NotYet { first_day } => {
                let text = [
                    "No chain of contact yet: it can have come on {0} at the earliest. Ask with a period that holds that day.",
                    "尚無接觸路徑：最早在{0}可到達。請查詢包含該日的期間。",
                    "尚无接触路径：最早在{0}可到达。请查询包含该日的期间。",
                ];
                say(lang, text, &[first_day])
            }
            Self::AgainstTime => lang
                .of([
                    "No chain of contact in order of time; `chancery paths` without options on time asks for chains in any order.",
                    "沒有時間先後吻合的接觸路徑；`chancery paths` 不加時間選項則不問先後。",
                    "没有时间先后吻合的接触路径；`chancery paths` 不加时间选项则不问先后。",
                ])
                .to_owned(),
            Self::Disconnected => lang
                .of([
                    "No chain of ties at all; `chancery connect` says why.",
                    "沒有任何路徑；`chancery connect` 說明原因。",
                    "没有任何路径；`chancery connect` 说明原因。",
                ])
                .to_owned(),
        }
    }
}
