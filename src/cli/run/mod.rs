//! `run`: a file that names the figures and tables of a paper, and remakes those whose inputs have changed.

mod recipe;

use std::{
    collections::BTreeMap,
    fs, io,
    path::{Path, PathBuf},
    process::ExitCode,
};

use clap::Args;
use serde::{Deserialize, Serialize};
use twox_hash::XxHash3_128;

use self::recipe::Wanted;
use super::{
    failure::Failure,
    open,
    output::{error_line, note_line, replace},
};

/// What is remembered of what was made stands beside the file, under this ending.
const MEMORY: &str = "made.json";

/// Make the figures and tables that a file names; what has the inputs that it was made of is left alone.
///
/// The file is TOML. `[[output]]` has `file` (its ending picks the format), `ask` (a verb and its names) and any option
/// of the verb by name; `[lens.NAME]` holds options that outputs share by `lens = "NAME"`; `graph` at the top is the
/// dataset of all. Paths are seen from the file. What was made, and of what, is remembered beside it (FILE.made.json).
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  chancery run paper.toml
  chancery run paper.toml --dry-run

paper.toml:
  graph = \"graph\"
  [lens.cold-war]
  during = \"1947/1991\"
  [[output]]
  file = \"figures/mongolia.pdf\"
  ask = [\"connect\", \"Mongolia\", \"South Korea\"]
  lens = \"cold-war\"
  theme = \"print\"")]
pub(super) struct RunArgs {
    /// The file
    #[arg(value_name = "FILE.toml")]
    file: PathBuf,
    /// Make everything, also what has not changed
    #[arg(long)]
    all: bool,
    /// Say what would be made, and make nothing
    #[arg(long)]
    dry_run: bool,
    /// Overwrite files that Chancery did not write
    #[arg(long)]
    force: bool,
}

/// What was made of what.
#[derive(Debug, Default, PartialEq, Serialize, Deserialize)]
struct Memory {
    schema: String,
    /// By file: the hash of question and inputs, then that of what was written.
    outputs: BTreeMap<String, [String; 2]>,
}

/// Runs the verb.
pub(super) fn run(args: &RunArgs) -> Result<ExitCode, Failure> {
    let name = args.file.display().to_string();
    let text = fs::read_to_string(&args.file)
        .map_err(|error| Failure::Usage(format!("cannot read {name}: {error}")))?;
    let wanted = recipe::read(&text).map_err(|wrong| {
        let lines: Vec<String> =
            wrong.iter().map(|wrong| format!("{name}:{}: {}", wrong.line, wrong.message)).collect();
        Failure::Refused { why: format!("{name} cannot be run"), lines }
    })?;
    // Paths in the file are seen from where it stands.
    if let Some(folder) = args.file.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        std::env::set_current_dir(folder)
            .map_err(|error| Failure::Usage(format!("cannot enter {}: {error}", folder.display())))?;
    }
    let memory_file = PathBuf::from(args.file.file_stem().unwrap_or_default()).with_extension(MEMORY);
    let known: Memory =
        fs::read(&memory_file).ok().and_then(|bytes| serde_json::from_slice(&bytes).ok()).unwrap_or_default();
    let mut memory = Memory { schema: "chancery/run/1".to_owned(), outputs: BTreeMap::new() };
    let program = program_hash();
    let (mut made, mut failed) = (0, 0);
    for output in &wanted {
        let (inputs, graph) = inputs(output, program);
        let state = [inputs, content_hash(Path::new(&output.file)).unwrap_or_default()];
        if !args.all && known.outputs.get(&output.file) == Some(&state) {
            memory.outputs.insert(output.file.clone(), state);
            continue;
        }
        if args.dry_run {
            note_line(&format!("would make {}: chancery {}", output.file, output.arguments.join(" ")));
            memory
                .outputs
                .extend(known.outputs.get_key_value(&output.file).map(|(k, v)| (k.clone(), v.clone())));
            made += 1;
            continue;
        }
        // The dataset of several outputs is read once.
        open::keep(graph);
        match make(output, args.force) {
            Ok(()) => {
                let [inputs, _] = state;
                let written = content_hash(Path::new(&output.file)).unwrap_or_default();
                memory.outputs.insert(output.file.clone(), [inputs, written]);
                made += 1;
            }
            Err(failure) => {
                error_line(&format!("{name}:{}: {} was not made", output.line, output.file));
                let _ = failure.report();
                failed += 1;
            }
        }
    }
    if !args.dry_run && memory != known {
        let mut bytes = serde_json::to_vec_pretty(&memory).expect("it has string keys");
        bytes.push(b'\n');
        let failed = |source| Failure::Write { path: memory_file.display().to_string(), source };
        replace(&memory_file, &bytes).map_err(failed)?;
    }
    let unchanged = wanted.len() - made - failed;
    let verb = if args.dry_run { "to make" } else { "made" };
    note_line(&format!("{made} {verb}, {unchanged} unchanged, {failed} failed"));
    Ok(if failed > 0 { ExitCode::from(1) } else { ExitCode::SUCCESS })
}

/// Makes one output, by the command line that it stands for.
fn make(output: &Wanted, force: bool) -> Result<(), Failure> {
    if let Some(folder) = Path::new(&output.file).parent().filter(|folder| !folder.as_os_str().is_empty()) {
        fs::create_dir_all(folder)
            .map_err(|source| Failure::Write { path: folder.display().to_string(), source })?;
    }
    let mut words = vec!["chancery".to_owned()];
    words.extend(output.arguments.iter().cloned());
    words.push(format!("--output={}", output.file));
    words.extend(force.then(|| "--force".to_owned()));
    super::ask(&words).map(|_| ())
}

/// The hash of a question and of every file that it reads, and what the files of its dataset hold.
fn inputs(output: &Wanted, program: u128) -> (String, String) {
    let mut hashed = format!("{program:032x}\n");
    let (mut has_graph, mut graph) = (false, String::new());
    for argument in &output.arguments {
        hashed.push_str(argument);
        let value = argument.split_once('=').map_or(argument.as_str(), |(_, value)| value);
        let is_graph = argument.starts_with("--graph=");
        has_graph |= is_graph;
        if let Some(hash) = content_hash(Path::new(value)) {
            hashed.push_str(&format!(" {hash}"));
            graph.push_str(if is_graph { &hash } else { "" });
        }
        hashed.push('\n');
    }
    if !has_graph {
        // As `open` finds a dataset that is not named.
        let path = std::env::var_os("CHANCERY_GRAPH").map_or_else(|| PathBuf::from("graph"), PathBuf::from);
        graph = content_hash(&path).unwrap_or_default();
        hashed.push_str(&graph);
    }
    (format!("{:032x}", XxHash3_128::oneshot(hashed.as_bytes())), graph)
}

/// The hash of a file, or of all files of a folder with their names; `None` where there is nothing.
fn content_hash(path: &Path) -> Option<String> {
    fn add(path: &Path, hashed: &mut Vec<u8>) -> io::Result<()> {
        if path.is_dir() {
            let mut inside: Vec<PathBuf> =
                fs::read_dir(path)?.map(|entry| entry.map(|entry| entry.path())).collect::<Result<_, _>>()?;
            inside.sort();
            for path in inside {
                hashed.extend(path.file_name().unwrap_or_default().as_encoded_bytes());
                add(&path, hashed)?;
            }
        } else {
            hashed.extend(XxHash3_128::oneshot(&fs::read(path)?).to_le_bytes());
        }
        Ok(())
    }
    let mut hashed = Vec::new();
    (!path.as_os_str().is_empty() && path.exists()).then(|| add(path, &mut hashed).ok()).flatten()?;
    Some(format!("{:032x}", XxHash3_128::oneshot(&hashed)))
}

/// The hash of the program itself, so that another build makes everything anew; of its version where it cannot be read.
fn program_hash() -> u128 {
    let program = std::env::current_exe().and_then(fs::read);
    XxHash3_128::oneshot(program.as_deref().unwrap_or(env!("CARGO_PKG_VERSION").as_bytes()))
}
