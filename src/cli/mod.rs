//! Commands: arguments → library call → one answer value → a rendering.
//!
//! One file a command. Errors become words and exit codes in `failure.rs` only, and output leaves
//! through `output.rs` only.

mod args;
mod bounds;
mod blocs;
mod archive;
mod failure;
mod figure;
mod graphviz;
mod names;
mod open;
mod output;

mod add;
mod alike;
mod backup;
mod balance;
mod brokers;
mod changes;
mod check;
mod cite;
mod compact;
mod completions;
mod connect;
mod diff;
mod dump;
mod edit;
mod ego;
mod export;
mod find;
mod first_contact;
mod format;
mod group_file;
mod groups;
mod info;
mod load;
mod log;
mod offices;
mod panel;
mod paths;
mod periods;
mod progress;
mod rank;
mod report;
mod resolve;
mod retract;
mod run;
mod same;
mod schema;
mod sentences;
mod several;
mod shared;
mod show;
mod structure;
mod reach;
mod ties;
mod time;
mod timeline;
mod verify;

use std::process::ExitCode;

use clap::{CommandFactory, Parser, Subcommand};

use failure::Failure;

/// The verbs in their groups, as the help lists them.
const GROUPS: [(&str, &[&str]); 6] = [
    (
        "Ask",
        &["connect", "paths", "reach", "first-contact", "timeline", "ties", "ego", "show", "find", "offices"],
    ),
    (
        "Measure",
        &["rank", "changes", "structure", "brokers", "groups", "balance", "alike", "shared", "panel"],
    ),
    ("Draw", &["export", "report", "run"]),
    ("Edit", &["add", "retract", "same"]),
    ("Archive", &["load", "log", "dump", "verify", "backup", "compact"]),
    ("Data", &["info", "check", "resolve", "format", "diff", "cite", "schema", "completions"]),
];

/// Answers who connects two actors of diplomacy, who is central, and when; and draws the answer.
#[derive(Debug, Parser)]
#[command(name = "chancery", version, disable_help_subcommand = true)]
#[command(subcommand_required = true, arg_required_else_help = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Who connects two actors: direct ties, routes, connectors, dates, sources
    Connect(connect::ConnectArgs),
    /// The shortest paths between two actors, direct ties included
    Paths(paths::PathsArgs),
    /// Whom contact from an actor can have reached, and by which day
    Reach(reach::ReachArgs),
    /// The first day on which two actors were in contact, directly and through others
    FirstContact(first_contact::FirstContactArgs),
    /// What happened between two actors, or with one, in order of time
    Timeline(timeline::TimelineArgs),
    /// List ties, filtered by a lens
    Ties(ties::TiesArgs),
    /// Who is tied to an actor, and how
    Ego(ego::EgoArgs),
    /// Everything that is recorded of one actor, tie, reference or relation
    Show(show::ShowArgs),
    /// Find actors by name, code or id
    Find(find::FindArgs),
    /// Who held which office, and how surely
    Offices(offices::OfficesArgs),
    /// Rank actors by a measure of centrality
    Rank(rank::RankArgs),
    /// Who rose and who fell between two windows, and which ties did it
    Changes(changes::ChangesArgs),
    /// How dense the network is, where it would break, what its core is
    Structure(structure::StructureArgs),
    /// Who stands between groups, and in which role
    Brokers(brokers::BrokersArgs),
    /// Groups of actors who are tied more to one another than to others
    Groups(groups::GroupsArgs),
    /// How balanced friendly and hostile ties are, and the blocs that follow
    Balance(balance::BalanceArgs),
    /// Who stands as an actor does: tied to the same others
    Alike(alike::AlikeArgs),
    /// Treaties, institutions and events that actors share
    Shared(shared::SharedArgs),
    /// Pairs by periods as a table for R and pandas: counts, weights, what is zero and what is missing
    Panel(panel::PanelArgs),
    /// Write the graph, or what a lens leaves of it, as a picture or a file of another program
    Export(export::ExportArgs),
    /// A brief to hand in: answer, pictures, timeline, doubt, method, sources
    Report(report::ReportArgs),
    /// Make the figures and tables that a file names, where their inputs have changed
    Run(run::RunArgs),
    /// Add a tie, an actor or a reference to a graph of yours
    Add(Box<add::AddArgs>),
    /// Take a record out of a graph of yours, with the reason; or back in
    Retract(retract::RetractArgs),
    /// Declare that two actors of a graph of yours are one; or take it back
    Same(same::SameArgs),
    /// Load files into an archive: all or nothing, and what is there already only once
    Load(load::LoadArgs),
    /// The commits of an archive
    Log(log::LogArgs),
    /// Write an archive as canonical JSON
    Dump(dump::DumpArgs),
    /// Is an archive still what was written?
    Verify(verify::VerifyArgs),
    /// Copy an archive, also while others write to it
    Backup(backup::BackupArgs),
    /// Merge the segments of an archive; or forget its history
    Compact(compact::CompactArgs),
    /// What a dataset holds
    Info(info::InfoArgs),
    /// Find what is wrong in a dataset, with file, line and column
    Check(check::CheckArgs),
    /// Write JSON graphs in canonical form: one record a line, sorted by id
    Format(format::FormatArgs),
    /// What changed between two datasets, or two commits of one
    Diff(diff::DiffArgs),
    /// The bibliography of a dataset, or of what a lens leaves of it
    Cite(cite::CiteArgs),
    /// Which names of a file are known, ambiguous or unknown
    Resolve(resolve::ResolveArgs),
    /// Print the JSON Schema of a graph
    Schema(schema::SchemaArgs),
    /// Print a completion script for a shell
    Completions(completions::CompletionsArgs),
}

/// Runs the program and says how it ended.
pub(crate) fn main() -> ExitCode {
    let matches = command().get_matches();
    let cli = match <Cli as clap::FromArgMatches>::from_arg_matches(&matches) {
        Ok(cli) => cli,
        Err(error) => error.exit(),
    };
    progress::watch(matches.subcommand_name().unwrap_or_default());
    let answered = answered(&cli);
    drop(progress::pause(true));
    match answered {
        Ok(code) => code,
        Err(failure) => failure.report(),
    }
}

/// Runs the command line of one output of a file; what it says of itself goes to stderr.
fn ask(words: &[String]) -> Result<ExitCode, Failure> {
    let matches = command().try_get_matches_from(words);
    let cli = matches.and_then(|matches| <Cli as clap::FromArgMatches>::from_arg_matches(&matches));
    let cli = cli.map_err(|error| {
        let text = error.to_string();
        Failure::Usage(text.strip_prefix("error: ").unwrap_or(&text).trim_end().to_owned())
    })?;
    answered(&cli)
}

/// Runs a verb.
fn answered(cli: &Cli) -> Result<ExitCode, Failure> {
    match &cli.command {
        Command::Connect(args) => connect::run(args),
        Command::Paths(args) => paths::run(args),
        Command::Reach(args) => reach::run(args),
        Command::FirstContact(args) => first_contact::run(args),
        Command::Timeline(args) => timeline::run(args),
        Command::Ties(args) => ties::run(args),
        Command::Ego(args) => ego::run(args),
        Command::Show(args) => show::run(args),
        Command::Find(args) => find::run(args),
        Command::Offices(args) => offices::run(args),
        Command::Rank(args) => rank::run(args),
        Command::Changes(args) => changes::run(args),
        Command::Structure(args) => structure::run(args),
        Command::Brokers(args) => brokers::run(args),
        Command::Groups(args) => groups::run(args),
        Command::Balance(args) => balance::run(args),
        Command::Alike(args) => alike::run(args),
        Command::Shared(args) => shared::run(args),
        Command::Panel(args) => panel::run(args),
        Command::Export(args) => export::run(args),
        Command::Report(args) => report::run(args),
        Command::Run(args) => run::run(args),
        Command::Add(args) => add::run(args),
        Command::Retract(args) => retract::run(args),
        Command::Same(args) => same::run(args),
        Command::Load(args) => load::run(args),
        Command::Log(args) => log::run(args),
        Command::Dump(args) => dump::run(args),
        Command::Verify(args) => verify::run(args),
        Command::Backup(args) => backup::run(args),
        Command::Compact(args) => compact::run(args),
        Command::Info(args) => info::run(args),
        Command::Check(args) => check::run(args),
        Command::Format(args) => format::run(args),
        Command::Diff(args) => diff::run(args),
        Command::Cite(args) => cite::run(args),
        Command::Resolve(args) => resolve::run(args),
        Command::Schema(args) => schema::run(args),
        Command::Completions(args) => completions::run(args),
    }
}

/// The command line with its verbs in groups.
fn command() -> clap::Command {
    let mut command = Cli::command();
    // `add --author` is the author of a reference.
    for verb in ["load", "retract", "same"] {
        command = command.mut_subcommand(verb, |verb| verb.mut_arg("by", |by| by.visible_alias("author")));
    }
    let mut help = String::new();
    for (group, verbs) in GROUPS {
        help.push_str(&format!("{group}:\n"));
        for verb in verbs {
            let about = command.find_subcommand(verb).and_then(clap::Command::get_about);
            help.push_str(&format!("  {verb:<13} {}\n", about.map(ToString::to_string).unwrap_or_default()));
        }
        help.push('\n');
    }
    help.push_str(
        "Examples:
  chancery connect Mongolia \"South Korea\"
  chancery connect 蒙古 南韓 -o mongolia-south-korea.svg
  chancery timeline Cuba \"North Korea\" --during 1980/1990
  chancery rank --by betweenness --kind country

Ask about your own graph with --graph FILE-OR-FOLDER, $CHANCERY_GRAPH, or a folder ./graph.
`chancery VERB --help` has the options and examples of a verb.

Exit codes: 0 an answer; 1 the data or the answer (errors found, no such actor, no connection);
2 the command line.",
    );
    command
        .help_template("{about}\n\n{usage-heading} {usage}{after-help}\n\nOptions:\n{options}\n")
        .after_help(help)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_command_line_is_sound_and_every_verb_stands_in_one_group() {
        Cli::command().debug_assert();
        let mut grouped: Vec<&str> = GROUPS.iter().flat_map(|(_, verbs)| verbs.iter().copied()).collect();
        grouped.sort_unstable();
        let mut verbs: Vec<String> =
            Cli::command().get_subcommands().map(|verb| verb.get_name().to_owned()).collect();
        verbs.sort_unstable();
        assert_eq!(grouped, verbs);
    }

    #[test]
    fn help_names_every_format_that_is_read() {
        let command = Cli::command();
        for verb in ["load", "connect"] {
            let verb = command.find_subcommand(verb).expect("it is a verb");
            let argument = verb.get_arguments().find(|argument| argument.get_long() == Some("read-as"));
            let help = argument.and_then(clap::Arg::get_help).expect("it has help").to_string();
            for (name, _) in chancery::format::Format::ALL {
                assert!(help.split([' ', ',', ':']).any(|word| word == name), "{name}: {help}");
            }
        }
    }
}
