//! Groups of actors from a table with the columns actor and group.

use std::{collections::BTreeMap, fs, path::Path};

use chancery::{
    analysis::Sociomatrix,
    dataset::{ActorIndex, Dataset},
};

use super::{failure::Failure, names, output::note_line};

/// The group of each row of a matrix, by its name; actors that the table does not name stand together, and
/// their number is said.
pub(super) fn read(path: &Path, dataset: &Dataset, matrix: &Sociomatrix) -> Result<Vec<String>, Failure> {
    let wrong = |why: String| Failure::NoAnswer(format!("{}: {why}", path.display()));
    let text = fs::read_to_string(path).map_err(|error| wrong(format!("cannot be read: {error}")))?;
    let mut lines = text.lines();
    let header: Vec<&str> = lines.next().unwrap_or("").trim_start_matches('\u{feff}').split(',').collect();
    let column = |name: &str| header.iter().position(|head| head.trim().trim_matches('"') == name);
    let (Some(actor_at), Some(group_at)) = (column("actor"), column("group")) else {
        return Err(wrong(
            "the first line must name the columns `actor` and `group`, parted by commas".to_owned(),
        ));
    };
    let mut groups: BTreeMap<ActorIndex, String> = BTreeMap::new();
    let mut reader = csv_reader(&text);
    for row in reader.records() {
        let row = row.map_err(|error| wrong(error.to_string()))?;
        let cell = |at: usize| row.get(at).unwrap_or("").trim().to_owned();
        let (name, group) = (cell(actor_at), cell(group_at));
        if !name.is_empty() && !group.is_empty() {
            let actor = match dataset.actors().find(&name) {
                Some(actor) => actor,
                None => names::one(dataset, std::slice::from_ref(&name))?,
            };
            groups.insert(actor, group);
        }
    }
    let labels: Vec<String> =
        matrix.actors().iter().map(|actor| groups.get(actor).cloned().unwrap_or_default()).collect();
    let missing = labels.iter().filter(|label| label.is_empty()).count();
    if missing > 0 {
        note_line(&format!("{missing} actors have no group in {}: they stand together", path.display()));
    }
    Ok(labels)
}

fn csv_reader(text: &str) -> csv::Reader<&[u8]> {
    csv::ReaderBuilder::new().flexible(true).from_reader(text.as_bytes())
}
