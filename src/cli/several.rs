//! `connect` asked about more than two actors, for a tree, or about two groups.

use std::process::ExitCode;

use chancery::{
    analysis::{
        connect::{Connections, Options, Unknown, by_way_of, tree},
        meter::{Deadline, Meter},
        paths::Pathfinder,
    },
    dataset::{ActorIndex, Dataset},
    lens::{Lens, gather},
    network::Network,
    report::{Answer, Header, Lang, SeveralReport, Viewer},
};

use super::{blocs, connect::ConnectArgs, failure::Failure, output};

/// So many actors are asked about together.
pub(super) const MOST: usize = 12;

/// Answers who connects several actors, each two of them.
pub(super) fn run(
    args: &ConnectArgs,
    dataset: &Dataset,
    lens: &Lens,
    actors: &[ActorIndex],
    (options, notes): (&Options, Vec<String>),
) -> Result<ExitCode, Failure> {
    let network = Network::between(dataset, lens, actors)?;
    let deadline = args.bounds.deadline();
    let deadline = deadline.as_ref().map(|is_up| is_up as Deadline<'_>);
    let mut connections = Connections::new(&network);
    if let Some(deadline) = deadline {
        connections = connections.until(deadline);
    }
    // Several routes of each pair would fill the page.
    let count = if args.k == super::connect::ROUTES && actors.len() > 2 { 1 } else { args.k };
    let options = Options { route_count: count, ..*options };
    let mut several = if args.via.is_empty() {
        connections.among(actors, &options)?
    } else {
        by_way_of(dataset, lens, actors, &options, deadline)?
    };
    // The tree has what the pairs have left.
    let meter = Meter::new(options.steps.saturating_sub(several.steps), deadline);
    let mut finder = Pathfinder::new(&network).with_meter(meter);
    let tree = args.tree.then(|| tree(&mut finder, actors));
    several.and_then(finder.meter(), Unknown::Tree);
    let mut viewer = Viewer::new(dataset, network.predicate())
        .telling(args.sentences.lang())
        .naming(args.sentences.languages());
    let report = SeveralReport::new(&mut viewer, &network, (&several, tree.as_ref()), args.budget);
    let header = Header::through(dataset, network.predicate(), dataset.ties().all());
    let languages = args.sentences.languages().unwrap_or_default();
    let mut header = Header { lang: viewer.lang(), languages, ..header };
    header.bounds = Some(args.bounds.in_force(several.steps, args.budget));
    header.notes.extend(notes);
    header.notes.extend(report.notes());
    let is_connected = report.is_connected;
    let done = output::answer(&Answer::new(header, report), &args.output)?;
    Ok(if is_connected { done } else { ExitCode::from(1) })
}

/// Two groups, each standing as one actor.
pub(super) struct Sides {
    /// The dataset in which they do.
    pub(super) dataset: Dataset,
    /// The actors that they stand as.
    pub(super) ends: [ActorIndex; 2],
    /// What they are called: by id and by name.
    pub(super) called: [(String, String); 2],
    pub(super) notes: Vec<String>,
}

/// So many members of a group are named.
const NAMED: usize = 12;

/// Puts two groups in place of their members; `viewer` names these.
pub(super) fn sides(
    dataset: &Dataset,
    viewer: &Viewer<'_>,
    blocs: &[blocs::Bloc; 2],
) -> Result<Sides, Failure> {
    let lang = viewer.lang();
    let both: Vec<ActorIndex> =
        blocs[0].members.iter().filter(|member| blocs[1].members.contains(member)).copied().collect();
    let own = blocs.each_ref().map(|bloc| -> Vec<ActorIndex> {
        bloc.members.iter().filter(|member| !both.contains(member)).copied().collect()
    });
    let names = |members: &[ActorIndex]| -> String {
        let shown: Vec<String> = members.iter().take(NAMED).map(|member| viewer.name(*member)).collect();
        let more = match members.len().saturating_sub(NAMED) {
            0 => String::new(),
            more => lang.of([" and {} more", "等另外{}個", "等另外{}个"]).replace("{}", &more.to_string()),
        };
        shown.join(lang.of([", ", "、", "、"])) + &more
    };
    let called = blocs.each_ref().map(|bloc| {
        let name = if bloc.called.is_empty() { bloc.asked.clone() } else { names(&bloc.called) };
        (bloc.asked.clone(), name)
    });
    let mut notes = Vec::new();
    for ((bloc, own), (_, name)) in blocs.iter().zip(&own).zip(&called) {
        if own.is_empty() {
            return Err(Failure::NoAnswer(format!(
                "all in the group `{}` are in the other one too",
                bloc.asked
            )));
        }
        // A list of names says already who is meant.
        if names(own) != *name {
            let [before, between, after] = match lang {
                Lang::English if own.len() == 1 => ["", " stands for 1 actor: ", "."],
                Lang::English => ["", " stands for {} actors: ", "."],
                Lang::Traditional => ["「", "」代表{}個行為者：", "。"],
                Lang::Simplified => ["“", "”代表{}个行为者：", "。"],
            };
            let between = between.replace("{}", &own.len().to_string());
            notes.push(format!("{before}{name}{between}{}{after}", names(own)));
        }
    }
    if !both.is_empty() {
        let said = [
            "In both groups, and so in neither but between them: {}.",
            "兩組都有，因此不屬任何一組，而位於其間：{}。",
            "两组都有，因此不属任何一组，而位于其间：{}。",
        ];
        notes.push(lang.of(said).replace("{}", &names(&both)));
    }
    let dataset = gather(dataset, &[&own[0], &own[1]]);
    Ok(Sides { dataset, ends: [own[0][0], own[1][0]], called, notes })
}
