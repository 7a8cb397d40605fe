//! Where answers leave the program: stdout or a file, in the format asked for.

use std::{
    fs,
    io::{self, IsTerminal, Write},
    path::{Path, PathBuf},
    process::ExitCode,
    sync::{Mutex, PoisonError},
};

use chancery::{
    diagram::{self, Frame, Language, Scene},
    format::{
        native,
        table::write_csv,
        write::{TableForm, write_texts},
    },
    report::{self, Align, Answer, Report, html, markdown, text},
};

use super::{
    args::{Format, OutputArgs},
    failure::Failure,
    figure::{self, FigureArgs},
    progress,
};

/// Running text is broken at this width where there is no terminal.
const WIDTH: usize = 100;

/// What stands in every file that says who wrote it: the name, then the version or the name of a schema.
const MARK: &str = "chancery";

/// How many bytes of a file's first line tell that it is of the same kind, where nothing says who wrote it.
const TELLING_BYTES: usize = 4;

/// Renders an answer and sends it where the user asked.
pub(super) fn answer<T: Report>(answer: &Answer<T>, args: &OutputArgs) -> Result<ExitCode, Failure> {
    let format = format(args)?;
    let theme = args.figure.theme()?;
    let rendered = match format {
        Format::Text => text(&answer.document(), width()),
        Format::Markdown => {
            format!(
                "{}\n<!-- {} · dataset {} -->\n",
                markdown(&answer.document()),
                answer.header.program,
                answer.header.dataset
            )
        }
        Format::Html => {
            let origin = format!("{} · dataset {}", answer.header.program, answer.header.dataset);
            html(&answer.document(), answer.header.lang.tag(), &origin)
        }
        Format::Json => json(answer),
        Format::Csv => csv(answer),
        Format::Arrow => return send(&typed(answer, TableForm::Arrow), args),
        #[cfg(feature = "parquet")]
        Format::Parquet => return send(&typed(answer, TableForm::Parquet), args),
        Format::Dot => draw(&scene(answer)?, diagram::dot)?,
        Format::Svg => picture(answer, &args.figure)?.0,
        Format::Mermaid => draw(&scene(answer)?, |scene| diagram::mermaid(scene, &theme))?,
        Format::GraphMl => args.figure.arranged(&scene(answer)?, &theme)?,
        Format::Pdf if !is_picture(answer) => {
            let document = answer.document();
            let origin = format!("{} · dataset {}", answer.header.program, answer.header.dataset);
            let about = Caption {
                title: document.title.clone(),
                lines: vec![origin],
                language: answer.header.languages.first,
            };
            let foot = format!("{} · {}", document.title, answer.header.origin());
            let pages = report::pages(&document, args.figure.paper(), &theme, &foot);
            return send(&figure::print_pages(&pages, &about, args)?, args);
        }
        Format::Png | Format::Pdf => {
            let (svg, about) = picture(answer, &args.figure)?;
            return send(&figure::print(&svg, &about, format, args)?, args);
        }
    };
    send(rendered.as_bytes(), args)
}

/// Whether an answer is drawn as one picture; others are set on pages.
fn is_picture<T: Report>(answer: &Answer<T>) -> bool {
    let languages = answer.header.languages;
    answer.answer.chart(languages).is_some() || answer.answer.scene(languages).is_some()
}

/// An answer as text for stdout.
pub(super) fn plain<T: Report>(answer: &Answer<T>) -> String {
    text(&answer.document(), width())
}

/// Whether stdout is a terminal whose user did not ask for no colour.
pub(super) fn takes_colour() -> bool {
    let wanted = |name| std::env::var_os(name).is_none_or(|value| value.is_empty());
    io::stdout().is_terminal()
        && wanted("NO_COLOR")
        && std::env::var_os("TERM").is_none_or(|term| term != "dumb")
}

/// The format: named, or told by the file's ending, or text.
pub(super) fn format(args: &OutputArgs) -> Result<Format, Failure> {
    if let Some(format) = args.format {
        return Ok(format);
    }
    let Some(path) = &args.output else { return Ok(Format::Text) };
    let ending = path.extension().and_then(|ending| ending.to_str()).unwrap_or("").to_lowercase();
    match ending.as_str() {
        "txt" | "" => Ok(Format::Text),
        "json" => Ok(Format::Json),
        "csv" => Ok(Format::Csv),
        "arrow" | "feather" => Ok(Format::Arrow),
        #[cfg(feature = "parquet")]
        "parquet" => Ok(Format::Parquet),
        "md" | "markdown" => Ok(Format::Markdown),
        "html" | "htm" => Ok(Format::Html),
        "dot" | "gv" => Ok(Format::Dot),
        "svg" => Ok(Format::Svg),
        "mmd" | "mermaid" => Ok(Format::Mermaid),
        "graphml" => Ok(Format::GraphMl),
        "png" => Ok(Format::Png),
        "pdf" => Ok(Format::Pdf),
        other => Err(Failure::Usage(format!(
            "no format is known by the ending `.{other}`: it is one of .txt .json .csv .arrow .parquet .md .html .dot .svg .png .pdf .mmd"
        ))),
    }
}

fn json<T: Report>(answer: &Answer<T>) -> String {
    let mut rendered =
        serde_json::to_string_pretty(answer).expect("answers have string keys and finite numbers");
    rendered.push('\n');
    rendered
}

fn csv<T: Report>(answer: &Answer<T>) -> String {
    let table = answer.answer.table();
    let mut rendered = Vec::new();
    write_csv(&table.header(), &table.rows, &mut rendered).expect("writing to memory does not fail");
    String::from_utf8(rendered).expect("cells are text")
}

/// The table of an answer in typed columns.
fn typed<T: Report>(answer: &Answer<T>, form: TableForm) -> Vec<u8> {
    let table = answer.answer.table();
    let heads: Vec<(&str, bool)> =
        table.columns.iter().map(|column| (column.name.as_str(), column.align == Align::Right)).collect();
    let mut rendered = Vec::new();
    write_texts(&heads, &table.rows, form, &mut rendered).expect("writing to memory does not fail");
    rendered
}

/// An answer as SVG, and what the file says of itself.
pub(super) fn picture<T: Report>(
    answer: &Answer<T>,
    figure: &FigureArgs,
) -> Result<(String, Caption), Failure> {
    let theme = &figure.theme()?;
    let Some(mut chart) = answer.answer.chart(answer.header.languages) else {
        let scene = scene(answer)?;
        let svg = figure.drawn(&scene, theme, Frame::ALONE)?;
        return Ok((
            svg,
            Caption { title: scene.title, lines: scene.caption, language: scene.languages.first },
        ));
    };
    figure.refuse_layout()?;
    caption(answer, &mut chart.heading_mut().caption);
    let svg = chart.svg(theme, Frame::ALONE);
    let heading = std::mem::take(chart.heading_mut());
    Ok((svg, Caption { title: heading.title, lines: heading.caption, language: heading.languages.first }))
}

/// What stands around a picture.
#[cfg_attr(not(feature = "figures"), expect(dead_code, reason = "only figures for print carry it"))]
pub(super) struct Caption {
    pub(super) title: String,
    pub(super) lines: Vec<String>,
    pub(super) language: Language,
}

/// The scene of an answer, with what was asked and of what in its caption.
fn scene<T: Report>(answer: &Answer<T>) -> Result<Scene, Failure> {
    let Some(mut scene) = answer.answer.scene(answer.header.languages) else {
        let drawn =
            if answer.answer.chart(answer.header.languages).is_some() { ", svg, png or pdf" } else { "" };
        return Err(Failure::Usage(format!(
            "this answer cannot be drawn so; take text, json, csv, md{drawn}"
        )));
    };
    caption(answer, &mut scene.caption);
    Ok(scene)
}

/// Adds what was asked, what was left out, and of what dataset.
fn caption<T: Report>(answer: &Answer<T>, lines: &mut Vec<String>) {
    let (asked, left_out) = answer.header.caption();
    lines.splice(0..0, asked);
    lines.extend(left_out);
    lines.push(answer.header.origin());
}

fn draw(
    scene: &Scene,
    writer: impl Fn(&Scene) -> Result<String, diagram::DiagramError>,
) -> Result<String, Failure> {
    writer(scene).map_err(|error| Failure::Draw(error.to_string()))
}

/// Sends bytes to stdout or to the file, whole or not at all.
pub(super) fn send(bytes: &[u8], args: &OutputArgs) -> Result<ExitCode, Failure> {
    let Some(path) = args.output.as_deref().filter(|path| *path != Path::new("-")) else {
        return print(bytes);
    };
    let failed = |source| Failure::Write { path: path.display().to_string(), source };
    if is_input(path) {
        let path = path.display();
        return Err(Failure::Usage(format!(
            "{path} is the graph that is asked; an answer would take its place"
        )));
    }
    if !args.force
        && let Some(why) = stands_in_the_way(path, bytes)
    {
        return Err(Failure::Exists(format!("{} {why}", path.display())));
    }
    replace(path, bytes).map_err(failed)?;
    note_line(&format!("wrote {}", path.display()));
    Ok(ExitCode::SUCCESS)
}

/// Writes a file whole or not at all, with the permissions of the one that it replaces.
pub(super) fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    // A link is followed: the file that it leads to is replaced, not the link.
    let path = &path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(format!(".{}.part", std::process::id()));
    let part = path.with_file_name(name);
    let keep = || fs::metadata(path).map_or(Ok(()), |old| fs::set_permissions(&part, old.permissions()));
    let written = fs::write(&part, bytes).and_then(|()| keep()).and_then(|()| fs::rename(&part, path));
    if written.is_err() {
        // What is left of a failed write is of no use; that it cannot be removed says nothing new.
        let _ = fs::remove_file(&part);
    }
    written
}

/// The files that the dataset was read from: no answer takes their place.
static INPUTS: Mutex<Vec<PathBuf>> = Mutex::new(Vec::new());

/// Keeps files from being written over by an answer about them.
pub(super) fn protect(files: impl Iterator<Item = PathBuf>) {
    let mut inputs = INPUTS.lock().unwrap_or_else(PoisonError::into_inner);
    inputs.extend(files.filter_map(|file| file.canonicalize().ok()));
}

fn is_input(path: &Path) -> bool {
    let inputs = INPUTS.lock().unwrap_or_else(PoisonError::into_inner);
    path.canonicalize().is_ok_and(|path| inputs.contains(&path))
}

/// Why what stands at a path should not be written over; `None` when it may be.
fn stands_in_the_way(path: &Path, new: &[u8]) -> Option<&'static str> {
    let foreign = "exists, and Chancery did not write it";
    let Ok(old) = fs::read(path) else { return path.exists().then_some(foreign) };
    if old.is_empty() || old == new {
        return None;
    }
    if path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("json")) && native::is_native(path) {
        return Some("holds another graph, which may have been edited");
    }
    let first_line = |bytes: &[u8]| bytes.split(|byte| *byte == b'\n').next().map(<[u8]>::to_vec);
    let marked = old.windows(MARK.len() + 2).any(|part| match part.strip_prefix(MARK.as_bytes()) {
        Some([b' ', next]) => next.is_ascii_digit(),
        Some([b'/', next]) => next.is_ascii_alphabetic(),
        _ => false,
    });
    // A table or a text has no place for a mark: the same head is enough. A bare `{` heads any JSON.
    let alike =
        first_line(&old).is_some_and(|line| line.len() >= TELLING_BYTES && Some(line) == first_line(new));
    (!marked && !alike).then_some(foreign)
}

/// Prints to stdout; a reader that has closed the pipe has what it wants.
pub(super) fn print(bytes: &[u8]) -> Result<ExitCode, Failure> {
    let _paused = progress::pause(true);
    let mut out = io::stdout().lock();
    match out.write_all(bytes).and_then(|()| out.flush()) {
        Ok(()) => Ok(ExitCode::SUCCESS),
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(ExitCode::SUCCESS),
        Err(source) => Err(Failure::Write { path: "the output".to_owned(), source }),
    }
}

/// Says something on stderr.
pub(super) fn error_line(line: &str) {
    let _paused = progress::pause(false);
    // Nothing can be said of a stderr that is closed.
    let _ = writeln!(io::stderr().lock(), "{line}");
}

/// Says on stderr what the user may want to know beside the answer.
pub(super) fn note_line(line: &str) {
    error_line(line);
}

fn width() -> usize {
    if !io::stdout().is_terminal() {
        return WIDTH;
    }
    let columns = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse().ok());
    columns.unwrap_or(WIDTH).clamp(40, 140)
}
