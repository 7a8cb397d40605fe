//! What one row says of another: names that lead nowhere, ids given twice, kinds and levels that a
//! relation does not allow.

use std::{
    cell::{OnceCell, RefCell},
    collections::{BTreeMap, BTreeSet},
    hash::BuildHasher,
};

use rustc_hash::{FxBuildHasher, FxHashMap, FxHashSet};

use crate::{
    date::{Setting, Window},
    model::{
        ActorKind, Citation, Fault, Fix, Relation, Severity, Vocabulary, fault::Step, fault::nearest,
        fault::single_slip,
    },
};

use super::{
    asked::{Ask, suits},
    builder::Builder,
    pending::{Cited, PendingActor, PendingClaim, PendingTie, Row},
    problem::Faults,
    source_file::{Origin, Places, SourceFile},
    ties::duration,
};

/// The fault of a tie whose relation no vocabulary has.
pub(super) fn unknown_relation(vocabulary: &Vocabulary, id: &str) -> Fault {
    let near = nearest(id, vocabulary.relations().map(|(_, relation)| relation.id.as_str()));
    let hint = match near {
        Some(near) => format!("did you mean `{near}`?"),
        None => "declare it under `graph.relations`, or leave `relation` out for a plain tie".to_owned(),
    };
    let slip = single_slip(id, vocabulary.relations().map(|(_, relation)| relation.id.as_str()));
    let fix = slip.map(|near| Fix::Value(near.into()));
    Fault::error(&["relation".into()], format!("no relation `{id}`"))
        .code("unknown-relation")
        .hint(hint)
        .fix(fix)
}

/// Checks the rows against one another. Actors and references are sorted by id, then place.
pub(super) fn cross_references(builder: &Builder, faults: &mut Faults) {
    let references: BTreeSet<&str> =
        builder.references.iter().map(|(reference, _)| reference.id().as_str()).collect();
    let mut actor_named: Vec<Option<usize>> = vec![None; builder.named.len()];
    // Of several with one id the first is meant.
    for (at, actor) in builder.actors.iter().enumerate().rev() {
        actor_named[actor.named as usize] = Some(at);
    }
    let mut is_reference = vec![false; builder.named.len()];
    for named in references.iter().filter_map(|id| builder.named.find(id)) {
        is_reference[named as usize] = true;
    }
    let mut checker = Checker {
        builder,
        suits: actor_named.iter().map(|at| at.map_or(0, |at| suits(&builder.actors[at]))).collect(),
        actor_named,
        is_reference,
        references,
        tie_ids: OnceCell::new(),
        relations: builder.vocabulary.relations().map(|(_, relation)| Ask::of(relation)).collect(),
        sound: Vec::new(),
        events: builder
            .actors
            .iter()
            .filter(|actor| actor.kind() == Some(ActorKind::Event))
            .map(|actor| builder.actor_id(actor))
            .collect(),
        asked: RefCell::default(),
    };
    checker.sound = builder.ties.sayings.all().map(|claims| checker.is_cited(claims)).collect();
    checker.duplicates(faults);
    for (number, file) in (0..).zip(&builder.files) {
        checker.default_cites(number, file, faults);
    }
    for actor in &builder.actors {
        checker.cites(&actor.cites, &[], &[], |fault| faults.push(fault, actor.origin));
        checker.belonging(actor, |fault| faults.push(fault, actor.origin));
    }
    for (at, row) in builder.ties.rows() {
        if !checker.is_sound(&row) {
            let tie = builder.ties.get(at);
            checker.tie(&tie, |fault| faults.push(fault, tie.origin));
        }
    }
}

/// How many names that lead nowhere are offered the nearest: each search reads all ids.
const SEARCHES: usize = 200;

struct Checker<'b> {
    builder: &'b Builder,
    /// The row of the actor that each name of the builder names.
    actor_named: Vec<Option<usize>>,
    /// By name: what the actor [is](suits); nothing where there is none.
    suits: Vec<u16>,
    /// By name: whether it names a reference.
    is_reference: Vec<bool>,
    references: BTreeSet<&'b str>,
    /// The ids that ties give, gathered when one is about another.
    tie_ids: OnceCell<FxHashSet<&'b str>>,
    /// By relation of the vocabulary: what is asked of its ties.
    relations: Vec<Ask>,
    /// By saying: whether each claim cites something, and only references that are there.
    sound: Vec<bool>,
    /// The ids of events.
    events: Vec<&'b str>,
    /// The nearest id of those that were asked for, by what they should be.
    asked: RefCell<FxHashMap<(&'static str, String), Option<&'b str>>>,
}

impl<'b> Checker<'b> {
    /// The id that was probably meant, searched for once.
    fn near(
        &self,
        what: &'static str,
        id: &str,
        known: impl IntoIterator<Item = &'b str>,
    ) -> Option<&'b str> {
        let mut asked = self.asked.borrow_mut();
        let question = (what, id.to_owned());
        if let Some(near) = asked.get(&question) {
            return *near;
        }
        if asked.len() >= SEARCHES {
            return None;
        }
        let near = nearest(id, known);
        asked.insert(question, near);
        near
    }

    /// Whether a tie is one of which nothing can be wrong that [`tie`](Self::tie) would find: most are.
    fn is_sound(&self, row: &Row) -> bool {
        let [source, target] = [row.source, row.target].map(|end| self.suits[end as usize]);
        let relation = self.builder.ties.relations[row.relation as usize];
        row.is_plain()
            && self.sound[row.said as usize]
            && source != 0
            && target != 0
            && relation.is_none_or(|relation| self.relations[usize::from(relation)].is_met(source, target))
    }

    /// Whether each claim cites something, and only references that are there.
    fn is_cited(&self, claims: &[PendingClaim]) -> bool {
        let is_there = |id: u32| self.is_reference[id as usize];
        claims.iter().all(|claim| {
            let list = self.builder.ties.sayings.cited(claim);
            let mut cited = list.iter().flat_map(|cite| [Some(cite.reference), cite.cited_in]).flatten();
            !list.is_empty() && cited.all(is_there)
        })
    }

    /// Whether an actor has this id.
    fn is_actor(&self, id: &str) -> bool {
        self.builder.find_actor(id).is_some()
    }

    fn duplicates(&self, faults: &mut Faults) {
        let builder = self.builder;
        let places = Places::of(&builder.files);
        let mut report = |id: &str, first: Origin, second: Origin, what: &str| {
            faults.push(
                Fault::error(&["id".into()], format!("{what} `{id}` is defined twice"))
                    .code("duplicate-id")
                    .hint(format!("the first stands at {}", places.place(first))),
                second,
            );
        };
        for pair in builder.actors.windows(2).filter(|pair| pair[0].named == pair[1].named) {
            report(builder.actor_id(&pair[0]), pair[0].origin, pair[1].origin, "actor");
        }
        for pair in builder.references.windows(2).filter(|pair| pair[0].0.id() == pair[1].0.id()) {
            report(pair[0].0.id().as_str(), pair[0].1, pair[1].1, "reference");
        }
        let mut ties: BTreeMap<&str, Origin> = BTreeMap::new();
        for (id, origin) in self.given_again() {
            if let Some(at) = builder.find_actor(id) {
                report(id, builder.actors[at].origin, origin, "the id");
            } else if let Some(first) = ties.get(id) {
                report(id, *first, origin, "tie");
            } else {
                ties.insert(id, origin);
            }
        }
    }

    /// The ids of ties that another tie or an actor may have as well, in order, each with its place.
    fn given_again(&self) -> Vec<(&'b str, Origin)> {
        let builder = self.builder;
        let hash = |id: &str| FxBuildHasher.hash_one(id);
        let mut hashes: Vec<u64> = builder.ties.ids().map(hash).collect();
        if !hashes.is_empty() {
            hashes.extend(builder.actor_ids().map(hash));
        }
        hashes.sort_unstable();
        let again: FxHashSet<u64> =
            hashes.windows(2).filter(|pair| pair[0] == pair[1]).map(|pair| pair[0]).collect();
        if again.is_empty() {
            return Vec::new();
        }
        let place = |at| Origin::from(builder.ties.span(at));
        let given = builder.ties.rows().filter_map(|(at, row)| Some((builder.ties.id(&row)?, place(at))));
        let mut given: Vec<(&str, Origin)> = given.filter(|(id, _)| again.contains(&hash(id))).collect();
        given.sort_unstable();
        given
    }

    fn named(&self, number: u32) -> &'b str {
        self.builder.named.text(number)
    }

    fn no_actor(&self, path: &[Step], id: &str) -> Fault {
        let hint = match self.near("actor", id, self.builder.actor_ids()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("add a node with the id `{id}`"),
        };
        Fault::error(path, format!("no actor `{id}`")).code("dangling-actor").hint(hint)
    }

    fn no_reference(&self, path: &[Step], id: &str) -> Fault {
        let hint = match self.near("reference", id, self.references.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("add an item with the id `{id}` to `graph.references`"),
        };
        Fault::error(path, format!("no reference `{id}`")).code("dangling-reference").hint(hint)
    }

    /// The event's id that a bare name misses by one or two letters.
    fn slip(&self, name: &str) -> Option<&'b str> {
        if self.is_actor(name) || name.chars().count() < 6 {
            return None;
        }
        let is_slip =
            |id: &&str| id.len().abs_diff(name.len()) <= 2 && strsim::damerau_levenshtein(name, id) <= 2;
        self.events.iter().copied().find(is_slip)
    }

    /// Whose organ or citizens an actor is should be there; rows of a table know no more than the name.
    fn belonging(&self, actor: &PendingActor, mut report: impl FnMut(Fault)) {
        if actor.is_mention {
            return;
        }
        for (key, of) in [("organ_of", actor.organ_of), ("citizen_of", actor.citizen_of)] {
            let Some(of) = of.filter(|of| self.actor(*of).is_none()) else { continue };
            let id = self.named(of);
            report(Fault { severity: Severity::Warning, ..self.no_actor(&[key.into()], id) });
        }
    }

    fn tie(&self, tie: &PendingTie<'b>, mut report: impl FnMut(Fault)) {
        for (end, key) in [(tie.source, "source"), (tie.target, "target")] {
            if self.actor(end).is_none() {
                report(self.no_actor(&[key.into()], self.named(end)));
            }
        }
        for (path, mentioned) in &tie.more.mentions {
            let id = self.named(*mentioned);
            if !self.is_actor(id) {
                report(self.no_actor(path, id));
            }
        }
        if let Some(about) = tie.more.about.as_deref()
            && !self.tie_ids.get_or_init(|| self.builder.ties.ids().collect()).contains(about)
            && !self.is_actor(about)
        {
            // The nearest of equals is the first by name, whatever order they are read in.
            let known = self.builder.ties.ids();
            let hint = self.near("tie", about, known).map(|near| format!("did you mean `{near}`?"));
            report(
                Fault::error(&["about".into()], format!("no tie or event `{about}`"))
                    .code("dangling-about")
                    .hint(hint),
            );
        }
        if let Some(event) = tie.more.event.map(|event| self.named(event))
            && let Some(near) = self.slip(event)
        {
            report(
                Fault::warning(
                    &["event".into()],
                    format!("the event `{event}` is a bare name, and almost the id `{near}`"),
                )
                .code("near-event")
                .hint(format!("did you mean `{near}`?")),
            );
        }
        let defaults = &self.builder.files[tie.origin.file as usize].cites;
        let cited = |claim| self.builder.ties.sayings.cited(claim);
        for (at, claim) in tie.claims.iter().enumerate() {
            let in_claim = [Step::Key("claims"), Step::Index(at)];
            let path = if tie.claims.len() > 1 { &in_claim[..] } else { &[] };
            self.cites(cited(claim), defaults, path, &mut report);
        }
        if tie.more.is_whole && tie.claims.iter().all(|claim| cited(claim).is_empty()) {
            report(
                Fault::warning(&[], "the tie cites nothing")
                    .code("no-citation")
                    .hint("add `cites`, or give the file default ones under `graph.cites`".to_owned()),
            );
        }
        if let Some(relation) = tie.relation {
            let relation = self.builder.vocabulary.relation(relation);
            self.existence(tie, relation, &mut report);
            self.relation(tie, relation, report);
        }
    }

    /// Citations lead to references; those that a file gives by default are its own fault.
    fn cites(&self, cites: &[Cited], defaults: &[Citation], path: &[Step], mut report: impl FnMut(Fault)) {
        for (at, cite) in cites.iter().enumerate() {
            let known = [(Some(cite.reference), "ref"), (cite.cited_in, "cited_in")];
            for (id, key) in known.into_iter().filter_map(|(id, key)| Some((self.named(id?), key))) {
                let by_default = defaults.iter().flat_map(ids_of).any(|default| default == id);
                if !self.references.contains(id) && !by_default {
                    let way = [Step::Key("cites"), Step::Index(at), Step::Key(key)];
                    report(self.no_reference(&[path, &way].concat(), id));
                }
            }
        }
    }

    /// The citations that a file gives by default.
    fn default_cites(&self, file: u32, source: &SourceFile, faults: &mut Faults) {
        let body = source.text.trim_start_matches('\u{feff}');
        for (at, cite) in source.cites.iter().enumerate() {
            for (id, key) in ids_of(cite).zip(["ref", "cited_in"]) {
                if !self.references.contains(id) {
                    let path = [Step::Key("graph"), Step::Key("cites"), Step::Index(at), Step::Key(key)];
                    faults.push(self.no_reference(&path, id), Origin::of(file, &source.text, body));
                }
            }
        }
    }

    /// A tie needs both its ends: in none of the worlds that its dates allow may it lie outside
    /// the existence of one.
    ///
    /// What one belongs to, follows or is akin to may be gone, and so may whom one praises or condemns on a day:
    /// affiliation is not asked, nor are moments of stance.
    fn existence(&self, tie: &PendingTie<'_>, relation: &Relation, mut report: impl FnMut(Fault)) {
        if !Ask::of(relation).existence {
            return;
        }
        for (end, key) in [(tie.source, "source"), (tie.target, "target")] {
            let Some(actor) = self.actor(end) else { continue };
            let exists = actor.existence();
            if exists == Window::ALL {
                continue;
            }
            for claim in tie.claims.iter().filter(|claim| claim.status.cap().is_possible()) {
                let (first, last) = self
                    .builder
                    .datings
                    .of(claim.dating)
                    .resolve(duration(relation.lasting), &Setting::default())
                    .hull();
                let beyond = if first > exists.last() {
                    format!("ended by {}", exists.last())
                } else if last < exists.first() {
                    format!("began in {} or after", exists.first())
                } else {
                    continue;
                };
                let id = self.builder.actor_id(actor);
                let message =
                    format!("the tie lies outside the existence of its {key} `{id}`, which {beyond}");
                report(
                    Fault::warning(&[key.into()], message)
                        .code("outside-existence")
                        .hint("mend the date, or name the actor that stood there before or after".to_owned()),
                );
                break;
            }
        }
    }

    fn actor(&self, named: u32) -> Option<&'b PendingActor> {
        self.actor_named[named as usize].map(|at| &self.builder.actors[at])
    }

    fn relation(&self, tie: &PendingTie<'_>, relation: &Relation, mut report: impl FnMut(Fault)) {
        for (end, key, allowed) in
            [(tie.source, "source", &relation.source_kinds), (tie.target, "target", &relation.target_kinds)]
        {
            let Some(kind) = self.actor(end).and_then(PendingActor::kind) else { continue };
            if !allowed.is_empty() && !allowed.contains(&kind) {
                let allowed: Vec<&str> = allowed.iter().map(|kind| kind.as_str()).collect();
                let article = if kind.as_str().starts_with(['e', 'i', 'o']) { "an" } else { "a" };
                report(
                    Fault::warning(
                        &[key.into()],
                        format!("{article} {kind} is not a usual {key} of `{}`", relation.id),
                    )
                    .code("unusual-kind")
                    .hint(format!("usual are {}", allowed.join(", "))),
                );
            }
        }
        let allowed = [&relation.levels, &relation.trends, &relation.modes];
        for ((word, key), allowed) in tie.more.words.iter().zip(["level", "trend", "mode"]).zip(allowed) {
            let Some(word) = word.as_deref() else { continue };
            if !allowed.iter().any(|known| known == word) {
                let hint = match nearest(word, allowed.iter().map(String::as_str)) {
                    Some(near) => format!("did you mean `{near}`?"),
                    None if allowed.is_empty() => format!("`{}` has no `{key}`", relation.id),
                    None => format!("it is one of {}", allowed.join(", ")),
                };
                report(
                    Fault::error(&[key.into()], format!("no {key} `{word}` of `{}`", relation.id))
                        .code("unknown-word")
                        .hint(hint),
                );
            }
        }
    }
}

/// The references that a citation names: its own, and the one through which it is known.
fn ids_of(cite: &Citation) -> impl Iterator<Item = &str> {
    [Some(&cite.reference), cite.cited_in.as_ref()]
        .into_iter()
        .flatten()
        .map(crate::model::ReferenceId::as_str)
}
