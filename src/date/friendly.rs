//! Dates as people write them, in English, Chinese and Korean, and the EDTF that was probably meant.
//!
//! What is found here is offered and never taken in silence: "mid-1980s" has no agreed bounds, and whoever
//! keeps the data decides. A part of a decade or a year is a third of it (a mid-1980s year is one of
//! 1984 to 1986), a half is a half. This is not a parser of prose: one date, one range, or nothing.

use unicode_normalization::UnicodeNormalization;

use super::{hint::plain, parse::parse};

/// The dates that a text may mean: none, one, or two where day and month cannot be told apart.
pub(super) fn meant(text: &str) -> Vec<String> {
    let lower = text.nfkc().collect::<String>().to_lowercase();
    let words = western_numbers(&lower).split_whitespace().collect::<Vec<_>>().join(" ");
    let words = ["the ", "in ", "on ", "during "]
        .iter()
        .fold(words.as_str(), |words, article| words.strip_prefix(article).unwrap_or(words));
    let mut found = day_or_month_first(words);
    if found.is_empty() {
        found.extend(phrase(words));
    }
    found.retain(|date| date != text && parse(date).is_ok());
    found
}

/// A span of the calendar that can be cut into parts.
#[derive(Clone, Copy)]
enum Unit {
    /// The century with this number: 20 is 1901 to 2000.
    Century(u32),
    /// The decade that begins with this year.
    Decade(u32),
    Year(u32),
    Month(u32, u32),
}

#[derive(Clone, Copy)]
enum Part {
    Early,
    Mid,
    Late,
    FirstHalf,
    SecondHalf,
}

fn phrase(words: &str) -> Option<String> {
    between(words)
        .or_else(|| season(words))
        .or_else(|| part_of(words))
        .or_else(|| whole(words))
        .or_else(|| marked(words))
        .or_else(|| bounded(words))
        .or_else(|| short_interval(words))
        .or_else(|| plain(&bare(words)))
}

/// `between 1984 and 1986`, `from 1984 to 1986`, `1984 or 1985`, `1984年至1986年`.
fn between(words: &str) -> Option<String> {
    if let Some((first, last)) = words.strip_prefix("between ").and_then(|rest| rest.split_once(" and ")) {
        return Some(format!("[{}..{}]", simple(first)?, simple(last)?));
    }
    if let Some((first, last)) = words.split_once(" or ").or_else(|| words.split_once('或')) {
        return Some(format!("[{},{}]", simple(first)?, simple(last)?));
    }
    let words = words.strip_prefix("from ").or_else(|| words.strip_prefix('自')).unwrap_or(words);
    let marks = [" until ", " till ", " through ", " to ", "至", "到", "부터", "~", "–", "—"];
    let (first, last) = marks.iter().find_map(|mark| words.split_once(mark))?;
    Some(format!("{}/{}", simple(first)?, simple(last.trim_end_matches("까지"))?))
}

/// `Spring 1990`, `the winter of 1990`, `1990年春`, `1990년 봄`, `Q1 1990`, `third quarter of 1990`.
fn season(words: &str) -> Option<String> {
    let names = [
        ("spring|春天|春季|春|봄", 21),
        ("summer|夏天|夏季|夏|여름", 22),
        ("autumn|fall|秋天|秋季|秋|가을", 23),
        ("winter|冬天|冬季|冬|겨울", 24),
        ("q1|first quarter|第1季度|1분기", 33),
        ("q2|second quarter|第2季度|2분기", 34),
        ("q3|third quarter|第3季度|3분기", 35),
        ("q4|fourth quarter|第4季度|4분기", 36),
    ];
    let known = names.iter().flat_map(|(names, code)| names.split('|').map(move |name| (name, code)));
    known.into_iter().find_map(|(name, code)| {
        let rest = words.strip_prefix(name).or_else(|| words.strip_suffix(name))?;
        let rest = rest.trim_matches([' ', ',', '/', '-']);
        let rest = rest.strip_prefix("of ").unwrap_or(rest);
        Some(format!("{}-{code}", year(rest)?))
    })
}

/// `mid-1980s`, `early July 2016`, `1980年代中期`, `20世纪上半叶`, `2016年7月底`, `first half of 1990`.
fn part_of(words: &str) -> Option<String> {
    use Part::{Early, FirstHalf, Late, Mid, SecondHalf};
    let before = [
        ("early in |early-|early |beginning of |start of ", Early),
        ("middle of |mid-|mid |mid", Mid),
        ("mid-to-late |late in |late-|late |end of ", Late),
        ("first half of |1st half of ", FirstHalf),
        ("second half of |2nd half of |last half of |latter half of ", SecondHalf),
    ];
    // Longer words before those that they end in.
    let after = [
        ("上半叶|上半葉|前半叶|前半葉|上半年|前半期|상반기|전반기|上半|前半|전반", FirstHalf),
        ("下半叶|下半葉|后半叶|後半葉|下半年|後半期|하반기|후반기|下半|后半|後半|후반", SecondHalf),
        ("初期|前期|早期|上旬|초순|초반|초기|初|초", Early),
        ("中期|中叶|中葉|中旬|중순|중반|中", Mid),
        ("后期|後期|末期|晚期|下旬|하순|말기|年底|末|底|말", Late),
    ];
    let of = |rest: &str, part| unit(rest.strip_prefix("the ").unwrap_or(rest)).map(|unit| third(unit, part));
    let words_of = |parts: &[(&'static str, Part)]| -> Vec<(&'static str, Part)> {
        parts.iter().flat_map(|(words, part)| words.split('|').map(move |word| (word, *part))).collect()
    };
    let head = words_of(&before).into_iter().find_map(|(word, part)| of(words.strip_prefix(word)?, part));
    head.or_else(|| words_of(&after).into_iter().find_map(|(word, part)| of(words.strip_suffix(word)?, part)))
}

/// `20th century`, `1980年代`, `1980년대`: a whole unit that EDTF does not write as people do.
fn whole(words: &str) -> Option<String> {
    match unit(words)? {
        Unit::Century(number) => Some(format!("[{:04}..{:04}]", number * 100 - 99, number * 100)),
        Unit::Decade(year) => Some(format!("{:03}X", year / 10)),
        Unit::Year(year) => Some(format!("{year:04}")),
        Unit::Month(year, month) => Some(format!("{year:04}-{month:02}")),
    }
}

/// `circa 1985`, `约1985年`, `1985年前后`, `1985년경`, `probably 1985`.
fn marked(words: &str) -> Option<String> {
    let about = [
        "circa ",
        "ca. ",
        "ca ",
        "c. ",
        "c.",
        "c ",
        "about ",
        "around ",
        "approximately ",
        "approx. ",
        "roughly ",
    ];
    let about_too = ["大约", "大約", "约", "約", "약 ", "약"];
    let after = ["前后", "前後", "左右", "년경", "경", "무렵", "ごろ", "頃"];
    let perhaps = ["probably ", "possibly ", "perhaps ", "maybe ", "可能"];
    let date = |rest: &str| simple(rest).or_else(|| whole(rest));
    if let Some(rest) = about.iter().chain(&about_too).find_map(|mark| words.strip_prefix(mark)) {
        return Some(format!("{}~", date(rest)?));
    }
    if let Some(rest) = after.iter().find_map(|mark| words.strip_suffix(mark)) {
        return Some(format!("{}~", date(rest.trim_end())?));
    }
    let rest = perhaps.iter().find_map(|mark| words.strip_prefix(mark));
    let rest = rest.or_else(|| words.strip_suffix(" ?")).or_else(|| words.strip_suffix('?'))?;
    Some(format!("{}?", date(rest)?))
}

/// `before 1990`, `after March 1990`, `1990年以前`.
fn bounded(words: &str) -> Option<String> {
    let beyond = |rest: &str, step: i32| match year(rest).and_then(|year| year.parse::<i32>().ok()) {
        Some(year) => Some(format!("{:04}", year + step)),
        None => simple(rest),
    };
    if let Some(rest) = words.strip_prefix("before ") {
        return Some(format!("[..{}]", beyond(rest, -1)?));
    }
    if let Some(rest) = words.strip_prefix("after ") {
        return Some(format!("[{}..]", beyond(rest, 1)?));
    }
    let not_after =
        ["by ", "no later than ", "not later than "].iter().find_map(|mark| words.strip_prefix(mark));
    let not_after =
        not_after.or_else(|| ["以前", "之前", "이전"].iter().find_map(|mark| words.strip_suffix(mark)));
    if let Some(rest) = not_after {
        return Some(format!("[..{}]", simple(rest.trim_end())?));
    }
    let rest = ["以后", "以後", "之后", "之後", "이후"].iter().find_map(|mark| words.strip_suffix(mark))?;
    Some(format!("[{}..]", simple(rest.trim_end())?))
}

/// `1990/91`, `1990-91`.
fn short_interval(words: &str) -> Option<String> {
    let (first, last) = words.split_once(['/', '-', '–'])?;
    let (first, short) = (year(first)?, last.trim());
    let fits = short.len() == 2 && short.parse::<u32>().is_ok_and(|last| last > 12) && *short > first[2..];
    fits.then(|| format!("{first}/{}{short}", &first[..2]))
}

/// `03/04/1990`: both readings, unless one of them is no date.
fn day_or_month_first(words: &str) -> Vec<String> {
    let parts: Vec<&str> = words.split(['/', '.', '-']).map(str::trim).collect();
    let [a, b, year] = parts.as_slice() else { return Vec::new() };
    let number = |text: &str| text.parse::<u32>().ok().filter(|_| text.len() <= 2);
    let (Some(a), Some(b), 4, true) = (number(a), number(b), year.len(), year.parse::<u32>().is_ok()) else {
        return Vec::new();
    };
    let mut dates: Vec<String> = [(a, b), (b, a)]
        .iter()
        .map(|(day, month)| format!("{year}-{month:02}-{day:02}"))
        .filter(|date| parse(date).is_ok() && date[5..7].parse::<u32>().is_ok_and(|month| month <= 12))
        .collect();
    dates.dedup();
    dates
}

fn third(unit: Unit, part: Part) -> String {
    // First and last of each part, counted from the first of the unit.
    let cut = |count: u32| match part {
        Part::Early => (0, count.div_ceil(3) - 1),
        Part::Mid => (count.div_ceil(3), count - count / 3 - 1),
        Part::Late => (count - count / 3, count - 1),
        Part::FirstHalf => (0, count / 2 - 1),
        Part::SecondHalf => (count / 2, count - 1),
    };
    match unit {
        Unit::Century(number) => {
            let (first, last) = cut(100);
            format!("[{:04}..{:04}]", number * 100 - 99 + first, number * 100 - 99 + last)
        }
        Unit::Decade(year) => {
            let (first, last) = cut(10);
            format!("[{:04}..{:04}]", year + first, year + last)
        }
        Unit::Year(year) => {
            let (first, last) = cut(12);
            format!("[{year:04}-{:02}..{year:04}-{:02}]", first + 1, last + 1)
        }
        Unit::Month(year, month) => {
            let (first, last) = match part {
                Part::Early => (1, 10),
                Part::Mid => (11, 20),
                Part::Late => (21, length(year, month)),
                Part::FirstHalf => (1, 15),
                Part::SecondHalf => (16, length(year, month)),
            };
            format!("[{year:04}-{month:02}-{first:02}..{year:04}-{month:02}-{last:02}]")
        }
    }
}

/// How many days a month has.
fn length(year: u32, month: u32) -> u32 {
    (28..=31).rev().find(|day| parse(&format!("{year:04}-{month:02}-{day:02}")).is_ok()).unwrap_or(28)
}

fn unit(words: &str) -> Option<Unit> {
    let words = words.trim();
    century(words)
        .or_else(|| decade(words))
        .or_else(|| year(words).and_then(|year| year.parse().ok()).map(Unit::Year))
        .or_else(|| {
            let date = plain(&bare(words))?;
            let (year, month) = date.split_once('-').filter(|(year, _)| year.len() == 4)?;
            Some(Unit::Month(year.parse().ok()?, month.parse().ok().filter(|month| *month <= 12)?))
        })
}

fn century(words: &str) -> Option<Unit> {
    let named = [("nineteenth century", 19), ("twentieth century", 20), ("twenty-first century", 21)];
    if let Some((_, number)) = named.iter().find(|(name, _)| *name == words) {
        return Some(Unit::Century(*number));
    }
    let marks = ["th century", "st century", "世纪", "世紀", "세기"];
    let number = marks.iter().find_map(|mark| words.strip_suffix(mark))?;
    number.parse().ok().filter(|number| (1..=99).contains(number)).map(Unit::Century)
}

/// `1980s`, `1980's`, `1980年代`, `20世纪80年代`, `1980년대`.
fn decade(words: &str) -> Option<Unit> {
    let marks = ["'s", "’s", "s", "年代", "년대"];
    let years = marks.iter().find_map(|mark| words.strip_suffix(mark))?;
    let of_century = ["世纪", "世紀", "세기 ", "세기"].iter().find_map(|mark| years.split_once(mark));
    let first = match of_century {
        Some((century, tens)) => {
            let (century, tens): (u32, u32) = (century.parse().ok()?, tens.parse().ok()?);
            (tens < 100).then(|| century * 100 - 100 + tens).filter(|_| century > 0)?
        }
        None => years.parse().ok().filter(|_| years.len() == 4)?,
    };
    (first % 10 == 0).then_some(Unit::Decade(first))
}

/// Four digits, with 年 or 년 after them or without.
fn year(words: &str) -> Option<String> {
    let words = words.trim().trim_end_matches(['年', '년']);
    (words.len() == 4 && words.bytes().all(|byte| byte.is_ascii_digit())).then(|| words.to_owned())
}

/// One date without marks.
fn simple(words: &str) -> Option<String> {
    year(words).or_else(|| plain(&bare(words)))
}

/// Without the small words around a date: weekdays, `of`, the endings of `1st` and `3rd`.
fn bare(words: &str) -> String {
    let words = words.replace(['号', '號'], "日");
    let keep = |word: &&str| {
        let word = word.trim_end_matches([',', '.']);
        !(matches!(word, "of" | "the") || word.ends_with("day") && word.len() > 5)
    };
    let ordinal = |word: &str| {
        let end = word.trim_end_matches(',');
        let number = ["st", "nd", "rd", "th"].iter().find_map(|ending| end.strip_suffix(ending));
        match number.filter(|number| !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())) {
            Some(number) => number.to_owned(),
            None => word.to_owned(),
        }
    };
    words.split_whitespace().filter(keep).map(ordinal).collect::<Vec<_>>().join(" ")
}

/// Han numerals as digits: 二〇〇〇年 → 2000年, 十一月 → 11月, 二十世纪 → 20世纪.
fn western_numbers(text: &str) -> String {
    let digit = |found: char| match found {
        '〇' | '零' | '○' => Some(0),
        _ => "一二三四五六七八九".chars().position(|known| known == found).map(|at| at + 1),
    };
    let mut out = String::new();
    let mut run: Vec<char> = Vec::new();
    for found in text.chars().chain([' ']) {
        if digit(found).is_some() || found == '十' {
            run.push(found);
            continue;
        }
        if let Some(ten) = run.iter().position(|found| *found == '十') {
            let tens = run[..ten].iter().filter_map(|found| digit(*found)).next_back().unwrap_or(1);
            let ones = run[ten + 1..].iter().find_map(|found| digit(*found)).unwrap_or(0);
            out.push_str(&(tens * 10 + ones).to_string());
        } else {
            run.iter().filter_map(|found| digit(*found)).for_each(|number| out.push_str(&number.to_string()));
        }
        run.clear();
        out.push(found);
    }
    out.pop();
    out
}

#[cfg(test)]
mod tests {
    use super::meant;

    #[test]
    fn what_people_write_is_told_in_edtf() {
        for (text, date) in [
            ("2016/7", "2016-07"),
            ("July 2016", "2016-07"),
            ("3 March 1990", "1990-03-03"),
            ("3rd of March, 1990", "1990-03-03"),
            ("Monday, 26 March 1990", "1990-03-26"),
            ("1990s", "199X"),
            ("circa 1985", "1985~"),
            ("c. 1985", "1985~"),
            ("around July 1985", "1985-07~"),
            ("probably 1985", "1985?"),
            ("1985 ?", "1985?"),
            ("mid-1980s", "[1984..1986]"),
            ("the mid 1980s", "[1984..1986]"),
            ("early 1980s", "[1980..1983]"),
            ("late 1980s", "[1987..1989]"),
            ("mid-1990", "[1990-05..1990-08]"),
            ("early 1990", "[1990-01..1990-04]"),
            ("late July 2016", "[2016-07-21..2016-07-31]"),
            ("end of February 2000", "[2000-02-21..2000-02-29]"),
            ("first half of 1990", "[1990-01..1990-06]"),
            ("second half of the 20th century", "[1951..2000]"),
            ("20th century", "[1901..2000]"),
            ("Spring 1990", "1990-21"),
            ("the winter of 1990", "1990-24"),
            ("Q3 1990", "1990-35"),
            ("third quarter of 1990", "1990-35"),
            ("between 1984 and 1986", "[1984..1986]"),
            ("1984 or 1985", "[1984,1985]"),
            ("from 1984 to March 1986", "1984/1986-03"),
            ("before 1990", "[..1989]"),
            ("after 1990", "[1991..]"),
            ("by March 1990", "[..1990-03]"),
            ("1990/91", "1990/1991"),
            ("1998-99", "1998/1999"),
            ("03/26/1990", "1990-03-26"),
            ("2000年2月", "2000-02"),
            ("2000年2月16日", "2000-02-16"),
            ("二〇〇〇年二月十六日", "2000-02-16"),
            ("2016年七月底", "[2016-07-21..2016-07-31]"),
            ("2016年7月上旬", "[2016-07-01..2016-07-10]"),
            ("1980年代中期", "[1984..1986]"),
            ("1980年代", "198X"),
            ("20世纪80年代", "198X"),
            ("20世紀八十年代末", "[1987..1989]"),
            ("20世纪上半叶", "[1901..1950]"),
            ("20世紀上半葉", "[1901..1950]"),
            ("二十世纪下半叶", "[1951..2000]"),
            ("1985年前后", "1985~"),
            ("约1985年", "1985~"),
            ("1990年春", "1990-21"),
            ("1990年以前", "[..1990]"),
            ("1984年至1986年", "1984/1986"),
            ("1990年底", "[1990-09..1990-12]"),
            ("1990년 3월", "1990-03"),
            ("1990년 3월 26일", "1990-03-26"),
            ("1980년대", "198X"),
            ("1980년대 중반", "[1984..1986]"),
            ("20세기 전반", "[1901..1950]"),
            ("1985년경", "1985~"),
            ("1990년 봄", "1990-21"),
            ("１９８５", "1985"),
        ] {
            assert_eq!(meant(text), [date], "{text}");
        }
    }

    #[test]
    fn where_day_and_month_cannot_be_told_apart_both_are_offered() {
        assert_eq!(meant("03/04/1990"), ["1990-04-03", "1990-03-04"]);
        assert_eq!(meant("4.4.1990"), ["1990-04-04"]);
    }

    #[test]
    fn what_is_no_date_means_nothing() {
        for text in [
            "",
            "the other day",
            "Monday",
            "1985-13",
            "32/01/1990",
            "century",
            "八十年代",
            "年",
            "s",
            "mid-",
            "1990..",
            "?",
        ] {
            assert_eq!(meant(text), [""; 0], "{text}");
        }
    }
}
