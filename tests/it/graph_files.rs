//! Graphs of other programs in all the shapes that they are found in, and what is said of those that are broken.

use std::fs;

use chancery::{
    dataset::{Builder, Dataset, Problem},
    format::{Format, Options, read_path},
    model::Severity,
};
use serde_json::{Value, json};

use crate::support::{Desk, actor};

fn load(name: &str, text: &str) -> (Dataset, Vec<Problem>, Vec<String>) {
    let desk = Desk::new();
    fs::write(desk.path(name), text).expect("the desk can be written");
    let mut builder = Builder::default();
    let reading = read_path(&desk.path(name), &Options::default(), &mut builder).expect("it is there");
    let (dataset, problems) = builder.finish();
    (dataset, problems, reading.notes)
}

/// A graph without problems, and what is said of its reading.
#[track_caller]
fn good(name: &str, text: &str) -> (Dataset, String) {
    let (dataset, problems, notes) = load(name, text);
    assert_eq!(problems, [], "{name}");
    // Every record that is shown is made again from the file.
    for tie in dataset.ties().all() {
        assert_eq!(dataset.tie(tie).source.as_str(), dataset.actors().id(dataset.ties().source(tie)));
    }
    (dataset, notes.join("\n"))
}

/// The errors of a file, each with its place and without the folder.
#[track_caller]
fn errors(name: &str, text: &str) -> Vec<String> {
    let (dataset, problems, _) = load(name, text);
    let errors = problems.iter().filter(|problem| problem.severity == Severity::Error);
    let errors: Vec<String> =
        errors.map(|problem| format!("{}:{}: {}", problem.line, problem.column, problem.message)).collect();
    assert!(!errors.is_empty() || dataset.ties().count() > 0, "{name} is read, and has nothing in it");
    errors
}

/// The ties of a graph: ends, relation, date, attributes.
fn ties(dataset: &Dataset) -> Vec<(String, String, String, String, Value)> {
    let tie = |tie| {
        let tie = dataset.tie(tie);
        let when = tie.claims()[0].dating.when().map_or("", chancery::date::Date::as_str).to_owned();
        let (source, target) = (tie.source.to_string(), tie.target.to_string());
        (source, target, tie.relation.to_string(), when, Value::Object(tie.attributes))
    };
    let mut ties: Vec<_> = dataset.ties().all().map(tie).collect();
    ties.sort_by_key(|(a, b, relation, when, _)| (a.clone(), b.clone(), relation.clone(), when.clone()));
    ties
}

fn tie(
    a: &str,
    b: &str,
    relation: &str,
    when: &str,
    attributes: Value,
) -> (String, String, String, String, Value) {
    (a.to_owned(), b.to_owned(), relation.to_owned(), when.to_owned(), attributes)
}

#[test]
fn adjacency_of_networkx_gives_each_edge_once() {
    let (directed, notes) = good(
        "a.json",
        r#"{"directed": true, "multigraph": true, "graph": [["name", "n"]], "nodes": [{"id": 0, "kind": "country"}, {"id": "b"}],
        "adjacency": [[{"id": "b", "key": 0, "relation": "visit"}, {"id": "b", "key": 1}], [{"id": 0, "key": 0}]]}"#,
    );
    assert!(
        notes.contains("read as adjacency JSON of networkx") && notes.contains("not kept: name"),
        "{notes}"
    );
    let found = ties(&directed);
    assert_eq!(found.len(), 3);
    assert_eq!(found[1], tie("0", "b", "visit", "", json!({"key": 0})));
    let (undirected, _) = good(
        "u.json",
        r#"{"directed": false, "multigraph": false, "graph": {}, "nodes": [{"id": 1}, {"id": 2}],
        "adjacency": [[{"id": 2, "weight": 3}, {"id": 1}], [{"weight": 3, "id": 1}]]}"#,
    );
    let found = ties(&undirected);
    assert_eq!(
        found,
        [tie("1", "1", "related", "", json!({})), tie("1", "2", "related", "", json!({"weight": 3}))]
    );
}

#[test]
fn ends_by_number_by_other_keys_and_ids_that_are_no_text() {
    let (d3, _) = good(
        "d3.json",
        r#"{"nodes": [{"id": "Arland"}, {"id": "Bemia"}], "links": [{"source": 1, "target": 0, "value": 2}]}"#,
    );
    assert_eq!(ties(&d3), [tie("Bemia", "Arland", "related", "", json!({"value": 2}))]);
    let (vis, _) = good(
        "vis.json",
        r#"{"nodes": [{"id": 1, "label": "Arland"}, {"id": 2, "label": "Bemia"}],
        "edges": [{"from": 1, "to": 2, "label": "sends grain"}]}"#,
    );
    assert_eq!(ties(&vis), [tie("1", "2", "sends grain", "", json!({}))]);
    let (tuples, _) = good(
        "t.json",
        r#"{"nodes": [{"id": ["a", 1]}, {"id": true}, {"id": 1.5}],
        "links": [{"source": ["a", 1], "target": true}, {"source": 1.5, "target": ["a", 1]}]}"#,
    );
    let ids: Vec<&str> = tuples.actors().all().map(|actor| tuples.actors().id(actor)).collect();
    assert_eq!(ids, ["1.5", "[\"a\",1]", "true"]);
}

#[test]
fn hyperedges_are_ties_of_one_event() {
    let (jgf, notes) = good(
        "h.json",
        r#"{"graph": {"nodes": {"a": {}, "b": {}, "c": {}}, "hyperedges": [
        {"id": "talks", "nodes": ["a", "b", "c"], "relation": "meeting", "metadata": {"round": 2}},
        {"source": ["a", "b"], "target": ["c"], "relation": "visit"}]}}"#,
    );
    assert!(notes.contains("2 hyperedges are read as ties of one `event` each"), "{notes}");
    let found = ties(&jgf);
    let ends: Vec<String> = found.iter().map(|(a, b, relation, ..)| format!("{a}{b} {relation}")).collect();
    assert_eq!(ends, ["ab meeting", "ac meeting", "ac visit", "bc meeting", "bc visit"]);
    assert_eq!(found[0].4, json!({"round": 2}));
    let events: Vec<String> = jgf.ties().all().filter_map(|tie| jgf.tie(tie).event).collect();
    assert_eq!(events.iter().filter(|event| *event == "talks").count(), 3);

    let (graphml, _) = good(
        "h.graphml",
        r#"<graphml><key id="r" for="hyperedge" attr.name="relation" attr.type="string"/><graph edgedefault="undirected">
        <node id="a"/><node id="b"/><node id="c"/>
        <hyperedge id="h"><data key="r">meeting</data><endpoint node="a"/><endpoint node="b"/><endpoint node="c"/></hyperedge>
        </graph></graphml>"#,
    );
    assert_eq!(ties(&graphml).len(), 3);
    assert_eq!(ties(&graphml)[0].2, "meeting");

    let many: Vec<String> = (0..300).map(|at| format!("\"{at}\"")).collect();
    let text =
        format!(r#"{{"graph": {{"nodes": {{}}, "hyperedges": [{{"nodes": [{}]}}]}}}}"#, many.join(","));
    assert_eq!(
        errors("many.json", &text),
        ["1:51: a hyperedge that would be 44850 ties; 20000 at most are made"]
    );
}

#[test]
fn several_graphs_of_a_file_say_whose_an_edge_is() {
    let (both, _) = good(
        "g.json",
        r#"{"graphs": [{"id": "one", "label": "One", "nodes": [{"id": "a"}, {"id": "b"}], "edges": [{"source": "a", "target": "b", "directed": false}]},
        {"label": "Two", "nodes": [{"id": "a"}], "edges": [{"source": "a", "target": "a"}]}]}"#,
    );
    let found = ties(&both);
    assert_eq!(found[0], tie("a", "a", "related", "", json!({"graph": "Two"})));
    assert_eq!(found[1], tie("a", "b", "related", "", json!({"graph": "one", "directed": false})));
}

#[test]
fn elements_of_cytoscape_alone_and_compound_ones() {
    let (list, notes) = good(
        "c.json",
        r#"[{"data": {"id": "bloc"}}, {"group": "nodes", "data": {"id": "a", "parent": "bloc"}},
        {"group": "edges", "data": {"id": "e", "source": "a", "target": "bloc", "interaction": "visit"}}]"#,
    );
    assert!(notes.contains("compound nodes") && notes.contains("its `interaction`"), "{notes}");
    assert_eq!(list.actor(actor(&list, "a")).attributes["parent"], "bloc");
    assert_eq!(ties(&list), [tie("a", "bloc", "visit", "", json!({}))]);
}

#[test]
fn spells_of_gexf_are_dates() {
    let (gexf, notes) = good(
        "d.gexf",
        r#"<gexf xmlns="http://gexf.net/1.3" version="1.3"><graph mode="dynamic" timeformat="date" defaultedgetype="directed">
        <attributes class="edge" mode="dynamic"><attribute id="w" title="warmth" type="double"/></attributes>
        <nodes><node id="a" start="1921-03-13"><nodes><node id="capital" label="Capital"/></nodes></node>
        <node id="b"><spells><spell start="1902" end="1906"/><spell start="1909"/></spells></node></nodes>
        <edges>
        <edge id="e1" source="a" target="b" start="1990-03-26T00:00:00" end="1999-12-31" kind="mission"><attvalues>
          <attvalue for="w" value="0.5" start="1990" end="1992"/><attvalue for="w" value="2" start="1993"/></attvalues></edge>
        <edge id="e2" source="a" target="b" kind="visit"><spells><spell start="1991-05-01" end="1991-05-01"/><spell start="1995-02"/></spells></edge>
        <edge id="e3" source="b" target="a" start="12.5" kind="visit"/>
        </edges></graph></gexf>"#,
    );
    assert!(notes.contains("a tie for each") && notes.contains("nodes inside nodes (1)"), "{notes}");
    assert_eq!(gexf.actor(actor(&gexf, "capital")).attributes["parent"], "a");
    let existence = |id: &str| -> Vec<String> {
        gexf.actor(actor(&gexf, id)).existence.iter().map(|date| date.as_str().to_owned()).collect()
    };
    assert_eq!(existence("a"), ["1921-03-13/.."]);
    assert_eq!(existence("b"), ["1902/1906", "1909/.."]);
    let warmth =
        json!({"warmth": [{"value": 0.5, "start": "1990", "end": "1992"}, {"value": 2, "start": "1993"}]});
    assert_eq!(
        ties(&gexf),
        [
            tie("a", "b", "mission", "1990-03-26/1999-12-31", warmth),
            tie("a", "b", "visit", "1991-05-01", json!({})),
            tie("a", "b", "visit", "1995-02/..", json!({"spell_of": "e2"})),
            tie("b", "a", "visit", "", json!({"spells": [{"start": "12.5"}]})),
        ]
    );
}

#[test]
fn graphml_of_yed_keeps_labels_groups_and_ports() {
    let (yed, notes) = good(
        "y.graphml",
        r##"<?xml version="1.0"?><graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:y="http://www.yworks.com/xml/graphml">
        <key for="port" id="d0" yfiles.type="portgraphics"/><key for="node" id="d1" yfiles.type="nodegraphics"/>
        <key for="edge" id="d2" yfiles.type="edgegraphics"/><key id="d3" for="node" attr.name="url" attr.type="string"><default>none</default></key>
        <graph id="G" edgedefault="directed">
        <node id="n0" yfiles.foldertype="group"><data key="d3"><![CDATA[https://x.org/?a=1&b=2]]></data><graph id="n0:" edgedefault="directed">
          <node id="n0::n0"><data key="d1"><y:ShapeNode><y:Fill color="#FFCC00"/><y:NodeLabel alignment="center">Arland &amp; co</y:NodeLabel></y:ShapeNode></data><port name="north"/></node>
          <edge id="n0::e0" source="n0::n0" target="n1"/></graph></node>
        <node id="n1"><desc>A republic.</desc></node>
        <edge id="e0" source="n1" target="n0::n0" sourceport="north"><data key="d2"><y:PolyLineEdge><y:EdgeLabel>visit</y:EdgeLabel></y:PolyLineEdge></data></edge>
        </graph></graphml>"##,
    );
    assert!(notes.contains("the relation of a tie is its `label`"), "{notes}");
    let inner = yed.actor(actor(&yed, "n0::n0"));
    assert_eq!(inner.names[0].text, "Arland & co");
    assert_eq!(
        Value::Object(inner.attributes),
        json!({"parent": "n0", "url": "none", "Fill": {"color": "#FFCC00"}, "NodeLabel": {"alignment": "center"}, "port": {"name": "north"}})
    );
    assert_eq!(yed.actor(actor(&yed, "n0")).attributes["url"], "https://x.org/?a=1&b=2");
    assert_eq!(yed.actor(actor(&yed, "n1")).attributes["desc"], "A republic.");
    assert_eq!(ties(&yed)[1], tie("n1", "n0::n0", "visit", "", json!({"sourceport": "north"})));
}

#[test]
fn broken_xml_is_told_at_its_place() {
    let bomb = "<?xml version=\"1.0\"?>\n<!DOCTYPE lolz [<!ENTITY a \"lol\"><!ENTITY b \"&a;&a;&a;\">]>\n<graphml><graph>\n<node id=\"&b;\"/></graph></graphml>";
    assert!(errors("bomb.graphml", bomb)[0].starts_with("4:1: not XML: "));
    let bomb = bomb.replace("<node id=\"&b;\"/>", "<node id=\"a\"><data key=\"k\">&b;</data></node>");
    assert_eq!(
        errors("bomb.graphml", &bomb),
        ["4:28: no entity `&b;`: those that a file defines itself are not read"]
    );
    let cut = "<graphml>\n<graph>\n<node id=\"a\">";
    assert_eq!(errors("cut.graphml", cut), ["3:14: the text ends inside `<node>`; is it whole?"]);
    assert!(errors("tag.gexf", "<gexf>\n<graph></nodes></gexf>")[0].starts_with("2:8: not XML: "));
    assert_eq!(errors("none.gexf", "<gexf></gexf>"), ["1:1: no `<graph>` inside `<gexf>`"]);
    let deep = format!("<graphml><graph>{}", "<data>".repeat(100_000));
    assert_eq!(errors("deep.graphml", &deep), ["1:6005: more than 1000 elements inside one another"]);
    let dangling = "<graphml><graph edgedefault=\"directed\">\n<node id=\"a\"/><node id=\"a\"><data key=\"none\">1</data></node>\n<edge source=\"a\" target=\"x\"/></graph></graphml>";
    let said = errors("dangling.graphml", dangling);
    assert_eq!(said.len(), 2, "{said:?}");
    assert!(said[0].starts_with("2:15: ") && said[0].contains("twice"), "{said:?}");
    assert!(said[1].starts_with("3:1: ") && said[1].contains("`x`"), "{said:?}");
}

#[test]
fn broken_json_is_told_at_its_place() {
    let said = errors("cut.json", "{\"elements\": [\n {\"data\": {\"id\": \"a\"}},\n {\"data\"");
    assert!(said[0].starts_with("3:") && said[0].contains("the text ends"), "{said:?}");
    let said =
        errors("edges.json", "{\"graph\": {\"nodes\": {\"a\": {}},\n \"edges\": [{\"source\": \"a\"}]}}");
    assert!(said[0].starts_with("2:12: ") && said[0].contains("needs a `target`"), "{said:?}");
    let said = errors("wrong.json", "{\"graph\": {\"nodes\": {\"a\": {}},\n \"edges\": {}}}");
    assert!(said[0].starts_with("2:11: not such a graph: "), "{said:?}");
    let deep = format!("{{\"elements\": {}", "[".repeat(200_000));
    assert!(
        errors("deep.json", &deep)[0].contains("not JSON")
            || errors("deep.json", &deep)[0].contains("not such")
    );
}

#[test]
fn what_another_program_changed_in_a_file_of_ours_is_taken_as_it_says() {
    let (dataset, notes) = good(
        "gephi.gexf",
        r#"<gexf xmlns="http://gexf.net/1.3" version="1.3"><meta><creator>Gephi 0.10.1</creator></meta><graph defaultedgetype="directed">
        <attributes class="node"><attribute id="kind" title="kind" type="string"/><attribute id="chancery" title="chancery" type="string"/><attribute id="m" title="Modularity Class" type="integer"/></attributes>
        <attributes class="edge"><attribute id="relation" title="relation" type="string"/><attribute id="when" title="when" type="string"/><attribute id="level" title="level" type="string"/><attribute id="chancery" title="chancery" type="string"/></attributes>
        <nodes><node id="a" label="Arland"><attvalues><attvalue for="kind" value="country"/><attvalue for="chancery" value="{&quot;names&quot;:[{&quot;text&quot;:&quot;Arland&quot;}]}"/><attvalue for="m" value="3"/></attvalues></node>
        <node id="b" label="Bemia (new)"/></nodes>
        <edges><edge id="t" source="a" target="b" label="visit" weight="1.0" start="1990-01-01"><attvalues><attvalue for="relation" value="meeting"/><attvalue for="when" value="1990-07~"/><attvalue for="level" value=""/><attvalue for="chancery" value="{&quot;cites&quot;:[{&quot;ref&quot;:&quot;memo&quot;}]}"/></attvalues></edge></edges></graph></gexf>"#,
    );
    assert!(
        notes.contains("written by Chancery") && notes.contains("known by their ids only (1)"),
        "{notes}"
    );
    let (a, b) = (dataset.actor(actor(&dataset, "a")), dataset.actor(actor(&dataset, "b")));
    assert_eq!((a.names.len(), &a.attributes["Modularity Class"]), (1, &json!(3)));
    assert_eq!(b.names[0].text, "Bemia (new)");
    assert_eq!(
        ties(&dataset),
        [tie("a", "b", "meeting", "1990-07~", json!({"label": "visit", "weight": 1.0}))]
    );
    assert_eq!(
        dataset.tie(dataset.ties().find("t").unwrap()).claims()[0].cites[0].reference.as_str(),
        "memo"
    );
}

#[test]
fn every_format_can_be_named() {
    for (name, format) in Format::ALL {
        assert_eq!(name.parse::<Format>(), Ok(format));
        assert!(!format.describe().is_empty());
    }
}

#[test]
fn gml_is_read_with_lists_and_entities() {
    let (gml, notes) = good(
        "g.gml",
        "Creator \"x [1]\"\n# a comment\ngraph [\n directed 1\n node [ id 1 label \"Arland &#38; co\" graphics [ x 1.5 y -2 ] tag \"a\" tag \"b\" ]\n node [\nid 2\nlabel \"&eacute;\"\n]\n edge [ source 1 target 2 label \"visit\" value 2 one \"_networkx_list_start\" one 3 ]\n]\n",
    );
    assert!(
        notes.contains("read as GML") && notes.contains("its `label`") && notes.contains("not kept: Creator"),
        "{notes}"
    );
    assert!(notes.contains("unique labels are their ids"), "{notes}");
    let first = gml.actor(actor(&gml, "Arland & co"));
    assert_eq!(first.names[0].text, "Arland & co");
    let attributes = json!({"number": 1, "graphics": {"x": 1.5, "y": -2}, "tag": ["a", "b"]});
    assert_eq!(Value::Object(first.attributes), attributes);
    assert_eq!(gml.actor(actor(&gml, "&eacute;")).names[0].text, "&eacute;");
    assert_eq!(ties(&gml), [tie("Arland & co", "&eacute;", "visit", "", json!({"value": 2, "one": [3]}))]);
    assert_eq!(
        errors("a.gml", "graph [\n node [ id 1 label \"A ]\n]"),
        ["2:20: a text whose quotes do not close"]
    );
    assert_eq!(errors("b.gml", "graph [\n node [ id ]\n]"), ["2:12: `id` has no value"]);
    assert_eq!(
        errors("c.gml", "graph [\n node [ id 1 ]"),
        ["1:1: the text ends inside `graph [`; is it whole?"]
    );
    assert_eq!(errors("d.gml", "graph [ node [ id 1 ] ]\n]"), ["2:1: `]` closes nothing"]);
    let deep = format!("graph [ {}", "a [ ".repeat(100_000));
    assert_eq!(errors("e.gml", &deep), ["1:411: more than 100 lists inside one another"]);
    let said = errors("f.gml", "graph [\n node [ id 1 ]\n edge [ source 1 target 3 ]\n]");
    assert!(said[0].starts_with("3:2: ") && said[0].contains("`3`"), "{said:?}");
}

#[test]
fn labels_of_gml_are_ids_where_they_are_unique() {
    // Labels of which two are the same, or one is missing, name nobody; texts as ids are ids.
    for [first, second] in
        [["1 label \"a\"", "2 label \"a\""], ["1 label \"a\"", "2"], ["1 label \"a\"", "2 label \"\""]]
    {
        let text = format!(
            "graph [ directed 1 node [ id {first} ] node [ id {second} ] edge [ source 1 target 2 ] ]"
        );
        let (gml, notes) = good("l.gml", &text);
        assert_eq!(ties(&gml), [tie("1", "2", "related", "", json!({}))]);
        assert!(!notes.contains("labels"), "{notes}");
    }
    let swapped = "graph [ directed 1 node [ id 0 label \"1\" number 7 ] node [ id 1 label \"0\" ] edge [ source 0 target 1 ] ]";
    let (gml, _) = good("s.gml", swapped);
    assert_eq!(ties(&gml), [tie("1", "0", "related", "", json!({}))]);
    assert_eq!(Value::Object(gml.actor(actor(&gml, "1")).attributes), json!({"number": 7, "number.2": 0}));
}

#[test]
fn pajek_is_read_with_relations_times_lists_and_matrices() {
    let (net, notes) = good(
        "p.net",
        "% a comment\r\n*Vertices 4\r\n1 \"Arland\" 0.1 0.2 0.5 box ic Red [1902-1906,1909-*]\r\n2 'Bemia (new)'\r\n*Arcs :1 \"visit\"\r\n1 2 2.5 l \"state visit\" [1990]\r\n2 1 1 [1990-1995,1999-*]\r\n1 3 1 [3-7]\r\n*Edges\r\n 7: 3 4\r\n*Arcslist :2 \"meeting\"\r\n1 2 3\r\n*Partition x\r\n1\r\n",
    );
    assert!(notes.contains("a Pajek network") && notes.contains("not kept: *partition"), "{notes}");
    let first = net.actor(actor(&net, "Arland"));
    let existence: Vec<&str> = first.existence.iter().map(chancery::date::Date::as_str).collect();
    assert_eq!(existence, ["1902/1906", "1909/.."]);
    assert_eq!(
        Value::Object(first.attributes),
        json!({"x": 0.1, "y": 0.2, "z": 0.5, "shape": "box", "ic": "Red"})
    );
    assert_eq!(net.actors().count(), 4);
    let time = json!({"weight": 1, "spells": [{"start": "3", "end": "7"}]});
    assert_eq!(
        ties(&net),
        [
            tie("3", "4", "7", "", json!({"directed": false})),
            tie("Arland", "3", "meeting", "", json!({})),
            tie("Arland", "3", "visit", "", time),
            tie("Arland", "Bemia (new)", "meeting", "", json!({})),
            tie("Arland", "Bemia (new)", "visit", "1990", json!({"weight": 2.5, "label": "state visit"})),
            tie("Bemia (new)", "Arland", "visit", "1990/1995", json!({"weight": 1})),
            tie("Bemia (new)", "Arland", "visit", "1999/..", json!({"weight": 1})),
        ]
    );
    let (matrix, _) = good("m.net", "*Vertices 3\n*Matrix\n0 1 0\n0 0 2.5\n0 0 -1\n");
    let found = ties(&matrix);
    assert_eq!(found[0], tie("1", "2", "related", "", json!({"weight": 1})));
    assert_eq!((found.len(), &found[1].4["weight"], &found[2].4["weight"]), (3, &json!(2.5), &json!(-1)));
    let (twins, notes) = good("t.net", "*Vertices 2\n1 \"a\"\n2 \"a\"\n*Edges\n1 2\n");
    assert!(notes.contains("labels are not unique") && notes.contains("undirected"), "{notes}");
    assert_eq!(twins.actor(actor(&twins, "2")).names[0].text, "a");
    assert_eq!(
        errors("a.net", "*Vertices 2\n*Arcs\n1 3\n"),
        ["3:1: no vertex `3`: there are 2, numbered from 1"]
    );
    assert_eq!(errors("b.net", "*Vertices 2\n1 \"a\n"), ["2:1: a text whose quotes do not close"]);
    assert_eq!(
        errors("c.net", "*Vertices 999999999999\n"),
        ["1:1: 999999999999 vertices; 5000000 at most are made"]
    );
    assert_eq!(errors("d.net", "*Vertices 1\n*Matrix\n1 2\n"), ["3:1: the matrix is larger than 1 by 1"]);
}

#[test]
fn dot_is_read_with_chains_subgraphs_and_defaults() {
    let (dot, notes) = good(
        "g.dot",
        r#"// Graphviz
strict digraph "G" {
  rankdir=LR; node [shape=box]
  "蒙古 \"n\"" [label="Mongolia\nnorth"];
  a -> b:n:w -> { c; d [shape=oval] } [label="visit" weight=2];
  subgraph cluster_x { label="East"; e; edge [color=red]; e -> a }
  node [shape=plain] /* not for those before */
  f; a -> b [label=<<b>signs</b>>]
}
"#,
    );
    assert!(
        notes.contains("read as DOT")
            && notes.contains("its `label`")
            && notes.contains("not kept: name, rankdir"),
        "{notes}"
    );
    let attributes = |id: &str| Value::Object(dot.actor(actor(&dot, id)).attributes);
    assert_eq!(attributes("蒙古 \"n\""), json!({"shape": "box"}));
    assert_eq!(dot.actor(actor(&dot, "蒙古 \"n\"")).names[0].text, "Mongolia north");
    assert_eq!(attributes("d"), json!({"shape": "oval"}));
    assert_eq!(attributes("e"), json!({"shape": "box", "subgraph": "East"}));
    assert_eq!(attributes("f"), json!({"shape": "plain"}));
    let visit = |port: &str| json!({"weight": "2", port: "n:w"});
    assert_eq!(
        ties(&dot),
        [
            tie("a", "b", "<b>signs</b>", "", json!({})),
            tie("a", "b", "visit", "", visit("headport")),
            tie("b", "c", "visit", "", visit("tailport")),
            tie("b", "d", "visit", "", visit("tailport")),
            tie("e", "a", "related", "", json!({"color": "red"})),
        ]
    );
    let (graph, notes) = good("g.gv", "graph { a -- {b c} -- a; -1.5 -- \"a\" }");
    assert!(notes.contains("undirected"), "{notes}");
    let ends: Vec<String> = ties(&graph).iter().map(|(a, b, ..)| format!("{a} {b}")).collect();
    assert_eq!(ends, ["-1.5 a", "a b", "a c", "b a", "c a"]);
    assert_eq!(errors("a.dot", "digraph {\n a -- b }"), ["2:4: `--` in a digraph: its edges are `->`"]);
    assert_eq!(errors("b.dot", "digraph {\n a -> b"), ["1:9: the text ends inside `{`; is it whole?"]);
    assert_eq!(errors("c.dot", "digraph {\n a -> ; }"), ["2:7: expected a node or a subgraph, found `;`"]);
    assert_eq!(errors("d.dot", "digraph { a [label=\"x }"), ["1:20: a text whose quotes do not close"]);
    let deep = format!("graph {}", "{".repeat(100_000));
    assert_eq!(errors("e.dot", &deep), ["1:208: more than 200 subgraphs inside one another"]);
    let set: Vec<String> = (0..1100).map(|at| format!("n{at}")).collect();
    let set = set.join(" ");
    let said = errors("f.dot", &format!("graph {{ {{{set}}} -- {{{set}}} }}"));
    assert_eq!(said, ["1:10: more than 1000000 edges between two subgraphs"]);
}

#[test]
fn what_a_file_looks_like_is_said_when_it_is_read_as_another() {
    let desk = Desk::new();
    fs::write(desk.path("g.gml"), "graph [ node [ id 1 ] ]").expect("the desk can be written");
    let options = Options { format: Some("graphml".parse().unwrap()), ..Options::default() };
    let mut builder = Builder::default();
    let notes = read_path(&desk.path("g.gml"), &options, &mut builder).expect("it is there").notes;
    assert_eq!(notes, ["read as GraphML, though it looks like GML"]);
    assert!(builder.finish().1[0].message.contains("no `<graph>`"));
}

#[test]
fn a_bibliography_of_zotero_beside_a_graph_is_its_references() {
    let desk = Desk::new();
    let graph = r#"{"nodes": [{"id": "a"}, {"id": "b"}], "edges": [{"source": "a", "target": "b", "relation": "visit", "when": "1990", "cites": [{"ref": "armstrong1990"}]}]}"#;
    let items = r#"[{"id": "armstrong1990", "type": "book", "title": "Ties", "issued": {"date-parts": [["1990"]]}}, {"id": 7, "type": "webpage"}]"#;
    fs::create_dir(desk.path("graph")).expect("the desk can be written");
    fs::write(desk.path("graph/ties.json"), graph).expect("the desk can be written");
    fs::write(desk.path("graph/zotero.json"), items).expect("the desk can be written");
    let mut builder = Builder::default();
    read_path(&desk.path("graph"), &Options::default(), &mut builder).expect("it is there");
    let (dataset, problems) = builder.finish();
    assert_eq!(problems, []);
    let titles: Vec<String> = dataset.references().map(|(_, reference)| reference.line()).collect();
    assert_eq!(titles, ["7", "Ties, 1990"]);
    assert_eq!(
        errors("bad.json", "[{\"id\": \"x\", \"type\": \"book\"},\n {\"id\": \"\", \"type\": \"book\"}]"),
        ["2:9: `id`: an id cannot be empty"]
    );
}
