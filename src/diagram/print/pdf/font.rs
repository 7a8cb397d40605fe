//! Fonts in a PDF: cut down to the glyphs that are used, with the text that each stands for.

use std::collections::BTreeMap;

use pdf_writer::{
    Filter, Finish, Name, Pdf, Rect, Ref, Str,
    types::{CidFontType, FontFlags, SystemInfo, UnicodeCmap},
};
use resvg::usvg::{
    Group, Node,
    fontdb::{Database, ID},
};
use subsetter::GlyphRemapper;
use ttf_parser::{Face, GlyphId, RawFace, Tag, name_id};

use super::{PrintError, deflate, single};

const SYSTEM: SystemInfo = SystemInfo { registry: Str(b"Adobe"), ordering: Str(b"Identity"), supplement: 0 };

/// The fonts of a picture in the order of their first use.
#[derive(Default)]
pub(super) struct FontSet {
    pub(super) fonts: Vec<UsedFont>,
}

/// A font and what of it is used.
pub(super) struct UsedFont {
    id: ID,
    /// Its name in the page's resources.
    pub(super) name: String,
    pub(super) reference: Ref,
    /// Font units of an em.
    pub(super) em: f32,
    glyphs: GlyphRemapper,
    /// What each glyph stands for, by its new number.
    texts: BTreeMap<u16, String>,
}

impl FontSet {
    /// Finds the fonts and glyphs of all text.
    pub(super) fn gather(&mut self, group: &Group, database: &Database) {
        for node in group.children() {
            match node {
                Node::Group(group) => self.gather(group, database),
                Node::Text(text) => {
                    for glyph in text.layouted().iter().flat_map(|span| &span.positioned_glyphs) {
                        let at = self.place(glyph.font, database);
                        let font = &mut self.fonts[at];
                        let number = font.glyphs.remap(glyph.id.0);
                        if number > 0 {
                            font.texts.entry(number).or_insert_with(|| glyph.text.clone());
                        }
                    }
                }
                Node::Path(_) | Node::Image(_) => {}
            }
        }
    }

    fn place(&mut self, id: ID, database: &Database) -> usize {
        self.fonts.iter().position(|font| font.id == id).unwrap_or_else(|| {
            let em = database
                .with_face_data(id, |data, index| Face::parse(data, index).map(|face| face.units_per_em()));
            self.fonts.push(UsedFont {
                id,
                name: format!("F{}", self.fonts.len()),
                reference: Ref::new(1),
                em: f32::from(em.and_then(Result::ok).unwrap_or(1000)),
                glyphs: GlyphRemapper::new(),
                texts: BTreeMap::new(),
            });
            self.fonts.len() - 1
        })
    }

    /// A font, and the number that a glyph has in it once it is cut down.
    pub(super) fn find(&self, id: ID, glyph: u16) -> Option<(&UsedFont, u16)> {
        let font = self.fonts.iter().find(|font| font.id == id)?;
        Some((font, font.glyphs.get(glyph)?))
    }
}

impl UsedFont {
    /// Writes the font's objects.
    pub(super) fn write(&self, pdf: &mut Pdf, next: &mut Ref, database: &Database) -> Result<(), PrintError> {
        database
            .with_face_data(self.id, |data, index| self.write_face(pdf, next, data, index))
            .unwrap_or_else(|| Err(PrintError::Font("it has gone".to_owned())))
    }

    fn write_face(&self, pdf: &mut Pdf, next: &mut Ref, data: &[u8], index: u32) -> Result<(), PrintError> {
        let face = Face::parse(data, index).map_err(|error| PrintError::Font(error.to_string()))?;
        let whole = subsetter::subset(data, index, &self.glyphs)
            .map_err(|error| PrintError::Font(error.to_string()))?;
        // A PDF holds the outlines of an OpenType font without the tables around them.
        let raw = RawFace::parse(&whole, 0).map_err(|error| PrintError::Font(error.to_string()))?;
        let cff = raw.table(Tag::from_bytes(b"CFF "));
        let outlines = deflate(cff.unwrap_or(&whole));

        let known = face.names().into_iter().find(|name| name.name_id == name_id::POST_SCRIPT_NAME);
        let plain = |c: &char| c.is_ascii_alphanumeric() || *c == '-';
        let name: String =
            known.and_then(|name| name.to_string()).unwrap_or_default().chars().filter(plain).collect();
        let name = format!("{}+{name}", self.tag());
        let [cid, descriptor, unicode, file] = [(); 4].map(|()| next.bump());

        let composite = if cff.is_some() { format!("{name}-Identity-H") } else { name.clone() };
        pdf.type0_font(self.reference)
            .base_font(Name(composite.as_bytes()))
            .encoding_predefined(Name(b"Identity-H"))
            .descendant_font(cid)
            .to_unicode(unicode);

        let thousandths = |units: f32| units / self.em * 1000.0;
        let mut writer = pdf.cid_font(cid);
        writer.subtype(if cff.is_some() { CidFontType::Type0 } else { CidFontType::Type2 });
        writer
            .base_font(Name(name.as_bytes()))
            .system_info(SYSTEM)
            .font_descriptor(descriptor)
            .default_width(0.0);
        if cff.is_none() {
            writer.cid_to_gid_map_predefined(Name(b"Identity"));
        }
        let widths = self.glyphs.remapped_gids();
        let width = |glyph| thousandths(f32::from(face.glyph_hor_advance(GlyphId(glyph)).unwrap_or(0)));
        writer.widths().consecutive(0, widths.map(width));
        writer.finish();

        let bounds = face.global_bounding_box();
        let [left, bottom, right, top] =
            [bounds.x_min, bounds.y_min, bounds.x_max, bounds.y_max].map(|side| thousandths(f32::from(side)));
        let height = |units: Option<i16>| thousandths(f32::from(units.unwrap_or(face.ascender())));
        let mut writer = pdf.font_descriptor(descriptor);
        writer
            .name(Name(name.as_bytes()))
            .flags(FontFlags::SYMBOLIC)
            .bbox(Rect::new(left, bottom, right, top))
            .italic_angle(face.italic_angle())
            .ascent(height(face.typographic_ascender()))
            .descent(thousandths(f32::from(face.typographic_descender().unwrap_or(face.descender()))))
            .cap_height(height(face.capital_height()))
            .stem_v(single(10.0 + 0.244 * (f64::from(face.weight().to_number()) - 50.0)));
        if cff.is_some() {
            writer.font_file3(file);
        } else {
            writer.font_file2(file);
        }
        writer.finish();

        let mut map = UnicodeCmap::new(Name(b"Custom"), SYSTEM);
        for (glyph, text) in &self.texts {
            map.pair_with_multiple(*glyph, text.chars());
        }
        pdf.cmap(unicode, &map.finish());

        let mut stream = pdf.stream(file, &outlines);
        stream.filter(Filter::FlateDecode);
        if cff.is_some() {
            stream.pair(Name(b"Subtype"), Name(b"CIDFontType0C"));
        }
        Ok(())
    }

    /// Six letters that tell this part of the font from others.
    fn tag(&self) -> String {
        let glyphs: Vec<u8> = self.glyphs.remapped_gids().flat_map(u16::to_be_bytes).collect();
        twox_hash::XxHash3_128::oneshot(&glyphs).to_be_bytes()[..6]
            .iter()
            .map(|byte| char::from(b'A' + byte % 26))
            .collect()
    }
}
