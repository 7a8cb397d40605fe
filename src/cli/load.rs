//! `load`: files into an archive.

use std::{
    path::{Path, PathBuf},
    process::ExitCode,
};

use clap::Args;

use chancery::{
    archive::{Load, Loading, Step, is_archive},
    model::Severity,
    report::{Answer, Header, LoadReport},
};

use super::{
    archive::{StampArgs, tell_step, tell_underived, writer},
    args::{OutputArgs, TableArgs},
    failure::Failure,
    output::{self, note_line},
};

/// Load files into an archive, which is made where there is none.
///
/// All or nothing: with one bad row nothing is committed, and all that is wrong is listed. A file that was
/// loaded before, byte for byte and with the same options, is nothing to do; of another file, rows that the
/// archive has already are not taken twice, and rows that stand in it twice stay two.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  chancery load my-graph.json --into my.chancery --message \"first collection\"
  chancery load icews18.tsv.gz --into events.chancery
  chancery load events.csv --columns source=a,target=b,when=day --into events.chancery --dry-run
  chancery load events.csv --into events.chancery --skip-bad rejected.jsonl
  chancery connect Mongolia \"South Korea\" --graph my.chancery

A rejected row is a line of JSON: file, line, problems, and the row as it stands.")]
pub(super) struct LoadArgs {
    /// Files of any format that is read, and folders of JSON graphs
    #[arg(value_name = "FILE", required = true)]
    files: Vec<PathBuf>,
    /// The archive
    #[arg(long, value_name = "NAME.chancery")]
    into: PathBuf,
    /// Commit the good rows, and write the bad ones to a file
    #[arg(long, value_name = "FILE")]
    skip_bad: Option<PathBuf>,
    /// Say what would be committed, and commit nothing
    #[arg(long)]
    dry_run: bool,
    #[command(flatten)]
    table: TableArgs,
    #[command(flatten)]
    stamp: StampArgs,
    #[command(flatten)]
    output: OutputArgs,
}

/// Runs the verb.
pub(super) fn run(args: &LoadArgs) -> Result<ExitCode, Failure> {
    output::format(&args.output)?;
    let into = &args.into;
    let ending = into.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("chancery"));
    if !is_archive(into) && (into.exists() || !ending) {
        return Err(Failure::Usage(format!(
            "{} is no archive\n  hint: --into NAME.chancery names one, which is made where there is none",
            into.display()
        )));
    }
    if let Some(other) = args.files.iter().find(|file| is_archive(file)) {
        return Err(Failure::Usage(format!(
            "{} is an archive itself\n  hint: `chancery dump` writes it as JSON, which can be loaded",
            other.display()
        )));
    }
    // A name that is mistyped is found before an archive is made.
    if let Some(missing) = args.files.iter().find(|file| !file.exists()) {
        let source = std::io::Error::from(std::io::ErrorKind::NotFound);
        return Err(chancery::format::native::ReadError::Io { path: missing.clone(), source }.into());
    }
    let options = args.table.options()?;
    let (paths, skips_bad) = (args.files.clone(), args.skip_bad.is_some());
    let load = Load { paths, options, text: None, skips_bad, watch: Some(tell) };
    let mut writer = writer(into)?;
    let done = run_with(args, &load, &mut writer);
    writer.discard_if_empty();
    let (answer, rejected) = done?;
    if let Some((path, text)) = rejected {
        let failed = |source| Failure::Write { path: path.display().to_string(), source };
        output::replace(path, text.as_bytes()).map_err(failed)?;
        note_line(&format!("wrote {}", path.display()));
    }
    output::answer(&answer, &args.output)
}

/// How far it is, in thousandths: half of the time goes into reading.
fn tell(step: Step<'_>) {
    tell_step(step, [500, 700, 900]);
}

type Rejects<'a> = Option<(&'a Path, String)>;

fn run_with<'a>(
    args: &'a LoadArgs,
    load: &Load,
    writer: &mut chancery::archive::Writer,
) -> Result<(Answer<LoadReport>, Rejects<'a>), Failure> {
    let loading = writer.archive().prepare(load)?;
    for note in &loading.notes {
        note_line(&format!("  {note}"));
    }
    if loading.has_errors() {
        return Err(bad(&loading));
    }
    let warnings = loading.problems.iter().filter(|problem| problem.severity == Severity::Warning).count();
    if warnings > 0 {
        let count = if warnings == 1 { "1 warning".to_owned() } else { format!("{warnings} warnings") };
        note_line(&format!("{count} in the data; `chancery check` lists them"));
    }
    let commit = if args.dry_run {
        None
    } else {
        let stamp = args.stamp.stamp(|| {
            let names = args.files.iter().map(|file| file.display().to_string());
            format!("load {}", names.collect::<Vec<_>>().join(", "))
        });
        let commit = writer.load(&loading, &stamp)?.map(|commit| commit.number);
        tell_underived(writer);
        commit
    };
    let lines = |rejected: &[chancery::archive::Rejected]| {
        let line = |row| serde_json::to_string(row).expect("rows have string keys") + "\n";
        rejected.iter().map(line).collect::<String>()
    };
    let rejects = args.skip_bad.as_deref().filter(|_| !args.dry_run && !loading.rejected.is_empty());
    let rejects = rejects.map(|path| (path, lines(&loading.rejected)));
    let report = LoadReport::new(&loading, commit, args.dry_run);
    Ok((Answer::new(Header::of(&loading.dataset), report), rejects))
}

/// What is wrong, and that nothing was committed.
fn bad(loading: &Loading) -> Failure {
    let failure = Failure::data(loading.problems.clone(), loading.dataset.files());
    match failure {
        Failure::Data { error_count, mut lines } => {
            let count = if error_count == 1 { "1 error".to_owned() } else { format!("{error_count} errors") };
            lines.push(
                "  hint: --skip-bad FILE commits the good rows and writes the others to FILE".to_owned(),
            );
            Failure::Refused { why: format!("{count} in the data"), lines }
        }
        other => other,
    }
}
