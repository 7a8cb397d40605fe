//! What stands in records that are right each by itself, and do not agree: one tie recorded twice, claims that
//! cannot both be, a lasting tie at odds with the instants at its ends, one name for two actors.
//!
//! All are warnings: sources do disagree, and the one who records them says which is meant.

use std::hash::BuildHasher;

use rustc_hash::{FxBuildHasher, FxHashMap};

use crate::{
    date::{Bounds, Dating, Setting, Status},
    model::{Fault, RELATED, Relation, fault::Step},
};

use super::{
    builder::Builder,
    pending::{PendingClaim, PendingTie},
    problem::Faults,
    source_file::{Origin, Places},
    ties::duration,
};

/// Checks the rows against one another; actors are sorted by id.
pub(super) fn check(builder: &Builder, faults: &mut Faults) {
    let places = &Places::of(&builder.files);
    // Rows of a table are events that machines or others counted: two that are alike are two.
    let is_record = |origin: Origin| builder.files[origin.file as usize].rows.is_none();
    if builder.files.iter().any(|file| file.rows.is_none()) {
        let whole = builder.ties.iter().filter(|tie| tie.more.is_whole && is_record(tie.origin));
        let related = whole.filter_map(|tie| Some((tie, builder.vocabulary.relation(tie.relation?))));
        for (tie, relation) in related.clone() {
            contradictions(builder, &tie, relation, faults);
        }
        twice(builder, places, related.clone(), faults);
        stories(builder, places, related, faults);
    }
    shared_names(builder, places, faults);
}

/// The two ends, in the order of their numbers where the relation does not tell them apart.
fn ends(tie: &PendingTie<'_>, relation: &Relation) -> (u32, u32) {
    if relation.symmetric && tie.source > tie.target {
        (tie.target, tie.source)
    } else {
        (tie.source, tie.target)
    }
}

/// One tie recorded twice: same ends, relation, level and dates, and part of no happening.
fn twice<'b>(
    builder: &'b Builder,
    places: &Places<'b>,
    ties: impl Iterator<Item = (PendingTie<'b>, &'b Relation)>,
    faults: &mut Faults,
) {
    type Key<'b> = ((u32, u32), Option<u16>, u32, Status, &'b [Option<Box<str>>; 3]);
    let key = |tie: &PendingTie<'b>, relation: &Relation| -> Option<Key<'b>> {
        let [claim] = tie.claims else { return None };
        // Two plain edges of a multigraph, or two of a day's events counted by a machine, are two.
        let is_plain = relation.id.as_str() == RELATED && dating_of(builder, claim).is_empty();
        let is_told = tie.more.event.is_none() && !is_plain;
        is_told.then(|| (ends(tie, relation), tie.relation, claim.dating, claim.status, &tie.more.words))
    };
    // Only ties whose keys have the same hash can have the same key.
    let hash = |(tie, relation): (PendingTie<'b>, &Relation)| {
        Some((FxBuildHasher.hash_one(key(&tie, relation)?), tie.at))
    };
    let mut hashes: Vec<(u64, u32)> = ties.filter_map(hash).collect();
    hashes.sort_unstable();
    let mut found: Vec<(PendingTie<'b>, PendingTie<'b>)> = Vec::new();
    for alike in hashes.chunk_by(|(a, _), (b, _)| a == b).filter(|alike| alike.len() > 1) {
        let mut first: FxHashMap<Key<'_>, PendingTie<'b>> = FxHashMap::default();
        for (_, at) in alike {
            let tie = builder.ties.get(*at);
            let Some(relation) = tie.relation.map(|number| builder.vocabulary.relation(number)) else {
                continue;
            };
            let Some(key) = key(&tie, relation) else { continue };
            let other = *first.entry(key).or_insert(tie);
            let same = other.more.mentions == tie.more.mentions && other.more.about == tie.more.about;
            if other.at != tie.at && same {
                found.push((tie, other));
            }
        }
    }
    found.sort_unstable_by_key(|(tie, _)| tie.at);
    for (tie, other) in found {
        let relation = tie.relation.map_or(RELATED, |number| builder.vocabulary.relation(number).id.as_str());
        let fault = Fault::warning(&[], format!("this `{relation}` is recorded twice"))
            .code("same-tie")
            .hint(format!(
                "the same ends, relation and date stand at {}; keep one, or tell them apart by an `event`",
                places.place(other.origin)
            ));
        faults.push(fault, tie.origin);
    }
}

fn dating_of<'b>(builder: &'b Builder, claim: &PendingClaim) -> &'b Dating {
    builder.datings.of(claim.dating)
}

/// The bounds of an asserted claim that has one alternative.
fn bounds_of(builder: &Builder, tie: &PendingTie<'_>, relation: &Relation, at: usize) -> Option<Bounds> {
    let claim = tie.claims.get(at).filter(|claim| claim.status == Status::Asserted)?;
    let dating = dating_of(builder, claim);
    if dating.is_empty() {
        return None;
    }
    let extent = dating.resolve(duration(relation.lasting), &Setting::default());
    match extent.bounds() {
        [bounds] => Some(*bounds),
        _ => None,
    }
}

/// Two asserted claims of one tie whose days cannot both be.
fn contradictions(builder: &Builder, tie: &PendingTie<'_>, relation: &Relation, faults: &mut Faults) {
    if tie.claims.len() < 2 {
        return;
    }
    let of = |at| bounds_of(builder, tie, relation, at);
    for second in 1..tie.claims.len() {
        let Some(b) = of(second) else { continue };
        let Some((first, _)) =
            (0..second).filter_map(|at| Some((at, of(at)?))).find(|(_, a)| !can_both_be(a, &b))
        else {
            continue;
        };
        let key = if dating_of(builder, &tie.claims[second]).when().is_some() { "when" } else { "start" };
        let path = [Step::Key("claims"), Step::Index(second), Step::Key(key)];
        let fault = Fault::warning(&path, format!("this claim and claim {} cannot both be true", first + 1))
            .code("contradiction")
            .hint("give the one that you hold the weaker a `status`, such as `disputed`".to_owned());
        faults.push(fault, tie.origin);
    }
}

/// Whether the beginnings can be one day, and the ends.
fn can_both_be(a: &Bounds, b: &Bounds) -> bool {
    a.start_min <= b.start_max
        && b.start_min <= a.start_max
        && a.end_min <= b.end_max
        && b.end_min <= a.end_max
}

/// The lasting ties of one relation between two actors, and the instants that begin and end them.
#[derive(Default)]
struct Story<'b> {
    lasting: Vec<(PendingTie<'b>, Bounds)>,
    starts: Vec<(PendingTie<'b>, Bounds)>,
    ends: Vec<(PendingTie<'b>, Bounds)>,
    /// Whether one of them has more than one claim or alternative: then nothing is sure enough to warn of.
    is_vague: bool,
}

/// A lasting tie and the instants at its ends must fit.
fn stories<'b>(
    builder: &'b Builder,
    places: &Places<'b>,
    ties: impl Iterator<Item = (PendingTie<'b>, &'b Relation)>,
    faults: &mut Faults,
) {
    let vocabulary = &builder.vocabulary;
    let number = |id: &crate::model::RelationId| vocabulary.find(id.as_str());
    // What begins and ends is asked once a relation, not once a tie.
    let begun: Vec<(Option<u16>, Option<u16>, bool)> = vocabulary
        .relations()
        .map(|(_, relation)| {
            let starts = relation.starts.as_ref().and_then(number);
            let ends = relation.ends.as_ref().and_then(number);
            (starts, ends, starts.is_some() || ends.is_some())
        })
        .collect();
    let mut told = vec![false; begun.len()];
    for lasting in begun.iter().flat_map(|(starts, ends, _)| [*starts, *ends]).flatten() {
        told[usize::from(lasting)] = true;
    }
    let mut stories: FxHashMap<(u32, u32, u16, Option<&str>), Story<'_>> = FxHashMap::default();
    let mut order = Vec::new();
    for (tie, relation) in ties {
        let Some(own) = tie.relation else { continue };
        let (starts, ends_of, is_end) = begun[usize::from(own)];
        if !is_end && !told[usize::from(own)] {
            continue;
        }
        for (lasting, place) in [(Some(own).filter(|_| !is_end), 0), (starts, 1), (ends_of, 2)] {
            let Some(lasting) = lasting else { continue };
            let (source, target) = ends(&tie, vocabulary.relation(lasting));
            let key = (source, target, lasting, tie.more.words[0].as_deref());
            let story = stories.entry(key).or_insert_with(|| {
                order.push(key);
                Story::default()
            });
            let entry = bounds_of(builder, &tie, relation, 0).filter(|_| tie.claims.len() == 1);
            match (entry, place) {
                (None, _) => story.is_vague = true,
                (Some(bounds), 0) => story.lasting.push((tie, bounds)),
                (Some(bounds), 1) => story.starts.push((tie, bounds)),
                (Some(bounds), _) => story.ends.push((tie, bounds)),
            }
        }
    }
    for key in order {
        let story = &stories[&key];
        if !story.is_vague && !story.lasting.is_empty() {
            at_odds(builder, places, story, vocabulary.relation(key.2), faults);
        }
    }
}

fn at_odds(
    builder: &Builder,
    places: &Places<'_>,
    story: &Story<'_>,
    relation: &Relation,
    faults: &mut Faults,
) {
    let alone = story.lasting.len() == 1;
    for (instants, is_start) in [(&story.starts, true), (&story.ends, false)] {
        for (instant, day) in instants {
            let fits = |(_, tie): &&(PendingTie<'_>, Bounds)| {
                let (first, last) =
                    if is_start { (tie.start_min, tie.start_max) } else { (tie.end_min, tie.end_max) };
                first <= day.start_max && day.start_min <= last
            };
            if story.lasting.iter().any(|tie| fits(&tie)) {
                continue;
            }
            let inside = |(_, tie): &&(PendingTie<'_>, Bounds)| {
                tie.start_max < day.start_min && tie.end_min > day.start_max
            };
            let other = story.lasting.iter().find(inside);
            // One lasting tie and one instant are one story even where they lie apart; but what ends before the
            // tie begins, or begins after its end, is of another time.
            let single = alone
                && instants.len() == 1
                && (if is_start { &story.ends } else { &story.starts }).is_empty();
            let of_it = |(_, tie): &&(PendingTie<'_>, Bounds)| {
                single && if is_start { day.start_max < tie.start_min } else { day.start_min > tie.end_max }
            };
            let Some((lasting, _)) = other.or_else(|| story.lasting.first().filter(of_it)) else { continue };
            let (what, end) = if is_start { ("begins", "started") } else { ("ends", "ended") };
            let key =
                if dating_of(builder, &instant.claims[0]).when().is_some() { "when" } else { "relation" };
            let fault = Fault::warning(
                &[key.into()],
                format!("this is what {what} the `{}`, which cannot have {end} then", relation.id),
            )
            .code("at-odds")
            .hint(format!(
                "the lasting tie stands at {}; mend one of the dates",
                places.place(lasting.origin)
            ));
            faults.push(fault, instant.origin);
        }
    }
}

/// One name of two actors, unless one of them follows the other.
fn shared_names(builder: &Builder, places: &Places<'_>, faults: &mut Faults) {
    let mut first: FxHashMap<u32, usize> = FxHashMap::default();
    let mut shared: Vec<(usize, usize, usize, u32)> = Vec::new();
    let is_record = |origin: Origin| builder.files[origin.file as usize].rows.is_none();
    for (at, actor) in builder.actors.iter().enumerate().filter(|(_, actor)| is_record(actor.origin)) {
        for (place, name) in actor.names.iter().enumerate().filter(|(_, name)| name.is_shown()) {
            let holder = *first.entry(name.text).or_insert(at);
            if builder.actors[holder].named != actor.named {
                shared.push((holder, at, place, name.text));
            }
        }
    }
    if shared.is_empty() {
        return;
    }
    let lineage = Lineage::of(builder);
    for (holder, at, place_of_name, text) in shared {
        let (holder, actor) = (&builder.actors[holder], &builder.actors[at]);
        let [id, other] = [holder, actor].map(|actor| builder.actor_id(actor));
        if lineage.is_one(id, other) {
            continue;
        }
        let text = builder.names.text(text);
        let path = [Step::Key("names"), Step::Index(place_of_name), Step::Key("text")];
        let fault = Fault::warning(&path, format!("`{text}` is a name of `{id}` and of `{other}`"))
            .code("shared-name")
            .hint(format!(
                "the other stands at {}; a question by this name stops to ask which is meant",
                places.place(holder.origin)
            ));
        faults.push(fault, actor.origin);
    }
}

/// The relation of an actor to the one whose place it takes.
pub(super) const SUCCEEDS: &str = "succeeds";

/// Which actors are linked by succession.
struct Lineage<'b>(FxHashMap<&'b str, &'b str>);

impl<'b> Lineage<'b> {
    fn of(builder: &'b Builder) -> Self {
        let mut lineage = Self(FxHashMap::default());
        let succeeds = builder.vocabulary.find(SUCCEEDS);
        let end = |number: u32| builder.named.text(number);
        for tie in builder.ties.iter().filter(|tie| tie.relation.is_some() && tie.relation == succeeds) {
            let (a, b) = (lineage.root(end(tie.source)), lineage.root(end(tie.target)));
            if a != b {
                lineage.0.insert(a.max(b), a.min(b));
            }
        }
        lineage
    }

    fn root(&self, id: &'b str) -> &'b str {
        let mut root = id;
        while let Some(next) = self.0.get(root) {
            root = next;
        }
        root
    }

    fn is_one(&self, a: &'b str, b: &'b str) -> bool {
        self.root(a) == self.root(b)
    }
}
