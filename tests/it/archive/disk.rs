//! A disk in memory that fails when it is told to, and forgets what was not synced when the power goes.

use std::{
    collections::BTreeMap,
    io,
    path::{Path, PathBuf},
    sync::Mutex,
};

use chancery::archive::{Disk, Held};

/// A file: its bytes, and those of them that are lasting.
#[derive(Clone, Debug, Default)]
struct Node {
    bytes: Vec<u8>,
    synced: Vec<u8>,
}

/// What stands on the disk, and what of its names is lasting.
#[derive(Clone, Debug, Default)]
pub(super) struct State {
    nodes: Vec<Node>,
    names: BTreeMap<PathBuf, usize>,
    synced: BTreeMap<PathBuf, usize>,
    folders: Vec<PathBuf>,
}

/// What a disk does when its turn has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// One call fails, with half of its bytes written; the next ones go on.
    Once(usize),
    /// That call and all after it fail.
    Forever(usize),
}

#[derive(Debug, Default)]
struct Inside {
    state: State,
    calls: usize,
    fault: Option<Fault>,
    /// The state before each call that writes.
    past: Option<Vec<State>>,
}

/// The disk.
#[derive(Debug, Default)]
pub(super) struct MemoryDisk(Mutex<Inside>);

impl MemoryDisk {
    pub(super) fn of(state: State) -> Self {
        Self(Mutex::new(Inside { state, ..Inside::default() }))
    }

    pub(super) fn failing(fault: Fault) -> Self {
        Self(Mutex::new(Inside { fault: Some(fault), ..Inside::default() }))
    }

    pub(super) fn recording() -> Self {
        Self(Mutex::new(Inside { past: Some(Vec::new()), ..Inside::default() }))
    }

    /// How many calls have changed something.
    pub(super) fn calls(&self) -> usize {
        self.0.lock().unwrap().calls
    }

    pub(super) fn state(&self) -> State {
        self.0.lock().unwrap().state.clone()
    }

    /// The state before each call that changed something, and the last.
    pub(super) fn past(&self) -> Vec<State> {
        let inside = self.0.lock().unwrap();
        let mut past = inside.past.clone().unwrap_or_default();
        past.push(inside.state.clone());
        past
    }

    /// Does a change; when it fails, `half` of it may have been done.
    fn change(
        &self,
        half: impl FnOnce(&mut State),
        whole: impl FnOnce(&mut State) -> io::Result<()>,
    ) -> io::Result<()> {
        let mut inside = self.0.lock().unwrap();
        let state = inside.state.clone();
        if let Some(past) = &mut inside.past {
            past.push(state);
        }
        let call = inside.calls;
        inside.calls += 1;
        match inside.fault {
            Some(Fault::Once(at)) if at == call => {
                half(&mut inside.state);
                Err(io::ErrorKind::StorageFull.into())
            }
            Some(Fault::Forever(at)) if at <= call => {
                if at == call {
                    half(&mut inside.state);
                }
                Err(io::ErrorKind::Other.into())
            }
            Some(Fault::Once(_) | Fault::Forever(_)) | None => whole(&mut inside.state),
        }
    }
}

impl State {
    fn node(&mut self, path: &Path) -> io::Result<&mut Node> {
        let node = *self.names.get(path).ok_or(io::ErrorKind::NotFound)?;
        Ok(&mut self.nodes[node])
    }

    fn write(&mut self, path: &Path, bytes: &[u8]) {
        if let Ok(node) = self.node(path) {
            node.bytes = bytes.to_vec();
            return;
        }
        self.names.insert(path.to_owned(), self.nodes.len());
        self.nodes.push(Node { bytes: bytes.to_vec(), synced: Vec::new() });
    }

    /// All files with their bytes.
    pub(super) fn files(&self) -> BTreeMap<PathBuf, Vec<u8>> {
        self.names.iter().map(|(path, node)| (path.clone(), self.nodes[*node].bytes.clone())).collect()
    }

    /// The same with the bytes of a file changed.
    pub(super) fn with(&self, path: &Path, bytes: &[u8]) -> Self {
        let mut state = self.clone();
        state.write(path, bytes);
        state
    }

    /// What may stand on the disk when the power goes: of each name and each file that was not synced the old,
    /// the new, or a part of it, as a seed decides.
    pub(super) fn after_power_loss(&self, seed: u64) -> Self {
        let mut dice = Dice(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
        let mut names = self.synced.clone();
        let all: Vec<&PathBuf> = self.names.keys().chain(self.synced.keys()).collect();
        for path in all {
            if self.names.get(path) == self.synced.get(path) || dice.roll(2) == 0 {
                continue;
            }
            match self.names.get(path) {
                Some(node) => drop(names.insert(path.clone(), *node)),
                None => drop(names.remove(path)),
            }
        }
        let mut nodes = self.nodes.clone();
        for node in &mut nodes {
            if node.bytes != node.synced {
                node.bytes = torn(node, &mut dice);
            }
            node.synced.clone_from(&node.bytes);
        }
        let synced = names.clone();
        Self { nodes, names, synced, folders: self.folders.clone() }
    }
}

/// A file some of whose bytes have reached the disk.
fn torn(node: &Node, dice: &mut Dice) -> Vec<u8> {
    let Node { bytes, synced } = node;
    let is_longer = bytes.starts_with(synced);
    match dice.roll(4) {
        0 => synced.clone(),
        1 => bytes.clone(),
        2 if is_longer => bytes[..synced.len() + dice.roll(bytes.len() - synced.len() + 1)].to_vec(),
        // The file has its length, and a stretch of it no bytes yet.
        _ if is_longer => {
            let from = synced.len() + dice.roll(bytes.len() - synced.len());
            let to = from + dice.roll(bytes.len() - from + 1);
            let mut torn = bytes.clone();
            torn[from..to].fill(0);
            torn
        }
        _ => bytes[..dice.roll(bytes.len() + 1)].to_vec(),
    }
}

struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 11).unwrap() % sides.max(1)
    }
}

impl Disk for MemoryDisk {
    fn read(&self, path: &Path) -> io::Result<Vec<u8>> {
        self.0.lock().unwrap().state.node(path).map(|node| node.bytes.clone())
    }

    fn list(&self, folder: &Path) -> io::Result<Vec<String>> {
        let inside = self.0.lock().unwrap();
        let state = &inside.state;
        if !state.folders.iter().any(|known| known == folder) {
            return Err(io::ErrorKind::NotFound.into());
        }
        let paths = state.names.keys().chain(&state.folders).filter(|path| path.parent() == Some(folder));
        let mut names: Vec<String> =
            paths.map(|path| path.file_name().unwrap().to_string_lossy().into_owned()).collect();
        names.sort();
        Ok(names)
    }

    fn create_folder(&self, folder: &Path) -> io::Result<()> {
        self.change(
            |_| (),
            |state| {
                // Folders are lasting at once: that they are not would lose whole archives without commits only.
                for folder in folder.ancestors() {
                    if !state.folders.iter().any(|known| known == folder) {
                        state.folders.push(folder.to_owned());
                    }
                }
                Ok(())
            },
        )
    }

    fn write(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        self.change(
            |state| state.write(path, &bytes[..bytes.len() / 2]),
            |state| {
                state.write(path, bytes);
                Ok(())
            },
        )
    }

    fn append(&self, path: &Path, bytes: &[u8]) -> io::Result<()> {
        self.change(
            |state| {
                if let Ok(node) = state.node(path) {
                    node.bytes.extend_from_slice(&bytes[..bytes.len() / 2]);
                }
            },
            |state| state.node(path).map(|node| node.bytes.extend_from_slice(bytes)),
        )
    }

    fn truncate(&self, path: &Path, length: u64) -> io::Result<()> {
        self.change(
            |_| (),
            |state| state.node(path).map(|node| node.bytes.truncate(usize::try_from(length).unwrap())),
        )
    }

    fn sync(&self, path: &Path) -> io::Result<()> {
        self.change(|_| (), |state| state.node(path).map(|node| node.synced.clone_from(&node.bytes)))
    }

    fn sync_folder(&self, folder: &Path) -> io::Result<()> {
        self.change(
            |_| (),
            |state| {
                let here = |path: &Path| path.parent() == Some(folder);
                state.synced.retain(|path, _| !here(path));
                let now = state.names.iter().filter(|(path, _)| here(path));
                state.synced.extend(now.map(|(path, node)| (path.clone(), *node)));
                Ok(())
            },
        )
    }

    fn rename(&self, from: &Path, to: &Path) -> io::Result<()> {
        self.change(
            |_| (),
            |state| {
                let node = state.names.remove(from).ok_or(io::ErrorKind::NotFound)?;
                state.names.insert(to.to_owned(), node);
                Ok(())
            },
        )
    }

    fn remove(&self, path: &Path) -> io::Result<()> {
        self.change(
            |_| (),
            |state| {
                state.folders.retain(|folder| folder != path);
                state.names.remove(path);
                Ok(())
            },
        )
    }

    fn lock(&self, path: &Path, holder: &str) -> io::Result<Option<Held>> {
        self.write(path, holder.as_bytes())?;
        Ok(Some(Held::alone()))
    }
}
