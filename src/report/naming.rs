//! What actors and relations are called in the languages of a picture.

use crate::{
    dataset::{ActorIndex, Dataset},
    diagram::Language,
    model::{Relation, Tie},
};

use super::{lang::Lang, sentence::term};

/// The name of an actor in a language, if it has one; Chinese in the other script rather than none.
pub(super) fn named(dataset: &Dataset, actor: ActorIndex, language: Language) -> Option<&str> {
    let tags: &[&str] = match language {
        Language::English => &["en"],
        Language::TraditionalChinese => &["zh-Hant", "zh", "zh-Hans"],
        Language::SimplifiedChinese => &["zh-Hans", "zh", "zh-Hant"],
        Language::Korean => &["ko"],
    };
    tags.iter().find_map(|tag| dataset.actors().label_in(actor, tag))
}

/// The language of sentences that is a language of pictures; there are no sentences in Korean.
pub(super) fn told(language: Language) -> Option<Lang> {
    match language {
        Language::English => Some(Lang::English),
        Language::TraditionalChinese => Some(Lang::Traditional),
        Language::SimplifiedChinese => Some(Lang::Simplified),
        Language::Korean => None,
    }
}

/// What a tie is called: its relation, with role, level, trend and mode where it has them.
pub(super) fn label(relation: &Relation, tie: &Tie, language: Language) -> String {
    let mut label = relation.label(language.tag()).to_owned();
    // English stands as it is recorded, and so does what Korean has no word for.
    let lang = told(language).filter(|lang| *lang != Lang::English);
    let word = |text: &String| lang.map_or_else(|| text.clone(), |lang| term(lang, text));
    let role = tie.role.as_ref().and_then(|role| match (&role.code, &role.label) {
        (Some(known), own) if lang.is_some() => {
            Some(word(known)).filter(|word| *word != known.replace('-', " ")).or_else(|| own.clone())
        }
        (known, own) => own.clone().or_else(|| known.clone()),
    });
    let details = [&tie.level, &tie.trend, &tie.mode].into_iter().flatten().map(word);
    for detail in role.into_iter().chain(details) {
        label.push_str(&match lang {
            None => format!(" ({detail})"),
            Some(_) => format!("（{detail}）"),
        });
    }
    label
}
