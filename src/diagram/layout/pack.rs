//! Puts the blocks of a picture on one sheet.

use super::{Arrangement, Placement, Plan, circular, layered, route, stress};

/// Between blocks.
const GAP: f64 = 34.0;
/// Width to height of the sheet that is aimed at.
const ASPECT: f64 = 1.5;

/// Places everything in a plan.
pub(in crate::diagram) fn place(plan: &Plan) -> Placement {
    match &plan.arrangement {
        Arrangement::Oval(order) => return circular::place(plan, order),
        Arrangement::Given(points) => return stress::given(plan, points),
        Arrangement::Columns | Arrangement::Free => {}
    }
    let blocks: Vec<Placement> = plan
        .groups
        .iter()
        .map(|group| {
            if plan.is_free() {
                stress::block(plan, group)
            } else {
                route::block(plan, group, &layered::heights(plan, group))
            }
        })
        .collect();
    let area: f64 = blocks.iter().map(|block| (block.width + GAP) * (block.height + GAP)).sum();
    let widest = blocks.iter().map(|block| block.width).fold(0.0, f64::max);
    let limit = widest.max((area * ASPECT).sqrt());
    let mut sheet = Placement {
        nodes: vec![super::Rect::default(); plan.nodes.len()],
        routes: vec![super::Route::default(); plan.edges.len()],
        ..Placement::default()
    };
    let (mut x, mut y, mut shelf) = (0.0, 0.0, 0.0_f64);
    for (group, mut block) in plan.groups.iter().zip(blocks) {
        if x > 0.0 && x + block.width > limit {
            (x, y, shelf) = (0.0, y + shelf + GAP, 0.0);
        }
        for &node in group {
            sheet.nodes[node] = block.nodes[node].moved(x, y);
        }
        for (edge, joint) in plan.edges.iter().enumerate() {
            if group.binary_search(&joint.source).is_ok() {
                sheet.routes[edge] = std::mem::take(&mut block.routes[edge]).moved(x, y);
            }
        }
        shelf = shelf.max(block.height);
        sheet.width = sheet.width.max(x + block.width);
        sheet.height = sheet.height.max(y + block.height);
        x += block.width + GAP;
    }
    sheet
}
