//! What the columns of a table of actors say, by the words of its header.

use super::{
    columns::Layout,
    roles::{Role, keys},
};

/// What a column says of an actor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum NodeRole {
    /// Its id, and nothing else.
    Id,
    /// A name, in a language if it is known.
    Name(Option<String>),
    /// Several names, between `;` or `|`.
    Aliases,
    /// Its kind, where the word is one of ours.
    Kind,
    /// A code in a scheme.
    Code(String),
    /// When it began to exist.
    Start,
    /// When it ceased.
    End,
    /// When it existed.
    Existence,
    /// The actor whose organ it is.
    OrganOf,
    /// The actor whose citizens they are.
    CitizenOf,
    /// A remark.
    Note,
    /// Anything else.
    Attribute,
}

/// The columns of a table of actors.
#[derive(Clone, Debug)]
pub(super) struct Nodes {
    /// The column of the id, which may say a name or a code as well.
    pub(super) id: usize,
    pub(super) roles: Vec<NodeRole>,
}

/// Words that headers use for ids, without case and separators.
const IDS: [&str; 6] = ["id", "nodeid", "actorid", "node", "actor", "vertex"];

const NAMES: [&str; 11] = [
    "name",
    "label",
    "fullname",
    "countryname",
    "country",
    "statename",
    "statenme",
    "statenam",
    "title",
    "longname",
    "shortname",
];

const KINDS: [&str; 5] = ["kind", "type", "nodetype", "actortype", "category"];

/// Words for codes, and the schemes that they mean.
const CODES: [(&str, &str); 22] = [
    ("iso2", "iso2"),
    ("iso2c", "iso2"),
    ("isoa2", "iso2"),
    ("iso31661alpha2", "iso2"),
    ("iso3", "iso3"),
    ("iso3c", "iso3"),
    ("isoa3", "iso3"),
    ("iso31661alpha3", "iso3"),
    ("cow", "cow"),
    ("cowc", "cow"),
    ("cown", "cow"),
    ("cowcode", "cow"),
    ("ccode", "cow"),
    ("stateabb", "cow"),
    ("gw", "gw"),
    ("gwc", "gw"),
    ("gwn", "gw"),
    ("gwcode", "gw"),
    ("gwno", "gw"),
    ("cameo", "cameo"),
    ("wikidata", "wikidata"),
    ("qid", "wikidata"),
];

const STARTS: [&str; 7] = ["start", "startdate", "begin", "founded", "established", "born", "birthdate"];
const ENDS: [&str; 6] = ["end", "enddate", "dissolved", "died", "deathdate", "abolished"];

/// The two-letter codes of languages (ISO 639-1).
const LANGUAGES: &str = "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee \
    el en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu ja jv ka \
    kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na nb nd ne ng nl nn no nr \
    nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so sq sr ss st su sv sw ta te tg th ti tk \
    tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu";

/// Languages that a column may have as its whole name, where no other meaning is likely.
const BARE: &str = "ar de el en es fa fr he hi it ja km ko lo mn ms my nl pl pt ru sv th tr uk ur vi zh";

impl Nodes {
    /// The columns of a table of actors, with those that the user names; nothing when no column tells actors apart.
    pub(super) fn sniff(text: &str, columns: &[(String, String)]) -> Option<(Layout, Self)> {
        let layout = Layout::of_header(text)?;
        let mut roles = vec![NodeRole::Attribute; layout.header.len()];
        let mut id = None;
        for (role, name) in columns {
            let at = layout.header.iter().position(|column| column == name)?;
            if role == "id" {
                id = Some(at);
            } else {
                roles[at] = named(role)?;
            }
        }
        let keys = keys(&layout.header);
        let bare = layout.header.iter().filter(|head| tag(head, BARE).is_some()).count();
        for (at, (head, key)) in layout.header.iter().zip(&keys).enumerate() {
            if roles[at] == NodeRole::Attribute {
                let is_taken = |role: &NodeRole| roles.contains(role);
                roles[at] = guessed(head, key, bare > 1, &is_taken);
            }
        }
        if let Some(ties) = Layout::sniff(text, &[]).filter(|ties| Self::has_years_for_ends(text, ties)) {
            for (role, end) in [(NodeRole::Start, Role::Source), (NodeRole::End, Role::Target)] {
                if let Some(at) = ties.column(end).filter(|_| !roles.contains(&role)) {
                    roles[at] = role;
                }
            }
        }
        let word = |words: &[&str]| {
            let free = |at: &usize| {
                matches!(roles[*at], NodeRole::Attribute | NodeRole::Name(_) | NodeRole::Code(_))
            };
            words.iter().find_map(|word| (0..keys.len()).filter(free).find(|at| keys[*at] == **word))
        };
        let names_one = |role: &NodeRole| matches!(role, NodeRole::Name(_) | NodeRole::Code(_));
        let id = id.or_else(|| word(&IDS)).or_else(|| roles.iter().position(names_one))?;
        if roles[id] == NodeRole::Attribute {
            roles[id] = NodeRole::Id;
        }
        Some((layout, Self { id, roles }))
    }

    /// Whether a table that could be one of ties, `from` one actor `to` another, lists actors with their years: its
    /// first row has dates there, and a name.
    pub(super) fn has_years_for_ends(text: &str, ties: &Layout) -> bool {
        let Some(row) = ties.rows(text).next() else { return false };
        let cells = ties.cells(row);
        let is_date = |role: Role| {
            let cell = ties.column(role).and_then(|at| cells.get(at));
            cell.is_some_and(|cell| {
                cell.is_empty() || (cell.len() >= 4 && super::spells::day(cell).is_some())
            })
        };
        let is_word =
            |role: Role, word: &str| ties.column(role).is_some_and(|at| keys(&ties.header)[at] == word);
        is_word(Role::Source, "from")
            && is_word(Role::Target, "to")
            && is_date(Role::Source)
            && is_date(Role::Target)
    }

    /// How the columns are read, in a line.
    pub(super) fn describe(&self, layout: &Layout) -> String {
        let mut read = vec![format!("id={}", layout.header[self.id])];
        for (at, role) in self.roles.iter().enumerate() {
            let name = match role {
                NodeRole::Id | NodeRole::Attribute => continue,
                NodeRole::Name(None) => "name".to_owned(),
                NodeRole::Name(Some(lang)) => format!("name.{lang}"),
                NodeRole::Aliases => "aliases".to_owned(),
                NodeRole::Kind => "kind".to_owned(),
                NodeRole::Code(scheme) => format!("code.{scheme}"),
                NodeRole::Start => "start".to_owned(),
                NodeRole::End => "end".to_owned(),
                NodeRole::Existence => "existence".to_owned(),
                NodeRole::OrganOf => "organ_of".to_owned(),
                NodeRole::CitizenOf => "citizen_of".to_owned(),
                NodeRole::Note => "note".to_owned(),
            };
            read.push(format!("{name}={}", layout.header[at]));
        }
        format!("columns: {} (--columns says otherwise); the rest are attributes", read.join(","))
    }
}

/// The role of a name that `--columns` gives, but for the id.
pub(super) fn named(role: &str) -> Option<NodeRole> {
    if let Some(lang) = role.strip_prefix("name.").or_else(|| role.strip_prefix("label.")) {
        return Some(NodeRole::Name(Some(tag(lang, LANGUAGES)?)));
    }
    if let Some(scheme) = role.strip_prefix("code.").filter(|scheme| !scheme.is_empty()) {
        return Some(NodeRole::Code(scheme.to_owned()));
    }
    Some(match role {
        "name" | "label" => NodeRole::Name(None),
        "aliases" => NodeRole::Aliases,
        "kind" => NodeRole::Kind,
        "start" => NodeRole::Start,
        "end" => NodeRole::End,
        "existence" => NodeRole::Existence,
        "organ_of" => NodeRole::OrganOf,
        "citizen_of" => NodeRole::CitizenOf,
        "note" => NodeRole::Note,
        _ => return None,
    })
}

/// The role that a head says, if no other column has it that only one can have.
fn guessed(head: &str, key: &str, has_languages: bool, is_taken: &dyn Fn(&NodeRole) -> bool) -> NodeRole {
    let once = |role: NodeRole| if is_taken(&role) { NodeRole::Attribute } else { role };
    if let Some(lang) = language(head) {
        return NodeRole::Name(Some(lang));
    }
    if let Some(lang) = tag(head, BARE).filter(|_| has_languages) {
        return NodeRole::Name(Some(lang));
    }
    let lower = head.to_lowercase();
    let scheme =
        ["code.", "code:", "codes.", "codes:", "code_"].iter().find_map(|word| lower.strip_prefix(word));
    if let Some(scheme) = scheme.filter(|scheme| !scheme.trim().is_empty()) {
        return NodeRole::Code(scheme.trim().to_owned());
    }
    if let Some((_, scheme)) = CODES.iter().find(|(word, _)| *word == key) {
        return NodeRole::Code((*scheme).to_owned());
    }
    let has = |words: &[&str]| words.contains(&key);
    match key {
        // The country of a person or an institution is no name of it; where it is the only name, it is taken below.
        _ if has(&NAMES) => once(NodeRole::Name(None)),
        "aliases" | "alias" | "altnames" | "alternativenames" | "othernames" => NodeRole::Aliases,
        _ if has(&KINDS) => once(NodeRole::Kind),
        _ if has(&STARTS) => once(NodeRole::Start),
        _ if has(&ENDS) => once(NodeRole::End),
        "existence" | "timeset" => once(NodeRole::Existence),
        "organof" => once(NodeRole::OrganOf),
        "citizenof" | "nationality" | "citizenship" => once(NodeRole::CitizenOf),
        "note" | "notes" | "remark" => once(NodeRole::Note),
        _ => NodeRole::Attribute,
    }
}

/// The language of a head such as `name_en`, `name.zh-Hant`, `label:ko`, `name (fr)`, `en_name`.
fn language(head: &str) -> Option<String> {
    let lower = head.to_lowercase();
    for word in ["name", "label", "title", "names"] {
        if let Some(rest) = lower.strip_prefix(word) {
            let written = &head[word.len()..];
            let inside = written
                .trim()
                .trim_start_matches(['_', '.', ':', '-', '[', '(', '@'])
                .trim_end_matches([']', ')']);
            if rest.len() > inside.len()
                && let Some(lang) = tag(inside, LANGUAGES)
            {
                return Some(lang);
            }
        }
        if let Some(rest) = lower.strip_suffix(word).and_then(|rest| rest.strip_suffix(['_', '.', ' ', '-']))
            && let Some(lang) = tag(&head[..rest.len()], LANGUAGES)
        {
            return Some(lang);
        }
    }
    None
}

/// A language tag (BCP 47) out of a text such as `zh_Hant_HK`, its language one of a list.
fn tag(text: &str, known: &str) -> Option<String> {
    let mut parts = text.trim().split(['_', '-']);
    let language = parts.next()?.to_lowercase();
    if language.len() != 2 || !known.split_whitespace().any(|code| code == language) {
        return None;
    }
    let mut tag = language;
    for part in parts {
        let is_letters = part.bytes().all(|byte| byte.is_ascii_alphabetic());
        tag.push('-');
        match part.len() {
            4 if is_letters => {
                tag.push_str(&part[..1].to_uppercase());
                tag.push_str(&part[1..].to_lowercase());
            }
            2 if is_letters => tag.push_str(&part.to_uppercase()),
            3 if part.bytes().all(|byte| byte.is_ascii_digit()) => tag.push_str(part),
            _ => return None,
        }
    }
    Some(tag)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(header: &str) -> Option<String> {
        let (layout, nodes) = Nodes::sniff(header, &[])?;
        let line = nodes.describe(&layout);
        Some(line["columns: ".len()..line.find(" (").expect("it has one")].to_owned())
    }

    #[test]
    fn heads_say_what_columns_are() {
        assert_eq!(said("Id,Label,timeset,Color").as_deref(), Some("id=Id,name=Label,existence=timeset"));
        assert_eq!(
            said("iso3;name_en;name.zh_hant;pop").as_deref(),
            Some("id=iso3,code.iso3=iso3,name.en=name_en,name.zh-Hant=name.zh_hant")
        );
        assert_eq!(
            said("iso2,en,zh_Hant_HK").as_deref(),
            Some("id=iso2,code.iso2=iso2,name.en=en,name.zh-Hant-HK=zh_Hant_HK")
        );
        assert_eq!(said("country,founded,gdp").as_deref(), Some("id=country,name=country,start=founded"));
        assert_eq!(said("id,name,country,kind").as_deref(), Some("id=id,name=name,kind=kind"));
        assert_eq!(said("year,gdp"), None);
    }

    #[test]
    fn a_language_is_a_tag_and_no_other_word() {
        assert_eq!(language("Name (zh-hant)").as_deref(), Some("zh-Hant"));
        assert_eq!(language("ko_name").as_deref(), Some("ko"));
        assert_eq!(language("name_of_leader"), None);
        assert_eq!(language("names"), None);
        assert_eq!(tag("es-419", LANGUAGES).as_deref(), Some("es-419"));
    }
}
