//! The answer of `connect` as a picture: A left, B right, connectors between.

use super::{ConnectReport, ConnectorView};
use crate::{
    analysis::connect::Serves,
    diagram::{Languages, Role, Scene},
    report::{
        figure_words,
        picture::{BUDGET, Picture},
    },
};

pub(super) fn scene(report: &ConnectReport, languages: Languages) -> Scene {
    let distance = report.distance.unwrap_or(1);
    let mut picture = Picture::new(
        languages,
        |_, name| format!("{} — {}", name(&report.a), name(&report.b)),
        &report.sources,
    );
    picture.node(&report.a, Role::Terminal, Some(0), 1.0);
    picture.node(&report.b, Role::Terminal, Some(distance), 1.0);
    // On longer routes a connector alone says nothing: those of the routes shown are drawn.
    let is_drawn = |connector: &&ConnectorView| {
        let id = &connector.actor.actor;
        report.drawn.iter().any(|hop| hop.source == *id || hop.target == *id)
    };
    let most_drawn = report.budget.unwrap_or(BUDGET).saturating_sub(2);
    let order: Vec<&ConnectorView> = report.connectors.iter().filter(is_drawn).take(most_drawn).collect();
    let most = report.connectors.iter().map(|connector| connector.flow).fold(f64::MIN_POSITIVE, f64::max);
    for connector in &order {
        let role = if connector.serves == Serves::Third { Role::Connector } else { Role::Agent };
        picture.node(&connector.actor, role, Some(connector.rank), connector.flow / most);
    }
    if report.connector_count > order.len() {
        let (drawn, all) = (order.len(), report.connector_count);
        picture.caption(|language| figure_words::connectors_drawn(language, drawn, all));
    }
    picture.edge(&report.a.actor, &report.b.actor, &report.direct);
    for hop in &report.drawn {
        picture.edge(&hop.source, &hop.target, &hop.ties);
    }
    picture.finish()
}
