//! A network period by period, as one picture: its busiest actors, with the ties of each period.

use super::{
    export::ExportReport,
    figure_words,
    picture::{Picture, said},
    view::Viewer,
};
use crate::{
    analysis::periods::label,
    dataset::ActorIndex,
    date::Window,
    diagram::{Heading, Languages, PANEL_LIMIT, Panel, Panels, Role},
    lens::{Lens, LensError},
    network::Network,
};

/// How many actors stand in every panel.
const PANEL_BUDGET: usize = 16;

impl ExportReport {
    /// A network in each of some periods, which are drawn as panels; the actors are those with most dyads over all of
    /// them.
    ///
    /// # Errors
    /// When the lens does not fit the dataset.
    pub fn through_time(
        whole: &Network<'_>,
        title: String,
        languages: Option<Languages>,
        periods: &[Window],
    ) -> Result<Self, LensError> {
        let (dataset, lens) = (whole.dataset(), whole.predicate().lens());
        let project = |period: &Window| Network::project(dataset, &Lens { during: *period, ..lens.clone() });
        let drawn = &periods[..periods.len().min(PANEL_LIMIT)];
        let networks: Vec<Network<'_>> = drawn.iter().map(project).collect::<Result<_, _>>()?;
        let mut degrees = vec![0_usize; dataset.actors().count()];
        for network in &networks {
            for actor in dataset.actors().all() {
                degrees[actor.at()] += network.compact().neighbours(actor).len();
            }
        }
        let mut actors: Vec<ActorIndex> =
            dataset.actors().all().filter(|actor| degrees[actor.at()] > 0).collect();
        actors.sort_by_key(|actor| (std::cmp::Reverse(degrees[actor.at()]), *actor));
        let tied_count = actors.len();
        actors.truncate(PANEL_BUDGET);
        let mut is_drawn = vec![false; degrees.len()];
        for actor in &actors {
            is_drawn[actor.at()] = true;
        }

        let named = languages.unwrap_or_default();
        let viewer = Viewer::new(dataset, whole.predicate()).naming(languages);
        let views: Vec<_> = actors.iter().map(|actor| viewer.actor(*actor)).collect();
        let heading = Heading { title: title.clone(), languages: named, ..Heading::default() };
        let mut panels = Panels { heading, ..Panels::default() };
        if title.is_empty() {
            figure_words::by_period(named.first).clone_into(&mut panels.heading.title);
            panels.heading.title_also = named.second.map(|second| figure_words::by_period(second).to_owned());
        }
        for (network, period) in networks.iter().zip(drawn) {
            let mut viewer = Viewer::new(dataset, network.predicate()).naming(languages);
            let mut picture = Picture::new(named, |_, _| String::new(), &[]);
            for view in &views {
                picture.node(view, Role::Ordinary, None, 0.0);
            }
            for (dyad, (a, b)) in dataset.dyads().with_ends(network.compact().dyads()) {
                if is_drawn[a.at()] && is_drawn[b.at()] {
                    let ties: Vec<_> = network.ties(dyad).map(|tie| viewer.tie(tie)).collect();
                    picture.edge(&viewer.id(a), &viewer.id(b), &ties);
                }
            }
            let mut scene = picture.finish();
            for tie in scene.edges.iter_mut().flat_map(|edge| &mut edge.ties) {
                tie.sources.clear();
            }
            let existed = |actor: &ActorIndex| {
                let existence = dataset.actors().existence(*actor);
                existence.first() <= period.last() && existence.last() >= period.first()
            };
            let absent = actors.iter().enumerate().filter(|(_, actor)| !existed(actor)).map(|(at, _)| at);
            let absent = absent.collect();
            panels.periods.push(Panel { period: label(*period), edges: scene.edges, absent });
            panels.nodes = scene.nodes;
        }
        // Periods before the first tie are not drawn.
        let from = panels.periods.iter().position(|panel| !panel.edges.is_empty()).unwrap_or(0);
        panels.periods.drain(..from);
        if let Some(period) = drawn[..from].last() {
            let day = period.last().to_string();
            panels.heading.caption.extend(said(named, |language| figure_words::empty_until(language, &day)));
        }
        if tied_count > actors.len() {
            panels.heading.caption.extend(said(named, |language| {
                figure_words::busiest_drawn(language, actors.len(), tied_count)
            }));
        }
        if periods.len() > drawn.len() {
            panels.heading.caption.extend(said(named, |language| {
                figure_words::periods_drawn(language, drawn.len(), periods.len())
            }));
        }
        Ok(Self { panels: Some(panels), ..Self::empty(title) })
    }
}
