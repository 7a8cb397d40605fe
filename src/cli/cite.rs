//! `cite`: the bibliography of a dataset, or of what a lens leaves of it.

use std::{collections::BTreeSet, process::ExitCode};

use clap::Args;

use chancery::{
    lens::Predicate,
    model::{Citation, Reference, ReferenceId},
    report::{Answer, CiteReport, Header},
};

use super::{
    args::{Format, GraphArgs, LensArgs, OutputArgs},
    failure::Failure,
    open, output,
};

/// Print the bibliography of the ties that pass a lens; of the whole dataset without one.
///
/// JSON is a plain list of CSL-JSON items, which Zotero and pandoc read.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  chancery cite
  chancery cite --relation visit --during 1990/2000
  chancery cite --format json > bibliography.json
  chancery cite -o bibliography.csv")]
pub(super) struct CiteArgs {
    #[command(flatten)]
    lens: LensArgs,
    #[command(flatten)]
    graph: GraphArgs,
    #[command(flatten)]
    output: OutputArgs,
}

/// Runs the verb.
pub(super) fn run(args: &CiteArgs) -> Result<ExitCode, Failure> {
    let format = output::format(&args.output)?;
    let dataset = open::dataset(&args.graph)?;
    let (header, wanted) = if args.lens.is_default() {
        (Header::of(&dataset), None)
    } else {
        let predicate = Predicate::compile(&dataset, &args.lens.lens(&dataset, false)?, &[])?;
        let listed: Vec<_> = dataset.ties().all().filter(|tie| predicate.lists(&dataset, *tie)).collect();
        let mut ids: BTreeSet<String> = BTreeSet::new();
        let mut cite = |cites: &[Citation]| {
            for cite in cites {
                ids.insert(cite.reference.to_string());
                ids.extend(cite.cited_in.as_ref().map(ReferenceId::to_string));
            }
        };
        for tie in &listed {
            dataset.tie(*tie).claims().iter().for_each(|claim| cite(&claim.cites));
            for end in [dataset.ties().source(*tie), dataset.ties().target(*tie)] {
                cite(&dataset.actor(end).cites);
            }
        }
        (Header::through(&dataset, &predicate, dataset.ties().all()), Some(ids))
    };
    let is_wanted =
        |reference: &&Reference| wanted.as_ref().is_none_or(|ids| ids.contains(reference.id().as_str()));
    let references =
        dataset.references().map(|(_, reference)| reference).filter(is_wanted).cloned().collect();
    let report = CiteReport::new(references);
    if format == Format::Json {
        let mut items = serde_json::to_string_pretty(&report.references).expect("items have string keys");
        items.push('\n');
        return output::send(items.as_bytes(), &args.output);
    }
    output::answer(&Answer::new(header, report), &args.output)
}
