//! Asks an installed Graphviz where boxes should stand.

use std::{
    io::{self, Write},
    process::{Command, Stdio},
    thread,
};

use super::failure::Failure;

/// Points of an inch of Graphviz in our pixels, with more white than it leaves.
const PIXELS: f64 = 72.0;

/// The middles of so many boxes, in pixels from the top, as an engine places them.
pub(super) fn places(engine: &'static str, boxes: &str, count: usize) -> Result<Vec<(f64, f64)>, Failure> {
    let told = ask(engine, boxes).map_err(|error| {
        let why = match error.kind() {
            io::ErrorKind::NotFound => "is not installed".to_owned(),
            _ => format!("failed: {error}"),
        };
        Failure::Draw(format!(
            "`{engine}` {why}; --layout {engine} asks Graphviz for places\n  hint: install Graphviz, or take --layout stress"
        ))
    })?;
    let mut places = vec![None; count];
    for line in told.lines() {
        let mut words = line.split(' ');
        if words.next() != Some("node") {
            continue;
        }
        let number = words.next().and_then(|name| name.strip_prefix('n')?.parse::<usize>().ok());
        let mut inches = || words.next().and_then(|word| word.parse::<f64>().ok());
        if let (Some(number), Some(x), Some(y)) =
            (number.filter(|number| *number < count), inches(), inches())
        {
            places[number] = Some((x * PIXELS, -y * PIXELS));
        }
    }
    let all: Option<Vec<(f64, f64)>> = places.into_iter().collect();
    all.ok_or_else(|| Failure::Draw(format!("`{engine}` did not place all actors")))
}

/// What the engine answers in its plain form.
fn ask(engine: &str, boxes: &str) -> io::Result<String> {
    let mut child = Command::new(engine)
        .arg("-Tplain")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()?;
    let mut input = child.stdin.take().expect("it was piped");
    let text = boxes.to_owned();
    // It may answer before it has read everything.
    let writer = thread::spawn(move || input.write_all(text.as_bytes()));
    let done = child.wait_with_output()?;
    let written = writer.join().unwrap_or(Ok(()));
    if !done.status.success() {
        return Err(io::Error::other(format!("it ended with {}", done.status)));
    }
    written?;
    Ok(String::from_utf8_lossy(&done.stdout).into_owned())
}
