//! Pictures in pixels and on pages: whole, readable by other programs, the same every time.

use std::{
    fs,
    path::PathBuf,
    process::{Command, Stdio},
};

use chancery::diagram::{About, Fonts, Page, PrintError, Resolution, Theme, pdf, png, svg, svg_in};

use crate::{
    diagram::scenes::{hostile, invented, mongolia_south_korea},
    support::{root, skip},
};

fn about() -> About {
    About {
        title: "Mongolia 蒙古".to_owned(),
        description: "Lens: during 1990.".to_owned(),
        program: "chancery 0".to_owned(),
        language: "en".to_owned(),
    }
}

/// What another program says of a file; `None` where it is not installed.
fn ask(program: &str, args: &[&str], name: &str, bytes: &[u8]) -> Option<String> {
    let path: PathBuf = std::env::temp_dir().join(format!("chancery-{}-{name}", std::process::id()));
    fs::write(&path, bytes).expect("the temporary folder can be written");
    let done = Command::new(program).args(args).arg(&path).arg("-").stderr(Stdio::piped()).output();
    fs::remove_file(&path).expect("it was just written");
    let Ok(done) = done else {
        skip(program);
        return None;
    };
    let complaint = String::from_utf8_lossy(&done.stderr).into_owned();
    assert!(complaint.is_empty(), "{complaint}");
    Some(String::from_utf8(done.stdout).expect("it writes UTF-8"))
}

#[test]
fn no_character_of_our_pictures_is_missing_on_a_machine_without_fonts() {
    let scene = mongolia_south_korea();
    let printed = pdf(&svg(&scene).unwrap(), Page::Picture, &about(), &Fonts::default()).unwrap();
    assert!(printed.missing.is_empty(), "{:?}", printed.missing);
}

#[test]
fn the_text_of_a_pdf_can_be_searched() {
    let scene = mongolia_south_korea();
    for theme in [Theme::REPORT, Theme::PRINT] {
        let picture = svg_in(&scene, &theme).unwrap();
        let bytes = pdf(&picture, Page::A4, &about(), &Fonts::default()).unwrap().bytes;
        let Some(text) = ask("pdftotext", &["-raw"], "text.pdf", &bytes) else { return };
        // Names are broken into lines anywhere.
        let solid = |text: &str| text.split_whitespace().collect::<String>();
        let text = solid(&text);
        for name in scene.nodes.iter().flat_map(|node| [Some(&node.label), node.sublabel.as_ref()]).flatten()
        {
            assert!(text.contains(&solid(name)), "{name} in {text}");
        }
    }
}

#[test]
fn a_pdf_says_what_it_is_and_fits_its_sheet() {
    let picture = svg(&mongolia_south_korea()).unwrap();
    for (page, sheet) in [(Page::A4, "595.276 841.89"), (Page::Letter, "612 792"), (Page::Picture, "")] {
        let bytes = pdf(&picture, page, &about(), &Fonts::default()).unwrap().bytes;
        let plain = String::from_utf8_lossy(&bytes).into_owned();
        let mut sides = sheet.split(' ').collect::<Vec<_>>();
        let upright = sides.join(" ");
        sides.reverse();
        let lying = sides.join(" ");
        assert!(plain.contains(&format!("[0 0 {upright}")) || plain.contains(&format!("[0 0 {lying}")));
        assert!(plain.contains("chancery 0") && plain.contains("Lens: during 1990."));
    }
}

#[test]
fn a_png_has_the_size_that_was_asked() {
    let picture = svg(&mongolia_south_korea()).unwrap();
    let across = |resolution| {
        let bytes = png(&picture, resolution, &about(), &Fonts::default()).unwrap().bytes;
        assert_eq!(&bytes[..8], b"\x89PNG\r\n\x1a\n");
        assert!(bytes.windows(10).any(|part| part == b"chancery 0"));
        u32::from_be_bytes(bytes[16..20].try_into().unwrap())
    };
    assert_eq!(across(Resolution::Width(700)), 700);
    let natural = across(Resolution::Dpi(96.0));
    assert_eq!(across(Resolution::Dpi(48.0)), natural.div_ceil(2));
    let error = png(&picture, Resolution::Dpi(90_000.0), &about(), &Fonts::default()).unwrap_err();
    assert!(matches!(error, PrintError::TooLarge { .. }) && error.to_string().contains("--dpi"));
}

#[test]
fn hostile_names_are_printed_and_what_no_font_has_is_told() {
    let picture = svg(&hostile()).unwrap();
    let printed = pdf(&picture, Page::A4, &about(), &Fonts::default()).unwrap();
    assert!(printed.missing.iter().all(|c| !c.is_ascii() && !('\u{400}'..'\u{500}').contains(c)));
    let with_emoji = picture.replace("strict", "strict 🦊");
    let printed = png(&with_emoji, Resolution::Width(400), &about(), &Fonts::default()).unwrap();
    assert!(printed.missing.contains(&'🦊'));
    if let Some(text) = ask(
        "pdftotext",
        &["-raw"],
        "hostile.pdf",
        &pdf(&picture, Page::Picture, &about(), &Fonts::default()).unwrap().bytes,
    ) {
        assert!(text.contains("<b>bold</b>") && text.contains("\"quoted\""), "{text}");
    }
}

#[test]
fn one_picture_gives_the_same_bytes_in_every_process() {
    let made = |name: &str| {
        let args = ["connect", "Mongolia", "South Korea", "--graph", "graph", "--format", name];
        let small: &[&str] = if name == "png" { &["--width", "500"] } else { &[] };
        let done =
            Command::new(env!("CARGO_BIN_EXE_chancery")).args(args).args(small).current_dir(root()).output();
        let done = done.expect("the program is built with its tests");
        assert!(done.status.success() && !done.stdout.is_empty());
        done.stdout
    };
    for name in ["png", "pdf"] {
        assert!(made(name) == made(name), "{name}");
    }
}

#[test]
fn a_font_of_the_users_comes_first_and_ours_fill_its_gaps() {
    let font = fs::read(root().join("fonts/NotoSans-Bold.ttf")).unwrap();
    let fonts = Fonts::with(font, "bold.ttf").unwrap();
    let picture = svg(&mongolia_south_korea()).unwrap();
    let printed = pdf(&picture, Page::Picture, &about(), &fonts).unwrap();
    assert!(printed.missing.is_empty(), "{:?}", printed.missing);
    assert!(!String::from_utf8_lossy(&printed.bytes).contains("NotoSans-Regular"));
    let error = Fonts::with(b"no font".to_vec(), "x.ttf").unwrap_err();
    assert_eq!(error.to_string(), "x.ttf is no TrueType or OpenType font");
}

#[test]
fn themes_change_colours_and_nothing_else() {
    let scene = invented(12, 18, Some(4));
    let shape = |theme| {
        let picture = svg_in(&scene, &theme).unwrap();
        let document = roxmltree::Document::parse(&picture).unwrap();
        let colours = ["fill", "stroke"];
        document
            .descendants()
            .flat_map(|node| node.attributes())
            .filter(|attribute| !colours.contains(&attribute.name()))
            .map(|attribute| attribute.value().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(shape(Theme::REPORT), shape(Theme::PRINT));
    assert_eq!(shape(Theme::REPORT), shape(Theme::DARK));
}

/// A picture of the shipped graph, as SVG.
fn drawn(args: &[&str]) -> String {
    let done = Command::new(env!("CARGO_BIN_EXE_chancery"))
        .args(args)
        .args(["--graph", "graph", "--format", "svg"])
        .current_dir(root())
        .output()
        .expect("the program is built with its tests");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    String::from_utf8(done.stdout).expect("a picture is text")
}

#[test]
fn a_picture_speaks_the_languages_that_are_asked_for() {
    let questions: [&[&str]; 4] = [
        &["connect", "Mongolia", "South Korea"],
        &["ego", "Mongolia"],
        &["timeline", "Mongolia", "North Korea"],
        &["paths", "Mongolia", "Cuba"],
    ];
    // The legend, the relation and the name of Mongolia, each as the vocabulary and the graph have it.
    let words = [
        ("en", [">Legend<", "diplomatic relations", "Mongolia"]),
        ("zh-Hant", [">圖例<", "外交關係", "蒙古"]),
        ("zh-Hans", [">图例<", "外交关系", "蒙古"]),
        ("ko", [">범례<", "외교 관계", "몽골"]),
    ];
    for question in questions {
        for (at, (tag, own)) in words.iter().enumerate() {
            let alone = drawn(&[question, &["--lang", tag]].concat());
            let (second, other) = words[(at + 1) % words.len()];
            let both = drawn(&[question, &["--lang", &format!("{tag},{second}")]].concat());
            for word in own {
                assert!(alone.contains(word) && both.contains(word), "{word} in {question:?} in {tag}");
            }
            for word in other.iter().filter(|word| !own.contains(word)) {
                assert!(both.contains(word), "{word} in {question:?} in {tag},{second}");
            }
            assert!(!alone.contains(other[0]), "{question:?} in {tag}");
        }
    }
    assert!(drawn(&["rank", "--lang", "zh-Hant,en"]).contains("中介中心性"));
    assert!(drawn(&["export", "--lang", "ko"]).contains("몽골"));
}

#[test]
fn bold_chinese_is_heavier_than_plain_and_still_text() {
    let picture = |weight: &str| {
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"200\" height=\"60\">\n\
             <text x=\"10\" y=\"40\" font-size=\"30\" fill=\"#000000\"{weight}>蒙古國</text>\n</svg>\n"
        )
    };
    let bold = picture(" font-weight=\"bold\"");
    let ink = |svg: &str| {
        let bytes = png(svg, Resolution::Dpi(96.0), &about(), &Fonts::default()).unwrap().bytes;
        let mut reader = ::png::Decoder::new(std::io::Cursor::new(bytes)).read_info().unwrap();
        let mut pixels = vec![0; reader.output_buffer_size()];
        let info = reader.next_frame(&mut pixels).unwrap();
        pixels[..info.buffer_size()].iter().map(|level| u64::from(255 - level)).sum::<u64>()
    };
    let (plain, heavy) = (ink(&picture("")), ink(&bold));
    assert!(heavy * 10 > plain * 11 && heavy * 10 < plain * 17, "{plain} {heavy}");
    let bytes = pdf(&bold, Page::Picture, &about(), &Fonts::default()).unwrap().bytes;
    if let Some(text) = ask("pdftotext", &["-raw"], "bold.pdf", &bytes) {
        assert!(text.contains("蒙古國"), "{text}");
    }
}

#[test]
fn no_name_of_the_shipped_graph_and_the_gazetteer_lacks_a_glyph() {
    let mut names = Vec::new();
    let files = ["gazetteer/states.json", "vocabulary/relations.json"].map(|file| root().join(file));
    let graphs = fs::read_dir(root().join("graph")).unwrap().map(|entry| entry.unwrap().path());
    for path in graphs.filter(|path| path.extension().is_some_and(|ending| ending == "json")).chain(files) {
        let json: serde_json::Value = serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
        let nodes = json["nodes"].as_array().into_iter().flatten();
        names.extend(nodes.flat_map(|node| node["names"].as_array().into_iter().flatten()).map(|name| {
            let name = name["text"].as_str().or(name.as_str()).unwrap_or_default();
            name.to_owned()
        }));
        let relations = json["relations"].as_array().into_iter().flatten();
        let labels = relations.flat_map(|relation| relation["labels"].as_object().into_iter().flatten());
        names.extend(labels.filter_map(|(_, label)| label.as_str().map(str::to_owned)));
    }
    assert!(names.len() > 1000, "{} names", names.len());
    names.sort();
    names.dedup();
    let escaped = |name: &String| name.replace('&', "&amp;").replace('<', "&lt;");
    for weight in ["", " font-weight=\"bold\""] {
        let line = |name: &String| {
            let words = escaped(name);
            format!("<text x=\"1\" y=\"9\" font-size=\"9\" fill=\"#000000\"{weight}>{words}</text>\n")
        };
        let lines = names.iter().map(line).collect::<Vec<_>>().concat();
        let picture =
            format!("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"99\" height=\"9\">\n{lines}</svg>\n");
        let printed = pdf(&picture, Page::Picture, &about(), &Fonts::default()).unwrap();
        // One name is written in Tibetan too, for which the fonts in the program have no letters; it is told when it is drawn.
        let missing: Vec<&char> =
            printed.missing.iter().filter(|c| !('\u{f00}'..='\u{fff}').contains(*c)).collect();
        assert!(missing.is_empty(), "{missing:?}");
    }
}
