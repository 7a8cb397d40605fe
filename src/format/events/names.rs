//! What the names of ICEWS say of their actors: `Foreign Affairs (Mongolia)` is an organ of Mongolia,
//! `Citizen (Mongolia)` its citizens, `Mongolia` a country, by the gazetteer.
//!
//! A name is all there is: who a person acts for, and what has no country in it, is not guessed.

use std::{
    collections::BTreeMap,
    sync::{Mutex, OnceLock, PoisonError},
};

use rustc_hash::FxHashMap;

use crate::dataset::Gazetteer;
use crate::model::{Actor, ActorId, ActorKind};

/// Words of those who act for a state: its organs, and those who hold office in them.
const ORGANS: &str = "admiral, air force, air marshall, airman, armed force, army, assemblies, assembly, \
    attorney general, authorities, authority, border patrol, bureaucrat, cabinet, central bank, \
    charge d'affaires, chief of staff, chiefs of staff, city mayor, civil servant, civil service, \
    commando, congress, constitutional court, consul, court, customs, department, director general, \
    district commissioner, domestic affairs, drug enforcement, election commission, \
    electoral commission, envoy, fire brigade, foreign affairs, gendermarie, government, governor, \
    head of government, high commission, house of, house speaker, inspector general, intelligence, \
    judiciary, lawmaker, legislative, legislature, lower house, marine corp, military, ministery, \
    ministry, national security advisor, naval, navy, ombudsman, parliament, police, presidential aide, \
    presidential press service, president of the senate, prosecutor, public sector, regulator, \
    representative, reserve personnel, royal administration, secret agent, security council, senate, \
    state duma, undersecretary";

/// Words of those who do not, though a word above stands in their names too.
const OTHERS: &str = "anti-government, attorney/, lawyer/, defense industry, deserter, exiled, military wing, opposition, \
    ousted, party, rebel, separatist, terrorist, unidentified";

/// Words of people, who have a country and do not act for it.
const PEOPLE: &str = "activist, actor, archbishop, asylum seeker, attacker, attorney, believer, bishop, blogger, \
    buddhist, businessperson, candidate, children, christian, citizen, clergy, cleric, combatant, \
    criminal, dalit, defector, deserter, detainee, dissident, drug dealer, economist, employee, \
    engineer, environmentalist, ethnic group, exiles, expatriate, extremist, families, farm worker, \
    fishermen, freedom fighter, guerrilla, gun runner, hacker, hindu, hitman, hunter, immigrant, \
    indigenous people, insurgent, intellectual, islamic militant, jew, journalist, kidnapper, \
    landowner, lawyer, looter, media personnel, medical personnel, men, militant, mob, murderer, \
    muslim, news editor, nurse, owner or operator, party member, people, pilgrim, poor, population, \
    preacher, priest, professor, protester, rabbi, rebel, refugee, rioter, scholar, scientist, settler, \
    student, supporter, villager, women";

/// The kind of the actor of a name, whose organ it is, and whose citizens they are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::format) struct Said<'n> {
    pub(in crate::format) kind: Option<ActorKind>,
    pub(in crate::format) organ_of: Option<&'n str>,
    pub(in crate::format) citizen_of: Option<&'n str>,
}

impl Said<'_> {
    /// The same as a record says it.
    pub(in crate::format) fn tell(self, actor: Actor) -> Actor {
        let id = |text: Option<&str>| text.and_then(|text| text.parse::<ActorId>().ok());
        Actor { kind: self.kind, organ_of: id(self.organ_of), citizen_of: id(self.citizen_of), ..actor }
    }
}

/// What the role in a name makes of its actor.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Class {
    Organ(ActorKind),
    People,
    Unknown,
}

impl Class {
    fn of(role: &str) -> Self {
        let role = role.to_ascii_lowercase();
        let has = |words: &str| words.split(", ").any(|word| holds(&role, word));
        if has(ORGANS) && !has(OTHERS) {
            // Those who hold an office are people; what they do in it is their state's.
            let people = "personnel, official, member of, servant, agent, lawmaker";
            return Self::Organ(if has(people) { ActorKind::Group } else { ActorKind::Institution });
        }
        let is_party = has("party") && !has("party member");
        if has(PEOPLE) && !is_party { Self::People } else { Self::Unknown }
    }

    fn said(self, country: &str) -> Said<'_> {
        match self {
            Self::Organ(kind) => Said { kind: Some(kind), organ_of: Some(country), citizen_of: None },
            Self::People => Said { kind: Some(ActorKind::Group), organ_of: None, citizen_of: Some(country) },
            Self::Unknown => Said::default(),
        }
    }
}

/// Role and country of a name `Role (Country)`.
fn parts(name: &str) -> Option<(&str, &str)> {
    let (role, country) = name.strip_suffix(')')?.rsplit_once(" (")?;
    (!country.trim().is_empty()).then_some((role, country))
}

/// What a name of ICEWS says of its actor.
pub(in crate::format) fn said(name: &str) -> Said<'_> {
    parts(name).map_or_else(|| state(name), |(role, country)| Class::of(role).said(country))
}

/// What is said of the name of a state or territory in English, of a name that means one kind only.
fn state(name: &str) -> Said<'_> {
    static KINDS: OnceLock<BTreeMap<&str, Option<ActorKind>>> = OnceLock::new();
    let kinds = KINDS.get_or_init(|| {
        let mut kinds: BTreeMap<&str, Option<ActorKind>> = BTreeMap::new();
        for state in Gazetteer::shipped().states() {
            for name in state.actor.names.iter().filter(|name| name.lang.as_deref() == Some("en")) {
                let kind = kinds.entry(&name.text).or_insert(state.actor.kind);
                *kind = kind.filter(|kind| Some(*kind) == state.actor.kind);
            }
        }
        kinds
    });
    Said { kind: kinds.get(name).copied().flatten(), ..Said::default() }
}

/// The same for many names, which share few roles.
#[derive(Debug, Default)]
pub(in crate::format) struct Names {
    classes: Mutex<FxHashMap<Box<str>, Class>>,
}

impl Names {
    /// What a name says of its actor.
    pub(in crate::format) fn said<'n>(&self, name: &'n str) -> Said<'n> {
        let Some((role, country)) = parts(name) else { return state(name) };
        // Whoever stopped while holding it left a map of whole entries.
        let mut classes = self.classes.lock().unwrap_or_else(PoisonError::into_inner);
        let known = classes.get(role).copied();
        let class = known.unwrap_or_else(|| *classes.entry(role.into()).or_insert(Class::of(role)));
        class.said(country)
    }
}

/// Whether a text holds words, whole ones; the last may stand in the plural.
fn holds(text: &str, words: &str) -> bool {
    let is_letter = |c: char| c.is_alphanumeric();
    text.match_indices(words).any(|(at, _)| {
        let (before, after) = (&text[..at], &text[at + words.len()..]);
        let rest = after.strip_prefix('s').unwrap_or(after);
        let ends = words.ends_with('/') || !rest.starts_with(is_letter);
        ends && !before.ends_with(is_letter)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_of_the_gazetteer_is_a_state_or_a_territory() {
        let names = Names::default();
        let kind = |name| {
            assert_eq!(names.said(name), said(name));
            said(name).kind
        };
        assert_eq!(kind("Mongolia"), Some(ActorKind::Country));
        assert_eq!(kind("North Korea"), Some(ActorKind::Country));
        assert_eq!(kind("Hong Kong"), Some(ActorKind::Territory));
        assert_eq!(kind("Kim Jong-Un"), None);
        assert_eq!(kind("Mongolia "), None);
    }

    #[test]
    fn a_name_says_whose_organ_or_citizens_it_names() {
        let organ = |name| (said(name).kind, said(name).organ_of);
        let institution = Some(ActorKind::Institution);
        assert_eq!(organ("Foreign Affairs (Mongolia)"), (institution, Some("Mongolia")));
        assert_eq!(
            organ("Police (Palestinian Territory, Occupied)").1,
            Some("Palestinian Territory, Occupied")
        );
        assert_eq!(organ("Member of Legislative  (India)"), (Some(ActorKind::Group), Some("India")));
        let citizens = said("Citizen (Mongolia)");
        assert_eq!((citizens.kind, citizens.citizen_of), (Some(ActorKind::Group), Some("Mongolia")));
        for name in ["Women (Japan)", "Armed Rebel (Mali)", "Defense Attorney (Cuba)"] {
            assert_eq!((said(name).organ_of, said(name).citizen_of.is_some()), (None, true), "{name}");
        }
        for name in ["Unspecified Actor", "Media (Cuba)", "Opposition Party (Fiji)", "Parliament", "x ()"] {
            assert_eq!(said(name), Said::default(), "{name}");
        }
    }
}
