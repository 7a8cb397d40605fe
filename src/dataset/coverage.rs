//! Whether what files say they observe names actors and relations that are there.

use crate::model::{
    Fault,
    fault::{Step, nearest},
};

use super::{builder::Builder, complete::Aliases, problem::Faults, source_file::Origin};

/// Checks the coverage of each file. Actors are sorted by id.
pub(super) fn check(builder: &Builder, aliases: &Aliases, faults: &mut Faults) {
    for (file, source) in builder.files.iter().enumerate().filter(|(_, source)| !source.coverage.is_empty()) {
        // Inside a file that is JSON the path leads to the place; else the fault stands at its beginning.
        let start = source.text.find('{').unwrap_or(0);
        let origin = Origin::of(super::number(file), &source.text, source.text[start..].trim_end());
        for (at, coverage) in source.coverage.iter().enumerate() {
            let path = |key: &'static str, place: usize| -> Vec<Step> {
                vec!["graph".into(), "coverage".into(), at.into(), key.into(), place.into()]
            };
            for (place, id) in coverage.actors.iter().enumerate() {
                let id = id.as_str();
                let is_known = builder.find_actor(id).is_some();
                if !is_known && !aliases.contains_key(id) {
                    let near = nearest(id, builder.actor_ids());
                    let fault = Fault::error(&path("actors", place), format!("no actor `{id}`"));
                    let hint = near.map(|near| format!("did you mean `{near}`?"));
                    faults.push(fault.code("unknown-actor").hint(hint), origin);
                }
            }
            let vocabulary = &builder.vocabulary;
            for (place, selector) in coverage.relations.iter().enumerate() {
                if !vocabulary.relations().any(|(number, _)| vocabulary.matches(number, selector)) {
                    let ids = vocabulary.relations().map(|(_, relation)| relation.id.as_str());
                    let near = nearest(selector, ids).map(|near| format!("did you mean `{near}`?"));
                    let fault = Fault::error(&path("relations", place), format!("no relation `{selector}`"));
                    faults.push(fault.code("unknown-relation").hint(near), origin);
                }
            }
        }
    }
}
