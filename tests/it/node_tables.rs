//! Tables of actors, alone and beside tables of ties; folders of both; dates in several columns; mapping files.

use std::fs;

use chancery::{
    dataset::{Builder, Dataset, Problem},
    format::{Options, mapping::Mapping, read_path},
    model::{ActorKind, Severity, Tie},
};
use serde_json::{Value, json};

use crate::{
    formats::whole,
    support::{Desk, actor},
};

fn load(desk: &Desk, files: &[(&str, &str)], options: &Options) -> (Dataset, Vec<Problem>, Vec<String>) {
    for (name, text) in files {
        fs::write(desk.path(name), text).expect("the desk takes files");
    }
    let path = if files.len() == 1 { desk.path(files[0].0) } else { desk.0.clone() };
    let mut builder = Builder::default();
    let reading = read_path(&path, options, &mut builder).expect("it can be read");
    let (dataset, problems) = builder.finish();
    (dataset, problems, reading.notes)
}

fn good(files: &[(&str, &str)], options: &Options) -> (Dataset, Vec<String>) {
    let desk = Desk::new();
    let (dataset, problems, notes) = load(&desk, files, options);
    let errors: Vec<_> = problems.iter().filter(|problem| problem.severity == Severity::Error).collect();
    assert!(errors.is_empty(), "{errors:#?}");
    whole(&dataset);
    (dataset, notes)
}

fn ties(dataset: &Dataset) -> Vec<Tie> {
    dataset.ties().all().map(|tie| dataset.tie(tie)).collect()
}

fn errors(name: &str, text: &str) -> Vec<String> {
    let desk = Desk::new();
    let (_, problems, _) = load(&desk, &[(name, text)], &Options::default());
    let errors = problems.iter().filter(|problem| problem.severity == Severity::Error);
    let folder = format!("{}/", desk.0.display());
    errors.map(|problem| problem.to_string().replace(&folder, "")).collect()
}

#[test]
fn a_table_of_actors_keeps_all_that_it_says() {
    let text = "id,label,kind,name_zh-Hant,name.ko,iso3,cow,start,end,country,citizen_of,note,pop\n\
        aland,Aland,country,阿蘭國,알란,ALD,900,1921-03-13,9999-12-31,,,\"a; b\",3\n\
        ma,Ma Li,person,,,,,,,Aland,aland,,\n\
        corp,Corp,company,,,,,1990,1999,Aland,,,\n";
    let (dataset, notes) = good(&[("actors.csv", text)], &Options::default());
    assert!(notes[0].contains("a table of actors"), "{notes:?}");
    assert!(notes[1].contains("id=id,name=label,kind=kind,name.zh-Hant=name_zh-Hant"), "{notes:?}");
    let aland = dataset.actor(actor(&dataset, "aland"));
    assert_eq!(
        serde_json::to_value(&aland).unwrap(),
        json!({
            "id": "aland", "kind": "country",
            "names": [{"text": "Aland"}, {"text": "阿蘭國", "lang": "zh-Hant"}, {"text": "알란", "lang": "ko"}],
            "codes": {"cow": "900", "iso3": "ALD"}, "existence": ["1921-03-13/.."], "note": "a; b",
            "attributes": {"pop": "3"},
        })
    );
    let person = dataset.actor(actor(&dataset, "ma"));
    assert_eq!(
        (person.kind, person.attributes["country"].as_str()),
        (Some(ActorKind::Person), Some("Aland"))
    );
    assert_eq!(dataset.actors().citizen_of(actor(&dataset, "ma")), Some(actor(&dataset, "aland")));
    let corp = dataset.actor(actor(&dataset, "corp"));
    // A word that is no kind of ours stays as it is.
    assert_eq!((corp.kind, corp.attributes["kind"].as_str()), (None, Some("company")));
    assert_eq!(corp.existence[0].as_str(), "1990/1999");
}

#[test]
fn the_pair_of_gephi_is_one_graph() {
    let nodes = "Id,Label,timeset,Modularity Class\n0,Aland,\"<[1990.0, 2000.0]>\",1\n1,NA,,2\n2,Alone,,\n";
    let edges = "Source,Target,Type,Id,Label,timeset,Weight\n\
        0,1,Undirected,0,visit,\"<[1990-07-01, 1990-07-02]>\",2.0\n1,0,Undirected,1,barter,,1.0\n0,0,Undirected,2,barter,\"<[0.0, 3.0]>\",1.0\n";
    let (dataset, lines) = good(&[("Nodes.csv", nodes), ("Edges.csv", edges)], &Options::default());
    assert_eq!((dataset.actors().count(), dataset.ties().count()), (3, 3));
    let first = dataset.actor(actor(&dataset, "0"));
    assert_eq!((first.names[0].text.as_str(), first.existence[0].as_str()), ("Aland", "1990/2000"));
    assert_eq!(first.attributes["Modularity Class"], "1");
    assert_eq!(dataset.actor(actor(&dataset, "1")).names[0].text, "NA");
    let all = ties(&dataset);
    let visit = all.iter().find(|tie| tie.relation.as_str() == "visit").unwrap();
    assert_eq!(visit.claims()[0].dating.when().unwrap().as_str(), "1990-07-01/1990-07-02");
    assert_eq!(
        Value::Object(visit.attributes.clone()),
        json!({"Id": "0", "Type": "Undirected", "Weight": "2.0"})
    );
    assert!(all.iter().any(|tie| tie.attributes.get("timeset").is_some_and(|text| text == "<[0.0, 3.0]>")));
    let barter = dataset.vocabulary().find("barter").unwrap();
    assert!(dataset.vocabulary().relation(barter).symmetric);
    let said = lines.join("\n");
    assert!(said.contains("Edges.csv: undirected") && said.contains("`Id` numbers the rows"), "{said}");
}

#[test]
fn a_folder_is_read_whole_and_says_what_it_leaves_out() {
    let native = "{\"nodes\": [{\"id\": \"a\", \"kind\": \"country\"}], \"edges\": [{\"source\": \"a\", \"target\": \"b\"}]}";
    let files = [
        ("graph.json", native),
        ("people.tsv", "name\tiso3\nb\tBBB\nc\t\n"),
        ("ties.csv", "from;to;date\na;b;1990\nb;d;1991-02\n"),
        ("codebook.csv", "year,gdp,x,y\n1,2,3,4\n"),
        ("README.md", "# read me\n"),
        ("notes.txt", "x\n"),
    ];
    let (dataset, notes) = good(&files, &Options::default());
    assert_eq!((dataset.actors().count(), dataset.ties().count()), (4, 3));
    assert_eq!(dataset.actor(actor(&dataset, "b")).codes["iso3"], ["BBB"]);
    let said = notes.join("\n");
    assert!(said.contains("left out, no graphs or tables by their endings: notes.txt"), "{said}");
    assert!(said.contains("codebook.csv is left out: no columns are the ends of ties"), "{said}");
}

#[test]
fn dates_stand_in_one_column_or_in_three() {
    let text = "ccode1,ccode2,styear,stmonth,stday,endyear,endmon,endday,what\n\
        2,200,1914,7,28,1918,11,11,war\n2,20,1930,0,-9,1931,May,,visit\n20,2,1946,12,0,,,,\n";
    let options = Options {
        columns: pairs(&["source=ccode1", "target=ccode2", "relation=what"]),
        ..Options::default()
    };
    let (dataset, notes) = good(&[("wars.csv", text)], &options);
    assert!(
        notes[1].contains("start.year=styear,start.month=stmonth,start.day=stday,end.year=endyear"),
        "{notes:?}"
    );
    let dates: Vec<String> = ties(&dataset)
        .iter()
        .map(|tie| {
            let dating = &tie.claims()[0].dating;
            let text = |date: Option<&chancery::date::Date>| date.map_or("-".to_owned(), ToString::to_string);
            format!("{} {}", text(dating.start()), text(dating.end()))
        })
        .collect();
    assert_eq!(dates, ["1914-07-28 1918-11-11", "1930 1931-05", "1946-12 -"]);
    let (dataset, _) = good(&[("e.csv", "from,to,year,month,day\na,b,1990,7,1\n")], &Options::default());
    assert_eq!(ties(&dataset)[0].claims()[0].dating.when().unwrap().as_str(), "1990-07-01");
    // Where the whole date stands beside its parts, they are attributes.
    let (dataset, _) = good(&[("e.csv", "from,to,date,year\na,b,1990-07-01,1990\n")], &Options::default());
    assert_eq!(ties(&dataset)[0].attributes["year"], "1990");
    let said = errors("e.csv", "from,to,year,month,day\na,b,1990,13,1\n");
    assert!(said[0].starts_with("e.csv:2:5: ") && said[0].contains("1990-13"), "{said:#?}");
    let said = errors("e.csv", "from,to,start,end\na,b,1990,-9\n");
    assert!(said[0].starts_with("e.csv:2:10: ") && said[0].contains("--missing -9"), "{said:#?}");
}

fn pairs(columns: &[&str]) -> Vec<(String, String)> {
    columns
        .iter()
        .map(|text| text.split_once('=').expect("a role and a name"))
        .map(|(a, b)| (a.to_owned(), b.to_owned()))
        .collect()
}

#[test]
fn a_mapping_file_speaks_of_each_table_of_a_folder() {
    let mapping = Mapping::parse(
        "missing = [\"-9\"]\n[\"actors.csv\"]\nid = \"nr\"\n\"name.zh\" = \"中文\"\n\
         [\"ties.csv\"]\nsource = \"x\"\ntarget = \"y\"\nwhen = [\"j\", \"m\", \"t\"]\n",
    )
    .unwrap();
    let options = Options { missing: mapping.all.missing, tables: mapping.tables, ..Options::default() };
    let files = [("actors.csv", "nr,中文\n1,蒙古\n2,-9\n"), ("ties.csv", "x,y,j,m,t\n1,2,1990,7,-9\n")];
    let (dataset, _) = good(&files, &options);
    let first = dataset.actor(actor(&dataset, "1"));
    assert_eq!((first.names[0].text.as_str(), first.names[0].lang.as_deref()), ("蒙古", Some("zh")));
    assert_eq!(dataset.actor(actor(&dataset, "2")).names, []);
    assert_eq!(ties(&dataset)[0].claims()[0].dating.when().unwrap().as_str(), "1990-07");
}

#[test]
fn a_column_that_is_not_there_is_said_with_those_that_are() {
    let desk = Desk::new();
    let path = desk.path("e.csv");
    fs::write(&path, "from,to,date\na,b,1990\n").unwrap();
    let read = |columns: &[&str]| {
        let options = Options { columns: pairs(columns), ..Options::default() };
        let mut builder = Builder::default();
        read_path(&path, &options, &mut builder)
            .map(|reading| reading.notes.join("\n"))
            .map_err(|error| error.to_string())
    };
    let error = read(&["source=from", "target=too"]).unwrap_err();
    assert!(error.contains("no column `too`") && error.contains("from, to, date"), "{error}");
    let notes = read(&["id=nr"]).unwrap();
    assert!(notes.contains("none of the columns that --columns names"), "{notes}");
}

#[test]
fn bad_rows_of_actors_are_named_by_line_and_column() {
    let said = errors("a.csv", "id,name,start\n,x,\nb,y\nc,z,July\nc,w,1990\n");
    assert!(said[0].starts_with("a.csv:2:1: ") && said[0].contains("needs an `id`"), "{said:#?}");
    assert!(
        said[1].starts_with("a.csv:3:1: ") && said[1].contains("2 columns, the header has 3"),
        "{said:#?}"
    );
    assert!(said[2].starts_with("a.csv:4:5: ") && said[2].contains("July"), "{said:#?}");
    assert!(said[3].contains("a.csv:5:"), "{said:#?}");
}

#[test]
fn names_with_years_are_a_list_of_actors_and_no_ties() {
    let (dataset, _) = good(&[("lives.csv", "country,from,to\nAland,1816,1900\n")], &Options::default());
    assert_eq!((dataset.actors().count(), dataset.ties().count()), (1, 0));
    assert_eq!(dataset.actor(actor(&dataset, "Aland")).existence[0].as_str(), "1816/1900");
}

#[test]
fn a_native_file_says_what_a_relation_of_a_table_carries() {
    let native = "{\"graph\": {\"relations\": [{\"id\": \"barter\", \"labels\": {\"en\": \"barters with\"}, \"channel\": \"stance\"}]}, \"nodes\": [], \"edges\": []}";
    for name in ["a.json", "z.json"] {
        let (dataset, _) =
            good(&[(name, native), ("t.csv", "from,to,relation\na,b,barter\n")], &Options::default());
        let barter = dataset.vocabulary().find("barter").expect("it is declared");
        assert_eq!(dataset.vocabulary().relation(barter).label("en"), "barters with", "{name}");
    }
}
