//! What one row says of another: names that lead nowhere, ids given twice, kinds and levels that a
//! relation does not allow.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashSet;

use crate::model::{Fault, Relation, Vocabulary, fault::Step, fault::nearest};

use super::{
    builder::{Builder, PendingTie},
    source_file::Origin,
};

/// The fault of a tie whose relation no vocabulary has.
pub(super) fn unknown_relation(vocabulary: &Vocabulary, id: &str) -> Fault {
    let near = nearest(id, vocabulary.relations().map(|(_, relation)| relation.id.as_str()));
    let hint = match near {
        Some(near) => format!("did you mean `{near}`?"),
        None => "declare it under `graph.relations`, or leave `relation` out for a plain tie".to_owned(),
    };
    Fault::error(&["relation".into()], format!("no relation `{id}`")).hint(hint)
}

/// Checks the rows against one another. Actors and references are sorted by id, then place.
pub(super) fn cross_references(builder: &Builder) -> Vec<(Fault, Origin)> {
    let checker = Checker {
        builder,
        actors: builder.actors.iter().map(|actor| actor.id.as_ref()).collect(),
        references: builder.references.iter().map(|(reference, _)| reference.id().as_str()).collect(),
        tie_ids: builder.ties.iter().filter_map(|tie| tie.id.as_deref()).collect(),
    };
    let mut faults = checker.duplicates();
    for actor in &builder.actors {
        for cite in actor.cites.iter().filter(|cite| !checker.references.contains(cite.as_ref())) {
            faults.push((checker.no_reference(&["cites".into()], cite), actor.origin));
        }
    }
    for tie in &builder.ties {
        checker.tie(tie, |fault| faults.push((fault, tie.origin)));
    }
    faults
}

struct Checker<'b> {
    builder: &'b Builder,
    actors: BTreeSet<&'b str>,
    references: BTreeSet<&'b str>,
    tie_ids: FxHashSet<&'b str>,
}

impl<'b> Checker<'b> {
    fn duplicates(&self) -> Vec<(Fault, Origin)> {
        let builder = self.builder;
        let mut faults = Vec::new();
        let mut report = |id: &str, first: Origin, second: Origin, what: &str| {
            let file = &builder.files[first.file as usize].name;
            let text = &builder.files[first.file as usize].text;
            let start = usize::try_from(first.start).unwrap_or(usize::MAX);
            let (line, _) = super::source_file::line_and_column(text, start);
            faults.push((
                Fault::error(&["id".into()], format!("{what} `{id}` is defined twice"))
                    .hint(format!("the first stands at {file}:{line}")),
                second,
            ));
        };
        for pair in builder.actors.windows(2).filter(|pair| pair[0].id == pair[1].id) {
            report(&pair[0].id, pair[0].origin, pair[1].origin, "actor");
        }
        for pair in builder.references.windows(2).filter(|pair| pair[0].0.id() == pair[1].0.id()) {
            report(pair[0].0.id().as_str(), pair[0].1, pair[1].1, "reference");
        }
        let mut ties: BTreeMap<&str, Origin> = BTreeMap::new();
        let mut given: Vec<(&str, Origin)> =
            builder.ties.iter().filter_map(|tie| Some((tie.id.as_deref()?, tie.origin))).collect();
        given.sort_unstable();
        for (id, origin) in given {
            if let Ok(at) = builder.actors.binary_search_by(|actor| actor.id.as_ref().cmp(id)) {
                report(id, builder.actors[at].origin, origin, "the id");
            } else if let Some(first) = ties.get(id) {
                report(id, *first, origin, "tie");
            } else {
                ties.insert(id, origin);
            }
        }
        faults
    }

    fn named(&self, number: u32) -> &'b str {
        &self.builder.named.texts[number as usize]
    }

    fn no_actor(&self, path: &[Step], id: &str) -> Fault {
        let hint = match nearest(id, self.actors.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("add a node with the id `{id}`"),
        };
        Fault::error(path, format!("no actor `{id}`")).hint(hint)
    }

    fn no_reference(&self, path: &[Step], id: &str) -> Fault {
        let hint = match nearest(id, self.references.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("add an item with the id `{id}` to `graph.references`"),
        };
        Fault::error(path, format!("no reference `{id}`")).hint(hint)
    }

    fn tie(&self, tie: &PendingTie, mut report: impl FnMut(Fault)) {
        for (end, key) in [(tie.source, "source"), (tie.target, "target")] {
            let id = self.named(end);
            if !self.actors.contains(id) {
                report(self.no_actor(&[key.into()], id));
            }
        }
        for (path, mentioned) in &tie.mentions {
            let id = self.named(*mentioned);
            if !self.actors.contains(id) {
                report(self.no_actor(path, id));
            }
        }
        if let Some(about) = tie.about.as_deref()
            && !self.tie_ids.contains(about)
            && !self.actors.contains(about)
        {
            let known = self.tie_ids.iter().copied().collect::<BTreeSet<_>>();
            let hint = nearest(about, known).map(|near| format!("did you mean `{near}`?"));
            report(Fault::error(&["about".into()], format!("no tie or event `{about}`")).hint(hint));
        }
        let mut cited = false;
        for (at, claim) in tie.claims.iter().enumerate() {
            for (place, cite) in claim.cites.iter().enumerate() {
                cited = true;
                let id = self.named(*cite);
                if !self.references.contains(id) {
                    let cite = [Step::Key("cites"), Step::Index(place), Step::Key("ref")];
                    let in_claim = [Step::Key("claims"), Step::Index(at)];
                    let path = if tie.claims.len() > 1 { [&in_claim[..], &cite].concat() } else { cite.to_vec() };
                    report(self.no_reference(&path, id));
                }
            }
        }
        if !cited {
            report(Fault::warning(&[], "the tie cites nothing").hint(
                "add `cites`, or give the file default ones under `graph.cites`".to_owned(),
            ));
        }
        if let Some(relation) = tie.relation {
            self.relation(tie, self.builder.vocabulary.relation(relation), report);
        }
    }

    fn relation(&self, tie: &PendingTie, relation: &Relation, mut report: impl FnMut(Fault)) {
        for (end, key, allowed) in
            [(tie.source, "source", &relation.source_kinds), (tie.target, "target", &relation.target_kinds)]
        {
            let actors = &self.builder.actors;
            let found = actors.binary_search_by(|actor| actor.id.as_ref().cmp(self.named(end)));
            let Some(kind) = found.ok().and_then(|at| actors[at].kind()) else { continue };
            if !allowed.is_empty() && !allowed.contains(&kind) {
                let allowed: Vec<&str> = allowed.iter().map(|kind| kind.as_str()).collect();
                report(
                    Fault::warning(&[key.into()], format!("a {kind} is not a usual {key} of `{}`", relation.id))
                        .hint(format!("usual are {}", allowed.join(", "))),
                );
            }
        }
        let allowed = [&relation.levels, &relation.trends, &relation.modes];
        for ((word, key), allowed) in tie.words.iter().zip(["level", "trend", "mode"]).zip(allowed) {
            let Some(word) = word.as_deref() else { continue };
            if !allowed.iter().any(|known| known == word) {
                let hint = match nearest(word, allowed.iter().map(String::as_str)) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None if allowed.is_empty() => format!("`{}` has no `{key}`", relation.id),
                    None => format!("it is one of {}", allowed.join(", ")),
                };
                report(Fault::error(&[key.into()], format!("no {key} `{word}` of `{}`", relation.id)).hint(hint));
            }
        }
    }
}
