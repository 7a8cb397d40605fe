//! From an SVG that we wrote to PNG and PDF: the same picture, set in fonts that the program carries.
//!
//! No font of the machine is asked, so the same picture gives the same bytes everywhere. What neither
//! the fonts here nor the user's have is drawn as an empty box, and told.

mod fonts;
mod heavy;
mod pdf;
mod png;

use std::collections::BTreeSet;

use resvg::usvg::{Group, Node, Options, Tree};

pub use fonts::Fonts;

/// The pixels of an inch of an SVG.
const SVG_DPI: f64 = 96.0;

/// What a file says of itself beside the picture.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct About {
    /// The title of the picture.
    pub title: String,
    /// What was asked, of which dataset.
    pub description: String,
    /// The program and its version.
    pub program: String,
    /// The BCP 47 tag of its words.
    pub language: String,
}

/// How large a picture of points becomes.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Resolution {
    /// So many pixels an inch, when 96 units of the picture are one.
    Dpi(f64),
    /// So many pixels across.
    Width(u32),
}

/// The sheet that a PDF is printed on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Page {
    /// As large as the picture.
    #[default]
    Picture,
    /// 210 by 297 millimetres, on its side for a wide picture.
    A4,
    /// 8½ by 11 inches, on its side for a wide picture.
    Letter,
}

/// A picture in bytes, and what the reader should be told of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Printed {
    /// The file.
    pub bytes: Vec<u8>,
    /// The characters that no font has, in order of code.
    pub missing: Vec<char>,
}

/// Why a picture could not be printed.
#[derive(Debug, thiserror::Error)]
pub enum PrintError {
    /// The text is no SVG that can be drawn.
    #[error("the picture cannot be read")]
    Svg(#[from] resvg::usvg::Error),
    /// It would take more pixels than a picture can have.
    #[error("a picture of {width} × {height} pixels is too large: take a smaller --dpi or --width, or PDF")]
    TooLarge {
        /// Pixels across.
        width: u64,
        /// Pixels down.
        height: u64,
    },
    /// A file that is no font.
    #[error("{0} is no TrueType or OpenType font")]
    NoFont(String),
    /// A font that no PDF can hold.
    #[error("the font cannot be put into a PDF: {0}")]
    Font(String),
    /// The PNG could not be written.
    #[error("the PNG cannot be written")]
    Png(#[from] ::png::EncodingError),
}

/// Renders an SVG of [`svg`](super::svg) as a PNG.
///
/// # Errors
/// A text that is no SVG, or a size of more than 2²⁸ pixels.
pub fn png(svg: &str, resolution: Resolution, about: &About, fonts: &Fonts) -> Result<Printed, PrintError> {
    let tree = read(svg, fonts)?;
    let bytes = png::write(&tree, resolution, about)?;
    Ok(Printed { bytes, missing: missing([&tree]) })
}

/// Renders an SVG of [`svg`](super::svg) as a PDF of one page, whose text can be selected and searched.
///
/// A page smaller than the picture shrinks it, within margins of half an inch.
///
/// # Errors
/// A text that is no SVG, or a font that cannot be cut down to what is used.
pub fn pdf(svg: &str, page: Page, about: &About, fonts: &Fonts) -> Result<Printed, PrintError> {
    let tree = read(svg, fonts)?;
    let bytes = pdf::write(std::slice::from_ref(&tree), page, about)?;
    Ok(Printed { bytes, missing: missing([&tree]) })
}

/// Renders pages, each an SVG as [`Sheets`](crate::diagram::Sheets) make them, as a PDF of so many pages, each as large
/// as it is.
///
/// # Errors
/// As for [`pdf`].
pub fn pdf_pages(pages: &[String], about: &About, fonts: &Fonts) -> Result<Printed, PrintError> {
    let trees = pages.iter().map(|page| read(page, fonts)).collect::<Result<Vec<Tree>, _>>()?;
    let bytes = pdf::write(&trees, Page::Picture, about)?;
    Ok(Printed { bytes, missing: missing(&trees) })
}

fn read(svg: &str, fonts: &Fonts) -> Result<Tree, PrintError> {
    let options = Options { fontdb: fonts.database(), font_resolver: fonts.resolver(), ..Options::default() };
    Ok(Tree::from_str(&heavy::thickened(svg), &options)?)
}

/// The characters whose glyph is the empty box.
fn missing<'t>(trees: impl IntoIterator<Item = &'t Tree>) -> Vec<char> {
    fn look(group: &Group, found: &mut BTreeSet<char>) {
        for node in group.children() {
            match node {
                Node::Group(group) => look(group, found),
                Node::Text(text) => {
                    let glyphs = text.layouted().iter().flat_map(|span| &span.positioned_glyphs);
                    found.extend(glyphs.filter(|glyph| glyph.id.0 == 0).flat_map(|glyph| glyph.text.chars()));
                }
                Node::Path(_) | Node::Image(_) => {}
            }
        }
    }
    let mut found = BTreeSet::new();
    for tree in trees {
        look(tree.root(), &mut found);
    }
    // Marks of direction and joiners have no shape of their own.
    found.into_iter().filter(|c| unicode_width::UnicodeWidthChar::width(*c) > Some(0)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagram::text::Face;
    use ttf_parser::Face as Font;

    #[test]
    fn no_letter_of_the_fonts_is_wider_than_the_layout_reckons() {
        for (data, bold) in [(fonts::REGULAR, false), (fonts::SQUARE, false), (fonts::BOLD, true)] {
            let font = Font::parse(data, 0).unwrap();
            let face = Face { size: 1000.0, bold };
            let mut wide = Vec::new();
            for subtable in font.tables().cmap.unwrap().subtables {
                subtable.codepoints(|code| {
                    // What is not seen takes no room when it is set, whatever the font's table says.
                    let seen = |c: &char| unicode_width::UnicodeWidthChar::width(*c).unwrap_or(0) > 0;
                    let Some(c) = char::from_u32(code).filter(seen) else { return };
                    let glyph = font.glyph_index(c).unwrap();
                    let advance = f64::from(font.glyph_hor_advance(glyph).unwrap_or(0)) * 1000.0
                        / f64::from(font.units_per_em());
                    if advance > face.width(c.encode_utf8(&mut [0; 4])) + 0.5 {
                        wide.push(c);
                    }
                });
            }
            assert!(wide.is_empty(), "{wide:?}");
        }
    }
}
