//! Answers as values, and their renderings.
//!
//! Every verb makes one [`Answer`]: a header and what was found, with names, dates and numbered sources
//! in place. JSON is the answer itself; text and Markdown are renderings of its [`Document`], CSV of
//! its table, diagrams of its scene.

mod lang;
mod document;
mod text;
mod markdown;
mod html;
mod pages;
mod plain_view;
#[cfg(feature = "styles")]
mod bibliography;
#[cfg(test)]
mod schemas;
mod sources;
mod sentence;
mod naming;
mod figure_words;
mod view;
mod words;
mod answer;
mod picture;
mod hop;
mod info;
mod lanes;
mod rank;
mod groups;
mod bloc_brokers;
mod brokers;
mod balance;
mod structure;
mod alike;
mod shared;
mod rank_dyads;
mod rank_range;
mod rank_series;
mod why;
mod panel;
mod panel_heat;
mod changes;
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
mod no_chain;
mod temporal;
mod reach;
mod first_contact;
mod timeline;
mod offices;
mod resolve;
mod export;
mod through_time;
mod template;
mod brief;
mod edit;
mod archive;

pub use alike::{AlikeReport, AlikeView};
pub use answer::{Answer, Bounds, Header, Report, no_kind};
pub use archive::{CopyReport, LoadReport, LogReport, VerifyReport};
pub use balance::{BalanceReport, BlocsView};
#[cfg(feature = "styles")]
pub use bibliography::{Entry, StyleError, bibliography, styles};
pub use bloc_brokers::{BlocBrokerView, BlocBrokersReport, BlocView};
pub use brief::{BriefReport, Figure};
pub use brokers::{BrokerView, BrokersReport, RoleView};
pub use changes::{ChangedActor, ChangedDyad, ChangesReport, Place};
pub use check::{CheckReport, ReadCounts};
pub use cite::CiteReport;
pub use connect::{
    ConnectReport, ConnectorView, EvidenceView, JointView, NoActor, PairView, Refusal, RouteView,
    SeveralReport, TreeView,
};
pub use diff::{Change, ChangeKind, DiffReport, FieldChange};
pub use document::{Align, Block, Column, Document, Table};
pub use edit::{EditReport, Edited};
pub use ego::{Alter, EgoReport};
pub use excerpt::excerpt;
pub use export::{ExportReport, self_contained};
pub use find::{FindReport, FoundActor};
pub use first_contact::{FirstContactReport, FirstDay, FirstThrough};
pub use groups::{Compared, GroupView, GroupsReport};
pub use hop::Hop;
pub use html::html;
pub use info::InfoReport;
pub use lang::Lang;
pub use markdown::markdown;
pub use no_chain::NoChainView;
pub use offices::OfficesReport;
pub use pages::pages;
pub use panel::PanelReport;
pub use panel_heat::Shade;
pub use paths::{Listing, PathView, PathsReport, Which};
pub use picture::BUDGET;
pub use rank::{Order, RankReport, RankedView};
pub use rank_dyads::{DyadRankReport, RankedDyad};
pub use rank_range::{RangedView, RankRangeReport};
pub use rank_series::{PeriodView, RankSeriesReport};
pub use reach::{ReachReport, Reached};
pub use resolve::{Resolution, ResolveReport, ResolvedName};
pub use sentence::sentence;
pub use shared::{AffairView, SharedReport, SharedView};
pub use show::{ShowReport, Shown};
pub use sources::{SourceView, Sources};
pub use structure::{BridgeView, CorePeripheryView, CoreView, CutActorView, StructureReport, TriadView};
pub use template::{Template, TemplateError};
pub use temporal::{TimedHop, TimedPathView, TimedPathsReport, told_terms};
pub use text::text;
pub use ties::TiesReport;
pub use timeline::{OnBehalf, TimelineReport, TimelineRow};
pub use view::{ActorView, CiteView, TieAlso, TieView, Viewer, dating_text};
pub use why::{PartView, WhyReport};
