//! Options of pictures, and pictures as files of pixels or pages.

use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

#[cfg(feature = "figures")]
use chancery::diagram::{About, Fonts, PrintError, Printed};
use chancery::diagram::{Frame, Layout, Paper, Scene, Theme, boxes, graphml, svg_framed, svg_placed};

#[cfg(feature = "figures")]
use super::output::note_line;
use super::{
    args::{Format, OutputArgs},
    failure::Failure,
    graphviz,
    output::Caption,
};

/// The middles of boxes, in pixels.
type Places = Vec<(f64, f64)>;

/// How a picture looks.
#[derive(Clone, Debug, Default, PartialEq, Args)]
#[command(next_help_heading = "Picture")]
pub(super) struct FigureArgs {
    /// PNG: so many pixels across
    #[arg(long, value_name = "PIXELS", conflicts_with = "dpi", value_parser = clap::value_parser!(u32).range(1..=30_000))]
    pub(super) width: Option<u32>,
    /// PNG: pixels an inch [default: 192]
    #[arg(long, value_name = "NUMBER", value_parser = clap::value_parser!(u32).range(10..=2400))]
    pub(super) dpi: Option<u32>,
    /// PDF: a sheet to fit on, instead of one as large as the picture
    #[arg(long, value_name = "SHEET")]
    pub(super) page: Option<PageArg>,
    /// The colours: report, print (black and white), slide, dark, or a TOML file that changes one of them
    ///
    /// Such a file says `base = "print"` and then, as `"#1d3557"`, paper, ink, quiet, rule, frame, friendly, neutral,
    /// hostile, mixed, or as a table of fill, stroke, ink and quiet, terminal, connector, agent, ranked, ordinary; and a
    /// `weight` of lines.
    #[arg(long, value_name = "NAME|FILE.toml")]
    theme: Option<String>,
    /// How actors are arranged; dot, neato and sfdp are asked of Graphviz, which must be installed
    ///
    /// Without it: in layers while labels find room, then free, and beyond 300 actors as a crowd of dots, of whom those with
    /// most neighbours are named.
    #[arg(long, value_name = "LAYOUT")]
    pub(super) layout: Option<LayoutArg>,
    /// PNG and PDF: a font (.ttf, .otf) to set text in; what it lacks comes from those in the program
    #[arg(long, value_name = "FILE")]
    pub(super) font: Option<PathBuf>,
}

/// The layouts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum LayoutArg {
    /// In layers from left to right
    Layered,
    /// Free: distances on paper follow distances in the graph
    Stress,
    /// On an oval, blocs side by side
    Circular,
    /// A matrix of who acts on whom, blocs side by side
    Matrix,
    /// Graphviz: layers
    Dot,
    /// Graphviz: springs
    Neato,
    /// Graphviz: springs, for many actors
    Sfdp,
}

/// The sheets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum PageArg {
    /// 210 × 297 mm
    A4,
    /// 8½ × 11 inches
    Letter,
}

impl FigureArgs {
    /// A scene as SVG, arranged as it was asked.
    pub(super) fn drawn(&self, scene: &Scene, theme: &Theme, frame: Frame) -> Result<String, Failure> {
        let (frame, places) = self.places(scene, theme, frame)?;
        match places {
            None => svg_framed(scene, theme, frame),
            Some(places) => svg_placed(scene, theme, frame, &places),
        }
        .map_err(|error| Failure::Draw(error.to_string()))
    }

    /// The same as GraphML.
    pub(super) fn arranged(&self, scene: &Scene, theme: &Theme) -> Result<String, Failure> {
        let (frame, places) = self.places(scene, theme, Frame::ALONE)?;
        graphml(scene, theme, frame, places.as_deref()).map_err(|error| Failure::Draw(error.to_string()))
    }

    /// A frame with the layout that was asked, and the places that Graphviz gives its actors where it is asked.
    fn places(&self, scene: &Scene, theme: &Theme, frame: Frame) -> Result<(Frame, Option<Places>), Failure> {
        let (layout, engine) = self.layout();
        let frame = frame.arranged(layout);
        let Some(engine) = engine else { return Ok((frame, None)) };
        let boxes = boxes(scene, theme, frame).map_err(|error| Failure::Draw(error.to_string()))?;
        Ok((frame, Some(graphviz::places(engine, &boxes, scene.nodes.len())?)))
    }

    /// The layout, and the program of Graphviz that is asked for places.
    fn layout(&self) -> (Layout, Option<&'static str>) {
        match self.layout {
            None => (Layout::Fitting, None),
            Some(LayoutArg::Layered) => (Layout::Layered, None),
            Some(LayoutArg::Stress) => (Layout::Stress, None),
            Some(LayoutArg::Circular) => (Layout::Circular, None),
            Some(LayoutArg::Matrix) => (Layout::Matrix, None),
            Some(LayoutArg::Dot) => (Layout::Fitting, Some("dot")),
            Some(LayoutArg::Neato) => (Layout::Fitting, Some("neato")),
            Some(LayoutArg::Sfdp) => (Layout::Fitting, Some("sfdp")),
        }
    }

    /// Refuses what a chart cannot have.
    pub(super) fn refuse_layout(&self) -> Result<(), Failure> {
        match self.layout {
            None => Ok(()),
            Some(_) => {
                Err(Failure::Usage("--layout arranges a network; this answer is drawn as a chart".to_owned()))
            }
        }
    }

    /// The paper of a document.
    pub(super) fn paper(&self) -> Paper {
        match self.page {
            Some(PageArg::Letter) => Paper::LETTER,
            Some(PageArg::A4) | None => Paper::A4,
        }
    }

    /// The theme: by name, or from a file.
    pub(super) fn theme(&self) -> Result<Theme, Failure> {
        let Some(name) = &self.theme else { return Ok(Theme::REPORT) };
        if let Some(theme) = Theme::named(name) {
            return Ok(theme);
        }
        let known = "a theme is report, print, slide, dark, or a TOML file";
        let is_file = Path::new(name).extension().is_some_and(|ending| ending.eq_ignore_ascii_case("toml"));
        if !is_file {
            return Err(Failure::Usage(format!("no theme `{name}`\n  hint: {known}")));
        }
        let text = std::fs::read_to_string(name)
            .map_err(|error| Failure::Usage(format!("cannot read {name}: {error}\n  hint: {known}")))?;
        Theme::from_toml(&text).map_err(|error| Failure::Usage(format!("{name}: {error}")))
    }
}

/// Without the feature `figures` there is no PDF.
#[cfg(not(feature = "figures"))]
pub(super) fn print_pages(_: &[String], caption: &Caption, args: &OutputArgs) -> Result<Vec<u8>, Failure> {
    print("", caption, Format::Pdf, args)
}

/// Without the feature `figures` a picture is SVG or DOT.
#[cfg(not(feature = "figures"))]
pub(super) fn print(_: &str, _: &Caption, _: Format, _: &OutputArgs) -> Result<Vec<u8>, Failure> {
    Err(Failure::Usage(
        "this chancery was built without PNG and PDF\n  hint: write .svg, or build it with `--features figures`".to_owned(),
    ))
}

/// A picture as PNG or PDF.
#[cfg(feature = "figures")]
pub(super) fn print(
    svg: &str,
    caption: &Caption,
    format: Format,
    args: &OutputArgs,
) -> Result<Vec<u8>, Failure> {
    use chancery::diagram::{Page, Resolution, pdf, png};

    let figure = &args.figure;
    let (fonts, about) = (fonts(figure)?, about(caption));
    let printed = match format {
        Format::Pdf => {
            let page = match figure.page {
                None => Page::Picture,
                Some(PageArg::A4) => Page::A4,
                Some(PageArg::Letter) => Page::Letter,
            };
            pdf(svg, page, &about, &fonts)
        }
        #[cfg(feature = "parquet")]
        Format::Parquet => unreachable!("a table is not printed"),
        Format::Png
        | Format::Text
        | Format::Json
        | Format::Csv
        | Format::Arrow
        | Format::Markdown
        | Format::Dot
        | Format::Html
        | Format::Mermaid
        | Format::GraphMl
        | Format::Svg => {
            let resolution = match figure.width {
                Some(pixels) => Resolution::Width(pixels),
                None => Resolution::Dpi(figure.dpi.map_or(192.0, f64::from)),
            };
            png(svg, resolution, &about, &fonts)
        }
    };
    told(printed)
}

/// Pages as PDF.
#[cfg(feature = "figures")]
pub(super) fn print_pages(
    pages: &[String],
    caption: &Caption,
    args: &OutputArgs,
) -> Result<Vec<u8>, Failure> {
    told(chancery::diagram::pdf_pages(pages, &about(caption), &fonts(&args.figure)?))
}

/// What a file says of itself.
#[cfg(feature = "figures")]
fn about(caption: &Caption) -> About {
    About {
        title: caption.title.clone(),
        description: caption.lines.join(" "),
        program: concat!("chancery ", env!("CARGO_PKG_VERSION")).to_owned(),
        language: caption.language.tag().to_owned(),
    }
}

/// The fonts in the program, after one of the user's.
#[cfg(feature = "figures")]
fn fonts(figure: &FigureArgs) -> Result<Fonts, Failure> {
    let Some(path) = &figure.font else { return Ok(Fonts::default()) };
    let name = path.display().to_string();
    let data = std::fs::read(path).map_err(|error| Failure::Usage(format!("cannot read {name}: {error}")))?;
    Fonts::with(data, &name).map_err(|error| Failure::Usage(error.to_string()))
}

/// The bytes of what was printed; characters that no font has are told.
#[cfg(feature = "figures")]
fn told(printed: Result<Printed, PrintError>) -> Result<Vec<u8>, Failure> {
    let printed = printed.map_err(|error| Failure::Draw(error.to_string()))?;
    if !printed.missing.is_empty() {
        let shown: Vec<String> =
            printed.missing.iter().take(10).map(|c| format!("{c} (U+{:04X})", u32::from(*c))).collect();
        let more = if printed.missing.len() > shown.len() { ", …" } else { "" };
        note_line(&format!(
            "no font has {}{more}: drawn as empty boxes\n  hint: --font FILE takes a font that has them",
            shown.join(", ")
        ));
    }
    Ok(printed.bytes)
}
