//! What the answers say in their pictures: titles and captions, in the languages of pictures.

use crate::{
    analysis::Measure,
    date::{Certainty, Status},
    diagram::Language,
};

/// The title of a picture of one actor's ties.
pub(super) fn tied_to(language: Language, name: &str) -> String {
    match language {
        Language::English => format!("Who is tied to {name}"),
        Language::TraditionalChinese => format!("與{name}有聯繫者"),
        Language::SimplifiedChinese => format!("与{name}有联系者"),
        Language::Korean => format!("{name}: 연결된 행위자"),
    }
}

/// The title of a picture of a ranking.
pub(super) fn ranked_by(language: Language, measure: Measure) -> String {
    let name = measure_name(language, measure);
    match language {
        Language::English => format!("Actors by {name}"),
        Language::TraditionalChinese => format!("行為者排名：{name}"),
        Language::SimplifiedChinese => format!("行为者排名：{name}"),
        Language::Korean => format!("행위자 순위: {name}"),
    }
}

/// The title of a picture of a measure period by period.
pub(super) fn ranked_over_time(language: Language, measure: Measure) -> String {
    let name = measure_name(language, measure);
    match language {
        Language::English => format!("Actors by {name}, over time"),
        Language::TraditionalChinese => format!("行為者歷時變化：{name}"),
        Language::SimplifiedChinese => format!("行为者历时变化：{name}"),
        Language::Korean => format!("행위자의 시기별 변화: {name}"),
    }
}

/// Up to which day nothing is drawn, since there is nothing.
pub(super) fn empty_until(language: Language, day: &str) -> String {
    match language {
        Language::English => format!("Nothing up to {day}; these periods are not drawn."),
        Language::TraditionalChinese => format!("{day} 以前均無，相應時段未畫出。"),
        Language::SimplifiedChinese => format!("{day} 以前均无，相应时段未画出。"),
        Language::Korean => format!("{day}까지는 아무것도 없어 그리지 않음."),
    }
}

/// The title of a network drawn period by period.
pub(super) fn by_period(language: Language) -> &'static str {
    language.pick([
        "Who is tied to whom, period by period",
        "各時段的關係網絡",
        "各时段的关系网络",
        "시기별 관계망",
    ])
}

/// What part of a network's actors stands in its panels.
pub(super) fn busiest_drawn(language: Language, drawn: usize, all: usize) -> String {
    match language {
        Language::English => {
            format!("{drawn} of {all} actors are drawn: those with most pairs over all periods.")
        }
        Language::TraditionalChinese => format!("{all} 個行為者中畫出各時段關係對數最多的 {drawn} 個。"),
        Language::SimplifiedChinese => format!("{all} 个行为者中画出各时段关系对数最多的 {drawn} 个。"),
        Language::Korean => format!("행위자 {all} 중 기간 전체에서 짝이 가장 많은 {drawn}만 그림."),
    }
}

/// What part of the periods is drawn.
pub(super) fn periods_drawn(language: Language, drawn: usize, all: usize) -> String {
    match language {
        Language::English => {
            format!("{drawn} of {all} periods are drawn; take longer ones, or narrow --during.")
        }
        Language::TraditionalChinese => format!("{all} 個時段中畫出 {drawn} 個。"),
        Language::SimplifiedChinese => format!("{all} 个时段中画出 {drawn} 个。"),
        Language::Korean => format!("기간 {all} 중 {drawn}만 그림."),
    }
}

/// How many pairs have nothing to draw.
pub(super) fn pairs_without(language: Language, count: usize) -> String {
    match (language, count) {
        (Language::English, 1) => "1 pair of which there is nothing is not drawn.".to_owned(),
        (Language::English, _) => format!("{count} pairs of which there is nothing are not drawn."),
        (Language::TraditionalChinese, _) => format!("{count} 對全無數值，未畫出。"),
        (Language::SimplifiedChinese, _) => format!("{count} 对全无数值，未画出。"),
        (Language::Korean, _) => format!("값이 없는 {count}쌍은 그리지 않음."),
    }
}

/// The title of a picture of pairs by periods.
pub(super) fn pairs_over_time(language: Language, measure: &str) -> String {
    match language {
        Language::English => format!("Pairs by period: {measure}"),
        Language::TraditionalChinese => format!("各時段的雙邊關係：{measure}"),
        Language::SimplifiedChinese => format!("各时段的双边关系：{measure}"),
        Language::Korean => format!("시기별 양자 관계: {measure}"),
    }
}

/// The title of a picture of one actor's pairs by periods.
pub(super) fn partners_over_time(language: Language, name: &str, measure: &str) -> String {
    match language {
        Language::English => format!("{name} and others by period: {measure}"),
        Language::TraditionalChinese => format!("{name}與各方在各時段的關係：{measure}"),
        Language::SimplifiedChinese => format!("{name}与各方在各时段的关系：{measure}"),
        Language::Korean => format!("{name}의 시기별 양자 관계: {measure}"),
    }
}

/// What part of the connectors is drawn.
pub(super) fn connectors_drawn(language: Language, drawn: usize, all: usize) -> String {
    match language {
        Language::English => format!("{drawn} of {all} connectors drawn; the answer lists all."),
        Language::TraditionalChinese => format!("{all} 個中介中畫出 {drawn} 個；答案列出全部。"),
        Language::SimplifiedChinese => format!("{all} 个中介中画出 {drawn} 个；答案列出全部。"),
        Language::Korean => format!("연결자 {all} 중 {drawn}만 그림. 답변에는 모두 있음."),
    }
}

/// What part of the actors between two is drawn.
pub(super) fn between_drawn(language: Language, drawn: usize, all: usize) -> String {
    match language {
        Language::English => format!("{drawn} of {all} actors between the two drawn."),
        Language::TraditionalChinese => format!("兩者之間的 {all} 個行為者中畫出 {drawn} 個。"),
        Language::SimplifiedChinese => format!("两者之间的 {all} 个行为者中画出 {drawn} 个。"),
        Language::Korean => format!("둘 사이의 행위자 {all} 중 {drawn}만 그림."),
    }
}

/// What part of an actor's neighbours is drawn.
pub(super) fn alters_drawn(language: Language, drawn: usize, all: usize) -> String {
    match language {
        Language::English => format!("{drawn} of {all} actors are drawn: those with most happenings."),
        Language::TraditionalChinese => format!("{all} 個行為者中畫出事件最多的 {drawn} 個。"),
        Language::SimplifiedChinese => format!("{all} 个行为者中画出事件最多的 {drawn} 个。"),
        Language::Korean => format!("행위자 {all} 중 사건이 가장 많은 {drawn}만 그림."),
    }
}

/// What part of a ranking is drawn.
pub(super) fn first_drawn(language: Language, drawn: usize, all: usize) -> String {
    match language {
        Language::English => format!("The first {drawn} of {all} actors are drawn."),
        Language::TraditionalChinese => format!("畫出 {all} 個行為者中的前 {drawn} 名。"),
        Language::SimplifiedChinese => format!("画出 {all} 个行为者中的前 {drawn} 名。"),
        Language::Korean => format!("행위자 {all} 중 앞의 {drawn}만 그림."),
    }
}

/// How many actors a picture of a whole network leaves out.
pub(super) fn untied(language: Language, count: usize) -> String {
    match (language, count) {
        (Language::English, 1) => "1 actor without ties is left out.".to_owned(),
        (Language::English, _) => format!("{count} actors without ties are left out."),
        (Language::TraditionalChinese, _) => format!("沒有關係的 {count} 個行為者未列入。"),
        (Language::SimplifiedChinese, _) => format!("没有关系的 {count} 个行为者未列入。"),
        (Language::Korean, _) => format!("관계가 없는 행위자 {count}은 뺌."),
    }
}

/// How many ties a timeline cannot place.
pub(super) fn undated(language: Language, count: usize) -> String {
    match (language, count) {
        (Language::English, 1) => "1 tie without a date is not drawn.".to_owned(),
        (Language::English, _) => format!("{count} ties without a date are not drawn."),
        (Language::TraditionalChinese, _) => format!("{count} 條未記日期的關係未畫出。"),
        (Language::SimplifiedChinese, _) => format!("{count} 条未记日期的关系未画出。"),
        (Language::Korean, _) => format!("날짜 없는 관계 {count}건은 그리지 않음."),
    }
}

/// How many ties share a lane.
pub(super) fn ties(language: Language, count: usize) -> String {
    match language {
        Language::English => format!("{count} ties"),
        Language::TraditionalChinese => format!("{count} 條"),
        Language::SimplifiedChinese => format!("{count} 条"),
        Language::Korean => format!("{count}건"),
    }
}

/// Of what dataset a picture is made.
pub(super) fn dataset(language: Language) -> &'static str {
    language.pick(["dataset", "資料集", "数据集", "데이터셋"])
}

/// The doubt of a tie, empty where there is none.
pub(super) fn doubt(language: Language, status: Status, certainty: Certainty) -> &'static str {
    language.pick(match (status, certainty) {
        (Status::Asserted, Certainty::Certainly) => ["", "", "", ""],
        (Status::Asserted, Certainty::Possibly) => ["possibly", "可能", "可能", "가능"],
        (Status::Asserted, Certainty::No) => ["no", "否", "否", "아님"],
        (Status::Alleged, _) => ["alleged", "據稱", "据称", "주장"],
        (Status::Disputed, _) => ["disputed", "有爭議", "有争议", "논쟁"],
        (Status::Hypothetical, _) => ["hypothetical", "假設", "假设", "가정"],
        (Status::Refuted, _) => ["refuted", "已被否定", "已被否定", "부정됨"],
        (Status::Absent, _) => ["absent", "記載為無", "记载为无", "없다고 기록됨"],
    })
}

/// A date as written, with our own word in it in the language of a picture.
pub(super) fn date(language: Language, when: &str) -> String {
    when.replace("attested", language.pick(["attested", "見於", "见于", "확인"]))
}

/// What a measure is called; by its id in English, as in the options.
pub(super) fn measure_name(language: Language, measure: Measure) -> &'static str {
    language.pick(match measure {
        Measure::Degree => ["degree", "度數", "度数", "연결 정도"],
        Measure::InDegree => ["in-degree", "入度", "入度", "내향 연결 정도"],
        Measure::OutDegree => ["out-degree", "出度", "出度", "외향 연결 정도"],
        Measure::Strength => ["strength", "強度", "强度", "강도"],
        Measure::InStrength => ["in-strength", "入強度", "入强度", "내향 강도"],
        Measure::OutStrength => ["out-strength", "出強度", "出强度", "외향 강도"],
        Measure::Betweenness => ["betweenness", "中介中心性", "中介中心性", "매개 중심성"],
        Measure::Closeness => ["closeness", "接近中心性", "接近中心性", "근접 중심성"],
        Measure::Harmonic => ["harmonic", "調和中心性", "调和中心性", "조화 중심성"],
        Measure::Eigenvector => ["eigenvector", "特徵向量中心性", "特征向量中心性", "고유벡터 중심성"],
        Measure::PageRank => ["pagerank", "PageRank", "PageRank", "PageRank"],
        Measure::HitsHubs => ["hits-hubs", "HITS 樞紐值", "HITS 枢纽值", "HITS 허브"],
        Measure::HitsAuthorities => ["hits-authorities", "HITS 權威值", "HITS 权威值", "HITS 권위"],
        Measure::Katz => ["katz", "Katz 中心性", "Katz 中心性", "Katz 중심성"],
        Measure::CurrentFlowBetweenness => {
            ["current-flow-betweenness", "電流中介中心性", "电流中介中心性", "전류 매개 중심성"]
        }
        Measure::CurrentFlowCloseness => {
            ["current-flow-closeness", "電流接近中心性", "电流接近中心性", "전류 근접 중심성"]
        }
        Measure::Core => ["core", "核數", "核数", "코어"],
        Measure::Clustering => ["clustering", "聚集係數", "聚集系数", "군집 계수"],
        Measure::Constraint => ["constraint", "結構約束", "结构约束", "구조적 제약"],
        Measure::EffectiveSize => ["effective-size", "有效規模", "有效规模", "유효 규모"],
        Measure::Efficiency => ["efficiency", "效率", "效率", "효율"],
        Measure::TemporalCloseness => {
            ["temporal-closeness", "時序接近中心性", "时序接近中心性", "시간 근접 중심성"]
        }
        Measure::TemporalBetweenness => {
            ["temporal-betweenness", "時序中介中心性", "时序中介中心性", "시간 매개 중심성"]
        }
        Measure::Hierarchy => ["hierarchy", "約束等級度", "约束等级度", "위계"],
    })
}
