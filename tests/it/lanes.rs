//! Timelines as pictures: what is certain is solid, what is possible fades, and nothing is lost.

use chancery::{
    date::{Bounds, Day},
    diagram::{Direction, Doubt, Heading, LANE_LIMIT, Lane, Lanes, Span, Theme, lanes},
    model::Polarity,
};

fn day(year: i32) -> Day {
    Day::from_ymd(year, 1, 1).expect("a first of January")
}

fn lane(label: &str, [a, b, c, d]: [Day; 4], doubt: Doubt) -> Lane {
    Lane {
        label: label.to_owned(),
        label_also: None,
        note: "note".to_owned(),
        ties: vec![format!("tie {label}")],
        direction: Some(Direction::Forward),
        polarity: Polarity::Positive,
        spans: vec![Span { bounds: Bounds { start_min: a, start_max: b, end_min: c, end_max: d }, doubt }],
    }
}

/// The widths of the bars of each lane that are solid, and how many are faded.
fn bars(chart: &Lanes) -> Vec<(f64, usize)> {
    let text = lanes(chart, &Theme::REPORT);
    let document = roxmltree::Document::parse(&text).expect("a picture is XML");
    let solid = Theme::REPORT.friendly.to_string();
    let bars = |lane: roxmltree::Node<'_, '_>| {
        let rects: Vec<_> = lane.children().filter(|node| node.has_tag_name("rect")).collect();
        let filled = |node: &&roxmltree::Node<'_, '_>| node.attribute("fill") == Some(solid.as_str());
        let width = |node: &roxmltree::Node<'_, '_>| {
            node.attribute("width").and_then(|width| width.parse::<f64>().ok()).expect("a width")
        };
        (rects.iter().filter(filled).map(width).sum(), rects.iter().filter(|node| !filled(node)).count())
    };
    document.descendants().filter(|node| node.attribute("class") == Some("lane")).map(bars).collect()
}

#[test]
fn only_certain_days_are_solid() {
    let years = |years: [i32; 4]| years.map(day);
    let chart = Lanes {
        lanes: vec![
            lane("sure", years([1900, 1900, 2000, 2000]), Doubt::Asserted),
            lane("half", years([1900, 1950, 2000, 2000]), Doubt::Asserted),
            lane("vague", years([1900, 1990, 1910, 2000]), Doubt::Asserted),
            lane("alleged", years([1900, 1900, 2000, 2000]), Doubt::Doubtful),
            lane("open", [day(1900), day(1900), day(1950), Day::MAX], Doubt::Asserted),
        ],
        ..Lanes::default()
    };
    let bars = bars(&chart);
    let (sure, _) = bars[0];
    assert_eq!(bars[0].1, 0);
    assert!((bars[1].0 - sure / 2.0).abs() < 1.0 && bars[1].1 > 0, "{bars:?}");
    assert!(bars[2].0 == 0.0 && bars[2].1 > 0 && bars[3].0 == 0.0, "{bars:?}");
    assert!((bars[4].0 - sure / 2.0).abs() < 1.0 && bars[4].1 > 0, "{bars:?}");
}

#[test]
fn hostile_words_are_text_and_every_tie_can_be_traced() {
    let names = ["<script>alert(1)</script>", "a\nb & \"c\"", "\u{202e}right to left", "蒙古國", ""];
    let chart = Lanes {
        heading: Heading { title: "<b>".to_owned(), ..Heading::default() },
        lanes: names.map(|name| lane(name, [day(1990); 4], Doubt::Asserted)).to_vec(),
        sources: vec!["]]>".to_owned()],
        ends: Some([("<i>".to_owned(), "&amp;".to_owned()), (String::new(), String::new())]),
    };
    let text = lanes(&chart, &Theme::PRINT);
    let document = roxmltree::Document::parse(&text).unwrap();
    assert!(document.descendants().all(|node| !["script", "b", "i"].contains(&node.tag_name().name())));
    assert_eq!(document.descendants().filter(|node| node.has_attribute("data-ties")).count(), names.len());
    assert!(!text.contains("NaN") && !text.contains("inf"));
    assert!(roxmltree::Document::parse(&lanes(&Lanes::default(), &Theme::DARK)).is_ok());
}

#[test]
fn what_is_not_drawn_is_counted() {
    let many = vec![lane("x", [day(1990); 4], Doubt::Asserted); LANE_LIMIT + 3];
    let text = lanes(&Lanes { lanes: many, ..Lanes::default() }, &Theme::REPORT);
    assert!(text.contains("3 more lanes are not drawn"));
}
