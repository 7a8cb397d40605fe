//! Pushes whole records as rows: what every reader does that makes an [`Actor`] or a [`Tie`] first.

use std::{path::Path, sync::Arc};

use serde_json::json;

use super::ours::Head;
use crate::{
    dataset::{ActorRow, ClaimRow, Origin, Rows, Sink, SourceFile, TieRow, content_hash},
    model::{Actor, ActorId, Citation, Reference, ReferenceId, Tie, TieId, check_id, fault::Step},
};

/// Pushes an actor that a table names and does not define.
pub(crate) fn mention(sink: &mut impl Sink, actor: &Actor, origin: Origin) {
    sink.actor(ActorRow { is_mention: true, ..ActorRow::of(actor) }, origin);
}

/// Pushes an actor; a broken one stands, so that its ties are not called dangling as well.
pub(super) fn actor(sink: &mut impl Sink, actor: &Actor, broken: bool, origin: Origin) {
    let row = ActorRow::of(actor);
    sink.actor(ActorRow { content: if broken { 0 } else { row.content }, ..row }, origin);
}

/// Pushes a tie that has its citations.
pub(crate) fn tie(sink: &mut impl Sink, tie: &mut Tie, is_whole: bool, origin: Origin) {
    let content = tie_content(tie);
    sink.tie(TieRow { is_whole, ..row(tie, content) }, origin);
}

/// The content from which an id was made that has the form of such.
pub(super) fn made_of(id: &TieId) -> Option<u128> {
    let (content, occurrence) = id.as_str().split_once('-')?;
    occurrence.parse::<u32>().ok()?;
    (content.len() == 32).then(|| u128::from_str_radix(content, 16).ok())?
}

/// The content of a tie, without an id that was made from its content when it was written.
fn tie_content(tie: &mut Tie) -> u128 {
    if let Some(written) = tie.id.as_ref().and_then(made_of) {
        let id = tie.id.take();
        let content = content_hash(tie);
        tie.id = id;
        if content == written {
            return content;
        }
    }
    content_hash(tie)
}

/// What columns need of a tie.
fn row(tie: &Tie, content: u128) -> TieRow<'_> {
    let mut mentions: Vec<(Vec<Step>, &str)> = Vec::new();
    let own = [
        ("source_for", &tie.source_for),
        ("target_for", &tie.target_for),
        ("via", &tie.via),
        ("place", &tie.place),
        ("according_to", &tie.according_to),
    ];
    for (key, id) in own {
        if let Some(id) = id {
            mentions.push((vec![key.into()], id.as_str()));
        }
    }
    for (at, claim) in tie.claims().iter().enumerate() {
        for (key, id) in [("via", &claim.via), ("place", &claim.place), ("according_to", &claim.according_to)]
        {
            if let Some(id) = id {
                mentions.push((vec!["claims".into(), at.into(), key.into()], id.as_str()));
            }
        }
    }
    TieRow {
        id: tie.id.as_ref().map(TieId::as_str),
        source: tie.source.as_str(),
        target: tie.target.as_str(),
        relation: tie.relation.as_str(),
        claims: tie
            .claims()
            .iter()
            .map(|claim| ClaimRow { dating: &claim.dating, status: claim.status, cites: &claim.cites })
            .collect(),
        event: tie.event.as_deref(),
        source_for: tie.source_for.as_ref().map(ActorId::as_str),
        target_for: tie.target_for.as_ref().map(ActorId::as_str),
        level: tie.level.as_deref(),
        trend: tie.trend.as_deref(),
        mode: tie.mode.as_deref(),
        mentions,
        about: tie.about.as_deref(),
        count: tie.count.unwrap_or(1),
        is_whole: true,
        content,
    }
}

/// The id of the reference that a file is to itself: its name without the folder.
pub(super) fn file_id(name: &str) -> String {
    let short = Path::new(name).file_name().map_or(name.into(), |short| short.to_string_lossy());
    if check_id(&short).is_ok() { short.into_owned() } else { "file".to_owned() }
}

/// Announces a file that is not native, with a reference to itself: what its ties say is known from it.
pub(super) fn file(sink: &mut impl Sink, name: &str, text: Arc<String>, rows: Arc<dyn Rows>) -> u32 {
    file_of_day(sink, name, text, rows, None)
}

/// The same for a file that knows nothing after a day: year, month and day.
pub(super) fn file_of_day(
    sink: &mut impl Sink,
    name: &str,
    text: Arc<String>,
    rows: Arc<dyn Rows>,
    issued: Option<[i32; 3]>,
) -> u32 {
    let id = file_id(name);
    let mut item = json!({"id": id, "type": "dataset", "title": id});
    if let Some(day) = issued {
        item["issued"] = json!({"date-parts": [day]});
    }
    let mut source = SourceFile::new(name, text);
    source.rows = Some(rows);
    let reference = Reference::from_item(item).ok();
    source.cites = reference.iter().map(|reference| citation(reference.id().clone())).collect();
    let file = sink.file(source);
    if let Some(reference) = reference {
        sink.reference(reference, Origin { file, start: 0, end: 0 });
    }
    file
}

/// Announces a file that we wrote in the form of another program: its records say what they cite.
pub(super) fn whole_file(
    sink: &mut impl Sink,
    name: &str,
    text: Arc<String>,
    rows: Arc<dyn Rows>,
    head: &Head,
) -> u32 {
    let mut source = SourceFile::new(name, text);
    source.rows = Some(rows);
    (source.title, source.license) = (head.title.clone(), head.license.clone());
    source.retracted.clone_from(&head.retracted);
    source.coverage.clone_from(&head.coverage);
    sink.file(source)
}

fn citation(reference: ReferenceId) -> Citation {
    Citation { reference, locator: None, quote: None, translation: None, cited_in: None, note: None }
}
