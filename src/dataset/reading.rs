//! How Han names are read aloud: pinyin without tones, as keys for those who cannot type the characters.
//!
//! A reading is a weak key: one reading is many names, and it is asked only when nothing else names an actor.

use pinyin::ToPinyinMulti;

use super::fold::{fold, is_han};

/// How many readings of one name are kept, of characters that are read in several ways.
const MOST_READINGS: usize = 32;

/// The readings of a Han name of two characters or more, in no order; none of other names.
///
/// ```text
/// 北京 → beijing        朝鮮 → chaoxian, zhaoxian
/// ```
pub(super) fn readings(name: &str) -> Vec<String> {
    if name.chars().filter(|letter| is_han(*letter)).count() < 2 {
        return Vec::new();
    }
    let mut readings = vec![String::new()];
    for letter in fold(name).chars() {
        let mut sounds: Vec<String> = match letter.to_pinyin_multi() {
            Some(sounds) => sounds.into_iter().map(|sound| fold(sound.plain())).collect(),
            None => vec![letter.to_string()],
        };
        sounds.dedup();
        if readings.len() * sounds.len() > MOST_READINGS {
            sounds.truncate(1);
        }
        readings = readings
            .iter()
            .flat_map(|begun| sounds.iter().map(move |sound| format!("{begun}{sound}")))
            .collect();
    }
    readings.sort_unstable();
    readings.dedup();
    readings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_are_read_in_all_their_ways() {
        assert!(readings("蒙古國").contains(&"mengguguo".to_owned()));
        assert!(readings("朝鮮").contains(&"chaoxian".to_owned()));
        assert!(readings("切·格瓦拉").contains(&"qiegewala".to_owned()));
        assert_eq!(readings("Mongolia"), Vec::<String>::new());
        assert_eq!(readings("中"), Vec::<String>::new());
    }

    #[test]
    fn a_long_name_of_many_ways_is_bounded() {
        assert!(readings(&"朝行長樂".repeat(20)).len() <= MOST_READINGS);
    }
}
