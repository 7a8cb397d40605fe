//! Tables whose columns everybody knows: which one a text is, and its reader.

use std::sync::Arc;

use crate::dataset::Sink;

use super::{
    columns::Layout,
    cow,
    detect::{Format, Reading},
    events::{
        self,
        gdelt::{self, Gdelt},
        icews::{self, Icews},
    },
    push,
    relations::Relations,
};

/// The known table that a text is.
pub(super) fn detect(text: &str) -> Option<Format> {
    if gdelt::layout(text).is_some() {
        return Some(Format::Gdelt);
    }
    let layout = Layout::of_header(text)?;
    if icews::is_icews(&layout) {
        return Some(Format::Icews);
    }
    if gdelt::is_gdelt(&layout) {
        return Some(Format::Gdelt);
    }
    cow::is_cow(&layout).then_some(Format::Cow)
}

/// Reads a text as a known table; nothing when it has not the columns of it.
pub(super) fn read(name: &str, text: &Arc<String>, format: Format, sink: &mut impl Sink) -> Option<Reading> {
    let of_header = |is: fn(&Layout) -> bool| Layout::of_header(text).filter(&is);
    match format {
        Format::Icews => {
            let coding = (Icews(Relations::shipped()), icews::MISSING);
            Some(events::read(name, text, of_header(icews::is_icews)?, coding, sink))
        }
        Format::Gdelt => {
            let layout = gdelt::layout(text).or_else(|| of_header(gdelt::is_gdelt))?;
            let reference = push::file_id(name).parse().ok();
            let coding = Gdelt { relations: Relations::shipped(), reference };
            Some(events::read(name, text, layout, (coding, &[]), sink))
        }
        Format::Cow => cow::read(name, text, &Layout::of_header(text)?, sink),
        Format::Native | Format::Graph(_) | Format::Table | Format::Nodes => None,
    }
}
