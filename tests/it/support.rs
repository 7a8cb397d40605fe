//! What several tests share: datasets from a few lines, and what to do when a program or file is missing.

use std::{
    env,
    fmt::Write,
    fs,
    path::PathBuf,
    process::{Command, Stdio},
    sync::atomic::{AtomicU32, Ordering},
};

use chancery::{
    dataset::{ActorIndex, Builder, Dataset, Problem},
    format::{native, shipped},
    model::Severity,
};

/// The dataset of a native JSON text, which must have no errors.
pub(crate) fn dataset(json: &str) -> Dataset {
    let mut builder = Builder::default();
    native::read_text("test.json", json.to_owned().into(), &mut builder);
    sound(builder)
}

/// The dataset of plain ties between actors with these ids; parallel ties and loops may be among them.
pub(crate) fn plain<N: AsRef<str>>(actors: &[N], ties: &[(N, N)]) -> Dataset {
    let mut json = String::from("{\"nodes\": [");
    for (at, actor) in actors.iter().enumerate() {
        let comma = if at == 0 { "" } else { ", " };
        write!(json, "{comma}{{\"id\": {:?}}}", actor.as_ref()).expect("a string takes it");
    }
    json.push_str("], \"edges\": [");
    for (at, (source, target)) in ties.iter().enumerate() {
        let comma = if at == 0 { "" } else { ", " };
        write!(json, "{comma}{{\"source\": {:?}, \"target\": {:?}}}", source.as_ref(), target.as_ref())
            .expect("a string takes it");
    }
    json.push_str("]}");
    dataset(&json)
}

/// The graph that the program ships.
pub(crate) fn shipped() -> Dataset {
    let mut builder = Builder::default();
    shipped::read(&mut builder);
    sound(builder)
}

/// The dataset that a builder holds, which must have no errors.
pub(crate) fn sound(builder: Builder) -> Dataset {
    let (dataset, problems) = builder.finish();
    let errors: Vec<&Problem> =
        problems.iter().filter(|problem| problem.severity == Severity::Error).collect();
    assert!(errors.is_empty(), "{errors:#?}");
    dataset
}

/// The actor with an id, which must be there.
pub(crate) fn actor(dataset: &Dataset, id: &str) -> ActorIndex {
    dataset.actors().find(id).unwrap_or_else(|| panic!("no actor `{id}`"))
}

/// Says that a test is skipped for want of something; fails when all tests must run.
#[expect(clippy::print_stderr, reason = "a test that is skipped says so")]
pub(crate) fn skip(wanting: &str) {
    let all = env::var_os("CHANCERY_TEST_ALL").is_some_and(|value| value == "1");
    assert!(!all, "{wanting} is missing, and CHANCERY_TEST_ALL=1 lets no test be skipped");
    eprintln!("skipped: {wanting} is missing");
}

/// A file of the test data that stand beside the project, if they are there; else the test is skipped.
pub(crate) fn test_data(path: &str) -> Option<PathBuf> {
    let file = env::var_os("CHANCERY_TEST_DATA").map(|folder| PathBuf::from(folder).join(path));
    let found = file.filter(|file| file.exists());
    if found.is_none() {
        skip(&format!("$CHANCERY_TEST_DATA/{path}"));
    }
    found
}

/// A Python that has networkx: `$CHANCERY_PYTHON`, the project's `.venv`, or `python3`; else the test
/// is skipped.
pub(crate) fn python() -> Option<PathBuf> {
    let likely = match env::var_os("CHANCERY_PYTHON") {
        Some(named) => vec![PathBuf::from(named)],
        None => vec![root().join(".venv/bin/python"), PathBuf::from("python3")],
    };
    let works = |python: &PathBuf| {
        let mut command = Command::new(python);
        command.args(["-c", "import networkx"]).stdout(Stdio::null()).stderr(Stdio::null());
        command.status().is_ok_and(|status| status.success())
    };
    let found = likely.into_iter().find(works);
    if found.is_none() {
        skip("a Python with networkx");
    }
    found
}

/// A folder of its own for a test that writes, taken away at its end.
pub(crate) struct Desk(pub(crate) PathBuf);

impl Desk {
    pub(crate) fn new() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        let folder = env::temp_dir().join(format!("chancery-{}-{number}", std::process::id()));
        fs::create_dir_all(&folder).expect("the folder of temporary files can be written");
        Self(folder)
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }
}

impl Drop for Desk {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// The folder of the package.
pub(crate) fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Says that a test cannot be made by this user on this machine, whatever is installed.
#[expect(clippy::print_stderr, reason = "a test that is skipped says so")]
pub(crate) fn cannot(what: &str) {
    eprintln!("skipped: {what} cannot be had here");
}
