//! The answer of `connect` in words and as a table.

use super::{ConnectReport, ConnectorView, EvidenceView, RouteView};
use crate::{
    analysis::connect::{Reason, Removal, Serves},
    model::Polarity,
    report::{
        document::{Document, Table},
        lang::{Lang, say},
        picture::telling,
        view::TieView,
        words,
    },
};

/// How many ties of a hop the text writes out.
const SHOWN_TIES: usize = 4;

pub(super) fn document(report: &ConnectReport) -> Document {
    let lang = report.lang;
    let (a, b) = (&report.a.name, &report.b.name);
    let title = ["Who connects {0} and {1}?", "{0}與{1}之間由誰連接？", "{0}与{1}之间由谁连接？"];
    let mut document = Document::new(say(lang, title, &[a, b]));
    document.paragraph(summary(report));
    if let Some(truncated) = &report.truncated {
        document.paragraph(words::truncated(lang, truncated));
    }
    if !report.direct.is_empty() {
        let head = ["Direct ties ({0})", "直接關係（{0}條）", "直接关系（{0}条）"];
        document.heading(say(lang, head, &[&report.direct.len()]));
        document.list(first_lines(lang, &report.direct, TieView::line));
    }
    if !report.unwalked.is_empty() {
        let head = [
            "Direct ties that this lens leaves out ({0})",
            "篩選條件未計入的直接關係（{0}條）",
            "筛选条件未计入的直接关系（{0}条）",
        ];
        document.heading(say(lang, head, &[&report.unwalked.len()]));
        let line = |tie: &TieView| format!("{} · {}", tie.line(), words::channel(lang, tie.channel));
        document.list(first_lines(lang, &report.unwalked, line));
    }
    for serves in [Serves::Third, Serves::A, Serves::B, Serves::Both] {
        let heading = match serves {
            Serves::Third => say(lang, ["Connectors: third parties", "中介：第三方", "中介：第三方"], &[]),
            Serves::A => own_agents(lang, a),
            Serves::B => own_agents(lang, b),
            Serves::Both => {
                say(lang, ["Agents of both", "兼屬雙方的機構或官員", "兼属双方的机构或官员"], &[])
            }
        };
        let connectors: Vec<&ConnectorView> = connectors_who(report, serves).collect();
        // Unless they are asked for by kind, all kinds are one.
        let same =
            |x: &&ConnectorView, y: &&ConnectorView| !report.is_by_kind || x.actor.kind == y.actor.kind;
        for of_kind in connectors.chunk_by(same) {
            let mut table = connector_table(lang, (a, b));
            for connector in of_kind {
                table.push(connector_row(lang, connector));
            }
            let kind = of_kind[0].actor.kind.filter(|_| report.is_by_kind);
            document.heading(match kind {
                Some(kind) => {
                    say(lang, ["{0} · {1}", "{0} · {1}", "{0} · {1}"], &[&heading, &words::kind(lang, kind)])
                }
                None => heading.clone(),
            });
            document.table(table);
        }
    }
    if !report.routes.is_empty() {
        let head = ["Routes (the first {0})", "路徑（前{0}條）", "路径（前{0}条）"];
        document.heading(say(lang, head, &[&report.routes.len()]));
        document.list(report.routes.iter().map(|route| route_item(lang, route)).collect());
    }
    document
}

/// So many direct ties are written out.
const DIRECT_LINES: usize = 40;

/// The lines of the first ties, and how many more there are.
fn first_lines(
    lang: Lang,
    ties: &[TieView],
    line: impl Fn(&TieView) -> String,
) -> Vec<(String, Vec<String>)> {
    let mut lines: Vec<_> = ties.iter().take(DIRECT_LINES).map(|tie| (line(tie), Vec::new())).collect();
    let more = ties.len().saturating_sub(DIRECT_LINES);
    if more > 0 {
        let text = [
            "… and {0} more (--format json lists all)",
            "……另有{0}條（--format json 列出全部）",
            "……另有{0}条（--format json 列出全部）",
        ];
        lines.push((say(lang, text, &[&more]), Vec::new()));
    }
    lines
}

fn own_agents(lang: Lang, name: &str) -> String {
    say(lang, ["{0}'s own agents", "{0}自身的機構或官員", "{0}自身的机构或官员"], &[&name])
}

fn connector_row(lang: Lang, connector: &ConnectorView) -> Vec<String> {
    vec![
        connector.actor.name.clone(),
        format!("{:.0} %", connector.flow * 100.0),
        format!("{:.0} %", connector.share * 100.0),
        removal_text(lang, connector.if_removed),
        format!("{:.2}", connector.strength),
        side_text(&connector.evidence_a),
        side_text(&connector.evidence_b),
        connector.reference_count.to_string(),
        span_text(connector),
    ]
}

/// The head of the table of connectors between two actors.
fn connector_table(lang: Lang, (a, b): (&str, &str)) -> Table {
    let ties_to = ["ties to {0}", "與{0}的關係", "与{0}的关系"];
    let (to_a, to_b) = (say(lang, ties_to, &[&a]), say(lang, ties_to, &[&b]));
    Table::new(&[
        lang.of(["connector", "中介", "中介"]),
        lang.of(["flow>", "流量>", "流量>"]),
        lang.of(["share>", "佔比>", "占比>"]),
        lang.of(["if removed", "除去後", "除去后"]),
        lang.of(["strength>", "強度>", "强度>"]),
        &to_a,
        &to_b,
        lang.of(["sources>", "來源>", "来源>"]),
        lang.of(["years", "年份", "年份"]),
    ])
}

pub(super) fn table(report: &ConnectReport) -> Table {
    let mut table = Table::new(&[
        "actor",
        "name",
        "kind",
        "serves",
        "hops_from_a>",
        "share>",
        "flow>",
        "if_removed",
        "strength>",
        "references>",
        "ties_to_a>",
        "ties_to_b>",
        "years",
    ]);
    for connector in &report.connectors {
        table.push(vec![
            connector.actor.actor.clone(),
            connector.actor.name.clone(),
            connector.actor.kind.map_or_else(String::new, |kind| kind.to_string()),
            match connector.serves {
                Serves::Third => "third",
                Serves::A => "a",
                Serves::B => "b",
                Serves::Both => "both",
            }
            .to_owned(),
            connector.rank.to_string(),
            connector.share.to_string(),
            connector.flow.to_string(),
            removal_text(Lang::English, connector.if_removed),
            connector.strength.to_string(),
            connector.reference_count.to_string(),
            connector.evidence_a.tie_count.to_string(),
            connector.evidence_b.tie_count.to_string(),
            span_text(connector),
        ]);
    }
    table
}

fn summary(report: &ConnectReport) -> String {
    let lang = report.lang;
    let (a, b) = (&report.a.name, &report.b.name);
    if report.reason_detail == Some(Reason::SameActor) {
        return words::no_route(lang, (a, b), false, report.reason_detail.as_ref());
    }
    let direct = match report.direct.len() {
        0 if report.unwalked.is_empty() => [
            "No tie that is walked joins {0} and {1} directly.",
            "在所循的渠道中，{0}與{1}沒有直接關係。",
            "在所循的渠道中，{0}与{1}没有直接关系。",
        ],
        0 => [
            "No tie that is walked joins {0} and {1} directly; {2} that this lens leaves out stand below.",
            "在所循的渠道中，{0}與{1}沒有直接關係；篩選條件未計入的{2}條列於下文。",
            "在所循的渠道中，{0}与{1}没有直接关系；筛选条件未计入的{2}条列于下文。",
        ],
        1 => {
            ["{0} and {1} are tied directly, by 1 tie.", "{0}與{1}有1條直接關係。", "{0}与{1}有1条直接关系。"]
        }
        _ => [
            "{0} and {1} are tied directly, by {3} ties.",
            "{0}與{1}有{3}條直接關係。",
            "{0}与{1}有{3}条直接关系。",
        ],
    };
    let direct = say(lang, direct, &[a, b, &report.unwalked.len(), &report.direct.len()]);
    let space = lang.of([" ", "", ""]);
    let Some(distance) = report.distance else {
        let why = words::no_route(lang, (a, b), !report.direct.is_empty(), report.reason_detail.as_ref());
        return format!("{direct}{space}{why}");
    };
    let connectors = report.connector_count;
    let thirds = report.third_party_count;
    let they = if report.direct.is_empty() {
        ["They", "兩者", "两者"]
    } else {
        ["Besides that, they", "除此之外，兩者", "除此之外，两者"]
    };
    let routes = match report.shortest_path_count.to_u64() {
        Some(1) => ["1 shortest route", "最短路徑1條", "最短路径1条"],
        _ => ["{0} shortest routes", "最短路徑{0}條", "最短路径{0}条"],
    };
    let people = if connectors == 1 {
        ["1 connector", "1個中介", "1个中介"]
    } else {
        ["{0} connectors", "{0}個中介", "{0}个中介"]
    };
    let parties = match thirds {
        0 => ["none a third party", "其中沒有第三方", "其中没有第三方"],
        1 if connectors == 1 => ["a third party", "是第三方", "是第三方"],
        1 => ["one a third party", "其中1個是第三方", "其中1个是第三方"],
        thirds if thirds == connectors => ["all third parties", "全部是第三方", "全部是第三方"],
        _ => ["{0} of them third parties", "其中{0}個是第三方", "其中{0}个是第三方"],
    };
    say(
        lang,
        [
            "{0} {1} are {2} hops apart: {3} through {4}, {5}. {6}",
            "{0}{1}相距{2}步：{3}，經過{4}，{5}。{6}",
            "{0}{1}相距{2}步：{3}，经过{4}，{5}。{6}",
        ],
        &[
            &direct,
            &lang.of(they),
            &distance,
            &say(lang, routes, &[&report.shortest_path_count]),
            &say(lang, people, &[&connectors]),
            &say(lang, parties, &[&thirds]),
            &disjoint(report),
        ],
    )
}

/// So many actors of a cut are named in the summary.
const NAMED_CUT: usize = 4;

/// How many routes share no connector, how many no dyad, and through whom all must pass.
fn disjoint(report: &ConnectReport) -> String {
    let (lang, count) = (report.lang, report.disjoint_count);
    if report.disjoint_is_bounded {
        let text = [
            "Of routes of any length, at least {0} share no connector.",
            "不限長度的路徑中，至少有{0}條沒有共同的中介。",
            "不限长度的路径中，至少有{0}条没有共同的中介。",
        ];
        return say(lang, text, &[&count]);
    }
    let apart = match (report.dyad_disjoint_count, report.dyad_disjoint_is_bounded) {
        (dyads, _) if dyads == count => String::new(),
        (dyads, true) => say(
            lang,
            [" (and at least {0} no dyad)", "（至少{0}條沒有共同的一步）", "（至少{0}条没有共同的一步）"],
            &[&dyads],
        ),
        (dyads, false) => {
            say(lang, [" (and {0} no dyad)", "（{0}條沒有共同的一步）", "（{0}条没有共同的一步）"], &[&dyads])
        }
    };
    let names: Vec<&str> = report.cut_names.iter().map(String::as_str).collect();
    match names.as_slice() {
        [only] => say(
            lang,
            [
                "Every route, of whatever length, passes through {0}.",
                "不論長短，每條路徑都經過{0}。",
                "不论长短，每条路径都经过{0}。",
            ],
            &[only],
        ),
        names if (2..=NAMED_CUT).contains(&names.len()) => say(
            lang,
            [
                "Of routes of any length, {0} share no connector{1}; all pass through {2}.",
                "不限長度的路徑中，有{0}條沒有共同的中介{1}；所有路徑都經過{2}。",
                "不限长度的路径中，有{0}条没有共同的中介{1}；所有路径都经过{2}。",
            ],
            &[&count, &apart, &words::or(lang, names)],
        ),
        names => say(
            lang,
            [
                "Of routes of any length, {0} share no connector{1}; to part the two, {2} actors at the least would have to \
                 be taken away.",
                "不限長度的路徑中，有{0}條沒有共同的中介{1}；要使兩者斷開，至少須除去{2}個行為者。",
                "不限长度的路径中，有{0}条没有共同的中介{1}；要使两者断开，至少须除去{2}个行为者。",
            ],
            &[&count, &apart, &names.len()],
        ),
    }
}

fn connectors_who(report: &ConnectReport, serves: Serves) -> impl Iterator<Item = &ConnectorView> {
    report.connectors.iter().filter(move |connector| connector.serves == serves)
}

fn removal_text(lang: Lang, removal: Removal) -> String {
    match removal {
        Removal::Same => lang.of(["same", "不變", "不变"]).to_owned(),
        Removal::Longer { by } => format!("+{by}"),
        Removal::Disconnected => lang.of(["cut off", "斷開", "断开"]).to_owned(),
    }
}

/// Ties, polarity and doubt on one side: `17 (12+ 3− 2· 1?)`.
fn side_text(evidence: &EvidenceView) -> String {
    let mut parts = Vec::new();
    for (polarity, sign) in [(Polarity::Positive, "+"), (Polarity::Negative, "−"), (Polarity::Neutral, "·")]
    {
        if let Some(count) = evidence.polarity.get(&polarity) {
            parts.push(format!("{count}{sign}"));
        }
    }
    let doubtful = evidence.tie_count - evidence.certain_count;
    if doubtful > 0 {
        parts.push(format!("{doubtful}?"));
    }
    format!("{} ({})", evidence.tie_count, parts.join(" "))
}

fn span_text(connector: &ConnectorView) -> String {
    let years = [&connector.evidence_a, &connector.evidence_b];
    let first = years.iter().filter_map(|evidence| evidence.first_year).min();
    // While one side is open, so is the whole.
    let last = years.iter().map(|evidence| evidence.last_year).reduce(|x, y| Some(x?.max(y?))).flatten();
    match (first, last) {
        (Some(first), Some(last)) if first == last => first.to_string(),
        (Some(first), Some(last)) => format!("{first}–{last}"),
        (Some(year), None) => format!("{year}–"),
        (None, Some(year)) => format!("–{year}"),
        (None, None) => String::new(),
    }
}

pub(super) fn route_item(lang: Lang, route: &RouteView) -> (String, Vec<String>) {
    let mut lines = Vec::new();
    for hop in &route.hops {
        let mut shown: Vec<&TieView> = telling(&hop.ties).into_iter().take(SHOWN_TIES).collect();
        shown.sort_by_key(|tie| hop.ties.iter().position(|other| other.id == tie.id));
        lines.extend(shown.iter().map(|tie| tie.line()));
        if hop.ties.len() > SHOWN_TIES {
            let more = if hop.is_of_group {
                ["… and {0} more", "……另有{0}條", "……另有{0}条"]
            } else {
                [
                    "… and {0} more: chancery timeline {1} {2}",
                    "……另有{0}條：chancery timeline {1} {2}",
                    "……另有{0}条：chancery timeline {1} {2}",
                ]
            };
            lines.push(say(
                lang,
                more,
                &[&(hop.ties.len() - SHOWN_TIES), &quoted(&hop.source), &quoted(&hop.target)],
            ));
        }
    }
    (format!("{} · {}", route.names.join(" — "), words::in_time(lang, route.order)), lines)
}

/// An id as it is written on the command line.
fn quoted(id: &str) -> String {
    let is_plain = id.chars().all(|char| char.is_alphanumeric() || "-_.:".contains(char));
    if is_plain { id.to_owned() } else { format!("'{}'", id.replace('\'', r"'\''")) }
}
