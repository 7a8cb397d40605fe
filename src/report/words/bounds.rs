//! What a bound left unknown, in words.

use crate::{
    analysis::{
        connect::{Truncated, Unknown},
        meter::Bound,
    },
    report::lang::{Lang, say},
};

/// That a bound stopped the search, where, and what is not known therefore.
pub(in crate::report) fn truncated(lang: Lang, truncated: &Truncated) -> String {
    let bound = match truncated.bound {
        Bound::Steps => {
            ["after {0} steps (--steps {1})", "在{0}步後（--steps {1}）", "在{0}步后（--steps {1}）"]
        }
        Bound::Time => [
            "after {0} steps, when time was up (--seconds)",
            "在{0}步後時限已到（--seconds）",
            "在{0}步后时限已到（--seconds）",
        ],
    };
    let bound = say(lang, bound, &[&truncated.steps, &truncated.limit]);
    let unknown: Vec<&str> = truncated.unknown.iter().map(|unknown| part(lang, *unknown)).collect();
    say(
        lang,
        [
            "The search was stopped {0}. Not known, or not wholly: {1}. What is said holds all the same.",
            "查找{0}中止。未知或未盡知：{1}。其餘所述仍然成立。",
            "查找{0}中止。未知或未尽知：{1}。其余所述仍然成立。",
        ],
        &[&bound, &unknown.join(lang.of([", ", "、", "、"]))],
    )
}

fn part(lang: Lang, unknown: Unknown) -> &'static str {
    lang.of(match unknown {
        Unknown::Distance => ["the distance", "距離", "距离"],
        Unknown::Routes => ["other routes", "其他路徑", "其他路径"],
        Unknown::Flow => ["the flow", "流量", "流量"],
        Unknown::Connectors => ["other connectors", "其他中介", "其他中介"],
        Unknown::Disjoint => {
            ["how many routes share no connector", "沒有共同中介的路徑數", "没有共同中介的路径数"]
        }
        Unknown::DyadDisjoint => {
            ["how many routes share no dyad", "沒有共同一步的路徑數", "没有共同一步的路径数"]
        }
        Unknown::Reason => {
            ["what else would connect the two", "還有什麼能使兩者相連", "还有什么能使两者相连"]
        }
        Unknown::Tree => ["the tree", "所成的樹", "所成的树"],
    })
}

/// That fewer are shown than there are.
pub(in crate::report) fn budget(lang: Lang, shown: usize, all: usize, budget: usize) -> String {
    say(
        lang,
        [
            "{0} of {1} connectors are shown, the best first (--budget {2}).",
            "{1}個中介中列出最佳的{0}個（--budget {2}）。",
            "{1}个中介中列出最佳的{0}个（--budget {2}）。",
        ],
        &[&shown, &all, &budget],
    )
}
