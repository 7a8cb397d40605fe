//! Why there is no route, and what to do next, in words.

use super::hops;
use crate::{
    analysis::connect::{Part, Reason},
    report::lang::{Lang, say},
};

/// What to do to drop a part of the lens.
fn part(lang: Lang, part: Part) -> &'static str {
    let [traditional, simplified] = match part {
        Part::During => [
            "不限日期（不用 --during、--as-of、--before、--after）",
            "不限日期（不用 --during、--as-of、--before、--after）",
        ],
        Part::Channel => ["循所有渠道（--channel all）", "循所有渠道（--channel all）"],
        Part::Relation => ["不限關係種類（不用 --relation）", "不限关系种类（不用 --relation）"],
        Part::NotRelation => {
            ["不排除任何關係種類（不用 --not-relation）", "不排除任何关系种类（不用 --not-relation）"]
        }
        Part::Kind => ["不限行為者類別（不用 --kind）", "不限行为者类别（不用 --kind）"],
        Part::Status => [
            "推測的說法也計入（--status asserted,alleged,disputed,hypothetical）",
            "推测的说法也计入（--status asserted,alleged,disputed,hypothetical）",
        ],
        Part::Avoid => ["不迴避任何行為者（不用 --avoid）", "不回避任何行为者（不用 --avoid）"],
        Part::Polarity => [
            "友好、中性、敵對的關係一併計入（不用 --polarity）",
            "友好、中性、敌对的关系一并计入（不用 --polarity）",
        ],
        Part::Reference => ["採信所有資料來源（不用 --reference）", "采信所有资料来源（不用 --reference）"],
        Part::MinCount => {
            ["報道較少的關係也計入（不用 --min-count）", "报道较少的关系也计入（不用 --min-count）"]
        }
        Part::Direction => [
            "關係不論方向都可走（不用 --direction forward）",
            "关系不论方向都可走（不用 --direction forward）",
        ],
        Part::MaxDegree => {
            ["可以經過鄰居眾多的行為者（不用 --max-degree）", "可以经过邻居众多的行为者（不用 --max-degree）"]
        }
    };
    lang.of([part.remedy(), traditional, simplified])
}

/// Why no route joins two actors, besides their direct ties where there are any.
pub(in crate::report) fn no_route(
    lang: Lang,
    (a, b): (&str, &str),
    has_direct: bool,
    reason: Option<&Reason>,
) -> String {
    let besides = lang.of(if has_direct {
        ["No route joins them besides", "除此之外，沒有路徑連接兩者", "除此之外，没有路径连接两者"]
    } else {
        ["No route joins them", "沒有路徑連接兩者", "没有路径连接两者"]
    });
    match reason {
        None => say(lang, ["{0}.", "{0}。", "{0}。"], &[&besides]),
        Some(Reason::SameActor) => lang
            .of([
                "Both names mean the same actor; ask about two different ones.",
                "兩個名稱指同一行為者；請查詢兩個不同的行為者。",
                "两个名称指同一行为者；请查询两个不同的行为者。",
            ])
            .to_owned(),
        Some(Reason::Filtered { parts }) => {
            let ways: Vec<String> = parts
                .iter()
                .map(|filtered| {
                    let and = filtered.and.map_or_else(String::new, |and| {
                        say(lang, [" and {0}", "，並且{0}", "，并且{0}"], &[&part(lang, and)])
                    });
                    say(
                        lang,
                        ["{0}{1}: then they are {2} apart", "{0}{1}：兩者便相距{2}", "{0}{1}：两者便相距{2}"],
                        &[&part(lang, filtered.part), &and, &hops(lang, filtered.distance)],
                    )
                })
                .collect();
            say(
                lang,
                [
                    "{0} through this lens. What would: {1}.",
                    "在此篩選條件下，{0}。可以：{1}。",
                    "在此筛选条件下，{0}。可以：{1}。",
                ],
                &[&besides, &ways.join(lang.of(["; ", "；", "；"]))],
            )
        }
        Some(Reason::NotYet { first_day, from }) => {
            let period = from.map_or_else(|| "..".to_owned(), |from| from.to_string());
            say(
                lang,
                [
                    "{0} yet: the first day on which they may be connected is {1}. Ask with a period that holds it (--during {2}/{1}).",
                    "{0}：最早要到{1}才可能相連。請查詢包含該日的期間（--during {2}/{1}）。",
                    "{0}：最早要到{1}才可能相连。请查询包含该日的期间（--during {2}/{1}）。",
                ],
                &[&besides, first_day, &period],
            )
        }
        Some(Reason::PossiblyOnly { hops }) => {
            let hops: Vec<String> = hops.iter().map(|(a, b)| format!("{a} — {b}")).collect();
            say(
                lang,
                [
                    "{0} for certain; possibly one does (in doubt: {1}). Ask without --certain.",
                    "{0}可以確定；可能的路徑則有（存疑：{1}）。請不用 --certain 再查。",
                    "{0}可以确定；可能的路径则有（存疑：{1}）。请不用 --certain 再查。",
                ],
                &[&besides, &hops.join(lang.of([", ", "、", "、"]))],
            )
        }
        Some(Reason::TooLong { distance }) => say(
            lang,
            [
                "{0} in so few hops: the shortest route has {1}. Ask with --max-hops {2} or more.",
                "步數限制之內，{0}：最短的路徑有{1}。請用 --max-hops {2} 或更多。",
                "步数限制之内，{0}：最短的路径有{1}。请用 --max-hops {2} 或更多。",
            ],
            &[&besides, &hops(lang, *distance), distance],
        ),
        Some(Reason::Truncated { at_least: Some(at_least) }) => say(
            lang,
            [
                "Whether a route joins them besides is not known: the search was stopped. Any has at least {0}.",
                "是否另有路徑連接兩者，尚不得知：查找已中止。任何路徑至少有{0}。",
                "是否另有路径连接两者，尚不得知：查找已中止。任何路径至少有{0}。",
            ],
            &[&hops(lang, *at_least)],
        ),
        Some(Reason::Truncated { at_least: None }) => say(
            lang,
            [
                "{0} through this lens. The search for what would was stopped.",
                "在此篩選條件下，{0}。查找原因已中止。",
                "在此筛选条件下，{0}。查找原因已中止。",
            ],
            &[&besides],
        ),
        Some(Reason::Disconnected { a_component, b_component }) => say(
            lang,
            [
                "{0}: {1} can reach {2} actors, {3} can reach {4}, and no chain of ties that passes this lens crosses over. \
                 `chancery ego` lists whom each is tied to.",
                "{0}：{1}可達{2}個行為者，{3}可達{4}個，篩選條件下沒有一串關係能跨越其間。`chancery ego` 可列出各自的關係。",
                "{0}：{1}可达{2}个行为者，{3}可达{4}个，筛选条件下没有一串关系能跨越其间。`chancery ego` 可列出各自的关系。",
            ],
            &[&besides, &a, &a_component.saturating_sub(1), &b, &b_component.saturating_sub(1)],
        ),
    }
}
