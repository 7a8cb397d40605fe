//! Writes GraphML, for networkx, igraph and yEd.
//!
//! Texts and free attributes are keys of their own; whatever else a record says is JSON under the key `chancery`,
//! and what is said of the whole file under the same key of the graph.

use std::io::{self, Write};

use rustc_hash::FxHashMap;

use crate::{
    dataset::{Dataset, PlainTie, TieIndex},
    format::{
        native::{Cited, GENERATOR, Head, Part, nodes},
        push::made_of,
    },
    model::{Actor, Tie},
};

use super::{
    columns::Keys,
    plain::PlainTies,
    record::{ACTOR_TEXTS, REST, Rest, TIE_TEXTS, actor_texts, head_text, label, tie_texts},
    xml,
};

const HEAD: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>
<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" \
xsi:schemaLocation=\"http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd\">\n";

/// Elements as they are written, and the keys that they need.
struct Body {
    text: String,
    node_keys: Keys<{ ACTOR_TEXTS.len() }>,
    edge_keys: Keys<{ TIE_TEXTS.len() }>,
    cited: Cited,
}

pub(super) fn write(dataset: &Dataset, part: &Part<'_>, out: &mut impl Write) -> io::Result<Vec<String>> {
    let mut body = Body {
        text: String::new(),
        node_keys: Keys::new(ACTOR_TEXTS),
        edge_keys: Keys::new(TIE_TEXTS),
        cited: Cited::default(),
    };
    for actor in nodes(dataset, part.actors) {
        let label = label(dataset, &actor).to_owned();
        body.node(actor, &label);
    }
    let mut plain = PlainTies::of(dataset);
    let mut shared = Shared::of(dataset);
    for index in part.ties {
        match plain.get(*index, &mut body.cited) {
            Some(tie) => body.plain(dataset, *index, &tie, plain.rest(&tie), &mut shared),
            None => body.edge(dataset.tie(*index)),
        }
    }
    let head = Head::of(dataset, part, std::mem::take(&mut body.cited))?;

    let mut text = HEAD.to_owned();
    let said = [("title", part.title), ("license", part.license), ("generator", Some(GENERATOR))];
    let said = said.into_iter().filter_map(|(name, value)| Some((name, value?)));
    let (mut said, kept): (Vec<_>, Vec<_>) = said.partition(|(_, value)| xml::is_legal(value));
    let head = head_text(&head, &kept)?;
    said.extend(head.as_deref().map(|head| (REST, head)));
    for (name, _) in &said {
        declare(&mut text, "graph", &format!("g_{name}"), name, "string");
    }
    declare(&mut text, "node", "n_label", "label", "string");
    declare_all(&mut text, "node", &body.node_keys);
    declare_all(&mut text, "edge", &body.edge_keys);
    text.push_str("  <graph edgedefault=\"directed\">\n");
    for (name, value) in said {
        text.push_str("    ");
        data(&mut text, 'g', name, value);
        text.push('\n');
    }
    out.write_all(text.as_bytes())?;
    out.write_all(body.text.as_bytes())?;
    out.write_all(b"  </graph>\n</graphml>\n")?;
    Ok(Vec::new())
}

fn declare_all<const N: usize>(text: &mut String, scope: &str, keys: &Keys<N>) {
    for (id, name, kind) in keys.declared() {
        declare(text, scope, &format!("{}_{id}", &scope[..1]), name, kind);
    }
}

fn declare(text: &mut String, scope: &str, id: &str, name: &str, kind: &str) {
    text.push_str("  <key");
    for (key, value) in [("id", id), ("for", scope), ("attr.name", name), ("attr.type", kind)] {
        xml::attribute(text, key, value);
    }
    text.push_str("/>\n");
}

fn data(text: &mut String, letter: char, name: &str, value: &str) {
    text.push_str("<data key=\"");
    text.push(letter);
    text.push('_');
    text.push_str(name);
    text.push_str("\">");
    xml::push(text, value);
    text.push_str("</data>");
}

/// Texts that many plain ties share, as XML has them: actors by row, relations by number, and what files cite.
struct Shared {
    actors: Vec<String>,
    relations: Vec<String>,
    rests: FxHashMap<u32, String>,
}

impl Shared {
    fn of(dataset: &Dataset) -> Self {
        let escaped = |text: &str| {
            let mut escaped = String::new();
            xml::push(&mut escaped, text);
            escaped
        };
        let relations = dataset.vocabulary().relations().map(|(_, relation)| escaped(relation.id.as_str()));
        Self {
            actors: dataset.actors().all().map(|actor| escaped(dataset.actors().id(actor))).collect(),
            relations: relations.collect(),
            rests: FxHashMap::default(),
        }
    }
}

impl Body {
    fn plain(
        &mut self,
        dataset: &Dataset,
        index: TieIndex,
        tie: &PlainTie<'_>,
        rest: &str,
        shared: &mut Shared,
    ) {
        let tail = shared.rests.entry(tie.file).or_insert_with(|| {
            let mut tail = String::new();
            if !rest.is_empty() {
                data(&mut tail, 'e', REST, rest);
            }
            tail.push_str("</edge>\n");
            self.edge_keys.uses(&["relation", "when"], !rest.is_empty());
            tail
        });
        let [source, target] = [dataset.ties().source(index), dataset.ties().target(index)];
        let parts = [
            "    <edge id=\"",
            dataset.ties().id(index),
            "\" source=\"",
            &shared.actors[source.at()],
            "\" target=\"",
            &shared.actors[target.at()],
            "\"><data key=\"e_relation\">",
            &shared.relations[usize::from(tie.relation)],
            "</data><data key=\"e_when\">",
            &tie.when,
            "</data>",
            tail,
        ];
        for part in parts {
            self.text.push_str(part);
        }
    }

    fn node(&mut self, mut actor: Actor, label: &str) {
        self.cited.actor(&actor);
        let mut attributes = std::mem::take(&mut actor.attributes);
        self.text.push_str("    <node");
        xml::attribute(&mut self.text, "id", actor.id.as_str());
        self.text.push('>');
        data(&mut self.text, 'n', "label", label);
        let text = &mut self.text;
        let mut rest = Rest::default();
        rest.actor(&actor);
        self.node_keys
            .fields(&actor_texts(&actor), &mut attributes, rest, |id, value| data(text, 'n', id, value));
        self.text.push_str("</node>\n");
    }

    fn edge(&mut self, mut tie: Tie) {
        self.cited.tie(&tie);
        let mut attributes = std::mem::take(&mut tie.attributes);
        self.text.push_str("    <edge");
        if let Some(id) = &tie.id {
            xml::attribute(&mut self.text, "id", id.as_str());
        }
        xml::attribute(&mut self.text, "source", tie.source.as_str());
        xml::attribute(&mut self.text, "target", tie.target.as_str());
        self.text.push('>');
        let text = &mut self.text;
        let mut rest = Rest::default();
        // igraph forgets the ids of edges; those that were made of what a tie says can be made again.
        if let Some(id) = tie.id.as_ref().filter(|id| made_of(id).is_none()) {
            rest.put("id", id.as_str());
        }
        rest.tie(&tie);
        self.edge_keys
            .fields(&tie_texts(&tie), &mut attributes, rest, |id, value| data(text, 'e', id, value));
        self.text.push_str("</edge>\n");
    }
}
