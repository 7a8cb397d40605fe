//! Scenes to draw: one from history, some invented, one whose every text is meant to break a writer.

use chancery::diagram::{Direction, Doubt, Edge, EdgeTie, Node, Role, Scene};
use chancery::model::{ActorKind, Polarity};

pub(crate) const KINDS: [ActorKind; 10] = [
    ActorKind::Country,
    ActorKind::Territory,
    ActorKind::Institution,
    ActorKind::Person,
    ActorKind::Group,
    ActorKind::Place,
    ActorKind::Event,
    ActorKind::Treaty,
    ActorKind::Bloc,
    ActorKind::Object,
];

pub(crate) fn node(
    id: &str,
    label: &str,
    sublabel: &str,
    kind: ActorKind,
    role: Role,
    rank: u32,
    weight: f64,
) -> Node {
    Node {
        id: id.into(),
        label: label.into(),
        sublabel: (!sublabel.is_empty()).then(|| sublabel.into()),
        kind: Some(kind),
        role,
        rank: Some(rank),
        weight,
    }
}

pub(crate) fn tie(
    id: &str,
    label: &str,
    date: &str,
    source: usize,
    direction: Direction,
    polarity: Polarity,
) -> EdgeTie {
    EdgeTie {
        id: id.into(),
        label: label.into(),
        label_also: None,
        date: date.into(),
        sources: vec![source],
        direction,
        polarity,
        doubt: Doubt::Asserted,
    }
}

/// Who stands between Mongolia and South Korea, as the program will draw it.
pub(crate) fn mongolia_south_korea() -> Scene {
    use ActorKind::{Country, Institution, Person};
    use Direction::{Backward, Forward, Mutual};
    use Polarity::{Negative, Neutral, Positive};
    let mut scene = Scene {
        title: "Who connects Mongolia and South Korea?".into(),
        caption: vec![
            "Lens: all years, channels interaction and agency; possibly in force.".into(),
            "Dataset blake3:5f1c9ab04e77. Left out: 9 actors beyond the budget of 16; 12 ties of stance and affiliation.".into(),
        ],
        sources: vec![
            "〈蒙朝關係〉，《維基百科》，2024年3月1日修訂。".into(),
            "Wada Haruki, The Korean War: An International History (Lanham: Rowman & Littlefield, 2014), 112–140, as cited in the article.".into(),
            "Ministry of Foreign Affairs of Mongolia, “Diplomatic relations”, accessed 2024-05-02.".into(),
            "〈Mongolia–South Korea relations〉, Wikipedia, revision of 2024-02-11.".into(),
            "Balázs Szalontai, Kim Il Sung in the Khrushchev Era (Stanford: Stanford University Press, 2005).".into(),
        ],
        nodes: vec![
            node("mongolia", "Mongolia", "蒙古國", Country, Role::Terminal, 0, 0.0),
            node("south-korea", "South Korea", "大韓民國", Country, Role::Terminal, 2, 0.0),
            node("north-korea", "North Korea", "朝鮮民主主義人民共和國", Country, Role::Connector, 1, 1.0),
            node("soviet-union", "Soviet Union", "蘇聯", Country, Role::Connector, 1, 0.6),
            node("china", "China", "中華人民共和國", Country, Role::Connector, 1, 0.45),
            node("kim-dae-jung", "Kim Dae-jung", "金大中", Person, Role::Agent, 1, 0.1),
            node("mn-mfa", "Ministry of Foreign Affairs of Mongolia", "外交部", Institution, Role::Agent, 1, 0.1),
        ],
        ..Scene::default()
    };
    let mut edge = |source, target, ties: Vec<EdgeTie>| scene.edges.push(Edge { source, target, ties });
    edge(
        0,
        1,
        vec![
            tie("mn-kr-relations", "diplomatic relations", "1990-03-26/", 3, Mutual, Positive),
            tie("mn-kr-visit-1991", "visit (president)", "1991-10", 4, Forward, Positive),
        ],
    );
    edge(
        0,
        2,
        vec![
            tie("mn-kp-relations", "diplomatic relations", "1948-10-15/", 1, Mutual, Positive),
            tie("mn-kp-aid", "humanitarian aid: 10,000 horses", "1951", 2, Forward, Positive),
            tie("mn-kp-treaty", "treaty of friendship and cooperation", "1986/1990", 1, Mutual, Positive),
            tie("mn-kp-visit", "visit (Kim Il-sung)", "1988-06", 5, Backward, Positive),
            tie("mn-kp-closed", "embassy closed", "1999-08", 1, Backward, Negative),
            tie("mn-kp-reopened", "embassy opened", "2004-08", 1, Backward, Positive),
        ],
    );
    edge(
        2,
        1,
        vec![
            tie("kp-kr-war", "war", "1950-06-25/1953-07-27", 2, Forward, Negative),
            tie("kp-kr-talks", "negotiation", "1972-07-04", 5, Mutual, Positive),
            tie("kp-kr-abduction", "abduction", "[..1978]", 4, Forward, Negative),
            tie("kp-kr-summit", "summit meeting", "2000-06-13/2000-06-15", 4, Mutual, Positive),
            tie("kp-kr-sea", "clash", "2002-06-29", 4, Mutual, Negative),
            tie("kp-kr-aid", "economic aid", "1998/2008", 4, Backward, Positive),
        ],
    );
    edge(0, 3, vec![tie("mn-su-alliance", "alliance", "1936-03-12/1991", 1, Mutual, Positive)]);
    edge(
        3,
        1,
        vec![
            tie("su-kr-relations", "diplomatic relations", "1990-09-30", 4, Mutual, Positive),
            tie("su-kr-kal007", "attack (KAL 007)", "1983-09-01", 4, Forward, Negative),
        ],
    );
    edge(0, 4, vec![tie("mn-cn", "diplomatic relations", "1949-10-16/", 1, Mutual, Positive)]);
    edge(4, 1, vec![tie("cn-kr", "外交關係建立", "1992-08-24", 4, Mutual, Positive)]);
    edge(2, 4, vec![tie("cn-kp", "treaty of mutual aid", "1961-07-11/", 5, Mutual, Positive)]);
    edge(0, 5, vec![tie("kdj-visit", "visit", "1999-05", 4, Backward, Positive)]);
    edge(5, 1, vec![tie("kdj-office", "office (president)", "1998-02-25/2003-02-25", 4, Forward, Neutral)]);
    edge(0, 6, vec![tie("mfa-organ", "organ of", "", 3, Backward, Neutral)]);
    edge(6, 1, vec![tie("mfa-consult", "consultation", "199X", 3, Mutual, Positive)]);
    scene.edges[10].ties[0].doubt = Doubt::Doubtful;
    scene.edges[11].ties[0].doubt = Doubt::Hypothetical;
    scene.edges[2].ties[2].doubt = Doubt::Doubtful;
    scene
}

/// A scene with something of everything, the same for the same numbers.
pub(crate) fn invented(nodes: usize, edges: usize, ranks: Option<u32>) -> Scene {
    let mut state = 0x2545_f491_u64 + (nodes * 1000 + edges) as u64;
    let mut next = |below: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(state >> 33).expect("31 bits fit") % below
    };
    let names = [
        "Cuba",
        "香港特別行政區",
        "Ministry of Foreign Affairs",
        "김대중",
        "Монгол Улс",
        "Viet Nam",
        "Chong Chon Gang",
    ];
    let relations =
        ["visit", "diplomatic relations", "外交關係", "humanitarian aid", "office (foreign minister)"];
    let mut scene = Scene { title: format!("{nodes} actors, {edges} dyads"), ..Scene::default() };
    for i in 0..nodes {
        let last = ranks.map_or(0, |ranks| ranks - 1);
        let rank = ranks.map(|ranks| match i {
            0 => 0,
            1 => last,
            _ => 1 + u32::try_from(next(ranks as usize - 2)).expect("ranks are few"),
        });
        let role = match (i, ranks) {
            (0 | 1, Some(_)) => Role::Terminal,
            (_, None) => Role::Ordinary,
            _ if next(4) == 0 => Role::Agent,
            _ => Role::Connector,
        };
        scene.nodes.push(Node {
            id: format!("actor-{i}"),
            label: format!("{} {i}", names[next(names.len())]),
            sublabel: (next(3) == 0).then(|| "朝鮮".into()),
            kind: Some(if next(3) == 0 { KINDS[next(10)] } else { ActorKind::Country }),
            role,
            rank,
            #[expect(clippy::cast_precision_loss, reason = "a hundred is exact")]
            weight: next(100) as f64 / 100.0,
        });
    }
    scene.sources = (1..=9).map(|n| format!("Author {n}, “A work on relations”, a journal, {n}.")).collect();
    for i in 0..edges {
        // Few hubs and many leaves, as real graphs of states have.
        let target = if i < nodes - 1 { i + 1 } else { next(nodes) };
        let source = if i < nodes - 1 { next((i / 3).max(1)) } else { next(nodes / 4 + 1) };
        let ties = (0..=next(3) * next(3))
            .map(|k| EdgeTie {
                id: format!("tie-{i}-{k}"),
                label: relations[next(relations.len())].into(),
                label_also: None,
                date: format!("{}", 1948 + next(70)),
                sources: vec![1 + next(9)],
                direction: [Direction::Forward, Direction::Backward, Direction::Mutual][next(3)],
                polarity: [Polarity::Negative, Polarity::Neutral, Polarity::Positive][next(3)],
                doubt: if next(6) == 0 { Doubt::Doubtful } else { Doubt::Asserted },
            })
            .collect();
        scene.edges.push(Edge { source, target, ties });
    }
    scene
}

/// A scene whose every text is meant to break a writer.
pub(crate) fn hostile() -> Scene {
    let texts = [
        "node",
        "edge",
        "graph",
        "strict",
        "digraph",
        "subgraph",
        "\"quoted\"",
        "back\\slash\\",
        "\\N \\G \\l",
        "<b>bold</b>",
        "<script>alert(1)</script>",
        "a & b &lt; &#65;",
        "line\nbreak\r\tand tab",
        "蒙古國「引文」",
        "",
        "]]>",
        "\u{202e}abc\u{200f}",
        "👩\u{200d}👩\u{200d}👧 🇲🇳",
        "nul\u{0}\u{7}\u{1b}",
        "'; -- %20",
        "a->b:c;{}[]|",
    ];
    let long = "x".repeat(300);
    let mut scene = Scene {
        title: texts[6].into(),
        caption: vec![texts[11].into(), texts[12].into()],
        ..Scene::default()
    };
    for (i, text) in texts.iter().copied().chain([long.as_str()]).enumerate() {
        scene.nodes.push(Node {
            id: format!("{text}{i}"),
            label: text.into(),
            sublabel: Some(text.into()),
            kind: Some(KINDS[i % 10]),
            role: Role::Ordinary,
            rank: None,
            weight: f64::NAN,
        });
        scene.sources.push(text.into());
        let mut tie = tie(text, text, text, i + 1, Direction::Forward, Polarity::Negative);
        tie.doubt = Doubt::Hypothetical;
        scene.edges.push(Edge { source: i, target: i / 2, ties: vec![tie] });
    }
    scene
}
