//! Answers as values, and their renderings.
//!
//! Every verb makes one [`Answer`]: a header and what was found, with names, dates and numbered sources
//! in place. JSON is the answer itself; text and Markdown are renderings of its [`Document`], CSV of
//! its table, diagrams of its scene.

mod document;
mod text;
mod markdown;
mod sources;
mod view;
mod answer;
mod picture;
mod hop;
mod info;
mod rank;
mod ties;
mod paths;
mod connect;
mod find;
mod excerpt;
mod check;
mod cite;
mod diff;
mod fields;
mod show;
mod ego;
mod timeline;
mod offices;
mod resolve;
mod export;
mod edit;
mod archive;

pub use answer::{Answer, Header, Report};
pub use archive::{CopyReport, LoadReport, LogReport, VerifyReport};
pub use check::{CheckReport, ReadCounts};
pub use cite::CiteReport;
pub use connect::{ConnectReport, ConnectorView, EvidenceView, NoActor, Refusal, RouteView};
pub use diff::{Change, ChangeKind, DiffReport, FieldChange};
pub use document::{Align, Block, Column, Document, Table};
pub use edit::{EditReport, Edited};
pub use ego::{Alter, EgoReport};
pub use excerpt::excerpt;
pub use export::{ExportReport, self_contained};
pub use find::{FindReport, FoundActor};
pub use hop::Hop;
pub use info::InfoReport;
pub use markdown::markdown;
pub use offices::OfficesReport;
pub use paths::{PathView, PathsReport};
pub use picture::BUDGET;
pub use rank::{RankReport, RankedView};
pub use resolve::{Resolution, ResolveReport, ResolvedName};
pub use show::{ShowReport, Shown};
pub use sources::{SourceView, Sources};
pub use text::text;
pub use ties::TiesReport;
pub use timeline::{OnBehalf, TimelineReport, TimelineRow};
pub use view::{ActorView, CiteView, TieView, Viewer, dating_text};
