//! Ctrl-C while a measure is at work: nothing is left behind, and what stood there stays.

use std::{fs, os::unix::process::ExitStatusExt, process::Command, thread, time::Duration};

use crate::support::Desk;

/// The signal of Ctrl-C.
const INTERRUPT: i32 = 2;

#[test]
fn ctrl_c_leaves_everything_as_it_was() {
    let desk = Desk::new();
    fs::write(desk.path("ranks.csv"), "").unwrap();
    let mut child = Command::new(env!("CARGO_BIN_EXE_chancery"))
        .args(["rank", "--by", "betweenness", "--range", "--worlds", "100000000", "-o", "ranks.csv"])
        .current_dir(&desk.0)
        .env_remove("CHANCERY_GRAPH")
        .spawn()
        .unwrap();
    thread::sleep(Duration::from_millis(400));
    assert!(child.try_wait().unwrap().is_none(), "it is still at work");
    let sent = Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
    assert!(sent.success());
    assert_eq!(child.wait().unwrap().signal(), Some(INTERRUPT));
    let left: Vec<_> = fs::read_dir(&desk.0).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    assert_eq!(left, ["ranks.csv"]);
    assert_eq!(fs::read_to_string(desk.path("ranks.csv")).unwrap(), "");
}
