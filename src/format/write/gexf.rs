//! Writes GEXF 1.3, for Gephi: a dynamic graph, whose spells are the days that records possibly speak of.
//!
//! Texts and free attributes are attributes of their own; whatever else a record says is JSON in the attribute
//! `chancery`, and what is said of the whole file in a processing instruction of that name.

use std::io::{self, Write};

use crate::{
    dataset::{Dataset, TieIndex},
    date::{Certainty, Day},
    format::native::{Cited, GENERATOR, Head, Part, nodes},
    model::Tie,
};

use super::{
    columns::Keys,
    counted,
    record::{ACTOR_TEXTS, REST, Rest, TIE_TEXTS, actor_texts, head_text, label, tie_texts},
    xml,
};

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>
<gexf xmlns=\"http://gexf.net/1.3\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" \
xsi:schemaLocation=\"http://gexf.net/1.3 http://gexf.net/1.3/gexf.xsd\" version=\"1.3\">\n";

/// First and last days; a bound that nobody knows is left out.
type Spells = Vec<(Day, Day)>;

pub(super) fn write(dataset: &Dataset, part: &Part<'_>, out: &mut impl Write) -> io::Result<Vec<String>> {
    let mut body = String::from("    <nodes>\n");
    let (mut node_keys, mut edge_keys) =
        (Keys::new(ACTOR_TEXTS), Keys::keeping(TIE_TEXTS, &["start", "end"]));
    let mut cited = Cited::default();
    let mut dateless = 0;
    for mut actor in nodes(dataset, part.actors) {
        cited.actor(&actor);
        let label = label(dataset, &actor).to_owned();
        let mut attributes = std::mem::take(&mut actor.attributes);
        let spells = joined(actor.existence.iter().map(crate::date::Date::span).collect());
        body.push_str("      <node");
        xml::attribute(&mut body, "id", actor.id.as_str());
        xml::attribute(&mut body, "label", &label);
        let mut values = String::new();
        let mut rest = Rest::default();
        rest.actor(&actor);
        node_keys
            .fields(&actor_texts(&actor), &mut attributes, rest, |id, text| value(&mut values, id, text));
        element(&mut body, "node", &spells, &values);
    }
    body.push_str("    </nodes>\n    <edges>\n");
    for index in part.ties {
        let mut tie: Tie = dataset.tie(*index);
        cited.tie(&tie);
        let mut attributes = std::mem::take(&mut tie.attributes);
        let spells = possible(dataset, *index);
        dateless += usize::from(spells.is_none());
        body.push_str("      <edge");
        if let Some(id) = &tie.id {
            xml::attribute(&mut body, "id", id.as_str());
        }
        xml::attribute(&mut body, "source", tie.source.as_str());
        xml::attribute(&mut body, "target", tie.target.as_str());
        xml::attribute(&mut body, "label", dataset.relation(*index).label("en"));
        xml::attribute(&mut body, "kind", tie.relation.as_str());
        // Gephi's own place for a weight; a text stays a free attribute.
        if let Some(weight) = attributes.get("weight").filter(|weight| weight.is_number()) {
            xml::attribute(&mut body, "weight", &weight.to_string());
            attributes.remove("weight");
        }
        let mut values = String::new();
        let mut rest = Rest::default();
        rest.tie(&tie);
        edge_keys.fields(&tie_texts(&tie), &mut attributes, rest, |id, text| value(&mut values, id, text));
        element(&mut body, "edge", &spells.unwrap_or_default(), &values);
    }
    body.push_str("    </edges>\n  </graph>\n</gexf>\n");

    let mut text = HEAD.to_owned();
    text.push_str("  <meta><creator>");
    text.push_str(GENERATOR);
    text.push_str("</creator>");
    let title = part.title.filter(|title| xml::is_legal(title));
    if let Some(title) = title {
        text.push_str("<description>");
        xml::push(&mut text, title);
        text.push_str("</description>");
    }
    text.push_str("</meta>\n");
    let kept = [("title", part.title.filter(|_| title.is_none())), ("license", part.license)];
    let kept: Vec<_> = kept.into_iter().filter_map(|(key, value)| Some((key, value?))).collect();
    if let Some(head) = head_text(&Head::of(dataset, part, cited)?, &kept)? {
        text.push_str(&format!("  <?{REST} {}?>\n", head.replace("?>", "?\\u003e")));
    }
    text.push_str(
        "  <graph defaultedgetype=\"directed\" mode=\"dynamic\" timeformat=\"date\" timerepresentation=\"interval\">\n",
    );
    declare(&mut text, "node", &node_keys);
    declare(&mut text, "edge", &edge_keys);
    out.write_all(text.as_bytes())?;
    out.write_all(body.as_bytes())?;
    Ok(match dateless {
        0 => Vec::new(),
        count => vec![format!(
            "{} that references refute or find absent: shown on all days, since GEXF cannot say on none",
            counted(count, "tie")
        )],
    })
}

fn declare<const N: usize>(text: &mut String, class: &str, keys: &Keys<N>) {
    let declared = keys.declared();
    if declared.is_empty() {
        return;
    }
    text.push_str(&format!("    <attributes class=\"{class}\">\n"));
    for (id, name, kind) in declared {
        text.push_str("      <attribute");
        for (key, value) in [("id", id.as_str()), ("title", name), ("type", kind)] {
            xml::attribute(text, key, value);
        }
        text.push_str("/>\n");
    }
    text.push_str("    </attributes>\n");
}

fn value(text: &mut String, id: &str, value: &str) {
    text.push_str("<attvalue");
    xml::attribute(text, "for", id);
    xml::attribute(text, "value", value);
    text.push_str("/>");
}

/// The end of an element's tag, and what stands in it.
fn element(body: &mut String, name: &str, spells: &Spells, values: &str) {
    if let [spell] = spells.as_slice() {
        days(body, *spell);
    }
    if values.is_empty() && spells.len() < 2 {
        body.push_str("/>\n");
        return;
    }
    body.push('>');
    if !values.is_empty() {
        body.push_str("<attvalues>");
        body.push_str(values);
        body.push_str("</attvalues>");
    }
    if spells.len() > 1 {
        body.push_str("<spells>");
        for spell in spells {
            body.push_str("<spell");
            days(body, *spell);
            body.push_str("/>");
        }
        body.push_str("</spells>");
    }
    body.push_str(&format!("</{name}>\n"));
}

fn days(body: &mut String, (first, last): (Day, Day)) {
    for (key, day) in [("start", first), ("end", last)] {
        if day.is_bounded() {
            xml::attribute(body, key, &day.to_string());
        }
    }
}

/// The days on which a tie may have been in force, as far as any claim allows; `None` if none does.
fn possible(dataset: &Dataset, tie: TieIndex) -> Option<Spells> {
    let mut spells = Spells::new();
    for (claim, bounds, _) in dataset.ties().claims(tie) {
        if claim.status.cap() != Certainty::No {
            spells.extend(bounds.iter().map(|(bounds, _)| (bounds.start_min, bounds.end_max)));
        }
    }
    (!spells.is_empty()).then(|| joined(spells))
}

/// Spells in order of time; those that overlap or touch are one.
fn joined(mut spells: Spells) -> Spells {
    spells.sort_unstable();
    let mut joined: Spells = Vec::with_capacity(spells.len());
    for (first, last) in spells {
        match joined.last_mut() {
            Some((_, end)) if first <= end.next() => *end = last.max(*end),
            Some(_) | None => joined.push((first, last)),
        }
    }
    joined
}
