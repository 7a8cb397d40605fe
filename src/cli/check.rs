//! `check`: what is wrong in a dataset.

use std::{
    fs,
    path::{Path, PathBuf},
    process::ExitCode,
};

use clap::Args;

use chancery::{
    dataset::Checked,
    format::native::{self, Mended},
    report::{Answer, CheckReport, Header, ReadCounts},
};

use super::{
    args::{Format, GraphArgs, OutputArgs},
    failure::Failure,
    open, output,
};

/// Find what is wrong in a dataset: every problem with file, line, column and a hint.
///
/// Errors (a dangling id, an impossible date) block every other verb; warnings (no citation, no
/// relation, a key that nobody knows) do not.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  chancery check
  chancery check my-graph.json
  chancery check actors.json ties/ --warnings-as-errors
  chancery check my-graph.json --format json
  chancery check my-graph.json --max-problems 0
  chancery check my-graph.json --fix --dry-run

Exit code 1 when there are errors.")]
pub(super) struct CheckArgs {
    /// JSON graphs or folders of them, checked together as one dataset
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Exit with 1 for warnings too
    #[arg(long)]
    warnings_as_errors: bool,
    /// Mend what is safe: slips of keys and words, dates with one meaning; the file before is kept as FILE.orig
    #[arg(long)]
    fix: bool,
    /// With --fix: say what would be changed, and change nothing
    #[arg(long, requires = "fix")]
    dry_run: bool,
    /// List so many problems at most, 0 for all [default: 100 in text, else all]
    #[arg(long, value_name = "N")]
    max_problems: Option<usize>,
    #[command(flatten)]
    graph: GraphArgs,
    #[command(flatten)]
    output: OutputArgs,
}

/// How many problems a text lists.
const MOST_IN_TEXT: usize = 100;

/// Runs the verb.
pub(super) fn run(args: &CheckArgs) -> Result<ExitCode, Failure> {
    let format = output::format(&args.output)?;
    let paths = [args.graph.graph.as_slice(), &args.paths].concat();
    let graph = GraphArgs { graph: paths, ..args.graph.clone() };
    let mut checked = open::checked(&graph)?;
    if args.fix {
        if open::paths(&graph).is_empty() {
            return Err(Failure::Usage(
                "the graph in the program is not changed; name a file to mend".to_owned(),
            ));
        }
        // A key that is mended shows the faults of its value.
        for _ in 0..ROUNDS {
            if !mend_files(&checked, args.dry_run)? || args.dry_run {
                break;
            }
            checked = open::checked_again(&graph)?;
        }
    }
    let most = match args.max_problems {
        Some(0) => None,
        Some(most) => Some(most),
        None => Some(MOST_IN_TEXT).filter(|_| matches!(format, Format::Text | Format::Markdown)),
    };
    let header = Header::of_check(&checked);
    let read = ReadCounts {
        file_count: checked.files.len(),
        actor_count: checked.actor_count,
        tie_count: checked.tie_count,
        reference_count: checked.reference_count,
    };
    let report = CheckReport::new(read, checked.problems, &checked.files, most);
    let failed = report.error_count > 0 || args.warnings_as_errors && report.warning_count > 0;
    let answer = Answer::new(header, report);
    let code = if format == Format::Text && args.output.output.is_none() && output::takes_colour() {
        output::print(coloured(&output::plain(&answer)).as_bytes())?
    } else {
        output::answer(&answer, &args.output)?
    };
    Ok(if failed { ExitCode::FAILURE } else { code })
}

/// How often a file is mended and checked again.
const ROUNDS: usize = 3;

/// Mends the files that have something to mend; whether there was any.
fn mend_files(checked: &Checked, dry_run: bool) -> Result<bool, Failure> {
    let mut any = false;
    for (number, file) in (0..).zip(&checked.files) {
        let of_file = checked.problems.iter().filter(|problem| problem.origin.file == number);
        let (mended, changes) = native::mend(&file.text, of_file);
        let path = Path::new(&*file.name);
        // What another program's form was turned into is not what stands in the file.
        if changes.is_empty() || fs::read_to_string(path).is_ok_and(|text| text != *file.text) {
            continue;
        }
        any = true;
        for Mended { line, code, before, after } in &changes {
            output::note_line(&format!("{}:{line}: {before} → {after} [{code}]", file.name));
        }
        let count =
            if changes.len() == 1 { "1 change".to_owned() } else { format!("{} changes", changes.len()) };
        if dry_run {
            output::note_line(&format!("{}: {count}, none made (--dry-run)", file.name));
            continue;
        }
        let failed = |source| Failure::Write { path: file.name.to_string(), source };
        let kept = original(path);
        fs::copy(path, &kept).map_err(failed)?;
        output::replace(path, mended.as_bytes()).map_err(failed)?;
        output::note_line(&format!("{}: {count}; the file before is {}", file.name, kept.display()));
    }
    Ok(any)
}

/// Where a file is kept as it was: `FILE.orig`, or the first free number after it.
fn original(path: &Path) -> PathBuf {
    let name = |number: usize| {
        let mut name = path.as_os_str().to_owned();
        name.push(if number == 1 { ".orig".to_owned() } else { format!(".orig{number}") });
        PathBuf::from(name)
    };
    (1..=usize::MAX).map(name).find(|path| !path.exists()).expect("there is a number that no file has")
}

/// The same text with errors and carets in red, warnings in yellow.
fn coloured(text: &str) -> String {
    let paint = |line: &str| {
        let mark = [": error[", ": warning["].iter().find_map(|mark| Some((line.find(mark)?, *mark)));
        if let Some((at, mark)) = mark {
            let colour = if mark == ": error[" { "31" } else { "33" };
            let (place, rest) = line.split_at(at + 2);
            let (kind, message) = rest.split_at(rest.find("]:").map_or(0, |end| end + 1));
            return format!("\x1b[1m{place}\x1b[{colour}m{kind}\x1b[0;1m{message}\x1b[0m\n");
        }
        let carets = line.trim_start().strip_prefix("| ").map(str::trim);
        if carets.is_some_and(|carets| !carets.is_empty() && carets.bytes().all(|byte| byte == b'^')) {
            return line.replacen('^', "\x1b[31m^", 1) + "\x1b[0m\n";
        }
        format!("{line}\n")
    };
    text.lines().map(paint).collect()
}
