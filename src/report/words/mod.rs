//! The words by which answers are held together, in the languages in which answers are told: one place, so that
//! an answer and a brief that holds it speak alike.
//!
//! Tables for programs (CSV, JSON) stay English; so does what readers of files remarked.

mod bounds;
mod lens;
mod reason;

pub(super) use bounds::{budget, truncated};
pub(super) use lens::{asked, left_out, narrowed};
pub(super) use reason::no_route;

use super::lang::{Lang, say};
use crate::{
    analysis::order::Order,
    date::{Certainty, Status},
    model::{ActorKind, Channel},
};

/// What the order of a route is called.
pub(super) fn in_time(lang: Lang, order: Order) -> &'static str {
    lang.of(match order {
        Order::Certain => ["certainly in order of time", "時間先後確定吻合", "时间先后确定吻合"],
        Order::Possible => ["possibly in order of time", "時間先後可能吻合", "时间先后可能吻合"],
        Order::AgainstTime => ["against time", "違背時間先後", "违背时间先后"],
    })
}

/// Names in a row, the last after an *and*.
pub(super) fn and(lang: Lang, names: &[&str]) -> String {
    joined(names, lang.of([", ", "、", "、"]), lang.of([" and ", "與", "与"]))
}

/// Names in a row, the last after an *or*.
pub(super) fn or(lang: Lang, names: &[&str]) -> String {
    joined(names, lang.of([", ", "、", "、"]), lang.of([" or ", "或", "或"]))
}

fn joined(names: &[&str], comma: &str, last: &str) -> String {
    match names {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [others @ .., end] => format!("{}{last}{end}", others.join(comma)),
    }
}

/// How many ties.
pub(super) fn ties(lang: Lang, count: usize) -> String {
    match (lang, count) {
        (Lang::English, 1) => "1 tie".to_owned(),
        _ => say(lang, ["{0} ties", "{0}條關係", "{0}条关系"], &[&count]),
    }
}

/// How many hops.
pub(super) fn hops(lang: Lang, count: u32) -> String {
    match (lang, count) {
        (Lang::English, 1) => "1 hop".to_owned(),
        _ => say(lang, ["{0} hops", "{0}步", "{0}步"], &[&count]),
    }
}

/// A line, and how many more there are of its kind.
pub(super) fn and_more(lang: Lang, line: &str, count: usize) -> String {
    say(lang, ["{0} (and {1} more)", "{0}（另有{1}條）", "{0}（另有{1}条）"], &[&line, &count])
}

/// How surely, before what is so.
pub(super) fn surely(lang: Lang, certainty: Certainty) -> &'static str {
    lang.of(match certainty {
        Certainty::Certainly => ["certainly", "確定", "确定"],
        Certainty::Possibly | Certainty::No => ["possibly", "可能", "可能"],
    })
}

/// The head of the numbered sources.
pub(super) fn sources(lang: Lang) -> &'static str {
    lang.of(["Sources", "資料來源", "资料来源"])
}

/// A channel; English answers call it by its code, as options do.
pub(super) fn channel(lang: Lang, channel: Channel) -> &'static str {
    lang.of(match channel {
        Channel::Interaction => ["interaction", "往來", "往来"],
        Channel::Agency => ["agency", "代理", "代理"],
        Channel::Affiliation => ["affiliation", "隸屬", "隶属"],
        Channel::Stance => ["stance", "立場", "立场"],
    })
}

/// The status of a claim.
pub(super) fn status(lang: Lang, status: Status) -> &'static str {
    lang.of(match status {
        Status::Asserted => ["asserted", "確述", "确述"],
        Status::Alleged => ["alleged", "據稱", "据称"],
        Status::Disputed => ["disputed", "有爭議", "有争议"],
        Status::Hypothetical => ["hypothetical", "推測", "推测"],
        Status::Refuted => ["refuted", "已被否定", "已被否定"],
        Status::Absent => ["absent", "並無此事", "并无此事"],
    })
}

/// A kind of actor.
pub(super) fn kind(lang: Lang, kind: ActorKind) -> &'static str {
    lang.of(match kind {
        ActorKind::Country => ["country", "國家", "国家"],
        ActorKind::Territory => ["territory", "領地", "领地"],
        ActorKind::Institution => ["institution", "機構", "机构"],
        ActorKind::Person => ["person", "人物", "人物"],
        ActorKind::Group => ["group", "群體", "群体"],
        ActorKind::Place => ["place", "地點", "地点"],
        ActorKind::Event => ["event", "事件", "事件"],
        ActorKind::Treaty => ["treaty", "條約", "条约"],
        ActorKind::Bloc => ["bloc", "陣營", "阵营"],
        ActorKind::Object => ["object", "物件", "物件"],
    })
}
