//! What was asked and what was left out, in words.

use super::{channel, kind, status, ties};
use crate::{
    lens::{Direction, KindSelector, LeftOut, Lens, Narrowed, Omitted},
    model::Channel,
    report::lang::{Lang, say},
};

/// What was asked beside the defaults, in one line: `Lens: during 1960; certainly in force.` A verb that lists has all
/// channels by default.
pub(in crate::report) fn asked(lang: Lang, lens: &Lens, is_list: bool) -> Option<String> {
    let default = Lens::default();
    let mut parts = Vec::new();
    if lens.during != default.during {
        parts.push(say(lang, ["during {0}", "期間{0}", "期间{0}"], &[&lens.during]));
    }
    if lens.certainty != default.certainty {
        parts.push(lang.of(["certainly in force", "確定有效", "确定有效"]).to_owned());
    }
    let comma = lang.of([", ", "、", "、"]);
    let mut list = |what: [&str; 3], words: &[String]| {
        if !words.is_empty() {
            parts.push(lang.of(what).to_owned() + &words.join(comma));
        }
    };
    list(["relations ", "關係種類：", "关系种类："], &lens.relations);
    list(["no relations ", "不含關係種類：", "不含关系种类："], &lens.not_relations);
    if lens.channels.len() == Channel::ALL.len() {
        if !is_list {
            list(["all ", "所有", "所有"], &[lang.of(["channels", "渠道", "渠道"]).to_owned()]);
        }
    } else if lens.channels != default.channels {
        let channels: Vec<String> = lens.channels.iter().map(|of| channel(lang, *of).to_owned()).collect();
        list(["channels ", "渠道：", "渠道："], &channels);
    }
    let word = |selected: &KindSelector| match selected {
        KindSelector::Kind(of) => kind(lang, *of),
        KindSelector::Official => lang.of(["official", "官員", "官员"]),
    };
    let kinds: Vec<String> = lens.kinds.iter().map(|selected| word(selected).to_owned()).collect();
    list(["kinds ", "行為者類別：", "行为者类别："], &kinds);
    if lens.statuses != default.statuses {
        let statuses: Vec<String> = lens.statuses.iter().map(|of| status(lang, *of).to_owned()).collect();
        list(["statuses ", "說法：", "说法："], &statuses);
    }
    list(["avoiding ", "迴避：", "回避："], &lens.avoid);
    if lens.direction == Direction::Forward {
        let forward = [
            "from source to target, and either way where a relation is symmetric",
            "只順著由施及受的方向走，對稱的關係則兩個方向都可",
            "只顺着由施及受的方向走，对称的关系则两个方向都可",
        ];
        list(["", "", ""], &[lang.of(forward).to_owned()]);
    }
    let told = parts.join(lang.of(["; ", "；", "；"]));
    (!parts.is_empty()).then(|| say(lang, ["Lens: {0}.", "篩選條件：{0}。", "筛选条件：{0}。"], &[&told]))
}

/// What defaults left out, in one line.
pub(in crate::report) fn left_out(lang: Lang, left_out: &[LeftOut]) -> Option<String> {
    let part = |left: &LeftOut| {
        let verb = match left.what {
            Omitted::Status(status) if LeftOut::is_only_listed(status) => ["lists such", "可列出", "可列出"],
            Omitted::Possible | Omitted::Channel(_) | Omitted::Status(_) => {
                ["brings in such", "可納入", "可纳入"]
            }
        };
        let what = match left.what {
            Omitted::Possible => {
                lang.of(["possible, not certain", "只是可能、並不確定", "只是可能、并不确定"]).to_owned()
            }
            Omitted::Channel(of) => {
                say(lang, ["channel {0}", "「{0}」渠道", "“{0}”渠道"], &[&channel(lang, of)])
            }
            Omitted::Status(of) => {
                say(lang, ["status {0}", "「{0}」的說法", "“{0}”的说法"], &[&status(lang, of)])
            }
        };
        let option = match (left.what, lang) {
            (Omitted::Possible, Lang::Traditional | Lang::Simplified) => "不用 --certain",
            _ => &left.option,
        };
        let (count, verb) = (ties(lang, left.tie_count), lang.of(verb));
        say(
            lang,
            ["{0} ({1}; {2} {3})", "{0}（{1}；{2} {3}）", "{0}（{1}；{2} {3}）"],
            &[&what, &count, &option, &verb],
        )
    };
    let parts: Vec<String> = left_out.iter().map(part).collect();
    let told = parts.join(lang.of([", ", "、", "、"]));
    (!parts.is_empty()).then(|| say(lang, ["Left out: {0}.", "未計入：{0}。", "未计入：{0}。"], &[&told]))
}

/// What an option left out, in one line.
pub(in crate::report) fn narrowed(lang: Lang, narrowed: &Narrowed) -> String {
    let actors = match (lang, narrowed.actor_count) {
        (_, None) => String::new(),
        (Lang::English, Some(1)) => "1 actor, with ".to_owned(),
        (_, Some(count)) => say(lang, ["{0} actors, with ", "{0}個行為者及其", "{0}个行为者及其"], &[&count]),
    };
    let ties = ties(lang, narrowed.tie_count);
    say(
        lang,
        ["{0} leaves out {1}{2}.", "{0} 排除了{1}{2}。", "{0} 排除了{1}{2}。"],
        &[&narrowed.option, &actors, &ties],
    )
}
