//! Dates worked by hand from the words of the design, not from what the program answers.
//!
//! A row is: the claims (`&` between them; of each the status if it is not asserted, and its date fields, `when`
//! without its name), the existence of the actors, the newest day of the references (or `-`), the window, what the
//! answer must be, and why. A row is a line, whatever its length, so that the tables can be read down.

use chancery::date::{Certainty, Date, Dating, Day, Duration, Setting, Status, Window, verdict};

type Row = (&'static str, &'static str, &'static str, &'static str, Certainty, &'static str);

use Certainty::{Certainly, No, Possibly};
use Duration::{Instant, Lasting};

const EVER: &str = "../..";
/// Mongolia as a state.
const MONGOLIA: &str = "1921-03-13/..";
/// Up to the last day of the Soviet Union.
const SOVIET: &str = "../1991-12-26";
/// A tie between the two.
const BOTH: &str = "1921-03-13/1991-12-26";

/// `absent start:1970 end:1980` and the like.
fn claim(text: &str) -> (Status, Dating) {
    let mut status = Status::default();
    let [mut when, mut start, mut end, mut attested] = [None, None, None, None];
    for word in text.split_whitespace() {
        let read = |date: &str| Some(date.parse::<Date>().expect(date));
        if let Ok(found) = word.parse::<Status>() {
            status = found;
        } else if let Some(date) = word.strip_prefix("start:") {
            start = read(date);
        } else if let Some(date) = word.strip_prefix("end:") {
            end = read(date);
        } else if let Some(date) = word.strip_prefix("attested:") {
            attested = read(date);
        } else {
            when = read(word);
        }
    }
    (status, Dating::new(when, start, end, attested).expect(text))
}

fn check(duration: Duration, rows: &[Row]) {
    let mut wrong = Vec::new();
    for (claims, exists, known_until, window, expected, reason) in rows {
        let known_until: Option<Day> = (*known_until != "-").then(|| known_until.parse().expect(known_until));
        let setting = Setting { exists: exists.parse().expect(exists), known_until };
        let asked: Window = window.parse().expect(window);
        let said = claims
            .split('&')
            .map(claim)
            .map(|(status, dating)| (status, dating.resolve(duration, &setting).holds(asked)));
        let found = verdict(said);
        if found != *expected {
            wrong.push(format!("{claims} in {window}: {found}, not {expected} ({reason})"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
#[rustfmt::skip]
fn an_instant_is_one_day_of_its_date() {
    check(Instant, &[
        ("1999", EVER, "-", "1999", Certainly, "the window has every day it can be"),
        ("1999", EVER, "-", "1999-06", Possibly, "it can be in another month"),
        ("1999", EVER, "-", "2000", No, "no day of 1999 is in 2000"),
        ("1999-03-26", EVER, "-", "1999-03-26/1999-03-27", Certainly, "windows include their ends"),
        ("1999-03", EVER, "-", "1999-03-15/1999-04-15", Possibly, "it can be in the first half of March"),
        ("1990-03-26T12:00Z", EVER, "-", "1990-03-26", Certainly, "a time of day is of that day"),
        ("Y17000000", EVER, "-", "2000", No, "a far year is far away"),
        ("-0044-03-15", EVER, "-", "-0044", Certainly, "years before 0 count as others do"),
        ("1950S2", EVER, "-", "1900/1999", Certainly, "two significant digits are a century"),
        ("1950S2", EVER, "-", "1950", Possibly, "and not the year itself"),
        ("1999", MONGOLIA, "1990-01-01", "1999", Certainly, "neither existence nor references bound a day"),
    ]);
}

#[test]
#[rustfmt::skip]
fn an_interval_means_throughout_for_instants_too() {
    check(Instant, &[
        ("1990-03-26/1990-03-29", EVER, "-", "1990-03-28", Certainly, "the third day of a visit of four"),
        ("1990-03-26/1990-03-29", EVER, "-", "1990-03-29", Certainly, "the last day is in it"),
        ("1990-03-26/1990-03-29", EVER, "-", "1990-03-30", No, "the day after is not"),
        ("1990-03/1990-04", EVER, "-", "1990-03-31", Certainly, "begun by 31 March, not ended before 1 April"),
        ("1990-03/1990-04", EVER, "-", "1990-03-15", Possibly, "it can have begun on the 20th"),
        ("[1990-03-26..1990-03-29]", EVER, "-", "1990-03-28", Possibly, "some time within is written as a set"),
        ("[1990-03-26..1990-03-29]", EVER, "-", "1990-03", Certainly, "and every choice is in March"),
        ("[1990-03..1990-04-15]", EVER, "-", "1990-04-16", No, "the ends of a range may differ in precision"),
        ("1990-03-26T22:30/1990-03-27T01:00:00Z", EVER, "-", "1990-03-27", Certainly, "a night over midnight"),
    ]);
}

#[test]
#[rustfmt::skip]
fn approximate_widens_by_a_unit_each_way_and_uncertain_caps() {
    check(Instant, &[
        ("1985~", EVER, "-", "1985", Possibly, "it can be in 1984 or 1986"),
        ("1985~", EVER, "-", "1984/1986", Certainly, "one year each way is all there is"),
        ("1985~", EVER, "-", "1984-02", Possibly, "February 1984 is in reach"),
        ("1985~", EVER, "-", "1987", No, "1987 is two years off"),
        ("1985-06~", EVER, "-", "1985-07-31", Possibly, "one month each way"),
        ("1985-06~", EVER, "-", "1985-08-01", No, "two months off"),
        ("1985-12~", EVER, "-", "1985-11/1986-01", Certainly, "months are carried over the year"),
        ("1985-06-15~", EVER, "-", "1985-06-14/1985-06-16", Certainly, "one day each way"),
        ("1985-06-15~", EVER, "-", "1985-06-17", No, "two days off"),
        ("1985?", EVER, "-", "1985", Possibly, "? caps"),
        ("1985?", EVER, "-", "1986", No, "and widens nothing"),
        ("1985%", EVER, "-", "1986", Possibly, "% widens as ~ does"),
        ("1985%", EVER, "-", "1980/1990", Possibly, "and caps as ? does"),
        ("1985%", EVER, "-", "1987", No, "two years off"),
        ("2004-06~-11", EVER, "-", "2004-05-11/2004-07-11", Certainly, "~ on the month: the 11th, a month each way"),
        ("2004-06~-11", EVER, "-", "2004-06-11", Possibly, "the month is not sure"),
        ("2004-06~-11", EVER, "-", "2004-05-10", No, "the day is"),
        ("2004~-06-11", EVER, "-", "2003-06-11", Possibly, "~ on the year"),
        ("?2004-06", EVER, "-", "2004", Possibly, "doubt about the year caps the whole"),
        ("2004-06-?11", EVER, "-", "2004", Possibly, "and so does doubt about the day"),
        ("198X~", EVER, "-", "1975", Possibly, "the unit of a decade is a decade"),
        ("198X~", EVER, "-", "1969", No, "two decades off"),
    ]);
    check(Lasting, &[
        ("1970/1980?", EVER, "-", "1975", Possibly, "a doubtful end makes the claim doubtful"),
        ("1970~/1980", EVER, "-", "1971-06", Possibly, "it can have begun in the course of 1971"),
        ("1970~/1980", EVER, "-", "1972", Certainly, "but not after it"),
        ("1970/1980 attested:1975?", EVER, "-", "1975", Possibly, "a doubtful attestation, too"),
    ]);
}

#[test]
#[rustfmt::skip]
fn unspecified_digits_and_seasons_allow_what_matches_them() {
    check(Instant, &[
        ("199X", EVER, "-", "1990/1999", Certainly, "the decade"),
        ("199X", EVER, "-", "1995", Possibly, "a year of it"),
        ("199X", EVER, "-", "2000", No, "the next one"),
        ("1985-XX", EVER, "-", "1985", Certainly, "some month of the year"),
        ("1985-06-XX", EVER, "-", "1985-06", Certainly, "some day of the month"),
        ("1985-06-1X", EVER, "-", "1985-06-20", No, "the 10th to the 19th"),
        ("1985-XX-15", EVER, "-", "1985-06", Possibly, "it can be 15 June"),
        ("1985-XX-15", EVER, "-", "1985-06-16/1985-07-14", No, "no fifteenth between"),
        ("1985-XX-15", EVER, "-", "1985-01-15/1985-12-15", Certainly, "from the first fifteenth to the last"),
        ("19XX-12-25", EVER, "-", "1950-06", No, "Christmas is not in June"),
        ("1XXX-12", EVER, "-", "1500-06", Possibly, "a thousand Decembers are read as one range, as documented"),
        ("1950-21", EVER, "-", "1950-03/1950-05", Certainly, "spring is March to May"),
        ("1950-24", EVER, "-", "1951-02", Possibly, "winter runs into the next year"),
        ("1950-24", EVER, "-", "1950-01", No, "and not out of the last one"),
        ("1950-29", EVER, "-", "1950-09/1950-11", Certainly, "southern spring"),
        ("1950-33", EVER, "-", "1950-01/1950-03", Certainly, "the first quarter"),
        ("1950-41", EVER, "-", "1950-07/1950-12", Certainly, "the second half"),
        ("1950-21~", EVER, "-", "1950-08-31", Possibly, "the unit of a season is three months"),
        ("1950-21~", EVER, "-", "1950-09-01", No, "and no more"),
    ]);
}

#[test]
#[rustfmt::skip]
fn one_of_a_set_and_all_of_a_set_differ() {
    check(Instant, &[
        ("[1990,1995]", EVER, "-", "1992", No, "neither year"),
        ("[1990,1995]", EVER, "-", "1990", Possibly, "it can be the other"),
        ("[1990,1995]", EVER, "-", "1990/1995", Certainly, "both alternatives are in it"),
        ("{1990,1995}", EVER, "-", "1990", Certainly, "one of two occurrences"),
        ("{1990,1995}", EVER, "-", "1992", No, "none of them"),
        ("{1990,1995}", EVER, "-", "1990-06", Possibly, "a part of a year"),
        ("{1990..1992}", EVER, "-", "1991", Certainly, "each year of the range"),
        ("{1960-01-01..1960-01-31}", EVER, "-", "1960-01-17", Certainly, "each day of the range"),
        ("[..1990]", EVER, "-", "1800", Possibly, "any time before"),
        ("[..1990]", EVER, "-", "1991", No, "and not after"),
        ("[1990..]", EVER, "-", "2050", Possibly, "any time after"),
        ("[1990..]", EVER, "-", "1989", No, "and not before"),
        ("{1990?,1995}", EVER, "-", "1995", Certainly, "the doubt is of the other occurrence"),
        ("{1990?,1995}", EVER, "-", "1990", Possibly, "of this one"),
        ("[1990?,1995]", EVER, "-", "1990/1995", Possibly, "all alternatives must be certain"),
        ("[1985~..1990]", EVER, "-", "1984", Possibly, "the ends of a range may be approximate"),
        ("[1985~..1990]", EVER, "-", "1983", No, "by a year"),
    ]);
}

#[test]
#[rustfmt::skip]
fn a_lasting_tie_with_a_plain_date_begins_then() {
    check(Lasting, &[
        ("1970", MONGOLIA, "2020-01-01", "1970", Certainly, "it began in the window"),
        ("1970", MONGOLIA, "2020-01-01", "1985", Possibly, "years later: its end is unknown, whatever is known since"),
        ("1970", MONGOLIA, "2020-01-01", "1969", No, "not yet"),
        ("1970", SOVIET, "-", "1992", No, "an unknown end is not after the end of an actor"),
        ("1970", EVER, "-", "1970-06", Possibly, "it can have begun in autumn"),
        ("1970", EVER, "-", "1970-07/1999", Possibly, "it can have begun and ended in spring"),
        ("[1990,1995]", EVER, "-", "1992", Possibly, "if it began in 1990"),
        ("[1990,1995]", EVER, "-", "1990/1995", Certainly, "it began in one of them"),
        ("[1990,1995]", EVER, "-", "1989", No, "before both"),
        ("{1990,1995}", EVER, "-", "1995", Certainly, "the second began"),
        ("{1990,1995}", EVER, "-", "1992", Possibly, "the first may last"),
        ("1970/1980", EVER, "-", "1975", Certainly, "between"),
        ("1970/1980", EVER, "-", "1970", Certainly, "it began in it"),
        ("1970/1980", EVER, "-", "1970-06", Possibly, "before or after it began"),
        ("1970/1980", EVER, "-", "1981", No, "after"),
        ("1970-05-01/1980-06-01", EVER, "-", "1980-06-01", Certainly, "the last day is in force"),
    ]);
}

#[test]
#[rustfmt::skip]
fn an_open_end_is_certain_as_far_as_its_references_know() {
    check(Lasting, &[
        ("1948-10-15/..", EVER, "2016-07-01", "2010", Certainly, "the reference is newer"),
        ("1948-10-15/..", EVER, "2016-07-01", "2016-07-01", Certainly, "its own day"),
        ("1948-10-15/..", EVER, "2016-07-01", "2016-07-02", Possibly, "the day after its reference"),
        ("1948-10-15/..", EVER, "-", "2010", Possibly, "nothing says up to when"),
        ("1948-10-15/..", EVER, "-", "1948", Certainly, "not beyond the start, but there"),
        ("1948-10-15/..", EVER, "1940-01-01", "1948-10-15", Certainly, "a reference older than the start"),
        ("1948-10-15/..", EVER, "1940-01-01", "1948-10-16", Possibly, "says nothing beyond it"),
        ("1948-10-15/..", EVER, "2016-07-01", "1948-10-14", No, "before the start"),
        ("1990/..", EVER, "-", "1990-06", Possibly, "the start itself is a year wide"),
        ("1948-10-15/..", SOVIET, "2016-07-01", "1991", Certainly, "while both exist"),
        ("1948-10-15/..", SOVIET, "2016-07-01", "2000", Possibly, "no bound, but no certainty without an actor"),
        ("../1990", MONGOLIA, "-", "1950", Certainly, "an open start has no bound"),
        ("../1990", MONGOLIA, "-", "1900", Possibly, "but no certainty without an actor"),
        ("../1990", EVER, "-", "1800", Certainly, "actors without a known beginning"),
        ("../1990", MONGOLIA, "-", "1991", No, "after its end"),
        ("../..", MONGOLIA, "2016-07-01", "2010", Certainly, "always, as far as is known"),
        ("start:[1901..1950] end:..", EVER, "2020-01-01", "1925", Possibly, "it may not have begun"),
        ("start:[1901..1950] end:..", EVER, "2020-01-01", "1960", Certainly, "it has by then, and is open"),
        ("start:[1901..1950] end:..", EVER, "2020-01-01", "1900", No, "not yet"),
        ("start:[1901..1950]", EVER, "2020-01-01", "1960", Possibly, "without an end it is unknown, not open"),
        ("..1970/1980", EVER, "-", "1970-12-31", Certainly, "it began by 1970"),
        ("1970/1980..", EVER, "-", "1979", Certainly, "it ended in 1980 or after"),
        ("1970/1980..", EVER, "-", "1999", Possibly, "perhaps much after"),
    ]);
}

#[test]
#[rustfmt::skip]
fn unknown_is_not_open() {
    check(Lasting, &[
        ("1970/", SOVIET, "2020-01-01", "1985", Possibly, "it can have ended by then, whatever the reference"),
        ("1970/", SOVIET, "-", "1970", Certainly, "it began in it"),
        ("1970/", SOVIET, "-", "1992", No, "not after the end of an actor"),
        ("1970/ attested:1985", SOVIET, "-", "1980", Certainly, "between the start and the day attested"),
        ("1970/ attested:1985", SOVIET, "-", "1985", Certainly, "on some day of 1985"),
        ("1970/ attested:1985", SOVIET, "-", "1985-06", Possibly, "which day is not said"),
        ("1970/ attested:1985", SOVIET, "-", "1986", Possibly, "it can have ended"),
        ("1970 attested:1985", SOVIET, "-", "1980", Certainly, "a plain date of a lasting tie is its start"),
        ("start:1970 attested:1985", SOVIET, "-", "1980", Certainly, "so is a start alone"),
        ("/1990", MONGOLIA, "-", "1950", Possibly, "its start is unknown"),
        ("/1990", MONGOLIA, "-", "1920", No, "not before an actor exists"),
        ("/1990", MONGOLIA, "-", "1990", Certainly, "it ended in it"),
        ("/1990 attested:1960", MONGOLIA, "-", "1970", Certainly, "between the day attested and the end"),
        ("/1990 attested:1960", MONGOLIA, "-", "1950", Possibly, "it may not have begun"),
        ("", BOTH, "2020-01-01", "1950", Possibly, "no date: both ends unknown"),
        ("", BOTH, "-", "1920", No, "before both actors exist"),
        ("", BOTH, "-", "1900/2000", Certainly, "some time while both exist"),
        ("", EVER, "-", "1950", Possibly, "nothing known at all"),
        ("", EVER, "-", "../..", Certainly, "but that it was"),
        ("[1970,1990] attested:1980", EVER, "-", "1975", Certainly, "only the earlier start fits what is attested"),
    ]);
    check(Instant, &[
        ("", BOTH, "-", "1950", Possibly, "an undated visit"),
        ("", BOTH, "-", "1900/2000", Certainly, "while both exist"),
        ("", BOTH, "-", "1992", No, "and not after"),
    ]);
}

#[test]
#[rustfmt::skip]
fn attestation_alone_leaves_both_ends_unknown() {
    check(Lasting, &[
        ("attested:1985", BOTH, "-", "1985", Certainly, "in force on some day of it"),
        ("attested:1985", BOTH, "-", "1985-06", Possibly, "which day is not said"),
        ("attested:1985", BOTH, "-", "1950", Possibly, "before"),
        ("attested:1985", BOTH, "-", "1920", No, "not before an actor exists"),
        ("attested:1985", BOTH, "-", "1992", No, "nor after one ended"),
        ("attested:1985/1987", BOTH, "-", "1986", Certainly, "throughout"),
        ("attested:1985/1987", BOTH, "-", "1988", Possibly, "after"),
        ("attested:[1985,1987]", BOTH, "-", "1986", Possibly, "in one of the two"),
        ("attested:[1985,1987]", BOTH, "-", "1985/1987", Certainly, "wherever it was, here"),
        ("attested:{1985,1987}", BOTH, "-", "1986", Certainly, "from the first day attested to the last"),
        ("attested:1995", SOVIET, "-", "1995", Certainly, "what is written stands against existence"),
        ("attested:1995", SOVIET, "-", "1996", No, "and the unknown end falls back on it"),
        ("attested:1985/..", EVER, "2016-07-01", "2010", Certainly, "attested on, and still"),
        ("1970/1980 attested:1975", EVER, "-", "1975", Certainly, "beside an interval it adds nothing"),
        ("{1970,1990} attested:1980", EVER, "-", "1980", Certainly, "beside occurrences, one more of them"),
    ]);
    check(Instant, &[
        ("attested:1985", EVER, "-", "1985", Certainly, "a happening is attested on its day"),
        ("attested:1985", EVER, "-", "1986", No, "and on no other"),
        ("1985 attested:1985-06", EVER, "-", "1985-06", Certainly, "the days of both"),
    ]);
}

#[test]
#[rustfmt::skip]
fn several_claims_are_weighed_together() {
    check(Lasting, &[
        ("refuted 1970/1980", EVER, "-", "1975", No, "refuted allows nothing"),
        ("refuted 1970/1980 & refuted 1972/1984", EVER, "-", "1975", No, "all claims refuted"),
        ("absent 1970/1980", EVER, "-", "1975", No, "an observed zero"),
        ("1970/1980 & 1972/1984", EVER, "-", "1971", Possibly, "an embassy by one book, none yet by the other"),
        ("1970/1980 & 1972/1984", EVER, "-", "1975", Certainly, "both books agree"),
        ("1970/1980 & 1972/1984", EVER, "-", "1982", Possibly, "only the second book has it still"),
        ("1970/1980 & 1972/1984", EVER, "-", "1985", No, "neither has it"),
        ("1970/1980 & alleged 1981/1990", EVER, "-", "1975", Certainly, "an allegation takes nothing away"),
        ("1970/1980 & alleged 1981/1990", EVER, "-", "1985", Possibly, "and adds no more than possibly"),
        ("hypothetical 1970/1980", EVER, "-", "1975", Possibly, "supposed"),
        ("1970/1980 & refuted", EVER, "-", "1975", Possibly, "refuted without a date touches every window"),
        ("1970/1990 & absent 1980/1982", EVER, "-", "1981", Possibly, "one says there was none"),
        ("1970/1990 & absent 1980/1982", EVER, "-", "1975", Certainly, "but not of 1975"),
        ("alleged 1970/1980 & alleged 1970/1980", EVER, "-", "1975", Possibly, "no asserted claim"),
    ]);
    check(Instant, &[
        ("alleged [..2005]", EVER, "-", "2000", Possibly, "the deed is alleged"),
        ("disputed 1990", EVER, "-", "1990", Possibly, "disputed"),
        ("1990 & 1990-05", EVER, "-", "1990", Certainly, "both are in 1990"),
        ("1990 & 1990-05", EVER, "-", "1990-05", Possibly, "one book does not say the month"),
    ]);
}
