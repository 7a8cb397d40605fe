//! A timeline as lanes: one a tie, or one a kind of tie where there are many.

use super::{
    figure_words,
    picture::{said, titles},
    timeline::{OnBehalf, TimelineReport, TimelineRow},
    view::ActorView,
};
use crate::{
    dataset::{Dataset, TieIndex},
    date::{Reading, Status},
    diagram::{Direction, Doubt, Heading, Lane, Lanes, Languages, Span},
};

/// Beyond so many ties, those of one kind share a lane.
const MOST_SINGLE: usize = 60;

/// What the claims of a tie say of time; a claim that denies it draws nothing.
pub(super) fn spans(dataset: &Dataset, tie: TieIndex) -> Vec<Span> {
    let mut spans = Vec::new();
    for (claim, days, _) in dataset.ties().claims(tie) {
        // One of several days that a source leaves open is sure by itself only if there is one.
        let is_choice = claim.reading == Reading::Alternatives && days.len() > 1;
        let doubt = match claim.status {
            Status::Asserted => Doubt::Asserted,
            Status::Alleged | Status::Disputed => Doubt::Doubtful,
            Status::Hypothetical => Doubt::Hypothetical,
            Status::Refuted | Status::Absent => continue,
        };
        spans.extend(days.iter().map(|(bounds, doubtful)| Span {
            bounds: *bounds,
            doubt: if *doubtful || is_choice { doubt.max(Doubt::Doubtful) } else { doubt },
        }));
    }
    spans.sort_by_key(|span| (span.bounds, span.doubt));
    spans.dedup();
    spans
}

impl TimelineReport {
    /// The picture of the timeline.
    pub(super) fn over_time(&self, languages: Languages) -> Lanes {
        let names =
            |name: fn(&ActorView) -> &str| self.actors.iter().map(name).collect::<Vec<_>>().join(" — ");
        let (title, title_also) = titles(languages, |_, name| names(name));
        let dated: Vec<&TimelineRow> = self.rows.iter().filter(|row| row.year.is_some()).collect();
        let mut lanes: Vec<Lane> = Vec::new();
        for row in &dated {
            let lane = self.lane(row, languages);
            let alike = |known: &&mut Lane| {
                (&known.label, known.direction, known.polarity)
                    == (&lane.label, lane.direction, lane.polarity)
            };
            match lanes.iter_mut().find(alike).filter(|_| dated.len() > MOST_SINGLE) {
                Some(known) => {
                    known.ties.extend(lane.ties);
                    known.spans.extend(lane.spans);
                    known.note = figure_words::ties(languages.first, known.ties.len());
                }
                None => lanes.push(lane),
            }
        }
        let caption = match self.rows.len() - dated.len() {
            0 => Vec::new(),
            count => said(languages, |language| figure_words::undated(language, count)),
        };
        let ends = |name: fn(&ActorView) -> &str| match self.actors.as_slice() {
            [a, b] => Some((name(a).to_owned(), name(b).to_owned())),
            _ => None,
        };
        Lanes {
            heading: Heading { title, title_also, caption, languages },
            lanes,
            sources: self.sources.iter().map(|source| source.text.clone()).collect(),
            ends: ends(|actor| &actor.name).zip(ends(ActorView::second_name)).map(Into::into),
        }
    }

    fn lane(&self, row: &TimelineRow, languages: Languages) -> Lane {
        let tie = &row.tie;
        // An end that acts for an actor asked about stands on its side.
        let side = |end: &str, actor: &str| {
            let on = row.on_behalf.iter().find(|on| on.end == end).map_or(actor, |on| on.actor.as_str());
            self.actors.iter().position(|asked| asked.actor == on)
        };
        let source = side("source", &tie.source);
        let direction = match source {
            _ if self.actors.len() == 1 => None,
            _ if tie.symmetric => Some(Direction::Mutual),
            Some(0) => Some(Direction::Forward),
            Some(_) | None => Some(Direction::Backward),
        };
        // Of one actor the other end is said, of two those who act for them.
        let words = |label: &str, source_name: &str, target_name: &str| match (self.actors.len(), source) {
            (1, _) if tie.symmetric => {
                format!("{label} — {}", if source.is_some() { target_name } else { source_name })
            }
            (1, Some(_)) => format!("{label} → {target_name}"),
            (1, None) => format!("{label} ← {source_name}"),
            _ => {
                let agent = |on: &OnBehalf| if on.end == "source" { source_name } else { target_name };
                let agents: Vec<&str> = row.on_behalf.iter().map(agent).collect();
                if agents.is_empty() { label.to_owned() } else { format!("{label} ({})", agents.join(", ")) }
            }
        };
        let label = words(&tie.label, &tie.source_name, &tie.target_name);
        let label_also = tie
            .also
            .as_ref()
            .map(|also| words(&also.label, &also.source_name, &also.target_name))
            .filter(|also| *also != label);
        let when = figure_words::date(languages.first, &tie.when);
        let doubt = tie.doubt_in(languages.first);
        let doubt = if doubt.is_empty() { String::new() } else { format!(", {doubt}") };
        Lane {
            label,
            label_also,
            note: format!("{when}{doubt} {}", tie.marks()).trim().to_owned(),
            ties: vec![tie.id.clone()],
            direction,
            polarity: tie.polarity,
            spans: row.spans.clone(),
        }
    }
}
