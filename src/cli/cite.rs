//! `cite`: the bibliography of a dataset, or of what a lens leaves of it.

use std::{collections::BTreeSet, process::ExitCode};

use clap::Args;

#[cfg(feature = "styles")]
use chancery::report::{StyleError, bibliography, styles};
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
  chancery cite --style chicago-author-date --format markdown
  chancery cite -o bibliography.csv")]
pub(super) struct CiteArgs {
    /// Set text, Markdown and CSV in a citation style: apa, chicago-author-date, modern-language-association, ieee, …
    #[cfg(feature = "styles")]
    #[arg(long, value_name = "STYLE")]
    style: Option<String>,
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
    #[cfg_attr(not(feature = "styles"), expect(unused_mut, reason = "without styles nothing sets it"))]
    let mut report = CiteReport::new(references);
    #[cfg(feature = "styles")]
    if let Some(style) = &args.style {
        let entries = bibliography(&report.references, style).map_err(|error| style_failure(&error))?;
        report.styled = Some(entries.into_iter().map(|entry| (entry.id, entry.text)).collect());
    }
    if format == Format::Json {
        let mut items = serde_json::to_string_pretty(&report.references).expect("items have string keys");
        items.push('\n');
        return output::send(items.as_bytes(), &args.output);
    }
    output::answer(&Answer::new(header, report), &args.output)
}

/// Which styles there are, and which was probably meant.
#[cfg(feature = "styles")]
fn style_failure(error: &StyleError) -> Failure {
    Failure::Usage(match error {
        StyleError::Unknown { near: Some(near), .. } => format!("{error}\n  hint: did you mean `{near}`?"),
        StyleError::Unknown { near: None, .. } => {
            format!("{error}\n  hint: it is one of {}", styles().collect::<Vec<_>>().join(", "))
        }
        StyleError::NoBibliography(_) => format!("{error}\n  hint: apa and chicago-author-date have one"),
    })
}
