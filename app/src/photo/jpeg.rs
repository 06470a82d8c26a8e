//! What a JPEG consists of, and the same without what tells where, when and with what it was taken.
//!
//! Markers as in ITU-T T.81, table B.1. Only what browsers write and decode is taken: baseline, extended and progressive, of one or three
//! components. Whatever decoding does not need goes: every APPn (Exif, XMP, colour profiles, embedded previews), comments, and all that
//! follows the end of the image.

/// It is no JPEG, is cut off, or is of a kind that browsers do not write.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("this is no JPEG that can be taken")]
pub struct NotAJpeg;

/// A JPEG, read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Jpeg {
    /// Pixels across.
    pub width: u16,
    /// Pixels down.
    pub height: u16,
    /// Its bytes without metadata.
    pub bare: Vec<u8>,
}

const LEAD: u8 = 0xFF;
const START: u8 = 0xD8;
const END: u8 = 0xD9;
const SCAN: u8 = 0xDA;
const COMMENT: u8 = 0xFE;

/// Reads `bytes` as one image.
///
/// # Errors
/// [`NotAJpeg`].
pub fn read(bytes: &[u8]) -> Result<Jpeg, NotAJpeg> {
    let mut rest = bytes.strip_prefix(&[LEAD, START]).ok_or(NotAJpeg)?;
    let (mut bare, mut size, mut scanned) = (Vec::with_capacity(bytes.len()), None, false);
    bare.extend([LEAD, START]);
    loop {
        let (marker, after) = marker(rest)?;
        if marker == END {
            let (width, height) = size.filter(|_| scanned).ok_or(NotAJpeg)?;
            bare.extend([LEAD, END]);
            return Ok(Jpeg { width, height, bare });
        }
        let (segment, after) = segment(after)?;
        rest = after;
        match marker {
            0xE0..=0xEF | COMMENT => continue,
            // Frames; then tables, restarts and scans.
            0xC0..=0xC2 if size.is_none() => size = Some(frame(segment)?),
            0xC4 | 0xDB | 0xDD => {}
            SCAN if size.is_some() => scanned = true,
            _ => return Err(NotAJpeg),
        }
        bare.extend([LEAD, marker]);
        bare.extend(segment);
        if marker == SCAN {
            let (coded, after) = coded(rest)?;
            bare.extend(coded);
            rest = after;
        }
    }
}

/// The next marker, after as many fill bytes as there are.
fn marker(bytes: &[u8]) -> Result<(u8, &[u8]), NotAJpeg> {
    let filled = bytes.iter().take_while(|byte| **byte == LEAD).count();
    let marker = bytes.get(filled).filter(|_| filled > 0).ok_or(NotAJpeg)?;
    Ok((*marker, &bytes[filled + 1..]))
}

/// A segment with the two bytes that say how long it is.
fn segment(bytes: &[u8]) -> Result<(&[u8], &[u8]), NotAJpeg> {
    let [high, low, ..] = bytes else { return Err(NotAJpeg) };
    let length = usize::from(u16::from_be_bytes([*high, *low]));
    if length < 2 { Err(NotAJpeg) } else { bytes.split_at_checked(length).ok_or(NotAJpeg) }
}

/// Width and height that a frame's segment says.
fn frame(segment: &[u8]) -> Result<(u16, u16), NotAJpeg> {
    let [_, _, 8, high, low, wide, narrow, components @ (1 | 3), ..] = *segment else { return Err(NotAJpeg) };
    let (height, width) = (u16::from_be_bytes([high, low]), u16::from_be_bytes([wide, narrow]));
    let is_whole = segment.len() == 8 + 3 * usize::from(components) && width > 0 && height > 0;
    is_whole.then_some((width, height)).ok_or(NotAJpeg)
}

/// What is coded after a scan's head, up to the next marker; restarts and stuffed bytes belong to it.
fn coded(bytes: &[u8]) -> Result<(&[u8], &[u8]), NotAJpeg> {
    let ends = |pair: &[u8]| pair[0] == LEAD && !matches!(pair[1], 0x00 | 0xD0..=0xD7);
    bytes.windows(2).position(ends).map(|end| bytes.split_at(end)).ok_or(NotAJpeg)
}

#[cfg(test)]
pub(crate) mod tests;
