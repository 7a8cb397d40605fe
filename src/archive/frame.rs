//! The log: a header, then frames, each with a checksum that also covers all that stands before it.
//!
//! ```text
//! header   "CHANCERYLOG\n"  version u32 LE
//! frame    length u64 LE  kind u32 LE  check u32 (BLAKE3 of the twelve bytes before and the chain)
//!          payload  chain (BLAKE3 of the chain before, length, kind, payload)
//! ```
//! The chain of the header is the hash of the header. A frame that is cut short has a head that is right and
//! too few bytes after it, or less than a head: a write that was cut short. Anything else is damage.

use std::path::Path;

use super::ArchiveError;

/// The format version that this program writes.
pub const VERSION: u32 = 1;
const MAGIC: &[u8; 12] = b"CHANCERYLOG\n";
/// The bytes of the header.
pub(super) const HEADER_BYTES: usize = 16;
const HEAD_BYTES: usize = 16;
const CHAIN_BYTES: usize = 32;
/// The kind of a frame that is a commit.
pub(super) const COMMIT: u32 = 1;

/// The hash that ties each frame to those before it.
pub(super) type Chain = [u8; CHAIN_BYTES];

/// What stands after the last whole frame.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Tail {
    /// Nothing.
    Clean,
    /// So many bytes of a frame whose writing was cut short.
    Torn(u64),
    /// Bytes that are no frame, and no frame cut short.
    Damaged {
        /// Where they begin.
        at: u64,
        /// How many there are.
        bytes: u64,
    },
}

/// The frames of a log, as ranges of its bytes.
#[derive(Debug)]
pub(super) struct Frames {
    /// Each with the chain after it.
    pub(super) payloads: Vec<(std::ops::Range<usize>, Chain)>,
    /// The bytes up to the end of the last whole frame.
    pub(super) length: usize,
    pub(super) chain: Chain,
    pub(super) tail: Tail,
}

/// The bytes of a log without frames.
pub(super) fn header() -> [u8; HEADER_BYTES] {
    let mut bytes = [0; HEADER_BYTES];
    bytes[..12].copy_from_slice(MAGIC);
    bytes[12..].copy_from_slice(&VERSION.to_le_bytes());
    bytes
}

/// The chain of a log without frames.
pub(super) fn first_chain() -> Chain {
    *blake3::hash(&header()).as_bytes()
}

/// Whether bytes are the beginning of a log.
pub(super) fn is_log(bytes: &[u8]) -> bool {
    bytes.starts_with(MAGIC)
}

/// The bytes of a frame, and the chain after it.
pub(super) fn frame(chain: &Chain, payload: &[u8]) -> (Vec<u8>, Chain) {
    let mut bytes = Vec::with_capacity(HEAD_BYTES + payload.len() + CHAIN_BYTES);
    bytes.extend_from_slice(&(payload.len() as u64).to_le_bytes());
    bytes.extend_from_slice(&COMMIT.to_le_bytes());
    let check = head_check(chain, &bytes);
    let next = next_chain(chain, &bytes, payload);
    bytes.extend_from_slice(&check);
    bytes.extend_from_slice(payload);
    bytes.extend_from_slice(&next);
    (bytes, next)
}

fn head_check(chain: &Chain, head: &[u8]) -> [u8; 4] {
    let mut hasher = blake3::Hasher::new();
    hasher.update(chain).update(head);
    let mut check = [0; 4];
    check.copy_from_slice(&hasher.finalize().as_bytes()[..4]);
    check
}

fn next_chain(chain: &Chain, head: &[u8], payload: &[u8]) -> Chain {
    let mut hasher = blake3::Hasher::new();
    hasher.update(chain).update(head).update(payload);
    *hasher.finalize().as_bytes()
}

/// Walks the frames of a log.
///
/// # Errors
/// When it has no header, or one of a later version.
pub(super) fn frames(path: &Path, bytes: &[u8]) -> Result<Frames, ArchiveError> {
    if !is_log(bytes) || bytes.len() < HEADER_BYTES {
        return Err(ArchiveError::damaged(path, "it does not begin as a log does"));
    }
    let version = u32::from_le_bytes([bytes[12], bytes[13], bytes[14], bytes[15]]);
    if version > VERSION {
        return Err(ArchiveError::Version { path: path.to_owned(), found: version, known: VERSION });
    }
    if version == 0 {
        return Err(ArchiveError::damaged(path, "there is no format version 0"));
    }
    let mut found = Frames {
        payloads: Vec::new(),
        length: HEADER_BYTES,
        chain: *blake3::hash(&bytes[..HEADER_BYTES]).as_bytes(),
        tail: Tail::Clean,
    };
    loop {
        let rest = &bytes[found.length..];
        if rest.is_empty() {
            return Ok(found);
        }
        let Some((payload, chain)) = whole(&found.chain, rest) else {
            found.tail = tail(&found.chain, rest, found.length);
            return Ok(found);
        };
        let start = found.length + HEAD_BYTES;
        found.payloads.push((start..start + payload, chain));
        found.length = start + payload + CHAIN_BYTES;
        found.chain = chain;
    }
}

/// The length of the payload of a frame that is whole, and the chain after it.
fn whole(chain: &Chain, rest: &[u8]) -> Option<(usize, Chain)> {
    let (head, check, length) = head(rest)?;
    if head_check(chain, head) != check {
        return None;
    }
    let end = HEAD_BYTES.checked_add(length)?;
    let (payload, said) = (rest.get(HEAD_BYTES..end)?, rest.get(end..end.checked_add(CHAIN_BYTES)?)?);
    let next = next_chain(chain, head, payload);
    (next == said).then_some((length, next))
}

fn head(rest: &[u8]) -> Option<(&[u8], [u8; 4], usize)> {
    let (head, check) = (rest.get(..12)?, rest.get(12..16)?);
    let length = u64::from_le_bytes(head[..8].try_into().ok()?);
    let kind = u32::from_le_bytes(head[8..].try_into().ok()?);
    if kind != COMMIT {
        return None;
    }
    Some((head, check.try_into().ok()?, usize::try_from(length).ok()?))
}

fn tail(chain: &Chain, rest: &[u8], at: usize) -> Tail {
    let bytes = rest.len() as u64;
    let cut_short = match head(rest) {
        None => rest.len() < HEAD_BYTES,
        Some((head, check, length)) => {
            let whole = HEAD_BYTES.saturating_add(length).saturating_add(CHAIN_BYTES);
            head_check(chain, head) == check && rest.len() < whole
        }
    };
    // A file system may have given the file its length before its bytes.
    if cut_short || rest.iter().all(|byte| *byte == 0) {
        Tail::Torn(bytes)
    } else {
        Tail::Damaged { at: at as u64, bytes }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn log(payloads: &[&[u8]]) -> Vec<u8> {
        let (mut bytes, mut chain) = (header().to_vec(), first_chain());
        for payload in payloads {
            let (frame, next) = frame(&chain, payload);
            bytes.extend(frame);
            chain = next;
        }
        bytes
    }

    fn read(bytes: &[u8]) -> Result<Frames, ArchiveError> {
        frames(Path::new("log"), bytes)
    }

    #[test]
    fn every_truncation_is_a_torn_tail_and_leaves_the_frames_before_it() {
        let bytes = log(&[b"one", b"", b"three"]);
        let ends = [16, 16 + 48 + 3, 16 + 48 * 2 + 3, bytes.len()];
        for cut in HEADER_BYTES..=bytes.len() {
            let found = read(&bytes[..cut]).unwrap();
            let whole = ends.iter().filter(|end| **end <= cut).count() - 1;
            assert_eq!(found.payloads.len(), whole, "{cut}");
            let over = (cut - ends[whole]) as u64;
            assert_eq!(found.tail, if over == 0 { Tail::Clean } else { Tail::Torn(over) }, "{cut}");
        }
        assert!(read(&bytes[..10]).is_err());
    }

    #[test]
    fn every_flip_ends_the_log_at_the_frame_before_it_and_is_no_torn_write() {
        let bytes = log(&[b"one", b"two"]);
        for at in 0..bytes.len() {
            for bit in 0..8 {
                let mut damaged = bytes.clone();
                damaged[at] ^= 1 << bit;
                let Ok(found) = read(&damaged) else {
                    assert!(at < HEADER_BYTES);
                    continue;
                };
                let frame = usize::from(at >= 16 + 51);
                assert_eq!(found.payloads.len(), frame, "{at}");
                assert!(matches!(found.tail, Tail::Damaged { .. }), "{at}: {:?}", found.tail);
            }
        }
    }

    #[test]
    fn a_later_version_is_refused_by_its_number() {
        let mut bytes = log(&[]);
        bytes[12] = 2;
        assert!(matches!(read(&bytes), Err(ArchiveError::Version { found: 2, .. })));
    }
}
