//! What a user says of the columns of tables: roles by the heads of columns, for all tables or for some by their names.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::{detect::Options, node_columns, roles::Role};

/// Whether a column can be given a role of this name.
pub fn is_role(name: &str) -> bool {
    Role::named(name).is_some() || node_columns::named(name).is_some()
}

/// The names of roles, for those who wrote another.
pub const ROLES: &str = "of ties source, target, relation, when, start, end, id (when.year, when.month, when.day and so on where a \
     date stands in several columns), of actors id, name, name.LANG, aliases, kind, code.SCHEME, start, end, existence, \
     organ_of, citizen_of, note";

/// What is said of the tables of one name, or of all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TableOptions {
    /// Role and head of a column.
    pub columns: Vec<(String, String)>,
    /// Values that mean that nothing is known.
    pub missing: Vec<String>,
}

/// A mapping file: what holds for all tables, and what for those of a name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Mapping {
    /// What holds for all tables.
    pub all: TableOptions,
    /// Names of files, and what is said of their tables.
    pub tables: Vec<(String, TableOptions)>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Entry {
    Text(String),
    List(Vec<String>),
    Number(i64),
    Table(BTreeMap<String, Entry>),
}

impl Mapping {
    /// Reads the text of a mapping file (TOML).
    ///
    /// ```toml
    /// missing = ["-9", "."]
    /// ["events.csv"]
    /// source = "ccode1"
    /// target = "ccode2"
    /// start = ["styear", "stmonth", "stday"]
    /// ```
    ///
    /// # Errors
    /// In words, with the line, when it is no TOML, or says what no table has.
    pub fn parse(text: &str) -> Result<Self, String> {
        let entries: BTreeMap<String, Entry> =
            toml::from_str(text).map_err(|error| error.to_string().trim_end().to_owned())?;
        let mut mapping = Self::default();
        for (key, entry) in entries {
            match entry {
                Entry::Table(entries) if !is_group(&key) => {
                    let mut options = TableOptions::default();
                    for (inner, entry) in entries {
                        options.take(&inner, entry)?;
                    }
                    mapping.tables.push((key, options));
                }
                entry => mapping.all.take(&key, entry)?,
            }
        }
        Ok(mapping)
    }
}

/// Keys under which several roles stand.
fn is_group(key: &str) -> bool {
    ["name", "label", "code", "when", "start", "end"].contains(&key)
}

impl TableOptions {
    fn take(&mut self, key: &str, entry: Entry) -> Result<(), String> {
        match (key, entry) {
            ("missing", Entry::Text(value)) => self.missing.push(value),
            ("missing", Entry::Number(value)) => self.missing.push(value.to_string()),
            ("missing", Entry::List(values)) => self.missing.extend(values),
            (key, Entry::Text(head)) if is_role(key) => self.columns.push((key.to_owned(), head)),
            (key @ ("when" | "start" | "end"), Entry::List(heads)) if (1..=3).contains(&heads.len()) => {
                for (part, head) in ["year", "month", "day"].iter().zip(heads) {
                    self.columns.push((format!("{key}.{part}"), head));
                }
            }
            (key, Entry::Table(entries)) if is_group(key) => {
                for (inner, entry) in entries {
                    self.take(&format!("{key}.{inner}"), entry)?;
                }
            }
            (key, _) if is_role(key) => {
                return Err(format!(
                    "`{key}` is the head of a column, or, for a date, a list of year, month and day"
                ));
            }
            (key, _) => return Err(format!("no role `{key}`: they are {ROLES}; and `missing`")),
        }
        Ok(())
    }
}

/// What is said of one table: for it by name, and beside that for all.
pub(super) fn of_table(options: &Options, name: &str) -> TableOptions {
    let short = name.rsplit(['/', '\\']).next().unwrap_or(name);
    let bare = short.split('[').next().unwrap_or(short);
    let mut told = TableOptions::default();
    for (table, own) in &options.tables {
        if table == short || table == bare {
            told.columns.extend(own.columns.iter().cloned());
            told.missing.extend(own.missing.iter().cloned());
        }
    }
    for (role, head) in &options.columns {
        if !told.columns.iter().any(|(known, _)| known == role) {
            told.columns.push((role.clone(), head.clone()));
        }
    }
    told.missing.extend(options.missing.iter().cloned());
    told
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mapping_file_names_roles_for_all_tables_and_for_one() {
        let mapping = Mapping::parse(
            "missing = [\"-9\", \".\"]\nsource = \"a\"\n[name]\nzh-Hant = \"漢\"\n[\"x.csv\"]\nwhen = [\"y\", \"m\"]\ncode.cow = \"c\"\n",
        )
        .unwrap();
        let pair = |role: &str, head: &str| (role.to_owned(), head.to_owned());
        assert_eq!(mapping.all.missing, ["-9", "."]);
        assert_eq!(mapping.all.columns, [pair("name.zh-Hant", "漢"), pair("source", "a")]);
        let (name, options) = &mapping.tables[0];
        assert_eq!(name, "x.csv");
        assert_eq!(options.columns, [pair("code.cow", "c"), pair("when.year", "y"), pair("when.month", "m")]);
    }

    #[test]
    fn what_no_table_has_is_said() {
        assert!(Mapping::parse("sorce = \"a\"").unwrap_err().contains("no role `sorce`"));
        assert!(Mapping::parse("source = 3").unwrap_err().contains("head of a column"));
        assert!(Mapping::parse("source = ").unwrap_err().contains("line 1"));
    }
}
