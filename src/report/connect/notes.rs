//! What stands under the answer of `connect`: the orders in force, and what the current ran over.

use std::collections::BTreeSet;

use super::ConnectReport;
use crate::{
    analysis::connect::{Connection, Flow, Options, Ranking, Solution},
    dataset::{Dataset, Mirrored, TieIndex},
    lens::Direction,
    report::{
        lang::{Lang, say},
        words,
    },
};

pub(super) fn notes(
    report: &ConnectReport,
    dataset: &Dataset,
    connection: &Connection,
    options: &Options,
) -> Vec<String> {
    let lang = report.lang;
    let mut notes = Vec::new();
    if !report.connectors.is_empty() {
        let order = [
            "Connectors stand in order of the strength of their weaker side (Σ wᵢ/i over distinct happenings, \
             w = 1 if certain and ½ if doubtful), then of references, flow, share and id. Their tables give the share \
             of the shortest routes that pass through each, what its removal does to the distance, and the ties on \
             either side: + friendly, − hostile, · neutral, ? doubtful.",
            "中介依較弱一側的強度排序（對各事件求 Σ wᵢ/i，確定者 w = 1，存疑者 w = ½），其次依來源數、流量、佔比、代號。表中\
             列出經過各中介的最短路徑佔比、除去該中介後距離的變化，以及兩側的關係：+ 友好、− 敵對、· 中性、? 存疑。",
            "中介依较弱一侧的强度排序（对各事件求 Σ wᵢ/i，确定者 w = 1，存疑者 w = ½），其次依来源数、流量、占比、代号。表中\
             列出经过各中介的最短路径占比、除去该中介后距离的变化，以及两侧的关系：+ 友好、− 敌对、· 中性、? 存疑。",
        ];
        notes.push(lang.of(order).to_owned());
    }
    if !connection.routes.is_empty() {
        let order = match options.ranking {
            Ranking::Short => [
                "Routes stand in order of their hops, then of Σ 1/strength over these.",
                "路徑依步數排序，其次依各步強度的 Σ 1/強度。",
                "路径依步数排序，其次依各步强度的 Σ 1/强度。",
            ],
            Ranking::Interesting => [
                "Routes stand in order of their hops plus λ·log₂(1 + d) for each actor of d neighbours between the ends, λ = {0}; \
             those that add a connector first.",
                "路徑依步數加上途中每個行為者的 λ·log₂(1 + d) 排序（d 為其鄰居數，λ = {0}）；帶來新中介的路徑在前。",
                "路径依步数加上途中每个行为者的 λ·log₂(1 + d) 排序（d 为其邻居数，λ = {0}）；带来新中介的路径在前。",
            ],
        };
        notes.push(say(lang, order, &[&options.lambda]));
    }
    if let Some(budget) = report.budget.filter(|_| report.connectors.len() < report.connector_count) {
        notes.push(words::budget(lang, report.connectors.len(), report.connector_count, budget));
    }
    notes.extend(connection.flow.as_ref().map(|flow| flow_note(lang, flow)));
    if report.direction == Direction::Forward && connection.flow.is_some() {
        let either_way = [
            "A current has no direction: it passes each dyad either way.",
            "電流不分方向：每對連線兩個方向都可通過。",
            "电流不分方向：每对连线两个方向都可通过。",
        ];
        notes.push(lang.of(either_way).to_owned());
    }
    if connection.are_routes_bounded {
        let bounded = [
            "Not all routes were compared: those shown are the best of the first found.",
            "並未比較所有路徑：所列是先找到者中最佳的。",
            "并未比较所有路径：所列是先找到者中最佳的。",
        ];
        notes.push(lang.of(bounded).to_owned());
    }
    notes.extend(mirrored_note(lang, dataset, connection));
    notes
}

/// Which ties of the answer tell of the same from both sides, where some do.
fn mirrored_note(lang: Lang, dataset: &Dataset, connection: &Connection) -> Option<String> {
    let evidence = connection.connectors.iter().flat_map(|one| [&one.towards_a, &one.towards_b]);
    let ties: BTreeSet<TieIndex> =
        evidence.flat_map(|side| &side.ties).chain(&connection.direct).copied().collect();
    let Mirrored { visit_count, mutual_count } = dataset.mirrored(ties.into_iter());
    let twice = [
        "Told from both sides, and so counted twice here: {0} as visit and hosting, {1} as a consultation, \
         negotiation, meeting or agreement; --merge-mirrors counts each once.",
        "雙方各記一次、因此這裡計為兩次的：訪問與接待{0}次，磋商、談判、會晤或協議{1}次；加上 --merge-mirrors 則各只計一次。",
        "双方各记一次、因此这里计为两次的：访问与接待{0}次，磋商、谈判、会晤或协议{1}次；加上 --merge-mirrors 则各只计一次。",
    ];
    (visit_count + mutual_count > 0).then(|| say(lang, twice, &[&visit_count, &mutual_count]))
}

/// What the current ran over, and what that leaves out.
fn flow_note(lang: Lang, flow: &Flow) -> String {
    let solved = match flow.solution {
        Solution::Exact => String::new(),
        Solution::ConjugateGradients { tolerance } => say(
            lang,
            [
                " Solved by conjugate gradients to a residual of {0}.",
                "以共軛梯度法求解，殘差{0}。",
                "以共轭梯度法求解，残差{0}。",
            ],
            &[&format!("{tolerance:e}")],
        ),
    };
    say(
        lang,
        [
            "Flow: one unit of current between the two over the {0} actors on routes of at most {1} hops and the {2} dyads among \
             them, each conducting as its ties are strong; longer routes are left out.{3}",
            "流量：兩者之間的一單位電流，流過不超過{1}步的路徑上的{0}個行為者及其間的{2}對連線，各依其關係的強度導通；更長的路徑\
             未計入。{3}",
            "流量：两者之间的一单位电流，流过不超过{1}步的路径上的{0}个行为者及其间的{2}对连线，各依其关系的强度导通；更长的路径\
             未计入。{3}",
        ],
        &[&flow.region.len(), &flow.hop_limit, &flow.dyads.len(), &solved],
    )
}
