//! The options of chains in order of time, which `paths` takes.

use std::process::ExitCode;

use clap::{Args, ValueEnum};

use chancery::{
    analysis::{
        order::Pace,
        temporal::{Goal, Temporal, Terms},
    },
    dataset::ActorIndex,
    date::Certainty,
    network::Network,
    report::{Answer, Header, TimedPathsReport, Viewer, told_terms},
};

use super::{args::OutputArgs, failure::Failure, output, sentences::SentenceArgs};

/// How chains follow time.
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is an option of its own, and several may be asked for"
)]
#[derive(Clone, Debug, Default, Args)]
#[command(next_help_heading = "Time")]
pub(super) struct TimeArgs {
    /// Chains in order of time: possible in some world that the dates allow, or certain in all
    #[arg(long, value_name = "HOW", value_enum)]
    time: Option<TimeArg>,
    /// The first to arrive
    #[arg(long)]
    earliest: bool,
    /// The last to leave
    #[arg(long)]
    latest: bool,
    /// The fewest days between leaving and arriving
    #[arg(long)]
    fastest: bool,
    /// The fewest hops
    #[arg(long)]
    fewest: bool,
    /// The longest wait between two hops: 2y, 6m, 30d (a year is 366 days, a month 31)
    #[arg(long, value_name = "TIME", value_parser = parse_gap)]
    gap: Option<i32>,
}

/// Of what chains are asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum TimeArg {
    /// In some world that the dates allow
    Possible,
    /// In all of them
    Certain,
}

/// A question about chains in order of time.
pub(super) struct Question {
    certainty: Certainty,
    goals: Vec<Goal>,
    gap_days: Option<i32>,
}

impl TimeArgs {
    /// What is asked about time, if anything is.
    pub(super) fn question(&self) -> Option<Question> {
        let asked = [
            (self.earliest, Goal::Earliest),
            (self.latest, Goal::Latest),
            (self.fastest, Goal::Fastest),
            (self.fewest, Goal::Fewest),
        ];
        let mut goals: Vec<Goal> =
            asked.iter().filter(|(is_asked, _)| *is_asked).map(|(_, goal)| *goal).collect();
        if self.time.is_none() && goals.is_empty() && self.gap.is_none() {
            return None;
        }
        if goals.is_empty() {
            goals = asked.iter().map(|(_, goal)| *goal).collect();
        }
        let certainty = match self.time {
            Some(TimeArg::Certain) => Certainty::Certainly,
            Some(TimeArg::Possible) | None => Certainty::Possibly,
        };
        Some(Question { certainty, goals, gap_days: self.gap })
    }
}

pub(super) fn parse_gap(text: &str) -> Result<i32, String> {
    let wrong = || "write a number and y, m, w or d: 2y, 6m, 30d".to_owned();
    let (number, unit) = text.split_at(text.len() - text.chars().last().map_or(0, char::len_utf8));
    let days = match unit {
        "y" => 366,
        "m" => 31,
        "w" => 7,
        "d" => 1,
        _ => return Err(wrong()),
    };
    let count: i32 = number.parse().ok().filter(|count| *count >= 0).ok_or_else(wrong)?;
    count.checked_mul(days).ok_or_else(wrong)
}

/// Answers with the best chains in order of time.
pub(super) fn run(
    network: &Network<'_>,
    (a, b): (ActorIndex, ActorIndex),
    question: &Question,
    (pace, sentences): (Pace, &SentenceArgs),
    (notes, output): (Vec<String>, &OutputArgs),
) -> Result<ExitCode, Failure> {
    let dataset = network.dataset();
    let terms = Terms { pace, gap_days: question.gap_days, without: None };
    let temporal = Temporal::new(network, question.certainty);
    let mut viewer =
        Viewer::new(dataset, network.predicate()).telling(sentences.lang()).naming(sentences.languages());
    let report = TimedPathsReport::new(&mut viewer, &temporal, (a, b), &question.goals, &terms);
    let is_found = !report.paths.is_empty();
    let header = Header::through(dataset, network.predicate(), dataset.ties().all());
    let languages = sentences.languages().unwrap_or_default();
    let mut header = Header { lang: viewer.lang(), languages, ..header };
    header.notes.extend(notes);
    header.notes.extend(told_terms(&terms, viewer.lang()));
    let done = output::answer(&Answer::new(header, report), output)?;
    Ok(if is_found { done } else { ExitCode::from(1) })
}
