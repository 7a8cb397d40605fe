//! Heavy-tailed graphs of a size that no public data of diplomacy has, always the same.
//!
//! # References
//! Chung, F., Lu, L. (2002). Connected components in random graphs with given expected degree sequences. Annals of
//! Combinatorics 6, 125–145. DOI 10.1007/PL00012580.

use std::{fmt::Write, sync::Arc};

use chancery::{
    dataset::{ActorRow, Builder, ClaimRow, Dataset, Origin, Sink, SourceFile, TieRow, content_hash},
    date::{Dating, Status},
};

use crate::draw::Draw;

/// The relations of made ties.
const RELATIONS: [&str; 20] = [
    "visit",
    "host",
    "meeting",
    "consultation",
    "negotiation",
    "mediation",
    "signature",
    "agreement",
    "statement",
    "praise",
    "accusation",
    "protest",
    "economic-aid",
    "humanitarian-aid",
    "military-aid",
    "economic-cooperation",
    "shipment",
    "sanction",
    "attack",
    "clash",
];

/// Degrees fall off by this power.
const EXPONENT: f64 = 2.3;

/// A number from 0 to 1.
#[expect(clippy::cast_precision_loss, reason = "31 bits are enough to draw with")]
fn share(draw: &mut Draw) -> f64 {
    draw.below(1 << 31) as f64 / (1_u64 << 31) as f64
}

/// A tie: its ends, its relation, its year, month and day.
pub(crate) type Made = (u64, u64, &'static str, (u64, u64, u64));

/// So many ties among so many actors, both ends drawn by their expected degree, which falls off by the power
/// [`EXPONENT`]; days from 1945 to 2025 are all as likely.
pub(crate) fn chung_lu(actor_count: u64, tie_count: usize) -> impl Iterator<Item = Made> {
    // The expected degree of the i-th actor is proportional to (i + 1)^(−1 ∕ (γ − 1)); its sum over the first i is inverted.
    let power = 1.0 - 1.0 / (EXPONENT - 1.0);
    #[expect(clippy::cast_precision_loss, reason = "there are far fewer actors than 2^53")]
    let all = (actor_count as f64 + 1.0).powf(power) - 1.0;
    let mut draw = Draw::new(23);
    (0..tie_count).map(move |_| {
        let mut end = || {
            let at = (share(&mut draw) * all + 1.0).powf(1.0 / power) - 1.0;
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "it is below the count of actors"
            )]
            let place = (at as u64).min(actor_count - 1);
            // Actors of high degree do not stand side by side.
            place * 2_654_435_761 % actor_count
        };
        let (a, b) = (end(), end());
        let relation = RELATIONS[usize::try_from(draw.below(20)).unwrap_or_default()];
        (a, b, relation, (1945 + draw.below(81), 1 + draw.below(12), 1 + draw.below(28)))
    })
}

/// The dataset of made ties.
pub(crate) fn dataset(actor_count: u64, ties: impl Iterator<Item = Made>) -> Dataset {
    let mut text = String::new();
    for (a, b, relation, (year, month, day)) in ties {
        // A tie to oneself joins nobody to another.
        if a != b {
            writeln!(text, "n{a:07}\tn{b:07}\t{relation}\t{year}-{month:02}-{day:02}")
                .expect("a string takes it");
        }
    }
    let text: Arc<String> = text.into();
    let mut builder = Builder::default();
    let file = builder.file(SourceFile::new("made.tsv", text.clone()));
    for at in 0..actor_count {
        let id = format!("n{at:07}");
        let row = ActorRow { id: &id, content: content_hash(&id), ..ActorRow::default() };
        builder.actor(row, Origin::of(file, &text, &text[..0]));
    }
    for line in text.lines() {
        let fields: Vec<&str> = line.split('\t').collect();
        let dating = Dating::new(fields[3].parse().ok(), None, None, None).expect("a date alone is sound");
        let claims = vec![ClaimRow { dating: &dating, status: Status::Asserted, cites: &[] }];
        let row = TieRow::plain(fields[0], fields[1], fields[2], claims, content_hash(&line));
        builder.tie(row, Origin::of(file, &text, line));
    }
    builder.finish().0
}
