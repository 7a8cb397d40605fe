//! What an archive asks of a file system: one seam, so that tests can fail every call and pull the plug.
//!
//! Nothing else in the archive touches files. What is written is lasting only once it was synced: bytes by
//! [`Disk::sync`], names by [`Disk::sync_folder`].

use std::{
    fmt,
    fs::{self, File, OpenOptions, TryLockError},
    io::{self, BufWriter, Write},
    path::Path,
};

use crate::dataset::FileBytes;

/// Holds a lock until it is dropped.
#[derive(Debug)]
pub struct Held(#[expect(dead_code, reason = "it is there to be dropped")] Option<File>);

impl Held {
    /// A lock of a disk that has no processes beside this one.
    pub const fn alone() -> Self {
        Self(None)
    }
}

/// The calls that an archive makes.
pub trait Disk: fmt::Debug {
    /// All bytes of a file.
    ///
    /// # Errors
    /// When it is not there or cannot be read.
    fn read(&self, path: &Path) -> io::Result<Vec<u8>>;
    /// The names in a folder, sorted.
    ///
    /// # Errors
    /// When it is not there or cannot be read.
    fn list(&self, folder: &Path) -> io::Result<Vec<String>>;
    /// Makes a folder; one that is there stays.
    ///
    /// # Errors
    /// When it cannot be made.
    fn create_folder(&self, folder: &Path) -> io::Result<()>;
    /// Writes a file, in the place of one that is there.
    ///
    /// # Errors
    /// When it cannot be written whole.
    fn write(&self, path: &Path, bytes: &[u8]) -> io::Result<()>;
    /// Writes a file of pieces, in the place of one that is there.
    ///
    /// # Errors
    /// When it cannot be written whole.
    fn write_pieces(&self, path: &Path, pieces: &[&[u8]]) -> io::Result<()> {
        self.write(path, &pieces.concat())
    }
    /// Writes a file as it is made, in the place of one that is there.
    ///
    /// # Errors
    /// When it cannot be written whole, or what makes it says so.
    fn write_as_made(
        &self,
        path: &Path,
        make: &mut dyn FnMut(&mut dyn Write) -> io::Result<()>,
    ) -> io::Result<()> {
        let mut bytes = Vec::new();
        make(&mut bytes)?;
        self.write(path, &bytes)
    }
    /// The bytes of a file that nobody changes any more, which are read when they are asked for.
    ///
    /// # Errors
    /// When it is not there or cannot be read.
    fn map(&self, path: &Path) -> io::Result<FileBytes> {
        self.read(path).map(|bytes| FileBytes::read(&bytes))
    }
    /// Adds to the end of a file that is there.
    ///
    /// # Errors
    /// When it cannot be written whole; a part may then stand there.
    fn append(&self, path: &Path, bytes: &[u8]) -> io::Result<()>;
    /// Cuts a file off.
    ///
    /// # Errors
    /// When it cannot be changed.
    fn truncate(&self, path: &Path, length: u64) -> io::Result<()>;
    /// Makes the bytes of a file lasting.
    ///
    /// # Errors
    /// When the system cannot promise it.
    fn sync(&self, path: &Path) -> io::Result<()>;
    /// Makes the names in a folder lasting.
    ///
    /// # Errors
    /// When the system cannot promise it.
    fn sync_folder(&self, folder: &Path) -> io::Result<()>;
    /// Gives a file another name, in the place of one that has it.
    ///
    /// # Errors
    /// When it cannot be done.
    fn rename(&self, from: &Path, to: &Path) -> io::Result<()>;
    /// Takes a file or an empty folder away.
    ///
    /// # Errors
    /// When it is not there or cannot be taken away.
    fn remove(&self, path: &Path) -> io::Result<()>;
    /// Locks a file, which is made if absent, and writes into it who holds it; `None` when another does.
    ///
    /// # Errors
    /// When the file cannot be opened.
    fn lock(&self, path: &Path, holder: &str) -> io::Result<Option<Held>>;
}

/// The file system of the machine.
#[derive(Clone, Copy, Debug, Default)]
pub struct RealDisk;

impl Disk for RealDisk {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        fs::read(path)
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<String>> {
        let mut names = Vec::new();
        for entry in fs::read_dir(folder)? {
            names.push(entry?.file_name().to_string_lossy().into_owned());
        }
        names.sort();
        Ok(names)
    }

    fn create_folder(&self, folder: &Path) -> io::Result<()> {
        fs::create_dir_all(folder)
    }

    fn write(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        fs::write(path, bytes)
    }

    fn write_pieces(&self, path: &Path, pieces: &[&[u8]]) -> io::Result<()> {
        let mut file = BufWriter::new(File::create(path)?);
        for piece in pieces {
            file.write_all(piece)?;
        }
        file.flush()
    }

    fn write_as_made(
        &self,
        path: &Path,
        make: &mut dyn FnMut(&mut dyn Write) -> io::Result<()>,
    ) -> io::Result<()> {
        let mut file = File::create(path)?;
        make(&mut file)
    }

    fn map(&self, path: &Path) -> io::Result<FileBytes> {
        let file = File::open(path)?;
        match file.metadata()?.len() {
            0 => Ok(FileBytes::read(&[])),
            _ => FileBytes::map(&file),
        }
    }

    fn append(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        OpenOptions::new().append(true).open(path)?.write_all(bytes)
    }

    fn truncate(&self, path: &Path, length: u64) -> io::Result<()> {
        OpenOptions::new().write(true).open(path)?.set_len(length)
    }

    fn sync(&self, path: &Path) -> io::Result<()> {
        OpenOptions::new().write(true).open(path)?.sync_data()
    }

    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
        // Where folders cannot be opened, names are lasting with the files that have them.
        match File::open(folder) {
            Ok(folder) => folder.sync_all(),
            Err(_) if cfg!(windows) => Ok(()),
            Err(error) => Err(error),
        }
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        fs::rename(from, to)
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        if path.is_dir() { fs::remove_dir(path) } else { fs::remove_file(path) }
    }

    fn lock(&self, path: &Path, holder: &str) -> io::Result<Option<Held>> {
        let mut file = OpenOptions::new().read(true).write(true).create(true).truncate(false).open(path)?;
        match file.try_lock() {
            Ok(()) => {
                file.set_len(0)?;
                file.write_all(holder.as_bytes())?;
                Ok(Some(Held(Some(file))))
            }
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(error)) => Err(error),
        }
    }
}

/// What a lock file says of its holder.
pub(super) fn holder(disk: &dyn Disk, path: &Path) -> String {
    let said = disk.read(path).ok().and_then(|bytes| String::from_utf8(bytes).ok());
    said.filter(|text| !text.trim().is_empty())
        .map_or("another process".to_owned(), |text| text.trim().to_owned())
}
