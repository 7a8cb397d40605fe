//! The fonts that PNG and PDF are set in: ours, embedded, and one of the user's before them.
//!
//! `fonts/make.py` cuts ours from Noto Sans (regular and bold) and Noto Sans CJK TC (regular): Latin,
//! Greek, Cyrillic; Big5, GB 2312, Hangul of KS X 1001, Kana. Bold Han is the regular with a stroke (`heavy`).

use std::sync::{Arc, OnceLock};

use resvg::usvg::{
    FontResolver,
    fontdb::{Database, ID, Source},
};

use super::PrintError;

pub(super) const REGULAR: &[u8] = include_bytes!("../../../fonts/NotoSans-Regular.ttf");
pub(super) const BOLD: &[u8] = include_bytes!("../../../fonts/NotoSans-Bold.ttf");
pub(super) const SQUARE: &[u8] = include_bytes!("../../../fonts/NotoSansCJKtc-Regular.otf");

/// From this weight on a line is bold.
const BOLD_FROM: u16 = 600;

/// The fonts of a picture.
#[derive(Clone, Debug)]
pub struct Fonts {
    database: Arc<Database>,
    /// The user's, asked first.
    own: Vec<ID>,
    regular: ID,
    bold: ID,
    square: ID,
}

impl Default for Fonts {
    fn default() -> Self {
        static SHIPPED: OnceLock<Fonts> = OnceLock::new();
        SHIPPED.get_or_init(Self::shipped).clone()
    }
}

impl Fonts {
    fn shipped() -> Self {
        let mut database = Database::new();
        let mut load = |data: &'static [u8]| {
            let ids = database.load_font_source(Source::Binary(Arc::new(data)));
            *ids.first().expect("a font that we ship can be read")
        };
        let (regular, bold, square) = (load(REGULAR), load(BOLD), load(SQUARE));
        Self { database: Arc::new(database), own: Vec::new(), regular, bold, square }
    }

    /// Our fonts after one of the user's; `name` is what errors call it.
    ///
    /// # Errors
    /// Bytes that are no font.
    pub fn with(data: Vec<u8>, name: &str) -> Result<Self, PrintError> {
        let mut fonts = Self::default();
        let ids = Arc::make_mut(&mut fonts.database).load_font_source(Source::Binary(Arc::new(data)));
        let Some(first) = ids.first() else { return Err(PrintError::NoFont(name.to_owned())) };
        fonts.own = vec![*first];
        Ok(fonts)
    }

    pub(super) fn database(&self) -> Arc<Database> {
        Arc::clone(&self.database)
    }

    /// The fonts to ask for a weight, in order.
    fn order(&self, is_bold: bool) -> Vec<ID> {
        let ours = if is_bold { self.bold } else { self.regular };
        self.own.iter().copied().chain([ours, self.square]).collect()
    }

    /// Chooses fonts by weight alone: whatever family a picture names, ours stand for it.
    pub(super) fn resolver(&self) -> FontResolver<'static> {
        let (plain, bold) = (self.order(false), self.order(true));
        let first = [plain[0], bold[0]];
        FontResolver {
            select_font: Box::new(move |font, _| Some(first[usize::from(font.weight() >= BOLD_FROM)])),
            select_fallback: Box::new(move |c, used, database| {
                let order = if used.first() == Some(&bold[0]) { &bold } else { &plain };
                order.iter().copied().find(|id| !used.contains(id) && has(database, *id, c))
            }),
        }
    }
}

/// Whether a font has a character.
fn has(database: &Database, id: ID, c: char) -> bool {
    let found = database.with_face_data(id, |data, index| {
        ttf_parser::Face::parse(data, index).is_ok_and(|face| face.glyph_index(c).is_some())
    });
    found == Some(true)
}
