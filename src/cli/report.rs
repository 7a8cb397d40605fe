//! `report`: a brief that can be handed in.

use std::{
    fs,
    path::{Path, PathBuf},
    process::ExitCode,
};

use clap::Args;

use chancery::{
    analysis::connect::{Connections, Options},
    dataset::{ActorIndex, Dataset},
    diagram::{Frame, Theme},
    lens::Predicate,
    network::Network,
    report::{Answer, BriefReport, ConnectReport, Figure, Header, Report, Template, TimelineReport, Viewer},
};

use super::{
    args::{Format, GraphArgs, LensArgs, OutputArgs},
    failure::Failure,
    figure::FigureArgs,
    names, open, output,
    sentences::SentenceArgs,
};

/// A brief on two actors, or on one: the answer, pictures, connectors, what happened in order of time, what
/// is in doubt, how it was found, and the sources.
///
/// PDF is set on pages, HTML is one file that needs nothing else and prints well; Markdown puts its pictures beside it.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  chancery report Mongolia \"South Korea\" -o brief.pdf
  chancery report Mongolia \"South Korea\" --lang zh-Hant,en -o brief.html
  chancery report Cuba \"North Korea\" --during 1960/1990 --sentences -o brief.md
  chancery report Mongolia --theme print -o mongolia.html
  chancery report Mongolia \"South Korea\" --template house.md -o brief.pdf")]
pub(super) struct ReportArgs {
    /// One actor or two, by any of their names, ids and codes
    #[arg(required = true, value_name = "ACTOR")]
    actors: Vec<String>,
    /// What stands where: a text with {{answer}}, {{figure}}, {{evidence}}, {{timeline}} … (docs/reports.md)
    #[arg(long, value_name = "FILE")]
    template: Option<PathBuf>,
    #[command(flatten)]
    sentences: SentenceArgs,
    #[command(flatten)]
    lens: LensArgs,
    #[command(flatten)]
    graph: GraphArgs,
    #[command(flatten)]
    output: OutputArgs,
}

/// Runs the verb.
pub(super) fn run(args: &ReportArgs) -> Result<ExitCode, Failure> {
    let format = output::format(&args.output)?;
    let theme = args.output.figure.theme()?;
    let template = args.template.as_deref().map(template).transpose()?;
    if args.lens.folds() {
        return Err(Failure::Usage("a report shows records as they are; it takes no --fold".to_owned()));
    }
    let dataset = open::dataset(&args.graph)?;
    let asked = names::some(&dataset, &args.actors, 2)?;
    if let [a, b] = asked.as_slice()
        && a == b
    {
        let name = dataset.actors().label(*a);
        return Err(Failure::NoAnswer(format!(
            "both names mean {name}; `chancery report` of one actor takes one name"
        )));
    }
    let lens = args.lens.lens(&dataset, false)?;
    let (dataset, notes) = args.lens.stand(dataset, &lens, &asked);
    let predicate = Predicate::compile(&dataset, &lens, &asked)?;
    let mut viewer =
        Viewer::new(&dataset, &predicate).telling(args.sentences.lang()).naming(args.sentences.languages());

    let mut method = Vec::new();
    let connection = match asked.as_slice() {
        [a, b] => Some(connection(args, &dataset, (*a, *b), &mut viewer, &mut method)?),
        _ => None,
    };
    let among = TimelineReport::among(&dataset, &asked);
    let languages = args.sentences.languages().unwrap_or_default();
    let header = Header::through(&dataset, &predicate, among.iter().map(|(tie, _)| *tie));
    let header = Header { is_list: true, lang: viewer.lang(), languages, ..header };
    method.push(said(["Timeline. ", "年表。", "年表。"], &header));
    method.extend(notes);
    let placed = among.into_iter().filter(|(tie, _)| predicate.lists(&dataset, *tie)).collect();
    let timeline = Answer::new(header, TimelineReport::new(&mut viewer, &asked, placed, None));

    // Markdown has no place for pictures: they stand beside it, under its name.
    let stem = args.output.output.as_deref().and_then(Path::file_stem);
    let stem = stem.map_or_else(|| "report".to_owned(), |stem| stem.to_string_lossy().into_owned());
    // The timeline was told last: its list holds all sources.
    let sources: Vec<String> = timeline.answer.sources.iter().map(|source| source.text.clone()).collect();
    let connectors = match &connection {
        Some(answer) if answer.answer.is_connected() || !answer.answer.direct.is_empty() => Some(figure(
            answer,
            (&args.output.figure, &theme),
            (format!("{stem}-connectors.svg"), 1),
            &sources,
        )?),
        Some(_) | None => None,
    };
    let number = 1 + usize::from(connectors.is_some());
    let lanes =
        figure(&timeline, (&args.output.figure, &theme), (format!("{stem}-timeline.svg"), number), &sources)?;
    if format == Format::Markdown
        && let Some(path) = &args.output.output
    {
        for figure in [Some(&lanes), connectors.as_ref()].into_iter().flatten() {
            let beside =
                OutputArgs { output: Some(path.with_file_name(&figure.name)), ..args.output.clone() };
            output::send(figure.svg.as_bytes(), &beside)?;
        }
    }
    let header = Header { lang: viewer.lang(), languages, ..Header::of(&dataset) };
    let made = header.lang.of(["{0}, dataset {1}.", "{0}，資料集 {1}。", "{0}，数据集 {1}。"]);
    method.push(made.replace("{0}", &header.program).replace("{1}", &header.dataset));
    let connect = connection.map(|answer| answer.answer);
    let brief =
        BriefReport { connect, timeline: timeline.answer, connectors, lanes: Some(lanes), method, template };
    output::answer(&Answer::new(header, brief), &args.output)
}

/// Reads a template.
fn template(path: &Path) -> Result<Template, Failure> {
    let name = path.display();
    let text =
        fs::read_to_string(path).map_err(|error| Failure::Usage(format!("cannot read {name}: {error}")))?;
    Template::parse(&text).map_err(|error| Failure::Usage(format!("{name}: {error}")))
}

/// Who connects the two, through the channels that are walked.
fn connection(
    args: &ReportArgs,
    dataset: &Dataset,
    (a, b): (ActorIndex, ActorIndex),
    viewer: &mut Viewer<'_>,
    method: &mut Vec<String>,
) -> Result<Answer<ConnectReport>, Failure> {
    let lens = args.lens.lens(dataset, true)?;
    let network = Network::between(dataset, &lens, &[a, b])?;
    let languages = args.sentences.languages().unwrap_or_default();
    let connection = Connections::new(&network).between(a, b, &Options::default())?;
    let header = Header::through(dataset, network.predicate(), dataset.ties().all());
    let header = Header { lang: viewer.lang(), languages, ..header };
    method.push(said(["Connection. ", "連接。", "连接。"], &header));
    Ok(Answer::new(header, ConnectReport::new(viewer, &network, &connection, None)))
}

/// What a header says of lens and left-outs, in one line.
fn said(what: [&str; 3], header: &Header) -> String {
    let lang = header.lang;
    let default =
        || lang.of(["Lens: as it is by default.", "篩選條件：預設。", "筛选条件：默认。"]).to_owned();
    let asked = header.asked().unwrap_or_else(default);
    let lines = std::iter::once(asked).chain(header.left_out_lines()).collect::<Vec<_>>();
    lang.of(what).to_owned() + &lines.join(lang.of([" ", "", ""]))
}

/// A picture for within the brief: without title and sources of its own, and numbered as the brief is.
fn figure<T: Report>(
    answer: &Answer<T>,
    (looks, theme): (&FigureArgs, &Theme),
    (name, number): (String, usize),
    sources: &[String],
) -> Result<Figure, Failure> {
    let languages = answer.header.languages;
    let (svg, title) = match (answer.answer.chart(languages), answer.answer.scene(languages)) {
        (Some(chart), _) => {
            let over_time = answer.header.lang.of([", over time", "（按時間）", "（按时间）"]);
            (chart.svg(theme, Frame::INSET), chart.heading().title.clone() + over_time)
        }
        (None, scene) => {
            let mut scene = scene.expect("a figure is made of what can be drawn");
            scene.number_as(sources);
            (looks.drawn(&scene, theme, Frame::INSET)?, scene.title)
        }
    };
    let words = answer.header.lang.of(["Figure {0}. {1}", "圖 {0}：{1}", "图 {0}：{1}"]);
    let title = words.replace("{0}", &number.to_string()).replace("{1}", &title);
    Ok(Figure { name, title, svg })
}
