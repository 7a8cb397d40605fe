//! The few words a picture says of its own, in the languages of the vocabulary.

use super::look::{Shape, Tone};
use super::scene::{Doubt, Role};
use crate::model::{ActorKind, Polarity, counted};

/// A language that the legend can be written in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Language {
    /// English.
    #[default]
    English,
    /// Chinese in traditional characters.
    TraditionalChinese,
    /// Chinese in simplified characters.
    SimplifiedChinese,
    /// Korean.
    Korean,
}

impl Language {
    /// The language for a BCP 47 tag, English where we have no words.
    pub fn from_tag(tag: &str) -> Self {
        let tag = tag.to_ascii_lowercase();
        let mut parts = tag.split(['-', '_']);
        match parts.next() {
            Some("ko") => Self::Korean,
            Some("zh") if parts.any(|part| matches!(part, "hant" | "tw" | "hk" | "mo")) => {
                Self::TraditionalChinese
            }
            Some("zh") => Self::SimplifiedChinese,
            _ => Self::English,
        }
    }

    /// The BCP 47 tag.
    pub fn tag(self) -> &'static str {
        self.pick(["en", "zh-Hant", "zh-Hans", "ko"])
    }

    /// One of four texts: English, Traditional Chinese, Simplified Chinese, Korean.
    pub fn pick<T: Copy>(self, texts: [T; 4]) -> T {
        match self {
            Self::English => texts[0],
            Self::TraditionalChinese => texts[1],
            Self::SimplifiedChinese => texts[2],
            Self::Korean => texts[3],
        }
    }

    /// The line that stands for the ties an edge does not write out.
    pub(super) fn more(self, count: usize) -> String {
        match self {
            Self::English => format!("+{count} more"),
            Self::TraditionalChinese => format!("另有 {count} 條"),
            Self::SimplifiedChinese => format!("另有 {count} 条"),
            Self::Korean => format!("외 {count}건"),
        }
    }

    /// The caption of a picture without labels.
    pub(super) fn labels_hidden(self) -> &'static str {
        self.pick([
            "Ties are not written out: a number on a line counts them where there are several and room for it.",
            "關係不逐條標註：線上的數字是該線所含關係的條數（多於一條且有空位時）。",
            "关系不逐条标注：线上的数字是该线所含关系的条数（多于一条且有空位时）。",
            "관계의 설명을 생략함: 선 위의 숫자는 둘 이상이고 자리가 있을 때 그 선에 담긴 관계의 수이다.",
        ])
    }

    /// Under a chart whose lines have breaks.
    pub(super) fn broken_lines(self) -> &'static str {
        self.pick([
            "A line is broken where its actor has no score.",
            "折線中斷處，該行為者沒有得分。",
            "折线中断处，该行为者没有得分。",
            "선이 끊긴 곳은 해당 행위자의 값이 없는 기간이다.",
        ])
    }

    /// Under a chart that has not all lines.
    pub(super) fn lines_cut(self, drawn: usize, all: usize) -> String {
        match self {
            Self::English => format!("{drawn} of {all} actors drawn."),
            Self::TraditionalChinese => format!("{all} 個行為者中畫出 {drawn} 個。"),
            Self::SimplifiedChinese => format!("{all} 个行为者中画出 {drawn} 个。"),
            Self::Korean => format!("행위자 {all} 중 {drawn}만 그림."),
        }
    }

    /// Under a chart that has not all rows.
    pub(super) fn rows_cut(self, drawn: usize, all: usize) -> String {
        match self {
            Self::English => format!("{drawn} of {all} pairs drawn: those with most."),
            Self::TraditionalChinese => format!("{all} 對中畫出最多的 {drawn} 對。"),
            Self::SimplifiedChinese => format!("{all} 对中画出最多的 {drawn} 对。"),
            Self::Korean => format!("{all}쌍 중 가장 많은 {drawn}쌍만 그림."),
        }
    }

    /// Cells nothing of which is certain.
    pub(super) fn possible_only(self) -> &'static str {
        self.pick(["possibly only", "僅為可能", "仅为可能", "가능성만 있음"])
    }

    /// Cells without a value: observed as nothing, not on record, not in the system.
    pub(super) fn unknown_words(self) -> [&'static str; 3] {
        self.pick([
            ["none, and observed", "none on record", "did not exist together"],
            ["經查證為無", "無記載", "並非同時存在"],
            ["经查证为无", "无记载", "并非同时存在"],
            ["없음(관찰됨)", "기록 없음", "동시에 존재하지 않음"],
        ])
    }

    /// Names of actors that have no tie in a panel.
    pub(super) fn untied(self) -> &'static str {
        self.pick(["no tie in the period", "該時段無關係", "该时段无关系", "해당 기간에 관계 없음"])
    }

    /// Beside the name of a panel: how much is drawn in it.
    pub(super) fn dyads_and_ties(self, dyads: usize, ties: usize) -> String {
        let s = |count: usize| if count == 1 { "" } else { "s" };
        match self {
            Self::English => format!("{dyads} pair{}, {ties} tie{}", s(dyads), s(ties)),
            Self::TraditionalChinese => format!("{dyads} 對，{ties} 條關係"),
            Self::SimplifiedChinese => format!("{dyads} 对，{ties} 条关系"),
            Self::Korean => format!("{dyads}쌍, 관계 {ties}"),
        }
    }

    /// Under panels that are not all.
    pub(super) fn periods_cut(self, drawn: usize, all: usize) -> String {
        match self {
            Self::English => format!("The first {drawn} of {all} periods are drawn."),
            Self::TraditionalChinese => format!("畫出 {all} 個時段中的前 {drawn} 個。"),
            Self::SimplifiedChinese => format!("画出 {all} 个时段中的前 {drawn} 个。"),
            Self::Korean => format!("기간 {all} 중 앞의 {drawn}만 그림."),
        }
    }

    /// What a screen reader says first of a chart.
    pub(super) fn over_periods(self, rows: usize, periods: usize) -> String {
        match self {
            Self::English => format!("{} over {}", counted(rows, "row"), counted(periods, "period")),
            Self::TraditionalChinese => format!("{rows} 行，{periods} 個時段"),
            Self::SimplifiedChinese => format!("{rows} 行，{periods} 个时段"),
            Self::Korean => format!("{rows}행, 기간 {periods}"),
        }
    }

    /// What a screen reader says first: how much is drawn.
    pub(super) fn counts(self, actors: usize, ties: usize) -> String {
        match self {
            Self::English => format!("{actors} actors, {ties} ties"),
            Self::TraditionalChinese => format!("{actors} 個行為者，{ties} 條關係"),
            Self::SimplifiedChinese => format!("{actors} 个行为者，{ties} 条关系"),
            Self::Korean => format!("행위자 {actors}, 관계 {ties}"),
        }
    }

    pub(super) fn over_time(self, ties: usize) -> String {
        match self {
            Self::English => format!("{ties} ties over time."),
            Self::TraditionalChinese => format!("{ties} 條關係，按時間排列。"),
            Self::SimplifiedChinese => format!("{ties} 条关系，按时间排列。"),
            Self::Korean => format!("시간순 관계 {ties}건."),
        }
    }

    /// How many actors of a crowd have their names written.
    pub(super) fn named(self, named: usize, all: usize) -> String {
        match self {
            Self::English => format!(
                "{named} of {all} names are written: of those with most neighbours, where they find room."
            ),
            Self::TraditionalChinese => format!("{all} 個名稱中標出 {named} 個：鄰居最多且有空位者。"),
            Self::SimplifiedChinese => format!("{all} 个名称中标出 {named} 个：邻居最多且有空位者。"),
            Self::Korean => format!("이름 {all} 중 {named}만 표기: 이웃이 많고 자리가 있는 것."),
        }
    }

    pub(super) fn busy(self) -> &'static str {
        self.pick(["larger: more neighbours", "越大：鄰居越多", "越大：邻居越多", "클수록 이웃이 많음"])
    }

    /// How a matrix is read.
    pub(super) fn matrix(self) -> &'static str {
        self.pick([
            "the row acts on the column; darker and numbered: more ties; thick lines part blocs",
            "列為施動者，欄為受動者；色深與數字：關係較多；粗線分隔陣營",
            "行为施动者，列为受动者；色深与数字：关系较多；粗线分隔阵营",
            "행이 열에 행함. 진한 색과 숫자는 많은 관계, 굵은 선은 진영의 경계",
        ])
    }

    pub(super) fn legend(self) -> &'static str {
        self.pick(["Legend", "圖例", "图例", "범례"])
    }

    pub(super) fn sources(self) -> &'static str {
        self.pick(["Sources", "資料來源", "资料来源", "출처"])
    }

    pub(super) fn kind(self, kind: ActorKind) -> &'static str {
        self.pick(match kind {
            ActorKind::Country => ["country", "國家", "国家", "국가"],
            ActorKind::Territory => ["territory", "領地", "领地", "지역"],
            ActorKind::Institution => ["institution", "機構", "机构", "기관"],
            ActorKind::Person => ["person", "人物", "人物", "인물"],
            ActorKind::Group => ["group", "群體", "群体", "집단"],
            ActorKind::Place => ["place", "地點", "地点", "장소"],
            ActorKind::Event => ["event", "事件", "事件", "사건"],
            ActorKind::Treaty => ["treaty", "條約", "条约", "조약"],
            ActorKind::Bloc => ["bloc", "陣營", "阵营", "진영"],
            ActorKind::Object => ["object", "物件", "物件", "사물"],
        })
    }

    pub(super) fn role(self, role: Role) -> &'static str {
        self.pick(match role {
            Role::Terminal => ["asked about", "查詢對象", "查询对象", "질의 대상"],
            Role::Connector => {
                ["connector (third party)", "中介（第三方）", "中介（第三方）", "연결자(제3자)"]
            }
            Role::Agent => {
                ["one side’s own agent", "一方自身的機構或官員", "一方自身的机构或官员", "한쪽의 기관·관리"]
            }
            Role::Ranked => ["ranked actor", "列入排名者", "列入排名者", "순위에 든 행위자"],
            Role::Ordinary => ["other actor", "其他行為者", "其他行为者", "그 밖의 행위자"],
        })
    }

    pub(super) fn tone(self, tone: Tone) -> &'static str {
        self.pick(match tone {
            Tone::Friendly => ["friendly", "友好", "友好", "우호"],
            Tone::Neutral => ["neutral", "中性", "中性", "중립"],
            Tone::Hostile => ["hostile", "敵對", "敌对", "적대"],
            Tone::Mixed => ["friendly and hostile", "友好與敵對並存", "友好与敌对并存", "우호와 적대"],
        })
    }

    pub(super) fn sign(self, polarity: Polarity) -> &'static str {
        self.pick(match polarity {
            Polarity::Positive => ["friendly tie", "友好關係", "友好关系", "우호 관계"],
            Polarity::Neutral => ["neutral tie", "中性關係", "中性关系", "중립 관계"],
            Polarity::Negative => ["hostile tie", "敵對關係", "敌对关系", "적대 관계"],
        })
    }

    pub(super) fn doubt(self, doubt: Doubt) -> &'static str {
        self.pick(match doubt {
            Doubt::Asserted => ["asserted", "有據", "有据", "확인됨"],
            Doubt::Doubtful => ["doubtful", "存疑", "存疑", "의심스러움"],
            Doubt::Hypothetical => ["hypothetical", "假設", "假设", "가정"],
        })
    }

    pub(super) fn arrow(self) -> &'static str {
        self.pick(["who acts → on whom", "施動者 → 受動者", "施动者 → 受动者", "행위자 → 상대"])
    }

    pub(super) fn mutual(self) -> &'static str {
        self.pick(["no arrow: mutual", "無箭頭：相互", "无箭头：相互", "화살표 없음: 상호"])
    }

    pub(super) fn size(self) -> &'static str {
        self.pick([
            "larger: carries more of the connection",
            "越大：承載的聯繫越多",
            "越大：承载的联系越多",
            "클수록 더 많은 연결을 나름",
        ])
    }

    pub(super) fn score(self) -> &'static str {
        self.pick(["larger: higher score", "越大：分數越高", "越大：分数越高", "클수록 점수가 높음"])
    }

    /// What a timeline's bars mean: solid, faded, dashed, a diamond.
    pub(super) fn lane_words(self) -> [&'static str; 4] {
        self.pick([
            ["certainly in force", "faded: possibly", "dashed: alleged or disputed", "on one day or nearly"],
            ["確定有效", "漸淡：可能有效", "虛線：據稱或有爭議", "約在一日之內"],
            ["确定有效", "渐淡：可能有效", "虚线：据称或有争议", "约在一日之内"],
            ["확실히 유효", "흐림: 아마 유효", "점선: 주장되거나 다툼 있음", "하루 또는 그 무렵"],
        ])
    }

    /// What the arrows of a timeline of two actors mean.
    pub(super) fn lane_ends(self, a: &str, b: &str) -> String {
        match self {
            Self::English => format!("→ by {a} · ← by {b} · ↔ mutual"),
            Self::TraditionalChinese => format!("→ {a}所為 · ← {b}所為 · ↔ 相互"),
            Self::SimplifiedChinese => format!("→ {a}所为 · ← {b}所为 · ↔ 相互"),
            Self::Korean => format!("→ {a} 쪽에서 · ← {b} 쪽에서 · ↔ 상호"),
        }
    }

    /// The caption of a timeline that has more lanes than it draws.
    pub(super) fn lanes_cut(self, count: usize) -> String {
        match self {
            Self::English => format!("{count} more lanes are not drawn; --format text lists all ties."),
            Self::TraditionalChinese => format!("另有 {count} 列未畫出；--format text 列出全部關係。"),
            Self::SimplifiedChinese => format!("另有 {count} 列未画出；--format text 列出全部关系。"),
            Self::Korean => format!("{count}줄은 그리지 않음. --format text 는 모든 관계를 보여 줌."),
        }
    }

    pub(super) fn citation(self) -> &'static str {
        self.pick(["number of the source", "資料來源編號", "资料来源编号", "출처 번호"])
    }
}

/// Looks in words, for a legend that cannot show them.
impl Language {
    pub(super) fn shape(self, shape: Shape) -> &'static str {
        self.pick(match shape {
            Shape::Rounded => ["rounded box", "圓角框", "圆角框", "둥근 상자"],
            Shape::Hexagon => ["hexagon", "六邊形", "六边形", "육각형"],
            Shape::Rectangle => ["rectangle", "矩形", "矩形", "직사각형"],
            Shape::Ellipse => ["ellipse", "橢圓", "椭圆", "타원"],
            Shape::DoubleRectangle => ["double rectangle", "雙線矩形", "双线矩形", "이중 직사각형"],
            Shape::House => ["house", "屋形", "屋形", "집 모양"],
            Shape::Parallelogram => ["parallelogram", "平行四邊形", "平行四边形", "평행사변형"],
            Shape::Note => ["folded sheet", "折角紙", "折角纸", "접힌 종이"],
            Shape::Octagon => ["octagon", "八邊形", "八边形", "팔각형"],
            Shape::Box3d => ["solid box", "立體框", "立体框", "입체 상자"],
            Shape::Pill => ["pill", "膠囊形", "胶囊形", "알약 모양"],
        })
    }

    pub(super) fn fill(self, role: Role) -> &'static str {
        self.pick(match role {
            Role::Terminal => ["dark", "深色", "深色", "짙은 색"],
            Role::Connector => ["amber", "琥珀色", "琥珀色", "호박색"],
            Role::Ranked => ["pale blue", "淺藍色", "浅蓝色", "연한 파란색"],
            Role::Agent => ["pale", "淡色", "淡色", "옅은 색"],
            Role::Ordinary => ["white", "白色", "白色", "흰색"],
        })
    }

    pub(super) fn strands(self, tone: Tone) -> &'static str {
        self.pick(match tone {
            Tone::Friendly => ["single line, blue", "單線（藍）", "单线（蓝）", "한 줄(파랑)"],
            Tone::Neutral => ["thin line, grey", "細線（灰）", "细线（灰）", "가는 줄(회색)"],
            Tone::Hostile => ["double line, orange", "雙線（橙）", "双线（橙）", "두 줄(주황)"],
            Tone::Mixed => ["triple line, purple", "三線（紫）", "三线（紫）", "세 줄(보라)"],
        })
    }

    pub(super) fn dash(self, doubt: Doubt) -> &'static str {
        self.pick(match doubt {
            Doubt::Asserted => ["solid", "實線", "实线", "실선"],
            Doubt::Doubtful => ["dashed", "虛線", "虚线", "파선"],
            Doubt::Hypothetical => ["dotted", "點線", "点线", "점선"],
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_finds_its_language_and_an_unknown_one_english() {
        for language in
            [Language::English, Language::TraditionalChinese, Language::SimplifiedChinese, Language::Korean]
        {
            assert_eq!(Language::from_tag(language.tag()), language);
        }
        assert_eq!(Language::from_tag("zh-TW"), Language::TraditionalChinese);
        assert_eq!(Language::from_tag("zh"), Language::SimplifiedChinese);
        assert_eq!(Language::from_tag("mn"), Language::English);
    }
}
