//! Brokerage and centrality against the package sna of R, by fixtures that its script made.

use std::{fs, num::NonZeroUsize};

use chancery::{
    analysis::{
        Convention, Direction, Measure, Partition, Sociomatrix, TRIADS, betweenness, blocs, brokerage,
        scores, signed_triads, triad_census,
    },
    lens::Lens,
    network::Network,
};

use crate::{
    measures::{agree, graphs},
    support::{plain, root},
};

#[test]
fn brokerage_counts_expectations_and_scores_are_those_of_sna() {
    let fixture = fs::read_to_string(root().join("tests/oracle/sna_brokerage.tsv")).unwrap();
    let (_, graph) = graphs().into_iter().find(|(name, _)| name.contains("small-world")).unwrap();
    let row = |id: &String| u32::try_from(graph.nodes.iter().position(|node| node == id).unwrap()).unwrap();
    let arcs: Vec<(u32, u32, f64)> = graph.edges.iter().map(|(a, b)| (row(a), row(b), 1.0)).collect();
    let matrix = Sociomatrix::from_arcs(graph.nodes.len(), &arcs, Direction::Followed, false);
    let groups: Vec<usize> = (0..graph.nodes.len()).map(|at| at % 3).collect();
    let ours = brokerage(&matrix, &Partition::of(&groups));
    let lines: Vec<&str> = fixture.lines().filter(|line| !line.starts_with('#')).collect();
    assert_eq!(lines.len(), ours.len());
    let mut brokers = 0;
    for (line, ours) in lines.iter().zip(&ours) {
        let values: Vec<f64> = line.split('\t').map(|value| value.parse().unwrap()).collect();
        for role in 0..5 {
            let count = f64::from(u32::try_from(ours.counts[role]).unwrap());
            assert!(agree(Some(count), Some(values[role])), "{line}");
            assert!(
                agree(Some(ours.expected[role]), Some(values[5 + role])),
                "{line}: {}",
                ours.expected[role]
            );
            let score = ours.scores[role].expect("it varies");
            assert!((score - values[10 + role]).abs() < 1e-9, "{line}: {score}");
            brokers += usize::from(count > 0.0);
        }
    }
    assert!(brokers > 50, "{brokers}");
}

/// Marriages among families of Florence, 1394–1434 (Padgett and Ansell 1993), as sna's data have them.
const MARRIAGES: [(&str, &str); 20] = [
    ("Barbadori", "Castellani"),
    ("Albizzi", "Ginori"),
    ("Albizzi", "Guadagni"),
    ("Bischeri", "Guadagni"),
    ("Guadagni", "Lamberteschi"),
    ("Acciaiuoli", "Medici"),
    ("Albizzi", "Medici"),
    ("Barbadori", "Medici"),
    ("Bischeri", "Peruzzi"),
    ("Castellani", "Peruzzi"),
    ("Medici", "Ridolfi"),
    ("Medici", "Salviati"),
    ("Pazzi", "Salviati"),
    ("Bischeri", "Strozzi"),
    ("Castellani", "Strozzi"),
    ("Peruzzi", "Strozzi"),
    ("Ridolfi", "Strozzi"),
    ("Guadagni", "Tornabuoni"),
    ("Medici", "Tornabuoni"),
    ("Ridolfi", "Tornabuoni"),
];

#[test]
fn the_medici_stand_between_the_families_of_florence() {
    // Families in the order of their names; sna 2.7.1: betweenness(flo, gmode = "graph").
    let families = [
        ("Acciaiuoli", 0.0),
        ("Albizzi", 58.0 / 3.0),
        ("Barbadori", 8.5),
        ("Bischeri", 9.5),
        ("Castellani", 5.0),
        ("Ginori", 0.0),
        ("Guadagni", 139.0 / 6.0),
        ("Lamberteschi", 0.0),
        ("Medici", 47.5),
        ("Pazzi", 0.0),
        ("Peruzzi", 2.0),
        ("Pucci", 0.0),
        ("Ridolfi", 31.0 / 3.0),
        ("Salviati", 13.0),
        ("Strozzi", 28.0 / 3.0),
        ("Tornabuoni", 25.0 / 3.0),
    ];
    let names = families.map(|(name, _)| name);
    let dataset = plain(&names, &MARRIAGES);
    let network = Network::project(&dataset, &Lens::default()).unwrap();
    let ours = scores(&network, Measure::Betweenness, &Convention::default()).unwrap();
    for ((name, theirs), ours) in families.iter().zip(&ours.values) {
        assert!(agree(*ours, Some(*theirs)), "{name}: {ours:?}");
    }
}

#[test]
fn the_monastery_of_sampson_is_as_sna_has_it() {
    let read = |name: &str| fs::read_to_string(root().join("tests/oracle").join(name)).unwrap();
    let arcs = read("sampson.txt");
    let end = |text: &str| text.parse::<u32>().unwrap() - 1;
    let arcs: Vec<(u32, u32, f64)> =
        arcs.lines().map(|line| line.split_once(' ').unwrap()).map(|(a, b)| (end(a), end(b), 1.0)).collect();
    assert_eq!(arcs.len(), 56);
    let matrix = Sociomatrix::from_arcs(18, &arcs, Direction::Followed, false);
    let groups: Vec<u8> = (0..18).map(|at| u8::from(at >= 7) + u8::from(at >= 14)).collect();
    let roles = brokerage(&matrix, &Partition::of(&groups));
    let between = betweenness(&matrix, NonZeroUsize::MIN);
    let fixture = read("sna_sampson.tsv");
    let mut lines = fixture.lines().filter(|line| !line.starts_with('#'));
    for (ours, between) in roles.iter().zip(between) {
        let values: Vec<f64> =
            lines.next().unwrap().split('\t').map(|value| value.parse().unwrap()).collect();
        let close = |ours: f64, theirs: f64| (ours - theirs).abs() < 1e-9 * theirs.abs().max(1.0);
        assert!(close(between, values[0]), "{between} {values:?}");
        for role in 0..5 {
            assert!(
                close(f64::from(u32::try_from(ours.counts[role]).unwrap()), values[1 + role]),
                "{values:?}"
            );
            assert!(close(ours.expected[role], values[6 + role]), "{values:?}");
            assert!(close(ours.scores[role].unwrap(), values[11 + role]), "{values:?}");
        }
    }
    let census = triad_census(&matrix);
    let mut seen = 0;
    for cell in lines.next().unwrap().split('\t').skip(1) {
        let (name, count) = cell.split_once('=').unwrap();
        let at = TRIADS.iter().position(|triad| *triad == name).unwrap();
        assert_eq!(census[at].to_string(), count, "{name}");
        seen += 1;
    }
    assert_eq!(seen, 16);
}

/// Tribes of the Gahuku-Gama in the highlands of New Guinea (Read 1954), numbered as in Hage and Harary (1983): friends (rova) …
const FRIENDS: [(u32, u32); 29] = [
    (0, 1),
    (0, 14),
    (0, 15),
    (1, 14),
    (1, 15),
    (2, 3),
    (2, 5),
    (2, 6),
    (2, 7),
    (3, 7),
    (4, 6),
    (4, 8),
    (4, 13),
    (5, 6),
    (5, 7),
    (5, 10),
    (5, 11),
    (6, 7),
    (6, 10),
    (6, 11),
    (6, 12),
    (7, 10),
    (7, 11),
    (8, 9),
    (8, 12),
    (9, 12),
    (10, 11),
    (12, 13),
    (14, 15),
];

/// … and enemies (hina).
const ENEMIES: [(u32, u32); 29] = [
    (0, 2),
    (0, 3),
    (0, 4),
    (0, 5),
    (0, 11),
    (1, 2),
    (1, 4),
    (1, 5),
    (1, 8),
    (1, 9),
    (4, 14),
    (4, 15),
    (5, 8),
    (5, 12),
    (5, 15),
    (7, 13),
    (8, 10),
    (8, 14),
    (9, 10),
    (9, 14),
    (10, 12),
    (10, 14),
    (10, 15),
    (11, 13),
    (11, 14),
    (11, 15),
    (12, 14),
    (12, 15),
    (13, 15),
];

#[test]
fn the_tribes_of_read_are_as_balanced_as_is_published() {
    let signed =
        |ties: &[(u32, u32)], sign: f64| ties.iter().map(|(a, b)| (*a, *b, sign)).collect::<Vec<_>>();
    let arcs = [signed(&FRIENDS, 1.0), signed(&ENEMIES, -1.0)].concat();
    let matrix = Sociomatrix::from_arcs(16, &arcs, Direction::Ignored, true);
    // Aref and Wilson 2018 (doi.org/10.1093/comnet/cnx044): 59 of 68 triads are balanced, and the frustration index is 7.
    let triads = signed_triads(&matrix);
    assert_eq!(triads.by_hostile[0] + triads.by_hostile[2], 59);
    assert_eq!(triads.by_hostile.iter().sum::<u64>(), 68);
    let two = blocs(&matrix, 2, 1, 5);
    assert_eq!((two.frustration, two.at_least), (7, 7));
    // With blocs that may all be hostile to one another, three of them leave two frustrated ties, both of tribe 6, the Masilakidzuha,
    // friend of two blocs (Doreian and Mrvar 1996, doi.org/10.1016/0378-8733(95)00259-6).
    let any = blocs(&matrix, 16, 1, 5);
    assert_eq!((any.frustration, any.at_least), (2, 2));
    assert_eq!(any.partition.sizes().len(), 3);
    let of = |row: usize| any.partition.groups()[row];
    let frustrated: Vec<_> = FRIENDS.iter().filter(|(a, b)| of(*a as usize) != of(*b as usize)).collect();
    assert!(frustrated.len() == 2 && frustrated.iter().all(|(a, b)| *a == 6 || *b == 6), "{frustrated:?}");
}
