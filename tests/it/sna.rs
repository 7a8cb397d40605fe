//! Brokerage and centrality against the package sna of R, by fixtures that its script made.

use std::fs;

use chancery::{
    analysis::{Convention, Direction, Measure, Partition, Sociomatrix, brokerage, scores},
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
