//! From words on the command line to actors.

use chancery::dataset::{ActorIndex, Dataset, Found, Lookup};
use chancery::model::ActorKind;

use super::{failure::Failure, output::note_line};

/// The one actor that words name together.
pub(super) fn one(dataset: &Dataset, words: &[String]) -> Result<ActorIndex, Failure> {
    let name = words.join(" ");
    match dataset.lookup(&name) {
        Lookup::One(actor, Found::Reading) => {
            note_line(&format!("`{name}` is read as {}", dataset.actors().label(actor)));
            Ok(actor)
        }
        Lookup::One(actor, _) => Ok(actor),
        Lookup::Lineage(actor, all) => {
            let others = all.into_iter().filter(|other| *other != actor);
            let others: Vec<&str> = others.map(|other| dataset.actors().label(other)).collect();
            let last = dataset.actors().label(actor);
            note_line(&format!("`{name}` is taken as {last}, which continues {}", others.join(", ")));
            Ok(actor)
        }
        other => Err(failure(dataset, &name, other)),
    }
}

/// The actors that words name, in their order: each word, or several joined, names one.
///
/// With a `count`, exactly so many are wanted.
pub(super) fn several(dataset: &Dataset, words: &[String], count: usize) -> Result<Vec<ActorIndex>, Failure> {
    if words.len() == count {
        return words.iter().map(|word| one(dataset, std::slice::from_ref(word))).collect();
    }
    if words.len() < count {
        let wanted = if count == 1 { "one actor".to_owned() } else { format!("{count} actors") };
        return Err(Failure::Usage(format!("the question is about {wanted}; {} given", words.len())));
    }
    let mut splits = Vec::new();
    splits_into(dataset, words, count, &mut Vec::new(), &mut splits);
    match splits.as_slice() {
        [names] => {
            let quoted: Vec<String> = names.iter().map(|name| format!("\"{name}\"")).collect();
            note_line(&format!("read as {}; quote names that have blanks", quoted.join(" ")));
            names.iter().map(|name| one(dataset, std::slice::from_ref(name))).collect()
        }
        [] => Err(first_unknown(dataset, words)),
        several => {
            let ways: Vec<String> = several.iter().map(|names| names.join(" | ")).collect();
            Err(Failure::Usage(format!(
                "the words can be read in several ways ({}); quote names that have blanks",
                ways.join("; ")
            )))
        }
    }
}

/// Two actors or more, at most `most`, in their order: each word where every word names one, else as few actors as the words
/// can be read as.
pub(super) fn two_or_more(
    dataset: &Dataset,
    words: &[String],
    most: usize,
) -> Result<Vec<ActorIndex>, Failure> {
    if words.len() > 2 && words.len() <= most && words.iter().all(|word| is_known(dataset, word)) {
        return several(dataset, words, words.len());
    }
    for count in 2..words.len().min(most + 1) {
        let mut splits = Vec::new();
        splits_into(dataset, words, count, &mut Vec::new(), &mut splits);
        if !splits.is_empty() {
            return several(dataset, words, count);
        }
    }
    if words.len() > most {
        return Err(Failure::Usage(format!("the question is about {most} actors at the most")));
    }
    let unknown: Vec<&String> = words.iter().filter(|word| !is_known(dataset, word)).collect();
    match unknown.as_slice() {
        // All names but one are right.
        [name] if words.len() > 2 => Err(failure(dataset, name, dataset.lookup(name))),
        _ => several(dataset, words, 2),
    }
}

/// One actor or several, at most `most`, in their order: each word, or several joined, names one.
pub(super) fn some(dataset: &Dataset, words: &[String], most: usize) -> Result<Vec<ActorIndex>, Failure> {
    let is_known = |name: &str| is_known(dataset, name);
    if words.len() > 1 {
        if words.len() <= most && words.iter().all(|word| is_known(word)) {
            return several(dataset, words, words.len());
        }
        for count in 1..=most.min(words.len() - 1) {
            let mut splits = Vec::new();
            splits_into(dataset, words, count, &mut Vec::new(), &mut splits);
            if !splits.is_empty() {
                return several(dataset, words, count);
            }
        }
        let (known, unknown): (Vec<_>, Vec<_>) = words.iter().partition(|word| is_known(word));
        return match (known.as_slice(), unknown.as_slice()) {
            // One name is right, so the other word is the one that is wrong.
            ([_, ..], [name]) => Err(failure(dataset, name, dataset.lookup(name))),
            ([_, ..], _) if most > 1 => Err(first_unknown(dataset, words)),
            _ => one(dataset, words).map(|actor| vec![actor]),
        };
    }
    words.iter().map(|word| one(dataset, std::slice::from_ref(word))).collect()
}

/// Whether a name means an actor of the dataset, or several.
fn is_known(dataset: &Dataset, name: &str) -> bool {
    matches!(dataset.lookup(name), Lookup::One(..) | Lookup::Lineage(..) | Lookup::Several(_))
}

fn splits_into(
    dataset: &Dataset,
    words: &[String],
    count: usize,
    begun: &mut Vec<String>,
    splits: &mut Vec<Vec<String>>,
) {
    if count == 0 {
        if words.is_empty() {
            splits.push(begun.clone());
        }
        return;
    }
    for taken in 1..=(words.len() + 1).saturating_sub(count) {
        let name = words[..taken].join(" ");
        if is_known(dataset, &name) {
            begun.push(name);
            splits_into(dataset, &words[taken..], count - 1, begun, splits);
            begun.pop();
        }
    }
}

/// The failure for words that cannot be read: of the first beginning that names nobody.
fn first_unknown(dataset: &Dataset, words: &[String]) -> Failure {
    let mut at = 0;
    while at < words.len() {
        let known = (at + 1..=words.len()).rev().find(|end| is_known(dataset, &words[at..*end].join(" ")));
        let Some(end) = known else {
            let name = &words[at];
            return failure(dataset, name, dataset.lookup(name));
        };
        at = end;
    }
    Failure::Usage(
        "the words name more actors than the question is about; quote names that have blanks".to_owned(),
    )
}

fn failure(dataset: &Dataset, name: &str, lookup: Lookup) -> Failure {
    let id = |actor: ActorIndex| dataset.actors().id(actor).to_owned();
    let name = name.to_owned();
    match lookup {
        Lookup::None(nearest) => {
            let nearest = nearest.into_iter().map(|(actor, near)| (id(actor), near)).collect();
            Failure::UnknownName { name, nearest }
        }
        Lookup::State(state) => {
            // Korea is no actor where its successors are: states whose names hold the name.
            let is_state = |actor: &ActorIndex| {
                matches!(dataset.actors().kind(*actor), Some(ActorKind::Country | ActorKind::Territory))
            };
            let found = dataset.search(&name).into_iter().map(|(actor, _)| actor).filter(is_state).take(5);
            let alike = found.map(|actor| (id(actor), dataset.actors().label(actor).to_owned())).collect();
            Failure::NotHere { name, state, alike }
        }
        Lookup::One(actor, _) | Lookup::Lineage(actor, _) => {
            Failure::Ambiguous { name, actors: vec![(id(actor), String::new())] }
        }
        Lookup::Several(actors) => {
            let label = |actor: ActorIndex| dataset.actors().label(actor).to_owned();
            Failure::Ambiguous {
                name,
                actors: actors.into_iter().map(|actor| (id(actor), label(actor))).collect(),
            }
        }
    }
}
