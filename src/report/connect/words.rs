//! The answer of `connect` in words and as a table.

use super::{ConnectReport, ConnectorView, EvidenceView, RouteView};
use crate::{
    analysis::connect::{Reason, Removal, Serves},
    model::Polarity,
    report::{
        document::{Document, Table},
        hop::in_time,
        picture::telling,
        view::TieView,
    },
};

/// How many ties of a hop the text writes out.
const SHOWN_TIES: usize = 4;

pub(super) fn document(report: &ConnectReport) -> Document {
    let (a, b) = (&report.a.name, &report.b.name);
    let mut document = Document::new(format!("Who connects {a} and {b}?"));
    document.paragraph(summary(report));
    if !report.direct.is_empty() {
        document.heading(format!("Direct ties ({})", report.direct.len()));
        document.list(report.direct.iter().map(|tie| (tie.line(), Vec::new())).collect());
    }
    if !report.unwalked.is_empty() {
        document.heading(format!("Direct ties that this lens leaves out ({})", report.unwalked.len()));
        let line = |tie: &TieView| (format!("{} · {}", tie.line(), tie.channel.as_str()), Vec::new());
        document.list(report.unwalked.iter().map(line).collect());
    }
    let groups = [
        (Serves::Third, "Connectors: third parties".to_owned()),
        (Serves::A, format!("{a}'s own agents")),
        (Serves::B, format!("{b}'s own agents")),
        (Serves::Both, "Agents of both".to_owned()),
    ];
    for (serves, heading) in groups {
        let (to_a, to_b) = (format!("ties to {a}"), format!("ties to {b}"));
        let mut table = Table::new(&[
            "connector",
            "flow>",
            "share>",
            "if removed",
            "strength>",
            &to_a,
            &to_b,
            "sources>",
            "years",
        ]);
        for connector in connectors_who(report, serves) {
            table.push(vec![
                connector.actor.name.clone(),
                format!("{:.0} %", connector.flow * 100.0),
                format!("{:.0} %", connector.share * 100.0),
                removal_text(connector.if_removed),
                format!("{:.2}", connector.strength),
                side_text(&connector.evidence_a),
                side_text(&connector.evidence_b),
                connector.reference_count.to_string(),
                span_text(connector),
            ]);
        }
        if !table.rows.is_empty() {
            document.heading(heading);
            document.table(table);
        }
    }
    if !report.routes.is_empty() {
        document.heading(format!("Routes (the first {})", report.routes.len()));
        document.list(report.routes.iter().map(route_item).collect());
    }
    document
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
            removal_text(connector.if_removed),
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
    let (a, b) = (&report.a.name, &report.b.name);
    let direct = match report.direct.len() {
        0 if report.unwalked.is_empty() => format!("No tie that is walked joins {a} and {b} directly."),
        0 => format!(
            "No tie that is walked joins {a} and {b} directly; {} that this lens leaves out stand below.",
            report.unwalked.len()
        ),
        1 => format!("{a} and {b} are tied directly, by 1 tie."),
        count => format!("{a} and {b} are tied directly, by {count} ties."),
    };
    let (Some(distance), connectors) = (report.distance, report.connectors.len()) else {
        return format!("{direct} {}", no_route(report));
    };
    let thirds = report.connectors.iter().filter(|connector| connector.serves == Serves::Third).count();
    let besides = if report.direct.is_empty() { "" } else { "Besides that, " };
    let routes = match report.shortest_path_count.to_u64() {
        Some(1) => "1 shortest route".to_owned(),
        _ => format!("{} shortest routes", report.shortest_path_count),
    };
    let people = if connectors == 1 { "1 connector".to_owned() } else { format!("{connectors} connectors") };
    let parties = match thirds {
        0 => "none a third party".to_owned(),
        1 if connectors == 1 => "a third party".to_owned(),
        1 => "one a third party".to_owned(),
        thirds if thirds == connectors => "all third parties".to_owned(),
        thirds => format!("{thirds} of them third parties"),
    };
    let they = if besides.is_empty() { "They" } else { "they" };
    format!(
        "{direct} {besides}{they} are {distance} hops apart: {routes} through {people}, {parties}. {}",
        disjoint(report)
    )
}

/// So many actors of a cut are named in the summary.
const NAMED_CUT: usize = 4;

/// How many routes share no connector, how many no dyad, and through whom all must pass.
fn disjoint(report: &ConnectReport) -> String {
    let count = report.disjoint_count;
    if report.disjoint_is_bounded {
        return format!("Of routes of any length, at least {count} share no connector.");
    }
    let apart = match (report.dyad_disjoint_count, report.dyad_disjoint_is_bounded) {
        (dyads, _) if dyads == count => String::new(),
        (dyads, true) => format!(" (and at least {dyads} no dyad)"),
        (dyads, false) => format!(" (and {dyads} no dyad)"),
    };
    match report.cut_names.as_slice() {
        [only] => format!("Every route, of whatever length, passes through {only}."),
        [others @ .., last] if others.len() < NAMED_CUT => format!(
            "Of routes of any length, {count} share no connector{apart}; all pass through {} or {last}.",
            others.join(", ")
        ),
        names => format!(
            "Of routes of any length, {count} share no connector{apart}; to part the two, {} actors at the least would \
             have to be taken away.",
            names.len()
        ),
    }
}

fn no_route(report: &ConnectReport) -> String {
    let besides =
        if report.direct.is_empty() { "No route joins them" } else { "No route joins them besides" };
    match &report.reason_detail {
        None => format!("{besides}."),
        Some(Reason::SameActor) => "Both names mean the same actor; ask about two different ones.".to_owned(),
        Some(Reason::Filtered { parts }) => {
            let ways: Vec<String> = parts
                .iter()
                .map(|filtered| {
                    let and = filtered.and.map_or_else(String::new, |and| format!(" and {}", and.remedy()));
                    format!("{}{and}: then they are {} hops apart", filtered.part.remedy(), filtered.distance)
                })
                .collect();
            format!("{besides} through this lens. What would: {}.", ways.join("; "))
        }
        Some(Reason::NotYet { first_day }) => {
            format!(
                "{besides} yet: the first day on which they may be connected is {first_day}. Ask with a period that \
                 holds it (--during ../{first_day})."
            )
        }
        Some(Reason::PossiblyOnly { hops }) => {
            let hops: Vec<String> = hops.iter().map(|(a, b)| format!("{a} — {b}")).collect();
            format!(
                "{besides} for certain; possibly one does (in doubt: {}). Ask without --certain.",
                hops.join(", ")
            )
        }
        Some(Reason::Disconnected { a_component, b_component }) => format!(
            "{besides}: {} can reach {} actors, {} can reach {}, and no chain of ties that passes this lens crosses over. `chancery ego` lists whom each is \
             tied to.",
            report.a.name,
            a_component - 1,
            report.b.name,
            b_component - 1
        ),
    }
}

fn connectors_who(report: &ConnectReport, serves: Serves) -> impl Iterator<Item = &ConnectorView> {
    report.connectors.iter().filter(move |connector| connector.serves == serves)
}

fn removal_text(removal: Removal) -> String {
    match removal {
        Removal::Same => "same".to_owned(),
        Removal::Longer { by } => format!("+{by}"),
        Removal::Disconnected => "cut off".to_owned(),
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

fn route_item(route: &RouteView) -> (String, Vec<String>) {
    let mut lines = Vec::new();
    for hop in &route.hops {
        let mut shown: Vec<&TieView> = telling(&hop.ties).into_iter().take(SHOWN_TIES).collect();
        shown.sort_by_key(|tie| hop.ties.iter().position(|other| other.id == tie.id));
        lines.extend(shown.iter().map(|tie| tie.line()));
        if hop.ties.len() > SHOWN_TIES {
            lines.push(format!(
                "… and {} more: chancery timeline {} {}",
                hop.ties.len() - SHOWN_TIES,
                hop.source,
                hop.target
            ));
        }
    }
    (format!("{} · {}", route.names.join(" — "), in_time(route.order)), lines)
}
