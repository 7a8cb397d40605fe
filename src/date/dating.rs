//! How one claim is dated: in `when`, or in `start` and `end`, with `attested` beside or instead.

use serde::{Deserialize, Serialize};

use super::Date;
use super::resolve::contradicts;
use super::shape::{End, Shape};

/// The date fields of one claim; by default none of them, which is "both ends unknown".
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(try_from = "Fields", into = "Fields")]
pub struct Dating {
    when: Option<Date>,
    start: Option<Date>,
    end: Option<Date>,
    attested: Option<Date>,
}

/// The fields as they stand in a file, before they are looked at together.
#[derive(Serialize, Deserialize)]
struct Fields {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    when: Option<Date>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    start: Option<Date>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    end: Option<Date>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    attested: Option<Date>,
}

/// Why date fields cannot stand together.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DatingError {
    /// `when` says the whole, `start` and `end` say its parts.
    #[error("`when` stands beside `start` or `end`: write one interval in `when`, or the two ends alone")]
    WhenBesideEnds,
    /// An interval or `{}` where one day is meant.
    #[error(
        "`{field}` is one day, known or not, but `{text}` is several: write `[a..b]` for a day between a and b"
    )]
    ManyDays {
        /// `start` or `end`.
        field: &'static str,
        /// What stands there.
        text: String,
    },
    /// A bare `..` where a date is meant.
    #[error("`..` alone is no date for `{field}`: write `../..` for always")]
    OpenAlone {
        /// `when` or `attested`.
        field: &'static str,
    },
    /// All days that the end allows lie before all that the start allows.
    #[error("the end `{end}` is before the start `{start}`")]
    EndBeforeStart {
        /// The start, as written.
        start: String,
        /// The end, as written.
        end: String,
    },
    /// It cannot have been in force when it is attested.
    #[error("`attested` `{attested}` lies before the start or after the end")]
    AttestedOutside {
        /// The attestation, as written.
        attested: String,
    },
}

impl Dating {
    /// Puts the date fields of a claim together.
    ///
    /// # Errors
    /// If `when` stands beside `start` or `end`; if `start` or `end` is an interval or a set of several occurrences;
    /// if `when` or `attested` is a bare `..`; if the end is certainly before the start; if it was certainly not in
    /// force when it is attested.
    pub fn new(
        when: Option<Date>,
        start: Option<Date>,
        end: Option<Date>,
        attested: Option<Date>,
    ) -> Result<Self, DatingError> {
        if when.is_some() && (start.is_some() || end.is_some()) {
            return Err(DatingError::WhenBesideEnds);
        }
        for (field, date) in [("when", &when), ("attested", &attested)] {
            if let Some(Shape::Open) = date.as_ref().map(Date::shape) {
                return Err(DatingError::OpenAlone { field });
            }
        }
        for (field, date) in [("start", &start), ("end", &end)] {
            if let Some(date) = date.as_ref().filter(|date| end_of(date).is_none()) {
                return Err(DatingError::ManyDays { field, text: date.to_string() });
            }
        }
        if let (Some(start), Some(end)) = (&start, &end)
            && let (Some(End::Within(first)), Some(End::Within(last))) = (end_of(start), end_of(end))
            && first.first() > last.last()
        {
            return Err(DatingError::EndBeforeStart { start: start.to_string(), end: end.to_string() });
        }
        let dating = Self { when, start, end, attested };
        match &dating.attested {
            Some(attested) if contradicts(&dating) => {
                Err(DatingError::AttestedOutside { attested: attested.to_string() })
            }
            Some(_) | None => Ok(dating),
        }
    }

    /// The whole date, where one expression says it.
    pub fn when(&self) -> Option<&Date> {
        self.when.as_ref()
    }

    /// The beginning, where the ends are written apart.
    pub fn start(&self) -> Option<&Date> {
        self.start.as_ref()
    }

    /// The end, where the ends are written apart.
    pub fn end(&self) -> Option<&Date> {
        self.end.as_ref()
    }

    /// When it is attested to have been in force.
    pub fn attested(&self) -> Option<&Date> {
        self.attested.as_ref()
    }

    /// Whether no field is filled.
    pub fn is_empty(&self) -> bool {
        self.dates().next().is_none()
    }

    /// The fields that are filled.
    pub fn dates(&self) -> impl Iterator<Item = &Date> {
        [&self.when, &self.start, &self.end, &self.attested].into_iter().flatten()
    }
}

/// What a date says as the start or end of something; nothing if it says several things.
///
/// Gaps are read over: of a start between two days only the first and the last matter, since the end is not tied to it.
pub(super) fn end_of(date: &Date) -> Option<End> {
    use super::Reading::{Alternatives, Occurrences};
    match date.shape() {
        Shape::Open => Some(End::Open),
        Shape::Choice { reading: Alternatives, .. } => Some(End::Within(date.window())),
        Shape::Choice { reading: Occurrences, .. } | Shape::Interval { .. } => None,
    }
}

impl TryFrom<Fields> for Dating {
    type Error = DatingError;

    fn try_from(fields: Fields) -> Result<Self, Self::Error> {
        Self::new(fields.when, fields.start, fields.end, fields.attested)
    }
}

impl From<Dating> for Fields {
    fn from(dating: Dating) -> Self {
        Self { when: dating.when, start: dating.start, end: dating.end, attested: dating.attested }
    }
}

#[cfg(test)]
mod tests {
    use super::{Date, Dating, DatingError};

    fn refused(json: &str) -> String {
        serde_json::from_str::<Dating>(json).unwrap_err().to_string()
    }

    #[test]
    fn fields_that_cannot_stand_together_are_refused_in_words() {
        for (json, words) in [
            (r#"{"when": "1990", "end": "1991"}"#, "`when` stands beside `start` or `end`"),
            (r#"{"start": "1901/1950"}"#, "`start` is one day, known or not, but `1901/1950` is several"),
            (r#"{"end": "{1901,1950}"}"#, "`end` is one day"),
            (r#"{"when": ".."}"#, "`..` alone is no date for `when`"),
            (r#"{"start": "1990", "end": "1989"}"#, "the end `1989` is before the start `1990`"),
            (r#"{"when": "1990", "attested": "1989"}"#, "`attested` `1989` lies before the start"),
            (
                r#"{"when": "1970/1980", "attested": "1981"}"#,
                "`attested` `1981` lies before the start or after the end",
            ),
            (r#"{"end": "1980", "attested": "[1981,1982]"}"#, "`attested`"),
            (r#"{"when": "1990s"}"#, "`1990s` is not an EDTF date"),
        ] {
            assert!(refused(json).contains(words), "{json}: {}", refused(json));
        }
    }

    #[test]
    fn what_may_be_is_not_refused() {
        for json in [
            "{}",
            r#"{"start": "[1901..1950]", "end": ".."}"#,
            r#"{"start": "1990-06", "end": "1990"}"#,
            r#"{"start": "1990~", "end": "1989"}"#,
            r#"{"when": "1970/", "attested": "1970"}"#,
            r#"{"when": "[1970,1990]", "attested": "1980"}"#,
            r#"{"attested": "{1985,1987}"}"#,
        ] {
            let dating: Dating = serde_json::from_str(json).unwrap();
            let written = serde_json::to_string(&dating).unwrap();
            assert_eq!(written, json.replace(": ", ":").replace(", ", ","));
            assert_eq!(dating.is_empty(), json == "{}");
        }
    }

    #[test]
    fn the_fields_are_kept_as_they_are() {
        let read = |text: &str| text.parse::<Date>().ok();
        let dating = Dating::new(None, read("1970"), read(".."), read("1985")).unwrap();
        assert_eq!(dating.dates().map(Date::as_str).collect::<Vec<_>>(), ["1970", "..", "1985"]);
        assert_eq!((dating.when(), dating.end().map(Date::as_str)), (None, Some("..")));
        assert_eq!(Dating::new(read("1970"), read("1970"), None, None), Err(DatingError::WhenBesideEnds));
    }
}
