//! `show`: everything that is recorded of one thing.

use std::process::ExitCode;

use clap::{Args, ValueEnum};

use chancery::{
    dataset::{Dataset, Lookup},
    date::Status,
    lens::{Lens, Predicate},
    model::{Channel, fault::nearest},
    report::{Answer, Header, ShowReport},
};

use super::{
    args::{GraphArgs, OutputArgs},
    failure::Failure,
    names, open, output,
};

/// What an id may belong to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum What {
    /// An actor, by any of its names
    Actor,
    /// A tie, by its id
    Tie,
    /// A reference, by its id
    Reference,
    /// A relation, by its id
    Relation,
}

/// Everything that is recorded of one actor, tie, reference or relation.
///
/// An id is looked for among actors, ties, references and relations in this order, and only then read
/// as a name of an actor.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  chancery show Mongolia
  chancery show relations-mongolia-north-korea
  chancery show visit
  chancery show zhwiki-mn-kp --format json
  chancery show trade --as relation")]
pub(super) struct ShowArgs {
    /// An id, or any name of an actor
    #[arg(required = true, value_name = "ID-OR-NAME")]
    id: Vec<String>,
    /// What the id belongs to, when several things have it
    #[arg(long = "as", value_name = "KIND")]
    what: Option<What>,
    #[command(flatten)]
    graph: GraphArgs,
    #[command(flatten)]
    output: OutputArgs,
}

/// Runs the verb.
pub(super) fn run(args: &ShowArgs) -> Result<ExitCode, Failure> {
    output::format(&args.output)?;
    let dataset = open::dataset(&args.graph)?;
    let id = args.id.join(" ");
    let id = id.trim();
    let report = match args.what {
        Some(What::Actor) => ShowReport::actor(&dataset, names::one(&dataset, &args.id)?),
        Some(what) => by_id(&dataset, id, what)?.ok_or_else(|| unknown(&dataset, id, what))?,
        None => {
            let mut found = None;
            for what in [What::Actor, What::Tie, What::Reference, What::Relation] {
                found = by_id(&dataset, id, what)?;
                if found.is_some() {
                    break;
                }
            }
            match found {
                Some(report) => report,
                None => by_name(&dataset, id, &args.id)?,
            }
        }
    };
    output::answer(&Answer::new(Header::of(&dataset), report), &args.output)
}

fn by_id(dataset: &Dataset, id: &str, what: What) -> Result<Option<ShowReport>, Failure> {
    Ok(match what {
        What::Actor => dataset.actors().find(id).map(|actor| ShowReport::actor(dataset, actor)),
        What::Tie => match dataset.ties().find(id) {
            Some(tie) => {
                // The whole record is shown, whatever a lens would leave out of it.
                let lens = Lens {
                    channels: Channel::ALL.into_iter().collect(),
                    statuses: Status::ALL.into_iter().collect(),
                    ..Lens::default()
                };
                Some(ShowReport::tie(dataset, &Predicate::compile(dataset, &lens, &[])?, tie))
            }
            None => None,
        },
        What::Reference => {
            dataset.find_reference(id).map(|reference| ShowReport::reference(dataset, reference))
        }
        What::Relation => dataset.vocabulary().find(id).map(|number| ShowReport::relation(dataset, number)),
    })
}

/// An actor by name; what no actor is called may be a slip in the id of anything.
fn by_name(dataset: &Dataset, id: &str, words: &[String]) -> Result<ShowReport, Failure> {
    if let Lookup::None(near) = dataset.lookup(id)
        && near.is_empty()
        && let Some(near) = near_id(dataset, id)
    {
        let hint = Some(format!("did you mean `{near}`?"));
        return Err(Failure::Nothing { what: "actor, tie, reference or relation", id: id.to_owned(), hint });
    }
    names::one(dataset, words).map(|actor| ShowReport::actor(dataset, actor))
}

fn near_id<'d>(dataset: &'d Dataset, id: &str) -> Option<&'d str> {
    nearest(id, tie_ids(dataset).chain(reference_ids(dataset)).chain(relation_ids(dataset)))
}

fn unknown(dataset: &Dataset, id: &str, what: What) -> Failure {
    let (name, near) = match what {
        What::Actor => ("actor", None),
        What::Tie => ("tie", nearest(id, tie_ids(dataset))),
        What::Reference => ("reference", nearest(id, reference_ids(dataset))),
        What::Relation => ("relation", nearest(id, relation_ids(dataset))),
    };
    Failure::Nothing {
        what: name,
        id: id.to_owned(),
        hint: near.map(|near| format!("did you mean `{near}`?")),
    }
}

fn tie_ids(dataset: &Dataset) -> impl Iterator<Item = &str> {
    dataset.ties().all().map(|tie| dataset.ties().id(tie))
}

fn reference_ids(dataset: &Dataset) -> impl Iterator<Item = &str> {
    dataset.references().map(|(_, reference)| reference.id().as_str())
}

fn relation_ids(dataset: &Dataset) -> impl Iterator<Item = &str> {
    dataset.vocabulary().relations().map(|(_, relation)| relation.id.as_str())
}
