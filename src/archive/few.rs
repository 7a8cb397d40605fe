//! A few ties held against the columns of an archive instead of all that it holds.
//!
//! What a tie among known actors can be at odds with is little: its id, its own content, what was retracted, and the ties
//! between the same two actors. Whatever is not told by that is left to [the long way](Archive::prepare), and so is
//! everything that turns out wrong.

use crate::{
    dataset::{
        ActorIndex, ActorRow, Builder, Dataset, NameRow, Origin, Problem, Sink, SourceFile, TieIndex,
        WithLater,
    },
    format::{native, push},
    model::Tie,
};

use super::{
    Archive, Kind, Load, Loading,
    found::reading,
    intake::{Intake, Kept, Phase},
    load::loaded_file,
};

/// The name of the ties that are there already among those that are held against one another.
const KNOWN: &str = "archive";

impl Archive {
    /// What a load of a few ties comes to; nothing where columns do not tell it.
    ///
    /// # Complexity
    /// Time O(d + l + k log E + r), for d ties between the actors of each of k ties, l bytes of the log, E ties and r references.
    pub(super) fn prepare_few(&self, load: &Load) -> Option<Loading> {
        let (name, text) = load.text.as_ref().filter(|_| load.paths.is_empty() && !load.skips_bad)?;
        let (base, earlier_warnings) = self.mapped(|_| ()).ok()?;
        let mut intake = Intake { phase: Phase::Load, ..Intake::default() };
        native::read_text(name, text.as_str().to_owned().into(), &mut intake);
        let Intake { builder, kept, bare, broken, file_count, .. } = intake;
        let are_ties = kept.iter().all(|row| row.kind == Kind::Tie && row.made.is_none());
        if !are_ties || kept.is_empty() || !bare.is_empty() || !broken.is_empty() || file_count != 1 {
            return None;
        }
        let removals = self.removals();
        for (id, content) in builder.ties_by_themselves()? {
            let made = format!("{content:032x}-");
            let is_out =
                removals.iter().any(|removal| Some(&*removal.id) == id || removal.id.starts_with(&made));
            if is_out || id.is_some_and(|id| base.has_id(id)) {
                return None;
            }
        }
        let known = base.clone();
        let WithLater { dataset, problems, repeated, first_file, rows } = base.with_later(builder)?;
        let plain = |file: &SourceFile| {
            file.cites.is_empty() && file.coverage.is_empty() && file.retracted.is_empty()
        };
        let source = &dataset.files()[first_file as usize];
        if repeated > 0 || !plain(source) || !agree(&known, &dataset, &rows, (name, text)) {
            return None;
        }
        let files = vec![(first_file, loaded_file(source, String::new(), &reading(&load.options)))];
        let moved = |kept: Kept| Kept { origin: Origin { file: first_file, ..kept.origin }, ..kept };
        let kept = kept.into_iter().map(moved).collect();
        let loading = Loading::joined(dataset, (earlier_warnings, problems), kept, files);
        loading.dataset.damage().is_none().then_some(loading)
    }
}

/// Whether new ties say nothing that others between the same actors do not agree with, or agree with better.
fn agree(known: &Dataset, dataset: &Dataset, rows: &[u32], (name, text): (&str, &str)) -> bool {
    let (ties, dyads) = (known.ties(), known.dyads());
    let ends = |row: &u32| [dataset.ties().source(TieIndex(*row)), dataset.ties().target(TieIndex(*row))];
    let mut pairs: Vec<[ActorIndex; 2]> = rows.iter().map(ends).collect();
    for ends in &mut pairs {
        ends.sort_unstable();
    }
    pairs.sort_unstable();
    pairs.dedup();
    let is_record = |tie: &TieIndex| known.files()[ties.origin(*tie).file as usize].rows.is_none();
    let between = pairs.iter().filter_map(|[a, b]| dyads.between(*a, *b)).flat_map(|dyad| dyads.ties(dyad));
    let mut others: Vec<Tie> = between.copied().filter(is_record).map(|tie| known.tie(tie)).collect();
    if others.is_empty() {
        return true;
    }
    let problems = |others: &mut [Tie], text: Option<&str>| {
        let mut builder = Builder::default();
        for (_, relation) in known.vocabulary().relations() {
            builder.relation(relation.clone(), Origin::default());
        }
        let file = builder.file(SourceFile::new(KNOWN, String::new()));
        let nowhere = Origin { file, start: 0, end: 0 };
        for actor in pairs.as_flattened() {
            let (id, kind) = (known.actors().id(*actor), known.actors().kind(*actor));
            let names = vec![NameRow { text: id, lang: "", shown: false, preferred: false }];
            builder.actor(ActorRow { id, kind, names, ..ActorRow::default() }, nowhere);
        }
        for tie in others {
            push::tie(&mut builder, tie, true, nowhere);
        }
        if let Some(text) = text {
            native::read_text(name, text.to_owned().into(), &mut builder);
        }
        let told = |problem: Problem| (problem.file, problem.code, problem.message, problem.more_count);
        let mut told: Vec<_> = builder.check().problems.into_iter().map(told).collect();
        told.sort_unstable();
        told
    };
    let mut apart = problems(&mut others, None);
    apart.extend(problems(&mut [], Some(text)));
    apart.sort_unstable();
    apart == problems(&mut others, Some(text))
}
