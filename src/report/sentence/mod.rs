//! Ties as sentences: from the template of their relation, with every doubt kept.
//!
//! A template is text with `{source}`, `{target}`, `{level}`, `{role}` and `{mode}`; `{level|a mission}` says what
//! stands there where the tie has none, and what stands between `[` and `]` falls away with a field that is missing.

mod date;
mod words;

use self::words::{code, fill, title, unit};
use super::lang::Lang;
use crate::{
    dataset::Dataset,
    date::Status,
    model::{ActorId, Claim, Quantity, Relation, Role, Tie},
};

/// A level, trend, mode or role by itself, without an article.
pub(super) fn term(lang: Lang, text: &str) -> String {
    code(lang, text)
}

/// The fields of a tie in words.
struct Fields {
    source: String,
    target: String,
    level: Option<String>,
    role: Option<String>,
    mode: Option<String>,
}

/// A tie as a sentence; `marks` gives the numbers of a claim's sources, as `[1][2]`.
pub fn sentence(dataset: &Dataset, lang: Lang, tie: &Tie, marks: impl Fn(&Claim) -> String) -> String {
    let vocabulary = dataset.vocabulary();
    let Some(number) = vocabulary.find(tie.relation.as_str()) else { return String::new() };
    let relation = vocabulary.relation(number);
    let phrase = |claim: &Claim| date::phrase(lang, &claim.dating, relation.duration());
    let claims = tie.claims();
    let single = claims.first().filter(|first| claims.iter().all(|claim| is_alike(first, claim)));
    let body = body(dataset, lang, tie, relation, single);
    let body = if let Some(claim) = single {
        let marks: Vec<String> = claims.iter().map(marks).collect();
        let dated = dated(lang, &body, &phrase(claim));
        let told = attributed(dataset, lang, &dated, (speaker(tie, claim), claim.status));
        // 據某人單方面稱 says already that it is alleged.
        let is_said =
            lang != Lang::English && claim.status == Status::Alleged && speaker(tie, claim).is_some();
        let told = if is_said { told } else { doubted(lang, claim.status, &told) };
        told + &marked(lang, &marks.concat())
    } else {
        // Claims that differ stand one after the other, each with its doubt and its sources.
        let told = |claim: &Claim| {
            let when = match phrase(claim) {
                empty if empty.is_empty() => lang.of(["without a date", "未記日期", "未记日期"]).to_owned(),
                when => when,
            };
            let told = when + &details(dataset, lang, claim);
            let told = attributed(dataset, lang, &told, (speaker(tie, claim), Status::Asserted));
            format!("{}{told}{}", tag(lang, claim.status), marked(lang, &marks(claim)))
        };
        let each: Vec<String> = claims.iter().map(told).collect();
        format!("{body}{}{}", lang.of([": ", "：", "："]), each.join(lang.of(["; ", "；", "；"])))
    };
    let starts_with_name = template(dataset, relation, lang).is_none_or(|template| template.starts_with('{'));
    let is_plain = single.is_none_or(|claim| claim.status == Status::Asserted);
    let told = if starts_with_name && is_plain { body } else { capital(&body) };
    told + lang.of([".", "。", "。"])
}

/// The text with a capital at its beginning; a name keeps the letters that it has.
fn capital(text: &str) -> String {
    let mut chars = text.chars();
    chars.next().map_or_else(String::new, |first| first.to_uppercase().chain(chars).collect())
}

/// Whether two claims differ in nothing that is told but their sources.
fn is_alike(one: &Claim, other: &Claim) -> bool {
    let bare = |claim: &Claim| Claim { cites: Vec::new(), note: None, ..claim.clone() };
    bare(one) == bare(other)
}

/// What a claim says of its own beside its date.
fn details(dataset: &Dataset, lang: Lang, claim: &Claim) -> String {
    let mut parts: Vec<String> = claim.quantity.iter().map(|quantity| amount(lang, quantity)).collect();
    parts.extend(claim.level.as_deref().map(|level| code(lang, level)));
    parts.extend(claim.role.as_ref().and_then(|role| office(lang, role)));
    let through = claim.via.iter().chain(&claim.place);
    parts.extend(through.map(|actor| name_of(dataset, lang, actor.as_str())));
    if parts.is_empty() {
        return String::new();
    }
    fill(lang, [" ({})", "（{}）", "（{}）"], &parts.join(lang.of([", ", "、", "、"])))
}

/// An office by its title or its code.
fn office(lang: Lang, role: &Role) -> Option<String> {
    let own = role.label.as_deref().map(|label| title(lang, label));
    let known = role.code.as_deref().map(|role| match code(lang, role) {
        text if text == role.replace('-', " ") => title(lang, &text),
        text => text,
    });
    // A title is in the language of its source.
    if lang == Lang::English { own.or(known) } else { known.or(own) }
}

fn speaker<'t>(tie: &'t Tie, claim: &'t Claim) -> Option<&'t ActorId> {
    claim.according_to.as_ref().or(tie.according_to.as_ref())
}

/// The name of an actor in a language.
pub(super) fn name_of(dataset: &Dataset, lang: Lang, id: &str) -> String {
    let Some(actor) = dataset.actors().find(id) else { return id.to_owned() };
    let actors = dataset.actors();
    let other = match lang {
        Lang::English => None,
        Lang::Traditional => actors.label_in(actor, "zh-Hans"),
        Lang::Simplified => actors.label_in(actor, "zh-Hant"),
    };
    let named = actors
        .label_in(actor, lang.tag())
        .or_else(|| if lang == Lang::English { None } else { actors.label_in(actor, "zh") });
    named.or(other).unwrap_or_else(|| actors.label(actor)).to_owned()
}

/// The sentence without date, doubt and sources.
fn body(dataset: &Dataset, lang: Lang, tie: &Tie, relation: &Relation, claim: Option<&Claim>) -> String {
    let name = |id: &ActorId| name_of(dataset, lang, id.as_str());
    let level = tie.level.as_deref().or_else(|| claim.and_then(|claim| claim.level.as_deref()));
    let level = level.map(|level| code(lang, level));
    let trend = tie.trend.as_deref().map(|trend| code(lang, trend));
    let role = tie.role.as_ref().or_else(|| claim.and_then(|claim| claim.role.as_ref()));
    let fields = Fields {
        source: name(&tie.source),
        target: name(&tie.target),
        level: match (level, trend) {
            (Some(level), Some(trend)) => Some(level + lang.of([" and ", "、", "、"]) + &trend),
            (level, trend) => level.or(trend),
        },
        role: role.and_then(|role| office(lang, role)),
        mode: tie.mode.as_deref().map(|mode| code(lang, mode)),
    };
    let template = template(dataset, relation, lang);
    let mut text = match template {
        Some(template) => write(template, &fields),
        None => match lang {
            Lang::English => format!("{} → {}: {}", fields.source, fields.target, relation.label("en")),
            Lang::Traditional | Lang::Simplified => {
                format!("{}→{}：{}", fields.source, fields.target, relation.label(lang.tag()))
            }
        },
    };
    let mut add = |texts: [&str; 3], with: String| text.push_str(&fill(lang, texts, &with));
    let amounts =
        if tie.quantity.is_empty() { claim.map_or(&[][..], |claim| &claim.quantity) } else { &tie.quantity };
    if !amounts.is_empty() {
        let amount = |quantity: &Quantity| amount(lang, quantity);
        let told: Vec<String> = amounts.iter().map(amount).collect();
        add([" ({})", "（{}）", "（{}）"], told.join(lang.of([", ", "、", "、"])));
    }
    if let Some(count) = tie.count.filter(|count| *count > 1) {
        add([" ({} reports)", "（{}則報道）", "（{}则报道）"], count.to_string());
    }
    if let Some(via) = tie.via.as_ref().or_else(|| claim.and_then(|claim| claim.via.as_ref())) {
        add([" (through {})", "（經由{}）", "（经由{}）"], name(via));
    }
    if let Some(place) = tie.place.as_ref().or_else(|| claim.and_then(|claim| claim.place.as_ref())) {
        add([" (at {})", "（地點：{}）", "（地点：{}）"], name(place));
    }
    if let Some(principal) = &tie.source_for {
        add([" on behalf of {}", "（代表{}）", "（代表{}）"], name(principal));
    }
    if let Some(principal) = &tie.target_for {
        add([" as an act towards {}", "（對象代表{}）", "（对象代表{}）"], name(principal));
    }
    text
}

/// The template of a relation: its own, or that of the relation whose CAMEO code it is.
fn template<'d>(dataset: &'d Dataset, relation: &'d Relation, lang: Lang) -> Option<&'d str> {
    relation.sentences.get(lang.tag()).map(String::as_str).or_else(|| {
        let vocabulary = dataset.vocabulary();
        let parent = vocabulary.parent(vocabulary.find(relation.id.as_str())?)?;
        vocabulary.relation(parent).sentences.get(lang.tag()).map(String::as_str)
    })
}

/// Fills a template.
fn write(template: &str, fields: &Fields) -> String {
    let mut out = String::new();
    let mut rest = template;
    while let Some(at) = rest.find(['{', '[']) {
        out.push_str(&rest[..at]);
        let (open, close) = if rest[at..].starts_with('{') { ('{', '}') } else { ('[', ']') };
        let inner = &rest[at + 1..];
        let Some(end) = inner.find(close) else { break };
        let part = &inner[..end];
        rest = &inner[end + 1..];
        if open == '[' {
            let missing = part.split('{').skip(1).any(|slot| {
                let key = slot.split(['}', '|']).next().unwrap_or_default();
                !slot.contains('|') && fields.get(key).is_none()
            });
            if !missing {
                out.push_str(&write(part, fields));
            }
        } else {
            let (key, default) = part.split_once('|').unwrap_or((part, ""));
            out.push_str(fields.get(key).unwrap_or(default));
        }
    }
    out.push_str(rest);
    out
}

impl Fields {
    fn get(&self, key: &str) -> Option<&str> {
        match key {
            "source" => Some(&self.source),
            "target" => Some(&self.target),
            "level" => self.level.as_deref(),
            "role" => self.role.as_deref(),
            "mode" => self.mode.as_deref(),
            _ => None,
        }
    }
}

/// `about 500 persons per month`; a unit that no list has is told as it is written.
fn amount(lang: Lang, quantity: &Quantity) -> String {
    let number = grouped(quantity.value);
    let text = match unit(lang, &quantity.unit) {
        Some(unit) => number + unit,
        None => format!("{number} {}", quantity.unit),
    };
    let text = if quantity.approximate { fill(lang, ["about {}", "約{}", "约{}"], &text) } else { text };
    match (&quantity.per, lang) {
        (None, _) => text,
        (Some(per), Lang::English) => format!("{text} per {per}"),
        (Some(per), Lang::Traditional | Lang::Simplified) => {
            format!("每{}{text}", unit(lang, per).unwrap_or(per))
        }
    }
}

/// A number with its thousands parted: `666,666`.
fn grouped(value: f64) -> String {
    let text = value.to_string();
    let (whole, fraction) =
        text.split_once('.').map_or((text.as_str(), None), |(whole, rest)| (whole, Some(rest)));
    let (sign, digits) = whole.strip_prefix('-').map_or(("", whole), |digits| ("-", digits));
    let mut out = String::from(sign);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at) % 3 == 0 {
            out.push(',');
        }
        out.push(digit);
    }
    if let Some(fraction) = fraction {
        out.push('.');
        out.push_str(fraction);
    }
    out
}

fn dated(lang: Lang, body: &str, when: &str) -> String {
    match lang {
        _ if when.is_empty() => body.to_owned(),
        Lang::English => format!("{body} {when}"),
        Lang::Traditional | Lang::Simplified => format!("{when}，{body}"),
    }
}

fn attributed(dataset: &Dataset, lang: Lang, told: &str, said: (Option<&ActorId>, Status)) -> String {
    let (Some(speaker), status) = said else { return told.to_owned() };
    let speaker = name_of(dataset, lang, speaker.as_str());
    let alone = if status == Status::Alleged { lang.of(["", "單方面", "单方面"]) } else { "" };
    match lang {
        Lang::English => format!("{told}, according to {speaker}"),
        Lang::Traditional => format!("據{speaker}{alone}稱，{told}"),
        Lang::Simplified => format!("据{speaker}{alone}称，{told}"),
    }
}

/// What a status puts before a whole sentence.
fn doubted(lang: Lang, status: Status, told: &str) -> String {
    let before = match status {
        Status::Asserted => return told.to_owned(),
        Status::Alleged => ["allegedly, ", "據稱，", "据称，"],
        Status::Disputed => ["it is disputed whether ", "是否屬實有爭議：", "是否属实有争议："],
        Status::Hypothetical => ["it is supposed that ", "據推測，", "据推测，"],
        Status::Refuted => ["it is refuted that ", "已被否定的說法：", "已被否定的说法："],
        Status::Absent => ["it is recorded as not so that ", "據記載並無此事：", "据记载并无此事："],
    };
    lang.of(before).to_owned() + told
}

/// What a status puts before one claim of several.
fn tag(lang: Lang, status: Status) -> &'static str {
    lang.of(match status {
        Status::Asserted => ["", "", ""],
        Status::Alleged => ["allegedly ", "據稱", "据称"],
        Status::Disputed => ["disputed, ", "有爭議，", "有争议，"],
        Status::Hypothetical => ["supposedly ", "據推測", "据推测"],
        Status::Refuted => ["refuted, ", "已被否定，", "已被否定，"],
        Status::Absent => ["recorded as not so, ", "據記載並無此事，", "据记载并无此事，"],
    })
}

fn marked(lang: Lang, marks: &str) -> String {
    match lang {
        _ if marks.is_empty() => String::new(),
        Lang::English => format!(" {marks}"),
        Lang::Traditional | Lang::Simplified => marks.to_owned(),
    }
}
