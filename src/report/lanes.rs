//! A timeline as lanes: one a tie, or one a kind of tie where there are many.

use super::timeline::{TimelineReport, TimelineRow};
use crate::{
    dataset::{Dataset, TieIndex},
    date::{Reading, Status},
    diagram::{Direction, Doubt, Lane, Lanes, Span},
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
    pub(super) fn chart(&self) -> Lanes {
        let names: Vec<&str> = self.actors.iter().map(|actor| actor.name.as_str()).collect();
        let dated: Vec<&TimelineRow> = self.rows.iter().filter(|row| row.year.is_some()).collect();
        let mut lanes: Vec<Lane> = Vec::new();
        for row in &dated {
            let lane = self.lane(row);
            let alike = |known: &&mut Lane| {
                (&known.label, known.direction, known.polarity)
                    == (&lane.label, lane.direction, lane.polarity)
            };
            match lanes.iter_mut().find(alike).filter(|_| dated.len() > MOST_SINGLE) {
                Some(known) => {
                    known.ties.extend(lane.ties);
                    known.spans.extend(lane.spans);
                    known.note = format!("{} ties", known.ties.len());
                }
                None => lanes.push(lane),
            }
        }
        let mut caption = Vec::new();
        match self.rows.len() - dated.len() {
            0 => {}
            1 => caption.push("1 tie without a date is not drawn.".to_owned()),
            count => caption.push(format!("{count} ties without a date are not drawn.")),
        }
        Lanes {
            title: names.join(" — "),
            caption,
            lanes,
            sources: self.sources.iter().map(|source| source.text.clone()).collect(),
            ends: match self.actors.as_slice() {
                [a, b] => Some((a.name.clone(), b.name.clone())),
                _ => None,
            },
            ..Lanes::default()
        }
    }

    fn lane(&self, row: &TimelineRow) -> Lane {
        let tie = &row.tie;
        // An end that acts for an actor asked about stands on its side.
        let side = |end: &str, actor: &str| {
            let on = row.on_behalf.iter().find(|on| on.end == end).map_or(actor, |on| on.actor.as_str());
            self.actors.iter().position(|asked| asked.actor == on)
        };
        let (source, target) = (side("source", &tie.source), side("target", &tie.target));
        let (mut label, direction) = match (self.actors.len(), source, target) {
            (1, Some(_), _) => (format!("{} → {}", tie.label, tie.target_name), None),
            (1, None, _) => (format!("{} ← {}", tie.label, tie.source_name), None),
            (_, Some(0), _) => (tie.label.clone(), Some(Direction::Forward)),
            (..) => (tie.label.clone(), Some(Direction::Backward)),
        };
        if tie.symmetric {
            label = label.replace(['→', '←'], "—");
        }
        let direction = direction.map(|way| if tie.symmetric { Direction::Mutual } else { way });
        if self.actors.len() > 1 {
            let agents: Vec<&str> = row
                .on_behalf
                .iter()
                .map(
                    |on| if on.end == "source" { tie.source_name.as_str() } else { tie.target_name.as_str() },
                )
                .collect();
            if !agents.is_empty() {
                label = format!("{label} ({})", agents.join(", "));
            }
        }
        let doubt = tie.doubt();
        let doubt = if doubt.is_empty() { doubt } else { format!(", {doubt}") };
        Lane {
            label,
            note: format!("{}{doubt} {}", tie.when, tie.marks()).trim().to_owned(),
            ties: vec![tie.id.clone()],
            direction,
            polarity: tie.polarity,
            spans: row.spans.clone(),
        }
    }
}
