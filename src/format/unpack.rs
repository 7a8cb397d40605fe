//! What files are packed in: gzip, zstd and zip are undone before anything else is asked.

use std::io::{self, Cursor, Read};

use zip::ZipArchive;

/// How a file is packed, by its first bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Packing {
    Gzip,
    Zstd,
    Zip,
}

fn packing(bytes: &[u8]) -> Option<Packing> {
    match bytes {
        [0x1f, 0x8b, ..] => Some(Packing::Gzip),
        [0x28, 0xb5, 0x2f, 0xfd, ..] => Some(Packing::Zstd),
        [b'P', b'K', 3, 4, ..] => Some(Packing::Zip),
        _ => None,
    }
}

/// Whether a file is packed.
pub(super) fn is_packed(bytes: &[u8]) -> bool {
    packing(bytes).is_some()
}

/// The bytes of a file, unpacked if they are packed.
///
/// # Errors
/// When packed data are damaged, or a zip holds several files.
pub(super) fn unpack(bytes: Vec<u8>) -> io::Result<Vec<u8>> {
    match packing(&bytes) {
        None => Ok(bytes),
        Some(Packing::Gzip) => gunzip(&bytes),
        Some(Packing::Zstd) => {
            let mut text = Vec::new();
            let mut rest = bytes.as_slice();
            // Frames may follow one another, as members of gzip do.
            while !rest.is_empty() {
                let mut decoder = ruzstd::decoding::StreamingDecoder::new(&mut rest)
                    .map_err(|error| io::Error::new(io::ErrorKind::InvalidData, error.to_string()))?;
                decoder.read_to_end(&mut text)?;
            }
            Ok(text)
        }
        Some(Packing::Zip) if is_workbook(&bytes) => Ok(bytes),
        Some(Packing::Zip) => unzip(bytes),
    }
}

/// Whether a zip is a workbook: it says of what its parts are.
pub(super) fn is_workbook(bytes: &[u8]) -> bool {
    let Ok(archive) = ZipArchive::new(Cursor::new(bytes)) else { return false };
    let has = |name: &str| archive.index_for_name(name).is_some();
    has("[Content_Types].xml") || (has("mimetype") && has("content.xml"))
}

fn gunzip(bytes: &[u8]) -> io::Result<Vec<u8>> {
    // The last four bytes are the length of the last member: a hint that saves copies, no promise.
    let tail = bytes.last_chunk::<4>().copied().map_or(0, u32::from_le_bytes);
    let likely = usize::try_from(tail).unwrap_or(0).min(bytes.len().saturating_mul(40));
    let mut text = Vec::with_capacity(likely + 1);
    flate2::read::MultiGzDecoder::new(bytes).read_to_end(&mut text)?;
    Ok(text)
}

fn unzip(bytes: Vec<u8>) -> io::Result<Vec<u8>> {
    let mut archive = ZipArchive::new(Cursor::new(bytes))?;
    let names =
        archive.file_names().map(|name| Ok(name?.into_owned())).collect::<io::Result<Vec<String>>>()?;
    let is_file = |name: &String| !name.ends_with('/') && !name.starts_with("__MACOSX/");
    let names: Vec<String> = names.into_iter().filter(is_file).collect();
    let [name] = names.as_slice() else {
        let message = format!("the zip holds {} files: unpack it and give the folder", names.len());
        return Err(io::Error::new(io::ErrorKind::InvalidData, message));
    };
    let mut text = Vec::new();
    archive.by_name(name)?.read_to_end(&mut text)?;
    Ok(text)
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::{Compression, write::GzEncoder};
    use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

    use super::*;

    fn zipped(names: &[&str]) -> Vec<u8> {
        let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
        for name in names {
            archive.start_file(*name, options).unwrap();
            archive.write_all(b"a,b\n").unwrap();
        }
        archive.finish().unwrap().into_inner()
    }

    #[test]
    fn what_is_packed_is_unpacked() {
        assert_eq!(unpack(b"a,b\n".to_vec()).unwrap(), b"a,b\n");
        let mut gzip = GzEncoder::new(Vec::new(), Compression::fast());
        gzip.write_all(b"a,b\n").unwrap();
        assert_eq!(unpack(gzip.finish().unwrap()).unwrap(), b"a,b\n");
        assert_eq!(unpack(zipped(&["x.csv", "__MACOSX/x"])).unwrap(), b"a,b\n");
        let level = ruzstd::encoding::CompressionLevel::Fastest;
        let zstd = ruzstd::encoding::compress_to_vec(&b"a,b\n"[..], level);
        assert_eq!(unpack([zstd.clone(), zstd].concat()).unwrap(), b"a,b\na,b\n");
    }

    #[test]
    fn what_is_damaged_or_not_one_file_is_refused() {
        assert!(unpack(vec![0x1f, 0x8b, 0, 0]).is_err());
        assert!(unpack(vec![0x28, 0xb5, 0x2f, 0xfd, 9]).is_err());
        assert!(unpack(zipped(&["x.csv", "y.csv"])).unwrap_err().to_string().contains("2 files"));
    }
}
