//! Bytes of files as columns: the one file with `unsafe`.
//!
//! Two things need it: to map a file into memory, and to see bytes as numbers without copying them.
//!
//! **Why the mapping is sound.** A mapping must not change while it is read. Only files in `derived/` of an archive are
//! mapped, and nobody changes one: a writer makes each under another name, renames it once it is whole, and takes old
//! ones away by their name alone, which leaves their bytes to those who have them mapped. Every 64 KiB are held against
//! their checksum before they are seen ([`Blocks`](super::blocks::Blocks)). What remains is somebody who overwrites or cuts
//! the file by other means while it is read, or a disk that fails: the system then ends the process with a signal. No
//! program that maps files can do better; who must, takes `derived/` away, and answers are built in memory.
//!
//! **Why the casts are sound.** [`Plain`] is implemented here alone, for types of which every pattern of bits is a value and
//! that have no padding; length and alignment are checked at each cast.

#![allow(unsafe_code, reason = "this is the file for it; the reasons stand above and at each use")]

use std::{fs::File, io, mem, ops::Deref, slice};

use memmap2::Mmap;

use super::{
    actors::NameEntry,
    index::{ActorIndex, DyadIndex, ReferenceIndex, TieIndex},
    source_file::Span,
};

/// A value of which every pattern of bits is one, without padding, and without a pointer.
///
/// # Safety
/// That must be true of every type that implements it.
pub unsafe trait Plain: Copy + Send + Sync + 'static {}

macro_rules! plain {
    ($($type:ty: [$($part:ty),+]),+ $(,)?) => {$(
        // Without padding, and of parts that are plain.
        const _: () = {
            const fn is_plain<T: Plain>() {}
            $(is_plain::<$part>();)+
            assert!(size_of::<$type>() == 0 $(+ size_of::<$part>())+);
        };
        // SAFETY: it is made of the parts that are named, each of which is plain, and has no other byte.
        unsafe impl Plain for $type {}
    )+};
}

// SAFETY: every pattern of bits is a number.
unsafe impl Plain for u8 {}
// SAFETY: the same.
unsafe impl Plain for u16 {}
// SAFETY: the same.
unsafe impl Plain for u32 {}
// SAFETY: the same.
unsafe impl Plain for u64 {}
// SAFETY: the same.
unsafe impl Plain for u128 {}
// SAFETY: the same.
unsafe impl Plain for i32 {}

plain! {
    ActorIndex: [u32],
    TieIndex: [u32],
    DyadIndex: [u32],
    ReferenceIndex: [u32],
    Span: [u64, u32, u32],
    NameEntry: [u32, u16, u16],
    [u8; 3]: [u8, u8, u8],
    [i32; 2]: [i32, i32],
    [u32; 2]: [u32, u32],
    [i32; 3]: [i32, i32, i32],
    [i32; 5]: [i32, i32, i32, i32, i32],
    (ActorIndex, DyadIndex): [u32, u32],
    (ActorIndex, u32): [u32, u32],
    (u32, u32): [u32, u32],
    (ActorIndex, ActorIndex, TieIndex): [u32, u32, u32],
}

// How a tuple lies in memory is for the compiler to say: here it says so, or the program is not built.
const _: () = {
    assert!(
        mem::offset_of!((ActorIndex, DyadIndex), 0) == 0 && mem::offset_of!((ActorIndex, DyadIndex), 1) == 4
    );
    assert!(mem::offset_of!((u32, u32), 0) == 0 && mem::offset_of!((u32, u32), 1) == 4);
    assert!(mem::offset_of!((ActorIndex, u32), 0) == 0 && mem::offset_of!((ActorIndex, u32), 1) == 4);
    assert!(mem::offset_of!((ActorIndex, ActorIndex, TieIndex), 0) == 0);
    assert!(mem::offset_of!((ActorIndex, ActorIndex, TieIndex), 1) == 4);
    assert!(mem::offset_of!((ActorIndex, ActorIndex, TieIndex), 2) == 8);
    assert!(
        mem::offset_of!(Span, start) == 0
            && mem::offset_of!(Span, length) == 8
            && mem::offset_of!(Span, file) == 12
    );
};

/// Values as the bytes that they are.
pub(super) fn bytes_of<T: Plain>(values: &[T]) -> &[u8] {
    // SAFETY: the bytes are those of the slice, all of them are set since there is no padding, and they live as long.
    unsafe { slice::from_raw_parts(values.as_ptr().cast::<u8>(), size_of_val(values)) }
}

/// Bytes as values, if they are whole ones and lie where such values may.
pub(super) fn values_of<T: Plain>(bytes: &[u8]) -> Option<&[T]> {
    let size = size_of::<T>();
    let fits = bytes.len().is_multiple_of(size) && bytes.as_ptr().addr().is_multiple_of(align_of::<T>());
    // SAFETY: every pattern of bits is a value of T, length and alignment have just been checked, and the bytes live as long.
    fits.then(|| unsafe { slice::from_raw_parts(bytes.as_ptr().cast::<T>(), bytes.len() / size) })
}

/// The value of which all bits are zero.
pub(super) fn zero<T: Plain>() -> T {
    // SAFETY: every pattern of bits is a value of T.
    unsafe { mem::zeroed() }
}

/// The bytes of a file, mapped or read.
#[derive(Debug)]
pub struct FileBytes(Held);

#[derive(Debug)]
enum Held {
    Mapped(Mmap),
    /// As numbers of sixteen bytes, so that they lie where any column may, and how many bytes they are.
    Read(Box<[u128]>, usize),
}

impl FileBytes {
    /// Maps a file that nobody changes any more.
    ///
    /// # Errors
    /// When the system refuses.
    pub fn map(file: &File) -> io::Result<Self> {
        // SAFETY: only finished files of `derived/` come here, which are not written to; see above.
        Ok(Self(Held::Mapped(unsafe { Mmap::map(file)? })))
    }

    /// The bytes of a file that was read.
    pub fn read(bytes: &[u8]) -> Self {
        let whole = bytes.chunks(16).map(|chunk| {
            let mut sixteen = [0; 16];
            sixteen[..chunk.len()].copy_from_slice(chunk);
            u128::from_ne_bytes(sixteen)
        });
        Self(Held::Read(whole.collect(), bytes.len()))
    }
}

impl Deref for FileBytes {
    type Target = [u8];
    fn deref(&self) -> &[u8] {
        match &self.0 {
            Held::Mapped(mapped) => mapped,
            Held::Read(numbers, length) => &bytes_of(numbers)[..*length],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_values_where_they_fit_and_nothing_where_not() {
        let bytes = FileBytes::read(&[1, 0, 0, 0, 2, 0, 0, 0, 3]);
        assert_eq!(values_of::<TieIndex>(&bytes[..8]), Some(&[TieIndex(1), TieIndex(2)][..]));
        assert_eq!(values_of::<u32>(&bytes[..9]), None);
        assert_eq!(values_of::<u32>(&bytes[1..5]), None);
        assert_eq!(bytes_of(&[(ActorIndex(1), DyadIndex(2))]), &bytes[..8]);
        assert_eq!((&*bytes, zero::<Span>()), (&[1, 0, 0, 0, 2, 0, 0, 0, 3][..], Span::default()));
    }
}
