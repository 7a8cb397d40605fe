//! `format`: JSON graphs in canonical form.

use std::{
    fs,
    io::{self, Read},
    path::PathBuf,
    process::ExitCode,
};

use clap::Args;

use chancery::{
    dataset::{Builder, Dataset},
    format::native::{canonical, files_of, read_text},
};

use super::{
    failure::Failure,
    output::{self, note_line},
};

/// Write JSON graphs in canonical form: fixed order of keys, one record a line, sorted by id.
///
/// A change of one record is then a change of one line. Files are rewritten in place, whole or not at all; what they
/// say stays the same, keys that nobody knows included. A file that is not JSON is left as it is.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  chancery format my-graph.json
  chancery format graph/
  chancery format --check graph/
  cat my-graph.json | chancery format -

Exit code 1 when a file is not JSON; with --check also when one is not in canonical form.")]
pub(super) struct FormatArgs {
    /// JSON graphs or folders of them; `-` reads stdin and writes stdout
    #[arg(value_name = "PATH", required = true)]
    paths: Vec<PathBuf>,
    /// Change nothing; name the files that are not in canonical form
    #[arg(long)]
    check: bool,
}

/// Runs the verb.
pub(super) fn run(args: &FormatArgs) -> Result<ExitCode, Failure> {
    let mut code = ExitCode::SUCCESS;
    for path in &args.paths {
        if path.as_os_str() == "-" {
            let mut text = String::new();
            let failed = |source| Failure::Write { path: "what stdin holds".to_owned(), source };
            io::stdin().read_to_string(&mut text).map_err(failed)?;
            match formatted("-", &text) {
                Some(new) if args.check && new != text => {
                    note_line("- is not in canonical form");
                    code = ExitCode::FAILURE;
                }
                Some(new) if !args.check => code = output::print(new.as_bytes())?,
                Some(_) => {}
                None => code = ExitCode::FAILURE,
            }
            continue;
        }
        for file in files_of(path)? {
            let name = file.display().to_string();
            let failed = |source| Failure::Write { path: name.clone(), source };
            let bytes = fs::read(&file).map_err(failed)?;
            let text = String::from_utf8(bytes).map_err(|_| {
                Failure::NoAnswer(format!("{name} is not UTF-8 text\n  hint: `chancery check` says where"))
            })?;
            match formatted(&name, &text) {
                None => code = ExitCode::FAILURE,
                Some(new) if new == text => {}
                Some(_) if args.check => {
                    note_line(&format!("{name} is not in canonical form"));
                    code = ExitCode::FAILURE;
                }
                Some(new) => {
                    output::replace(&file, new.as_bytes()).map_err(failed)?;
                    note_line(&format!("formatted {name}"));
                }
            }
        }
    }
    Ok(code)
}

/// The canonical form of a text; what is wrong with one that has none goes to stderr.
fn formatted(name: &str, text: &str) -> Option<String> {
    let read = |text: &str| {
        let mut builder = Builder::default();
        read_text(name, text.to_owned().into(), &mut builder);
        builder.finish()
    };
    let (before, problems) = read(text);
    let Ok(new) = canonical(text) else {
        for problem in problems.iter().take(1) {
            output::error_line(&problem.to_string());
        }
        output::error_line(&format!("{name} was left as it is"));
        return None;
    };
    let same = |a: &Dataset, b: &Dataset| a.hash() == b.hash() && a.ties().count() == b.ties().count();
    if !same(&before, &read(&new).0) {
        output::error_line(&format!(
            "error: the canonical form of {name} would say something else; it was left as it is"
        ));
        return None;
    }
    Some(new)
}
