//! The words of sentences in the languages that sentences are told in.

use crate::report::lang::Lang;

/// Levels, trends, modes and roles: the code, and how a template takes it.
const CODES: &[(&str, [&str; 3])] = &[
    ("embassy", ["an embassy", "大使館", "大使馆"]),
    ("legation", ["a legation", "公使館", "公使馆"]),
    ("consulate-general", ["a consulate-general", "總領事館", "总领事馆"]),
    ("consulate", ["a consulate", "領事館", "领事馆"]),
    ("liaison", ["a liaison office", "聯絡處", "联络处"]),
    ("representative", ["a representative office", "代表處", "代表处"]),
    ("interests-section", ["an interests section", "利益代表處", "利益代表处"]),
    ("warm", ["warm", "友好", "友好"]),
    ("normal", ["normal", "正常", "正常"]),
    ("cool", ["cool", "冷淡", "冷淡"]),
    ("hostile", ["hostile", "敵對", "敌对"]),
    ("improving", ["improving", "好轉", "好转"]),
    ("declining", ["declining", "惡化", "恶化"]),
    ("continuation", ["continuation", "延續", "延续"]),
    ("succession", ["succession", "繼承", "继承"]),
    ("partial", ["partial succession", "部分繼承", "部分继承"]),
    ("secession", ["secession", "分離", "分离"]),
    ("merger", ["merger", "合併", "合并"]),
    ("head-of-state", ["the office of head of state", "國家元首", "国家元首"]),
    ("head-of-government", ["the office of head of government", "政府首腦", "政府首脑"]),
    ("foreign-minister", ["the office of foreign minister", "外交部長", "外交部长"]),
    ("ambassador", ["the office of ambassador", "大使", "大使"]),
    ("consul-general", ["the office of consul-general", "總領事", "总领事"]),
    ("party-leader", ["the office of party leader", "政黨領袖", "政党领袖"]),
];

/// A level, trend, mode or role in words; those that no list has are given as they are.
pub(super) fn code(lang: Lang, code: &str) -> String {
    match CODES.iter().find(|(known, _)| *known == code) {
        Some((_, texts)) => lang.of(*texts).to_owned(),
        None => code.replace('-', " "),
    }
}

/// An office by its own title.
pub(super) fn title(lang: Lang, title: &str) -> String {
    match lang {
        Lang::English => format!("the office of {title}"),
        Lang::Traditional | Lang::Simplified => title.to_owned(),
    }
}

/// A text with its place taken by another.
pub(super) fn fill(lang: Lang, texts: [&str; 3], with: &str) -> String {
    lang.of(texts).replace("{}", with)
}

/// Units that Chinese has its own words for.
const UNITS: &[(&str, [&str; 2])] = &[
    ("persons", ["人", "人"]),
    ("horses", ["匹馬", "匹马"]),
    ("USD", ["美元", "美元"]),
    ("days", ["天", "天"]),
    ("day", ["日", "日"]),
    ("month", ["月", "月"]),
    ("year", ["年", "年"]),
    ("square kilometres", ["平方公里", "平方公里"]),
];

/// The word for a unit where it is not the one that is written.
pub(super) fn unit(lang: Lang, unit: &str) -> Option<&'static str> {
    let (_, [traditional, simplified]) = UNITS.iter().find(|(known, _)| *known == unit)?;
    match lang {
        Lang::English => None,
        Lang::Traditional => Some(traditional),
        Lang::Simplified => Some(simplified),
    }
}
