//! How far a load or a compaction is: told to whoever asked to be told, and of no effect on it.

/// What a load or a compaction is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step<'s> {
    /// It reads a file.
    Reading {
        /// The file's name.
        file: &'s str,
        /// How many bytes of all files have been read.
        done: u64,
        /// How many there are.
        total: u64,
    },
    /// It checks the files together with the archive.
    Checking,
    /// It writes rows.
    Writing {
        /// How many are written.
        done: u64,
        /// How many there are.
        total: u64,
    },
    /// The commit stands, and columns are made of it.
    Deriving,
}

/// Is told of steps, now and then.
pub type Watch = fn(Step<'_>);
