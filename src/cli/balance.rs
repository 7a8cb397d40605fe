//! `balance`: whether friends of friends are friends, and the blocs that follow.

use std::process::ExitCode;

use clap::Args;

use chancery::{
    analysis::{SignRule, blocs, signed, signed_triads},
    network::Network,
    report::{Answer, BalanceReport, Header},
};

use super::{
    args::{GraphArgs, LensArgs, OutputArgs},
    failure::Failure,
    open, output,
};

/// How balanced friendly and hostile ties are, and into which blocs they part the actors.
///
/// A triad is balanced when it has no hostile dyad or two (Heider; Cartwright and Harary 1956), weakly
/// balanced with three too (Davis 1967). Blocs are parted so that as few dyads as possible are
/// frustrated: friendly ones between blocs, hostile ones within (Doreian and Mrvar 1996).
#[derive(Debug, Args)]
#[command(
    after_help = "Whether a tie is friendly or hostile is said by its relation (`chancery show RELATION`).

Examples:
  chancery balance --kind country --channel all
  chancery balance --kind country --rule latest --before 1990
  chancery balance --fold countries --rule goldstein --format csv"
)]
pub(super) struct BalanceArgs {
    /// The sign of a dyad with friendly and hostile ties: majority, any-hostile, latest, goldstein
    #[arg(long, value_name = "RULE", default_value = "majority")]
    rule: SignRule,
    /// What decides where searches start
    #[arg(long, value_name = "NUMBER", default_value_t = 1)]
    seed: u64,
    /// How many searches are made, where the best parting cannot be found exactly
    #[arg(long, value_name = "COUNT", default_value_t = 50)]
    runs: usize,
    #[command(flatten)]
    lens: LensArgs,
    #[command(flatten)]
    graph: GraphArgs,
    #[command(flatten)]
    output: OutputArgs,
}

/// Runs the verb.
pub(super) fn run(args: &BalanceArgs) -> Result<ExitCode, Failure> {
    let dataset = open::dataset(&args.graph)?;
    let lens = args.lens.lens(&dataset, true)?;
    let (dataset, stood) = args.lens.stand(dataset, &lens, &[]);
    let network = Network::project(&dataset, &lens)?;
    let matrix = signed(&network, args.rule);
    let two = blocs(&matrix, 2, args.seed, args.runs);
    let any = blocs(&matrix, matrix.len(), args.seed, args.runs);
    let triads = signed_triads(&matrix);
    let report = BalanceReport::new(&dataset, &matrix, args.rule.as_str(), triads, &two, &any);
    let mut header = Header::through(&dataset, network.predicate(), dataset.ties().all());
    header.notes.extend(stood);
    header.notes.push(format!(
        "Rule {}: {}; neutral ties do not count.",
        args.rule.as_str(),
        args.rule.definition()
    ));
    output::answer(&Answer::new(header, report), &args.output)
}
