//! The PNG writer: opaque pixels, resolution and origin in the file.

use std::io::Write as _;

use png::{
    BitDepth, ColorType, Compression, Encoder, EncodingError, FilterType, PixelDimensions, Unit,
    text_metadata::ITXtChunk,
};
use resvg::{
    tiny_skia::{Color, Pixmap, Transform},
    usvg::Tree,
};

use super::{About, PrintError, Resolution, SVG_DPI};

/// The most pixels that a picture has: 2²⁸, a gigabyte while it is drawn.
const MOST_PIXELS: f64 = 268_435_456.0;
/// Beyond so many pixels a picture is packed fast.
const LARGE: usize = 8_000_000;
const INCHES_A_METRE: f64 = 39.370_078_740_157_48;

pub(super) fn write(tree: &Tree, resolution: Resolution, about: &About) -> Result<Vec<u8>, PrintError> {
    let size = tree.size();
    let (width, height) = (f64::from(size.width()), f64::from(size.height()));
    let scale = match resolution {
        Resolution::Dpi(dpi) => dpi / SVG_DPI,
        Resolution::Width(pixels) => f64::from(pixels) / width,
    };
    let (across, down) = ((width * scale).round().max(1.0), (height * scale).round().max(1.0));
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "rounded, positive and bounded below"
    )]
    let too_large = || PrintError::TooLarge { width: across as u64, height: down as u64 };
    if across * down > MOST_PIXELS {
        return Err(too_large());
    }
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "fewer than 2²⁸")]
    let (columns, rows, zoom) = (across as u32, down as u32, scale as f32);
    let mut pixels = Pixmap::new(columns, rows).ok_or_else(too_large)?;
    pixels.fill(Color::WHITE);
    resvg::render(tree, Transform::from_scale(zoom, zoom), &mut pixels.as_mut());

    let mut bytes = Vec::new();
    let mut encoder = Encoder::new(&mut bytes, columns, rows);
    encoder.set_color(ColorType::Rgb);
    encoder.set_depth(BitDepth::Eight);
    // Flat colours repeat: they are packed best as they are, and large pictures in less than half the time if not as tightly.
    let is_large = pixels.data().len() / 4 > LARGE;
    encoder.set_compression(if is_large { Compression::Fast } else { Compression::Default });
    encoder.set_filter(FilterType::NoFilter);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a resolution is positive and small"
    )]
    let per_metre = (scale * SVG_DPI * INCHES_A_METRE).round() as u32;
    encoder.set_pixel_dims(Some(PixelDimensions { xppu: per_metre, yppu: per_metre, unit: Unit::Meter }));
    encoder.add_text_chunk("Software".to_owned(), about.program.clone())?;
    let mut writer = encoder.write_header()?;
    for (keyword, text) in [("Title", &about.title), ("Description", &about.description)] {
        if !text.is_empty() {
            writer.write_text_chunk(&ITXtChunk::new(keyword, text.as_str()))?;
        }
    }
    // On a white sheet nothing is transparent: red, green and blue are all. A line at a time needs no second picture.
    let mut stream = writer.stream_writer()?;
    let mut line = vec![0; columns as usize * 3];
    for row in pixels.data().chunks_exact(columns as usize * 4) {
        for (to, from) in line.chunks_exact_mut(3).zip(row.chunks_exact(4)) {
            if let ([r, g, b], [red, green, blue, _]) = (to, from) {
                (*r, *g, *b) = (*red, *green, *blue);
            }
        }
        stream.write_all(&line).map_err(EncodingError::from)?;
    }
    stream.finish()?;
    writer.finish()?;
    Ok(bytes)
}
