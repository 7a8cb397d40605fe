//! Groups of actors as they are written on the command line: `kind:country`, `region=Asia`, the name of a bloc, names
//! with commas between them, or a file of names.

use std::{fs, path::Path};

use chancery::{
    dataset::{ActorIndex, Dataset, Lookup},
    date::Window,
    model::ActorKind,
};

use super::{failure::Failure, names};

/// Some actors that stand as one.
pub(super) struct Bloc {
    /// What the user called them.
    pub(super) asked: String,
    /// Those by whose names answers call them; without any they are called what the user called them.
    pub(super) called: Vec<ActorIndex>,
    /// They, in order; for members of a bloc, the bloc itself first.
    pub(super) members: Vec<ActorIndex>,
}

/// The group that a text means.
pub(super) fn read(dataset: &Dataset, during: Window, text: &str) -> Result<Bloc, Failure> {
    let actors = dataset.actors();
    let mut leader = None;
    let mut called = Vec::new();
    let mut members = if let Some(kind) = text.strip_prefix("kind:") {
        let known = ActorKind::ALL.into_iter().find(|known| known.as_str() == kind);
        let kinds = || ActorKind::ALL.map(ActorKind::as_str).join(", ");
        let kind = known
            .ok_or_else(|| Failure::Usage(format!("no kind of actors `{kind}`: it is one of {}", kinds())))?;
        actors.all().filter(|actor| actors.kind(*actor) == Some(kind)).collect()
    } else if Path::new(text).is_file() {
        of_file(dataset, Path::new(text))?
    } else if let (Some((key, value)), Lookup::None(_)) = (text.split_once('='), dataset.lookup(text)) {
        of_attribute(dataset, key.trim(), value.trim())
    } else if let (true, Lookup::None(_)) = (text.contains(SEPARATORS), dataset.lookup(text)) {
        for name in text.split(SEPARATORS).map(str::trim).filter(|name| !name.is_empty()) {
            called.push(names::one(dataset, &[name.to_owned()])?);
        }
        called.clone()
    } else {
        let actor = names::one(dataset, &[text.to_owned()])?;
        leader = Some(actor);
        called.push(actor);
        members_of(dataset, during, actor)
    };
    members.sort_unstable();
    members.dedup();
    if let Some(leader) = leader {
        members.retain(|member| *member != leader);
        members.insert(0, leader);
    }
    if members.is_empty() {
        return Err(Failure::NoAnswer(format!("nobody is in the group `{text}`")));
    }
    Ok(Bloc { asked: text.to_owned(), called, members })
}

/// What stands between names.
const SEPARATORS: [char; 3] = [',', '、', ';'];

/// The actors of which an attribute has a value, or among whose values it is.
fn of_attribute(dataset: &Dataset, key: &str, value: &str) -> Vec<ActorIndex> {
    let has = |actor: &ActorIndex| match dataset.actor(*actor).attributes.get(key) {
        Some(serde_json::Value::String(own)) => own == value,
        Some(serde_json::Value::Array(list)) => list.iter().any(|own| own == value),
        Some(own) => serde_json::from_str(value).is_ok_and(|asked: serde_json::Value| asked == *own),
        None => false,
    };
    dataset.actors().all().filter(has).collect()
}

/// An actor and those that may be its members on some day of a window.
fn members_of(dataset: &Dataset, during: Window, bloc: ActorIndex) -> Vec<ActorIndex> {
    let (ties, dyads) = (dataset.ties(), dataset.dyads());
    let mut members = vec![bloc];
    let Some(member_of) = dataset.vocabulary().find("member-of") else { return members };
    for (other, dyad) in dyads.neighbours(bloc) {
        let is_member = dyads.ties(dyad).iter().any(|tie| {
            ties.relation(*tie) == member_of
                && ties.target(*tie) == bloc
                && ties.claims(*tie).any(|(claim, bounds, _)| claim.holds(bounds, during).is_possible())
        });
        if is_member {
            members.push(other);
        }
    }
    members
}

/// The actors that a file names, one a line; lines that begin with # are remarks, and of a table the first column
/// counts, without a head `actor`.
fn of_file(dataset: &Dataset, path: &Path) -> Result<Vec<ActorIndex>, Failure> {
    let wrong = |why: String| Failure::NoAnswer(format!("{}: {why}", path.display()));
    let text = fs::read_to_string(path).map_err(|error| wrong(format!("cannot be read: {error}")))?;
    let mut reader = csv::ReaderBuilder::new()
        .flexible(true)
        .has_headers(false)
        .comment(Some(b'#'))
        .from_reader(text.as_bytes());
    let mut members = Vec::new();
    for (at, row) in reader.records().enumerate() {
        let row = row.map_err(|error| wrong(error.to_string()))?;
        let name = row.get(0).unwrap_or("").trim_start_matches('\u{feff}').trim().to_owned();
        if name.is_empty() || (at == 0 && name == "actor") {
            continue;
        }
        members.push(match dataset.actors().find(&name) {
            Some(actor) => actor,
            None => names::one(dataset, &[name])?,
        });
    }
    Ok(members)
}
